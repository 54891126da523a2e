"""Changes within a timeline, read within voices: across a split in time, and from year to year. Plain arrays throughout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from rashomon.measuring.dynamics.timelines import Bools, Floats, Timeline
from rashomon.measuring.statistics.grouping import Ints
from rashomon.study import StudyData


@dataclass(frozen=True, eq=False)
class Sides:
    """Before and after each of D splits, by voice: arrays (V, D) of observations, of their weight, and of weight × value."""

    count: tuple[Ints, Ints]
    weight: tuple[Floats, Floats]
    total: tuple[Floats, Floats]


@dataclass(frozen=True, eq=False)
class Change:
    """The change at each of D splits (NaN where there is none), read within voices.

    ``effect`` (D,): mean over the voices on both sides of their mean after less their mean before; ``scaled``: divided by
    the square root of what observation noise of variance one would give it; ``voices`` (D,); ``by_voice`` (V, D).
    """

    effect: Floats
    scaled: Floats
    voices: Ints
    by_voice: Floats


@dataclass(frozen=True, eq=False)
class Reach:
    """At which splits each of m observations counts, arrays (m,): before it where the first day of the split lies in
    ``before``, after it where the last day lies in ``after`` (from and until, both included; until is less where it never does).

    A view held throughout counts on each side that it reaches into. One held on some day counts by its middle, and only
    where it lies wholly on one side; one that is vaguer than the window is left out.
    """

    before: tuple[Ints, Ints]
    after: tuple[Ints, Ints]

    def sides(self, begin: int, end: int) -> tuple[Bools, Bools]:
        """Which observations count before and which after the split ``begin``..``end``."""
        (first, last), (start, until) = self.before, self.after
        return (first <= begin) & (begin <= last), (start <= end) & (end <= until)


def reach_of(timelines: Sequence[Timeline], window: int) -> Reach:
    """The reach of all observations of some timelines, one timeline after another, with ``window`` days on each side."""
    lo, hi, whole = (np.concatenate([getattr(one, name) for one in timelines]) for name in ("lo", "hi", "throughout"))
    middle = (lo + hi) // 2
    never = ~whole & (hi - lo >= window)
    before = np.where(whole, lo, hi) + 1, np.where(whole, hi, middle) + window
    after = np.where(whole, lo, middle) - window, np.where(whole, hi, lo) - 1
    return Reach(*((first, np.where(never, first - 1, last)) for first, last in (before, after)))


def sides(timeline: Timeline, begin: Ints, end: Ints, window: int) -> Sides:
    """What each voice says in the ``window`` days before ``begin`` (D,) and after ``end`` (D,), both ascending.

    See :class:`Reach` for what counts. O(m log D + V D).
    """
    reach = reach_of([timeline], window)
    before, after = _sums(timeline, reach.before, begin), _sums(timeline, reach.after, end)
    count = (np.rint(before[0]).astype(np.int64), np.rint(after[0]).astype(np.int64))
    return Sides(count, (before[1], after[1]), (before[2], after[2]))


def _sums(timeline: Timeline, span: tuple[Ints, Ints], days: Ints) -> Floats:
    """Number, weight, and weight × value (3, V, D) of each voice's observations at the days that lie in their spans."""
    voices, splits = timeline.voices, days.size
    keep = np.flatnonzero(span[0] <= span[1])
    first, last = _places((span[0][keep], span[1][keep]), days)
    row = timeline.voice[keep] * (splits + 1)
    cells = np.concatenate([row + first, row + last])
    weight = timeline.weight[keep]
    size = voices * (splits + 1)
    grid: Floats = np.stack([
        np.bincount(cells, np.concatenate([column, -column]), size).astype(np.float64)
        for column in (np.ones(len(keep)), weight, weight * timeline.value[keep])
    ]).reshape(3, voices, splits + 1)  # fmt: skip
    out: Floats = np.cumsum(grid, axis=2)[:, :, :splits]
    return out


def _places(span: tuple[Ints, Ints], days: Ints) -> tuple[Ints, Ints]:
    """The first of ascending ``days`` that lies in each span, and the first after it."""
    return np.searchsorted(days, span[0], "left").astype(np.int64), np.searchsorted(days, span[1], "right").astype(np.int64)


def can_change_at(timelines: Sequence[Timeline], begin: Ints, end: Ints, window: int) -> Bools:
    """Which of L timelines have a change at some of the splits ``begin``..``end`` (D,), ascending: those of which enough voices
    are observed on both sides of it. O(m log m) in all observations.
    """
    out = np.zeros(len(timelines), np.bool_)
    if not timelines:
        return out
    reach, width = reach_of(timelines, window), len(begin) + 1
    counts = np.array([one.voices for one in timelines])
    voice = np.concatenate([one.voice for one in timelines])
    voice = (voice + np.repeat(np.cumsum(counts) - counts, [len(one) for one in timelines])) * width
    spans = []
    for span, days in ((reach.before, begin), (reach.after, end)):
        first, last = _places(span, days)
        there = first < last
        spans.append((voice[there] + first[there], voice[there] + last[there]))
    cell, held = _how_many(spans)
    both = np.flatnonzero((held > 0).all(axis=0))  # never the last place, where all spans have ended
    owner = np.repeat(np.arange(len(timelines)), counts)
    shift = (owner[cell[both] // width] - cell[both] // width) * width
    cell, voices = _how_many([(cell[both] + shift, cell[both + 1] + shift)])
    least = np.array([one.least_voices for one in timelines])
    out[(cell // width)[voices[0] >= least[cell // width]]] = True
    return out


def _how_many(kinds: Sequence[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """The places (c,) at which spans of K kinds, given by from and until, begin or end; and how many run on from each (K, c)."""
    places, at = np.unique(np.concatenate([edge for spans in kinds for edge in spans]), return_inverse=True)
    ends = np.cumsum([len(edge) for spans in kinds for edge in spans])[:-1]
    steps = [np.bincount(one, minlength=len(places)) for one in np.split(at, ends)]
    return places, np.cumsum([begun - ended for begun, ended in zip(steps[::2], steps[1::2], strict=True)], axis=1)


def change(found: Sides, least_voices: int, least_each: int) -> Change:
    """The change at each split, where enough voices have enough observations on both sides."""
    (n0, n1), (w0, w1), (t0, t1) = found.count, found.weight, found.total
    both = (n0 >= least_each) & (n1 >= least_each)
    means = [np.where(both, t, 0.0) / np.where(both, w, 1.0) for t, w in ((t0, w0), (t1, w1))]
    by_voice = np.where(both, means[1] - means[0], np.nan)
    voices = both.sum(axis=0)
    enough = voices >= least_voices
    many = np.maximum(voices, 1)
    effect = np.where(both, by_voice, 0.0).sum(axis=0) / many
    noise = np.where(both, 1.0 / np.maximum(n0, 1) + 1.0 / np.maximum(n1, 1), 0.0).sum(axis=0) / many**2
    scaled = effect / np.sqrt(np.where(enough, noise, 1.0))
    return Change(np.where(enough, effect, np.nan), np.where(enough, scaled, np.nan), voices, by_voice)


def yearly_changes(timeline: Timeline, first: int, years: int) -> tuple[Floats, Ints]:
    """The change from each year to the next, ``years`` of them from ``first``, read within voices; and of how many.

    Entry i is the mean over the voices with views in years ``first + i - 1`` and ``first + i`` of the change between them;
    NaN where there is none. A view held throughout counts in each year whose middle it covers; one held on some day counts
    where it lies within one year.
    """
    changes, count = all_yearly_changes([timeline], first, years)
    return changes[0], count[0]


def all_yearly_changes(timelines: Sequence[Timeline], first: int, years: int) -> tuple[Floats, Ints]:
    """:func:`yearly_changes` of L timelines at once: two arrays (L, years).

    O(e log e) in the years that all observations cover, in blocks of bounded memory, and O(L × years).
    """
    changes, count = np.full((len(timelines), years), np.nan), np.zeros((len(timelines), years), np.int64)
    for start, end in _blocks([len(one) for one in timelines], _BLOCK // (years + 1)):
        changes[start:end], count[start:end] = _changes_of(timelines[start:end], first, years)
    return changes, count


_BLOCK: Final = 8_000_000  # observed years at a time


def _blocks(sizes: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """Runs of things whose sizes sum to no more than ``most`` each, or that are one thing."""
    start = total = 0
    for place, size in enumerate(sizes):
        if place > start and total + size > most:
            yield start, place
            start, total = place, 0
        total += size
    if start < len(sizes):
        yield start, len(sizes)


def _changes_of(timelines: Sequence[Timeline], first: int, years: int) -> tuple[Floats, Ints]:
    """Means of the changes between neighbouring years in which a voice is observed, and how many voices they are of."""
    size = len(timelines) * years
    where, level = yearly_levels(timelines, first - 1, years + 1)
    voice, year = where // (years + 1), where % (years + 1)
    next_ = np.flatnonzero((voice[1:] == voice[:-1]) & (year[1:] == year[:-1] + 1)) + 1
    owner = np.repeat(np.arange(len(timelines)), [one.voices for one in timelines])
    cell = owner[voice[next_]] * years + year[next_] - 1
    count = np.bincount(cell, minlength=size)
    total = np.bincount(cell, level[next_] - level[next_ - 1], size)
    changes = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return changes.reshape(-1, years), count.reshape(-1, years)


def yearly_levels(timelines: Sequence[Timeline], first: int, years: int) -> tuple[Ints, Floats]:
    """What each voice of each timeline says in each of ``years`` years from ``first`` in which it says something.

    Voices are counted through; an entry is the voice × ``years`` + the year, and the weighted mean of what it says then.
    """
    lo, hi, throughout, weight, value, voice = (
        np.concatenate([getattr(one, name) for one in timelines])
        for name in ("lo", "hi", "throughout", "weight", "value", "voice")
    )
    counts = [one.voices for one in timelines]
    voice = voice + np.repeat(np.cumsum(counts) - counts, [len(one) for one in timelines])
    begin, until = _year_range(lo, hi, throughout)
    begin, until = np.maximum(begin - first, 0), np.minimum(until - first, years - 1)
    each = np.maximum(until - begin + 1, 0)
    at = np.repeat(np.arange(len(lo)), each)
    year = begin[at] + np.arange(len(at)) - np.repeat(np.cumsum(each) - each, each)
    where, cell = np.unique(voice[at] * years + year, return_inverse=True)
    total = np.bincount(cell, (weight * value)[at], len(where))
    return where, total / np.bincount(cell, weight[at], len(where))


def _year_range(lo: Ints, hi: Ints, throughout: Bools) -> tuple[Ints, Ints]:
    """The first and last year in which each observation counts; the last is before the first where it counts in none."""
    first, last = year_of(lo), year_of(hi)
    same = first == last
    covered = throughout & ~same
    begin = np.where(covered & (lo > _middle_of(first)), first + 1, first)
    end = np.where(covered & (hi < _middle_of(last)), last - 1, last)
    return begin, np.where(same | covered, end, first - 1)


_YEAR_STARTS: Final = np.array([date(year, 1, 1).toordinal() for year in range(1, 10_000)], dtype=np.int64)


def year_of(day: Ints) -> Ints:
    """The calendar year of each day."""
    return np.searchsorted(_YEAR_STARTS, day, side="right").astype(np.int64)


def years_of_span(study: StudyData) -> tuple[int, int]:
    """The first and the last calendar year of a study's span."""
    span = study.declared.study.span
    first, last = year_of(np.array([span.lo, span.hi])).tolist()
    return first, last


def _middle_of(year: Ints) -> Ints:
    out: Ints = _YEAR_STARTS[year - 1] + 182
    return out

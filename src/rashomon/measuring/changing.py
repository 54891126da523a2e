"""Changes within a timeline, read within voices: across a split in time, and from year to year. Plain arrays throughout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from rashomon.measuring.timelines import Bools, Floats, Ints, Timeline


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


def sides(timeline: Timeline, begin: Ints, end: Ints, window: int) -> Sides:
    """What each voice says in the ``window`` days before ``begin`` (D,) and after ``end`` (D,), both ascending.

    A view held throughout counts on each side that it reaches into. One held on some day counts by its middle, and only
    where it lies wholly on one side; one that is vaguer than the window is left out. O(m log D + V D).
    """
    whole = timeline.throughout
    some = ~whole & (timeline.hi - timeline.lo < window)
    lo, middle, hi = timeline.lo, timeline.middle, timeline.hi
    # whatever has left the window on its far side had come into it first, as it is less vague than the window
    before = _sums(
        timeline,
        [(whole, lo, begin - 1, 1), (whole, hi, begin - 1 - window, -1)],
        [(some, hi, begin - 1, 1), (some, middle, begin - 1 - window, -1)],
    )
    after = _sums(
        timeline,
        [(whole, lo, end + window, 1), (whole, hi, end, -1)],
        [(some, middle, end + window, 1), (some, lo, end, -1)],
    )
    count = (np.rint(before[0]).astype(np.int64), np.rint(after[0]).astype(np.int64))
    return Sides(count, (before[1], after[1]), (before[2], after[2]))


def _sums(timeline: Timeline, *parts: list[tuple[Bools, Ints, Ints, int]]) -> Floats:
    """Number, weight, and weight × value (3, V, D) of each voice's observations, added and taken away.

    A part is (which observations, their day, the last day that counts at each split, sign).
    """
    listed = [part for some in parts for part in some]
    voices, splits = timeline.voices, listed[0][2].size
    cell, at, sign = [], [], []
    for keep, day, last, one in listed:
        which = np.flatnonzero(keep)
        place = np.searchsorted(last, day[which], side="left")  # the first split at which it counts
        cell.append(timeline.voice[which] * (splits + 1) + place)
        at.append(which)
        sign.append(np.full(which.size, float(one)))
    cells, rows, signs = np.concatenate(cell), np.concatenate(at), np.concatenate(sign)
    weight = signs * timeline.weight[rows]
    columns = (signs, weight, weight * timeline.value[rows])
    size = voices * (splits + 1)
    grid = np.stack([np.bincount(cells, column, size).astype(np.float64) for column in columns]).reshape(3, voices, splits + 1)
    out: Floats = np.cumsum(grid, axis=2)[:, :, :splits]
    return out


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
    where it lies within one year. O(m + V × years).
    """
    voices = timeline.voices
    begin, until = _year_range(timeline)
    keep = until >= begin
    weight = timeline.weight[keep]
    sums = []
    for column in (weight, weight * timeline.value[keep]):
        steps = np.zeros((voices, years + 3))
        voice = timeline.voice[keep]
        low = np.clip(begin[keep] - first + 1, 0, years + 1)
        high = np.clip(until[keep] - first + 2, 0, years + 1)
        np.add.at(steps, (voice, low), column)
        np.add.at(steps, (voice, high), -column)
        sums.append(np.cumsum(steps, axis=1)[:, : years + 1])
    there = sums[0] > 1e-9
    level = np.where(there, sums[1] / np.where(there, sums[0], 1.0), 0.0)
    both = there[:, 1:] & there[:, :-1]
    count = both.sum(axis=0)
    total = np.where(both, np.diff(level, axis=1), 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan), count


def _year_range(timeline: Timeline) -> tuple[Ints, Ints]:
    """The first and last year in which each observation counts; the last is before the first where it counts in none."""
    lo, hi = year_of(timeline.lo), year_of(timeline.hi)
    same = lo == hi
    covered = timeline.throughout & ~same
    begin = np.where(covered & (timeline.lo > _middle_of(lo)), lo + 1, lo)
    end = np.where(covered & (timeline.hi < _middle_of(hi)), hi - 1, hi)
    return begin, np.where(same | covered, end, lo - 1)


_YEAR_STARTS: Final = np.array([date(year, 1, 1).toordinal() for year in range(1, 10_000)], dtype=np.int64)


def year_of(day: Ints) -> Ints:
    """The calendar year of each day."""
    return np.searchsorted(_YEAR_STARTS, day, side="right").astype(np.int64)


def _middle_of(year: Ints) -> Ints:
    out: Ints = _YEAR_STARTS[year - 1] + 182
    return out

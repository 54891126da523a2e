"""Breaks: does a view change at a named date more than at other dates?

The change is the mean over voices of each one's mean in the window after the date less its mean in the window before. It is
set against the same change at every other date at which it can be computed, one for each gap between observations: the date
is *special* where few others show as large a change. This asks for no model of the path: a trend or a random walk makes the
other dates' changes large too (a placebo test in time, as in Abadie, Diamond & Hainmueller 2015, *American Journal of
Political Science* 59). Changes are divided by what equal noise in each observation would give, so that dates with few
observations do not pass for special.

The interval is of the change itself: Student's t over the voices, or Welch's over the waves of a poll, with the uncertainty
of where in its word a stance lies added. A poll's series is one voice, its pollster's: what it alone shows has no interval and
stays undetermined. It counts where another pollster's series of the same question and answer shows a change the same way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import stdtrit

from rashomon.measuring.dynamics.changing import Change, Sides, change, reach_of, sides
from rashomon.measuring.dynamics.timelines import Bools, Floats, Tellers, Timeline, gather_timelines
from rashomon.measuring.statistics.grouping import Ints
from rashomon.measuring.statistics.judging import banded, bar, judged
from rashomon.measuring.statistics.permuting import holm, p_value
from rashomon.study import Estimate, NamedDate, Result, StudyData, format_day
from rashomon.study.provenance import note
from rashomon.texts import adjusted_p

_YEAR = 365.25
_MOST_PLACEBOS = 199


@dataclass(frozen=True, slots=True)
class Break:
    """One view before and after one named date.

    ``before`` and ``after`` are means over the voices on both sides, ``change`` their difference with its interval, in the
    unit of the timeline (``unit``). ``p``: the share of ``placebos`` other dates, and this one, with as large a change;
    ``p_holm``: adjusted for ``tests`` tests. ``straddling`` observations lie on both sides of the date or at it and are left
    out. ``also``: other named dates within the window, which may as well be the cause. ``verdict``: changed, perhaps changed
    (only before the adjustment), no change found, or undetermined. ``voices``: of a poll, the pollsters whose series show the
    change.
    """

    date: str
    name: str
    when: str
    first: str
    last: str
    kind: str
    holder: str
    topic: str
    measure: str
    instrument: str
    unit: str
    before: float
    after: float
    change: Estimate
    n_before: int
    n_after: int
    straddling: int
    p: float
    p_holm: float
    tests: int
    placebos: int
    verdict: str
    because: str
    also: tuple[str, ...]
    n: int
    voices: int
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True)
class Breaks(Result[Break]):
    """Views at named dates; one row for each date and timeline with something observed near it."""


@dataclass(frozen=True, slots=True)
class SplitTest:
    """One split against others: see :func:`try_split`. ``reason``: why it is undetermined, or ""."""

    before: float
    after: float
    change: float
    low: float
    high: float
    p: float
    placebos: int
    voices: int
    n_before: int
    n_after: int
    straddling: int
    reason: str


def try_split(timeline: Timeline, begin: int, end: int, window: int, level: float) -> SplitTest:
    """Test the split at the days ``begin``..``end`` against all other dates, with ``window`` days on each side.

    Other splits are as wide as this one, in whole months, and are drawn evenly where there are more than 199; those that
    part the observations as this one does are not other dates. O(m log m + V × splits).
    """
    splits = _Splits([timeline], window, level)
    return splits.test(splits.at(begin, end), 0)


@dataclass(frozen=True, eq=False)
class _Seen:
    """What L timelines show around one split, ``begin``..``end``: which of all observations lie before and after it, and for
    each timeline (L,) how many do, how many voices are on both sides, and how many observations lie on both or at it.
    """

    begin: int
    end: int
    before: Bools
    after: Bools
    n_before: Ints
    n_after: Ints
    voices: Ints
    straddling: Ints


class _Splits:
    """Tests of splits of L timelines; what one is set against is computed once for each width."""

    def __init__(self, timelines: Sequence[Timeline], window: int, level: float) -> None:
        self.timelines, self.window, self.level = timelines, window, level
        self._reach = reach_of(timelines, window)
        sizes, voices = ([read(one) for one in timelines] for read in (len, lambda one: one.voices))
        self._start = np.concatenate([[0], np.cumsum(sizes)])
        self._owner = np.repeat(np.arange(len(timelines)), sizes)
        self._owner_of_voice = np.repeat(np.arange(len(timelines)), voices)
        self._least_each = np.array([one.least_each for one in timelines])[self._owner_of_voice]
        lo, hi, voice = (np.concatenate([getattr(one, name) for one in timelines]) for name in ("lo", "hi", "voice"))
        self._lo, self._hi, self._voice = lo, hi, voice + np.repeat(np.cumsum(voices) - voices, sizes)
        self._others: dict[tuple[int, int], tuple[Ints, Floats]] = {}

    def at(self, begin: int, end: int) -> _Seen:
        """What is seen around a split; linear in all observations."""
        before, after = self._reach.sides(begin, end)
        many, voices = len(self.timelines), len(self._least_each)
        each = [np.bincount(self._voice[side], minlength=voices) >= self._least_each for side in (before, after)]
        near = (self._hi >= begin - self.window) & (self._lo <= end + self.window)
        crossing = near & (self._lo <= end) & (self._hi >= begin) & ~(before | after)
        n_before, n_after = (np.bincount(self._owner[one], minlength=many) for one in (before, after))
        both = np.bincount(self._owner_of_voice[each[0] & each[1]], minlength=many)
        straddling = np.bincount(self._owner[crossing], minlength=many)
        return _Seen(begin, end, before, after, n_before, n_after, both, straddling)

    def rows(self, seen: _Seen, place: int) -> Ints:
        """The rows of the table that count on either side of a split of one timeline."""
        before, after = self._sides(seen, place)
        out: Ints = self.timelines[place].row[before | after]
        return out

    def test(self, seen: _Seen, place: int) -> SplitTest:
        """The split of the timeline at ``place``."""
        timeline = self.timelines[place]
        counts = int(seen.n_before[place]), int(seen.n_after[place])
        voices, straddling = int(seen.voices[place]), int(seen.straddling[place])
        nan = math.nan
        reason = _too_few(timeline, counts)
        if reason:
            return SplitTest(nan, nan, nan, nan, nan, nan, 0, 0, *counts, 0, reason)
        if voices < timeline.least_voices:
            reason = f"{voices} of the voices speak both before and after, where {timeline.least_voices} are needed"
            return SplitTest(nan, nan, nan, nan, nan, nan, 0, voices, *counts, straddling, reason)
        before, after = self._sides(seen, place)
        found = _once(timeline, before, after)
        here = change(found, timeline.least_voices, timeline.least_each)
        placebo = self._placebos(place, seen.begin, seen.end)
        low, high = _interval(timeline, here, before, after, self.level)
        means = _means(found, here)
        effect = float(here.effect[0])
        done = SplitTest(*means, effect, low, high, nan, placebo.size, voices, *counts, straddling, "")
        needed = math.ceil(1.0 / (1.0 - self.level) - 1e-9) - 1
        if placebo.size < needed:
            few = f"only {placebo.size} other dates can be set beside it, where {needed} are needed"
            return replace(done, reason=few)
        return replace(done, p=p_value(abs(float(here.scaled[0])), placebo))

    def _sides(self, seen: _Seen, place: int) -> tuple[Bools, Bools]:
        mine = slice(self._start[place], self._start[place + 1])
        return seen.before[mine], seen.after[mine]

    def _placebos(self, place: int, begin: int, end: int) -> Floats:
        """The scaled changes of a timeline at all other dates at which there is one."""
        width = round((end - begin) / 30.4) * 30
        days = np.unique(self.timelines[place].middle)
        if (place, width) not in self._others:
            self._others[place, width] = self._everywhere(self.timelines[place], days, width)
        gap, scaled = self._others[place, width]
        own = int(np.searchsorted(days, (begin + end) // 2)) - 1
        out: Floats = scaled[(gap != own) & ~np.isnan(scaled)]
        return out

    def _everywhere(self, timeline: Timeline, days: Ints, width: int) -> tuple[Ints, Floats]:
        """The scaled change (NaN: none) in the middle of each gap between observations, and the number of the gap."""
        gap = np.arange(max(0, days.size - 1))
        if gap.size > _MOST_PLACEBOS:
            gap = gap[np.linspace(0, gap.size - 1, _MOST_PLACEBOS).round().astype(np.int64)]
        begin = (days[gap] + days[gap + 1] + 1) // 2 - width // 2
        found = sides(timeline, begin, begin + width, self.window)
        return gap, np.abs(change(found, timeline.least_voices, timeline.least_each).scaled)


def _too_few(timeline: Timeline, counts: tuple[int, int]) -> str:
    """Why so many observations before and after say nothing about a date; "" where they may."""
    for count, side in zip(counts, ("before", "after"), strict=True):
        if count < timeline.least_each:
            some = "nothing is" if count == 0 else f"only {count} is"
            return f"{some} observed {side} the date within the window"
    return ""


def _once(timeline: Timeline, before: Bools, after: Bools) -> Sides:
    """The sides of a single split, from which observations lie on each."""
    voices = timeline.voices

    def sums(side: Bools) -> tuple[Ints, Floats, Floats]:
        voice, weight = timeline.voice[side], timeline.weight[side]
        count = np.bincount(voice, minlength=voices).astype(np.int64)
        total, times = (
            np.bincount(voice, one, voices).astype(np.float64) for one in (weight, weight * timeline.value[side])
        )
        return count[:, None], total[:, None], times[:, None]

    one, other = sums(before), sums(after)
    return Sides((one[0], other[0]), (one[1], other[1]), (one[2], other[2]))


def _means(found: Sides, here: Change) -> tuple[float, float]:
    """Mean before and after over the voices that are on both sides."""
    both = ~np.isnan(here.by_voice[:, 0])
    parts = zip(found.total, found.weight, strict=True)
    before, after = (float(np.mean(total[both, 0] / weight[both, 0])) for total, weight in parts)
    return before, after


def _interval(timeline: Timeline, here: Change, before: Bools, after: Bools, level: float) -> tuple[float, float]:
    """Student's t over the voices' changes, or Welch's over a poll's waves."""
    if timeline.label.kind == "polls":
        parts = [timeline.value[side] for side in (before, after)]
        terms = [float(np.var(part, ddof=1)) / part.size for part in parts]
        variance = sum(terms)
        squares = sum(term**2 / (part.size - 1) for term, part in zip(terms, parts, strict=True))
        freedom = variance**2 / squares if squares > 0 else math.inf
    else:
        changes = here.by_voice[~np.isnan(here.by_voice[:, 0]), 0]
        voices = changes.size
        width = float(np.mean(timeline.width[before | after] ** 2)) / 12.0
        # each voice may stand elsewhere in its word before than after
        variance = float(np.var(changes, ddof=1)) / voices + 2.0 * width / voices
        freedom = voices - 1.0
    reach = float(stdtrit(min(freedom, 1e9), 0.5 + level / 2.0)) * math.sqrt(variance)
    return float(here.effect[0]) - reach, float(here.effect[0]) + reach


# the measure


def measure_breaks(study: StudyData, *, window_years: float = 5.0, level: float = 0.9) -> Breaks:
    """Every timeline of a study at every named date of study.toml near which it has observations on both sides.

    Also where one side is empty only because the pollster, the mode or the wording changed: those rows are undetermined and
    say so. O(n log n) in records, and O(dates) for each timeline.
    """
    window = round(window_years * _YEAR)
    timelines, dates = gather_timelines(study, least=2), study.declared.dates
    found = list(_tested(timelines, dates, window, level)) if timelines else []
    adjusted = holm([one.test.p for one in found])
    tests = sum(not math.isnan(one.test.p) for one in found)
    also = {date.id: _also(date, dates, window) for date in dates}
    asked = _Asked(study, found, adjusted, tests, level)
    rows = tuple(asked.row(place, also[one.date.id]) for place, one in enumerate(found))
    provenance = note(
        study,
        "change within voices in a window on each side of a date, against the same at other dates",
        {"window_years": window_years, "level": level},
        None,
        sum(len(one) for one in timelines),
        {source for row in rows for source in row.sources},
    )
    return Breaks(rows, provenance)


@dataclass(frozen=True, slots=True)
class _Tested:
    """A named date and a timeline, the test of one at the other, and the rows of the table on which it rests."""

    date: NamedDate
    timeline: Timeline
    test: SplitTest
    rows: Ints


def _tested(timelines: Sequence[Timeline], dates: Sequence[NamedDate], window: int, level: float) -> Iterator[_Tested]:
    """Each date with each timeline that has observations on both sides of it, or would have, had it not been asked otherwise."""
    splits, alike = _Splits(timelines, window, level), _Alike(timelines)
    least = np.array([one.least_each if one.label.kind == "polls" else math.inf for one in timelines])
    for date in dates:
        seen = splits.at(date.when.lo, date.when.hi)
        both = (seen.n_before > 0) & (seen.n_after > 0)
        for place in np.flatnonzero(both | (seen.n_before + seen.n_after >= least)).tolist():
            test = splits.test(seen, place)
            if not both[place]:
                test = replace(test, reason=alike.otherwise_asked(place, seen))
            if both[place] or test.reason:
                yield _Tested(date, timelines[place], test, splits.rows(seen, place))


def _also(date: NamedDate, dates: Sequence[NamedDate], window: int) -> tuple[str, ...]:
    """Ids of the other named dates within the window of this one."""
    lo, hi = date.when.lo - window, date.when.hi + window
    return tuple(one.id for one in dates if one.id != date.id and one.when.lo <= hi and one.when.hi >= lo)


class _Alike:
    """Timelines of the same view taken by other means."""

    def __init__(self, timelines: Sequence[Timeline]) -> None:
        self._timelines = timelines
        self._alike: dict[tuple[str, ...], list[int]] = {}
        for place, timeline in enumerate(timelines):
            for key in _aliases(timeline):
                self._alike.setdefault(key, []).append(place)

    def otherwise_asked(self, place: int, seen: _Seen) -> str:
        """Why one side of a poll's timeline is empty, if the same was then asked by other means; "" if it was not."""
        after = seen.n_after[place] == 0
        there = seen.n_after if after else seen.n_before
        for key in _aliases(self._timelines[place]):
            for other in self._alike[key]:
                if other != place and there[other]:
                    label = self._timelines[other].label
                    how = f"as {label.question!r}" if key[0] == "topic" else f"by {label.instrument}"
                    side = "after" if after else "before"
                    return f"{side} the date it was asked {how}: never compared across such a change"
        return ""


def _aliases(timeline: Timeline) -> list[tuple[str, ...]]:
    """What a poll's timeline shares with those of the same view: question and answer, or topic."""
    label = timeline.label
    if label.kind != "polls":
        return []
    asked = ("question", label.holder, label.question, label.answer)
    return [asked, ("topic", label.holder, label.topic)] if label.topic else [asked]


class _Asked:
    """The tests made, with what is known of each only now that all are: its p among all, and which pollsters show the same."""

    def __init__(self, study: StudyData, found: Sequence[_Tested], adjusted: Sequence[float], tests: int, level: float) -> None:
        self.study, self.found, self.adjusted, self.tests, self.level = study, found, adjusted, tests, level
        self._tellers, self._speakers = Tellers(study), study.speakers("polls")
        self._alike: dict[tuple[str, ...], list[int]] = {}
        for place, one in enumerate(found):
            if one.timeline.label.kind == "polls" and one.test.p <= bar(level):
                self._alike.setdefault(_same(one), []).append(place)

    def row(self, place: int, also: tuple[str, ...]) -> Break:
        """The row of the test at ``place``."""
        one, p_holm = self.found[place], float(self.adjusted[place])
        date, label, test, rows = one.date, one.timeline.label, one.test, one.rows
        sources, voices = one.timeline.told(self._tellers, rows)
        others = self._showing_too(place)
        voices += len(others)
        p = (test.p, max(p_holm, min(others.values())) if others else p_holm)
        verdict, because = self._judged(test, p, p_holm, voices, sorted(others))
        return Break(
            date=date.id, name=date.name, when=date.when.text, first=format_day(date.when.lo), last=format_day(date.when.hi),
            kind=label.kind, holder=label.holder, topic=label.topic, measure=label.measure, instrument=label.instrument,
            unit=label.unit, before=test.before, after=test.after,
            change=banded(test.change, (test.low, test.high), self.level, len(rows), voices),
            n_before=test.n_before, n_after=test.n_after, straddling=test.straddling, p=test.p, p_holm=p_holm,
            tests=self.tests, placebos=test.placebos, verdict=verdict, because=because, also=also, n=len(rows),
            voices=voices, sources=sources, records=one.timeline.records(self.study, rows),
        )  # fmt: skip

    def _showing_too(self, place: int) -> dict[str, float]:
        """Other pollsters whose series of the same show a change the same way, as small a chance before the adjustment; with
        the adjusted p of each.
        """
        mine, out = self.found[place], dict[str, float]()
        if mine.timeline.label.kind != "polls" or not mine.test.p <= bar(self.level):
            return out
        own = self._pollster(mine)
        for other in self._alike[_same(mine)]:
            pollster = self._pollster(self.found[other])
            if pollster != own and self.found[other].test.change * mine.test.change > 0:
                out[pollster] = min(float(self.adjusted[other]), out.get(pollster, 1.0))
        return out

    def _pollster(self, one: _Tested) -> str:
        return self._speakers.values[int(self._speakers.codes[one.rows[0]])]

    def _judged(
        self, test: SplitTest, p: tuple[float, float], p_holm: float, voices: int, others: Sequence[str]
    ) -> tuple[str, str]:
        if test.reason:
            return "undetermined", test.reason
        larger = round(test.p * (test.placebos + 1)) - 1
        because = f"{larger} of {test.placebos} other dates show as large a change ({adjusted_p(test.p, p_holm, self.tests)})"
        too = f"; figures by {', '.join(others)} show it too" if others else ""
        return judged("changed", "no change found", p, self.level, voices, because + too)


def _same(one: _Tested) -> tuple[str, ...]:
    """What two pollsters must both have asked about a date."""
    label = one.timeline.label
    return one.date.id, label.holder, label.question, label.answer

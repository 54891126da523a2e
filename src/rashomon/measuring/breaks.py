"""Breaks: does a view change at a named date more than at other dates?

The change is the mean over voices of each one's mean in the window after the date less its mean in the window before. It is
set against the same change at every other date at which it can be computed, one for each gap between observations: the date
is *special* where few others show as large a change. This asks for no model of the path: a trend or a random walk makes the
other dates' changes large too (a placebo test in time, as in Abadie, Diamond & Hainmueller 2015, *American Journal of
Political Science* 59). Changes are divided by what equal noise in each observation would give, so that dates with few
observations do not pass for special.

The interval is of the change itself: Student's t over the voices, or Welch's over the waves of a poll, with the uncertainty
of where in its word a stance lies added.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import stdtrit

from rashomon.measuring.changing import Change, Sides, change, sides
from rashomon.measuring.permuting import holm, p_value
from rashomon.measuring.provenance import note
from rashomon.measuring.timelines import Bools, Floats, Ints, Timeline, gather_timelines
from rashomon.study import Estimate, NamedDate, Result, StudyData, format_day

_YEAR = 365.25
_MOST_PLACEBOS = 199


@dataclass(frozen=True, slots=True)
class Break:
    """One view before and after one named date.

    ``before`` and ``after`` are means over the voices on both sides, ``change`` their difference with its interval, in the
    unit of the timeline (``unit``). ``p``: the share of ``placebos`` other dates, and this one, with as large a change;
    ``p_holm``: adjusted for ``tests`` tests. ``straddling`` observations lie on both sides of the date or at it and are left
    out. ``also``: other named dates within the window, which may as well be the cause. ``verdict``: changed, perhaps changed
    (only before the adjustment), no change found, or undetermined.
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
    return _Splits(timeline, window, level).test(begin, end)


class _Splits:
    """Tests of splits of one timeline; what they are set against is computed once for each width."""

    def __init__(self, timeline: Timeline, window: int, level: float) -> None:
        self.timeline, self.window, self.level = timeline, window, level
        self.days = np.unique(timeline.middle)
        self._others: dict[int, tuple[Ints, Floats]] = {}

    def test(self, begin: int, end: int) -> SplitTest:
        timeline = self.timeline
        before, after = _near(timeline, begin, end, self.window)
        counts = int(before.sum()), int(after.sum())
        nan = math.nan
        reason = _too_few(timeline, counts)
        if reason:
            return SplitTest(nan, nan, nan, nan, nan, nan, 0, 0, *counts, 0, reason)
        found = _once(timeline, before, after)
        here = change(found, timeline.least_voices, timeline.least_each)
        voices = int(here.voices[0])
        straddling = _straddling(timeline, begin, end, self.window, before | after)
        if voices < timeline.least_voices:
            reason = f"{voices} of the voices speak both before and after, where {timeline.least_voices} are needed"
            return SplitTest(nan, nan, nan, nan, nan, nan, 0, voices, *counts, straddling, reason)
        placebo = self._placebos(begin, end)
        low, high = _interval(timeline, here, before, after, self.level)
        means = _means(found, here)
        effect = float(here.effect[0])
        done = SplitTest(*means, effect, low, high, nan, placebo.size, voices, *counts, straddling, "")
        needed = math.ceil(1.0 / (1.0 - self.level) - 1e-9) - 1
        if placebo.size < needed:
            few = f"only {placebo.size} other dates can be set beside it, where {needed} are needed"
            return replace(done, reason=few)
        return replace(done, p=p_value(abs(float(here.scaled[0])), placebo))

    def _placebos(self, begin: int, end: int) -> Floats:
        """The scaled changes at all other dates at which there is one."""
        width = round((end - begin) / 30.4) * 30
        if width not in self._others:
            self._others[width] = self._everywhere(width)
        gap, scaled = self._others[width]
        own = int(np.searchsorted(self.days, (begin + end) // 2)) - 1
        out: Floats = scaled[(gap != own) & ~np.isnan(scaled)]
        return out

    def _everywhere(self, width: int) -> tuple[Ints, Floats]:
        """The scaled change (NaN: none) in the middle of each gap between observations, and the number of the gap."""
        gap = np.arange(max(0, self.days.size - 1))
        if gap.size > _MOST_PLACEBOS:
            gap = gap[np.linspace(0, gap.size - 1, _MOST_PLACEBOS).round().astype(np.int64)]
        begin = (self.days[gap] + self.days[gap + 1] + 1) // 2 - width // 2
        timeline = self.timeline
        found = sides(timeline, begin, begin + width, self.window)
        return gap, np.abs(change(found, timeline.least_voices, timeline.least_each).scaled)


def _too_few(timeline: Timeline, counts: tuple[int, int]) -> str:
    """Why so many observations before and after say nothing about a date; "" where they may."""
    for count, side in zip(counts, ("before", "after"), strict=True):
        if count < timeline.least_each:
            some = "nothing is" if count == 0 else f"only {count} is"
            return f"{some} observed {side} the date within the window"
    return ""


def _near(timeline: Timeline, begin: int, end: int, window: int) -> tuple[Bools, Bools]:
    """Which observations count before and which after a split; as :func:`~rashomon.measuring.changing.sides` has it."""
    whole, lo, hi = timeline.throughout, timeline.lo, timeline.hi
    some = ~whole & (hi - lo < window)
    first, last = np.where(whole, hi, timeline.middle), np.where(whole, lo, timeline.middle)
    counts = whole | some
    before = counts & (np.where(whole, lo, hi) < begin) & (first >= begin - window)
    after = counts & (np.where(whole, hi, lo) > end) & (last <= end + window)
    return before, after


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


def _straddling(timeline: Timeline, begin: int, end: int, window: int, counted: Bools) -> int:
    """How many observations in the window cannot be said to lie on one side."""
    near = (timeline.hi >= begin - window) & (timeline.lo <= end + window)
    crossing = near & (timeline.lo <= end) & (timeline.hi >= begin)
    return int(np.count_nonzero(crossing & ~counted))


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
    timelines = gather_timelines(study, least=2)
    near = _Near(timelines, study.declared.dates, window)
    splits = [_Splits(one, window, level) for one in timelines]
    rows = (_row(study, one, date, near) for date in study.declared.dates for one in splits)
    there = [row for row in rows if row is not None]
    tests = sum(not math.isnan(row.p) for row in there)
    adjusted = holm([row.p for row in there])
    judged = tuple(_judged(row, p, tests, level) for row, p in zip(there, adjusted, strict=True))
    provenance = note(
        study,
        "change within voices in a window on each side of a date, against the same at other dates",
        {"window_years": window_years, "level": level},
        None,
        sum(len(one) for one in timelines),
        (source for row in judged for source in row.sources),
    )
    return Breaks(judged, provenance)


class _Near:
    """What lies near a date: other named dates, and timelines of the same view taken by other means."""

    def __init__(self, timelines: Sequence[Timeline], dates: Sequence[NamedDate], window: int) -> None:
        self.window = window
        self._dates = dates
        self._alike: dict[tuple[str, ...], list[Timeline]] = {}
        for timeline in timelines:
            for key in _aliases(timeline):
                self._alike.setdefault(key, []).append(timeline)

    def also(self, date: NamedDate) -> tuple[str, ...]:
        """Ids of the other named dates within the window of this one."""
        lo, hi = date.when.lo - self.window, date.when.hi + self.window
        return tuple(one.id for one in self._dates if one.id != date.id and one.when.lo <= hi and one.when.hi >= lo)

    def otherwise_asked(self, timeline: Timeline, after: bool, begin: int, end: int) -> str:
        """Why one side of a poll's timeline is empty, if the same was then asked by other means; "" if it was not."""
        for key in _aliases(timeline):
            for other in self._alike[key]:
                if other is not timeline and np.any(_near(other, begin, end, self.window)[after]):
                    how = f"as {other.label.question!r}" if key[0] == "topic" else f"by {other.label.instrument}"
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


def _row(study: StudyData, splits: _Splits, date: NamedDate, near: _Near) -> Break | None:
    timeline, level = splits.timeline, splits.level
    begin, end, window = date.when.lo, date.when.hi, near.window
    lo, hi = int(timeline.lo.min()), int(timeline.hi.max())
    if lo > end + window or hi < begin - window:  # most timelines are far from most dates
        return None
    found = splits.test(begin, end)
    reason = found.reason
    if not (found.n_before and found.n_after):
        enough = found.n_before + found.n_after >= timeline.least_each
        reason = near.otherwise_asked(timeline, not found.n_after, begin, end) if enough else ""
        if not reason:
            return None
    before, after = _near(timeline, begin, end, window)
    rows = timeline.row[before | after]
    sources, voices = timeline.told(study, rows)
    label = timeline.label
    return Break(
        date=date.id, name=date.name, when=date.when.text, first=format_day(begin), last=format_day(end),
        kind=label.kind, holder=label.holder, topic=label.topic, measure=label.measure, instrument=label.instrument,
        unit=label.unit, before=found.before, after=found.after,
        change=Estimate(found.change, found.low, found.high, level, len(rows), voices),
        n_before=found.n_before, n_after=found.n_after, straddling=found.straddling, p=found.p, p_holm=math.nan, tests=0,
        placebos=found.placebos, verdict="", because=reason, also=near.also(date), n=len(rows),
        voices=voices, sources=sources, records=timeline.records(study, rows),
    )  # fmt: skip


def _judged(row: Break, p_holm: float, tests: int, level: float) -> Break:
    """The row with its verdict, now that the number of tests is known."""
    verdict, because = "undetermined", row.because
    if not because:
        bar = 1.0 - level + 1e-12
        larger = round(row.p * (row.placebos + 1)) - 1
        shown = f"{larger} of {row.placebos} other dates show as large a change (p = {row.p:.3f}"
        shown += f", {p_holm:.3f} adjusted for {tests} tests)" if tests > 1 else ")"
        verdict = "changed" if p_holm <= bar else "perhaps changed" if row.p <= bar else "no change found"
        because = shown
    return replace(row, p_holm=p_holm, tests=tests, verdict=verdict, because=because)

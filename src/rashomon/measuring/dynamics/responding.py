"""Event response: does a view of one side change around the moves of the other?

For every month in which the other side made moves of a kind, the change of the view is read as at a break: within voices, from
the window before the month to the window after it. The response is the mean over those months. It is set against the same
mean with the whole pattern of months moved along the calendar, wrapped at the end of what was observed (a placebo that keeps
how the moves cluster and how the view drifts). What shifted patterns show on average is what any dates show, a trend for
instance; the response *beyond* it is the estimate, and the spread of the shifted patterns its interval.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

import numpy as np

from rashomon.measuring.dynamics.changing import can_change_at, change, sides
from rashomon.measuring.dynamics.timelines import SHOWN, Floats, Label, Tellers, Timeline, gather_timelines
from rashomon.measuring.records.bulk import pick
from rashomon.measuring.statistics.grouping import Ints, groups
from rashomon.measuring.statistics.judging import banded, judged
from rashomon.measuring.statistics.permuting import holm, p_value
from rashomon.study import Estimate, Result, StudyData
from rashomon.study.provenance import note
from rashomon.texts import adjusted_p

_YEAR = 365.25

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "friendly": ("offers", "accepts", "visits", "promises", "gives", "signs", "lifts", "apologises", "meets"),
        "unfriendly": (
            "rejects",
            "cancels",
            "threatens",
            "denies",
            "postpones",
            "imposes",
            "warns",
            "vetoes",
            "demands",
        ),
    }
)
"""Kinds of moves that are taken together. Kinds whose meaning hangs on what is done, such as declares, are in neither."""


@dataclass(frozen=True, slots=True)
class Response:
    """One view and the moves of one side of one group of kinds.

    ``change``: the mean change around the ``months`` with such moves of which ``used`` have observations on both sides;
    ``expected``: the mean over ``placebos`` shifted patterns; ``beyond``: their difference with its interval. In the unit
    of the timeline. ``p``: the share of patterns as far from what is expected; ``p_holm``: adjusted for ``tests`` tests.
    ``verdict``: responds, perhaps responds (only before the adjustment), no response found, or undetermined.
    """

    kind: str
    holder: str
    topic: str
    measure: str
    instrument: str
    unit: str
    mover: str
    moves: str
    months: int
    used: int
    change: float
    expected: float
    beyond: Estimate
    p: float
    p_holm: float
    tests: int
    placebos: int
    verdict: str
    because: str
    n: int
    voices: int
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True)
class Responses(Result[Response]):
    """Views of one side around the moves of another."""


@dataclass(frozen=True, slots=True)
class PatternTest:
    """The outcome of :func:`try_pattern`; ``reason``: why it is undetermined, or ""."""

    used: int
    change: float
    expected: float
    low: float
    high: float
    p: float
    placebos: int
    reason: str


def try_pattern(changes: Floats, events: Ints, apart: int, least: int, level: float) -> PatternTest:
    """Test the mean of ``changes`` (G,) over the months ``events`` (places in it) against the pattern moved along.

    NaN stands for a month at which no change can be read. Shifts of ``apart`` months or fewer either way are left out, as
    they look at the same observations; so are those with fewer than half as many usable months. O(G log G).
    """
    shifts = np.arange(changes.size)
    size = changes.size
    there = ~np.isnan(changes)
    used = np.rint(_moved_along(there.astype(np.float64), events))
    mean = _moved_along(np.where(there, changes, 0.0), events) / np.maximum(used, 1.0)
    here = int(used[0]) if size else 0
    nan = math.nan
    blank = PatternTest(here, float(mean[0]) if here else nan, nan, nan, nan, nan, 0, "")
    if here < least:
        return replace(blank, reason=f"{here} months with moves can be used, where {least} are needed")
    far = (shifts > apart) & (shifts < size - apart) & (2 * used >= here)
    placebo = mean[far]
    needed = math.ceil(1.0 / (1.0 - level) - 1e-9) - 1
    if placebo.size < needed:
        return replace(blank, reason=f"only {placebo.size} shifts of the pattern fit, where {needed} are needed")
    expected = float(placebo.mean())
    beyond = blank.change - expected
    p = p_value(abs(beyond), np.abs(placebo - expected))
    ends = np.quantile(placebo - expected, [(1 + level) / 2, (1 - level) / 2])
    return PatternTest(
        here, blank.change, expected, beyond - float(ends[0]), beyond - float(ends[1]), p, placebo.size, ""
    )


def _moved_along(values: Floats, events: Ints) -> Floats:
    """For each shift s of 0…G−1 the sum of ``values`` (G,) at ``events + s``, wrapped round: a circular correlation."""
    size = values.size
    if not size:
        return values
    pattern = np.bincount(events, minlength=size).astype(np.float64)
    out: Floats = np.fft.irfft(np.fft.rfft(values) * np.conj(np.fft.rfft(pattern)), size)
    return out


# the measure


def measure_event_response(
    study: StudyData,
    *,
    kinds: Mapping[str, tuple[str, ...]] = KINDS,
    window_years: float = 1.0,
    least: int = 3,
    level: float = 0.9,
) -> Responses:
    """Every timeline of one side around the moves of each other side toward it, by group of kinds.

    Timelines are those of holders: a quality counts if it is seen in the mover's side, an issue or a poll without a topic
    always. Moves are placed by month; one whose date leaves the month open is left out. O(n log n) in records, and
    O(months × moves' months) for each timeline.
    """
    window = round(window_years * _YEAR)
    events = _events(study, kinds)
    named = _Named(study, events)
    rows = []
    for timeline in _answering(gather_timelines(study, changing=True), events, window):
        rows += list(_rows(named, timeline, window, least, level))
    tests = sum(not math.isnan(row.p) for row in rows)
    adjusted = holm([row.p for row in rows])
    judged = tuple(_judged(row, p, tests, level) for row, p in zip(rows, adjusted, strict=True))
    parameters: dict[str, object] = {"window_years": window_years, "least": least, "level": level, "kinds": dict(kinds)}
    method = "change within voices around months with moves, against the pattern of months moved along"
    used = sum(row.n for row in judged)
    sources = {source for row in judged for source in row.sources}
    return Responses(judged, note(study, method, parameters, None, used, sources))


Events = dict[tuple[str, str, str], tuple[Ints, Ints]]


def _events(study: StudyData, kinds: Mapping[str, tuple[str, ...]]) -> Events:
    """By (mover's side, target's side, group): the months of moves, and the rows of moves."""
    moves = study.moves
    rows = study.open_rows("moves")
    sides_: dict[str, int] = {side.id: place for place, side in enumerate(study.declared.sides)}
    mover = moves.actor.each(lambda name: sides_[study.side_of(name)], np.int64, -1)[rows]
    target = moves.target.each(lambda name: sides_[study.side_of(name)], np.int64, -1)[rows]
    lo, hi = month_of(moves.when_lo[rows].astype(np.int64)), month_of(moves.when_hi[rows].astype(np.int64))
    plain = (mover >= 0) & (target >= 0) & (mover != target) & (lo == hi)
    names = list(sides_)
    out: Events = {}
    for group, members in kinds.items():
        of_group = plain & moves.kind.each(members.__contains__, np.bool_, False)[rows]
        there = np.flatnonzero(of_group)
        for (one, other), places in groups(mover[there], target[there]):
            at = there[places]
            out[names[one], names[other], group] = np.unique(lo[at]), rows[at].astype(np.int64)
    return out


def month_of(day: Ints) -> Ints:
    """Months since January of the year 1."""
    return np.searchsorted(_MONTH_STARTS, day, side="right").astype(np.int64) - 1


_MONTH_STARTS = np.array(
    [date(year, month, 1).toordinal() for year in range(1, 10_000) for month in range(1, 13)], dtype=np.int64
)


class _Named:
    """Months with moves, and what the rows say of the moves and of who tells a timeline; looked up once."""

    def __init__(self, study: StudyData, events: Events) -> None:
        self.study, self.events = study, events
        self.tellers = Tellers(study)
        source = study.moves.source
        self.sources = {
            key: tuple(sorted(pick(source.values, np.unique(source.codes[moves])))) for key, (_, moves) in events.items()
        }
        self.records = {key: tuple(study.moves.id.many(moves[:SHOWN])) for key, (_, moves) in events.items()}


def _toward(events: Events, label: Label) -> list[tuple[str, str, str]]:
    """The keys of the moves that a view may answer: toward its side, by the side in which it sees a quality."""
    return [key for key in events if key[1] == label.side and label.target in ("", key[0])]


def _answering(timelines: Sequence[Timeline], events: Events, window: int) -> list[Timeline]:
    """Timelines with moves that they may answer, and with a change around some month."""
    asked = [one for one in timelines if _toward(events, one.label)]
    if not asked:
        return []
    first, last = month_of(np.array([min(one.lo.min() for one in asked), max(one.hi.max() for one in asked)])).tolist()
    months = np.arange(first, last + 1)
    there = can_change_at(asked, _MONTH_STARTS[months], _MONTH_STARTS[months + 1] - 1, window)
    return [one for one, changes in zip(asked, there.tolist(), strict=True) if changes]


def _rows(named: _Named, timeline: Timeline, window: int, least: int, level: float) -> Iterator[Response]:
    label = timeline.label
    first, last = month_of(np.array([timeline.lo.min(), timeline.hi.max()])).tolist()
    months = np.arange(first, last + 1)
    found = sides(timeline, _MONTH_STARTS[months], _MONTH_STARTS[months + 1] - 1, window)
    changes = change(found, timeline.least_voices, 1).effect
    sources, voices = timeline.told(named.tellers)
    records = timeline.records(named.study)
    apart = 2 * math.ceil(window / 30.4)
    for key in _toward(named.events, label):
        when, _ = named.events[key]
        inside = when[(when >= first) & (when <= last)] - first
        if not inside.size:
            continue
        test = try_pattern(changes, inside, apart, least, level)
        yield Response(
            kind=label.kind, holder=label.holder, topic=label.topic, measure=label.measure,
            instrument=label.instrument, unit=label.unit, mover=key[0], moves=key[2], months=int(inside.size),
            used=test.used, change=test.change, expected=test.expected,
            beyond=banded(test.change - test.expected, (test.low, test.high), level, test.used, voices), p=test.p,
            p_holm=math.nan, tests=0, placebos=test.placebos, verdict="", because=test.reason, n=len(timeline),
            voices=voices, sources=tuple(dict.fromkeys(sorted(sources + named.sources[key]))),
            records=records + named.records[key],
        )  # fmt: skip


def _judged(row: Response, p_holm: float, tests: int, level: float) -> Response:
    """The row with its verdict, now that the number of tests is known."""
    verdict, because = "undetermined", row.because
    if not because:
        larger = round(row.p * (row.placebos + 1)) - 1
        because = f"{larger} of {row.placebos} shifted patterns show as large a change ({adjusted_p(row.p, p_holm, tests)})"
        verdict, because = judged("responds", "no response found", (row.p, p_holm), level, row.voices, because)
    return replace(row, p_holm=p_holm, tests=tests, verdict=verdict, because=because)

"""Whether like is met with like between two sides, and whether acts bring about acts, in what a set of events records.

Reciprocity is that of :mod:`rashomon.measuring.catchball.reciprocating`: a side's cooperation in a month is the sum of
Goldstein's values of its events toward the other, for each thousand rows of the set in that month, since sets grow with the
press that they read. Excitation is that of :mod:`rashomon.measuring.catchball.exciting`, of events by the day, where what comes
unasked comes as fast as the set has rows, by month and by day of the week. A set is one voice: both say what it records, and no
more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.catchball import Excitation, Reciprocity
from rashomon.measuring.catchball.acts import Acts
from rashomon.measuring.catchball.combining import Excited
from rashomon.measuring.catchball.exciting import Pace
from rashomon.measuring.catchball.modelling import Between, Fitting, answer_rows, excitation_rows, judge_reciprocity
from rashomon.measuring.events.periods import numbers
from rashomon.measuring.events.scales import UNIT
from rashomon.measuring.events.series import LEVEL, Cells

FITTING: Final = Fitting(level=LEVEL, least_months=20, most_lags=6, draws=5, most_acts=10_000, seed=1955)
STORY_DAYS: Final = 3.0
"""A mean delay, the least as times are drawn, below which one story that is told again on the next days looks the same."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Models = tuple[tuple[Reciprocity, ...], tuple[Excitation, ...]]


@dataclass(frozen=True)
class Seen:
    """How many ``rows`` (d,) a set has of each ``day`` (d,), from its ``first`` day to its ``last``."""

    day: Ints
    rows: Ints
    first: int
    last: int

    def each(self, by: str) -> tuple[int, Ints]:
        """The number of the first month, week or day, and the rows of each (p,) from there to the last."""
        start, end = (int(one) for one in numbers(np.array([self.first, self.last]), by))
        inside = (self.day >= self.first) & (self.day <= self.last)
        rows = np.bincount(numbers(self.day[inside], by) - start, self.rows[inside], end - start + 1)
        return start, rows.astype(np.int64)

    def pace(self) -> Pace:
        """How fast the set has rows, day by day: those of the month, by how many it has on such a day of the week; one row of
        each besides, that none is without. A press that rests at weekends would pass for events that bring about events.
        """
        start, rows = self.each("month")
        days = np.arange(self.first, self.last + 1)
        month, weekday = numbers(days, "month") - start, days % 7
        of_weekday = np.bincount(self.day % 7, self.rows, 7) + 1
        told = _each(rows + 1, month) * _each(of_weekday, weekday)
        return Pace.of(np.append(days, self.last + 1).astype(np.float64), told)


def _each(rows: Floats | Ints, of: Ints) -> Floats:
    """Rows (k,) in equal parts: those of each day (d,), which is one ``of`` the k."""
    share: Floats = rows / np.maximum(np.bincount(of, minlength=len(rows)), 1)
    return share[of]


def answered(pairs: Mapping[tuple[str, str], Cells], seen: Seen, source: str) -> Models:
    """Both models of each two sides of which each acts on the other. ``pairs``: the events of each directed pair."""
    like: list[Reciprocity] = []
    brought: list[Excitation] = []
    for one, other in combinations(dict.fromkeys(side for pair in pairs for side in pair), 2):
        if (one, other) in pairs and (other, one) in pairs:
            both = pairs[one, other], pairs[other, one]
            like += _like((one, other), both, seen, source)
            brought += _brought((one, other), both, seen, source)
    return judge_reciprocity(like, FITTING.level), tuple(brought)


def _like(names: tuple[str, str], cells: tuple[Cells, Cells], seen: Seen, source: str) -> Iterator[Reciprocity]:
    start, rows = seen.each("month")
    (own, mine), (others, theirs) = (_monthly(one, start, rows) for one in cells)
    told = Between(names, int(mine.sum() + theirs.sum()), 1, (source,))
    return answer_rows(told, (own, others), (mine, theirs), FITTING, "")


def _monthly(cells: Cells, start: int, rows: Ints) -> tuple[Floats, Ints]:
    """The sum of values for each thousand rows of the set, month by month (m,), and the events that have a value. Of a month
    without rows nothing is known: NaN, for 0 in both directions would pass for two sides that fall silent together.
    """
    month = numbers(cells.day, "month") - start
    events = np.where(cells.valued, cells.events, 0)
    total = np.bincount(month, cells.value * events / UNIT, len(rows))
    known = np.where(rows > 0, rows, np.nan)
    return total * 1000 / known, np.bincount(month, events, len(rows)).astype(np.int64)


def _brought(names: tuple[str, str], cells: tuple[Cells, Cells], seen: Seen, source: str) -> Iterator[Excitation]:
    left, shared = _less_meetings(*cells)
    counts = np.array([int(events.sum()) for events in left])
    told = Between(names, int(counts.sum()), 1, (source,))

    def fitted() -> Excited:
        acts = _acts(cells, left)
        nothing = np.zeros(0, np.int64)
        return FITTING.excite(acts, np.arange(len(acts)), 0, (nothing, nothing), seen.pace())

    return (replace(_but_echo(row), left_out=shared) for row in excitation_rows(told, counts, fitted, FITTING, ""))


def _but_echo(row: Excitation) -> Excitation:
    """The row, undetermined where what follows may be the same story: of invented stories that both directions are told of,
    some days long, both were found to bring about each other.
    """
    shortest = row.delay[1]
    if row.verdict != "excites" or shortest >= STORY_DAYS:
        return row
    why = f"what follows may come after {shortest:.1f} days on average, as one story told again would"
    return replace(row, verdict="undetermined", because=why)


def _less_meetings(one: Cells, other: Cells) -> tuple[tuple[Ints, Ints], int]:
    """The events of the cells of each direction (n,), less as many of one code on one day as stand in both directions, and how
    many those are: a meeting is an event of each toward the other, and neither brought about the other.
    """
    day, code = (np.concatenate(pair) for pair in ((one.day, other.day), (one.code, other.code)))
    codes = int(code.max(initial=0)) + 1  # one number for day and code: millions are sorted ten times sooner than as pairs
    key = np.unique(day * codes + code, return_inverse=True)[1]
    split = key[: len(one.day)], key[len(one.day) :]
    size = int(key.max(initial=-1)) + 1
    counts = [np.bincount(at, held.events, size).astype(np.int64) for at, held in zip(split, (one, other), strict=True)]
    both = np.minimum(*counts)
    return (_less(one.events, split[0], both), _less(other.events, split[1], both)), 2 * int(both.sum())


def _less(events: Ints, key: Ints, taken: Ints) -> Ints:
    """``events`` (n,) less what is taken of each key, from its cells in their order."""
    order = np.argsort(key, kind="stable")
    before = np.cumsum(events[order]) - events[order]
    start = np.zeros(len(taken), np.int64)
    begins = np.flatnonzero(np.diff(key[order], prepend=-1))
    start[key[order][begins]] = before[begins]
    left = np.clip(before + events[order] - start[key[order]] - taken[key[order]], 0, events[order])
    out = np.zeros_like(events)
    out[order] = left
    return out


def _acts(cells: tuple[Cells, Cells], left: tuple[Ints, Ints]) -> Acts:
    """One act an event, of the first side (0) and of the second, some time on its day."""
    day = np.concatenate([np.repeat(one.day, events) for one, events in zip(cells, left, strict=True)])
    mover = np.repeat([0, 1], [int(events.sum()) for events in left])
    n = len(day)
    no, nothing = np.zeros(n, np.bool_), np.zeros(0, np.int64)
    return Acts(
        mover=mover, target=1 - mover, lo=day, hi=day, calls=no, only_answers=no, withdraws=no, speaks=~no,
        issue=np.full(n, -1, np.int64), public=~no, score=np.zeros(n), weight=np.ones(n), voice=np.zeros(n, np.int64),
        answer=nothing, answered=nothing,
    )  # fmt: skip

"""Tests of hypotheses on printed poll figures: their change, level, gap and trend, each with its error. Plain values only.

A figure is a share in percent between bounds, as printed, with the sampling error of a simple random sample; where no number
of respondents is printed, :data:`ASSUMED_N` are assumed, and the outcome says so. A test is *met* where the whole interval
lies as expected, *not met* where none of it does, else undetermined. Nothing is compared across a change of population,
pollster, mode, base or wording, except where the test is of just that gap.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from scipy.special import ndtri, stdtrit

Outcome = Literal["met", "not met", "undetermined"]

MET: Final = "met"
NOT_MET: Final = "not met"
OPEN: Final = "undetermined"

ASSUMED_N: Final = 1000
ABOUT: Final = 2.0
"""Points by which a share given as about so much may be off, either way."""
LEVEL: Final = 0.9
_Z: Final = float(ndtri(0.5 + LEVEL / 2))
_YEAR: Final = 365.25


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed share in percent: at least ``low``, at most ``high``, of ``n`` asked (None: not printed).

    ``day``: the middle of the field time; ``instrument``: what it may be compared within; ``survey``: what it was asked in.
    """

    id: str
    share: float
    low: float
    high: float
    n: int | None
    day: int
    instrument: tuple[str, ...]
    survey: str
    question: str
    source: str

    @property
    def variance(self) -> float:
        """Sampling variance, in squared points."""
        p = self.share / 100.0
        return 1e4 * max(p * (1.0 - p), 0.0) / (self.n or ASSUMED_N)


@dataclass(frozen=True, slots=True)
class Tried:
    """The outcome of a test: why, in words; named numbers; the figures or other records it rests on, and how many."""

    outcome: Outcome
    because: str
    figures: tuple[tuple[str, float], ...] = ()
    records: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    strength: int = 3
    n: int = 0


def bounds(share: float, relation: str) -> tuple[float, float] | None:
    """The least and the most that a printed share can be; None for a change, which is no share."""
    if relation == "change":
        return None
    if relation == "~":
        return max(0.0, share - ABOUT), min(100.0, share + ABOUT)
    return share if relation in ("=", ">") else 0.0, 100.0 if relation == ">" else share


@dataclass(frozen=True, slots=True)
class _Step:
    """One comparison: its interval and the middle of it, with the outcome."""

    outcome: Outcome
    low: float
    high: float
    values: tuple[tuple[str, float], ...]
    used: tuple[Figure, ...]


def try_change(before: Sequence[Figure], after: Sequence[Figure], expect: str, by: float) -> Tried:
    """Whether the share rose, fell or stayed from one time to another, within each instrument that has both."""
    shared = sorted({one.instrument for one in before} & {one.instrument for one in after})
    if not shared:
        return _undetermined(_no_pair(before, after), (*before, *after))
    steps = []
    for instrument in shared:
        old = [one for one in before if one.instrument == instrument]
        new = [one for one in after if one.instrument == instrument]
        low, high = _difference(new, old)
        values = (("before", _mean(old)), ("after", _mean(new)), ("change", _mean(new) - _mean(old)))
        steps.append(_Step(_direction(low, high, expect, by), low, high, values, (*old, *new)))
    return _joined(steps, "the change")


def _no_pair(before: Sequence[Figure], after: Sequence[Figure]) -> str:
    if not before or not after:
        return f"no figure is printed for the time {'before' if not before else 'after'}"
    return "the population, pollster, mode or wording changed between the two times: never compared across that"


def try_level(figures: Sequence[Figure], relation: str, value: float) -> Tried:
    """Whether the share stood to ``value`` as expected, in every figure of the time."""
    steps = []
    for one in figures:
        reach = _Z * math.sqrt(one.variance)
        low, high = max(0.0, one.low - reach), min(100.0, one.high + reach)
        outcome = _stands(low, high, relation, value, abs(one.share - value) < 0.05 and one.low == one.high)
        steps.append(_Step(outcome, low, high, (("share", one.share),), (one,)))
    return _joined(steps, "the share") if steps else _undetermined("no figure is printed for that time", ())


def try_gap(first: Sequence[Figure], second: Sequence[Figure], expect: str, by: float, within: bool) -> Tried:
    """Whether the first share is more than the second: within surveys that print both, else of the means.

    ``within``: whether a time is given within which shares of different surveys may be compared.
    """
    steps = []
    for survey in sorted({one.survey for one in first} & {one.survey for one in second}):
        one, other = ([x for x in figures if x.survey == survey] for figures in (first, second))
        same = one[0].question == other[0].question
        steps.append(_gap(one, other, expect, by, 2.0 * _mean(one) * _mean(other) if same else 0.0))
    if not steps and within and first and second:
        steps = [_gap(first, second, expect, by, 0.0)]
    if not steps:
        none = "one of the two shares is not printed" if not (first and second) else "no survey prints both shares"
        return _undetermined(none, (*first, *second))
    return _joined(steps, "the gap")


def _gap(one: Sequence[Figure], other: Sequence[Figure], expect: str, by: float, shared: float) -> _Step:
    """``shared``: twice the product of the shares where both are answers to one question, which exclude each other."""
    low, high = _difference(one, other, shared / (one[0].n or ASSUMED_N))
    values = (("first", _mean(one)), ("second", _mean(other)), ("gap", _mean(one) - _mean(other)))
    way = {"more": "up", "less": "down"}.get(expect, expect)
    return _Step(_direction(low, high, way, by), low, high, values, (*one, *other))


def try_trend(figures: Sequence[Figure], expect: str, by: float) -> Tried:
    """Whether the share rises or falls from year to year, each instrument with a level of its own.

    Ordinary least squares with an intercept for each instrument; Student's interval, its error widened by
    ``sqrt((1 + r) / (1 - r))`` for an autocorrelation r > 0 of neighbouring residuals.
    """
    counts: dict[tuple[str, ...], int] = {}
    for one in figures:
        counts[one.instrument] = counts.get(one.instrument, 0) + 1
    used = sorted((one for one in figures if counts[one.instrument] > 1), key=lambda one: (one.instrument, one.day))
    groups = len({one.instrument for one in used})
    if len({one.day for one in used}) < 3 or len(used) - groups < 3:
        why = f"{len(used)} figures that can be compared with another, where four at three times are needed"
        return _undetermined(why, figures)
    slope, error = _slope(used)
    freedom = len(used) - groups - 1
    reach = float(stdtrit(freedom, 0.5 + LEVEL / 2)) * error
    step = _Step(
        _direction(slope - reach, slope + reach, expect, by), slope - reach, slope + reach, (("slope", slope),),
        tuple(used),
    )  # fmt: skip
    return _joined([step], "the yearly change")


def _slope(used: Sequence[Figure]) -> tuple[float, float]:
    """Slope in points a year and its standard error; figures are sorted by instrument and day."""
    group = np.unique([" ".join(one.instrument) for one in used], return_inverse=True)[1].reshape(-1)
    size = np.bincount(group)

    def centred(values: list[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        column = np.array(values, dtype=np.float64)
        return column - (np.bincount(group, column) / size)[group]

    x, y = centred([one.day / _YEAR for one in used]), centred([one.share for one in used])
    square = float(x @ x)
    slope = float(x @ y) / square
    left = y - slope * x
    variance = float(left @ left) / (len(used) - size.size - 1)
    neighbours = group[1:] == group[:-1]
    total = float(left @ left)
    r = float(left[1:][neighbours] @ left[:-1][neighbours]) / total if total > 1e-12 else 0.0
    r = min(max(r, 0.0), 0.9)
    return slope, math.sqrt(variance / square * (1.0 + r) / (1.0 - r))


def _mean(figures: Sequence[Figure]) -> float:
    return sum(one.share for one in figures) / len(figures)


def _difference(new: Sequence[Figure], old: Sequence[Figure], extra: float = 0.0) -> tuple[float, float]:
    """The interval of the mean of ``new`` less the mean of ``old``; ``extra`` variance for answers that exclude each other."""

    def mean(read: Callable[[Figure], float], figures: Sequence[Figure]) -> float:
        return sum(read(one) for one in figures) / len(figures)

    error = sum(mean(lambda one: one.variance, side) / len(side) for side in (new, old)) + extra
    reach = _Z * math.sqrt(error)
    low = mean(lambda one: one.low, new) - mean(lambda one: one.high, old) - reach
    return low, mean(lambda one: one.high, new) - mean(lambda one: one.low, old) + reach


def _direction(low: float, high: float, expect: str, by: float) -> Outcome:
    """The outcome for an interval of a difference that should be ``up``, ``down`` or the ``same``, by at least ``by``."""
    if expect == "down":
        low, high = -high, -low
    if expect == "same":
        if -by <= low and high <= by:
            return MET
        return NOT_MET if high < -by or low > by else OPEN
    if low > 0 and low >= by:
        return MET
    return NOT_MET if high <= 0 or high < by else OPEN


def _stands(low: float, high: float, relation: str, value: float, printed: bool) -> Outcome:
    """The outcome for an interval that should stand to ``value`` so; ``printed``: just that value is printed."""
    if relation == "=":
        return MET if printed else OPEN if low <= value <= high else NOT_MET
    if relation in ("<", "<="):
        low, high, value = -high, -low, -value
    strict = relation in ("<", ">")
    if low > value or (low == value and not strict):
        return MET
    return NOT_MET if high < value or (high == value and strict) else OPEN


def _joined(steps: Sequence[_Step], what: str) -> Tried:
    """Met where some comparisons are met and none is not, and the reverse; else undetermined."""
    kinds = {step.outcome for step in steps}
    outcome: Outcome = (
        OPEN if {MET, NOT_MET} <= kinds else MET if MET in kinds else NOT_MET if NOT_MET in kinds else OPEN
    )
    used = list(dict.fromkeys(figure for step in steps for figure in step.used))
    if len(steps) == 1:
        low, high = steps[0].low, steps[0].high
        figures = (*steps[0].values, ("low", low), ("high", high))
        because = ", ".join(f"{name} {value:.1f}" for name, value in steps[0].values)
        because += f" (between {low:.1f} and {high:.1f})"
    else:
        figures = tuple((f"{name} {number}", value) for number, s in enumerate(steps, 1) for name, value in s.values)
        tally = ((kind, sum(step.outcome == kind for step in steps)) for kind in (MET, NOT_MET, OPEN))
        because = f"{what} in {len(steps)} comparisons: " + ", ".join(f"{n} {kind}" for kind, n in tally if n)
    if any(one.n is None for one in used):
        because += f"; {ASSUMED_N:,} asked are assumed where no number is printed"
    return Tried(outcome, because, figures, *_named(used))


def _named(used: Iterable[Figure]) -> tuple[tuple[str, ...], tuple[str, ...], int, int]:
    listed = list(used)
    ids = tuple(dict.fromkeys(one.id for one in listed))
    return ids, tuple(sorted({one.source for one in listed})), 3, len(ids)


def _undetermined(because: str, figures: Iterable[Figure]) -> Tried:
    return Tried(OPEN, because, (), *_named(figures))

"""A series beside its controls: at the times of the series itself, parted by the campaign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import expit

from rashomon.measuring.campaigns.expecting import Case
from rashomon.measuring.campaigns.series import YEAR, Series
from rashomon.measuring.dynamics.timelines import Bools, Floats
from rashomon.measuring.statistics.grouping import Ints
from rashomon.study import When

BEFORE: Final = 5
"""Values that must stand before a campaign: fewer show neither a path nor how far it commonly strays."""
AFTER: Final = 2
"""Values that must stand after its beginning: a single one shows no scatter."""
REACH_YEARS: Final = 5.0
"""Years after its end in which a campaign is looked for."""
_MOST_MISSING: Final = 0.25  # share of the values, before or after, at which a control may be missing


@dataclass(frozen=True, eq=False)
class Panel:
    """A series and its controls at n times: ``used`` (n,) places in the series, ``after`` (n,), and of the j controls that could
    be set beside it the values on both scales (n, j). ``left_out``: (place among the controls given, reason) of the others.
    ``straddling`` values lie on both sides of the campaign's beginning.
    """

    series: Series
    used: Ints
    after: Bools
    controls: tuple[int, ...]
    values: Floats
    shown: Floats
    left_out: tuple[tuple[int, str], ...]
    straddling: int

    @property
    def case(self) -> Case:
        """What the structural counterfactual is asked."""
        one = self.series
        return Case(one.time[self.used], one.value[self.used], one.variance[self.used], self.values, self.after)

    @property
    def errors(self) -> Floats:
        """(n,) deviations of what was observed, up to a constant in the unit in which it is shown."""
        one = self.series
        share = expit(one.value[self.used]) if one.poll else np.full(len(self.used), 0.5)
        out: Floats = np.sqrt(one.variance[self.used]) * share * (1 - share)
        return out

    def take(self, some: Ints, after: Bools) -> Case:
        """A case of some of the times, parted otherwise."""
        one, at = self.series, self.used[some]
        return Case(one.time[at], one.value[at], one.variance[at], self.values[some], after)


def part(series: Series, when: When) -> tuple[Bools, Bools, int]:
    """Which values of a series lie before a campaign, which after its beginning, and how many on both sides of that.

    A campaign of some day within a time begins somewhere in it; one that lasted begins with it, so that the value of a whole year
    comes after a campaign of that year.
    """
    begun = series.start > when.hi if when.within else series.start >= when.lo
    before = series.end < when.lo
    until = min(when.hi, series.end.max(initial=0)) + REACH_YEARS * YEAR
    return before, begun & (series.start <= until), int((~before & ~begun).sum())


def lay_beside(series: Series, controls: Sequence[Series], when: When) -> Panel:
    """The series parted by a campaign, beside those controls that are known at nearly all of its times.

    Times at which one of these is missing are left out; where too few would be left, the control that is missing most goes first.
    """
    before, after, straddling = part(series, when)
    used = np.flatnonzero(before | after)
    late = after[used]
    found = [one.at(series.time[used]) for one in controls]
    known = np.array([~np.isnan(value) for value, _ in found]).reshape(len(controls), len(used))
    left_out = {k: reason for k in range(len(controls)) if (reason := _unfit(controls[k], series, known[k], late))}
    kept = [k for k in range(len(controls)) if k not in left_out]
    while kept and not _enough(_everywhere(known[kept]), late):
        worst = min(kept, key=lambda k: int(known[k].sum()))
        left_out[worst] = "with it too few times would be left at which all are known"
        kept.remove(worst)
    there = _everywhere(known[kept])
    values, shown = (_columns([found[k][scale][there] for k in kept], int(there.sum())) for scale in (0, 1))
    return Panel(
        series, used[there], late[there], tuple(kept), values, shown, tuple(sorted(left_out.items())), straddling
    )


def _everywhere(known: Bools) -> Bools:
    """The times (n,) at which all of some controls (j, n) are known: all, where there is no control."""
    out: Bools = np.logical_and.reduce(known, axis=0)
    return out


def _columns(listed: Sequence[Floats], size: int) -> Floats:
    return np.stack(listed, axis=1) if listed else np.zeros((size, 0))


def _unfit(control: Series, series: Series, known: Bools, late: Bools) -> str:
    """Why a control cannot be set beside a series; "" where it can."""
    if control.label.kind != series.label.kind:
        return "it is of another kind, on another scale"
    if not control.poll and bool(control.label.quality) != bool(series.label.quality):
        return "it is on another scale"
    for side, word in ((~late, "before"), (late, "after")):
        missing = int((side & ~known).sum())
        if missing > _MOST_MISSING * side.sum():
            return f"it is not known at {missing} of the {int(side.sum())} times {word}"
    return ""


def _enough(there: Bools, late: Bools) -> bool:
    return int((there & ~late).sum()) >= BEFORE and int((there & late).sum()) >= AFTER

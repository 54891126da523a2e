"""Placebos of the structural counterfactual: dates on which nothing is claimed to have begun, and series that are not claimed to
have been touched.

For the series itself, dates before the campaign, with no value after it; for each control, with the other controls beside it, all
dates, that of the campaign among them. As many values stand after as after the campaign, or as there are. The movement is
compared in its own deviations, since a date after five values can tell less than one after twenty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from rashomon.measuring.campaigns.expecting import Case, expect
from rashomon.measuring.campaigns.panels import AFTER, BEFORE, Panel
from rashomon.measuring.campaigns.series import Series

MOST: Final = 99
"""Placebos that are reckoned at most; of more, evenly spread ones."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One placebo: of which control (−1: the series itself), the first time ``after`` (years), and the movement in its own
    deviations.
    """

    control: int
    after: float
    movement: float


def try_placebos(panel: Panel, controls: Sequence[Series], level: float) -> tuple[Tried, ...]:
    """All placebos of a panel, or :data:`MOST` of them. ``controls``: those that it keeps, in its order."""
    made = [*_earlier(panel), *_elsewhere(panel, controls)]
    if len(made) > MOST:
        made = [made[k] for k in np.linspace(0, len(made) - 1, MOST).round().astype(int).tolist()]
    found = expect([case for _, case in made], panel.series.priors, level)
    return tuple(
        Tried(control, float(case.times[case.after].min()), one.movement[0] / one.movement[1])
        for (control, case), one in zip(made, found, strict=True)
    )


def _earlier(panel: Panel) -> Iterator[tuple[int, Case]]:
    """The series itself, parted at earlier times."""
    size, most = int((~panel.after).sum()), int(panel.after.sum())
    for place in range(BEFORE, size - AFTER + 1):
        some = np.arange(min(size, place + most))
        yield -1, panel.take(some, some >= place)


def _elsewhere(panel: Panel, controls: Sequence[Series]) -> Iterator[tuple[int, Case]]:
    """Each control, parted at all times, where others can stand beside it."""
    most = int(panel.after.sum())
    for number, one in enumerate(controls):
        others = [other.at(one.time)[0] for k, other in enumerate(controls) if k != number]
        if not others:
            return
        beside = np.stack(others, axis=1)
        there = np.flatnonzero(~np.isnan(beside).any(axis=1))
        for place in range(BEFORE, len(there) - AFTER + 1):
            some = there[: place + most]
            after = np.arange(len(some)) >= place
            yield panel.controls[number], Case(one.time[some], one.value[some], one.variance[some], beside[some], after)

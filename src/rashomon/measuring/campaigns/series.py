"""The series that a campaign names: figures of one pollster, one mode and one wording, or the years of a side's statements.

Series are never joined over a change of pollster, mode, base or wording. Shares are reckoned in logits, with the errors of their
samples as in the pooling of polls; statements on their scale, year by year, with how each voice leans taken out by random
effects (their deviations set to the scales of their priors in the levels, for a few voices do not tell them).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np

from rashomon.measuring.dynamics import Label, Timeline
from rashomon.measuring.dynamics.changing import yearly_levels
from rashomon.measuring.dynamics.timelines import Floats
from rashomon.measuring.levels.integrating import Priors
from rashomon.measuring.polls import ABOUT, pooling
from rashomon.measuring.statistics.grouping import Ints
from rashomon.study import StudyData

YEAR: Final = 365.25
"""Days."""
_REACH: Final = 0.5
"""Years beyond its first and last figure over which a control stands for itself."""
GAP: Final = 3.0
"""Years between two figures of a control over which a straight line stands for what was not asked."""


@dataclass(frozen=True, eq=False)
class Series:
    """One series in order of time, arrays (n,): days ``start``..``end``, ``time`` in years, the ``shown`` value in the unit of
    its label, and ``value`` with its ``variance`` on the scale on which it is reckoned. ``timeline`` holds its records.
    """

    label: Label
    timeline: Timeline
    start: Ints
    end: Ints
    time: Floats
    shown: Floats
    value: Floats
    variance: Floats

    def __len__(self) -> int:
        return len(self.time)

    @property
    def poll(self) -> bool:
        """Whether the values are shares, reckoned in logits."""
        return self.label.kind == "polls"

    @property
    def priors(self) -> Priors:
        """Those of its scale."""
        return pooling.LOGIT if self.poll else _scale(self.label)

    def records_in(self, at: Ints) -> Ints:
        """Rows of the table whose observations lie in the time of the values in some places."""
        if self.poll:
            return self.timeline.row[at]
        spans = zip(self.start[at].tolist(), self.end[at].tolist(), strict=True)
        inside = [(self.timeline.lo <= end) & (self.timeline.hi >= start) for start, end in spans]
        out: Ints = self.timeline.row[np.any(inside, axis=0)] if inside else self.timeline.row[:0]
        return out

    def at(self, time: Floats) -> tuple[Floats, Floats]:
        """``value`` and ``shown`` at other times, on straight lines between values; NaN where they lie too far apart."""
        place = np.clip(np.searchsorted(self.time, time), 1, max(len(self) - 1, 1))
        near = np.min(np.abs(self.time[:, None] - time), axis=0) <= _REACH
        inside = (time >= self.time[0]) & (time <= self.time[-1])
        apart = self.time[np.minimum(place, len(self) - 1)] - self.time[place - 1]
        known = near | (inside & (apart <= GAP))
        found = [np.where(known, np.interp(time, self.time, one), np.nan) for one in (self.value, self.shown)]
        return found[0], found[1]


def _scale(label: Label) -> Priors:
    return Priors.of_scale(-1.0, 1.0) if label.quality else Priors.of_scale(0.0, 1.0)


@dataclass(frozen=True, eq=False)
class Readings:
    """The timelines of a study; each is read as a series once, so that one series is one object by whatever name it is called."""

    study: StudyData
    timelines: Sequence[Timeline]

    def of(self, name: str, toward: str) -> list[Series]:
        """The series that a campaign means by a name; a timeline of figures that are no shares makes none."""
        read = (self._read(one) for one in self._named(name, toward))
        return [one for one in read if one is not None]

    def _named(self, name: str, toward: str) -> list[Timeline]:
        """Of a poll question the timelines of its answer, or of the first of its answers that has any; of a topic those of the
        side ``toward``, or where it holds nothing on it those of anybody.
        """
        question, _, answer = (part.strip() for part in name.partition("="))
        declared = {one.id: one.answers for one in self.study.declared.poll_questions}
        if question in declared:
            asked = [one for one in self.timelines if one.label.kind == "polls" and one.label.question == question]
            offered = list(dict.fromkeys((*declared[question], *(one.label.answer for one in asked))))
            wanted = answer or next((one for one in offered if any(one == line.label.answer for line in asked)), "")
            return [one for one in asked if one.label.answer == wanted]
        found = [one for one in self.timelines if one.label.topic == name]
        return [one for one in found if one.label.side == toward] or found

    def _read(self, timeline: Timeline) -> Series | None:
        if timeline not in self._known:
            self._known[timeline] = _series(self.study, timeline)
        return self._known[timeline]

    @cached_property
    def _known(self) -> dict[Timeline, Series | None]:
        return {}


def _series(study: StudyData, timeline: Timeline) -> Series | None:
    if timeline.label.kind == "statements":
        return _stated(study, timeline)
    shares = timeline.label.unit in ("percent", "ratio") and np.all(timeline.value <= whole(timeline.label))
    return _polled(study, timeline) if shares else None


def whole(label: Label) -> float:
    """What all of the respondents are in the unit of a poll."""
    return 100.0 if label.unit == "percent" else 1.0


def _polled(study: StudyData, timeline: Timeline) -> Series:
    """A poll's figures, each as its empirical logit with its sampling error."""
    order = np.argsort(timeline.middle, kind="stable")
    one = Timeline(timeline.label, *(getattr(timeline, name)[order] for name in _COLUMNS))
    size = study.polls.n[one.row].astype(np.float64)
    shares = one.value / whole(one.label)
    given = pooling.polls(np.arange(len(shares)), shares, 0, size=np.where(size > 0, size, np.nan))
    seen, _ = pooling.in_logits(given, pooling.DESIGN_EFFECT, pooling.UNKNOWN_N, 0.01)
    about = np.array([study.polls.relation.get(row, "") == "~" for row in one.row.tolist()])
    doubt = about * (2 * ABOUT / 100 / np.clip(shares * (1 - shares), 0.01, None)) ** 2 / 12
    return Series(one.label, one, one.lo, one.hi, one.middle / YEAR, one.value, seen.low, seen.error**2 + doubt)


_COLUMNS: Final = ("lo", "hi", "throughout", "value", "width", "weight", "voice", "row")


def _stated(study: StudyData, timeline: Timeline) -> Series:
    """Statements by year: generalised least squares of years with random effects of voices."""
    span = study.declared.study.span
    first, last = (date.fromordinal(day).year for day in (span.lo, span.hi))
    years = last - first + 1
    where, level = yearly_levels([timeline], first, years)
    voice, year = where // years, where % years
    seen, column = np.unique(year, return_inverse=True)
    priors = _scale(timeline.label)
    alike = (voice[:, None] == voice) * priors.voice**2 + np.eye(len(voice)) * priors.noise**2
    design = np.eye(len(seen))[column]
    inverse = np.linalg.inv(alike)
    variance = np.linalg.inv(design.T @ inverse @ design)
    value = variance @ (design.T @ (inverse @ level))
    start = np.array([date(first + one, 1, 1).toordinal() for one in seen.tolist()], np.int64)
    end = np.array([date(first + one, 12, 31).toordinal() for one in seen.tolist()], np.int64)
    return Series(
        timeline.label, timeline, start, end, (start + end) / 2 / YEAR, value, value, np.diagonal(variance).copy()
    )

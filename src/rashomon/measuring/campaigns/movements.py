"""Did a campaign move what it was to move? Each series of each campaign against what was to be expected without it.

Two reckonings that fail in different ways stand side by side: a synthetic control
(:mod:`~rashomon.measuring.campaigns.mixed`), which asks no model of the path but that controls keep their weights, and a
structural counterfactual (:mod:`~rashomon.measuring.campaigns.expecting`), which says how uncertain it is. The verdict is the
latter's, and stands only where placebos do not move as much and nothing else that is dated fell into the time. It says that a
series moved when the campaign was made, never that the campaign moved it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from scipy.special import expit, ndtri

from rashomon.measuring.campaigns.expecting import COEFFICIENT, Expected, expect
from rashomon.measuring.campaigns.mixed import in_space, in_time, mix
from rashomon.measuring.campaigns.panels import AFTER, BEFORE, REACH_YEARS, Panel, lay_beside, part
from rashomon.measuring.campaigns.placebos import Tried, try_placebos
from rashomon.measuring.campaigns.series import YEAR, Readings, Series, whole
from rashomon.measuring.dynamics import Label, Tellers, gather_timelines
from rashomon.measuring.dynamics.timelines import Bools, Floats
from rashomon.measuring.polls.pooling import DESIGN_EFFECT, UNKNOWN_N
from rashomon.measuring.statistics.permuting import holm, p_value
from rashomon.study import Campaign, Estimate, Result, StudyData, format_day
from rashomon.study.provenance import note
from rashomon.texts import adjusted_p

_SHOWN_MOVES: Final = 12
_WORDS: Final = ("before it", "after its beginning")


@dataclass(frozen=True, slots=True)
class View:
    """Which series: who holds it, on which topic, the question and answer or claim or goal, and the instrument."""

    holder: str
    topic: str
    measure: str
    instrument: str

    @classmethod
    def of(cls, label: Label) -> View:
        """That of a timeline."""
        return cls(label.holder, label.topic, label.measure, label.instrument)


@dataclass(frozen=True, slots=True)
class Weight:
    """A control and its weight in the mixture."""

    control: View
    weight: float


@dataclass(frozen=True, slots=True)
class LeftOutControl:
    """A control that was declared and not used, and why."""

    control: View
    because: str


@dataclass(frozen=True, slots=True)
class Placebo:
    """A series at a date at which nothing is claimed to have moved it (``series`` None: the campaign's own). ``movement``: in its
    own deviations (structural), or the ratio of what is left after to before (synthetic).
    """

    series: View | None
    date: str
    movement: float


@dataclass(frozen=True, slots=True)
class Event:
    """A named date, another campaign or a move that fell into the time: ``kind`` date, campaign or move."""

    kind: str
    id: str
    when: str


@dataclass(frozen=True, slots=True)
class Moment:
    """The series at one time, in its unit: ``observed`` with the band of its own error, what was to be expected ``without`` the
    campaign with its band, and the mixture of controls (``mixed``, NaN: none).
    """

    start: str
    end: str
    after: bool
    observed: Estimate
    without: Estimate
    mixed: float


@dataclass(frozen=True, slots=True)
class Movement:
    """One series of one campaign.

    ``movement``: mean after the beginning of what was observed less what was to be expected, in points (polls) or on the
    scale, with its band; ``deviations`` of its own. ``smallest``: the least movement that would have been told from none.
    ``p``: the share of ``placebos``, and this, with as large a movement; ``p_holm`` adjusted for ``tests`` series.
    ``gap``: the same by the synthetic control, whose ``fit`` is what it leaves before; ``p_space`` and ``p_time`` its ranks.
    ``events``: named dates and other campaigns within the time, which may as well be the cause, and ``moves`` between the two
    sides, the first of which are among them. ``verdict``: moved, no movement found, or undetermined ``because``.
    """

    campaign: str
    name: str
    by: str
    toward: str
    when: str
    first: str
    last: str
    aim: str
    view: View
    kind: str
    side: str
    layer: str
    unit: str
    movement: Estimate
    deviations: float
    smallest: float
    p: float
    p_holm: float
    tests: int
    placebos: tuple[Placebo, ...]
    gap: float
    fit: float
    ratio: float
    p_space: float
    in_space: tuple[Placebo, ...]
    p_time: float
    in_time: tuple[Placebo, ...]
    controls: tuple[Weight, ...]
    left_out: tuple[LeftOutControl, ...]
    moments: tuple[Moment, ...]
    events: tuple[Event, ...]
    moves: int
    verdict: str
    because: str
    n_before: int
    n_after: int
    straddling: int
    n: int
    voices: int
    sources: tuple[str, ...]
    records: tuple[str, ...]

    @property
    def larger(self) -> int:
        """How many of the placebos move as much."""
        return sum(abs(one.movement) >= abs(self.deviations) for one in self.placebos)


@dataclass(frozen=True)
class Movements(Result[Movement]):
    """Campaigns and what they should have moved; one row for each campaign, aim and instrument."""


def measure_campaigns(study: StudyData, *, level: float = 0.9) -> Movements:
    """Every campaign of study.toml, each aim in every instrument by which it was observed.

    O(placebos × n³) for each, of some tens of values.
    """
    rows: list[Movement] = []
    if study.declared.campaigns:
        readings = Readings(study, gather_timelines(study, by_layer=True))
        tellers = Tellers(study)
        rows = [row for one in study.declared.campaigns for row in _Asked(study, one, readings, tellers, level).rows()]
    adjusted = holm([row.p for row in rows])
    tests = sum(not math.isnan(row.p) for row in rows)
    judged = tuple(_judged(replace(row, p_holm=p, tests=tests), level) for row, p in zip(rows, adjusted, strict=True))
    parameters: dict[str, object] = {
        "level": level, "least before": BEFORE, "least after": AFTER, "years after": REACH_YEARS, "design effect": DESIGN_EFFECT,
        "respondents where none are printed": UNKNOWN_N, "scale of the controls' coefficients": COEFFICIENT,
    }  # fmt: skip
    method = (
        "local level with drift and controls, variances integrated over; synthetic control; placebo dates and series"
    )
    told = {source for row in judged for source in row.sources}
    return Movements(judged, note(study, method, parameters, None, sum(row.n for row in judged), told))


@dataclass(frozen=True, eq=False)
class _Asked:
    """One campaign."""

    study: StudyData
    campaign: Campaign
    readings: Readings
    tellers: Tellers
    level: float

    def rows(self) -> Iterator[Movement]:
        """A row for each aim and instrument; one that says so where nothing is on record."""
        controls = list(dict.fromkeys(one for name in self.campaign.controls for one in self._series(name)))
        for aim in self.campaign.aims:
            found = self._series(aim)
            made = [self._row(aim, one, [two for two in controls if two is not one], found) for one in found]
            near = [row for row in made if row.n_before + row.n_after + row.straddling]
            yield from near or made[:1] or (self._silent(aim),)

    def _series(self, name: str) -> list[Series]:
        return self.readings.of(name, self.campaign.toward)

    def _silent(self, aim: str) -> Movement:
        because = "nothing that the side addressed says on it is on record"
        return self._blank(aim, View("", "", aim, ""), "", "", "", "", because)

    def _blank(self, aim: str, view: View, kind: str, side: str, layer: str, unit: str, because: str) -> Movement:
        """A row on which nothing was reckoned."""
        one, nan = self.campaign, math.nan
        return Movement(
            campaign=one.id, name=one.name, by=one.by, toward=one.toward, when=one.when.text, first=format_day(one.when.lo),
            last=format_day(one.when.hi), aim=aim, view=view, kind=kind, side=side, layer=layer, unit=unit,
            movement=Estimate(nan, nan, nan, self.level, 0, 0), deviations=nan, smallest=nan, p=nan, p_holm=nan, tests=0,
            placebos=(), gap=nan, fit=nan, ratio=nan, p_space=nan, in_space=(), p_time=nan, in_time=(), controls=(), left_out=(),
            moments=(), events=(), moves=0, verdict="undetermined", because=because, n_before=0, n_after=0, straddling=0, n=0,
            voices=0, sources=(one.source,) if one.source else (), records=(),
        )  # fmt: skip

    def _row(self, aim: str, series: Series, controls: Sequence[Series], alike: Sequence[Series]) -> Movement:
        panel = lay_beside(series, controls, self.campaign.when)
        label = series.label
        records = series.records_in(panel.used)
        sources, voices = series.timeline.told(self.tellers, records)
        blank = self._blank(aim, View.of(label), label.kind, label.side, label.layer, label.unit, "")
        counted = replace(
            blank, n_before=int((~panel.after).sum()), n_after=int(panel.after.sum()), straddling=panel.straddling,
            n=len(records), voices=voices, sources=tuple(dict.fromkeys((*sources, *blank.sources))),
            records=series.timeline.records(self.study, records),
            left_out=tuple(LeftOutControl(View.of(controls[k].label), why) for k, why in panel.left_out),
        )  # fmt: skip
        reason = self._too_little(panel, alike)
        return replace(counted, because=reason) if reason else self._measured(counted, panel, controls)

    def _too_little(self, panel: Panel, alike: Sequence[Series]) -> str:
        """Why nothing can be reckoned; "" where it can."""
        series, counts = panel.series, (int((~panel.after).sum()), int(panel.after.sum()))
        for late, (count, least, word) in enumerate(zip(counts, (BEFORE, AFTER), _WORDS, strict=True)):
            if count < least:
                some = "nothing is" if count == 0 else f"only {count} {'value is' if count == 1 else 'values are'}"
                return f"{some} on record {word}, where {least} are needed{self._otherwise(panel, alike, bool(late))}"
        if not series.poll:
            both = [self._voices(panel, panel.after == late) for late in (False, True)]
            voices = len(both[0] & both[1])
            if voices < series.timeline.least_voices:
                return f"{voices} of the voices speak both before and after, where {series.timeline.least_voices} are needed"
        return ""

    def _voices(self, panel: Panel, side: Bools) -> set[int]:
        timeline = panel.series.timeline
        inside = np.isin(timeline.row, panel.series.records_in(panel.used[side]))
        return set(timeline.voice[inside].tolist())

    def _otherwise(self, panel: Panel, alike: Sequence[Series], late: bool) -> str:
        """By whom else the same was asked then, where it was."""
        others = [
            one
            for one in alike
            if one is not panel.series and one.poll and part(one, self.campaign.when)[:2][late].any()
        ]
        named = "; ".join(dict.fromkeys(one.label.instrument for one in others))
        return f"; what {named} asked then is never joined to it" if named else ""

    # reckoning

    def _measured(self, row: Movement, panel: Panel, controls: Sequence[Series]) -> Movement:
        series, kept = panel.series, [controls[k] for k in panel.controls]
        (expected,) = expect([panel.case], series.priors, self.level)
        tried = try_placebos(panel, kept, self.level)
        mean, deviation, low, high = expected.movement
        own = mean / deviation
        against = np.array([abs(one.movement) for one in tried]) if kept else np.zeros(0)
        movement = [_in_unit(panel, one) for one in (mean, low, high)]
        events, moves = self._meanwhile(int(series.end[panel.used[-1]]))
        found = replace(
            row, movement=Estimate(movement[0], movement[1], movement[2], self.level, row.n, row.voices), deviations=own,
            smallest=(movement[2] - movement[1]) / 2, p=p_value(abs(own), against),
            placebos=tuple(Placebo(self._view(one, controls), _day(one.after), one.movement) for one in tried),
            events=events, moves=moves, moments=_moments(panel, expected, self.level, row),
        )  # fmt: skip
        return _mixed(found, panel, kept)

    def _view(self, one: Tried, controls: Sequence[Series]) -> View | None:
        return None if one.control < 0 else View.of(controls[one.control].label)

    def _meanwhile(self, last: int) -> tuple[tuple[Event, ...], int]:
        """Named dates and other campaigns from the campaign's beginning to the last value, and moves between the two sides."""
        declared, mine = self.study.declared, self.campaign
        first = mine.when.lo
        dates = [
            Event("date", one.id, one.when.text)
            for one in declared.dates
            if one.when.lo <= last and one.when.hi >= first
        ]
        others = [
            Event("campaign", one.id, one.when.text)
            for one in declared.campaigns
            if one.id != mine.id and one.toward == mine.toward and one.when.lo <= last and one.when.hi >= first
        ]
        moves = self._moves(first, last)
        return (*dates, *others, *moves[:_SHOWN_MOVES]), len(moves)

    def _moves(self, first: int, last: int) -> list[Event]:
        """Moves of the two sides toward each other, in order of time."""
        study, moves = self.study, self.study.moves
        rows = study.open_rows("moves")
        rows = rows[(moves.when_lo[rows] <= last) & (moves.when_hi[rows] >= first)]
        sides = {study.side_of(self.campaign.by), self.campaign.toward}
        listed = [moves.row(row) for row in rows[np.argsort(moves.when_lo[rows], kind="stable")].tolist()]
        return [
            Event("move", one.id, one.when.text)
            for one in listed
            if one.target and {study.side_of(one.actor), study.side_of(one.target)} == sides
        ]


def _mixed(row: Movement, panel: Panel, kept: Sequence[Series]) -> Movement:
    """The row with what the synthetic control finds; as it is where there is no control."""
    if not kept:
        return row
    before, shown = ~panel.after, panel.series.shown[panel.used]
    found = mix(shown, panel.shown, before, panel.errors)
    space = in_space(panel.shown, before)
    places, time = in_time(shown, panel.shown, before, (BEFORE, AFTER), panel.errors)
    views = [View.of(one.label) for one in kept]
    known = ~np.isnan(space), ~np.isnan(time)
    order = np.argsort(-found.weights, kind="stable").tolist()
    started = [format_day(int(day)) for day in panel.series.start[panel.used[places]].tolist()]
    return replace(
        row, gap=found.gap, fit=found.fit, ratio=found.ratio, p_space=p_value(found.ratio, space[known[0]]),
        p_time=p_value(found.ratio, time[known[1]]),
        controls=tuple(Weight(views[k], float(found.weights[k])) for k in order),
        in_space=tuple(Placebo(view, row.first, float(one)) for view, one in zip(views, space, strict=True)),
        in_time=tuple(Placebo(None, day, float(one)) for day, one in zip(started, time, strict=True)),
        moments=tuple(replace(one, mixed=float(at)) for one, at in zip(row.moments, found.line, strict=True)),
    )  # fmt: skip


def _in_unit(panel: Panel, movement: float) -> float:
    """A movement in logits as one in the unit of the figures, down from the mean of what was observed; others as they are."""
    if not panel.series.poll:
        return movement
    level = float(np.mean(panel.series.value[panel.used][panel.after]))
    return float((expit(level) - expit(level - movement)) * whole(panel.series.label))


def _moments(panel: Panel, expected: Expected, level: float, row: Movement) -> tuple[Moment, ...]:
    """The series and what was to be expected at each time, in the unit of the figures."""
    series, used = panel.series, panel.used
    tail = float(ndtri((1 + level) / 2))
    value, reach = series.value[used], tail * np.sqrt(series.variance[used])
    observed = _shown(panel, np.stack([value, value - reach, value + reach]))
    observed[0] = series.shown[used]
    without = _shown(panel, np.stack([expected.mean, expected.low, expected.high]))
    return tuple(
        Moment(
            start=format_day(int(series.start[at])), end=format_day(int(series.end[at])), after=bool(panel.after[k]),
            observed=_estimate(observed[:, k], level, 1, 1), without=_estimate(without[:, k], level, row.n, row.voices),
            mixed=math.nan,
        )
        for k, at in enumerate(used.tolist())
    )  # fmt: skip


def _estimate(values: Floats, level: float, n: int, voices: int) -> Estimate:
    return Estimate(float(values[0]), float(values[1]), float(values[2]), level, n, voices)


def _shown(panel: Panel, values: Floats) -> Floats:
    out: Floats = expit(values) * whole(panel.series.label) if panel.series.poll else values
    return out


def _day(years: float) -> str:
    return date.fromordinal(round(years * YEAR)).isoformat()


# verdicts


def _judged(row: Movement, level: float) -> Movement:
    """The row with its verdict, now that the number of tests is known."""
    if row.because:
        return row
    verdict, because = _verdict(row, 1.0 - level + 1e-12)
    return replace(row, verdict=verdict, because=because)


def _verdict(row: Movement, bar: float) -> tuple[str, str]:
    if not row.controls:
        return "undetermined", "no control can be set beside it: what else moved then cannot be told apart"
    ranked = f"{row.larger} of {len(row.placebos)} placebos move as much "
    ranked += f"({adjusted_p(row.p, row.p_holm, row.tests, 'series')})"
    if row.movement.low <= 0 <= row.movement.high:
        return (
            "no movement found",
            f"the band holds zero; a movement of less than {row.smallest:.2g} would not have been told",
        )
    needed = math.ceil(1.0 / bar - 1e-6) - 1
    if len(row.placebos) < needed:
        return "undetermined", f"only {len(row.placebos)} placebos can be set beside it, where {needed} are needed"
    if row.p_holm > bar:
        return "undetermined", f"placebo dates move as much: {ranked}"
    others = [one.id for one in row.events if one.kind != "move"]
    if others:
        return "undetermined", f"it moved, but other dated events fell into the time: {', '.join(others)}"
    return "moved", f"{'up' if row.movement.estimate > 0 else 'down'}; {ranked}"

"""Levels of the study's qualities and placed issues over the years, by side and layer: the study's views as series.

The estimate is :func:`rashomon.measuring.levels.estimating.levels_of`; this module chooses what goes into each series and names
what comes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import repeat

import numpy as np

from rashomon.measuring.levels.estimating import LevelSeries, levels_of
from rashomon.measuring.records.viewing import Cell, Ints, Views, cells
from rashomon.measuring.smoothing.observing import Observations, observe
from rashomon.study import Estimate, StudyData

LEVEL = 0.9
QUALITY_ENDS, ISSUE_ENDS = (-1.0, 1.0), (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Point:
    """One observation as it went in: its record, years, interval on the scale, voice, and whether it is a poll's."""

    record: str
    first: int
    last: int
    low: float
    high: float
    voice: str
    poll: bool


@dataclass(frozen=True, slots=True)
class Level:
    """The level of one topic as a layer of a side held it, year by year.

    ``estimates`` go with ``years``; both are empty where nothing is drawn, and ``because`` says why: then there are only the
    ``points``, each as told by its voice. Scale −1..1 for qualities, 0..1 for issues.
    """

    side: str
    layer: str
    topic: str
    kind: str
    drawn: bool
    because: str
    years: tuple[int, ...]
    estimates: tuple[Estimate, ...]
    points: tuple[Point, ...]
    n: int
    voices: int
    records: tuple[str, ...]
    sources: tuple[str, ...]


def measure_levels(study: StudyData, views: Views) -> tuple[Level, ...]:
    """A series for every (side, layer, topic) with a placed first-order view, ordered by these."""
    placed = np.flatnonzero((views.depth == 1) & ~np.isnan(views.lo))
    keyed = list(cells(views, placed, views.side, views.layer, views.topic))
    if not keyed:
        return ()
    at = np.concatenate([cell.at for _, cell in keyed])
    seen = _observed(views, at)
    series = np.repeat(np.arange(len(keyed)), [len(cell) for _, cell in keyed])
    qualities = np.array([bool(views.quality[cell.at[0]] >= 0) for _, cell in keyed])
    drawn = levels_of(seen, series, np.where(qualities[:, None], QUALITY_ENDS, ISSUE_ENDS), level=LEVEL)
    rows, begin, points = [], 0, _points(views, at, seen)
    for (key, cell), one, quality in zip(keyed, drawn, qualities.tolist(), strict=True):
        rows.append(_level(views, key, cell, one, quality, tuple(points[begin : begin + len(cell)])))
        begin += len(cell)
    return tuple(sorted(rows, key=lambda row: (row.side, study.layer_order(row.layer), row.topic)))


def _observed(views: Views, at: Ints) -> Observations:
    return observe(
        _years(views.start[at]), views.lo[at], views.voice[at], last=_years(views.end[at]), high=views.hi[at],
        error=views.error[at], within=views.within[at], coded=~views.poll[at], origin=views.origin[at],
    )  # fmt: skip


def _points(views: Views, at: Ints, seen: Observations) -> list[Point]:
    records = [views.ids[i] for i in at.tolist()]
    voices = [views.word(code) for code in seen.voice.tolist()]
    numbers = (one.tolist() for one in (seen.first, seen.last, seen.low, seen.high))
    return list(map(Point, records, *numbers, voices, views.poll[at].tolist()))


def _level(
    views: Views, key: tuple[int, ...], cell: Cell, series: LevelSeries, quality: bool, points: tuple[Point, ...]
) -> Level:
    side, layer, topic = map(views.word, key)
    ends = (one.tolist() for one in (series.mean, series.low, series.high))
    counts = repeat(series.level), repeat(series.n), repeat(series.voices)
    return Level(
        side=side, layer=layer, topic=topic, kind="quality" if quality else "issue", drawn=series.drawn,
        because=series.reason, years=tuple(series.times.tolist()), estimates=tuple(map(Estimate, *ends, *counts)),
        points=points, n=series.n, voices=series.voices, records=tuple(point.record for point in points),
        sources=cell.sources,
    )  # fmt: skip


def _years(days: Ints) -> Ints:
    values, of = np.unique(days, return_inverse=True)
    return np.array([date.fromordinal(int(day)).year for day in values.tolist()], dtype=np.int64)[of]

"""Levels of the study's qualities and placed issues over the years, by side and layer: the study's views as series.

The estimate is :func:`rashomon.measuring.levels.levels`; this module chooses what goes into each series and names what comes
out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from rashomon.measuring.levels import LevelSeries, levels
from rashomon.measuring.observing import observe
from rashomon.measuring.viewing import Cell, Ints, Views, cells
from rashomon.study import Estimate, StudyData

LEVEL = 0.9


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
    rows = []
    for (side, layer, topic), cell in cells(views, placed, views.side, views.layer, views.topic):
        rows.append(_level(views, views.word(side), views.word(layer), views.word(topic), cell))
    return tuple(sorted(rows, key=lambda row: (row.side, study.layer_order(row.layer), row.topic)))


def _level(views: Views, side: str, layer: str, topic: str, cell: Cell) -> Level:
    at = cell.at
    quality = bool(views.quality[at[0]] >= 0)
    first, last = _years(views.start[at]), _years(views.end[at])
    series = levels(
        observe(
            first, views.lo[at], views.voice[at], last=last, high=views.hi[at], error=views.error[at],
            within=views.within[at], coded=~views.poll[at], origin=views.origin[at],
        ),
        scale=(-1.0, 1.0) if quality else (0.0, 1.0),
        level=LEVEL,
    )  # fmt: skip
    points = tuple(
        Point(
            views.ids[i],
            f,
            l_,
            float(views.lo[i]),
            float(views.hi[i]),
            views.word(int(views.voice[i])),
            bool(views.poll[i]),
        )
        for i, f, l_ in zip(at.tolist(), first.tolist(), last.tolist(), strict=True)
    )
    return Level(
        side=side, layer=layer, topic=topic, kind="quality" if quality else "issue", drawn=series.drawn,
        because=series.reason, years=tuple(series.times.tolist()), estimates=_estimates(series), points=points,
        n=series.n, voices=series.voices, records=cell.records, sources=cell.sources,
    )  # fmt: skip


def _estimates(series: LevelSeries) -> tuple[Estimate, ...]:
    return tuple(
        Estimate(mean, low, high, series.level, series.n, series.voices)
        for mean, low, high in zip(series.mean.tolist(), series.low.tolist(), series.high.tolist(), strict=True)
    )


def _years(days: Ints) -> Ints:
    values, of = np.unique(days, return_inverse=True)
    return np.array([date.fromordinal(int(day)).year for day in values.tolist()], dtype=np.int64)[of]

"""Polls: every printed figure, those that cannot all be right, and each population's view pooled over those who asked."""

from rashomon.measuring.polls.figures import DoubtfulFigures, FigureFindings, measure_figures
from rashomon.measuring.polls.measuring import (
    ABOUT,
    PollList,
    PollRow,
    PooledSeries,
    Pools,
    has_view,
    list_polls,
    pool_polls,
)

__all__ = [
    "ABOUT",
    "DoubtfulFigures",
    "FigureFindings",
    "PollList",
    "PollRow",
    "PooledSeries",
    "Pools",
    "has_view",
    "list_polls",
    "measure_figures",
    "pool_polls",
]

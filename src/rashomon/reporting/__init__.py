"""The report: one article that opens offline, and in which every figure leads back to its records and sources."""

from __future__ import annotations

from rashomon.reporting.counted import event_lines, every_pair_lines
from rashomon.reporting.gamelines import game_lines, plays_lines
from rashomon.reporting.pairing import (
    Beside,
    Frame,
    Pairs,
    pair_lines,
    require_several,
    set_beside,
    tell_each,
    write_pairs,
)
from rashomon.reporting.summarising import summary
from rashomon.reporting.writing import prepare, write_report

__all__ = [
    "Beside",
    "Frame",
    "Pairs",
    "event_lines",
    "every_pair_lines",
    "game_lines",
    "pair_lines",
    "plays_lines",
    "prepare",
    "require_several",
    "set_beside",
    "summary",
    "tell_each",
    "write_pairs",
    "write_report",
]

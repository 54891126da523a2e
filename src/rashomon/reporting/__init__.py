"""The report: one article that opens offline, and in which every figure leads back to its records and sources."""

from __future__ import annotations

from rashomon.reporting.counted import event_lines
from rashomon.reporting.gamelines import game_lines, plays_lines
from rashomon.reporting.summarising import summary
from rashomon.reporting.writing import prepare, write_report

__all__ = ["event_lines", "game_lines", "plays_lines", "prepare", "summary", "write_report"]

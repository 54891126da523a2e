"""Catchball: who offered, who answered and how soon, who holds the ball, and whether like is met with like."""

from rashomon.measuring.catchball.acts import CALLS, SCORES, Acts
from rashomon.measuring.catchball.catching import measure_catchball
from rashomon.measuring.catchball.rows import (
    AnswerLadder,
    Call,
    Catchball,
    Conduct,
    Contest,
    Excitation,
    Holding,
    Reciprocity,
)

__all__ = [
    "CALLS",
    "SCORES",
    "Acts",
    "AnswerLadder",
    "Call",
    "Catchball",
    "Conduct",
    "Contest",
    "Excitation",
    "Holding",
    "Reciprocity",
    "measure_catchball",
]

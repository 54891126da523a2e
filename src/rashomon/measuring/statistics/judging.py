"""From a test to a verdict: what holds for all tests made, what perhaps holds, and what one voice's word is not enough for."""

from __future__ import annotations

import math
from typing import Final

from rashomon.study import Estimate

LEAST_VOICES: Final = 2
"""Independent voices that a band or a verdict needs: what one voice tells is shown as told by it, and decides nothing."""


def bar(level: float) -> float:
    """The largest p that counts as small."""
    return 1.0 - level + 1e-12


def judged(found: str, nothing: str, p: tuple[float, float], level: float, voices: int, because: str) -> tuple[str, str]:
    """The verdict and why: ``found`` where the adjusted p is small enough, and "perhaps" that where only the p before it is.

    ``p``: before and after the adjustment. Of one voice alone, nothing else speaks for a small one: that takes two independent
    ``voices``.
    """
    if p[0] > bar(level):
        return nothing, because
    if voices < LEAST_VOICES:
        return "undetermined", f"told by one voice only: {because}"
    return (found if p[1] <= bar(level) else f"perhaps {found}"), because


def banded(value: float, band: tuple[float, float], level: float, n: int, voices: int) -> Estimate:
    """The estimate; with its band only where two independent voices tell."""
    low, high = band if voices >= LEAST_VOICES else (math.nan, math.nan)
    return Estimate(value, low, high, level, n, voices)

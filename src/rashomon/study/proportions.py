"""Shares of a whole, with the band that counting so few gives them."""

from __future__ import annotations

import math
from statistics import NormalDist

from rashomon.study.results import Estimate


def wilson(part: int, whole: int, level: float, voices: int = 0) -> Estimate:
    """The share ``part`` of ``whole`` (1 or more) independent cases, with the band of Wilson 1927 (*JASA* 22: 209–212)."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = part / whole
    middle = (share + z**2 / (2 * whole)) / (1 + z**2 / whole)
    reach = z / (1 + z**2 / whole) * math.sqrt(share * (1 - share) / whole + z**2 / (4 * whole**2))
    return Estimate(share, max(0.0, middle - reach), min(1.0, middle + reach), level, whole, voices)

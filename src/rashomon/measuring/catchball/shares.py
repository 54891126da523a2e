"""Shares with an interval that knows who tells: things told by one voice are not independent."""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from rashomon.measuring.catchball.acts import Bools, Ints
from rashomon.measuring.permuting import monte_carlo_error, p_value


def clustered_share(hit: Bools, cluster: Ints, level: float) -> tuple[float, float, float]:
    """The share of ``hit`` (n,) and its interval, things of one ``cluster`` (n,) being alike.

    Clopper and Pearson's (1934) interval at the effective number of things, n over the design effect, lessened by the degrees
    of freedom that c clusters leave (Korn & Graubard 1998, *Survey Methodology* 24, p. 197). It holds when all or none are
    hit. No interval (NaN) with fewer than two clusters. The number is never taken for more than n.
    """
    n = len(hit)
    if not n:
        return math.nan, math.nan, math.nan
    share = float(np.mean(hit))
    of = np.unique(cluster, return_inverse=True)[1]
    count = int(of.max()) + 1
    if count < 2:
        return share, math.nan, math.nan
    apart = np.bincount(of, hit - share)
    variance = count / (count - 1) * float(np.sum(apart**2)) / n**2
    effective = min(n, share * (1 - share) / variance) if variance > 0 and 0 < share < 1 else float(n)
    tail = (1 - level) / 2
    narrower = stats.t.ppf(1 - tail, n - 1) / stats.t.ppf(1 - tail, count - 1) if n > 1 else 1.0
    size = effective * min(1.0, narrower**2)
    low = float(stats.beta.ppf(tail, share * size, size - share * size + 1)) if share > 0 else 0.0
    high = float(stats.beta.ppf(1 - tail, share * size + 1, size - share * size)) if share < 1 else 1.0
    return share, low, high


def compare_shares(
    hit: Bools, group: Bools, stratum: Ints, draws: int, rng: np.random.Generator
) -> tuple[float, float, int, float]:
    """Whether the share of ``hit`` (n,) differs between a ``group`` (n,) and the rest: p, its Monte-Carlo error, the draws made,
    and by how many hits the group has more than permuting leads one to expect.

    Labels are permuted within strata. The statistic is the size of that surplus. NaN where no permutation changes anything.
    Which share is larger in all may be the contrary of what it is within strata, so that only the surplus says which it is.
    """
    strata = int(stratum.max()) + 1
    size = np.bincount(stratum, minlength=strata)
    hits, members = (np.bincount(stratum[one], minlength=strata) for one in (hit, group))
    if not np.any((hits > 0) & (hits < size) & (members > 0) & (members < size)):
        return math.nan, math.nan, 0, math.nan
    expected = float(np.sum(hits * members / size))
    drawn = rng.hypergeometric(
        hits, size - hits, members, (draws, strata)
    )  # as many as permuting would leave in the group
    total = drawn.sum(axis=1)
    surplus = float(np.sum(hit & group)) - expected
    p = p_value(abs(surplus), np.abs(total - expected).astype(np.float64))
    return p, monte_carlo_error(p, draws), draws, surplus

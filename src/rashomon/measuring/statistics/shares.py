"""Whether a share differs between groups, by permutation within strata."""

from __future__ import annotations

import math

import numpy as np

from rashomon.measuring.statistics.permuting import monte_carlo_error, p_value
from rashomon.study.clustered import Bools, Ints


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

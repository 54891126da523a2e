"""How long things last, where for some only a least time is known: the core of :mod:`rashomon.measuring.persistence`.

Plain arrays in, plain arrays out. The curve is Kaplan and Meier's (1958, *Journal of the American Statistical
Association* 53), with the log-log band of Greenwood's variance; the interval of a median is all times at which the
band holds one half (Brookmeyer & Crowley 1982, *Biometrics* 38). Groups are compared by the scores of the log-rank
test (Peto & Peto 1972, *Journal of the Royal Statistical Society* A 135): ``ended - H(t)`` with H the cumulative hazard
of all together, permuted within strata.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from rashomon.measuring.permuting import affordable, monte_carlo_error, p_value, shuffles_within

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_BLOCK = 4_000_000  # entries of the largest array of one batch of permutations


@dataclass(frozen=True, eq=False)
class Curve:
    """The share that lasts longer than ``time`` (k,), with the ends of its band (k,); all ascending in time."""

    time: Floats
    share: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Median:
    """The median of a survival curve and its interval; ``inf`` where it is not reached within what was seen."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RankTest:
    """Groups compared by log-rank scores. ``lasting``: the group (code) that lasts longest; −1 where there is no test.

    ``p`` by ``draws`` permutations within strata, ``error`` its Monte-Carlo error; NaN where no permutation changes
    anything. ``z`` and ``p_normal`` are the log-rank test of two groups without strata, by its normal
    approximation; else NaN.
    """

    statistic: float
    p: float
    error: float
    draws: int
    lasting: int
    z: float
    p_normal: float


def survival(duration: Floats, ended: Bools, level: float) -> Curve:
    """The survival curve of n > 0 things that lasted ``duration`` (n,), or longer where not ``ended`` (n,)."""
    function = stats.ecdf(_censored(duration, ended)).sf
    with warnings.catch_warnings():  # where all or none are left the band is undefined; it is closed below
        warnings.simplefilter("ignore", RuntimeWarning)
        band: Any = function.confidence_interval(level, method="log-log")
    share = np.asarray(function.probabilities, dtype=np.float64)
    low, high = (np.asarray(side.probabilities, dtype=np.float64) for side in (band.low, band.high))
    open_ = np.isnan(low) | np.isnan(high)
    return Curve(
        time=np.asarray(function.quantiles, dtype=np.float64),
        share=share,
        low=np.where(open_, share, low),
        high=np.where(open_, share, high),
    )


def _censored(duration: Floats, ended: Bools) -> stats.CensoredData:
    return stats.CensoredData(uncensored=duration[ended], right=duration[~ended])


def median(curve: Curve) -> Median:
    """The first time at which half or less is left, and the times at which the band's two ends reach one half."""

    def reached(share: Floats) -> float:
        # equal shares in floating point must count as reached
        at = np.flatnonzero(share <= 0.5 + 1e-12)
        return float(curve.time[at[0]]) if at.size else math.inf

    return Median(reached(curve.share), reached(curve.low), reached(curve.high))


def rank_scores(duration: Floats, ended: Bools) -> Floats:
    """Log-rank scores (n,), which sum to 0: 1 if ended, less the whole's cumulative hazard at the time. O(n log n)."""
    times, at = np.unique(duration, return_inverse=True)
    at = at.reshape(-1)
    ends = np.bincount(at, ended, times.size)
    left = np.cumsum(np.bincount(at, minlength=times.size)[::-1])[::-1]
    hazard = np.cumsum(ends / left)
    out: Floats = ended - hazard[at]
    return out


def compare_groups(
    duration: Floats, ended: Bools, group: Ints, stratum: Ints, *, draws: int, rng: np.random.Generator
) -> RankTest:
    """Whether groups (codes 0…k−1, each present) last differently; labels are permuted within strata (codes 0, 1, …).

    The statistic is the sum over groups of the squared deviation of their summed scores from what permuting leads
    one to expect, each divided by its variance under permuting; with two groups this orders permutations as the
    log-rank test does.
    """
    scores = rank_scores(duration, ended)
    groups = int(group.max()) + 1
    mean, variance = _moments(scores, group, stratum, groups)
    z, p_normal = _two_groups(duration, ended, group) if groups == 2 else (math.nan, math.nan)
    moved = variance > 1e-12
    if not np.any(moved):
        return RankTest(math.nan, math.nan, math.nan, 0, -1, z, p_normal)
    scale = np.where(moved, 1.0 / np.where(moved, variance, 1.0), 0.0)

    def statistic(sums: Floats) -> Floats:
        out: Floats = ((sums - mean) ** 2 * scale).sum(axis=-1)
        return out

    sums = np.bincount(group, scores, groups).astype(np.float64)
    observed = float(statistic(sums))
    made = affordable(draws, duration.size)
    permuted = np.concatenate([statistic(one) for one in _permuted(scores, group, stratum, groups, made, rng)])
    p = p_value(observed, permuted)
    lasting = int(np.argmin((sums - mean) / np.bincount(group, minlength=groups)))
    return RankTest(observed, p, monte_carlo_error(p, made), made, lasting, z, p_normal)


def _moments(scores: Floats, group: Ints, stratum: Ints, groups: int) -> tuple[Floats, Floats]:
    """Mean and variance (k,) of each group's summed scores when labels are permuted within strata.

    Within a stratum of n with score variance s² (divisor n − 1), a group of m has variance ``m (n - m) / n * s²``.
    """
    strata = int(stratum.max()) + 1
    size = np.bincount(stratum, minlength=strata).astype(np.float64)
    centre = np.bincount(stratum, scores, strata) / size
    spread = np.bincount(stratum, (scores - centre[stratum]) ** 2, strata) / np.maximum(size - 1.0, 1.0)
    members = np.zeros((strata, groups))
    np.add.at(members, (stratum, group), 1.0)
    mean: Floats = (members * centre[:, None]).sum(axis=0)
    variance: Floats = (members * (size[:, None] - members) / size[:, None] * spread[:, None]).sum(axis=0)
    return mean, variance


def _permuted(
    scores: Floats, group: Ints, stratum: Ints, groups: int, draws: int, rng: np.random.Generator
) -> Iterator[Floats]:
    """Summed scores of each group (draws, k) under permuted labels, in batches."""
    step = max(1, _BLOCK // max(1, scores.size))
    for start in range(0, draws, step):
        order = shuffles_within(stratum, min(step, draws - start), rng)
        moved = scores[order]
        yield np.stack([moved[:, group == one].sum(axis=1) for one in range(groups)], axis=1)


def _two_groups(duration: Floats, ended: Bools, group: Ints) -> tuple[float, float]:
    """The log-rank test of two groups; NaN where nothing has ended in either."""
    if not np.any(ended):
        return math.nan, math.nan
    first, second = group == 0, group == 1
    found = stats.logrank(_censored(duration[first], ended[first]), _censored(duration[second], ended[second]))
    return float(found.statistic), float(found.pvalue)

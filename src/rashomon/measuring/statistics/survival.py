"""How long things last, where for some only a least time is known: the core of :mod:`rashomon.measuring.dynamics.persistence`.

Plain arrays in, plain arrays out. The curve is Kaplan and Meier's (1958, *Journal of the American Statistical
Association* 53). What one voice tells is not independent: its variance is clustered by voice (Williams 1995, *Biometrics*
51; the grouped infinitesimal jackknife of R's ``survfit``), and its band is that of a share at the effective number of
things (Dorey & Korn 1987, *Statistics in Medicine* 6), as that of every other share clustered by voice. The interval of a
median is all times at which the band holds one half (Brookmeyer & Crowley 1982, *Biometrics* 38). Groups are compared by the
scores of the log-rank test (Peto & Peto 1972, *Journal of the Royal Statistical Society* A 135): ``ended - H(t)`` with H the
cumulative hazard of all together, permuted within strata.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from rashomon.measuring.statistics.permuting import affordable, monte_carlo_error, p_value, shuffles_within
from rashomon.study.clustered import Bools, Floats, Ints, clustered_band

_BLOCK = 500_000  # entries of the largest array of one batch of permutations


@dataclass(frozen=True, eq=False)
class Curve:
    """The share that lasts longer than ``time`` (k,), all ascending in time, with the ends of its band (k,): NaN where fewer
    than two voices tell some of the things and not all. ``start``: the low end before the first of these times.
    """

    time: Floats
    share: Floats
    low: Floats
    high: Floats
    start: float

    @property
    def points(self) -> tuple[tuple[float, float, float, float], ...]:
        """Time, share and the ends of the band, one after the other."""
        return tuple(zip(*(one.tolist() for one in (self.time, self.share, self.low, self.high)), strict=True))


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


@dataclass(frozen=True, eq=False)
class _Exposed:
    """Of n things, at each distinct ``time`` (k,) how many end (k,) and how many are ``left`` until then (k,); ``at`` (n,)."""

    time: Floats
    at: Ints
    ends: Floats
    left: Floats

    @classmethod
    def of(cls, duration: Floats, ended: Bools) -> _Exposed:
        time, at = np.unique(duration, return_inverse=True)
        return cls(time, at, *_counts(at, ended, time.size))

    @property
    def share(self) -> Floats:
        """The share that lasts longer than each time."""
        kept = np.where(self.left > 0, self.left - self.ends, 1.0) / np.maximum(self.left, 1.0)
        return np.cumprod(kept).astype(np.float64)

    def without(self, things: Ints, ended: Bools) -> _Exposed:
        """The same but for some ``things`` (places in ``at``), of which some ``ended``."""
        ends, left = _counts(self.at[things], ended[things], self.time.size)
        return _Exposed(self.time, self.at, self.ends - ends, self.left - left)


def _counts(at: Ints, ended: Bools, k: int) -> tuple[Floats, Floats]:
    ends, gone = (np.bincount(at, weight, k).astype(np.float64) for weight in (ended, None))
    return ends, np.cumsum(gone[::-1])[::-1]


@dataclass(frozen=True, eq=False)
class Told:
    """Who tells of n things: the ``voice`` (p,), a code, that tells of a ``thing`` (p,), a place among them; each pair once, and
    no thing without a voice.
    """

    thing: Ints
    voice: Ints

    @property
    def weight(self) -> Floats:
        """Each voice's part (p,) of a thing: several that tell of one share in it evenly."""
        out: Floats = 1.0 / np.bincount(self.thing)[self.thing]
        return out

    @property
    def voices(self) -> int:
        """How many voices tell some of the things but not all: one that tells all leaves nothing to set it against."""
        told = np.bincount(self.voice)
        return int(np.sum((told > 0) & (told <= self.thing.max())))


def survival(duration: Floats, ended: Bools, told: Told, level: float) -> Curve:
    """The survival curve of n > 0 things that lasted ``duration`` (n,), or longer where not ``ended`` (n,). O(n log n).

    The band at each time is that of a share that stands for ``share * (1 - share) / variance`` things, the variance being
    Greenwood's or the clustered one, whichever is larger; before anything ends, for those that are left; when nothing is left,
    for as many as before.
    """
    found = _Exposed.of(duration, ended)
    share, n = found.share, len(duration)
    greenwood, clustered = _variances(found, ended, told)
    inside = (share > 1e-12) & (share < 1.0)
    variance = np.where(inside, np.maximum(greenwood, clustered), 1.0)
    effective = np.where(inside, (1.0 - share) / (np.where(inside, share, 1.0) * variance), found.left)
    gone = np.flatnonzero(share <= 1e-12)
    if gone.size and gone[0] > 0 and inside[gone[0] - 1]:
        effective[gone] = effective[gone[0] - 1]
    low, high = clustered_band(share, effective, n, told.voices, level)
    return Curve(found.time, share, low, high, float(clustered_band(1.0, n, n, told.voices, level)[0]))


def _variances(found: _Exposed, ended: Bools, told: Told) -> tuple[Floats, Floats]:
    """Greenwood's and the clustered variance (k,) of the logarithm of the share; where nothing is left, of the time before.

    With c voices of whom each tells of one thing the second is the first times ``c / (c - 1)``.

    What a thing adds to the logarithm at time t is ``c(T) - G(T)`` if it ended at T, ``-G(T)`` if it was lost sight of then, and
    ``-G(t)`` if it is still there, with ``c = 1 / (left - ends)`` and G Greenwood's sum. So what a voice adds is ``a - r G(t)``
    with a and r, its things that are there, steps that change at its own times only: their squares are summed by steps.
    """
    after = found.left - found.ends
    each = np.where(after > 0, 1.0 / np.maximum(after, 1.0), 0.0)
    greenwood = np.cumsum(found.ends * each / found.left)
    order = np.lexsort((found.at[told.thing], told.voice))
    voice, thing, weight = told.voice[order], told.thing[order], told.weight[order]
    at = found.at[thing]
    fresh = np.flatnonzero(np.r_[True, voice[1:] != voice[:-1]])
    of = np.repeat(np.arange(fresh.size), np.diff(np.r_[fresh, voice.size]))
    whole = np.bincount(of, weight)
    rise = weight * (ended[thing] * each[at] - greenwood[at])
    a, r = _run(rise, fresh, of), whole[of] - _run(weight, fresh, of)
    before_a, before_r = a - rise, r + weight
    square, cross, there = (
        np.cumsum(np.bincount(at, one, found.time.size))
        for one in (a**2 - before_a**2, a * r - before_a * before_r, r**2 - before_r**2)
    )
    summed = square - 2 * greenwood * cross + greenwood**2 * (there + np.sum(whole**2))
    clusters = told.voices
    return greenwood, np.maximum(summed, 0.0) * clusters / max(clusters - 1, 1)


def _run(values: Floats, fresh: Ints, of: Ints) -> Floats:
    """Running sums (p,) that begin anew at ``fresh``, ``of`` (p,) being the number of the run."""
    sums = np.cumsum(values)
    return sums - (sums[fresh] - values[fresh])[of]


def medians_without(duration: Floats, ended: Bools, left_out: Iterable[Ints]) -> list[float]:
    """The median without each of these sets of things (places in (n,)), ``inf`` where it is not reached. O(n) each."""
    found = _Exposed.of(duration, ended)
    return [_reached(found.time, found.without(things, ended).share) for things in left_out]


def median(curve: Curve) -> Median:
    """The first time at which half or less is left, and the times at which the band's two ends reach one half: the low end from
    the first on where so few voices tell that it is there before anything ends.
    """
    estimate, low, high = (_reached(curve.time, share) for share in (curve.share, curve.low, curve.high))
    return Median(estimate, 0.0 if curve.start <= 0.5 else low, high)


def finite(value: float) -> float:
    """The time that is reached; NaN for ``inf``."""
    return value if math.isfinite(value) else math.nan


def _reached(time: Floats, share: Floats) -> float:
    at = np.flatnonzero(share <= 0.5 + 1e-12)  # equal shares in floating point must count as reached
    return float(time[at[0]]) if at.size else math.inf


def rank_scores(duration: Floats, ended: Bools) -> Floats:
    """Log-rank scores (n,), which sum to 0: 1 if ended, less the whole's cumulative hazard at the time. O(n log n)."""
    found = _Exposed.of(duration, ended)
    out: Floats = ended - np.cumsum(found.ends / found.left)[found.at]
    return out


def compare_groups(
    lives: Sequence[tuple[Floats, Bools]], group: Ints, stratum: Ints, *, draws: int, rng: np.random.Generator
) -> tuple[RankTest, ...]:
    """Whether groups (codes 0…k−1, each present) last differently, by each of several accounts of the same n things.

    An account in ``lives`` says how long each lasted (n,) and whether it ended then (n,); labels are permuted within strata
    (codes 0, 1, …), for all accounts alike. The statistic is the sum over groups of the squared deviation of their summed
    scores from what permuting leads one to expect, each divided by its variance under permuting; with two groups this orders
    permutations as the log-rank test does.
    """
    scores = np.stack([rank_scores(*one) for one in lives])
    members = (group[:, None] == np.arange(int(group.max()) + 1)).astype(np.float64)
    made = affordable(draws, group.size)
    permuted = np.concatenate(list(_permuted(scores, members, stratum, made, rng)), axis=1)
    return tuple(
        _rank_test(one, group, _moments(one_scores, group, stratum, members.shape[1]), one_scores @ members, sums)
        for one, one_scores, sums in zip(lives, scores, permuted, strict=True)
    )


def _rank_test(
    life: tuple[Floats, Bools], group: Ints, expected: tuple[Floats, Floats], sums: Floats, permuted: Floats
) -> RankTest:
    """The test from the summed scores (k,), what they are ``expected`` to be, and what permuting made of them (draws, k)."""
    mean, variance = expected
    z, p_normal = _two_groups(*life, group == 0, float(sums[0])) if mean.size == 2 else (math.nan, math.nan)
    moved = variance > 1e-12
    if not np.any(moved):
        return RankTest(math.nan, math.nan, math.nan, 0, -1, z, p_normal)
    scale = np.where(moved, 1.0 / np.where(moved, variance, 1.0), 0.0)
    observed, others = float((sums - mean) ** 2 @ scale), (permuted - mean) ** 2 @ scale
    p = p_value(observed, others)
    lasting = int(np.argmin((sums - mean) / np.bincount(group, minlength=mean.size)))
    return RankTest(observed, p, monte_carlo_error(p, len(others)), len(others), lasting, z, p_normal)


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
    scores: Floats, members: Floats, stratum: Ints, draws: int, rng: np.random.Generator
) -> Iterator[Floats]:
    """Summed scores (accounts, draws, k) of each group under permuted labels, in batches."""
    step = max(1, _BLOCK // stratum.size)
    for start in range(0, draws, step):
        made = min(step, draws - start)
        sums = np.zeros((len(scores), made, members.shape[1]))
        for things, shuffled in shuffles_within(stratum, made, rng):
            labels = members[things.ravel()]
            for account, one in enumerate(scores):
                sums[account] += one[shuffled].reshape(made, -1) @ labels
        yield sums


def _two_groups(duration: Floats, ended: Bools, first: Bools, score: float) -> tuple[float, float]:
    """The log-rank test of the ``first`` of two groups, from its summed scores; NaN where its variance is zero."""
    whole = _Exposed.of(duration, ended)
    share = _counts(whole.at[first], ended[first], whole.time.size)[1] / whole.left
    each = share * (1 - share) * whole.ends * (whole.left - whole.ends) / np.maximum(whole.left - 1, 1)
    variance = float(each.sum())
    if variance <= 0:
        return math.nan, math.nan
    z = score / math.sqrt(variance)
    return z, 2 * float(special.ndtr(-abs(z)))

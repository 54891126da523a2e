r"""A structural counterfactual: what a series would have gone on to be, with the uncertainty of saying so.

Before the campaign, with :math:`z_i` the values, :math:`s_i` their sampling errors and :math:`x_{ij}` the controls less their
means:

.. math::

    z_i = \ell(t_i) + \delta\,(t_i - t_0) + \sum_j \beta_j x_{ij} + e_i, \qquad
    \ell(t) - \ell(t') \sim N(0, q^2 (t - t')), \qquad e_i \sim N(0, s_i^2 + \sigma^2)

a local level with a drift and regressors (Harvey 1989, *Forecasting, Structural Time Series Models and the Kalman Filter*, chs. 3
and 7), fitted to the time before alone and carried on through the time after by what the controls did then (the idea of
Brodersen, Gallusser, Koehler, Remy & Scott 2015, *Annals of Applied Statistics* 9). Times need not be even. Priors:
:math:`\delta` normal; :math:`\beta_j \sim N(0, b^2)`; :math:`q, \sigma, b` half-t, and integrated over by adaptive quadrature
(:mod:`~rashomon.measuring.levels.quadrature`), not plugged in. Given them all is Gaussian and exact: by the covariances of the
few values that there are, which is what the Kalman filter and smoother come to.

The *movement* is the mean after of what was observed, its own error counted, less what was to be expected.

Arrays: ``n`` times × ``j`` controls of a case; ``m`` cases × ``g`` points of the quadrature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.levels.integrating import Priors
from rashomon.measuring.levels.quadrature import Grid, HalfT, last_grids, search, weigh
from rashomon.measuring.smoothing.mixing import PLAIN, bands

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SLOPE: Final = 1 / 6
"""Prior deviation of the drift in a year, as a share of the scale of q: for polls 0.05 logits, near one half 1.2 points."""
COEFFICIENT: Final = 0.5
"""Scale of the half-t prior of b: a control that moves by one commonly takes the series along by half as much."""

_TOGETHER: Final = 3_000_000  # numbers of covariances that are held at a time


@dataclass(frozen=True, eq=False)
class Case:
    """One series: ``times`` (n,) in years, ``values`` (n,), their ``variances`` (n,), ``controls`` (n, j), and which come
    ``after`` (n,).
    """

    times: Floats
    values: Floats
    variances: Floats
    controls: Floats
    after: Bools


@dataclass(frozen=True, eq=False)
class Expected:
    """What was to be expected: ``mean``, ``low`` and ``high`` (n,) at each time; the ``movement``: mean, deviation and ends."""

    mean: Floats
    low: Floats
    high: Floats
    movement: tuple[float, float, float, float]


def expect(cases: Sequence[Case], priors: Priors, level: float = 0.9) -> tuple[Expected, ...]:
    """What was to be expected of each case. O(n³) in each case for each of some hundred points."""
    if not cases:
        return ()
    batch = _Batch.of(cases, priors)

    def evaluate(which: Ints, laid: Grid, first: bool) -> Floats:
        return batch.log_likelihood(which, batch.deviations(laid.shares))

    beta = search(evaluate, np.ones((len(cases), 3, 2)))
    out: list[Expected | None] = [None] * len(cases)
    for part, laid in last_grids(beta):
        points = batch.deviations(laid.shares)
        weights, _ = weigh(batch.log_likelihood(part, points), laid)
        for row, case in enumerate(part.tolist()):
            out[case] = _expected(cases[case], priors, points[row], weights[row : row + 1], level)
    return tuple(one for one in out if one is not None)


@dataclass(frozen=True, eq=False)
class _Batch:
    """What was seen before, case by case and padded: values (m, n), noise (m, n), and the parts (m, n, n) of the covariance: what
    is fixed, of the walk, and of the controls. A padded value is zero with variance one and tells nothing.
    """

    values: Floats
    noise: Floats
    seen: Floats
    fixed: Floats
    walk: Floats
    beside: Floats
    scales: tuple[HalfT, HalfT, HalfT]

    @classmethod
    def of(cls, cases: Sequence[Case], priors: Priors) -> _Batch:
        """The cases made ready."""
        size, count = max(int((~one.after).sum()) for one in cases), len(cases)
        values, noise, seen = np.zeros((count, size)), np.ones((count, size)), np.zeros((count, size))
        fixed, walk, beside = (np.zeros((count, size, size)) for _ in range(3))
        for i, one in enumerate(cases):
            some = ~one.after
            n = int(some.sum())
            values[i, :n], noise[i, :n], seen[i, :n] = one.values[some] - priors.centre, one.variances[some], 1.0
            parts = _parts(one, priors)
            for whole, part in zip((fixed, walk, beside), parts, strict=True):
                whole[i, :n, :n] = part[np.ix_(some, some)]
        scales = HalfT(priors.drift), HalfT(priors.noise), HalfT(COEFFICIENT)
        return cls(values, noise, seen, fixed, walk, beside, scales)

    def deviations(self, shares: Floats) -> Floats:
        """q, sigma and b (m, g, 3) at shares of their priors."""
        return np.stack([scale.quantile(shares[..., k]) for k, scale in enumerate(self.scales)], axis=-1)

    def log_likelihood(self, which: Ints, points: Floats) -> Floats:
        """The log likelihood (m, g) of the cases ``which`` at points (m, g, 3)."""
        out = np.empty(points.shape[:2])
        size = self.values.shape[1]
        step = max(1, _TOGETHER // (size * size * points.shape[1]))
        for start in range(0, len(which), step):
            some = which[start : start + step]
            out[start : start + step] = self._likelihood(some, points[start : start + step] ** 2)
        return out

    def _likelihood(self, some: Ints, variances: Floats) -> Floats:
        """The same, by one Cholesky factor of the covariance with the values as one more row, whose last pivot is their form."""
        q, sigma, b = (variances[..., k, None, None] for k in range(3))
        size = self.values.shape[1]
        matrix = np.empty((*variances.shape[:2], size + 1, size + 1))
        matrix[..., :size, :size] = (
            self.fixed[some][:, None] + q * self.walk[some][:, None] + b * self.beside[some][:, None]
        )
        matrix[..., size, :size] = self.values[some][:, None]
        corner = 1.0 + np.sum(self.values[some] ** 2 / self.noise[some], axis=-1)[:, None]
        matrix[..., size, size] = corner  # no form is larger: no variance is less than the noise
        at = np.arange(size)
        matrix[..., at, at] += self.noise[some][:, None] + sigma[..., 0] * self.seen[some][:, None]
        pivots = np.diagonal(np.linalg.cholesky(matrix), axis1=-2, axis2=-1)
        out: Floats = -0.5 * (corner - pivots[..., size] ** 2) - np.log(pivots[..., :size]).sum(axis=-1)
        return out


def _parts(one: Case, priors: Priors) -> tuple[Floats, Floats, Floats]:
    """The parts (n, n) of a case's covariance: of its first level and drift, of the walk for q = 1, of the controls for b = 1."""
    since = one.times - one.times.min()
    slope = SLOPE * priors.drift
    fixed = priors.initial_sd**2 + slope**2 * np.outer(since, since)
    beside = one.controls - one.controls[~one.after].mean(axis=0) if one.controls.size else one.controls
    return fixed, np.minimum.outer(since, since), beside @ beside.T


def _expected(one: Case, priors: Priors, points: Floats, weights: Floats, level: float) -> Expected:
    """What was to be expected of one case, from points (g, 3) and their weights (1, g)."""
    fixed, walk, beside = _parts(one, priors)
    q, sigma, b = (points[:, k, None, None] ** 2 for k in range(3))
    whole = fixed + q * walk + b * beside
    before, after = np.flatnonzero(~one.after), np.flatnonzero(one.after)
    seen = whole[:, before[:, None], before] + np.eye(len(before)) * (one.variances[before] + sigma)
    across = whole[:, :, before]
    gain = np.linalg.solve(seen, across.transpose(0, 2, 1)).transpose(0, 2, 1)
    mean = priors.centre + gain @ (one.values[before] - priors.centre)
    left = whole - gain @ across.transpose(0, 2, 1)
    shown = _banded(mean.T, np.maximum(np.diagonal(left, axis1=1, axis2=2).T, 1e-12), weights, level)
    own = (one.variances[after].sum() + sigma[:, 0, 0] * len(after)) / len(after) ** 2
    spread = left[:, after[:, None], after].mean(axis=(1, 2)) + own
    moved = one.values[after].mean() - mean[:, after].mean(axis=1)
    found = _banded(moved[None], spread[None], weights, level)[:, 0].tolist()
    return Expected(shown[0], shown[2], shown[3], (found[0], found[1], found[2], found[3]))


def _banded(mean: Floats, variance: Floats, weights: Floats, level: float) -> Floats:
    """Mean, deviation and ends (4, r) of mixtures (r, g) with the same weights."""
    of = np.zeros(len(mean), np.int64)
    return bands(weights, of, np.ascontiguousarray(mean), np.ascontiguousarray(variance), 1, level, PLAIN)

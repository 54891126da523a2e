r"""Integrating over a few standard deviations.

A model's posterior given its standard deviations (hyperparameters) is Gaussian; the standard deviations themselves are unknown.
Each is put on the unit interval by its prior's distribution function, so that the prior is flat there and the posterior is the
likelihood. A tensor grid of Gauss–Jacobi points is laid for a Beta distribution on each axis, and the Beta distributions are
moved until their means and variances are the posterior's (adaptive quadrature after Naylor & Smith 1982, *Journal of the
Royal Statistical Society C* 31, with Beta instead of normal weights). With little data they stay the flat prior; with much they
close in. The weights times the conditional posteriors make a finite mixture, as in the nested Laplace approximation (Rue,
Martino & Chopin 2009, *Journal of the Royal Statistical Society B* 71, §3.1).

The priors are half-Student-t with four degrees of freedom (Gelman 2006, *Bayesian Analysis* 1, §4): most of the mass lies
below the scale given, but a large deviation in the data is not argued away, as a half-normal would.

Arrays: ``m`` series × ``g`` points × ``k`` axes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, stdtrit

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DEGREES_OF_FREEDOM = 4
_PASSES = 16
COARSE = 3
"""Points on each axis while the posterior is looked for."""
_SHRINK = 0.4  # the least deviation that is believed of so few points, in that of the Beta distribution they were laid for
_AT_EDGE = 0.6  # the share of an outermost point from which the posterior may lie beyond it
_WIDER = 1.2  # the variance for which the last points are laid, in the posterior's
_BROAD, _NARROW = 0.2, 0.07  # deviations of a share over which seven points are laid, and under which three
_NEAR = (0.8, 0.6, 0.4)  # shares of the distance to the nearer end over which nine, seven and five are laid all the same
_SURELY = 1e-9  # distance from the ends of the unit interval


@dataclass(frozen=True, slots=True)
class HalfT:
    """A prior for a standard deviation: half-Student-t with :data:`DEGREES_OF_FREEDOM` and this scale."""

    scale: float

    def quantile(self, share: Floats) -> Floats:
        """The standard deviation below which ``share`` of the prior lies."""
        out: Floats = self.scale * stdtrit(DEGREES_OF_FREEDOM, 0.5 + 0.5 * share)
        return out

    def log_density(self, value: Floats) -> Floats:
        """The logarithm of the density at ``value``, without its constant but with the scale's part of it."""
        out: Floats = -0.5 * (DEGREES_OF_FREEDOM + 1) * np.log1p((value / self.scale) ** 2 / DEGREES_OF_FREEDOM)
        return out - float(np.log(self.scale))


@dataclass(frozen=True, eq=False)
class Grid:
    """A tensor grid: points (m, g, k) of the unit cube, the logarithms (m, g) of their weights in an integral, its size (k,)."""

    shares: Floats
    log_weights: Floats
    counts: Ints

    def take(self, at: Ints) -> Grid:
        """That of some of the series."""
        return Grid(self.shares[at], self.log_weights[at], self.counts)


def grid(beta: Floats, counts: Sequence[int]) -> Grid:
    """That of Gauss–Jacobi points for Beta distributions (m, k, 2), with so many on each axis."""
    laid = [_jacobi(count, beta[:, k]) for k, count in enumerate(counts)]
    shares = np.stack(_tensor([nodes for nodes, _ in laid]), axis=-1)
    return Grid(shares, np.sum(_tensor([weights for _, weights in laid]), axis=0), np.array(counts, dtype=np.int64))


def weigh(log_likelihood: Floats, laid: Grid) -> tuple[Floats, Floats]:
    """The weights (m, g) of the points in the posterior, and the log evidence (m,)."""
    log_mass = log_likelihood + laid.log_weights
    peak = log_mass.max(axis=1, keepdims=True)
    mass = np.exp(log_mass - peak)
    total = mass.sum(axis=1, keepdims=True)
    return mass / total, (peak + np.log(total))[:, 0]


Evaluate = Callable[[Ints, Grid, bool], Floats]
"""The log likelihood (m, g) of some of the series, named by their numbers (m,), on a grid, which may be the first."""


def search(evaluate: Evaluate, beta: Floats) -> Floats:
    """The Beta distributions (s, k, 2) that have the posteriors' means and variances, looked for from those given."""
    beta, restless = beta.copy(), np.arange(len(beta))
    for number in range(_PASSES):
        before = beta[restless]
        laid = grid(before, (COARSE,) * beta.shape[1])
        weights, _ = weigh(evaluate(restless, laid, number == 0), laid)
        beta[restless] = _matching(before, laid, weights)
        restless = restless[~_at_rest(before, beta[restless])]
        if not restless.size:
            break
    return beta


def last_grids(beta: Floats) -> list[tuple[Ints, Grid]]:
    """The grids to integrate on: for the series (m,) that need the same one, that.

    They are laid a little wider than the posterior. On an axis that it fills there are seven points, where it is narrow
    three, else five; and up to nine where it reaches to an end; at most five on the third axis and beyond.
    """
    mean, var = _moments(beta)
    sd = np.sqrt(var)
    counts = np.where(sd > _BROAD, 7, np.where(sd > _NARROW, 5, 3))
    for least, count in zip(_NEAR, (9, 7, 5), strict=True):
        counts = np.where(sd > least * np.minimum(mean, 1 - mean), np.maximum(counts, count), counts)
    counts[:, 2:] = np.minimum(counts[:, 2:], 5)
    wider = _beta(mean, _WIDER * var)
    kinds, of = np.unique(counts, axis=0, return_inverse=True)
    parts = [np.flatnonzero(of.reshape(-1) == k) for k in range(len(kinds))]
    return [(part, grid(wider[part], kind)) for part, kind in zip(parts, kinds.tolist(), strict=True)]


def _tensor(axes: Sequence[Floats]) -> list[Floats]:
    """The coordinates (m, g) of the grid of axes (m, n): the last axis runs fastest."""
    sizes = [one.shape[1] for one in axes]
    out = []
    for k, one in enumerate(axes):
        shape = [one.shape[0], *(sizes[k] if j == k else 1 for j in range(len(axes)))]
        out.append(np.broadcast_to(one.reshape(shape), (one.shape[0], *sizes)).reshape(one.shape[0], -1))
    return out


def _jacobi(count: int, beta: Floats) -> tuple[Floats, Floats]:
    """Nodes and log weights (m, count) of the integral over 0..1 of what looks like a Beta density (m, 2).

    The nodes are eigenvalues of the Jacobi matrix of the Beta distribution's polynomials (Golub & Welsch 1969,
    *Mathematics of Computation* 23).
    """
    a, b = beta[:, :1] - 1.0, beta[:, 1:] - 1.0  # powers of u and 1 - u
    n = np.arange(count)
    total = 2 * n + a + b
    with np.errstate(invalid="ignore", divide="ignore"):
        main = 0.5 + 0.5 * np.where(a == b, 0.0, (a - b) * (a + b) / (total * (total + 2)))
        m, total = n[1:], total[:, 1:]
        off = m * (m + a) * (m + b) * (m + a + b) / (total**2 * (total + 1) * (total - 1))
    off[:, :1] = (1 + a) * (1 + b) / ((2 + a + b) ** 2 * (3 + a + b))
    matrix = np.zeros((len(beta), count, count))
    matrix[:, n, n] = main
    matrix[:, n[1:], n[:-1]] = np.sqrt(off)
    nodes, vectors = np.linalg.eigh(matrix)
    nodes = np.clip(nodes, _SURELY, 1 - _SURELY)
    log_density = a * np.log(nodes) + b * np.log1p(-nodes) - betaln(a + 1, b + 1)
    return nodes, 2 * np.log(np.abs(vectors[:, 0, :])) - log_density


def _moments(beta: Floats) -> tuple[Floats, Floats]:
    """Mean and variance (m, k) of Beta distributions (m, k, 2)."""
    a, b = beta[..., 0], beta[..., 1]
    mean = a / (a + b)
    return mean, mean * (1 - mean) / (a + b + 1)


def _beta(mean: Floats, var: Floats) -> Floats:
    """The Beta distributions (m, k, 2) with mean and variance (m, k); where one would rise to an end, with the mean alone."""
    mean = np.clip(mean, _SURELY, 1 - _SURELY)
    least = 1.0 / np.minimum(mean, 1 - mean)  # under which the smaller parameter would be less than 1
    total = np.maximum(mean * (1 - mean) / var - 1, least)
    return np.stack([mean * total, (1 - mean) * total], axis=-1)


def _matching(beta: Floats, laid: Grid, weights: Floats) -> Floats:
    """The Beta distributions with the posterior's means and variances; not narrower than so few points could have seen."""
    axes = beta.shape[1]
    cube = weights.reshape(len(beta), *([COARSE] * axes))
    mean, var = np.empty(beta.shape[:2]), np.empty(beta.shape[:2])
    least = _moments(beta)[1]
    for k in range(axes):
        share = cube.sum(axis=tuple(j + 1 for j in range(axes) if j != k))
        mean[:, k] = np.sum(weights * laid.shares[..., k], axis=1)
        edge = np.maximum(share[:, 0], share[:, -1]) > _AT_EDGE
        floor = np.where(edge, 1.0, _SHRINK**2) * least[:, k]
        found = np.sum(weights * (laid.shares[..., k] - mean[:, k : k + 1]) ** 2, axis=1)
        var[:, k] = np.maximum(found, floor)
    return _beta(mean, var)


def _at_rest(beta: Floats, moved: Floats) -> Bools:
    """(m,) whether no mean would move by more than a third of the deviation, and no variance change by half."""
    (mean, var), (new_mean, new_var) = _moments(beta), _moments(moved)
    near = np.abs(new_mean - mean) < 0.3 * np.sqrt(var)
    out: Bools = np.all(near & (new_var > 0.6 * var) & (new_var < 1.5 * var), axis=1)
    return out

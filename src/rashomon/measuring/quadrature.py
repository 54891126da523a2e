"""Integrating over a few standard deviations, and bands of mixtures of normal distributions.

A model's posterior given its standard deviations (hyperparameters) is Gaussian; the standard deviations themselves are unknown.
Each is put on the unit interval by its prior's distribution function, so that the prior is flat there and the posterior is
the likelihood; a tensor grid of Gauss–Legendre points is laid over a window, and the window is moved and narrowed until it
fits the posterior's mass. With little data the window stays the whole of the prior; with much it closes in. The weights
times the conditional posteriors make a finite mixture, as in the nested Laplace approximation (Rue, Martino & Chopin 2009,
*Journal of the Royal Statistical Society B* 71, §3.1).

The priors are half-Student-t with four degrees of freedom (Gelman 2006, *Bayesian Analysis* 1, §4): most of the mass lies
below the scale given, but a large deviation in the data is not argued away, as a half-normal would.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtrit

Floats = NDArray[np.float64]

DEGREES_OF_FREEDOM = 4
_STAGES = 10
_REACH = 3.6  # half the window, in posterior standard deviations as the grid sees them
_LEAST = 0.12  # the smallest deviation a grid is trusted to see, in its widest spacings
_SETTLES = 2.67  # half the window at which three points settle, in posterior standard deviations
_NARROW = 0.4  # a window, as a share of the prior, under which three points do
_WIDER = 1.2  # the last window, in those that three points settle at
_KEPT = 1e-5  # relative weight under which a point is left out of the mixture


@dataclass(frozen=True, slots=True)
class HalfT:
    """A prior for a standard deviation: half-Student-t with :data:`DEGREES_OF_FREEDOM` and this scale."""

    scale: float

    @property
    def tail(self) -> bool:
        """It runs off to infinity."""
        return True

    def quantile(self, share: Floats) -> Floats:
        """The standard deviation below which ``share`` of the prior lies."""
        out: Floats = self.scale * stdtrit(DEGREES_OF_FREEDOM, 0.5 + 0.5 * share)
        return out

    def log_density(self, value: Floats) -> Floats:
        """The logarithm of the density at ``value``, without its constant but with the scale's part of it."""
        out: Floats = -0.5 * (DEGREES_OF_FREEDOM + 1) * np.log1p((value / self.scale) ** 2 / DEGREES_OF_FREEDOM)
        return out - float(np.log(self.scale))


@dataclass(frozen=True, slots=True)
class Uniform:
    """A flat prior between two ends."""

    low: float
    high: float

    @property
    def tail(self) -> bool:
        """It ends."""
        return False

    def quantile(self, share: Floats) -> Floats:
        """The value below which ``share`` of the prior lies."""
        return self.low + (self.high - self.low) * share


@dataclass(frozen=True, slots=True)
class LogUniform:
    """A prior flat in the logarithm between two positive ends."""

    low: float
    high: float

    @property
    def tail(self) -> bool:
        """It ends."""
        return False

    def quantile(self, share: Floats) -> Floats:
        """The value below which ``share`` of the prior lies."""
        out: Floats = self.low * (self.high / self.low) ** share
        return out


class Prior(Protocol):
    """What the quadrature needs of a prior: its quantiles, and whether it has a long tail above."""

    @property
    def tail(self) -> bool:
        """Whether the quantiles run off to infinity."""

    def quantile(self, share: Floats) -> Floats:
        """The value below which ``share`` of the prior lies."""


class Fitted(Protocol):
    """A fit of a batch of points: at least the log marginal likelihood of each."""

    @property
    def log_likelihood(self) -> Floats:
        """(g,) one for each point."""


F = TypeVar("F", bound=Fitted)


@dataclass(frozen=True, eq=False)
class Explored(Generic[F]):
    """A grid of points (g, k), their weights (g,) that sum to 1, the fit there, and the log evidence of the whole."""

    points: Floats
    weights: Floats
    fit: F
    log_evidence: float


Evaluate = Callable[[Floats, "Explored[F] | None", bool], F]
"""Fits points (g, k), given what was found on the grid before (None at first), and whether a rough fit will do."""


@dataclass(frozen=True, eq=False)
class Search(Generic[F]):
    """Where the posterior lies: windows (k, 2) of the priors' unit cube, and what the last of the coarse grids found."""

    windows: Floats
    found: Explored[F]


def search(priors: Sequence[Prior], evaluate: Evaluate[F], windows: Floats | None = None) -> Search[F]:
    """Find where the posterior of ``len(priors)`` hyperparameters lies, from the whole of the prior or from ``windows``.

    With three points an axis a window settles at about 2.7 posterior deviations either way.
    """
    at = np.tile([0.0, 1.0], (len(priors), 1)) if windows is None else windows
    found: Explored[F] | None = None
    for _ in range(_STAGES):
        found, moved = _pass(priors, at, [_legendre(3)] * len(priors), evaluate, found, True)
        resting = _at_rest(at, moved, 0.1)
        at = moved
        if resting:
            break
    assert found is not None
    return Search(at, found)


def settle(priors: Sequence[Prior], evaluate: Evaluate[F], searched: Search[F]) -> Explored[F]:
    """Integrate over the windows that were found, a fifth wider, with as many points as :func:`_rules` holds to be needed."""
    found = searched.found
    middle, half = searched.windows.mean(axis=1), _WIDER * np.diff(searched.windows, axis=1)[:, 0] / 2
    windows = np.clip(np.stack([middle - half, middle + half], axis=1), 0.0, 1.0)
    for _ in range(_STAGES):
        found, moved = _pass(priors, windows, _rules(priors, windows), evaluate, found, False)
        if _at_rest(windows, moved, 0.3):
            break
        windows = moved
    return found


Rule = tuple[Floats, Floats]
"""Places in a window, 0..1, and their weights."""


def _rules(priors: Sequence[Prior], windows: Floats) -> list[Rule]:
    """The rule of each axis: seven points on a long tail, three where the data have narrowed the window, else five.

    With more than three axes the most is five.
    """
    rules = []
    for prior, (low, high) in zip(priors, windows, strict=True):
        if high >= 1.0 and prior.tail and len(priors) <= 3:
            rules.append(_legendre(7))
        else:
            rules.append(_hermite() if low > 0.0 and high < 1.0 and high - low < _NARROW else _legendre(5))
    return rules


@cache
def _legendre(nodes: int) -> Rule:
    at, weights = np.polynomial.legendre.leggauss(nodes)
    return (at + 1) / 2, weights / 2


@cache
def _hermite() -> Rule:
    """The three Gauss–Hermite points of a normal density that fills the window as a settled posterior does."""
    at, weights = np.polynomial.hermite_e.hermegauss(3)
    reach = 2 * _SETTLES * _WIDER
    return 0.5 + at / reach, weights * np.exp(at**2 / 2) / reach


def _pass(
    priors: Sequence[Prior],
    windows: Floats,
    rules: Sequence[Rule],
    evaluate: Evaluate[F],
    before: Explored[F] | None,
    rough: bool,
) -> tuple[Explored[F], Floats]:
    """Integrate over the windows (k, 2) of the unit cube; also the windows that fit what was found."""
    low, width = windows[:, 0], np.diff(windows, axis=1)[:, 0]
    at = [low[k] + width[k] * places for k, (places, _) in enumerate(rules)]
    points = _tensor([prior.quantile(one) for prior, one in zip(priors, at, strict=True)])
    log_weights = np.log(_tensor([width[k] * weights for k, (_, weights) in enumerate(rules)])).sum(axis=1)
    fit = evaluate(points, before, rough)
    log_mass = fit.log_likelihood + log_weights
    peak = float(np.max(log_mass))
    mass = np.exp(log_mass - peak)
    found = Explored(points, mass / mass.sum(), fit, peak + float(np.log(mass.sum())))
    return found, _windows(at, found.weights)


def _tensor(axes: Sequence[Floats]) -> Floats:
    return np.stack([one.ravel() for one in np.meshgrid(*axes, indexing="ij")], axis=1)


def _windows(at: Sequence[Floats], weights: Floats) -> Floats:
    """A window about the posterior mean of each axis; never narrower than the grid could have seen."""
    cube = weights.reshape([one.size for one in at])
    moved = np.empty((len(at), 2))
    for k, nodes in enumerate(at):
        share = cube.sum(axis=tuple(axis for axis in range(len(at)) if axis != k))
        mean = float(share @ nodes)
        least = _LEAST * float(np.max(np.diff(nodes)))
        reach = _REACH * max(float(np.sqrt(share @ (nodes - mean) ** 2)), least)
        moved[k] = max(0.0, mean - reach), min(1.0, mean + reach)
    return moved


def _at_rest(windows: Floats, moved: Floats, out_by: float) -> bool:
    """Whether no window would narrow by more than two fifths, or move out of itself by more than this share of its width."""
    old, new = windows[:, 1] - windows[:, 0], moved[:, 1] - moved[:, 0]
    out = np.maximum(windows[:, 0] - moved[:, 0], moved[:, 1] - windows[:, 1])
    return bool(np.all(new > 0.6 * old) and np.all(out < out_by * old))


@dataclass(frozen=True, eq=False)
class Mixture:
    """A mixture of normals at each of ``t`` places: ``weights`` (g,), ``mean`` and ``sd`` (g, t)."""

    weights: Floats
    mean: Floats
    sd: Floats

    def moments(self) -> tuple[Floats, Floats]:
        """Mean and standard deviation (t,)."""
        mean = self.weights @ self.mean
        return mean, np.sqrt(self.weights @ (self.sd**2 + (self.mean - mean) ** 2))

    def cdf(self, x: Floats) -> Floats:
        """The share below ``x`` (t,)."""
        out: Floats = self.weights @ ndtr((x - self.mean) / self.sd)
        return out

    def quantile(self, share: float) -> Floats:
        """The value (t,) below which ``share`` lies: Newton's method kept inside a bracket."""
        low = np.min(self.mean + self.sd * ndtri(share), axis=0)
        high = np.max(self.mean + self.sd * ndtri(share), axis=0)
        mean, sd = self.moments()
        x = np.clip(mean + sd * ndtri(share), low, high)
        for _ in range(60):
            z = (x - self.mean) / self.sd
            excess = self.weights @ ndtr(z) - share
            low, high = np.where(excess < 0, x, low), np.where(excess < 0, high, x)
            density = self.weights @ (np.exp(-0.5 * z**2) / self.sd) / np.sqrt(2 * np.pi)
            step = x - excess / np.maximum(density, 1e-300)
            inside = (step >= low) & (step <= high)
            following = np.where(inside, step, 0.5 * (low + high))
            if np.all(np.abs(following - x) <= 1e-6 * sd):
                return np.asarray(following)
            x = following
        return x


def mixture(weights: Floats, mean: Floats, var: Floats) -> Mixture:
    """A mixture without the points that hardly count."""
    keep = weights > _KEPT * weights.max()
    kept = weights[keep]
    return Mixture(kept / kept.sum(), mean[keep], np.sqrt(var[keep]))

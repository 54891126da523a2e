r"""The mean of stances over independent voices, with a band that carries how far the voices differ.

Observations of one voice are not independent, so the voice is the unit. With voice means :math:`y_v`, each known up to a
variance :math:`s_v^2`, the model is

.. math:: y_v \sim N(\mu, \tau^2 + s_v^2), \quad \mu \sim N(m, d^2), \quad \tau \sim \text{half-normal}(\sigma)

and the band integrates over :math:`\tau` on a grid instead of plugging in an estimate of it, which matters at two or three
voices (Gelman et al. 2013, *Bayesian Data Analysis*, 3rd ed., §5.4). A single voice has no band: its mean is shown as told
by that voice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.study import Estimate

Floats = NDArray[np.float64]

_GRID = (np.arange(40) + 0.5) / 40.0
_HALVINGS = 40  # of an interval a few units wide: far below what is printed


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of a scale; the prior of a mean is centred on it with the scale's half-width as its deviation."""

    low: float = -1.0
    high: float = 1.0

    @property
    def middle(self) -> float:
        """The middle of the scale."""
        return (self.low + self.high) / 2

    @property
    def half(self) -> float:
        """Half the width of the scale."""
        return (self.high - self.low) / 2


QUALITY = Scale(-1.0, 1.0)
POSITION = Scale(0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Posterior:
    """A mixture of normals for one mean: weights, means and deviations over the grid of tau, with its counts."""

    weight: Floats
    mean: Floats
    sd: Floats
    n: int
    voices: int
    scale: Scale


def posterior(low: Floats, high: Floats, voice: NDArray[np.int64], scale: Scale = QUALITY) -> Posterior:
    """The posterior of the mean of n stances, given as intervals ``low``..``high`` on ``scale``, told by ``voice`` (codes).

    The width of a word's interval counts as an error of the voice, uniform over the interval, which does not shrink with the
    number of statements: a voice that says "positive" ten times has not said where in "positive" it stands.
    """
    middle, width = (low + high) / 2, high - low
    names, at = np.unique(voice, return_inverse=True)
    counts = np.bincount(at)
    y = np.bincount(at, middle) / counts
    between = np.bincount(at, (middle - y[at]) ** 2) / counts
    s2 = np.bincount(at, width**2) / counts / 12.0 + between / counts
    tau = scale.half * 1.5 * _GRID  # half-normal(scale.half / 2), cut at three deviations
    log_prior = -0.5 * (tau / (scale.half / 2)) ** 2
    total = tau[:, None] ** 2 + np.maximum(s2, 1e-9)[None, :]
    d2 = scale.half**2
    precision = 1.0 / d2 + (1.0 / total).sum(axis=1)
    mean = (scale.middle / d2 + (y[None, :] / total).sum(axis=1)) / precision
    # marginal likelihood of the voices with mu integrated out
    log_lik = (
        -0.5 * np.log(total).sum(axis=1)
        - 0.5 * np.log(precision)
        - 0.5 * ((y[None, :] ** 2 / total).sum(axis=1) + scale.middle**2 / d2 - mean**2 * precision)
    )
    log_w = log_prior + log_lik
    weight = np.exp(log_w - log_w.max())
    return Posterior(weight / weight.sum(), mean, precision**-0.5, len(low), len(names), scale)


def quantiles(post: Posterior, probs: tuple[float, ...]) -> tuple[float, ...]:
    """Quantiles of the mixture, within the scale, by bisection of its distribution function."""
    from scipy.special import ndtr

    wanted = np.asarray(probs)
    reach = 8 * float(post.sd.max())
    low = np.full(wanted.size, float(post.mean.min()) - reach)
    high = np.full(wanted.size, float(post.mean.max()) + reach)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = (ndtr((middle[:, None] - post.mean) / post.sd) * post.weight).sum(axis=1) < wanted
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return tuple(float(x) for x in np.clip((low + high) / 2, post.scale.low, post.scale.high))


def summarise(post: Posterior, level: float = 0.9) -> Estimate:
    """The mean with its band; with fewer than two voices the band is not a number (NaN)."""
    mean = float((post.weight * post.mean).sum())
    if post.voices < 2:
        return Estimate(mean, float("nan"), float("nan"), level, post.n, post.voices)
    low, high = quantiles(post, ((1 - level) / 2, (1 + level) / 2))
    return Estimate(float(np.clip(mean, post.scale.low, post.scale.high)), low, high, level, post.n, post.voices)


def difference(one: Posterior, other: Posterior, level: float = 0.9) -> Estimate:
    """One mean less another, taken as independent; a band only where each side has two voices or more.

    The difference of two mixtures of normals is the mixture of all pairs of their parts.
    """
    span = Scale(-(one.scale.high - one.scale.low), one.scale.high - one.scale.low)
    both = Posterior(
        np.outer(one.weight, other.weight).ravel(),
        np.subtract.outer(one.mean, other.mean).ravel(),
        np.sqrt(np.add.outer(one.sd**2, other.sd**2)).ravel(),
        one.n + other.n,
        min(one.voices, other.voices),
        span,
    )
    keep = both.weight > 1e-5
    trimmed = Posterior(
        both.weight[keep] / both.weight[keep].sum(), both.mean[keep], both.sd[keep], both.n, both.voices, span
    )
    return summarise(trimmed, level)

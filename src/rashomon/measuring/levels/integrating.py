"""The deviations q, tau and sigma of levels and polls, and how they are integrated over.

Arrays: ``s`` series, ``m`` of them that are alike × ``g`` points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from rashomon.measuring.levels.quadrature import COARSE, Grid, HalfT, grid, last_grids, search, weigh
from rashomon.measuring.smoothing.censoring import Sites, middles
from rashomon.measuring.smoothing.exploring import AT_FIRST, FINELY, ROUGHLY, explore
from rashomon.measuring.smoothing.mixing import bands
from rashomon.measuring.smoothing.observing import Observations
from rashomon.measuring.smoothing.preparing import Ready, distinct

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_TOGETHER = 4_000_000  # posteriors of a bin at a point that are held at a time


@dataclass(frozen=True, slots=True)
class Priors:
    """The priors that all series on one scale share; deviations in units of the scale.

    ``initial_sd`` is that of the level itself before anything is seen. ``drift``, ``voice`` and ``noise`` are the scales of the
    half-t priors of q (per square root of a year), tau and sigma: two thirds of the prior lie below 1.1 times the scale.
    """

    centre: float
    initial_sd: float
    drift: float
    voice: float
    noise: float

    @classmethod
    def of_scale(cls, low: float, high: float) -> Priors:
        """Those of a bounded scale, as shares of its width ``w``.

        The level: deviation 0.3 w about the middle. Drift: 0.05 w, so that ten years commonly bring 0.16 w, nearly a word of
        five. The biases of voices: 0.15 w; coding noise: 0.1 w, half a word of five.
        """
        width = high - low
        return cls((low + high) / 2, 0.3 * width, 0.05 * width, 0.15 * width, 0.1 * width)


@dataclass(frozen=True, eq=False)
class Axes:
    """The hyperparameters that are integrated over: q, tau, and sigma where anything is ``noisy``.

    Points always have the columns q, tau, sigma; without noise sigma is zero. In series whose voices are mostly heard ``once``
    (s,), tau and sigma are laid out by ``hypot(tau, sigma)``, which such voices determine, and the angle between them,
    which they do not.
    """

    priors: Priors
    noisy: bool
    once: Bools

    @classmethod
    def of(cls, seen: Observations, series: Ints, priors: Priors) -> Axes:
        """Those that these series need: all of them are noisy, or none is."""
        noisy = bool(np.any(seen.coded))
        size = int(series[-1]) + 1
        first, _ = distinct(series, seen.voice)
        voices = np.bincount(series[first], minlength=size)
        return cls(priors, noisy, noisy & (np.bincount(series, minlength=size) < 2 * voices))

    def take(self, keep: Bools) -> Axes:
        """Those of some of the series."""
        return Axes(self.priors, self.noisy, self.once[keep])

    @property
    def count(self) -> int:
        """How many there are."""
        return 2 + self.noisy

    def points(self, which: Ints, shares: Floats) -> Floats:
        """The points (m, g, 3) of the series ``which`` (m,) at shares (m, g, k) of the prior."""
        q = HalfT(self.priors.drift).quantile(shares[..., 0])
        tau = HalfT(self.priors.voice).quantile(shares[..., 1])
        sigma = HalfT(self.priors.noise).quantile(shares[..., 2]) if self.noisy else np.zeros_like(q)
        once = self.once[which]
        if once.any():
            radius, angle = self._radius().quantile(shares[once, :, 1]), np.pi / 2 * shares[once, :, 2]
            tau[once], sigma[once] = radius * np.cos(angle), radius * np.sin(angle)
        return np.stack([q, tau, sigma], axis=-1)

    def log_prior(self, which: Ints, points: Floats) -> Floats:
        """The log (m, g) of the prior over that of the layout, up to a constant."""
        tau, sigma = points[..., 1], points[..., 2]
        radius = np.hypot(tau, sigma)
        prior = HalfT(self.priors.voice).log_density(tau) + HalfT(self.priors.noise).log_density(sigma)
        turned = prior + np.log(radius) - self._radius().log_density(radius)
        return np.where(self.once[which][:, None], turned, 0.0)

    def _radius(self) -> HalfT:
        return HalfT(float(np.hypot(self.priors.voice, self.priors.noise)))


@dataclass(frozen=True, eq=False)
class Posterior:
    """What was found of series that are alike: their numbers (m,), points (m, g, 3), weights (m, g), log evidence (m,), and the
    grid's size (k,).

    ``mean`` and ``var`` (r, g) are of every bin of the first series, then its carried columns, and so on with the others;
    ``rows`` (m+1,) says where each begins.
    """

    which: Ints
    points: Floats
    weights: Floats
    log_evidence: Floats
    counts: Ints
    rows: Ints
    mean: Floats
    var: Floats

    @property
    def of(self) -> Ints:
        """(r,) the series of each row, by its place in ``which``."""
        return np.repeat(np.arange(self.which.size), np.diff(self.rows))

    def bands(self, level: float, kind: int) -> Floats:
        """Mean, deviation, and ends of the band (4, r) of each row: of itself or what it is changed to (see :mod:`mixing`)."""
        together = int(self.counts[2]) if self.counts.size > 2 else 1
        return bands(self.weights, self.of, self.mean, self.var, together, level, kind)

    def summary(self) -> tuple[Floats, Floats]:
        """Posterior mean and deviation (m, 3) of the hyperparameters."""
        mean = np.einsum("mg,mgk->mk", self.weights, self.points)
        return mean, np.sqrt(np.einsum("mg,mgk->mk", self.weights, (self.points - mean[:, None]) ** 2))


@dataclass(frozen=True, eq=False)
class Integral:
    """Series made ready, their hyperparameters, the Beta distributions (s, k, 2) that look like the posterior of these, and
    where the intervals' factors may start.
    """

    ready: Ready
    axes: Axes
    beta: Floats
    sites: Sites

    @classmethod
    def of(cls, ready: Ready, axes: Axes, near: Floats | None = None) -> Integral:
        """Looked for over the whole of the prior, or ``near`` Beta distributions."""
        start = np.ones((ready.layout.bins.size, axes.count, 2)) if near is None else near
        sites = middles(ready.intervals)

        nothing = np.zeros(0, dtype=np.int64)

        def evaluate(which: Ints, laid: Grid, first: bool) -> Floats:
            points = axes.points(which, laid.shares)
            sweeps = AT_FIRST if first else ROUGHLY
            found, _, _ = explore(ready, which, points, laid.counts, sites, sweeps, nothing, False)
            return found + axes.log_prior(which, points)

        return cls(ready, axes, search(evaluate, start), sites)

    def beyond(self, low: float, high: float) -> Floats:
        """The posterior probability, in every bin observed of every series, that the path is outside two ends."""
        every = np.arange(len(self.beta))
        found = self._posterior(every, grid(self.beta, (COARSE,) * self.axes.count), ROUGHLY, False)
        place = np.arange(found.rows[-1]) - found.rows[found.of]
        bins = place < self.ready.layout.bins[found.of]  # and not columns
        mean, sd = found.mean[bins], np.sqrt(found.var[bins])
        outside = ndtr((low - mean) / sd) + ndtr((mean - high) / sd)
        return np.asarray(np.einsum("rg,rg->r", found.weights[found.of[bins]], outside))

    def posteriors(self, every: Ints) -> Iterator[Posterior]:
        """The posterior of the series whose numbers are given, a batch at a time."""
        height = self._heights(True)
        for part, laid in last_grids(self.beta[every]):
            batch = np.cumsum(height[every[part]] * laid.shares.shape[1]) // _TOGETHER
            for at in np.split(np.arange(part.size), np.flatnonzero(np.diff(batch)) + 1):
                yield self._posterior(every[part[at]], laid.take(at), FINELY, True)

    def _heights(self, every: bool) -> Ints:
        """(s,) how many bins, every one or those observed, and carried columns there are."""
        ready = self.ready
        bins = ready.layout.bins
        if every:
            last = np.add.reduceat(ready.gaps, ready.gapped[:-1]) - ready.gaps[ready.gapped[1:] - 1]
            bins = ready.lead + ready.trail + 1 + last.astype(np.int64)
        return bins + np.diff(ready.layout.columns)

    def _posterior(self, which: Ints, laid: Grid, sweeps: int, every: bool) -> Posterior:
        points = self.axes.points(which, laid.shares)
        rows = np.concatenate([[0], np.cumsum(self._heights(every)[which])])
        found, mean, var = explore(self.ready, which, points, laid.counts, self.sites, sweeps, rows, every)
        weights, log_evidence = weigh(found + self.axes.log_prior(which, points), laid)
        return Posterior(which, points, weights, log_evidence, laid.counts, rows, mean, var)

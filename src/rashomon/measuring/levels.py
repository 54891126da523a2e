r"""Levels: the level of a quality, or a mean position, as one holder held it over time, with an honest band.

The level :math:`x_t` is a random walk on the scale, seen by voices that each have their own bias:

.. math::

    x_a \sim N(m, s_0^2), \qquad x_{t+1} - x_t \sim N(0, q^2\,\Delta), \qquad
    y_i = x_{t_i} + u_{v_i} + e_i, \qquad u_v \sim N(0, \tau^2), \qquad e_i \sim N(0, s_i^2 + \sigma^2)

with bins of length :math:`\Delta` years, ``a`` the first bin observed, and :math:`s_i` an observation's own known error. Coded
values (words) carry :math:`\sigma` besides and are intervals: all that is known of :math:`y_i` is that it lies in one, an
interval that touches an end of the scale being open there. The biases are not made to sum to zero: that all voices may lean
the same way is part of the band. The three deviations are not plugged in but integrated over, under priors that all series
share (:class:`Priors`); see :mod:`rashomon.measuring.quadrature` and :mod:`rashomon.measuring.statespace` for how.

Rule of honesty: with fewer than two independent voices there is no line and no band, only the points.

The model is a local-level model with random effects (Harvey 1989, *Forecasting, Structural Time Series Models and the Kalman
Filter*, ch. 2; for polls with house effects: Jackman 2005, *Australian Journal of Political Science* 40).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from rashomon.errors import error
from rashomon.measuring.observing import Fit, Observations, Problem, prepare
from rashomon.measuring.quadrature import (
    Evaluate,
    Explored,
    HalfT,
    Mixture,
    Prior,
    Search,
    Uniform,
    mixture,
    search,
    settle,
)
from rashomon.measuring.statespace import Chain, random_walk

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ONE_VOICE = "one voice"
NOTHING = "nothing observed"
_LEAVES = 0.005  # probability of being outside the scale from which the path is kept within


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


@dataclass(frozen=True, slots=True)
class Hyper:
    """A standard deviation that was integrated over: its name, posterior mean and standard deviation."""

    name: str
    mean: float
    sd: float


@dataclass(frozen=True, eq=False)
class LevelSeries:
    """A level over time. Arrays are read-only; where nothing is drawn they are empty and ``reason`` says why.

    ``times`` are bins (t,); ``mean``, ``sd``, ``low`` and ``high`` (t,) the posterior's mean, standard deviation and the ends
    of the central band of ``level``. ``n`` observations of ``voices`` independent voices entered; ``uninformative`` more were
    left out because they say nothing (the whole scale, or an error as wide as it). ``points`` are all the observations.
    """

    times: Ints
    mean: Floats
    sd: Floats
    low: Floats
    high: Floats
    level: float
    n: int
    voices: int
    uninformative: int
    drawn: bool
    reason: str
    points: Observations
    hyper: tuple[Hyper, ...]


def levels(
    seen: Observations,
    *,
    step: float = 1.0,
    scale: tuple[float, float] | None = (-1.0, 1.0),
    priors: Priors | None = None,
    level: float = 0.9,
    bins: tuple[int, int] | None = None,
) -> LevelSeries:
    """The level of one series in each bin.

    ``step`` is the length of a bin in years. ``scale`` gives the scale's ends: intervals that touch one are open there, and
    mean and band are those of the level cut to it; None takes values as they are and needs ``priors``. ``bins`` asks for other
    bins than from the first to the last observed one. Raises R502 for a level outside 0..1 or bins out of order.
    """
    given = scale_priors(scale, priors)
    check_band(level, step, bins)
    used = seen.take(informative(seen, scale, given))
    if independent_voices(used) < 2:
        return series(seen, used, level)
    opened = used if scale is None else open_ends(used, scale)
    problem, explored = _fit(opened, given, step, scale)
    begin, end = span(used)
    path = (begin, end) if bins is None else (min(begin, bins[0]), max(end, bins[1]))
    found = problem.path(explored, path)
    shown = slice(None) if bins is None else slice(bins[0] - path[0], bins[1] - path[0] + 1)
    mixed = mixture(explored.weights, found.mean[:, shown] + given.centre, found.var[:, shown])
    cut = None if scale is None else partial(_cut, scale)
    line = draw(np.arange(path[0], path[1] + 1)[shown], mixed, level, cut)
    return series(seen, used, level, line, summarise(explored))


def _fit(
    seen: Observations, priors: Priors, step: float, scale: tuple[float, float] | None
) -> tuple[Problem, Explored[Fit]]:
    """The posterior; where it would leave the scale, with the path kept within."""
    axes = Axes.of(seen, priors)
    problem = make_ready(seen, priors, step)
    searched = axes.search(problem)
    if scale is not None and _outside(searched.found, scale, priors.centre) > _LEAVES:
        problem = make_ready(seen, priors, step, within=scale)
        searched = axes.search(problem, searched)
    return problem, axes.settle(problem, searched)


def _outside(explored: Explored[Fit], scale: tuple[float, float], centre: float) -> float:
    """The greatest posterior probability, over the bins observed, that the level is outside the scale."""
    found = explored.fit.found.posterior
    mean, sd = found.mean + centre, np.sqrt(found.var)
    return float(np.max(explored.weights @ (ndtr((scale[0] - mean) / sd) + ndtr((mean - scale[1]) / sd))))


def _cut(scale: tuple[float, float], x: Floats) -> Floats:
    return np.clip(x, *scale)


def scale_priors(scale: tuple[float, float] | None, priors: Priors | None) -> Priors:
    """The priors given, or those of the scale; R502 where there is neither."""
    if priors is not None:
        return priors
    if scale is None:
        raise error("R502", "A level without a scale needs priors.", remedy="Give priors, or the ends of the scale.")
    return Priors.of_scale(*scale)


def check_band(level: float, step: float, bins: tuple[int, int] | None) -> None:
    """Refuse (R502) a level outside 0..1, a bin without length, and bins out of order."""
    if not 0 < level < 1:
        raise error("R502", "The level of a band is a share.", found=str(level), allowed="more than 0, less than 1")
    if not step > 0:
        raise error("R502", "The length of a bin is a time in years.", found=str(step), allowed="more than 0")
    if bins is not None and bins[1] < bins[0]:
        raise error("R502", "The last bin is before the first.", found=str(bins), allowed="(first, last)")


def informative(seen: Observations, scale: tuple[float, float] | None, priors: Priors) -> NDArray[np.bool_]:
    """Which observations say anything: not the whole of the scale, nor with an error as wide as it (initial_sd / 0.3)."""
    low, high = (-np.inf, np.inf) if scale is None else scale
    whole = (seen.low <= low) & (seen.high >= high)
    return ~whole & (seen.error < priors.initial_sd / 0.3)


def open_ends(seen: Observations, scale: tuple[float, float]) -> Observations:
    """Intervals that touch an end of the scale are open there: the strongest word says *at least so strong*."""
    interval = seen.low < seen.high
    low = np.where(interval & (seen.low <= scale[0]), -np.inf, seen.low)
    high = np.where(interval & (seen.high >= scale[1]), np.inf, seen.high)
    rest = (seen.error, seen.voice, seen.origin, seen.within, seen.coded)
    return Observations(seen.first, seen.last, low, high, *rest)


def independent_voices(seen: Observations) -> int:
    """The fewer of distinct voices and distinct origins: two that retell one source are one."""
    return min(np.unique(seen.voice).size, np.unique(seen.origin).size)


def span(seen: Observations) -> tuple[int, int]:
    """The first and the last bin that any observation covers."""
    return int(seen.first.min()), int(seen.last.max())


def make_ready(seen: Observations, priors: Priors, step: float, within: tuple[float, float] | None = None) -> Problem:
    """A random walk seen by voices; every voice is a column. ``within`` keeps the walk between two ends."""
    _, voice = np.unique(seen.voice, return_inverse=True)
    columns = voice.reshape(-1, 1).astype(np.int64)
    fixed = np.full(columns.max() + 1, np.nan)

    def chain(points: Floats, gaps: Floats, anchor: int) -> Chain:
        return random_walk(gaps, anchor, priors.initial_sd**2, points[:, 0] ** 2 * step)

    scale = {"step": step, "centre": priors.centre, "initial_sd": priors.initial_sd}
    return prepare(seen, columns, fixed, chain, **scale, within=within)


@dataclass(frozen=True, slots=True)
class Axes:
    """The hyperparameters that are integrated over: q, tau, sigma where anything is ``noisy``, and ``more``.

    Points always have the columns q, tau, sigma, more; without noise sigma is zero. Where most voices are heard ``once``, tau and
    sigma are laid out by ``hypot(tau, sigma)``, which such voices determine, and the angle between them, which they do not.
    """

    priors: Priors
    noisy: bool
    once: bool
    more: tuple[Prior, ...] = ()

    @classmethod
    def of(cls, seen: Observations, priors: Priors, more: tuple[Prior, ...] = ()) -> Axes:
        """Those that these observations need."""
        noisy = bool(np.any(seen.coded))
        return cls(priors, noisy, noisy and seen.size < 2 * np.unique(seen.voice).size, more)

    def search(self, problem: Problem, before: Search[Fit] | None = None) -> Search[Fit]:
        """Where the posterior lies; looked for in the windows found ``before`` if there are any."""
        return search(self._axes(), self._evaluate(problem), None if before is None else before.windows)

    def settle(self, problem: Problem, searched: Search[Fit]) -> Explored[Fit]:
        """The posterior there."""
        return self._turned(settle(self._axes(), self._evaluate(problem), searched))

    def integrate(self, problem: Problem) -> Explored[Fit]:
        """Both in one."""
        return self.settle(problem, self.search(problem))

    def _radius(self) -> HalfT:
        return HalfT(float(np.hypot(self.priors.voice, self.priors.noise)))

    def _axes(self) -> list[Prior]:
        noise = [HalfT(self.priors.noise)] if self.noisy else []
        both = [self._radius(), Uniform(0.0, np.pi / 2)] if self.once else [HalfT(self.priors.voice), *noise]
        return [HalfT(self.priors.drift), *both, *self.more]

    def _points(self, laid: Floats) -> Floats:
        """The points (g, k) of a layout."""
        points = laid.copy() if self.noisy else np.insert(laid, 2, 0.0, axis=1)
        if self.once:
            points[:, 1], points[:, 2] = laid[:, 1] * np.cos(laid[:, 2]), laid[:, 1] * np.sin(laid[:, 2])
        return points

    def _log_prior(self, laid: Floats) -> Floats:
        """The log of the prior of tau and sigma over that of the layout, up to a constant."""
        if not self.once:
            return np.zeros(laid.shape[0])
        points = self._points(laid)
        prior = HalfT(self.priors.voice).log_density(points[:, 1]) + HalfT(self.priors.noise).log_density(points[:, 2])
        return prior + np.log(laid[:, 1]) - self._radius().log_density(laid[:, 1])

    def _turned(self, found: Explored[Fit]) -> Explored[Fit]:
        return Explored(self._points(found.points), found.weights, found.fit, found.log_evidence)

    def _evaluate(self, problem: Problem) -> Evaluate[Fit]:
        def evaluate(laid: Floats, before: Explored[Fit] | None, rough: bool) -> Fit:
            start = None if before is None else self._turned(before)
            return problem.evaluate(self._points(laid), self._log_prior(laid), start, rough)

        return evaluate


def summarise(explored: Explored[Fit]) -> tuple[Hyper, ...]:
    """Posterior mean and deviation of the drift, the voices' deviation and the noise."""
    mean = explored.weights @ explored.points
    sd = np.sqrt(explored.weights @ (explored.points - mean) ** 2)
    names = ("drift", "voice", "noise")
    return tuple(Hyper(name, float(m), float(s)) for name, m, s in zip(names, mean, sd, strict=False))


_HERMITE = np.polynomial.hermite_e.hermegauss(15)


def _transformed(mixed: Mixture, change: Callable[[Floats], Floats] | None) -> tuple[Floats, Floats]:
    """Mean and deviation (t,) of a function of the level, by Gauss–Hermite quadrature of each normal."""
    if change is None:
        return mixed.moments()
    nodes, weights = _HERMITE
    weights = weights / weights.sum()
    first, second = np.zeros(mixed.mean.shape[1]), np.zeros(mixed.mean.shape[1])
    for node, weight in zip(nodes, weights, strict=True):
        value = change(mixed.mean + node * mixed.sd)
        first += weight * (mixed.weights @ value)
        second += weight * (mixed.weights @ value**2)
    return first, np.sqrt(np.maximum(second - first**2, 0.0))


@dataclass(frozen=True, eq=False)
class Line:
    """What is drawn: bins, and mean, deviation and band in each (t,)."""

    times: Ints
    mean: Floats
    sd: Floats
    low: Floats
    high: Floats


def draw(times: Ints, mixed: Mixture, level: float, change: Callable[[Floats], Floats] | None = None) -> Line:
    """The line of a mixture, changed by ``change``, an increasing function."""
    low, high = mixed.quantile((1 - level) / 2), mixed.quantile((1 + level) / 2)
    if change is not None:
        low, high = change(low), change(high)
    return Line(times, *_transformed(mixed, change), low, high)


def series(
    seen: Observations,
    used: Observations,
    level: float,
    line: Line | None = None,
    hyper: tuple[Hyper, ...] = (),
) -> LevelSeries:
    """A result: ``line`` of the observations ``used`` among those ``seen``; without a line, the reason why there is none."""
    voices = independent_voices(used)
    none = np.zeros(0)
    shown = line or Line(none.astype(np.int64), none, none, none, none)
    for one in vars(shown).values():
        one.flags.writeable = False
    return LevelSeries(
        **vars(shown),
        level=level,
        n=used.size,
        voices=voices,
        uninformative=seen.size - used.size,
        drawn=line is not None,
        reason="" if line is not None else ONE_VOICE if voices else NOTHING,
        points=seen,
        hyper=hyper,
    )


@dataclass(frozen=True, slots=True)
class Jackknife:
    """Leave-one-voice-out: the estimate from ``all``, and from all but each of ``voices``, with the range of these.

    ``undefined`` of the estimates are not finite (what is left holds too little) and are not in the range.
    """

    all: float
    low: float
    high: float
    voices: tuple[int, ...]
    without: tuple[float, ...]
    undefined: int


def jackknife(estimator: Callable[..., float], arrays: Sequence[NDArray[Any]], voice: ArrayLike) -> Jackknife:
    """How far an estimate hangs on any one voice (Quenouille 1956, *Biometrika* 43, with voices left out instead of rows).

    ``estimator`` takes the ``arrays``, each with one row for every entry of ``voice`` (n,), and returns a number. Raises R503
    with fewer than two voices: of one voice nothing would be left.
    """
    codes = np.asarray(voice)
    for one in arrays:
        if len(one) != codes.size:
            raise error(
                "R502", "An array has not as many rows as there are voices.", found=f"{len(one)} and {codes.size}"
            )
    distinct = np.unique(codes)
    if distinct.size < 2:
        raise error("R503", "A jackknife needs two voices.", found=f"{distinct.size}", allowed="2 or more")
    without = [float(estimator(*(one[codes != code] for one in arrays))) for code in distinct]
    finite = [value for value in without if np.isfinite(value)]
    nan = float("nan")
    return Jackknife(
        all=float(estimator(*arrays)),
        low=min(finite, default=nan),
        high=max(finite, default=nan),
        voices=tuple(distinct.tolist()),
        without=tuple(without),
        undefined=len(without) - len(finite),
    )

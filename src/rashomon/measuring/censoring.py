"""Intervals taken in by expectation propagation: a value known only to lie between two ends.

Each interval's factor is replaced by the Gaussian whose product with all the rest has the same mean and variance (Minka 2001;
Rasmussen & Williams 2006, *Gaussian Processes for Machine Learning*, §3.6). There are no random numbers in it, and
for these log-concave factors it settles in a few sweeps. A factor is carried as a pseudo-observation: a value and the variance
that the interval adds to the noise. These hardly depend on the hyperparameters, so what one batch of points found is where the
next one starts.

Arrays: ``g`` points × ``j`` distinct intervals.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtr

from rashomon.measuring.statespace import Chain, Conditioned, Indicator, Layout, condition, gather, indicator

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_LOG_SQRT_2PI = float(np.log(2 * np.pi)) / 2
_SWEEPS = 60
_SETTLED = 5e-3  # in posterior standard deviations
_FAR = 9.0  # points whose log likelihood is this much below the best are not refined
_DAMPING = (0.9, 0.5, 0.25)  # of every six sweeps: what goes round in circles comes to rest when moved by less
_TAIL = 1e-7  # an interval's probability under which it is reckoned in logarithms
OPEN = 1e100
"""Stands for an open end: so far off that nothing is left beyond it, and finite, so that it can be reckoned with."""

_HOLD, _REACH = 1e-2, 2.0  # of slopes by which a start is carried over, and how far, in logarithms
_MOST, _LEAST = 1e12, 1e-9  # of a factor's weight


@dataclass(frozen=True, eq=False)
class Intervals:
    """Distinct censored observations (j,): ``cell``, its place among the wanted cells, ends ``low`` < ``high``, how often.

    An open end is minus or plus :data:`OPEN`.
    """

    cell: Ints
    place: Ints
    low: Floats
    high: Floats
    count: Floats


@dataclass(frozen=True, eq=False)
class Factors:
    """What the Gaussian observations say of each cell, per point: ``weight`` and ``shift`` (g, c), log constant (g,)."""

    weight: Floats
    shift: Floats
    log_constant: Floats

    def rows(self, at: Ints) -> Factors:
        """Those of some of the points."""
        return Factors(self.weight[at], self.shift[at], self.log_constant[at])


@dataclass(frozen=True, eq=False)
class Start:
    """Where the factors start: a value and the variance that each interval adds to its noise, (j,) or for each point (g, j)."""

    value: Floats
    extra: Floats


@dataclass(frozen=True, eq=False)
class Propagated:
    """The posterior of each point, its log marginal likelihood (g,) and all factors by cell (g, c).

    ``site_weight`` and ``site_shift`` (g, j) are what each interval's factor would next be: where others may start.
    """

    posterior: Conditioned
    log_likelihood: Floats
    weight: Floats
    shift: Floats
    site_weight: Floats
    site_shift: Floats


def middles(seen: Intervals) -> Start:
    """Each factor at its interval's middle, with the variance of its width; an open end counts as 0.4 from the other."""
    low = np.where(seen.low > -OPEN, seen.low, seen.high - 0.4)
    high = np.where(seen.high < OPEN, seen.high, seen.low + 0.4)
    return Start((low + high) / 2, (high - low) ** 2 / 12)


def foretold(found: Propagated, noise: Floats, weights: Floats, from_: Floats, to: Floats) -> Start:
    """A start at points ``to`` (h, k) from what was found at points ``from_`` (g, k), both as logarithms.

    Value and extra variance of each factor are carried over by a linear regression on the points, ``weights`` (g,) counting
    those most that the data support; the slopes are held back a little, as where only few points count.
    """
    value = found.site_shift / found.site_weight
    extra = np.log(np.clip(1.0 / found.site_weight - noise, 1e-4 * noise + 1.0 / _MOST, 1.0 / _LEAST))
    middle = weights @ from_
    apart = from_ - middle
    weighted = weights[:, None] * apart
    ridge = _HOLD * np.eye(apart.shape[1])
    values, extras = weights @ value, weights @ extra
    slopes = np.linalg.solve(weighted.T @ apart + ridge, weighted.T @ np.hstack([value - values, extra - extras]))
    moves = np.clip(to - middle, -_REACH, _REACH) @ slopes
    count = value.shape[1]
    return Start(values + moves[:, :count], np.exp(np.clip(extras + moves[:, count:], -27.0, 20.0)))


@dataclass(frozen=True, eq=False)
class Setting:
    """What stays the same through the sweeps, for ``g`` points; ``noise`` (g, j) is the variance of each interval's value."""

    layout: Layout
    chain: Chain
    voice_var: Floats
    known: Factors
    seen: Intervals
    noise: Floats

    def rows(self, at: Ints) -> Setting:
        """The setting of some of the points."""
        return Setting(
            self.layout, self.chain.rows(at), self.voice_var[at], self.known.rows(at), self.seen, self.noise[at]
        )

    def posterior(self, weight: Floats, shift: Floats) -> Conditioned:
        """The Gaussian posterior given all factors by cell."""
        return condition(self.layout, self.chain, self.voice_var, weight, shift)


def propagate(setting: Setting, start: Start, rough: bool = False) -> Propagated:
    """The posterior and the log marginal likelihood given numbers and intervals; exact where there are no intervals.

    ``rough`` makes one sweep. The likelihood is stationary in the factors where they rest (Minka 2001, §3.6 of the
    thesis), so from a good start its error is of second order: enough to find where the hyperparameters lie.
    """
    seen, known = setting.seen, setting.known
    if seen.cell.size == 0:
        exact = setting.posterior(known.weight, known.shift)
        none = np.zeros((known.log_constant.size, 0))
        return Propagated(exact, exact.log_integral + known.log_constant, known.weight, known.shift, none, none)
    site_weight = 1.0 / (start.extra + setting.noise)
    into = indicator(seen.cell, np.arange(seen.cell.size), (setting.layout.cell_bin.size, seen.cell.size))
    return _sweeps(setting, into, site_weight, start.value * site_weight, 1 if rough else _SWEEPS)


def _sweeps(setting: Setting, into: Indicator, site_weight: Floats, site_shift: Floats, sweeps: int) -> Propagated:
    """Refine all factors at once until the means of the cells rest, leaving out points that rest or are far below the best."""
    alive = np.arange(site_weight.shape[0])
    done: list[tuple[Ints, Propagated]] = []
    before: Floats | None = None
    best = -np.inf
    for sweep in range(sweeps - 1):
        found, mean, target, lean = _sweep(setting, into, site_weight, site_shift)
        best = max(best, float(found.log_likelihood.max()))
        near = found.log_likelihood > best - _FAR
        moving = near if before is None else near & (_moved(found, setting.seen, mean, before) > _SETTLED)
        if not moving.any():
            break
        if moving.sum() < 0.8 * alive.size:
            done.append((alive[~moving], _rows(found, ~moving)))
            alive, setting, mean = alive[moving], setting.rows(np.flatnonzero(moving)), mean[moving]
            site_weight, site_shift = site_weight[moving], site_shift[moving]
            target, lean = target[moving], lean[moving]
        before, damping = mean, _DAMPING[min(sweep // 6, len(_DAMPING) - 1)]
        site_weight = site_weight + damping * (target - site_weight)
        site_shift = site_shift + damping * (lean - site_shift)
    else:
        found, *_ = _sweep(setting, into, site_weight, site_shift)
    return _merged([*done, (alive, found)])


def _moved(found: Propagated, seen: Intervals, mean: Floats, before: Floats) -> Floats:
    """(g,) the largest change of a cell's mean, in its posterior standard deviations."""
    out: Floats = np.max(np.abs(mean - before) / np.sqrt(found.posterior.cell_var[:, seen.place]), axis=1)
    return out


def _sweep(
    setting: Setting, into: Indicator, site_weight: Floats, site_shift: Floats
) -> tuple[Propagated, Floats, Floats, Floats]:
    """The posterior under the factors as they stand, the means (g, j), and the factors (g, j) that would match better."""
    seen, known = setting.seen, setting.known
    weight = known.weight + gather(into, site_weight * seen.count)
    shift = known.shift + gather(into, site_shift * seen.count)
    now = setting.posterior(weight, shift)
    mean, var = now.cell_mean[:, seen.place], now.cell_var[:, seen.place]
    cavity_var = 1.0 / np.maximum(1.0 / var - site_weight, _LEAST)
    cavity_mean = cavity_var * (mean / var - site_shift)
    log_z, target, lean = _matched(seen, cavity_mean, cavity_var, setting.noise)
    log_site = (log_z - _overlap(cavity_mean, cavity_var, site_weight, site_shift)) @ seen.count
    log_likelihood = now.log_integral + known.log_constant + log_site
    return Propagated(now, log_likelihood, weight, shift, target, lean), mean, target, lean


def _rows(found: Propagated, at: Bools) -> Propagated:
    """What was found at some of the points."""
    posterior = Conditioned(**{name: value[at] for name, value in vars(found.posterior).items()})
    rest = {name: value[at] for name, value in vars(found).items() if name != "posterior"}
    return Propagated(posterior=posterior, **rest)


def _merged(parts: list[tuple[Ints, Propagated]]) -> Propagated:
    """The parts put together in the order of the points."""
    if len(parts) == 1:
        return parts[0][1]
    order = np.argsort(np.concatenate([at for at, _ in parts]))
    found = [one for _, one in parts]

    def join(pieces: list[Floats]) -> Floats:
        return np.concatenate(pieces)[order]

    posterior = {n: join([getattr(one.posterior, n) for one in found]) for n in vars(found[0].posterior)}
    rest = {n: join([getattr(one, n) for one in found]) for n in vars(found[0]) if n != "posterior"}
    return Propagated(posterior=Conditioned(**posterior), **rest)


def _matched(seen: Intervals, mean: Floats, var: Floats, noise: Floats) -> tuple[Floats, Floats, Floats]:
    """Log probability that ``f + e`` lies within the interval, and the matching factor's weight and shift.

    The weight cannot exceed 1 / noise, the greatest curvature that a log-concave function of ``f + e`` can have in ``f``.
    """
    log_z, new_mean, new_var = _truncated(seen, mean, var, noise)
    most = np.minimum(1.0 / np.maximum(noise, 1.0 / _MOST), _MOST)
    weight = np.clip(1.0 / new_var - 1.0 / var, _LEAST, most)
    return log_z, weight, new_mean * (weight + 1.0 / var) - mean / var


def _truncated(seen: Intervals, mean: Floats, var: Floats, noise: Floats) -> tuple[Floats, Floats, Floats]:
    """Log probability of the interval, and mean and variance of ``f`` given that ``f + e`` lies in it."""
    scale = np.sqrt(var + noise)
    a, b = (seen.low - mean) / scale, (seen.high - mean) / scale
    sign = np.where(a + b > 0, -1.0, 1.0)  # measured in the lower tail, where small probabilities are exact
    lower, upper = np.minimum(sign * a, sign * b), np.maximum(sign * a, sign * b)
    share = ndtr(upper) - ndtr(lower)
    tail = share < _TAIL
    log_z = np.log(np.where(tail, 1.0, share))
    if tail.any():
        log_upper = log_ndtr(upper[tail])
        log_z[tail] = log_upper + np.log(-np.expm1(log_ndtr(lower[tail]) - log_upper))
    at_lower, at_upper = _ratio(lower, log_z), _ratio(upper, log_z)
    first = sign * (at_lower - at_upper)
    second = upper * at_upper - lower * at_lower
    part = var / scale
    new_var = var - part**2 * (first**2 + second)
    return log_z, mean + part * first, np.maximum(new_var, 1e-12 * var)


def _ratio(z: Floats, log_z: Floats) -> Floats:
    """Normal density over the interval's probability."""
    out: Floats = np.exp(-0.5 * z**2 - (_LOG_SQRT_2PI + log_z))
    return out


def _overlap(mean: Floats, var: Floats, weight: Floats, shift: Floats) -> Floats:
    """Log of the integral of N(f; mean, var) exp(shift f - weight f^2 / 2)."""
    total = 1.0 / var + weight
    out: Floats = -0.5 * np.log(var * total) + 0.5 * ((mean / var + shift) ** 2 / total - mean**2 / var)
    return out

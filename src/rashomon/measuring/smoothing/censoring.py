"""Intervals taken in by expectation propagation: a value known only to lie between two ends.

Each interval's factor is replaced by the Gaussian whose product with all the rest has the same mean and variance (Minka 2001;
Rasmussen & Williams 2006, *Gaussian Processes for Machine Learning*, §3.6). There are no random numbers in it, and
for these log-concave factors it settles in a few sweeps. A factor is carried as a pseudo-observation: a value and the variance
that the interval adds to the noise. These hardly depend on the hyperparameters, so what one point found is where the next
one starts.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.smoothing.kernels import inlined, inner
from rashomon.measuring.smoothing.statespace import Layout, Room, condition, put

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_DENSITY = 1 / float(np.sqrt(2 * np.pi))
_SMALL = 1e-7  # an interval's probability under which it is reckoned in units of the density at its nearer end
_FAR = 7.0
OPEN = 1e100
"""Stands for an open end: so far off that nothing is left beyond it, and finite, so that it can be reckoned with."""

_LEAST = 1e-9  # of a share
_SETTLED = 0.05  # of a posterior deviation, by which a mean may still move
_DAMPING = (0.9, 0.5, 0.25)  # of every six sweeps: what goes round in circles comes to rest when moved by less


@inlined
def match(
    low: float, high: float, mean: float, var: float, noise: float, value: float, extra: float
) -> tuple[float, float, float]:
    """The log of an interval's probability over the integral of its factor as it stands, and the factor that matches better.

    ``mean`` and ``var`` are the posterior's of f, of which the interval holds ``f + e``, with e of variance ``noise``; the factor
    is a ``value`` with ``extra`` variance. Without it f has a mean and variance of its own; the matching factor gives ``f + e``
    the mean and variance that it has within the interval.
    """
    weight = 1.0 / (extra + noise)
    without = 1.0 / max(1.0 - var * weight, _LEAST)  # of the precision, the factor's own left out
    mean, var = value + (mean - value) * without, var * without
    square = var + noise
    scale = np.sqrt(square)
    inverse = 1.0 / scale
    chance, log_more, lean, bend = truncated((low - mean) * inverse, (high - mean) * inverse)
    ratio = 1.0 + var * weight
    log_site = log_more + 0.5 * (np.log(chance**2 * ratio) + weight * ((value - mean) ** 2 / ratio - value**2))
    inverse = 1.0 / bend
    return log_site, mean + scale * lean * inverse, square * (inverse - 1.0)


@inlined
def truncated(low: float, high: float) -> tuple[float, float, float, float]:
    """Of a standard normal value between two ends: the probability, its mean, and by how much its variance is below 1.

    The probability is the first number times the exponential of the second, which is not 0 far out in a tail.
    """
    sign = 1.0
    if low + high > 0:  # measured in the lower tail, where small probabilities are exact
        sign, low, high = -1.0, -high, -low
    at_low, at_high = np.exp(-0.5 * low**2), np.exp(-0.5 * high**2)
    inside = at_high * tail(-high) if high < 0 else 1.0 - (at_high * tail(high) if at_high > 0 else 0.0)
    if at_low > 0:
        inside -= at_low * tail(-low)
    log_more = 0.0
    if inside < _SMALL:
        at_low, at_high = np.exp(0.5 * (high - low) * (high + low)), 1.0  # in units of the density at the upper end
        inside, log_more = tail(-high) - (at_low * tail(-low) if at_low > 0 else 0.0), -0.5 * high**2
    inverse = _DENSITY / inside
    at_low *= inverse
    at_high *= inverse
    lean = at_low - at_high
    bend = lean**2 + high * at_high - low * at_low
    return inside, log_more, sign * lean, min(max(bend, _LEAST), 1.0)


@inner
def tail(x: float) -> float:
    """The normal probability above ``x`` >= 0 over ``exp(-x**2 / 2)``.

    By the rational function of Hart et al. (1968, *Computer Approximations*; as in West 2005, *Wilmott Magazine*), and from 7 on
    by the asymptotic series.
    """
    if x > _FAR:
        term, total = 1.0, 1.0
        for k in range(1, 24, 2):
            term *= -k / x**2
            total += term
        return total / x * _DENSITY
    above, below = 0.0352624965998911, 0.0883883476483184 * x + 1.75566716318264
    above = above * x + 0.700383064443688
    above = above * x + 6.37396220353165
    below = below * x + 16.064177579207
    above = above * x + 33.912866078383
    below = below * x + 86.7807322029461
    above = above * x + 112.079291497871
    below = below * x + 296.564248779674
    above = above * x + 221.213596169931
    below = below * x + 637.333633378831
    above = above * x + 220.206867912376
    below = below * x + 793.826512519948
    return above / (below * x + 440.413735824752)


class Intervals(NamedTuple):
    """Distinct censored observations (j,) of all the series one after the other.

    ``starts`` (s+1,) is where those of each series begin; ``cell`` is counted within the series; the value lies between ``low``
    and ``high``, ``rows`` times; its variance is ``square + coded * sigma² + spread * step * q² + once * tau²``. An open end is
    minus or plus :data:`OPEN`.
    """

    starts: Ints
    cell: Ints
    low: Floats
    high: Floats
    rows: Floats
    square: Floats
    coded: Floats
    spread: Floats
    once: Floats


class Sites(NamedTuple):
    """The intervals' factors (j,): a value, and the variance that the interval adds to its noise."""

    value: Floats
    extra: Floats


def middles(seen: Intervals) -> Sites:
    """Each factor at its interval's middle, with the variance of its width; an open end counts as a fifth of a unit away."""
    low = np.where(seen.low > -OPEN, seen.low, seen.high - 0.2)
    high = np.where(seen.high < OPEN, seen.high, seen.low + 0.2)
    return Sites((low + high) / 2, (high - low) ** 2 / 12)


class Given(NamedTuple):
    """What stays the same while the factors of one series settle: what the numbers say, ``weight`` and ``shift`` (c,), and the
    variance of each interval's value, ``noise`` (j,).
    """

    weight: Floats
    shift: Floats
    noise: Floats


@inlined
def propagate(
    layout: Layout,
    seen: Intervals,
    s: int,
    place: Room,
    given: Given,
    sites: Sites,
    voice_var: float,
    log_det: float,
    sweeps: int,
    least: float,
    wanted: bool,
) -> float:
    """Refine all factors (j,) of series ``s`` until the means of its cells rest: the log marginal likelihood, save the numbers'
    constant.

    ``sites`` are where they start and become what they come to; the posterior is left in the room, its variances if they are
    ``wanted`` or there are intervals. Factors rest once no mean moves by more than a twentieth of its posterior deviation; at
    points whose likelihood is below ``least`` they need not, nor after so many ``sweeps``. ``voice_var`` and ``log_det`` are the
    variance of voices and the log determinant of the path's prior. The likelihood is stationary in the factors where they rest
    (Minka 2001, §3.6 of the thesis), so that from a good start its error is of second order.
    """
    first, cell, rows, noise = seen.starts[s], seen.cell, seen.rows, given.noise
    weight, shift, value, extra = place.weight, place.shift, sites.value, sites.extra
    total = 0.0
    for sweep in range(sweeps):
        put(weight, given.weight)
        put(shift, given.shift)
        for j in range(value.size):
            each = rows[first + j] / (extra[j] + noise[j])
            weight[cell[first + j]] += each
            shift[cell[first + j]] += each * value[j]
        integral = condition(layout, s, place, voice_var, log_det, wanted or value.size > 0)
        if value.size == 0:
            return integral
        if sweep and not _moved(seen, first, place, value.size):
            break
        total = integral + _sweep(seen, first, place, noise, sites, _DAMPING[min(sweep // 6, len(_DAMPING) - 1)])
        if total < least:
            break
    return total


@inlined
def _moved(seen: Intervals, first: int, place: Room, count: int) -> bool:
    """Whether any mean has moved by more than it may since the sweep before."""
    cell, mean, before, var = seen.cell, place.cell_mean, place.before, place.cell_var
    for j in range(first, first + count):
        k = cell[j]
        if (mean[k] - before[k]) ** 2 > _SETTLED**2 * var[k]:
            return True
    return False


@inlined
def _sweep(seen: Intervals, first: int, place: Room, noise: Floats, sites: Sites, damping: float) -> float:
    """Move all factors toward those that match; what they add to the log likelihood as they stood."""
    cell, low, high, rows, value, extra = seen.cell, seen.low, seen.high, seen.rows, sites.value, sites.extra
    mean, var, total = place.cell_mean, place.cell_var, 0.0
    put(place.before, mean)
    for j in range(value.size):
        i, k = first + j, cell[first + j]
        log_site, better, more = match(low[i], high[i], mean[k], var[k], noise[j], value[j], extra[j])
        total += rows[i] * log_site
        weight, then = 1.0 / (extra[j] + noise[j]), 1.0 / (more + noise[j])
        mixed = weight + damping * (then - weight)
        shift = value[j] * weight
        value[j] = (shift + damping * (better * then - shift)) / mixed
        extra[j] = 1.0 / mixed - noise[j]
    return total

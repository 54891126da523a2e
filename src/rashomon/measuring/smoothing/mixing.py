"""Mixtures of normal distributions, many at a time: their moments and quantiles, on a bounded or a transformed scale.

Arrays: ``r`` mixtures × ``g`` parts.
"""

from __future__ import annotations

from math import erfc

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from rashomon.measuring.smoothing.kernels import inner, outer

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PLAIN, CUT, LOGISTIC = 0, 1, 2
"""What is asked about: a value itself, the value cut to -0.5..0.5, or its inverse logit."""

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
_ROOT_HALF = float(np.sqrt(0.5))
_ROOT_2PI = float(np.sqrt(2 * np.pi))
_KEPT = 1e-4  # relative weight under which a part is left out
_CLOSE = 2e-3  # of a deviation: the last step of the search for a quantile, whose error is of its third power
_STEPS = 60


def bands(weights: Floats, of: Ints, mean: Floats, var: Floats, together: int, level: float, kind: int) -> Floats:
    """Mean, deviation and the ends of the central band of ``level`` (4, r) of mixtures of normals (r, g).

    Their parts have ``mean`` and ``var`` (r, g); ``weights`` (m, g) are those of mixture ``i`` in row ``of[i]``. Every so many
    parts ``together`` count as one of the same mean and variance; ``kind`` says what of the values is asked about.
    """
    tail = float(ndtri((1 + level) / 2))
    return _bands(weights, of, mean, var, together, tail, kind)


@outer
def _bands(weights: Floats, of: Ints, mean: Floats, var: Floats, together: int, tail: float, kind: int) -> Floats:
    out = np.empty((4, of.size))
    parts = weights.shape[1] // together
    weight, centre, sd = np.empty(parts), np.empty(parts), np.empty(parts)
    for r in range(of.size):
        count = _gather(weights[of[r]], mean[r], var[r], together, weight, centre, sd)
        w, m, s = weight[:count], centre[:count], sd[:count]
        out[0, r], out[1, r] = _moments(w, m, s, kind)
        plain, deviation = _moments(w, m, s, PLAIN)
        inside = 0.5 * erfc(tail * _ROOT_HALF)
        out[2, r] = _changed(_quantile(w, m, s, inside, plain - tail * deviation, deviation), kind)
        out[3, r] = _changed(_quantile(w, m, s, 1.0 - inside, plain + tail * deviation, deviation), kind)
    return out


@inner
def _gather(
    share: Floats, mean: Floats, var: Floats, together: int, weight: Floats, centre: Floats, sd: Floats
) -> int:
    """Put down the parts that count, so many together as one, with weights that sum to 1; how many they are."""
    heaviest, kept, count = 0.0, 0.0, 0
    for k in range(share.size):
        heaviest = max(heaviest, share[k])
    for p in range(weight.size):
        total, first, second = 0.0, 0.0, 0.0
        for k in range(p * together, (p + 1) * together):
            total += share[k]
            first += share[k] * mean[k]
            second += share[k] * (var[k] + mean[k] ** 2)
        if total > _KEPT * heaviest:
            first /= total
            weight[count], centre[count], sd[count] = total, first, np.sqrt(second / total - first**2)
            kept += total
            count += 1
    for p in range(count):
        weight[p] /= kept
    return count


@inner
def _changed(x: float, kind: int) -> float:
    if kind == CUT:
        return min(max(x, -0.5), 0.5)
    return 1.0 / (1.0 + np.exp(-x)) if kind == LOGISTIC else x


@inner
def _moments(weight: Floats, mean: Floats, sd: Floats, kind: int) -> tuple[float, float]:
    """Mean and deviation of what is asked about, by Gauss–Hermite quadrature of each part where it is not the value itself."""
    first, second = 0.0, 0.0
    for p in range(weight.size):
        if kind == PLAIN or (kind == CUT and abs(mean[p]) + 5.0 * sd[p] < 0.5):
            first += weight[p] * mean[p]
            second += weight[p] * (sd[p] ** 2 + mean[p] ** 2)
            continue
        for k in range(_NODES.size):
            value = _changed(mean[p] + _NODES[k] * sd[p], kind)
            first += weight[p] * _WEIGHTS[k] * value
            second += weight[p] * _WEIGHTS[k] * value**2
    return first, np.sqrt(max(second - first**2, 0.0))


@inner
def _quantile(weight: Floats, mean: Floats, sd: Floats, share: float, x: float, deviation: float) -> float:
    """The value below which ``share`` lies, looked for from ``x``: Halley's method kept inside a bracket."""
    low, high = x - 40.0 * deviation, x + 40.0 * deviation
    for _ in range(_STEPS):
        excess, density, slope = -share, 0.0, 0.0
        for p in range(weight.size):
            z = (x - mean[p]) / sd[p]
            excess += weight[p] * 0.5 * erfc(-_ROOT_HALF * z)
            here = weight[p] * np.exp(-0.5 * z**2) / (_ROOT_2PI * sd[p])
            density += here
            slope -= here * z / sd[p]
        if excess < 0:
            low = x
        else:
            high = x
        newton = excess / max(density, 1e-300)
        bend = 1.0 - 0.5 * newton * slope / max(density, 1e-300)
        step = x - newton / min(max(bend, 0.5), 2.0)
        if not low < step < high:
            step = 0.5 * (low + high)
        if abs(step - x) < _CLOSE * deviation:
            return step
        x = step
    return x

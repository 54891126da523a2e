"""The loops of the Hawkes process, compiled."""

from __future__ import annotations

import math

import numpy as np

from rashomon.measuring.catchball.acts import Floats, Ints
from rashomon.measuring.smoothing.kernels import inner, outer

_STEPS = 100
_HALVINGS = 40
_HINT = 1e-10
_LEAST = 1e-12  # of the mean rate: what comes unasked comes at least so often
_ENOUGH = 1e-10  # of log-likelihood that a step could still add


@outer
def decayed_sums(time: Floats, side: Ints, mark: Floats, decay: float) -> Floats:
    """For each of n acts in order of time, Σ of ``mark · decay · exp(−decay · wait)`` over the acts before it, by their side
    (n, 2).
    """
    out = np.zeros((time.size, 2))
    held = np.zeros(2)
    for k in range(time.size):
        if k > 0:
            kept = math.exp(-decay * (time[k] - time[k - 1]))
            held[side[k - 1]] += mark[k - 1] * decay
            held[0] *= kept
            held[1] *= kept
        out[k, 0] = held[0]
        out[k, 1] = held[1]
    return out


@inner
def _slopes(own: Ints, pace: Floats, past: Floats, total: Floats, theta: Floats, grad: Floats, curve: Floats) -> float:
    """The function at ``theta``; its gradient (3,) and minus its second derivatives (3, 3) are written into what is given."""
    for i in range(3):
        grad[i] = -total[i]
        for j in range(3):
            curve[i, j] = 0.0
    value = -(theta[0] * total[0] + theta[1] * total[1] + theta[2] * total[2])
    for k in own:
        rate = theta[0] * pace[k] + theta[1] * past[k, 0] + theta[2] * past[k, 1]
        one = pace[k] / rate
        first = past[k, 0] / rate
        second = past[k, 1] / rate
        value += math.log(rate)
        grad[0] += one
        grad[1] += first
        grad[2] += second
        curve[0, 0] += one * one
        curve[0, 1] += one * first
        curve[0, 2] += one * second
        curve[1, 1] += first * first
        curve[1, 2] += first * second
        curve[2, 2] += second * second
    curve[1, 0] = curve[0, 1]
    curve[2, 0] = curve[0, 2]
    curve[2, 1] = curve[1, 2]
    return float(value)


@inner
def _value(own: Ints, pace: Floats, past: Floats, total: Floats, a: float, b: float, c: float) -> float:
    value = -(a * total[0] + b * total[1] + c * total[2])
    for k in own:
        value += math.log(a * pace[k] + b * past[k, 0] + c * past[k, 1])
    return float(value)


@inner
def _solve(curve: Floats, right: Floats, total: Floats, held: Ints, step: Floats) -> None:
    """Newton's step (3,) over what is not held, by elimination; it is 0 where it is. What the acts say nothing of has no
    curvature but a hint of one, on the scale of ``total``, so that it falls to its bound at once.
    """
    work = curve.copy()
    for i in range(3):
        step[i] = 0.0 if held[i] else right[i]
        work[i, i] += _HINT * total[i] * total[i]
        if held[i]:
            for j in range(3):
                work[i, j] = 0.0
                work[j, i] = 0.0
            work[i, i] = 1.0
    for i in range(3):
        for j in range(i + 1, 3):
            factor = work[j, i] / work[i, i]
            for k in range(i, 3):
                work[j, k] -= factor * work[i, k]
            step[j] -= factor * step[i]
    for i in range(2, -1, -1):
        for j in range(i + 1, 3):
            step[i] -= work[i, j] * step[j]
        step[i] /= work[i, i]


@inner
def _direct(
    curve: Floats, grad: Floats, total: Floats, theta: Floats, floor: Floats, held: Ints, step: Floats
) -> float:
    """A step (3,) upward that no bound forbids, into what is given; how much of it is free before a bound stops it, 1 at
    most.
    """
    for _ in range(3):
        _solve(curve, grad, total, held, step)
        again = False
        for i in range(3):
            if theta[i] <= floor[i] and step[i] < 0.0 and not held[i]:
                held[i] = 1
                again = True
        if not again:
            break
    free = 1.0
    for i in range(3):
        if step[i] < 0.0:
            free = min(free, (floor[i] - theta[i]) / step[i])
    return free


@outer
def maximise(
    own: Ints, pace: Floats, past: Floats, total: Floats, start: Floats, fixed: int
) -> tuple[float, float, float, float]:
    """The maximum of Σ log(μ p + α₁ r₁ + α₂ r₂) − μ c₀ − α₁ c₁ − α₂ c₂ over μ > 0, α ≥ 0, as (itself, μ, α₁, α₂).

    ``own`` (m,): places of the m > 0 acts received; ``pace`` (n,): p above 0 and ``past`` (n, 2): r at all; ``total`` (3,):
    c. ``start`` (3,): where to begin, μ above 0; ``fixed`` 0 or 1: that α stays as it begins; −1: none. Newton's steps over
    what is not at its bound, up to the next bound, halved until the function, which is concave, grows.
    """
    theta, grad, step, curve, held = start.copy(), np.zeros(3), np.zeros(3), np.zeros((3, 3)), np.zeros(3, np.int64)
    floor, new = np.zeros(3), np.zeros(3)
    floor[0] = _LEAST * own.size / total[0]
    now = 0.0
    for _ in range(_STEPS):
        now = _slopes(own, pace, past, total, theta, grad, curve)
        for i in range(3):
            held[i] = (i > 0 and i == 1 + fixed) or total[i] <= 0.0 or (theta[i] <= floor[i] and grad[i] <= 0.0)
        size = _direct(curve, grad, total, theta, floor, held, step)
        if step[0] * grad[0] + step[1] * grad[1] + step[2] * grad[2] < _ENOUGH:
            break
        moved = False
        for _ in range(_HALVINGS):
            for i in range(3):
                stops = -size * step[i] >= (theta[i] - floor[i]) * (
                    1.0 - 1e-9
                )  # so that rounding leaves nothing above a bound
                new[i] = floor[i] if stops else theta[i] + size * step[i]
            moved = _value(own, pace, past, total, new[0], new[1], new[2]) > now
            if moved:
                theta[:] = new
                break
            size *= 0.5
        if not moved:
            break
    return now, theta[0], theta[1], theta[2]

"""Series at points of their hyperparameters: the likelihood of each point, and the posterior of the path there.

A point holds q, tau and sigma. Arrays: ``m`` series × ``g`` points.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.smoothing.censoring import Given, Sites, propagate
from rashomon.measuring.smoothing.kernels import inlined, inner, outer
from rashomon.measuring.smoothing.preparing import Ready
from rashomon.measuring.smoothing.statespace import Room, random_walk, room

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_LOG_2PI = float(np.log(2 * np.pi))
AT_FIRST, ROUGHLY, FINELY = 2, 1, 60
"""Sweeps that are made at most: where nothing is known yet, while the hyperparameters are looked for, and in the end."""
_FAR = 9.0  # points whose log likelihood is this much below the best need not settle


class Desk(NamedTuple):
    """Where one series is explored: its room, what is given at a point, the factors of its intervals, and where these start.

    ``precision`` is of each kind of number; ``begun`` (k, 2, j) holds the factors at the last point of each axis of the grid from
    which its next point is a neighbour.
    """

    place: Room
    given: Given
    precision: Floats
    sites: Sites
    begun: Floats


@inner
def _desk(ready: Ready, s: int, sites: Sites, axes: int) -> Desk:
    first, count = ready.intervals.starts[s], ready.intervals.starts[s + 1] - ready.intervals.starts[s]
    cells = ready.layout.cells[s + 1] - ready.layout.cells[s]
    begun = np.empty((axes, 2, count))
    for k in range(axes):
        for j in range(count):
            begun[k, 0, j], begun[k, 1, j] = sites.value[first + j], sites.extra[first + j]
    given = Given(np.empty(cells), np.empty(cells), np.empty(count))
    kinds = np.empty(ready.numbers.starts[s + 1] - ready.numbers.starts[s])
    return Desk(room(ready.layout, s), given, kinds, Sites(np.empty(count), np.empty(count)), begun)


@inlined
def _prior(ready: Ready, s: int, place: Room, point: Floats) -> float:
    """Lay the priors of the path and the columns; the log determinant of the former."""
    base, voice_var, fixed, prior = ready.layout.columns[s], point[1] ** 2, ready.layout.fixed, place.prior
    for v in range(prior.size):
        prior[v] = voice_var if np.isnan(fixed[base + v]) else fixed[base + v]
    return random_walk(place, ready.gaps, ready.gapped[s], ready.initial_var, point[0] ** 2 * ready.step)


@inlined
def _give(ready: Ready, s: int, desk: Desk, point: Floats) -> float:
    """Put down what is given at a point; the numbers' constant in the log likelihood."""
    drift_var, voice_var, noise_var = point[0] ** 2 * ready.step, point[1] ** 2, point[2] ** 2
    weight, shift, noise, precision = desk.given.weight, desk.given.shift, desk.given.noise, desk.precision
    for c in range(weight.size):
        weight[c], shift[c] = 0.0, 0.0
    first, constant = ready.numbers.starts[s], 0.0
    square, coded, spread, once = ready.numbers.square, ready.numbers.coded, ready.numbers.spread, ready.numbers.once
    for k in range(precision.size):
        i = first + k
        var = square[i] + coded[i] * noise_var + spread[i] * drift_var + once[i] * voice_var
        precision[k] = 1.0 / var
        constant -= ready.numbers.rows[i] * (_LOG_2PI + np.log(var)) + ready.numbers.squares[i] * precision[k]
    cell, kind, many, total = ready.numbers.cell, ready.numbers.kind, ready.numbers.many, ready.numbers.total
    for i in range(ready.numbers.begin[s], ready.numbers.begin[s + 1]):
        weight[cell[i]] += many[i] * precision[kind[i]]
        shift[cell[i]] += total[i] * precision[kind[i]]
    first = ready.intervals.starts[s]
    square, coded, spread, once = ready.intervals.square, ready.intervals.coded, ready.intervals.spread, ready.intervals.once
    for j in range(noise.size):
        i = first + j
        noise[j] = square[i] + coded[i] * noise_var + spread[i] * drift_var + once[i] * voice_var
    return 0.5 * constant


@inlined
def _fit(
    ready: Ready, s: int, desk: Desk, point: Floats, number: int, counts: Ints, sweeps: int, least: float, wanted: bool
) -> float:
    """The log marginal likelihood at the point of that ``number`` in a grid; the posterior is left in the room."""
    axis = counts.size - 1
    while axis > 0 and number % counts[axis] == 0:
        number //= counts[axis]
        axis -= 1
    value, extra, begun = desk.sites.value, desk.sites.extra, desk.begun
    for j in range(value.size):
        value[j], extra[j] = begun[axis, 0, j], begun[axis, 1, j]
    constant = _give(ready, s, desk, point)
    log_det = _prior(ready, s, desk.place, point)
    found = propagate(
        ready.layout, ready.intervals, s, desk.place, desk.given, desk.sites, point[1] ** 2, log_det, sweeps,
        least - constant, wanted,
    )  # fmt: skip
    for k in range(axis, counts.size):
        for j in range(value.size):
            begun[k, 0, j], begun[k, 1, j] = value[j], extra[j]
    return found + constant


@outer
def explore(
    ready: Ready, which: Ints, points: Floats, counts: Ints, sites: Sites, sweeps: int, rows: Ints, every: bool
) -> tuple[Floats, Floats, Floats]:
    """The log marginal likelihood (m, g) of the series ``which`` (m,) at points (m, g, 3) of a grid of ``counts`` along its axes.

    ``sites`` (j,) are where the factors of all series' intervals may start, and become those of the best point. Also the
    posterior means and variances (r, g) of the paths, in ``every`` bin or in those observed, and then of the carried columns;
    those of each series begin in row ``rows`` (m+1,), and are not found where there are no rows. Points that do not count have
    those of the point before.
    """
    out = np.empty((which.size, points.shape[1]))
    wanted = rows.size > 0
    height = rows[-1] if wanted else 0
    mean, var = np.empty((height, out.shape[1])), np.empty((height, out.shape[1]))
    for i in range(which.size):
        s, best = which[i], -np.inf
        first = ready.intervals.starts[s]
        desk = _desk(ready, s, sites, counts.size)
        for p in range(out.shape[1]):
            out[i, p] = _fit(ready, s, desk, points[i, p], p, counts, sweeps, best - _FAR, wanted)
            if wanted and (p == 0 or out[i, p] > best - _FAR):
                _record(ready, s, desk.place, points[i, p, 0] ** 2 * ready.step, every, mean[rows[i] :, p], var[rows[i] :, p])
            elif wanted:
                for r in range(rows[i], rows[i + 1]):
                    mean[r, p], var[r, p] = mean[r, p - 1], var[r, p - 1]
            if out[i, p] > best:
                best = out[i, p]
                for j in range(desk.sites.value.size):
                    sites.value[first + j], sites.extra[first + j] = desk.sites.value[j], desk.sites.extra[j]
    return out, mean, var


@inner
def _record(ready: Ready, s: int, place: Room, drift_var: float, every: bool, mean: Floats, var: Floats) -> None:
    """Put down the posterior (r,) of a point: of a path, a random walk with bridges between the places observed, and of columns.

    Between two places the walk is tied to both: a mean between theirs, the variance of that mean, and its own between them.
    """
    places, row = place.mean.size, 0
    if every:
        for t in range(ready.lead[s], 0, -1):
            mean[row], var[row] = place.mean[0], place.var[0] + drift_var * t
            row += 1
    for t in range(places):
        mean[row], var[row] = place.mean[t], place.var[t]
        row += 1
        if every and t < places - 1:
            gap = ready.gaps[ready.gapped[s] + t]
            for k in range(1, int(gap)):
                f = k / gap
                mean[row] = (1 - f) * place.mean[t] + f * place.mean[t + 1]
                tied = (1 - f) ** 2 * place.var[t] + f**2 * place.var[t + 1] + 2 * f * (1 - f) * place.link[t]
                var[row] = tied + drift_var * gap * f * (1 - f)
                row += 1
    if every:
        for t in range(1, ready.trail[s] + 1):
            mean[row], var[row] = place.mean[places - 1], place.var[places - 1] + drift_var * t
            row += 1
    for v in range(place.column_mean.size):
        mean[row + v], var[row + v] = place.column_mean[v], place.column_var[v]

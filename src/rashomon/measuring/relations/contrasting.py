r"""Two groups of stances on several qualities, told in part by the same voices: their difference, with a band.

A core of plain arrays. The mean stance of voice :math:`v` on quality :math:`q` in group :math:`g` (+½ or −½) is

.. math:: y_{gvq} = \alpha_q + g\,\delta + u_v + w_{vg} + e_{gvq},\quad
          u\sim N(0,\tau^2),\; w\sim N(0,\sigma^2),\; e\sim N(0,s^2+\sigma^2)

with :math:`s` the known error (the width of a word, a poll's sampling). How a voice leans, :math:`u_v`, cancels where it tells of
both groups; that it may lean differently on each, :math:`w_{vg}`, does not, however much it says. Means of groups are
:math:`N(0,1)` beforehand; :math:`\tau` and :math:`\sigma` are half-normal and integrated over on a grid (Gelman et al. 2013,
*Bayesian Data Analysis*, 3rd ed., ch. 5 and 15), so that :math:`\delta` is a mixture of normals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.statistics.averaging import Posteriors, summarise
from rashomon.measuring.statistics.grouping import distinct
from rashomon.study import Estimate

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SPREAD: Final = 0.35  # of tau and of sigma beforehand, on a scale −1..1
_GRID: Final = 3 * _SPREAD * (np.arange(9) + 0.5) / 9
_POINTS: Final = np.stack(np.meshgrid(_GRID, _GRID, indexing="ij"), axis=-1).reshape(-1, 2)
_ENTRIES: Final = 1 << 20  # of the largest array worked on at a time
_NARROW: Final = 1e-6


@dataclass(frozen=True, eq=False)
class Stances:
    """n stances, arrays (n,): an interval ``low``..``high`` on −1..1 with a standard ``error``; ``first``: of the first group;
    ``voice`` and ``quality`` codes.
    """

    low: Floats
    high: Floats
    error: Floats
    first: NDArray[np.bool_]
    voice: Ints
    quality: Ints


@dataclass(frozen=True, eq=False)
class _Cells:
    """Means of the stances of one voice in one group on one quality, sorted by voice and group: values, known variances, numbers
    of the voice, group (0 or 1) and quality.
    """

    y: Floats
    s2: Floats
    voice: Ints
    group: Ints
    quality: Ints


def contrast(stances: Stances, voices: int, level: float = 0.9) -> Estimate:
    """The first group less the second, over the qualities that there are; each must have stances of both.

    ``voices``: independent ones on the thinner side; a band only with two. O(n log n), and linear in n × qualities².
    """
    cells = _cells(stances)
    data = _design(cells)
    step = max(1, _ENTRIES // data.size)
    found = [np.stack(_given(cells, data, _POINTS[i : i + step])) for i in range(0, len(_POINTS), step)]
    mean, spread, log = np.concatenate(found, axis=1)
    log = log - 0.5 * (_POINTS**2).sum(axis=1) / _SPREAD**2
    weight = np.exp(log - log.max())
    n, told, low, high = np.array([len(stances.low)]), np.array([voices]), np.array([-2.0]), np.array([2.0])
    mixed = Posteriors((weight / weight.sum())[None], mean[None], spread[None], n, told, low, high)
    return summarise(mixed, level)[0]


def _cells(stances: Stances) -> _Cells:
    middle, width = (stances.low + stances.high) / 2, stances.high - stances.low
    first, of = distinct(stances.voice, stances.first.astype(np.int64), stances.quality)
    n = np.bincount(of)
    y = np.bincount(of, middle) / n
    between = np.bincount(of, (middle - y[of]) ** 2) / n
    # a voice that says "positive" ten times has not said where in "positive" it stands: widths do not shrink with n
    s2 = np.bincount(of, width**2 / 12 + stances.error**2) / n + between / n
    _, voice = distinct(stances.voice[first])
    _, quality = distinct(stances.quality[first])
    return _Cells(y, np.maximum(s2, _NARROW), voice, stances.first[first].astype(np.int64), quality)


def _design(cells: _Cells) -> Floats:
    """(n, q + 2): qualities, the group (±½), and the stances themselves."""
    n_q = int(cells.quality.max()) + 1
    data = np.zeros((len(cells.y), n_q + 2))
    data[np.arange(len(cells.y)), cells.quality] = 1.0
    data[:, n_q], data[:, n_q + 1] = cells.group - 0.5, cells.y
    return data


def _given(cells: _Cells, data: Floats, points: Floats) -> tuple[Floats, Floats, Floats]:
    """At each of k ``points`` (k, 2), a tau and a sigma: mean and deviation of the difference, log of the marginal likelihood."""
    products, log_det = _weighed(cells, data, points[:, 0] ** 2, points[:, 1] ** 2)
    # beforehand both means are N(0, 1): their middle has variance ½, their difference 2
    precision = products[:, :-1, :-1] + np.diag([2.0] * (data.shape[1] - 2) + [0.5])
    covariance = np.linalg.inv(precision)
    known = products[:, :-1, -1]
    mean = np.einsum("kij,kj->ki", covariance, known)
    rest = products[:, -1, -1] - np.einsum("ki,ki->k", mean, known)
    log = -0.5 * (log_det + np.linalg.slogdet(precision)[1] + rest)
    return mean[:, -1], np.sqrt(covariance[:, -1, -1]), log


def _weighed(cells: _Cells, data: Floats, tau2: Floats, sigma2: Floats) -> tuple[Floats, Floats]:
    """``data`` (n, m) with itself through the inverse of the covariance (k, m, m), and the log of its determinant (k,).

    What a voice says in a group shares ``sigma2``, and in both ``tau2``: by Woodbury's identity two by two for each voice.
    """
    known = 1.0 / (cells.s2 + sigma2[:, None])
    scaled = known[:, :, None] * data
    voices, k = int(cells.voice.max()) + 1, len(tau2)
    spot = cells.voice * 2 + cells.group  # in order, for the cells are sorted by voice and group
    starts = np.flatnonzero(np.diff(spot, prepend=-1))
    a, b = np.zeros((k, 2 * voices)), np.zeros((k, 2 * voices, data.shape[1]))
    a[:, spot[starts]] = np.add.reduceat(known, starts, axis=1)
    b[:, spot[starts]] = np.add.reduceat(scaled, starts, axis=1)
    shared = np.multiply.outer(tau2, np.ones((2, 2))) + np.multiply.outer(sigma2, np.eye(2))
    middle = np.repeat(np.linalg.inv(shared)[:, None], voices, axis=1)
    middle[:, :, [0, 1], [0, 1]] += a.reshape(k, voices, 2)
    two = b.reshape(k, voices, 2, -1)
    products: Floats = data.T @ scaled - np.einsum("kvgi,kvgj->kij", two, np.linalg.solve(middle, two))
    log_det = np.linalg.slogdet(middle)[1].sum(axis=1) + voices * np.linalg.slogdet(shared)[1] - np.log(known).sum(axis=1)
    return products, log_det

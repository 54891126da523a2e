r"""A synthetic control: what a series would have been, as a mixture of others that were not touched.

With :math:`y_t` the series and :math:`x_{jt}` its controls, weights :math:`w_j \ge 0` with :math:`\sum_j w_j = 1` are fitted to
the time before by least squares, and the gap after is

.. math::

    g_t = y_t - a - \sum_j w_j x_{jt}

(Abadie, Diamond & Hainmueller 2010, *JASA* 105, with what came before as the predictors). Where the series is *shifted*,
:math:`a` is fitted too, since figures on different questions stand at different levels (Doudchenko & Imbens 2016, NBER 22791;
Ferman & Pinto 2021, *Quantitative Economics* 12); else :math:`a = 0`. Whether a gap is large is asked of *placebos*: the
same is done for each control in turn (in space), and at earlier dates (in time), and the ratios of the gap's root mean square
after to that before are ranked.

Arrays: ``n`` times × ``j`` controls; ``before`` (n,) says which times the weights are fitted to, and the others come after.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_EXACT: Final = 1e-9  # of the series' own spread: a fit so close is exact, and leaves no ratio


@dataclass(frozen=True, eq=False)
class Mixed:
    """A synthetic control: ``weights`` (j,), ``line`` (n,) and mean ``gap`` after, in units of the series.

    ``fit`` is the root mean square of what is left before, ``ratio`` that after over ``fit`` (NaN where the fit is exact).
    """

    weights: Floats
    line: Floats
    gap: float
    fit: float
    ratio: float


def convex_weights(target: Floats, controls: Floats) -> Floats:
    """The weights (j,), none negative and of sum one, of the mixture of ``controls`` (n, j) nearest to ``target`` (n,).

    The nearest point of a convex hull is found by least squares without negative weights (Lawson & Hanson 1974, *Solving Least
    Squares Problems*, ch. 23): with a row of ones for the sum, the solution lies on the ray through it.
    """
    from scipy.optimize import nnls

    apart = controls - target[:, None]
    size = float(np.sqrt(np.mean(apart**2)))
    rows = np.vstack([apart / (size or 1.0) / np.sqrt(len(target)), np.ones(controls.shape[1])])
    found, _ = nnls(rows, np.append(np.zeros(len(target)), 1.0))
    out: Floats = found / found.sum()
    return out


def mix(target: Floats, controls: Floats, before: Bools, error: Floats | None = None, *, shifted: bool = True) -> Mixed:
    """The synthetic control of ``target`` (n,). ``error`` (n,): deviations by which its values are weighed in the fit."""
    weight = np.ones(len(target)) if error is None else 1.0 / error
    weight = weight / np.sqrt(np.mean(weight[before] ** 2))
    share = weight[before] ** 2 / np.sum(weight[before] ** 2)
    level = share @ target[before] if shifted else 0.0
    levels = share @ controls[before] if shifted else np.zeros(controls.shape[1])
    scale = weight[before]
    weights = convex_weights(scale * (target[before] - level), scale[:, None] * (controls[before] - levels))
    line = level + (controls - levels) @ weights
    left = target - line
    fit = float(np.sqrt(np.mean(left[before] ** 2)))
    spread = float(np.std(target[before])) + abs(float(np.mean(target[before]))) * 1e-3
    ratio = float(np.sqrt(np.mean(left[~before] ** 2))) / fit if fit > _EXACT * spread else float("nan")
    return Mixed(weights, line, float(np.mean(left[~before])), fit, ratio)


def in_space(controls: Floats, before: Bools, *, shifted: bool = True) -> Floats:
    """The ratio (j,) of each control, of which the others are made a mixture; NaN where there is only one."""
    count = controls.shape[1]
    if count < 2:
        return np.full(count, np.nan)
    others = [np.delete(controls, k, axis=1) for k in range(count)]
    return np.array([mix(controls[:, k], others[k], before, shifted=shifted).ratio for k in range(count)])


def in_time(
    target: Floats,
    controls: Floats,
    before: Bools,
    least: tuple[int, int],
    error: Floats | None = None,
    *,
    shifted: bool = True,
) -> tuple[NDArray[np.int64], Floats]:
    """The series parted at each earlier time (d,): the place (d,) in it of the first value after, and the ratio (d,).

    Only values before count. At least ``least`` values stand before and after each date, and after no more than truly did.
    """
    size, after = int(before.sum()), int((~before).sum())
    places = np.arange(least[0], size - least[1] + 1)
    at = np.flatnonzero(before)
    ratios = []
    for place in places.tolist():
        some = at[: place + after]
        early = np.arange(len(some)) < place
        spoken = None if error is None else error[some]
        ratios.append(mix(target[some], controls[some], early, spoken, shifted=shifted).ratio)
    return at[places] if len(places) else places, np.array(ratios, dtype=np.float64)

"""Reciprocity: how the cooperation of one side follows what the other did before (Goldstein & Freeman 1990, *Three-Way
Street*).

Cooperation is the sum of scores of a side's acts toward the other in a period. The variant here: of a vector autoregression
each side's equation, ``own(t) = c + Σ aₗ own(t − l) + Σ bₗ other(t − l) + e(t)``, fitted by least squares, with l = 1 … most
for the own past and l = 1 … L for the other's; L is the one of 1 … most with the least criterion of Schwarz (1978) for both
equations together. The own past is as long as may be, since what is left of it passes for the other's where both drift slowly.
Reciprocity is Σ bₗ and inertia Σ aₗ, with standard errors that hold under unequal variance and correlation of errors (Newey &
West 1987, Bartlett weights, bandwidth ⌊4 (T/100)^(2/9)⌋) over residuals of the leave-one-out kind (MacKinnon & White 1985),
and Student's t.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import stdtr, stdtrit

from rashomon.measuring.catchball.acts import Bools, Floats, Ints
from rashomon.texts import count

_ALONE: Final = 1e-6  # one less the leverage of a period, below which a coefficient hangs on it alone


@dataclass(frozen=True, slots=True)
class Slope:
    """A sum of coefficients with its interval and p against 0; these are NaN where a coefficient hangs on one period."""

    estimate: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class Equation:
    """One side's equation: ``reciprocity`` to the other's earlier acts, ``inertia``; over ``periods`` with ``lags`` lags."""

    reciprocity: Slope
    inertia: Slope
    lags: int
    periods: int


def sums_by_period(period: Ints, score: Floats, first: int, last: int) -> Floats:
    """The sum of scores in each period from ``first`` to ``last`` (numbers), 0 where nothing is recorded."""
    inside = (period >= first) & (period <= last)
    return np.bincount(period[inside] - first, score[inside], last - first + 1).astype(np.float64)


def reciprocate(own: Floats, other: Floats, most: int, level: float) -> tuple[Equation, Equation]:
    """The equations of two sides from their cooperation by period (t,), NaN where it is not known, with the best of 1 … ``most``
    lags.
    """
    lags = min(range(1, most + 1), key=lambda one: _criterion(own, other, one, most))
    return _equation(own, other, lags, most, level), _equation(other, own, lags, most, level)


def _design(own: Floats, other: Floats, lags: int, most: int) -> tuple[Floats, Floats, int]:
    """The columns (t, k), ``most`` of the own past and ``lags`` of the other's, and the cooperation (t,), of each period from the
    first with ``most`` before it, and how many count: those of which, and of all ``most`` before which, both are known. The
    others are 0 and keep their place, so that errors are still correlated by how far apart they are (Parzen 1963).
    """
    t = len(own)
    columns = [np.ones(t - most)]
    columns += [series[most - lag : t - lag] for series, last in ((own, most), (other, lags)) for lag in range(1, last + 1)]
    known = _follows(np.isfinite(own) & np.isfinite(other), most)
    x, y = np.stack(columns, axis=1), own[most:]
    return np.where(known[:, None], x, 0.0), np.where(known, y, 0.0), int(known.sum())


def _follows(known: Bools, most: int) -> Bools:
    """Of each period from the first with ``most`` before it, whether it and those are known."""
    found: Bools = np.all(np.lib.stride_tricks.sliding_window_view(known, most + 1), axis=1)
    return found


def _criterion(own: Floats, other: Floats, lags: int, most: int) -> float:
    """Schwarz's criterion of both equations."""
    residuals = []
    for one, two in ((own, other), (other, own)):
        x, y, t = _design(one, two, lags, most)
        residuals.append(y - x @ np.linalg.lstsq(x, y, rcond=None)[0])
    determinant = float(np.linalg.det(np.cov(np.stack(residuals), bias=True)))
    return math.log(max(determinant, 1e-300)) + 2 * (most + lags + 1) * math.log(t) / t


def _equation(own: Floats, other: Floats, lags: int, most: int, level: float) -> Equation:
    x, y, t = _design(own, other, lags, most)
    coefficients, covariance = least_squares(x, y)
    freedom = t - x.shape[1]
    pick = np.zeros((2, x.shape[1]))
    pick[0, 1 + most :], pick[1, 1 : 1 + most] = 1.0, 1.0
    slopes = []
    for one in pick:
        found, error = float(one @ coefficients), math.sqrt(max(float(one @ covariance @ one), 0.0))
        reach = float(stdtrit(freedom, 0.5 + level / 2)) * error
        p = 2 * float(stdtr(freedom, -abs(found) / error)) if error > 0 else math.nan
        slopes.append(Slope(found, found - reach, found + reach, p))
    return Equation(slopes[0], slopes[1], lags, t)


def least_squares(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Coefficients (k,) and their covariance (k, k) by Newey and West, from the residual of each period as it is predicted by all
    others (MacKinnon & White 1985): where few periods vary much, plain residuals are too small and find what is not there. NaN
    where a coefficient hangs on one period, which no other predicts.
    """
    t = len(x)
    inverse = np.linalg.pinv(x.T @ x)
    coefficients = inverse @ (x.T @ y)
    alone = 1 - np.einsum("ti,ij,tj->t", x, inverse, x)
    if alone.min() < _ALONE:
        return coefficients, np.full_like(inverse, math.nan)
    score = x * ((y - x @ coefficients) / alone)[:, None]
    middle = score.T @ score
    width = math.floor(4 * (t / 100) ** (2 / 9))
    for lag in range(1, width + 1):
        crossed = score[lag:].T @ score[:-lag]
        middle += (1 - lag / (width + 1)) * (crossed + crossed.T)
    return coefficients, inverse @ middle @ inverse


def enough(own: Bools, other: Bools, known: Bools, least: int, most: int) -> str:
    """Why the equations cannot be fitted, or "": periods with acts of each side (t,) are counted, and those ``known`` (t,) with
    those before.
    """
    n = min(int(own.sum()), int(other.sum()))
    if n < least:
        return f"one side has acts in {count(n, 'month')}, where {least} are needed"
    if len(known) < 10 * most:
        return f"only {len(known)} months are observed, where {10 * most} are needed"
    follow = int(_follows(known, most).sum())
    if follow < 9 * most:
        return f"only {count(follow, 'month')} are observed with the {most} before them, where {9 * most} are needed"
    return ""

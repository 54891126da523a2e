"""Chance: p-values by permutation, their Monte-Carlo error, and their adjustment for many tests.

A p-value from ``draws`` permutations is ``(1 + b) / (1 + draws)`` with ``b`` the permutations whose statistic is at
least as large as the one observed, which never exceeds its level under the null (Phipson & Smyth 2010, *Statistical
Applications in Genetics and Molecular Biology* 9, art. 39, equation 2).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_TIE: Final = 1e-9  # statistics closer than this, relatively, are ties: sums of the same numbers in another order


def p_value(observed: float, permuted: Floats) -> float:
    """The share of statistics at least as large as ``observed``, itself counted; NaN where either side has none."""
    if math.isnan(observed) or not permuted.size:
        return math.nan
    bar = observed - _TIE * max(1.0, abs(observed))
    return (1.0 + float(np.count_nonzero(permuted >= bar))) / (1.0 + permuted.size)


def monte_carlo_error(p: float, draws: int) -> float:
    """Standard error of a p-value that comes from so many random draws; 0 where they are all that there are."""
    return math.sqrt(p * (1.0 - p) / draws) if draws and not math.isnan(p) else math.nan


def holm(p: Sequence[float]) -> tuple[float, ...]:
    """p-values adjusted so that the chance of any false finding among them stays below the level (Holm 1979,
    *Scandinavian Journal of Statistics* 6). NaN stands for a test that was not made: it is neither counted nor
    adjusted.
    """
    values = np.asarray(p, dtype=np.float64)
    made = np.flatnonzero(~np.isnan(values))
    order = made[np.argsort(values[made], kind="stable")]
    factors = np.arange(order.size, 0, -1)
    values[order] = np.minimum(1.0, np.maximum.accumulate(values[order] * factors))
    return tuple(values.tolist())


def shuffles_within(stratum: Ints, draws: int, rng: np.random.Generator) -> Iterator[tuple[Ints, Ints]]:
    """``draws`` random orders of n things, in which each thing stays within its own stratum (n,; codes 0, 1, …).

    Strata of one size come together, as the things of each of c of them (c, size), and the same in random orders
    (draws, c, size): many short rows are sorted several times faster than a few long ones.
    """
    size = np.bincount(stratum)
    home, first = np.argsort(stratum, kind="stable"), np.cumsum(size) - size
    keys = rng.random((draws, stratum.size))
    for width in np.unique(size[size > 0]).tolist():
        at = first[size == width][:, None] + np.arange(width)
        order = np.argsort(keys[:, at], axis=-1)
        order += at[:, :1]
        yield home[at], home[order]


def affordable(draws: int, size: int, most: int = 20_000_000, least: int = 199) -> int:
    """How many draws to make over ``size`` things so that the work stays below ``most``, but never fewer than
    ``least``.
    """
    return max(min(draws, least), min(draws, most // max(1, size)))

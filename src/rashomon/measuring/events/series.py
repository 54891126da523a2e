"""Counts by day → periods, and the mean of Goldstein's scale with its band. Arrays in, arrays out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from rashomon.measuring.events.scales import MOST, UNIT

LEVEL: Final = 0.9
FEWEST_EVENTS: Final = 5
"""Events with a value in a period, below which its mean is undetermined."""
FEWEST_DAYS: Final = 3
"""Days with such events, below which it is: days are what is taken to be independent."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cells:
    """Events of one directed pair, (n,) each: ``day`` (ordinal of the proleptic calendar), ``code`` (its number in the set),
    ``kind`` (1 to 4; 0 unknown), ``value`` in :data:`~rashomon.measuring.events.scales.UNIT` and ``valued`` whether there is
    one, and how many ``events``, ``rows`` and ``reports``.
    """

    day: Ints
    code: Ints
    kind: Ints
    value: Ints
    valued: NDArray[np.bool_]
    events: Ints
    rows: Ints
    reports: Ints


@dataclass(frozen=True)
class Periods:
    """(p,) each, of all periods in order. ``kinds`` is (p, 5): unknown, then the four kinds. ``days``: with events that have
    a value.
    """

    events: Ints
    rows: Ints
    reports: Ints
    kinds: Ints
    valued: Ints
    days: Ints
    mean: Floats
    low: Floats
    high: Floats


def summed(cells: Cells, period: Ints, number: int) -> Periods:
    """Sum cells over periods: ``period`` is (n,), the number of each cell's, of ``number`` in all."""

    def total(what: Ints, chosen: NDArray[np.bool_] | slice = slice(None)) -> Ints:
        out = np.zeros(number, np.int64)
        np.add.at(out, period[chosen], what[chosen])
        return out

    kinds = np.stack([total(cells.events, cells.kind == kind) for kind in range(5)], axis=1)
    days, of_day = np.unique(cells.day[cells.valued], return_inverse=True)
    counts, sums = np.zeros(len(days), np.int64), np.zeros(len(days), np.int64)
    np.add.at(counts, of_day, cells.events[cells.valued])
    np.add.at(sums, of_day, (cells.value * cells.events)[cells.valued])
    first = np.zeros(len(days), np.int64)
    first[of_day] = period[cells.valued]
    mean, low, high, used = mean_by_day(counts, sums / UNIT, first, number)
    return Periods(
        total(cells.events),
        total(cells.rows),
        total(cells.reports),
        kinds,
        total(cells.events, cells.valued),
        used,
        mean,
        low,
        high,
    )


def mean_by_day(counts: Ints, sums: Floats, period: Ints, number: int) -> tuple[Floats, Floats, Floats, Ints]:
    """The mean value of the events of each period, its band, and on how many days it rests.

    ``counts``, ``sums``: (d,) events and the sum of their values on each day; ``period``: (d,) the period of each. The mean
    is a ratio of two sums over days, and its variance that of a ratio estimate over clusters (Cochran 1977, *Sampling
    Techniques*, §2.11, without the correction for a finite population), with Student's t of days − 1 degrees of freedom:
    events of one day, which often are one event reported in parts, are not taken to be independent. The band is NaN below
    :data:`FEWEST_EVENTS` or :data:`FEWEST_DAYS`, and where all events have one value.
    """
    n = np.bincount(period, counts, number)
    total = np.bincount(period, sums, number)
    days = np.bincount(period, counts > 0, number).astype(np.int64)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(n > 0, total / n, np.nan)
        residual = sums - np.where(np.isnan(mean), 0.0, mean)[period] * counts
        spread = np.bincount(period, residual**2, number)
        error = np.sqrt(spread * days / (days - 1.0)) / n
    enough = (n >= FEWEST_EVENTS) & (days >= FEWEST_DAYS) & (spread > 1e-12)
    reach = stdtrit(np.maximum(days - 1, 1), 0.5 + LEVEL / 2) * np.where(enough, error, np.nan)
    return mean, np.maximum(mean - reach, -MOST), np.minimum(mean + reach, MOST), days

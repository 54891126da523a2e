"""Months, weeks and days as numbers in a row."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

BY: Final = ("month", "week", "day")
_EPOCH: Final = date(1970, 1, 1).toordinal()
_MONDAY: Final = 1  # the proleptic calendar's day 1 is a Monday

Ints = NDArray[np.int64]


def ordinals(written: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Days as 20180601 → their ordinals (day 1 is 0001-01-01), and whether each is a day of the calendar, of 1 to 9999."""
    year, month, day = written // 10000, written // 100 % 100, written % 100
    fits = (year >= 1) & (year <= 9999) & (month >= 1) & (month <= 12) & (day >= 1)
    months = np.where(fits, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    length = (months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")
    fits &= day <= length.astype(np.int64)
    days = months.astype("datetime64[D]").astype(np.int64) + np.where(fits, day, 1) - 1 + _EPOCH
    return np.where(fits, days, 0), fits


def numbers(days: Ints, by: str) -> Ints:
    """The number of the period of each day; periods that follow each other have numbers that do."""
    if by == "day":
        return days
    if by == "week":
        return (days - _MONDAY) // 7
    return (days - _EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def bounds(number: int, by: str) -> tuple[int, int]:
    """The first and the last day of a period."""
    if by == "day":
        return number, number
    if by == "week":
        return number * 7 + _MONDAY, number * 7 + _MONDAY + 6
    first, following = (
        int(np.datetime64(one, "M").astype("datetime64[D]").astype(np.int64)) for one in (number, number + 1)
    )
    return first + _EPOCH, following + _EPOCH - 1


def written(number: int, by: str) -> str:
    """A period as times are written: 2018-06, 2018-06-01, or of a week its days, 2018-06-04/2018-06-10."""
    first, last = (date.fromordinal(day) for day in bounds(number, by))
    if by == "month":
        return f"{first.year:04d}-{first.month:02d}"
    return first.isoformat() if by == "day" else f"{first.isoformat()}/{last.isoformat()}"

"""Observations: what a voice says of a level, and when.

An observation is of a *voice* (a cluster whose records are not independent) and of a bin of a regular grid, or of several:

- *throughout* bins ``first..last``: it is taken as the mean of the level over them, placed at their middle bin. For a random
  walk of innovation variance ``q² step`` a bin, the mean of ``k`` bins differs from the middle one by a deviation of variance
  ``q² step (S(a) + S(b)) / k²``, with ``a`` bins before and ``b`` after the middle and ``S(m) = m(m+1)(2m+1)/6``; this
  is added to the observation's own. It is right at the middle and errs on the wide side at the ends, and it keeps the
  cost linear.
- *within* them, on some day: the level at an unknown bin, each as likely, differs from the middle one by
  ``q² step (a(a+1) + b(b+1)) / (2k)``.

Its value is a number, with the standard error that is known of it, or an interval, in which the value lies somewhere
(censored). ``coded`` marks a value that a person placed on the scale: it carries the common coding noise besides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rashomon.errors import RashomonError, error

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
S = TypeVar("S", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Observations:
    """Observations of one series, all arrays (n,). Make them with :func:`observe`, which checks them.

    ``first`` and ``last`` are bins; ``low`` equals ``high`` for a number; ``error`` is its standard error; ``voice`` and
    ``origin`` are codes; ``within`` is True where the time is some bin of ``first..last`` and False where it is all of them.
    """

    first: Ints
    last: Ints
    low: Floats
    high: Floats
    error: Floats
    voice: Ints
    origin: Ints
    within: Bools
    coded: Bools

    @property
    def size(self) -> int:
        """How many observations there are."""
        return int(self.first.size)

    def take(self, keep: Bools | slice) -> Observations:
        """Those for which ``keep`` (n,) is True, or those of a slice."""
        return Observations(*(getattr(self, name)[keep] for name in self.__dataclass_fields__))

    def with_more(self, more: Observations) -> Observations:
        """These and then others."""
        names = self.__dataclass_fields__
        return Observations(*(np.concatenate([getattr(self, name), getattr(more, name)]) for name in names))


def observe(
    first: ArrayLike,
    low: ArrayLike,
    voice: ArrayLike,
    *,
    last: ArrayLike | None = None,
    high: ArrayLike | None = None,
    error: ArrayLike | None = None,
    within: ArrayLike | None = None,
    coded: ArrayLike | None = None,
    origin: ArrayLike | None = None,
) -> Observations:
    """Check and complete observations; scalars are spread over all of them.

    Left out, ``last`` is ``first``, ``high`` is ``low`` (numbers), ``error`` is 0, ``within`` is False, ``coded`` is True for
    intervals and False for numbers, and ``origin`` (what the voices rest on in turn) is ``voice``. An infinite end of an
    interval is open. Raises R502 for arrays of different lengths, NaN, ends in the wrong order, or negative errors.
    """
    size = np.size(first)
    begin = _column("first", np.reshape(first, -1), np.int64, size)
    at_low = _column("low", low, np.float64, size)
    at_high = at_low if high is None else _column("high", high, np.float64, size)
    voices = _column("voice", voice, np.int64, size)
    made = Observations(
        first=begin,
        last=begin if last is None else _column("last", last, np.int64, size),
        low=at_low,
        high=at_high,
        error=_column("error", 0.0 if error is None else error, np.float64, size),
        voice=voices,
        origin=voices if origin is None else _column("origin", origin, np.int64, size),
        within=_column("within", False if within is None else within, np.bool_, size),
        coded=at_low < at_high if coded is None else _column("coded", coded, np.bool_, size),
    )
    _check(made)
    return made


def _column(name: str, values: ArrayLike, kind: type[S], size: int) -> NDArray[S]:
    given = np.asarray(values)
    if given.ndim > 1 or (given.ndim == 1 and given.size != size):
        raise _unfit(f"{name} has the shape {given.shape}", f"one value, or {size} of them as in first")
    return np.broadcast_to(given.astype(kind), (size,))


def _check(made: Observations) -> None:
    if np.any(np.isnan(made.low) | np.isnan(made.high) | np.isnan(made.error)):
        raise _unfit("NaN", "numbers; leave out what is not placed on the scale")
    if np.any(made.low > made.high) or np.any((made.low == made.high) & ~np.isfinite(made.low)):
        raise _unfit("a value whose low end is above its high end, or an infinite number", "low <= high")
    if np.any(made.last < made.first):
        raise _unfit("an observation whose last bin is before its first", "first <= last")
    if np.any(made.error < 0):
        raise _unfit("a negative standard error", "0 or more")


def _unfit(found: str, allowed: str) -> RashomonError:
    return error("R502", "Observations cannot be used as given.", found=found, allowed=allowed)


def middle(first: Ints, last: Ints) -> Ints:
    """The bin at which an observation of several bins is placed; of two middle ones the earlier."""
    return (first + last) // 2


def spread_over(first: Ints, last: Ints, within: Bools) -> Floats:
    """The factor of ``q² step`` that is added to the variance of an observation of several bins (see the module's text)."""
    before, after = middle(first, last) - first, last - middle(first, last)
    bins = (last - first + 1).astype(np.float64)
    squares = _sum_of_squares(before) + _sum_of_squares(after)
    distances = (before * (before + 1) + after * (after + 1)) / 2
    out: Floats = np.where(within, distances / bins, squares / bins**2)
    return out


def _sum_of_squares(m: Ints) -> Floats:
    out: Floats = m * (m + 1.0) * (2.0 * m + 1.0) / 6.0
    return out

"""Observations of one series, and the posterior of its path at a batch of hyperparameter points.

An observation is of a *voice* (a cluster whose records are not independent) and of a bin of a regular grid, or of several:

- *throughout* bins ``first..last``: it is taken as the mean of the level over them, placed at their middle bin. For a random
  walk of innovation variance ``q² step`` a bin, the mean of ``k`` bins differs from the middle one by a deviation of variance
  ``q² step (S(a) + S(b)) / k²``, with ``a`` bins before and ``b`` after the middle and ``S(m) = m(m+1)(2m+1)/6``; this
  is added to the observation's own. It is right at the middle and errs on the wide side at the ends, and it keeps the
  cost linear.
- *within* them, on some day: the level at an unknown bin, each as likely, differs from the middle one by
  ``q² step (a(a+1) + b(b+1)) / (2k)``.

Its value is a number, with the standard error that is known of it, or an interval, in which the value lies somewhere
(censored). ``coded`` marks a value that a person placed on the scale: it carries the common coding noise besides. Coded rows
of one voice in one bin count for at most :data:`MOST_ROWS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rashomon.errors import RashomonError, error
from rashomon.measuring.censoring import OPEN, Factors, Intervals, Propagated, Setting, foretold, middles, propagate
from rashomon.measuring.quadrature import Explored
from rashomon.measuring.statespace import Chain, Layout, condition, gather, indicator, lay_out, moved

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
S = TypeVar("S", bound=np.generic)

_LOG_2PI = float(np.log(2 * np.pi))
MOST_ROWS = 5.0
"""Coded rows of one voice in one bin that count in full; more of them count for so many together. One author's saying a thing
thirty times of one year is not thirty observations."""

_TINY = 1e-9  # so that a deviation of zero has a logarithm
_LEAST = 1e-4  # smallest standard error of a number, as a share of the prior's deviation: no observation is exact


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

    def take(self, keep: Bools) -> Observations:
        """Those for which ``keep`` (n,) is True."""
        return Observations(*(getattr(self, name)[keep] for name in self.__dataclass_fields__))


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


@dataclass(frozen=True, eq=False)
class Noise:
    """The parts (j,) of observations' variance: ``square + coded * sigma² + spread * step * q²``."""

    square: Floats
    coded: Bools
    spread: Floats

    def variance(self, drift_var: Floats, noise_var: Floats) -> Floats:
        """The variance (g, j); ``drift_var`` (g,) is per bin."""
        out: Floats = self.square + noise_var[:, None] * self.coded + drift_var[:, None] * self.spread
        return out


@dataclass(frozen=True, eq=False)
class Numbers:
    """Distinct exact observations (j,): cell, noise, how many, their sum and sum of squares (deviations)."""

    cell: Ints
    noise: Noise
    count: Floats
    total: Floats
    square: Floats


@dataclass(frozen=True, eq=False)
class Fit:
    """What a batch of ``g`` points found, with the noise (g, j) of the intervals in it.

    ``log_prior`` (g,) is the log of what the points' prior is more than that by which they were laid out.
    """

    found: Propagated
    noise: Floats
    log_prior: Floats

    @property
    def log_likelihood(self) -> Floats:
        """(g,) the log marginal likelihood, and that part of the prior."""
        return self.found.log_likelihood + self.log_prior


@dataclass(frozen=True, eq=False)
class Path:
    """The posterior at ``g`` points: every bin (g, t), and the effects of the carried columns (g, v)."""

    mean: Floats
    var: Floats
    column_mean: Floats
    column_var: Floats


MakeChain = Callable[[Floats, Floats, int], Chain]
"""A prior of the path: from the points (g, k), the gaps between places in bins (t-1,), and the place of the anchor."""


@dataclass(frozen=True, eq=False)
class Problem:
    """One series made ready. Points (g, k) have q, tau, sigma and whatever else the chain needs in their columns.

    While the hyperparameters are explored the path is kept only at the ``places`` that are observed; :meth:`path` fills in
    every bin.
    """

    step: float
    layout: Layout
    places: Ints
    chain: MakeChain
    numbers: Numbers
    intervals: Intervals
    interval_noise: Noise

    def evaluate(self, points: Floats, log_prior: Floats, before: Explored[Fit] | None, rough: bool) -> Fit:
        """The posterior of each point at the places; ``before`` tells where the intervals' factors may start."""
        setting = self._setting(points)
        start = middles(self.intervals)
        if self.intervals.cell.size and before is None:
            one = np.median(points, axis=0, keepdims=True)
            alone = self._setting(one)
            first = Fit(propagate(alone, start, False), alone.noise, np.zeros(1))
            before = Explored(one, np.ones(1), first, 0.0)
        if self.intervals.cell.size and before is not None:
            logs = np.log(before.points + _TINY), np.log(points + _TINY)
            start = foretold(before.fit.found, before.fit.noise, before.weights, *logs)
        return Fit(propagate(setting, start, rough), setting.noise, log_prior)

    def path(self, explored: Explored[Fit], bins: tuple[int, int]) -> Path:
        """The posterior of each point in every bin of ``bins``, which must hold all the places."""
        count = bins[1] - bins[0] + 1
        layout = moved(self.layout, count, self.places - bins[0])
        chain = self.chain(explored.points, np.ones(count - 1), int(self.places[0]) - bins[0])
        found = explored.fit.found
        done = condition(layout, chain, explored.points[:, 1] ** 2, found.weight, found.shift)
        return Path(done.mean, done.var, done.column_mean, done.column_var)

    def _setting(self, points: Floats) -> Setting:
        drift_var, noise_var = points[:, 0] ** 2 * self.step, points[:, 2] ** 2
        chain = self.chain(points, np.diff(self.places).astype(np.float64), 0)
        noise = self.interval_noise.variance(drift_var, noise_var)
        known = self._factors(drift_var, noise_var)
        return Setting(self.layout, chain, points[:, 1] ** 2, known, self.intervals, noise)

    def _factors(self, drift_var: Floats, noise_var: Floats) -> Factors:
        """What the numbers say of each cell; computed once for points that differ only in what does not matter to it."""
        rows = self.numbers.cell
        moving = bool(np.any(self.numbers.noise.spread > 0))
        key = np.stack([drift_var if moving else np.zeros_like(drift_var), noise_var], axis=1)
        distinct, back = np.unique(key, axis=0, return_inverse=True)
        back = back.reshape(-1)
        variance = self.numbers.noise.variance(distinct[:, 0], distinct[:, 1])
        into = indicator(rows, np.arange(rows.size), (self.layout.cell_bin.size, rows.size))
        constant = self.numbers.count * (np.log(variance) + _LOG_2PI) + self.numbers.square / variance
        weight, shift = gather(into, self.numbers.count / variance), gather(into, self.numbers.total / variance)
        return Factors(weight[back], shift[back], -0.5 * constant.sum(axis=1)[back])


def prepare(
    seen: Observations,
    columns: Ints,
    fixed: Floats,
    chain: MakeChain,
    *,
    step: float,
    centre: float,
    initial_sd: float,
    within: tuple[float, float] | None = None,
) -> Problem:
    """Group observations into cells and distinct values.

    ``columns`` (n, k) are the effects of each observation, the voice first, -1 for none; ``fixed`` their prior variances (NaN:
    the voices'). ``step`` is the length of a bin in years; ``centre`` and ``initial_sd`` are the prior's. ``within`` keeps the
    path between two ends wherever it is observed: one more interval there, without noise and without a voice.
    """
    places, at = np.unique(middle(seen.first, seen.last), return_inverse=True)
    rows = np.column_stack([at.reshape(-1), columns])
    bare = np.full((0 if within is None else places.size, rows.shape[1]), -1, dtype=np.int64)
    bare[:, 0] = np.arange(bare.shape[0])
    cells, cell = np.unique(np.concatenate([rows, bare]), axis=0, return_inverse=True)
    cell = cell.reshape(-1)
    square = np.maximum(seen.error, _LEAST * initial_sd) ** 2
    spread = spread_over(seen.first, seen.last, seen.within)
    weight = _weights(cell[: seen.size], seen.coded)
    number = seen.high - seen.low <= _LEAST**2 * initial_sd  # narrower than rounding: a number
    value = np.column_stack([cell[: seen.size], square, seen.coded, spread, seen.low - centre, seen.high - centre])
    kept = np.zeros((bare.shape[0], value.shape[1]))
    weights = np.concatenate([weight[~number], np.ones(bare.shape[0])])
    kept[:, 0] = cell[seen.size :]
    kept[:, 4:] = (0.0, 0.0) if within is None else (within[0] - centre, within[1] - centre)
    intervals, noise, wanted = _group_intervals(np.concatenate([value[~number], kept]), weights)
    layout = lay_out(places.size, cells[:, 0], cells[:, 1:], fixed, wanted)
    return Problem(step, layout, places, chain, _group_numbers(value[number], weight[number]), intervals, noise)


def _weights(cell: Ints, coded: Bools) -> Floats:
    """What each row counts for: what one voice says of one bin counts for :data:`MOST_ROWS` coded rows at the most."""
    _, of = np.unique(cell, return_inverse=True)
    of = of.reshape(-1)
    rows = np.bincount(of, coded.astype(np.float64))
    out: Floats = np.where(coded, np.minimum(1.0, MOST_ROWS / np.maximum(rows, 1.0))[of], 1.0)
    return out


def _group_numbers(rows: Floats, weight: Floats) -> Numbers:
    distinct, back = np.unique(rows[:, :4], axis=0, return_inverse=True)
    back, size = back.reshape(-1), distinct.shape[0]
    noise = Noise(distinct[:, 1], distinct[:, 2] > 0, distinct[:, 3])
    value = rows[:, 4]
    return Numbers(
        cell=distinct[:, 0].astype(np.int64),
        noise=noise,
        count=_summed(back, weight, size),
        total=_summed(back, weight * value, size),
        square=_summed(back, weight * value**2, size),
    )


def _summed(back: Ints, values: Floats, size: int) -> Floats:
    return np.bincount(back, values, size).astype(np.float64)


def _group_intervals(rows: Floats, weight: Floats) -> tuple[Intervals, Noise, Ints]:
    distinct, back = np.unique(rows, axis=0, return_inverse=True)
    wanted, place = np.unique(distinct[:, 0].astype(np.int64), return_inverse=True)
    noise = Noise(distinct[:, 1], distinct[:, 2] > 0, distinct[:, 3])
    cell = distinct[:, 0].astype(np.int64)
    low, high = np.clip(distinct[:, 4:].T, -OPEN, OPEN)
    count = _summed(back.reshape(-1), weight, cell.size)
    return Intervals(cell, place.reshape(-1), low, high, count), noise, wanted

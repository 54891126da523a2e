"""Series made ready: observations grouped into cells and distinct values, one series after the other.

Coded rows of one voice in one bin count for at most :data:`MOST_ROWS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.smoothing.censoring import OPEN, Intervals
from rashomon.measuring.smoothing.observing import Observations, middle, spread_over
from rashomon.measuring.smoothing.statespace import Layout, lay_out

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MOST_ROWS = 5.0
"""Coded rows of one voice in one bin that count in full; more of them count for so many together. One author's saying a thing
thirty times of one year is not thirty observations."""

_MOST = 2**62  # of a code that is put together of several
_LEAST = 1e-4  # smallest standard error of a number, as a share of the prior's deviation: no observation is exact


class Numbers(NamedTuple):
    """Exact observations of all the series one after the other, as deviations.

    They are of kinds, whose variance is ``square + coded * sigma² + spread * step * q² + once * tau²``: of each kind ``rows`` and
    ``squares``, how many and the sum of squares. ``starts`` (s+1,) is where the kinds of each series begin. In each cell, counted
    within its series, there are ``many`` of a ``kind``, counted within its series, with the sum ``total``; ``begin`` (s+1,) is
    where these begin.
    """

    starts: Ints
    square: Floats
    coded: Floats
    spread: Floats
    once: Floats
    rows: Floats
    squares: Floats
    begin: Ints
    cell: Ints
    kind: Ints
    many: Floats
    total: Floats


class Ready(NamedTuple):
    """Series made ready. Make them with :func:`prepare`.

    A path is reckoned only in the bins that are observed, with ``gaps`` between each of these and the next, those of each series
    from ``gapped`` (s+1,) on; ``lead`` and ``trail`` (s,) are how many bins more are covered before the first and after the last.
    ``step`` is the length of a bin in years, ``initial_var`` the prior variance of the path where it is first observed.
    """

    layout: Layout
    gapped: Ints
    gaps: Floats
    lead: Ints
    trail: Ints
    numbers: Numbers
    intervals: Intervals
    step: float
    initial_var: float


Effect = tuple[Ints, float]
"""A kind of effect: its code (n,) in each observation, -1 for none, and its prior variance, NaN for voices."""


Within = tuple[float, float, Bools]
"""Two ends, and in which of the bins observed, of all series in order, a path is kept between them."""


def prepare(
    seen: Observations,
    series: Ints,
    effects: Sequence[Effect],
    *,
    step: float,
    initial_sd: float,
    within: Within | None = None,
) -> Ready:
    """Group observations into cells and distinct values; the bins of a series are those from the first to the last it covers.

    The bias of a voice that is heard once is noise of that one observation.

    ``series`` (n,) numbers the series from 0 and is sorted; values are deviations from the prior's centre. ``effects`` are those
    of each observation, the voice first. Paths are kept ``within`` two ends, if asked for.
    """
    begin, end = span(seen, series)
    if within is not None:
        seen, series, effects = _kept(seen, series, effects, within)
    once = _heard_once(series, *effects[0])
    columns, owner, fixed = _columns(series, [(np.where(once, -1, effects[0][0]), effects[0][1]), *effects[1:]])
    when = middle(seen.first, seen.last) - begin[series]
    at, place = distinct(series, when)
    gapped = np.searchsorted(series[at], np.arange(begin.size + 1))
    first, cell = distinct(series, when, *columns.T)
    places = place[first] - gapped[series[first]]
    layout = lay_out(np.diff(gapped), series[first], places, columns[first], owner, fixed)
    square = np.maximum(seen.error, _LEAST * initial_sd) ** 2
    spread = spread_over(seen.first, seen.last, seen.within)
    number = seen.high - seen.low <= _LEAST**2 * initial_sd  # narrower than rounding: a number
    weight = np.where(once, 1.0, _weights(cell, seen.coded))
    rows = _Rows(series, cell - layout.cells[series], square, seen.coded, spread, once, seen.low, seen.high, weight)
    return Ready(
        layout=layout,
        gapped=gapped,
        gaps=np.diff(when[at], append=0).astype(np.float64),
        lead=when[at][gapped[:-1]],
        trail=end - begin - when[at][gapped[1:] - 1],
        numbers=_numbers(rows.take(number), begin.size),
        intervals=_intervals(rows.take(~number), begin.size),
        step=step,
        initial_var=initial_sd**2,
    )


def _kept(
    seen: Observations, series: Ints, effects: Sequence[Effect], within: Within
) -> tuple[Observations, Ints, list[Effect]]:
    """One more observation, of no voice, in some of the bins observed: that the path is between two ends."""
    low, high, where = within
    when = middle(seen.first, seen.last)
    first = distinct(series, when)[0][where]
    count = first.size
    none, no = np.full(count, -1), np.zeros(count, dtype=np.bool_)
    more = Observations(
        when[first], when[first], np.full(count, low), np.full(count, high), np.zeros(count), none, none, no, no
    )
    coded = [(np.concatenate([code, none]), variance) for code, variance in effects]
    return seen.with_more(more), np.concatenate([series, series[first]]), coded


def span(seen: Observations, series: Ints) -> tuple[Ints, Ints]:
    """(s,) the first and the last bin that any observation of each series covers."""
    starts = np.flatnonzero(np.r_[True, series[1:] != series[:-1]])
    return np.minimum.reduceat(seen.first, starts), np.maximum.reduceat(seen.last, starts)


def distinct(*keys: NDArray[np.generic]) -> tuple[Ints, Ints]:
    """Where each distinct combination first stands, in their order, and the number (n,) of each row's combination."""
    code, size = np.zeros(keys[0].size, dtype=np.int64), 1
    for one in keys:
        own, many = _numbered(one)
        if size * many > _MOST:
            _, code = np.unique(code, return_inverse=True)
            code, size = code.reshape(-1), int(code.max(initial=0)) + 1
        code, size = code * many + own, size * many
    _, first, code = np.unique(code, return_index=True, return_inverse=True)
    return first, code.reshape(-1)


def _numbered(values: NDArray[np.generic]) -> tuple[Ints, int]:
    """Numbers (n,) for values, in their order, and how many numbers there are at most."""
    if values.dtype.kind == "f":
        if not values.size or np.all(values == values[0]):
            return np.zeros(values.size, dtype=np.int64), 1
        _, own = np.unique(values, return_inverse=True)
    else:
        whole = values.astype(np.int64)
        own = whole - whole.min(initial=0)
    return own.reshape(-1), int(own.max(initial=0)) + 1


def _heard_once(series: Ints, voice: Ints, variance: float) -> Bools:
    """(n,) whether an observation is all that is heard of its voice."""
    _, of = distinct(series, voice)
    out: Bools = (np.bincount(of) == 1)[of] & (voice >= 0) & np.isnan(variance)
    return out


def _columns(series: Ints, effects: Sequence[Effect]) -> tuple[Ints, Ints, Floats]:
    """The columns (n, k) of the observations, and the series and prior variance of each column, in order of the series."""
    codes = np.stack([code for code, _ in effects], axis=1)
    row, kind = np.nonzero(codes >= 0)
    first, number = distinct(series[row], kind, codes[row, kind])
    columns = np.full(codes.shape, -1)
    columns[row, kind] = number
    return columns, series[row[first]], np.array([variance for _, variance in effects])[kind[first]]


@dataclass(frozen=True, eq=False)
class _Rows:
    """Observations on the way into distinct values, all (n,); the cell is counted within the series."""

    series: Ints
    cell: Ints
    square: Floats
    coded: Bools
    spread: Floats
    once: Bools
    low: Floats
    high: Floats
    weight: Floats

    def take(self, at: Bools | Ints) -> _Rows:
        """Some of them."""
        return _Rows(*(getattr(self, name)[at] for name in self.__dataclass_fields__))

    def starts(self, size: int) -> Ints:
        """(s+1,) where those of each of ``size`` series begin."""
        return np.searchsorted(self.series, np.arange(size + 1))


def _weights(cell: Ints, coded: Bools) -> Floats:
    """What each row counts for: what one voice says of one bin counts for :data:`MOST_ROWS` coded rows at the most."""
    rows = np.bincount(cell, coded.astype(np.float64))
    out: Floats = np.where(coded, np.minimum(1.0, MOST_ROWS / np.maximum(rows, 1.0))[cell], 1.0)
    return out


def _numbers(rows: _Rows, size: int) -> Numbers:
    first, of = distinct(rows.series, rows.square, rows.coded, rows.spread, rows.once)
    kinds = rows.take(first)
    starts = kinds.starts(size)
    at, group = distinct(rows.series, rows.cell, of)
    one = rows.take(at)
    return Numbers(
        starts=starts,
        square=kinds.square,
        coded=kinds.coded.astype(np.float64),
        spread=kinds.spread,
        once=kinds.once.astype(np.float64),
        rows=_summed(of, rows.weight, first.size),
        squares=_summed(of, rows.weight * rows.low**2, first.size),
        begin=one.starts(size),
        cell=one.cell,
        kind=of[at] - starts[one.series],
        many=_summed(group, rows.weight, at.size),
        total=_summed(group, rows.weight * rows.low, at.size),
    )


def _summed(of: Ints, values: Floats, size: int) -> Floats:
    return np.bincount(of, values, size).astype(np.float64)


def _intervals(rows: _Rows, size: int) -> Intervals:
    first, of = distinct(rows.series, rows.cell, rows.square, rows.coded, rows.spread, rows.once, rows.low, rows.high)
    one = rows.take(first)
    return Intervals(
        starts=one.starts(size),
        cell=one.cell,
        low=np.clip(one.low, -OPEN, OPEN),
        high=np.clip(one.high, -OPEN, OPEN),
        rows=_summed(of, rows.weight, first.size),
        square=one.square,
        coded=one.coded.astype(np.float64),
        spread=one.spread,
        once=one.once.astype(np.float64),
    )

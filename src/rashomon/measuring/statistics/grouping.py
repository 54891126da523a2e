"""Rows grouped by several columns of codes, without a dictionary or a tuple a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Column = NDArray[np.integer[Any]]

_ROOM: Final = 2**62
_TABLE: Final = 4  # a table of so many entries a row is filled in faster than the rows are sorted


def distinct(*columns: Column) -> tuple[Ints, Ints]:
    """Distinct rows of code columns (n,), as (the first row of each, the number of its distinct row for every row).

    Numbers follow the order of the codes, first column first. O(n) where few combinations are possible, else O(n log n).
    """
    joint, size = _joined(columns)
    n = len(joint)
    if size > _TABLE * n + 1024:
        _, first, number = np.unique(joint, return_index=True, return_inverse=True)
        return first.astype(np.int64), number.astype(np.int64)
    first = np.full(size, -1, np.int64)
    first[joint[::-1]] = np.arange(n - 1, -1, -1)  # of repeated places the last assignment stays: the first row
    there = first >= 0
    return first[there], (np.cumsum(there) - 1)[joint]


def independent(voice: Column, origin: Column) -> int:
    """How many independent voices tell some rows: the fewer of distinct voices and of distinct origins behind them."""
    return min(np.unique(voice).size, np.unique(origin).size)


def as_they_come(group: Column) -> Ints:
    """The same groups (n,), numbered from 0 in the order in which they first appear."""
    first, of = distinct(group)
    return np.argsort(np.argsort(first))[of].astype(np.int64)


def groups(*columns: Column) -> Iterator[tuple[tuple[int, ...], Ints]]:
    """The codes of each distinct row of code columns (n,), in their order, and the places (ascending) where it stands."""
    if not len(columns[0]):
        return
    order = np.lexsort(columns[::-1])
    keys = np.stack([column[order] for column in columns], axis=1)
    starts = np.flatnonzero(np.append(True, (keys[1:] != keys[:-1]).any(axis=1)))
    for key, start, end in zip(keys[starts].tolist(), starts.tolist(), [*starts[1:].tolist(), len(order)], strict=True):
        yield tuple(key), order[start:end]


def find_rows(held: Sequence[Column], wanted: Sequence[Column]) -> Ints:
    """For each wanted row of code columns (w,) the place of an equal row among those held, of which no two are equal; or −1."""
    n = len(held[0])
    joint, _ = _joined([np.concatenate([one, other]) for one, other in zip(held, wanted, strict=True)])
    if not n:
        return np.full(len(joint), -1, np.int64)
    order = np.argsort(joint[:n], kind="stable")
    ranked = joint[:n][order]
    at = np.minimum(np.searchsorted(ranked, joint[n:]), n - 1)
    return np.where(ranked[at] == joint[n:], order[at], -1).astype(np.int64)


def pairs_within(group: Column, most: int = 2_000_000) -> Iterator[tuple[Ints, Ints]]:
    """All pairs of places in ``group`` (n,) with one number, the earlier first; group by group as they first appear.

    They come in blocks of about ``most`` pairs, as two arrays; the memory is that of a block.
    """
    rank = as_they_come(group)
    order = np.argsort(rank, kind="stable")
    later = np.searchsorted(rank[order], rank[order], side="right") - np.arange(len(group)) - 1
    begin = np.concatenate([[0], np.cumsum(later)])
    start = 0
    while start < len(group):
        end = max(start + 1, int(np.searchsorted(begin, begin[start] + most, side="right")) - 1)
        each = later[start:end]
        left = np.repeat(np.arange(start, end), each)
        step = np.arange(len(left)) - np.repeat(begin[start:end] - begin[start], each)
        yield order[left], order[left + 1 + step]
        start = end


def _joined(columns: Sequence[Column]) -> tuple[Ints, int]:
    """One number (n,) for each combination of codes, in their order, and how many there could be."""
    joint, size = _from_zero(columns[0])
    for column in columns[1:]:
        more, width = _from_zero(column)
        if size * width > _ROOM:
            (joint, size), (more, width) = _dense(joint), _dense(more)
        joint = joint * width + more
        size *= width
    return joint, size


def _from_zero(column: Column) -> tuple[Ints, int]:
    if not len(column):
        return np.zeros(0, np.int64), 1
    low = int(column.min())
    return column.astype(np.int64) - low, int(column.max()) - low + 1


def _dense(codes: Ints) -> tuple[Ints, int]:
    used, number = np.unique(codes, return_inverse=True)
    return number.astype(np.int64), len(used)

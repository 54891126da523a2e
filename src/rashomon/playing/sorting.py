"""Kernels: the ranks of a player laid out in rows and columns, and sorted within what one move of the player can reach.

Sorting is by packed keys, the rank in the high 32 bits and a place in the low ones: least significant digit first, in buffers
that stay in the cache, so that a state costs the same in small games and large.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.compiling import compiled
from rashomon.playing.graphs import LOWEST, Bools, Ints
from rashomon.playing.layouts import CELLS, COLUMNS, FREE, OWN, PITCH, REST, ROWS, WAYS, Int, Numbers

Keys = NDArray[np.int64]
Cells = NDArray[np.int32]
"""(g, cells): the rows of all players in g games, laid out by :mod:`rashomon.playing.layouts`; LOWEST where infeasible."""
PLACE: Final = 0xFFFFFFFF
NONE: Final = 2**63 - 1
"""In a class: no feasible state from here on."""
TILE: Final = 16
"""Columns laid out together: one line of the cache."""

_SORTED_TOGETHER = 8192
_FEW = 32
_DIGIT = 11


@compiled
def lay_rows(
    j: int, first: int, bases: Numbers, ranks: NDArray[np.int32], feasible: Bools, plan: Ints, table: Numbers,
    cells: Cells, scale: NDArray[np.int64],
) -> None:  # fmt: skip
    """Copy player j's ranks (b, n, S) into the rows of g games, from the ``first`` on.

    ``scale`` (g, n, 3) is set to the lowest and the highest rank of j and whether all states are feasible.
    """
    own, rest, cell = plan[j, OWN], plan[j, REST], plan[j, CELLS]
    columns, pitch = plan[j, COLUMNS], plan[j, PITCH]
    for g in range(cells.shape[0]):
        game, base = (first + g) // bases.size, bases[(first + g) % bases.size]
        low, high, whole = np.int64(2**31), np.int64(LOWEST), True
        for start in range(0, columns, TILE):
            for r in range(plan[j, ROWS]):
                state = base ^ table[own + r]
                row = cell + r * pitch
                for b in range(start, min(start + TILE, columns)):
                    s = state ^ table[rest + b]
                    if feasible.size > 0 and not feasible[s]:
                        cells[g, row + b] = LOWEST
                        whole = False
                    else:
                        rank = np.int64(ranks[game, j, s])
                        cells[g, row + b] = rank
                        low, high = min(low, rank), max(high, rank)
        scale[g, j, 0], scale[g, j, 1], scale[g, j, 2] = low, high, whole


@compiled
def sort_keys(keys: Keys, spare: Keys, count: Int, low: int, high: int) -> Keys:
    """The first ``count`` keys in the order of their high halves (low..high), in ``keys`` or in ``spare``."""
    if count <= _FEW:
        for x in range(1, count):
            key = keys[x]
            y = x
            while y > 0 and keys[y - 1] > key:
                keys[y] = keys[y - 1]
                y -= 1
            keys[y] = key
        return keys
    bits = 1
    while (high - low) >> bits:
        bits += 1
    passes = (bits + _DIGIT - 1) // _DIGIT
    digit = (bits + passes - 1) // passes
    places = np.empty(1 << digit, np.int32)
    for k in range(passes):
        _sort_by_digit(keys, spare, count, low, k * digit, places)
        keys, spare = spare, keys
    return keys


@compiled
def _sort_by_digit(keys: Keys, out: Keys, count: Int, low: int, shift: int, places: Numbers) -> None:
    mask = places.size - 1
    places[:] = 0
    for x in range(count):
        places[np.uint64(((keys[x] >> 32) - low >> shift) & mask)] += 1
    total = 0
    for d in range(places.size):
        here = places[d]
        places[d] = total
        total += here
    for x in range(count):
        at = np.uint64(((keys[x] >> 32) - low >> shift) & mask)
        out[np.uint64(places[at])] = keys[x]
        places[at] += 1


@compiled
def sort_classes(j: int, plan: Ints, cells: Cells, scale: NDArray[np.int64], classes: NDArray[np.int64]) -> None:
    """Sort each class of player j, the states that differ only in j's free options, by j's rank, lowest first.

    ``classes`` is (g, n, S). The class of one-way setting p and column b is ``classes[g, j, (p * COLUMNS + b) << FREE:]``; an
    entry holds the rank above the setting of the free options, and NONE ends the feasible ones.
    """
    free, ways, columns = plan[j, FREE], 1 << plan[j, WAYS], plan[j, COLUMNS]
    together = min(columns, max(TILE, _SORTED_TOGETHER >> free))
    keys, spare = np.empty(together << free, np.int64), np.empty(together << free, np.int64)
    filled = np.empty(together, np.int32)
    for g in range(cells.shape[0]):
        low, high = scale[g, j, 0], scale[g, j, 1]
        for part in range(ways * (columns // together)):
            p, first = part % ways, part // ways * together
            count = np.int64(0)
            for k in range(1 << free):
                row = plan[j, CELLS] + (k * ways + p) * plan[j, PITCH] + first
                for b in range(together):
                    if cells[g, row + b] != LOWEST:
                        keys[count] = np.int64(cells[g, row + b]) << 32 | b << free | k
                        count += 1
            done = sort_keys(keys, spare, count, low, high)
            filled[:] = 0
            start = (p * columns + first) << free
            for x in range(count):
                b = (done[x] & PLACE) >> free
                k = done[x] & ((1 << free) - 1)
                classes[g, j, start + (b << free) + filled[b]] = (done[x] >> 32) << 32 | k
                filled[b] += 1
            for b in range(together):
                if filled[b] < 1 << free:
                    classes[g, j, start + (b << free) + filled[b]] = NONE

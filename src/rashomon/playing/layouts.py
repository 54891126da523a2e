"""The order in which the engine goes through the states of a graph: each player's own options apart from all others'.

For a player i the states form a table: a row for each setting of i's own options, a column for each setting of the others'. A
move of i changes the row within a column; no move of i's opponents leaves a row. Options are of three kinds: *free* (both
ways), *one-way*, and *frozen*. An option that may only be dropped is turned round, so that every one-way option may only be
taken; each setting of the frozen options is a game of its own. Within a row, the others' free options are the low bits, player
by player, their one-way options the high bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.compiling import compiled
from rashomon.playing.graphs import Ints, Shape

Numbers = NDArray[np.int32]
Int = int | np.int64
"""A number in a kernel; a count begins as ``np.int64(0)``, for numba would compile callees anew for a literal."""

# columns of a plan
FREE: Final = 0  # number of free options
FREE_AT: Final = 1  # the first free option's place among all bits, were none left out
WAYS: Final = 2  # number of one-way options
WAYS_AT: Final = 3
OWN: Final = 4  # where the player's rows stand in the table of states
REST: Final = 5  # where the player's columns stand there
ROWS: Final = 6  # 2 ** (FREE + WAYS); the one-way options are the low bits of a row's number
COLUMNS: Final = 7
PITCH: Final = 8  # cells from one row to the next
CELLS: Final = 9  # where the player's cells begin

_PADDED = 1024  # rows this long are set apart by a cache line, lest all rows fall into the same lines of the cache
_PAD = 16


@dataclass(frozen=True, eq=False)
class Layout:
    """Rows and columns of every player.

    ``plan`` (n, 10) holds the numbers named above. The state in row r and column b of player i, in the game of ``base``, is
    ``base ^ table[OWN + r] ^ table[REST + b]``. ``bases`` has one entry a setting of the frozen options; ``states`` is the number
    of states of one such game, ``cells`` that of cells of all players together.
    """

    plan: Ints
    table: Numbers
    bases: Numbers
    states: int
    cells: int


def lay_out(shape: Shape) -> Layout:
    """The layout of a graph that :func:`rashomon.playing.graphs.check_shape` has passed."""
    options = range(len(shape.owner))
    moving, both = shape.take | shape.drop, shape.take & shape.drop
    free = [[o for o in options if shape.owner[o] == j and both >> o & 1] for j in range(shape.players)]
    ways = [[o for o in options if shape.owner[o] == j and (moving & ~both) >> o & 1] for j in range(shape.players)]
    order = sorted(range(shape.players), key=shape.owner.index)
    line = [o for j in order for o in free[j]] + [o for j in order for o in ways[j]]
    plan = np.zeros((shape.players, CELLS + 1), dtype=np.int64)
    tables: list[Numbers] = []
    filled = cells = 0
    for j in range(shape.players):
        own = ways[j] + free[j]
        rest = [o for o in line if o not in own]
        rows, columns = 1 << len(own), 1 << len(rest)
        pitch = columns + (_PAD if columns >= _PADDED else 0)
        free_at, ways_at = _first(free, order, j), sum(map(len, free)) + _first(ways, order, j)
        plan[j] = (len(free[j]), free_at, len(ways[j]), ways_at, filled, filled + rows, rows, columns, pitch, cells)
        tables += [_settings(own), _settings(rest)]
        filled += rows + columns
        cells += rows * pitch
    flip = shape.drop & ~shape.take
    bases = _settings([o for o in options if not moving >> o & 1]) ^ np.int32(flip)
    return Layout(plan, np.concatenate(tables), bases, 1 << len(line), cells)


def _first(kind: list[list[int]], order: list[int], player: int) -> int:
    """How many options of a kind stand before a player's own."""
    return sum(len(kind[other]) for other in order[: order.index(player)])


def _settings(options: list[int]) -> Numbers:
    """The states in which none but these options are taken, in the order of their settings."""
    out = np.zeros(1 << len(options), dtype=np.int32)
    _spread(np.array(options, dtype=np.int64), out)
    return out


@compiled
def _spread(options: Ints, out: Numbers) -> None:
    for place in range(options.size):
        bit = 1 << options[place]
        half = 1 << place
        for x in range(half):
            out[half + x] = out[x] | bit

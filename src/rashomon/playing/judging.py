r"""Kernels: which states are stable for one player, from the worst that its opponents can bring about.

With r(s) player i's rank, a state s is unstable exactly if i can go to some t with :math:`\min(r(t), w(t)) > r(s)`, where w is

- Nash: nothing (r alone);
- GMR: the least r over t and all the opponents can reach from it; SEQ: the same by improvements of each mover;
- SMR: as GMR, of :math:`\max r` over x and all i can reach from x, in the place of r(x).

So each concept comes to one *bar* for all states with the same column and one-way setting: the highest of min(r, w) that i can
reach, which r(s) must not fall short of.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rashomon.compiling import compiled
from rashomon.playing.graphs import GMR, LOWEST, SEQ, SMR, Ints
from rashomon.playing.layouts import CELLS, COLUMNS, OWN, PITCH, REST, ROWS, WAYS, Numbers
from rashomon.playing.sanctioning import BITS, CLASSES, STEPS, WHO, face, floor, gather, peak, search, sort_row
from rashomon.playing.sorting import TILE, Cells


@compiled
def raise_bars(
    i: int, concepts: int, deep: bool, plan: Ints, cells: Cells, classes: NDArray[np.int64], scale: NDArray[np.int64],
    bars: NDArray[np.int32], asked: int, kept: NDArray[np.int32],
) -> None:  # fmt: skip
    """Find player i's bars of Nash, GMR, SMR and SEQ, (g, 4, 2**WAYS * COLUMNS); all players' classes must be sorted.

    ``kept`` (g, ROWS * COLUMNS) or (0, 0) takes min(r, w) of every row and column in the ``asked`` concept, a number 1 to 3.
    """
    h, columns, ways = plan.shape[0] - 1, plan[i, COLUMNS], plan[i, WAYS]
    faced = face(i, plan)
    free = deepest = total = np.int64(0)
    for k in range(h):
        free, deepest = free + faced[k, BITS], max(deepest, faced[k, STEPS])
        total = faced[k, CLASSES] + (columns >> faced[k, BITS])
    entries, liking = np.empty(h * columns, np.int64), np.empty(h * columns, np.int32)
    passed, bounds = np.empty(total, np.int32), np.empty(total, np.int32)
    below = np.empty(1 + deepest * deepest, np.int32)  # each class puts its neighbours below on it, once on a way down
    stack, worst = np.empty(columns + 1, np.int32), np.empty(columns, np.int32)
    keys, spare = np.empty(columns, np.int64), np.empty(columns, np.int64)
    for g in range(cells.shape[0]):
        low, high = scale[g, i, 0], scale[g, i, 1]
        floored = h == 0 or (deep and scale[g, i, 2] == 1)
        bars[g] = LOWEST
        _raise_to_own(cells[g, plan[i, CELLS] :], plan[i, ROWS], plan[i, PITCH], columns, ways, bars[g, 0])
        for x in range(plan[i, ROWS] if low <= high and concepts & (GMR | SMR | SEQ) else 0):
            row = cells[g, plan[i, CELLS] + x * plan[i, PITCH] :]
            start = (x & ((1 << ways) - 1)) * columns
            if not floored or (h > 0 and concepts & SEQ):
                for k in range(h):
                    gather(i, x, k, faced, plan, classes[g, faced[k, WHO]], entries, liking)
            for concept in range(1, 4):
                if not concepts >> concept & 1:
                    continue
                values = bars[g, 0, start:] if 1 << concept == SMR else row
                if floored and (h == 0 or 1 << concept != SEQ):
                    floor(values, columns, free, worst)
                else:
                    done, count = sort_row(values, row, columns, low, high, keys, spare)
                    search(
                        done, count, 1 << concept == SEQ, deep, faced, columns,
                        entries, liking, passed, bounds, worst, stack, below,
                    )  # fmt: skip
                for b in range(columns):
                    bars[g, concept, start + b] = max(bars[g, concept, start + b], min(row[b], worst[b]))
                if concept == asked:
                    for b in range(columns if kept.size else 0):
                        kept[g, x * columns + b] = min(row[b], worst[b])
        for concept in range(1, 4):
            peak(bars[g, concept], columns, ways)


@compiled
def _raise_to_own(rows: Numbers, count: int, pitch: int, columns: int, ways: int, bar: Numbers) -> None:
    """The bar of Nash: the highest rank that the player can reach by itself."""
    for x in range(count):
        start = (x & ((1 << ways) - 1)) * columns
        for b in range(columns):
            bar[start + b] = max(bar[start + b], rows[x * pitch + b])
    peak(bar, columns, ways)


@compiled
def mark(
    i: int, first: int, bases: Numbers, concepts: int, plan: Ints, table: Numbers, cells: Cells,
    bars: NDArray[np.int32], flags: NDArray[np.uint8],
) -> None:  # fmt: skip
    """Set player i's flags (b, n, S) by its bars, in the games from the ``first`` on."""
    columns, ways = plan[i, COLUMNS], plan[i, WAYS]
    for g in range(cells.shape[0]):
        game, base = (first + g) // bases.size, bases[(first + g) % bases.size]
        for start in range(0, columns, TILE):
            for r in range(plan[i, ROWS]):
                row, bar = plan[i, CELLS] + r * plan[i, PITCH], (r & ((1 << ways) - 1)) * columns
                state = base ^ table[plan[i, OWN] + r]
                for b in range(start, min(start + TILE, columns)):
                    found = 0
                    for concept in range(4):
                        if cells[g, row + b] >= bars[g, concept, bar + b]:
                            found |= 1 << concept
                    if cells[g, row + b] == LOWEST:
                        found = 0
                    flags[game, i, state ^ table[plan[i, REST] + b]] = found & concepts


@compiled
def spread(
    i: int, first: int, bases: Numbers, plan: Ints, table: Numbers, kept: NDArray[np.int32], out: NDArray[np.int32]
) -> None:
    """Put what was kept (g, ROWS * COLUMNS) of player i into its places of (b, n, S), in the games from the ``first`` on."""
    columns = plan[i, COLUMNS]
    for g in range(kept.shape[0]):
        game, base = (first + g) // bases.size, bases[(first + g) % bases.size]
        for x in range(plan[i, ROWS]):
            state = base ^ table[plan[i, OWN] + x]
            for b in range(columns):
                out[game, i, state ^ table[plan[i, REST] + b]] = kept[g, x * columns + b]

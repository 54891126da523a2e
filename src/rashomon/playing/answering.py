"""Kernel: simultaneous sanctions (SIM; Fraser & Hipel 1984, *Conflict Analysis: Models and Resolutions*).

Each improvement of a player must be met: by some combination of the improvements of its opponents from the same state, or of
their staying, whose joint result is feasible and no better for the player than that state. The combinations are tried anew for
each improvement, the first that does ends the trial. Unlike the other concepts this has no shortcut that is shared by many
states: it takes up to the number of combinations, though rarely more than a few.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rashomon.compiling import compiled
from rashomon.playing.graphs import LOWEST, SIM, Ints
from rashomon.playing.layouts import CELLS, COLUMNS, OWN, PITCH, REST, ROWS, WAYS, Numbers
from rashomon.playing.sanctioning import AT, BITS, STEPS, STEPS_AT, WHO, face
from rashomon.playing.sorting import Cells


@compiled
def mark_met(
    i: int, first: int, bases: Numbers, ranks: NDArray[np.int32], plan: Ints, table: Numbers, cells: Cells,
    flags: NDArray[np.uint8],
) -> None:  # fmt: skip
    """Add SIM to player i's flags (b, n, S) in the games from the ``first`` on; ranks are (b, n, S), i's rows are laid."""
    faced, columns, pitch = face(i, plan), plan[i, COLUMNS], plan[i, PITCH]
    total = np.int64(0)
    for k in range(faced.shape[0]):
        total += 1 << (faced[k, BITS] + faced[k, STEPS])
    answers, starts = np.empty(total, np.int32), np.empty(faced.shape[0] + 1, np.int64)
    chosen, lowest = np.empty(faced.shape[0], np.int64), np.empty(plan[i, ROWS], np.int32)
    ways = (1 << plan[i, WAYS]) - 1
    for g in range(cells.shape[0]):
        game, base = (first + g) // bases.size, bases[(first + g) % bases.size]
        mine = cells[g, plan[i, CELLS] :]
        for r in range(plan[i, ROWS]):
            lowest[r] = 2**31 - 1
            for b in range(columns):
                if mine[r * pitch + b] != LOWEST:
                    lowest[r] = min(lowest[r], mine[r * pitch + b])
        for r in range(plan[i, ROWS]):
            for b in range(columns):
                rank = mine[r * pitch + b]
                if rank == LOWEST:
                    continue
                state, listed, stable = base ^ table[plan[i, OWN] + r], False, True
                for t in range(plan[i, ROWS]):
                    if (t & r & ways) == (r & ways) and mine[t * pitch + b] > rank:
                        if lowest[t] <= rank and not listed:
                            _list_answers(
                                b, state, plan[i, REST], mine[r * pitch :], faced, table, ranks[game], answers, starts
                            )
                            listed = True
                        if lowest[t] > rank or not _is_met(mine[t * pitch :], b, rank, answers, starts, chosen):
                            stable = False
                            break
                if stable:
                    flags[game, i, state ^ table[plan[i, REST] + b]] |= SIM


@compiled
def _list_answers(
    b: int, state: int, rest: int, row: Numbers, faced: Ints, table: Numbers, ranks: NDArray[np.int32],
    answers: Numbers, starts: Ints,
) -> None:  # fmt: skip
    """What each opponent may do from column b: the columns it improves to, each as the bits that differ, and 0 for staying."""
    count = np.int64(0)
    starts[0] = 0
    for k in range(faced.shape[0]):
        answers[count] = 0
        count += 1
        at, bits, steps = faced[k, AT], faced[k, BITS], faced[k, STEPS]
        steps_at = faced[k, STEPS_AT] + bits
        j, now = faced[k, WHO], (b >> steps_at) & ((1 << steps) - 1)
        rank = ranks[j, state ^ table[rest + b]]
        bare = b & ~(((1 << bits) - 1) << at) & ~(((1 << steps) - 1) << steps_at)
        for setting in range(1 << (bits + steps)):
            taken = setting >> bits
            if taken & now == now:
                column = bare | (setting & ((1 << bits) - 1)) << at | taken << steps_at
                if row[column] != LOWEST and ranks[j, state ^ table[rest + column]] > rank:
                    answers[count] = column ^ b
                    count += 1
        starts[k + 1] = count


@compiled
def _is_met(row: Numbers, b: int, rank: int, answers: Numbers, starts: Ints, chosen: Ints) -> bool:
    """Whether some combination of answers leads within the row to a feasible column no better than a rank."""
    h = chosen.size
    for k in range(h):
        chosen[k] = starts[k]
    while True:
        column = b
        for k in range(h):
            column ^= answers[chosen[k]]
        if LOWEST < row[column] <= rank:
            return True
        k = 0
        while k < h:
            chosen[k] += 1
            if chosen[k] < starts[k + 1]:
                break
            chosen[k] = starts[k]
            k += 1
        if k == h:
            return False

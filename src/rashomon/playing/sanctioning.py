r"""Kernels: the worst that a player's opponents can bring about from every state, in near-linear time.

For a player i and a value x of states let :math:`w(t)` be the least x over t and all states that i's opponents can reach from
t. It does not depend on the state whose stability is asked. :func:`search` finds it backwards: states are taken in ascending
order of x, and each gives its x to all states from which it can be reached and that have none yet, so each state is labelled
once, with the least value it can be led to.

The states from which opponent j can come to v are those of v's *class* (all that differ from v only in j's free options) that j
likes less than v. In the class sorted by j's rank they are a beginning, and the beginnings of all v of a class are nested: one
pointer a class moves up, each entry being passed once. Infeasible states stand in no class, and a move past them is a move
within a class like any other. Where any move counts, not only an improvement, the beginning is the whole class.

With one-way options j can also come to v from the classes *below* v's: those with fewer of j's one-way options taken. Each class
keeps the bound (rank of j) up to which it has been passed; a bound is handed down option by option, and not to a class that has
a bound as high, since all classes below that one had it too.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from rashomon.compiling import compiled
from rashomon.playing.graphs import LOWEST, Ints
from rashomon.playing.layouts import COLUMNS, FREE, FREE_AT, WAYS, WAYS_AT, Int, Numbers
from rashomon.playing.sorting import NONE, PLACE, Keys, sort_keys

# columns of what :func:`face` returns: an opponent as it stands in the rows of the player that faces it
WHO: Final = 0
BITS: Final = 1  # its free options
AT: Final = 2  # the first of them among the bits of a column
STEPS: Final = 3  # its one-way options
STEPS_AT: Final = 4  # the first of them among the bits of a class (a column without the free options)
CLASSES: Final = 5  # where its classes begin among those of all opponents
FREE_OF_I: Final = 6  # where the facing player's options stand in the opponent's columns
WAYS_OF_I: Final = 7

# Unsigned places: of a signed one numba asks each time whether it counts from the end, which takes a third of the search.
ZERO: Final = np.uint64(0)
ONE: Final = np.uint64(1)


@compiled
def insert(number: int, at: int, bits: int, value: int) -> int:
    """The number with ``bits`` bits of ``value`` put in at a place."""
    return (number >> at) << (at + bits) | value << at | (number & ((1 << at) - 1))


@compiled
def face(i: int, plan: Ints) -> Ints:
    """(n - 1, 8) player i's opponents as they stand in the columns of i's rows."""
    out = np.empty((plan.shape[0] - 1, WAYS_OF_I + 1), np.int64)
    k = classes = 0
    for j in range(plan.shape[0]):
        if j == i:
            continue
        before = plan[j, FREE_AT] < plan[i, FREE_AT]
        stepped = plan[j, WAYS_AT] < plan[i, WAYS_AT]
        out[k, WHO], out[k, BITS], out[k, STEPS] = j, plan[j, FREE], plan[j, WAYS]
        out[k, AT] = plan[j, FREE_AT] - (0 if before else plan[i, FREE])
        out[k, STEPS_AT] = plan[j, WAYS_AT] - plan[i, FREE] - (0 if stepped else plan[i, WAYS]) - plan[j, FREE]
        out[k, FREE_OF_I] = plan[i, FREE_AT] - (plan[j, FREE] if before else 0)
        out[k, WAYS_OF_I] = plan[i, WAYS_AT] - plan[j, FREE] - (plan[j, WAYS] if stepped else 0)
        out[k, CLASSES] = classes
        classes += plan[i, COLUMNS] >> plan[j, FREE]
        k += 1
    return out


@compiled
def gather(i: int, row: int, k: int, faced: Ints, plan: Ints, classes: Keys, entries: Keys, liking: Numbers) -> None:
    """Copy the classes of i's k-th opponent in one row of i into arrays that stay in the cache.

    ``classes`` (S,) are the opponent's. ``entries`` (h * COLUMNS,): each class with the opponent's rank above the column;
    ``liking`` (COLUMNS * h,): the ranks by column.
    """
    bits, at, h = faced[k, BITS], faced[k, AT], faced.shape[0]
    steps, steps_at, columns = faced[k, STEPS], faced[k, STEPS_AT], plan[i, COLUMNS]
    for c in range(columns >> bits):
        p = (c >> steps_at) & ((1 << steps) - 1)
        b = (c >> (steps_at + steps)) << steps_at | (c & ((1 << steps_at) - 1))
        b = insert(b, faced[k, FREE_OF_I], plan[i, FREE], row >> plan[i, WAYS])
        b = insert(b, faced[k, WAYS_OF_I], plan[i, WAYS], row & ((1 << plan[i, WAYS]) - 1))
        source, target = (p * plan[faced[k, WHO], COLUMNS] + b) << bits, k * columns + (c << bits)
        first = insert(c, at, bits, 0)
        for x in range(np.uint64(1 << bits)):
            entry = classes[np.uint64(source) + x]
            if entry == NONE:
                entries[np.uint64(target) + x] = NONE
                break
            column = first | (entry & PLACE) << at
            entries[np.uint64(target) + x] = (entry >> 32) << 32 | column
            liking[np.uint64(column * h + k)] = entry >> 32


@compiled
def search(
    keys: Keys, count: Int, improving: bool, deep: bool, faced: Ints, columns: int,
    entries: Keys, liking: Numbers, passed: Numbers, bounds: Numbers, worst: Numbers, stack: Numbers, below: Numbers,
) -> None:  # fmt: skip
    """Label every feasible column of a row with the least value that the opponents can lead to from it, or LOWEST.

    ``keys`` (count,) are the columns by value, ascending. ``improving``: by improvements only, else by any moves.
    ``deep``: by sequences of moves, else by one. ``worst`` (COLUMNS,) is the result; the arrays around it are room to work in.
    """
    worst[:] = LOWEST
    passed[:] = 0
    bounds[:] = LOWEST
    bound, limit = np.int32(2**31 - 1), np.int64(2**63 - 1)
    h, size, pushed = np.uint64(faced.shape[0]), np.uint64(columns), np.uint64(deep)
    for x in range(count):
        v, value = np.uint64(keys[x] & PLACE), np.int32(keys[x] >> 32)
        if worst[v] == LOWEST:
            worst[v] = value
        elif deep:
            continue
        stack[0] = v
        top = ONE
        while top > ZERO:
            top -= ONE
            v = np.uint64(stack[top])
            for k in range(h):
                if improving:
                    bound = liking[v * h + k]
                    limit = np.int64(bound) << 32
                at, bits, first = np.uint64(faced[k, AT]), np.uint64(faced[k, BITS]), np.uint64(faced[k, CLASSES])
                c = first + ((v >> (at + bits)) << at | (v & ((ONE << at) - ONE)))
                waiting = ZERO
                while True:
                    if bounds[c] < bound:
                        bounds[c] = bound
                        begin = k * size + ((c - first) << bits)
                        end = begin + np.uint64(passed[c])
                        while end < begin + (ONE << bits) and entries[end] < limit:
                            u = np.uint64(entries[end] & PLACE)
                            if worst[u] == LOWEST:
                                worst[u] = value
                                stack[top] = u
                                top += pushed
                            end += ONE
                        passed[c] = end - begin
                        for bit in range(faced[k, STEPS_AT], faced[k, STEPS_AT] + faced[k, STEPS]):
                            if (c - first) >> np.uint64(bit) & ONE:
                                below[waiting] = c - (ONE << np.uint64(bit))
                                waiting += ONE
                    if waiting == ZERO:
                        break
                    waiting -= ONE
                    c = np.uint64(below[waiting])


@compiled
def sort_row(
    values: Numbers, row: Numbers, columns: int, low: int, high: int, keys: Keys, spare: Keys
) -> tuple[Keys, Int]:
    """The feasible columns of a row (those not LOWEST in it) sorted by ``values``, as packed keys, and their number."""
    count = np.int64(0)
    for b in range(columns):
        if row[b] != LOWEST:
            keys[count] = np.int64(values[b]) << 32 | b
            count += 1
    return sort_keys(keys, spare, count, low, high), count


@compiled
def floor(values: Numbers, columns: int, free: Int, worst: Numbers) -> None:
    """What :func:`search` finds where all states are feasible, every move counts and sequences do: no search is needed.

    The opponents then reach every setting of their ``free`` free options, and of their one-way options every setting that
    holds at least those taken.
    """
    step = 1 << free
    for q in range(0, columns, step):
        least = values[q]
        for b in range(q, q + step):
            least = min(least, values[b])
        worst[q] = least
    while step < columns:
        for first in range(0, columns, 2 * step):
            for b in range(first, first + step, 1 << free):
                worst[b] = min(worst[b], worst[b + step])
        step *= 2
    for b in range(columns):
        worst[b] = worst[b >> free << free]


@compiled
def peak(out: Numbers, columns: int, ways: int) -> None:
    """Raise each column of each one-way setting (``out`` is (2**ways * columns,)) to the highest of the settings that hold it."""
    for bit in range(ways):
        for x in range(columns << ways):
            if not (x // columns) >> bit & 1:
                out[x] = max(out[x], out[x + (columns << bit)])

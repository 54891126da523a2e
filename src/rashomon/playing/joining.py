"""Kernels: what groups of players can reach together, and which states are stable for a group that moves as one.

States keep their own numbers here. For each player, states that differ only in its free options are a *class*, known by the state
in which none of these is taken; a search goes through each class once for each player. What a coalition can reach is the same
for all states that it can reach from each other, its *component*: those it reaches without a step in a one-way option.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rashomon.compiling import compiled
from rashomon.playing.graphs import LOWEST, Bools, Flags, Ints
from rashomon.playing.layouts import Int, Numbers

Stamps = NDArray[np.int64]
Vectors = NDArray[np.int32]
"""(k, S): a value of each state for each member of a coalition."""

_WAITING = 1024  # more than the square of the number of one-way options: so many classes can wait at most


@compiled
def make_room(players: int, states: int) -> tuple[Stamps, NDArray[np.int64], Ints]:
    """The arrays ``seen``, ``passed`` and ``waiting`` of :func:`reach`, without stamps."""
    return np.zeros(states, np.int64), np.zeros((players, states), np.int64), np.empty(_WAITING, np.int64)


@compiled
def reach(
    start: Int, players: Ints, kinds: Ints, feasible: Bools, stamp: Int,
    seen: Stamps, passed: NDArray[np.int64], queue: Numbers, waiting: Ints,
) -> Int:  # fmt: skip
    """Put ``start`` and all that the players reach from it by sequences of moves in the queue; their number.

    ``kinds`` (n, 3) are masks of each player's options: both ways, taken only, dropped only; with the last two exchanged the
    search goes backwards. What bears the ``stamp`` in ``seen`` (S,) and ``passed`` (n, S) is left out; ``waiting`` is room.
    """
    seen[start] = stamp
    queue[0] = start
    count: Int = np.int64(1)
    head = 0
    while head < count:
        count = step(np.int64(queue[head]), players, kinds, feasible, stamp, seen, passed, queue, count, waiting)
        head += 1
    return count


@compiled
def step(
    state: Int, players: Ints, kinds: Ints, feasible: Bools, stamp: Int,
    seen: Stamps, passed: NDArray[np.int64], queue: Numbers, count: Int, waiting: Ints,
) -> Int:  # fmt: skip
    """Add to the queue what one move of any of the players leads to and bears no stamp; the queue's new length."""
    for x in range(players.size):
        j = players[x]
        free = kinds[j, 0]
        waiting[0] = state & ~free
        left = 0 if passed[j, waiting[0]] == stamp else 1
        passed[j, waiting[0]] = stamp
        while left > 0:
            left -= 1
            bare = waiting[left]
            setting = np.int64(0)
            while True:
                t = bare | setting
                if feasible[t] and seen[t] != stamp:
                    seen[t] = stamp
                    queue[count] = t
                    count += 1
                setting = (setting - free) & free
                if setting == 0:
                    break
            ways = (kinds[j, 1] & ~bare) | (kinds[j, 2] & bare)
            while ways:
                bit = ways & -ways
                ways ^= bit
                if passed[j, bare ^ bit] != stamp:
                    passed[j, bare ^ bit] = stamp
                    waiting[left] = bare ^ bit
                    left += 1
    return count


@compiled
def least(
    values: Numbers, order: Ints, players: Ints, deep: bool, kinds: Ints, feasible: Bools, worst: Numbers
) -> None:
    """The least value over each state and all that the players can lead to from it, or LOWEST for infeasible states.

    ``order``: the feasible states by value, ascending; ``kinds``: for a search backwards. See
    :mod:`rashomon.playing.sanctioning`, which does this faster where the players are all but one.
    """
    seen, passed, waiting = make_room(kinds.shape[0], values.size)
    queue, stamp = np.empty(values.size + 1, np.int32), np.int64(1)
    worst[:] = LOWEST
    for x in range(order.size):
        if not deep:
            queue[0] = order[x]
            seen[order[x]] = stamp
            count = step(order[x], players, kinds, feasible, stamp, seen, passed, queue, stamp, waiting)
        elif seen[order[x]] != stamp:
            count = reach(order[x], players, kinds, feasible, stamp, seen, passed, queue, waiting)
        else:
            continue
        for y in range(count):
            if worst[queue[y]] == LOWEST:
                worst[queue[y]] = values[order[x]]


@compiled
def least_improving(
    values: Numbers, order: Ints, players: Ints, deep: bool, kinds: Ints, feasible: Bools, ranks: NDArray[np.int32],
    worst: Numbers,
) -> None:  # fmt: skip
    """As :func:`least`, by coalition improvements: moves of any group of the players that are better for each of the group."""
    size = values.size
    seen, passed, waiting = make_room(kinds.shape[0], size)
    queue, stack = np.empty(size + 1, np.int32), np.empty(size + 1, np.int32)
    group = np.empty(players.size, np.int64)
    worst[:] = LOWEST
    stamp = np.int64(0)
    for x in range(order.size):
        if worst[order[x]] == LOWEST:
            worst[order[x]] = values[order[x]]
        elif deep:
            continue
        stack[0] = order[x]
        top = 1
        while top > 0:
            top -= 1
            t = np.int64(stack[top])
            for chosen in range(1, 1 << players.size):
                members = 0
                for k in range(players.size):
                    if chosen >> k & 1:
                        group[members] = players[k]
                        members += 1
                stamp += 1
                count = reach(t, group[:members], kinds, feasible, stamp, seen, passed, queue, waiting)
                for y in range(count):
                    if worst[queue[y]] == LOWEST and _all_above(ranks, group[:members], t, queue[y]):
                        worst[queue[y]] = values[order[x]]
                        if deep:
                            stack[top] = queue[y]
                            top += 1


@compiled
def _all_above(ranks: NDArray[np.int32], players: Ints, state: Int, other: Int) -> bool:
    for k in range(players.size):  # noqa: SIM110 - a kernel
        if ranks[players[k], state] <= ranks[players[k], other]:
            return False
    return True


@compiled
def _find_front(vectors: Vectors, states: Numbers, count: Int, front: Numbers) -> int:
    """The states whose vectors no other's equals or exceeds in every member; their number."""
    size = 0
    for x in range(count):
        kept, beaten = 0, False
        for y in range(size):
            above = below = True
            for k in range(vectors.shape[0]):
                one, other = vectors[k, front[y]], vectors[k, states[x]]
                above, below = above and one >= other, below and one <= other
            if above:
                beaten = True
                break
            if not below:
                front[kept] = front[y]
                kept += 1
        if not beaten:
            front[kept] = states[x]
            size = kept + 1
    return size


@compiled
def _is_exceeded(vectors: Vectors, front: Numbers, ranks: NDArray[np.int32], members: Ints, state: int) -> bool:
    """Whether some vector of a front is above the state's ranks in every member."""
    for y in range(front.size):
        above = True
        for k in range(members.size):
            above = above and vectors[k, front[y]] > ranks[members[k], state]
        if above:
            return True
    return False


@compiled
def lengthen(filled: Numbers, count: Int, more: Int) -> Numbers:
    """A copy of the first ``count`` numbers with room for ``more``, and for as many again."""
    longer = np.empty(2 * (filled.size + more), np.int32)
    for x in range(count):
        longer[x] = filled[x]
    return longer


@compiled
def judge_coalition(
    members: Ints, ways: int, kinds: Ints, feasible: Bools, ranks: NDArray[np.int32], vectors: NDArray[np.int32],
    bits: Ints, flags: Flags, component: Numbers, starts: Ints,
) -> Numbers:  # fmt: skip
    """Flag the states for a coalition: bits[c] where nothing that it can reach exceeds the state's ranks by vectors[c] (k, S).

    ``ways`` is the mask of its one-way options. ``component`` (S,) is set to the number of each state's component, and the fronts
    of ``vectors[0]`` of all components are returned, that of component c from ``starts[c]`` to ``starts[c + 1]``.
    """
    size = feasible.size
    seen, passed, waiting = make_room(kinds.shape[0], size)
    queue, front, fronts = np.empty(size + 1, np.int32), np.empty(size, np.int32), np.empty(size, np.int32)
    component[:] = -1
    number = np.int64(0)
    starts[0] = 0
    for s in range(size):
        if not feasible[s] or component[s] >= 0:
            continue
        count = reach(s, members, kinds, feasible, number + 1, seen, passed, queue, waiting)
        for c in range(bits.size - 1, -1, -1):  # the first last: its front is kept
            found = _find_front(vectors[c], queue, count, front)
            for y in range(count):
                if (queue[y] ^ s) & ways == 0:
                    component[queue[y]] = number
                    if not _is_exceeded(vectors[c], front[:found], ranks, members, queue[y]):
                        flags[queue[y]] |= bits[c]
        if starts[number] + found > fronts.size:
            fronts = lengthen(fronts, starts[number], found)
        for y in range(found):
            fronts[starts[number] + y] = front[y]
        starts[number + 1] = starts[number] + found
        number += 1
    return fronts


@compiled
def list_components(
    others: Ints, ways: int, deep: bool, kinds: Ints, feasible: Bools, component: Numbers, group: Numbers, starts: Ints
) -> Numbers:
    """The components of a coalition that the others can lead to from each state, each once.

    ``group`` (S,) is set to the number of each state's list, which stands from ``starts`` of it to the next. States that the
    others reach from each other share a list; ``ways`` is the mask of the others' one-way options.
    """
    size = feasible.size
    seen, passed, waiting = make_room(kinds.shape[0], size)
    queue, listed, met = np.empty(size + 1, np.int32), np.empty(size, np.int32), np.zeros(size, np.int64)
    group[:] = -1
    number = np.int64(0)
    for t in range(size):
        if not feasible[t] or group[t] >= 0:
            continue
        end = starts[number]
        queue[0] = t
        if deep:
            count = reach(t, others, kinds, feasible, number + 1, seen, passed, queue, waiting)
        else:
            count = step(t, others, kinds, feasible, number + 1, seen, passed, queue, np.int64(1), waiting)
        if end + count > listed.size:
            listed = lengthen(listed, end, count)
        group[t] = number
        for y in range(count):
            if deep and (queue[y] ^ t) & ways == 0:
                group[queue[y]] = number
            c = component[queue[y]]
            if met[c] <= number:
                met[c] = number + 1
                listed[end] = c
                end += 1
        number += 1
        starts[number] = end
    return listed


@compiled
def judge_firmly(
    members: Ints, kinds: Ints, feasible: Bools, ranks: NDArray[np.int32], component: Numbers, starts: Ints,
    fronts: Numbers, group: Numbers, begins: Ints, listed: Numbers, asked: Bools, flag: int, flags: Flags,
) -> None:  # fmt: skip
    """SMR for a coalition, of the states ``asked``: the flag is set where each improvement meets a state without escape.

    Such a state is one whose component's front, of all that the coalition reaches from it, does not exceed the state asked.
    """
    size = feasible.size
    seen, passed, waiting = make_room(kinds.shape[0], size)
    queue, done, known = np.empty(size + 1, np.int32), np.zeros(size, np.bool_), np.empty(size, np.int64)
    known[:] = -1
    own = ranks[members]
    for first in range(size):
        if not feasible[first] or done[component[first]]:
            continue
        done[component[first]] = True
        count = reach(first, members, kinds, feasible, first + 1, seen, passed, queue, waiting)
        for x in range(count):
            s = queue[x]
            if not asked[s] or component[s] != component[first]:
                continue
            met = True
            for y in range(count):
                t = queue[y]
                if not _all_above(ranks, members, t, s):
                    continue
                met = False
                for z in range(begins[group[t]], begins[group[t] + 1]):
                    c = listed[z]
                    if known[c] >> 1 != s:
                        front = fronts[starts[c] : starts[c + 1]]
                        known[c] = np.int64(s) << 1 | _is_exceeded(own, front, ranks, members, s)
                    if known[c] & 1 == 0:
                        met = True
                        break
                if not met:
                    break
            if met:
                flags[s] |= flag

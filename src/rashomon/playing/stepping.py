"""Kernel: where play goes under misperception, and where it comes to rest (definitions D4 and D5).

A step is either one player's, to what it prefers and is sure not to be driven from in its own view; or a group's, to what every
member prefers and expects to last. Play rests in the closed strongly connected sets of states that steps reach from the start:
once within, no step leads out. They are found by Tarjan's algorithm (1972, *SIAM Journal on Computing* 1), without recursion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.compiling import compiled
from rashomon.errors import RashomonError, error
from rashomon.playing.graphs import Bools, Ints, Ranks, Shape

States = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Field:
    """What decides the steps of one game with n players and S states, in d orders of what is in doubt.

    ``ranks`` (d, n, S) are true. Of each player's own view: ``seen`` (n, S) what it sees, ``worth`` (d, n, S) its ranks there,
    ``sure`` (d, n, S) the rank it is sure to keep if it goes there, ``expects`` (d, n, S) what it expects to last.
    ``feasible`` (S,) is true.
    """

    shape: Shape
    feasible: Bools
    ranks: Ranks
    seen: Bools
    worth: Ranks
    sure: Ranks
    expects: Bools


@dataclass(frozen=True, eq=False)
class Steps:
    """All steps of play from a start: edge k leads from ``source`` to ``target``, places among the ``states`` (r,) reached.

    ``mover`` is the mask of the players who make it, and ``rest`` (r,) the number of the resting set that holds a state, −1 for
    none.
    """

    states: States
    source: Ints
    target: Ints
    mover: Ints
    rest: Ints


ROOM = 1 << 32
"""Looks from one state at another after which play counts as too large to follow: a few seconds' worth."""


def step_out(field: Field, start: int, order: int = 0) -> Steps:
    """Every step that can follow from a feasible state ``start`` in one order; R819 where there are too many to follow."""
    shape = field.shape
    states, source, target, mover = _step_out(
        start, shape.own, shape.take, shape.drop, field.feasible, field.ranks[order], field.seen, field.worth[order],
        field.sure[order], field.expects[order], ROOM,
    )  # fmt: skip
    if not len(states):
        raise _too_many(field)
    return Steps(states, source, target, mover, _rest(len(states), source, target))


def settle(field: Field, start: int, agreeing: Bools) -> tuple[Bools, Bools, Bools]:
    """In each order (d,): whether all resting sets lie within ``agreeing`` (d, S), whether one does; and their states (d, S).

    R819 where there are too many steps to follow.
    """
    shape = field.shape
    must, may, rests, looked = _settle(
        start, shape.own, shape.take, shape.drop, field.feasible, field.ranks, field.seen, field.worth, field.sure,
        field.expects, agreeing, ROOM,
    )  # fmt: skip
    if not looked:
        raise _too_many(field)
    return must, may, rests


def _too_many(field: Field) -> RashomonError:
    return error(
        "R819", "The game is too large to be played out.",
        found=f"{int(field.feasible.sum()):,} feasible states, {len(field.ranks):,} orders of what is in doubt",
        allowed=f"{ROOM:,} looks from one state at another",
        remedy="Leave out options that decide nothing, or draw fewer orders (--draws).",
    )  # fmt: skip


@compiled
def _settle(
    start: int, own: Ints, take: int, drop: int, feasible: Bools, ranks: Ranks, seen: Bools, worth: Ranks, sure: Ranks,
    expects: Bools, agreeing: Bools, room: int,
) -> tuple[Bools, Bools, Bools, bool]:  # fmt: skip
    """The last is whether there was room to look at everything."""
    count = ranks.shape[0]
    must, may = np.ones(count, np.bool_), np.zeros(count, np.bool_)
    rests = np.zeros((count, feasible.size), np.bool_)
    for k in range(count):
        states, source, target, _ = _step_out(
            start, own, take, drop, feasible, ranks[k], seen, worth[k], sure[k], expects[k], room // count
        )  # fmt: skip
        if states.size == 0:
            return must, may, rests, False
        rest = _rest(states.size, source, target)
        agreed = np.ones(states.size, np.bool_)
        for place in range(states.size):
            if rest[place] >= 0:
                rests[k, states[place]] = True
                agreed[rest[place]] &= agreeing[k, states[place]]
        for number in range(rest.max() + 1):
            must[k] &= agreed[number]
            may[k] |= agreed[number]
    return must, may, rests, True


@compiled
def _step_out(
    start: int, own: Ints, take: int, drop: int, feasible: Bools, ranks: Ranks, seen: Bools, worth: Ranks, sure: Ranks,
    expects: Bools, room: int,
) -> tuple[States, Ints, Ints, Ints]:  # fmt: skip
    """Breadth first: the states reached, and the edges by places among them; nothing where there are more looks than ``room``."""
    often = np.flatnonzero((expects.sum(axis=0) >= 2) & feasible)
    place = np.full(feasible.size, -1, np.int64)
    states = np.empty(feasible.size, np.int32)
    states[0], place[start] = start, 0
    count, done, edges = 1, 0, 0
    source, target, mover = np.empty(64, np.int64), np.empty(64, np.int64), np.empty(64, np.int64)
    found, movers = np.empty(feasible.size, np.int64), np.empty(feasible.size, np.int64)
    while done < count:
        s = np.int64(states[done])
        room -= often.size + 16
        if room < edges * 16:
            return states[:0].copy(), source[:0].copy(), target[:0].copy(), mover[:0].copy()
        leads = _own_steps(s, own, take, drop, feasible, ranks, seen, worth, sure, found, movers)
        leads = _joint_steps(s, own, take, drop, ranks, expects, often, found, movers, leads)
        while edges + leads > source.size:
            source, target, mover = _longer(source), _longer(target), _longer(mover)
        for k in range(leads):
            t = found[k]
            if place[t] < 0:
                place[t], states[count] = count, t
                count += 1
            source[edges], target[edges], mover[edges] = done, place[t], movers[k]
            edges += 1
        done += 1
    return states[:count].copy(), source[:edges].copy(), target[:edges].copy(), mover[:edges].copy()


@compiled
def _longer(row: Ints) -> Ints:
    out = np.empty(2 * row.size, np.int64)
    out[: row.size] = row
    return out


@compiled
def _own_steps(
    s: int | np.int64, own: Ints, take: int, drop: int, feasible: Bools, ranks: Ranks, seen: Bools, worth: Ranks, sure: Ranks,
    found: Ints, movers: Ints,
) -> int:  # fmt: skip
    count = 0
    for i in range(own.size):
        if not seen[i, s]:
            continue
        movable = own[i] & ((take & ~s) | (drop & s))
        flips = movable
        while flips > 0:  # every set of options that the player may flip
            t = s ^ flips
            if feasible[t] and seen[i, t] and ranks[i, t] > ranks[i, s] and min(sure[i, t], worth[i, t]) > worth[i, s]:
                found[count], movers[count] = t, 1 << i
                count += 1
            flips = (flips - 1) & movable
    return count


@compiled
def _joint_steps(
    s: int | np.int64, own: Ints, take: int, drop: int, ranks: Ranks, expects: Bools, often: Ints, found: Ints, movers: Ints,
    count: int,
) -> int:  # fmt: skip
    movable = (take & ~s) | (drop & s)
    for k in range(often.size):
        t = often[k]
        flips = s ^ t
        if flips & ~movable:
            continue
        group = members = 0
        willing = True
        for i in range(own.size):
            if flips & own[i]:
                group |= 1 << i
                members += 1
                willing = willing and ranks[i, t] > ranks[i, s] and expects[i, t]
        if members >= 2 and willing:
            found[count], movers[count] = t, group
            count += 1
    return count


@compiled
def _rest(size: int, source: Ints, target: Ints) -> Ints:
    """(size,) the number of the resting set of each place, −1 where it is in none; edges are in the order of their sources."""
    first = np.searchsorted(source, np.arange(size + 1))
    index, low = np.full(size, -1, np.int64), np.zeros(size, np.int64)
    component = np.full(size, -1, np.int64)
    stack, calls, upto = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)
    height = depth = clock = parts = 0
    for root in range(size):
        if index[root] >= 0:
            continue
        calls[0], upto[root], depth = root, first[root], 1
        index[root] = low[root] = clock
        clock += 1
        stack[height] = root
        height += 1
        while depth:
            v = calls[depth - 1]
            if upto[v] < first[v + 1]:
                w = target[upto[v]]
                upto[v] += 1
                if index[w] < 0:
                    index[w] = low[w] = clock
                    clock += 1
                    stack[height] = w
                    height += 1
                    calls[depth], upto[w] = w, first[w]
                    depth += 1
                elif component[w] < 0:
                    low[v] = min(low[v], index[w])
                continue
            depth -= 1
            if depth:
                low[calls[depth - 1]] = min(low[calls[depth - 1]], low[v])
            if low[v] == index[v]:
                while True:
                    height -= 1
                    component[stack[height]] = parts
                    if stack[height] == v:
                        break
                parts += 1
    return _closed(component, parts, source, target)


@compiled
def _closed(component: Ints, parts: int, source: Ints, target: Ints) -> Ints:
    """The components that no edge leaves, numbered anew; −1 for the places of all others."""
    leaves = np.zeros(parts, np.bool_)
    for k in range(source.size):
        if component[source[k]] != component[target[k]]:
            leaves[component[source[k]]] = True
    number, count = np.full(parts, -1, np.int64), 0
    for part in range(parts - 1, -1, -1):
        if not leaves[part]:
            number[part] = count
            count += 1
    return number[component]

"""What players can reach by moves or by improvements, step by step, and where one player can go by itself.

No shortest path has a player move twice running, for two moves of one player are one move of it, and two improvements one
improvement; so a search may leave out the moves of whoever came last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.compiling import compiled
from rashomon.playing.graphs import MANY_WAYS, Bools, Graph, Ints, Ranks


@dataclass(frozen=True, eq=False)
class Reach:
    """What is reached from a start: ``found`` (r,) the states by distance, the start first.

    ``far`` (S,) is the number of steps to each state, −1 where it is not reached; ``ways`` (S,) the number of shortest paths.
    """

    found: NDArray[np.int32]
    far: NDArray[np.int32]
    ways: Ints


def explore(graph: Graph, start: int, players: Iterable[int], improving: bool) -> Reach:
    """All that players reach from a feasible state of a checked graph by legal moves, or by improvements of each mover.

    The time is linear in the moves of the states that are reached.
    """
    chosen = np.array(list(players), dtype=np.int64)
    ranks = np.require(graph.ranks, requirements=["C", "W"])
    found, far, ways = _explore(start, chosen, improving, graph.own, graph.take, graph.drop, graph.possible, ranks)
    return Reach(found, far, ways)


@compiled
def _explore(
    start: int, players: Ints, improving: bool, own: Ints, take: int, drop: int, feasible: Bools, ranks: Ranks
) -> tuple[NDArray[np.int32], NDArray[np.int32], Ints]:
    """Breadth first. ``by`` (S,) is the mask of those who make the last step of a shortest path."""
    far, queue = np.full(feasible.size, -1, np.int32), np.empty(feasible.size, np.int32)
    by, ways = np.zeros(feasible.size, np.int64), np.zeros(feasible.size, np.int64)
    queue[0], far[start], ways[start] = start, 0, 1
    count, head = 1, 0
    while head < count:
        s = np.int64(queue[head])
        head += 1
        for x in range(players.size):
            j = players[x]
            if by[s] >> j & 1:
                continue
            movable = own[j] & ((take & ~s) | (drop & s))
            flips = movable
            while flips > 0:
                t = s ^ flips
                if feasible[t] and (not improving or ranks[j, t] > ranks[j, s]):
                    if far[t] < 0:
                        far[t], queue[count] = far[s] + 1, t
                        count += 1
                    if far[t] == far[s] + 1:
                        by[t] |= 1 << j
                        ways[t] = min(ways[t] + ways[s], MANY_WAYS)
                flips = (flips - 1) & movable
    return queue[:count].copy(), far, ways


@compiled
def steps_before(
    state: int, own: Ints, take: int, drop: int, feasible: Bools, ranks: Ranks, far: NDArray[np.int32]
) -> Ints:
    """(k, 2) who makes the last improvement of a shortest path to a state, and from where; ascending."""
    out, count = np.empty((16, 2), np.int64), 0
    for j in range(own.size):
        movable = own[j] & ((take & state) | (drop & ~state))
        flips = np.int64(0)
        first = count
        while True:
            flips = (flips - movable) & movable
            if flips == 0:
                break
            s = state ^ flips
            if feasible[s] and far[s] >= 0 and far[s] + 1 == far[state] and ranks[j, s] < ranks[j, state]:
                if count == out.shape[0]:
                    longer = np.empty((2 * count, 2), np.int64)
                    longer[:count] = out
                    out = longer
                out[count, 0], out[count, 1] = j, s
                count += 1
        out[first:count, 1] = np.sort(out[first:count, 1])
    return out[:count].copy()

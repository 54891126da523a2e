"""How play gets from one state to others: the shortest legal paths of improvements, who moves when, and what is out of reach.

A path is a sequence of unilateral improvements, each of its mover's, in which nobody moves twice running (Fang, Hipel & Kilgour
1993, *Interactive Decision Making*, ch. 3; the evolution of a conflict from the status quo, Li, Kilgour & Hipel 2005, *Group
Decision and Negotiation* 14).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

import numpy as np

from rashomon.errors import error
from rashomon.playing.graphs import MANY_WAYS, Graph, check_graph, check_state

Path = tuple[tuple[int, int], ...]
"""Steps: who moves, and to what state."""
MOST_PATHS = 10


@dataclass(frozen=True, slots=True)
class Route:
    """The shortest ways to a ``target``: ``length`` steps; ``count`` of such paths in all, of which ``paths`` are shown, sorted.

    Where there are more than are shown, they are those whose ways back are least: by who makes the last step, then from where.
    From 2**62 − 1 paths on the count says: so many, or more.
    """

    target: int
    length: int
    count: int
    paths: tuple[Path, ...]

    @property
    def counted(self) -> bool:
        """Whether the count is exact."""
        return self.count < MANY_WAYS


@dataclass(frozen=True, slots=True)
class Routes:
    """The ways from ``start``: ``routes`` by length and then by target, and the targets that no path reaches, ascending."""

    start: int
    routes: tuple[Route, ...]
    unreachable: tuple[int, ...]


def improving_paths(graph: Graph, start: int, targets: Iterable[int], most: int = MOST_PATHS) -> Routes:
    """The shortest paths of improvements from ``start`` to each of the ``targets``, up to ``most`` of them for each.

    A target that is the start itself is reached by the path without steps. The time is linear in the improvements of the
    states that are reached. Raises R003 for states that are infeasible or not in the graph, and for ``most`` below 1; else
    what :func:`rashomon.playing.stability.stability` does.
    """
    from rashomon.playing.reaching import explore, steps_before  # here, for it loads numba

    check_graph(graph)
    if most < 1:
        raise error("R003", "No path was asked for.", found=str(most), allowed="1 or more", remedy="Ask for one at least.")
    wanted = sorted({int(target) for target in targets})
    for state in (start, *wanted):
        check_state(graph, state)
    reach = explore(graph, start, range(graph.players), improving=True)
    own, feasible, ranks = graph.own, graph.possible, np.require(graph.ranks, requirements=["C", "W"])

    @cache
    def before(state: int) -> tuple[tuple[int, int], ...]:
        found = steps_before(state, own, graph.take, graph.drop, feasible, ranks, reach.far)
        return tuple((int(mover), int(source)) for mover, source in found)

    def ways_back(target: int) -> Iterator[Path]:
        """The shortest paths from the start, those whose last steps are least first."""
        waiting: list[tuple[int, Path]] = [(target, ())]
        while waiting:
            state, path = waiting.pop()
            if state == start:
                yield path
            waiting += [(source, ((mover, state), *path)) for mover, source in reversed(before(state))]

    routes = [
        Route(target, int(reach.far[target]), int(reach.ways[target]), tuple(sorted(islice(ways_back(target), most))))
        for target in wanted
        if reach.far[target] >= 0
    ]
    lost = tuple(target for target in wanted if reach.far[target] < 0)
    return Routes(start, tuple(sorted(routes, key=lambda one: (one.length, one.target))), lost)

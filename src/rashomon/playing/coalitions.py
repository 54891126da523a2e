"""Stability for coalitions: groups of players that move together where each of them gains.

Coalition Nash stability after Kilgour, Hipel, Fang & Peng 2001 (*Group Decision and Negotiation* 10), and GMR, SMR and SEQ
after Inohara & Hipel 2008 (*Systems Engineering* 11). A coalition reaches what a sequence of moves of its members leads to; it
improves to what is better for every member. It is deterred by what is no better for one member at least. Of SEQ the sanctions are
*coalition* improvements, by any group of the others, so a coalition of one may be stable there and not as a player; in Nash, GMR
and SMR the two are the same. The rule of sanctions is for the others alone: a coalition's own move is always a sequence.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import error
from rashomon.playing.engine import check_sanctions
from rashomon.playing.graphs import GMR, NASH, SEQ, SMR, Bools, Flags, Graph, Ints, Sanctions, check_graph, check_state
from rashomon.playing.stability import stability


def coalition_stability(graph: Graph, members: int, sanctions: Sanctions = "sequence") -> Flags:
    """(S,) flags NASH, GMR, SMR and SEQ of each state for the coalition of a mask of players; 0 for infeasible states.

    SEQ takes a time of S times the states that the others can reach together, SMR at the worst the square of S. Raises R806 for
    a coalition of nobody or of strangers, else what :func:`rashomon.playing.stability.stability` does.
    """
    from rashomon.playing.joining import (  # here, for it loads numba
        judge_coalition,
        judge_firmly,
        least,
        least_improving,
        list_components,
    )

    check_sanctions(sanctions)
    chosen, others = _split(graph, members)
    feasible = graph.possible
    kinds, deep = kinds_of(graph), sanctions == "sequence"
    back = np.ascontiguousarray(kinds[:, [0, 2, 1]])
    ranks = np.require(graph.ranks, requirements=["C", "W"])
    flags = np.zeros(graph.states, dtype=np.uint8)
    values = ranks[chosen]
    seq = np.empty_like(values)
    for k, order in enumerate(_orders(values, feasible)):
        least_improving(values[k], order, others, deep, back, feasible, ranks, seq[k])
    component, starts = np.empty(graph.states, dtype=np.int32), np.empty(graph.states + 1, dtype=np.int64)
    ways = int(kinds[chosen, 1:].sum())
    if chosen.size == 1:
        judge_coalition(
            chosen, ways, kinds, feasible, ranks, seq[None], np.array([SEQ]), flags, component, starts
        )  # fmt: skip
        found: Flags = flags | stability(graph, sanctions, NASH | GMR | SMR)[chosen[0]]
        return found
    gmr = np.empty_like(values)
    for k, order in enumerate(_orders(values, feasible)):
        least(values[k], order, others, deep, back, feasible, gmr[k])
    vectors, bits = np.stack([values, gmr, seq]), np.array([NASH, GMR, SEQ])
    fronts = judge_coalition(chosen, ways, kinds, feasible, ranks, vectors, bits, flags, component, starts)
    flags[flags & NASH > 0] |= SMR
    group, begins = np.empty_like(component), np.zeros_like(starts)
    listed = list_components(others, int(kinds[others, 1:].sum()), deep, kinds, feasible, component, group, begins)
    asked = flags & (NASH | GMR) == GMR
    judge_firmly(chosen, kinds, feasible, ranks, component, starts, fronts, group, begins, listed, asked, SMR, flags)
    return flags


def coalition_improvements(graph: Graph, members: int, state: int) -> Ints:
    """The states, ascending, that the coalition can reach from a feasible state and that are better for each member.

    Raises R003 for a state that is infeasible or not in the graph, R806 for a coalition of nobody or of strangers.
    """
    from rashomon.playing.joining import make_room, reach  # here, for it loads numba

    chosen, _ = _split(graph, members)
    check_state(graph, state)
    feasible = graph.possible
    seen, passed, waiting = make_room(graph.players, graph.states)
    queue = np.empty(graph.states + 1, dtype=np.int32)
    count = reach(state, chosen, kinds_of(graph), feasible, 1, seen, passed, queue, waiting)
    reached = np.sort(queue[:count]).astype(np.int64)
    better = (graph.ranks[chosen][:, reached] > graph.ranks[chosen, state][:, None]).all(axis=0)
    found: Ints = reached[better]
    return found


def _split(graph: Graph, members: int) -> tuple[Ints, Ints]:
    """The players of a coalition and the others, of a graph that is checked first."""
    check_graph(graph)
    if not 0 < members < 1 << graph.players:
        raise error(
            "R806",
            "a coalition has no members, or members that the game does not have",
            found=f"mask {members}",
            allowed=f"1 to {(1 << graph.players) - 1}, a mask of {graph.players} players",
            remedy="name players of the game, one at least",
        )
    inside = np.array([bool(members >> j & 1) for j in range(graph.players)])
    return np.flatnonzero(inside), np.flatnonzero(~inside)


def kinds_of(graph: Graph) -> Ints:
    """(n, 3) masks of each player's options: both ways, taken only, dropped only."""
    own, take, drop = graph.own, graph.take, graph.drop
    return np.stack([own & (take & drop), own & (take & ~drop), own & (drop & ~take)], axis=1)


def _orders(values: NDArray[np.int32], feasible: Bools) -> list[Ints]:
    """For each row of values the feasible states, ascending."""
    states = np.flatnonzero(feasible)
    return [states[np.argsort(row[states], kind="stable")] for row in values]

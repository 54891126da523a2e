"""What coalitions change: states that no set of players can upset, and equilibria that a set of players would leave together.

Universal stability and equilibrium jumps: Kilgour, Hipel, Fang & Peng 2001, *Group Decision and Negotiation* 10; Inohara & Hipel
2008, *Systems Engineering* 11.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rashomon.errors import error
from rashomon.playing.coalitions import coalition_improvements, coalition_stability
from rashomon.playing.graphs import GMR, NASH, SEQ, SMR, Bools, Flags, Graph, Sanctions, check_graph

MOST_STATES = 4096
MOST_PLAYERS = 6
"""Feasible states and players up to which all coalitions are asked."""


@dataclass(frozen=True, slots=True)
class Jump:
    """From an equilibrium to another, by the coalition of a mask of two ``members`` or more, who all strictly prefer it."""

    members: int
    source: int
    target: int


def universal_stability(graph: Graph, sanctions: Sanctions = "sequence") -> Flags:
    """(S,) flags NASH, GMR, SMR and SEQ where a state is stable for every coalition, each player alone among them.

    Raises R804 above MOST_STATES feasible states or MOST_PLAYERS players, and what :func:`~rashomon.playing.stability` does.
    """
    _check_size(graph)
    out = np.full(graph.states, NASH | GMR | SMR | SEQ, np.uint8)
    for members in range(1, 1 << graph.players):
        out &= coalition_stability(graph, members, sanctions)
    return out


def equilibrium_jumps(graph: Graph, equilibria: Bools) -> tuple[Jump, ...]:
    """Every jump between ``equilibria`` (S,), by source, then target, then coalition.

    A coalition goes by a legal sequence of moves of its members. Raises as :func:`universal_stability` does.
    """
    _check_size(graph)
    jumps = []
    for source in np.flatnonzero(equilibria).tolist():
        for members in range(1, 1 << graph.players):
            if members.bit_count() > 1:
                reached = coalition_improvements(graph, members, source)
                jumps += [Jump(members, source, target) for target in reached[equilibria[reached]].tolist()]
    return tuple(sorted(jumps, key=lambda jump: (jump.source, jump.target, jump.members.bit_count(), jump.members)))


def _check_size(graph: Graph) -> None:
    check_graph(graph)
    states = int(graph.possible.sum())
    if states > MOST_STATES or graph.players > MOST_PLAYERS:
        raise error(
            "R804", "There are too many coalitions and states to ask them all.",
            found=f"{states:,} feasible states, {graph.players} players",
            allowed=f"{MOST_STATES:,} states and {MOST_PLAYERS} players at most",
            remedy="Ask for single coalitions, or leave out options that decide nothing.",
        )  # fmt: skip

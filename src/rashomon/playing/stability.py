"""Stability of every state for every player: Nash, GMR, SMR, SEQ and SIM.

The concepts of the graph model (Fang, Hipel & Kilgour 1993, ch. 3; SIM: Fraser & Hipel 1984), with strict improvements: a
state no better than the one left does not lure, and one no better deters. Opponents sanction by legal *sequences* of moves or
by a *single* move; the difference shows with three players or more.

All but SIM take a time near-linear in the states, whatever the conditions that make states infeasible. The first call on a
machine compiles the kernels: about six seconds of processor time, one more for SIM and four more for coalitions. They are then
cached on disk, and a later process loads them in less than half a second.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rashomon.playing.engine import play
from rashomon.playing.graphs import GMR, NASH, SEQ, SIM, SMR, Flags, Graph, Sanctions, check_graph

__all__ = ["CONCEPTS", "GMR", "NASH", "SEQ", "SIM", "SMR", "stability"]

CONCEPTS: Mapping[str, int] = MappingProxyType({"nash": NASH, "gmr": GMR, "smr": SMR, "seq": SEQ, "sim": SIM})
"""The bit of each concept in the flags that stability returns."""


def stability(graph: Graph, sanctions: Sanctions = "sequence", concepts: int = NASH | GMR | SMR | SEQ) -> Flags:
    """(n, S) flags: a concept's bit is set where the state is stable for the player in it; 0 for infeasible states.

    Raises R801, R802, R803 or R805 for a graph that cannot be played, R003 for concepts or sanctions that are not known.
    """
    check_graph(graph)
    flags: Flags = play(graph, graph.ranks[None], sanctions, concepts)[0][0]
    return flags

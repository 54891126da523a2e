"""Strength of preference: stable states that are held by the threat of something greatly worse (Hamouda, Kilgour & Hipel 2004).

*Group Decision and Negotiation* 13, 449–462. A player's states fall into tiers; one state is greatly preferred to another where
its tier is higher, otherwise mildly where its rank is. A state is *strongly* stable for a player in GMR, SMR or SEQ where each
improvement of the player can be answered by something greatly worse than the state (SMR: from which it has no way out either
but to what is greatly worse); *weakly* where it is stable, but not strongly. A Nash-stable state is strongly stable in all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rashomon.playing.batches import assured_batch
from rashomon.playing.graphs import (
    GMR,
    LOWEST,
    NASH,
    SEQ,
    SMR,
    Bools,
    Flags,
    Graph,
    Ranks,
    Sanctions,
    check_graph,
    check_ranks,
    subsets,
)  # fmt: skip

if TYPE_CHECKING:
    from rashomon.playing.layouts import Numbers


def strong_stability(graph: Graph, tiers: Ranks, sanctions: Sanctions = "sequence") -> Flags:
    """(n, S) flags NASH, GMR, SMR and SEQ where a state is strongly stable for a player; 0 for infeasible states.

    ``tiers`` (n, S), int32: higher for what is greatly preferred; they never run against the ranks of the graph. Raises what
    :func:`rashomon.playing.stability.stability` does, R803 also for tiers that do not fit.
    """
    check_graph(graph)
    check_ranks(graph, tiers, (graph.players, graph.states))
    out = np.zeros((graph.players, graph.states), np.uint8)
    for concept in (GMR, SMR, SEQ):
        flags, sure = assured_batch(graph, graph.ranks[None], sanctions, concept)
        for player in range(graph.players):
            safe = _tier_kept(graph, player, tiers[player], sure[0, player])
            out[player] |= np.where(graph.possible & (safe < tiers[player]), concept, 0).astype(np.uint8)
            out[player] |= flags[0, player] & NASH
    return out


def _tier_kept(graph: Graph, player: int, tiers: Numbers, sure: Numbers) -> Numbers:
    """(S,) the highest tier that the player is sure to keep by an improvement; the least int32 where it has none.

    ``sure`` is a rank: that of the worst answer, whose tier is the lowest, too.
    """
    ranks, possible = graph.ranks[player], graph.possible
    kept = _tiers_of(sure, ranks, tiers, possible)
    out = np.full(graph.states, LOWEST, np.int32)
    states = np.arange(graph.states)
    for flips in subsets(int(graph.own[player]))[1:].tolist():
        reached = states ^ flips
        stuck = (flips & ~states & ~graph.take) | (flips & states & ~graph.drop)
        better: Bools = (stuck == 0) & possible & possible[reached] & (ranks[reached] > ranks)
        np.maximum(out, kept[reached], out=out, where=better)
    return out


def _tiers_of(sure: Numbers, ranks: Numbers, tiers: Numbers, possible: Bools) -> Numbers:
    """(S,) the tiers of ranks, each the rank of some state; LOWEST where infeasible."""
    known, first = np.unique(ranks[possible], return_index=True)
    out = np.full(len(sure), LOWEST, np.int32)
    out[possible] = tiers[possible][first][np.searchsorted(known, sure[possible])]
    return out

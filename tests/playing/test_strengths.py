"""Strength of preference against its definition, and a game in which what deters is greatly worse for one side only."""

from __future__ import annotations

import numpy as np
from games import graphs, rules
from hypothesis import given
from hypothesis import strategies as st
from oracle import Rule, read_graph, stable, strongly_stable

from rashomon.playing import CONCEPTS, NASH, Graph, stability
from rashomon.playing.arenas import Board
from rashomon.playing.games import Preferences, number
from rashomon.playing.strengths import strong_stability


@given(graphs(most_options=5), rules(), st.data())
def test_strongly_stable_for_whom(graph: Graph, rule: Rule, data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.integers(0, int(graph.ranks.max()) + 1), max_size=3))
    tiers = sum((graph.ranks >= gap for gap in gaps), np.zeros(graph.ranks.shape, np.int32)).astype(np.int32)
    conflict = read_graph(graph)
    tier = {i: {s: int(tiers[i, s]) for s in conflict.states} for i in conflict.players}
    found, plain = strong_stability(graph, tiers, rule), stability(graph, rule)
    assert not (found & ~plain).any()
    assert ((found & NASH) == (plain & NASH)).all()
    for concept in ("gmr", "smr", "seq"):
        for i in conflict.players:
            strong = {s for s in range(graph.states) if found[i, s] & CONCEPTS[concept]}
            assert strong == {s for s in conflict.states if strongly_stable(conflict, tier, i, s, concept, rule)}, concept
            assert strong >= {s for s in conflict.states if stable(conflict, i, s, "nash", rule)}


def test_tiers_of_priorities_and_of_rankings() -> None:
    board = Board(("a", "b"))
    states = {text: number(text) for text in ("NN", "YN", "NY", "YY")}

    def tiers(wanted: Preferences) -> dict[str, int]:
        found = board.tiers(wanted)
        return {text: int(found[state]) for text, state in states.items()}

    assert tiers(Preferences(conditions=("a", "b"), great=(1,))) == {"NN": 0, "NY": 0, "YN": 1, "YY": 1}
    assert tiers(Preferences(conditions=("a", "b"))) == {"NN": 0, "NY": 0, "YN": 0, "YY": 0}
    ranked = Preferences(levels=(("YN",), ("YY",), ("NN",), ("NY",)), great=(1, 3))
    assert tiers(ranked) == {"YN": 2, "YY": 1, "NN": 1, "NY": 0}


def test_prisoners_whom_only_one_breach_would_hurt_much() -> None:
    """Cooperation (YY) is held by mutual defection; the first prisoner finds that greatly worse, the second does not."""
    ranks = np.zeros((2, 4), np.int32)
    for player, order in enumerate((("NY", "YY", "NN", "YN"), ("YN", "YY", "NN", "NY"))):
        for place, text in enumerate(order):
            ranks[player, number(text)] = 3 - place
    graph = Graph((0, 1), 2, 3, 3, None, ranks)
    tiers = np.stack([ranks[0] >= 2, ranks[1] >= 1]).astype(np.int32)
    found = strong_stability(graph, tiers)[:, number("YY")]
    assert [bool(one & CONCEPTS["seq"]) for one in found] == [True, False]
    assert (stability(graph)[:, number("YY")] & CONCEPTS["seq"]).all()

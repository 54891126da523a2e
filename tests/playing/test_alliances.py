"""Coalitions all at once: universal stability and jumps against their definitions, and in published conflicts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from as_games import declared
from conflict_files import FILES, actors, load, number, read_conflict
from games import graphs, rules
from hypothesis import given, settings
from oracle import Rule, equilibria, read_graph, universally_stable
from oracle import equilibrium_jumps as jumps

from rashomon.errors import RashomonError
from rashomon.playing import CONCEPTS, Graph, stability
from rashomon.playing.alliances import MOST_PLAYERS, equilibrium_jumps, universal_stability
from rashomon.playing.arenas import Arena

CONCERTED = ("nash", "gmr", "smr", "seq")


def mask(members: frozenset[int]) -> int:
    return sum(1 << i for i in members)


@settings(deadline=None, max_examples=50)
@given(graphs(most_options=4, most_players=3), rules())
def test_what_no_coalition_can_upset(graph: Graph, rule: Rule) -> None:
    conflict, flags = read_graph(graph), universal_stability(graph, rule)
    for concept in CONCERTED:
        found = {s for s in range(graph.states) if flags[s] & CONCEPTS[concept]}
        assert found == {s for s in conflict.states if universally_stable(conflict, s, concept, rule)}, concept


@settings(deadline=None)
@given(graphs(most_options=5, most_players=4), rules())
def test_jumps_between_equilibria(graph: Graph, rule: Rule) -> None:
    conflict, flags = read_graph(graph), stability(graph, rule)
    for concept in CONCERTED:
        at = (flags & CONCEPTS[concept] > 0).all(axis=0)
        assert set(np.flatnonzero(at).tolist()) == equilibria(conflict, concept, rule)
        found = equilibrium_jumps(graph, at)
        assert {(one.source, one.target, one.members) for one in found} == {
            (s, t, mask(some)) for s, t, some in jumps(conflict, concept, rule)
        }
        assert len(set(found)) == len(found)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_published_jumps(file: Path) -> None:
    published = load(file)
    graph = Arena.of(declared(read_conflict(published))).graph()
    for part in ("expected", "recomputed"):
        for jump in published[part].get("jump", []):
            at = (stability(graph, concepts=CONCEPTS[jump["concept"]]) > 0).all(axis=0)
            members = mask(frozenset(actors(published).index(actor) for actor in jump["members"]))
            found = [(one.source, one.target, one.members) for one in equilibrium_jumps(graph, at)]
            assert found == [(number(jump["from"]), number(jump["to"]), members)]


def test_too_many_players_are_refused() -> None:
    n = MOST_PLAYERS + 1
    graph = Graph(tuple(range(n)), n, 2**n - 1, 2**n - 1, None, np.zeros((n, 2**n), np.int32))
    for ask in (universal_stability, lambda one: equilibrium_jumps(one, np.ones(2**n, np.bool_))):
        with pytest.raises(RashomonError, match="R804"):
            ask(graph)

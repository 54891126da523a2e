"""The inverse question, against every order written out and played; and the published counts."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from math import comb, factorial
from pathlib import Path

import numpy as np
import pytest
from as_games import declared
from conflict_files import FILES, load, number, player_of, read_conflict
from games import graphs, rules
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import (
    Conflict,
    Rule,
    orders_of_priorities,
    orders_of_states,
    ranks_of_order,
    ranks_of_priorities,
    smallest_change,
    stable,
    with_rank,
)
from oracle import read_graph as read

from rashomon.errors import RashomonError
from rashomon.playing import CONCEPTS, Graph
from rashomon.playing.arenas import Arena
from rashomon.playing.inverting import inverse_priorities, inverse_states
from rashomon.playing.state_orders import MOST_STATES

NAMES = sorted(CONCEPTS)
STATES = 6


def few(graph: Graph, most: int = STATES) -> Graph:
    """The graph without its last feasible states, so that their orders can be listed."""
    states = np.flatnonzero(graph.possible)
    feasible = np.zeros(graph.states, np.bool_)
    feasible[states[:: max(1, len(states) // most)][:most]] = True
    return Graph(graph.owner, graph.players, graph.take, graph.drop, feasible, graph.ranks)


def small() -> st.SearchStrategy[Graph]:
    return graphs(most_options=5, most_players=3).map(few)


def moved(rank: dict[int, int], order: tuple[int, ...]) -> int:
    """Pairs that a ranking with ties puts one way and an order the other."""
    return sum(rank[a] < rank[b] for place, a in enumerate(order) for b in order[place + 1 :])


def is_equilibrium(conflict: Conflict, state: int, concept: str, rule: Rule) -> bool:
    return all(stable(conflict, i, state, concept, rule) for i in conflict.players)


@settings(deadline=None)
@given(small(), rules(), st.sampled_from(NAMES), st.data())
def test_orders_of_states(graph: Graph, rule: Rule, concept: str, data: st.DataObject) -> None:
    conflict = read(graph)
    player = data.draw(st.sampled_from(conflict.players))
    state = data.draw(st.sampled_from(sorted(conflict.states)))
    expected = orders_of_states(conflict, player, state, concept, rule)
    found = inverse_states(graph, player, state, CONCEPTS[concept], rule)
    assert (found.total, found.stable) == (factorial(len(conflict.states)), len(expected))
    rank = dict(conflict.rank[player])
    assert found.nearest is not None  # with the state on top it is stable
    assert found.nearest.order in expected
    assert found.nearest.swaps == moved(rank, found.nearest.order) == min(moved(rank, order) for order in expected)


@settings(deadline=None, max_examples=40)
@given(graphs(most_options=5, most_players=3).map(lambda graph: few(graph, 4)), rules(), st.sampled_from(NAMES), st.data())
def test_orders_of_states_that_make_an_equilibrium(graph: Graph, rule: Rule, concept: str, data: st.DataObject) -> None:
    conflict = read(graph)
    player = data.draw(st.sampled_from(conflict.players))
    state = data.draw(st.sampled_from(sorted(conflict.states)))
    rank = dict(conflict.rank[player])
    sound = [
        order
        for order in permutations(sorted(conflict.states))
        if is_equilibrium(with_rank(conflict, player, ranks_of_order(order)), state, concept, rule)
    ]
    found = inverse_states(graph, player, state, CONCEPTS[concept], rule)
    assert found.equilibria == len(sound)
    if not sound:
        assert found.nearest_equilibrium is None
    else:
        assert found.nearest_equilibrium is not None
        assert found.nearest_equilibrium.order in sound
        least = min(moved(rank, order) for order in sound)
        assert found.nearest_equilibrium.swaps == moved(rank, found.nearest_equilibrium.order) == least


@settings(deadline=None)
@given(graphs(most_options=5, most_players=3), rules(), st.sampled_from(NAMES), st.integers(1, 5), st.data())
def test_orders_of_priorities(graph: Graph, rule: Rule, concept: str, k: int, data: st.DataObject) -> None:
    conflict = read(graph)
    player = data.draw(st.sampled_from(conflict.players))
    state = data.draw(st.sampled_from(sorted(conflict.states)))
    draw = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    holds = draw.random((k, graph.states)) < draw.choice([0.2, 0.5, 0.8], (k, 1))
    conditions = [frozenset(np.flatnonzero(one).tolist()) for one in holds]
    expected = orders_of_priorities(conflict, player, conditions, state, concept, rule)
    found = inverse_priorities(graph, player, holds, state, CONCEPTS[concept], rule)
    assert (found.total, found.stable) == (factorial(k), len(expected))
    least = smallest_change(range(k), expected)
    assert (None if found.nearest is None else found.nearest.swaps) == least
    assert found.nearest is None or found.nearest.order in expected
    played = {order: _prioritised(conflict, player, conditions, order) for order in expected}
    sound = [order for order, game in played.items() if is_equilibrium(game, state, concept, rule)]
    assert found.equilibria == len(sound)
    least = smallest_change(range(k), sound)
    assert (None if found.nearest_equilibrium is None else found.nearest_equilibrium.swaps) == least


def _prioritised(conflict: Conflict, player: int, conditions: list[frozenset[int]], order: tuple[int, ...]) -> Conflict:
    return with_rank(conflict, player, ranks_of_priorities([conditions[c] for c in order], conflict.states))


@settings(deadline=None, max_examples=30)
@given(graphs(most_options=6), rules(), st.sampled_from(NAMES), st.data())
def test_the_nearest_order_of_many_states_is_stable(graph: Graph, rule: Rule, concept: str, data: st.DataObject) -> None:
    """Too many to list: what is found must hold for every improvement, and one swap less must not be to be had at once."""
    conflict = read(graph)
    player = data.draw(st.sampled_from(conflict.players))
    state = data.draw(st.sampled_from(sorted(conflict.states)))
    found = inverse_states(graph, player, state, CONCEPTS[concept], rule)
    assert found.nearest is not None
    order = found.nearest.order
    assert stable(with_rank(conflict, player, ranks_of_order(order)), player, state, concept, rule)
    rank = dict(conflict.rank[player])
    assert found.nearest.swaps == moved(rank, order)
    assert (found.nearest.swaps == 0) == stable(conflict, player, state, concept, rule)
    assert found.stable is None or 0 < found.stable <= found.total
    for place in range(len(order) - 1):
        back = (*order[:place], order[place + 1], order[place], *order[place + 2 :])
        if moved(rank, back) < found.nearest.swaps:
            assert not stable(with_rank(conflict, player, ranks_of_order(back)), player, state, concept, rule)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_published_counts(file: Path) -> None:
    published = load(file)
    graph = Arena.of(declared(read_conflict(published))).graph()
    for part in ("expected", "recomputed"):
        for asked in published[part].get("inverse", []):
            player, state = player_of(published, asked["player"]), number(asked["state"])
            for concept in set(asked) - {"player", "state"}:
                assert inverse_states(graph, player, state, CONCEPTS[concept]).stable == asked[concept], concept


def test_the_smallest_change_that_lets_syria_release_water() -> None:
    graph = Arena.of(declared(read_conflict(load(next(one for one in FILES if one.stem == "syria-iraq-1975"))))).graph()
    nash, seq = (inverse_states(graph, 0, number("YNN"), CONCEPTS[concept]) for concept in ("nash", "seq"))
    assert nash.nearest is not None
    assert seq.nearest is not None
    assert (nash.nearest.swaps, seq.nearest.swaps) == (3, 1)
    assert (nash.equilibria, seq.equilibria) == (240, 384)


def test_large_questions_are_answered_or_refused() -> None:
    """Two players of five options: of 1,024 states each order is counted; of 2,048 none is."""
    full = (1 << 10) - 1
    ranks = np.stack([np.arange(1024), np.arange(1024)[::-1]]).astype(np.int32)
    graph = Graph((0,) * 5 + (1,) * 5, 2, full, full, None, ranks)
    found = inverse_states(graph, 0, 0, CONCEPTS["gmr"])
    # each of 31 moves comes through only if all 32 states with that setting stand above; by inclusion and exclusion
    share = sum(Fraction((-1) ** e * comb(31, e), 32 * e + 1) for e in range(32))
    assert found.stable == share * factorial(1024)
    assert MOST_STATES == 1024
    more = Graph((0,) * 6 + (1,) * 5, 2, 2047, 2047, None, np.zeros((2, 2048), np.int32))
    with pytest.raises(RashomonError, match="R817"):
        inverse_states(more, 0, 0, CONCEPTS["gmr"])
    with pytest.raises(RashomonError, match="R817"):
        inverse_priorities(graph, 0, np.zeros((21, 1024), np.bool_), 0, CONCEPTS["gmr"])

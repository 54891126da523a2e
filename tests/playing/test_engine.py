"""The engine against the oracle: equal on every state, for every player, concept, rule and coalition."""

from __future__ import annotations

import pytest
from cases import CASES, UNSEEN, Case
from games import graphs, rules
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import Rule, coalition_improvements, coalition_stable, coalitions_of, read_graph, sanctioned, stable

from rashomon.playing import CONCEPTS, Graph, coalition_stability, stability, stability_batch
from rashomon.playing import coalition_improvements as engine_improvements
from rashomon.playing.batches import assured_batch
from rashomon.playing.graphs import GMR, SEQ, SMR

ALL = sum(CONCEPTS.values())


@given(graphs(), rules())
def test_stable_for_whom_in_what(graph: Graph, rule: Rule) -> None:
    conflict, flags = read_graph(graph), stability(graph, rule, ALL)
    for concept, bit in CONCEPTS.items():
        for i in conflict.players:
            found = {s for s in range(graph.states) if flags[i, s] & bit}
            assert found == {s for s in conflict.states if stable(conflict, i, s, concept, rule)}, (concept, i)


@given(graphs(most_options=5), rules(), st.data())
def test_stable_for_coalitions(graph: Graph, rule: Rule, data: st.DataObject) -> None:
    conflict = read_graph(graph)
    members = data.draw(st.sampled_from(sorted(coalitions_of(conflict.players), key=sorted)))
    mask = sum(1 << i for i in members)
    flags = coalition_stability(graph, mask, rule)
    for concept in ("nash", "gmr", "smr", "seq"):
        found = {s for s in range(graph.states) if flags[s] & CONCEPTS[concept]}
        assert found == {s for s in conflict.states if coalition_stable(conflict, members, s, concept, rule)}, concept
    for s in conflict.states:
        assert frozenset(engine_improvements(graph, mask, s).tolist()) == coalition_improvements(conflict, members, s)


@given(graphs(most_options=5), rules(), st.sampled_from([("gmr", GMR), ("smr", SMR), ("seq", SEQ)]))
def test_a_move_is_worth_it_where_nothing_sanctions_it(graph: Graph, rule: Rule, concept: tuple[str, int]) -> None:
    conflict = read_graph(graph)
    _, sure = assured_batch(graph, graph.ranks[None], rule, concept[1])
    for i in conflict.players:
        for s in conflict.states:
            for t in conflict.improvements[i][s]:
                worth = sure[0, i, t] > graph.ranks[i, s]
                assert worth == (not sanctioned(conflict, i, s, t, concept[0], rule))


@settings(max_examples=20)
@given(graphs(), rules(), st.integers(1, 5), st.randoms(use_true_random=False))
def test_a_batch_is_its_games_one_by_one(graph: Graph, rule: Rule, count: int, random: st.DataObject) -> None:
    import numpy as np

    draw = np.random.default_rng(random.randint(0, 2**32))  # type: ignore[attr-defined]
    ranks = draw.integers(0, 9, (count, *graph.ranks.shape)).astype(np.int32)
    together = stability_batch(graph, ranks, rule, ALL)
    for k in range(count):
        alone = Graph(graph.owner, graph.players, graph.take, graph.drop, graph.feasible, ranks[k])
        assert (together[k] == stability(alone, rule, ALL)).all()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_known_errors_of_other_programs_are_not_made(case: Case) -> None:
    for rule, right in (("sequence", case.sequence), ("single", case.single)):
        flags = stability(case.graph, rule, ALL)  # type: ignore[arg-type]
        assert bool(flags[case.player, case.state] & CONCEPTS[case.concept]) == right


def test_a_state_that_is_not_seen_is_stable_for_nobody() -> None:
    import numpy as np

    seen = np.array([s not in UNSEEN.impossible for s in range(UNSEEN.graph.states)])
    graph = UNSEEN.graph
    flags = stability(Graph(graph.owner, graph.players, graph.take, graph.drop, seen, graph.ranks))
    for concept, of_player in UNSEEN.stable_in_view.items():
        for i, right in of_player.items():
            assert {s for s in range(graph.states) if flags[i, s] & CONCEPTS[concept]} == set(right)

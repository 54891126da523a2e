"""Paths of improvements: the shortest ones, against every path written out; and what they lead to in published conflicts."""

from __future__ import annotations

from pathlib import Path

import pytest
from as_games import declared
from conflict_files import FILES, load, number, player_of, read_conflict
from games import graphs
from hypothesis import given
from hypothesis import strategies as st
from oracle import read_graph, shortest_paths

from rashomon.errors import RashomonError
from rashomon.playing.arenas import Arena
from rashomon.playing.graphs import Graph
from rashomon.playing.paths import improving_paths


def graph_of(file: Path) -> Graph:
    """The true graph of a published conflict."""
    return Arena.of(declared(read_conflict(load(file)))).graph()


@given(graphs(most_options=5), st.data())
def test_they_are_the_shortest_of_all_paths(graph: Graph, data: st.DataObject) -> None:
    conflict = read_graph(graph)
    states = sorted(conflict.states)
    start = data.draw(st.sampled_from(states))
    expected = shortest_paths(conflict, start)
    found = improving_paths(graph, start, states, most=10**6)
    assert {route.target: list(route.paths) for route in found.routes} == expected
    assert all(route.count == len(route.paths) and route.counted for route in found.routes)
    assert all(route.length == len(path) for route in found.routes for path in route.paths)
    assert found.unreachable == tuple(sorted(set(states) - set(expected)))
    lengths = [(route.length, route.target) for route in found.routes]
    assert lengths == sorted(lengths)


@given(graphs(most_options=5), st.data(), st.integers(1, 3))
def test_of_many_paths_some_are_shown_and_all_counted(graph: Graph, data: st.DataObject, most: int) -> None:
    conflict = read_graph(graph)
    start = data.draw(st.sampled_from(sorted(conflict.states)))
    expected = shortest_paths(conflict, start)
    for route in improving_paths(graph, start, expected, most).routes:
        every = expected[route.target]
        assert route.count == len(every)
        assert list(route.paths) == sorted(sorted(every, key=lambda path: path[::-1])[:most])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_published_paths(file: Path) -> None:
    published, graph = load(file), graph_of(file)
    for part in ("expected", "recomputed"):
        for path in published[part].get("path", []):
            (route,) = improving_paths(graph, number(path["from"]), [number(path["to"])]).routes
            assert route.paths == (tuple((player_of(published, who), number(state)) for who, state in path["steps"]),)


def test_bad_questions_are_refused() -> None:
    graph = graph_of(next(file for file in FILES if file.stem == "syria-iraq-1975"))
    for start, targets, most in ((3, [0], 1), (0, [3], 1), (0, [8], 1), (0, [-1], 1), (0, [1], 0)):
        with pytest.raises(RashomonError, match="R003"):
            improving_paths(graph, start, targets, most)

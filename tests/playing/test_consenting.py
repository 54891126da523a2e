"""Win-sets: against their definition, and as the agreement states of the game (D6)."""

from __future__ import annotations

import numpy as np
from as_games import declared, name
from games import graphs
from hypothesis import given
from hypothesis import strategies as st
from oracle import read_graph

from rashomon.playing import Graph
from rashomon.playing.arenas import Arena
from rashomon.playing.consenting import win_sets
from rashomon.playing.misperceiving import Judge, Play


@given(graphs(most_options=4), st.data())
def test_who_blocks_what(graph: Graph, data: st.DataObject) -> None:
    conflict = read_graph(graph)
    states = sorted(conflict.states)
    start = data.draw(st.sampled_from(states))
    agreed = data.draw(st.sets(st.sampled_from(range(graph.states))))
    vetoes = sorted(data.draw(st.sets(st.sampled_from(conflict.players))))
    mask = np.isin(np.arange(graph.states), sorted(agreed))
    found = win_sets(graph.ranks[vetoes], start, mask, graph.possible)
    content = {i: {s for s in states if conflict.rank[i][s] >= conflict.rank[i][start]} for i in vetoes}
    for row, i in enumerate(vetoes):
        assert set(np.flatnonzero(found.sets[row]).tolist()) == content[i]
        alone = {s for s in agreed & conflict.states if s not in content[i] and all(s in content[j] for j in vetoes if j != i)}
        assert set(np.flatnonzero(found.pivotal[row]).tolist()) == alone
    common = (agreed & conflict.states).intersection(*content.values())
    assert set(np.flatnonzero(found.common).tolist()) == common
    ways = graph.take | graph.drop
    if ways == 2 ** len(graph.owner) - 1:  # a file has no option that goes no way
        game = declared(conflict, start, agreement=sorted(agreed) or [start], vetoes=vetoes)
        assert game.vetoes == tuple(name(i) for i in vetoes)
        agreeing = Play(Arena.of(game), Judge()).agreeing
        assert agreeing is not None
        assert set(np.flatnonzero(agreeing[0]).tolist()) == (common if agreed else {start})

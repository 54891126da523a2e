"""Random conflicts for property tests: up to 64 states, 1 to 4 players, ties, infeasible states, one-way options."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from oracle import Conflict, Rule, read_graph, taken
from oracle_hypergames import Hypergame, Said

from rashomon.playing.graphs import Bools, Graph, Ranks


def rules() -> st.SearchStrategy[Rule]:
    """Which sanctions count: legal sequences of the opponents' moves, or single moves."""
    return st.sampled_from(["sequence", "single"])


@st.composite
def owners(draw: st.DrawFn, options: int, players: int) -> tuple[int, ...]:
    """Who controls each option; every player at least one, in any order."""
    rest = draw(st.lists(st.integers(0, players - 1), min_size=options - players, max_size=options - players))
    return tuple(draw(st.permutations([*range(players), *rest])))


@st.composite
def directions(draw: st.DrawFn, options: int) -> tuple[int, int]:
    """The masks (take, drop): in half the games every option is free, in the others some go one way only, or not at all."""
    free = 2**options - 1
    if draw(st.booleans()):
        return free, free
    ways = draw(st.lists(st.sampled_from([(1, 1), (1, 1), (1, 0), (0, 1), (0, 0)]), min_size=options, max_size=options))
    return sum(take << o for o, (take, _) in enumerate(ways)), sum(drop << o for o, (_, drop) in enumerate(ways))


@st.composite
def feasibles(draw: st.DrawFn, states: int) -> Bools | None:
    """None (all), most, or (heavy) few of the states; at least one."""
    kind: Literal["all", "most", "few"] = draw(st.sampled_from(["all", "most", "few"]))
    if kind == "all":
        return None
    most = kind == "most"
    some = draw(st.sets(st.integers(0, states - 1), min_size=int(not most), max_size=max(1, states // 4)))
    mask = np.full(states, most)
    mask[sorted(some)] = not most
    mask[draw(st.integers(0, states - 1))] |= not mask.any()
    return mask


def ranks(players: int, states: int) -> st.SearchStrategy[Ranks]:
    """Strict orders, or ranks from so few levels that ties abound (one level: indifference to everything)."""
    strict = st.lists(st.permutations(range(states)), min_size=players, max_size=players).map(
        lambda rows: np.array(rows, np.int32)
    )
    tied = st.integers(0, 6).flatmap(
        lambda top: arrays.arrays(np.int32, (players, states), elements=st.integers(0, top), fill=st.nothing())
    )
    return st.one_of(strict, tied)


@st.composite
def graphs(draw: st.DrawFn, most_options: int = 6, fewest_players: int = 1, most_players: int = 4) -> Graph:
    """A random conflict; one of three has all 2**most_options states, so that large games are not rare."""
    players = draw(st.integers(fewest_players, min(most_players, most_options)))
    options = draw(
        st.one_of(st.integers(players, most_options), st.just(most_options), st.integers(players, most_options))
    )
    take, drop = draw(directions(options))
    return Graph(
        owner=draw(owners(options, players)),
        players=players,
        take=take,
        drop=drop,
        feasible=draw(feasibles(2**options)),
        ranks=draw(ranks(players, 2**options)),
    )


def conflicts(most_options: int = 6, fewest_players: int = 1, most_players: int = 4) -> st.SearchStrategy[Conflict]:
    """The same, as the oracle reads them."""
    return graphs(most_options, fewest_players, most_players).map(read_graph)


@st.composite
def said(draw: st.DrawFn, truth: Conflict, status_quo: int) -> Said:
    """What one view says: for some players another order, perhaps an option unknown, perhaps some states thought impossible."""
    states = sorted(truth.states)
    misread = draw(st.sets(st.sampled_from(truth.players)))
    rank = {i: dict(zip(states, draw(st.permutations(range(len(states)))), strict=True)) for i in misread}
    unknowable = sorted(frozenset(truth.owner) - taken(status_quo))
    unaware = draw(st.sets(st.sampled_from(unknowable), max_size=1)) if unknowable else set()
    impossible = draw(st.sets(st.sampled_from(states), max_size=2))
    return Said(rank=rank, unaware=frozenset(unaware), impossible=frozenset(impossible))


@st.composite
def hypergames(draw: st.DrawFn, most_options: int = 4) -> Hypergame:
    """A random conflict of two or three players with views of depth one and two, some of them silent."""
    truth = draw(conflicts(most_options, fewest_players=2, most_players=3))
    status_quo = draw(st.sampled_from(sorted(truth.states)))
    paths = [(i,) for i in truth.players] + [(i, j) for i in truth.players for j in truth.players if i != j]
    spoken = draw(st.sets(st.sampled_from(paths)))
    return Hypergame(truth, {path: draw(said(truth, status_quo)) for path in sorted(spoken)}, status_quo)


@st.composite
def shared_values(
    draw: st.DrawFn, most_edits: int = 4, owned: int = 3
) -> tuple[dict[frozenset[int], Fraction], dict[int, str]]:
    """A value of every set of edits (0 or 1, or any small number), and who owns each edit."""
    edits = range(draw(st.integers(1, most_edits)))
    every = [frozenset(e for e in edits if some >> e & 1) for some in range(2 ** len(edits))]
    top = draw(st.sampled_from([1, 5]))
    value = {some: Fraction(draw(st.integers(0, top))) for some in every}
    return value, {e: draw(st.sampled_from("abc"[:owned])) for e in edits}

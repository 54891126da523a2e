"""Hypergames against the oracle, definition by definition."""

from __future__ import annotations

import numpy as np
import oracle_hypergames as oracle
from as_games import declared_hypergame, name
from games import hypergames, rules
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from oracle import Rule, equilibria, stable_states
from oracle_hypergames import Hypergame, Said

from rashomon.playing.arenas import Arena
from rashomon.playing.asking import Conflict
from rashomon.playing.graphs import GMR, SEQ, SMR
from rashomon.playing.misperceiving import Judge, Play, view_paths

BITS = {"gmr": GMR, "smr": SMR, "seq": SEQ}


def states(mask: NDArray[np.bool_]) -> frozenset[int]:
    return frozenset(np.flatnonzero(mask).tolist())


def _of_others(path: tuple[int, ...], said: Said) -> Said:
    """Without what a player takes itself to want: that is what it wants, and a file may not say otherwise."""
    if len(path) > 1:
        return said
    return Said({i: rank for i, rank in said.rank.items() if i != path[0]}, said.unaware, said.impossible)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Hypergame, frozenset[int], frozenset[int]]:
    """A hypergame in which every option goes some way, with agreement states and veto players."""
    game = draw(hypergames())
    moving = game.truth.take | game.truth.drop
    assume(moving == frozenset(game.truth.owner))
    concept, rule = draw(st.sampled_from(sorted(BITS))), draw(rules())
    said = {path: _of_others(path, one) for path, one in game.said.items()}
    game = Hypergame(game.truth, said, game.status_quo, concept, rule)
    agreement = draw(st.sets(st.sampled_from(sorted(game.truth.states)), min_size=1))
    return game, frozenset(agreement), frozenset(draw(st.sets(st.sampled_from(game.truth.players))))


def play(game: Hypergame, agreement: frozenset[int], vetoes: frozenset[int]) -> Play:
    rule: Rule = game.rule
    return Play(Arena.of(declared_hypergame(game, agreement, sorted(vetoes))), Judge(rule, BITS[game.concept]))


@given(cases())
def test_every_view_shows_the_game_that_it_should(case: tuple[Hypergame, frozenset[int], frozenset[int]]) -> None:
    game = case[0]
    played = play(*case)
    paths = [(i,) for i in game.truth.players] + [(i, j) for i in game.truth.players for j in game.truth.players if i != j]
    assert [tuple(name(i) for i in path) for path in paths] == view_paths(played.arena.game.actors)
    for path in ((), *paths):
        sight = played.judge.sight(played.arena, played.arena.lens(tuple(name(i) for i in path)))
        view = oracle.view(game, path)
        assert states(sight.seen) == view.states
        for i in game.truth.players:
            assert states(sight.stable[0, i]) == stable_states(view, i, game.concept, game.rule)


@given(cases())
def test_what_players_expect_and_where_play_rests(case: tuple[Hypergame, frozenset[int], frozenset[int]]) -> None:
    game, agreement, vetoes = case
    played = play(*case)
    for i in game.truth.players:
        assert states(played.expected[0, i]) == game.expects[i]
    assert {frozenset(one.tolist()) for one in played.resting()} == oracle.resting_sets(game)
    agreed = oracle.agreement_states(game, agreement, vetoes)
    assert played.agreeing is not None
    assert states(played.agreeing[0]) == agreed
    ends = played.outcomes
    assert ends is not None
    assert states(ends.rests[0]) == frozenset[int]().union(*oracle.resting_sets(game))
    assert (bool(ends.must[0]), bool(ends.may[0])) == (oracle.must(game, agreed), oracle.may(game, agreed))


@given(cases())
def test_every_step_and_who_takes_it(case: tuple[Hypergame, frozenset[int], frozenset[int]]) -> None:
    game = case[0]
    steps = play(*case).steps()
    assert steps is not None
    assert frozenset(steps.states.tolist()) == oracle.reachable(game, game.status_quo)
    found: dict[int, set[int]] = {s: set() for s in steps.states.tolist()}
    for source, target, mover in zip(steps.source, steps.target, steps.mover, strict=True):
        s, t = int(steps.states[source]), int(steps.states[target])
        found[s].add(t)
        owners = {game.truth.owner[o] for o in range(len(game.truth.owner)) if (s ^ t) >> o & 1}
        assert {i for i in game.truth.players if int(mover) >> i & 1} == owners
    assert {s: frozenset(ts) for s, ts in found.items()} == {s: oracle.steps(game, s) for s in found}


@given(cases())
def test_without_views_play_can_rest_in_every_true_equilibrium(
    case: tuple[Hypergame, frozenset[int], frozenset[int]],
) -> None:
    game = Hypergame(case[0].truth, {}, case[0].status_quo, case[0].concept, case[0].rule)
    played = play(game, case[1], case[2])
    for expects in played.expected[0]:
        assert states(expects) == equilibria(game.truth, game.concept, game.rule)


@given(cases())
def test_the_hypergame_rests_where_each_is_content_in_its_own_view(case: tuple[Hypergame, *tuple[frozenset[int], ...]]) -> None:
    game = declared_hypergame(case[0])
    found = Conflict(game).solve()
    steady = [set(found.view(actor).stable["seq"][actor]) for actor in game.actors]
    assert set(found.hypergame) == set.intersection(*steady)
    assert set(found.shared) == set.intersection(*(set(found.expected[actor]) for actor in game.actors))

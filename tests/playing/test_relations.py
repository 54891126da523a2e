"""What holds in every game: relations of the concepts, and changes of a game that change nothing in its answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from gaming import graphs
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from rashomon.playing import GMR, NASH, SEQ, SIM, SMR, Graph, Sanctions, coalition_stability, stability, stability_batch

RULES = st.sampled_from(["sequence", "single"])


def implies(flags: NDArray[np.uint8], one: int, other: int) -> bool:
    return bool((flags[flags & one > 0] & other > 0).all())


@given(graphs(), RULES)
def test_relations_of_the_concepts(game: Graph, rule: Sanctions) -> None:
    """Fang, Hipel & Kilgour 1993, ch. 3."""
    flags = stability(game, rule, 31)
    for one, other in ((NASH, SEQ), (NASH, SMR), (NASH, SIM), (SEQ, GMR), (SMR, GMR)):
        assert implies(flags, one, other)
    if game.feasible is not None:
        assert not flags[:, ~game.feasible].any()


@given(graphs(), RULES, st.integers(1, 31))
def test_a_concept_asked_alone_is_the_same(game: Graph, rule: Sanctions, concepts: int) -> None:
    assert (stability(game, rule, concepts) == stability(game, rule, 31) & concepts).all()


@given(graphs(players=2))
def test_with_one_opponent_the_rules_are_one(game: Graph) -> None:
    assert (stability(game, "sequence", 31) == stability(game, "single", 31)).all()


@given(graphs(), RULES)
def test_more_sanctions_make_more_stable(game: Graph, rule: Sanctions) -> None:
    single, sequence = stability(game, "single"), stability(game, "sequence")
    assert (single & ~sequence == 0).all()


@given(graphs(), RULES)
def test_only_the_order_of_ranks_counts(game: Graph, rule: Sanctions) -> None:
    spread = (game.ranks.astype(np.int64) - game.ranks.min()) * 2_000_000 - 2**31 + 1
    wide = replace(game, ranks=np.minimum(spread, 2**31 - 1).astype(np.int32))
    if len(np.unique(wide.ranks)) == len(np.unique(game.ranks)):
        assert (stability(wide, rule, 31) == stability(game, rule, 31)).all()


@given(graphs(), RULES, st.data())
def test_the_order_and_the_sense_of_options_do_not_count(game: Graph, rule: Sanctions, data: st.DataObject) -> None:
    """Options in another order, some of them told by their opposites."""
    m = len(game.owner)
    order = data.draw(st.permutations(range(m)))
    flip = data.draw(st.integers(0, game.states - 1))
    states = np.arange(game.states)
    old = sum((states >> new & 1) << o for new, o in enumerate(order)) ^ flip
    take, drop = (game.take & ~flip) | (game.drop & flip), (game.drop & ~flip) | (game.take & flip)
    told = Graph(
        tuple(game.owner[o] for o in order),
        game.players,
        sum((take >> o & 1) << new for new, o in enumerate(order)),
        sum((drop >> o & 1) << new for new, o in enumerate(order)),
        None if game.feasible is None else game.feasible[old],
        game.ranks[:, old],
    )
    assert (stability(told, rule, 31) == stability(game, rule, 31)[:, old]).all()
    members = data.draw(st.integers(1, (1 << game.players) - 1))
    assert (coalition_stability(told, members, rule) == coalition_stability(game, members, rule)[old]).all()


@pytest.mark.parametrize("rule", ["sequence", "single"])
@pytest.mark.parametrize("kind", ["free", "infeasible", "one-way", "all"])
@pytest.mark.parametrize("seed", range(3))
def test_options_that_nobody_minds_change_nothing(rule: Sanctions, kind: str, seed: int) -> None:
    """A game of 32 states beside eleven options of an indifferent player, spread among its own: 2**16 states, on all threads."""
    draw = np.random.default_rng(seed)
    full = 31
    take = full if kind in ("free", "infeasible") else int(draw.integers(32)) | 3
    drop = full if kind in ("free", "infeasible") else int(draw.integers(32)) | 4
    feasible = draw.random(32) < 0.7 if kind in ("infeasible", "all") else None
    small = Graph((0, 1, 2, 0, 1), 3, take, drop, feasible, draw.integers(0, 12, (3, 32)).astype(np.int32))
    places = np.sort(draw.permutation(16)[:5])
    states = np.arange(1 << 16)
    kept = sum((states >> int(place) & 1) << o for o, place in enumerate(places))
    owner, widely_take, widely_drop = [3] * 16, (1 << 16) - 1, (1 << 16) - 1
    for o, place in enumerate(places):
        owner[place] = small.owner[o]
        widely_take &= ~(0 if take >> o & 1 else 1 << int(place))
        widely_drop &= ~(0 if drop >> o & 1 else 1 << int(place))
    ranks = np.concatenate([small.ranks[:, kept], np.zeros((1, 1 << 16), dtype=np.int32)])
    large = Graph(tuple(owner), 4, widely_take, widely_drop, None if feasible is None else feasible[kept], ranks)
    found, expected = stability(large, rule, 31), stability(small, rule, 31)[:, kept]
    assert (found[:3] == expected).all()


@given(graphs(), RULES, st.integers(0, 3))
def test_a_batch_is_its_games_one_by_one(game: Graph, rule: Sanctions, more: int) -> None:
    draw = np.random.default_rng(more)
    ranks = np.stack([game.ranks, *(draw.permuted(game.ranks, axis=1) for _ in range(more))])
    one_by_one = np.stack([stability(replace(game, ranks=row), rule, 31) for row in ranks])
    assert (stability_batch(game, ranks, rule, 31) == one_by_one).all()


def test_a_long_batch_is_split_over_threads() -> None:
    draw = np.random.default_rng(5)
    game = Graph((0, 1, 0, 1, 0, 1), 2, 63, 63, None, np.zeros((2, 64), dtype=np.int32))
    ranks = draw.integers(0, 30, (700, 2, 64)).astype(np.int32)
    flags = stability_batch(game, ranks)
    for at in (0, 1, 127, 128, 400, 699):
        assert (flags[at] == stability(replace(game, ranks=ranks[at]))).all()
    assert stability_batch(game, ranks[:0]).shape == (0, 2, 64)


@given(graphs(), RULES)
def test_a_coalition_of_one_is_its_player_but_for_seq(game: Graph, rule: Sanctions) -> None:
    flags = stability(game, rule)
    for player in range(game.players):
        alone = coalition_stability(game, 1 << player, rule)
        assert ((alone | SEQ) == (flags[player] | SEQ)).all()
        if game.players <= 2:
            assert (alone == flags[player]).all()


@given(graphs(), RULES, st.integers(1, 15))
def test_relations_hold_for_coalitions(game: Graph, rule: Sanctions, members: int) -> None:
    """Under single sanctions SEQ does not imply GMR: one improvement of a group is a sequence of moves, which GMR then lacks."""
    flags = coalition_stability(game, members & ((1 << game.players) - 1) or 1, rule)
    for one, other in ((NASH, SEQ), (NASH, SMR), (SMR, GMR)):
        assert implies(flags, one, other)
    if rule == "sequence":
        assert implies(flags, SEQ, GMR)


@given(graphs(free=True))
def test_all_players_together_are_stable_where_no_state_is_better_for_all(game: Graph) -> None:
    """With free moves the grand coalition reaches every state, and nobody is left to deter it."""
    flags = coalition_stability(game, (1 << game.players) - 1)
    exceeded = (game.ranks[:, None, :] > game.ranks[:, :, None]).all(axis=0).any(axis=1)
    assert ((flags == NASH | GMR | SMR | SEQ) == ~exceeded).all()
    assert ((flags == 0) == exceeded).all()

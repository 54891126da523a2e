"""Published conflicts: what their papers print, and what follows from them, against the oracle."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from conflict_files import FILES, actors, load, number, numbers, player_of, read_conflict
from oracle import (
    Conflict,
    coalition_stable,
    equilibria,
    equilibrium_jumps,
    orders_of_states,
    shortest_paths,
    smallest_change,
    stable_states,
)

Game = Mapping[str, Any]
READ = {path.stem: load(path) for path in FILES}
PARTS = [
    pytest.param(game, game[part], id=f"{name}-{part}")
    for name, game in READ.items()
    for part in ("expected", "recomputed")
]


def test_the_required_conflicts_are_there() -> None:
    assert {"prisoners-dilemma", "chicken", "stag-hunt", "syria-iraq-1975"} < set(READ)
    assert len(READ) >= 8


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_says_where_it_is_from_and_what_was_seen(path: Path) -> None:
    source = READ[path.stem]["source"]
    assert source["citation"]
    assert source["text"]
    assert set(source) <= {"citation", "text", "memory"}


@pytest.mark.parametrize(("game", "part"), PARTS)
def test_equilibria_and_stable_states(game: Game, part: Game) -> None:
    conflict = read_conflict(game)
    for concept, states in part["equilibria"].items():
        for rule in ("sequence", "single"):
            assert equilibria(conflict, concept, rule) == numbers(states), (concept, rule)
    for actor, concepts in part.get("stable", {}).items():
        for concept, states in concepts.items():
            assert stable_states(conflict, player_of(game, actor), concept) == numbers(states), (actor, concept)
    for actor, concepts in part.get("among", {}).items():
        for concept, states in concepts.items():
            assert stable_states(conflict, player_of(game, actor), concept) >= numbers(states), (actor, concept)


@pytest.mark.parametrize(("game", "part"), PARTS)
def test_inverse_questions(game: Game, part: Game) -> None:
    conflict = read_conflict(game)
    for asked in part.get("inverse", []):
        i, state = player_of(game, asked["player"]), number(asked["state"])
        for concept in set(asked) - {"player", "state"}:
            assert len(orders_of_states(conflict, i, state, concept)) == asked[concept], concept


def coalition(game: Game, members: list[str]) -> frozenset[int]:
    return frozenset(actors(game).index(actor) for actor in members)


@pytest.mark.parametrize(("game", "part"), PARTS)
def test_coalitions_and_paths(game: Game, part: Game) -> None:
    conflict = read_conflict(game)
    for jump in part.get("jump", []):
        found = equilibrium_jumps(conflict, jump["concept"])
        assert found == {(number(jump["from"]), number(jump["to"]), coalition(game, jump["members"]))}
    for path in part.get("path", []):
        found = shortest_paths(conflict, number(path["from"]))[number(path["to"])]
        assert found == [tuple((player_of(game, actor), number(state)) for actor, state in path["steps"])]
    for some in part.get("coalition", []):
        members = coalition(game, some["members"])
        for concept, states in some["unstable"].items():
            unstable = {s for s in conflict.states if not coalition_stable(conflict, members, s, concept)}
            assert unstable == numbers(states), (members, concept)


def syria() -> Conflict:
    return read_conflict(READ["syria-iraq-1975"])


def test_the_smallest_change_that_lets_syria_release_water() -> None:
    state = number("YNN")
    present = sorted(syria().states, key=lambda s: -syria().rank[0][s])
    # NNN and NYN must fall below YNN, and NYY, which stands between, be passed too
    assert smallest_change(present, orders_of_states(syria(), 0, state, "nash")) == 3
    # Iraq answers NNN by NNY, which is below YNN already, and NYN by NYY, the next above
    assert smallest_change(present, orders_of_states(syria(), 0, state, "seq")) == 1

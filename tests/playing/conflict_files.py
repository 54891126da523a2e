"""Reads ``tests/published/conflicts``: the design's game format, and beside it ``[source]``, ``[expected]``, ``[recomputed]``.

``[expected]`` holds what the literature prints, ``[recomputed]`` what the oracle adds. ``[source]`` tells what of it was read in
a text, and what was remembered and agrees with what the oracle finds from the rest.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from oracle import Conflict, Player, State

from rashomon.study.conditions import Condition, parse_condition

PLACE = Path(__file__).parents[1] / "published" / "conflicts"
FILES = sorted(PLACE.glob("*.toml"))


def load(path: Path) -> dict[str, Any]:
    """The file as it stands."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def option_ids(game: Mapping[str, Any]) -> list[str]:
    """Options in declared order: the first is the lowest bit and the first letter."""
    return [option["id"] for player in game["player"] for option in player["options"]]


def actors(game: Mapping[str, Any]) -> list[str]:
    """Players in declared order."""
    return [player["actor"] for player in game["player"]]


def number(letters: str) -> State:
    """``YNN`` as a state number."""
    return sum(1 << o for o, letter in enumerate(letters) if letter == "Y")


def numbers(states: Sequence[str]) -> frozenset[State]:
    """Several."""
    return frozenset(number(letters) for letters in states)


def holds(condition: Condition, names: frozenset[str]) -> bool:
    """Is a condition true where just these options are taken?"""
    parts = [holds(part, names) for part in condition.parts]
    if condition.operator == "atom":
        return condition.name in names
    if condition.operator == "!":
        return not parts[0]
    if condition.operator == "->":
        return not parts[0] or parts[1]
    if condition.operator == "<->":
        return parts[0] == parts[1]
    return all(parts) if condition.operator == "&" else any(parts)


def states_of(game: Mapping[str, Any], text: str) -> frozenset[State]:
    """All states, feasible or not, in which a condition holds."""
    ids = option_ids(game)
    found = parse_condition(text)
    return frozenset(
        s for s in range(2 ** len(ids)) if holds(found, frozenset(ids[o] for o in range(len(ids)) if s >> o & 1))
    )


def ranks_of(ranking: Sequence[str | list[str]]) -> dict[State, int]:
    """Ranks of a ranking written best first, ties nested."""
    levels = [[level] if isinstance(level, str) else level for level in ranking]
    ranks = {number(letters): len(levels) - 1 - place for place, level in enumerate(levels) for letters in level}
    assert len(ranks) == sum(map(len, levels)), "a state is ranked twice"
    return ranks


def read_conflict(game: Mapping[str, Any]) -> Conflict:
    """The true game of a file, as the oracle takes it."""
    owner = dict(enumerate(i for i, player in enumerate(game["player"]) for _ in player["options"]))
    moves = [option.get("moves", "both") for player in game["player"] for option in player["options"]]
    cannot = frozenset[State]().union(*(states_of(game, text) for text in game.get("infeasible", [])))
    states = frozenset(range(2 ** len(owner))) - cannot
    rank = {i: ranks_of(game["rankings"][actor]) for i, actor in enumerate(actors(game))}
    assert all(frozenset(of_player) == states for of_player in rank.values()), "a ranking misses or adds states"
    return Conflict(
        players=tuple(range(len(rank))),
        owner=owner,
        take=frozenset(o for o, way in enumerate(moves) if way in ("both", "take")),
        drop=frozenset(o for o, way in enumerate(moves) if way in ("both", "drop")),
        states=states,
        rank=rank,
    )


def player_of(game: Mapping[str, Any], actor: str) -> Player:
    """The number of a player."""
    return actors(game).index(actor)

"""Questions to a game by its names: what each answer holds, how it came about, its JSON, and which questions are refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from as_games import declared
from conflict_files import FILES, load, read_conflict
from test_game_files import GAME

from rashomon.errors import RashomonError
from rashomon.playing.asking import Conflict
from rashomon.playing.game_files import read_game
from rashomon.playing.games import Game, Option, Preferences, number
from rashomon.playing.noting import GameResult


@pytest.fixture
def banks(tmp_path: Path) -> Conflict:
    path = tmp_path / "banks.toml"
    path.write_text(GAME, encoding="utf-8")
    return Conflict(read_game(path))


def published(name: str, start: str | None = None) -> Conflict:
    (file,) = (one for one in FILES if one.stem == name)
    return Conflict(declared(read_conflict(load(file)), None if start is None else number(start)))


QUESTIONS: dict[str, Callable[[Conflict], GameResult[object]]] = {
    "paths": lambda conflict: conflict.paths(),
    "paths to states": lambda conflict: conflict.paths("NNN", "YNY"),
    "inverse": lambda conflict: conflict.inverse("YNY", "south"),
    "inverse of priorities": lambda conflict: conflict.inverse("YNY", "north", "seq", what="priorities"),
    "strengths": lambda conflict: conflict.strengths(),
    "consent": lambda conflict: conflict.consent(),
    "coalitions": lambda conflict: conflict.coalitions(),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_says_how_it_came_about(question: str, banks: Conflict) -> None:
    answer = QUESTIONS[question](banks)
    assert len(answer)
    parameters = dict(answer.provenance.parameters)
    assert (parameters["game"], parameters["sanctions"], parameters["orders"]) == ("banks", "sequence", "declared")
    plain = json.loads(json.dumps(answer.to_dict()))
    assert plain["options"] == ["open", "close", "pay"]
    assert len(plain["rows"]) == len(answer) == len(answer.table())


def test_paths_of_elmira() -> None:
    """Hipel, Kilgour, Fang & Peng 1997: from the status quo to the outcome that came about."""
    (file,) = (one for one in FILES if one.stem == "elmira-1991")
    (path,) = load(file)["expected"].get("path") or load(file)["recomputed"]["path"]
    conflict = published("elmira-1991", path["from"])
    names = [player["actor"] for player in load(file)["player"]]
    (row,) = conflict.paths(path["to"]).rows
    assert row.length == len(path["steps"])
    assert [[(f"p{names.index(who)}", state) for who, state in path["steps"]]] == [
        [(step.player, step.state) for step in steps] for steps in row.paths
    ]


def test_paths_lead_to_every_equilibrium_or_say_that_none_does(banks: Conflict) -> None:
    answer = banks.paths(concept="nash")
    assert {row.state for row in answer.rows} == set(banks.solve().view().equilibria["nash"])
    assert answer.start == "NYN"
    assert answer.unreachable == tuple(row.state for row in answer.rows if row.length is None)
    for row in answer.rows:
        assert (row.length is None) == (not row.paths)
        assert all(steps[-1].state == row.state for steps in row.paths if steps)


def test_inverse_of_syria() -> None:
    rows = {row.concept: row for row in published("syria-iraq-1975").inverse("YNN", "p0").rows}
    assert {name: row.stable for name, row in rows.items()} == {"nash": 240, "gmr": 384, "smr": 300, "seq": 384, "sim": 240}
    assert (rows["nash"].share, rows["nash"].swaps) == (240 / 720, 3)
    assert rows["nash"].order.index("YNN") < min(rows["nash"].order.index(other) for other in ("NNN", "NYN"))
    single = Conflict(published("syria-iraq-1975").game, sanctions="single").inverse("YNN", "p0", "seq")
    assert [(row.concept, row.stable) for row in single.rows] == [("seq", 384)]


def test_inverse_of_priorities_names_conditions(banks: Conflict) -> None:
    answer = banks.inverse("NYY", "north", "nash", what="priorities")
    (row,) = answer.rows
    assert (row.total, answer.what) == (6, "priorities")
    assert row.stable == len([0 for order in _orders(banks) if "NYY" in _nash(banks, order)])
    assert set(row.order) <= {"pay", "!open | pay", "close"}


def _orders(banks: Conflict) -> list[tuple[str, ...]]:
    return list(permutations(banks.game.preferences["north"].conditions))


def _nash(banks: Conflict, order: tuple[str, ...]) -> tuple[str, ...]:
    """The states that are Nash-stable for north under an order of its priorities, found by playing the game."""
    wanted = {**banks.game.preferences, "north": Preferences(conditions=order)}
    return Conflict(replace(banks.game, preferences=wanted)).solve().view().stable["nash"]["north"]


def test_strong_and_weak_equilibria_are_all_equilibria(banks: Conflict) -> None:
    answer, view = banks.strengths(), banks.solve().view()
    for concept in ("gmr", "smr", "seq"):
        strong, weak = answer.strong_equilibria[concept], answer.weak_equilibria[concept]
        assert not set(strong) & set(weak)
        assert set(strong) | set(weak) == set(view.equilibria[concept])
    for row in answer.rows:
        assert {*row.strongly, *row.weakly} == set(view.stable[row.concept][row.player])
        assert (row.strong_count, row.weak_count) == (len(row.strongly), len(row.weakly))


def test_who_blocks_an_agreement(banks: Conflict) -> None:
    """The army wants the close option kept: from NYN, with it, open & pay without it is worse."""
    answer = banks.consent()
    (row,) = answer.rows
    assert (answer.start, answer.agreement, answer.left) == ("NYN", ("YNY",), ())
    assert (row.actor, row.win_set, row.blocks, row.alone) == ("army", ("NYN", "NYY"), ("YNY",), ("YNY",))
    assert (answer.agreement_count, answer.left_count, row.win_set_count) == (1, 0, 2)
    assert answer.left == banks.solve().agreement


def test_without_vetoes_nobody_blocks(banks: Conflict) -> None:
    answer = Conflict(replace(banks.game, vetoes=())).consent()
    assert (answer.rows, answer.left) == ((), answer.agreement)


def test_the_jump_of_elmira() -> None:
    (file,) = (one for one in FILES if one.stem == "elmira-1991")
    expected = [jump for part in ("expected", "recomputed") for jump in load(file)[part].get("jump", [])]
    assert expected
    rows = {row.concept: row for row in published("elmira-1991").coalitions().rows}
    names = [player["actor"] for player in load(file)["player"]]
    for jump in expected:
        (found,) = rows[jump["concept"]].jumps
        members = tuple(f"p{i}" for i, name in enumerate(names) if name in jump["members"])
        assert (found.coalition, found.source, found.target) == (members, jump["from"], jump["to"])
        assert rows[jump["concept"]].all_jumps == 1
        assert jump["from"] in rows[jump["concept"]].upset


@pytest.mark.parametrize(
    ("code", "ask"),
    [
        ("R003", lambda banks: banks.paths("YYN")),  # infeasible
        ("R003", lambda banks: banks.paths("YN")),
        ("R003", lambda banks: banks.paths(concept="nsh")),
        ("R003", lambda banks: banks.inverse("YNN", "army")),
        ("R003", lambda banks: banks.inverse("YNN", "north", "nash", what="orders")),
        ("R003", lambda banks: banks.inverse("YNN", "south", what="priorities")),
        ("R816", lambda banks: published("syria-iraq-1975").paths()),
        ("R816", lambda banks: published("syria-iraq-1975").consent()),
        ("R813", lambda banks: published("syria-iraq-1975").strengths()),
    ],
)
def test_questions_without_an_answer_are_refused(code: str, ask: Callable[[Conflict], object], banks: Conflict) -> None:
    with pytest.raises(RashomonError) as caught:
        ask(banks)
    assert caught.value.fault.code == code


def test_a_large_game_has_counts_in_the_place_of_lists() -> None:
    options = tuple(Option(f"o{o}", "a" if o < 7 else "b") for o in range(13))
    wants = {"a": Preferences(conditions=("o0", "o7"), great=(1,)), "b": Preferences(conditions=("!o0",))}
    game = Game("large", "", "", "", ("a", "b"), options, (), frozenset(), wants, {}, ("b",), "o0", (), {})
    consent = Conflict(game).consent()
    assert (consent.agreement, consent.agreement_count, consent.left_count) == ((), 1 << 12, 0)
    assert consent.rows[0].win_set_count == 1 << 12
    strengths = Conflict(game).strengths()
    assert all(not row.strongly and not row.weakly for row in strengths.rows)
    assert sum(row.strong_count for row in strengths.rows) > 0
    with pytest.raises(RashomonError, match="R817"):
        Conflict(game).inverse("N" * 13, "a")
    assert np.isclose(Conflict(game).inverse("N" * 13, "a", "nash", what="priorities").rows[0].share or 0, 0)

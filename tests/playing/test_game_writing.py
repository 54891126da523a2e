"""Games written and read again: the same game from TOML, the same graph from .gmcr, whatever was declared."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from as_games import declared, declared_hypergame
from conflict_files import FILES, load, read_conflict
from games import hypergames
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle_hypergames import Hypergame
from test_game_files import GAME

from rashomon.errors import RashomonError
from rashomon.playing.arenas import Arena
from rashomon.playing.editing import edited
from rashomon.playing.game_files import read_game
from rashomon.playing.game_writing import write_game
from rashomon.playing.games import Add, Correct, Edit, Game, Move, Option, Prefer, Preferences, Remove, Veto, View

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("games")


def again(game: Game, folder: Path, suffix: str = ".toml") -> tuple[Game, tuple[str, ...]]:
    path = folder / f"{game.id}{suffix}"
    left_out = write_game(game, path)
    return read_game(path), left_out


def test_everything_that_a_file_declares_is_written(folder: Path) -> None:
    path = folder / "banks.toml"
    path.write_text(GAME, encoding="utf-8")
    game = read_game(path)
    assert again(game, folder) == (game, ())


EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "kuril" / "games").glob("*.toml"))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_worked_games_are_written_as_they_are(file: Path, folder: Path) -> None:
    game = read_game(file)
    assert again(game, folder) == (game, ())
    found, _ = again(game, folder, ".gmcr")
    assert (Arena.of(found).feasible == Arena.of(game).feasible).all()


def conditions(options: list[str]) -> st.SearchStrategy[str]:
    return st.recursive(
        st.sampled_from(options),
        lambda parts: st.one_of(
            parts.map(lambda one: f"!({one})"),
            st.tuples(parts, st.sampled_from(["&", "|", "->", "<->"]), parts).map(lambda x: f"({x[0]}) {x[1]} ({x[2]})"),
        ),
        max_leaves=4,
    )


@st.composite
def games(draw: st.DrawFn) -> Game:
    """Any game of a file: a random hypergame with other wants, names, doubts, strengths, vetoes, edits and evidence."""
    hypergame: Hypergame = draw(hypergames(most_options=3))
    truth = hypergame.truth
    if (truth.take | truth.drop) != frozenset(truth.owner):
        truth = type(truth)(truth.players, truth.owner, frozenset(truth.owner), truth.drop, truth.states, truth.rank)
    game = declared_hypergame(Hypergame(truth, hypergame.said, hypergame.status_quo), agreement=[0])
    options = tuple(
        Option(one.id, one.owner, draw(st.just("") | TEXTS), one.moves)
        for actor in game.actors
        for one in game.options
        if one.owner == actor
    )
    if options != game.options and any(one.ranked for one in game.preferences.values()):
        names = [one.id for one in game.options]
        order = [names.index(one.id) for one in options]
        game = _reordered(game, order)
    views = {}
    for path, view in game.views.items():
        views |= {path[:1]: views.get(path[:1], View()), path: view}  # a file that speaks of a view speaks of those above it
    for path in [path for path in views if len(path) == 1]:  # and what a player wants itself is none
        others = {actor: one for actor, one in views[path].preferences.items() if actor != path[0]}
        views[path] = replace(views[path], preferences=MappingProxyType(others))
    ids = [one.id for one in options]
    lists = st.lists(conditions(ids), min_size=3, max_size=4, unique=True).map(tuple)
    wanted = dict(game.preferences)
    actor = game.actors[0]
    wanted[actor] = Preferences(draw(lists), (), draw(st.sampled_from([(), ((0, 1),)])), draw(st.sampled_from([(), (1,)])))
    if draw(st.booleans()):
        wanted["army"] = Preferences(draw(lists))
    free = ids[-1]
    spoken = [(*path, one) for path, view in views.items() for one in view.preferences]
    changes = [
        ("p1", Prefer(Preferences(draw(lists), doubt=draw(st.sampled_from([(), ((0, 1, 2),)]))))),
        ("p0", Add(Option("boat", "p0", draw(st.just("") | TEXTS), "take"))),
        ("p1", Remove(free)) if draw(st.booleans()) else ("p1", Move(((free, "drop"),))),
        ("p0", Veto("p1", needed=True)),
        *[("p0", Correct(path)) for path in spoken[:1]],
    ]
    edits = [Edit(f"e{k}", by, draw(st.just("") | TEXTS), change) for k, (by, change) in enumerate(changes)]
    kept = tuple(one for one in edits if draw(st.booleans()))
    text = wanted[actor].conditions[0]
    return Game(
        "random", draw(TEXTS), draw(st.sampled_from(["", "1991-04"])), draw(st.just("") | TEXTS), game.actors, options,
        game.infeasible, draw(st.sampled_from([None, game.status_quo])), MappingProxyType(wanted), views,
        ("army",) if "army" in wanted else (), draw(st.just("") | conditions(ids)), kept,
        MappingProxyType(draw(st.sampled_from([{}, {((), actor, text): ("s1", "s2")}]))),
        draw(st.sampled_from([{}, {ids[0]: ("border=share", "north:peaceful=positive")}])),
        draw(st.sampled_from([{}, {actor: ("north", "south")}])),
    )  # fmt: skip


def _reordered(game: Game, order: list[int]) -> Game:
    """The game with the letters of its rankings in another order."""

    def turned(one: Preferences) -> Preferences:
        return Preferences(levels=tuple(tuple("".join(text[o] for o in order) for text in level) for level in one.levels))

    views = {
        path: replace(view, preferences={actor: turned(one) for actor, one in view.preferences.items()})
        for path, view in game.views.items()
    }
    return replace(game, preferences={actor: turned(one) for actor, one in game.preferences.items()}, views=views)


@settings(deadline=None)
@given(game=games())
def test_what_is_written_is_read_as_the_same_game(game: Game, folder: Path) -> None:
    assert again(game, folder) == (game, ())


@settings(deadline=None)
@given(game=games())
def test_the_same_graph_comes_back_from_gmcr(game: Game, folder: Path) -> None:
    found, _ = again(game, folder, ".gmcr")
    one, other = Arena.of(game), Arena.of(found)
    before, after = one.graph(), other.graph()
    assert (before.owner, before.players, before.take, before.drop) == (after.owner, after.players, after.take, after.drop)
    assert (before.possible == after.possible).all()
    at = before.possible
    for i in range(before.players):
        assert (_places(before.ranks[i, at]) == _places(after.ranks[i, at])).all()
        view = game.views.get((game.actors[i],))
        hidden = one.board.without(one.feasible, () if view is None else view.impossible)
        assert (hidden == other.graph((found.actors[i],)).possible).all()


def _places(ranks: np.ndarray) -> np.ndarray:
    return np.unique(ranks, return_inverse=True)[1]


def test_what_a_gmcr_file_cannot_hold_is_said(folder: Path) -> None:
    path = folder / "banks.toml"
    path.write_text(GAME, encoding="utf-8")
    game = read_game(path)
    found, left_out = again(game, folder, ".gmcr")
    assert left_out == (
        "the status quo", "what counts as agreement", "vetoes", "how players see the wants of others",
        "options that players do not know of", "doubts", "strength of preference", "edits", "evidence", "the date",
    )  # fmt: skip
    assert [one.id for one in found.options] == ["open-the-bridge", "close", "pay-for-it"]
    assert (found.title, found.status_quo, found.views["south",].impossible) == ("Two banks", None, ("close & pay-for-it",))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_published_conflicts_survive(file: Path, folder: Path) -> None:
    game = declared(read_conflict(load(file)), start=None)
    found, left_out = again(game, folder, ".gmcr")
    assert left_out == ()
    assert (Arena.of(found).graph().possible == Arena.of(game).graph().possible).all()


def test_a_game_that_edits_made_has_no_file(folder: Path) -> None:
    path = folder / "banks.toml"
    path.write_text(GAME, encoding="utf-8")
    game = read_game(path)
    with pytest.raises(RashomonError, match="R003"):
        write_game(edited(game, [game.edit("bound")]), folder / "edited.toml")


# A conflict as other programs save it: options interleaved, both kinds of wants, a disjunction, a misperception.
SAVED = {
    "program": "another",
    "options": [
        {"name": "Release Water", "permittedDirection": "both"},
        {"name": "Attack!", "permittedDirection": "fwd"},
        {"name": "Release water", "permittedDirection": "back"},
    ],
    "decisionMakers": [
        {
            "name": "Syria",
            "options": [0, 2],
            "preferences": [[[0, "N"]], {"compound": True, "members": [[[1, "Y"], [2, "Y"]], [[1, "N"]]]}, [[0, "N"]]],
            "preferenceRanking": [1, [2, 3], 4, 5, 6],
            "misperceptions": [[[1, "Y"]]],
        },
        {"name": "Iraq", "options": [1], "preferenceVector": [6, 5, 4, [3, 2], 1], "preferences": []},
    ],
    "infeasibles": [[[0, "Y"], [2, "Y"]]],
    "useManualPreferenceRanking": False,
    "coalitions": [0, 1],
}


def saved(folder: Path, data: object) -> Path:
    path = folder / "saved.gmcr"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_a_saved_conflict_is_read(folder: Path) -> None:
    game = read_game(saved(folder, SAVED))
    assert [(one.id, one.owner, one.name, one.moves) for one in game.options] == [
        ("release-water", "syria", "Release Water", "both"),
        ("release-water-2", "syria", "Release water", "drop"),
        ("attack", "iraq", "Attack!", "take"),
    ]
    assert game.infeasible == ("release-water & release-water-2",)
    assert game.preferences["syria"].conditions == ("!release-water", "(attack & release-water-2) | (!attack)")
    assert game.views["syria",].impossible == ("attack",)
    # states 1 to 6 of the file, letters in its order of options: NNN YNN NYN YYN NNY NYY; here the second stands last
    assert game.preferences["iraq"].levels == (("NYY",), ("NYN",), ("YNY",), ("NNY", "YNN"), ("NNN",))
    manual = read_game(saved(folder, SAVED | {"useManualPreferenceRanking": True}))
    assert manual.preferences["syria"].levels == (("NNN",), ("YNN", "NNY"), ("YNY",), ("NYN",), ("NYY",))


def changed(*keys: object, value: object) -> dict[str, object]:
    data = json.loads(json.dumps(SAVED))
    table = data
    for key in keys[:-1]:
        table = table[key]
    table[keys[-1]] = value
    return data  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("data", "code", "found"),
    [
        ("{", "R818", "property name"),
        ([], "R818", "no options"),
        (changed("decisionMakers", value={}), "R818", "decisionMakers: {}"),
        (changed("decisionMakers", 0, "options", value=[0, 7]), "R818", "decisionMakers[0].options: 7"),
        (changed("decisionMakers", 0, "options", value=[0, True]), "R818", "true"),
        (changed("decisionMakers", 1, "options", value=[1, 2]), "R818", "owned by 2"),
        (changed("decisionMakers", 0, "options", value=[0]), "R818", "owned by 0"),
        (changed("decisionMakers", 0, "name", value=3), "R818", "decisionMakers[0].name: 3"),
        (changed("options", 1, "permittedDirection", value="up"), "R818", "options[1].permittedDirection"),
        (changed("infeasibles", 0, value=[[0, "X"]]), "R818", "infeasibles[0]"),
        (changed("infeasibles", 0, value=[]), "R818", "an empty condition"),
        (changed("decisionMakers", 1, "preferenceVector", value=[7, 6, 5, 4, 3, 2, 1]), "R818", "7"),
        (changed("decisionMakers", 1, "preferenceVector", value=[6, 5, 4, 3]), "R808", "NNN"),
        (changed("decisionMakers", 1, "preferenceVector", value=[]), "R813", ""),
        (changed("infeasibles", value=[[[0, "Y"]], [[0, "N"]]]), "R801", ""),
    ],
)
def test_what_is_no_conflict_is_refused(data: object, code: str, found: str, folder: Path) -> None:
    if code == "R801":  # and so no state to rank
        data["decisionMakers"][1] |= {"preferenceVector": [], "preferences": [[[0, "Y"]]]}  # type: ignore[index]
    with pytest.raises(RashomonError) as caught:
        read_game(saved(folder, data))
    assert caught.value.fault.code == code
    assert found in caught.value.fault.found
    assert caught.value.fault.where.file == "saved.gmcr"

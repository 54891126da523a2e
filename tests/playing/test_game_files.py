"""Games read from files: what is declared comes out, and each kind of bad input is one clear error at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from conflict_files import FILES, load

import rashomon
from rashomon.errors import RashomonError
from rashomon.playing.game_files import read_game
from rashomon.playing.games import Add, Correct, Move, Prefer, Preferences, Remove, Veto

GAME = """\
title = "Two banks"
date = "1991-04"
status_quo = ["close"]
infeasible = ["open & close"]
agreement = "open & pay"

[[player]]
actor = "north"
options = [{ id = "open", name = "Open the bridge", moves = "take" }, { id = "close" }]
veto_by = ["army"]

[[player]]
actor = "south"
options = [{ id = "pay", name = "Pay for it" }]

[priorities]
north = ["pay", "!open | pay", "close"]
army = ["close"]

[rankings]
south = ["YNN", ["YNY", "NNN"], "NYN", "NYY", "NNY"]

[doubt]
north = [[1, 2]]

[strength]
north = 1
south = [1, 3]

[views.north.priorities]
south = ["open", "!pay"]

[views.north.doubt]
south = [["open", "!pay"]]

[views.south]
unaware = ["open"]
impossible = ["close & pay"]

[views.south.views.north.priorities]
south = ["pay"]

[[edit]]
id = "see"
by = "north"
correct = "north.south"

[[edit]]
id = "prefer"
by = "north"
priorities = ["open", "boat & pay"]

[[edit]]
id = "boat"
by = "south"
add = { id = "boat", name = "Send a boat", moves = "take" }

[[edit]]
id = "bound"
by = "south"
remove = "pay"

[[edit]]
id = "lift"
by = "army"
lift_veto = "army"

[[edit]]
id = "back"
by = "north"
moves = { open = "both" }

[evidence]
"close" = ["s1"]

[evidence.north]
"pay" = ["s2", "s3"]

[views.north.evidence]
"!pay" = ["s4"]
"""


@pytest.fixture
def write(tmp_path: Path):  # type: ignore[no-untyped-def]
    def written(text: str, name: str = "banks.toml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_what_is_declared_comes_out(write) -> None:  # type: ignore[no-untyped-def]
    game = read_game(write(GAME))
    assert (game.id, game.title, game.date, game.actors, game.vetoes) == (
        "banks",
        "Two banks",
        "1991-04",
        ("north", "south"),
        ("army",),
    )
    assert [(one.id, one.owner, one.moves) for one in game.options] == [
        ("open", "north", "take"),
        ("close", "north", "both"),
        ("pay", "south", "both"),
    ]
    assert game.status_quo == {"close"}
    assert game.preferences["north"].conditions == ("pay", "!open | pay", "close")
    assert (game.preferences["north"].doubt, game.preferences["north"].great) == (((0, 1),), (1,))
    assert game.preferences["south"].levels == (("YNN",), ("YNY", "NNN"), ("NYN",), ("NYY",), ("NNY",))
    assert game.preferences["south"].great == (1, 3)
    assert set(game.views) == {("north",), ("south",), ("south", "north")}
    assert game.views["north",].preferences["south"].doubt == ((0, 1),)
    assert (game.views["south",].unaware, game.views["south",].impossible) == (("open",), ("close & pay",))
    kinds = [type(edit.change) for edit in game.edits]
    assert kinds == [Correct, Prefer, Add, Remove, Veto, Move]
    assert dict(game.evidence) == {
        ((), "north", "close"): ("s1",), ((), "army", "close"): ("s1",), ((), "north", "pay"): ("s2", "s3"),
        (("north",), "south", "!pay"): ("s4",),
    }  # fmt: skip


def test_the_list_of_an_edit_may_be_in_doubt(write) -> None:  # type: ignore[no-untyped-def]
    game = read_game(write(GAME.replace('"boat & pay"]', '"boat & pay"]\ndoubt = [["boat & pay", 1]]')))
    assert game.edit("prefer").change == Prefer(Preferences(("open", "boat & pay"), doubt=((0, 1),)))


def test_a_game_needs_players_and_preferences_only(write) -> None:  # type: ignore[no-untyped-def]
    text = '[[player]]\nactor = "a"\noptions = [{ id = "x" }]\n[priorities]\na = ["x"]\n'
    game = read_game(write(text))
    assert (game.status_quo, game.agreement, game.edits, dict(game.views)) == (None, "", (), {})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_published_conflicts_are_read(path: Path, write) -> None:  # type: ignore[no-untyped-def]
    text = path.read_text(encoding="utf-8")
    game = read_game(write(text[: text.index("[source]")]))
    assert len(game.options) == sum(len(player["options"]) for player in load(path)["player"])


FAULTS = [
    ("no feasible state", 'infeasible = ["open & close"]', 'infeasible = ["open | !open"]', "R801", 4, "conditions rule out all"),
    ("a player without options", "[priorities]", '[[player]]\nactor = "west"\noptions = []\n\n[priorities]', "R802", 18, "west"),
    ("an unknown option in a condition", 'agreement = "open & pay"', 'agreement = "opne & pay"', "R807", 5, "opne"),
    ("a condition that cannot be read", 'agreement = "open & pay"', 'agreement = "open & & pay"', "R323", 5, "character 8"),
    ("a position in a condition", 'agreement = "open & pay"', 'agreement = "open=yes & pay"', "R323", 5, "open=yes"),
    ("a ranking that misses a state", '"NYN", "NYY", "NNY"]', '"NYN", "NYY"]', "R808", 21, "NNY"),
    ("a ranking that repeats a state", '"NYY", "NNY"]', '"NYY", "NNY", "NYY"]', "R808", 21, "NYY"),
    ("a ranking of what cannot be", '"NYY", "NNY"]', '"NYY", "NNY", "YYN"]', "R808", 21, "YYN"),
    ("letters that are no state", '"NYY", "NNY"]', '"NYY", "NNX"]', "R808", 21, "NNX"),
    ("a doubt of what is no neighbour", "north = [[1, 2]]", "north = [[1, 3]]", "R809", 24, "[1, 3]"),
    ("a doubt of what is not in the list", "north = [[1, 2]]", 'north = [["pay", "shut"]]', "R809", 24, "shut"),
    ("two doubts of one entry", "north = [[1, 2]]", "north = [[1, 2], [2, 3]]", "R809", 24, "[2, 3]"),
    ("a doubt without a list", "[doubt]\nnorth", "[doubt]\neast", "R809", 24, "east"),
    ("a view of an unknown player", "[views.south]\n", "[views.east]\n", "R810", 36, "east"),
    ("a view that follows itself", "views.south.views.north.", "views.south.views.south.", "R810", 40, "south.south"),
    ("a view of one's own wants", "[views.north.priorities]", '[views.north.priorities]\nnorth = ["pay"]', "R810", 30, "north"),
    ("unaware of what is plain", 'unaware = ["open"]', 'unaware = ["close"]', "R810", 37, "close"),
    ("an edit without an owner", 'id = "see"\nby = "north"', 'id = "see"', "R811", 43, "no by"),
    ("an edit of a stranger", 'id = "see"\nby = "north"', 'id = "see"\nby = "nort"', "R811", 45, "nort"),
    ("an edit without a change", 'correct = "north.south"', "", "R811", 43, "no change"),
    ("an edit of two changes", 'remove = "pay"', 'remove = "pay"\nlift_veto = "army"', "R811", 58, "remove, lift_veto"),
    ("a doubt of an edit without a list", 'remove = "pay"', 'remove = "pay"\ndoubt = [[1, 2]]', "R809", 62, "'bound'"),
    ("a doubt that the list of an edit does not have", '"boat & pay"]', '"boat & pay"]\ndoubt = [[1, 3]]', "R809", 52, "3"),
    ("an edit of no option's ways", 'moves = { open = "both" }', "moves = {}", "R811", 71, "moves = {}"),
    ("nothing to correct", 'correct = "north.south"', 'correct = "north.army"', "R811", 46, "north.army"),
    ("edits that cannot be made together", "moves = { open", "moves = { pay", "R812", 68, "pay"),
    ("an actor whose wants are not said", 'army = ["close"]', "", "R813", 16, "army"),
    ("wants said twice", '[rankings]', '[rankings]\nnorth = ["YNN"]', "R813", 21, "north"),
    ("wants of a stranger", 'army = ["close"]', 'army = ["close"]\neast = ["pay"]', "R813", 19, "east"),
    ("a condition twice", '"pay", "!open | pay", "close"', '"pay", "!open | pay", "pay"', "R813", 17, "pay"),
    ("a strength beyond the list", "north = 1\n", "north = 3\n", "R813", 27, "3"),
    ("a strength twice", "south = [1, 3]", "south = [1, 3, 1]", "R813", 28, "[1, 3, 1]"),
    ("a status quo that cannot be", 'status_quo = ["close"]', 'status_quo = ["open", "close"]', "R814", 3, "open & close"),
    ("a status quo of no option", 'status_quo = ["close"]', 'status_quo = ["boat"]', "R807", 3, "boat"),
    ("evidence for nothing", '"close" = ["s1"]', '"shut" = ["s1"]', "R815", 74, "shut"),
    ("evidence that is no list", '"close" = ["s1"]', '"close" = "s1"', "R203", 74, "s1"),
    ("an unknown key", 'title = "Two banks"', 'titel = "Two banks"', "R201", 1, "titel"),
    ("an agreement of no type it may have", 'agreement = "open & pay"', "agreement = 3", "R203", 5, "3"),
    ("a fault within a table for agreement", 'agreement = "open & pay"', "agreement = { condition = 3 }", "R203", 5, "3"),
    ("a key misspelt there", 'agreement = "open & pay"', 'agreement = { conditon = "pay" }', "R201", 5, "conditon"),
    ("a strength of no type it may have", "north = 1\n", 'north = "a"\n', "R203", 27, "'a'"),
    ("a fault within a list for strength", "north = 1\n", 'north = ["a"]\n', "R203", 27, "'a'"),
    ("a level of no type it may have", '"NYN", "NYY", "NNY"]', '"NYN", "NYY", 3]', "R203", 21, "3"),
    ("a fault within a tie", '["YNY", "NNN"]', '["YNY", 4]', "R203", 21, "4"),
    ("a doubt of no type it may have", "north = [[1, 2]]", "north = [[1.5, 2]]", "R203", 24, "1.5"),
    ("a way that is none", 'moves = "take" }, {', 'moves = "took" }, {', "R203", 9, "took"),
    ("a player twice", 'actor = "south"', 'actor = "north"', "R204", 13, "north"),
    ("an option twice", '{ id = "close" }]', '{ id = "close" }, { id = "close" }]', "R204", 9, "close"),
    ("a date that is none", 'date = "1991-04"', 'date = "1991-14"', "R302", 2, "1991-14"),
    ("no TOML", 'title = "Two banks"', 'title = Two banks', "R111", 1, ""),
]  # fmt: skip


@pytest.mark.parametrize(("what", "old", "new", "code", "line", "found"), FAULTS, ids=[one[0] for one in FAULTS])
def test_bad_input_is_one_clear_error(what: str, old: str, new: str, code: str, line: int, found: str, write) -> None:  # type: ignore[no-untyped-def]
    assert old in GAME, what
    with pytest.raises(RashomonError) as caught:
        read_game(write(GAME.replace(old, new, 1)))
    faults = caught.value.faults
    assert [fault.code for fault in faults] == [code], [str(fault) for fault in faults]
    fault = faults[0]
    assert (fault.where.file, fault.where.line) == ("banks.toml", line)
    assert found in fault.found
    assert fault.allowed
    assert fault.remedy


def test_a_value_of_several_types_is_one_fault_that_names_them_all(write) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RashomonError) as caught:
        read_game(write(GAME.replace('agreement = "open & pay"', "agreement = 3").replace("north = 1\n", "north = 1.5\n")))
    assert [(fault.where.field, fault.allowed) for fault in caught.value.faults] == [
        ("agreement", "text in quotation marks or a table"),
        ("strength.north", "a whole number or a list in brackets"),
    ]


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RashomonError, match="R006"):
        read_game(tmp_path / "none.toml")


def test_in_a_study_actors_and_records_must_be_its_own(write, kuril: Path) -> None:  # type: ignore[no-untyped-def]
    text = GAME.replace("north", "japan").replace("south", "gorbachev")
    with pytest.raises(RashomonError) as caught:
        read_game(write(text), rashomon.open(kuril).data)
    assert {fault.code for fault in caught.value.faults} == {"R325"}  # the army is no actor of the study
    text = text.replace("army", "gaimusho").replace('["s1"]', '["s001"]').replace('"s2", "s3"', '"s99999"')
    with pytest.raises(RashomonError) as caught:
        read_game(write(text), rashomon.open(kuril).data)
    assert {(fault.code, fault.found) for fault in caught.value.faults} == {("R402", "'s99999'"), ("R402", "'s4'")}

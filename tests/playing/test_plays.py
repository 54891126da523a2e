"""Games as a user plays them: from a study, from a lone file, on the command line, and in the report."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import vl_convert
from click.testing import CliRunner, Result

import rashomon
from rashomon.cli import cli
from rashomon.errors import RashomonError
from rashomon.playing import CONCEPTS, play, stability, stepping
from rashomon.playing.arenas import Arena
from rashomon.playing.games import number
from rashomon.playing.plays import usual_sets
from rashomon.playing.windows import years_of

DEAL = """
title = "A deal that was not struck"
date = "1991-04"
status_quo = []
agreement = "aid & affirm"
infeasible = ["aid & insist"]

[[player]]
actor = "north"
options = [{ id = "aid", name = "North gives aid" }, { id = "insist", name = "North insists on all" }]

[[player]]
actor = "south"
options = [{ id = "affirm", name = "South affirms the treaty" }]

[priorities]
north = ["affirm", "!aid | affirm", "!insist"]
south = ["aid", "!affirm"]

[views.north.priorities]
south = ["!affirm", "aid"]

[doubt]
north = [["!aid | affirm", "!insist"]]

[[edit]]
id = "see"
by = "north"
name = "North sees that South would affirm for aid"
correct = "north.south"
"""


@pytest.fixture
def lone(tmp_path: Path) -> Path:
    path = tmp_path / "deal.toml"
    path.write_text(DEAL, encoding="utf-8")
    return path


@pytest.fixture
def study(tmp_path: Path, lone: Path) -> Path:
    """A new study with the deal as its only game."""
    folder = tmp_path / "mine"
    rashomon.init(folder)
    (folder / "games").mkdir()
    one, other = (side.id for side in rashomon.open(folder).data.declared.sides[:2])
    text = DEAL.replace("north", one).replace("south", other)
    (folder / "games" / "deal.toml").write_text(text, encoding="utf-8")
    return folder


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def result(*words: object) -> Any:
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)["result"]


def test_a_lone_file_is_played_and_says_all_that_it_gives_the_means_for(lone: Path) -> None:
    found = result("play", lone)
    assert found["game"] == "deal"
    assert found["options"] == ["aid", "insist", "affirm"]
    assert found["states"] == sorted(found["states"], key=number) == ["NNN", "YNN", "NYN", "NNY", "YNY", "NYY"]
    assert found["sanctions"] == "sequence"
    assert [view["path"] for view in found["views"]] == [[], ["north"]]
    for view in found["views"]:
        assert set(view["stable"]) == set(view["equilibria"]) == set(CONCEPTS)
        for concept, held in view["equilibria"].items():
            everyone = [set(states) for states in view["stable"][concept].values()]
            assert set(held) == set.intersection(*everyone)
    assert set(found["expected"]) == {"north", "south"}
    assert found["outcome"] == [["NNN"]]
    assert (found["must"], found["may"]) == (False, False)
    assert [row["edits"] for row in found["what_ifs"]["rows"]] == [["see"]]
    assert found["what_ifs"]["rows"][0]["must"]["estimate"] == 1.0
    (share,) = found["causal_shares"]["rows"]
    assert (share["owner"], share["share"]["estimate"], share["share"]["low"], share["share"]["high"]) == ("north", 1.0, 1.0, 1.0)
    assert {row["player"] for row in found["surprises"]} <= {"north", "south"}
    assert found["paths"]["start"] == "NNN"
    assert found["files"] == found["notices"] == []


def test_the_terminal_tells_the_same_in_words(lone: Path) -> None:
    done = run("play", lone)
    assert done.exit_code == 0, done.output
    said = " ".join(done.stdout.split())
    assert "comes to rest in NNN (nothing of this is done). No agreement comes about in any order of what is in doubt" in said
    assert "see (north): an agreement comes about, where without it none does; must 100 %, may 100 %" in said
    assert "hangs on whose conduct, in this model: north 1.00 [1.00 to 1.00]" in said
    assert "as north sees it" in said


def test_the_rule_of_sanctions_and_the_sample_are_as_asked(lone: Path) -> None:
    found = result("play", lone, "--sanctions", "single", "--draws", 1, "--seed", 7)
    assert found["sanctions"] == "single"
    assert found["provenance"]["seed"] == 7
    assert found["causal_shares"]["all_orders"] == 2
    assert found["causal_shares"]["orders"] == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--sanctions", "both"], "R003"),
        (["--draws", 0], "R003"),
        (["--what-if", "hear"], "R004"),
        (["--memory", "0.000000001"], "R804"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_remedy(lone: Path, words: list[object], code: str) -> None:
    done = run("play", lone, *words, "--json")
    assert done.exit_code == 2, done.output
    assert json.loads(done.stdout)["error"]["code"] == code


def test_a_faulty_game_ends_check_and_play_with_its_line(study: Path) -> None:
    path = study / "games" / "deal.toml"
    path.write_text(path.read_text("utf-8").replace('agreement = "aid & affirm"', 'agreement = "aid & afirm"'), "utf-8")
    for command in ("check", "play", "run"):
        done = run(command, study, "--json")
        assert done.exit_code == 2, done.output
        (fault,) = json.loads(done.stdout)["error"]["faults"]
        assert (fault["code"], fault["where"]["file"], fault["where"]["line"]) == ("R807", "games/deal.toml", 5)
    assert not (study / "report").exists()


def test_check_counts_games(study: Path) -> None:
    assert "1 game." in run("check", study).stdout
    assert dict(rashomon.check(study).counts)["games"] == 1


def test_a_study_plays_all_its_games_and_names_one_of_them(study: Path) -> None:
    found = result("play", study)
    assert [one["game"] for one in found["games"]] == ["deal"]
    (window,) = found["windows"]["rows"]
    assert (window["year"], window["verdict"], window["stable"]["estimate"]) == (1991, "missed", 1.0)
    assert result("play", study, "deal")["outcome"] == found["games"][0]["outcome"]
    done = run("play", study, "dael", "--json")
    assert json.loads(done.stdout)["error"]["code"] == "R004"
    assert "deal" in json.loads(done.stdout)["error"]["remedy"]


def test_games_that_had_not_begun_are_left_out_as_of_a_day(study: Path) -> None:
    assert [one["game"] for one in result("play", study, "--as-of", "1991-04-01")["games"]] == ["deal"]
    assert result("play", study, "--as-of", "1991-03-31")["games"] == []


def test_windows_say_for_which_years_there_is_no_game(study: Path) -> None:
    found = rashomon.open(study).windows(1989, 1992)
    assert found.silent == (1989, 1990, 1992)
    assert [row.year for row in found.rows] == [1991]
    assert list(years_of("1988-12/1990-05")) == [1988, 1989, 1990]


def test_edits_are_tried_alone_then_by_owner_then_all(lone: Path) -> None:
    more = '\n[[edit]]\nid = "yield"\nby = "north"\nremove = "insist"\n'
    more += '\n[[edit]]\nid = "want"\nby = "south"\npriorities = ["affirm"]\n'
    lone.write_text(DEAL + more, encoding="utf-8")
    game = rashomon.game(lone).game
    assert usual_sets(game) == [["see"], ["yield"], ["want"], ["see", "yield"], ["see", "yield", "want"]]
    found = result("play", lone, "--what-if", "see, want", "--what-if", "yield")
    assert [row["edits"] for row in found["what_ifs"]["rows"]] == [["see", "want"], ["yield"]]


@pytest.mark.parametrize("asked", ["solve", "what_if", "causal_shares", "windows"])
def test_every_answer_has_its_picture(study: Path, lone: Path, asked: str) -> None:
    game = rashomon.game(lone)
    found: Any = {
        "solve": lambda: rashomon.game(_with_start(lone)).solve(),
        "what_if": lambda: game.what_if("see"),
        "causal_shares": game.causal_shares,
        "windows": rashomon.open(study).windows,
    }[asked]()
    spec = found.plot().to_dict()
    assert vl_convert.vegalite_to_svg(spec).startswith("<svg")


def _with_start(lone: Path) -> Path:
    """The deal from where North insists, which it soon does not."""
    lone.write_text(DEAL.replace("status_quo = []", 'status_quo = ["insist"]'), encoding="utf-8")
    return lone


def test_the_steps_of_play_lead_from_the_start_to_where_it_rests(lone: Path) -> None:
    found = rashomon.game(_with_start(lone)).solve()
    assert {(one.source, one.target, one.by) for one in found.steps} >= {("NYN", "NNN", ("north",))}
    reached = {"NYN", *(one.target for one in found.steps)}
    assert {state for one in found.outcome for state in one} <= reached
    data = found.plot().to_dict()["datasets"]
    assert {one["state"] for one in data["nodes"]} == reached
    assert len(data["arrows"]) == len(found.steps)


def test_a_game_from_which_no_step_leads_says_so_when_it_is_to_be_drawn(lone: Path) -> None:
    with pytest.raises(RashomonError, match="no steps to draw"):
        rashomon.game(lone).solve().plot()


def test_the_states_of_a_large_game_go_to_files(tmp_path: Path) -> None:
    """13 options for two players: 8,192 states, more than are listed."""
    options = ", ".join(f'{{ id = "a{i}" }}' for i in range(7)), ", ".join(f'{{ id = "b{i}" }}' for i in range(6))
    path = tmp_path / "large.toml"
    path.write_text(
        f'[[player]]\nactor = "a"\noptions = [{options[0]}]\n[[player]]\nactor = "b"\noptions = [{options[1]}]\n'
        '[priorities]\na = ["a0 & b1", "!a2 | b3", "b0"]\nb = ["b0 -> a1", "!b2", "a4 & b4"]\n',
        encoding="utf-8",
    )
    found = result("play", path, "--out", tmp_path / "states")
    assert found["states"] == []
    assert found["count"] == 8192
    assert found["views"][0]["stable"] == {}
    (file,) = found["files"]
    with Path(file).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 8192
    game = rashomon.game(path)
    flags = stability(Arena.of(game.game).graph(), "sequence", sum(CONCEPTS.values()))
    for row in rows[:: len(rows) // 50]:
        for i, player in enumerate(("a", "b")):
            told = sum(CONCEPTS[name] for name in row[player].split())
            assert told == flags[i, number(row["state"])]
    everyone = np.logical_and.reduce(flags & CONCEPTS["seq"] > 0, axis=0)
    assert found["views"][0]["counts"]["seq"] == int(everyone.sum())


def test_the_report_tells_each_game_with_its_premises(study: Path) -> None:
    done = run("run", study)
    assert done.exit_code == 0, done.output
    said = " ".join(done.stdout.split())
    assert "1 ends without an agreement, where one would have come about had every side seen the game truly" in said
    text = run("report", study, "--format", "md").stdout
    page = Path(text.removeprefix("Report: ").strip()).read_text("utf-8")
    section = page[page.index("Conflict games") :]
    assert "A deal that was not struck" in page
    assert "April 1991. In the declared order" in page
    assert "missed" in section
    assert "Causal shares in this model" in section
    assert "no record is named: a premise of the modeller" in section
    assert "may change places with" in section
    assert "In 1 it is clear (A deal that was not struck: " in page
    measured = section[section.index("How it was measured") :]
    for row in ("game: A deal that was not struck", "what if", "causal shares", "windows"):
        assert f"| **{row}** |" in measured
    assert "sanctions sequence; " in measured
    assert "orders all 2 |" in measured


def test_a_game_too_large_to_be_played_out_still_tells_what_is_stable(
    study: Path, lone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stepping, "ROOM", 10)
    found = play(rashomon.game(lone))
    assert found.solution.unplayed.startswith("The game is too large to be played out.")
    assert found.solution.view().equilibria["seq"]
    assert (found.solution.must, found.what_ifs, found.shares) == (None, None, None)
    with pytest.raises(RashomonError) as caught:
        play(rashomon.game(lone), [["see"]])
    assert caught.value.fault.code == "R819"
    assert rashomon.open(study).windows().unplayed == ("deal",)
    assert "too large to be played out" in run("play", lone).stdout


def test_the_inverse_question_is_asked_on_the_command_line(lone: Path) -> None:
    (found,) = result("play", lone, "--inverse", "YNN:north:priorities")["inverse"]
    assert (found["state"], found["player"], found["what"]) == ("YNN", "north", "priorities")
    assert [row["total"] for row in found["rows"]] == [6] * 5
    api = rashomon.game(lone).inverse("YNN", "north", what="priorities")
    assert [row["stable"] for row in found["rows"]] == [row.stable for row in api.rows]
    done = run("play", lone, "--inverse", "YNN:east", "--json")
    assert json.loads(done.stdout)["error"]["code"] == "R003"


def test_a_game_is_written_in_either_format_and_plays_the_same(lone: Path, tmp_path: Path) -> None:
    again, legacy = tmp_path / "again" / "deal.toml", tmp_path / "deal.gmcr"
    done = run("play", lone, "--write", again)
    assert done.exit_code == 0, done.output
    assert rashomon.game(again).game == rashomon.game(lone).game
    done = run("play", lone, "--write", legacy)
    assert "has no room for: the status quo" in done.stderr
    assert rashomon.game(legacy).solve().view().equilibria == rashomon.game(lone).solve().view().equilibria


def test_paths_consent_and_coalitions_are_told_where_the_game_gives_the_means(lone: Path) -> None:
    text = DEAL.replace("[priorities]\n", '[strength]\nnorth = 1\nsouth = 1\n[priorities]\nparliament = ["!aid"]\n')
    text = text.replace('options = [{ id = "affirm"', 'veto_by = ["parliament"]\noptions = [{ id = "affirm"')
    lone.write_text(text, encoding="utf-8")
    found = result("play", lone)
    assert {row["state"] for row in found["paths"]["rows"]} == set(found["views"][0]["equilibria"]["seq"])
    assert [row["actor"] for row in found["consent"]["rows"]] == ["parliament"]
    assert (found["consent"]["agreement"], found["consent"]["left"]) == (["YNY"], [])
    assert [row["concept"] for row in found["coalitions"]["rows"]] == ["nash", "gmr", "smr", "seq"]
    assert set(found["strengths"]["strong_equilibria"]) == {"gmr", "smr", "seq"}
    said = " ".join(run("play", lone).stdout.split())
    assert "parliament would withhold its consent from 1 of 1 state in which the agreement holds, 1 of them alone." in said
    assert "0 agreement states are left that nobody blocks." in said


UNDONE = ("--memory nan", "--memory 1e300", "--as-of 1991-01-01", "--what-if ,", "extra", "--write deal.json")


@pytest.mark.parametrize("asked", UNDONE)
def test_what_would_be_left_undone_is_refused(lone: Path, tmp_path: Path, asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = asked.split()
    done = run("play", lone, *words, "--json")
    assert done.exit_code == 2, done.output
    assert json.loads(done.stdout)["error"]["code"] == "R003"
    assert not (tmp_path / "deal.json").exists()


@pytest.mark.parametrize("words", [["--what-if", "see"], ["--inverse", "YNN:north"], ["--write", "new.toml"]])
def test_a_question_about_one_game_is_not_asked_of_a_study(study: Path, words: list[str]) -> None:
    assert json.loads(run("play", study, *words, "--json").stdout)["error"]["code"] == "R003"


def test_a_file_is_never_written_over_and_nothing_is_written_where_something_is_wrong(lone: Path, tmp_path: Path) -> None:
    before = lone.read_bytes()
    assert run("play", lone, "--write", lone).exit_code == 2
    assert lone.read_bytes() == before
    new = tmp_path / "new.toml"
    assert run("play", lone, "--write", new, "--what-if", "hear").exit_code == 2
    assert not new.exists()


IDLE = [
    ('correct = "north.south"', "changes nothing beside 'see'"),
    ('priorities = ["affirm", "!aid | affirm", "!insist"]', None),  # settles the doubt
    ('priorities = ["affirm", "!insist"]', None),
    ('moves = { aid = "both", insist = "both" }', "it is so already"),
    ('moves = { aid = "take", insist = "both" }', None),
    ('remove = "aid"', None),
    ('add_veto = "south"', None),
    ('add_veto = "parliament"', "it is so already"),
]


@pytest.mark.parametrize(("change", "said"), IDLE, ids=[one[0] for one in IDLE])
def test_an_edit_that_changes_nothing_is_named(lone: Path, change: str, said: str | None) -> None:
    text = DEAL.replace("[priorities]\n", '[priorities]\nparliament = ["!aid"]\n')
    text = text.replace('options = [{ id = "affirm"', 'veto_by = ["parliament"]\noptions = [{ id = "affirm"')
    lone.write_text(f'{text}\n[[edit]]\nid = "again"\nby = "north"\n{change}\n', encoding="utf-8")
    found = result("play", lone)["notices"]
    assert len(found) == (said is not None)
    assert all("'again'" in one and str(said) in one and one in run("play", lone).stderr for one in found)


def test_what_cannot_move_cannot_be_taken_away_and_wants_may_be_as_they_are(lone: Path) -> None:
    text = DEAL.replace('{ id = "aid", name', '{ id = "aid", moves = "drop", name')
    text += '[[edit]]\nid = "bound"\nby = "north"\nremove = "aid"\n'
    text += '[[edit]]\nid = "same"\nby = "south"\npriorities = ["aid", "!affirm"]\n'
    lone.write_text(text, encoding="utf-8")
    found = result("play", lone)["notices"]
    assert [one.partition("'")[2].partition("'")[0] for one in found] == ["bound", "same"]


def test_files_among_games_are_read_whatever_the_case_of_their_ending_or_named(study: Path) -> None:
    games = study / "games"
    (games / "deal.toml").rename(games / "deal.TOML")
    for name in ("README.md", ".hidden", "old.tml", "deal.toml.bak"):
        (games / name).write_text("x", encoding="utf-8")
    found = result("check", study)
    assert found["counts"]["games"] == 1
    assert [said.split()[0] for said in found["notices"]] == ["games/deal.toml.bak", "games/old.tml"]
    assert result("play", study, "deal")["game"] == "deal"
    assert run("play", study, "deal", "--write", study / "deal.GMCR").exit_code == 0
    assert result("play", study / "deal.GMCR")["game"] == "deal"


def test_where_nothing_can_be_written_nothing_is_played(lone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def played(*_: object, **__: object) -> None:
        raise AssertionError("it was played first")

    monkeypatch.setattr("rashomon.playing.plays.play", played)
    options = ", ".join(f'{{ id = "o{i}" }}' for i in range(13))
    large = tmp_path / "large.toml"
    large.write_text(f'[[player]]\nactor = "a"\noptions = [{options}]\n[priorities]\na = ["o0"]\n', encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    for words in ([lone, "--write", lone / "in.toml"], [large, "--out", lone], [large, "--out", lone / "in"]):
        done = run("play", *words, "--json")
        assert done.exit_code == 2, done.output
        assert json.loads(done.stdout)["error"]["code"] == "R006"
    assert sorted(tmp_path.iterdir()) == before


def test_two_files_of_one_game_are_a_fault(study: Path) -> None:
    assert run("play", study / "games" / "deal.toml", "--write", study / "games" / "deal.gmcr").exit_code == 0
    for command in (["check", study], ["play", study], ["play", study, "deal"]):
        faults = json.loads(run(*command, "--json").stdout)["error"]["faults"]
        assert "R204" in {fault["code"] for fault in faults}, command


def test_games_that_are_no_folder_are_a_fault(study: Path) -> None:
    (study / "games" / "deal.toml").rename(study / "deal.toml")
    (study / "games").rmdir()
    (study / "deal.toml").rename(study / "games")
    for command in ("check", "play"):
        done = run(command, study, "--json")
        assert done.exit_code == 2, done.output
        assert json.loads(done.stdout)["error"]["code"] == "R006"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('south = ["aid", "!affirm"]', '[rankings]\nsouth = ["YNN", [], "NNN"]', "R808"),
        ("[views.north.priorities]", "[views.north.strength]\nsouth = 1\n[views.north.priorities]", "R201"),
        ("[doubt]", "[doubt]\nsouth = [[1, " + "9" * 5000 + "]]", "R111"),
        ("[doubt]", "[" + "views.north.views.south." * 200 + "priorities]\nnorth = []\n[doubt]", "R203"),
        ("[doubt]", "[doubt]\nsouth = [[true, 2]]", "R203"),
    ],
)
def test_files_that_once_felled_the_reader(lone: Path, old: str, new: str, code: str) -> None:
    lone.write_text(DEAL.replace(old, new, 1), encoding="utf-8")
    done = run("play", lone, "--json")
    assert done.exit_code == 2, done.output
    assert code in {fault["code"] for fault in json.loads(done.stdout)["error"]["faults"]}


def test_a_game_too_large_for_its_memory_is_refused_before_its_states_are_made(tmp_path: Path) -> None:
    options = ", ".join(f'{{ id = "o{i}" }}' for i in range(30))
    path = tmp_path / "vast.toml"
    player = f'[[player]]\nactor = "a"\noptions = [{options}]\n'
    path.write_text(f'infeasible = ["o1 & o2"]\n{player}[priorities]\na = ["o0"]\n', encoding="utf-8")
    done = run("play", path, "--json")
    assert json.loads(done.stdout)["error"]["code"] == "R804"
    assert "GiB" in json.loads(done.stdout)["error"]["found"]


@pytest.mark.parametrize("spoilt", ['"permittedDirection": []', '"name": "\\ud800"'])
def test_a_spoilt_gmcr_file_is_refused(tmp_path: Path, spoilt: str) -> None:
    path = tmp_path / "spoilt.gmcr"
    maker = '{"name": "a", "options": [0], "preferences": []}'
    path.write_text('{"options": [{"name": "one", ' + spoilt + '}], "decisionMakers": [' + maker + "]}", encoding="utf-8")
    done = run("play", path, "--json")
    assert json.loads(done.stdout)["error"]["code"] == "R818"

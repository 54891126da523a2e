"""The commands as a user meets them: envelopes, exit status, errors that mend."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from rashomon.api import open as open_study
from rashomon.cli import cli
from studies import write_study


def rashomon(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def envelope(*words: object, status: int = 0) -> dict[str, Any]:
    done = rashomon(*words, "--json")
    assert done.exit_code == status, done.output
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    assert rashomon("init", folder).exit_code == 0
    return folder


def test_a_new_study_passes_check_and_runs_to_a_report(fresh: Path) -> None:
    assert rashomon("check", fresh).stdout.startswith("No faults.")
    done = rashomon("run", fresh)
    assert done.exit_code == 0, done.output
    assert (fresh / "report" / "index.html").is_file()
    assert "Report: " in done.stdout


def test_one_envelope_for_every_command(fresh: Path, tmp_path: Path) -> None:
    for words in (
        ("check", fresh),
        ("measure", fresh),
        ("report", fresh),
        ("run", fresh),
        ("init", tmp_path / "other"),
    ):
        found = envelope(*words)
        assert list(found) == ["ok", "command", "study", "version", "result"]
        assert found["ok"] is True
        assert found["command"] == words[0]


def test_faults_come_as_a_list_with_place_and_remedy(fresh: Path) -> None:
    path = fresh / "statements.csv"
    path.write_text(path.read_text("utf-8").replace("believes", "beleives"), "utf-8")
    found = envelope("check", fresh, status=2)
    assert found["ok"] is False
    error = found["error"]
    assert {"code", "message", "found", "allowed", "where", "remedy", "faults"} <= set(error)
    assert set(error["where"]) == {"file", "line", "column", "field"}
    assert error["where"]["file"] == "statements.csv"
    assert "believes" in error["remedy"]
    text = rashomon("check", fresh)
    assert text.exit_code == 2
    assert "statements.csv" in text.stderr
    assert "Traceback" not in text.output


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", "nowhere"), "R001"),
        (("check", "n" * 5000), "R006"),
        (("measure", "n" * 5000), "R006"),
        (("play", "n" * 5000), "R006"),
        (("init", "n" * 5000), "R006"),
        (("demo", "n" * 5000), "R006"),
        (("measure", "nowhere"), "R001"),
        (("report", "STUDY", "--format", "docx"), "R601"),
        (("measure", "STUDY", "--as-of", "1989-02-30"), "R302"),
        (("measure", "STUDY", "--as-of", "1989"), "R305"),
        (("measure", "STUDY", "--without", "nobody"), "R004"),
        (("init", "STUDY"), "R005"),
        (("demo", "STUDY"), "R005"),
    ],
)
def test_bad_input_is_an_error_with_a_code_and_never_a_traceback(
    fresh: Path, words: tuple[str, ...], code: str
) -> None:
    placed = [str(fresh) if word == "STUDY" else word for word in words]
    found = envelope(*placed, status=2)
    assert found["error"]["code"] == code
    assert found["error"]["remedy"]
    plain = rashomon(*placed)
    assert plain.exit_code == 2
    assert "Traceback" not in plain.output


@pytest.mark.parametrize(
    ("words", "code", "found", "remedy"),
    [
        ("chek STUDY", "R007", "'chek'", "Did you mean 'check'? If not, see rashomon --help."),
        ("--bogus", "R007", "'--bogus'", "See rashomon --help."),
        ("--version=3", "R007", "does not take a value", "See rashomon --help."),
        ("play STUDY --draw 3", "R007", "'--draw'", "Did you mean '--draws'? If not, see rashomon play --help."),
        ("play STUDY --draws x", "R003", "'x' is not a valid integer", "See rashomon play --help."),
        ("play STUDY --json --draws", "R007", "'--draws' requires an argument", "See rashomon play --help."),
        ("measure", "R007", "Missing argument 'STUDY'", "See rashomon measure --help."),
        ("check STUDY more", "R007", "unexpected extra argument (more)", "See rashomon check --help."),
    ],
)
def test_a_command_line_that_cannot_be_read_is_a_fault_like_any_other(words: str, code: str, found: str, remedy: str) -> None:
    asked = words.split()
    told = rashomon(*asked, *(() if "--json" in asked else ("--json",)))
    assert told.exit_code == 2
    assert told.stderr == ""
    fault = json.loads(told.stdout)["error"]
    assert {"code", "message", "found", "allowed", "where", "remedy", "faults"} == set(fault)
    assert (fault["code"], fault["remedy"]) == (code, remedy)
    assert found in fault["found"]
    assert fault["allowed"]
    plain = rashomon(*(word for word in asked if word != "--json"))
    assert (plain.exit_code, plain.stdout) == (2, "")
    assert plain.stderr.startswith(f"{code} ")
    assert f"remedy:  {remedy}" in plain.stderr


def test_help_and_version_stay_as_they_are() -> None:
    for words, said in (("--help", "Usage: "), ("play -h", "Usage: "), ("--version", "rashomon, version "), ("", "Usage: ")):
        told = rashomon(*words.split())
        assert told.exit_code == (0 if words else 2)
        assert told.output.startswith(said)


def test_a_voice_can_be_left_out_and_the_page_says_so(fresh: Path) -> None:
    source = "gazette-1990"
    whole, part = envelope("measure", fresh), envelope("measure", fresh, "--without", source)
    assert part["result"]["provenance"]["levels"]["without"] == ["south-public"]  # who narrates it
    assert whole["result"]["provenance"]["levels"]["without"] == []
    assert envelope("measure", fresh) == whole
    assert "Without " in rashomon("measure", fresh, "--without", source).stdout
    assert rashomon("report", fresh, "--without", source, "--format", "md").exit_code == 0
    subtitle = (fresh / "report" / "report.md").read_text("utf-8").splitlines()[2]
    assert "· without " in subtitle


def test_our_own_fault_says_so(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr("rashomon.measuring.measure_all", broken)
    done = rashomon("measure", fresh, "--json")
    assert done.exit_code == 70
    assert json.loads(done.stdout)["error"]["code"] == "R070"


def test_help_names_every_command_and_loads_fast_things_only() -> None:
    done = subprocess.run([sys.executable, "-m", "rashomon", "--help"], capture_output=True, text=True, check=True)
    for command in ("init", "check", "measure", "report", "run", "demo"):
        assert command in done.stdout


def test_demo_copies_the_worked_study_and_runs_it(tmp_path: Path) -> None:
    done = rashomon("demo", tmp_path / "kuril")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "kuril" / "report" / "index.html").is_file()


def test_runs_are_recorded_and_measures_remembered_until_a_file_changes(fresh: Path) -> None:
    from rashomon.study.store import open_store

    rashomon("run", fresh)
    first = envelope("measure", fresh)
    assert first["result"] == json.loads(json.dumps(open_study(fresh).measure().to_dict()))
    assert envelope("measure", fresh) == first
    statements = fresh / "statements.csv"
    lines = statements.read_text("utf-8").splitlines(keepends=True)
    statements.write_text("".join(lines[:-1]), "utf-8")
    changed = envelope("measure", fresh)
    assert changed["result"]["levels"] != first["result"]["levels"] or changed["result"] != first["result"]
    store = open_store(fresh)
    assert store is not None
    with store:
        (run,) = store.runs()
    assert (run.command, run.status, run.wrote) == ("run", 0, ["report/index.html"])


def test_a_study_that_cannot_be_written_is_measured_all_the_same(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rashomon.study.store.open_store", lambda *_, note, **__: note("cannot be written to"))
    done = rashomon("measure", fresh, "--json")
    assert done.exit_code == 0
    assert "cannot be written to" in done.stderr


def test_a_check_counts_one_in_the_singular(tmp_path: Path) -> None:
    one = {"id": "s1", "path": "north-leader", "topic": "border", "stance": "keep"}
    assert "No faults. 1 statement.\n" in rashomon("check", write_study(tmp_path / "two", statements=[one])).stdout


def test_a_check_counts_records_and_says_which_statements_measures_use(tmp_path: Path) -> None:
    view = {"path": "north-leader", "topic": "border", "stance": "keep"}
    clause = {"id": "p1", "title": "Draft", "kind": "draft", "author": "north-leader", "issue": "border", "stance": "keep"}
    root = write_study(
        tmp_path / "two",
        statements=[view | {"id": "s1"}, view | {"id": "s2", "status": "superseded"}],
        packages=[clause | {"clause": "1"}, clause | {"clause": "2"}],
    )
    assert "No faults. 2 statements (1 of them accepted), 1 package.\n" in rashomon("check", root).stdout
    found = envelope("check", root)["result"]
    assert (found["accepted"], found["counts"]["packages"]) == (1, 1)


def test_who_names_the_file_instead_of_the_folder_is_told_the_folder(fresh: Path) -> None:
    for command in ("check", "measure"):
        error = envelope(command, fresh / "study.toml", status=2)["error"]
        assert (error["code"], error["remedy"]) == ("R001", f"Give the folder that it stands in: {fresh}")
    error = envelope("play", fresh / "study.toml", status=2)["error"]
    assert (error["code"], error["remedy"]) == ("R003", f"Name the study's folder: {fresh}")
    assert envelope("check", fresh / "moves.csv", status=2)["error"]["found"] == f"a file, {fresh / 'moves.csv'}"


def test_one_slip_in_many_rows_is_said_once_with_all_its_places(tmp_path: Path) -> None:
    row = {"path": "north-leader", "topic": "border", "stance": "keep", "certainty": "0,8"}
    rows = [row | {"id": f"s{number}"} for number in range(15)]
    root = write_study(tmp_path / "two", statements=[*rows, row | {"id": "t", "certainty": "0,7"}])
    done = CliRunner().invoke(cli, ["check", str(root)])
    assert done.stderr.count("R307") == 2
    assert "  in:      statements.csv:2 (certainty)\n           statements.csv:3 (certainty)\n" in done.stderr
    assert "           … and 3 more; --json lists them all\nR307 statements.csv:17 (certainty)" in done.stderr
    assert done.stderr.endswith("\n16 faults.\n")


@pytest.mark.parametrize("problem", [KeyError("getpwuid(): uid not found: 54321"), OSError("No username set in the environment")])
def test_who_has_no_login_is_asked_for_a_name(fresh: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception) -> None:
    def nobody() -> str:
        raise problem

    monkeypatch.setattr("rashomon.terminal.getuser", nobody)
    assert envelope("record", fresh, status=2)["error"]["remedy"] == 'Give it: --by "A. Reader"'
    assert rashomon("record", fresh, "--by", "A. Reader").exit_code == 0

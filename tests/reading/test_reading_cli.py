"""``rashomon read`` and ``rashomon find`` as a user meets them, and the same from Python."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from shelving import put, stand_in

import rashomon as package
from rashomon.cli import cli


def rashomon(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def envelope(*words: object, status: int = 0) -> dict[str, Any]:
    done = rashomon(*words, "--json")
    assert done.exit_code == status, done.output
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    stand_in(monkeypatch)
    folder = tmp_path / "mine"
    assert rashomon("init", folder).exit_code == 0
    return folder


def test_a_new_study_is_read_and_searched(study: Path) -> None:
    done = rashomon("read", study)
    assert done.exit_code == 0, done.output
    assert done.stdout == "1 file read.\n1 passage of 1 document.\n"
    assert rashomon("read", study).stdout.startswith("0 files read, 1 unchanged.\n")
    found = rashomon("find", study, "neighbour -enemy")
    assert found.exit_code == 0, found.output
    assert "we see **neighbours** who" in found.stdout
    assert found.stdout.startswith("gazette-1990#")
    assert found.stdout.endswith("1 of 1 passage.\n")
    assert rashomon("find", study, "nowhere").stdout == "No passage has these words.\n"


def test_what_is_skipped_is_listed_and_the_status_says_so(study: Path) -> None:
    put(study, "sources/broken.txt", "@die\n")
    put(study, "sources/new.txt", "title: News\n\nNew\nwords.\n")
    done = rashomon("read", study)
    assert done.exit_code == 3
    assert "1 failed" in done.stdout
    assert "R906 sources/broken.txt: " in done.stdout
    assert "sources/new.txt as new" in done.stdout
    assert "Repairs: line-break 1." in done.stdout
    result = envelope("read", study, "--declare", status=3)["result"]
    assert [fault["code"] for fault in result["skipped"]] == ["R906"]
    assert result["declared"] == ["new"]  # of what could not be read nothing is known
    assert "broken" not in (study / "study.toml").read_text()
    assert rashomon("check", study).exit_code == 0
    assert {"rows", "repairs", "undeclared", "dropped", "affected", "notices", "provenance"} <= set(result)


def test_long_lists_are_cut_and_like_faults_said_once(study: Path) -> None:
    for number in range(15):
        put(study, f"sources/paper-{number:02}.txt", f"p. 7\n\nPaper {number}.\n")
        put(study, f"sources/scan-{number:02}.txt", "@locked\n")
    done = rashomon("read", study, "--declare").stdout
    assert "16 passages of 16 documents; 15 pages in the 15 files with page numbers.\n" in done
    assert done.count("\n  paper-") == 2 * 12
    assert done.count("  paper-11\n  … and 3 more; --json lists them all\n") == 2  # not the 15 that could not be read
    assert "\n15 declared sources without a date; write in study.toml when each was published:\n" in done
    assert done.count("The document is locked with a password.") == 1
    assert done.count(" sources/scan-") == 12
    assert "\n    in:      sources/scan-00.txt\n             sources/scan-01.txt\n" in done
    assert done.endswith("    … and 3 more; --json lists them all\n")
    result = envelope("read", study, status=3)["result"]
    assert (len(result["skipped"]), len(result["undated"]), result["undated"][0]) == (15, 15, "paper-00")


def test_a_name_cannot_command_the_terminal(study: Path) -> None:
    put(study, "sources/a\x1b[2J\nb.txt", "Words.\n")
    put(study, "sources/c\x1b[2J.txt", "@locked\n")
    done = rashomon("read", study)
    assert "  sources/a [2J b.txt as a-2j-b\n" in done.stdout
    assert "R902 sources/c [2J.txt: " in done.stdout
    assert "\x1b" not in done.stdout


def test_a_document_cannot_command_the_terminal(study: Path) -> None:
    put(study, "sources/evil.txt", "# Head\x1b[2J\n\nA river\x1b]0;owned\x07 of words.\n")
    rashomon("read", study)
    done = rashomon("find", study, "owned river")
    assert "**river** ]0;**owned**  of words." in done.stdout
    assert "\x1b" not in done.stdout


def test_a_hit_in_json(study: Path) -> None:
    rashomon("read", study)
    result = envelope("find", study, '"own counsel"', "--source", "gazette-1990", "--from", "1989", "--limit", "1")["result"]
    (hit,) = result["rows"]
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["own counsel"]
    assert (result["total"], result["undated"], hit["published"]) == (1, 0, "1990-01-01")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("read", "nowhere"), "R001"),
        (("read", "STUDY", "nowhere.pdf"), "R003"),
        (("read", "STUDY", "--jobs", "0"), "R003"),
        (("find", "STUDY", "river"), "R004"),
    ],
)
def test_bad_input_is_an_error_with_a_code(study: Path, words: tuple[str, ...], code: str) -> None:
    found = envelope(*(str(study) if word == "STUDY" else word for word in words), status=2)
    assert found["error"]["code"] == code
    assert found["error"]["remedy"]


def test_who_stops_reading_is_told_how_to_go_on(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rashomon.reading.reading._read_changed", stopped)
    done = rashomon("read", study)
    assert done.exit_code == 130
    assert done.stderr == "\nStopped. What was read is kept; run the same command to go on.\n"


def test_where_nothing_can_be_written_nobody_says_that_nothing_was_read(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rashomon("read", study)
    monkeypatch.setattr("rashomon.study.store.os.access", lambda _, mode, **__: mode != os.W_OK)
    before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    assert envelope("find", study, "river")["result"]["total"] == 1
    assert len(package.open(study).passages("gazette-1990")) == 1
    assert {path: path.read_bytes() for path in study.rglob("*") if path.is_file()} == before  # no log, no lock
    found = envelope("read", study, status=2)
    assert (found["error"]["code"], found["error"]["remedy"][:14]) == ("R006", "Make room, or ")
    monkeypatch.setattr("rashomon.study.store.REVISIONS", ("0001", "0002", "later"))
    found = envelope("find", study, "river", status=2)
    assert (found["error"]["code"], found["error"]["remedy"][:14]) == ("R006", "Make room, or ")


def test_the_same_from_python(study: Path) -> None:
    opened = package.open(study)
    ticks: list[tuple[int, int, str]] = []
    assert len(opened.read(tick=lambda *told: ticks.append(told))) == 1
    assert ticks == [(1, 1, "sources/address-1990.txt")]
    passages = opened.passages("gazette-1990")
    assert passages.table().text.tolist() == ["We look across the river, and we see neighbours who keep their own counsel."]
    assert opened.find("river").table().address.tolist() == [passages.rows[0].address]
    assert opened.find("river").cite() == ("gazette-1990",)
    assert not opened.passages("ferry-1999").rows

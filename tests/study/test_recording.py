"""The history of edits by hand: a spreadsheet changes statements.csv, and a recording says what it changed."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from rashomon.cli import cli
from rashomon.errors import RashomonError
from rashomon.study.journals import HISTORY, as_json, read_journal, read_statements
from rashomon.study.recording import differences, edits_of, record, replay, unrecorded
from rashomon.study.store import study_digest
from studies import read_cells, write_study, write_table

Cells = dict[str, str]
FIRST: list[Cells] = [
    {"id": "s1", "path": "north-leader", "topic": "border", "stance": "keep", "note": "said so; twice"},
    {"id": "s2", "path": "south-ministry", "topic": "border", "stance": "move", "coder": "ann"},
    {"id": "s3", "path": "south-public", "topic": "north:peaceful", "stance": "negative"},
]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return write_study(tmp_path / "two", statements=FIRST)


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in words])


def told(*words: object) -> dict[str, object]:
    found = run(*words, "--json")
    assert found.exit_code == 0, found.output
    result: dict[str, object] = json.loads(found.stdout)["result"]
    return result


def rows(root: Path) -> list[Cells]:
    return read_cells(root / "history.csv")


def test_a_history_says_who_changed_what_from_what_to_what(study: Path) -> None:
    assert told("record", study, "--by", "Ann")["edits"] == {"baseline": 3}
    edited = [
        FIRST[0] | {"stance": "share", "note": ""},
        FIRST[2],
        {"id": "s4", "path": "north-public", "topic": "border", "stance": "keep"},
    ]
    write_table(study, "statements", edited)
    before = (study / "statements.csv").read_bytes()
    assert "4 edits of statements.csv are not recorded yet" in run("check", study).output
    assert told("record", study, "--by", "Bob", "--why", "read again")["edits"] == {
        "removed": 1,
        "changed": 2,
        "added": 1,
    }
    assert (study / "statements.csv").read_bytes() == before
    since = rows(study)[4:]
    assert [(one["id"], one["edit"], one["field"], one["before"], one["after"]) for one in since if one["edit"] == "changed"] == [
        ("s1", "changed", "stance", "keep", "share"), ("s1", "changed", "note", "said so; twice", "")
    ]  # fmt: skip
    assert {(one["by"], one["why"]) for one in since} == {("Bob", "read again")}
    (gone,) = [json.loads(one["before"]) for one in since if one["edit"] == "removed"]
    assert gone == FIRST[1] | {"when": "1986", "source": "book", "locator": "p. 1"}
    assert "not recorded" not in run("check", study).output
    assert "Nothing has changed" in run("record", study).output
    assert len(rows(study)) == 9


def test_the_history_of_a_statement_is_one_time_line(study: Path) -> None:
    record(study, "Ann")
    write_table(study, "statements", [FIRST[0] | {"stance": "share"}, *FIRST[1:]])
    record(study, "Bob", "read again")
    write_table(study, "statements", [FIRST[0] | {"stance": "share", "id": "s1-new"}, *FIRST[1:]])
    found = run("record", study, "--by", "Cy")
    assert "Ids should never change" in found.output
    write_table(study, "statements", [FIRST[0] | {"stance": "move", "id": "s1-new"}, *FIRST[1:]])
    text = run("history", study, "s1-new").output.splitlines()
    assert [line[27:] for line in text if line[:2] in ("20", "no")] == [
        "Ann  baseline, as s1", "Bob  changed, as s1  (read again)", "Cy  renamed", "changed"
    ]  # fmt: skip
    assert "    stance: keep → share" in text
    assert "    stance: share → move" in text
    assert run("history", study, "s1").output.count("renamed") == 1
    assert told("history", study, "s1-new")["pending"] == 1
    counted = told("history", study)["summary"]
    assert [one["did"] for one in counted] == [{"baseline": 3}, {"changed": 1}, {"renamed": 1}]  # type: ignore[attr-defined]
    assert "R004" in run("history", study, "s1-nwe").output


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_saving_a_file_in_another_form_is_no_edit(study: Path, delimiter: str, mark: str, end: str) -> None:
    cells = {"note": "two\nlines; 0.8, it says", "certainty": "0.8"}
    write_table(study, "statements", [FIRST[0] | cells, *FIRST[1:]])
    record(study, "Ann")
    there = read_cells(study / "statements.csv")
    kept = [name for name in there[0] if any(one[name] for one in there)][
        ::-1
    ]  # blank columns dropped, others turned round
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, kept, extrasaction="ignore", delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    for one in there[::-1]:
        number = one["certainty"] if delimiter == "," else one["certainty"].replace(".", ",")
        writer.writerow({name: cell.replace("\n", end) for name, cell in one.items()} | {"certainty": number})
    (study / "statements.csv").write_bytes((mark + out.getvalue()).encode())
    assert unrecorded(study) == ()
    assert run("check", study).exit_code == 0
    assert record(study, "Bob").edits == {}


def test_a_statement_that_a_review_entered_is_not_an_edit_by_hand(study: Path) -> None:
    record(study, "Ann")
    entered = {
        "id": "rules-a",
        "path": "north-public",
        "topic": "border",
        "stance": "keep",
        "coder": "rules",
        "status": "accepted",
    }
    (study / "reviews.csv").write_text("when,by,id,coder,decision,before,after,why\n")
    with (study / "reviews.csv").open("a", newline="") as file:
        full = entered | {"when": "1986", "source": "book", "locator": "p. 1"}
        csv.writer(file).writerow(
            [
                "2026-01-01T00:00:00+00:00",
                "Rev",
                "rules-a",
                "rules",
                "accepted",
                json.dumps(full | {"stance": ""}),
                json.dumps(full),
                "ok",
            ]
        )
    write_table(study, "statements", [*FIRST, entered])
    assert unrecorded(study) == ()
    write_table(study, "statements", [*FIRST, entered | {"stance": "move"}])
    assert [(one.id, one.field, one.before, one.after) for one in unrecorded(study)] == [
        ("rules-a", "stance", "keep", "move")
    ]
    record(study, "Bob")
    assert [(one["by"], one["edit"]) for one in rows(study)[4:]] == [
        ("Rev", "reviewed"),
        ("Bob", "changed"),
        ("Bob", "recorded"),
    ]
    events = told("history", study, "rules-a")["events"]
    assert [(one["by"], one["what"], one["changes"]) for one in events] == [  # type: ignore[attr-defined]
        ("Rev", "accepted", {"stance": ["", "keep"]}), ("Bob", "changed", {"stance": ["keep", "move"]})
    ]  # fmt: skip


def test_a_history_that_was_cut_or_changed_is_a_fault_and_stays_as_it_is(study: Path) -> None:
    record(study, "Ann")
    write_table(study, "statements", [FIRST[0] | {"stance": "share"}, *FIRST[1:]])
    record(study, "Bob")
    write_table(study, "statements", [FIRST[0] | {"stance": "move"}, *FIRST[1:]])
    whole = (study / "history.csv").read_text()
    lines = whole.splitlines(keepends=True)
    broken = [
        ("".join(lines[:-1]), "R114"),  # cut off before its end
        ("".join([*lines[:2], *lines[3:]]), "R114"),  # a row taken out
        (whole.replace("Bob", "Eve"), "R114"),  # another name
        (whole.replace(",keep,share,", ",keep,move,"), "R114"),
        ("".join([lines[0], *lines[5:]]), "R114"),  # a whole recording taken out
        (whole.replace("{", "[", 1), "R114"),
        (re.sub("([0-9a-f]{64}),([0-9a-f]{40})[0-9a-f]{24},\n$", r"\1,\2,\n", whole), "R114"),  # the file's digest cut short
        (re.sub("([0-9a-f]{64}),[0-9a-f]{64},\n$", r"\1,,\n", whole), "R114"),
        (whole[: len(whole) // 2], "R107"),
        (whole.replace("before", "bfore", 1), "R104"),
        ("", "R102"),
    ]
    for text, code in broken:
        (study / "history.csv").write_text(text)
        for words in (("record", study), ("history", study, "s1"), ("check", study)):
            found = run(*words, "--json")
            assert found.exit_code == 2, (words, text)
            assert code in {one["code"] for one in json.loads(found.stdout)["error"]["faults"]}
        assert (study / "history.csv").read_text() == text
    (study / "history.csv").write_bytes(whole.replace("said so", "said sö").encode("latin-1"))
    assert "R109" in run("record", study).output
    (study / "history.csv").write_text(whole)
    assert record(study, "Cy").edits == {"changed": 1}


def test_statements_that_cannot_be_told_apart_are_not_recorded(study: Path) -> None:
    record(study, "Ann")
    kept = (study / "history.csv").read_bytes()
    for edited, code in (([*FIRST, FIRST[0]], "R401"), ([*FIRST, {"id": "", "path": "north-leader"}], "R306")):
        write_table(study, "statements", edited)
        assert code in run("record", study).output
    (study / "statements.csv").write_text('id,path\ns1,"north')
    assert "R107" in run("record", study).output
    (study / "statements.csv").write_bytes("id,path,note\ns1,north-leader,sö\n".encode("latin-1"))
    assert "R109" in run("record", study).output
    assert (study / "history.csv").read_bytes() == kept


@pytest.mark.parametrize(
    "broken",
    [
        b'id,path\ns1,"north',
        "id,path,note\ns1,north-leader,s\u00f6\n".encode("latin-1"),
        b"id,path,topic,when,source,locator\ns1,a,b,1986,book,p\ns1,a,b,1986,book,p\n",
    ],
)
def test_a_history_is_told_while_the_statements_have_faults(study: Path, broken: bytes) -> None:
    record(study, "Ann")
    write_table(study, "statements", [FIRST[0] | {"stance": "share"}, *FIRST[1:]])
    record(study, "Bob")
    of_one, of_all = (told("history", study, *words) for words in (("s1",), ()))
    (study / "statements.csv").write_bytes(broken)
    for now, before in ((told("history", study, "s1"), of_one), (told("history", study), of_all)):
        assert (now["events"], now["summary"]) == (before["events"], before["summary"])
        assert (now["pending"], before["pending"]) == (None, 0)
        assert re.match(r"R\d{3} statements\.csv", str(now["unread"]))
    assert "What is not recorded yet is not known" in run("history", study, "s1").output
    unknown = run("history", study, "s9")  # it may stand in what cannot be read
    assert unknown.exit_code == 2
    assert "R004" not in unknown.output
    assert "statements.csv" in unknown.output


def test_a_column_that_is_dropped_is_an_edit_of_each_cell_that_it_held(study: Path) -> None:
    record(study, "Ann")
    (study / "statements.csv").write_text(
        "id,path,topic,stance,when,source,locator,note\n"
        "s1,north-leader,border,keep,1986,book,p. 1,said so; twice\ns2,south-ministry,border,move,1986,book,p. 1,\n"
        "s3,south-public,north:peaceful,negative,1986,book,p. 1,\n"
    )
    assert [(one.id, one.field, one.before, one.after) for one in unrecorded(study)] == [("s2", "coder", "ann", "")]


@pytest.mark.parametrize("same", [False, True])
def test_two_histories_that_went_apart_are_joined_recording_after_recording(study: Path, same: bool) -> None:
    record(study, "Ann")
    base = (study / "history.csv").read_text()
    ours = [FIRST[0] | {"stance": "share"}, *FIRST[1:]]
    theirs = (
        [FIRST[0] | {"stance": "move"}, *FIRST[1:]] if same else [FIRST[0], FIRST[1] | {"stance": "keep"}, FIRST[2]]
    )
    parts = []
    for who, rows_ in (("Bob", ours), ("Cy", theirs)):
        (study / "history.csv").write_text(base)
        write_table(study, "statements", rows_)
        record(study, who)
        parts.append((study / "history.csv").read_text().removeprefix(base))
    (study / "history.csv").write_text(base + "".join(parts))
    write_table(study, "statements", [ours[0], theirs[1], FIRST[2]])
    found = run("record", study)
    assert ("R114 history.csv:8" in found.output) == same
    assert same or "Nothing has changed" in found.output


def test_a_name_is_needed_and_a_study(study: Path, tmp_path: Path) -> None:
    for name in ("", " ", "A. Reader\n2026-01-01T00:00:00+00:00  Somebody"):
        assert "R003" in run("record", study, "--by", name).output
    assert "R001" in run("record", tmp_path / "none").output
    assert "R004" in run("history", study, "nothing").output
    assert "Nothing is recorded yet" in run("history", study).output
    assert not (study / "history.csv").exists()
    assert "baseline" not in run("history", study, "s1").output


# properties

cell = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00\r"), max_size=6)
statement = st.fixed_dictionaries(
    {}, optional={"stance": st.sampled_from(["keep", "move", ""]), "note": cell, "quote": cell}
)
state = st.dictionaries(st.sampled_from(["s1", "s2", "s3", "s4"]), statement, max_size=4)


def statements(root: Path) -> dict[str, Cells]:
    return {row["id"]: row for row in read_statements(root)}


def write_state(root: Path, now: Mapping[str, Cells]) -> None:
    write_table(root, "statements", [{**cells, "id": name} for name, cells in now.items()])


@given(states=st.lists(state, min_size=1, max_size=5))
def test_replayed_backwards_from_now_a_history_gives_every_earlier_state(
    states: list[dict[str, Cells]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = write_study(tmp_path_factory.mktemp("past") / "two", statements=[])
    seen = []
    for hour, one in enumerate(states):
        write_state(root, one)
        seen.append(statements(root))
        record(root, "Ann", now=lambda hour=hour: datetime(2026, 1, 1, hour, tzinfo=UTC))  # type: ignore[misc]
    journal = read_journal(root, HISTORY)
    assert {name: json.loads(text) for name, text in replay(journal).state.items()} == seen[-1]
    now = statements(root)
    edits = list(edits_of(journal))
    for hour in range(len(states) - 1, -1, -1):
        assert now == seen[hour]
        for edit in reversed([one for one in edits if one.when.startswith(f"2026-01-01T{hour:02}")]):
            undo(now, edit.id, edit.edit, edit.field, edit.before)
    assert now == {}


def undo(now: dict[str, Cells], name: str, edit: str, column: str, before: str) -> None:
    if edit in ("baseline", "added"):
        del now[name]
    elif edit == "removed":
        now[name] = json.loads(before)
    elif edit == "renamed":
        now[before] = now.pop(name) | {"id": before}
    elif before:
        now[name] = now[name] | {column: before}
    else:
        del now[name][column]


@given(before=state, after=state)
def test_no_edit_is_told_of_what_is_the_same(before: dict[str, Cells], after: dict[str, Cells]) -> None:
    whole = [
        {name: as_json({"id": name, **{k: v for k, v in cells.items() if v.strip()}}) for name, cells in one.items()}
        for one in (before, after)
    ]
    found = list(differences(whole[0], whole[1]))
    assert (found == []) == (whole[0] == whole[1])
    assert list(differences(whole[0], dict(reversed(whole[0].items())))) == []
    assert all(one.before != one.after for one in found)


def test_a_recording_leaves_the_old_history_or_the_new_one(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record(study, "Ann")
    kept = (study / "history.csv").read_bytes()
    write_table(study, "statements", FIRST[1:])
    with monkeypatch.context() as cut:
        cut.setattr("os.replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            record(study, "Bob")
    assert (study / "history.csv").read_bytes() == kept
    assert record(study, "Bob").edits == {"removed": 1}


def test_all_ids_may_change_at_once(study: Path) -> None:
    many = [
        {"id": f"s{k}", "path": "north-leader", "topic": "border", "stance": "keep", "note": f"{k}"}
        for k in range(3000)
    ]
    write_table(study, "statements", many)
    record(study, "Ann")
    write_table(study, "statements", [one | {"id": f"t{one['note']}"} for one in many])
    assert record(study, "Bob").edits == {"renamed": 3000}
    write_table(study, "statements", [one | {"id": f"t{one['note']}", "note": ""} for one in many[1:]])
    assert record(study, "Bob").edits == {"removed": 1, "changed": 2999}
    assert unrecorded(study) == ()


def test_one_writes_at_a_moment_and_where_nobody_can_it_is_said(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rashomon.study.journals._SECONDS", 0.05)
    with FileLock(study / "reviews.csv.lock"):
        assert "R701" in run("record", study).output

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("filelock.FileLock.acquire", refused)
    assert "R006" in run("record", study).output
    assert not (study / "history.csv").exists()


def test_a_broken_history_of_reviews_is_found_by_check(study: Path) -> None:
    (study / "reviews.csv").write_text("when,by,id\n")
    assert "R103 reviews.csv" in run("check", study).output


def test_a_broken_list_of_passages_without_statements_is_found_by_check(study: Path) -> None:
    (study / "nothing.csv").write_text("when,by\n")
    assert "R103 nothing.csv" in run("check", study).output


def test_results_are_remembered_over_a_recording(study: Path) -> None:
    before = study_digest(study)
    record(study, "Ann")
    assert study_digest(study) == before
    (study / "adjudications.csv").write_text("")
    assert study_digest(study) != before


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_cell_too_long_to_be_read_again_is_refused(study: Path) -> None:
    write_table(study, "statements", [FIRST[0] | {"note": "x" * 131_000}])
    with pytest.raises(RashomonError, match="R112"):
        record(study, "Ann")
    assert not (study / "history.csv").exists()

"""Adjudication: a person decides between two codings; both stay, their agreement too, and no statement counts twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.studies import write_study, write_table

from rashomon.cli import cli
from rashomon.coding import Adjudication, Review, agreement
from rashomon.coding.proposal_files import write_proposals
from rashomon.errors import RashomonError
from rashomon.exchanging import export_study, import_file
from rashomon.measuring import measure_all
from rashomon.study import check_study, open_study
from rashomon.study.aside import with_proposals
from rashomon.study.happened import history
from rashomon.study.recording import record, unrecorded
from studies import read_cells

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
Cells = dict[str, str]


def coded(name: str, coder: str, **cells: str) -> Cells:
    plain = {
        "path": "north-leader",
        "topic": "border",
        "stance": "keep",
        "passage": f"book#p{name[1]}",
        "note": f"of {coder}",
    }
    return {"id": name, "coder": coder, **plain, **cells}


ANN = [coded("a1", "ann"), coded("a2", "ann"), coded("a3", "ann", stance="share"), coded("a4", "ann")]
BOB = [coded("b1", "bob"), coded("b2", "bob", stance="move"), coded("b3", "bob", path="south-ministry", stance="share")]
BOTH = [*ANN, *BOB]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return write_study(tmp_path / "two", statements=BOTH)


def adjudicator(root: Path, a: str = "ann", b: str = "bob") -> Adjudication:
    return Adjudication(open_study(root), a, b, "Cy", now=lambda: NOON)


def counting(root: Path) -> list[str]:
    study = open_study(root)
    return [one.id for one in study.statements.rows(study.open_rows("statements"))]


def run(*words: object, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in words], input=text)


def waits(root: Path) -> list[tuple[str, str]]:
    return [(one.a, one.b) for one in adjudicator(root).waiting()]


def test_what_both_made_is_laid_side_by_side(study: Path) -> None:
    cases = {(one.a, one.b): (one.fields, one.alike) for one in adjudicator(study).waiting()}
    assert cases == {
        ("a1", "b1"): ((), True), ("a2", "b2"): (("stance",), False), ("a3", "b3"): (("path",), False), ("a4", ""): ((), False)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("which", "counts"),
    [("a", ["a2"]), ("b", ["b2"]), ("both", ["a2", "b2"]), ("neither", [])],
)
def test_a_decision_sets_aside_what_is_not_right_and_changes_nothing_of_either(
    study: Path, which: str, counts: list[str]
) -> None:
    before = (study / "statements.csv").read_bytes()
    (made,) = adjudicator(study).decide({"b2": which}, why="read again")
    assert (made.a, made.b, made.decision, list(made.counts), made.made) == ("a2", "b2", which, counts, ())
    assert (study / "statements.csv").read_bytes() == before
    assert counting(study) == [
        name for name in ("a1", "a2", "a3", "a4", "b1", "b2", "b3") if name not in {"a2", "b2"} - {*counts}
    ]
    (row,) = read_cells(study / "adjudications.csv")
    assert (row["when"], row["by"], row["decision"], row["why"]) == (
        "2026-01-02T12:00:00+00:00",
        "Cy",
        which,
        "read again",
    )
    assert (json.loads(row["before_a"])["stance"], json.loads(row["before_b"])["stance"]) == ("keep", "move")
    assert check_study(study).ok
    assert ("a2", "b2") not in waits(study)


def test_a_mended_decision_is_a_statement_of_its_own(study: Path) -> None:
    before = (study / "statements.csv").read_bytes()
    (made,) = adjudicator(study).decide({"a2": "a"}, {"stance": "share"})
    assert (made.decision, made.counts, made.made) == ("mended", ("a2-adjudicated",), ("a2-adjudicated",))
    assert (study / "statements.csv").read_bytes().startswith(before)
    row = open_study(study).record("a2-adjudicated")
    assert (row.stance.text, row.coder, row.status, row.note) == ("share", "adjudicated", "accepted", "of ann")
    assert not {"a2", "b2"} & set(counting(study))
    (noted,) = read_cells(study / "adjudications.csv")
    assert json.loads(noted["after"])[0]["stance"] == "share"


def test_codings_that_do_not_count_yet_are_taken_as_new_statements(tmp_path: Path) -> None:
    root = write_study(tmp_path / "two", statements=[one | {"status": "superseded"} for one in BOTH])
    assert counting(root) == []
    adjudicator(root).take_alike()
    adjudicator(root).decide({"a2": "b", "a3": "both", "a4": "a"})
    assert counting(root) == ["a1-adjudicated", "b2-adjudicated", "a3-adjudicated", "b3-adjudicated", "a4-adjudicated"]
    assert waits(root) == []


def test_agreement_stays_what_it_was(study: Path) -> None:
    def found() -> tuple[object, ...]:
        one = agreement(open_study(study), "ann", "bob", draws=50)
        return one.rows, one.unitising, one.pairs, one.differing, one.confused

    before = repr(found())
    adjudicator(study).take_alike()
    adjudicator(study).decide({"a2": "a", "b3": "neither"})
    adjudicator(study).decide({"a4": "a"}, {"stance": "move"})
    adjudicator(study).decide({"a2": "b"}, {"stance": "share"})
    assert repr(found()) == before


def test_measures_count_an_adjudicated_pair_once(study: Path, tmp_path: Path) -> None:
    adjudicator(study).take_alike()
    adjudicator(study).decide({"a2": "a", "a3": "a", "a4": "a"})
    alone = write_study(tmp_path / "alone", statements=ANN)
    assert counting(study) == counting(alone)
    mine, theirs = (measure_all(open_study(root)) for root in (study, alone))
    assert "".join(mine.to_json()) == "".join(theirs.to_json())


def test_a_case_may_be_decided_again_and_the_last_word_holds(study: Path) -> None:
    for which, counts in (("a", {"a2"}), ("b", {"b2"}), ("neither", set()), ("both", None)):
        adjudicator(study).decide({"a2": which})
        there = {name for name in counting(study) if name[:2] in ("a2", "b2")}
        assert there == counts or (counts is None and len(there) == 2)
    adjudicator(study).decide({"a2": "a"}, {"stance": "share"})
    adjudicator(study).decide({"a2": "b"}, {"stance": "share"})
    assert [name for name in counting(study) if name[1] == "2"] == [adjudicated(study)[-1]]
    assert len(read_cells(study / "adjudications.csv")) == 6


def adjudicated(root: Path) -> list[str]:
    return [one["id"] for one in read_cells(root / "statements.csv") if one["coder"] == "adjudicated"]


@given(
    st.lists(
        st.tuples(st.sampled_from(["a1", "a2", "b3", "a4"]), st.sampled_from(["a", "b", "both", "neither", "mend"])),
        max_size=6,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_whatever_is_decided_each_case_counts_as_was_last_said(study: Path, steps: list[tuple[str, str]]) -> None:
    (study / "adjudications.csv").unlink(missing_ok=True)
    write_study(study, statements=BOTH)
    last: dict[str, int] = {}
    for name, which in steps:
        try:
            decision = {name: "a" if which == "mend" else which}
            (made,) = adjudicator(study).decide(
                decision, {"stance": "share", "note": "mended"} if which == "mend" else {}
            )
        except RashomonError:
            assert name == "a4"  # which bob did not make
            continue
        last[name] = {"both": 2, "neither": 0}.get(which, 1)
        assert set(made.counts) <= set(counting(study))
    there = counting(study)
    for name, count in last.items():
        assert len([one for one in there if one[1] == name[1]]) == count
    stay = read_cells(study / "statements.csv")[: len(BOTH)]
    assert [(one["id"], one["stance"], one["coder"], one["status"]) for one in stay] == [
        (one["id"], one["stance"], one["coder"], "") for one in BOTH
    ]


def test_a_decision_cut_off_before_its_statement_is_said_and_waits_again(study: Path) -> None:
    kept = (study / "statements.csv").read_bytes()
    adjudicator(study).decide({"a2": "a"}, {"stance": "share"})
    (study / "statements.csv").write_bytes(kept)
    assert not {"a2", "b2"} & set(counting(study))
    assert any("a2-adjudicated, which counts instead of a2 and b2" in one for one in check_study(study).notices)
    assert ("a2", "b2") in waits(study)
    (made,) = adjudicator(study).decide({"a2": "a"}, {"stance": "share"})
    assert [name for name in counting(study) if name[1] == "2"] == list(made.counts)


def test_a_renamed_statement_is_said_for_it_counts_again(study: Path) -> None:
    adjudicator(study).decide({"a2": "a"})
    file = study / "statements.csv"
    file.write_text(file.read_text().replace("b2,", "b2-new,"))
    assert any("b2 is not in statements.csv" in one for one in check_study(study).notices)


def test_statements_made_of_decisions_that_are_lost_are_said_where_pairs_count_twice(study: Path) -> None:
    def said() -> list[str]:
        return [one for one in check_study(study).notices if "does not have the decisions" in one]

    adjudicator(study).decide({"a2": "a"}, {"stance": "share"})
    adjudicator(study).decide({"a2": "a"}, {"stance": "move"})
    assert said() == []
    (study / "adjudications.csv").unlink()
    assert {"a2", "a2-adjudicated", "a2-adjudicated-2", "b2"} <= set(counting(study))
    (one,) = said()
    assert "of which a2-adjudicated, a2-adjudicated-2 came" in one
    file = study / "statements.csv"
    write_table(study, "statements", [row | {"status": "superseded"} if row["id"] == "a2" else row for row in read_cells(file)])
    assert said() == []  # set aside by hand, or by an export


def test_a_machine_against_a_person(tmp_path: Path) -> None:
    root = write_study(tmp_path / "two", statements=ANN)
    proposals = [
        one
        | {
            "id": f"echo-{one['id']}",
            "coder": "echo",
            "status": "proposed",
            "when": "1986",
            "source": "book",
            "reasons": "x",
        }
        for one in BOB
    ]
    write_proposals(root, "echo", [proposals[0], proposals[1] | {"stance": ""}, proposals[2]])
    told = Adjudication(open_study(root), "echo", "ann", "Cy")
    with pytest.raises(RashomonError, match="R306"):
        told.decide({"echo-b2": "a"})
    assert not (root / "adjudications.csv").exists()
    (made,) = told.decide({"echo-b2": "a"}, {"stance": "move"})
    assert made.counts == ("echo-b2-adjudicated",)
    told.decide({"echo-b3": "b", "echo-b1": "a"})
    assert counting(root) == ["a3", "a4", "echo-b2-adjudicated", "echo-b1-adjudicated"]
    assert list(Review(open_study(root), "Cy").waiting()) == []
    counted = with_proposals(open_study(root))
    assert len(counted.open_rows("statements")) == 4
    assert {one["status"] for one in read_cells(root / "proposals" / "echo.csv")} == {"proposed"}


@pytest.mark.parametrize(
    ("decide", "code"),
    [
        (lambda one: one.decide({"zz": "a"}), "R004"),
        (lambda one: one.decide({"a1": "c"}), "R003"),
        (lambda one: one.decide({"a4": "b"}), "R003"),
        (lambda one: one.decide({"a4": "both"}), "R003"),
        (lambda one: one.decide({"a1": "a", "b1": "b"}), "R003"),
        (lambda one: one.decide({"a1": "both"}, {"stance": "keep"}), "R003"),
        (lambda one: one.decide({"a1": "a", "a2": "a"}, {"stance": "keep"}), "R003"),
        (lambda one: one.decide({"a1": "a"}, {"coder": "me"}), "R104"),
        (lambda one: one.decide({"a1": "a"}, {"stance": "none"}), "R319"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_is_written(
    study: Path, decide: Callable[[Adjudication], object], code: str
) -> None:
    before = (study / "statements.csv").read_bytes()
    with pytest.raises(RashomonError, match=code):
        decide(adjudicator(study))
    assert (study / "statements.csv").read_bytes() == before
    assert not (study / "adjudications.csv").exists()


def test_whose_codings_cannot_be_compared(study: Path) -> None:
    for a, b, code in (("ann", "ann", "R502"), ("ann", "nobody", "R004"), ("adjudicated", "bob", "R003")):
        with pytest.raises(RashomonError, match=code):
            adjudicator(study, a, b)


def test_a_broken_file_of_adjudications_is_a_fault_of_the_study(study: Path) -> None:
    adjudicator(study).decide({"a2": "a"}, {"stance": "share"})
    file = study / "adjudications.csv"
    whole = file.read_text()
    for broken, code in (
        (whole.replace("[{", "{", 1), "R114"),
        (whole[:-40], "R107"),
        (whole.replace("counts", "count", 1), "R104"),
    ):
        file.write_text(broken)
        assert code in {one.code for one in check_study(study).faults}


def test_at_the_terminal_case_by_case(study: Path) -> None:
    mended = "".join(f"{cell}\n" for cell in ("", "", "", "share", "", "", "", ""))
    done = run("adjudicate", study, "ann", "bob", "--by", "Cy", text=f"y\nb\nbecause\nm\n{mended}\nz\nx\n\n")
    assert done.exit_code == 0, done.output
    assert "1 of 3" in done.output
    assert "stance *keep" in done.output
    assert [(one["a"], one["decision"], one["why"]) for one in read_cells(study / "adjudications.csv")] == [
        ("a1", "a", ""), ("a2", "b", "because"), ("a3", "a", ""), ("a4", "neither", "")
    ]  # fmt: skip
    assert counting(study) == ["a1", "a3", "b2"]
    assert "Nothing is left" in run("adjudicate", study, "ann", "bob").output


def test_from_a_script(study: Path) -> None:
    compared = run("code", study, "--compare", "ann", "bob").output.splitlines()
    assert compared[-1] == "Decide what counts: rashomon adjudicate STUDY ann bob"
    listed = run("adjudicate", study, "ann", "bob", "--list")
    assert "3 differences waiting, and 1 statement that both coded alike" in listed.output
    waiting = json.loads(run("adjudicate", study, "ann", "bob", "--json").stdout)["result"]["waiting"]
    assert [(one["a"], one["b"]) for one in waiting] == [("a1", "b1"), ("a2", "b2"), ("a3", "b3"), ("a4", "")]
    links = "from,kind,to,by,source,locator,note\nb2,supports,a3,ann,book,,\n"
    (study / "links.csv").write_text(links)
    done = run(
        "adjudicate",
        study,
        "ann",
        "bob",
        "--take",
        "b2=a",
        "--take",
        "a4=a",
        "--agreed",
        "--why",
        "read again",
        "--by",
        "Cy",
    )
    assert done.exit_code == 0, done.output
    assert "a2 | b2: a → a2\n  b2 counts no more, and links.csv" in done.output
    decided = json.loads(
        run("adjudicate", study, "ann", "bob", "--take", "a3=a", "--set", "stance=move", "--json").stdout
    )["result"]["decided"]
    assert (decided[0]["decision"], decided[0]["counts"]) == ("mended", ["a3-adjudicated"])
    assert "R003" in run("adjudicate", study, "ann", "bob", "--take", "a3").output
    assert "R003" in run("adjudicate", study, "ann", "bob", "--list", "--take", "a3=a").output
    assert "R003" in run("adjudicate", study, "ann", "bob", "--by", "", "--take", "a3=a").output
    assert "R003" in run("adjudicate", study, "ann", "bob", "--set", "stance=move").output


def test_the_history_knows_of_adjudications(study: Path) -> None:
    record(study, "Ann")
    adjudicator(study).decide({"a2": "a"}, {"stance": "share"}, "read again")
    assert unrecorded(study) == ()
    for name in ("a2", "b2", "a2-adjudicated"):
        events = history(study, name).events
        (event,) = [one for one in events if one.file == "adjudications.csv"]
        assert (event.what, event.by, event.why) == ("adjudicated between ann and bob: mended", "Cy", "read again")
        assert event.changes == {"counts": ("a2 and b2", "a2-adjudicated")}
    record(study, "Ann")
    assert [one["edit"] for one in read_cells(study / "history.csv")[-2:]] == ["reviewed", "recorded"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_tables_that_go_elsewhere_say_what_counts(study: Path, tmp_path: Path, form: str) -> None:
    adjudicator(study).decide({"a2": "a", "a3": "neither"})
    export_study(form, open_study(study), tmp_path / f"out.{form}")
    back = tmp_path / "back"
    import_file(form, tmp_path / f"out.{form}", back)
    assert counting(back) == counting(study) == ["a1", "a2", "a4", "b1"]


def test_what_was_adjudicated_by_hand_before_counts_and_is_not_made_again(tmp_path: Path) -> None:
    by_hand = [coded("h1", "adjudicated"), coded("h2", "", stance="share", passage="book#p2")]
    root = write_study(tmp_path / "two", statements=[*(one | {"status": "superseded"} for one in BOTH), *by_hand])
    before = (root / "statements.csv").read_bytes()
    adjudicator(root).take_alike()
    (made,) = adjudicator(root).decide({"a2": "a"}, {"stance": "share"})
    assert (made.counts, made.made, waits(root)) == (("h2",), (), [("a3", "b3"), ("a4", "")])
    assert (root / "statements.csv").read_bytes() == before
    assert counting(root) == ["h1", "h2"]


def test_a_third_coder_does_not_make_a_statement_count_twice(study: Path) -> None:
    def second() -> list[str]:
        return [name for name in counting(study) if name[1] == "2"]

    write_study(study, statements=[*BOTH, coded("c2", "cid", stance="share")])
    adjudicator(study).decide({"a2": "b"})
    adjudicator(study, "ann", "cid").decide({"a2": "b"})
    assert second() == ["c2"]  # bob's counted instead of ann's; now cid's does
    adjudicator(study).decide({"a2": "a"})
    assert second() == ["a2"]
    adjudicator(study).decide({"a2": "both"})
    adjudicator(study, "ann", "cid").decide({"a2": "b"})
    assert second() == ["b2", "c2"]  # bob's is another statement, and stays

"""Proposals and their review: what a machine proposes waits, a person decides, and what was decided stays decided."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rashomon.coding.proposal_files import locator_of, read_proposals, write_proposals
from rashomon.coding.proposals import Proposal, Reason
from rashomon.coding.proposing import propose
from rashomon.coding.reviewing import Review
from rashomon.coding.scoring import score
from rashomon.errors import RashomonError
from rashomon.reading import Passage
from rashomon.reading.documents import Block, Document, Metadata
from rashomon.reading.piecing import pieces_of
from rashomon.study import StudyData, Verb, check_study, open_study
from rashomon.study.aside import with_proposals
from rashomon.study.recording import record, unrecorded
from rashomon.study.row_files import coders_of
from rashomon.study.store import open_store
from studies import read_cells, write_study

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


class Echo:
    """A coder that proposes one statement of every passage that has the word "border"."""

    name = "echo"

    def __init__(self, version: str = "1", stance: str = "keep") -> None:
        self.version, self.stance, self.asked = version, stance, 0

    def code(self, passages: Iterable[Passage], study: StudyData) -> Iterator[Proposal]:
        for one in passages:
            self.asked += 1
            at = one.text.find("border")
            if at >= 0:
                verbs = (Verb("believes"), Verb("wants"))
                yield Proposal(
                    one.address, at, at + 6, "border", ("north-leader", "south-ministry"), verbs, "border", self.stance,
                    "1986", "", "words", "plain", "", 0.5, (Reason("topic", at, at + 6, "a name of the issue"),),
                )  # fmt: skip


def passage(address: str, text: str, document: str = "book.txt", kind: str = "paragraph") -> Passage:
    return Passage(
        original=text, text=text, kind=kind, page="7", paragraph=3, heading=("Part", "Chapter"), language="en",  # type: ignore[arg-type]
        anchor=address.partition("#")[2], address=address, source="book", document=document, published="1999",
    )  # fmt: skip


WORDS = {"book#aaaa": "He said the border stays.", "book#bbbb": "Nothing.", "book#cccc": "The border again."}
TEXTS = [[passage(address, text) for address, text in WORDS.items()]]


@pytest.fixture
def study(tmp_path: Path) -> StudyData:
    return open_study(write_study(tmp_path / "two", statements=[]))


def reviewer(study: StudyData) -> Review:
    return Review(open_study(study.root), "A. Reader", now=lambda: NOON)


def test_proposals_stand_in_a_file_of_their_own_with_what_made_them(study: StudyData) -> None:
    found = propose(study, Echo(), TEXTS)
    first, second = read_proposals(study.root, "echo")
    assert first["path"] == "north-leader > south-ministry"
    assert first["modality"] == "believes > wants"
    assert (first["passage"], first["quote"], first["locator"]) == (
        "book#aaaa",
        "border",
        "Part, Chapter, p. 7, para. 3",
    )
    assert first["reasons"] == "topic: a name of the issue “border”"
    assert first["status"] == second["status"] == "proposed"
    assert found.depths == ((2, 2),)
    assert [(one.passages, one.proposals, one.taken) for one in found.rows] == [(3, 2, 0)]
    assert len(open_study(study.root).statements) == 0  # a proposal is no statement
    assert coders_of(study.root) == ("echo",)


def test_a_locator_counts_paragraphs_from_the_heading_that_it_names() -> None:
    words = [("Islands", 1), ("One.", 0), ("The visit", 2), ("Two.", 0), ("Three.", 0), ("The loan", 2), ("Four.", 0)]
    blocks = [Block(text, kind="heading" if level else "paragraph", level=level) for text, level in words]
    blocks += [Block("1. On this.", kind="note"), Block("Loans by year", kind="caption"), Block("Five.", page="9")]
    pieces = pieces_of(Document(Metadata(), blocks))
    found = [Passage(**{field.name: getattr(one, field.name) for field in fields(one)}) for one in pieces]
    assert [locator_of(one) for one in found if one.kind != "heading"] == [
        "Islands, para. 1",
        "Islands, The visit, para. 1",
        "Islands, The visit, para. 2",
        "Islands, The loan, para. 1",
        "Islands, The loan, note",
        "Islands, The loan, caption",
        "Islands, The loan, p. 9, para. 2",
    ]


def test_running_heads_page_numbers_and_headings_are_not_coded(study: StudyData) -> None:
    kinds = ("running", "folio", "heading", "note")
    coder = Echo()
    propose(study, coder, [[passage(f"book#{kind}", "The border.", kind=kind) for kind in kinds]])
    assert coder.asked == 1
    assert [row["passage"] for row in read_proposals(study.root, "echo")] == ["book#note"]


def test_accepting_makes_a_statement_that_the_study_takes(study: StudyData) -> None:
    propose(study, Echo(), TEXTS)
    review = reviewer(study)
    name = next(review.waiting())["id"]
    review.accept(name)
    after = open_study(study.root)
    (row,) = after.statements.rows(range(len(after.statements)))
    assert (row.id, row.coder, row.status) == (name, "echo", "accepted")
    assert str(row.path) == "north-leader > south-ministry"
    assert after.statements.quote[0] == "border"
    assert [one["id"] for one in review.waiting()] == [one["id"] for one in reviewer(study).waiting()] != [name]


def test_the_history_says_who_decided_what_and_when_before_and_after(study: StudyData) -> None:
    propose(study, Echo(), TEXTS)
    review = reviewer(study)
    first, second = [one["id"] for one in review.waiting()]
    review.accept(first, {"stance": "move"})
    review.reject(second, "a joke")
    rows = [line.split(",", 5) for line in (study.root / "reviews.csv").read_text().splitlines()]
    assert rows[1][:5] == ["2026-01-02T12:00:00+00:00", "A. Reader", first, "echo", "mended"]
    assert rows[2][:5] == ["2026-01-02T12:00:00+00:00", "A. Reader", second, "echo", "rejected"]
    mended, rejected = read_cells(study.root / "reviews.csv")
    assert json.loads(mended["before"])["stance"] == "keep"
    assert json.loads(mended["after"])["stance"] == "move"
    assert (rejected["after"], rejected["why"]) == ("", "a joke")
    assert check_study(study.root).faults == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"stance": "nonsense"}, "R319"), ({"path": "nobody"}, "R311"), ({"when": "some day"}, "R301"), ({"stance": ""}, "R306"),
     ({"when": "1900"}, "R404"), ({"when": "2000"}, "R412"), ({"known": "1970-01-01"}, "R405"),
     ({"coder": "me"}, "R104"), ({"bogus": "1"}, "R104")],
)  # fmt: skip
def test_a_row_that_check_would_refuse_is_refused(study: StudyData, changes: dict[str, str], code: str) -> None:
    propose(study, Echo(), TEXTS)
    review = reviewer(study)
    before = {path.name: path.read_bytes() for path in study.root.rglob("*.csv")}
    with pytest.raises(RashomonError) as problem:
        review.accept(next(review.waiting())["id"], changes)
    assert problem.value.fault.code == code
    assert {path.name: path.read_bytes() for path in study.root.rglob("*.csv")} == before


def test_proposals_that_a_spreadsheet_saved_in_another_encoding_are_refused(study: StudyData) -> None:
    propose(study, Echo(), TEXTS)
    file = study.root / "proposals" / "echo.csv"
    text = file.read_text(encoding="utf-8")
    file.write_bytes(text.replace("border", "гранèца", 1).encode("cp1252", "replace"))
    before = {path.name: path.read_bytes() for path in study.root.rglob("*.csv")}
    for work in (lambda: list(reviewer(study).waiting()), lambda: propose(study, Echo(version="2"), TEXTS)):
        with pytest.raises(RashomonError, match="R109"):
            work()
    assert {path.name: path.read_bytes() for path in study.root.rglob("*.csv")} == before
    file.write_bytes(text.replace(",", ";").encode("utf-8-sig"))
    assert len(list(reviewer(study).waiting())) == 2


def test_tables_that_a_spreadsheet_saved_with_decimal_commas_are_added_to_as_they_are(study: StudyData) -> None:
    propose(study, Echo(), TEXTS)
    file, statements = study.root / "proposals" / "echo.csv", study.root / "statements.csv"
    saved = io.StringIO(newline="")
    writer = csv.DictWriter(saved, read_cells(file)[0], delimiter=";")
    writer.writeheader()
    writer.writerows(one | {"certainty": one["certainty"].replace(".", ",")} for one in read_cells(file))
    file.write_bytes(b"\xef\xbb\xbfsep=;\r\n" + saved.getvalue().encode())
    row = "by-hand;north-leader;border;keep;1986;book;p. 1;no. 3, 4;0,75"
    statements.write_text(f"sep=;\nid;path;topic;stance;when;source;locator;note;certainty\n{row}\n")
    before = statements.read_text()
    record(study.root, "Ann")
    first, second = [one["id"] for one in reviewer(study).waiting()]
    reviewer(study).accept(first)
    reviewer(study).reject(second)
    wider = "certainty;modality;basis;hedge;coder;status;passage;quote"
    assert statements.read_text().startswith(before.replace("certainty", wider))
    assert f"\n{first};north-leader > south-ministry;border;keep;1986;book;" in statements.read_text()
    assert ";0,50;" in statements.read_text().splitlines()[-1]
    assert open_study(study.root).statements.certainty.tolist() == [0.75, 0.5]
    assert file.read_bytes().startswith(b"\xef\xbb\xbfsep=;\r\nid;status;")
    assert file.read_text(encoding="utf-8-sig").count(";0,50") == 2
    assert [one["status"] for one in read_proposals(study.root, "echo")] == ["accepted", "rejected"]
    assert unrecorded(study.root) == ()  # what a review entered is no edit by hand, however its numbers are written


@pytest.mark.parametrize("wrong", ["none-such", "first", "open"])
def test_of_several_decisions_all_are_taken_or_none(study: StudyData, wrong: str) -> None:
    propose(study, Echo(), TEXTS)
    first, second = read_proposals(study.root, "echo")
    if wrong == "open":
        write_proposals(study.root, "echo", [first, second | {"stance": ""}])
    before = {path.name: path.read_bytes() for path in study.root.rglob("*.csv")}
    with pytest.raises(RashomonError) as problem:
        reviewer(study).decide([first["id"], {"first": first["id"], "open": second["id"]}.get(wrong, wrong)])
    assert {path.name: path.read_bytes() for path in study.root.rglob("*.csv")} == before
    if wrong == "open":
        assert second["id"] in problem.value.fault.found  # of which proposal it is true
        reviewer(study).decide([first["id"]], [second["id"]], why="no stance")
        assert [row["decision"] for row in read_cells(study.root / "reviews.csv")] == ["accepted", "rejected"]


def test_what_was_rejected_stays_so_where_another_is_accepted_after_it(study: StudyData) -> None:
    propose(study, Echo(), TEXTS)
    review = reviewer(study)
    first, second = [one["id"] for one in review.waiting()]
    review.reject(first)
    review.accept(second)
    assert [one["status"] for one in read_proposals(study.root, "echo")] == ["rejected", "accepted"]


def test_what_has_no_status_waits(study: StudyData) -> None:
    propose(study, Echo(), TEXTS)
    write_proposals(study.root, "echo", [row | {"status": ""} for row in read_proposals(study.root, "echo")])
    assert len(list(reviewer(study).waiting())) == 2


def test_what_is_decided_stays_decided_when_the_coder_runs_again(study: StudyData) -> None:
    propose(study, Echo(), TEXTS)
    review = reviewer(study)
    review.reject(next(review.waiting())["id"])
    again = propose(open_study(study.root), Echo(version="2"), TEXTS)
    assert again.kept == 1
    assert [row["status"] for row in read_proposals(study.root, "echo")] == ["rejected", "proposed"]
    with pytest.raises(RashomonError, match="R004"):
        reviewer(study).accept(read_proposals(study.root, "echo")[0]["id"])


def test_a_person_outranks_a_machine(tmp_path: Path) -> None:
    mine = {"id": "s1", "path": "north-leader > south-ministry", "modality": "believes > wants", "topic": "border",
            "stance": "move", "passage": "book#aaaa"}  # fmt: skip
    study = open_study(write_study(tmp_path / "two", statements=[mine]))
    found = propose(study, Echo(), TEXTS)
    assert (found.rows[0].taken, found.depths) == (1, ((2, 1),))
    written = [(row["passage"], row["status"]) for row in read_proposals(study.root, "echo")]
    assert written == [("book#aaaa", "superseded"), ("book#cccc", "proposed")]
    assert [row["passage"] for row in Review(study, "A. Reader").waiting()] == ["book#cccc"]
    assert [row.passage for row in with_proposals(study).statements] == ["book#aaaa", "book#cccc"]  # the first is the person's
    write_study(study.root, statements=[])
    again = propose(open_study(study.root), Echo(), TEXTS)
    assert again.kept == 0
    assert [row["status"] for row in read_proposals(study.root, "echo")] == ["proposed", "proposed"]


@pytest.mark.parametrize("also", ["", "proposals gone", "id changed", "both"])
def test_what_a_person_made_of_an_accepted_proposal_outranks_the_machine(study: StudyData, also: str) -> None:
    """Accepted, then changed by hand beyond recognition: neither the same coder nor one with another time proposes it again."""
    propose(study, Echo(), TEXTS)
    review = reviewer(study)
    name = next(review.waiting())["id"]
    review.accept(name)
    file = study.root / "statements.csv"
    edited = file.read_text().replace("north-leader > south-ministry", "north-public").replace("believes > wants", "fears")
    edited = edited.replace(name, "mine") if also in ("id changed", "both") else edited
    file.write_text(edited)
    for coder in (Echo(), Echo(version="2", stance="share")):
        if also in ("proposals gone", "both"):
            shutil.rmtree(study.root / "proposals")
        propose(open_study(study.root), coder, TEXTS)
        waiting = list(reviewer(study).waiting())
        assert [row["passage"] for row in waiting] == ["book#cccc"]
        assert file.read_text() == edited
        with_proposals(open_study(study.root))


@pytest.mark.parametrize("gone", [False, True])
def test_what_a_person_took_out_again_or_rejected_is_not_put_back(study: StudyData, gone: bool) -> None:
    propose(study, Echo(), TEXTS)
    review = reviewer(study)
    first, second = [row["id"] for row in review.waiting()]
    review.accept(first)
    review.reject(second)
    file = study.root / "statements.csv"
    file.write_text(file.read_text().splitlines()[0] + "\n")
    if gone:
        shutil.rmtree(study.root / "proposals")
    propose(open_study(study.root), Echo(), TEXTS)
    assert list(reviewer(study).waiting()) == []
    assert [row["status"] for row in read_proposals(study.root, "echo")] == ["accepted", "rejected"]


def test_what_a_person_coded_already_counts_when_the_two_are_compared(tmp_path: Path) -> None:
    mine = {"id": "s1", "path": "north-leader > south-ministry", "modality": "believes > wants", "topic": "border",
            "stance": "move", "passage": "book#aaaa", "coder": "ann"}  # fmt: skip
    study = open_study(write_study(tmp_path / "two", statements=[mine]))
    propose(study, Echo(), TEXTS)
    found = score(study, "echo", "ann")
    assert (found.rows[0].machine, found.rows[0].person, found.rows[0].right) == (2, 1, 1)


def test_each_document_has_what_was_proposed_of_it_though_the_coder_reads_them_as_one(study: StudyData) -> None:
    names = ("one.txt", "two.txt", "three.txt", "four.txt")
    texts = ("Nothing.", "A border.", "Nothing.", "A border, and a border.")
    documents = [[passage(f"book#{name[:4]}", text, name)] for name, text in zip(names, texts, strict=True)]
    calls = []

    class Counting(Echo):
        def code(self, passages: Iterable[Passage], study: StudyData) -> Iterator[Proposal]:
            calls.append(self)
            return super().code(passages, study)

    found = propose(study, Counting(), documents)
    assert [(one.document, one.proposals) for one in found.rows] == list(zip(names, (0, 1, 0, 1), strict=True))
    assert len(calls) == 1


def test_a_second_run_asks_only_of_what_changed(study: StudyData) -> None:
    documents = [TEXTS[0], [passage("book#dddd", "A border too.", "other.txt")]]
    store = open_store(study.root)
    assert store is not None
    with store:
        coder = Echo()
        first = propose(study, coder, documents, store)
        rows = read_proposals(study.root, "echo")
        assert (coder.asked, [one.known for one in first.rows]) == (4, [False, False])
        second = propose(study, coder, documents, store)
        assert (coder.asked, [one.known for one in second.rows]) == (4, [True, True])
        assert read_proposals(study.root, "echo") == rows
        changed = [TEXTS[0], [passage("book#dddd", "A border, too.", "other.txt")]]
        propose(study, coder, changed, store)
        assert coder.asked == 5
        propose(study, Echo(version="2", stance="share"), documents, store)
        assert {row["stance"] for row in read_proposals(study.root, "echo")} == {"share"}


@given(st.lists(st.sampled_from(["accept", "reject", "mend", "run", "crash"]), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_no_statement_is_ever_doubled_or_lost(study: StudyData, steps: list[str]) -> None:
    for left in ("proposals", "reviews.csv", "statements.csv"):
        target = study.root / left
        shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
    many = [[passage(f"book#a{k}", f"The border {k}.") for k in range(4)]]
    propose(open_study(study.root), Echo(), many)
    accepted: set[str] = set()
    for step in steps:
        review = reviewer(study)
        waiting = [row["id"] for row in review.waiting()]
        if step == "run":
            propose(open_study(study.root), Echo(), many)
        elif waiting and step == "reject":
            review.reject(waiting[0])
        elif waiting and step == "crash":  # cut off after statements.csv was written
            file = study.root / "proposals" / "echo.csv"
            before = file.read_bytes()
            review.accept(waiting[0])
            file.write_bytes(before)
            accepted.add(waiting[0])
        elif waiting and step in ("accept", "mend"):
            review.accept(waiting[0], {"stance": "move"} if step == "mend" else {})
            accepted.add(waiting[0])
    after = open_study(study.root)
    assert sorted(row.id for row in after.statements.rows(range(len(after.statements)))) == sorted(accepted)
    assert not accepted & {row["id"] for row in reviewer(study).waiting()}
    assert len({row["id"] for row in read_proposals(study.root, "echo")}) == 4


def test_proposals_count_where_they_are_asked_for(tmp_path: Path) -> None:
    mine = {"id": "s1", "path": "south-public", "topic": "border", "stance": "move", "note": "a person's"}
    study = open_study(write_study(tmp_path / "two", statements=[mine]))
    many = [[*TEXTS[0], passage("book#dddd", "The border, too.")]]
    propose(study, Echo(), many)
    review = reviewer(study)
    first, second, third = [one["id"] for one in review.waiting()]
    review.reject(first)
    review.accept(second)
    plain = open_study(study.root)
    counted = with_proposals(plain)
    rows = counted.statements.rows(counted.open_rows("statements"))
    assert [one.id for one in rows] == ["s1", second, third]
    assert [one.status for one in rows] == ["accepted", "accepted", "proposed"]
    assert counted.record(third).quote == "border"
    assert repr(counted.record("s1")) == repr(plain.record("s1"))  # a certainty that is not given equals none
    assert len(plain.open_rows("statements")) == 2
    assert len(with_proposals(counted.as_of(None)).statements) == 3  # what counts already is not taken twice


def test_a_proposal_that_leaves_its_stance_open_counts_for_nothing(study: StudyData) -> None:
    propose(study, Echo(stance=""), TEXTS)
    assert len(with_proposals(study).open_rows("statements")) == 0


def test_faults_of_a_file_of_proposals_have_their_place(study: StudyData) -> None:
    propose(study, Echo(), TEXTS)
    file = study.root / "proposals" / "echo.csv"
    file.write_text(file.read_text().replace(",keep,", ",nonsense,", 1))
    with pytest.raises(RashomonError) as problem:
        with_proposals(study)
    fault = problem.value.fault
    assert (fault.code, fault.where.file, fault.where.line, fault.where.field) == ("R319", "proposals/echo.csv", 2, "stance")


def test_what_the_study_would_refuse_is_not_proposed(study: StudyData) -> None:
    many = [[passage(f"book#a{k}", f"The border {k}.") for k in range(250)]]  # more than a run lists of one kind of fault
    found = propose(study, Echo(stance="nonsense"), many)
    assert [n for _, n in found.refused] == [250]
    assert found.refused[0][0].startswith("R319")
    assert read_proposals(study.root, "echo") == []


def test_a_partial_run_leaves_what_it_did_not_read(study: StudyData) -> None:
    documents = [TEXTS[0], [passage("book#dddd", "A border too.", "other.txt")]]
    propose(study, Echo(), documents)
    propose(study, Echo(stance="share"), documents[1:], partial=True)
    assert [row["stance"] for row in read_proposals(study.root, "echo")] == ["keep", "keep", "share"]
    propose(study, Echo(stance="share"), documents[1:])
    assert [row["stance"] for row in read_proposals(study.root, "echo")] == ["share"]

"""Statements that rest on passages: what is listed when the passages change, and that a quote is found again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from shelving import put, reading, shelved, stand_in, study_with

import rashomon
from rashomon.reading import Shelf, resolve
from rashomon.study import open_study
from rashomon.study.store import open_store
from studies import write_table

BOOK = "The ministry wanted the co-\noperation of the north.\n\nNothing came of it.\n\nThat was all.\n"
STATEMENT = {"path": "south-ministry", "topic": "border", "stance": "keep"}


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = study_with(tmp_path_factory.mktemp("read"), {"sources/book.txt": BOOK})
    with pytest.MonkeyPatch.context() as patch:
        stand_in(patch)
        reading(folder)
    first, second, _ = (one.address for one in shelved(folder))
    rows = [
        {"id": "s-1", "passage": first, "quote": "wanted the cooperation of the North"},
        {"id": "s-2", "passage": second, "quote": "Nothing came"},
        {"id": "s-3", "passage": second},
        {"id": "s-4"},
    ]
    write_table(folder, "statements", [STATEMENT | row for row in rows])
    return folder


@pytest.fixture
def study(read_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    stand_in(monkeypatch)
    return Path(shutil.copytree(read_once, tmp_path / "study"))


def test_nothing_is_said_while_the_words_are_there(study: Path) -> None:
    assert reading(study).affected == ()
    report = rashomon.check(study)
    assert (report.ok, report.notices) == (True, ())
    row = open_study(study).statements.row(1)
    assert (row.passage, row.quote) == (shelved(study)[1].address, "Nothing came")


def test_statements_are_listed_never_changed(study: Path) -> None:
    before = (study / "statements.csv").read_bytes()
    put(study, "sources/book.txt", BOOK.replace("Nothing came of it", "In the end nothing came of it"))
    found = reading(study)
    new = shelved(study)[1].address
    assert [(one.statement, one.line, one.problem, one.found) for one in found.affected] == [
        ("s-2", 3, "gone", new), ("s-3", 4, "gone", ""),
    ]  # fmt: skip
    (first, second) = rashomon.check(study).notices
    assert first.startswith("R910 statements.csv:3 (passage): ")
    assert new in first
    assert "rashomon find" in second
    assert (study / "statements.csv").read_bytes() == before
    assert found.to_dict()["affected"][0]["found"] == new


def test_words_that_stand_twice_are_not_said_to_be_anywhere(study: Path) -> None:
    put(study, "sources/book.txt", BOOK.replace("Nothing came of it.", "Nothing came.\n\nNothing came!\n\nNothing came in."))
    assert [one.found for one in reading(study).affected] == ["", ""]


def test_a_quote_that_is_not_in_its_passage(study: Path) -> None:
    first, second, last = (one.address for one in shelved(study))
    rows = [
        {"id": "s-1", "passage": first, "quote": "That was all."},
        {"id": "s-2", "passage": last, "quote": "never said"},
    ]
    write_table(study, "statements", [STATEMENT | row for row in rows])
    assert [(one.problem, one.found) for one in reading(study).affected] == [("changed", last), ("changed", "")]
    assert second not in str(rashomon.check(study).notices)


@pytest.mark.parametrize(
    "address", ["", "book", "book#", "book#nothing", "book#nothing-2", "#", "book#x-99999999999", "book#x-二"]
)
def test_an_address_that_is_none(study: Path, address: str) -> None:
    store = open_store(study)
    assert store is not None
    with store:
        shelf = Shelf(store)
        assert shelf.passage(address) is None
        found = resolve(shelf, address, "nothing CAME")
        assert (found is not None) == address.startswith("book#")
        assert resolve(shelf, address, "") is None


def test_every_address_leads_to_its_passage(study: Path) -> None:
    store = open_store(study)
    assert store is not None
    with store:
        shelf = Shelf(store)
        for passage in shelf.passages():
            assert shelf.passage(passage.address) == passage
            assert resolve(shelf, passage.address, passage.original) == passage


def test_without_a_store_nothing_is_compared_and_none_is_made(study: Path) -> None:
    for path in study.glob("study.db*"):
        path.unlink()
    assert rashomon.check(study).notices == ()
    assert not (study / "study.db").exists()


def test_a_damaged_store_is_a_notice(study: Path) -> None:
    (study / "study.db").write_bytes(b"no store" * 1000)
    (notice,) = rashomon.check(study).notices
    assert "not compared" in notice

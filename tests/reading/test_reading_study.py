"""Reading a study: which files, of which source, what is read again, and that nothing is there twice or half."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from shelving import put, reading, shelved, stand_in, study_with

from rashomon import languages
from rashomon.errors import RashomonError
from rashomon.reading import Among, Shelf, list_passages, search
from rashomon.reading.choosing import Chosen
from rashomon.reading.reading import _reader
from rashomon.study import check_study, open_study
from rashomon.study.store import open_store
from studies import DECLARED, write_table


@pytest.fixture(autouse=True)
def _stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch)


BOOK = "# The border\n\np. 3\n\nThe ministry wanted\nthe islands.\n\n[1] A note.\n\nNothing came of it.\n"


def test_passages_have_their_place_and_the_way_back(tmp_path: Path) -> None:
    study = study_with(tmp_path, {"sources/book.txt": BOOK})
    found = reading(study)
    assert [(row.file, row.source, row.status, row.documents, row.passages, row.pages, row.repairs) for row in found.rows] == [
        ("sources/book.txt", "book", "read", 1, 4, 1, 1)
    ]
    assert (found.skipped, found.undeclared, found.affected, dict(found.repairs)) == ((), {}, (), {"line-break": 1})
    heading, first, note, last = shelved(study)
    assert (heading.kind, first.kind, note.kind, last.kind) == ("heading", "paragraph", "note", "paragraph")
    assert [one.place for one in (heading, first, note, last)] == [0, 1, 2, 3]
    assert [one.paragraph for one in (heading, first, note, last)] == [1, 2, 0, 3]
    assert (first.page, first.heading, first.published, first.document) == ("3", ("The border",), "1999", "sources/book.txt")
    assert (first.text, first.original) == ("The ministry wanted the islands.", "The ministry wanted\nthe islands.")
    assert [(one.kind, one.start, one.end, one.before, one.after) for one in first.repairs] == [("line-break", 19, 20, "\n", " ")]
    assert first.address == f"book#{first.anchor}"
    whole = "\n\n".join(one.text for one in (heading, first, note, last))
    assert all(whole[one.start : one.start + len(one.text)] == one.text for one in (heading, first, note, last))
    assert found.table().passages.tolist() == [4]


def test_what_has_not_changed_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = study_with(tmp_path, {"sources/book.txt": BOOK, "sources/memoir.txt": "I was there.\n"})
    reading(study)
    before = shelved(study)
    with monkeypatch.context() as patch:
        patch.setattr("rashomon.reading.working.READER", "no_such_module:read")  # nothing is started
        assert {row.status for row in reading(study).rows} == {"unchanged"}
    put(study, "sources/memoir.txt", "I was not there.\n")
    again = reading(study)
    assert [row.status for row in again.rows] == ["unchanged", "read"]
    assert [one.text for one in shelved(study, "memoir")] == ["I was not there."]
    assert shelved(study, "book") == [one for one in before if one.source == "book"]
    monkeypatch.setattr("rashomon.reading.reading._reader", lambda: "a later reader")
    assert {row.status for row in reading(study).rows} == {"read"}
    assert shelved(study, "book") == [one for one in before if one.source == "book"]


def test_documents_are_read_again_when_languages_are_told_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = study_with(tmp_path, {"sources/book.txt": BOOK})
    reading(study)
    later = tmp_path / "languages.py"
    later.write_bytes(Path(languages.__file__).read_bytes() + b"# later\n")
    with monkeypatch.context() as patch:
        patch.setattr(languages, "__file__", str(later))
        _reader.cache_clear()
        assert {row.status for row in reading(study).rows} == {"read"}
    _reader.cache_clear()


def test_a_date_that_the_study_gives_is_there_at_once_and_nothing_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"sources/book.txt": "A river.\n", "sources/memoir.txt": "published: 1994\n\nAnother river.\n"}
    study = study_with(tmp_path, files)
    reading(study)
    monkeypatch.setattr("rashomon.reading.working.READER", "no_such_module:read")  # nothing is started

    def dates(since: str = "") -> dict[str, str]:
        found = search(open_study(study), "river", Among(since=since))
        assert {one.source: one.published for one in list_passages(open_study(study)).rows} == dates_of
        return {hit.source: hit.published for hit in found.rows}

    dates_of = {"book": "1999", "memoir": "1994"}
    assert dates() == dates_of
    (study / "study.toml").write_text(DECLARED.replace('published = "1999"', 'published = "late 1991"'), encoding="utf-8")
    dates_of["book"] = "late 1991"
    assert dates() == dates_of
    assert dates("1992") == {"memoir": "1994"}  # what its file says itself outranks study.toml
    write_table(study, "texts", [{"id": "t1", "series": "talks", "when": "1990-05-01", "author": "north-leader", "title": "T",
                                  "file": "sources/memoir.txt", "source": "memoir"}])  # fmt: skip
    (study / "study.toml").write_text(DECLARED + '\n[[series]]\nid = "talks"\nname = "Talks"\n', encoding="utf-8")
    assert {row.status for row in reading(study).rows} == {"unchanged"}
    dates_of = {"book": "1999", "memoir": "1990-05-01"}
    assert {one.source: one.published for one in shelved(study)} == dates_of == dates()


def test_where_somebody_else_writes_dates_stay_and_passages_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = study_with(tmp_path, {"sources/book.txt": "A river.\n"})
    reading(study)
    (study / "study.toml").write_text(DECLARED.replace('published = "1999"', 'published = "1991"'), encoding="utf-8")
    monkeypatch.setattr("rashomon.study.store.os.access", lambda _, mode, **__: mode != os.W_OK)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("filelock.FileLock.acquire", refused)
    assert [hit.published for hit in search(open_study(study), "river").rows] == ["1999"]


def test_what_is_gone_is_dropped_and_what_moved_keeps_its_addresses(tmp_path: Path) -> None:
    declared = DECLARED.replace('kind = "book"', 'kind = "book"\nfile = "sources/b*.txt"', 1)
    study = study_with(tmp_path, {"sources/book.txt": BOOK}, declared)
    reading(study)
    addresses = [one.address for one in shelved(study)]
    (study / "sources/book.txt").rename(study / "sources/bound.txt")
    found = reading(study)
    assert found.dropped == ("sources/book.txt",)
    assert [one.address for one in shelved(study)] == addresses
    (study / "sources/bound.txt").unlink()
    assert reading(study).dropped == ("sources/bound.txt",)
    assert shelved(study) == []


def test_a_repeated_passage_is_numbered_whatever_the_order_of_reading(tmp_path: Path) -> None:
    declared = DECLARED.replace('kind = "book"', 'kind = "book"\nfile = ["sources/one.txt", "sources/two"]', 1)
    files = {"sources/two/x.txt": "Amen.\n\nThe end.\n", "sources/one.txt": "Amen.\n\n== more\nAmen.\n\nNo.\n\nAmen.\n"}
    at_once, by_turns = study_with(tmp_path / "a", files, declared), study_with(tmp_path / "b", {}, declared)
    reading(at_once)
    for name, text in files.items():
        put(by_turns, name, text)
        reading(by_turns, jobs=1)
    assert shelved(at_once) == shelved(by_turns)
    amen = [(one.document, one.place, one.address.partition("-")[2]) for one in shelved(at_once) if one.text == "Amen."]
    more = "sources/one.txt!more"
    assert amen == [("sources/one.txt", 0, ""), (more, 0, "2"), (more, 2, "3"), ("sources/two/x.txt", 0, "4")]
    put(by_turns, "sources/one.txt", "Nothing.\n")
    reading(by_turns)
    assert [one.address.partition("-")[2] for one in shelved(by_turns) if one.text == "Amen."] == [""]


def test_whose_a_file_is(tmp_path: Path) -> None:
    declared = DECLARED + (
        '\n[[series]]\nid = "talks"\nname = "Talks"\n\n[[source]]\nid = "report"\ntitle = "R"\npublished = "1990"\n'
        'kind = "report"\nfile = ["papers/*.txt", "missing.txt"]\n'
    )
    text = {"id": "t-1", "series": "talks", "author": "north-leader", "title": "T", "when": "1986-03-04", "source": "memoir"}
    files = {
        "papers/r.txt": "A report.\n",
        "sources/Book.txt": "A book.\n",
        "sources/talk.txt": "published: 1985\n\nA talk.\n",
        "sources/Press/Été 1990.txt": "published: 1990-06\n\nA paper.\n",
        "sources/北方.txt": "Far.\n",
        "sources/.hidden.txt": "No.\n",
    }
    study = study_with(tmp_path, files, declared, texts=[{**text, "file": "sources/talk.txt"}])
    found = reading(study)
    whose = {row.file: row.source for row in found.rows}
    assert whose["papers/r.txt"] == "report"
    assert whose["sources/Book.txt"] == "book"
    assert whose["sources/talk.txt"] == "memoir"
    assert found.undeclared["sources/Press/Été 1990.txt"] == "press-ete-1990"
    assert len(found.undeclared) == 2
    assert all(check_id(name) for name in found.undeclared.values())
    assert "sources/.hidden.txt" not in whose
    assert found.notices == ("Source report has no file missing.txt.",)
    published = {one.document: one.published for one in shelved(study)}
    assert published["sources/talk.txt"] == "1986-03-04"  # texts.csv says so
    assert published["papers/r.txt"] == "1990"  # study.toml, where the file says nothing
    assert published["sources/Press/Été 1990.txt"] == "1990-06"
    assert published["sources/北方.txt"] == ""


def test_what_systems_browsers_and_office_programs_leave_beside_documents_is_passed_over(tmp_path: Path) -> None:
    beside = ("Thumbs.db", "desktop.ini", "~$talk.docx", "page_files/style.css", "page_files/ad.html", "page.files/pic.png")
    files = dict.fromkeys(("sources/page.html", "sources/a_files/talk.txt"), "A talk.\n")
    study = study_with(tmp_path, files | {f"sources/{name}": "No.\n" for name in beside})
    found = reading(study)
    assert {row.file for row in found.rows} == set(files)
    assert found.skipped == ()


def check_id(name: str) -> bool:
    return name.replace("-", "a").isalnum() and name == name.lower()


def test_paths_that_are_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = study_with(tmp_path / "s", {"sources/book.txt": BOOK, "sources/a/x.txt": "X.\n", "other/y.txt": "Y.\n"})
    assert [row.file for row in reading(study, "sources/a", "other/y.txt").rows] == ["other/y.txt", "sources/a/x.txt"]
    monkeypatch.chdir(study / "other")
    assert [row.file for row in reading(study, "y.txt").rows] == ["other/y.txt"]
    assert {row.file for row in reading(study).rows} == {"sources/a/x.txt", "sources/book.txt"}
    put(tmp_path, "outside.txt", "Out.\n")
    (found,) = reading(study, tmp_path / "outside.txt").skipped
    assert (found.code, found.where.file) == ("R110", "../outside.txt")
    with pytest.raises(RashomonError) as raised:
        reading(study, "nowhere.txt")
    assert raised.value.fault.code == "R003"


def test_links_out_of_the_study_and_what_is_no_file_are_refused(tmp_path: Path) -> None:
    put(tmp_path, "secret.txt", "Secret.\n")
    study = study_with(tmp_path / "s", {"sources/book.txt": BOOK})
    (study / "sources/link.txt").symlink_to(tmp_path / "secret.txt")
    (study / "sources/folder").symlink_to(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(study / "sources/pipe")
    found = reading(study)
    assert [row.file for row in found.rows] == ["sources/book.txt"]
    codes = {fault.where.file: fault.code for fault in found.skipped}
    assert codes.pop("sources/pipe", "R006") == "R006"
    assert codes == {"sources/link.txt": "R110", "sources/folder": "R110"}


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system that takes any bytes for a name")
def test_a_name_that_is_not_utf_8_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    study = study_with(tmp_path, {"sources/book.txt": BOOK})
    Path(os.fsdecode(os.fsencode(study) + b"/sources/\xcf\xe8\xf1\xfc\xec\xee.txt")).write_text("A letter.\n")
    found = reading(study)
    assert [row.file for row in found.rows] == ["sources/book.txt"]
    assert [(one.code, one.where.file) for one in found.skipped] == [("R006", r"sources/\xcf\xe8\xf1\xfc\xec\xee.txt")]


def test_a_folder_that_cannot_be_looked_into_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = study_with(tmp_path, {"sources/book.txt": BOOK, "sources/closed/x.txt": "X.\n"})
    look = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return look(path)

    monkeypatch.setattr(os, "scandir", closed)
    found = reading(study)
    assert [row.file for row in found.rows] == ["sources/book.txt"]
    assert [(one.code, one.where.file) for one in found.skipped] == [("R006", "sources/closed")]


def test_a_file_that_goes_while_others_are_looked_at_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rashomon.reading import reading as module

    study = study_with(tmp_path, {"sources/book.txt": BOOK, "sources/memoir.txt": "I was there.\n"})
    basis = module._basis

    def gone(one: Chosen) -> str:
        if one.name == "sources/book.txt":
            one.path.unlink()
        return basis(one)

    monkeypatch.setattr(module, "_basis", gone)
    found = reading(study)
    assert [row.file for row in found.rows] == ["sources/memoir.txt"]
    assert [(one.code, one.where.file) for one in found.skipped] == [("R006", "sources/book.txt")]


def test_declaring_adds_tables_and_changes_nothing_else(tmp_path: Path) -> None:
    files = {
        "sources/Speech.txt": 'title: On "us"\n\npublished: 1990-01-02\n\nHello.\n',
        "sources/news/a.txt": "A.\n", "sources/book.txt": BOOK,
    }  # fmt: skip
    study = study_with(tmp_path, files, DECLARED.replace("\n", "\r\n").rstrip())
    before = (study / "study.toml").read_bytes()
    found = reading(study, declare=True)
    assert found.declared == ("speech", "news-a")
    after = (study / "study.toml").read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(b"\r\n")
    assert check_study(study).ok
    sources = {one.id: one for one in open_study(study).declared.sources}
    assert (sources["speech"].title, sources["speech"].published.text) == ('On "us"', "1990-01-02")
    assert sources["speech"].file == ("sources/Speech.txt",)
    assert sources["news-a"].published.text.startswith("[..")
    again = reading(study, declare=True)
    assert (again.declared, again.undeclared) == ((), {})
    assert (study / "study.toml").read_bytes() == after


def test_a_study_without_documents_says_where_they_go(tmp_path: Path) -> None:
    found = reading(study_with(tmp_path, {}))
    assert (found.rows, found.skipped) == ((), ())
    assert "sources/" in found.notices[0]


def test_where_no_table_can_be_added_study_toml_stays(tmp_path: Path) -> None:
    declared = '[study]\nid = "s"\ntitle = "S"\nspan = "1980/2000"\n'
    in_array = 'source = [{ id = "a", title = "A", published = "1990", kind = "book" }]\n'
    study = study_with(tmp_path, {"sources/x.txt": "X.\n"}, in_array + declared)
    before = (study / "study.toml").read_bytes()
    with pytest.raises(RashomonError) as raised:
        reading(study, declare=True)
    assert raised.value.fault.code == "R111"
    assert (study / "study.toml").read_bytes() == before


def test_a_file_that_fails_is_said_again_and_tried_again_only_where_that_may_help(tmp_path: Path) -> None:
    half = "== one\nOne.\n\n== two\nTwo.\n\n@die\n"
    study = study_with(tmp_path, {"sources/a.txt": "Good.\n\n@locked\n", "sources/b.txt": half, "sources/book.txt": BOOK})
    for status in ("read", "unchanged"):
        found = reading(study)
        assert [(row.status, row.passages) for row in found.rows] == [("failed", 0), ("failed", 1), (status, 4)]
        skipped = [(fault.code, fault.where.file) for fault in found.skipped]
        assert skipped == [("R902", "sources/a.txt"), ("R906", "sources/b.txt")]
    assert [one.document for one in shelved(study) if one.source == "b"] == ["sources/b.txt!one"]  # what was whole
    store = open_store(study)
    assert store is not None
    with store:
        assert {kept.file for kept in Shelf(store).files().values() if kept.failed} == {"sources/a.txt", "sources/b.txt"}


def test_without_the_extra_there_is_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = study_with(tmp_path, {"sources/book.txt": BOOK})
    monkeypatch.setattr("rashomon.reading.needs.PACKAGES", ("no-such-distribution",))
    with pytest.raises(RashomonError) as raised:
        reading(study)
    assert raised.value.fault.code == "R909"
    assert "rashomon[read]" in raised.value.fault.remedy


@pytest.mark.parametrize("manner", [{"jobs": 0}, {"seconds": 0.0}, {"seconds": float("inf")}, {"seconds": float("nan")}])
def test_a_manner_that_makes_no_sense(tmp_path: Path, manner: dict[str, float]) -> None:
    with pytest.raises(RashomonError) as raised:
        reading(study_with(tmp_path, {}), **manner)
    assert raised.value.fault.code == "R003"


@pytest.mark.parametrize("file", ["../x.txt", "/etc/passwd", "a\\\\b.txt"])
def test_a_source_whose_file_leaves_the_study_is_a_fault(tmp_path: Path, file: str) -> None:
    study = study_with(tmp_path, {}, DECLARED.replace('kind = "book"', f'kind = "book"\nfile = "{file}"', 1))
    assert [fault.code for fault in check_study(study).faults] == ["R110"]

"""Tables, annotations and highlights: cells come back as they were, spreadsheets find no formula, hostile files are refused."""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.studies import write_study

from rashomon.cli import cli
from rashomon.errors import RashomonError
from rashomon.exchanging import EXPORTS, LOCKED, export_study, import_file
from rashomon.exchanging.guarding import escaped, guarded, unescaped, unguarded
from rashomon.study import check_study, open_study
from rashomon.study.row_files import write_cells

TABLES = ("csv", "parquet", "xlsx")


def rows(root: Path, name: str = "statements") -> list[dict[str, str]]:
    with (root / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: text for key, text in one.items() if text} for one in csv.DictReader(file)]


def there_and_back(root: Path, form: str, folder: Path) -> Path:
    export_study(form, open_study(root), folder / f"out.{form}")
    import_file(form, folder / f"out.{form}", folder / f"back-{form}")
    return folder / f"back-{form}"


@given(st.text())
def test_a_guarded_cell_is_no_formula_and_comes_back(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unescaped(escaped(cell)) == cell


def test_what_a_spreadsheet_would_run_is_guarded() -> None:
    # the signs that OWASP names under "CSV Injection"
    for sign in "=+-@\t\r":
        assert guarded(f"{sign}cmd|' /C calc'!A0")[0] == "'"
    assert guarded("plain = text") == "plain = text"


@pytest.mark.parametrize("form", TABLES)
def test_the_worked_study_comes_back_with_every_cell(kuril: Path, tmp_path: Path, form: str) -> None:
    back = there_and_back(kuril, form, tmp_path)
    for name in ("statements", "polls", "moves", "packages", "links", "access"):
        assert rows(back, name) == rows(kuril, name)
    assert (back / "study.toml").read_text("utf-8") == (kuril / "study.toml").read_text("utf-8")


CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30)


@pytest.mark.parametrize("form", TABLES)
@given(notes=st.lists(CELLS, min_size=1, max_size=3))
def test_whatever_a_cell_holds_comes_back(
    tmp_path_factory: pytest.TempPathFactory, form: str, notes: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    stated = [
        {"id": f"s{number}", "path": "north-leader", "topic": "border", "stance": "keep", "when": "1986", "source": "book",
         "locator": "", "note": note, "quote": note}
        for number, note in enumerate(notes)
    ]  # fmt: skip
    write_cells(write_study(folder / "study") / "statements.csv", list(stated[0]), stated)
    before = open_study(folder / "study").statements
    after = open_study(there_and_back(folder / "study", form, folder)).statements
    assert list(before.note) == notes
    assert list(after.note) == notes
    assert list(after.quote) == list(before.quote)


def test_a_workbook_holds_text_alone(tmp_path: Path) -> None:
    stated = [
        {
            "id": "s1",
            "path": "north-leader",
            "topic": "south:peaceful",
            "stance": "-0.5",
            "note": '=HYPERLINK("http://x.y")',
        }
    ]
    export_study("xlsx", open_study(write_study(tmp_path / "study", statements=stated)), tmp_path / "a.xlsx")
    cells = [cell for sheet in openpyxl.load_workbook(tmp_path / "a.xlsx") for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert not [cell.value for cell in cells if cell.value and cell.value[0] in "=+-@"]


def test_what_a_person_typed_into_a_workbook_is_read_as_it_shows(tmp_path: Path) -> None:
    stated = [{"id": "s1", "path": "north-leader", "topic": "border", "stance": "keep", "certainty": "0.5"}]
    export_study("xlsx", open_study(write_study(tmp_path / "study", statements=stated)), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    columns = [cell.value for cell in book["statements"][1]]
    for name, value in {"certainty": 1, "when": datetime(1986, 5, 4)}.items():
        book["statements"].cell(2, columns.index(name) + 1, value)
    book.save(tmp_path / "b.xlsx")
    import_file("xlsx", tmp_path / "b.xlsx", tmp_path / "back")
    assert [(one["certainty"], one["when"]) for one in rows(tmp_path / "back")] == [("1", "1986-05-04")]


def test_what_a_workbook_shows_in_percent_is_read_in_percent(tmp_path: Path) -> None:
    stated = [{"id": f"s{n}", "path": "north-leader", "topic": "border", "stance": "keep", "certainty": "0.5"} for n in (1, 2)]
    export_study("xlsx", open_study(write_study(tmp_path / "study", statements=stated)), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    column = [cell.value for cell in book["statements"][1]].index("certainty") + 1
    for row, (value, shown) in enumerate([(0.57, "0%"), (1, "0.0%")], 2):
        book["statements"].cell(row, column, value).number_format = shown
    book.save(tmp_path / "b.xlsx")
    import_file("xlsx", tmp_path / "b.xlsx", tmp_path / "back")
    assert [one["certainty"] for one in rows(tmp_path / "back")] == ["57%", "100%"]
    assert open_study(tmp_path / "back").statements.certainty.tolist() == [0.57, 1.0]


def test_tables_that_a_spreadsheet_saved_again_come_back_as_well(tmp_path: Path) -> None:
    cells = {"stance": "-0.5", "certainty": "0.75", "note": "=1; it says"}
    stated = [{"id": "s1", "path": "north-leader", "topic": "south:peaceful", **cells}]
    export_study("csv", open_study(write_study(tmp_path / "study", statements=stated)), tmp_path / "out")
    with (tmp_path / "out" / "statements.csv").open(encoding="utf-8", newline="") as file:
        saved = [[cell.replace("0.75", "0,75") for cell in row] for row in csv.reader(file)]
    with (tmp_path / "out" / "statements.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(saved)
    import_file("csv", tmp_path / "out", tmp_path / "back")
    assert rows(tmp_path / "back") == rows(tmp_path / "study")


def workbook(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "data", "code"),
    [
        ("xlsx", b"no workbook", "R932"),
        ("xlsx", workbook("a.txt", b"x"), "R932"),
        ("xlsx", workbook("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>'), "R932"),
        ("xlsx", workbook("xl/workbook.xml", b" " * (40 << 20)), "R934"),
        ("taguette", b"", "R932"),
        ("taguette", b"a,b\n1,2\n", "R932"),
        ("taguette", b"\xff\xfe", "R932"),
        ("annotations", b"{", "R932"),
        ("annotations", b'{"type": "Book"}', "R932"),
        ("annotations", b"[1]", "R932"),
        ("annotations", b"[" * 100_000, "R932"),
    ],
)
def test_broken_and_hostile_files_are_refused(tmp_path: Path, form: str, data: bytes, code: str) -> None:
    (tmp_path / "in").write_bytes(data)
    target = write_study(tmp_path / "study") if form == "annotations" else tmp_path / "new"
    with pytest.raises(RashomonError) as caught:
        import_file(form, tmp_path / "in", target)
    assert caught.value.fault.code == code
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("form", sorted(EXPORTS))
def test_nothing_is_overwritten(tmp_path: Path, form: str) -> None:
    study = open_study(write_study(tmp_path / "study"))
    (tmp_path / "there").write_text("mine", encoding="utf-8")
    with pytest.raises(RashomonError) as caught:
        export_study(form, study, tmp_path / "there", "password" if form in LOCKED else "")
    assert caught.value.fault.code in ("R003", "R005")
    assert (tmp_path / "there").read_text("utf-8") == "mine"


STATED = [
    {"id": "s1", "path": "north-leader > south-ministry", "modality": "believes > wants", "topic": "border", "stance": "keep",
     "note": "He\r\nsaid", "coder": "Ann"},
    {"id": "s2", "path": "south-public", "topic": "north:peaceful", "stance": "positive", "quote": "peaceful folk"},
]  # fmt: skip


@pytest.mark.parametrize("form", EXPORTS)
def test_what_no_format_takes_is_told_of_each(tmp_path: Path, form: str) -> None:
    root = write_study(tmp_path / "two")
    for name in ("games/summit.toml", "proposals/rules.csv", "reviews.csv", "history.csv"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).touch()
    told = {loss.place for loss in export_study(form, open_study(root), tmp_path / "out", "geheim" * (form in LOCKED)).losses}
    assert {"games", "proposals", "reviews.csv", "history.csv"} <= told
    assert "adjudications.csv" not in told


def test_annotations_have_the_words_and_bring_the_rows_back(tmp_path: Path) -> None:
    root = write_study(tmp_path / "study", statements=STATED)
    export_study("annotations", open_study(root), tmp_path / "a.jsonld")
    found = json.loads((tmp_path / "a.jsonld").read_text("utf-8"))
    # what section 3 and section 5 of the Web Annotation Data Model require
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (found["type"], found["first"]["type"], found["total"]) == ("AnnotationCollection", "AnnotationPage", 2)
    for one in found["first"]["items"]:
        assert one["type"] == "Annotation"
        assert one["id"].startswith("urn:uuid:")
        assert one["target"]["source"]
    assert found["first"]["items"][1]["target"]["selector"] == [{"type": "TextQuoteSelector", "exact": "peaceful folk"}]
    other = write_study(tmp_path / "other", statements=STATED[:1])
    moved = import_file("annotations", tmp_path / "a.jsonld", other)
    assert dict(moved.counts) == {"statements": 1}
    assert [str(one) for one in moved.losses] == [
        "annotation 1: s1: the study has a statement of this id, and it was left out"
    ]
    assert rows(other) == rows(root)
    assert check_study(other).faults == ()


def test_annotations_of_others_are_told_and_a_faulty_row_changes_nothing(tmp_path: Path) -> None:
    root = write_study(tmp_path / "study", statements=STATED[:1])
    before = (root / "statements.csv").read_bytes()
    (tmp_path / "a.json").write_text(
        json.dumps({"type": "Annotation", "body": {"type": "TextualBody", "value": "Nice!"}, "target": "http://x.y"}),
        "utf-8",
    )
    moved = import_file("annotations", tmp_path / "a.json", root)
    assert [str(one) for one in moved.losses] == ["annotation 1: Nice!: it has no row of Rashomon's, and was left out"]
    row = '# a row of statements.csv, line 2\nid = "s9"\npath = "nobody"\n'
    (tmp_path / "b.json").write_text(json.dumps([{"type": "Annotation", "body": row}]), "utf-8")
    with pytest.raises(RashomonError) as caught:
        import_file("annotations", tmp_path / "b.json", root)
    assert {one.code for one in caught.value.faults} >= {"R311"}
    assert (root / "statements.csv").read_bytes() == before


TAGUETTE = """id,document,tag,content
1,Anna.docx,border,Keep the border
1,Anna.docx,fear,Keep the border
2,Anna.docx,fear,"I am, well, afraid"
3,Boris.docx,,Untagged
"""


def test_highlights_of_taguette_become_proposals(tmp_path: Path) -> None:
    (tmp_path / "highlights.csv").write_text(TAGUETTE, encoding="utf-8")
    moved = import_file("taguette", tmp_path / "highlights.csv", tmp_path / "study")
    assert dict(moved.counts) == {"sources": 2, "issues": 2, "statements": 3}
    study = open_study(tmp_path / "study")
    assert [(one.topic.text, one.quote, one.status) for one in study.statements.rows()] == [
        ("border", "Keep the border", "proposed"),
        ("fear", "Keep the border", "proposed"),
        ("fear", "I am, well, afraid", "proposed"),
    ]
    assert not (tmp_path / "study" / "sources").exists()
    assert "line 5: passage 'Untagged': it bears no code, and was left out" in map(str, moved.losses)


@pytest.mark.parametrize(("form", "module"), [("xlsx", "openpyxl"), ("parquet", "pyarrow")])
def test_a_library_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, module: str
) -> None:
    study = open_study(write_study(tmp_path / "study"))
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(RashomonError) as caught:
        export_study(form, study, tmp_path / "out")
    assert caught.value.fault.code == "R931"
    assert "rashomon[exchange]" in caught.value.fault.remedy
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("form", "name", "code"), [("csv", "statements.csv", "R109"), ("parquet", "statements.parquet", "R932")]
)
def test_a_folder_of_broken_tables_is_refused(tmp_path: Path, form: str, name: str, code: str) -> None:
    export_study(form, open_study(write_study(tmp_path / "study", statements=STATED)), tmp_path / "out")
    (tmp_path / "out" / name).write_bytes(b'PAR1"\xff\x00')
    with pytest.raises(RashomonError) as caught:
        import_file(form, tmp_path / "out", tmp_path / "new")
    assert caught.value.fault.code == code
    assert not (tmp_path / "new").exists()


def test_one_envelope_with_counts_and_losses(tmp_path: Path) -> None:
    root = write_study(tmp_path / "study", statements=STATED)
    done = CliRunner().invoke(cli, ["export", "annotations", str(root), str(tmp_path / "a.json"), "--json"])
    found = json.loads(done.stdout)
    assert list(found) == ["ok", "command", "study", "version", "result"]
    assert found["result"]["counts"] == {"annotations": 2}
    assert found["result"]["losses"][0] == {
        "place": "statement s1", "what": "its words", "why": "it has no quote, and is of its source as a whole",
    }  # fmt: skip

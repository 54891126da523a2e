"""Rows added to a CSV file: all other bytes stay, whatever the file's delimiter, line ends and columns."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.study import TABLES
from rashomon.study.gathering import Gathered
from rashomon.study.row_files import append_cells, write_cells, write_table
from rashomon.study.tables import read_table
from rashomon.study.vocabulary import FieldSpec, TableSpec
from studies import read_cells

COLUMNS = ("id", "path", "note")
SPEC = TableSpec("one", "one.csv", "", tuple(FieldSpec(name, "", "text") for name in (*COLUMNS, "quote")))
NUMBERS = TABLES["statements"]
cell = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00\r"), max_size=12)
row = st.fixed_dictionaries(dict.fromkeys(COLUMNS, cell)).filter(lambda one: any(one.values()))


@given(rows=st.lists(row, max_size=5), more=st.lists(row, min_size=1, max_size=3))
def test_what_is_written_and_added_is_read_again(
    rows: list[dict[str, str]], more: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("rows") / "one.csv"
    write_cells(path, COLUMNS, rows)
    before = path.read_bytes()
    append_cells(path.parent, SPEC, more)
    assert path.read_bytes().startswith(before)
    assert read_cells(path) == [*rows, *more]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("delimiter", [b",", b";", b"\t"])
@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("told", [b"", b"sep=", b"SEP="])
def test_nothing_else_of_a_file_changes(
    tmp_path: Path, mark: bytes, end: bytes, delimiter: bytes, closed: bool, told: bytes
) -> None:
    path = tmp_path / "one.csv"
    mark += told + delimiter + end if told else b""
    lines = [delimiter.join((b"id", b"note")), delimiter.join((b"a", b'"kept,  as ; it ""is"""'))]
    path.write_bytes(mark + end.join(lines) + (end if closed else b""))
    append_cells(tmp_path, SPEC, [{"id": "b", "note": "", "quote": "two; words, here"}])
    raw = path.read_bytes()
    assert raw.startswith(mark + lines[0] + delimiter + b"quote" + end + lines[1] + end)
    assert raw.count(end) == 3 + bool(told)
    text = raw.removeprefix(mark).decode()
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter.decode()))[-1] == ["b", "", "two; words, here"]


def test_a_file_that_is_not_there_is_made_with_all_columns(tmp_path: Path) -> None:
    append_cells(tmp_path, SPEC, [{"id": "a"}])
    assert (tmp_path / "one.csv").read_text() == "id,path,note,quote\na,,,\n"


def test_a_new_column_takes_the_place_of_a_blank_one(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_bytes(b'id;"note";;"";\r\na;x;;;\r\n')
    append_cells(tmp_path, SPEC, [{"id": "b", "quote": "words"}])
    assert path.read_bytes() == b'id;"note";quote\r\na;x;;;\r\nb;;words\r\n'


@pytest.mark.parametrize(("there", "decimal"), [("0,5", ","), ("0.5", "."), ("", "."), ("1", "."), ("0,5\r\nb;0.25", ".")])
def test_numbers_are_added_as_the_file_has_them(tmp_path: Path, there: str, decimal: str) -> None:
    path = tmp_path / NUMBERS.file
    path.write_bytes(f"sep=;\r\nid;certainty;stance;note\r\na;{there}\r\n".encode())
    before = path.read_bytes()
    row = {"id": "c", "certainty": "0.80", "stance": "> -0.4", "note": "0.80 it says"}
    append_cells(tmp_path, NUMBERS, [row])
    assert path.read_bytes() == before + "c;0.80;> -0.4;".replace(".", decimal).encode() + b"0.80 it says\r\n"
    assert read_table(tmp_path, NUMBERS, Gathered()).column("certainty")[-1] == "0.80"


def test_a_table_is_written_anew_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / NUMBERS.file
    write_table(tmp_path, NUMBERS, ("id", "certainty"), [{"id": "a", "certainty": "0.5"}])
    assert path.read_bytes() == b"id,certainty\na,0.5\n"
    path.write_bytes(b'\xef\xbb\xbfsep=;\r\nid;certainty\r\n"a";0,5\r\n')
    write_table(tmp_path, NUMBERS, ("id", "certainty"), [{"id": "a", "certainty": "0.5"}, {"id": "b", "certainty": "1.000"}])
    assert path.read_bytes() == b"\xef\xbb\xbfsep=;\r\nid;certainty\r\na;0,5\r\nb;1,0000\r\n"

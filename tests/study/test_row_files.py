"""Rows added to a CSV file: all other bytes stay, whatever the file's delimiter, line ends and columns."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.study.row_files import append_cells, write_cells
from studies import read_cells

COLUMNS = ("id", "path", "note")
cell = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00\r"), max_size=12)
row = st.fixed_dictionaries(dict.fromkeys(COLUMNS, cell)).filter(lambda one: any(one.values()))


@given(rows=st.lists(row, max_size=5), more=st.lists(row, min_size=1, max_size=3))
def test_what_is_written_and_added_is_read_again(
    rows: list[dict[str, str]], more: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("rows") / "one.csv"
    write_cells(path, COLUMNS, rows)
    before = path.read_bytes()
    append_cells(path, COLUMNS, more)
    assert path.read_bytes().startswith(before)
    assert read_cells(path) == [*rows, *more]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("delimiter", [b",", b";"])
@pytest.mark.parametrize("closed", [True, False])
def test_nothing_else_of_a_file_changes(tmp_path: Path, mark: bytes, end: bytes, delimiter: bytes, closed: bool) -> None:
    path = tmp_path / "statements.csv"
    lines = [delimiter.join((b"id", b"note")), delimiter.join((b"a", b'"kept,  as ; it ""is"""'))]
    path.write_bytes(mark + end.join(lines) + (end if closed else b""))
    append_cells(path, ("id", "note", "quote"), [{"id": "b", "note": "", "quote": "two; words, here"}])
    raw = path.read_bytes()
    assert raw.startswith(mark + lines[0] + delimiter + b"quote" + end + lines[1] + end)
    assert raw.count(end) == 3
    text = raw.removeprefix(b"\xef\xbb\xbf").decode()
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter.decode()))[-1] == ["b", "", "two; words, here"]


def test_a_file_that_is_not_there_is_made_with_all_columns(tmp_path: Path) -> None:
    append_cells(tmp_path / "new.csv", COLUMNS, [{"id": "a"}])
    assert (tmp_path / "new.csv").read_text() == "id,path,note\na,,\n"

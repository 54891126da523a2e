"""Reading of CSV files: what comes out is what Python's csv module would give, and no bytes bring it down."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from planting import sound_study

from rashomon.errors import Fault, RashomonError
from rashomon.study import TABLES, check_study, open_study
from rashomon.study.columns import Column, Text
from rashomon.study.gathering import Gathered
from rashomon.study.scanning import scan
from rashomon.study.splitting import split
from rashomon.study.tables import read_table

HEADER = b"from,kind,to,by,source,locator,note\n"
LINKS = TABLES["links"]
PIECES = [
    b",",
    b'"',
    b'""',
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b";",
    b"\t",
    b"sep=;\n",
    b"a",
    b"supports",
    b"\xc3",
    b"\xe9",
    "é".encode(),
    b" ",
    b"1991",
]
noise = st.lists(st.sampled_from(PIECES), max_size=60).map(b"".join)
WORDS = [
    "",
    "a",
    "south",
    "bridge",
    "bridge -> bridge",
    "north:wealth",
    "> mixed",
    "up",
    "1990",
    "1990/..",
    "../..",
    "-1",
    "1e9",
    "nan",
    "inf",
    "s-north-toll",
    "a;b",
    ";",
    "a > b > c",
    "believes > not",
    "!(a",
    "=",
    "--",
    "...",
    "public",
    "percent",
    "ferry-1999",
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sound_study(tmp_path_factory.mktemp("sound") / "study")


def survive(sound: Path, file: str, data: bytes) -> None:
    """Check the study with these bytes in place of one file; anything but a RashomonError is a failure."""
    with tempfile.TemporaryDirectory() as folder:
        study = Path(shutil.copytree(sound, Path(folder) / "study"))
        (study / file).write_bytes(data)
        report = check_study(study)
        assert raised(study) == report.faults


def raised(study: Path) -> tuple[Fault, ...]:
    """The faults with which a study will not open."""
    try:
        open_study(study)
    except RashomonError as problem:
        return problem.faults
    return ()


@given(st.sampled_from([spec.file for spec in TABLES.values()]), st.binary(max_size=300))
def test_arbitrary_bytes_give_no_traceback(sound: Path, file: str, data: bytes) -> None:
    survive(sound, file, data)


@given(st.sampled_from(list(TABLES)), noise)
def test_arbitrary_rows_give_no_traceback(sound: Path, table: str, data: bytes) -> None:
    header = ",".join(TABLES[table].columns).encode()
    survive(sound, TABLES[table].file, header + b"\n" + data)


@given(st.sampled_from(list(TABLES)), st.data())
def test_arbitrary_cells_give_no_traceback(sound: Path, table: str, data: st.DataObject) -> None:
    spec = TABLES[table]
    words = st.sampled_from(WORDS) | st.text(max_size=8)
    out = io.StringIO()
    csv.writer(out).writerows([spec.columns, *([data.draw(words) for _ in spec.columns] for _ in range(3))])
    survive(sound, spec.file, out.getvalue().encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=200) | noise)
def test_arbitrary_bytes_in_study_toml_give_no_traceback(sound: Path, data: bytes) -> None:
    survive(sound, "study.toml", data)
    survive(sound, "study.toml", (sound / "study.toml").read_bytes()[: len(data) * 20] + data)


cells = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=12)


@given(
    st.lists(st.lists(cells, min_size=7, max_size=7), max_size=12),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([",", ";", "\t"]),
)
def test_what_was_written_is_read(rows: list[list[str]], end: str, delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(LINKS.columns)
    writer.writerows(rows)
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / LINKS.file).write_bytes(out.getvalue().encode())
        table = read_table(Path(folder), LINKS)
    assert len(table) == len(kept)
    assert list(table.text("note")) == [row[6] for row in kept]
    assert [table.column("by")[i] for i in range(len(kept))] == [row[3].strip() for row in kept]


@given(st.integers(1, 5000), st.integers(0, 4999))
def test_lines_are_counted_past_the_end_of_a_block(rows: int, long: int) -> None:
    lines = [f"a{i},supports,b,x,,,n\n" for i in range(rows)]
    if long < rows:
        lines[long] = f'a{long},supports,b,x,,,"n\n\nn"\n'
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / LINKS.file).write_bytes(HEADER + "".join(lines).encode())
        table = read_table(Path(folder), LINKS)
    expected = np.arange(2, rows + 2) + np.where(np.arange(rows) > long, 2, 0)
    assert table.line.tolist() == expected.tolist()
    assert [table.column("from")[i] for i in range(rows)] == [f"a{i}" for i in range(rows)]


@given(st.binary(max_size=80), st.integers(1, 9))
def test_the_scan_agrees_with_the_decoder_whatever_the_size_of_its_blocks(data: bytes, block: int) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("rashomon.study.scanning._BLOCK", block)
        (Path(folder) / "x.csv").write_bytes(data)
        gathered = Gathered()
        found = scan(Path(folder) / "x.csv", "x.csv", gathered)
    if not found.readable:
        return
    assert found.size == len(data)
    assert found.nul == (b"\0" in data)
    lines = data.split(b"\n")
    bad = [i for i, line in enumerate(lines, 1) if line != line.decode("utf-8", "ignore").encode()]
    assert found.damaged == bool(bad)
    if bad:
        (fault,) = [one for one in gathered.faults() if one.code == "R109"]
        assert fault.where.line == bad[0]
        assert (f"{len(bad) - 1:,} more" in fault.found) == (len(bad) > 1)


TOKENS = [
    ",", ";", '"', '""', "\n", "\r\n", "\r", "\0", " ", "\u3000", "a", "supports", "1991", "é", '"quoted, cell"', '"two\nlines"',
    '"he ""said"" so"', "a,supports,b,x,,,note\n", "a,supports,b\n", 'a,supports,b,x,,,"a note, of two\r\nlines"\r\n', ",,,,,,\n",
]  # fmt: skip
texts = st.lists(st.sampled_from(TOKENS), max_size=40).map("".join)


def reading(data: bytes, *patches: tuple[str, object]) -> tuple[object, ...]:
    """All that reading of links.csv gives, with some of the reader's parts replaced."""
    gathered = Gathered()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for name, value in patches:
            patch.setattr(f"rashomon.study.{name}", value)
        (Path(folder) / LINKS.file).write_bytes(data)
        table = read_table(Path(folder), LINKS, gathered)
    columns = {name: [column[i] for i in range(len(column))] for name, column in table.columns.items()}
    values = {name: column.values for name, column in table.columns.items() if isinstance(column, Column)}
    return columns, values, table.line.tolist(), table.lost_ids, gathered.faults(), gathered.notices


@given(texts, st.booleans(), st.sampled_from([",", ";", "\t"]), st.booleans(), st.integers(1, 60))
def test_blocks_and_single_rows_are_read_alike(rows: str, bom: bool, delimiter: str, sound: bool, size: int) -> None:
    header = HEADER.decode().replace(",", delimiter)
    text = rows.replace(",", delimiter).encode()
    data = (b"\xef\xbb\xbf" if bom else b"") + header.encode() + text + (b"" if sound else b"\xe9,\xc3\n")
    by_rows = reading(data, ("tables.split", lambda *_: None))
    assert reading(data) == by_rows
    assert reading(data, ("lines._BLOCK", size)) == by_rows


@given(texts, st.sampled_from([",", ";", "\t"]))
def test_a_plain_block_is_split_as_the_csv_reader_would(text: str, delimiter: str) -> None:
    block = (text.replace(",", delimiter).replace("\0", "") + "\n").encode()
    found = split(block, delimiter, 7)
    if found is None:
        return
    lines = block[: found.size].decode().splitlines(keepends=True)
    rows = list(csv.reader(io.StringIO(block[: found.size].decode(), newline=""), delimiter=delimiter, strict=True))
    cells = [[one.decode() for one in found.cells.column(place).strings()] for place in range(7)]
    assert [list(row) for row in zip(*cells, strict=True)] == [row + [""] * (7 - len(row)) for row in rows]
    assert found.line.tolist()[0] == 0
    assert found.lines == block[: found.size].count(b"\n")
    assert len(lines) >= len(rows)


def test_rows_of_a_spreadsheet_are_split_at_once() -> None:
    block = b'a,supports,b,x,,,"he ""said"", on\r\ntwo lines"\r\n\xe3\x80\x80n,,"",x,,""""\r\na,,,,,,"cut\r\n'
    found = split(block, ",", 7)
    assert found is not None
    assert found.cells.column(6).strings() == [b'he "said", on\r\ntwo lines', b""]
    assert found.cells.column(5).strings() == [b"", b'"']
    assert (found.line.tolist(), found.lines, block[found.size :]) == ([0, 2], 3, b'a,,,,,,"cut\r\n')


def test_columns_keep_each_value_once() -> None:
    column = Column(("a", "b"), np.array([1, 0, 1], np.int32))
    assert [column[i] for i in range(len(column))] == ["b", "a", "b"]
    text = Text.of(["é", "", "x"])
    assert list(text) == ["é", "", "x"]
    assert text[-1] == "x"


def test_faults_are_raised_where_nobody_gathers_them(tmp_path: Path) -> None:
    (tmp_path / LINKS.file).write_bytes(b"from,kind\n")
    with pytest.raises(RashomonError) as caught:
        read_table(tmp_path, LINKS)
    assert {fault.code for fault in caught.value.faults} == {"R103"}
    assert len(caught.value.faults) == 5


def test_a_thousand_open_quotes_are_a_thousand_faults_and_take_no_time(tmp_path: Path) -> None:
    (tmp_path / LINKS.file).write_bytes(HEADER + b'a,supports,b,x,,,"open\n' * 1001)
    gathered = Gathered()
    assert len(read_table(tmp_path, LINKS, gathered)) == 0
    assert "901 more" in gathered.faults()[-1].message

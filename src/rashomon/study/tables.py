"""A CSV file, streamed into columns.

Cells with few distinct values become a :class:`Column`: each distinct string once, and for every row its number. Free
text becomes a :class:`Text`: one run of bytes and the places where each cell begins. Neither keeps a Python object
for a row, so a file of a gigabyte needs little more than its text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import Fault, RashomonError, Where, listing, nearest
from rashomon.study.gathering import Gathered
from rashomon.study.quoting import CELL_LIMIT, Broken, Lines, mend
from rashomon.study.scanning import inside, scan
from rashomon.study.vocabulary import FieldSpec, TableSpec

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

_CHUNK = 2048  # rows at a time: their cells then stay in the processor's cache, which saves a quarter of the time


@dataclass(frozen=True, slots=True)
class Column:
    """Cells with few distinct values: ``values`` (each once, without blanks around it) and for row i ``codes[i]``."""

    values: tuple[str, ...]
    codes: Ints

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> str:
        return self.values[int(self.codes[row])]


@dataclass(frozen=True, slots=True)
class Text:
    """Free text of n rows: cell i is ``blob[offsets[i]:offsets[i + 1]]`` in UTF-8; ``offsets`` has n + 1 entries."""

    blob: bytes
    offsets: Longs

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, row: int) -> str:
        at = int(row)
        if at < 0:
            at += len(self)
        return self.blob[self.offsets[at] : self.offsets[at + 1]].decode("utf-8", "replace")

    def __iter__(self) -> Iterator[str]:
        return (self[row] for row in range(len(self)))

    def many(self, rows: NDArray[np.integer[Any]]) -> list[str]:
        """The cells of these rows (0..n−1), in their order."""
        blob = self.blob
        pairs = zip(self.offsets[rows].tolist(), self.offsets[rows + 1].tolist(), strict=True)
        return [blob[start:end].decode("utf-8", "replace") for start, end in pairs]

    @classmethod
    def of(cls, cells: Sequence[str]) -> Text:
        """The column of these cells."""
        writer = _TextWriter()
        writer.take(cells)
        return writer.done()


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as its file has it: columns by name, the line where each row begins, and ids of faulty rows.

    ``unread``: the file is there, and its fault is such that no row could be read.
    """

    spec: TableSpec
    columns: dict[str, Column | Text]
    line: Ints
    lost_ids: tuple[str, ...] = ()
    id_hashes: Longs | None = None
    unread: bool = False

    def __len__(self) -> int:
        return len(self.line)

    def text(self, name: str) -> Text:
        """A free-text column; blank where the file has none."""
        found = self.columns.get(name)
        if isinstance(found, Text):
            return found
        return Text(b"", np.zeros(len(self) + 1, np.int64))

    def column(self, name: str) -> Column:
        """A coded column; where the file has none, the blank in every row."""
        found = self.columns.get(name)
        if isinstance(found, Column):
            return found
        return Column(("",), np.zeros(len(self), np.int32))


def read_table(root: Path, spec: TableSpec, gathered: Gathered | None = None) -> RawTable:
    """Read the file of ``spec`` in the study at ``root``.

    A file that is not there gives a table without rows. Faults go to ``gathered``; without it they are raised together
    once the file is read. A row with too many cells, or in which a quotation goes wrong, is reported and left out of
    the table; its id stands in ``lost_ids`` so that no second fault is made of references to it.
    """
    own = gathered if gathered is not None else Gathered()
    table = _read(root, spec, own)
    if gathered is None:
        own.raise_any()
    return table


def _read(root: Path, spec: TableSpec, gathered: Gathered) -> RawTable:
    empty = RawTable(spec, {}, np.zeros(0, np.int32), unread=True)
    if not (Path(root) / spec.file).exists() and not (Path(root) / spec.file).is_symlink():
        return replace(empty, unread=False)
    try:
        path = inside(Path(root), spec.file)
    except RashomonError as problem:
        gathered.add(problem.fault)
        return empty
    bytes_ = scan(path, spec.file, gathered)
    if not bytes_.readable:
        return empty
    if bytes_.bom:
        gathered.note(f"{spec.file} begins with a byte-order mark; it was skipped.")
    if bytes_.crlf:
        gathered.note(f"{spec.file} has Windows line ends; they were accepted.")
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as handle:
        source: Iterator[str] = iter(handle)
        if bytes_.nul:
            source = (line.replace("\0", "") for line in source)
        return _Reader(spec, Lines(source), gathered).read(empty)


class _Reader:
    """One reading of one file."""

    def __init__(self, spec: TableSpec, lines: Lines, gathered: Gathered) -> None:
        self.spec, self.lines, self.gathered = spec, lines, gathered
        self.names: list[str] = []
        self.writers: list[_ColumnWriter | _TextWriter | None] = []
        self.starts: list[Ints] = []
        self.lost: list[str] = []
        self.blank_rows = 0
        self.delimiter = ","

    def read(self, empty: RawTable) -> RawTable:
        header = self._header()
        if header is None:
            return empty
        kept = self._columns(header)
        if not kept:
            return empty
        for rows, starts in self._chunks():
            self._take(rows, starts)
        if self.blank_rows:
            self.gathered.note(f"{self.spec.file} has {self.blank_rows:,} blank rows; they were skipped.")
        columns = {
            name: writer.done() for name, writer in zip(self.names, self.writers, strict=True) if writer is not None
        }
        line = np.concatenate(self.starts) if self.starts else np.zeros(0, np.int32)
        hashes = next((one.hashes() for one in self.writers if isinstance(one, _IdWriter)), None)
        return RawTable(self.spec, columns, line, tuple(self.lost), hashes)

    # the first line

    def _header(self) -> list[str] | None:
        first = next(self.lines, None)
        while first is not None and not first.strip():
            first = next(self.lines, None)
        if first is None:
            self.gathered.add(
                Fault(
                    "R102",
                    "The file is empty.",
                    found="no first line",
                    allowed=f"a first line of columns: {', '.join(self.spec.required)}",
                    remedy="Write the line of columns, or delete the file.",
                    where=Where(self.spec.file, 1),
                )
            )
            return None
        self.lines.begin()
        if first.count(";") > first.count(","):
            self.delimiter = ";"
            self.gathered.note(f"{self.spec.file} is separated by semicolons; they were accepted.")
        try:
            cells = next(csv.reader([first], delimiter=self.delimiter, strict=True))
        except csv.Error:
            cells = first.strip().split(self.delimiter)
        return [cell.strip() for cell in cells]

    def _columns(self, header: list[str]) -> bool:
        known = self.spec.columns
        line = self.lines.count
        if len(header) == 1 and "\t" in header[0]:
            self.gathered.add(self._tabs(line))
            return False
        seen: set[str] = set()
        for place, name in enumerate(header, 1):
            if name not in known:
                self.gathered.add(self._unknown(name, place, header, line))
                self.writers.append(None)
            elif name in seen:
                self.gathered.add(self._twice(name, line))
                self.writers.append(None)
            else:
                self.writers.append(_writer(self.spec.field(name)))
            seen.add(name)
        self.names = header
        # a misspelt required column is one fault, not a column missing and another unknown
        guessed = {suggest_column(name, known, header) for name in header if name not in known}
        for name in self.spec.required:
            if name not in seen and name not in guessed:
                self.gathered.add(self._missing(name, header, line))
        return "id" in seen or "id" not in known

    def _unknown(self, name: str, place: int, header: list[str], line: int) -> Fault:
        what = "A column has no name." if not name else "The table has no such column."
        close = suggest_column(name, self.spec.columns, header)
        remedy = f"Did you mean {close!r}? If not, delete the column." if close else "Rename the column or delete it."
        return Fault(
            "R104",
            what,
            found=f"{name!r}, column {place}",
            allowed=", ".join(self.spec.columns),
            remedy=remedy,
            where=Where(self.spec.file, line, None, name),
        )

    def _twice(self, name: str, line: int) -> Fault:
        return Fault(
            "R105",
            "A column is given twice.",
            found=repr(name),
            allowed="each column once",
            remedy="Delete or rename one of the two.",
            where=Where(self.spec.file, line, None, name),
        )

    def _missing(self, name: str, header: list[str], line: int) -> Fault:
        return Fault(
            "R103",
            "A required column is missing.",
            found=listing(header, 30),
            allowed=f"the columns {', '.join(self.spec.required)}, and others",
            remedy=f"Add the column {name!r}: {self.spec.field(name).title}.",
            where=Where(self.spec.file, line, None, name),
        )

    def _tabs(self, line: int) -> Fault:
        return Fault(
            "R104",
            "The columns are separated by tabs.",
            found="a first line with tabs",
            allowed="columns separated by , or ;",
            remedy="Save the file as CSV, separated by commas.",
            where=Where(self.spec.file, line),
        )

    # the rows

    def _chunks(self) -> Iterator[tuple[list[list[str]], Ints]]:
        """Rows with the line on which each begins.

        Lines are read many at a time. Where each of them is a row there is nothing to remember; only where cells run over
        several lines, or a quotation is broken, are they gone through one by one.
        """
        csv.field_size_limit(CELL_LIMIT)
        lines = self.lines
        while block := lines.take(_CHUNK):
            first = lines.count - len(block) + 1
            try:
                rows = list(csv.reader(block, delimiter=self.delimiter, strict=True))
            except csv.Error:
                rows = []
            if len(rows) == len(block):
                yield rows, np.arange(first, first + len(rows), dtype=np.int32)
            else:
                lines.give_back(block)
                yield from self._one_by_one(lines.count + len(block))

    def _one_by_one(self, last: int) -> Iterator[tuple[list[list[str]], Ints]]:
        """Rows up to the one that ends on line ``last`` or after it; a broken quotation costs only its own line."""
        rows: list[list[str]] = []
        starts: list[int] = []
        lines = self.lines
        done = False
        while not done:
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            try:
                self._rows(reader, rows, starts, last)
                done = True
            except csv.Error as problem:
                self._broken(mend(lines, str(problem), self.delimiter))
                done = lines.count >= last
        yield rows, np.array(starts, np.int32)

    def _rows(self, reader: Iterator[list[str]], rows: list[list[str]], starts: list[int], last: int) -> None:
        """Move rows from ``reader`` to ``rows`` until line ``last`` is passed."""
        lines = self.lines
        lines.begin()
        while lines.count < last and (row := next(reader, None)) is not None:
            rows.append(row)
            starts.append(lines.first)
            lines.begin()

    def _broken(self, broken: Broken) -> None:
        self.gathered.add(
            Fault(
                broken.code,
                broken.message,
                found=broken.found,
                allowed=broken.allowed,
                remedy=broken.remedy,
                where=Where(self.spec.file, broken.line, broken.column),
            )
        )
        self._lose(broken.cells)

    def _lose(self, cells: Sequence[str]) -> None:
        """Remember the id of a row that is left out."""
        if "id" in self.names:
            at = self.names.index("id")
            if at < len(cells):
                self.lost.append(cells[at].strip())

    def _take(self, rows: list[list[str]], starts: Ints) -> None:
        width = len(self.names)
        if set(map(len, rows)) != {width}:
            rows, starts = self._fit(rows, starts, width)
        cells = list(zip(*rows, strict=True))
        if rows and "" in cells[0]:
            rows, starts = self._without_blank(rows, starts)
            cells = list(zip(*rows, strict=True))
        if not rows:
            return
        self.starts.append(starts)
        for writer, column in zip(self.writers, cells, strict=True):
            if writer is not None:
                writer.take(column)

    def _fit(self, rows: list[list[str]], starts: Ints, width: int) -> tuple[list[list[str]], Ints]:
        """Rows of the right width: short ones are filled with blanks, those with too many cells reported and left out."""
        fitted, kept = [], []
        for number, row in enumerate(rows):
            if not row:
                self.blank_rows += 1
            elif len(row) > width and any(cell.strip() for cell in row[width:]):
                self.gathered.add(self._too_many(row, width, int(starts[number])))
                self._lose(row)
            else:
                fitted.append(row[:width] if len(row) > width else row + [""] * (width - len(row)))
                kept.append(number)
        return fitted, starts[np.array(kept, np.intp)]

    def _without_blank(self, rows: list[list[str]], starts: Ints) -> tuple[list[list[str]], Ints]:
        kept = [i for i, row in enumerate(rows) if any(cell.strip() for cell in row)]
        self.blank_rows += len(rows) - len(kept)
        return [rows[i] for i in kept], starts[np.array(kept, np.intp)]

    def _too_many(self, row: list[str], width: int, start: int) -> Fault:
        extra = [cell for cell in row[width:] if cell.strip()]
        return Fault(
            "R106",
            "The row has more cells than the table has columns.",
            found=f"{len(row)} cells; beyond the last column stands {extra[0].strip()[:60]!r}",
            allowed=f"{width} cells",
            remedy=f"Put the cell that holds a {self.delimiter!r} within quotation marks.",
            where=Where(self.spec.file, start),
        )


def suggest_column(name: str, known: Sequence[str], header: Sequence[str]) -> str | None:
    """The column of the table that a misspelt header most likely means: the nearest that the file does not have."""
    return nearest(name, [one for one in known if one not in header])


def _writer(spec: FieldSpec) -> _ColumnWriter | _TextWriter:
    if spec.kind == "id":
        return _IdWriter()
    return _TextWriter() if spec.kind == "text" else _ColumnWriter()


class _Codes(dict[str, int]):
    """Numbers strings in the order in which they are first met."""

    def __missing__(self, key: str) -> int:
        code = self[key] = len(self)
        return code


class _ColumnWriter:
    def __init__(self) -> None:
        self._codes = _Codes()
        self._parts: list[Ints] = []

    def take(self, cells: Sequence[str]) -> None:
        self._parts.append(np.fromiter(map(self._codes.__getitem__, cells), np.int32, len(cells)))

    def done(self) -> Column:
        codes = np.concatenate(self._parts) if self._parts else np.zeros(0, np.int32)
        self._parts = []
        stripped = _Codes()
        recode = np.array([stripped[value.strip()] for value in self._codes], np.int32)
        if len(stripped) < len(self._codes):
            codes = recode[codes]
        return Column(tuple(stripped), codes)


class _TextWriter:
    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._lengths: list[Longs] = []

    def take(self, cells: Sequence[str]) -> None:
        joined = "".join(cells)
        if joined.isascii():
            lengths = np.fromiter(map(len, cells), np.int64, len(cells))
            self._parts.append(joined.encode("ascii"))
        else:
            encoded = [cell.encode("utf-8", "replace") for cell in cells]
            lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
            self._parts.append(b"".join(encoded))
        self._lengths.append(lengths)

    def done(self) -> Text:
        offsets = np.zeros(1 + sum(map(len, self._lengths)), np.int64)
        if self._lengths:
            np.cumsum(np.concatenate(self._lengths), out=offsets[1:])
        blob = b"".join(self._parts)
        self._parts, self._lengths = [], []
        return Text(blob, offsets)


class _IdWriter(_TextWriter):
    """Ids are hashed while they are at hand as strings: later that would cost an object for each."""

    def __init__(self) -> None:
        super().__init__()
        self._hashes: list[Longs] = []

    def take(self, cells: Sequence[str]) -> None:
        stripped = [cell.strip() for cell in cells]
        self._hashes.append(np.fromiter(map(hash, stripped), np.int64, len(stripped)))
        super().take(stripped)

    def hashes(self) -> Longs:
        return np.concatenate(self._hashes) if self._hashes else np.zeros(0, np.int64)

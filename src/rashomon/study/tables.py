"""A CSV file, streamed into columns."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from rashomon.errors import Fault, RashomonError, Where, cut, listing, nearest
from rashomon.study.columns import Column, ColumnWriter, IdWriter, Ints, Text, TextWriter
from rashomon.study.gathering import Gathered
from rashomon.study.lines import Lines
from rashomon.study.numerals import NUMERIC, Numerals, with_points
from rashomon.study.quoting import CELL_LIMIT, Broken, mend
from rashomon.study.scanning import inside, scan
from rashomon.study.separating import SEPARATORS, is_blank, separator_of, told_separator
from rashomon.study.splitting import Cells, split
from rashomon.study.vocabulary import FieldSpec, TableSpec


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as its file has it: columns by name, the line where each row begins, and ids of faulty rows.

    ``unread``: the file is there, and its fault is such that no row could be read. Decimal commas stand as points;
    ``numerals``: how the file has them.
    """

    spec: TableSpec
    columns: dict[str, Column | Text]
    line: Ints
    lost_ids: tuple[str, ...] = ()
    unread: bool = False
    numerals: Numerals = field(default_factory=Numerals)

    def __len__(self) -> int:
        return len(self.line)

    def text(self, name: str) -> Text:
        """A free-text column; blank where the file has none."""
        found = self.columns.get(name)
        if isinstance(found, Text):
            return found
        return Text.blank(len(self))

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
    with path.open("rb") as handle:
        handle.seek(len(BOM_UTF8) if bytes_.bom else 0)
        return _Reader(spec, Lines(handle, clean=bytes_.nul or bytes_.damaged), gathered).read(empty)


class _Reader:
    """One reading of one file."""

    def __init__(self, spec: TableSpec, lines: Lines, gathered: Gathered) -> None:
        self.spec, self.lines, self.gathered = spec, lines, gathered
        self.names: list[str] = []
        self.writers: list[ColumnWriter | TextWriter | None] = []
        self.line: list[Ints] = []
        self.lost: list[str] = []
        self.blank_rows = self.header_line = 0
        self.delimiter = ","
        self.width = 0  # columns, also those at the end that have no name
        self.nameless: set[int] = set()  # of these the ones that are not blank

    def read(self, empty: RawTable) -> RawTable:
        header = self._header()
        if header is None:
            return empty
        kept = self._columns(header)
        if not kept:
            return empty
        for cells, line in self._parts():
            self.line.append(line)
            for number, writer in enumerate(self.writers):
                if writer is not None:
                    writer.take(cells.column(number))
        if self.blank_rows:
            rows = "a blank row; it was" if self.blank_rows == 1 else f"{self.blank_rows:,} blank rows; they were"
            self.gathered.note(f"{self.spec.file} has {rows} skipped.")
        columns = {
            name: writer.done() for name, writer in zip(self.names, self.writers, strict=True) if writer is not None
        }
        line = np.concatenate(self.line) if self.line else np.zeros(0, np.int32)
        numerals = Numerals() if self.delimiter == "," else self._numbers(columns)
        return RawTable(self.spec, columns, line, tuple(self.lost), numerals=numerals)

    def _numbers(self, columns: dict[str, Column | Text]) -> Numerals:
        """Put points for the decimal commas of the columns; how the file writes its numbers."""
        kinds = {one.name for one in self.spec.fields if one.kind in NUMERIC}
        numbers = {name: one for name, one in columns.items() if name in kinds and isinstance(one, Column)}
        pointed, numerals = with_points(numbers)
        columns |= pointed
        if any(pointed[name] is not one for name, one in numbers.items()):
            self.gathered.note(f"{self.spec.file} has decimal commas; they were read as points.")
        return numerals

    # the first line

    def _header(self) -> list[str] | None:
        """The first line of columns, after one that tells the separator; a fault, and None, where there is none to read."""
        first = self._filled()
        told = told_separator(first)
        if told:
            first = self._filled()
        if not first or (told and told not in SEPARATORS):
            self.gathered.add(self._unread(told) if first else self._empty())
            return None
        self.lines.begin()
        self.delimiter = told or separator_of(first)
        if self.delimiter != ",":
            parted = "semicolons" if self.delimiter == ";" else "tabs"
            self.gathered.note(f"{self.spec.file} is separated by {parted}; they were accepted.")
        try:
            cells = next(csv.reader([first], delimiter=self.delimiter, strict=True))
        except csv.Error:
            cells = first.strip().split(self.delimiter)
        return [cell.strip() for cell in cells]

    def _filled(self) -> str:
        """The next line with something in it; "" where there is none."""
        return next((line for line in self.lines if not is_blank(line)), "")

    def _empty(self) -> Fault:
        return Fault(
            "R102",
            "The file is empty.",
            found="no first line",
            allowed=f"a first line of columns: {', '.join(self.spec.required)}",
            remedy="Write the line of columns, or delete the file.",
            where=Where(self.spec.file, 1),
        )

    def _unread(self, told: str) -> Fault:
        return Fault(
            "R115",
            "The cells of the file are separated by a character that is not read.",
            found=f"a first line that names {told!r}",
            allowed="commas, semicolons or tabs",
            remedy="Save the file as CSV, separated by commas or semicolons.",
            where=Where(self.spec.file, 1),
        )

    def _columns(self, header: list[str]) -> bool:
        known = self.spec.columns
        line = self.header_line = self.lines.count
        self.width = len(header)
        while header and not header[-1]:
            header.pop()  # a spreadsheet writes blank columns too; only one that is not blank is a fault
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
            found=f"{name!r}, column {place}" if name else f"a blank at the head of column {place}",
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

    # the rows

    def _parts(self) -> Iterator[tuple[Cells, Ints]]:
        """Cells of some rows after others, with the line on which each row begins.

        A block of the file is split at once where it is plain, else gone through row by row.
        """
        csv.field_size_limit(CELL_LIMIT)
        lines = self.lines
        lines.begin()
        while block := lines.block():
            found = split(block, self.delimiter, len(self.names))
            if found is not None:
                line = lines.count + 1 + found.line
                lines.skip(found.size, found.lines)
                yield found.cells, line
            else:
                rows, starts = self._one_by_one(lines.place + len(block))
                if rows:
                    yield Cells.of(rows), np.array(starts, np.int32)

    def _one_by_one(self, end: int) -> tuple[list[list[str]], list[int]]:
        """Rows up to the one that ends at byte ``end`` or after it; a broken quotation costs only its own line."""
        rows: list[list[str]] = []
        starts: list[int] = []
        lines = self.lines
        done = False
        while not done:
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            try:
                self._rows(reader, rows, starts, end)
                done = True
            except csv.Error as problem:
                self._broken(mend(lines, str(problem), self.delimiter))
                done = lines.place >= end
        return self._fit(rows, starts)

    def _rows(self, reader: Iterator[list[str]], rows: list[list[str]], starts: list[int], end: int) -> None:
        """Move rows from ``reader`` to ``rows`` until byte ``end`` is reached."""
        lines = self.lines
        lines.begin()
        while lines.place < end and (row := next(reader, None)) is not None:
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

    def _fit(self, rows: list[list[str]], starts: list[int]) -> tuple[list[list[str]], list[int]]:
        """Rows of the right width, without blank ones; those with too many cells are reported and left out."""
        width = len(self.names)
        fitted: list[list[str]] = []
        kept: list[int] = []
        for row, start in zip(rows, starts, strict=True):
            if any(cell.strip() for cell in row[self.width :]):
                self.gathered.add(self._too_many(row, width, start))
                self._lose(row)
            elif not any(cell.strip() for cell in row):
                self.blank_rows += 1
            else:
                self._name(row, width)
                fitted.append(row[:width] + [""] * (width - len(row)))
                kept.append(start)
        return fitted, kept

    def _name(self, row: list[str], width: int) -> None:
        """Report the columns without a name at the end in which this row, the first of all, has something."""
        for place in range(width, len(row)):
            if row[place].strip() and place not in self.nameless:
                self.nameless.add(place)
                self.gathered.add(self._unknown("", place + 1, self.names, self.header_line))

    def _too_many(self, row: list[str], width: int, start: int) -> Fault:
        extra = [cell for cell in row[width:] if cell.strip()]
        return Fault(
            "R106",
            "The row has more cells than the table has columns.",
            found=f"{len(row)} cells; beyond the last column stands {cut(extra[0].strip(), 60)!r}",
            allowed=f"{width} cells",
            remedy=f"Put the cell that holds a {self.delimiter!r} within quotation marks.",
            where=Where(self.spec.file, start),
        )


def suggest_column(name: str, known: Sequence[str], header: Sequence[str]) -> str | None:
    """The column of the table that a misspelt header most likely means: the nearest that the file does not have."""
    return nearest(name, [one for one in known if one not in header])


def _writer(spec: FieldSpec) -> ColumnWriter | TextWriter:
    if spec.kind == "id":
        return IdWriter()
    return TextWriter() if spec.kind == "text" else ColumnWriter()

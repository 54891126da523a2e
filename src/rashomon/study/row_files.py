"""Rows of a study's CSV files written by the program, as the file has them: added one by one, and nothing else changes."""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final, Self

from rashomon.study.files import write_atomically
from rashomon.study.gathering import Gathered
from rashomon.study.numerals import NUMERIC, POINT, with_decimals
from rashomon.study.separating import is_blank, separator_of, told_separator
from rashomon.study.tables import read_table
from rashomon.study.vocabulary import TableSpec

_LINE: Final = re.compile(rb"(?P<line>[^\r\n]*)(?P<end>\r\n|\n|\r|\Z)")
"""A line with its end: as on Windows, elsewhere, and where a spreadsheet on a Macintosh saved it."""
FOLDER: Final = "proposals"
"""The folder of a study in which each coder's proposals stand."""


def coders_of(root: Path) -> tuple[str, ...]:
    """The coders that have proposed something in a study: machines, for what a person codes stands in ``statements.csv``."""
    return tuple(sorted(path.stem for path in (root / FOLDER).glob("*.csv")))


@dataclass(frozen=True, slots=True)
class _Head:
    """How a file begins: all before its line of columns, that line, how it ends, and what parts its cells."""

    before: bytes = b""
    columns: bytes = b""
    end: bytes = b"\n"
    separator: str = ","

    @classmethod
    def of(cls, raw: bytes) -> Self:
        """The head of a file; of one without a line of columns, that of a new file."""
        start = at = len(BOM_UTF8) if raw.startswith(BOM_UTF8) else 0
        told = ""
        for found in _LINE.finditer(raw, start):
            line = found["line"].decode("utf-8", "replace")
            if not is_blank(line) and (told or not (told := told_separator(line))):
                return cls(raw[:at], found["line"], found["end"] or b"\n", told or separator_of(line))
            at = found.end()
        return cls(raw[:start])

    def names(self) -> list[str]:
        """The columns that have a name, or stand before one that has."""
        names = [
            name.strip()
            for name in next(csv.reader([self.columns.decode("utf-8", "replace")], delimiter=self.separator))
        ]
        while names and not names[-1]:
            names.pop()
        return names

    def having(self, more: Sequence[str]) -> bytes:
        """The line of columns with more of them, in the place of blank ones at its end."""
        if not more:
            return self.columns
        parted = re.escape(self.separator.encode())
        named = re.sub(rb'(?:%b\s*(?:"")?\s*)+\Z' % parted, b"", self.columns)
        return named + "".join(self.separator + name for name in more).encode()


def write_cells(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a CSV file whole, in place of an earlier one."""
    write_atomically(path, written(columns, rows).encode())


def write_table(root: Path, spec: TableSpec, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a table of a study whole; where one is there, with its separator, line ends, decimals and what stands before them."""
    path = root / spec.file
    head = _Head.of(path.read_bytes() if path.is_file() else b"")
    cells = _as_there(root, spec, head, rows)
    text = _lines(columns, chain([dict(zip(columns, columns, strict=True))], cells), head.separator, head.end.decode())
    write_atomically(path, head.before + text.encode())


def append_cells(root: Path, spec: TableSpec, rows: Sequence[Mapping[str, str]]) -> None:
    """Add rows at the end of a table of a study; where there is none, it is made with all columns.

    A column that the file does not have is added to its first line if a row fills it; rows before it are blank there. The
    file's separator, decimals, byte-order mark and line ends are kept, and every other byte.
    """
    path = root / spec.file
    raw = path.read_bytes() if path.is_file() else b""
    head = _Head.of(raw)
    if not head.columns:
        head = _Head(head.before, ",".join(spec.columns).encode())
        raw = head.before + head.columns + head.end
    there = head.names()
    missing = [name for name in spec.columns if name not in there and any(row.get(name) for row in rows)]
    rest = raw[len(head.before) + len(head.columns) + len(head.end) :]
    if rest and not rest.endswith((b"\n", b"\r")):
        rest += head.end
    added = _lines([*there, *missing], _as_there(root, spec, head, rows), head.separator, head.end.decode())
    write_atomically(path, head.before + head.having(missing) + head.end + rest + added.encode())


def _as_there(
    root: Path, spec: TableSpec, head: _Head, rows: Iterable[Mapping[str, str]]
) -> Iterable[Mapping[str, str]]:
    """Rows with their numbers as the table writes them that is there."""
    decimal = POINT if head.separator == "," else read_table(root, spec, Gathered()).numerals.decimal
    if decimal == POINT:
        return rows
    numbers = {one.name for one in spec.fields if one.kind in NUMERIC}
    return (
        {name: with_decimals(cell, decimal) if name in numbers else cell for name, cell in row.items()} for row in rows
    )


def written(columns: Sequence[str], rows: Iterable[Mapping[str, str]], end: str = "\n") -> str:
    """The text of a CSV file: its columns, and its rows."""
    head = dict(zip(columns, columns, strict=True))
    return _lines(columns, chain([head], rows), ",", end)


def _lines(columns: Sequence[str], rows: Iterable[Mapping[str, str]], separator: str, end: str) -> str:
    """Rows as they stand in a CSV file. The writer is told that rows end in CR LF, so that it quotes a cell that has either."""
    lines = _Lines()
    writer = csv.writer(lines, delimiter=separator, lineterminator="\r\n")
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return "".join(line.removesuffix("\r\n") + end for line in lines.written)


class _Lines:
    """Where a CSV writer writes, row by row."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.write = self.written.append

"""Rows that could not be taken: where each stands, and why it is broken."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from rashomon.study.events.layouts import Layout
from rashomon.study.events.quotations import LEFT, Misquoted
from rashomon.texts import count

_PIECE: Final = 1 << 22  # bytes that are counted at a time


@dataclass(frozen=True)
class Broken:
    """A row that could not be taken: ``line`` counts from 1 (of Parquet it is the row's number); None where it is not known."""

    file: str
    line: int | None
    reason: str
    row: str


def misquoted_row(file: str, row: Misquoted) -> Broken:
    """A row whose quotation marks stand wrongly, of a file that is told by this name."""
    if row.swallowed is None:
        return Broken(
            file,
            row.line,
            "text follows a closed quotation, or a quotation mark or line's end stands within a cell",
            row.row,
        )
    kept = "is kept" if row.swallowed == 1 else "are kept"
    taken = f": by the rules of CSV it would take in {count(row.swallowed, 'line')} after it, which {kept}"
    reason = "a quotation mark opens a cell and is never closed" + taken * bool(row.swallowed)
    return Broken(file, row.line, reason, row.row)


def rejected_rows(link: Any, layout: Layout) -> list[Broken]:
    """Rows that DuckDB put aside, each once with its first fault."""
    found = link.execute(
        "SELECT file_path, line_byte_position, column_name, error_type, error_message, csv_line FROM reject_errors JOIN "
        "reject_scans USING (scan_id, file_id) ORDER BY file_path, line_byte_position, column_idx"
    ).fetchall()
    rows: list[Broken] = []
    for file, faults in groupby(found, lambda row: row[0]):
        first = [next(same) for _, same in groupby(faults, lambda row: row[1])]
        lines = _lines(Path(file), [row[1] - 1 for row in first])
        for line, (_, _, column, kind, said, text) in zip(lines, first, strict=True):
            row = (text or "").strip("\r\n")
            if row != LEFT.decode():
                rows.append(Broken(file, line, _reason(kind, said, column, layout), row))
    return rows


def _lines(path: Path, places: Iterable[int]) -> Iterator[int]:
    """The lines on which rows begin, from 1, by the bytes, in order: past blank lines before them.

    DuckDB counts records, not lines, and these not alike for all faults.
    """
    with gzip.open(path) if path.suffix.lower() == ".gz" else open(path, "rb") as file:
        at, line = 0, 1
        for place in places:
            while at < place and (part := file.read(min(place - at, _PIECE))):
                line += part.count(b"\n")
                at += len(part)
            while (letter := file.read(1)) and letter in b"\r\n":
                line += letter == b"\n"
                at += 1
            at += 1
            yield line


def _reason(kind: str, said: str, column: str | None, layout: Layout) -> str:
    expected = len(layout.columns)
    if kind == "MISSING COLUMNS":
        return f"fewer than {expected} columns: none for {column}"
    if kind == "TOO MANY COLUMNS":
        return f"more than {expected} columns: a tab or another separator stands within one"
    first = said.splitlines()[0].removeprefix(f'Error when converting column "{column}". ')
    return f"{column}: {first}" if column else first

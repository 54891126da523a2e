"""Where a quotation in a CSV file went wrong.

Python's csv reader says that a record is broken, not where. :class:`~rashomon.study.lines.Lines` remembers the lines of
the record being read, and :func:`mend` finds in them the quotation mark at fault and lets reading go on with the line
after it, so that one open quote does not hide every fault that follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rashomon.errors import cut
from rashomon.study.lines import Lines

CELL_LIMIT: Final = 1 << 17
"""The longest cell, in characters. An open quotation is noticed when it has swallowed this much."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that could not be read: the fault's parts, and its cells as far as they could be told."""

    code: str
    message: str
    found: str
    allowed: str
    remedy: str
    line: int
    column: int | None
    cells: tuple[str, ...]


def mend(lines: Lines, problem: str, delimiter: str) -> Broken:
    """Say what is wrong with the remembered record, and go on with the line after the one at fault."""
    record, first = list(lines.pending), lines.first
    opened, column, closed_badly = _walk(record, delimiter)
    cells = tuple(cell.strip().strip('"') for cell in (record[0] if record else "").split(delimiter))
    line = first + opened
    if "field larger" in problem and opened + 1 >= len(record):
        broken = _too_long(line, cells)
    elif closed_badly is not None and closed_badly == opened:
        broken = _stray(record[opened], line, column, delimiter, cells)
    else:
        broken = _unclosed(record[opened] if record else "", line, column, cells)
    lines.resume(opened + 1)
    return broken


def _walk(record: list[str], delimiter: str) -> tuple[int, int, int | None]:
    """Line (from 0) and column (from 1) at which the last quotation opened, and the line on which it closed badly."""
    opened, column = 0, 1
    quoted, fresh = False, True
    for number, line in enumerate(record):
        at = 0
        while at < len(line):
            char = line[at]
            if quoted:
                if char == '"':
                    if line[at + 1 : at + 2] == '"':
                        at += 1
                    else:
                        quoted = False
                        if line[at + 1 : at + 2] not in (delimiter, "\r", "\n", ""):
                            return opened, column, number
            elif char == '"' and fresh:
                quoted, opened, column = True, number, at + 1
            if not quoted:
                fresh = char in (delimiter, "\r", "\n")
            at += 1
    return opened, column, None


def _unclosed(text: str, line: int, column: int, cells: tuple[str, ...]) -> Broken:
    return Broken(
        "R107",
        "A quoted cell is never closed.",
        f"a quotation that opens here: {_extract(text, column)}",
        "a cell within quotation marks ends with one",
        'Close the cell with ", and write a quotation mark within it twice: "".',
        line,
        column,
        cells,
    )


def _stray(text: str, line: int, column: int, delimiter: str, cells: tuple[str, ...]) -> Broken:
    return Broken(
        "R113",
        "A quotation mark stands within a quoted cell.",
        _extract(text, column),
        f'within a quoted cell, "" for a quotation mark; after its end, {delimiter} or the end of the line',
        'Write each quotation mark within the cell twice: "".',
        line,
        column,
        cells,
    )


def _too_long(line: int, cells: tuple[str, ...]) -> Broken:
    return Broken(
        "R112",
        "A cell is too long.",
        f"a cell of more than {CELL_LIMIT:,} characters",
        f"at most {CELL_LIMIT:,} characters",
        "Put long text in a file under sources/ and name it in texts.csv.",
        line,
        None,
        cells,
    )


def _extract(text: str, column: int) -> str:
    return cut(text[column - 1 :].rstrip("\r\n"), 60)

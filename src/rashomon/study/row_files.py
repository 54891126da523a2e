"""Rows of a study's CSV files written by the program: added one by one, and nothing else of a file changes."""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from rashomon.study.files import write_atomically

_END: Final = re.compile(rb"(\r\n|\n|\r)")
"""How a line ends: on Windows, elsewhere, and where a spreadsheet on a Macintosh saved it."""
FOLDER: Final = "proposals"
"""The folder of a study in which each coder's proposals stand."""


def coders_of(root: Path) -> tuple[str, ...]:
    """The coders that have proposed something in a study: machines, for what a person codes stands in ``statements.csv``."""
    return tuple(sorted(path.stem for path in (root / FOLDER).glob("*.csv")))


def write_cells(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a CSV file whole, in place of an earlier one."""
    write_atomically(path, written(columns, rows).encode())


def append_cells(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Add rows at the end of a CSV file; where there is none, it is made with these ``columns``.

    A column that the file does not have is added to its first line if a row fills it; rows before it are blank there. The
    file's delimiter, byte-order mark and line ends are kept, and every other byte.
    """
    raw = path.read_bytes() if path.is_file() else b""
    mark, raw = (BOM_UTF8, raw[3:]) if raw.startswith(BOM_UTF8) else (b"", raw)
    filled = [name for name in columns if any(row.get(name) for row in rows)]
    if not raw.strip():
        raw = (",".join(columns) + "\n").encode()
    start = len(raw) - len(raw.lstrip())
    first, end, rest = [*_END.split(raw[start:], maxsplit=1), b"\n", b""][:3]
    head = first.decode(errors="replace")
    delimiter = _delimiter(head)
    there = [name.strip() for name in next(csv.reader([head], delimiter=delimiter))]
    missing = [name for name in filled if name not in there]
    first += "".join(delimiter + name for name in missing).encode()
    if rest and not rest.endswith((b"\n", b"\r")):
        rest += end
    added = _lines([*there, *missing], rows, delimiter, end.decode()).encode()
    write_atomically(path, mark + raw[:start] + first + end + rest + added)


def written(columns: Sequence[str], rows: Iterable[Mapping[str, str]], end: str = "\n") -> str:
    """The text of a CSV file: its columns, and its rows."""
    head = dict(zip(columns, columns, strict=True))
    return _lines(columns, chain([head], rows), ",", end)


def _lines(columns: Sequence[str], rows: Iterable[Mapping[str, str]], delimiter: str, end: str) -> str:
    """Rows as they stand in a CSV file. The writer is told that rows end in CR LF, so that it quotes a cell that has either."""
    lines = _Lines()
    writer = csv.writer(lines, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return "".join(line.removesuffix("\r\n") + end for line in lines.written)


class _Lines:
    """Where a CSV writer writes, row by row."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.write = self.written.append


def _delimiter(head: str) -> str:
    return ";" if head.count(";") > head.count(",") else ","

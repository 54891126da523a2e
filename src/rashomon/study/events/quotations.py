"""Quotation marks that open a cell and are never closed: by the rules of CSV they take in all rows up to the next mark.

A cell in quotation marks may go on over lines (RFC 4180, rule 6), so that only what follows tells an open mark from a
forgotten one. A cell over several lines is one if with it the record has the columns of its file, and no line within it is a
row of its own. Else its mark was forgotten: that row is broken, and the rows after it are read as they stand.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

LEFT: Final = b"-"
"""What stands in a copy for a row that was taken out. A blank line would do, were they counted as lines everywhere."""
_PIECE: Final = 1 << 22  # bytes that are looked at, counted or copied at a time
_LONGEST: Final = 1 << 20  # bytes of a record over several lines


@dataclass(frozen=True)
class Misquoted:
    """A row on ``line`` that is none by the rules of CSV: where a mark in it is never closed, ``swallowed`` is how many lines
    after it that would take in, else None. It lies in the bytes from ``start`` to ``end``.
    """

    line: int
    swallowed: int | None
    row: str
    start: int
    end: int


def has_marks(path: Path) -> bool:
    """Whether there is any quotation mark in a file."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return data.find(b'"') >= 0


def misquoted_rows(path: Path, delimiter: str, columns: int) -> tuple[Misquoted, ...]:
    """The rows of a file of so many columns that leave a mark open, or have text after a closed one."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return tuple(_Scan(data, delimiter, columns).run())


def copy_without(path: Path, rows: Sequence[Misquoted], target: Path) -> None:
    """Copy a file, with :data:`LEFT` on the lines of some rows, so that all others keep their numbers."""
    with open(path, "rb") as source, open(target, "wb") as sink:
        for row in rows:
            _copy(source, sink, row.start - source.tell())
            sink.write(LEFT + b"\n")
            source.seek(row.end)
        while part := source.read(_PIECE):
            sink.write(part)


def _copy(source: BinaryIO, sink: BinaryIO, size: int) -> None:
    for start in range(0, size, _PIECE):
        sink.write(source.read(min(_PIECE, size - start)))


class _Scan:
    """One reading of a file, line by line where there are marks."""

    def __init__(self, data: mmap.mmap, delimiter: str, columns: int) -> None:
        self.data = data
        self._counted = (0, 0)  # how many lines end before a byte
        between = re.escape(delimiter.encode())
        bare = rb'(?! *+")[^%b\r\n]*+' % between
        closed, folded = rb' *+"(?:[^"\n]++|"")*+" *+', rb' *+"(?:[^"]++|"")*+" *+'
        row, end = rb"(?:%b|%b)(?:%b(?:%b|%b))%b", rb"\r?+(?:\n|\Z)"
        times = b"{%d}+" % (columns - 1)
        self.rows = re.compile(rb"(?:%b%b)*+" % (row % (closed, bare, between, closed, bare, b"*+"), end))
        self.row = re.compile(row % (closed, bare, between, closed, bare, times) + end)
        self.record = re.compile(row % (folded, bare, between, folded, bare, times) + end)
        self.open = re.compile(rb'(?:(?:%b|%b)%b)*+ *+(")(?:[^"\n]++|"")*+(?:\n|\Z)' % (closed, bare, between))
        self.mark = re.compile(rb'"(?:[^"]++|"")*+')

    def run(self) -> Iterator[Misquoted]:
        """The rows whose marks stand wrongly, in order."""
        at, size = 0, len(self.data)
        while (mark := self.data.find(b'"', at)) >= 0:
            at = max(at, self.data.rfind(b"\n", at, mark) + 1)
            found = self.rows.match(self.data, at, self._line_end(min(at + _PIECE, size)))
            at = found.end() if found else at
            end = self._line_end(at)
            opened = self.open.match(self.data, at, end) if at < size else None
            if opened and (whole := self._over_lines(at, end)):
                end = whole
            elif at < size:
                text = self.data[at:end].decode("utf-8", errors="replace").rstrip("\r\n")
                swallowed = self._swallowed(opened.start(1), end) if opened else None
                yield Misquoted(self._line(at), swallowed, text, at, end)
            at = end

    def _over_lines(self, at: int, end: int) -> int:
        """The end of the record over several lines that begins with a line; 0 where there is none."""
        record = self.record.match(self.data, at, min(at + _LONGEST, len(self.data)))
        return record.end() if record and not self._row_within(end, record.end()) else 0

    def _row_within(self, start: int, end: int) -> bool:
        """Whether a line after the first and before the last is a row of its own."""
        while (after := self._line_end(start)) < end:
            if self.row.fullmatch(self.data, start, after):
                return True
            start = after
        return False

    def _swallowed(self, mark: int, end: int) -> int:
        """How many lines from a byte on the mark at another takes in."""
        closed = self.mark.match(self.data, mark)
        last = self._line_end(closed.end() if closed else end)
        return self._count(end, last - 1) + 1 if last > end else 0

    def _line_end(self, at: int) -> int:
        """The byte after the end of the line in which a byte lies."""
        found = self.data.find(b"\n", at)
        return len(self.data) if found < 0 else found + 1

    def _line(self, at: int) -> int:
        """The line in which a byte lies, from 1; asked in the order of the file."""
        place, lines = self._counted
        self._counted = (at, lines + self._count(place, at))
        return self._counted[1] + 1

    def _count(self, start: int, end: int) -> int:
        """How many lines end between two bytes."""
        return sum(self.data[one : min(one + _PIECE, end)].count(b"\n") for one in range(start, end, _PIECE))

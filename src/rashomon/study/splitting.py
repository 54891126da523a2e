"""A block of a CSV file at once: where each cell of each row begins and ends.

Only plain blocks are split so: no row longer than the table is wide and none blank, every quotation mark in its place.
In them the places of delimiters, quotation marks and line ends tell all, and Python's csv reader in strict mode gives the
same cells. Whatever else a block holds is left to that reader, which goes row by row and knows what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.study.columns import Ints
from rashomon.study.quoting import CELL_LIMIT
from rashomon.study.words import PADDING, Places, Runs, runs_of

_LINE, _RETURN, _QUOTE = b'\n\r"'
_BLANK = re.compile(r'[\s,;"]*')
_Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of n rows by column: of column j cell i is the ``lengths[j, i]`` bytes of ``buffer`` at ``starts[j, i]``."""

    buffer: bytes
    starts: Places
    lengths: Places

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]]) -> Cells:
        """The cells of rows of one width that were read one by one."""
        cells = [cell.encode("utf-8", "replace") for row in rows for cell in row]
        runs, shape = runs_of(cells), (len(rows), -1)
        return cls(runs.buffer, runs.starts.reshape(shape).T, runs.lengths.reshape(shape).T)

    def column(self, number: int) -> Runs:
        """The cells of one column."""
        return Runs(self.buffer, self.starts[number], self.lengths[number])


@dataclass(frozen=True, slots=True)
class Split:
    """The rows with which a block begins: their cells, the line of the block (from 0) on which each begins (int32, n),
    and how many bytes and lines they are.
    """

    cells: Cells
    line: Ints
    size: int
    lines: int


def split(block: bytes, delimiter: str, width: int) -> Split | None:
    """Split a block of whole lines as far as its rows end in it; None where it is not plain."""
    if b"\r" in block and block.count(b"\r") != block.count(b"\r\n"):
        return None  # a return alone ends a line too
    data = np.frombuffer(block + PADDING, np.uint8)
    marks = _marks(data, ord(delimiter))
    kinds = data[marks]
    quote = kinds == _QUOTE
    opening, closing = marks[quote][::2], marks[quote][1::2]
    if not _in_order(data, opening, closing, ord(delimiter)):
        return None
    apart = np.flatnonzero(~quote & (np.cumsum(quote, dtype=np.int32) & 1 == 0))  # marks outside quotations
    last = np.flatnonzero(kinds[apart] == _LINE)  # of those, the ends of rows
    if not len(last) or np.diff(last, prepend=-1).max() > width:
        return None
    ends = marks[apart[: last[-1] + 1]]
    twice = closing[: len(opening) - 1]
    cells = _cells(block, data, ends, last, width, twice[twice + 1 == opening[1:]])
    if cells is None:
        return None
    lines = np.cumsum(kinds == _LINE, dtype=np.int32)[apart[last]]
    return Split(cells, np.r_[np.int32(0), lines[:-1]], int(ends[-1]) + 1, int(lines[-1]))


def _marks(data: _Bytes, delimiter: int) -> Places:
    """Places of all delimiters, line ends and quotation marks."""
    marked = data == delimiter
    marked |= data == _LINE
    marked |= data == _QUOTE
    return np.flatnonzero(marked)


def _in_order(data: _Bytes, opening: Places, closing: Places, delimiter: int) -> bool:
    """Whether each quotation opens where a cell begins and closes where it ends, or is a mark written twice within one."""
    before, after = data[opening - 1], data[closing + 1]
    begins = (before == delimiter) | (before == _LINE) | (before == _QUOTE) | (opening == 0)
    ends = (after == delimiter) | (after == _LINE) | (after == _QUOTE) | (after == _RETURN)
    return bool(np.all(begins) and np.all(ends))


def _cells(block: bytes, data: _Bytes, marks: Places, last: Places, width: int, twice: Places) -> Cells | None:
    """Cells between the marks that end them, without the quotation marks around them; None where a row may be blank, or a
    cell is too long.

    ``last``: which marks end a row; ``twice``: where within a cell two quotation marks stand for one.
    """
    starts, ends = np.r_[0, marks[:-1] + 1], marks.copy()
    ends[last] -= data[marks[last] - 1] == _RETURN
    quoted = data[starts] == _QUOTE
    starts += quoted
    ends -= quoted
    lengths = ends - starts
    first = np.r_[0, last[:-1] + 1]
    if int(lengths.max()) > CELL_LIMIT or _any_blank(block, data, starts[first], marks[last]):
        return None
    cells = np.searchsorted(ends, twice[twice < marks[-1]], "right")
    cells = cells[np.diff(cells, prepend=-1) > 0]  # each once
    read = runs_of([block[starts[i] : ends[i]].replace(b'""', b'"') for i in cells.tolist()])
    starts[cells], lengths[cells] = len(block) + read.starts, read.lengths
    return Cells(block + read.buffer, _by_column(starts, first, width), _by_column(lengths, first, width))


def _by_column(values: Places, first: Places, width: int) -> Places:
    """Values of rows one after the other, of which those at ``first`` begin a row, by column; 0 where a row is shorter."""
    if len(values) == width * len(first):
        return np.ascontiguousarray(values.reshape(-1, width).T)
    by_column = np.zeros((width, len(first)), np.int64)
    sizes = np.diff(first, append=len(values))
    by_column[np.arange(len(values)) - np.repeat(first, sizes), np.repeat(np.arange(len(first)), sizes)] = values
    return by_column


def _any_blank(block: bytes, data: _Bytes, starts: Places, ends: Places) -> bool:
    """Whether of rows that start and end so, none with a quotation mark before its start, some may be blank throughout."""
    first = data[starts]
    # blanks and delimiters of ASCII, and all beyond it
    doubtful = (first <= ord(",")) | (first == ord(";")) | (first >= 0x80)
    pairs = zip(starts[doubtful].tolist(), ends[doubtful].tolist(), strict=True)
    return any(_BLANK.fullmatch(block[start:end].decode("utf-8", "replace")) for start, end in pairs)

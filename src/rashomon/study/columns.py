"""Columns of cells, and how they are gathered from block to block of a file.

Cells with few distinct values become a :class:`Column`: each distinct string once, and for every row its number. Free
text becomes a :class:`Text`: one run of bytes and the places where each cell begins. Neither keeps a Python object
for a row, so a file of a gigabyte needs little more than its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.study.words import PADDING, Numbering, Runs, runs_of

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


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
    """Free text of n rows: cell i is ``blob[offsets[i]:offsets[i + 1]]`` in UTF-8; ``offsets`` has n + 1 entries.

    After the text the blob has the padding of :class:`~rashomon.study.words.Runs`.
    """

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

    @property
    def runs(self) -> Runs:
        """The cells as strings of bytes."""
        return Runs(self.blob, self.offsets[:-1], np.diff(self.offsets))

    @classmethod
    def blank(cls, rows: int) -> Text:
        """A column of blank cells."""
        return cls(PADDING, np.zeros(rows + 1, np.int64))

    def many(self, rows: NDArray[np.integer[Any]]) -> list[str]:
        """The cells of these rows (0..n−1), in their order."""
        blob = self.blob
        pairs = zip(self.offsets[rows].tolist(), self.offsets[rows + 1].tolist(), strict=True)
        return [blob[start:end].decode("utf-8", "replace") for start, end in pairs]

    @classmethod
    def of(cls, cells: Sequence[str]) -> Text:
        """The column of these cells."""
        writer = TextWriter()
        writer.take(runs_of([cell.encode("utf-8", "replace") for cell in cells]))
        return writer.done()


class ColumnWriter:
    """Gathers a :class:`Column`."""

    def __init__(self) -> None:
        self._numbering = Numbering()
        self._parts: list[Ints] = []

    def take(self, cells: Runs) -> None:
        """Add cells of further rows."""
        self._parts.append(self._numbering.of(cells))

    def done(self) -> Column:
        """The column of all cells taken; the writer is then spent."""
        codes = np.concatenate(self._parts) if self._parts else np.zeros(0, np.int32)
        self._parts = []
        stripped: dict[str, int] = {}
        recode = [
            stripped.setdefault(value.decode("utf-8", "replace").strip(), len(stripped))
            for value in self._numbering.strings
        ]
        if len(stripped) < len(recode):
            codes = np.array(recode, np.int32)[codes]
        return Column(tuple(stripped), codes)


class TextWriter:
    """Gathers a :class:`Text`."""

    def __init__(self) -> None:
        self._blob = bytearray()
        self._lengths: list[Ints] = [np.zeros(1, np.int32)]

    def take(self, cells: Runs) -> None:
        """Add cells of further rows."""
        self._blob += cells.joined()
        self._lengths.append(cells.lengths.astype(np.int32))  # a copy: the block's own are to be let go

    def done(self) -> Text:
        """The column of all cells taken; the writer is then spent."""
        self._blob += PADDING
        text = Text(bytes(self._blob), np.cumsum(np.concatenate(self._lengths), dtype=np.int64))
        self._blob, self._lengths = bytearray(), []
        return text


class IdWriter(TextWriter):
    """Gathers ids, which have no blanks around them."""

    def take(self, cells: Runs) -> None:
        """Add cells of further rows."""
        super().take(cells if _bare(cells) else runs_of([_strip(cell) for cell in cells.strings()]))


def _bare(cells: Runs) -> bool:
    """Whether every cell begins and ends with a character of ASCII that is no blank, or is empty."""
    data = np.frombuffer(cells.buffer, np.uint8)
    filled = np.flatnonzero(cells.lengths)
    first = cells.starts[filled]
    ends = np.concatenate([data[first], data[first + cells.lengths[filled] - 1]])
    return bool(np.all((ends > ord(" ")) & (ends < 0x7F)))


def _strip(cell: bytes) -> bytes:
    return cell.decode("utf-8", "replace").strip().encode("utf-8", "replace")

"""Many short strings at once: read eight bytes at a time, so that no string costs a Python object.

:class:`Runs` are strings that lie in one buffer. None holds a NUL byte, so that one of up to eight bytes is told by a
single 64-bit word; longer ones are told by a hash of their words, and compared wherever two of them meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Rows = NDArray[np.intp]
Word = NDArray[np.uint64]

PADDING: Final = bytes(8)
"""What must follow the strings of a buffer, for the last of them is read in whole words too."""
_SHORT: Final = 24  # on average, in bytes: such strings are copied byte by byte sooner than one by one
_KEPT: Final = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)  # the bits of a word's first bytes
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio (Knuth 1998, vol. 3, section 6.4)
_HALF: Final = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Runs:
    """Strings: the i-th is the ``lengths[i]`` bytes of ``buffer`` from ``starts[i]`` on, and :data:`PADDING` ends it all."""

    buffer: bytes
    starts: Places
    lengths: Places

    def __len__(self) -> int:
        return len(self.starts)

    def strings(self) -> list[bytes]:
        """Each string, as an object."""
        buffer, ends = self.buffer, (self.starts + self.lengths).tolist()
        return [buffer[start:end] for start, end in zip(self.starts.tolist(), ends, strict=True)]

    def joined(self) -> bytes:
        """All strings, one after the other."""
        size = int(self.lengths.sum())
        if size > _SHORT * len(self):
            return b"".join(self.strings())
        shift = self.starts - (np.cumsum(self.lengths) - self.lengths)
        places = np.arange(size) + np.repeat(shift, self.lengths)
        return bytes(np.frombuffer(self.buffer, np.uint8)[places])

    def take(self, rows: Rows) -> Runs:
        """Those strings alone."""
        return Runs(self.buffer, self.starts[rows], self.lengths[rows])

    def words(self) -> list[tuple[Rows | slice, Word]]:
        """The first word of every string, then the second of those that have one, and so on, each with whose they are.

        The bytes of a word beyond the end of its string are zero.
        """
        at = np.ndarray((len(self.buffer) - 7,), "<u8", buffer=self.buffer, strides=(1,))
        words: list[tuple[Rows | slice, Word]] = [(slice(None), at[self.starts] & _KEPT[np.minimum(self.lengths, 8)])]
        rows = np.flatnonzero(self.lengths > 8)
        while len(rows):
            place = 8 * len(words)
            left = self.lengths[rows] - place
            words.append((rows, at[self.starts[rows] + place] & _KEPT[np.minimum(left, 8)]))
            rows = rows[left > 8]
        return words


def runs_of(strings: Sequence[bytes]) -> Runs:
    """The runs of these strings."""
    lengths = np.fromiter(map(len, strings), np.int64, len(strings))
    return Runs(b"".join([*strings, PADDING]), np.cumsum(lengths) - lengths, lengths)


def keys_of(words: Sequence[tuple[Rows | slice, Word]]) -> Word:
    """A 64-bit key for every string of these words: of up to eight bytes the word itself, of a longer one a hash.

    A string has the same key in every process. Two strings of up to eight bytes never share one.
    """
    keys = words[0][1].copy()
    for rows, more in words[1:]:
        so_far = keys[rows]
        keys[rows] = (so_far ^ (so_far >> _HALF)) * _ODD + more
    return keys


def same(one: Runs, other: Runs) -> NDArray[np.bool_]:
    """Whether each string of ``one`` is the string of ``other`` in its place."""
    alike: NDArray[np.bool_] = one.lengths == other.lengths
    rows = np.flatnonzero(alike)
    for (those, mine), (_, theirs) in zip(one.take(rows).words(), other.take(rows).words(), strict=True):
        alike[rows[those][mine != theirs]] = False
    return alike


class Numbering:
    """Numbers strings in the order in which they are first met.

    Inside, an open-addressed table from key to number, half empty at least. A long string is compared with the one that has
    the number found; one that another's key led astray is numbered by a dictionary.
    """

    def __init__(self) -> None:
        self.strings: list[bytes] = []
        self._astray: dict[bytes, int] = {}
        self._keys = np.zeros(1 << 8, np.uint64)
        self._numbers = np.full(1 << 8, -1, np.int32)
        self._lengths = np.zeros(1 << 7, np.int64)  # of the strings, by number
        self._first = np.zeros(1 << 7, np.int64)  # where the words of each begin
        self._words = np.zeros(1 << 7, np.uint64)
        self._used = 0

    def of(self, strings: Runs) -> NDArray[np.int32]:
        """The number of each string (int32, n); new ones are given the next."""
        words = strings.words()
        keys = keys_of(words)
        numbers = self._find(keys)
        new = np.flatnonzero(numbers < 0)
        if len(new):
            first = np.sort(new[np.unique(keys[new], return_index=True)[1]])
            self._enter(keys[first], strings.take(first))
            numbers[new] = self._find(keys[new])
        astray = self._astray_rows(strings, words, numbers)
        for row, string in zip(astray.tolist(), strings.take(astray).strings(), strict=True):
            if string not in self._astray:
                self._astray[string] = len(self.strings)
                self._hold(runs_of([string]))
            numbers[row] = self._astray[string]
        return numbers

    def _slots(self, keys: Word) -> Rows:
        shift = np.uint64(65 - len(self._keys).bit_length())
        slots: Rows = ((keys * _ODD) >> shift).astype(np.intp)
        return slots

    def _find(self, keys: Word) -> NDArray[np.int32]:
        """The number under each key; −1 where there is none."""
        slots, last = self._slots(keys), len(self._keys) - 1
        numbers: NDArray[np.int32] = self._numbers[slots]
        seek = np.flatnonzero((self._keys[slots] != keys) & (numbers >= 0))
        while len(seek):
            slots[seek] = (slots[seek] + 1) & last
            numbers[seek] = self._numbers[slots[seek]]
            seek = seek[(self._keys[slots[seek]] != keys[seek]) & (numbers[seek] >= 0)]
        return numbers

    def _enter(self, keys: Word, strings: Runs) -> None:
        """Give strings that have new keys, each its own, the next numbers."""
        count = len(self.strings)
        numbers = np.arange(count, count + len(keys), dtype=np.int32)
        self._hold(strings)
        if 2 * len(self.strings) > len(self._keys):
            taken = self._numbers >= 0
            keys, numbers = np.r_[self._keys[taken], keys], np.r_[self._numbers[taken], numbers]
            size = 1 << (2 * len(self.strings)).bit_length()
            self._keys, self._numbers = np.zeros(size, np.uint64), np.full(size, -1, np.int32)
        slots, last = self._slots(keys), len(self._keys) - 1
        while len(keys):
            free = self._numbers[slots] < 0
            self._numbers[slots[free]] = numbers[free]  # of several that want one slot the last has it
            left = self._numbers[slots] != numbers
            self._keys[slots[~left]] = keys[~left]
            keys, numbers, slots = keys[left], numbers[left], (slots[left] + 1) & last

    def _hold(self, strings: Runs) -> None:
        """Keep the words of strings that get the next numbers."""
        count = len(self.strings)
        self.strings += strings.strings()
        sizes = np.maximum(strings.lengths + 7 >> 3, 1)
        first = self._used + np.cumsum(sizes) - sizes
        self._used += int(sizes.sum())
        self._lengths = _with_room(self._lengths, len(self.strings))
        self._first, self._words = _with_room(self._first, len(self.strings)), _with_room(self._words, self._used)
        self._lengths[count : len(self.strings)], self._first[count : len(self.strings)] = strings.lengths, first
        for place, (rows, word) in enumerate(strings.words()):
            self._words[first[rows] + place] = word

    def _astray_rows(
        self, strings: Runs, words: Sequence[tuple[Rows | slice, Word]], numbers: NDArray[np.int32]
    ) -> Rows:
        """Rows of strings that differ from the one whose number was found. Words are compared only where they may differ."""
        astray = strings.lengths != self._lengths[numbers]
        if len(words) > 1:
            long = words[1][0]
            for place, (rows, word) in enumerate([(long, words[0][1][long]), *words[1:]]):
                astray[rows] |= self._words.take(self._first[numbers[rows]] + place, mode="clip") != word
        return np.flatnonzero(astray)


def _with_room(array: NDArray[Any], size: int) -> NDArray[Any]:
    """The array itself where it has the size, else a copy with room for twice that."""
    if size <= len(array):
        return array
    grown = np.zeros(2 * size, array.dtype)
    grown[: len(array)] = array
    return grown

"""A file as lines or as blocks of lines, from which reading can go back to the start of the current record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

_BLOCK: Final = 1 << 19  # bytes at a time: a block and what is made of it then stay in the processor's cache
_END: Final = re.compile(rb"\r\n?|\n")


class Lines(Iterator[str]):
    """Lines of a file; those since :meth:`begin` are remembered, and ``first`` is the number of the first of them.

    Lines end as Python's universal newlines do, and keep their ends; the last one has an end too. ``place`` is the number of
    bytes read so far. With ``clean``, NUL bytes are left out and bytes that are not UTF-8 replaced before anything else.
    """

    def __init__(self, source: BinaryIO, *, clean: bool = False) -> None:
        self._source, self._clean = source, clean
        self._data = b""  # whole lines, read up to ``_at``
        self._at = 0
        self._cut = b""  # after them in the file: the beginning of a line
        self._sizes: list[int] = []  # of the remembered lines
        self.pending: list[str] = []
        self.count = self.place = 0
        self.first = 1

    def __next__(self) -> str:
        if self._at == len(self._data) and not self._fill():
            raise StopIteration
        end = _END.search(self._data, self._at)
        assert end is not None  # whole lines end with one
        raw = self._data[self._at : end.end()]
        self._sizes.append(len(raw))
        self._move(len(raw), 1)
        line = raw.decode("utf-8", "replace")
        self.pending.append(line)
        return line

    def begin(self) -> None:
        """Forget the remembered lines: a new record starts with the next line."""
        self.pending.clear()
        self._sizes.clear()
        self.first = self.count + 1

    def resume(self, keep: int) -> None:
        """Read the remembered lines from the ``keep``-th on once more, as a new record."""
        self._move(-sum(self._sizes[keep:]), keep - len(self._sizes))
        self.begin()

    def block(self) -> bytes:
        """The next lines, about half a megabyte of them, none at the end of the file; they are not read by that."""
        if 2 * (len(self._data) - self._at) < _BLOCK:
            self._fill()
        return self._data[self._at :]

    def skip(self, size: int, lines: int) -> None:
        """Take so many bytes, which are so many lines, as read."""
        self._move(size, lines)
        self.begin()

    def _move(self, size: int, lines: int) -> None:
        self._at += size
        self.place += size
        self.count += lines

    def _fill(self) -> bool:
        """Read on to the end of a line; whether there was more to read."""
        parts = [self._cut]
        self._cut = b""
        while part := self._source.read(_BLOCK):
            end = part.rfind(b"\n") + 1
            parts.append(part[:end] if end else part)
            if end:
                self._cut = part[end:]
                break
        else:
            if not any(parts):
                return False
            parts.append(b"\n")
        more = b"".join(parts)
        if self._clean:
            more = more.decode("utf-8", "replace").replace("\0", "").encode()
        kept = self._at - sum(self._sizes)
        self._data = self._data[kept:] + more
        self._at -= kept
        return True

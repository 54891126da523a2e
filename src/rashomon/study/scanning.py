"""The bytes of a file before it is read as text: its encoding, NUL bytes, line ends, and whether it lies in the study.

One pass in blocks, so that a file of any size needs the memory of one block.
"""

from __future__ import annotations

import codecs
import os
from dataclasses import dataclass
from pathlib import Path

from rashomon.errors import Fault, RashomonError, Where, error, unreadable
from rashomon.study.gathering import Gathered

_BLOCK = 1 << 22
_WIDE = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


@dataclass(frozen=True, slots=True)
class Bytes:
    """What a scan found. ``readable`` is False where the file is no text in UTF-8 at all."""

    bom: bool
    crlf: bool
    nul: bool
    damaged: bool
    size: int
    readable: bool


def inside(root: Path, name: str, *, where: Where | None = None) -> Path:
    """The path of file ``name`` of the study at ``root``; R110 where it leaves the folder or passes a symbolic link."""
    place = where or Where(name)
    pure = Path(name)
    home = Path(os.path.realpath(root))
    if pure.is_absolute() or "\0" in name or ".." in pure.parts or "\\" in name:
        raise _leaves(name, place)
    expected = home / pure
    if Path(os.path.realpath(expected)) != expected:
        raise error(
            "R110",
            "A file of a study may not be reached through a symbolic link.",
            found=f"{name} → {os.path.realpath(expected)}",
            allowed="files that lie in the study's folder themselves",
            remedy="Copy the file into the folder in place of the link.",
            where=place,
        )
    return expected


def _leaves(name: str, where: Where) -> RashomonError:
    return error(
        "R110",
        "A path leaves the study's folder.",
        found=repr(name),
        allowed="a path within the folder, with /, such as sources/speech.txt",
        remedy="Move the file into the study's folder and name it from there.",
        where=where,
    )


def scan(path: Path, file: str, gathered: Gathered) -> Bytes:
    """Look through the bytes of ``path`` once; faults for NUL bytes (R108) and for bytes that are not UTF-8 (R109)."""
    watch = _Watch()
    try:
        with path.open("rb") as handle:
            while block := handle.read(_BLOCK):
                watch.take(block)
            watch.finish()
    except OSError as problem:
        gathered.add(unreadable(file, problem))
        return Bytes(False, False, False, False, 0, False)
    if watch.wide:
        gathered.add(_not_utf8(file, 1, 1, f"a file in {watch.wide}", ""))
    elif watch.bad_at is not None:
        more = f"; {watch.bad_lines - 1:,} more such lines" if watch.bad_lines > 1 else ""
        what = f"byte 0x{watch.bad_byte:02X} at place {watch.bad_at + 1:,} of the file{more}"
        gathered.add(_not_utf8(file, watch.bad_line, watch.bad_column, what, more))
        gathered.damage(file)
    if watch.nul_at is not None and not watch.wide:
        gathered.add(_nul(file, watch))
    damaged = watch.bad_at is not None
    return Bytes(watch.bom, watch.crlf, watch.nul_at is not None, damaged, watch.size, not watch.wide)


class _Watch:
    """State of a scan from block to block."""

    def __init__(self) -> None:
        self.size = 0
        self.lines = 0  # line feeds before the current block
        self.bom = self.crlf = False
        self.wide = ""
        self.nul_at: int | None = None
        self.nul_line = 0
        self.nul_count = 0
        self.bad_at: int | None = None
        self.bad_byte = self.bad_line = self.bad_column = self.bad_lines = 0
        self._last_bad_line = 0
        self._tail = b""  # bytes of a character cut by the end of a block

    def take(self, block: bytes) -> None:
        if self.size == 0:
            self.bom = block.startswith(codecs.BOM_UTF8)
            self.wide = next((name for mark, name in _WIDE if block.startswith(mark)), "")
        if not self.crlf and b"\r" in block:
            self.crlf = b"\r\n" in block
        if not self.wide:
            if b"\0" in block:
                self._count_nul(block)
            self._decode(block)
        self.size += len(block)
        self.lines += block.count(b"\n")

    def finish(self) -> None:
        if self._tail and not self.wide:
            self._bad(self._tail, 0, self.size - len(self._tail), self.lines)

    def _count_nul(self, block: bytes) -> None:
        self.nul_count += block.count(b"\0")
        if self.nul_at is None:
            at = block.index(b"\0")
            self.nul_at = self.size + at
            self.nul_line = self.lines + block.count(b"\n", 0, at) + 1

    def _decode(self, block: bytes) -> None:
        data, start = self._tail + block, self.size - len(self._tail)
        self._tail = b""
        if self._sound(data):
            return
        at, lines = 0, self.lines
        for line in data.split(b"\n"):  # once a block is damaged, line by line: each bad line is counted
            last = at + len(line) >= len(data)
            bad = None if self._sound(line, last) else _first_bad(line)
            if bad is not None:
                self._bad(data, at + bad, start + at + bad, lines)
            at += len(line) + 1
            lines += 1

    def _sound(self, data: bytes, last: bool = True) -> bool:
        """Whether ``data`` decodes; a character cut by its end is kept for the next block if ``last``."""
        try:
            codecs.utf_8_decode(data, "strict", True)
        except UnicodeDecodeError as problem:
            if not last or problem.reason != "unexpected end of data" or len(data) - problem.start > 3:
                return False
            self._tail = data[problem.start :]
        return True

    def _bad(self, data: bytes, begin: int, position: int, lines: int) -> None:
        line = lines + 1
        if line != self._last_bad_line:
            self.bad_lines += 1
            self._last_bad_line = line
        if self.bad_at is None:
            self.bad_at, self.bad_byte, self.bad_line = position, data[begin], line
            self.bad_column = begin - data.rfind(b"\n", 0, begin)


def _first_bad(line: bytes) -> int:
    """Position of the first byte of ``line`` that is not UTF-8."""
    try:
        codecs.utf_8_decode(line, "strict", True)
    except UnicodeDecodeError as problem:
        return problem.start
    return len(line)


def _nul(file: str, watch: _Watch) -> Fault:
    at = watch.nul_at or 0
    more = f"; {watch.nul_count:,} NUL bytes in all" if watch.nul_count > 1 else ""
    return Fault(
        "R108",
        "The file holds a NUL byte.",
        found=f"byte 0x00 at place {at + 1:,} of the file{more}",
        allowed="text in UTF-8",
        remedy="Type the cell anew; where there are many, the file was cut short or is not text: export it again.",
        where=Where(file, watch.nul_line),
    )


def _not_utf8(file: str, line: int, column: int, found: str, more: str) -> Fault:
    return Fault(
        "R109",
        "The file is not UTF-8.",
        found=found,
        allowed="text in UTF-8",
        remedy="Save it as “CSV UTF-8”" + (", or convert it from its old encoding." if more else "."),
        where=Where(file, line, column),
    )

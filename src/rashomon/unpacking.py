"""Members of ZIP files that are not trusted: unpacked in pieces, within limits, and never to the disk.

Each room refuses in words of its own what is told here. It imports nothing of ours, for processes that read documents must start
quickly.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 1 << 28
"""Bytes of a member, or of any file, that is held in memory."""
RATIO: Final = 200
"""Times its size to which a member may unpack."""
BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError, ValueError, IndexError,
    OverflowError,
)  # fmt: skip
"""What opening or reading a broken archive may raise."""

_FREE: Final = 10 << 20  # bytes that any member may unpack to, whatever its ratio
_PIECE: Final = 1 << 18


@dataclass(slots=True)
class Allowance:
    """What a file may still unpack to, counted together for all that lies within it."""

    members: int = 20_000
    unpacked: int = 1 << 30


class BeyondError(Exception):
    """A member is larger than is allowed. ``size``: its bytes as far as they were unpacked.

    ``ratio``: to how many times its size it unpacks, where that is what is not allowed.
    """

    def __init__(self, size: int, ratio: float | None) -> None:
        super().__init__(size, ratio)
        self.size, self.ratio = size, ratio


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: Allowance) -> Iterator[bytes]:
    """The bytes of a member, piece by piece, each taken off the allowance.

    Raises :class:`BeyondError` where it is too large, and one of :data:`BROKEN` where it is broken.
    """
    size = 0
    with archive.open(info) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            allowance.unpacked -= len(piece)
            ratio = size / max(1, info.compress_size)
            swells = size > _FREE and ratio > RATIO
            if swells or allowance.unpacked < 0 or size > LARGEST:
                raise BeyondError(size, ratio if swells else None)
            yield piece

"""ZIP files that are not trusted: members are read in pieces, within limits, and nothing is unpacked to the disk."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Final

from rashomon.errors import RashomonError
from rashomon.exchanging.refusing import too_large, unfit
from rashomon.study.scanning import unreadable

MEMBERS: Final = 20_000
UNPACKED: Final = 1 << 30
LARGEST: Final = 1 << 28
_FREE: Final = 10 << 20  # bytes that any member may unpack to, whatever its ratio
_RATIO: Final = 200
_PIECE: Final = 1 << 18
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, RuntimeError, ValueError,
                  IndexError, OverflowError, NotImplementedError)  # fmt: skip


class SafeZip:
    """The members of a ZIP file by name. Use it in a ``with``.

    Raises R006 where the file cannot be opened, R932 where it is no ZIP file or broken, R934 beyond the limits.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.left = path, UNPACKED
        try:
            self._zip = zipfile.ZipFile(path)
        except _BROKEN as problem:
            raise unfit(self.path, "a ZIP archive that is not locked", str(problem)) from problem
        except OSError as problem:
            raise RashomonError(unreadable(str(path), problem)) from problem
        self.members = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        if len(self.members) > MEMBERS:
            self._zip.close()
            raise too_large(self.path, f"{len(self.members):,} members", f"{MEMBERS:,}")

    def __enter__(self) -> SafeZip:
        return self

    def __exit__(self, *failure: object) -> None:
        self._zip.close()

    def read(self, name: str) -> bytes | None:
        """The bytes of a member; None where there is none of that name."""
        info = self.members.get(name)
        if info is None:
            return None
        pieces, size = [], 0
        try:
            with self._zip.open(info) as file:
                while piece := file.read(_PIECE):
                    size += len(piece)
                    self.left -= len(piece)
                    ratio = size / max(1, info.compress_size)
                    if self.left < 0 or size > LARGEST or (size > _FREE and ratio > _RATIO):
                        raise too_large(
                            self.path, f"{name} unpacks to more than {size - 1:,} bytes", f"{LARGEST:,} bytes"
                        )
                    pieces.append(piece)
        except (*_BROKEN, OSError) as problem:
            raise unfit(self.path, "a ZIP archive that is not locked", f"{name}: {problem}") from problem
        return b"".join(pieces)

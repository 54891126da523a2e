"""ZIP files that are not trusted: members are read in pieces, within limits, and nothing is unpacked to the disk."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from rashomon.errors import RashomonError, unreadable
from rashomon.exchanging.refusing import too_large, unfit
from rashomon.unpacking import BROKEN, LARGEST, Allowance, BeyondError, unpacked

_TAKEN_FOR: Final = "a ZIP archive that is not locked"


class SafeZip:
    """The members of a ZIP file by name. Use it in a ``with``.

    Raises R006 where the file cannot be opened, R932 where it is no ZIP file or broken, R934 beyond the limits.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.allowance = path, Allowance()
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as problem:
            raise RashomonError(unreadable(str(path), problem)) from problem
        except BROKEN as problem:
            raise unfit(self.path, _TAKEN_FOR, str(problem)) from problem
        self.members = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        if len(self.members) > self.allowance.members:
            self._zip.close()
            raise too_large(self.path, f"{len(self.members):,} members", f"{self.allowance.members:,}")

    def __enter__(self) -> SafeZip:
        return self

    def __exit__(self, *failure: object) -> None:
        self._zip.close()

    def read(self, name: str) -> bytes | None:
        """The bytes of a member; None where there is none of that name."""
        info = self.members.get(name)
        if info is None:
            return None
        try:
            return b"".join(unpacked(self._zip, info, self.allowance))
        except BeyondError as beyond:
            found = f"{name} unpacks to more than {beyond.size - 1:,} bytes"
            raise too_large(self.path, found, f"{LARGEST:,} bytes") from beyond
        except BROKEN as problem:
            raise unfit(self.path, _TAKEN_FOR, f"{name}: {problem}") from problem

"""ZIP archives, and the formats that are ZIP archives: members read in pieces, within limits, never written to disk by name."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from rashomon.errors import Fault, RashomonError
from rashomon.reading.decoding import encoding_of
from rashomon.reading.originals import Original, distinct, locked, too_much, unreadable
from rashomon.unpacking import BROKEN, RATIO, BeyondError, unpacked

__all__ = ["Archive", "members"]

_BESIDE = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


class Archive:
    """The members of a ZIP file, with all that is unpacked counted against the allowance of the original.

    Raises R901 where it is no ZIP file, R903 where it has too many members. Close it, or use it in a ``with``.
    """

    def __init__(self, original: Original, taken_for: str) -> None:
        self.original, self.taken_for = original, taken_for
        self._file = original.open()
        try:
            self._zip = zipfile.ZipFile(self._file)
        except BROKEN as fault:
            self._file.close()
            raise self._broken(fault) from fault
        self.infos = [info for info in self._zip.infolist() if info.filename and not info.filename.endswith("/")]
        self.names = {info.filename: info for info in self.infos}
        self.count()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *failure: object) -> None:
        self._zip.close()
        self._file.close()

    def count(self) -> None:
        allowance = self.original.allowance
        if len(self.infos) > allowance.members:
            self.__exit__()
            raise too_much(self.original, f"{len(self.infos)} members", f"{allowance.members} members more")
        allowance.members -= len(self.infos)

    def pieces(self, info: zipfile.ZipInfo | str) -> Iterator[bytes]:
        """The bytes of a member, piece by piece. Raises R901 where it is broken or missing, R902, R903."""
        try:
            known = info if isinstance(info, zipfile.ZipInfo) else self.names[info]
        except KeyError as fault:
            raise unreadable(self.original, self.taken_for, f"there is no {info} in it") from fault
        if known.flag_bits & 1:
            raise locked(self.original, f"{known.filename} is encrypted")
        try:
            yield from unpacked(self._zip, known, self.original.allowance)
        except BeyondError as beyond:
            raise self._beyond(known, beyond) from beyond
        except BROKEN as fault:
            raise self._broken(fault) from fault

    def read(self, info: zipfile.ZipInfo | str) -> bytes:
        """All bytes of a member."""
        return b"".join(self.pieces(info))

    def holds(self, name: str, word: bytes) -> bool:
        """Whether ``word`` stands anywhere in a member."""
        before = b""
        for piece in self.pieces(name):
            if word in before + piece:
                return True
            before = piece[-len(word) :]
        return False

    def read_if_there(self, name: str) -> bytes:
        """All bytes of a member, none where there is no such member."""
        return self.read(name) if name in self.names else b""

    def _beyond(self, info: zipfile.ZipInfo, beyond: BeyondError) -> RashomonError:
        if beyond.ratio is not None:
            return too_much(self.original, f"{info.filename} unpacks to {beyond.ratio:.0f} times its size", f"{RATIO} times")
        return too_much(
            self.original, f"{info.filename} unpacks to more than {beyond.size - 1} bytes",
            "1 GiB in all, and 256 MiB for one member",
        )  # fmt: skip

    def _broken(self, fault: Exception) -> RashomonError:
        return unreadable(self.original, self.taken_for, f"{type(fault).__name__}: {fault}")


def members(original: Original, faults: list[Fault]) -> Iterator[Original]:
    """What lies in a ZIP archive, in the order of its names. Members that cannot be read are reported in ``faults``."""
    seen: set[str] = set()
    with Archive(original, "a ZIP archive") as archive:
        named = zip(_names(archive.infos), archive.infos, strict=True)
        for place, (name, info) in enumerate(sorted(named, key=lambda one: one[0]), 1):
            if name.lower().endswith(_BESIDE) or name.lower().startswith(_BESIDE):
                continue
            inner = original.within(distinct(name, place, seen), b"")
            try:
                yield replace(inner, data=archive.read(info))
            except RashomonError as refused:
                faults += [replace(fault, where=inner.where()) for fault in refused.faults]
                if original.allowance.unpacked < 0:
                    return


def _names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """The names as their writer meant them: old archives hold them in the code page of a Russian or Japanese Windows."""
    old = [info.filename.encode("cp437", errors="replace") for info in infos if not info.flag_bits & 0x800]
    codec = encoding_of(BytesIO(b"\n".join(old)))
    return [
        info.filename if info.flag_bits & 0x800 else info.filename.encode("cp437", "replace").decode(codec, "replace")
        for info in infos
    ]

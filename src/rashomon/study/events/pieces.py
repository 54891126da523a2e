"""Files of events in text, as they lie on the disk, packed with gzip, or in a ZIP archive."""

from __future__ import annotations

import gzip
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from uuid import uuid4

from rashomon.errors import RashomonError, Where, error
from rashomon.study.events.formats import Named
from rashomon.study.events.places import hidden

_LONGEST: Final = 1 << 20  # bytes of first lines


@dataclass(frozen=True)
class Piece:
    """A file, or a ``member`` of an archive, which stands in it at ``place``."""

    path: Path
    member: str = ""
    place: int = 0

    @property
    def name(self) -> str:
        """How it is told: of a member, ``archive.zip!member``."""
        return f"{self.path}!{self.member}" if self.member else str(self.path)

    @property
    def packed(self) -> bool:
        """Whether its bytes are those of gzip."""
        return (self.member or self.path.name).lower().endswith(".gz")

    @contextmanager
    def open(self, named: Named) -> Iterator[IO[bytes]]:
        """Its text, in bytes. R547 where it cannot be read, or unpacked."""
        try:
            with self._raw() as raw:
                yield gzip.GzipFile(fileobj=raw) if self.packed else raw  # type: ignore[misc]
        except (
            gzip.BadGzipFile,
            EOFError,
            zlib.error,
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
        ) as problem:
            raise unreadable_events(self.name, named, str(problem)) from problem

    @contextmanager
    def _raw(self) -> Iterator[IO[bytes]]:
        if self.member:
            with zipfile.ZipFile(self.path) as archive, archive.open(archive.infolist()[self.place]) as raw:
                yield raw
        else:
            with open(self.path, "rb") as raw:
                yield raw

    def first_lines(self, number: int, named: Named) -> list[bytes]:
        """So many first lines, as far as they are there and not too long for one."""
        try:
            with self.open(named) as file:
                return [line for line in (file.readline(_LONGEST) for _ in range(number)) if line]
        except OSError as problem:
            raise unreadable_events(self.name, named, problem.strerror or str(problem)) from problem

    def unpack(self, folder: Path, named: Named) -> Path:
        """Its text as a file in a folder."""
        folder.mkdir(exist_ok=True)
        target = folder / uuid4().hex
        with open(target, "wb") as sink, self.open(named) as source:
            shutil.copyfileobj(source, sink, 1 << 20)
        return target


def pieces_of(path: Path, named: Named) -> tuple[Piece, ...]:
    """A file, or the files of a ZIP archive: of these, as in a folder, none whose name begins with a dot or a low line."""
    if path.suffix.lower() != ".zip":
        return (Piece(path),)
    try:
        with zipfile.ZipFile(path) as archive:
            listed = enumerate(archive.infolist())
            found = tuple(
                Piece(path, one.filename, i) for i, one in listed if not (one.is_dir() or hidden(Path(one.filename)))
            )
    except (OSError, zipfile.BadZipFile, NotImplementedError) as problem:
        raise unreadable_events(str(path), named, str(problem)) from problem
    if not found:
        raise unreadable_events(str(path), named, "an archive without files")
    return found


def unreadable_events(file: str, named: Named, why: str) -> RashomonError:
    """R547 for a file that cannot be read at all."""
    return error(
        "R547", f"A file of the events {named.id!r} cannot be read.", found=why, where=Where(file),
        allowed="text, text packed with gzip or ZIP, or Parquet", remedy="Fetch or unpack it again, or take it out.",
    )  # fmt: skip

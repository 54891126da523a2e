"""What a reader of one format is given: a file, or the bytes of what lies within one; and how it refuses them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from rashomon.errors import RashomonError, Where, error
from rashomon.errors import unreadable as not_to_be_opened
from rashomon.unpacking import Allowance

__all__ = [
    "NESTING",
    "Allowance",
    "Original",
    "distinct",
    "locked",
    "not_read",
    "textless",
    "too_much",
    "unreadable",
]

NESTING = 3


@dataclass(frozen=True, slots=True)
class Original:
    """A document's bytes. ``file``: the file they are in. ``part``: where in that file, "" for the file itself.

    ``data``: the bytes of a part; None for a file, which is opened anew by each who reads it. ``nesting``: in how many files
    the part lies.
    """

    file: Path
    part: str = ""
    data: bytes | None = None
    nesting: int = 0
    allowance: Allowance = field(default_factory=Allowance)

    @property
    def name(self) -> str:
        return PurePosixPath(self.part).name if self.part else self.file.name

    @property
    def suffix(self) -> str:
        """In lower case, with its dot; "" where the name has none."""
        return PurePosixPath(self.name).suffix.lower()

    def open(self) -> BinaryIO:
        """The bytes, from the first. Raises R006 where the file cannot be opened."""
        if self.data is not None:
            return io.BytesIO(self.data)
        try:
            return self.file.open("rb")
        except OSError as fault:
            raise RashomonError(not_to_be_opened(str(self.file), fault)) from fault

    def read(self, limit: int = -1) -> bytes:
        """All bytes, or the first ``limit``."""
        with self.open() as file:
            return file.read(limit)

    def within(self, part: str, data: bytes) -> Original:
        """What lies in this one under the name ``part``."""
        return replace(self, part=self.inner(part), data=data, nesting=self.nesting + 1)

    def inner(self, part: str) -> str:
        """The part of the file that is called ``part`` in here."""
        return f"{self.part}/{part}" if self.part and part else self.part or part

    def where(self, line: int | None = None) -> Where:
        return Where(f"{self.file}!{self.part}" if self.part else str(self.file), line)


def distinct(part: str, line: int, seen: set[str]) -> str:
    """``part``, with the line after it where the file has the same name for another part; and noted as ``seen``."""
    name = part if part and part not in seen else f"{part} (line {line})".strip()
    seen.add(name)
    return name


def unreadable(original: Original, taken_for: str, found: str, line: int | None = None) -> RashomonError:
    """R901: ``original`` is not the ``taken_for`` that it should be."""
    return error(
        "R901", f"The document cannot be read as {taken_for}.", found=found, allowed=f"{taken_for}, whole and valid",
        remedy="Open it in the program that it is from and save it anew, or fetch it again.", where=original.where(line),
    )  # fmt: skip


def locked(original: Original, found: str) -> RashomonError:
    """R902."""
    return error(
        "R902", "The document is locked.", found=found, allowed="documents that open without a password or a key",
        remedy="Save a copy without the lock, where you may.", where=original.where(),
    )  # fmt: skip


def too_much(original: Original, found: str, allowed: str, line: int | None = None) -> RashomonError:
    """R903."""
    return error(
        "R903", "The document unpacks to more than is allowed, or is nested too deeply.", found=found, allowed=allowed,
        remedy="If you trust it, unpack it or cut it into smaller files, and put these into the folder.",
        where=original.where(line),
    )  # fmt: skip


def not_read(original: Original, found: str, remedy: str) -> RashomonError:
    """R907."""
    return error(
        "R907", "The document is of a kind that is not read.", found=found,
        allowed="PDF, DOCX, ODT, EPUB, HTML, MHTML, TXT, MD, JSONL, e-mail (EML, MBOX), and ZIP or folders of these",
        remedy=remedy, where=original.where(),
    )  # fmt: skip


def textless(original: Original, line: int | None = None) -> RashomonError:
    """R908."""
    return error(
        "R908", "The document holds no text.", found="nothing that could be read as a paragraph", allowed="documents with text",
        remedy="Look into it; if it is a scan, let a program recognise its text (OCR).", where=original.where(line),
    )  # fmt: skip

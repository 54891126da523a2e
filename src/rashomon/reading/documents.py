"""What a document gives before anything is mended: its metadata, and its blocks of text in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "paragraph", "item", "table", "caption", "note", "running", "folio"]
"""``item``: of a list. ``running``: a running head or foot. ``folio``: a page number. They and notes are set apart, not lost."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document, just as its format has it: nothing is mended.

    ``level``: of a heading, 1 the highest; 0 elsewhere. ``page``: the label of the page on which it begins, "" where the
    format has no pages. ``wrapped``: whether line breaks in ``text`` are those of the page, to be joined, and not meant.
    ``language``: as the format declares it, "" if not.
    """

    text: str
    kind: Kind = "paragraph"
    level: int = 0
    page: str = ""
    wrapped: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; "" and () where it says nothing. ``published``: a time of our grammar (``2004-11-14``)."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    language: str = ""
    url: str = ""
    container: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document: a file, or one of several in a file.

    ``part``: which of them ("" where the file is the document): a path in an archive, the id of a record. ``blocks`` may be read
    once, and lazily.
    """

    metadata: Metadata
    blocks: Iterable[Block]
    part: str = ""

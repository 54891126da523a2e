"""Passages: paragraphs of the cleaned text, each with an address, its place, its language and the way back to the original."""

from __future__ import annotations

from dataclasses import dataclass

from rashomon.reading.documents import Kind


@dataclass(frozen=True, slots=True)
class Repair:
    """One change of the original text: ``original[start:end]``, which reads ``before``, became ``after``.

    ``kind``: a word for what was mended, such as line-break, hyphen, lost-space, debris, ligature, mojibake, page-break.
    """

    kind: str
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage before it is known of which source it is. ``text`` is ``original`` with the ``repairs`` made, in order.

    ``heading``: the headings it stands under, the highest first. ``paragraph``: its number among the paragraphs and items of
    lists behind the last heading, from 1, the parts of a long one all with the same; 0 for all else. ``anchor``: what its
    address is made of: a digest of its letters and digits alone, so that other mending leaves it as it is.
    """

    original: str
    text: str
    kind: Kind
    page: str
    paragraph: int
    heading: tuple[str, ...]
    language: str
    anchor: str
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage(Piece):
    """A passage of a study. ``address``: ``SOURCE#ANCHOR``, with ``-2``, ``-3`` … after it where a source repeats its words.

    ``document``: the file, relative to the study, and its part after ``!``. ``place``: its number in the document, from 0.
    ``published``: when the document was, a time of our grammar; "" where nobody says. ``start``: where its text begins in that of
    the document, whose passages stand in it one after the other with a blank line (two characters) between them.
    """

    address: str = ""
    source: str = ""
    document: str = ""
    place: int = 0
    published: str = ""
    start: int = 0

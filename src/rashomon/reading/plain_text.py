"""Plain text: paragraphs between blank lines, or one a line, as the text itself shows; form feeds are page breaks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice, pairwise
from typing import TextIO

from rashomon.errors import Fault
from rashomon.reading.decoding import encoding_of
from rashomon.reading.documents import Block, Document, Metadata
from rashomon.reading.originals import Original, unreadable
from rashomon.texts import width_of

__all__ = ["blocks_of", "columns_of", "documents"]

_SEEN = 2000  # lines by which it is judged whether the page broke them
_LONGEST = 1 << 20  # letters of a paragraph; a longer one comes in pieces, so that no file is ever in memory whole
_WIDEST = 160  # columns of a page
_CODES = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_INDENTED = re.compile(r"\t| {2,}|\u3000")
_QUOTED = re.compile(r"\s?(?:>\s?)+")
_ENDED = re.compile(r"[.!?…。！？][\"”»’)」]*\s*$")
_SHORT = 0.75  # of the columns; a shorter line that ends a sentence ends its paragraph
_STOPS = tuple('.!?…。！？:;"”»」)')


def documents(original: Original, faults: list[Fault]) -> Iterator[Document]:
    """The text as one document, which is read as its blocks are. Raises R901 for bytes that are no text."""
    yield Document(Metadata(), _read(original), original.part)


def _read(original: Original) -> Iterator[Block]:
    with original.open() as file:
        encoding = encoding_of(file)
    with original.open() as file, io.TextIOWrapper(file, encoding, errors="replace") as text:
        paged = any("\f" in piece for piece in _pieces(text, original))
    with original.open() as file, io.TextIOWrapper(file, encoding, errors="replace") as text:
        lines = iter(lambda: text.readline(_LONGEST), "")
        first = list(islice(lines, _SEEN))
        _refuse_codes(original, first)
        yield from blocks_of(chain(first, lines), columns_of(first), paged)


def _pieces(text: TextIO, original: Original) -> Iterator[str]:
    """The text in pieces. Raises R901 for shifts between alphabets that never end, over which a decoder gives up."""
    try:
        yield from iter(lambda: text.read(_LONGEST), "")
    except UnicodeError as fault:
        raise unreadable(original, "plain text", str(fault)) from fault


def _refuse_codes(original: Original, lines: list[str]) -> None:
    letters = sum(map(len, lines))
    codes = sum(len(_CODES.findall(line)) + line.count("\ufffd") for line in lines)
    if codes > letters / 50:
        raise unreadable(original, "plain text", f"{codes} of the first {letters} characters are no letters")


def columns_of(lines: Iterable[str]) -> int:
    """The width of the page to which the lines were broken; 0 where they were not, and each is a paragraph.

    They were if most are nearly of one length and do not end with a sentence. Looked at are lines that another follows. Letters
    of full width count twice.
    """
    inner = [one for one, following in pairwise(line.strip() for line in lines) if one and following]
    if not inner:
        return 0
    widths = sorted(map(width_of, inner))
    limit = widths[int(0.9 * (len(widths) - 1))]
    full = sum(width >= 0.7 * limit for width in widths)
    ended = sum(one.endswith(_STOPS) for one in inner)
    return limit if limit <= _WIDEST and full >= 0.7 * len(inner) and ended < 0.5 * len(inner) else 0


def blocks_of(lines: Iterable[str], columns: int, paged: bool = False, mail: bool = False) -> Iterator[Block]:
    """The paragraphs of ``lines``, which end with their line breaks; a piece of an overlong line has none.

    ``columns``: as of :func:`columns_of`; 0: each line is a paragraph. Else one goes on until a blank line, an indented one, or
    a short one that ends a sentence. ``paged``: pages are counted from 1. ``mail``: a paragraph also ends where what is quoted
    (``>``) begins, ends, or changes depth.
    """
    held: list[str] = []
    size = page = depth = 0
    for line, turned in _pages(lines):
        quoted = _depth(line) if mail else 0
        if held and (
            not line.strip() or turned or size > _LONGEST or quoted != depth or _begins(line, held[-1], columns)
        ):
            yield from _block(held, columns, page, paged)
            held, size = [], 0
        page += turned
        depth = quoted
        if line.strip():
            held.append(line)
            size += len(line)
    yield from _block(held, columns, page, paged)


def _pages(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether a page begins with it."""
    for line in lines:
        if "\f" not in line:
            yield line, False
            continue
        for number, piece in enumerate(line.split("\f")):
            yield piece, number > 0


def _begins(line: str, before: str, columns: int) -> bool:
    """Whether a paragraph begins with ``line``."""
    if not before.endswith("\n"):
        return False
    if not columns:
        return True
    indented = bool(_INDENTED.match(line)) and not _INDENTED.match(before)
    ended = bool(_ENDED.search(before[-12:])) and width_of(before.strip()) < _SHORT * columns
    return indented or (ended and not line.lstrip()[:1].islower())


def _depth(line: str) -> int:
    found = _QUOTED.match(line)
    return found[0].count(">") if found else 0


def _block(held: list[str], columns: int, page: int, paged: bool) -> Iterator[Block]:
    text = "".join(held).strip()
    if text:
        yield Block(text, page=str(page + 1) if paged else "", wrapped=bool(columns) and "\n" in text)

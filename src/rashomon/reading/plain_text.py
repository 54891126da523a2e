"""Plain text: paragraphs between blank lines, or one a line, as the text itself shows; form feeds are page breaks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice, pairwise
from unicodedata import east_asian_width

from rashomon.errors import Fault
from rashomon.reading.decoding import encoding_of
from rashomon.reading.documents import Block, Document, Metadata
from rashomon.reading.originals import Original, unreadable

__all__ = ["blocks_of", "documents", "looks_wrapped"]

_SEEN = 2000  # lines by which it is judged whether the page broke them
_LONGEST = 1 << 20  # letters of a paragraph; a longer one comes in pieces, so that no file is ever in memory whole
_WIDEST = 160  # columns of a page
_CODES = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_INDENTED = re.compile(r"\t| {2,}|\u3000")
_QUOTED = re.compile(r"\s?(?:>\s?)+")
_STOPS = tuple('.!?…。！？:;"”»」)')


def documents(original: Original, faults: list[Fault]) -> Iterator[Document]:
    """The text as one document, which is read as its blocks are. Raises R901 for bytes that are no text."""
    yield Document(Metadata(), _read(original), original.part)


def _read(original: Original) -> Iterator[Block]:
    with original.open() as file:
        encoding = encoding_of(file)
    with original.open() as file, io.TextIOWrapper(file, encoding, errors="replace") as text:
        paged = any("\f" in piece for piece in iter(lambda: text.read(_LONGEST), ""))
    with original.open() as file, io.TextIOWrapper(file, encoding, errors="replace") as text:
        lines = iter(lambda: text.readline(_LONGEST), "")
        first = list(islice(lines, _SEEN))
        _refuse_codes(original, first)
        yield from blocks_of(chain(first, lines), looks_wrapped(first), paged)


def _refuse_codes(original: Original, lines: list[str]) -> None:
    letters = sum(map(len, lines))
    codes = sum(len(_CODES.findall(line)) + line.count("\ufffd") for line in lines)
    if codes > letters / 50:
        raise unreadable(original, "plain text", f"{codes} of the first {letters} characters are no letters")


def looks_wrapped(lines: Iterable[str]) -> bool:
    """Whether the lines were broken to fit a page: most are nearly of one length, and do not end with a sentence.

    Looked at are lines that another follows. Letters of full width count twice.
    """
    stripped = [line.strip() for line in lines]
    inner = [one for one, following in pairwise(stripped) if one and following]
    if not inner:
        return False
    widths = sorted(map(_width, inner))
    limit = widths[int(0.9 * (len(widths) - 1))]
    full = sum(width >= 0.7 * limit for width in widths)
    ended = sum(one.endswith(_STOPS) for one in inner)
    return limit <= _WIDEST and full >= 0.7 * len(inner) and ended < 0.5 * len(inner)


def _width(line: str) -> int:
    return len(line) if line.isascii() else sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def blocks_of(lines: Iterable[str], wrapped: bool, paged: bool = False, mail: bool = False) -> Iterator[Block]:
    """The paragraphs of ``lines``, which end with their line breaks; a piece of an overlong line has none.

    ``wrapped``: a paragraph goes on until a blank or an indented line; else each line is one. ``paged``: pages are counted
    from 1. ``mail``: a paragraph also ends where what is quoted (``>``) begins, ends, or changes depth.
    """
    held: list[str] = []
    size = page = depth = 0
    for line, turned in _pages(lines):
        cut = not line.strip() or turned or size > _LONGEST or (wrapped and _begins(line, held))
        quoted = _depth(line) if mail else 0
        if held and (cut or quoted != depth):
            yield from _block(held, wrapped, page, paged)
            held, size = [], 0
        page += turned
        depth = quoted
        if line.strip():
            held.append(line)
            size += len(line)
            if not wrapped and line.endswith("\n"):
                yield from _block(held, wrapped, page, paged)
                held, size = [], 0
    yield from _block(held, wrapped, page, paged)


def _pages(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether a page begins with it."""
    for line in lines:
        if "\f" not in line:
            yield line, False
            continue
        for number, piece in enumerate(line.split("\f")):
            yield piece, number > 0


def _begins(line: str, held: list[str]) -> bool:
    return bool(held) and held[-1].endswith("\n") and bool(_INDENTED.match(line)) and not _INDENTED.match(held[-1])


def _depth(line: str) -> int:
    found = _QUOTED.match(line)
    return found[0].count(">") if found else 0


def _block(held: list[str], wrapped: bool, page: int, paged: bool) -> Iterator[Block]:
    text = "".join(held).strip()
    if text:
        yield Block(text, page=str(page + 1) if paged else "", wrapped=wrapped and "\n" in text)

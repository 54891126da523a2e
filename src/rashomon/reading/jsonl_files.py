"""JSON lines: one record a line, each a document of its own.

Keys: ``text`` (a text) or ``paragraphs`` (a list), and of these what there is: ``id``, ``title``, ``lead`` (read as the first
paragraph), ``date``, ``author`` or ``authors``, ``url``, ``language``, ``publisher``, ``container``. Others are left alone.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import TextIO

from rashomon.errors import Fault, RashomonError
from rashomon.reading.dating import published_on
from rashomon.reading.decoding import encoding_of
from rashomon.reading.documents import Block, Document, Metadata
from rashomon.reading.originals import Original, distinct, textless, too_much, unreadable
from rashomon.reading.plain_text import blocks_of, columns_of
from rashomon.texts import sound

__all__ = ["documents"]

_LONGEST = 1 << 26  # letters of a line
_BAD = 1000  # lines; a file with more that cannot be read is no JSON lines
_LINE = "JSON lines"


def documents(original: Original, faults: list[Fault]) -> Iterator[Document]:
    """A document a line, its part the record's ``id``, else the line's number. Lines that cannot be read go to ``faults``.

    Raises R901 where they are more than a thousand.
    """
    with original.open() as file:
        encoding = encoding_of(file)
    seen: set[str] = set()
    bad = 0
    with original.open() as file, io.TextIOWrapper(file, encoding, errors="replace", newline="\n") as text:
        for number, line in _lines(text, original):
            try:
                if len(line) > _LONGEST:
                    limit = f"{_LONGEST:,} letters"
                    raise too_much(original, f"a line of more than {limit}", limit, number)
                if line.strip():
                    yield _document(line, original, number, seen)
            except RashomonError as refused:
                faults += refused.faults
                bad += 1
            if bad > _BAD:
                raise unreadable(original, _LINE, f"more than {_BAD:,} lines cannot be read", number)


def _lines(text: TextIO, original: Original) -> Iterator[tuple[int, str]]:
    """The lines with their numbers from 1; of one that is too long, as much as shows it."""
    number = 0
    try:
        while line := text.readline(_LONGEST + 1):
            number += 1
            yield number, line
            while line and not line.endswith("\n"):
                line = text.readline(_LONGEST)
    except UnicodeError as fault:  # shifts between alphabets that never end, over which a decoder gives up
        raise unreadable(original, _LINE, str(fault), number + 1) from fault


def _document(line: str, original: Original, number: int, seen: set[str]) -> Document:
    try:
        record = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError) as fault:
        raise unreadable(original, _LINE, str(fault) or "it is nested too deeply", number) from fault
    if not isinstance(record, dict):
        raise unreadable(original, _LINE, f"the line holds no record but {type(record).__name__}", number)
    blocks = tuple(_blocks(record))
    if not blocks:
        raise textless(original, number)
    part = distinct(_said(record, "id") or str(number), number, seen)
    return Document(_metadata(record), blocks, original.inner(part))


def _blocks(record: dict[str, object]) -> Iterator[Block]:
    if lead := _said(record, "lead"):
        yield Block(lead)
    given = record.get("paragraphs")
    for text in given if isinstance(given, list) else ():
        if isinstance(text, str) and text.strip():
            yield Block(sound(text).strip())
    if not isinstance(given, list) and isinstance(text := record.get("text"), str):
        lines = sound(text).splitlines(keepends=True)
        yield from blocks_of(lines, columns_of(lines))


def _metadata(record: dict[str, object]) -> Metadata:
    authors = record.get("authors") or record.get("author") or ()
    listed = authors if isinstance(authors, list) else [authors]
    return Metadata(
        title=_said(record, "title"),
        authors=tuple(sound(one).strip() for one in listed if isinstance(one, str) and one.strip()),
        published=published_on(_said(record, "date") or _said(record, "published")),
        language=_said(record, "language"),
        url=_said(record, "url"),
        container=_said(record, "container"),
        publisher=_said(record, "publisher"),
    )


def _said(record: dict[str, object], key: str) -> str:
    value = record.get(key)
    return sound(value).strip() if isinstance(value, str) else str(value) if type(value) is int else ""

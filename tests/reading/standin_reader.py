"""A reader of plain text for tests: paragraphs by blank lines, and whatever a test needs a document to do to its reader.

A line ``== name`` begins another document of the file; a paragraph that begins with ``# `` is a heading, with ``[n] `` a note,
with ``p. 7`` a page. ``@word`` alone in a paragraph does something: see :func:`_act`.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from rashomon.errors import Fault, Where, error
from rashomon.reading.documents import Document, Kind, Metadata
from rashomon.reading.passages import Piece, Repair


def read(path: Path, faults: list[Fault]) -> Iterator[tuple[Document, Iterator[Piece]]]:
    """The documents of a file, as :data:`rashomon.reading.child.Reader` gives them."""
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    parts = re.split(r"^== (.*)\n", text, flags=re.MULTILINE)
    if parts[0].strip() or len(parts) == 1:
        yield Document(_metadata(parts[0]), ()), pieces(parts[0], faults)
    for part, body in zip(parts[1::2], parts[2::2], strict=True):
        yield Document(_metadata(body), (), part), pieces(body, faults)


def _metadata(body: str) -> Metadata:
    title, published = (re.search(f"^{key}: (.*)$", body, re.MULTILINE) for key in ("title", "published"))
    return Metadata(title=title[1] if title else "", published=published[1] if published else "")


def pieces(body: str, faults: list[Fault]) -> Iterator[Piece]:
    """The paragraphs of a text."""
    page, heading, number = "", (), 0
    for raw in re.split(r"\n\s*\n", body.strip()):
        if raw.startswith("@"):
            _act(raw[1:], faults)
        elif match := re.fullmatch(r"p\. (\S+)", raw):
            page = match[1]
        elif raw and not re.match("title: |published: ", raw):
            kind: Kind = "heading" if raw.startswith("# ") else "note" if re.match(r"\[\d+\] ", raw) else "paragraph"
            original = raw.removeprefix("# ")
            if kind == "heading":
                heading = (original,)
            number += kind != "note"
            yield piece(original, kind, page, number * (kind != "note"), heading)


def piece(original: str, kind: Kind, page: str, number: int, heading: tuple[str, ...]) -> Piece:
    """A piece whose line breaks are mended."""
    repairs = [Repair("line-break", m.start(), m.end(), "\n", " ") for m in re.finditer("\n", original)]
    letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", original).casefold()))
    anchor = "a" + hashlib.sha256(letters.encode("utf-8", "replace")).hexdigest()[:9]
    language = "ja" if re.search("[\u3040-\u30ff\u4e00-\u9fff]", original) else "ru" if re.search("[а-я]", original) else "en"
    return Piece(original, original.replace("\n", " "), kind, page, number, heading, language, anchor, tuple(repairs))


def _act(word: str, faults: list[Fault]) -> None:
    if word == "sleep":
        time.sleep(600)
    elif word == "eat":
        eaten = []
        while True:
            eaten.append(bytearray(b"x") * 2**24)
    elif word == "die":
        os._exit(7)
    elif word == "print":
        os.write(1, b'["done"]\n')
    elif word == "recurse":
        _act(word, faults)
    elif word == "break":
        raise ZeroDivisionError("on purpose")
    elif word == "locked":
        raise error("R902", "The document is locked with a password.", remedy="Save it without one.")
    elif word == "lose":
        faults.append(Fault("R901", "A part cannot be read.", "", "", "", Where("inner.pdf")))

"""OpenDocument texts (ODT, OTT): paragraphs, headings, lists, tables, boxes and notes in order, and heads and feet.

What a reviser deleted stands apart in the file and is left out, as are comments, hidden text and readings (ruby). OASIS
OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rashomon.errors import Fault
from rashomon.reading.archives import Archive
from rashomon.reading.documents import Block, Document, Metadata
from rashomon.reading.flowing import Flow, attribute, events, local, parsed
from rashomon.reading.originals import Original, locked

__all__ = ["documents"]

_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_TEXT = "an OpenDocument text"
_SKIPPED = frozenset(
    ("tracked-changes", "annotation", "note-citation", "ruby-text", "script", "scripts", f"{_SVG}desc", f"{_SVG}title",
     "hidden-text", "hidden-paragraph", "forms", "table-of-content-source", "alphabetical-index-source", "font-face-decls",
     "automatic-styles",     "sequence-decls", "variable-decls", "user-field-decls", "object-ole", "binary-data")
)  # fmt: skip
_BLANK = re.compile(r"[ \t\r\n]+")
_RUNNING = {"header", "footer", "header-left", "footer-left", "header-first", "footer-first"}


def documents(original: Original, faults: list[Fault]) -> Iterator[Document]:
    """The one document of the file. Raises R901, R902, R903."""
    with Archive(original, _TEXT) as archive:
        if b"encryption-data" in archive.read_if_there("META-INF/manifest.xml"):
            raise locked(original, "its parts are encrypted")
        meta = archive.read_if_there("meta.xml")
    yield Document(_metadata(meta, original), _blocks(original), original.part)


def _metadata(meta: bytes, original: Original) -> Metadata:
    """The day of the file is not that of publication, and is left out."""
    if not meta:
        return Metadata()
    found = {local(one.tag): (one.text or "").strip() for one in parsed(meta, original, _TEXT).iter()}
    author = found.get("initial-creator") or found.get("creator", "")
    return Metadata(found.get("title", ""), (author,) if author else (), language=found.get("language", ""))


def _blocks(original: Original) -> Iterator[Block]:
    with Archive(original, _TEXT) as archive:
        paged = archive.holds("content.xml", b"soft-page-break")
        reader = _Reader(Flow(page="1" if paged else ""), inside=("text",))
        for _ in events(archive.pieces("content.xml"), reader, _SKIPPED, original, _TEXT):
            yield from reader.flow.drain()
        if "styles.xml" in archive.names:
            yield from _running(archive)


def _running(archive: Archive) -> Iterator[Block]:
    """Heads and feet, each once, after the text."""
    reader = _Reader(Flow(), inside=tuple(_RUNNING))
    seen = set()
    for _ in events(archive.pieces("styles.xml"), reader, _SKIPPED, archive.original, _TEXT):
        for block in reader.flow.drain():
            if block.text not in seen:
                seen.add(block.text)
                yield Block(block.text, "folio" if block.text.isdecimal() else "running")


class _Reader:
    """Makes blocks of what stands within the elements named ``inside``."""

    def __init__(self, flow: Flow, inside: tuple[str, ...]) -> None:
        self.flow, self.inside = flow, inside
        self.within = self.items = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in self.inside:
            self.within += 1
        elif not self.within:
            return
        elif tag == "p":
            self.flow.begin("item" if self.items else "paragraph")
        elif tag == "h":
            level = attribute(attributes, "outline-level")
            self.flow.begin("heading", int(level) if level.isdecimal() and int(level) < 20 else 1)
        elif tag == "s":
            count = attribute(attributes, "c")
            self.flow.write(" " * (int(count) if count.isdecimal() and len(count) < 4 else 1))
        elif tag in ("tab", "line-break"):
            self.flow.write("\t" if tag == "tab" else "\n")
        else:
            self.enter(tag)

    def enter(self, tag: str) -> None:
        if tag == "soft-page-break":
            self.flow.turn()
        elif tag in ("list-item", "list-header"):
            self.items += 1
        elif tag == "table-row":
            self.flow.group("row")
        elif tag in ("table-cell", "covered-table-cell"):
            self.flow.cell()
        elif tag == "note-body":
            self.flow.group("note")
        elif tag == "text-box":
            self.flow.group("box")

    def end(self, tag: str) -> None:
        if tag in self.inside:
            self.within -= 1
        elif not self.within:
            return
        elif tag in ("p", "h"):
            self.flow.end()
        elif tag in ("table-row", "note-body", "text-box"):
            self.flow.close()
        elif tag in ("list-item", "list-header"):
            self.items -= 1

    def data(self, text: str) -> None:
        if self.within:
            self.flow.write(_BLANK.sub(" ", text))

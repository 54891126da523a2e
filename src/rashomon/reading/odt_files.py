"""OpenDocument texts (ODT, OTT): paragraphs, headings, lists, tables, boxes and notes in order, and heads and feet.

What a reviser deleted stands apart in the file and is left out, as are comments, hidden text and readings (ruby). OASIS
OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from rashomon.errors import Fault
from rashomon.reading.archives import Archive
from rashomon.reading.documents import Block, Document, Metadata
from rashomon.reading.flowing import Flow, attribute, events, local, parsed, running
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
        yield from _part(archive, "content.xml", Flow(page="1" if paged else ""), {"text"})
        if "styles.xml" in archive.names:
            yield from running(_part(archive, "styles.xml", Flow(), _RUNNING))


def _part(archive: Archive, name: str, flow: Flow, inside: Set[str]) -> Iterator[Block]:
    for _ in events(archive.pieces(name), _Reader(flow, inside), _SKIPPED, archive.original, _TEXT):
        yield from flow.drain()


class _Reader:
    """Makes blocks of what stands within the elements named ``inside``."""

    def __init__(self, flow: Flow, inside: Set[str]) -> None:
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

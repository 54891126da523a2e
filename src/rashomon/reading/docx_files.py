"""Word documents (DOCX, DOCM, DOTX): the body in order, with tables, text boxes, lists, notes, and heads and feet.

Elements are known by their names without namespace, so that transitional and strict files (ISO/IEC 29500) read alike. Text that
a reviser deleted is left out and what was inserted is kept; hidden text is left out. Pages are those of the last printing
(``lastRenderedPageBreak``), where the program that wrote the file noted them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from lxml import etree

from rashomon.errors import Fault
from rashomon.reading.archives import Archive
from rashomon.reading.documents import Block, Document, Kind, Metadata
from rashomon.reading.flowing import Flow, attribute, events, local, parsed, running
from rashomon.reading.originals import Original, unreadable

__all__ = ["documents"]

_WORD = "a Word document"
_SKIPPED = frozenset(
    ("del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rt", "pPrChange", "rPrChange", "sectPr", "tblPr",
     "tblGrid", "trPr", "tcPr", "sdtPr", "docPr", "bookmarkStart", "bookmarkEnd")
)  # fmt: skip
_NAMED = re.compile(r"(?:heading|заголовок|見出し|标题|überschrift|titre|título|titolo) ?([1-9])", re.IGNORECASE)
_HEADS = re.compile(r"word/(?:header|footer)[0-9]*\.xml")


@dataclass(frozen=True, slots=True)
class _Style:
    kind: Kind = "paragraph"
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the body refers to: its styles, and the notes by ``footnote`` or ``endnote`` and number."""

    styles: Mapping[str, _Style] = field(default_factory=dict)
    notes: Mapping[tuple[str, str], Block] = field(default_factory=dict)


def documents(original: Original, faults: list[Fault]) -> Iterator[Document]:
    """The one document of the file. Raises R901, R902, R903."""
    with Archive(original, _WORD) as archive:
        core = archive.read_if_there("docProps/core.xml")
    yield Document(_metadata(core, original), _blocks(original), original.part)


def _metadata(core: bytes, original: Original) -> Metadata:
    """From the core properties. The day of the file is not that of publication, and is left out."""
    if not core:
        return Metadata()
    found = {local(one.tag): (one.text or "").strip() for one in parsed(core, original, _WORD)}
    authors = (name.strip() for name in found.get("creator", "").split(";"))
    return Metadata(found.get("title", ""), tuple(name for name in authors if name), language=found.get("language", ""))


def _blocks(original: Original) -> Iterator[Block]:
    with Archive(original, _WORD) as archive:
        name = _main(archive, original)
        parts = _Parts(styles=_styles(archive.read_if_there("word/styles.xml"), original))
        notes = dict(chain(_notes(archive, "footnote", parts), _notes(archive, "endnote", parts)))
        parts = _Parts(parts.styles, notes)
        yield from _part(archive, name, parts, archive.holds(name, b"lastRenderedPageBreak"))
        heads = sorted(filter(_HEADS.fullmatch, archive.names))
        yield from running(block for head in heads for block in _part(archive, head, parts))


def _main(archive: Archive, original: Original) -> str:
    """The name of the part that holds the text, as the package says."""
    relations = archive.read_if_there("_rels/.rels")
    for one in parsed(relations, original, _WORD) if relations else ():
        if attribute(one.attrib, "Type").endswith("/officeDocument"):
            return posixpath.normpath(attribute(one.attrib, "Target").lstrip("/"))
    if "word/document.xml" in archive.names:
        return "word/document.xml"
    raise unreadable(original, _WORD, "there is no text in the package")


def _part(archive: Archive, name: str, parts: _Parts, paged: bool = False) -> Iterator[Block]:
    reader = _Reader(parts, Flow(page="1" if paged else ""))
    for _ in events(archive.pieces(name), reader, _SKIPPED, archive.original, _WORD):
        yield from reader.flow.drain()


def _notes(archive: Archive, kind: str, parts: _Parts) -> Iterator[tuple[tuple[str, str], Block]]:
    name = f"word/{kind}s.xml"
    if name not in archive.names:
        return
    reader = _Reader(parts, Flow(), kind)
    for _ in events(archive.pieces(name), reader, _SKIPPED, archive.original, _WORD):
        pass
    yield from (((kind, number), block) for number, block in reader.read.items())


def _styles(data: bytes, original: Original) -> dict[str, _Style]:
    """What the paragraphs of each style are, with what it has from the style it is based on."""
    if not data:
        return {}
    raw = {attribute(one.attrib, "styleId"): one for one in parsed(data, original, _WORD) if local(one.tag) == "style"}
    out: dict[str, _Style] = {}
    for name in raw:
        one, seen = name, set[str]()
        while one in raw and one not in seen:
            seen.add(one)
            based, found = _style(raw[one])
            if found is not None:
                out[name] = found
                break
            one = based
    return out


def _style(element: etree._Element) -> tuple[str, _Style | None]:
    """The id of the style it is based on, and what it says itself."""
    values = {local(one.tag): attribute(one.attrib, "val") for one in element.iter(etree.Element)}
    name = values.get("name", "")
    based = values.get("basedOn", "")
    if (level := values.get("outlineLvl", "")).isdecimal():
        return based, _Style("heading", int(level) + 1) if int(level) < 9 else _Style()
    if named := _NAMED.fullmatch(name):
        return based, _Style("heading", int(named[1]))
    if name.lower() in ("title", "название", "表題"):
        return based, _Style("heading", 1)
    if name.lower() == "caption":
        return based, _Style("caption")
    if name.lower().startswith("list ") or values.get("numId", "0") != "0":
        return based, _Style("item")
    return based, None


class _Reader:
    """Makes blocks of the elements of WordprocessingML."""

    def __init__(self, parts: _Parts, flow: Flow, note: str = "") -> None:
        self.parts, self.flow, self.note = parts, flow, note
        self.read: dict[str, Block] = {}  # notes by their numbers
        self.number = ""
        self.texts = 0  # elements that hold text
        self.properties = False  # within those of a paragraph
        self.style = _Style()
        self.listed = ""  # the number of the list that the paragraph itself names
        self.level = ""
        self.runs: list[tuple[list[str], bool]] = []  # text of the runs that are open, and whether it is hidden

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.properties:
            self.property(tag, attributes)
        elif tag == "t":
            self.texts += 1
        elif (written := _WRITTEN.get(tag)) is not None:
            self.write(written)
        elif begin := _BEGIN.get(tag):
            begin(self, attributes)
        elif tag == self.note:
            self.begin_note(attributes)

    def end(self, tag: str) -> None:
        if tag == "pPr":
            self.properties = False
            kind, level = self.kind()
            self.flow.become(kind, level)
        elif tag == "p":
            self.flow.end()
        elif tag == "r" and self.runs:
            text, hidden = self.runs.pop()
            if not hidden:
                self.flow.write("".join(text))
        elif tag == "t":
            self.texts -= 1
        elif tag in ("tr", "txbxContent"):
            self.flow.close()
        elif tag == self.note:
            self.flow.close()
            self.read.update((self.number, block) for block in self.flow.drain())

    def data(self, text: str) -> None:
        if self.texts:
            self.write(text)

    def write(self, text: str) -> None:
        if self.runs:
            self.runs[-1][0].append(text)

    def property(self, tag: str, attributes: Mapping[str, str]) -> None:
        value = attribute(attributes, "val")
        if tag == "pStyle":
            self.style = self.parts.styles.get(value, _Style())
        elif tag == "outlineLvl":
            self.level = value
        elif tag == "numId":
            self.listed = value

    def kind(self) -> tuple[Kind, int]:
        if self.level.isdecimal() and int(self.level) < 9:
            return "heading", int(self.level) + 1
        if self.style.kind == "heading":
            return "heading", self.style.level
        if self.listed:
            return ("paragraph" if self.listed == "0" else "item"), 0
        return self.style.kind, 0

    def begin_paragraph(self, _: Mapping[str, str]) -> None:
        self.flow.begin()

    def begin_properties(self, _: Mapping[str, str]) -> None:
        self.properties, self.style, self.listed, self.level = True, _Style(), "", ""

    def begin_run(self, _: Mapping[str, str]) -> None:
        self.runs.append(([], False))

    def begin_row(self, _: Mapping[str, str]) -> None:
        self.flow.group("row")

    def begin_cell(self, _: Mapping[str, str]) -> None:
        self.flow.cell()

    def begin_box(self, _: Mapping[str, str]) -> None:
        self.flow.group("box")

    def begin_note(self, attributes: Mapping[str, str]) -> None:
        self.flow.group("note")
        self.number = attribute(attributes, "id")

    def refer(self, attributes: Mapping[str, str], kind: str) -> None:
        note = self.parts.notes.get((kind, attribute(attributes, "id")))
        if note is not None:
            self.flow.add([Block(note.text, "note", page=self.flow.page)])

    def hide(self, attributes: Mapping[str, str]) -> None:
        if self.runs and attribute(attributes, "val") not in ("0", "false", "off"):
            self.runs[-1] = (self.runs[-1][0], True)

    def turn(self, _: Mapping[str, str]) -> None:
        if self.flow.page:
            if self.runs and not self.runs[-1][1]:
                self.flow.write("".join(self.runs[-1][0]))
                self.runs[-1][0].clear()
            self.flow.turn()


_WRITTEN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "ptab": "\t"}
_BEGIN: dict[str, Callable[[_Reader, Mapping[str, str]], None]] = {
    "p": _Reader.begin_paragraph,
    "pPr": _Reader.begin_properties,
    "r": _Reader.begin_run,
    "tr": _Reader.begin_row,
    "tc": _Reader.begin_cell,
    "txbxContent": _Reader.begin_box,
    "vanish": _Reader.hide,
    "lastRenderedPageBreak": _Reader.turn,
    "footnoteReference": partial(_Reader.refer, kind="footnote"),
    "endnoteReference": partial(_Reader.refer, kind="endnote"),
}

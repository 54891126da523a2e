"""Blocks out of the running events of an XML document: paragraphs, table rows, notes and boxes, however they nest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol, cast

from lxml import etree

from rashomon.reading.documents import Block, Kind
from rashomon.reading.originals import Original, too_much, unreadable

__all__ = ["Flow", "Handler", "attribute", "careful_parser", "events", "local", "parsed", "running"]

DEPTH = 500  # elements within each other; documents that people write stay under 100
Shape = Literal["row", "note", "box"]


@dataclass
class _Paragraph:
    kind: Kind
    level: int
    page: str
    text: list[str] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)


@dataclass
class _Group:
    """A table row, whose paragraphs become cells; a note, whose paragraphs become one; a box, which passes them on."""

    shape: Shape
    page: str
    cells: list[list[Block]] = field(default_factory=lambda: [[]])
    after: list[Block] = field(default_factory=list)


@dataclass
class Flow:
    """Takes paragraphs and groups as they open and close; ``done`` holds the finished blocks in reading order.

    What is anchored within a paragraph (notes, boxes) follows it. A row of one cell is no row but a frame: its paragraphs stay
    what they are. ``page`` is that of what opens next, a number; "" where pages are not counted.
    """

    done: list[Block] = field(default_factory=list)
    page: str = ""
    _open: list[_Paragraph | _Group] = field(default_factory=list)

    def begin(self, kind: Kind = "paragraph", level: int = 0) -> None:
        self._open.append(_Paragraph(kind, level, self.page))

    def become(self, kind: Kind, level: int = 0) -> None:
        """Say of the open paragraph what it is."""
        if self._open and isinstance(top := self._open[-1], _Paragraph):
            top.kind, top.level = kind, level

    def write(self, text: str) -> None:
        """Add to the open paragraph; what stands outside of all is white space between elements."""
        if self._open and isinstance(top := self._open[-1], _Paragraph):
            top.text.append(text)

    def turn(self) -> None:
        """Begin the next page, where pages are counted; a paragraph that is open and still empty begins on it."""
        if not self.page:
            return
        self.page = str(int(self.page) + 1)
        if self._open and isinstance(top := self._open[-1], _Paragraph) and not "".join(top.text).strip():
            top.page = self.page

    def end(self) -> None:
        if not self._open or not isinstance(top := self._open[-1], _Paragraph):
            return
        self._open.pop()
        text = "".join(top.text).strip()
        own = [Block(text, top.kind, top.level, top.page)] if text else []
        self._give(own, top.after)

    def group(self, shape: Shape) -> None:
        self._open.append(_Group(shape, self.page))

    def cell(self) -> None:
        """Begin the next cell of the open row."""
        if self._open and isinstance(top := self._open[-1], _Group):
            top.cells.append([])

    def close(self) -> None:
        """Close the open group, and what somebody left open in it."""
        while self._open and isinstance(self._open[-1], _Paragraph):
            self.end()
        if not self._open:
            return
        top = self._open.pop()
        assert isinstance(top, _Group)
        if top.shape == "box":
            self._give([], top.cells[0] + top.after)
        elif top.shape == "note":
            self._give([], _note(top))
        else:
            self._give(_row(top), top.after)

    def add(self, blocks: Iterable[Block]) -> None:
        """Put ready blocks after what is open."""
        self._give([], list(blocks))

    def drain(self) -> list[Block]:
        """What is finished, taken out."""
        done, self.done = self.done, []
        return done

    def _give(self, own: list[Block], after: list[Block]) -> None:
        if not self._open:
            self.done += own + after
        elif isinstance(top := self._open[-1], _Paragraph):
            top.after += own + after
        elif top.shape == "row":
            top.cells[-1] += own
            top.after += after
        else:
            top.cells[-1] += own + after


def _note(group: _Group) -> list[Block]:
    parts = [block for cell in group.cells for block in cell]
    text = "\n".join(block.text for block in parts)
    return [replace(parts[0], text=text, kind="note", level=0)] if parts else []


def _row(group: _Group) -> list[Block]:
    cells = group.cells[1:]
    if len(cells) == 1:
        return cells[0]
    texts = [" ".join(block.text.replace("\t", " ") for block in cell) for cell in cells]
    return [Block("\t".join(texts).strip(" "), "table", page=group.page)] if any(texts) else []


def running(blocks: Iterable[Block]) -> Iterator[Block]:
    """Heads and feet of the pages, each once; of a page number only what was printed last is known."""
    for text in dict.fromkeys(block.text for block in blocks):
        yield Block(text, "folio" if text.isdecimal() else "running")


class Handler(Protocol):
    """What a format makes of its elements. ``tag`` is a name without its namespace; attributes have theirs."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...


class _Target:
    """Passes the events of a parser to a handler; leaves out the elements of ``skipped``, named with or without namespace."""

    def __init__(self, handler: Handler, skipped: frozenset[str], original: Original) -> None:
        self.handler, self.skipped, self.original = handler, skipped, original
        self.depth = self.hidden = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise too_much(self.original, f"elements {self.depth} deep", f"elements up to {DEPTH} deep")
        name = local(tag)
        if self.hidden or name in self.skipped or tag in self.skipped:
            self.hidden += 1
        else:
            self.handler.start(name, attributes)

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self.hidden:
            self.hidden -= 1
        else:
            self.handler.end(local(tag))

    def data(self, text: str) -> None:
        if not self.hidden:
            self.handler.data(text)

    def close(self) -> None:
        pass


def events(
    chunks: Iterable[bytes], handler: Handler, skipped: frozenset[str], original: Original, taken_for: str
) -> Iterator[None]:
    """Let ``handler`` see the events of an XML document, and stop after each chunk, so that blocks can be taken out.

    No tree is built, nothing outside of the document is loaded. Raises R901 for what is not well formed, R903 for entities
    that unfold and elements too deep.
    """
    parser = careful_parser(_Target(handler, skipped, original))
    try:
        for chunk in chunks:
            parser.feed(chunk)
            yield
        parser.close()
        yield
    except etree.LxmlError as fault:
        raise _refused(fault, original, taken_for) from fault


def careful_parser(target: object = None) -> etree.XMLParser:
    """A parser of XML that loads nothing, and gives up where entities unfold or the tree grows out of measure."""
    return etree.XMLParser(
        target=cast("Any", target),
        encoding=None,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
    )


def parsed(data: bytes, original: Original, taken_for: str) -> etree._Element:
    """A small XML document as a tree, as carefully as :func:`events`."""
    try:
        return etree.fromstring(data, careful_parser())
    except (etree.LxmlError, ValueError) as fault:
        raise _refused(fault, original, taken_for) from fault


def _refused(fault: Exception, original: Original, taken_for: str) -> Exception:
    said = str(fault)
    if any(word in said for word in ("amplification", "Excessive depth", "too long", "entity loop", "Huge input")):
        return too_much(original, said, "XML that does not unfold")
    return unreadable(original, taken_for, said)


def local(tag: object) -> str:
    """The name of a tag without its namespace; "" for what is no element (comments)."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(attributes: Mapping[str, str] | etree._Attrib, name: str) -> str:
    """The value of an attribute, in whatever namespace; "" where there is none."""
    found = (value for key, value in attributes.items() if local(key) == name)
    return str(next(found, ""))

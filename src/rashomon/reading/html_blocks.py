"""The blocks of a page: what a browser would set as a paragraph of its own, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from rashomon.reading.documents import Block, Kind
from rashomon.reading.html_trees import is_note, language_of, types_of

__all__ = ["Walker"]

_SET_APART = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
    "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
}  # fmt: skip
_KINDS: dict[str, Kind] = {"li": "item", "dt": "item", "figcaption": "caption", "caption": "caption"}
_UNSEEN = {"rt", "rp", "head", "title"}
_WITHIN_CELLS = {"table", "blockquote", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6"}
_CELL = 600  # letters; a cell with more is a place on the page and not a value
_BLANK = re.compile(r"[ \t\n\r\f]+")
_SPACES = re.compile(" {2,}")
_AROUND = re.compile(r" ?\n ?")
_BREAKS = re.compile(r"\n\s*\n|\n(?=[\u00a0\u3000]{2}|\u3000)")
_PAGE = re.compile(r"[0-9]+|[ivxlcdm]+", re.IGNORECASE)


@dataclass
class _Frame:
    """An open element that is set apart, and what its text is."""

    kind: Kind = "paragraph"
    level: int = 0
    language: str = ""
    verbatim: bool = False


@dataclass
class Walker:
    """Goes through trees one after the other; ``page`` is carried from one to the next (as in a book of many files).

    White space is as the browser shows it. ``br`` is a line break, two are the end of a paragraph. A table whose cells are short
    is read row by row, cells parted by tabs; another is there for the layout, and its cells are read one after the other.
    Readings beside characters (``rt``) are left out.
    """

    page: str = ""
    _frames: list[_Frame] = field(default_factory=lambda: [_Frame()])
    _text: list[str] = field(default_factory=list)
    _began: str = ""  # the page on which the text began
    _row: etree._Element | None = None  # that is open
    _cells: list[str] = field(default_factory=list)  # of that row
    _unseen: int = 0

    def blocks(self, root: etree._Element, language: str = "") -> Iterator[Block]:
        """The blocks of ``root`` in order. ``language``: what the page is in where an element does not say."""
        self._frames, self._text, self._row, self._unseen = [_Frame(language=language)], [], None, 0
        rows = _rows_of_data(root)
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event == "start":
                yield from self._start(element, rows)
                self._write(element.text)
                continue
            if event == "end":
                yield from self._end(element)
            if element is not root:
                self._write(element.tail)
        yield from self._flush()

    def _start(self, element: etree._Element, rows: set[etree._Element]) -> Iterator[Block]:
        tag = element.tag
        types = types_of(element)
        if tag in _UNSEEN or "pagebreak" in types or "doc-pagebreak" in types:
            self._unseen += 1
        if "pagebreak" in types or "doc-pagebreak" in types:
            self.page = _label(element) or self.page
        if tag == "br":
            self._text.append("\n")
        elif tag in _SET_APART and self._row is not None:
            self._begin_in_row(str(tag))
        elif tag in _SET_APART:
            yield from self._flush()
            self._frames.append(self._frame(element))
            if element in rows:
                self._row, self._cells = element, []

    def _end(self, element: etree._Element) -> Iterator[Block]:
        tag = element.tag
        if tag in _UNSEEN or {"pagebreak", "doc-pagebreak"} & types_of(element):
            self._unseen -= 1
        if self._row is not None and element is not self._row:
            if tag in ("td", "th"):
                self._cells.append(" ".join("".join(self._text).split()))
                self._text = []
        elif tag in _SET_APART:
            yield from self._end_row() if self._row is not None else self._flush()
            self._frames.pop()

    def _begin_in_row(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._text = []
        else:
            self._text.append(" ")

    def _frame(self, element: etree._Element) -> _Frame:
        outer, tag = self._frames[-1], str(element.tag)
        language = language_of(element) or outer.language
        verbatim = tag == "pre" or outer.verbatim
        if tag[0] == "h" and tag[1:].isdecimal():
            return _Frame("heading", int(tag[1:]), language, verbatim)
        kind: Kind = "note" if outer.kind == "note" or is_note(element) else _KINDS.get(tag, outer.kind)
        return _Frame("paragraph" if kind == "heading" else kind, 0, language, verbatim)

    def _write(self, text: str | None) -> None:
        if text and not self._unseen:
            if not self._began and text.strip():
                self._began = self.page
            self._text.append(text if self._frames[-1].verbatim else _BLANK.sub(" ", text))

    def _flush(self) -> Iterator[Block]:
        text, frame, page = "".join(self._text), self._frames[-1], self._began or self.page
        self._text, self._began = [], ""
        for part in (text,) if frame.verbatim else _BREAKS.split(_AROUND.sub("\n", _SPACES.sub(" ", text))):
            if stripped := part.strip():
                yield Block(stripped, frame.kind, frame.level, page, language=frame.language)

    def _end_row(self) -> Iterator[Block]:
        row, self._row, self._text = "\t".join(self._cells), None, []
        if row.strip():
            yield Block(row.strip(" "), "table", 0, self._began or self.page, language=self._frames[-1].language)
        self._began = ""


def _label(element: etree._Element) -> str:
    """The label of a page break: what it is called, else its text, else the number in its id."""
    named = (element.get("title"), element.get("aria-label"), "".join(map(str, element.itertext())), element.get("id"))
    said = next((name.strip() for name in named if name and name.strip()), "")
    numbers = re.findall("[0-9]+", said)
    return said if _PAGE.fullmatch(said) else numbers[-1] if numbers else ""


def _rows_of_data(root: etree._Element) -> set[etree._Element]:
    """The rows of tables that hold values: more than one column, cells without headings or tables, and short."""
    rows: set[etree._Element] = set()
    for table in root.iter("table"):
        if _is_data(table):
            rows.update(row for row in table.iter("tr") if row.find("td") is not None or row.find("th") is not None)
    return rows


def _is_data(table: etree._Element) -> bool:
    if next(table.iterdescendants(*_WITHIN_CELLS), None) is not None:
        return False
    wide = any(sum(cell.tag in ("td", "th") for cell in row) > 1 for row in table.iter("tr"))
    return wide and all(sum(len(text) for text in cell.itertext()) <= _CELL for cell in table.iter("td", "th"))

"""The article before it is HTML or Markdown: sections of blocks, and blocks of running text.

Everything that can be cited stands in the text as an object of its own (:class:`Records`, :class:`Sources`,
:class:`Link`), so that each form of the report can lead from a finding to its records and from a record to its source.
Anchors: ``r-<id>`` a record, ``s-<id>`` a source, anything else a section, table or figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Strong:
    """Words in bold."""

    text: str


@dataclass(frozen=True, slots=True)
class Em:
    """Words in italics: positions and other quoted words of the codebook."""

    text: str


@dataclass(frozen=True, slots=True)
class Small:
    """Words set smaller and lighter: what qualifies the rest."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an anchor of the report; ``anchor`` without ``#``."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Web:
    """Words that lead out of the report, to an address."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A verdict: words, with a shape of their own (``kind``) so that colour is never all there is."""

    text: str
    kind: str
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Records:
    """Records by id: the first few as links, the rest folded."""

    ids: tuple[str, ...]
    shown: int = 3


@dataclass(frozen=True, slots=True)
class Sources:
    """Sources by id, each a link with its short citation."""

    ids: tuple[str, ...]
    shown: int = 3


@dataclass(frozen=True, slots=True)
class Strip:
    """A line of text beside a small scale with a mark for each view: ``marks`` are intervals on ``scale``."""

    marks: tuple[tuple[float, float], ...]
    scale: tuple[float, float]
    text: Text


@dataclass(frozen=True, slots=True)
class More:
    """Running text that is folded under ``label`` until asked for (on paper it stands open)."""

    label: str
    text: Text


@dataclass(frozen=True, slots=True)
class Break:
    """A new line within a cell."""


Inline: TypeAlias = "str | Strong | Em | Small | Link | Web | Badge | Records | Sources | Strip | More | Break"
Text: TypeAlias = tuple[Inline, ...]


def text(*parts: Inline) -> Text:
    """Running text of its parts."""
    return parts


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; ``basis`` follows it in small type: counts, voices, sources, records."""

    text: Text
    basis: Text = ()
    kind: Literal["plain", "lead", "note"] = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, and how its cells are set. ``width`` is a share of the table (0: as it comes)."""

    title: str
    kind: Literal["text", "number"] = "text"
    width: int = 0


def columns_of(heads: Iterable[tuple[str, int]]) -> tuple[Column, ...]:
    """Columns of text from their headings and widths."""
    return tuple(Column(head, width=width) for head, width in heads)


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a table, the first its heading. ``anchor``: an id to link to."""

    cells: tuple[Text, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption. The first ``shown`` rows stand open, the rest folded; ``more`` rows are not in the report. On a
    phone each row becomes a small list.
    """

    anchor: str
    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    shown: int = 15
    more: int = 0
    rest: str = "rows"
    facing: bool = False
    """Whether the columns face each other around a middle one."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One move on a ladder: made by the ``left`` side or the right; ``across``: whether it is addressed to the other."""

    anchor: str
    when: str
    left: bool
    across: bool
    text: Text
    answers: Text = ()


@dataclass(frozen=True, slots=True)
class Ladder:
    """Moves of two sides against one line of time; the first ``shown`` stand open, the rest folded."""

    anchor: str
    caption: Text
    left: str
    right: str
    rungs: tuple[Rung, ...]
    shown: int = 40


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: ``spec`` is its Vega-Lite specification, ``alt`` what it shows in words, ``data`` the numbers behind it."""

    anchor: str
    caption: Text
    spec: dict[str, Any]
    alt: str
    data: Table | None
    size: Literal["wide", "text", "small"] = "wide"


@dataclass(frozen=True, slots=True)
class Gallery:
    """Small figures side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A heading within a section."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks that are folded under a line of text until asked for (on paper they are open)."""

    title: str
    blocks: tuple[Block, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an appendix: a record or a source, with its anchor, title, lines and (for a source) its records."""

    anchor: str
    name: str
    title: Text
    lines: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries of an appendix."""

    entries: tuple[Entry, ...]


Block: TypeAlias = Para | Bullets | Table | Ladder | Figure | Gallery | Head | Fold | Entries


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding: one sentence, what stands behind it, and the anchor of the section that tells more.

    ``settled`` is False where the finding is that nothing can be said, and why.
    """

    said: Text
    n: int
    unit: str
    voices: int
    sources: tuple[str, ...]
    records: tuple[str, ...]
    anchor: str
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the article; ``kind`` appendix: set smaller. ``part``: the title of the part it stands in, "" outside of parts."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    kind: Literal["body", "appendix"] = "body"
    part: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """The whole report."""

    title: str
    subtitle: str
    language: str
    answer: tuple[Text, ...]
    abstract: Text
    findings: tuple[Finding, ...]
    unsettled: tuple[Finding, ...]
    sections: tuple[Section, ...]
    colophon: Text
    labels: dict[str, str] = field(default_factory=dict)
    """Short citations of the sources, by id."""

    def parts(self) -> Iterator[tuple[str, tuple[Section, ...]]]:
        """The sections in their order, those of one part together with its title; appendices are a part without one."""
        for part, sections in groupby(self.sections, attrgetter("part")):
            yield part, tuple(sections)


def inside(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks and the blocks within them, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, Fold):
            yield from inside(block.blocks)
        elif isinstance(block, Gallery):
            yield from inside(block.figures)
        elif isinstance(block, Figure) and block.data is not None:
            yield block.data


def texts(block: Block) -> Iterator[Text]:
    """The running text of one block, without the blocks within it."""
    if isinstance(block, Para):
        yield from (block.text, block.basis)
    elif isinstance(block, Bullets):
        yield from block.items
    elif isinstance(block, Table):
        yield block.caption
        yield from (cell for row in block.rows for cell in row.cells)
    elif isinstance(block, Figure):
        yield block.caption
    elif isinstance(block, Ladder):
        yield block.caption
        for rung in block.rungs:
            yield from (rung.text, rung.answers)
    elif isinstance(block, Entries):
        for entry in block.entries:
            yield entry.title
            yield from (line for _, line in entry.lines)


def cited(blocks: Iterable[Block]) -> Iterator[str]:
    """Ids of all records that the blocks lead to, as often as they do."""
    for block in inside(blocks):
        for one in texts(block):
            for part in unfolded(one):
                if isinstance(part, Records):
                    yield from part.ids


def unfolded(parts: Text) -> Iterator[Inline]:
    """Running text with what is folded in it, and what stands beside a scale, in its place."""
    for part in parts:
        if isinstance(part, More | Strip):
            yield from unfolded(part.text)
        else:
            yield part


def words(parts: Text) -> str:
    """Running text as plain words, without records and sources."""
    said = []
    for part in unfolded(parts):
        if isinstance(part, str):
            said.append(part)
        elif isinstance(part, Break):
            said.append(" ")
        elif not isinstance(part, Records | Sources | More | Strip):
            said.append(part.text)
    return "".join(said)


def anchor_of(record: str) -> str:
    """The anchor of a record; a clause (``package#clause``) has one of its own."""
    return "r-" + re.sub(r"[^a-z0-9.-]", "_", record.replace("#", ".").lower())

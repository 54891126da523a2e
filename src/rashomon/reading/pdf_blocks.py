"""The lines of a page as blocks: paragraphs, headings, items, tables and notes, by what a reader's eye goes by."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rashomon.reading.documents import Block, Kind
from rashomon.reading.pdf_columns import Row, columns
from rashomon.reading.pdf_edges import Census
from rashomon.reading.pdf_pages import Page, Rule, Run

_SHORT: Final = 200
"""A heading has at most so many letters."""

_LEVELS: Final = 6
_SMALL: Final = 0.93
"""Notes are set in at most this share of the size of the text."""

_INDENT: Final = 0.7
_BULLET: Final = re.compile(r"[•‣▪▫●○◦■□◆・∙]\s*\S")
_MARK: Final = re.compile(r"[\[(]?(\d{1,3}|[*†‡§¶]{1,3}|\*\d{1,2}|[a-z](?=[.)\]\s]))[\])]?(?=\D|$)")
_ENDS: Final = (".", ",", ";", "。", "、", "…", ".”", ".»", '."')


@dataclass(frozen=True, slots=True)
class Faces:
    """The sizes of a document: that of its text, by how much a heading is larger (as a ratio), and which level each size has.

    Where no size stands out, as in a scan whose letters were recognised, sizes are measured and not set: then only much larger
    type counts.
    """

    body: float
    larger: float
    levels: dict[float, int]
    bold: bool
    """Whether the text is bold throughout, so that a bold line is none of a kind."""

    @classmethod
    def of(cls, census: Census) -> Faces:
        """The faces of all pages together."""
        if not census.sizes:
            return cls(10.0, 1.12, {}, False)
        rounded: Counter[float] = Counter()
        for size, count in census.sizes.items():
            rounded[_half(size)] += count
        total = rounded.total()
        body = max(rounded, key=lambda size: (rounded[size], size))
        near = sum(count for size, count in census.sizes.items() if abs(size - body) <= 0.05 * body)
        larger = 1.12 if near >= 0.4 * total else 1.4
        heads = sorted((size for size in rounded if size > larger * body), reverse=True)
        levels = {size: min(level, _LEVELS) for level, size in enumerate(heads, 1)}
        return cls(body, larger, levels, census.bold.total() > 0.5 * total)

    def level(self, size: float, bold: bool) -> int:
        """The level of a heading in this face, 0 if it is that of the text."""
        if _half(size) in self.levels:
            return self.levels[_half(size)]
        standing_out = bold and not self.bold and size >= _SMALL * self.body
        return min(max(self.levels.values(), default=0) + 1, _LEVELS) if standing_out else 0


def _half(size: float) -> float:
    return round(2 * size) / 2


def blocks(page: Page, faces: Faces, label: str) -> Iterator[Block]:
    """The blocks of a page, in order; ``page`` is one without its edges, ``label`` its label."""
    top = max((-run.x0 if page.vertical else run.y1 for run in page.runs), default=0.0)
    above = [run for run in page.across if run.y0 >= top - run.size]
    below = [run for run in page.across if run.y0 < top - run.size]
    yield from _text(above, (), faces, label)
    yield from _text(page.runs, () if page.vertical else page.rules, faces, label)
    yield from _text(below, (), faces, label)
    yield from _text(page.beside, (), faces, label)
    if page.ruby:
        yield Block("\n".join(page.ruby), "note", page=label)


def _text(runs: Sequence[Run], rules: Sequence[Rule], faces: Faces, label: str) -> Iterator[Block]:
    large = any(run.size > _SMALL * faces.body for run in runs)
    for column in columns(runs):
        start = _notes(column, rules, faces) if large else len(column)
        yield from _column(column[:start], faces, label)
        yield from _notes_of(column[start:], label)


# Notes


def _notes(column: Sequence[Row], rules: Sequence[Rule], faces: Faces) -> int:
    """Where the notes at the foot of a column begin: its last lines in small type, from a mark or from below a rule."""
    start = len(column)
    while start and column[start - 1].size <= _SMALL * faces.body:
        start -= 1
    for i in range(start, len(column)):
        if _MARK.match(column[i].text) or _below_rule(column, i, rules):
            return i
    return len(column)


def _below_rule(column: Sequence[Row], i: int, rules: Sequence[Rule]) -> bool:
    row = column[i]
    top = column[i - 1].y0 if i else row.y1 + 3 * row.size
    return any(row.y1 - 2 <= rule.y <= top + 2 and rule.x0 < row.x1 and rule.x1 > row.x0 for rule in rules)


def _notes_of(lines: Sequence[Row], label: str) -> Iterator[Block]:
    """Each note by itself: a mark that follows on the one before begins the next."""
    note: list[Row] = []
    last = ""
    for row in lines:
        found = _MARK.match(row.text)
        if note and found and _follows(found[1], last):
            yield _block(note, "note", label)
            note = []
        if found and (not note or not last):
            last = found[1]
        note.append(row)
    if note:
        yield _block(note, "note", label)


def _follows(mark: str, last: str) -> bool:
    """Whether a mark may come next: the next number or letter, or any sign."""
    if mark.isdecimal() and last.isdecimal():
        return int(mark) == int(last) + 1
    if mark.isalpha() and last.isalpha():
        return ord(mark) == ord(last) + 1
    return mark != last and not mark.isalpha()


# Paragraphs


def _column(lines: Sequence[Row], faces: Faces, label: str) -> Iterator[Block]:
    """The blocks of a column without its notes."""
    start = 0
    for end, is_table in _stretches(lines):
        part = lines[start:end]
        start = end
        if is_table:
            yield Block("\n".join("\t".join(row.cells) for row in part), "table", page=label)
        else:
            for group in _paragraphs(part, faces):
                yield _classed(group, faces, label)


def _stretches(lines: Sequence[Row]) -> Iterator[tuple[int, bool]]:
    """Where each table and each stretch of text between tables ends: three lines or more with cells make a table."""
    cells = [len(row.runs) > 1 and len(row.cells) > 1 and not _BULLET.match(row.text) for row in lines]
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and cells[end]:
            end += 1
        if end - start >= 3:
            yield end, True
        else:
            while end < len(lines) and not all(cells[end : end + 3]):
                end += 1
            while end < len(lines) and len(lines) - end < 3:
                end += 1
            yield end, False
        start = end


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is usual in a column: where lines begin, where the longest end, how far they are apart."""

    left: float
    right: float
    gap: float


def _measure(lines: Sequence[Row]) -> _Measure:
    starts = Counter(round(row.x0) for row in lines)
    gaps = sorted(before.y0 - after.y1 for before, after in itertools.pairwise(lines))
    left = min(starts, key=lambda x: (-starts[x], x))
    return _Measure(left, max(row.x1 for row in lines), gaps[len(gaps) // 3] if gaps else 0.0)


def _paragraphs(lines: Sequence[Row], faces: Faces) -> Iterator[list[Row]]:
    """Lines that belong together."""
    if not lines:
        return
    measure = _measure(lines)
    group = [lines[0]]
    for row in lines[1:]:
        if _begins(group, row, measure, faces):
            yield group
            group = []
        group.append(row)
    yield group


def _begins(group: Sequence[Row], row: Row, usual: _Measure, faces: Faces) -> bool:
    """Whether a line begins a new paragraph after those of ``group``."""
    last, size = group[-1], row.size
    if max(size, last.size) > faces.larger * min(size, last.size) or row.bold != last.bold:
        return True
    if last.y0 - row.y1 > usual.gap + 0.5 * size or _BULLET.match(row.text):
        return True
    if faces.level(size, row.bold):
        return False
    begun = row.x0 > usual.left + _INDENT * size
    if (begun and row.x0 > last.x0 + _INDENT * size) or row.x0 < usual.left - _INDENT * size < last.x0:
        return True
    return _had_room(last, row, usual)


def _had_room(last: Row, row: Row, usual: _Measure) -> bool:
    """Whether a line ended although the first word of the next would have stood on it."""
    word = row.text.split(" ", 1)[0]
    if len(word) > 20:
        word = word[:2]
    wide = (row.x1 - row.x0) * len(word) / max(len(row.text), 1)
    return usual.right - last.x1 > wide + 1.5 * row.size


def _classed(group: Sequence[Row], faces: Faces, label: str) -> Block:
    text = "\n".join(row.text for row in group)
    level = faces.level(group[0].size, all(row.bold for row in group))
    letters = sum(map(str.isalpha, text))
    if level and letters > 1 and len(text) <= _SHORT and not text.endswith(_ENDS):
        return Block(text, "heading", level, label, wrapped=True)
    return _block(group, "item" if _BULLET.match(text) else "paragraph", label)


def _block(lines: Sequence[Row], kind: Kind, label: str) -> Block:
    return Block("\n".join(row.text for row in lines), kind, page=label, wrapped=True)

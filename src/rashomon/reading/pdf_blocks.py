"""The lines of a page as blocks: paragraphs, headings, items, tables and notes, by what a reader's eye goes by."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rashomon.reading.documents import Block, Kind
from rashomon.reading.pdf_columns import Row, columns
from rashomon.reading.pdf_edges import Census
from rashomon.reading.pdf_pages import Page, Rule, Run
from rashomon.reading.sentences import is_ended

_SHORT: Final = 200
"""A heading has at most so many letters."""

_LEVELS: Final = 6
_ALIKE: Final = 0.95
"""Headings of at least this share of another's size are of its level."""

_SMALL: Final = 0.93
"""Notes are set in at most this share of the size of the text."""

_INDENT: Final = 0.7
_BULLETS: Final = "•‣▪▫●○◦■□◆・∙"
_BULLET: Final = re.compile(rf"[{_BULLETS}]\s*\S")
_ITEM: Final = re.compile(rf"[{_BULLETS}–—-]|[\[(]?(?:\d{{1,3}}|[a-zа-я])[.)\]]")
"""What an item of a list may begin with, where its other lines are set in as deep as its words."""

_ITEM_OF_WORDS: Final = re.compile(rf"(?:{_ITEM.pattern})\s*\w")
_SHARED: Final = 4, 0.15
"""A column's right edge is where at least so many of its lines end, and at least this share of them."""

_WIDE: Final = 0.5
"""Lines that begin further in have a right edge of their own if they are at least this share of the column wide."""

_MUCH: Final = 0.2
"""A line that has less room left than this share of the column may end in the midst of a sentence."""

_APART: Final = 0.5
_ENDED_APART: Final = 0.3
"""Lines so much further apart than usual, in ems, are of two paragraphs; less is enough where a sentence has ended."""

_FOLIO: Final = re.compile(r"\d{1,4}|[ivxlc]{1,7}")
_NUMBER: Final = re.compile(r"(?:\w+\s+)?(?:\d{1,3}|[IVXLC]+|\w)(?:\.\d{1,3})*[.)]?|第\w+[章節部編]|§\s*\d+")
"""What stands before the words of a heading, with a gap between."""

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
    weight: int
    """How heavy most of the text is; only what is heavier stands out."""

    @classmethod
    def of(cls, census: Census) -> Faces:
        """The faces of all pages together."""
        if not census.sizes:
            return cls(10.0, 1.12, {}, 0)
        rounded: Counter[float] = Counter()
        for size, count in census.sizes.items():
            rounded[_half(size)] += count
        total = rounded.total()
        body = max(rounded, key=lambda size: (rounded[size], size))
        near = sum(count for size, count in census.sizes.items() if abs(size - body) <= 0.05 * body)
        larger = 1.12 if near >= 0.4 * total else 1.4
        heads = sorted((size for size in rounded if size > larger * body), reverse=True)
        weight = max(census.weights, key=lambda one: census.weights[one])
        return cls(body, larger, _levels(heads), weight)

    def level(self, size: float, weight: int) -> int:
        """The level of a heading in this face, 0 if it is that of the text."""
        if _half(size) in self.levels:
            return self.levels[_half(size)]
        standing_out = weight > self.weight and size >= _SMALL * self.body
        return min(max(self.levels.values(), default=0) + 1, _LEVELS) if standing_out else 0


def _half(size: float) -> float:
    return round(2 * size) / 2


def _levels(sizes: Sequence[float]) -> dict[float, int]:
    """The level of each size, from the largest. Sizes that hardly differ have one: the scripts of a heading are often set so."""
    out: dict[float, int] = {}
    level, top = 0, math.inf
    for size in sizes:
        if size < _ALIKE * top:
            level, top = level + 1, size
        out[size] = min(level, _LEVELS)
    return out


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
    """What is usual in a column: where lines begin, where full ones end, how far they are apart. ``own``: where full lines end
    that begin at a point further in, as those of a long quotation do.
    """

    left: float
    right: float
    gap: float
    own: dict[int, float]

    def room(self, row: Row) -> float:
        """How much is left of a line behind its last word."""
        return self.own.get(round(row.x0), self.right) - row.x1


def _measure(lines: Sequence[Row]) -> _Measure:
    starts: dict[int, list[float]] = {}
    for row in lines:
        starts.setdefault(round(row.x0), []).append(row.x1)
    gaps = sorted(before.y0 - after.y1 for before, after in itertools.pairwise(lines))
    left = min(starts, key=lambda x: (-len(starts[x]), x))
    right = _right([row.x1 for row in lines], otherwise=max(row.x1 for row in lines))
    own = {x: end for x, ends in starts.items() if (end := _right(ends, otherwise=-math.inf)) - x >= _WIDE * (right - left)}
    return _Measure(left, right, gaps[len(gaps) // 3] if gaps else 0.0, own)


def _right(ends: Sequence[float], otherwise: float) -> float:
    """The furthest right edge that several lines share, as one line alone may run over it; ``otherwise`` if none do."""
    falling = sorted(ends, reverse=True)
    few = math.ceil(max(_SHARED[0], _SHARED[1] * len(ends)))
    return next((first for first, last in zip(falling, falling[few - 1 :], strict=False) if first - last <= 2), otherwise)


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
    if (
        max(size, last.size) > faces.larger * min(size, last.size)
        or _BULLET.match(row.text)
        or _next_item(group[0], row)
    ):
        return True
    if last.y0 - row.y1 > usual.gap + (_ENDED_APART if is_ended(last.text) else _APART) * size:
        return True
    if (row.weight > faces.weight) != (last.weight > faces.weight):
        return not _runs_on(last, row, usual)
    if faces.level(size, row.weight):
        return False
    ended = _stops(last) or bool(_ITEM_OF_WORDS.match(row.text)) or _had_room(last, row, usual)
    if row.x0 > max(usual.left, last.x0) + _INDENT * size and ended and not _hangs(group, row):
        return True
    out = row.x0 < usual.left - _INDENT * size < last.x0 and (len(group) > 1 or ended)  # else the first line was set in
    return out or _had_room(last, row, usual)


def _stops(row: Row) -> bool:
    """Whether a line ends with the end of a sentence, or of an item within one."""
    return is_ended(row.text) or row.text.endswith((";", "；"))


def _runs_on(last: Row, row: Row, usual: _Measure) -> bool:
    """Whether a sentence goes on over the end of a full line, as from bold words to others."""
    return usual.room(last) <= row.size and row.text[0].islower()


def _next_item(first: Row, row: Row) -> bool:
    """Whether a line begins the next item: it has a mark as far left as the first of its group has one."""
    return abs(row.x0 - first.x0) <= 1 and bool(_ITEM_OF_WORDS.match(first.text) and _ITEM_OF_WORDS.match(row.text))


def _hangs(group: Sequence[Row], row: Row) -> bool:
    """Whether a line is the second of an item: it is set in as deep as the words behind the item's mark."""
    first = group[0]
    if len(group) > 1 or len(first.runs) == 1 or not _ITEM.fullmatch(first.runs[0].text):
        return False
    return abs(row.x0 - first.runs[1].x0) <= _INDENT * row.size


def _had_room(last: Row, row: Row, usual: _Measure) -> bool:
    """Whether a line ended although the first word of the next would have stood on it; in the midst of a sentence, although
    much more would have, as words that must not be parted may leave room.
    """
    room = usual.room(last)
    if not _stops(last) and room < _MUCH * (usual.right - usual.left):
        return False
    word = row.text.split(" ", 1)[0]
    if len(word) > 20:
        word = word[:2]
    wide = (row.x1 - row.x0) * len(word) / max(len(row.text), 1)
    return room > wide + 1.5 * row.size


def _classed(group: Sequence[Row], faces: Faces, label: str) -> Block:
    text = "\n".join(row.text for row in group)
    if _BULLET.match(text):
        return _block(group, "item", label)
    level = faces.level(group[0].size, min(row.weight for row in group))
    letters = sum(map(str.isalpha, text))
    if level and letters > 1 and len(text) <= _SHORT and not text.endswith(_ENDS) and not any(map(_is_tabled, group)):
        return Block(text, "heading", level, label, wrapped=True)
    return _block(group, "paragraph", label)


def _is_tabled(row: Row) -> bool:
    """Whether a line is one of a table, be it of contents: wide gaps stand in it, and not only behind the number of a heading."""
    cells = row.cells
    return len(cells) > 2 or (len(cells) == 2 and (not _NUMBER.fullmatch(cells[0]) or bool(_FOLIO.fullmatch(cells[1]))))


def _block(lines: Sequence[Row], kind: Kind, label: str) -> Block:
    return Block("\n".join(row.text for row in lines), kind, page=label, wrapped=True)

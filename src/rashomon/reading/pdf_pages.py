"""A page of a PDF as runs of letters: what is drawn, where, how large; nothing is put in order yet.

Everything is by the letters' boxes, never by the order in which a file happens to draw its text. A box is that of the type (from
its ascent to its descent, as wide as its advance), so that all letters of one line have the same height.
"""

from __future__ import annotations

import ctypes
import itertools
import math
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
import pypdfium2.raw as engine
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

GAP: Final = 0.8
"""A wider blank than this, in ems, parts two runs: they may be of two columns, or two cells of a table."""

_BLANK: Final = 0.3
"""A wider one than this, in ems, parts two words although the file has no blank there."""

_NARROW: Final = 0.14
_TIGHT: Final = 0.05
"""So does a narrower blank, as of a full line, where the letters on both sides stand closer to their neighbours than this:
letters that are spaced out for stress have no such neighbours.
"""

_LARGE: Final = 2
"""A letter that is so many times as high as the next is a large first letter, not one of its line."""

_RIGHT, _DOWN, _UP, _LEFT = 1, 2, 3, 4
_TURNS: Final = {_RIGHT: 0, _UP: 1, _LEFT: 2, _DOWN: 3}
"""By how many quarters, clockwise, a text that runs so must be turned to run to the right."""

_PLAIN, _GOTHIC, _HEAVY = 0, 1, 2
_HEAVY_NAMES: Final = ("bold", "black", "heavy", "demi", "-bd")
_GOTHIC_NAMES: Final = ("gothic", "kaku", "kozgo", "sans", "meiryo", "ゴシック", "角ゴ")
_FORCED_BOLD: Final = 1 << 18
_SAMPLE: Final = 4
"""So many letters of a run tell how heavy it is, spread over it from its first to its last."""

_LIGATURE: Final = 3
"""A ligature has at most so many letters."""

_HYPHENS: Final = (0xFFFE, 2, 0x7F)
"""How the engine marks a hyphen at a line's end, and how old fonts of TeX do."""

_OBJECTS: Final = 3000
"""A page with more drawings than this is a map: its rules are not looked for beyond."""


class Run(NamedTuple):
    """Letters side by side: their text, their box (x to the right, y up, both as the run is read) and their size, in points.

    ``weight``: 0 plain; 1 an unserifed face of Chinese and Japanese letters, which stands out among others; 2 bold. All letters
    have it at least, as a bold word may stand before others that are not.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    weight: int


class Rule(NamedTuple):
    """A drawn line: where it begins and ends, and how high it stands."""

    x0: float
    x1: float
    y: float


class Page(NamedTuple):
    """What stands on a page, turned upright. ``runs``: of its text. ``across``: on a page of vertical text, runs to the
    right. ``beside``: runs that go any other way (x along their own line). ``ruby``: readings of words, as ``word《reading》``.

    ``vertical``: the text runs down, in columns from the right; ``runs`` are then turned by a quarter, so that columns are lines:
    x grows downward from -``height``, y to the right.
    """

    width: float
    height: float
    vertical: bool
    runs: list[Run]
    across: list[Run]
    beside: list[Run]
    ruby: list[str]
    rules: list[Rule]

    def holds_text(self) -> bool:
        """Whether any letter stands on it."""
        return bool(self.runs or self.across or self.beside)


EMPTY: Final = Page(0.0, 0.0, False, [], [], [], [], [])
"""A page that could not be read."""


class _Glyphs(NamedTuple):
    """Visible letters in the order of the file; ``boxes`` has x0, y0, x1, y1; ``blank``: the blank before it, 0 if none;
    ``drawn``: whether that blank is in the file; ``place``: its number among the engine's.
    """

    codes: Ints
    boxes: Floats
    blank: Ints
    drawn: Bools
    place: Ints

    def at(self, chosen: Bools) -> _Glyphs:
        """Those chosen. A blank before one that is left out is lost: a gap stands there."""
        return _Glyphs(
            self.codes[chosen], self.boxes[chosen], self.blank[chosen], self.drawn[chosen], self.place[chosen]
        )


def read(page: Any) -> tuple[Page, bool]:
    """The page, an open ``pypdfium2.PdfPage``, and whether anything at all is drawn on it."""
    left, bottom, right, top = page.get_bbox()
    text = page.get_textpage()
    try:
        glyphs = _glyphs(text.raw, text.count_chars(), (left, bottom, right, top))
        found = _arranged(glyphs, right - left, top - bottom, text.raw, _rules(page.raw, left, bottom))
        return found, engine.FPDFPage_CountObjects(page.raw) > 0
    finally:
        text.close()


def _arranged(glyphs: _Glyphs, width: float, height: float, text: Any, rules: list[Rule]) -> Page:
    links = _links(glyphs)
    counts = np.bincount(links, minlength=5)[1:]
    main = int(counts.argmax()) + 1 if counts.any() else _RIGHT
    vertical = main == _DOWN and bool(eastern_letters(glyphs.codes).mean() > 0.5)
    if main != _RIGHT and not vertical:
        glyphs = glyphs._replace(boxes=_turned(glyphs.boxes, _TURNS[main], width, height))
        width, height = (width, height) if main == _LEFT else (height, width)
        links, rules, main = _links(glyphs), [], _RIGHT
    if vertical:
        glyphs = glyphs._replace(boxes=_ligatures_down(glyphs))
        links = _links(glyphs)
    ways = _ways(links, main, glyphs)
    mine = glyphs.at(ways == main)
    if vertical:
        mine = _by_its_own_blanks(mine, _columns_as_lines(mine.boxes))
    runs, ruby = _without_ruby(_runs(mine, text))
    others = {way: _others(glyphs.at(ways == way), way, text) for way in _TURNS if way != main}
    across = others.pop(_RIGHT, [])
    return Page(width, height, vertical, runs, across, [run for one in others.values() for run in one], ruby, rules)


def _others(glyphs: _Glyphs, way: int, text: Any) -> list[Run]:
    """Runs that do not go as the page does. Only those that run to the right keep their place on the page."""
    turned = _by_its_own_blanks(glyphs, _turned(glyphs.boxes, _TURNS[way], 0.0, 0.0))
    return [run for run, _ in _runs(turned, text)]


def _by_its_own_blanks(glyphs: _Glyphs, boxes: Floats) -> _Glyphs:
    """The letters at other places, without the blanks that the engine put in: it takes all text to run to the right."""
    return glyphs._replace(boxes=boxes, blank=np.where(glyphs.drawn, glyphs.blank, 0))


# Letters


@cache
def _loose_box() -> Any:
    """The engine's function for a letter's box, called by addresses: half the time of the binding's own, which makes objects."""
    address = ctypes.cast(engine.FPDFText_GetLooseCharBox, ctypes.c_void_p).value
    assert address is not None
    return ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(address)


def _glyphs(text: Any, n: int, page: tuple[float, float, float, float]) -> _Glyphs:
    """All visible letters of a text page with ``n`` letters, their places from the page's corner."""
    raw = np.zeros((n, 4), np.float32)
    start = raw.ctypes.data
    handle = ctypes.cast(text, ctypes.c_void_p).value
    for _ in map(_loose_box(), itertools.repeat(handle), range(n), range(start, start + 16 * n, 16)):
        pass
    left, top, right, bottom = raw.astype(np.float64).T
    boxes = np.stack([left - page[0], bottom - page[1], right - page[0], top - page[1]], axis=1)
    codes = _codes(text, n)
    codes[np.isin(codes, _HYPHENS)] = ord("-")
    space = (codes <= 32) | (codes == 160) | (codes == 0x3000) | ((codes >= 0x2000) & (codes <= 0x200B))
    seen = ~space & ((right > left) | (top > bottom))
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    seen &= ((middle >= 0) & (middle <= (page[2] - page[0], page[3] - page[1]))).all(axis=1)
    index = np.flatnonzero(seen)
    blank, drawn = _blanks(codes, space, right > left, index)
    found = _Glyphs(codes[index], boxes[index], blank, drawn, index)
    return found.at(_once(found))


def _codes(text: Any, n: int) -> Ints:
    """The letters' code points. The text as a whole is quick, but leaves out control characters: then one after the other."""
    buffer = np.zeros(n + 1, np.uint16)
    if n == 0:
        return buffer[:0].astype(np.int64)
    count = engine.FPDFText_GetText(text, 0, n, buffer.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort)))
    codes = buffer[:n].astype(np.int64)
    if count == n + 1 and not ((codes >= 0xD800) & (codes < 0xE000)).any():
        return codes
    return np.fromiter(map(engine.FPDFText_GetUnicode, itertools.repeat(text), range(n)), np.int64, n)


def _blanks(codes: Ints, space: Bools, wide: Bools, index: Ints) -> tuple[Ints, Bools]:
    """The blank between each letter and the one before it in the file, and whether it is drawn (the engine adds others)."""
    blank, drawn = np.zeros(len(index), np.int64), np.zeros(len(index), np.bool_)
    for mask, mark in ((space, 32), (space & (codes == 0x3000), 0x3000)):
        place = np.searchsorted(index, np.flatnonzero(mask))
        blank[place[place < len(index)]] = mark
    place = np.searchsorted(index, np.flatnonzero(space & wide))
    drawn[place[place < len(index)]] = True
    return blank, drawn


def _once(glyphs: _Glyphs) -> Bools:
    """Which letters are not drawn a second time over themselves, as some programs do for a bold or a shaded face."""
    x, size = glyphs.boxes[:, 0], _sizes(glyphs.boxes)
    line = glyphs.codes * (1 << 20) + np.round(glyphs.boxes[:, 1]).astype(np.int64)
    order = np.lexsort((x, line))
    before, after = order[:-1], order[1:]
    same = line[before] == line[after]
    same &= np.abs(x[after] - x[before]) < 0.12 * size[after]
    same &= (x[after] != x[before]) | (
        np.abs(glyphs.place[after] - glyphs.place[before]) > 1
    )  # the two letters of a ligature
    keep = np.ones(len(x), np.bool_)
    keep[np.where(same, np.maximum(before, after), -1)[same]] = False
    return keep


def _sizes(boxes: Floats) -> Floats:
    """About an em of each letter: the longer side of its box."""
    out: Floats = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    return out


def eastern_letters(codes: Ints) -> Bools:
    """Which letters are Chinese, Japanese or Korean: those that may stand under one another without being turned."""
    out: Bools = ((codes >= 0x2E80) & (codes < 0xD7B0)) | ((codes >= 0xF900) & (codes < 0xFB00)) | (codes >= 0xFE30)
    return out


def is_eastern(letter: str) -> bool:
    """The same of one letter."""
    return letter > "\u2e7f" and bool(eastern_letters(np.array(ord(letter))))


# Which way the text runs


def _links(glyphs: _Glyphs) -> Ints:
    """For each letter but the last: which way the next one lies, if it lies next to it; 0 if not.

    Letters of one line share their height; to stand under one another without being parts of two lines they must be turned, and
    so lower than wide, or of a script that is written so.
    """
    x0, y0, x1, y1 = glyphs.boxes.T
    wide, high = x1 - x0, y1 - y0
    em = _sizes(glyphs.boxes)
    em = np.maximum(em[:-1], em[1:])
    level = _shared(y0, y1) >= 0.5 * np.minimum(high[:-1], high[1:])
    upright = _shared(x0, x1) >= 0.5 * np.minimum(wide[:-1], wide[1:])
    near = [(gap >= -0.3 * em) & (gap <= GAP * em) for gap in (x0[1:] - x1[:-1], x0[:-1] - x1[1:])]
    far = [(gap >= -0.3 * em) & (gap <= GAP * em) for gap in (y0[:-1] - y1[1:], y0[1:] - y1[:-1])]
    eastern = eastern_letters(glyphs.codes)
    turned = (wide > 1.05 * high)[:-1] & (wide > 1.05 * high)[1:]
    downward = upright & far[0] & (turned | eastern[:-1] | eastern[1:])
    links = np.zeros(len(em), np.int64)
    links[level & near[1] & (x0[1:] + x1[1:] < x0[:-1] + x1[:-1])] = _LEFT
    links[upright & far[1] & turned] = _UP
    links[downward & (y0[1:] + y1[1:] < y0[:-1] + y1[:-1])] = _DOWN
    links[level & near[0] & (x0[1:] + x1[1:] > x0[:-1] + x1[:-1])] = _RIGHT
    return links


def _shared(low: Floats, high: Floats) -> Floats:
    """How much of their extent each letter and the next have in common."""
    out: Floats = np.minimum(high[:-1], high[1:]) - np.maximum(low[:-1], low[1:])
    return out


def _ways(links: Ints, main: int, glyphs: _Glyphs) -> Ints:
    """Which way each letter's line runs: as the page does, but where at least three letters in a row (four, if they could be
    cells of a column) run another way.
    """
    ways = np.full(len(glyphs.codes), main)
    if not ((links != 0) & (links != main)).any():
        return ways
    edges = np.flatnonzero(np.diff(links)) + 1
    for start, end in itertools.pairwise([0, *edges.tolist(), len(links)]):
        way = int(links[start])
        if way not in (0, main) and end - start >= (2 if way == _RIGHT else 3):
            ways[start : end + 1] = way
    return ways


def _turned(boxes: Floats, quarters: int, width: float, height: float) -> Floats:
    """Boxes on a page that is turned by quarters, clockwise."""
    for _ in range(quarters):
        x0, y0, x1, y1 = boxes.T
        boxes = np.stack([y0, width - x1, y1, width - x0], axis=1)
        width, height = height, width
    return boxes


def _ligatures_down(glyphs: _Glyphs) -> Floats:
    """Boxes of vertical text, those of the letters of a turned ligature one below the other: the engine, which takes all text to
    run to the right, has them side by side. What stands below or above a letter of Latin script is turned.
    """
    boxes = glyphs.boxes.copy()
    x0, y0, x1, y1 = glyphs.boxes.T
    latin = glyphs.codes < 0x250
    both = latin[:-1] & latin[1:] & (np.diff(glyphs.place) == 1)
    beside = both & (y0[1:] == y0[:-1]) & (y1[1:] == y1[:-1]) & (np.abs(x0[1:] - x1[:-1]) < 0.01)
    below = (
        both
        & (np.abs(y0[:-1] - y1[1:]) <= 0.3 * (y1 - y0)[1:])
        & (np.minimum(x1[1:], x1[:-1]) > np.maximum(x0[1:], x0[:-1]))
    )
    turns = np.flatnonzero(np.diff(np.concatenate([[False], beside, [False]])))
    for start, end in turns.reshape(-1, 2).tolist():
        if end - start < _LIGATURE and (below[start - 1 : start].any() or below[end : end + 1].any()):
            cuts = np.linspace(y1[start], y0[start], end - start + 2)
            boxes[start : end + 1] = [(x0[start], low, x1[end], high) for high, low in itertools.pairwise(cuts)]
    return boxes


def _columns_as_lines(boxes: Floats) -> Floats:
    """Boxes of vertical text, turned so that the text runs to the right."""
    x0, y0, x1, y1 = boxes.T
    out: Floats = np.stack([-y1, x0, -y0, x1], axis=1)
    return out


# Runs


def _runs(glyphs: _Glyphs, text: Any) -> list[tuple[Run, Floats]]:
    """Runs, in the order of the file, each with the left ends of its letters."""
    if not len(glyphs.codes):
        return []
    x0, y0, x1, y1 = glyphs.boxes.T
    em = np.maximum(_sizes(glyphs.boxes), 0.5 * float(np.median(_sizes(glyphs.boxes))))
    pair = np.maximum(em[:-1], em[1:])
    gap = x0[1:] - x1[:-1]
    high = y1 - y0
    linked = _shared(y0, y1) >= 0.4 * np.minimum(high[:-1], high[1:])
    linked &= (gap >= -0.5 * pair) & (gap <= GAP * pair)
    eastern = eastern_letters(glyphs.codes)
    linked &= (np.maximum(high[:-1], high[1:]) <= _LARGE * np.minimum(high[:-1], high[1:])) | eastern[:-1] | eastern[1:]
    starts = np.concatenate([[0], np.flatnonzero(~linked) + 1])
    ends = np.concatenate([starts[1:], [len(em)]])
    blank = glyphs.blank.copy()
    wide = (gap > _BLANK * pair) | narrow_blanks(gap / pair, glyphs.codes)
    blank[1:][(blank[1:] == 0) & wide & ~(eastern[:-1] | eastern[1:])] = 32
    blank[starts] = 0
    before = np.cumsum(blank > 0)
    blanks = np.flatnonzero(blank)
    joined = np.insert(glyphs.codes, blanks, blank[blanks]).astype("<u4").tobytes().decode("utf-32-le", "replace")
    boxes = [np.minimum.reduceat(column, starts) for column in (x0, y0)]
    boxes += [np.maximum.reduceat(column, starts) for column in (x1, y1)]
    typical = _typical(high, starts, ends)
    written, places = eastern.tolist(), glyphs.place.tolist()
    out = []
    cuts = zip(starts.tolist(), ends.tolist(), *(column.tolist() for column in boxes), typical.tolist(), strict=True)
    for start, end, left, low, right, top, one in cuts:
        words = joined[start + before[start] : end + before[end - 1]]
        size = _size(text, places[one], top - low)
        letters = sorted({start + (end - 1 - start) * i // (_SAMPLE - 1) for i in range(_SAMPLE)})
        own = [i for i in letters if written[i]] or letters  # foreign words beside them have faces of their own
        weight = min(_weight(text, places[i], written[i]) for i in own)
        out.append((Run(words, left, low, right, top, size, weight), x0[start:end]))
    return out


def narrow_blanks(gap: Floats, codes: Ints) -> Bools:
    """Which gaps, in ems, are narrow blanks between tight letters; thin ones within a number are none."""
    tight = np.concatenate([[True], np.abs(gap) < _TIGHT, [True]])
    figures = (codes >= ord("0")) & (codes <= ord("9"))
    out: Bools = (gap > _NARROW) & tight[:-2] & tight[2:] & ~(figures[:-1] & figures[1:])
    return out


def _typical(height: Floats, starts: Ints, ends: Ints) -> Ints:
    """Of each run, the letter of median height: not a raised mark, nor a letter from another font."""
    run = np.repeat(np.arange(len(starts)), ends - starts)
    order = np.lexsort((height, run))
    out: Ints = order[(starts + ends - 1) // 2]
    return out


def _size(text: Any, index: int, height: float) -> float:
    """The size of a letter's type in points, to a tenth."""
    matrix = engine.FS_MATRIX()
    engine.FPDFText_GetMatrix(text, index, matrix)
    size = engine.FPDFText_GetFontSize(text, index) * math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
    return round(size if size > 0 else height, 1)


def _weight(text: Any, index: int, eastern: bool) -> int:
    """How heavy a letter's face is."""
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(128)
    engine.FPDFText_GetFontInfo(text, index, name, 128, flags)
    if flags.value & _FORCED_BOLD:
        return _HEAVY
    named = _named_weight(name.value)
    return named if eastern or named != _GOTHIC else _PLAIN


@cache
def _named_weight(name: bytes) -> int:
    """What the name of a face says of its weight. Old Japanese programs write it in Shift-JIS."""
    told = name.decode("utf-8" if name.isascii() else "cp932", "replace").lower()
    if any(word in told for word in _HEAVY_NAMES):
        return _HEAVY
    return _GOTHIC if any(word in told for word in _GOTHIC_NAMES) else _PLAIN


# Ruby


def _without_ruby(runs: list[tuple[Run, Floats]]) -> tuple[list[Run], list[str]]:
    """The runs without the small kana beside words that say how they are read, and these, each with its word.

    Such readings are no part of the sentence: in the text they would part a word from its ending. They are kept apart.
    """
    sizes = sorted(run.size for run, _ in runs)
    usual = sizes[len(sizes) * 4 // 5] if sizes else 0.0
    kept: list[Run] = []
    ruby: list[str] = []
    for run, places in runs:
        base = _base(run, runs) if 1.5 * run.size <= usual and _kana(run.text) else None
        if base is None:
            kept.append(run)
        else:
            ruby.extend(_read_words(run, places, *base))
    return kept, ruby


def _kana(text: str) -> bool:
    return all("\u3040" <= letter <= "\u30ff" or letter in " \u3000" for letter in text)


def _base(run: Run, runs: list[tuple[Run, Floats]]) -> tuple[Run, Floats] | None:
    """The run just below a small one, if it is at least half as large again."""
    for other, places in runs:
        shared = min(run.x1, other.x1) - max(run.x0, other.x0)
        if other.size >= 1.5 * run.size and shared > 0 and abs(run.y0 - other.y1) <= 0.5 * run.size:
            return other, places
    return None


def _read_words(run: Run, at: Floats, base: Run, places: Floats) -> Iterator[str]:
    """The words that the letters of a reading stand beside: a gap between them begins another."""
    letters = base.text.replace(" ", "").replace("\u3000", "")
    kana = run.text.replace(" ", "").replace("\u3000", "")
    cuts = [0, *(np.flatnonzero(np.diff(at) > 1.6 * run.size) + 1).tolist(), len(kana)]
    for start, end in itertools.pairwise(cuts):
        low, high = at[start] - 0.3 * run.size, at[end - 1] + 0.7 * run.size
        word = "".join(one for one, x in zip(letters, places, strict=False) if low - 0.5 * base.size < x < high)
        yield f"{word}《{kana[start:end]}》"


def _rules(page: Any, left: float, bottom: float) -> list[Rule]:
    """Lines drawn across the page: at least three ems wide and hardly any higher than thin."""
    out = []
    x0, y0, x1, y1 = (ctypes.c_float() for _ in range(4))
    for i in range(min(engine.FPDFPage_CountObjects(page), _OBJECTS)):
        one = engine.FPDFPage_GetObject(page, i)
        if engine.FPDFPageObj_GetType(one) != engine.FPDF_PAGEOBJ_PATH:
            continue
        engine.FPDFPageObj_GetBounds(one, x0, y0, x1, y1)
        if x1.value - x0.value >= 30 and y1.value - y0.value <= 3:
            out.append(Rule(x0.value - left, x1.value - left, (y0.value + y1.value) / 2 - bottom))
    return out

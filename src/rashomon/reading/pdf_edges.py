"""What stands at the upper and lower edge of the pages of a PDF: running heads and feet, and page numbers.

A line at an edge is a running head if the same letters stand at that edge of at least three pages, whatever numbers stand
beside them; or if it is the first of its page, apart from the text, where such heads stand on others. A bare number there is
a page number if it counts with the pages, or stands apart from the text. Which it is can be said only when all pages are seen:
:class:`Census` gathers that, a few words a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from rashomon.reading.pdf_columns import Row, joined, rows
from rashomon.reading.pdf_pages import Page, Run
from rashomon.reading.roman import roman, value_of

_ZONE: Final = 0.12
"""The share of a page's height that is its edge."""

_DEEP: Final = 3
"""So many lines of an edge may be running heads."""

_RECURS: Final = 3
_HEADS: Final = 0.3
"""Where at least this share of first lines recur, others at their height are running heads too, of chapters of few pages."""

_COLUMNS: Final = 2
"""What begins as high as so many columns of vertical text is the end of a paragraph in one of its own."""

_BEGUN: Final = re.compile(r"[\[(]?(\d{1,3})(?:[.)\]]+\s*|\s+)[^\W\d]")
_NEAR: Final = 12
"""A page without a number takes its own from numbered pages at most so far before and after it."""

_KANJI: Final = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
_OPENING, _CLOSING = r"[\s\-–—―‒|·•*\[(<〈【~]*", r"[\s\-–—―‒|·•*\])>〉】~.]*"
_FOLIO: Final = re.compile(
    rf"{_OPENING}(?:(?:page|p\.|стр\.?|с\.|seite|第)\s*)?(\d{{1,5}}|(?-i:[ivxlcdmIVXLCDM]{{1,9}})|[〇一二三四五六七八九十百]{{1,5}})"
    rf"(?:\s*(?:/|of|из|von|／)\s*\d+)?\s*(?:頁|ページ)?{_CLOSING}",
    re.IGNORECASE,
)

Style = Literal["arabic", "roman", "ROMAN"]


class Number(NamedTuple):
    """A printed page number: how it is written, and how far it runs ahead of the count of pages from 0."""

    style: Style
    offset: int


def number_of(text: str, index: int) -> Number | None:
    """The page number that a text on the page ``index`` is, if it is nothing else."""
    found = _FOLIO.fullmatch(text)
    if found is None:
        return None
    sign = found[1]
    if sign.isdecimal():
        return Number("arabic", int(sign) - index)
    if sign[0] in _KANJI or sign[0] in "十百":
        return Number("arabic", _kanji(sign) - index)
    value = _roman(sign.lower())
    return Number("roman" if sign.islower() else "ROMAN", value - index) if value else None


def _kanji(sign: str) -> int:
    """A number in Chinese characters, by places (一二) or by tens and hundreds (十二)."""
    if not set(sign) & set("十百"):
        return int("".join(str(_KANJI[one]) for one in sign))
    total = last = 0
    for one in sign:
        if one in _KANJI:
            last = _KANJI[one]
        else:
            total, last = total + (last or 1) * (10 if one == "十" else 100), 0
    return total + last


def _roman(sign: str) -> int:
    """The value of a Roman numeral, 0 if it is none."""
    value = value_of(sign)
    return value if roman(value) == sign else 0


def label(number: Number, index: int) -> str:
    """How the number is written on the page ``index``."""
    value = number.offset + index
    if number.style == "arabic":
        return str(value)
    return roman(value) if number.style == "roman" else roman(value).upper()


def _letters(row: Row, index: int) -> str:
    """What of a line is the same on every page: its letters, without numbers."""
    text = " ".join(run.text for run in row.runs if number_of(run.text, index) is None)
    words = [word for word in text.split() if number_of(word, index) is None]
    return "".join(letter for letter in " ".join(words).casefold() if letter.isalpha())


def _same(side: str, row: Row, index: int) -> tuple[str, str, int]:
    """What lines that recur at an edge have in common. A number that begins a foot must count with the pages, too, as that of a
    note (12. Ibid., p. 4) does not.
    """
    begun = _BEGUN.match(row.runs[0].text) if side == "foot" else None
    return side, _letters(row, index), int(begun[1]) - index if begun else 0


def _seen(run: Run, page: Page) -> Run:
    """A run of the text as it is seen on the page: that of a vertical text stands upright."""
    return run._replace(x0=run.y0, y0=-run.x1, x1=run.y1, y1=-run.x0) if page.vertical else run


def _edges(page: Page) -> Iterator[tuple[str, Row]]:
    """Lines at the edges as they are seen, each with its edge: from the outermost inward."""
    seen = [*(_seen(run, page) for run in page.runs), *page.across]
    upper = [run for run in seen if run.y0 > (1 - _ZONE) * page.height]
    if page.vertical:
        tops = [run.y1 for run in seen if run not in upper]
        upper = [run for run in upper if sum(abs(run.y1 - top) <= run.size for top in tops) < _COLUMNS]
    lower = [run for run in seen if run.y1 < _ZONE * page.height]
    yield from (("head", row) for row in (rows(upper)[:_DEEP] if upper else []))
    yield from (("foot", row) for row in (rows(lower)[: -_DEEP - 1 : -1] if lower else []))


def _apart(page: Page, row: Row) -> float:
    """How far a line is from what stands nearest above and below it, in heights of its own."""
    seen = [run for run in (*(_seen(run, page) for run in page.runs), *page.across) if run not in row.runs]
    gap = min((max(row.y0 - run.y1, run.y0 - row.y1) for run in seen), default=page.height)
    return gap / (row.y1 - row.y0)


@dataclass(slots=True)
class Census:
    """What all pages say together: how often lines recur at an edge, which numbers stand there, how much is set in which size and
    which weight.
    """

    lines: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    numbers: Counter[Number] = field(default_factory=Counter)
    pages: list[tuple[Number, ...]] = field(default_factory=list)
    sizes: Counter[float] = field(default_factory=Counter)
    weights: Counter[int] = field(default_factory=Counter)
    tops: Counter[tuple[int, tuple[str, str, int]]] = field(default_factory=Counter)
    """How often a line is the first of a page at a height, in points."""
    _heads: dict[int, bool] = field(default_factory=dict)

    def add(self, page: Page) -> None:
        """Take in the next page."""
        index = len(self.pages)
        edges = list(_edges(page))
        self.lines.update({_same(side, row, index) for side, row in edges})
        self.tops.update((round(row.y0), _same(side, row, index)) for side, row in edges[:1] if side == "head")
        found = (number_of(run.text, index) for _, row in edges for run in row.runs)
        numbers = tuple(dict.fromkeys(number for number in found if number is not None))
        self.numbers.update(numbers)
        self.pages.append(numbers)
        for run in page.runs:
            if len(run.text) > 2:
                self.sizes[run.size] += len(run.text)
                self.weights[run.weight] += len(run.text)

    def heads_stand_at(self, height: float) -> bool:
        """Whether lines that recur are the first of several pages at a height, and few others are; once all pages are seen."""
        at = round(height)
        if at not in self._heads:
            there = [(same, count) for (y, same), count in self.tops.items() if abs(y - at) <= 1]
            recurring = sum(count for same, count in there if same[1] and self.lines[same] >= _RECURS)
            self._heads[at] = recurring >= max(_RECURS, _HEADS * sum(count for _, count in there))
        return self._heads[at]

    def labels(self, printed: Sequence[str]) -> list[str]:
        """The label of each page: the printed number where others count with it, else of ``printed``, the labels that the file
        gives (else ""), else its count.
        """
        numbers = [max(one, key=lambda n: self.numbers[n], default=None) for one in self.pages]
        sure = [one if one and (self.numbers[one] > 1 or len(numbers) == 1) else None for one in numbers]
        filled = _filled(sure)
        return [label(number, i) if number else printed[i] or str(i + 1) for i, number in enumerate(filled)]


def _filled(numbers: Sequence[Number | None]) -> list[Number | None]:
    """Numbers with those of pages without one, where the pages before and after count alike."""
    out = list(numbers)
    last = None
    for i, number in enumerate(numbers):
        if number is None:
            continue
        if last is not None and i - last <= _NEAR and numbers[last] == number:
            out[last:i] = [number] * (i - last)
        last = i
    return out


@dataclass(frozen=True, slots=True)
class Parted:
    """A page without its edges: ``heads`` and ``feet``, from the top, are (text, whether it is a page number); ``rest`` is the
    page without them.
    """

    heads: list[tuple[str, bool]]
    feet: list[tuple[str, bool]]
    rest: Page


def part(page: Page, index: int, census: Census) -> Parted:
    """The page ``index`` with its running heads, feet and page numbers taken off."""
    found: dict[str, list[tuple[str, bool]]] = {"head": [], "foot": []}
    taken: set[Run] = set()
    ended: set[str] = set()
    for side, row in _edges(page):
        numbers = [run for run in row.runs if _is_number(run, index, census) or _stands_alone(run, index, row, page)]
        others = [run for run in row.runs if run not in numbers]
        first = side == "head" and not found[side] and _apart(page, row) >= 1 and census.heads_stand_at(row.y0)
        if side in ended or (others and not first and not _recurs(side, row, index, census)):
            ended.add(side)
            continue
        found[side] += [(run.text, True) for run in numbers]
        found[side] += [(joined(others, row.size), False)] if others else []
        taken.update(row.runs)
    rest = page._replace(
        runs=[run for run in page.runs if _seen(run, page) not in taken],
        across=[run for run in page.across if run not in taken],
    )
    return Parted(found["head"], found["foot"][::-1], rest)


def _recurs(side: str, row: Row, index: int, census: Census) -> bool:
    """Whether a line at an edge is a running head: it recurs, or stands in one line with a number that counts with the pages."""
    same = _same(side, row, index)
    counted = any(_is_number(run, index, census) for run in row.runs)
    return counted or (same[1] != "" and census.lines[same] >= _RECURS)


def _is_number(run: Run, index: int, census: Census) -> bool:
    """Whether a run is a number that counts with those of other pages."""
    number = number_of(run.text, index)
    return number is not None and census.numbers[number] > 1


def _stands_alone(run: Run, index: int, row: Row, page: Page) -> bool:
    """Whether a run is a number in figures with nothing near it."""
    number = number_of(run.text, index)
    if number is None or number.style != "arabic" or number.offset + index <= 0:
        return False
    return len(row.runs) == 1 and _apart(page, row) >= 1

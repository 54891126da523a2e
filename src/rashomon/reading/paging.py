"""Pages of plain text: page numbers and running heads among its lines, where pages begin, and which page each line is
on.

Nothing here is guessed from one sign alone. A number on a line of its own is a page number if it is one of a rising
series and cuts a sentence or stands at the edge of a page. A line is a running head if it recurs, and only at the
edges of pages, or with rising numbers. A page that bears no number has a label only where it lies between two that do
and the count of pages from the one to the other is right.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Literal

from rashomon.reading.roman import roman, value_of
from rashomon.reading.sentences import is_ended

_NUMBER = re.compile(
    r"[-–—|·•~\[\s]*(?:p(?:age|\.)|стр\.?|с\.)?\s*(?:(?P<arabic>\d{1,4})|(?P<roman>(?-i:[ivxlcIVXLC]{1,7})))"
    r"(?:\s*(?:of|/|из)\s*\d+)?\s*(?:ページ|頁)?[-–—|·•~\]\s]*",
    re.IGNORECASE,
)
_ROW = re.compile(r"\f?[^\n\f]+|\f")
_NUMBER_AT_AN_END = re.compile(r"(?P<head>\d{1,4})\W+(?=\D)|(?<=\D)\W+(?P<foot>\d{1,4})\W*$")
_LONGEST_RUNNING = 90  # characters
_FEWEST_RECURRENCES = 3
_MOSTLY = 0.8
_KNOWN = 2  # the printed numbers of one line in as many must be known to be used instead of a count
_TELLING = 4  # one page number in as many must show that it is one
_LINES_OF_A_PAGE = (
    15,
    90,
)  # lines of print on a page, the fewest and the most, where pages are told by a sign that may be chance
_FEWEST_LINES = 4  # between two page numbers that differ by one


@dataclass(slots=True)
class Line:
    """A line that is not blank. ``alone``: it is all of its block. ``fed``: a form feed is before it. ``kind``: folio
    or running, once that is known; else "".
    """

    text: str
    block: int
    start: int
    alone: bool
    fed: bool
    kind: Literal["", "folio", "running"] = ""


@dataclass(slots=True)
class Pages:
    """What the lines tell of the pages. ``begins``: the lines that are the first of a page. ``labels``: of each line,
    "" where unknown.
    """

    lines: list[Line]
    begins: set[int] = field(default_factory=set)
    labels: list[str] = field(default_factory=list)


def paged(texts: Sequence[str], counted: Sequence[str]) -> Pages:
    """The lines of ``texts``, with page numbers and running heads marked and every line's page.

    ``counted``: the page of each text as its format counts pages, "" where it has none: a label where the printed numbers of
    most pages are unknown. Takes time linear (but for a logarithm) in the text.
    """
    lines = _lines_of(texts)
    turned = {
        place for place, (one, after) in enumerate(pairwise(lines), 1) if counted[one.block] != counted[after.block]
    }
    pages = Pages(lines, turned | _page_starts(lines))
    numbers = dict(_folios(lines, pages.begins))
    for place in numbers:
        lines[place].kind = "folio"
    numbers |= _running(lines, pages.begins)
    pages.labels = _labels(pages, numbers)
    if any(counted) and _KNOWN * sum(map(bool, pages.labels)) < len(lines):
        pages.labels = [counted[line.block] for line in lines]
    return pages


def _lines_of(texts: Sequence[str]) -> list[Line]:
    lines: list[Line] = []
    fed = False
    for block, text in enumerate(texts):
        rows = list(_ROW.finditer(text))
        filled = sum(1 for row in rows if not row[0].isspace())
        for row in rows:
            fed = fed or row[0][0] == "\f"
            if not row[0].isspace():
                lines.append(Line(row[0], block, row.start(), filled == 1, fed))
                fed = False
    return lines


def _page_starts(lines: Sequence[Line]) -> set[int]:
    """Lines that begin a page: behind a form feed; else behind what often becomes of one, a single space before the
    line, where that comes at even distances.
    """
    fed = {place for place, line in enumerate(lines) if line.fed}
    if fed:
        return fed
    spaced = [place for place, line in enumerate(lines) if line.text[0] == " " and line.text[1] != " "]
    gaps = [after - before for before, after in pairwise(spaced)]
    if len(gaps) < _FEWEST_RECURRENCES or not _LINES_OF_A_PAGE[0] <= median(gaps) <= _LINES_OF_A_PAGE[1]:
        return set()
    usual = median(gaps)
    even = sum(1 for gap in gaps if abs(gap - usual) <= usual / 4)
    return set(spaced) if even >= _MOSTLY * len(gaps) else set()


# --- page numbers


def _value(text: str) -> int | None:
    """The number that is all of a line; of Roman ones only small letters, as capitals number chapters."""
    m = _NUMBER.fullmatch(text.strip()) if len(text) <= _LONGEST_RUNNING else None
    if m is None:
        return None
    if m["arabic"]:
        return int(m["arabic"])
    return value_of(m["roman"]) - 10_000 if m["roman"].islower() else None  # before all that are in Arabic


def _folios(lines: Sequence[Line], begins: set[int]) -> list[tuple[int, int]]:
    """(line, number) of each line that is a page number."""
    found = [(place, value) for place, line in enumerate(lines) if (value := _value(line.text)) is not None]
    edges = begins | {len(lines)} if begins else begins
    at_edge = {place for place, _ in found if place in edges or place + 1 in edges}
    found = [
        (place, value) for place, value in found if lines[place].alone or place in at_edge or _inside(lines, place)
    ]
    series = _plausible(_rising(found))
    telling = [place for place, _ in series if place in at_edge or _interrupts(lines, place)]
    # Numbers of sections rise too, but no sentence runs over them; a single number is one of a series only by chance.
    if _TELLING * len(telling) < len(series) and len(telling) < _FEWEST_RECURRENCES:
        return []
    return series


def _inside(lines: Sequence[Line], place: int) -> bool:
    """Whether the line stands in the midst of a paragraph, and not merely at its end."""
    return 0 < place < len(lines) - 1 and lines[place - 1].block == lines[place].block == lines[place + 1].block


def _interrupts(lines: Sequence[Line], place: int) -> bool:
    if not 0 < place < len(lines) - 1:
        return False
    after = lines[place + 1].text.lstrip()[:1]
    return after.islower() or (after.isalpha() and not is_ended(lines[place - 1].text))


def _rising(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest series among ``found`` in which the numbers rise (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, (_, value) in enumerate(found):
        pile = bisect_left(tops, value)
        tops[pile : pile + 1] = [value]
        ends[pile : pile + 1] = [place]
        before.append(ends[pile - 1] if pile else -1)
    out = []
    place = ends[-1] if ends else -1
    while place >= 0:
        out.append(found[place])
        place = before[place]
    return out[::-1]


def _plausible(series: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """``series`` without numbers that come too soon for the pages they count."""
    out: list[tuple[int, int]] = []
    for place, value in series:
        if not out or place - out[-1][0] >= _FEWEST_LINES:
            out.append((place, value))
    return out


# --- running heads


def _running(lines: Sequence[Line], begins: set[int]) -> dict[int, int]:
    """Mark running heads; the page numbers that stand in them, by line."""
    alike: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if len(line.text) <= _LONGEST_RUNNING and not line.kind:
            alike[" ".join(_NUMBER_AT_AN_END.sub(" ", line.text.strip()).split()).casefold()].append(place)
    numbers: dict[int, int] = {}
    for form, places in alike.items():
        if len(places) < 2 or not any(map(str.isalpha, form)):
            continue
        own = {place: value for place in places if (value := _number_at_an_end(lines[place].text)) is not None}
        rising = len(_rising(sorted(own.items()))) if own else 0
        if rising >= _FEWEST_RECURRENCES and rising >= _MOSTLY * len(places):
            numbers |= own
        elif sum(1 for place in places if _at_edge(lines, begins, place)) < _MOSTLY * len(places):
            continue
        for place in places:
            lines[place].kind = "running"
    return numbers


def _number_at_an_end(text: str) -> int | None:
    m = _NUMBER_AT_AN_END.search(text.strip())
    return int(m["head"] or m["foot"]) if m else None


def _at_edge(lines: Sequence[Line], begins: set[int], place: int) -> bool:
    beside = [near for near in (place - 1, place + 1) if 0 <= near < len(lines)]
    return place in begins or place + 1 in begins or any(lines[near].kind == "folio" for near in beside)


# --- labels


def _labels(pages: Pages, numbers: dict[int, int]) -> list[str]:
    """The page of every line. A number that no other sign of a page's edge stands beside is taken to be at the foot,
    unless the text begins with it.
    """
    lines = pages.lines
    foot = not numbers or min(numbers) > 0
    counts, count = [], 0
    for place in range(len(lines)):
        after_foot = foot and _ends_page(pages, numbers, place - 1)
        before_head = not foot and place > 0 and place in numbers and not _edge_between(pages, place)
        count += place in pages.begins or after_foot or before_head
        counts.append(count)
    known: dict[int, int] = {}
    for place, value in numbers.items():
        known.setdefault(counts[place], value)
    named = _between(known)
    return [_label(named.get(count)) for count in counts]


def _ends_page(pages: Pages, numbers: dict[int, int], place: int) -> bool:
    """Whether the page ends behind the number at ``place``, with nothing else to say so."""
    return place in numbers and place + 1 not in pages.begins and place not in pages.begins


def _edge_between(pages: Pages, place: int) -> bool:
    return place in pages.begins or place - 1 in pages.begins


def _between(known: dict[int, int]) -> dict[int, int]:
    """``known`` numbers of pages, by their count, with those between two whose difference is that of their counts."""
    out = dict(known)
    counts = sorted(known)
    for low, high in pairwise(counts):
        if known[high] - known[low] == high - low:
            out |= {count: known[low] + count - low for count in range(low, high)}
    return out


def _label(value: int | None) -> str:
    if value is None:
        return ""
    return str(value) if value >= 0 else roman(value + 10_000)

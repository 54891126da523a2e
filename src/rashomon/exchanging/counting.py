"""How a program counted the characters of a text, told by its passages.

REFI-QDA counts code points. NVivo for Windows counts characters beyond U+FFFF as two, as UTF-16 has them, and ATLAS.ti writes
line ends of two characters and counts one. A passage that is counted wrongly stands on other words, and nothing else says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

Place = tuple[int, int]
OURS: Final = "Rashomon"
"""How the name of the program begins in what Rashomon wrote."""
_LARGEST: Final = "\uffff"


@dataclass(frozen=True, slots=True)
class Told:
    """A passage as a program tells it: its place by the program's own count, and its words, "" where it writes none."""

    start: int
    end: int
    words: str = ""


def as_counted(text: str, passages: Sequence[Told], program: str) -> tuple[str, list[Place]]:
    """A text with line ends of one character, and the places of its passages in it, in code points.

    Of the ways to count that differ in this text, the one is taken by which most passages bear the words that are told of
    them; then the one by which most begin and end where words do; then the one that the program is known for. What Rashomon
    wrote is counted as the standard has it.
    """
    if program.startswith(OURS):
        return text, [(one.start, one.end) for one in passages]
    atlas, nvivo = (name in program.lower() for name in ("atlas", "nvivo"))
    ways = []
    for once in (False, True) if "\r\n" in text else (False,):
        lines = text.replace("\r\n", "\n") if once else text
        for units in (False, True) if max(text, default="") > _LARGEST else (False,):
            places = _from_units(lines, passages) if units else [(one.start, one.end) for one in passages]
            named = sum(one.words.split() == lines[slice(*place)].split()
                        for one, place in zip(passages, places, strict=True) if one.words.strip())  # fmt: skip
            whole = sum(_edge(lines, start) and _edge(lines, end) for start, end in places)
            ways.append(((named, whole, (once == atlas) + (units == nvivo)), lines, places))
    _, text, places = max(ways, key=lambda one: one[0])
    ends = [one.start() for one in re.finditer("\r\n", text)]
    return text.replace("\r\n", "\n"), [
        (start - bisect_left(ends, start), end - bisect_left(ends, end)) for start, end in places
    ]


def _from_units(text: str, passages: Sequence[Told]) -> list[Place]:
    """Places counted in units of UTF-16, in code points; none (-1) within a character or beyond the text."""
    ends = list(accumulate((1 + (letter > _LARGEST) for letter in text), initial=0))

    def place(units: int) -> int:
        found = bisect_left(ends, units)
        return found if found < len(ends) and ends[found] == units else -1

    return [(place(one.start), place(one.end)) for one in passages]


def _edge(text: str, place: int) -> bool:
    """Whether no word is cut at a place of a text."""
    return 0 <= place <= len(text) and not (
        text[max(place - 1, 0) : place].isalnum() and text[place : place + 1].isalnum()
    )


class Squeezed:
    """A text without its blanks, in which words are found whatever blanks a program writes between letters."""

    def __init__(self, text: str) -> None:
        self._places = [place for place, letter in enumerate(text) if not letter.isspace()]
        self._letters = "".join(text[place] for place in self._places)

    def place_of(self, words: str) -> Place | None:
        """Where words stand in the text; None where they stand nowhere, or more than once."""
        wanted = "".join(words.split())
        start = self._letters.find(wanted)
        if not wanted or start < 0 or self._letters.find(wanted, start + 1) >= 0:
            return None
        return self._places[start], self._places[start + len(wanted) - 1] + 1

"""What a database of Discourse Network Analyzer holds, apart from how it holds it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

Datum = str | int | bool

PERSON: Final = "person"
ORGANISATION: Final = "organization"
CONCEPT: Final = "concept"
AGREEMENT: Final = "agreement"
ATTRIBUTES: Final = ("Type", "Alias", "Notes")
"""The attributes that an entity has in every new database."""
SHORT, LONG, BOOLEAN, INTEGER = "short text", "long text", "boolean", "integer"


@dataclass(frozen=True, slots=True)
class DnaDocument:
    """A document. ``date``: seconds since 1970-01-01 in UTC, as the clock on the wall of whoever entered it.

    ``text``: as :func:`as_shown` gives it.
    """

    title: str
    text: str
    date: int
    author: str = ""
    source: str = ""
    section: str = ""
    notes: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DnaStatement:
    """A statement of a type on ``text[start:stop]`` of a document (its number), in code points; ``number``: its ID.

    Both places are 0 where it stands beyond the end of its document.
    """

    number: int
    kind: str
    document: int
    start: int
    stop: int
    coder: str
    values: Mapping[str, Datum]


@dataclass(frozen=True)
class DnaProject:
    """A database. ``kinds``: label of a statement type → its variables and their data types.

    ``entities``: (label, variable) → value → its attributes, blank ones left out. ``ours``: whether Rashomon wrote it.
    ``beside``: what else is in it, table → number of rows.
    """

    documents: tuple[DnaDocument, ...]
    statements: tuple[DnaStatement, ...]
    kinds: Mapping[str, Mapping[str, str]]
    entities: Mapping[tuple[str, str], Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    ours: bool = False
    beside: Mapping[str, int] = field(default_factory=dict)


def as_shown(text: str) -> str:
    """A text as DNA's text pane shows it and counts places in it: every line ends with one character.

    DNA keeps the line ends that a document came with, but places statements in the pane, whose editor (Java's) drops them.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Units:
    """Places in a text counted in code points, and in the 16-bit units that Java counts in."""

    def __init__(self, text: str) -> None:
        self.wide = [place for place, char in enumerate(text) if char > "\uffff"]  # each of them is two units
        self.units = [place + before for before, place in enumerate(self.wide)]

    def of_point(self, point: int) -> int:
        """The place in units of a place in code points."""
        return point + bisect_left(self.wide, point)

    def point(self, unit: int) -> int:
        """The place in code points of a place in units; within a character, that of the character."""
        before = bisect_right(self.units, unit - 2)  # whole characters of two units
        return unit - before - (unit - 1 in self.units[before : before + 1])

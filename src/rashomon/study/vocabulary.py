"""The words of the study format: verbs, enumerations, and the columns of every CSV file.

:data:`TABLES` is the one description of the files. The reader, ``rashomon check``, ``rashomon init`` and the
reference pages are all driven by it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

FORMAT: Final = 1
"""The study format that this version reads and writes."""

ID_PATTERN: Final = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
"""What an id looks like: lower-case letters, digits and hyphens."""

MAX_DEPTH: Final = 3
"""The longest path: what one actor takes another to take a third to hold."""

VERBS: Final = (
    "wants",
    "demands",
    "minimum",
    "asserts",
    "accepts",
    "rejects",
    "proposes",
    "intends",
    "expects",
    "fears",
    "believes",
    "avoids",
    "discounts",
    "overlooks",
    "unaware",
)
SILENT_VERBS: Final = frozenset({"avoids", "discounts", "overlooks", "unaware"})
"""Verbs that may stand without a stance: what is avoided or overlooked need not be taken a position on."""

STATUSES: Final = ("accepted", "proposed", "rejected", "superseded")
BASES: Final = ("words", "act", "witness", "inferred", "narrated")
HEDGES: Final = ("plain", "probable", "possible", "reported")
STAGES: Final = ("public", "confidential", "backchannel", "private")
EXTENTS: Final = ("all", "most", "half", "many", "some", "few", "one")
ROOTS: Final = ("experience", "history", "ideology", "expectation", "unknown")
KNOWN_BASES: Final = ("stated", "inferred")
RELATIONS: Final = ("=", ">", "<", "~", "change", "max")
UNITS: Final = ("percent", "points", "ratio")
PACKAGE_KINDS: Final = ("proposal", "draft", "agreement", "policy")
LINK_KINDS: Final = (
    "supports",
    "refutes",
    "answers",
    "part-of",
    "includes",
    "retells",
    "serves",
    "narrows",
    "disappoints",
    "conflicts",
    "led-to",
    "alternative",
)
ACCESS_KINDS: Final = ("withheld", "shown")
ACYCLIC_LINKS: Final = ("retells", "part-of", "includes")
MOVE_KINDS: Final = (
    "offers",
    "demands",
    "accepts",
    "rejects",
    "visits",
    "cancels",
    "declares",
    "omits",
    "threatens",
    "promises",
    "gives",
    "withdraws",
    "denies",
    "asks",
    "signs",
    "proposes",
    "leaks",
    "postpones",
    "imposes",
    "lifts",
    "votes",
    "publishes",
    "withholds",
    "meets",
    "warns",
    "apologises",
    "adopts",
    "vetoes",
    "answers",
)
ACTOR_KINDS: Final = ("person", "office", "group", "faction", "population", "organisation")
DIMENSIONS: Final = ("intent", "capability", "status", "affect")
ORDERS: Final = (">", "<", "up", "down", "max", "min")
"""Words before a stance, or instead of one, where a source gives only an order."""

DIRECTIONS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {"up": (0.0, 1.0), "down": (-1.0, 0.0), "none": (0.0, 0.0)}
)
"""Stances on a cause: the first topic raises the second, lowers it, or does nothing to it."""

DEFAULT_SCALE: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "strongly-negative": (-1.0, -0.6),
        "negative": (-0.6, -0.2),
        "mixed": (-0.2, 0.2),
        "positive": (0.2, 0.6),
        "strongly-positive": (0.6, 1.0),
        "absent": (-1.0, 0.0),
        "present": (0.0, 1.0),
    }
)
"""Words of a quality that declares no scale: equal fifths of −1..1, and the two halves."""


def scale_intervals(words: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    """Intervals on −1..1 of a declared scale of k words, low to high: equal k-ths.

    >>> scale_intervals(("low", "high"))
    {'low': (-1.0, 0.0), 'high': (0.0, 1.0)}
    """
    width = 2.0 / len(words)
    return {word: (-1.0 + i * width, -1.0 + (i + 1) * width) for i, word in enumerate(words)}


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One column of a CSV file.

    ``required``: the column must be there. ``filled``: so must the cell. ``kind`` says how the cell is read: ``id``,
    ``clause``, ``text`` (kept as bytes), ``word`` (text with few distinct values), ``path``, ``modality``, ``topic``,
    ``issue``, ``stance``, ``when``, ``day``, ``source``, ``actor``, ``actors``, ``record``, ``records``, ``number``,
    ``count``, ``fraction``, ``share``, ``enum``, ``extent``, ``condition``, ``question``, ``answer``, ``series``,
    ``file``.
    """

    name: str
    title: str
    kind: str
    required: bool = False
    filled: bool = False
    default: str = ""
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One CSV file: its name, its columns in their order, and what a row of it is."""

    name: str
    file: str
    title: str
    fields: tuple[FieldSpec, ...]
    unique_id: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns, in the order in which ``init`` writes them."""
        return tuple(one.name for one in self.fields)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that must be there."""
        return tuple(one.name for one in self.fields if one.required)

    def field(self, name: str) -> FieldSpec:
        """The column of that name; KeyError if there is none."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)


def _must(name: str, kind: str, title: str, **more: object) -> FieldSpec:
    """A column that must be there, and filled in every row."""
    return FieldSpec(name, title, kind, required=True, filled=True, **more)  # type: ignore[arg-type]


def _base(name: str, kind: str, title: str, **more: object) -> FieldSpec:
    """A column that must be there; its cells may be blank."""
    return FieldSpec(name, title, kind, required=True, **more)  # type: ignore[arg-type]


def _plus(name: str, kind: str, title: str, default: str = "", allowed: tuple[str, ...] = ()) -> FieldSpec:
    """A column that may be left out."""
    return FieldSpec(name, title, kind, default=default, allowed=allowed)


_SOURCE = _must("source", "source", "id of the source that says so")
_LOCATOR = _base("locator", "text", "where in the source: page, chapter, paragraph, table")
_NOTE = _base("note", "text", "a note in the coder's own words")
_KNOWN = _plus("known", "day", "first day on which the fact itself was open to someone outside the holder")
_GIVEN = _plus("given", "condition", "the condition on which it holds, over issue=position: ! & | -> <-> ( )")
_STAGE = _plus("stage", "enum", "before whom it was said or done", allowed=STAGES)
_BASIS = _plus("basis", "enum", "what the source rests on", allowed=BASES)
_VIA = _plus("via", "word", "the source behind the source")
_HEDGE = _plus("hedge", "enum", "the source's own doubt", "plain", HEDGES)
_CODER = _plus("coder", "word", "who coded the row")
_CERTAINTY = _plus("certainty", "fraction", "the coder's certainty, 0 to 1")
_AMOUNT = _plus("amount", "word", "a number with its unit, as printed")
_MANDATE = _plus("mandate", "word", "on whose authority it was done")

_STATEMENTS = TableSpec(
    "statements",
    "statements.csv",
    "One view a row: who takes whom to hold what, when, and who says so.",
    (
        _must("id", "id", "id of the statement; never changed once used"),
        _must("path", "path", "actors joined by ' > '; the first holds the view"),
        _must("topic", "topic", "an issue, TARGET:QUALITY, a record, or topic -> topic"),
        _base("stance", "stance", "a position of the issue, a word of the scale, a number, or an order"),
        _must("when", "when", "the time at which the view is held"),
        _SOURCE,
        _LOCATOR,
        _NOTE,
        _plus("modality", "modality", "verbs joined by ' > ', one for each actor of the path", "believes"),
        _plus("about", "when", "the time the view speaks of, where that differs"),
        _plus("reads", "records", "the moves, texts or packages that the statement interprets"),
        _KNOWN,
        _plus("known_basis", "enum", "how the day it was known is known", allowed=KNOWN_BASES),
        _BASIS,
        _VIA,
        _HEDGE,
        _STAGE,
        _plus("extent", "extent", "how much of the holder holds it: a word, or a bounded share such as >30%"),
        _GIVEN,
        _plus("root", "enum", "what the view grew from", allowed=ROOTS),
        _CODER,
        _CERTAINTY,
        _plus("status", "enum", "where review of the row stands", "accepted", STATUSES),
        _plus("passage", "text", "address of the passage it rests on, as `rashomon find` gives it: SOURCE#ANCHOR"),
        _plus("quote", "text", "the exact words of that passage on which it rests"),
    ),
)

_POLLS = TableSpec(
    "polls",
    "polls.csv",
    "One printed figure a row: the share that gave one answer to one question.",
    (
        _must("id", "id", "id of the figure; never changed once used"),
        _must("survey", "word", "name of the survey; its answers are compared with each other"),
        _must("question", "question", "id of the poll question"),
        _must("population", "word", "whom the figure speaks of"),
        _must("fielded", "when", "when the interviews were made"),
        _must("answer", "answer", "one of the question's answers"),
        _must("share", "share", "the number as printed"),
        _SOURCE,
        _LOCATOR,
        _NOTE,
        _plus("relation", "enum", "how the number bounds the share", "=", RELATIONS),
        _plus("unit", "enum", "what the number counts", "percent", UNITS),
        _plus("n", "count", "how many were asked"),
        _plus("base", "word", "of whom the share is, where not of all who were asked"),
        _plus("mode", "word", "how they were asked"),
        _plus("pollster", "word", "who asked"),
        _plus("path", "path", "the path, first a population, whose view the figure observes"),
        _plus("topic", "topic", "the topic of that view"),
        _plus("printed", "text", "the figure as the source words it"),
        _KNOWN,
    ),
)

_MOVES = TableSpec(
    "moves",
    "moves.csv",
    "One act of one actor a row.",
    (
        _must("id", "id", "id of the move; never changed once used"),
        _must("when", "when", "when it was done"),
        _must("actor", "actor", "who did it"),
        _base("target", "actor", "toward whom"),
        _must("kind", "enum", "what was done", allowed=MOVE_KINDS),
        _SOURCE,
        _LOCATOR,
        _NOTE,
        _plus("issue", "issue", "the issue it bears on"),
        _plus("stance", "stance", "the position it expresses on that issue"),
        _GIVEN,
        _AMOUNT,
        _plus("answers", "records", "the records it answers"),
        _STAGE,
        _MANDATE,
        _HEDGE,
        _BASIS,
        _VIA,
        _plus("weight", "number", "how much it weighs beside others; above 0"),
        _KNOWN,
        _CODER,
        _CERTAINTY,
    ),
)

_PACKAGES = TableSpec(
    "packages",
    "packages.csv",
    "One clause a row of a proposal, draft, agreement or policy.",
    (
        _must("id", "id", "id of the package, the same for all its clauses"),
        _must("clause", "clause", "number or name of the clause within the package"),
        _must("title", "word", "title of the package"),
        _must("kind", "enum", "what the package is", allowed=PACKAGE_KINDS),
        _must("when", "when", "when it was made, or was in force"),
        _must("author", "actors", "who made it; several are joined by ;"),
        _must("issue", "issue", "the issue that the clause settles"),
        _must("stance", "stance", "the position that the clause takes on it"),
        _SOURCE,
        _LOCATOR,
        _NOTE,
        _plus("giver", "actor", "who gives what the clause promises"),
        _GIVEN,
        _AMOUNT,
        _plus("deadline", "when", "by when"),
        _STAGE,
        _MANDATE,
        _KNOWN,
    ),
    unique_id=False,
)

_TEXTS = TableSpec(
    "texts",
    "texts.csv",
    "One document a row that belongs to a series and whose words count.",
    (
        _must("id", "id", "id of the text; never changed once used"),
        _must("series", "series", "id of the series it belongs to"),
        _must("when", "when", "its date"),
        _must("author", "actors", "whose words they are; several are joined by ;"),
        _must("title", "text", "its title"),
        _base("file", "file", "the file with its words, within the study's folder"),
        _SOURCE,
        _KNOWN,
    ),
)

_LINKS = TableSpec(
    "links",
    "links.csv",
    "One judgement a row about how two records stand to each other.",
    (
        _must("from", "record", "the record that supports, answers, retells …"),
        _must("kind", "enum", "how it stands to the other", allowed=LINK_KINDS),
        _must("to", "record", "the record that is supported, answered, retold …"),
        _must("by", "word", "the author or coder whose judgement it is"),
        _base("source", "source", "id of the source that says so"),
        _LOCATOR,
        _NOTE,
    ),
    unique_id=False,
)

_ACCESS = TableSpec(
    "access",
    "access.csv",
    "Who was shown a record, or kept from it, and by whom.",
    (
        _must("record", "record", "the record that was shown or withheld"),
        _must("audience", "actor", "who was shown it, or kept from it"),
        _plus(
            "how",
            "enum",
            "whether the audience was kept from the record or shown it; may be blank where until is given, for that is withheld",
            allowed=ACCESS_KINDS,
        ),
        _base("from", "when", "when it was first shown; of what was withheld, since when, blank: from the first"),
        _base("until", "when", "until when it was withheld, after which the audience had it; blank: for good"),
        _base("by", "actor", "who showed it or withheld it"),
        _base("source", "source", "id of the source that says so"),
        _LOCATOR,
        _NOTE,
    ),
    unique_id=False,
)

TABLES: Final[Mapping[str, TableSpec]] = MappingProxyType(
    {spec.name: spec for spec in (_STATEMENTS, _POLLS, _MOVES, _PACKAGES, _TEXTS, _LINKS, _ACCESS)}
)
"""Every CSV file of a study by its name without ``.csv``."""

RECORD_TABLES: Final = ("statements", "polls", "moves", "packages", "texts")
"""Tables whose rows have an id that other records may refer to; ids are unique across all of them."""

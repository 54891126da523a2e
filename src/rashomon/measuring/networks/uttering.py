"""Statements of a discourse as arrays: who says what, on which side, where and when; and which of them count once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.statistics.grouping import distinct

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]

Duplicates = Literal["all", "document", "week", "month", "year", "overall"]
DUPLICATES: Final[tuple[Duplicates, ...]] = ("all", "document", "week", "month", "year", "overall")
WHOLE: Final = ("actors", "topics", "documents", "scale")
"""What is of all statements, and not of each."""
EPOCH: Final = date(1970, 1, 1).toordinal()
_BOXED: Final = 128
"""From here on Java has two objects for one number, and from below minus this: DNA compares objects."""


@dataclass(frozen=True, eq=False)
class Scale:
    """K levels of agreement, in ascending order.

    ``place`` (K,): where each lies; two are as far apart as their places, as a share of ``span``. ``amount`` (K,): what each adds
    to agreement less disagreement. ``graded``: whether they are levels that coders gave, not the two sides of a topic.
    """

    place: Floats
    amount: Floats
    span: float
    graded: bool = False

    def __len__(self) -> int:
        return len(self.place)


SIDES: Final = Scale(np.array([-1.0, 1.0]), np.array([-1.0, 1.0]), 2.0)
"""Disagreement and agreement, where there are no other levels."""


@dataclass(frozen=True, eq=False)
class Utterances:
    """n statements. All arrays have n entries; ``actors``, ``topics`` and ``documents`` are what codes stand for.

    ``level`` is a code of ``scale``. ``first``..``last`` are
    the days (ordinals) between which the statement was made; ``passage`` numbers what several coders may have coded, ``coder``
    is who did; ``weight`` what the statement counts for, and ``row`` where it stands in its table.
    """

    actors: Sequence[str]
    topics: Sequence[str]
    documents: Sequence[str]
    scale: Scale
    actor: Ints
    topic: Ints
    level: Ints
    document: Ints
    first: Ints
    last: Ints
    passage: Ints
    coder: Ints
    weight: Floats
    row: Ints

    def __len__(self) -> int:
        return len(self.actor)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Levels, actors, topics."""
        return len(self.scale), len(self.actors), len(self.topics)

    def at(self, places: NDArray[Any]) -> Utterances:
        """The statements at these places, or of a mask."""
        kept = {one.name: getattr(self, one.name) for one in fields(self)}
        return Utterances(**{name: one if name in WHOLE else one[places] for name, one in kept.items()})

    @cached_property
    def turned(self) -> Utterances:
        """The same with actors and topics in each other's place."""
        taken = {"actors": self.topics, "topics": self.actors, "actor": self.topic, "topic": self.actor}
        return Utterances(**{one.name: taken.get(one.name, getattr(self, one.name)) for one in fields(self)})

    @cached_property
    def in_time(self) -> Utterances:
        """The same in the order of their first days; those of one day stay in theirs."""
        return self.at(np.argsort(self.first, kind="stable"))

    def days_of(self, group: Ints, size: int) -> tuple[Ints, Ints]:
        """First and last day (size,) of the statements of each group (n,); no day for a group without any."""
        first, last = np.full(size, np.iinfo(np.int64).max), np.zeros(size, np.int64)
        np.minimum.at(first, group, self.first)
        np.maximum.at(last, group, self.last)
        return first, last

    @cached_property
    def one_coding(self) -> bool:
        """Whether no passage was coded by several coders."""
        return bool(np.all(self.share == 1.0))

    @cached_property
    def share(self) -> Floats:
        """What each counts for (n,): where several coders coded one passage, their codings count for one together."""
        codings = distinct(self.passage, self.coder)[0]
        share: Floats = 1.0 / np.bincount(self.passage[codings])[self.passage] if len(self) else np.zeros(0)
        return share


def as_dates(days: Ints) -> Days:
    """Ordinals as dates of numpy."""
    return (days - EPOCH).astype("datetime64[D]")


def units(of: Utterances, duplicates: Duplicates, by_level: bool = True, dna: bool = False) -> Ints:
    """For each statement the number (from 0) of what it counts in: statements of one number count once.

    Equal are statements of one actor on one topic and, with ``by_level``, at one level. A week begins on Monday. ``dna``: as in
    DNA, where weeks and months of different years are the same, and levels beyond −128..127 never.
    """
    each = np.arange(len(of), dtype=np.int64)
    if duplicates == "all":
        return each
    same = [of.actor, of.topic, *([of.level] if by_level else [])]
    if dna and by_level and of.scale.graded:
        given = of.scale.amount[of.level]
        same.append(np.where((given < -_BOXED) | (given >= _BOXED), each, -1))
    if duplicates == "document":
        same.append(of.document)
    elif duplicates != "overall":
        same.append(_period(of.first, duplicates, dna))
    return distinct(*same)[1]


def _period(days: Ints, name: str, dna: bool) -> Ints:
    dates = as_dates(days)
    if name == "week":
        return _week_of_year(days) if dna else (days - 1) // 7  # day 1 of the calendar is a Monday
    if name == "year":
        return dates.astype("datetime64[Y]").astype(np.int64)
    months = dates.astype("datetime64[M]").astype(np.int64)
    return months % 12 if dna else months


def _week_of_year(days: Ints) -> Ints:
    """The number of the week within its year (ISO 8601)."""
    thursday = days - (days - 1) % 7 + 3
    new_year = as_dates(thursday).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64) + EPOCH
    return (thursday - new_year) // 7


def thinned(of: Utterances, duplicates: Duplicates, by_level: bool = True, dna: bool = False) -> Utterances:
    """The statements without duplicates, in the order of time: of each unit the earliest, the first where two are.

    It has the weight of them all, but no more than one; where documents were drawn anew, as much as its document.
    """
    there = of.weight > 0
    ordered = of.in_time if np.all(there) else of.at(there).in_time
    if duplicates == "all" or not len(ordered):
        return ordered
    first, unit = distinct(units(ordered, duplicates, by_level, dna))
    most = np.ones(len(first))
    if duplicates == "document":
        np.maximum.at(most, unit, ordered.weight)
    kept = np.argsort(first)
    return replace(
        ordered.at(first[kept]), weight=np.minimum(np.bincount(unit, ordered.weight, len(first)), most)[kept]
    )

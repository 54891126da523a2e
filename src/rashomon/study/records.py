"""The records of a study as columns: one table a file, n rows each, all arrays in the order of the file.

A :class:`Coded` column holds each distinct value once, parsed, and for every row its number (−1: blank). Days are
proleptic ordinals (int32); :data:`~rashomon.study.times.UNKNOWN_DAY` stands for "not known". ``known`` is the first
day on which the fact was open, ``known_bound`` the latest that day can be. ``row(i)`` gives one record as a plain
object.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import error
from rashomon.study.columns import Ints, Text
from rashomon.study.indexing import Ids
from rashomon.study.path_codes import PathCodes, code_paths
from rashomon.study.perspectives import NO_STANCE, Path, Stance, Topic, Verb
from rashomon.study.rows import AccessRecord, Clause, Link, Move, Poll, Statement, TextRecord
from rashomon.study.times import When

__all__ = [
    "Access",
    "Clauses",
    "Coded",
    "Links",
    "Moves",
    "Path",
    "Polls",
    "Stance",
    "Statements",
    "Table",
    "Texts",
    "Topic",
    "Verb",
]

T = TypeVar("T")
Row = TypeVar("Row")
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Coded(Generic[T]):
    """A column of parsed cells: each distinct value once, and in ``codes[i]`` (int32) which one row i has; −1 none."""

    values: tuple[T, ...]
    codes: Ints

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> T | None:
        code = int(self.codes[row])
        return self.values[code] if code >= 0 else None

    def get(self, row: int, blank: T) -> T:
        """The value of a row, or ``blank``."""
        code = int(self.codes[row])
        return self.values[code] if code >= 0 else blank

    def of(self, row: int) -> T:
        """The value of a row in a column without blanks."""
        return self.values[int(self.codes[row])]

    def each(self, read: Callable[[T], Any], dtype: Any, blank: Any) -> NDArray[Any]:
        """``read`` of each row's value as an array (n,) of ``dtype``; computed once a distinct value."""
        table = np.array([*map(read, self.values), blank], dtype=dtype)
        return table[self.codes]  # −1 takes the last entry

    def code(self, value: T) -> int:
        """The number of a value, or −2, which no row has."""
        return self.values.index(value) if value in self.values else -2

    def rows(self, value: T) -> NDArray[np.intp]:
        """The rows that have this value."""
        return np.flatnonzero(self.codes == self.code(value))


class Table(Generic[Row]):
    """What all tables share. Subclasses say what one row is."""

    line: Ints

    def __len__(self) -> int:
        return len(self.line)

    def row(self, row: int) -> Row:
        """Row ``row`` as an object."""
        raise NotImplementedError

    def rows(self, indices: Iterable[int] | None = None) -> list[Row]:
        """Rows as objects, all or those of ``indices``. One object a row: use the arrays where there are many."""
        chosen = range(len(self)) if indices is None else indices
        return [self.row(int(i)) for i in chosen]

    def __iter__(self) -> Iterator[Row]:
        return (self.row(i) for i in range(len(self)))


class _WithId(Table[Row]):
    id: Ids

    def index(self, name: str) -> int:
        """The (first) row with this id; R004 where there is none."""
        row = self.id.row(name)
        if row < 0:
            raise error("R004", "The study has no such record.", found=repr(name), allowed="an id of this table")
        return row


@dataclass(frozen=True, eq=False)
class Statements(_WithId[Statement]):
    """statements.csv. ``when_lo`` and ``when_hi`` are the bounds of ``when``; ``certainty`` (float64) may be NaN."""

    id: Ids
    path: Coded[Path]
    topic: Coded[Topic]
    stance: Coded[Stance]
    when: Coded[When]
    when_lo: Ints
    when_hi: Ints
    about: Coded[When]
    reads: Coded[tuple[str, ...]]
    known: Ints
    known_bound: Ints
    known_basis: Coded[str]
    basis: Coded[str]
    via: Coded[str]
    hedge: Coded[str]
    stage: Coded[str]
    extent: Coded[str]
    given: Coded[str]
    root: Coded[str]
    coder: Coded[str]
    certainty: Floats
    status: Coded[str]
    passage: Text
    quote: Text
    source: Coded[str]
    locator: Text
    note: Text
    line: Ints

    @cached_property
    def paths(self) -> PathCodes:
        """The distinct paths as numbers."""
        return code_paths(self.path.values)

    def row(self, row: int) -> Statement:
        """One statement."""
        return Statement(
            id=self.id[row],
            path=self.path.of(row),
            topic=self.topic.of(row),
            stance=self.stance.get(row, NO_STANCE),
            when=self.when.of(row),
            about=self.about[row],
            reads=self.reads.get(row, ()),
            known=int(self.known[row]),
            known_bound=int(self.known_bound[row]),
            known_basis=self.known_basis.get(row, ""),
            basis=self.basis.get(row, ""),
            via=self.via.get(row, ""),
            hedge=self.hedge.get(row, ""),
            stage=self.stage.get(row, ""),
            extent=self.extent.get(row, ""),
            given=self.given.get(row, ""),
            root=self.root.get(row, ""),
            coder=self.coder.get(row, ""),
            certainty=float(self.certainty[row]),
            status=self.status.get(row, ""),
            passage=self.passage[row],
            quote=self.quote[row],
            source=self.source.of(row),
            locator=self.locator[row],
            note=self.note[row],
            line=int(self.line[row]),
        )


@dataclass(frozen=True, eq=False)
class Polls(_WithId[Poll]):
    """polls.csv. ``when_lo`` and ``when_hi`` are the bounds of ``fielded``; ``n`` (int64) is −1 where not given."""

    id: Ids
    survey: Coded[str]
    question: Coded[str]
    population: Coded[str]
    fielded: Coded[When]
    when_lo: Ints
    when_hi: Ints
    answer: Coded[str]
    share: Floats
    relation: Coded[str]
    unit: Coded[str]
    n: NDArray[np.int64]
    base: Coded[str]
    mode: Coded[str]
    pollster: Coded[str]
    path: Coded[Path]
    topic: Coded[Topic]
    known: Ints
    known_bound: Ints
    source: Coded[str]
    printed: Text
    locator: Text
    note: Text
    line: Ints

    @property
    def when(self) -> Coded[When]:
        """``fielded``, under the name that the other tables use."""
        return self.fielded

    @cached_property
    def paths(self) -> PathCodes:
        """The distinct paths as numbers."""
        return code_paths(self.path.values)

    def row(self, row: int) -> Poll:
        """One figure."""
        return Poll(
            id=self.id[row],
            survey=self.survey.of(row),
            question=self.question.of(row),
            population=self.population.of(row),
            fielded=self.fielded.of(row),
            answer=self.answer.of(row),
            share=float(self.share[row]),
            relation=self.relation.get(row, ""),
            unit=self.unit.get(row, ""),
            n=None if self.n[row] < 0 else int(self.n[row]),
            base=self.base.get(row, ""),
            mode=self.mode.get(row, ""),
            pollster=self.pollster.get(row, ""),
            path=self.path[row],
            topic=self.topic[row],
            known=int(self.known[row]),
            known_bound=int(self.known_bound[row]),
            source=self.source.of(row),
            printed=self.printed[row],
            locator=self.locator[row],
            note=self.note[row],
            line=int(self.line[row]),
        )


@dataclass(frozen=True, eq=False)
class Moves(_WithId[Move]):
    """moves.csv. ``weight`` (float64) is 1 where it is not given."""

    id: Ids
    when: Coded[When]
    when_lo: Ints
    when_hi: Ints
    actor: Coded[str]
    target: Coded[str]
    kind: Coded[str]
    issue: Coded[str]
    stance: Coded[Stance]
    given: Coded[str]
    amount: Coded[str]
    answers: Coded[tuple[str, ...]]
    stage: Coded[str]
    mandate: Coded[str]
    hedge: Coded[str]
    basis: Coded[str]
    via: Coded[str]
    weight: Floats
    known: Ints
    known_bound: Ints
    coder: Coded[str]
    certainty: Floats
    source: Coded[str]
    locator: Text
    note: Text
    line: Ints

    def row(self, row: int) -> Move:
        """One move."""
        return Move(
            id=self.id[row],
            when=self.when.of(row),
            actor=self.actor.of(row),
            target=self.target.get(row, ""),
            kind=self.kind.of(row),
            issue=self.issue.get(row, ""),
            stance=self.stance.get(row, NO_STANCE),
            given=self.given.get(row, ""),
            amount=self.amount.get(row, ""),
            answers=self.answers.get(row, ()),
            stage=self.stage.get(row, ""),
            mandate=self.mandate.get(row, ""),
            hedge=self.hedge.get(row, ""),
            basis=self.basis.get(row, ""),
            via=self.via.get(row, ""),
            weight=float(self.weight[row]),
            known=int(self.known[row]),
            known_bound=int(self.known_bound[row]),
            coder=self.coder.get(row, ""),
            certainty=float(self.certainty[row]),
            source=self.source.of(row),
            locator=self.locator[row],
            note=self.note[row],
            line=int(self.line[row]),
        )


@dataclass(frozen=True, eq=False)
class Clauses(_WithId[Clause]):
    """packages.csv: one clause a row; clauses of one package share its id."""

    id: Ids
    clause: Coded[str]
    title: Coded[str]
    kind: Coded[str]
    when: Coded[When]
    when_lo: Ints
    when_hi: Ints
    author: Coded[tuple[str, ...]]
    issue: Coded[str]
    stance: Coded[Stance]
    giver: Coded[str]
    given: Coded[str]
    amount: Coded[str]
    deadline: Coded[When]
    stage: Coded[str]
    mandate: Coded[str]
    known: Ints
    known_bound: Ints
    source: Coded[str]
    locator: Text
    note: Text
    line: Ints

    def row(self, row: int) -> Clause:
        """One clause."""
        return Clause(
            id=self.id[row],
            clause=self.clause.of(row),
            title=self.title.of(row),
            kind=self.kind.of(row),
            when=self.when.of(row),
            author=self.author.of(row),
            issue=self.issue.of(row),
            stance=self.stance.get(row, NO_STANCE),
            giver=self.giver.get(row, ""),
            given=self.given.get(row, ""),
            amount=self.amount.get(row, ""),
            deadline=self.deadline[row],
            stage=self.stage.get(row, ""),
            mandate=self.mandate.get(row, ""),
            known=int(self.known[row]),
            known_bound=int(self.known_bound[row]),
            source=self.source.of(row),
            locator=self.locator[row],
            note=self.note[row],
            line=int(self.line[row]),
        )


@dataclass(frozen=True, eq=False)
class Texts(_WithId[TextRecord]):
    """texts.csv."""

    id: Ids
    series: Coded[str]
    when: Coded[When]
    when_lo: Ints
    when_hi: Ints
    author: Coded[tuple[str, ...]]
    title: Text
    file: Coded[str]
    known: Ints
    known_bound: Ints
    source: Coded[str]
    line: Ints

    def row(self, row: int) -> TextRecord:
        """One document."""
        return TextRecord(
            id=self.id[row],
            series=self.series.of(row),
            when=self.when.of(row),
            author=self.author.of(row),
            title=self.title[row],
            file=self.file.get(row, ""),
            known=int(self.known[row]),
            known_bound=int(self.known_bound[row]),
            source=self.source.of(row),
            line=int(self.line[row]),
        )


@dataclass(frozen=True, eq=False)
class Links(Table[Link]):
    """links.csv. A link is open once both its records are; ``known_bound`` is the later of theirs."""

    from_: Coded[str]
    kind: Coded[str]
    to: Coded[str]
    by: Coded[str]
    known: Ints
    known_bound: Ints
    source: Coded[str]
    locator: Text
    note: Text
    line: Ints

    def row(self, row: int) -> Link:
        """One link."""
        return Link(
            from_=self.from_.of(row),
            kind=self.kind.of(row),
            to=self.to.of(row),
            by=self.by.of(row),
            source=self.source.get(row, ""),
            locator=self.locator[row],
            note=self.note[row],
            line=int(self.line[row]),
        )


@dataclass(frozen=True, eq=False)
class Access(Table[AccessRecord]):
    """access.csv. ``known_bound`` is that of the record shown or withheld."""

    record: Coded[str]
    audience: Coded[str]
    how: Coded[str]
    from_: Coded[When]
    until: Coded[When]
    by: Coded[str]
    known: Ints
    known_bound: Ints
    source: Coded[str]
    locator: Text
    note: Text
    line: Ints

    def row(self, row: int) -> AccessRecord:
        """One showing or withholding."""
        return AccessRecord(
            record=self.record.of(row),
            audience=self.audience.of(row),
            how=self.how.of(row),
            from_=self.from_[row],
            until=self.until[row],
            by=self.by.get(row, ""),
            source=self.source.get(row, ""),
            locator=self.locator[row],
            note=self.note[row],
            line=int(self.line[row]),
        )

"""What the study holds of each actor's own stances, as arrays that a belief about that actor can be set against.

A *record* here is a statement, a move with an issue and a stance, or a clause of a package: something of an actor's own. Each
has a key, the actors of its path and its topic; beliefs about an actor look up the keys of that actor, of those who stand
for it (members in their term of office, or a side's top layer), and of nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.records.comparing import STRENGTH
from rashomon.measuring.statistics.grouping import Ints, distinct
from rashomon.study import NO_STANCE, Clauses, Moves, Stance, StudyData

MOVE_VERBS = {
    "offers": ("proposes", False),
    "proposes": ("proposes", False),
    "demands": ("demands", False),
    "asks": ("wants", False),
    "declares": ("asserts", False),
    "publishes": ("asserts", False),
    "promises": ("intends", False),
    "accepts": ("accepts", False),
    "signs": ("accepts", False),
    "adopts": ("accepts", False),
    "gives": ("accepts", False),
    "rejects": ("rejects", False),
    "vetoes": ("rejects", False),
    "denies": ("rejects", False),
    "withdraws": ("rejects", False),
    "omits": ("avoids", False),
}
"""What a kind of move says of its actor's stance, as a verb; kinds not named say nothing by themselves."""

PACKAGE_VERBS = {"policy": "asserts", "proposal": "proposes", "draft": "proposes", "agreement": "accepts"}

TABLES = ("statements", "moves", "packages", "polls", "texts")
STATEMENTS, MOVES, PACKAGES, POLLS, TEXTS = range(5)

T = TypeVar("T")
Key = tuple[tuple[str, ...], str]


@dataclass(frozen=True)
class Records:
    """Own stances of n records, one array entry a record.

    ``key``: number of (actors, topic), which for K distinct ones are ``actors`` (3, K; numbers of ``names``, −1 beyond the last)
    and ``topic`` (numbers of ``topics``); ``claim``: number of (verb, negated, stance) in ``claims``; ``tellers``: codes of
    sources and narrators; ``lo``/``hi``: the days it is held, ``sure``: held throughout them; ``strength`` 1..3;
    ``voice``/``origin``: codes of the narrator or source, and of the source behind it; ``known``/``bound``: first day open, and
    the latest that can be; ``table``/``row``: where it stands. The first of ``names`` are those of the statements' paths.
    """

    names: dict[str, int]
    topics: dict[str, int]
    actors: Ints
    topic: Ints
    claims: tuple[tuple[str, bool, Stance], ...]
    tellers: dict[str, int]
    key: Ints
    claim: Ints
    lo: Ints
    hi: Ints
    sure: NDArray[np.bool_]
    strength: Ints
    voice: Ints
    origin: Ints
    known: Ints
    bound: Ints
    table: Ints
    row: Ints

    @cached_property
    def keys(self) -> dict[Key, int]:
        """The number of each (actors, topic); costs an object for each."""
        names, topics = tuple(self.names), tuple(self.topics)
        columns = zip(self.actors.T.tolist(), self.topic.tolist(), strict=True)
        return {
            (tuple(names[one] for one in actors if one >= 0), topics[topic]): number
            for number, (actors, topic) in enumerate(columns)
        }


class Numbers(Generic[T]):
    """Numbers for things in order of first appearance."""

    def __init__(self) -> None:
        self.of: dict[T, int] = {}

    def __call__(self, thing: T) -> int:
        """The number of a thing."""
        return self.of.setdefault(thing, len(self.of))


@dataclass
class _Tables:
    """The dictionaries that the parts share."""

    study: StudyData
    names: Numbers[str]
    topics: Numbers[str]
    claims: Numbers[tuple[str, bool, Stance]]
    tellers: Numbers[str]

    def told(self, table: Any, at: NDArray[np.intp]) -> tuple[Ints, Ints]:
        """Codes of the voice (narrator, else source) and of the origin (the source behind the source, else the source)."""
        voice = table.source.each(lambda source: self.tellers(self.study.voice(source)), np.int64, -1)[at]
        own = table.source.each(self.tellers, np.int64, -1)[at]
        if not hasattr(table, "via"):
            return voice, own
        behind = table.via.each(self.tellers, np.int64, -1)[at]
        return voice, np.where(behind >= 0, behind, own)


@dataclass
class _Part:
    """The columns of :class:`Records` for one table, before they are joined; ``key``: the three actors and the topic."""

    key: tuple[Ints, Ints, Ints, Ints]
    claim: Ints
    when: tuple[Ints, Ints, NDArray[np.bool_]]
    strength: Ints
    told: tuple[Ints, Ints]
    known: NDArray[np.int32]
    bound: NDArray[np.int32]
    table: int
    row: NDArray[np.intp]


def gather(study: StudyData) -> Records:
    """The accepted, open records of a study that carry an actor's own stance; linear in their number but for sorting."""
    tables = _Tables(study, Numbers(), Numbers(), Numbers(), Numbers())
    parts = list(_parts(tables))

    def join(arrays: list[NDArray[Any]]) -> Ints:
        return np.concatenate(arrays).astype(np.int64)

    columns = [join([p.key[i] for p in parts]) for i in range(4)]
    first, key = distinct(*columns)
    return Records(
        names=tables.names.of,
        topics=tables.topics.of,
        actors=np.stack([column[first] for column in columns[:3]]),
        topic=columns[3][first],
        claims=tuple(tables.claims.of),
        tellers=tables.tellers.of,
        key=key,
        claim=join([p.claim for p in parts]),
        lo=join([p.when[0] for p in parts]),
        hi=join([p.when[1] for p in parts]),
        sure=np.concatenate([p.when[2] for p in parts]),
        strength=join([p.strength for p in parts]),
        voice=join([p.told[0] for p in parts]),
        origin=join([p.told[1] for p in parts]),
        known=join([p.known for p in parts]),
        bound=join([p.bound for p in parts]),
        table=join([np.full(len(p.row), p.table) for p in parts]),
        row=join([p.row for p in parts]),
    )


def _parts(tables: _Tables) -> Iterator[_Part]:
    study = tables.study
    yield _statements(tables, study.open_rows("statements"))
    moves = study.open_rows("moves")
    speaking = study.moves.kind.each(lambda kind: kind in MOVE_VERBS, np.bool_, False)[moves]
    yield _deeds(
        tables, moves[speaking & (study.moves.issue.codes[moves] >= 0) & (study.moves.stance.codes[moves] >= 0)]
    )
    yield from _clauses(tables, study.open_rows("packages"))


def _times(table: Any, at: NDArray[np.intp]) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    sure = table.when.each(lambda when: not when.within, np.bool_, False)[at]
    return table.when_lo[at].astype(np.int64), table.when_hi[at].astype(np.int64), sure


def _statements(tables: _Tables, at: NDArray[np.intp]) -> _Part:
    table = tables.study.statements
    paths, code = table.paths, table.path.codes[at]
    for name in paths.names:
        tables.names(name)  # so that the numbers of the paths' names are theirs here too
    topic = table.topic.each(lambda topic: tables.topics(topic.text), np.int64, -1)[at]
    verb = paths.verb[code]
    first, of = distinct(verb, table.stance.codes[at])
    said = [paths.verbs[one] for one in verb[first].tolist()]
    claim = [
        tables.claims((one.name, one.negated, table.stance.get(i, NO_STANCE)))
        for one, i in zip(said, at[first].tolist(), strict=True)
    ]
    strength = table.basis.each(STRENGTH.__getitem__, np.int64, STRENGTH[""])[at]
    return _Part(
        (paths.holder[code], paths.second[code], paths.third[code], topic), _spread(claim, of), _times(table, at), strength,
        tables.told(table, at), table.known[at], table.known_bound[at], STATEMENTS, at,
    )  # fmt: skip


def _deeds(tables: _Tables, at: NDArray[np.intp]) -> _Part:
    table = tables.study.moves
    actor = table.actor.each(tables.names, np.int64, -1)[at]
    first, of = distinct(table.kind.codes[at], table.stance.codes[at])
    claim = [tables.claims((*MOVE_VERBS[table.kind.of(i)], table.stance.get(i, NO_STANCE))) for i in at[first].tolist()]
    # an act is the actor's own; where the study says that it is only inferred or narrated, that holds
    strength = table.basis.each(STRENGTH.__getitem__, np.int64, STRENGTH["act"])[at]
    return _Part(
        _key(tables, table, at, actor), _spread(claim, of), _times(table, at), strength, tables.told(table, at),
        table.known[at], table.known_bound[at], MOVES, at,
    )  # fmt: skip


def _clauses(tables: _Tables, at: NDArray[np.intp]) -> Iterator[_Part]:
    """One part for each author's place in the list of authors: a clause of two authors is a stance of both."""
    table = tables.study.packages
    at = at[table.stance.codes[at] >= 0]
    authors = table.author.each(len, np.int64, 0)[at]
    for place in range(int(authors.max(initial=0))):
        mine = at[authors > place]
        author = np.array([tables.names(table.author.of(i)[place]) for i in mine.tolist()], np.int64)
        claim = [
            tables.claims((PACKAGE_VERBS[table.kind.of(i)], False, table.stance.get(i, NO_STANCE)))
            for i in mine.tolist()
        ]
        yield _Part(
            _key(tables, table, mine, author), np.array(claim, np.int64), _times(table, mine),
            np.full(len(mine), STRENGTH["act"]), tables.told(table, mine), table.known[mine], table.known_bound[mine],
            PACKAGES, mine,
        )  # fmt: skip


def _key(tables: _Tables, table: Moves | Clauses, at: NDArray[np.intp], actor: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """The actors and the topic of an actor's own move or clause."""
    nobody = np.full(len(at), -1, np.int64)
    return actor, nobody, nobody, table.issue.each(tables.topics, np.int64, -1)[at]


def _spread(numbers: list[int], of: Ints) -> Ints:
    return np.array(numbers, dtype=np.int64)[of]


def name_of(study: StudyData, table: int, row: int) -> str:
    """The id of a record; of a clause, the package's id and the clause."""
    if table == PACKAGES:
        return f"{study.packages.id[row]}#{study.packages.clause.of(row)}"
    return getattr(study, TABLES[table]).id[row]  # type: ignore[no-any-return]


def names_of(study: StudyData, table: Ints, row: Ints) -> list[str]:
    """:func:`name_of` of many records (n,)."""
    out = np.empty(len(table), object)
    for number, name in enumerate(TABLES):
        mine = np.flatnonzero(table == number)
        found = getattr(study, name).id.many(row[mine])
        if number == PACKAGES:
            clauses = (study.packages.clause.of(i) for i in row[mine].tolist())
            found = [f"{one}#{clause}" for one, clause in zip(found, clauses, strict=True)]
        out[mine] = found
    return out.tolist()

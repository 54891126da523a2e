"""From a study to acts: its moves between sides, and what else is on record as answering one or as answered by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from rashomon.measuring.catchball.acts import CALLS, ONLY_ANSWER, SILENT, WITHDRAWS, Acts, Bools, Floats, Ints
from rashomon.study import Coded, StudyData
from rashomon.study.vocabulary import MOVE_KINDS

_OFFERED: Final = ("proposal", "draft")

TABLES: Final = ("moves", "packages", "statements")
"""Where acts may be recorded."""


@dataclass(frozen=True, eq=False)
class Gathered:
    """Acts of a study. ``sides``: ids by number; ``table`` (n,): where each act is recorded (its place in :data:`TABLES`),
    ``row`` (n,): in which row of it; ``last``: the last day of a dated act, or of the view, 0 where there is none.
    """

    study: StudyData
    acts: Acts
    sides: tuple[str, ...]
    table: Ints
    row: Ints
    last: int

    def records(self, places: Sequence[int] | Ints) -> tuple[str, ...]:
        """The ids of acts, in their order."""
        return tuple(self.record(int(place)) for place in places)

    def record(self, place: int) -> str:
        """The id of an act."""
        table: Any = self.study.table(TABLES[int(self.table[place])])
        return str(table.id[int(self.row[place])])

    def sources(self, places: Ints) -> tuple[tuple[str, ...], int]:
        """The sources of acts, and how many independent voices they are."""
        told: dict[tuple[str, str], None] = {}
        for number, name in enumerate(TABLES):
            rows = self.row[places[self.table[places] == number]]
            held: Any = self.study.table(name)
            vias = held.via.codes[rows] if hasattr(held, "via") else np.full(len(rows), -1)
            pairs = (
                np.unique(np.stack([held.source.codes[rows], vias]), axis=1)
                if len(rows)
                else np.zeros((2, 0), np.int64)
            )
            for source, via in pairs.T.tolist():
                told[held.source.values[source], held.via.values[via] if via >= 0 else ""] = None
        sources, behind = [one for one, _ in told], [via for _, via in told]
        return tuple(sorted(set(sources))), self.study.independent_voices(sources, behind)


def gather_acts(study: StudyData, scores: Mapping[str, float]) -> Gathered:
    """Moves of one side toward another; and moves toward nobody, toward one's own side, packages and statements as far as
    they are on record as answers across sides (column ``answers`` and links of that kind), or as answered so. O(n log n).

    A package is an act of the one side that wrote it, and calls for an answer if it is a proposal or a draft; a statement is
    one of the side that holds it.
    """
    sides = tuple(one.id for one in study.declared.sides)
    answer, answered = _express(study)
    table, row = _wanted(study, sides, answer, answered)
    voices: dict[str, int] = {}
    parts = [_of_table(study, number, row[table == number], sides, scores, voices) for number in range(len(TABLES))]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    place = {
        name: _places(study, name, row[table == number], int(np.sum(table < number)))
        for number, name in enumerate(TABLES)
    }
    ends = []
    for found in (answer, answered):
        at = np.full(found.shape[1], -1, np.int64)
        for number, name in enumerate(TABLES):
            here = found[0] == number
            at[here] = place[name][found[1][here]]
        ends.append(at)
    kept = (ends[0] >= 0) & (ends[1] >= 0)
    acts = Acts(answer=ends[0][kept], answered=ends[1][kept], **columns)
    _aim(acts)
    days = acts.hi[acts.across & acts.dated]
    last = int(days.max()) if len(days) else 0
    return Gathered(study, acts, sides, table, row, last if study.day is None else min(last, study.day))


def _aim(acts: Acts) -> None:
    """A package is addressed to nobody: it is taken for an act toward the side that answers it."""
    blank = (
        (acts.target[acts.answered] < 0)
        & acts.calls[acts.answered]
        & (acts.mover[acts.answer] != acts.mover[acts.answered])
    )
    acts.target[acts.answered[blank]] = acts.mover[acts.answer[blank]]


def _places(study: StudyData, table: str, rows: Ints, start: int) -> Ints:
    out = np.full(len(study.table(table)) + 1, -1, np.int64)
    out[rows] = start + np.arange(len(rows))
    return out


def _express(study: StudyData) -> tuple[Ints, Ints]:
    """Answers on record whose records are both open, as (number of the table, row) of what answers (2, m) and is answered (2,
    m).
    """
    moves, links = study.moves, study.links
    rows = study.open_rows("moves")
    size = np.array([*(len(one) for one in moves.answers.values), 0], np.int64)
    rows = rows[moves.answers.codes[rows] >= 0]
    each = size[moves.answers.codes[rows]]
    names = [name for code in moves.answers.codes[rows].tolist() for name in moves.answers.values[code]]
    at = study.open_rows("links")
    at = at[links.kind.each(lambda kind: kind == "answers", np.bool_, False)[at]]
    tied = [[column.values[code] for code in column.codes[at].tolist()] for column in (links.from_, links.to)]
    made, row = _found(study, tied[0])
    answer = np.stack(
        [np.concatenate([np.zeros(int(each.sum()), np.int64), made]), np.concatenate([np.repeat(rows, each), row])]
    )
    answered = np.stack(_found(study, names + tied[1]))
    kept = (answer[0] >= 0) & (answered[0] >= 0)
    pairs = np.unique(np.concatenate([answer, answered])[:, kept], axis=1)
    return pairs[:2], pairs[2:]


def _found(study: StudyData, names: Sequence[str]) -> tuple[Ints, Ints]:
    """Number of the table (−1: none of ours, or not open) and row of each of these records."""
    table, row = study.index.find([name.partition("#")[0] for name in names])
    out = np.full(len(names), -1, np.int64)
    for number, name in enumerate(TABLES):
        here = np.flatnonzero(table == study.index.names.index(name))
        out[here[study.open_mask(name)[row[here]]]] = number
    return out, row.astype(np.int64)


def _wanted(study: StudyData, sides: Sequence[str], answer: Ints, answered: Ints) -> tuple[Ints, Ints]:
    """Which rows of which tables are acts: moves toward another side, and the ends of answers; by table, then row."""
    moves = study.moves
    mover, target = (_numbers(column, study, sides) for column in (moves.actor, moves.target))
    at = study.open_rows("moves")
    at = at[(target[at] >= 0) & (target[at] != mover[at])]
    wide = max(len(study.table(name)) for name in TABLES) + 1  # one number for table and row: sorted ten times sooner than pairs
    joint = np.unique(np.concatenate([at, *(table * wide + row for table, row in (answer, answered))]))
    return joint // wide, joint % wide


def _numbers(column: Any, study: StudyData, sides: Sequence[str]) -> Ints:
    found: Ints = column.each(lambda name: sides.index(study.side_of(name)), np.int64, -1)
    return found


def _of_table(
    study: StudyData, number: int, rows: Ints, sides: Sequence[str], scores: Mapping[str, float], voices: dict[str, int]
) -> dict[str, Any]:
    """The columns of the acts in one table; ``voices`` numbers those who tell, in all tables alike."""
    name = TABLES[number]
    table: Any = study.table(name)
    read = _READ[name](study, rows, sides)

    def one_of(names: Sequence[str]) -> Bools:
        return read.kind.each(names.__contains__, np.bool_, False)

    return {
        "mover": read.mover, "target": read.target, "lo": table.when_lo[rows].astype(np.int64),
        "hi": table.when_hi[rows].astype(np.int64), "calls": one_of(CALLS), "only_answers": one_of(ONLY_ANSWER),
        "withdraws": one_of(WITHDRAWS), "speaks": ~one_of(SILENT), "issue": read.issue,
        "public": table.stage.codes[rows] == table.stage.code("public"),
        "score": read.kind.each(lambda kind: scores.get(kind, 0.0), np.float64, 0.0), "weight": read.weight,
        "voice": study.speakers(name).each(lambda one: voices.setdefault(one, len(voices)), np.int64, -1)[rows],
    }  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Read:
    kind: Coded[str]
    mover: Ints
    target: Ints
    issue: Ints
    weight: Floats


def _moves(study: StudyData, rows: Ints, sides: Sequence[str]) -> _Read:
    moves = study.moves
    number = {one.id: place for place, one in enumerate(study.declared.issues)}
    issue = moves.issue.each(number.__getitem__, np.int64, -1)[rows]
    mover, target = (_numbers(column, study, sides)[rows] for column in (moves.actor, moves.target))
    return _Read(Coded(moves.kind.values, moves.kind.codes[rows]), mover, target, issue, moves.weight[rows])


def _packages(study: StudyData, rows: Ints, sides: Sequence[str]) -> _Read:
    clauses = study.packages
    kinds = tuple("proposes" if one in _OFFERED else "declares" for one in clauses.kind.values)

    def side(authors: tuple[str, ...]) -> int:
        made = {study.side_of(one) for one in authors}
        return sides.index(made.pop()) if len(made) == 1 else -1

    nobody = np.full(len(rows), -1, np.int64)
    mover = clauses.author.each(side, np.int64, -1)[rows]
    return _Read(Coded(kinds, clauses.kind.codes[rows]), mover, nobody, nobody, np.ones(len(rows)))


def _statements(study: StudyData, rows: Ints, sides: Sequence[str]) -> _Read:
    path = study.statements.path
    kinds = tuple(str(one.verb) if str(one.verb) in MOVE_KINDS else "declares" for one in path.values)
    mover = path.each(lambda one: sides.index(study.side_of(one.holder)), np.int64, -1)[rows]
    nobody = np.full(len(rows), -1, np.int64)
    return _Read(Coded(kinds, path.codes[rows]), mover, nobody, nobody, np.ones(len(rows)))


_READ: Final[Mapping[str, Callable[[StudyData, Ints, Sequence[str]], _Read]]] = MappingProxyType(
    {"moves": _moves, "packages": _packages, "statements": _statements}
)

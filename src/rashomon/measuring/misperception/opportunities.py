"""Chances to read, and chances taken: of the moves that others addressed to a side, how many it is on record as reading.

What was never recorded is unknown, so a rate has bounds: the lower takes every move without a reading on record as unread,
the upper takes it as read, but for those on record as overlooked by that side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.statistics.grouping import Ints
from rashomon.study import OPEN_HI, OPEN_LO, Result, StudyData, Verb
from rashomon.study.provenance import note

Bools = NDArray[np.bool_]

LISTED: Final = 100
"""How many ids a row names at most."""


@dataclass(frozen=True, slots=True)
class Opportunity:
    """How many of the moves that others addressed to a side were read by it.

    ``time``: a declared period that the moves touch, or "all". Of ``addressed`` moves ``read`` have at least one reading
    by that side on record, and ``passed_over`` have none and are on record as overlooked by it. The rate lies between
    ``low`` (what has no reading on record was not read) and ``high`` (all was read but what is known to be passed over).
    ``n`` readings of ``voices`` independent voices. ``statements`` are the readings and ``unread`` the moves without any, of
    each the first 100 in the order of the study.
    """

    side: str
    time: str
    addressed: int
    read: int
    passed_over: int
    low: float
    high: float
    because: str
    n: int
    voices: int
    sources: tuple[str, ...]
    statements: tuple[str, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True)
class Opportunities(Result[Opportunity]):
    """Rates of reading over the moves addressed to each side, over the whole study and in each period."""


@dataclass(frozen=True, eq=False)
class Chances:
    """Moves addressed from one side to another, and what became of them: rows of moves, the side addressed, whether read
    or passed over by it (n,); and the readings as (place in ``move``, statement row) pairs.
    """

    move: Ints
    side: Ints
    read: Bools
    passed_over: Bools
    reading_of: Ints
    reading: Ints


def measure_opportunities(study: StudyData) -> Opportunities:
    """Moves addressed to each side × readings recorded. Needs moves with a target and statements with ``reads``.

    O(moves + readings) but for sorting.
    """
    sides = tuple(one.id for one in study.declared.sides)
    chances = gather_chances(study, sides)
    times = [("all", OPEN_LO, OPEN_HI), *((one.id, one.when.lo, one.when.hi) for one in study.declared.periods)]
    rows = []
    for place, side in enumerate(sides):
        mine = chances.side == place
        for time, lo, hi in times:
            in_time = (study.moves.when_lo[chances.move] <= hi) & (study.moves.when_hi[chances.move] >= lo)
            if np.any(mine & in_time):
                rows.append(_opportunity(study, chances, mine & in_time, side, time))
    sources = {source for row in rows for source in row.sources}
    about = note(study, "moves addressed to a side × readings recorded", {}, None, len(chances.move), sources)
    return Opportunities(tuple(rows), about)


def gather_chances(study: StudyData, sides: Sequence[str]) -> Chances:
    """Every open move from one side to another, with its open readings by the side that it was addressed to."""
    moves, statements = study.moves, study.statements
    mine = moves.actor.each(lambda one: sides.index(study.side_of(one)), np.int64, -1)
    theirs = moves.target.each(lambda one: sides.index(study.side_of(one)), np.int64, -1)
    at = study.open_rows("moves")
    at = at[(theirs[at] >= 0) & (theirs[at] != mine[at])]
    place = np.full(len(moves), -1, np.int64)
    place[at] = np.arange(len(at))
    rows = study.open_rows("statements")
    paths = statements.paths
    reader = paths.of_holder(lambda name: sides.index(study.side_of(name)), np.int64, -1)[statements.path.codes]
    row, move = read_by(study, rows, place)
    own = reader[row] == theirs[at[move]]
    read = np.zeros(len(at), np.bool_)
    read[move[own]] = True
    blind = paths.of_verb(_passes_over, np.bool_, False) & (paths.depth == 1)
    blind = blind[statements.path.codes[rows]]
    row_, move_ = _about_moves(study, rows[blind], place)
    passed = np.zeros(len(at), np.bool_)
    passed[move_[reader[row_] == theirs[at[move_]]]] = True
    return Chances(at.astype(np.int64), theirs[at], read, passed & ~read, move[own], row[own])


def _passes_over(verb: Verb) -> bool:
    return verb.name in ("overlooks", "unaware") and not verb.negated


def read_by(study: StudyData, rows: NDArray[np.intp], place: Ints) -> tuple[Ints, Ints]:
    """Pairs of a statement row and the place of a move that it reads; ``place`` is by row of moves, −1 for none."""
    reads = study.statements.reads
    size = np.array([*(len(one) for one in reads.values), 0], np.int64)
    found = study.moves.id.find([name for one in reads.values for name in one]).astype(np.int64)
    rows = rows[reads.codes[rows] >= 0]
    code = reads.codes[rows]
    each = size[code]
    begin = np.concatenate([[0], np.cumsum(size[:-1])])[code]
    offset = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
    move = found[np.repeat(begin, each) + offset] if len(found) else np.zeros(0, np.int64)
    return _placed(np.repeat(rows, each), move, place)


def _about_moves(study: StudyData, rows: NDArray[np.intp], place: Ints) -> tuple[Ints, Ints]:
    """Pairs of a statement row and the place of the move that is its topic."""
    topic = study.statements.topic
    found = study.moves.id.find([one.record for one in topic.values]).astype(np.int64)
    move = np.append(found, -1)[topic.codes[rows]]
    return _placed(rows, move, place)


def _placed(rows: NDArray[np.intp], move: Ints, place: Ints) -> tuple[Ints, Ints]:
    keep = move >= 0
    keep[keep] = place[move[keep]] >= 0
    return rows[keep].astype(np.int64), place[move[keep]]


def _opportunity(study: StudyData, chances: Chances, mine: Bools, side: str, time: str) -> Opportunity:
    statements = study.statements
    addressed, read, passed = (
        int(np.count_nonzero(one)) for one in (mine, mine & chances.read, mine & chances.passed_over)
    )
    rows = np.unique(chances.reading[mine[chances.reading_of]])
    unread = chances.move[mine & ~chances.read]
    told = np.unique(np.stack([statements.source.codes[rows], statements.via.codes[rows]]), axis=1)
    sources = [statements.source.values[code] for code in told[0].tolist()]
    vias = ["" if code < 0 else statements.via.values[code] for code in told[1].tolist()]
    because = f"{read} of {addressed} moves addressed to {side} have a reading by it on record"
    return Opportunity(
        side=side, time=time, addressed=addressed, read=read, passed_over=passed, low=read / addressed,
        high=1 - passed / addressed, because=because + f"; {passed} are on record as overlooked" * bool(passed),
        n=len(rows), voices=study.independent_voices(sources, vias), sources=tuple(sorted(set(sources))),
        statements=tuple(statements.id[row] for row in rows[:LISTED].tolist()),
        unread=tuple(study.moves.id[row] for row in unread[:LISTED].tolist()),
    )  # fmt: skip

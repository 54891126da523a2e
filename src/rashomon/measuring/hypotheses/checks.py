"""The declared checks of a hypothesis, tried on the study's polls, moves and ledger of misperceptions.

Each check is tried twice: on everything that is open, and on what does not rest on the source of the claim. What it says for
the hypothesis counts as independent only by the second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.dynamics import SHOWN
from rashomon.measuring.hypotheses.poll_checks import (
    ABOUT,
    MET,
    NOT_MET,
    OPEN,
    Figure,
    Outcome,
    Tried,
    bounds,
    try_change,
    try_gap,
    try_level,
    try_trend,
)
from rashomon.measuring.records.comparing import STRENGTH, STRENGTH_NAMES
from rashomon.measuring.records.resting import Author, Bools
from rashomon.study import StudyData, When, parse_day, parse_when
from rashomon.study.schema import Check
from rashomon.texts import count


class LedgerRow(Protocol):
    """What a check needs of a row of the ledger: who believes, on what, when (as written), and the verdict.

    ``told_by``, ``on_account_of`` or ``sources`` (ids of sources), ``statements`` and ``strength`` are used where a row has
    them; a row that names no source is never independent.
    """

    @property
    def holder(self) -> str:
        """Who believes."""

    @property
    def topic(self) -> str:
        """On what."""

    @property
    def when(self) -> str:
        """When, as written."""

    @property
    def verdict(self) -> str:
        """The verdict on the belief."""


@dataclass(frozen=True)
class Ground:
    """What checks are tried on: open rows by table (masks), and rows of the ledger.

    ``whole`` is the ground of which this is a part, None where it is all there is: that a part holds few records of a kind
    shows nothing.
    """

    study: StudyData
    open: dict[str, Bools]
    ledger: Sequence[LedgerRow]
    whole: Ground | None = None

    def without(self, author: Author) -> Ground:
        """The part that does not rest on the author of a claim."""
        kept = {table: self.open[table] & ~author.own(table) for table in ("polls", "moves")}
        ledger = [row for row in self.ledger if not _rests(row, author)]
        return Ground(self.study, {**self.open, **kept}, ledger, self)


def _rests(row: LedgerRow, author: Author) -> bool:
    named = _sources(row)
    return bool(author.source) and (not named or any(author.is_of(name) for name in named))


def _sources(row: LedgerRow) -> tuple[str, ...]:
    """Sources that a row of the ledger rests on: of the belief, and of the evidence on it."""
    named = [name for key in ("told_by", "on_account_of", "sources") for name in getattr(row, key, ())]
    return tuple(dict.fromkeys(named))


def try_check(check: Check, ground: Ground) -> Tried:
    """The outcome of one check, with its figures, the records that it rests on, and their sources."""
    return _KINDS[check.kind](check, ground)


def asked(check: Check) -> str:
    """What a check asks, in one line."""
    if check.kind == "verdict":
        whose = f"beliefs of {check.holder}" if check.holder else "beliefs"
        on = f" on {check.topic}" if check.topic else ""
        return f"at least {check.at_least} {whose}{on}{_over(check)} are {check.expect}"
    if check.kind == "count":
        kinds = ", ".join(check.moves) or "any kind"
        whom = f"{check.actor or 'anybody'} toward {check.target or 'anybody'}"
        return f"moves ({kinds}) of {whom}{_over(check)}: {check.relation} {check.value:g}"
    share = f"{' + '.join((check.question, *check.questions))}: {check.answer}"
    share += f" among {check.population}" if check.population else ""
    by = f" by {check.by:g}" if check.by else ""
    if check.kind == "poll-change" and check.since and check.to:
        return f"{share}, {check.since.text} to {check.to.text}: {check.expect}{by}"
    if check.kind == "poll-gap":
        other = f" among {check.other_population}" if check.other_population else ""
        return f"{share}{_over(check)}: {check.expect}{by} than {check.other_question}: {check.other_answer}{other}"
    if check.kind == "poll-trend":
        return f"{share}{_over(check)}: {check.expect}{by} a year"
    return f"{share}{_over(check)}: {check.relation} {check.value:g}"


def _over(check: Check) -> str:
    return f" in {check.when.text}" if check.when else ""


# polls


def _change(check: Check, ground: Ground) -> Tried:
    if check.since is None or check.to is None:  # pragma: no cover - the schema requires both
        return Tried(OPEN, "the times are not declared")
    series = _figures(ground, (check.question,), check.answer, check.population)
    return try_change(_inside(series, check.since), _inside(series, check.to), check.expect, check.by)


def _level(check: Check, ground: Ground) -> Tried:
    series = _figures(ground, (check.question,), check.answer, check.population)
    return try_level(_inside(series, check.when), check.relation, float(check.value or 0.0))


def _gap(check: Check, ground: Ground) -> Tried:
    first = _figures(ground, (check.question,), check.answer, check.population)
    second = _figures(ground, (check.other_question,), check.other_answer, check.other_population)
    within = check.when is not None
    return try_gap(_inside(first, check.when), _inside(second, check.when), check.expect, check.by, within)


def _trend(check: Check, ground: Ground) -> Tried:
    series = _figures(ground, (check.question, *check.questions), check.answer, check.population)
    exact = [(one, when) for one, when in series if one.high - one.low <= 2 * ABOUT]
    return try_trend(_inside(exact, check.when), check.expect, check.by)


Series = list[tuple[Figure, When]]


def _figures(ground: Ground, questions: Sequence[str], answer: str, population: str) -> Series:
    """The printed shares of an answer, in percent; a survey that several sources print counts once."""
    polls = ground.study.polls
    mask = ground.open["polls"] & polls.question.each(lambda one: one in questions, np.bool_, False)
    mask &= polls.answer.each(lambda one: one == answer, np.bool_, False)
    mask &= polls.unit.each(lambda one: one == "percent", np.bool_, True) & ~np.isnan(polls.share)
    if population:
        mask &= polls.population.each(lambda one: one == population, np.bool_, False)
    found: dict[tuple[str, ...], tuple[Figure, When]] = {}
    for row in np.flatnonzero(mask).tolist():
        poll = polls.row(row)
        span = bounds(poll.share, poll.relation or "=")
        if span is None:
            continue
        instrument = (poll.question, poll.population, poll.pollster or poll.source, poll.mode, poll.base)
        figure = Figure(
            poll.id, poll.share, *span, poll.n, (poll.fielded.lo + poll.fielded.hi) // 2, instrument, poll.survey,
            poll.question, poll.source,
        )  # fmt: skip
        found.setdefault((poll.survey, poll.question, poll.population), (figure, poll.fielded))
    return list(found.values())


def _inside(series: Series, when: When | None) -> list[Figure]:
    """The figures asked wholly within a time; all, where none is given."""
    return [one for one, asked in series if when is None or (when.lo <= asked.lo and asked.hi <= when.hi)]


# moves


def _count(check: Check, ground: Ground) -> Tried:
    moves = ground.study.moves
    frame, sure = _frame(check, ground)
    counted = moves.kind.each(lambda kind: not check.moves or kind in check.moves, np.bool_, False)[frame]
    at = frame[counted]
    least, most, value = int(np.count_nonzero(sure & counted)), len(at), float(check.value or 0.0)
    outcome = _counted(least, most, check.relation, value)
    because = count(least, "move") + ("" if least == most else f", {most:,} if uncertain dates fall in the time")
    because += f" of {len(frame)} of any kind"
    if not len(frame):
        outcome, because = OPEN, "no moves of theirs are recorded in that time"
    elif ground.whole is not None and len(frame) < len(_frame(check, ground.whole)[0]):
        # a part of the moves can show that there are so many, never that there are so few
        shown = MET if check.relation in (">", ">=") else NOT_MET
        enough = check.relation != "=" or least > value
        outcome = outcome if outcome == shown and enough else OPEN
    rests = at if len(at) else frame
    return Tried(
        outcome, because, (("moves", float(least)), ("moves at most", float(most))),
        tuple(moves.id[row] for row in at[:SHOWN].tolist()), _named(moves.source, rests),
        _of_moves(ground.study, at), len(at),
    )  # fmt: skip


def _frame(check: Check, ground: Ground) -> tuple[NDArray[np.intp], Bools]:
    """Rows of all moves of the actor toward the target that may lie in the time, and which of them surely do."""
    study, moves = ground.study, ground.study.moves
    mask = ground.open["moves"] & moves.actor.each(_is(study, check.actor), np.bool_, not check.actor)
    mask &= moves.target.each(_is(study, check.target), np.bool_, not check.target)
    if check.when is None:
        at = np.flatnonzero(mask)
        return at, np.ones(len(at), np.bool_)
    at = np.flatnonzero(mask & (moves.when_lo <= check.when.hi) & (moves.when_hi >= check.when.lo))
    return at, (moves.when_lo[at] >= check.when.lo) & (moves.when_hi[at] <= check.when.hi)


def _counted(least: int, most: int, relation: str, value: float) -> Outcome:
    """The outcome for a number between ``least`` and ``most``."""
    if relation == "=" and least <= value <= most and least < most:
        return OPEN
    outcomes = {_holds(least, relation, value), _holds(most, relation, value)}
    return OPEN if len(outcomes) > 1 else MET if outcomes == {True} else NOT_MET


def _is(study: StudyData, name: str) -> Callable[[str], bool]:
    """Whether an actor is the one named, or of the side named; everyone, where none is."""
    side = bool(name) and study.is_side(name)
    return lambda actor: not name or actor == name or (side and study.side_of(actor) == name)


def _holds(count: int, relation: str, value: float) -> bool:
    return {
        ">": count > value, ">=": count >= value, "<": count < value, "<=": count <= value, "=": count == value,
    }[relation]  # fmt: skip


def _named(column: Any, at: NDArray[np.intp]) -> tuple[str, ...]:
    return tuple(sorted(column.values[code] for code in np.unique(column.codes[at]).tolist()))


def _of_moves(study: StudyData, at: NDArray[np.intp]) -> int:
    """How strong a count is: as its weakest move; a count of none is only as strong as the author's silence."""
    strength = study.moves.basis.each(STRENGTH.__getitem__, np.int64, STRENGTH["act"])[at]
    return int(strength.min(initial=3)) if len(at) else 1


# the ledger


def _verdict(check: Check, ground: Ground) -> Tried:
    rows = [row for row in ground.ledger if _matches(row, check, ground.study)]
    hits = [row for row in rows if row.verdict == check.expect]
    decided = [row for row in rows if row.verdict != "undetermined"]
    room = len(hits) + (0 if check.expect == "undetermined" else len(rows) - len(decided))
    outcome: Outcome = MET if len(hits) >= check.at_least else OPEN
    whole = ground.whole is None or len(rows) == sum(_matches(row, check, ground.study) for row in ground.whole.ledger)
    if outcome == OPEN and decided and room < check.at_least and whole:
        outcome = NOT_MET
    used = hits if outcome == MET else rows
    because = f"{len(hits)} of {len(rows)} beliefs are {check.expect}, {len(rows) - len(decided)} undetermined"
    numbers = {name: strength for strength, name in STRENGTH_NAMES.items()}
    # as many beliefs as must have the verdict have it on evidence at least so strong
    kinds = sorted((max(1, numbers.get(getattr(row, "strength", ""), 1)) for row in used), reverse=True)
    return Tried(
        outcome, because if rows else "the ledger has no such belief",
        (("beliefs", float(len(rows))), (check.expect, float(len(hits)))),
        tuple(dict.fromkeys(name for row in used for name in getattr(row, "statements", ())))[:SHOWN],
        tuple(sorted({name for row in used for name in _sources(row)})),
        kinds[min(check.at_least, len(kinds)) - 1] if kinds else 1, len(used),
    )  # fmt: skip


def _matches(row: LedgerRow, check: Check, study: StudyData) -> bool:
    if check.holder and not _is(study, check.holder)(row.holder):
        return False
    if check.topic and row.topic != check.topic:
        return False
    if check.when is None:
        return True
    when = parse_when(row.when)
    # a belief told by several statements may last longer than the time that one of them gives
    start, end = getattr(row, "start", ""), getattr(row, "end", "")
    lo, hi = parse_day(start) if start else when.lo, parse_day(end) if end else when.hi
    return lo <= check.when.hi and hi >= check.when.lo


_KINDS: dict[str, Callable[[Check, Ground], Tried]] = {
    "poll-change": _change,
    "poll-level": _level,
    "poll-gap": _gap,
    "poll-trend": _trend,
    "verdict": _verdict,
    "count": _count,
}

"""The timeline of moves and packages, and the moves of the two sides as a ladder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rashomon.reporting.document import (
    Block,
    Column,
    Em,
    Figure,
    Head,
    Inline,
    Ladder,
    Link,
    Para,
    Records,
    Row,
    Rung,
    Section,
    Small,
    Strong,
    Table,
    Text,
)
from rashomon.reporting.specs import timeline, year_of
from rashomon.reporting.telling import MOST_ROWS, Telling
from rashomon.reporting.wording import interval
from rashomon.study import Move, StudyData, When
from rashomon.texts import count


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated: a move or a package; ``kind`` as the study names it."""

    record: str
    when: When
    side: str
    title: str
    kind: str
    what: str


def events(telling: Telling) -> list[Event]:
    """Moves and packages in order of time."""
    study, names = telling.study, telling.names
    found = [
        Event(one.id, one.when, study.side_of(one.actor), names.record(one.id), one.kind, "move")
        for one in _moves(study)
    ]
    seen: set[str] = set()
    for clause in study.packages.rows(study.open_rows("packages")[: 4 * MOST_ROWS]):
        if clause.id not in seen:
            seen.add(clause.id)
            side = study.side_of(clause.author[0]) if clause.author else ""
            found.append(Event(clause.id, clause.when, side, clause.title, clause.kind, "package"))
    return sorted(found, key=lambda one: (one.when.lo, one.when.hi, one.record))


def _moves(study: StudyData) -> list[Move]:
    at = study.open_rows("moves")
    if len(at) > 4 * MOST_ROWS:  # the heaviest of very many
        at = at[(-study.moves.weight[at]).argsort(kind="stable")[: 4 * MOST_ROWS]]
    return study.moves.rows(at)


def chronicle(telling: Telling) -> Section:
    """The section: the timeline with its named dates, and the ladder."""
    found = events(telling)
    day = telling.study.day
    dates = [one for one in telling.study.declared.dates if day is None or one.when.lo <= day]
    dates.sort(key=lambda one: _middle(one.when))
    named = [(one.name, _middle(one.when)) for one in dates]
    moves = sum(one.what == "move" for one in found)
    text: Text = (
        f"{count(moves, 'move')} and {count(len(found) - moves, 'package')} (proposals, drafts, agreements and policy lines) along the "
        "years, with the dates that the study names. Below, the moves of the two sides stand against one line of time.",
    )
    listed = [f"{i}. {one.name} ({interval(one.when.text)})" for i, one in enumerate(dates, 1)]
    blocks: list[Block] = [Para(text)]
    if found:
        caption: Text = (
            Strong("Moves and packages by year. "),
            "A circle is a move, a square a package; what is dated to several years stands at their middle.",
            *((Small(" Numbered lines: " + "; ".join(listed) + "."),) if dates else ()),
        )
        alt = f"Moves and packages of each side by year, {len(found)} in all; the table holds each with its date."
        data = _event_table(telling, found)
        blocks.append(Figure("fig-timeline", caption, timeline(found, named, telling.mains, telling.names), alt, data))
    return Section("timeline", "The course of events", (*blocks, *_ladder(telling)))


def _middle(when: When) -> float:
    return (year_of(when.lo) + year_of(when.hi)) / 2


def _event_table(telling: Telling, found: Sequence[Event]) -> Table:
    rows = tuple(
        Row(((interval(one.when.text),), (telling.names.short(one.side) if one.side else "–",), (one.title,), (one.kind,), (Records((one.record,)),)))
        for one in found[:MOST_ROWS]
    )
    columns = tuple(Column(head) for head in ("When", "Side", "What", "Kind", "Record"))
    more = max(len(found) - MOST_ROWS, 0)
    return Table("tab-timeline", ("Moves and packages in order of time.",), columns, rows, len(rows), more, rest="events")


def _ladder(telling: Telling) -> list[Block]:
    study, names = telling.study, telling.names
    left, right = telling.mains
    at = [one for one in _moves(study) if study.side_of(one.actor) in (left, right)]
    at = sorted((one for one in at if _between(study, one, left, right)), key=lambda one: (one.when.lo, one.when.hi))
    if not at:
        return []
    here = {one.id: one for one in at}
    rungs = tuple(_rung(telling, one, here) for one in at[:MOST_ROWS])
    text: Text = (
        f"{count(len(at), 'move')} that one side addressed to the other, or with which it answered. An arrow points from the mover to "
        "the side addressed; without one, a move was addressed to its own side, or to nobody named. A move that answers another says which.",
    )
    caption: Text = (Strong("Moves as a ladder. "), "Who moved toward whom, and when.")
    side = (names.short(left), names.short(right))
    return [Head("ladder", "Move and answer"), Para(text), Ladder("fig-ladder", caption, *side, rungs, 30)]


def _between(study: StudyData, move: Move, left: str, right: str) -> bool:
    target = study.side_of(move.target) if move.target else ""
    return bool(move.answers) or {study.side_of(move.actor), target} == {left, right}


def _rung(telling: Telling, move: Move, here: dict[str, Move]) -> Rung:
    study, names = telling.study, telling.names
    left, _ = telling.mains
    mover = study.side_of(move.actor)
    across = bool(move.target) and study.side_of(move.target) != mover
    parts: list[Inline] = [Strong(names.short(move.actor)), f" {names.did(move.kind, move.target)}"]
    if move.issue:
        stance = names.stance(move.issue, move.stance.text)
        parts += [": ", Em(stance or names.topic(move.issue)), Small(f" ({names.topic(move.issue)})" if stance else "")]
    parts.append(" ")
    if move.stage and move.stage != "public":
        parts.append(Small(f"({move.stage}) "))
    answers: list[Inline] = []
    for name in move.answers:
        answers += ["; "] if answers else ["in answer to: "]
        answers.append(Link(_named(telling, name), f"m-{name}" if name in here else f"r-{name}"))
    return Rung(f"m-{move.id}", _short(move.when), mover == left, across, (*parts, Records((move.id,))), tuple(answers))


def _named(telling: Telling, name: str) -> str:
    """A record that is answered, in a few words: who did what, and when."""
    record = telling.study.record(name)
    if isinstance(record, Move):
        return f"{telling.names.short(record.actor)} {telling.names.did(record.kind)} ({_short(record.when)})"
    return f"{telling.names.record(name)} ({_short(record.when)})"


def _short(when: When) -> str:
    """A time for a narrow column: a day, a month, a year or years."""
    lo, hi = date.fromordinal(max(when.lo, 1)), date.fromordinal(min(when.hi, date.max.toordinal()))
    if lo == hi:
        return f"{lo.day} {lo:%b} {lo.year}"
    if (lo.year, lo.month) == (hi.year, hi.month):
        return f"{lo:%b} {lo.year}"
    return str(lo.year) if lo.year == hi.year else f"{lo.year}–{hi.year}"

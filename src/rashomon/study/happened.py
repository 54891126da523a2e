"""What happened to a statement, from all journals in one time line: decisions, edits by hand, and what is not recorded yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from rashomon.errors import RashomonError, error, suggest
from rashomon.study.journals import (
    ADJUDICATIONS,
    HISTORY,
    REVIEWS,
    Cells,
    Journal,
    as_json,
    read_journal,
    read_statements,
)
from rashomon.study.recording import BEGUN, Edit, Recorded, differences, edits_of, unrecorded
from rashomon.study.settling import counts_of
from rashomon.study.vocabulary import TABLES
from rashomon.texts import count, one_line

_WIDE: Final = 60  # characters of a cell that are shown


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that was done to a statement: ``what`` (an edit, or a decision), when, by whom, why, and in which file that is.

    ``changes``: cell → what it said before, and since. ``when``, ``by``, ``file``: "" of what is not recorded yet.
    ``statement``: its id at that time.
    """

    when: str
    by: str
    statement: str
    what: str
    changes: Mapping[str, tuple[str, str]]
    why: str
    file: str


@dataclass(frozen=True, slots=True)
class Done:
    """What one person did at one time for one reason, as a journal (``file``) has it: to how many statements or cells what."""

    when: str
    by: str
    why: str
    file: str
    did: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Histories:
    """The time line of one statement (``of``), or in ``summary`` all that was done to those of a study.

    ``pending``: how many edits by hand nobody has recorded; None where that cannot be known, and ``unread`` says why.
    """

    of: str
    events: tuple[Happened, ...]
    summary: tuple[Done, ...]
    pending: int | None
    unread: str = ""


def history(root: Path, name: str = "") -> Histories:
    """All that happened to the statement ``name`` under whatever id, the oldest first; without a name, what was done to how many.

    R004 where neither the study nor its journals know of it; R114 and the faults of tables where a journal cannot be read. Of
    ``statements.csv`` its faults are raised only where the journals know nothing of the statement.
    """
    journal, reviews, settled = (read_journal(root, spec) for spec in (HISTORY, REVIEWS, ADJUDICATIONS))
    edits, (pending, unread) = list(edits_of(journal)), _unrecorded(root, journal)
    if not name:
        return Histories("", (), _summary(edits, reviews, settled), None if unread else len(pending), unread)
    own, names = _of(name, [*edits, *pending])
    decided = [_decision(reviews, number) for number, row in enumerate(reviews.rows()) if row["id"] in names]
    decided += [_adjudication(row) for row in settled.rows() if names & {row["a"], row["b"], *counts_of(row)}]
    done = _together(one for one in own if not (one.edit == "reviewed" and decided))
    if not done and not decided:
        _known(root, name, names, edits, reviews)
    past = sorted((one for one in (*decided, *done) if one.when), key=lambda one: one.when)
    waiting = [one for one in done if not one.when]
    return Histories(name, (*past, *waiting), (), None if unread else len(waiting), unread)


def _unrecorded(root: Path, journal: Journal) -> tuple[tuple[Edit, ...], str]:
    """What no recording has; where ``statements.csv`` cannot be read, nothing, and the first of its faults."""
    try:
        return unrecorded(root, journal), ""
    except RashomonError as problem:
        if any(one.where.file != TABLES["statements"].file for one in problem.faults):
            raise
        return (), f"{problem.fault.code} {problem.fault.where}: {problem.fault.message}"


def _of(name: str, edits: list[Edit]) -> tuple[list[Edit], set[str]]:
    """The edits of a statement, and all its ids: those of earlier names are found by going back through the history."""
    own, names = [], {name}
    for one in reversed(edits):
        if one.id in names or (one.edit == "renamed" and one.before in names):
            own.append(one)
            if one.edit == "renamed":
                names.add(one.before)
    return own[::-1], names


def _known(root: Path, name: str, names: set[str], edits: list[Edit], reviews: Journal) -> None:
    """R004 where there is no statement of the name."""
    there = {row["id"] for row in read_statements(root)}
    if not names & there:
        known = dict.fromkeys([*there, *(one.id for one in edits), *(row["id"] for row in reviews.rows())])
        raise error("R004", "No statement of this id is or was in the study.", found=repr(name), allowed="the id of a statement",
                    remedy=suggest(name, known, "see the column id of statements.csv."))  # fmt: skip


def _together(edits: Iterable[Edit]) -> list[Happened]:
    """Edits as events; cells that were recorded as changed at once are one."""
    done = []
    for key, group in groupby(edits, key=lambda one: (one.when, one.by, one.id, one.edit, one.why)):
        when, by, name, what, why = key
        changes = {one.field: (one.before, one.after) for one in group if one.field}
        done.append(Happened(when, by, name, what, changes, why, HISTORY.file if when else ""))
    return done


def _decision(reviews: Journal, number: int) -> Happened:
    row = reviews.row(number)
    changes: dict[str, tuple[str, str]] = {}
    if row["after"]:
        before, after = (as_json(reviews.statement(number, column)) for column in ("before", "after"))
        steps = differences({"": before}, {"": after})
        changes = {one.field: (one.before, one.after) for one in steps if one.field not in ("status", "coder")}
    return Happened(row["when"], row["by"], row["id"], row["decision"], changes, row["why"], REVIEWS.file)


def _adjudication(row: Cells) -> Happened:
    pair = " and ".join(filter(None, (row["a"], row["b"])))
    what = f"adjudicated between {row['coder_a']} and {row['coder_b']}: {row['decision']}"
    return Happened(row["when"], row["by"], "", what, {"counts": (pair, row["counts"])}, row["why"], ADJUDICATIONS.file)


def _summary(edits: list[Edit], reviews: Journal, settled: Journal) -> tuple[Done, ...]:
    """What was done at one time by one person for one reason, and to how many."""
    done: dict[tuple[str, str, str, str], Counter[str]] = {}
    for one in edits:
        if one.edit != "reviewed":
            done.setdefault((one.when, one.by, one.why, HISTORY.file), Counter())[one.edit] += 1
    for row in reviews.rows():
        done.setdefault((row["when"], row["by"], row["why"], REVIEWS.file), Counter())[row["decision"]] += 1
    for row in settled.rows():
        done.setdefault((row["when"], row["by"], row["why"], ADJUDICATIONS.file), Counter())["adjudicated"] += 1
    return tuple(Done(*key, dict(done[key])) for key in sorted(done, key=lambda key: key[0]))


def recorded_lines(found: Recorded) -> Iterator[str]:
    """What a recording did."""
    if not found.edits:
        yield "Nothing has changed in statements.csv since it was last recorded."
    elif BEGUN in found.edits:
        yield f"The history begins, in {HISTORY.file}: {_counts(found.edits)}."
    else:
        yield f"Recorded for {found.by}, in {HISTORY.file}: {_counts(found.edits)}."
    if "renamed" in found.edits:
        yield "Ids should never change once used: look for the old ones in links.csv and study.toml."


def _why(text: str) -> str:
    return f"  ({one_line(text)})" if text else ""


def history_lines(found: Histories) -> Iterator[str]:
    """A time line, an event a line and its changes below it."""
    if found.of:
        yield found.of
    for one in found.events:
        under = f", as {one.statement}" if one.statement not in ("", found.of) and one.what != "renamed" else ""
        yield f"{one.when or 'not recorded yet':<27}{one_line(one.by)}{'  ' if one.by else ''}{one.what}{under}{_why(one.why)}"
        yield from (f"    {name}: {_shown(before)} → {_shown(after)}" for name, (before, after) in one.changes.items())
    for row in found.summary:
        yield f"{row.when:<27}{one_line(row.by)}  {_counts(row.did)}{_why(row.why)}"
    if found.unread:
        yield f"What is not recorded yet is not known, for statements.csv has faults: {found.unread}"
    if not found.of and found.pending:
        yield pending_line(found.pending)
    if not found.events and not found.summary:
        yield "Nothing is recorded yet: rashomon record STUDY"


def pending_line(number: int) -> str:
    """What is said of edits that nobody has recorded."""
    edits = count(number, "edit of statements.csv is", "edits of statements.csv are")
    return f"{edits} not recorded yet: rashomon record STUDY --by NAME"


def _counts(did: Mapping[str, int]) -> str:
    nouns = {BEGUN: ("statement as it was", "statements as they were"), "changed": ("changed cell", "changed cells")}
    return ", ".join(count(n, *nouns.get(what, (what, what))) for what, n in did.items())


def _shown(cell: str) -> str:
    plain = one_line(cell)
    return (plain if len(plain) <= _WIDE else plain[:_WIDE] + "…") or "–"

"""The history of edits by hand: who changed what in ``statements.csv``, from what to what, as far as it was recorded.

A spreadsheet tells nobody what was changed in it. So ``history.csv`` holds all that the statements ever said: the first recording
writes them down whole (the *baseline*), each further one what is different since. Its rows, replayed, give the statements as they
were last recorded; what differs from the file now has not been recorded yet. ``statements.csv`` itself is only ever read.

A recording ends with a row that bears a digest of its rows and one of ``statements.csv``: by the one a row that was changed or
lost is found, by the other that nothing is new.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from rashomon.errors import RashomonError, unreadable
from rashomon.study.journals import (
    ADJUDICATIONS,
    HISTORY,
    REVIEWS,
    Cells,
    Journal,
    add_rows,
    alone,
    as_json,
    clean,
    moment,
    read_journal,
    read_statements,
)
from rashomon.study.settling import made_of
from rashomon.study.vocabulary import TABLES

State = dict[str, str]
"""Statements by id, each its cells as JSON: a history may hold a million, and most are never looked into."""

BEGUN: Final = "baseline"
"""The edit of a statement that was there when recording began."""
_NEW: Final = (BEGUN, "added", "reviewed")
_HAND: Final = ("added", "changed", "removed", "renamed")
_END: Final = "recorded"
_MISSING: Final = "no file"
_DIGEST: Final = re.compile(f"[0-9a-f]{{64}}|{_MISSING}")
_FILE: Final = TABLES["statements"].file
_COLUMNS: Final = TABLES["statements"].columns


@dataclass(frozen=True, slots=True)
class Edit:
    """What happened to one statement, or to one cell (``field``) of it.

    ``edit``: baseline (there when recording began), reviewed (entered by a decision), added, changed, removed or renamed.
    ``before``, ``after``: a cell, or a whole statement as JSON. ``when``, ``by``, ``why``: "" until they are recorded.
    """

    id: str
    edit: str
    field: str = ""
    before: str = ""
    after: str = ""
    when: str = ""
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a recording wrote down: how many edits of each kind, in the order of a history."""

    by: str
    when: str
    edits: Mapping[str, int]


@dataclass
class Past:
    """What a history tells: the statements as last recorded, all ids it ever named, and the file's digest at the end."""

    state: State = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    digest: str = ""


def record(root: Path, by: str, why: str = "", now: Callable[[], datetime] | None = None) -> Recorded:
    """Write all edits of ``statements.csv`` since the last recording into ``history.csv``, in the name of ``by``.

    The first recording writes down all statements. R003 where nobody is named; R114 where the history cannot be what was written;
    the faults of ``statements.csv`` where it cannot be read as a table. Nothing is written then.
    """
    with alone(root, by):
        when = moment(now() if now else None)
        past = replay(read_journal(root, HISTORY))
        digest = _digest_of(root / _FILE)
        edits = [] if digest == past.digest else _pending(root, past)
        if digest != past.digest:
            rows = [_row(one, by, when, why) for one in edits]
            seal = _seal([row[name] for name in HISTORY.columns] for row in rows)
            end = Edit("", _END, _size(len(rows)), seal, digest, when, by, why)
            add_rows(root, HISTORY, [*rows, _row(end, by, when, why)])
        return Recorded(by, when, dict(Counter(one.edit for one in edits)))


def unrecorded(root: Path, journal: Journal | None = None) -> tuple[Edit, ...]:
    """The edits by hand that no recording has; none where there is no history. Faults as of :func:`record`; nothing is written.

    ``journal``: the history, where it has been read already.
    """
    past = replay(journal or read_journal(root, HISTORY))
    if past.digest in ("", _digest_of(root / _FILE)):
        return ()
    return tuple(one for one in _pending(root, past) if one.edit in _HAND)


def edits_of(journal: Journal) -> Iterator[Edit]:
    """The edits in a history, the oldest first; the ends of recordings are none."""
    names = Edit.__slots__
    return (Edit(**{name: row[name] for name in names}) for row in journal.rows() if row["edit"] != _END)


def replay(journal: Journal) -> Past:
    """What a history tells. R114 where a row of it says what cannot follow on those before it, or is not as it was written."""
    _check_seals(journal)
    past = Past()
    for number, row in enumerate(journal.rows()):
        if row["edit"] == _END:
            past.digest = row["after"]
        else:
            _apply(past.state, journal, number, row)
            past.named.update((row["id"], row["before"]) if row["edit"] == "renamed" else (row["id"],))
    return past


def _check_seals(journal: Journal) -> None:
    """R114 where a recording does not have the rows that it was written with, or bears no digest of ``statements.csv``."""
    begun, place = 0, HISTORY.columns.index("edit")
    for number, cells in enumerate(journal.cells):
        if cells[place] == _END:
            row = journal.row(number)
            if row["field"] != _size(number - begun):
                raise journal.broken(number, "field", _size(number - begun), row["field"])
            if row["before"] != _seal(journal.cells[begun:number]):
                found = "one of the rows that end here, changed"
                raise journal.broken(number, "before", found, "the rows as they were recorded")
            if not _DIGEST.fullmatch(row["after"]):
                raise journal.broken(number, "after", repr(row["after"]), f"64 hexadecimal digits, or {_MISSING}")
            begun = number + 1
    if begun < len(journal.cells):
        raise journal.broken(len(journal.cells) - 1, "edit", "a recording without its end", _END)


def _apply(state: State, journal: Journal, number: int, row: Cells) -> None:
    """Do to the statements what a row of a history says."""
    name, edit, column, before, after = (row[key] for key in ("id", "edit", "field", "before", "after"))
    if edit in _NEW and name not in state:
        state[name] = after
    elif edit == "removed" and name in state and _cells(state[name]) == _cells(before):
        del state[name]
    elif edit == "renamed" and before in state and name not in state:
        state[name] = _with(state.pop(before), "id", name)
    elif edit == "changed" and column in _COLUMNS and name in state and _cells(state[name]).get(column, "") == before:
        state[name] = _with(state[name], column, after)
    else:
        raise journal.broken(
            number, "edit", f"{edit or 'nothing'} {name} {column}".strip(), "an edit of what stood there before"
        )


def _cells(statement: str) -> Cells:
    cells: Cells = json.loads(statement)
    return cells


def _with(statement: str, column: str, text: str) -> str:
    """A statement with one cell changed."""
    return as_json(_cells(statement) | {column: text})


def differences(before: State, now: State) -> Iterator[Edit]:
    """What leads from one state of the statements to another: ids that went and came, and the cells that are different.

    A statement that is gone, and one that is new and says the same under another id, are one that was *renamed*. The order of
    rows is no matter.
    """
    gone = [name for name in before if name not in now]
    new = [name for name in now if name not in before]
    renamed = _renamed(before, now, gone, new)
    olds = set(renamed.values())
    yield from (Edit(name, "removed", before=before[name]) for name in gone if name not in olds)
    yield from (Edit(name, "renamed", "id", old, name) for name, old in renamed.items())
    for name, statement in now.items():
        if before.get(name, statement) != statement:
            yield from _changed(name, _cells(before[name]), _cells(statement))
    yield from (Edit(name, "added", after=now[name]) for name in new if name not in renamed)


def _changed(name: str, before: Cells, now: Cells) -> Iterator[Edit]:
    for column in _COLUMNS:
        was, is_ = before.get(column, ""), now.get(column, "")
        if was != is_:
            yield Edit(name, "changed", column, was, is_)


def _renamed(before: State, now: State, gone: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """New id → old id, of statements that are the same but for it, and like no other that went or came."""
    olds, news = _by_content(before, gone), _by_content(now, new)
    return {names[0]: olds[cells][0] for cells, names in news.items() if len(names) == len(olds.get(cells, ())) == 1}


def _by_content(state: State, names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(_with(state[name], "id", ""), []).append(name)
    return found


def entries(root: Path) -> dict[str, Edit]:
    """The statements that decisions entered into ``statements.csv``, by id, each as the last decision entered it."""
    found = {}
    reviews, settled = read_journal(root, REVIEWS), read_journal(root, ADJUDICATIONS)
    made = [(row, reviews.statement(number, "after")) for number, row in enumerate(reviews.rows()) if row["after"]]
    made += [(row, one) for number, row in enumerate(settled.rows()) for one in made_of(settled, number)]
    for row, cells in made:
        name = cells.get("id", "")
        found[name] = Edit(name, "reviewed", "", "", as_json(clean(cells)), row["when"], row["by"], row["why"])
    return found


def _pending(root: Path, past: Past) -> list[Edit]:
    """What differs in the file from what the history tells: first what decisions entered, then what was done by hand."""
    now = {row["id"]: as_json(row) for row in read_statements(root)}
    entered = [one for name, one in entries(root).items() if name not in past.named]
    state = past.state | {one.id: one.after for one in entered}
    edits = differences(state, now)
    if not past.digest:  # nobody has recorded yet: what no decision entered was there before
        edits = (replace(one, edit=BEGUN) if one.edit == "added" else one for one in edits)
    return [*entered, *edits]


def _row(one: Edit, by: str, when: str, why: str) -> Cells:
    own = {"when": one.when or when, "by": one.by or by, "why": one.why if one.by else why}
    return {"id": one.id, "edit": one.edit, "field": one.field, "before": one.before, "after": one.after, **own}


def _size(rows: int) -> str:
    return f"{rows} rows"


def _seal(rows: Iterable[Sequence[str]]) -> str:
    """A digest of rows of a history, whatever the line ends within their cells."""
    whole = hashlib.sha256()
    for row in rows:
        whole.update(("\0".join(row) + "\n").replace("\r\n", "\n").replace("\r", "\n").encode())
    return whole.hexdigest()


def _digest_of(file: Path) -> str:
    """A digest of a file's bytes; where there is none, that there is none."""
    try:
        with open(file, "rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except FileNotFoundError:
        return _MISSING
    except OSError as problem:
        raise RashomonError(unreadable(file.name, problem)) from problem

"""What was adjudicated: which statements of two coders count no more, and what counts in their place.

Both codings stay in ``statements.csv`` (and in a machine's proposals) as they are. That they count once, and not twice, follows
from ``adjudications.csv``: in a study that is open, statements set aside by it are superseded, whatever their own status says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np

from rashomon.errors import RashomonError, listing
from rashomon.study.gathering import Gathered
from rashomon.study.indexing import RecordIndex
from rashomon.study.journals import ADJUDICATIONS, Journal, read_journal
from rashomon.study.made_ids import made_id
from rashomon.study.records import Coded, Statements
from rashomon.study.row_files import coders_of

Case = frozenset[str]
"""The ids of what was decided between: a statement of each of two coders, or of one alone."""
ADJUDICATED: Final = "adjudicated"
"""Whose the statements are that come of adjudication, in the column ``coder``."""
_MADE: Final = re.compile(rf"(.+-{ADJUDICATED})(?:-[0-9]+)?")
_STANDING: Final = ("accepted", "proposed")
_ASIDE: Final = "superseded"


@dataclass(frozen=True, slots=True)
class Settled:
    """What adjudications decided so far. ``aside``: ids of statements and proposals that count no more, and ``instead`` of each
    what does; ``cases``: what each decision said is to count; ``made``: ids of all statements that were made of decisions.
    """

    aside: frozenset[str] = frozenset()
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cases: Mapping[Case, tuple[str, ...]] = field(default_factory=dict)
    made: frozenset[str] = frozenset()

    def involved(self, case: Case) -> frozenset[str]:
        """The statements of a case, and all that was to count instead of one of them, directly or through other cases."""
        return _involved(case, self.instead)


def _involved(case: Case, instead: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    found, waiting = set(case), list(case)
    while waiting:
        new = {*instead.get(waiting.pop(), ())} - found
        found |= new
        waiting += new
    return frozenset(found)


def read_settled(root: Path, gathered: Gathered | None = None) -> Settled:
    """What the adjudications of a study come to. Of decisions about a statement the last holds, also where it was compared with a
    third coder's, so that never two count for one. Faults of the file are gathered, or raised.
    """
    journal = read_journal(root, ADJUDICATIONS, gathered)
    instead: dict[str, tuple[str, ...]] = {}
    cases: dict[Case, tuple[str, ...]] = {}
    made: set[str] = set()
    for number, row in enumerate(journal.rows()):
        case = frozenset(filter(None, (row["a"], row["b"])))
        counts = cases[case] = counts_of(row)
        for name in _involved(case, instead):
            instead[name] = counts
        for name in counts:
            instead.pop(name, None)
        try:
            made.update(one.get("id", "") for one in made_of(journal, number))
        except RashomonError as problem:
            if gathered is None:
                raise
            gathered.add(problem.fault)
    return Settled(frozenset(instead), instead, cases, frozenset(made))


def counts_of(row: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of what counts since a decision, of its row."""
    return tuple(filter(None, (one.strip() for one in row["counts"].split(";"))))


def made_of(journal: Journal, number: int) -> Iterator[dict[str, str]]:
    """The statements that were made of a decision."""
    yield from journal.statements(number, "after") if journal.row(number)["after"] else ()


def set_aside(statements: Statements, settled: Settled, index: RecordIndex) -> Statements:
    """The statements, with the status superseded where an adjudication set them aside. Those rejected stay so."""
    places = index.places(sorted(settled.aside)).values()
    status = statements.status
    rows = [row for table, row in places if table == "statements" and status[row] in _STANDING]
    if not rows:
        return statements
    values = tuple(dict.fromkeys((*status.values, _ASIDE)))
    codes = np.array([*map(values.index, status.values), -1], np.int32)[status.codes]
    codes[rows] = values.index(_ASIDE)
    return replace(statements, status=Coded(values, codes))


def note_lost(settled: Settled, index: RecordIndex, root: Path, gathered: Gathered) -> None:
    """Say of what adjudications name that is there no more: nothing counts for it, or it counts beside what was settled."""
    named = [name for case, counts in settled.cases.items() for name in (*sorted(case), *counts)]
    there, proposed = index.places(named), tuple(f"{coder}-" for coder in coders_of(root))
    for case, counts in settled.cases.items():
        pair = " and ".join(sorted(case))
        gone = [name for name in counts if name not in there]
        for name in gone:
            gathered.note(f"{ADJUDICATIONS.file}: {name}, which counts instead of {pair}, is not in statements.csv.")
        gone = [name for name in sorted(case) if name not in {*there, *counts} and not name.startswith(proposed)]
        for name in gone:
            gathered.note(f"{ADJUDICATIONS.file}: {name} is not in statements.csv; under another id it counts again.")


def note_undecided(settled: Settled, statements: Statements, gathered: Gathered) -> None:
    """Say of statements that were made of decisions of which ``adjudications.csv`` knows nothing, where that from which they were
    made was not set aside either: both count.
    """
    entered = statements.id.many(statements.coder.rows(ADJUDICATED))
    known = settled.made.union(*settled.cases.values())
    lost = {name: found[1] for name in entered if name not in known and (found := _MADE.fullmatch(name))}
    if not lost:
        return
    standing = np.flatnonzero(statements.status.each(lambda status: status in _STANDING, np.bool_, False))
    origins = {made_id(name_of_made(name)) for name in statements.id.many(standing)}
    twice = [name for name, made in lost.items() if made in origins]
    if twice:
        gathered.note(
            f"{ADJUDICATIONS.file} does not have the decisions of which {listing(twice)} came: what was decided between "
            "counts too. Bring the file back from a copy, such as git's."
        )


def name_of_made(name: str) -> str:
    """Of what the id is made of a statement that comes of a decision for the statement ``name``."""
    return f"{name}-{ADJUDICATED}"

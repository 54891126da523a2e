"""What the findings rest on: what no record speaks of, what a machine wrote, what is left out."""

from __future__ import annotations

from rashomon.reporting.document import Finding, Text
from rashomon.reporting.findings.making import MOST_NAMED, finding
from rashomon.reporting.telling import Telling
from rashomon.reporting.wording import join
from rashomon.texts import count


def coverage(telling: Telling) -> Finding | None:
    """The longest gaps of the record."""
    empty = [one for one in telling.measures.coverage.empty if one.side in telling.mains]
    if not empty:
        return None
    names = telling.names
    longest = sorted(empty, key=lambda one: -one.n)[:3]
    said = join(f"{names.the(one.side)}, {names.layer(one.layer)} ({one.first}–{one.last})" for one in longest)
    text: Text = (f"The record has long gaps, over which nothing is compared. The longest: {said}.",)
    return finding(telling, text, len(empty), "gap", "coverage", settled=False)


def machine_made(telling: Telling) -> Finding | None:
    """How much of what counts was written by a machine, and how much of that no person has accepted."""
    study, (taken, waiting) = telling.study, telling.machine_made
    made = [*taken, *waiting]
    if not made:
        return None
    parts = [
        f"{len(taken):,} {'was' if len(taken) == 1 else 'were'} proposed by a machine and accepted by a person" if taken else "",
        f"{len(waiting):,} {'is a proposal' if len(waiting) == 1 else 'are proposals'} of a machine that nobody has accepted" if waiting else "",
    ]
    total = count(len(study.open_rows("statements")), "statement")
    text: Text = (f"Of the {total} that count here, {join(one for one in parts if one)}; each is marked in the list of records.",)
    return finding(telling, text, len(made), "statement", "records", records=[study.statements.id[row] for row in made[:MOST_NAMED]])


def left_out(telling: Telling) -> Finding | None:
    """What is left out as of a day, since it is unknown when it became known."""
    left = [(table, n) for table, n in telling.measures.left_out if n]
    if telling.study.day is None or not left:
        return None
    said = join(f"{n} {table}" for table, n in left)
    text: Text = (f"As of this day {said} had begun but are left out, because when they became known is not on record.",)
    return finding(telling, text, sum(n for _, n in left), "record", "methods", settled=False)

"""Review: a person accepts, mends or rejects what a machine proposed; who decided what, and when, is kept.

An accepted proposal becomes a row of ``statements.csv`` under its own id; the decision stands in ``reviews.csv``, with the row
before and after, and in the proposal's ``status``. The files are written in this order, and a review that was cut off between two
of them is made good by the next: what is in ``statements.csv`` counts as accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Literal

from rashomon.coding.proposal_files import OPEN, Cells, drawn_order, read_proposals, require_proposals, write_proposals
from rashomon.errors import Fault, RashomonError, error, listing, suggest
from rashomon.study import TABLES, StudyData
from rashomon.study.aside import check_statements
from rashomon.study.journals import REVIEWS, add_rows, alone, as_json, moment
from rashomon.study.row_files import append_cells, coders_of

_OWN: Final = ("id", "coder", "status", "passage", "reasons", "source")
"""What a reviewer does not change: where a proposal comes from."""

Decision = Literal["accepted", "mended", "rejected"]


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision. ``after``: the row that is now in ``statements.csv``; empty where the proposal was rejected."""

    id: str
    decision: Decision
    before: Mapping[str, str]
    after: Mapping[str, str]


class Review:
    """The proposals of a study that wait for a decision, and the making of decisions, in the name of one person.

    ``coders``: whose proposals; all where none is named. R004 where a coder has proposed nothing.
    """

    asked: Final = ("path", "modality", "topic", "stance", "when", "about", "hedge", "note")
    """The cells that a reviewer is asked about who mends a proposal."""

    def __init__(
        self, study: StudyData, by: str, coders: Sequence[str] = (), now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.study, self.by, self.now = study, by, now
        self.coders = tuple(require_proposals(study.root, name) for name in coders) or coders_of(study.root)
        self._done: set[str] = set()

    def waiting(self, drawn: int | None = None) -> Iterator[Cells]:
        """The proposals that nobody has decided or adjudicated, coder by coder, in the order of their files.

        ``drawn``: of each coder only the first so many of an order drawn at random among all that it proposed, decided or not, in
        that order; once all of them are decided, they stand for the rest (:func:`rashomon.coding.outcomes`).
        """
        for coder in self.coders:
            rows = read_proposals(self.study.root, coder)
            rows = [one for one in rows if one["status"] != OPEN or one["id"] not in self.study.settled.aside]
            if drawn is not None:
                by_name = {one["id"]: one for one in rows}
                rows = [by_name[name] for name in drawn_order(by_name)[:drawn]]
            yield from (one for one in rows if one["status"] == OPEN and not self._taken(one["id"]))

    def accept(self, name: str, changes: Mapping[str, str] | None = None) -> Decided:
        """Take a proposal into ``statements.csv``, with these cells changed.

        Raises R004 where no such proposal waits, R104 for a column that cannot be changed, and what is wrong with the
        row as ``rashomon check`` would find it; nothing is written then.
        """
        return self.decide([name], changes=changes)[0]

    def reject(self, name: str, why: str = "") -> Decided:
        """Put a proposal aside for good; R004 where no such proposal waits."""
        return self.decide(reject=[name], why=why)[0]

    def decide(
        self, accept: Sequence[str] = (), reject: Sequence[str] = (), changes: Mapping[str, str] | None = None, why: str = ""
    ) -> tuple[Decided, ...]:
        """Accept and reject several, all or none; ``changes`` are of the one that is accepted, ``why`` of what is rejected.

        R003 where changes are given for no proposal, or for several; else as :meth:`accept` and :meth:`reject`.
        """
        if changes and len(accept) != 1:
            raise error("R003", "Cells can be changed in one proposal at a time.", found=f"{len(accept)} to be accepted",
                        allowed="one", remedy="Give --accept once beside --set.")  # fmt: skip
        with alone(self.study.root, self.by):
            waiting = {row["id"]: row for row in self.waiting()}
            taken = [_taken_in(_out_of(waiting, name), changes or {}) for name in accept]
            made = [*taken, *(Decided(name, "rejected", _out_of(waiting, name), {}) for name in reject)]
            self._write(made, why)
        return tuple(made)

    def _write(self, made: Sequence[Decided], why: str) -> None:
        """Write decisions down; nothing where the study would refuse a statement."""
        entered = [one.after for one in made if one.after]
        faults = check_statements(self.study, entered) if entered else {}
        if faults:
            raise RashomonError([_named(fault, entered[number]["id"]) for number, one in faults.items() for fault in one])
        if entered:
            append_cells(self.study.root, TABLES["statements"], entered)
        add_rows(self.study.root, REVIEWS, [self._row(one, "" if one.after else why) for one in made])
        status = {one.id: "accepted" if one.after else "rejected" for one in made}
        for coder in dict.fromkeys(one.before["coder"] for one in made):
            self._mark(coder, status)
        self._done.update(status)

    def _row(self, decided: Decided, why: str) -> Cells:
        return {"when": moment(self.now()), "by": self.by, "id": decided.id, "coder": decided.before["coder"],
                "decision": decided.decision, "before": as_json(decided.before), "why": why,
                "after": as_json(decided.after) if decided.after else ""}  # fmt: skip

    def _mark(self, coder: str, decided: Mapping[str, str]) -> None:
        """Write into a coder's file what was decided, and what a review that was cut off had taken in."""
        rows = read_proposals(self.study.root, coder)
        for row in rows:
            row["status"] = decided.get(row["id"]) or ("accepted" if row["id"] in self.study.index else row["status"])
        write_proposals(self.study.root, coder, rows)

    def _taken(self, name: str) -> bool:
        return name in self._done or name in self.study.index


def _out_of(waiting: dict[str, Cells], name: str) -> Cells:
    """The proposal of this id, which then waits no more; R004 where it does not wait."""
    if name in waiting:
        return waiting.pop(name)
    raise error("R004", "No proposal of this id waits for a decision.", found=repr(name),
                allowed=listing(waiting) or "none waits",
                remedy=suggest(name, waiting, "see `rashomon review --list`."))  # fmt: skip


def _taken_in(row: Cells, changes: Mapping[str, str]) -> Decided:
    return Decided(row["id"], "mended" if changes else "accepted", row, changed(row, changes) | {"status": "accepted"})


def _named(fault: Fault, name: str) -> Fault:
    return replace(fault, found=f"{fault.found}, in {name}")


def changed(row: Mapping[str, str], changes: Mapping[str, str]) -> Cells:
    """A proposal, or a statement, as a person would have it; R104 for a cell that says where it comes from, and for none."""
    columns = [name for name in TABLES["statements"].columns if name not in _OWN]
    for name in changes:
        if name not in columns:
            raise error("R104", "This cell of a proposal cannot be changed.", found=repr(name), allowed=", ".join(columns),
                        remedy=suggest(name, columns, "leave it as it is."))  # fmt: skip
    return {key: text for key, text in row.items() if key != "reasons"} | dict(changes)


def read_changes(given: Sequence[str]) -> dict[str, str]:
    """Changes of cells as they are written on a command line: ``COLUMN=VALUE``. R003 of what is not so written."""
    out = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign:
            raise error("R003", "A change of a cell cannot be read.", found=repr(one), allowed="COLUMN=VALUE, such as stance=two",
                        remedy="Write the column, an equals sign and what it should hold.")  # fmt: skip
        out[name.strip()] = value.strip()
    return out

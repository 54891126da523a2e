"""Adjudication: a person decides between what two coders made of the same passages; both codings stay as they are.

What counts since is a statement of its own in ``statements.csv``, of the coder *adjudicated*; or one that is there, counts, and
says just that: one of the two themselves, so that links to it hold, or one that was adjudicated by hand before. The decision
stands in ``adjudications.csv``, with both versions as they were, and by it the others are set aside
(:mod:`rashomon.study.settling`): nothing of either coder is changed, their agreement stays what it was, and no measure counts a
statement twice.

The decision is written down first, then the statements: were it cut off between the two, nothing would count instead of the pair,
which is said, and the case waits again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Final, Literal, get_args

from rashomon.coding.aligning import align
from rashomon.coding.differing import CELLS, Difference, side_by_side
from rashomon.coding.grounding import STATUS, both_of
from rashomon.coding.proposal_files import Cells, read_proposals
from rashomon.coding.reviewing import changed
from rashomon.errors import RashomonError, error, listing, suggest
from rashomon.study import TABLES, StudyData
from rashomon.study.aside import check_statements
from rashomon.study.journals import ADJUDICATIONS, add_rows, alone, as_json, clean, moment, read_statements
from rashomon.study.made_ids import new_id
from rashomon.study.row_files import append_cells
from rashomon.study.settling import ADJUDICATED, Case, name_of_made, read_settled

Which = Literal["a", "b", "both", "neither"]
"""Whose version is right: the first coder's, the second's, both (they are two statements), or neither."""
_SIDES: Final[Mapping[str, tuple[str, ...]]] = {"a": ("a",), "b": ("b",), "both": ("a", "b"), "neither": ()}


@dataclass(frozen=True, slots=True)
class Adjudicated:
    """One decision: between the statements ``a`` and ``b`` ("" where that coder made none). ``counts``: ids of what counts since;
    ``made``: those of them that are new in ``statements.csv``; ``named``: ids that count no more, and links, entries of access
    or hypotheses still name.
    """

    a: str
    b: str
    decision: str
    counts: tuple[str, ...]
    made: tuple[str, ...]
    named: tuple[str, ...]


class Adjudication:
    """What two coders of a study made side by side, and the deciding between them, in the name of one person.

    R004 where a coder made nothing; R502 where both are one; R003 where one is what was adjudicated.
    """

    def __init__(
        self,
        study: StudyData,
        coder_a: str,
        coder_b: str,
        by: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.study, self.by, self.now = study, by, now
        self.coders = (coder_a, coder_b)
        if ADJUDICATED in self.coders:
            raise error("R003", "What was adjudicated is not adjudicated again.", found=repr(ADJUDICATED), allowed="two coders",
                        remedy="Name the two coders; to decide anew, decide the same case again.")  # fmt: skip
        a, b, ground = both_of(study, coder_a, coder_b, STATUS)
        self.cases = side_by_side(align(a, b), ground)
        """All that the two made, what differs and what does not."""

    def waiting(self) -> Iterator[Difference]:
        """The cases that nobody has decided, or of which what should count is gone; those that differ and those that do not."""
        settled = read_settled(self.study.root)
        for case in self.cases:
            counts = settled.cases.get(_ids(case))
            if counts is None or any(name not in self._there for name in counts):
                yield case

    def decide(
        self, takes: Mapping[str, str], changes: Mapping[str, str] | None = None, why: str = ""
    ) -> tuple[Adjudicated, ...]:
        """Decide cases: the id of a statement in each → ``a``, ``b``, ``both`` or ``neither``. A case may be decided again.

        ``changes``: cells of the version taken, column → text; of one case. All or nothing is written. R004 where no case has
        such a statement, R003 for a decision that cannot be made of it, and what ``rashomon check`` would say of the statements.
        """
        if changes and (len(takes) != 1 or not {*takes.values()} <= {"a", "b"}):
            raise error("R003", "Cells can be changed in one statement at a time.", found=listing(takes.values()) or "none",
                        allowed="a or b, of one case", remedy="Take one version of one case, and change that.")  # fmt: skip
        chosen = [(self._case(name), _which(name, which)) for name, which in takes.items()]
        if len({_ids(case) for case, _ in chosen}) < len(chosen):
            raise error("R003", "A case is decided once at a time.", found=listing(takes), allowed="one statement of each case",
                        remedy="Leave out the other statement of the case.")  # fmt: skip
        return self._decide(chosen, changes or {}, why)

    def take_alike(self, why: str = "") -> tuple[Adjudicated, ...]:
        """Let what both coders wrote alike, and nobody has decided, count once: as the first wrote it."""
        return self._decide([(case, "a") for case in self.waiting() if case.alike], {}, why)

    def version(self, case: Difference, side: str) -> Cells:
        """The cells of what a coder (``a`` or ``b``) made of a case, as that coder wrote it; none where it made nothing."""
        name = case.a if side == "a" else case.b
        proposed = self._proposed.get(self.coders[side == "b"], {})
        return proposed.get(name) or self._written.get(name, {})

    def _decide(
        self, chosen: Sequence[tuple[Difference, Which]], changes: Mapping[str, str], why: str
    ) -> tuple[Adjudicated, ...]:
        with alone(self.study.root, self.by):
            settled = read_settled(self.study.root)
            taken = {*self._there, *settled.made}
            rows, made, told = [], [], []
            for case, which in chosen:
                counts, entered = self._enter(case, which, changes, taken)
                rows.append(self._row(case, "mended" if changes else which, counts, entered, why))
                made += entered
                named = sorted(self._named & settled.involved(_ids(case)).difference(counts))
                new = tuple(one["id"] for one in entered)
                told.append(Adjudicated(case.a, case.b, rows[-1]["decision"], tuple(counts), new, tuple(named)))
            self._write(rows, made)
        return tuple(told)

    def _enter(
        self, case: Difference, which: Which, changes: Mapping[str, str], taken: set[str]
    ) -> tuple[list[str], list[Cells]]:
        """The ids of what is to count of a case, and the statements of those that are new; their ids are then ``taken``."""
        counts, entered = [], []
        for side in _SIDES[which]:
            cells = changed(self._side(case, side), changes)
            own = cells["id"] if not changes and self._stands(cells) else ""
            name = own or self._others.get(_key(cells), "") or new_id(name_of_made(cells["id"]), taken)
            counts.append(name)
            if name not in self._written:
                entered.append(clean(cells) | {"id": name, "coder": ADJUDICATED, "status": "accepted"})
                taken.add(name)
        return counts, entered

    def _write(self, rows: Sequence[Mapping[str, str]], made: Sequence[Cells]) -> None:
        """Write decisions down, and then what was made of them; nothing where the study would refuse a statement."""
        faults = check_statements(self.study, made) if made else {}
        if faults:
            raise RashomonError([fault for one in faults.values() for fault in one])
        if rows:
            add_rows(self.study.root, ADJUDICATIONS, rows)
        if made:
            append_cells(self.study.root, TABLES["statements"], made)
            self._there.update(one["id"] for one in made)

    def _row(self, case: Difference, decision: str, counts: Sequence[str], made: Sequence[Cells], why: str) -> Cells:
        before = {side: cells for side in ("a", "b") if (cells := self.version(case, side))}
        return {
            "when": moment(self.now()), "by": self.by, "coder_a": self.coders[0], "coder_b": self.coders[1],
            "a": case.a, "b": case.b, "decision": decision, "counts": "; ".join(counts),
            **{f"before_{side}": as_json(cells) for side, cells in before.items()},
            "after": f"[{', '.join(map(as_json, made))}]" if made else "", "why": why,
        }  # fmt: skip

    def _case(self, name: str) -> Difference:
        found = {one: case for case in self.cases for one in _ids(case)}
        if name not in found:
            raise error("R004", "Neither coder made a statement of this id.", found=repr(name), allowed=listing(found),
                        remedy=suggest(name, found, "see `rashomon adjudicate --list`."))  # fmt: skip
        return found[name]

    def _side(self, case: Difference, side: str) -> Cells:
        cells = self.version(case, side)
        if not cells:
            coder, other = self.coders if side == "a" else self.coders[::-1]
            raise error("R003", f"{coder} made no statement that could be taken.", found=side,
                        allowed="neither, or what there is", remedy=f"Take the statement of {other}, or neither.")  # fmt: skip
        return cells

    def _stands(self, cells: Cells) -> bool:
        """Whether a version stands in ``statements.csv`` just so, and counts, or would but for what was adjudicated."""
        there = self._written.get(cells["id"], {"status": "rejected"})
        return there.get("status", "accepted") == "accepted" and _said(there) == _said(cells)

    @cached_property
    def _named(self) -> frozenset[str]:
        """The ids that links, entries of access and hypotheses name."""
        study = self.study
        claims = (name for one in study.declared.hypotheses for name in (*one.supports, *one.refutes, *one.independent))
        return frozenset([*study.links.from_.values, *study.links.to.values, *study.access.record.values, *claims])

    @cached_property
    def _others(self) -> Mapping[tuple[str, ...], str]:
        """The accepted statements of neither coder by what they say: what was adjudicated before, by hand it may be."""
        standing = (row for row in self._written.values() if row.get("status", "accepted") == "accepted")
        return {_key(row): row["id"] for row in standing if row.get("coder") not in self.coders}

    @cached_property
    def _written(self) -> Mapping[str, Cells]:
        """The statements as their file has them."""
        return {row["id"]: row for row in read_statements(self.study.root)}

    @cached_property
    def _proposed(self) -> Mapping[str, Mapping[str, Cells]]:
        """What each coder that is a machine proposed, by id."""
        machines = [one for one in self.coders if one in self.study.machines]
        return {one: {row["id"]: clean(row) for row in read_proposals(self.study.root, one)} for one in machines}

    @cached_property
    def _there(self) -> set[str]:
        """The ids of all records."""
        return set(self.study.index.every())


def _ids(case: Difference) -> Case:
    return frozenset(filter(None, (case.a, case.b)))


def _key(cells: Cells) -> tuple[str, ...]:
    """What a statement says of what, and where."""
    return tuple(cells.get(name, "") for name in (*CELLS, "about", "given", "source", "locator", "passage"))


def _said(cells: Cells) -> Cells:
    """What a statement says, apart from where its review stands."""
    return {name: text for name, text in cells.items() if name != "status"}


def _which(name: str, which: str) -> Which:
    for one in get_args(Which):
        if one == which:
            return one  # type: ignore[no-any-return]
    allowed = get_args(Which)
    raise error("R003", "This is no decision between two statements.", found=f"{name}={which}", allowed=listing(allowed),
                remedy=suggest(which, allowed, "write ID=a, ID=b, ID=both or ID=neither."))  # fmt: skip

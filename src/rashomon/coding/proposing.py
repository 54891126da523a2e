"""Putting a coder to the passages of a study: what it proposes is written into the coder's file, and reviews are kept.

Coding goes document by document, and what a document gave is remembered in the study's store under the coder's version, the
codebook and the document's very words: a run that was stopped goes on where it was, and a second run asks only of what changed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from rashomon.coding.label_scores import LabelScore
from rashomon.coding.proposal_files import OPEN, TAKEN, Cells, cells_of, read_proposals, write_proposals
from rashomon.coding.proposals import Coder, Dropping, Proposal, Reason
from rashomon.errors import RashomonError
from rashomon.reading import Passage
from rashomon.study import Result, StudyData
from rashomon.study.aside import check_statements, leaves_stance_open, proposals_spec
from rashomon.study.indexing import RecordIndex
from rashomon.study.journals import REVIEWS, read_journal
from rashomon.study.perspectives import read_verbs
from rashomon.study.provenance import note as noted
from rashomon.study.store import Key, Store

_Said = tuple[str, str, str]
_UNDECIDED: Final = (OPEN, TAKEN)
_WORD: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々]{1,2}|[^\s\u3040-\u30ff\u3400-\u9fff々]+")
SET_APART: Final = ("running", "folio", "heading")
"""Kinds of passages in which nothing is coded."""


@dataclass(frozen=True, slots=True)
class Coded:
    """What a coder made of one document: how many passages and words it read, and how many statements it proposes of it.

    Two kana or Chinese characters count as one word, since Japanese writes no blanks between them. ``known``: whether the
    answer was remembered. ``taken`` of the proposals wait for no decision, since a person coded the same path and topic of the
    same passage; they are written down as superseded.
    """

    document: str
    passages: int
    words: int
    proposals: int
    taken: int
    known: bool


@dataclass(frozen=True)
class Codings(Result[Coded]):
    """What a coder made of each document.

    ``file``: where its proposals stand; ``depths``: how many there are of each depth; ``kept``: proposals of earlier runs that
    are decided, and stay as they are; ``refused``: why the study would not take some as statements, and how many.
    ``scores``: of a coder that learned from the study, how well. ``silent``: the languages of which nothing was proposed, and
    how many passages it read in each. ``dropped``: why a coder that tells it did not propose what looked like a statement, and
    how often, the most first.
    """

    coder: str = ""
    file: str = ""
    depths: tuple[tuple[int, int], ...] = ()
    kept: int = 0
    refused: tuple[tuple[str, int], ...] = ()
    scores: tuple[LabelScore, ...] = ()
    silent: tuple[tuple[str, int], ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()


def propose(
    study: StudyData, coder: Coder, documents: Iterable[Sequence[Passage]], store: Store | None = None, partial: bool = False,
    note: Callable[[str], object] = lambda _: None,
) -> Codings:  # fmt: skip
    """Let a coder read the documents of a study, each a sequence of its passages, and write down what it proposes.

    What it proposed before and nobody has decided is replaced; in a ``partial`` run only that of the passages that it now read.
    ``note`` is told where the store could not remember an answer; it is asked again next time.
    """
    memory = _Memory(study, coder, store, note)
    decided = _Decided.of(study)
    rows: dict[str, Cells] = {}
    codings: list[Coded] = []
    sources: set[str] = set()
    seen: set[str] = set()
    read: Counter[str] = Counter()
    heard: set[str] = set()
    for asked, found, known in memory.each(_to_code(documents)):
        by_address = {one.address: one for one in asked}
        read.update(one.language for one in asked)
        heard.update(by_address[one.address].language for one in found)
        taken = 0
        for proposal in found:
            cells = cells_of(proposal, by_address[proposal.address], coder.name)
            cells["status"] = decided.status(cells)
            taken += cells["status"] == TAKEN
            rows.setdefault(cells["id"], cells)
        words = sum(len(_WORD.findall(one.text)) for one in asked)
        sources.update(one.source for one in asked)
        seen.update(by_address)
        codings.append(Coded(asked[0].document, len(asked), words, len(found), taken, known))
    refused = _refuse(study, rows)
    kept = _merge(study.root, coder.name, rows, seen if partial else None)
    n = sum(one.passages for one in codings)
    provenance = noted(study, f"coded by {coder.name} {coder.version}", {}, None, n, sources)
    silent = tuple(sorted((language, n) for language, n in read.items() if language not in heard))
    file = proposals_spec(coder.name).file
    dropped = tuple(memory.dropped.most_common())
    return Codings(tuple(codings), provenance, coder.name, file, _depths(rows), kept, refused, silent=silent, dropped=dropped)


def _to_code(documents: Iterable[Sequence[Passage]]) -> Iterator[list[Passage]]:
    """Of each document what is coded, if there is anything."""
    for passages in documents:
        if asked := [one for one in passages if one.kind not in SET_APART]:
            yield asked


def _depths(rows: Mapping[str, Cells]) -> tuple[tuple[int, int], ...]:
    waiting = (row["path"] for row in rows.values() if row["status"] == OPEN)
    return tuple(sorted(Counter(path.count(">") + 1 for path in waiting).items()))


def _refuse(study: StudyData, rows: dict[str, Cells]) -> tuple[tuple[str, int], ...]:
    """Take out what the study would not take as a statement, but for a stance left open; why, and how often, the most first."""
    refused: Counter[str] = Counter()
    while True:
        new = [row for row in rows.values() if row["status"] in _UNDECIDED]
        found = check_statements(study, new).items()
        told = {number: [one for one in faults if not leaves_stance_open(one)] for number, faults in found}
        if not any(told.values()):
            return tuple(refused.most_common())
        for number, faults in told.items():
            if faults:
                refused[f"{faults[0].code} {faults[0].message}"] += 1
                del rows[new[number]["id"]]


def _merge(root: Path, coder: str, rows: dict[str, Cells], seen: set[str] | None) -> int:
    """Write new proposals beside those that are decided, and those of passages that were not ``seen``; how many are decided."""
    before = read_proposals(root, coder)
    decided = {row["id"] for row in before if row.get("status", OPEN) not in _UNDECIDED}
    stay = [row for row in before if row["id"] in decided or (seen is not None and row.get("passage") not in seen)]
    there = {row["id"] for row in stay}
    write_proposals(root, coder, [*stay, *(row for name, row in rows.items() if name not in there)])
    return len(decided)


@dataclass(frozen=True)
class _Decided:
    """What people have decided, which outranks every machine.

    ``there``: the records of the study; ``aside``: what was adjudicated; ``reviewed``: proposal → what a review decided;
    ``said``: passage, path and topic of what people wrote or took in, as it stands and as it was proposed to them.
    """

    there: RecordIndex
    aside: frozenset[str]
    reviewed: Mapping[str, str]
    said: frozenset[_Said]

    @classmethod
    def of(cls, study: StudyData) -> _Decided:
        """What stands in the study and in the history of its reviews."""
        reviews = read_journal(study.root, REVIEWS)
        reviewed = {row["id"]: "rejected" if row["decision"] == "rejected" else "accepted" for row in reviews.rows()}
        taken = (reviews.statement(number, "before") for number, row in enumerate(reviews.rows()) if row["after"])
        return cls(study.index, study.settled.aside, reviewed, frozenset([*_statements(study), *map(_said, taken)]))

    def status(self, cells: Cells) -> str:
        """Where a proposal stands that is made now."""
        if cells["id"] in self.there:
            return "accepted"
        taken = cells["id"] in self.aside or _said(cells) in self.said
        return self.reviewed.get(cells["id"]) or (TAKEN if taken else OPEN)


def _statements(study: StudyData) -> Iterator[_Said]:
    statements = study.statements
    for row in np.flatnonzero(statements.passage.runs.lengths).tolist():
        yield statements.passage[row], str(statements.path[row]), str(statements.topic[row])


def _said(cells: Cells) -> _Said:
    """Passage, path and topic of a proposal."""
    return cells.get("passage", ""), cells.get("path", ""), cells.get("topic", "")


class _Memory:
    """What a coder proposed of documents, as the store remembers it; ``dropped``: what it did not, of those gone through."""

    def __init__(self, study: StudyData, coder: Coder, store: Store | None, note: Callable[[str], object]) -> None:
        self.study, self.coder, self.store, self.note = study, coder, store, note
        self.dropped: Counter[str] = Counter()
        self.codebook = hashlib.sha256((study.root / "study.toml").read_bytes()).hexdigest()

    def each(self, documents: Iterable[list[Passage]]) -> Iterator[tuple[list[Passage], list[Proposal], bool]]:
        """Each document with its proposals, and whether they were remembered."""
        if self.store is None:
            yield from self._at_once(documents)
            return
        for passages in documents:
            key = self._key(passages)
            text = self.store.cached(key)
            if text is not None:
                known = json.loads(text)
                self.dropped.update(known["dropped"])
                yield passages, [_read(one) for one in known["proposals"]], True
                continue
            before = self._counted()
            found = list(self.coder.code(passages, self.study))
            dropped = self._counted() - before
            self.dropped.update(dropped)
            plain = json.dumps({"proposals": [_plain(one) for one in found], "dropped": dropped}, ensure_ascii=False)
            try:
                for _ in self.store.remember(key, (plain,), self.note):
                    pass
            except RashomonError as problem:
                self.note(problem.fault.message)
            yield passages, found, False

    def _at_once(self, documents: Iterable[list[Passage]]) -> Iterator[tuple[list[Passage], list[Proposal], bool]]:
        """The same without a store. The coder is given all documents as one, for it may work on several at a time."""
        waiting: deque[list[Passage]] = deque()

        def fed() -> Iterator[Passage]:
            for passages in documents:
                waiting.append(passages)
                yield from passages

        before = self._counted()
        found: list[Proposal] = []
        for proposal in self.coder.code(fed(), self.study):
            while all(proposal.address != one.address for one in waiting[0]):
                yield waiting.popleft(), found, False
                found = []
            found.append(proposal)
        while waiting:
            yield waiting.popleft(), found, False
            found = []
        self.dropped.update(self._counted() - before)

    def _counted(self) -> Counter[str]:
        """What the coder has dropped since it was made."""
        return Counter(self.coder.dropped) if isinstance(self.coder, Dropping) else Counter()

    def _key(self, passages: Sequence[Passage]) -> Key:
        from rashomon import __version__

        whole = hashlib.sha256()
        for one in passages:
            whole.update("\0".join((one.address, one.text, one.published, *one.heading, "")).encode())
        asked = (("coder", self.coder.version), ("document", whole.hexdigest()), ("remembered", "proposals and dropped"))
        return Key(self.codebook, __version__, f"code:{self.coder.name}", asked)


def _plain(proposal: Proposal) -> dict[str, object]:
    return asdict(replace(proposal, verbs=())) | {"verbs": proposal.modality}


def _read(plain: dict[str, Any]) -> Proposal:
    reasons = tuple(Reason(**one) for one in plain["reasons"])
    return Proposal(**plain | {"verbs": read_verbs(plain["verbs"]), "reasons": reasons, "actors": tuple(plain["actors"])})

"""What the statements of coders stand on: whose they are, which passages of which documents, and what is resampled with them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from rashomon.coding.aligning import Coding, of_statement
from rashomon.coding.krippendorff import LEAST_CLUSTERS, unfit
from rashomon.errors import error, listing, suggest
from rashomon.reading import Passage, Shelf, store_if_read
from rashomon.study import Statement, StudyData
from rashomon.study.aside import proposals_of
from rashomon.study.row_files import coders_of
from rashomon.study.vocabulary import STATUSES

STATUS: Final = ("superseded", "accepted", "proposed")
"""Of which status the statements of ``statements.csv`` are compared."""


def codings_of(study: StudyData, coder: str, status: Sequence[str] = STATUS) -> tuple[Coding, ...]:
    """What a coder made: statements of ``status`` with its name, and all that it proposed, whatever was decided about it.

    An id counts once; where a proposal was taken into ``statements.csv`` it counts as the coder wrote it, for what a reviewer
    mended is not the coder's. ``coder`` "": statements that name none. R004 where there are none.
    """
    proposed = _proposed(study, coder) if coder in coders_of(study.root) else []
    known = {one.id for one in proposed}
    column = study.statements.coder
    named = column.each(lambda name: name == coder, np.bool_, not coder)
    rows = study.open_rows("statements", status)
    written = [one for one in study.statements.rows(rows[named[rows]]) if one.id not in known]
    if not written and not proposed:
        there = sorted(
            {*(column.values[code] for code in set(column.codes[rows].tolist()) if code >= 0), *coders_of(study.root)}
        )
        message = f"This coder has proposed nothing, and made no statement of these statuses: {', '.join(status)}."
        remedy = suggest(coder, there, "fill the column coder of statements.csv, or ask for another status.")
        raise error("R004", message, found=repr(coder), allowed=listing(there), remedy=remedy)
    return tuple(map(of_statement, (*written, *proposed)))


def _proposed(study: StudyData, coder: str) -> list[Statement]:
    """A coder's proposals that the view of the study may know."""
    (found,) = proposals_of(study, coder)
    return found.rows(replace(study, statements=found).open_rows("statements", STATUSES))


@dataclass(frozen=True)
class Ground:
    """The passages of the documents in which codings stand, by their addresses; none where the study has not been read.

    ``loose``: sources of which some statement names no passage that was read; each is taken to be one document.
    """

    passages: Mapping[str, Passage] = field(default_factory=dict)
    loose: frozenset[str] = frozenset()

    def document(self, one: Coding) -> str:
        """The document of a statement; its source, where not all documents of the source's statements are known."""
        return one.source if one.source in self.loose else self.passages[one.passage].document

    def passage(self, one: Coding) -> Passage | None:
        """The passage of a statement, if it was read."""
        return self.passages.get(one.passage)

    def clusters(self, pairs: Sequence[tuple[Coding, Coding]]) -> tuple[list[Hashable], str]:
        """For each pair what it is resampled with, and what that is: "document", or "paragraph" where documents are too few."""
        documents = [self.document(one) for one, _ in pairs]
        if len(set(documents)) >= LEAST_CLUSTERS:
            return list(documents), "document"
        return [one.passage or other.passage or one.paragraph for one, other in pairs], "paragraph"


def both_of(
    study: StudyData, coder: str, other: str, status: Sequence[str]
) -> tuple[tuple[Coding, ...], tuple[Coding, ...], Ground]:
    """What two coders made (:func:`codings_of`), and the ground of both; R502 where both are one."""
    if coder == other:
        raise unfit("A coder always agrees with themselves.", repr(coder), "two coders", "Name another coder.")
    a, b = (codings_of(study, name, status) for name in (coder, other))
    return a, b, ground_of(study, (*a, *b))


def ground_of(study: StudyData, codings: Iterable[Coding]) -> Ground:
    """The ground of codings of a study."""
    listed = list(codings)
    addresses = {one.passage for one in listed if one.passage}
    store = store_if_read(study.root)
    passages: dict[str, Passage] = {}
    if store is not None:
        with store:
            shelf = Shelf(store)
            for source in sorted({one.source for one in listed if one.passage}):
                passages |= _around(addresses, shelf.passages(source))
    return grounded(listed, passages)


def grounded(codings: Iterable[Coding], passages: Mapping[str, Passage]) -> Ground:
    """The ground of codings that stand in these passages."""
    return Ground(passages, frozenset(one.source for one in codings if one.passage not in passages))


def _around(addresses: set[str], passages: Iterable[Passage]) -> dict[str, Passage]:
    """Of passages of one source, those of a document that has one of the addresses."""
    listed = list(passages)
    documents = {one.document for one in listed if one.address in addresses}
    return {one.address: one for one in listed if one.document in documents}

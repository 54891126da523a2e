"""What a classifier learns from: the passages that were read for coding, and what was found in each.

That a passage says nothing can be learned only where somebody looked. A passage counts as read where an accepted statement rests
on it; where a person decided on a proposal of it, or says to have found nothing in it; and where it stands between the first and
the last coded passage of a document of which, between these two, at least half are coded. All others are unread: no evidence of
anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.coding.codebook import Codebook
from rashomon.coding.embedding import VectorFile, Vectors, unit
from rashomon.coding.proposal_files import OPEN, TAKEN, read_proposals
from rashomon.coding.proposing import SET_APART
from rashomon.reading import Passage, Shelf, no_passages, sentence_spans, store_if_read
from rashomon.study import Declared, Statement, StudyData
from rashomon.study.journals import NOTHING, read_journal
from rashomon.study.row_files import coders_of

HALF: Final = 0.5
"""Share of a stretch of a document that must be coded for the rest of it to count as read."""
_ANY: Final = 0  # the limit of a codebook of which no excerpt is taken


@dataclass(frozen=True, slots=True)
class Example:
    """A passage that was read, the document that it is resampled with, and the accepted statements that rest on it."""

    passage: Passage
    document: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Shelved:
    """The passages of a study: those that were read for coding, and those that were not.

    ``accepted``: how many accepted statements the study has, and ``loose`` how many of them rest on no passage that is there.
    """

    read: tuple[Example, ...]
    unread: tuple[Passage, ...]
    accepted: int
    loose: int


def shelved(study: StudyData) -> Shelved:
    """The passages of a study, but for those in which nothing is coded; R004 where it was not read.

    A document is what it is for agreement and scores: one file, or its source where some statement of it rests on no passage.
    """
    store = store_if_read(study.root)
    if store is None:
        raise no_passages()
    with store:
        shelf = Shelf(store)
        if not shelf:
            raise no_passages()
        return divided(shelf.passages(), study.statements.rows(study.open_rows("statements")), _decided(study))


def divided(passages: Iterable[Passage], statements: Sequence[Statement], decided: Collection[str] = ()) -> Shelved:
    """Passages, document by document and in their order, divided into read and unread; ``decided``: addresses of those of which a
    person decided on a proposal, or found nothing in them.
    """
    listed = [one for one in passages if one.kind not in SET_APART]
    by_passage: dict[str, list[Statement]] = {one.address: [] for one in listed}
    loose = [one for one in statements if one.passage.strip() not in by_passage]
    for one in statements:
        by_passage.get(one.passage.strip(), []).append(one)
    whole = {one.source for one in loose}
    read: list[Example] = []
    unread: list[Passage] = []
    for document, group in groupby(listed, key=lambda one: one.document):
        of_document = list(group)
        seen = _seen([bool(by_passage[one.address]) for one in of_document])
        for passage, known in zip(of_document, seen, strict=True):
            if known or passage.address in decided:
                name = passage.source if passage.source in whole else f"{passage.source} {document}"
                read.append(Example(passage, name, tuple(by_passage[passage.address])))
            else:
                unread.append(passage)
    return Shelved(tuple(read), tuple(unread), len(statements), len(loose))


def _seen(coded: Sequence[bool]) -> list[bool]:
    """Which passages of a document count as read, by which of them are coded."""
    places = [place for place, one in enumerate(coded) if one]
    if not places:
        return list(coded)
    first, last = places[0], places[-1]
    through = len(places) >= HALF * (last - first + 1)
    return [one or (through and first < place < last) for place, one in enumerate(coded)]


def _decided(study: StudyData) -> frozenset[str]:
    rows = (row for coder in coders_of(study.root) for row in read_proposals(study.root, coder))
    decided = {row["passage"] for row in rows if row["status"] not in (OPEN, TAKEN)}
    return frozenset(decided | {row["passage"] for row in read_journal(study.root, NOTHING).rows()})


@dataclass(frozen=True, eq=False)
class Encoded:
    """Passages as vectors. ``sentences`` (s, d) in order, ``owner`` (s,) the passage of each, ``spans`` where in it they stand.

    ``passages`` (p, d): the means of their sentences. ``named``: the ids of sides and actors that each passage names.
    """

    sentences: Vectors
    owner: NDArray[np.intp]
    spans: tuple[tuple[int, int], ...]
    passages: Vectors
    named: tuple[frozenset[str], ...]


def encoded(passages: Sequence[Passage], declared: Declared, vectors: VectorFile) -> Encoded:
    """The vectors of passages and of their sentences."""
    codebook = Codebook(declared, _ANY)
    spans = [sentence_spans(one.text) or [(0, len(one.text))] for one in passages]
    texts = [one.text[start:end] for one, those in zip(passages, spans, strict=True) for start, end in those]
    sentences = vectors.of(texts)
    owner = np.repeat(np.arange(len(passages)), [len(those) for those in spans])
    sums = np.zeros((len(passages), sentences.shape[1]), np.float32)
    np.add.at(sums, owner, sentences)
    named = tuple(frozenset(codebook.named(one.text)) for one in passages)
    return Encoded(sentences, owner, tuple(span for those in spans for span in those), unit(sums), named)


def words_of(statement: Statement, passage: Passage) -> str:
    """The words that speak for a statement: those it quotes, else its coder's note, else its passage."""
    return statement.quote.strip() or statement.note.strip() or passage.text


def told_by(examples: Sequence[Example]) -> Iterator[tuple[int, Statement, str]]:
    """Every statement that is told in words of its own, quoted or noted, with the number of its example and these words."""
    for number, example in enumerate(examples):
        for one in example.statements:
            words = one.quote.strip() or one.note.strip()
            if words:
                yield number, one, words


def labels_of(example: Example) -> Mapping[str, frozenset[str]]:
    """What is to be learned of a passage: whether it has a statement, on which topics, and of which paths."""
    return {
        "statement": frozenset({"any"} if example.statements else ()),
        "topic": frozenset(one.topic.text for one in example.statements),
        "path": frozenset(" > ".join(one.path.actors) for one in example.statements),
    }

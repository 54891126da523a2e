"""The coder ``learned``: a classifier for each topic and path, trained on the statements that a study has accepted.

It says how well it learns before it proposes anything, and proposes only topics and paths of which, in documents that it did not
learn from, surely more than half were right. What it cannot learn it leaves open: the stance is blank, the verb is "believes",
the time is what the passage names. Each proposal shows the accepted statements that are most like it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np

from rashomon.coding.classifying import Floats
from rashomon.coding.embedding import FILE, VectorFile, Vectors, need_learning
from rashomon.coding.examples import Encoded, Example, Shelved, encoded, shelved, words_of
from rashomon.coding.label_scores import LabelScore
from rashomon.coding.learning import CHOSEN, LEAST_DOCUMENTS, LEAST_PASSAGES, Learned, Lesson, chances_of, learned_from
from rashomon.coding.proposals import Coder, Proposal, Reason
from rashomon.coding.rules import lexicon_of
from rashomon.coding.timing import Timing
from rashomon.errors import RashomonError, error
from rashomon.reading import Passage, sentence_spans
from rashomon.study import Statement, StudyData, Verb
from rashomon.texts import count

_BATCH: Final = 256  # passages that are held as vectors at once
_SHOWN: Final = 2  # accepted statements that speak for a proposal
_WORDS: Final = 90  # characters of each that are shown


class Learner:
    """The coder as it is offered: it learns when it is asked to be ready for a study."""

    name: Final = "learned"
    version: Final = "1"

    def code(self, passages: Iterable[Passage], study: StudyData) -> Iterator[Proposal]:
        """Proposals of passages, by what the study teaches. R926 where that is too little, R909 where the extra is missing."""
        with self.prepared(study) as coder:
            yield from coder.code(passages, study)

    @contextmanager
    def prepared(self, study: StudyData) -> Iterator[Coder]:
        """The coder, having learned."""
        with VectorFile(study.root / FILE) as vectors:
            yield LearnedCoder(study, shelved(study), vectors)


@dataclass(frozen=True, slots=True)
class _Found:
    """A topic and a path of a passage, with the probability of each and of both. ``at``: where the topic is told."""

    topic: str
    path: str
    chances: tuple[float, float]
    both: float
    at: tuple[int, int]
    vector: Vectors


class LearnedCoder:
    """The coder, having learned from the passages of a study. ``scores``: how well, label by label.

    R004 where the study has not been read, R926 where there is too little to learn from.
    """

    name: Final = Learner.name

    def __init__(self, study: StudyData, shelf: Shelved, vectors: VectorFile) -> None:
        self._vectors = vectors
        self._statements = [
            (one, words_of(one, example.passage)) for example in shelf.read for one in example.statements
        ]
        passages = [one.passage for one in shelf.read]
        lesson = Lesson(shelf.read, encoded(passages, study.declared, vectors), vectors)
        self.learned: Learned = learned_from(lesson)
        if not self.learned.rules:
            raise too_little(shelf)
        self.version = f"{Learner.version}, {vectors.name}, {_digest(shelf.read)}"
        self._read = frozenset(one.address for one in passages)
        self._likeness = vectors.of([words for _, words in self._statements])
        self._titles = {one.id: one.title for one in study.declared.sources}
        self._topics, self._paths = self.learned.proposed("topic"), self.learned.proposed("path")
        may = {("topic", one) for one in self._topics} | {("path", one) for one in self._paths}
        self._rules = {key: rule for key, rule in self.learned.rules.items() if key in may}

    @property
    def scores(self) -> tuple[LabelScore, ...]:
        """How well each label is learned."""
        return self.learned.scores

    def code(self, passages: Iterable[Passage], study: StudyData) -> Iterator[Proposal]:
        """Proposals passage by passage, the surest of each first; none of passages that it learned from."""
        listed = (one for one in passages if one.address not in self._read)
        while some := list(islice(listed, _BATCH)):
            if self._topics and self._paths:
                vectors = encoded(some, study.declared, self._vectors)
                chances = chances_of(self._rules, vectors)
                for number, passage in enumerate(some):
                    for found in self._found(vectors, chances, number):
                        yield self._proposal(passage, found, study)

    def _found(self, vectors: Encoded, chances: Floats, number: int) -> list[_Found]:
        """What may be proposed of a passage, by number: topics and paths that are chosen, and have been coded together.

        ``chances``: the probability of each label that may be proposed in each passage (labels, passages).
        """
        here = np.flatnonzero(vectors.owner == number)
        sure = {key: float(row[number]) for key, row in zip(self._rules, chances, strict=True) if row[number] >= CHOSEN}
        out = []
        for topic, path in sorted(self.learned.pairing.pairs):
            if ("topic", topic) not in sure or ("path", path) not in sure:
                continue
            chance = (sure["topic", topic], sure["path", path])
            best = here[int(np.argmax(self._rules["topic", topic].by_sentences(vectors.sentences[here])))]
            both = self.learned.pairing.probability(chance[0] * chance[1])
            out.append(_Found(topic, path, chance, both, vectors.spans[best], vectors.sentences[best : best + 1]))
        return sorted(out, key=lambda one: -one.both)

    def _proposal(self, passage: Passage, found: _Found, study: StudyData) -> Proposal:
        start, end = found.at
        when, told = self._when(passage, study, start, end)
        actors = tuple(found.path.split(" > "))
        return Proposal(
            address=passage.address, start=start, end=end, quote=passage.text[start:end], actors=actors,
            verbs=tuple(Verb("believes") for _ in actors), topic=found.topic, stance="", when=when, about="", basis="", hedge="",
            extent="", certainty=round(found.both, 2), reasons=(*self._reasons(found), told),
        )  # fmt: skip

    def _reasons(self, found: _Found) -> Iterator[Reason]:
        start, end = found.at
        topic, path = found.chances
        yield Reason("path", 0, 0, f"learned for the passage as a whole, probability {path:.2f}")
        yield Reason("modality", 0, 0, "not learned: left at believes")
        yield Reason("topic", start, end, f"learned, probability {topic:.2f}")
        for one, words, likeness in self._alike(found):
            shown = " ".join(words.replace(";", ",").split())
            cut = shown if len(shown) <= _WORDS else shown[:_WORDS] + " …"
            yield Reason("topic", 0, 0, f"like {one.id} ({likeness:.2f}): “{cut}”")

    def _alike(self, found: _Found) -> Iterator[tuple[Statement, str, float]]:
        """The accepted statements of the topic whose words are nearest to those of the proposal; those of its path first."""
        likeness = (self._likeness @ found.vector[0]).astype(np.float64)
        of = [number for number, (one, _) in enumerate(self._statements) if one.topic.text == found.topic]
        path = {number: " > ".join(self._statements[number][0].path.actors) == found.path for number in of}
        for number in sorted(of, key=lambda number: (not path[number], -likeness[number], number))[:_SHOWN]:
            yield (*self._statements[number], float(likeness[number]))

    def _when(self, passage: Passage, study: StudyData, start: int, end: int) -> tuple[str, Reason]:
        """The time that the sentence names, or what stands before it, as the rules read it."""
        span, title = study.declared.study.span, self._titles.get(passage.source, "")
        timing = Timing(passage, span, lexicon_of(passage.language), title)
        for place in sentence_spans(passage.text):
            if place <= (start, end):
                timing.enter(*place)
        timed = timing.of((start, end))
        return timed.text, Reason("when", timed.start, timed.end, timed.says)


def too_little(shelf: Shelved) -> RashomonError:
    """R926: what is there to learn from, and what would be needed."""
    coded = [one for one in shelf.read if one.statements]
    documents = len({one.document for one in coded})
    resting = shelf.accepted - shelf.loose
    return error(
        "R926",
        "There is too little to learn from.",
        found=f"{count(shelf.accepted, 'accepted statement')}, of which {resting:,} rest on {count(len(coded), 'passage')} of "
        f"{count(documents, 'document')}; no topic, path, or passage without a statement is frequent enough",
        allowed=f"a topic that {LEAST_PASSAGES} passages of {LEAST_DOCUMENTS} documents have, as many that have not",
        remedy="Code more passages, with their addresses in the column passage: `rashomon next STUDY` says which first.",
    )


def _digest(examples: Sequence[Example]) -> str:
    """A digest of all that is learned from, and of the program that learns."""
    whole = [
        (one.document, one.passage.address, one.passage.text,
         [(each.id, each.topic.text, each.path.actors, each.quote, each.note) for each in one.statements])
        for one in examples
    ]  # fmt: skip
    text = json.dumps([whole, sorted(need_learning().items())], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]

"""Which topic is meant where none of the codebook's words stands: the one whose wordings lie nearest by meaning.

Both bars were set on one chapter of the worked study's book, and on no other text: docs/explanation/coding.md has the figures,
which are why a study must ask for it. What is held of a topic is never taken from nearness.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from rashomon.coding.embedding import VectorFile
from rashomon.study import Declared

LIKE: Final = 0.5
"""Similarity (cosine) to a wording of the topic from which on it may be meant."""
MARGIN: Final = 0.03
"""How much nearer than any other topic it must be."""
LEAST_WORDS: Final = 4
"""Of fewer words the meaning is not told."""


@dataclass(frozen=True, slots=True)
class Near:
    """The nearest topic, its similarity, and that of the next."""

    topic: str
    similarity: float
    next: float


def wordings_of(declared: Declared) -> Iterator[tuple[str, str]]:
    """Each topic that is declared with each text by which the codebook tells it: names, descriptions, examples."""
    for issue in declared.issues:
        texts = [issue.name, issue.description, *issue.examples]
        texts += [text for one in issue.positions for text in (one.name, *one.examples)]
        yield from ((issue.id, text) for text in texts if text)
    for quality in declared.qualities:
        yield from ((quality.id, text) for text in (quality.name, quality.description, *quality.examples) if text)


class Nearness:
    """The topics of a study by the meaning of their wordings."""

    def __init__(self, declared: Declared, vectors: VectorFile) -> None:
        self._vectors = vectors
        pairs = list(wordings_of(declared))
        self._topics = sorted({topic for topic, _ in pairs})
        self._of = np.array([self._topics.index(topic) for topic, _ in pairs], np.intp)
        self._wordings = vectors.of([text for _, text in pairs])

    def nearest(self, text: str) -> Near | None:
        """The topic that a text is about; None where none is near, or two are alike near."""
        if len(self._topics) < 2:
            return None
        best = np.full(len(self._topics), -1.0)
        np.maximum.at(best, self._of, (self._wordings @ self._vectors.of([text])[0]).astype(np.float64))
        first, second = np.argsort(-best, kind="stable")[:2].tolist()
        found = Near(self._topics[first], float(best[first]), float(best[second]))
        return found if found.similarity >= LIKE and found.similarity - found.next >= MARGIN else None

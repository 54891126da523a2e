"""An encoder for the tests of what is said otherwise: words of one meaning have one vector, a sentence the sum of its words'."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import PackageNotFoundError
from zlib import crc32

import numpy as np
import pytest
from numpy.typing import NDArray

from rashomon.coding import embedding

SYNONYMS = {
    "condemn": "denounce", "resolutely": "firmly", "militarist": "warlike", "circles": "groups", "threaten": "menace",
    "again": "anew", "peoples": "nations", "region": "area",
}  # fmt: skip
"""Each word of the ritual with another of its meaning."""
_SMALL = frozenset(("a", "an", "and", "in", "of", "on", "the", "to", "we", "which"))


@cache
def _vector(word: str) -> NDArray[np.float32]:
    made: NDArray[np.float32] = np.random.default_rng(crc32(word.encode())).normal(size=512).astype(np.float32)
    return made


class Words:
    """Vectors by the meaning of words, blind to their order as to denial."""

    size = 512
    name = "words 1"

    def encode(self, text: str) -> NDArray[np.float32]:
        """The vector of a text (512,)."""
        meanings = {other: word for word, other in SYNONYMS.items()}
        words = [meanings.get(word, word) for word in re.findall(r"\w+", text.lower()) if word not in _SMALL]
        return np.asarray(sum((_vector(word) for word in words if word != "not"), np.full(512, 1e-3)), np.float32)


def use_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let :class:`Words` stand for the encoder."""
    monkeypatch.setattr(embedding, "SentenceEncoder", Words)


def without_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the extra ``rashomon[learn]`` be missing."""

    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", missing)

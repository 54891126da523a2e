"""Whether what a text left out is said in it otherwise: the sentence in which a formula stood, and those of the text, by meaning.

Likeness is the cosine of the vectors of two sentences. The nearest sentence of a text is always somewhat like: what counts is
whether it is more like than chance would have it. Chance is seen in the last ``BESIDE`` occasions at which the formula stood:
the sentences beside it there speak of the same matters in the same mouth, and need not say it again. With M of them, k as like
or liker, a text of m sentences would hold mk/M as like. Summed over all omissions of the series, with one more chance in as
many texts as were looked through, and divided by the number of omissions with a sentence as like, this is the share of such
matches that chance explains (target and decoy, Elias & Gygi 2007, *Nature Methods* 4; Benjamini & Hochberg 1995). It must be
at most ``CHANCE``, and the likeness at least ``LIKE``.

Two more bars, since vectors are nearly blind to them: both sentences must deny something, or neither; and without the formula's
own words its sentence must be less like the other by ``PART``, else it is the formula that is gone and the rest that stayed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.feeling.voicing import denies
from rashomon.measuring.formulas.tokens import Corpus, Places
from rashomon.reading import sentence_spans

if TYPE_CHECKING:
    from rashomon.coding import VectorFile

LIKE: Final = 0.75
"""Cosine from which on a sentence may say another otherwise; set on the speeches of docs/explanation/un-speeches.md."""
CHANCE: Final = 0.1
"""Share of the matches that chance may explain."""
PART: Final = 0.02
"""By how much the sentence of a formula must be less like without its words."""
BESIDE: Final = 20
"""Occasions before at which the sentences beside a formula are looked at."""
_HELD: Final = 256  # texts whose vectors are held at once

Span = tuple[int, int, int]
"""Where a formula stands: the text, and from and to which token of the corpus."""


@dataclass(frozen=True, slots=True)
class Omission:
    """A formula that stood at one occasion and is left out at the next. ``stood``: where it stood at the occasion before, and
    ``beside``: at the last occasions, that one among them; ``texts``: those that leave it out.
    """

    stood: Span
    beside: tuple[Span, ...]
    texts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    """``within``: the sentence in which the formula stood; ``sentence``: the one most like it in the texts that leave it out,
    ``likeness``: of the two; ``chance``: the share of such matches that chance explains, NaN where it is less like than LIKE;
    ``otherwise``: whether that says it otherwise.
    """

    within: str
    sentence: str
    likeness: float
    chance: float
    otherwise: bool


@dataclass(frozen=True, slots=True)
class _Match:
    """An omission with its nearest sentence. ``beside``: likeness of those sentences beside the formula that are as like as LIKE;
    ``looked``: how many texts of that length they all make.
    """

    omission: Omission
    within: str
    sentence: str
    likeness: float
    beside: NDArray[np.float32]
    looked: float


def nearest(corpus: Corpus, vectors: VectorFile, omissions: Sequence[Omission]) -> list[Nearest | None]:
    """The nearest sentence to each omission of a series; None where a text is in a language that the encoder does not know, or
    has no sentence to look at. Encodes each sentence of the texts once; give omissions in order of time.
    """
    texts = _Texts(corpus, vectors)
    found = [texts.match(one) for one in omissions]
    matches = [one for one in found if one is not None]
    chances = iter(chances_of([one.likeness for one in matches], [(one.beside, one.looked) for one in matches]))
    return [None if one is None else texts.judged(one, next(chances)) for one in found]


def unknown_languages(corpus: Corpus) -> int:
    """How many texts are in a language that the encoder does not know."""
    return _known(corpus).count(False)


def _known(corpus: Corpus) -> list[bool]:
    from rashomon.coding import LANGUAGES  # here, for the room is large, and few studies ask

    return [one.language in LANGUAGES for one in corpus.bodies]


def chances_of(likeness: Sequence[float], beside: Sequence[tuple[NDArray[np.float32], float]]) -> list[float]:
    """Of each match the least share of matches as like, or any less like, that chance explains; NaN below LIKE.

    ``beside``: of each match the likeness of sentences beside the formula, and how many texts of its length these make.
    """
    found = np.asarray(likeness, np.float64)
    out = np.full(len(found), math.nan)
    order = np.argsort(-found, kind="stable")
    order = order[found[order] >= LIKE]
    if not len(order):
        return out.tolist()
    looked = np.array([texts for _, texts in beside])
    decoys = np.concatenate([one for one, _ in beside]).astype(np.float64)
    weights = np.repeat(1 / looked, [len(one) for one, _ in beside])
    rising = np.argsort(decoys)
    summed = np.concatenate([np.cumsum(weights[rising][::-1])[::-1], [0.0]])
    expected = summed[np.searchsorted(decoys[rising], found[order])] + 1 / looked.mean()
    as_like = np.searchsorted(-found[order], -found[order], side="right")
    least = np.minimum.accumulate((expected / as_like)[::-1])[::-1]
    out[order] = np.minimum(least, 1.0)
    return out.tolist()


@dataclass(frozen=True)
class _Text:
    """The sentences of a text, where each begins, their vectors, and where its tokens stand."""

    sentences: tuple[str, ...]
    starts: Places
    vectors: NDArray[np.float32]
    tokens: Places


class _Texts:
    """The sentences of a series and their vectors; those of some hundred texts are held."""

    def __init__(self, corpus: Corpus, vectors: VectorFile) -> None:
        self._corpus, self._vectors = corpus, vectors
        self._text = lru_cache(_HELD)(self._read)
        self._known = _known(corpus)

    def _read(self, text: int) -> _Text:
        words = self._corpus.bodies[text].text
        spans = sentence_spans(words)
        sentences = tuple(" ".join(words[a:b].split()) for a, b in spans)
        starts = np.array([a for a, _ in spans], np.int64)
        return _Text(sentences, starts, self._vectors.of(sentences), self._corpus.characters(text))

    def match(self, omission: Omission) -> _Match | None:
        """The sentence most like the one in which the formula stood; see :func:`nearest`."""
        if any(not self._known[text] for text in (*omission.texts, *(text for text, _, _ in omission.beside))):
            return None
        stood = self._text(omission.stood[0])
        own = self._holding(omission.stood)[0]
        vector = stood.vectors[own]
        here = [(text, self._text(text).vectors @ vector) for text in omission.texts if self._text(text).sentences]
        beside = np.concatenate([*self._beside(omission, vector)])
        if not here or not len(beside):
            return None
        text, likeness = max(here, key=lambda one: float(one[1].max()))
        at = int(likeness.argmax())
        size = sum(len(one) for _, one in here)
        sentence = self._text(text).sentences[at]
        close = beside[beside >= LIKE]
        return _Match(omission, stood.sentences[own], sentence, float(likeness[at]), close, len(beside) / size)

    def _beside(self, omission: Omission, vector: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
        """The likeness of what stands beside the formula, text by text."""
        held: dict[int, list[int]] = {}
        for span in omission.beside:
            held.setdefault(span[0], []).extend(self._holding(span))
        for text, own in held.items():
            yield np.delete(self._text(text).vectors @ vector, own)

    def _holding(self, span: Span) -> list[int]:
        """The sentences that hold a formula; that with its middle first."""
        text = self._text(span[0])
        begin, end = self._characters(span)
        middle, *ends = np.searchsorted(text.starts, [(begin + end) // 2, begin, end - 1], side="right") - 1
        return [int(middle), *(one for one in range(ends[0], ends[1] + 1) if one != middle)]

    def _characters(self, span: Span) -> tuple[int, int]:
        first = int(self._corpus.starts[span[0]])
        tokens = self._text(span[0]).tokens
        return int(tokens[span[1] - first, 0]), int(tokens[span[2] - first - 1, 1])

    def judged(self, match: _Match, chance: float) -> Nearest:
        """A match with its chance, and whether it says the formula otherwise."""
        otherwise = chance <= CHANCE and self._alike_in_denial(match) and self._has_part(match)
        return Nearest(match.within, match.sentence, match.likeness, chance, otherwise)

    def _alike_in_denial(self, match: _Match) -> bool:
        language = self._corpus.bodies[match.omission.stood[0]].language
        return denies(match.within, language) == denies(match.sentence, language)

    def _has_part(self, match: _Match) -> bool:
        """Whether the words of the formula have a part in the likeness of its sentence."""
        span = match.omission.stood
        text = self._text(span[0])
        begin, end = self._characters(span)
        own = self._holding(span)[0]
        words = self._corpus.bodies[span[0]].text
        after = int(text.starts[own + 1]) if own + 1 < len(text.starts) else len(words)
        rest = " ".join(f"{words[int(text.starts[own]) : begin]} {words[end:after]}".split())
        if not any(map(str.isalnum, rest)):
            return True
        one, other = self._vectors.of([rest, match.sentence])
        return match.likeness - float(one @ other) >= PART

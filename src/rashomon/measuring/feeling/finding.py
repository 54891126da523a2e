"""Texts read for words of feeling: how many words each sentence has, which count, in whose voice, and whom the sentence
names.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from rashomon.measuring.feeling.lexicon import Lexicon
from rashomon.measuring.feeling.matching import WORD, JapaneseMatcher, Match, Matcher, japanese_matcher, word_matcher
from rashomon.measuring.feeling.patterns import plain
from rashomon.measuring.feeling.voicing import REPORTED, SPEECHES, japanese_status, quotations, status
from rashomon.reading import sentence_spans

UNITS: Final[Mapping[str, str]] = MappingProxyType({"en": "words", "ru": "words", "ja": "characters"})
"""What rates are per thousand of, by language: Japanese is written without blanks between words."""
_TOKEN: Final = re.compile(rf"{WORD.pattern}|[,;:.!?()—–…]")
_CHARACTER: Final = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of feeling: ``text[start:stop]`` of a sentence, by the entry ``words``; ``status``: own, negated or reported."""

    category: str
    words: str
    status: str
    sentence: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class FeelingRead:
    """A text, read. ``words``: of each sentence, in words or characters; ``hits`` in their order; ``named``: of each
    sentence, the labels of the names in it.
    """

    words: tuple[int, ...]
    hits: tuple[Hit, ...]
    named: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Names:
    """What a text may name: a matcher whose labels are told, and ``own``, plain words by which the side that speaks calls
    itself.
    """

    matcher: Matcher | JapaneseMatcher | None = None
    own: frozenset[str] = field(default_factory=frozenset)


class Finder:
    """Reads texts of one language for the words of a lexicon. ``language``: en, ru or ja."""

    def __init__(self, lexicon: Lexicon, language: str) -> None:
        self.language = language
        self._matcher: Matcher | JapaneseMatcher
        if language == "ja":
            self._matcher = japanese_matcher(lexicon.entries)
        else:
            self._matcher = word_matcher(lexicon.entries, language)

    def read(self, text: str, names: Names | None = None) -> FeelingRead:
        """Every sentence of a text."""
        names = names or Names()
        quoted = _Quoted(text)
        words: list[int] = []
        hits: list[Hit] = []
        named: list[frozenset[str]] = []
        for number, (start, stop) in enumerate(sentence_spans(text)):
            sentence = text[start:stop]
            units: Sequence[str] = sentence if self.language == "ja" else WORD.findall(sentence)
            words.append(len(_CHARACTER.findall(sentence)) if self.language == "ja" else len(units))
            named.append(_labels(names.matcher, units))
            found = self._matcher.find(units)  # type: ignore[arg-type]  # a matcher and its units are of one language
            if found:
                hits += self._hits(sentence, start, number, found, quoted, names.own)
        return FeelingRead(tuple(words), tuple(hits), tuple(named))

    def _hits(
        self, sentence: str, offset: int, number: int, found: Sequence[Match], quoted: _Quoted, own: frozenset[str]
    ) -> Iterator[Hit]:
        """The matches of a sentence as hits, each with its voice."""
        if self.language == "ja":
            for one in found:
                voice = japanese_status(sentence, one.start, one.stop, own)
                yield Hit(
                    one.label,
                    one.words,
                    REPORTED if quoted.holds(offset + one.start) else voice,
                    number,
                    offset + one.start,
                    offset + one.stop,
                )
            return
        spans = [match.span() for match in WORD.finditer(sentence)]
        tokens = list(_TOKEN.finditer(sentence))
        starts = [match.start() for match in tokens]
        plains = [plain(match[0]) for match in tokens]
        for one in found:
            first, last = spans[one.start][0], spans[one.stop - 1][1]
            at, end = bisect_right(starts, first) - 1, bisect_right(starts, last - 1)
            voice = status(SPEECHES[self.language], plains, at, end, self.language, own)
            yield Hit(
                one.label,
                one.words,
                REPORTED if quoted.holds(offset + first) else voice,
                number,
                offset + first,
                offset + last,
            )


class _Quoted:
    """Where a text quotes."""

    def __init__(self, text: str) -> None:
        self._spans = quotations(text)
        self._starts = [start for start, _ in self._spans]

    def holds(self, place: int) -> bool:
        """Whether a place lies within a quotation."""
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._spans[at][1]


def _labels(matcher: Matcher | JapaneseMatcher | None, units: Sequence[str]) -> frozenset[str]:
    if matcher is None:
        return frozenset()
    return frozenset(one.label for one in matcher.find(units))  # type: ignore[arg-type]

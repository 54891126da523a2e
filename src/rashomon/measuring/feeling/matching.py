"""Where the words of a lexicon stand: by the first word of a pattern, the longest pattern first; in Japanese by characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rashomon.measuring.feeling.lexicon import Entry
from rashomon.measuring.feeling.patterns import Apart, Pieces, met, plain

WORD: Final = re.compile(r"[^\W\d_]+(?:['’\-‐‑]\n?[^\W\d_]+)*")
"""A word: letters, hyphens within it (also at the end of a line), and apostrophes."""


@dataclass(frozen=True, slots=True)
class Match:
    """``label`` stands at ``start`` to ``stop`` (words of a sentence, or characters of a Japanese one), by the pattern
    ``words``.
    """

    label: str
    words: str
    start: int
    stop: int


class Matcher:
    """Patterns of one language that is written in words.

    ``patterns``: (label, the pattern as written, its pieces, its exceptions). An exception of any pattern that stands at a
    place keeps all from counting that are as long there or shorter.
    """

    def __init__(self, patterns: Iterable[tuple[str, str, Pieces, Sequence[Apart]]]) -> None:
        self._patterns = tuple(patterns)
        self._literal: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        for number, (_, _, pieces, _) in enumerate(self._patterns):
            if pieces[0].stem:
                self._stems.setdefault(pieces[0].stem, []).append(number)
            for form in pieces[0].forms:
                self._literal.setdefault(form, []).append(number)
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._known: dict[str, tuple[int, ...]] = {}

    def find(self, words: Sequence[str]) -> list[Match]:
        """What stands in the words of one sentence, from left to right, no two over each other."""
        known, begun = self._known, []
        for place, word in enumerate(words):
            ids = known.get(word)
            if ids is None:
                ids = known[word] = self._beginning(plain(word))
            if ids:
                begun.append((place, ids))
        return list(self._decided(begun, [plain(word) for word in words])) if begun else []

    def _beginning(self, word: str) -> tuple[int, ...]:
        """The patterns that begin with a word."""
        found = list(self._literal.get(word, ()))
        for length in self._lengths:
            found += self._stems.get(word[:length], ()) if length <= len(word) else ()
        return tuple(sorted(found))

    def _decided(self, begun: Iterable[tuple[int, tuple[int, ...]]], words: Sequence[str]) -> Iterator[Match]:
        free = 0
        for place, ids in begun:
            if place < free:
                continue
            ends = [(end, one) for one in ids if (end := met(self._patterns[one][2], words, place, 1)) is not None]
            if not ends:
                continue
            stop = max(end for end, _ in ends)
            apart = (one for end, number in ends for one in self._patterns[number][3] if one.holds(words, place, end))
            free = stop
            if next(apart, None) is None:
                label, written, _, _ = self._patterns[next(number for end, number in ends if end == stop)]
                yield Match(label, written, place, stop)


class JapaneseMatcher:
    """Surface strings, the longest at each place; one that stands within a longer word of its exceptions does not count."""

    def __init__(self, strings: Iterable[tuple[str, str, Sequence[str]]]) -> None:
        self._label: dict[str, str] = {}
        for label, words, within in strings:
            self._label |= {one: self._label.get(one, "") for one in within}
            self._label[words] = label
        longest = sorted(self._label, key=lambda one: (-len(one), one))
        self._any = re.compile("|".join(map(re.escape, longest))) if longest else None

    def find(self, text: str) -> list[Match]:
        """What stands in a text, from left to right, no two over each other."""
        found = self._any.finditer(text) if self._any is not None else ()
        return [Match(self._label[one[0]], one[0], *one.span()) for one in found if self._label[one[0]]]


def word_matcher(entries: Iterable[Entry], language: str) -> Matcher:
    """The matcher of a lexicon's entries of a language that is written in words."""
    return Matcher((one.category, one.words, one.pieces, one.apart) for one in entries if one.language == language)


def japanese_matcher(entries: Iterable[Entry]) -> JapaneseMatcher:
    """The matcher of a lexicon's Japanese entries."""
    return JapaneseMatcher((one.category, one.words, one.within) for one in entries if one.language == "ja")

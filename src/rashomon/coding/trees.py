"""Words in their tree, whatever their language; and what can be read off the tree alone: phrases, clauses, quotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import ClassVar, Final

from rashomon.coding.frames import Argument, Word

LONGEST: Final = 300
"""Words of a sentence; what is longer is a table or a list that lost its line breaks, and is passed over."""


class Tree:
    """The tree over the words of one sentence.

    ``QUALIFYING``: relations of clauses that say more about a noun or a clause. ``APART``: of what is no part of a clause.
    Both are the labels of the language's parser.
    """

    QUALIFYING: ClassVar[frozenset[str]] = frozenset()
    APART: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, words: tuple[Word, ...]) -> None:
        self.words = words
        self.children: list[list[int]] = [[] for _ in words]
        for i, word in enumerate(words):
            if word.head != i:
                self.children[word.head].append(i)

    def under(self, at: int, relations: Iterable[str]) -> Iterator[int]:
        """Children of a word that stand in one of these relations to it."""
        return (i for i in self.children[at] if self.words[i].relation in relations)

    def one(self, at: int, *relations: str) -> int:
        """The first such child, -1 if none."""
        return next(self.under(at, relations), -1)

    def below(self, at: int, without: frozenset[str] = frozenset()) -> tuple[int, ...]:
        """A word and all that hangs on it, in order; ``without``: relations that are not followed."""
        found, stack = [], [at]
        while stack:
            i = stack.pop()
            found.append(i)
            stack += [j for j in self.children[i] if self.words[j].relation not in without]
        return tuple(sorted(found))

    def argument(self, at: int) -> Argument:
        """The phrase of a noun: without relative clauses, with the nouns it is coordinated with as further heads."""
        heads, stack = [], [at]
        while stack:
            i = stack.pop()
            heads.append(i)
            stack += [j for j in self.under(i, ("conj",)) if self.words[j].kind not in ("VERB", "AUX")]
        return Argument(tuple(sorted(heads)), self.below(at, self.QUALIFYING))

    def clause(self, at: int, without: frozenset[str] = frozenset()) -> tuple[int, ...]:
        """The words of a clause: without those coordinated with it, and what hangs on it or below it in these relations."""
        own = [i for i in self.children[at] if self.words[i].relation not in self.APART | without]
        return tuple(sorted({at, *(j for i in own for j in self.below(i, without))}))

    @cached_property
    def quoted(self) -> frozenset[int]:
        """Words between quotation marks of this sentence, of those that it also closes."""
        open_at, found = -1, set()
        for i, word in enumerate(self.words):
            if word.text in _QUOTES:
                opens = _opens(word.text, open_at >= 0)
                if open_at >= 0 and not opens:
                    found |= set(range(open_at + 1, i))
                open_at = i if opens else -1
        return frozenset(found)


def in_quotation(words: Sequence[Word], begun: bool) -> tuple[frozenset[int], bool]:
    """The words of a sentence inside double quotation marks, and whether a quotation is still open at its end.

    ``begun``: whether one was open at its beginning.
    """
    inside, found = begun, set()
    for i, word in enumerate(words):
        if word.text in _QUOTES and word.text not in _SINGLE:
            inside = _opens(word.text, inside)
        elif inside:
            found.add(i)
    return frozenset(found), inside


def _opens(mark: str, inside: bool) -> bool:
    """Whether a quotation mark opens; one that is the same at both ends does so outside a quotation."""
    return mark in _OPENING or (mark not in _CLOSING and not inside)


_SINGLE: Final = frozenset("‘’")
_OPENING: Final = frozenset("“«‘「『") | {"``"}
_CLOSING: Final = frozenset("”»」』") | {"''"}
_QUOTES: Final = _OPENING | _CLOSING | {'"'}

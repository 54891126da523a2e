"""Sentences as coders see them, whatever their language: words in a tree, and who does what in each clause.

A grammar of a language (:class:`Grammar`) gives them; everything after it, from the actors to the path, reads only these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

Mood = Literal["", "will", "would", "may", "must", "should", "to"]
"""What a clause's auxiliary or its form says of it; ``should``: a subjunctive too; ``to``: an infinitive."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word. ``kind``: its universal part of speech (Nivre et al. 2016). ``relation`` and ``form``: the parser's own labels.

    ``head``: number of the word it hangs on, its own for a root. ``entity``: person, place, people, organisation or "".
    ``plural``: as its form says. ``gender``: the genders that it may agree with, of "m", "f", "n"; "" where nothing tells.
    """

    text: str
    lemma: str
    kind: str
    form: str
    relation: str
    head: int
    start: int
    end: int
    entity: str = ""
    plural: bool = False
    gender: str = ""


def agree(one: str, other: str) -> bool:
    """Whether two words may be of one gender."""
    return not one or not other or not set(one).isdisjoint(other)


@dataclass(frozen=True, slots=True)
class Argument:
    """Who or what takes part in a clause. ``heads``: the words that name it, several where coordinated; ``words``: all.

    Both are numbers of words, in order. ``unsaid``: nobody is named, and whoever the text is about is meant; ``heads`` is the
    predicate then.
    """

    heads: tuple[int, ...]
    words: tuple[int, ...]
    unsaid: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate and what hangs on it: a verb, an adjective with its copula, or a noun that stands for a verb.

    ``predicate``: the lemma, with its particle ("rule out"). ``at``: its word. ``words``: those of the clause itself, without
    the clauses that qualify it or its nouns; ``wide``: with them. ``obliques``: other arguments, each after its preposition, or
    after the name of its case ("dat") where it has none; "as": what the object is taken for.
    ``complement``: the word at which the frame of its clausal complement stands, -1 if none. ``over``: the word of the frame
    it is a complement or adjunct of, -1 at the top. ``supposed``: it stands in a condition, and is not said to be so.
    ``entertained``: it is one of several explanations, hypotheses or options that the text goes through.
    ``quoted``: it stands within quotation marks. ``perfect``: it says what was before, or would have been.
    """

    predicate: str
    at: int
    kind: Literal["verb", "adjective", "noun"]
    words: tuple[int, ...]
    wide: tuple[int, ...] = ()
    subject: Argument | None = None
    object: Argument | None = None
    obliques: tuple[tuple[str, Argument], ...] = ()
    complement: int = -1
    over: int = -1
    mood: Mood = ""
    negated: bool = False
    passive: bool = False
    supposed: bool = False
    entertained: bool = False
    quoted: bool = False
    perfect: bool = False

    def oblique(self, preposition: str) -> Argument | None:
        """The argument after this preposition, or None."""
        return next((argument for name, argument in self.obliques if name == preposition), None)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage: ``text[start:end]`` of it. ``frames``: in the order of their predicates."""

    start: int
    end: int
    words: tuple[Word, ...]
    frames: tuple[Frame, ...]

    @cached_property
    def by_word(self) -> dict[int, Frame]:
        """The frame whose predicate is this word."""
        return {frame.at: frame for frame in self.frames}

    def span(self, words: tuple[int, ...]) -> tuple[int, int]:
        """From where to where these words (at least one) stand in the passage."""
        return self.words[min(words)].start, self.words[max(words)].end


class Grammar(Protocol):
    """What reads the sentences of one language."""

    @property
    def language(self) -> str:
        """Its code: en, ru, ja."""
        ...

    def sentences(self, text: str) -> Iterator[Sentence]:
        """The sentences of a text in order; never raises on any text."""
        ...

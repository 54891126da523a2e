"""Words of mind and of speech, and the study's verb that each stands for, by what hangs on them.

An entry of a table is a lemma and the form that it must have:

    ``want*``     with a clause or an object        ``think+``    with a clause only
    ``reject=``   with an object only               ``see:as``    with the preposition, the content after it
    ``rule_out*`` a particle is joined by ``_``
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rashomon.coding.frames import Argument, Frame
from rashomon.study import VERBS, Verb

Form = Literal["clause", "object", "oblique"]


@dataclass(frozen=True, slots=True)
class Attitude:
    """What a word means (``verb``), in which form it was found, and its content where that is a phrase (None: a clause)."""

    verb: Verb
    form: Form
    content: Argument | None = None
    preposition: str = ""


@dataclass(frozen=True, slots=True)
class Attitudes:
    """A language's words of mind: predicate and form → verb. A form is ``+`` (clause), ``=`` (object) or a preposition."""

    entries: Mapping[tuple[str, str], Verb]

    def of(self, frame: Frame) -> Attitude | None:
        """What the predicate of a frame means with what hangs on it; None where it is no word of mind so."""
        for preposition, argument in sorted(frame.obliques, key=lambda one: one[0] != "as"):  # "the image of it as"
            verb = self.entries.get((frame.predicate, preposition))
            if verb is not None and argument.heads[0] != frame.complement:
                return Attitude(verb, "oblique", argument, preposition)
            if verb is not None and (frame.predicate, "+") not in self.entries:  # "accused Oslo of closing it"
                return Attitude(verb, "clause")
        if frame.complement >= 0:
            verb = self.entries.get((frame.predicate, "+"))
            if verb is not None:
                return Attitude(verb, "clause")
        if frame.object is not None:
            verb = self.entries.get((frame.predicate, "="))
            if verb is not None:
                return Attitude(verb, "object", frame.object)
        return None

    @property
    def predicates(self) -> frozenset[str]:
        """All predicates that have an entry."""
        return frozenset(predicate for predicate, _ in self.entries)


def read_attitudes(table: str) -> Attitudes:
    """A table of lines ``verb: entry entry …``; ``not `` before the verb negates. ValueError for a verb the study has not.

    >>> read_attitudes("not believes: doubt*").entries["doubt", "+"]
    Verb(name='believes', negated=True)
    """
    entries: dict[tuple[str, str], Verb] = {}
    for line in table.strip().splitlines():
        name, _, words = line.partition(": ")
        negated = name.strip().startswith("not ")
        verb = Verb(name.strip().removeprefix("not "), negated)
        if verb.name not in VERBS:
            raise ValueError(f"{verb.name} is not a verb of a path")
        for word in words.split():
            lemma, forms = _entry(word)
            entries.update({(lemma.replace("_", " "), form): verb for form in forms})
    return Attitudes(entries)


def _entry(word: str) -> tuple[str, tuple[str, ...]]:
    if ":" in word:
        lemma, _, prepositions = word.partition(":")
        return lemma, tuple(prepositions.split(","))
    return word[:-1], {"*": ("+", "="), "+": ("+",), "=": ("=",)}[word[-1]]

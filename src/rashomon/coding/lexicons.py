"""What the coder must know of a language besides its grammar. Facts of the language only, nothing of any study."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rashomon.coding.attitudes import Attitude, Attitudes
from rashomon.coding.frames import Frame
from rashomon.coding.places import Country


def words(text: str) -> frozenset[str]:
    """The words of a list with blanks between them; what is one predicate is joined by ``_``."""
    return frozenset(word.replace("_", " ") for word in text.split())


@dataclass(frozen=True)
class Lexicon:
    """The words of one language. All are lemmas in lower case unless said otherwise.

    ``verbs``, ``adjectives``, ``nouns``: words of mind by kind of frame. ``two_ways``: verbs of speech that stand for another
    where their clause says what should be. ``yielding`` and ``resisting``: what one does who accepts, or rejects.
    ``transparent``: verbs that only pass their subject on. ``linking``: verbs that say what something is. ``layers``: nouns
    that name a layer after a people's name, by the layer's usual id. ``members``: those who stand for what they belong to.
    ``spoken``: nouns in whose place their owner may stand. ``person``, ``thing``, ``many``: pronouns as they are written;
    ``joining``: conjunctions of those who act together. ``possible``, ``probable``, ``reported``: words of doubt.
    ``extents``: words that say how much of a holder holds it; ``shares``: nouns of which the holder is told after "of";
    ``percent``: after a number. ``opposites``: stems → those that deny them. ``strong``: words that heighten a quality;
    ``denying``: that deny it. ``toward``: prepositions before whom a feeling is for. ``stem``: what words of one family
    share. ``offices``: the offices that a role's words name. ``countries``: as the language calls them.
    """

    verbs: Attitudes
    adjectives: Attitudes
    nouns: Attitudes
    two_ways: Mapping[str, str]
    yielding: frozenset[str]
    resisting: frozenset[str]
    transparent: frozenset[str]
    linking: frozenset[str]
    layers: Mapping[str, frozenset[str]]
    spoken: frozenset[str]
    members: frozenset[str]
    person: frozenset[str]
    thing: frozenset[str]
    many: frozenset[str]
    joining: frozenset[str]
    possible: frozenset[str]
    probable: frozenset[str]
    reported: frozenset[str]
    extents: Mapping[str, str]
    shares: frozenset[str]
    percent: frozenset[str]
    opposites: Mapping[str, tuple[str, ...]]
    strong: frozenset[str]
    denying: frozenset[str]
    toward: tuple[str, ...]
    empty: frozenset[str]
    stem: Callable[[str], str]
    offices: Callable[[str], Iterable[str]]
    countries: Callable[[], tuple[Country, ...]]

    def attitude(self, frame: Frame) -> Attitude | None:
        """What a frame's predicate means; None where it is no word of mind."""
        table = {"verb": self.verbs, "adjective": self.adjectives, "noun": self.nouns}[frame.kind]
        return table.of(frame)

"""Whether a noun names a whole body or a people, or only some of it: one of many, a kind, a part, an envoy.

An official is not his government, a newspaper not the press and a Norwegian not Norway, whatever they say: a text that names one
of many tells of that one. Only who speaks for a body by his office ("the minister", "a spokesman") may stand for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.coding.frames import Word
from rashomon.coding.lexicons import Lexicon

_BESIDE = ("compound", "appos", "nmod")
"""Relations of an office to the name of who holds it."""


def office_at(words: Sequence[Word], head: int, lexicon: Lexicon) -> int:
    """The word of what a stranger is said to be beside the name ("the Norwegian minister Tomas Reyes"), else the name."""
    if words[head].entity != "person":
        return head
    beside = (i for i, one in enumerate(words) if one.head == head and one.relation in _BESIDE)
    return next((i for i in beside if words[i].lemma in lexicon.strangers), head)


def one_of_many(words: Sequence[Word], noun: int, lexicon: Lexicon) -> bool:
    """Whether a noun tells of one person or paper and not of a body: "an official", "one minister", "a member of", "a Norwegian".

    Who has an office ("the minister") speaks for it unless others have the like ("a minister"); a spokesman always does.
    """
    word = words[noun]
    if word.plural or not lexicon.single:
        return False
    beside = {one.lemma for one in words if one.head == noun}
    if beside & lexicon.denying or "all" in map(lexicon.extents.get, beside):  # "no official", "every official"
        return False
    some = bool(beside & lexicon.indefinite)
    people = word.entity == "people" or word.lemma in lexicon.polled
    return word.lemma in lexicon.single or (some and (people or word.lemma in lexicon.heads))


def limited(words: Sequence[Word], noun: int, lexicon: Lexicon) -> bool:
    """Whether a word beside a noun leaves only some of those that it names ("some officials"), or it names one of many."""
    beside = any(one.head == noun and one.lemma in lexicon.limiting for one in words)
    return beside or one_of_many(words, noun, lexicon)


def kind_told(words: Sequence[Word], head: int, lexicon: Lexicon) -> bool:
    """Whether a phrase behind a people's name leaves only one kind of them: "Norwegians of high standing"."""
    return any(one.head == head and one.kind == "ADP" and one.lemma in lexicon.kinds for one in words)


def of_a_kind(words: Sequence[Word], head: int, lexicon: Lexicon) -> bool:
    """Whether an adjective leaves only one kind of a people: "young people"."""
    beside = (one for one in words if one.head == head and one.kind == "ADJ" and one.entity != "people")
    people = bool(lexicon.whole) and words[head].lemma in lexicon.layers["public"]
    return people and any(one.lemma not in lexicon.whole and one.lemma not in lexicon.extents for one in beside)


def sent_to(words: Sequence[Word], head: int, above: int, lexicon: Lexicon) -> bool:
    """Whether a name only says where an envoy stands: "the minister in Oslo"."""
    return words[above].kind == "ADP" and words[above].lemma != "of" and words[head].lemma in lexicon.envoys


def part_of(words: Sequence[Word], head: int) -> int:
    """The noun of whom "most" or "the majority" is a part; -1 if none."""
    for i, word in enumerate(words):
        through = words[word.head].head if words[word.head].kind == "ADP" else word.head
        bound = words[word.head].kind == "ADP" or word.relation == "nmod"
        if word.kind in ("NOUN", "PROPN") and i > head and bound and through == head:
            return i
    return -1

"""How the words of a topic hang on what is held: whether the predicate governs them, or they only qualify what stands far below.

The tree tells what a sentence is about better than its words do: in "hoped for talks on the future of the island's schools" the
island is no matter of the hope.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from rashomon.coding.attributing import Attribution
from rashomon.coding.frames import Sentence, Word
from rashomon.coding.lexicons import Lexicon

_FAR: Final = 2
"""Prepositions between what is held and a noun from which on a word that only qualifies the noun is no topic."""
_BETWEEN: Final = 2
"""Words, prepositions not counted, between two words of a wording."""


def only_qualify(sentence: Sentence, words: Collection[int], found: Attribution, lexicon: Lexicon) -> bool:
    """Whether all these words only qualify nouns far below what is held: "a state made of the zones of the Allied powers"."""
    every, tops = sentence.words, tuple(_tops(sentence, words))
    if lexicon.modifying and len(words) == 1 and _in_a_name(every, tops[0], lexicon):
        return True
    return all(_beside(sentence, (i, *_above(sentence, i, found)), lexicon) for i in tops)


def _beside(sentence: Sentence, chain: Sequence[int], lexicon: Lexicon) -> bool:
    """Whether the first of words that each hang on the next only qualifies a far noun, or stands in a clause that does."""
    every = sentence.words
    away = sum(every[i].kind == "ADP" for i in chain[1:])
    if _on_occasion(every, chain, lexicon):
        return True
    qualifies = every[chain[0]].relation in lexicon.modifying
    return (away >= _FAR and qualifies) or any(_aside(sentence, i, lexicon) for i in chain[:-1])


def _on_occasion(every: Sequence[Word], chain: Sequence[int], lexicon: Lexicon) -> bool:
    """Whether words only say when or how a thing is so: "in the event of an attack"."""
    phrases = ((every[i], every[every[i].head]) for i in chain[1:])
    return any(one.lemma in lexicon.occasions and of.lemma in lexicon.within for one, of in phrases)


def _aside(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Whether a clause or a phrase begins at a word that only says more; not "it was natural to close the dam"."""
    word, frame = sentence.words[at], sentence.by_word.get(at)
    meant = frame is not None and frame.mood == "to" and sentence.words[word.head].lemma in lexicon.being
    if (word.relation in lexicon.aside and not meant) or (
        word.kind in ("ADP", "SCONJ") and word.lemma in lexicon.meanwhile
    ):
        return True
    return any(one.head == at and one.relation == "case" and one.lemma in lexicon.meanwhile for one in sentence.words)


def _in_a_name(every: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a word is part of a name of something else: "Project Independence"."""
    word, above = every[at], every[every[at].head]
    joined = [above] if word.relation in lexicon.modifying else []
    joined += [one for one in every if one.head == at and one.relation in lexicon.modifying]
    return word.kind == "PROPN" and any(one.kind == "PROPN" and one is not word for one in joined)


def governed(sentence: Sentence, words: Collection[int], found: Attribution, lexicon: Lexicon) -> bool:
    """Whether words that take a stance are the very thing that is held."""
    inside, every = frozenset(words), sentence.words
    if not inside or not inside <= set(found.content):
        return False
    tops = tuple(_tops(sentence, inside))
    near = min(sum(every[j].kind == "ADP" for j in _above(sentence, i, found)) for i in tops)
    alone = len(inside) == 1 and every[tops[0]].relation in lexicon.modifying
    return near < _FAR and not alone


def steps_below(sentence: Sentence, words: Collection[int], found: Attribution) -> int:
    """Steps in the tree from what is held down to the nearest of these words."""
    return min(sum(1 for _ in _above(sentence, i, found)) for i in _tops(sentence, words))


def bound(sentence: Sentence, lexicon: Lexicon, words: Sequence[int]) -> bool:
    """Whether words hang on each other, at most two words and prepositions between, and do not only stand near each other.

    What is said to be something hangs on it: "the dam was a precondition for trade".
    """
    if not lexicon.modifying or len(words) == 1:
        return True
    every, inside = sentence.words, frozenset(words)
    ends = [_end(every, i, inside) for i in words]
    loose = {end for end in ends if end not in inside}
    return len(loose) <= 1 and all(every[end].lemma in lexicon.linking or ends.count(end) == 1 for end in loose)


def _end(every: Sequence[Word], at: int, inside: frozenset[int]) -> int:
    """The first other one of some words that a word hangs on, else the verb above it, or the last that is near."""
    steps = 0
    while every[at].head != at and steps <= _BETWEEN:
        at = every[at].head
        if at in inside or every[at].kind in ("VERB", "AUX"):
            break
        steps += every[at].kind != "ADP"
    return at


def denied(sentence: Sentence, words: Collection[int], found: Attribution, lexicon: Lexicon) -> bool:
    """Whether something between what is held and these words denies or ends them: "insisted on the non-separation of"."""
    inside = frozenset(words)
    between = {j for i in _tops(sentence, inside) for j in _above(sentence, i, found)} | inside
    if any(sentence.words[i].lemma in lexicon.ending for i in between - inside):
        return True
    every = enumerate(sentence.words)
    return any(one.head in between and one.lemma in lexicon.denying and i not in inside for i, one in every)


def _tops(sentence: Sentence, words: Collection[int]) -> Iterator[int]:
    """Those of some words on which the others hang."""
    inside = frozenset(words)
    return (i for i in inside if sentence.words[i].head not in inside or sentence.words[i].head == i)


def _above(sentence: Sentence, at: int, found: Attribution) -> Iterator[int]:
    """The words between a word and what is held, from below."""
    ends = {found.frame.at, *found.heads, -1 if found.below is None else found.below.at}
    while at not in ends and sentence.words[at].head != at:
        at = sentence.words[at].head
        yield at

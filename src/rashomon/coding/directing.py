"""Directed attitudes between states, read off any text without a study: who is for or against whom, in which words.

What states do to each other, say and think of each other as the text has it. States are named by their codes; nothing is asked of
a codebook. A reading by rules: it sees what a sentence says, and not what its reader may infer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, Protocol

from rashomon.coding.acts import MOVES, Act, acts_of
from rashomon.coding.english import English
from rashomon.coding.english_relating import EnglishRelating
from rashomon.coding.english_words import ENGLISH
from rashomon.coding.frames import Grammar, Sentence
from rashomon.coding.gazetteer import Gazetteer
from rashomon.coding.japanese import Japanese
from rashomon.coding.japanese_relating import JapaneseRelating
from rashomon.coding.japanese_words import JAPANESE
from rashomon.coding.lexicons import Lexicon
from rashomon.coding.parties import Parties, world
from rashomon.coding.relations import Relation, sign_of
from rashomon.coding.russian import Russian
from rashomon.coding.russian_relating import NOMINAL, RussianRelating
from rashomon.coding.russian_words import NOMINAL as MINDED
from rashomon.coding.russian_words import RUSSIAN
from rashomon.errors import error, listing

Sign = Literal["positive", "negative"]
_SIGNS: Final[dict[int, Sign]] = {1: "positive", -1: "negative"}
_HALVES: Final = re.compile("[\ud800-\udfff]")
"""Halves of letters, which no parser of English can be given. A question mark in their place would make it a question."""


@dataclass(frozen=True, slots=True)
class DirectedAttitude:
    """That one state is for or against another, as ``text[start:end]`` says.

    ``source``, ``target``: codes (ISO 3166-1 alpha-3; EUU, NATO, UNO; SUN for the Soviet Union). ``kind``: a type of
    PLOVER where it is an act (``SANCTION``), else in lower case a feeling or a regard (``fears``, ``ally``). ``certainty``: of
    the reading, 0 to 1; no probability. ``source_span``, ``target_span``: the words that name the two.
    """

    source: str
    target: str
    sign: Sign
    kind: str
    start: int
    end: int
    certainty: float
    source_span: tuple[int, int]
    target_span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Balance:
    """All that a text says of one state's attitude to another.

    ``positive``, ``negative``: certainties summed. ``count``: how many attitudes. ``sign``: of the greater sum, None if equal.
    """

    source: str
    target: str
    positive: float
    negative: float
    count: int

    @property
    def sign(self) -> Sign | None:
        """The sign of the greater sum."""
        if self.positive == self.negative:
            return None
        return "positive" if self.positive > self.negative else "negative"


def directed_attitudes(text: str, language: str = "ru") -> tuple[DirectedAttitude, ...]:
    """The attitudes between states that a text in Russian (``ru``), English (``en``) or Japanese (``ja``) states, in order.

    R003 for another language; R909 where its parser is not installed.

    >>> [(one.source, one.target, one.sign) for one in directed_attitudes("США ввели санкции против Ирана.")]
    [('USA', 'IRN', 'negative')]
    """
    return tuple(_attitudes(_HALVES.sub("\ufffd", text), _reader(language)))


def acts_in(text: str, language: str = "ru") -> tuple[Act, ...]:
    """The acts that a text tells of, in order: in English those of anybody, in Russian and Japanese those between states.

    R003 for another language than ``ru``, ``en`` and ``ja``; R909 where its parser is not installed.
    """
    text = _HALVES.sub("\ufffd", text)
    if language == "en":
        return tuple(act for sentence in English().sentences(text) for act in acts_of(sentence))
    return tuple(
        Act(
            one.kind,
            ((one.source.start, one.source.end),),
            ((one.target.start, one.target.end),),
            *sentence.span(one.words),
        )
        for sentence, one in _relations(text, _reader(language))
        if one.kind in MOVES
    )


def balances(attitudes: Iterable[DirectedAttitude]) -> tuple[Balance, ...]:
    """Attitudes summed by pair, the most spoken of first: what a text as a whole says of each pair."""
    sums: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: {"positive": 0.0, "negative": 0.0, "count": 0})
    for one in attitudes:
        pair = sums[one.source, one.target]
        pair[one.sign] += one.certainty
        pair["count"] += 1
    made = [
        Balance(source, target, round(pair["positive"], 4), round(pair["negative"], 4), int(pair["count"]))
        for (source, target), pair in sums.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.positive - one.negative, one.source, one.target)))


class Relating(Protocol):
    """What reads the relations between states in one sentence."""

    def relations(self) -> tuple[Relation, ...]:
        """All of them, each pair and sign once."""
        ...


@dataclass(frozen=True, slots=True)
class _Reader:
    """How the relations of one language are read."""

    grammar: Grammar
    gazetteer: Gazetteer
    relating: Callable[[Sentence, Parties], Relating]


@cache
def _reader(language: str) -> _Reader:
    known: dict[str, tuple[Grammar, Lexicon, Callable[[Sentence, Parties], Relating]]] = {
        "ru": (Russian(nominal=NOMINAL | MINDED), RUSSIAN, RussianRelating),
        "en": (English(), ENGLISH, EnglishRelating),
        "ja": (Japanese(), JAPANESE, JapaneseRelating),
    }
    if language not in known:
        raise error("R003", "Attitudes between states are not read in this language.", found=language, allowed=listing(known))
    grammar, lexicon, relating = known[language]
    return _Reader(grammar, world(lexicon, language), relating)


def _relations(text: str, reader: _Reader) -> Iterator[tuple[Sentence, Relation]]:
    parties = Parties(reader.gazetteer)
    for sentence in reader.grammar.sentences(text):
        parties.enter(sentence)
        yield from ((sentence, one) for one in reader.relating(sentence, parties).relations())


def _attitudes(text: str, reader: _Reader) -> Iterator[DirectedAttitude]:
    for sentence, one in _relations(text, reader):
        sign = _SIGNS.get(sign_of(one.kind))
        if sign is not None:
            spans = [sentence.span(one.words), *((each.start, each.end) for each in (one.source, one.target))]
            yield DirectedAttitude(
                one.source.code, one.target.code, sign, one.kind, min(span[0] for span in spans),
                max(span[1] for span in spans), one.certainty, spans[1], spans[2],
            )  # fmt: skip

"""Which state words stand for: by its names, people, capital, union and leaders, and by what belongs to it.

No study is needed: every state of the world is a side. Persons stand for the state that they lead or are told to serve ("the
president of France, Emmanuel Macron"), from there to the end of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from rashomon.coding import japanese_places, places, russian_places
from rashomon.coding.actors import Cast
from rashomon.coding.frames import Argument, Sentence, agree
from rashomon.coding.gazetteer import Found, Gazetteer
from rashomon.coding.leaders import leaders
from rashomon.coding.lexicons import Lexicon
from rashomon.coding.places import Country
from rashomon.study import Declared

PAST: Final[Mapping[str, str]] = {"SUN": "RUS"}
"""States that are no more, and the one that has their capital: where that is named, it is the later one's."""


@dataclass(frozen=True, slots=True)
class Party:
    """A state that ``text[start:end]`` stands for. ``code``: as in :func:`rashomon.coding.places.countries`.

    ``weight``: how sure the reading is, 0 to 1.
    """

    code: str
    start: int
    end: int
    weight: float


def world(lexicon: Lexicon, language: str) -> Gazetteer:
    """All states of the world as sides of one gazetteer."""
    unions = {"en": places.unions, "ru": russian_places.unions, "ja": japanese_places.unions}[language]
    every = (*lexicon.countries(), *unions())
    return Gazetteer(_declared(every, language), replace(lexicon, countries=lambda: every))


def _declared(every: Iterable[Country], language: str) -> Declared:
    sides, actors = [], []
    for one in every:
        if one.code in PAST:
            names = [*one.names, *one.people]
            actors.append(_actor(one.code, names[0], PAST[one.code], "organisation", names[1:]))
        else:
            sides.append({"id": one.code.lower(), "name": one.names[0]})
    for code, name in leaders(language):
        actors.append(_actor(f"{code}-{len(actors)}", name, code, "person", ()))
    return Declared.model_validate(
        {"study": {"id": "world", "title": "World", "span": "1500/2999"}, "side": sides, "actor": actors}
    )


def _actor(name: str, title: str, side: str, kind: str, aliases: Iterable[str]) -> dict[str, object]:
    return {"id": name.lower(), "name": title, "side": side.lower(), "kind": kind, "aliases": tuple(aliases)}


@dataclass
class Parties:
    """Who is who in one text, sentence by sentence. ``about``: the state whose doings the sentence before told, "" if none.

    ``both``: the two states that the last sentence named which named any, () where it named one or more than two.
    """

    gazetteer: Gazetteer
    about: str = ""
    both: tuple[str, ...] = ()
    cast: Cast = field(init=False)
    _told: dict[str, str] = field(default_factory=dict)
    _offices: dict[str, frozenset[str]] = field(default_factory=dict)
    _before: str = ""
    _named: frozenset[int] = frozenset()
    _sentence: Sentence | None = None

    def __post_init__(self) -> None:
        self.cast = Cast(self.gazetteer)

    def enter(self, sentence: Sentence) -> None:
        """Go on to the next sentence."""
        if self._sentence is not None and self.gazetteer.lexicon.states:
            self._before = self._named_before(len(self._sentence.words))
        self._sentence = sentence
        self.cast.enter(sentence, None)
        self._named = self.cast.named()

    def at(self, word: int) -> tuple[Party, ...]:
        """The states that a word stands for by itself: a name, the name of a person, a pronoun, "Russian-American"."""
        assert self._sentence is not None
        said = self._sentence.words[word]
        pronoun = said.kind in ("PRON", "DET") or said.lemma in self.gazetteer.lexicon.thing
        if word in self._named or (pronoun and not self._rivalled(word)):
            found = self.who(Argument((word,), (word,)))
            if found or word in self._named or not self.gazetteer.lexicon.unspaced:
                return found
        both = doubled(said.lemma, self.gazetteer.lexicon) if "-" in said.text else ()
        if both:
            return tuple(Party(code, said.start, said.end, 0.9) for code in both)
        name = said.kind == "PROPN" or (said.kind == "NOUN" and self.gazetteer.lexicon.unspaced)
        code = self._told.get(self._surname(word)) if name else None
        if code is None and self._that_state(word):
            return tuple(Party(one, said.start, said.end, 0.6) for one in (self._nearest(word),) if one)
        return () if code is None else (Party(code, said.start, said.end, 0.8),)

    def who(self, argument: Argument) -> tuple[Party, ...]:
        """The states that a phrase stands for by its heads; whoever the text is about where nobody is said."""
        return tuple(self._party(one) for one in self.cast.who(argument))

    def _that_state(self, word: int) -> bool:
        """Whether a word is a noun for a state that has been named: "эта страна"."""
        assert self._sentence is not None
        words, lexicon = self._sentence.words, self.gazetteer.lexicon
        this = not lexicon.these or any(one.head == word and one.lemma in lexicon.these for one in words)
        return this and words[word].lemma in lexicon.states

    def _nearest(self, word: int) -> str:
        """The state that is named last before a word, in its sentence or the one before; "" if none."""
        return self._named_before(word) or self._before

    def _named_before(self, word: int) -> str:
        """The state that is named last before a word in its sentence; "" if none."""
        return next((one.code for i in range(word - 1, -1, -1) if i in self._named for one in self.at(i)), "")

    def appoint(self, office: str, code: str) -> None:
        """Remember of which state a text told that it has an office: "канцлер ФРГ"."""
        self._offices[office] = self._offices.get(office, frozenset()) | {code}

    def office(self, office: str) -> str:
        """The one state of which the text told that it has an office; "" if none, or several."""
        codes = self._offices.get(office, frozenset())
        return next(iter(codes)) if len(codes) == 1 else ""

    def _rivalled(self, word: int) -> bool:
        """Whether a person or a thing that is no state stands nearer to a pronoun as what it may stand for."""
        assert self._sentence is not None
        words = self._sentence.words
        for i in range(word - 1, -1, -1):
            if i in self._named and words[i].kind != "ADJ":
                return False
            fits = words[i].plural == words[word].plural and agree(words[i].gender, words[word].gender)
            if fits and words[i].kind in ("NOUN", "PROPN") and words[i].relation in ("nsubj", "nsubj:pass"):
                return not self._told.get(self._surname(i))
        return False

    def tell(self, word: int, code: str) -> None:
        """Remember whose a person is: the name stands for that state from here on."""
        self._told.setdefault(self._surname(word), code)

    def _surname(self, word: int) -> str:
        assert self._sentence is not None
        return self.gazetteer.lexicon.listed(self._sentence.words[word].text)

    def _party(self, found: Found) -> Party:
        code = found.id.upper()
        code = code if code in PAST else self.gazetteer.side_of(found.id).upper()
        return Party(code, found.start, found.end, found.weight)


def doubled(lemma: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The two states of an adjective such as "российско-американский"; () where it is none."""
    first, _, last = lemma.partition("-")
    known = _adjectives(lexicon.countries())
    one, other = _JOINED.get(first) or known.get(_stem(first)), known.get(_stem(last))
    return (one, other) if one is not None and other is not None and one != other else ()


def leaning(lemma: str, lexicon: Lexicon) -> tuple[str, int] | None:
    """The state of an adjective such as "антироссийский", and whether it is for or against it (1, −1); None where it is none."""
    for prefix, sign in (("анти", -1), ("про", 1)):
        rest = lemma.removeprefix(prefix).removeprefix("-")
        if rest != lemma and rest.endswith(("ий", "ый")):
            code = _adjectives(lexicon.countries()).get(_stem(rest))
            if code is not None:
                return code, sign
    return None


_ENDINGS: Final = ("ский", "цкий", "ско", "цко", "о", "ий", "ый")
_JOINED: Final[Mapping[str, str]] = {
    "англо": "GBR", "франко": "FRA", "греко": "GRC", "итало": "ITA", "индо": "IND", "ирано": "IRN", "афгано": "AFG",
    "австро": "AUT", "испано": "ESP", "шведско": "SWE", "американо": "USA", "японо": "JPN", "германо": "DEU", "арабо": "SAU",
    "армяно": "ARM", "грузино": "GEO", "украино": "UKR", "евро": "EUU",
}  # fmt: skip
"""First halves of such adjectives that are no adjective's stem."""


@cache
def _adjectives(known: tuple[Country, ...]) -> Mapping[str, str]:
    return {_stem(word): country.code for country in known for word in country.people if word.endswith(("ий", "ый"))}


def _stem(word: str) -> str:
    ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) > len(one) + 2), "")
    return word.removesuffix(ending)


def coded(parties: Iterable[Party]) -> Iterator[Party]:
    """Each state once, as it was named first."""
    seen: set[str] = set()
    for one in parties:
        if one.code not in seen:
            seen.add(one.code)
            yield one

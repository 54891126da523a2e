"""The names by which actors and sides of a study are called, and what they may be called by: offices, layers, peoples.

A name is matched whole, the longest first, and with its capitals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from rashomon.coding.frames import Word
from rashomon.coding.lexicons import Form, Lexicon
from rashomon.coding.places import Country
from rashomon.study import Actor, Declared, When

_TOKEN: Final = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*\.?", re.UNICODE)
_POSSESSIVE: Final = re.compile("('s)$")
_ASIDE: Final = re.compile(r"\([^)]*\)")
_FORMS: Final[tuple[Form, ...]] = get_args(Form)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words ``start`` to ``end`` (exclusive) of a sentence name one of ``ids``. ``form``: by what."""

    start: int
    end: int
    ids: tuple[str, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class Found:
    """An actor or side that words stand for: ``passage.text[start:end]``, and how (``says``).

    ``weight``: how sure the reading is, 0 to 1. ``people``: the words name a people by its noun ("Russians"). ``own``: it is the
    one who speaks ("we").
    """

    id: str
    start: int
    end: int
    says: str
    weight: float = 1.0
    people: bool = False
    own: bool = False


class Gazetteer:
    """All names by which the actors and sides of a study may be called in one language."""

    def __init__(self, declared: Declared, lexicon: Lexicon) -> None:
        self.actors: Mapping[str, Actor] = {one.id: one for one in declared.actors}
        self.lexicon = lexicon
        self.sides = tuple(one.id for one in declared.sides)
        self._names: dict[str, dict[tuple[str, ...], tuple[Form, list[str]]]] = {}
        for actor in declared.actors:
            for name in _names_of(actor):
                self._add(name, "name", actor.id)
        self._add_surnames(declared.actors)
        for side in declared.sides:
            for form, name in _side_names((side.name, *side.names.values()), lexicon.countries()):
                self._add(name, form, side.id)
        for actor in declared.actors:
            for name in (name for role in actor.roles for name in lexicon.offices(role.office)):
                self._add(name.lower(), "office", actor.id)
        self.peoples = frozenset(one for country in lexicon.countries() for one in country.people)
        self._layers = {layer.id: _layer_key(layer.id, layer.name, lexicon) for layer in declared.layers}
        self._order = [layer.id for layer in declared.layers]

    def _add(self, name: str, form: Form, owner: str) -> None:
        key = self._key(name)
        if not key:
            return
        known = self._names.setdefault(key[0], {}).setdefault(key, (form, []))
        if known[0] == form and owner not in known[1]:
            known[1].append(owner)

    def _key(self, name: str) -> tuple[str, ...]:
        """The words of a name as they are kept; as one where the language writes no blanks."""
        listed = (self.lexicon.listed(one) for one in _TOKEN.findall(name))
        words = [part for one in listed for part in _POSSESSIVE.sub(r" \1", one).split()]  # as grammars have them: People 's
        return ("".join(words),) if words and self.lexicon.unspaced else tuple(words)

    def _add_surnames(self, actors: Iterable[Actor]) -> None:
        """The last word of a person's name, which may be that of several."""
        for actor in actors:
            if actor.kind == "person":
                self._add(actor.name.split()[-1], "name", actor.id)

    def side_of(self, name: str) -> str:
        """The side of an actor; a side itself."""
        actor = self.actors.get(name)
        return actor.side if actor is not None else name

    def sides_of(self, mentions: Iterable[Mention]) -> frozenset[str]:
        """The sides that mentions may name, by all that each may stand for."""
        return frozenset(self.side_of(name) for mention in mentions for name in mention.ids)

    def mentions(self, words: tuple[Word, ...]) -> tuple[Mention, ...]:
        """Names among the words of a sentence, left to right, the longest where several begin together."""
        found: list[Mention] = []
        at = 0
        spelled = [{form: self.lexicon.spelled(word.text, form) for form in _FORMS} for word in words]
        while at < len(words):
            mention = self._at(spelled, at)
            if mention is not None and self._cut_off(words, mention, found):
                mention = None
            if mention is not None:
                found.append(mention)
            at = mention.end if mention is not None else at + 1
        return tuple(found)

    @staticmethod
    def _cut_off(words: tuple[Word, ...], mention: Mention, before: Sequence[Mention]) -> bool:
        """Whether a country's name is the end of another's with a hyphen: "Indo-China"; but not in "Norway-Portugal"."""
        at = mention.start
        if at < 2 or mention.form not in ("side", "capital") or words[at - 1].text != "-":
            return False
        joined = words[at - 2].end == words[at - 1].start and words[at - 1].end == words[at].start
        return joined and not (before and before[-1].end == at - 1)

    def _at(self, spelled: Sequence[Mapping[Form, tuple[str, ...]]], at: int) -> Mention | None:
        if self.lexicon.unspaced:
            return self._run(spelled, at)
        best: Mention | None = None
        for first in dict.fromkeys(one for form in _FORMS for one in spelled[at][form]):
            for key, (form, ids) in self._names.get(first, {}).items():
                there = spelled[at : at + len(key)]
                longer = len(there) == len(key) and (best is None or at + len(key) > best.end)
                if longer and all(one in word[form] for one, word in zip(key, there, strict=True)):
                    best = Mention(at, at + len(key), tuple(ids), form)
        return best

    def _run(self, spelled: Sequence[Mapping[Form, tuple[str, ...]]], at: int) -> Mention | None:
        """The longest name that words make together, whatever they are cut into."""
        best: Mention | None = None
        run = ""
        for end in range(at, min(at + _RUN, len(spelled)) if spelled[at]["name"][0] else at):
            run += spelled[end]["name"][0]
            known = self._names.get(run, {}).get((run,))
            best = Mention(at, end + 1, tuple(known[1]), known[0]) if known is not None else best
        return best

    def is_office(self, role: str, words: tuple[Word, ...]) -> bool:
        """Whether words of a sentence name an office of a role."""
        spelled = [self.lexicon.spelled(word.text, "office") for word in words]
        if self.lexicon.unspaced:
            spelled = [("".join(one for (one, *_) in spelled),)]
        keys = [self._key(name.lower()) for name in self.lexicon.offices(role)]
        return any(
            len(key) == len(spelled) and all(one in those for one, those in zip(key, spelled, strict=True))
            for key in keys
        )

    def of_layer(self, side: str, noun: str, when: When | None, said: str = "") -> tuple[str, ...]:
        """The actors of a side that a noun such as "press" may mean after ``said`` ("Soviet"), the persons left out."""
        layer = next((one for one in self._order if noun in self._layers[one]), None)
        if layer is None:
            return ()
        those = [
            one for one in self.actors.values() if one.side == side and one.kind in _COLLECTIVE and lived(one, when)
        ]
        those = [one for one in those if _in_layer(one, layer)]
        if len(those) > 1:  # one group among others of a layer is not the layer
            those = [one for one in those if one.kind != "group" or self._called(noun)(one)]
        for fits in (_whole, self._called(noun), self._called(said)):
            if len(those) > 1:
                those = [one for one in those if fits(one)] or those
        return tuple(one.id for one in those)

    def groups(self, side: str, noun: str, when: When | None) -> tuple[str, ...]:
        """The groups of a side whose own names have a noun: "Russian reformers" of "Reform intellectuals and officials"."""
        called = self._called(noun)
        those = (one for one in self.actors.values() if one.side == side and one.kind in ("group", "faction"))
        return tuple(one.id for one in those if called(one) and lived(one, when))

    def _called(self, said: str) -> Callable[[Actor], bool]:
        """Whether an actor's own names have a word of these."""
        stems = self.stems((said,))
        return lambda one: bool(stems & self.stems((one.name, *one.aliases)))

    def stems(self, texts: Iterable[str]) -> set[str]:
        """The stems of the words of texts."""
        words = (word for text in texts for word in _TOKEN.findall(self.lexicon.spaced(text)))
        return {self.lexicon.stem(word.lower()) for word in words} - {""}

    def leading(self, side: str, when: When, said: str) -> tuple[str, ...]:
        """The organisations that lead a side at a time: of the first layer, by the name ``said``, else there most of the time."""
        if side not in self.sides or not self._order:
            return ()
        every = (one for one in self.actors.values() if one.side == side and one.kind == "organisation")
        those = [one for one in every if one.layer == self._order[0] and lived(one, when)]
        for fits in (self._called(said), lambda one: _mostly(one, when)):
            if len(those) > 1:
                those = [one for one in those if fits(one)] or those
        return tuple(one.id for one in those)

    def has_layer(self, noun: str) -> bool:
        """Whether a noun names a layer of the study."""
        return any(noun in words for words in self._layers.values())


_RUN: Final = 12
"""Words that a name may have, in a language that writes no blanks between them."""
_COLLECTIVE: Final = frozenset({"organisation", "group", "population", "office"})


def _whole(actor: Actor) -> bool:
    return actor.kind in ("organisation", "population")


def _mostly(actor: Actor, when: When) -> bool:
    """Whether an actor lived for more than three quarters of a time."""
    alive = actor.alive
    if alive is None:
        return True
    return 4 * (min(alive.hi, when.hi) - max(alive.lo, when.lo) + 1) > 3 * (when.hi - when.lo + 1)


def lived(actor: Actor, when: When | None) -> bool:
    """Whether an actor may have lived within a time; yes where either is not known."""
    alive = actor.alive
    return when is None or alive is None or (alive.lo <= when.hi and when.lo <= alive.hi)


def _in_layer(actor: Actor, layer: str) -> bool:
    return actor.layer == layer or any(role.layer == layer for role in actor.roles)


def _names_of(actor: Actor) -> Iterator[str]:
    for name in (actor.name, *actor.aliases):
        plain = _ASIDE.sub("", name).strip()
        short = plain.split(" of ")[0] if actor.kind == "faction" else plain
        first = plain.split(" and ")[0] if actor.kind == "group" else plain
        first = first if len(first.split()) > 1 else plain
        every = (plain, plain.removeprefix("the ").removeprefix("The "), short, first)
        yield from dict.fromkeys(one for each in every for one in _either(each))


def _either(name: str) -> Iterator[str]:
    """A name, and of "Soviet/Russian public" both names that it gives."""
    yield name
    first, _, rest = name.partition(" ")
    if rest and "/" in first:
        yield from (f"{one} {rest}" for one in first.split("/"))


def _side_names(names: Iterable[str], known: Iterable[Country]) -> Iterator[tuple[Form, str]]:
    """The names of a side, their countries' other names, peoples and capitals."""
    for whole in names:
        for part in _ASIDE.sub("", whole).split("/"):
            plain = part.strip().strip("«»")
            yield "side", plain
            for country in known:
                if plain in country.names:
                    yield from _country_names(country)


def _country_names(country: Country) -> Iterator[tuple[Form, str]]:
    yield from (("side", one) for one in country.names)
    yield from (("people", one) for one in country.people)
    yield from (("capital", one) for one in country.capitals)


def _layer_key(name: str, title: str, lexicon: Lexicon) -> frozenset[str]:
    """The nouns that name a layer: those of the usual layer that its id or its name stems from."""
    stems = {lexicon.stem(word.lower()) for word in (*_TOKEN.findall(name), *_TOKEN.findall(title))}
    for usual, nouns in lexicon.layers.items():
        if lexicon.stem(usual) in stems:
            return nouns
    return frozenset(word.lower() for word in _TOKEN.findall(title))



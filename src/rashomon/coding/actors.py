"""Who is named: the actors and sides of a study found in words, with pronouns, offices and layers resolved in their passage.

What has more than one reading, or none that lived at the time, is left unresolved: a statement without a holder is worse than
none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, Literal

from rashomon.coding.frames import Argument, Sentence, Word, agree
from rashomon.coding.gazetteer import Found, Gazetteer, Mention, lived
from rashomon.coding.trees import in_quotation
from rashomon.coding.wholes import kind_told, limited, of_a_kind, office_at, one_of_many, part_of, sent_to
from rashomon.study import Actor, When

_FAR: Final = 3
"""Sentences that a pronoun may look back, its own among them."""
_Kind = Literal["person", "thing", "many"]
_STANDING: Final[Mapping[str, tuple[_Kind, ...]]] = {
    "person": ("person",), "place": ("thing", "many"), "organisation": ("thing", "many"),
}  # fmt: skip
"""Which pronouns may stand for a name."""
_PEOPLE: Final = "public"
"""The usual layer of a people."""
_INITIAL: Final = 2
"""Letters of a first name that is cut short: "D."."""


@dataclass(slots=True)
class _Seen:
    """An actor as it was named in a sentence: at which word, whether as a subject, and which pronoun may stand for it."""

    sentence: int
    word: int
    found: Found
    subject: bool
    kind: _Kind
    gender: str


@dataclass
class Cast:
    """Who is who in one passage, sentence by sentence. ``speaker``: who says "I" and "we" outside quotation marks."""

    gazetteer: Gazetteer
    speaker: Found | None = None
    _seen: list[_Seen] = field(default_factory=list)
    _number: int = 0
    _sentence: Sentence | None = None
    _mentions: tuple[Mention, ...] = ()
    _when: When | None = None
    _rivals: dict[int, str] = field(default_factory=dict)
    _together: list[tuple[int, int, tuple[Found, ...]]] = field(default_factory=list)
    _topics: dict[int, Found | None] = field(default_factory=dict)
    _quoted: frozenset[int] = frozenset()
    _quoting: bool = False
    _quotes: Found | None = None
    _sought: set[int] = field(default_factory=set)

    def enter(self, sentence: Sentence, when: When | None) -> None:
        """Go on to the next sentence. ``when``: the time that it names, None if none."""
        self._sentence, self._when, self._number = sentence, when, self._number + 1
        self._mentions = self.gazetteer.mentions(sentence.words)
        self._seen = [one for one in self._seen if self._number - one.sentence < _FAR]
        subjects = {head for frame in sentence.frames if frame.subject for head in frame.subject.heads}
        for mention in self._mentions:
            found = self._named(mention)
            if found is not None and sentence.words[self._head(mention)].kind != "ADJ":
                self._note(mention.start, found, self._head(mention) in subjects, mention.form == "people")
        for head in sorted(subjects):
            self._note_body(head)
        self._note_pronouns(subjects)
        self._note_rivals()
        self._note_together()
        if self.gazetteer.lexicon.unspaced:
            self._note_topic()
        self._note_quotation()

    @property
    def sides(self) -> frozenset[str]:
        """The sides that the sentence names, whoever of them is meant."""
        return self.gazetteer.sides_of(self._mentions)

    def _note_quotation(self) -> None:
        """Keep which words are quoted, and who is said to say them: the one subject of the verbs of speech outside."""
        assert self._sentence is not None
        begun = self._quoting
        self._quoted, self._quoting = in_quotation(self._sentence.words, begun)
        lexicon = self.gazetteer.lexicon
        those = (one for one in self._sentence.frames if one.at not in self._quoted and lexicon.says(one))
        found = {one.id: one for frame in those for one in self.who(frame.subject)}
        if self._quoted and (found or not begun):
            self._quotes = next(iter(found.values())) if len(found) == 1 else None

    def _note_body(self, head: int) -> None:
        """Keep whom a subject stands for that is no name: "Norwegian officials", for whom "they" may stand then."""
        assert self._sentence is not None
        word = self._sentence.words[head]
        named = any(one.start <= head < one.end for one in self._mentions)
        if word.kind == "NOUN" and not named and self._is_body(word.lemma):
            found = self._by_head(head)
            if found is not None:
                self._note(head, found, subject=True, people=word.plural)

    def _is_body(self, noun: str) -> bool:
        """Whether a noun may stand for a side or for who acts in its name."""
        lexicon = self.gazetteer.lexicon
        return noun in lexicon.members or noun in lexicon.shares or self.gazetteer.has_layer(noun)

    def _note_pronouns(self, subjects: Iterable[int]) -> None:
        """Keep whom "it" and "he" stand for as subjects: the next may stand for them too."""
        assert self._sentence is not None
        lexicon = self.gazetteer.lexicon
        if lexicon.unspaced:
            return
        for head in sorted(subjects):
            word = self._sentence.words[head].text.lower()
            if (word in lexicon.thing or word in lexicon.person) and (found := self._stands_for(head)) is not None:
                self._note(head, found, subject=True, people=False)

    def _note_rivals(self) -> None:
        """Keep the sentence's first subject where it is no actor: "it" and "they" may stand for that."""
        assert self._sentence is not None
        first = next((frame.subject for frame in self._sentence.frames if frame.subject is not None), None)
        if first is not None and self._by_head(first.heads[0]) is None:
            self._rivals[self._number] = self._rival(first.heads[0])

    def _nearer(self, at: int) -> str:
        """What a pronoun may stand for that follows in its sentence on a subject which is no actor ("the speech")."""
        assert self._sentence is not None
        heads = [frame.subject.heads[0] for frame in self._sentence.frames if frame.subject is not None]
        last = max((one for one in heads if one < at), default=-1)
        if last < 0 or any(one.start <= last < one.end for one in self._mentions):
            return ""
        if any(one.sentence == self._number and one.word == last for one in self._seen):
            return ""
        noun, rival = self._sentence.words[last].lemma, self._rival(last)
        if rival == "person" and self._by_head(last) is None:
            return rival
        return "" if noun in self.gazetteer.lexicon.partners or self._is_body(noun) else rival

    def _rival(self, head: int) -> str:
        """Which pronoun may stand for a noun that is no actor, a stranger among them; "" for what is no such noun."""
        assert self._sentence is not None
        word = self._sentence.words[head]
        if word.text.lower() in self.gazetteer.lexicon.thing and not self.gazetteer.lexicon.unspaced:
            return "thing"
        if word.kind not in ("NOUN", "PROPN") or word.entity == "people":
            return ""
        if word.plural:
            return "many"
        return "person" if word.entity == "person" or word.lemma in self.gazetteer.lexicon.strangers else "thing"

    def _note_topic(self) -> None:
        """Keep whom the sentence is about, the subject of the predicate that ends it; None where that is nobody sure."""
        assert self._sentence is not None
        last = next((one for one in reversed(self._sentence.frames) if one.over < 0 and one.kind != "noun"), None)
        if last is not None and last.subject is not None:
            those = self.who(last.subject)
            self._topics[self._number] = those[0] if len(those) == 1 else None

    def _note_together(self) -> None:
        """Keep persons named together: "Berg and Costa"."""
        assert self._sentence is not None
        words = self._sentence.words
        for one, other in pairwise(self._mentions):
            first, second = self._named(one), self._named(other)
            between = {word.lemma for word in words[one.end : other.start]} - {","}
            joined = between and between <= self.gazetteer.lexicon.joining
            if joined and first is not None and second is not None and first.id != second.id:
                self._together.append((self._number, other.end, (first, second)))

    def _note(self, word: int, found: Found, subject: bool, people: bool) -> None:
        actor = self.gazetteer.actors.get(found.id)
        kind = "thing" if actor is None else actor.kind
        assert self._sentence is not None
        many = people or kind in ("group", "population") or self._plural(word)
        which: _Kind = "person" if kind == "person" else "many" if many else "thing"
        self._seen.append(_Seen(self._number, word, found, subject, which, self._sentence.words[word].gender))

    def _plural(self, word: int) -> bool:
        """Whether a name is a plural: "the Norwegian authorities", who are "they"; but "the United States" is not."""
        assert self._sentence is not None
        mention = next((one for one in self._mentions if one.start <= word < one.end), None)
        at = word if mention is None else self._head(mention)
        return self._sentence.words[at].plural and self._sentence.words[at].kind == "NOUN"

    def who(self, argument: Argument | None) -> tuple[Found, ...]:
        """The actors that a phrase of the sentence stands for; () where none is sure. Several where coordinated."""
        if argument is None or self._sentence is None:
            return ()
        if argument.unsaid:
            return self._talked_of(argument.heads[0])
        found = (one for head in argument.heads for one in self._all_by_head(head))
        return tuple({one.id: one for one in found}.values())

    def _talked_of(self, at: int) -> tuple[Found, ...]:
        """Whom the last sentence with a subject was about, where the predicate ``at`` names nobody."""
        assert self._sentence is not None
        word = self._sentence.words[at]
        for back in range(1, _FAR):
            if self._number - back in self._topics:
                one = self._topics[self._number - back]
                weight = 0.0 if one is None else one.weight * (0.8 - 0.15 * back)
                says = "" if one is None else f"nobody named at “{word.text}”, for {one.says}"
                return () if one is None else (Found(one.id, word.start, word.end, says, weight),)
        return ()

    def named(self) -> frozenset[int]:
        """The words of the sentence that stand in names."""
        return frozenset(i for one in self._mentions for i in range(one.start, one.end))

    def named_in(self, words: tuple[int, ...]) -> tuple[Found, ...]:
        """The actors named by mentions among these words, in order."""
        inside = frozenset(words)
        found = [self._named(mention) for mention in self._mentions if mention.start in inside]
        return tuple({one.id: one for one in found if one is not None}.values())

    # phrases

    def _all_by_head(self, head: int) -> tuple[Found, ...]:
        """Whom a head stands for: "they" for those who were named together last, where nobody else fits."""
        found = self._by_head(head)
        if found is not None:
            return (found,)
        assert self._sentence is not None
        word, lexicon = self._sentence.words[head], self.gazetteer.lexicon
        if word.lemma in lexicon.partners and any(
            one.head == head and one.lemma in lexicon.both for one in self._sentence.words
        ):
            return self._both(word)
        if word.text.lower() not in lexicon.many:
            return self._apposed(head)
        near = ((n, end, those) for n, end, those in reversed(self._together) if self._number - n < _FAR - 1)
        together = next((those for n, end, those in near if n < self._number or end <= head), ())
        says = f"“{word.text}”, for {' and '.join(one.says for one in together)}"
        return tuple(
            replace(one, start=word.start, end=word.end, says=says, weight=0.7 * one.weight) for one in together
        )

    def _apposed(self, head: int) -> tuple[Found, ...]:
        """Those who are named after a noun that tells them together: "the leaders (above all, Berg and Dahl)"."""
        assert self._sentence is not None
        words = self._sentence.words
        if words[head].kind != "NOUN" or not words[head].plural:
            return ()
        after = [i for i, word in enumerate(words) if word.relation == "appos" and word.head == head]
        after += [i for i, word in enumerate(words) if word.relation == "conj" and word.head in after]
        found = (self._named(one) for one in self._mentions if one.form == "name" and self._head(one) in after)
        return tuple(replace(one, weight=0.7 * one.weight) for one in found if one is not None)

    def _both(self, word: Word) -> tuple[Found, ...]:
        """The sides of "both sides", where just two were named in these sentences."""
        sides = dict.fromkeys(self.gazetteer.side_of(one.found.id) for one in self._seen)
        says = f"“{word.text}”, of the two that are named"
        return tuple(Found(one, word.start, word.end, says, 0.7) for one in sides) if len(sides) == 2 else ()

    def _by_head(self, head: int) -> Found | None:
        assert self._sentence is not None
        words, lexicon = self._sentence.words, self.gazetteer.lexicon
        word = words[head]
        covering = next((one for one in self._mentions if one.start <= head < one.end), None)
        if covering is not None:
            found = self._named(covering)
            people = covering.form == "people" and word.kind != "ADJ"
            if people and (kind_told(words, head, lexicon) or one_of_many(words, head, lexicon)):
                return None
            return found if found is None or not people else replace(found, people=True)
        if self._is_pronoun(head):
            return self._stands_for(head)
        if word.lemma in lexicon.shares:
            of = part_of(words, head)
            return self._in_context(head, word.lemma) if of < 0 else self._some_of(self._by_head(of))
        owner = self._owner(head)
        at = office_at(words, head, lexicon)
        if owner is not None:
            return self._through(owner, at, head)
        if one_of_many(words, at, lexicon):
            return None
        return self._again(head, words[at].lemma) or self._in_context(head, words[at].lemma)

    def _some_of(self, whole: Found | None) -> Found | None:
        """Whom some of a whole stand for: of a body or a side nobody, of a people its public."""
        if whole is None or whole.people or not self.gazetteer.lexicon.parts:
            return self._of_people(whole)
        return None if self._acts_as_one(whole.id) or whole.id in self.gazetteer.sides else whole

    def _is_pronoun(self, at: int) -> bool:
        """Whether a word is a pronoun; "US" among words that have small letters is a country."""
        assert self._sentence is not None
        text = self._sentence.words[at].text
        return text.lower() in self._pronouns and not (len(text) > 1 and text.isupper())

    def _in_context(self, head: int, noun: str) -> Found | None:
        """Whom "officials" or "the respondents" means that are of no side here: those named last, or of the one side told of."""
        assert self._sentence is not None
        word, lexicon, side_of = self._sentence.words[head], self.gazetteer.lexicon, self.gazetteer.side_of
        polled = noun in lexicon.polled or noun in lexicon.shares
        layer = lexicon.folk if polled else lexicon.press if noun in lexicon.printed else noun
        if not lexicon.polled or not self.gazetteer.has_layer(layer) or not self._of_any_side(head, noun):
            return None
        asked = self.gazetteer.sides_of(one for one in self._mentions if polled and one.end <= head)
        behind = self.gazetteer.sides_of(one for one in self._mentions if one.start > head)
        told = [one.found for one in reversed(self._seen) if one.sentence < self._number or one.word < head]
        last = next((one for one in told if self._of_layer(side_of(one.id), layer) == (one.id,)), None)
        if last is not None and not asked and behind != {side_of(last.id)}:
            return replace(last, start=word.start, end=word.end, says=f"“{word.text}”, of {last.says}", weight=0.7)
        sides = asked or {side_of(one.id) for one in told} - behind
        if len(sides) != 1:
            return None
        (side,) = sides
        ids = self._of_layer(side, layer)
        says = f"“{word.text}”, of {side}, which is spoken of here"
        return Found(ids[0], word.start, word.end, says, 0.6) if len(ids) == 1 else None

    def _of_any_side(self, head: int, noun: str) -> bool:
        """Whether a noun tells of many, or of what is known, and names no people: not "an official" nor "French officials"."""
        assert self._sentence is not None
        lexicon, plural = self.gazetteer.lexicon, self._sentence.words[head].plural
        beside = [one for one in self._sentence.words if one.head == head]
        if noun in lexicon.partners or (noun in lexicon.strangers and not plural):
            return False
        if any(one.kind == "PROPN" or one.text in self.gazetteer.peoples for one in beside):
            return False
        if (
            any(one.kind == "NUM" for one in beside) and noun not in lexicon.percent
        ):  # "the three leaders" are of several sides
            return False
        known = any(one.lemma in lexicon.definite or one.lemma in lexicon.extents for one in beside)
        return known or noun in lexicon.percent or (plural and noun not in lexicon.printed)

    def _of_layer(self, side: str, noun: str) -> tuple[str, ...]:
        return self.gazetteer.of_layer(side, noun, self._when, side)

    def _of_people(self, whole: Found | None) -> Found | None:
        """Of whom a part is told: where it is a people, its public, which does not act as its government."""
        if whole is None or not whole.people:
            return whole
        lexicon = self.gazetteer.lexicon
        ids = self.gazetteer.of_layer(whole.id, lexicon.folk, self._when, whole.says)
        return replace(whole, id=ids[0], people=False, says=f"{whole.says}, as a people,") if len(ids) == 1 else whole

    @property
    def _pronouns(self) -> frozenset[str]:
        lexicon = self.gazetteer.lexicon
        return lexicon.person | lexicon.thing | lexicon.many | lexicon.speaker

    def _owner(self, head: int) -> Found | None:
        """The actor that hangs on a noun, by itself or by a preposition; a pronoun that owns it."""
        assert self._sentence is not None
        words = self._sentence.words
        for mention in self._mentions:
            above = words[self._head(mention)].head
            through = words[above].head if words[above].kind in ("ADP", "ADJ", "NOUN") else above
            if (
                head in (above, through)
                and head != mention.start
                and not sent_to(words, head, above, self.gazetteer.lexicon)
            ):
                return self._named(mention)
        for i, word in enumerate(words):
            if word.head == head and i != head and self._is_pronoun(i):
                return self._stands_for(i)
        return None

    def _through(self, owner: Found, at: int, head: int) -> Found | None:
        """Whom "Japanese diplomats" or "Moscow's position" means: an actor of the owner's layer, or the owner."""
        assert self._sentence is not None
        words = self._sentence.words
        word, noun = words[head], words[at].lemma
        end, says = max(owner.end, word.end), f"“{noun}” after {owner.says}"
        start = min(owner.start, word.start) if abs(word.start - owner.end) < 80 else word.start
        lexicon, actor = self.gazetteer.lexicon, self.gazetteer.actors.get(owner.id)
        person = actor is not None and actor.kind == "person"
        if (owner.own and word.plural) or of_a_kind(words, head, lexicon):  # "our countries" are others' too
            return None
        if owner.own and person and noun in lexicon.home and not self.gazetteer.has_layer(noun):
            return replace(owner, id=self.gazetteer.side_of(owner.id), end=end, says=says)
        if self.gazetteer.has_layer(noun) and (actor is None or person):
            ids = self.gazetteer.of_layer(self.gazetteer.side_of(owner.id), noun, self._when, owner.says)
            if len(ids) == 1 and self._told_of(ids[0], at):
                return Found(ids[0], start, end, says, 0.85)
        if word.plural and (actor is None or not person):
            ids = self.gazetteer.groups(self.gazetteer.side_of(owner.id), noun, self._when)
            if len(ids) == 1:
                return Found(ids[0], start, end, says, 0.75)
        if noun in lexicon.spoken or (not person and self._stands_for_whole(noun, at)):
            return Found(owner.id, start, end, says, 0.8 * owner.weight)
        return None

    def _told_of(self, name: str, at: int) -> bool:
        """Whether a noun tells of an actor of its layer: of a body only as a whole, of a group also by one of them."""
        assert self._sentence is not None
        words, lexicon = self._sentence.words, self.gazetteer.lexicon
        one = one_of_many(words, at, lexicon) and self.gazetteer.actors[name].kind != "group"
        return not one and not (limited(words, at, lexicon) and self._acts_as_one(name))

    def _stands_for_whole(self, noun: str, at: int) -> bool:
        """Whether a noun of a body may stand for the side that it is of, and nothing leaves only some of it."""
        assert self._sentence is not None
        lexicon = self.gazetteer.lexicon
        body = noun in lexicon.members or (self.gazetteer.has_layer(noun) and noun not in lexicon.parts)
        return body and not limited(self._sentence.words, at, lexicon)

    def _acts_as_one(self, name: str) -> bool:
        """Whether an actor is one body, of which some are not the whole; of a people or a group some are told by their extent."""
        return name in self.gazetteer.actors and self.gazetteer.actors[name].kind == "organisation"

    def _again(self, head: int, noun: str) -> Found | None:
        """Whom "the ministry" means: the last actor named whose own name has that noun."""
        assert self._sentence is not None
        if not self.gazetteer.has_layer(noun):
            return None
        words, stem = self._sentence.words, self.gazetteer.lexicon.stem
        word = words[head]
        stems = {stem(noun)} | {stem(one.lemma) for one in words if one.head == head and one.kind in ("ADJ", "PROPN")}
        for seen in reversed(self._seen):
            actor = self.gazetteer.actors.get(seen.found.id)
            if (
                actor is not None
                and actor.kind != "person"
                and stems <= self.gazetteer.stems((actor.name, *actor.aliases))
            ):
                return Found(actor.id, word.start, word.end, f"“{word.text}”, as before", 0.7)
        return None

    # mentions

    def _head(self, mention: Mention) -> int:
        """The word of a mention on which its others hang."""
        assert self._sentence is not None
        words = self._sentence.words
        inside = range(mention.start, mention.end)
        return next((i for i in inside if words[i].head not in inside or words[i].head == i), mention.start)

    def _named(self, mention: Mention) -> Found | None:
        assert self._sentence is not None
        start, end = self._sentence.words[mention.start].start, self._sentence.words[mention.end - 1].end
        ids = self._office(mention) if mention.form == "office" else self._living(mention.ids)
        if len(ids) != 1 or self._namesake(mention, ids[0]):
            return None
        text = " ".join(word.text for word in self._sentence.words[mention.start : mention.end])
        weight = {"name": 1.0, "side": 0.95, "people": 0.9, "capital": 0.9, "office": 0.8}[mention.form]
        return Found(ids[0], start, end, f"“{text}”", weight)

    def _namesake(self, mention: Mention, name: str) -> bool:
        """Whether a person's surname stands behind the first name of somebody else."""
        assert self._sentence is not None
        actor, before = self.gazetteer.actors.get(name), self._sentence.words[max(0, mention.start - 1)]
        if mention.form != "name" or actor is None or actor.kind != "person" or mention.start == 0:
            return False
        named = before.kind == "PROPN" and before.entity == "person" and mention.start <= before.head < mention.end
        own = " ".join((actor.name, *actor.aliases)).split()
        return named and len(before.text) > _INITIAL and before.text not in own

    def _living(self, ids: Iterable[str]) -> tuple[str, ...]:
        actors = self.gazetteer.actors
        return tuple(one for one in ids if one not in actors or lived(actors[one], self._when))

    def _office(self, mention: Mention) -> tuple[str, ...]:
        """Who held an office at the sentence's time, of the side named nearest."""
        if self._when is None:
            return ()
        held = [one for one in mention.ids if self._held(self.gazetteer.actors[one], mention)]
        sides = [self.gazetteer.side_of(one.ids[0]) for one in self._near(mention)]
        for side in dict.fromkeys(sides):
            those = tuple(one for one in held if self.gazetteer.actors[one].side == side)
            if those:
                return those
        return ()

    def _held(self, actor: Actor, mention: Mention) -> bool:
        assert self._sentence is not None
        assert self._when is not None
        words, gazetteer = self._sentence.words[mention.start : mention.end], self.gazetteer
        spans = [role.span for role in actor.roles if gazetteer.is_office(role.office, words)]
        return any(span is None or (span.lo <= self._when.hi and self._when.lo <= span.hi) for span in spans)

    def _near(self, mention: Mention) -> list[Mention]:
        """The sides and actors named within six words, the nearest first."""
        those = [one for one in self._mentions if one.form != "office" and one is not mention]
        near = [(min(abs(one.start - mention.end), abs(mention.start - one.end)), one) for one in those]
        return [one for distance, one in sorted(near, key=lambda pair: pair[0]) if distance <= 6]

    # pronouns

    def _stands_for(self, at: int) -> Found | None:
        assert self._sentence is not None
        if self._sentence.words[at].text.lower() in self.gazetteer.lexicon.speaker:
            return self._speaking(at)
        if at in self._sought:  # it owns the very noun that it might stand for
            return None
        self._sought.add(at)
        found = self._antecedent(at)
        self._sought.discard(at)
        return found

    def _speaking(self, at: int) -> Found | None:
        """Whom "I" or "we" stands for: who is quoted, else the speaker; nobody where others are taken in ("we all")."""
        assert self._sentence is not None
        words, lexicon = self._sentence.words, self.gazetteer.lexicon
        speaker = self._quotes if at in self._quoted else self.speaker
        beside = {word.lemma for word in words[max(0, at - 2) : at + 2]}
        apposed = any(word.head == at and word.relation == "appos" for word in words)
        if speaker is None or beside & lexicon.inclusive or apposed:
            return None
        word = words[at]
        return Found(
            speaker.id, word.start, word.end, f"“{word.text}”, for {speaker.says}", 0.85 * speaker.weight, own=True
        )

    def _passed_over(self, chosen: _Seen, at: int, kinds: set[_Kind]) -> bool:
        """Whether a pronoun may stand for a nearer name that is no actor's; after a subject, for such a subject only."""
        assert self._sentence is not None
        own = chosen.sentence == self._number
        heads = {head for frame in self._sentence.frames if frame.subject for head in frame.subject.heads}
        between = set(range(chosen.word + 1 if own else 0, at)) - self.named()
        words, alone = self._sentence.words, bool(self.gazetteer.lexicon.strangers) and "many" not in kinds
        those = (words[i] for i in (between & heads if own and chosen.subject else between))
        other = any(one.kind == "PROPN" and not kinds.isdisjoint(_STANDING.get(one.entity, ())) for one in those)
        if (
            not chosen.subject and own and self.gazetteer.lexicon.single
        ):  # a stranger that is the subject goes before it
            strangers = (words[i] for i in heads - self.named() if i < at and words[i].kind == "PROPN")
            other |= any(not kinds.isdisjoint(_STANDING.get(one.entity, ())) for one in strangers)
        return other or (alone and any(words[i].kind == "PROPN" and not words[i].plural for i in between & heads))

    def _own_clause(self, seen: _Seen, at: int) -> bool:
        """Whether one takes part in the very clause that a pronoun is an object of: "Berg was asked by him"."""
        assert self._sentence is not None
        words = self._sentence.words
        if words[at].text.lower() not in self.gazetteer.lexicon.objects:
            return False
        over = at
        while words[over].head != over and words[over].kind not in ("VERB", "AUX"):
            over = words[over].head
        frame = self._sentence.by_word.get(over)
        parts = (frame.subject, frame.object) if frame is not None else ()
        return any(part is not None and seen.word in part.heads for part in parts)

    def _antecedent(self, at: int) -> Found | None:
        """Whom a pronoun stands for: the subject of its own sentence before it, or of the sentences before."""
        assert self._sentence is not None
        word, lexicon = self._sentence.words[at], self.gazetteer.lexicon
        pronouns: Mapping[_Kind, frozenset[str]] = {
            "person": lexicon.person,
            "thing": lexicon.thing,
            "many": lexicon.many,
        }
        kinds = {kind for kind, those in pronouns.items() if word.text.lower() in those}
        for back in range(_FAR):
            those = [one for one in self._seen if one.sentence == self._number - back and one.kind in kinds]
            those = [one for one in those if (back or one.word < at) and agree(one.gender, word.gender)]
            those = [one for one in those if back or not self._own_clause(one, at)]
            if at in self._quoted and self._quotes is not None and not lexicon.unspaced:  # who is quoted is "I" there
                those = [one for one in those if one.found.id != self._quotes.id]
            if (self._rivals.get(self._number - back) if back else self._nearer(at)) in kinds:
                return None
            subjects = [one for one in those if one.subject]
            chosen = next(iter(subjects), None)
            if len(kinds) > 1 and len({one.found.id for one in subjects}) > 1:  # "she" of a woman, or of a country
                return None
            if chosen is None and len({one.found.id for one in those}) == 1:
                chosen = those[-1]
            if chosen is not None:
                if self._passed_over(chosen, at, kinds):
                    return None
                says = f"“{word.text}”, for {chosen.found.says}"
                return Found(chosen.found.id, word.start, word.end, says, chosen.found.weight * (0.8 - 0.15 * back))
            if those:
                return None
        return None

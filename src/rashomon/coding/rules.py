"""The coder ``rules``: offline, the same every time, and every field with the words that made it.

A grammar gives frames, the gazetteer says who is named, frames of mind become paths, the codebook's cues give the topic and
the stance, and the times that the text names give the time. What lacks a sure holder or a topic is dropped and counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import pairwise
from typing import Final, Literal

from rashomon.coding.actors import Cast
from rashomon.coding.attributing import Attributing, Attribution, Link
from rashomon.coding.doubting import certainty as share_right
from rashomon.coding.embedding import VectorFile
from rashomon.coding.english import English
from rashomon.coding.english_words import ENGLISH
from rashomon.coding.foretelling import times_of
from rashomon.coding.frames import Argument, Frame, Grammar, Sentence
from rashomon.coding.gazetteer import Found, Gazetteer, lived
from rashomon.coding.governing import bound, denied, governed, only_qualify
from rashomon.coding.japanese import Japanese
from rashomon.coding.japanese_words import JAPANESE
from rashomon.coding.lexicons import Lexicon
from rashomon.coding.nearness import LEAST_WORDS, Nearness
from rashomon.coding.places import Country
from rashomon.coding.proposals import Proposal, Reason
from rashomon.coding.russian import Russian
from rashomon.coding.russian_words import RUSSIAN
from rashomon.coding.speaking import Speakers
from rashomon.coding.timing import Timed, Timing
from rashomon.coding.topics import ENOUGH, EXAMPLE, Codebook, Spoken
from rashomon.reading import Passage
from rashomon.study import Declared, StudyData, Verb, When
from rashomon.study.vocabulary import SILENT_VERBS

Lost = Literal["no holder", "no topic", "no time", "no other side", "only entertained", "in doubt"]

_GRAMMARS: Final[dict[str, tuple[Callable[[], Grammar], Lexicon]]] = {
    "en": (English, ENGLISH),
    "ru": (Russian, RUSSIAN),
    "ja": (Japanese, JAPANESE),
}
_READ: Final = frozenset({"paragraph", "item", "note"})
_SHARE: Final = re.compile(r"100|[0-9]{1,2}(?:\.[0-9]+)?")
_ACTS: Final = frozenset({"demands", "accepts", "rejects", "proposes", "intends", "minimum", "avoids"})
_SEEING: Final = frozenset({"believes", "fears", "expects", "rejects", "asserts"})
"""Verbs of those who see a quality in whom their words name beside it."""
_PERCEIVING: Final = _SEEING | {"accepts", "discounts", "overlooks", "unaware"}
"""Verbs under which a quality is seen in somebody at all: who wants peace somewhere says nothing of who is peaceful."""
_ASCRIBING: Final = (Verb("believes"), Verb("asserts"))
"""Verbs under which a quality is there, and not only spoken of."""
_DEEP: Final = 7
"""Steps in the tree between a predicate and the words of a quality that it ascribes."""
_WIDER: Final = 0.7
"""What words of the clause count that are outside the content itself."""
_NEAR: Final = 0.5
"""What a topic counts that is only nearest by meaning: so found, readers had written not half of path and topic themselves."""
_SURE: Final = 0.9
"""The coder's certainty where nothing was doubtful."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """What looked like a statement and could not be made one, and why: ``passage.text[start:end]``."""

    address: str
    start: int
    end: int
    why: Lost


_Topic = tuple[Spoken, str, Found | None]  # what was found, the cell, and in whom a quality is seen


class Rules:
    """The coder by rules. Passages in a language that it has no grammar of are passed over.

    ``vectors``: by which topics are taken that are nearest by meaning where no words of the codebook stand; else none is.
    ``dropped``: how often what looked like a statement was not proposed by :meth:`code`, by :data:`Lost`.
    """

    def __init__(self, name: str = "rules", vectors: VectorFile | None = None) -> None:
        self.name, self._vectors = name, vectors
        self.dropped: Counter[str] = Counter()
        self.version = "9" + ("" if vectors is None else f", with topics by {vectors.name}")

    def code(self, passages: Iterable[Passage], study: StudyData) -> Iterator[Proposal]:
        """Proposals passage by passage, in the order of their words. R909 where a parser is not installed."""
        for reading in self.readings(passages, study):
            if isinstance(reading, Proposal):
                yield reading
            else:
                self.dropped[reading.why] += 1

    def readings(self, passages: Iterable[Passage], study: StudyData) -> Iterator[Proposal | Dropped]:
        """Proposals, and what was dropped, in the order of their words."""
        engines: dict[str, Engine] = {}
        nearness = None if self._vectors is None else Nearness(study.declared, self._vectors)
        for passage in passages:
            if passage.kind not in _READ or passage.language not in _GRAMMARS:
                continue
            if passage.language not in engines:
                grammar, lexicon = _GRAMMARS[passage.language]
                engines[passage.language] = Engine(grammar(), lexicon, study.declared, nearness)
            yield from engines[passage.language].readings(passage)


def lexicon_of(language: str) -> Lexicon:
    """The words of a language; of one that has no grammar here, English ones."""
    return _GRAMMARS[language if language in _GRAMMARS else "en"][1]


def countries_in(language: str) -> tuple[Country, ...]:
    """All countries of the world as a language calls them (en, ru or ja); KeyError for another."""
    return _GRAMMARS[language][1].countries()


class Engine:
    """The rules for one language and one study."""

    def __init__(
        self, grammar: Grammar, lexicon: Lexicon, declared: Declared, nearness: Nearness | None = None
    ) -> None:
        self.grammar, self.lexicon, self.declared, self.nearness = grammar, lexicon, declared, nearness
        self.gazetteer = Gazetteer(declared, lexicon)
        self.codebook = Codebook(declared, lexicon)
        self.alone = frozenset(_alone(declared, self.codebook))
        self._titles = {one.id: one.title for one in declared.sources}
        self._narrators = {one.id: one.narrator for one in declared.sources if one.narrator}
        self._speakers = Speakers(self.gazetteer, self._narrators)
        self._sides: dict[str, frozenset[str]] = {}
        named = self.named_by(declared.study.title)
        self.between = named if len(named) > 1 else frozenset(self.gazetteer.sides)

    def readings(self, passage: Passage) -> Iterator[Proposal | Dropped]:
        """Proposals of one passage, and what was dropped."""
        timing = Timing(passage, self.declared.study.span, self.lexicon, self._titles.get(passage.source, ""))
        cast = Cast(self.gazetteer, self._speakers.of(passage, timing.published))
        above, before = self._above(passage), frozenset[str]()
        for sentence in self.grammar.sentences(passage.text):
            timing.enter(sentence.start, sentence.end)
            cast.enter(sentence, timing.when.when)
            spoken_of = None if above is None else above | before | cast.sides
            before = cast.sides
            yield from _Reading(self, passage, sentence, cast, timing, spoken_of).all()

    def _above(self, passage: Passage) -> frozenset[str] | None:
        """The sides that a passage's headings or its source's title name, and its narrator's; None where no narrator is declared.

        Who speaks for one side speaks of the whole world: an issue between the sides that the study's title names (all, where it
        names fewer than two) is meant only where another of them is named, there, in the sentence or in the one before it.
        """
        narrator = self._narrators.get(passage.source)
        if narrator is None:
            return None
        texts = (*passage.heading, self._titles.get(passage.source, ""))
        return frozenset({self.gazetteer.side_of(narrator)}).union(*map(self.named_by, texts))

    def named_by(self, text: str) -> frozenset[str]:
        """The sides that a heading, a title or an issue's name names; each is read once."""
        if text not in self._sides:
            found = (one for sentence in self.grammar.sentences(text) for one in self.gazetteer.mentions(sentence.words))
            self._sides[text] = self.gazetteer.sides_of(found)
        return self._sides[text]


def _alone(declared: Declared, codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Each issue with the stems that speak of it by themselves: its examples and facets of one word."""
    for issue in declared.issues:
        for stems in map(codebook.stems, (*issue.examples, *issue.facets)):
            if len(stems) == 1:
                yield issue.id, stems[0]


class _Reading:
    """One sentence being read."""

    def __init__(
        self, engine: Engine, passage: Passage, sentence: Sentence, cast: Cast, timing: Timing, spoken_of: frozenset[str] | None
    ) -> None:
        self.engine, self.passage, self.sentence, self.cast, self.timing = engine, passage, sentence, cast, timing
        self.spoken_of = spoken_of
        self.lexicon, self.codebook = engine.lexicon, engine.codebook
        self.attributing = Attributing(sentence, cast, engine.lexicon)

    def all(self) -> Iterator[Proposal | Dropped]:
        """Proposals, the surer of two alike, and what was dropped."""
        best: dict[tuple[str, str, str], Proposal] = {}
        for attribution in (*self.attributing.attributions(), *self._feelings()):
            if self._entertained(attribution):
                yield self._dropped("only entertained")
                continue
            for made in self._make(attribution):
                if isinstance(made, Dropped):
                    yield made
                    continue
                key = (made.path, made.modality, made.topic)
                if key not in best or best[key].certainty < made.certainty:
                    best[key] = made
        yield from best.values()
        for _ in range(self.attributing.without_holder()):
            yield self._dropped("no holder")

    def _entertained(self, attribution: Attribution) -> bool:
        """Whether a path is only one of several that the text goes through, by its list or by its heading."""
        above = self.passage.heading[-1] if self.passage.heading else ""
        return self._first(attribution).entertained or self.lexicon.entertained(above)

    def _dropped(self, why: Lost) -> Dropped:
        return Dropped(self.passage.address, self.sentence.start, self.sentence.end, why)

    @cached_property
    def _stems(self) -> list[str]:
        empty, stem = self.lexicon.empty, self.lexicon.stem
        return ["" if one.lemma in empty or one.kind == "PUNCT" else stem(one.lemma) for one in self.sentence.words]

    # what

    def _make(self, attribution: Attribution) -> Iterator[Proposal | Dropped]:
        topics = self._topics(attribution)
        if not topics:
            yield self._dropped("no topic")
        for spoken, topic, target in topics:
            yield self._of_topic(attribution, spoken, topic, target)

    def _of_topic(
        self, attribution: Attribution, spoken: Spoken, topic: str, target: Found | None
    ) -> Proposal | Dropped:
        timed, about = times_of(self.sentence, attribution, self.timing)
        if attribution.act and len(attribution.links) > 1 and self._own_conduct(topic, attribution.links[-1]):
            attribution = replace(attribution, links=attribution.links[:-1])
        attribution = replace(attribution, links=self._acted(attribution.links, timed.when, target is not None))
        links = attribution.links
        if not all(
            lived(actor, timed.when) for one in links if (actor := self.engine.gazetteer.actors.get(one.actor.id))
        ):
            return self._dropped("no time")
        own = self.engine.gazetteer.side_of(links[0].actor.id)
        if target is None and self.spoken_of is not None and not (self.spoken_of & self.engine.between) - {own}:
            return self._dropped("no other side")
        return self._proposal(attribution, spoken, topic, target, timed, about)

    def _acted(self, links: tuple[Link, ...], when: When, felt: bool) -> tuple[Link, ...]:
        """The links as they act; of two that are one actor's then, the later. ``felt``: a quality is seen in somebody."""
        acting = [self._acting(link, when, felt) for link in links]
        apart = [one for one, after in pairwise(acting) if not self._one_actor(one.actor, after.actor, when)]
        return (*apart, acting[-1])

    def _one_actor(self, one: Found, other: Found, when: When) -> bool:
        """Whether two are the same, or a side and who leads it then."""
        gazetteer = self.engine.gazetteer
        pairs = ((one, other), (other, one))
        return one.id == other.id or any(gazetteer.leading(a.id, when, a.says) == (b.id,) for a, b in pairs)

    def _own_conduct(self, topic: str, link: Link) -> bool:
        """Whether an issue is the conduct of a link's own side: then what it will do is the topic, and no view of its own."""
        issue = self.codebook.issues.get(topic)
        return issue is not None and issue.about == self.engine.gazetteer.side_of(link.actor.id)

    def _acting(self, link: Link, when: When, felt: bool) -> Link:
        """Who of a side it is: who demands or refuses in its name leads it then; what a people feels or thinks its public does.

        "The Norwegians" who think of an issue may be their state: then the side is meant, whoever of it.
        """
        gazetteer, actor = self.engine.gazetteer, link.actor
        if link.verb.name in _ACTS and (not actor.people or self._definite(actor)):
            ids, says = gazetteer.leading(actor.id, when, actor.says), f"{actor.says}, acting through its leadership,"
        elif actor.people and (felt or not self._definite(actor)):
            ids, says = gazetteer.of_layer(actor.id, self.lexicon.folk, when, actor.says), f"{actor.says}, as a people,"
        else:
            return link
        return replace(link, actor=replace(actor, id=ids[0], says=says)) if len(ids) == 1 else link

    def _definite(self, actor: Found) -> bool:
        """Whether an article of what is known stands before a name."""
        before = [one.lemma for one in self.sentence.words if one.end <= actor.start]
        return bool(before) and before[-1] in self.lexicon.definite

    def _topics(self, attribution: Attribution) -> list[_Topic]:
        """The topics of an attribution's content, two where both are plain and in words of their own; else one of its clause."""
        found: list[_Topic] = []
        for spoken in self._own_first(self._spoken_of(attribution.content), attribution):
            topic = self._meant(spoken, attribution)
            apart = topic is not None and not any(set(spoken.words) & set(one[0].words) for one in found)
            if topic is not None and apart and len(found) < 2 and (not found or spoken.score >= EXAMPLE):
                found.append(topic)
        longer = self._longer(found, attribution)
        if longer is not None:
            return [longer]
        if not found:
            for spoken in self._spoken_of(attribution.wider):
                topic = self._meant(replace(spoken, score=_WIDER * spoken.score), attribution)
                if topic is not None:
                    return [topic]
        return found or self._nearest(attribution)

    def _spoken_of(self, words: Iterable[int]) -> tuple[Spoken, ...]:
        return self.codebook.spoken_of(self._stems, set(words), partial(bound, self.sentence, self.lexicon))

    def _nearest(self, attribution: Attribution) -> list[_Topic]:
        """The topic that the content is nearest to by meaning, where the study asks for it and no words tell."""
        words = tuple(sorted(attribution.content))
        if self.engine.nearness is None or len(words) < LEAST_WORDS:
            return []
        near = self.engine.nearness.nearest(" ".join(self.sentence.words[i].text for i in words))
        if near is None:
            return []
        says = f"{near.topic} is nearest by meaning, similarity {near.similarity:.2f}, next {near.next:.2f}"
        topic = self._meant(Spoken(near.topic, "", ENOUGH, words, (), says), attribution)
        return [] if topic is None else [topic]

    def _longer(self, found: list[_Topic], attribution: Attribution) -> _Topic | None:
        """A topic whose wording takes in words of those found and more besides: "link economic aid to the islands"."""
        known, words = {one[0].topic for one in found}, {i for one in found for i in one[0].words}
        most = max((len(one[0].words) for one in found), default=0)
        every = self._spoken_of((*attribution.content, *attribution.wider)) if found else ()
        for spoken in every:
            inside = words & set(spoken.words)
            if inside and not set(spoken.words) <= words and len(spoken.words) > most and spoken.topic not in known:
                return self._meant(spoken, attribution) if spoken.score > max(one[0].score for one in found) else None
        return None

    def _own_first(self, spoken: Iterable[Spoken], attribution: Attribution) -> list[Spoken]:
        """Topics of equal weight with the aims of the holder's own side before those of another's."""
        own = self.engine.gazetteer.side_of(attribution.path[-1])

        def others(one: Spoken) -> bool:
            issue = self.codebook.issues.get(one.topic)
            return issue is not None and issue.about not in ("", own)

        return sorted(spoken, key=lambda one: (-one.score, others(one)))

    def _meant(self, spoken: Spoken, attribution: Attribution) -> _Topic | None:
        """A topic as it may stand in a statement; None where it cannot be meant here."""
        if spoken.score < ENOUGH or only_qualify(self.sentence, spoken.words, attribution, self.lexicon):
            return None
        if spoken.topic in self.codebook.issues:
            if spoken.stance and spoken.words == spoken.stance_words and not self._says_enough(spoken):
                return None
            return (spoken, spoken.topic, None) if self._fits(spoken.topic, attribution) else None
        if attribution.links[-1].verb.name not in _PERCEIVING:
            return None
        target = self._target(attribution, spoken)
        return None if target is None else (spoken, f"{self._seen_in(target)}:{spoken.topic}", target)

    def _says_enough(self, spoken: Spoken) -> bool:
        """Whether words of a position name its issue too: one word ("postponed") does not say what is postponed."""
        return len(spoken.words) > 1 or (spoken.topic, self._stems[spoken.words[0]]) in self.engine.alone

    def _fits(self, topic: str, attribution: Attribution) -> bool:
        """Whether an issue about one side's conduct can be meant: by that side, or where the content names it."""
        about = self.codebook.issues[topic].about
        if not about:
            return True
        side_of = self.engine.gazetteer.side_of
        below = attribution.below
        named = (*self.cast.named_in(attribution.content), *self.cast.who(below.subject if below else None))
        sides, own = {side_of(one.id) for one in named}, side_of(attribution.path[-1])
        toward = self.engine.named_by(self.codebook.issues[topic].name) - {about}
        elsewhere = bool(toward and sides - {about, own}) and not (toward & {own, *sides})
        return about in {own, *sides} and not elsewhere

    def _target(self, attribution: Attribution, spoken: Spoken) -> Found | None:
        """In whom of another side a quality is seen, where the form says so: "saw Japan as", "that Japan is"."""
        side_of = self.engine.gazetteer.side_of
        own = side_of(attribution.links[-1].actor.id)
        below = attribution.below
        candidates: tuple[Found, ...] = ()
        named = self.cast.named_in(attribution.content)
        if attribution.target is not None:
            candidates = self.cast.who(attribution.target)
        elif below is not None and (below.kind == "adjective" or below.predicate in self.lexicon.linking):
            candidates = self.cast.who(below.subject) if self._ascribed(below, spoken) else ()
        elif set(attribution.heads) & set(spoken.words):
            candidates = named
        elif attribution.frame.kind == "noun" and attribution.frame.at in spoken.words:
            candidates = tuple(one for _, argument in attribution.frame.obliques for one in self.cast.who(argument))
        elif attribution.heads and attribution.links[-1].verb.name in _SEEING:
            candidates = tuple(one for one in named if self._is_of(one, spoken.words))
        return next((one for one in candidates if side_of(one.id) != own), None)

    def _ascribed(self, below: Frame, spoken: Spoken) -> bool:
        """Whether a clause says a quality of its subject, and does not only name it on the way ("in its relations with")."""
        words, inside = self.sentence.words, self.lexicon.ascribing
        if not inside:
            return True
        for i in spoken.words:
            at, steps = i, 0
            while at != below.at and steps < _DEEP and (words[at].kind != "ADP" or words[at].lemma in inside):
                at, steps = words[at].head, steps + 1
            if at == below.at:
                return True
        return False

    def _is_of(self, found: Found, words: tuple[int, ...]) -> bool:
        """Whether a name hangs on one of these words, or they on it: "the Soviet threat", "a hard-working Japan"."""
        every = self.sentence.words
        at = [i for i, one in enumerate(every) if found.start <= one.start < found.end]
        return any(every[i].head in words for i in at) or any(every[i].head in at for i in words)

    def _seen_in(self, target: Found) -> str:
        """A person, or else the side: qualities of layers are told of the side."""
        actor = self.engine.gazetteer.actors.get(target.id)
        return target.id if actor is not None and actor.kind == "person" else self.engine.gazetteer.side_of(target.id)

    def _feelings(self) -> Iterator[Attribution]:
        """Words that themselves say what is felt about whom: "distrusted Moscow", "hostility toward Japan"."""
        for frame in self.sentence.frames:
            minded = self.lexicon.attitude(frame) is not None
            if frame.supposed or minded or self.attributing.unsaid(frame) or not self._stems[frame.at]:
                continue
            found = self._spoken_of((frame.at,))
            if not found or found[0].topic not in self.codebook.qualities:
                continue
            target = frame.object or next(
                (frame.oblique(name) for name in self.lexicon.toward if frame.oblique(name)), None
            )
            for holder in self.cast.who(frame.subject):
                if target is not None and self.cast.who(target):
                    link = Link(holder, Verb("believes"), frame.at)
                    yield Attribution((link,), (frame.at,), (), target, (), frame)

    # the proposal

    def _proposal(
        self, found: Attribution, spoken: Spoken, topic: str, target: Found | None, timed: Timed, about: Timed | None
    ) -> Proposal | Dropped:
        start, end = self._span(found, spoken)
        stance = "" if found.links[-1].verb.name in SILENT_VERBS else self._stance(found, spoken, topic)
        hedge, extent = self._hedge(found), self._extent(found)
        certainty = self._certainty(found, spoken, timed, hedge)
        if certainty is None:
            return self._dropped("in doubt")
        return Proposal(
            address=self.passage.address, start=start, end=end, quote=self.passage.text[start:end], actors=found.path,
            verbs=tuple(link.verb for link in found.links), topic=topic, stance=stance, when=timed.text,
            about="" if about is None else about.text,
            basis=self._basis(found), hedge=hedge, extent=extent, certainty=round(certainty, 2),
            reasons=tuple(self._reasons(found, spoken, stance, target, timed, about)),
        )  # fmt: skip

    def _certainty(self, found: Attribution, spoken: Spoken, timed: Timed, hedge: str) -> float | None:
        """In English the share of such proposals that were right, else by weight; None where more were wrong than right."""
        near = _NEAR if spoken.near else 1.0
        if self.lexicon.modifying:
            share = share_right(self.sentence, found, spoken)
            return None if share is None else near * share
        certainty = _SURE * min(1.0, 0.55 + 0.15 * spoken.score) * timed.weight * (1.0 if hedge == "plain" else 0.9)
        for link in found.links:
            certainty *= link.actor.weight
        return near * certainty

    def _span(self, found: Attribution, spoken: Spoken) -> tuple[int, int]:
        """From the first word that counts to the last."""
        own = [self.sentence.span((*found.frame.words, *spoken.words))]
        own += [self.sentence.span((link.at,)) for link in found.links]
        own += [(link.actor.start, link.actor.end) for link in found.links]
        return min(start for start, _ in own), max(end for _, end in own)

    def _stance(self, found: Attribution, spoken: Spoken, topic: str) -> str:
        """What is held, where the very words that are held say it; else "", for an absent stance is better than a wrong one."""
        if self.lexicon.modifying and not self._told(found, spoken, topic):
            return ""
        if ":" not in topic or spoken.near:
            return spoken.stance
        if self.codebook.qualities[spoken.topic].scale:
            return ""
        near = {self.sentence.words[i].lemma for i in self._around(spoken.words)}
        turned = bool(near & self.lexicon.denying) != (self.lexicon.unspaced and self._denied_behind(spoken.words))
        stance = {"positive": "negative", "negative": "positive"}[spoken.stance] if turned else spoken.stance
        return f"strongly-{stance}" if near & self.lexicon.strong else stance

    def _told(self, found: Attribution, spoken: Spoken, topic: str) -> bool:
        """Whether what is held is told by words that it governs: of a quality, by a form that says who has it, for sure."""
        words = self.sentence, spoken.stance_words, found
        if ":" not in topic:
            return governed(*words, self.lexicon) and not denied(*words, self.lexicon)
        said = found.target is not None or found.below is not None
        return said and found.links[-1].verb in _ASCRIBING and governed(*words, self.lexicon)

    def _denied_behind(self, words: tuple[int, ...]) -> bool:
        """Whether the predicate that these words are, or are part of, is denied, where denials stand behind."""
        inside = set(words)
        return any(
            one.negated and (one.at in inside or (one.predicate in self.lexicon.linking and inside <= set(one.wide)))
            for one in self.sentence.frames
        )

    def _around(self, words: tuple[int, ...]) -> range:
        return range(max(0, min(words) - 2), min(len(self.sentence.words), max(words) + 1))

    def _hedge(self, found: Attribution) -> str:
        """The source's own doubt, by the words on the first predicate of the path."""
        first = self._first(found)
        words = {one.lemma for i, one in enumerate(self.sentence.words) if one.head == first.at and i != first.at}
        above = self.sentence.by_word.get(first.over)
        words |= {above.predicate} if above is not None and above.complement == first.at else set()
        if words & self.lexicon.reported or found.reported:
            return "reported"
        if words & self.lexicon.possible or first.mood == "may":
            return "possible"
        return "probable" if words & self.lexicon.probable or first.mood in ("must", "would") else "plain"

    def _extent(self, found: Attribution) -> str:
        """How much of the holder: a printed share of per cent, else a word before it."""
        subject: Argument | None = self._first(found).subject
        lemmas = [self.sentence.words[i].lemma for i in subject.words[:6]] if subject is not None else []
        for number, unit in pairwise(lemmas):
            if unit in self.lexicon.percent and _SHARE.fullmatch(number):
                return f"{number}%"
        return next((self.lexicon.extents[one] for one in lemmas if one in self.lexicon.extents), "")

    def _first(self, found: Attribution) -> Frame:
        return self.sentence.by_word.get(found.links[0].at, found.frame)

    def _basis(self, found: Attribution) -> str:
        """words: what the holder says by a verb of speech, or is quoted as saying; else the author tells it."""
        first = found.links[0]
        return "words" if first.verb.name == "asserts" or first.actor.own or self._first(found).quoted else "narrated"

    def _reasons(
        self, found: Attribution, spoken: Spoken, stance: str, target: Found | None, timed: Timed, about: Timed | None
    ) -> Iterator[Reason]:
        for link in found.links:
            yield Reason("path", link.actor.start, link.actor.end, f"{link.actor.says} is {link.actor.id}")
            start, end = self.sentence.span((link.at,))
            yield Reason("modality", start, end, f"“{self.passage.text[start:end]}” → {link.verb}")
        yield Reason("topic", *self.sentence.span(spoken.words), spoken.near or f"the codebook's words for {spoken.topic}")
        if target is not None:
            yield Reason("topic", target.start, target.end, f"{target.says}: in whom it is seen")
        if stance:
            yield Reason("stance", *self.sentence.span(spoken.stance_words or spoken.words), f"words for {stance}")
        yield Reason("when", timed.start, timed.end, timed.says)
        if about is not None:
            yield Reason("about", about.start, about.end, about.says)

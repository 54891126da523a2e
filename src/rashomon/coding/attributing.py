"""Who is said to hold what: from the frames of a sentence to paths of up to three, each with the words that hold its topic.

A word of mind inside the content of another makes the path longer ("feared that Moscow wanted": two), if the outer one only
thinks or says it; what is inside a want, a demand or a refusal is what is wanted, demanded or refused. A noun with another
owner inside it ("rejected Moscow's demand for") stands by itself: the sentence takes it for granted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from rashomon.coding.actors import Cast
from rashomon.coding.attitudes import Attitude
from rashomon.coding.frames import Argument, Frame, Sentence
from rashomon.coding.gazetteer import Found
from rashomon.coding.lexicons import Lexicon
from rashomon.study import Verb
from rashomon.study.vocabulary import MAX_DEPTH

OPAQUE: Final = frozenset({"believes", "asserts", "expects", "fears"})
"""Verbs whose content is only thought or said: what stands in it lengthens the path."""
_LEAD: Final = 4
"""Words at the beginning of a phrase among which one says that it names the matter."""
_DEEDS: Final = frozenset({"accepts", "rejects", "proposes", "demands", "asserts", "intends", "avoids"})
_CONTENT_ONLY: Final = frozenset({"wants", "demands", "proposes", "intends", "accepts", "rejects", "avoids", "minimum"})


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a path: an actor, its verb, and the word that said so (by number)."""

    actor: Found
    verb: Verb
    at: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """A path, and where its topic is to be looked for.

    ``content``: the words of what is held; ``wider``: those of the whole clause, the holder's left out, where the content names
    no topic. ``target``: whom a quality is seen in, where the form says so ("saw Japan as"). ``heads``: the words that the
    content is about, where it is a phrase. ``frame``: of the last link. ``below``: of the content, where it is a clause.
    ``act``: the last link is read off what its actor is thought to do. ``reported``: it is what nobody named is said to think.
    """

    links: tuple[Link, ...]
    content: tuple[int, ...]
    wider: tuple[int, ...]
    target: Argument | None
    heads: tuple[int, ...]
    frame: Frame
    below: Frame | None = None
    act: bool = False
    reported: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """The ids of the actors."""
        return tuple(link.actor.id for link in self.links)


@dataclass(frozen=True, slots=True)
class _Held:
    """A frame of mind with its holders. ``reach``: its content with the clauses that qualify it."""

    frame: Frame
    attitude: Attitude
    verb: Verb
    holders: tuple[Found, ...]
    content: tuple[int, ...]
    reach: tuple[int, ...]


class Attributing:
    """The attributions of one sentence. ``cast`` has entered it."""

    def __init__(self, sentence: Sentence, cast: Cast, lexicon: Lexicon) -> None:
        self.sentence, self.cast, self.lexicon = sentence, cast, lexicon

    def attributions(self) -> tuple[Attribution, ...]:
        """All of them, in the order of their words. A question states nothing."""
        if self.sentence.words[-1].text == "?":
            return ()
        found: list[Attribution] = []
        for held in self._held.values():
            if not held.frame.supposed and not self._foretold(held) and not self._swallowed(held):
                found += list(self._yielding(held)) or [self._attribution(links, held) for links in self._paths(held)]
        return tuple(found)

    def _foretold(self, held: _Held) -> bool:
        """Whether the author only says what will or would be thought, or may be done, and nobody quoted or nested says it."""
        mood, perfect = held.frame.mood, held.frame.perfect
        will = mood == "will" or (mood == "would" and not held.frame.negated and not perfect)
        will |= mood == "may" and not held.frame.negated and not perfect and held.verb.name in _DEEDS - {"asserts"}
        said = held.frame.quoted or any(one.own for one in held.holders) or self._parent(held) is not None
        return bool(self.lexicon.foretelling) and will and not said

    def without_holder(self) -> int:
        """How many words of mind of the sentence have no holder that is sure."""
        return sum(not holders for _, _, holders in self._minded)

    @cached_property
    def _minded(self) -> list[tuple[Frame, Attitude, tuple[Found, ...]]]:
        """The words of mind with their holders, () where none is sure."""
        found = ((frame, self.lexicon.attitude(frame)) for frame in self.sentence.frames)
        return [(frame, attitude, self.cast.who(frame.subject)) for frame, attitude in found if attitude is not None]

    @cached_property
    def _held(self) -> dict[int, _Held]:
        found = {}
        for frame, attitude, holders in self._minded:
            if holders and not (self._names(frame) or self._performs(frame, holders) or self._shows(frame)):
                content, reach = self._content(frame, attitude)
                found[frame.at] = _Held(frame, attitude, self._verb(frame, attitude), holders, content, reach)
        return found

    def _names(self, frame: Frame) -> bool:
        """Whether a verb only says what something is called: "the valley, which Oslo calls the Long Lake"."""
        name = frame.oblique("as")
        if name is None or frame.predicate not in self.lexicon.naming:
            return False
        words = self.sentence.words
        heads = set(name.heads)
        own = {i for i in name.words if words[i].head in heads and words[i].relation in ("compound", "nmod")}
        return any(words[i].kind == "PROPN" for i in heads | own)

    def _shows(self, frame: Frame) -> bool:
        """Whether a verb of speech may as well say what a thing shows: "it implied that"."""
        head = frame.subject.heads[0] if frame.subject is not None else frame.at
        return frame.predicate in self.lexicon.showing and self.sentence.words[head].text.lower() in self.lexicon.thing

    def _performs(self, frame: Frame, holders: tuple[Found, ...]) -> bool:
        """Whether a speaker's wish is only to say what follows: "I would like to thank"."""
        below = self.sentence.by_word.get(frame.complement)
        return below is not None and below.predicate in self.lexicon.performing and any(one.own for one in holders)

    def _verb(self, frame: Frame, attitude: Attitude) -> Verb:
        """The verb of a frame, negation and the mood of its clause weighed."""
        verb = attitude.verb
        below = self.sentence.by_word.get(frame.complement)
        if attitude.form == "clause" and below is not None and frame.predicate in self.lexicon.two_ways:
            verb = Verb(self.lexicon.two_ways[frame.predicate]) if below.mood in ("should", "must") else verb
        if attitude.form == "clause" and below is not None and below.predicate in self.lexicon.hindering:
            verb = Verb("avoids", verb.negated) if verb.name in ("wants", "intends") else verb
        return Verb(verb.name, verb.negated != frame.negated)

    def _content(self, frame: Frame, attitude: Attitude) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The words of what is held, and with all that qualifies them."""
        if attitude.form == "clause":
            below = self.sentence.by_word.get(frame.complement)
            return (below.words, self._reach(below)) if below is not None else ((), ())
        assert attitude.content is not None
        return attitude.content.words, attitude.content.words

    def _reach(self, below: Frame) -> tuple[int, ...]:
        """A clause with all that qualifies it, but for what is conceded, which may be the author's: "although Lisbon agreed"."""
        words, conceding = self.sentence.words, self.lexicon.conceding
        marks = [one.head for one in words if one.relation == "mark" and one.lemma in conceding]
        conceded = (other.wide for other in self.sentence.frames if other.at in marks and other.at != below.at)
        return tuple(sorted({*below.words, *below.wide}.difference(*conceded)))

    # nesting

    def _parent(self, held: _Held) -> _Held | None:
        """The nearest frame of mind in whose content this one stands, with the infinitives that it is coordinated with."""
        at = self._first(held.frame.at) if held.frame.mood == "to" else held.frame.at
        around = [
            other
            for other in self._held.values()
            if other is not held and at in other.reach and other.frame.at not in held.reach and not self._beside(held, other)
        ]
        return min(around, key=lambda other: len(other.reach), default=None)

    def _beside(self, held: _Held, other: _Held) -> bool:
        """Whether a noun may as well stand beside another as in its content: "Oslo's fear of it and Lisbon's belief that"."""
        content = other.attitude.content
        joined = self.sentence.words[held.frame.at].relation == "conj" and held.frame.kind == other.frame.kind == "noun"
        return joined and content is not None and held.frame.at in content.heads

    def _swallowed(self, held: _Held) -> bool:
        """Whether a frame is no statement of its own: it is what another wants, or another states the same in its content."""
        if self.unsaid(held.frame) or self._outside(held.frame.at, named=True):
            return True
        if self._asked(held.frame) or self._of_either(held):
            return True
        parent = self._parent(held)
        if parent is not None and parent.verb.name in _CONTENT_ONLY and not self._presupposed(held, parent):
            return True
        if parent is not None and parent.frame.supposed:
            return True
        those = (other for other in self._held.values() if self.lexicon.unspaced or not other.frame.supposed)
        return any(self._parent(other) is held and self._direct(other, held) for other in those)

    def _presupposed(self, held: _Held, parent: _Held) -> bool:
        """Whether what stands inside a want or a demand is taken for granted: a noun of another's mind, not of another's deed."""
        own = {one.id for one in held.holders} & {one.id for one in parent.holders}
        return held.frame.kind == "noun" and not own and held.verb.name not in ("accepts", "intends")

    def _direct(self, inner: _Held, outer: _Held) -> bool:
        """Whether the inner frame is all that the outer one says: its complement, through verbs that only pass it on."""
        if outer.verb.name in _CONTENT_ONLY and inner.frame.kind != "noun":
            return False
        at = outer.frame.complement
        while at >= 0:
            frame = self.sentence.by_word.get(at)
            if frame is None:
                return False
            if at == inner.frame.at or (
                frame.subject is not None
                and inner.frame.at in frame.subject.heads
                and frame.predicate in self.lexicon.being
            ):
                return True
            if frame.predicate not in self.lexicon.transparent:
                return False
            at = frame.complement
        return (
            outer.verb.name in OPAQUE
            and outer.attitude.form == "object"
            and outer.attitude.content is not None
            and inner.frame.at in outer.attitude.content.heads
        )

    def unsaid(self, frame: Frame) -> bool:
        """Whether an infinitive only says what somebody is to do ("was asked to trust"), and not that it is so."""
        over = self._infinitive_of(frame)
        return (
            over is not None
            and over.at not in self._held
            and over.predicate not in self.lexicon.transparent
            and not self._performs(over, self.cast.who(over.subject))
        )

    def _infinitive_of(self, frame: Frame) -> Frame | None:
        """The frame whose complement an infinitive is, or is coordinated with; None where it is none."""
        first = self.sentence.by_word.get(self._first(frame.at)) if frame.mood == "to" else None
        over = self.sentence.by_word.get(first.over) if first is not None else None
        return over if over is not None and first is not None and over.complement == first.at else None

    def _asked(self, frame: Frame) -> bool:
        """Whether an infinitive says what is wanted of whom a verb has for its object: "called upon Rome to accept"."""
        over = self._infinitive_of(frame)
        asking = self._held.get(over.at) if over is not None else None
        return asking is not None and asking.attitude.form != "clause" and asking.verb.name in _CONTENT_ONLY

    def _of_either(self, held: _Held) -> bool:
        """Whether a verb may go on with either of two clauses: "Oslo believed that Lisbon agreed and feared …"."""
        first = self.sentence.by_word.get(self._first(held.frame.at))
        if first is None or first.at == held.frame.at or held.frame.mood == "to" or first.subject != held.frame.subject:
            return False
        over = self.sentence.by_word.get(first.over)
        if over is None or over.complement != first.at or over.kind != "verb" or over.subject is None:
            return False
        thinking = self._held.get(first.over)
        if thinking is None:
            return self.lexicon.attitude(over) is None and not self.lexicon.unspaced
        return thinking.verb.name in OPAQUE and not {one.id for one in thinking.holders} & {one.id for one in held.holders}

    def _outside(self, at: int, named: bool) -> bool:
        """Whether a predicate stands in what is denied or what a stranger thinks; not ``named``: what nobody does."""
        first = self._first(at)
        for frame in self.sentence.frames:
            below = self.sentence.by_word.get(frame.complement)
            if frame.at in self._held or below is None or not {at, first} & set(below.words):
                continue
            if self._performs(frame, self.cast.who(frame.subject)):
                continue
            attitude = self.lexicon.attitude(frame)
            thinks = attitude is not None and attitude.form == "clause" and attitude.verb.name in OPAQUE | _CONTENT_ONLY
            somebody = frame.subject is not None or frame.kind != "verb"
            denied = frame.negated and below.mood != "to" and frame.predicate not in self.lexicon.transparent
            if (thinks and somebody == named) or (denied and named):
                return True
        return False

    def _first(self, at: int) -> int:
        """The first of the words with which one is coordinated."""
        words = self.sentence.words
        while words[at].relation == "conj":
            at = words[at].head
        return at

    def _paths(self, held: _Held) -> Iterator[tuple[Link, ...]]:
        """The paths that end in this frame."""
        parent = self._parent(held)
        for holder in held.holders:
            own = Link(holder, self._merged(held, holder), held.frame.at)
            if parent is None or parent.verb.name not in OPAQUE:
                yield (own,)
                continue
            together = {one.id for one in parent.holders} & {one.id for one in held.holders}
            for before in self._paths(parent):
                if len(together) > 1 and before[-1].actor.id != holder.id:
                    continue  # "both voiced their wish": each its own
                if before[-1].actor.id == holder.id:
                    yield (*before[:-1], self._under(parent.verb, own))
                elif len(before) < MAX_DEPTH:
                    yield (*before, own)

    def _under(self, outer: Verb, own: Link) -> Link:
        """What one thinks of one's own thought or deed: who fears or does not expect to accept does not accept."""
        turned = (outer.name == "fears") != outer.negated
        return replace(own, verb=Verb(own.verb.name, own.verb.negated != turned)) if own.verb.name in _DEEDS else own

    def _merged(self, held: _Held, holder: Found) -> Verb:
        """The verb where what is wanted is an act of mind of the same holder: "refused to accept", "was willing to propose"."""
        below = self._held.get(held.frame.complement)
        if below is None or held.attitude.form != "clause" or holder.id not in {one.id for one in below.holders}:
            return held.verb
        outer, inner = held.verb, below.verb
        thinks = inner.name in OPAQUE and below.attitude.form != "object"  # "inclined to believe that"
        if outer.name in ("accepts", "intends") and not outer.negated and (inner.name in _DEEDS or thinks):
            return inner
        if outer == Verb("rejects") and inner.name in ("rejects", "avoids"):
            return Verb("accepts")
        if outer == Verb("wants") and inner.name in ("rejects", "avoids"):
            return inner
        return outer

    def _attribution(self, links: tuple[Link, ...], held: _Held) -> Attribution:
        as_form = held.attitude.form == "oblique" and held.attitude.preposition == "as"
        target = (held.frame.object or held.frame.oblique("of")) if as_form else None
        content = held.content
        if target is not None:
            content = tuple(sorted({*content, *target.words}))
        wider = self._about(held.frame, content) if self.lexicon.regarding else self._besides(held.frame)
        heads = held.attitude.content.heads if held.attitude.content is not None else ()
        below = self.sentence.by_word.get(held.frame.complement) if held.attitude.form == "clause" else None
        return Attribution(
            links, content, wider, target, heads, held.frame, below, reported=self._outside(links[0].at, named=False)
        )

    def _about(self, frame: Frame, content: tuple[int, ...]) -> tuple[int, ...]:
        """What qualifies the words of the content, and the matter that its clause names: "with regard to the dam, …"."""
        words, lemmas = self.sentence.words, self.lexicon.regarding
        below, inside = self.sentence.by_word.get(frame.complement), set(content)
        for part in (frame.object, below):
            inside |= set(part.words if part is not None else ())
        for i in frame.wide:
            behind = i > frame.at and words[i].lemma in self.lexicon.onto
            tells = behind or lemmas & {one.lemma for one in words[i : i + _LEAD]}
            if words[i].head == frame.at and words[i].kind in ("ADP", "SCONJ", "VERB") and tells:
                inside.add(i)
        found = {*content, frame.at}
        for i in frame.wide:
            above = i
            while above not in inside and words[above].head != above and not self._apart(above):
                above = words[above].head
            found |= {i} if above in inside else set()
        return tuple(sorted(found))

    def _apart(self, at: int) -> bool:
        """Whether a clause begins at a word that only says more of a noun, or what is done besides ("and went on to")."""
        word = self.sentence.words[at]
        return word.relation == "relcl" or (word.relation == "conj" and word.kind in ("VERB", "AUX"))

    def _besides(self, frame: Frame) -> tuple[int, ...]:
        """The words of the whole clause, without its holder, what is told of a noun in it, and the clauses before it."""
        apart = set(frame.subject.words) if frame.subject is not None else set()
        for other in () if self.lexicon.unspaced else self.sentence.frames:  # where verbs come last, what is held goes before
            if other.kind != "verb" or other.at == frame.at or other.at not in frame.wide:
                continue
            told = "relcl" in self.sentence.words[other.at].relation
            apart.update(i for i in other.wide if i < frame.at or (told and frame.at not in other.wide))
        return tuple(i for i in frame.wide if i not in apart)

    # content without a word of mind

    def _yielding(self, held: _Held) -> Iterator[Attribution]:
        """As in "feared that Moscow would return the islands": what the other is thought to do says what it accepts."""
        below = self.sentence.by_word.get(held.frame.complement)
        if below is None or below.at in self._held or held.verb.name not in OPAQUE or held.attitude.form != "clause":
            return
        verb = self._act(below)
        others = self.cast.who(below.subject) if verb is not None else ()
        for links in self._paths(held):
            for other in others:
                if other.id != links[-1].actor.id and len(links) < MAX_DEPTH:
                    assert verb is not None
                    longer = (*links, Link(other, verb, below.at))
                    yield replace(
                        self._attribution(longer, held), content=below.words, wider=below.wide, frame=below, act=True
                    )

    def _act(self, frame: Frame) -> Verb | None:
        """What an act that is yet to come says of its doer; None for what is or was."""
        if (
            frame.perfect
            or frame.supposed
            or frame.kind == "adjective"
            or frame.mood not in ("will", "would", "may", "to")
            or frame.predicate in self.lexicon.being
        ):
            return None
        if frame.predicate in self.lexicon.yielding:
            return Verb("accepts", frame.negated)
        if frame.predicate in self.lexicon.resisting:
            return Verb("rejects", frame.negated)
        return Verb("intends", frame.negated)

"""Acts: who did what to whom in an English sentence, as typed events beside the statements that it makes.

Types are those of PLOVER (Open Event Data Alliance 2018), the successor of CAMEO (Gerner, Schrodt & Yilmaz 2009);
:data:`MOVES` gives the study's kind of move for each. Actors are spans of the text: which actor of a study they are is asked
of the gazetteer, which is not needed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from rashomon.coding.english_acts import (
    CARRIERS,
    ENDED,
    ENDING,
    GROUPS,
    HARMFUL,
    HELPFUL,
    NOUNS,
    PEOPLE,
    PLACING,
    READY,
    SAYING,
    VERBS,
)
from rashomon.coding.frames import Argument, Frame, Sentence
from rashomon.coding.places import countries

MOVES: Final[Mapping[str, str]] = {
    "AGREE": "promises", "CONSULT": "meets", "SUPPORT": "declares", "COOPERATE": "signs", "AID": "gives", "CONCEDE": "accepts",
    "RETREAT": "withdraws", "INVESTIGATE": "asks", "DEMAND": "demands", "DISAPPROVE": "declares", "REJECT": "rejects",
    "THREATEN": "threatens", "PROTEST": "demands", "MOBILIZE": "threatens", "SANCTION": "imposes", "COERCE": "imposes",
    "ASSAULT": "", "FIGHT": "",
}  # fmt: skip
"""PLOVER type → the study's nearest kind of move; "" where it has none."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Act:
    """``kind``: a PLOVER type. ``source`` and ``target``: spans of the text that name who did it, and to whom."""

    kind: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    start: int
    end: int

    @property
    def move(self) -> str:
        """The study's kind of move, "" where it has none."""
        return MOVES[self.kind]


def act_of(sentence: Sentence) -> Act | None:
    """The act that a sentence tells of first of all; None where it tells of none that is known."""
    return next(acts_of(sentence), None)


def acts_of(sentence: Sentence) -> Iterator[Act]:
    """All acts that an English sentence tells of, by how high their predicate stands in it."""
    return _Act(sentence).readings()


@cache
def _countries() -> frozenset[str]:
    words = (word for one in countries() for name in (*one.names, *one.people, *one.capitals) for word in name.split())
    return frozenset(word for word in words if word[:1].isupper() and word not in ("The", "Republic", "New", "Union"))


class _Act:
    """The acts of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence, self.words = sentence, sentence.words

    def readings(self) -> Iterator[Act]:
        """Acts by how high their predicate stands in the sentence."""
        verbs = [frame for frame in self.sentence.frames if frame.kind != "noun"]
        for frame in sorted(verbs, key=lambda one: (self._depth(one.at), one.at)):
            main, speaker = self._event(frame)
            kind = self._kind(main, speaker is not None)
            if kind is None:
                continue
            source = self._source(main, speaker)
            if source:
                yield self._act(kind, main, source)

    def _act(self, kind: str, frame: Frame, source: tuple[int, ...]) -> Act:
        target = self._target(frame, frozenset(source), kind)
        start, end = self.sentence.span(frame.words)
        return Act(kind, self._spans(source), self._spans(target), start, end)

    def _depth(self, at: int) -> int:
        depth = 0
        while self.words[at].head != at:
            at, depth = self.words[at].head, depth + 1
        return depth

    def _event(self, frame: Frame) -> tuple[Frame, Frame | None]:
        """The clause that tells the act, and the one that says so where the speaker is its actor: "Russia said it would"."""
        below = self.sentence.by_word.get(frame.complement)
        if frame.predicate not in SAYING or below is None:
            return frame, None
        if below.at < frame.at or frame.subject is None:  # "…, officials said"
            return below, None
        own = below.subject is None or self.words[below.subject.heads[0]].kind == "PRON"
        urged = below.mood in ("must", "should")
        return (
            (below, frame)
            if own or urged or not self._named(below.subject.heads if below.subject else ())
            else (below, None)
        )

    # what

    def _kind(self, frame: Frame, spoken: bool) -> str | None:
        """The type of an act, its mood and what stands below it weighed."""
        if frame.mood in ("must", "should") and spoken:
            return "DEMAND"
        base = self._base(frame)
        if frame.negated:
            return "REJECT" if frame.mood in ("will", "would", "may") or base in HELPFUL else base
        below = self.sentence.by_word.get(frame.complement)
        if frame.kind == "adjective" or frame.predicate in ("be", "plan", "intend", "decide", "want"):
            ready = frame.predicate in READY or frame.predicate in ("plan", "intend", "decide")
            inner = self._base(below) if below is not None else None
            if frame.predicate == "decide":
                return inner
            return self._promised(inner) if ready and below is not None else None
        if frame.mood not in ("will", "would"):
            return base
        return "THREATEN" if any(self.words[i].lemma == "unless" for i in frame.wide) else self._promised(base)

    def _promised(self, base: str | None) -> str:
        """What is yet to come: of what harms a threat, of anything else a promise."""
        if base in ("REJECT", "DEMAND", "DISAPPROVE"):
            return base
        return "THREATEN" if base in HARMFUL else "AGREE"

    def _base(self, frame: Frame) -> str | None:
        """The type by the predicate and its object alone."""
        noun = self._object_type(frame)
        doing = NOUNS.get(self.words[frame.subject.heads[0]].lemma) if frame.subject is not None else None
        if doing in ("FIGHT", "ASSAULT", "PROTEST"):  # "the attacks have killed", "riots went on"
            return doing
        if frame.predicate in ENDING and noun is not None:
            return ENDED.get(noun, noun)
        if frame.predicate in CARRIERS and noun is None:  # "went on strike", "put under investigation"
            noun = next(
                (NOUNS.get(self.words[one.heads[0]].lemma) for name, one in frame.obliques if name in ("on", "under")),
                None,
            )
        if frame.predicate in CARRIERS and noun is not None:
            return noun
        means = {
            NOUNS.get(self.words[one.heads[0]].lemma) for name, one in frame.obliques if name in ("in", "by", "with")
        }
        if "ASSAULT" in means:  # "killed in a bombing"
            return "ASSAULT"
        for preposition, _ in frame.obliques:
            if f"{frame.predicate} {preposition}" in VERBS:
                return VERBS[f"{frame.predicate} {preposition}"]
        if frame.predicate in VERBS:
            return VERBS[frame.predicate]
        below = self.sentence.by_word.get(frame.complement)
        return (
            self._base(below)
            if below is not None and noun is None and below.at != frame.at and below.at > frame.at
            else noun
        )

    def _object_type(self, frame: Frame) -> str | None:
        """What the object names, its head first, then the nouns in it."""
        if frame.object is None:
            return None
        heads = self._parts(frame.object.heads)
        named = [j for i in heads for j in self._children(i) if self.words[j].relation == "compound"]
        rest = [i for i in frame.object.words if self.words[i].relation != "compound"]
        kinds = (NOUNS.get(self.words[i].lemma) for i in (*heads, *named, *rest))
        return next((kind for kind in kinds if kind is not None), None)

    # who

    def _source(self, frame: Frame, speaker: Frame | None) -> tuple[int, ...]:
        """Who does it: the subject; of a passive without one the place ("was arrested in Lebanon")."""
        subject = speaker.subject if speaker is not None else frame.subject
        if subject is None:
            return self._actors(frame.oblique("in")) if frame.passive else ()
        return self._actors(subject) or self._parts(
            tuple(i for i in subject.heads if self.words[i].kind in ("PROPN", "NOUN"))
        )

    def _target(self, frame: Frame, source: frozenset[int], kind: str) -> tuple[int, ...]:
        """To whom: the likeliest place under the clause that names an actor; one without a name only where none has one."""
        taken = {j for i in source for j in self._phrase(i)} | source
        places = tuple(self._candidates(frame, kind))
        if len(source) > 1 and kind != "DEMAND":  # of what two do together each is source and target
            places = tuple(one for one in places if one is frame.object or one is frame.oblique("with"))
        clause = Argument((), frame.wide)
        for argument, named in (*((one, True) for one in places), *((one, False) for one in places), (clause, True)):
            found = tuple(i for i in self._actors(argument, named) if i not in taken)
            if found and not all(map(self._own, found)) and (argument is not clause or len(source) == 1):
                return found
        return ()

    def _own(self, at: int) -> bool:
        """Whether it is the source's own: "its troops"."""
        return any(self.words[i].form == "PRP$" for i in self._children(at))

    def _candidates(self, frame: Frame, kind: str, depth: int = 0) -> Iterator[Argument | None]:
        """Places of a target, the likeliest first: who should act, the object, who stands after a preposition."""
        below = self.sentence.by_word.get(frame.complement)
        deeper = below is not None and depth < 3 and below.at > frame.at
        if frame.mood in ("must", "should") and kind == "DEMAND":
            yield frame.subject
        if below is not None and deeper and below.subject != frame.subject:
            yield below.subject
        obliques = dict(reversed(frame.obliques))
        if frame.object is not None and any(self._has_name(i) or self._is_actor(i) for i in frame.object.heads):
            yield frame.object
        yield from (obliques[name] for name in PLACING[:6] if name in obliques)
        yield frame.object
        inner = [below] if below is not None and deeper else []
        for one in (*inner, *(self._purposes(frame) if depth < 3 else ())):
            yield from self._candidates(one, kind, depth + 1)
        yield from (obliques[name] for name in PLACING[6:] if name in obliques)

    def _purposes(self, frame: Frame) -> Iterator[Frame]:
        """Clauses that say what for: "blocked the road to demand …"."""
        return (
            one
            for one in self.sentence.frames
            if one.over == frame.at and one.at > frame.at and self._base(one) == "DEMAND"
        )

    def _actors(self, argument: Argument | None, named: bool = False) -> tuple[int, ...]:
        """The words of a phrase that name actors: its heads, else the first name in it. ``named``: those with a name only."""
        if argument is None:
            return ()
        heads = self._parts(argument.heads)
        fitting = tuple(i for i in heads if self._has_name(i) or (self._is_actor(i) and not named))
        if fitting:
            return self._coordinated(fitting)
        names = [self._whole(i) for i in argument.words if self._is_named(i)]
        return self._coordinated(tuple(names[:1]))

    def _whole(self, at: int) -> int:
        """The last word of a name of several."""
        while self.words[at].relation == "compound" and self._is_named(self.words[at].head):
            at = self.words[at].head
        return at

    def _parts(self, heads: tuple[int, ...]) -> tuple[int, ...]:
        """Of "a group of deputies": the deputies."""
        out = []
        for i in heads:
            of = (
                next((j for j in self._children(i) if self.words[j].lemma == "of"), -1)
                if self.words[i].lemma in GROUPS
                else -1
            )
            out.append(next((j for j in self._children(of) if self.words[j].relation == "pobj"), i) if of >= 0 else i)
        return tuple(out)

    def _coordinated(self, heads: tuple[int, ...]) -> tuple[int, ...]:
        """Two actors in one noun ("Hungarian and Romanian officials") are those two."""
        found: list[int] = []
        for i in heads:
            names = [j for j in self._children(i) if self._is_named(j)]
            more = [
                k
                for j in (*names, i)
                for k in self._children(j)
                if self.words[k].relation == "conj" and self._is_named(k)
            ]
            told_apart = any(self.words[k].head in names for k in more) or (names and not self._is_actor(i))
            found += [*(names if told_apart else [i]), *more]
        return tuple(dict.fromkeys(found))

    def _has_name(self, at: int) -> bool:
        return any(map(self._is_named, self._phrase(at)))

    def _children(self, at: int) -> Iterator[int]:
        return (i for i, word in enumerate(self.words) if word.head == at and i != at)

    def _named(self, heads: Iterable[int]) -> bool:
        return any(self._is_actor(i) for i in heads)

    def _is_named(self, at: int) -> bool:
        word = self.words[at]
        return word.kind != "PUNCT" and (
            word.entity != "" or word.text in _countries() or word.text.removesuffix("s") in _countries()
        )

    def _is_actor(self, at: int) -> bool:
        return self._is_named(at) or self.words[at].lemma in PEOPLE

    def _phrase(self, at: int) -> tuple[int, ...]:
        """A name with the words before it that hang on it, its owner too ("Egypt's president")."""
        first = at
        while first > 0 and self._before(first, at):
            first -= 1
        return tuple(range(first, at + 1))

    def _before(self, first: int, at: int) -> bool:
        """Whether the word before one that begins a phrase belongs to it."""
        word = self.words[first - 1]
        owner = word.relation == "case" and self.words[word.head].relation == "poss"
        head = self.words[word.head].head if owner else word.head
        return first <= head <= at and word.kind not in ("PUNCT", "CCONJ", "DET", "PRON")

    def _spans(self, words: tuple[int, ...]) -> tuple[Span, ...]:
        return tuple(self.sentence.span(self._phrase(i)) for i in words)

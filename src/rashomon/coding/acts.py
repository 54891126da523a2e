"""Acts: who did what to whom in a sentence, as typed events beside the statements that it makes.

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
    ENDING,
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
    for reading in _Act(sentence).readings():
        return reading
    return None


@cache
def _countries() -> frozenset[str]:
    return frozenset(word for one in countries() for name in (*one.names, *one.people, *one.capitals) for word in name.split())


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
        target = self._target(frame, frozenset(source))
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
        return (below, frame) if own or urged or not self._named(below.subject.heads if below.subject else ()) else (below, None)

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
        return self._promised(base) if frame.mood in ("will", "would") else base

    def _promised(self, base: str | None) -> str:
        """What is yet to come: of what harms a threat, of anything else a promise."""
        return "THREATEN" if base in HARMFUL or base == "RETREAT" and False else "AGREE" if base not in ("REJECT", "DEMAND", "DISAPPROVE") else base

    def _base(self, frame: Frame) -> str | None:
        """The type by the predicate and its object alone."""
        noun = self._object_type(frame)
        if frame.predicate in ENDING and noun is not None:
            return ENDING[frame.predicate] if noun in HARMFUL or ENDING[frame.predicate] == "SANCTION" else noun
        if frame.predicate in CARRIERS and noun is not None:
            return noun
        for preposition, _ in frame.obliques:
            if f"{frame.predicate} {preposition}" in VERBS:
                return VERBS[f"{frame.predicate} {preposition}"]
        if frame.predicate in VERBS:
            return VERBS[frame.predicate]
        below = self.sentence.by_word.get(frame.complement)
        return self._base(below) if below is not None and noun is None and below.at != frame.at and below.at > frame.at else noun

    def _object_type(self, frame: Frame) -> str | None:
        """What the object names, its head first, then the nouns in it."""
        if frame.object is None:
            return None
        for i in (*frame.object.heads, *frame.object.words):
            kind = NOUNS.get(self.words[i].lemma)
            if kind is not None:
                return kind
        return None

    # who

    def _source(self, frame: Frame, speaker: Frame | None) -> tuple[int, ...]:
        found = self._actors(speaker.subject if speaker is not None else frame.subject)
        if not found and frame.passive:  # "was arrested in Lebanon"
            place = frame.oblique("in")
            found = self._actors(place)
        return found

    def _target(self, frame: Frame, source: frozenset[int]) -> tuple[int, ...]:
        """To whom: the first that names an actor of who stands under the clause, by how likely the place is."""
        taken = {j for i in source for j in self._phrase(i)} | source
        for argument in self._candidates(frame):
            found = tuple(i for i in self._actors(argument) if i not in taken)
            if found:
                return found
        return ()

    def _candidates(self, frame: Frame, depth: int = 0) -> Iterator[Argument | None]:
        below = self.sentence.by_word.get(frame.complement)
        if below is not None and depth < 3 and below.at > frame.at:
            if below.subject is not None and below.subject != frame.subject:
                yield below.subject
        if frame.object is not None and self._named(frame.object.heads):
            yield frame.object
        obliques = dict(reversed(frame.obliques))
        yield from (obliques[name] for name in PLACING[:6] if name in obliques)
        yield frame.object
        if below is not None and depth < 3 and below.at > frame.at:
            yield from self._candidates(below, depth + 1)
        yield from (obliques[name] for name in PLACING[6:] if name in obliques)
        if depth == 0:
            yield Argument(frame.wide, frame.wide)

    def _actors(self, argument: Argument | None) -> tuple[int, ...]:
        """The words of a phrase that name actors: its heads, else the first name in it."""
        if argument is None:
            return ()
        heads = tuple(i for i in argument.heads if self._is_actor(i))
        if heads:
            return self._with_parts(heads)
        names = [i for i in argument.words if self._is_named(i)] or [i for i in argument.words if self._is_actor(i)]
        return self._with_parts(tuple(names[:1]))

    def _with_parts(self, heads: tuple[int, ...]) -> tuple[int, ...]:
        """Two actors in one noun ("Hungarian and Romanian officials"): the coordinated names before it."""
        found = list(heads)
        for i in heads:
            found += [j for j, word in enumerate(self.words) if word.relation == "conj" and word.head in (*self._children(i), i) and self._is_named(j)]
        return tuple(dict.fromkeys(found))

    def _children(self, at: int) -> Iterator[int]:
        return (i for i, word in enumerate(self.words) if word.head == at and i != at)

    def _named(self, heads: Iterable[int]) -> bool:
        return any(self._is_actor(i) for i in heads)

    def _is_named(self, at: int) -> bool:
        word = self.words[at]
        return word.kind != "PUNCT" and (word.entity != "" or word.text in _countries() or word.text.removesuffix("s") in _countries())

    def _is_actor(self, at: int) -> bool:
        return self._is_named(at) or self.words[at].lemma in PEOPLE

    def _phrase(self, at: int) -> tuple[int, ...]:
        """A name with the words before it that hang on it."""
        first = at
        while first > 0 and self.words[first - 1].head in range(first, at + 1) and self.words[first - 1].kind not in ("PUNCT", "CCONJ", "DET"):
            first -= 1
        return tuple(range(first, at + 1))

    def _spans(self, words: tuple[int, ...]) -> tuple[Span, ...]:
        return tuple(self.sentence.span(self._phrase(i)) for i in words)

"""Of what time a statement speaks: the time that its content names, where it is of what is yet to come.

A forecast is held before the time that it names: "expected that Japan would agree in 1992" was held by 1992 and speaks of it.
What the content says of the past keeps one time: the words do not tell whether it is that of the thought or of the thing.
"""

from __future__ import annotations

from typing import Final

from rashomon.coding.attributing import Attribution
from rashomon.coding.dating import Dated
from rashomon.coding.frames import Sentence
from rashomon.coding.timing import Timed, Timing

_YET: Final = frozenset({"will", "would", "may", "must", "should"})
_FORWARD: Final = frozenset({"wants", "demands", "expects", "fears", "intends", "proposes", "minimum"})
_BOUND: Final = _FORWARD | {"accepts", "rejects"}
_PARTING: Final = frozenset("();:")
_DEADLINE: Final = frozenset({"until", "before"})


def times_of(sentence: Sentence, attribution: Attribution, timing: Timing) -> tuple[Timed, Timed | None]:
    """When an attribution is held, and of what time it speaks; None where that is the same, or not said."""
    inside = tuple(one for one in timing.here if _covers(sentence, attribution.content, one))
    last = attribution.links[-1]
    span = sentence.span(attribution.frame.words)
    yet = attribution.below is not None and attribution.below.mood in _YET and not attribution.below.perfect
    own = attribution.links[0].actor.own
    for one in timing.here:
        within = one in inside
        if not within and not _covers(sentence, attribution.frame.words, one):
            continue
        held = timing.of(span, inside or (one,), own)
        said = yet and within
        deadline = one.bound in _DEADLINE and one.start > sentence.words[last.at].start
        due = deadline and last.verb.name in (_BOUND if within else _FORWARD)
        ahead = one.bound == "ahead" or (held.sure and one.when.lo > held.when.hi)
        later = ahead and within and last.verb.name in _BOUND
        if (said or due or later) and (about := timing.ahead(one, held)) is not None:
            return timing.before(about, held), about
    return timing.of(span, (), own), None


def _covers(sentence: Sentence, words: tuple[int, ...], one: Dated) -> bool:
    """Whether words have a time among them, with no bracket or list before it that parts it from the first of them."""
    at = next((i for i in words if sentence.words[i].start <= one.start < sentence.words[i].end), -1)
    between = sentence.words[min(words, default=0) : max(at, 0)]
    return at >= 0 and not any(word.text in _PARTING for word in between)

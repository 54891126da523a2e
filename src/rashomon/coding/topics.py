"""What is spoken of: the codebook's own words found in words of a sentence, and the stance that they take.

Cues are taken from the codebook alone: names, descriptions, examples and facets of issues, names and examples of their
positions, and the same of qualities. A wording that its author gave as an example counts most; a word counts the less, the
more topics share it (the idea of Spärck Jones 1972). Where none of these words stands, a study may ask for the topic that is
nearest by meaning (:mod:`rashomon.coding.nearness`). A stance is only ever taken from words, never from likeness: what is as
like as a sentence and its denial cannot tell them apart.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rashomon.coding.lexicons import Lexicon
from rashomon.study import Declared, Issue, Quality

EXAMPLE: Final = 3.0
"""Weight of a wording that the codebook gives as an example, or as a name."""
ENOUGH: Final = 2.0
"""Weight that all cues of a topic must reach together."""
_WORD: Final = 1.6
"""Weight of one word of a name that no other topic has; of a description half of it."""
_DENIED: Final = 0.8
"""What a word counts that denies a quality ("distrust"), as a share of one that says it."""
_LONGER: Final = 0.5
"""What each further word of a wording adds: the longer wins over what it contains."""
_GAP: Final = 2
"""Words with a meaning that may stand between two of a cue."""
_NAMED: Final = 1.0
"""Weight of a position's name, where no examples of it are given."""
_LETTERS: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+|(?<=[а-яё])-[а-яё]+)*")
"""A word of a cue. Words of Cyrillic letters are one with their hyphens, as Russian grammars have them."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words (stems, in order) that speak of a topic. ``place``: the position that they take, or the word of a scale.

    ``name``: they are a name, whose words stand side by side.
    """

    stems: tuple[str, ...]
    topic: str
    place: str
    weight: float
    name: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """A topic found. ``stance``: a position's id, a word of a scale, or ""; ``words``: those that told, by number.

    ``near``: how it was found where no words of the codebook told it; "" where they did.
    """

    topic: str
    stance: str
    score: float
    words: tuple[int, ...]
    stance_words: tuple[int, ...]
    near: str = ""


class Codebook:
    """The cues of a study's issues and qualities in one language."""

    def __init__(self, declared: Declared, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.issues: Mapping[str, Issue] = {one.id: one for one in declared.issues}
        self.qualities: Mapping[str, Quality] = {one.id: one for one in declared.qualities}
        cues = [*self._phrases(), *self._singles()]
        self._by_stem: dict[str, list[Cue]] = {}
        shared = Counter(stem for cue in cues for stem in cue.stems)
        for cue in dict.fromkeys(cues):
            rarest = min(cue.stems, key=lambda stem: shared[stem])
            self._by_stem.setdefault(rarest, []).append(cue)
        self._denied = {other: stem for stem, others in lexicon.opposites.items() for other in others}

    def stems(self, text: str) -> tuple[str, ...]:
        """The stems of the words of a text that mean something."""
        words = (word for word in _LETTERS.findall(self.lexicon.spaced(text.lower())) if word not in self.lexicon.empty)
        return tuple(filter(None, map(self.lexicon.stem, words)))

    def _phrases(self) -> Iterator[Cue]:
        for issue in self.issues.values():
            yield from self._cues((*issue.examples, *issue.facets), issue.id, "")
            yield from self._cues(() if issue.examples else (issue.name,), issue.id, "")
            for position in issue.positions:
                yield from self._cues(position.examples, issue.id, position.id)
                yield from self._cues(() if position.examples else (position.name,), issue.id, position.id, _NAMED)
        for quality in self.qualities.values():
            yield from self._cues((quality.name, quality.id, *quality.examples), quality.id, "positive")

    def _cues(self, texts: Iterable[str], topic: str, place: str, weight: float = EXAMPLE) -> Iterator[Cue]:
        for text in texts:
            for part in re.split(r"[;:,(]| or | или ", text):
                stems = self.stems(part)
                if stems and (len(stems) > 1 or weight > _NAMED):
                    yield Cue(stems, topic, place, weight + _LONGER * (len(stems) - 1), self._is_name(part))

    def _is_name(self, text: str) -> bool:
        """Whether words are a name: several, each with a capital."""
        words = [word for word in _LETTERS.findall(text) if word.lower() not in self.lexicon.empty]
        return len(words) > 1 and all(word[0].isupper() for word in words)

    def _singles(self) -> Iterator[Cue]:
        """Single words of names and descriptions, by how few topics have them; of topics without examples only."""
        every: tuple[Issue | Quality, ...] = (*self.issues.values(), *self.qualities.values())
        named = {one.id: set(self.stems(one.name)) for one in every}
        told = {one.id: set(self.stems(one.description)) for one in every}
        topics = Counter(stem for name in named for stem in named[name] | told[name])
        for name in (one.id for one in every if not one.examples):
            for stem in sorted(named[name] | told[name]):
                full = _WORD if stem in named[name] else _WORD / 2
                place = "positive" if name in self.qualities else ""
                yield Cue((stem,), name, place, full / math.sqrt(topics[stem]))

    def spoken_of(
        self, stems: Sequence[str], words: Iterable[int], bound: Callable[[Sequence[int]], bool] = lambda _: True
    ) -> tuple[Spoken, ...]:
        """Topics that these words of a sentence speak of, the surest first. ``stems``: of all its words, "" for empty ones.

        ``bound``: whether words of the sentence belong together, and do not only stand near each other.
        """
        meant = [i for i in sorted(words) if stems[i]]
        at: dict[str, list[int]] = {}
        for place, i in enumerate(meant):
            at.setdefault(stems[i], []).append(place)
            if stems[i] in self._denied:
                at.setdefault(self._denied[stems[i]], []).append(place)
        hits: dict[str, list[tuple[Cue, tuple[int, ...]]]] = {}
        for stem in at:
            for cue in self._by_stem.get(stem, ()):
                found = _match(cue.stems, at, cue.name)
                told = () if found is None else tuple(meant[place] for place in found)
                if told and bound(told):
                    hits.setdefault(cue.topic, []).append((cue, told))
        spoken = [self._weigh(topic, found, stems) for topic, found in hits.items()]
        return tuple(sorted((one for one in spoken if one.score >= ENOUGH), key=lambda one: (-one.score, one.topic)))

    def _weigh(self, topic: str, hits: list[tuple[Cue, tuple[int, ...]]], stems: Sequence[str]) -> Spoken:
        """All cues of one topic together: each word counts once, for the weightiest cue that has it."""
        used: set[int] = set()
        score = 0.0
        stances: Counter[str] = Counter()
        told: dict[str, set[int]] = {}
        for cue, found in sorted(hits, key=lambda hit: (-hit[0].weight, -len(hit[0].stems))):
            if cue.place:
                stances[cue.place] += int(100 * cue.weight) * len(cue.stems)
                told.setdefault(cue.place, set()).update(found)
            new = set(found) - used
            if new:
                score += (
                    cue.weight * len(new) / len(found) * (1.0 if all(stems[i] in cue.stems for i in found) else _DENIED)
                )
                used |= new
        denied = any(stems[i] not in cue.stems for cue, found in hits for i in found)
        stance = self._stance(topic, stances, denied)
        return Spoken(
            topic, stance, score, tuple(sorted(used)), tuple(sorted(told.get(stance, used if stance else ())))
        )

    def _stance(self, topic: str, stances: Counter[str], denied: bool) -> str:
        if topic in self.issues:
            first = stances.most_common(2)
            return first[0][0] if first and (len(first) < 2 or first[0][1] > first[1][1]) else ""
        return "negative" if denied else "positive"


def _match(stems: tuple[str, ...], at: Mapping[str, list[int]], name: bool) -> tuple[int, ...] | None:
    """Where the stems stand, in any order, each within reach of the last, those of a name side by side; else None."""
    if any(stem not in at for stem in stems):
        return None
    for first in at[stems[0]]:
        found = [first]
        if name:
            found = [first + i for i, stem in enumerate(stems) if first + i in at[stem]]
            if len(found) == len(stems):
                return tuple(found)
            continue
        for stem in stems[1:]:
            near = [i for i in at[stem] if i not in found and min(abs(i - j) for j in found) <= _GAP + 1]
            if not near:
                break
            found.append(min(near, key=lambda i: abs(i - found[-1])))
        else:
            return tuple(sorted(found))
    return None

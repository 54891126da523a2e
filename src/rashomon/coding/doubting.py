"""How sure a proposal in English is: the share of those with as many doubts whose path and topic were right.

The doubts were chosen on 408 proposals on texts by sixteen authors; the shares are those of 166 proposals on four studies that
the rules were not mended on, each judged by itself by somebody else (docs/explanation/coding-figures.md).
"""

from __future__ import annotations

from typing import Final

from rashomon.coding.attributing import Attribution
from rashomon.coding.frames import Sentence
from rashomon.coding.governing import steps_below
from rashomon.coding.topics import Spoken

RIGHT: Final = (0.82, 0.67, 0.62, 0.50)
"""Share of the proposals with no doubt, with one, two and three; with more, 5 of 18 were right, and nothing is proposed.

Of three doubts only three were made on the four studies: their share is that of the 408, lowered as the others are.
"""
_STEPS: Final = 4
"""Steps in the tree from what is held down to the topic's words, from which on they may be beside it."""
_AWAY: Final = 12
"""Words between the holder and the predicate, from which on it may be another's."""
_LONG: Final = 60
"""Words of a sentence, beyond which the parser errs more."""
_OWN_NAME: Final = 1.0


def certainty(sentence: Sentence, found: Attribution, spoken: Spoken) -> float | None:
    """The share of proposals with as many doubts that were right; None where more were wrong than right."""
    doubts = _doubts(sentence, found, spoken)
    return RIGHT[doubts] if doubts < len(RIGHT) else None


def _doubts(sentence: Sentence, found: Attribution, spoken: Spoken) -> int:
    last, frame = found.links[-1], found.frame
    holder = next(i for i, word in enumerate(sentence.words) if word.end > last.actor.start)
    return sum((
        len(spoken.words) == 1,
        min(link.actor.weight for link in found.links) < _OWN_NAME,
        steps_below(sentence, spoken.words, found) >= _STEPS,
        abs(holder - frame.at) >= _AWAY,
        last.verb.negated or frame.mood in ("would", "may", "to"),
        len(sentence.words) > _LONG,
    ))  # fmt: skip

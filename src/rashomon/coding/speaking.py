"""Who says "I" and "we": the speaker of a turn in a transcript, else the narrator that the source declares, else nobody.

A turn is told by what stands before its colon ("D. BERG: …", "President of Norway Anna Berg: …"), and goes on until the next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from rashomon.coding.actors import Cast
from rashomon.coding.frames import Sentence, Word
from rashomon.coding.gazetteer import Found, Gazetteer
from rashomon.reading import Passage
from rashomon.study import When

_LABEL: Final = re.compile(r"(?P<label>[^\W\d_][^:：?!\n“”\"«»]{1,90}?)\s?[:：](?=\s|[“\"«])")
_ASIDE: Final = re.compile(r"\([^)]*\)")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*\.?")
_LONG: Final = 4
"""Letters from which on each word of a label has a capital."""
_MOST: Final = 12
"""Words of a label at most."""


class Speakers:
    """Who speaks in the passages of a source, which come in their order. ``narrators``: by source, where one is declared."""

    def __init__(self, gazetteer: Gazetteer, narrators: Mapping[str, str]) -> None:
        self._gazetteer, self._narrators = gazetteer, narrators
        self._document = ("", "")
        self._turn: Found | None = None
        self._turns = False

    def of(self, passage: Passage, when: When | None) -> Found | None:
        """The speaker of a passage; None where nobody says who it is. ``when``: the day of the document, for offices."""
        if self._document != (passage.source, passage.document):
            self._document, self._turn, self._turns = (passage.source, passage.document), None, False
        label = label_of(passage.text)
        if label:
            self._turn = self._named(label, when)
            self._turns |= self._turn is not None
        if label or self._turns:
            return self._turn
        narrator = self._narrators.get(passage.source, "")
        return Found(narrator, 0, 0, "the narrator of the source") if narrator else None

    def _named(self, label: str, when: When | None) -> Found | None:
        """The one person, else the one actor or side, that a label names."""
        words = tuple(_words(label))
        cast = Cast(self._gazetteer)
        cast.enter(Sentence(0, len(label), words, ()), when)
        found = cast.named_in(tuple(range(len(words))))
        actors = self._gazetteer.actors
        persons = [one for one in found if one.id in actors and actors[one.id].kind == "person"]
        those = persons or [one for one in found if one.id in actors] or list(found)
        return replace(those[0], says=f"“{label}”, whose turn it is,") if len(those) == 1 else None


def label_of(text: str) -> str:
    """What stands before the colon with which a turn begins, without what is in brackets; "" where a passage begins otherwise.

    >>> label_of("D. MEDVEDEV (retranslated): We agree."), label_of("The message reads, in part: We agree.")
    ('D. MEDVEDEV', '')
    """
    match = _LABEL.match(text.lstrip("–—- "))
    if match is None:
        return ""
    label = " ".join(_ASIDE.sub(" ", match["label"]).split())
    words = _WORD.findall(label)
    named = all(not word[0].islower() for word in words if len(word.rstrip(".")) >= _LONG)
    sentence = any(word.endswith(".") and len(word) > _LONG + 1 for word in words)
    return label if words and named and not sentence and len(words) <= _MOST else ""


def _words(label: str) -> Sequence[Word]:
    """The words of a label; names that are all in capitals are written as names are."""
    found = []
    for number, match in enumerate(_WORD.finditer(label)):
        text = match[0]
        shown = text.capitalize() if text.isupper() and len(text) >= _LONG else text
        found.append(Word(shown, shown.lower(), "PROPN", "", "", number, match.start(), match.end()))
    return found

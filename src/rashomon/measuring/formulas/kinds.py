"""Which formulas are courtesies, and which are quoted.

A formula is *ceremonial* if it holds a word of address, congratulation or thanks of a short list in its language (English,
Russian, Japanese), such as *congratulate*, *on behalf of*, *Mr. President*. It is *quoted* if in most of its last five texts it
stands between quotation marks. The rule is short so that it can be checked; it misses courtesies in other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rashomon.study import Body

_CEREMONIAL: Final = re.compile(
    r"congratulat|felicitat|\b(?:mr|madam|mister) president\b|\bon behalf of\b|\bbehalf of the\b|\ballow me\b|\bpermit me\b"
    r"|\btake this opportunity\b|\bwish to express\b|\bhono[u]?r to\b|\btribute to\b|\bgratitude\b|\bappreciation\b"
    r"|\bpresidency\b|\bthank you\b|\bsincere(?:ly)?\b.*\b(?:wish|welcome|thanks?)|\belection (?:to|as)\b"
    r"|\bwarm(?:est)? welcome"
    r"|поздрав|позвольте|разрешите|\bот имени\b|председател|благодарн|\bчесть\b|議長|祝意|祝福|敬意|感謝|光栄|代表して"
)
_OPEN: Final = "“«「『„"
_CLOSE: Final = "”»」』"


def ceremonial(words: str) -> bool:
    """Whether words, in small letters, are a courtesy by the rule."""
    return _CEREMONIAL.search(words) is not None


def quoted(places: Iterable[tuple[Body, int, int]]) -> bool:
    """Whether most of these passages (a text, from and to which character) stand between quotation marks."""
    found = [_within(body.text, start) for body, start, _ in places]
    return 2 * sum(found) > len(found)


def _within(text: str, at: int) -> bool:
    before = text[text.rfind("\n", 0, at) + 1 : at]
    opened = sum(before.count(mark) for mark in _OPEN) - sum(before.count(mark) for mark in _CLOSE)
    return opened > 0 or before.count('"') % 2 == 1

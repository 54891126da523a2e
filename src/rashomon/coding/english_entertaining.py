"""What an English text only entertains: explanations, readings, hypotheses, scenarios and options that it goes through.

"Several reasons have been given: Oslo may have feared the dam, …" says of none of them that it is so. What is gone through begins
behind a colon or in the next sentence, and goes on as long as sentences are counted off ("First, …", "Another …").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rashomon.coding.frames import Word
from rashomon.coding.lexicons import words as listed

_ENTERTAINED: Final = listed("""
explanation interpretation reading possibility hypothesis theory scenario option question speculation conjecture alternative
""")
"""Nouns of what may be so, or may not."""
_REASONS: Final = listed("reason cause motive factor answer account argument")
"""Nouns of what is so, unless it is only offered or possible."""
_OFFERED: Final = listed(
    "give offer suggest advance propose put adduce cite imagine conceive consider canvass float mention"
)
_POSSIBLE: Final = listed(
    "possible likely plausible conceivable rival competing alternative potential supposed speculative"
)
_SEVERAL: Final = _POSSIBLE | listed(
    "several various many different following other number variety two three four five some range"
)
_DIFFERING: Final = listed("disagree differ debate dispute speculate quarrel divided")
_JUDGES: Final = listed("""
historian scholar observer analyst commentator expert opinion view author writer researcher specialist account interpretation
""")
_COUNTED: Final = re.compile(
    r"(?:\W*(?:first|firstly|second|secondly|third|thirdly|fourth|fourthly|finally|lastly|last|another|alternatively|or|perhaps|maybe|"
    r"possibly|either|others?|some|one|yet another|still others?|(?:the|a) (?:first|second|third|fourth|last|other|final))\b)"
    r"|\W*(?:\(?(?:\d|[a-e]|i{1,3}|iv|v)[).])",
    re.IGNORECASE,
)
"""How a sentence begins that is counted off."""
_ENDING: Final = re.compile(
    r"\W*(?:in fact|in reality|in truth|actually|none of|whatever|but|however|"
    r"the evidence|neither|what is (?:clear|certain)|both)\b",
    re.IGNORECASE,
)
"""How a sentence begins in which a text goes back to what it holds itself."""
_HEADED: Final = re.compile(
    r"\b(?:hypothes[ie]s|scenarios?|options|questions|possibilities|speculations?|counterfactuals?"
    r"|(?:possible|rival|competing|alternative|conflicting) (?:explanations|interpretations|readings|reasons|answers))\b",
    re.IGNORECASE,
)
_FURTHER: Final = 2
"""Sentences that go on with what was counted off last."""


@dataclass(slots=True)
class Entertaining:
    """Which part of each sentence of a passage only entertains, the sentences in their order."""

    _left: int = 0

    def begins(self, words: Sequence[Word]) -> int:
        """The word from which on a sentence only entertains: 0 for all of it, its length for nothing."""
        text = " ".join(word.text for word in words[:6])
        if _opens(words):
            self._left = _FURTHER
            behind = (i + 1 for i, word in enumerate(words) if word.text in (":", "—", "--"))
            return next(behind, len(words))
        if not self._left or _ENDING.match(text):
            self._left = 0
            return len(words)
        self._left = _FURTHER + 1 if _COUNTED.match(text) else self._left - 1
        return 0


def entertained_under(heading: str) -> bool:
    """Whether a heading says that what follows is only entertained: "Three scenarios", "Possible explanations".

    >>> entertained_under("Hypotheses"), entertained_under("The question of the islands")
    (True, False)
    """
    return bool(_HEADED.search(heading))


def _opens(words: Sequence[Word]) -> bool:
    """Whether a sentence says that there is something to go through: "several reasons have been given", "scholars differ"."""
    for i, word in enumerate(words):
        if word.plural and word.relation in _MAIN and _main(words, word.head):
            verb = words[word.head]
            beside = {one.lemma for one in words if one.head == i}
            if word.lemma in _ENTERTAINED and beside & _SEVERAL:
                return True
            offered = verb.lemma in _OFFERED and word.relation == "nsubjpass"
            if word.lemma in _REASONS and (beside & _POSSIBLE or (offered and beside & _SEVERAL)):
                return True
            if word.lemma in _JUDGES and word.relation == "nsubj" and verb.lemma in _DIFFERING:
                return True
    return False


def _main(words: Sequence[Word], verb: int) -> bool:
    """Whether a verb is that of the sentence's main clause, or of one before a colon."""
    over = words[verb].head
    return over == verb or (over > verb and any(word.text == ":" for word in words[verb:over]))


_MAIN: Final = frozenset({"nsubj", "nsubjpass", "attr", "dobj"})

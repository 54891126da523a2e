"""Families of English words: what "territory" and "territorial" have in common, and "police" and "policy" have not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_ENDINGS: Final[Mapping[int, str]] = {
    4: "ed ing er ly ful ness ment erous",
    5: """
    ation ating ated ate ator ition itional ion ional ity al ive iveness or ance ant ence ent able ible ability ibility fulness
    """,
    6: "ational ization isation izing ising ized ised ize ise ous ousness ial ic ical ian y",
}
"""Endings that make another word of the same family, by the letters that must stand before them at least.

The fewer stand there, the likelier they are another word: "miss" of "mission", "trad" of "tradition", "part" of "party".
"""
_LONGEST_FIRST: Final = sorted(
    ((ending, least) for least, endings in _ENDINGS.items() for ending in endings.split()),
    key=lambda one: (-len(one[0]), one[0]),
)
_AMONG_THEMSELVES: Final[Mapping[str, tuple[str, int]]] = {
    **dict.fromkeys(("ization", "isation", "izing", "ising", "ized", "ised", "ize", "ise"), ("iz", 4)),
    **dict.fromkeys(("ation", "ating", "ated", "ate", "ator", "ant"), ("at", 4)),
    **dict.fromkeys(("ition", "itional"), ("itio", 3)),
    **dict.fromkeys(("able", "ible", "ability", "ibility"), ("abl", 3)),
    "ence": ("ent", 4),
    "ial": ("y", 5),
}
"""What stays of an ending behind fewer letters than that, and how many these must be: it is of one family with its like alone.

"Organize" is one with "organization" and not with "organ", "generate" with "generation" and not with "general", "colonial"
with "colony".
"""
_ROOTED: Final = re.compile(r"(?:er[nt]?al|rmal|utral|ority|iment|s[ae]n(?:t|ce))$")
"""Ends of words that look like an ending and are more: "general", "informal", "authority", "experiment", "represent"."""
_CREED: Final = re.compile(r"(?<=...)(?<!s)is[mt]$")
"""The ending of a creed and of who holds it, which is a family of its own: "communism" is no "community"."""
_HAVING: Final = re.compile(r"(?<=...)(?:lt|th)y$")
"""The end of a word for what has a thing: "guilty", "healthy"."""
_TOLD_APART: Final = """
military reaction university international statement important competent unite detente question candidate sanctity objective
respective collective hardly likely factory neighbor publication pacific progressive integrity conference conventional
considerable relative response resolution
charter counter former hunger number shoulder shower bother wither muster corner quarter master tender render flower cluster
"""
_IRREGULAR: Final[Mapping[str, str]] = {word: word for word in _TOLD_APART.split()} | {
    "importance": "important", "competence": "competent", "united": "unite", "uniting": "unite", "center": "centr",
    "occupy": "occup", "alliance": "ally", "succession": "successor", "successive": "successor", "successor": "successor",
    "designate": "designat", "designation": "designat", "responsive": "response",
}  # fmt: skip
"""Words that no rule tells from what they look like: a military need not be militarist, and a hunger is nobody who hangs."""


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """What words of one family have in common: the singular without one ending, and without a last e; at least four letters.

    Not as bold as Porter (1980), to whom "university" is "universal" and "general" is "generation": what stands before the
    ending must be so long that it is hardly another word.

    >>> stem("territory") == stem("territorial") == "territor"
    True
    >>> stem("traders") == stem("trading") == stem("trade") != stem("tradition")
    True
    """
    word = _plain(word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if _CREED.search(word):
        return word[:-1]
    word = word[:-1] if _HAVING.search(word) else _without_ending(word)
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _plain(word: str) -> str:
    """The word without an s of the plural, or of a verb, and with its last y; at least four letters."""
    if len(word) < 5:
        return word
    if word.endswith(("ies", "ied")):
        return word[:-3] + "y"
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zzes")) else word[:-1]


def _without_ending(word: str) -> str:
    if _ROOTED.search(word):
        return word
    for ending, least in _LONGEST_FIRST:
        if word.endswith(ending):
            stay, few = _AMONG_THEMSELVES.get(ending, ("", least))
            left = len(word) - len(ending)
            if left >= few:
                return word[:left] + stay * (left < least)
    return word

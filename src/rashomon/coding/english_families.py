"""Families of English words: what "territory" and "territorial" have in common, and "police" and "policy" have not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_ENDINGS: Final[Mapping[int, str]] = {
    4: "er ful ness ment erous",
    5: """
    ation ate ator ition itional ion ional ity al ive iveness ivity or ance ant ence ent able ible ability ibility fulness ery
    ential antial
    """,
    6: "ational ization isation ize ise ous ousness ial ic ical ian y ionary",
    7: "ary",
}
"""Endings that make another word of the same family, by the letters that must stand before them at least.

The fewer stand there, the likelier they are another word: "miss" of "mission", "trad" of "tradition", "part" of "party".
"""
_LONGEST_FIRST: Final = sorted(
    ((ending, least) for least, endings in _ENDINGS.items() for ending in endings.split()),
    key=lambda one: (-len(one[0]), one[0]),
)
_AMONG_THEMSELVES: Final[Mapping[str, tuple[str, int]]] = {
    **dict.fromkeys(("ization", "isation", "ize", "ise"), ("iz", 4)),
    **dict.fromkeys(("ation", "ate", "ator", "ant"), ("at", 4)),
    **dict.fromkeys(("ition", "itional"), ("itio", 3)),
    **dict.fromkeys(("able", "ible", "ability", "ibility"), ("abl", 3)),
    **dict.fromkeys(("ence", "ential"), ("ent", 4)),
    **dict.fromkeys(("antial",), ("anc", 4)),
    "ial": ("y", 5),
}
"""What stays of an ending behind fewer letters than that, and how many these must be: it is of one family with its like alone.

"Organize" is one with "organization" and not with "organ", "generate" with "generation" and not with "general", "colonial"
with "colony", "sequential" with "sequence".
"""
_MADE_SO: Final = re.compile(r"(?<=...a[lr])(?:iz|is)(?:e|ation)$")
"""The ending of a verb from an adjective in -al or -ar, which is of the adjective's family: "legalize", "polarization"."""
_ROOTED: Final = re.compile(
    r"(?:er[nt]?al|rmal|utral|ority|(?<!arg)[aiou]ment|plement|gment|s[ae]n(?:t|ce)|fer|ceive|.[^rt]eed|^[bcgs][rt]eed|"
    r"^.{,3}[ae]ntial|[mp]ply|iply|[aeou]y|^(?:pre|con|exer)cise|^commence)$"
)
"""Ends of words that look like an ending and are more: "general", "informal", "authority", "document", "represent", "differ",
"perceive", "proceed", "potential", "supply".
"""
_CREED: Final = re.compile(r"(?<=...)(?<!s)is[mt]$")
"""The ending of a creed and of who holds it, which is a family of its own: "communism" is no "community"."""
_HAVING: Final = re.compile(r"(?<=...)(?:lt|th)y$")
"""The end of a word for what has a thing: "guilty", "healthy"."""
_SPOKEN: Final = re.compile(r"(?:ed|ing)$")
_E_LOST: Final = re.compile(r"(?:(?<!e)at|iz|is|anc|enc|iv|abl|ibl|ific|scor|[^e]e)$")
"""Ends of what -ed and -ing leave of verbs in -e that would seem to end otherwise: "generat(ed)", "influenc(ing)", "agre(ed)"."""
_ONE_SYLLABLE: Final = re.compile(r"[^aeiou]+[aeiouy][^aeiouwxy]$")
"""A short verb whose last consonant would be doubled if it had no e: "tak(ing)", where "plan" makes "planning"."""
_DOUBLED: Final = re.compile(r"([bdgmnprt])\1$")
_TWO_STEMS: Final = """
perceiv:percept receiv:recept deceiv:decept conceiv:concept describ:descript prescrib:prescript subscrib:subscript
produc:product reduc:reduct introduc:introduct conclud:conclus exclud:exclus includ:inclus preclud:preclus seclud:seclus
decid:decis divid:divis invad:invas persuad:persuas expand:expans extend:extens defend:defens defenc:defens offenc:offens
permit:permiss admit:admiss omit:omiss transmit:transmiss submit:submiss expel:expuls compel:compuls
"""
_LATIN: Final[Mapping[str, str]] = {
    doing: done for doing, _, done in (pair.partition(":") for pair in _TWO_STEMS.split())
}
"""Latin verbs have two stems, of what is being done and of what has been done: "perceive" and "perception".

A closed class. Not in it are those of which the second has a meaning of its own: commit and commission, provide and
provision, tend and tension.
"""
_TOLD_APART: Final = """
military reaction university international statement important competent unite detente question candidate sanctity objective
respective collective hardly likely factory neighbor publication pacific progressive integrity conference conventional
considerable relative response resolution subjective formation oriental locale missionary department apartment
charter counter former hunger number shoulder shower bother wither muster corner quarter master tender render flower cluster
banner summer theme plane stranger consistent confidential engineer reactionary federation:feder federal:feder federate:feder
importance:important competence:competent united:unite uniting:unite center:centr occupy:occup alliance:ally
succession:successor successive:successor successor:successor designate:designat designation:designat responsive:response
consideration:consid
"""
_IRREGULAR: Final[Mapping[str, str]] = {
    word: family or word for word, _, family in (told.partition(":") for told in _TOLD_APART.split())
}
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
    word = _MADE_SO.sub("", _base(word))
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    word = word[:-1] if _HAVING.search(word) else _without_ending(word)
    if (word.endswith("e") and len(word) > 4) or (word.endswith("ll") and len(word) > 5):
        word = word[:-1]
    word = _DOUBLED.sub(r"\1", word) if len(word) > 4 else word
    return _LATIN.get(word, word)


def _plain(word: str) -> str:
    """The word without an s of the plural, or of a verb, and with its last y; at least four letters."""
    if len(word) < 5:
        return word
    if word.endswith(("ies", "ied")):
        return word[:-3] + "y"
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zzes")) else word[:-1]


def _base(word: str) -> str:
    """The verb without -ed or -ing, the adjective without -ly or -iness, the person or thing without -ship."""
    if _ROOTED.search(word):
        return word
    if word.endswith("ly") and len(word) > 5:
        return _adjective(word[:-2])
    if word.endswith("iness") and len(word) > 8:
        return word[:-5] + "y"
    if word.endswith("ship") and len(word) > 8:
        return word[:-4]
    ending = _SPOKEN.search(word)
    return _verb(word[: ending.start()], word) if ending else word


def _verb(left: str, word: str) -> str:
    """A verb from what -ed or -ing leaves of it: "plann", "tak"; the ``word`` itself where that is none."""
    if len(left) > 3:
        left = _DOUBLED.sub(r"\1", left)
        return left + "e" * bool(_E_LOST.search(left))
    if len(left) < 3 or not re.search("[aeiouy]", left):
        return word
    return left + "e" * bool(_ONE_SYLLABLE.match(left) or _E_LOST.search(left))


def _adjective(left: str) -> str:
    """An adjective from what -ly leaves of it: "heavi", "possib"."""
    if left.endswith("i") and len(left) > 4:
        return left[:-1] + "y"
    return left + "le" if left.endswith("b") else left


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

"""Slips of the eye that read a page: a rare word one letter off a common one is taken for it where wordings are compared.

*territorles* for *territories* must not make a formula seem dropped or reworded. A word is rare if it stands at most twice in a
series, and is taken for the commonest word that differs from it in one letter (another, missing or added) and stands at least
twenty times, and twenty times as often, both of six letters or more and nothing but letters. So a rare form of a common word is
passed over too (*primacy* in a text full of *primary*); words of which both are in use never are. Quotations show what stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

RARE: Final = 2
COMMON: Final = 20
SHORTEST: Final = 6
LONGEST: Final = 64  # letters; what is longer is no word, and would be written out once for each letter


def folded(tokens: NDArray[np.int32], words: Sequence[str]) -> NDArray[np.int32]:
    """The tokens with rare slips taken for the common words that they are; O(tokens + letters of the words)."""
    counts = np.bincount(tokens, minlength=len(words))
    often: list[int] = np.flatnonzero(counts >= COMMON).tolist()
    common = [one for one in often if _apt(words[one])]
    common.sort(key=lambda one: (counts[one], words[one]))  # the commonest comes last, and stays
    near = {key: one for one in common for key in _around(words[one])}
    near |= {words[one]: one for one in common}
    to = np.arange(len(words), dtype=np.int32)
    rares: list[int] = np.flatnonzero((counts > 0) & (counts <= RARE)).tolist()
    for rare in rares:
        if _apt(words[rare]):
            found = [near[key] for key in (words[rare], *_around(words[rare])) if key in near]
            found = [one for one in found if one_letter_apart(words[rare], words[one])]
            best = max(found, key=lambda one: (counts[one], words[one]), default=rare)
            if counts[best] >= COMMON * counts[rare]:
                to[rare] = best
    return to[tokens]


def _apt(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def _around(word: str) -> Iterator[str]:
    """The word with each letter masked, and with each left out: whoever is one letter off shares one of these, or is one."""
    for place in range(len(word)):
        yield f"{word[:place]}?{word[place + 1 :]}"
        yield word[:place] + word[place + 1 :]


def one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter must be changed, left out or added to make one word of the other."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or short == long:
        return False
    same = next((place for place, letter in enumerate(short) if long[place] != letter), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]

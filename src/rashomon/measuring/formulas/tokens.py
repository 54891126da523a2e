"""Texts as arrays of words: what recurs is looked for among numbers, and shown in the words of the text.

A word is a run of letters and digits without regard to case; a hyphen, an apostrophe or a line's end within it is passed
over, so that *co-operation*, *cooperation* and a word cut by a line are one. Japanese, which has no blanks, goes by
characters. Sentences and clauses (``. ! ? ; :`` and blank lines) end at a boundary, number 0, over which no formula reaches.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.formulas.slips import folded
from rashomon.study import Body

Tokens = NDArray[np.int32]
Places = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Mask = NDArray[np.bool_]

_ABBREVIATIONS: Final = r"\b(?:Mr|Mrs|Ms|Dr|Messrs|St|Nos?|Art|г|гг|т|тов)\."
_SPACED: Final = re.compile(
    rf"{_ABBREVIATIONS}|[^\W_]+(?:[-‐'’]\n?[^\W_]+)*|[.!?…;:。！？；：]+(?=[\s»”\")\]]|$)|\n\s*\n"
)
_JAPANESE: Final = re.compile(r"[ぁ-ゖァ-ヺー㐀-鿿豈-﫿々]|[A-Za-z0-9０-９Ａ-Ｚａ-ｚ]+|[。！？；：!?]+|\n\s*\n")
_WITHIN: Final = re.compile(r"[-‐'’\n.]")
_TELLING_SIGN: Final = re.compile(r"[ァ-ヺ㐀-鿿豈-﫿々]")
_FUNCTION: Final = frozenset(
    """
    the a an of to in and or that this these those which who whom whose it its is are was were be been being has have
    had do does did will would shall should may might must can could not no nor for from with without by at on as into
    upon between among than then there their they them he his him she her we our us i my me you your but if so such
    also more most all any each every other some only very both own same when while where how what why one out up over
    under about after before through during against within toward towards because therefore thus however mr и в во не
    на что с со как а то все она он так его но да к у же вы за бы по только ее было вот от еще нет о из ему когда даже
    ли если уже или ни быть был до там они где есть для мы их чем была без будет тогда кто этот того этого этом чтобы
    были при об это эти этих эта которые который которая которых которой нашей наш наша наши нас нами также
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Corpus:
    """The texts of a series as numbers.

    ``tokens`` (int32): those of all texts, slips folded (:mod:`.slips`), one after the other, each text followed by a
    boundary; text i is ``tokens[starts[i]:starts[i + 1]]``. ``words[n]`` is the word of number n. ``occasion`` (n,): texts
    whose times overlap are one occasion, since which came first is not known; occasions are numbered in order of time.
    """

    bodies: tuple[Body, ...]
    tokens: Tokens
    starts: Places
    words: tuple[str, ...]
    occasion: Places

    @property
    def occasions(self) -> int:
        """How many occasions there are."""
        return int(self.occasion[-1]) + 1 if len(self.occasion) else 0

    @cached_property
    def lengths(self) -> Places:
        """(n,) how many words each text has (characters, in Japanese)."""
        ends = np.concatenate([[0], np.cumsum(self.tokens != 0)])
        return np.diff(ends[self.starts])

    @cached_property
    def japanese(self) -> bool:
        """Whether most texts go by characters."""
        return 2 * sum(one.language == "ja" for one in self.bodies) > len(self.bodies)

    @cached_property
    def keys(self) -> Hashes:
        """(words,) a number of 64 bits for each word that depends on its letters alone; 0 for the boundary."""
        made = (hashlib.blake2b(word.encode(), digest_size=8).digest() for word in self.words)
        keys = np.frombuffer(b"".join(made), np.uint64).copy()
        keys[0] = 0
        return keys

    @cached_property
    def telling(self) -> Mask:
        """(words,) which words say something by themselves: no function words, no single letters, no kana of endings."""
        return np.array([_telling(word) for word in self.words], np.bool_)

    def said(self, tokens: Sequence[int] | Tokens) -> str:
        """Words as they are compared, with blanks, or without in Japanese."""
        return ("" if self.japanese else " ").join(self.words[one] for one in tokens if one)

    def place(self, start: int, end: int) -> tuple[Body, int, int]:
        """The text of tokens ``start`` to ``end`` (places in ``tokens``), and from and to which of its characters they stand."""
        text = int(np.searchsorted(self.starts, start, side="right")) - 1
        body, first = self.bodies[text], int(self.starts[text])
        found = islice(_pattern(body.language).finditer(body.text), start - first, end - first)
        spans = [one.span() for one in found]
        return body, spans[0][0], spans[-1][1]

    def characters(self, text: int) -> Places:
        """(words, 2) from and to which of its characters each token of a text stands."""
        body = self.bodies[text]
        spans = [one.span() for one in _pattern(body.language).finditer(body.text)]
        return np.array(spans, np.int64).reshape(-1, 2)

    def quote(self, start: int, end: int) -> str:
        """The words of tokens ``start`` to ``end`` as they stand in their text, line ends apart."""
        body, a, b = self.place(start, end)
        return " ".join(body.text[a:b].split())


class _Vocabulary(dict[str, int]):
    """The number of each form of a word; forms of one word have one."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = {"": 0}

    def __missing__(self, form: str) -> int:
        number = self.numbers.setdefault(_word(form), len(self.numbers))
        self[form] = number
        return number


def corpora(bodies: Iterable[Body]) -> Iterator[Corpus]:
    """The texts, in order of time, as one corpus for each series that has any."""
    by_series: dict[str, list[Body]] = {}
    for one in bodies:
        by_series.setdefault(one.series, []).append(one)
    for held in by_series.values():
        yield corpus(held)


def corpus(bodies: Sequence[Body]) -> Corpus:
    """The texts of one series, in order of time, as numbers; O(characters)."""
    vocabulary = _Vocabulary()
    pieces = []
    for body in bodies:
        found = _pattern(body.language).findall(body.text)
        pieces.append(np.array([*map(vocabulary.__getitem__, found), 0], np.int32))
    starts = np.cumsum([0, *map(len, pieces)])
    words = tuple(vocabulary.numbers)
    tokens = folded(np.concatenate(pieces) if pieces else np.zeros(0, np.int32), words)
    return Corpus(tuple(bodies), tokens, starts, words, occasions(bodies))


def occasions(bodies: Sequence[Body]) -> Places:
    """(n,) the occasion of each text: a new one begins where its time begins after all times before have ended."""
    ends = np.maximum.accumulate([one.when.hi for one in bodies] or [0])
    begins = np.array([one.when.lo for one in bodies], np.int64)
    new = np.zeros(len(begins), np.int64)
    new[1:] = begins[1:] > ends[: len(begins)][:-1]
    return np.cumsum(new)


def _pattern(language: str) -> re.Pattern[str]:
    return _JAPANESE if language == "ja" else _SPACED


def _word(form: str) -> str:
    """A form as it is compared; "" for the end of a sentence."""
    if not form[0].isalnum() and form[0] not in "々ー":
        return ""
    return _WITHIN.sub("", form if form.isascii() else unicodedata.normalize("NFKC", form)).casefold()


def _telling(word: str) -> bool:
    if not word or word in _FUNCTION:
        return False
    if "\u3040" <= word[0] <= "\u9fff" or word[0] == "ー":
        return bool(_TELLING_SIGN.match(word))
    return len(word) > 2

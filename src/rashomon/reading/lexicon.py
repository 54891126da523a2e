"""Which words are words: of the dictionaries of English and Russian, and of the document itself; and what follows for
damaged ones.

Every decision is of a distinct word, made once and kept, and rests on evidence: a word of the dictionary, one that
the document has elsewhere, two words that the document has side by side. Where two readings are possible none is
taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rashomon.languages import words_of
from rashomon.reading.needs import need, russian

WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏЀ-ӿ]+")
_COMPOUND = re.compile(r"(?<![^\W_])[A-Za-zÀ-ÖØ-öø-ɏЀ-ӿ]++(?:-[A-Za-zÀ-ÖØ-öø-ɏЀ-ӿ]++)+")

# Words so common that they are often run together with others. Few longer words begin or end with one of the first;
# many do with one of the second.
_STRONG = words_of(
    "the of and for from with that this these those which was were had has have been would could should his their "
    "they its что как для это или был была было были его также между после чтобы который которая которые при над "
    "под если она они мы"
)
_WEAK = words_of(
    "a an in on to as is it at by be he we or if so no not are but you she him her our who may can will did do "
    "than then there when и в не на с по к из у за от о до но а во со же бы их он"
)
_FUNCTION = _STRONG | _WEAK
_OPENINGS = {("it", "is")}  # of sentences, and no name

_DIVIDED = re.compile(r"(?<![^\W_])([^\W\d_]{1,40})-[ \t\r]{0,9}\n\s{0,9}([a-zа-яё]{1,40})(?![^\W_])")
_DIVIDING = 0.2  # the least share of hyphens at the ends of lines that divide a word, in a document that divides any
_RUN_TOGETHER = re.compile(r"([^\W\d_]*[a-zа-яё])([A-ZА-ЯЁ][^\W\d_]*)")
_SHORTEST = 4  # letters of a word worth taking apart
_LONGEST = 40  # letters of what may be a word
_CONTENT = 4  # letters of a word that is no function word, to stand beside one on the dictionary's word alone

_DIGIT_LETTERS = {"0": "o", "1": "li", "5": "s", "6": "sb", "8": "b"}


def in_dictionary(word: str) -> bool:
    """Whether a dictionary of the word's script has it, as written or without capitals. Raises R909 where none is
    installed.
    """
    known = russian().word_is_known if _is_cyrillic(word) else _in_english
    return bool(known(word) or known(word.lower()))


def _in_english(word: str) -> bool:
    return bool(need("simplemma").is_known(word, "en"))


def _is_cyrillic(word: str) -> bool:
    return "Ѐ" <= word[0] <= "ӿ"


class Lexicon:
    """The words of one document, and what they tell of its damage. ``texts`` are kept by reference and read again
    where needed.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self.counts: Counter[str] = Counter()
        for text in texts:
            self.counts.update(WORD.findall(text))
        self._folded: Counter[str] = Counter()
        for word, count in self.counts.items():
            self._folded[word.lower()] += count
        self._known: dict[str, bool] = {}
        self._compounds: Counter[str] | None = None
        self._dividing: bool | None = None
        self._slips: dict[str, str] = {}
        self.splits = self._find_splits()

    def known(self, word: str) -> bool:
        """Whether a dictionary has ``word``."""
        if word not in self._known:
            self._known[word] = len(word) <= _LONGEST and in_dictionary(word)
        return self._known[word]

    def times(self, word: str) -> int:
        """How often the document has ``word``, whatever its capitals."""
        return self._folded[word.lower()]

    # --- words parted at a line's end

    def joins(self, left: str, right: str) -> bool:
        """Whether ``left-`` at a line's end and ``right`` are one word without the hyphen: by the document, else by
        the dictionary.
        """
        joined, hyphened = left + right, f"{left}-{right}"
        if right[0].isupper() and not joined.isupper():
            return False
        apart, whole = self._hyphened()[hyphened.lower()], self.times(joined)
        if apart != whole:
            return whole > apart
        if not self.known(joined) or self.known(hyphened):
            return False
        return _is_cyrillic(joined) or not self._two_words(left, right) or self._divides()

    def _two_words(self, left: str, right: str) -> bool:
        return self.known(left) and self.known(right)

    def _divides(self) -> bool:
        """Whether the document divides words at the ends of lines, rather than breaking lines behind hyphens only."""
        if self._dividing is None:
            ends = [pair for text in self._texts for pair in _DIVIDED.findall(text)]
            divided = sum(1 for left, right in ends if not self._two_words(left, right) and self.known(left + right))
            self._dividing = divided > _DIVIDING * len(ends)
        return self._dividing

    def _hyphened(self) -> Counter[str]:
        if self._compounds is None:
            self._compounds = Counter()
            for text in self._texts:
                self._compounds.update(word.lower() for word in _COMPOUND.findall(text))
        return self._compounds

    # --- words run together

    def _find_splits(self) -> dict[str, tuple[str, str]]:
        """Each word that is two run together, and the two. Only words that stand once, as names of the document stand
        oftener.
        """
        unknown = {
            word: word.lower()
            for word, count in self.counts.items()
            if count == 1
            and _SHORTEST <= len(word) <= _LONGEST
            and self._folded[word.lower()] == 1
            and not self.known(word)
        }
        beside = self._beside(set(unknown.values()))
        out = {}
        for word in unknown:
            found = self._case_split(word, beside) or self._split(word, beside)
            if found:
                out[word] = found
        return out

    def _beside(self, joined: set[str]) -> set[tuple[str, str]]:
        """Pairs of words that stand side by side in the document and make one of ``joined`` together."""
        out: set[tuple[str, str]] = set()
        if joined:
            for text in self._texts:
                words = WORD.findall(text.lower())
                out.update((left, right) for left, right in pairwise(words) if left + right in joined)
        return out

    def _case_split(self, word: str, beside: set[tuple[str, str]]) -> tuple[str, str] | None:
        match = _RUN_TOGETHER.fullmatch(word)
        if match is None:
            return None
        left, right = match.groups()
        evident = (left.lower(), right.lower()) in beside or (left.lower() in _FUNCTION and self.times(right) > 0)
        return (left, right) if evident and self.known(left) and len(left) > 1 else None

    def _split(self, word: str, beside: set[tuple[str, str]]) -> tuple[str, str] | None:
        folded = word.lower()
        if not folded.endswith(word[1:]):
            return None
        evident = self._evident if word.islower() else self._evident_with_capital
        places = [place for place in range(1, len(word)) if evident(folded[:place], folded[place:], beside)]
        return (word[: places[0]], word[places[0] :]) if len(places) == 1 else None

    def _evident(self, left: str, right: str, beside: set[tuple[str, str]]) -> bool:
        """Whether the two were run together: side by side elsewhere, or words that often are, and no other sense in
        it.

        Two words that both mean something may be written as one; two that no dictionary has, such as foreign ones,
        are not.
        """
        common = (left in _FUNCTION) + (right in _FUNCTION)
        if (left, right) in beside:
            return common > 0 or not (self.known(left) or self.known(right))
        if left in _STRONG:
            return common == 2 or (len(right) >= _CONTENT and self._common(right))
        return right in _STRONG and (common == 2 or (len(left) >= _CONTENT and self._common(left)))

    def _evident_with_capital(self, left: str, right: str, beside: set[tuple[str, str]]) -> bool:
        """The same of a word with a capital, which may be a name (Putin is not ``put in``): two of the commonest
        words only.
        """
        if (left, right) in _OPENINGS:
            return True
        return (
            (left, right) in beside
            and left in _FUNCTION
            and right in _FUNCTION
            and not _STRONG.isdisjoint((left, right))
        )

    def _common(self, word: str) -> bool:
        return self.known(word) and self.times(word) > 0

    # --- letters misread

    def slip(self, word: str) -> str:
        """What ``word``, which has a digit among its letters, was misread from, where only one reading is a word;
        else "".
        """
        if word not in self._slips:
            readings = [""]
            for letter in word:
                choices = _DIGIT_LETTERS.get(letter, "") if letter.isdigit() else letter
                readings = [reading + choice for reading in readings for choice in choices]
            self._slips[word] = _only(reading for reading in readings if self.known(reading))
        return self._slips[word]


def _only(readings: Iterable[str]) -> str:
    found = set(readings)
    return found.pop() if len(found) == 1 else ""

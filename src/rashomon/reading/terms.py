"""From text to the terms under which it is found: the one function that passages and queries both go through.

A word becomes the form that a dictionary lists it under: one in Latin letters by simplemma's English, one in Cyrillic by
pymorphy3's Russian; a word that no dictionary knows, an acronym and a number stay as they are. Chinese characters and kana,
written without blanks, become pairs of neighbours, and the last of a run stands alone besides: 領土問 is 領土, 土問, 問. So
every run of them, whatever its length, is a phrase of terms, and a single character is the beginning of one. Nothing depends on
the language of the passage, so that a query needs none.

Terms are folded: NFKC, lower case, no combining marks, ё as е, no apostrophes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rashomon.reading.needs import need, russian

_CJK: Final = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_MARKS: Final = "\u0300-\u036f"
_LETTERS: Final = f"(?:[^\\W_{_CJK}][{_MARKS}]*)+"
_WORD: Final = re.compile(f"(?P<run>[{_CJK}]+)|{_LETTERS}(?:['’]{_LETTERS})*")
_UNHEARD: Final = re.compile(f"[{_MARKS}'’]")
_POSSESSIVE: Final = re.compile("['’]s$", re.IGNORECASE)
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]+")
_LATIN: Final = re.compile("[a-z\u00df-\u024f]+")
_ACRONYM: Final = 5
"""Longest word in capitals that is taken for an acronym and left as it is: US is not "us"."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a text, ``text[start:end]``: its ``lemma``, ``others`` that it may be of, and the ``form`` that it has here.

    ``run``: whether it is a run of characters that are written without blanks; lemma and form then are the run. All is folded.
    """

    start: int
    end: int
    lemma: str
    others: tuple[str, ...]
    form: str
    run: bool = False


def terms_of(text: str) -> Iterator[Term]:
    """The words of a text, in order. R909 where the dictionaries are not installed."""
    for match in _WORD.finditer(text):
        word = match[0]
        if match["run"]:
            run = _folded(word)
            yield Term(match.start(), match.end(), run, (), run, True)
        else:
            yield Term(match.start(), match.end(), *_word(word))


def pairs(run: str, whole: bool = True) -> list[str]:
    """The terms of a run, folded: pairs of neighbours, then its last character; without that one unless ``whole``."""
    found = [run[at : at + 2] for at in range(len(run) - 1)]
    return [*found, run[-1]] if whole or not found else found


def index_of(text: str) -> tuple[str, str, str]:
    """What the index keeps of a text, joined by blanks: the lemmas in order; other lemmas; forms that are no lemma."""
    lemmas: list[str] = []
    others: dict[str, None] = {}
    forms: dict[str, None] = {}
    for term in terms_of(text):
        if term.run:
            lemmas += pairs(term.lemma)
            continue
        lemmas.append(term.lemma)
        others.update(dict.fromkeys(term.others))
        if term.form != term.lemma:
            forms[term.form] = None
    return " ".join(lemmas), " ".join(others), " ".join(forms)


def _folded(word: str) -> str:
    return _UNHEARD.sub("", unicodedata.normalize("NFKC", word).casefold()).replace("ё", "е")


@lru_cache(maxsize=1 << 17)
def _word(word: str) -> tuple[str, tuple[str, ...], str]:
    """The lemma of a word, the others, and its form, all folded."""
    form = _folded(_POSSESSIVE.sub("", word))
    lemmas = [_folded(one) for one in _lemmas(form)]
    if 2 <= len(form) <= _ACRONYM and word.isupper():
        lemmas.insert(0, form)
    lemma, *others = dict.fromkeys(lemmas)
    return lemma, tuple(others), form


def _lemmas(folded: str) -> list[str]:
    """The forms under which dictionaries list a word, the likeliest first; the word itself where none does."""
    if _LATIN.fullmatch(folded):
        simplemma = need("simplemma")
        return [simplemma.lemmatize(folded, "en") if simplemma.is_known(folded, "en") else folded]
    if _CYRILLIC.fullmatch(folded):
        return list(dict.fromkeys(one.normal_form for one in russian().parse(folded))) or [folded]
    return [folded]

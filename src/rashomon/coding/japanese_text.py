"""Japanese text in words, by Sudachi with its small dictionary (Takaoka et al. 2018).

Nouns are cut into their parts, so that "領土問題" has the word of "領土"; verbs stay whole ("受け入れる"). Suffixes that make
another noun stay on it ("外務省", "専門家").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from rashomon.errors import need

NEEDED: Final = ("sudachipy", "sudachidict_small")
"""The packages that Japanese needs, both of the extra ``code``."""

_MESSAGE: Final = f"The tokeniser of Japanese is not installed; it needs all of {', '.join(NEEDED)}."
_LONGEST_TEXT: Final = 4000
"""Characters of a sentence; what is longer is none. The tokeniser takes no more than 49,149 bytes at once."""

_STOPS: Final = re.compile(r"[。．！？!?]+[)）”]*|\n+")
_BRACKETS: Final = {"」": "「", "』": "『"}


class Token(NamedTuple):
    """One word. ``kind``: the first part of its part of speech, ``sub`` the next two; ``form``: of a verb, "" of others."""

    text: str
    lemma: str
    kind: str
    sub: str
    form: str
    start: int
    end: int


def loaded(module: str) -> Any:
    """A module of the extra; R909 where it is not installed."""
    return need(module, "code", _MESSAGE)


@cache
def _sudachi() -> tuple[Any, Any, Any]:
    """The tokeniser, and its modes of the shortest and the longest units."""
    for module in NEEDED:
        loaded(module)
    sudachi = loaded("sudachipy")
    return sudachi.Dictionary(dict="small").tokenizer(), sudachi.SplitMode.A, sudachi.SplitMode.C


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end: at a stop or a line's end, but for those within quotation marks that are closed."""
    inside = _inside_quotes(text)
    start = 0
    for stop in _STOPS.finditer(text):
        if not inside[stop.start()]:
            yield from _trimmed(text, start, stop.end())
            start = stop.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    whole = text[start:end]
    left = len(whole) - len(whole.lstrip())
    if whole.strip():
        yield start + left, start + len(whole.rstrip())


def _inside_quotes(text: str) -> list[bool]:
    """Which characters stand within quotation marks that are closed again."""
    inside = [False] * (len(text) + 1)
    opened: list[int] = []
    for i, one in enumerate(text):
        if one in _BRACKETS.values():
            opened.append(i)
        elif one in _BRACKETS:
            while opened:
                first = opened.pop()
                if text[first] == _BRACKETS[one]:
                    inside[first:i] = [True] * (i - first)
                    break
    return inside


def tokens_of(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The words of ``text[start:end]``, blanks left out; none of what is too long to be a sentence."""
    if end - start > _LONGEST_TEXT:
        return ()
    return tuple(_joined(list(_morphemes(text[start:end], start))))


def _morphemes(text: str, offset: int) -> Iterator[Token]:
    tokenizer, short, long = _sudachi()
    whole = {one.begin(): one for one in tokenizer.tokenize(text, long)}
    end = 0
    for one in tokenizer.tokenize(text, short):
        if one.begin() < end:
            continue
        longer = whole.get(one.begin(), one)
        verbal = one.part_of_speech()[0] in _VERBAL or longer.part_of_speech()[0] in _VERBAL
        one = longer if verbal else one
        end = one.end()
        pos = one.part_of_speech()
        if pos[0] != "空白":
            lemma = unicodedata.normalize("NFKC", one.normalized_form()).lower()
            form = pos[5].partition("-")[0].strip("*")
            lemma = "て" if lemma == "で" and pos[1] == "接続助詞" else lemma
            yield Token(one.surface(), lemma, pos[0], f"{pos[1]} {pos[2]}", form, offset + one.begin(), offset + end)


_VERBAL: Final = ("動詞", "形容詞")
_SUFFIXES: Final = frozenset("家者省庁長党紙誌派官員界筋相方部団館院社陣体視局層人")
_PREFIXES: Final = frozenset("無再過大両総同副前元現")
_FORMER: Final = ("前", "元", "現", "副")
_OFFICES: Final = frozenset(
    ["首相", "大統領", "書記長", "外相", "蔵相", "総理", "総理大臣", "大臣", "長官", "議長", "大使", "知事"]
)
"""Offices that one who held them is called by: "前首相" is not "首相"."""
_PRONOUNS: Final = frozenset({"ら", "達", "たち", "等"})
_PLACE: Final = "固有名詞 地名"


def _joined(tokens: list[Token]) -> Iterator[Token]:
    """Words with what makes another word of them: "外務省", "無関心", "彼ら"; "ソ連紙" begins with a name, and stays two."""
    at = 0
    while at < len(tokens):
        one = tokens[at]
        at += 1
        while at < len(tokens) and _takes(one, tokens[at]):
            one = _together(one, tokens[at])
            at += 1
        yield one


def _takes(one: Token, other: Token) -> bool:
    if one.kind == "接頭辞":
        return one.text in _PREFIXES and other.kind in ("名詞", "形状詞")
    if one.text in _FORMER:
        return other.text in _OFFICES
    if one.kind in ("代名詞", "連体詞"):
        return other.text in _PRONOUNS if one.kind == "代名詞" else (one.lemma, other.text) == ("我が", "国")
    if other.lemma in ("付ける", "づける") and other.kind == "動詞":
        return one.kind == "名詞"
    ending = other.kind == "接尾辞" or other.text == "部"
    if one.kind == "動詞":
        return ending and other.text == "方"
    return ending and one.kind == "名詞" and other.text in _SUFFIXES and one.sub != _PLACE and "数詞" not in one.sub


def _together(one: Token, other: Token) -> Token:
    stem = one.text if one.kind in ("動詞", "代名詞") else one.lemma
    kind, sub, form = other.kind, other.sub, other.form
    if other.kind == "接尾辞":
        kind, sub = ("代名詞", one.sub) if one.kind == "代名詞" else ("名詞", "普通名詞 一般")
    sub = "普通名詞 サ変可能" if other.text == "視" else sub
    kind = "代名詞" if one.kind == "連体詞" else kind
    tail = other.text if one.kind == "代名詞" else other.lemma
    return Token(one.text + other.text, stem + tail, kind, sub, form, one.start, other.end)


def spaced(text: str) -> str:
    """A text with a blank between its words, each as it is written.

    >>> spaced("領土問題の棚上げ")
    '領土 問題 の 棚上げ'
    """
    words: Iterable[Token] = tokens_of(text, 0, len(text))
    return " ".join(one.text for one in words)


_KANA_ENDING: Final = re.compile(r"(?<=[一-鿿])([ぁ-ん]*)[うくぐすつぬぶむるいきぎしちにびみり]$")


@lru_cache(maxsize=1 << 14)
def lemma_of(word: str) -> str:
    """The normal form of a word that stands alone; the word itself where it is cut into several."""
    found = tokens_of(word, 0, len(word))
    return found[0].lemma if len(found) == 1 else unicodedata.normalize("NFKC", word).lower()


def bare(lemma: str) -> str:
    """A lemma without the ending that tells a verb from its noun: 望む and 望み are 望."""
    return _KANA_ENDING.sub(r"\1", lemma)

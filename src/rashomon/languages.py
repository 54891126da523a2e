"""The language of a passage, told by its script: Japanese by kana, Russian by Cyrillic, English by Latin letters and
its commonest words.
"""

from __future__ import annotations

import re


def words_of(text: str) -> frozenset[str]:
    """The words of a list that is written with spaces."""
    return frozenset(text.split())


_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]+")
_KANA = re.compile(r"[ぁ-ゖァ-ヺーｦ-ﾟ]+")
_HAN = re.compile(r"[㐀-鿿豈-﫿々]+")
_HANGUL = re.compile(r"[가-힣]")
_NOT_RUSSIAN = re.compile(r"[іїєґўјљњђћџѓќѕІЇЄҐЎЈЉЊЂЋЏ]")  # Ukrainian, Belarusian, Serbian, Macedonian
_LATIN_CODES = words_of("en fr de es it pt nl pl cs sk hu ro sv da nb nn no fi et lv lt tr vi id la hr sl sq")
_CYRILLIC_CODES = words_of("ru uk be bg sr mk kk ky mn tg")
_ENGLISH = words_of(
    "the of and to that is was with for by as are were this which from have has had not but they their be been it "
    "its at or will would"
)
_ENOUGH_WORDS = 8  # a text of as many words in English has one of its commonest
_WORTH_OF_A_KANJI = 2.5  # letters of an alphabet that say as much
_WORTH_OF_A_KANA = 6  # more than they say, as no other language has them


def language_of(text: str, declared: str = "") -> str:
    """``en``, ``ru`` or ``ja`` by the script of most of ``text``; another language only where ``declared`` so; ""
    where neither tells.

    Few kana among many Latin words still make Japanese. ``declared`` may be a tag such as ``en-GB``; a script that
    contradicts it overrules it.
    """
    tag = declared.replace("_", "-").partition("-")[0].lower()
    latin = _letters(_LATIN, text)
    if text.isascii():
        return _latin(text, tag) if latin else tag
    cyrillic, kana, han = (_letters(script, text) for script in (_CYRILLIC, _KANA, _HAN))
    signs = kana * _WORTH_OF_A_KANA + han * _WORTH_OF_A_KANJI
    if _HANGUL.search(text) and signs < latin + cyrillic + len(text) / 2:
        return tag
    if signs and signs >= max(latin, cyrillic):
        return "ja" if kana or tag in {"", "ja"} or tag in _LATIN_CODES | _CYRILLIC_CODES else tag
    if cyrillic > latin:
        return _cyrillic(text, tag)
    return _latin(text, tag) if latin else tag


def _letters(script: re.Pattern[str], text: str) -> int:
    return sum(map(len, script.findall(text)))


def _latin(text: str, tag: str) -> str:
    if tag in _LATIN_CODES:
        return tag
    words = text.lower().split()
    return "en" if len(words) < _ENOUGH_WORDS or not _ENGLISH.isdisjoint(words) else ""


def _cyrillic(text: str, tag: str) -> str:
    if tag in _CYRILLIC_CODES:
        return tag
    return "" if len(_NOT_RUSSIAN.findall(text)) * 100 > len(text) else "ru"

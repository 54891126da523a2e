"""Where sentences end, in English, Russian and Japanese: by the stop, what follows it, and a short list of
abbreviations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rashomon.languages import words_of

_ABBREVIATIONS = words_of(
    "corr add rev para paras res doc mr mrs ms dr prof gen col lt capt sgt gov sen rep st no nos vol pp p ed eds "
    "fig figs art arts sec ch cf vs etc e.g i.e al jr sr inc ltd co dept jan feb mar apr jun jul aug sept sep oct "
    "nov dec approx г гг в вв т д п пп ст стр с см ср им др пр проф акад тыс млн млрд руб коп янв февр апр авг "
    "сент окт нояб дек напр т.е т.к т.д т.п гл рис табл"
)
_CLOSING = re.escape("”’\"'»)]」』）")
_END = re.compile(rf"(?<![.!?…])[.!?…]++[{_CLOSING}]*+(?=\s+[“«\"'‘(\[]?[A-ZА-ЯЁ0-9À-ÖØ-Þ]|\s*$)|[。！？][」』）”]*")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)\.$")
_TAIL = re.compile(rf"[.!?…:。！？][{_CLOSING}]*$")
_MARKS = re.compile(r"(?<=[.!?”’\"»)])[ ]?[\d*®™¢%><!?'’”\"°]{1,5}$|[¹²³⁰-₉]+$")


def sentence_ends(text: str) -> Iterator[int]:
    """Positions just behind the end of each sentence of ``text``, in order."""
    for m in _END.finditer(text):
        if not _abbreviated(text, m.start(), m[0]):
            yield m.end()


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """From where to where the sentences of a text stand in it, white space left out; an empty line ends one too. One at least,
    if the text is not blank.
    """
    ends = {*sentence_ends(text), *(found.start() for found in _EMPTY_LINE.finditer(text)), len(text)}
    spans = []
    for start, end in pairwise((0, *sorted(ends))):
        words = text[start:end]
        if words.strip():
            spans.append((start + len(words) - len(words.lstrip()), start + len(words.rstrip())))
    return spans


def is_ended(text: str) -> bool:
    """Whether ``text`` ends with the end of a sentence (or a colon), note marks and closing quotation marks aside."""
    tail = text[-40:].rstrip()
    return bool(_TAIL.search(tail) or _TAIL.search(_MARKS.sub("", tail)))


def is_abbreviation(word: str) -> bool:
    """Whether a stop after ``word`` is most likely of the word, and not of the sentence: an abbreviation, or an
    initial.
    """
    bare = word.rstrip(".").lower()
    return len(bare) == 1 or bare in _ABBREVIATIONS or "." in bare


def _abbreviated(text: str, place: int, stop: str) -> bool:
    if stop != ".":
        return False
    word = _LAST_WORD.search(text[max(0, place - 30) : place + 1])
    return bool(word and is_abbreviation(word[1]))

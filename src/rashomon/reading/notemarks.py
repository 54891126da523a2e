"""Note marks, and what is left of them where a superscript was misread: ``policy.12``, ``policy.”®``, ``policy.’*``.

They are taken out of the cleaned text only where nothing else can be meant: behind a stop, a closing quotation mark
or a bracket at the end of a word, before a space or a capital. Digits alone are a ``note-mark``; whatever else is
``debris``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rashomon.languages import words_of
from rashomon.reading.lexicon import Lexicon
from rashomon.reading.sentences import is_abbreviation
from rashomon.reading.spans import Edit

_NEXT = r"(?=\s|$|—|[;:,.](?:\s|$)|[A-ZА-ЯЁ“«])"
_SYMBOL = "*®™¢°§¥^~><%"  # never right behind a stop; what a small digit is most often taken for
_QUOTE_LIKE = "'’”\"?!`"  # so only in company, or where they cannot be what they look like

_BEHIND_STOP = re.compile(
    rf"(?P<base>[.,!?][”’\"»)]|[.,;:!?]|[”»])(?P<mark>[\d{re.escape(_SYMBOL + _QUOTE_LIKE)}]{{1,5}}){_NEXT}"
)
_BEHIND_WORD = re.compile(rf"(?P<base>[a-zа-яё)])(?P<mark>[*®™¢§¥]{{1,3}}){_NEXT}")
_GLUED = re.compile(r"(?<![^\W_])(?P<word>[A-Za-zА-Яа-яЁё]{4,40})(?P<mark>\d{1,3})(?=[\s,.;:)”]|$)")
_EMPHASIS = re.compile(r"(?<![^\s(“])\*+[\w“\"]")  # of Markdown, which ends with asterisks too
_SUPERSCRIPT = re.compile(r"(?<=[^\W\d_])[¹²³⁰⁴-⁹]+|(?<=[.,;:!?”’\"»)])[¹²³⁰⁴-⁹]+")
_AFTER_GAP = re.compile(rf"(?<=[.”])[ ]\d{{0,2}}[{re.escape(_SYMBOL)}!?'’]{{1,2}}$")
_UNITS = words_of("m km cm mm км см мм м")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d$")

# Words that a number follows: with a digit glued on, a space is what was lost.
_NUMBERED = words_of(
    "article articles chapter page pages part section volume figure table no number line item note annex group "
    "category day type january february march april may june july august september october november december "
    "статья статьи глава часть раздел том страница номер пункт рисунок таблица января февраля марта апреля мая "
    "июня июля августа сентября октября ноября декабря"
)
_QUOTATION = re.compile(r"“|”[”’']*|(?<=[.,?!])[’']+”*(?!\w)")
_OPENED = re.compile(r"(?<![\w'])'(?=\w)")
_IN_A_CODE = re.compile(r"[/\d][^\W\d_]+$")  # as in A/70/PV.16
_LOWER = re.compile(r"\s+[a-zа-яё]")
_ENDS_THERE = re.compile(r"\s|$")
_WITHIN = 300  # characters back to where a quotation may have begun that is still open
_WORD_END = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*$")
_LARGEST = 400  # the number of a note


def marks(text: str) -> list[Edit]:
    """Marks behind stops, closing quotation marks and words; superscripts; and those apart at the text's end."""
    found = [(m.end(), _mark_behind_stop(text, m)) for m in _BEHIND_STOP.finditer(text)]
    found += [(m.end(), m["mark"]) for m in _BEHIND_WORD.finditer(text) if not _may_be_meant(text, m)]
    emphasis = bool(_EMPHASIS.search(text))
    out = [_taken_out(text, end - len(mark), mark) for end, mark in found if mark and not (emphasis and mark[0] == "*")]
    out += [
        _taken_out(text, m.start(), m[0])
        for m in _SUPERSCRIPT.finditer(text)
        if _word_before(text, m.start()) not in _UNITS
    ]
    return out + [_taken_out(text, m.start(), m[0]) for m in _AFTER_GAP.finditer(text)]


def _taken_out(text: str, start: int, mark: str) -> Edit:
    end = start + len(mark)
    kind = "note-mark" if all(map(str.isnumeric, mark.strip())) else "debris"
    glued = end < len(text) and (text[end].isalnum() or text[end] in "“«")
    return (start, end, " " if glued else "", kind)


def _may_be_meant(text: str, m: re.Match[str]) -> bool:
    """Whether a sign behind a word is that of a trade mark, as the word is a name; or the end of a quotation misread,
    as one is open.
    """
    start = m.start("mark")
    open_quotation = text.rfind("“", max(0, start - _WITHIN), start) > text.rfind("”", max(0, start - _WITHIN), start)
    return open_quotation or (m["mark"] in {"®", "™"} and not _word_before(text, start).islower())


def _word_before(text: str, place: int) -> str:
    m = _WORD_END.search(text[max(0, place - 30) : place])
    return m[0] if m else ""


def _mark_behind_stop(text: str, m: re.Match[str]) -> str:
    """The part of ``m["mark"]`` that is the mark; "" where it may be what it looks like."""
    base, mark = m["base"], m["mark"]
    if base[0] in ".,:" and text[m.start() - 1 : m.start()].isdigit() and len(base) == 1:
        return _without_quotes(base, mark) if _behind_year(text, m) else ""
    word = _word_before(text, m.start())
    if base == "." and is_abbreviation(word) and not any(c in "*®™¢" for c in mark):
        return ""
    if mark.isdigit():
        if mark[0] == "0" or (base in ".:" and _LOWER.match(text, m.end())):  # pxelinux.0, Doc.12 of
            return ""
        worded = (
            len(base) > 1 or base in "”»" or (word and not _IN_A_CODE.search(text, max(0, m.start() - 30), m.start()))
        )
        return mark if base != ":" and int(mark) <= _LARGEST and worded else ""
    if any(c in _SYMBOL or c.isdigit() for c in mark):
        return _without_quotes(base, mark)
    return _quotes_left_over(text, m)


def _behind_year(text: str, m: re.Match[str]) -> bool:
    """Whether digits behind ``1990.`` are a mark: a year has no decimals, but only with debris or a new sentence is
    that plain.
    """
    if not _YEAR.search(text[max(0, m.start() - 5) : m.start()]) or m["base"] != ".":
        return False
    if not m["mark"].isdigit():
        return any(c in _SYMBOL or c.isdigit() for c in m["mark"])
    return bool(re.match(r"\s+[“«]?[A-ZА-ЯЁ]|\s*$", text[m.end() : m.end() + 4]))


def _without_quotes(base: str, mark: str) -> str:
    """``mark`` without the quotation mark that it begins with and that closes what was said: ``.”®`` keeps the ``”``."""
    return mark.lstrip('”’"') if base[-1] in ".,!?" else mark


def _quotes_left_over(text: str, m: re.Match[str]) -> str:
    """What is left of a mark taken for quotation, question or exclamation marks: where there is none to close, or two
    stops of which one cannot be.
    """
    base, mark = m["base"], m["mark"]
    if base in {".", ","} and mark[0] in "?!":
        return "" if text[m.start() - 1 : m.start()] == "." else mark
    if base == "." and mark[0] == "'" and mark[1:2] in {"?", "!"}:
        return "" if _OPENED.search(text, max(0, m.start() - _WITHIN), m.start()) else mark
    if base in {".”", ".’"} and mark[0] in "?!>":
        return mark
    if base[-1] == "”" and set(mark) <= set("”’'\""):
        return mark
    return ""


def unopened(text: str) -> list[Edit]:
    """Closing quotation marks behind a stop, before a space, that nothing opened in the text: a small 7, or a 1 and a
    7, misread.

    Only for documents that have misread marks of other kinds, as elsewhere the opening one may be what was lost.
    """
    out: list[Edit] = []
    depth = 0
    for m in _QUOTATION.finditer(text):
        if m[0][0] == "“":
            depth += 1
            continue
        closing = min(depth, m[0].count("”"))
        depth -= closing
        surplus = m[0][closing:]
        behind_stop = text[m.start() - 1 : m.start()] in {".", ",", "?", "!"}
        if surplus and behind_stop and _ENDS_THERE.match(text, m.end()) and not (surplus == "’" and "‘" in text):
            out.append(_taken_out(text, m.start() + closing, surplus))
    return out


def glued(lexicon: Lexicon) -> Callable[[str], list[Edit]]:
    """A rule for numbers glued to the end of a word that is known without them: note marks, or a lost space behind
    such as ``Article``.
    """

    def rule(text: str) -> list[Edit]:
        out: list[Edit] = []
        for m in _GLUED.finditer(text):
            word = m["word"]
            if not lexicon.known(word) or int(m["mark"]) > _LARGEST or m["mark"][0] == "0":
                continue
            if word.lower() in _NUMBERED:
                out.append((m.end("word"), m.end("word"), " ", "lost-space"))
            elif word.islower():
                out.append((m.start("mark"), m.end("mark"), "", "note-mark"))
        return out

    return rule

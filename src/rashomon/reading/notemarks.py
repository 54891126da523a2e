"""Note marks, and what is left of them where a superscript was misread: ``policy.12``, ``policy.”®``, ``policy.’*``.

They are taken out of the cleaned text only where nothing else can be meant: behind a stop, a closing quotation mark or a bracket at the end of a word, before
a space or a capital. Digits alone are a ``note-mark``; whatever else is ``debris``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rashomon.reading.lexicon import Lexicon
from rashomon.reading.sentences import is_abbreviation
from rashomon.reading.spans import Edit

_NEXT = r"(?=\s|$|—|[;:,.](?:\s|$)|[A-ZА-ЯЁ“«])"
_SYMBOL = "*®™¢°§¥^~><%"  # never right behind a stop; what a small digit is most often taken for
_QUOTE_LIKE = "'’”\"?!`"  # so only in company, or where they cannot be what they look like

_BEHIND_STOP = re.compile(rf"(?P<base>[.,;:!?]|[.,!?][”’\"»)]|[”»])(?P<mark>[\d{re.escape(_SYMBOL + _QUOTE_LIKE)}]{{1,5}}){_NEXT}")
_BEHIND_WORD = re.compile(rf"(?P<base>[a-zа-яё)])(?P<mark>[*®™¢§¥]{{1,3}}){_NEXT}")
_GLUED = re.compile(r"(?P<word>[A-Za-zА-Яа-яЁё]*[a-zа-яё])(?P<mark>\d{1,3})(?=[\s,.;:)”]|$)")
_SUPERSCRIPT = re.compile(r"(?<=[^\W\d_])[¹²³⁰⁴-⁹]+|(?<=[.,;:!?”’\"»)])[¹²³⁰⁴-⁹]+")
_AFTER_GAP = re.compile(rf"(?<=[.”])[ ]\d{{0,2}}[{re.escape(_SYMBOL)}!?'’]{{1,2}}$")
_UNITS = frozenset("m km cm mm км см мм м".split())
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d$")

# Words that a number follows: with a digit glued on, a space is what was lost.
_NUMBERED = frozenset(
    "article articles chapter page pages part section volume figure table no number line item note annex group category day type january february march april "
    "may june july august september october november december статья статьи глава часть раздел том страница номер пункт рисунок таблица января февраля "
    "марта апреля мая июня июля августа сентября октября ноября декабря".split()
)
_WORD_END = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*$")
_LARGEST = 400  # the number of a note


def marks(text: str) -> list[Edit]:
    """Marks behind stops, closing quotation marks and words; superscripts; and those apart at the text's end."""
    out: list[Edit] = []
    for m in _BEHIND_STOP.finditer(text):
        mark = _mark_behind_stop(text, m)
        if mark:
            out.append(_taken_out(text, m.end() - len(mark), mark))
    out += [_taken_out(text, m.start("mark"), m["mark"]) for m in _BEHIND_WORD.finditer(text) if not _is_name(text, m)]
    out += [_taken_out(text, m.start(), m[0]) for m in _SUPERSCRIPT.finditer(text) if _word_before(text, m.start()) not in _UNITS]
    return out + [_taken_out(text, m.start(), m[0]) for m in _AFTER_GAP.finditer(text)]


def _taken_out(text: str, start: int, mark: str) -> Edit:
    end = start + len(mark)
    kind = "note-mark" if all(map(str.isnumeric, mark.strip())) else "debris"
    glued = end < len(text) and (text[end].isalnum() or text[end] in "“«")
    return (start, end, " " if glued else "", kind)


def _is_name(text: str, m: re.Match[str]) -> bool:
    """Whether the sign is that of a trade mark, or of a footnote set before a word: it stands behind a capitalised word or an acronym."""
    word = _word_before(text, m.start("mark"))
    return m["mark"] in {"®", "™"} and not word.islower()


def _word_before(text: str, place: int) -> str:
    m = _WORD_END.search(text[max(0, place - 30) : place])
    return m[0] if m else ""


def _mark_behind_stop(text: str, m: re.Match[str]) -> str:
    """The part of ``m["mark"]`` that is the mark; "" where it may be what it looks like."""
    base, mark = m["base"], m["mark"]
    if base[0] in ".,:" and text[m.start() - 1 : m.start()].isdigit() and len(base) == 1:
        return mark if _behind_year(text, m) else ""
    word = _word_before(text, m.start())
    if base == "." and is_abbreviation(word) and not any(c in "*®™¢" for c in mark):
        return ""
    if mark.isdigit():
        return mark if base not in {":"} and int(mark) <= _LARGEST and (word or len(base) > 1 or base in "”»") else ""
    if any(c in _SYMBOL or c.isdigit() for c in mark):
        return _without_quotes(base, mark)
    return _quotes_left_over(text, m)


def _behind_year(text: str, m: re.Match[str]) -> bool:
    """Whether digits behind ``1990.`` are a mark: a year has no decimals, but only with debris or a new sentence is that plain."""
    if not _YEAR.search(text[max(0, m.start() - 5) : m.start()]) or m["base"] != ".":
        return False
    return not m["mark"].isdigit() or bool(re.match(r"\s+[“«]?[A-ZА-ЯЁ]|\s*$", text[m.end() : m.end() + 4]))


def _without_quotes(base: str, mark: str) -> str:
    """``mark`` without the quotation mark that it begins with and that closes what was said: ``.”®`` keeps the ``”``."""
    bare = mark.lstrip("”’\"") if base[-1] in ".,!?" and mark[0] in "”’\"" else mark
    return bare if base[-1] not in "”»" or bare[0] != "%" else bare


def _quotes_left_over(text: str, m: re.Match[str]) -> str:
    """What is left of a mark taken for quotation, question or exclamation marks: where there is none to close, or two stops of which one cannot be."""
    base, mark = m["base"], m["mark"]
    if base == "." and mark[0] in "?!":
        return "" if text[m.start() - 1 : m.start()] == "." else mark
    if base in {".”", ".’"} and mark[0] in "?!>":
        return mark
    if base[-1] == "”" and set(mark) <= set("”’'\""):
        return mark
    return ""


def unopened(text: str) -> list[Edit]:
    """A closing quotation mark behind a stop, before a space, that nothing opened in the text: a small 7 or 1 misread.

    Only for documents that have misread marks of other kinds, as elsewhere the opening one may be what was lost.
    """
    out: list[Edit] = []
    depth = 0
    for m in re.finditer(r"[“”]|(?<=[.,])’(?=\s|$)", text):
        if m[0] == "“":
            depth += 1
        elif m[0] == "”" and depth:
            depth -= 1
        elif m[0] == "’" and "‘" in text:
            continue
        elif m.start() and text[m.start() - 1] in ".,?!’'":
            first = m.start() - (text[m.start() - 1] in "’'")
            out.append(_taken_out(text, first, text[first : m.end()]))
    return out


def glued(lexicon: Lexicon) -> Callable[[str], list[Edit]]:
    """A rule for numbers glued to the end of a word that is known without them: note marks, or a lost space behind such as ``Article``."""

    def rule(text: str) -> list[Edit]:
        out: list[Edit] = []
        for m in _GLUED.finditer(text):
            word = m["word"]
            if len(word) < 4 or not lexicon.known(word) or int(m["mark"]) > _LARGEST or m["mark"][0] == "0":
                continue
            if word.lower() in _NUMBERED:
                out.append((m.end("word"), m.end("word"), " ", "lost-space"))
            elif word.islower():
                out.append((m.start("mark"), m.end("mark"), "", "note-mark"))
        return out

    return rule

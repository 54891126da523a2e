"""Damage of scanning and of typesetting mended, and never anything invented: each change recorded, with what stood
there.

A text goes through four rounds, each on what the one before left: characters (wrong encodings, ligatures, invisible
marks); lines (their breaks, hyphens, those of pages, spaces); marks (of notes, and their debris); words (run
together, or misread). Every rule is one pass of an expression over the text, linear in its length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rashomon.reading.lexicon import WORD, Lexicon
from rashomon.reading.notemarks import glued, marks, unopened
from rashomon.reading.sentences import is_ended
from rashomon.reading.spans import Draft, Edit
from rashomon.reading.unscrambling import invisibles, ligatures, mojibake, russian_besides

PAGE_BREAK = "\f"
"""What stands in an original between two parts of a paragraph that a page's end had cut."""

_BREAK = re.compile(r"(?<![ \t\r])[ \t\r]*+[\n\f]\s*+")
_PAGE_ONLY = re.compile(r"(?<!\s)[ \t\r\n]*+\f\s*+")
_HYPHEN_BEFORE = re.compile(r"([\w-]*\w)[-‐\u00ad]$")
_WORD_START = re.compile(r"\w+")
_LONGEST_WORD = 60
_LONGEST_ADDRESS = 300
_LAST = re.compile(r"\S+$")
_ADDRESS = re.compile(r"://|(?<!\w)www\.|(?<!\w)(?:https?|ftp):$|\w@\w")
_PARTING = "./_=&?%#~"
_GOES_ON = re.compile(r"[a-z0-9/]")
_PARTED = re.compile(r"[/?=&#]\w|\.[a-z]")
_NO_SPACES = "\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60"  # scripts that part no words
_UNSPACED = re.compile(rf"[{_NO_SPACES}]")
_SPACES = re.compile(r"(?<=[^\s])[ \t]{2,}(?=[^\s])|^[ \t\r\n]+|(?<![ \t\r\n])[ \t\r\n]+$")
_INSIDE_QUOTES = re.compile(r"(?<![^\s(\[—])“([ ]+)(?=\w)|(?<=[^\s“(])([ ]+)”(?=[\s.,;:!?]|$)")
_APOSTROPHE = re.compile(r"(?<=[a-zа-яё])[ ]‘(?=s\b)")
_DOUBLED = re.compile(r"’’|‘‘|(?<=\w)'’(?=s\b)")
_MEANT = {"’’": "”", "‘‘": "“", "'’": "’"}
_YEARLIKE = re.compile(r"(?<![\w.,])[1lI|][\dlIoOО|]{3}(?![\w])")
_COUNTED = re.compile(r"[A-ZА-ЯЁ]\d|\d[A-ZА-ЯЁ]")  # a number beside capitals is meant, as in RAID5 or 1The
_DIGITS_INSIDE = re.compile(r"(?<![\w.-])(?:[^\W\d_]{1,40}\d[^\W\d_]{0,40}(?![\w.-]{0,40}\d)|\d[^\W\d_]{3,40})(?!\w)")
_GLUED_DASH = re.compile(r"(?<=\s)—(?=[^\W\d_])")
_NUMBER_AND_WORD = re.compile(r"\d{1,2}\.(?=[A-ZА-ЯЁ][a-zа-яё])")
_NO_GAP = re.compile(r"(?<![\w.@/-])([^\W\d_][a-zа-яё]{1,40})([.!?,;])(?=([^\W\d_][a-zа-яё]{1,40})(?![\w@/.]))")
_MISREAD = str.maketrans("lI|oOО", "111000")
_LATEST_YEAR = 2100
_FEW_SCRAMBLED = 10  # texts that say by themselves that they were read in a wrong encoding
_SHARE_SCRAMBLED = 4  # and one text in as many, for the rest to be taken for such, too
_FEWEST_MARKS = 2  # of notes, in a document that has notes


def characters(text: str) -> Draft:
    """The first round. Of a text that is not yet known to be wrapped, and before its words are counted."""
    draft = Draft(text)
    draft.mend(mojibake)
    draft.mend(ligatures, invisibles)
    return draft


def scrambled(drafts: Sequence[Draft]) -> None:
    """Of a document much of which was Russian read as latin-1, the rest, where no text by itself is evidence enough."""
    mended = sum(
        any(repair.kind == "mojibake" and "А" <= repair.after[:1] <= "я" for repair in one.repairs) for one in drafts
    )
    if mended > _FEW_SCRAMBLED and mended * _SHARE_SCRAMBLED > sum(any(map(str.isalpha, one.text)) for one in drafts):
        for draft in drafts:
            draft.mend(russian_besides)


class Mender:
    """The other rounds, for the texts of one document: what its words are, and whether its note marks were misread,
    is told by all of them.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.lexicon = Lexicon(texts)
        self._glued = glued(self.lexicon)
        kinds = Counter(kind for text in texts for *_, kind in marks(text) + self._glued(text))
        self._numbered = kinds["note-mark"] >= _FEWEST_MARKS
        self._misread = kinds["debris"] >= _FEWEST_MARKS

    def mend(self, draft: Draft, *, wrapped: bool, language: str) -> None:
        """Mend ``draft`` in place. ``wrapped``: its line breaks are those of the page. Words are only looked at in
        English and Russian.
        """
        draft.mend(self._lines if wrapped else self._pages)
        draft.mend(_spaces)
        if language == "ja":
            return
        draft.mend(marks, _quotes)
        if self._misread:
            draft.mend(unopened)
        if self._numbered:
            draft.mend(self._glued)
        draft.mend(_years)
        if language in {"en", "ru"}:
            draft.mend(self._words)
        if language == "ru":
            draft.mend(_dashes)

    def _lines(self, text: str) -> list[Edit]:
        return [self._unbroken(text, m) for m in _BREAK.finditer(text)]

    def _pages(self, text: str) -> list[Edit]:
        return [self._unbroken(text, m) for m in _PAGE_ONLY.finditer(text)]

    def _unbroken(self, text: str, m: re.Match[str]) -> Edit:
        """What becomes of a break: a space; nothing between Japanese letters and behind dashes; with a hyphen, what
        the evidence says.
        """
        start, end = m.span()
        kind = "page-break" if PAGE_BREAK in m[0] else "line-break"
        if start == 0 or end == len(text):
            return (start, end, "", "space")
        before = text[start - 1]
        if before in "-‐\u00ad":
            return self._unhyphened(text, start, end, kind)
        closed = before in "—/" and start > 1 and not text[start - 2].isspace()
        closed = closed or _within_address(text, start, end)
        closed = closed or bool(_UNSPACED.match(before) and _UNSPACED.match(text[end]))
        return (start, end, "" if closed else " ", kind)

    def _unhyphened(self, text: str, start: int, end: int, kind: str) -> Edit:
        left = _HYPHEN_BEFORE.search(text[max(0, start - _LONGEST_WORD) : start])
        right = _WORD_START.match(text, end, end + _LONGEST_WORD)
        if left is None or right is None:
            return (start, end, " " if text[start - 2 : start - 1].isspace() else "", kind)
        if text[start - 1] == "\u00ad" or (
            left[1].isalpha() and right[0].isalpha() and self.lexicon.joins(left[1], right[0])
        ):
            return (start - 1, end, "", "hyphen" if kind == "line-break" else kind)
        return (start, end, "", kind)

    def _words(self, text: str) -> list[Edit]:
        """Words run together, and words misread."""
        out: list[Edit] = []
        splits = self.lexicon.splits
        for m in WORD.finditer(text):
            parts = splits.get(m[0])
            if (
                parts
                and text[m.end() : m.end() + 1] != "-"
                and (parts[0].islower() or parts[1][0].isupper() or _begins(text, m.start()))
            ):
                place = m.start() + len(parts[0])
                out.append((place, place, " ", "lost-space"))
        known = self.lexicon.known
        for m in _NO_GAP.finditer(text):
            if known(m[1]) and known(m[3]) and (m[2] in ",;" or m[3][0].isupper()):
                out.append((m.end(2), m.end(2), " ", "lost-space"))
        if item := _NUMBER_AND_WORD.match(text):
            out.append((item.end(), item.end(), " ", "lost-space"))
        for m in _DIGITS_INSIDE.finditer(text):
            meant = self.lexicon.slip(m[0]) if len(m[0]) > 3 and not _COUNTED.search(m[0]) else ""
            if meant:
                out.append((m.start(), m.end(), meant, "slip"))
        return out


def _within_address(text: str, start: int, end: int) -> bool:
    """Whether a break stands within the address of a page or of a letter box: behind or before a sign that parts it."""
    word = _LAST.search(text[max(0, start - _LONGEST_ADDRESS) : start])
    if word is None or not _ADDRESS.search(word[0]):
        return False
    if word[0].endswith(":"):
        return text.startswith("//", end)
    return bool(word[0][-1] in _PARTING and _GOES_ON.match(text, end)) or bool(_PARTED.match(text, end))


def _begins(text: str, place: int) -> bool:
    """Whether a sentence begins at ``place``: a capital there says nothing of the word."""
    before = text[max(0, place - 10) : place].rstrip().rstrip("“«\"'(‘")
    return not before or is_ended(before)


def _spaces(text: str) -> list[Edit]:
    return [
        (m.start(), m.end(), "" if m.start() == 0 or m.end() == len(text) else " ", "space")
        for m in _SPACES.finditer(text)
    ]


def _quotes(text: str) -> list[Edit]:
    """Spaces inside quotation marks, and before a possessive s; two marks for one."""
    out: list[Edit] = []
    for m in _INSIDE_QUOTES.finditer(text):
        start, end = m.span(1) if m[1] else m.span(2)
        out.append((start, end, "", "quote-space"))
    out += [(m.start(), m.end(), "’", "quote") for m in _APOSTROPHE.finditer(text)]
    return out + [(m.start(), m.end(), _MEANT[m[0]], "quote") for m in _DOUBLED.finditer(text)]


def _dashes(text: str) -> list[Edit]:
    """A dash with a space before it and none behind: in Russian it has both, but fonts often have the second in the dash."""
    return [(m.end(), m.end(), " ", "lost-space") for m in _GLUED_DASH.finditer(text)]


def _years(text: str) -> list[Edit]:
    """``l990``: a year with letters for some of its digits, of which two at least are left."""
    out: list[Edit] = []
    for m in _YEARLIKE.finditer(text):
        meant = m[0].translate(_MISREAD)
        if not m[0].isdigit() and sum(map(str.isdigit, m[0])) > 1 and 1000 <= int(meant) < _LATEST_YEAR:
            out.append((m.start(), m.end(), meant, "slip"))
    return out

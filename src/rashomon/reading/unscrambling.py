"""Characters that were read in the wrong encoding, ligatures, and marks that nobody sees: what is mended before words
are looked at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress

from rashomon.reading.lexicon import in_dictionary
from rashomon.reading.spans import Edit

_LIGATURE = re.compile("[ﬀ-ﬆ]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]+")
_WIDE_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]+")
_RUN = re.compile(r"[^\x00-\x7f]{2,}")
_WESTERN = re.compile(r"[À-ÿ¨¸]{2,}")
_ALONE = re.compile(r"(?<![À-ÿ¨¸])[À-ÿ¨¸](?![À-ÿ¨¸])")

_LEADS = frozenset("ÃÂÐÑ")
"""What a two-byte sequence begins with, read as cp1252, where the text is European; with any other letter, chance is
likelier.
"""

_CERTAIN = 4
"""Bytes that are no UTF-8 by chance: of three, a letter with its quotation mark and dash may be."""

_PART = 200  # characters of one repair
_SHARE_OF_WORDS = 0.6
_FEWEST_WORDS = 3


def ligatures(text: str) -> list[Edit]:
    """``ﬁ`` and its like, letter by letter."""
    return [(m.start(), m.end(), unicodedata.normalize("NFKC", m[0]), "ligature") for m in _LIGATURE.finditer(text)]


def invisibles(text: str) -> list[Edit]:
    """Soft hyphens, joiners and marks of byte order taken out; spaces of other widths made plain. A soft hyphen at a
    line's end is the hyphen's affair.
    """
    out: list[Edit] = [
        (m.start(), m.end(), "", "invisible")
        for m in _INVISIBLE.finditer(text)
        if not ("\u00ad" in m[0] and text[m.end() : m.end() + 1] in {"\n", "\r", "\f"})
    ]
    return out + [(m.start(), m.end(), " ", "space") for m in _WIDE_SPACE.finditer(text)]


def mojibake(text: str) -> list[Edit]:
    """Runs that are whole words of UTF-8 read as cp1252, latin-1 or cp1251; and Russian in cp1251 read as latin-1
    where most of its words are words then.

    A run of two or three characters may be what it says by chance; it is taken for damage where it is one letter of
    Europe or a mark of punctuation, or beside longer ones.
    """
    if text.isascii():
        return []
    runs = [(m.start(), m[0], meant) for m in _RUN.finditer(text) for meant in [_meanings(m[0])]]
    certain = {encoding for _, run, meant in runs for encoding in meant if len(run) >= _CERTAIN}
    out: list[Edit] = []
    for start, run, meant in runs:
        for encoding, words in meant.items():
            if encoding in certain or (encoding == "cp1252" and _short(run, words)):
                out += _in_parts(start, words)
                break
    return out or _russian_as_western(text)


def _in_parts(start: int, meant: str) -> list[Edit]:
    """Repairs of a run that begins at ``start``, none of so much that a passage could not be cut between them."""
    out: list[Edit] = []
    for low in range(0, len(meant), _PART):
        part = meant[low : low + _PART]
        end = start + len(part.encode("utf-8"))  # as each byte was read as one character
        out.append((start, end, part, "mojibake"))
        start = end
    return out


def _meanings(run: str) -> dict[str, str]:
    """What a run of characters beyond ASCII says when the bytes it has in an encoding are read as UTF-8, where they can be."""
    out = {}
    for encoding in ("cp1252", "cp1251"):
        with suppress(UnicodeError):
            meant = _bytes(run, encoding).decode("utf-8")
            if all(map(_printed, meant)):
                out[encoding] = meant
    return out


def _printed(character: str) -> bool:
    return character.isspace() or unicodedata.category(character)[0] in "LMNPS"


def _short(run: str, meant: str) -> bool:
    """Whether two or three characters are surely one: a letter of Europe, or a mark of punctuation (``â€™``)."""
    return len(meant) == 1 and (
        run[0] in _LEADS if len(run) == 2 else unicodedata.category(meant) in {"Pd", "Pi", "Pf", "Po", "Sc"}
    )


def _bytes(run: str, encoding: str) -> bytes:
    """``run`` in ``encoding``; control characters that it has no place for, as a decoder that never fails leaves
    them, by their number.
    """
    return b"".join(bytes([ord(c)]) if "\x80" <= c <= "\xa0" else c.encode(encoding) for c in run)


def _russian_as_western(text: str) -> list[Edit]:
    runs = list(_WESTERN.finditer(text))
    if len(runs) < _FEWEST_WORDS or not _mostly(text, runs):
        return []
    words = [word for m in runs if (word := _as_russian(m[0])).isalpha()]
    known = sum(map(in_dictionary, words))
    if len(words) < _FEWEST_WORDS or known < _SHARE_OF_WORDS * len(words):
        return []
    return [_russian(m) for m in (*_ALONE.finditer(text), *runs)]


def russian_besides(text: str) -> list[Edit]:
    """The rest of a document much of which was Russian read as latin-1: texts of few words, and single words among others."""
    runs = list(_WESTERN.finditer(text))
    if _mostly(text, runs):
        return [_russian(m) for m in (*_ALONE.finditer(text), *runs)]
    return [_russian(m) for m in runs if in_dictionary(_as_russian(m[0]))]


def _mostly(text: str, runs: Sequence[re.Match[str]]) -> bool:
    return bool(runs) and sum(len(m[0]) for m in runs) * 2 >= sum(map(str.isalpha, text))


def _as_russian(run: str) -> str:
    return _bytes(run, "cp1252").decode("cp1251")


def _russian(m: re.Match[str]) -> Edit:
    return m.start(), m.end(), _as_russian(m[0]), "mojibake"

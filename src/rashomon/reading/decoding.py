"""Bytes into letters: which encoding a text is in, when nobody says so, or what is said is wrong.

A byte order mark is believed, then strict UTF-8, whatever is declared. Otherwise each encoding that is likely for texts in
English, Russian and Japanese reads a sample, and the one under which the sample is least surprising is taken: a small model
gives each letter a probability, and words of mixed alphabets or mixed case are made unlikely. A declared encoding is kept
unless another explains the text much better; one that the model cannot judge (Greek, say) is kept if it decodes.
"""

from __future__ import annotations

import codecs
import io
import math
import re
from collections import Counter
from functools import lru_cache
from typing import BinaryIO

__all__ = ["decode", "encoding_of"]

_SAMPLE = 1 << 16  # bytes; even, so that UTF-16 is never cut amid a letter
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_JUDGED = (
    "utf-8", "cp1252", "latin-1", "cp1251", "koi8-r", "cp866", "iso8859-5", "cp932", "euc_jp", "iso2022_jp_ext",
    "utf-16-le", "utf-16-be",
)  # fmt: skip
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "shift_jis": "cp932", "iso2022_jp": "iso2022_jp_ext", "gb2312": "gb18030",
          "euc_kr": "cp949", "koi8-u": "koi8-r", "utf-16": "utf-16-le"}  # fmt: skip
"""What is meant by a name, as browsers read it (WHATWG Encoding Standard)."""
_NO_ENCODINGS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "mbcs", "oem"}
_MARGIN = (
    12.0,
    0.5,
)  # of log-likelihood, in all and for each byte beyond ASCII, by which another must beat the declared one
_STRANGE = -9.0  # the mean weight of a letter below which UTF-16 is no longer likely

# Letters of Russian by how often they stand, of 1,000 (Lyashevskaya & Sharov 2009, rounded).
_RUSSIAN = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        (110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19,
         17, 17, 17, 16, 15, 12, 10, 9, 7, 6, 5, 4, 3, 3, 1, 1),
        strict=True,
    )
)  # fmt: skip
_CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff]+")
_MIXED = re.compile(
    r"[a-zA-Z\u00c0-\u024f](?=[\u0400-\u04ff])|[\u0400-\u04ff](?=[a-zA-Z\u00c0-\u024f])|[a-z](?=[\u4e00-\u9fff])"
)
_CASE_TURN = re.compile(r"(?<=[а-яё])[А-ЯЁ]|(?<=[А-ЯЁ]{2})[а-яё]")
_UNSAYABLE = re.compile(r"\b[ьъы]|[ьъ][аоуыэьъ]|[аеиоуыэюя]{4}|[бвгджзклмнпрстфхцчшщ]{5}", re.IGNORECASE)
_CLUSTER = re.compile("[аеёиоуыэюя](?=[аеёиоуыэюя])|[бвгджзйклмнпрстфхцчшщ](?=[бвгджзйклмнпрстфхцчшщ])", re.IGNORECASE)
_TYPOGRAPHY = "‘’“”„–—…«»№•§°€\u00a0"


def decode(data: bytes, declared: str = "") -> str:
    """``data`` as text. ``declared``: the encoding that the document claims, "" if none.

    Bytes that the encoding does not have become U+FFFD; nothing is left out.
    """
    return data.decode(encoding_of(io.BytesIO(data), declared), errors="replace")


def encoding_of(file: BinaryIO, declared: str = "") -> str:
    """The name of the codec that ``file`` is to be read with, which is read through once, from where it stands, in pieces."""
    first = file.read(_SAMPLE)
    for mark, name in _MARKS:
        if first.startswith(mark):
            return name
    utf8, sample = _scan(file, first)
    if utf8:
        return "utf-8"
    claimed = _codec(declared)
    if claimed and claimed not in _JUDGED and _decodes(sample, claimed):
        return claimed
    scores = {name: _likelihood(sample, name) for name in _JUDGED}
    best = max(scores, key=scores.__getitem__)
    margin = _MARGIN[0] + _MARGIN[1] * sum(byte >= 0x80 for byte in sample)
    return claimed if claimed in scores and scores[claimed] >= scores[best] - margin else best


def _scan(file: BinaryIO, first: bytes) -> tuple[bool, bytes]:
    """Whether all is plain UTF-8, and a sample that holds the first letters beyond ASCII."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    sample, plain, chunk = first, True, first
    odd = b"\0" in first or b"\x1b$" in first or b"\x1b(" in first
    while chunk and not odd:
        if plain and not chunk.isascii():
            sample, plain = chunk, False
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            odd = True
        chunk = file.read(_SAMPLE)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        odd = True
    return not odd, sample


def _codec(declared: str) -> str:
    """The codec of a declared name; "" where Python has none, or it is not one of texts."""
    try:
        bytes(4).decode(declared.strip())  # refuses codecs that are not of texts, such as hex
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return ""
    return "" if name in _NO_ENCODINGS else _MEANT.get(name, name)


def _decodes(sample: bytes, codec: str) -> bool:
    try:
        codecs.getincrementaldecoder(codec)().decode(sample)
    except UnicodeError:
        return False
    return True


def _likelihood(sample: bytes, codec: str) -> float:
    """The log-likelihood of ``sample`` if it is in ``codec``. All bytes are explained, so codecs can be compared."""
    text = sample.decode(codec, errors="replace")
    found = Counter(text)
    letters = sum(_weight(letter) * count for letter, count in found.items())
    if codec.startswith("utf-16") and letters < _STRANGE * len(text):
        return -math.inf  # any bytes at all are some letters of UTF-16
    words = sum(_case(word) for word in _CYRILLIC_WORD.findall(text) if not word.islower())
    marks = 8.0 * len(_MIXED.findall(text)) + 3.0 * len(_UNSAYABLE.findall(text)) + 1.0 * len(_CLUSTER.findall(text))
    return letters + words - marks


def _case(word: str) -> float:
    """What capitals cost: little at the beginning or throughout, much where small letters and capitals alternate."""
    return -1.0 - 4.0 * len(_CASE_TURN.findall(word))


@lru_cache(maxsize=1 << 16)
def _weight(letter: str) -> float:
    """The logarithm of how likely a letter is in English, Russian or Japanese; roughly, which is enough."""
    lower = letter.lower()
    if letter <= "\x7f":
        return -3.0 if letter.isprintable() or letter in "\t\n\r\f" else -15.0
    if lower in _RUSSIAN:
        return math.log(_RUSSIAN[lower] / 1100)
    for first, last, weight in _RANGES:
        if first <= letter <= last:
            return weight
    if letter in _TYPOGRAPHY:
        return -5.5
    if "\u4e00" <= letter <= "\u9fff":
        return _weight_of_kanji(letter)
    return -13.0 if letter.isalpha() else -11.0


_RANGES = (
    ("\x80", "\x9f", -20.0),  # control codes
    ("\u00e0", "\u00f6", -5.5), ("\u00f8", "\u00ff", -5.5), ("\u00c0", "\u00d6", -8.0), ("\u00d8", "\u00df", -8.0),
    ("\u0100", "\u024f", -6.5),
    ("\u0400", "\u04ff", -7.0),
    ("\u2500", "\u259f", -14.0),  # drawn boxes
    ("\u3041", "\u309f", -4.0), ("\u30a0", "\u30ff", -5.0), ("\u3000", "\u3015", -4.5),
    ("\uff01", "\uff5e", -7.0), ("\uff61", "\uff9f", -11.0),  # letters of full and half width
    ("\ue000", "\uf8ff", -20.0), ("\ufffd", "\ufffd", -25.0),
)  # fmt: skip


def _weight_of_kanji(letter: str) -> float:
    """Of the two levels of JIS X 0208 the first holds what is in daily use."""
    try:
        return -7.5 if letter.encode("euc_jp")[0] < 0xD0 else -12.0
    except UnicodeEncodeError:
        return -13.0

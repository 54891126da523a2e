"""What the address of a passage is made of: a digest of what would be the same in any careful copy of it.

Taken from the original, never from the mended text, so that no repair, nor a later and better rule of repair, moves
an address. What counts are letters and digits, in NFKC and without case; not spaces, line ends, hyphens, punctuation,
symbols, soft hyphens, and not up to three digits glued to a word or to a stop, which are most often a note mark. So
two copies of a passage have one address where they differ only by what repairs of the kinds line-break, page-break,
hyphen, lost-space, space, quote, ligature, invisible, debris, note-mark and cut would change (save a short number
that was glued to a word and is no note mark). Two kinds do alter letters or digits, and a copy that is right where
the other is damaged has another address: ``mojibake`` and ``slip``.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata

LENGTH = 10
"""Characters of an anchor: 50 bits, so that among 100,000 passages two different ones share one with a chance of 1 in
200,000.
"""

_GLUED_TO_A_WORD = r"(?<=[^\W\d_])\d{1,3}(?!\d)"
_BEHIND_A_STOP = r"(?<=[.,;:!?”’\"'»)\]*®>%])(?<!\d[.,:])\d{1,3}(?!\d)"  # but not the end of 2.5 or 10:30
_UNCOUNTED = re.compile(rf"{_GLUED_TO_A_WORD}|{_BEHIND_A_STOP}|[™℠№℡⁰-₉¹²³]")


def anchor_of(original: str) -> str:
    """The anchor of ``original``: ten characters of base32 in lower case. Where it has no letter and no digit: of all
    of it.
    """
    essence = letters_of(_UNCOUNTED.sub("", original)) or original
    digest = hashlib.sha256(essence.encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest)[:LENGTH].decode("ascii").lower()


def letters_of(text: str) -> str:
    """The letters and digits of ``text`` alone, in NFKC and without case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))

"""Ids made from names: lower-case letters a–z, digits and hyphens, the same whenever they are made of the same name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container
from typing import Final

LONGEST: Final = 60
"""Letters of a made id at most, but for the digest or the number that sets it apart."""

_CYRILLIC: Final = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l", "м": "m",
        "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
        "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "є": "ye", "ґ": "g",
    }
)  # fmt: skip


def made_id(name: str) -> str:
    """An id for a name. Cyrillic letters are spelled in Latin ones; for what has none, or is cut, stand letters of a digest.

    >>> made_id("Été 1990"), made_id("Горбачёв, М. С.")
    ('ete-1990', 'gorbachev-m-s')
    """
    plain = "".join(one for one in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(one))
    letters = plain.translate(_CYRILLIC).encode("ascii", "ignore").decode()
    whole = re.sub("[^a-z0-9]+", "-", letters).strip("-")
    made = whole if len(whole) <= LONGEST else whole[:LONGEST].rpartition("-")[0] or whole[:LONGEST]
    lost = sum(map(str.isalnum, plain)) > 2 * sum(map(str.isalnum, whole))
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{made}-{digest}".lstrip("-") if lost or made != whole or not made else made


def new_id(name: str, taken: Container[str]) -> str:
    """The id made for a name, with the first number from 2 on after it where it is ``taken``."""
    made, number = made_id(name), 2
    found = made
    while found in taken:
        found, number = f"{made}-{number}", number + 1
    return found

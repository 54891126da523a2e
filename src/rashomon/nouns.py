"""Numbers with their nouns."""

from __future__ import annotations

import re


def count(n: int, one: str, many: str = "") -> str:
    """A number with its noun: ``count(1, "voice")`` is "1 voice"."""
    return f"{n:,} {one if n == 1 else many or plural(one)}"


def plural(noun: str) -> str:
    """The plural of a regular English noun."""
    if noun.endswith(("series", "means")):
        return noun
    if noun.endswith("sis"):
        return noun[:-2] + "es"
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(s|x|ch|sh)$", noun) else "s")

"""Numbers, lists and times as the report writes them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from rashomon.study import Estimate

_ONES: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MONTHS: Final = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


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


def spelled(n: int) -> str:
    """A small number in words, a larger one in figures."""
    return _ONES[n] if 0 <= n < len(_ONES) else f"{n:,}"


def join(items: Iterable[str], last: str = "and") -> str:
    """Items as prose: "a", "a and b", "a, b and c"."""
    listed = list(items)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {last} {listed[-1]}"


def number(value: float, digits: int = 2) -> str:
    """A number with a true minus sign; an en dash where there is none."""
    if not math.isfinite(value):
        return "–"
    shown = f"{value:.{digits}f}"
    return (shown[1:] if float(shown) == 0 and shown.startswith("-") else shown).replace("-", "−")


def signed(value: float, digits: int = 2) -> str:
    """A difference, with its sign."""
    shown = number(value, digits)
    return shown if shown[0] in "−–" or float(shown) == 0 else f"+{shown}"


def share(value: float) -> str:
    """A share as printed: no more digits than it has."""
    return number(value, 0) if float(value).is_integer() else f"{value:g}".replace("-", "−")


def percent(part: int, whole: int) -> str:
    """A share of counts in percent, without false digits."""
    return f"{100 * part / whole:.0f} %" if whole else "–"


def band(estimate: Estimate, digits: int = 2) -> str:
    """A band "−0.60 to 0.20", or an en dash where none is drawn."""
    if not math.isfinite(estimate.low):
        return "–"
    return f"{number(estimate.low, digits)} to {number(estimate.high, digits)}"


def p_value(p: float) -> str:
    """A p-value as it stands in a sentence."""
    if not math.isfinite(p):
        return "–"
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def day(iso: str) -> str:
    """An ISO day in words, "28 July 1986"; blank stays blank."""
    if not iso:
        return ""
    when = date.fromisoformat(iso)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def interval(text: str) -> str:
    """A time of the study as a reader expects it: "1985/1988" becomes "1985–1988"."""
    within = re.fullmatch(r"\[(.*)\.\.(.*)\]", text)
    if within:
        return f"some time in {_end(within[1])}–{_end(within[2])}"
    if "/" in text:
        start, _, end = text.partition("/")
        if start == "..":
            return f"until {_end(end)}"
        return f"since {_end(start)}" if end == ".." else f"{_end(start)}–{_end(end)}"
    return _end(text)


def _end(text: str) -> str:
    about = "about " if text.endswith("~") else ""
    bare = text.rstrip("~?")
    match = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", bare)
    if match is None or not 1 <= int(match[2]) <= 12:
        return about + bare
    month = _MONTHS[int(match[2]) - 1]
    return about + (f"{int(match[3])} {month} {match[1]}" if match[3] else f"{month} {match[1]}")


def sentence(text: str) -> str:
    """The text with a capital at its head and a full stop at its end."""
    if not text:
        return text
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!…" else ".")


def unique(items: Iterable[str]) -> tuple[str, ...]:
    """Each item once, in order."""
    return tuple(dict.fromkeys(items))


def most(items: Sequence[str]) -> tuple[str, int]:
    """The commonest item and how often it stands; ties go to the first."""
    counts = dict.fromkeys(items, 0)
    for item in items:
        counts[item] += 1
    best = max(counts, key=lambda item: counts[item])
    return best, counts[best]

"""Numbers, lists and times as the report writes them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from rashomon.study import Estimate

_ONES: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SEASONS: Final = ("spring", "summer", "autumn", "winter")
_MONTHS: Final = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]

_PARTS: Final = dict(enumerate(_MONTHS, 1)) | dict(enumerate(_SEASONS, 21))
"""Months, and the seasons by their codes in EDTF."""


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
    """A band "−0.60 to 0.20", "1.3 or more" where it has no upper end, or an en dash where none is drawn."""
    if not math.isfinite(estimate.low):
        return "–"
    if not math.isfinite(estimate.high):
        return f"{number(estimate.low, digits)} or more"
    return spread(estimate.low, estimate.high, digits)


def share_band(estimate: Estimate) -> str:
    """The band of a share in percent, "20–45 %"; "" where none is drawn."""
    if not math.isfinite(estimate.low):
        return ""
    return f"{number(100 * estimate.low, 0)}–{number(100 * estimate.high, 0)} %"


def spread(low: float, high: float, digits: int = 2) -> str:
    """From one number to another, on one line; one number where both are written alike."""
    shown = (number(low, digits), number(high, digits))
    return shown[0] if shown[0] == shown[1] else "\u00a0to\u00a0".join(shown)


def digits_in(unit: str) -> int:
    """How many digits after the point a figure of a unit is written with."""
    return 1 if unit in ("percent", "points") else 2


def change(estimate: Estimate, unit: str) -> str:
    """By how much something in a unit changed, "+8.0 points [2.0 to 14.1]"; an en dash where it is not known."""
    if math.isnan(estimate.estimate):
        return "–"
    digits = digits_in(unit)
    end = " points" if unit in ("percent", "points") else ""
    bounds = "" if math.isnan(estimate.low) else f" [{band(estimate, digits)}]"
    return f"{signed(estimate.estimate, digits)}{end}{bounds}"


def day(iso: str) -> str:
    """An ISO day in words, "28 July 1986"; blank stays blank."""
    if not iso:
        return ""
    when = date.fromisoformat(iso)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def span(first: str, last: str) -> str:
    """From one ISO day to another, as whole months or years where they are that.

    >>> span("1985-03-01", "1985-03-31"), span("1993-01-01", "1993-12-31"), span("1991-04-16", "1991-04-19")
    ('March 1985', '1993', '16–19 April 1991')
    """
    if first == last:
        return day(first)
    begin, after = date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1)
    kept = 10 if (begin.day, after.day) != (1, 1) else 7 if (begin.month, after.month) != (1, 1) else 4
    return interval(first[:kept] if first[:kept] == last[:kept] else f"{first[:kept]}/{last[:kept]}")


def interval(text: str) -> str:
    """A time of the study as a reader expects it.

    >>> interval("1985/1988"), interval("1991-04-16/1991-04-19"), interval("[1985-12..1986-02]"), interval("[2010-11..]")
    ('1985–1988', '16–19 April 1991', 'some time in December 1985–February 1986', 'November 2010 or later')
    """
    within = re.fullmatch(r"\[(.*)\.\.(.*)\]", text)
    if within:
        first, last = within.groups()
        if not last:
            return f"{_end(first)} or later"
        return f"some time in {_between(first, last)}" if first else f"{_end(last)} or earlier"
    if "/" in text:
        start, _, end = text.partition("/")
        if start == "..":
            return f"until {_end(end)}"
        return f"since {_end(start)}" if end == ".." else _between(start, end)
    return _end(text)


def _between(start: str, end: str) -> str:
    """From one end to another, without saying a month or a year twice."""
    first, last = _end(start), _end(end)
    head, _, month = first.partition(" ")
    if re.fullmatch(r"\d\d?", head) and last.endswith(f" {month}"):
        return f"{head}–{last}"
    before, _, year = first.rpartition(" ")
    short = before if before and last.endswith(f" {year}") else first
    return f"{short}{' – ' if re.match(r'[0-9]+ ', first) else '–'}{last}"


def _end(text: str) -> str:
    about = "about " if text.endswith("~") else ""
    bare = text.rstrip("~?")
    match = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", bare)
    if match is None or int(match[2]) not in _PARTS:
        return about + bare
    month = _PARTS[int(match[2])]
    return about + (f"{int(match[3])} {month} {match[1]}" if match[3] else f"{month} {match[1]}")


def brief(wording: str) -> str:
    """A poll question without what its wording says in brackets."""
    return re.sub(r"\s*\([^)]*\)\s*", " ", wording).strip()


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

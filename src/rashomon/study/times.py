"""Times as a coder writes them, read into bounds: the EDTF subset of the study format, and English words.

EDTF is the Extended Date/Time Format of ISO 8601-2:2019. The subset: days, months, years, decades and centuries
(``198X``, ``19XX``), unspecified months and days (``1985-XX``), the seasons 21 to 24, the qualifiers ``~``, ``?`` and
``%``, intervals ``a/b``, and ``[a..b]`` for "some day within", either with an open end ``..``. The words: "late 1992",
"summer 1989", "mid-1988", "the early 1990s", "first half of 1990", "October 1985", "16 April 1991", "April 16, 1991".

Every time becomes a first and a last day, both included, as proleptic Gregorian ordinals (``date.toordinal``):

- "early", "mid" and "late" (also "beginning", "middle" and "end of") are thirds. A year, decade or season is cut by
  whole months: early 1992 is January to April, the early 1990s are January 1990 to April 1993. A month is cut into the
  days 1 to 10, 11 to 20 and 21 to its end; its halves are the days 1 to 15 and 16 to its end.
- Seasons are the northern ones by whole months; winter crosses the year: winter 1990, also written winter 1990-91 or
  1990/91, is December 1990 to February 1991.
- ``~`` (approximate) widens a time at both ends by half its own length in days, rounded up; in an interval, the end
  that carries it at that end. ``?`` (uncertain) leaves the bounds; ``%`` is both. All three mark the time as
  approximate.
- "the 1900s" is the decade 1900 to 1909; the century is written ``19XX``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rashomon.study.time_faults import MONTHS, TimeError, impossible, needs_one_day, reversed_interval, unreadable

__all__ = [
    "OPEN_HI",
    "OPEN_LO",
    "UNKNOWN_DAY",
    "TimeError",
    "When",
    "format_day",
    "overlap",
    "parse_day",
    "parse_when",
]

OPEN_LO = date.min.toordinal()
"""The first day there is, 0001-01-01: the bound of a time without a beginning."""
OPEN_HI = date.max.toordinal()
"""The last day there is, 9999-12-31: the bound of a time without an end."""
UNKNOWN_DAY = 2**31 - 1
"""Stands in arrays of days (int32) for "not known"; later than every day."""

_Span = tuple[int, int]  # first and last day, both included
_Unit = tuple[int, int, int]  # year, months after its January, length in months

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%])?")
_UNSPECIFIED = re.compile(r"([0-9]{3}X|[0-9]{2}XX|[0-9]{4}-XX(?:-XX)?|[0-9]{4}-[0-9]{2}-XX)([~?%])?")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY_WORDS = re.compile(
    rf"(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})\.?,? (?P<year>[0-9]{{4}})"
    rf"|(?P<month2>{_MONTH})\.? (?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>[0-9]{{4}})"
)
_UNIT_WORDS = re.compile(
    r"(?:the )?(?:(?P<part>early|mid|late)[ -]|(?P<part_of>beginning|start|middle|end|(?:first|second) half"
    r"|(?:first|second|third|fourth) quarter) of (?:the )?)?"
    rf"(?:(?P<season>spring|summer|autumn|fall|winter) (?:of )?|(?P<month>{_MONTH})\.?,? (?:of )?)?"
    r"(?P<year>[0-9]{4})(?P<decade>s)?(?:[-/](?P<next>[0-9]{2}|(?<=-)[0-9]{4}))?"
)
_TWO_WINTERS = re.compile(r"winter (?:of )?[0-9]{4}/[0-9]{4}", re.IGNORECASE)
_SEASONS = {"spring": 2, "summer": 5, "autumn": 8, "fall": 8, "winter": 11}  # months after January in which one begins
_PARTS = {
    "early": (0, 3),
    "beginning": (0, 3),
    "start": (0, 3),
    "mid": (1, 3),
    "middle": (1, 3),
    "late": (2, 3),
    "end": (2, 3),
    "first half": (0, 2),
    "second half": (1, 2),
    "first quarter": (0, 4),
    "second quarter": (1, 4),
    "third quarter": (2, 4),
    "fourth quarter": (3, 4),
}  # which part, from 0, of how many
_CUTS = {2: (0, 15), 3: (0, 10, 20)}  # days after the first of a month at which its halves and thirds begin


@dataclass(frozen=True, slots=True)
class When:
    """A time, as the days between which it lies.

    ``lo`` and ``hi`` are days, both included, ``lo <= hi``. With ``within`` false the view was held, or the thing went
    on, on every day from ``lo`` to ``hi``; with ``within`` true on some day or days among them. ``approximate``: the
    source or the coder doubts the time (``~``, ``?``, ``%``). ``text`` is what was written.
    """

    lo: int
    hi: int
    within: bool
    approximate: bool
    text: str


def parse_when(text: str) -> When:
    """Read a time. Raises :class:`TimeError` (R301 to R304) with what was found, what is allowed and how to mend it."""
    stripped = text.strip()
    first = stripped[:1]
    if first == "[" and stripped[-1] == "]":
        return _set(stripped)
    if "/" in stripped:
        if _TWO_WINTERS.fullmatch(stripped):  # one winter, or from a winter to a year: not for us to choose
            raise unreadable(stripped)
        found = _simple(stripped) if first.isalpha() else None  # "winter 1990/91" is one winter
        if found is None:
            return _interval(stripped)
    else:
        found = _simple(stripped)
    if found is None:
        raise unreadable(stripped)
    (lo, hi), mark = found
    if mark == "":
        return When(lo, hi, lo < hi, False, stripped)
    if mark != "?":
        lo, hi = _widen(lo, hi)
    return When(lo, hi, lo < hi, True, stripped)


def parse_day(text: str) -> int:
    """Read one single, certain day as an ordinal. Raises :class:`TimeError`: R302 for a day that no calendar has, else R305."""
    try:
        when = parse_when(text)
    except TimeError as problem:
        raise needs_one_day(text, problem.fault) from None
    if when.lo != when.hi or when.approximate:
        raise needs_one_day(when.text)
    return when.lo


def format_day(day: int) -> str:
    """The ISO spelling of a day, ``1991-04-16``. Raises ValueError for what is none, such as :data:`UNKNOWN_DAY`."""
    return date.fromordinal(day).isoformat()


def overlap(a: When, b: When) -> Literal["sure", "possible", "none"]:
    """Whether two views were held on a common day.

    "none" where the bounds do not meet. "sure" where they must meet: both held throughout, or one throughout a stretch
    that contains all the days on which the other may lie. Else, and wherever one is approximate, "possible".
    """
    if a.hi < b.lo or b.hi < a.lo:
        return "none"
    if a.approximate or b.approximate:
        return "possible"
    a_whole = not a.within or a.lo == a.hi
    b_whole = not b.within or b.lo == b.hi
    covers = (a_whole and a.lo <= b.lo and b.hi <= a.hi) or (b_whole and b.lo <= a.lo and a.hi <= b.hi)
    return "sure" if covers or (a_whole and b_whole) else "possible"


def _set(text: str) -> When:
    """``[a..b]``: some day between the first of ``a`` and the last of ``b``."""
    start, dots, end = text[1:-1].partition("..")
    if not dots:
        raise unreadable(text)
    lo, hi, approximate = _bounds(text, start.strip(), end.strip())
    return When(lo, hi, lo < hi, approximate, text)


def _interval(text: str) -> When:
    """``a/b``: throughout, from the first day of ``a`` to the last of ``b``."""
    start, _, end = text.partition("/")
    if not start or not end or "/" in end:  # an end is open only where ".." says so
        raise unreadable(text)
    start, end = start.strip(), end.strip()
    lo, hi, approximate = _bounds(text, "" if start == ".." else start, "" if end == ".." else end)
    return When(lo, hi, False, approximate, text)


def _bounds(text: str, start: str, end: str) -> tuple[int, int, bool]:
    """First day, last day and doubt of a time with two ends, of which a blank one is open."""
    if not start and not end:
        raise unreadable(text)
    lo, hi, approximate = OPEN_LO, OPEN_HI, False
    plain_lo, plain_hi = lo, hi
    if start:
        (plain_lo, until), mark = _end(text, start)
        lo = _widen(plain_lo, until)[0] if mark in ("~", "%") else plain_lo
        approximate = mark != ""
    if end:
        (since, plain_hi), mark = _end(text, end)
        hi = _widen(since, plain_hi)[1] if mark in ("~", "%") else plain_hi
        approximate = approximate or mark != ""
    if plain_lo > plain_hi:  # as written: widening must not hide a reversal
        raise reversed_interval(text, start, end)
    return lo, hi, approximate


def _end(text: str, end: str) -> tuple[_Span, str]:
    found = _simple(end)
    if found is None:
        raise unreadable(text, end)
    return found


def _simple(text: str) -> tuple[_Span, str] | None:
    """Bounds and qualifier of a time without ends, or None where it cannot be read."""
    match = _ISO.fullmatch(text)
    if match is not None:
        year, month, day, mark = match.groups()
        return _iso(text, int(year), month, day), mark or ""
    if text[:1].isdigit():
        match = _UNSPECIFIED.fullmatch(text)
        if match is not None:
            return _unspecified(text, match[1]), match[2] or ""
    mark = text[-1:] if text.endswith(("~", "?", "%")) else ""
    words = " ".join(text.rstrip("~?%").lower().replace("\N{EN DASH}", "-").split())
    span = _words(text, words) if len(text.rstrip("~?%")) + len(mark) == len(text) else None
    return None if span is None else (span, mark)


def _iso(text: str, year: int, month: str | None, day: str | None) -> _Span:
    if month is None:
        return _months(text, year, 0, 12)
    number = int(month)
    if day is None:
        if 1 <= number <= 12:
            return _months(text, year, number - 1, 1)
        if 21 <= number <= 24:
            return _months(text, year, 3 * number - 61, 3)
        raise impossible(text, year, number)
    return _one_day(text, year, number, int(day))


def _one_day(text: str, year: int, month: int, day: int) -> _Span:
    try:
        ordinal = date(year, month, day).toordinal()
    except ValueError:
        raise impossible(text, year, month, day) from None
    return ordinal, ordinal


def _unspecified(text: str, written: str) -> _Span:
    """``198X``, ``19XX``, ``1985-XX``, ``1985-03-XX``: the whole of what is left open."""
    known = written[: written.index("X")].rstrip("-")
    if len(known) == 7:
        return _iso(text, int(known[:4]), known[5:], None)
    years = 10 ** (4 - len(known))
    first = int(known) * years
    if first == 0 and years > 1:
        raise impossible(text, 0)
    return _months(text, first, 0, 12 * years)


def _words(text: str, words: str) -> _Span | None:
    """Bounds of a time in (lower-case) words, or None."""
    match = _DAY_WORDS.fullmatch(words)
    if match is not None:
        day, month, year = (
            match["day"] or match["day2"],
            match["month"] or match["month2"],
            match["year"] or match["year2"],
        )
        return _one_day(text, int(year), MONTHS[month], int(day))
    match = _UNIT_WORDS.fullmatch(words)
    if match is None:
        return None
    unit = _unit(match)
    if unit is None:
        return None
    part = match["part"] or match["part_of"]
    return _months(text, *unit) if part is None else _part(text, unit, *_PARTS[part])


def _unit(match: re.Match[str]) -> _Unit | None:
    """Year, months after its January, and length in months of the unit that words name; None where they contradict."""
    season, month, year, decade, following = match.group("season", "month", "year", "decade", "next")
    number = int(year)
    if following is not None and (season != "winter" or int(following) != (number + 1) % 10 ** len(following)):
        return None  # only a winter has two years, and they adjoin
    if decade is not None:
        return None if season or month or number % 10 else (number, 0, 120)
    if season is not None:
        return number, _SEASONS[season], 3
    return (number, 0, 12) if month is None else (number, MONTHS[month] - 1, 1)


def _part(text: str, unit: _Unit, which: int, of: int) -> _Span | None:
    """The ``which``-th (from 0) of ``of`` equal parts of a unit; None where there is no such part."""
    year, month0, n = unit
    if n > 1:
        return _months(text, year, month0 + which * n // of, n // of) if n % of == 0 else None
    if of not in _CUTS:
        return None
    lo, hi = _months(text, year, month0, 1)
    cuts = _CUTS[of]
    return lo + cuts[which], hi if which == of - 1 else lo + cuts[which + 1] - 1


def _months(text: str, year: int, month0: int, n: int) -> _Span:
    """``n`` whole months from the one ``month0`` months after January of ``year``; cut off at the last day there is."""
    if year == 0:
        raise impossible(text, 0)
    begin, end = 12 * year + month0, 12 * year + month0 + n
    lo = date(begin // 12, begin % 12 + 1, 1).toordinal()
    return lo, date(end // 12, end % 12 + 1, 1).toordinal() - 1 if end < 120_000 else OPEN_HI


def _widen(lo: int, hi: int) -> _Span:
    """Half the time's own length, rounded up, at both ends."""
    half = (hi - lo + 2) // 2
    return max(OPEN_LO, lo - half), min(OPEN_HI, hi + half)

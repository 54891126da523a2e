"""When: the times that a text names in words, in the grammar of the study's times, and anchored where they lack a year.

Only what is written is read. A time without a year takes it from the time named last before it; "last year" and its like are
reckoned from the document's own date; where neither is known the time is left out, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rashomon.errors import RashomonError
from rashomon.study import When, parse_when
from rashomon.study.time_faults import MONTHS


@dataclass(frozen=True, slots=True)
class Dated:
    """``text[start:end]`` names ``when``. ``year``: the year it lies in or begins in, for what follows without one.

    ``bound``: what a word before it makes of it: "" (at that time), since, until, before or after; or ahead, where the words
    themselves point forward ("next year").
    """

    start: int
    end: int
    when: When
    year: int
    bound: str = ""


_M: Final = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_PART: Final = r"(?:early|mid|late|(?:the )?(?:beginning|start|middle|end|(?:first|second) half) of(?: the)?)"
_YEAR: Final = r"(?:1[5-9]|20)[0-9]{2}"
_DAY: Final = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_UNIT: Final = (
    rf"(?:{_PART}[ \-])?(?:(?:the )?(?:{_DAY} (?:of )?{_M}\.?,? {_YEAR}|{_M}\.? {_DAY},? {_YEAR}|{_M}\.?,? (?:of )?{_YEAR}"
    rf"|(?:spring|summer|autumn|fall|winter),? (?:of )?{_YEAR}(?:[-–/][0-9]{{2}}\b)?|{_YEAR}s|{_YEAR}))"
)
_DASH: Final = r"\s?(?:[-–—]|to|through|until)\s?"
_LATER: Final = rf"(?:{_UNIT}|[0-9]{{2}}(?![0-9]))"
_PATTERN: Final = re.compile(
    rf"(?P<days>{_M}\.? [0-9]{{1,2}}\s?[-–]\s?[0-9]{{1,2}},? {_YEAR})"
    rf"|(?P<days2>[0-9]{{1,2}}\s?[-–]\s?[0-9]{{1,2}} {_M}\.?,? {_YEAR})"
    rf"|(?:between |from )?(?P<m1>{_M})(?: and |{_DASH})(?P<m2>{_M}),? (?:of )?(?P<my>{_YEAR})"
    rf"|between (?P<b1>{_UNIT}) and (?P<b2>{_UNIT})"
    rf"|(?P<lo>{_UNIT}){_DASH}(?P<hi>{_LATER})"
    rf"|(?P<one>{_UNIT})"
    rf"|(?P<bare>(?<=\bin )(?:{_PART}[ \-])?(?:the (?:spring|summer|autumn|fall|winter)|{_M}\b(?! [0-9]))"
    rf"|{_M} [0-9]{{1,2}}(?![0-9]))"
    rf"|(?P<relative>\b(?:last|this|next) (?:year|month|week)|\b(?:today|yesterday|tomorrow))\b"
    rf"|(?P<after>\bthe (?:following|next) year|\b(?:the )?end of the (?:century|decade)"
    rf"|\bthe (?:next|coming) (?:century|decade))\b",
    re.IGNORECASE,
)
_BOUND: Final = re.compile(
    r"\b(since|until|till|before|after|by|prior to)(?: the| about| around)?(?: year)? $", re.IGNORECASE
)
_AHEAD: Final = re.compile("next|tomorrow", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"\b(?:[A-Z][a-z]+ of|(?:[Rr]esolutions?|[Aa]rticle|[Dd]ocument|No\.)(?: [0-9]+,?(?: and)?)*) $"
    r"|\b[Rr]esolutions? [0-9]+(?:/[0-9]+)? ?\($"
)
"""What stands before a number that is no time of what is told: that of a resolution, or its year in brackets after it."""
_THING: Final = re.compile(r"[ \-](?!(?:and|to|the|in|of|by|with|that|was|were|when|as|had|on|at|it|he|a)\b)[A-Za-z]")
_BOUNDS: Final = {"till": "until", "by": "until", "prior to": "before"}


@dataclass(frozen=True, slots=True)
class Wordings:
    """How a language names times. ``pattern``: all that may be one.

    ``written``: a match in the grammar of the study's times, by the year of the time before it and the document's date; None
    where these are not known, or where it only names a thing. ``bound``: what stands before a time; ``bounds``: what its
    words make of it, where not what they say; ``reach``: how many characters before it are looked at. ``ahead``: the
    beginnings of those that point forward.
    """

    pattern: re.Pattern[str]
    written: Callable[[re.Match[str], int | None, date | None], str | None]
    bound: re.Pattern[str]
    bounds: Mapping[str, str]
    reach: int
    ahead: re.Pattern[str]


def read_times(text: str, year: int | None, published: date | None, wordings: Wordings) -> Iterator[Dated]:
    """The times that a text names, in order. ``year``: for those without one; ``published``: the document's own date."""
    known = year
    for match in wordings.pattern.finditer(text):
        written = wordings.written(match, known, published)
        when = None if written is None else read(written)
        if when is None:
            continue
        parts = match.groupdict()
        known = known if parts.get("after") and known is not None else date.fromordinal(when.lo).year
        bound = wordings.bound.search(text[max(0, match.start() - wordings.reach) : match.start()])
        name = "" if bound is None else bound[1].lower()
        ahead = parts["relative"] and wordings.ahead.match(match[0])
        yield Dated(match.start(), match.end(), when, known, "ahead" if ahead else wordings.bounds.get(name, name))


def times_in(text: str, year: int | None = None, published: date | None = None) -> Iterator[Dated]:
    """The times that an English text names, as :func:`read_times` gives them."""
    return read_times(text, year, published, _ENGLISH)


def _names(match: re.Match[str]) -> bool:
    """Whether a year only names a thing: "the 1956 Declaration", "the Declaration of 1956"; or is none ("resolution 1701")."""
    if re.fullmatch(rf"(?:the )?{_YEAR}", match["one"], re.IGNORECASE) is None:
        return False
    text, start = match.string, match.start()
    before = text[max(0, start - 4) : start].lower() + match[0].lower()
    named = _THING.match(text, match.end()) is not None and re.search(r"(?:the |'s |’s )[0-9]{4}$", before) is not None
    return named or _NUMBERED.search(text[max(0, start - 40) : start]) is not None


def read(written: str) -> When | None:
    """A time in the study's grammar; None where it only looks like one."""
    try:
        return parse_when(written)
    except RashomonError:  # "the 1990s of": looks like a time, and is none
        return None


def _written(match: re.Match[str], year: int | None, published: date | None) -> str | None:
    """A time as the study's grammar has it; None where what it hangs on is not known, or where it names a thing."""
    if match["one"]:
        return None if _names(match) else _plain(match["one"])
    if match["days"] or match["days2"]:
        return _days(match["days"] or match["days2"])
    if match["m1"]:
        return f"{match['m1']} {match['my']}/{match['m2']} {match['my']}"
    if match["b1"]:
        return f"{_plain(match['b1'])}/{_plain(match['b2'])}"
    if match["lo"]:
        return f"{_plain(match['lo'])}/{_later(match['lo'], match['hi'])}"
    if match["bare"]:
        return None if year is None else _plain(f"{match['bare']} {year}")
    if match["after"]:
        return None if year is None else _after(match["after"].lower(), year)
    return None if published is None else relative(match["relative"].lower(), published)


_ENGLISH: Final = Wordings(_PATTERN, _written, _BOUND, _BOUNDS, 24, _AHEAD)


def _after(words: str, year: int) -> str:
    """What "the following year" or "the end of the century" is, reckoned from a year; the end of a century is its last decade."""
    if words.endswith("year"):
        return f"{year + 1:04d}"
    ends = "end" in words
    if words.endswith("decade"):
        return f"late {year // 10}0s" if ends else f"{year // 10 + 1}X"
    return f"{year // 100}9X" if ends else f"{year // 100 + 1}XX"


def _plain(text: str) -> str:
    """Blanks set right, and no comma after a season, as the grammar wants it."""
    words = " ".join(text.split()).replace("–", "-")
    words = re.sub(r"\b(early|mid|late) the ", r"\1 ", words, flags=re.IGNORECASE)
    words = re.sub(r"^the (?=spring|summer|autumn|fall|winter)", "", words, flags=re.IGNORECASE)
    return re.sub(r"(?<=spring|summer|autumn|winter), ", " ", words) if "," in words else words


def _later(first: str, last: str) -> str:
    if len(last) > 2:
        return _plain(last)
    years = re.findall(_YEAR, first)
    return f"{years[-1][:2]}{last}" if years else last


def _days(text: str) -> str:
    year = re.search(_YEAR, text)
    month = re.search(_M, text, re.IGNORECASE)
    assert year is not None
    assert month is not None
    first, last = re.findall(r"(?<![0-9])[0-9]{1,2}(?![0-9])", text.replace(year[0], ""))[:2]
    return f"{first} {month[0]} {year[0]}/{last} {month[0]} {year[0]}"


def relative(words: str, published: date) -> str:
    """What "last year", "this month" or "yesterday" is, reckoned from the document's own date."""
    step = {"last": -1, "this": 0, "next": 1, "yesterday": -1, "today": 0, "tomorrow": 1}[words.split()[0]]
    if words.endswith("year"):
        return f"{published.year + step:04d}"
    if words.endswith("month"):
        months = 12 * published.year + published.month - 1 + step
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if words.endswith("week"):
        monday = published + timedelta(days=7 * step - published.weekday())
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    return (published + timedelta(days=step)).isoformat()

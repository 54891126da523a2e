"""The day of publication as documents write it, into a time of our grammar."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime

from rashomon.study.times import TimeError, parse_when

__all__ = ["published_on"]

_ISO = re.compile(r"\s*([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?(?:[T\s].*)?\s*", re.DOTALL)
_COMPACT = re.compile(r"\s*([0-9]{4})([0-9]{2})([0-9]{2})(?:[T0-9].*)?\s*", re.DOTALL)


def published_on(text: str) -> str:
    """``text`` as a time (``2004-11-14``, ``2004-11``, ``2004``); "" where it is none that we can read without guessing.

    Read are ISO 8601 with what comes after the day, ``2004/11/14``, ``20041114``, the dates of e-mail, and English words.
    ``03/04/2004`` is not read: nobody can know which is the month.
    """
    for form in (_COMPACT, _ISO):
        if (found := form.fullmatch(text)) and (day := _day(*found.groups())):
            return day
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    words = " ".join(text.split())
    if not words or len(words) > 40:
        return ""
    try:
        when = parse_when(words)
    except TimeError:
        return ""
    return date.fromordinal(when.lo).isoformat() if when.lo == when.hi else words


def _day(year: str, month: str | None, day: str | None) -> str:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])

"""What is wrong with a time that cannot be read, and how to mend it.

Only reached when reading has failed, so it may be slow and thorough: it knows how spreadsheets rewrite dates, and the
spellings that people try first.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from rashomon.errors import Fault, RashomonError

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
"""English names of the months and their abbreviations, in lower case, and their numbers."""

_ELSEWHERE = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner jän janvier janv enero ene gennaio gen janeiro январь января янв",
            "februar febr février févr fév febrero febbraio fevereiro fev февраль февраля февр фев",
            "märz mär mrz mars marzo março март марта мар",
            "april avril avr abril abr aprile апрель апреля апр",
            "mai mayo maggio mag maio май мая",
            "juni juin junio giugno giu junho июнь июня июн",
            "juli juillet juil julio luglio lug julho июль июля июл",
            "august août aoû agosto ago август августа авг",
            "septembre septiembre settembre set setembro сентябрь сентября сент сен",
            "oktober okt octobre octubre ottobre ott outubro out октябрь октября окт",
            "novembre noviembre novembro ноябрь ноября нояб ноя",
            "dezember dez décembre déc diciembre dicembre dic dezembro декабрь декабря дек",
        ),
        start=1,
    )
    for name in names.split()
}
"""Months where spreadsheets speak German, French, Spanish, Italian, Portuguese or Russian, and their numbers."""

_NAMES = {number: name.capitalize() for name, number in reversed(MONTHS.items())}

ALLOWED = (
    "a day, month, year or decade (1991-04-16, 1991-04, 1991, 198X), throughout an interval (1985-03/1990-05, "
    "1985/..), some day within one ([1985-03..1990-05]), a season (1988-22), each with ~ for 'about' or ? for "
    "'uncertain'; or words: late 1992, mid-1988, summer 1989, first half of 1990, end of 1986, the early 1990s, "
    "October 1985, 16 April 1991"
)
_TEXT_CELLS = "and make the column one of text in the spreadsheet first, or it will rewrite it again"

_Mend = tuple[str, str, str]  # code, message, remedy
_Maker = Callable[[re.Match[str]], _Mend | None]  # None where the pattern fits, but there is no such date


class TimeError(RashomonError):
    """A time that cannot be read (R301 to R305)."""


def _fault(code: str, message: str, found: str, remedy: str, allowed: str = ALLOWED) -> TimeError:
    return TimeError(Fault(code, message, repr(found), allowed, remedy))


def impossible(text: str, year: int, month: int = 1, day: int = 1) -> TimeError:
    """R302: a year, month or day that no calendar has."""
    if year == 0:
        return _fault("R302", "There is no year 0.", text, "Write a year from 0001 to 9999.")
    if not 1 <= month <= 12:
        message = (
            f"There is no month {month:02d}; the seasons are 21 (spring), 22 (summer), 23 (autumn) and 24 (winter)."
        )
        later = 100 * (year // 100) + month
        years = f", or, if the years {year} to {later} are meant, '{year:04d}/{later:04d}'" if year < later else ""
        return _fault("R302", message, text, f"Write a month from 01 to 12, or only the year: '{year:04d}'{years}.")
    last = calendar.monthrange(year, month)[1]
    message = f"{_NAMES[month]} {year} has {last} days; there is no day {day:02d}."
    return _fault("R302", message, text, f"Write a day from 01 to {last}, or only the month: '{year:04d}-{month:02d}'.")


def reversed_interval(text: str, start: str, end: str) -> TimeError:
    """R303: an interval that ends before it starts."""
    mended = f"[{end}..{start}]" if text.startswith("[") else f"{end}/{start}"
    return _fault(
        "R303", f"The interval ends ({end}) before it starts ({start}).", text,
        f"Put the earlier time first: '{mended}'.", "an interval whose first time does not lie after its second",
    )  # fmt: skip


def needs_one_day(text: str, problem: Fault | None = None) -> TimeError:
    """R305: no time, or a longer or doubted one, where one day is required; R302 for a day that no calendar has. ``problem``:
    why the text is no time, and how to mend it, where it is none.
    """
    code, message = "R305", "One single day is required here."
    if problem is not None and problem.code == "R302":
        code, message = problem.code, problem.message
    days = " or ".join(re.findall(r"'\d{4}-\d\d-\d\d'", problem.remedy)) if problem is not None else ""
    remedy = f"Write {days}." if days else "Write the day as year, month and day, without ~ or ?."
    return _fault(code, message, text, remedy, "one day, such as '1991-04-16'")


def unreadable(text: str, part: str | None = None) -> TimeError:
    """R301 or R304 with the remedy that fits what was probably meant. ``part``: the end of an interval that failed."""
    for piece in (text, part):
        if piece is None:
            continue
        for pattern, mend in _MENDS:
            match = pattern.fullmatch(piece)
            found = mend(match) if match is not None else None
            if found is not None:
                return _fault(found[0], found[1], piece, found[2])
    folded = unicodedata.normalize("NFKC", text)
    if folded != text:
        return _fault("R301", "The time has characters of another width.", text, f"Write plain characters: '{folded}'.")
    message = "The time cannot be read." if part is None else f"The end {part!r} of the interval cannot be read."
    return _fault(
        "R301", message, text, "Write the time in one of the forms allowed, for instance '1985-03' or 'late 1992'."
    )


def _iso(year: int, month: int, day: int | None = None) -> str | None:
    """The ISO spelling if there is such a month or day."""
    try:
        written = date(year, month, 1 if day is None else day).isoformat()
    except ValueError:
        return None
    return written[:7] if day is None else written


def _full_year(written: str) -> int:
    """Four digits of two as Excel takes them: 00 to 29 lie after 2000, 30 to 99 before."""
    year = int(written)
    return year if len(written) == 4 else year + (2000 if year < 30 else 1900)


def _spreadsheet(mended: list[str]) -> _Mend:
    meant = " or ".join(f"'{one}'" for one in dict.fromkeys(mended))
    return "R304", "A spreadsheet has rewritten this date.", f"Write {meant}, {_TEXT_CELLS}."


def _month_year(match: re.Match[str]) -> _Mend | None:
    month = MONTHS.get(match["month"].lower())
    return None if month is None else _spreadsheet([f"{_full_year(match['year']):04d}-{month:02d}"])


def _month_elsewhere(match: re.Match[str]) -> _Mend | None:
    """``Okt 90``, ``янв.90``, ``févr-90``, ``1. Mai 1990``."""
    name = match["month"].lower()
    month = _ELSEWHERE.get(name) or (MONTHS.get(name) if match["day"] else None)
    day = int(match["day"]) if match["day"] else None
    written = _iso(_full_year(match["year"]), month, day) if month else None
    if written is None:
        return None
    if len(match["year"]) == 4:
        return "R301", "Months are written in English, or as numbers.", f"Write '{written}'."
    return _spreadsheet([written])


def _day_month(match: re.Match[str]) -> _Mend | None:
    month = MONTHS.get(match["month"].lower())
    if month is None:
        return None
    if match["year"] is None:
        return (
            "R304",
            "A spreadsheet has rewritten this date, and dropped its year.",
            f"Write the year too, {_TEXT_CELLS}.",
        )
    written = _iso(_full_year(match["year"]), month, int(match["day"]))
    return None if written is None else _spreadsheet([written])


def _slashed(match: re.Match[str]) -> _Mend | None:
    first, second, year = int(match["a"]), int(match["b"]), _full_year(match["year"])
    readings = [one for one in (_iso(year, first, second), _iso(year, second, first)) if one is not None]
    return _spreadsheet(readings) if readings else None


def _dotted(match: re.Match[str]) -> _Mend | None:
    """``16.4.1991``; as spreadsheets have it ``16.04.1991``, ``16.04.91`` or with a time."""
    written = _iso(_full_year(match["year"]), int(match["month"]), int(match["day"]))
    if written is None:
        return None
    if len(match["year"]) == 4 and not match["time"] and "0" not in (match["day"][0], match["month"][0]):
        return "R301", "The date is not in the form year-month-day.", f"Write '{written}'."
    return _spreadsheet([written])


def _serial(match: re.Match[str]) -> _Mend:
    number = int(match["number"])
    dates = [(epoch + timedelta(days=number)).isoformat() for epoch in (date(1899, 12, 30), date(1904, 1, 1))]
    message = "This is the number of a day, as a spreadsheet counts days."
    return "R304", message, f"Write '{dates[0]}' (from an old Macintosh: '{dates[1]}'), {_TEXT_CELLS}."


def _numeric(match: re.Match[str]) -> _Mend | None:
    """``1990/5/1``, ``1990.05``, ``1990-5-1``, ``5/1990``."""
    parts = match.groupdict()
    written = _iso(int(parts["year"]), int(parts["month"]), int(parts["day"]) if parts.get("day") else None)
    if written is None:
        return None
    return "R301", "The date is not in the form year-month-day.", f"Write '{written}'."


def _short_end(match: re.Match[str]) -> _Mend | None:
    """``1985/88``."""
    year = int(match["year"])
    later = 100 * (year // 100) + int(match["end"])
    if later <= year:
        return None
    return "R301", "The second year is not in four digits.", f"Write '{year:04d}/{later:04d}'."


def _open_end(match: re.Match[str]) -> _Mend:
    """``until 1985``, ``since 1985``, ``1985/``, ``/1985``."""
    until, since = match["until"], match["since"] or match["since2"]
    mended = f"../{until}" if until is not None else f"{since}/.."
    return "R301", "An open end is written with two dots.", f"Write '{mended}'."


def _say(message: str, remedy: str) -> _Maker:
    """A mend (R301) whose remedy is a template over the groups of its pattern."""
    return lambda match: ("R301", message, remedy.format(text=match[0], upper=match[0].upper(), **match.groupdict()))


_SLASH = "An interval is written with a slash."
_WORDS = "These words are not read."
_D = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"  # an ISO day, month or year, whether or not the calendar has it
_Q = "['\N{RIGHT SINGLE QUOTATION MARK}]"
_TIME = r"(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
_DASH = "[-\N{EN DASH}\N{EM DASH}]"
_TABLE: tuple[tuple[str, _Maker], ...] = (  # the first that fits and has an answer
    ("", _say("The time is blank.", "Write a time, for instance '1985-03' or 'late 1992'.")),
    # what spreadsheets make of dates
    (r"(?P<month>[a-z]{3,9})-(?P<year>[0-9]{2}|[0-9]{4})", _month_year),
    (r"(?P<day>[0-9]{1,2})-(?P<month>[a-z]{3,9})(?:-(?P<year>[0-9]{2}|[0-9]{4}))?", _day_month),
    (r"(?P<day>)(?P<month>[^\W\d_]{3,10})\.?[-. ]{1,2}(?P<year>[0-9]{2}|[0-9]{4})", _month_elsewhere),
    (r"(?P<day>[0-9]{1,2})\.?[-. ](?P<month>[^\W\d_]{3,10})\.?[-. ](?P<year>[0-9]{2}|[0-9]{4})", _month_elsewhere),
    (rf"(?P<a>[0-9]{{1,2}})[/-](?P<b>[0-9]{{1,2}})[/-](?P<year>[0-9]{{4}}|[0-9]{{2}}){_TIME}", _slashed),
    (
        rf"(?P<day>[0-9]{{1,2}})\.\s?(?P<month>[0-9]{{1,2}})\.\s?(?P<year>[0-9]{{4}}|[0-9]{{2}})(?P<time>{_TIME})",
        _dotted,
    ),
    (r"(?P<number>[0-9]{5})(?:\.[0-9]+)?", _serial),
    # numbers in another order or spelling
    (r"(?P<year>[0-9]{4})[-./]\s?(?P<month>[0-9]{1,2})(?:[-./]\s?(?P<day>[0-9]{1,2}))?\.?", _numeric),
    ("(?P<year>[0-9]{4})年(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?", _numeric),
    (r"(?P<month>[0-9]{1,2})[-./](?P<year>[0-9]{4})", _numeric),
    (r"(?P<year>[0-9]{4})/(?P<end>[0-9]{2})", _short_end),
    (rf"(?P<day>{_D})[T ][0-9:.+Z -]+", _say("The time of day is not kept.", "Write '{day}'.")),
    (
        r"(?:[0-9]{3}x|[0-9]{2}xx|[0-9]{4}-(?:[0-9]{2}|xx)(?:-xx)?)[~?%]?",
        _say("What is left open is written with a capital X.", "Write '{upper}'."),
    ),
    (r"(?:y-?|-)[0-9]+.*", _say("Years run from 0001 to 9999.", "Write a year of four digits, such as '1985'.")),
    # lists, and ends
    (
        r"\{.*\}",
        _say(
            "A list of several times in braces is not read: a record has one time.",
            "Write one record for each of the times; if all days between two are meant, write '1985/1987', if some day "
            "between them, '[1985..1987]'.",
        ),
    ),
    (
        r"\[.*,.*\]",
        _say("A choice among listed times is not read.", "Write the first and the last of them: '[1985..1987]'."),
    ),
    (
        r"\.\.\s*/\s*\.\.|\[\s*\.\.\s*\]",
        _say("A time open at both ends says nothing.", "Give at least one end, as in '1985/..'."),
    ),
    (
        r"winter (?:of )?(?P<year>[0-9]{4})/(?P<next>[0-9]{4})",
        _say(
            "This may be one winter or an interval.",
            "Write 'winter {year}' for the winter that begins in {year}, '{year}-24/{next}' for the interval.",
        ),
    ),
    (
        rf"(?:(?:until|till|up to|by) |/)(?P<until>{_D})|since (?P<since>{_D})|(?P<since2>{_D})/",
        _open_end,
    ),
    (
        rf"(?:before|after) (?P<time>{_D})",
        _say(_WORDS, "Write '../{time}' for the time up to it, '{time}/..' for the time from it on."),
    ),
    (
        rf"(?:from )?(?P<a>{_D})\s*(?:{_DASH}|to|until|till|through)\s*(?P<b>{_D})",
        _say(_SLASH, "Write '{a}/{b}', or '[{a}..{b}]' for some day within."),
    ),
    (
        rf"between (?P<a>{_D}) and (?P<b>{_D})",
        _say(_WORDS, "Write '[{a}..{b}]', or '{a}/{b}' if it lasted throughout."),
    ),
    (
        r"[^/]+ (?:to|until|and) [^/]+",
        _say(_SLASH, "Put / between the two times if it lasted throughout, as in 'late 1992/1993-03'."),
    ),
    (
        rf"(?:c|ca|circa|about|around|approximately)\.?\s*(?P<time>{_D})",
        _say("'About' is written with ~.", "Write '{time}~'."),
    ),
    # words
    (
        rf".*?(?<![0-9]){_Q}?(?P<tens>[0-9])0{_Q}?s",
        _say("A decade is written with four digits and s.", "Write it as in 'the 19{tens}0s' or 'early 19{tens}0s'."),
    ),
    (rf"(?P<words>.*[0-9]{{3}}0){_Q}s", _say("A decade is written without an apostrophe.", "Write '{words}s'.")),
    (
        rf"(?P<words>[a-z .-]+) {_Q}?(?P<year>[0-9]{{2}})",
        _say("A year is written with four digits.", "Write it as in '{words} 19{year}'."),
    ),
)
_MENDS = tuple((re.compile(pattern, re.IGNORECASE), mend) for pattern, mend in _TABLE)

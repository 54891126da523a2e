"""When, in Russian: the times that a text names, put into the grammar of the study's times as :mod:`rashomon.coding.dating` does.

A time without a year takes it from the time named last before it; without one it is left out, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from rashomon.coding.dating import Dated, Wordings, read_times, relative

_MONTHS: Final = {
    "янв": "January", "фев": "February", "мар": "March", "апр": "April", "ма": "May", "июн": "June", "июл": "July",
    "авг": "August", "сен": "September", "окт": "October", "ноя": "November", "дек": "December",
}  # fmt: skip
"""By how their names begin, March before May."""
_M: Final = (
    r"(?:январ[ьяею]м?|феврал[ьяею]м?|март(?:а|е|у|ом)?|апрел[ьяею]м?|ма[йяею]м?|июн[ьяею]м?|июл[ьяею]м?|август(?:а|е|у|ом)?"
    r"|сентябр[ьяею]м?|октябр[ьяею]м?|ноябр[ьяею]м?|декабр[ьяею]м?|(?:янв|февр?|мар|апр|авг|сент?|окт|нояб?|дек)\.)"
)
_SEASONS: Final = {"вес": "spring", "лет": "summer", "осе": "autumn", "зим": "winter"}
_S: Final = r"(?:весн(?:ой|ы|е|а|у)|лет(?:ом|а|о)|осен(?:ью|и|ь)|зим(?:ой|ы|е|а|у))"
_PARTS: Final = {"нач": "early", "сер": "mid", "кон": "late", "пер": "first half of", "вто": "second half of"}
_P: Final = (
    r"(?:начал[еауо]м?|середин[еыуа]|кон(?:це|ца|цу|ец)|перв(?:ой|ая|ую) половин[еыау]|втор(?:ой|ая|ую) половин[еыау])"
)
_Y: Final = r"(?:1[5-9]|20)[0-9]{2}"
_G: Final = r"(?:\s?(?:года|году|годом|год|гг?\.))"
_DASH: Final = r"\s?[-–—]\s?"
_B: Final = r"(?<![\w-])"
_PATTERN: Final = re.compile(
    rf"{_B}(?:(?P<d1>[0-9]{{1,2}}){_DASH}(?P<d2>[0-9]{{1,2}})\s(?P<dm>{_M})\s(?P<dy>{_Y}){_G}?"
    rf"|(?P<day>[0-9]{{1,2}})\s(?P<daymonth>{_M})(?:\s(?P<dayyear>{_Y})(?![0-9]){_G}?)?"
    rf"|(?:(?P<part>{_P})\s)?(?P<season>{_S})\s(?P<seasonyear>{_Y})(?:[-–/][0-9]{{2,4}})?{_G}?"
    rf"|(?:(?P<monthpart>{_P})\s)?(?P<month>{_M})\s(?P<monthyear>{_Y})(?![0-9]){_G}?"
    rf"|(?:(?P<decadepart>{_P})\s)?(?P<decade>(?:1[5-9]|20)[0-9]0)-(?:х|е|ые|ых)(?:\sгодов|\sгодах|\sгоды|\sгг\.)?"
    rf"|(?:(?P<yearpart>{_P})\s)?(?P<from>{_Y}){_DASH}(?P<to>{_Y}|[0-9]{{2}}(?![0-9])){_G}"
    rf"|с\s(?P<since>{_Y})\sпо\s(?P<till>{_Y}){_G}?"
    rf"|(?:(?P<plainpart>{_P})\s)(?P<partyear>{_Y})(?![0-9]){_G}?"
    rf"|(?P<year>{_Y}){_G}(?!\w)"
    rf"|(?<=\bв )(?P<inyear>{_Y})(?![0-9-])"
    rf"|(?P<bare>(?:(?<=\bв )|(?<=\bк )|(?<=\bдо )|(?<=\bс ))(?:{_P}\s)?{_M}(?!\w))"
    rf"|(?P<relative>(?:прошл(?:ом|ого|ый)|эт(?:ом|ого|от)|следующ(?:ем|его|ий))\s(?:год[уа]?|месяц[еа]?)"
    rf"|сегодня|вчера|завтра)(?!\w))",
    re.IGNORECASE,
)
_RELATIVE: Final = {"пр": "last", "эт": "this", "сл": "next", "се": "today", "вч": "yesterday", "за": "tomorrow"}
_BOUND: Final = re.compile(r"\b(с|со времени|начиная с|до|после|к|вплоть до)\s$", re.IGNORECASE)
_AHEAD: Final = re.compile("следующ|завтра", re.IGNORECASE)
_BOUNDS: Final = {
    "с": "since", "со времени": "since", "начиная с": "since", "до": "until", "после": "after", "к": "until",
    "вплоть до": "until",
}  # fmt: skip
_OF_A_THING: Final = re.compile(
    r"(?:декларац|договор|соглашени|конституц|заявлени|меморандум|коммюнике|трактат|протокол|хартия|пакт)\w*\s(?:от\s)?$",
    re.IGNORECASE,
)
_NEAR: Final = 64
"""Letters before a year among which the thing that it may name stands: more than any of those words has."""
_ONLY_YEAR: Final = ("year", "inyear")


def times_in(text: str, year: int | None, published: date | None) -> Iterator[Dated]:
    """The times that a Russian text names, as :func:`rashomon.coding.dating.read_times` gives them."""
    return read_times(text, year, published, _RUSSIAN)


def _names(match: re.Match[str]) -> bool:
    """Whether a year only names a thing: "Декларация 1956 года"."""
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    return match.lastgroup in _ONLY_YEAR and _OF_A_THING.search(before) is not None


def _month(word: str) -> str:
    lower = word.lower()
    return next(name for start, name in _MONTHS.items() if lower.startswith(start))


def _parted(part: str | None, whole: str) -> str:
    return whole if part is None else f"{_PARTS[part[:3].lower()]} {whole}"


def _written(match: re.Match[str], year: int | None, published: date | None) -> str | None:
    """A time as the study's grammar has it; None where what it hangs on is not known, or where it names a thing."""
    if match["d1"]:
        month = f"{_month(match['dm'])} {match['dy']}"
        return f"{match['d1']} {month}/{match['d2']} {month}"
    if match["day"]:
        its = match["dayyear"] or year
        return None if its is None else f"{match['day']} {_month(match['daymonth'])} {its}"
    if match["season"]:
        return _parted(match["part"], f"{_SEASONS[match['season'][:3].lower()]} {match['seasonyear']}")
    if match["month"]:
        return _parted(match["monthpart"], f"{_month(match['month'])} {match['monthyear']}")
    if match["bare"]:
        return None if year is None else _bare(match["bare"], year)
    if match["relative"]:
        return None if published is None else relative(_pointing(match["relative"].lower()), published)
    return None if _names(match) else _years(match)


_RUSSIAN: Final = Wordings(_PATTERN, _written, _BOUND, _BOUNDS, 14, _AHEAD)


def _years(match: re.Match[str]) -> str:
    if match["decade"]:
        return _parted(match["decadepart"], f"the {match['decade']}s").replace(" the ", " ")
    if match["from"]:
        last = match["to"] if len(match["to"]) == 4 else match["from"][:2] + match["to"]
        return f"{_parted(match['yearpart'], match['from'])}/{last}"
    if match["since"]:
        return f"{match['since']}/{match['till']}"
    return _parted(match["plainpart"], match["partyear"] or match["year"] or match["inyear"])


def _bare(words: str, year: int) -> str:
    *part, month = words.split()
    return _parted(" ".join(part) or None, f"{_month(month)} {year}")


def _pointing(words: str) -> str:
    first = _RELATIVE[words[:2]]
    return first if " " not in words else f"{first} {'year' if ' год' in words else 'month'}"

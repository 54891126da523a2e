"""When, in Japanese: the times that a text names, in the grammar of the study's times, as :mod:`rashomon.coding.dating` does.

Years of the common era and of the eras since Meiji, in digits of any width or in Chinese numerals. A time without a year takes
it from the time named last before it; without one it is left out, never guessed. A year of two digits without its era is read
only before its month, from 65 on, which is no year of an era, and after a whole year: it is of the nearest century.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from rashomon.coding.dating import Dated, read, relative

_DIGITS: Final = {one: value for value, one in enumerate("〇一二三四五六七八九")} | {"零": 0}
_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_N: Final = r"[0-9０-９〇零一二三四五六七八九十百千]"
_ERAS: Final[Mapping[str, tuple[date, date]]] = {
    "明治": (date(1868, 1, 25), date(1912, 7, 29)), "大正": (date(1912, 7, 30), date(1926, 12, 24)),
    "昭和": (date(1926, 12, 25), date(1989, 1, 7)), "平成": (date(1989, 1, 8), date(2019, 4, 30)),
    "令和": (date(2019, 5, 1), date(9999, 12, 31)),
}  # fmt: skip
"""The first and the last day of each era."""
_SEASONS: Final = {"春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter"}
_PARTS: Final = {
    "初頭": "early", "初め": "early", "はじめ": "early", "始め": "early", "初": "early", "半ば": "mid", "なかば": "mid",
    "中頃": "mid",
    "中ごろ": "mid", "中葉": "mid", "終わり": "late", "末": "late", "暮れ": "late", "前半": "first half of",
    "後半": "second half of", "上旬": "early", "中旬": "mid", "下旬": "late",
}  # fmt: skip
_P: Final = "(?:" + "|".join(sorted(_PARTS, key=len, reverse=True)) + ")"
_B: Final = r"(?:[(（][^)）]{2,8}[)）])?"  # 1991(平成3)年, 1991年(平成3年)
_FULL: Final = rf"(?:{_N}{{4,8}}|二?千[一二三四五六七八九十]{_N}{{0,5}})"
_Y: Final = rf"(?:(?:{'|'.join(_ERAS)})\s?(?:元|{_N}{{1,3}})|(?<!{_N}){_FULL})\s?{_B}年"
_SHORT: Final = r"(?<![0-9年])(?:6[5-9]|[7-9][0-9])年(?=[0-9]{1,2}月)"
_TO: Final = r"\s?(?:から|[-–—〜～~・])\s?"
_NO_SPAN: Final = r"(?!間|ぶり|来|目|度|生|代|も|分|半|越し)"
_PATTERN: Final = re.compile(
    rf"(?P<decade>(?<!{_N}){_N}{{4,6}})\s?年代(?:の?(?P<decadepart>{_P}))?"
    rf"|(?P<from>{_Y}){_B}(?:(?P<frommonth>{_N}{{1,3}})\s?月)?{_TO}(?P<to>{_Y})(?:(?P<tomonth>{_N}{{1,3}})\s?月)?"
    rf"|(?P<span>(?<!{_N}){_N}{{4}}){_TO}(?P<spanto>{_N}{{2,4}})\s?年{_NO_SPAN}"
    rf"|(?P<year>{_Y}|{_SHORT}|同年|翌年|前年|昨年|去年|今年|本年|来年|一昨年){_NO_SPAN}{_B}(?:の?(?:(?P<season>[春夏秋冬])|"
    rf"(?P<month>{_N}{{1,3}})\s?月(?!間)(?:の?(?P<day>{_N}{{1,3}})(?:(?:\s?日)?{_TO}(?P<lastday>{_N}{{1,3}})\s?日|\s?日(?!間))"
    rf"|の?(?P<monthpart>{_P}))?|(?P<part>{_P})))?"
    rf"|(?<![年{_N[1:-1]}ヶケかカヵ箇個])(?P<baremonth>{_N}{{1,3}})\s?月(?!間)(?:の?(?P<bareday>{_N}{{1,3}})"
    rf"(?:(?:\s?日)?{_TO}(?P<barelast>{_N}{{1,3}})\s?日|\s?日(?!間))|の?(?P<barepart>{_P}))?"
    rf"|(?P<same>同月)(?:(?P<sameday>{_N}{{1,3}})\s?日(?!間))?"
    rf"|(?P<relative>先月|今月|来月|昨日|本日|今日|明日|先週|今週|来週)"
)
_BRACKETED: Final = re.compile(r"[(（].*")
_RELATIVE: Final = {
    "先月": "last month", "今月": "this month", "来月": "next month", "昨日": "yesterday", "本日": "today",
    "今日": "today",
    "明日": "tomorrow", "先週": "last week", "今週": "this week", "来週": "next week",
}  # fmt: skip
_OF_THE_DAY: Final = {"昨年": -1, "去年": -1, "今年": 0, "本年": 0, "来年": 1, "一昨年": -2}
_OF_THE_TEXT: Final = {"同年": 0, "翌年": 1, "前年": -1}
_BOUND: Final = re.compile(r"(以来|以降|から|以後|後|まで|以前|前)(?!後)")
_BOUNDS: Final = {
    "以来": "since", "以降": "since", "から": "since", "以後": "after", "後": "after", "まで": "until",
    "以前": "before",
    "前": "before",
}  # fmt: skip
_THING: Final = r"(?:宣言|条約|協定|憲法|議定書|覚書|声明|合意|決議|コミュニケ|共同声明|防衛計画|白書)"
_OF_A_THING: Final = re.compile(rf"の?[^\s、。はがをにで年月の]{{0,10}}{_THING}")


def times_in(text: str, year: int | None, published: date | None) -> Iterator[Dated]:
    """The times that a text names, in order. ``year``: for those without one; ``published``: the document's own date."""
    known, month = year, 0
    for match in _PATTERN.finditer(text):
        written = None if _names(text, match) else _written(match, known, month, published)
        when = None if written is None else read(written)
        if when is None:
            continue
        first = date.fromordinal(when.lo)
        known, month = first.year, first.month if match["month"] or match["baremonth"] or match["same"] else 0
        bound = _BOUND.match(text, match.end())
        yield Dated(match.start(), match.end(), when, known, "" if bound is None else _BOUNDS[bound[1]])


def _names(text: str, match: re.Match[str]) -> bool:
    """Whether a year only names a thing: "1956年の日ソ共同宣言"."""
    only = match["year"] is not None and match["year"] == match[0]
    return only and _OF_A_THING.match(text, match.end()) is not None


def number(text: str) -> int:
    """A numeral in digits of any width, in Chinese digits by place, or with those for ten, hundred and thousand.

    >>> number("一九九一"), number("千九百九十一"), number("３"), number("元")
    (1991, 1991, 3, 1)
    """
    plain = unicodedata.normalize("NFKC", text)
    if plain == "元":
        return 1
    if not set(plain) & _TENS.keys():
        return int("".join(str(_DIGITS.get(one, one)) for one in plain))
    total, last = 0, 0
    for one in plain:
        if one in _TENS:
            total, last = total + max(last, 1) * _TENS[one], 0
        else:
            last = 10 * last + int(_DIGITS.get(one, one))
    return total + last


def _year(text: str, known: int | None, published: date | None) -> tuple[int, str] | None:
    """A year, and the era by which it was written; None where what it hangs on is not known, or it is none."""
    if text in _OF_THE_TEXT:
        return None if known is None else (known + _OF_THE_TEXT[text], "")
    if text in _OF_THE_DAY:
        return None if published is None else (published.year + _OF_THE_DAY[text], "")
    plain = _BRACKETED.sub("", text.removesuffix("年")).strip()
    if len(plain) == 2:
        return None if known is None else (known - (known - int(plain) + 50) % 100 + 50, "")
    era = plain[:2] if plain[:2] in _ERAS else ""
    if not era:
        found = number(plain)
        return (found, "") if 1500 <= found <= 2099 else None
    count = number(plain[2:].strip())
    first, last = _ERAS[era]
    found = first.year + count - 1
    return (found, era) if count >= 1 and found <= last.year else None


def _written(match: re.Match[str], known: int | None, month: int, published: date | None) -> str | None:
    """A time as the study's grammar has it; None where what it hangs on is not known."""
    if match["decade"]:
        decade = number(match["decade"])
        return None if decade % 10 or not 1500 <= decade < 2100 else _parted(match["decadepart"], f"{decade}s")
    if match["from"] or match["span"]:
        return _spanned(match, known, published)
    if match["relative"]:
        return None if published is None else relative(_RELATIVE[match["relative"]], published)
    if match["same"]:
        if known is None or not month:
            return None
        return f"{known}-{month:02d}" + (f"-{number(match['sameday']):02d}" if match["sameday"] else "")
    if match["baremonth"]:
        return None if known is None else _within(known, match, "bare")
    found = _year(match["year"], known, published)
    if found is None:
        return None
    year, era = found
    if match["season"]:
        return f"{_SEASONS[match['season']]} {year}"
    if match["month"]:
        return _clipped(_within(year, match, ""), era)
    return _parted(match["part"], str(year)) if match["part"] else _clipped(str(year), era)


def _spanned(match: re.Match[str], known: int | None, published: date | None) -> str | None:
    if match["span"]:
        first = number(match["span"])
        last = number(match["spanto"])
        return f"{first}/{last if last > 99 else first - first % 100 + last}" if 1500 <= first <= 2099 else None
    one, other = _year(match["from"], known, published), _year(match["to"], known, published)
    if one is None or other is None:
        return None
    months = ("frommonth", "tomonth")
    ends = [
        f"{year}-{number(match[name]):02d}" if match[name] else str(year)
        for (year, _), name in zip((one, other), months, strict=True)
    ]
    return "/".join(ends)


def _within(year: int, match: re.Match[str], bare: str) -> str:
    """A month of a year, a part of it, or days in it."""
    day, last, part = (
        match[name] for name in (("bareday", "barelast", "barepart") if bare else ("day", "lastday", "monthpart"))
    )
    month = number(match["baremonth" if bare else "month"])
    whole = f"{year}-{month:02d}"
    if last:
        return f"{whole}-{number(day):02d}/{whole}-{number(last):02d}"
    if day:
        return f"{whole}-{number(day):02d}"
    return _parted(part, f"{calendar.month_name[month]} {year}") if part and 1 <= month <= 12 else whole


def _parted(part: str | None, whole: str) -> str:
    return whole if not part else f"{_PARTS[part]} {whole}"


def _clipped(written: str, era: str) -> str | None:
    """A time within its era: "平成元年" begins on 8 January 1989; None where it lies outside."""
    when = read(written)
    if not era or when is None:
        return written
    first, last = (one.toordinal() for one in _ERAS[era])
    lo, hi = max(when.lo, first), min(when.hi, last)
    if lo > hi:
        return None
    return written if (lo, hi) == (when.lo, when.hi) else f"{date.fromordinal(lo)}/{date.fromordinal(hi)}"

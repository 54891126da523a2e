"""Times found in running Japanese text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rashomon.coding.japanese_dates import number, times_in
from rashomon.study import format_day


def bounds(text: str, year: int | None = None, published: date | None = None) -> list[tuple[str, str]]:
    return [(format_day(one.when.lo), format_day(one.when.hi)) for one in times_in(text, year, published)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1991年4月16日、大統領が来日した", "1991-04-16", "1991-04-16"),
        ("1991年4月16日から19日まで", "1991-04-16", "1991-04-19"),
        ("1991年4月16～19日", "1991-04-16", "1991-04-19"),
        ("1991年4月に", "1991-04-01", "1991-04-30"),
        ("1991年に", "1991-01-01", "1991-12-31"),
        ("平成3年4月に", "1991-04-01", "1991-04-30"),
        ("平成三年四月十六日", "1991-04-16", "1991-04-16"),
        ("昭和三十一年", "1956-01-01", "1956-12-31"),
        ("昭和31(1956)年10月19日", "1956-10-19", "1956-10-19"),
        ("1956年(昭和31年)10月19日", "1956-10-19", "1956-10-19"),
        ("平成元年", "1989-01-08", "1989-12-31"),
        ("昭和64年", "1989-01-01", "1989-01-07"),
        ("令和2年", "2020-01-01", "2020-12-31"),
        ("1990年代初めに", "1990-01-01", "1993-04-30"),
        ("1990年代の", "1990-01-01", "1999-12-31"),
        ("1992年秋", "1992-09-01", "1992-11-30"),
        ("1992年の秋に", "1992-09-01", "1992-11-30"),
        ("1992年末に", "1992-09-01", "1992-12-31"),
        ("1992年の後半", "1992-07-01", "1992-12-31"),
        ("1992年10月下旬", "1992-10-21", "1992-10-31"),
        ("1991年4月16日", "1991-04-16", "1991-04-16"),
        ("一九九一年四月", "1991-04-01", "1991-04-30"),
        ("千九百五十六年", "1956-01-01", "1956-12-31"),
        ("1985年から1990年まで", "1985-01-01", "1990-12-31"),
        ("1985~87年", "1985-01-01", "1987-12-31"),
        ("1985年3月から1986年5月まで", "1985-03-01", "1986-05-31"),
    ],
)
def test_a_time_is_read_as_the_study_reads_it(text: str, first: str, last: str) -> None:
    assert bounds(text) == [(first, last)]


def test_a_time_without_a_year_takes_the_last_one_named_or_is_left_out() -> None:
    assert bounds("5月に会談した。") == []
    assert bounds("1988年に話し合った。5月に会談した。")[1] == ("1988-05-01", "1988-05-31")
    assert bounds("4月16日に会談した。", year=1991) == [("1991-04-16", "1991-04-16")]
    assert bounds("1988年に話し合った。同年5月に会談した。翌年、帰国した。")[1:] == [
        ("1988-05-01", "1988-05-31"),
        ("1989-01-01", "1989-12-31"),
    ]
    assert bounds("1988年5月に会談した。同月20日に帰国した。")[1] == ("1988-05-20", "1988-05-20")
    assert bounds("同年、会談した。同月に帰国した。") == []


def test_words_that_point_from_the_document_need_its_date() -> None:
    assert bounds("昨年、会談した。先月、帰国した。") == []
    assert bounds("昨年、会談した。", published=date(1990, 1, 1)) == [("1989-01-01", "1989-12-31")]
    assert bounds("昨年5月、会談した。", published=date(1990, 1, 1)) == [("1989-05-01", "1989-05-31")]
    assert bounds("先月、会談した。", published=date(1990, 1, 1)) == [("1989-12-01", "1989-12-31")]


def test_since_and_until_are_kept() -> None:
    said = "1985年以来黙り、1988年まで待ち、1990年以降は去り、1970年以前は来なかった。1995年後半"
    assert [one.bound for one in times_in(said, None, None)] == ["since", "until", "since", "before", ""]


@pytest.mark.parametrize(
    "text",
    [
        "1956年の日ソ共同宣言", "1956年共同宣言は", "3年間", "5年ぶり", "91年", "昭和99年", "2月31日", "1990年2月31日", "3カ月",
        "平成四十年", "十年一昔", "1990年度予算", "三年目", "令和三十年代もどき0年代",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert bounds(text, year=1990 if text == "2月31日" else None) == []


_KANJI = "〇一二三四五六七八九"
_WIDE = "0123456789"


def by_place(value: int, digits: str) -> str:
    return "".join(digits[int(one)] for one in str(value))


def by_value(value: int) -> str:
    """A number below ten thousand as it is said: 千九百九十一."""
    out = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        count, value = divmod(value, unit)
        out += "" if count == 0 else name if count == 1 and name else _KANJI[count] + name
    return out


ERAS = (
    ("昭和", 1925, 2, 63),
    ("平成", 1988, 2, 30),
    ("令和", 2018, 2, 60),
    ("大正", 1911, 2, 14),
    ("明治", 1867, 2, 44),
)


@given(st.dates(date(1869, 1, 1), date(2078, 12, 31)), st.data())
def test_a_day_is_read_back_however_it_is_written(day: date, data: st.DataObject) -> None:
    write = data.draw(
        st.sampled_from([str, lambda one: by_place(one, _WIDE), lambda one: by_place(one, _KANJI), by_value])
    )
    eras = [(name, base) for name, base, low, high in ERAS if low <= day.year - base <= high]
    assume(write(day.year) != "二千")  # which may be a span of time
    years = [write(day.year)] + [name + write(day.year - base) for name, base in eras]
    text = f"{data.draw(st.sampled_from(years))}年{write(day.month)}月{write(day.day)}日、会談した。"
    assert bounds(text) == [(day.isoformat(), day.isoformat())]
    assert bounds(text.partition("年")[2], year=day.year) == [(day.isoformat(), day.isoformat())]


@given(st.integers(1, 9999))
def test_a_numeral_is_read_back_by_place_and_by_value(value: int) -> None:
    assert number(by_value(value)) == number(by_place(value, _KANJI)) == number(by_place(value, _WIDE)) == value


PIECES = """
    1990 1991年 平成 三 3年 4月 16日 十 〇 同年 同月 昨年 先月 から ～ まで 以降 年代 初め の 秋 末 年 月 日 、 。 宣言 1 元
"""


@given(
    st.lists(st.sampled_from(PIECES.split()), max_size=15).map("".join) | st.text(max_size=120),
    st.none() | st.integers(1000, 2100),
)
def test_times_lie_in_the_text_in_order(text: str, year: int | None) -> None:
    found = list(times_in(text, year, date(2000, 1, 31)))
    assert all(0 <= one.start < one.end <= len(text) and one.when.lo <= one.when.hi for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)

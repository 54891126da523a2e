"""Times found in running Russian text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.coding.russian_dates import times_in
from rashomon.study import format_day


def bounds(text: str, year: int | None = None, published: date | None = None) -> list[tuple[str, str]]:
    return [(format_day(one.when.lo), format_day(one.when.hi)) for one in times_in(text, year, published)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Осенью 1990 года он приехал", "1990-09-01", "1990-11-30"),
        ("в апреле 1991 г. он приехал", "1991-04-01", "1991-04-30"),
        ("16 апреля 1991 г. он приехал", "1991-04-16", "1991-04-16"),
        ("16–19 апреля 1991 года", "1991-04-16", "1991-04-19"),
        ("2 февр. 1989 г.", "1989-02-02", "1989-02-02"),
        ("в начале 1990-х годов", "1990-01-01", "1993-04-30"),
        ("в конце 1992 года", "1992-09-01", "1992-12-31"),
        ("во второй половине 1986 года", "1986-07-01", "1986-12-31"),
        ("в 1985–87 гг.", "1985-01-01", "1987-12-31"),
        ("с 1985 по 1990 год", "1985-01-01", "1990-12-31"),
        ("зимой 1990/91 года", "1990-12-01", "1991-02-28"),
        ("в мае 1988 года", "1988-05-01", "1988-05-31"),
    ],
)
def test_a_time_is_read_as_the_study_reads_it(text: str, first: str, last: str) -> None:
    assert bounds(text) == [(first, last)]


def test_a_time_without_a_year_takes_the_last_one_named_or_is_left_out() -> None:
    assert bounds("В мае ждали.") == []
    assert bounds("В 1988 году говорили. В мае ждали.")[1] == ("1988-05-01", "1988-05-31")
    assert bounds("19 октября ждали.", year=1979) == [("1979-10-19", "1979-10-19")]


def test_words_that_point_from_the_document_need_its_date() -> None:
    assert bounds("В прошлом году встретились.") == []
    assert bounds("В прошлом году встретились.", published=date(1990, 1, 1)) == [("1989-01-01", "1989-12-31")]


def test_since_and_until_are_kept() -> None:
    said = "С 1985 года молчали, до 1988 года ждали, после 1990 г. уехали."
    assert [one.bound for one in times_in(said, None, None)] == ["since", "until", "after"]


@pytest.mark.parametrize("text", ["Декларация 1956 года", "31 февраля 1990", "Договор от 1960 года"])
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert bounds(text) == []


PIECES = """
    в с до по 16 1990 1991 года г. гг. апреля мае осенью начале конце половине первой второй - – 1990-х прошлом году , .
"""


@given(
    st.lists(st.sampled_from(PIECES.split()), max_size=15).map(" ".join) | st.text(max_size=120),
    st.none() | st.integers(1000, 2100),
)
def test_times_lie_in_the_text_in_order(text: str, year: int | None) -> None:
    found = list(times_in(text, year, date(2000, 1, 31)))
    assert all(0 <= one.start < one.end <= len(text) and one.when.lo <= one.when.hi for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)

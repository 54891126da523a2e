"""Times found in running text, and the time of a statement."""

from __future__ import annotations

from datetime import date

import pytest
from coding_study import passage
from hypothesis import given
from hypothesis import strategies as st

from rashomon.coding.dating import times_in
from rashomon.coding.english_words import ENGLISH
from rashomon.coding.timing import Timing
from rashomon.study import format_day, parse_when

SPAN = parse_when("1970/2000")


def bounds(text: str, year: int | None = None, published: date | None = None) -> list[tuple[str, str]]:
    return [(format_day(one.when.lo), format_day(one.when.hi)) for one in times_in(text, year, published)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It came in late 1992, too late.", "1992-09-01", "1992-12-31"),
        ("in the summer of 1989", "1989-06-01", "1989-08-31"),
        ("On Feb 2, 1989, they met", "1989-02-02", "1989-02-02"),
        ("between March and May 1990", "1990-03-01", "1990-05-31"),
        ("from March 1990 to June 1991", "1990-03-01", "1991-06-30"),
        ("in 1985–87", "1985-01-01", "1987-12-31"),
        ("April 16-19, 1991", "1991-04-16", "1991-04-19"),
        ("the early 1990s", "1990-01-01", "1993-04-30"),
        ("by the end of 1986", "1986-09-01", "1986-12-31"),
    ],
)
def test_a_time_is_read_as_the_study_reads_it(text: str, first: str, last: str) -> None:
    assert bounds(text) == [(first, last)]


def test_a_time_without_a_year_takes_the_last_one_named_or_is_left_out() -> None:
    assert bounds("In May they waited.") == []
    assert bounds("In 1988 they spoke. In May they waited.")[1] == ("1988-05-01", "1988-05-31")
    assert bounds("In May they waited.", year=1979) == [("1979-05-01", "1979-05-31")]


def test_words_that_point_from_the_document_need_its_date() -> None:
    assert bounds("They met last year and yesterday.") == []
    assert bounds("They met last year and yesterday.", published=date(1990, 1, 1)) == [
        ("1989-01-01", "1989-12-31"),
        ("1989-12-31", "1989-12-31"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "the 1972 Treaty held",
        "the Treaty of 1972 held",
        "Oslo’s 1972 offer",
        "resolution 1701 held",
        "Resolutions 1701 and 1702 held",
        "resolution 242 (1967) held",
    ],
)
def test_a_year_that_names_a_thing_is_no_time(text: str) -> None:
    assert bounds(text) == []


@given(st.text(max_size=200), st.none() | st.integers(1000, 2100))
def test_times_lie_in_the_text_in_order(text: str, year: int | None) -> None:
    found = list(times_in(text, year, date(2000, 1, 31)))
    assert all(0 <= one.start < one.end <= len(text) and one.when.lo <= one.when.hi for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


def timed(text: str, at: str, heading: str = "", published: str = "") -> tuple[str, str, float]:
    timing = Timing(passage(text, heading, published), SPAN, ENGLISH)
    for sentence in text.split(". "):
        start = text.index(sentence)
        timing.enter(start, start + len(sentence))
        if at in sentence:
            break
    found = timing.when
    return format_day(found.when.lo), format_day(found.when.hi), found.weight


def test_a_statement_without_a_time_takes_what_stands_nearest_and_is_the_less_sure() -> None:
    named = timed("In 1985 Oslo agreed", "agreed")
    before = timed("In 1985 Oslo agreed. Lisbon refused", "refused")
    heading = timed("Lisbon refused", "refused", heading="The thaw, 1985 to mid-1988")
    nothing = timed("Lisbon refused", "refused", published="1994")
    assert named[:2] == before[:2] == ("1985-01-01", "1985-12-31")
    assert heading[:2] == ("1985-01-01", "1988-08-31")
    assert nothing[:2] == ("1970-01-01", "1994-12-31")  # the study's span, up to the source
    assert named[2] > before[2] > heading[2] > nothing[2]


def test_a_heading_of_many_years_lends_none_to_a_month() -> None:
    assert timed("In May Lisbon refused", "refused", heading="The year 1985")[:2] == ("1985-05-01", "1985-05-31")
    assert timed("In May Lisbon refused", "refused", heading="From 1985 to 1988")[:2] == ("1985-01-01", "1988-12-31")


def test_since_and_until_bound_a_time() -> None:
    assert timed("Since 1985 Oslo has refused", "refused")[:2] == ("1985-01-01", "2000-12-31")
    assert timed("Until 1985 Oslo had refused", "refused")[:2] == ("1970-01-01", "1985-12-31")

"""Reading times: the subset against the `edtf` package, properties of every spelling, and errors that mend."""

from __future__ import annotations

import re
import warnings
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.errors import RashomonError
from rashomon.study.times import (
    OPEN_HI,
    OPEN_LO,
    UNKNOWN_DAY,
    TimeError,
    When,
    format_day,
    overlap,
    parse_day,
    parse_when,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its grammar warns under newer pyparsing
    from edtf import parse_edtf

YEARS = st.integers(1000, 9998)
DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ISO = YEARS.map(str) | DAYS.map(lambda day: day.isoformat()[:7]) | DAYS.map(date.isoformat)


def bounds(text: str) -> tuple[str, str]:
    """First and last day of a time, as ISO."""
    when = parse_when(text)
    return format_day(when.lo), format_day(when.hi)


def spellings_of_units() -> st.SearchStrategy[str]:
    """Years, months, days, seasons but winter, decades, centuries, unspecified months and days."""
    return st.one_of(
        ISO,
        st.builds("{}-{}".format, YEARS, st.sampled_from((21, 22, 23))),
        st.integers(100, 998).map("{}X".format),
        st.integers(10, 98).map("{}XX".format),
        YEARS.map("{}-XX".format),
        YEARS.map("{}-XX-XX".format),
        DAYS.map(lambda day: f"{day.isoformat()[:7]}-XX"),
    )


WORDS = st.one_of(
    st.builds("{}{}".format, st.sampled_from(("", "early ", "mid-", "late ", "first half of ", "end of ")), YEARS),
    st.builds("{} {} {}".format, st.sampled_from(("early", "mid", "late")), st.sampled_from(MONTH_NAMES), YEARS),
    st.builds("{} {}".format, st.sampled_from(("spring", "summer", "the fall of", "autumn", "winter")), YEARS),
    st.builds("the {} {}0s".format, st.sampled_from(("early", "mid", "late")), st.integers(100, 998)),
)
ANY_UNIT = spellings_of_units() | WORDS


# --- against the peer -----------------------------------------------------------------------------


PEER = settings(deadline=None, max_examples=max(10, settings().max_examples // 4))  # it takes 13 to 40 ms a date


def theirs(text: str) -> tuple[float, float]:
    """The bounds of the `edtf` package, as ordinals; an open end is infinite there."""
    parsed = parse_edtf(text)
    sides = parsed.lower_strict(), parsed.upper_strict()
    low, high = (side if isinstance(side, float) else date(*side[:3]).toordinal() for side in sides)
    return low, high


def ours(text: str) -> tuple[float, float]:
    """Our bounds, open ends as the peer writes them."""
    when = parse_when(text)
    return (-float("inf") if when.lo == OPEN_LO else when.lo), (float("inf") if when.hi == OPEN_HI else when.hi)


@PEER
@given(spellings_of_units() | ISO.map("{}?".format))
def test_units_agree_with_edtf(text: str) -> None:
    assert ours(text) == theirs(text)


@PEER
@given(st.lists(ISO, min_size=2, max_size=2))
def test_intervals_agree_with_edtf(ends: list[str]) -> None:
    start, end = sorted(ends, key=lambda text: parse_when(text).lo)
    for text in (f"{start}/{end}", f"{start}/..", f"../{end}"):
        assert ours(text) == theirs(text)
        assert not parse_when(text).within


@PEER
@given(st.lists(DAYS, min_size=2, max_size=2).map(sorted), st.sampled_from((4, 7, 10)))
def test_some_day_within_agrees_with_edtf(days: list[date], digits: int) -> None:
    start, end = (day.isoformat()[:digits] for day in days)  # the peer wants both ends of one precision
    text = f"[{start}..{end}]"
    assert ours(text) == theirs(text)


# --- where the peer is wrong, or reads nothing ----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("late 1992", "1992-09-01", "1992-12-31"),
        ("summer 1989", "1989-06-01", "1989-08-31"),
        ("mid-1988", "1988-05-01", "1988-08-31"),
        ("mid–1988", "1988-05-01", "1988-08-31"),
        ("early 1990s", "1990-01-01", "1993-04-30"),
        ("the late 1980s", "1986-09-01", "1989-12-31"),
        ("the 1900s", "1900-01-01", "1909-12-31"),
        ("the fall of 1985", "1985-09-01", "1985-11-30"),
        ("winter 1990", "1990-12-01", "1991-02-28"),
        ("winter of 1991-92", "1991-12-01", "1992-02-29"),
        ("winter 1999/00", "1999-12-01", "2000-02-29"),
        ("1990-24", "1990-12-01", "1991-02-28"),
        ("late summer 1989", "1989-08-01", "1989-08-31"),
        ("end of 1986", "1986-09-01", "1986-12-31"),
        ("beginning of 1987", "1987-01-01", "1987-04-30"),
        ("first half of 1990", "1990-01-01", "1990-06-30"),
        ("second half of 1986", "1986-07-01", "1986-12-31"),
        ("third quarter of 1990", "1990-07-01", "1990-09-30"),
        ("second half of February 1992", "1992-02-16", "1992-02-29"),
        ("mid-October 1991", "1991-10-11", "1991-10-20"),
        ("October 1985", "1985-10-01", "1985-10-31"),
        ("OCTOBER  1985", "1985-10-01", "1985-10-31"),
        ("Sept. 1986", "1986-09-01", "1986-09-30"),
        ("16 April 1991", "1991-04-16", "1991-04-16"),
        ("the 16th of April 1991", "1991-04-16", "1991-04-16"),
        ("April 16, 1991", "1991-04-16", "1991-04-16"),
        ("Feb 2, 1989", "1989-02-02", "1989-02-02"),
        ("1985-10-19/1986-01", "1985-10-19", "1986-01-31"),
        ("[1985-10..1986]", "1985-10-01", "1986-12-31"),
        ("spring 1989/late 1990", "1989-03-01", "1990-12-31"),
        (" 1985-03 / 1990-05 ", "1985-03-01", "1990-05-31"),
        ("1985/1985-03", "1985-01-01", "1985-03-31"),
        ("9999-24", "9999-12-01", "9999-12-31"),
    ],
)
def test_spellings_have_the_bounds_of_the_rule(text: str, first: str, last: str) -> None:
    assert bounds(text) == (first, last)


def test_a_bare_day_is_certain_and_a_longer_time_is_some_day_within() -> None:
    day = date(1991, 4, 16).toordinal()
    assert parse_when("1991-04-16") == When(day, day, within=False, approximate=False, text="1991-04-16")
    assert parse_when("1991-04").within
    assert parse_when("[1986-07..1987-03]").within
    assert not parse_when("1986-07/1987-03").within
    assert parse_when(" late 1992 ").text == "late 1992"


def test_open_ends_lie_at_the_first_and_the_last_day() -> None:
    assert parse_when("../1985").lo == parse_when("[..1985]").lo == OPEN_LO
    assert parse_when("1985/..").hi == parse_when("[1985..]").hi == OPEN_HI
    assert OPEN_HI < UNKNOWN_DAY


def test_about_widens_by_half_the_unit_and_uncertain_does_not() -> None:
    assert bounds("1992~") == ("1991-07-02", "1993-07-02")  # 366 days: 183 at each end
    assert bounds("1992?") == ("1992-01-01", "1992-12-31")
    assert bounds("1992%") == bounds("1992~")
    assert bounds("1991-04-16~") == ("1991-04-15", "1991-04-17")
    assert parse_when("1991-04-16~").within
    assert bounds("1985~/1990?") == ("1984-07-02", "1990-12-31")
    assert bounds("0001~")[0] == "0001-01-01"
    for text in ("1992~", "1992?", "1992%", "late 1992?", "1985~/1990", "[1985..1990?]"):
        assert parse_when(text).approximate
    assert not parse_when("1985/1990").approximate


# --- properties -----------------------------------------------------------------------------------


@given(ANY_UNIT, st.sampled_from(("", "~", "?", "%")))
def test_bounds_are_ordered_and_doubt_never_narrows(text: str, mark: str) -> None:
    plain, marked = parse_when(text), parse_when(text + mark)
    assert OPEN_LO <= marked.lo <= plain.lo <= plain.hi <= marked.hi <= OPEN_HI
    assert marked.approximate == (mark != "")
    half = (plain.hi - plain.lo + 2) // 2 if mark in ("~", "%") else 0
    assert plain.lo - marked.lo == marked.hi - plain.hi == half


@given(ANY_UNIT, ANY_UNIT)
def test_an_interval_runs_from_the_first_of_one_to_the_last_of_the_other_or_is_reversed(a: str, b: str) -> None:
    start, end = parse_when(a), parse_when(b)
    for text, within in ((f"{a}/{b}", False), (f"[{a}..{b}]", start.lo < end.hi)):
        if re.fullmatch(r"winter (of )?\d{4}/\d{4}", text):  # one winter or an interval: refused, whichever came first
            with pytest.raises(TimeError, match="R301"):
                parse_when(text)
        elif start.lo > end.hi:
            with pytest.raises(TimeError) as raised:
                parse_when(text)
            assert raised.value.fault.code == "R303"
        else:
            assert parse_when(text) == When(start.lo, end.hi, within, approximate=False, text=text)


@given(ANY_UNIT)
def test_bounds_round_trip_through_iso(text: str) -> None:
    when = parse_when(text)
    again = parse_when(f"[{format_day(when.lo)}..{format_day(when.hi)}]")
    assert (again.lo, again.hi, again.within) == (when.lo, when.hi, when.within)


@given(DAYS)
def test_days_round_trip_in_every_spelling(day: date) -> None:
    month = MONTH_NAMES[day.month - 1]
    assert parse_day(format_day(day.toordinal())) == day.toordinal()
    for text in (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{month[:3]} {day.day}, {day.year}",
    ):
        assert parse_day(text) == day.toordinal()


@given(
    st.one_of(
        YEARS.map(str),
        st.builds("{} {}".format, st.sampled_from((*MONTH_NAMES, "spring", "summer", "autumn", "winter")), YEARS),
        st.integers(100, 998).map("{}0s".format),
    ),
    st.sampled_from(
        (("early", "mid", "late"), ("first half of", "second half of"), ("beginning of", "middle of", "end of"))
    ),
)
def test_parts_partition_the_whole(unit: str, parts: tuple[str, ...]) -> None:
    if len(parts) == 2 and unit.startswith(("spring", "summer", "autumn", "winter")):
        return  # three months have no two halves of whole months: refused, as tested below
    whole = parse_when(unit)
    cut = [parse_when(f"{part} {unit}") for part in parts]
    assert cut[0].lo == whole.lo
    assert cut[-1].hi == whole.hi
    assert all(left.hi + 1 == right.lo for left, right in pairwise(cut))


@given(YEARS)
def test_seasons_partition_the_year_from_march_and_winter_crosses_it(year: int) -> None:
    seasons = [parse_when(f"{year}-{number}") for number in (21, 22, 23, 24)]
    assert all(left.hi + 1 == right.lo for left, right in pairwise(seasons))
    assert format_day(seasons[3].lo) == f"{year}-12-01"
    assert seasons[3].hi + 1 == date(year + 1, 3, 1).toordinal()
    for name, when in zip(("spring", "summer", "autumn", "winter"), seasons, strict=True):
        assert (parse_when(f"{name} {year}").lo, parse_when(f"{name} of {year}").hi) == (when.lo, when.hi)


@given(st.text(max_size=24) | st.text(alphabet="0123456789-/.[]X~? latermidsp", max_size=24))
def test_whatever_is_written_gives_a_time_or_an_error_that_mends(text: str) -> None:
    try:
        when = parse_when(text)
    except TimeError as error:
        fault = error.fault
        assert fault.code in {"R301", "R302", "R303", "R304"}
        assert all((fault.message, fault.found, fault.allowed, fault.remedy))
    else:
        assert OPEN_LO <= when.lo <= when.hi <= OPEN_HI


# --- overlap --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("1985/1988", "1988-06/1990", "sure"),
        ("1985/1988", "1986", "sure"),
        ("1985/1988", "[1988..1989]", "possible"),
        ("1986", "1986", "possible"),
        ("1991-04-16", "1991-04-16", "sure"),
        ("1991-04-16", "1991-04", "possible"),
        ("1985/1988", "1989", "none"),
        ("1985~/1988", "1986", "possible"),
        ("1985/..", "1999-01-01", "sure"),
    ],
)
def test_overlap(a: str, b: str, verdict: str) -> None:
    assert overlap(parse_when(a), parse_when(b)) == overlap(parse_when(b), parse_when(a)) == verdict


SMALL = st.builds(
    lambda lo, n, within: When(lo, lo + n, within, False, ""), *(st.integers(1, 6), st.integers(0, 3)), st.booleans()
)


@given(SMALL, SMALL)
def test_overlap_is_what_every_possible_history_says(a: When, b: When) -> None:
    """Against the definition: all sets of days on which each may have been held."""

    def histories(when: When) -> list[frozenset[int]]:
        days = range(when.lo, when.hi + 1)
        if not when.within:
            return [frozenset(days)]
        chosen = range(1, 2 ** len(days))
        return [frozenset(day for k, day in enumerate(days) if bits >> k & 1) for bits in chosen]

    met = {bool(x & y) for x in histories(a) for y in histories(b)}
    assert overlap(a, b) == {(True,): "sure", (False,): "none", (False, True): "possible"}[tuple(sorted(met))]


# --- errors ---------------------------------------------------------------------------------------

REFUSED = {
    "R301": (
        "", "  ", "hello", "late", "March", "the", "?", "~1992", "1985~~", "1985s", "[1985]", "[1985",
        "1985/1986/1987", "{1985, 1986}", "{..1985}", "{1985..}", "[1985, 1987]", "../..", "[..]", "1985/",
        "/1985", "1985-1988", "1985 – 1988", "from 1985 to 1988", "between 1985 and 1988",
        "late 1992 to early 1993", "c. 1985", "until 1985", "since 1985-03", "before 1985", "mid-80s",
        "the 1980's", "summer 89", "summer '89", "winter 1990/1991", "winter 1990/92", "summer 1990/91",
        "198x", "1985-xx", "Y17000", "-0044", "１９８５", "1985-3", "1985.10", "10.1985", "16.4.1991",
        "Okt 1990", "1. Mai 1990", "16 октября 1990", "1990. 02. 01.", "1990年2月1日", "31.02.1990",
        "1990/05/01", "1985/10", "1985/86", "1991-04-16T10:00", "first half of summer 1990",
        "first quarter of May 1990", "1985-03/foo", "winter 1985s",
    ),
    "R302": (
        "1991-02-30", "1900-02-29", "1985-13", "1985-00", "1985-25", "1985-88", "31 June 1990", "0000",
        "000X", "1991-02-31/1992",
    ),
    "R303": (
        "1990/1985", "[1990..1985]", "1990~/1989", "1985-04/1985-03", "winter 1985/1985-11",
    ),
    "R304": (
        "Mar-85", "Mar-1985", "16-Apr-91", "16-Apr", "5/1/1990", "5/1/90", "5/13/90", "31347", "31347.5",
        "1985/Mar-90", "01.02.1990", "1.2.90", "01.02.1990 00:00", "1/2/1990 0:00", "Okt 90", "янв.90", "févr.-85", "1-Okt-90",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in REFUSED.items() for text in texts])
def test_refused_with_a_remedy_that_works(code: str, text: str) -> None:
    with pytest.raises(TimeError) as raised:
        parse_when(text)
    fault = raised.value.fault
    assert isinstance(raised.value, RashomonError)
    assert fault.code == code
    assert fault.message
    assert fault.allowed
    for mended in re.findall(r"'([^']*)'", fault.remedy):
        parse_when(mended)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Mar-85", ["1985-03"]),
        ("Mar-25", ["2025-03"]),
        ("5/1/1990", ["1990-05-01", "1990-01-05"]),
        ("5/13/90", ["1990-05-13"]),
        ("01.02.90", ["1990-02-01"]),
        ("Okt 90", ["1990-10"]),
        ("1/2/1990 0:00", ["1990-01-02", "1990-02-01"]),
        ("31347", ["1985-10-27", "1989-10-28"]),  # 25569 is 1970-01-01; the two systems lie 1462 days apart
        ("1990~/1985", ["1985/1990~"]),
        ("1985-88", ["1985", "1985/1988"]),
        ("1985-1988", ["1985/1988", "[1985..1988]"]),
        ("/1985", ["../1985"]),
        ("c. 1985", ["1985~"]),
    ],
)
def test_the_remedy_names_what_was_probably_meant(text: str, mended: list[str]) -> None:
    with pytest.raises(TimeError) as raised:
        parse_when(text)
    assert re.findall(r"'([^']*)'", raised.value.fault.remedy) == mended


@pytest.mark.parametrize(
    "text", ["1991-04", "1985/..", "1991-04-16?", "1991-04-16~", "late 1992", "1991-04-16/1991-04-17"]
)
def test_a_day_must_be_single_and_certain(text: str) -> None:
    with pytest.raises(TimeError) as raised:
        parse_day(text)
    assert raised.value.fault.code == "R305"


@pytest.mark.parametrize(
    ("text", "code", "remedy"),
    [
        ("1/6/1989", "R305", "Write '1989-01-06' or '1989-06-01'."),
        ("1989-6-1", "R305", "Write '1989-06-01'."),
        ("1989-02-30", "R302", "Write the day as year, month and day, without ~ or ?."),
        ("yesterday", "R305", "Write the day as year, month and day, without ~ or ?."),
        ("", "R305", "Write the day as year, month and day, without ~ or ?."),
    ],
)
def test_who_gives_no_day_is_told_of_days_alone(text: str, code: str, remedy: str) -> None:
    with pytest.raises(TimeError) as raised:
        parse_day(text)
    fault = raised.value.fault
    assert (fault.code, fault.allowed, fault.remedy) == (code, "one day, such as '1991-04-16'", remedy)


def test_an_unknown_day_has_no_spelling() -> None:
    with pytest.raises(ValueError, match="year"):
        format_day(UNKNOWN_DAY)

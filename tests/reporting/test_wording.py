"""Times, bands and names as the report writes them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

import rashomon
from rashomon.reporting.wording import band, brief, change, interval, spread
from rashomon.study import Estimate
from rashomon.texts import adjusted_p, counted, fitting, plural, singular


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1985", "1985"),
        ("1985/1988", "1985–1988"),
        ("1985-03/1985-09", "March–September 1985"),
        ("1985-03/1990-05", "March 1985–May 1990"),
        ("1991-04-16/1991-04-19", "16–19 April 1991"),
        ("1991-04-16/1991-05-02", "16 April – 2 May 1991"),
        ("1991-04-16/1992-05-02", "16 April 1991 – 2 May 1992"),
        ("[1985-12..1986-02]", "some time in December 1985–February 1986"),
        ("[1990-09..1990-10]", "some time in September–October 1990"),
        ("[2010-11..]", "November 2010 or later"),
        ("[..1999]", "1999 or earlier"),
        ("../1990", "until 1990"),
        ("1990/..", "since 1990"),
        ("1992~", "about 1992"),
        ("late 1992", "late 1992"),
        ("2009-23", "autumn 2009"),
    ],
)
def test_times_are_said_without_saying_a_part_twice(text: str, said: str) -> None:
    assert interval(text) == said


def test_a_band_without_an_upper_end_says_so_and_one_number_is_not_a_range() -> None:
    assert band(Estimate(2.0, 1.3, math.inf, 0.9, 7, 2), 1) == "1.3 or more"
    assert band(Estimate(2.0, math.nan, math.nan, 0.9, 7, 2), 1) == "–"
    assert spread(6.0, 6.04, 1) == "6.0"
    assert spread(-0.5, 0.5, 1) == "−0.5\u00a0to\u00a00.5"


def test_a_change_is_said_in_its_unit_with_the_digits_that_tell() -> None:
    moved = Estimate(0.124, 0.049, 0.2, 0.9, 7, 2)
    assert change(moved, "ratio") == change(moved, "scale") == "+0.12 [0.05\u00a0to\u00a00.20]"
    assert change(Estimate(12.4, 4.9, 20.0, 0.9, 7, 2), "percent") == "+12.4 points [4.9\u00a0to\u00a020.0]"
    assert change(Estimate(-3.0, math.nan, math.nan, 0.9, 7, 1), "points") == "−3.0 points"
    assert change(Estimate(math.nan, math.nan, math.nan, 0.9, 0, 0), "scale") == "–"


def test_a_poll_question_is_said_without_its_brackets() -> None:
    assert brief("(paraphrase) Do you feel close to it? (both answers together)") == "Do you feel close to it?"


@pytest.mark.parametrize(
    ("one", "many"), [("voice", "voices"), ("party", "parties"), ("hypothesis", "hypotheses"), ("means", "means")]
)
def test_nouns_have_their_plural(one: str, many: str) -> None:
    assert plural(one) == many


@pytest.mark.parametrize(
    "noun",
    ["statement", "move", "node", "edge", "case", "class", "country", "box", "branch", "wish", "access", "series", "means"],
)
def test_one_of_what_a_plural_names_is_what_the_plural_is_of(noun: str) -> None:
    many = noun if noun == "access" else plural(noun)
    assert singular(many) == noun
    assert counted(1, many) == f"1 {noun}"
    assert counted(1_002, many) == f"1,002 {many}"


@pytest.mark.parametrize(
    ("p", "p_holm", "tests", "said"),
    [
        (0.0004, 0.0008, 2, "p < 0.001, < 0.001 adjusted for 2 tests"),
        (0.0123, 0.3321, 27, "p = 0.012, 0.33 adjusted for 27 tests"),
        (0.0123, 0.0123, 1, "p = 0.012"),
        (0.5, math.nan, 3, "p = 0.50"),
        (math.nan, math.nan, 0, "–"),
    ],
)
def test_a_p_value_stands_with_what_it_is_adjusted_for(p: float, p_holm: float, tests: int, said: str) -> None:
    assert adjusted_p(p, p_holm, tests) == said


def test_what_is_adjusted_is_named() -> None:
    assert adjusted_p(0.02, 0.04, 2, "series") == "p = 0.020, 0.040 adjusted for 2 series"


def test_adjusted_p_values_are_written_in_one_place() -> None:
    room = Path(rashomon.__file__).parent
    assert [path.name for path in room.rglob("*.py") if "adjusted for {" in path.read_text()] == ["texts.py"]


def test_a_line_fits_a_terminal_and_what_follows_is_indented_further() -> None:
    told = "  beliefs contradicted (of those decided): not compared, since the other is told by one voice only"
    shown = fitting(told, 40).split("\n")
    assert all(len(line) <= 40 for line in shown)
    assert [len(line) - len(line.lstrip()) for line in shown] == [2, 6, 6]
    assert " ".join(line.strip() for line in shown) == told.strip()
    assert fitting(told, 120) == told

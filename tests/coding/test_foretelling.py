"""Of what time a statement speaks, where that is not when it is held."""

from __future__ import annotations

import pytest
from coding_study import declared
from grammar_laws import told
from hypothesis import given
from hypothesis import strategies as st

from rashomon.coding.english import English
from rashomon.coding.english_words import ENGLISH
from rashomon.coding.rules import Engine
from rashomon.study import parse_when


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(English(), ENGLISH, declared())


@pytest.mark.parametrize(
    ("text", "when", "about"),
    [
        ("In 1985 Oslo expected that Lisbon would share the dam in 1992.", "1985", "1992"),
        ("Oslo expected that Lisbon would share the dam in 1992.", "[1970-01-01..1992-12-31]", "1992"),
        ("In 1985 Oslo demanded that the dam be razed by 1990.", "1985", "[1985-01-01..1990-12-31]"),
        ("Costa said in 1985 that Oslo would raze the dam by the year 2000.", "1985", "[1985-01-01..2000-12-31]"),
        ("In 1987 Oslo wanted the removal of the dam by the end of the century.", "1987", "[1987-01-01..1999-12-31]"),
        ("In 1987 Berg said that the dam would be razed the following year.", "1987", "1988"),
        ("In 1985 Costa agreed to share the dam in 1990.", "1985", "1990"),
    ],
)
def test_a_forecast_has_two_times(engine: Engine, text: str, when: str, about: str) -> None:
    [one] = told(engine, text)
    assert (one.when, one.about) == (when, about)
    [reason] = [reason for reason in one.reasons if reason.field == "about"]
    assert parse_when(about).hi == parse_when(one.about).hi
    assert reason.start < reason.end


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Costa agreed to share the dam in 1990.", "1990"),  # or is it the sharing that was in 1990?
        ("Costa believed that Oslo had wanted the dam in 1985.", "1985"),
        ("Costa said in 1985 that the dam would have been razed in 1970.", "1985"),
        ("In 1985 Costa agreed to share the dam (as in 1990).", "1985"),
        ("By 1985 Oslo wanted the dam.", "[1970-01-01..1985-12-31]"),
        ("In 1990 Berg recalled that the dam would be razed in 1985.", "1990"),
        ("In 1987 Berg said that the dam was old by the end of the decade.", "1987"),
    ],
)
def test_what_is_not_said_to_be_yet_to_come_has_one(engine: Engine, text: str, when: str) -> None:
    [one] = told(engine, text)
    assert (one.when, one.about) == (when, "")


def test_next_year_is_reckoned_from_the_day_of_the_document(engine: Engine) -> None:
    [one] = told(engine, "Costa promised to share the dam next year.", published="1986-05-02")
    assert one.about == "1987"
    assert parse_when(one.when).hi <= parse_when("1986-05-02").hi
    assert [one.about for one in told(engine, "Costa promised to share the dam next year.")] == [""]


@given(
    held=st.integers(1970, 1999), ahead=st.integers(1970, 1999), verb=st.sampled_from(["expected", "feared", "said"])
)
def test_no_forecast_is_of_what_was_over_when_it_was_held(engine: Engine, held: int, ahead: int, verb: str) -> None:
    for one in told(engine, f"In {held} Oslo {verb} that Lisbon would share the dam in {ahead}."):
        assert one.about == (str(ahead) if held <= ahead else "")

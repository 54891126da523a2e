"""Goal drift: bounds against every placement of uncertain days, and small studies whose outcome can be told by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.measuring.packages.goal_drift import GoalDrift, Reach, drift, measure_goal_drift, reach
from rashomon.study import When, open_study, parse_day
from studies import DECLARED, write_study

Row = Mapping[str, object]


def statement(id: str, stance: str = "keep", when: str = "1983/1990", **more: object) -> Row:
    return {
        "id": id, "path": "south-ministry", "modality": "demands", "topic": "border", "stance": stance, "when": when, **more
    }  # fmt: skip


def aim(id: str, when: str, **more: object) -> Row:
    return statement(id, "positive", when, modality="wants", topic="north:peaceful", **more)


def serves(one: str, other: str, **more: object) -> Row:
    return {"from": one, "kind": "serves", "to": other, "by": "book", **more}


def measured(
    root: Path, statements: list[Row], links: list[Row] | None = None, **tables: list[Row]
) -> tuple[GoalDrift, ...]:
    made = write_study(root, DECLARED, statements=statements, links=links or [serves("d", "a")], **tables)
    return measure_goal_drift(open_study(made)).rows


# the core

whens = st.builds(
    lambda lo, length, within: When(lo, lo + length, within and length > 0, False, ""),
    st.integers(1, 12), st.integers(0, 5), st.booleans(),
)  # fmt: skip


def last_days(times: list[When], horizon: int) -> set[int]:
    """Every last day that is possible, a time within which something was held placed on each of its days in turn."""
    found = {0}
    for time in times:
        if time.lo <= horizon:
            end = min(time.hi, horizon)
            days = range(time.lo, end + 1) if time.within else (end,)
            found = {max(one, day) for one in found for day in days}
    return found


@given(st.lists(whens, min_size=1, max_size=4), st.integers(1, 20))
def test_the_last_day_lies_in_its_bounds_and_reaches_both(times: list[When], horizon: int) -> None:
    found = reach(times, horizon)
    days = last_days(times, horizon)
    if found is None:
        assert days == {0}
    else:
        assert (found.last_lo, found.last_hi) == (min(days), max(days))
        assert not found.dated or found.last_lo == found.last_hi < horizon


reaches = st.tuples(st.integers(1, 50), st.integers(0, 20), st.booleans()).map(
    lambda one: Reach(1, one[0], sum(one[:2]), one[2])
)


@given(reaches, reaches, st.lists(st.tuples(st.integers(1, 80), st.integers(0, 9)), max_size=3))
def test_a_verdict_holds_for_every_day_within_the_bounds(
    means: Reach, sought: Reach, later: list[tuple[int, int]]
) -> None:
    reversals = [(lo, lo + width) for lo, width in later]
    found = drift(means, sought, reversals)
    counted = [hi for lo, hi in reversals if lo > sought.last_hi]
    end = sought.last_hi if sought.dated else min(counted, default=0)
    ended = range(sought.last_lo, end + 1)
    gaps = {last - day for last in range(means.last_lo, means.last_hi + 1) for day in ended}
    if found.verdict == "drift":
        assert min(gaps) > 0
        assert (found.low, found.high) == (min(gaps), max(gaps))
    if found.verdict == "no drift":
        assert means.last_hi <= sought.last_lo
    if found.end == "not evidenced":
        assert not counted
        assert math.isnan(found.low)
        assert found.verdict != "drift"


# the measure


def test_a_demand_that_outlives_its_dated_aim(tmp_path: Path) -> None:
    (row,) = measured(tmp_path, [statement("d"), aim("a", "1983/1986")])
    assert (row.verdict, row.end) == ("drift", "dated")
    assert row.low == row.high == pytest.approx(4, abs=0.01)
    assert (row.means_said, row.aim_said) == ("south-ministry demands keep", "south-ministry wants positive")
    assert (row.means_held, row.aim_held) == (
        ("1983-01-01", "1990-12-31", "1990-12-31"), ("1983-01-01", "1986-12-31", "1986-12-31")
    )  # fmt: skip
    assert (row.n, row.voices, row.sources, row.by) == (2, 1, ("book",), "book")


def test_an_aim_held_as_long_is_no_drift(tmp_path: Path) -> None:
    (row,) = measured(tmp_path, [statement("d"), aim("a", "1983/1992")])
    assert (row.verdict, row.because) == ("no drift", "the means is not on record after the aim had ended")
    (row,) = measured(tmp_path / "open", [statement("d"), aim("a", "1983/..")])
    assert (row.verdict, row.end) == ("no drift", "not evidenced")


def test_silence_does_not_show_that_an_aim_was_given_up(tmp_path: Path) -> None:
    (row,) = measured(tmp_path, [statement("d"), aim("a", "1983")])
    assert (row.verdict, row.end) == ("undetermined", "not evidenced")
    assert math.isnan(row.low)
    assert row.high == pytest.approx(8, abs=0.01)
    assert "no record shows" in row.because


def test_a_later_record_that_excludes_the_aim_ends_it(tmp_path: Path) -> None:
    turned = aim("t", "1985-05-01/1985-06-01") | {"stance": "negative", "source": "memoir"}
    (row,) = measured(tmp_path, [statement("d"), aim("a", "1983"), turned])
    assert (row.verdict, row.end, row.reversed_by) == ("drift", "reversed", ("t",))
    assert row.low == pytest.approx(5.67, abs=0.01)
    assert row.high == pytest.approx(8, abs=0.01)
    assert (row.n, row.voices) == (3, 2)


def test_uncertain_days_leave_it_open(tmp_path: Path) -> None:
    (row,) = measured(tmp_path, [statement("d", when="1986"), aim("a", "1983/1986-06")])
    assert (row.verdict, row.end) == ("undetermined", "dated")
    assert row.low < 0 < row.high


def test_all_that_tells_the_same_counts(tmp_path: Path) -> None:
    statements = [
        statement("d", when="1983/1984"),
        statement("again", when="1989-05-01", source="memoir"),
        statement("other", "share", when="1995"),
        statement("proposed", when="1996", status="proposed"),
        aim("a", "1983/1986"),
    ]
    (row,) = measured(tmp_path, statements)
    assert (row.verdict, row.means_records) == ("drift", ("d", "again"))
    assert row.means_held[1:] == ("1989-05-01", "1989-05-01")


def test_policies_and_acts_may_serve_and_be_served(tmp_path: Path) -> None:
    policy = {
        "id": "p", "clause": "1", "title": "Line", "kind": "policy", "when": "1984/1987", "author": "south-ministry",
        "issue": "border", "stance": "keep",
    }  # fmt: skip
    move = {"id": "m", "actor": "south-ministry", "kind": "declares", "when": "1988/1989"}
    links = [serves("p", "a"), serves("m", "p"), serves("d", "m")]
    rows = measured(
        tmp_path,
        [aim("a", "1983/1986"), statement("d")],
        links,
        packages=[policy, policy | {"id": "q", "when": "1990/1991"}],
        moves=[move],
    )
    assert [(row.means, row.aim, row.verdict) for row in rows] == [
        ("p", "a", "drift"), ("m", "p", "no drift"), ("d", "m", "undetermined")
    ]  # fmt: skip
    assert rows[0].means_records == ("p", "q")
    assert rows[2].end == "not evidenced"  # an act is no aim that could end


def test_only_open_records_and_times_up_to_the_day_count(tmp_path: Path) -> None:
    statements = [statement("d", stage="public"), aim("a", "1983/1986", stage="public")]
    study = open_study(write_study(tmp_path, statements=statements, links=[serves("d", "a")]))
    (row,) = measure_goal_drift(study.as_of(parse_day("1985-06-30"))).rows
    assert (row.verdict, row.aim_held[2]) == ("no drift", "1985-06-30")
    assert measure_goal_drift(study.as_of(parse_day("1982-12-31"))).rows == ()


def test_a_link_from_a_rejected_statement_tells_nothing(tmp_path: Path) -> None:
    assert measured(tmp_path, [statement("d", status="rejected"), aim("a", "1983/1986")]) == ()

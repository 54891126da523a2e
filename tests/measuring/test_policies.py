"""Policy lines: overlaps against a check of every pair, and small studies whose lines can be told by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.measuring.packages.policies import Line, Policies, Position, apart, measure_policies, meetings, relation
from rashomon.study import Stance, When, open_study, overlap, parse_day
from studies import DECLARED, write_study

Row = Mapping[str, object]
NAN = float("nan")


def clause(id: str, stance: str = "keep", **more: object) -> Row:
    return {
        "id": id, "clause": "1", "title": id, "kind": "policy", "when": "1985/1987", "author": "south-ministry",
        "issue": "border", "stance": stance, **more,
    }  # fmt: skip


def policies(root: Path, *packages: Row, declared: str = DECLARED) -> Policies:
    return measure_policies(open_study(write_study(root, declared, packages=packages)))


# the core

STANCES = [Stance(one, "position", one, at, at) for one, at in (("keep", 0.0), ("share", 0.5), ("wait", NAN))]
whens = st.builds(
    lambda lo, length, within, vague: When(lo, lo + length, within and length > 0, vague, ""),
    st.integers(1, 40), st.integers(0, 30), st.booleans(), st.booleans(),
)  # fmt: skip
positions = st.lists(
    st.builds(Position, st.sampled_from(["border", "trade"]), st.sampled_from(STANCES), st.sampled_from(["", "x=y"])),
    max_size=3,
)
lines = st.lists(
    st.tuples(st.sampled_from(["north", "south"]), st.lists(whens, min_size=1, max_size=2), positions), max_size=7
).map(
    lambda found: [
        Line(f"l{i}", frozenset({f"{side}-{i % 2}"}), frozenset({side}), tuple(times), tuple(held))
        for i, (side, times, held) in enumerate(found)
    ]
)


@given(lines)
def test_every_pair_that_overlaps_is_found_and_no_other(found: list[Line]) -> None:
    met = {frozenset((one.first.id, one.second.id)): one.sure for one in meetings(found)}
    expected = {}
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            how = {overlap(a, b) for a in one.times for b in other.times} - {"none"}
            if one.sides & other.sides and how:
                expected[frozenset((one.id, other.id))] = "sure" in how
    assert met == expected


@given(lines, st.randoms(use_true_random=False))
def test_overlaps_do_not_depend_on_the_order_of_the_lines(found: list[Line], rng: object) -> None:
    shuffled = list(found)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert repr(meetings(shuffled)) == repr(meetings(found))


@given(positions, positions)
def test_the_relation_reads_the_same_from_both_ends(one: list[Position], other: list[Position]) -> None:
    assert relation(one, other) == relation(other, one)
    if one:
        assert relation(one, one) == "agree"


intervals = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted).map(lambda ends: Stance("x", "order", "x", *ends))


@given(intervals, intervals)
def test_distances_are_bounds(one: Stance, other: Stance) -> None:
    least, greatest = apart(one, other)
    assert (least, greatest) == apart(other, one)
    assert 0 <= least <= greatest <= 1
    assert least <= abs((one.lo + one.hi) / 2 - (other.lo + other.hi) / 2) + 1e-12
    assert apart(one, Stance("y", "position", "y"))[0] != 0


def test_relations_by_hand() -> None:
    keep, share, wait = (Position("border", stance) for stance in STANCES)
    pair = frozenset({frozenset({"keep", "share"})})
    assert relation([keep], [share]) == "in tension"
    assert relation([keep], [wait]) == "in tension"
    assert relation([keep], [share], {"border": pair}) == "undetermined"
    assert relation([keep, share], [share]) == "agree"
    assert relation([keep], [Position("border", share.stance, "trade=open")]) == "conditional"
    assert relation([], [keep]) == "undetermined"


# the measure


def test_two_lines_of_one_side_are_both_held_and_never_averaged(tmp_path: Path) -> None:
    found = policies(
        tmp_path,
        clause("first", "keep", when="1985/1987"),
        clause("second", "share", when="1986/1989", author="south-public", source="memoir"),
        clause(
            "second", "peace", when="1986/1989", author="south-public", issue="north-aim", clause="2", title="second"
        ),
        clause("later", "move", when="1992"),
        clause("theirs", "move", when="1986", author="north-leader"),
        clause("offer", "move", when="1986", kind="proposal"),
    )
    assert [(row.id, row.both_held, row.in_tension) for row in found.rows] == [
        ("first", ("second",), ("second",)),
        ("second", ("first",), ("first",)),
        ("theirs", (), ()),
        ("later", (), ()),
    ]
    (row,) = found.overlaps
    assert (row.first, row.second, row.issue, row.held, row.relation) == (
        "first",
        "second",
        "border",
        "both held",
        "in tension",
    )
    assert (row.first_position, row.second_position) == ("keep", "share")
    assert (row.start, row.end, row.least, row.greatest) == ("1986-01-01", "1987-12-31", 0.5, 0.5)
    assert (row.same_author, row.sides, row.n, row.voices) == (False, ("south",), 2, 2)
    assert found.rows[1].positions == (("border", "share", ""), ("north-aim", "peace", ""))
    assert found.cite() == ("book", "memoir")


def test_a_line_may_be_held_twice(tmp_path: Path) -> None:
    found = policies(
        tmp_path,
        clause("again", title="Line", when="1990/1991"),
        clause("once", title="Line", when="1981/1983"),
        clause("changed", "share", title="Line", when="1995"),
    )
    assert [(row.id, row.packages) for row in found.rows] == [("once", ("once", "again")), ("changed", ("changed",))]
    first = found.rows[0]
    assert [(one.when, one.throughout) for one in first.intervals] == [("1981/1983", True), ("1990/1991", True)]
    assert first.n == 2


@pytest.mark.parametrize(
    ("first", "second", "held"),
    [
        ("1985/1987", "1986", "both held"),
        ("1985", "1985", "may both have been held"),
        ("1985/1986~", "1986/1987", "may both have been held"),
    ],
)
def test_an_overlap_that_is_only_possible_is_said_to_be_so(tmp_path: Path, first: str, second: str, held: str) -> None:
    found = policies(tmp_path, clause("a", when=first), clause("b", "share", when=second))
    assert [row.held for row in found.overlaps] == [held]
    assert found.overlaps[0].same_author


def test_declared_compatible_positions_are_not_in_tension(tmp_path: Path) -> None:
    pair = clause("a", "peace", issue="north-aim"), clause("b", "trade", issue="north-aim")
    (row,) = policies(tmp_path, *pair).overlaps
    assert row.relation == "undetermined"
    assert row.least != row.least  # the positions have no place


def test_conditions_are_shown_and_spare_from_tension(tmp_path: Path) -> None:
    (row,) = policies(tmp_path, clause("a"), clause("b", "move", given="north-aim=peace")).overlaps
    assert (row.relation, row.second_position) == ("conditional", "move if north-aim=peace")


def test_lines_not_yet_known_do_not_count(tmp_path: Path) -> None:
    packages = [clause("a", known="1985-06-01"), clause("b", "share", known="1994-06-01")]
    study = open_study(write_study(tmp_path, packages=packages))
    found = measure_policies(study.as_of(parse_day("1990-01-01")))
    assert [row.id for row in found.rows] == ["a"]
    assert found.overlaps == ()

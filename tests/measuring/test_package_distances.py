"""Distances of packages from each side's stances: properties of the mean, and small studies."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.measuring.evidence import gather
from rashomon.measuring.package_distances import PackageDistances, distance, measure_packages
from rashomon.study import StudyData, open_study
from studies import DECLARED, write_study

Row = Mapping[str, object]


def statement(id: str, path: str, stance: str, when: str = "1983/1990", **more: object) -> Row:
    return {"id": id, "path": path, "modality": "demands", "topic": "border", "stance": stance, "when": when, **more}


def clause(number: int, stance: str, **more: object) -> Row:
    return {
        "id": "plan", "clause": str(number), "title": "Plan", "kind": "proposal", "when": "1986-05-01",
        "author": "south-ministry", "issue": "border", "stance": stance, **more,
    }  # fmt: skip


def made(root: Path, statements: list[Row], packages: list[Row], **tables: list[Row]) -> StudyData:
    return open_study(write_study(root, DECLARED, statements=statements, packages=packages, **tables))


def measured(root: Path, statements: list[Row], packages: list[Row], **tables: list[Row]) -> PackageDistances:
    return measure_packages(made(root, statements, packages, **tables))


spans = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted)


@given(st.lists(st.tuples(spans, st.lists(st.integers(0, 4), min_size=3, max_size=3)), min_size=1, max_size=6))
def test_the_mean_lies_between_the_least_and_the_greatest(found: list[tuple[list[float], list[int]]]) -> None:
    least, greatest = (np.array([ends[i] for ends, _ in found]) for i in range(2))
    counts = np.array([times for _, times in found]).T
    mean = distance(least, greatest, counts)
    if not counts.any():
        assert math.isnan(mean.mean)
        return
    assert mean.low - 1e-12 <= mean.mean <= mean.high + 1e-12
    assert distance(least[::-1], greatest[::-1], counts[::-1, ::-1]).mean == pytest.approx(mean.mean)


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 30))
def test_a_voice_counts_once_however_often_it_speaks(one: float, other: float, times: int) -> None:
    ends = np.array([one, other])
    assert distance(ends, ends, np.array([[times, 0], [0, 1]])).mean == pytest.approx((one + other) / 2)


def test_without_a_place_there_is_no_distance() -> None:
    nan, placed = np.array([math.nan]), np.array([math.nan, 0.5])
    assert math.isnan(distance(nan, nan, np.array([[3]])).mean)
    assert distance(placed, placed, np.array([[3, 1]])).mean == 0.5


def test_a_clause_against_each_sides_stances_at_the_time(tmp_path: Path) -> None:
    statements = [
        statement("n1", "north-leader", "keep", "1986"),
        statement("n2", "north-leader", "share", source="memoir"),
        statement("n3", "north-leader", "move", "1992"),
        statement("n4", "north-leader", "move", modality="rejects"),
        statement("n5", "north-leader > south-ministry", "move"),
        statement("s1", "south-ministry", "move", "1981"),
    ]
    found = measured(tmp_path, statements, [clause(1, "move")])
    north, south = found.rows
    assert (north.side, north.records, north.n, north.voices) == ("north", ("n1", "n2"), 2, 2)
    assert (north.distance, north.low, north.high) == (0.75, 0.5, 1.0)
    assert (north.same, north.different, north.sure) == (0, 2, 1)  # n1 was held on some day of the year only
    assert (south.side, south.n) == ("south", 0)
    assert math.isnan(south.distance)
    assert south.because == "no stance of south on border is on record for that time"
    assert [(one.side, one.clauses, one.placed, one.opposed, one.met, one.mixed) for one in found.packages] == [
        ("north", 1, 1, 1, 0, 0), ("south", 1, 0, 0, 0, 0)
    ]  # fmt: skip


def test_positions_without_a_place_are_only_the_same_or_different(tmp_path: Path) -> None:
    statements = [
        statement("n1", "north-leader", "peace", topic="north-aim"),
        statement("n2", "north-leader", "gain", topic="north-aim"),
        statement("n3", "north-leader", "trade", topic="north-aim"),
    ]
    (row,) = measured(tmp_path, statements, [clause(1, "peace", issue="north-aim")]).rows
    assert math.isnan(row.distance)
    assert (row.n, row.same, row.different) == (3, 1, 1)  # trade goes with both
    assert "no place" in row.because


def test_orders_give_bounds_and_moves_are_stances(tmp_path: Path) -> None:
    moves = [
        {
            "id": "m1",
            "actor": "north-leader",
            "kind": "offers",
            "issue": "border",
            "stance": "> share",
            "when": "1986-05-01",
        },
        {
            "id": "m2",
            "actor": "north-leader",
            "kind": "accepts",
            "issue": "border",
            "stance": "keep",
            "when": "1986-05-01",
        },
    ]
    (row,) = measured(tmp_path, [], [clause(1, "keep")], moves=moves).rows
    assert row.records == ("m1",)
    assert (row.distance, row.low, row.high) == (0.75, 0.5, 1.0)


def test_a_package_is_not_compared_with_itself(tmp_path: Path) -> None:
    assert measured(tmp_path, [], [clause(1, "keep")]).rows == ()


def test_a_whole_package_is_the_mean_of_its_clauses(tmp_path: Path) -> None:
    statements = [
        statement("n1", "north-leader", "keep"),
        statement("n2", "north-leader", "peace", topic="north-aim"),
    ]
    packages = [clause(1, "move"), clause(2, "share"), clause(3, "peace", issue="north-aim")]
    found = measured(tmp_path, statements, packages)
    (row,) = found.packages
    assert (row.distance, row.clauses, row.placed, row.met, row.opposed, row.n) == (0.75, 3, 2, 1, 2, 3)
    assert [one.clause for one in found.rows] == ["1", "2", "3"]


def test_gathered_records_may_be_given(tmp_path: Path) -> None:
    study = made(tmp_path, [statement("n1", "north-leader", "keep")], [clause(1, "move")])
    assert measure_packages(study, gather(study)).rows == measure_packages(study).rows

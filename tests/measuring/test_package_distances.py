"""Distances of packages from each side's stances: properties of the mean, and small studies."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.measuring.packages.distances import (
    HOLDING,
    Distances,
    PackageDistances,
    Stances,
    distances,
    measure_packages,
    own_stances,
)
from rashomon.measuring.records.comparing import role
from rashomon.measuring.records.evidence import MOVES, STATEMENTS, gather, name_of
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


def distance(least: np.ndarray, greatest: np.ndarray, counts: np.ndarray) -> Distances:
    """The distance of one clause from stances (k) of which each voice takes each so often (v, k)."""
    voice, stance = (np.repeat(one.ravel(), counts.ravel()) for one in np.indices(counts.shape))
    return distances(least[stance], greatest[stance], voice, np.zeros(len(voice), np.int64), 1)


spans = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted)


@given(st.lists(st.tuples(spans, st.lists(st.integers(0, 4), min_size=3, max_size=3)), min_size=1, max_size=6))
def test_the_mean_lies_between_the_least_and_the_greatest(found: list[tuple[list[float], list[int]]]) -> None:
    least, greatest = (np.array([ends[i] for ends, _ in found]) for i in range(2))
    counts = np.array([times for _, times in found]).T
    mean = distance(least, greatest, counts)
    if not counts.any():
        assert math.isnan(mean.mean[0])
        return
    assert mean.low[0] - 1e-12 <= mean.mean[0] <= mean.high[0] + 1e-12
    assert distance(least[::-1], greatest[::-1], counts[::-1, ::-1]).mean == pytest.approx(mean.mean)


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 30))
def test_a_voice_counts_once_however_often_it_speaks(one: float, other: float, times: int) -> None:
    ends = np.array([one, other])
    assert distance(ends, ends, np.array([[times, 0], [0, 1]])).mean == pytest.approx((one + other) / 2)


def test_without_a_place_there_is_no_distance() -> None:
    nan, placed = np.array([math.nan]), np.array([math.nan, 0.5])
    assert math.isnan(distance(nan, nan, np.array([[3]])).mean[0])
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


def test_the_stances_are_those_that_the_ledger_gathers(tmp_path: Path) -> None:
    statements = [
        statement("n1", "north-leader", "keep"),
        statement("n2", "north-leader", "keep", modality="not wants"),
        statement("n3", "north-leader > south-ministry", "keep"),
        statement("s1", "south-ministry", "share", modality="believes"),
        statement("s2", "south-ministry", "move", via="memoir"),
        statement("n4", "north-leader", "peace", topic="north-aim"),
    ]
    moves = [
        {"id": f"m-{kind}", "actor": "south-ministry", "kind": kind, "issue": "border", "stance": "keep", "when": "1986"}
        for kind in ("offers", "accepts", "declares", "warns")
    ]
    study = made(tmp_path, statements, [clause(1, "move")], moves=moves)
    records = gather(study)
    actors = {number: key for key, number in records.keys.items()}
    expected: dict[str, list[str]] = {}
    for i, (key, claim, table) in enumerate(
        zip(records.key.tolist(), records.claim.tolist(), records.table.tolist(), strict=True)
    ):
        (holder, *others), topic = actors[key]
        own = not others and topic == "border" and role(*records.claims[claim][:2]) in HOLDING
        if own and table in (STATEMENTS, MOVES):
            side = study.side_of(holder)
            expected.setdefault(side, []).append(name_of(study, table, int(records.row[i])))
    found = own_stances(study, {"border"})
    assert {side: one.ids.tolist() for side, one in found["border"].items()} == expected
    assert expected == {"north": ["n1"], "south": ["s1", "s2", "m-offers", "m-declares"]}


cases = st.lists(
    st.lists(st.tuples(st.integers(0, 3), spans, st.booleans()), max_size=6), min_size=1, max_size=5
)  # a list of stances for each clause: the voice, the bounds of the distance, and whether it has a place


@given(cases)
def test_many_clauses_at_once_are_each_by_itself(found: list[list[tuple[int, list[float], bool]]]) -> None:
    def columns(*listed: list[tuple[int, list[float], bool]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        flat = [one for part in listed for one in part]
        ends = np.array([ends if placed else [math.nan, math.nan] for _, ends, placed in flat]).reshape(-1, 2)
        return ends[:, 0], ends[:, 1], np.array([voice for voice, _, _ in flat], np.int64)

    clause = np.repeat(np.arange(len(found)), [len(part) for part in found])
    together = distances(*columns(*found), clause, len(found))
    for i, part in enumerate(found):
        alone = distances(*columns(part), np.zeros(len(part), np.int64), 1)
        for name in ("mean", "low", "high"):
            assert getattr(together, name)[i] == pytest.approx(getattr(alone, name)[0], nan_ok=True)


times = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)


@given(st.lists(times, min_size=1, max_size=30), times)
def test_all_that_overlap_are_found_in_the_order_of_the_study(held: list[list[int]], when: list[int]) -> None:
    lo, hi = np.array(held).T
    none = np.zeros(len(held), np.int64)
    stances = Stances((), np.array([], object), none, lo, hi, none > 0, none, none, none, none.astype(object))
    expected = [i for i, (a, b) in enumerate(held) if a <= when[1] and b >= when[0]]
    assert stances.overlapping(*when).tolist() == expected

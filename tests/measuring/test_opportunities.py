"""Chances to read: moves addressed to a side, and the readings by it on record."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.measuring.misperception.opportunities import Opportunity, measure_opportunities
from rashomon.study import StudyData, open_study, parse_day
from studies import DECLARED, write_study

Row = Mapping[str, object]

PERIOD = '\n[[period]]\nid = "late"\nname = "Late"\nwhen = "1988/1990"\n'


def move(id: str, **more: object) -> Row:
    return {
        "id": id,
        "actor": "north-leader",
        "target": "south-ministry",
        "kind": "offers",
        "when": "1986-05-01",
        **more,
    }


def reading(id: str, reads: str, **more: object) -> Row:
    return {
        "id": id, "path": "south-ministry", "modality": "expects", "topic": "border",
        "stance": "share", "when": "1986", "reads": reads, **more,
    }  # fmt: skip


def made(root: Path, moves: list[Row], statements: list[Row]) -> StudyData:
    return open_study(write_study(root, DECLARED + PERIOD, moves=moves, statements=statements))


def rates(study: StudyData) -> dict[tuple[str, str], Opportunity]:
    return {(one.side, one.time): one for one in measure_opportunities(study).rows}


def test_what_was_read_overlooked_and_never_recorded(tmp_path: Path) -> None:
    moves = [
        move("read"),
        move("overlooked"),
        move("silent"),
        move("late", when="1989"),
        move("inner", target="north-public"),
    ]
    statements = [
        reading("r1", "read"),
        reading("r2", "read;late", source="memoir"),
        reading("r3", "silent", path="north-public"),  # the mover's own side is not who was addressed
        {"id": "o1", "path": "south-public", "modality": "overlooks", "topic": "overlooked", "when": "1986"},
        {"id": "o2", "path": "south-public", "modality": "unaware", "topic": "read", "when": "1986"},
    ]
    found = rates(made(tmp_path, moves, statements))
    assert set(found) == {("south", "all"), ("south", "late")}
    row = found["south", "all"]
    assert (row.addressed, row.read, row.passed_over) == (4, 2, 1)
    assert (row.low, row.high) == (0.5, 0.75)
    assert (row.n, row.voices, row.sources) == (2, 2, ("book", "memoir"))
    assert (row.statements, row.unread) == (("r1", "r2"), ("overlooked", "silent"))
    assert row.because.startswith("2 of 4 moves addressed to south")
    assert (found["south", "late"].addressed, found["south", "late"].read) == (1, 1)


def test_only_what_was_open_counts(tmp_path: Path) -> None:
    moves = [move("a", stage="public"), move("b", stage="public", when="1989")]
    study = made(tmp_path, moves, [reading("r", "a", stage="public"), reading("later", "b", known="1995-01-01")])
    row = rates(study.as_of(parse_day("1989-12-31")))["south", "all"]
    assert (row.addressed, row.read, row.low, row.high) == (2, 1, 0.5, 1.0)


def test_nothing_addressed_means_no_rate(tmp_path: Path) -> None:
    assert measure_opportunities(made(tmp_path, [move("a", target="")], [])).rows == ()


@given(
    st.lists(st.sampled_from(["south-ministry", "south", "north-public", ""]), max_size=6),
    st.lists(st.tuples(st.sampled_from(["south-public", "north-public"]), st.integers(0, 5)), max_size=8),
)
def test_rates_are_those_of_a_count_by_hand(
    tmp_path_factory: pytest.TempPathFactory, targets: list[str], read_by: list[tuple[str, int]]
) -> None:
    moves = [move(f"m{i}", target=target) for i, target in enumerate(targets)]
    made_by = [(who, which) for who, which in read_by if which < len(targets)]
    statements = [reading(f"s{i}", f"m{which}", path=who) for i, (who, which) in enumerate(made_by)]
    found = rates(made(tmp_path_factory.mktemp("study"), moves, statements))
    addressed = {i for i, target in enumerate(targets) if target.startswith("south")}
    read = {which for who, which in made_by if who == "south-public" and which in addressed}
    if not addressed:
        assert found == {}
        return
    row = found["south", "all"]
    assert (row.addressed, row.read) == (len(addressed), len(read))
    assert 0 <= row.low <= row.high <= 1

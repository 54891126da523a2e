"""Views: who holds them and in which layer on the day, and how they are grouped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.measuring.records.viewing import Views, cells, gather_views
from rashomon.study import StudyData, format_day, open_study, parse_day
from studies import DECLARED, write_study

ROLES = DECLARED + """
[[actor]]
id = "climber"
name = "One who rises"
side = "south"
kind = "person"
layer = "public"
roles = [
  { office = "clerk", layer = "ministry", span = "1984-05-10/1984-05-20" },
  { office = "president", layer = "leadership", span = "1984-05-15/1984-05-16" },
  { office = "deputy", layer = "ministry", span = "1984-05-25/1984-05-25" },
  { office = "author", span = "1984-05-01/1984-05-28" },
]
"""


def views(root: Path, paths: list[str], days: list[str]) -> tuple[StudyData, Views]:
    rows = [
        {"id": f"s{i}", "path": path, "topic": "north:peaceful", "stance": "positive", "when": day}
        for i, (path, day) in enumerate(zip(paths, days, strict=True))
    ]
    study = open_study(write_study(root, ROLES, statements=rows))
    return study, gather_views(study)


def test_the_layer_is_that_of_the_holder_on_the_day(tmp_path: Path) -> None:
    first = parse_day("1984-04-25")
    days = [format_day(first + i) for i in range(40)]
    holders = ("climber", "north-leader", "south", "climber > north-leader")
    study, found = views(tmp_path, [holder for holder in holders for _ in days], days * len(holders))
    expected = [
        study.layer_of(holder.split(" ")[0], parse_day(day)) or "" for holder in holders for day in days
    ]
    assert [found.word(code) for code in found.layer.tolist()] == expected
    assert set(expected[: len(days)]) == {"public", "ministry", "leadership"}


def test_the_sides_are_those_of_the_path(tmp_path: Path) -> None:
    _, found = views(tmp_path, ["climber > north > south-public", "north-leader"], ["1986", "1987"])
    assert found.depth.tolist() == [3, 1]
    for column, expected in ((found.side, ["south", "north"]), (found.about, ["north", ""]), (found.third, ["south", ""])):
        assert [found.word(code) for code in column.tolist()] == expected


codes = st.lists(st.tuples(st.integers(-1, 2), st.integers(-1, 3)), max_size=40)


@given(codes)
def test_cells_hold_each_view_that_has_every_key_once(found: list[tuple[int, int]]) -> None:
    one, other = np.array(found, np.int64).reshape(-1, 2).T
    grouped = {key: cell.at.tolist() for key, cell in cells(None, np.arange(len(found)), one, other)}  # type: ignore[arg-type]
    expected: dict[tuple[int, int], list[int]] = {}
    for i, key in enumerate(found):
        if min(key) >= 0:
            expected.setdefault(key, []).append(i)
    assert grouped == expected
    assert list(grouped) == sorted(grouped)


def test_a_cell_names_its_records_and_sources(tmp_path: Path) -> None:
    _, found = views(tmp_path, ["north-leader", "south-public", "north-leader"], ["1986", "1987", "1988"])
    ((_, cell),) = [one for one in cells(found, np.arange(3), found.side) if found.word(one[0][0]) == "north"]
    assert (cell.records, cell.sources) == (("s0", "s2"), ("book",))
    assert cell.middle == pytest.approx(0.4, abs=0.2)

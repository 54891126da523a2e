"""The report on campaigns: its table, the picture of what was to be expected, and the placebos."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import rashomon
from rashomon.measuring.campaigns import Movements, measure_campaigns
from rashomon.reporting.campaigning import campaigning
from rashomon.reporting.document import Block, Figure, Gallery, Para, Records, Section, Table, unfolded, words
from rashomon.reporting.telling import Telling
from studies import write_study
from touring import campaign, figures, write_tour

WAR = '[[date]]\nid = "war"\nname = "The war"\nwhen = "2004"\n'


def told(root: Path) -> tuple[Movements, Section | None]:
    data = rashomon.open(root).data
    found = measure_campaigns(data)
    return found, campaigning(Telling(data, cast(Any, SimpleNamespace(campaigns=found)), cast(Any, None)))


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> tuple[Movements, Sequence[Block]]:
    move: dict[str, object] = {"id": "m1", "when": "2002", "actor": "north-leader", "target": "south", "kind": "visits"}
    declared = campaign(more=WAR, aims='["peaceful", "south:peaceful"]')
    found, section = told(write_tour(tmp_path_factory.mktemp("tour"), declared, polls=figures(0.8), moves=[move]))
    assert section is not None
    return found, section.blocks


def test_the_table_says_what_moved_and_why_it_is_not_decided(tour: tuple[Movements, Sequence[Block]]) -> None:
    found, blocks = tour
    (table,) = (one for one in blocks if isinstance(one, Table))
    assert [words(row.cells[3]).partition(" it")[0] for row in table.rows] == [
        "undetermined",
        "undetermined nothing that the side addressed says on",
    ]
    first = [words(cell) for cell in table.rows[0].cells]
    assert "The war; 1 move between the two sides" in first[3]
    row = found.rows[0]
    assert (
        f"+{row.movement.estimate:.1f} points [{row.movement.low:.1f}\u00a0to\u00a0{row.movement.high:.1f}]" in first[2]
    )
    assert "South" in first[1]
    (records,) = (part for part in unfolded(table.rows[0].cells[4]) if isinstance(part, Records))
    assert len(records.ids) == row.n
    summed = next(words(one.text) for one in blocks if isinstance(one, Para))
    assert "2 cannot be decided: other dated events fell into the time (1) and " in summed
    assert "does not say that the campaign moved it" in summed


def test_the_pictures_hold_what_was_measured(tour: tuple[Movements, Sequence[Block]]) -> None:
    found, blocks = tour
    row = found.rows[0]
    (gallery,) = (one for one in blocks if isinstance(one, Gallery))
    path, ranks = gallery.figures
    rows = path.spec["datasets"]["values"]
    assert [one["y"] for one in rows] == [round(one.observed.estimate, 3) for one in row.moments]
    assert all(one["least"] <= one["without"] <= one["most"] for one in rows)
    assert {one["when"] for one in rows} == {"before", "after"}
    assert path.spec["datasets"]["campaign"] == [{"x": 2000.0, "x2": 2001.9973}]
    assert isinstance(path, Figure)
    assert path.data is not None
    assert len(path.data.rows) == len(row.moments)
    assert len(ranks.spec["datasets"]["values"]) == len(row.placebos)
    assert f"0 of {len(row.placebos)} placebos" in words(ranks.caption)
    weights = [one for one in row.controls if one.weight >= 0.005]
    assert f"{100 * weights[0].weight:.0f} %" in words(path.caption)
    asked = weights[0].control.measure.removesuffix(": yes").replace("-", " ")
    assert f"Do you {asked}? “yes” {100 * weights[0].weight:.0f} %" in words(path.caption)  # a question on no topic


def test_without_a_campaign_nothing_is_said(tmp_path: Path) -> None:
    assert told(write_study(tmp_path))[1] is None

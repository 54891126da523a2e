"""The report's section on arenas and triads: what is decided first, why the rest is not, and every record there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest

import rashomon
from rashomon.measuring import Arenas, Triads
from rashomon.reporting.document import Para, Records, Section, Table, inside, unfolded, words
from rashomon.reporting.fielding import fielding
from rashomon.reporting.telling import Telling


@dataclass(frozen=True)
class Alone:
    """Measures of which only these were made."""

    arenas: Arenas
    triads: Triads


@pytest.fixture(scope="module")
def study(kuril: Path) -> rashomon.Study:
    return rashomon.open(kuril)


@pytest.fixture(scope="module")
def found(study: rashomon.Study) -> Alone:
    return Alone(study.arenas(), study.triads())


def told(study: rashomon.Study, found: Alone) -> Section:
    return fielding(Telling(study.data, cast(Any, found), cast(Any, None)))


def tables(section: Section) -> dict[str, Table]:
    return {one.anchor: one for one in inside(section.blocks) if isinstance(one, Table)}


def records(table: Table) -> Iterator[str]:
    for row in table.rows:
        for cell in row.cells:
            for part in unfolded(cell):
                yield from part.ids if isinstance(part, Records) else ()


def test_decided_tones_come_first_and_all_records_exist(study: rashomon.Study, found: Alone) -> None:
    made = tables(told(study, found))
    open_ = ["undetermined" in words(row.cells[5]) for row in made["tab-arenas"].rows]
    assert open_ == sorted(open_)
    assert not open_[0]
    for table in made.values():
        assert all(one in study.data.index for one in records(table))


def test_every_pair_and_triad_is_told(study: rashomon.Study, found: Alone) -> None:
    made = tables(told(study, found))
    for anchor, rows in (("tab-arenas-together", found.arenas.together), ("tab-triads", found.triads.rows)):
        assert len(made[anchor].rows) + made[anchor].more == len(rows)
    assert len(made["tab-balance"].rows) == len(found.triads.balance)


def test_why_views_of_another_are_not_tried_is_a_sentence(study: rashomon.Study, found: Alone) -> None:
    said = {words(row.cells[4]) for row in tables(told(study, found))["tab-triads"].rows}
    assert any("what is thought of China is told by one voice only" in one for one in said)


def test_what_there_is_nothing_for_is_said(study: rashomon.Study, found: Alone) -> None:
    nothing = Alone(replace(found.arenas, rows=(), together=()), replace(found.triads, rows=(), balance=()))
    said = " ".join(words(one.text) for one in inside(told(study, nothing).blocks) if isinstance(one, Para))
    assert "Nothing can be said by arena" in said
    assert "No two views of two others of one side are told year by year." in said
    assert "balance cannot be asked" in said

"""POLECAT as its files are: rows are invented, in the shape in which published programs read the true ones."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from measuring.eventful import POLECAT as COLUMNS
from measuring.eventful import declare, study_of, write_rows
from measuring.eventful import polecat_row as row
from rashomon.measuring.events import DyadPeriod, EventSet, count_every_pair, measure_events

OLD = ["Intensity" if name == "Event Intensity" else name for name in COLUMNS]


def counted(root: Path, *files: list[list[str]]) -> tuple[EventSet, dict[tuple[str, str], DyadPeriod]]:
    for number, rows in enumerate(files):
        write_rows(root / "polecat" / f"ngecEvents.DV.{number}.txt", rows)
    found = measure_events(study_of(root, declare("polecat", "polecat")))
    return found.sets[0], {(one.source, one.target): one for one in found.rows}


def test_the_columns_are_those_of_the_published_files() -> None:
    assert len(COLUMNS) == 40
    assert COLUMNS[7:10] == ("Actor Name", "Actor Country", "Actor COW")
    assert COLUMNS[15:18] == ("Recipient Name", "Recipient Country", "Recipient COW")


def test_each_of_several_countries_acts_and_is_acted_on_and_none_is_no_country(tmp_path: Path) -> None:
    rows = [
        row(1, Actor_Country="JPN; USA"),
        row(2, Actor_Country="JPN;PRK", Recipient_Country="RUS; PRK; RUS"),
        row(3, Recipient_Country="None", Recipient_Name="None"),
        row(4, Event_Type="None", Event_Intensity="None"),
    ]
    told, pairs = counted(tmp_path, [list(COLUMNS), *rows])
    assert (told.read, told.broken, told.kept) == (4, 0, 4)
    events = {pair: one.events for pair, one in pairs.items()}
    assert events == {("japan", "russia"): 3, ("japan", "korea"): 1, ("korea", "russia"): 1}
    assert told.unknown == (("(none)", 1),)
    assert pairs["japan", "russia"].goldstein.n == 2
    study = study_of(tmp_path, declare("polecat", "polecat"))
    count_every_pair(study, tmp_path / "pairs.parquet")
    listed = pq.read_table(tmp_path / "pairs.parquet").to_pylist()
    every = {("JPN", "RUS"), ("USA", "RUS"), ("PRK", "RUS"), ("JPN", "PRK"), ("PRK", "PRK")}
    assert {(one["source"], one["target"]) for one in listed} == every


@pytest.mark.parametrize("heading", [list(COLUMNS), OLD, [*OLD, "Headline", "Raw Text"]])
def test_headings_of_all_years_are_read_together(tmp_path: Path, heading: list[str]) -> None:
    told, pairs = counted(tmp_path, [list(COLUMNS), row(1)], [heading, row(2)])
    assert (told.read, told.broken, told.events) == (2, 0, 2)
    assert pairs["japan", "russia"].goldstein.n == 2
    assert set(told.passed_over) == {*heading} - {*COLUMNS, *OLD}


def test_blank_columns_at_the_end_of_a_file_are_passed_over(tmp_path: Path) -> None:
    told, _ = counted(tmp_path, [[*COLUMNS, "", ""], [*row(1), "", ""]])
    assert (told.read, told.broken, told.passed_over) == (1, 0, ("column 41", "column 42"))


def test_parquet_of_an_earlier_year_has_its_values(tmp_path: Path) -> None:
    pq.write_table(pa.table([[cell] for cell in row(1, Actor_Country="USA; JPN")], names=OLD), tmp_path / "a.parquet")
    found = measure_events(study_of(tmp_path, declare("a.parquet", "polecat")))
    assert [(one.source, one.events, one.goldstein.n) for one in found.rows] == [("japan", 1, 1)]

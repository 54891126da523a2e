"""The report's section on events: what became of every row, counts, means with their bands, nothing where none is declared."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measuring.eventful import declare, gdelt_row, study_of, write_rows
from rashomon.measuring import EventSeries
from rashomon.measuring.events import measure_events
from rashomon.reporting.counted import event_lines
from rashomon.reporting.document import Figure, Para, Section, Table, inside, unfolded, words
from rashomon.reporting.eventful import events
from rashomon.reporting.figures import draw
from rashomon.reporting.specs import years
from rashomon.reporting.telling import Telling
from rashomon.study import StudyData


@dataclass(frozen=True)
class Alone:
    """Measures of which only the events were counted."""

    events: EventSeries


def told(study: StudyData, result: EventSeries) -> Section | None:
    return events(Telling(study, cast(Any, Alone(result)), cast(Any, None)))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> StudyData:
    root = tmp_path_factory.mktemp("events")
    days = [f"2018{i % 3 + 1:02d}{i % 9 + 1:02d}" for i in range(40)]
    rows = [gdelt_row(i, day, "JPN", "RUS", ("036", "016")[i % 2], str(i % 5)) for i, day in enumerate(days)]
    rows += [gdelt_row(50, "20180203", "RUS", "JPN", "190", "-10"), gdelt_row(51, "20181399", "RUS", "JPN", "190")]
    write_rows(root / "a.tsv", rows)
    return study_of(root, declare("a.tsv", "gdelt2"))


@pytest.fixture(scope="module")
def result(study: StudyData) -> EventSeries:
    return measure_events(study)


def test_a_study_without_events_has_no_section(tmp_path: Path) -> None:
    study = study_of(tmp_path)
    assert told(study, measure_events(study)) is None


def test_all_rows_are_accounted_for_and_the_caveats_stand_first(study: StudyData, result: EventSeries) -> None:
    section = told(study, result)
    assert section is not None
    paragraphs = [" ".join((words(one.text), words(one.basis))) for one in inside(section.blocks) if isinstance(one, Para)]
    assert "most of it in English" in paragraphs[0]
    text = " ".join(paragraphs)
    for said in ("42 rows read, 1 broken", "41 events", "differ on 016 (20 events)", "as printed", "one voice", "line 42",
                 "broken.csv", "No event is recorded of Japan toward North Korea"):  # fmt: skip
        assert said in text, said


def test_the_terminal_too_names_pairs_of_which_nothing_is_recorded(study: StudyData, result: EventSeries) -> None:
    text = " ".join(" ".join(event_lines(result, study)).split())
    assert "wire: No event is recorded of Japan toward North Korea" in text
    assert "compare codes in study.toml with those in the files" in text


def test_every_month_with_events_is_listed_with_its_band_or_the_reason(study: StudyData, result: EventSeries) -> None:
    section = told(study, result)
    assert section is not None
    figures = [one for one in inside(section.blocks) if isinstance(one, Figure)]
    assert [one.anchor for one in figures] == ["fig-events-wire-japan-russia", "fig-means-wire-japan-russia"]
    drawn = [one.data for one in figures if one.data is not None]
    folded = [one for one in inside(section.blocks) if isinstance(one, Table) and one not in drawn]
    assert [words(row.cells[0]) for table in folded for row in table.rows] == ["February 2018 Russia toward Japan"]
    tables = [*drawn, *folded]
    filled = [row for row in result.rows if row.events]
    assert sum(len(table.rows) for table in tables) == len(filled)
    rows = [" ".join(words(cell) for cell in row.cells) for table in tables for row in table.rows]
    for row, line in zip(filled, rows, strict=True):
        assert f"n = {row.goldstein.n}" in line
        assert ("[" in line) == (not row.because)
        assert row.because in line
    marks = figures[1].spec["datasets"]["values"]
    assert [one["low"] for one in marks] == [None if row.because else round(row.goldstein.low, 3) for row in filled[:3]]
    assert all(unfolded(figure.caption) for figure in figures)


def test_the_counts_are_drawn_above_and_below_the_line(result: EventSeries) -> None:
    chart = draw(result).to_dict()
    (*_, last) = (rows for name, rows in chart["datasets"].items() if name.startswith("values"))
    assert [(one["y"], one["y2"], one["kind"]) for one in last] == [(0, -1, "material conflict")]


@given(st.floats(1946, 2024), st.floats(0, 3))
def test_an_axis_of_years_has_whole_years_to_label(first: float, length: float) -> None:
    low, high = years([first, first + length])["scale"]["domain"]
    assert low <= first
    assert first + length <= high
    assert math.floor(high) - math.ceil(low) >= 1


def test_what_is_undetermined_says_between_which_sides(study: StudyData, result: EventSeries) -> None:
    section = told(study, result)
    assert section is not None
    said = " ".join(words(one.text) for one in inside(section.blocks) if isinstance(one, Para))
    assert "Whether like is met with like is undetermined of Japan and Russia (one side has acts in 1 month, " in said

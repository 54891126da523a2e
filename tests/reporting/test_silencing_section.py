"""The report's section on silences and on what was kept back: every row told with its records, nothing claimed beyond them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest

import rashomon
from rashomon.measuring import Silences
from rashomon.measuring.silences.measuring import measure_silences
from rashomon.reporting.document import Para, Records, Section, Table, inside, unfolded, words
from rashomon.reporting.silencing import silencing
from rashomon.reporting.telling import Telling


@dataclass(frozen=True)
class Alone:
    """Measures of which only the silences were made."""

    silences: Silences


def told(study: rashomon.Study, result: Silences) -> Section:
    return silencing(Telling(study.data, cast(Any, Alone(result)), cast(Any, None)))


@pytest.fixture(scope="module")
def study(kuril: Path) -> rashomon.Study:
    return rashomon.open(kuril)


@pytest.fixture(scope="module")
def result(study: rashomon.Study) -> Silences:
    return measure_silences(study.data)


def paragraphs(section: Section) -> str:
    return " ".join(words(one.text) for one in inside(section.blocks) if isinstance(one, Para))


def tables(section: Section) -> dict[str, Table]:
    return {one.anchor: one for one in inside(section.blocks) if isinstance(one, Table)}


def records(table: Table) -> Iterator[str]:
    for row in table.rows:
        for cell in row.cells:
            for part in unfolded(cell):
                yield from part.ids if isinstance(part, Records) else ()


def test_how_many_silences_are_unlikely_to_be_chance_is_said_first(study: rashomon.Study, result: Silences) -> None:
    said = paragraphs(told(study, result))
    assert "None of these silences is unlikely to be chance, given how much is on record of all else; one would be, were" in said
    rows = tuple(replace(row, verdict="silent") if row.verdict == "perhaps silent" else row for row in result.rows)
    assert "One of these silences is unlikely to be chance" in paragraphs(told(study, replace(result, rows=rows)))


def test_the_likeliest_silences_stand_first_and_all_records_exist(study: rashomon.Study, result: Silences) -> None:
    section = told(study, result)
    table = tables(section)["tab-silences"]
    verdicts = [words(row.cells[3]).split(" none")[0].split(" too")[0] for row in table.rows]
    assert verdicts[0] == "perhaps silent"
    assert verdicts.count("perhaps silent") == sum(row.verdict == "perhaps silent" for row in result.rows)
    assert len(table.rows) + table.more == sum(bool(row.topic) for row in result.rows)
    assert all(one in study.data.index for one in records(table))


def test_gaps_are_told_apart_from_silences(study: rashomon.Study, result: Silences) -> None:
    said = paragraphs(told(study, result))
    assert "No silence, but gaps in what is recorded" in said
    assert "None" not in said.partition("No silence")[2]


def test_every_record_kept_back_is_listed_once_with_its_end(study: rashomon.Study, result: Silences) -> None:
    table = tables(told(study, result))["tab-kept-back"]
    assert sorted(row.anchor for row in table.rows) == sorted(f"x-{one.line}" for one in study.data.access)
    assert sorted(records(table)) == sorted(one.record for one in study.data.access)
    open_ended = [row for row in table.rows if "no end told" in words(row.cells[3])]
    assert len(open_ended) == sum(one.until is None for one in study.data.access)


def test_a_record_kept_from_two_is_one_record_and_no_end_is_made_up(study: rashomon.Study, result: Silences) -> None:
    hidden = [one for one in result.kept if one.how == "withheld"]
    said = paragraphs(told(study, result))
    assert f"{len({one.record for one in hidden})} records were kept from an audience, {len(hidden)} times in all" in said
    assert "for good" not in said
    assert "no end is told" in said


def test_an_end_after_the_day_of_the_view_is_not_told(study: rashomon.Study) -> None:
    day = study.as_of("1987-06-01").data
    until = {one.line: one.until for one in day.access if one.until is not None}
    kept = measure_silences(day).kept
    assert any(not one.until and one.line in until for one in kept)
    assert all(until[one.line].hi <= day.day for one in kept if one.until and day.day)


def test_without_silences_or_access_the_section_says_so(study: rashomon.Study, result: Silences) -> None:
    said = paragraphs(told(study, replace(result, rows=(), kept=())))
    assert "No topic of one group is without a mention" in said
    assert "Nothing is recorded of what an audience was shown" in said

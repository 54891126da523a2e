"""The report's section on façades: moods first, with why they cannot be decided and what would decide them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest

import rashomon
from rashomon.measuring import Facades
from rashomon.reporting.document import Fold, Para, Records, Section, Table, inside, unfolded, words
from rashomon.reporting.staging import staging
from rashomon.reporting.telling import Telling


@dataclass(frozen=True)
class Alone:
    """Measures of which only the façades were made."""

    facades: Facades


def told(study: rashomon.Study, result: Facades) -> Section:
    return staging(Telling(study.data, cast(Any, Alone(result)), cast(Any, None)))


@pytest.fixture(scope="module")
def study(kuril: Path) -> rashomon.Study:
    return rashomon.open(kuril)


@pytest.fixture(scope="module")
def result(study: rashomon.Study) -> Facades:
    return study.facades()


def paragraphs(section: Section) -> list[str]:
    return [words(one.text) for one in inside(section.blocks) if isinstance(one, Para)]


def records(section: Section) -> Iterator[str]:
    for block in inside(section.blocks):
        rows = [cell for row in block.rows for cell in row.cells] if isinstance(block, Table) else []
        for cell in rows + ([block.basis] if isinstance(block, Para) else []):
            for part in unfolded(cell):
                yield from part.ids if isinstance(part, Records) else ()


def test_the_hopes_of_1997_are_told_with_their_band_and_what_is_missing(study: rashomon.Study, result: Facades) -> None:
    hopes = [one for one in paragraphs(told(study, result)) if one.startswith("The hopes of 1997–98")]
    assert len(hopes) == 2
    for one in hopes:
        assert "cannot be decided" in one
        assert "What would decide it" in one
    of_japan, of_russia = hopes
    assert "1 view, 1 voice" in of_japan
    assert "of State of relations." in of_japan
    assert "]" not in of_japan  # one narrator tells all of it: no band
    assert of_japan.endswith("On this telling alone the façade is −0.16, the official tone being the colder.")
    assert "the façade is" not in of_russia  # there is none
    assert "2 voices" in of_russia
    assert "]" in of_russia


def test_that_the_facade_is_no_plain_difference_of_the_columns_is_said(study: rashomon.Study, result: Facades) -> None:
    tables = [one for one in told(study, result).blocks if isinstance(one, Table)]
    assert all("it need not be the one column less the other" in words(one.caption) for one in tables)
    assert tables


def test_every_record_of_the_section_exists(study: rashomon.Study, result: Facades) -> None:
    found = set(records(told(study, result)))
    assert found
    assert all(one in study.data.index for one in found)


def test_years_are_counted_once_whichever_side_looks(study: rashomon.Study, result: Facades) -> None:
    both = [one for one in result.rows if one.by == "year" and one.facade.n and {one.side, one.target} == {"japan", "ussr"}]
    (fold,) = (one for one in told(study, result).blocks if isinstance(one, Fold))
    assert len({one.time for one in both}) < len(both)
    assert fold.title.startswith(f"Year by year: {len({one.time for one in both})} years")


def test_years_with_the_same_views_are_one_row(study: rashomon.Study, result: Facades) -> None:
    both = [one for one in result.rows if one.by == "year" and one.facade.n and {one.side, one.target} == {"japan", "ussr"}]
    (fold,) = (one for one in told(study, result).blocks if isinstance(one, Fold))
    (table,) = (one for one in fold.blocks if isinstance(one, Table))
    shown = [words(row.cells[0]) for row in table.rows]
    assert any(one.startswith("1956–1985") and "Japan" in one.split(" of ")[0] for one in shown)
    assert any(one.startswith("1997–1998") for one in shown)  # of 1996 nothing is on record: it begins anew
    assert len(shown) < len(both)
    covered = 0
    for one in shown:
        first, _, last = one[:9].partition("–")
        covered += int(last) - int(first) + 1 if last else 1
    assert covered == len(both)
    other_views = [replace(one, records=(*one.records, one.time)) for one in result.rows]
    (fold,) = (one for one in told(study, replace(result, rows=tuple(other_views))).blocks if isinstance(one, Fold))
    (table,) = (one for one in fold.blocks if isinstance(one, Table))
    assert len(table.rows) == len(both)


def test_no_tone_on_record_is_said(study: rashomon.Study, result: Facades) -> None:
    (said,) = paragraphs(told(study, replace(result, rows=())))
    assert "No view of another side on a quality with a tone" in said

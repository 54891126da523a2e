"""The section on words of feeling, and its pictures."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from feeling_study import DECLARED, study_of

import rashomon
from rashomon.measuring.feeling import Feeling, measure_feeling
from rashomon.reporting.document import Figure, Gallery, Para, Section, Table, inside, words
from rashomon.reporting.feeling_pictures import by_category, rates
from rashomon.reporting.feelings import apart_in_feeling, feelings
from rashomon.reporting.telling import Telling
from rashomon.study import StudyData

PLAIN = "The delegation came to the capital in spring and left it in autumn. "


def section_of(study: StudyData, found: Feeling) -> Section | None:
    measures = SimpleNamespace(feeling=found)
    return feelings(Telling(study, cast(Any, measures), cast(Any, None)))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> StudyData:
    texts = []
    for year in range(1960, 1984):
        more = "Our trust in Russia is firm. " * (year % 3) + PLAIN * 8
        texts.append((f"j-{year}", str(year), "japan", f"{more} {year}"))
        if year not in (1970, 1971, 1972, 1973):
            texts.append((f"u-{year}", str(year), "ussr", f"This threat is grave. {PLAIN * 5} {year}"))
    return study_of(tmp_path_factory.mktemp("feelings"), texts)


@pytest.fixture(scope="module")
def found(study: StudyData) -> Feeling:
    return measure_feeling(study)


def test_the_section_has_charts_and_every_rate_with_its_band(study: StudyData, found: Feeling) -> None:
    section = section_of(study, found)
    assert section is not None
    (gallery,) = [block for block in section.blocks if isinstance(block, Gallery)]
    assert {str(figure.caption[0].text) for figure in gallery.figures} == {"Trust", "Threat"}  # type: ignore[union-attr]
    (table,) = [block for block in section.blocks if isinstance(block, Table) and block.anchor == "tab-feeling"]
    row = next(row for row in table.rows if getattr(row.cells[0][0], "text", "") == "threat")
    assert str(row.cells[1][0]).startswith("Japan 0.00 [0.00")
    assert any(getattr(part, "text", "") == "apart" for part in row.cells[3])
    tables = {block.anchor for block in inside(section.blocks) if isinstance(block, Table)}
    assert {"tab-feeling-other", "tab-feeling-words"} <= tables


def test_the_finding_names_the_words_that_part_the_sides(study: StudyData, found: Feeling) -> None:
    said, rows = apart_in_feeling(Telling(study, cast(Any, SimpleNamespace(feeling=found)), cast(Any, None)))
    (text,) = said
    assert str(text).startswith("In their texts ")
    assert "USSR/Russia speaks more often than Japan of threat (" in str(text)
    assert {row.category for row in rows} == {"trust", "threat"}


def test_a_line_is_broken_where_years_have_no_texts(found: Feeling) -> None:
    drawn = dict(by_category(found))
    values = rates(drawn["threat"])["datasets"]["values"]
    assert len({one["stretch"] for one in values if one["side"] == "ussr"}) == 2
    assert all(one["low"] <= one["y"] + 1e-9 for one in values)


def test_the_result_draws_itself(study: StudyData) -> None:
    made = rashomon.open(study.root).feeling("general-debate").plot()
    assert len(made.to_dict()["vconcat"]) == 2


def test_a_study_without_texts_has_no_section_and_one_of_unread_texts_says_why(tmp_path: Path) -> None:
    empty = study_of(tmp_path / "empty", [])
    assert section_of(empty, measure_feeling(empty)) is None
    blank = study_of(tmp_path / "blank", [("t-1", "1960", "japan", " ")])
    section = section_of(blank, measure_feeling(blank))
    assert section is not None
    (para,) = section.blocks
    assert isinstance(para, Para)
    assert "it has no words" in str(para.text)
    one = study_of(tmp_path / "one", [("t-1", "1960", "japan", "Trust grows.")])
    section = section_of(one, measure_feeling(one))
    assert section is not None
    assert not [block for block in inside(section.blocks) if isinstance(block, Figure)]


def test_series_of_one_side_each_are_called_by_their_names(tmp_path: Path) -> None:
    declared = DECLARED + '\n[[series]]\nid = "un-ussr"\nname = "The USSR at the UN"\n'
    texts = [(f"j-{year}", str(year), "japan", f"Our trust is firm. {year}") for year in range(1960, 1972)]
    texts += [(f"un-ussr:u-{year}", str(year), "ussr", f"Our trust is firm. {PLAIN} {year}") for year in range(1960, 1972)]
    study = study_of(tmp_path, texts, declared)
    section = section_of(study, measure_feeling(study))
    assert section is not None
    (gallery,) = [block for block in section.blocks if isinstance(block, Gallery)]
    assert [words(figure.caption[:1]) for figure in gallery.figures] == ["General Debate: trust", "The USSR at the UN: trust"]
    (table,) = [block for block in section.blocks if isinstance(block, Table) and block.anchor == "tab-feeling"]
    assert "no two sides have texts in one series and language" in words(table.caption)
    assert [words(row.cells[0]).split(maxsplit=1)[1] for row in table.rows] == ["General Debate", "The USSR at the UN"]
    assert len(table.columns) == len(table.rows[0].cells) == 4

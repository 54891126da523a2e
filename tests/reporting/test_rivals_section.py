"""The report's section on rival explanations: judgements are called so, and every expectation is told, found or missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import rashomon
from rashomon.measuring import Rivals, measure_rivals
from rashomon.reporting.document import Block, Para, Section, Table, words
from rashomon.reporting.findings import _rivals
from rashomon.reporting.rivalling import odds_between, rivals
from rashomon.reporting.telling import Telling
from studies import write_study


def told(root: Path, change: Any = None) -> tuple[Rivals, Section, Telling]:
    study = rashomon.open(root).data
    result = measure_rivals(study)
    result = change(result) if change else result
    telling = Telling(study, cast(Any, SimpleNamespace(rivals=result)), cast(Any, None))
    return result, rivals(telling), telling


@pytest.fixture(scope="module")
def worked(kuril: Path) -> tuple[Rivals, Section, Telling]:
    return told(kuril)


def tables(blocks: tuple[Block, ...]) -> dict[str, Table]:
    return {one.anchor: one for one in blocks if isinstance(one, Table)}


def said(section: Section) -> Iterator[str]:
    return (words(one.text) for one in section.blocks if isinstance(one, Para))


def test_judgements_are_called_judgements_and_whose(worked: tuple[Rivals, Section, Telling]) -> None:
    text = " ".join(said(worked[1]))
    assert "judgements of the study's author, not measurements" in text
    assert "prior odds from 1 : 4 to 4 : 1" in text
    assert text.count("undetermined") == 2


def test_every_expectation_is_told_with_its_ratio_or_as_open(worked: tuple[Rivals, Section, Telling]) -> None:
    result, section, _ = worked
    rows = [row for number in (1, 2) for row in tables(section.blocks)[f"tab-expectations-{number}"].rows]
    assert [row.anchor for row in rows] == [f"e-{one.id}" for one in result.tests]
    for row, one in zip(rows, result.tests, strict=True):
        ratio = words(row.cells[3])
        assert (ratio == "–") == (one.weighs == "open")
        assert ("own source only" in ratio) == (one.weighs == "own source only")
        assert one.state in words(row.cells[2])


def test_what_is_missing_is_ranked(worked: tuple[Rivals, Section, Telling]) -> None:
    rows = tables(worked[1].blocks)["tab-missing-1"].rows
    assert [words(row.cells[0]).split()[0] for row in rows] == ["1", "2", "3"]
    assert "points" in words(rows[0].cells[2])
    assert any("Which missing document would tell most?" in one for one in said(worked[1]))


def test_only_a_favoured_account_is_a_finding(kuril: Path) -> None:
    def favour(result: Rivals) -> Rivals:
        return replace(result, rows=(replace(result.rows[0], verdict="favoured"), *result.rows[1:]))

    _, section, telling = told(kuril, favour)
    assert any("This account is favoured over every rival" in one for one in said(section))

    finding = _rivals(telling)
    assert finding is not None
    assert finding.anchor == "rivals"
    assert "one is favoured" in words(finding.said)
    assert _rivals(told(kuril)[2]) is None


def test_a_study_without_rivals_says_so(tmp_path: Path) -> None:
    _, section, _ = told(write_study(tmp_path))
    assert list(said(section)) == ["The study declares no rival explanations."]


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.25, 4.0, "1 : 4 to 4 : 1"), (1 / 163, 136.3, "1 : 160 to 140 : 1"), (1.0, 2.375, "1 : 1 to 2.4 : 1"),
        (0.4, 0.95, "1 : 2.5 to 1 : 1.1"),
    ],
)
def test_odds_in_words(low: float, high: float, text: str) -> None:
    assert odds_between(low, high).replace("\u00a0", " ") == text


def test_no_odds_are_a_dash() -> None:
    assert odds_between(float("nan"), float("nan")) == "–"

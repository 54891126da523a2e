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
from rashomon.reporting.findings import conclusions
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
        assert ("counts for nothing" in ratio) == (one.weighs == "own source only")
        assert one.state in words(row.cells[2])


def test_what_is_missing_is_ranked(worked: tuple[Rivals, Section, Telling]) -> None:
    rows = tables(worked[1].blocks)["tab-missing-1"].rows
    assert [words(row.cells[0]).split()[0] for row in rows] == ["1", "2", "3"]
    assert "points" in words(rows[0].cells[2])
    assert any("Which missing document would tell most?" in one for one in said(worked[1]))


def test_where_to_look_is_named_as_sources_are(kuril: Path) -> None:
    source = rashomon.open(kuril).data.declared.sources[0].id

    def seek(result: Rivals) -> Rivals:
        return replace(result, missing=tuple(replace(one, where=(source, "a box")) for one in result.missing))

    _, section, telling = told(kuril, seek)
    (row, *_) = tables(section.blocks)["tab-missing-1"].rows
    assert f"; {telling.names.labels[source]} and a box" in words(row.cells[1])


def test_only_a_favoured_account_is_a_finding(kuril: Path) -> None:
    def favour(result: Rivals) -> Rivals:
        return replace(result, rows=(replace(result.rows[0], verdict="favoured"), *result.rows[1:]))

    _, section, telling = told(kuril, favour)
    assert any("This account is favoured over every rival" in one for one in said(section))

    finding = conclusions.rivals(telling)
    assert finding is not None
    assert finding.anchor == "rivals"
    assert "one is favoured" in words(finding.said)
    assert conclusions.rivals(told(kuril)[2]) is None


def beaten(result: Rivals) -> Rivals:
    """The first account of 1991 beaten by the second, whose id stands in another's; the second against the third as it is."""
    first, second, *rest = result.rows
    because = f"likelier over all prior odds tried: {second.id}; and so on"
    return replace(
        result,
        rows=(replace(first, verdict="disfavoured", because=because), second, *rest),
        duels=tuple(replace(one, odds_high=0.5) if one.one == first.id else one for one in result.duels),
    )


def test_why_it_is_undetermined_names_the_accounts_that_cannot_be_told_apart(kuril: Path) -> None:
    _, section, _ = told(kuril, beaten)
    text = next(one for one in said(section) if "undetermined" in one)
    assert "The odds hold 1 : 1 between B and C" in text
    assert "The ranges of odds between them hold" not in text
    verdicts = [words(row.cells[1]) for row in tables(section.blocks)["tab-rivals-1"].rows]
    assert any("likelier over all prior odds tried: B; and so on" in one for one in verdicts)


def test_an_id_within_a_word_of_the_reason_is_left_alone(kuril: Path) -> None:
    def short(result: Rivals) -> Rivals:
        named = {row.id: f"odd{'s' if at else ''}" for at, row in enumerate(result.rows[:2])}
        rows = tuple(replace(row, id=named.get(row.id, row.id)) for row in result.rows)
        duels = tuple(
            replace(one, one=named.get(one.one, one.one), other=named.get(one.other, one.other)) for one in result.duels
        )
        return replace(result, rows=rows, duels=duels, tests=(), missing=())

    _, section, _ = told(kuril, short)
    first = tables(section.blocks)["tab-rivals-1"].rows[0]
    assert "the range of odds holds 1 : 1; 3 expectations speak for it" in words(first.cells[1])


def test_nobody_is_told_to_look_for_what_is_lost(kuril: Path) -> None:
    def lose(result: Rivals) -> Rivals:
        return replace(result, missing=tuple(replace(one, state="lost") for one in result.missing))

    text = " ".join(said(told(kuril, lose)[1]))
    assert "if it were recovered, it would be expected to move" in text
    assert "looking for it" not in text


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

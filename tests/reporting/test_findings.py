"""Findings as sentences: what cannot be decided says why, and says nothing where there is nothing to say."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import rashomon
from rashomon.reporting.document import words
from rashomon.reporting.findings import beliefs, changes
from rashomon.reporting.opening import _cost, answer
from rashomon.reporting.telling import Telling


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (("no change found",) * 2, "2 no change found."),
        (
            ("no change found", "undetermined"),
            "1 no change found and 1 undetermined; undetermined because told by one voice only (1).",
        ),
    ],
)
def test_tests_of_which_none_stands_out_say_why_some_are_open(
    kuril: Path, verdicts: tuple[str, ...], said: str
) -> None:
    rows = [SimpleNamespace(verdict=verdict, because="told by one voice only: p = 0.50", p=0.5) for verdict in verdicts]
    measures = SimpleNamespace(breaks=SimpleNamespace(rows=rows))
    found = changes.breaks(Telling(rashomon.open(kuril).data, cast(Any, measures), cast(Any, None)))
    assert found is not None
    assert (
        words(found.said)
        == f"Of 2 tests of a change at a named date none stands out once their number is allowed for: {said}"
    )


@pytest.mark.parametrize(
    ("verdicts", "finding", "first"),
    [
        (
            ("undetermined",),
            "Of 1 belief about another 1 stays undetermined.",
            "The only belief stays undetermined; most often: none is recorded (1).",
        ),
        (
            ("undetermined", "undetermined", "claimed in public only"),
            "Of 3 beliefs about another 1 was voiced in public only and 2 stay undetermined.",
            "2 of 3 beliefs stay undetermined; most often: none is recorded (2).",
        ),
    ],
)
def test_beliefs_of_which_none_is_decided_are_counted_as_one_speaks(
    kuril: Path, verdicts: tuple[str, ...], finding: str, first: str
) -> None:
    rows = [SimpleNamespace(verdict=verdict, because="none is recorded", told_by=("rozman-2000",)) for verdict in verdicts]
    none = SimpleNamespace(rows=[])
    measures = SimpleNamespace(misperceptions=SimpleNamespace(rows=rows), asymmetries=none)
    plays = SimpleNamespace(windows=none)
    telling = Telling(rashomon.open(kuril).data, cast(Any, measures), cast(Any, plays))
    found = beliefs.verdicts(telling)
    assert found is not None
    assert words(found.said) == finding
    assert words(answer(telling)[0]) == first


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((), ""),
        (
            ("closed",),
            "misperception alone is not shown to have cost an agreement in the only modelled conflict; "
            "it would have had none even if seen truly",
        ),
        (("missed",), "misperception alone is shown to have cost an agreement in the only modelled conflict"),
        (
            ("closed", "undetermined", "undetermined"),
            "misperception alone is shown to have cost an agreement in none of 3 modelled conflicts; "
            "1 would have had none even if seen truly; premises in doubt decide 2",
        ),
        (
            ("missed", "reached"),
            "misperception alone is shown to have cost an agreement in 1 of 2 modelled conflicts; 1 ended in one",
        ),
    ],
)
def test_the_cost_of_misperception_is_told_no_further_than_the_games_carry(kuril: Path, ends: tuple[str, ...], said: str) -> None:
    rows = [SimpleNamespace(game=f"g{i}", verdict=verdict) for i, verdict in enumerate(ends)]
    plays = SimpleNamespace(windows=SimpleNamespace(rows=rows))
    assert words(_cost(Telling(rashomon.open(kuril).data, cast(Any, None), cast(Any, plays)))) == said

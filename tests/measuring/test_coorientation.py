"""Two groups and what each takes the other to hold: which views are compared, and how the comparison is named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.measuring.records.viewing import Cell, Views, gather_views
from rashomon.measuring.relations.coorientation import (
    Comparison,
    Pair,
    compare,
    measure_asymmetries,
    measure_coorientation,
    measure_realisation,
)
from rashomon.reporting.naming import Names
from rashomon.study import StudyData, open_study
from studies import DECLARED, write_study


def said(*rows: tuple[str, str], source: str = "book") -> list[dict[str, object]]:
    """Statements (path, stance on the border), all of one time and source."""
    return [
        {"id": f"{source}-{i}", "path": path, "topic": "border", "stance": stance, "source": source}
        for i, (path, stance) in enumerate(rows)
    ]


def made(root: Path, *rows: tuple[str, str], also: Sequence[dict[str, object]] = ()) -> tuple[StudyData, Views]:
    study = open_study(write_study(root, DECLARED, statements=[*said(*rows), *also]))
    return study, gather_views(study)


def labels(rows: Sequence[Comparison]) -> list[tuple[str, str, str]]:
    return [(row.kind, row.of, row.against) for row in rows]


def test_agreement_congruency_and_accuracy(tmp_path: Path) -> None:
    rows = [("north-leader", "keep"), ("north-leader > south-ministry", "share"), ("south-public", "move")]
    found = measure_coorientation(*made(tmp_path, *rows))
    assert labels(found) == [
        ("agreement", "north", "south"),
        ("congruency", "north", "south as north takes it"),
        ("accuracy", "south as north takes it", "south"),
    ]
    agreement, congruency, accuracy = found
    assert agreement.difference.estimate < congruency.difference.estimate < 0
    assert accuracy.difference.estimate < 0
    for row in found:
        assert row.difference.estimate == pytest.approx(row.first.estimate - row.second.estimate, abs=1e-12)
        assert (row.n, row.verdict) == (2, "undetermined")
    assert [row.records for row in found] == [("book-0", "book-2"), ("book-0", "book-1"), ("book-1", "book-2")]


def test_a_side_is_not_said_to_agree_with_itself(tmp_path: Path) -> None:
    found = measure_coorientation(*made(tmp_path, ("north-leader", "keep"), ("north-leader > north-public", "share")))
    assert labels(found) == [
        ("congruency", "north", "north as north takes it"),
        ("accuracy", "north as north takes it", "north"),
    ]


@pytest.mark.parametrize(
    ("path", "of", "against", "shown"),
    [
        ("north-leader > south-ministry > north-public", "what north takes south to think north holds",
         "what south takes north to hold", "what North takes South to think North holds"),
        ("north-leader > south-ministry > south-public", "what north takes south to think others in south hold",
         "what south takes others in south to hold", "what North takes South to think others in South hold"),
        ("north-leader > north-public > south-ministry", "what north takes others in north to think south holds",
         "what north takes south to hold", "what North takes others in North to think South holds"),
    ],
)  # fmt: skip
def test_realisation_says_who_is_taken_to_think_what_of_whom(
    tmp_path: Path, path: str, of: str, against: str, shown: str
) -> None:
    second = path.partition(" > ")[2]
    study, views = made(tmp_path, (path, "keep"), (second, "share"))
    (row,) = measure_realisation(study, views)
    assert labels([row]) == [("realisation", of, against)]
    assert (row.first.n, row.second.n, row.records) == (1, 1, ("book-0", "book-1"))
    names = Names(study)
    assert names.group(row.of) == shown
    assert names.group(row.against) == against.replace("north", "North").replace("south", "South")


def test_two_sides_apart_need_two_voices_each(tmp_path: Path) -> None:
    rows = [("north-leader", "keep"), ("south-ministry", "move")] * 3
    (alone,) = [row for row in measure_asymmetries(*made(tmp_path / "one", *rows)) if row.kind == "positions"]
    assert (alone.of, alone.against, alone.verdict) == ("north", "south", "undetermined")
    assert alone.because == "north is told by one voice only"
    (both,) = [
        row
        for row in measure_asymmetries(*made(tmp_path / "two", *rows, also=said(*rows, source="memoir")))
        if row.kind == "positions"
    ]
    assert (both.voices, both.n, both.verdict, both.sources) == (2, 12, "apart", ("book", "memoir"))
    assert both.difference.low < both.difference.estimate < both.difference.high < 0


def some(views: list[tuple[float, int]]) -> Views:
    """First-order views of one quality: (middle, voice)."""
    middle, voice = np.array(views).reshape(-1, 2).T
    zero = np.zeros(len(views), np.int64)
    return Views(
        words=("a", "b", "c"), ids=[str(i) for i in range(len(views))], depth=zero + 1, topic=zero, quality=zero,
        target=zero, holder=zero, side=zero, layer=zero, about=zero - 1, third=zero - 1, lo=middle - 0.1, hi=middle + 0.1,
        start=zero, end=zero, within=zero > 0, error=zero * 0.0, poll=zero > 0, voice=voice.astype(np.int64), origin=zero,
        source=zero,
    )  # fmt: skip


told = st.lists(st.tuples(st.floats(-0.9, 0.9) | st.just(np.nan), st.integers(0, 3)), min_size=2, max_size=20)


@given(told, st.data())
def test_pairs_compared_together_are_each_by_itself(views: list[tuple[float, int]], data: st.DataObject) -> None:
    whole = some(views)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(views)), max_size=3)))
    cells = [Cell(whole, at) for at in np.split(np.arange(len(views)), cuts) if len(at)]
    numbers = st.tuples(*[st.none() | st.sampled_from(range(len(cells)))] * 2)
    asked = [
        Pair("mirror", "q", "p", "x", "y", *(None if i is None else cells[i] for i in pair))
        for pair in data.draw(st.lists(numbers, max_size=6))
    ]
    together, alone = compare(asked), [row for pair in asked for row in compare([pair])]
    assert len(together) == len(alone)
    for one, other in zip(together, alone, strict=True):
        assert (one.records, one.n, one.voices, one.verdict, one.because) == (
            other.records, other.n, other.voices, other.verdict, other.because
        )  # fmt: skip
        for name in ("first", "second", "difference"):
            for part in ("estimate", "low", "high", "n", "voices"):
                expected = getattr(getattr(other, name), part)
                assert getattr(getattr(one, name), part) == pytest.approx(expected, abs=1e-6, nan_ok=True)

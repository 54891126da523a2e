"""Units in a continuum: ᵤα against its definition, pair of characters by pair, and against the plain alpha's published tables."""

from __future__ import annotations

import math
import tomllib
from itertools import pairwise, permutations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rashomon.coding.unitising import Stretch, Unit, unit_alpha
from rashomon.errors import RashomonError

PUBLISHED = Path(__file__).parents[1] / "published" / "krippendorff-alpha.toml"
TABLES = tomllib.loads(PUBLISHED.read_text(encoding="utf-8"))["table"]
WHOLE = [one for one in TABLES if "nominal" in one["alpha"] and not any("." in line.split() for line in one["coders"])]


@st.composite
def some_stretches(draw: st.DrawFn, coders: int = 0) -> list[Stretch]:
    many = coders or draw(st.integers(2, 3))
    found = []
    for _ in range(draw(st.integers(1, 3))):
        length = draw(st.integers(1, 14))
        units = []
        for _ in range(many):
            cuts = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
            units.append(tuple((s, e, draw(st.sampled_from("ab"))) for s, e in pairwise(cuts) if draw(st.booleans())))
        found.append(Stretch(length, tuple(units)))
    return found


def by_definition(stretches: list[Stretch]) -> float:
    """Over characters, one by one: what coders see in one place, and what any two characters that are not of one unit have."""
    observed, everything = 0.0, []
    for part, stretch in enumerate(stretches):
        rows = []
        for coder, units in enumerate(stretch.units):
            row: list[tuple[Any, Any]] = [("gap", (part, coder, at)) for at in range(stretch.length)]
            for number, (start, end, value) in enumerate(units):
                row[start:end] = [(value, (part, coder, "unit", number))] * (end - start)
            rows.append(row)
            everything += row
        for one, other in permutations(rows, 2):
            observed += sum(a != b for (a, _), (b, _) in zip(one, other, strict=True)) / (len(rows) - 1)
    apart = unlike = 0
    for (a, one), (b, other) in product(everything, repeat=2):
        apart += one != other
        unlike += a != b
    return 1 - observed / (len(everything) * unlike / apart) if unlike else math.nan


@given(some_stretches())
def test_unit_alpha_is_what_the_definition_says(stretches: list[Stretch]) -> None:
    found, wanted = unit_alpha(stretches, draws=0), by_definition(stretches)
    assert (math.isnan(wanted) and math.isnan(found.value)) or found.value == pytest.approx(wanted, abs=1e-9)
    assert (found.because == "") == (not math.isnan(wanted))


@given(some_stretches(), st.data())
def test_identical_is_one_and_neither_coders_nor_parts_have_an_order(
    stretches: list[Stretch], data: st.DataObject
) -> None:
    wanted = unit_alpha(stretches, draws=0).value
    assume(not math.isnan(wanted))
    order = data.draw(st.permutations(range(len(stretches[0].units))))
    moved = [Stretch(one.length, tuple(one.units[i] for i in order)) for one in reversed(stretches)]
    assert unit_alpha(moved, draws=0).value == pytest.approx(wanted, abs=1e-12)
    alike = unit_alpha([Stretch(one.length, (one.units[0],) * 3) for one in stretches], draws=0)
    assert math.isnan(alike.value) == bool(alike.because)
    assert alike.because or alike.value == pytest.approx(1)


@given(some_stretches(), st.integers(2, 50))
def test_a_longer_scale_changes_only_what_single_characters_of_gaps_weigh(stretches: list[Stretch], times: int) -> None:
    found = unit_alpha(stretches, draws=0)
    assume(not math.isnan(found.value))
    scaled = [
        Stretch(one.length * times, tuple(tuple((s * times, e * times, v) for s, e, v in own) for own in one.units))
        for one in stretches
    ]
    units = [e - s for one in stretches for own in one.units for s, e, _ in own]
    gaps = found.values - sum(units)
    room = found.values**2 - sum(length**2 for length in units)
    wanted = 1 - (1 - found.value) * (room - gaps / times) / (room - gaps)
    assert unit_alpha(scaled, draws=0).value == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("table", WHOLE, ids=lambda one: str(one["id"]))
def test_units_of_one_character_have_the_plain_alpha_of_published_tables(table: dict[str, Any]) -> None:
    rows = [line.split() for line in table["coders"]]
    units = tuple(tuple((at, at + 1, value) for at, value in enumerate(row)) for row in rows)
    found = unit_alpha([Stretch(len(rows[0]), units)], draws=0)
    printed = table["alpha"]["nominal"]
    assert f"{found.value:.{len(printed) - 2}f}" == printed


def placed(rng: np.random.Generator, length: int) -> tuple[Unit, ...]:
    ends = rng.integers(5, 60, 2 * length // 60).cumsum()
    return tuple((int(a), int(b), "x") for a, b in zip(ends[::2], ends[1::2], strict=False) if b <= length)


def test_coders_who_mark_words_at_random_agree_as_chance_does() -> None:
    rng = np.random.default_rng(5)
    found = [unit_alpha([Stretch(20000, (placed(rng, 20000), placed(rng, 20000)))], draws=0).value for _ in range(60)]
    assert abs(float(np.mean(found))) < 0.02


def test_the_interval_resamples_clusters_and_a_seed_fixes_it() -> None:
    rng = np.random.default_rng(3)
    stretches = []
    for _ in range(60):
        units = placed(rng, 400)
        stretches.append(Stretch(400, (units, units if rng.random() < 0.7 else placed(rng, 400))))
    found = unit_alpha(stretches, draws=300)
    assert found.low < found.value < found.high
    assert found == unit_alpha(stretches, draws=300)
    few = unit_alpha(stretches, clusters=[number // 6 for number in range(60)], draws=300)
    assert (few.value, few.clusters) == (pytest.approx(found.value), 10)
    assert math.isnan(few.low)
    assert "10 clusters" in few.because


def test_overlapping_units_of_one_value_are_one_and_adjacent_ones_are_two() -> None:
    once = ((0, 6, "x"),)
    assert unit_alpha([Stretch(10, (((0, 4, "x"), (3, 6, "x")), once))], draws=0).units == 2
    assert unit_alpha([Stretch(10, (((0, 3, "x"), (3, 6, "x")), once))], draws=0).units == 3
    assert "there are no units" in unit_alpha([Stretch(10, ((), ()))]).because
    assert "every character" in unit_alpha([Stretch(6, (once, once))]).because


@pytest.mark.parametrize(
    ("stretches", "clusters"),
    [
        ([Stretch(5, (((3, 6, "x"),), ()))], None),
        ([Stretch(5, (((2, 2, "x"),), ()))], None),
        ([Stretch(5, (((0, 3, "x"), (2, 4, "y")), ()))], None),
        ([Stretch(5, ((), ()))], []),
        ([Stretch(5, ((), ())), Stretch(5, ((),))], None),
    ],
)
def test_what_unit_alpha_cannot_take_is_an_error(stretches: list[Stretch], clusters: list[int] | None) -> None:
    with pytest.raises(RashomonError, match="R502"):
        unit_alpha(stretches, clusters=clusters)

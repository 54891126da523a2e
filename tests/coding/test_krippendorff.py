"""Krippendorff's alpha against its definition and published tables."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rashomon.coding import alpha, krippendorff
from rashomon.errors import RashomonError

PUBLISHED = Path(__file__).parents[1] / "published" / "krippendorff-alpha.toml"
TABLES = tomllib.loads(PUBLISHED.read_text(encoding="utf-8"))["table"]
METRICS = ("nominal", "ordinal", "interval")

Units = list[list[int | None]]
SOME_UNITS = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.none() | st.integers(0, 4), min_size=coders, max_size=coders), min_size=1, max_size=12
    )
)


def by_definition(units: Units, metric: str, strata: Sequence[int] | None = None) -> Fraction | None:
    """Alpha from pairs of values, without a coincidence matrix; None where it is undetermined."""
    kept = [([v for v in unit if v is not None], 0 if strata is None else strata[i]) for i, unit in enumerate(units)]
    kept = [(unit, stratum) for unit, stratum in kept if len(unit) > 1]
    if strata is not None:
        kept = [(unit, layer) for unit, layer in kept if sum(layer == other for _, other in kept) > 1]
    pool = [v for unit, _ in kept for v in unit]

    def differ(a: int, b: int) -> Fraction:
        if metric == "nominal":
            return Fraction(a != b)
        if metric == "interval":
            return Fraction((a - b) ** 2)
        low, high = min(a, b), max(a, b)
        ranks = sum(low <= v <= high for v in pool) - Fraction(pool.count(a) + pool.count(b), 2)
        return ranks**2 if a != b else Fraction(0)

    observed = expected = Fraction(0)
    for unit, _ in kept:
        observed += sum((differ(a, b) for a, b in permutations(unit, 2)), Fraction(0)) / (len(unit) - 1)
    for layer in {stratum for _, stratum in kept}:
        values = [(v, i) for i, (unit, stratum) in enumerate(kept) if stratum == layer for v in unit]
        pairs = [(a, b) for (a, i), (b, j) in permutations(values, 2) if strata is None or i != j]
        expected += len(values) * sum((differ(a, b) for a, b in pairs), Fraction(0)) / len(pairs)
    return None if not expected else 1 - observed / expected


def same(found: float, wanted: Fraction | None) -> bool:
    return math.isnan(found) if wanted is None else math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("table", "metric"),
    [(table, metric) for table in TABLES for metric in table["alpha"]],
    ids=lambda one: str(one)[:30],
)
def test_alpha_is_that_of_published_tables(table: dict[str, Any], metric: Any) -> None:
    rows = [[None if v == "." else int(v) if v.isdigit() else v for v in line.split()] for line in table["coders"]]
    printed = table["alpha"][metric]
    found = alpha(list(zip(*rows, strict=True)), metric, draws=0)
    assert f"{found.value:.{len(printed) - 2}f}" == printed


def test_four_coders_have_forty_pairable_values_and_an_exact_alpha() -> None:
    table = next(one for one in TABLES if one["id"] == "four-coders")
    units = list(zip(*([float(v.replace(".", "nan")) for v in line.split()] for line in table["coders"]), strict=True))
    found = alpha(units, draws=0)
    assert (found.units, found.values) == (11, 40)  # the twelfth unit has one value only
    assert found.value == pytest.approx(113 / 152, abs=1e-15)


@given(SOME_UNITS, st.sampled_from(METRICS))
def test_alpha_is_what_the_definition_says(units: Units, metric: Any) -> None:
    found = alpha(units, metric, draws=0)
    assert same(found.value, by_definition(units, metric))
    assert not found.value > 1 + 1e-12
    assert (found.because == "") == (not math.isnan(found.value))


@given(SOME_UNITS, st.data())
def test_alpha_within_strata_is_what_its_definition_says(units: Units, data: st.DataObject) -> None:
    strata = data.draw(st.lists(st.integers(0, 2), min_size=len(units), max_size=len(units)))
    assert same(alpha(units, strata=strata, draws=0).value, by_definition(units, "nominal", strata))


@given(st.lists(st.integers(0, 3), min_size=2, max_size=10), st.integers(2, 4), st.sampled_from(METRICS))
def test_identical_codings_with_variation_have_alpha_one(values: list[int], coders: int, metric: Any) -> None:
    found = alpha([[value] * coders for value in values], metric, draws=0)
    if len(set(values)) > 1:
        assert found.value == pytest.approx(1.0, abs=1e-12)
    else:
        assert math.isnan(found.value)
        assert "every value is the same" in found.because


@given(SOME_UNITS, st.permutations(range(5)), st.randoms())
def test_names_of_categories_coders_and_units_do_not_matter(units: Units, names: list[int], random: Any) -> None:
    want = alpha(units, draws=0).value
    assume(not math.isnan(want))
    renamed = [[None if v is None else "abcde"[names[v]] for v in unit] for unit in units]
    order = random.sample(range(len(units[0])), len(units[0]))
    for other in (renamed, [[unit[i] for i in order] for unit in units], random.sample(units, len(units))):
        assert alpha(other, draws=0).value == pytest.approx(want, abs=1e-12)


@given(SOME_UNITS, st.floats(0.01, 1000), st.floats(-1000, 1000))
def test_unit_and_origin_do_not_matter_to_interval_nor_spacing_to_ordinal(units: Units, unit: float, at: float) -> None:
    moved = [[None if v is None else unit * v + at for v in one] for one in units]
    spaced = [[None if v is None else float(v**3) for v in one] for one in units]
    for metric, other in (("interval", moved), ("ordinal", spaced)):
        want, found = alpha(units, metric, draws=0).value, alpha(other, metric, draws=0).value  # type: ignore[arg-type]
        assert (math.isnan(want) and math.isnan(found)) or found == pytest.approx(want, abs=1e-6)


@given(SOME_UNITS)
def test_a_difference_may_be_given(units: Units) -> None:
    for metric, difference in (("nominal", lambda a, b: 3.0 * (a != b)), ("interval", lambda a, b: (a - b) ** 2)):
        want, found = alpha(units, metric, draws=0).value, alpha(units, difference, draws=0).value  # type: ignore[arg-type]
        assert (math.isnan(want) and math.isnan(found)) or found == pytest.approx(want, abs=1e-9)


def some_units(clusters: int, agreeing: float, rng: np.random.Generator) -> tuple[list[tuple[int, int]], list[int]]:
    """Two coders whose alpha is ``agreeing``; how often they differ varies from cluster to cluster, three units each."""
    chance = rng.beta(5 * (1 - agreeing), 5 * agreeing, clusters).repeat(3)
    first, second = rng.integers(0, 4, len(chance)), rng.integers(0, 4, len(chance))
    units = [
        (a, b if differ else a) for a, b, differ in zip(first, second, rng.random(len(chance)) < chance, strict=True)
    ]
    return units, np.arange(clusters).repeat(3).tolist()


@pytest.mark.parametrize("metric", METRICS)
def test_the_interval_holds_the_truth_about_as_often_as_it_says(metric: Any) -> None:
    rng, held, runs = np.random.default_rng(7), 0, 200
    for _ in range(runs):
        units, clusters = some_units(40, 0.7, rng)
        found = alpha(units, metric, clusters=clusters, draws=300)
        assert found.low <= found.value <= found.high
        held += found.low <= 0.7 <= found.high
    assert 0.83 <= held / runs <= 0.96  # 90 %, less what short intervals cost, give or take 2.6 standard errors


def test_a_seed_fixes_the_interval_and_clusters_widen_it() -> None:
    units, clusters = some_units(60, 0.6, np.random.default_rng(3))
    alone = alpha(units, seed=4)
    together = alpha(units, clusters=clusters, seed=4)
    assert together == alpha(units, clusters=clusters, seed=4)
    assert together.low != alpha(units, clusters=clusters, seed=5).low
    assert (alone.value, alone.clusters, together.clusters) == (together.value, 180, 60)
    assert together.high - together.low > alone.high - alone.low  # units of one cluster differ together here


def test_resampling_in_parts_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    units, clusters = some_units(30, 0.6, np.random.default_rng(3))
    for metric in METRICS:
        whole = alpha(units, metric, clusters=clusters, draws=50)  # type: ignore[arg-type]
        with monkeypatch.context() as patch:
            patch.setattr(krippendorff, "_CELLS", 1)
            parts = alpha(units, metric, clusters=clusters, draws=50)  # type: ignore[arg-type]
        assert (parts.low, parts.high) == pytest.approx((whole.low, whole.high), abs=1e-12)


def test_what_cannot_be_had_is_undetermined_and_says_why() -> None:
    none = alpha([(1, None), (None, math.nan), ()])
    assert (none.units, none.values, none.clusters, none.because) == (0, 0, 0, "no unit has two values")
    few = alpha([(1, 1), (1, 2), (2, 2)])
    assert few.value == pytest.approx(float(by_definition([[1, 1], [1, 2], [2, 2]], "nominal") or 0))
    assert math.isnan(few.low)
    assert "3 clusters" in few.because
    perfect = alpha([(i % 2, i % 2) for i in range(50)])
    assert perfect.value == 1
    assert math.isnan(perfect.high)
    assert "no disagreement" in perfect.because
    rare = alpha([(1, 1)] * 40 + [(1, 2)])
    assert math.isnan(rare.low)
    assert "every value is the same" in rare.because
    lonely = alpha([(1, 2), (3, 3)], strata=["a", "b"])
    assert "in a stratum with others" in lonely.because
    constant = alpha([(1, 1), (1, 1), (2, 2), (2, 2)], strata=["a", "a", "b", "b"])
    assert "within its stratum" in constant.because


def test_chance_within_strata_forgives_nothing_that_the_stratum_explains() -> None:
    """Coders who know only the topic and guess: pooled, they seem to agree; within topics, they do not."""
    rng = np.random.default_rng(11)
    strata = rng.integers(0, 10, 2000).tolist()
    units = [(2 * t + int(a), 2 * t + int(b)) for t, (a, b) in zip(strata, rng.integers(0, 2, (2000, 2)), strict=True)]
    assert alpha(units, draws=0).value > 0.4
    assert abs(alpha(units, strata=strata, draws=0).value) < 0.06


@pytest.mark.parametrize(
    ("units", "asked"),
    [
        ([(1, 2)], {"metric": "ordinl"}),
        ([(1, 2)], {"level": 1.0}),
        ([(1, 2)], {"draws": -1}),
        ([(1, 2)], {"strata": ["a", "b"]}),
        ([(1, 2)], {"clusters": []}),
        ([("a", "b")], {"metric": "interval"}),
        ([(1, math.inf)], {"metric": "interval"}),
        ([(1, "b")], {"metric": "ordinal"}),
        ([(1, 2)], {"metric": lambda a, b: -1.0}),
        ([(1, 2)], {"metric": lambda a, b: math.nan}),
    ],
)
def test_what_alpha_cannot_take_is_an_error_that_mends(units: Any, asked: dict[str, Any]) -> None:
    with pytest.raises(RashomonError) as raised:
        alpha(units, **asked)
    fault = raised.value.fault
    assert fault.code == "R502"
    assert all((fault.found, fault.allowed, fault.remedy))

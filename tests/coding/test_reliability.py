"""Reliability: alpha against its definition and published tables, pairing against brute force, agreement on planted cases."""

from __future__ import annotations

import csv
import json
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

from rashomon import coding
from rashomon.coding import (
    LABEL,
    Agreement,
    Coding,
    FieldAgreement,
    agreement,
    align,
    alpha,
    compare,
    krippendorff,
    read_codings,
    similarity,
)
from rashomon.coding.aligning import MORE_ALIKE_THAN_NOT, WEIGHTS, of_statement
from rashomon.errors import RashomonError
from rashomon.study import StudyData, open_study, parse_day

PUBLISHED = Path(__file__).parents[1] / "published" / "krippendorff-alpha.toml"
TABLES = tomllib.loads(PUBLISHED.read_text(encoding="utf-8"))["table"]
METRICS = ("nominal", "ordinal", "interval")

Units = list[list[int | None]]
SOME_UNITS = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.none() | st.integers(0, 4), min_size=coders, max_size=coders), min_size=1, max_size=12
    )
)


# ── alpha ────────────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── pairing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

ROW = {
    "id": "s1", "path": "a-leader", "modality": "", "topic": "land", "stance": "keep", "when": "1985", "source": "book",
    "locator": "1.1", "basis": "words", "hedge": "", "stage": "", "extent": "", "root": "", "note": "",
}  # fmt: skip


def row(**cells: str) -> dict[str, str]:
    return {**ROW, **cells}


def codings(*rows: dict[str, str]) -> list[Coding]:
    return list(read_codings(rows))


@st.composite
def some_codings(draw: st.DrawFn, prefix: str, most: int = 6) -> list[Coding]:
    rows = []
    for number in range(draw(st.integers(0, most))):
        path = draw(st.sampled_from(["a-leader", "b-leader", "a-leader > b-leader", "b-leader > a-leader > b-leader"]))
        topic = draw(st.sampled_from(["land", "aid", "b:peaceful", "land -> aid", "aid -> land"]))
        rows.append(
            row(
                id=f"{prefix}{number}", path=path, topic=topic,
                stance=draw(st.sampled_from(["keep", "positive", "negative"])),
                modality=draw(st.sampled_from(["", "wants", "not wants"])),
                when=draw(st.sampled_from(["1985", "1985/1990", "1991-04-16", "../1986"])),
                source=draw(st.sampled_from(["book", "paper"])), locator=draw(st.sampled_from(["", "1.1", "1.2"])),
            )
        )  # fmt: skip
    return codings(*rows)


@given(some_codings("a"), some_codings("b"))
def test_pairs_are_one_to_one_within_a_paragraph_and_nothing_is_lost(a: list[Coding], b: list[Coding]) -> None:
    found = align(a, b)
    assert sorted(one.id for one in (*(p for p, _ in found.pairs), *found.only_a)) == [one.id for one in a]
    assert sorted(one.id for one in (*(q for _, q in found.pairs), *found.only_b)) == [one.id for one in b]
    for one, other in found.pairs:
        assert one.paragraph == other.paragraph
        assert one.locator
        assert similarity(one, other) > MORE_ALIKE_THAN_NOT
    assert align(a, b) == found


@given(some_codings("a"))
def test_identical_codings_match_completely(a: list[Coding]) -> None:
    found = align(a, a)
    located = [one for one in a if one.locator]
    assert sorted(found.pairs, key=lambda pair: pair[0].id) == [(one, one) for one in located]
    assert len(found.only_a) == len(found.only_b) == len(a) - len(located)


@given(some_codings("a", 4), some_codings("b", 4))
def test_no_other_pairing_is_more_alike(a: list[Coding], b: list[Coding]) -> None:
    def gain(one: Coding, other: Coding) -> float:
        alike = similarity(one, other)
        return alike if one.paragraph == other.paragraph and one.locator and alike > MORE_ALIKE_THAN_NOT else 0.0

    small, large, turned = (a, b, False) if len(a) <= len(b) else (b, a, True)
    best = max(
        sum(gain(*((other, one) if turned else (one, other))) for one, other in zip(small, chosen, strict=False))
        for chosen in permutations(large, len(small))
    )
    assert sum(gain(*pair) for pair in align(a, b).pairs) == pytest.approx(best, abs=1e-5)
    assert sum(gain(*pair) for pair in align(b, a).pairs) == pytest.approx(best, abs=1e-5)


@given(some_codings("a"), some_codings("b"), st.randoms())
def test_the_order_of_paragraphs_does_not_matter(a: list[Coding], b: list[Coding], random: Any) -> None:
    places = sorted({one.paragraph for one in (*a, *b)})
    order = {place: number for number, place in enumerate(random.sample(places, len(places)))}
    moved = align(sorted(a, key=lambda one: order[one.paragraph]), sorted(b, key=lambda one: order[one.paragraph]))
    assert set(moved.pairs) == set(align(a, b).pairs)


@given(some_codings("a"), some_codings("b"))
def test_likeness_is_symmetric_and_one_only_of_the_same(a: list[Coding], b: list[Coding]) -> None:
    for one in a:
        assert similarity(one, one) == 1
        for other in b:
            alike = similarity(one, other)
            assert 0 <= alike <= 1
            assert alike == similarity(other, one)
            assert similarity(one, other, ["path", "topic", "stance", "when"]) == (one.path.verb == other.path.verb)


def test_likeness_counts_what_it_says() -> None:
    one, *others = codings(
        row(path="a-leader > b-leader", modality="wants", when="1985"),
        row(path="b-leader", modality="wants", when="1985"),
        row(path="a-leader > b-leader", topic="land -> aid", modality="wants", when="1985"),
        row(path="a-leader > b-leader", modality="not wants", when="1987"),
        row(path="a-public", topic="aid", when="1986"),
    )
    total = sum(WEIGHTS.values())
    likeness = [similarity(one, other) * total for other in others]
    assert likeness == pytest.approx([10, 8, 10, 0])
    assert similarity(one, others[0], ["path"]) == 1


def test_same_path_verb_and_time_do_not_make_one_claim_nor_same_topic_and_stance() -> None:
    (a,), b = (
        codings(row()),
        codings(row(id="b1", topic="aid"), row(id="b2", path="b-leader", modality="wants", when="1990")),
    )
    assert [similarity(a, one) for one in b] == [0.5, 0.5]
    assert not align([a], b).pairs


def test_of_equal_statements_the_order_decides() -> None:
    a, b = codings(*(row(id=f"a{i}") for i in range(3))), codings(*(row(id=f"b{i}") for i in range(3)))
    assert [(one.id, other.id) for one, other in align(a, b).pairs] == [("a0", "b0"), ("a1", "b1"), ("a2", "b2")]


@pytest.mark.parametrize("blind", [["paths"], list(WEIGHTS)])
def test_what_a_pairing_cannot_be_blind_to(blind: list[str]) -> None:
    a = codings(row())
    with pytest.raises(RashomonError) as raised:
        align(a, a, blind)
    assert raised.value.fault.code == "R502"


# ── agreement ────────────────────────────────────────────────────────────────────────────────────────────────────────

DECLARED = """
[study]
id = "small"
title = "A small study"
span = "1950/2020"

[[side]]
id = "a"
name = "A"
[[side]]
id = "b"
name = "B"

[[actor]]
id = "a-leader"
name = "Leader of A"
side = "a"
kind = "office"
[[actor]]
id = "b-leader"
name = "Leader of B"
side = "b"
kind = "office"

[[issue]]
id = "land"
name = "The land"
positions = [{ id = "keep", name = "Keep" }, { id = "give", name = "Give" }]
[[issue]]
id = "aid"
name = "Aid"
positions = [{ id = "keep", name = "Keep" }, { id = "give", name = "Give" }]

[[quality]]
id = "peaceful"
name = "Peaceful"
dimension = "intent"

[[source]]
id = "book"
title = "Book"
published = "2000"
kind = "book"
"""


def pairs_of_rows(n: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Two codings of ``n`` paragraphs, one statement each; b differs in the stance of every fourth, stage of every fifth."""
    a, b = [], []
    for i in range(n):
        mine = row(
            id=f"a{i}", locator=f"1.{i}", path="a-leader > b-leader" if i % 3 else "b-leader",
            topic="land" if i % 2 else "aid", stance="keep" if i % 7 < 3 else "give", stage="public" if i % 2 else "",
        )  # fmt: skip
        theirs = {**mine, "id": f"b{i}"}
        if i % 4 == 0:
            theirs["stance"] = "give" if mine["stance"] == "keep" else "keep"
        if i % 5 == 0:
            theirs["stage"] = "" if mine["stage"] else "private"
        a.append(mine)
        b.append(theirs)
    return a, b


def study_of(folder: Path, rows: list[dict[str, str]]) -> StudyData:
    (folder / "study.toml").write_text(DECLARED, encoding="utf-8")
    with (folder / "statements.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, [*ROW, "coder", "status", "known"], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return open_study(folder)


@pytest.fixture(scope="module")
def two_readers(tmp_path_factory: pytest.TempPathFactory) -> StudyData:
    a, b = pairs_of_rows(40)
    read = [{**one, "coder": "reader-a", "status": "superseded"} for one in a]
    read += [{**one, "coder": "reader-b", "status": "superseded"} for one in b]
    read.append(
        row(id="a-more", locator="2.1", topic="b:peaceful", stance="positive", coder="reader-a", status="proposed")
    )
    read.append(
        row(id="b-not", locator="2.1", topic="b:peaceful", stance="positive", coder="reader-b", status="rejected")
    )
    read.append(row(id="final", coder="adjudicator", status="accepted"))
    return study_of(tmp_path_factory.mktemp("study"), read)


@pytest.fixture(scope="module")
def found(two_readers: StudyData) -> Agreement:
    return agreement(two_readers, "reader-a", "reader-b", draws=200)


def field(result: Agreement, name: str) -> FieldAgreement:
    return next(one for one in result.rows if one.field == name)


def test_agreement_finds_the_differences_that_were_planted(found: Agreement) -> None:
    stance, stage, path = field(found, "stance"), field(found, "stage"), field(found, "path")
    assert (stance.n, stance.agree, stance.share) == (40, 30, 0.75)
    assert stance.differing == tuple((f"a{i}", f"b{i}") for i in range(0, 40, 4))
    assert stance.of_all == 30 / 41  # one statement of reader-a stays single
    assert (stage.n, stage.agree) == (40, 32)
    assert field(found, "path + topic + stance").agree == 30
    assert (path.share, path.alpha.estimate, path.verdict) == (1.0, pytest.approx(1.0), "estimated")
    assert "no disagreement" in path.because
    assert stance.alpha.low < stance.alpha.estimate < stance.alpha.high
    assert (stance.clusters, stance.by) == (40, "paragraph")


def test_a_field_without_variation_is_undetermined_and_says_why(found: Agreement) -> None:
    basis, root = field(found, "basis"), field(found, "root, both given")
    assert (basis.share, basis.verdict) == (1.0, "undetermined")
    assert math.isnan(basis.alpha.estimate)
    assert "every value is the same" in basis.because
    assert (root.n, root.verdict, root.because, str(root.share)) == (0, "undetermined", "no unit has two values", "nan")


def test_both_given_leaves_out_what_either_left_blank(found: Agreement) -> None:
    both = field(found, "stage, both given")
    assert (both.n, both.agree) == (16, 16)  # of 20 that reader-a gave, reader-b left four blank
    assert math.isnan(both.of_all)


def test_unitising_counts_what_each_found(found: Agreement) -> None:
    every, one, two = found.unitising
    assert (every.depth, every.a, every.b, every.matched_a, every.matched_b) == ("all", 41, 40, 40, 40)
    assert (every.share_a, every.share_b, every.jaccard) == (40 / 41, 1.0, 40 / 41)
    assert (one.depth, one.a, one.b, one.both) == ("1", 15, 14, 14)
    assert (two.depth, two.a, two.jaccard) == ("2", 26, 1.0)
    assert len(found.pairs) == 40
    assert {pair.locator for pair in found.pairs} == {f"1.{i}" for i in range(40)}


def test_the_result_says_what_it_is_and_whence_it_came(found: Agreement) -> None:
    assert (found.label, found.coders) == (LABEL, ("reader-a", "reader-b"))
    assert LABEL == "agreement in reading the source"
    assert LABEL in found.provenance.method
    assert (found.provenance.study, found.provenance.n) == ("small", 81)
    assert ("status", ("superseded", "accepted", "proposed")) in found.provenance.parameters
    assert found.cite() == ("book",)
    plain = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert set(plain["rows"][0]["alpha"]) == {"estimate", "low", "high", "level", "n", "voices"}
    assert {"field", "share", "of_all", "alpha_estimate"} <= set(found.table().columns)


def test_status_chooses_the_statements(two_readers: StudyData) -> None:
    found = agreement(two_readers, "reader-a", "reader-b", ("superseded", "proposed", "rejected"), draws=0)
    assert found.unitising[0].jaccard == 1.0
    assert field(found, "stance on a scale").n == 1


def test_as_of_sees_only_what_was_open(two_readers: StudyData) -> None:
    early = agreement(two_readers.as_of(parse_day("1999-01-01")), "reader-a", "reader-b", draws=0)
    assert (early.unitising[0].a, early.unitising[0].b) == (20, 16)  # what was said in public
    with pytest.raises(RashomonError) as raised:
        agreement(two_readers.as_of(parse_day("1984-01-01")), "reader-a", "reader-b")
    assert raised.value.fault.code == "R004"
    later = agreement(two_readers.as_of(parse_day("2001-01-01")), "reader-a", "reader-b", draws=0)
    assert (later.unitising[0].a, later.provenance.as_of) == (41, "2001-01-01")


def test_an_unknown_coder_or_one_alone_is_an_error(two_readers: StudyData) -> None:
    with pytest.raises(RashomonError) as raised:
        agreement(two_readers, "reader-a", "reader-c")
    assert raised.value.fault.code == "R004"
    assert "reader-b" in raised.value.fault.allowed
    with pytest.raises(RashomonError) as raised:
        agreement(two_readers, "reader-a", "reader-a")
    assert raised.value.fault.code == "R502"


def test_a_study_and_its_rows_give_the_same_codings(two_readers: StudyData) -> None:
    a, _ = pairs_of_rows(40)
    extra = row(id="a-more", locator="2.1", topic="b:peaceful", stance="positive")
    statements = [of_statement(one) for one in two_readers.statements if one.coder == "reader-a"]
    for one, other in zip(statements, codings(*a, extra), strict=True):
        assert repr(one) == repr(other)  # NaN has no equal


def test_paired_by_the_field_agreement_is_kinder_than_paired_blind() -> None:
    """Each reader makes two statements a paragraph, on two topics; b gives the second one a topic of its own."""
    a, b = [], []
    for i in range(30):
        place = {"locator": f"1.{i}", "when": str(1960 + i)}
        a += [row(id=f"a{i}", topic="land", **place), row(id=f"a{i}-2", topic="aid", **place)]
        b += [row(id=f"b{i}", topic="land", **place), row(id=f"b{i}-2", topic="b:peaceful", **place)]
    topic = field(compare(codings(*a), codings(*b), draws=0), "topic")
    assert (topic.n, topic.share, topic.of_all) == (30, 1.0, 30 / 90)
    assert topic.blind_share == 0.5


def test_times_agree_exactly_or_by_overlapping() -> None:
    when = [("1985", "1985"), ("1985", "1985-03"), ("1985/1990", "1989/1995"), ("1985", "1987")] * 10
    a = codings(*(row(id=f"a{i}", locator=f"1.{i}", when=one) for i, (one, _) in enumerate(when)))
    b = codings(*(row(id=f"b{i}", locator=f"1.{i}", when=other) for i, (_, other) in enumerate(when)))
    found = compare(a, b, draws=50)
    assert field(found, "when, exact").share == 0.25
    assert field(found, "when, overlapping").share == 0.75
    assert field(found, "when, overlapping").alpha.estimate < 0.75


def test_a_near_miss_on_a_scale_costs_less_than_a_reversal() -> None:
    words = ["strongly-negative", "negative", "mixed", "positive", "strongly-positive"]

    def on_a_scale(shift: int) -> float:
        a = codings(*(row(id=f"a{i}", locator=f"1.{i}", topic="b:peaceful", stance=words[i % 5]) for i in range(30)))
        b = codings(
            *(row(id=f"b{i}", locator=f"1.{i}", topic="b:peaceful", stance=words[(i + shift) % 5]) for i in range(30))
        )
        return field(compare(a, b, draws=0), "stance on a scale").alpha.estimate

    assert on_a_scale(0) == pytest.approx(1)
    assert on_a_scale(1) > on_a_scale(2)


def test_nothing_coded_gives_rows_without_numbers() -> None:
    empty = compare([], [])
    assert all(one.verdict == "undetermined" and one.n == 0 for one in empty.rows)
    assert math.isnan(empty.unitising[0].jaccard)


def test_the_public_names_of_the_room_are_these() -> None:
    assert set(coding.__all__) == {
        "LABEL", "Act", "Agreement", "Alignment", "Alpha", "Coder", "Coding", "Codings", "Confused", "Difference",
        "Differences", "Dropped", "FieldAgreement", "Matched", "ModelCoder", "ModelPlan", "ModelReport",
        "ModelSettings", "Proposal", "Reason", "ReplyFile", "Review", "Rules", "Score", "Scores", "Spans", "Stretch",
        "Unitising", "act_of", "agreement", "align", "alpha", "check_coders", "code", "coding_lines", "compare",
        "comparison_lines", "passages_by_address", "proposal_lines", "read_changes", "read_codings", "review_table",
        "score", "similarity", "unit_alpha",
    }  # fmt: skip

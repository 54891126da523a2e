"""Arenas and triads: what belongs where, what moves together by construction, what must not look so, and balance."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make, sources, spoken
from making import poll as polled

from rashomon.errors import RashomonError
from rashomon.measuring.dynamics.covarying import ASKED, Yearly, by_year, compare_series
from rashomon.measuring.relations.arenas import measure_arenas
from rashomon.measuring.relations.triads import measure_triads
from rashomon.measuring.statistics.judging import judged
from rashomon.study import StudyData, open_study, parse_day

ARENAS = """
[[side]]
id = "c"
name = "C"
[[actor]]
id = "c-leader"
name = "Leader of C"
side = "c"
kind = "office"
layer = "leadership"
[[arena]]
id = "economy"
name = "Economy"
moves = ["gives", "imposes"]
[[arena]]
id = "politics"
name = "Politics"
[[issue]]
id = "loans"
name = "Loans"
arena = "economy"
positions = [{ id = "yes", name = "Yes" }]
[[quality]]
id = "generous"
name = "Generous"
dimension = "affect"
tone = "warm"
arena = "economy"
[[quality]]
id = "threat"
name = "Threat"
dimension = "intent"
tone = "cold"
arena = "politics"
"""


def studied(folder: Path, voices: int = 4, declared: str = "", **tables: list[dict[str, object]]) -> StudyData:
    return make(folder, ARENAS + sources(*(f"v{i}" for i in range(voices)), "one") + declared, **tables)


def seen(number: int, topic: str, stance: str, voice: int = 0, year: int = 1980, **cells: object) -> dict[str, object]:
    return spoken(number, year, stance, f"v{voice}", topic=topic, **cells)


def moved(number: int, kind: str, voice: int = 0, year: int = 1980, **cells: object) -> dict[str, object]:
    row = {"id": f"m{number}", "when": f"{year}-03", "actor": "a-leader", "target": "b", "kind": kind, "source": f"v{voice}"}
    return {**row, **cells}


# series


def series(name: str, values: np.ndarray, kind: str = "images") -> Yearly:
    return Yearly(kind, "a", name, values, len(values), 2, ("s",), ("r",))


def wave(seed: int, years: int = 40) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 1, years)


@given(st.integers(0, 50))
def test_a_series_moves_with_itself_and_apart_from_its_reverse(seed: int) -> None:
    values = wave(seed)
    same, reverse = compare_series([(series("x", values), series("y", values)), (series("x", values), series("z", -values))], 1)
    assert (same.verdict, reverse.verdict) == ("move together", "move apart")
    assert same.correlation.estimate == pytest.approx(1.0)
    assert reverse.correlation.estimate == pytest.approx(-1.0)


def test_two_trends_are_no_movement() -> None:
    year = np.arange(40.0)
    pairs = [
        (series("x", year + wave(2 * i)), series("y", year + wave(2 * i + 1)))
        for i in range(30)
    ]  # fmt: skip
    raw = [np.corrcoef(one.values, other.values)[0, 1] for one, other in pairs]
    found = compare_series(pairs, 1)
    assert min(raw) > 0.9
    assert sum(row.p <= 0.1 for row in found) <= 8
    assert sum(row.verdict == "move together" for row in found) <= 1


def test_the_interval_of_a_correlation_over_few_years_holds_the_truth() -> None:
    rng = np.random.default_rng(5)
    pairs = [(series("x", rng.normal(size=11)), series("y", rng.normal(size=11))) for _ in range(300)]
    held = sum(one.correlation.low <= 0 <= one.correlation.high for one in compare_series(pairs, 1, replace(ASKED, draws=99)))
    assert held >= 0.86 * 300  # a block bootstrap's holds it in 80 of 100


def test_what_is_told_by_one_voice_or_for_few_years_is_not_tried() -> None:
    values = wave(1)
    thin = Yearly("images", "a", "x", values, 9, 1, (), ())
    short = np.where(np.arange(40) < 6, values, np.nan)
    alone, few = compare_series([(thin, series("y", values)), (series("s", short), series("y", values))], 1)
    assert (alone.verdict, alone.because) == ("undetermined", "x is told by one voice only")
    assert (few.verdict, few.because) == ("undetermined", "6 common years, where 8 are needed")
    assert math.isnan(alone.p)
    assert alone.tests == 0


@given(st.lists(st.tuples(st.integers(1950, 1960), st.floats(-1, 1)), min_size=1, max_size=30))
def test_a_year_is_the_mean_of_what_is_told_of_it(told: list[tuple[int, float]]) -> None:
    years, values = (np.array(one) for one in zip(*told, strict=True))
    found = by_year(years, values, (1949, 1961))
    for year in range(1949, 1962):
        of_year = values[years == year]
        assert found[year - 1949] == pytest.approx(of_year.mean() if len(of_year) else math.nan, nan_ok=True)


# arenas


def test_views_and_moves_fall_into_their_arenas(tmp_path: Path) -> None:
    statements = [seen(i, "b:generous", "strongly-positive", i) for i in range(4)]
    statements += [seen(10 + i, "b:threat", "strongly-positive", i) for i in range(4)]
    moves = [moved(i, "offers", i, issue="loans", stance="yes") for i in range(3)]
    moves += [moved(9, "imposes", 0), moved(8, "visits", 1)]
    found = measure_arenas(studied(tmp_path, statements=statements, moves=moves))
    rows = {(row.kind, row.arena): row for row in found.rows}
    assert set(rows) == {("images", "economy"), ("images", "politics"), ("moves", "economy")}
    assert rows["images", "economy"].verdict == "warm"
    assert rows["images", "politics"].verdict == "cold"
    assert (rows["moves", "economy"].warm, rows["moves", "economy"].cold, rows["moves", "economy"].n) == (3, 1, 4)


def test_one_voice_has_no_band(tmp_path: Path) -> None:
    (row,) = measure_arenas(studied(tmp_path, statements=[seen(i, "b:generous", "positive") for i in range(9)])).rows
    assert (row.verdict, row.because, row.voices, row.n) == ("undetermined", "told by one voice only", 1, 9)
    assert math.isnan(row.tone.low)


def test_more_of_the_same_voices_does_not_make_it_surer(tmp_path: Path) -> None:
    few = [seen(i, "b:generous", "positive", i % 2) for i in range(2)]
    many = [seen(i, "b:generous", "positive", i % 2) for i in range(20)]
    bands = []
    for name, rows in (("few", few), ("many", many)):
        (row,) = measure_arenas(studied(tmp_path / name, statements=rows)).rows
        bands.append(row.tone.high - row.tone.low)
    assert bands[0] == pytest.approx(bands[1], rel=0.02)


def yearly(topic: str, rows: int, stance: Callable[[int], str], start: int = 0) -> list[dict[str, object]]:
    """One statement a year and voice, of two voices."""
    return [seen(start + 2 * i + v, topic, stance(i), v, 1970 + i) for i in range(rows) for v in (0, 1)]


STEPS = ("strongly-negative", "positive", "negative", "strongly-positive", "mixed")


def test_arenas_move_together_within_voices(tmp_path: Path) -> None:
    def step(i: int) -> str:
        return STEPS[(i * i) % 5]

    turn = dict(zip(STEPS, ("strongly-positive", "negative", "positive", "strongly-negative", "mixed"), strict=True))
    rows = yearly("b:generous", 24, step) + yearly("b:threat", 24, lambda i: turn[step(i)], 100)
    found = measure_arenas(studied(tmp_path, statements=rows))
    (row,) = found.together
    assert (row.verdict, row.first, row.second, row.years) == (
        "move together", "economy toward b", "politics toward b", 24
    )  # fmt: skip
    assert row.correlation.estimate > 0.95
    long = [{**one, "when": "1970/1990"} for one in rows]
    assert measure_arenas(studied(tmp_path / "long", statements=long)).together == ()


def test_without_arenas_nothing_is_measured(tmp_path: Path) -> None:
    found = measure_arenas(make(tmp_path, sources("v0"), statements=[seen(1, "b:peaceful", "positive")]))
    assert (found.rows, found.together, found.provenance.method) == ((), (), "no arena is declared")


def test_as_of_a_day_before_nothing_is_told(tmp_path: Path) -> None:
    study = studied(tmp_path, statements=[seen(i, "b:generous", "positive", i) for i in range(3)])
    then = study.as_of(parse_day("1990-01-01"))
    assert measure_arenas(then).rows == ()
    assert measure_triads(then).balance == ()


@pytest.mark.parametrize(
    ("code", "old", "new", "found"),
    [
        ("R561", 'tone = "warm"\narena = "economy"', 'tone = "warm"\narena = "economics"', "'economics'"),
        ("R561", 'name = "Loans"\narena = "economy"', 'name = "Loans"\narena = "trade"', "'trade'"),
        ("R562", 'name = "Politics"\n', 'name = "Politics"\nmoves = ["gives"]\n', "'gives'"),
        ("R214", 'moves = ["gives", "imposes"]', 'moves = ["gives", "gives"]', "'gives'"),
        ("R203", 'moves = ["gives", "imposes"]', 'moves = ["givs"]', "givs"),
    ],
)
def test_faults_of_declared_arenas(tmp_path: Path, code: str, old: str, new: str, found: str) -> None:
    assert old in ARENAS
    with pytest.raises(RashomonError) as caught:
        make(tmp_path, ARENAS.replace(old, new))
    (fault,) = [one for one in caught.value.faults if one.code == code]
    assert found in fault.found
    assert fault.where.file == "study.toml"
    assert fault.where.line
    assert fault.allowed
    assert fault.remedy


# triads


def relation(one: str, other: str, stance: str, start: int) -> list[dict[str, object]]:
    return [seen(start + i, f"{other}:generous", stance, i, path=f"{one}-leader") for i in range(4)]


@pytest.mark.parametrize(
    ("signs", "verdict"),
    [((1, 1, 1), "balanced"), ((1, -1, -1), "balanced"), ((1, 1, -1), "unbalanced"), ((-1, -1, -1), "unbalanced")],
)
def test_balance_is_heiders(tmp_path: Path, signs: tuple[int, int, int], verdict: str) -> None:
    word = {1: "strongly-positive", -1: "strongly-negative"}
    pairs = zip((("a", "b"), ("a", "c"), ("c", "b")), signs, strict=True)
    rows = [row for k, ((one, other), sign) in enumerate(pairs) for row in relation(one, other, word[sign], 10 * k)]
    (found,) = measure_triads(studied(tmp_path, statements=rows)).balance
    assert (found.sides, found.verdict) == (("a", "b", "c"), verdict)
    assert [one.sign for one in found.relations] == list(signs)


def test_balance_needs_three_signs(tmp_path: Path) -> None:
    rows = relation("a", "b", "strongly-positive", 0) + relation("a", "c", "mixed", 10)
    rows += relation("c", "b", "positive", 20)[:1]
    (found,) = measure_triads(studied(tmp_path, statements=rows)).balance
    assert found.verdict == "undetermined"
    assert "a and c (its band holds zero)" in found.because
    assert "b and c (one voice only)" in found.because
    assert measure_triads(studied(tmp_path / "two", statements=rows[:8])).balance == ()


def asked_by(*pollsters: str) -> list[dict[str, object]]:
    """Twelve years in which each pollster found views of two others moving apart."""
    rows = []
    for place, pollster in enumerate(pollsters):
        for i, share in enumerate((40, 55, 35, 60, 45, 30, 65, 50, 38, 58, 42, 52)):
            cells = {"pollster": pollster, "survey": f"{pollster}-{i}"}
            number = 24 * place + 2 * i
            rows.append(polled(number, 1980 + i, share, topic="b:generous", question="like", **cells))
            rows.append(polled(number + 1, 1980 + i, 100 - share, topic="c:generous", question="trust", **cells))
    return rows


def test_polls_move_together_where_two_pollsters_tell(tmp_path: Path) -> None:
    (row,) = measure_triads(studied(tmp_path, polls=asked_by("Gallup", "NOP"))).rows
    assert (row.kind, row.first, row.second, row.years, row.verdict) == ("polls", "b", "c", 12, "move apart")
    assert row.voices == 2


def test_of_one_pollster_no_band_is_drawn(tmp_path: Path) -> None:
    (row,) = measure_triads(studied(tmp_path, polls=asked_by("Gallup"))).rows
    assert (row.verdict, row.because) == ("undetermined", "b is told by one voice only, its pollster's")
    assert (row.years, row.voices, row.tests) == (12, 1, 0)
    assert math.isnan(row.correlation.low)
    assert math.isnan(row.p)


def test_the_worked_study_is_told(kuril: Path) -> None:
    study = open_study(kuril)
    arenas, triads = measure_arenas(study), measure_triads(study)
    assert {row.arena for row in arenas.rows} == {"politics", "economy", "culture", "security", "third-parties"}
    assert {row.kind for row in arenas.rows} == {"images", "moves"}
    assert all(row.verdict == "undetermined" for row in arenas.together), "too few years in common"
    assert {(row.kind, row.verdict) for row in triads.rows} == {("polls", "undetermined")}, "one pollster asks for years"
    assert triads.balance
    assert all(row.verdict == "undetermined" for row in triads.balance)


@pytest.mark.parametrize(
    ("p", "voices", "verdict", "because"),
    [
        ((0.01, 0.05), 2, "changed", "p"),
        ((0.01, 0.05), 1, "undetermined", "told by one voice only: p"),
        ((0.01, 0.4), 2, "perhaps changed", "p"),
        ((0.01, 0.4), 1, "undetermined", "told by one voice only: p"),
        ((0.2, 0.4), 1, "no change found", "p"),
    ],
)
def test_a_verdict_needs_two_voices(p: tuple[float, float], voices: int, verdict: str, because: str) -> None:
    assert judged("changed", "no change found", p, 0.9, voices, "p") == (verdict, because)

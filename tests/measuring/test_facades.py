"""The façade index: its model against dense algebra and truths drawn from its own priors, and what it must say of studies."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from rashomon.errors import RashomonError
from rashomon.measuring.relations.contrasting import Stances, _cells, _design, _given, contrast
from rashomon.measuring.relations.facades import Facade, measure_facades
from rashomon.study import StudyData, open_study, parse_day, parse_when
from studies import DECLARED, write_study

OFFICIAL = (
    DECLARED.replace('name = "Leadership"\n', 'name = "Leadership"\nofficial = true\n')
    .replace('name = "Ministry"\n', 'name = "Ministry"\nofficial = true\n')
    + '[[quality]]\nid = "warm-hearted"\nname = "Warm"\ndimension = "affect"\ntone = "warm"\n'
    + '[[quality]]\nid = "menace"\nname = "Menace"\ndimension = "intent"\ntone = "cold"\n'
    + "".join(f'[[source]]\nid = "v{i}"\ntitle = "V{i}"\npublished = "1999"\nkind = "book"\n' for i in range(8))
)  # fmt: skip

# the model


def some(values: list[tuple[float, bool, int, int]]) -> Stances:
    columns = zip(*values, strict=True)
    middle, first, voice, quality = (
        np.array(one, kind) for one, kind in zip(columns, (np.float64, np.bool_, np.int64, np.int64), strict=True)
    )
    return Stances(middle - 0.2, middle + 0.2, np.zeros(len(middle)), first, voice, quality)


stances = st.lists(
    st.tuples(st.floats(-0.8, 0.8), st.booleans(), st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=12
)


@given(stances, st.floats(0.05, 1), st.floats(0.05, 1))
@settings(max_examples=25)
def test_the_model_is_that_of_dense_algebra(values: list[tuple[float, bool, int, int]], tau: float, sigma: float) -> None:
    cells = _cells(some(values))
    data = _design(cells)
    design, y = data[:, :-1], data[:, -1]
    alike = cells.voice[:, None] == cells.voice
    noise = np.diag(cells.s2 + sigma**2) + tau**2 * alike + sigma**2 * (alike & (cells.group[:, None] == cells.group))
    prior = np.diag([0.5] * (design.shape[1] - 1) + [2.0])
    total = noise + design @ prior @ design.T
    gain = prior @ design.T @ np.linalg.inv(total)
    mean, spread, log = _given(cells, data, np.array([[tau, sigma]]))
    assert mean[0] == pytest.approx((gain @ y)[-1], abs=1e-8)
    assert spread[0] == pytest.approx(math.sqrt((prior - gain @ design @ prior)[-1, -1]), rel=1e-6)
    other = _given(cells, data, np.array([[0.3, 0.2]]))[2]
    less = np.diag(cells.s2 + 0.04) + 0.09 * alike + 0.04 * (alike & (cells.group[:, None] == cells.group))
    dense = [multivariate_normal(np.zeros(len(y)), one).logpdf(y) for one in (total, less + design @ prior @ design.T)]
    assert log[0] - other[0] == pytest.approx(dense[0] - dense[1], abs=1e-6)


def test_truths_drawn_from_the_priors_lie_in_the_band() -> None:
    rng = np.random.default_rng(1997)
    held, n = 0, 300
    for _ in range(n):
        tau, sigma = np.abs(rng.normal(0, 0.35, 2))
        qualities, delta = rng.normal(0, math.sqrt(0.5), 2), rng.normal(0, math.sqrt(2))
        values = []
        for voice in range(3):
            leans, twice = rng.normal(0, tau), rng.normal(0, sigma, 2)
            for group in (0, 1):
                for quality, at in enumerate(qualities):
                    error = rng.normal(0, math.sqrt(0.4**2 / 12 + sigma**2))
                    values.append((at + (group - 0.5) * delta + leans + twice[group] + error, bool(group), voice, quality))
        found = contrast(some(values), 3)
        held += found.low <= delta <= found.high or abs(delta) > 2
    assert 0.84 <= held / n <= 0.96


@given(stances)
@settings(max_examples=20)
def test_groups_that_say_the_same_have_no_facade(values: list[tuple[float, bool, int, int]]) -> None:
    both = [(middle, group, voice, quality) for middle, _, voice, quality in values for group in (True, False)]
    found = contrast(some(both), 2)
    assert found.estimate == pytest.approx(0.0, abs=1e-9)
    assert found.low < 0 < found.high


@given(stances)
@settings(max_examples=20)
def test_groups_that_are_swapped_turn_the_sign(values: list[tuple[float, bool, int, int]]) -> None:
    one, other = (contrast(some([(m, g == way, v, q) for m, g, v, q in values]), 2) for way in (True, False))
    assert other.estimate == pytest.approx(-one.estimate, abs=1e-9)
    assert (other.low, other.high) == pytest.approx((-one.high, -one.low), abs=1e-5)


def test_what_voices_lean_cancels_where_they_tell_of_both() -> None:
    leans = (-0.6, 0.0, 0.6)
    paired = [(lean + up, up > 0, voice, 0) for voice, lean in enumerate(leans) for up in (0.2, -0.2)]
    apart = [(middle, group, voice if group else voice + 3, 0) for middle, group, voice, _ in paired]
    same, different = (contrast(some(one), 3) for one in (paired, apart))
    assert same.high - same.low < different.high - different.low


def test_more_of_one_voice_does_not_narrow_the_band() -> None:
    plain = [(0.4, True, v, 0) for v in range(2)] + [(-0.4, False, v, 0) for v in range(2)]
    one, many = (contrast(some(plain * times), 2) for times in (1, 20))
    assert many.high - many.low == pytest.approx(one.high - one.low, rel=1e-6)


# studies


def said(path: str, topic: str, stance: str, source: str, when: str = "1986", **cells: object) -> dict[str, object]:
    return {"path": path, "topic": topic, "stance": stance, "source": source, "when": when, **cells}


def studied(root: Path, *rows: dict[str, object], declared: str = OFFICIAL) -> StudyData:
    return open_study(write_study(root, declared, statements=[{"id": f"s{i}", **row} for i, row in enumerate(rows)]))


def only(study: StudyData, by: str = "period") -> Facade:
    (row,) = [one for one in measure_facades(study).rows if one.by == by]
    return row


def staged(voices: int = 6) -> list[dict[str, object]]:
    rows = [said("north-leader", "south:warm-hearted", "strongly-positive", f"v{i}") for i in range(voices)]
    return rows + [said("north-public", "south:warm-hearted", "strongly-negative", f"v{i}") for i in range(voices)]


def test_a_staged_mood_is_found(tmp_path: Path) -> None:
    row = only(studied(tmp_path, *staged()))
    assert (row.verdict, row.side, row.target, row.shared, row.qualities) == (
        "official tone warmer", "north", "south", 6, ("warm-hearted",)
    )  # fmt: skip
    assert 0 < row.facade.low < row.facade.estimate < row.facade.high <= 2
    assert row.official.estimate > row.held.estimate
    assert row.decides == ""


def test_cold_qualities_are_turned(tmp_path: Path) -> None:
    turn = {"strongly-positive": "strongly-negative", "strongly-negative": "strongly-positive"}
    cold = [{**row, "topic": "south:menace", "stance": turn[str(row["stance"])]} for row in staged()]
    warm, turned = only(studied(tmp_path / "w", *staged())), only(studied(tmp_path / "c", *cold))
    assert turned.facade.estimate == pytest.approx(warm.facade.estimate)
    assert turned.verdict == warm.verdict


def test_one_voice_tells_a_facade_but_bears_no_band(tmp_path: Path) -> None:
    row = only(studied(tmp_path, *staged(1)))
    assert (row.verdict, row.voices, len(row.told)) == ("undetermined", 1, 1)
    assert math.isnan(row.facade.low)
    assert row.facade.estimate > 0
    assert "told by one voice only" in row.because
    assert "second independent voice" in row.decides


def test_sources_that_repeat_one_are_one_voice(tmp_path: Path) -> None:
    rows = [{**row, "via": "the-agency"} for row in staged(3)]
    row = only(studied(tmp_path, *rows))
    assert (row.voices, row.verdict) == (1, "undetermined")
    assert math.isnan(row.official.low)


@pytest.mark.parametrize(
    ("keep", "missing"), [("north-leader", "elites and publics"), ("north-public", "officials")]
)
def test_what_is_missing_is_named(tmp_path: Path, keep: str, missing: str) -> None:
    row = only(studied(tmp_path, *(one for one in staged() if one["path"] == keep)))
    assert row.verdict == "undetermined"
    assert row.because == f"no view with a tone that {missing} of north had of south is recorded"
    assert row.decides == f"what {missing} of north said of south then, told by two independent voices"


def test_different_qualities_are_not_compared(tmp_path: Path) -> None:
    rows = [{**row, "topic": "south:menace"} if row["path"] == "north-public" else row for row in staged()]
    row = only(studied(tmp_path, *rows))
    assert row.because == "officials are on record on warm-hearted, elites and publics on menace: on no quality both"
    assert math.isnan(row.facade.estimate)


def test_nobody_declared_official_is_said(tmp_path: Path) -> None:
    row = only(studied(tmp_path, *staged(), declared=OFFICIAL.replace("official = true\n", "")))
    assert (row.verdict, row.because) == ("undetermined", "no layer or actor is declared official")
    assert "official = true" in row.decides


def test_an_actor_may_differ_from_its_layer_and_a_side_is_its_top(tmp_path: Path) -> None:
    declared = OFFICIAL.replace('id = "north-public"\n', 'id = "north-public"\nofficial = true\n')
    all_official = only(studied(tmp_path / "all", *staged(), declared=declared))
    assert "elites and publics" in all_official.because
    metonym = [{**row, "path": "north"} if row["path"] == "north-leader" else row for row in staged()]
    assert only(studied(tmp_path / "side", *metonym)).verdict == "official tone warmer"


def test_moods_years_and_a_time_that_is_asked(tmp_path: Path) -> None:
    mood = '[[mood]]\nid = "thaw"\nname = "The thaw"\nwhen = "1986/1987"\n'
    study = studied(tmp_path, *staged(), declared=OFFICIAL + mood)
    found = measure_facades(study).rows
    assert [(row.by, row.time) for row in found] == [("period", "all"), ("mood", "thaw"), ("year", "1986")]
    (asked,) = measure_facades(study, when=parse_when("1985/1986")).rows
    assert replace(asked, by="mood", time="thaw") == found[1]
    assert measure_facades(study, when=parse_when("1990")).rows == ()


def test_as_of_a_day_before_nothing_is_told(tmp_path: Path) -> None:
    study = studied(tmp_path, *staged())
    assert measure_facades(study.as_of(parse_day("1990-01-01"))).rows == ()


def test_a_mood_outside_the_span_and_a_wrong_tone_are_faults(tmp_path: Path) -> None:
    mood = '[[mood]]\nid = "late"\nname = "Late"\nwhen = "2010"\n'
    with pytest.raises(RashomonError) as caught:
        studied(tmp_path, declared=OFFICIAL.replace('tone = "warm"', 'tone = "hot"') + mood)
    faults = {one.code: one for one in caught.value.faults}
    assert faults["R211"].where.file == "study.toml"
    assert "hot" in faults["R203"].found
    assert faults["R203"].where.line


def test_the_hopes_of_1997_cannot_be_decided_and_why_is_said(kuril: Path) -> None:
    found = measure_facades(open_study(kuril))
    hopes = {(row.side, row.target): row for row in found.rows if row.by == "mood"}
    japan, ussr = hopes["japan", "ussr"], hopes["ussr", "japan"]
    assert (japan.verdict, japan.official.n, japan.voices, japan.qualities) == ("undetermined", 1, 1, ("relations",))
    assert japan.facade.n == 3
    assert math.isnan(japan.facade.low)  # the government's claim and the mood are told by one narrator
    assert "each told by one voice only" in japan.because
    assert "s560" in japan.records
    assert (ussr.verdict, ussr.official.n, ussr.held.voices) == ("undetermined", 0, 2)
    assert ussr.held.low < 0 < ussr.held.high
    assert "officials of ussr" in ussr.because
    assert "officials of ussr" in ussr.decides
    assert {"1997", "1998"} <= {row.time for row in found.rows if row.by == "year"}

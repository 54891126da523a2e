"""Persistence: the core against scipy and simulated truth, and the measure on small studies."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from making import make, sources
from scipy import stats

from rashomon.measuring.dynamics.persistence import Persistence, measure_persistence
from rashomon.measuring.statistics.permuting import affordable, holm, p_value, shuffles_within
from rashomon.measuring.statistics.survival import RankTest, compare_groups, medians_without, rank_scores
from rashomon.study import StudyData


def compared(duration: np.ndarray, ended: np.ndarray, group: np.ndarray, stratum: np.ndarray, **asked: Any) -> RankTest:
    """Groups compared by one account of how long things lasted."""
    (found,) = compare_groups([(duration, ended)], group, stratum, **asked)
    return found


lives = st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=2, max_size=40)


def arrays(pairs: list[tuple[int, bool]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([one for one, _ in pairs], dtype=float), np.array([two for _, two in pairs], dtype=bool)


# the core


@given(lives)
def test_scores_sum_to_zero(pairs: list[tuple[int, bool]]) -> None:
    assert rank_scores(*arrays(pairs)).sum() == pytest.approx(0.0, abs=1e-9)


@given(lives, st.data())
def test_scores_of_a_group_are_the_numerator_of_the_log_rank_test(
    pairs: list[tuple[int, bool]], data: st.DataObject
) -> None:
    duration, ended = arrays(pairs)
    first = np.array(data.draw(st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs))))
    score = rank_scores(duration, ended)[first].sum()
    expected = 0.0
    for time in np.unique(duration[ended]):
        at_risk = duration >= time
        dead = ended & (duration == time)
        expected += (dead & first).sum() - dead.sum() * (at_risk & first).sum() / at_risk.sum()
    assert score == pytest.approx(expected, abs=1e-9)


@given(lives, st.data())
def test_two_groups_are_compared_as_by_the_log_rank_test_of_scipy(
    pairs: list[tuple[int, bool]], data: st.DataObject
) -> None:
    duration, ended = arrays(pairs)
    first = np.array(data.draw(st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs))))
    assume(first.any() and not first.all())
    test = compared(duration, ended, (~first).astype(int), np.zeros(len(first), int), draws=1, rng=np.random.default_rng(0))
    if math.isnan(test.z):
        return
    sample = [stats.CensoredData(uncensored=duration[one & ended], right=duration[one & ~ended]) for one in (first, ~first)]
    peer = stats.logrank(*sample)
    assert (test.z, test.p_normal) == pytest.approx((peer.statistic, peer.pvalue))


def test_median_of_freireich_1963() -> None:
    # 6-mercaptopurine against placebo, weeks in remission (Freireich et al. 1963, Blood 21): medians 23 and 8
    drug = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    ended = np.array([True] * 9 + [False] * 12)
    none = np.zeros(0, np.int64)
    placebo = np.array([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], dtype=float)
    assert medians_without(np.array(drug, dtype=float), ended, [none]) == [23]
    assert medians_without(placebo, np.ones(21, bool), [none]) == [8]
    both = np.concatenate([drug, placebo]).astype(float)
    events = np.concatenate([ended, np.ones(21, bool)])
    group = np.repeat([0, 1], 21)
    test = compared(both, events, group, np.zeros(42, int), draws=999, rng=np.random.default_rng(1))
    assert test.z**2 == pytest.approx(16.79, abs=0.01)  # the log-rank chi-square of the textbooks
    assert test.lasting == 0
    assert test.p <= 0.002


def test_permuting_stays_within_strata_and_reaches_everything() -> None:
    stratum = np.array([0, 1, 0, 1, 1, 0, 2])
    orders = np.empty((200, 7), int)
    for things, shuffled in shuffles_within(stratum, 200, np.random.default_rng(0)):
        orders[:, things] = shuffled
    assert np.all(stratum[orders] == stratum)
    assert all(sorted(order) == list(range(7)) for order in orders.tolist())
    assert len({tuple(order) for order in orders.tolist()}) > 25  # of 36


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(1, 9), st.integers(1, 9)), min_size=2, max_size=30))
def test_accounts_compared_together_are_each_by_itself(found: list[tuple[int, int, int, int]]) -> None:
    group, stratum, *durations = np.array(found).T
    group, stratum = (np.unique(codes, return_inverse=True)[1] for codes in (group, stratum))
    accounts = [(duration.astype(float), duration % 3 > 0) for duration in durations]
    together = compare_groups(accounts, group, stratum, draws=19, rng=np.random.default_rng(5))
    for (duration, ended), one in zip(accounts, together, strict=True):
        alone = compared(duration, ended, group, stratum, draws=19, rng=np.random.default_rng(5))
        assert np.array_equal(dataclasses.astuple(alone), dataclasses.astuple(one), equal_nan=True)


def test_p_is_uniform_under_the_null() -> None:
    rng = np.random.default_rng(7)
    p = []
    for _ in range(400):
        voice = rng.integers(0, 4, 40)
        # voices tell of images of different length; within a voice the root tells nothing
        duration = np.ceil(rng.exponential(1 + 4.0 * voice) * 4)
        group = (rng.random(40) < 0.2 + 0.15 * voice).astype(int)
        if len(np.unique(group)) < 2:
            continue
        ended = rng.random(40) < 0.7
        p.append(compared(duration, ended, group, voice, draws=99, rng=rng).p)
    shares = [np.mean(np.array(p) <= level) for level in (0.05, 0.1, 0.5)]
    assert 0.03 <= shares[0] <= 0.08
    assert 0.07 <= shares[1] <= 0.14
    assert 0.43 <= shares[2] <= 0.57
    # the same images without strata would be told apart for the voices' sake
    assert stats.kstest(p, "uniform").pvalue > 0.01


def test_a_real_difference_is_found_and_its_direction() -> None:
    rng = np.random.default_rng(3)
    found = 0
    for _ in range(60):
        group = np.repeat([0, 1], 30)
        duration = rng.exponential(np.where(group == 0, 1.0, 4.0))
        voice = rng.integers(0, 3, 60)
        test = compared(duration, np.ones(60, bool), group, voice, draws=99, rng=rng)
        found += test.p <= 0.05 and test.lasting == 1
    assert found >= 54


def test_strata_that_each_have_one_group_cannot_be_tested() -> None:
    test = compared(
        np.arange(1.0, 9.0), np.ones(8, bool), np.repeat([0, 1], 4), np.repeat([0, 1], 4),
        draws=99, rng=np.random.default_rng(0),
    )  # fmt: skip
    assert math.isnan(test.p)
    assert test.draws == 0


@given(st.lists(st.floats(0, 1) | st.just(math.nan), max_size=12))
def test_holm_never_lowers_and_keeps_the_order(p: list[float]) -> None:
    adjusted = holm(p)
    for one, other in zip(p, adjusted, strict=True):
        assert math.isnan(one) == math.isnan(other)
        assert math.isnan(one) or one <= other <= 1.0
    order = sorted((one, other) for one, other in zip(p, adjusted, strict=True) if not math.isnan(one))
    assert [other for _, other in order] == sorted(other for _, other in order)


def test_holm_of_its_textbook_example() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))


def test_p_counts_the_observed_and_ties() -> None:
    assert p_value(3.0, np.array([1.0, 3.0, 5.0])) == pytest.approx(3 / 4)
    assert math.isnan(p_value(math.nan, np.array([1.0])))
    assert affordable(999, 1_000_000) == 199
    assert affordable(99, 10) == 99


# the measure


def statement(number: int, **cells: object) -> dict[str, object]:
    row = {
        "id": f"s{number}", "path": "a-leader", "topic": "b:peaceful", "stance": "positive", "when": "1980",
        "source": "one",
    }  # fmt: skip
    return {**row, **cells}


def measured(folder: Path, rows: list[dict[str, object]], **asked: object) -> Persistence:
    return measure_persistence(make(folder, sources("one", "two", "three"), statements=rows), **asked)  # type: ignore[arg-type]


def test_an_image_lasts_from_its_first_to_its_last_evidence(tmp_path: Path) -> None:
    rows = [
        statement(1, when="1960", root="history"),
        statement(2, when="1965-01-01/1970-12-31", stance="strongly-positive", source="two"),
        statement(3, when="1990", topic="a:strong", path="b-leader"),
    ]
    found = measured(tmp_path, rows)
    image, other = found.images
    assert (image.holder, image.topic, image.sign, image.root) == ("a-leader", "b:peaceful", 1, "history")
    assert image.first == ("1960-01-01", "1960-12-31")
    assert image.last == ("1970-12-31", "1970-12-31")
    assert image.years == pytest.approx((10.0, 11.0), abs=0.01)
    assert image.records == ("s1", "s2")
    assert image.end == "censored"  # a-leader is not on record after it
    assert other.end == "censored"
    row = next(one for one in found.rows if one.root == "history")
    assert (row.n, row.voices, row.verdict) == (1, 2, "undetermined")
    assert "1 images" in row.because


def test_later_evidence_of_the_other_side_ends_an_image_and_silence_after_a_while(tmp_path: Path) -> None:
    rows = [
        statement(1, when="1960"),
        statement(2, when="1975", stance="negative"),
        statement(3, when="1960", topic="b:strong"),
        statement(4, when="1974", topic="a:strong"),
        statement(5, when="1976", path="a-leader > b-leader", topic="land", stance="keep"),
    ]
    ends = {(one.topic, one.sign): one.end for one in measured(tmp_path, rows).images}
    assert ends == {
        ("b:peaceful", 1): "reversed",
        ("b:peaceful", -1): "censored",  # on record a year later, which is too soon to speak of silence
        ("b:strong", 1): "silent",
        ("a:strong", 1): "censored",
    }


def test_what_is_no_image_is_left_out(tmp_path: Path) -> None:
    rows = [
        statement(1, stance="mixed"),
        statement(2, extent="one", path="a-public"),
        statement(3, about="1941"),
        statement(4, modality="not believes"),
        statement(5, path="a-leader > b-leader", topic="a:peaceful"),
        statement(6, topic="land", stance="keep"),
        statement(7, status="proposed"),
    ]
    assert measured(tmp_path, rows).images == ()


def many(seed: int, ratio: float) -> list[dict[str, object]]:
    """Images of qualities seen in six targets by four holders, each reversed after a time that depends on its root."""
    rng = np.random.default_rng(seed)
    rows, number = [], 0
    holders, targets = ("a-leader", "a-public", "b-leader", "b-public", "teller"), ("a", "b", "a-leader", "b-leader")
    for holder in holders:
        for target in targets:
            for quality in ("peaceful", "strong"):
                root = "history" if rng.random() < 0.5 else "experience"
                source = ("one", "two", "three")[int(rng.integers(3))]
                start = int(rng.integers(1950, 1960))
                last = start + 1 + int(rng.exponential(ratio * 8 if root == "history" else 8))
                for year, stance in ((start, "positive"), (min(last, 2010), "positive"), (2015, "negative")):
                    number += 1
                    cells = {"path": holder, "topic": f"{target}:{quality}", "stance": stance, "source": source}
                    rows.append(statement(number, when=str(year), root=root if stance == "positive" else "", **cells))
    return rows


def test_roots_that_last_differently_are_told_apart(tmp_path: Path) -> None:
    found = measured(tmp_path, many(4, 4.0), draws=499)
    (test,) = found.tests
    assert test.roots == ("experience", "history")
    assert (test.longer, test.verdict) == ("history", "differ")
    assert test.p <= test.p_holm <= 0.1
    assert test.tests == 1
    assert 0 < test.p_error < 0.02
    by_root = {row.root: row for row in found.rows}
    assert by_root["history"].median.estimate > by_root["experience"].median.estimate
    for row in (by_root["history"], by_root["experience"]):
        assert row.median.low <= row.median.estimate
        assert row.shortest <= row.median.estimate <= row.longest
        assert row.without_low <= row.without_high
        assert row.reversed == row.n
        assert row.voices == 3


def test_the_seed_fixes_the_result_and_is_named(tmp_path: Path) -> None:
    study = make(tmp_path, sources("one", "two", "three"), statements=many(1, 1.0))
    one, two, other = (measure_persistence(study, draws=99, seed=seed) for seed in (5, 5, 6))
    assert one == two
    assert one.provenance.seed == 5
    assert one.tests[0].p != other.tests[0].p
    assert one.tests[0].verdict != "differ"


def test_one_voice_leaves_it_undetermined(tmp_path: Path) -> None:
    rows = [{**row, "source": "one"} for row in many(4, 4.0)]
    found = measured(tmp_path, rows, draws=99)
    assert {row.verdict for row in found.rows} == {"undetermined"}
    assert all(math.isnan(row.median.low) and row.curve == () for row in found.rows)
    assert all(test.verdict == "undetermined" and math.isnan(test.p) for test in found.tests)


def test_a_voice_that_tells_all_images_leaves_no_interval_though_another_tells_some(tmp_path: Path) -> None:
    rows = [{**row, "source": "one"} for row in many(4, 4.0)]
    rows += [{**row, "id": f"t{k}", "source": "two"} for k, row in enumerate(rows[:9])]
    found = measured(tmp_path, rows, draws=99)
    assert 2 in {row.voices for row in found.rows}
    assert all(math.isnan(row.median.low) and row.curve == () for row in found.rows)
    assert {row.because for row in found.rows if row.n >= 5} == {"all images are told by one voice"}


def test_as_of_sees_only_what_was_open(tmp_path: Path) -> None:
    rows = [statement(1, when="1960", known="1960-05-01"), statement(2, when="1970")]
    study: StudyData = make(tmp_path, sources("one", "two", "three"), statements=rows)
    (image,) = measure_persistence(study.as_of(718_000)).images
    assert image.records == ("s1",)


def test_an_empty_study_and_json(tmp_path: Path) -> None:
    empty = measured(tmp_path / "empty", [])
    assert (empty.rows, empty.tests, empty.images) == ((), (), ())
    full = measured(tmp_path / "full", many(2, 1.0), draws=99)
    text = json.dumps(full.to_dict(), allow_nan=False)
    assert {"rows", "provenance", "tests", "images"} <= set(json.loads(text))
    assert len(full.table()) == len(full.rows)

"""Curves of how long things last and their bands, clustered by who tells: against peers, by hand, and on simulated voices."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rashomon.measuring.statistics.survival import (
    Curve,
    Median,
    Told,
    _Exposed,
    _variances,
    median,
    medians_without,
    survival,
)
from rashomon.study.clustered import clustered_share

lives = st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=2, max_size=40)


def arrays(pairs: list[tuple[int, bool]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([one for one, _ in pairs], dtype=float), np.array([two for _, two in pairs], dtype=bool)


def alone(n: int) -> Told:
    """Each thing told by a voice of its own."""
    return Told(np.arange(n), np.arange(n))


def told_by(voice: np.ndarray) -> Told:
    return Told(np.arange(len(voice)), voice)


def variances(duration: np.ndarray, ended: np.ndarray, told: Told) -> tuple[np.ndarray, np.ndarray]:
    """Greenwood's and the clustered one."""
    return _variances(_Exposed.of(duration, ended), ended, told)


def log_log(share: np.ndarray, variance: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    """The band that peers draw from the variance of the logarithm of the share."""
    reach = stats.norm.ppf(0.5 + level / 2) * np.sqrt(variance) / np.abs(np.log(share))
    return share ** np.exp(reach), share ** np.exp(-reach)


# the curve


@given(lives, st.integers(1, 5))
def test_the_curve_falls_and_its_band_holds_it(pairs: list[tuple[int, bool]], voices: int) -> None:
    curve = survival(*arrays(pairs), told_by(np.arange(len(pairs)) % voices), 0.9)
    assert np.all(np.diff(curve.share) <= 1e-12)
    assert np.all((curve.low <= curve.share + 1e-9) | (voices < 2))
    assert np.all((curve.share <= curve.high + 1e-9) | (voices < 2))


@given(lives)
def test_without_censoring_the_curve_is_the_share_that_is_left(pairs: list[tuple[int, bool]]) -> None:
    duration, _ = arrays(pairs)
    curve = survival(duration, np.ones(len(duration), bool), alone(len(duration)), 0.9)
    assert curve.share == pytest.approx([(duration > time).mean() for time in curve.time])


@given(lives)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of scipy, where all or none are left
def test_the_curve_and_greenwoods_variance_are_those_of_scipy(pairs: list[tuple[int, bool]]) -> None:
    duration, ended = arrays(pairs)
    curve = survival(duration, ended, alone(len(pairs)), 0.9)
    peer = stats.ecdf(stats.CensoredData(uncensored=duration[ended], right=duration[~ended])).sf
    band = peer.confidence_interval(0.9, method="log-log")
    assert curve.time.tolist() == peer.quantiles.tolist()
    assert curve.share == pytest.approx(peer.probabilities)
    inside = (curve.share > 1e-9) & (curve.share < 1.0)
    low, high = log_log(curve.share[inside], variances(duration, ended, alone(len(pairs)))[0][inside], 0.9)
    assert low == pytest.approx(band.low.probabilities[inside])
    assert high == pytest.approx(band.high.probabilities[inside])


def test_the_curve_of_freireich_1963() -> None:
    # 6-mercaptopurine (Freireich et al. 1963, Blood 21); shares as in Kleinbaum & Klein 2012, Survival Analysis, table 2.3;
    # log-log bands of 90 % by lifelines 0.30.3, KaplanMeierFitter(alpha=0.1)
    weeks = np.array([6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35], dtype=float)
    curve = survival(weeks, np.arange(21) < 9, alone(21), 0.9)
    at = np.searchsorted(curve.time, [6, 7, 10, 13, 16, 22, 23])
    assert curve.share[at].round(4).tolist() == [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    found = log_log(curve.share[at], variances(weeks, np.arange(21) < 9, alone(21))[0][at], 0.9)
    assert found[0] == pytest.approx([0.671107, 0.612479, 0.551123, 0.478700, 0.412613, 0.311214, 0.226462], abs=1e-6)
    assert found[1] == pytest.approx([0.942159, 0.910198, 0.873581, 0.829761, 0.782391, 0.719233, 0.648114], abs=1e-6)
    assert median(curve) == Median(23.0, 13.0, math.inf)  # lifelines.utils.median_survival_times too


# who tells


@given(lives)
def test_where_each_thing_has_its_own_voice_the_clustered_variance_is_greenwoods(pairs: list[tuple[int, bool]]) -> None:
    n = len(pairs)
    greenwood, clustered = variances(*arrays(pairs), alone(n))
    assert clustered == pytest.approx(greenwood * n / (n - 1), abs=1e-12)


@pytest.mark.parametrize("voice", [[0, 1, 0, 1, 0, 1], [0, 0, 1, 1, 2, 2], [0, 0, 0, 0, 1, 1], [2, 1, 1, 1, 0, 0]])
def test_the_clustered_variance_is_that_of_the_influences_that_r_prints(voice: list[int]) -> None:
    # tests/book1.Rout.save of R's survival 3: influence.surv of survfit at times 1, 6 and 9, by hand as fractions of 144;
    # survfit(cluster=) adds them within clusters and sums their squares; here times c / (c - 1)
    time, ended = np.array([1, 1, 6, 6, 8, 9], dtype=float), np.array([True, False, True, True, False, True])
    influence = np.array([[-20, 4, 4, 4, 4, 4], [-10, 2, -13, -13, 17, 17]]) / 144
    of, clusters = np.array(voice), len(set(voice))
    expected = [clusters / (clusters - 1) * np.sum(np.bincount(of, one) ** 2) for one in influence]
    curve = survival(time, ended, told_by(of), 0.9)
    variance = variances(time, ended, told_by(of))[1] * curve.share**2
    assert variance[:2] == pytest.approx(expected)
    assert variance[2] == pytest.approx(expected[1])  # nothing ends at 8
    assert variance[3] == 0.0


@given(lives, st.data())
def test_several_voices_that_tell_of_a_thing_share_in_it_evenly(pairs: list[tuple[int, bool]], data: st.DataObject) -> None:
    duration, ended = arrays(pairs)
    n, tellers = len(pairs), st.sets(st.integers(0, 3), min_size=1, max_size=3)
    sets = data.draw(st.lists(tellers, min_size=n, max_size=n))
    told = Told(*(np.array(one) for one in zip(*((i, v) for i, voices in enumerate(sets) for v in voices), strict=True)))
    curve = survival(duration, ended, told, 0.9)
    part = np.zeros((4, n))
    part[told.voice, told.thing] = told.weight
    hazard = np.array([(ended & (duration == t)).sum() / (duration >= t).sum() for t in curve.time])
    left = np.array([(duration >= t).sum() - (ended & (duration == t)).sum() for t in curve.time])
    added = np.array([(ended & (duration == t)) - (duration >= t) * h for t, h in zip(curve.time, hazard, strict=True)])
    added = np.where(left[:, None] > 0, added / np.maximum(left, 1)[:, None], 0.0)  # to the logarithm, at each time
    whole = sum(1 for one in range(4) if 0 < (part[one] > 0).sum() < n)
    expected = (np.cumsum(added @ part.T, axis=0) ** 2).sum(axis=1) * whole / max(whole - 1, 1)
    assert variances(duration, ended, told)[1] == pytest.approx(expected, abs=1e-9)
    assert told.voices == whole


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 4)), min_size=2, max_size=60))
def test_without_censoring_the_band_is_that_of_the_share_clustered_by_voice(pairs: list[tuple[int, int]]) -> None:
    duration, voice = np.array([one for one, _ in pairs], dtype=float), np.array([two for _, two in pairs])
    curve = survival(duration, np.ones(len(pairs), bool), told_by(voice), 0.9)
    for at, time in enumerate(curve.time[:-1]):
        found = (curve.share[at], curve.low[at], curve.high[at])
        assert found == pytest.approx(clustered_share(duration > time, voice, 0.9), nan_ok=True)


@given(lives, st.integers(2, 6))
def test_the_band_is_never_surer_than_that_of_independent_things(pairs: list[tuple[int, bool]], voices: int) -> None:
    duration, ended = arrays(pairs)
    n = len(pairs)
    one, other = (survival(duration, ended, told, 0.9) for told in (told_by(np.arange(n) % voices), alone(n)))
    inside = (one.share > 1e-9) & (one.share < 1.0)
    exact = n / (n - 1)  # by which the variance of things that each have a voice is more than Greenwood's
    assert np.all((one.high - one.low)[inside] * exact >= (other.high - other.low)[inside] - 1e-9)


def drawn(curve: Curve) -> bool:
    return not np.any(np.isnan(curve.low) | np.isnan(curve.high))


def test_fewer_than_two_voices_have_no_band() -> None:
    duration, ended = np.arange(1.0, 7.0), np.ones(6, bool)
    one = survival(duration, ended, told_by(np.zeros(6, np.int64)), 0.9)
    assert not drawn(one)
    assert median(one) == Median(3.0, math.inf, math.inf)
    all_told = Told(np.r_[np.arange(6), [0, 1]], np.r_[np.zeros(6, np.int64), [1, 1]])  # 0 tells all, 1 two of them besides
    assert not drawn(survival(duration, ended, all_told, 0.9))
    assert drawn(survival(duration, ended, told_by(np.array([0, 1, 0, 1, 0, 1])), 0.9))


def test_what_two_voices_tell_leaves_open_that_half_ended_before_anything_was_seen_to_end() -> None:
    curve = survival(np.arange(1.0, 7.0), np.ones(6, bool), told_by(np.array([0, 1, 0, 1, 0, 1])), 0.9)
    assert median(curve).low == 0.0
    assert median(survival(np.arange(1.0, 7.0), np.ones(6, bool), alone(6), 0.9)).low == 1.0


@pytest.mark.parametrize("sizes", [(10, 10, 10), (20, 5, 3), (8, 8, 8, 8, 8), (10,) * 8])
def test_the_band_holds_the_truth_where_voices_differ(sizes: tuple[int, ...]) -> None:
    # waits told by few voices, each with a pace of its own (gamma, variance one half), a third of them lost sight of
    rng = np.random.default_rng(3)
    voice = np.repeat(np.arange(len(sizes)), sizes)
    n, at = len(voice), 0.7
    truth, middle, held, plain = (1 + at / 2) ** -2, 2 * (math.sqrt(2) - 1), np.zeros(2), 0
    for _ in range(300):
        wait, seen = rng.exponential(1 / rng.gamma(2, 0.5, len(sizes))[voice]), np.minimum(rng.exponential(3, n), 2.0)
        curve, free = (survival(np.minimum(wait, seen), wait <= seen, told, 0.9) for told in (told_by(voice), alone(n)))
        reached = median(curve)
        place = np.searchsorted(curve.time, at, side="right") - 1
        held += [curve.low[place] <= truth <= curve.high[place], reached.low <= middle <= reached.high]
        plain += free.low[place] <= truth <= free.high[place]
    assert np.all(held >= 0.88 * 300)
    assert plain < 0.84 * 300  # what it would be if voices were not counted


# medians


@given(lives, st.data())
def test_a_median_without_some_is_that_of_the_rest(pairs: list[tuple[int, bool]], data: st.DataObject) -> None:
    duration, ended = arrays(pairs)
    places = st.lists(st.integers(0, len(pairs) - 1), max_size=len(pairs) - 1, unique=True)
    left_out = [np.array(one, np.int64) for one in data.draw(st.lists(places, max_size=4))]
    for out, found in zip(left_out, medians_without(duration, ended, left_out), strict=True):
        kept = np.setdiff1d(np.arange(len(pairs)), out)
        assert found == median(survival(duration[kept], ended[kept], alone(len(kept)), 0.9)).estimate


def test_a_median_that_is_not_reached_is_infinite() -> None:
    curve = survival(np.array([1.0, 2.0, 3.0]), np.array([True, False, False]), alone(3), 0.9)
    assert math.isinf(median(curve).estimate)

"""The mean over voices: its band covers, a voice counts once, and nothing narrows that should not."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from rashomon.measuring.statistics.averaging import (
    POSITION,
    QUALITY,
    Posteriors,
    Scale,
    differences,
    posteriors,
    quantiles,
    summarise,
)
from rashomon.study import Estimate

Told = list[tuple[float, float, int]]


def posterior(low: np.ndarray, high: np.ndarray, voice: np.ndarray, scale: Scale) -> Posteriors:
    """The posterior of one group."""
    return posteriors(low, high, voice, np.zeros(len(low), np.int64), [scale])


def post(values: list[float], voices: list[int], width: float = 0.0) -> Posteriors:
    middle = np.array(values)
    return posterior(middle - width / 2, middle + width / 2, np.array(voices), QUALITY)


def joined(*groups: Told, scale: Scale = QUALITY) -> Posteriors:
    """Posteriors of groups of stances (middle, width, voice)."""
    middle, width, voice = np.array([one for group in groups for one in group]).T
    of = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    return posteriors(middle - width / 2, middle + width / 2, voice.astype(np.int64), of, [scale] * len(groups))


def difference(one: Told, other: Told) -> Estimate:
    (found,) = differences(joined(one, other), np.array([0]), np.array([1]))
    return found


told = st.lists(
    st.tuples(
        st.floats(-0.9, 0.9) | st.sampled_from([-0.9, 0.0, 0.9]), st.sampled_from([0.0, 1e-6, 0.2]), st.integers(0, 9)
    ),
    min_size=1,
    max_size=12,
)


def test_one_voice_has_no_band() -> None:
    (found,) = summarise(post([0.4, 0.5, 0.3], [7, 7, 7]))
    assert (found.n, found.voices) == (3, 1)
    assert np.isnan(found.low)
    assert np.isnan(found.high)


def test_repeating_a_voice_adds_rows_and_no_voice() -> None:
    few, many = post([0.4, -0.2], [0, 1], 0.4), post([0.4] * 30 + [-0.2], [0] * 30 + [1], 0.4)
    for name in ("mean", "sd"):
        assert getattr(few, name) == pytest.approx(getattr(many, name))
    assert [(found.n, found.voices) for found in summarise(many)] == [(31, 2)]


def test_quantiles_are_those_of_the_mixture() -> None:
    found = post([0.5, -0.1, 0.2], [0, 1, 2], 0.4)
    for p, x in zip((0.05, 0.5, 0.95), quantiles(found, (0.05, 0.5, 0.95))[0], strict=True):
        assert float((ndtr((x - found.mean) / found.sd) * found.weight).sum()) == pytest.approx(p, abs=1e-6)


def test_the_difference_is_antisymmetric() -> None:
    one, other = [(0.5, 0.2, 0), (0.1, 0.2, 1)], [(-0.4, 0.2, 0), (0.0, 0.2, 1)]
    there, back = difference(one, other), difference(other, one)
    assert there.estimate == pytest.approx(-back.estimate, abs=1e-6)
    assert there.low == pytest.approx(-back.high, abs=1e-3)


@pytest.mark.parametrize("voices", [2, 4, 10])
def test_the_band_covers_what_made_the_data(voices: int) -> None:
    rng = np.random.default_rng(voices)
    inside = 0
    runs = 600
    for _ in range(runs):
        mu = np.clip(rng.normal(0.5, 0.25), 0, 1)
        tau = abs(rng.normal(0, 0.25))
        y = mu + rng.normal(0, tau, voices) + rng.normal(0, 0.05, voices)
        width = 0.05 * np.sqrt(12)
        found = posterior(y - width / 2, y + width / 2, np.arange(voices), POSITION)
        low, high = quantiles(found, (0.05, 0.95))[0]
        inside += low <= mu <= high
    assert 0.85 <= inside / runs <= 0.96


@given(st.lists(told, min_size=1, max_size=6))
def test_many_groups_at_once_are_each_by_itself(groups: list[Told]) -> None:
    together = joined(*groups)
    for i, group in enumerate(groups):
        alone = joined(group)
        for name in ("weight", "mean", "sd", "n", "voices"):
            assert getattr(together, name)[i] == pytest.approx(getattr(alone, name)[0], rel=1e-9, abs=1e-12)
    rows = [(i, j) for i in range(len(groups)) for j in range(len(groups))]
    one, other = np.array(rows).T
    for (i, j), found in zip(rows, differences(together, one, other), strict=True):
        alone = difference(groups[i], groups[j])
        assert (found.n, found.voices) == (alone.n, alone.voices)
        for name in ("estimate", "low", "high"):
            assert getattr(found, name) == pytest.approx(getattr(alone, name), abs=1e-6, nan_ok=True)


def test_groups_beyond_one_run_of_the_cache_are_the_same_as_in_one() -> None:
    rng = np.random.default_rng(1)
    groups: list[Told] = [
        [(float(x), 0.2, voice) for voice, x in enumerate(rng.uniform(-0.9, 0.9, size))] for size in rng.integers(1, 40, 300)
    ]
    together, means = joined(*groups), [summarise(joined(group))[0] for group in groups]
    for found, alone in zip(summarise(together), means, strict=True):
        assert (found.n, found.voices) == (alone.n, alone.voices)
        assert found.estimate == pytest.approx(alone.estimate)
        assert (found.low, found.high) == pytest.approx((alone.low, alone.high), abs=1e-9, nan_ok=True)


@given(told)
def test_bands_reach_the_quantiles_of_the_mixture_however_sharp_it_is(group: Told) -> None:
    found = joined(group)
    for p, x in zip((0.05, 0.5, 0.95), quantiles(found, (0.05, 0.5, 0.95))[0], strict=True):
        if abs(x) < 1:
            assert float((ndtr((x - found.mean) / found.sd) * found.weight).sum()) == pytest.approx(p, abs=1e-8)


@given(told, told)
def test_a_difference_leaves_out_less_than_it_says_of_all_pairs(one: Told, other: Told) -> None:
    found, posts = difference(one, other), joined(one, other)
    means = [float(mean) for mean in (posts.weight * posts.mean).sum(axis=1)]
    assert found.estimate == pytest.approx(means[0] - means[1], abs=1e-12)
    if found.voices < 2:
        assert math.isnan(found.low)
        return
    weight = np.outer(*posts.weight)
    mean, sd = np.subtract.outer(*posts.mean), np.hypot.outer(*posts.sd)
    for p, x in ((0.05, found.low), (0.95, found.high)):
        if abs(x) < 2:
            assert float((ndtr((x - mean) / sd) * weight).sum()) == pytest.approx(p, abs=1.1e-7)

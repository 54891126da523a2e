"""Levels: bands cover as often as they say; what order, signs and units may not change; and another program's numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from peers import assert_agree, peers
from scipy.stats import t as student

from rashomon.errors import RashomonError
from rashomon.measuring.levels.estimating import NOTHING, ONE_VOICE, PRIORS, LevelSeries, levels, levels_of
from rashomon.measuring.smoothing.observing import Observations, observe

CLOSE = {"rtol": 1e-6, "atol": 1e-6}
SCALE = (-1.0, 1.0)


def same(one: LevelSeries, other: LevelSeries, sign: int = 1, **close: float) -> None:
    """Two estimates are the same, or each other's mirror image."""
    np.testing.assert_array_equal(one.times, other.times)
    for mine, theirs in zip(
        (one.mean, one.sd, one.low, one.high),
        (sign * other.mean, other.sd, *((other.low, other.high) if sign > 0 else (-other.high, -other.low))),
        strict=True,
    ):
        np.testing.assert_allclose(mine, theirs, **(close or CLOSE))


# truths drawn from the prior

WORDS = np.linspace(-1, 1, 6)


def deviation(draw: np.random.Generator, scale: float) -> float:
    """One from the half-t prior."""
    return float(abs(student.rvs(4, random_state=draw)) * scale)


def path_within(draw: np.random.Generator, bins: int, when: np.ndarray) -> np.ndarray:
    """A path on -1..1 whose first bin is observed; drawn again, drift and all, until it is on the scale ``when`` it is observed.

    That is the model's prior, which keeps a path on the scale where it is observed.
    """
    while True:
        steps = 2 * deviation(draw, PRIORS.drift) * draw.normal(0, 1, bins)
        steps[0] = 2 * PRIORS.initial_sd * draw.normal()
        path = np.cumsum(steps)
        if np.all(np.abs(path[when]) <= 1):
            return path


def drawn(draw: np.random.Generator, count: int, bins: int = 12) -> tuple[Observations, np.ndarray]:
    """Observations of a truth from the prior: three in four are words of five, the rest numbers with an error; and the truth."""
    when = draw.integers(0, bins, count)
    when[0] = 0
    path = path_within(draw, bins, when)
    voices = max(2, count // 4)
    voice = np.arange(count) % voices
    lean = 2 * deviation(draw, PRIORS.voice) * draw.normal(0, 1, voices)
    noise = 2 * deviation(draw, PRIORS.noise)
    error = draw.uniform(0.05, 0.3, count)
    word = draw.random(count) < 0.75
    value = path[when] + lean[voice] + draw.normal(0, 1, count) * np.where(word, noise, error)
    place = np.clip(np.searchsorted(WORDS, value) - 1, 0, 4)
    seen = observe(
        when,
        np.where(word, WORDS[place], value),
        voice,
        high=np.where(word, WORDS[place + 1], value),
        error=np.where(word, 0.0, error),
        coded=word,
    )
    return seen, path


def estimate_all(cases: list[Observations]) -> list[LevelSeries]:
    """Many series at once."""
    together = cases[0]
    for one in cases[1:]:
        together = together.with_more(one)
    series = np.repeat(np.arange(len(cases)), [one.size for one in cases])
    return levels_of(together, series, np.tile(SCALE, (len(cases), 1)))


@pytest.mark.parametrize(("count", "cases"), [(2, 900), (4, 900), (10, 900), (100, 500)])
def test_a_band_of_90_per_cent_covers_the_truth_in_90_per_cent_of_cases(count: int, cases: int) -> None:
    """One bin of each case at random: the Monte Carlo error of the rate is 0.010 for 900 cases, 0.013 for 500."""
    draw = np.random.default_rng(count)
    made = [drawn(draw, count) for _ in range(cases)]
    found = estimate_all([seen for seen, _ in made])
    inside = []
    for (_, path), one in zip(made, found, strict=True):
        at = int(draw.integers(0, one.times.size))
        inside.append(bool(one.low[at] <= np.clip(path[one.times[at]], -1, 1) <= one.high[at]))
    assert 0.85 <= np.mean(inside) <= 0.95


def test_more_observations_narrow_the_band_on_average() -> None:
    """Of 400 truths: the mean of the differences in width lies below zero by more than four of its standard errors."""
    draw = np.random.default_rng(8)
    whole = [drawn(draw, 16)[0] for _ in range(400)]
    few = [one.take(slice(0, 8)) for one in whole]  # all four voices are among them
    widths = [np.array([float(np.mean(one.high[:1] - one.low[:1])) for one in estimate_all(seen)]) for seen in (whole, few)]
    apart = widths[0] - widths[1]
    assert np.mean(apart) < -4 * np.std(apart) / np.sqrt(apart.size)


# what changes nothing, and what turns the estimate over


@st.composite
def cases(draw: st.DrawFn, least: int = 3, most: int = 12) -> Observations:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    seen, _ = drawn(rng, draw(st.integers(least, most)), bins=6)
    return seen


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_observations_and_the_names_of_voices_change_nothing(seen: Observations, random: Any) -> None:
    order, names = list(range(seen.size)), list(range(100, 100 + seen.size))
    random.shuffle(order)
    random.shuffle(names)
    named = np.array(names)[seen.voice]
    other = observe(
        seen.first[order], seen.low[order], named[order], high=seen.high[order], error=seen.error[order], coded=seen.coded[order]
    )
    same(levels(seen), levels(other))


def mirrored(seen: Observations) -> Observations:
    return observe(seen.first, -seen.high, seen.voice, high=-seen.low, error=seen.error, coded=seen.coded)


@given(cases())
def test_swapping_plus_and_minus_mirrors_the_estimate(seen: Observations) -> None:
    same(levels(seen), levels(mirrored(seen)), sign=-1)


@given(cases(), st.floats(-5, 5), st.floats(0.1, 10))
def test_the_units_of_the_scale_are_those_of_the_estimate(seen: Observations, begin: float, width: float) -> None:
    def moved(values: np.ndarray) -> np.ndarray:
        return begin + width * (values + 1) / 2

    other = observe(
        seen.first, moved(seen.low), seen.voice, high=moved(seen.high), error=seen.error * width / 2, coded=seen.coded
    )
    one, two = levels(seen), levels(other, scale=(begin, begin + width))
    np.testing.assert_allclose(moved(one.mean), two.mean, rtol=1e-5, atol=1e-5 * width)
    np.testing.assert_allclose(one.sd * width / 2, two.sd, rtol=1e-4)


@given(st.lists(cases(), min_size=2, max_size=4))
def test_many_series_at_once_are_each_as_by_itself(some: list[Observations]) -> None:
    for together, seen in zip(estimate_all(some), some, strict=True):
        same(together, levels(seen))


# what is not known


def test_a_level_of_which_nothing_is_known_is_unknown_and_not_zero() -> None:
    nothing = observe([0, 1, 2], [-1, -1, 0.3], [0, 1, 2], high=[1, 1, 0.3], error=[0, 0, 5], coded=False)
    found = levels(nothing)
    assert (found.drawn, found.reason, found.n, found.voices, found.uninformative) == (False, NOTHING, 0, 0, 3)
    assert found.mean.size == found.low.size == found.times.size == 0
    assert found.points.size == 3


def test_one_voice_draws_no_line_however_often_it_speaks() -> None:
    found = levels(observe(np.arange(30), 0.5, 7, coded=True))
    assert (found.drawn, found.reason, found.voices) == (False, ONE_VOICE, 1)
    assert found.mean.size == 0
    retold = levels(observe(np.arange(30), 0.5, np.arange(30) % 3, origin=7, coded=True))
    assert (retold.drawn, retold.voices) == (False, 1)


def test_between_observations_the_band_is_wider_than_at_them() -> None:
    found = levels(observe([0, 0, 0, 20, 20, 20], 0.2, [0, 1, 2, 0, 1, 2], error=0.05, coded=False))
    assert found.sd[10] > found.sd[0]
    assert found.sd[10] > found.sd[20]
    assert np.all(found.sd[1:11] >= found.sd[:10])


def test_at_least_raises_and_at_most_lowers_the_level() -> None:
    def mean(low: float, high: float) -> float:
        ends = [-0.2, -0.1, 0.0, low], [-0.2, -0.1, 0.0, high]
        return float(levels(observe(np.zeros(4), ends[0], range(4), high=ends[1], error=0.1, coded=False)).mean[0])

    before = levels(observe(np.zeros(3), [-0.2, -0.1, 0.0], range(3), error=0.1, coded=False)).mean[0]
    assert mean(0.4, 1.0) > before + 0.05
    assert mean(-1.0, -0.6) < before - 0.05
    assert mean(0.4, 1.0) > mean(0.4, 0.4)  # the strongest word says at least so strong


def test_bands_and_steps_outside_their_range_are_refused() -> None:
    seen = observe([0, 1], [0.1, 0.2], [0, 1], coded=True)
    asked: list[Callable[[], Any]] = [lambda: levels(seen, level=1.0), lambda: levels(seen, step=0.0)]
    for ask in asked:
        with pytest.raises(RashomonError, match="R502"):
            ask()


@pytest.mark.parametrize("case", peers("levels"), ids=lambda case: case["name"])
def test_numpyro_finds_the_same_levels(case: dict[str, Any]) -> None:
    assert_agree(levels(observe(**case["data"])), case)

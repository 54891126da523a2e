"""Series at given hyperparameters are dense multivariate normal computations; intervals are what they are known to be."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal, norm, truncnorm

from rashomon.measuring.smoothing.censoring import middles
from rashomon.measuring.smoothing.exploring import FINELY, explore
from rashomon.measuring.smoothing.observing import Observations, middle, observe, spread_over
from rashomon.measuring.smoothing.preparing import MOST_ROWS, Ready, prepare

CLOSE = {"rtol": 1e-7, "atol": 1e-9}
INITIAL, STEP, MODE_VAR = 0.7, 0.5, 0.3


@dataclass(frozen=True)
class Found:
    """What one series comes to at a point: the log likelihood, and of bins and columns means and variances (r,)."""

    log_likelihood: float
    mean: np.ndarray
    var: np.ndarray


def made_ready(seen: Observations, mode: np.ndarray, series: np.ndarray | None = None) -> Ready:
    alone = np.zeros(seen.size, dtype=np.int64) if series is None else series
    return prepare(seen, alone, [(seen.voice, np.nan), (mode, MODE_VAR)], step=STEP, initial_sd=INITIAL)


def explored(ready: Ready, point: np.ndarray) -> list[Found]:
    """All series at one point (q, tau, sigma)."""
    size = ready.layout.bins.size
    between = [ready.gaps[ready.gapped[s] : ready.gapped[s + 1] - 1].sum() for s in range(size)]
    heights = ready.lead + ready.trail + 1 + np.array(between, dtype=np.int64) + np.diff(ready.layout.columns)
    rows = np.concatenate([[0], np.cumsum(heights)])
    points, one = np.broadcast_to(point, (size, 1, 3)).copy(), np.array([1])
    log_likelihood, mean, var = explore(ready, np.arange(size), points, one, middles(ready.intervals), FINELY, rows, True)
    return [
        Found(float(log_likelihood[s, 0]), mean[rows[s] : rows[s + 1], 0], var[rows[s] : rows[s + 1], 0])
        for s in range(size)
    ]


# numbers


@st.composite
def numbers(draw: st.DrawFn, bins: int = 9, most: int = 14) -> tuple[Observations, np.ndarray]:
    """Numbers of several voices in two modes, some of several bins, some coded; few enough that each row counts in full."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count, voices = draw(st.integers(1, most)), draw(st.integers(1, 8))
    first = rng.integers(0, bins, count)
    seen = observe(
        first,
        rng.normal(0, 1, count),
        rng.integers(0, voices, count),
        last=first + rng.integers(0, 4, count) * (rng.random(count) < 0.4),
        error=rng.choice([0.1, 0.3, 0.5], count),
        within=rng.random(count) < 0.5,
        coded=rng.random(count) < 0.5,
    )
    _, rows = np.unique(np.stack([seen.voice, middle(seen.first, seen.last)])[:, seen.coded], axis=1, return_counts=True)
    assume(rows.max(initial=0) <= MOST_ROWS)
    return seen, rng.integers(-1, 2, count)


points = st.tuples(*[st.floats(0.05, 1.5)] * 3).map(np.array)


def dense(seen: Observations, mode: np.ndarray, point: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """The log density of the values, and the mean and variance of every bin, from the joint covariance written out."""
    q2, tau2, sigma2 = point**2 * [STEP, 1, 1]
    when = middle(seen.first, seen.last)
    bins = np.arange(seen.first.min(), seen.last.max() + 1)
    away = bins - when.min()  # the path has its prior variance where it is first observed, and wanders off both ways
    same = np.sign(away)[:, None] * np.sign(away)[None] > 0
    path = INITIAL**2 + q2 * np.where(same, np.minimum(np.abs(away)[:, None], np.abs(away)[None]), 0)
    at = when - bins[0]
    noise = seen.error**2 + seen.coded * sigma2 + spread_over(seen.first, seen.last, seen.within) * q2
    alike = tau2 * (seen.voice[:, None] == seen.voice) + MODE_VAR * ((mode[:, None] == mode) & (mode >= 0))
    covariance = path[np.ix_(at, at)] + alike + np.diag(noise)
    gain = np.linalg.solve(covariance, path[at]).T
    log_density = multivariate_normal(np.zeros(at.size), covariance, allow_singular=False).logpdf(seen.low)
    return float(log_density), gain @ seen.low, np.diag(path - gain @ path[at])


def assert_dense(found: Found, seen: Observations, mode: np.ndarray, point: np.ndarray) -> None:
    log_density, mean, var = dense(seen, mode, point)
    np.testing.assert_allclose(found.log_likelihood, log_density, **CLOSE)
    np.testing.assert_allclose(found.mean[: mean.size], mean, **CLOSE)
    np.testing.assert_allclose(found.var[: mean.size], var, **CLOSE)


@given(numbers(), points)
def test_the_likelihood_and_the_path_are_those_of_the_dense_computation(
    case: tuple[Observations, np.ndarray], point: np.ndarray
) -> None:
    (found,) = explored(made_ready(*case), point)
    assert_dense(found, *case, point)


@given(st.integers(0, 2**32 - 1), points)
def test_more_voices_than_bins_are_eliminated_before_the_path(seed: int, point: np.ndarray) -> None:
    rng = np.random.default_rng(seed)
    when = np.concatenate([[0, 1], rng.integers(0, 3, 19)])  # the first voice is heard in two bins, and so are others
    seen = observe(when, rng.normal(0, 1, 21), np.repeat(np.arange(7), 3), error=0.3, coded=False)
    none = np.full(21, -1)
    ready = made_ready(seen, none)
    assume(np.diff(ready.layout.columns)[0] > ready.layout.bins[0])
    assert ready.layout.keeps_path[0]
    assert_dense(explored(ready, point)[0], seen, none, point)


@given(numbers(), numbers(), points)
def test_series_side_by_side_are_series_one_by_one(
    one: tuple[Observations, np.ndarray], other: tuple[Observations, np.ndarray], point: np.ndarray
) -> None:
    both, mode = one[0].with_more(other[0]), np.concatenate([one[1], other[1]])
    series = np.repeat([0, 1], [one[0].size, other[0].size])
    together = explored(made_ready(both, mode, series), point)
    alone = [explored(made_ready(*case), point)[0] for case in (one, other)]
    for this, that in zip(together, alone, strict=True):
        for field in fields(Found):
            np.testing.assert_allclose(getattr(this, field.name), getattr(that, field.name), **CLOSE)


def test_what_one_voice_says_of_one_bin_counts_for_five_rows_at_the_most() -> None:
    point = np.array([0.2, 0.3, 0.4])
    found = []
    for count in (5, 50):
        voice = np.concatenate([np.zeros(count, dtype=np.int64), [1, 1]])
        seen = observe(np.zeros(count + 2), [*[0.5] * count, -0.2, -0.3], voice, error=0.1, coded=True)
        found.append(explored(made_ready(seen, np.full(count + 2, -1)), point)[0])
    np.testing.assert_allclose(found[0].mean, found[1].mean, **CLOSE)
    np.testing.assert_allclose(found[0].var, found[1].var, **CLOSE)


# intervals


def of_interval(low: float, high: float, point: np.ndarray) -> tuple[Found, float]:
    """One interval of one voice, and the variance of its value less that of the path."""
    seen = observe([0], [low], [0], high=[high])
    return explored(made_ready(seen, np.array([-1])), point)[0], float(point[1] ** 2 + point[2] ** 2)


ends = st.tuples(st.floats(-12, 12), st.floats(0.05, 3), st.sampled_from(["both", "low", "high"]))


@given(ends, st.tuples(*[st.floats(0.1, 1.0)] * 3).map(np.array))
def test_one_interval_is_a_truncated_normal(given_: tuple[float, float, str], point: np.ndarray) -> None:
    begin, width, open_ = given_
    low, high = (-np.inf if open_ == "low" else begin), (np.inf if open_ == "high" else begin + width)
    found, noise = of_interval(low, high, point)
    var = INITIAL**2 + noise
    sd = np.sqrt(var)
    a, b = low / sd, high / sd
    if a + b > 0:
        a, b = -b, -a  # where tails are exact
    log_chance = norm.logcdf(b) + np.log1p(-np.exp(norm.logcdf(a) - norm.logcdf(b)))
    np.testing.assert_allclose(found.log_likelihood, log_chance, rtol=1e-4, atol=1e-4)
    if np.exp(log_chance) < 1e-6:
        return  # where SciPy's own moments are not exact
    mean, square = truncnorm.stats(low / sd, high / sd, scale=sd, moments="mv")
    share = INITIAL**2 / var
    exact = INITIAL**2 - share**2 * (var - square)
    # the factor rests once the mean moves by less than a twentieth of the deviation, nine tenths of the way
    assert abs(found.mean[0] - share * mean) < 0.01 * np.sqrt(exact)
    np.testing.assert_allclose(found.var[0], exact, rtol=0.02)


@given(numbers(), points, st.floats(-2, 2), st.integers(0, 8))
def test_to_know_that_a_value_is_over_a_bound_lowers_no_bin(
    case: tuple[Observations, np.ndarray], point: np.ndarray, bound: float, when: int
) -> None:
    """Given the deviations: all covariances are positive, and what holds a value up holds up all that goes with it."""
    seen, none = case[0], np.full(case[0].size, -1)
    at = int(np.clip(when, seen.first.min(), seen.last.max()))
    more = seen.with_more(observe([at], [bound], [99], high=[np.inf]))
    before, after = explored(made_ready(seen, none), point)[0], explored(made_ready(more, np.append(none, -1)), point)[0]
    bins = int(seen.last.max() - seen.first.min()) + 1
    assume(middle(seen.first, seen.last).min() == middle(more.first, more.last).min())  # the path begins in the same bin
    assert np.all(after.mean[:bins] > before.mean[:bins] - 0.01 * np.sqrt(before.var[:bins]))


@pytest.mark.parametrize(("low", "high"), [([-0.1, 0.2], [0.4, 0.8]), ([-np.inf, 0.0], [0.0, np.inf])])
def test_two_intervals_have_nearly_the_probability_of_their_rectangle(low: list[float], high: list[float]) -> None:
    """Expectation propagation is not exact for two: within 0.01 of the log of what SciPy finds by quadrature (Genz 1992)."""
    point = np.array([0.3, 0.2, 0.3])
    seen = observe([0, 2], low, [0, 1], high=high)
    (found,) = explored(made_ready(seen, np.array([-1, -1])), point)
    own = INITIAL**2 + point[1] ** 2 + point[2] ** 2
    covariance = np.array([[own, INITIAL**2], [INITIAL**2, own + 2 * STEP * point[0] ** 2]])
    chance = multivariate_normal([0, 0], covariance).cdf(np.clip(high, -9, 9), lower_limit=np.clip(low, -9, 9))
    np.testing.assert_allclose(found.log_likelihood, np.log(chance), atol=0.01)


def test_a_narrow_interval_is_the_number_in_its_middle() -> None:
    point = np.array([0.3, 0.2, 0.3])
    rng = np.random.default_rng(2)
    when, value, voice = np.arange(6), rng.normal(0, 0.5, 6), np.array([0, 1, 2, 0, 1, 2])
    none, width = np.full(6, -1), 0.02
    number = explored(made_ready(observe(when, value, voice, coded=True), none), point)[0]
    interval = explored(made_ready(observe(when, value - width / 2, voice, high=value + width / 2), none), point)[0]
    np.testing.assert_allclose(number.log_likelihood + 6 * np.log(width), interval.log_likelihood, atol=0.005)
    np.testing.assert_allclose(number.mean, interval.mean, atol=0.002)
    np.testing.assert_allclose(number.var, interval.var, rtol=0.01)

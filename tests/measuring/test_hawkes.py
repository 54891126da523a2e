"""The Hawkes process: its likelihood by definition and against a peer, its maximum, its intervals, its fit; drawn dates."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hawkes import pair_by_pair, simulate
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from rashomon.measuring.catchball.acts import Acts
from rashomon.measuring.catchball.combining import combine, draw_times, excite
from rashomon.measuring.catchball.exciting import (
    Pace,
    Stream,
    fit,
    log_likelihood,
    misfit,
    profile,
    profile_ends,
    rescaled,
    steady,
)

BASE, BRANCHING, DECAY = np.array([0.02, 0.03]), np.array([[0.3, 0.2], [0.0, 0.4]]), 0.2

events = st.lists(
    st.tuples(st.floats(0.0, 99.0), st.integers(0, 1), st.floats(0.2, 5.0)), min_size=2, max_size=25
).filter(lambda rows: {side for _, side, _ in rows} == {0, 1})
paces = st.lists(st.floats(0.1, 3.0), min_size=1, max_size=4)


def stream_of(rows: list[tuple[float, int, float]], pace: list[float]) -> Stream:
    time, side, weight = (np.array(column) for column in zip(*rows, strict=True))
    edge = np.linspace(0.0, 100.0, len(pace) + 1)
    return Stream.of(time, side.astype(np.int64), weight, Pace(edge, np.array(pace)))


@given(events, paces, st.floats(0.01, 2.0), st.lists(st.floats(0.0, 1.5), min_size=4, max_size=4))
def test_the_likelihood_is_that_of_the_definition(
    rows: list[tuple[float, int, float]], pace: list[float], decay: float, ratios: list[float]
) -> None:
    stream, branching = stream_of(rows, pace), np.array(ratios).reshape(2, 2)
    assert log_likelihood(stream, BASE, branching, decay) == pytest.approx(
        pair_by_pair(stream, BASE, branching, decay), rel=1e-9
    )
    assert [float(np.mean(stream.mark[stream.side == i])) for i in (0, 1)] == pytest.approx([1.0, 1.0])


def test_the_likelihood_of_a_peer() -> None:
    # hawkesbook 0.1.0 (Laub, Lee & Taimre 2021, The Elements of Hawkes Processes), mutual_exp_log_likelihood
    first, second = [3.2, 4.0, 9.5, 10.1, 10.3, 17.0, 25.5, 26.0], [3.9, 8.0, 9.9, 12.2, 20.0, 26.5, 28.8]
    side = np.repeat([0, 1], [8, 7])
    stream = Stream.of(np.array(first + second), side, np.ones(15), steady(30.0))
    found = log_likelihood(stream, np.array([0.15, 0.1]), np.array([[0.3, 0.2], [0.1, 0.4]]), 0.7)
    assert found == pytest.approx(-37.81770188081741, abs=1e-12)


@given(events, paces)
def test_no_parameters_are_likelier_than_those_fitted(rows: list[tuple[float, int, float]], pace: list[float]) -> None:
    stream = stream_of(rows, pace)
    found = fit(stream)
    assert log_likelihood(stream, found.base, found.branching, found.decay) == pytest.approx(found.log_likelihood)
    rng = np.random.default_rng(0)
    for _ in range(20):
        base, branching = found.base * rng.uniform(0.7, 1.4, 2), found.branching + rng.normal(0, 0.1, (2, 2))
        assert log_likelihood(stream, base, np.maximum(branching, 0), found.decay) <= found.log_likelihood + 1e-8


def test_a_plain_search_finds_the_same_maximum_and_the_same_profile() -> None:
    stream = simulate(BASE, BRANCHING, DECAY, 3000.0, np.random.default_rng(1))
    found = fit(stream)

    def lost(x: np.ndarray) -> float:
        return -log_likelihood(stream, np.exp(x[:2]), np.exp(x[2:6]).reshape(2, 2), math.exp(x[6]))

    start = np.log([*found.base * 1.3, 0.2, 0.2, 0.05, 0.2, DECAY * 2])
    plain = optimize.minimize(lost, start, method="L-BFGS-B")
    assert found.log_likelihood == pytest.approx(-plain.fun, abs=1e-3)

    def lost_but_one(x: np.ndarray) -> float:
        branching = np.array([[math.exp(x[2]), 0.45], [math.exp(x[3]), math.exp(x[4])]])
        return -log_likelihood(stream, np.exp(x[:2]), branching, math.exp(x[5]))

    held = optimize.minimize(lost_but_one, start[[0, 1, 2, 4, 5, 6]], method="L-BFGS-B")
    assert profile(stream, found, 0, 1, 0.45) == pytest.approx(-held.fun, abs=0.02)
    low, high = profile_ends(stream, found, 0, 1, 0.9)
    for end in (low, high):  # half of the quantile 2.7055 of chi-squared with one degree of freedom
        assert found.log_likelihood - profile(stream, found, 0, 1, end) == pytest.approx(2.7055 / 2, rel=0.03)
    assert low < found.branching[0, 1] < high


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(7)
    held = np.zeros((2, 2))
    for _ in range(40):
        stream = simulate(BASE, BRANCHING, DECAY, 2500.0, rng)
        found = fit(stream)
        for i in (0, 1):
            for j in (0, 1):
                low, high = profile_ends(stream, found, i, j, 0.9)
                held[i, j] += low <= BRANCHING[i, j] <= high
    assert np.all(held >= 31)  # of 40 at 0.9; fewer than 31 have a chance of 0.4 %
    assert held.sum() >= 0.85 * 160


def test_waits_in_the_time_of_the_model_are_exponential_where_it_is_true() -> None:
    rng = np.random.default_rng(3)
    true = [simulate(BASE, BRANCHING, DECAY, 3000.0, rng) for _ in range(20)]
    assert min(misfit(one, fit(one)) for one in true) > 0.05
    stream = true[0]
    found = fit(stream)
    waits = rescaled(stream, found)
    ends = [found.base[i] * stream.whole + found.branching[i] @ stream.sums(found.decay)[1] for i in (0, 1)]
    assert sum(ends) == pytest.approx(len(stream.time), rel=1e-4)  # at a maximum the integral is the number of acts
    assert waits.sum() <= sum(ends)
    assert waits.min() >= 0
    regular = np.arange(0.5, 400.0)  # acts at even distances are too regular for any such process
    side = (np.arange(400) % 2).astype(np.int64)
    clock = Stream.of(regular, side, np.ones(400), steady(400.0))
    assert misfit(clock, fit(clock)) < 0.001


def test_a_pace_that_is_given_is_not_taken_for_excitation() -> None:
    rng = np.random.default_rng(11)
    edge = np.linspace(0, 4000, 21)
    rate = np.where(np.arange(20) % 4 == 0, 3.4, 0.2)  # every fourth stretch is told much of
    pace = Pace(edge, rate)
    time = np.concatenate([rng.uniform(a, b, rng.poisson(0.1 * r * (b - a))) for a, b, r in zip(edge, edge[1:], rate)])  # noqa: B905
    side = rng.integers(0, 2, len(time))
    told, untold = (fit(Stream.of(time, side, np.ones(len(time)), one)) for one in (pace, steady(4000.0)))
    assert untold.branching.sum() > 1.0
    assert told.branching.sum() < 0.4


# uncertain dates


def acts_of(lo: list[int], hi: list[int], answers: list[tuple[int, int]]) -> Acts:
    n = len(lo)
    blank, no, ones = np.full(n, -1), np.zeros(n, bool), np.ones(n)
    pairs = np.array(answers, dtype=np.int64).reshape(-1, 2)
    return Acts(
        mover=np.arange(n) % 2, target=1 - np.arange(n) % 2, lo=np.array(lo), hi=np.array(hi), calls=no, only_answers=no,
        withdraws=no, speaks=~no, issue=blank, public=~no, score=ones, weight=ones, voice=np.zeros(n, np.int64),
        answer=pairs[:, 0], answered=pairs[:, 1],
    )  # fmt: skip


spans = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 120)), min_size=2, max_size=12)


@given(spans, st.integers(0, 2**32 - 1))
def test_drawn_times_keep_to_their_days_and_answers_come_after(rows: list[tuple[int, int]], seed: int) -> None:
    lo = [begin for begin, _ in rows]
    hi = [begin + width for begin, width in rows]
    said = [(k + 1, k) for k in range(len(rows) - 1)]
    answers = [(k + 1, k) for k in range(len(rows) - 1) if hi[k + 1] + 1 > lo[k]]  # where dates contradict it, they stand
    acts = acts_of(lo, hi, said)
    ends = (acts.answer, acts.answered)
    time = draw_times(acts, np.arange(len(rows)), *ends, np.random.default_rng(seed))
    assert np.all((time >= acts.lo) & (time <= acts.hi + 1))
    for answer, answered in answers:
        if time[answered] < hi[answer] + 1:
            assert time[answer] >= time[answered]


def test_rubin_by_hand() -> None:
    estimate = np.array([0.4, 0.5, 0.6])
    z = 1.6448536269514722
    ends = np.stack([estimate - 0.1 * z, estimate + 0.2 * z], axis=1)
    found = combine(estimate, ends, 0.9)
    total = 0.2**2 + (1 + 1 / 3) * 0.01
    freedom = 2 * (1 + 0.2**2 / ((1 + 1 / 3) * 0.01)) ** 2
    assert found.high == pytest.approx(0.5 + stats.t.ppf(0.95, freedom) * math.sqrt(total))
    assert found.low < 0.5 - z * 0.1
    same = combine(np.full(4, 0.5), np.tile([0.3, 0.8], (4, 1)), 0.9)
    assert (same.low, same.high) == pytest.approx((0.3, 0.8))  # nothing between drawings: the interval within them


def test_wider_dates_make_wider_intervals() -> None:
    stream = simulate(BASE, BRANCHING, DECAY, 2000.0, np.random.default_rng(5))
    day = np.floor(stream.time).astype(int)
    acts = acts_of(day.tolist(), day.tolist(), [])
    acts = replace(acts, mover=stream.side, target=1 - stream.side)
    vague = replace(acts, hi=acts.lo + 20)
    nothing = (acts.answer, acts.answered)
    at = np.arange(len(acts))
    pace = steady(2021.0)
    sharp, blurred = (
        excite(one, at, 0, nothing, pace, level=0.9, draws=8, seed=1) for one in (acts, vague)
    )
    assert sharp.ratios[1][1].between < blurred.ratios[1][1].between
    assert sharp.ratios[1][1].low <= 0.4 <= sharp.ratios[1][1].high
    assert sharp.radius < 1
    assert sharp.delay_low <= sharp.delay <= sharp.delay_high


def test_dates_that_contradict_an_order_are_drawn_as_they_stand() -> None:
    acts = acts_of([100, 0], [200, 50], [(1, 0)])  # the answer is dated before what it answers
    rng = np.random.default_rng(2)
    drawn = np.stack([draw_times(acts, np.arange(2), acts.answer, acts.answered, rng) for _ in range(400)])
    assert drawn.mean(axis=0) == pytest.approx([150.5, 25.5], abs=5)  # and not pressed against each other

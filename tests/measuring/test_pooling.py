"""Pooling: bands cover as often as they say; house effects, modes and bounded shares; and another program's numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from peers import assert_agree, peers
from scipy.special import expit
from scipy.stats import t as student

from rashomon.errors import RashomonError
from rashomon.measuring.levels.estimating import NOTHING, ONE_VOICE, LevelSeries
from rashomon.measuring.polls.pooling import (
    DESIGN_EFFECT,
    LOGIT,
    MODE_SD,
    NOT_COMPARABLE,
    Polls,
    joined_modes,
    polls,
    pool,
)


def line(given_: Polls) -> LevelSeries:
    """The line of polls that are all comparable."""
    (part,) = pool(given_).parts
    return part.series


# truths drawn from the prior


def deviation(draw: np.random.Generator, scale: float) -> float:
    """One from the half-t prior."""
    return float(abs(student.rvs(4, random_state=draw)) * scale)


def drawn(draw: np.random.Generator, count: int, months: int = 24) -> tuple[Polls, np.ndarray]:
    """Polls of a share from the prior, in two modes, and the share (months,) in the commoner mode from the first poll on."""
    first = np.sort(draw.integers(0, months, count))
    houses = max(2, count // 4)
    house, mode = np.arange(count) % houses, (draw.random(count) < 0.3).astype(np.int64)
    if joined_modes(first, first, mode) != ((0, 1),) or mode.sum() * 2 >= count:
        mode[:] = 0
    steps = deviation(draw, LOGIT.drift) / np.sqrt(12) * draw.normal(0, 1, months)
    steps[: first[0] + 1] = 0.0
    path = LOGIT.initial_sd * draw.normal() + np.cumsum(steps)
    lean = deviation(draw, LOGIT.voice) * draw.normal(0, 1, houses)
    excess = deviation(draw, LOGIT.noise) * draw.normal(0, 1, count)
    logit = path[first] + lean[house] + np.where(mode == 1, MODE_SD * draw.normal(), 0.0) + excess
    size = draw.integers(800, 2500, count)
    effective = np.round(size / DESIGN_EFFECT).astype(np.int64)
    share = np.round(draw.binomial(effective, expit(logit)) / effective, 2)
    bounded, bound = draw.random(count) < 0.15, draw.integers(1, 10, count) / 10  # told only to be over a bound, or under it
    low = np.where(bounded, np.where(share > bound, bound, 0.0), share)
    high = np.where(bounded, np.where(share > bound, 1.0, bound), share)
    return polls(first, low, house, high=high, size=size, mode=mode), expit(path)


@pytest.mark.parametrize(("count", "cases"), [(2, 600), (4, 600), (10, 500), (100, 300)])
def test_a_band_of_90_per_cent_covers_the_truth_in_90_per_cent_of_cases(count: int, cases: int) -> None:
    """One month of each case at random: the Monte Carlo error of the rate is 0.012 for 600 cases, 0.017 for 300."""
    draw = np.random.default_rng(count)
    inside = []
    for _ in range(cases):
        given_, share = drawn(draw, count)
        found = line(given_)
        if not found.drawn:
            continue  # 0 or 100 per cent in whole per cents say so little that one house is left
        at = int(draw.integers(0, found.times.size))
        inside.append(bool(found.low[at] <= share[found.times[at]] <= found.high[at]))
    assert len(inside) > 0.98 * cases
    assert 0.85 <= np.mean(inside) <= 0.95


# houses and modes


def test_many_polls_of_two_houses_say_less_than_many_polls_of_twenty() -> None:
    """The houses' common lean is not averaged away by asking more often."""
    def width(houses: int, count: int) -> float:
        draw = np.random.default_rng(3)
        house = np.arange(count) % houses
        logit = 0.3 + draw.normal(0, 0.2, houses)[house] + draw.normal(0, 0.05, count)
        found = line(polls(np.arange(count) % 12, np.round(expit(logit), 3), house, size=1500))
        return float(np.mean(found.high - found.low))

    assert width(2, 200) > 0.8 * width(2, 40)
    assert width(20, 200) < 0.5 * width(2, 200)


def test_houses_that_lean_apart_stand_on_both_sides_of_the_line_and_are_said_to_differ() -> None:
    month = np.tile(np.arange(24), 2)
    house = np.repeat([0, 1], 24)
    apart = line(polls(month, np.where(house == 0, 0.40, 0.60), house, size=1500))
    alike = line(polls(month, 0.50, house, size=1500))
    assert np.all((apart.mean > 0.45) & (apart.mean < 0.55))
    lean = {one.name: one.mean for one in apart.hyper}["voice"], {one.name: one.mean for one in alike.hyper}["voice"]
    assert lean[0] > 2 * lean[1]
    assert np.mean(apart.high - apart.low) > 2 * np.mean(alike.high - alike.low)


def test_a_mode_of_its_own_time_is_pooled_apart_and_one_that_shares_time_is_offset() -> None:
    month, house = np.arange(24), np.arange(24) % 3
    later = pool(polls(month, 0.4, house, size=1000, mode=(month >= 12).astype(int)))
    assert (later.comparable, later.reason, len(later.parts)) == (False, NOT_COMPARABLE, 2)
    mode = (np.arange(24) % 4 == 0).astype(int)
    (part,) = pool(polls(month, np.where(mode == 1, 0.55, 0.40), house, size=1000, mode=mode)).parts
    assert (part.modes, part.reference) == ((0, 1), 0)
    (offset,) = part.offsets
    assert offset.low < np.log(0.55 / 0.45) - np.log(0.4 / 0.6) < offset.high
    assert abs(np.mean(part.series.mean) - 0.4) < 0.03


# bounded shares, don't knows, and what is not known


def test_over_a_bound_raises_and_under_it_lowers_the_line() -> None:
    month, house = np.arange(6), np.arange(6) % 3
    before = line(polls(month, 0.4, house, size=900)).mean

    def after(low: float, high: float) -> np.ndarray:
        ends = np.append(np.full(6, 0.4), low), np.append(np.full(6, 0.4), high)
        return line(polls(np.append(month, 2), ends[0], np.append(house, 9), high=ends[1], size=900)).mean

    over, exactly, under = after(0.6, 1.0), after(0.6, 0.6), after(0.0, 0.2)
    assert np.all(over > before + 0.005)
    assert np.all(under < before - 0.005)
    assert np.all(over >= exactly - 0.005)  # over 60 per cent is no less than 60 per cent


@given(st.integers(0, 2**32 - 1), st.randoms(use_true_random=False))
def test_the_other_answer_mirrors_the_line_and_the_order_of_polls_changes_nothing(seed: int, random: Any) -> None:
    given_, _ = drawn(np.random.default_rng(seed), 8)
    order = list(range(8))
    random.shuffle(order)
    other = polls(
        given_.first[order], 1 - given_.high[order], given_.house[order],
        high=1 - given_.low[order], size=given_.size[order], mode=given_.mode[order],
    )  # fmt: skip
    one, two = line(given_), line(other)
    np.testing.assert_allclose(one.mean, 1 - two.mean, atol=1e-6)
    np.testing.assert_allclose(one.low, 1 - two.high, atol=1e-6)
    np.testing.assert_allclose(one.sd, two.sd, atol=1e-6)


def test_dont_knows_are_taken_out_and_counted() -> None:
    month, house = np.arange(12), np.arange(12) % 3
    found = pool(polls(month, 0.4, house, size=1000, dont_know=np.where(month < 6, 0.2, np.nan)))
    assert (found.dont_know_excluded, found.dont_know_unknown) == (6, 6)
    np.testing.assert_allclose(found.parts[0].series.points.low, np.where(month < 6, 0.5, 0.4))


def test_one_house_draws_no_line_and_nothing_known_is_not_zero() -> None:
    one = line(polls(np.arange(9), 0.4, 3, size=1000))
    assert (one.drawn, one.reason, one.mean.size) == (False, ONE_VOICE, 0)
    none = line(polls([0, 1], 0.0, [0, 1], high=1.0, size=1000))
    assert (none.drawn, none.reason, none.n, none.mean.size) == (False, NOTHING, 0, 0)


def test_polls_that_cannot_be_are_refused() -> None:
    for wrong in ({"share": 40}, {"share": 0.4, "size": 0}, {"share": 0.7, "dont_know": 0.4}):
        with pytest.raises(RashomonError, match="R502"):
            polls([0, 1], house=[0, 1], **wrong)


@pytest.mark.parametrize("case", peers("pool"), ids=lambda case: case["name"])
def test_numpyro_finds_the_same_line(case: dict[str, Any]) -> None:
    size = [np.nan if n is None else n for n in case["data"]["size"]]
    assert_agree(line(polls(**{**case["data"], "size": size})), case)

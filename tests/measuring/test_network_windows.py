"""Networks through time: windows as long as they are asked to be, kernels done right, uncertain days, and DNA's own faults."""

from __future__ import annotations

import math
from datetime import date
from random import Random
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measuring.discourses import said, utterances
from rashomon.errors import RashomonError
from rashomon.measuring.networks import projecting
from rashomon.measuring.networks.as_dna import dna_frames, dna_pair_frames, dna_weights
from rashomon.measuring.networks.projecting import Manner, network
from rashomon.measuring.networks.uttering import Utterances
from rashomon.measuring.networks.windowing import (
    KERNELS,
    LENGTHS,
    Moving,
    day_weights,
    frames,
    mean_over_days,
    shifted,
    windows,
)

DAY = date(2009, 1, 31).toordinal()
CONGRUENCE, SUBTRACT = Manner("actors", "congruence"), Manner("two-mode", "subtract")


# kernels


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_kernel_is_symmetric_falls_from_its_middle_and_integrates_to_one(kernel: str) -> None:
    u = np.linspace(-6, 6, 24_001)
    weights = KERNELS[kernel](u)
    assert np.allclose(weights, weights[::-1])
    assert np.all(np.diff(weights[12_000:]) <= 1e-12)
    assert np.all(weights >= 0)
    assert math.isclose(weights.sum() * (u[1] - u[0]), 1.0, abs_tol=1e-3)


def test_kernels_have_their_published_values() -> None:
    half = {name: float(kernel(np.array([0.5]))[0]) for name, kernel in KERNELS.items()}
    assert half["uniform"] == 0.5
    assert half["triangular"] == 0.5
    assert half["epanechnikov"] == 0.5625
    assert half["gaussian"] == pytest.approx(0.3520653)


@given(utterances(spread=True), st.sampled_from(["triangular", "epanechnikov", "gaussian"]), st.integers(2, 30))
def test_a_kernel_weighs_a_pair_by_the_geometric_mean_over_their_days(of: Utterances, kernel: str, size: int) -> None:
    size = min(size, int(of.last.max() - of.first.min()) + 1)
    moving = Moving(size, "days", kernel)  # type: ignore[arg-type]
    for frame in list(frames(of, moving, CONGRUENCE))[::7]:
        window = frame.window
        out = np.zeros((len(of.actors), len(of.actors)))
        mean = [np.mean([math.sqrt(_weight(day, window.middle, kernel, size)) for day in range(lo, hi + 1)])
                for lo, hi in zip(of.first.tolist(), of.last.tolist(), strict=True)]  # fmt: skip
        for i in range(len(of)):
            for j in range(len(of)):
                if of.actor[i] != of.actor[j] and of.topic[i] == of.topic[j] and of.level[i] == of.level[j]:
                    out[of.actor[i], of.actor[j]] += mean[i] * mean[j]
        assert np.allclose(frame.full(*out.shape), out, atol=1e-9)


def _weight(day: int, middle: int, kernel: str, size: int) -> float:
    return float(KERNELS[kernel](np.array([2.0 * (day - middle) / size]))[0])


def test_a_gaussian_weighs_days_beyond_its_width_and_others_do_not() -> None:
    of = said((0, 0, 1, 0, DAY), (1, 0, 1, 0, DAY + 3), (1, 0, 1, 0, DAY + 30))
    for kernel, reach in (("uniform", 3), ("gaussian", 30)):
        found = list(frames(of, Moving(6, "days", kernel), SUBTRACT))  # type: ignore[arg-type]
        assert len(found) == 31
        assert found[0].n == (2 if reach == 3 else 3)


# windows


@pytest.mark.parametrize(("unit", "days"), [("days", 7), ("weeks", 49), ("months", 212), ("years", 2556)])
def test_a_window_is_exactly_as_long_as_it_is_asked_to_be(unit: str, days: int) -> None:
    of = said((0, 0, 1, 0, date(2000, 1, 1).toordinal()), (1, 0, 1, 0, date(2010, 12, 31).toordinal()))
    found = windows(of, Moving(7, unit))  # type: ignore[arg-type]
    assert {one.stop - one.start + 1 for one in found} >= {days}
    assert all(abs(one.stop - one.start + 1 - days) <= 3 for one in found)
    assert found[0].start == of.first.min()
    assert found[-1].stop <= of.last.max()
    assert shifted(found[-1].stop, 1, unit) > of.last.max()


@pytest.mark.parametrize("kernel", ["none", *KERNELS])
def test_no_width_is_longer_than_the_data(kernel: str) -> None:
    of = said((0, 0, 1, 0, DAY), (1, 0, 1, 0, DAY + 9))
    assert windows(of, Moving(10, "days", kernel))  # type: ignore[arg-type]
    with pytest.raises(RashomonError, match="a window of 11 days over 10 days"):
        windows(of, Moving(11, "days", kernel))  # type: ignore[arg-type]


def test_months_keep_to_their_ends() -> None:
    assert [date.fromordinal(shifted(DAY, step, "months")).isoformat() for step in (1, 2, -2, 13)] == [
        "2009-02-28", "2009-03-31", "2008-11-30", "2010-02-28",
    ]  # fmt: skip
    assert date.fromordinal(shifted(date(2008, 2, 29).toordinal(), 1, "years")) == date(2009, 2, 28)


@given(utterances(), st.integers(1, 20))
def test_a_plain_window_holds_the_network_of_its_days(of: Utterances, size: int) -> None:
    if int(of.first.max() - of.first.min()) + 1 < size:
        with pytest.raises(RashomonError, match="R502"):
            windows(of, Moving(size))
        return
    for frame in frames(of, Moving(size), CONGRUENCE):
        inside = (of.first >= frame.window.start) & (of.first <= frame.window.stop)
        assert frame.n == inside.sum()
        here = network(of.at(inside), CONGRUENCE)
        assert np.allclose(frame.full(*here.shape), here)


@given(utterances(), st.integers(2, 6))
def test_a_window_of_statements_holds_so_many_in_their_order(of: Utterances, size: int) -> None:
    if len(of) < size:
        with pytest.raises(RashomonError, match="R502"):
            windows(of, Moving(size, "events"))
        return
    found = list(frames(of, Moving(size, "events"), CONGRUENCE))
    assert len(found) == len(of) - size + 1
    for begin, frame in enumerate(found):
        here = network(of.at(np.arange(begin, begin + size)), CONGRUENCE)
        assert np.allclose(frame.full(*here.shape), here)


@given(st.sampled_from(list(KERNELS)), st.integers(1, 40), st.integers(0, 120), st.data())
def test_a_mean_over_days_is_right_to_its_last_digits_far_from_the_middle_too(
    kernel: str, size: int, middle: int, data: st.DataObject
) -> None:
    table = KERNELS[kernel](2.0 * (np.arange(121) - middle) / size)
    first = data.draw(st.integers(0, 120))
    last = data.draw(st.integers(first, 120))
    expected = math.fsum(table[first : last + 1]) / (last - first + 1)
    found = mean_over_days(table, np.array([first, 0]), np.array([last, 120]))[0]
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-300)


def test_an_uncertain_day_counts_for_the_share_of_its_days_in_the_window() -> None:
    of = said((0, 0, 1, 0, DAY), (0, 0, 1, 0, DAY + 9), last=(DAY + 3, DAY + 9))
    found = list(frames(of, Moving(2), SUBTRACT))
    assert [float(one.matrix.sum()) for one in found[:5]] == [0.5, 0.5, 0.5, 0.25, 0.0]
    assert mean_over_days(np.array([1.0, 3.0]), np.array([-1]), np.array([2])).tolist() == [1.0]


@pytest.mark.parametrize(
    "asked",
    [(0,), (1, "events"), (5, "fortnights"), (5, "days", "cosine"), (5, "events", "gaussian")],
)
def test_a_window_that_there_is_not_is_refused(asked: tuple[object, ...]) -> None:
    with pytest.raises(RashomonError) as raised:
        Moving(*asked)  # type: ignore[arg-type]
    assert raised.value.fault.code == "R502"


def test_a_window_longer_than_the_data_and_a_jaccard_index_of_weights_are_refused() -> None:
    of = said((0, 0, 1, 0, DAY), (1, 0, 1, 0, DAY + 5))
    with pytest.raises(RashomonError, match="7 days over 6 days"):
        list(frames(of, Moving(7), CONGRUENCE))
    with pytest.raises(RashomonError, match="weigh"):
        list(frames(of, Moving(2, "days", "gaussian"), Manner("actors", "congruence", "jaccard")))
    assert len(list(frames(of, Moving(4, "days", "uniform", indent=True), CONGRUENCE))) == 2


# as DNA


def test_dnas_kernels_are_one_sided_and_cut_time_to_whole_units() -> None:
    days = np.arange(DAY - 4, DAY + 5)
    u = (DAY - days) / 4.0
    assert np.allclose(dna_weights(days, DAY, "days", 8, "triangular"), np.abs(1 - u))
    assert np.allclose(dna_weights(days, DAY, "days", 8, "epanechnikov"), 0.75 * (1 - u) ** 2)
    assert dna_weights(np.array([DAY + 6, DAY + 7, DAY + 8]), DAY, "weeks", 2, "triangular").tolist() == [1.0, 2.0, 2.0]
    months = dna_weights(np.array([date(2009, 1, 1).toordinal(), date(2008, 12, 31).toordinal()]), DAY, "months", 4, "triangular")
    assert months.tolist() == [1.0, 0.5]


def test_dnas_plain_windows_of_an_even_size_are_one_unit_too_long() -> None:
    of = said((0, 0, 1, 0, DAY), (1, 0, 1, 0, DAY + 9))
    for size, length in ((4, 5), (5, 5)):
        found = list(dna_frames(of, Moving(size), CONGRUENCE))
        assert {one.window.stop - one.window.start + 1 for one in found} == {length}
    # 4,000 statements over two years: its windows of 100 days are 101 days long
    two_years = said((0, 0, 1, 0, DAY), (1, 0, 1, 0, DAY + 727))
    assert len(list(dna_frames(two_years, Moving(100), CONGRUENCE))) == 628


def test_dnas_networks_of_kernels_by_loops() -> None:
    of = said((0, 0, 1, 0, DAY), (0, 0, 0, 0, DAY + 1), (1, 0, 1, 0, DAY + 2), (1, 1, 1, 0, DAY + 2), (0, 1, 1, 0, DAY + 3))
    how = Manner("actors", "subtract", "average", dna=True)
    for frame in dna_frames(of, Moving(3, "days", "epanechnikov"), how):
        weight = dna_weights(of.first, frame.window.middle, "days", 4, "epanechnikov")
        weight[(of.first < frame.window.start) | (of.first > frame.window.stop)] = 0
        out, norm = np.zeros((2, 2)), np.zeros((2, 2))
        for i in range(2):
            for j in range(2):
                for topic in range(2):
                    for level in range(2):
                        counts = [((of.actor == one) & (of.topic == topic) & (of.level == level)).sum() for one in (i, j)]
                        norm[i, j] += 2 / sum(counts) if sum(counts) else 0
                for one in range(5):
                    for other in range(5):
                        if of.actor[one] == i and of.actor[other] == j and of.topic[one] == of.topic[other]:
                            sign = 1 if of.level[one] == of.level[other] else -1
                            out[i, j] += sign * math.sqrt(weight[one] * weight[other])
        assert np.allclose(frame.matrix, out * norm)  # the diagonal is left in


def test_dnas_subtract_turns_its_sign_where_one_level_alone_is_left() -> None:
    of = said((0, 0, 1, 0, DAY), (0, 1, 1, 0, DAY))
    (dna,) = dna_frames(of, Moving(2, "days", "uniform"), SUBTRACT)
    (true,) = frames(of, Moving(1, "days", "uniform"), SUBTRACT)
    assert dna.matrix.tolist() == [[-0.5, -0.5]]
    assert true.matrix.tolist() == [[0.5, 0.5]]


def test_dnas_polarisation_through_time_leaves_out_first_and_last_days() -> None:
    of = said(*[(place % 2, 0, 1, 0, DAY + place) for place in range(8)])
    assert [one.n for one in dna_pair_frames(of, Moving(4, "days", "uniform"))] == [1, 2, 3, 3, 3, 3, 2, 1]


def test_what_dna_does_not_compute_with_a_kernel_is_refused() -> None:
    of = said((0, 0, 1, 0, DAY), (1, 0, 1, 0, DAY + 5))
    for how in (Manner("two-mode", "combine"), Manner("actors", "congruence", "cosine")):
        with pytest.raises(RashomonError, match="R502"):
            list(dna_frames(of, Moving(2, "days", "uniform"), how))
    with pytest.raises(RashomonError, match="R502"):
        list(dna_frames(of, Moving(20), CONGRUENCE))
    assert day_weights(windows(of, Moving(2))[0], Moving(2)).tolist() == [1.0, 1.0]
    assert set(LENGTHS) == {"days", "weeks", "months", "years"}


@settings(max_examples=30)
@given(st.lists(st.integers(0, 20), min_size=2, max_size=4), st.randoms(use_true_random=False), st.sampled_from([0, 4_000_000]))
def test_who_agree_as_much_as_they_differ_have_no_tie_of_rounding(days: list[int], chance: Random, most: int) -> None:
    told = [(actor, topic, 1 if actor == 0 else topic % 2) for topic in range(4) for actor in (0, 1)]
    told += [(0, 4, 0), (0, 4, 1)]  # they differ on every second topic, and on another one of them says both
    lines = [(*one, 0, DAY + day) for one in told for day in chance.sample(days, len(days))]
    of = said(*sorted(lines, key=lambda one: one[4]))
    moving = Moving(min(7, max(days) - min(days) + 1), "days", "gaussian")
    with patch.object(projecting, "DENSE", most):
        for norm in ("none", "average", "cosine"):
            for frame in frames(of, moving, Manner("actors", "subtract", norm)):
                assert not np.any(frame.full(2, 2))
        for frame in frames(of, moving, SUBTRACT):
            assert frame.full(2, 5)[0, 4] == 0.0
            assert np.all(frame.full(2, 5)[:, :4])

"""Lead and lag: the core against numpy, draws taken one at a time and simulated truth; the measure on small studies."""

from __future__ import annotations

import json
import math
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make, poll, sources, spoken
from scipy import stats

from rashomon.measuring.dynamics.changing import yearly_changes
from rashomon.measuring.dynamics.leading import (
    Asked,
    best_lag,
    correlations,
    link,
    link_all,
    measure_lead_lag,
    shuffled_blocks,
    strength,
)
from rashomon.measuring.dynamics.timelines import Label, gather_timelines

# lead and lag


@given(st.integers(1, 40), st.integers(1, 6), st.integers(0, 99))
def test_shuffled_blocks_are_orders(size: int, block: int, seed: int) -> None:
    orders = shuffled_blocks(size, block, 5, np.random.default_rng(seed))
    assert all(sorted(order) == list(range(size)) for order in orders.tolist())
    # all steps within a block go on by one, round the end
    steps = (np.diff(orders, axis=1) - 1) % size
    assert np.all((steps != 0).sum(axis=1) <= -(-size // block))


def test_correlations_are_numpys() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=30), rng.normal(size=30)
    x[4], y[9] = np.nan, np.nan
    r, n = correlations(x, y, 2, 5)
    for i, lag in enumerate(range(-2, 3)):
        a, b = x[max(0, -lag) : 30 - max(0, lag)], y[max(0, lag) : 30 - max(0, -lag)]
        there = ~(np.isnan(a) | np.isnan(b))
        assert n[i] == there.sum()
        assert r[i] == pytest.approx(np.corrcoef(a[there], b[there])[0, 1])


@given(st.integers(0, 10**6))
def test_links_of_many_pairs_are_those_of_each(seed: int) -> None:
    rng = np.random.default_rng(seed)
    first, second = (np.round(rng.normal(size=(4, 25)), 1) for _ in range(2))
    for one in (first, second):
        one[rng.random(one.shape) < 0.3] = np.nan
    second[1] = 0.1  # does not vary
    first[2, 5:] = np.nan  # too few
    second[3] = np.roll(first[3], 2)
    asked = Asked(draws=49)
    together = link_all(first, second, asked, [[seed, i] for i in range(4)])
    for i, found in enumerate(together):
        alone = link(first[i], second[i], asked, np.random.default_rng([seed, i]))
        assert repr(found) == repr(alone)  # NaN is not equal to itself
    assert [found.reason != "" for found in together[1:3]] == [True, True]
    assert together[3].lag == 2


@given(st.integers(0, 10**6), st.integers(1, 3))
def test_chance_and_interval_are_those_of_every_draw_by_itself(seed: int, reach: int) -> None:
    rng = np.random.default_rng(seed)
    first, second = (np.round(rng.normal(size=22), 1) for _ in range(2))
    first[3], second[[4, 9]] = np.nan, np.nan
    asked = Asked(reach=reach, least=6, draws=19)
    found = link(first, second, asked, np.random.default_rng(seed))
    rng = np.random.default_rng(seed)
    orders = shuffled_blocks(first.size, asked.block, asked.draws, rng)
    observed = strength(*correlations(first, second, reach, 6)).max()
    drawn = [strength(*correlations(first[order], second, reach, 6)).max() for order in orders]
    assert found.p == pytest.approx((1 + sum(one >= observed - 1e-9 for one in drawn)) / 20)
    start = rng.integers(0, 22, (19, 8, 1))
    years = ((start + np.arange(3)) % 22).reshape(19, -1)[:, :22]
    padded = np.pad(second, reach, constant_values=np.nan)
    assert found.lag is not None
    again = [correlations(first[year], padded[year + reach + found.lag], 0, 4)[0][0] for year in years]
    assert found.low == pytest.approx(np.quantile(again, 0.05))
    assert found.high == pytest.approx(np.quantile(again, 0.95))


def test_of_equal_lags_the_shortest_is_the_best() -> None:
    assert best_lag(np.array([2.0, 1.0, 0.0, 2.0 - 1e-12, 1.0])).tolist() == 3
    assert best_lag(np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 2.0]])).tolist() == [1, 2]


def test_views_without_a_link_are_linked_as_often_as_said() -> None:
    rng = np.random.default_rng(17)
    asked = Asked(draws=99)
    p = []
    for _ in range(300):
        # changes of a level that is measured with error, in some years not at all
        x, y = (np.diff(np.cumsum(rng.normal(size=41)) + rng.normal(size=41)) for _ in range(2))
        x[rng.random(40) < 0.1] = np.nan
        p.append(link(x, y, asked, rng).p)
    assert 0.06 <= np.mean(np.array(p) <= 0.1) <= 0.15
    assert stats.kstest(p, "uniform").pvalue > 0.005


@pytest.mark.parametrize("lag", [-2, 0, 1, 3])
def test_a_real_lead_is_found_with_its_lag(lag: int) -> None:
    rng = np.random.default_rng(23)
    found = right = 0
    for _ in range(40):
        shock = rng.normal(size=60)
        x = shock[10:50] + 0.5 * rng.normal(size=40)
        y = shock[10 - lag : 50 - lag] + 0.5 * rng.normal(size=40)
        done = link(x, y, Asked(draws=99), rng)
        found += done.p <= 0.1
        right += done.lag == lag
        assert done.lag_low is not None
        assert done.lag_high is not None
        assert done.lag_low <= done.lag_high
    assert found >= 38
    assert right >= 38


def test_few_common_years_and_flat_views_are_undetermined() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=7)
    assert "common yearly changes" in link(x, x, Asked(), rng).reason
    assert "does not vary" in link(np.zeros(30), rng.normal(size=30), Asked(), rng).reason
    nothing = np.full(30, np.nan)
    assert math.isnan(link(nothing, nothing, Asked(), rng).p)


# the measure


def mirrored(lag: int, seed: int) -> list[dict[str, object]]:
    rng = np.random.default_rng(seed)
    shock = rng.normal(0, 3, 60)
    a = 40 + np.cumsum(shock)[10:50] + rng.normal(0, 0.5, 40)
    b = 45 + np.cumsum(shock)[10 - lag : 50 - lag] + rng.normal(0, 0.5, 40)
    ours = [poll(i, 1975 + i, round(float(np.clip(a[i], 1, 99)), 1)) for i in range(40)]
    theirs = {
        "path": "b-public",
        "topic": "a:peaceful",
        "population": "b-public",
        "pollster": "levada",
        "source": "two",
    }
    return ours + [
        poll(100 + i, 1975 + i, round(float(np.clip(b[i], 1, 99)), 1), survey=f"l{i}", **theirs) for i in range(40)
    ]


def test_a_layer_that_moves_first_is_found_to_lead(tmp_path: Path) -> None:
    figures = mirrored(2, 4)
    paths = {"a-public": ("a-leader", "b:peaceful"), "b-public": ("a-public", "b:peaceful")}
    rows = [
        spoken(100 * k + i, 0, f"{float(str(one['share'])) / 100:.3f}", source, when=one["fielded"], path=path, topic=topic)
        for k, source in enumerate(("one", "two"), 1)
        for i, one in enumerate(figures)
        for path, topic in (paths[str(one["path"])],)
    ]
    study = make(tmp_path, sources("one", "two"), statements=rows)
    found = measure_lead_lag(study)
    (row,) = found.rows
    assert (row.kind, row.lag, row.verdict, row.voices) == ("layers", 2, "first leads", 2)
    assert (row.first, row.second) == ("a/leadership on b:peaceful", "a/public on b:peaceful")
    assert row.p <= 0.01
    assert row.p_error < 0.01
    assert row.correlation.low <= row.correlation.estimate <= row.correlation.high
    assert row.lag_low is not None
    assert row.lag_low > 0
    assert row.sources == ("one", "two")
    assert found.provenance.seed == 1955
    assert found == measure_lead_lag(make(tmp_path / "again", sources("one", "two"), statements=rows))
    json.dumps(found.to_dict(), allow_nan=False)


def test_publics_that_each_one_pollster_asks_are_not_linked(tmp_path: Path) -> None:
    (row,) = measure_lead_lag(make(tmp_path, sources("one", "two"), polls=mirrored(2, 4))).rows
    assert (row.kind, row.lag, row.verdict, row.voices) == ("mirrored", 2, "undetermined", 1)
    assert row.because.startswith("told by one voice only: r = ")
    assert row.p_holm <= 0.01  # chance is not why
    assert (row.lag_low, row.lag_high) == (None, None)
    assert math.isnan(row.correlation.low)
    assert row.correlation.estimate > 0.5


def test_layers_told_by_one_voice_are_not_linked(tmp_path: Path) -> None:
    rows = [spoken(i, 1970 + i, ("positive", "negative")[i % 2], "one") for i in range(30)]
    rows += [spoken(100 + i, 1970 + i, ("positive", "negative")[i % 2], "two", path="a-public") for i in range(30)]
    (row,) = measure_lead_lag(make(tmp_path, sources("one", "two"), statements=rows)).rows
    assert (row.kind, row.verdict) == ("layers", "undetermined")
    assert "one voice" in row.because
    assert (row.lag, row.first) == (None, "a/leadership on b:peaceful")


def beside(one: Label, other: Label) -> str:
    """Why two views are set beside each other, by the words of the measure."""
    alike = "polls" in (one.kind, other.kind) or one.measure == other.measure
    if one.side == other.side:
        return "layers" if one.layer != other.layer and one.topic == other.topic and alike else ""
    if one.layer != other.layer and one.layer and other.layer:
        return ""
    if one.target and other.target:
        mutual = one.target == other.side and other.target == one.side
        return "mirrored" if mutual and one.quality == other.quality else ""
    return "shared" if one.topic == other.topic and alike else ""


@pytest.mark.parametrize("seed", range(3))
def test_views_are_set_beside_each_other_as_said(tmp_path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    pick = rng.choice
    rows: list[dict[str, object]] = []
    for i in range(240):
        topic = str(pick(["a:peaceful", "b:peaceful", "b:strong", "a:strong", "land"]))
        stance = str(pick(["keep", "give"] if topic == "land" else ["positive", "negative"]))
        more = {
            "topic": topic, "path": str(pick(["a-leader", "a-public", "b-leader", "b-public", "a"])),
            "modality": str(pick(["believes", "wants"])),
        }  # fmt: skip
        rows.append(spoken(i, 1990 + int(rng.integers(4)), stance, str(pick(["one", "two"])), **more))
    polls = [poll(i, 1990 + i, 40 + i) for i in range(4)]
    study = make(tmp_path, sources("one", "two"), statements=rows, polls=polls)
    found = measure_lead_lag(study, asked=Asked(draws=9)).rows
    views = gather_timelines(study, by_layer=True, least=2)
    changing = [yearly_changes(one, 1950, 71)[1] > 0 for one in views]
    expected = [
        (kind, *sorted(f"{views[i].label.holder} {views[i].label.measure}" for i in pair))
        for pair in combinations(range(len(views)), 2)
        if (kind := beside(views[pair[0]].label, views[pair[1]].label)) and np.any(changing[pair[0]] & changing[pair[1]])
    ]
    assert {kind for kind, *_ in expected} == {"layers", "mirrored", "shared"}
    listed = Counter(
        (row.kind, *sorted((f"{row.first.partition(' on ')[0]} {row.first_measure}",
                            f"{row.second.partition(' on ')[0]} {row.second_measure}")))
        for row in found
    )  # fmt: skip
    assert not Counter(expected) - listed
    # what else is listed says of two sides that they are never observed together
    assert {kind for kind, *_ in listed - Counter(expected)} <= {"mirrored", "shared"}

"""Campaigns: convex weights, the structural counterfactual, placebos, and verdicts on small studies."""

from __future__ import annotations

import math
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from rashomon.errors import RashomonError
from rashomon.measuring.campaigns import Movements, measure_campaigns
from rashomon.measuring.campaigns.expecting import COEFFICIENT, SLOPE, Case, expect
from rashomon.measuring.campaigns.mixed import convex_weights, in_space, in_time, mix
from rashomon.measuring.campaigns.panels import part
from rashomon.measuring.levels.quadrature import HalfT
from rashomon.measuring.polls.pooling import LOGIT
from rashomon.study import StudyData, check_study, open_study, parse_when
from touring import campaign, figures, write_tour

# the synthetic control

tables = st.integers(0, 10_000).map(np.random.default_rng)


@given(tables, st.integers(2, 12), st.integers(1, 6))
def test_weights_are_the_nearest_mixture(rng: np.random.Generator, n: int, j: int) -> None:
    target, controls = rng.normal(size=n), rng.normal(size=(n, j)) * 10.0 ** rng.integers(-2, 3)
    weights = convex_weights(target, controls)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    left = controls @ weights - target
    # at the nearest point of a convex hull no corner lies further along the way to the target (Wolfe 1976)
    toward = (controls - (controls @ weights)[:, None]).T @ left
    assert toward.min() >= -1e-7 * (1 + np.abs(controls).max() ** 2)


@given(tables)
def test_a_mixture_is_found_and_its_gap_is_what_was_added(rng: np.random.Generator) -> None:
    controls = rng.normal(size=(20, 4)).cumsum(axis=0)
    weights = rng.dirichlet(np.ones(4))
    before = np.arange(20) < 14
    target = controls @ weights + np.where(before, 0.0, 3.0)
    found = mix(target, controls, before, shifted=False)
    assert found.weights == pytest.approx(weights, abs=1e-6)
    assert found.gap == pytest.approx(3.0, abs=1e-5)
    raised = mix(target + 50.0, controls, before)
    assert raised.weights == pytest.approx(weights, abs=1e-6)
    assert raised.gap == pytest.approx(3.0, abs=1e-5)


def test_california_smokes_as_published() -> None:
    known = tomllib.loads((ROOT / "tests" / "published" / "proposition-99.toml").read_text(encoding="utf-8"))
    target = np.array(known["packs"].pop(known["treated"]), dtype=float)
    controls = np.array(list(known["packs"].values()), dtype=float).T
    before = known["first"] + np.arange(len(target)) < known["since"]
    plain, shifted = (mix(target, controls, before, shifted=one) for one in (False, True))
    assert plain.gap == pytest.approx(known["effect"], abs=0.1)
    assert shifted.gap == pytest.approx(known["effect_shifted"], abs=0.05)
    assert {list(known["packs"])[k] for k in np.argsort(-plain.weights)[:3]} == {"Utah", "Montana", "Nevada"}
    ratios = in_space(controls, before, shifted=False)
    assert np.sum(ratios >= plain.ratio) < 0.1 * (ratios.size + 1)


@given(tables)
def test_earlier_dates_use_nothing_that_came_later(rng: np.random.Generator) -> None:
    controls = rng.normal(size=(20, 3)).cumsum(axis=0)
    target, before = rng.normal(size=20).cumsum(), np.arange(20) < 14
    places, ratios = in_time(target, controls, before, (5, 2))
    assert places.tolist() == list(range(5, 13))
    changed = target + np.where(before, 0.0, rng.normal() * 100)
    assert in_time(changed, controls, before, (5, 2))[1] == pytest.approx(ratios)
    early = mix(target[:11], controls[:11], np.arange(11) < 5)  # as many values after as there truly are
    assert ratios[0] == pytest.approx(early.ratio)


# the structural counterfactual


def filtered(case: Case, q: float, sigma: float, b: float) -> tuple[float, float, float]:
    """Log likelihood before, and mean and variance of the movement: by a Kalman filter whose state is the level, the drift,
    the coefficients and the running sum of what was expected after.
    """
    j = case.controls.shape[1]
    beside = case.controls - case.controls[~case.after].mean(axis=0)
    state, likelihood = np.zeros(3 + j), 0.0
    cov = np.diag([LOGIT.initial_sd**2, (SLOPE * LOGIT.drift) ** 2, *[b**2] * j, 0.0])
    many, past = int(case.after.sum()), float(case.times[0])
    for time, value, variance, x, late in zip(case.times, case.values, case.variances, beside, case.after, strict=True):
        step = np.eye(3 + j)
        step[0, 1] = time - past
        state, cov = step @ state, step @ cov @ step.T
        cov[0, 0] += q**2 * (time - past)
        past = float(time)
        seen = np.concatenate([[1.0, 0.0], x, [0.0]])
        if late:
            adding = np.eye(3 + j)
            adding[-1] += seen / many
            state, cov = adding @ state, adding @ cov @ adding.T
            cov[-1, -1] += (variance + sigma**2) / many**2
        else:
            total = seen @ cov @ seen + variance + sigma**2
            error = value - seen @ state
            likelihood += -0.5 * (math.log(total) + error**2 / total)
            gain = cov @ seen / total
            state, cov = state + gain * error, cov - np.outer(gain, seen @ cov)
    return likelihood, float(case.values[case.after].mean() - state[-1]), float(cov[-1, -1])


def drawn(rng: np.random.Generator, n: int, after: int, j: int) -> Case:
    """A case drawn from the priors of the model, with no movement."""
    q, sigma, b = (abs(scale * rng.standard_t(4)) for scale in (LOGIT.drift, LOGIT.noise, COEFFICIENT))
    times = np.sort(rng.uniform(0, n, n))
    walk = np.concatenate([[0.0], rng.normal(0, q * np.sqrt(np.diff(times)))]).cumsum()
    controls = rng.normal(0, 0.3, (n, j)).cumsum(axis=0)
    late = np.arange(n) >= n - after
    path = rng.normal(0, LOGIT.initial_sd) + walk + rng.normal(0, SLOPE * LOGIT.drift) * (times - times[0])
    path += (controls - controls[~late].mean(axis=0)) @ rng.normal(0, b, j)
    variance = rng.uniform(0.05, 0.2, n) ** 2
    return Case(times, path + rng.normal(0, np.sqrt(variance + sigma**2)), variance, controls, late)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_is_the_kalman_filter_integrated_over_its_deviations(seed: int) -> None:
    case = drawn(np.random.default_rng(seed), 14, 3, seed - 1)
    nodes, weights = np.polynomial.legendre.leggauss(9)
    shares, mass = (nodes + 1) / 2, weights / 2
    axes = [HalfT(scale).quantile(shares) for scale in (LOGIT.drift, LOGIT.noise, COEFFICIENT)]
    every = [(q, sigma, b) for q in axes[0] for sigma in axes[1] for b in axes[2]]
    found = np.array([filtered(case, *one) for one in every])
    weight = np.exp(found[:, 0] - found[:, 0].max()) * np.multiply.outer(np.multiply.outer(mass, mass), mass).ravel()
    weight /= weight.sum()
    mean = float(weight @ found[:, 1])
    deviation = math.sqrt(float(weight @ (found[:, 2] + found[:, 1] ** 2)) - mean**2)
    (ours,) = expect([case], LOGIT)
    assert ours.movement[0] == pytest.approx(mean, abs=0.03 * deviation)
    assert ours.movement[1] == pytest.approx(deviation, rel=0.03)


def test_bands_hold_the_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(2010)
    cases = [drawn(rng, int(rng.integers(8, 22)), int(rng.integers(2, 5)), int(rng.integers(0, 4))) for _ in range(300)]
    inside = [one.movement[2] <= 0 <= one.movement[3] for one in expect(cases, LOGIT)]
    assert 0.86 <= np.mean(inside) <= 0.94  # 90 %, and more than twice its own error


def test_what_is_added_after_is_found_and_changes_nothing_before() -> None:
    case = drawn(np.random.default_rng(5), 16, 4, 2)
    moved = Case(case.times, case.values + 0.8 * case.after, case.variances, case.controls, case.after)
    one, other = expect([case, moved], LOGIT)
    assert other.movement[0] - one.movement[0] == pytest.approx(0.8)
    assert other.mean == pytest.approx(one.mean)


# studies


def measured(
    folder: Path, polls: list[dict[str, object]], declared: str = "", **tables: list[dict[str, object]]
) -> Movements:
    return measure_campaigns(open_study(write_tour(folder, declared, polls=polls, **tables)))


@pytest.mark.parametrize(
    ("when", "parted"),
    [
        ("1993/1994", ([1991, 1992], [1993, 1994], 0)),  # it lasted from the first day of that year
        ("1993-02/1993-12", ([1991, 1992], [1994], 1)),
        ("[1993-01..1993-12]", ([1991, 1992], [1994], 1)),  # some day of it
    ],
)
def test_the_value_of_a_year_comes_after_what_began_with_it(when: str, parted: tuple[list[int], list[int], int]) -> None:
    years = np.arange(1991, 1995)
    start, end = (np.array([date(year, *day).toordinal() for year in years.tolist()]) for day in ((1, 1), (12, 31)))
    before, after, straddling = part(cast(Any, SimpleNamespace(start=start, end=end)), parse_when(when))
    assert (years[before].tolist(), years[after].tolist(), straddling) == parted


def test_a_campaign_that_moved_is_told(tmp_path: Path) -> None:
    (row,) = measured(tmp_path, figures(0.8)).rows
    assert row.verdict == "moved", row.because
    assert row.because.startswith("up; ")
    assert (row.n_before, row.n_after, row.n, row.voices) == (15, 6, 21, 1)
    assert 8 < row.movement.low < row.movement.high < 27  # 0.8 logits make up to 19.7 points
    assert row.gap == pytest.approx(row.movement.estimate, abs=4)
    assert [one.control.measure for one in row.controls] == [
        f"like-{one.control.measure[5]}: yes" for one in row.controls
    ]
    assert sum(one.weight for one in row.controls) == pytest.approx(1)
    assert row.p_space == pytest.approx(1 / 5)  # four controls: it cannot be less
    assert row.p_time == pytest.approx(1 / 10)  # nine earlier dates: the least there can be
    assert {one.series is None for one in row.placebos} == {True, False}
    assert row.sources == ("book", "memoir")
    assert [one.after for one in row.moments] == [False] * 15 + [True] * 6
    last = row.moments[-1]
    assert last.without.high < last.observed.low
    assert last.mixed < last.observed.low
    assert len(row.records) == row.n


def test_where_nothing_moved_no_movement_is_found(tmp_path: Path) -> None:
    (row,) = measured(tmp_path, figures(0.0)).rows
    assert row.verdict == "no movement found"
    assert row.smallest < 10
    assert f"less than {row.smallest:.2g}" in row.because


AID = (
    '[[campaign]]\nid = "aid"\nname = "Aid"\nby = "north"\ntoward = "south"\nwhen = "2003"\naims = ["south:peaceful"]\n'
)


@pytest.mark.parametrize(
    ("declared", "reason"),
    [
        (campaign(controls=""), "no control can be set beside it"),
        (campaign(more='[[date]]\nid = "war"\nname = "War"\nwhen = "2002-03"\n'), "other dated events fell into the time: war"),
        (campaign(when="1989/1990"), "only 4 values are on record before it, where 5 are needed"),
        (campaign(when="2005-01/2007"), "only 1 value is on record after its beginning, where 2 are needed"),
        (campaign(aims='["south:peaceful"]'), "nothing that the side addressed says on it is on record"),
        (
            campaign(more=AID),
            "other dated events fell into the time: aid",
        ),
    ],
    ids=["no control", "named date", "before", "after", "silent", "another campaign"],
)  # fmt: skip
def test_what_cannot_be_told_says_why(tmp_path: Path, declared: str, reason: str) -> None:
    row = measured(tmp_path, figures(0.8), declared).rows[0]
    assert row.verdict == "undetermined"
    assert reason in row.because


def test_a_series_by_another_name_is_no_control_of_itself_and_counts_once(tmp_path: Path) -> None:
    (plain,) = measured(tmp_path / "plain", figures(0.8)).rows
    controls = 'controls = ["peaceful=yes", "like-a=yes", "like-a", "like-b", "like-c", "like-d"]'
    (row,) = measured(tmp_path / "named", figures(0.8), campaign(controls)).rows
    assert row == plain


def test_another_mode_is_never_joined(tmp_path: Path) -> None:
    rows = [one | ({"mode": "mail"} if str(one["fielded"]) > "2001" else {}) for one in figures(0.8)]
    found = measured(tmp_path, rows).rows
    assert [row.view.instrument for row in found] == ["gallup, face-to-face", "gallup, mail"]
    assert {row.verdict for row in found} == {"undetermined"}
    assert "what gallup, mail asked then is never joined to it" in found[0].because
    assert "what gallup, face-to-face asked then is never joined to it" in found[1].because


def test_placebos_that_move_as_much_forbid_a_verdict(tmp_path: Path) -> None:
    polls = figures(0.5)
    rng = np.random.default_rng(8)
    for one in polls:  # the series and its controls jump every year by more than the model takes to be common
        one["share"] = round(float(np.clip(float(str(one["share"])) + rng.choice([-14, 14]), 3, 97)), 1)
    (row,) = measured(tmp_path, polls).rows
    assert row.verdict != "moved"


def test_a_control_that_was_seldom_asked_is_left_out(tmp_path: Path) -> None:
    polls = [one for one in figures(0.8) if one["question"] != "like-a" or str(one["fielded"]) < "1994"]
    (row,) = measured(tmp_path, polls).rows
    assert [(one.control.measure, one.because) for one in row.left_out] == [
        ("like-a: yes", "it is not known at 6 of the 15 times before")
    ]
    assert "like-a: yes" not in [one.control.measure for one in row.controls]


def test_moves_of_the_two_sides_stand_beside_it(tmp_path: Path) -> None:
    move = {"id": "m1", "when": "2002", "actor": "north-leader", "target": "south", "kind": "visits"}
    moves = [
        move,
        move | {"id": "m2", "when": "1990"},
        move | {"id": "m3", "actor": "south-ministry", "target": "south-public"},
    ]
    (row,) = measured(tmp_path, figures(0.8), moves=moves).rows
    assert row.verdict == "moved"
    assert [(one.kind, one.id) for one in row.events] == [("move", "m1")]
    assert row.moves == 1


def test_what_was_not_yet_known_is_left_out(tmp_path: Path) -> None:
    polls = [one | {"known": f"{str(one['fielded'])[:4]}-12-01"} for one in figures(0.8)]
    study = open_study(write_tour(tmp_path, polls=polls))
    (row,) = measure_campaigns(study.as_of(730_500)).rows  # 2001-01-10
    assert (row.n_after, row.verdict) == (1, "undetermined")
    (row,) = measure_campaigns(study.without("gallup")).rows
    assert row.because == "nothing that the side addressed says on it is on record"


def test_statements_of_voices_on_both_sides(tmp_path: Path) -> None:
    def told(source: str, start: int) -> list[dict[str, object]]:
        stances = ["negative"] * 8 + ["positive"] * 4
        made: dict[str, object] = {"path": "south-ministry", "topic": "north:peaceful", "source": source}
        return [
            made | {"id": f"s{start + k}", "stance": stance, "when": f"{1992 + k}-03"}
            for k, stance in enumerate(stances)
        ]

    declared = campaign(controls="", aims='["north:peaceful"]')
    root = write_tour(tmp_path / "two", declared, statements=[*told("book", 0), *told("memoir", 50)])
    (row,) = measure_campaigns(open_study(root)).rows
    assert (row.view.holder, row.kind, row.voices) == ("south/ministry", "statements", 2)
    assert row.movement.estimate > 0.5
    assert row.because.startswith("no control")
    (row,) = measure_campaigns(open_study(write_tour(tmp_path / "one", declared, statements=told("book", 0)))).rows
    assert row.because == "1 of the voices speak both before and after, where 2 are needed"
    assert math.isnan(row.movement.low)


# size and faults


def test_under_no_movement_few_are_told_to_have_moved(tmp_path: Path) -> None:
    verdicts = []
    for seed in range(12):
        polls = figures(0.0, last=2003, seed=100 + seed)
        verdicts.append(measured(tmp_path / str(seed), polls).rows[0].verdict)
    assert verdicts.count("moved") <= 3  # of 12 at 10 %: more in one case of fifty
    assert verdicts.count("no movement found") >= 8


@pytest.mark.parametrize(
    ("old", "new", "code", "found"),
    [
        ('aims = ["peaceful"]', 'aims = ["peacful"]', "R571", "'peacful'"),
        ('aims = ["peaceful"]', 'aims = ["peaceful=maybe"]', "R571", "'maybe'"),
        ('aims = ["peaceful"]', 'aims = ["north:peacefull"]', "R571", "'north:peacefull'"),
        ('aims = ["peaceful"]', 'aims = ["border -> north:peaceful"]', "R571", "a cause"),
        ('aims = ["peaceful"]', 'aims = ["peaceful", "like-a"]', "R571", "'like-a'"),
        ('aims = ["peaceful"]', "aims = []", "R203", ""),
        ('by = "north-leader"', 'by = "north-laeder"', "R208", "'north-laeder'"),
        ('toward = "south"', 'toward = "south-public"', "R206", "'south-public'"),
        ('source = "memoir"', 'source = "memor"', "R209", "'memor'"),
        ('when = "2000/2001"', 'when = "1900"', "R211", "'1900'"),
        ('name = "A tour"', 'nam = "A tour"', "R201", "'nam'"),
    ],
)
def test_faults_say_where_and_how_to_mend(tmp_path: Path, old: str, new: str, code: str, found: str) -> None:
    write_tour(tmp_path)
    text = (tmp_path / "study.toml").read_text(encoding="utf-8")
    (tmp_path / "study.toml").write_text(text.replace(old, new), encoding="utf-8")
    faults = [one for one in check_study(tmp_path).faults if one.code == code]
    assert faults
    assert found in faults[0].found
    assert faults[0].where.file == "study.toml"
    assert faults[0].where.line is not None
    assert faults[0].allowed
    assert faults[0].remedy
    with pytest.raises(RashomonError):
        open_study(tmp_path)


# the worked study


@pytest.fixture(scope="module")
def worked() -> StudyData:
    return open_study(ROOT / "examples" / "kuril")


def test_of_the_worked_study_nothing_can_be_told_and_it_says_why(worked: StudyData) -> None:
    found = measure_campaigns(worked)
    assert {row.campaign for row in found.rows} == {one.id for one in worked.declared.campaigns}
    assert {row.verdict for row in found.rows} == {"undetermined"}
    because = {(row.campaign, row.aim): row.because for row in found.rows}
    assert (
        because["goodwill-1997", "levada-attitude-japan=good"]
        == "only 1 value is on record before it, where 5 are needed"
    )
    assert found.to_dict()["rows"][0]["movement"]["estimate"] is None
    assert not found.table().empty


def test_real_figures_are_set_beside_each_other(worked: StudyData) -> None:
    """Closeness to the United States in Japan, with closeness to Korea and China as controls, at a made-up date."""
    (tour,) = [one for one in worked.declared.campaigns if one.id == "persuading-the-japanese-1993"]
    names = [f"cabinet-affinity-{name}=feels-close" for name in ("usa", "south-korea", "china")]
    made = tour.model_copy(
        update={"when": parse_when("2011-01"), "aims": tuple(names[:1]), "controls": tuple(names[1:])}
    )
    declared = worked.declared.model_copy(update={"campaigns": (made,), "dates": ()})
    (row,) = (
        one
        for one in measure_campaigns(replace(worked, declared=declared)).rows
        if "20 and over" in one.view.instrument
    )
    assert row.n_before >= 5
    assert {one.control.topic for one in row.controls} <= {"south-korea:affinity", "china:affinity"}
    assert len(row.controls) + len(row.left_out) >= 2
    assert row.movement.low < row.movement.estimate < row.movement.high
    assert row.verdict in ("no movement found", "undetermined")

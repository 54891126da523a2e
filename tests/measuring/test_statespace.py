"""Conditioning side by side is conditioning one by one, and each is a dense multivariate normal computation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.measuring.statespace import Chain, Conditioned, Layout, autoregression, condition, lay_out, random_walk

CLOSE = {"rtol": 1e-7, "atol": 1e-9}


@dataclass(frozen=True)
class Case:
    """One series: gaps between its places, each cell's place and columns (voice, shared effect), and the numbers."""

    gaps: np.ndarray
    anchor: int
    place: np.ndarray
    columns: np.ndarray
    shared_var: np.ndarray
    step_var: np.ndarray
    voice_var: np.ndarray
    weight: np.ndarray
    shift: np.ndarray
    half_life: float | None

    @property
    def points(self) -> int:
        return self.step_var.size


INITIAL = 0.7


@st.composite
def cases(draw: st.DrawFn, points: int = 2, voices: int = 5, bins: int = 5) -> Case:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    places = draw(st.integers(1, bins))
    voice_count = draw(st.integers(1, voices))
    shared = draw(st.integers(0, 2))
    pairs = {(int(p), int(v), int(k)) for p, v, k in zip(
        rng.integers(0, places, 12), rng.integers(-1, voice_count, 12), rng.integers(-1, shared, 12), strict=True
    )}  # fmt: skip
    chosen = sorted(pairs | {(p, -1, -1) for p in range(places)})  # every place is observed
    rows = np.array(chosen)
    weight = rng.gamma(1.0, 5.0, (len(rows), points)) * (rng.random((len(rows), 1)) < 0.8)
    return Case(
        gaps=rng.integers(1, 5, places - 1).astype(float),
        anchor=int(rng.integers(0, places)),
        place=rows[:, 0],
        columns=np.where(rows[:, 1:] >= 0, rows[:, 1:] + [[0, voice_count]], -1),
        shared_var=rng.uniform(0.1, 1.0, shared),
        step_var=rng.uniform(0.01, 0.5, points),
        voice_var=rng.uniform(0.01, 1.0, points),
        weight=weight,
        shift=rng.normal(0, 3, weight.shape),
        half_life=draw(st.none() | st.floats(0.5, 20)),
    )


def voices_of(case: Case) -> int:
    found = case.columns[:, 0].max(initial=-1) + 1
    shared = case.columns[:, 1][case.columns[:, 1] >= 0]
    return max(int(found), int(shared.min()) - 0 if shared.size else int(found))


def side_by_side(cases: list[Case], wanted: list[np.ndarray]) -> tuple[Layout, Conditioned]:
    """All the cases as one batch."""
    lengths = np.array([one.gaps.size + 1 for one in cases])
    longest = int(lengths.max())
    gaps = np.full((longest - 1, len(cases)), np.inf)
    columns, owner, fixed, asked, base, cells = [], [], [], [], 0, 0
    for k, one in enumerate(cases):
        gaps[: one.gaps.size, k] = one.gaps
        count = int(one.columns.max(initial=-1)) + 1
        columns.append(np.where(one.columns >= 0, one.columns + base, -1))
        owner += [k] * count
        voice = np.full(count, np.nan)
        voice[count - one.shared_var.size :] = one.shared_var if count >= one.shared_var.size else np.nan
        fixed.append(fixed_of(one, count))
        asked.append(wanted[k] + cells)
        base, cells = base + count, cells + one.place.size
    layout = lay_out(
        lengths,
        np.repeat(np.arange(len(cases)), [one.place.size for one in cases]),
        np.concatenate([one.place for one in cases]),
        np.concatenate(columns),
        np.array(owner, dtype=np.int64),
        np.concatenate(fixed),
        np.concatenate(asked),
    )
    chain = chain_of(cases, gaps)
    stacked = [np.concatenate([getattr(one, name) for one in cases]) for name in ("weight", "shift")]
    return layout, condition(layout, chain, np.stack([one.voice_var for one in cases]), *stacked)


def fixed_of(case: Case, count: int) -> np.ndarray:
    """The prior variance of each column: NaN of voices."""
    out = np.full(count, np.nan)
    shared = np.unique(case.columns[:, 1][case.columns[:, 1] >= 0])
    first = int(case.columns[:, 0].max(initial=-1)) + 1
    for column in range(first, count):
        out[column] = 0.3 if column in shared else 0.3
    return out


def chain_of(cases: list[Case], gaps: np.ndarray) -> Chain:
    step = np.stack([one.step_var for one in cases])
    if cases[0].half_life is None:
        return random_walk(gaps, np.array([one.anchor for one in cases]), INITIAL, step)
    persistence = np.stack([np.full(one.points, 2.0 ** (-1 / (cases[0].half_life or 1))) for one in cases])
    return autoregression(gaps, np.minimum(step, 0.4), step, persistence)


def dense(case: Case, point: int, like: Case) -> dict[str, np.ndarray]:
    """The same of one case by a covariance matrix and its inverse: no structure is used."""
    bins = case.gaps.size + 1
    when = np.concatenate([[0.0], np.cumsum(case.gaps)])
    q2 = case.step_var[point]
    if like.half_life is None:
        apart = when - when[case.anchor]
        same = np.sign(apart)[:, None] * np.sign(apart) > 0
        prior = INITIAL + q2 * np.where(same, np.minimum.outer(np.abs(apart), np.abs(apart)), 0.0)
    else:
        rho, start = 2.0 ** (-1 / like.half_life), min(q2, 0.4)
        var = q2 + (start - q2) * rho ** (2 * when)
        prior = np.minimum.outer(when, when)  # place of the earlier
        earlier = np.minimum.outer(np.arange(bins), np.arange(bins))
        prior = var[earlier] * rho ** np.abs(np.subtract.outer(when, when))
    count = int(case.columns.max(initial=-1)) + 1
    variance = np.where(np.isnan(fixed_of(case, count)), case.voice_var[point], fixed_of(case, count))
    joint = np.zeros((bins + count, bins + count))
    joint[:bins, :bins] = prior
    joint[bins:, bins:] = np.diag(variance)
    seen = np.zeros((case.place.size, bins + count))
    seen[np.arange(case.place.size), case.place] = 1
    for k in range(2):
        has = case.columns[:, k] >= 0
        seen[np.flatnonzero(has), bins + case.columns[has, k]] = 1
    weight, shift = case.weight[:, point], case.shift[:, point]
    precision = np.linalg.inv(joint) + seen.T @ (weight[:, None] * seen)
    cov = np.linalg.inv(precision)
    mean = cov @ seen.T @ shift
    log_integral = 0.5 * (mean @ precision @ mean - np.linalg.slogdet(joint)[1] - np.linalg.slogdet(precision)[1])
    return {
        "mean": mean[:bins],
        "var": np.diag(cov)[:bins],
        "columns": mean[bins:],
        "columns_var": np.diag(cov)[bins:],
        "cells": seen @ mean,
        "cells_var": np.einsum("ci,ij,cj->c", seen, cov, seen),
        "log_integral": np.array(log_integral),
    }


@given(st.lists(cases(), min_size=1, max_size=3), st.data())
def test_conditioning_is_a_dense_computation(some: list[Case], data: st.DataObject) -> None:
    check(some, data)


@given(st.lists(cases(voices=9, bins=2), min_size=1, max_size=2), st.data())
def test_where_voices_are_more_than_places_too(some: list[Case], data: st.DataObject) -> None:
    alone = [Case(**{**vars(one), "columns": np.column_stack([one.columns[:, 0], np.full(one.place.size, -1)])}) for one in some]
    check(alone, data)


def check(some: list[Case], data: st.DataObject) -> None:
    wanted = [np.flatnonzero(data.draw(st.lists(st.booleans(), min_size=c.place.size, max_size=c.place.size))) for c in some]
    layout, found = side_by_side(some, wanted)
    base = cells = 0
    for k, case in enumerate(some):
        bins, m = case.gaps.size + 1, wanted[k].size
        of = np.flatnonzero(layout.carried[:, k] >= 0)
        columns = layout.carried[of, k] - base
        for point in range(case.points):
            true = dense(case, point, some[0])
            np.testing.assert_allclose(found.mean[:bins, k, point], true["mean"], **CLOSE)
            np.testing.assert_allclose(found.var[:bins, k, point], true["var"], **CLOSE)
            np.testing.assert_allclose(found.column_mean[of, k, point], true["columns"][columns], **CLOSE)
            np.testing.assert_allclose(found.column_var[of, k, point], true["columns_var"][columns], **CLOSE)
            np.testing.assert_allclose(found.cell_mean[cells : cells + m, point], true["cells"][wanted[k]], **CLOSE)
            np.testing.assert_allclose(found.cell_var[cells : cells + m, point], true["cells_var"][wanted[k]], **CLOSE)
            assert found.log_integral[k, point] == pytest.approx(float(true["log_integral"]), rel=1e-7, abs=1e-7)
        base, cells = base + int(case.columns.max(initial=-1)) + 1, cells + m

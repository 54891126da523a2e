"""Posteriors that NumPyro's NUTS found for the same model, frozen by ``python benchmarks/levels.py --freeze FILE``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from rashomon.measuring.levels.estimating import LevelSeries

FROZEN = json.loads((Path(__file__).parents[1] / "published" / "numpyro_levels.json").read_text(encoding="utf-8"))


def peers(kind: str) -> list[Any]:
    """The cases of a kind: levels or pool."""
    return [one for one in FROZEN["cases"] if one["kind"] == kind]


def assert_agree(ours: LevelSeries, theirs: dict[str, Any]) -> None:
    """Means within 0.03 posterior deviations and ends of the band within 0.12.

    The means of the draws have Monte Carlo errors of up to 0.012 deviations, which the file gives, and their 5 % quantiles about
    twice as much; the rest is the error of expectation propagation and of the quadrature.
    """
    sd = np.array(theirs["sd"])
    assert theirs["error_in_sd"] < 0.015
    np.testing.assert_allclose((ours.mean - theirs["mean"]) / sd, 0, atol=0.03)
    for mine, name in ((ours.low, "low"), (ours.high, "high")):
        np.testing.assert_allclose((mine - theirs[name]) / sd, 0, atol=0.12)
    np.testing.assert_allclose(ours.sd / sd, 1, atol=0.07)
    for one in ours.hyper:
        assert abs(one.mean - theirs["hyper"][one.name]) < 0.1 * one.sd

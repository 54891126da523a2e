"""The mean over voices: its band covers, a voice counts once, and nothing narrows that should not."""

from __future__ import annotations

import numpy as np
import pytest

from rashomon.measuring.averaging import POSITION, QUALITY, difference, posterior, quantiles, summarise


def post(values: list[float], voices: list[int], width: float = 0.0):  # type: ignore[no-untyped-def]
    middle = np.array(values)
    return posterior(middle - width / 2, middle + width / 2, np.array(voices), QUALITY)


def test_one_voice_has_no_band() -> None:
    found = summarise(post([0.4, 0.5, 0.3], [7, 7, 7]))
    assert (found.n, found.voices) == (3, 1)
    assert np.isnan(found.low)
    assert np.isnan(found.high)


def test_repeating_a_voice_adds_rows_and_no_voice() -> None:
    few, many = post([0.4, -0.2], [0, 1], 0.4), post([0.4] * 30 + [-0.2], [0] * 30 + [1], 0.4)
    for name in ("mean", "sd"):
        assert getattr(few, name) == pytest.approx(getattr(many, name))
    assert (summarise(many).n, summarise(many).voices) == (31, 2)


def test_quantiles_are_those_of_the_mixture() -> None:
    from scipy.special import ndtr

    found = post([0.5, -0.1, 0.2], [0, 1, 2], 0.4)
    for p, x in zip((0.05, 0.5, 0.95), quantiles(found, (0.05, 0.5, 0.95)), strict=True):
        assert float((ndtr((x - found.mean) / found.sd) * found.weight).sum()) == pytest.approx(p, abs=1e-6)


def test_the_difference_is_antisymmetric() -> None:
    one, other = post([0.5, 0.1], [0, 1], 0.2), post([-0.4, 0.0], [0, 1], 0.2)
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
        low, high = quantiles(found, (0.05, 0.95))
        inside += low <= mu <= high
    assert 0.85 <= inside / runs <= 0.96

"""Are two sets of texts, or of sentences, apart in their rates? Permutation for chance, and a bootstrap for the interval.

Texts that stand next to each other in time resemble each other, so that blocks of neighbours are shuffled and drawn, not
texts (Künsch 1989; Davison & Hinkley 1997, ch. 8), and they are shuffled only among blocks of their own time, so that what
changes in both sets alike does not part them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.permuting import affordable, p_value

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DRAWS: Final = 1999
LEAST_BLOCKS: Final = 4
"""Blocks on either side below which nothing is decided."""


@dataclass(frozen=True, slots=True)
class Apart:
    """For each category (c,): the difference of the two pooled rates per thousand, its band, and the p-value; NaN where not
    given.
    """

    one: Floats
    other: Floats
    difference: Floats
    low: Floats
    high: Floats
    p: Floats


def rates(counts: Floats, words: Floats, weights: Floats) -> Floats:
    """Pooled rates (draws, c) of units drawn with ``weights`` (draws, n): ``counts`` (n, c), ``words`` (n,; thousands)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        out: Floats = (weights @ counts) / (weights @ words)[:, None]
    return out


def compare(
    counts: Floats, words: Floats, first: Bools, stratum: Ints, level: float, seed: int, draws: int = DRAWS
) -> Apart:
    """The units that are ``first`` (n,) against the others, shuffled within each ``stratum`` (n,).

    The p-value is two-sided, about what shuffles show on average. ``counts`` (n, c); ``words`` (n,), thousands.
    """
    rng = np.random.default_rng(seed)
    draws = affordable(draws, len(words))
    whole = first[None, :].astype(np.float64)
    one, other = rates(counts, words, whole)[0], rates(counts, words, 1.0 - whole)[0]
    shuffled = shuffle(first, stratum, draws, rng).astype(np.float64)
    chance = rates(counts, words, shuffled) - rates(counts, words, 1.0 - shuffled)
    centre = np.nanmean(chance, axis=0)
    observed, strayed = np.abs(one - other - centre), np.abs(chance - centre)
    p = np.array(
        [p_value(float(seen), column[~np.isnan(column)]) for seen, column in zip(observed, strayed.T, strict=True)]
    )
    drawn = rates(counts, words, resample(first, draws, rng)) - rates(counts, words, resample(~first, draws, rng))
    low, high = np.nanquantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return Apart(one, other, one - other, low, high, p)


def shuffle(labels: Bools, stratum: Ints, draws: int, rng: np.random.Generator) -> Bools:
    """``labels`` (n,) in ``draws`` random orders (draws, n), each within its stratum (whole numbers)."""
    home = np.argsort(stratum, kind="stable")
    order = np.argsort(rng.random((draws, len(labels))) + stratum[home], axis=1)
    out = np.empty((draws, len(labels)), np.bool_)
    out[:, home] = labels[home][order]
    return out


def resample(members: Bools, draws: int, rng: np.random.Generator) -> Floats:
    """How often each unit is drawn (draws, n), where as many of the ``members`` (n,) are drawn as there are."""
    places = np.flatnonzero(members)
    picked = places[rng.integers(0, len(places), (draws, len(places)))]
    out = np.zeros((draws, len(members)))
    np.add.at(out, (np.arange(draws)[:, None], picked), 1.0)
    return out


def in_blocks(counts: Floats, words: Floats, length: int) -> tuple[Floats, Floats, Ints]:
    """Units in order (n,) put together in blocks of ``length``: their counts, words, and the place of the first of each."""
    starts = np.arange(0, len(words), length)
    return np.add.reduceat(counts, starts, axis=0), np.add.reduceat(words, starts), starts

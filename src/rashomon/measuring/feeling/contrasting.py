"""Are two sets of texts, or of sentences, apart in their rates? Permutation for chance, and a bootstrap for the interval.

Texts that stand next to each other in time resemble each other, so that blocks of neighbours are shuffled and drawn, not
texts (Künsch 1989; Davison & Hinkley 1997, ch. 8), and they are shuffled only among blocks of their own time, so that what
changes in both sets alike does not part them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.statistics.permuting import affordable, p_value, shuffles_within

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DRAWS: Final = 1999
MOST_SHUFFLED: Final = 5_000_000
"""Units times shuffles at most, but for 199 shuffles."""
_AT_ONCE: Final = 1_000_000  # labels held at a time
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


def compare(
    counts: Floats, words: Floats, first: Bools, stratum: Ints, level: float, seed: int, clusters: Ints | None = None
) -> Apart:
    """The units that are ``first`` (n,) against the others, shuffled within each ``stratum`` (n,).

    The p-value is two-sided, about what shuffles show on average. ``counts`` (n, c); ``words`` (n,), thousands. The band comes
    from drawing the units of each set anew, or whole ``clusters`` (n,; numbered from 0 on) of units of both.
    """
    rng = np.random.default_rng(seed)
    draws = affordable(DRAWS, len(words), MOST_SHUFFLED)
    whole = first[None, :].astype(np.float64)
    one, other = _rates(counts, words, whole)[0], _rates(counts, words, 1.0 - whole)[0]
    chance = np.concatenate([_chance(counts, words, part) for part in shuffles(first, stratum, draws, rng)])
    centre = np.nanmean(chance, axis=0)
    observed, strayed = np.abs(one - other - centre), np.abs(chance - centre)
    p = [p_value(float(seen), column[~np.isnan(column)]) for seen, column in zip(observed, strayed.T, strict=True)]
    group = np.arange(len(first)) if clusters is None else clusters
    sets = [_gathered(counts, words, np.where(mine, group, -1), group) for mine in (first, ~first)]
    members = (first, ~first) if clusters is None else None
    low, high = np.nanquantile(_drawn(sets, members, rng), [(1 - level) / 2, (1 + level) / 2], axis=0)
    return Apart(one, other, one - other, low, high, np.array(p))


def _rates(counts: Floats, words: Floats, weights: Floats) -> Floats:
    """Pooled rates (draws, c) of units with ``weights`` (draws, n)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        out: Floats = (weights @ counts) / (weights @ words)[:, None]
    return out


def _chance(counts: Floats, words: Floats, labels: Bools) -> Floats:
    weights = labels.astype(np.float64)
    return _rates(counts, words, weights) - _rates(counts, words, 1.0 - weights)


def shuffles(labels: Bools, stratum: Ints, draws: int, rng: np.random.Generator) -> Iterator[Bools]:
    """``labels`` (n,) in ``draws`` random orders, each within its stratum (whole numbers); some (draws, n) at a time."""
    codes = np.unique(stratum, return_inverse=True)[1]
    step = max(1, _AT_ONCE // max(1, len(labels)))
    for start in range(0, draws, step):
        out = np.empty((min(step, draws - start), len(labels)), np.bool_)
        for places, shuffled in shuffles_within(codes, len(out), rng):
            out[:, places] = labels[shuffled]
        yield out


def _gathered(counts: Floats, words: Floats, group: Ints, groups: Ints) -> tuple[Floats, Floats]:
    """Counts (groups, c) and words (groups,) of each group; units with a group below 0 are left out."""
    kept = group >= 0
    size = int(groups.max()) + 1
    sums = np.zeros((size, counts.shape[1] + 1))
    np.add.at(sums, group[kept], np.column_stack([counts[kept], words[kept]]))
    return sums[:, :-1], sums[:, -1]


def _drawn(
    sets: Sequence[tuple[Floats, Floats]], members: tuple[Bools, Bools] | None, rng: np.random.Generator
) -> Floats:
    """Differences of the rates of two sets (draws, c): the members of each drawn anew, or the groups of both together."""
    size = len(sets[0][1])
    draws = affordable(DRAWS, size, MOST_SHUFFLED)
    if members is None:
        weights = [_multiplicities(np.ones(size, np.bool_), draws, rng)] * 2
    else:
        weights = [_multiplicities(mine, draws, rng) for mine in members]
    one, other = (_rates(counts, words, weight) for (counts, words), weight in zip(sets, weights, strict=True))
    return one - other


def _multiplicities(members: Bools, draws: int, rng: np.random.Generator) -> Floats:
    """How often each unit is drawn (draws, n), where as many of the ``members`` (n,) are drawn as there are."""
    n = int(members.sum())
    out = np.zeros((draws, len(members)))
    out[:, members] = rng.multinomial(n, np.full(n, 1.0 / n), draws)
    return out


def in_blocks(counts: Floats, words: Floats, length: int) -> tuple[Floats, Floats, Ints]:
    """Units in order (n,) put together in blocks of ``length``: their counts, words, and the place of the first of each."""
    starts = np.arange(0, len(words), length)
    return np.add.reduceat(counts, starts, axis=0), np.add.reduceat(words, starts), starts

"""Rates of words per thousand with bands, where texts are few and words come in clusters: the text is the unit, not the word.

The words of a category in a text of w thousand words are negative binomial with mean wμ and variance wμ + φ(wμ)² (a
gamma–Poisson mixture; Cameron & Trivedi 2013, *Regression Analysis of Count Data*, 2nd ed., § 3.3, NB2): texts of one time
differ among each other by a relative deviation √φ, so that a longer text says more of itself, and only further texts more of
their time. √φ has a half-t prior (4 degrees of freedom, scale ½; Gelman 2006) and is integrated over, with what neighbouring
texts of the series teach of it. Texts of one rate are pooled: their words are taken to be negative binomial with the mean and
the variance that their sum has.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, logsumexp

Floats = NDArray[np.float64]

SCALE: Final = 0.5
FREEDOM: Final = 4.0
SPREADS: Final = np.geomspace(0.02, 3.0, 20)
"""Values of √φ that are integrated over."""
NEIGHBOURS: Final = 4
"""Texts of one side, next to each other in time, that are taken to have one mean where √φ is learned."""
_MEANS: Final = np.geomspace(1e-3, 1e3, 121)  # of μ, in units of what is typical of the series


@dataclass(frozen=True, slots=True)
class Band:
    """A rate per thousand with its band."""

    rate: float
    low: float
    high: float


def prior() -> Floats:
    """Log weights of :data:`SPREADS` before anything is learned."""
    density = -(FREEDOM + 1.0) / 2.0 * np.log1p((SPREADS / SCALE) ** 2 / FREEDOM) + np.log(SPREADS)
    weights: Floats = density - logsumexp(density)
    return weights


def learned(blocks: Sequence[tuple[Floats, Floats]]) -> Floats:
    """Log weights of :data:`SPREADS` given blocks of texts of one mean each: counts (k,) and thousands of words (k,)."""
    out = prior()
    for counts, words in blocks:
        total = float(counts.sum())
        if total > 0 and len(counts) > 1:  # one text, or no word, says nothing of how texts differ
            out = out + logsumexp(_likelihood(counts, words, total / float(words.sum())), axis=1)
    weights: Floats = out - logsumexp(out)
    return weights


def spread(weights: Floats) -> float:
    """The median of √φ."""
    return float(np.interp(0.5, np.cumsum(np.exp(weights)), SPREADS))


def band(counts: Floats, words: Floats, weights: Floats, typical: float, level: float) -> Band:
    """The rate of texts of one time, of ``counts`` (k,) in ``words`` (k,; thousands), and its band at probability ``level``.

    ``typical``: the rate in the whole series, about which μ has a weak gamma prior of shape ½. Where no word was found the band
    begins at 0. NaN without words.
    """
    total, size = float(counts.sum()), float(words.sum())
    if size <= 0:
        return Band(math.nan, math.nan, math.nan)
    if typical <= 0:
        return Band(0.0, math.nan, math.nan)
    alike = size**2 / float((words**2).sum())  # as many texts of one length say as much
    means = -0.5 * _MEANS + 0.5 * np.log(_MEANS)  # the gamma prior's density on the scale of log μ
    density = _pooled(total, size * typical, alike) + means + weights[:, None]
    mass = np.exp(logsumexp(density, axis=0) - logsumexp(density))
    below = np.cumsum(mass) - mass / 2
    tail = 0.0 if total == 0 else (1.0 - level) / 2
    low, high = np.exp(np.interp([tail, level + tail], below, np.log(_MEANS))) * typical
    return Band(total / size, 0.0 if total == 0 else float(low), float(high))


def _likelihood(counts: Floats, words: Floats, unit: float) -> Floats:
    """Log likelihood (spreads, means) of counts, with means in units of ``unit``."""
    out = np.zeros((len(SPREADS), len(_MEANS)))
    for count, size in zip(counts.tolist(), words.tolist(), strict=True):
        out += _pooled(count, size * unit, 1.0)
    return out


def _pooled(count: float, size: float, texts: float) -> Floats:
    """Log likelihood (spreads, means) of ``count`` words in as many ``texts``, where means are in units of 1 / ``size``."""
    shape = texts * SPREADS[:, None] ** -2.0
    mean = _MEANS * size
    whole = np.log1p(mean / shape)
    out: Floats = gammaln(count + shape) - gammaln(shape) + count * (np.log(mean / shape) - whole) - shape * whole
    return out

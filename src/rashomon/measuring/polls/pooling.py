r"""Poll pooling: one share, asked about by several pollsters in several modes, as a line with an honest band.

The share is pooled on the logit scale, where sampling error is nearly constant in form, a share of 2 per cent and one of 98 can
move as they do, and no band leaves 0..1. With :math:`\ell_t` the logit of the share among those who gave an answer:

.. math::

    z_i = \ell_{t_i} + h_{p_i} + m_{k_i} + e_i, \qquad h_p \sim N(0, \tau^2), \qquad m_k \sim N(0, 0.5^2), \qquad
    e_i \sim N(0, s_i^2 + \sigma^2), \qquad s_i^2 = \frac{d}{n_i\,p_i (1 - p_i)}

a random walk seen through house effects h (Jackman 2005, *Australian Journal of Political Science* 40; Jackman 2009, *Bayesian
Analysis for the Social Sciences*, ch. 9), an offset m for each mode but the commonest, and excess error :math:`\sigma`, since
real surveys err by more than sampling (Shirani-Mehr, Rothschild, Goel & Gelman 2018, *JASA* 113). ``d`` is the design effect
(Kish 1965). A bounded share (``> 30``) is censored. House effects are not made to sum to zero: that all houses may lean the same
way is part of the band.

Modes are comparable only through time they share. Two modes are *joined* if their periods overlap; series of modes that are
not joined, directly or through others, are pooled apart and reported side by side as not comparable: a change of mode at one
day is not to be told from a change of opinion on that day.

A printed "don't know" is taken out and the share given among the rest; how many polls that was done for is reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import logit

from rashomon.errors import error
from rashomon.measuring.levels.estimating import (
    LevelSeries,
    Line,
    check_band,
    hypers,
    independent_voices,
    informative,
    one_series,
)
from rashomon.measuring.levels.integrating import Axes, Integral, Posterior, Priors
from rashomon.measuring.smoothing.mixing import LOGISTIC, PLAIN
from rashomon.measuring.smoothing.observing import Observations, observe
from rashomon.measuring.smoothing.preparing import prepare
from rashomon.measuring.statistics.judging import LEAST_VOICES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LOGIT = Priors(centre=0.0, initial_sd=1.5, drift=0.3, voice=0.25, noise=0.15)
"""Priors of shares in logits: nine tenths of first levels within 8 and 92 per cent; near one half, a year commonly moves a share
by 7 points, a house is off by 6 and a survey by 4 beyond its sampling error."""

MODE_SD = 0.5
"""Prior deviation of a mode's offset in logits: near one half, 12 points."""

DESIGN_EFFECT = 1.5
"""Design effect taken where none is given: usual for multi-stage samples (Kish 1965, *Survey Sampling*)."""

NOT_COMPARABLE = "modes that share no time are shown side by side: they are not comparable"
_SLACK = 0.011  # by which an answer and don't knows may pass the whole through rounding

UNKNOWN_N = 300.0
"""Sample taken where none is printed: smaller than nearly all national samples, so that the band errs on the wide side."""


@dataclass(frozen=True, eq=False)
class Polls:
    """Polls of one question, all arrays (n,). Make them with :func:`polls`, which checks them.

    ``first`` and ``last`` are the bins of fieldwork; ``low`` equals ``high`` for an exact share (0..1), else the share lies
    between them; ``size`` is the sample, NaN where it is not known; ``dont_know`` the share (0..1) to be taken out, NaN where
    it is not known; ``house`` and ``mode`` are codes, ``origin`` that of what a house's figure rests on.
    """

    first: Ints
    last: Ints
    low: Floats
    high: Floats
    size: Floats
    house: Ints
    mode: Ints
    origin: Ints
    dont_know: Floats


def polls(
    first: ArrayLike,
    share: ArrayLike,
    house: ArrayLike,
    *,
    last: ArrayLike | None = None,
    high: ArrayLike | None = None,
    size: ArrayLike | None = None,
    mode: ArrayLike | None = None,
    origin: ArrayLike | None = None,
    dont_know: ArrayLike | None = None,
) -> Polls:
    """Check and complete polls; scalars are spread over all of them. Shares are 0..1.

    A bounded share runs from ``share`` to ``high``: "over 30 per cent" is 0.3 and 1. Raises R502 for shares outside 0..1
    (also once "don't know" is taken out), samples that are not positive, and what
    :func:`~rashomon.measuring.smoothing.observing.observe` refuses.
    """
    seen = observe(first, share, house, last=last, high=high, origin=origin)
    shape = seen.low.shape
    made = Polls(
        first=seen.first,
        last=seen.last,
        low=seen.low,
        high=seen.high,
        size=_filled(size, np.nan, shape),
        house=seen.voice,
        mode=np.broadcast_to(np.asarray(0 if mode is None else mode, dtype=np.int64), shape),
        origin=seen.origin,
        dont_know=_filled(dont_know, np.nan, shape),
    )
    _check(made)
    return made


def _filled(values: ArrayLike | None, otherwise: float, shape: tuple[int, ...]) -> Floats:
    return np.broadcast_to(np.asarray(otherwise if values is None else values, dtype=np.float64), shape)


def _check(made: Polls) -> None:
    taken = np.nan_to_num(made.dont_know)
    bad = (
        ((made.low < 0) | (made.high > 1), "a share outside 0..1", "shares of 1, not of 100"),
        (made.size <= 0, "a sample that is not positive", "a positive number, or NaN where it is not known"),
        ((taken < 0) | (taken >= 1), "a share of don't knows outside 0..1", "0 <= share < 1, or NaN"),
        (
            (made.low > 1 - taken + _SLACK) & (made.low <= 1),
            "an answer and don't knows that together pass the whole",
            "together at most 1; such a figure is impossible",
        ),
    )
    for wrong, found, allowed in bad:
        if np.any(wrong):
            row = int(np.flatnonzero(wrong)[0])
            raise error("R502", "Polls cannot be pooled as given.", found=f"{found} (row {row})", allowed=allowed)


@dataclass(frozen=True, slots=True)
class ModeOffset:
    """By how much, in logits, a mode's shares lie above those of the reference mode: mean and central band."""

    mode: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class PoolPart:
    """One line: the polls of modes that are joined. The line stands at the level of the ``reference`` mode, the commonest."""

    modes: tuple[int, ...]
    reference: int
    offsets: tuple[ModeOffset, ...]
    series: LevelSeries


@dataclass(frozen=True, eq=False)
class Pooled:
    """All polls of one question. With more than one part, the parts are not comparable, and ``reason`` says why."""

    parts: tuple[PoolPart, ...]
    comparable: bool
    reason: str
    n: int
    houses: int
    dont_know_excluded: int
    dont_know_unknown: int


def pool(
    given: Polls,
    *,
    step: float = 1 / 12,
    level: float = 0.9,
    design_effect: float = DESIGN_EFFECT,
    unknown_n: float = UNKNOWN_N,
    rounding: float = 0.01,
    priors: Priors = LOGIT,
) -> Pooled:
    """Pool polls of one question and one answer into lines.

    ``step`` is the length of a bin in years; ``design_effect`` multiplies the sampling variance; ``unknown_n`` stands for samples
    that are not known; ``rounding`` is the step to which shares are printed. Raises R502 for parameters outside their range.
    """
    check_band(level, step)
    if not (design_effect > 0 and unknown_n > 0 and rounding >= 0):
        raise error("R502", "The design effect and the unknown sample must be positive, the rounding not negative.")
    logits, printed = in_logits(given, design_effect, unknown_n, rounding)
    groups = joined_modes(given.first, given.last, given.mode)
    parts = []
    for modes in groups:
        here = np.isin(given.mode, modes)
        some = logits.take(here), printed.take(here), given.mode[here]
        parts.append(_part(modes, *some, step=step, level=level, priors=priors))
    known = ~np.isnan(given.dont_know)
    return Pooled(
        parts=tuple(parts),
        comparable=len(parts) <= 1,
        reason="" if len(parts) <= 1 else NOT_COMPARABLE,
        n=int(given.first.size),
        houses=int(np.unique(given.house).size),
        dont_know_excluded=int(known.sum()),
        dont_know_unknown=int((~known).sum()),
    )


def in_logits(given: Polls, design: float, unknown_n: float, rounding: float) -> tuple[Observations, Observations]:
    """The polls as observations in logits, and as they are shown, in shares of those who gave an answer.

    An exact share enters as its empirical logit, ``log((y + 1/2) / (n - y + 1/2))`` with y of n (Cox 1970, *The Analysis of
    Binary Data*, §3.2), with the sampling variance there and that of rounding.
    """
    valid = 1 - np.nan_to_num(given.dont_know)
    low, high = np.minimum(given.low / valid, 1.0), np.minimum(given.high / valid, 1.0)
    n = np.where(np.isnan(given.size), unknown_n, given.size * valid)
    exact = given.low == given.high
    smoothed = (n * low + 0.5) / (n + 1)
    end = np.where((low > 0) & (high < 1), (low + high) / 2, np.where(low > 0, low, high))
    near = (n * np.where(exact, low, end) + 0.5) / (n + 1)  # where the error is taken: for a bound, at the bound
    slope = near * (1 - near)
    deviation = np.sqrt(design / (n * slope) + (rounding / slope) ** 2 / 12)
    with np.errstate(divide="ignore"):
        ends = np.where(exact, logit(smoothed), logit(low)), np.where(exact, logit(smoothed), logit(high))
    return _shown(given, *ends, deviation), _shown(given, low, high, deviation * slope)


def _shown(given: Polls, low: Floats, high: Floats, deviation: Floats) -> Observations:
    """The polls with these values; every survey carries excess error."""
    yes = np.ones(low.size, dtype=np.bool_)
    return Observations(given.first, given.last, low, high, deviation, given.house, given.origin, ~yes, yes)


def joined_modes(first: Ints, last: Ints, mode: Ints) -> tuple[tuple[int, ...], ...]:
    """Groups of modes whose periods overlap, directly or through others, in the order in which they begin.

    A period runs from the first to the last bin in which a mode was used. Modes whose periods do not meet leave no time at
    which both are seen, so that their offset cannot be told from a change of opinion.
    """
    codes = np.unique(mode)
    periods = sorted((int(first[mode == k].min()), int(last[mode == k].max()), int(k)) for k in codes)
    groups: list[list[int]] = []
    reach = 0
    for begin, end, code in periods:
        if groups and begin <= reach:
            groups[-1].append(code)
            reach = max(reach, end)
        else:
            groups.append([code])
            reach = end
    return tuple(tuple(sorted(one)) for one in groups)


def _part(
    modes: Sequence[int],
    logits: Observations,
    printed: Observations,
    mode: Ints,
    *,
    step: float,
    level: float,
    priors: Priors,
) -> PoolPart:
    telling = informative(logits, (-np.inf, np.inf), priors)
    used, mode = logits.take(telling), mode[telling]
    counts = {k: int((mode == k).sum()) for k in modes}
    reference = max(counts, key=lambda k: (counts[k], -k))
    alone = np.zeros(used.size, dtype=np.int64)
    voices = int(independent_voices(used, alone, 1)[0])
    made = partial(one_series, printed, used.size, voices, level)
    if voices < LEAST_VOICES:
        return PoolPart(tuple(modes), reference, (), made())
    others = np.where(mode == reference, -1, mode)
    found = _posterior(used, others, step, priors)
    bins = np.arange(int(used.first.min()), int(used.last.max()) + 1)
    mean, sd, low, high = found.bands(level, LOGISTIC)[:, : bins.size]
    hyper = hypers(*(one[0] for one in found.summary()))
    offsets = _offsets(found.bands(level, PLAIN)[:, bins.size :], others)
    return PoolPart(tuple(modes), reference, offsets, made(Line(bins, mean, sd, low, high), hyper))


def _posterior(used: Observations, others: Ints, step: float, priors: Priors) -> Posterior:
    """The posterior of one line; ``others`` (n,) are the modes but the reference, which is -1."""
    alone = np.zeros(used.size, dtype=np.int64)
    effects = [(used.voice, np.nan), (others, MODE_SD**2)]
    ready = prepare(used, alone, effects, step=step, initial_sd=priors.initial_sd)
    (found,) = Integral.of(ready, Axes.of(used, alone, priors)).posteriors(np.arange(1))
    return found


def _offsets(columns: Floats, others: Ints) -> tuple[ModeOffset, ...]:
    """The offsets of the modes, whose columns come after those of the houses and in the order of their codes."""
    codes = np.unique(others[others >= 0]).tolist()
    mean, _, low, high = columns[:, columns.shape[1] - len(codes) :].tolist()
    return tuple(ModeOffset(*one) for one in zip(codes, mean, low, high, strict=True))

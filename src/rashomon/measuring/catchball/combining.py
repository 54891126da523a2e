"""Uncertain dates: times drawn within them many times over, and what is estimated from each drawing put together."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtrit

from rashomon.measuring.catchball.acts import Acts, Floats, Ints
from rashomon.measuring.catchball.exciting import Fit, Pace, Stream, fit, misfit, profile_ends

MOST_DRAWN = 50_000
"""Acts times drawings that are fitted, about: of very many acts the dates are drawn fewer times, but twice at least."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A branching ratio over all drawings: ``estimate`` with its interval; ``within`` and ``between`` its standard errors."""

    estimate: float
    low: float
    high: float
    within: float
    between: float


@dataclass(frozen=True, eq=False)
class Excited:
    """What the drawings say together. ``ratios``: by receiver and sender (0, 1); ``delay``: the mean delay in days over
    drawings, ``delay_low``, ``delay_high`` its least and greatest; ``radius``: the spectral radius of the mean branching
    ratios (below 1 the acts die out by themselves); ``p``: the median over drawings of the test of fit.
    """

    ratios: tuple[tuple[Ratio, Ratio], tuple[Ratio, Ratio]]
    delay: float
    delay_low: float
    delay_high: float
    radius: float
    p: float
    draws: int


def draw_times(acts: Acts, chosen: Ints, answer: Ints, answered: Ints, rng: np.random.Generator) -> Floats:
    """A time in days (m,) for each of the ``chosen`` acts: anywhere within its days with equal chance, but an act that answers
    another (``answer``, ``answered``: places among the chosen) comes after it wherever their dates allow that.
    """
    lo, hi = acts.lo[chosen].astype(np.float64), acts.hi[chosen] + 1.0
    possible = hi[answer] > lo[answered]  # where dates contradict the order, they stand, and the order is left aside
    answer, answered = answer[possible], answered[possible]
    latest = hi.copy()
    np.minimum.at(latest, answered, hi[answer])
    share = rng.random(len(chosen))
    time = lo + share * (latest - lo)
    for _ in range(len(answer)):
        since = np.full(len(chosen), -math.inf)
        np.maximum.at(since, answer, time[answered])
        late = (since >= time) & (since < hi)
        if not late.any():
            break
        time[late] = since[late] + share[late] * (hi[late] - since[late])
    return time


def excite(
    acts: Acts, chosen: Ints, first: int, answers: tuple[Ints, Ints], pace: Pace, *, level: float, draws: int, seed: int
) -> Excited:
    """The Hawkes process of the ``chosen`` acts of the side ``first`` (0) and of the other (1), over dates drawn anew each
    time.

    ``pace``: that of acts which nothing brings about, its edges the days of what is observed. O(draws × n), but for the
    number of steps of the search.
    """
    rng = np.random.default_rng(seed)
    side = (acts.mover[chosen] != first).astype(np.int64)
    start = float(pace.edge[0])
    moved = Pace(pace.edge - start, pace.pace)
    made = max(2, min(draws, MOST_DRAWN // len(chosen)))
    fits, ends, fitted = [], np.zeros((made, 2, 2, 2)), []
    for d in range(made):
        time = draw_times(acts, chosen, *answers, rng) - start
        stream = Stream.of(time, side, acts.weight[chosen], moved)
        found = fit(stream)
        ends[d] = [[profile_ends(stream, found, i, j, level) for j in (0, 1)] for i in (0, 1)]
        fitted.append(misfit(stream, found))
        fits.append(found)
    return _together(fits, ends, fitted, level)


def _together(fits: list[Fit], ends: Floats, fitted: list[float], level: float) -> Excited:
    each = np.stack([one.branching for one in fits])
    delays = [1 / one.decay for one in fits]
    first, second = (tuple(combine(each[:, i, j], ends[:, i, j], level) for j in (0, 1)) for i in (0, 1))
    radius = float(np.max(np.abs(np.linalg.eigvals(each.mean(axis=0)))))
    return Excited(
        ((first[0], first[1]), (second[0], second[1])), float(np.mean(delays)), min(delays), max(delays), radius,
        float(np.median(fitted)), len(fits),
    )  # fmt: skip


def combine(estimate: Floats, ends: Floats, level: float) -> Ratio:
    """Estimates (d,) with the ends of their intervals (d, 2) by Rubin's rule (1987, *Multiple Imputation*, eqs. 3.1.2-3.1.6):
    the variance is the mean of those within drawings and 1 + 1/d times that between them, with Student's t.

    The rule is applied below and above the estimate apart, with the reach of the profile-likelihood interval that way over
    the normal quantile for the standard error within; what cannot be negative does not reach below 0.
    """
    d = len(estimate)
    z = float(ndtri(0.5 + level / 2))
    mean, between = float(estimate.mean()), float(estimate.var(ddof=1))
    reach = np.abs(ends - estimate[:, None]) / z
    out, within = [], np.mean(reach**2, axis=0)
    for variance in within.tolist():
        total = variance + (1 + 1 / d) * between
        freedom = (d - 1) * (total / ((1 + 1 / d) * between)) ** 2 if between > 0 else math.inf
        out.append(
            float(stdtrit(freedom, 0.5 + level / 2)) * math.sqrt(total) if math.isfinite(total) else math.inf
        )
    return Ratio(mean, max(mean - out[0], 0.0), mean + out[1], math.sqrt(float(within.max())), math.sqrt(between))

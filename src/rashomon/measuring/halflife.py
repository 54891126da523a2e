r"""Half-lives: how long it takes a level, once moved, to come half-way back; only where the data show that it comes back.

The level is a mean-reverting path about its own mean (Ornstein–Uhlenbeck; Uhlenbeck & Ornstein 1930, *Physical Review* 36):

.. math::

    x_t = \mu + z_t, \qquad z_{t+1} = \rho\,z_t + \epsilon_t, \qquad \rho = 2^{-\Delta / H}, \qquad
    \operatorname{Var} \epsilon = \frac{q^2 H}{2 \ln 2}\,(1 - \rho^2)

with half-life :math:`H` in years and the observations, voices and priors of :mod:`rashomon.measuring.levels`; as H grows it
becomes the random walk there. The prior of H is flat in its logarithm from half a bin to the time observed; a half-life
longer than that cannot be told from a random walk, which stands for all of them with a prior probability of one half. The
rest is integrated over.

A half-life is reported only if the posterior excludes the random walk: if less is left to it than a band of the level asked
for leaves out. Otherwise it is *undetermined*. That errs on the side of saying nothing: a random walk is hard to
exclude in a short series. The interval is that of a normal distribution of log H with the posterior's mean and deviation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from rashomon.measuring.levels import (
    NOTHING,
    ONE_VOICE,
    Axes,
    Priors,
    check_band,
    independent_voices,
    informative,
    make_ready,
    open_ends,
    scale_priors,
    span,
)
from rashomon.measuring.observing import Fit, Observations, Problem, middle, prepare
from rashomon.measuring.quadrature import Explored, LogUniform
from rashomon.measuring.statespace import Chain, autoregression

Floats = NDArray[np.float64]

TOO_FEW = "observed in fewer than eight bins"
RANDOM_WALK = "a random walk is not excluded"
_FEWEST = 8


@dataclass(frozen=True, slots=True)
class HalfLife:
    """A half-life in years with its central interval, or NaN where ``determined`` is False and ``reason`` says why.

    ``random_walk`` is the posterior probability of a random walk (NaN where nothing was fitted).
    """

    estimate: float
    low: float
    high: float
    level: float
    n: int
    voices: int
    determined: bool
    reason: str
    random_walk: float


def half_life(
    seen: Observations,
    *,
    step: float = 1.0,
    scale: tuple[float, float] | None = (-1.0, 1.0),
    priors: Priors | None = None,
    level: float = 0.9,
) -> HalfLife:
    """The half-life of one series, or that it is undetermined; arguments as in :func:`~rashomon.measuring.levels.levels`."""
    given = scale_priors(scale, priors)
    check_band(level, step, None)
    used = seen.take(informative(seen, scale, given))
    voices = independent_voices(used)
    if voices < 2:
        return _undetermined(used.size, voices, level, ONE_VOICE if voices else NOTHING)
    if np.unique(middle(used.first, used.last)).size < _FEWEST:
        return _undetermined(used.size, voices, level, TOO_FEW)
    opened = used if scale is None else open_ends(used, scale)
    begin, end = span(used)
    prior = LogUniform(step / 2, max((end - begin + 1) * step, 2 * step))
    reverting = Axes.of(opened, given, (prior,)).integrate(_reverting(opened, given, step))
    walk = Axes.of(opened, given).integrate(make_ready(opened, given, step))
    odds = np.exp(np.clip(reverting.log_evidence - walk.log_evidence, -700, 700))
    at_walk = float(1.0 / (1.0 + odds))
    if at_walk >= 1 - level:
        return _undetermined(used.size, voices, level, RANDOM_WALK, at_walk)
    estimate, low, high = _interval(reverting, prior, level)
    return HalfLife(estimate, low, high, level, used.size, voices, True, "", at_walk)


def _undetermined(n: int, voices: int, level: float, reason: str, at_walk: float = float("nan")) -> HalfLife:
    nan = float("nan")
    return HalfLife(nan, nan, nan, level, n, voices, False, reason, at_walk)


def _reverting(seen: Observations, priors: Priors, step: float) -> Problem:
    """The same observations of a mean-reverting path: beside the voices, a column for the mean that all cells share."""
    codes, voice = np.unique(seen.voice, return_inverse=True)
    columns = np.column_stack([voice.reshape(-1), np.full(seen.size, codes.size)])
    fixed = np.concatenate([np.full(codes.size, np.nan), [priors.initial_sd**2]])

    def chain(points: Floats, gaps: Floats, anchor: int) -> Chain:
        del anchor  # the path is only fitted where it is observed, and starts there
        stationary = points[:, 0] ** 2 * points[:, 3] / (2 * np.log(2))
        start = np.minimum(stationary, priors.initial_sd**2)
        return autoregression(gaps, start, stationary, 2.0 ** (-step / points[:, 3]))

    return prepare(seen, columns, fixed, chain, step=step, centre=priors.centre, initial_sd=priors.initial_sd)


def _interval(explored: Explored[Fit], prior: LogUniform, level: float) -> tuple[float, float, float]:
    """Median and central interval of the half-life, as of a log-normal distribution cut to the prior's range."""
    logs = np.log(explored.points[:, 3])
    mean = float(explored.weights @ logs)
    sd = float(np.sqrt(explored.weights @ (logs - mean) ** 2))
    reach = float(ndtri((1 + level) / 2)) * sd
    low, high = np.clip(np.exp([mean - reach, mean + reach]), prior.low, prior.high).tolist()
    return float(np.exp(mean)), low, high

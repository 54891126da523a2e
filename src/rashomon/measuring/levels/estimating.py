r"""Levels: the level of a quality, or a mean position, as one holder held it over time, with an honest band.

The level :math:`x_t` is a random walk on the scale, seen by voices that each have their own bias:

.. math::

    x_a \sim N(m, s_0^2), \qquad x_{t+1} - x_t \sim N(0, q^2\,\Delta), \qquad
    y_i = x_{t_i} + u_{v_i} + e_i, \qquad u_v \sim N(0, \tau^2), \qquad e_i \sim N(0, s_i^2 + \sigma^2)

with bins of length :math:`\Delta` years, ``a`` the first bin observed, and :math:`s_i` an observation's own known error. Coded
values (words) carry :math:`\sigma` besides and are intervals: all that is known of :math:`y_i` is that it lies in one, an
interval that touches an end of the scale being open there. A coded number without an error of its own is known no better
than a word of five: somebody chose it, and it was not measured. The biases are not made to sum to zero: that all voices may lean
the same way is part of the band. The three deviations are not plugged in but integrated over, under priors that all series
share (:class:`Priors`); see :mod:`rashomon.measuring.levels.quadrature` and :mod:`rashomon.measuring.smoothing.statespace` for
how.

Rule of honesty: with fewer than two independent voices there is no line and no band, only the points.

The model is a local-level model with random effects (Harvey 1989, *Forecasting, Structural Time Series Models and the Kalman
Filter*, ch. 2; for polls with house effects: Jackman 2005, *Australian Journal of Political Science* 40).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import error
from rashomon.measuring.levels.integrating import Axes, Integral, Posterior, Priors
from rashomon.measuring.smoothing.mixing import CUT
from rashomon.measuring.smoothing.observing import Observations
from rashomon.measuring.smoothing.preparing import Ready, Within, distinct, prepare, span
from rashomon.measuring.statistics.judging import LEAST_VOICES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ONE_VOICE = "one voice"
NOTHING = "nothing observed"
UNIT = (-0.5, 0.5)
"""The scale on which levels are reckoned: its middle is 0 and its width 1."""
PRIORS = Priors.of_scale(*UNIT)
_PLACED = 0.2 / float(np.sqrt(12))  # standard error of a coded number that has none of its own, in widths of the scale
_TOUCHES = 1e-9  # an interval reaches an end of the scale that is no farther off: that much is rounding
_LEAVES = 0.0002  # probability of being outside the scale in a bin from which the path is kept within it there


@dataclass(frozen=True, slots=True)
class Hyper:
    """A standard deviation that was integrated over: its name, posterior mean and standard deviation."""

    name: str
    mean: float
    sd: float


@dataclass(frozen=True, eq=False)
class LevelSeries:
    """A level over time. Arrays are read-only; where nothing is drawn they are empty and ``reason`` says why.

    ``times`` are bins (t,); ``mean``, ``sd``, ``low`` and ``high`` (t,) the posterior's mean, standard deviation and the ends
    of the central band of ``level``. ``n`` observations of ``voices`` independent voices entered; ``uninformative`` more were
    left out because they say nothing (the whole scale, or an error as wide as it). ``points`` are all the observations.
    """

    times: Ints
    mean: Floats
    sd: Floats
    low: Floats
    high: Floats
    level: float
    n: int
    voices: int
    uninformative: int
    drawn: bool
    reason: str
    points: Observations
    hyper: tuple[Hyper, ...]


def levels(
    seen: Observations, *, step: float = 1.0, scale: tuple[float, float] = (-1.0, 1.0), level: float = 0.9
) -> LevelSeries:
    """The level of one series in each bin from the first to the last observed.

    ``step`` is the length of a bin in years. ``scale`` gives the scale's ends: intervals that touch one are open there, and
    mean and band are those of the level cut to it. Raises R502 for a level outside 0..1.
    """
    alone = np.zeros(seen.size, dtype=np.int64)
    return levels_of(seen, alone, np.array([scale]), step=step, level=level)[0]


def levels_of(
    seen: Observations, series: Ints, scales: Floats, *, step: float = 1.0, level: float = 0.9
) -> list[LevelSeries]:
    """The levels of many series at once: each as by itself, but sooner.

    ``series`` (n,) numbers the series of each observation from 0 and is sorted; ``scales`` (s, 2) are the ends of each one's
    scale; the rest as in :func:`levels`.
    """
    check_band(level, step)
    size = len(scales)
    used, of = usable(seen, series, scales)
    voices = independent_voices(used, of, size)
    noisy = np.bincount(of, used.coded, minlength=size) > 0
    lines: dict[int, tuple[Line, tuple[Hyper, ...]]] = {}
    for chosen in (np.flatnonzero((voices >= LEAST_VOICES) & noisy), np.flatnonzero((voices >= LEAST_VOICES) & ~noisy)):
        if chosen.size:
            lines.update(_lines(*only(used, of, chosen), chosen, scales, step, level))
    counts, ends = np.bincount(of, minlength=size), np.searchsorted(series, np.arange(size + 1))
    return [
        one_series(seen.take(slice(ends[k], ends[k + 1])), int(counts[k]), int(voices[k]), level, *lines.get(k, ()))
        for k in range(size)
    ]


def _lines(
    seen: Observations, series: Ints, chosen: Ints, scales: Floats, step: float, level: float
) -> Iterator[tuple[int, tuple[Line, tuple[Hyper, ...]]]]:
    """The line of each of the ``chosen`` series, on its own scale, and its hyperparameters."""
    begin, end = span(seen, series)
    for which, found in _posteriors(seen, series, step):
        drawn = found.bands(level, CUT)
        means, deviations = found.summary()
        for row, k in enumerate(which.tolist()):
            low, high = scales[chosen[k]]
            centre, width = (low + high) / 2, high - low
            bins = np.arange(begin[k], end[k] + 1)
            mean, sd, least, most = drawn[:, found.rows[row] : found.rows[row] + bins.size] * width
            line = Line(bins, mean + centre, sd, least + centre, most + centre)
            yield int(chosen[k]), (line, hypers(means[row] * width, deviations[row] * width))


def _posteriors(seen: Observations, series: Ints, step: float) -> Iterator[tuple[Ints, Posterior]]:
    """The posterior of the series, a batch at a time with their numbers; paths that would leave the scale are kept within."""
    axes = Axes.of(seen, series, PRIORS)
    free = Integral.of(make_ready(seen, series, step), axes)
    outside = free.beyond(*UNIT) > _LEAVES
    of = np.repeat(np.arange(axes.once.size), free.ready.layout.bins)
    leave = np.bincount(of, outside) > 0
    for found in free.posteriors(np.flatnonzero(~leave)):
        yield found.which, found
    if leave.any():
        leaving = np.flatnonzero(leave)
        some, number = only(seen, series, leaving)
        ready = make_ready(some, number, step, (*UNIT, outside[leave[of]]))
        for found in Integral.of(ready, axes.take(leave), free.beta[leave]).posteriors(np.arange(leaving.size)):
            yield leaving[found.which], found


def make_ready(seen: Observations, series: Ints, step: float, within: Within | None = None) -> Ready:
    """Random walks seen by voices; kept ``within`` two ends, if asked for."""
    return prepare(seen, series, [(seen.voice, np.nan)], step=step, initial_sd=PRIORS.initial_sd, within=within)


# what polls are prepared with too


def check_band(level: float, step: float) -> None:
    """Refuse (R502) a level outside 0..1 and a bin without length."""
    if not 0 < level < 1:
        raise error("R502", "The level of a band is a share.", found=str(level), allowed="more than 0, less than 1")
    if not step > 0:
        raise error("R502", "The length of a bin is a time in years.", found=str(step), allowed="more than 0")


def usable(seen: Observations, series: Ints, scales: Floats) -> tuple[Observations, Ints]:
    """The observations that say anything, on the scale :data:`UNIT` and with its ends open, and their series."""
    units = in_units(seen, scales[series])
    telling = informative(units, UNIT, PRIORS)
    return open_ends(units.take(telling), UNIT), series[telling]


def in_units(seen: Observations, scales: Floats) -> Observations:
    """Observations on the scale :data:`UNIT`, given the ends (n, 2) of each one's own; coded numbers get their error."""
    width, centre = scales[:, 1] - scales[:, 0], scales.mean(axis=1)
    low, high = (seen.low - centre) / width, (seen.high - centre) / width
    placed = seen.coded & (seen.low == seen.high) & (seen.error == 0)
    error_ = np.where(placed, _PLACED, seen.error / width)
    return replace(seen, low=low, high=high, error=error_)


def informative(seen: Observations, scale: tuple[float, float], priors: Priors) -> Bools:
    """Which observations say anything: not the whole of the scale, nor with an error as wide as it (initial_sd / 0.3)."""
    whole = (seen.low <= scale[0] + _TOUCHES) & (seen.high >= scale[1] - _TOUCHES)
    return ~whole & (seen.error < priors.initial_sd / 0.3)


def open_ends(seen: Observations, scale: tuple[float, float]) -> Observations:
    """Intervals that touch an end of the scale are open there: the strongest word says *at least so strong*."""
    interval = seen.low < seen.high
    low = np.where(interval & (seen.low <= scale[0] + _TOUCHES), -np.inf, seen.low)
    high = np.where(interval & (seen.high >= scale[1] - _TOUCHES), np.inf, seen.high)
    return replace(seen, low=low, high=high)


def independent_voices(seen: Observations, series: Ints, size: int) -> Ints:
    """(s,) the fewer of distinct voices and distinct origins: two that retell one source are one."""
    return np.minimum(_kinds(series, seen.voice, size), _kinds(series, seen.origin, size))


def _kinds(series: Ints, codes: Ints, size: int) -> Ints:
    """(s,) how many different codes each series has."""
    first, _ = distinct(series, codes)
    return np.bincount(series[first], minlength=size)


def only(seen: Observations, series: Ints, chosen: Ints) -> tuple[Observations, Ints]:
    """The observations of the series ``chosen`` (in order), and their numbers among these."""
    of = np.isin(series, chosen)
    return seen.take(of), np.searchsorted(chosen, series[of])


def hypers(mean: Floats, sd: Floats) -> tuple[Hyper, ...]:
    """Posterior mean and deviation of the drift, the voices' deviation and the noise, named."""
    names = ("drift", "voice", "noise")
    return tuple(Hyper(name, float(m), float(s)) for name, m, s in zip(names, mean, sd, strict=True))


@dataclass(frozen=True, eq=False)
class Line:
    """What is drawn: bins, and mean, deviation and band in each (t,)."""

    times: Ints
    mean: Floats
    sd: Floats
    low: Floats
    high: Floats


def one_series(
    seen: Observations, n: int, voices: int, level: float, line: Line | None = None, hyper: tuple[Hyper, ...] = ()
) -> LevelSeries:
    """A result: the ``line`` of ``n`` observations among those ``seen``; without a line, the reason why there is none."""
    none = np.zeros(0)
    shown = line or Line(none.astype(np.int64), none, none, none, none)
    for one in vars(shown).values():
        one.flags.writeable = False
    return LevelSeries(
        **vars(shown),
        level=level,
        n=n,
        voices=voices,
        uninformative=seen.size - n,
        drawn=line is not None,
        reason="" if line is not None else ONE_VOICE if voices else NOTHING,
        points=seen,
        hyper=hyper,
    )

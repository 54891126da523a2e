r"""The mean of stances over independent voices, with a band that carries how far the voices differ.

Observations of one voice are not independent, so the voice is the unit. With voice means :math:`y_v`, each known up to a
variance :math:`s_v^2`, the model is

.. math:: y_v \sim N(\mu, \tau^2 + s_v^2), \quad \mu \sim N(m, d^2), \quad \tau \sim \text{half-normal}(\sigma)

and the band integrates over :math:`\tau` on a grid instead of plugging in an estimate of it, which matters at two or three
voices (Gelman et al. 2013, *Bayesian Data Analysis*, 3rd ed., §5.4). A single voice has no band: its mean is shown as told
by that voice. All groups of a study are averaged in one batch of arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.statistics.judging import LEAST_VOICES
from rashomon.study import Estimate

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_GRID: Final = (np.arange(40) + 0.5) / 40.0
_ENTRIES: Final = 1 << 16  # of the arrays worked on at a time: small enough for the processor's cache
_SLIGHT: Final = 1e-9
"""Parts of a mixture below this weight are left out of differences: at most 8e-8 of the probability in all."""
_NEAR: Final = 1e-6  # deviations: the error after a step of the third order is far below its square
_STEPS: Final = 100


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of a scale; the prior of a mean is centred on it with the scale's half-width as its deviation."""

    low: float = -1.0
    high: float = 1.0


QUALITY = Scale(-1.0, 1.0)
POSITION = Scale(0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Posteriors:
    """m posteriors of a mean, each a mixture of k normals, one for each value of tau.

    ``weight``, ``mean`` and ``sd`` (m, k); ``n`` stances and ``voices`` (m,); ``low``, ``high`` (m,): ends of the scale.
    """

    weight: Floats
    mean: Floats
    sd: Floats
    n: Ints
    voices: Ints
    low: Floats
    high: Floats

    def __len__(self) -> int:
        return len(self.n)


@dataclass(frozen=True, slots=True)
class _Told:
    """What voices say, one entry a (group, voice) pair: the group, the voice's mean, and the variance it is known up to."""

    group: Ints
    y: Floats
    s2: Floats


def posteriors(low: Floats, high: Floats, voice: Ints, group: Ints, scales: Sequence[Scale]) -> Posteriors:
    """Posteriors of the means of m groups of stances, each on its own of the m ``scales``.

    The n stances are intervals ``low``..``high`` (n,) told by ``voice`` (n,) in ``group`` (n,), codes of which each of 0..m−1
    is there. The width of a word's interval counts as an error of the voice, uniform over the interval, which does not shrink
    with the number of statements: a voice that says "positive" ten times has not said where in "positive" it stands.
    O(n log n), and linear in voices × k.
    """
    ends = np.array([(scale.low, scale.high) for scale in scales]).reshape(-1, 2)
    told = _by_voice(low, high, voice, group)
    voices = np.bincount(told.group, minlength=len(ends))
    weight, mean, sd = (np.empty((len(ends), _GRID.size)) for _ in range(3))
    for run in _runs(voices * _GRID.size):
        weight[run], mean[run], sd[run] = _mixtures(told, run, ends[run])
    return Posteriors(weight, mean, sd, np.bincount(group, minlength=len(ends)), voices, *ends.T)


def _by_voice(low: Floats, high: Floats, voice: Ints, group: Ints) -> _Told:
    middle, width = (low + high) / 2, high - low
    span = int(voice.max(initial=0)) + 1
    names, at = np.unique(group * span + voice, return_inverse=True)
    counts = np.bincount(at)
    y = np.bincount(at, middle) / counts
    between = np.bincount(at, (middle - y[at]) ** 2) / counts
    s2 = np.bincount(at, width**2) / counts / 12.0 + between / counts
    return _Told(names // span, y, np.maximum(s2, 1e-9))


def _runs(sizes: Ints) -> Iterator[slice]:
    """Cut things of these sizes, in their order, into runs of about :data:`_ENTRIES` entries, of one thing at least."""
    number = np.cumsum(sizes) // _ENTRIES
    cuts = np.flatnonzero(np.diff(number, prepend=-1, append=-1)).tolist()
    return (slice(a, b) for a, b in pairwise(cuts))


def _mixtures(told: _Told, run: slice, ends: Floats) -> tuple[Floats, Floats, Floats]:
    """Weights, means and deviations (g, k) of a run of g groups on scales with these ``ends`` (g, 2)."""
    bounds = np.searchsorted(told.group, np.arange(run.start, run.stop + 1))
    starts, mine = bounds[:-1] - bounds[0], slice(bounds[0], bounds[-1])
    y = told.y[mine, None]
    half = (ends[:, 1:] - ends[:, :1]) / 2
    tau = 1.5 * half * _GRID  # half-normal(half / 2), cut at three deviations
    known = 1.0 / ((tau**2)[told.group[mine] - run.start] + told.s2[mine, None])

    def over_voices(values: Floats) -> Floats:
        return np.add.reduceat(values, starts, axis=0)

    prior, pulled = half**-2, (ends[:, :1] + ends[:, 1:]) / 2 * half**-2
    precision = prior + over_voices(known)
    mean = (pulled + over_voices(known * y)) / precision
    # marginal likelihood of the voices with mu integrated out, and the prior of tau
    squares = over_voices(known * y**2) + pulled**2 / prior - mean**2 * precision
    log_w = 0.5 * (over_voices(np.log(known)) - np.log(precision) - squares - (2 * tau / half) ** 2)
    weight = np.exp(log_w - log_w.max(axis=1, keepdims=True))
    return weight / weight.sum(axis=1, keepdims=True), mean, precision**-0.5


def cumulants(weight: Floats, mean: Floats, sd: Floats) -> Floats:
    """The first four cumulants (4, m) of m mixtures of normals; those of independent variables add."""
    first = (weight * mean).sum(axis=1)
    d, v = mean - first[:, None], sd**2
    second = (weight * (d**2 + v)).sum(axis=1)
    third = (weight * d * (d**2 + 3 * v)).sum(axis=1)
    fourth = (weight * (d**4 + 6 * d**2 * v + 3 * v**2)).sum(axis=1)
    return np.stack([first, second, third, fourth - 3 * second**2])


def quantiles(posts: Posteriors, probs: Sequence[float]) -> Floats:
    """Quantiles (m, p) of each posterior, within its scale."""
    out = np.empty((len(posts), len(probs)))
    for run in _runs(np.full(len(posts), _GRID.size)):
        weight, mean, sd = posts.weight[run], posts.mean[run], posts.sd[run]
        out[run] = _quantiles(weight, mean, sd, cumulants(weight, mean, sd), probs)
    return np.clip(out, posts.low[:, None], posts.high[:, None])


def _quantiles(weight: Floats, mean: Floats, sd: Floats, known: Floats, probs: Sequence[float]) -> Floats:
    """Quantiles (m, p) of m mixtures of normals, of which the :func:`cumulants` are ``known``.

    From the expansion of Cornish and Fisher (1937, *Revue de l'Institut International de Statistique* 5), by Halley's steps;
    a step that would leave what still can hold the quantile is replaced by halving that.
    """
    from scipy.special import ndtri

    first, spread = known[0], np.sqrt(known[1])
    skew, kurtosis = known[2] / spread**3, known[3] / spread**4
    out = np.empty((len(first), len(probs)))
    for place, prob in enumerate(probs):
        z = float(ndtri(prob))
        start = z + (z**2 - 1) * skew / 6 + (z**3 - 3 * z) * kurtosis / 24 - (2 * z**3 - 5 * z) * skew**2 / 36
        out[:, place] = _solve(weight, mean, sd, first + spread * start, _NEAR * spread, prob)
    return out


def _solve(weight: Floats, mean: Floats, sd: Floats, start: Floats, near: Floats, prob: float) -> Floats:
    """Where each mixture's distribution function reaches ``prob``; done where a step is shorter than ``near``."""
    x, low, high = start.copy(), (mean - 9 * sd).min(axis=1), (mean + 9 * sd).max(axis=1)
    todo = np.arange(len(x))
    for _ in range(_STEPS):
        at = x[todo]
        excess, step = _halley(weight, mean, sd, at, prob)
        high[todo], low[todo] = np.where(excess > 0, at, high[todo]), np.where(excess > 0, low[todo], at)
        inside = (low[todo] <= at - step) & (at - step <= high[todo])
        x[todo] = np.where(inside, at - step, (low[todo] + high[todo]) / 2)
        left = ~(np.abs(x[todo] - at) <= near[todo])
        if not left.any():
            break
        todo, weight, mean, sd = todo[left], weight[left], mean[left], sd[left]
    return x


def _halley(weight: Floats, mean: Floats, sd: Floats, x: Floats, prob: float) -> tuple[Floats, Floats]:
    """By how much each distribution function exceeds ``prob`` at ``x`` (m,), and the step back that Halley's method takes."""
    from scipy.special import ndtr

    z = (x[:, None] - mean) / sd
    excess = np.einsum("ij,ij->i", ndtr(z), weight) - prob
    density = np.exp(-0.5 * z**2) * weight / sd
    slope = density.sum(axis=1) / np.sqrt(2 * np.pi)
    bend = np.einsum("ij,ij->i", density, -z / sd) / np.sqrt(2 * np.pi)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):  # far out, where it is no number and not taken
        newton = excess / slope
        return excess, newton / np.clip(1 - newton * bend / slope / 2, 0.5, 2.0)


def summarise(posts: Posteriors, level: float = 0.9) -> list[Estimate]:
    """The means with their bands; with fewer than two voices a band is not a number (NaN)."""
    bands = quantiles(posts, _tails(level))
    bands[posts.voices < LEAST_VOICES] = np.nan
    return _estimates((posts.weight * posts.mean).sum(axis=1), bands, level, posts.n, posts.voices)


def differences(posts: Posteriors, one: Ints, other: Ints, level: float = 0.9) -> list[Estimate]:
    """The means ``one`` less the means ``other`` (r,), places in ``posts``, two on one scale taken as independent.

    A band only where each side has two voices or more. The difference of two mixtures of normals is the mixture of all pairs
    of their parts; pairs with a part of weight below 1e-9 are left out, which is less than 1e-7 of the probability.
    """
    known = cumulants(posts.weight, posts.mean, posts.sd)
    known = known[:, one] + np.array([[-1], [1], [-1], [1]]) * known[:, other]
    heaviest = np.argsort(-posts.weight, axis=1)
    parts = [np.take_along_axis(part, heaviest, axis=1) for part in (posts.weight, posts.mean, posts.sd)]
    count = (posts.weight > _SLIGHT).sum(axis=1)
    voices = np.minimum(posts.voices[one], posts.voices[other])
    told = np.flatnonzero(voices >= LEAST_VOICES)
    told = told[np.lexsort((count[other[told]], count[one[told]]))]
    bands = np.full((len(one), 2), np.nan)
    for run in _runs(count[one[told]] * count[other[told]]):
        rows = told[run]
        left, right = ([part[at, : count[at].max()] for part in parts] for at in (one[rows], other[rows]))
        bands[rows] = _quantiles(*_pairs(left, right), known[:, rows], _tails(level))
    reach = (posts.high - posts.low)[one, None]
    return _estimates(known[0], np.clip(bands, -reach, reach), level, posts.n[one] + posts.n[other], voices)


def _pairs(left: Sequence[Floats], right: Sequence[Floats]) -> tuple[Floats, Floats, Floats]:
    """All pairs (r, k × l) of the parts of r mixtures with those of r others, as parts of the differences."""
    (w, m, s), (v, n, t) = ([part[:, :, None] for part in left], [part[:, None, :] for part in right])
    size = (len(w), -1)
    return (w * v).reshape(size), (m - n).reshape(size), np.sqrt(s**2 + t**2).reshape(size)


def _tails(level: float) -> tuple[float, float]:
    return (1 - level) / 2, (1 + level) / 2


def _estimates(mean: Floats, bands: Floats, level: float, n: Ints, voices: Ints) -> list[Estimate]:
    rows = zip(mean.tolist(), *bands.T.tolist(), n.tolist(), voices.tolist(), strict=True)
    return [Estimate(at, low, high, level, count, told) for at, low, high, count, told in rows]

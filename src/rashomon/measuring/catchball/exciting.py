"""Two streams of marked acts that may excite each other: a Hawkes process with exponential kernels, by its exact likelihood.

Acts of side i come at the rate (Hawkes 1971, *Biometrika* 58, eq. 12, with marks)

    λᵢ(t) = μᵢ p(t) + Σⱼ αᵢⱼ Σ_{tₖ < t, of j} gₖ β exp(−β (t − tₖ)),

where the marks gₖ of each side have the mean 1, so that αᵢⱼ is the branching ratio: how many acts of i an act of j of the
mean mark brings about. The pace p(t) of what comes unasked is given: 1, or how much else is told of each time. The
log-likelihood over 0…T is Σ log λ at the acts less the integrals of λ₁ and λ₂ (Ozaki 1979, *Annals of the Institute of
Statistical Mathematics* 31); the inner sums follow one from the next, so that it takes O(n). For a given decay β it falls
apart by receiving side and is concave in (μᵢ, αᵢ₁, αᵢ₂), where Newton's method with bounds finds its one maximum; β is sought
over them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.special import chdtri

from rashomon.measuring.catchball.acts import Floats, Ints
from rashomon.measuring.catchball.kernels import decayed_sums, maximise

_COARSE: Final = 12  # decays tried before the best is refined
_CLOSE: Final = 1e-4  # of the logarithm of a decay
_NEAR: Final = 5e-3  # of the reach of a profile, at its end
_STEP: Final = 0.05  # of the logarithm of a decay, over which the fall of the likelihood is taken
_REACH: Final = 2.0  # of the logarithm of a decay, over which a profile is sought on each side of the best
_FAR: Final = 50.0  # branching ratios beyond which no end of a profile is sought


@dataclass(frozen=True, eq=False)
class Pace:
    """How fast things come that nothing brings about: (k,) paces above 0, each from one of ``edge`` (k + 1,) days to the
    next.
    """

    edge: Floats
    pace: Floats

    @classmethod
    def of(cls, edge: Floats, told: Floats) -> Pace:
        """As fast as so much (k,) is told of what lies between the edges; its mean is 1."""
        return cls(edge, told / np.diff(edge) * float(edge[-1] - edge[0]) / float(told.sum()))

    def at(self, time: Floats) -> tuple[Floats, Floats]:
        """The pace at each time (n,), and its integral from the first edge to there (n,)."""
        step = np.clip(np.searchsorted(self.edge, time, side="right") - 1, 0, len(self.pace) - 1)
        before = np.concatenate([[0.0], np.cumsum(np.diff(self.edge) * self.pace)])
        return self.pace[step], before[step] + (time - self.edge[step]) * self.pace[step]


def steady(length: float) -> Pace:
    """The pace 1 on 0…``length``."""
    return Pace(np.array([0.0, length]), np.ones(1))


@dataclass(frozen=True, eq=False)
class Stream:
    """n acts of two sides on 0…``length`` (days): ``time`` (n,) ascending, ``side`` (n,) 0 or 1, ``mark`` (n,) of mean 1 by
    side; ``pace`` (n,) at each, ``spent`` (n,) its integral from 0, ``whole`` that to the end, and
    ``own`` the places of each side's acts.
    """

    time: Floats
    side: Ints
    mark: Floats
    length: float
    pace: Floats
    spent: Floats
    whole: float
    own: tuple[Ints, Ints]

    @classmethod
    def of(cls, time: Floats, side: Ints, weight: Floats, pace: Pace) -> Stream:
        """A stream of acts in any order within the edges of a pace that begins at 0, with weights above 0 of any mean."""
        order = np.argsort(time, kind="stable")
        mean = np.bincount(side, weight, 2) / np.maximum(np.bincount(side, minlength=2), 1)
        length = float(pace.edge[-1])
        return cls(
            time[order], side[order], (weight / mean[side])[order], length, *pace.at(time[order]),
            float(pace.at(np.array([length]))[1][0]), (np.flatnonzero(side[order] == 0), np.flatnonzero(side[order] == 1)),
        )  # fmt: skip

    def sums(self, decay: float) -> tuple[Floats, Floats]:
        """What earlier acts of each side add to a rate at each act (n, 2), and what all add to its integral (2,), if α were
        1.
        """
        past = decayed_sums(self.time, self.side, self.mark, decay)
        gone = -np.expm1(-decay * (self.length - self.time)) * self.mark
        return past, np.bincount(self.side, gone, 2).astype(np.float64)

    def decays(self) -> tuple[float, float]:
        """Between which decays is sought: from a mean delay of a tenth of the time to one of a day, or less if all is short."""
        slow = 10.0 / self.length
        return slow, max(1.0, 10.0 * slow)


@dataclass(frozen=True, eq=False)
class Fit:
    """The maximum: ``base`` (2,) acts a day at the pace 1, ``branching`` (2, 2) by receiver and sender, ``decay`` a day.
    ``spread``: how far from its logarithm profiles are sought, some six standard errors.
    """

    base: Floats
    branching: Floats
    decay: float
    log_likelihood: float
    spread: float


def log_likelihood(stream: Stream, base: Floats, branching: Floats, decay: float) -> float:
    """The log-likelihood at any parameters; O(n)."""
    past, total = stream.sums(decay)
    rate = base[stream.side] * stream.pace + np.sum(branching[stream.side] * past, axis=1)
    with np.errstate(divide="ignore"):
        points = float(np.sum(np.log(rate)))
    return points - float(base.sum() * stream.whole + (branching @ total).sum())


def _receiver(stream: Stream, past: Floats, total: Floats, i: int, start: Floats | None = None, fixed: int = -1) -> Any:
    """(log-likelihood, μ, α₁, α₂) of receiver i at its maximum, from a ``start`` (3,); one α being ``fixed`` there if so
    asked.
    """
    whole = np.array([stream.whole, total[0], total[1]])
    begin = np.array([len(stream.own[i]) / stream.whole, 0.1, 0.1]) if start is None else start
    return maximise(stream.own[i], stream.pace, past, whole, begin, fixed)


def fit(stream: Stream) -> Fit:
    """The maximum of the likelihood; the decay is sought on a grid of its logarithm and refined beside the best."""

    def lost(log_decay: float) -> float:
        past, total = stream.sums(math.exp(log_decay))
        return -float(_receiver(stream, past, total, 0)[0] + _receiver(stream, past, total, 1)[0])

    low, high = map(math.log, stream.decays())
    at, least = _lowest(lost, low, high, _COARSE)
    past, total = stream.sums(math.exp(at))
    found = [_receiver(stream, past, total, i) for i in (0, 1)]
    fall = max(lost(max(at - _STEP, low)), lost(min(at + _STEP, high))) - least
    spread = min(max(6 * _STEP / math.sqrt(2 * fall), _STEP), _REACH) if fall > 0 else _REACH
    base, branching = np.array([one[1] for one in found]), np.array([one[2:4] for one in found])
    return Fit(base, branching, math.exp(at), found[0][0] + found[1][0], spread)


def _lowest(lost: Callable[[float], float], low: float, high: float, grid: int) -> tuple[float, float]:
    """Where a function of one number is lowest between two ends, and how low: the best of a grid, refined between its
    neighbours.
    """
    from scipy import optimize

    at = np.linspace(low, high, grid)
    best = int(np.argmin([lost(x) for x in at.tolist()]))
    ends = (float(at[max(best - 1, 0)]), float(at[min(best + 1, grid - 1)]))
    found = optimize.minimize_scalar(lost, bounds=ends, method="bounded", options={"xatol": _CLOSE})
    edge = min((low, high), key=lost)
    return min(((float(found.x), float(found.fun)), (edge, lost(edge))), key=lambda one: one[1])


def profile_ends(stream: Stream, found: Fit, receiver: int, sender: int, level: float) -> tuple[float, float]:
    """The ends of the profile-likelihood interval of one branching ratio: where the likelihood, over all else, has fallen
    by half the quantile of χ²₁. The lower end is 0 where it has not fallen so far by 0.
    """
    from scipy import optimize

    reach = math.sqrt(float(chdtri(1, 1 - level)))
    best = float(found.branching[receiver, sender])

    def beyond(value: float) -> float:  # the root of the fall is nearly a straight line, on which a root is soon found
        fall = found.log_likelihood - profile(stream, found, receiver, sender, value)
        return math.sqrt(2 * max(fall, 0.0)) - reach

    step = 1.2 * reach * _error(stream, found, receiver, sender)
    exact = _NEAR * step
    low = max(best - step, 0.0)
    if beyond(low) < 0:
        low = 0.0
    if beyond(low) > 0:
        low = float(optimize.brentq(beyond, low, best, xtol=exact))
    inner = best
    while beyond(best + step) < 0:
        inner = best + step
        step *= 2
        if step > _FAR:
            return low, math.inf
    return low, float(optimize.brentq(beyond, inner, best + step, xtol=exact))


def _error(stream: Stream, found: Fit, receiver: int, sender: int) -> float:
    """About the standard error of a branching ratio, all else as it is: the scale on which its profile falls."""
    past, _ = stream.sums(found.decay)
    own = past[stream.own[receiver]]
    rate = found.base[receiver] * stream.pace[stream.own[receiver]] + own @ found.branching[receiver]
    curve = float(np.sum((own[:, sender] / rate) ** 2))
    return min(1 / math.sqrt(curve), 1.0) if curve > 0 else 1.0


def profile(stream: Stream, found: Fit, receiver: int, sender: int, value: float) -> float:
    """The greatest log-likelihood with one branching ratio at a value: over the decay near the best, and all else."""
    from scipy import optimize

    starts = [np.array([found.base[i], *found.branching[i]]) for i in (0, 1)]
    starts[receiver][1 + sender] = value

    def lost(log_decay: float) -> float:
        past, total = stream.sums(math.exp(log_decay))
        own = _receiver(stream, past, total, receiver, starts[receiver], sender)[0]
        return -float(own + _receiver(stream, past, total, 1 - receiver, starts[1 - receiver])[0])

    low, high = map(math.log, stream.decays())
    near = math.log(found.decay)
    ends = (max(low, near - found.spread), min(high, near + found.spread))
    best = optimize.minimize_scalar(lost, bounds=ends, method="bounded", options={"xatol": 0.02 * found.spread})
    return -min(float(best.fun), lost(near))


def rescaled(stream: Stream, found: Fit) -> Floats:
    """Waits between acts of one side in the time of the model (n,): exponential of mean 1 if the model is true (Brown et al.
    2002, *Neural Computation* 14). The wait to each side's first act is counted too.
    """
    past, _ = stream.sums(found.decay)
    own = np.eye(2)[stream.side] * stream.mark[:, None]
    before = np.cumsum(own, axis=0) - own
    grown = found.base * stream.spent[:, None] + (before - past / found.decay) @ found.branching.T
    return np.concatenate([np.diff(grown[stream.side == i, i], prepend=0.0) for i in (0, 1)])


def misfit(stream: Stream, found: Fit) -> float:
    """The p of Kolmogorov and Smirnov's test that rescaled waits are exponential; it is too large rather than too small, as the
    parameters are fitted to the same acts.
    """
    from scipy import stats

    return float(stats.kstest(rescaled(stream, found), "expon").pvalue)

r"""Is it chance that nothing was said? The core of :mod:`rashomon.measuring.silences.measuring`: plain arrays in, plain arrays
out.

Of :math:`n_b` statements by those who speak of a topic :math:`k` are on it, and of :math:`n_a` by another group none. If both
spoke of it equally often, all :math:`k` would fall to the first by chance (Fisher's exact test, one-sided) with probability

.. math:: P = \binom{n_b}{k} \Big/ \binom{n_a+n_b}{k}
            = \frac{\Gamma(n_b+1)\,\Gamma(n_a+n_b-k+1)}{\Gamma(n_b-k+1)\,\Gamma(n_a+n_b+1)}

which is also the probability of none among :math:`n_a` under the posterior of a share with prior :math:`1/p`: the uncertainty of
the share is part of it. Statements of one voice are alike: by their intraclass correlation :math:`\rho` the :math:`n_v` of a
voice count as :math:`n_v/(1+(n_v-1)\rho)` independent ones, at most :math:`1/\rho`, and counts are replaced by effective
ones (Rao & Scott 1992, *Biometrics* 48), which the Gamma functions take though they are no whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.statistics.grouping import distinct
from rashomon.measuring.statistics.judging import LEAST_VOICES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Numbers = NDArray[Any] | float

LEAST_RHO: Final = 0.02
"""No estimate of few voices can show that what a voice tells is less alike than that."""

MOST_NEEDED: Final = 1e6
"""More statements than that are as good as never enough."""


def effective(n: Numbers, rho: float) -> Floats:
    """How many independent statements the ``n`` of one voice are worth (any shape)."""
    out: Floats = n / (1.0 + np.maximum(n - 1.0, 0.0) * rho)
    return out


def chance_of_none(silent: Numbers, speaking: Numbers, on_topic: Numbers) -> Floats:
    """The probability that none of ``silent`` statements, but all ``on_topic`` of those of both groups, are among ``speaking``.

    Effective counts, any shape; at most 1, and 1 where nothing was said by the silent.
    """
    from scipy.special import gammaln

    rest = np.maximum(speaking - on_topic, 0.0)
    log = gammaln(speaking + 1.0) + gammaln(silent + rest + 1.0) - gammaln(rest + 1.0) - gammaln(silent + speaking + 1.0)
    out: Floats = np.exp(np.minimum(log, 0.0))
    return out


def greatest_share(silent: Numbers, level: float) -> Floats:
    """The share that a group can have and yet say nothing in ``silent`` effective statements with probability 1 − ``level``.

    :math:`1-(1-level)^{1/n}`, which is near 2.3/n at 90 % (3/n at 95 %: Hanley & Lippman-Hand 1983, *JAMA* 249).
    """
    with np.errstate(divide="ignore"):
        out: Floats = np.where(silent > 0, -np.expm1(np.log1p(-level) / np.maximum(silent, 1e-12)), 1.0)
    return out


def needed(speaking: Numbers, on_topic: Numbers, bar: float) -> Floats:
    """How many effective statements without the topic would bring the chance of none to ``bar``; inf past a million."""
    low, high = np.zeros_like(speaking, dtype=np.float64), np.full(np.shape(speaking), MOST_NEEDED)
    for _ in range(60):
        middle = (low + high) / 2
        enough = chance_of_none(middle, speaking, on_topic) <= bar
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    out: Floats = np.where(chance_of_none(np.full_like(high, MOST_NEEDED), speaking, on_topic) <= bar, high, np.inf)
    return out


def share_band(on_topic: Numbers, speaking: Numbers, level: float) -> tuple[Floats, Floats]:
    """The interval of a share of effective counts (Jeffreys; Brown, Cai & DasGupta 2001, *Statistical Science* 16)."""
    from scipy.special import betaincinv

    a, b, tail = on_topic + 0.5, np.maximum(speaking - on_topic, 0.0) + 0.5, (1.0 - level) / 2.0
    low, high = (np.asarray(betaincinv(a, b, end), np.float64) for end in (tail, 1.0 - tail))
    return low, high


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the statements of one voice are: ``rho``, and from how many groups with two voices or more it comes."""

    rho: float
    groups: int


def likeness(group: Ints, voice: Ints, topic: Ints) -> Likeness:
    """The intraclass correlation of speaking of a topic, within voices and pooled over groups and topics (Donner 1986).

    Mentions (n,) of a ``topic`` by a ``group`` as told by a ``voice``. The analysis of variance of each topic in each group with
    two voices or more, sums of squares added up; :data:`LEAST_RHO` to 1, and 1 where there is no such group: a voice counts once.
    """
    first, cell = distinct(group, voice)
    size = np.bincount(cell).astype(np.float64)
    _, of = distinct(group[first])
    voices = np.bincount(of)
    wide = voices >= LEAST_VOICES
    if not wide.any():
        return Likeness(1.0, 0)
    total, squares = np.bincount(of, size), np.bincount(of, size**2)
    # a topic of a group: its mentions by voice, and in all
    part, on = distinct(of[cell], topic)
    here, k_all = of[cell][part], np.bincount(on).astype(np.float64)
    spot, cut = distinct(on, cell)
    k = np.bincount(cut).astype(np.float64)
    within_sum = np.bincount(on[spot], k**2 / size[cell[spot]], len(part))
    keep = wide[here] & (total[here] > voices[here])
    here, k_all, within_sum = here[keep], k_all[keep], within_sum[keep]
    if not len(here):
        return Likeness(1.0, 0)
    between = (within_sum - k_all**2 / total[here]) / (voices[here] - 1)
    within = (k_all - within_sum) / (total[here] - voices[here])
    usual = (total[here] - squares[here] / total[here]) / (voices[here] - 1)
    below = float((between + (usual - 1) * within).sum())
    rho = float((between - within).sum()) / below if below > 0 else 1.0
    return Likeness(min(max(rho, LEAST_RHO), 1.0), int(np.unique(here).size))

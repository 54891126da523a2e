"""How surprising it is that a formula is left out: by how long and how regularly it had stood, and how often it had lapsed.

Along the occasions of its series a formula is there or not. Two chances are taken to hold throughout: that it lapses where it
was there at the occasion before, and that it comes back where it was not. Each is learnt from what the formula had shown
before the omission, after the ``least``-th occasion at which it stood: the first ones made it a formula, were chosen for
that, and say nothing of how regular it is. (Since that occasion is a stopping time, what follows is as it would be had
nothing been chosen.)

Before it has shown anything, a formula is taken for one like the others of its series: the chance of a lapse has a Beta(a, b)
prior fitted to them all (empirical Bayes; Robbins 1956), or Jeffreys' Beta(½, ½) where they are too few. The chance that it
is left out, had nothing changed, is then (l + a) / (n + a + b) with l lapses at n occasions, and its surprise is minus the
logarithm of that in bits (Shannon 1948). A silence of several occasions adds, for each, that it did not come back. The band
is that of the chance itself, from the quantiles of its posterior. The measure is ours.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.study import Estimate

NONE: Final = Estimate(math.nan, math.nan, math.nan, 0.9, 0, 0)
"""Where nothing is estimated."""
FEW: Final = 20
"""Formulas with something to learn from that a prior needs."""
_BOUNDS: Final = (math.log(0.05), math.log(50.0))


@dataclass(frozen=True, slots=True)
class Prior:
    """Beta priors, (a, b) each: of a lapse where a formula was there, and of its coming back where it was not."""

    lapse: tuple[float, float] = (0.5, 0.5)
    back: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of occasions without a formula that had stood.

    ``at``: the first occasion without it; ``length``: of how many; ``back``: the occasion at which it stood again, None if it
    has not. ``stood``: at how many occasions before; ``kept`` and ``lapses``: how often it
    stayed and lapsed after it had become a formula; ``away`` and ``returns``: how often it stayed away and came back, before
    this.
    """

    at: int
    length: int
    back: int | None
    stood: int
    kept: int
    lapses: int
    away: int
    returns: int


def spells(present: Sequence[int], occasions: int, least: int) -> tuple[Spell, ...]:
    """The spells without a formula after it stood ``least`` times; ``present``: its occasions, rising, of those 0 … occasions
    − 1.
    """
    out = []
    kept = lapses = away = returns = 0
    for place, here in enumerate(present):
        if place + 1 < least:
            continue
        after = present[place + 1] if place + 1 < len(present) else None
        length = (occasions if after is None else after) - here - 1
        if length:
            out.append(Spell(here + 1, length, after, place + 1, kept, lapses, away, returns))
            lapses += 1
            away += length - 1
            returns += after is not None
        elif after is not None:
            kept += 1
    return tuple(out)


def silence(present: Sequence[int], occasions: int, least: int) -> Spell | None:
    """The spell at the end of the series; None where the formula stands at the last occasion, or had not stood enough."""
    last = next(reversed(spells(present, occasions, least)), None)
    return last if last and last.back is None else None


@dataclass(frozen=True, slots=True)
class Step:
    """An occasion before which a formula stood: whether it is ``there`` at it, and how often it had ``kept`` and lapsed
    before.
    """

    at: int
    there: bool
    kept: int
    lapses: int

    def chance(self, prior: Prior) -> float:
        """The chance that it is left out there, had nothing changed."""
        a, b = prior.lapse
        return (self.lapses + a) / (self.kept + self.lapses + a + b)


def steps(present: Sequence[int], occasions: int, least: int) -> Iterator[Step]:
    """The occasions at which a formula, there at the occasion before and ``least`` times in all, could be kept or left out."""
    there = frozenset(present)
    kept = lapses = 0
    for here in present[least - 1 :]:
        if here + 1 < occasions:
            again = here + 1 in there
            yield Step(here + 1, again, kept, lapses)
            kept += again
            lapses += not again


def fitted(tallies: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """The Beta distribution under which tallies of (events, other outcomes) are likeliest; Jeffreys' of fewer than FEW
    tallies.
    """
    from scipy.optimize import minimize
    from scipy.special import betaln

    counts = np.array([one for one in tallies if sum(one)], np.float64)
    if len(counts) < FEW:
        return 0.5, 0.5
    such, others = counts.T

    def unlikely(logs: NDArray[np.float64]) -> float:
        a, b = np.exp(logs)
        return float(len(such) * betaln(a, b) - betaln(a + such, b + others).sum())

    found = minimize(unlikely, np.log([0.5, 0.5]), method="L-BFGS-B", bounds=[_BOUNDS, _BOUNDS])
    a, b = np.exp(found.x)
    return float(a), float(b)


def surprise(spell: Spell, level: float, prior: Prior, length: int = 1) -> Estimate:
    """The surprise of the first ``length`` occasions of a spell, in bits, with the band of the chance; ``n``: occasions
    learnt from.
    """
    bits, low, high = _bits(spell.lapses, spell.kept, *prior.lapse, level)
    for more in range(length - 1):
        one, least, most = _bits(spell.away + more, spell.returns, *prior.back[::-1], level)
        bits, low, high = bits + one, low + least, high + most
    return Estimate(bits, low, high, level, spell.kept + spell.lapses, 1)


@lru_cache(maxsize=1 << 16)
def _bits(such: int, others: int, a: float, b: float, level: float) -> tuple[float, float, float]:
    """The surprise of one more event of which there were ``such``, and ``others`` that were not."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    low, high = betaincinv(such + a, others + b, (tail, 1 - tail))
    chance = (such + a) / (such + others + a + b)
    return -math.log2(chance), -math.log2(high), -math.log2(max(float(low), 5e-324))

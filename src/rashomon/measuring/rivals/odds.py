"""Bayes' rule over intervals of judged probabilities: plain numbers in, plain numbers out.

A *band* is a pair (low, high). Weights of evidence are natural logarithms of likelihood ratios (Good 1950, *Probability and the
Weighing of Evidence*), so that independent pieces add up. Bounds are those of robust Bayes (Berger 1990, *J. Statistical Planning
and Inference* 25): the least and the greatest value as every judged probability moves over its whole interval. The use of
likelihood ratios in process tracing: Bennett 2015 (in Bennett & Checkel eds., *Process Tracing*, appendix), Humphreys & Jacobs
2015 (*APSR* 109), Fairfield & Charman 2017 (*Political Analysis* 25). The four tests: Van Evera 1997, *Guide to Methods*, 31–32.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

Band = tuple[float, float]

NOTHING: Final[Band] = (0.0, 0.0)
"""The weight of what says nothing."""

HOOP, SMOKING_GUN, STRAW, DOUBLY = "hoop", "smoking gun", "straw in the wind", "doubly decisive"
_TESTS: Final = {(True, False): HOOP, (False, True): SMOKING_GUN, (False, False): STRAW, (True, True): DOUBLY}


def kinds_of(certainty: Band, uniqueness: Band, high: float) -> tuple[str, ...]:
    """Which of Van Evera's tests it can be: certain, or unique, from ``high`` on; one, unless an interval holds ``high``."""

    def sides(band: Band) -> list[bool]:
        return [side for side, there in ((True, band[1] >= high), (False, band[0] < high)) if there]

    return tuple(_TESTS[certain, unique] for certain in sides(certainty) for unique in sides(uniqueness))


def weight_found(given: Band, otherwise: Band) -> Band:
    """The weight of what was found, for an account under which it had the probability ``given``, against one with ``otherwise``.

    That a trace survives at all is as likely under both and does not matter.
    """
    return math.log(given[0] / otherwise[1]), math.log(given[1] / otherwise[0])


def weight_absent(given: Band, otherwise: Band, survives: Band) -> Band:
    """The weight of what was looked for and not found, where a trace would have survived with a probability in ``survives``.

    The ratio (1 − sg) / (1 − so) falls in g, rises in o, and moves one way in s: its ends lie at ends of the intervals.
    """
    low = min(_absent(given[1], otherwise[0], survival) for survival in survives)
    high = max(_absent(given[0], otherwise[1], survival) for survival in survives)
    return low, high


def _absent(given: float, otherwise: float, survival: float) -> float:
    return math.log1p(-survival * given) - math.log1p(-survival * otherwise)


def opposite(weight: Band) -> Band:
    """The weight for the other of two accounts."""
    return -weight[1], -weight[0]


def add(weights: Iterable[Band]) -> Band:
    """The weight of independent pieces together."""
    listed = list(weights)
    return math.fsum(low for low, _ in listed), math.fsum(high for _, high in listed)


def join(weights: Sequence[Band]) -> Band:
    """The weight of pieces that one voice tells: from the strongest alone to all of them as if independent.

    Each end holds, of what speaks for it, all; of what speaks against it, the strongest alone. So a second piece of the same
    voice never moves the end that decides.
    """
    if not weights:
        return NOTHING
    up = [(max(low, 0.0), max(high, 0.0)) for low, high in weights]
    down = [(min(low, 0.0), min(high, 0.0)) for low, high in weights]
    low = max(one for one, _ in up) + math.fsum(one for one, _ in down)
    high = math.fsum(one for _, one in up) + min(one for _, one in down)
    return low, high


def odds_after(weight: Band, prior: Band) -> Band:
    """Posterior odds as the prior odds move over ``prior``."""
    return prior[0] * math.exp(weight[0]), prior[1] * math.exp(weight[1])


def chance_of(odds: float) -> float:
    """The probability that goes with odds."""
    return odds / (1 + odds)


def middle(band: Band) -> float:
    """The middle of a band."""
    return (band[0] + band[1]) / 2


def sign_of(weight: Band) -> int:
    """+1 where the middle of a weight favours the first account, −1 the other, 0 neither."""
    return (middle(weight) > 0) - (middle(weight) < 0)


@dataclass(frozen=True, slots=True)
class Worth:
    """How far a search is expected to move the probability of an account against a rival, 0 to 1: ``middle`` at the middles of
    all intervals and of the priors, ``low`` and ``high`` over all of them.
    """

    low: float
    middle: float
    high: float


def worth_of(weight: Band, prior: Band, given: Band, otherwise: Band, survives: Band) -> Worth:
    """The expected absolute shift of the probability p, before anybody looks: 2 s p (1 − p) |g − o|.

    It is found with the probability f = s (p g + (1 − p) o), and then p becomes p s g / f; as the expected posterior is p, both
    outcomes move it equally far in expectation.
    """
    before = tuple(chance_of(odds) for odds in odds_after(weight, prior))
    spread = [one * (1 - one) for one in before]
    widest = 0.25 if before[0] <= 0.5 <= before[1] else max(spread)
    least = max(given[0] - otherwise[1], otherwise[0] - given[1], 0.0)
    most = max(given[1] - otherwise[0], otherwise[1] - given[0])
    now = chance_of(math.exp(middle(weight)) * math.sqrt(prior[0] * prior[1]))
    return Worth(
        2 * survives[0] * min(spread) * least,
        2 * middle(survives) * now * (1 - now) * abs(middle(given) - middle(otherwise)),
        2 * survives[1] * widest * most,
    )

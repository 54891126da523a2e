"""The verdict on beliefs, from pairs of a belief and a piece of evidence: plain arrays in, plain arrays out.

The rule is the design's: evidence against and none for contradicts a belief, the reverse bears it out; where both stand, the
stronger kind decides and the verdict is disputed; evidence of equal strength, or none, leaves it undetermined.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.study import UNKNOWN_DAY

UNDETERMINED: Final = 0
BORNE_OUT: Final = 1
CONTRADICTED: Final = -1

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The outcome for n beliefs; every array has n entries.

    ``verdict``: −1 contradicted, 0 undetermined, 1 borne out. ``disputed``: evidence on both sides. ``strong_for`` and
    ``strong_against``: the strongest kind on each side (0: none). ``since``: the first day from which the verdict, as of that
    day, stays as it is (:data:`~rashomon.study.UNKNOWN_DAY` where the day is not known). ``since_by``: the latest that this
    day can be.
    """

    verdict: Ints
    disputed: NDArray[np.bool_]
    strong_for: Ints
    strong_against: Ints
    since: Ints
    since_by: Ints


def decide(strong_for: Ints, strong_against: Ints) -> Ints:
    """Verdicts from the strongest evidence on each side (0: none)."""
    sign: Ints = np.sign(strong_for - strong_against).astype(np.int64)
    return sign


def judge(belief: Ints, sign: Ints, strength: Ints, known: Ints, bound: Ints, n: int) -> Verdicts:
    """Verdicts on ``n`` beliefs from pairs (belief, evidence).

    All pair arrays have one entry a pair: ``belief`` 0..n−1, ``sign`` +1 (for) or −1 (against), ``strength`` 1..3, ``known``
    the first day the evidence was open (UNKNOWN_DAY where that is not known) and ``bound`` the latest that day can be.
    O(p log p) in the number of pairs.
    """
    strong_for = _strongest(belief[sign > 0], strength[sign > 0], n)
    strong_against = _strongest(belief[sign < 0], strength[sign < 0], n)
    verdict = decide(strong_for, strong_against)
    since_by = _settled(belief, sign, strength, bound, verdict, n)
    # where evidence without a known day could have unsettled the verdict in between, the day cannot be named, only bounded
    stated = _settled(belief, sign, strength, known, verdict, n)
    exact = np.where(stated == since_by, stated, UNKNOWN_DAY)
    return Verdicts(verdict, (strong_for > 0) & (strong_against > 0), strong_for, strong_against, exact, since_by)


def _strongest(belief: Ints, strength: Ints, n: int) -> Ints:
    out = np.zeros(n, dtype=np.int64)
    np.maximum.at(out, belief, strength)
    return out


def _settled(belief: Ints, sign: Ints, strength: Ints, day: Ints, final: Ints, n: int) -> Ints:
    """The first day from which the as-of verdict equals the final one for good; UNKNOWN_DAY where there is none."""
    since = np.full(n, UNKNOWN_DAY, dtype=np.int64)
    if not len(belief):
        return since
    order = np.lexsort((day, belief))
    who, when = belief[order], day[order]
    # a running maximum within each belief: adding a multiple of the belief's number keeps segments apart
    lift = who * 8
    best_for = np.maximum.accumulate(np.where(sign[order] > 0, strength[order], 0) + lift) - lift
    best_against = np.maximum.accumulate(np.where(sign[order] < 0, strength[order], 0) + lift) - lift
    then = decide(best_for, best_against)
    # evidence open on one day counts together: only the last row of each (belief, day) is a state of knowledge
    last = np.r_[(who[1:] != who[:-1]) | (when[1:] != when[:-1]), True]
    who, when, then = who[last], when[last], then[last]
    right = then == final[who]
    # the settled run is the unbroken run of right verdicts at the end of each belief's states
    wrong_at = np.where(~right, np.arange(len(who)), -1)
    last_wrong = np.full(n, -1, dtype=np.int64)
    np.maximum.at(last_wrong, who, wrong_at)
    first_row = np.searchsorted(who, np.arange(n), side="left")
    start = np.maximum(last_wrong + 1, first_row)
    ends = np.searchsorted(who, np.arange(n), side="right")
    settled = (start < ends) & (final != UNDETERMINED)
    since[settled] = when[start[settled]]
    return since


def expand(left_group: Ints, right_group: Ints, n_groups: int) -> tuple[Ints, Ints]:
    """All pairs (i, j) with ``left_group[i] == right_group[j]``, as two index arrays; O(rows + pairs).

    Groups are numbered 0..n_groups−1; negative numbers pair with nothing.
    """
    left = np.flatnonzero(left_group >= 0)
    right = np.flatnonzero(right_group >= 0)
    right = right[np.argsort(right_group[right], kind="stable")]
    counts = np.bincount(right_group[right], minlength=n_groups)
    starts = np.r_[0, np.cumsum(counts)[:-1]]
    each = counts[left_group[left]]
    first = np.repeat(left, each)
    offset = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
    second = right[np.repeat(starts[left_group[left]], each) + offset] if len(right) else offset
    return first.astype(np.int64), second.astype(np.int64)

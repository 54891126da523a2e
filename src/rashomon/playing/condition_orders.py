"""Of all orders of a player's priorities: how many make a state stable, and which of them is nearest to the declared one.

Conditions are placed one after the other, the most important first. A state is decided against the one in question, s, by the
first condition on which the two differ: a condition that holds in s puts all states below it that are not yet decided and in
which it fails, one that fails in s puts above all in which it holds. What orders of the same first conditions leave open is the
same but for what they have decided, so orders are counted over sets of first conditions (lower sets), not one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np

from rashomon.playing.deterring import Threat
from rashomon.playing.graphs import Bools
from rashomon.playing.state_orders import Nearest, too_many

MOST_CONDITIONS = 20
MOST_OPEN = 1_000_000
"""What may be open after any number of conditions, up to which orders are counted."""


@dataclass(frozen=True, slots=True)
class ConditionOrders:
    """How many orders of the conditions let no threat through, and the nearest of them, by the places that they have now."""

    count: int
    nearest: Nearest | None


@dataclass(slots=True)
class _Way:
    """Orders of the same first conditions that leave the same open: how many, and the nearest to the declared order."""

    count: int
    swaps: int
    order: tuple[int, ...]

    def join(self, other: _Way) -> None:
        self.count += other.count
        if (other.swaps, other.order) < (self.swaps, self.order):
            self.swaps, self.order = other.swaps, other.order


@dataclass(frozen=True, slots=True)
class _Open:
    """What may still decide a threat: its target and its deterrents, as masks of kinds of states. Target 0: it is above."""

    target: int
    deterrents: frozenset[int]


def order_conditions(threats: Sequence[Threat], holds: Bools, state: int) -> ConditionOrders:
    """All orders of k conditions, ``holds`` (k, S), in which no threat against ``state`` comes through.

    Raises R817 above MOST_CONDITIONS conditions, or where more than MOST_OPEN cases stay apart.
    """
    k = len(holds)
    if k > MOST_CONDITIONS:
        raise too_many(f"{k} conditions", f"{MOST_CONDITIONS} at most")
    kinds = _Kinds(holds, state)
    start = kinds.open(threats)
    sound: list[_Way] = []
    layer: dict[tuple[int, frozenset[_Open]], _Way] = {(0, start): _Way(1, 0, ())}
    while layer:
        following: dict[tuple[int, frozenset[_Open]], _Way] = {}
        for (placed, waiting), way in layer.items():
            left = [c for c in range(k) if not placed >> c & 1]
            if not waiting:
                sound.append(_Way(way.count * factorial(len(left)), way.swaps, (*way.order, *left)))
                continue
            for before, c in enumerate(left):
                rest = kinds.place(c, waiting)
                if rest is not None:
                    more = _Way(way.count, way.swaps + before, (*way.order, c))
                    key = (placed | 1 << c, rest)
                    if key in following:
                        following[key].join(more)
                    else:
                        following[key] = more
        if len(following) > MOST_OPEN:
            raise too_many(f"more than {MOST_OPEN:,} cases that stay apart", "fewer conditions, or fewer moves")
        layer = following
    if not sound:
        return ConditionOrders(0, None)
    nearest = min(sound, key=lambda way: (way.swaps, way.order))
    return ConditionOrders(sum(way.count for way in sound), Nearest(nearest.swaps, nearest.order))


class _Kinds:
    """States that differ from the one in question in the same conditions are of one kind: they are decided together."""

    def __init__(self, holds: Bools, state: int) -> None:
        self.holds, self.state = holds, state
        self.differs = holds != holds[:, state, None]
        self.raises = ~holds[:, state]
        self.number: dict[bytes, int] = {}
        self.decided_by = [0] * len(holds)  # by condition, the mask of kinds on which it differs

    def _kind(self, state: int) -> int:
        """A mask of one bit; 0 for a state that no order tells from the one in question."""
        pattern = self.differs[:, state]
        if not pattern.any():
            return 0
        key = pattern.tobytes()
        if key not in self.number:
            self.number[key] = len(self.number)
            for c in np.flatnonzero(pattern).tolist():
                self.decided_by[c] |= 1 << self.number[key]
        return 1 << self.number[key]

    def open(self, threats: Sequence[Threat]) -> frozenset[_Open]:
        """What is not safe from the outset: a state that ties with the one in question does not tempt, and always deters."""
        found = set()
        for threat in threats:
            target = self._kind(threat.target)
            masks = {sum({self._kind(one) for one in some}) for some in threat.deterrents}
            if target and 0 not in masks:
                found.add(_Open(target, _least(masks, target)))
        return frozenset(found)

    def place(self, condition: int, waiting: frozenset[_Open]) -> frozenset[_Open] | None:
        """What is open once a condition is placed next; None where a threat comes through."""
        decided, raised = self.decided_by[condition], bool(self.raises[condition])
        out = set()
        for one in waiting:
            if raised:
                sets = frozenset(some for some in one.deterrents if not some & decided)
                target = one.target & ~decided
                if not target and not sets:
                    return None
            else:
                if one.target & decided:
                    continue  # below
                masks = {some & ~decided for some in one.deterrents}
                if 0 in masks:
                    continue  # deterred
                target, sets = one.target, _least(masks, one.target)
            out.add(_Open(target, sets))
        return frozenset(out)


def _least(masks: set[int], target: int) -> frozenset[int]:
    """The sets that hold no other of them, and not the target, which is above where it tempts."""
    return frozenset(
        one for one in masks if not one & target and not any(other != one and other & one == other for other in masks)
    )

"""Of all strict orders of the states: how many make a state stable, and which of them is nearest to the declared one.

Where a states must stand above s and c below it, n!·a!·c!/(a + c + 1)! of the n! orders do so. The orders that make s stable are
counted from these by inclusion and exclusion over the moves that destabilise it and the sets that deter from them; moves that
hang on no common state are counted apart, and moves that hang on the same sets together. No order is listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import comb, factorial
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from rashomon.errors import RashomonError, error
from rashomon.playing.deterring import States, Threat, smallest
from rashomon.playing.graphs import Ints

if TYPE_CHECKING:
    from rashomon.playing.layouts import Numbers

MOST_STATES = 1024
"""Feasible states up to which their orders are asked about: the counts are whole numbers of thousands of digits."""
MOST_KINDS = 12
"""Moves of one player that hang together, each on other sets, up to which orders are counted."""
MOST_TRIED = 20_000
"""Ways to lower states that are tried for the nearest order."""

_NEVER = 1 << 40

Item = TypeVar("Item")
Terms = Counter[tuple[int, int]]
"""By (a, c), how often the orders with a given states above and c given states below are counted."""


def count_orders(threats: Sequence[Threat], states: int) -> int | None:
    """How many of all strict orders of so many states let no threat through.

    None where more than MOST_KINDS different threats hang together: too many to count.
    """
    terms: Terms = Counter({(0, 0): 1})
    for linked in _grouped((frozenset({one.target}).union(*one.deterrents), one) for one in threats):
        if len({threat.deterrents for threat in linked}) > MOST_KINDS:
            return None
        terms = _product(terms, _passing(linked))
    whole = sum(times * Fraction(factorial(a) * factorial(c), factorial(a + c + 1)) for (a, c), times in terms.items())
    count = whole * factorial(states)
    assert count.denominator == 1
    return int(count)


def too_many(found: str, allowed: str) -> RashomonError:
    """R817: the question is larger than can be answered."""
    return error(
        "R817", "There are too many orders to say which make the state stable.", found=found, allowed=allowed,
        remedy="Ask for the player's priorities rather than its states, or leave out options that decide nothing.",
    )  # fmt: skip


def _grouped(items: Iterable[tuple[Iterable[int], Item]]) -> list[list[Item]]:
    """Items that each touch some states, in groups that have no state in common."""
    groups: list[tuple[set[int], list[Item]]] = []
    for touched, item in items:
        states, members, apart = set(touched), [item], []
        for group in groups:
            if group[0] & states:
                states |= group[0]
                members += group[1]
            else:
                apart.append(group)
        groups = [*apart, (states, members)]
    return [members for _, members in groups]


def _passing(linked: Sequence[Threat]) -> Terms:
    """The orders in which none of these threats comes through: over all sets of them, all above and none deterred."""
    kinds = Counter(threat.deterrents for threat in linked)
    sizes = list(kinds.values())
    out: Terms = Counter()
    for chosen in range(1 << len(kinds)):
        some = [kind for k, kind in enumerate(kinds) if chosen >> k & 1]
        above: Terms = Counter({(0, 0): 1})
        for k, size in enumerate(sizes):
            if chosen >> k & 1:  # one or more of the moves of this kind
                above = _product(above, Counter({(a, 0): (-1) ** a * comb(size, a) for a in range(1, size + 1)}))
        out.update(_product(above, _undeterred(frozenset[States]().union(*some))))
    return out


def _undeterred(sets: Collection[States]) -> Terms:
    """The orders in which each of these sets has a member above."""
    singles = {one for some in sets if len(some) == 1 for one in some}
    terms: Terms = Counter({(len(singles), 0): 1})
    larger = [some for some in smallest(sets) if len(some) > 1 and not some & singles]
    for together in _grouped((one, one) for one in larger):
        unions: Counter[States] = Counter({frozenset(): 1})
        for some in together:
            for union, times in list(unions.items()):
                unions[union | some] -= times
        sized: Terms = Counter()
        for union, times in unions.items():
            sized[0, len(union)] += times
        terms = _product(terms, sized)
    return terms


def _product(one: Terms, other: Terms) -> Terms:
    out: Terms = Counter()
    for (a, c), times in one.items():
        if times:
            for (more_a, more_c), again in other.items():
                out[a + more_a, c + more_c] += times * again
    return out


# the nearest order


@dataclass(frozen=True, slots=True)
class Nearest:
    """An order, best or most important first, and how many pairs that the declared one orders strictly stand otherwise in it.

    Where the declared order has no ties that is the fewest swaps of neighbours (Kendall 1938, *Biometrika* 30).
    """

    swaps: int
    order: tuple[int, ...]


def nearest_order(threats: Sequence[Threat], ranks: Numbers, states: Ints, state: int) -> Nearest:
    """The strict order of ``states`` nearest to ``ranks`` (S,) in which no threat against ``state`` comes through.

    States need only be lowered: those that stand above the state, as few and by as little as does. Which must be is tried by
    branch and bound, R817 after MOST_TRIED tries. There always is one, for with the state on top nothing tempts.
    """
    above = [s for s in states.tolist() if ranks[s] > ranks[state]]
    ladder = _Ladder({s: int(ranks[s]) for s in above})
    needs = [need for need in (_ways_to_meet(one, ladder.rank) for one in threats) if need]
    best = _Search(ladder, [_nearest_alone(need, needs, ladder.rank) for need in needs]).run()
    order = sorted(states.tolist(), key=lambda s: (-int(ranks[s]), s))
    kept = [s for s in order if s in ladder.rank and s not in best[1]]
    rest = [s for s in order if s not in ladder.rank and s != state]
    return Nearest(best[0], (*kept, state, *(s for s in order if s in best[1]), *rest))


def _ways_to_meet(threat: Threat, above: Collection[int]) -> list[States]:
    """The sets of states each of which, lowered, keeps a threat from coming through; none where it does not now."""
    if threat.target not in above:
        return []
    ways = [frozenset({threat.target}), *(some & frozenset(above) for some in threat.deterrents)]
    return [] if frozenset() in ways else list(smallest(ways))


def _nearest_alone(ways: Sequence[States], needs: Sequence[Sequence[States]], rank: Mapping[int, int]) -> list[States]:
    """The ways without those single states that meet no other need and stand higher than another such."""
    meets = Counter(one for need in needs for one in frozenset[int]().union(*need))
    alone = [way for way in ways if len(way) == 1 and meets[next(iter(way))] == 1]
    if not alone:
        return list(ways)
    lowest = min(alone, key=lambda way: (rank[next(iter(way))], next(iter(way))))
    return [lowest, *(way for way in ways if way not in alone)]


class _Ladder:
    """The states above the one in question, by rank, and what it costs to lower some of them below it."""

    def __init__(self, rank: Mapping[int, int]) -> None:
        self.rank = rank
        climb = sorted(rank, key=lambda s: (rank[s], s))
        self.rungs = [list(tied) for _, tied in groupby(climb, key=lambda s: rank[s])]  # from below

    def cheapest(self, lowered: States) -> tuple[int, States]:
        """The fewest pairs that must change places to lower these states, and what is best lowered with them.

        A state passes the one in question, and all that stand lower than itself and stay; so what lies beneath others that are
        lowered may be worth lowering too. ``cost`` is by how many stay, from below.
        """
        cost = np.full(len(self.rank) + 1, _NEVER)
        cost[0] = 0
        taken = []
        for rung in self.rungs:
            free = [s for s in rung if s not in lowered]
            forced = len(rung) - len(free)
            found, chosen = np.full_like(cost, _NEVER), np.zeros_like(cost)
            for count in range(len(free) + 1):
                stay = len(free) - count
                price = cost[: len(cost) - stay] + (forced + count) * np.arange(1, len(cost) + 1 - stay)
                better = price < found[stay:]
                found[stay:][better] = price[better]
                chosen[stay:][better] = count
            taken.append((free, chosen))
            cost = found
        least = int(cost.min())
        stays = int(np.flatnonzero(cost == least)[-1])
        out = set(lowered)
        for free, chosen in reversed(taken):
            count = int(chosen[stays])
            out.update(free[:count])
            stays -= len(free) - count
        return least, frozenset(out)


class _Search:
    """Branch and bound over which way meets each need; what it costs to lower more is never less."""

    def __init__(self, ladder: _Ladder, needs: Sequence[Sequence[States]]) -> None:
        self.ladder, self.needs, self.tried = ladder, sorted(needs, key=len), 0
        self.best: tuple[int, States] = ladder.cheapest(frozenset(ladder.rank))

    def run(self) -> tuple[int, States]:
        """The least cost, and what is lowered."""
        self._from(frozenset())
        return self.best

    def _from(self, lowered: States) -> None:
        self.tried += 1
        if self.tried > MOST_TRIED:
            raise too_many(f"more than {MOST_TRIED:,} ways to lower states", "an order that is found sooner")
        cost, more = self.ladder.cheapest(lowered)
        if cost >= self.best[0]:
            return
        open_ = [need for need in self.needs if not any(way <= more for way in need)]
        if not open_:
            self.best = cost, more
            return
        for way in sorted(open_[0], key=lambda way: self.ladder.cheapest(lowered | way)[0]):
            self._from(lowered | way)

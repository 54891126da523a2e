"""The inverse question: which orders of what one player wants make a state stable for it, and how near is the nearest.

Kinsara, Kilgour & Hipel 2015 (*IEEE Transactions on Systems, Man, and Cybernetics: Systems* 45) list the orders; here
they are counted. All else in the game stays as it is. A state is stable only if each and every improvement of the player is met.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice, permutations
from math import factorial

import numpy as np
from numpy.typing import NDArray

from rashomon.playing.batches import stability_batch
from rashomon.playing.condition_orders import order_conditions
from rashomon.playing.deterring import threats
from rashomon.playing.graphs import (
    SEQ,
    SIM,
    Bools,
    Graph,
    Ints,
    Ranks,
    Sanctions,
    check_graph,
    check_player,
    check_state,
)
from rashomon.playing.stability import stability
from rashomon.playing.state_orders import MOST_STATES, Nearest, count_orders, nearest_order, too_many

MOST_DECIDED = 1 << 14
"""States up to which orders of priorities are asked about."""
MOST_LISTED = 8
"""States or conditions up to which their orders are listed to find equilibria of SEQ and SIM."""
MOST_CELLS = 1 << 26
"""Orders times states up to which they are."""
BATCH = 2048


@dataclass(frozen=True, slots=True)
class Inverse:
    """Of ``total`` orders, in ``stable`` the state is stable for the player, in ``equilibria`` for all players.

    ``stable`` is None where too many of the player's moves hang together to count (in SMR alone: MOST_KINDS). ``nearest`` and
    ``nearest_equilibrium`` are None where no order does. In SEQ and SIM what deters the others hangs on the player's order too:
    there ``equilibria`` are counted, by listing, only up to MOST_LISTED states or conditions, else None.
    """

    total: int
    stable: int | None
    nearest: Nearest | None
    equilibria: int | None
    nearest_equilibrium: Nearest | None


def inverse_states(graph: Graph, player: int, state: int, concept: int, sanctions: Sanctions = "sequence") -> Inverse:
    """All strict orders of the feasible states by one player, its declared ranks (S,) being where it stands now.

    Raises R003 for a state or player that the graph does not have; R817 above MOST_STATES feasible states, or where the nearest
    order is not found in MOST_TRIED tries.
    """
    check_graph(graph)
    check_player(graph, player)
    check_state(graph, state)
    states = np.flatnonzero(graph.possible)
    if len(states) > MOST_STATES:
        raise too_many(f"{len(states):,} feasible states", f"{MOST_STATES:,} at most")
    through = threats(graph, player, state, concept, sanctions)
    count = count_orders(through, len(states))
    nearest = nearest_order(through, graph.ranks[player], states, state)

    def ranked(orders: Ints) -> Ranks:
        out = np.zeros((len(orders), graph.states), np.int32)
        places = np.arange(len(states) - 1, -1, -1, dtype=np.int32)
        np.put_along_axis(out, states[orders], np.broadcast_to(places, orders.shape), axis=1)
        return out

    asked = _Asked(graph, player, state, concept, sanctions)
    worth = graph.ranks[player][states]
    return asked.answer(_Orders(states, worth, ranked), count, nearest)


def inverse_priorities(
    graph: Graph, player: int, holds: Bools, state: int, concept: int, sanctions: Sanctions = "sequence"
) -> Inverse:
    """All orders of one player's k conditions, ``holds`` (k, S), most important first as they are declared.

    The player's ranks in the graph do not matter. Raises R003 for a state or player that the graph does not have, R817 above
    MOST_DECIDED states or MOST_CONDITIONS conditions, or where too much stays apart.
    """
    check_graph(graph)
    check_player(graph, player)
    check_state(graph, state)
    if graph.states > MOST_DECIDED:
        raise too_many(f"{graph.states:,} states", f"{MOST_DECIDED:,} at most")
    found = order_conditions(threats(graph, player, state, concept, sanctions), holds, state)

    def ranked(orders: Ints) -> Ranks:
        key = np.zeros((len(orders), graph.states), np.int32)
        for column in orders.T:
            key = key * 2 + holds[column]
        return key

    asked = _Asked(graph, player, state, concept, sanctions)
    places = np.arange(len(holds))
    return asked.answer(_Orders(places, -places, ranked), found.count, found.nearest)


@dataclass(frozen=True, eq=False)
class _Orders:
    """All orders of n ``entries`` (n,): what each is ``worth`` now, and the ranks (b, S) of orders (b, n) of their places."""

    entries: Ints
    worth: NDArray[np.integer]
    ranked: Callable[[Ints], Ranks]

    def moved(self, orders: Ints) -> Ints:
        """(b,) how many pairs stand otherwise than they do now, of those that are not worth the same."""
        worth = self.worth[orders]
        out = np.zeros(len(orders), np.int64)
        for place in range(orders.shape[1]):
            out += (worth[:, place, None] < worth[:, place + 1 :]).sum(axis=1)
        return out


@dataclass(frozen=True, eq=False)
class _Asked:
    """A question about one state and one player."""

    graph: Graph
    player: int
    state: int
    concept: int
    sanctions: Sanctions

    def answer(self, orders: _Orders, count: int | None, nearest: Nearest | None) -> Inverse:
        """The inverse answer, from how many orders make the state stable for the player."""
        total = factorial(len(orders.entries))
        if self.concept & (SEQ | SIM):
            listed = len(orders.entries) <= MOST_LISTED and total * self.graph.states <= MOST_CELLS
            return Inverse(total, count, nearest, *(self._list(orders) if listed else (None, None)))
        stable = stability(self.graph, self.sanctions, self.concept)[:, self.state] & self.concept > 0
        others = np.delete(stable, self.player).all()
        return Inverse(total, count, nearest, *((count, nearest) if others else (0, None)))

    def _list(self, orders: _Orders) -> tuple[int, Nearest | None]:
        """Every order played: in how many the state is an equilibrium, and the nearest such."""
        count, best = 0, None
        every = permutations(range(len(orders.entries)))
        while some := list(islice(every, BATCH)):
            tried = np.array(some, np.int64).reshape(len(some), -1)
            ranks = np.repeat(self.graph.ranks[None], len(some), axis=0)
            ranks[:, self.player] = orders.ranked(tried)
            flags = stability_batch(self.graph, ranks, self.sanctions, self.concept)[:, :, self.state]
            sound = tried[(flags & self.concept > 0).all(axis=1)]
            count += len(sound)
            for swaps, order in zip(orders.moved(sound).tolist(), orders.entries[sound].tolist(), strict=True):
                if best is None or swaps < best.swaps:
                    best = Nearest(swaps, tuple(order))
        return count, best

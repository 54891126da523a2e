"""Games on two levels: what those at home would accept, who blocks which agreement, and what is left.

Putnam 1988, *International Organization* 42; Tsebelis 2002, *Veto Players*. The win-set of an actor with a veto holds the states
that it truly ranks no worse than the status quo; an agreement state must lie in the win-sets of all.
"""

from __future__ import annotations

from dataclasses import dataclass

from rashomon.playing.graphs import Bools, Ranks


@dataclass(frozen=True, eq=False)
class WinSets:
    """Of v actors with a veto: their ``sets`` (v, S), the states ``agreed`` (S,) by the condition of agreement, ``common`` (S,).

    ``common`` are the agreed states in the win-sets of all: the agreement states of definition D6. ``pivotal`` (v, S): agreed
    states that this actor alone blocks.
    """

    sets: Bools
    agreed: Bools
    common: Bools
    pivotal: Bools


def win_sets(ranks: Ranks, start: int, agreed: Bools, feasible: Bools) -> WinSets:
    """The win-sets of actors that rank the states by ``ranks`` (v, S), with ``start`` as the status quo.

    ``agreed`` and ``feasible`` (S,): where the condition of agreement holds, and which states can be.
    """
    sets = (ranks >= ranks[:, start, None]) & feasible
    agreed = agreed & feasible
    blocks = agreed & ~sets
    count = blocks.sum(axis=0)
    return WinSets(sets, agreed, agreed & (count == 0), blocks & (count == 1))

"""What would keep a player from each of its moves, whatever its wants: on what states its stability at a state hangs.

Of the player's own ranking, its stability at a state s hangs only on the set B of the states that it prefers to s. A move to t
destabilises s where t lies in B and, for each set of states that could deter from it, some member of the set lies in B too:

- Nash: nothing deters.
- GMR, SEQ: each state that the opponents can answer with deters alone (SEQ: by improvements of theirs).
- SMR: such a state deters together with all to which the player can go on from it.
- SIM: each joint result of the move and of simultaneous improvements of opponents from s deters alone.

None of these sets hangs on the player's ranking, for the answers are those of its opponents.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import numpy as np

from rashomon.playing.graphs import GMR, NASH, SEQ, SIM, SMR, Graph, Ints, Sanctions, own_moves

States = frozenset[int]


@dataclass(frozen=True, slots=True)
class Threat:
    """A move to ``target``, and the sets of states each of which deters from it if the player prefers none of its members.

    Of sets of which one holds another only the smaller is kept; none holds the target, which is preferred where it tempts.
    """

    target: int
    deterrents: frozenset[States]


def threats(graph: Graph, player: int, state: int, concept: int, sanctions: Sanctions = "sequence") -> tuple[Threat, ...]:
    """One for each of the player's moves from a feasible state of a checked graph, by target."""
    found = []
    for target in own_moves(graph, player, state).tolist():
        sets = _deterrents(graph, player, state, target, concept, sanctions)
        found.append(Threat(target, smallest(one for one in sets if target not in one)))
    return tuple(found)


def smallest(sets: Iterable[States]) -> frozenset[States]:
    """The sets that hold no other of them."""
    kept: list[States] = []
    for one in sorted(set(sets), key=len):
        if not any(smaller <= one for smaller in kept):
            kept.append(one)
    return frozenset(kept)


def _deterrents(
    graph: Graph, player: int, state: int, target: int, concept: int, sanctions: Sanctions
) -> Iterable[States]:
    if concept == NASH:
        return ()
    if concept == SIM:
        return (frozenset({one}) for one in _joint_results(graph, player, state, target))
    answers = answers_to(graph, player, target, concept == SEQ, sanctions).tolist()
    if concept == SMR:
        return (frozenset({one, *own_moves(graph, player, one).tolist()}) for one in answers)
    assert concept in (GMR, SEQ)
    return (frozenset({one}) for one in answers)


def answers_to(graph: Graph, player: int, target: int, improving: bool, sanctions: Sanctions) -> Ints:
    """R_H(t) or, ``improving``, R_H^+(t): where the opponents of a player can go from a state, ascending; without the state."""
    from rashomon.playing.reaching import explore  # here, for it loads numba

    others = [j for j in range(graph.players) if j != player]
    if sanctions == "sequence":
        found = explore(graph, target, others, improving).found[1:].astype(np.int64)
    else:
        moves = [_improvements(graph, j, target) if improving else own_moves(graph, j, target) for j in others]
        found = np.concatenate([np.empty(0, np.int64), *moves])
    return np.sort(found)


def _improvements(graph: Graph, player: int, state: int) -> Ints:
    moves, ranks = own_moves(graph, player, state), graph.ranks[player]
    found: Ints = moves[ranks[moves] > ranks[state]]
    return found


def _joint_results(graph: Graph, player: int, state: int, target: int) -> list[int]:
    """What may come of a move when every opponent at once takes an improvement from the same state, or stays."""
    others = [j for j in range(graph.players) if j != player]
    flips = ([0, *(_improvements(graph, j, state) ^ state).tolist()] for j in others)
    results = {target ^ sum(some) for some in product(*flips)}  # opponents flip different options: sums are unions
    possible = graph.possible
    return sorted(result for result in results if possible[result])

"""The graph model for conflict resolution, written straight from its definitions with sets and dicts: slow, and plain on purpose.

It is what the engine is tested against, so nothing here is clever: each function can be read beside the definition it names.

- Moves, improvements, legal sequences, Nash, GMR, SMR, SEQ: Fang, Hipel & Kilgour 1993, *Interactive Decision Making*, ch. 3.
- SIM: Fraser & Hipel 1984, *Conflict Analysis*, as the project's issue states it (see ``joint_results``).
- Coalitions: Inohara & Hipel 2008, *Systems Engineering* 11(4), 343-359.
- Strength of preference: Hamouda, Kilgour & Hipel 2004, *Group Decision and Negotiation* 13, 449-462.
- Priorities: Fang, Hipel & Kilgour 1993, ch. 6; Peng 1999.

A state is the number of the set of options taken in it, the first option the lowest bit. Players are numbers from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations, permutations, product
from typing import Any, Literal

State = int
Player = int
Members = frozenset[Player]
Rule = Literal["sequence", "single"]
Ranks = Mapping[Player, Mapping[State, int]]
Arcs = Mapping[Player, Mapping[State, frozenset[State]]]
Path = tuple[tuple[Player, State], ...]  # who moves, and where to

CONCEPTS = ("nash", "gmr", "smr", "seq", "sim")
COALITION_CONCEPTS = ("nash", "gmr", "smr", "seq")
STRENGTH_CONCEPTS = ("gmr", "smr", "seq")
CACHED = 20_000


@dataclass(frozen=True, eq=False)
class Conflict:
    """Players, the options each controls, the states that can be, and how each player ranks them (higher is better)."""

    players: tuple[Player, ...]
    owner: Mapping[int, Player]  # option -> who controls it
    take: frozenset[int]  # options that may go from N to Y
    drop: frozenset[int]  # options that may go from Y to N
    states: frozenset[State]  # the feasible ones
    rank: Ranks

    @cached_property
    def moves(self) -> Arcs:
        """R_i(s): the states that player i can reach from s by one move."""
        return {
            i: {s: frozenset(t for t in self.states if can_move(self, i, s, t)) for s in self.states}
            for i in self.players
        }

    @cached_property
    def improvements(self) -> Arcs:
        """R_i^+(s): those among them that i strictly prefers to s."""
        return {
            i: {s: frozenset(t for t in self.moves[i][s] if self.rank[i][t] > self.rank[i][s]) for s in self.states}
            for i in self.players
        }


def read_graph(graph: Any) -> Conflict:
    """The conflict of an object with the engine's fields: owner, players, take, drop (masks), feasible, ranks (arrays)."""
    options = range(len(graph.owner))
    states = range(2 ** len(graph.owner))
    feasible = frozenset(s for s in states if graph.feasible is None or graph.feasible[s])
    return Conflict(
        players=tuple(range(graph.players)),
        owner={o: int(graph.owner[o]) for o in options},
        take=frozenset(o for o in options if graph.take >> o & 1),
        drop=frozenset(o for o in options if graph.drop >> o & 1),
        states=feasible,
        rank={i: {s: int(graph.ranks[i][s]) for s in feasible} for i in range(graph.players)},
    )


def taken(state: State) -> frozenset[int]:
    """The options taken in a state."""
    return frozenset(o for o in range(state.bit_length()) if state >> o & 1)


# --- Moves -----------------------------------------------------------------------------------------------------------------


def allowed(conflict: Conflict, s: State, t: State) -> bool:
    """Does every option that differs between two states change in a direction it may change in?"""
    return taken(t) - taken(s) <= conflict.take and taken(s) - taken(t) <= conflict.drop


def can_move(conflict: Conflict, i: Player, s: State, t: State) -> bool:
    """Can player i go from s to another state t by changing options of its own alone?"""
    return s != t and all(conflict.owner[o] == i for o in taken(s) ^ taken(t)) and allowed(conflict, s, t)


@lru_cache(maxsize=CACHED)
def legal_ends(conflict: Conflict, members: Members, start: State, improving: bool) -> frozenset[tuple[State, Player]]:
    """Where the legal sequences of moves (or improvements) of the members may end, each with the last mover.

    A legal sequence starts with a move of any member; it goes on with a move of any member other than the last mover. Where two
    sequences that end in one state differ in their last mover, both may go on from there (the last movers, Omega_H, are kept).
    """
    arcs = conflict.improvements if improving else conflict.moves
    ends: set[tuple[State, Player]] = set()
    found = {(t, j) for j in members for t in arcs[j][start]}
    while found:
        ends |= found
        found = {(t, k) for s, last in found for k in members if k != last for t in arcs[k][s]} - ends
    return frozenset(ends)


def reached(conflict: Conflict, members: Iterable[Player], start: State, improving: bool = False) -> frozenset[State]:
    """R_H(s), or R_H^+(s) where each mover improves. It holds ``start`` itself where a legal sequence returns to it."""
    return frozenset(t for t, _ in legal_ends(conflict, frozenset(members), start, improving))


def responses(
    conflict: Conflict, members: Iterable[Player], start: State, rule: Rule, improving: bool = False
) -> frozenset[State]:
    """What the members can do together from a state: a legal sequence, or (single rule) one move of one of them."""
    if rule == "sequence":
        return reached(conflict, members, start, improving)
    arcs = conflict.improvements if improving else conflict.moves
    return frozenset(t for j in members for t in arcs[j][start])


# --- Stability of a state for one player ------------------------------------------------------------------------------------


def no_better(conflict: Conflict, i: Player, x: State, s: State) -> bool:
    """Player i finds x no better than s: equal or worse (ties sanction)."""
    return conflict.rank[i][x] <= conflict.rank[i][s]


def others(conflict: Conflict, i: Player) -> Members:
    """N less i."""
    return frozenset(conflict.players) - {i}


def joint_results(conflict: Conflict, i: Player, s: State, t: State) -> frozenset[State]:
    """What may come of i's move from s to t when every opponent at once takes an improvement of its own from s, or stays.

    In a result each option stands as its owner has chosen it. A result that cannot be is left out.
    """
    opponents = sorted(others(conflict, i))
    results = set()
    for chosen in product(*({s} | conflict.improvements[j][s] for j in opponents)):
        choice = {i: t, **dict(zip(opponents, chosen, strict=True))}
        result = sum(1 << o for o, owner in conflict.owner.items() if o in taken(choice[owner]))
        if result in conflict.states:
            results.add(result)
    return frozenset(results)


def sanctioned(conflict: Conflict, i: Player, s: State, t: State, concept: str, rule: Rule = "sequence") -> bool:
    """Is i deterred, in the sense of the concept, from taking its improvement t of s?"""
    opponents = others(conflict, i)
    if concept == "nash":
        return False
    if concept == "gmr":
        return any(no_better(conflict, i, x, s) for x in responses(conflict, opponents, t, rule))
    if concept == "smr":
        return any(
            no_better(conflict, i, x, s) and all(no_better(conflict, i, z, s) for z in conflict.moves[i][x])
            for x in responses(conflict, opponents, t, rule)
        )
    if concept == "seq":
        return any(no_better(conflict, i, x, s) for x in responses(conflict, opponents, t, rule, improving=True))
    if concept == "sim":
        return any(no_better(conflict, i, x, s) for x in joint_results(conflict, i, s, t))
    raise ValueError(concept)


def stable(conflict: Conflict, i: Player, s: State, concept: str, rule: Rule = "sequence") -> bool:
    """Is s stable for i? A state that cannot be is stable for nobody."""
    return s in conflict.states and all(
        sanctioned(conflict, i, s, t, concept, rule) for t in conflict.improvements[i][s]
    )


def stable_states(conflict: Conflict, i: Player, concept: str, rule: Rule = "sequence") -> frozenset[State]:
    """The states that are stable for i."""
    return frozenset(s for s in conflict.states if stable(conflict, i, s, concept, rule))


def equilibria(conflict: Conflict, concept: str, rule: Rule = "sequence") -> frozenset[State]:
    """The states that are stable for every player."""
    return frozenset(s for s in conflict.states if all(stable(conflict, i, s, concept, rule) for i in conflict.players))


# --- Coalitions -------------------------------------------------------------------------------------------------------------


def coalitions_of(members: Iterable[Player]) -> list[Members]:
    """All non-empty sets of the members."""
    everyone = sorted(members)
    return [frozenset(some) for size in range(1, len(everyone) + 1) for some in combinations(everyone, size)]


def coalition_improvements(conflict: Conflict, members: Iterable[Player], s: State) -> frozenset[State]:
    """R_H^{++}(s): what the members can reach by a legal sequence of moves and every one of them strictly prefers to s."""
    return frozenset(
        t for t in reached(conflict, members, s) if all(conflict.rank[i][t] > conflict.rank[i][s] for i in members)
    )


@lru_cache(maxsize=CACHED)
def class_improvements(conflict: Conflict, members: Members, start: State, rule: Rule) -> frozenset[State]:
    """What coalitions among the members reach by a sequence of coalition improvements, no coalition twice running.

    Under the single rule the sequence has one step.
    """
    coalitions = coalitions_of(members)
    ends: set[tuple[State, Members]] = set()
    found = {(t, some) for some in coalitions for t in coalition_improvements(conflict, some, start)}
    while found:
        ends |= found
        if rule == "single":
            break
        found = {
            (t, some)
            for s, last in found
            for some in coalitions
            if some != last
            for t in coalition_improvements(conflict, some, s)
        } - ends
    return frozenset(t for t, _ in ends)


def deters(conflict: Conflict, members: Iterable[Player], x: State, s: State) -> bool:
    """Some member finds x no better than s."""
    return any(no_better(conflict, i, x, s) for i in members)


def coalition_sanctioned(conflict: Conflict, members: Members, s: State, t: State, concept: str, rule: Rule) -> bool:
    """Is the coalition deterred from taking its improvement t of s?"""
    outside = frozenset(conflict.players) - members
    if concept == "nash":
        return False
    if concept == "gmr":
        return any(deters(conflict, members, x, s) for x in responses(conflict, outside, t, rule))
    if concept == "smr":
        return any(
            deters(conflict, members, x, s)
            and all(deters(conflict, members, z, s) for z in reached(conflict, members, x))
            for x in responses(conflict, outside, t, rule)
        )
    if concept == "seq":
        return any(deters(conflict, members, x, s) for x in class_improvements(conflict, outside, t, rule))
    raise ValueError(concept)


def coalition_stable(
    conflict: Conflict, members: Iterable[Player], s: State, concept: str, rule: Rule = "sequence"
) -> bool:
    """Is s stable for the coalition?"""
    some = frozenset(members)
    return s in conflict.states and all(
        coalition_sanctioned(conflict, some, s, t, concept, rule) for t in coalition_improvements(conflict, some, s)
    )


def universally_stable(conflict: Conflict, s: State, concept: str, rule: Rule = "sequence") -> bool:
    """Stable for every coalition, single players and all together among them."""
    return all(coalition_stable(conflict, some, s, concept, rule) for some in coalitions_of(conflict.players))


def equilibrium_jumps(
    conflict: Conflict, concept: str, rule: Rule = "sequence"
) -> frozenset[tuple[State, State, Members]]:
    """From an equilibrium to another that a coalition of two or more can reach and every member strictly prefers."""
    found = equilibria(conflict, concept, rule)
    coalitions = [some for some in coalitions_of(conflict.players) if len(some) > 1]
    return frozenset(
        (s, t, some) for some in coalitions for s in found for t in coalition_improvements(conflict, some, s) & found
    )


# --- Strength of preference -------------------------------------------------------------------------------------------------


def strongly_stable(
    conflict: Conflict, tier: Ranks, i: Player, s: State, concept: str, rule: Rule = "sequence"
) -> bool:
    """Each improvement is met by a sanction that i finds greatly less preferred than s; SMR: and i has no way out but to such."""

    def greatly_worse(x: State) -> bool:
        return tier[i][x] < tier[i][s]

    def met(t: State) -> bool:
        answers = responses(conflict, others(conflict, i), t, rule, improving=concept == "seq")
        if concept == "smr":
            return any(greatly_worse(x) and all(greatly_worse(z) for z in conflict.moves[i][x]) for x in answers)
        return any(greatly_worse(x) for x in answers)

    return s in conflict.states and all(met(t) for t in conflict.improvements[i][s])


def weakly_stable(conflict: Conflict, tier: Ranks, i: Player, s: State, concept: str, rule: Rule = "sequence") -> bool:
    """Stable, but not strongly."""
    return stable(conflict, i, s, concept, rule) and not strongly_stable(conflict, tier, i, s, concept, rule)


# --- Paths ------------------------------------------------------------------------------------------------------------------


def improving_paths(conflict: Conflict, start: State, longest: int) -> list[Path]:
    """Every path of improving moves of up to ``longest`` steps, no player twice running, shortest first."""
    paths: list[Path] = []
    tips: list[Path] = [()]
    for _ in range(longest):
        tips = [(*path, step) for path in tips for step in next_improvements(conflict, start, path)]
        paths += sorted(tips)
    return paths


def next_improvements(conflict: Conflict, start: State, path: Path) -> list[tuple[Player, State]]:
    """The improving moves that may follow a path."""
    here = path[-1][1] if path else start
    movers = [j for j in conflict.players if not path or j != path[-1][0]]
    return [(j, t) for j in movers for t in sorted(conflict.improvements[j][here])]


def shortest_paths(conflict: Conflict, start: State) -> dict[State, list[Path]]:
    """Each state that improving paths reach from ``start``, with all the shortest paths to it; ``start`` with the empty path."""
    shortest: dict[State, list[Path]] = {start: [()]}
    tips: list[Path] = [()]
    while tips:
        layer: dict[State, list[Path]] = {}
        for path in tips:
            for j, t in next_improvements(conflict, start, path):
                if t not in shortest:
                    layer.setdefault(t, []).append((*path, (j, t)))
        shortest |= {t: sorted(paths) for t, paths in layer.items()}
        tips = [path for paths in layer.values() for path in paths]
    return shortest


# --- Orders: priorities, and the inverse question -----------------------------------------------------------------------------


def ranks_of_order(order: Sequence[State]) -> dict[State, int]:
    """Ranks of states given best first: the last has 0."""
    return {s: len(order) - 1 - place for place, s in enumerate(order)}


def ranks_of_priorities(conditions: Sequence[frozenset[State]], states: Iterable[State]) -> dict[State, int]:
    """Dense ranks by ordered conditions, most important first, each given as the states in which it holds.

    s is before t iff, at the first condition on which they differ, it holds in s.
    """
    holds = {s: tuple(s in condition for condition in conditions) for s in states}
    levels = sorted(set(holds.values()))
    return {s: levels.index(holds[s]) for s in holds}


def with_rank(conflict: Conflict, i: Player, rank: Mapping[State, int]) -> Conflict:
    """The same conflict in which i ranks the states otherwise."""
    return replace(conflict, rank={**conflict.rank, i: rank})


def orders_of_states(
    conflict: Conflict, i: Player, s: State, concept: str, rule: Rule = "sequence"
) -> list[tuple[State, ...]]:
    """Which of all strict orders of the states (best first) make s stable for i, when i holds it?"""
    return [
        order
        for order in permutations(sorted(conflict.states))
        if stable(with_rank(conflict, i, ranks_of_order(order)), i, s, concept, rule)
    ]


def orders_of_priorities(
    conflict: Conflict,
    i: Player,
    conditions: Sequence[frozenset[State]],
    s: State,
    concept: str,
    rule: Rule = "sequence",
) -> list[tuple[int, ...]]:
    """Which of all orders of i's priorities (given by their numbers) make s stable for i?"""
    return [
        order
        for order in permutations(range(len(conditions)))
        if stable(
            with_rank(conflict, i, ranks_of_priorities([conditions[c] for c in order], conflict.states)),
            i,
            s,
            concept,
            rule,
        )
    ]


def swaps_between(order: Sequence[int], other: Sequence[int]) -> int:
    """How many pairs stand the other way round: the least number of swaps of neighbours that turn one order into the other."""
    return sum(other.index(a) > other.index(b) for a, b in combinations(order, 2))


def smallest_change(present: Sequence[int], orders: Iterable[Sequence[int]]) -> int | None:
    """The least number of swaps of neighbours from the present order to one of the orders; None if there is none."""
    return min((swaps_between(present, order) for order in orders), default=None)

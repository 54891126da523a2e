"""Games under misperception by their definitions D1-D6 (docs/reference/games.md), with sets and dicts: the engine's oracle.

A view path ``(i,)``, ``(i, j)``, ``(i, j, k)`` is the game as i takes j to take k to see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise, product

from oracle import (
    Conflict,
    Player,
    Ranks,
    Rule,
    State,
    allowed,
    equilibria,
    no_better,
    sanctioned,
    stable,
    stable_states,
    taken,
)

ViewPath = tuple[Player, ...]


@dataclass(frozen=True)
class Said:
    """What is said of one view: some players' ranks, options its viewer (the last name) does not know, impossible states."""

    rank: Ranks = field(default_factory=dict)
    unaware: frozenset[int] = frozenset()
    impossible: frozenset[State] = frozenset()


@dataclass(frozen=True, eq=False)
class Hypergame:
    """The true game, what is said of the views, where play starts, and the concept by which players judge."""

    truth: Conflict
    said: Mapping[ViewPath, Said]
    status_quo: State
    concept: str = "seq"
    rule: Rule = "sequence"

    def __post_init__(self) -> None:
        for path, said in self.said.items():
            if taken(self.status_quo) & said.unaware:
                raise ValueError(f"an option taken in the status quo cannot be unknown: {path}")
            if any(a == b for a, b in pairwise(path)):
                raise ValueError(f"a view path names one player twice running: {path}")

    @cached_property
    def views(self) -> Mapping[ViewPath, Conflict]:
        """The views D3 and D4 ask for: (i,) and (i, j)."""
        players = self.truth.players
        paths = [(i,) for i in players] + [(i, j) for i, j in product(players, players) if i != j]
        return {path: view(self, path) for path in paths}

    @cached_property
    def expects(self) -> Mapping[Player, frozenset[State]]:
        """E_i of every player (D3)."""
        return {i: expected(self, i) for i in self.truth.players}


# --- D1: views --------------------------------------------------------------------------------------------------------------


def along(path: ViewPath) -> list[ViewPath]:
    """The view paths from the first name to the whole path."""
    return [path[:length] for length in range(1, len(path) + 1)]


def ranks_in(game: Hypergame, path: ViewPath) -> Ranks:
    """Each player's ranks: what is said at this path, else as at the path without its last name, in the end the truth."""
    if not path:
        return game.truth.rank
    return {**ranks_in(game, path[:-1]), **(game.said[path].rank if path in game.said else {})}


def seen(game: Hypergame, path: ViewPath) -> frozenset[State]:
    """Feasible in truth, thought impossible nowhere along the path, and without an option unknown to a viewer along it."""
    said = [game.said[prefix] for prefix in along(path) if prefix in game.said]
    return frozenset(
        s for s in game.truth.states if all(s not in one.impossible and not taken(s) & one.unaware for one in said)
    )


def view(game: Hypergame, path: ViewPath) -> Conflict:
    """G_p: the game restricted to the states seen."""
    return replace(game.truth, states=seen(game, path), rank=ranks_in(game, path))


# --- D3: expected -----------------------------------------------------------------------------------------------------------


def expected(game: Hypergame, i: Player) -> frozenset[State]:
    """E_i: stable for i in its view, and for every other player j in the view that i takes j to hold."""
    at = {i: game.views[(i,)], **{j: game.views[(i, j)] for j in game.truth.players if j != i}}
    return frozenset(
        s for s in game.truth.states if all(stable(at[j], j, s, game.concept, game.rule) for j in game.truth.players)
    )


# --- D4: steps --------------------------------------------------------------------------------------------------------------


def own_steps(game: Hypergame, i: Player, s: State) -> frozenset[State]:
    """Improvements of i (its true ranks) between states it sees that are unsanctioned in its view.

    As no option it does not know is taken in a state it sees, it flips none.
    """
    mine = game.views[(i,)]
    if s not in mine.states:
        return frozenset()
    return frozenset(
        t
        for t in game.truth.improvements[i][s]
        if t in mine.states and not sanctioned(mine, i, s, t, game.concept, game.rule)
    )


def joint_steps(game: Hypergame, s: State) -> frozenset[State]:
    """Where a group of two or more goes together: each changes something, each truly strictly gains, each expects the result."""
    truth = game.truth
    found = set()
    for t in truth.states - {s}:
        group = {truth.owner[o] for o in taken(s) ^ taken(t)}
        gains = all(truth.rank[i][t] > truth.rank[i][s] for i in group)
        if len(group) >= 2 and allowed(truth, s, t) and gains and all(t in game.expects[i] for i in group):
            found.add(t)
    return frozenset(found)


def steps(game: Hypergame, s: State) -> frozenset[State]:
    """Every step that can be taken from s."""
    return joint_steps(game, s).union(*(own_steps(game, i, s) for i in game.truth.players))


def blind_states(game: Hypergame, i: Player) -> frozenset[State]:
    """States from which i takes no step of its own because it does not see them."""
    return game.truth.states - game.views[(i,)].states


# --- D5 and D6: outcome, agreement ------------------------------------------------------------------------------------------


def reachable(game: Hypergame, start: State) -> frozenset[State]:
    """``start`` and whatever steps lead to from it."""
    found = {start}
    fresh = {start}
    while fresh:
        fresh = {t for s in fresh for t in steps(game, s)} - found
        found |= fresh
    return frozenset(found)


def resting_sets(game: Hypergame) -> frozenset[frozenset[State]]:
    """The closed strongly connected components reachable from the status quo: from each of their states just they are reached."""
    after = {s: reachable(game, s) for s in reachable(game, game.status_quo)}
    return frozenset(after[s] for s in after if all(after[t] == after[s] for t in after[s]))


def agreement_states(game: Hypergame, holds: Iterable[State], veto: Iterable[Player]) -> frozenset[State]:
    """The agreement holds and every veto player truly ranks the state no worse than the status quo."""
    players = tuple(veto)
    return frozenset(s for s in holds if all(no_better(game.truth, i, game.status_quo, s) for i in players))


def must(game: Hypergame, agreed: frozenset[State]) -> bool:
    """Every resting set lies within the agreement states."""
    return all(rest <= agreed for rest in resting_sets(game))


def may(game: Hypergame, agreed: frozenset[State]) -> bool:
    """Some resting set lies within the agreement states."""
    return any(rest <= agreed for rest in resting_sets(game))


# --- What is reported -------------------------------------------------------------------------------------------------------


def surprises(game: Hypergame, i: Player) -> frozenset[State]:
    """States of the outcome that i does not see, or does not expect."""
    outcome = frozenset[State]().union(*resting_sets(game))
    return frozenset(s for s in outcome if s not in game.views[(i,)].states or s not in game.expects[i])


def illusions(game: Hypergame, i: Player) -> frozenset[State]:
    """Equilibria of i's view that are none of the true game."""
    return equilibria(game.views[(i,)], game.concept, game.rule) - equilibria(game.truth, game.concept, game.rule)


def blind_spots(game: Hypergame, i: Player) -> frozenset[State]:
    """True equilibria that are none of i's view."""
    return equilibria(game.truth, game.concept, game.rule) - equilibria(game.views[(i,)], game.concept, game.rule)


def hypergame_equilibria(game: Hypergame) -> frozenset[State]:
    """Stable for each player in its own view: the equilibrium of a first-level hypergame (Wang, Hipel & Fraser 1988)."""
    return frozenset[State].intersection(
        *(stable_states(game.views[(i,)], i, game.concept, game.rule) for i in game.truth.players)
    )

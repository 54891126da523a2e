"""A conflict as a graph of moves: the options of each player, the states that are feasible, and every player's ranks.

The graph model for conflict resolution (Kilgour, Hipel & Fang 1987, *Automatica* 23; Fang, Hipel & Kilgour 1993, *Interactive
Decision Making*) in option form: a state is the set of options taken. In one move a player goes from a feasible state to
another by flipping any of its own options, each in a direction it may go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import RashomonError, error

Ranks = NDArray[np.int32]
"""(n, S): the rank of each state for each player, higher is better, equal is indifferent; only feasible states matter."""
Bools = NDArray[np.bool_]
Sanctions = Literal["sequence", "single"]
"""Whether opponents sanction by a legal sequence of moves (Fang, Hipel & Kilgour 1993, ch. 3) or by a single move."""

Ints = NDArray[np.int64]
Flags = NDArray[np.uint8]
"""Sums of NASH, GMR, SMR, SEQ and SIM."""

MANY_WAYS: Final = (1 << 62) - 1
"""Ways are counted up to here: so many, or more."""

NASH: Final = 1
GMR: Final = 2
SMR: Final = 4
SEQ: Final = 8
SIM: Final = 16

MOST_OPTIONS = 30
"""State numbers are int32."""
MOST_PLAYERS = 31
"""Sets of players are masks of 31 bits."""
LOWEST = int(np.iinfo(np.int32).min)
"""The one int32 that no rank may have: inside the engine it marks what is infeasible or not yet reached."""


@dataclass(frozen=True, eq=False)
class Shape:
    """Who can move where, over m options: S = 2**m states, numbered by the sum of 2**o over the options o that are taken.

    ``owner`` (m,) is the player (0..n-1) that controls each option. ``take`` and ``drop`` are masks of the options that may go
    from not taken to taken, and back; an option in neither stays as it is. ``feasible`` (S,) is None where all states are.
    """

    owner: tuple[int, ...]
    players: int
    take: int
    drop: int
    feasible: Bools | None

    @property
    def states(self) -> int:
        """S, the feasible and the infeasible ones."""
        return 1 << len(self.owner)

    @property
    def own(self) -> Ints:
        """(n,) the mask of each player's options."""
        masks = [sum(1 << o for o, player in enumerate(self.owner) if player == j) for j in range(self.players)]
        return np.array(masks, dtype=np.int64)

    @property
    def possible(self) -> Bools:
        """(S,) the feasible states, also where none is ruled out; writable and contiguous, as kernels expect it."""
        if self.feasible is None:
            return np.ones(self.states, dtype=np.bool_)
        return np.require(self.feasible, requirements=["C", "W"])


@dataclass(frozen=True, eq=False)
class Graph(Shape):
    """A conflict: a shape with ``ranks`` (n, S), int32 above -2**31, higher for better states."""

    ranks: Ranks


def check_shape(shape: Shape) -> None:
    """Refuse a graph that no game can be played on: R801, R802, R803 or R805."""
    count = len(shape.owner)
    if not 1 <= count <= MOST_OPTIONS or not 1 <= shape.players <= MOST_PLAYERS:
        raise _unfit(
            f"{count} options, {shape.players} players", f"1 to {MOST_OPTIONS} options, 1 to {MOST_PLAYERS} players"
        )
    _check_owners(shape)
    most = (1 << count) - 1
    if not 0 <= shape.take <= most or not 0 <= shape.drop <= most:
        raise _unfit(f"masks take={shape.take}, drop={shape.drop}", f"masks of {count} options: 0 to {most}")
    if shape.feasible is None:
        return
    if shape.feasible.shape != (shape.states,) or shape.feasible.dtype != np.bool_:
        raise _unfit(
            f"feasible of shape {shape.feasible.shape}, {shape.feasible.dtype}", f"shape ({shape.states},), bool"
        )
    if not shape.feasible.any():
        raise error(
            "R801",
            "the graph has no feasible state",
            found=f"all {shape.states} states are infeasible",
            allowed="one feasible state at least",
            remedy="remove an infeasible condition, or an option that makes it hold",
        )


def _check_owners(shape: Shape) -> None:
    owners = set(shape.owner)
    strange = sorted(owners - set(range(shape.players)))
    if strange:
        raise error(
            "R805",
            "an option belongs to a player that the graph does not have",
            found=f"player {strange[0]}",
            allowed=f"0 to {shape.players - 1}",
            remedy="give the option to one of the players, or declare the player",
        )
    idle = [player for player in range(shape.players) if player not in owners]
    if idle:
        raise error(
            "R802",
            "a player of the graph has no option",
            found=f"player {idle[0]} controls none of {len(shape.owner)} options",
            allowed="one option or more for each player",
            remedy="give the player an option, or leave it out",
        )


def check_graph(graph: Graph) -> None:
    """Refuse a graph that no game can be played on: R801, R802, R803 or R805."""
    check_shape(graph)
    check_ranks(graph, graph.ranks, (graph.players, graph.states))


def check_state(shape: Shape, state: int) -> None:
    """Refuse (R003) a state that is infeasible or not in the graph."""
    if not 0 <= state < shape.states or not (shape.feasible is None or shape.feasible[state]):
        raise error(
            "R003",
            "the state is not a feasible one of the graph",
            found=f"state {state}",
            allowed=f"a feasible state of 0 to {shape.states - 1}",
            remedy="ask of a feasible state",
        )


def check_player(shape: Shape, player: int) -> None:
    """Refuse (R003) a player that the graph does not have."""
    if not 0 <= player < shape.players:
        raise error(
            "R003",
            "the graph has no such player",
            found=f"player {player}",
            allowed=f"0 to {shape.players - 1}",
            remedy="name one of its players",
        )


def check_ranks(shape: Shape, ranks: NDArray[np.int32], wanted: tuple[int, ...]) -> None:
    """Refuse ranks not of the ``wanted`` shape (..., n, S) or not int32, or with -2**31 at a feasible state: R803."""
    if ranks.shape != wanted or ranks.dtype != np.int32:
        raise _unfit(f"ranks of shape {ranks.shape}, {ranks.dtype}", f"shape {wanted}, int32")
    if ranks.size and ranks.min() == LOWEST:
        asked = ranks if shape.feasible is None else ranks[..., shape.feasible]
        if asked.min() == LOWEST:
            raise _unfit(f"a rank of {LOWEST}", f"ranks above {LOWEST}")


def _unfit(found: str, allowed: str) -> RashomonError:
    return error(
        "R803",
        "the parts of a graph do not fit each other",
        found=found,
        allowed=allowed,
        remedy="give masks, feasibility and ranks for exactly the graph's options and players",
    )


def own_moves(shape: Shape, player: int, state: int) -> Ints:
    """R_i(s), ascending: the feasible states to which a player can go from a state by one move."""
    movable = int(shape.own[player]) & ((shape.take & ~state) | (shape.drop & state))
    reached = np.sort(state ^ subsets(movable)[1:])
    found: Ints = reached if shape.feasible is None else reached[shape.feasible[reached]]
    return found


def subsets(mask: int) -> Ints:
    """All sets within a mask, as masks, from the empty one to the mask itself."""
    out = np.zeros(1, dtype=np.int64)
    while mask:
        bit = mask & -mask
        out = np.concatenate([out, out | bit])
        mask ^= bit
    return out

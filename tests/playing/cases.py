"""Small conflicts in which a known error of other programs decides the answer: data for tests of the oracle and the engine.

Each case holds a graph, and what is right: for a player, a state and a concept, is it stable under each rule of sanctions?
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from games import Graph


@dataclass(frozen=True)
class Case:
    """One question with its answer, and the answer of a program that has the error."""

    name: str
    graph: Graph
    player: int
    state: int
    concept: str
    sequence: bool
    single: bool
    wrong: bool
    why: str


@dataclass(frozen=True)
class UnseenCase:
    """A state a player thinks impossible: stable for nobody in that player's view, though nobody can move there."""

    name: str
    graph: Graph
    viewer: int
    impossible: frozenset[int]
    stable_in_view: dict[str, dict[int, frozenset[int]]]  # concept -> player -> states


def graph(owner: tuple[int, ...], ranks: list[dict[int, int]]) -> Graph:
    """A graph whose feasible states are just the ranked ones; every option goes both ways."""
    states = 2 ** len(owner)
    free = states - 1
    feasible = np.zeros(states, np.bool_)
    feasible[list(ranks[0])] = True
    table = np.zeros((len(ranks), states), np.int32)
    for i, of_player in enumerate(ranks):
        for state, rank in of_player.items():
            table[i, state] = rank
    return Graph(owner, len(ranks), free, free, None if feasible.all() else feasible, table)


# A sanctioning sequence may use an opponent twice, another moving between. Three players with one option each (focal, A, B),
# five feasible states: NNN, and YNN - YYN - YYY - YNY, along which A, B and A improve in turn. B would not go from YNN to YNY
# itself. No smaller game has it: it takes the focal state, its improvement and three more, and three players with an option.
TWICE_IMPROVING = Case(
    name="an opponent improves twice in one sequence",
    graph=graph(
        (0, 1, 2),
        [
            {0: 1, 1: 2, 3: 3, 7: 4, 5: 0},
            {0: 0, 1: 1, 3: 2, 7: 3, 5: 4},
            {0: 0, 1: 3, 3: 1, 7: 2, 5: 0},
        ],
    ),
    player=0,
    state=0,
    concept="seq",
    sequence=True,
    single=False,
    wrong=False,
    why="only A, B, A leads to YNY, the one state worse than NNN",
)

# The same with moves that need be no improvements: A then needs two options, as with one option each B could go there at once.
# Options: focal, A, A, B; five feasible states: NNNN, and YNNN - YYNN - YYNY - YYYY.
TWICE_MOVING = Case(
    name="an opponent moves twice in one sequence",
    graph=graph(
        (0, 1, 1, 2),
        [
            {0: 1, 1: 2, 3: 3, 11: 4, 15: 0},
            {0: 4, 1: 3, 3: 2, 11: 1, 15: 0},
            {0: 4, 1: 3, 3: 2, 11: 1, 15: 0},
        ],
    ),
    player=0,
    state=0,
    concept="gmr",
    sequence=True,
    single=False,
    wrong=False,
    why="only A, B, A leads to YYYY, the one state worse than NNNN",
)

# SIM must try the opponents' joint moves anew for each improvement. Options: focal, focal, opponent; six feasible states: NNN,
# the two improvements YNN and NYN, the opponent's NNY, and the two joint results YNY and NYY. None of them can be missed.
TRIED_ANEW = Case(
    name="the opponents' joint moves are tried anew for each improvement",
    graph=graph(
        (0, 0, 1),
        [
            {0: 2, 1: 3, 2: 4, 4: 5, 5: 1, 6: 0},
            {0: 0, 1: 1, 2: 2, 4: 3, 5: 4, 6: 5},
        ],
    ),
    player=0,
    state=0,
    concept="sim",
    sequence=True,
    single=True,
    wrong=False,
    why="the opponent's NNY meets both improvements, with YNY and with NYY",
)

CASES = (TWICE_IMPROVING, TWICE_MOVING, TRIED_ANEW)

# Prisoner's Dilemma (option: cooperate); the first player thinks mutual defection impossible. In its view nobody has a move
# from NN, and yet NN is not stable there, for either. Nor can YY be sanctioned by it: YY is lost too.
UNSEEN = UnseenCase(
    name="a state that a player cannot see is never stable for it",
    graph=graph((0, 1), [{2: 3, 3: 2, 0: 1, 1: 0}, {1: 3, 3: 2, 0: 1, 2: 0}]),
    viewer=0,
    impossible=frozenset({0}),
    stable_in_view={
        "nash": {0: frozenset({1, 2}), 1: frozenset({1, 2})},
        "gmr": {0: frozenset({1, 2}), 1: frozenset({1, 2})},
        "smr": {0: frozenset({1, 2}), 1: frozenset({1, 2})},
        "seq": {0: frozenset({1, 2}), 1: frozenset({1, 2})},
    },
)

"""Where play can go: paths of improvements from the status quo to equilibria, and what coalitions would upset together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rashomon.errors import error
from rashomon.playing.alliances import Jump, equilibrium_jumps, universal_stability
from rashomon.playing.games import members
from rashomon.playing.naming import LISTED, Asked
from rashomon.playing.noting import GameResult
from rashomon.playing.paths import MOST_PATHS, Path, Route, improving_paths
from rashomon.playing.stability import CONCEPTS

MOST_JUMPS = 200
"""Jumps that are listed of each concept."""
CONCERTED = ("nash", "gmr", "smr", "seq")
"""The concepts that coalitions have."""


@dataclass(frozen=True)
class Step:
    """Who moves, and to what state."""

    player: str
    state: str


@dataclass(frozen=True)
class PathsTo:
    """The shortest paths of improvements from the status quo to a state.

    ``length`` is None where no path leads there. ``count``: how many are so short; ``exact`` is False where they are that many
    or more. ``paths``: up to MOST_PATHS of them.
    """

    state: str
    length: int | None
    count: int
    exact: bool
    paths: tuple[tuple[Step, ...], ...]


@dataclass(frozen=True)
class Paths(GameResult[PathsTo]):
    """Paths from ``start`` to each equilibrium of a concept, or to chosen states; shortest first, unreachable ones last."""

    start: str = ""
    concept: str = "seq"
    unreachable: tuple[str, ...] = ()


def paths(asked: Asked, states: Sequence[str] = (), concept: str = "seq") -> Paths:
    """The shortest paths to ``states``, or else to all equilibria of a concept.

    R816 without a status quo, R804 for more than LISTED equilibria, R003 for what the game does not have.
    """
    start = asked.start()
    targets = [asked.state(text) for text in states] or np.flatnonzero(asked.equilibria(concept)).tolist()
    if len(targets) > LISTED:
        raise error(
            "R804", "There are too many equilibria to find the paths to all.", found=f"{len(targets):,}", allowed=f"{LISTED:,}",
            remedy="Name the states that matter.",
        )  # fmt: skip
    found = improving_paths(asked.graph, start, targets)
    lost = tuple(asked.letters(state) for state in found.unreachable)
    rows = tuple(_route(asked, route) for route in found.routes) + tuple(PathsTo(one, None, 0, True, ()) for one in lost)
    parameters = {"concept": concept, "states": "chosen" if states else "equilibria", "listed": MOST_PATHS}
    provenance = asked.noted("shortest legal paths of unilateral improvements", parameters)
    return Paths(rows, provenance, asked.game, asked.letters(start), concept, lost)


def _route(asked: Asked, route: Route) -> PathsTo:
    def steps(path: Path) -> tuple[Step, ...]:
        return tuple(Step(asked.game.actors[mover], asked.letters(state)) for mover, state in path)

    shown = tuple(steps(path) for path in route.paths)
    return PathsTo(asked.letters(route.target), route.length, route.count, route.counted, shown)


@dataclass(frozen=True)
class JumpTo:
    """From an equilibrium to another, by a coalition whose members all strictly prefer it."""

    coalition: tuple[str, ...]
    source: str
    target: str


@dataclass(frozen=True)
class Concerted:
    """Of one concept: the equilibria, which of them no coalition can upset, which one can, and the jumps between them.

    ``universal`` are stable for every coalition, so equilibria too, except that in SEQ an opponents' coalition may deter more:
    there a state can be universally stable and no equilibrium. ``jumps``: up to MOST_JUMPS of ``all_jumps``.
    """

    concept: str
    equilibria: tuple[str, ...]
    universal: tuple[str, ...]
    upset: tuple[str, ...]
    jumps: tuple[JumpTo, ...]
    all_jumps: int


@dataclass(frozen=True)
class Coalitions(GameResult[Concerted]):
    """What coalitions change, one row for each of Nash, GMR, SMR and SEQ."""


def coalitions(asked: Asked) -> Coalitions:
    """Universal stability and equilibrium jumps; R804 above 4,096 feasible states or six players."""
    flags = universal_stability(asked.graph, asked.sanctions)
    rows = []
    for concept in CONCERTED:
        equilibria, universal = asked.equilibria(concept), flags & CONCEPTS[concept] > 0
        jumps = equilibrium_jumps(asked.graph, equilibria)
        shown = tuple(_jump(asked, jump) for jump in jumps[:MOST_JUMPS])
        upset = asked.named(equilibria & ~universal)
        rows.append(Concerted(concept, asked.named(equilibria), asked.named(universal), upset, shown, len(jumps)))
    provenance = asked.noted("coalition stability (Inohara & Hipel 2008)", {"listed": MOST_JUMPS})
    return Coalitions(tuple(rows), provenance, asked.game)


def _jump(asked: Asked, jump: Jump) -> JumpTo:
    return JumpTo(members(asked.game.actors, jump.members), asked.letters(jump.source), asked.letters(jump.target))

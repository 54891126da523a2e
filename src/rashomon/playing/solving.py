"""What a game says: who is stable where in every view, what each expects, where play rests, and who is surprised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import RashomonError
from rashomon.playing.arenas import Arena
from rashomon.playing.built_lists import BuiltList, lists_built
from rashomon.playing.doubting import Orders
from rashomon.playing.games import Game, Seen, letters, members
from rashomon.playing.graphs import GMR, NASH, SEQ, SIM, SMR, Flags, Graph, Sanctions
from rashomon.playing.misperceiving import Play
from rashomon.playing.naming import LISTED, named
from rashomon.playing.noting import GameResult, noted, portion
from rashomon.playing.stability import CONCEPTS, stability
from rashomon.study import Estimate, Provenance, StudyData

SIMULTANEOUS = 1 << 16
"""States up to which SIM is asked, which has no short cut."""

DRAWN = 64
"""States reached by play up to which every step is listed."""

HEADLINE = "SEQ under the rule named, strict improvements, ties sanction (D2)"


@dataclass(frozen=True)
class ViewRow:
    """The game in one view: for each concept, who is stable in which states, and the equilibria. Path () is the true game.

    States are letters, one an option in declared order. Of a game of more than LISTED states the lists are empty, and
    ``counts`` alone says how many equilibria each concept has.
    """

    path: Seen
    stable: Mapping[str, Mapping[str, tuple[str, ...]]]
    equilibria: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Surprise:
    """A state in which play rests though a player did not expect it; ``why``: "not seen" or "not expected"."""

    player: str
    state: str
    why: str


@dataclass(frozen=True)
class StepTaken:
    """A step that play may take (D4), and who takes it."""

    by: tuple[str, ...]
    source: str
    target: str


@dataclass(frozen=True)
class Robust:
    """How an answer stands under [doubt]: the share of orders in which it holds, of the state or of the whole game ("")."""

    what: str
    state: str
    share: Estimate


@dataclass(frozen=True)
class Solution(GameResult[ViewRow]):
    """All that a game says (definitions D1–D6). What the game does not give the means for is empty.

    ``states``: the feasible ones, ascending, where they are no more than LISTED. By player: ``expected``; ``choices``, the
    settings of its own options in what it expects; ``hypergame``, the states that each finds stable for itself in its own view,
    and ``shared``, those that all expect; ``illusions``, equilibria of its view that are none; ``blind_spots``,
    equilibria that its view lacks. ``steps``: every step that can follow from the status quo, where no
    more than DRAWN states are reached. ``outcome``: the resting sets. ``must`` and ``may``: whether an agreement comes about in
    all of them, in one of them. ``unplayed``: why the game was not played out though it says from where, else "". ``built``: the
    lists that were built from the study, each entry with its statements.
    """

    sanctions: Sanctions = "sequence"
    states: tuple[str, ...] = ()
    count: int = 0
    expected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    steps: tuple[StepTaken, ...] = ()
    outcome: tuple[tuple[str, ...], ...] = ()
    agreement: tuple[str, ...] = ()
    must: bool | None = None
    may: bool | None = None
    surprises: tuple[Surprise, ...] = ()
    hypergame: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    illusions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    blind_spots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    robustness: tuple[Robust, ...] = ()
    unplayed: str = ""
    built: tuple[BuiltList, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON types: ``views`` in the place of rows, the true game first; players and options in order."""
        plain = super().to_dict()
        game = self.played
        head = {
            "game": plain.pop("game"), "title": game.title, "date": game.date, "citation": game.citation,
            "players": list(game.actors), "options": plain.pop("options"),
            "option_names": {option.id: option.name for option in game.options},
        }  # fmt: skip
        return head | {"views": plain.pop("rows")} | plain

    def view(self, *path: str) -> ViewRow:
        """The view at a path; of a path at which nothing is said, the view it takes after."""
        while True:
            for row in self.rows:
                if row.path == path:
                    return row
            path = path[:-1]


def solve(play: Play, study: StudyData | None = None) -> Solution:
    """Solve a game, judged by SEQ: every concept in every view that says something, and where play comes to rest."""
    game, sanctions, orders = play.arena.game, play.judge.sanctions, play.judge.orders
    asked = asked_concepts(play.arena.states)
    rows = [_view(play.arena, path, sanctions, asked) for path in ((), *game.views)]
    listed = int(play.arena.feasible.sum()) <= LISTED
    parts = _parts(play, listed)
    return Solution(
        rows=tuple(rows), provenance=_provenance(game, study, sanctions, orders), game=game, sanctions=sanctions,
        states=named(play.arena.feasible, len(game.options)) if listed else (), count=int(play.arena.feasible.sum()),
        built=lists_built(game, study), **parts,
    )  # fmt: skip


def _parts(play: Play, listed: bool) -> dict[str, Any]:
    """What rests on play, by the name of its field; of a game that is too large to be played out, why."""
    if not listed and play.arena.start is None:
        return {}
    try:
        return _Parts(play, listed).all()
    except RashomonError as problem:
        if problem.fault.code != "R819":
            raise
        return {"unplayed": f"{problem.fault.message} {problem.fault.found}"}


def asked_concepts(states: int) -> int:
    """The concepts that a game of so many states is asked for: SIM of small ones only."""
    return NASH | GMR | SMR | SEQ | (SIM if states <= SIMULTANEOUS else 0)


def _provenance(game: Game, study: StudyData | None, sanctions: Sanctions, orders: Orders) -> Provenance:
    parameters = {"sanctions": sanctions, "concepts": ", ".join(CONCEPTS), "headline": HEADLINE, "orders": len(orders)}
    return noted(game, study, "graph model for conflict resolution; hypergame by definitions D1–D6", parameters, orders.seed)


def _view(arena: Arena, path: Seen, sanctions: Sanctions, asked: int) -> ViewRow:
    """One view, judged in every concept in the declared order."""
    graph = arena.graph(path)
    seen = np.ones(graph.states, np.bool_) if graph.feasible is None else graph.feasible
    flags: Flags = stability(graph, sanctions, asked) if seen.any() else np.zeros(graph.ranks.shape, np.uint8)
    return view_row(arena.game, path, graph, flags, asked)


def view_row(game: Game, path: Seen, graph: Graph, flags: Flags, asked: int) -> ViewRow:
    """The lists of one view from its flags (n, S)."""
    options = len(game.options)
    few = graph.states <= LISTED or (graph.feasible is not None and int(graph.feasible.sum()) <= LISTED)
    stable: dict[str, dict[str, tuple[str, ...]]] = {}
    equilibria: dict[str, tuple[str, ...]] = {}
    counts: dict[str, int] = {}
    for concept, bit in CONCEPTS.items():
        if not asked & bit:
            continue
        holds = flags & bit > 0
        everyone = np.logical_and.reduce(holds, axis=0)
        counts[concept] = int(everyone.sum())
        if few:
            stable[concept] = {actor: named(holds[i], options) for i, actor in enumerate(game.actors)}
            equilibria[concept] = named(everyone, options)
    return ViewRow(path, stable, equilibria, counts)


class _Parts:
    """The parts of a solution that rest on play; lists of states only where the game is small enough."""

    def __init__(self, play: Play, listed: bool) -> None:
        self.play, self.listed = play, listed
        self.actors, self.options = play.arena.game.actors, len(play.arena.game.options)

    def named(self, which: NDArray[np.bool_]) -> tuple[str, ...]:
        """The states of a mask, as letters."""
        return named(which, self.options)

    def all(self) -> dict[str, Any]:
        """Everything, by the name of its field."""
        play = self.play
        out: dict[str, Any] = {"outcome": self._sets(play.resting()), "steps": tuple(self._steps())}
        agreeing = play.agreeing
        if agreeing is not None and play.outcomes is not None:
            out |= {"must": bool(play.outcomes.must[0]), "may": bool(play.outcomes.may[0]), "agreement": self.named(agreeing[0])}
        if not self.listed:
            return out
        expected = play.expected[0]
        out["expected"] = {actor: self.named(expected[i]) for i, actor in enumerate(self.actors)}
        out["choices"] = {actor: self._choices(actor, expected[i]) for i, actor in enumerate(self.actors)}
        out["hypergame"] = self.named(play.steady[0])
        out["shared"] = self.named(np.logical_and.reduce(expected, axis=0))
        out["surprises"] = tuple(self._surprises())
        out |= self._errors()
        out["robustness"] = tuple(self._robustness())
        return out

    def _sets(self, sets: Sequence[NDArray[np.int32]]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(letters(state, self.options) for state in one.tolist()) for one in sets)

    def _steps(self) -> list[StepTaken]:
        steps = self.play.steps()
        if steps is None or len(steps.states) > DRAWN:
            return []
        names = [letters(state, self.options) for state in steps.states.tolist()]
        edges = zip(steps.mover.tolist(), steps.source.tolist(), steps.target.tolist(), strict=True)
        return [
            StepTaken(members(self.actors, mask), names[source], names[target]) for mask, source, target in edges
        ]

    def _choices(self, actor: str, expected: NDArray[np.bool_]) -> tuple[str, ...]:
        """The settings of a player's own options in the states it expects, in their order."""
        own = [o for o, option in enumerate(self.play.arena.game.options) if option.owner == actor]
        named = (letters(state, self.options) for state in np.flatnonzero(expected).tolist())
        return tuple(sorted({"".join(name[o] for o in own) for name in named}))

    def _surprises(self) -> list[Surprise]:
        play = self.play
        out = []
        for one in play.resting():
            for state in one.tolist():
                for i, actor in enumerate(self.actors):
                    if not play.field.seen[i, state]:
                        out.append(Surprise(actor, letters(state, self.options), "not seen"))
                    elif not play.expected[0, i, state]:
                        out.append(Surprise(actor, letters(state, self.options), "not expected"))
        return out

    def _errors(self) -> dict[str, Any]:
        true = self.play.equilibria(())[0]
        views = {actor: self.play.equilibria((actor,))[0] for actor in self.actors}
        return {
            "illusions": {actor: self.named(view & ~true) for actor, view in views.items()},
            "blind_spots": {actor: self.named(true & ~view) for actor, view in views.items()},
        }

    def _robustness(self) -> list[Robust]:
        orders = self.play.judge.orders
        outcomes = self.play.outcomes
        asked = [("equilibrium", self.play.equilibria(()))]
        asked += [("rests", outcomes.rests)] if outcomes is not None else []
        out = []
        for what, holds in asked:
            for state in np.flatnonzero(holds.any(axis=0)).tolist():
                out.append(Robust(what, letters(state, self.options), portion(holds[:, state], orders)))
        if outcomes is not None:
            out += [Robust("must", "", portion(outcomes.must, orders)), Robust("may", "", portion(outcomes.may, orders))]
        return out

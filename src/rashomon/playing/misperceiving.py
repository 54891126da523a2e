"""Games under misperception: what each player expects, where play then goes, and where it comes to rest (definitions D1–D6).

A hypergame of any level (Bennett 1977, *Omega* 5; Wang, Hipel & Fraser 1988, *Behavioral Science* 33) on the graph model. The
definitions are numbered in the reference of games; the numbers stand beside the code that holds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rashomon.playing.arenas import Arena, Lens
from rashomon.playing.batches import assured_batch
from rashomon.playing.games import Seen
from rashomon.playing.graphs import LOWEST, SEQ, Bools, Graph, Ranks, Sanctions
from rashomon.playing.stepping import Field, Steps, step_out

Key = tuple[tuple[str, ...], Lens, tuple[object, ...]]


@dataclass(frozen=True, eq=False)
class Sight:
    """A view, judged: ``stable`` (n, S) in the concept, ``sure`` (n, S) the rank that a player is sure to keep in a state.

    ``seen`` (S,) are the states of the view; in all others nobody is stable.
    """

    graph: Graph
    seen: Bools
    stable: Bools
    sure: Ranks


class Judge:
    """Judges views by one concept under one rule, each view once however many games share it."""

    def __init__(self, sanctions: Sanctions = "sequence", concept: int = SEQ) -> None:
        self.sanctions, self.concept = sanctions, concept
        self._sights: dict[Key, Sight] = {}

    def sight(self, arena: Arena, path: Seen) -> Sight:
        """The view at a path of an arena."""
        lens = arena.lens(path)
        key = self._key(arena, lens)
        if key not in self._sights:
            self.prepare([(arena, lens)])
        return self._sights[key]

    def prepare(self, views: Iterable[tuple[Arena, Lens]]) -> None:
        """Judge views that are not yet judged, those of one graph together."""
        groups: dict[tuple[object, ...], dict[Key, Graph]] = {}
        for arena, lens in views:
            key = self._key(arena, lens)
            if key not in self._sights:
                groups.setdefault((key[0], key[2], lens.hidden), {}).setdefault(key, arena.graph(lens))
        for group in groups.values():
            self._judge(group)

    def _judge(self, group: dict[Key, Graph]) -> None:
        graphs = list(group.values())
        first = graphs[0]
        seen = np.ones(first.states, np.bool_) if first.feasible is None else first.feasible
        ranks = np.stack([graph.ranks for graph in graphs])
        if not seen.any():  # whoever sees nothing, finds nothing stable
            stable, sure = np.zeros(ranks.shape, np.bool_), np.full(ranks.shape, LOWEST, np.int32)
        else:
            flags, sure = assured_batch(first, ranks, self.sanctions, self.concept)
            stable = flags & self.concept > 0
        for key, graph, of_game, kept in zip(group, graphs, stable, sure, strict=True):
            self._sights[key] = Sight(graph, seen, of_game, kept)

    def _key(self, arena: Arena, lens: Lens) -> Key:
        ways = tuple((option.moves, option.frozen) for option in arena.game.options)
        return arena.board.names, lens, (ways, arena.game.infeasible, arena.start)


@dataclass(frozen=True, eq=False)
class Play:
    """One game, played out."""

    arena: Arena
    judge: Judge

    @cached_property
    def _paths(self) -> dict[Seen, Lens]:
        """The lenses of (i,) and (i, j), which D3 and D4 ask for."""
        return {path: self.arena.lens(path) for path in view_paths(self.arena.game.actors)}

    def lenses(self) -> list[tuple[Arena, Lens]]:
        """All views that have to be judged, so that many games can be judged together."""
        return [(self.arena, lens) for lens in self._paths.values()]

    @cached_property
    def expected(self) -> Bools:
        """(n, S) what each player expects to last (D3): stable for itself in its view, for each other as it takes it to see."""
        actors = self.arena.game.actors
        out = np.empty((len(actors), self.arena.states), np.bool_)
        for i, viewer in enumerate(actors):
            out[i] = self.judge.sight(self.arena, (viewer,)).stable[i]
            for j, other in enumerate(actors):
                if j != i:
                    out[i] &= self.judge.sight(self.arena, (viewer, other)).stable[j]
        return out

    @cached_property
    def field(self) -> Field:
        """What decides the steps (D4)."""
        own = [self.judge.sight(self.arena, (viewer,)) for viewer in self.arena.game.actors]
        return Field(
            shape=self.arena.truth,
            feasible=self.arena.feasible,
            ranks=self.arena.truth.ranks,
            seen=np.stack([sight.seen for sight in own]),
            worth=np.stack([sight.graph.ranks[i] for i, sight in enumerate(own)]),
            sure=np.stack([sight.sure[i] for i, sight in enumerate(own)]),
            expects=self.expected,
        )

    @cached_property
    def steps(self) -> Steps | None:
        """All steps from the status quo; None where none is given."""
        return None if self.arena.start is None else step_out(self.field, self.arena.start)

    @cached_property
    def resting(self) -> tuple[NDArray[np.int32], ...]:
        """The resting sets (D5), each ascending, by their least state."""
        if self.steps is None:
            return ()
        sets = [np.sort(self.steps.states[self.steps.rest == k]) for k in range(int(self.steps.rest.max(initial=-1)) + 1)]
        return tuple(sorted(sets, key=lambda one: int(one[0])))

    @cached_property
    def agreeing(self) -> Bools | None:
        """(S,) the agreement states (D6): the agreement holds, and each with a veto finds it no worse than the status quo."""
        game, start = self.arena.game, self.arena.start
        if not game.agreement or start is None:
            return None
        out = self.arena.board.mask(game.agreement) & self.arena.feasible
        for actor in game.vetoes:
            ranks = self.arena.true_ranks(actor)
            out = out & (ranks >= ranks[start])
        return out

    @property
    def must(self) -> bool:
        """Every resting set lies within the agreement states (D6)."""
        return self.agreeing is not None and all(bool(self.agreeing[one].all()) for one in self.resting)

    @property
    def may(self) -> bool:
        """Some resting set lies within the agreement states (D6)."""
        return self.agreeing is not None and any(bool(self.agreeing[one].all()) for one in self.resting)


def view_paths(actors: Sequence[str]) -> list[Seen]:
    """(i,) for each player, and (i, j) for each pair."""
    return [(i,) for i in actors] + [(i, j) for i in actors for j in actors if i != j]


def prepared(plays: Sequence[Play]) -> Sequence[Play]:
    """The plays, their views judged all together; they must share one judge."""
    if plays:
        plays[0].judge.prepare(view for play in plays for view in play.lenses())
    return plays

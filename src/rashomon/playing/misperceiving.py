"""Games under misperception: what each player expects, where play then goes, and where it comes to rest (definitions D1–D6).

A hypergame of any level (Bennett 1977, *Omega* 5; Wang, Hipel & Fraser 1988, *Behavioral Science* 33) on the graph model. The
definitions are numbered in the reference of games; the numbers stand beside the code that holds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rashomon.playing.arenas import Arena, Lens
from rashomon.playing.batches import assured_batch
from rashomon.playing.doubting import DECLARED, Orders
from rashomon.playing.games import Seen
from rashomon.playing.graphs import LOWEST, SEQ, Bools, Ints, Ranks, Sanctions

if TYPE_CHECKING:
    from rashomon.playing.stepping import Field, Steps


@dataclass(frozen=True, eq=False)
class Sight:
    """A view, judged in every order of what is in doubt: order k is row ``row[k]`` of the arrays.

    ``ranks`` (u, n, S); ``stable`` (u, n, S) in the concept; ``sure`` (u, n, S) the rank that a player is sure to keep by
    going to a state. ``seen`` (S,) are the states of the view; in all others nobody is stable.
    """

    seen: Bools
    ranks: Ranks
    stable: Bools
    sure: Ranks
    row: Ints


class Judge:
    """Judges views by one concept under one rule, each view once however many games share it.

    ``orders`` are those of all that is in doubt. ``concept`` is NASH, GMR, SMR or SEQ.
    """

    def __init__(self, sanctions: Sanctions = "sequence", concept: int = SEQ, orders: Orders = DECLARED) -> None:
        self.sanctions, self.concept, self.orders = sanctions, concept, orders
        self._sights: dict[object, Sight] = {}

    def sight(self, arena: Arena, lens: Lens) -> Sight:
        """What a lens shows of an arena, judged."""
        key = (arena.key, lens)
        if key not in self._sights:
            self._sights[key] = self._judge(arena, lens)
        return self._sights[key]

    def _judge(self, arena: Arena, lens: Lens) -> Sight:
        numbers, tables = zip(*(self._ranked(arena, wanted) for wanted in lens.wanted), strict=True)
        distinct, row = np.unique(np.stack(numbers, axis=1), axis=0, return_inverse=True)
        ranks = np.stack([table[distinct[:, j]] for j, table in enumerate(tables)], axis=1)
        shape = arena.shape(lens)
        seen = np.ones(shape.states, np.bool_) if shape.feasible is None else shape.feasible
        if not seen.any():  # whoever sees nothing, finds nothing stable
            return Sight(seen, ranks, np.zeros(ranks.shape, np.bool_), np.full(ranks.shape, LOWEST, np.int32), row.reshape(-1))
        flags, sure = assured_batch(shape, ranks, self.sanctions, self.concept)
        return Sight(seen, ranks, flags & self.concept > 0, sure, row.reshape(-1))

    def _ranked(self, arena: Arena, wanted: object) -> tuple[Ints, Ranks]:
        """The order's number (d,), and the ranks (u, S) in each that is different."""
        lists = self.orders.of(wanted)  # type: ignore[arg-type]
        place = {one: k for k, one in enumerate(dict.fromkeys(lists))}
        numbers = np.array([place[one] for one in lists], np.int64)
        table = np.stack([arena.board.ranks(one) for one in place])
        return np.broadcast_to(numbers, (len(self.orders),)), table

    def ranks(self, arena: Arena, actor: str) -> Ranks:
        """(d, S) how an actor, a player or not, truly ranks the states in each order."""
        numbers, table = self._ranked(arena, arena.game.preferences[actor])
        found: Ranks = table[numbers]
        return found


@dataclass(frozen=True, eq=False)
class Outcomes:
    """For each order (d,): whether every resting set lies within the agreement states (``must``), whether some does (``may``).

    ``rests`` (d, S): the states of resting sets. Definition D6.
    """

    must: Bools
    may: Bools
    rests: Bools


@dataclass(frozen=True, eq=False)
class Play:
    """One game, played out in each order (d of them) of what is in doubt; the first is the declared one."""

    arena: Arena
    judge: Judge

    def _own(self, viewer: str) -> Sight:
        return self.judge.sight(self.arena, self.arena.lens((viewer,)))

    def equilibria(self, path: Seen) -> Bools:
        """(d, S) the equilibria of a view in each order: what is stable for every player in it."""
        sight = self.judge.sight(self.arena, self.arena.lens(path))
        found: Bools = np.logical_and.reduce(sight.stable, axis=1)[sight.row]
        return found

    @cached_property
    def expected(self) -> Bools:
        """(d, n, S) what each player expects to last (D3): stable for itself in its view, for others as it takes them to see."""
        actors = self.arena.game.actors
        out = np.empty((len(self.judge.orders), len(actors), self.arena.states), np.bool_)
        for i, viewer in enumerate(actors):
            own = self._own(viewer)
            out[:, i] = own.stable[own.row, i]
            for j, other in enumerate(actors):
                if j != i:
                    taken = self.judge.sight(self.arena, self.arena.lens((viewer, other)))
                    out[:, i] &= taken.stable[taken.row, j]
        return out

    @property
    def steady(self) -> Bools:
        """(d, S) equilibria of the hypergame: each player finds the state stable for itself in its own view (Bennett 1977)."""
        own = [self._own(viewer) for viewer in self.arena.game.actors]
        found: Bools = np.logical_and.reduce([sight.stable[sight.row, i] for i, sight in enumerate(own)], axis=0)
        return found

    @cached_property
    def field(self) -> Field:
        """What decides the steps (D4)."""
        from rashomon.playing.stepping import Field  # here, for it loads numba

        own = [self._own(viewer) for viewer in self.arena.game.actors]
        truth = self.judge.sight(self.arena, self.arena.lens(()))
        return Field(
            shape=self.arena.shape(self.arena.lens(())),
            feasible=self.arena.feasible,
            ranks=truth.ranks[truth.row],
            seen=np.stack([sight.seen for sight in own]),
            worth=np.stack([sight.ranks[sight.row, i] for i, sight in enumerate(own)], axis=1),
            sure=np.stack([sight.sure[sight.row, i] for i, sight in enumerate(own)], axis=1),
            expects=self.expected,
        )

    def steps(self, order: int = 0) -> Steps | None:
        """All steps from the status quo in one order; None where no status quo is given."""
        from rashomon.playing.stepping import step_out  # here, for it loads numba

        return None if self.arena.start is None else step_out(self.field, self.arena.start, order)

    def resting(self, order: int = 0) -> tuple[NDArray[np.int32], ...]:
        """The resting sets (D5) in one order, each ascending, by their least state."""
        steps = self.steps(order)
        if steps is None:
            return ()
        sets = [np.sort(steps.states[steps.rest == k]) for k in range(int(steps.rest.max(initial=-1)) + 1)]
        return tuple(sorted(sets, key=lambda one: int(one[0])))

    @cached_property
    def agreeing(self) -> Bools | None:
        """(d, S) the agreement states (D6): the agreement holds, and each with a veto finds it no worse than the status quo."""
        game, start = self.arena.game, self.arena.start
        if not game.agreement or start is None:
            return None
        out = np.tile(self.arena.board.mask(game.agreement) & self.arena.feasible, (len(self.judge.orders), 1))
        for actor in game.vetoes:
            ranks = self.judge.ranks(self.arena, actor)
            out &= ranks >= ranks[:, start, None]
        return out

    @cached_property
    def outcomes(self) -> Outcomes | None:
        """How every order ends; None without a status quo, or without an agreement."""
        from rashomon.playing.stepping import settle  # here, for it loads numba

        agreeing, start = self.agreeing, self.arena.start
        if agreeing is None or start is None:
            return None
        must, may, rests = settle(self.field, start, agreeing)
        return Outcomes(must, may, rests)


def view_paths(actors: Sequence[str]) -> list[Seen]:
    """(i,) for each player, and (i, j) for each pair: the views that D3 asks for."""
    return [(i,) for i in actors] + [(i, j) for i in actors for j in actors if i != j]

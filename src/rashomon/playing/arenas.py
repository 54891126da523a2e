"""A declared game in numbers: its true graph, and the graphs that its players take it to be (definition D1).

Ranks, conditions and views are made once each and kept, however many edits and orders of a game ask for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rashomon.playing.conditions import all_states
from rashomon.playing.engine import DEFAULT_MEMORY, require_memory
from rashomon.playing.games import Game, Option, Preferences, Seen, number
from rashomon.playing.graphs import Bools, Graph, Ranks, Shape


@dataclass(frozen=True, slots=True)
class Lens:
    """What decides a view: whose wants are seen how, and what is not seen. Equal lenses on one board show the same game."""

    wanted: tuple[Preferences, ...]
    hidden: tuple[str, ...]


class Board:
    """The states of one set of options, and what is asked of them again and again.

    ``names`` (m,) are the options in order. Arrays are over S = 2**m states.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._masks: dict[str, Bools] = {}
        self._ranks: dict[Preferences, Ranks] = {}

    def mask(self, text: str) -> Bools:
        """(S,) where a condition holds."""
        if text not in self._masks:
            self._masks[text] = all_states(self.names, text)
        return self._masks[text]

    def without(self, start: Bools, texts: Iterable[str]) -> Bools:
        """(S,) the states of ``start`` in which none of the conditions holds."""
        out = start.copy()
        for text in texts:
            out &= ~self.mask(text)
        return out

    def ranks(self, wanted: Preferences) -> Ranks:
        """(S,) dense ranks, higher for better (option prioritisation: Fang, Hipel & Kilgour 1993, ch. 6)."""
        if wanted not in self._ranks:
            self._ranks[wanted] = self._by_levels(wanted) if wanted.ranked else self._by_conditions(wanted)
        return self._ranks[wanted]

    def tiers(self, wanted: Preferences) -> Ranks:
        """(S,) tiers, higher for better: one state is greatly preferred to another where their tiers differ.

        Tiers never run against ranks. Where nothing is said of strength all states are of one tier.
        """
        if not wanted.great:
            return np.zeros(1 << len(self.names), np.int32)
        if not wanted.ranked:
            return self.ranks(Preferences(conditions=wanted.conditions[: wanted.great[0]]))
        place = len(wanted.levels) - 1 - self.ranks(wanted)
        tiers: Ranks = (np.array(wanted.great)[:, None] > place).sum(axis=0, dtype=np.int32)
        return tiers

    def _by_conditions(self, wanted: Preferences) -> Ranks:
        key = np.zeros(1 << len(self.names), np.int64)
        for place, text in enumerate(wanted.conditions, 1):
            key = key * 2 + self.mask(text)
            if place % 30 == 0:  # before the bits run out: the order alone matters
                key = np.unique(key, return_inverse=True)[1].reshape(-1)
        return np.unique(key, return_inverse=True)[1].reshape(-1).astype(np.int32)

    def _by_levels(self, wanted: Preferences) -> Ranks:
        """Ranks of listed states; options added by an edit do not change how a state is ranked."""
        listed = len(wanted.levels[0][0])
        ranks = np.zeros(1 << listed, np.int32)
        for place, level in enumerate(wanted.levels):
            ranks[[number(text) for text in level]] = len(wanted.levels) - 1 - place
        return np.tile(ranks, 1 << (len(self.names) - listed))


class Boards:
    """The boards of a game under all its edits."""

    def __init__(self) -> None:
        self._of: dict[tuple[str, ...], Board] = {}

    def of(self, options: tuple[Option, ...]) -> Board:
        """The board of these options."""
        names = tuple(option.id for option in options)
        if names not in self._of:
            self._of[names] = Board(names)
        return self._of[names]


@dataclass(frozen=True, eq=False)
class Arena:
    """One game in numbers, on its board."""

    game: Game
    board: Board

    @classmethod
    def of(cls, game: Game, boards: Boards | None = None, memory: int = DEFAULT_MEMORY) -> Arena:
        """The arena of a game; R804 where it would take more than ``memory`` bytes."""
        made = cls(game, (boards or Boards()).of(game.options))
        require_memory(made._open_shape, memory)
        return made

    @cached_property
    def _open_shape(self) -> Shape:
        return open_shape(self.game.options, self.game.actors)

    @property
    def states(self) -> int:
        """S, the feasible states and the others."""
        return self._open_shape.states

    @cached_property
    def start(self) -> int | None:
        """The number of the status quo; None where none is given."""
        if self.game.status_quo is None:
            return None
        return sum(1 << o for o, option in enumerate(self.game.options) if option.id in self.game.status_quo)

    @cached_property
    def feasible(self) -> Bools:
        """(S,) the states that can be: no infeasible condition holds, and removed options are as at the start."""
        out = self.board.without(np.ones(self.states, np.bool_), self.game.infeasible)
        taken = self.game.status_quo or frozenset()
        for option in self.game.options:
            if option.frozen:
                out &= self.board.mask(option.id) == (option.id in taken)
        return out

    @cached_property
    def key(self) -> object:
        """What every view of the game shares: equal keys and equal lenses show the same graph."""
        ways = tuple((option.moves, option.frozen) for option in self.game.options)
        return self.board.names, ways, self.game.infeasible, self.start

    def lens(self, path: Seen) -> Lens:
        """What the view at a path shows."""
        wanted = tuple(self.game.preferences_seen(path, actor)[0] for actor in self.game.actors)
        above = [self.game.views[path[:k]] for k in range(1, len(path) + 1) if path[:k] in self.game.views]
        hidden = {text for view in above for text in (*view.impossible, *view.unaware)}
        return Lens(wanted, tuple(sorted(hidden)))  # an option that no made edit has is nowhere taken, and hides nothing

    def shape(self, lens: Lens) -> Shape:
        """Who can move where, as a lens shows it: an option that is not known hides the states in which it is taken.

        A view may hold that no state is feasible.
        """
        shape = self._open_shape
        feasible = self.board.without(self.feasible, lens.hidden)
        return Shape(shape.owner, shape.players, shape.take, shape.drop, None if feasible.all() else feasible)

    def graph(self, path: Seen = ()) -> Graph:
        """The game as the last name of a path sees it; () is the true game."""
        lens = self.lens(path)
        shape = self.shape(lens)
        ranks = np.stack([self.board.ranks(wanted) for wanted in lens.wanted])
        return Graph(shape.owner, shape.players, shape.take, shape.drop, shape.feasible, ranks)


def open_shape(options: Sequence[Option], actors: Sequence[str]) -> Shape:
    """Who can move where with these options, as if every state were feasible."""
    ways = [(o, option.moves) for o, option in enumerate(options) if not option.frozen]
    take = sum(1 << o for o, moves in ways if moves in ("both", "take"))
    drop = sum(1 << o for o, moves in ways if moves in ("both", "drop"))
    return Shape(tuple(actors.index(option.owner) for option in options), len(actors), take, drop, None)

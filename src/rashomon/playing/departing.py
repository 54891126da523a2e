"""How a game ends with each set of its edits made: what the causal shares are shares of (definitions D7–D10)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rashomon.playing.arenas import Arena, Boards
from rashomon.playing.editing import edited
from rashomon.playing.engine import DEFAULT_MEMORY
from rashomon.playing.games import Correct, Edit, Game, Seen, Veto
from rashomon.playing.misperceiving import Judge, Play, view_paths

Bools = NDArray[np.bool_]


class Departures:
    """The outcomes of one game under sets of its edits, each found once.

    A set of edits is a mask: bit e is edit e of ``edits``. Sets of edits that leave the same all that decides share an outcome.
    """

    def __init__(self, game: Game, judge: Judge, memory: int = DEFAULT_MEMORY) -> None:
        self.game, self.judge, self.memory = game, judge, memory
        self.edits = game.edits
        self.boards = Boards()
        self._paths: list[Seen] = [(), *view_paths(game.actors)]
        self._matters = [self._masked(lambda edit, path=path: _bears(edit, path)) for path in self._paths]  # type: ignore[misc]
        self._matters.append(self._masked(lambda edit: not isinstance(edit.change, Correct)))
        self._numbers: dict[object, int] = {}
        self._seen: list[dict[int, int]] = [{} for _ in self._matters]
        self._found: dict[tuple[int, ...], tuple[Bools, Bools]] = {}

    def _masked(self, asked: Callable[[Edit], bool]) -> int:
        return sum(1 << e for e, edit in enumerate(self.edits) if asked(edit))

    @cached_property
    def before(self) -> Play:
        """The game with no edit made."""
        return self.play_of(self.game)

    def play(self, mask: int) -> Play:
        """The game with the edits of a mask made."""
        if not mask:
            return self.before
        return self.play_of(edited(self.game, (edit for e, edit in enumerate(self.edits) if mask >> e & 1)))

    def play_of(self, game: Game) -> Play:
        """A game on the same boards, judged alike; R804 where it takes more than ``memory`` bytes."""
        return Play(Arena.of(game, self.boards, self.memory), self.judge)

    def outcome(self, mask: int) -> tuple[Bools, Bools]:
        """(d,) whether an agreement must, and (d,) whether it may come about in each order, with the edits of a mask made.

        The game needs a status quo and an agreement.
        """
        key = tuple(self._number(k, mask & matters) for k, matters in enumerate(self._matters))
        if key not in self._found:
            outcomes = self.play(mask).outcomes
            assert outcomes is not None, "a game without a status quo or an agreement has no outcome to share"
            self._found[key] = outcomes.must, outcomes.may
        return self._found[key]

    def _number(self, k: int, mask: int) -> int:
        """The number of what view k shows under the edits that bear on it; the last k stands for what is no view."""
        seen = self._seen[k]
        if mask not in seen:
            arena = self.play(mask).arena
            wanted = tuple((actor, arena.game.preferences[actor]) for actor in arena.game.vetoes)
            shown = (arena.key, wanted) if k == len(self._paths) else (k, arena.lens(self._paths[k]))
            seen[mask] = self._numbers.setdefault(shown, len(self._numbers))
        return seen[mask]

    def values(self, note: Callable[[int], object] = lambda done: None) -> tuple[Bools, Bools]:
        """(d, 2**k) whether an agreement must, and whether it may come about, in each order with each set of edits made."""
        count = 1 << len(self.edits)
        must = np.empty((len(self.judge.orders), count), np.bool_)
        may = np.empty_like(must)
        for mask in range(count):
            must[:, mask], may[:, mask] = self.outcome(mask)
            note(mask + 1)
        return must, may


def _bears(edit: Edit, path: Seen) -> bool:
    """Whether an edit may change what a view shows: wants that it inherits, options, or what is said along its path."""
    if isinstance(edit.change, Correct):
        return bool(path) and edit.change.path[0] == path[0]
    return not isinstance(edit.change, Veto)

"""A game as a user holds it: one object, whose methods are the questions of the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rashomon.errors import Fault, RashomonError
from rashomon.playing.arenas import DEFAULT_MEMORY
from rashomon.playing.doubting import Orders, draw_orders
from rashomon.playing.game_files import read_game
from rashomon.playing.games import Game
from rashomon.playing.graphs import Sanctions
from rashomon.playing.sharing import CausalShares, causal_shares
from rashomon.playing.solving import Solution, solve
from rashomon.playing.whatifs import WhatIfs, what_if
from rashomon.study import StudyData


@dataclass(frozen=True)
class Conflict:
    """A game, and how it is to be played: the rule of sanctions, how many orders of what is in doubt, the seed, the memory."""

    game: Game
    study: StudyData | None = None
    sanctions: Sanctions = "sequence"
    draws: int = 200
    seed: int = 1991
    memory: int = DEFAULT_MEMORY

    @cached_property
    def orders(self) -> Orders:
        """The orders that the game's doubts leave open."""
        return draw_orders(self.game, self.draws, self.seed)

    @cached_property
    def _solution(self) -> Solution:
        return solve(self.game, self.study, sanctions=self.sanctions, orders=self.orders, memory=self.memory)

    def solve(self) -> Solution:
        """Every view's equilibria, what each player expects, where play rests, surprises, and how robust all that is."""
        return self._solution

    def what_if(self, *edits: str | Sequence[str]) -> WhatIfs:
        """The game with edits made: each argument is an edit's id, or several that are made together."""
        sets = [[one] if isinstance(one, str) else list(one) for one in edits]
        return what_if(self.game, sets, self.study, sanctions=self.sanctions, orders=self.orders)

    def causal_shares(self, may: bool = False, note: Callable[[int], object] = lambda done: None) -> CausalShares:
        """How much an agreement that must come about (``may``: that may) hangs on whose edits, in this model."""
        return causal_shares(
            self.game, self.study, sanctions=self.sanctions, draws=self.draws, seed=self.seed, may=may, note=note
        )

    @property
    def tells_an_outcome(self) -> bool:
        """Whether the game says from where to where it is played, so that what-ifs and shares can be asked."""
        return self.game.status_quo is not None and bool(self.game.agreement)


def game_files(root: Path) -> list[Path]:
    """The files of a study's games, by name."""
    folder = Path(root) / "games"
    return sorted(path for path in folder.glob("*") if path.suffix in (".toml", ".gmcr")) if folder.is_dir() else []


def read_games(study: StudyData) -> tuple[Game, ...]:
    """All games of a study; raises RashomonError with the faults of all of them."""
    games: list[Game] = []
    faults: list[Fault] = []
    for path in game_files(study.root):
        try:
            games.append(read_game(path, study))
        except RashomonError as problem:
            faults += problem.faults
    if faults:
        raise RashomonError(faults)
    return tuple(games)

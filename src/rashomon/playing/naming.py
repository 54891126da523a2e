"""What questions about a game have in common: its true graph in the declared order, and states and players by their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rashomon.errors import RashomonError, error, listing, suggest
from rashomon.playing.arenas import Arena
from rashomon.playing.engine import DEFAULT_MEMORY
from rashomon.playing.games import Game, letters, number
from rashomon.playing.graphs import Bools, Flags, Graph, Sanctions
from rashomon.playing.noting import noted
from rashomon.playing.stability import CONCEPTS, stability
from rashomon.study import Provenance, StudyData

LISTED = 4096
"""States up to which lists of states are given; of larger games the counts alone."""


@dataclass(frozen=True)
class Asked:
    """A game of which something is asked: the true game, in the declared order of what is in doubt."""

    game: Game
    study: StudyData | None = None
    sanctions: Sanctions = "sequence"
    memory: int = DEFAULT_MEMORY

    @cached_property
    def arena(self) -> Arena:
        """The game in numbers; R804 where it takes too much memory."""
        return Arena.of(self.game, memory=self.memory)

    @cached_property
    def graph(self) -> Graph:
        """The true graph."""
        return self.arena.graph()

    def noted(self, method: str, parameters: Mapping[str, object]) -> Provenance:
        """The provenance of an answer."""
        return noted(self.game, self.study, method, {"sanctions": self.sanctions, "orders": "declared"} | dict(parameters))

    def equilibria(self, concept: str) -> Bools:
        """(S,) the equilibria of a concept."""
        flags: Flags = stability(self.graph, self.sanctions, CONCEPTS[self.concept(concept)])
        found: Bools = np.logical_and.reduce(flags & CONCEPTS[concept] > 0, axis=0)
        return found

    def named(self, which: Bools) -> tuple[str, ...]:
        """The states of a mask (S,) as letters, ascending; none of a game of more than LISTED states."""
        return () if int(self.arena.feasible.sum()) > LISTED else named(which, len(self.game.options))

    def letters(self, state: int) -> str:
        """A state as letters."""
        return letters(state, len(self.game.options))

    def state(self, text: str) -> int:
        """The number of a feasible state; R003 where the letters are none."""
        if len(text) == len(self.game.options) and set(text) <= {"Y", "N"} and self.arena.feasible[number(text)]:
            return number(text)
        options = listing([option.id for option in self.game.options], 30)
        raise error(
            "R003", "The game has no such state.", found=repr(text),
            allowed=f"{len(self.game.options)} letters Y or N, for {options}, that no infeasible condition rules out",
            remedy="Write Y where the option is taken.",
        )  # fmt: skip

    def player(self, name: str) -> int:
        """The number of a player; R003 where there is none of the name."""
        return _place(name, self.game.actors, "The game has no such player.", "name a player.")

    def concept(self, name: str) -> str:
        """The name of a concept; R003 where there is none."""
        return list(CONCEPTS)[_place(name, tuple(CONCEPTS), "There is no such concept of stability.", "name a concept.")]

    def start(self) -> int:
        """The status quo; R816 where there is none."""
        if self.arena.start is None:
            raise error(
                "R816", "The game does not say from where to where it is played.", found="no status_quo",
                allowed="a status_quo", remedy="Add it to the game's file.",
            )  # fmt: skip
        return self.arena.start


def named(which: Bools, options: int) -> tuple[str, ...]:
    """The states of a mask (S,) as letters, ascending."""
    return tuple(letters(state, options) for state in np.flatnonzero(which).tolist())


def _place(name: str, known: tuple[str, ...], message: str, remedy: str) -> int:
    if name in known:
        return known.index(name)
    raise _unknown(name, known, message, remedy)


def _unknown(name: str, known: tuple[str, ...], message: str, remedy: str) -> RashomonError:
    return error("R003", message, found=repr(name), allowed=listing(known), remedy=suggest(name, known, remedy))

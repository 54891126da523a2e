"""A game as it is declared: players, options, what each wants, what each takes the others to want, and possible departures.

Everything is frozen; an edit makes another game. :mod:`rashomon.playing.game_files` reads one from a file, and
:mod:`rashomon.compiling` turns it into arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Ways = Literal["both", "take", "drop"]
Seen = tuple[str, ...]
"""A path of viewers: ("japan", "ussr") is how Japan takes the USSR to see the game; () is the true game."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something its owner may do or leave. ``frozen``: it can be neither, and stays as the status quo has it."""

    id: str
    owner: str
    name: str = ""
    moves: Ways = "both"
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class Preferences:
    """What one actor wants: either ``conditions``, most important first, or ``levels`` of states, best first.

    ``doubt``: groups of neighbouring places (from 0) whose order among themselves is free. ``great``: of conditions, the places
    before this one decide what is greatly preferred; of levels, the places after which such a gap lies.
    """

    conditions: tuple[str, ...] = ()
    levels: tuple[tuple[str, ...], ...] = ()
    doubt: tuple[tuple[int, ...], ...] = ()
    great: tuple[int, ...] = ()

    @property
    def ranked(self) -> bool:
        """Whether the states themselves are ranked."""
        return bool(self.levels)


@dataclass(frozen=True, slots=True)
class View:
    """How the last name of a path sees the game, where that differs from the next shorter path."""

    preferences: Mapping[str, Preferences] = field(default_factory=lambda: MappingProxyType({}))
    unaware: tuple[str, ...] = ()
    impossible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """A list that was built from the study's statements: what the viewers of a path took an actor to want; (): what it wanted.

    ``first``: how many entries stand before the rest, recorded as a minimum. ``contested``: entries of which the records say
    the opposite too.
    """

    path: Seen
    actor: str
    first: int
    contested: frozenset[str]


@dataclass(frozen=True, slots=True)
class Correct:
    """A misperception is mended: all that is said at ``path`` or below it.

    The path names viewers and then of whom the view is, or "unaware" or "impossible": ("japan", "ussr") is what Japan takes the
    USSR to want and to see.
    """

    path: Seen


@dataclass(frozen=True, slots=True)
class Prefer:
    """The edit's owner wants something else."""

    wanted: Preferences


@dataclass(frozen=True, slots=True)
class Add:
    """The owner has an option more, not taken at the start."""

    option: Option


@dataclass(frozen=True, slots=True)
class Remove:
    """There is an option less: it stays as it is at the start."""

    option: str


@dataclass(frozen=True, slots=True)
class Move:
    """Options may go other ways."""

    ways: tuple[tuple[str, Ways], ...]


@dataclass(frozen=True, slots=True)
class Veto:
    """An actor's consent is needed, or no longer needed."""

    actor: str
    needed: bool


Change = Correct | Prefer | Add | Remove | Move | Veto


@dataclass(frozen=True, slots=True)
class Edit:
    """A departure that its owner ``by`` could have made (definition D7)."""

    id: str
    by: str
    name: str
    change: Change


@dataclass(frozen=True)
class Game:
    """A conflict. ``options`` stand in declared order: the first is the lowest bit of a state's number and its first letter.

    ``actors`` are the players in declared order, ``preferences`` those of players and of veto holders. ``status_quo`` is None
    where none is given. ``views`` are by path; what a path does not say it takes from the path without its last name.
    ``evidence`` is by path, actor and condition. ``means``: by condition the stances of the study that speak of it;
    ``stands_for``: by actor whose records count as its own; ``built``: the lists that were built from the study by these.
    """

    id: str
    title: str
    date: str
    citation: str
    actors: tuple[str, ...]
    options: tuple[Option, ...]
    infeasible: tuple[str, ...]
    status_quo: frozenset[str] | None
    preferences: Mapping[str, Preferences]
    views: Mapping[Seen, View]
    vetoes: tuple[str, ...]
    agreement: str
    edits: tuple[Edit, ...]
    evidence: Mapping[tuple[Seen, str, str], tuple[str, ...]]
    means: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    stands_for: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    built: tuple[Built, ...] = ()

    def preferences_seen(self, path: Seen, actor: str) -> tuple[Preferences, Seen]:
        """What the viewer at the end of ``path`` takes ``actor`` to want, and the path at which that is said (D1)."""
        while path:
            view = self.views.get(path)
            if view is not None and actor in view.preferences:
                return view.preferences[actor], path
            path = path[:-1]
        return self.preferences[actor], ()

    def edit(self, name: str) -> Edit:
        """The edit of an id; KeyError where there is none."""
        return {one.id: one for one in self.edits}[name]


def letters(state: int, options: int) -> str:
    """A state as letters, one an option in declared order: Y taken, N not.

    >>> letters(5, 4)
    'YNYN'
    """
    return "".join("Y" if state >> place & 1 else "N" for place in range(options))


def members(actors: Sequence[str], mask: int) -> tuple[str, ...]:
    """The actors of a mask, the first the lowest bit.

    >>> members(("a", "b", "c"), 5)
    ('a', 'c')
    """
    return tuple(actor for i, actor in enumerate(actors) if mask >> i & 1)


def number(text: str) -> int:
    """The state's number of its letters; any letter but Y counts as N.

    >>> number("YNYN")
    5
    """
    return sum(1 << place for place, letter in enumerate(text) if letter == "Y")

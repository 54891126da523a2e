"""Everything that games say, asked at once: what ``rashomon play`` prints and the report tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any, cast

from rashomon.playing.asking import Conflict
from rashomon.playing.edit_checks import idle_edits
from rashomon.playing.games import Game
from rashomon.playing.listing import write_states
from rashomon.playing.naming import LISTED
from rashomon.playing.sharing import CausalShares
from rashomon.playing.solving import Solution
from rashomon.playing.travelling import Coalitions, Paths
from rashomon.playing.weighing import Consents, InverseAnswer, Strengths, What
from rashomon.playing.whatifs import WhatIfs
from rashomon.playing.windows import Windows, find_windows
from rashomon.study.files import require_place


@dataclass(frozen=True)
class Played:
    """One game with all its answers; ``what_ifs`` and the shares are None where the game does not say what they need.

    ``shares`` are of an agreement that must come about, ``shares_may`` of one that may. ``paths``, ``coalitions`` and
    ``strengths`` are asked of games that can be listed; ``inverse`` is what was asked for.
    """

    conflict: Conflict
    solution: Solution
    what_ifs: WhatIfs | None
    shares: CausalShares | None
    shares_may: CausalShares | None
    paths: Paths | None
    consent: Consents | None
    coalitions: Coalitions | None
    strengths: Strengths | None
    inverse: tuple[InverseAnswer, ...] = ()

    @property
    def game(self) -> Game:
        """The game."""
        return self.conflict.game

    @property
    def notices(self) -> tuple[str, ...]:
        """What should be known of the game, such as an edit that changes nothing."""
        return idle_edits(self.game)

    def to_dict(self) -> dict[str, Any]:
        """The solution in JSON's types, and under names of their own what was asked besides."""
        besides = {
            "paths": self.paths, "what_ifs": self.what_ifs, "causal_shares": self.shares, "causal_shares_may": self.shares_may,
            "consent": self.consent, "coalitions": self.coalitions, "strengths": self.strengths,
        }  # fmt: skip
        plain = self.solution.to_dict() | {name: one.to_dict() for name, one in besides.items() if one is not None}
        plain |= {"inverse": [one.to_dict() for one in self.inverse]} if self.inverse else {}
        return plain | {"notices": list(self.notices)}


@dataclass(frozen=True)
class Plays:
    """All games of a study, in the order of their dates, and the windows they make."""

    games: tuple[Played, ...]
    windows: Windows

    def to_dict(self) -> dict[str, Any]:
        """JSON's types: ``games`` and ``windows``."""
        return {"games": [one.to_dict() for one in self.games], "windows": self.windows.to_dict()}


MOST_CONCERTED, MOST_ALLIES = 1024, 6
"""Feasible states and players up to which coalitions are asked unasked."""


def play(conflict: Conflict, sets: Sequence[Sequence[str]] = (), note: Callable[[str], object] = lambda _: None) -> Played:
    """Ask a game everything. ``sets``: the edits to make together in what-ifs; else each alone, each owner's, and all.

    R004 for an edit that the game does not have, R816 where ``sets`` are asked of a game that tells no outcome, R819 of one that
    is too large to be played out.
    """
    from rashomon.compiling import telling_the_wait  # here, for it loads numba

    for idle in idle_edits(conflict.game):
        note(idle)
    with telling_the_wait(note):
        return _answered(conflict, sets, note)


def _answered(conflict: Conflict, sets: Sequence[Sequence[str]], note: Callable[[str], object]) -> Played:
    solution = conflict.solve()
    told = conflict.tells_an_outcome and not solution.unplayed
    chosen = [list(one) for one in sets] or (usual_sets(conflict.game) if told else [])
    what_ifs = conflict.what_if(*chosen) if chosen else None
    shared = bool(conflict.game.edits) and told
    must, may = ((_shares(conflict, may, note) if shared else None) for may in (False, True))
    game, listed = conflict.game, bool(solution.states)
    return Played(
        conflict, solution, what_ifs, must, may,
        paths=conflict.paths() if listed and game.status_quo is not None else None,
        consent=conflict.consent() if game.vetoes and conflict.tells_an_outcome else None,
        coalitions=conflict.coalitions() if _few(conflict, solution) else None,
        strengths=conflict.strengths() if any(one.great for one in game.preferences.values()) else None,
    )  # fmt: skip


def _few(conflict: Conflict, solution: Solution) -> bool:
    """Whether a game is small enough that its coalitions are asked unasked: they are many, and their jumps more."""
    return 0 < len(solution.states) <= MOST_CONCERTED and 2 <= len(conflict.game.actors) <= MOST_ALLIES


def played_as_asked(
    conflict: Conflict, sets: Sequence[Sequence[str]], inverse: Sequence[str], folder: Path,
    note: Callable[[str], object] = lambda _: None,
) -> tuple[Played, tuple[Path, ...]]:  # fmt: skip
    """:func:`play`, and inverse questions as they are asked in words: ``STATE:PLAYER``, or with ``:priorities`` after it.

    Where the game has too many states to list, files of them all are written into ``folder``; R006 at once where they could not.
    """
    if 1 << len(conflict.game.options) > LISTED:
        require_place(folder / f"{conflict.game.id}.csv")
    found = play(conflict, sets, note)
    found = replace(found, inverse=tuple(_inverse(conflict, asked) for asked in inverse))
    return found, () if found.solution.states else write_states(conflict, folder)


def _inverse(conflict: Conflict, asked: str) -> InverseAnswer:
    state, _, rest = asked.partition(":")
    player, _, what = rest.partition(":")
    return conflict.inverse(state, player, what=cast(What, what or "states"))  # which refuses what is none of these


_SAID_EVERY = 10.0  # seconds


def _shares(conflict: Conflict, may: bool, note: Callable[[str], object]) -> CausalShares:
    said = monotonic()

    def told(done: int) -> None:
        nonlocal said
        if monotonic() - said > _SAID_EVERY:
            said = monotonic()
            note(f"{conflict.game.id}: sets of edits played so far: {done:,}")

    return conflict.causal_shares(may, told)


def usual_sets(game: Game) -> list[list[str]]:
    """Each edit alone; the edits of each owner together, where it has several; all edits, where several own them."""
    owners = dict.fromkeys(edit.by for edit in game.edits)
    alone = [[edit.id] for edit in game.edits]
    by_owner = [[edit.id for edit in game.edits if edit.by == one] for one in owners]
    joint = [*by_owner, [edit.id for edit in game.edits]]
    return [*alone, *(list(one) for one in dict.fromkeys(tuple(one) for one in joint if len(one) > 1))]


def play_all(conflicts: Sequence[Conflict], note: Callable[[str], object] = lambda _: None) -> Plays:
    """All games of a study asked everything, the earliest first, those without a date last."""
    ordered = sorted(conflicts, key=lambda one: (one.begins is None, one.begins or 0, one.game.id))
    return Plays(tuple(play(one, note=note) for one in ordered), find_windows(ordered))

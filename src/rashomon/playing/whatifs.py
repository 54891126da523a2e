"""What would have happened otherwise: the game with some of its edits made, and in what it then differs (definition D7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from rashomon.errors import error, listing, suggest
from rashomon.playing.departing import Departures
from rashomon.playing.games import Edit, Game, letters
from rashomon.playing.noting import GameResult, noted, percent, portion
from rashomon.study import Estimate, StudyData


@dataclass(frozen=True)
class WhatIf:
    """The game with ``edits`` made together, against the game as it was.

    ``must`` and ``may`` are the shares of orders of what is in doubt in which an agreement comes about in all resting sets, in
    one of them; ``before_…`` those of the game as it was. ``outcome`` are the resting sets in the declared order; ``gained``
    and ``lost`` the states in which play rests now, and did before. ``says`` is the difference in plain words.
    """

    edits: tuple[str, ...]
    by: tuple[str, ...]
    names: tuple[str, ...]
    must: Estimate
    may: Estimate
    before_must: Estimate
    before_may: Estimate
    outcome: tuple[tuple[str, ...], ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class WhatIfs(GameResult[WhatIf]):
    """Edits and sets of edits, one row each."""


def chosen_edits(game: Game, names: Iterable[str]) -> tuple[Edit, ...]:
    """The edits of these ids, each once; R004 where the game has no such edit."""
    known = {edit.id: edit for edit in game.edits}
    out = []
    for name in dict.fromkeys(names):
        if name not in known:
            raise error(
                "R004", "The game has no such edit.", found=repr(name), allowed=listing(known) or "no edits",
                remedy=suggest(name, known, "declare it as an [[edit]] of the game."),
            )  # fmt: skip
        out.append(known[name])
    return tuple(out)


def what_if(departures: Departures, sets: Sequence[Sequence[str]], study: StudyData | None = None) -> WhatIfs:
    """Play a game, judged by SEQ, with each set of its edits (ids) made. R816 where it has no status quo or no agreement."""
    game, orders = departures.game, departures.judge.orders
    require_outcome(game)
    rows = tuple(_row(departures, chosen_edits(game, names)) for names in sets)
    parameters = {"sanctions": departures.judge.sanctions, "concept": "SEQ", "orders": len(orders)}
    return WhatIfs(rows, noted(game, study, "edits made together (D7), outcomes by D4–D6", parameters, orders.seed), game)


def require_outcome(game: Game) -> None:
    """R816 where a game cannot say whether there is an agreement."""
    missing = [name for name, there in (("status_quo", game.status_quo is not None), ("agreement", game.agreement)) if not there]
    if missing:
        raise error(
            "R816", "The game does not say from where to where it is played.", found=f"no {' and no '.join(missing)}",
            allowed="a status_quo and an agreement",
            remedy="Add them to the game's file: what-ifs and shares are about reaching one.",
        )  # fmt: skip


def _row(departures: Departures, edits: Sequence[Edit]) -> WhatIf:
    orders, before = departures.judge.orders, departures.before
    mask = sum(1 << departures.edits.index(edit) for edit in edits)
    play = departures.play(mask)
    options = len(play.arena.game.options)
    now, then = play.outcomes, before.outcomes
    assert now is not None
    assert then is not None
    rests, rested = (np.flatnonzero(one.rests[0]).tolist() for one in (now, then))
    gained = tuple(letters(state, options) for state in rests if state not in rested)
    lost = tuple(letters(state, len(before.arena.game.options)) for state in rested if state not in rests)
    must, may, was, could = (portion(one, orders) for one in (now.must, now.may, then.must, then.may))
    return WhatIf(
        edits=tuple(edit.id for edit in edits),
        by=tuple(dict.fromkeys(edit.by for edit in edits)),
        names=tuple(edit.name or edit.id for edit in edits),
        must=must, may=may, before_must=was, before_may=could,
        outcome=tuple(tuple(letters(state, options) for state in one.tolist()) for one in play.resting()),
        gained=gained, lost=lost, says=_said(must, may, was, could),
    )  # fmt: skip


def _said(must: Estimate, may: Estimate, was: Estimate, could: Estimate) -> str:
    if must.estimate == was.estimate and may.estimate == could.estimate:
        return "nothing changes about agreement"
    if must.estimate > was.estimate:
        where = "" if must.estimate == 1 else f" in {percent(must.estimate)} of the orders"
        how = f"an agreement comes about{where}"
        return f"{how}, {_before(was)}"
    if must.estimate < was.estimate:
        now, before = percent(must.estimate), percent(was.estimate)
        return f"an agreement is lost: it comes about in {now} of the orders, before in {before}"
    more = "possible" if may.estimate > could.estimate else "less likely"
    return f"an agreement becomes {more}, but no more certain"


def _before(was: Estimate) -> str:
    return "where without it none does" if was.estimate == 0 else f"against {percent(was.estimate)} without it"

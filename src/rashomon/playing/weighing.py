"""What wants decide: which orders of them make a state stable, how strongly states are held, and who would block an agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from rashomon.errors import RashomonError, error
from rashomon.playing.consenting import win_sets
from rashomon.playing.graphs import GMR, SEQ, SMR, Bools
from rashomon.playing.inverting import Inverse, inverse_priorities, inverse_states
from rashomon.playing.naming import Asked
from rashomon.playing.noting import GameResult
from rashomon.playing.stability import CONCEPTS, stability
from rashomon.playing.state_orders import Nearest
from rashomon.playing.strengths import strong_stability
from rashomon.playing.whatifs import require_outcome

What = Literal["states", "priorities"]


@dataclass(frozen=True)
class OrdersFor:
    """Of ``total`` orders of what a player wants, how many make a state stable for it, and how many an equilibrium.

    ``share`` is that of the stable ones. ``swaps`` and ``order``: the fewest pairs of the declared order that must change places,
    and an order that does it. None or empty: there is none, or it was not counted (``equilibria`` of SEQ and SIM past eight
    states or priorities, ``stable`` of SMR where more than twelve kinds of moves hang together).
    """

    concept: str
    total: int
    stable: int | None
    share: float | None
    swaps: int | None
    order: tuple[str, ...]
    equilibria: int | None
    equilibrium_swaps: int | None
    equilibrium_order: tuple[str, ...]


@dataclass(frozen=True)
class InverseAnswer(GameResult[OrdersFor]):
    """The inverse question about one ``state`` and one ``player``, a row for each concept asked.

    ``what``: whether all strict orders of the states were asked, or all orders of the player's priorities.
    """

    state: str = ""
    player: str = ""
    what: What = "states"


def inverse(
    asked: Asked, state: str, player: str, concept: str | None = None, what: What = "states"
) -> InverseAnswer:
    """Which orders of what a player wants make a state stable in a concept, or in each; all else in the game as it is.

    R003 for what the game does not have, or for the priorities of a player that ranks states; R817 for more than can be answered.
    """
    at, place = asked.state(state), asked.player(player)
    names = tuple(CONCEPTS) if concept is None else (asked.concept(concept),)
    if what not in ("states", "priorities") or (what == "priorities" and asked.game.preferences[player].ranked):
        raise _no_such_list(what, player)
    rows = tuple(_orders(asked, name, _inverse(asked, at, place, CONCEPTS[name], what), what, player) for name in names)
    provenance = asked.noted("inverse problem (Kinsara, Kilgour & Hipel 2015), counted", {"what": what})
    return InverseAnswer(rows, provenance, asked.game, state, player, what)


def _no_such_list(what: str, player: str) -> RashomonError:
    return error(
        "R003", "The player has no such list to put in order.", found=f"{what!r} of {player}",
        allowed="'states', or 'priorities' of a player that has them", remedy="Ask for 'states'.",
    )  # fmt: skip


def _inverse(asked: Asked, state: int, player: int, concept: int, what: What) -> Inverse:
    if what == "states":
        return inverse_states(asked.graph, player, state, concept, asked.sanctions)
    conditions = asked.game.preferences[asked.game.actors[player]].conditions
    holds = np.stack([asked.arena.board.mask(text) for text in conditions])
    return inverse_priorities(asked.graph, player, holds, state, concept, asked.sanctions)


def _orders(asked: Asked, concept: str, found: Inverse, what: What, player: str) -> OrdersFor:
    conditions = asked.game.preferences[player].conditions

    def named(nearest: Nearest | None) -> tuple[str, ...]:
        if nearest is None:
            return ()
        return tuple(asked.letters(one) if what == "states" else conditions[one] for one in nearest.order)

    near, common = found.nearest, found.nearest_equilibrium
    return OrdersFor(
        concept, found.total, found.stable, None if found.stable is None else found.stable / found.total,
        None if near is None else near.swaps, named(near),
        found.equilibria, None if common is None else common.swaps, named(common),
    )  # fmt: skip


@dataclass(frozen=True)
class HeldBy:
    """Of one player and concept: the states that are strongly stable for it, and those that are stable, but only weakly.

    Of a game of more than 4,096 states the counts alone.
    """

    player: str
    concept: str
    strongly: tuple[str, ...]
    weakly: tuple[str, ...]
    strong_count: int
    weak_count: int


@dataclass(frozen=True)
class Strengths(GameResult[HeldBy]):
    """Strength of preference: rows by player and concept, and by concept the equilibria that are strong, and the weak rest."""

    strong_equilibria: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weak_equilibria: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def strengths(asked: Asked) -> Strengths:
    """Which stable states are held by the threat of something greatly worse. R813 where nothing is said of strength."""
    wanted = [asked.game.preferences[actor] for actor in asked.game.actors]
    if not any(one.great for one in wanted):
        raise error(
            "R813", "The game does not say what is greatly preferred.", found="no [strength]", allowed="a [strength] of a player",
            remedy="Add [strength]: after how many of its priorities, or places of its ranking, a difference is no longer great.",
        )  # fmt: skip
    tiers = np.stack([asked.arena.board.tiers(one) for one in wanted])
    strong, plain = strong_stability(asked.graph, tiers, asked.sanctions), stability(asked.graph, asked.sanctions)
    rows, held, rest = [], {}, {}
    for concept, bit in (("gmr", GMR), ("smr", SMR), ("seq", SEQ)):
        firm, weak = strong & bit > 0, (plain & ~strong) & bit > 0
        rows += [_held(asked, actor, concept, firm[i], weak[i]) for i, actor in enumerate(asked.game.actors)]
        everyone, anyhow = np.logical_and.reduce(firm, axis=0), np.logical_and.reduce(firm | weak, axis=0)
        held[concept], rest[concept] = asked.named(everyone), asked.named(anyhow & ~everyone)
    provenance = asked.noted("strength of preference (Hamouda, Kilgour & Hipel 2004)", {})
    return Strengths(tuple(rows), provenance, asked.game, held, rest)


def _held(asked: Asked, actor: str, concept: str, firm: Bools, weak: Bools) -> HeldBy:
    return HeldBy(actor, concept, asked.named(firm), asked.named(weak), int(firm.sum()), int(weak.sum()))


@dataclass(frozen=True)
class Consent:
    """One actor with a veto: its win-set, and of the states in which the agreement holds, those it blocks.

    ``alone``: those that it alone blocks. Of a game of more than 4,096 states the counts alone.
    """

    actor: str
    win_set: tuple[str, ...]
    blocks: tuple[str, ...]
    alone: tuple[str, ...]
    win_set_count: int
    blocks_count: int
    alone_count: int


@dataclass(frozen=True)
class Consents(GameResult[Consent]):
    """Two levels: a row for each veto, the states that would be an ``agreement``, and those ``left`` that nobody blocks (D6)."""

    start: str = ""
    agreement: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    agreement_count: int = 0
    left_count: int = 0


def consent(asked: Asked) -> Consents:
    """Who would block which agreement, each against the status quo. R816 without a status quo or an agreement."""
    require_outcome(asked.game)
    start, board, vetoes = asked.start(), asked.arena.board, asked.game.vetoes
    ranks = np.array([board.ranks(asked.game.preferences[actor]) for actor in vetoes], np.int32)
    agreed = board.mask(asked.game.agreement) & asked.arena.feasible
    found = win_sets(ranks.reshape(len(vetoes), asked.arena.states), start, agreed, asked.arena.feasible)
    rows = []
    for i, actor in enumerate(vetoes):
        parts = (found.sets[i], agreed & ~found.sets[i], found.pivotal[i])
        win_set, blocks, alone = (asked.named(part) for part in parts)
        rows.append(Consent(actor, win_set, blocks, alone, *(int(part.sum()) for part in parts)))
    return Consents(
        tuple(rows), asked.noted("win-sets of two levels (Putnam 1988; Tsebelis 2002)", {}), asked.game, asked.letters(start),
        asked.named(agreed), asked.named(found.common), int(agreed.sum()), int(found.common.sum()),
    )  # fmt: skip

"""How much the failure hung on whose error or rigidity: causal shares in a model, with what they rest on (definitions D8–D10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.playing.departing import Departures
from rashomon.playing.doubting import Orders
from rashomon.playing.games import Edit, Game
from rashomon.playing.graphs import GMR, NASH, SEQ, SMR, Sanctions
from rashomon.playing.misperceiving import Judge
from rashomon.playing.noting import LEVEL, GameResult, noted
from rashomon.playing.shapley import failing_supersets, idle_edits, minimal_sufficient, owen, owen_sampled
from rashomon.playing.whatifs import require_outcome
from rashomon.study import Estimate, StudyData

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

EXACT, EXACT_IN_DOUBT = 20, 12
"""Edits up to which all sets are played: without, and with anything in doubt."""

SAMPLED_ORDERS = 2000
"""Orders of the edits that are drawn where there are more."""

Known = Mapping[int, Departures]
"""What is found of a game's departures, by the concept they are judged by."""

NAMES = {NASH: "Nash", GMR: "GMR", SMR: "SMR", SEQ: "SEQ"}
"""The concepts that shares are asked by."""
LISTED = 40
"""Sets of edits that are listed at most."""


@dataclass(frozen=True)
class Share:
    """The causal share in this model of an owner (``edit`` is then "") or of one of its edits.

    ``share``: its estimate is the mean of the shares in single orders of what is in doubt; ``low`` and ``high`` hold the middle
    nine tenths of them (5–95 %), and the mean. In an order in which the edits gain nothing, the shares sum to nothing.
    ``least`` and ``most`` are the range over Nash, GMR, SMR and SEQ, and over must and may, where the edits gain anything.
    ``error`` is the standard error where sets of edits were sampled, else 0.
    """

    owner: str
    edit: str
    name: str
    share: Estimate
    least: float
    most: float
    error: float


@dataclass(frozen=True)
class Enough:
    """A set of edits that suffices for an agreement, no smaller part of which does, in the declared order.

    ``share`` of the orders of what is in doubt in which it suffices; ``spoilt_by``: sets with more edits that fail.
    """

    edits: tuple[str, ...]
    share: float
    spoilt_by: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class CausalShares(GameResult[Share]):
    """Causal shares in this model, which sum to ``gain``; none where ``because`` says why.

    ``before`` and ``after``: the share of orders in which an agreement must come about with no edit, and with all; ``gain``
    is their difference (D9). ``enough``: the minimal sufficient sets. ``idle``: edits that change nothing, whatever else is
    made; ``in_no_set``: those in no minimal sufficient set. ``alone``: in what share of the orders each owner's edits suffice
    alone, on which the shares rest: of two owners with one edit each, the first has (1 + p − q) / 2. ``gainless``: concepts, with
    must or may, under which the edits gain nothing, so that the range of the shares is over the others.
    """

    because: str = ""
    before: float = 0.0
    after: float = 0.0
    gain: float = 0.0
    enough: tuple[Enough, ...] = ()
    idle: tuple[str, ...] = ()
    in_no_set: tuple[str, ...] = ()
    gainless: tuple[str, ...] = ()
    alone: tuple[tuple[str, float], ...] = ()
    orders: int = 1
    all_orders: int = 1


def causal_shares(
    known: Known, study: StudyData | None = None, *, seed: int = 1991, may: bool = False,
    note: Callable[[int], object] = lambda done: None,
) -> CausalShares:  # fmt: skip
    """The causal shares of a game's edits in an agreement that must come about (``may``: that may).

    Exact to EXACT edits, EXACT_IN_DOUBT with a doubt; beyond, orders of the edits are sampled by ``seed``. ``note`` is told how
    many sets of edits were played. R816 where the game has no status quo or no agreement.
    """
    game, judge = known[SEQ].game, known[SEQ].judge
    require_outcome(game)
    orders = judge.orders
    parameters = {"sanctions": judge.sanctions, "concept": "SEQ", "value": "may" if may else "must", "orders": len(orders)}
    exact = len(game.edits) <= (EXACT if len(orders) == 1 else EXACT_IN_DOUBT)
    parameters["sets of edits"] = "all" if exact else f"{SAMPLED_ORDERS} sampled orders"
    drawn = seed if orders.sampled or not exact else None
    provenance = noted(game, study, "Owen values, owners as unions (D8–D10)", parameters, drawn)
    if not game.edits:
        return CausalShares((), provenance, game, because="the game declares no edits")
    shared = _exact(known, may, note) if exact else _sampled(known[SEQ], may, seed, note)
    fields: dict[str, Any] = {"game": game, "orders": int(orders.counted.sum()), "all_orders": orders.total} | shared.fields
    if shared.gain <= 0:
        because = "with all edits made an agreement is no more certain than with none: there is no failure to share"
        return CausalShares((), provenance, because=because, **fields)
    return CausalShares(shared.rows(game.edits), provenance, **fields)


@dataclass(frozen=True, eq=False)
class _Shared:
    """Shares of k edits: expected (k,), in single orders (d, k), over concepts and over must and may (c, k), and errors (k,)."""

    expected: Floats
    single: Floats
    counted: Bools
    spread: Floats
    error: Floats
    fields: dict[str, Any]

    @property
    def gain(self) -> float:
        return float(self.fields["gain"])

    def rows(self, edits: Sequence[Edit]) -> tuple[Share, ...]:
        """Owners, the largest share first, each followed by its edits where it has several."""
        owners = dict.fromkeys(edit.by for edit in edits)
        groups = {one: [e for e, edit in enumerate(edits) if edit.by == one] for one in owners}
        out = []
        for one, own in sorted(groups.items(), key=lambda item: -self.expected[item[1]].sum()):
            out.append(self._row(one, None, own))
            out += [self._row(one, edits[e], [e]) for e in own] if len(own) > 1 else []
        return tuple(out)

    def _row(self, owner: str, edit: Edit | None, own: list[int]) -> Share:
        share = float(self.expected[own].sum())
        low, high = _middle(self.single[self.counted][:, own].sum(axis=1))
        estimate = Estimate(share, min(low, share), max(high, share), LEVEL, int(self.counted.sum()), 0)
        spread = np.append(self.spread[:, own].sum(axis=1), share)
        error = float(np.sqrt((self.error[own] ** 2).sum()))
        name = "" if edit is None else edit.name or edit.id
        return Share(
            owner, "" if edit is None else edit.id, name, estimate, float(spread.min()), float(spread.max()), error
        )


def _middle(values: Floats) -> tuple[float, float]:
    """The 5 % and 95 % quantiles, each a value that occurs."""
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], method="inverted_cdf")
    return float(low), float(high)


def departures_by_concept(game: Game, sanctions: Sanctions, orders: Orders, memory: int) -> Known:
    """The departures of a game, judged by each of NAMES; nothing is played before it is asked for."""
    return {bit: Departures(game, Judge(sanctions, bit, orders), memory) for bit in NAMES}


def _exact(known: Known, may: bool, note: Callable[[int], object]) -> _Shared:
    game, orders = known[SEQ].game, known[SEQ].judge.orders
    owner = _owners(game)
    both = {bit: departures.values(note if bit == SEQ else lambda done: None) for bit, departures in known.items()}
    values = both[SEQ][1 if may else 0].astype(np.float64)
    expected = values[orders.counted].mean(axis=0)
    spread = {
        f"{NAMES[bit]} {how}": one[orders.counted].mean(axis=0)
        for bit, pair in both.items()
        for how, one in zip(("must", "may"), pair, strict=True)
    }
    gained = {name: owen(one, owner) for name, one in spread.items() if one[-1] > one[0]}
    gainless = tuple(name for name in spread if name not in gained)
    over = np.reshape(list(gained.values()), (-1, len(owner)))
    return _Shared(
        owen(expected, owner), owen(values, owner), orders.counted, over, np.zeros(len(owner)),
        _sets(game, values > 0, orders) | _ends(expected[0], expected[-1])
        | {"alone": _alone(game, lambda mask: expected[mask]), "gainless": gainless},
    )  # fmt: skip


def _sampled(departures: Departures, may: bool, seed: int, note: Callable[[int], object]) -> _Shared:
    """Shares from a sample of the orders of edits; the spread over concepts is then not asked for."""
    game, orders = departures.game, departures.judge.orders
    owner = _owners(game)
    asked: dict[int, Floats] = {}

    def values(mask: int) -> Floats:
        if mask not in asked:
            asked[mask] = departures.outcome(mask)[1 if may else 0].astype(np.float64)
            note(len(asked))
        return asked[mask]

    found = owen_sampled(lambda mask: float(values(mask)[orders.counted].mean()), owner, SAMPLED_ORDERS, seed)
    full = (1 << len(owner)) - 1

    def of_order(k: int) -> Floats:
        return owen_sampled(lambda mask: float(values(mask)[k]), owner, SAMPLED_ORDERS, seed).shares

    single = np.stack([of_order(k) for k in range(len(orders))])
    ends = _ends(float(values(0)[orders.counted].mean()), float(values(full)[orders.counted].mean()))
    alone = {"alone": _alone(game, lambda mask: float(values(mask)[orders.counted].mean()))}
    return _Shared(found.shares, single, orders.counted, np.empty((0, len(owner))), found.error, ends | alone)


def _owners(game: Game) -> list[int]:
    names = list(dict.fromkeys(edit.by for edit in game.edits))
    return [names.index(edit.by) for edit in game.edits]


def _ends(before: float, after: float) -> dict[str, Any]:
    return {"before": float(before), "after": float(after), "gain": float(after - before)}


def _alone(game: Game, value: Callable[[int], float]) -> tuple[tuple[str, float], ...]:
    """What each owner's edits bring alone."""
    owners = dict.fromkeys(edit.by for edit in game.edits)
    masks = {one: sum(1 << e for e, edit in enumerate(game.edits) if edit.by == one) for one in owners}
    return tuple((one, float(value(mask))) for one, mask in masks.items())


def _sets(game: Game, enough: Bools, orders: Orders) -> dict[str, Any]:
    """The sets that suffice in the declared order, and what matters in none; ``enough`` (d, 2**k)."""
    ids = [edit.id for edit in game.edits]

    def named(mask: int) -> tuple[str, ...]:
        return tuple(ids[e] for e in range(len(ids)) if mask >> e & 1)

    minimal = minimal_sufficient(enough[0]).tolist()
    failing = failing_supersets(enough[0]).tolist()
    found = []
    for one in sorted(minimal, key=lambda mask: (mask.bit_count(), mask))[:LISTED]:
        spoilt = tuple(named(more) for more in failing if more & one == one)[:LISTED]
        found.append(Enough(named(one), float(enough[orders.counted, one].mean()), spoilt))
    used = {e for one in minimal for e in range(len(ids)) if one >> e & 1}
    idle = set.intersection(*(set(idle_edits(row.astype(np.float64)).tolist()) for row in enough))
    return {
        "enough": tuple(found),
        "idle": tuple(ids[e] for e in sorted(idle)),
        "in_no_set": tuple(name for e, name in enumerate(ids) if e not in used),
    }

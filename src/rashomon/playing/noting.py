"""How answers about games came about, and how sure they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from rashomon.playing.doubting import Orders
from rashomon.playing.drawing_on import RULE
from rashomon.playing.games import Game
from rashomon.study import Estimate, Provenance, Result, StudyData
from rashomon.study.proportions import wilson
from rashomon.study.provenance import note

Row = TypeVar("Row")

LEVEL = 0.9


@dataclass(frozen=True)
class GameResult(Result[Row]):
    """A result on one game; in JSON the game stands under its id, with its options in order."""

    game: Game | None = None

    @property
    def played(self) -> Game:
        """The game; every result that this room gives has one."""
        assert self.game is not None
        return self.game

    def to_dict(self) -> dict[str, Any]:
        """JSON types: the game's id and options, then what the result holds."""
        plain = super().to_dict()
        del plain["game"]
        options = [option.id for option in self.played.options]
        return {"game": self.played.id, "options": options} | plain


def noted(
    game: Game, study: StudyData | None, method: str, parameters: Mapping[str, object], seed: int | None = None
) -> Provenance:
    """The provenance of a result on a game: its parameters, and the records and sources that its lists rest on."""
    records = evidence_of(game, study)
    built = ", ".join(".".join((*one.path, one.actor)) for one in game.built)
    named = {"game": game.id} | ({RULE: built} if built else {})
    return resting_on(study, records, method, named | dict(parameters), seed)


def resting_on(
    study: StudyData | None, records: tuple[str, ...], method: str, parameters: Mapping[str, object], seed: int | None = None
) -> Provenance:
    """The provenance of a result on games that rests on these records; ``study`` is None where they are of none."""
    return note(study, method, parameters, seed, len(records), () if study is None else study.sources_of(records))


def evidence_of(game: Game, study: StudyData | None) -> tuple[str, ...]:
    """The records that the lists of a game rest on, in order and each once: of a study as of a day, those open by then.

    Lists that were built from the study hold no others than the day allows, but of views also what only its holder knew.
    """
    named = dict.fromkeys(name for ids in game.evidence.values() for name in ids)
    built = {(one.path, one.actor) for one in game.built}
    drawn = {name for (path, actor, _), ids in game.evidence.items() if (path, actor) in built for name in ids}
    if study is None or (study.day is None and not study.unheard):
        return tuple(named)
    places = study.index.places([name.partition("#")[0] for name in named])
    open_ = {table: study.open_mask(table) for table in {table for table, _ in places.values()}}
    heard = {name for name, (table, row) in places.items() if open_[table][row]}
    return tuple(name for name in named if name in drawn or name.partition("#")[0] in heard)


def percent(share: float) -> str:
    """A share of orders as per cent; what is not all and not none never reads as that.

    >>> percent(0.5), percent(0.001), percent(0.999), percent(1.0)
    ('50 %', 'under 1 %', 'over 99 %', '100 %')
    """
    if 0 < share < 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 < share < 1 else f"{100 * share:.0f} %"


def portion(holds: NDArray[np.bool_], orders: Orders) -> Estimate:
    """The share of orders (d,) in which something holds.

    Where all orders were listed it is exact; of a sample the band is that of Wilson 1927 (*JASA* 22), ``n`` the orders drawn.
    ``voices`` is 0: orders are nobody's words.
    """
    counted = holds[orders.counted]
    if orders.sampled:
        return wilson(int(counted.sum()), len(counted), LEVEL)
    share = float(counted.mean())
    return Estimate(share, share, share, LEVEL, len(counted), 0)

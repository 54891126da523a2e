"""Windows: in which years an agreement was to be had, with the misperceptions as they were and without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

import numpy as np

from rashomon.playing.asking import Conflict
from rashomon.playing.graphs import SEQ, Bools
from rashomon.playing.misperceiving import Outcomes
from rashomon.playing.noting import evidence_of, percent, portion, resting_on
from rashomon.study import Estimate, Provenance, Result, parse_when

NEARLY_ALL, HARDLY_ANY = 0.95, 0.05
"""Shares of the orders of what is in doubt from which on an answer counts as decided."""


@dataclass(frozen=True)
class Window:
    """One game in one of its years.

    ``stable``: the share of orders of what is in doubt in which some agreement is an equilibrium of the true game (SEQ).
    ``must`` and ``may``: those in which an agreement comes about in all resting sets, in one of them, as the players see the
    game; ``must_seeing`` and ``may_seeing``: if every player saw the true game. ``verdict``: "reached" (as played), "missed"
    (not as played, but seeing truly), "closed" (not even then), or "undetermined", and ``because`` says why.
    """

    year: int
    game: str
    title: str
    stable: Estimate
    must: Estimate
    may: Estimate
    must_seeing: Estimate
    may_seeing: Estimate
    verdict: str
    because: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Windows(Result[Window]):
    """Games by the years they were played in; ``silent`` are years of the span for which no game is declared.

    ``undated`` are games without a date, ``unplayed`` those that are too large to be played out.
    """

    first: int = 0
    last: int = 0
    silent: tuple[int, ...] = ()
    undated: tuple[str, ...] = ()
    unplayed: tuple[str, ...] = ()


def find_windows(conflicts: Sequence[Conflict], first: int | None = None, last: int | None = None) -> Windows:
    """The windows of games that have a date, a status quo and an agreement; ``first`` and ``last`` year, else those of the games.

    Of a year without a game nothing can be said; it is listed as silent.
    """
    asked = [one for one in conflicts if one.tells_an_outcome]
    told = [one for one in asked if not one.solve().unplayed]
    dated = [(one, years_of(one.game.date)) for one in told if one.game.date]
    known = [year for _, years in dated for year in years]
    low, high = min(known, default=0) if first is None else first, max(known, default=-1) if last is None else last
    rows = [row for one, years in dated for row in _rows(one, [year for year in years if low <= year <= high])]
    silent = tuple(year for year in range(low, high + 1) if year not in known)
    undated = tuple(one.game.id for one in told if not one.game.date)
    unplayed = tuple(one.game.id for one in asked if one not in told)
    return Windows(tuple(sorted(rows, key=lambda row: row.year)), _provenance(conflicts), low, high, silent, undated, unplayed)


def years_of(text: str) -> range:
    """The calendar years that a time touches."""
    when = parse_when(text)
    return range(date.fromordinal(when.lo).year, date.fromordinal(when.hi).year + 1)


def _rows(conflict: Conflict, years: Sequence[int]) -> list[Window]:
    if not years:
        return []
    game, orders, departures = conflict.game, conflict.orders, conflict.departures[SEQ]
    seeing = departures.play_of(replace(game, views=MappingProxyType({})))
    now, then, agreeing = departures.before.outcomes, seeing.outcomes, seeing.agreeing
    assert now is not None
    assert then is not None
    assert agreeing is not None
    stable: Bools = np.logical_or.reduce(seeing.equilibria(()) & agreeing, axis=1)
    verdict, because = _judged(now, then, orders.counted)
    row = Window(
        years[0], game.id, game.title, portion(stable, orders), portion(now.must, orders), portion(now.may, orders),
        portion(then.must, orders), portion(then.may, orders), verdict, because, evidence_of(game, conflict.study),
    )  # fmt: skip
    return [replace(row, year=year) for year in years]


def _judged(now: Outcomes, then: Outcomes, counted: Bools) -> tuple[str, str]:
    """The verdict by shares of orders; agreement must come about, for what may go otherwise is not reached."""
    must, seeing, could = (float(one[counted].mean()) for one in (now.must, then.must, then.may))
    if must >= NEARLY_ALL:
        return "reached", ""
    if must <= HARDLY_ANY and seeing >= NEARLY_ALL:
        return "missed", ""
    if must <= HARDLY_ANY and could <= HARDLY_ANY:
        return "closed", ""
    if must > HARDLY_ANY:
        return "undetermined", f"as played an agreement comes about in {percent(must)} of the orders of what is in doubt"
    if could >= NEARLY_ALL and seeing <= HARDLY_ANY:
        return "undetermined", "seeing truly an agreement may come about, but need not"
    return (
        "undetermined",
        f"seeing truly an agreement must come about in {percent(seeing)} of the orders, and may in {percent(could)}",
    )


def _provenance(conflicts: Sequence[Conflict]) -> Provenance:
    study = next((one.study for one in conflicts if one.study is not None), None)
    records = tuple(dict.fromkeys(name for one in conflicts for name in evidence_of(one.game, study)))
    parameters = {"games": ", ".join(one.game.id for one in conflicts), "decided from": NEARLY_ALL}
    seed = next((one.orders.seed for one in conflicts if one.orders.sampled), None)
    return resting_on(study, records, "windows: outcomes by D4–D6 as played, and with every view dropped", parameters, seed)

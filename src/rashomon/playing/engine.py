"""The order of work: which kernels run over which games, and on how many threads."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import error
from rashomon.playing.graphs import GMR, LOWEST, NASH, SEQ, SIM, SMR, Bools, Flags, Sanctions, Shape

if TYPE_CHECKING:
    from rashomon.playing.layouts import Layout

THREADS = min(os.cpu_count() or 1, 4)
"""So many players of a large game, or runs of games of a batch, are judged at once."""

DEFAULT_MEMORY = 4 << 30
"""Bytes that a game may take unless the user allows more."""

_LARGE = 1 << 15  # players times states from which threads pay: starting them takes half a millisecond
_TOGETHER = 1 << 14  # players times states of the small games that go through the kernels together, within the cache

Each = Callable[[Callable[[int], None], Iterable[int]], Iterable[None]]


@dataclass(frozen=True, eq=False)
class Sweep:
    """Games of one layout: ranks (b, n, S), and the flags (b, n, S) that are being set.

    ``sure`` (b, n, S), or (0, 0, 0) where it is not asked for, takes the rank that a player is sure to keep in a state.
    """

    layout: Layout
    ranks: NDArray[np.int32]
    feasible: Bools
    concepts: int
    deep: bool
    flags: Flags
    sure: NDArray[np.int32]

    @property
    def players(self) -> int:
        """The number n of players."""
        return len(self.layout.plan)

    @property
    def games(self) -> int:
        """Each setting of the frozen options is a game of its own."""
        return len(self.ranks) * len(self.layout.bases)

    @property
    def searched(self) -> bool:
        """Whether any concept asks for a search, and so for sorted classes."""
        sanctioned = self.concepts & (GMR | SMR) and (self.feasible.size or not self.deep)
        return self.players > 1 and bool(self.concepts & SEQ or sanctioned)


def play(
    shape: Shape, ranks: NDArray[np.int32], sanctions: Sanctions, concepts: int, assured: bool = False
) -> tuple[Flags, NDArray[np.int32]]:
    """Flags (b, n, S) of the games of ranks (b, n, S) on one shape; shape and ranks must have been checked.

    With ``assured``, also the rank (b, n, S) that a player is sure to keep by going to a state: the least of its ranks over the
    state and its sanctions in the last of GMR, SMR and SEQ that is asked for. Raises R003 for concepts or sanctions that are
    not known.
    """
    from rashomon.playing.layouts import lay_out  # here, for it loads numba

    check_sanctions(sanctions)
    _check_concepts(concepts)
    feasible = (
        np.zeros(0, dtype=np.bool_) if shape.feasible is None else np.require(shape.feasible, requirements=["C", "W"])
    )
    ranks = np.require(ranks, requirements=["C", "W"])  # one type of array, so that the kernels are compiled once
    deep = sanctions == "sequence" or shape.players <= 2
    sure = np.full(ranks.shape if assured else (0, 0, 0), LOWEST, dtype=np.int32)
    sweep = Sweep(lay_out(shape), ranks, feasible, concepts, deep, np.zeros(ranks.shape, dtype=np.uint8), sure)
    size = shape.players * sweep.layout.states
    together = max(1, _TOGETHER // size)
    if sweep.games * size < _LARGE:
        _play_some(sweep, 0, sweep.games, map)
        return sweep.flags, sure
    with ThreadPoolExecutor(THREADS) as pool:
        if sweep.games == 1:
            _play_some(sweep, 0, 1, pool.map)
        else:
            starts = range(0, sweep.games, together)
            list(pool.map(lambda first: _play_some(sweep, first, min(together, sweep.games - first), map), starts))
    return sweep.flags, sure


def _play_some(sweep: Sweep, first: int, count: int, each: Each) -> None:
    """Play the games ``first`` to ``first + count``: every player is prepared before any is judged."""
    from rashomon.playing.answering import mark_met  # here, for it loads numba
    from rashomon.playing.judging import mark, raise_bars, spread
    from rashomon.playing.layouts import COLUMNS, ROWS, WAYS
    from rashomon.playing.sorting import lay_rows, sort_classes

    layout, plan, players = sweep.layout, sweep.layout.plan, range(sweep.players)
    cells = np.empty((count, layout.cells), dtype=np.int32)
    classes = np.empty((count, len(players), layout.states if sweep.searched else 0), dtype=np.int64)
    scale = np.empty((count, len(players), 3), dtype=np.int64)

    def prepare(j: int) -> None:
        lay_rows(j, first, layout.bases, sweep.ranks, sweep.feasible, plan, layout.table, cells, scale)
        if sweep.searched:
            sort_classes(j, plan, cells, scale, classes)

    def judge(i: int) -> None:
        bars = np.empty((count, 4, plan[i, COLUMNS] << plan[i, WAYS]), dtype=np.int32)
        asked = next(k for k in (3, 2, 1, 0) if k == 0 or sweep.concepts >> k & 1)
        kept = np.empty((count, plan[i, ROWS] * plan[i, COLUMNS]) if sweep.sure.size else (0, 0), dtype=np.int32)
        raise_bars(i, sweep.concepts, sweep.deep, plan, cells, classes, scale, bars, asked, kept)
        spread(i, first, layout.bases, plan, layout.table, kept, sweep.sure)
        mark(i, first, layout.bases, sweep.concepts, plan, layout.table, cells, bars, sweep.flags)
        if sweep.concepts & SIM:
            mark_met(i, first, layout.bases, sweep.ranks, plan, layout.table, cells, sweep.flags)

    list(each(prepare, players))
    list(each(judge, players))


def check_sanctions(sanctions: str) -> None:
    """Refuse (R003) a rule of sanctions that is not known."""
    if sanctions not in ("sequence", "single"):
        raise error(
            "R003", "There is no such rule of sanctions.", found=repr(sanctions), allowed='"sequence" or "single"',
            remedy="Name one of them.",
        )  # fmt: skip


def _check_concepts(concepts: int) -> None:
    most = NASH | GMR | SMR | SEQ | SIM
    if not 1 <= concepts <= most:
        raise error(
            "R003", "the concepts are not known", found=str(concepts), allowed=f"a sum of bits, 1 to {most}",
            remedy="add up values of CONCEPTS",
        )  # fmt: skip


def memory_needed(shape: Shape) -> int:
    """Bytes that Nash, GMR, SMR and SEQ of all states take at the peak, the ranks themselves included.

    ``feasible`` is not looked at, so a caller can ask before it makes any array of 2**m entries. With m options spread evenly
    over n players it is about 18 n bytes a state.
    """
    n, states = shape.players, shape.states
    free = [0] * n
    own = [0] * n
    for option, player in enumerate(shape.owner):
        own[player] += 1
        free[player] += shape.take & shape.drop & 1 << option > 0
    columns = [states >> one for one in own]
    judged = [(12 * (n - 1) + 32) * rest + 16 * (states >> one) for rest, one in zip(columns, free, strict=True)]
    classes = 8 * sum(states >> (own[j] + free[k]) for j in range(n) for k in range(n) if j != k) // n
    return (18 * n + 1) * states + 4 * sum(columns) + sum(sorted(judged)[-THREADS:]) + THREADS * classes


def require_memory(shape: Shape, limit: int) -> None:
    """Refuse (R804) a game that :func:`memory_needed` puts above ``limit`` bytes."""
    needed = memory_needed(shape)
    if needed > limit:
        raise error(
            "R804",
            "the game needs more memory than is allowed",
            found=f"{len(shape.owner)} options and {shape.players} players need about {needed / 2**30:,.1f} GiB",
            allowed=f"{limit / 2**30:,.1f} GiB",
            remedy="leave out options that decide nothing, or raise the limit (--memory)",
        )

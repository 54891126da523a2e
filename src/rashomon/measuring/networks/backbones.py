"""The backbone of a discourse: the topics that carry its structure, and those that could be left out.

The loss of a set of topics is the distance between the spectra of the actors' network on these topics and on all. *Nested*:
topics are left out one by one, each time the one with the least loss. *Fixed*: the set of a given size with the least loss, found
exactly where there are few sets, else by exchanges from the nested one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.networks.projecting import Manner, count_cube, dense, project, unfit
from rashomon.measuring.networks.spectra import spectrum
from rashomon.measuring.networks.uttering import Utterances

Floats = NDArray[np.float64]
MOST_SETS: Final = 3000
_TIE: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Removed:
    """A topic left out in a step: the loss of those that stay, of those left out so far, and the statements that stay."""

    step: int
    topic: int
    loss: float
    redundant_loss: float
    statements: int


@dataclass(frozen=True, slots=True)
class Backbone:
    """Topics of the backbone, its loss, and that of all others; ``exact``: no other set of this size has a smaller loss."""

    topics: tuple[int, ...]
    loss: float
    redundant_loss: float
    exact: bool


class Losses:
    """The loss of any set of topics that occur, each reckoned once. R502 where the network is not one of actors."""

    def __init__(self, of: Utterances, how: Manner, dna: bool) -> None:
        if how.mode != "actors":
            raise unfit(
                f"the backbone of mode={how.mode!r}", "actors", "A backbone is of topics, by the actors' network."
            )
        self.how, self.scale, self.dna = how, of.scale, dna
        spoken = np.unique(of.actor, return_inverse=True)
        shape = (len(of.scale), len(spoken[0]), len(of.topics))
        self.cube = np.array([dense(one) for one in count_cube(shape, of.level, spoken[1], of.topic)])
        self.statements = np.bincount(of.topic, minlength=len(of.topics))
        self.all = tuple(np.flatnonzero(self.statements).tolist())
        self._known: dict[tuple[int, ...], float] = {}
        self._whole = self._spectrum(self.all)

    def _spectrum(self, topics: tuple[int, ...]) -> Floats:
        return spectrum(project(list(self.cube[:, :, list(topics)]), self.scale, self.how), self.dna)

    def of(self, topics: Iterable[int]) -> float:
        """The loss of these topics (codes)."""
        key = tuple(sorted(topics))
        if key not in self._known:
            self._known[key] = float(np.abs(self._whole - self._spectrum(key)).sum())
        return self._known[key]


def nested(of: Utterances, how: Manner, dna: bool = False) -> tuple[Removed, ...]:
    """The topics in the order in which they are left out.

    Of topics with the same loss the first goes; ``dna``: as in DNA 3 all of them in one step, the last first, and losses by
    its spectrum.
    """
    return _left_out(Losses(of, how, dna))


def _left_out(losses: Losses) -> tuple[Removed, ...]:
    kept, gone = list(losses.all), list[int]()
    out: list[Removed] = []
    while kept:
        found = [losses.of(one for one in kept if one != topic) for topic in kept]
        least = min(found)
        going = [
            topic for topic, loss in zip(kept, found, strict=True) if loss <= least + (0.0 if losses.dna else _TIE)
        ]
        going = going[::-1] if losses.dna else going[:1]
        before = list(kept)
        for topic in going:
            kept.remove(topic)
            gone.append(topic)
            stay = int(losses.statements[[one for one in before if one != topic]].sum())
            out.append(Removed(len(out) + 1, topic, least, losses.of(gone), stay))
    return tuple(out)


def fixed(of: Utterances, how: Manner, size: int, dna: bool = False) -> Backbone:
    """The backbone of ``size`` topics; R502 where there are not so many."""
    losses = Losses(of, how, dna)
    if not 0 < size < len(losses.all):
        raise unfit(
            f"a backbone of {size} of {len(losses.all)} topics",
            "at least one, and fewer than all",
            "Choose another size.",
        )
    exact = comb(len(losses.all), size) <= MOST_SETS
    if exact:
        best = min(combinations(losses.all, size), key=losses.of)
    else:
        order = [one.topic for one in _left_out(losses)]
        best = _exchanged(tuple(sorted(order[-size:])), losses)
    return Backbone(best, losses.of(best), losses.of(set(losses.all) - set(best)), exact)


def _exchanged(kept: tuple[int, ...], losses: Losses) -> tuple[int, ...]:
    """The set after exchanges of one topic, each the best there is, until none gains."""
    while True:
        others = [one for one in losses.all if one not in kept]
        tried = [tuple(sorted({*kept, new} - {old})) for old in kept for new in others]
        best = min(tried, key=losses.of)
        if losses.of(best) >= losses.of(kept) - _TIE:
            return kept
        kept = best

"""The backbone of a discourse: the topics that carry its structure, and those that could be left out.

The loss of a set of topics is the distance between the spectra of the actors' network on these topics and on all. *Nested*:
topics are left out one by one, each time the one with the least loss. *Fixed*: the set of a given size with the least loss, found
exactly where there are few sets, else by exchanges from the nested one. *Penalised*: of sets of any size but all, the one with
the least loss times exp(−p · share left out), so that the penalty p bears on large sets; exactly where there are few, else by
adding, taking out and exchanging from the best nested one. DNA 3 looks for it by simulated annealing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from math import comb, exp
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.networks.projecting import Manner, count_cube, dense, project, unfit
from rashomon.measuring.networks.spectra import spectrum
from rashomon.measuring.networks.uttering import Utterances

Floats = NDArray[np.float64]
MOST_SETS: Final = 3000
STEPS: Final = 10_000
"""Steps of annealing, as in DNA."""
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


def penalised(of: Utterances, how: Manner, penalty: float, dna: bool = False, seed: int = 0, steps: int = STEPS) -> Backbone:
    """The backbone whose loss times exp(−penalty · share left out) is least, of one topic up to all but one.

    ``dna``: by DNA's spectrum and its simulated annealing of so many ``steps``, which ``seed`` settles. R502 for a penalty of 0
    or less, or fewer than two topics.
    """
    losses = Losses(of, how, dna)
    if not penalty > 0 or len(losses.all) < 2:
        raise unfit(
            f"a penalty of {penalty:g} on a backbone of {len(losses.all)} topics",
            "a penalty above 0, and two topics or more",
            "Try such as 7.5: a larger penalty makes a smaller backbone.",
        )
    cost = _Cost(losses, penalty)
    exact = not dna and 2 ** len(losses.all) - 2 <= MOST_SETS
    if dna:
        best = _annealed(cost, seed, steps)
    elif exact:
        sizes = range(1, len(losses.all))
        best = min(chain.from_iterable(combinations(losses.all, size) for size in sizes), key=cost.ranked)
    else:
        order = [one.topic for one in _left_out(losses)]
        starts = (tuple(sorted(order[place:])) for place in range(1, len(order)))
        best = _descended(min(starts, key=cost.ranked), cost)
    return Backbone(best, losses.of(best), losses.of(set(losses.all) - set(best)), exact)


@dataclass(frozen=True, slots=True)
class _Cost:
    """What a set of topics costs: its loss, less the more topics are left out."""

    losses: Losses
    penalty: float

    def of(self, topics: tuple[int, ...]) -> float:
        """The penalised loss of a set."""
        out = len(self.losses.all) - len(topics)
        return self.losses.of(topics) * exp(-self.penalty * out / len(self.losses.all))

    def ranked(self, topics: tuple[int, ...]) -> tuple[float, int]:
        """The penalised loss; of sets that cost the same the smallest comes first."""
        return self.of(topics), len(topics)


def _descended(kept: tuple[int, ...], cost: _Cost) -> tuple[int, ...]:
    """The set after the best single changes, until none gains."""
    while True:
        best = min(_changed(kept, cost.losses.all), key=cost.ranked)
        if cost.of(best) >= cost.of(kept) - _TIE:
            return kept
        kept = best


def _changed(kept: tuple[int, ...], topics: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The sets that one topic more, one less or another makes of a set."""
    others = [one for one in topics if one not in kept]
    if len(others) > 1:
        yield from (tuple(sorted({*kept, new})) for new in others)
    if len(kept) > 1:
        yield from (tuple(sorted({*kept} - {old})) for old in kept)
    yield from (tuple(sorted({*kept, new} - {old})) for old in kept for new in others)


def _annealed(cost: _Cost, seed: int, steps: int) -> tuple[int, ...]:
    """The best set that DNA's annealing meets: a topic at random to begin with; then one is added, taken out or exchanged, each
    as likely as the others that can be done; a set that costs more by d is taken with the probability exp(−d) times a
    temperature that falls from 0.99 to nothing along a logistic curve.
    """
    rng, topics = np.random.default_rng(seed), cost.losses.all
    kept: tuple[int, ...] = (int(rng.choice(topics)),)
    best = kept
    now = least = cost.of(kept)
    for step in range(1, steps + 1):
        tried = _moved(kept, topics, rng)
        then = cost.of(tried)
        heat = 1 - 1 / (1 + exp(5 - 12 * step / steps))
        if then < now or rng.random() < exp(now - then) * heat:
            kept, now = tried, then
        if now <= least:
            best, least = kept, now
    return best


def _moved(kept: tuple[int, ...], topics: tuple[int, ...], rng: np.random.Generator) -> tuple[int, ...]:
    others = [one for one in topics if one not in kept]
    moves = [name for name, can in (("add", len(others) > 1), ("remove", len(kept) > 1), ("swap", True)) if can]
    move = moves[int(rng.integers(len(moves)))]
    new = {int(rng.choice(others))} if move != "remove" else set()
    old = {int(rng.choice(kept))} if move != "add" else set()
    return tuple(sorted({*kept, *new} - old))

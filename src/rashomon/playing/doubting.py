"""What a doubt leaves open: other orders of neighbouring priorities, all of them or a sample (definition D10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, permutations, product
from math import factorial, prod
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from rashomon.playing.games import Game, Prefer, Preferences

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Orders:
    """Orders of all that is in doubt; the first is always the declared one.

    ``drawn`` has, for each list in doubt, one list an order. ``counted`` (d,): all, each as likely, where all ``total`` orders
    were listed; where they were sampled the declared order is not counted, since it was not drawn.
    """

    drawn: Mapping[Preferences, tuple[Preferences, ...]]
    counted: Bools
    total: int
    seed: int | None

    def __len__(self) -> int:
        return len(self.counted)

    @property
    def sampled(self) -> bool:
        """Whether the orders are a sample."""
        return self.seed is not None

    def of(self, wanted: Preferences) -> tuple[Preferences, ...]:
        """A list in every order; of one that is not in doubt, the list alone."""
        return self.drawn.get(wanted, (wanted,))


DECLARED = Orders(MappingProxyType({}), np.ones(1, np.bool_), 1, None)
"""The declared order alone."""


def draw_orders(game: Game, most: int, seed: int) -> Orders:
    """All orders that the doubts of a game leave open, each as likely; where they are more than ``most``, a sample of so many."""
    doubted = [wanted for wanted in _lists(game) if wanted.doubt]
    if not doubted:
        return DECLARED
    total = prod(factorial(len(group)) for wanted in doubted for group in wanted.doubt)
    if total <= most:
        chosen = list(product(*(list(product(*map(permutations, wanted.doubt))) for wanted in doubted)))
        drawn = {wanted: tuple(reordered(wanted, one[k]) for one in chosen) for k, wanted in enumerate(doubted)}
        return Orders(MappingProxyType(drawn), np.ones(total, np.bool_), total, None)
    draw = np.random.default_rng(seed)
    drawn = {
        wanted: (wanted, *islice(_shuffled(wanted, draw), most)) for wanted in doubted
    }  # list by list, so that a doubt more in one list leaves the draws of those before it as they were
    return Orders(MappingProxyType(drawn), np.arange(most + 1) > 0, total, seed)


def _lists(game: Game) -> Sequence[Preferences]:
    """Every list of the game, once each: the true ones, those of its views, and those that its edits give."""
    lists = [*game.preferences.values()]
    lists += [wanted for view in game.views.values() for wanted in view.preferences.values()]
    lists += [edit.change.wanted for edit in game.edits if isinstance(edit.change, Prefer)]
    return list(dict.fromkeys(lists))


def _shuffled(wanted: Preferences, draw: np.random.Generator) -> Iterator[Preferences]:
    while True:
        yield reordered(wanted, [tuple(draw.permutation(group).tolist()) for group in wanted.doubt])


def reordered(wanted: Preferences, groups: Sequence[Sequence[int]]) -> Preferences:
    """The list with the entries of each doubt in another order: those of its places (in order) come from ``groups``."""
    entries = wanted.levels or wanted.conditions
    places = list(range(len(entries)))
    for group, taken in zip(wanted.doubt, groups, strict=True):
        for place, source in zip(group, taken, strict=True):
            places[place] = source
    if wanted.ranked:
        return replace(wanted, levels=tuple(wanted.levels[source] for source in places), doubt=())
    return replace(wanted, conditions=tuple(wanted.conditions[source] for source in places), doubt=())

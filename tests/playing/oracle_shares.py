"""Shapley and Owen values and minimal sufficient sets by their textbook definitions, over all orders: the engine's oracle.

Shapley 1953; Owen 1977, "Values of games with a priori unions". Exact fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, permutations, product

Edit = Hashable
Value = Callable[[frozenset[Edit]], Fraction | int]


def subsets(edits: Iterable[Edit]) -> list[frozenset[Edit]]:
    """All sets of the edits, smallest first."""
    every = list(edits)
    return [frozenset(some) for size in range(len(every) + 1) for some in combinations(every, size)]


def average_gain(value: Value, edits: Sequence[Edit], orders: Sequence[Sequence[Edit]]) -> dict[Edit, Fraction]:
    """What each edit adds to those before it, on average over the orders."""
    total = dict.fromkeys(edits, Fraction(0))
    for order in orders:
        for place, edit in enumerate(order):
            total[edit] += Fraction(value(frozenset(order[: place + 1]))) - Fraction(value(frozenset(order[:place])))
    return {edit: gain / len(orders) for edit, gain in total.items()}


def shapley(value: Value, edits: Sequence[Edit]) -> dict[Edit, Fraction]:
    """The average over all orders."""
    return average_gain(value, edits, list(permutations(edits)))


def owen(value: Value, owner: Mapping[Edit, Hashable]) -> dict[Edit, Fraction]:
    """The average over the orders in which the edits of each owner stand together."""
    unions = [[edit for edit in owner if owner[edit] == one] for one in dict.fromkeys(owner.values())]
    orders = [
        tuple(chain.from_iterable(inner))
        for outer in permutations(unions)
        for inner in product(*(list(permutations(union)) for union in outer))
    ]
    return average_gain(value, list(owner), orders)


def shapley_of_owners(value: Value, owner: Mapping[Edit, Hashable]) -> dict[Hashable, Fraction]:
    """Shapley over owners, each making all its edits or none: what each owner's Owen values must sum to."""

    def of_owners(some: frozenset[Hashable]) -> Fraction | int:
        return value(frozenset(edit for edit in owner if owner[edit] in some))

    return shapley(of_owners, list(dict.fromkeys(owner.values())))


def minimal_sufficient(value: Value, edits: Iterable[Edit]) -> frozenset[frozenset[Edit]]:
    """The sets that suffice (value 1) and of whose proper subsets none does."""
    enough = [some for some in subsets(edits) if value(some) == 1]
    return frozenset(some for some in enough if not any(other < some for other in enough))


def failing_supersets(value: Value, edits: Iterable[Edit]) -> frozenset[frozenset[Edit]]:
    """Sets that do not suffice although they hold one that does."""
    every = subsets(edits)
    return frozenset(
        some for some in every if value(some) != 1 and any(other < some and value(other) == 1 for other in every)
    )


def in_no_minimal_set(value: Value, edits: Iterable[Edit]) -> frozenset[Edit]:
    """Edits that stand in no minimal sufficient set."""
    every = list(edits)
    return frozenset(every) - frozenset(chain.from_iterable(minimal_sufficient(value, every)))


def null_edits(value: Value, edits: Iterable[Edit]) -> frozenset[Edit]:
    """Edits that never change the value, whatever else is made (a narrower thing: one in no minimal set may still spoil)."""
    every = list(edits)
    return frozenset(edit for edit in every if all(value(some) == value(some | {edit}) for some in subsets(every)))

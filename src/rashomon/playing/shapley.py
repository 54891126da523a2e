r"""Causal shares: how a value that sets of edits have is shared among them, each edit within the union of its owner.

With :math:`v(C)` the value of the edits C, the Owen value of edit e of owner u (Owen 1977, "Values of games with a priori
unions", in *Mathematical Economics and Game Theory*) is the average of what e adds over all orders in which the edits of each
owner stand together:

.. math::

    \phi_e = \sum_{T \subseteq U \setminus u} \frac{|T|!\,(m-|T|-1)!}{m!}
             \sum_{S \subseteq u \setminus e} \frac{|S|!\,(k-|S|-1)!}{k!}
             \bigl[v(T \cup S \cup e) - v(T \cup S)\bigr]

with m owners, k edits of u, and T the union of whole owners. An owner's share is the sum of its edits': its Shapley value
(Shapley 1953) in the game among owners, so that to split an edit in two gives its owner nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def owen(value: Floats, owner: Sequence[int]) -> Floats:
    """(…, k) the Owen values of k edits; ``owner`` (k,) says who could make each, ``value`` (…, 2**k) is by mask of edits."""
    count = len(owner)
    unions = [sum(1 << e for e in range(count) if owner[e] == one) for one in dict.fromkeys(owner)]
    out = np.zeros((*value.shape[:-1], count))
    for e in range(count):
        mine = next(union for union in unions if union >> e & 1)
        outer, outer_weight = _combined([union for union in unions if union != mine])
        inner, inner_weight = _combined([1 << other for other in range(count) if mine >> other & 1 and other != e])
        sets = (outer[:, None] | inner[None, :]).ravel()
        weight = (outer_weight[:, None] * inner_weight[None, :]).ravel()
        out[..., e] = (value[..., sets | 1 << e] - value[..., sets]) @ weight
    return out


def _combined(parts: Sequence[int]) -> tuple[Ints, Floats]:
    """Every union of some of the parts, and the chance that just these come before one more in a random order of all."""
    count = len(parts)
    sets = np.zeros(1 << count, np.int64)
    size = np.zeros(1 << count, np.int64)
    for place, part in enumerate(parts):
        half = 1 << place
        sets[half : 2 * half] = sets[:half] | part
        size[half : 2 * half] = size[:half] + 1
    chance = np.array([factorial(k) * factorial(count - k) / factorial(count + 1) for k in range(count + 1)])
    return sets, chance[size]


@dataclass(frozen=True, eq=False)
class SampledShares:
    """Owen values (k,) from a sample of orders, with their standard errors."""

    shares: Floats
    error: Floats
    orders: int


def owen_sampled(value: Callable[[int], float], owner: Sequence[int], orders: int, seed: int) -> SampledShares:
    """Owen values of k edits from ``orders`` random orders in which each owner's edits stand together.

    ``value`` of a mask of edits is asked for as it is needed (Castro, Gómez & Tejada 2009, *Computers & Operations Research* 36,
    for the Shapley value).
    """
    draw = np.random.default_rng(seed)
    names = list(dict.fromkeys(owner))
    gains = np.zeros((orders, len(owner)))
    for k in range(orders):
        mask, before = 0, value(0)
        for one in draw.permutation(len(names)).tolist():
            own = [e for e in range(len(owner)) if owner[e] == names[one]]
            for e in draw.permutation(own).tolist():
                mask |= 1 << e
                after = value(mask)
                gains[k, e], before = after - before, after
    error = gains.std(axis=0, ddof=1) / np.sqrt(orders) if orders > 1 else np.full(len(owner), np.inf)
    return SampledShares(gains.mean(axis=0), error, orders)


def minimal_sufficient(enough: Bools) -> Ints:
    """The masks of the smallest sets that suffice: ``enough`` (2**k,) holds for them and for none of their proper subsets."""
    below = _any_proper_subset(enough)
    return np.flatnonzero(enough & ~below).astype(np.int64)


def failing_supersets(enough: Bools) -> Ints:
    """The masks of the sets that do not suffice though they hold one that does."""
    return np.flatnonzero(~enough & _any_proper_subset(enough)).astype(np.int64)


def _any_proper_subset(enough: Bools) -> Bools:
    """(2**k,) whether a proper subset suffices: one pass over the lattice for each edit."""
    count = len(enough).bit_length() - 1
    within = enough.copy()
    for e in range(count):
        cube = within.reshape(-1, 2, 1 << e)
        cube[:, 1] |= cube[:, 0]
    below = np.zeros_like(enough)
    for e in range(count):
        without = np.arange(len(enough)) & ~(1 << e)
        below |= within[without] & (np.arange(len(enough)) >> e & 1 > 0)
    return below


def idle_edits(value: Floats) -> Ints:
    """The edits that never change the value (2**k,), whatever else is made."""
    count = len(value).bit_length() - 1
    cubes = (value.reshape(-1, 2, 1 << e) for e in range(count))
    return np.array([e for e, cube in enumerate(cubes) if np.array_equal(cube[:, 0], cube[:, 1])], np.int64)

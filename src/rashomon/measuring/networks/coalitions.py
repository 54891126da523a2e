"""Coalitions: communities of the actors' network by the Leiden algorithm (Traag, Waltman & van Eck 2019, *Scientific Reports* 9),
which maximises modularity (Newman 2004, *Physical Review E* 70, 056131), and how far they rest on chance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import need

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
SEEDS: Final = 20


@dataclass(frozen=True, eq=False)
class Communities:
    """The community (n,) of each actor, from 0 and the largest first, −1 without a tie; their modularity; how alike divisions
    are on average (adjusted Rand index); for each actor (n,) the share of others with which it stands as here, of the trials in
    which it has a tie (NaN of none); and the modularity (d,) of each trial.
    """

    member: Ints
    modularity: float
    alike: float
    kept: Floats
    trials: Floats


def leiden(matrix: Floats, seed: int, resolution: float = 1.0) -> tuple[Ints, float]:
    """Communities (n,) of a network (n, n) by its positive ties, −1 for those without; and the modularity, NaN without ties.

    R503 where the extra ``rashomon[networks]`` is not installed. The seed settles the result.
    """
    message = "Coalitions cannot be found: what that needs is not installed."
    native = need("graspologic_native", "networks", message, "R503")
    rows, columns = np.nonzero(np.triu(matrix, 1) > 0)
    member = np.full(len(matrix), -1, np.int64)
    if not len(rows):
        return member, float("nan")
    ties = [(f"{i:08d}", f"{j:08d}", float(matrix[i, j])) for i, j in zip(rows.tolist(), columns.tolist(), strict=True)]
    _, found = native.leiden(ties, resolution=resolution, seed=seed, trials=4, iterations=3)
    for name, community in found.items():
        member[int(name)] = community
    member = by_size(member)
    return member, modularity(np.maximum(matrix, 0.0), member, resolution)


def modularity(matrix: Floats, member: Ints, resolution: float = 1.0) -> float:
    """Newman's modularity of a division (n,) of a symmetric network (n, n) of ties that are not negative."""
    total = matrix.sum()
    degrees = matrix.sum(axis=1)
    same = (member[:, None] == member) & (member >= 0)
    return (
        float(((matrix - resolution * np.outer(degrees, degrees) / total) * same).sum() / total)
        if total
        else float("nan")
    )


def by_size(member: Ints) -> Ints:
    """The same communities, the largest numbered 0; of one size, the one that comes first. −1 stays."""
    names, first, sizes = np.unique(member[member >= 0], return_index=True, return_counts=True)
    rank = np.empty(int(names.max(initial=-1)) + 2, np.int64)
    rank[-1] = -1
    rank[names[np.lexsort((first, -sizes))]] = np.arange(len(names))
    return rank[member]


def communities(
    matrix: Floats, seed: int, resolution: float = 1.0, others: Iterable[Floats] | None = None
) -> Communities:
    """Communities of a network, held against further seeds, or against those of ``others``: networks of resampled documents.

    Over seeds every two divisions are compared; over others, each with that of the network.
    """
    member, found = leiden(matrix, seed, resolution)
    tried = enumerate([matrix] * SEEDS if others is None else others)
    made = [leiden(one, seed + 1 + number, resolution) for number, one in tried]
    divisions = [one for one, _ in made]
    pairs = combinations([member, *divisions], 2) if others is None else ((member, one) for one in divisions)
    alike = [value for value in (rand_index(one, other) for one, other in pairs) if value == value]
    kept = np.array([_kept(member, one) for one in divisions])
    there = ~np.isnan(kept)
    share = np.where(there, kept, 0.0).sum(axis=0)
    share = np.divide(share, there.sum(axis=0), out=np.full(len(member), np.nan), where=there.any(axis=0))
    return Communities(
        member, found, float(np.mean(alike)) if alike else float("nan"), share, np.array([one for _, one in made])
    )


def rand_index(one: Ints, other: Ints) -> float:
    """Adjusted Rand index of two divisions, of what both divide (Hubert & Arabie 1985, *J. of Classification* 2), or NaN."""
    both = (one >= 0) & (other >= 0)
    if np.count_nonzero(both) < 2:
        return float("nan")
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one[both], other[both]), 1)
    pairs, rows, columns = (
        float((part * (part - 1) / 2).sum()) for part in (table, table.sum(axis=1), table.sum(axis=0))
    )
    every = table.sum() * (table.sum() - 1) / 2
    expected, most = rows * columns / every, (rows + columns) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)


def _kept(member: Ints, other: Ints) -> Floats:
    """For each actor, of all others the share with which it is together or apart in both divisions; NaN without a tie."""
    together, then = member[:, None] == member, other[:, None] == other
    there = (member >= 0) & (other >= 0)
    pairs = there[:, None] & there & ~np.eye(len(member), dtype=bool)
    count = pairs.sum(axis=1)
    alike = ((together == then) & pairs).sum(axis=1)
    share: Floats = np.divide(alike, count, out=np.full(len(member), np.nan), where=count > 0)
    return share

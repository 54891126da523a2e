"""How far networks are from each other, and the states through which a discourse goes.

*Absolute*: the sum of absolute differences of the entries, each network first divided by the sum of its entries without their
signs, so that it is at most 2: between a network and its reverse. *Spectral*: the sum of absolute
differences of the eigenvalues, in order, of the Laplacians, each made to sum to one; the Laplacian of a network is that of
its positive part, degrees less weights (Chung 1997, *Spectral Graph Theory*, ch. 1). States are clusters of windows by average
linkage, as many as have the greatest mean silhouette (Rousseeuw 1987, *J. of Computational and Applied Mathematics* 20).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.statistics.grouping import as_they_come

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

Distance = Literal["absolute", "spectral"]
DISTANCES: Final[tuple[Distance, ...]] = ("absolute", "spectral")
MOST_STATES: Final = 6
_SAME: Final = 1e-9  # a distance of networks that sum to one, up to which they differ by rounding
CLEAR: Final = 0.25
"""Mean silhouette below which no structure stands out (Kaufman & Rousseeuw 1990, *Finding Groups in Data*, table 4)."""


@dataclass(frozen=True, eq=False)
class States:
    """The state (w,) of each window, numbered from 1 as they first come; the mean silhouette, NaN of fewer than three windows."""

    state: Ints
    silhouette: float


def spectrum(matrix: Floats, dna: bool = False) -> Floats:
    """Eigenvalues (n,) of the Laplacian of a network (n, n), ascending and of the sum one; zeros where there are no ties.

    ``dna``: as in DNA 3, which takes the degrees for the eigenvalues.
    """
    if dna:
        values = np.sort(np.maximum(matrix, 0.0).sum(axis=1))
    else:
        positive = np.maximum((matrix + matrix.T) / 2.0, 0.0)
        degrees = positive.sum(axis=1)
        values = np.linalg.eigvalsh(np.diag(degrees) - positive) if len(matrix) else degrees
        values = np.maximum(values, 0.0)
    total = values.sum()
    return values / total if total > 0 else values


def distances(networks: Sequence[Floats], kind: Distance, dna: bool = False) -> Floats:
    """Distances (w, w) between w networks of one shape; spectral ones of networks of one mode.

    ``dna``: as in DNA 3, which divides a network by the sum of its entries, however near to zero or below it.
    """
    from scipy.spatial.distance import pdist, squareform

    scaled = [_scaled(one, dna) for one in networks]
    vectors = [spectrum(one, dna) if kind == "spectral" else one.ravel() for one in scaled]
    return squareform(pdist(np.array(vectors), "cityblock"))


def _scaled(matrix: Floats, dna: bool) -> Floats:
    total = (matrix if dna else np.abs(matrix)).sum()
    return matrix / total if total else matrix


def states_of(apart: Floats, most: int = MOST_STATES) -> States:
    """The states of windows with the distances (w, w) between them, two to ``most``; none where all are as good as zero."""
    from scipy.cluster import hierarchy
    from scipy.spatial.distance import squareform

    count = len(apart)
    if count < 3 or not np.any(apart > _SAME):
        return States(np.ones(count, np.int64), float("nan"))
    tree = hierarchy.linkage(squareform(apart, checks=False), "average")
    best, clearest = np.ones(count, np.int64), -np.inf
    for number in range(2, min(most, count - 1) + 1):
        state = hierarchy.fcluster(tree, number, "maxclust").astype(np.int64)
        found = silhouette(apart, state)
        if found > clearest:
            best, clearest = state, found
    return States(as_they_come(best) + 1, float(clearest))


def silhouette(apart: Floats, state: Ints) -> float:
    """Mean silhouette of a clustering (w,) of things with distances (w, w); a thing alone in its cluster counts zero."""
    names, place = np.unique(state, return_inverse=True)
    if len(names) < 2:
        return float("nan")
    member = np.eye(len(names))[place]
    sizes = member.sum(axis=0)
    sums = apart @ member
    own = sums[np.arange(len(state)), place] / np.maximum(sizes[place] - 1, 1)
    others = np.where(member.astype(bool), np.inf, sums / sizes).min(axis=1)
    widest = np.maximum(own, others)
    width = np.divide(others - own, widest, out=np.zeros_like(own), where=widest > 0)
    return float(np.where(sizes[place] > 1, width, 0.0).mean())

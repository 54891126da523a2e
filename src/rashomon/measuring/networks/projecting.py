"""Networks of a discourse from counts of who said what: plain or sparse matrices in, and out (Leifeld 2017).

A *cube* is one matrix (actors × topics) for each level of agreement: how often, or with what weight, an actor spoke on a topic at
that level. With places v of the levels on a scale of length one, two actors' *congruence* is the sum over topics and pairs of
levels of a·b·(1 − |v − w|), their *conflict* the same of a·b·|v − w|, *subtract* the difference, and *ignore* the sum of a·b.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rashomon.errors import error, listing, suggest
from rashomon.measuring.networks.uttering import Scale, Utterances

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Matrix = Any
"""A dense array (m, n) or a sparse one; both know the operators that are used here."""
Cube = Sequence[Matrix]

Mode = Literal["two-mode", "actors", "topics"]
AGGREGATIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "two-mode": ("ignore", "subtract", "combine"),
        "actors": ("congruence", "conflict", "subtract", "ignore"),
        "topics": ("congruence", "conflict", "subtract", "ignore"),
    }
)
NORMALISATIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "two-mode": ("none", "activity", "prominence"),
        "actors": ("none", "average", "jaccard", "cosine"),
        "topics": ("none", "average", "jaccard", "cosine"),
    }
)
DENSE: Final = 4_000_000
"""Entries up to which a matrix is held in full."""
_ROUNDING: Final = 1e-12  # of a difference, the share of all that is added and taken away below which it is nothing
_MOST_LEVELS: Final = 52  # of which each combination has a number that a float holds exactly


@dataclass(frozen=True, slots=True)
class Manner:
    """Which network: its mode, how agreement goes into it, and how it is normalised. ``dna``: with DNA's own cosine."""

    mode: Mode = "actors"
    aggregation: str = "congruence"
    normalisation: str = "none"
    dna: bool = False

    def __post_init__(self) -> None:
        """R502 for what there is not."""
        one_of("mode", self.mode, AGGREGATIONS)
        one_of("aggregation", self.aggregation, AGGREGATIONS[self.mode])
        one_of("normalisation", self.normalisation, NORMALISATIONS[self.mode])
        if self.aggregation == "combine" and self.normalisation != "none":
            raise unfit(
                f"normalisation={self.normalisation!r} of combinations",
                "none",
                "Leave the numbers as they are: they are names.",
            )

    @property
    def by_level(self) -> bool:
        """Whether a statement's level tells it from others of its actor on its topic."""
        return self.aggregation != "ignore"


def one_of(what: str, given: str, allowed: Sequence[str] | Mapping[str, Any]) -> None:
    """R502 where a parameter is none of those allowed."""
    if given not in tuple(allowed):  # so that a value of any type may be asked for
        raise unfit(f"{what}={given!r}", listing(allowed), suggest(str(given), allowed, "choose one of these."))


def unfit(found: str, allowed: str, remedy: str) -> Exception:
    """R502, to be raised by the caller."""
    return error("R502", "A network cannot be made that way.", found=found, allowed=allowed, remedy=remedy)


def count_cube(
    shape: tuple[int, int, int], level: Ints, actor: Ints, topic: Ints, weight: Floats | None = None
) -> list[Matrix]:
    """The cube of statements (n,) with weights (n,), 1 where None; sparse where it would be large."""
    levels, rows, columns = shape
    if levels * rows * columns <= DENSE and rows * rows <= DENSE and columns * columns <= DENSE:
        cell = (level * rows + actor) * columns + topic
        return list(np.bincount(cell, weight, levels * rows * columns).astype(np.float64).reshape(shape))
    amount = np.ones(len(level)) if weight is None else weight
    return [
        sparse.csr_array((amount[at], (actor[at], topic[at])), shape=(rows, columns))
        for at in (np.flatnonzero(level == number) for number in range(levels))
    ]


def network(of: Utterances, how: Manner) -> Matrix:
    """The network of statements, each with its weight: (actors, topics), (actors, actors) or (topics, topics)."""
    of = of.turned if how.mode == "topics" else of
    return project(count_cube(of.shape, of.level, of.actor, of.topic, of.weight), of.scale, how)


def project(cube: Cube, scale: Scale, how: Manner, activity: Floats | None = None) -> Matrix:
    """The network of a cube with the levels of ``scale``: (actors, topics), or (actors, actors) with no diagonal.

    For topics by actors, turn the cube beforehand. ``activity`` (actors,): what to take as each actor's statements in the
    average, where it is not the sum of the cube.
    """
    if how.mode == "two-mode":
        return _scaled(_two_mode(cube, scale, how.aggregation), cube, how)
    made = _one_mode(cube, scale, how.aggregation)
    if how.normalisation != "none":
        made = _divided(made, _denominator(cube, scale, how, activity))
    return without_diagonal(made)


def is_sparse(matrix: Matrix) -> bool:
    """Whether a matrix is held sparsely."""
    return bool(sparse.issparse(matrix))


def dense(matrix: Matrix) -> Floats:
    """A matrix in full."""
    return matrix if isinstance(matrix, np.ndarray) else np.asarray(matrix.toarray())


def without_diagonal(matrix: Matrix) -> Matrix:
    """The matrix with zeros on its diagonal."""
    if is_sparse(matrix):
        kept = matrix.tocoo()
        off = kept.row != kept.col
        return sparse.csr_array((kept.data[off], (kept.row[off], kept.col[off])), shape=matrix.shape)
    matrix = matrix.copy()
    np.fill_diagonal(matrix, 0.0)
    return matrix


# two modes


def _two_mode(cube: Cube, scale: Scale, aggregation: str) -> Matrix:
    if aggregation == "combine":
        if len(cube) > _MOST_LEVELS:
            raise unfit(f"{len(cube)} levels of agreement to combine", f"up to {_MOST_LEVELS}", "Use fewer levels.")
        # each combination of levels that occur has a number, in which the first level is the highest bit
        return sum((one > 0) * 2.0 ** (len(cube) - 1 - place) for place, one in enumerate(cube))
    if aggregation == "ignore":
        return sum(cube)
    amounts = scale.amount.tolist()
    made = sum(amount * one for amount, one in zip(amounts, cube, strict=True))
    return _but_rounding(made, sum(abs(amount) * one for amount, one in zip(amounts, cube, strict=True)))


def _but_rounding(made: Matrix, size: Matrix) -> Matrix:
    """Differences, with zeros where they are nothing but the rounding of sums of such a ``size``."""
    kept = abs(made) > _ROUNDING * size
    return made.multiply(kept).tocsr() if is_sparse(made) else made * kept


def _scaled(made: Matrix, cube: Cube, how: Manner) -> Matrix:
    if how.normalisation == "none":
        return made
    axis = 1 if how.normalisation == "activity" else 0
    total = np.asarray(sum(one.sum(axis=axis) for one in cube), np.float64).ravel()
    factor = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
    if is_sparse(made):
        by = sparse.diags_array(factor)
        return (by @ made if axis == 1 else made @ by).tocsr()
    return made * (factor[:, None] if axis == 1 else factor)


# one mode


def likeness(scale: Scale, aggregation: str) -> Floats:
    """What a pair of statements at each pair of levels (K, K) adds to a network of one mode."""
    apart = np.abs(scale.place[:, None] - scale.place) / (scale.span or 1.0)
    return {"congruence": 1.0 - apart, "conflict": apart, "subtract": 1.0 - 2.0 * apart}.get(
        aggregation, np.ones_like(apart)
    )


def _one_mode(cube: Cube, scale: Scale, aggregation: str) -> Matrix:
    weights = likeness(scale, aggregation)
    out: Matrix = 0.0
    for one, row in zip(cube, weights.tolist(), strict=True):
        across = sum(weight * other for weight, other in zip(row, cube, strict=True) if weight)
        if not isinstance(across, int):
            out = out + one @ across.T
    if isinstance(out, float):
        return 0.0 * (cube[0] @ cube[0].T)
    every: Matrix = sum(cube)
    return _but_rounding(out, every @ every.T) if aggregation == "subtract" else out


def _denominator(cube: Cube, scale: Scale, how: Manner, activity: Floats | None) -> Callable[[Ints, Ints], Floats]:
    """By what the entry at (i, j) is divided, for index arrays that broadcast together."""
    total = np.asarray(sum(one.sum(axis=1) for one in cube), np.float64).ravel()
    if how.normalisation == "average":
        spoken = total if activity is None else activity
        return lambda i, j: (spoken[i] + spoken[j]) / 2.0
    if how.normalisation == "cosine":
        if how.dna:  # a product of sums, where a cosine has lengths
            return lambda i, j: total[i] * total[j]
        length = np.sqrt(
            _self_products(cube, likeness(scale, "congruence" if how.aggregation == "conflict" else how.aggregation))
        )
        return lambda i, j: length[i] * length[j]
    shared = sum(
        one @ (one > 0).astype(np.float64).T for one in cube
    )  # of the row's statements, those that the column makes too
    both = sum(one @ one.T for one in cube)
    return lambda i, j: total[i] + total[j] - _picked(shared, i, j) - _picked(shared, j, i) + _picked(both, i, j)


def _self_products(cube: Cube, weights: Floats) -> Floats:
    """The diagonal of the network of one mode (actors,)."""
    out = np.zeros(cube[0].shape[0])
    for place, one in enumerate(cube):
        for other_place, other in enumerate(cube):
            product = one.multiply(other) if is_sparse(one) else one * other
            out += weights[place, other_place] * np.asarray(product.sum(axis=1)).ravel()
    return np.maximum(out, 0.0)


def _picked(matrix: Matrix, i: Ints, j: Ints) -> Floats:
    return np.asarray(matrix[i, j]).reshape(np.broadcast_shapes(i.shape, j.shape))


def _divided(made: Matrix, by: Callable[[Ints, Ints], Floats]) -> Matrix:
    if is_sparse(made):
        kept = made.tocoo()
        if not kept.nnz:
            return made
        i, j = kept.row.astype(np.int64), kept.col.astype(np.int64)
        return sparse.csr_array((_quotient(kept.data, by(i, j)), (i, j)), shape=made.shape)
    places = np.arange(made.shape[0])
    return _quotient(made, by(places[:, None], places[None, :]))


def _quotient(value: Floats, by: Floats) -> Floats:
    return np.divide(value, by, out=np.zeros_like(value), where=by > 0)

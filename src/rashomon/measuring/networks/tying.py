"""The ties of a network one by one: their weight and its interval, and the statements, documents and days they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rashomon.measuring.networks.projecting import Matrix, is_sparse
from rashomon.measuring.networks.uttering import Utterances
from rashomon.measuring.statistics.grouping import distinct

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Said(NamedTuple):
    """What one actor said on one topic: statements, those that agree and disagree, first and last day, documents as bits."""

    n: int
    agree: int
    disagree: int
    first: int
    last: int
    documents: int


@dataclass(frozen=True, slots=True)
class Rest:
    """On what a tie rests: statements, on which topics, from when to when (ordinals), in which documents (codes)."""

    n: int
    agree: int
    disagree: int
    shared: tuple[int, ...]
    first: int
    last: int
    documents: tuple[int, ...]


def places_of(matrix: Matrix, one_mode: bool) -> tuple[Ints, Ints, Floats]:
    """Rows, columns and weights of the ties: entries that are not zero, in a network of one mode each pair once."""
    if is_sparse(matrix):
        found = (sparse.triu(matrix, 1) if one_mode else matrix).tocoo()
        order = np.lexsort((found.col, found.row))
        rows, columns, weights = found.row[order], found.col[order], found.data[order]
    else:
        kept = np.triu(matrix, 1) if one_mode else matrix
        rows, columns = np.nonzero(kept)
        weights = kept[rows, columns]
    there = weights != 0
    return rows[there].astype(np.int64), columns[there].astype(np.int64), weights[there]


class Sayings:
    """What each actor said on each topic, looked up by actor."""

    def __init__(self, of: Utterances) -> None:
        self.of = of

    @cached_property
    def by_actor(self) -> Mapping[int, Mapping[int, Said]]:
        """Actor → topic → what it said."""
        of = self.of
        first, cell = distinct(of.actor, of.topic)
        amount = of.scale.amount[of.level]
        agree, disagree = (np.bincount(cell, one, len(first)).astype(int) for one in (amount > 0, amount < 0))
        every = np.bincount(cell, minlength=len(first))
        begun, ended = of.days_of(cell, len(first))
        bits = [0] * len(first)
        for place, document in zip(cell.tolist(), of.document.tolist(), strict=True):
            bits[place] |= 1 << document
        out: dict[int, dict[int, Said]] = {}
        columns = (of.actor[first], of.topic[first], every, agree, disagree, begun, ended)
        for (actor, topic, *held), documents in zip(
            zip(*(one.tolist() for one in columns), strict=True), bits, strict=True
        ):
            out.setdefault(actor, {})[topic] = Said(held[0], held[1], held[2], held[3], held[4], documents)
        return out

    def of_one(self, actor: int, topic: int) -> Rest:
        """What a tie of two modes rests on."""
        said = self.by_actor[actor][topic]
        return Rest(
            said.n,
            said.agree,
            said.disagree,
            (topic,),
            said.first,
            said.last,
            tuple(bits_of(said.documents)),
        )

    def of_pair(self, one: int, other: int) -> Rest:
        """What a tie of two actors rests on: all they said on topics of both. It begins when both had spoken on one."""
        mine, theirs = self.by_actor[one], self.by_actor[other]
        shared = sorted(mine.keys() & theirs.keys())
        said = [part for topic in shared for part in (mine[topic], theirs[topic])]
        documents = 0
        for part in said:
            documents |= part.documents
        agree, disagree = sum(part.agree for part in said), sum(part.disagree for part in said)
        first = min(max(mine[topic].first, theirs[topic].first) for topic in shared)
        return Rest(
            sum(part.n for part in said),
            agree,
            disagree,
            tuple(shared),
            first,
            max(part.last for part in said),
            tuple(bits_of(documents)),
        )


def bits_of(number: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


def drawn_weights(networks: Iterator[Matrix], rows: Ints, columns: Ints) -> Floats:
    """The weights (d, e) of ties in networks drawn anew."""
    found: Sequence[Any] = [np.asarray(one[rows, columns]).ravel() for one in networks]
    return np.array(found).reshape(-1, len(rows))

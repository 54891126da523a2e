"""Small games made for the tests of playing: by hand in words, and drawn at random."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from rashomon.playing import CONCEPTS, Graph


def number(state: str) -> int:
    """The number of a state written Y and N, first option the lowest bit."""
    return sum(1 << o for o, letter in enumerate(state) if letter == "Y")


def ranked(orders: Sequence[Sequence[str]], options: int) -> NDArray[np.int32]:
    """Ranks by orders of states, best first; states left out are worst."""
    ranks = np.zeros((len(orders), 1 << options), dtype=np.int32)
    for row, order in zip(ranks, orders, strict=True):
        for place, state in enumerate(reversed(order)):
            row[number(state)] = place + 1
    return ranks


def two_by_two(orders: Sequence[str], *names: str) -> Graph:
    """Two players with one option each; each order is four states, best first."""
    return Graph((0, 1), 2, 3, 3, None, ranked([order.split() for order in orders], 2))


def stable(flags: NDArray[np.uint8], concept: str) -> set[int]:
    """The equilibria of a concept: states stable for every player."""
    return set(np.flatnonzero(((flags & CONCEPTS[concept]) > 0).all(axis=0)).tolist())


def equilibria(flags: NDArray[np.uint8], states: Mapping[str, int]) -> dict[str, set[str]]:
    """The equilibria of every concept, by the states' names."""
    names = {at: name for name, at in states.items()}
    return {concept: {names[s] for s in stable(flags, concept)} for concept in CONCEPTS}


@st.composite
def graphs(draw: st.DrawFn, options: int = 6, players: int = 4, *, free: bool = False) -> Graph:
    """Games of up to so many options and players: ties, infeasible states, one-way and frozen options unless ``free``."""
    m = draw(st.integers(1, options))
    n = draw(st.integers(1, min(players, m)))
    owner = draw(st.permutations([*range(n), *draw(st.lists(st.integers(0, n - 1), min_size=m - n, max_size=m - n))]))
    full = (1 << m) - 1
    seed = draw(st.integers(0, 2**32 - 1))
    make = np.random.default_rng(seed)
    take = drop = full
    feasible = None
    if not free:
        take, drop = draw(st.integers(0, full)) | full * draw(st.booleans()), draw(st.integers(0, full))
        if draw(st.booleans()):
            feasible = make.random(1 << m) < draw(st.sampled_from([0.3, 0.6, 0.9]))
            feasible[make.integers(1 << m)] = True
    top = draw(st.sampled_from([2, 4, 1 << m, 10 << m]))
    return Graph(tuple(owner), n, take, drop, feasible, make.integers(-top, top, (n, 1 << m)).astype(np.int32))

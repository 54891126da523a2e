"""Polarisation: how far a discourse falls into camps that agree within and conflict between, over the best division into camps.

The polarisation of a division is the share of all congruence that lies within camps less the share of all conflict that lies
within them: 1 where all agree within and all conflict lies between, 0 on average where actors are divided by chance (it is
Youden's index of the division, *Cancer* 3, 1950). The best division into camps, each of two actors or more, is sought by
exchanges and moves from random starts.

Discourse Network Analyzer 3 sums the absolute differences between congruence and conflict and what they would be in such camps,
which is small where a division fits, and then takes the division where it is largest, among camps of equal size. A discourse
in two perfect camps has there 0.24 to 0.25 with its own camps, and a half with any others, which are the ones it finds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.statistics.grouping import as_they_come

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

Sizes = Literal["any", "equal"]
Tables = Callable[[Ints, Floats, Floats], Floats]
"""What each pair of actors adds (camps, camps, n, n) where the first is in one camp, the second in another, of such sizes."""

STARTS: Final = 12
LEAST: Final = 2
"""Members of a camp, at least, where camps may be of any size: one actor is no camp."""
_GAIN: Final = 1e-9  # a division is better only by more than rounding


@dataclass(frozen=True, eq=False)
class Camps:
    """The best division found: ``member`` (n,) numbers each actor's camp, as they first appear; ``value`` is what it reaches."""

    member: Ints
    value: float


def fitting_tables(sizes: Ints, congruence: Floats, conflict: Floats) -> Floats:
    """Polarisation: congruence and conflict within, each as a share of all there is."""
    camps, n = len(sizes), len(congruence)
    out = np.zeros((camps, camps, n, n))
    out[np.arange(camps), np.arange(camps)] = congruence / congruence.sum() - conflict / conflict.sum()
    return out


def dna_tables(sizes: Ints, congruence: Floats, conflict: Floats) -> Floats:
    """DNA's: half of the absolute differences from camps in which congruence and conflict are spread evenly."""
    camps, n = len(sizes), len(congruence)
    within = int((sizes * (sizes - 1)).sum())
    between = n * (n - 1) - within
    agreed = sizes * (sizes - 1) / within * np.abs(congruence).sum() / within if within else np.zeros(camps)
    opposed = (
        np.outer(sizes, sizes) / between * np.abs(conflict).sum() / between if between else np.zeros((camps, camps))
    )
    out = np.abs(congruence) + np.abs(conflict - opposed[:, :, None, None])
    for camp in range(camps):
        out[camp, camp] = np.abs(congruence - agreed[camp]) + np.abs(conflict)
    return np.where(~np.eye(n, dtype=bool), out / 2.0, 0.0)


def value_of(member: Ints, congruence: Floats, conflict: Floats, camps: int, tables: Tables = fitting_tables) -> float:
    """What a division (n,; camps from 0) of networks (n, n) without a diagonal reaches."""
    kept, places = tables(np.bincount(member, minlength=camps), congruence, conflict), np.arange(len(member))
    return float(kept[member[:, None], member, places[:, None], places].sum())


def most_camps(actors: int, sizes: Sizes, tables: Tables = fitting_tables) -> int:
    """Into how many camps so many actors can be divided at most."""
    return actors // LEAST if sizes == "any" else actors - (tables is not dna_tables)


def camps_of(
    congruence: Floats,
    conflict: Floats,
    camps: int = 2,
    sizes: Sizes = "any",
    seed: int = 1991,
    starts: int = STARTS,
    tables: Tables = fitting_tables,
) -> Camps | None:
    """The best division found by exchanges of two actors, and where camps may be of ``any`` size moves of one; by seed.

    None where there are fewer than two actors a camp (in equal camps, no more actors than camps), or nothing of one kind;
    by DNA's tables, in equal camps, where there are fewer actors than camps, or nothing of both kinds.
    """
    n, dna = len(congruence), tables is dna_tables
    there = np.any(congruence), np.any(conflict)
    if camps > most_camps(n, sizes, tables) or not (any if dna else all)(there):
        return None
    rng = np.random.default_rng(seed)
    best, most = None, -np.inf
    for start in range(starts):
        member = rng.permutation(np.arange(n) % camps)
        if sizes == "any" and start % 2:
            free = rng.integers(0, camps, n - LEAST * camps)
            member = rng.permutation(np.concatenate([np.arange(LEAST * camps) % camps, free]))
        member, found = _climbed(member, congruence, conflict, camps, sizes, tables)
        if found > most + _GAIN * max(1.0, abs(found)):
            best, most = member, found
    assert best is not None
    return Camps(as_they_come(best), most)


def _climbed(
    member: Ints, congruence: Floats, conflict: Floats, camps: int, sizes: Sizes, tables: Tables
) -> tuple[Ints, float]:
    """A division that no exchange, and with any sizes no move, of one actor makes better; and its value."""
    while True:
        member = _exchanged(member, tables(np.bincount(member, minlength=camps), congruence, conflict))
        now = value_of(member, congruence, conflict, camps, tables)
        if sizes == "equal":
            return member, now
        better = _moved(member, congruence, conflict, camps, tables, now + _GAIN * max(1.0, abs(now)))
        if better is None:
            return member, now
        member = better


def _costs(member: Ints, tables: Floats) -> Floats:
    """What each actor would add in each camp (camps, n), all others being where they are."""
    places = np.arange(len(member))
    costs: Floats = tables[:, member[None, :], places[:, None], places[None, :]].sum(axis=2)
    return costs


def _moved(member: Ints, congruence: Floats, conflict: Floats, camps: int, tables: Tables, most: float) -> Ints | None:
    """The division after the best move of one actor to another camp, if it reaches more than ``most``."""
    sizes, better = np.bincount(member, minlength=camps), None
    for old in np.flatnonzero(sizes > LEAST).tolist():
        actors = np.flatnonzero(member == old)
        for new in range(camps):
            if new == old:
                continue
            then = sizes.copy()
            then[[old, new]] += [-1, 1]
            costs = _costs(member, tables(then, congruence, conflict))
            reached = costs[member, np.arange(len(member))].sum() + 2.0 * (costs[new, actors] - costs[old, actors])
            best = int(np.argmax(reached))
            if reached[best] > most:
                most = float(reached[best])
                better = member.copy()
                better[actors[best]] = new
    return better


def _exchanged(member: Ints, tables: Floats) -> Ints:
    """The division after the best exchanges of two actors, until none gains; the sizes, and so the tables, stay as they are."""
    n, places = len(member), np.arange(len(member))
    least = 2.0 * _GAIN * max(1.0, float(np.abs(tables).max(initial=0.0)) * n)
    while True:
        cost = _costs(member, tables)
        mine = cost[member, places]
        moved = cost[member[None, :], places[:, None]]  # i in the camp of j
        pair = (places[:, None], places[None, :])
        apart = tables[member[:, None], member, *pair]
        theirs = tables[member[None, :], member[None, :], *pair]
        ours = tables[member[:, None], member[:, None], *pair]
        gain = moved + moved.T - mine[:, None] - mine - theirs - ours + 2.0 * apart
        gain[member[:, None] == member] = -np.inf
        best = int(np.argmax(gain))
        if not gain.flat[best] > least:
            return member
        one, other = divmod(best, n)
        member = member.copy()
        member[one], member[other] = member[other], member[one]

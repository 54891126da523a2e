"""Hawkes processes for tests: simulated as families of acts, and their likelihood reckoned pair by pair."""

from __future__ import annotations

import math

import numpy as np

from rashomon.measuring.catchball.acts import Floats, Ints
from rashomon.measuring.catchball.exciting import Stream, steady


def simulate(base: Floats, branching: Floats, decay: float, length: float, rng: np.random.Generator) -> Stream:
    """Acts that come unasked, and, generation by generation, those that each brings about (Hawkes & Oakes 1974)."""
    times, sides = [], []
    parents = [(rng.uniform(0, length, rng.poisson(base[i] * length)), i) for i in (0, 1)]
    while parents:
        children = []
        for born, i in parents:
            time = born[born < length]
            if not time.size:
                continue
            times.append(time)
            sides.append(np.full(time.size, i))
            for j in (0, 1):
                many = rng.poisson(branching[j, i], time.size)
                children.append((np.repeat(time, many) + rng.exponential(1 / decay, int(many.sum())), j))
        parents = children
    time, side = np.concatenate(times), np.concatenate(sides).astype(np.int64)
    return Stream.of(time, side, np.ones(time.size), steady(length))


def pair_by_pair(stream: Stream, base: Floats, branching: Floats, decay: float) -> float:
    """The log-likelihood from its definition, the integral as the sum of each act's own: O(n²)."""
    side: Ints = stream.side
    total = -float(base.sum()) * stream.whole
    for k in range(len(side)):
        rate = base[side[k]] * stream.pace[k]
        for m in range(k):
            wait = stream.time[k] - stream.time[m]
            rate += branching[side[k], side[m]] * stream.mark[m] * decay * math.exp(-decay * wait)
        total += math.log(rate)
        left = 1 - math.exp(-decay * (stream.length - stream.time[k]))
        total -= (branching[0, side[k]] + branching[1, side[k]]) * stream.mark[k] * left
    return total

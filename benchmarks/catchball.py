"""The Hawkes process of acts between two sides, beside a plain reckoning pair by pair.

    python benchmarks/catchball.py                # 100,000 acts; the plain likelihood on a tenth of them

The likelihood takes O(n) by a recursion; from its definition it takes O(n²), here in numpy by blocks of rows, so a
hundred times as long for ten times the acts. Both give the same number. A fit needs some thirty likelihoods, the
intervals of its four branching ratios some two hundred. Times are processor time on one thread, the median of repeated
runs with the lowest and the highest. Acts are simulated by a seed as families: those that come unasked, and those that
each brings about.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from rashomon.measuring.catchball.exciting import Stream, fit, log_likelihood, profile_ends, steady

BASE, BRANCHING, DECAY = np.array([0.02, 0.03]), np.array([[0.3, 0.2], [0.0, 0.4]]), 0.2


def simulated(n: int, seed: int = 1) -> Stream:
    """About ``n`` acts of two sides."""
    rng = np.random.default_rng(seed)
    length = n / 0.0929
    times, sides = [], []
    parents = [(rng.uniform(0, length, rng.poisson(BASE[i] * length)), i) for i in (0, 1)]
    while parents:
        children = []
        for born, i in parents:
            kept = born[born < length]
            if kept.size:
                times.append(kept)
                sides.append(np.full(kept.size, i))
                for j in (0, 1):
                    many = rng.poisson(BRANCHING[j, i], kept.size)
                    children.append((np.repeat(kept, many) + rng.exponential(1 / DECAY, int(many.sum())), j))
        parents = children
    side = np.concatenate(sides).astype(np.int64)
    return Stream.of(np.concatenate(times), side, np.ones(len(side)), steady(length))


def plain(stream: Stream, block: int = 500) -> float:
    """The log-likelihood from its definition: every pair of acts is looked at."""
    total = -float(BASE.sum()) * stream.length
    for start in range(0, len(stream.time), block):
        stop = min(start + block, len(stream.time))
        wait = stream.time[start:stop, None] - stream.time[None, :stop]
        earlier = np.arange(stop)[None] < np.arange(start, stop)[:, None]
        kernel = np.where(earlier, DECAY * np.exp(-DECAY * np.maximum(wait, 0.0)), 0.0)
        ratio = BRANCHING[stream.side[start:stop, None], stream.side[None, :stop]]
        total += float(np.log(BASE[stream.side[start:stop]] + (ratio * kernel).sum(axis=1)).sum())
    left = 1 - np.exp(-DECAY * (stream.length - stream.time))
    return total - float((BRANCHING.sum(axis=0)[stream.side] * left).sum())


def timed(run: Callable[[], object], repetitions: int) -> tuple[float, float, float]:
    """Median, least and greatest processor time in seconds."""
    taken = []
    for _ in range(repetitions):
        start = time.process_time()
        run()
        taken.append(time.process_time() - start)
    return statistics.median(taken), min(taken), max(taken)


def told(acts: int, what: str, taken: tuple[float, float, float]) -> None:
    """One line of the table."""
    print(f"{acts:>8,} acts, {what:<20} {taken[0]:9.4f} s ({taken[1]:.4f}–{taken[2]:.4f})")


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--acts", type=int, default=100_000)
    asked.add_argument("--repeat", type=int, default=5)
    given = asked.parse_args()
    small, large = simulated(given.acts // 10), simulated(given.acts)
    fit(small)  # compiles
    ours, theirs = log_likelihood(small, BASE, BRANCHING, DECAY), plain(small)
    assert abs(ours - theirs) < 1e-9 * abs(theirs), (ours, theirs)
    slow = timed(lambda: plain(small), 3)
    told(len(small.time), "a plain likelihood", slow)
    for stream in (small, large):
        fast = timed(lambda one=stream: log_likelihood(one, BASE, BRANCHING, DECAY), given.repeat)
        told(len(stream.time), "a likelihood", fast)
    fitted = timed(lambda: fit(large), given.repeat)
    found = fit(large)
    ends = timed(lambda: [profile_ends(large, found, i, j, 0.9) for i in (0, 1) for j in (0, 1)], 3)
    told(len(large.time), "a fit", fitted)
    told(len(large.time), "its four intervals", ends)


if __name__ == "__main__":
    main()

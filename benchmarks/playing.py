"""Stability of all states: `rashomon.playing` alone, and beside a plain dense solver of the definitions.

    python benchmarks/playing.py                  # cost a state up to 2^22, kinds of games, sweeps, the ratio in small games
    python benchmarks/playing.py --dense 12       # the ratio at 2^12 = 4,096 states; the dense solver takes minutes
    python benchmarks/playing.py --most 24        # up to 2^24 states
    python benchmarks/playing.py --compile        # time of the first call in a new process, without and with the kernels cached

Games are of four players with equal shares of the options and random strict orders unless said otherwise; Nash, GMR, SMR and
SEQ for all states and all players. Figures are medians of repeated calls with the lowest and the highest, in wall time on all
cores and in processor time; ratios are of medians in one run. The dense solver writes the definitions out: a matrix of S x S for
each player's moves and improvements, the opponents' sequences as their transitive closure (by repeated squaring in NumPy), and
a loop over states and improvements. Its answers are compared with ours.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")

import numpy as np
from numpy.typing import NDArray

from rashomon.playing import GMR, NASH, SEQ, SMR, Graph, memory_needed, stability, stability_batch

Bools = NDArray[np.bool_]
Flags = NDArray[np.uint8]


def make_game(options: int, players: int = 4, kind: str = "free", seed: int = 0) -> Graph:
    """A game with random strict orders; ``kind``: free, infeasible (a fifth of the states), one-way (a third of the options)."""
    draw = np.random.default_rng(seed)
    states, full = 1 << options, (1 << options) - 1
    ranks = np.empty((players, states), dtype=np.int32)
    for row in ranks:
        row[:] = draw.permutation(states)
    owner = tuple(o * players // options for o in range(options))
    feasible = draw.random(states) < 0.8 if kind == "infeasible" else None
    drop = full if kind != "one-way" else full & ~sum(1 << o for o in range(0, options, 3))
    return Graph(owner, players, full, drop, feasible, ranks)


# a dense solver of the definitions


def dense(game: Graph) -> Flags:
    """Flags (n, S) by matrices of moves, for games in which every state is feasible and every option free."""
    states = np.arange(game.states)
    flags = np.zeros((game.players, game.states), dtype=np.uint8)
    own = [sum(1 << o for o, owner in enumerate(game.owner) if owner == i) for i in range(game.players)]
    differ = states[:, None] ^ states
    moves = [((differ & ~mask) == 0) & (differ != 0) for mask in own]
    better = [moves[i] & (game.ranks[i][None, :] > game.ranks[i][:, None]) for i in range(game.players)]
    for i in range(game.players):
        others = [j for j in range(game.players) if j != i]
        reached = _closure(np.any([moves[j] for j in others], axis=0))
        improved = _closure(np.any([better[j] for j in others], axis=0))
        for s in states:
            flags[i, s] = _judge(s, game.ranks[i], moves[i], better[i], reached, improved)
    return flags


def _closure(step: Bools) -> Bools:
    """What is reached by one step or more."""
    while True:
        single = step.astype(np.float32)
        longer = step | (single @ single > 0)
        if (longer == step).all():
            return step
        step = longer


def _judge(s: int, rank: NDArray[np.int32], moves: Bools, better: Bools, reached: Bools, improved: Bools) -> int:
    lures = np.flatnonzero(better[s])
    worse = rank <= rank[s]
    flags = 0 if lures.size else NASH
    if all((reached[t] & worse).any() for t in lures):
        flags |= GMR
    if all((improved[t] & worse).any() for t in lures):
        flags |= SEQ
    if all(any(worse[moves[x]].all() for x in np.flatnonzero(reached[t] & worse)) for t in lures):
        flags |= SMR
    return flags


# what is timed


def timed(call: Callable[[], object], least: int = 3, seconds: float = 2.0) -> tuple[list[float], float]:
    """Wall times of repeated calls, and the median processor time of one."""
    wall, busy = [], []
    while len(wall) < least or (sum(wall) < seconds and len(wall) < 200):
        start, work = time.perf_counter(), time.process_time()
        call()
        wall.append(time.perf_counter() - start)
        busy.append(time.process_time() - work)
    return wall, statistics.median(busy)


def spread(times: list[float], unit: float = 1e3) -> str:
    """Median, lowest and highest."""
    return f"{statistics.median(times) * unit:10,.2f} ({min(times) * unit:,.2f} to {max(times) * unit:,.2f})"


def sizes(most: int) -> None:
    """Cost a state as games grow."""
    print(f"{'states':>10}  {'ms':>32}  ns a state  processor ns a state  MiB needed")
    first = 0.0
    for options in (12, *range(14, most + 1, 2)):
        game = make_game(options)
        wall, busy = timed(lambda game=game: stability(game))  # type: ignore[misc]
        each, work = statistics.median(wall) / game.states * 1e9, busy / game.states * 1e9
        first = work if options == 14 else first
        ratio = f"  x{work / first:.2f} of 2^14" if options > 14 else ""
        needed = memory_needed(game) / 2**20
        print(
            f"{game.states:>10,}  {spread(wall):>32}  {each:10,.0f}  {work:20,.0f}  {needed:10,.0f}{ratio}", flush=True
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"resident at the peak, the interpreter and the games included: {peak:,.0f} MiB\n")


def kinds(options: int = 16) -> None:
    """Cost a state of infeasible states, one-way options, single sanctions and SIM."""
    print(f"{1 << options:,} states, four players, processor ns a state")
    for label, kind, sanctions, concepts in (
        ("free", "free", "sequence", 15),
        ("a fifth infeasible", "infeasible", "sequence", 15),
        ("a third one-way", "one-way", "sequence", 15),
        ("single sanctions", "free", "single", 15),
        ("SIM alone", "free", "sequence", 16),
    ):
        game = make_game(options, kind=kind)
        _, busy = timed(lambda game=game, s=sanctions, c=concepts: stability(game, s, c))  # type: ignore[misc]
        print(f"  {label:24}{busy / game.states * 1e9:8,.0f}", flush=True)
    print()


def sweeps(hypergames: int = 5000) -> None:
    """Two-player games of 256 states, three views a hypergame."""
    draw = np.random.default_rng(0)
    game = make_game(8, players=2)
    ranks = draw.permuted(np.tile(np.arange(256, dtype=np.int32), (3 * hypergames, 2, 1)), axis=2)
    wall, busy = timed(lambda: stability_batch(game, ranks))
    rate = hypergames / statistics.median(wall)
    print(
        f"{hypergames:,} two-player hypergames of 256 states, three views: {spread(wall)} ms, {busy * 1e3:,.0f} of processor"
    )
    print(f"  {rate:,.0f} hypergames a second\n", flush=True)


def beside_dense(options: int) -> None:
    """Ours and the dense solver on one game."""
    game = make_game(options)
    stability(game)
    start = time.perf_counter()
    theirs = dense(game)
    seconds = time.perf_counter() - start
    wall, _ = timed(lambda: stability(game))
    same = bool((stability(game) == theirs).all())
    ratio = seconds / statistics.median(wall)
    print(
        f"{game.states:,} states: dense {seconds:,.2f} s, ours {spread(wall)} ms, ratio {ratio:,.0f}, "
        f"{'the same answers' if same else 'DIFFERENT ANSWERS'}",
        flush=True,
    )


_FIRST_CALL = """
import time
start = time.perf_counter(), time.process_time()
import numpy as np
from rashomon.playing import Graph, coalition_stability, stability
loaded = time.perf_counter(), time.process_time()
game = Graph((0, 1), 2, 3, 3, None, np.arange(8, dtype=np.int32).reshape(2, 4))
steps = [lambda: stability(game), lambda: stability(game, concepts=16), lambda: coalition_stability(game, 3)]
told = [start, loaded]
for step in steps:
    step()
    told.append((time.perf_counter(), time.process_time()))
print(*(f"{b[0] - a[0]:.2f} ({b[1] - a[1]:.2f})" for a, b in zip(told, told[1:])), sep="  ")
"""


def first_calls() -> None:
    """A new process without a cache, and again with it."""
    print("seconds (of processor): import, first stability, first SIM, first coalition")
    with tempfile.TemporaryDirectory() as folder:
        for label in ("nothing cached", "cached"):
            done = subprocess.run(
                [sys.executable, "-c", _FIRST_CALL],
                env={**os.environ, "NUMBA_CACHE_DIR": folder},
                capture_output=True,
                text=True,
                check=True,
            )
            print(f"  {label:16}{done.stdout.strip()}", flush=True)


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--most", type=int, default=22, help="options of the largest game")
    parser.add_argument("--dense", type=int, help="only the ratio to the dense solver, with so many options")
    parser.add_argument("--compile", action="store_true", help="only the time of first calls")
    asked = parser.parse_args()
    if asked.compile:
        first_calls()
        return
    print(f"{os.cpu_count()} cores")
    if asked.dense:
        beside_dense(asked.dense)
        return
    sizes(asked.most)
    kinds()
    sweeps()
    for options in (8, 10):
        beside_dense(options)


if __name__ == "__main__":
    main()

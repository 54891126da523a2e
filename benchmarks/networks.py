"""Discourse networks through time, beside the times of Discourse Network Analyzer on data of the same size.

    python benchmarks/networks.py                 # 4,000 statements, 100 organisations, 60 concepts, two years
    python benchmarks/networks.py --large         # and 100,000 statements of 500 actors on 100 topics with 730 kernel windows

DNA 3 was measured elsewhere, on data of this size: 628 windows of days 23 s, windows of 100 statements 176 s, 730 days with a
uniform kernel 161 s, and 1,000 steps of its search for a backbone 71 s, each of which weighs one set of concepts. Ours are
medians of repeated runs with the lowest and the highest, in processor time on one thread; the ratio is DNA's time by our median.
Data are drawn by a seed: statements fall evenly over days, actors, topics and levels.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import time
from collections.abc import Callable, Sequence

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from rashomon.measuring.networks.backbones import Losses, penalised
from rashomon.measuring.networks.projecting import Manner
from rashomon.measuring.networks.uttering import SIDES, Utterances
from rashomon.measuring.networks.windowing import Moving, frames

CONGRUENCE = Manner("actors", "congruence")
AVERAGE = Manner("actors", "subtract", "average")


def drawn(statements: int, actors: int, topics: int, days: int, seed: int = 1) -> Utterances:
    """Statements in the order of their days, each of one day and in one of a hundred documents."""
    rng = np.random.default_rng(seed)
    first = np.sort(rng.integers(0, days, statements)) + 735_000
    names = [[f"{head}{n}" for n in range(count)] for head, count in (("a", actors), ("t", topics), ("d", 100))]
    return Utterances(
        actors=names[0], topics=names[1], documents=names[2], scale=SIDES,
        actor=rng.integers(0, actors, statements), topic=rng.integers(0, topics, statements),
        level=rng.integers(0, 2, statements), document=rng.integers(0, 100, statements),
        first=first, last=first, passage=np.arange(statements), coder=np.zeros(statements, np.int64),
        weight=np.ones(statements), row=np.arange(statements),
    )  # fmt: skip


def timed(run: Callable[[], int], repetitions: int) -> tuple[int, list[float]]:
    """What a run counts, and its processor times in seconds."""
    taken, counted = [], 0
    for _ in range(repetitions):
        start = time.process_time()
        counted = run()
        taken.append(time.process_time() - start)
    return counted, taken


def told(label: str, counted: int, taken: Sequence[float], dna: float = 0.0) -> str:
    """One line of the table."""
    median = statistics.median(taken)
    ratio = f"{dna / median:10,.0f}" if dna else ""
    return f"{label:44}{counted:9,}{median:10.3f}{min(taken):10.3f}{max(taken):10.3f}{ratio}"


def sets_of_topics(said: Utterances, how: Manner, dna: bool, count: int = 1000) -> int:
    """Weigh so many sets of topics, each by the spectrum of its network."""
    losses, rng = Losses(said, how, dna), np.random.default_rng(2)
    for _ in range(count):
        losses.of(np.flatnonzero(rng.random(len(said.topics)) < 0.5).tolist())
    return count


def annealed(said: Utterances, dna: bool) -> int:
    """Look for a backbone under a penalty: by 1,000 steps of DNA's annealing, or by ours, which tries what it needs."""
    penalised(said, AVERAGE, 7.5, dna, seed=1, steps=1000)
    return 1000 if dna else 0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--repetitions", type=int, default=5)
    asked = parser.parse_args()
    said = drawn(4000, 100, 60, 730)
    print(f"{'':44}{'networks':>9}{'median':>10}{'lowest':>10}{'highest':>10}{'ratio':>10}  seconds")
    moving = (
        ("windows of 100 days", Moving(100), 23.0),
        ("windows of 100 statements", Moving(100, "events"), 176.0),
        ("uniform kernel of 100 days", Moving(100, "days", "uniform"), 161.0),
        ("Gaussian kernel of 100 days", Moving(100, "days", "gaussian"), 0.0),
    )
    for label, how, dna in moving:
        print(told(label, *timed(lambda how=how: sum(1 for _ in frames(said, how, CONGRUENCE)), asked.repetitions), dna))
    for label, by_degrees in (("sets of topics, by the Laplacian", False), ("sets of topics, by DNA's spectrum", True)):
        print(told(label, *timed(lambda d=by_degrees: sets_of_topics(said, AVERAGE, d), asked.repetitions), 71.0))
    for label, by_degrees in (("backbone under a penalty, ours", False), ("1,000 steps of DNA's annealing", True)):
        print(told(label, *timed(lambda d=by_degrees: annealed(said, d), min(asked.repetitions, 3)), 71.0))
    if asked.large:
        large = drawn(100_000, 500, 100, 730)
        found = timed(lambda: sum(1 for _ in frames(large, Moving(100, "days", "epanechnikov"), CONGRUENCE)), 1)
        print(told("100,000 statements, Epanechnikov kernel", *found))
        print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


if __name__ == "__main__":
    main()

"""Reading one date, uncached: ours beside the `edtf` package, on the spellings both read.

Each repetition reads every spelling once; the figure is the median over repetitions of the time a date, with the lowest
and the highest. Run: ``python benchmarks/times.py``.
"""

from __future__ import annotations

import argparse
import statistics
import time
import warnings
from collections.abc import Callable, Sequence

from rashomon.study.times import parse_when

BOTH = (
    "1985",
    "1985-10",
    "1985-10-19",
    "1988-22",
    "198X",
    "1992~",
    "1985-10-19/1986-01",
    "1985/..",
    "[1986-07..1987-03]",
)
OURS_ONLY = ("late 1992", "summer 1989", "mid-1988", "the early 1990s", "first half of 1990", "16 April 1991")


def per_date(read: Callable[[str], object], spellings: Sequence[str], repetitions: int) -> tuple[float, float, float]:
    """Median, lowest and highest time a date, in microseconds."""
    taken = []
    for _ in range(repetitions):
        start = time.perf_counter()
        for spelling in spellings:
            read(spelling)
        taken.append((time.perf_counter() - start) / len(spellings) * 1e6)
    return statistics.median(taken), min(taken), max(taken)


def main() -> None:
    """Print the table."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # edtf's grammar warns under newer pyparsing
        from edtf import parse_edtf
    print(f"{'':44}{'median':>10}{'lowest':>10}{'highest':>10}  microseconds a date")
    rows = (
        (f"rashomon, {len(BOTH)} EDTF spellings", parse_when, BOTH, 2000),
        (f"edtf {'':2}    , the same", parse_edtf, BOTH, 10),
        (f"rashomon, {len(OURS_ONLY)} in words (edtf reads none)", parse_when, OURS_ONLY, 2000),
    )
    medians = []
    for label, read, spellings, repetitions in rows:
        median, lowest, highest = per_date(read, spellings, repetitions)
        medians.append(median)
        print(f"{label:44}{median:10.1f}{lowest:10.1f}{highest:10.1f}")
    print(f"ratio of the medians on the same spellings: {medians[1] / medians[0]:,.0f}")


if __name__ == "__main__":
    main()

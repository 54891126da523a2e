"""Formula tracking on generated texts: time by size, memory, and beside a plain comparison of all pairs of texts.

    python benchmarks/formulas.py [TEXTS …]          (default 2500 10000)

Texts of 5,000 words are drawn from a Zipf distribution over 50,000 words; each holds 40 of 400 formulas of 8 to 20 words, in
which a word in forty is another. The plain way compares each text with every other by `difflib.SequenceMatcher` over words,
as a script for the purpose would; it is timed on a few texts, and its time grows with their square.
"""

from __future__ import annotations

import resource
import sys
import time
from difflib import SequenceMatcher
from itertools import combinations

import numpy as np

from rashomon.measuring.formulas.finding import find
from rashomon.measuring.formulas.tokens import corpus
from rashomon.study import Body, When

LENGTH, FORMULAS, EACH, PLAIN = 5000, 400, 40, 12


def generated(texts: int, seed: int = 1946) -> list[Body]:
    """Texts of one series, a day apart."""
    rng = np.random.default_rng(seed)
    size = 50_000
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    words = np.array(["".join(rng.choice(letters, rng.integers(3, 10))) for _ in range(size)])
    chance = 1 / np.arange(1, size + 1)
    chance /= chance.sum()
    formulas = [words[rng.integers(50, 5000, rng.integers(8, 21))] for _ in range(FORMULAS)]
    made = []
    for number in range(texts):
        own = words[rng.choice(size, LENGTH, p=chance)]
        for which, at in zip(rng.choice(FORMULAS, EACH, replace=False), range(0, LENGTH, LENGTH // EACH), strict=True):
            formula = formulas[which].copy()
            slips = rng.random(len(formula)) < 1 / 40
            formula[slips] = words[rng.integers(0, size, slips.sum())]
            own[at : at + len(formula)] = formula
        sentences = (" ".join(one) + "." for one in np.split(own, range(25, LENGTH, 25)))
        text, day = " ".join(sentences), 700_000 + number
        made.append(Body(f"t{number}", "s", When(day, day, False, False, ""), (), (), "", "", "", text, "en"))
    return made


def main(sizes: list[int]) -> None:
    """Time each size, and the plain way."""
    bodies = generated(max(sizes))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    find(corpus(bodies[:50]), 3, 0.8)  # compiles
    for size in sorted(sizes):
        start = time.process_time()
        made = corpus(bodies[:size])
        told = time.process_time() - start
        found = find(made, 3, 0.8)
        spent = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(f"{size:>7,} texts, {len(made.tokens):>11,} words: {spent:6.1f} s of processor time (words: {told:.1f} s), "
              f"{1e6 * spent / len(made.tokens):.2f} s a million words, peak {peak:.2f} GiB of which the texts {held:.2f}; "
              f"{len(found.bounds) - 1:,} formulas, standing {len(found.text):,} times", flush=True)  # fmt: skip
    start = time.process_time()
    split = [one.text.split() for one in bodies[:PLAIN]]
    for one, other in combinations(split, 2):
        [block for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks() if block.size >= 5]
    pair = (time.process_time() - start) / (PLAIN * (PLAIN - 1) / 2)
    many = max(sizes)
    print(
        f"plain, by difflib: {pair:.3f} s a pair, so {pair * many * (many - 1) / 2 / 86400:,.0f} days for {many:,} texts"
    )


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or [2500, 10_000])

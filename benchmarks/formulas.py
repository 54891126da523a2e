"""Formula tracking on generated texts: time by size, memory, and beside a plain comparison of all pairs of texts.

    python benchmarks/formulas.py [TEXTS …]               (default 2500 10000)
    python benchmarks/formulas.py --meaning [TEXTS …]     (default 100 300)

Texts of 5,000 words are drawn from a Zipf distribution over 50,000 words; each holds 40 of 400 formulas of 8 to 20 words, in
which a word in forty is another. They are files of a study, and what is timed is all of `Study.formulas`: reading them, finding
formulas, and every row of the answer; in a process of its own for each size. The plain way compares each text with every
other by `difflib.SequenceMatcher` over words, as a script for the purpose would; it is timed on a few texts, and its time
grows with their square. With ``--meaning`` what a text left out is looked for in it by meaning too (extra
``rashomon[learn]``); the commonest words are then English ones, by which the language is told, and every sentence is
encoded, none having been before.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

import numpy as np

from rashomon.measuring.formulas import measure_formulas
from rashomon.study import open_study

LENGTH, FORMULAS, EACH, PLAIN = 5000, 400, 40, 12
COMMON = "the of and to in that is for we it as with be this on by are our have not from which all an will".split()  # noqa: SIM905
DECLARED = """
[study]
id = "generated"
title = "Generated texts"
span = "1000/2100"
[[side]]
id = "a"
name = "Zzzland"
[[source]]
id = "s"
title = "Generated"
published = "2099"
kind = "dataset"
[[series]]
id = "texts"
name = "Texts"
"""


def generated(texts: int, common: Sequence[str] = (), seed: int = 1946) -> Iterator[str]:
    """Texts of one series, of which these words are the commonest."""
    rng = np.random.default_rng(seed)
    size = 50_000
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    words = np.array(["".join(rng.choice(letters, rng.integers(3, 10))) for _ in range(size)])
    words[: len(common)] = common
    chance = 1 / np.arange(1, size + 1)
    chance /= chance.sum()
    formulas = [words[rng.integers(50, 5000, rng.integers(8, 21))] for _ in range(FORMULAS)]
    for _ in range(texts):
        own = words[rng.choice(size, LENGTH, p=chance)]
        for which, at in zip(rng.choice(FORMULAS, EACH, replace=False), range(0, LENGTH, LENGTH // EACH), strict=True):
            formula = formulas[which].copy()
            slips = rng.random(len(formula)) < 1 / 40
            formula[slips] = words[rng.integers(0, size, slips.sum())]
            own[at : at + len(formula)] = formula
        yield " ".join(" ".join(one) + "." for one in np.split(own, range(25, LENGTH, 25)))


def write_study(root: Path, texts: int, meaning: bool) -> None:
    """A study of so many texts, a month apart."""
    declared = f"{DECLARED}embeddings = true" if meaning else DECLARED
    (root / "study.toml").write_text(declared, encoding="utf-8")
    lines = ["id,series,when,author,title,file,source"]
    for number, text in enumerate(generated(texts, COMMON if meaning else ())):
        (root / f"{number}.txt").write_text(text, encoding="utf-8")
        lines.append(f"t{number},texts,{1100 + number // 12}-{number % 12 + 1:02},a,T,{number}.txt,s")
    (root / "texts.csv").write_text("\n".join(lines), encoding="utf-8")


def one_size(root: Path, texts: int) -> None:
    """Measure a study once, compiled code being there, and print what it took."""
    study = open_study(root)
    start = time.process_time()
    found = measure_formulas(study)
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    words = sum(row.words for row in found.texts)
    omissions = sum(row.dropped + row.said_otherwise for row in found.texts)
    formulas = len(found.rows) + sum(n for _, n in found.left_out)
    print(
        f"{texts:>7,} texts, {words:>11,} words: {spent:6.1f} s of processor time, {1e6 * spent / words:.2f} s a million words, "
        f"peak {peak:.2f} GiB; {formulas:,} formulas, left out {omissions:,} times"
        f"{', compared by meaning' if found.compared else ''}",
        f"\n{spent}",
        flush=True,
    )


def told_by_a_process(root: Path, texts: int) -> float:
    """Measure a study in a process of its own, print what it says, and give the seconds, which are its last line."""
    done = subprocess.run(
        [sys.executable, __file__, "--one", str(root), str(texts)], check=True, stdout=subprocess.PIPE, text=True
    )
    said, seconds = done.stdout.splitlines()
    print(said, flush=True)
    return float(seconds)


def plain(most: int, ours: float) -> None:
    """Time the plain way on a few texts, beside the seconds that ours took for the most."""
    start = time.process_time()
    split = [one.split() for one in generated(PLAIN)]
    for one, other in combinations(split, 2):
        [block for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks() if block.size >= 5]
    pair = (time.process_time() - start) / (PLAIN * (PLAIN - 1) / 2)
    theirs = pair * most * (most - 1) / 2
    print(
        f"plain, all pairs by difflib: {pair:.3f} s a pair, so {theirs / 86400:,.1f} days for {most:,} texts; "
        f"ratio to ours: {theirs / ours:,.0f}"
    )


def main(sizes: list[int], meaning: bool) -> None:
    """Each size in a process of its own, then the plain way."""
    spent = 0.0
    for size in (20 if meaning else 100, *sorted(sizes)):  # the first compiles
        with tempfile.TemporaryDirectory() as folder:
            write_study(Path(folder), size, meaning)
            spent = told_by_a_process(Path(folder), size)
    if not meaning:
        plain(max(sizes), spent)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", type=int, help="how many texts")
    parser.add_argument("--meaning", action="store_true", help="look for what was left out by meaning too")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)  # one size, of a process of its own
    asked = parser.parse_args()
    if asked.one:
        one_size(Path(asked.one[0]), int(asked.one[1]))
    else:
        main(asked.texts or ([100, 300] if asked.meaning else [2500, 10_000]), asked.meaning)

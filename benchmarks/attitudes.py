"""Attitudes between states in Russian, measured on coded sentences, and by the clock.

    OPENBLAS_NUM_THREADS=1 python benchmarks/attitudes.py            # the invented sentences of the tests
    python benchmarks/attitudes.py --misses mine.txt                 # sentences of your own

A line is `SOURCE>TARGET+ SOURCE>TARGET-`, a tab, and the sentence; `0` for none. An attitude counts as found where source,
target and sign are right. The first of the tests' files was written before the rules; both have since been used to mend them:
what the rules did at first sight stands in docs/explanation/coding.md.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from rashomon.coding import directed_attitudes

TESTS = Path(__file__).parents[1] / "tests" / "coding"
FILES = [TESTS / "russian_attitudes_first.txt", TESTS / "russian_attitudes_later.txt"]


def score(path: Path, misses: bool) -> None:
    """Print precision, recall and F1 of one file, and words a second of processor time."""
    right = found = coded = words = 0
    seconds = 0.0
    for line in path.read_text(encoding="utf-8").splitlines():
        pairs, _, text = line.partition("\t")
        if line.startswith("#") or not text:
            continue
        start = time.process_time()
        mine = {f"{one.source}>{one.target}{'+' if one.sign == 'positive' else '-'}" for one in directed_attitudes(text)}
        seconds += time.process_time() - start
        gold = set(pairs.split()) - {"0"}
        right, found, coded, words = right + len(gold & mine), found + len(mine), coded + len(gold), words + len(text.split())
        if misses and gold != mine:
            print("  missed", sorted(gold - mine), "wrong", sorted(mine - gold), text)
    precision, recall = right / max(1, found), right / max(1, coded)
    f1 = 2 * right / max(1, found + coded)
    print(f"{path.name}: precision {right}/{found} = {precision:.2f}, recall {right}/{coded} = {recall:.2f}, F1 {f1:.2f};")
    print(f"  {words} words, {words / seconds:.0f} a second of processor time, a sentence at a time")


def main() -> None:
    """Score what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=FILES)
    parser.add_argument("--misses", action="store_true", help="print what was got wrong")
    args = parser.parse_args()
    directed_attitudes("Россия поддерживает Сирию.")  # the models are loaded
    for path in args.files:
        score(path, args.misses)


if __name__ == "__main__":
    main()

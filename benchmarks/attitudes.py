"""Attitudes between states, measured on coded sentences, and by the clock.

    OPENBLAS_NUM_THREADS=1 python benchmarks/attitudes.py            # the invented Russian sentences of the tests
    python benchmarks/attitudes.py --misses mine.txt                 # sentences of your own
    python benchmarks/attitudes.py --language ja mine.txt            # in Japanese, beside its tokeniser alone

A line is `SOURCE>TARGET+ SOURCE>TARGET-`, a tab, and the sentence; `0` for none. An attitude counts as found where source,
target and sign are right. The first of the tests' files was written before the rules; both have since been used to mend them:
what the rules did at first sight stands in docs/explanation/coding-figures.md.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from rashomon.coding import directed_attitudes
from rashomon.coding.japanese_text import tokens_of

TESTS = Path(__file__).parents[1] / "tests" / "coding"
FILES = [TESTS / "russian_attitudes_first.txt", TESTS / "russian_attitudes_later.txt"]


def words_in(text: str, language: str) -> int:
    """The words of a text; in Japanese those of the tokeniser."""
    return len(tokens_of(text, 0, len(text)) if language == "ja" else text.split())


def score(path: Path, language: str, misses: bool) -> None:
    """Print precision, recall and F1 of one file, and words a second of processor time."""
    right = found = coded = words = 0
    seconds = 0.0
    for line in path.read_text(encoding="utf-8").splitlines():
        pairs, _, text = line.partition("\t")
        if line.startswith("#") or not text:
            continue
        start = time.process_time()
        said = directed_attitudes(text, language)
        mine = {f"{one.source}>{one.target}{'+' if one.sign == 'positive' else '-'}" for one in said}
        seconds += time.process_time() - start
        gold = set(pairs.split()) - {"0"}
        right, found, coded = right + len(gold & mine), found + len(mine), coded + len(gold)
        words += words_in(text, language)
        if misses and gold != mine:
            print("  missed", sorted(gold - mine), "wrong", sorted(mine - gold), text)
    precision, recall = right / max(1, found), right / max(1, coded)
    f1 = 2 * right / max(1, found + coded)
    print(f"{path.name}: precision {right}/{found} = {precision:.2f}, recall {right}/{coded} = {recall:.2f}, F1 {f1:.2f};")
    print(f"  {words} words, {words / seconds:.0f} a second of processor time, a sentence at a time")
    if language == "ja":
        texts = [line.partition("\t")[2] for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
        start = time.process_time()
        for text in texts:
            tokens_of(text, 0, len(text))
        alone = time.process_time() - start
        start = time.process_time()
        directed_attitudes("\n".join(texts), language)
        whole = time.process_time() - start
        print(f"  the tokeniser alone {words / alone:.0f}; all of them as one text {words / whole:.0f}")


def main() -> None:
    """Score what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=FILES)
    parser.add_argument("--language", choices=("ru", "en", "ja"), default="ru")
    parser.add_argument("--misses", action="store_true", help="print what was got wrong")
    args = parser.parse_args()
    directed_attitudes("Россия поддерживает Сирию.", args.language)  # the models are loaded
    for path in args.files:
        score(path, args.language, args.misses)


if __name__ == "__main__":
    main()

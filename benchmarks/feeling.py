"""Words of feeling: words a second, beside a regular expression for each entry of the lexicon; and tone beside VADER's.

    python benchmarks/feeling.py                      # generated English texts of 50,000 to 800,000 words
    python benchmarks/feeling.py --speeches FOLDER    # and, text by text, our tone beside that of VADER (vaderSentiment, MIT)

The naive way looks for each entry by an expression of its own, all over the text, and knows nothing of exceptions, sentences,
denial or report, which ours reads besides. Texts are drawn by a seed: common words, one in a hundred of them a word of the
lexicon. Times are processor times on one thread, the median of three. Tone is words of trust, sincerity, friendship,
courtesy, modesty and pride less those of their opposites and of threat, per word; VADER's is its mean over sentences. Both
are ranked (Spearman).
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from rashomon.measuring.feeling import OPPOSITES, Finder, shipped

SOME = """the of and to in that is for on with as by be at it this which are from an has have was not but they their been
all will would states nations peace council general assembly security development country question international"""
SPEECHES = "[JR]*.txt"
COMMON = tuple(filter(None, SOME.replace("\n", " ").split(" ")))


def generated(words: int, seed: int = 7) -> str:
    """A text of sentences of 8 to 30 words."""
    rng = random.Random(seed)
    feeling = sorted(form for one in shipped().entries if one.language == "en" for form in one.pieces[0].forms)
    out: list[str] = []
    while len(out) < words:
        sentence = [rng.choice(feeling if rng.random() < 0.01 else COMMON) for _ in range(rng.randint(8, 30))]
        out += [sentence[0].capitalize(), *sentence[1:-1], f"{sentence[-1]}."]
    return " ".join(out)


def naive() -> Callable[[str], int]:
    """One regular expression an entry, over the whole text."""

    def expression(pieces: object) -> str:
        parts = []
        for piece in pieces:  # type: ignore[attr-defined]
            forms = "|".join(map(re.escape, sorted(piece.forms, key=len, reverse=True)))
            parts.append(
                r"(?:\w+\W+){0,5}?" if piece.is_gap else rf"(?:{forms})\W+" if forms else rf"{piece.stem}\w*\W+"
            )
        return r"\b" + "".join(parts)

    compiled = [re.compile(expression(one.pieces), re.IGNORECASE) for one in shipped().entries if one.language == "en"]
    return lambda text: sum(1 for one in compiled for _ in one.finditer(text))


def timed(run: Callable[[], object]) -> float:
    """The median processor time of three runs."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        run()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def speed() -> None:
    """Words a second by size, and how many times the naive way takes."""
    finder, slow = Finder(shipped(), "en"), naive()
    finder.read(generated(1000))
    for size in (50_000, 100_000, 200_000, 400_000, 800_000):
        text = generated(size)
        ours = timed(lambda text=text: finder.read(text))  # type: ignore[misc]
        line = f"{size:>9,} words  {ours:7.2f} s  {size / ours:>10,.0f} words/s"
        if size <= 200_000:
            theirs = timed(lambda text=text: slow(text))  # type: ignore[misc]
            line += f"   an expression for each entry {theirs:7.2f} s, {theirs / ours:5.1f} times"
        print(line)


def beside_vader(paths: Sequence[Path]) -> None:
    """The rank correlation of our tone and VADER's over these texts; where VADER is not installed, that is said."""
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError:
        print("not beside VADER: vaderSentiment is not installed (pip install vaderSentiment)")
        return
    from scipy.stats import spearmanr

    from rashomon.reading import sentence_spans

    finder, vader = Finder(shipped(), "en"), SentimentIntensityAnalyzer()
    ours, theirs = [], []
    for path in paths:
        text = path.read_text(encoding="utf-8-sig")
        read = finder.read(text)
        signs = dict.fromkeys(OPPOSITES, 1) | dict.fromkeys((*OPPOSITES.values(), "threat"), -1)
        ours.append(
            sum(signs.get(hit.category, 0) for hit in read.hits if hit.status == "own") / max(sum(read.words), 1)
        )
        scores = [vader.polarity_scores(text[start:stop])["compound"] for start, stop in sentence_spans(text)]
        theirs.append(statistics.fmean(scores))
    found = spearmanr(ours, theirs)
    print(
        f"{len(ours)} texts: rank correlation of our tone with VADER's {found.statistic:.2f} (p = {found.pvalue:.1g})"
    )


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speeches", type=Path, metavar="FOLDER", help=f"a folder of two or more texts {SPEECHES}")
    asked = parser.parse_args()
    paths = sorted(asked.speeches.glob(SPEECHES)) if asked.speeches else []
    if asked.speeches and len(paths) < 2:
        parser.error(f"{asked.speeches} holds {len(paths)} texts {SPEECHES}; ranks are compared of two or more")
    speed()
    if paths:
        beside_vader(paths)


if __name__ == "__main__":
    main()

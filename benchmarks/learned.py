"""The coder `learned` and its queue, measured on the worked study: what its coding of the book's chapters teaches.

    python benchmarks/learned.py --book ../shared/sources/japan-russia-perceptions.txt    # scores
    python benchmarks/learned.py --book … --queue 20                # the queue against random order, 20 seeds

Each chapter is a document. A statement is put on the paragraph that its locator names.
The design was settled on chapters 1 and 2.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import coding
from rashomon.coding.embedding import VectorFile
from rashomon.coding.examples import Example, Shelved, divided, encoded
from rashomon.coding.learned_lines import score_lines
from rashomon.coding.learning import Lesson, learned_from
from rashomon.coding.queueing import queue_of
from rashomon.reading import Passage, sentence_spans
from rashomon.study import Statement, StudyData, open_study

STEP = 10  # passages that are read before the queue is asked anew
READ = 250  # and how many at most
HAY, WORDS = 600, 100


def chapters(text: str, sources: Iterable[str]) -> list[Passage]:
    """The paragraphs of chapters, each chapter a document."""
    return [replace(one, document=source) for source in sources for one in coding.chapter(text, source)]


def placed(study: StudyData, passages: Sequence[Passage]) -> list[Statement]:
    """The accepted statements of the study on the paragraphs that their locators name."""
    where = {(one.source, *key(one)): one.address for one in passages}
    rows = study.statements.rows(study.open_rows("statements"))
    found = [(one, where.get((one.source, *coding.paragraph_of(one.locator)))) for one in rows]
    return [replace(one, passage=address) for one, address in found if address is not None]


def key(passage: Passage) -> tuple[str, int]:
    """A paragraph as the worked study's locators name it."""
    return coding._key(passage.heading[0]), passage.paragraph


def score(study: StudyData, shelf: Shelved, vectors: VectorFile) -> None:
    """Print what is learned, chapter by chapter left out."""
    passages = [one.passage for one in shelf.read]
    print(
        f"{shelf.accepted} statements, {len(shelf.read)} passages read, {len(shelf.unread)} unread, {shelf.loose} loose"
    )
    start = time.process_time()
    lesson = Lesson(shelf.read, encoded(passages, study.declared, vectors), vectors)
    encoding = time.process_time() - start
    learned = learned_from(lesson)
    print(f"encoding {encoding:.1f} s, learning {time.process_time() - start - encoding:.1f} s of processor time")
    for line in score_lines(learned.scores):
        print(line)


def hay(folder: Path) -> list[Passage]:
    """Passages of a hundred words or more from the texts of a folder, evenly spaced: nothing is taken to be in them."""
    pieces: list[str] = []
    for file in sorted(folder.rglob("*.txt")):
        text = " ".join(file.read_text(encoding="utf-8", errors="replace").split())
        piece = ""
        for start, end in sentence_spans(text):
            piece += text[start:end] + " "
            if len(piece.split()) >= WORDS:
                pieces.append(piece.strip())
                piece = ""
    chosen = [pieces[number * len(pieces) // HAY] for number in range(HAY)]
    return [
        Passage(original=one, text=one, kind="paragraph", page="", paragraph=1, heading=("",), language="en", anchor=str(number),
                address=f"hay#{number}", source="hay", place=number, published="", document=f"hay {number}")
        for number, one in enumerate(chosen)
    ]  # fmt: skip


def simulate(study: StudyData, passages: Sequence[Passage], vectors: VectorFile, seeds: int) -> None:
    """Print how many of the topics that all passages have are found after so many were read, in the queue's order and at random.

    Each seed begins with ten passages drawn at random, the same for both; then ten more are read at a time.
    """
    statements = placed(study, passages)
    of = {one.address: tuple(each for each in statements if each.passage == one.address) for one in passages}
    examples = {one.address: Example(one, one.document, of[one.address]) for one in passages}
    orders: dict[str, list[list[int]]] = {"queue": [], "random": []}
    for seed in range(seeds):
        drawn = random.Random(seed).sample(list(passages), len(passages))
        orders["random"].append(found([examples[one.address] for one in drawn]))
        orders["queue"].append(found(queued(drawn, examples, study, vectors)))
    print("passages read  " + "".join(f"{name:>24}" for name in orders) + "   queue is ahead in")
    for step in range(len(orders["queue"][0])):
        cells = [[one[step] for one in runs] for runs in orders.values()]
        ahead = sum(a > b for a, b in zip(*cells, strict=True))
        shown = "".join(f"{statistics.mean(one):>12.1f} ({min(one)} to {max(one)})" for one in cells)
        print(f"{(step + 1) * STEP:>13}  {shown}   {ahead} of {seeds}")


def queued(
    drawn: Sequence[Passage], examples: Mapping[str, Example], study: StudyData, vectors: VectorFile
) -> list[Example]:
    """The passages in the order of the queue, asked anew after every ten; the first ten are as drawn."""
    read = [examples[one.address] for one in drawn[:STEP]]
    left = list(drawn[STEP:])
    while left and len(read) < READ:
        taken = [one.passage.address for one in queue_of(read, left, study.declared, vectors, STEP)]
        read += [examples[address] for address in taken]
        left = [one for one in left if one.address not in taken]
    return read


def found(order: Sequence[Example]) -> list[int]:
    """How many topics are found after every ten passages."""
    seen: set[str] = set()
    counts = []
    for one in order:
        seen |= {each.topic.text for each in one.statements}
        counts.append(len(seen))
    return counts[STEP - 1 :: STEP]


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--book", type=Path, required=True, help="the text of the book")
    parser.add_argument(
        "--queue", type=int, default=0, metavar="SEEDS", help="compare the queue with as many random orders"
    )
    parser.add_argument("--chapters", nargs="+", default=list(coding.CHAPTERS), help="ids of their sources")
    parser.add_argument(
        "--hay", type=Path, metavar="FOLDER", help="texts of which 600 passages are put among those of the book"
    )
    parser.add_argument("--vectors", type=Path, help="where vectors are kept from one run to the next")
    args = parser.parse_args()
    study = open_study(coding.KURIL)
    passages = chapters(args.book.read_text(encoding="utf-8"), args.chapters)
    with tempfile.TemporaryDirectory() as folder, VectorFile(args.vectors or Path(folder) / "vectors.db") as vectors:
        if args.queue:
            simulate(study, [*passages, *(hay(args.hay) if args.hay else [])], vectors, args.queue)
        else:
            score(study, divided(passages, placed(study, passages)), vectors)


if __name__ == "__main__":
    main()

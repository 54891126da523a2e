"""How fast documents are read, beside peers that read the text alone: pypdf, and the engine that we use too (pypdfium2).

The PDF is made here: running heads, page numbers, notes, paragraphs, one column and two by turns. Each reader runs in a process
of its own, in turn, some rounds; the figures are pages a second of processor time (median, lowest, highest) and the most memory
that the process held.

    python benchmarks/reading.py --pages 200 2000 --rounds 3
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "reading"))

from pdf_making import Line, Mark, Rule, pdf

WORDS = (
    "the",
    "of",
    "minister",
    "declared",
    "territory",
    "islands",
    "opinion",
    "treaty",
    "Soviet",
    "negotiation",
    "to",
    "a",
    "not",
)


def made(pages: int) -> bytes:
    """A book of so many pages."""
    draw = random.Random(1)
    return pdf([_page(i, draw) for i in range(pages)])


def _page(number: int, draw: random.Random) -> list[Mark]:
    head = "Images of the other side" if number % 2 else f"Chapter {number // 20 + 1}"
    marks: list[Mark] = [Line(60, 800, head, 8), Line(290, 36, str(number + 1), 8)]
    if number % 20 == 0:
        marks.append(Line(60, 766, f"Chapter {number // 20 + 1}: what was seen", 18))
    columns = ((60, 78),) if number % 4 < 2 else ((60, 37), (308, 37))
    for x, letters in columns:
        for i in range(44):
            indent = 12 if i % 9 == 0 else 0
            marks.append(Line(x + indent, 740 - 13 * i, _line(letters - indent // 6, draw)))
    marks.append(Rule(60, 150, 120))
    for i in range(3):
        marks += [Line(60, 138 - 22 * i, str(i + 1), 5, rise=3), Line(66, 138 - 22 * i, _line(90, draw), 8)]
        marks.append(Line(60, 128 - 22 * i, _line(60, draw), 8))
    return marks


def _line(letters: int, draw: random.Random) -> str:
    out = ""
    while len(out) < letters - 14:
        out += f"{draw.choice(WORDS)} "
    return out + "x" * max(letters - len(out), 1)


def ours(path: Path) -> int:
    """Letters in the blocks."""
    from rashomon.reading.pdf_files import documents

    return sum(len(block.text) for found in documents(path, []) for block in found.blocks)


def by_pypdf(path: Path) -> int:
    """Letters that pypdf finds."""
    import pypdf

    return sum(len(page.extract_text()) for page in pypdf.PdfReader(path).pages)


def by_pypdfium2(path: Path) -> int:
    """Letters that the engine finds, in the order of the file."""
    import pypdfium2

    letters = 0
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            letters += len(text.get_text_range())
            text.close()
            page.close()
    return letters


READERS: dict[str, Callable[[Path], int]] = {"rashomon": ours, "pypdf": by_pypdf, "pypdfium2": by_pypdfium2}


def measured(reader: str, path: Path) -> dict[str, float]:
    """What this process needs to read the file, its imports not counted."""
    READERS[reader](path.with_name("warm.pdf"))
    start = time.process_time()
    letters = READERS[reader](path)
    return {
        "seconds": time.process_time() - start,
        "letters": letters,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Make the files, run every reader on each, print a table."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--pages", type=int, nargs="+", default=[200, 2000])
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    arguments.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.one:
        print(json.dumps(measured(given.one[0], Path(given.one[1]))))
        return
    if given.make:
        Path(given.make[1]).write_bytes(made(int(given.make[0])))
        return
    print(f"{'pages':>7} {'reader':<10} {'pages/s':>8} {'lowest':>7} {'highest':>7} {'MB':>6} {'letters':>10}")
    with tempfile.TemporaryDirectory() as folder:
        _run("--make", "2", f"{folder}/warm.pdf")
        for pages in given.pages:
            path = Path(folder, f"{pages}.pdf")
            _run("--make", str(pages), str(path))
            for name, runs in _rounds(path, given.rounds).items():
                speeds = [pages / run["seconds"] for run in runs]
                figures = (statistics.median(speeds), min(speeds), max(speeds), max(run["megabytes"] for run in runs))
                print(
                    f"{pages:>7} {name:<10} {'{:>8.0f}{:>8.0f}{:>8.0f}{:>7.0f}'.format(*figures)} {runs[0]['letters']:>10.0f}"
                )


def _rounds(path: Path, rounds: int) -> dict[str, list[dict[str, float]]]:
    """Every reader in turn, so that what else the machine does falls on all of them."""
    out: dict[str, list[dict[str, float]]] = {name: [] for name in READERS}
    for _ in range(rounds):
        for name, runs in out.items():
            runs.append(json.loads(_run("--one", name, str(path))))
    return out


def _run(*arguments: str) -> str:
    """A process of its own: memory that this one has held would count as that of its children."""
    return subprocess.run([sys.executable, __file__, *arguments], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()

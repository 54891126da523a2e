"""How fast a whole study is read, as its user meets it: `rashomon read` of a fresh study, beside pypdf, which finds text alone.

The text is the prose of our own documentation, its sentences in a random order. It is set as PDF in files of 20 pages (running
heads, page numbers, notes, one column and two by turns), and the same text again as DOCX, HTML and TXT. Each run is a process of
its own, started from nothing, in turn; figures are pages a minute by the clock and by processor time of all processes, and the
most memory that the program and the processes that read for it held.

    python benchmarks/reading_whole.py --pages 500 2000 8000
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import textwrap
import time
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "reading"))

from pdf_making import Line, Mark, Rule, pdf

DOCS = Path(__file__).parents[1] / "docs"
FILE = 20  # pages
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def sentences(seed: int = 1) -> Iterator[str]:
    """Sentences of the documentation, without end."""
    prose = " ".join(file.read_text("utf-8") for file in sorted(DOCS.glob("*/*.md")))
    found = re.findall(r"(?<=[.:] )[A-Z][A-Za-z ,;’'-]{40,300}\.", " ".join(prose.split()))
    draw = random.Random(seed)
    while True:
        yield from draw.sample(found, len(found))


def paragraphs(text: Iterator[str]) -> Iterator[str]:
    """Paragraphs of five sentences."""
    while True:
        yield " ".join(islice(text, 5))


def page(number: int, text: Iterator[str]) -> tuple[list[Mark], list[str]]:
    """A page as it is set, and its paragraphs."""
    marks: list[Mark] = [Line(60, 800, "Images of the other side", 8), Line(290, 36, str(number + 1), 8)]
    set_, said = [], []
    width, places = (84, ((60, 44),)) if number % 4 < 2 else (40, ((60, 44), (308, 44)))
    while len(set_) < sum(lines for _, lines in places):
        said.append(next(text))
        set_ += textwrap.wrap(said[-1], width, initial_indent="   ")
    lines = iter(set_)
    for x, count in places:
        for i, line in enumerate(islice(lines, count)):
            marks.append(Line(x + 9 * line.startswith("   "), 750 - 13 * i, line.strip()))
    marks += [Rule(60, 150, 120), Line(60, 138, "1", 5, rise=3), Line(66, 138, f"See note {number} of the ministry.", 8)]
    return marks, said


def make(folder: Path, pages: int) -> None:
    """A study ``pdf`` with so many pages, and a study ``others`` with the same text in other formats."""
    for name in ("pdf", "others"):
        subprocess.run([sys.executable, "-m", "rashomon", "init", str(folder / name)], check=True, capture_output=True)
        for example in (folder / name / "sources").iterdir():
            example.write_text("Nothing much.\n")
    text = paragraphs(sentences())
    for number, first in enumerate(range(0, pages, FILE)):
        some = [page(i, text) for i in range(first, min(first + FILE, pages))]
        (folder / "pdf" / "sources" / f"book-{number:04}.pdf").write_bytes(pdf([marks for marks, _ in some]))
        write(folder / "others" / "sources" / f"book-{number:04}", [one for _, said in some for one in said])


def write(stem: Path, said: list[str]) -> None:
    """The paragraphs as DOCX, HTML and TXT."""
    stem.with_suffix(".txt").write_text("\n\n".join(said), encoding="utf-8")
    body = "".join(f"<p>{html.escape(one)}</p>" for one in said)
    stem.with_suffix(".html").write_text(f"<!DOCTYPE html><html><body><h1>A book</h1>{body}</body></html>", encoding="utf-8")
    runs = "".join(f"<w:p><w:r><w:t>{html.escape(one)}</w:t></w:r></w:p>" for one in said)
    with zipfile.ZipFile(stem.with_suffix(".docx"), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{runs}</w:body></w:document>")


def by_us(folder: Path) -> int:
    """Passages that are in the study's store, once it is read."""
    import rashomon

    found = rashomon.open(folder).read()
    assert not found.skipped
    return sum(row.passages for row in found.rows)


def by_pypdf(folder: Path) -> int:
    """Letters that pypdf finds."""
    import pypdf

    files = sorted(folder.glob("sources/*.pdf"))
    return sum(len(one.extract_text()) for file in files for one in pypdf.PdfReader(file).pages)


RUNS: tuple[tuple[str, str, Callable[[Path], int]], ...] = (
    ("rashomon, PDF", "pdf", by_us), ("pypdf, PDF", "pdf", by_pypdf), ("rashomon, others", "others", by_us),
)  # fmt: skip


def measured(work: Callable[[Path], int], folder: Path) -> dict[str, float]:
    """What this process, and those that it starts, need for the work, imports included."""
    begun = time.perf_counter()
    found = work(folder)
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "clock": time.perf_counter() - begun,
        "processor": sum(one.ru_utime + one.ru_stime for one in usage),
        "own": usage[0].ru_maxrss / 1024,
        "theirs": usage[1].ru_maxrss / 1024,
        "found": found,
    }


def main() -> None:
    """Make the studies, run each reader on them, print a table."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--pages", type=int, nargs="+", default=[500, 2000])
    arguments.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.one:
        (work,) = (work for name, _, work in RUNS if name == given.one[0])
        print(json.dumps(measured(work, Path(given.one[1]))))
        return
    print(f"{'pages':>7} {'reader':<17} {'/min clock':>10} {'/min CPU':>9} {'MB own':>7} {'MB child':>8} {'found':>9}")
    for pages in given.pages:
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder), pages)
            for name, study, _ in RUNS:
                run = json.loads(_run("--one", name, f"{folder}/{study}"))
                speeds = (60 * pages / run["clock"], 60 * pages / run["processor"])
                memory = f"{run['own']:>7.0f} {run['theirs']:>8.0f}"
                print(f"{pages:>7} {name:<17} {speeds[0]:>10.0f} {speeds[1]:>9.0f} {memory} {run['found']:>9.0f}", flush=True)


def _run(*arguments: str) -> str:
    """A process of its own: memory that this one has held would count as that of its children."""
    return subprocess.run([sys.executable, __file__, *arguments], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()

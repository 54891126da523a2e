"""Studies side by side as one page that opens offline."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from rashomon.reporting.document import (
    Article,
    Badge,
    Block,
    Break,
    Bullets,
    Column,
    Finding,
    Para,
    Row,
    Section,
    Small,
    Strong,
    Table,
    Text,
    columns_of,
)
from rashomon.reporting.pairing.beside import Beside, Pairs
from rashomon.reporting.pairing.frames import Frame
from rashomon.reporting.pairing.gauges import HUNG
from rashomon.reporting.pairing.likening import DIFFER, NONE, UNLIKE
from rashomon.reporting.pairing.saying import by_frames, by_measure, figure, resting_figures, resting_on, shown
from rashomon.reporting.wording import interval, join
from rashomon.study.files import unwritable, write_atomically
from rashomon.texts import count

_BADGES = {"told apart": "apart", "cannot be told apart": "open", "refused": "against", "not compared": "public"}
_HEAD: Final = 4096  # bytes in which a page says what made it


def write_pairs(pairs: Pairs, out: str | os.PathLike[str]) -> Path:
    """Write the page to the file ``out``, whole or not at all; returns its path. R006 where something else stands there."""
    from rashomon.reporting.article import anchors
    from rashomon.reporting.bundle import bundle
    from rashomon.reporting.html import render

    article = pairs_article(pairs)
    path = Path(out)
    if path.is_file() and b'content="Rashomon' not in path.read_bytes()[:_HEAD]:
        raise unwritable(path, "a file that is no page of Rashomon stands there")
    write_atomically(path, render(article, anchors(article), bundle()).encode())
    return path


def pairs_article(pairs: Pairs) -> Article:
    """The page: what can be told apart, the frames, and the figures part by part."""
    parts = list(dict.fromkeys(row.part for row in pairs.rows))
    sections = [_frames(pairs), *(_part(pairs, part) for part in parts), *_skipped(pairs)]
    numbered = tuple(
        Section(one.anchor, f"{number}. {one.title}", one.blocks) for number, one in enumerate(sections, 1)
    )
    return Article(
        title="Pairs side by side", subtitle=join(frame.title for frame in pairs.frames), language="en", answer=_answer(pairs),
        abstract=(
            "One frame over several relationships: the same figures of each, with their bands and what they rest on. Bands that overlap "
            "cannot be told apart and are not ranked; a comparison with what nobody recorded is refused.",
        ),
        findings=tuple(_finding(*one) for one in by_measure(pairs) if one[0].verdict == "told apart"),
        unsettled=tuple(_finding(*one) for one in by_measure(pairs) if one[0].verdict == "cannot be told apart"), sections=numbered, colophon=_colophon(),
    )  # fmt: skip


def _answer(pairs: Pairs) -> tuple[Text, ...]:
    """How many figures can be told apart, and in each study with games what agreement failed on."""
    heads = [head for head, _ in by_measure(pairs)]
    counts = [(verdict, sum(head.verdict == verdict for head in heads)) for verdict in _BADGES]
    said = join(f"{n} {verdict}" for verdict, n in counts if n)
    return (f"Of {count(len(heads), 'figure')}: {said}.",), *_failed_on(pairs)


def _failed_on(pairs: Pairs) -> Iterator[Text]:
    """Whether misperception or wants weighed more in each study's games, as far as these say."""
    for frame in pairs.frames:
        found = {row.measure: row for row in pairs.rows if row.study == frame.study and row.measure in HUNG and row.estimate.n}
        if len(found) == len(HUNG):
            one, other = (found[measure].estimate for measure in HUNG)
            first, second = (f"{figure(found[measure])} of {{}} on {measure.partition(' on ')[2]}" for measure in HUNG)
            verdict = "more on the former" if one.low > other.high else "more on the latter" if other.low > one.high else "on which more cannot be told"
            yield Strong(frame.study), f": in its games {first.format('the failure hung')}, and {second.format('it')}: {verdict}."


def _finding(head: Beside, rows: Sequence[Beside]) -> Finding:
    """What was, or was not, told apart in one measure."""
    there = [row for row in rows if row.estimate.n]
    values = join(f"{row.study} {figure(row)}" for row in there)
    n, voices = sum(row.estimate.n for row in there), min(row.estimate.voices for row in there)
    said: Text = (Strong(_named(head)), f": {values}; {head.because}.")
    return Finding(said, n, "observations", voices, (), (), _anchor(head.part), head.verdict == "told apart")


def _anchor(part: str) -> str:
    return part.lower().replace(" ", "-")


def _named(row: Beside) -> str:
    return f"{row.measure}{f' ({row.of})' if row.of else ''}{f', {row.within}' if row.within else ''}"


def _frames(pairs: Pairs) -> Section:
    """What stands behind each study's figures, one column a study."""
    lines: list[tuple[str, Sequence[str]]] = [
        ("Sides", [join(frame.sides) for frame in pairs.frames]),
        ("Time", [interval(frame.span) for frame in pairs.frames]),
        ("Records", [_counts(frame.records) for frame in pairs.frames]),
        ("Games", [str(frame.games) for frame in pairs.frames]),
        ("Sources, voices", [f"{frame.sources}, {frame.voices}" for frame in pairs.frames]),
        ("Kinds of sources", [_counts(frame.kinds) for frame in pairs.frames]),
        ("Layers on record", [", ".join(frame.layers) or "none" for frame in pairs.frames]),
        ("Basis of statements", [_counts(frame.basis) for frame in pairs.frames]),
        ("Coders", [_counts(frame.coders) for frame in pairs.frames]),
        ("Cells of the coverage map", [_cells(frame) for frame in pairs.frames]),
    ]
    made = tuple(Row(((Strong(name),), *((said,) for said in cells))) for name, cells in lines)
    text: Text = ("What was recorded decides what can be found: figures are like only where these are.",)
    table = Table("tab-frames", (Strong("The frames of the studies. "),), _columns(pairs, "What"), made, len(made))
    return Section("frames", "The frames", (Para(text), table, *_likeness(pairs)))


_LIKENESS = {UNLIKE: "against", DIFFER: "apart", NONE: "alike"}


def _likeness(pairs: Pairs) -> Iterator[Table]:
    """In what every two frames are alike and in what not, and which figures rest on that."""
    for one, other, rows in by_frames(pairs):
        made = tuple(
            Row(
                (
                    (Strong(row.trait), Break(), Small(f"of {row.table}")), *((shown(row.trait, shares),) for shares in (row.first, row.second)),
                    (Badge(row.verdict, _LIKENESS.get(row.verdict, "open")), Break(), Small(row.because)),
                    (join(resting_figures(pairs, row)) or "none that is compared",),
                )
            )
            for row in rows
        )  # fmt: skip
        caption: Text = (
            Strong(f"Are the frames of {one} and {other} alike? "),
            "Voices, not records, are dealt to the studies at random, and p is adjusted after Holm. Whether words are the original’s or a "
            "translation’s no study records; what a source has through another is told apart.",
        )
        columns = columns_of((("Trait", 16), (one, 20), (other, 20), ("Alike?", 24), ("Compared figures that rest on it", 20)))
        yield Table(f"tab-likeness-{one}-{other}", caption, columns, made, len(made))


def _columns(pairs: Pairs, head: str, *more: tuple[str, int]) -> tuple[Column, ...]:
    width = (80 - sum(one for _, one in more)) // len(pairs.frames)
    return columns_of([(head, 20), *((frame.study, width) for frame in pairs.frames), *more])


def _counts(items: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {n:,}" for name, n in items[:6]) or "none"


def _cells(frame: Frame) -> str:
    return f"{count(frame.cells, 'cell')} with records, {count(frame.empty, 'stretch', 'stretches')} without"


def _part(pairs: Pairs, part: str) -> Section:
    made = []
    for head, rows in by_measure(pairs):
        if head.part == part:
            cells = {row.study: row for row in rows}
            told = [_cell(cells.get(frame.study)) for frame in pairs.frames]
            verdict: Text = (Badge(head.verdict, _BADGES[head.verdict]), Break(), Small(head.because))
            made.append(Row(((Strong(_named(head)),), *told, verdict)))
    anchor = _anchor(part)
    table = Table(f"tab-{anchor}", (Strong(f"{part}. "), "With bands and what they rest on."), _columns(pairs, "Figure", ("Verdict", 24)),
                  tuple(made), 20)  # fmt: skip
    return Section(anchor, part, (table,))


def _cell(row: Beside | None) -> Text:
    if row is None:
        return ("–",)
    rests = resting_on(row)
    return (figure(row), Break(), Small(rests)) if rests else (figure(row),)


def _skipped(pairs: Pairs) -> list[Section]:
    if not pairs.skipped:
        return []
    items = tuple((f"{folder}: {count(len(faults), 'fault')}, first {faults[0].code} {faults[0].message}",) for folder, faults in pairs.skipped)
    blocks: tuple[Block, ...] = (Bullets(items),)
    return [Section("skipped", "Studies that were skipped", blocks)]


def _colophon() -> Text:
    from rashomon import __version__

    return (f"Rashomon {__version__}. This page is one file: it asks nothing of any network. The numbers behind it: rashomon compare --json.",)

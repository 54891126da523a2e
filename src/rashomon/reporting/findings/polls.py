"""What is found in printed figures: how far they moved, and which need a second look."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from rashomon.reporting.document import Em, Finding, Inline, Text
from rashomon.reporting.findings.making import capital, finding
from rashomon.reporting.telling import Telling
from rashomon.reporting.wording import brief, join, share, unique
from rashomon.texts import count


def polls(telling: Telling) -> Finding | None:
    """For each side's population, the series about the other side that moved furthest."""
    found = [rows for side in unique(telling.mains) if (rows := _furthest(telling, side))]
    if not found:
        return None
    parts: list[Inline] = []
    for rows in found:
        parts += ["; "] if parts else []
        parts += _moved(telling, rows)
    rows = [row for one in found for row in one]
    anchor = f"fig-poll-{found[0][0].question}"
    return finding(telling, capital(tuple(parts)), len(rows), "figure", anchor, rows, records=[row.id for row in rows])


def _furthest(telling: Telling, side: str) -> list[Any]:
    """Figures of one question, answer, population, pollster and mode, five waves or more, that range furthest; in order of time."""
    study = telling.study
    others = set(telling.mains) - {side}
    series: defaultdict[tuple[str, ...], list[Any]] = defaultdict(list)
    for row in telling.measures.polls.rows:
        target = row.topic.partition(":")[0]
        of_other = row.path and ":" in row.topic and "->" not in row.topic and study.side_of(target) in others
        if row.relation == "=" and row.unit == "percent" and of_other and study.side_of(row.path.split(" > ")[0]) == side:
            series[row.question, row.answer, row.population, row.pollster, row.mode, row.base].append(row)
    long = [sorted(rows, key=lambda row: row.start) for rows in series.values() if len({row.start for row in rows}) > 4]
    return max(long, key=lambda rows: (max(r.share for r in rows) - min(r.share for r in rows), len(rows)), default=[])


def _moved(telling: Telling, rows: Sequence[Any]) -> list[Inline]:
    names, first, last = telling.names, rows[0], rows[-1]
    ends = (max(rows, key=lambda row: row.share), min(rows, key=lambda row: row.share))
    label = {ends[0].id: "highest", ends[1].id: "lowest"}
    between = sorted((one for one in ends if one.share not in (first.share, last.share)), key=lambda row: row.start)
    way = f"; {join(f'{label[one.id]}: {_wave(one)}' for one in between)}" if between else ""
    wording = brief(first.wording) or first.question
    asked = ", ".join(part for part in (first.pollster if first.pollster not in wording else "", first.mode) if part)
    return [
        f"of {names.the(first.population)}, {_wave(first)} and {_wave(last)} answered “{names.answer(first.answer)}” to ", Em(wording),
        f" ({asked}{way})" if asked else f" ({way[2:]})" if way else "",
    ]  # fmt: skip


def _wave(row: Any) -> str:
    return f"{share(row.share)} % in {row.start[:4]}"


def doubtful(telling: Telling) -> Finding | None:
    """Which printed figures need a second look."""
    rows = telling.measures.figures.rows
    if not rows:
        return None
    counts = Counter(row.kind for row in rows)
    first = min(rows, key=lambda row: ("impossible", "suspect", "differing").index(row.kind))
    said = join(f"{n} {kind}" for kind, n in counts.items())
    names = telling.names
    shown = join(f"{figure} “{names.answer(answer)}”" for figure, answer in zip(first.figures, first.answers, strict=True))
    text: Text = (
        f"{count(len(rows), 'set')} of printed figures {'needs' if len(rows) == 1 else 'need'} a second look ({said}): for instance "
        f"{shown}, to ", Em(join(unique(map(names.question, first.questions)))), f" ({why_doubtful(first)}).",
    )  # fmt: skip
    return finding(telling, text, sum(row.n for row in rows), "figure", "figures", rows)


def why_doubtful(row: Any) -> str:
    """Why figures need a second look, without the figures themselves, which stand beside it."""
    head, colon, told = row.because.partition(": ")
    _, semicolon, chance = told.partition("; ")
    return f"{head}{semicolon}{chance}" if colon else re.sub(r" \([^)]*\)$", "", head)

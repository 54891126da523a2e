"""What the outcomes of a coder's proposals say on the command line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from rashomon.coding.outcomes import Outcome, Outcomes
from rashomon.coding.telling import with_band
from rashomon.texts import count

_STEP: Final = 50  # proposals that a person may look at in one go
_HEADS: Final = ("n", "path", "path, topic", "and stance", "as it was", "certainty")
_TOLD: Final = {
    "too sure": "It is too sure here: it says {said:.2f} in the mean, and {right} were right.",
    "too modest": "It is too modest here: it says {said:.2f} in the mean, and {right} were right.",
    "not contradicted": "Its certainties are not contradicted: it says {said:.2f} in the mean, and {right} were right.",
    "undetermined": "Whether its certainties hold is undetermined: {because}.",
}


def outcome_lines(every: Sequence[Outcomes]) -> Iterator[str]:
    """Of each coder how many proposals were decided, the shares that stand, and whether its certainties hold."""
    if not every:
        yield "No coder has proposed anything yet: rashomon code STUDY"
    for number, found in enumerate(every):
        yield from ("",) * (number > 0)
        yield from _lines(found)


def _lines(found: Outcomes) -> Iterator[str]:
    yield f"{found.coder}: {count(found.proposals, 'proposal')}, {found.decided:,} decided."
    if found.adjudicated:
        yield f"Not counted: {found.adjudicated:,} adjudicated beside another coder's."
    if found.random:
        yield f"The first {found.drawn:,} of an order drawn at random are decided without a gap; the shares below are of these."
    elif found.decided:
        yield "The shares below are of what was picked for a decision. They need not hold for the rest."
    if found.decided:
        yield from _shares(found.rows)
    if found.drawn < found.proposals:
        further = min(found.proposals, found.drawn - found.drawn % _STEP + _STEP)
        yield f"To learn more: rashomon review STUDY --coder {found.coder} --drawn {further}"


def _shares(rows: Sequence[Outcome]) -> Iterator[str]:
    """A line for all, and for each part of which shares are known; then what they say of the coder's certainties."""
    first, *parts = rows
    known = [row for row in parts if not math.isnan(row.path.estimate)]
    yield _columns("", _HEADS)
    for row in (first, *known):
        said = "–" if math.isnan(row.certainty) else f"{row.certainty:.2f}"
        name = "all" if row.by == "all" else f"  {row.by} {row.of}"
        yield _columns(name, (f"{row.n:,}", *map(with_band, (row.path, row.topic, row.stance, row.whole)), said))
    if len(known) < len(parts):
        yield "  Not shown: parts of which fewer than ten were decided."
    yield _TOLD[first.verdict].format(said=first.certainty, right=with_band(first.topic), because=first.because)
    bands = f" In brackets: bands of {first.path.level:.0%}, clustered by {count(first.documents, 'document')}."
    yield "Right is what stands in statements.csv as it was proposed." + bands * (first.path.low == first.path.low)


def _columns(name: str, cells: Sequence[str]) -> str:
    return f"{name:<20}{cells[0]:>6}" + "".join(f"{cell:>19}" for cell in cells[1:-1]) + f"{cells[-1]:>11}"

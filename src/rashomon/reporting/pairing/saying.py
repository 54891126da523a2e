"""Studies side by side in words, and in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rashomon.reporting.pairing.beside import Beside, Pairs
from rashomon.reporting.pairing.likening import KINDS, NONE, VOICES, Likeness
from rashomon.reporting.wording import band, interval, join, number, spread
from rashomon.texts import count, counted


def figure(row: Beside) -> str:
    """A figure with its band, or why it has none; bounds stand without a middle."""
    one = row.estimate
    if one.estimate != one.estimate:
        return f"{spread(one.low, one.high)} (bounds)" if one.low == one.low else row.missing
    said = number(one.estimate)
    return f"{said} [{band(one)}]" if one.low == one.low else f"{said} (no band: {row.missing})"


def resting_on(row: Beside) -> str:
    """How many observations and voices a figure rests on, and of which period."""
    one = row.estimate
    if not one.n:
        return ""
    return ", ".join((f"n = {one.n:,}", *((count(one.voices, "voice"),) if one.voices else ()), *((row.time,) if row.time else ())))


def by_measure(pairs: Pairs) -> Iterator[tuple[Beside, list[Beside]]]:
    """The rows of each measure together, with the first of them."""
    groups: dict[tuple[str, str, str, str], list[Beside]] = {}
    for row in pairs.rows:
        groups.setdefault((row.part, row.measure, row.of, row.within), []).append(row)
    for rows in groups.values():
        yield rows[0], rows


def by_frames(pairs: Pairs) -> Iterator[tuple[str, str, list[Likeness]]]:
    """Every two studies, and in what their frames are alike or not."""
    for one, other in dict.fromkeys((row.one, row.other) for row in pairs.likeness):
        yield one, other, [row for row in pairs.likeness if (row.one, row.other) == (one, other)]


def resting_figures(pairs: Pairs, row: Likeness) -> list[str]:
    """The figures that were compared and rest on what two studies are alike, or not, in."""
    return list(dict.fromkeys(head.measure for head, _ in by_measure(pairs) if head.part in row.parts and head.verdict in _COMPARED))


_COMPARED: Final = ("told apart", "cannot be told apart")
_KINDS_SHOWN: Final = 4


def shown(trait: str, shares: Sequence[tuple[str, float]]) -> str:
    """The commonest kinds with their shares in percent; of periods each with its number of voices."""
    said = [
        f"{kind} {share:.0f}" if trait == VOICES else f"{KINDS.get(kind, kind)} {100 * share:.0f} %"
        for kind, share in shares[:_KINDS_SHOWN]
    ]
    left = len(shares) - len(said)
    return ", ".join((*said, *((f"{left} more",) if left > 0 else ())))


def _likeness_lines(pairs: Pairs) -> Iterator[str]:
    """In what every two frames differ or cannot be told to, and what then rests on it; where none is found only that."""
    for one, other, rows in by_frames(pairs):
        yield f"\nThe frames of {one} and {other}"
        for row in rows:
            if row.verdict != NONE:
                yield f"  {row.trait} of {row.table}: {row.verdict} ({row.because})"
                yield f"    {one}: {shown(row.trait, row.first)}; {other}: {shown(row.trait, row.second)}"
                yield f"    figures that rest on it: {join(resting_figures(pairs, row)) or 'none that is compared'}"
        alike = [f"{row.trait} of {row.table}" for row in rows if row.verdict == NONE]
        if alike:
            yield f"  {NONE}: {join(alike)}"


def pair_lines(pairs: Pairs) -> Iterator[str]:
    """The frames, in what they differ, then each measure with the studies' figures and the verdict."""
    for frame in pairs.frames:
        records = ", ".join(counted(n, name) for name, n in frame.records) or "no records"
        told = f"{count(frame.sources, 'source')}, {count(frame.voices, 'voice')}; {', '.join(f'{kind} {n}' for kind, n in frame.kinds)}"
        yield f"{frame.study}: {frame.sides[0]} and {frame.sides[1]}, {interval(frame.span)}; {records}; {told}"
    yield from _likeness_lines(pairs)
    part = ""
    for head, rows in by_measure(pairs):
        if head.part != part:
            part = head.part
            yield f"\n{part}"
        named = ", ".join(one for one in (head.of, head.within) if one)
        yield f"  {head.measure}{f' ({named})' if named else ''}: {head.verdict} ({head.because})"
        for row in rows:
            yield f"    {row.study:<16}{figure(row)}  {resting_on(row)}".rstrip()
    for folder, faults in pairs.skipped:
        yield f"\nSkipped: {folder}, which has {count(len(faults), 'fault')}; see rashomon check {folder}"

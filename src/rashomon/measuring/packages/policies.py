"""Policy lines over time, with their overlaps kept: two lines in force at once are both held, and never averaged.

A line is what one author set down under one title with the same clauses, over one or several stretches of time: packages of
kind ``policy``. Two lines of one author, or of one side, whose times overlap are *both held*; they may be so where that is
only possible. On an issue that both settle they *agree* where some position of the one agrees with some of the other, are *in
tension* where every pair excludes each other, and else the relation is *undetermined*: the positions are declared
compatible, or one says too little. Where the two hold under different conditions, positions that exclude each other are
*conditional*: they meet only if both conditions do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rashomon.measuring.misperception import compatible_positions
from rashomon.measuring.records.comparing import AGAINST, FOR, same_stance
from rashomon.study import Clause, Result, Stance, StudyData, When, format_day, overlap
from rashomon.study.provenance import note

BOTH_HELD: Final = "both held"
PERHAPS: Final = "may both have been held"
IN_TENSION, AGREE, CONDITIONAL, UNDETERMINED = "in tension", "agree", "conditional", "undetermined"

Compatible = Mapping[str, frozenset[frozenset[str]]]
NAN: Final = float("nan")


@dataclass(frozen=True, slots=True)
class Position:
    """What a line holds on one issue, and on which condition ("" for none)."""

    issue: str
    stance: Stance
    given: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A policy line: its id (that of its first package), authors and their sides, the times it was held, and what it holds."""

    id: str
    authors: frozenset[str]
    sides: frozenset[str]
    times: tuple[When, ...]
    positions: tuple[Position, ...]

    @property
    def lo(self) -> int:
        """The first day on which it can have been held."""
        return min(time.lo for time in self.times)

    @property
    def hi(self) -> int:
        """The last day on which it can have been held."""
        return max(time.hi for time in self.times)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two lines of one side that overlap: ``sure`` or only possibly, with the days ``lo``..``hi`` between which they do."""

    first: Line
    second: Line
    sure: bool
    lo: int
    hi: int


# the core


def meetings(lines: Iterable[Line]) -> tuple[Meeting, ...]:
    """All pairs of lines of one author or side whose times overlap, the one that begins earlier first.

    O(n log n) in lines, and linear in the pairs of one side whose outer bounds meet.
    """
    by_side: dict[str, list[Line]] = {}
    for line in lines:
        for side in line.sides:
            by_side.setdefault(side, []).append(line)
    found = {(one.first.id, one.second.id): one for group in by_side.values() for one in _sweep(group)}
    return tuple(sorted(found.values(), key=lambda one: (one.first.lo, one.first.id, one.second.lo, one.second.id)))


def _sweep(lines: Sequence[Line]) -> Iterator[Meeting]:
    open_: list[Line] = []
    for line in sorted(lines, key=lambda one: (one.lo, one.id)):
        open_ = [other for other in open_ if other.hi >= line.lo]
        for other in open_:
            meeting = _meet(other, line)
            if meeting is not None:
                yield meeting
        open_.append(line)


def _meet(first: Line, second: Line) -> Meeting | None:
    pairs = [(one, other, overlap(one, other)) for one in first.times for other in second.times]
    met = [(max(one.lo, other.lo), min(one.hi, other.hi), how) for one, other, how in pairs if how != "none"]
    if not met:
        return None
    sure = [one for one in met if one[2] == "sure"] or met
    return Meeting(first, second, sure[0][2] == "sure", min(one[0] for one in sure), max(one[1] for one in sure))


def relation(one: Sequence[Position], other: Sequence[Position], compatible: Compatible | None = None) -> str:
    """How what two lines hold on one issue stands to each other: agree, in tension, conditional or undetermined."""
    pairs = [(a, b) for a in one for b in other]
    signs = [same_stance(a.stance, b.stance, (compatible or {}).get(a.issue, frozenset())) for a, b in pairs]
    if FOR in signs:
        return AGREE
    if not signs or any(sign != AGAINST for sign in signs):
        return UNDETERMINED
    return CONDITIONAL if all(a.given != b.given for a, b in pairs) else IN_TENSION


def apart(one: Stance, other: Stance) -> tuple[float, float]:
    """The least and the greatest distance that two stances can have on a scale; NaN where one has no place on it.

    >>> apart(Stance("a", "position", "a", 0.25, 0.25), Stance("> b", "order", "b", 0.5, 1.0, ">"))
    (0.25, 0.75)
    """
    if math.isnan(one.lo) or math.isnan(other.lo):
        return NAN, NAN
    return max(0.0, one.lo - other.hi, other.lo - one.hi), max(one.hi - other.lo, other.hi - one.lo)


# the measure


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time as written, with its bounds. ``throughout``: held on every day of it, else on some."""

    when: str
    start: str
    end: str
    throughout: bool
    approximate: bool


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """A policy line. ``positions``: (issue, stance, condition) triples. ``both_held`` are the ids of lines of the same author
    or side that overlap with it, surely or perhaps, and ``in_tension`` those of them with which it is in tension. ``n``
    clauses of ``voices`` independent voices.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    sides: tuple[str, ...]
    packages: tuple[str, ...]
    intervals: tuple[Interval, ...]
    positions: tuple[tuple[str, str, str], ...]
    both_held: tuple[str, ...]
    in_tension: tuple[str, ...]
    n: int
    voices: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyOverlap:
    """Two lines of one author or side that overlap, on one issue that both settle.

    ``held``: both held, or may both have been held, between ``start`` and ``end``. ``relation``: in tension, agree,
    conditional or undetermined. ``least``..``greatest``: how far apart the positions are on the issue's scale (NaN:
    unplaced). ``same_author``: some author is of both; else they are only of one side.
    """

    first: str
    second: str
    same_author: bool
    sides: tuple[str, ...]
    issue: str
    first_position: str
    second_position: str
    held: str
    start: str
    end: str
    relation: str
    because: str
    least: float
    greatest: float
    n: int
    voices: int
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Policies(Result[PolicyLine]):
    """Policy lines in order of time, and the ``overlaps`` between them."""

    overlaps: tuple[PolicyOverlap, ...] = ()


def measure_policies(study: StudyData) -> Policies:
    """The policy lines of a study. Needs packages of kind ``policy``."""
    gathered = gather_lines(study)
    lines = {line.id: line for line, _ in gathered}
    clauses = {line.id: found for line, found in gathered}
    compatible = compatible_positions(study)
    pairs = meetings(lines.values())
    overlaps = tuple(row for pair in pairs for row in _overlaps(study, pair, clauses, compatible))
    met: dict[str, dict[str, None]] = {name: {} for name in lines}
    tense: dict[str, dict[str, None]] = {name: {} for name in lines}
    for pair in pairs:
        met[pair.first.id][pair.second.id] = met[pair.second.id][pair.first.id] = None
    for row in overlaps:
        if row.relation == IN_TENSION:
            tense[row.first][row.second] = tense[row.second][row.first] = None
    ordered = sorted(lines.values(), key=lambda line: (line.lo, line.id))
    rows = tuple(_line(study, line, clauses[line.id], tuple(met[line.id]), tuple(tense[line.id])) for line in ordered)
    used = [clause.source for found in clauses.values() for clause in found]
    return Policies(rows, note(study, "policy lines, overlaps kept", {}, None, len(used), used), overlaps)


def gather_lines(study: StudyData) -> list[tuple[Line, tuple[Clause, ...]]]:
    """The open policy lines of a study, each with its clauses: policies of one author and title with the same clauses."""
    table = study.packages
    at = study.open_rows("packages")
    at = at[table.kind.codes[at] == table.kind.code("policy")]
    packages: dict[str, list[Clause]] = {}
    for clause in table.rows(at):
        packages.setdefault(clause.id, []).append(clause)
    lines: dict[object, list[list[Clause]]] = {}
    for clauses in packages.values():
        first = clauses[0]
        said = frozenset((one.issue, one.stance.text, one.given) for one in clauses)
        lines.setdefault((first.author, first.title, said), []).append(clauses)
    return [_gathered(study, parts) for parts in lines.values()]


def _gathered(study: StudyData, parts: list[list[Clause]]) -> tuple[Line, tuple[Clause, ...]]:
    parts = sorted(parts, key=lambda clauses: (clauses[0].when.lo, clauses[0].id))
    first = parts[0][0]
    positions = tuple(Position(one.issue, one.stance, one.given) for one in parts[0])
    sides = frozenset(study.side_of(name) for name in first.author)
    times = tuple(clauses[0].when for clauses in parts)
    return Line(first.id, frozenset(first.author), sides, times, positions), tuple(
        one for part in parts for one in part
    )


def _line(
    study: StudyData, line: Line, clauses: tuple[Clause, ...], both_held: tuple[str, ...], in_tension: tuple[str, ...]
) -> PolicyLine:
    first = clauses[0]
    return PolicyLine(
        id=line.id, title=first.title, authors=first.author, sides=tuple(sorted(line.sides)),
        packages=tuple(dict.fromkeys(one.id for one in clauses)), intervals=tuple(map(_interval, line.times)),
        positions=tuple((one.issue, one.stance.text, one.given) for one in line.positions),
        both_held=both_held, in_tension=in_tension, n=len(clauses),
        voices=study.independent_voices(one.source for one in clauses),
        sources=tuple(sorted({one.source for one in clauses})),
    )  # fmt: skip


def _interval(time: When) -> Interval:
    return Interval(time.text, format_day(time.lo), format_day(time.hi), not time.within, time.approximate)


def _overlaps(
    study: StudyData, pair: Meeting, clauses: Mapping[str, tuple[Clause, ...]], compatible: Compatible
) -> Iterator[PolicyOverlap]:
    """One row for each issue that both lines settle, in the order of the first."""
    first, second = pair.first, pair.second
    for issue in dict.fromkeys(one.issue for one in first.positions):
        mine, theirs = ([one for one in line.positions if one.issue == issue] for line in (first, second))
        if not theirs:
            continue
        how = relation(mine, theirs, compatible)
        used = [one for line in (first, second) for one in clauses[line.id] if one.issue == issue]
        spans = [apart(a.stance, b.stance) for a in mine for b in theirs]
        least, greatest = min(one[0] for one in spans), max(one[1] for one in spans)
        held = BOTH_HELD if pair.sure else PERHAPS
        yield PolicyOverlap(
            first=first.id, second=second.id, same_author=bool(first.authors & second.authors),
            sides=tuple(sorted(first.sides & second.sides)), issue=issue, first_position=_said(mine),
            second_position=_said(theirs), held=held, start=format_day(pair.lo), end=format_day(pair.hi), relation=how,
            because=_because(how, held), least=least, greatest=greatest, n=len(used),
            voices=study.independent_voices(one.source for one in used),
            sources=tuple(sorted({one.source for one in used})),
        )  # fmt: skip


def _said(positions: Sequence[Position]) -> str:
    return "; ".join(one.stance.text + f" if {one.given}" * bool(one.given) for one in positions)


def _because(how: str, held: str) -> str:
    return {
        AGREE: f"{held}, with a position in common",
        IN_TENSION: f"{held}, with positions that exclude each other",
        CONDITIONAL: f"{held}, with positions that exclude each other, but on different conditions",
        UNDETERMINED: f"{held}; the positions are compatible, or one of them says too little",
    }[how]

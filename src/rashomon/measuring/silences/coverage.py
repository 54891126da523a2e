"""The frame of what was recorded: who is heard when, through whom and how.

The coverage map counts the accepted, open statements and poll figures of each side × layer × time × voice × basis. A record
counts in every year (or period) on which it bears:

- *surely*, where it was held throughout and its time and the year have a day in common, or where it was held on some day or
  days and all of the days in question lie in that year;
- *possibly*, where it was held on some day within several years, or where its time is approximate.

That is :func:`rashomon.study.overlap` of the record's time with a year taken as a whole. Nothing is split into fractions: a
view held in 1985–1988 was held in each of the four years. A sum over years therefore counts record-years, not records.

The layer is the holder's on the first day of its view in that year; where none is declared for that day, on the last. A side
named as such (a metonym) has none. A poll speaks with its pollster's voice, in however many pages it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import error, listing
from rashomon.measuring.records.bulk import build_rows, pick
from rashomon.measuring.records.comparing import STRENGTH
from rashomon.measuring.records.evidence import Numbers
from rashomon.measuring.records.layering import Layers
from rashomon.measuring.statistics.grouping import Ints
from rashomon.study import OPEN_HI, OPEN_LO, Polls, Result, Statements, StudyData, When
from rashomon.study.provenance import note

Bools = NDArray[np.bool_]

POLL: Final = "poll"
UNSTATED: Final = "unstated"
_BLOCK: Final = 4_000_000  # entries of a dense table that is held at once


@dataclass(frozen=True, slots=True)
class Time:
    """A year or a period: its name, and its first and last day."""

    name: str
    lo: int
    hi: int


@dataclass(frozen=True, eq=False)
class Held:
    """Records as arrays (n,): codes of holder, voice and basis; the days ``lo``..``hi`` (int64); ``whole``: held throughout
    them; ``vague``: the time is approximate.
    """

    holder: Ints
    voice: Ints
    basis: Ints
    lo: Ints
    hi: Ints
    whole: Bools
    vague: Bools

    def __len__(self) -> int:
        return len(self.holder)


@dataclass(frozen=True, eq=False)
class CoverageMap:
    """The map as arrays (m,), one entry a cell with at least one record, in order of side, layer, time, voice, basis.

    ``side``, ``voice`` and ``basis`` are codes into the names; ``layer`` the place of the layer, −1 for none; ``time`` a
    place in ``times``. ``sure`` and ``possible`` count records; no record counts in both. ``unplaced``: poll figures of
    populations that are no declared actor, and so have no cell. ``records`` went in.
    """

    times: tuple[Time, ...]
    sides: tuple[str, ...]
    layers: tuple[str, ...]
    voices: tuple[str, ...]
    bases: tuple[str, ...]
    side: Ints
    layer: Ints
    time: Ints
    voice: Ints
    basis: Ints
    sure: Ints
    possible: Ints
    records: int
    unplaced: int

    def __len__(self) -> int:
        return len(self.side)


# the core: arrays in, arrays out


def touched(held: Held, times: Sequence[Time]) -> tuple[Ints, Ints, Bools]:
    """For each record the first and last of ``times`` (disjoint, in order) that it touches, and whether it surely does.

    Where it touches none, the first is after the last. Shapes (n,).
    """
    lo, hi = (np.array([getattr(one, name) for one in times], np.int64) for name in ("lo", "hi"))
    first = np.searchsorted(hi, held.lo, "left").astype(np.int64)
    last = np.searchsorted(lo, held.hi, "right").astype(np.int64) - 1
    at = np.minimum(first, len(times) - 1)
    inside = (first == last) & (lo[at] <= held.lo) & (held.hi <= hi[at])
    return first, last, ~held.vague & (held.whole | inside)


def count_runs(group: Ints, first: Ints, last: Ints, groups: int, width: int) -> tuple[Ints, Ints, Ints]:
    """How many of the runs ``first``..``last`` (places 0..width−1) of each group cover each place.

    Three arrays: group, place and count, where the count is not 0. O(runs + groups × width), in bounded memory.
    """
    order = np.argsort(group, kind="stable")
    group, first, last = group[order], first[order], last[order]
    block = max(1, _BLOCK // (width + 1))
    found: list[tuple[Ints, Ints, Ints]] = []
    for start in range(0, groups, block):
        end = min(start + block, groups)
        a, b = np.searchsorted(group, [start, end])
        row = (group[a:b] - start) * (width + 1)
        size = (end - start) * (width + 1)
        steps = np.bincount(row + first[a:b], minlength=size) - np.bincount(row + last[a:b] + 1, minlength=size)
        table = np.cumsum(steps.reshape(-1, width + 1), axis=1)
        where, place = np.nonzero(table)
        found.append((where.astype(np.int64) + start, place.astype(np.int64), table[where, place].astype(np.int64)))
    empty = np.zeros(0, np.int64)
    a_, b_, c_ = (np.concatenate([part[i] for part in found]) if found else empty for i in range(3))
    return a_, b_, c_


# from the study to the map


def map_coverage(study: StudyData, by: str = "year", depth: int | None = None, topic: str | None = None) -> CoverageMap:
    """The coverage map of a study, by ``year`` or by declared ``period``; of one depth of path or topic where asked.

    Needs statements or polls. O(n log n) in records, and linear in cells. R502 for another ``by``.
    """
    names, voices, bases = Numbers[str](), Numbers[str](), Numbers[str]()
    for basis in (*filter(None, STRENGTH), UNSTATED, POLL):
        bases(basis)  # so that cells stand in order of strength
    parts, unplaced = [], 0
    for table in (study.statements, study.polls):
        part, lost = _gather(study, table, (names, voices, bases), depth, topic)
        parts.append(part)
        unplaced += lost
    held = Held(*(np.concatenate([getattr(part, name) for part in parts]) for name in Held.__dataclass_fields__))
    holders = tuple(names.of)
    layers = Layers(study, holders)
    sides = tuple(one.id for one in study.declared.sides)
    side_of = np.array([sides.index(study.side_of(name)) for name in holders] or [0], np.int64)
    times = _times(study, by, held)
    frames = _frames(times)
    starts = accumulate(map(len, frames), initial=0)
    cells = [_cells(held, one, layers, len(voices.of), len(bases.of)) for one in frames]
    sizes = (layers.count + 1, len(times), len(voices.of), len(bases.of))
    columns = _assemble(list(zip(cells, starts, strict=False)), side_of, sizes)
    levels = tuple(one.id for one in study.declared.layers)
    return CoverageMap(times, sides, levels, tuple(voices.of), tuple(bases.of), *columns, len(held), unplaced)


def _gather(
    study: StudyData,
    table: Statements | Polls,
    numbers: tuple[Numbers[str], Numbers[str], Numbers[str]],
    depth: int | None,
    topic: str | None,
) -> tuple[Held, int]:
    """The open records of one table, and how many figures have no holder."""
    names, voices, bases = numbers
    at = study.open_rows("statements" if isinstance(table, Statements) else "polls")
    if depth is not None:
        # a figure without a path is the population's own view
        at = at[np.append(table.paths.depth[:-1], 1)[table.path.codes[at]] == depth]
    if topic is not None:
        at = at[table.topic.codes[at] == _topic_code(table, topic)]
    told = table.source.each(lambda source: voices(study.voice(source)), np.int64, -1)[at]
    holder = table.paths.of_holder(names, np.int64, -1)[table.path.codes[at]]
    if isinstance(table, Polls):
        pollster = table.pollster.each(voices, np.int64, -1)[at]
        told = np.where(pollster >= 0, pollster, told)
        basis = np.full(len(at), bases(POLL), np.int64)
        holder = np.where(holder >= 0, holder, _populations(study, table, names)[at])
    else:
        basis = table.basis.each(bases, np.int64, bases(UNSTATED))[at]
    keep = holder >= 0
    time = table.when

    def read(what: Any, dtype: Any) -> Any:
        return time.each(what, dtype, 0)[at][keep]

    held = Held(
        holder[keep], told[keep], basis[keep], read(lambda one: one.lo, np.int64), read(lambda one: one.hi, np.int64),
        read(lambda one: not one.within or one.lo == one.hi, np.bool_), read(lambda one: one.approximate, np.bool_),
    )  # fmt: skip
    return held, int(len(at) - np.count_nonzero(keep))


def _topic_code(table: Statements | Polls, topic: str) -> int:
    return next((i for i, one in enumerate(table.topic.values) if one.text == topic), -2)


def _populations(study: StudyData, polls: Polls, names: Numbers[str]) -> Ints:
    """The population of each figure where it is the id of an actor or side, else −1."""
    known = {actor.id for actor in study.declared.actors} | {side.id for side in study.declared.sides}
    return polls.population.each(lambda one: names(one) if one in known else -1, np.int64, -1)


def _times(study: StudyData, by: str, held: Held) -> tuple[Time, ...]:
    """The years of the study's span, as far as the view's day; or its declared periods (none declared: its whole span)."""
    span = study.declared.study.span
    if by not in ("year", "period"):
        raise error("R502", "Coverage is by year or by period.", found=repr(by), allowed="year, period")
    if by == "period" and study.declared.periods:
        periods = tuple(Time(one.id, one.when.lo, one.when.hi) for one in study.declared.periods)
        return tuple(one for one in periods if study.day is None or one.lo <= study.day)
    lo, hi = _ends(span, held)
    if by == "period":
        return (Time("all", lo, hi),)
    hi = hi if study.day is None else min(hi, max(study.day, lo))
    years = range(date.fromordinal(lo).year, date.fromordinal(hi).year + 1)
    return tuple(Time(str(year), date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()) for year in years)


def _ends(span: When, held: Held) -> tuple[int, int]:
    """The span's ends; an open one is that of the records."""
    lo, hi = span.lo, span.hi
    if lo == OPEN_LO:
        lo = int(held.lo[held.lo > OPEN_LO].min(initial=min(hi, OPEN_HI - 1)))
    if hi == OPEN_HI:
        hi = int(max(held.hi[held.hi < OPEN_HI].max(initial=lo), held.lo.max(initial=lo)))
    return lo, max(lo, hi)


def _frames(times: tuple[Time, ...]) -> list[tuple[Time, ...]]:
    """Times split so that those of one part are disjoint and in order: all together, or else one by one."""
    apart = all(one.hi < other.lo for one, other in pairwise(times))
    return [times] if apart and times else [(one,) for one in times]


@dataclass(frozen=True, eq=False)
class _Cells:
    """Counts (m,) by holder, layer, time, voice and basis, sure or not; keys may come more than once."""

    holder: Ints
    layer: Ints
    time: Ints
    voice: Ints
    basis: Ints
    sure: Bools
    count: Ints


def _cells(held: Held, times: tuple[Time, ...], layers: Layers, n_voices: int, n_bases: int) -> _Cells:
    first, last, sure = touched(held, times)
    rows = np.flatnonzero(first <= last)
    first, last, sure = first[rows], last[rows], sure[rows]
    holder, voice, basis = held.holder[rows], held.voice[rows], held.basis[rows]
    lo, hi = (np.array([getattr(one, name) for one in times], np.int64) for name in ("lo", "hi"))
    width, n_layers = len(times), layers.count + 1
    # where a view begins, its own first day says in which layer; from then on the first day of each time does
    start = layers.during(holder, np.maximum(held.lo[rows], lo[first]), np.minimum(held.hi[rows], hi[first])) + 1
    key = ((holder * n_voices + voice) * n_bases + basis) * 2 + sure
    begun, count = np.unique((key * n_layers + start) * width + first, return_counts=True)
    more = np.flatnonzero(last > first)
    distinct, group = np.unique(key[more], return_inverse=True)
    run, place, runs = count_runs(group.astype(np.int64), first[more] + 1, last[more], len(distinct), width)
    key = np.concatenate([begun // width // n_layers, distinct[run]])
    holder = key // 2 // n_bases // n_voices
    time = np.concatenate([begun % width, place])
    later = layers.during(holder[len(begun) :], lo[place], hi[place])
    layer = np.concatenate([begun // width % n_layers - 1, later])
    voice, basis = key // 2 // n_bases % n_voices, key // 2 % n_bases
    return _Cells(holder, layer, time, voice, basis, key % 2 == 1, np.concatenate([count, runs]))


def _assemble(
    parts: list[tuple[_Cells, int]], side_of: Ints, sizes: tuple[int, int, int, int]
) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints]:
    """Counts of holders, of frames that begin at a time each, as counts of sides.

    ``sizes`` are the numbers of layers (with none), times, voices and bases. Side, layer, time, voice, basis, sure, possible.
    """

    def join(name: str) -> Any:
        return np.concatenate([getattr(cells, name) for cells, _ in parts]) if parts else np.zeros(0, np.int64)

    time = np.concatenate([np.zeros(0, np.int64), *(cells.time + start for cells, start in parts)])
    key = side_of[join("holder")]
    for column, size in zip((join("layer") + 1, time, join("voice"), join("basis")), sizes, strict=True):
        key = key * size + column
    distinct, of = np.unique(key, return_inverse=True)
    columns: list[Ints] = []
    rest = distinct
    for size in reversed(sizes):
        columns.append(rest % max(size, 1))
        rest = rest // max(size, 1)
    basis, voice, time, layer = columns
    count, sure = join("count"), join("sure").astype(np.bool_)
    sums = [np.bincount(of[one], count[one], len(distinct)).astype(np.int64) for one in (sure, ~sure)]
    return rest, layer - 1, time, voice, basis, sums[0], sums[1]


# questions to the map


@dataclass(frozen=True, slots=True)
class Covered:
    """What a part of the map holds: ``sure`` and ``possible`` record-times, of ``voices`` voices."""

    sure: int
    possible: int
    voices: int

    def __bool__(self) -> bool:
        return self.sure + self.possible > 0


def covered(
    frame: CoverageMap,
    *,
    side: str | None = None,
    layer: str | None = None,
    time: str | None = None,
    voice: str | None = None,
    basis: str | None = None,
) -> Covered:
    """What the map holds of a side, layer ("": none), time, voice or basis; None stands for all. False where nothing."""
    names = {
        "side": (frame.sides, side), "layer": (frame.layers, layer), "voice": (frame.voices, voice),
        "time": (tuple(one.name for one in frame.times), time), "basis": (frame.bases, basis),
    }  # fmt: skip
    keep = np.ones(len(frame), np.bool_)
    for column, (known, name) in names.items():
        if name is not None:
            code = known.index(name) if name in known else -1 if column == "layer" and not name else -2
            keep &= getattr(frame, column) == code
    voices = len(np.unique(frame.voice[keep]))
    return Covered(int(frame.sure[keep].sum()), int(frame.possible[keep].sum()), voices)


def require_covered(frame: CoverageMap, cells: Iterable[tuple[str, str | None, str | None]]) -> None:
    """Refuse (R501) a comparison over cells of which one is empty; each is a side, a layer and a time (None: any)."""
    for side, layer, time in cells:
        if not covered(frame, side=side, layer=layer, time=time):
            where = ", ".join(part for part in (side, layer, time) if part)
            held = [one for one in frame.sides if covered(frame, side=one, time=time)]
            raise error(
                "R501",
                "A comparison over an empty cell is refused: nothing is recorded there.",
                found=f"no record of {where}",
                allowed=f"recorded{' in ' + time if time else ''}: {listing(held) or 'nothing'}",
                remedy="Compare where both are recorded (see the coverage map), or code records for that cell.",
            )


@dataclass(frozen=True, slots=True)
class EmptyCells:
    """A stretch of ``n`` times, ``first`` to ``last``, in which nothing is recorded of a layer of a side."""

    side: str
    layer: str
    first: str
    last: str
    n: int


def empty_cells(study: StudyData, frame: CoverageMap, sides: Sequence[str] | None = None) -> tuple[EmptyCells, ...]:
    """Where nothing is recorded: layers of ``sides`` (None: all) that have a declared actor, by stretches of time."""
    filled = np.zeros((len(frame.sides), len(frame.layers) + 1, len(frame.times)), np.bool_)
    filled[frame.side, frame.layer, frame.time] = True  # layer −1 is the last place
    peopled = {(actor.side, layer) for actor in study.declared.actors for layer in _layers_of(actor)}
    found: list[EmptyCells] = []
    for s, side in enumerate(frame.sides):
        for place, layer in enumerate(frame.layers):
            if (side, layer) in peopled and (sides is None or side in sides):
                found += _stretches(side, layer, filled[s, place], frame.times)
    return tuple(found)


def _layers_of(actor: Any) -> set[str]:
    return {actor.layer, *(one.layer for one in actor.roles)} - {""}


def _stretches(side: str, layer: str, filled: Bools, times: tuple[Time, ...]) -> list[EmptyCells]:
    edges = np.diff(np.concatenate([[True], filled, [True]]).astype(np.int8))
    starts, ends = np.flatnonzero(edges == -1).tolist(), np.flatnonzero(edges == 1).tolist()
    return [EmptyCells(side, layer, times[a].name, times[b - 1].name, b - a) for a, b in zip(starts, ends, strict=True)]


# the measure


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """One cell of the map: ``n`` records bear on it, ``sure`` of them surely. ``layer`` "" is the side as a metonym, or an
    actor without a layer then.
    """

    side: str
    layer: str
    time: str
    voice: str
    basis: str
    sure: int
    n: int


@dataclass(frozen=True)
class Coverage(Result[CoverageCell]):
    """The coverage map in words: ``rows`` are its cells, ``empty`` the stretches without any record. ``unplaced``: poll
    figures of populations that are no declared actor.
    """

    empty: tuple[EmptyCells, ...] = ()
    unplaced: int = 0


def measure_coverage(
    study: StudyData, by: str = "year", depth: int | None = None, topic: str | None = None
) -> Coverage:
    """The coverage map of a study as rows; parameters as for :func:`map_coverage`."""
    frame = map_coverage(study, by, depth, topic)
    rows = build_rows(
        CoverageCell, side=pick(frame.sides, frame.side), layer=pick((*frame.layers, ""), frame.layer),
        time=pick([one.name for one in frame.times], frame.time), voice=pick(frame.voices, frame.voice),
        basis=pick(frame.bases, frame.basis), sure=frame.sure.tolist(), n=(frame.sure + frame.possible).tolist(),
    )  # fmt: skip
    parameters: dict[str, object] = {"by": by, "depth": depth, "topic": topic}
    about = note(study, "records that bear on each time", parameters, None, frame.records, _sources(study))
    return Coverage(rows, about, empty_cells(study, frame), frame.unplaced)


def _sources(study: StudyData) -> set[str]:
    found: set[str] = set()
    for table, name in ((study.statements, "statements"), (study.polls, "polls")):
        used = np.unique(table.source.codes[study.open_rows(name)])
        found |= {table.source.values[code] for code in used.tolist() if code >= 0}
    return found

"""Arenas: in which fields views and moves are warm or cold, and whether the fields move together.

study.toml declares arenas, and to which each issue and quality belongs; a move belongs to the arena of its issue, or of its
kind where it names none. The tone of views is that of :mod:`rashomon.measuring.records.toning`; a friendly move is somewhere on
the warm half of the scale, an unfriendly one on the cold half, and other kinds have no tone
(:data:`rashomon.measuring.dynamics.responding.KINDS`). Means are over voices, with a band where two independent ones tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.dynamics import (
    ASKED,
    KINDS,
    LONGEST,
    SHOWN,
    Timeline,
    Together,
    Yearly,
    by_year,
    compare_series,
    image_series,
    pairs_within,
)
from rashomon.measuring.dynamics.changing import year_of, years_of_span
from rashomon.measuring.records.bulk import pick
from rashomon.measuring.records.toning import LEVEL, Tones, gather_tones, mean_tone
from rashomon.measuring.records.viewing import Codes, Views, gather_views
from rashomon.measuring.relations.coorientation import periods_of
from rashomon.measuring.statistics.grouping import groups, independent
from rashomon.measuring.statistics.judging import LEAST_VOICES
from rashomon.study import Estimate, Result, StudyData
from rashomon.study.provenance import note

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SEED: Final = 1997


@dataclass(frozen=True, slots=True)
class ArenaTone:
    """How warm a side's views of another are, or its moves toward it, in one arena and period.

    ``kind``: images or moves. ``tone``: −1 cold to 1 warm, with its band; of it ``warm`` and ``cold`` so many records.
    ``verdict``: warm, cold, or undetermined; ``because`` says why.
    """

    kind: str
    arena: str
    period: str
    side: str
    target: str
    tone: Estimate
    warm: int
    cold: int
    verdict: str
    because: str
    n: int
    voices: int
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True)
class Arenas(Result[ArenaTone]):
    """Tones by arena; in ``together`` whether arenas of one side toward another rise and fall together, year by year."""

    together: tuple[Together, ...] = ()


@dataclass(frozen=True, eq=False)
class _Deeds:
    """Friendly and unfriendly moves of one side toward another, arrays (n,): intervals of tone, days, and codes of side, target
    and arena (numbers of the declared ones), voice and origin; ``row`` of moves.csv.
    """

    low: Floats
    high: Floats
    lo: Ints
    hi: Ints
    side: Ints
    target: Ints
    arena: Ints
    voice: Ints
    origin: Ints
    row: Ints


def measure_arenas(study: StudyData, views: Views | None = None, *, seed: int = SEED) -> Arenas:
    """The tone of views and moves by arena, side, target and period, and which arenas move together. Linear in records."""
    if not study.declared.arenas:
        return Arenas((), note(study, "no arena is declared", {}, seed, 0, ()))
    tones = gather_tones(study, gather_views(study) if views is None else views)
    deeds = _deeds(study)
    rows = (*_image_rows(study, tones), *_move_rows(study, deeds))
    arena_of = {one.id: one.arena for one in study.declared.qualities}

    def name_of(timeline: Timeline) -> str:
        arena, target = arena_of.get(timeline.label.quality, ""), timeline.label.target
        return f"{arena} toward {target}" if arena else ""

    series = [*image_series(study, name_of), *_move_series(study, deeds)]
    pairs = pairs_within(series, lambda one: (one.kind, one.side, one.name.partition(" toward ")[2]))
    parameters: dict[str, object] = {
        "level": LEVEL, "least common years": ASKED.least, "block": ASKED.block, "draws": ASKED.draws,
        "longest view in days": LONGEST, "friendly and unfriendly moves": dict(KINDS),
    }  # fmt: skip
    method = "hierarchical means over voices; correlation of yearly tones, circular block permutation, Fisher's interval"
    sources = {source for row in rows for source in row.sources}
    about = note(study, method, parameters, seed, sum(row.n for row in rows), sources)
    return Arenas(rows, about, compare_series(list(pairs), seed))


# images


def _image_rows(study: StudyData, tones: Tones) -> Iterator[ArenaTone]:
    order = [one.id for one in study.declared.arenas]
    arena_of = {one.id: order.index(one.arena) for one in study.declared.qualities if one.arena in order}
    arena = np.array([*(arena_of.get(word, -1) for word in tones.views.words), -1], np.int64)[tones.column("quality")]
    for period, (lo, hi) in periods_of(study).items():
        at = np.flatnonzero((arena >= 0) & (tones.column("start") <= hi) & (tones.column("end") >= lo))
        for (field, side, target), members in groups(*(one[at] for one in (arena, tones.column("side"), tones.column("target")))):
            part = tones.take(at[members])
            yield _row(
                ("images", order[field], period, tones.views.word(side), tones.views.word(target)), part.low + part.high,
                part.mean(), part.sources, part.records[:SHOWN],
            )  # fmt: skip


def _row(
    what: tuple[str, str, str, str, str], ends: Floats, tone: Estimate, sources: tuple[str, ...], records: tuple[str, ...]
) -> ArenaTone:
    """A row on ``what`` (its first fields) from the ends of tones added up (n,), which have their sign, and their mean."""
    warm, cold = (int(np.count_nonzero(one)) for one in (ends > 0, ends < 0))
    return ArenaTone(*what, tone, warm, cold, *_verdict(tone), tone.n, tone.voices, sources, records)


def _verdict(tone: Estimate) -> tuple[str, str]:
    if tone.voices < LEAST_VOICES:
        return "undetermined", "told by one voice only"
    if tone.low > 0 or tone.high < 0:
        return ("warm" if tone.low > 0 else "cold"), "the band leaves out zero"
    return "undetermined", "the band holds zero"


# moves


def _deeds(study: StudyData) -> _Deeds:
    moves, declared = study.moves, study.declared
    sides = {one.id: number for number, one in enumerate(declared.sides)}
    arenas = {one.id: number for number, one in enumerate(declared.arenas)}
    of_issue = {one.id: arenas.get(one.arena, -1) for one in declared.issues}
    of_kind = {kind: arenas[one.id] for one in declared.arenas for kind in one.moves}
    rows = study.open_rows("moves").astype(np.int64)
    side, target = (
        column.each(lambda name: sides[study.side_of(name)], np.int64, -1)[rows] for column in (moves.actor, moves.target)
    )
    by_kind = moves.kind.each(lambda kind: of_kind.get(kind, -1), np.int64, -1)[rows]
    arena = np.where(moves.issue.codes[rows] >= 0, moves.issue.each(of_issue.__getitem__, np.int64, -1)[rows], by_kind)
    tone = moves.kind.each(lambda kind: (kind in KINDS["friendly"]) - (kind in KINDS["unfriendly"]), np.int64, 0)[rows]
    keep = (arena >= 0) & (tone != 0) & (target >= 0) & (side != target)
    rows, tone = rows[keep], tone[keep]
    voices, origins = Codes(), Codes()
    own = moves.source.each(origins, np.int64, -1)[rows]
    behind = moves.via.each(origins, np.int64, -1)[rows]
    return _Deeds(
        low=np.minimum(tone, 0).astype(np.float64), high=np.maximum(tone, 0).astype(np.float64),
        lo=moves.when_lo[rows].astype(np.int64), hi=moves.when_hi[rows].astype(np.int64), side=side[keep],
        target=target[keep], arena=arena[keep],
        voice=moves.source.each(lambda one: voices(study.voice(one)), np.int64, -1)[rows],
        origin=np.where(behind >= 0, behind, own), row=rows,
    )  # fmt: skip


def _move_rows(study: StudyData, deeds: _Deeds) -> Iterator[ArenaTone]:
    sides, arenas = study.declared.sides, study.declared.arenas
    for period, (lo, hi) in periods_of(study).items():
        at = np.flatnonzero((deeds.lo <= hi) & (deeds.hi >= lo))
        for (arena, side, target), members in groups(deeds.arena[at], deeds.side[at], deeds.target[at]):
            part = at[members]
            low, high, voice = deeds.low[part], deeds.high[part], deeds.voice[part]
            yield _row(
                ("moves", arenas[arena].id, period, sides[side].id, sides[target].id), low + high,
                mean_tone(low, high, voice, independent(voice, deeds.origin[part])), *_named(study, deeds, part),
            )  # fmt: skip


def _named(study: StudyData, deeds: _Deeds, at: Ints) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sources and the first records of moves."""
    source = study.moves.source
    names = tuple(sorted(pick(source.values, np.unique(source.codes[deeds.row[at]]))))
    return names, tuple(study.moves.id.many(deeds.row[at][:SHOWN]))


def _move_series(study: StudyData, deeds: _Deeds) -> Iterator[Yearly]:
    """The mean tone of moves in each year, by side, target and arena; moves whose year is open are left out."""
    sides, arenas, span = study.declared.sides, study.declared.arenas, years_of_span(study)
    dated = np.flatnonzero(year_of(deeds.lo) == year_of(deeds.hi))
    for (side, target, arena), members in groups(deeds.side[dated], deeds.target[dated], deeds.arena[dated]):
        at = dated[members]
        name = f"{arenas[arena].id} toward {sides[target].id}"
        values = by_year(year_of(deeds.lo[at]), np.sign(deeds.low[at] + deeds.high[at]), span)
        told = independent(deeds.voice[at], deeds.origin[at])
        yield Yearly("moves", sides[side].id, name, values, len(at), told, *_named(study, deeds, at))

"""The façade index: official tone toward another side less what elites and publics of the same side hold of it.

Is a mood shared or staged? Who is official is declared: layers (``official = true``), and actors where they differ from their
layer; a side named as such speaks as its top layer. Both groups are compared on the qualities on which both are on record, at
the same time, by :func:`rashomon.measuring.relations.contrasting.contrast`: how a voice that tells of both leans cancels out,
and with fewer than two independent voices on either there is no band. Times are the study's periods, its moods, and single
years.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.records.toning import LEVEL, Tones, days_of, gather_tones, pairs_of, years_of
from rashomon.measuring.records.viewing import Views, gather_views
from rashomon.measuring.relations.contrasting import Stances, contrast
from rashomon.measuring.relations.coorientation import ALIKE, periods_of
from rashomon.measuring.statistics.judging import LEAST_VOICES
from rashomon.study import Estimate, Result, StudyData, When
from rashomon.study.provenance import note

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

OPEN: Final = "undetermined"


@dataclass(frozen=True, slots=True)
class Told:
    """What one voice tells of both: the middles of the official tone and of what is held, −1 cold to 1 warm (NaN: not told)."""

    voice: str
    official: float
    held: float


@dataclass(frozen=True, slots=True)
class Facade:
    """The façade of one side toward a ``target`` in a time (``by``: period, mood, year or asked).

    ``official`` and ``held``: mean tones, −1 cold to 1 warm, over the ``qualities`` that both are on record on (over each group's
    own where there is none). ``facade``: the difference with its band; above 0 the official tone is the warmer. ``shared``:
    voices that tell of both. ``verdict``: official tone warmer, official tone colder, shared, or undetermined; ``because`` says
    why, and ``decides`` what would settle it. ``told``: what each voice tells.
    """

    by: str
    time: str
    side: str
    target: str
    official: Estimate
    held: Estimate
    facade: Estimate
    qualities: tuple[str, ...]
    shared: int
    verdict: str
    because: str
    decides: str
    told: tuple[Told, ...]
    n: int
    voices: int
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True)
class Facades(Result[Facade]):
    """Façades by time, side and target; see :class:`Facade`."""


def measure_facades(study: StudyData, views: Views | None = None, when: When | None = None) -> Facades:
    """The façade of every side toward every other, by period, mood and year; or over one time, ``when``.

    A row where either group has a view with a tone. Linear in views × times.
    """
    tones = gather_tones(study, gather_views(study) if views is None else views)
    official = official_views(study, tones)
    rows = tuple(_rows(study, tones, official, when))
    parameters: dict[str, object] = {
        "level": LEVEL, "alike": ALIKE, "official": _officials(study), "least voices": LEAST_VOICES,
        "qualities with a tone": [one.id for one in study.declared.qualities if one.tone],
    }  # fmt: skip
    method = "difference of means over qualities in common, effects of voices integrated over"
    return Facades(rows, note(study, method, parameters, None, len(tones), tones.sources))


def official_views(study: StudyData, tones: Tones) -> Bools:
    """(n,) which views are those of officials."""
    layers = {one.id: one.official for one in study.declared.layers}
    actors = {one.id: one.official for one in study.declared.actors}
    top = bool(study.declared.layers) and study.declared.layers[0].official
    words = tones.views.words
    by_layer = np.array([*(layers.get(one, False) for one in words), False])
    by_actor = np.array([*(actors.get(one) for one in words), None])
    names_side = np.array([*(study.is_side(one) for one in words), False])
    holder = tones.column("holder")
    found = np.where(names_side[holder], top, by_layer[tones.column("layer")])
    own = by_actor[holder]
    out: Bools = np.where(own == None, found, own).astype(np.bool_)  # noqa: E711 — elementwise
    return out


def _officials(study: StudyData) -> list[str]:
    declared = study.declared
    return [one.id for one in declared.layers if one.official] + [one.id for one in declared.actors if one.official]


def _rows(study: StudyData, tones: Tones, official: Bools, when: When | None) -> Iterator[Facade]:
    declared = bool(_officials(study))
    known: dict[bytes, Facade] = {}
    for by, time, lo, hi in _times(study, tones, when):
        inside = (tones.column("start") <= hi) & (tones.column("end") >= lo)
        here, speaks = tones.take(inside), official[inside]
        for pair, places in pairs_of(here):
            both = here.take(places)
            key = both.at.tobytes()
            if key not in known:  # years in which nothing changes are reckoned once
                known[key] = _facade(pair, both, speaks[places], declared)
            yield replace(known[key], by=by, time=time)


def _times(study: StudyData, tones: Tones, when: When | None) -> Iterator[tuple[str, str, int, int]]:
    if when is not None:
        yield "asked", when.text, when.lo, when.hi
        return
    for name, (lo, hi) in periods_of(study).items():
        yield "period", name, lo, hi
    for mood in study.declared.moods:
        yield "mood", mood.id, mood.when.lo, mood.when.hi
    for year in years_of(study, tones):
        yield "year", str(year), *days_of(year)


def _facade(pair: tuple[str, str], tones: Tones, official: Bools, declared: bool) -> Facade:
    """The façade of one side toward one other, of all its views of a time."""
    one, other = tones.take(official), tones.take(~official)
    common = np.intersect1d(one.column("quality"), other.column("quality"))
    if len(common):
        shared = np.isin(tones.column("quality"), common)
        tones, official = tones.take(shared), official[shared]
        one, other = tones.take(official), tones.take(~official)
    voices = min(one.voices, other.voices) if len(common) else 0
    nan = float("nan")
    gap = Estimate(nan, nan, nan, LEVEL, 0, 0)
    if len(common):
        gap = contrast(_stances(tones, official), voices, LEVEL)
    verdict, because, decides = _verdict(pair, one, other, gap, declared)
    told = tuple(_told(tones, official))
    words = tones.views.word
    return Facade(
        by="", time="", side=pair[0], target=pair[1], official=one.mean(), held=other.mean(), facade=gap,
        qualities=tuple(sorted(words(code) for code in common.tolist())),
        shared=sum(row.official == row.official and row.held == row.held for row in told),
        verdict=verdict, because=because, decides=decides, told=told, n=len(tones), voices=voices, sources=tones.sources,
        records=tones.records,
    )  # fmt: skip


def _stances(tones: Tones, official: Bools) -> Stances:
    error = tones.views.error[tones.at]
    return Stances(tones.low, tones.high, error, official, tones.column("voice"), tones.column("quality"))


def _told(tones: Tones, official: Bools) -> Iterator[Told]:
    middle, voice = (tones.low + tones.high) / 2, tones.column("voice")
    for code in sorted(np.unique(voice).tolist(), key=tones.views.word):
        of_both = [middle[(voice == code) & which] for which in (official, ~official)]
        one, other = (float(part.mean()) if len(part) else float("nan") for part in of_both)
        yield Told(tones.views.word(code), one, other)


def _verdict(pair: tuple[str, str], one: Tones, other: Tones, gap: Estimate, declared: bool) -> tuple[str, str, str]:
    """Verdict, why, and what would decide it where it is undetermined."""
    side, target = pair
    if not declared:
        return OPEN, "no layer or actor is declared official", "official = true in study.toml on the layers of the state"
    groups = (("officials", one), ("elites and publics", other))
    missing = [name for name, tones in groups if not len(tones)]
    if missing:
        need = f"what {missing[0]} of {side} said of {target} then, told by two independent voices"
        return OPEN, f"no view with a tone that {missing[0]} of {side} had of {target} is recorded", need
    if not gap.n:
        said = (", ".join(_qualities(tones)) for _, tones in groups)
        because = "officials are on record on {}, elites and publics on {}: on no quality both".format(*said)
        return OPEN, because, f"what both see of one quality in {target}, told by two independent voices"
    alone = [name for name, tones in groups if tones.voices < LEAST_VOICES]
    if alone:
        what = " and what ".join(alone)
        told = "are each" if len(alone) > 1 else "is"
        because = f"what {what} of {side} thought of {target} {told} told by one voice only"
        return OPEN, because, f"a second independent voice on what {what} thought then: speeches, press, polls or letters"
    if gap.low > 0 or gap.high < 0:
        return f"official tone {'warmer' if gap.low > 0 else 'colder'}", "the band of the difference leaves out zero", ""
    if max(abs(gap.low), abs(gap.high)) < ALIKE:
        return "shared", f"the whole band lies within {ALIKE} of zero", ""
    thin = min(groups, key=lambda group: group[1].voices)[0]
    return OPEN, "the band of the difference holds zero and more", f"more independent voices, on {thin} first"


def _qualities(tones: Tones) -> list[str]:
    return sorted(tones.views.word(code) for code in np.unique(tones.column("quality")).tolist())


__all__ = ["Facade", "Facades", "Told", "measure_facades", "official_views"]

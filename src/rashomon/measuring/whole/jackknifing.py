"""The jackknife by voice: what would be found if one voice were not heard?

Each voice that tells more than a few records is left out (:meth:`~rashomon.study.StudyData.without`) and the headline results
are measured again: verdicts of the misperception ledger, comparisons of views, verdicts on hypotheses and, where asked, the
latest level of each image. What changes hangs on that voice. The jackknife (Quenouille 1956, *Biometrika* 43) is used here as
Efron & Tibshirani 1993 (*An Introduction to the Bootstrap*, ch. 11) use it for influence: no standard error is drawn from it,
as voices are few and differ in how much they tell.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from rashomon.measuring.hypotheses import Trial, measure_hypotheses
from rashomon.measuring.levels import Level, measure_levels
from rashomon.measuring.misperception import Ledger, measure_ledger
from rashomon.measuring.records.viewing import Cell, Views, gather_views
from rashomon.measuring.relations import (
    Comparison,
    Pair,
    compare,
    measure_asymmetries,
    measure_coorientation,
    measure_realisation,
)
from rashomon.measuring.statistics.grouping import Ints, find_rows
from rashomon.measuring.statistics.judging import LEAST_VOICES
from rashomon.study import NO_STANCE, Result, StudyData
from rashomon.study.provenance import note
from rashomon.study.vocabulary import RECORD_TABLES

MISPERCEPTIONS, COMPARISONS, HYPOTHESES, LEVELS = "misperceptions", "comparisons", "hypotheses", "levels"
DRAWN, UNDRAWN = "drawn", "not drawn"

LEAST_RECORDS: Final = 5
"""How many records a voice must tell to be left out in turn."""

MOST_VOICES, FEWEST_TRIED = 40, 3
"""How many voices are left out at most, and at least where there are so many; between these the work decides."""

WORK, COMPARING = 2_000_000, 300
"""What may be measured again, in records; and how many records one comparison costs as much as."""

_SHOWN: Final = 0.005  # a level that moves by less is printed as the same


@dataclass(frozen=True, slots=True)
class Shift:
    """One result that is still there and is another where a voice is left out.

    ``measure``: misperceptions, comparisons, hypotheses or levels; ``item`` says which of its results, and ``statements`` are
    the records that tell a belief. ``before`` and ``after`` are verdicts; of a level, its value in the last year that both
    have, or "not drawn", and ``shift`` is after less before (NaN else).
    """

    measure: str
    item: str
    without: str
    before: str
    after: str
    shift: float
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the count of one verdict (of levels: how many are drawn) moves as voices are left out one at a time.

    ``whole`` is with all voices; ``least`` and ``greatest`` over the voices left out, with the first that gives each.
    """

    measure: str
    verdict: str
    whole: int
    least: int
    least_without: str
    greatest: int
    greatest_without: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A voice that was left out: how many ``records`` it tells, how many results ``changed``, and how many beliefs no other
    voice tells (``gone``).
    """

    voice: str
    records: int
    changed: int
    gone: int


@dataclass(frozen=True)
class Jackknife(Result[Shift]):
    """What hangs on one voice. ``rows`` are the results that change, by measure; ``counts`` how far the headline moves;
    ``voices`` who was left out, the one that tells most first. ``untried`` voices tell as many records as are asked for and
    were not left out, as the study is large.
    """

    counts: tuple[Spread, ...] = ()
    voices: tuple[LeftOut, ...] = ()
    untried: int = 0


@dataclass(frozen=True)
class Headlines:
    """What the jackknife measures again; ``levels`` None: not them."""

    ledger: Ledger
    views: Views
    comparisons: Sequence[Comparison]
    trials: Sequence[Trial]
    levels: Sequence[Level] | None = None

    @cached_property
    def compared(self) -> Mapping[int, tuple[Comparison, tuple[Ints, Ints]]]:
        """By place the comparisons that two voices or more tell on each side, with the placed views of both sides.

        A comparison names the records of its first side, then those of its second; one that does not name all is not here.
        """
        views, out = self.views, {}
        place_of = {name: place for place, name in enumerate(views.ids)}
        for place, row in enumerate(self.comparisons):
            if row.voices < LEAST_VOICES:
                continue
            at = np.array([place_of[name] for name in row.records], np.int64)
            at = at[~np.isnan(views.lo[at])]
            if len(at) == row.first.n + row.second.n:
                out[place] = row, (at[: row.first.n], at[row.first.n :])
        return out


def measure_headlines(study: StudyData, levels: bool = False) -> Headlines:
    """The headline results of a study as it stands."""
    views, ledger = gather_views(study), measure_ledger(study)
    compared, trials = _compare(study, views), _try(study, ledger)
    return Headlines(ledger, views, compared, trials, measure_levels(study, views) if levels else None)


def measure_jackknife(study: StudyData, whole: Headlines | None = None, *, least: int = LEAST_RECORDS) -> Jackknife:
    """Leave out each voice that tells at least ``least`` records, and measure the headlines again.

    ``whole`` are those of the study, where they are at hand; levels are tried if it has them. For each voice linear in records
    but for sorting; in a large study only the voices that tell most are tried, and how many are not is said.
    """
    base = whole or measure_headlines(study)
    told = {voice: n for voice, n in count_records(study) if n >= least}
    work = sum(told.values()) + COMPARING * len(base.compared)
    tried = list(told)[: max(FEWEST_TRIED, min(MOST_VOICES, WORK // max(1, work)))]
    effects = {voice: _leave_out(study, base, voice) for voice in tried}
    rows = sorted((row for one in effects.values() for row in one.shifts), key=lambda row: _ORDER.index(row.measure))
    untried = len(told) - len(tried)
    return Jackknife(
        tuple(rows),
        note(
            study, "each voice left out in turn, and the headlines measured again", {"least records": least}, None,
            sum(told[voice] for voice in tried), (),
        ),
        _spreads(_counts(base.ledger, base.trials, [row.verdict for row in base.comparisons], base.levels), effects),
        tuple(LeftOut(voice, told[voice], len(one.shifts), one.gone) for voice, one in effects.items()),
        untried,
    )  # fmt: skip


_ORDER: Final = (MISPERCEPTIONS, COMPARISONS, HYPOTHESES, LEVELS)


def count_records(study: StudyData) -> tuple[tuple[str, int], ...]:
    """Every voice that tells an open record, with how many; the one that tells most first."""
    found: Counter[str] = Counter()
    for table in RECORD_TABLES:
        speakers = study.speakers(table)
        codes = speakers.codes[study.open_rows(table)]
        for voice, n in zip(speakers.values, np.bincount(codes, minlength=len(speakers.values)).tolist(), strict=True):
            found[voice] += n
    return tuple(sorted(((voice, n) for voice, n in found.items() if n), key=lambda one: (-one[1], one[0])))


Counts = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class _Effect:
    """What a voice's absence does: the results that change, the counts of verdicts then, and how many beliefs are gone."""

    shifts: tuple[Shift, ...]
    counts: Counts
    gone: int


def _leave_out(study: StudyData, base: Headlines, voice: str) -> _Effect:
    view = study.without(voice)
    ledger = measure_ledger(view)
    trials = _try(view, ledger)
    beliefs, untold = _beliefs(study, base.ledger, ledger, voice)
    after = _comparisons(base, voice)
    changed = [
        Shift(COMPARISONS, _named(row), voice, row.verdict, after[place], math.nan, ())
        for place, row in ((place, base.comparisons[place]) for place in after)
        if after[place] != row.verdict
    ]
    tried = [
        Shift(HYPOTHESES, one.id, voice, one.verdict, other.verdict, math.nan, ())
        for one, other in zip(base.trials, trials, strict=True)
        if one.verdict != other.verdict
    ]
    levels = None if base.levels is None else _levels(study, base, base.levels, voice)
    moved = [] if base.levels is None or levels is None else _moved(base.levels, levels, voice)
    verdicts = [after.get(place, row.verdict) for place, row in enumerate(base.comparisons)]
    counts = _counts(ledger, trials, verdicts, levels)
    return _Effect((*beliefs, *changed, *tried, *moved), counts, untold)


def _try(study: StudyData, ledger: Ledger) -> tuple[Trial, ...]:
    asks = any(check.kind == "verdict" for one in study.declared.hypotheses for check in one.checks)
    return measure_hypotheses(study, ledger.rows if asks else ()).rows


def _counts(
    ledger: Ledger, trials: Sequence[Trial], compared: Sequence[str], levels: Sequence[Level] | None
) -> Counts:
    """How often each verdict is given. Of comparisons only those that decide are counted."""
    out: Counter[tuple[str, str]] = Counter((MISPERCEPTIONS, verdict) for verdict in ledger.judged)
    out.update((COMPARISONS, verdict) for verdict in compared if verdict in ("apart", "alike"))
    out.update((HYPOTHESES, trial.verdict) for trial in trials)
    out.update((LEVELS, DRAWN) for level in levels or () if level.drawn)
    return out


def _spreads(whole: Counts, effects: Mapping[str, _Effect]) -> tuple[Spread, ...]:
    if not effects:
        return ()
    keys = dict.fromkeys(key for counts in (whole, *(one.counts for one in effects.values())) for key in counts)
    out = []
    for measure, verdict in sorted(keys, key=lambda key: (_ORDER.index(key[0]), key[1])):
        counts = {voice: one.counts[measure, verdict] for voice, one in effects.items()}
        low, high = min(counts, key=lambda voice: counts[voice]), max(counts, key=lambda voice: counts[voice])
        out.append(Spread(measure, verdict, whole[measure, verdict], counts[low], low, counts[high], high))
    return tuple(out)


# beliefs


def _beliefs(study: StudyData, whole: Ledger, part: Ledger, voice: str) -> tuple[list[Shift], int]:
    """Beliefs with another verdict in the part of the ledger that is left, and of how many no statement is left."""
    told = whole.episodes.told_episode
    now = part.of_row[whole.episodes.told_row]
    episode, left = told[now >= 0], now[now >= 0]
    changed = np.unique(episode[_verdicts(whole)[episode] != _verdicts(part)[left]])
    shifts = []
    for one in changed.tolist():
        start, end = np.searchsorted(episode, [one, one + 1])
        after = dict.fromkeys(part.judged[other] for other in left[start:end].tolist())  # it may fall into several
        row = int(whole.episodes.row[one])
        path, table = study.statements.path.of(row), study.statements
        item = f"{path} {path.verb} {table.topic.of(row)}: {table.stance.get(row, NO_STANCE)}"
        ids = table.id.many(whole.episodes.told_row[whole.told[one] : whole.told[one + 1]])
        shifts.append(Shift(MISPERCEPTIONS, item, voice, whole.judged[one], ", ".join(after), math.nan, tuple(ids)))
    return shifts, len(whole.episodes) - len(np.unique(episode))


def _verdicts(ledger: Ledger) -> Ints:
    """The verdict on each episode as a number."""
    return np.where(ledger.public_only, 2, ledger.verdicts.verdict)


# comparisons


def _compare(study: StudyData, views: Views) -> tuple[Comparison, ...]:
    return (
        *measure_asymmetries(study, views), *measure_coorientation(study, views), *measure_realisation(study, views),
    )  # fmt: skip


def _named(row: Comparison) -> str:
    return f"{row.kind} on {row.topic}, {row.period}: {row.of} / {row.against}"


def _comparisons(base: Headlines, voice: str) -> Mapping[int, str]:
    """The verdicts without a voice, by place, of the comparisons that it takes part in and that two voices or more tell on each
    side: no other can be decided, nor become so, by leaving one out.
    """
    views, code = base.views, _code(base.views, voice)
    pairs: dict[int, Pair] = {}
    for place, (row, sides) in base.compared.items():
        if any(code in views.voice[side] for side in sides):
            one, other = (Cell(views, side[views.voice[side] != code]) for side in sides)
            pairs[place] = Pair(row.kind, row.topic, row.period, row.of, row.against, one, other)
    found = dict.fromkeys(pairs, "undetermined")
    there = [place for place, pair in pairs.items() if any(cell and len(cell.placed) for cell in (pair.one, pair.other))]
    again = compare(pairs[place] for place in there)
    return found | {place: row.verdict for place, row in zip(there, again, strict=True)}


def _code(views: Views, word: str) -> int:
    return views.words.index(word) if word in views.words else -2


# levels


def _levels(study: StudyData, base: Headlines, levels: Sequence[Level], voice: str) -> list[Level]:
    """All levels without a voice; only those in which it speaks are estimated again."""
    views = base.views
    heard = {_place(level) for level in levels if any(point.voice == voice for point in level.points)}
    keys = np.array([[_code(views, one) for one in place] for place in heard], np.int64).reshape(-1, 3)
    there = find_rows(tuple(keys.T), (views.side, views.layer, views.topic)) >= 0
    again = measure_levels(study, views.at(np.flatnonzero(there & (views.voice != _code(views, voice)))))
    return [level for level in levels if _place(level) not in heard] + list(again)


def _place(level: Level) -> tuple[str, str, str]:
    return level.side, level.layer, level.topic


def _moved(levels: Sequence[Level], after: Sequence[Level], voice: str) -> list[Shift]:
    """Levels that are drawn and then are not, or whose latest value that both have is printed as another."""
    now = {_place(level): level for level in after}
    shifts = []
    for level in levels:
        other = now.get(_place(level))
        if not level.drawn or other is level:
            continue
        one, two = (dict(zip(x.years, x.estimates, strict=True)) if x is not None else {} for x in (level, other))
        year = max(one.keys() & two.keys(), default=None)
        shift = math.nan if year is None else two[year].estimate - one[year].estimate
        if not abs(shift) < _SHOWN:
            item = f"{level.side}/{level.layer} on {level.topic}, {year or level.years[-1]}"
            was, then = f"{one[year or level.years[-1]].estimate:.2f}", UNDRAWN if year is None else f"{two[year].estimate:.2f}"
            shifts.append(Shift(LEVELS, item, voice, was, then, shift, ()))
    return shifts

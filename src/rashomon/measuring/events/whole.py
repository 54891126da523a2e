"""Directed series of events between the sides of a study, from the sets that it declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import Fault, RashomonError, Where, error
from rashomon.measuring.events.answers import DyadPeriod, EventSeries, EventSet, EveryPair
from rashomon.measuring.events.counting import cells, each_side, every_pair, rows_by_day
from rashomon.measuring.events.holding import Held, whole
from rashomon.measuring.events.mutual import Models, Seen, answered
from rashomon.measuring.events.periods import BY, bounds, numbers, ordinals, written
from rashomon.measuring.events.scales import differing
from rashomon.measuring.events.scores import digest_of, scores_of
from rashomon.measuring.events.series import FEWEST_DAYS, FEWEST_EVENTS, LEVEL, Cells, Periods, summed
from rashomon.study import Estimate, StudyData, format_day
from rashomon.study.events import (
    Broken,
    Named,
    OpenSet,
    can_look_into,
    check_files,
    engine_of,
    keep_aside,
    name_columns,
    open_set,
)
from rashomon.study.files import made_whole, require_place, unwritable
from rashomon.study.provenance import note
from rashomon.study.schema import Events

METHOD: Final = (
    "rows counted by day, pair of sides, code and value; means of Goldstein's scale (Goldstein 1992) with a band over days "
    "(ratio estimate, Cochran 1977); Goldstein & Freeman 1990 with Newey & West 1987, by month; Hawkes 1971, by day"
)
SAME: Final[Mapping[str, str]] = {
    "row": "each row is one event",
    "event": "rows with the same id, day, sides and code are one event",
    "actors": "rows with the same day, acting and receiving actor, sides and code are one event",
    "sides": "rows with the same day, sides and code are one event",
}


def measure_events(study: StudyData, by: str = "month", engine: str = "duckdb") -> EventSeries:
    """Series of events between all pairs of sides that have codes, of every declared set.

    ``by``: month, week (from Monday) or day. ``engine``: see :data:`rashomon.study.events.ENGINES`. R003 for what is neither;
    R541 to R549 where a set cannot be counted. As of a day, what had not happened, or not been reported, by then is left out.
    """
    if by not in BY:
        raise error(
            "R003",
            "Events are not counted by this.",
            found=repr(by),
            allowed=", ".join(BY),
            remedy="Name one of these.",
        )
    declared = [one for one in study.declared.events if study.voice(one.source) not in study.unheard]
    rows: list[DyadPeriod] = []
    sets: list[EventSet] = []
    tables: dict[str, str] = {}
    if declared:
        sides = _sides(study)
        with engine_of(engine) as held:
            for named in map(name_columns, declared):
                scores = scores_of(study.root, named)
                counted, told = _Counting(study, sides, by, open_set(study.root, named, held), scores).count()
                rows += counted
                sets.append(told)
                tables |= {named.id: digest_of(scores)} if scores else {}
    parameters: dict[str, object] = {
        "by": by,
        "engine": engine, "level": LEVEL, "fewest events": FEWEST_EVENTS, "fewest days": FEWEST_DAYS, "time zone": "UTC",
        **({"scores, SHA-256": tables} if tables else {}),
    }  # fmt: skip
    made = note(study, METHOD, parameters, None, sum(one.events for one in sets), (one.source for one in sets))
    return EventSeries(tuple(rows), made, tuple(sets), by)


def check_events(study: StudyData) -> tuple[tuple[Fault, ...], tuple[str, ...]]:
    """What is wrong with the declared sets, as far as it shows in study.toml, and in the columns and first rows of their files;
    and what is to be said besides.
    """
    faults: list[Fault] = []
    try:
        _sides(study)
    except RashomonError as problem:
        faults += problem.faults
    for one in study.declared.events:
        faults += _faults_of(study.root, one)
    notice = "The days of events, and their files of Parquet, were not checked: that needs the extra rashomon[events]."
    return tuple(faults), () if can_look_into() else (notice,)


def _faults_of(root: Path, declared: Events) -> Iterator[Fault]:
    try:
        named = name_columns(declared)
    except RashomonError as problem:
        yield from problem.faults
        return
    try:
        scores_of(root, named)
    except RashomonError as problem:
        yield from problem.faults
    yield from check_files(root, named)


def count_every_pair(study: StudyData, target: Path, by: str = "month", engine: str = "duckdb") -> EveryPair:
    """Write the rows of every pair of codes, not of the study's sides alone, to a file of Parquet; what became of them.
    R006 where something stands there: it may be of the study.

    Of the first declared set, each row as an event; by month or day. They are too many for objects: 200 codes have 40,000 pairs.
    Spark makes a folder of that name, which holds the file in parts.
    """
    if by not in ("month", "day"):
        raise error(
            "R003", "Pairs are not counted by this.", found=repr(by), allowed="month, day", remedy="Name one of these."
        )
    if not study.declared.events:
        raise error(
            "R004",
            "The study declares no events.",
            found="no [[events]]",
            allowed="a set as [[events]]",
            remedy="Declare one in study.toml.",
        )
    require_place(target)
    if target.exists():
        raise unwritable(target, "something stands there already")
    with engine_of(engine) as held:
        opened = open_set(study.root, name_columns(study.declared.events[0]), held)
        days = _by_day(opened, None)
        with made_whole(target) as beside:
            every_pair(each_side(opened.rows, opened.named.format.several), by, days.wrong).to_parquet(beside)
        rows = int(held.parquet((str(target),), False).count().to_pyarrow().as_py())
        return EveryPair((str(target),), rows, *_kept(opened, days))


def _sides(study: StudyData) -> dict[str, str]:
    """Code → side. R545 where two sides share a code, and where fewer than two have any."""
    found: dict[str, str] = {}
    with_codes = [one for one in study.declared.sides if one.codes]
    for side in with_codes:
        for code in side.codes:
            if found.setdefault(code, side.id) != side.id:
                raise error(
                    "R545", "Two sides have the same code.", found=f"{code!r} of {found[code]} and {side.id}",
                    allowed="a code of one side only", remedy="Take it from one of the two.",
                    where=Where("study.toml", field="codes"),
                )  # fmt: skip
    if len(with_codes) < 2:
        raise error(
            "R545", "Events are declared, and fewer than two sides have codes.",
            found=", ".join(one.id for one in with_codes) or "none",
            allowed="codes for two sides or more", where=Where("study.toml", field="codes"),
            remedy='Say what the files call each side: codes = ["JPN"] in its [[side]]; of ICEWS, codes = ["Japan"].',
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class _Days:
    """All rows by day: ``day`` as written, ``given`` whether there is one, ``fits`` whether it is one, ``ordinal``, ``rows``,
    ``open``.
    """

    day: NDArray[np.int64]
    given: NDArray[np.bool_]
    fits: NDArray[np.bool_]
    ordinal: NDArray[np.int64]
    rows: NDArray[np.int64]
    open: NDArray[np.int64]

    @property
    def wrong(self) -> set[int]:
        """What is written for a day and is none of the calendar."""
        return {int(day) for day in self.day[self.given & ~self.fits]}


def _by_day(opened: OpenSet, until: int | None) -> _Days:
    held = opened.answer(rows_by_day(opened.rows, until))
    day, given = whole(held["day"])
    ordinal, fits = ordinals(day)
    rows, _ = whole(held["rows"])
    known, _ = whole(held["open"])
    return _Days(day, given, fits & given, ordinal, rows, known)


def _kept(opened: OpenSet, days: _Days) -> tuple[int, int, int, str, tuple[Broken, ...]]:
    """How many rows were read, how many of them are broken, how many remain; where the broken ones stand, and the first."""
    taken = opened.taken
    kept = int(days.rows[days.fits].sum())
    late = int(days.rows.sum()) - kept
    broken, first = taken.broken + late, taken.first
    if late:
        first = keep_aside(Path(taken.folder), opened.broken(days.wrong))
    return kept + broken, broken, kept, taken.aside if broken else "", first


class _Counting:
    """The counting of one set."""

    def __init__(
        self, study: StudyData, sides: Mapping[str, str], by: str, opened: OpenSet, scores: Mapping[str, float]
    ) -> None:
        self.study, self.sides, self.by, self.opened, self.scores = study, sides, by, opened, scores
        self.named: Named = opened.named
        self.until = None if study.day is None else int(format_day(study.day).replace("-", ""))
        self.days = _by_day(opened, self.until)
        span = study.declared.study.span
        self.inside = self.days.fits & (self.days.ordinal >= span.lo) & (self.days.ordinal <= span.hi)
        seen = self.days.ordinal[self.inside & (self.days.open > 0)]
        self.first, self.last = (int(seen.min()), int(seen.max())) if len(seen) else (0, -1)

    def count(self) -> tuple[list[DyadPeriod], EventSet]:
        """The rows of the set's series, and how it was counted."""
        of_sides = each_side(self.opened.rows, self.named.format.several)
        raw = self.opened.answer(cells(of_sides, self.sides, self.named.same, self.until))
        day, _ = whole(raw["day"])
        ordinal, fits = ordinals(day)
        chosen = fits & (ordinal >= self.first) & (ordinal <= self.last)
        columns = {name: raw[name].filter(chosen) for name in raw.column_names}
        held = Held(self.named, columns, ordinal[chosen], self.scores)
        pairs = {pair: held.of(*pair) for pair in permutations(dict.fromkeys(self.sides.values()), 2)}
        there = {pair: found for pair, found in pairs.items() if len(found.day)}
        seen = Seen(self.days.ordinal[self.inside], self.days.open[self.inside], self.first, self.last)
        rows = list(self._rows(there, seen)) if there else []
        silent = tuple(" > ".join(pair) for pair in pairs if pair not in there)
        return rows, self._told(held, silent, answered(there, seen, self.named.source))

    def _rows(self, pairs: Mapping[tuple[str, str], Cells], seen: Seen) -> Iterator[DyadPeriod]:
        """All periods of the set, for each pair with events."""
        start, all_rows = seen.each(self.by)
        for (source, target), found in pairs.items():
            periods = summed(found, numbers(found.day, self.by) - start, len(all_rows))
            for i in range(len(all_rows)):
                yield self._row(source, target, start + i, periods, i, int(all_rows[i]))

    def _row(self, source: str, target: str, period: int, found: Periods, i: int, all_rows: int) -> DyadPeriod:
        first, last = bounds(period, self.by)
        mean = Estimate(
            float(found.mean[i]),
            float(found.low[i]),
            float(found.high[i]),
            LEVEL,
            int(found.valued[i]),
            int(found.valued[i] > 0),
        )
        because = _because(int(found.valued[i]), int(found.days[i]), bool(found.low[i] == found.low[i]))
        unknown, *kinds = (int(one) for one in found.kinds[i])
        return DyadPeriod(
            set=self.named.id,
            source=source,
            target=target,
            when=written(period, self.by),
            days=min(last, self.last) - max(first, self.first) + 1,
            events=int(found.events[i]),
            rows=int(found.rows[i]),
            reports=int(found.reports[i]) if "reports" in self.opened.rows.columns else None,
            verbal_cooperation=kinds[0],
            material_cooperation=kinds[1],
            verbal_conflict=kinds[2],
            material_conflict=kinds[3],
            unknown=unknown,
            goldstein=mean,
            on_days=int(found.days[i]),
            verdict="undetermined" if because else "estimated",
            because=because,
            share=1000 * int(found.rows[i]) / all_rows if all_rows else float("nan"),
        )

    def _told(self, held: Held, silent: tuple[str, ...], models: Models) -> EventSet:
        named, days, taken = self.named, self.days, self.opened.taken
        read, broken, kept, aside, first = _kept(self.opened, days)
        start, end = (format_day(day) if self.last >= self.first else "" for day in (self.first, self.last))
        in_span = int(days.rows[self.inside].sum())
        return EventSet(
            named.id, named.source, named.format.title, named.codes, taken.files, read, broken, kept,
            in_span - int(days.open[self.inside].sum()), kept - in_span, int(held.rows.sum()), int(held.events.sum()), start, end,
            SAME[named.same], held.table, held.codes_of(differing()) if named.codes == "cameo" else (), held.unknown(),
            silent, taken.passed_over, aside, first, *models,
        )  # fmt: skip


def _because(events: int, days: int, banded: bool) -> str:
    """Why the mean of a period is undetermined; "" where it is not."""
    if events < FEWEST_EVENTS:
        return f"fewer than {FEWEST_EVENTS} events with a value"
    if days < FEWEST_DAYS:
        return f"its events fall on fewer than {FEWEST_DAYS} days"
    return "" if banded else "all events have one value, which shows no spread"

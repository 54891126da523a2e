"""The section on events: what machine-coded sets record between the sides, and how far that can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Final

from rashomon.measuring import DyadPeriod, EventSet, Excitation, Reciprocity
from rashomon.reporting.counted import CAVEATS, ONE_READING, counted_words, silent_words, toward
from rashomon.reporting.document import (
    Block,
    Break,
    Column,
    Figure,
    Fold,
    Head,
    Inline,
    More,
    Para,
    Row,
    Section,
    Small,
    Sources,
    Strong,
    Table,
    Text,
)
from rashomon.reporting.eventspecs import kinds, means
from rashomon.reporting.reciprocal import Acts, brought_about, excitation_table, like_met
from rashomon.reporting.telling import Telling
from rashomon.reporting.wording import band, day, interval, join, number
from rashomon.texts import count

_CHARTED: Final = 6  # directions of a set that are drawn
_FEW: Final = 3  # periods with events that are worth a drawing
_EVENTS: Final = Acts("event", "event", "that stand in both directions on one day", "as fast as the set has rows by month and by day of the week, so that a month of much reporting, or a press that rests at weekends,")
_ROWS: Final = 240  # periods of a direction that are listed: twenty years of months


def events(telling: Telling) -> Section | None:
    """The section on events; None where the study declares none."""
    found = telling.measures.events
    if not found.sets:
        return None
    blocks: list[Block] = [Para((CAVEATS,), kind="note")]
    for told in found.sets:
        blocks += _of_set(telling, told, [row for row in found.rows if row.set == told.id])
    return Section("events", "What event data record between the sides", tuple(blocks))


def _of_set(telling: Telling, told: EventSet, rows: Sequence[DyadPeriod]) -> Iterator[Block]:
    title = next(one.title for one in telling.study.declared.sources if one.id == told.source)
    yield Head(f"events-{told.id}", title)
    said = list(counted_words(told))
    yield Para((said[0],), (count(told.events, "event"), ", one voice: ", Sources((told.source,))))
    for one in said[1:]:
        yield Para((one,))
    if told.first:
        yield _broken(told)
    directions = [(pair, list(listed)) for pair, listed in groupby(rows, lambda row: (row.source, row.target))]
    directions.sort(key=lambda one: -sum(row.events for row in one[1]))
    long = [one for one in directions if sum(row.events > 0 for row in one[1]) >= _FEW]
    for (source, target), listed in long[:_CHARTED]:
        yield from _direction(telling, told, source, target, listed)
    short = [one for one in directions if one not in long]
    if short:
        yield _undrawn(telling, told.id, [row for _, listed in short for row in listed if row.events], len(short))
    left = long[_CHARTED:]
    if left:
        named = join(f"{toward(telling.names, *pair)} ({sum(row.events for row in listed):,})" for pair, listed in left)
        yield Para((f"Not drawn, with fewer events: {named}.",), kind="note")
    yield from _models(telling, told)
    if told.silent:
        yield Para((silent_words(told, telling.names),), kind="note")


def _broken(told: EventSet) -> Para:
    """The first broken rows, and where all of them lie."""
    parts: list[Inline] = []
    for one in told.first:
        place = one.file if one.line is None else f"{one.file}, line {one.line:,}"
        parts += [f"{place}: {one.reason}", Break()]
    shown = More(f"The first of {count(told.broken, 'broken row')}", (*parts, f"All of them: {told.aside}"))
    return Para((shown,), kind="note")


def _direction(telling: Telling, told: EventSet, source: str, target: str, rows: Sequence[DyadPeriod]) -> Iterator[Block]:
    name = toward(telling.names, source, target)
    anchor = f"{told.id}-{source}-{target}"
    total, filled = sum(row.events for row in rows), [row for row in rows if row.events]
    decided = [row for row in filled if not row.because]
    caption: Text = (
        Strong(f"{name}. "),
        f"{count(total, 'event')} of {day(told.first_day)} to {day(told.last_day)}, by month: cooperation above the line, conflict below.",
    )
    alt = f"Events of {name} by month and kind; the table under the next figure gives the numbers."
    yield Figure(f"fig-events-{anchor}", caption, kinds(rows), alt, None, "text")
    said: Text = (
        Strong(f"{name}: mean of Goldstein’s scale. "),
        f"From −10, conflict, to 10, cooperation; {told.goldstein}. Lines are 90 % intervals over days; "
        f"{count(len(decided), 'month')} of {len(filled):,} with events {'has' if len(decided) == 1 else 'have'} enough of them for one.",
    )
    alt = f"Mean of Goldstein's scale for {name} by month, with 90 % intervals; the table gives the numbers."
    yield Figure(f"fig-means-{anchor}", said, means(rows), alt, _table(telling, anchor, name, filled), "text")


def _models(telling: Telling, told: EventSet) -> Iterator[Block]:
    """Whether like is met with like in what the set records, and whether events bring about events."""
    if not told.reciprocity:
        return
    yield Head(f"reciprocity-{told.id}", "Is like met with like, and do events bring about events?")
    yield Para((ONE_READING,), kind="note")
    pairs = [list(rows) for _, rows in groupby(told.reciprocity, _pair)]
    for rows in pairs:
        if not _undecided(rows):
            yield Para(like_met(telling, rows))
    yield from _open(telling, "like is met with like", [rows[0] for rows in pairs if _undecided(rows)])
    moved = [list(rows) for _, rows in groupby(told.excitation, _pair)]
    for fitted in (rows for rows in moved if rows[0].draws):
        yield Para(brought_about(telling, fitted, _EVENTS))
        yield excitation_table(telling, fitted, f"tab-excitation-{told.id}-{fitted[0].side}-{fitted[0].other}", _EVENTS)
    yield from _open(telling, "events bring about events", [rows[0] for rows in moved if not rows[0].draws])


def _undecided(rows: Sequence[Reciprocity]) -> bool:
    return all(row.verdict == "undetermined" for row in rows)


def _open(telling: Telling, question: str, rows: Sequence[Reciprocity | Excitation]) -> Iterator[Para]:
    """Between which sides a question is undetermined, and why."""
    if rows:
        why = join(f"of {telling.names.short(row.side)} and {telling.names.short(row.other)} ({telling.names.prose(row.because)})" for row in rows)
        yield Para((f"Whether {question} is undetermined {why}.",), kind="note")


def _pair(row: Reciprocity | Excitation) -> frozenset[str]:
    return frozenset((row.side, row.other))


def _undrawn(telling: Telling, anchor: str, rows: Sequence[DyadPeriod], directions: int) -> Fold:
    """All periods of the directions that have too few of them to be drawn."""
    table = _table(telling, anchor, f"Directions with events in fewer than {_FEW} months", rows, lambda row: toward(telling.names, row.source, row.target))
    return Fold(f"{count(directions, 'direction')} with events in fewer than {_FEW} months", (table,))


def _table(
    telling: Telling, anchor: str, name: str, rows: Sequence[DyadPeriod], whose: Callable[[DyadPeriod], str] | None = None
) -> Table:
    made = tuple(
        Row(
            (
                (Strong(interval(row.when)), *((Break(), Small(whose(row))) if whose else ())),
                (f"{row.events:,}", Small(f" of {row.rows:,} rows")),
                (number(row.share, 2),),
                (f"{row.verbal_cooperation:,}, {row.material_cooperation:,}",),
                (f"{row.verbal_conflict:,}, {row.material_conflict:,}",),
                (number(row.goldstein.estimate, 2), Small(f" [{band(row.goldstein)}]" if not row.because else ""), Small(f" n = {row.goldstein.n:,}")),
                (Small(row.because and f"undetermined: {telling.names.prose(row.because)}"),),
            )
        )
        for row in rows[-_ROWS:]
    )
    columns = (
        Column("Month", width=14), Column("Events", "number", 12), Column("‰ of all rows", "number", 9),
        Column("Cooperation: words, deeds", "number", 14), Column("Conflict: words, deeds", "number", 14),
        Column("Mean", "number", 17), Column("Remark", width=20),
    )  # fmt: skip
    more = max(len(rows) - _ROWS, 0)
    return Table(f"tab-events-{anchor}", (Strong(f"{name}, by month. "),), columns, made, 12, more, rest="months")

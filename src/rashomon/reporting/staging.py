"""Is a mood shared or staged? Official tone beside what elites and publics of the same side hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from rashomon.measuring import Facade, Facades
from rashomon.reporting.document import (
    Block,
    Break,
    Column,
    Fold,
    Para,
    Row,
    Section,
    Small,
    Strong,
    Table,
    Text,
)
from rashomon.reporting.telling import MOST_ROWS, Telling
from rashomon.reporting.wording import join, unique
from rashomon.texts import count

_OPEN = "undetermined"


def staging(telling: Telling) -> Section:
    """The section on façades: moods that the study asks about first, then periods, single years folded."""
    return Section("facade", "Shared or staged?", tuple(_blocks(telling, telling.measures.facades)))


def _blocks(telling: Telling, result: Facades) -> list[Block]:
    if not result.rows:
        return [Para(("No view of another side on a quality with a tone (warm or cold in study.toml) is on record.",), kind="note")]
    mains = set(telling.mains)
    between = [row for row in result.rows if {row.side, row.target} == mains]
    moods = [row for row in between if row.by == "mood"]
    periods = [row for row in between if row.by == "period"]
    years = [row for row in between if row.by == "year"]
    decided = [row for row in between if row.verdict != _OPEN]
    blocks: list[Block] = [Para(_lead(len(decided), between))]
    blocks += [_mood(telling, row) for row in moods]
    blocks.append(_table(telling, "tab-facade", periods))
    if years:
        both = [row for row in years if row.facade.n]
        title = f"Year by year: {count(len({row.time for row in both}), 'year')} with a quality on which both are on record"
        blocks.append(Fold(title, (_table(telling, "tab-facade-years", _runs(both)),)) if both else Para((f"{title}.",), kind="note"))
    others = len(result.rows) - len(between)
    if others:
        blocks.append(Para((f"{others:,} rows on third sides are in the output of rashomon measure --json.",), kind="note"))
    return blocks


def _runs(years: Sequence[Facade]) -> list[Facade]:
    """Years on end in which a side is on record with the same views as one row: a view that lasts is no new one every year."""
    found = []
    for side in unique(row.side for row in years):
        mine = enumerate(row for row in years if row.side == side)
        for _, run in groupby(mine, key=lambda one: (one[1].records, int(one[1].time) - one[0])):
            rows = [row for _, row in run]
            found.append(replace(rows[0], time=f"{rows[0].time}–{rows[-1].time}") if len(rows) > 1 else rows[0])
    return sorted(found, key=lambda row: row.time)


def _lead(decided: int, rows: Sequence[Facade]) -> Text:
    return (
        "Did officials of a side speak of the other more warmly than its elites and publics thought? The façade is the official tone less what "
        "they held, on the qualities on which both are on record, from −2 to 2; above 0 the official tone is the warmer. ",
        Strong(f"Of {count(len(rows), 'case')} (a time and a side) {decided or 'none'} can be decided. "),
        "Where one voice tells all of either there is no band, only what it tells.",
    )


def _mood(telling: Telling, row: Facade) -> Para:
    """What can be said of a mood that the study asks about, and what would decide it."""
    names = telling.names
    if row.verdict != _OPEN:
        said = f"{row.verdict}, {telling.estimate(row.facade)}"
    else:
        said = f"cannot be decided: {names.prose(row.because)}. What would decide it: {names.prose(row.decides)}"
    text: Text = (
        Strong(f"{_time(telling, row)}, {names.short(row.side)} of {names.the(row.target)}: "), said, f". {_groups(telling, row)}"
    )  # fmt: skip
    return Para(text, _basis(telling, row, 3))


def _basis(telling: Telling, row: Facade, shown: int) -> Text:
    """What a façade rests on: the voices of either group, for a source may tell of one alone."""
    counts = f"{count(row.n, 'view')}; voices: {row.official.voices} official, {row.held.voices} other"
    return (counts, Break(), *telling.basis(sources=row.sources, records=row.records, shown=shown))


def _groups(telling: Telling, row: Facade) -> str:
    """What each group held, as far as it is on record."""
    parts = [
        f"{name} {telling.estimate(found)} ({count(found.n, 'view')}, {count(found.voices, 'voice')})"
        for name, found in (("the official tone was", row.official), ("elites and publics were at", row.held))
        if found.n
    ]
    said = join(parts)
    gap = row.facade
    alone = f" On this telling alone the façade is {telling.estimate(gap)}, {_leaning(gap.estimate)}." if gap.n and gap.low != gap.low else ""
    on = f", of {join(telling.names.topic(one) for one in row.qualities)}" if row.qualities else ""
    return f"{said[:1].upper()}{said[1:]}, on a scale from −1 (cold) to 1 (warm){on}.{alone}" if parts else ""


def _leaning(facade: float) -> str:
    """Which tone is the warmer, as far as two digits show it."""
    if abs(facade) < 0.005:
        return "no difference between the two"
    return f"the official tone being the {'warmer' if facade > 0 else 'colder'}"


def _table(telling: Telling, anchor: str, rows: Sequence[Facade]) -> Table:
    made = tuple(_row(telling, row) for row in rows[:MOST_ROWS])
    columns = (
        Column("Time", width=17), Column("Official tone", "number", 13), Column("Held by others", "number", 13),
        Column("Façade", "number", 13), Column("Verdict", width=26), Column("Rests on", width=18),
    )  # fmt: skip
    caption: Text = (Strong("Official tone and what elites and publics held. "), "−1 cold to 1 warm, with 90 % intervals where two voices tell. The façade sets like against like, quality by quality and "
                     "within a voice where it tells of both; so it need not be the one column less the other.")  # fmt: skip
    return Table(anchor, caption, columns, made, max(sum(row.verdict != _OPEN for row in rows), 6), max(len(rows) - MOST_ROWS, 0), rest="times")


def _row(telling: Telling, row: Facade) -> Row:
    names = telling.names
    of = f"{names.short(row.side)} of {names.the(row.target)}"
    on: tuple[Break | Small, ...] = (Break(), Small(f"on {join(names.topic(one) for one in row.qualities)}")) if row.qualities else ()
    return Row(
        (
            (Strong(_time(telling, row)), Break(), Small(of)),
            (telling.estimate(row.official),),
            (telling.estimate(row.held),),
            (telling.estimate(row.facade),),
            (telling.badge(row.verdict), Break(), Small(names.prose(row.because)), *on),
            _basis(telling, row, 2),
        )
    )


def _time(telling: Telling, row: Facade) -> str:
    if row.by == "mood":
        name = next((one.name for one in telling.study.declared.moods if one.id == row.time), row.time)
        return name[:1].upper() + name[1:]
    return telling.names.period(row.time) if row.by == "period" else row.time

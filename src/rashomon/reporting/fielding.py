"""Arenas and triads: fields in which views and moves are warm or cold, third sides, and what moves together."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon.measuring import ArenaTone, Balance, Together
from rashomon.reporting.document import (
    Block,
    Break,
    Column,
    Fold,
    Head,
    Para,
    Row,
    Section,
    Small,
    Strong,
    Table,
    Text,
)
from rashomon.reporting.telling import MOST_ROWS, Telling, decided_first
from rashomon.reporting.wording import join
from rashomon.texts import count

_OPEN = "undetermined"
_KINDS = {"images": "statements", "polls": "polls", "moves": "moves"}
_ORDER = {"move together": 0, "move apart": 0, "perhaps move together": 1, "perhaps move apart": 1, "no link found": 2, _OPEN: 3}


def fielding(telling: Telling) -> Section:
    """The section on arenas, on which of them move together, and on triads."""
    return Section("arenas", "Arenas and triads", (*_arenas(telling), *_triads(telling)))


def _arenas(telling: Telling) -> list[Block]:
    result = telling.measures.arenas
    between = [row for row in result.rows if {row.side, row.target} == set(telling.mains)]
    if not between:
        why = "no arena is declared" if not telling.study.declared.arenas else "no view or move with a tone lies in one"
        return [Para((f"Nothing can be said by arena: {why}.",), kind="note")]
    decided = [row for row in between if row.verdict != _OPEN]
    warm = [row for row in decided if row.verdict == "warm"]
    text: Text = (
        "In which fields were the sides warm or cold toward each other? Views count by the qualities that have a tone, moves by whether their "
        "kind is friendly or unfriendly. ",
        Strong(f"Of {count(len(between), 'tone')} of views or moves {len(warm) or 'none'} have a band that is all warm, {len(decided) - len(warm) or 'none'} one all cold"),
        "; the rest are told by one voice only, or their bands hold zero. One lasting view counts in each period in which it was held, and of so many "
        "bands at 90 % a few leave out zero by chance.",
    )  # fmt: skip
    heading = Head("arenas-together", "Do arenas move together?")
    return [Para(text), _tones(telling, between), heading, *_together(telling, "tab-arenas-together", result.together, "arenas")]


def _tones(telling: Telling, rows: Sequence[ArenaTone]) -> Table:
    names = telling.names
    arenas = {one.id: one.name for one in telling.study.declared.arenas}
    periods = [one.id for one in telling.study.declared.periods]
    order = list(arenas)
    ordered = sorted(
        rows, key=lambda row: (row.verdict == _OPEN, order.index(row.arena), periods.index(row.period) if periods else 0, row.kind)
    )  # fmt: skip
    made = tuple(
        Row(
            (
                (Strong(arenas[row.arena]), Break(), Small(names.period(row.period))),
                (f"{'views' if row.kind == 'images' else 'moves'} of {names.the(row.side)}", Break(), Small(f"toward {names.the(row.target)}")),
                (telling.estimate(row.tone),),
                (str(row.warm),),
                (str(row.cold),),
                (telling.badge(row.verdict), Break(), Small(names.prose(row.because))),
                telling.basis(row.n, "record", row.voices, row.sources, row.records, 2),
            )
        )
        for row in ordered[:MOST_ROWS]
    )
    columns = (
        Column("Arena", width=20), Column("Whose", width=20), Column("Tone", "number", 15), Column("Warm", "number", 6),
        Column("Cold", "number", 6), Column("Verdict", width=15), Column("Rests on", width=18),
    )  # fmt: skip
    caption: Text = (Strong("Tone by arena. "), "−1 cold to 1 warm, with 90 % intervals where two voices tell; those that are decided first.")
    shown = max(sum(row.verdict != _OPEN for row in rows), 6)
    return Table("tab-arenas", caption, columns, made, min(shown, 16), max(len(rows) - MOST_ROWS, 0), rest="tones")


def _together(telling: Telling, anchor: str, rows: Sequence[Together], what: str) -> list[Block]:
    """Pairs of yearly series, those that move together or apart first."""
    if not rows:
        return [Para((f"No two {what} of one side are told year by year.",), kind="note")]
    found = [row for row in rows if row.verdict not in (_OPEN, "no link found")]
    tried = sum(row.verdict != _OPEN for row in rows)
    surely = [row for row in found if not row.verdict.startswith("perhaps")]
    said = (
        f"Of {count(len(rows), 'pair')} of {what}, {tried or 'none'} have eight years in common and voices enough to be tried"
        + (f"; {len(surely) or 'none'} of them move together or apart when all are taken into account, {len(found) - len(surely)} perhaps." if tried else ".")
        + " Trends are taken off first; a series is read within each voice and pollster."
    )
    return [Para((said,)), _pairs(telling, anchor, rows)]


def _pairs(telling: Telling, anchor: str, rows: Sequence[Together]) -> Table:
    ordered = decided_first(sorted(rows, key=lambda row: (_ORDER[row.verdict], row.p if row.p == row.p else 2.0, -row.years)))
    made = tuple(
        Row(
            (
                (Strong(telling.names.short(row.side)), Break(), Small(_KINDS[row.kind])),
                (_series(telling, row.first),),
                (_series(telling, row.second),),
                (telling.estimate(row.correlation),),
                (telling.badge(row.verdict), Break(), Small(_because(telling, row))),
                telling.basis(row.n, "observation", row.voices, row.sources, row.records, 2),
            )
        )
        for row in ordered
    )
    columns = (
        Column("Whose", width=14), Column("One", width=17), Column("Other", width=17), Column("Correlation", "number", 14),
        Column("Verdict", width=20), Column("Rests on", width=18),
    )  # fmt: skip
    caption: Text = (Strong("What moves together. "), "Correlation of yearly departures, with its 90 % interval.")
    shown = max(sum(row.verdict != _OPEN for row in ordered), 4)
    return Table(anchor, caption, columns, made, shown, len(rows) - len(made), rest="pairs")


def _series(telling: Telling, name: str) -> str:
    """A series in words: "economy toward ussr", or the side that is seen."""
    arena, toward, target = name.partition(" toward ")
    if not toward:
        return f"of {telling.names.the(name)}"
    arenas = {one.id: one.name for one in telling.study.declared.arenas}
    return f"{arenas.get(arena, arena)}, toward {telling.names.the(target)}"


def _because(telling: Telling, row: Together) -> str:
    said = row.because
    for name in (row.first, row.second):
        seen = _series(telling, name)
        said = said.replace(f"{name} is told", f"{seen if ' toward ' in name else f'what is thought {seen}'} is told")
    return telling.names.prose(said)


# triads


def _triads(telling: Telling) -> list[Block]:
    result = telling.measures.triads
    blocks: list[Block] = [Head("triads", "Third sides: does one view move with another?")]
    blocks += _together(telling, "tab-triads", result.rows, "views of two others")
    return [*blocks, *_balance(telling, result.balance)]


def _balance(telling: Telling, rows: Sequence[Balance]) -> list[Block]:
    if not rows:
        return [Para(("Of no three sides are all three relations on record in one period, so that balance cannot be asked.",), kind="note")]
    decided = [row for row in rows if row.verdict != _OPEN]
    names = telling.names
    text: Text = (
        "Are three sides in balance, so that a friend’s friend and an enemy’s enemy is a friend? ",
        Strong(f"Of {count(len(rows), 'triad')} in a period, with three relations on record, {len(decided) or 'none'} can be decided."),
    )  # fmt: skip
    made = tuple(
        Row(
            (
                (Strong(join(names.short(one) for one in row.sides)), Break(), Small(names.period(row.period))),
                tuple(_relations(telling, row)),
                (telling.badge(row.verdict), Break(), Small(names.prose(row.because))),
                telling.basis(row.n, "view", row.voices, row.sources, row.records, 2),
            )
        )
        for row in sorted(rows, key=lambda row: row.verdict == _OPEN)[:MOST_ROWS]
    )
    columns = (Column("Sides", width=24), Column("Relations", width=30), Column("Verdict", width=28), Column("Rests on", width=18))
    caption: Text = (Strong("Balance of three sides. "), "Mean tone of what two sides hold of each other, −1 cold to 1 warm.")
    table = Table("tab-balance", caption, columns, made, 6, rest="triads")
    return [Para(text), table] if decided else [Para(text), Fold(f"{count(len(rows), 'triad')} and why", (table,))]


def _relations(telling: Telling, row: Balance) -> list[str | Break]:
    out: list[str | Break] = []
    for one in row.relations:
        out += [f"{telling.names.short(one.one)} – {telling.names.short(one.other)}: {telling.estimate(one.tone)}", Break()]
    return out[:-1]

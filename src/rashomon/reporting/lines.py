"""Policy lines and what became of them: overlaps, goals that were outlived, and how far packages stood from each side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rashomon.reporting.document import (
    Badge,
    Block,
    Break,
    Column,
    Em,
    Figure,
    Fold,
    Head,
    Inline,
    Para,
    Records,
    Row,
    Section,
    Small,
    Strong,
    Table,
    Text,
    columns_of,
)
from rashomon.reporting.specs import policies
from rashomon.reporting.telling import MOST_ROWS, Telling, reasons
from rashomon.reporting.wording import interval, join, number, spread, unique
from rashomon.texts import count


def lines(telling: Telling) -> Section:
    """The section on policy lines, goal drift and packages."""
    blocks = [*_policies(telling), *_drift(telling), *_packages(telling)]
    return Section("policies", "Policy lines", tuple(blocks))


def _policies(telling: Telling) -> list[Block]:
    result = telling.measures.policies
    if not result.rows:
        return [Para(("No policy line is on record.",), kind="note")]
    tense = [one for one in result.overlaps if one.relation == "in tension"]
    text: Text = (
        f"{count(len(result.rows), 'policy line')} stand on record. Two lines that were in force at once are both held; they are never "
        f"averaged. Lines of one side meet in time on an issue {count(len(result.overlaps), 'time')}, and {len(tense)} of these "
        f"meetings {'is' if len(tense) == 1 else 'are'} in tension: every position of the one excludes every position of the other.",
    )
    caption: Text = (
        Strong("Policy lines in time. "),
        "Full bars: in force throughout; pale bars: at some time within. A dashed frame marks the time in which two lines of one "
        "side were in tension.",
    )
    alt = f"{len(result.rows)} policy lines as bars along the years; the table below gives their times and positions."
    chart = policies(result.rows, result.overlaps, telling.names, telling.mains)
    blocks: list[Block] = [Para(text), Figure("fig-policies", caption, chart, alt, _line_table(telling, result.rows))]
    if result.overlaps:
        blocks.append(_overlap_table(telling, result))
    return blocks


def _line_table(telling: Telling, rows: Sequence[Any]) -> Table:
    names = telling.names
    made = tuple(
        Row(
            (
                (Strong(row.title),),
                (join(names.short(one) for one in row.authors),),
                ("; ".join(interval(one.when) for one in row.intervals),),
                _positions(telling, row.positions),
                telling.basis(row.n, "clause", row.voices, row.sources, row.packages),
            )
        )
        for row in rows[:MOST_ROWS]
    )
    heads = (("Line", 20), ("Author", 15), ("In force", 15), ("Holds", 32), ("Rests on", 18))
    columns = columns_of(heads)
    return Table("tab-policies", (Strong("Policy lines. "),), columns, made, len(made), rest="lines")


def _positions(telling: Telling, positions: Sequence[tuple[str, str, str]]) -> Text:
    parts: list[Inline] = []
    for issue, stance, given in positions:
        parts += [Break()] if parts else []
        parts += telling.names.on(issue, stance)
        parts += [Small(f" if {telling.names.condition(given)}")] if given else []
    return tuple(parts)


def _overlap_table(telling: Telling, result: Any) -> Table:
    names, titles = telling.names, {row.id: row for row in result.rows}
    order = {"in tension": 0, "conditional": 1, "undetermined": 2, "agree": 3}
    made = []
    for one in sorted(result.overlaps, key=lambda one: (order.get(one.relation, 4), one.start))[:MOST_ROWS]:
        first, second = titles[one.first], titles[one.second]
        made.append(
            Row(
                (
                    (Strong(first.title), Break(), Em(_said(telling, one.issue, one.first_position))),
                    (Strong(second.title), Break(), Em(_said(telling, one.issue, one.second_position))),
                    (names.topic(one.issue),),
                    (interval(f"{one.start}/{one.end}"), Break(), Small(one.held)),
                    (Strong(one.relation), Break(), Small(names.prose(one.because))),
                    telling.basis(one.n, "clause", one.voices, (), (*first.packages, *second.packages)),
                )
            )
        )
    heads = (("One line", 19), ("The other", 19), ("Issue", 15), ("Held together", 15), ("Relation", 16), ("Rests on", 16))
    columns = columns_of(heads)
    caption: Text = (Strong("Lines of one side that overlap. "), "Those in tension first.")
    more = max(len(result.overlaps) - MOST_ROWS, 0)
    return Table("tab-overlaps", caption, columns, tuple(made), 8, more, rest="overlaps")


def _said(telling: Telling, issue: str, positions: str) -> str:
    return "; ".join(unique(telling.names.stance(issue, one) for one in positions.split("; ")))


def _drift(telling: Telling) -> list[Block]:
    rows = telling.measures.goal_drift.rows
    blocks: list[Block] = [Head("goal-drift", "Goals and what outlived them")]
    if not rows:
        return [*blocks, Para(("No record is said to serve another.",), kind="note")]
    counts = Counter(row.verdict for row in rows)
    text: Text = (
        f"A demand drifts when it is still held after the aim that it served has ended. Of {count(len(rows), 'means', 'means')} said to serve an "
        f"aim, {counts['drift']} outlived it and {counts['no drift']} did not"
        + (f"; of {counts['undetermined']} it cannot be told: {join(f'{why} ({n})' for why, n in reasons(rows))}." if counts["undetermined"] else "."),
    )
    order = {"drift": 0, "no drift": 1, "undetermined": 2}
    made = tuple(_drift_row(telling, row) for row in sorted(rows, key=lambda row: order.get(row.verdict, 3))[:MOST_ROWS])
    heads = (("Means", 26), ("Aim", 26), ("After the aim’s end", 14), ("Verdict", 17), ("Rests on", 17))
    columns = columns_of(heads)
    table = Table("tab-drift", (Strong("Means and aims. "),), columns, made, max(counts["drift"], 5), max(len(rows) - MOST_ROWS, 0), rest="means")  # fmt: skip
    return [*blocks, Para(text), table]


def _drift_row(telling: Telling, row: Any) -> Row:
    kind = {"drift": "warning", "no drift": "alike"}.get(row.verdict, "open")
    return Row(
        (
            (Strong(telling.names.record(row.means)), Break(), Small(_span(row.means_held))),
            (telling.names.record(row.aim), Break(), Small(f"{_span(row.aim_held)}; end {row.end}")),
            (_after(row.low, row.high),),
            (Badge(row.verdict, kind), Break(), Small(telling.names.prose(row.because))),
            telling.basis(row.n, "record", row.voices, row.sources, (*row.means_records, *row.aim_records, *row.reversed_by)),
        )
    )


def _after(low: float, high: float) -> str:
    """How long the means was held after the aim’s end, in years; both may be negative, and NaN is no bound."""
    if high != high:
        return "–"
    if low != low:
        return f"at most {number(high, 1)} years" if high > 0 else "not after it"
    if high <= 0:
        return "ended with it" if number(-low, 1) == number(0.0, 1) else f"ended {spread(-high, -low, 1)} years before"
    return f"{spread(low, high, 1)} years" if low > 0 else f"from {number(-low, 1)} years before to {number(high, 1)} after"


def _span(held: tuple[str, str, str]) -> str:
    first, low, high = (one[:4] for one in held)
    return f"held {first}" if first == low == high else f"held {first}–{low}" if low == high else f"held {first} to {low}–{high}"


def _packages(telling: Telling) -> list[Block]:
    result = telling.measures.packages
    packages = getattr(result, "packages", ())
    if not result.rows:
        return []
    names = telling.names
    made = tuple(
        Row(
            (
                (Strong(row.title), Break(), Small(f"{row.kind}, {interval(row.when)}, "), Records((row.package,))),
                (names.short(row.side),),
                (number(row.distance),),
                (f"{row.met}",),
                (f"{row.mixed}",),
                (f"{row.opposed}",),
                (f"{row.clauses}",),
            )
        )
        for row in packages[:MOST_ROWS]
        if row.n
    )
    text: Text = (
        "How far did each proposal, draft and agreement stand from what the two sides held at the time? The distance is the mean "
        "over voices on the issue’s scale from 0 to 1, where its positions are placed; met, mixed and opposed count clauses.",
    )
    columns = (
        Column("Package", width=40), Column("Side", width=18), Column("Distance", "number", 10), Column("Met", "number", 7),
        Column("Mixed", "number", 8), Column("Opposed", "number", 9), Column("Clauses", "number", 8),
    )  # fmt: skip
    blocks: list[Block] = [Head("packages", "Packages and how far they stood from each side"), Para(text)]
    if made:
        blocks.append(Table("tab-packages", (Strong("Packages against sides. "),), columns, made, 14, rest="comparisons"))
    told = [row for row in result.rows if row.n]
    silent = len(result.rows) - len(told)
    inner: list[Block] = [_clause_table(telling, told)] if told else []
    if silent:
        inner.append(Para((f"Of {count(silent, 'further pair')} of a clause and a side, no stance of that side is on record at the time.",), kind="note"))
    return [*blocks, Fold("Clause by clause", tuple(inner))]


def _clause_table(telling: Telling, rows: Sequence[Any]) -> Table:
    names = telling.names
    made = tuple(
        Row(
            (
                (Strong(row.title), f", {row.clause} ", Records((f"{row.package}#{row.clause}",))),
                (*names.on(row.issue, row.position),),
                (names.short(row.side),),
                (number(row.distance),),
                (f"{row.same} the same, {row.different} opposed", Break(), Small(names.prose(row.because))),
                telling.basis(row.n, "stance", row.voices, row.sources, row.records, 2),
            )
        )
        for row in rows[:MOST_ROWS]
    )
    columns = (
        Column("Clause", width=21), Column("Position", width=25), Column("Side", width=11), Column("Distance", "number", 8),
        Column("Stances", width=19), Column("Rests on", width=16),
    )  # fmt: skip
    more = max(len(rows) - MOST_ROWS, 0)
    return Table("tab-clauses", (Strong("Clauses against sides. "),), columns, made, 40, more, rest="clauses")

"""When views change: how long images last, breaks at named dates, lead and lag, and responses to moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from rashomon.reporting.document import (
    Block,
    Break,
    Column,
    Figure,
    Fold,
    Head,
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
from rashomon.reporting.specs import survival
from rashomon.reporting.telling import Telling, decided_first, why
from rashomon.reporting.wording import band, change, interval, join, number, spread
from rashomon.texts import count, written_p


def dynamics(telling: Telling) -> Section:
    """The section on persistence, breaks, lead and lag, and event response."""
    blocks = [*_persistence(telling), *_breaks(telling), *_leads(telling), *_responses(telling)]
    return Section("change", "When images last, and when they change", tuple(blocks))


def _persistence(telling: Telling) -> list[Block]:
    result = telling.measures.persistence
    if not result.rows:
        return [Para(("No image of a quality is on record.",), kind="note")]
    decided = [test for test in result.tests if test.verdict == "differ"]
    text: Text = (
        f"How long did an image last, and does it depend on what it grew from? {count(len(result.images), 'image')} are followed from "
        "first to last evidence. An image ends when its holder takes the other side of the scale, or falls silent on it while still on "
        "record. "
        + (
            f"{count(len(decided), 'comparison')} between roots {'shows' if len(decided) == 1 else 'show'} a difference."
            if decided
            else "No comparison between roots shows a difference beyond what chance brings about within the same voices."
        ),
    )
    curves = [row for row in result.rows if row.curve]
    blocks: list[Block] = [Para(text)]
    if curves:
        caption: Text = (Strong("Share of images still held, by root. "), "Kaplan–Meier curves; in brackets the number of images.")
        alt = "Share of images still held after so many years, one curve for each root; the table gives medians."
        blocks.append(Figure("fig-persistence", caption, survival(curves), alt, None, "text"))
    return [*blocks, _lasting_table(telling, result.rows), *_root_tests(telling, result.tests)]


def _lasting_table(telling: Telling, rows: Sequence[Any]) -> Table:
    made = tuple(
        Row(
            (
                (Strong(row.root),),
                (str(row.n),),
                (f"{row.reversed}, {row.silent}, {row.censored}",),
                (number(row.median.estimate, 1),),
                (band(row.median, 1),),
                (spread(row.shortest, row.longest, 1),),
                (Small(telling.names.prose(row.because)), Break(), Records(row.records, 2)),
            )
        )
        for row in rows
    )
    columns = (
        Column("Root", width=13), Column("Images", "number", 8), Column("Reversed, silent, still held", "number", 15),
        Column("Median years", "number", 10), Column("90 % interval", "number", 13), Column("As uncertain dates fall", "number", 12),
        Column("Remark, records", width=29),
    )  # fmt: skip
    return Table("tab-persistence", (Strong("How long images last, by root. "), "Intervals clustered by voice."), columns, made, 10, rest="roots")


def _root_tests(telling: Telling, tests: Sequence[Any]) -> list[Block]:
    if not tests:
        return []
    made = tuple(
        Row(((join(test.roots, "or"),), (written_p(test.p),), (written_p(test.p_holm),), (Strong(test.verdict), Break(), Small(telling.names.prose(test.because))), (f"{count(test.n, 'image')}, {count(test.voices, 'voice')}",)))
        for test in tests
    )
    columns = (
        Column("Roots compared", width=30), Column("p", "number", 11), Column("Adjusted", "number", 11), Column("Verdict", width=30),
        Column("Rests on", width=18),
    )  # fmt: skip
    table = Table("tab-roots", (Strong("Do roots differ? "), "Log-rank scores, roots permuted within voices; adjusted after Holm."), columns, made, 20)  # fmt: skip
    return [Fold(f"{count(len(tests), 'test')} between roots", (table,))]


def _telling_first(rows: Sequence[Any], quiet: str) -> list[Any]:
    """Rows that found something, then those that found nothing, then the undetermined; smaller p first."""
    order = {quiet: 1, "undetermined": 2}
    return sorted(rows, key=lambda row: (order.get(row.verdict, 0), row.p if row.p == row.p else 2.0))


def _summed(rows: Sequence[Any], what: tuple[str, str], quiet: str) -> str:
    counts = Counter(row.verdict for row in rows)
    found = join(f"{n} {verdict}" for verdict, n in counts.items() if verdict not in (quiet, "undetermined"))
    decided = found or ("none stands out" if counts[quiet] else "")
    left = f"{counts['undetermined']} cannot be decided" if counts["undetermined"] < len(rows) else "none can be decided"
    parts = (
        decided,
        f"{counts[quiet]} with {quiet}" if counts[quiet] else "",
        f"{left}: {why(rows, 2)}" if counts["undetermined"] else "",
    )
    return f"Of {count(len(rows), *what)}, {'; '.join(part for part in parts if part)}."


def _told(
    telling: Telling, anchor: str, title: str, said: str, table: tuple[tuple[tuple[str, int], ...], Callable[[Any], Row], str], rows: Sequence[Any], quiet: str
) -> list[Block]:  # fmt: skip
    """A subsection: its text, the table of rows that found something, and the rest folded."""
    heads, make, caption = table
    blocks: list[Block] = [Head(anchor, title)]
    if not rows:
        return [*blocks, Para(("The study has no records that this could be tried on.",), kind="note")]
    ordered = _telling_first(rows, quiet)
    telling_rows = sum(row.verdict not in (quiet, "undetermined") for row in ordered)
    columns = columns_of(heads)
    made = tuple(make(row) for row in decided_first(ordered))
    more = len(rows) - len(made)
    full = Table(f"tab-{anchor}", (Strong(caption),), columns, made, max(telling_rows, 4), more, rest="rows")
    return [*blocks, Para((said,)), full]


def _breaks(telling: Telling) -> list[Block]:
    rows = telling.measures.breaks.rows
    quiet = "no change found"
    said = "Did a view change at a named date more than at other dates? " + _summed(rows, ("view at a date", "views at dates"), quiet)

    def make(row: Any) -> Row:
        names = telling.names
        also = f"; also near: {join(telling_dates(telling, row.also))}" if row.also else ""
        return Row(
            (
                (Strong(row.name), Break(), Small(interval(row.when))),
                (names.view(row.topic, row.measure), Break(), Small(f"{names.short(row.holder)}{', ' + row.instrument if row.instrument else ''}")),
                (change(row.change, row.unit),),
                (telling.badge(row.verdict), Break(), Small(f"{names.prose(row.because)}{also}")),
                telling.basis(row.n, "record", row.voices, row.sources, row.records, 2),
            )
        )

    heads = (("Date", 17), ("View", 24), ("Change", 15), ("Verdict", 26), ("Rests on", 18))
    return _told(telling, "breaks", "Breaks at named dates", said, (heads, make, "Views before and after named dates. "), rows, quiet)


def telling_dates(telling: Telling, ids: Sequence[str]) -> list[str]:
    """Names of named dates."""
    names = {one.id: one.name for one in telling.study.declared.dates}
    return [names.get(one, one) for one in ids]


def _leads(telling: Telling) -> list[Block]:
    rows = telling.measures.lead_lag.rows
    quiet = "no link found"
    said = "Does one view move before another? " + _summed(rows, ("pair of views", "pairs of views"), quiet)

    def make(row: Any) -> Row:
        names = telling.names
        lag = "–" if row.lag is None else f"{row.lag} [{row.lag_low} to {row.lag_high}]" if row.lag_low is not None else str(row.lag)
        return Row(
            (
                (Strong(names.group(row.first)), Break(), Small(names.measure(row.first_measure))),
                (Strong(names.group(row.second)), Break(), Small(names.measure(row.second_measure))),
                (lag.replace("-", "−"),),
                (telling.estimate(row.correlation),),
                (telling.badge(row.verdict), Break(), Small(names.prose(row.because))),
                telling.basis(row.n, "record", row.voices, row.sources, row.records, 2),
            )
        )

    heads = (("First", 22), ("Second", 22), ("Lag", 8), ("Correlation", 12), ("Verdict", 18), ("Rests on", 18))
    caption = "Pairs of views and their lag in years (positive: the first leads). "
    return _told(telling, "lead-lag", "Lead and lag", said, (heads, make, caption), rows, quiet)


def _responses(telling: Telling) -> list[Block]:
    rows = telling.measures.event_response.rows
    quiet = "no response found"
    said = "Does a view of one side change around the other’s moves? " + _summed(rows, ("view with a kind of move", "views with kinds of moves"), quiet)

    def make(row: Any) -> Row:
        names = telling.names
        return Row(
            (
                (names.view(row.topic, row.measure), Break(), Small(names.short(row.holder))),
                (f"{row.moves} by {names.the(row.mover)}", Break(), Small(f"{count(row.months, 'month')}, {row.used} usable")),
                (change(row.beyond, row.unit),),
                (telling.badge(row.verdict), Break(), Small(names.prose(row.because))),
                telling.basis(row.n, "record", row.voices, row.sources, row.records, 2),
            )
        )

    heads = (("View", 30), ("Moves", 16), ("Change beyond", 14), ("Verdict", 22), ("Rests on", 18))
    caption = "Views around the other side’s moves: change beyond what shifted dates show. "
    return _told(telling, "event-response", "Responses to moves", said, (heads, make, caption), rows, quiet)

"""What is asked of an engine, in expressions of Ibis that DuckDB and Spark answer alike.

Counted is by day, code and value; all that is decided of codes and periods afterwards is decided on these few numbers. Sums
are of whole numbers, so that neither the order of rows nor the engine changes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rashomon.study.events import KEYS

if TYPE_CHECKING:
    from ibis import Table


def rows_by_day(rows: Table, until: int | None) -> Table:
    """``day``, ``rows``, and ``open``: how many of them were known by the day ``until`` (20180601; None: whenever)."""
    if until is None:
        counted = rows.group_by("day").agg(rows=rows.count())
        return counted.mutate(open=counted.rows)
    return rows.group_by("day").agg(rows=rows.count(), open=_known(rows, until).ifelse(1, 0).sum())


def each_side(rows: Table, mark: str) -> Table:
    """A row for each acting and each receiving side, where several stand in a cell with this mark between them; "": none do."""
    for column in ("source", "target") if mark else ():
        listed = rows[column].replace(f"{mark} ", mark).split(mark).unique()
        rows = rows.mutate(**{column: listed.unnest()})
    return rows


def cells(rows: Table, sides: Mapping[str, str], same: str, until: int | None) -> Table:
    """Events of one side toward another: ``day``, ``source``, ``target``, ``code``, ``value``, ``quad``, and sums of
    ``events``, ``rows``, ``reports``.

    ``sides``: code → side. ``same``: which rows are one event; the value of one that is printed with several is the least.
    """
    import ibis

    if until is not None:
        rows = rows.filter(_known(rows, until))
    codes = sorted(sides)
    rows = rows.filter(rows.source.isin(codes) & rows.target.isin(codes) & rows.day.notnull())
    null = ibis.null("float64")
    held = {
        "source": rows.source.cases(*((code, sides[code]) for code in codes)),
        "target": rows.target.cases(*((code, sides[code]) for code in codes)),
        "value": rows.value if "value" in rows.columns else null,
        "quad": rows.quad if "quad" in rows.columns else ibis.null("int64"),
        "reports": rows.reports if "reports" in rows.columns else ibis.null("int64"),
    }
    named = rows.mutate(**held)
    named = named.filter(named.source != named.target)
    keys = ["day", "source", "target", "code"]
    if same == "row":
        sums = {"events": named.count(), "rows": named.count(), "reports": named.reports.sum()}
        return named.group_by([*keys, "value", "quad"]).agg(**sums)
    once = named.group_by([*keys, *KEYS[same]]).agg(
        value=named.value.min(), quad=named.quad.min(), rows=named.count(), reports=named.reports.sum()
    )
    return once.group_by([*keys, "value", "quad"]).agg(
        events=once.count(), rows=once.rows.sum(), reports=once.reports.sum()
    )


def every_pair(rows: Table, by: str, wrong: set[int]) -> Table:
    """Rows of every pair of codes by month or day: ``period`` (its first day, 20180601), ``source``, ``target``, ``rows``,
    the four kinds by the printed class, ``value`` (the mean as printed). ``wrong``: days that are none of the calendar.
    """
    named = rows.source.notnull() & rows.target.notnull() & rows.day.notnull()
    chosen = rows.filter(named & rows.day.notin(sorted(wrong)) if wrong else named)
    sums: dict[str, Any] = {"rows": chosen.count()}
    if "quad" in rows.columns:
        sums |= {f"kind_{kind}": chosen.count(where=chosen.quad == kind) for kind in (1, 2, 3, 4)}
    if "value" in rows.columns:
        sums["value"] = chosen.value.mean()
    period = chosen.day - chosen.day % 100 + 1 if by == "month" else chosen.day
    return chosen.group_by(period=period, source=chosen.source, target=chosen.target).agg(**sums)


def _known(rows: Table, until: int) -> Any:
    """Whether a row's event had been, and had been reported where its set says when, by a day; of no day, it is not asked."""
    past = rows.day.fill_null(0) <= until
    return past & (rows.added.isnull() | (rows.added <= until)) if "added" in rows.columns else past

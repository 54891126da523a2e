"""Pictures of results that the report prints as tables: bands row by row, or counts by verdict. Plain Vega-Lite, as in :mod:`~rashomon.reporting.specs`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from rashomon.measuring import (
    Arenas,
    Breaks,
    Desk,
    Facades,
    FigureFindings,
    GoalDrifts,
    Jackknife,
    LeadLags,
    Mirrors,
    Movements,
    Opportunities,
    PackageDistances,
    Responses,
    Rivals,
    Signals,
    Silences,
    Triads,
    Trials,
    Updates,
)
from rashomon.measuring.networks import TieChanges
from rashomon.reporting.specs import (
    BELOW,
    COLOURS,
    INK,
    POINTS,
    Datum,
    Spec,
    chart,
    distinct,
    layer,
    named,
    nominal,
    number,
    plain,
    rows_high,
    tips,
)
from rashomon.study import Result

__all__ = ["OVERVIEWS", "bands", "tallies"]

MOST: Final = 30
"""Rows of one picture: those of which most can be said."""


def bands(values: Sequence[Datum], title: str, low: float | None = None, high: float | None = None) -> Spec:
    """An estimate a row with its band, told apart by verdict; a row without a band has its point alone, one without both only its name.

    ``values``: ``label``, ``x``, ``low``, ``high`` (None: not estimated), ``verdict``, ``n``, ``voices``.
    """
    verdicts = list(dict.fromkeys(one["verdict"] for one in values))
    x, y = number("x", low, high, title, grid=True), named([one["label"] for one in values])
    legend = {"columns": 3} if any(verdicts) else None
    colour, shape = nominal("verdict", verdicts, COLOURS, legend=legend), nominal("verdict", verdicts, POINTS, legend=legend)
    shown = tips("label", "x", "low", "high", "verdict", "n", "voices")
    layers = [
        layer("zero", "rule", {"color": INK, "strokeWidth": 1}, {"x": x}),
        layer("values", "rule", {"strokeWidth": 2, **BELOW}, {"x": x | {"field": "low"}, "x2": plain("high"), "y": y, "color": colour, "tooltip": shown}),
        layer("values", "point", {"filled": True, "size": 60, "opacity": 1, **BELOW}, {"x": x, "y": y, "color": colour, "shape": shape, "tooltip": shown}),
    ]  # fmt: skip
    return chart(layers, rows_high(values), values=values, zero=[{"x": 0}])


def tallies(pairs: Iterable[tuple[str, str]], title: str) -> Spec:
    """How many of each kind (the first of a pair) came to each verdict (the second): bars laid end to end, each with its number."""
    counts = Counter(pairs)
    rows, verdicts = (list(dict.fromkeys(pair[i] for pair in counts)) for i in (0, 1))
    values: list[Datum] = []
    for label in sorted(rows, key=lambda one: -sum(n for (row, _), n in counts.items() if row == one)):
        at = 0
        for verdict in verdicts:
            if n := counts[label, verdict]:
                values.append({"label": label, "verdict": verdict, "n": n, "x": at, "x2": at + n, "middle": at + n / 2})
                at += n
    x, y = number("x", title=title, tickMinStep=1), named(list(dict.fromkeys(one["label"] for one in values)))
    colour = nominal("verdict", verdicts, COLOURS, legend={"columns": 3, "symbolType": "square"})
    layers = [
        layer("values", "bar", {"height": 12, "stroke": "white", **BELOW},
              {"x": x, "x2": plain("x2"), "y": y, "color": colour, "tooltip": tips("label", "verdict", "n")}),
        layer("values", "text", {"fontSize": 10, "color": "white", "fontWeight": "bold", **BELOW}, {"x": x | {"field": "middle"}, "y": y, "text": plain("n")}),
    ]  # fmt: skip
    return chart(layers, rows_high(values), values=values)


def _band(label: str, x: float, low: float, high: float, verdict: str, counted: Any) -> Datum:
    """One row of :func:`bands`; ``counted`` has its number of observations and of voices."""
    known = {name: value if math.isfinite(value) else None for name, value in (("x", x), ("low", low), ("high", high))}
    return {"label": label, "verdict": verdict, "n": counted.n, "voices": counted.voices} | known


def _estimated(rows: Iterable[tuple[str, Any, Any]]) -> list[Datum]:
    """Rows of (label, estimate, row), those with a band first and the largest first among them."""
    made = [_band(label, one.estimate, one.low, one.high, row.verdict, one) for label, one, row in rows]
    made.sort(key=lambda one: (one["low"] is None, -abs(one["x"] or 0.0)))
    kept = made[:MOST]
    for one, label in zip(kept, distinct(one["label"] for one in kept), strict=True):
        one["label"] = label
    return kept


def _mirrors(result: Mirrors) -> Spec:
    found = _estimated((f"{row.one} and {row.other}, {row.period}", row.index, row) for row in result.rows)
    return bands(found, "mirror-image index", 0.0, 1.0)


def _opportunities(result: Opportunities) -> Spec:
    values = [_band(f"moves to {row.side}, {row.time}", math.nan, row.low, row.high, "bounds", row) for row in result.rows if row.addressed]
    return bands(values[:MOST], "share of moves read", 0.0, 1.0)


def _packages(result: PackageDistances) -> Spec:
    placed = [row for row in result.rows if math.isfinite(row.distance)]
    values = [_band(f"{row.title}, clause {row.clause} – {row.side}", row.distance, row.low, row.high, row.kind, row) for row in placed]
    return bands(values[:MOST], "distance from the side's own stances", 0.0, 1.0)


def _breaks(result: Breaks) -> Spec:
    found = ((f"{row.name or row.date}: {row.holder} on {row.topic} ({row.unit})", row.change, row) for row in result.rows)
    return bands(_estimated(found), "change, each row in its unit")


def _leads(result: LeadLags) -> Spec:
    return bands(_estimated((f"{row.first} / {row.second}", row.correlation, row) for row in result.rows), "correlation of yearly changes", -1.0, 1.0)


def _turns(result: TieChanges) -> Spec:
    found = ((f"{row.source} and {row.target}, {row.before} to {row.after}", row.change, row) for row in result.rows)
    return bands(_estimated(found), "change of the share of agreement", -1.0, 1.0)


def _responses(result: Responses) -> Spec:
    found = ((f"{row.holder} on {row.topic} after {row.moves} of {row.mover}", row.beyond, row) for row in result.rows)
    return bands(_estimated(found), "change beyond what was expected, each row in its unit")


def _movements(result: Movements) -> Spec:
    found = ((f"{row.name}: {row.view.holder} {row.view.measure} ({row.unit})", row.movement, row) for row in result.rows)
    return bands(_estimated(found), "movement beyond what was to be expected, each row in its unit")


def _facades(result: Facades) -> Spec:
    found = ((f"{row.side} of {row.target}, {row.time}", row.facade, row) for row in result.rows if row.by != "year" and row.facade.n)
    return bands(_estimated(found), "official tone less what others of the side hold", -2.0, 2.0)


def _arenas(result: Arenas) -> Spec:
    found = ((f"{row.arena}: {row.kind} of {row.side} toward {row.target}, {row.period}", row.tone, row) for row in result.rows)
    return bands(_estimated(found), "tone, cold to warm", -1.0, 1.0)


def _triads(result: Triads) -> Spec:
    found = ((f"{row.side} of {row.first} and of {row.second} ({row.kind})", row.correlation, row) for row in result.rows)
    return bands(_estimated(found), "correlation of yearly tones", -1.0, 1.0)


def _evidence(result: Trials) -> Spec:
    pairs = [(row.claim, side) for row in result.rows for side, ids in (("for", row.for_), ("against", row.against)) for _ in ids]
    return tallies(pairs, "records")


def _rivals(result: Rivals) -> Spec:
    """Each account's probability among its rivals: a range alone, for no point of it is likelier than another."""
    return bands([_band(row.claim, math.nan, row.low, row.high, row.verdict, row) for row in result.rows[:MOST]], "probability among its rivals", 0.0, 1.0)


OVERVIEWS: Final[dict[type[Result[Any]], Callable[[Any], Spec]]] = {
    Mirrors: _mirrors,
    Opportunities: _opportunities,
    PackageDistances: _packages,
    Breaks: _breaks,
    LeadLags: _leads,
    TieChanges: _turns,
    Responses: _responses,
    Movements: _movements,
    Facades: _facades,
    Arenas: _arenas,
    Triads: _triads,
    Trials: _evidence,
    Rivals: _rivals,
    Signals: lambda result: tallies(((row.kind, _heard(row)) for row in result.rows), "moves"),
    Updates: lambda result: tallies(((row.holder, row.response) for row in result.rows), "signs against a belief"),
    GoalDrifts: lambda result: tallies(((row.means_said, row.verdict) for row in result.rows), "aims it was said to serve"),
    Silences: lambda result: tallies(((f"{row.side} {row.silent}".strip(), row.verdict) for row in result.rows), "topics not on record"),
    Jackknife: lambda result: tallies(((f"without {row.without}", row.measure) for row in result.rows), "results that change"),
    FigureFindings: lambda result: tallies(((f"{' / '.join(row.questions)}: {row.population}", row.kind) for row in result.rows), "findings"),
    Desk: lambda result: tallies(((row.belief, "withheld" if row.withheld else row.bears) for row in result.rows), "records"),
}
"""Results drawn as an overview, and what draws them."""


def _heard(row: Any) -> str:
    if not row.readings:
        return "no reading on record"
    return "misread" if row.misread else "read"

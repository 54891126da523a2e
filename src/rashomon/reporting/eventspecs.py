"""Charts of events: how many of each kind in each period, and the mean of Goldstein's scale. Plain Vega-Lite, as in :mod:`~rashomon.reporting.specs`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rashomon.measuring import DyadPeriod
from rashomon.reporting.specs import (
    INK,
    SOFT,
    Datum,
    Spec,
    chart,
    decimal_year,
    layer,
    nominal,
    number,
    plain,
    tips,
    years,
)

COLOURED = {
    "verbal cooperation": "#9ecae1",
    "material cooperation": "#2b6ca3",
    "verbal conflict": "#f4b183",
    "material conflict": "#b3421b",
}
"""Kind of event → its colour: darker where deeds are meant."""


def kinds(rows: Sequence[DyadPeriod]) -> Spec:
    """Events of one direction by period and kind: cooperation above the line, conflict below."""
    values: list[Datum] = []
    for row in rows:
        start, end = _ends(row)
        for sign, names in ((1, ("verbal cooperation", "material cooperation")), (-1, ("verbal conflict", "material conflict"))):
            base = 0
            for name in names:
                n = getattr(row, name.replace(" ", "_"))
                if n:
                    values.append({"x": start, "x2": end, "y": base, "y2": base + sign * n, "kind": name, "n": n, "when": row.when})
                base += sign * n
    x = years([edge for row in rows for edge in _ends(row)])
    y = number("y", title="events", tickCount=4, tickMinStep=1, format="d", labelExpr="replace(datum.label, '−', '')")
    colour = nominal("kind", list(COLOURED), list(COLOURED.values()), legend={"columns": 2, "symbolType": "square"})
    encoding = {"x": x, "x2": plain("x2"), "y": y, "y2": plain("y2"), "color": colour, "tooltip": tips("when", "kind", "n")}
    layers = [layer("values", "rect", {}, encoding), layer("zero", "rule", {"color": INK, "strokeWidth": 0.8}, {"y": y})]
    return chart(layers, 150, values=values, zero=[{"y": 0}])


def means(rows: Sequence[DyadPeriod]) -> Spec:
    """The mean of Goldstein's scale by period, with its band; hollow where the band is undetermined."""
    values: list[Datum] = []
    for row in rows:
        found = row.goldstein
        if found.estimate == found.estimate:
            start, end = _ends(row)
            low, high = (None if one != one else round(one, 3) for one in (found.low, found.high))
            mark = "open" if low is None else "full"
            values.append(
                {"x": (start + end) / 2, "y": round(found.estimate, 3), "low": low, "high": high, "mark": mark, "n": found.n, "when": row.when}
            )
    x = years([edge for row in rows for edge in _ends(row)])
    y = number("y", -10, 10, "Goldstein mean", tickCount=5, format="d")
    shown = tips("when", "y", "low", "high", "n")
    layers = [
        layer("zero", "rule", {"color": INK, "strokeWidth": 0.8}, {"y": y}),
        layer("values", "rule", {"color": SOFT, "strokeWidth": 1, "opacity": 0.6}, {"x": x, "y": y | {"field": "low"}, "y2": plain("high")},
              only="datum.mark == 'full'"),
        layer("values", "point", {"filled": True, "size": 16, "color": INK, "opacity": 1}, {"x": x, "y": y, "tooltip": shown},
              only="datum.mark == 'full'"),
        layer("values", "point", {"filled": False, "size": 16, "color": SOFT, "strokeWidth": 1}, {"x": x, "y": y, "tooltip": shown},
              only="datum.mark == 'open'"),
    ]  # fmt: skip
    return chart(layers, 120, values=values, zero=[{"y": 0}])


def _ends(row: Any) -> tuple[float, float]:
    """Where a period begins and ends, as decimal years; what is written is a month, a day, or a week from one day to another."""
    first, _, last = row.when.partition("/")
    if last:
        return decimal_year(first), decimal_year(last) + 1 / 365
    if len(first) == len("2018-06-01"):
        return decimal_year(first), decimal_year(first) + 1 / 365
    year, month = int(first[:4]), int(first[5:])
    return year + (month - 1) / 12, year + month / 12

"""Formulas and what is followed by its words, as charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rashomon.measuring.formulas import Formula, Formulas, Tracked
from rashomon.reporting.document import anchor_of
from rashomon.reporting.specs import (
    BELOW,
    COLOURS,
    HAIR,
    Datum,
    Ids,
    Naming,
    Spec,
    chart,
    layer,
    named,
    nominal,
    plain,
    rows_high,
    tips,
    year_of,
    years,
)
from rashomon.study import parse_when

MOST: Final = 24


def middle(when: str) -> float:
    """The middle of a time, as a decimal year."""
    time = parse_when(when)
    return year_of((time.lo + time.hi) // 2)


def spoken(rows: Sequence[Tracked], names: Naming | None = None) -> Spec:
    """Which texts speak of what: a line for each series and topic, a mark for each text, larger the more often it does."""
    names = names or Ids()
    values: list[Datum] = []
    spans: list[Datum] = []
    for row in rows:
        name = names.series(row.series)
        label = f"{row.name} – {name}"
        first, last = row.stretches[0].first_when, row.stretches[-1].last_when
        spans.append({"label": label, "x": middle(first), "x2": middle(last)})
        values += [
            {"label": label, "series": name, "x": middle(when), "when": when, "mentions": many, "record": anchor_of(text)}
            for text, when, many in row.mentions
        ]
    x, y = years(at for one in spans for at in (one["x"], one["x2"])), named([one["label"] for one in spans])
    listed = list(dict.fromkeys(one["series"] for one in values))
    size = {"field": "mentions", "type": "quantitative", "legend": None, "scale": {"type": "sqrt", "range": [18, 160]}}
    colour = nominal("series", listed, COLOURS)
    layers = [
        layer("spans", "rule", {"color": HAIR, "strokeWidth": 2, **BELOW}, {"x": x, "x2": plain("x2"), "y": y}),
        layer("values", "point", {"filled": True, "opacity": 0.8, **BELOW},
              {"x": x, "y": y, "size": size, "color": colour, "tooltip": tips("when", "mentions")}),
    ]  # fmt: skip
    return chart(layers, rows_high(spans), values=values, spans=spans)


def lasted(rows: Sequence[Formula]) -> Spec:
    """From when to when each formula stood."""
    values: list[Datum] = [
        {"label": f"{row.words} ({row.stood})", "x": middle(row.first_when), "x2": middle(row.last_when), "series": row.series}
        for row in rows
    ]
    x, y = years(at for one in values for at in (one["x"], one["x2"])), named([one["label"] for one in values])
    names = list(dict.fromkeys(row.series for row in rows))
    bars = {"x": x, "x2": plain("x2"), "y": y, "color": nominal("series", names, COLOURS), "tooltip": tips("label")}
    return chart([layer("values", "bar", {"height": 9, **BELOW}, bars)], rows_high(values), values=values)


def formulas(result: Formulas) -> Spec:
    """What is followed where a text speaks of it, else how long the weightiest formulas lasted."""
    heard = [row for row in result.tracked if row.mentions]
    return spoken(heard) if heard else lasted(result.rows[:MOST])

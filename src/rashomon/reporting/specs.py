"""The charts of the report as Vega-Lite specifications: plain data, made in milliseconds and tested by what they say.

:mod:`rashomon.reporting.figures` gives the same as Altair charts. Colours are those of Okabe & Ito (2008, "Color Universal Design"); what a
colour tells, a shape, a dash or a place tells too. Times are decimal years, so that no chart depends on a time zone. A mark
whose datum has a ``record`` leads to that anchor of the report.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, Protocol, TypeAlias

from rashomon.reporting.document import anchor_of

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
INK, SOFT, HAIR = "#1b1b1b", "#555555", "#d9d7d1"
COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#1b1b1b")
POINTS: Final = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "stroke")
DASHES: Final = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [1, 3], [10, 4])
_SANS: Final = '"Source Sans 3", "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "Noto Sans", "DejaVu Sans", sans-serif'

Spec: TypeAlias = dict[str, Any]
Datum: TypeAlias = dict[str, Any]


class Naming(Protocol):
    """What a chart needs to know of a study's names."""

    def short(self, name: str) -> str:
        """An actor or side."""

    def topic(self, name: str) -> str:
        """A topic."""

    def group(self, label: str) -> str:
        """A label of a comparison."""

    def period(self, name: str) -> str:
        """A period."""

    def series(self, name: str) -> str:
        """A series of texts."""

    def layer(self, name: str) -> str:
        """A layer."""

    def claim(self, topic: str, stance: str) -> str:
        """What is held on a topic, in a few words."""

    def answer(self, name: str) -> str:
        """An answer to a poll question."""


class Ids:
    """Names where no study is at hand: every id stands for itself."""

    def short(self, name: str) -> str:
        """The id."""
        return name

    the = topic = group = period = series = layer = answer = voice = short

    def claim(self, topic: str, stance: str) -> str:
        """Topic and stance."""
        return f"{topic} {stance}".strip()


# parts


def decimal_year(iso: str) -> float:
    """A day as a decimal year, to four digits.

    >>> decimal_year("1990-01-01"), decimal_year("1990-12-31")
    (1990.0, 1990.9973)
    """
    day = date.fromisoformat(iso)
    start, end = (date(year, 1, 1).toordinal() for year in (day.year, min(day.year + 1, date.max.year)))
    return round(day.year + (day.toordinal() - start) / max(end - start, 365), 4)


def year_of(ordinal: int) -> float:
    """An ordinal day as a decimal year."""
    return decimal_year(date.fromordinal(min(max(ordinal, 1), date.max.toordinal())).isoformat())


def chart(layers: Sequence[Spec], height: int, **rows: Sequence[Datum]) -> Spec:
    """Layers in the report's dress: as wide as their box, light axes, no frame; with their ``rows`` by name."""
    axis = {
        "labelFontSize": 11, "titleFontSize": 11, "labelColor": SOFT, "titleColor": SOFT, "titleFontWeight": "normal",
        "domainColor": INK, "tickColor": INK, "gridColor": HAIR, "gridWidth": 0.6, "tickSize": 4, "labelPadding": 4,
    }  # fmt: skip
    legend = {
        "orient": "top", "title": None, "symbolSize": 70, "symbolStrokeWidth": 1.6, "labelFontSize": 11, "labelLimit": 420,
        "columnPadding": 14, "offset": 4,
    }  # fmt: skip
    return {
        "$schema": SCHEMA,
        "config": {"font": _SANS, "background": "white", "view": {"stroke": None}, "axis": axis, "legend": legend, "aria": False},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "width": "container",
        "height": height,
        "datasets": {name: list(values) for name, values in rows.items()},
        "layer": list(layers),
    }


def layer(rows: str, mark: str, style: Spec, encoding: Spec, only: str = "") -> Spec:
    """One layer: marks of a kind for the ``rows`` of a name, those for which ``only`` holds."""
    out: Spec = {"data": {"name": rows}, "mark": {"type": mark} | style, "encoding": encoding}
    return out | ({"transform": [{"filter": only}]} if only else {})


def number(field: str, low: float | None = None, high: float | None = None, title: str | None = None, **axis: Any) -> Spec:
    """A quantitative channel with its scale's ends (None: as the data have it) and what its axis is to be."""
    scale = {} if low is None else {"scale": {"domain": [low, high], "nice": False}}
    return {"field": field, "type": "quantitative", "title": title, "axis": axis or None} | scale


def years(values: Iterable[float]) -> Spec:
    """An axis of years over all ``values``, with a little room at both ends, and with two whole years at least: without any,
    a tick within a year would be labelled as one.
    """
    listed = list(values) or [0.0, 1.0]
    room = max((max(listed) - min(listed)) * 0.015, 0.4)
    low, high = min(listed) - room, max(listed) + room
    if math.floor(high) - math.ceil(low) < 1:
        low, high = math.floor(low), math.ceil(high)
    return number("x", low, high, format="d", tickMinStep=1, grid=False, labelOverlap=True, labelSeparation=8, labelFlush=True)


ROW: Final = 32
"""Pixels of a row of a chart that lists names: the name, and below it what is drawn of it."""
BELOW: Final = {"yOffset": 8}


def rows_high(values: Sequence[Datum]) -> int:
    """The height of a chart with one row for each label."""
    return ROW * max(len({one["label"] for one in values}), 1)


def named(order: Sequence[str] | None = None) -> Spec:
    """Rows of names, in the given order or that of the data: each name stands above its marks (which take :data:`BELOW`), so that
    a long one is read on a narrow screen too.
    """
    axis = {
        "labelAlign": "left", "labelPadding": 0, "tickOffset": 8, "labelOffset": -14, "labelLimit": {"expr": "width"}, "labelColor": INK,
        "ticks": False, "domain": False, "grid": True,
    }  # fmt: skip
    return {"field": "label", "type": "nominal", "sort": order, "title": None, "axis": axis}


def fitting(most: int, marks: float) -> Spec:
    """The size of a mark of which ``marks`` stand side by side: ``most``, less where the chart is narrow."""
    return {"expr": f"min({most}, 0.7 * pow(width / {max(marks, 1.0):.1f}, 2))"}


def nominal(field: str, domain: Sequence[str], values: Sequence[Any], **more: Any) -> Spec:
    """A channel that tells names apart; ``values`` are used again where there are more names. No legend unless asked for."""
    scale = {"domain": list(domain), "range": [values[i % len(values)] for i in range(len(domain))]}
    return {"field": field, "type": "nominal", "scale": scale, "legend": None} | more


def tips(*fields: str) -> list[Spec]:
    """What is shown of a mark on which a pointer rests."""
    return [{"field": field, "type": "nominal"} for field in fields]


def plain(field: str) -> Spec:
    """A second channel of a mark: where it ends."""
    return {"field": field}


# moves and beliefs


def timeline(
    found: Sequence[Any], dates: Sequence[tuple[str, float]], sides: Sequence[str], names: Naming | None = None
) -> Spec:
    """Moves and packages by year: the first of ``sides`` above the line, the second below, others in a lane at the foot.

    ``found``: rows with ``record``, ``when`` (a When), ``side``, ``title``, ``kind``, ``what``; ``dates``: (name, decimal year).
    """
    values, lanes = _stacked(found, sides, names or Ids())
    xs = [one["x"] for one in values] or [0.0, 1.0]
    top = max((one["y"] for one in values), default=1) + 1.5
    foot = min((one["y"] for one in values), default=-1) - 1
    said = "datum.value == " + " : datum.value == ".join(f"{one['y']} ? {json.dumps(one['lane'])}" for one in lanes) + " : ''"
    x = years(xs)
    y = number("y", foot, top + 2.6, values=[one["y"] for one in lanes], labelExpr=said, grid=False, ticks=False, domain=False,
               labelFontWeight="bold", labelColor=INK, labelLimit=150)
    marked = [
        {"x": at, "n": str(i), "name": name, "y": top + 0.9 * (i % 3)}
        for i, (name, at) in enumerate(sorted(dates, key=lambda one: one[1]), 1)
        if min(xs) - 1 <= at <= max(xs) + 1
    ]
    colour = nominal("side", [one["lane"] for one in lanes], COLOURS)
    shape = nominal("what", ["move", "package"], ["circle", "square"], legend={"symbolFillColor": SOFT, "symbolStrokeColor": SOFT})
    layers = [
        layer("named", "rule", {"color": SOFT, "strokeWidth": 0.8, "strokeDash": [3, 3]}, {"x": x, "tooltip": tips("name")}),
        layer("zero", "rule", {"color": INK, "strokeWidth": 1}, {"y": y}),
        layer("values", "point", {"filled": True, "size": fitting(52, max(xs) - min(xs) + 2), "opacity": 0.9},
              {"x": x, "y": y, "color": colour, "shape": shape, "tooltip": tips("when", "side", "title", "kind")}),
        layer("named", "text", {"fontSize": 10, "color": INK, "fontWeight": "bold"},
              {"x": x, "y": y, "text": plain("n"), "tooltip": tips("name")}),
    ]  # fmt: skip
    height = int(min(max((top + 2.6 - foot) * 10.5, 160), 620))
    return chart(layers, height, values=values, named=marked, zero=[{"y": 0}])


def _stacked(found: Sequence[Any], sides: Sequence[str], names: Naming) -> tuple[list[Datum], list[Datum]]:
    """A datum for each event, stacked within its year and lane; and each lane's name and place."""
    depth: defaultdict[tuple[str, int], int] = defaultdict(int)
    placed: list[tuple[Any, int, str, int]] = []
    for one in found:
        year = int((year_of(one.when.lo) + year_of(one.when.hi)) / 2)
        lane = one.side if one.side in sides else ""
        depth[lane, year] += 1
        placed.append((one, year, lane, depth[lane, year]))
    deepest = max((place for _, _, lane, place in placed if lane == sides[-1]), default=1)
    foot = -deepest - 2.5
    values = [
        {
            "x": year + 0.5, "y": place if lane == sides[0] else -place if lane else foot - place,
            "side": names.short(lane) if lane else "Others", "what": one.what, "kind": one.kind, "title": one.title,
            "when": one.when.text, "record": anchor_of(one.record),
        }
        for one, year, lane, place in placed
    ]  # fmt: skip
    lanes = [{"lane": names.short(sides[0]), "y": 2}, {"lane": names.short(sides[-1]), "y": -2}]
    others = [{"lane": "Others", "y": foot - 1.0}] if any(not lane for _, _, lane, _ in placed) else []
    return values, [*lanes, *others]


def beliefs(rows: Sequence[Any], names: Naming | None = None) -> Spec:
    """When beliefs were held, and since when each could be known to be wrong: one line a row, by when it begins."""
    names = names or Ids()
    labels = distinct(
        f"{' on '.join(names.short(one) for one in row.path.split(' > '))}: {names.claim(row.topic, row.believed)}"
        for row in _by_start(rows)
    )
    values = [
        {
            "label": label, "x": decimal_year(row.start), "x2": decimal_year(row.end),
            "since": decimal_year(row.knowable_since) if row.knowable_since else None, "topic": names.topic(row.topic), "when": row.when,
            "knowable since": row.knowable_since or "not known", "record": anchor_of(row.statements[0]) if row.statements else "",
        }
        for label, row in zip(labels, _by_start(rows), strict=True)
    ]  # fmt: skip
    x = years(at for one in values for at in (one["x"], one["x2"], one["since"] or one["x"]))
    shown, y = tips("label", "topic", "when", "knowable since"), named()
    layers = [
        layer("values", "rule", {"strokeWidth": 3.4, "color": COLOURS[0], "strokeCap": "round", **BELOW},
              {"x": x, "x2": plain("x2"), "y": y, "tooltip": shown}),
        layer("values", "point", {"shape": "triangle-up", "filled": True, "size": 95, "color": COLOURS[1], "stroke": "white", "opacity": 1, **BELOW},
              {"x": x | {"field": "since"}, "y": y, "tooltip": shown}, only="datum.since != null"),
    ]  # fmt: skip
    return chart(layers, rows_high(values), values=values)


def _by_start(rows: Sequence[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.start, row.end))


def distinct(labels: Iterable[str]) -> list[str]:
    """Labels made distinct: a second of the same wording is numbered."""
    seen: defaultdict[str, int] = defaultdict(int)
    out = []
    for label in labels:
        seen[label] += 1
        out.append(f"{label} ({seen[label]})" if seen[label] > 1 else label)
    return out


# differences and lines


def differences(rows: Sequence[Any], names: Naming | None = None) -> Spec:
    """Differences of two views with their bands; a filled point where the band leaves out zero."""
    names = names or Ids()
    ordered = sorted(rows, key=lambda row: row.difference.estimate)
    labels = distinct(f"{names.topic(row.topic)} · {names.period(row.period)}" for row in ordered)
    values = [
        {
            "label": label, "x": row.difference.estimate, "low": row.difference.low, "high": row.difference.high,
            "verdict": row.verdict, "first": names.group(row.of), "second": names.group(row.against),
            "record": anchor_of(row.records[0]) if row.records else "",
        }
        for label, row in zip(labels, ordered, strict=True)
    ]  # fmt: skip
    reach = 1.05 * max((max(abs(one["low"]), abs(one["high"])) for one in values), default=1.0)
    x = number("x", -reach, reach, _direction(ordered, names), grid=False)
    fill = {"condition": {"test": "datum.verdict == 'apart'", "value": COLOURS[0]}, "value": "white"}
    shown = tips("label", "first", "second", "verdict")
    layers = [
        layer("zero", "rule", {"color": INK, "strokeWidth": 1}, {"x": x}),
        layer("values", "rule", {"strokeWidth": 2, "color": COLOURS[0], **BELOW},
              {"x": x | {"field": "low"}, "x2": plain("high"), "y": named(), "tooltip": shown}),
        layer("values", "point", {"size": 60, "stroke": COLOURS[0], "strokeWidth": 1.6, "opacity": 1, **BELOW},
              {"x": x, "y": named(), "fill": fill, "tooltip": shown}),
    ]  # fmt: skip
    return chart(layers, rows_high(values), values=values, zero=[{"x": 0}])


def _direction(rows: Sequence[Any], names: Naming) -> str:
    """What it means to lie left or right of zero: which side is higher, where all rows compare the same two."""
    pairs = {(row.of.partition(" of ")[0], row.against.partition(" of ")[0]) for row in rows}
    if len(pairs) != 1:
        return "difference, first less second"
    first, second = (names.group(one) for one in pairs.pop())
    return f"← higher in {second}   |   higher in {first} →"


def policies(
    lines: Sequence[Any], overlaps: Sequence[Any] = (), names: Naming | None = None, sides: Sequence[str] = ()
) -> Spec:
    """Policy lines over time; where two of one side are in tension, both are framed for as long as they overlap.

    ``sides``: those that come first in the order of colours.
    """
    names = names or Ids()
    label = {line.id: f"{line.title} ({names.short(line.sides[0])})" if line.sides else line.title for line in lines}
    values = [
        {
            "label": label[line.id], "x": decimal_year(span.start), "x2": decimal_year(span.end), "when": span.when,
            "side": names.short(line.sides[0]) if line.sides else "", "sure": "throughout" if span.throughout else "some time within",
            "shade": 0.9 if span.throughout else 0.35, "record": anchor_of(line.packages[0]),
        }
        for line in lines
        for span in line.intervals
    ]  # fmt: skip
    tense = [
        {"label": label[name], "x": decimal_year(one.start), "x2": decimal_year(one.end), "why": one.because}
        for one in overlaps
        if one.relation == "in tension" and one.first in label and one.second in label
        for name in (one.first, one.second)
    ]
    order = list(dict.fromkeys([*map(names.short, sides), *(one["side"] for one in values)]))
    x, y = years(at for one in values for at in (one["x"], one["x2"])), named([label[line.id] for line in lines])
    shade = {"field": "shade", "type": "quantitative", "scale": None, "legend": None}
    layers = [
        layer("values", "bar", {"height": 9, "cornerRadius": 1, **BELOW},
              {"x": x, "x2": plain("x2"), "y": y, "color": nominal("side", order, COLOURS, legend={}), "fillOpacity": shade,
               "tooltip": tips("label", "when", "sure")}),
        layer("tense", "bar", {"height": 14, "filled": False, "stroke": INK, "strokeWidth": 1.2, "strokeDash": [3, 2], **BELOW},
              {"x": x, "x2": plain("x2"), "y": y, "tooltip": tips("label", "why")}),
    ]  # fmt: skip
    return chart(layers[: 1 + bool(tense)], rows_high(values), values=values, tense=tense)


# polls and levels


def poll(rows: Sequence[Any], names: Naming | None = None) -> Spec:
    """The figures of one question over time. Lines join only what one pollster asked of one population in one mode.

    Colour and dash tell the answer, shape the way of asking. A figure printed as a bound is hollow and joined to nothing; a
    change, being no share, is left out.
    """
    shares = [row for row in rows if row.relation != "change"]
    values = [_poll_datum(row, way, names or Ids()) for row, way in zip(shares, _ways(shares, names or Ids()), strict=True)]
    answers, ways = (list(dict.fromkeys(one[field] for one in values)) for field in ("answer", "way"))
    low, high = min((one["y"] for one in values), default=0.0), max((one["y"] for one in values), default=100.0)
    x = years(one["x"] for one in values)
    y = number("y", min(0.0, low), 100.0 if high <= 100 else high, tickCount=5, format="d")
    by_answer = {"columns": 1, "symbolType": "stroke", "symbolSize": 220, "labelLimit": 270} if len(answers) > 1 else None
    by_way = {"orient": "bottom", "columns": 1, "labelLimit": 270, "symbolFillColor": SOFT, "symbolStrokeColor": SOFT} if len(ways) > 1 else None
    colour, shape = nominal("answer", answers, COLOURS, legend=by_answer), nominal("way", ways, POINTS, legend=by_way)
    dash = nominal("answer", answers, DASHES, legend=by_answer)
    points = {"x": x, "y": y, "color": colour, "shape": shape, "tooltip": tips("asked", "of", "answer", "way", "printed", "pollster")}
    detail = [{"field": "way", "type": "nominal"}]
    layers = [
        layer("values", "line", {"strokeWidth": 1.4}, {"x": x, "y": y, "color": colour, "strokeDash": dash, "detail": detail},
              only="datum.mark == 'exact'"),
        layer("values", "point", {"filled": True, "size": 36, "opacity": 1}, points, only="datum.mark == 'exact'"),
        layer("values", "point", {"filled": False, "fill": "white", "size": 36, "strokeWidth": 1.6, "opacity": 1}, points,
              only="datum.mark != 'exact'"),
    ]  # fmt: skip
    bounded = any(one["mark"] != "exact" for one in values)
    return chart(layers[: 2 + bounded], 150, values=values)


def _ways(rows: Sequence[Any], names: Naming) -> list[str]:
    """How each figure of a question was asked, as far as that is not the same of all."""
    told = [
        (row.pollster or "pollster not named", row.mode or "mode not stated", names.short(row.population), row.base or "base not stated")
        for row in rows
    ]
    vary = [i for i in range(4) if len({one[i] for one in told}) > 1]
    return [" · ".join(one[i] for i in vary) or "the same" for one in told]


def _poll_datum(row: Any, way: str, names: Naming) -> Datum:
    return {
        "x": round((decimal_year(row.start) + decimal_year(row.end)) / 2, 3),
        "y": row.share * 100 if row.unit == "ratio" else row.share,
        "answer": names.answer(row.answer),
        "way": way,
        "mark": {">": "more than", "<": "less than", "max": "at most"}.get(row.relation, "exact"),
        "asked": row.fielded,
        "of": names.short(row.population),
        "pollster": row.pollster,
        "printed": row.printed or f"{row.share:g}",
        "record": anchor_of(row.id),
    }


def level(row: Any) -> Spec:
    """One level over the years: its line and band where they can be drawn, and every observation as an interval."""
    low, high = (-1.0, 1.0) if row.kind == "quality" else (0.0, 1.0)
    curve = [
        {"x": year + 0.5, "y": round(one.estimate, 3), "low": round(one.low, 3), "high": round(one.high, 3)}
        for year, one in zip(row.years, row.estimates, strict=True)
    ]
    points = [
        {
            "x": round((one.first + one.last) / 2 + 0.5, 2), "low": round(max(one.low, low), 3), "high": round(min(one.high, high), 3),
            "middle": round((max(one.low, low) + min(one.high, high)) / 2, 3), "from": "poll" if one.poll else "statement",
            "voice": one.voice, "record": anchor_of(one.record),
        }
        for one in row.points
    ]  # fmt: skip
    x, y = years(one["x"] for one in (*curve, *points)), number("y", low, high, tickCount=5)
    lows = y | {"field": "low"}
    shape = nominal("from", ["poll", "statement"], ["circle", "diamond"])
    layers = [
        layer("curve", "area", {"color": COLOURS[0], "opacity": 0.18}, {"x": x, "y": lows, "y2": plain("high")}),
        layer("curve", "line", {"color": COLOURS[0], "strokeWidth": 1.8}, {"x": x, "y": y}),
        layer("points", "rule", {"color": INK, "strokeWidth": 0.7, "opacity": 0.4}, {"x": x, "y": lows, "y2": plain("high")}),
        layer("points", "point", {"filled": True, "size": 34, "color": INK, "opacity": 0.75},
              {"x": x, "y": y | {"field": "middle"}, "shape": shape, "tooltip": tips("from", "voice", "record")}),
    ]  # fmt: skip
    return chart(layers if curve else layers[2:], 150, curve=curve, points=points)


def pooled(row: Any) -> Spec:
    """One population's view across pollsters, in percent of those who gave one: points with their sampling error by pollster, and a
    line with its band for every set of modes that can be compared, where two pollsters asked.
    """
    points = [
        {
            "x": round((_month(one.start) + _month(one.end)) / 2, 3), "y": _hundred(one.estimate.estimate), "low": _hundred(one.estimate.low),
            "high": _hundred(one.estimate.high), "house": one.house, "mode": one.mode, "months": f"{one.start} to {one.end}",
            "record": anchor_of(one.record),
        }
        for line in row.lines
        for one in line.points
    ]  # fmt: skip
    curve = [
        {"x": _month(month), "y": _hundred(one.estimate), "low": _hundred(one.low), "high": _hundred(one.high), "line": " and ".join(line.modes)}
        for line in row.lines
        for month, one in zip(line.months, line.estimates, strict=True)
    ]
    houses = list(dict.fromkeys(one["house"] for one in points))
    x, y = years(one["x"] for one in (*curve, *points)), number("y", 0, 100, tickCount=5, format="d")
    lows, detail = y | {"field": "low"}, {"field": "line", "type": "nominal"}
    legend = {"columns": 1, "symbolType": "circle"}
    layers = [
        layer("curve", "area", {"color": INK, "opacity": 0.12}, {"x": x, "y": lows, "y2": plain("high"), "detail": detail}),
        layer("curve", "line", {"color": INK, "strokeWidth": 1.4}, {"x": x, "y": y, "detail": detail}),
        layer("points", "rule", {"strokeWidth": 1},
              {"x": x, "y": lows, "y2": plain("high"), "color": nominal("house", houses, COLOURS, legend=legend)}),
        layer("points", "point", {"filled": True, "size": 40, "opacity": 1},
              {"x": x, "y": y, "color": nominal("house", houses, COLOURS, legend=legend), "shape": nominal("house", houses, POINTS, legend=legend),
               "tooltip": tips("house", "mode", "months")}, only="datum.y != null"),
    ]  # fmt: skip
    return chart(layers if curve else layers[2:], 150, curve=curve, points=points)


def _month(text: str) -> float:
    """A month as a decimal year, at its middle."""
    return round(int(text[:4]) + (int(text[5:7]) - 0.5) / 12, 3)


def _hundred(share: float) -> float | None:
    return round(100 * share, 1) if share == share else None


# coverage and survival


def coverage(rows: Sequence[Any], names: Naming | None = None) -> Spec:
    """Records that bear on each year, by side and layer, in the order of the rows; a dot marks at least two voices."""
    values = _coverage_cells(rows, names or Ids())
    order = list(dict.fromkeys(one["label"] for one in values))
    low, high = min((one["x"] for one in values), default=0), max((one["x2"] for one in values), default=1)
    most = max((one["n"] for one in values), default=1)
    x, y = years((low, high)), named(order)
    steps = [n for n in (1, 3, 10, 30, 100, 300) if n <= most]
    legend = {"title": "Records", "orient": "top", "type": "symbol", "symbolType": "square", "symbolSize": 160, "values": steps}
    shade = {"field": "n", "type": "quantitative", "legend": legend,
             "scale": {"type": "log", "domain": [1, most + 1], "range": ["#dbe9f4", "#08306b"]}}  # fmt: skip
    layers = [
        layer("values", "bar", {"height": 12, "stroke": "white", "strokeWidth": 0.5, **BELOW},
              {"x": x, "x2": plain("x2"), "y": y, "color": shade, "tooltip": tips("label", "x", "n", "voices", "bases")}),
        layer("values", "point",
              {"filled": True, "size": fitting(11, 2 * (high - low)), "color": "white", "stroke": INK, "strokeWidth": 0.5, "opacity": 1, **BELOW},
              {"x": x | {"field": "middle"}, "y": y}, only="datum.voices > 1"),
    ]  # fmt: skip
    return chart(layers, rows_high(values), values=values)


def _coverage_cells(rows: Sequence[Any], names: Naming) -> list[Datum]:
    """One datum for each side, layer and year of a coverage map by years."""
    found: defaultdict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for row in rows:
        if row.time.isdigit():
            found[row.side, row.layer, int(row.time)].append(row)
    return [
        {
            "label": f"{names.short(side)} · {names.layer(layer) if layer else 'as a whole'}", "x": year, "x2": year + 1,
            "middle": year + 0.5, "n": sum(one.n for one in cells), "voices": len({one.voice for one in cells}),
            "bases": ", ".join(sorted({one.basis for one in cells})),
        }
        for (side, layer, year), cells in found.items()
    ]  # fmt: skip


def survival(rows: Sequence[Any]) -> Spec:
    """The share of images still held after so many years, by root: a step curve each."""
    values = [
        {"root": f"{row.root} ({row.n})", "x": round(at, 2), "y": round(share, 4)}
        for row in rows
        for at, share in ((0.0, 1.0), *((step[0], step[1]) for step in row.curve))
    ]
    roots = list(dict.fromkeys(one["root"] for one in values))
    x = number("x", 0.0, max((one["x"] for one in values), default=1.0), "years", grid=False)
    y = number("y", 0.0, 1.0, "share still held", format="%", tickCount=5)
    legend = {"symbolType": "stroke", "symbolSize": 300, "columns": 2}
    encoding = {"x": x, "y": y, "color": nominal("root", roots, COLOURS, legend=legend),
                "strokeDash": nominal("root", roots, DASHES, legend=legend), "tooltip": tips("root")}  # fmt: skip
    lines = layer("values", "line", {"interpolate": "step-after", "strokeWidth": 1.8}, encoding)
    return chart([lines], 220, values=values)

"""Pictures of discourse networks. Plain Vega-Lite, as in :mod:`~rashomon.reporting.specs`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from rashomon.measuring.networks import Backbones, Bars, Coalitions, Events, Network, Phases, Polarisation, Series
from rashomon.reporting.overviews import bands, tallies
from rashomon.reporting.specs import (
    BELOW,
    COLOURS,
    HAIR,
    INK,
    ROW,
    SOFT,
    Datum,
    Spec,
    chart,
    decimal_year,
    fitting,
    layer,
    named,
    nominal,
    number,
    plain,
    tips,
    years,
)
from rashomon.study import Estimate, Result

MOST: Final = 24
"""Nodes of one picture on each side: those with the strongest ties."""
TIES: Final = ("agreement", "conflict")
_CELL: Final = 22  # pixels of a row
_LARGEST: Final = 260  # square pixels of the mark of the greatest weight


def matrix(result: Network) -> Spec:
    """The network as a table of colours: blue where the weight is positive, orange where it is negative."""
    strength = {(one.kind, one.id): one.strength for one in result.nodes}
    ends = {"source": {one.source for one in result.rows}, "target": {one.target for one in result.rows}}
    if result.mode != "two-mode":
        ends = dict.fromkeys(ends, ends["source"] | ends["target"])
    kinds = dict(zip(ends, result.ends, strict=True))
    order = {end: sorted(names, key=lambda one: (-strength[kinds[end], one], one))[:MOST] for end, names in ends.items()}
    values: list[Datum] = []
    for row in result.rows:
        told = {"weight": row.weight.estimate, "n": row.n, "first": row.first, "last": row.last}
        for source, target in ((row.source, row.target), (row.target, row.source))[: 2 if result.symmetric else 1]:
            if source in order["source"] and target in order["target"]:
                values.append({"source": source, "target": target} | told)
    most = max((abs(one["weight"]) for one in values), default=1.0)
    colour: Spec = {"field": "weight", "type": "quantitative", "legend": {"title": "weight"},
                    "scale": {"domain": [-most, 0, most], "range": [COLOURS[1], "#f4f4f4", COLOURS[0]]}}  # fmt: skip
    axes = {name: {"field": end, "type": "nominal", "sort": order[end], "title": None} for name, end in (("x", "target"), ("y", "source"))}
    shown = tips("source", "target", "weight", "n", "first", "last")
    return chart([layer("values", "rect", {}, axes | {"color": colour, "tooltip": shown})], _CELL * max(len(order["source"]), 3), values=values)


def met(agree: Network, oppose: Network, labels: Mapping[str, str]) -> Spec:
    """Who agrees with whom and who conflicts: a row and a column for each of ``labels`` (in words, by id, in the order to be drawn).

    A circle above the diagonal is agreement, a diamond below it conflict; areas are as the weights, and lines part the sides.
    """
    values = _met(agree, oppose, list(labels))
    rows = [f"{i}. {label}" for i, label in enumerate(labels.values(), 1)]
    x: Spec = {"field": "column", "type": "nominal", "sort": None, "title": None, "scale": {"domain": list(range(1, len(rows) + 1))},
               "axis": {"orient": "top", "labelAngle": 0, "ticks": False, "domain": False, "grid": True, "labelOverlap": False}}  # fmt: skip
    y = named(rows) | {"scale": {"domain": rows}}
    most = max((one["weight"] for one in values), default=1.0)
    area = {"expr": f"{fitting(_LARGEST, len(rows))['expr']} * datum.weight / {most}"}
    told = [{"label": rows[one["row"]], "with": rows[one["column"] - 1]} | one for one in values]
    shape, colour = nominal("tie", TIES, ("circle", "diamond"), legend={}), nominal("tie", TIES, COLOURS, legend={})
    shown = tips("tie", "label", "with", "weight", "n", "first", "last")
    itself = [{"label": row, "column": i} for i, row in enumerate(rows, 1)]
    parted = {"color": SOFT, "strokeWidth": 1, "strokeDash": [3, 3], "opacity": 0.6}
    layers = [
        layer("itself", "point", {"filled": True, "shape": "cross", "size": 24, "color": HAIR, "opacity": 1, **BELOW}, {"x": x, "y": y}),
        layer("values", "point", {"filled": True, "size": area, "opacity": 1, **BELOW},
              {"x": x, "y": y, "shape": shape, "color": colour, "tooltip": shown}),
        *(layer("parted", "rule", parted, end) for at in _parts(agree, list(labels))
          for end in ({"y": {"value": ROW * at}}, {"x": {"value": {"expr": f"width * {at} / {len(rows)}"}}})),
    ]  # fmt: skip
    return chart(layers, ROW * len(rows), values=told, itself=itself, parted=[{}])


def _met(agree: Network, oppose: Network, order: list[str]) -> list[Datum]:
    """A datum for each tie between two that are drawn: of agreement in the row of whoever comes first, of conflict in the other's."""
    place = {name: i for i, name in enumerate(order)}
    out: list[Datum] = []
    for tie, network in zip(TIES, (agree, oppose), strict=True):
        for row in network.rows:
            if row.source in place and row.target in place:
                ends = sorted((place[row.source], place[row.target]), reverse=network is oppose)
                told = {"weight": row.weight.estimate, "n": row.n, "first": row.first, "last": row.last}
                out.append({"tie": tie, "row": ends[0], "column": ends[1] + 1} | told)
    return out


def _parts(network: Network, order: list[str]) -> list[int]:
    """Before which of the drawn another side begins."""
    side = {one.id: one.side for one in network.nodes}
    return [i for i in range(1, len(order)) if side[order[i]] != side[order[i - 1]]]


def _through_time(values: list[Datum], title: str) -> Spec:
    """A line over windows, with its band where there is one."""
    x, y = years(one["x"] for one in values), number("y", title=title, grid=True)
    shown = tips("start", "stop", "y", "low", "high", "n")
    banded = [one for one in values if one["low"] is not None]
    layers = [
        layer("bands", "rule", {"strokeWidth": 2, "opacity": 0.35, "color": COLOURS[0]}, {"x": x, "y": y | {"field": "low"}, "y2": plain("high")}),
        layer("values", "line", {"color": COLOURS[0]}, {"x": x, "y": y}),
        layer("values", "point", {"filled": True, "size": 25, "color": INK}, {"x": x, "y": y, "tooltip": shown}),
    ]  # fmt: skip
    return chart(layers, 220, values=values, bands=banded)


def _at(row: Any, value: float, band: Estimate | None = None) -> Datum:
    numbers = {"y": value, "low": band.low if band else math.nan, "high": band.high if band else math.nan}
    known = {name: one if math.isfinite(one) else None for name, one in numbers.items()}
    return {"x": decimal_year(row.middle), "start": row.start, "stop": row.stop, "n": band.n if band else row.n} | known


def _polarisation(result: Polarisation) -> Spec:
    return _through_time([_at(row, row.polarisation.estimate, row.polarisation) for row in result.rows], "polarisation")


def _states(result: Phases) -> Spec:
    values = [_at(row, float(row.state)) | {"state": f"state {row.state}"} for row in result.rows]
    names = list(dict.fromkeys(one["state"] for one in values))
    x, y = years(one["x"] for one in values), number("y", title="state", tickMinStep=1, format="d", grid=True)
    shown = tips("start", "stop", "state", "n")
    points = {"x": x, "y": y, "color": nominal("state", names, COLOURS), "tooltip": shown}
    return chart([layer("values", "point", {"filled": True, "size": 40, "opacity": 1}, points)], 160, values=values)


def _backbone(result: Backbones) -> Spec:
    verdict = {True: "backbone", False: "left out"} if result.kind != "nested" else {False: ""}
    values = [
        {"label": row.name if row.step == 0 else f"{row.step}. {row.name}", "x": row.loss, "low": None, "high": None,
         "verdict": verdict[row.kept], "n": row.statements, "voices": None}
        for row in result.rows
    ]  # fmt: skip
    return bands(values, "what is lost of the network")


def _verdict(level: float) -> str:
    return "agrees" if level > 0 else "disagrees" if level < 0 else "neither"


PICTURES: Final[Mapping[type[Result[Any]], Callable[[Any], Spec]]] = MappingProxyType(
    {
        Network: matrix,
        Series: lambda result: _through_time([_at(row, row.total) for row in result.rows], "sum of all weights"),
        Polarisation: _polarisation,
        Phases: _states,
        Backbones: _backbone,
        Coalitions: lambda result: tallies(((f"coalition {row.coalition}", "actors") for row in result.rows), "actors"),
        Bars: lambda result: tallies(
            ((row.name, _verdict(level)) for row in result.rows for level, n in row.levels for _ in range(n)), "statements"
        ),
        Events: lambda result: tallies(((row.actor, _verdict(row.level)) for row in result.rows), "statements"),
    }
)
"""Answers about a discourse, and what draws them."""

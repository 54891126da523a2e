"""The charts of games: causal shares with their bands, windows by year, and the graph of the steps that play takes."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from rashomon.reporting.specs import (
    BELOW,
    COLOURS,
    INK,
    POINTS,
    SOFT,
    Datum,
    Ids,
    Naming,
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
    years,
)

__all__ = ["causal_shares", "steps", "what_ifs", "windows"]

WIDE, TALL = 600, 62
"""Pixels across the graph of steps, about, and of one of its rows."""

VERDICTS: Final = ("reached", "missed", "closed", "undetermined")


def causal_shares(rows: Sequence[Any], names: Naming | None = None) -> Spec:
    """A bar for each owner and each of its edits, with the middle nine tenths of its shares in single orders of what is in doubt,
    and hollow ends for the range over concepts and over must and may.
    """
    names = names or Ids()
    said = [names.short(row.owner) + (f": {row.name}" if row.edit else "") for row in rows]
    values = [
        {
            "label": label, "x": row.share.estimate, "low": row.share.low, "high": row.share.high, "least": row.least, "most": row.most,
            "kind": "one edit" if row.edit else "all edits of one actor", "orders": row.share.n,
        }
        for label, row in zip(distinct(said), rows, strict=True)
    ]  # fmt: skip
    ends = [one[name] for one in values for name in ("x", "low", "high", "least", "most") if one[name] is not None]
    low, high = math.floor(5 * min(0.0, *ends)) / 5, math.ceil(5 * max(1.0, *ends)) / 5
    x = number("x", low, high, "causal share in this model", grid=True)
    kinds = list(dict.fromkeys(one["kind"] for one in values))
    y, shown = named([one["label"] for one in values]), tips("label", "x", "low", "high", "least", "most", "orders")
    colour = nominal(
        "kind",
        kinds,
        (COLOURS[0], COLOURS[5]),
        legend={"columns": 2, "symbolType": "square"} if len(kinds) > 1 else None,
    )
    layers = [
        layer("values", "bar", {"height": 10, "opacity": 0.55, **BELOW}, {"x": x, "y": y, "color": colour, "tooltip": shown}),
        layer("values", "rule", {"strokeWidth": 2, "color": INK, **BELOW},
              {"x": x | {"field": "low"}, "x2": plain("high"), "y": y, "tooltip": shown}),
        layer("values", "point", {"filled": True, "size": 45, "color": INK, "opacity": 1, **BELOW}, {"x": x, "y": y, "tooltip": shown}),
        layer("values", "tick", {"color": SOFT, "thickness": 1.5, "size": 12, **BELOW}, {"x": x | {"field": "least"}, "y": y, "tooltip": shown}),
        layer("values", "tick", {"color": SOFT, "thickness": 1.5, "size": 12, **BELOW}, {"x": x | {"field": "most"}, "y": y, "tooltip": shown}),
    ]  # fmt: skip
    return chart(layers, rows_high(values), values=values)


def what_ifs(rows: Sequence[Any]) -> Spec:
    """For each set of edits the share of orders in which an agreement must come about, with its band, beside that without edits."""
    labels = distinct(" + ".join(row.names) for row in rows)
    values = [
        {
            "label": label,
            "x": row.must.estimate,
            "low": row.must.low,
            "high": row.must.high,
            "before": row.before_must.estimate,
            "says": row.says,
        }
        for label, row in zip(labels, rows, strict=True)
    ]
    x, y = number("x", 0.0, 1.0, "share of orders in which an agreement must come about", grid=True), named(labels)
    shown = tips("label", "x", "low", "high", "before", "says")
    layers = [
        layer("values", "rule", {"strokeWidth": 2, "color": COLOURS[0], **BELOW},
              {"x": x | {"field": "low"}, "x2": plain("high"), "y": y, "tooltip": shown}),
        layer("values", "tick", {"color": SOFT, "thickness": 2, "size": 12, **BELOW}, {"x": x | {"field": "before"}, "y": y, "tooltip": shown}),
        layer("values", "point", {"filled": True, "size": 60, "color": COLOURS[0], "opacity": 1, **BELOW}, {"x": x, "y": y, "tooltip": shown}),
    ]  # fmt: skip
    return chart(layers, rows_high(values), values=values)


def windows(rows: Sequence[Any], silent: Sequence[int] = ()) -> Spec:
    """Each game in each of its years, a mark by verdict; pale lines mark years without a game."""
    labels = dict(
        zip(
            dict.fromkeys(row.game for row in rows),
            distinct({row.game: row.title for row in rows}.values()),
            strict=True,
        )
    )
    values = [
        {
            "label": labels[row.game], "x": row.year + 0.5, "year": row.year, "verdict": row.verdict, "because": row.because,
            "as played": row.must.estimate, "seeing truly": row.must_seeing.estimate, "an agreement is stable": row.stable.estimate,
        }
        for row in rows
    ]  # fmt: skip
    gaps: list[Datum] = [{"x": year, "x2": year + 1, "year": f"{year}: no game is declared"} for year in silent]
    verdicts = [one for one in VERDICTS if any(row.verdict == one for row in rows)]
    x, y = (
        years([one["year"] for one in values] + [one["year"] + 1 for one in values] + list(silent)),
        named(list(labels.values())),
    )
    legend = {"columns": 4}
    colour = nominal(
        "verdict", verdicts, [COLOURS[(2, 1, 6, 4)[VERDICTS.index(one)]] for one in verdicts], legend=legend
    )
    shape = nominal("verdict", verdicts, [POINTS[VERDICTS.index(one)] for one in verdicts], legend=legend)
    layers = [
        layer("gaps", "rect", {"color": SOFT, "opacity": 0.1}, {"x": x, "x2": plain("x2"), "tooltip": tips("year")}),
        layer("values", "point", {"filled": True, "size": 130, "opacity": 1, **BELOW},
              {"x": x, "y": y, "color": colour, "shape": shape,
               "tooltip": tips("label", "year", "verdict", "as played", "seeing truly", "an agreement is stable", "because")}),
    ]  # fmt: skip
    return chart(layers if gaps else layers[1:], rows_high(values), values=values, gaps=gaps)


def steps(solution: Any, names: Naming | None = None) -> Spec:
    """Where play can go from the status quo: states as points, one column a step further, arrows by who takes the step.

    A square is the status quo, a filled circle a state in which play rests; a state is named by its letters.
    """
    names = names or Ids()
    start = _start(solution)
    place = _places(start, solution.steps)
    rests = {state for one in solution.outcome for state in one}
    kinds = ["status quo", "play rests here", "on the way"]
    nodes: list[Datum] = [
        {"x": x, "y": y, "state": state, "kind": kinds[0] if state == start else kinds[1] if state in rests else kinds[2],
         "filled": state in rests}
        for state, (x, y) in place.items()
    ]  # fmt: skip
    wide, high = (max(one[axis] for one in nodes) for axis in ("x", "y"))
    low = min(one["y"] for one in nodes)
    arrows = [_arrow(place, one, WIDE / (wide + 0.8), names) for one in solution.steps]
    movers = list(dict.fromkeys(one["by"] for one in arrows))
    x = number("x", -0.4, wide + 0.4) | {"axis": None}
    y = number("y", low - 0.6, high + 0.6) | {"axis": None}
    colour = nominal("by", movers, COLOURS, legend={"columns": 2, "symbolType": "stroke"})
    shape = nominal("kind", kinds, ["square", "circle", "circle"])
    fill = {"condition": {"test": "datum.filled", "value": INK}, "value": "white"}
    layers = [
        layer("arrows", "rule", {"strokeWidth": 1.4}, {"x": x, "y": y, "x2": plain("x2"), "y2": plain("y2"), "color": colour,
              "tooltip": tips("by", "from", "to")}),
        layer("arrows", "point", {"shape": "triangle", "filled": True, "size": 70, "opacity": 1},
              {"x": x | {"field": "hx"}, "y": y | {"field": "hy"}, "angle": {"field": "angle", "type": "quantitative", "scale": None}, "color": colour}),
        layer("nodes", "point", {"size": 150, "stroke": INK, "strokeWidth": 1.6, "opacity": 1},
              {"x": x, "y": y, "shape": shape, "fill": fill, "tooltip": tips("state", "kind")}),
        layer("nodes", "text", {"dy": -14, "fontSize": 10, "color": INK}, {"x": x, "y": y, "text": plain("state")}),
    ]  # fmt: skip
    height = int(TALL * (high - low + 1.2))
    return chart(layers if arrows else layers[2:], height, nodes=nodes, arrows=arrows)


def _start(solution: Any) -> str:
    game = solution.played
    return "".join("Y" if option.id in game.status_quo else "N" for option in game.options)


def _places(start: str, found: Sequence[Any]) -> Mapping[str, tuple[float, float]]:
    """A column for each number of steps from the start, its states spread evenly about the middle."""
    ahead: defaultdict[str, list[str]] = defaultdict(list)
    for one in found:
        ahead[one.source].append(one.target)
    far = {start: 0}
    queue = [start]
    for state in queue:
        for target in ahead[state]:
            if target not in far:
                far[target] = far[state] + 1
                queue.append(target)
    columns: defaultdict[int, list[str]] = defaultdict(list)
    for state, x in far.items():
        columns[x].append(state)
    return {  # neither in line nor in column with their neighbours, so that no arrow runs through a third state
        state: (x + 0.3 * (i % 2), (len(column) - 1) / 2 - i + 0.18 * (x % 2))
        for x, column in columns.items()
        for i, state in enumerate(column)
    }


def _arrow(place: Mapping[str, tuple[float, float]], step: Any, across: float, names: Naming) -> Datum:
    """A line with its head past the middle; ``across``: pixels a column, by which the head is turned (0 is up, clockwise)."""
    (x, y), (x2, y2) = place[step.source], place[step.target]
    at = 0.62
    return {
        "x": x, "y": y, "x2": x2, "y2": y2, "hx": x + at * (x2 - x), "hy": y + at * (y2 - y),
        "angle": round(90 - math.degrees(math.atan2(TALL * (y2 - y), across * (x2 - x))), 1), "by": " with ".join(names.short(one) for one in step.by),
        "from": step.source, "to": step.target,
    }  # fmt: skip

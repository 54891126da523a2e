"""The picture of a game of catch: calls in the court they were thrown into. Plain Vega-Lite, as in :mod:`~rashomon.reporting.specs`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rashomon.measuring import Call, Catchball, Holding
from rashomon.reporting.document import anchor_of
from rashomon.reporting.specs import (
    COLOURS,
    INK,
    SOFT,
    Datum,
    Ids,
    Naming,
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
from rashomon.reporting.wording import span

MOST: Final = 60
"""Calls of one picture: the first in time."""
_ROW: Final = 20  # pixels of one call
_APART: Final = 0.35  # years between two calls on one line
_OUTCOMES: Final = ("answered on record", "answer inferred", "no answer on record", "taken back", "still stands")
_SHAPES: Final = ("circle", "diamond", "cross", "square", "triangle-right")


def outcome(call: Call) -> str:
    """What became of a call, in words."""
    if call.end == "answered":
        return _OUTCOMES[1] if call.inferred else _OUTCOMES[0]
    return {"let fall": _OUTCOMES[2], "withdrawn": _OUTCOMES[3], "stands": _OUTCOMES[4]}[call.end]


def window_of(result: Catchball) -> int:
    """Days within which an answer is inferred, and for which a call without one is in play."""
    return int(str(dict(result.provenance.parameters)["window_days"]))


def calls_between(result: Catchball, sides: Sequence[str]) -> list[Call]:
    """The calls of two sides upon each other."""
    return [one for one in result.calls if {one.caller, one.side} == set(sides)]


def ball_between(result: Catchball, sides: Sequence[str]) -> list[Holding]:
    """Who held the ball between two sides, inferred answers among the others, span by span."""
    return [one for one in result.ball if {one.one, one.other} == set(sides) and one.answers == "all"]


def courts(result: Catchball, sides: Sequence[str], names: Naming | None = None) -> Spec:
    """Calls between two sides, each in the court of the side called upon: the first of ``sides`` above the line, the other below.

    A line from the middle is the throw, the bar how long it stood (thin: as uncertain dates allow), the mark its end; what nobody
    answered is drawn for the window. Shaded: when a side holds the ball for sure.
    """
    names = names or Ids()
    values = _placed(calls_between(result, sides)[:MOST], sides, window_of(result) / 365.25, names)
    depth = {sign: max((one["row"] for one in values if one["sign"] == sign), default=0) + 1 for sign in (1, -1)}
    x = years(at for one in values for at in (one["lo"], one["hi"]))
    lanes = [(1, depth[1] + 0.75, f"in {names.short(sides[0])}’s court"), (-1, -depth[-1] - 0.75, f"in {names.short(sides[1])}’s court")]
    low, high = x["scale"]["domain"]
    shade = [
        {"x": max(decimal_year(one.start), low), "x2": min(decimal_year(one.stop), high), "y": 0, "y2": sign * (depth[sign] + 0.25), "court": court}
        for one in ball_between(result, sides)
        for sign, side, court in ((1, sides[0], lanes[0][2]), (-1, sides[1], lanes[1][2]))
        if one.holder in (side, "both") and decimal_year(one.stop) > low and decimal_year(one.start) < high
    ]
    y = number("y", -depth[-1] - 1.3, depth[1] + 1.3) | {"axis": None}
    colour = nominal("court", [lane for _, _, lane in lanes], COLOURS)
    shown = tips("call", "by", "when", "outcome", "answer", "stood")
    marks = nominal("outcome", _OUTCOMES, _SHAPES, legend={"columns": 2, "symbolFillColor": SOFT, "symbolStrokeColor": SOFT, "values": _used(values)})
    layers = [
        layer("shade", "rect", {"opacity": 0.13}, {"x": x, "x2": plain("x2"), "y": y, "y2": plain("y2"), "color": colour}),
        layer("zero", "rule", {"color": INK, "strokeWidth": 1}, {"y": y}),
        layer("values", "rule", {"strokeWidth": 1, "color": SOFT, "strokeDash": [2, 2]}, {"x": x, "y": y | {"field": "from"}, "y2": plain("y")}),
        layer("values", "rule", {"strokeWidth": 1.4, "opacity": 0.6}, {"x": x | {"field": "lo"}, "x2": plain("hi"), "y": y, "color": colour}),
        layer("values", "rule", {"strokeWidth": 5, "opacity": 0.55}, {"x": x, "x2": plain("x2"), "y": y, "color": colour, "tooltip": shown}),
        layer("values", "point", {"filled": True, "size": 95, "opacity": 1},
              {"x": x | {"field": "x2"}, "y": y, "shape": marks, "color": colour, "tooltip": shown}),
        layer("values", "point", {"filled": True, "size": 14, "color": "white", "opacity": 1, "shape": "diamond"},
              {"x": x | {"field": "x2"}, "y": y, "tooltip": shown}, only=f"datum.outcome == '{_OUTCOMES[1]}'"),
        layer("courts", "text", {"fontSize": 11, "fontWeight": "bold", "align": "left", "x": 4},
              {"y": y, "text": plain("court"), "color": colour}),
    ]  # fmt: skip
    named = [{"y": at, "court": lane} for _, at, lane in lanes]
    return chart(layers, _ROW * (depth[1] + depth[-1] + 2), values=values, shade=shade, courts=named, zero=[{"y": 0}])


def _used(values: Sequence[Datum]) -> list[str]:
    there = {one["outcome"] for one in values}
    return [one for one in _OUTCOMES if one in there]


def _placed(calls: Sequence[Call], sides: Sequence[str], window: float, names: Naming) -> list[Datum]:
    """A datum a call; those of one court that overlap lie on lines of their own."""
    taken: dict[int, list[float]] = {1: [], -1: []}
    out: list[Datum] = []
    for call in sorted(calls, key=lambda one: one.since):
        lo, hi = (decimal_year(day) for day in call.since)
        until_lo, until_hi = (decimal_year(day) for day in call.until)
        if call.end in ("let fall", "stands"):
            until_lo, until_hi = min(until_lo, lo + window), min(until_hi, hi + window)
        sign = 1 if call.side == sides[0] else -1
        rows = taken[sign]
        row = next((place for place, end in enumerate(rows) if end + _APART < lo), len(rows))
        rows[row : row + 1] = [max(until_hi, hi)]
        begin = (lo + hi) / 2
        out.append(
            {
                "x": begin, "x2": max((until_lo + until_hi) / 2, begin), "lo": lo, "hi": max(until_hi, hi), "from": 0, "y": sign * (row + 0.75),
                "row": row, "sign": sign, "court": f"in {names.short(call.side)}’s court", "outcome": outcome(call),
                "call": f"{call.kind}: {names.topic(call.issue)}" if call.issue else call.kind, "by": names.short(call.caller),
                "when": span(*call.since), "answer": call.by or "none on record",
                "stood": f"{call.days[0]:,} to {call.days[1]:,} days", "record": anchor_of(call.record),
            }
        )  # fmt: skip
    return out


def catchball(result: Catchball) -> Spec:
    """The courts of the two sides that called most."""
    first = result.rows[0]
    return courts(result, (first.side, first.other))

"""Pictures of the vocabulary of feeling: rates by side and year with their bands. Plain Vega-Lite, as in :mod:`~rashomon.reporting.specs`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from rashomon.measuring.feeling import TOGETHER, Feeling, Rate
from rashomon.reporting.specs import (
    COLOURS,
    DASHES,
    Datum,
    Ids,
    Naming,
    Spec,
    chart,
    layer,
    nominal,
    number,
    plain,
    tips,
    years,
)

HEIGHT: Final = 150
_HEADROOM: Final = 1.15  # above the highest rate: bands of single texts may go far beyond it, and are cut there


def rates(rows: Sequence[Rate], names: Naming | None = None) -> Spec:
    """One category's rates by year, a line and a band for each side; of some years without texts the line is broken."""
    names = names or Ids()
    sides = list(dict.fromkeys(row.side for row in rows))
    top = _top(rows)
    values = [_datum(row, names, top, stretch) for side in sides for row, stretch in _stretches([one for one in rows if one.side == side])]
    x, y = years(one["x"] for one in values), number("y", 0.0, top, f"per thousand {rows[0].unit}", tickCount=4)
    shown = [said_side(one, names) for one in sides]
    legend = {"symbolType": "stroke", "symbolOpacity": 1, "symbolFillColor": "transparent", "symbolStrokeWidth": 2}
    colour, dash = nominal("side", shown, COLOURS, legend=legend), nominal("side", shown, DASHES)
    detail = {"field": "stretch", "type": "nominal"}
    told = tips("side", "year", "y", "low", "high", "words", "texts")
    layers = [
        layer("values", "area", {"opacity": 0.16}, {"x": x, "y": y | {"field": "low"}, "y2": plain("high"), "color": colour, "detail": detail}),
        layer("values", "line", {"strokeWidth": 1.5}, {"x": x, "y": y, "color": colour, "strokeDash": dash, "detail": detail}),
        layer("values", "point", {"filled": True, "size": 14, "opacity": 0.9}, {"x": x, "y": y, "color": colour, "tooltip": told}),
    ]  # fmt: skip
    return chart(layers, HEIGHT, values=values)


def said_side(side: str, names: Naming) -> str:
    """A side, or the sides that made a text together, in words."""
    return " and ".join(names.short(one) for one in side.split(TOGETHER)) if side else "no declared side"


def _top(rows: Sequence[Rate]) -> float:
    """Where the axis ends: a little above the highest rate, or what one word in a text of a thousand words makes."""
    return max(_HEADROOM * max((row.rate.estimate for row in rows if math.isfinite(row.rate.estimate)), default=0.0), 0.5)


def _stretches(rows: Sequence[Rate]) -> list[tuple[Rate, int]]:
    """Rows of one side in the order of years, each with the number of its stretch of years without a gap of more than two."""
    out: list[tuple[Rate, int]] = []
    for row in sorted(rows, key=lambda one: int(one.time)):
        last, stretch = out[-1] if out else (row, 0)
        out.append((row, stretch + (int(row.time) - int(last.time) > 2)))
    return out


def _datum(row: Rate, names: Naming, top: float, stretch: int) -> Datum:
    return {
        "x": int(row.time) + 0.5, "y": round(row.rate.estimate, 3), "low": round(row.rate.low, 3), "high": round(min(row.rate.high, top), 3),
        "side": said_side(row.side, names), "stretch": f"{row.side} {stretch}", "year": row.time, "words": row.own + row.turned,
        "texts": row.rate.n,
    }  # fmt: skip


def by_category(result: Feeling, least: int = 1, names: Naming | None = None) -> list[tuple[str, list[Rate]]]:
    """The rates by year of each series, language and category in which ``least`` words were found, most words first, under the
    category, and where there are several the series and language.
    """
    found: dict[tuple[str, str, str], list[Rate]] = {}
    for row in result.rows:
        found.setdefault((row.series, row.language, row.category), []).append(row)
    kept = [(key, rows) for key, rows in found.items() if sum(row.own + row.turned for row in rows) >= least]
    kept.sort(key=lambda one: (one[0][:2], -sum(row.own + row.turned for row in one[1])))
    where = said_where([key[:2] for key, _ in kept], names or Ids())
    return [(": ".join(filter(None, (where[key[:2]], key[2].replace("-", " ")))), rows) for key, rows in kept]


def said_where(keys: Iterable[tuple[str, str]], names: Naming) -> dict[tuple[str, str], str]:
    """Series and languages in words, as far as there are several of either."""
    listed = list(dict.fromkeys(keys))
    parts = [len({key[place] for key in listed}) > 1 for place in range(2)]
    return {
        key: ", ".join(said for said, several in zip((names.series(key[0]), key[1]), parts, strict=True) if several)
        for key in listed
    }

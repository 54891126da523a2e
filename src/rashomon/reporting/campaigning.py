"""Campaigns: what a series did beside what was to be expected of it without them, and where placebos rank."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from rashomon.reporting.document import (
    Block,
    Break,
    Figure,
    Gallery,
    Para,
    Row,
    Section,
    Small,
    Strong,
    Table,
    Text,
    columns_of,
)
from rashomon.reporting.specs import (
    COLOURS,
    DASHES,
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
from rashomon.reporting.telling import Telling, decided_first, why
from rashomon.reporting.wording import band, change, digits_in, interval, join, signed
from rashomon.reporting.wording import number as said_number
from rashomon.texts import count

_CHARTS: Final = 12


def campaigning(telling: Telling) -> Section | None:
    """The section on campaigns; None where none is declared."""
    rows = telling.measures.campaigns.rows
    if not rows:
        return None
    ordered = sorted(rows, key=lambda row: {"moved": 0, "no movement found": 1}.get(row.verdict, 2))
    reckoned = [row for row in ordered if row.moments][:_CHARTS]
    blocks: list[Block] = [Para((_summed(rows),)), _table(telling, ordered)]
    if reckoned:
        pictures = [figure for i, row in enumerate(reckoned) for figure in _pictures(telling, i, row)]
        blocks.append(Gallery(tuple(pictures)))
    return Section("campaigns", "Campaigns, and what they were to move", tuple(blocks))


def _summed(rows: Any) -> str:
    counts = Counter(row.verdict for row in rows)
    kinds = (("moved", "moved"), ("no movement found", "show no movement"), ("undetermined", f"cannot be decided: {why(rows)}"))
    said = "; ".join(f"{counts[verdict]} {told}" for verdict, told in kinds if counts[verdict])
    return (
        f"{count(len({row.campaign for row in rows}), 'campaign')} in {count(len(rows), 'series', 'series')} of what they were to move: "
        f"{said}. What is observed from a campaign’s beginning on is set against what was to be expected without it, from the series "
        "before and from controls that it should not have touched. That a "
        "series moved does not say that the campaign moved it."
    )


def _table(telling: Telling, rows: Any) -> Table:
    made = tuple(_row(telling, row) for row in decided_first(rows))
    columns = columns_of((("Campaign", 23), ("Should move", 21), ("Movement", 15), ("Verdict", 25), ("Rests on", 16)))
    caption: Text = (Strong("Campaigns. "), "Movement: mean from the beginning on, less what was to be expected, with its 90 % band.")
    return Table("tab-campaigns", caption, columns, made, 12, len(rows) - len(made), rest="series")


def _row(telling: Telling, row: Any) -> Row:
    names = telling.names
    before = f"{row.n_before} before, {row.n_after} after"
    return Row(
        (
            (Strong(row.name), Break(), Small(f"{names.short(row.by)}, {interval(row.when)}")),
            (_series(telling, row.view), Break(), Small(_holder(telling, row))),
            (change(row.movement, row.unit), *((Break(), Small(f"by the mixture: {signed(row.gap, digits_in(row.unit))}")) if row.controls else ()), Break(), Small(before)),
            (telling.badge(row.verdict), Break(), Small(_because(telling, row))),
            telling.basis(row.n, "record", row.voices, row.sources, row.records, 2),
        )
    )


def _series(telling: Telling, view: Any) -> str:
    """Which series; where nobody's is on record, the aim that the campaign names."""
    names = telling.names
    return names.view(view.topic, view.measure) if view.holder else names.topic(view.measure)


def _holder(telling: Telling, row: Any) -> str:
    """Who holds it, in which layer, and who asked."""
    names, view = telling.names, row.view
    if not view.holder:
        return ""
    said = names.short(view.holder.partition("/")[0])
    layered = f"{said}, {names.layer(row.layer)}" if "/" in view.holder else said
    return f"{layered}, {names.voice(view.instrument)}" if view.instrument else layered


def _because(telling: Telling, row: Any) -> str:
    """Why, with the names of what fell into the time."""
    dates = {one.id: one.name for one in telling.study.declared.dates} | {one.id: one.name for one in telling.study.declared.campaigns}
    named = [dates.get(one.id, one.id) for one in row.events if one.kind != "move"]
    head, sep, _ = row.because.partition("fell into the time: ")
    also = f"; {count(row.moves, 'move')} between the two sides fell into the time" if row.moves else ""
    if sep:
        return f"{head}{sep}{join(named)}{also}"
    return f"{telling.names.prose(row.because)}{f'; in the time: {join(named)}' if named else ''}{also}"


# pictures


def _pictures(telling: Telling, i: int, row: Any) -> list[Figure]:
    title = f"{row.name}: {_series(telling, row.view)}"
    weights = join(f"{_series(telling, one.control)} {said_number(100 * one.weight, 0)} %" for one in row.controls if one.weight >= 0.005)
    caption: Text = (
        Strong(title), Break(),
        Small("Points: observed, with the error of the sample. Band: what was to be expected without the campaign (90 %). Shaded: the campaign."),
        Small(f" Dashed: the mixture of controls nearest to it before ({weights})." if weights else " No control."),
    )  # fmt: skip
    alt = f"{title}: observed values and what was to be expected without the campaign; the table gives the numbers."
    found = [Figure(f"fig-campaign-{i + 1}", caption, counterfactual(row), alt, _moments(i, row), "small")]
    if row.placebos:
        said = f"{row.larger} of {len(row.placebos)} placebos move as much; ranks among controls and earlier dates by the mixture: {_ranks(row)}."
        ranked: Text = (Strong(f"{row.name}: placebos"), Break(), Small(said))
        alt = f"How far {row.name} moved the series, in its own deviations, beside placebos."
        found.append(Figure(f"fig-placebos-{i + 1}", ranked, placebos(row), alt, None, "small"))
    return found


def _ranks(row: Any) -> str:
    def rank(others: Any) -> str:
        known = [one.movement for one in others if one.movement == one.movement]
        return f"{1 + sum(one >= row.ratio for one in known)} of {1 + len(known)}" if known else "none to compare"

    return f"{rank(row.in_space)} and {rank(row.in_time)}"


def counterfactual(row: Any) -> Spec:
    """A series and what was to be expected of it, over time."""
    values: list[Datum] = []
    for one in row.moments:
        at = round((decimal_year(one.start) + decimal_year(one.end)) / 2, 3)
        known = {name: round(value, 3) for name, value in (
            ("y", one.observed.estimate), ("low", one.observed.low), ("high", one.observed.high), ("without", one.without.estimate),
            ("least", one.without.low), ("most", one.without.high),
        )}  # fmt: skip
        values.append({"x": at, "when": "after" if one.after else "before", "mixed": round(one.mixed, 3) if one.mixed == one.mixed else None} | known)
    ends = [one[name] for one in values for name in ("low", "high", "least", "most")]
    x, y = years(one["x"] for one in values), number("y", min(ends), max(ends), tickCount=5)
    first, last = decimal_year(row.first), decimal_year(row.last)
    low, high = (min(max(edge, values[0]["x"]), values[-1]["x"]) for edge in (first, last))
    shape = nominal("when", ["before", "after"], ["circle", "diamond"])
    layers = [
        layer("campaign", "rect", {"color": COLOURS[4], "opacity": 0.25}, {"x": x, "x2": plain("x2")}),
        layer("values", "area", {"color": COLOURS[0], "opacity": 0.18}, {"x": x, "y": y | {"field": "least"}, "y2": plain("most")}),
        layer("values", "line", {"color": COLOURS[0], "strokeWidth": 1.6}, {"x": x, "y": y | {"field": "without"}}),
        layer("values", "line", {"color": COLOURS[1], "strokeWidth": 1.4, "strokeDash": DASHES[1]}, {"x": x, "y": y | {"field": "mixed"}}),
        layer("values", "rule", {"color": INK, "strokeWidth": 0.8, "opacity": 0.5}, {"x": x, "y": y | {"field": "low"}, "y2": plain("high")}),
        layer("values", "point", {"filled": True, "size": 34, "color": INK, "opacity": 0.85},
              {"x": x, "y": y, "shape": shape, "tooltip": tips("when", "y", "without", "mixed")}),
    ]  # fmt: skip
    return chart(layers, 170, values=values, campaign=[{"x": low, "x2": max(high, low + 0.1)}])


def placebos(row: Any) -> Spec:
    """Placebos along a line by how far they moved, those of the series itself above those of controls; the campaign as a rule."""
    values = [
        {"x": round(one.movement, 3), "of": "the series, earlier" if one.series is None else "controls", "date": one.date}
        for one in row.placebos
    ]
    kinds = list(dict.fromkeys(one["of"] for one in values))
    ends = [*(one["x"] for one in values), row.deviations, 0.0]
    room = 0.05 * (max(ends) - min(ends)) or 1.0
    x = number("x", min(ends) - room, max(ends) + room, "movement, in its own deviations", tickCount=6)
    y = {"field": "of", "type": "nominal", "title": None, "sort": kinds, "axis": {"domain": False, "ticks": False, "labelLimit": 110}}
    layers = [
        layer("zero", "rule", {"color": SOFT, "strokeWidth": 1}, {"x": x}),
        layer("values", "tick", {"color": COLOURS[0], "thickness": 1.5, "opacity": 0.7}, {"x": x, "y": y, "tooltip": tips("of", "date", "x")}),
        layer("campaign", "rule", {"color": COLOURS[1], "strokeWidth": 2.5}, {"x": x, "tooltip": tips("name")}),
    ]
    return chart(layers, 36 * len(kinds) + 10, values=values, zero=[{"x": 0}], campaign=[{"x": round(row.deviations, 3), "name": row.name}])


def _moments(i: int, row: Any) -> Table:
    digits = digits_in(row.unit)
    made = tuple(
        Row(
            (
                (f"{one.start[:7]}{' (after)' if one.after else ''}",),
                (said_number(one.observed.estimate, digits),),
                (f"{said_number(one.without.estimate, digits)} [{band(one.without, digits)}]",),
                (said_number(one.mixed, digits),),
            )
        )
        for one in row.moments
    )
    columns = columns_of((("Begun", 25), ("Observed", 20), ("Expected without", 35), ("Mixture", 20)))
    return Table(f"tab-campaign-{i + 1}", (Strong("Observed and expected."),), columns, made, 40)

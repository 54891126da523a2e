"""The charts of the report as Altair charts, for notebooks and for those who want to change them.

Each function takes rows of a result and returns a chart of them; ``names`` (:class:`rashomon.reporting.naming.Names` of the
study) puts names in the place of ids. :func:`draw` finds the chart for a whole result, and is what ``.plot()`` calls.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, Final

import altair as alt

from rashomon.errors import error
from rashomon.measuring import (
    Beliefs,
    Catchball,
    Comparisons,
    Coverage,
    EventSeries,
    Feeling,
    Images,
    Persistence,
    Policies,
    PollList,
    Pools,
)
from rashomon.measuring.formulas import Formulas
from rashomon.playing import CausalShares, Solution, WhatIfs, Windows
from rashomon.reporting import eventspecs, gamespecs, specs
from rashomon.reporting.catch_pictures import catchball
from rashomon.reporting.feeling_pictures import by_category, rates
from rashomon.reporting.formula_pictures import formulas
from rashomon.reporting.network_pictures import PICTURES
from rashomon.reporting.overviews import OVERVIEWS
from rashomon.reporting.specs import Naming, Spec
from rashomon.reporting.telling import CONTRADICTED, rank
from rashomon.study import Result

__all__ = ["CHARTS", "beliefs", "coverage", "differences", "draw", "level", "policies", "poll", "pooled", "survival", "timeline"]

MOST: Final = 12
"""Charts in one picture, and rows of one chart that lists them, times two."""

WIDTH: Final = 560


def chart(spec: Spec) -> alt.LayerChart:
    """A specification as a chart of a width of its own; Altair checks it against the schema of Vega-Lite."""
    bare = {key: value for key, value in spec.items() if key not in ("datasets", "autosize")}
    made: alt.LayerChart = alt.LayerChart.from_dict({**bare, "width": WIDTH})
    made.datasets = spec["datasets"]  # apart from the rest: checking every row against the schema takes seconds
    return made


def timeline(
    found: Sequence[Any], dates: Sequence[tuple[str, float]], sides: Sequence[str], names: Naming | None = None
) -> alt.LayerChart:
    """See :func:`rashomon.reporting.specs.timeline`."""
    return chart(specs.timeline(found, dates, sides, names))


def beliefs(rows: Sequence[Any], names: Naming | None = None) -> alt.LayerChart:
    """See :func:`rashomon.reporting.specs.beliefs`."""
    return chart(specs.beliefs(rows, names))


def differences(rows: Sequence[Any], names: Naming | None = None) -> alt.LayerChart:
    """See :func:`rashomon.reporting.specs.differences`."""
    return chart(specs.differences(rows, names))


def policies(lines: Sequence[Any], overlaps: Sequence[Any] = (), names: Naming | None = None) -> alt.LayerChart:
    """See :func:`rashomon.reporting.specs.policies`."""
    return chart(specs.policies(lines, overlaps, names))


def poll(rows: Sequence[Any], names: Naming | None = None) -> alt.LayerChart:
    """See :func:`rashomon.reporting.specs.poll`."""
    return chart(specs.poll(rows, names))


def pooled(row: Any) -> alt.LayerChart:
    """See :func:`rashomon.reporting.specs.pooled`."""
    return chart(specs.pooled(row))


def level(row: Any) -> alt.LayerChart:
    """See :func:`rashomon.reporting.specs.level`."""
    return chart(specs.level(row))


def coverage(rows: Sequence[Any], names: Naming | None = None) -> alt.LayerChart:
    """See :func:`rashomon.reporting.specs.coverage`."""
    return chart(specs.coverage(rows, names))


def survival(rows: Sequence[Any]) -> alt.LayerChart:
    """See :func:`rashomon.reporting.specs.survival`."""
    return chart(specs.survival(rows))


# whole results


def _levels(result: Images) -> alt.VConcatChart:
    rows = sorted(result.rows, key=lambda row: (not row.drawn, -row.voices, -row.n))
    return _stacked([(f"{row.side} {row.layer}: {row.topic}", specs.level(row)) for row in rows])


def _differences(result: Comparisons) -> alt.LayerChart:
    banded = [row for row in result.rows if row.difference.low == row.difference.low]
    if not banded:
        raise error(
            "R003", "No comparison has a band to draw.", found=f"{len(result.rows)} comparisons, each undetermined",
            allowed="comparisons told by two voices or more on each side", remedy="Use table(): each row says why.",
        )  # fmt: skip
    return differences(sorted(banded, key=lambda row: -abs(row.difference.estimate))[: 2 * MOST])


def _beliefs(result: Beliefs) -> alt.LayerChart:
    found = [row for row in result.rows if row.verdict == CONTRADICTED and not row.forecast]
    return beliefs(sorted(found, key=rank)[: 2 * MOST])


def _polls(result: PollList) -> alt.VConcatChart:
    questions: dict[str, list[Any]] = {}
    for row in result.rows:
        questions.setdefault(row.question, []).append(row)
    ordered = sorted(questions.values(), key=len, reverse=True)
    return _stacked([(rows[0].wording or rows[0].question, specs.poll(rows)) for rows in ordered])


def _pools(result: Pools) -> alt.VConcatChart:
    rows = sorted(result.rows, key=lambda row: (-row.voices, -row.n))
    return _stacked([(f"{row.path}: {row.topic} {row.answer}".rstrip(), specs.pooled(row)) for row in rows])


def _feeling(result: Feeling) -> alt.VConcatChart:
    found = by_category(result)
    if not found:
        raise error(
            "R003", "There is no rate to draw.", found="no word of feeling in any text of one year", allowed="texts with such words",
            remedy="Use table(): it lists what was counted.",
        )  # fmt: skip
    return _stacked([(title, rates(rows)) for title, rows in found])


def _events(result: EventSeries) -> alt.VConcatChart:
    directions = [(key, list(rows)) for key, rows in groupby(result.rows, lambda row: (row.set, row.source, row.target))]
    directions.sort(key=lambda one: -sum(row.events for row in one[1]))
    return _stacked([(f"{of}: {source} toward {target}", eventspecs.kinds(rows)) for (of, source, target), rows in directions])


def _played(result: Solution) -> alt.LayerChart:
    if not result.steps:
        raise error(
            "R003", "There are no steps to draw.", found=f"{result.played.id}: no step leads from its start, or too many states are reached",
            allowed="a game with a status quo from which play goes somewhere", remedy="Use table() or to_dict().",
        )  # fmt: skip
    return chart(gamespecs.steps(result))


def _stacked(titled: Sequence[tuple[str, Spec]]) -> alt.VConcatChart:
    """Charts below each other, each under its title and with rows of its own; their dress is that of the first."""
    parts: list[Spec] = []
    rows: dict[str, Any] = {}
    for i, (title, spec) in enumerate(titled[:MOST]):
        rows |= {f"{name}{i}": values for name, values in spec["datasets"].items()}
        layers = [{**one, "data": {"name": f"{one['data']['name']}{i}"}} for one in spec["layer"]]
        parts.append({"title": title, "width": WIDTH, "height": spec["height"], "layer": layers})
    independent = {"scale": {"color": "independent", "shape": "independent", "strokeDash": "independent"}}
    config = titled[0][1]["config"]
    made: alt.VConcatChart = alt.VConcatChart.from_dict({"vconcat": parts, "config": config, "resolve": independent})
    made.datasets = rows
    return made


CHARTS: Final[dict[type[Result[Any]], Callable[[Any], Any]]] = {
    Images: _levels,
    Comparisons: _differences,
    Beliefs: _beliefs,
    Policies: lambda result: policies(result.rows, result.overlaps),
    PollList: _polls,
    Pools: _pools,
    Coverage: lambda result: coverage(result.rows),
    Feeling: _feeling,
    Persistence: lambda result: survival([row for row in result.rows if row.curve]),
    EventSeries: _events,
    Solution: _played,
    WhatIfs: lambda result: chart(gamespecs.what_ifs(result.rows)),
    CausalShares: lambda result: chart(gamespecs.causal_shares(result.rows)),
    Windows: lambda result: chart(gamespecs.windows(result.rows, result.silent)),
}
"""Results drawn as the report draws them, and what draws them; all others have an overview."""

_SPECS: Final[dict[type[Result[Any]], Callable[[Any], Spec]]] = {**OVERVIEWS, **PICTURES, Catchball: catchball, Formulas: formulas}
"""Results that one plain chart shows."""


def draw(result: Result[Any]) -> Any:
    """The picture of a result, with ids for names. R003 where there is nothing to draw, or no picture of such a result."""
    kind = type(result)
    if not result.rows:
        raise error(
            "R003", "There is nothing to draw.", found=f"{kind.__name__} without rows", allowed="a result with rows",
            remedy="Look at .provenance: what the study has no inputs for is not measured.",
        )  # fmt: skip
    if kind in CHARTS:
        return CHARTS[kind](result)
    if kind in _SPECS:
        return chart(_SPECS[kind](result))
    known = ", ".join(sorted(one.__name__ for one in (*CHARTS, *_SPECS)))
    raise error("R003", f"There is no picture of a {kind.__name__}.", found="plot()", allowed=known, remedy="Use table().")

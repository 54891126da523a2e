"""Pictures of results: what each draws, by its data, and that Vega-Lite can draw it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import pytest
import vl_convert

import rashomon
from rashomon.errors import RashomonError
from rashomon.measuring import Measures
from rashomon.reporting.figures import CHARTS
from rashomon.reporting.overviews import OVERVIEWS, tallies
from rashomon.study import Result

ELSEWHERE = ("events", "feeling", "formulas")
"""Measures of texts and of event data, of which the worked study has none, so that there is nothing to draw."""
DRAWN = [one.name for one in fields(Measures) if one.name not in ("left_out", "realisation", *ELSEWHERE)]


def rows_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for name, rows in spec["datasets"].items() if name.startswith(("values", "points")) for row in rows]


@pytest.mark.parametrize("name", DRAWN)
def test_every_measure_has_a_picture_of_its_own_rows(worked: rashomon.Study, name: str) -> None:
    result = getattr(worked.measure(), name)
    spec = result.plot().to_dict()
    assert rows_of(spec)
    assert vl_convert.vegalite_to_svg(spec).startswith("<svg")
    with pytest.raises(RashomonError, match="nothing to draw"):
        replace(result, rows=()).plot()


def test_comparisons_of_which_none_has_a_band_are_not_drawn(worked: rashomon.Study) -> None:
    realisation = worked.measure().realisation
    assert all(row.difference.low != row.difference.low for row in realisation.rows)
    with pytest.raises(RashomonError, match="No comparison has a band"):
        realisation.plot()


def test_the_desk_is_drawn_too(worked: rashomon.Study) -> None:
    desk = worked.on_the_desk("gaimusho", "1988-06-01")
    assert sum(row["n"] for row in rows_of(desk.plot().to_dict())) == len(desk)


def test_bars_count_every_row_once() -> None:
    pairs = [("a", "read"), ("a", "misread"), ("b", "read"), ("a", "read")]
    values = tallies(pairs, "moves")["datasets"]["values"]
    counts = {(one["label"], one["verdict"]): one["n"] for one in values}
    assert counts == {("a", "read"): 2, ("a", "misread"): 1, ("b", "read"): 1}
    assert all(one["x2"] - one["x"] == one["n"] for one in values)
    assert next(one["label"] for one in values) == "a"


def test_a_band_is_drawn_as_it_was_estimated(worked: rashomon.Study) -> None:
    mirrors = worked.measure().mirror
    drawn = {(one["x"], one["low"], one["high"]) for one in rows_of(mirrors.plot().to_dict())}
    banded = [row.index for row in mirrors.rows if row.index.low == row.index.low]
    assert banded
    assert {(one.estimate, one.low, one.high) for one in banded} <= drawn


def test_no_result_is_drawn_in_two_ways() -> None:
    assert not set(CHARTS) & set(OVERVIEWS)


def test_a_result_of_another_kind_has_no_picture(worked: rashomon.Study) -> None:
    @dataclass(frozen=True)
    class Other(Result[Any]):
        """Not of this house."""

    with pytest.raises(RashomonError, match="no picture of a Other"):
        Other(worked.measure().mirror.rows, worked.measure().mirror.provenance).plot()

"""Results: rows of plain values with their provenance."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.errors import RashomonError
from rashomon.study import Estimate, Provenance, Result, jsonable, written


@dataclass(frozen=True)
class Level:
    holder: str
    when: str
    estimate: Estimate
    gap: Estimate


class LevelResult(Result[Level]):
    """Levels."""


PROVENANCE = Provenance("mean", (("level", 0.9), ("days", (1, 2))), 7, "0.1", "two-banks", None, 3, ("b", "a", "b"))
ESTIMATE = Estimate(0.1, -0.2, float("nan"), 0.9, 3, 2)
RESULT = LevelResult((Level("a", "1990-01-01", ESTIMATE, ESTIMATE), Level("b", "1991", ESTIMATE, ESTIMATE)), PROVENANCE)


def test_a_result_goes_to_json_and_back() -> None:
    plain = json.loads(json.dumps(RESULT.to_dict(), allow_nan=False))
    estimate = {"estimate": 0.1, "low": -0.2, "high": None, "level": 0.9, "n": 3, "voices": 2}
    assert plain["rows"][0] == {"holder": "a", "when": "1990-01-01", "estimate": estimate, "gap": estimate}
    assert plain["provenance"]["parameters"] == {"level": 0.9, "days": [1, 2]}
    assert plain["provenance"]["as_of"] is None


def test_a_result_makes_a_table() -> None:
    table = RESULT.table()
    assert list(table["holder"]) == ["a", "b"]
    assert list(table.columns[:4]) == ["holder", "when", "estimate", "low"]
    assert "gap_low" in table.columns
    empty = replace(RESULT, rows=()).table()
    assert (len(empty), list(empty.columns)) == (0, list(table.columns))


def test_a_result_cites_each_source_once() -> None:
    assert RESULT.cite() == ("b", "a")
    assert len(RESULT) == 2


def test_a_result_is_drawn_by_whoever_knows_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Result, "drawer", None)
    with pytest.raises(RashomonError, match="R003"):
        RESULT.plot()
    monkeypatch.setattr(Result, "drawer", staticmethod(lambda result: ("chart", len(result))))
    assert RESULT.plot() == ("chart", 2)


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, None),
        (True, True),
        (np.bool_(True), True),
        (np.int32(3), 3),
        (np.float64("nan"), None),
        (float("inf"), None),
        (np.array([[1.0, np.nan]]), [[1.0, None]]),
        ({"a": (1, {2})}, {"a": [1, [2]]}),
        ({3: frozenset({"b", "a"})}, {"3": ["a", "b"]}),
        (Path("a/b"), "a/b"),
        (date(1991, 4, 16), "1991-04-16"),
    ],
)
def test_plain_values(value: Any, plain: Any) -> None:
    assert jsonable(value) == plain


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.just(ESTIMATE),
    lambda inner: (
        st.lists(inner, max_size=7) | st.tuples(inner) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=25,
)


@given(PLAIN, st.integers(1, 3))
def test_pieces_are_the_whole_text(value: Any, step: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rashomon.study.results._STEP", step)
        pieces = list(written(value))
    assert "".join(pieces) == json.dumps(jsonable(value), ensure_ascii=False)


def test_a_long_list_is_written_in_short_pieces() -> None:
    pieces = list(written({"rows": (ESTIMATE,) * 2500, "more": ()}))
    assert max(map(len, pieces)) < 0.5 * sum(map(len, pieces))


def test_what_has_no_form_in_json_is_said() -> None:
    with pytest.raises(TypeError, match="object"):
        jsonable(object())

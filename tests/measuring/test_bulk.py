"""Rows made all at once are those made one at a time."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.measuring.records.bulk import build_rows, pick, read_each
from rashomon.study import Coded


@dataclass(frozen=True, slots=True)
class Row:
    """Three kinds of values, and a field whose name is that of an argument."""

    kind: str
    n: int
    names: tuple[str, ...]


listed = st.lists(st.tuples(st.text(max_size=3), st.integers(), st.tuples(st.text(max_size=2))), max_size=10)


@given(listed)
def test_rows_in_bulk_are_those_made_one_at_a_time(values: list[tuple[str, int, tuple[str, ...]]]) -> None:
    kind, n, names = ([value[i] for value in values] for i in range(3))
    rows = build_rows(Row, names=names, kind=kind, n=n)
    assert rows == tuple(Row(*value) for value in values)
    assert list(map(hash, rows)) == [hash(Row(*value)) for value in values]
    for row in rows:
        with pytest.raises(FrozenInstanceError):
            row.n = 0  # type: ignore[misc]


@pytest.mark.parametrize(
    "columns",
    [{"kind": ["a"], "n": [1]}, {"kind": ["a"], "n": [1], "names": [()], "more": [2]}],
)
def test_a_missing_or_unknown_field_is_an_error(columns: dict[str, list[object]]) -> None:
    with pytest.raises(TypeError, match="fields"):
        build_rows(Row, **columns)


def test_columns_of_different_length_are_an_error() -> None:
    with pytest.raises(ValueError, match="length"):
        build_rows(Row, kind=["a", "b"], n=[1, 2], names=[()])


@given(st.lists(st.integers(-1, 3), max_size=20))
def test_values_are_read_once_each_and_shared(codes: list[int]) -> None:
    seen: list[int] = []

    def read(value: int) -> tuple[int, ...]:
        seen.append(value)
        return (value,)

    column = Coded((10, 11, 12, 13), np.array(codes, np.int32))
    found = read_each(column, np.arange(len(codes)), read, ())
    assert found == [() if code < 0 else (10 + code,) for code in codes]
    assert len(seen) == len(set(seen))
    assert pick([*column.values, -9], column.codes) == [-9 if code < 0 else 10 + code for code in codes]

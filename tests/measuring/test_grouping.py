"""Rows grouped by columns of codes: as tuples in a dictionary would group them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.measuring.statistics.grouping import distinct, find_rows, groups, pairs_within

# few codes are counted in a table, far ones are sorted, and the farthest overflow unless they are made dense
codes = st.one_of(st.integers(-1, 3), st.integers(-1, 10**5), st.sampled_from([-(2**31), 0, 7, 2**40, 2**60]))
rows = st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[codes] * width), min_size=1, max_size=30))


def columns(listed: list[tuple[int, ...]]) -> list[np.ndarray]:
    return list(np.array(listed, np.int64).T)


@given(rows)
def test_distinct_rows_are_those_of_a_dictionary(listed: list[tuple[int, ...]]) -> None:
    first, number = distinct(*columns(listed))
    order = sorted(set(listed))
    assert [listed[i] for i in first.tolist()] == order
    assert first.tolist() == [listed.index(one) for one in order]
    assert [order[i] for i in number.tolist()] == listed


@given(rows)
def test_groups_are_those_of_a_dictionary(listed: list[tuple[int, ...]]) -> None:
    found = [(key, places.tolist()) for key, places in groups(*columns(listed))]
    assert found == [(key, [i for i, row in enumerate(listed) if row == key]) for key in sorted(set(listed))]


@given(rows, rows)
def test_rows_are_found_as_in_a_dictionary(listed: list[tuple[int, ...]], wanted: list[tuple[int, ...]]) -> None:
    width = min(len(listed[0]), len(wanted[0]))
    held = list(dict.fromkeys(one[:width] for one in listed))
    asked = [one[:width] for one in wanted] + held
    expected = [held.index(one) if one in held else -1 for one in asked]
    assert find_rows(columns(held), columns(asked)).tolist() == expected


def test_nothing_is_grouped_and_found_in_nothing() -> None:
    nothing = np.zeros(0, np.int64)
    assert [len(one) for one in distinct(nothing, nothing)] == [0, 0]
    assert list(groups(nothing, nothing)) == []
    assert find_rows([nothing], [np.array([3, 4])]).tolist() == [-1, -1]
    assert find_rows([np.array([3])], [nothing]).tolist() == []


@pytest.mark.parametrize("most", [1, 5, 1000])
@given(group=st.lists(st.integers(-1, 4), max_size=15))
def test_pairs_within_groups_come_group_by_group(most: int, group: list[int]) -> None:
    found = [
        pair for block in pairs_within(np.array(group, np.int64), most) for pair in zip(*map(list, block), strict=True)
    ]
    expected = [
        pair for one in dict.fromkeys(group) for pair in combinations([i for i, x in enumerate(group) if x == one], 2)
    ]
    assert found == expected

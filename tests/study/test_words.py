"""Strings read eight bytes at a time: the same as one by one, whatever their keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.study.words import Numbering, Rows, Word, keys_of, runs_of, same

letters = st.sampled_from([b"a", b"b", b"ab", b"-", "é".encode(), b"the same beginning ", b"12345678"])
strings = st.lists(letters, max_size=5).map(b"".join)
many = st.lists(strings, max_size=60)


@contextmanager
def clashing_keys() -> Iterator[None]:
    """Keys that tell strings of over eight bytes hardly apart, from each other or from short ones."""

    def weak(words: Sequence[tuple[Rows | slice, Word]]) -> Word:
        keys = words[0][1].copy()
        for rows, _ in words[1:]:
            keys[rows] = ord("a")
        return keys

    with pytest.MonkeyPatch.context() as patch:
        for module in ("words", "indexing"):
            patch.setattr(f"rashomon.study.{module}.keys_of", weak)
        yield


def numbered(parts: list[list[bytes]]) -> None:
    """Number the parts one after the other, as a dictionary would."""
    numbering = Numbering()
    expected: dict[bytes, int] = {}
    for part in parts:
        numbers = numbering.of(runs_of(part))
        assert [numbering.strings[number] for number in numbers.tolist()] == part
        for one in part:
            expected.setdefault(one, len(expected))
    assert sorted(numbering.strings) == sorted(expected)


@given(st.lists(many, max_size=6))
def test_each_distinct_string_has_one_number(parts: list[list[bytes]]) -> None:
    numbered(parts)


@given(st.lists(many, max_size=6))
def test_strings_are_compared_where_keys_clash(parts: list[list[bytes]]) -> None:
    with clashing_keys():
        numbered(parts)


def test_numbers_follow_the_order_in_which_strings_are_met() -> None:
    numbering = Numbering()
    words = [f"{i * 7919 % 5000:x} word" for i in range(5000)]  # enough for the table to grow several times
    numbers = [numbering.of(runs_of([one.encode() for one in words[at : at + 300]])) for at in range(0, 5000, 300)]
    assert np.concatenate(numbers).tolist() == list(range(5000))
    assert numbering.of(runs_of([words[4999].encode(), words[0].encode()])).tolist() == [4999, 0]


@given(many)
def test_keys_differ_where_strings_do(held: list[bytes]) -> None:
    keys = keys_of(runs_of(held).words()).tolist()
    assert len(set(keys)) == len(set(held))
    assert keys[::-1] == keys_of(runs_of(held[::-1]).words()).tolist()


@given(many, many)
def test_strings_are_compared_whole(one: list[bytes], other: list[bytes]) -> None:
    size = min(len(one), len(other))
    alike = same(runs_of(one[:size]), runs_of(other[:size]))
    assert alike.tolist() == [mine == theirs for mine, theirs in zip(one[:size], other[:size], strict=True)]


@given(many)
def test_strings_are_joined_in_order(held: list[bytes]) -> None:
    runs = runs_of(held)
    back = np.arange(len(held))[::-1]
    assert runs.strings() == held
    assert runs.take(back).joined() == b"".join(held[::-1])

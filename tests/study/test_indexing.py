"""Look-up of records by id."""

from __future__ import annotations

import pickle

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from test_words import clashing_keys

from rashomon.errors import nearest, suggest
from rashomon.study.columns import Text
from rashomon.study.indexing import Ids, RecordIndex

names = st.lists(st.text("ab-é", max_size=4), max_size=20)


@given(names, names)
def test_ids_are_found_as_a_list_would_find_them(held: list[str], wanted: list[str]) -> None:
    ids = Ids(Text.of(held))
    asked = [*wanted, *held]
    assert ids.find(asked).tolist() == [held.index(one) if one in held else -1 for one in asked]
    assert list(ids) == held
    backwards = np.arange(len(held))[::-1]
    assert ids.many(backwards) == held[::-1]


@given(names, names)
def test_ids_are_compared_where_keys_clash(held: list[str], wanted: list[str]) -> None:
    with clashing_keys():
        ids = Ids(Text.of(held))
        assert ids.find([*wanted, *held]).tolist() == [held.index(one) if one in held else -1 for one in wanted + held]
        index = RecordIndex({"statements": ids, "moves": Ids(Text.of(wanted))})
        every = held + wanted
        assert [name for name, *_ in index.twice()] == [name for i, name in enumerate(every) if name in every[:i]]


@given(names, names)
def test_ids_that_two_rows_share_are_found(first: list[str], second: list[str]) -> None:
    index = RecordIndex({"statements": Ids(Text.of(first)), "moves": Ids(Text.of(second))})
    every = first + second
    places = [("statements", row) for row in range(len(first))] + [("moves", row) for row in range(len(second))]
    later = [(name, places[every.index(name)], places[i]) for i, name in enumerate(every) if name in every[:i]]
    assert list(index.twice()) == later
    assert list(index.twice(1)) == later[:1]


def test_clauses_share_the_id_of_their_package() -> None:
    index = RecordIndex({"packages": Ids(Text.of(["k", "k", "l", "k"])), "texts": Ids(Text.of(["l"]))})
    assert [name for name, *_ in index.twice()] == ["l"]
    assert index.locate("k") == ("packages", 0)
    assert index.locate("m") is None
    assert "k" in index
    assert "m" not in index
    assert "m" in RecordIndex({}, ["m"])
    assert "m" in RecordIndex({}, partial=True)
    assert index.every() == ["k", "k", "l", "k", "l"]


def test_an_index_survives_pickling() -> None:
    ids = Ids(Text.of(["a", "b", "a-long-one"]))
    again = pickle.loads(pickle.dumps(ids))
    assert again.find(["b", "a-long-one", "c"]).tolist() == [1, 2, -1]


def test_the_nearest_name_is_suggested() -> None:
    assert nearest("Gaimusho", ["gaimusho", "kremlin"]) == "gaimusho"
    assert nearest("xyz", ["gaimusho", "kremlin"]) is None
    many = [f"s-{i}" for i in range(20_000)] + ["statement-about-the-islands"]
    assert nearest("statement-about-the-island", many) == "statement-about-the-islands"
    assert suggest("krmlin", ["kremlin"], "declare it.") == "Did you mean 'kremlin'? If not, declare it."
    assert suggest("xyz", ["kremlin"], "declare it.") == "Declare it."

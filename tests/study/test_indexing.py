"""Look-up of records by id."""

from __future__ import annotations

import pickle

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rashomon.errors import nearest, suggest
from rashomon.study.indexing import Ids, RecordIndex
from rashomon.study.tables import Text

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
def test_ids_are_compared_where_hashes_clash(held: list[str], wanted: list[str]) -> None:
    same = Ids(Text.of(held), np.full(len(held), hash("a"), np.int64))
    asked = ["a", *wanted]
    expected = [held.index(one) if one in held and hash(one) == hash("a") else -1 for one in asked]
    assert same.find(asked).tolist() == expected


@given(names, names)
def test_ids_that_two_rows_share_are_found(first: list[str], second: list[str]) -> None:
    index = RecordIndex({"statements": Ids(Text.of(first)), "moves": Ids(Text.of(second))})
    every = first + second
    found = [name for name, *_ in index.twice()]
    assert sorted(found) == sorted(name for i, name in enumerate(every) if name in every[:i])
    for name, (table, row), (later_table, later_row) in index.twice():
        assert index.tables[table][row] == name == index.tables[later_table][later_row]


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


def test_a_pickled_index_does_not_trust_the_hashes_of_another_process() -> None:
    wrong = Ids(Text.of(["a", "b"]), np.array([1, 2], np.int64))
    assert wrong.row("b") == -1
    assert pickle.loads(pickle.dumps(wrong)).row("b") == 1


def test_the_nearest_name_is_suggested() -> None:
    assert nearest("Gaimusho", ["gaimusho", "kremlin"]) == "gaimusho"
    assert nearest("xyz", ["gaimusho", "kremlin"]) is None
    many = [f"s-{i}" for i in range(20_000)] + ["statement-about-the-islands"]
    assert nearest("statement-about-the-island", many) == "statement-about-the-islands"
    assert suggest("krmlin", ["kremlin"], "declare it.") == "Did you mean 'kremlin'? If not, declare it."
    assert suggest("xyz", ["kremlin"], "declare it.") == "Declare it."

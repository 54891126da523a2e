"""What the program writes into study.toml and into ids: always valid, and read as it was meant."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.studies import DECLARED, write_study

from rashomon.errors import RashomonError
from rashomon.study.declaring_sources import add_tables, source_table
from rashomon.study.made_ids import LONGEST, made_id, new_id
from rashomon.study.row_files import write_cells
from rashomon.study.toml_writing import toml_table
from rashomon.study.vocabulary import ID_PATTERN
from studies import read_cells

WORDS = st.text(st.characters(exclude_categories=("Cs",)))
VALUES = WORDS.filter(bool) | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.lists(WORDS, min_size=1)


@given(st.dictionaries(WORDS, VALUES | st.dictionaries(WORDS, VALUES, min_size=1)), WORDS)
def test_a_table_is_read_as_it_was_meant(items: dict[str, object], remark: str) -> None:
    text = "\n".join(toml_table("[here]", items, dict.fromkeys(items, remark)))
    assert tomllib.loads(text)["here"] == items


@given(st.text())
def test_a_made_id_is_an_id_and_new_ones_are_new(name: str) -> None:
    made = made_id(name)
    assert ID_PATTERN.match(made)
    assert len(made) <= LONGEST + 9
    taken = {made, f"{made}-2"}
    assert new_id(name, taken) == f"{made}-3"


def test_names_that_have_no_latin_letters_get_ids_of_their_own() -> None:
    assert made_id("Горбачёв, Михаил") == "gorbachev-mikhail"
    assert made_id("領土") != made_id("北方")
    cut = [made_id("x" * LONGEST + end) for end in ("a", "b")]  # what is cut must not become one
    assert all(one.startswith("x" * LONGEST + "-") for one in cut)
    assert cut[0] != cut[1]
    assert made_id("x" * LONGEST) == "x" * LONGEST


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_tables_are_added_at_the_end_and_nothing_else_changes(tmp_path: Path, end: str) -> None:
    root = write_study(tmp_path, DECLARED.rstrip("\n"))
    before = (root / "study.toml").read_text("utf-8").replace("\n", end).encode()
    (root / "study.toml").write_bytes(before)
    add_tables(root, [source_table({"id": "new", "title": "New", "file": ""}, {"title": "look\nhere"}, "From a list.")])
    after = (root / "study.toml").read_bytes()
    added = end.join(["", "", "# From a list.", "[[source]]", 'id = "new"', 'title = "New"  # look here', ""])
    assert after == before + added.encode()


def test_sources_in_an_array_are_refused_and_the_file_stays(tmp_path: Path) -> None:
    root = write_study(tmp_path, "source = []\n" + DECLARED.replace("[[source]]", "[[series]]"))
    before = (root / "study.toml").read_bytes()
    with pytest.raises(RashomonError) as caught:
        add_tables(root, [source_table({"id": "new"})])
    assert caught.value.fault.code == "R111"
    assert (root / "study.toml").read_bytes() == before


@given(st.lists(st.fixed_dictionaries({"a": WORDS, "b": WORDS}).filter(lambda row: any(row.values())), min_size=1))
def test_written_cells_are_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]) -> None:
    path = tmp_path_factory.mktemp("cells") / "a.csv"
    write_cells(path, ("a", "b"), rows)
    assert read_cells(path) == rows

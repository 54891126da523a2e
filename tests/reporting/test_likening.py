"""Whether the frames of two studies are alike: whole distributions by voices, on arrays and on studies."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rashomon
from rashomon.reporting.document import Table
from rashomon.reporting.document import words as plain
from rashomon.reporting.pairing import Likeness, Pairs, pair_lines
from rashomon.reporting.pairing.likening import _distances, _least_p
from rashomon.reporting.pairing.page import pairs_article
from studies import DECLARED, write_study

SOURCE = """
[[source]]
id = "{id}"
title = "{id}"
authors = ["{id}"]
published = "2001"
kind = "{kind}"
"""

counts = st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(any), min_size=2, max_size=6)


@given(counts, st.data())
def test_what_two_show_is_as_far_apart_as_half_their_summed_differences(told: list[list[int]], data: st.DataObject) -> None:
    table = np.array(told, dtype=float)
    first = data.draw(st.integers(1, len(told) - 1))
    dealt = np.arange(len(told)) < first
    one, other = (part.sum(axis=0) / part.sum() for part in (table[dealt], table[~dealt]))
    (found,) = _distances(table, dealt[None])
    assert found == pytest.approx(np.abs(one - other).sum() / 2)
    assert 1 - found == pytest.approx(np.minimum(one, other).sum())  # which is what both show alike
    assert 0 <= found <= 1 + 1e-12


def test_few_voices_cannot_rule_out_chance() -> None:
    assert _least_p(2, 2) == pytest.approx(2 / 6)
    assert _least_p(3, 3) == pytest.approx(2 / 20)
    assert _least_p(1, 9) == pytest.approx(1 / 10)


def study(
    root: Path, name: str, *, basis: tuple[str, ...] = ("words",), kind: str = "book", via: str = "", voices: int = 6,
    holder: str = "south-ministry", declared: str = DECLARED,
) -> Path:  # fmt: skip
    """A study whose voices each tell a belief on each of these bases, four at least, from sources of one kind."""
    declared = declared.replace('id = "two"', f'id = "{name}"')
    declared += "".join(SOURCE.format(id=f"s{k}", kind=kind) for k in range(voices))
    rows: list[dict[str, object]] = []
    for k in range(max(4, len(basis)) * voices):
        cells = {"when": str(1985 + k % 6), "source": f"s{k % voices}", "basis": basis[k // voices % len(basis)], "via": via}
        rows += [
            {"id": f"h{k}", "path": "north-leader", "modality": "wants", "topic": "north-aim", "stance": "peace", **cells},
            {"id": f"b{k}", "path": f"{holder} > north", "modality": "believes > wants", "topic": "north-aim",
             "stance": "gain" if k % 3 else "peace", **cells},
        ]  # fmt: skip
    return write_study(root / name, declared, statements=rows)


def compared(root: Path, **other: object) -> Pairs:
    return rashomon.compare([study(root, "first"), study(root, "second", **other)])  # type: ignore[arg-type]


def row(found: Pairs, trait: str) -> Likeness:
    return next(one for one in found.likeness if (one.trait, one.table) == (trait, "statements"))


def beliefs(found: Pairs) -> tuple[str, str]:
    """The verdict on the beliefs contradicted of both sides, and why."""
    one = next(one for one in found.rows if one.measure == "beliefs contradicted" and not one.within)
    return one.verdict, one.because


def test_frames_that_are_alike_are_found_so(tmp_path: Path) -> None:
    found = compared(tmp_path)
    assert {one.verdict for one in found.likeness} == {"no difference found"}
    assert beliefs(found) == ("cannot be told apart", "the bands overlap")


def test_studies_of_one_commonest_basis_may_differ_in_the_rest_of_it(tmp_path: Path) -> None:
    found = compared(tmp_path, basis=("words", "narrated", "words", "witness"))
    basis = row(found, "basis")
    assert basis.first == (("words", 1.0),)
    assert basis.second == (("words", 0.5), ("narrated", 0.25), ("witness", 0.25))
    assert (basis.shared, basis.verdict) == (0.5, "differ")
    assert basis.p <= 0.1
    assert beliefs(found) == ("cannot be told apart", "the bands overlap; the frames of first and second differ in basis")
    lines = "\n".join(pair_lines(found))
    assert "basis of statements: differ (50 % of what the one shows is shown alike in the other; p = " in lines
    assert "first: holders' own words 100 %; second: holders' own words 50 %, authors' accounts 25 %, witnesses 25 %" in lines
    assert "figures that rest on it: beliefs contradicted and beliefs undetermined" in lines
    assert "no difference found: layers of statements, " in lines
    captions = [plain(one.caption) for one in pairs_article(found).sections[0].blocks if isinstance(one, Table)]
    assert captions[1].startswith("Are the frames of first and second alike? ")


def test_studies_that_share_the_commonest_basis_but_not_half_of_all_are_not_compared(tmp_path: Path) -> None:
    first = study(tmp_path, "first", basis=(*["words"] * 3, *["narrated"] * 2, *["act"] * 2))
    second = study(tmp_path, "second", basis=(*["words"] * 3, *["witness"] * 2, *["inferred"] * 2))
    found = rashomon.compare([first, second])
    basis = row(found, "basis")
    assert basis.first[0] == basis.second[0] == ("words", pytest.approx(3 / 7))
    assert (basis.verdict, basis.shared) == ("unlike", pytest.approx(3 / 7))
    assert beliefs(found)[0] == "not compared"


def test_less_than_half_alike_is_not_compared(tmp_path: Path) -> None:
    found = compared(tmp_path, basis=("narrated",))
    assert (row(found, "basis").verdict, row(found, "basis").shared) == ("unlike", 0.0)
    verdict, because = beliefs(found)
    assert verdict == "not compared"
    assert because == "the frames differ: first rests on holders' own words (100 %), second on authors' accounts (100 %)"


def test_other_sources_are_said_and_do_not_forbid_comparing(tmp_path: Path) -> None:
    found = compared(tmp_path, kind="article-newspaper", via="book")
    assert {one.trait for one in found.likeness if one.verdict == "differ"} == {"kinds of sources", "at first or second hand"}
    assert beliefs(found)[1].endswith("the frames of first and second differ in kinds of sources and at first or second hand")


def test_views_of_other_layers_are_not_compared(tmp_path: Path) -> None:
    found = compared(tmp_path, holder="south-public")
    assert row(found, "layers").shared == 0.5  # both tell of the leader of the North as often
    assert row(found, "layers").verdict == "differ"


def test_layers_of_other_names_cannot_be_set_beside_each_other(tmp_path: Path) -> None:
    other = DECLARED.replace('"ministry"', '"bureau"')
    layers = row(compared(tmp_path, declared=other), "layers")
    assert (layers.verdict, layers.because) == ("undetermined", "first knows no layer bureau, which second has on record")


def test_few_voices_leave_it_open_whether_frames_differ(tmp_path: Path) -> None:
    found = rashomon.compare(
        [study(tmp_path, "first", voices=2), study(tmp_path, "second", voices=2, kind="article-newspaper")]
    )
    kinds = row(found, "kinds of sources")
    assert kinds.verdict == "undetermined"
    assert math.isnan(kinds.p)
    assert "4 voices of both are too few to rule out chance" in kinds.because
    assert beliefs(found)[1] == "the bands overlap"


def test_studies_told_by_other_numbers_of_voices_are_said_to_be(tmp_path: Path) -> None:
    found = compared(tmp_path, voices=2)
    assert row(found, "voices in a period").verdict == "differ"
    assert row(found, "voices in a period").because == "voices in a period: first 6, second 2"
    assert "voices in a period" in beliefs(found)[1]


def test_one_voice_in_a_period_is_a_number_and_no_share(tmp_path: Path) -> None:
    lines = "\n".join(pair_lines(compared(tmp_path, voices=1)))
    assert "first: the whole time 6; second: the whole time 1\n" in lines

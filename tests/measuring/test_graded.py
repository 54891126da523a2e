"""Levels of agreement in discourse networks: by hand, as in DNA's manual, over a scale that is used in part, beside two sides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.studies import DECLARED, write_study

import rashomon
from measuring.discourses import PUBLISHED, said
from rashomon.errors import RashomonError
from rashomon.measuring.networks import Discourse
from rashomon.measuring.networks.projecting import Manner, network
from rashomon.measuring.networks.uttering import Scale, units

MANUAL = PUBLISHED["manual"]
NORTH, SOUTH = "north-leader", "south-ministry"


def issue(name: str, levels: Sequence[int]) -> str:
    """An issue whose positions are l0, l1 …, one for each level."""
    positions = ", ".join(f'{{ id = "l{n}", name = "{level}", level = {level} }}' for n, level in enumerate(levels))
    return f'\n[[issue]]\nid = "{name}"\nname = "{name}"\nordered = true\npositions = [{positions}]\n'


def asked(
    folder: Path, levels: Sequence[int], *views: tuple[str, int], rows: Sequence[dict[str, str]] = (), **how: Any
) -> Discourse:
    """The discourse of statements (path, level) on one issue with these levels, and of other rows."""
    told = [{"path": path, "topic": "deal", "stance": f"l{levels.index(level)}", "modality": "asserts"} for path, level in views]
    listed = [{"id": f"s{n}", **row} for n, row in enumerate([*told, *rows])]
    return rashomon.open(write_study(folder, DECLARED + issue("deal", levels), statements=listed)).discourse(draws=0, **how)


def between(discourse: Discourse, aggregation: str, normalisation: str = "none") -> float:
    return float(discourse.network("actors", aggregation, normalisation).matrix().loc[NORTH, SOUTH])


@pytest.mark.parametrize("pair", MANUAL["pairs"])
def test_nearness_of_levels_is_as_in_the_manual(tmp_path: Path, pair: Sequence[float]) -> None:
    levels = range(MANUAL["scale"][0], MANUAL["scale"][1] + 1)
    one, often, other, as_often = map(int, pair[:4])
    discourse = asked(tmp_path, levels, *[(NORTH, one)] * often, *[(SOUTH, other)] * as_often)
    assert between(discourse, "congruence") == pytest.approx(pair[4])
    assert between(discourse, "conflict") == pytest.approx(pair[5])
    assert between(discourse, "subtract") == pytest.approx(pair[4] - pair[5])
    assert between(discourse, "ignore") == often * as_often
    assert between(discourse, "congruence", "average") == pytest.approx(pair[4] / ((often + as_often) / 2))


def test_levels_of_two_modes_add_up_as_in_the_manual(tmp_path: Path) -> None:
    given_, weight = MANUAL["subtract"]
    for compatible in ("", "dna"):
        discourse = asked(tmp_path / f"x{compatible}", range(-5, 6), *[(NORTH, one) for one in given_], compatible=compatible)
        assert discourse.network("two-mode", "subtract").matrix().loc[NORTH, "deal"] == weight
        assert discourse.network("two-mode", "ignore").matrix().loc[NORTH, "deal"] == len(given_)
        assert discourse.network("two-mode", "combine").matrix().loc[NORTH, "deal"] == 3  # both levels that occur: bits 2 and 1
        activity = discourse.network("two-mode", "subtract", "activity").matrix()
        assert activity.loc[NORTH, "deal"] == weight / len(given_)


def test_a_scale_without_negative_levels_divides_in_its_middle_but_not_in_dna(tmp_path: Path) -> None:
    views = [(NORTH, 1), (NORTH, 5), (NORTH, 3), (NORTH, 2), (SOUTH, 5)]
    own, dna = (asked(tmp_path / f"x{one}", range(1, 6), *views, compatible=one) for one in ("", "dna"))
    (north, south) = own.bars().rows
    assert (north.agree, north.disagree, north.levels) == (1, 2, ((-2.0, 1), (-1.0, 1), (0.0, 1), (2.0, 1)))
    assert (south.agree, south.disagree, south.levels) == (1, 0, ((2.0, 1),))
    assert own.network("two-mode").matrix().loc[NORTH, "deal"] == -1
    assert dna.network("two-mode").matrix().loc[NORTH, "deal"] == 11
    assert [one.levels for one in dna.bars().rows] == [((1.0, 1), (2.0, 1), (3.0, 1), (5.0, 1)), ((5.0, 1),)]
    events = {one.statement: (one.agrees, one.level) for one in own.events().rows}
    assert [events[f"s{n}"] for n in range(5)] == [(False, -2.0), (True, 2.0), (None, 0.0), (False, -1.0), (True, 2.0)]
    (tie,) = own.network().rows
    assert (tie.n, tie.agree, tie.disagree) == (5, 2, 2)
    assert own.bars().plot()
    assert own.events().plot()


def test_a_scale_that_is_used_in_part_is_measured_whole_but_by_dna_by_what_occurs(tmp_path: Path) -> None:
    views = [(NORTH, -1), (SOUTH, 3)]
    assert between(asked(tmp_path / "own", range(-3, 4), *views), "congruence") == pytest.approx(1 - 4 / 6)
    assert between(asked(tmp_path / "dna", range(-3, 4), *views, compatible="dna"), "conflict") == 1.0
    alone = asked(tmp_path / "one", range(-3, 4), (NORTH, 3), (SOUTH, 3), compatible="dna")
    assert between(alone, "congruence") == 1.0  # DNA divides nought by nought
    single = asked(tmp_path / "single", [2], (NORTH, 2), (SOUTH, 2))
    assert (between(single, "congruence"), single.bars().rows[0].levels) == (1.0, ((0.0, 1),))


def test_to_reject_a_level_says_of_two_that_the_other_is_held(tmp_path: Path) -> None:
    row = {"path": NORTH, "topic": "deal", "modality": "rejects", "stance": "l1"}
    assert asked(tmp_path / "two", [-1, 1], (SOUTH, -1), rows=[row]).network().rows[0].weight.estimate == 1.0
    three = asked(tmp_path / "three", [-1, 0, 1], (SOUTH, -1), rows=[row, {**row, "modality": "wants", "stance": "> l0"}])
    assert [reason for reason, _ in three.network().left_out] == [
        "a stance in the middle, or nowhere on the scale", "rejects one stance of several",
    ]  # fmt: skip


def test_levels_stand_beside_two_sides_but_not_in_dna(tmp_path: Path) -> None:
    rows = [{"path": NORTH, "topic": "border", "stance": "move"}, {"path": SOUTH, "topic": "border", "stance": "keep"}]
    both = asked(tmp_path / "both", range(-2, 3), (NORTH, 2), (SOUTH, 1), rows=rows)
    assert between(both, "congruence") == pytest.approx(0.75)
    assert both.network("two-mode").matrix().loc[NORTH].to_dict() == {"border": 1.0, "deal": 2.0}
    with pytest.raises(RashomonError) as raised:
        asked(tmp_path / "dna", range(-2, 3), (NORTH, 2), rows=rows, compatible="dna").network()
    assert raised.value.fault.code == "R502"
    assert "DNA" in raised.value.fault.allowed


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 4)), min_size=1, max_size=20),
    st.integers(-9, 9),
    st.integers(1, 7),
)
def test_one_mode_does_not_hang_on_how_levels_are_numbered(told: list[tuple[int, int, int]], start: int, step: int) -> None:
    lines = [(*one, 0, 1) for one in told]
    plain, other = said(*lines, scale=(0, 1, 2, 3, 4)), said(*lines, scale=tuple(start + step * n for n in range(5)))
    for aggregation in ("congruence", "conflict", "subtract"):
        how = Manner("actors", aggregation)
        assert np.allclose(network(plain, how), network(other, how))


def test_dna_takes_no_level_beyond_what_java_boxes_for_the_same() -> None:
    of = said((0, 0, 0, 0, 1), (0, 0, 0, 0, 1), (0, 0, 1, 0, 1), (0, 0, 1, 0, 1), scale=(127, 128))
    object.__setattr__(of, "scale", Scale(of.scale.place, of.scale.amount, of.scale.span, True))
    assert len(set(units(of, "overall").tolist())) == 2
    assert len(set(units(of, "overall", dna=True).tolist())) == 3
    assert len(set(units(of, "overall", by_level=False, dna=True).tolist())) == 1

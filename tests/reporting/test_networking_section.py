"""The report's section on discourse networks: it says what the networks hold, and what cannot be said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import vl_convert
from turning_study import turned

import rashomon
from rashomon.measuring.networks import measure_networks
from rashomon.reporting.document import Figure, Para, Records, Section, Table, unfolded, words
from rashomon.reporting.networking import networking
from rashomon.reporting.telling import Telling
from studies import write_study


def told(root: Path) -> tuple[rashomon.Study, Section]:
    study = rashomon.open(root)
    measures = SimpleNamespace(**measure_networks(study.data))
    return study, networking(Telling(study.data, cast(Any, measures), cast(Any, None)))


def paragraphs(section: Section) -> Iterator[str]:
    return (words(one.text) for one in section.blocks if isinstance(one, Para))


def tables(section: Section) -> dict[str, Table]:
    return {one.anchor: one for one in section.blocks if isinstance(one, Table)}


@pytest.fixture(scope="module")
def worked(kuril: Path) -> tuple[rashomon.Study, Section]:
    return told(kuril)


def test_every_pair_of_the_networks_is_told_with_its_records(worked: tuple[rashomon.Study, Section]) -> None:
    study, section = worked
    own = study.discourse(by="layer", duplicates="document")
    agree, oppose = own.network("actors", "congruence"), own.network("actors", "conflict")
    pairs = {(row.source, row.target) for network in (agree, oppose) for row in network.rows}
    rows = tables(section)["tab-networks"].rows
    assert len(rows) == len(pairs)
    sums = [sum(int(words(row.cells[column])) for row in rows) for column in (1, 2)]
    assert sums == [sum(row.weight.estimate for row in network.rows) for network in (agree, oppose)]
    for row in rows:
        counted = int(words(row.cells[5]).partition(" ")[0])
        (records,) = [part for part in unfolded(row.cells[5]) if isinstance(part, Records)]
        assert len(records.ids) == counted
        assert all(one in study.data.index for one in records.ids)


def test_layers_of_two_sides_come_first(worked: tuple[rashomon.Study, Section]) -> None:
    table = tables(worked[1])["tab-networks"]
    assert "of whatever years" in words(table.caption)  # 1956 and 1998 are set against each other
    names = [words(row.cells[0]).split(" – ") for row in table.rows]
    across = [one.partition(" (")[0] != other.partition(" (")[0] for one, other in names]
    assert across == sorted(across, reverse=True)
    assert any(across)
    assert not all(across)


def picture(section: Section) -> Figure:
    (figure,) = (one for one in section.blocks if isinstance(one, Figure))
    return figure


def test_the_picture_has_the_ties_of_the_two_sides_and_no_others(worked: tuple[rashomon.Study, Section]) -> None:
    figure = picture(worked[1])
    values = figure.spec["datasets"]["values"]
    drawn = {(one["tie"], frozenset(one[end].partition(". ")[2] for end in ("label", "with"))): one["weight"] for one in values}
    told = {}
    for row in tables(worked[1])["tab-networks"].rows:
        ends = words(row.cells[0]).split(" – ")
        if all(one.startswith(("Japan", "USSR/Russia")) for one in ends):
            for tie, cell in (("agreement", row.cells[1]), ("conflict", row.cells[2])):
                told |= {(tie, frozenset(ends)): float(words(cell))} if words(cell) != "0" else {}
    assert drawn == told
    assert len(values) == len(drawn)
    assert vl_convert.vegalite_to_svg({**figure.spec, "width": 340}).startswith("<svg")


def test_agreement_stands_above_the_diagonal_and_conflict_below_it(worked: tuple[rashomon.Study, Section]) -> None:
    figure = picture(worked[1])
    for one in figure.spec["datasets"]["values"]:
        row = int(one["label"].partition(".")[0])
        assert (row < one["column"]) == (one["tie"] == "agreement")
    rows = [one["label"].partition(". ")[2].partition(" (")[0] for one in figure.spec["datasets"]["itself"]]
    assert rows == sorted(rows)  # Japan, then the USSR and Russia: each side in one piece
    assert len(set(rows)) == 2


def test_the_picture_says_what_it_leaves_out_and_how_much_lies_between_the_sides(worked: tuple[rashomon.Study, Section]) -> None:
    figure = picture(worked[1])
    values = figure.spec["datasets"]["values"]
    assert "Not drawn: 2 layers" in words(figure.caption)  # of the G-7 and the United States
    for tie in ("agree", "conflict"):
        drawn = [one for one in values if one["tie"].startswith(tie)]
        across = sum(one["weight"] for one in drawn if ("Japan" in one["label"]) != ("Japan" in one["with"]))
        assert f"{across:.0f} of {sum(one['weight'] for one in drawn):.0f}" in figure.alt


def test_of_one_side_no_line_and_nothing_between_sides_is_told(tmp_path: Path) -> None:
    rows = [{"id": one, "path": f"north-{one}", "topic": "border", "stance": "move"} for one in ("leader", "public")]
    figure = picture(told(write_study(tmp_path, statements=rows))[1])
    assert [one["weight"] for one in figure.spec["datasets"]["values"]] == [1.0]
    assert "two sides" not in words(figure.caption) + figure.alt
    assert "Not drawn" not in words(figure.caption)
    assert not [one for one in figure.spec["layer"] if one["mark"]["type"] == "rule"]


def test_three_sources_are_too_few_and_the_section_says_so(worked: tuple[rashomon.Study, Section]) -> None:
    said = " ".join(paragraphs(worked[1]))
    assert said.count("3 documents of 3 voices: too few to draw anew") == 2
    assert "undetermined" in said
    assert "left out are 100 (a view of another's view)" in said


def test_views_of_others_are_told_by_pair(worked: tuple[rashomon.Study, Section]) -> None:
    study, section = worked
    views = study.discourse(of="attributed", duplicates="document").views()
    rows = tables(section)["tab-whose-view"].rows
    assert len(rows) == len(views)
    assert sum(int(words(row.cells[1])) for row in rows) == sum(row.n for row in views.rows)
    assert all(int(words(row.cells[1])) == int(words(row.cells[2])) + int(words(row.cells[3])) for row in rows)
    for row in rows:
        (records,) = [part for part in unfolded(row.cells[5]) if isinstance(part, Records)]
        assert len(records.ids) == int(words(row.cells[1]))


def test_a_study_in_which_nobody_takes_a_side_says_why(tmp_path: Path) -> None:
    rows = [{"id": "a", "path": "north-leader", "topic": "border", "stance": "share"}]
    _, section = told(write_study(tmp_path, statements=rows))
    said = list(paragraphs(section))
    assert "a stance in the middle, or nowhere on the scale (1)" in said[0]
    assert said[1] == "No statement about another's view takes a side."
    assert not tables(section)
    assert not [one for one in section.blocks if isinstance(one, Figure)]


def test_one_layer_alone_is_not_divided(tmp_path: Path) -> None:
    rows = [{"id": "a", "path": "north-leader", "topic": "border", "stance": "move"}]
    _, section = told(write_study(tmp_path, statements=rows))
    assert any("cannot be said: too few actors" in one for one in paragraphs(section))


def test_what_cannot_be_told_of_changes_is_one_line(worked: tuple[rashomon.Study, Section]) -> None:
    study, section = worked
    (line,) = [text for text in paragraphs(section) if text.startswith("Did layers")]
    number = len(study.discourse(by="layer", duplicates="document").changes().rows)
    assert number > 50
    assert line.endswith(f"Of {number} changes on record none can be told; all rest on too little: too few documents ({number}).")
    assert "tab-network-changes" not in tables(section)


def test_a_change_that_can_be_told_is_told_in_a_table(tmp_path: Path) -> None:
    _, section = told(turned(tmp_path, 8, True, False).root)
    (line,) = [text for text in paragraphs(section) if text.startswith("Did layers")]
    assert "Of 2 changes on record 2 can be told (2 further apart)." in line
    layers, sides = tables(section)["tab-network-changes"].rows
    assert [words(one) for one in layers.cells[1:3]] == ["Then → Now", "100 → 0 %"]
    assert "all layers of them" in words(sides.cells[0])

"""The report's section on discourse networks: it says what the networks hold, and what cannot be said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import rashomon
from rashomon.measuring.networks import measure_networks
from rashomon.reporting.document import Para, Records, Section, Table, unfolded, words
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


def test_one_layer_alone_is_not_divided(tmp_path: Path) -> None:
    rows = [{"id": "a", "path": "north-leader", "topic": "border", "stance": "move"}]
    _, section = told(write_study(tmp_path, statements=rows))
    assert any("cannot be said: too few actors" in one for one in paragraphs(section))

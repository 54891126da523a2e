"""Pictures of discourse networks: what each draws, by its data, and that Vega-Lite can draw it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import vl_convert

import rashomon
from measuring.discourses import sample_study
from rashomon.measuring.networks import Discourse
from rashomon.reporting.figures import CHARTS
from rashomon.reporting.network_pictures import PICTURES
from rashomon.reporting.overviews import OVERVIEWS

ASKED: dict[str, Callable[[Discourse], Any]] = {
    "actors": lambda of: of.network(),
    "topics": lambda of: of.network("topics"),
    "two modes": lambda of: of.network("two-mode"),
    "series": lambda of: of.series(5),
    "polarisation": lambda of: of.polarisation(),
    "polarisation through time": lambda of: of.polarisation(size=8, kernel="gaussian"),
    "phases": lambda of: of.phases(8),
    "nested backbone": lambda of: of.backbone(),
    "fixed backbone": lambda of: of.backbone(3),
    "penalised backbone": lambda of: of.backbone(penalty=2.5),
    "coalitions": lambda of: of.coalitions(),
    "bars": lambda of: of.bars(),
    "events": lambda of: of.events(),
}


@pytest.fixture(scope="module")
def discourse(tmp_path_factory: pytest.TempPathFactory) -> Discourse:
    return rashomon.open(sample_study(tmp_path_factory.mktemp("drawn"))).discourse(by="organisation", draws=0)


@pytest.mark.parametrize("name", ASKED)
def test_every_answer_is_drawn(discourse: Discourse, name: str) -> None:
    answer = ASKED[name](discourse)
    spec = answer.plot().to_dict()
    assert spec["datasets"]["values"]
    assert vl_convert.vegalite_to_svg(spec).startswith("<svg")
    assert type(answer) in PICTURES


def test_a_network_is_drawn_tie_by_tie(discourse: Discourse) -> None:
    network = discourse.network("actors", "subtract")
    drawn = {(one["source"], one["target"]): one["weight"] for one in network.plot().to_dict()["datasets"]["values"]}
    table = network.matrix()
    assert len(drawn) == 2 * len(network)
    assert all(table.loc[ends] == weight for ends, weight in drawn.items())


def test_views_are_drawn_in_their_direction(kuril: Path) -> None:
    views = rashomon.open(kuril).discourse(of="attributed", by="side").views()
    drawn = {(one["source"], one["target"]) for one in views.plot().to_dict()["datasets"]["values"]}
    assert drawn == {(row.source, row.target) for row in views.rows}


def test_no_answer_is_drawn_in_two_ways() -> None:
    assert not set(PICTURES) & (set(CHARTS) | set(OVERVIEWS))

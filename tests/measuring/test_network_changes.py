"""How ties of a discourse changed from one period to the next: the share of agreement, and nothing of few documents."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from turning_study import turned

from rashomon.measuring.networks import Discourse, Ground, TieChange, TieChanges, measure_networks
from rashomon.measuring.networks.turning import AGREEING
from rashomon.study import StudyData


def changes(study: StudyData) -> TieChanges:
    return Discourse(Ground(study, by="layer", duplicates="document")).changes()


def of_leaders(found: TieChanges) -> TieChange:
    (row,) = [one for one in found.rows if one.kind == "actors"]
    return row


@pytest.mark.parametrize(("then", "now", "verdict"), [(True, False, "further apart"), (False, True, "nearer")])
def test_leaders_part_or_meet(tmp_path: Path, then: bool, now: bool, verdict: str) -> None:
    found = changes(turned(tmp_path, 8, then, now))
    row = of_leaders(found)
    assert (row.verdict, row.before, row.after, row.earlier, row.later) == (verdict, "then", "now", float(then), float(now))
    assert (row.source, row.target) == ("a leadership", "b leadership")
    assert row.change.low <= row.change.estimate == now - then <= row.change.high
    assert row.p <= row.p_holm <= 0.1
    assert row.because.endswith("documents drawn anew")
    (sides,) = [one for one in found.rows if one.kind == "sides"]
    assert (sides.source, sides.target, sides.verdict, sides.change.n) == ("a", "b", verdict, 96)
    assert found.periods == ("then", "now")


def test_more_of_the_same_is_no_change(tmp_path: Path) -> None:
    row = of_leaders(changes(turned(tmp_path, 8, True, True, again=3)))
    assert (row.earlier, row.later, row.verdict, row.p) == (1.0, 1.0, "no change found", 1.0)


def test_of_few_documents_nothing_is_told(tmp_path: Path) -> None:
    row = of_leaders(changes(turned(tmp_path, 4, True, False)))
    assert (row.verdict, row.because) == ("undetermined", "4 documents in Then, where 5 are needed")
    assert (row.earlier, row.later) == (1.0, 0.0)
    assert math.isnan(row.change.low)
    assert math.isnan(row.p)


def test_of_one_voice_nothing_is_told(tmp_path: Path) -> None:
    row = of_leaders(changes(turned(tmp_path, 6, True, False, one=6)))
    assert (row.verdict, row.because, row.change.voices) == ("undetermined", "told by one voice only in Then", 1)


def test_without_two_periods_there_is_no_change(tmp_path: Path) -> None:
    study = turned(tmp_path, 5, True, False, declared="")
    assert changes(study).rows == ()
    assert measure_networks(study)["network_changes"].periods == ("all",)


def test_the_same_documents_are_drawn_for_both_periods(tmp_path: Path) -> None:
    study = turned(tmp_path, 5, True, False)
    ground = Ground(study, by="layer", duplicates="document")
    whole = ground.gathered.said
    for duplicates in ("document", "year"):
        asked = Ground(study, by="layer", duplicates=duplicates)  # type: ignore[arg-type]
        for one, other in asked.samples_of(AGREEING, [whole, whole], 5):
            np.testing.assert_array_equal(one.weight, other.weight)
            np.testing.assert_array_equal(one.document, other.document)

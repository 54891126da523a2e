"""The networks that are measured of every study: the same as when asked for, and reasons where there are none."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from making import make, sources, spoken

import rashomon
from rashomon.measuring.networks import measure_networks
from rashomon.reporting.document import words
from rashomon.reporting.findings.sides import camps
from rashomon.reporting.telling import Telling
from rashomon.study import StudyData

TOLD = tuple(f"source-{n}" for n in range(8))


def divided(folder: Path, noise: int = 0) -> StudyData:
    """Leaders of both sides see the other as peaceful, the publics do not; in the first ``noise`` sources it is the reverse."""
    rows: list[dict[str, object]] = []
    for number, source in enumerate(TOLD):
        for place, path in enumerate(("a-leader", "b-leader", "a-public", "b-public")):
            up = (place < 2) != (number < noise)
            for other, topic in enumerate(("b:peaceful", "b:strong", "land")):
                stance = ("give" if up else "keep") if topic == "land" else ("positive" if up else "negative")
                rows.append(
                    spoken(100 * number + 10 * place + other, 1980 + number, stance, source, path=path, topic=topic)
                )
    return make(folder, sources(*TOLD), statements=rows)


def test_they_are_those_that_can_be_asked_for(kuril: Path) -> None:
    study = rashomon.open(kuril)
    found = measure_networks(study.data)
    asked = study.discourse(by="layer", duplicates="document")
    assert found["agreement"].to_dict() == asked.network("actors", "congruence").to_dict()
    assert found["opposition"].to_dict() == asked.network("actors", "conflict").to_dict()
    assert found["polarisation"].to_dict() == asked.polarisation().to_dict()
    assert found["attributed"].to_dict() == study.discourse(of="attributed", duplicates="document").views().to_dict()
    assert json.dumps([one.to_dict() for one in found.values()], allow_nan=False)  # type: ignore[attr-defined]


def test_where_nobody_takes_a_side_they_are_empty_and_say_why(tmp_path: Path) -> None:
    found = measure_networks(make(tmp_path, sources("one"), statements=[spoken(1, 1980, "mixed", "one")]))
    assert [len(one) for one in found.values()] == [0, 0, 0, 0, 0]  # type: ignore[arg-type]
    assert "a stance in the middle" in found["agreement"].because
    assert found["attributed"].because


@pytest.mark.parametrize(("noise", "decided"), [(0, True), (4, False)])
def test_camps_are_a_finding_only_where_documents_divide_them_beyond_chance(tmp_path: Path, noise: int, decided: bool) -> None:
    study = divided(tmp_path, noise)
    telling = Telling(study, cast(Any, SimpleNamespace(**measure_networks(study))), cast(Any, None))
    finding = camps(telling)
    assert (finding is not None) == decided
    if finding is not None:
        assert "two camps" in words(finding.said)
        assert "A (Leadership) and B (Leadership)" in words(finding.said)

"""DNA's own numbers, reckoned by its own program, through the import of its database: truth values, and levels of agreement."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import rashomon
from conftest import ROOT
from measuring.discourses import sample_project, sample_study
from rashomon.errors import RashomonError
from rashomon.exchanging import import_file
from rashomon.exchanging.dna_out import KIND
from rashomon.exchanging.dna_projects import DnaProject, DnaStatement
from rashomon.exchanging.dna_tables import KINDS
from rashomon.exchanging.dna_writing import write_dna

FILE = ROOT / "tests" / "published" / "dna-networks.json"
DNA: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))


def with_levels(made: DnaProject) -> tuple[DnaStatement, ...]:
    """The statements of the published sample with levels for their truth values."""
    told = zip(made.statements, DNA["levels"], strict=True)
    return tuple(replace(one, values={**one.values, "agreement": level}) for one, level in told)


def two_types(folder: Path) -> Path:
    """The published sample, and in a type of its own the same with levels for its truth values, brought into one study."""
    made = sample_project()
    graded = tuple(replace(one, number=one.number + 100, kind="Graded") for one in with_levels(made))
    kinds = {**KINDS, "Graded": {**KINDS[KIND], "agreement": "integer"}}
    entities = {**made.entities, **{("Graded", name): named for (_, name), named in made.entities.items()}}
    both = replace(made, statements=(*made.statements, *graded), kinds=kinds, entities=entities)
    write_dna(both, folder / "two.dna", "secret")
    import_file("dna", folder / "two.dna", folder / "study")
    return folder / "study"


def graded_study(folder: Path) -> Path:
    """The published sample with levels for its truth values, brought into a study."""
    made = sample_project()
    statements = with_levels(made)
    kinds = {**KINDS, KIND: {**KINDS[KIND], "agreement": "integer"}}
    write_dna(replace(made, statements=statements, kinds=kinds), folder / "graded.dna", "secret")
    import_file("dna", folder / "graded.dna", folder / "study")
    return folder / "study"


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, rashomon.Study]:
    made = {"sample": sample_study, "graded": graded_study}
    return {name: rashomon.open(make(tmp_path_factory.mktemp(name))) for name, make in made.items()}


def digest(networks: Iterable[pd.DataFrame]) -> list[float]:
    """How many networks, the sum of their weights, and that of weight × network × row × (column + 2), numbered from 1.

    Rows and columns are numbered by the letters that their names end with, concepts from u.
    """
    made = list(networks)
    weighed = 0.0
    for place, matrix in enumerate(made, 1):
        row, column = (np.array([(ord(name[-1]) - ord("a")) % 20 + 1 for name in axis]) for axis in matrix.axes)
        weighed += place * (matrix.to_numpy() * row[:, None] * (column + 2)).sum()
    return [len(made), sum(matrix.to_numpy().sum() for matrix in made), weighed]


@pytest.mark.parametrize("which", ["sample", "graded"])
@pytest.mark.parametrize("mode", ["two-mode", "actors", "topics"])
def test_networks_are_those_of_dnas_program(studies: dict[str, rashomon.Study], which: str, mode: Any) -> None:
    asked = {key: value for key, value in DNA[which].items() if key.startswith(f"{mode} ")}
    assert len(asked) > 10
    for key, expected in asked.items():
        aggregation, norm, duplicates, *moving = key.split()[1:]
        discourse = studies[which].discourse(by="organisation", duplicates=duplicates, compatible="dna", draws=0)  # type: ignore[typeddict-item]
        if moving:
            size, unit, kernel = moving
            found = digest(discourse.series(int(size), unit, kernel, mode, aggregation, norm).matrices())  # type: ignore[arg-type]
        else:
            found = digest([discourse.network(mode, aggregation, norm).matrix()])
        assert found == pytest.approx(expected, rel=1e-8, abs=1e-7), key


def test_the_backbone_and_the_polarisation_of_levels_are_those_of_dnas_program(studies: dict[str, rashomon.Study]) -> None:
    discourse = studies["graded"].discourse(by="organisation", compatible="dna", draws=0)
    found = [row.raw for row in discourse.polarisation(size=8, kernel="gaussian").rows]
    assert found == pytest.approx(DNA["polarisation_gaussian_8_days"])
    once = studies["graded"].discourse(by="organisation", duplicates="document", compatible="dna", draws=0)
    assert [(row.topic[-1], row.loss, row.redundant_loss) for row in once.backbone().rows] == [
        (topic, pytest.approx(loss), pytest.approx(other, abs=1e-9)) for topic, loss, other in DNA["backbone"]
    ]


@pytest.mark.parametrize("kind", DNA["distances"])
def test_distances_of_windows_are_those_of_dnas_program_where_a_sum_is_negative_too(
    studies: dict[str, rashomon.Study], kind: Any
) -> None:
    asked: dict[str, Any] = {"kernel": "gaussian", "aggregation": "subtract", "normalisation": "average"}
    discourse = studies["sample"].discourse(by="organisation", compatible="dna", draws=0)
    assert any(matrix.to_numpy().sum() < 0 for matrix in discourse.series(4, **asked).matrices())
    apart = np.array(discourse.phases(4, distance=kind, **asked).distances)
    row = np.arange(1, len(apart) + 1)
    assert [apart.sum(), (apart * row[:, None] * (row + 2)).sum()] == pytest.approx(DNA["distances"][kind])
    own = np.array(studies["sample"].discourse(by="organisation", draws=0).phases(4, distance=kind, **asked).distances)
    assert own.max() <= 2
    assert kind == "spectral" or apart.max() > 100  # of the window whose sum is near to zero from all others


def test_of_two_types_of_statements_the_topics_of_one_have_its_numbers(tmp_path: Path) -> None:
    study = rashomon.open(two_types(tmp_path))
    asked: dict[str, Any] = {"by": "organisation", "compatible": "dna", "draws": 0}
    with pytest.raises(RashomonError) as raised:
        study.discourse(**asked).network()
    remedy = raised.value.fault.remedy
    for which, graded in (("sample", False), ("graded", True)):
        topics = [one.id for one in study.data.declared.issues if bool(one.levels) == graded]
        assert len(topics) == 6
        assert ", ".join(sorted(topics)) in remedy
        matrix = study.discourse(**asked, topics=topics).network("actors", "subtract").matrix()
        assert digest([matrix]) == pytest.approx(DNA[which]["actors subtract none all"])

"""Discourses for tests: statements as arrays, the published sample, and small studies."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from conftest import ROOT
from rashomon.exchanging.dna_out import KIND
from rashomon.exchanging.dna_projects import DnaDocument, DnaProject, DnaStatement
from rashomon.exchanging.dna_tables import KINDS
from rashomon.measuring.networks.uttering import Scale, Utterances

FILE = ROOT / "tests" / "published" / "discourse-networks.toml"
PUBLISHED: Mapping[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
EXPECTED = PUBLISHED["expected"]


def said(
    *lines: tuple[int, int, int, int, int], last: tuple[int, ...] = (), scale: tuple[float, ...] = (-1.0, 1.0)
) -> Utterances:
    """Statements of (actor, topic, level, document, day); ``last`` their last days, where they are not the first."""
    table = np.array(lines, np.int64).reshape(-1, 5)
    size, zero, values = len(table), np.zeros(len(table), np.int64), np.array(scale)
    names = [[f"{head}{n}" for n in range(int(table[:, at].max(initial=-1)) + 1)] for head, at in (("a", 0), ("t", 1), ("d", 3))]
    return Utterances(
        actors=names[0], topics=names[1], documents=names[2], scale=Scale(values, values, float(values[-1] - values[0])),
        actor=table[:, 0], topic=table[:, 1], level=table[:, 2], document=table[:, 3], first=table[:, 4],
        last=np.array(last) if last else table[:, 4],
        passage=np.arange(size), coder=zero, weight=np.ones(size), row=np.arange(size),
    )  # fmt: skip


@st.composite
def utterances(draw: st.DrawFn, most: int = 25, days: int = 40, levels: int = 2, spread: bool = False) -> Utterances:
    """Statements of few actors on few topics, in the order of their days."""
    line = st.tuples(*(st.integers(0, top) for top in (4, 3, levels - 1, 3, days)))
    lines = sorted(draw(st.lists(line, min_size=1, max_size=most)), key=lambda one: one[4])
    lines = [(*one[:4], 730_000 + one[4]) for one in lines]
    last = tuple(one[4] + draw(st.integers(0, 9)) for one in lines) if spread else ()
    return said(*lines, last=last, scale=tuple(np.linspace(-1.0, 1.0, levels).tolist()))


def sample_project() -> DnaProject:
    """The published sample as a database of DNA: each organisation has one person, who speaks for it."""
    days = [(np.datetime64(day) - np.datetime64("1970-01-01")).astype(int) for day in PUBLISHED["sample"]["days"]]
    documents = tuple(DnaDocument(f"Document {n}", f"Text {n}.", int(day) * 86400) for n, day in enumerate(days, 1))
    found = PUBLISHED["sample"]["statements"].split()
    statements = tuple(
        DnaStatement(n, KIND, int(code[1]) - 1, 0, 4, "Coder 1",
                     {"person": f"Person {code[0]}", "organization": f"Organisation {code[0]}", "concept": f"Concept {code[2]}",
                      "agreement": code[3] == "+"})
        for n, code in enumerate(found, 1)
    )  # fmt: skip
    values = {name: sorted({str(one.values[name]) for one in statements}) for name in ("person", "organization", "concept")}
    entities = {(KIND, name): {value: {} for value in named} for name, named in values.items()}
    return DnaProject(documents, statements, KINDS, entities)


def sample_study(folder: Path) -> Path:
    """The published sample, written as a database of DNA and brought into a study in ``folder``."""
    from rashomon.exchanging import import_file
    from rashomon.exchanging.dna_writing import write_dna

    write_dna(sample_project(), folder / "sample.dna", "secret")
    import_file("dna", folder / "sample.dna", folder / "study")
    return folder / "study"

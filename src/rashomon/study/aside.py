"""Statements that stand aside from ``statements.csv``, such as those a machine proposes: read by the same rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rashomon.study.building import build_statements
from rashomon.study.declaring import Declaration
from rashomon.study.gathering import Gathered
from rashomon.study.loading import StudyData
from rashomon.study.parsing import Context, TableReader
from rashomon.study.records import Statements
from rashomon.study.tables import RawTable, read_table
from rashomon.study.vocabulary import TABLES, FieldSpec, TableSpec

FOLDER: Final = "proposals"
"""The folder of a study in which each coder's proposals stand."""
_REASONS: Final = FieldSpec("reasons", "the words that made each part of the proposal", "text")


def proposals_spec(coder: str) -> TableSpec:
    """The table of a coder's proposals: the columns of ``statements.csv``, and its reasons."""
    spec = TABLES["statements"]
    title = "One proposed view a row, by a machine; it counts once a person accepts it."
    return replace(spec, file=f"{FOLDER}/{coder}.csv", title=title, fields=(*spec.fields, _REASONS))


def read_aside(study: StudyData, coder: str, gathered: Gathered) -> tuple[Statements, RawTable]:
    """A coder's proposals, typed, and as their file has them; faults go to ``gathered``. Without rows where there is no file."""
    raw = read_table(study.root, proposals_spec(coder), gathered)
    context = Context(Declaration(study.declared), study.lexicon, study.index, gathered)
    return build_statements(TableReader(raw, context)), raw

"""Statements that stand aside from ``statements.csv``, such as those a machine proposes: read by the same rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rashomon.errors import Fault, Where
from rashomon.study.building import build_statements
from rashomon.study.declaring import Declaration
from rashomon.study.gathering import Gathered
from rashomon.study.loading import StudyData
from rashomon.study.parsing import Context, TableReader
from rashomon.study.records import Statements
from rashomon.study.row_files import write_cells
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
    return build_statements(TableReader(raw, _context(study, gathered))), raw


def check_statement(study: StudyData, cells: Mapping[str, str]) -> tuple[Fault, ...]:
    """What is wrong with a row that is to become a statement of a study, cell by cell; nothing if it may.

    Its id must be new to the study.
    """
    gathered = Gathered()
    spec = TABLES["statements"]
    with TemporaryDirectory() as folder:
        write_cells(Path(folder) / spec.file, spec.columns, [cells])
        raw = read_table(Path(folder), spec, gathered)
        build_statements(TableReader(raw, _context(study, gathered)))
    if cells.get("id", "") in study.index:
        gathered.add(Fault("R401", "The id is used already.", repr(cells["id"]), "an id that no record has", "Choose another.",
                           Where(field="id")))  # fmt: skip
    # a row that stands in no file yet has no line of its own
    return tuple(replace(fault, where=Where(field=fault.where.field)) for fault in gathered.faults())


def _context(study: StudyData, gathered: Gathered) -> Context:
    return Context(Declaration(study.declared), study.lexicon, study.index, gathered)

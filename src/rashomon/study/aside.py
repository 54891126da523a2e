"""Statements that stand aside from ``statements.csv``, such as those a machine proposes: read by the same rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import Fault, RashomonError, Where
from rashomon.study.building import build_statements
from rashomon.study.columns import Text
from rashomon.study.crossing import cross_check_statements
from rashomon.study.declaring import Declaration
from rashomon.study.gathering import Gathered
from rashomon.study.indexing import Ids, RecordIndex
from rashomon.study.loading import StudyData
from rashomon.study.parsing import Context, TableReader
from rashomon.study.records import Coded, Statements
from rashomon.study.row_files import FOLDER, coders_of, write_cells
from rashomon.study.tables import RawTable, read_table
from rashomon.study.vocabulary import TABLES, FieldSpec, TableSpec

_REASONS: Final = FieldSpec("reasons", "the words that made each part of the proposal", "text")


def proposals_spec(coder: str) -> TableSpec:
    """The table of a coder's proposals: the columns of ``statements.csv``, and its reasons."""
    spec = TABLES["statements"]
    title = "One proposed view a row, by a machine; it counts once a person accepts it."
    return replace(spec, file=f"{FOLDER}/{coder}.csv", title=title, fields=(*spec.fields, _REASONS))


def proposals_of(study: StudyData, *coders: str) -> tuple[Statements, ...]:
    """All that each of some coders proposed, decided or not, as the coder wrote it; a stance may be blank.

    Raises RashomonError with the faults of their files.
    """
    gathered = Gathered()
    read = [_typed(study, read_table(study.root, proposals_spec(coder), gathered), gathered) for coder in coders]
    faults = [one for one in gathered.faults() if not leaves_stance_open(one)]
    if faults:
        raise RashomonError(faults)
    return tuple(read)


def leaves_stance_open(fault: Fault) -> bool:
    """Whether a fault is that a stance is blank: a proposal may leave it to the reviewer, a statement may not."""
    return (fault.code, fault.where.field) == ("R306", "stance")


def with_proposals(study: StudyData) -> StudyData:
    """The study with what machines propose and nobody has decided, nor adjudicated, counted as statements.

    Left aside is what says no stance, for that is left to the reviewer. Raises RashomonError with the faults of the
    coders' files.
    """
    statements = study.statements
    for one in proposals_of(study, *coders_of(study.root)):
        waits = one.status.each(lambda status: status == "proposed", np.bool_, False)
        stands = one.stance.each(lambda stance: stance.kind != "none", np.bool_, False)
        new = np.array([name not in study.settled.aside for name in one.id], np.bool_) & (study.index.find(list(one.id))[0] < 0)
        statements = _joined(statements, one, np.flatnonzero(waits & stands & new))
    index = RecordIndex({**study.index.tables, "statements": statements.id})
    return replace(study, statements=statements, index=index, counted=(*study.counted, "proposed"))


def _joined(first: Statements, second: Statements, rows: NDArray[np.intp]) -> Statements:
    """The first table, and these rows of the second after it."""
    columns: dict[str, Any] = {}
    for field in fields(Statements):
        one, other = getattr(first, field.name), getattr(second, field.name)
        if isinstance(one, Coded):
            values: dict[Any, int] = {}  # a value may stand twice in a column: as it is written, and as the blank is read
            recode, more = (
                np.array([*(values.setdefault(value, len(values)) for value in each.values), -1], np.int32)
                for each in (one, other)
            )
            codes = np.concatenate([recode[one.codes], more[other.codes[rows]]])
            columns[field.name] = Coded(tuple(values), codes)
        elif isinstance(one, np.ndarray):
            columns[field.name] = np.concatenate([one, other[rows]])
        else:
            cells = Text.of([*one, *other.many(rows)])
            columns[field.name] = Ids(cells) if isinstance(one, Ids) else cells
    return Statements(**columns)


def check_statements(study: StudyData, rows: Sequence[Mapping[str, str]]) -> Mapping[int, tuple[Fault, ...]]:
    """What is wrong with rows that are to become statements of a study, by their numbers; nothing of those that may.

    Of a kind of fault no more are told than a run tells (:data:`~rashomon.study.gathering.CAP`): where many are at fault, ask
    again without those that were named.
    """
    gathered = Gathered()
    spec = TABLES["statements"]
    free = {field.name: "" for field in spec.fields if field.kind == "text"}  # never at fault, and may break lines
    with TemporaryDirectory() as folder:
        write_cells(Path(folder) / spec.file, spec.columns, [{**row, **free} for row in rows])
        raw = read_table(Path(folder), spec, gathered)
    context = _context(study, raw, gathered)
    cross_check_statements(build_statements(TableReader(raw, context)), context)
    taken = study.index.find([row.get("id", "") for row in rows])[0] >= 0
    for number in np.flatnonzero(taken).tolist():
        gathered.add(Fault("R401", "The id is used already.", repr(rows[number]["id"]), "an id that no record has",
                           "Choose another.", Where(spec.file, number + 2, field="id")))  # fmt: skip
    out: dict[int, list[Fault]] = {}
    for fault in gathered.faults():
        if fault.where.line is not None:  # a row that stands in no file yet has no line of its own
            out.setdefault(fault.where.line - 2, []).append(replace(fault, where=Where(field=fault.where.field)))
    return {number: tuple(faults) for number, faults in out.items()}


def _typed(study: StudyData, raw: RawTable, gathered: Gathered) -> Statements:
    return build_statements(TableReader(raw, _context(study, raw, gathered)))


def _context(study: StudyData, raw: RawTable, gathered: Gathered) -> Context:
    """What the cells of a table that stands aside may refer to: all that the study has, and the table's own statements."""
    index = RecordIndex({**study.index.tables, "statements": Ids(raw.text("id"))})
    return Context(Declaration(study.declared), study.lexicon, index, gathered)

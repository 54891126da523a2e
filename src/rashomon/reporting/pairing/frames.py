"""The frame of a study: what was recorded, of whom, by whom, from which kinds of sources, so that only like is compared with like."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from rashomon.reporting.telling import Telling
from rashomon.study import StudyData
from rashomon.study.vocabulary import RECORD_TABLES


@dataclass(frozen=True, slots=True)
class Frame:
    """One study's frame. ``sides``: the two that it is between; ``kinds`` of sources, ``basis`` of statements and ``coders``, each
    with how many, commonest first; ``layers`` of the two sides of which something is on record; ``records`` by table.
    """

    study: str
    title: str
    folder: str
    sides: tuple[str, str]
    span: str
    records: tuple[tuple[str, int], ...]
    games: int
    sources: int
    voices: int
    kinds: tuple[tuple[str, int], ...]
    layers: tuple[str, ...]
    basis: tuple[tuple[str, int], ...]
    coders: tuple[tuple[str, int], ...]
    cells: int
    empty: int


def frame_of(telling: Telling) -> Frame:
    """The frame of a study as it is seen."""
    study, measures, mains = telling.study, telling.measures, telling.mains
    counts = [(name, study.number_of(name, study.open_rows(name))) for name in RECORD_TABLES]
    statements = study.statements
    rows = study.open_rows("statements")
    used = {source for name in RECORD_TABLES for source in _sources(study, name)}
    covered = [cell for cell in measures.coverage.rows if cell.side in mains]
    return Frame(
        study=study.declared.study.id, title=study.declared.study.title, folder=str(study.root),
        sides=(telling.names.short(mains[0]), telling.names.short(mains[1])), span=study.declared.study.span.text,
        records=tuple((name, n) for name, n in counts if n), games=len(telling.plays.games), sources=len(used),
        voices=len({study.voice(source) for source in used}), kinds=_counted(study.source(source).kind for source in used),
        layers=tuple(dict.fromkeys(telling.names.layer(cell.layer) for cell in covered if cell.layer)),
        basis=_counted(statements.basis.get(row, "") or "not said" for row in rows.tolist()),
        coders=_counted(statements.coder.get(row, "") or "not said" for row in rows.tolist()),
        cells=len(covered), empty=sum(one.side in mains for one in measures.coverage.empty),
    )  # fmt: skip


def _sources(study: StudyData, name: str) -> set[str]:
    column: Any = study.table(name)
    return {column.source.of(row) for row in study.open_rows(name).tolist()}


def _counted(items: Any) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(items).most_common())

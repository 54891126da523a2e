"""On whom a record rests: whether it is independent of the source of a claim, and how strong a kind of evidence it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.records.comparing import STRENGTH
from rashomon.study import StudyData
from rashomon.study.vocabulary import RECORD_TABLES

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Retelling:
    """A record that retells others: where it stands, and whom those name as source or as the source behind it."""

    table: str
    row: int
    names: frozenset[str]


def gather_retellings(study: StudyData) -> tuple[Retelling, ...]:
    """Every open record that retells another, directly or through others, by the study's links."""
    links = study.links
    rows = study.open_rows("links")
    rows = rows[links.kind.each(lambda kind: kind == "retells", np.bool_, False)[rows]]
    told: dict[str, list[str]] = {}
    for row in rows.tolist():
        told.setdefault(links.from_.of(row), []).append(links.to.of(row))
    place_of = _places(study, told)
    out = []
    for name in told:
        if name in place_of:
            origins = [place_of[one] for one in _origins(name, told) if one in place_of]
            out.append(Retelling(*place_of[name], frozenset(one for place in origins for one in source_and_via(study, *place))))
    return tuple(out)


def _places(study: StudyData, told: dict[str, list[str]]) -> dict[str, tuple[str, int]]:
    """The table and row of each record that retells or is retold, where there is one."""
    names = list(dict.fromkeys(name for one, others in told.items() for name in (one, *others)))
    return study.index.places(names)


def _origins(name: str, told: dict[str, list[str]]) -> Iterator[str]:
    """Every record that a record retells, each once."""
    seen, waiting = {name}, list(told[name])
    while waiting:
        origin = waiting.pop()
        if origin not in seen:
            seen.add(origin)
            waiting += told.get(origin, ())
            yield origin


def source_and_via(study: StudyData, table: str, row: int) -> tuple[str, str]:
    """The source of a record and the source behind it, "" where none is given."""
    records: Any = study.table(table)
    return records.source.of(row), records.via.get(row, "") if hasattr(records, "via") else ""


@dataclass(frozen=True)
class Author:
    """The source of a claim, and what rests on it: its own records, those of its narrator, those via it, and retellings.

    Without a source (``source`` "") nothing rests on it: the claim is the study author's own.
    """

    study: StudyData
    source: str
    retellings: tuple[Retelling, ...]
    _masks: dict[str, Bools] = field(default_factory=dict)

    def is_of(self, name: str) -> bool:
        """Whether a name in ``source`` or ``via`` is this source, its narrator, or another source of that narrator."""
        return name in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        if not self.source:
            return frozenset()
        voice = self.study.voice(self.source)
        others = (one.id for one in self.study.declared.sources if self.study.voice(one.id) == voice)
        return frozenset({self.source, voice, *others})

    def own(self, table: str) -> Bools:
        """Which rows of a table rest on the author; linear in rows, and made once."""
        if table not in self._masks:
            self._masks[table] = self._told(table) | self._retold(table)
        return self._masks[table]

    def _told(self, table: str) -> Bools:
        records: Any = self.study.table(table)
        own: Bools = records.source.each(self.is_of, np.bool_, False)
        if hasattr(records, "via"):
            own = own | records.via.each(self.is_of, np.bool_, False)
        return own

    def _retold(self, table: str) -> Bools:
        out = np.zeros(len(self.study.table(table)), np.bool_)
        for one in self.retellings:
            if one.table == table:
                out[one.row] = any(self.is_of(name) for name in one.names)
        return out


def open_masks(study: StudyData) -> dict[str, Bools]:
    """For each table of records which rows are accepted and open."""
    return {table: study.open_mask(table) for table in RECORD_TABLES}


def strength_of(study: StudyData, table: str, row: int) -> int:
    """3: own words, acts, documents and polls; 2: a witness; 1: an author's inference or bare word."""
    if table not in ("statements", "moves"):
        return STRENGTH["words"]
    basis = getattr(study, table).basis.get(row, "")
    # a move is an act unless the study says that it is only inferred or narrated
    return STRENGTH["act"] if table == "moves" and not basis else STRENGTH[basis]

"""Reading a study's documents onto its shelf: only what is new or has changed, and whatever else can be read where one cannot."""

from __future__ import annotations

import functools
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rashomon import languages
from rashomon.errors import Fault, error, unreadable
from rashomon.reading import working
from rashomon.reading.choosing import Chosen, choose, origins
from rashomon.reading.declaring import declare
from rashomon.reading.needs import need_all
from rashomon.reading.resting import Affected, affected
from rashomon.reading.shelf import Kept, Shelf, store_if_read, store_of
from rashomon.study import Result, StudyData
from rashomon.study.provenance import note as provenance
from rashomon.study.store import source_digest

Tick = Callable[[int, int, str], object]

_PASSING: Final = frozenset({"R904", "R905", "R906", "R909"})
"""Reasons for which a file is tried again although it has not changed: another time it may go well."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file, and what came of it: ``status`` is read, unchanged or failed; ``repairs`` how many were made in it."""

    file: str
    source: str
    status: str
    documents: int
    passages: int
    pages: int
    repairs: int


@dataclass(frozen=True)
class Reading(Result[FileRead]):
    """What a run of reading did.

    ``repairs``: kind → number, in all files; ``skipped``: why what was not read was not; ``undeclared``: file → the id it was
    read under, of those that no source names; ``declared``: ids of sources that were added to study.toml; ``undated``: ids of
    declared sources of some document of which nobody says more than by when it was published; ``dropped``: files that are not
    there any more, whose passages went; ``affected``: statements that do not stand on their passages any more.
    """

    repairs: Mapping[str, int]
    skipped: tuple[Fault, ...]
    undeclared: Mapping[str, str]
    declared: tuple[str, ...]
    undated: tuple[str, ...]
    dropped: tuple[str, ...]
    affected: tuple[Affected, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manner:
    """How to read: processes at a time, seconds that a file may take (and as many again for each MiB), whether to declare."""

    jobs: int = 2
    seconds: float = working.SECONDS
    declare: bool = False

    def __post_init__(self) -> None:
        if self.jobs < 1 or not 0 < self.seconds < float("inf"):
            raise error(
                "R003",
                "Documents cannot be read in this manner.",
                found=f"{self.jobs} processes, {self.seconds:g} seconds",
                allowed="one process or more, and more than no time",
                remedy="Leave both out to read two files at a time, a minute each and one for each MiB.",
            )


def read(
    study: StudyData,
    paths: Sequence[str | os.PathLike[str]] = (),
    manner: Manner | None = None,
    tick: Tick | None = None,
) -> Reading:
    """Read the files at ``paths``, or all of the study's, that are new or have changed since they were read.

    ``tick`` is told how many of how many files are done, and of the last its name. What cannot be read is skipped, and said. R003
    where a path leads nowhere, R006 where the store cannot be kept, R909 where what reading needs is not installed.
    """
    told = manner or Manner()
    need_all()
    choice = choose(study, paths)
    with store_of(study.root) as store:
        shelf = Shelf(store)
        changed, lost = _changed(shelf, choice.files)
        fresh = _read_changed(shelf, changed, told, tick)
        kept = shelf.files()
        gone = tuple(name for name in kept if not (study.root / name).is_file())
        if gone:
            shelf.drop(gone)
        shelf.date(origins(study))
        taken = {name for name, one in kept.items() if not one.failed}
        undeclared = {one.name: one.origin.source for one in choice.files if one.undeclared and one.name in taken}
        declared = _declare(study.root, shelf, undeclared) if told.declare else ()
        rows = [_row(kept[one.name], one.name in fresh) for one in choice.files if one.name in kept]
        refused = [*(problem.fault for problem in choice.refused), *lost]
        return Reading(
            rows=tuple(rows),
            provenance=provenance(study, "documents", {}, None, len(rows), (row.source for row in rows)),
            repairs=dict(sum((Counter(kept[row.file].repairs) for row in rows), Counter()).most_common()),
            skipped=(*refused, *(fault for row in rows for fault in kept[row.file].faults)),
            undeclared={} if declared else undeclared,
            declared=declared,
            undated=_undated(study, shelf, declared),
            dropped=gone,
            affected=affected(study, shelf),
            notices=choice.notices,
        )


def loose_statements(study: StudyData) -> tuple[Affected, ...]:
    """The statements that do not stand on their passages; none where the study has not been read."""
    store = store_if_read(study.root)
    if store is None:
        return ()
    with store:
        shelf = Shelf(store)
        return affected(study, shelf) if shelf else ()


@dataclass(frozen=True, slots=True)
class _Changed:
    """A file that is not on the shelf as it is."""

    task: working.Task
    basis: str
    chosen: Chosen


def _changed(shelf: Shelf, files: Iterable[Chosen]) -> tuple[list[_Changed], list[Fault]]:
    """The files that are not on the shelf as they are; and why others could not be looked at, such as one that has just gone."""
    kept = shelf.files()
    changed, lost = [], []
    for one in files:
        try:
            basis, size = _basis(one), one.path.stat().st_size
        except OSError as problem:
            lost.append(unreadable(one.name, problem))
            continue
        if not _stands(kept.get(one.name), basis):
            changed.append(_Changed(working.Task(one.path, one.name, size), basis, one))
    return changed, lost


def _read_changed(shelf: Shelf, changed: Iterable[_Changed], manner: Manner, tick: Tick | None) -> frozenset[str]:
    """Read the files; their names."""
    waiting = {one.task.name: one for one in changed}
    tasks = [one.task for one in waiting.values()]
    budget = working.Budget(manner.seconds)
    for done, outcome in enumerate(working.read_all(tasks, manner.jobs, budget, working.READER), 1):
        one = waiting[outcome.task.name]
        with outcome:
            shelf.put(outcome, one.basis, one.chosen.origin)
        if tick is not None:
            tick(done, len(tasks), outcome.task.name)
    return frozenset(waiting)


def _stands(kept: Kept | None, basis: str) -> bool:
    """Whether what is on the shelf of a file is all that reading it again would give."""
    return kept is not None and kept.basis == basis and not (kept.failed and _PASSING & {one.code for one in kept.faults})


def _basis(one: Chosen) -> str:
    """A digest of all that the passages of a file depend on: its bytes, its source, and the program that reads it."""
    with open(one.path, "rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    parts = (content, one.origin.source, _reader())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@functools.lru_cache(maxsize=1)
def _reader() -> str:
    """The version of the reader: of this room's own source, of what tells languages, and of the libraries that it uses."""
    tells = hashlib.sha256(Path(languages.__file__).read_bytes()).hexdigest()
    return source_digest(Path(__file__).parent) + tells + repr(sorted(need_all().items()))


def _row(kept: Kept, fresh: bool) -> FileRead:
    status = "failed" if kept.failed else "read" if fresh else "unchanged"
    repairs = sum(kept.repairs.values())
    return FileRead(kept.file, kept.source, status, kept.documents, kept.passages, kept.pages, repairs)


def _undated(study: StudyData, shelf: Shelf, declared: Iterable[str]) -> tuple[str, ...]:
    """Of the sources on the shelf, those that are declared, some just now, and lack a date."""
    known = {one.id for one in study.declared.sources} | set(declared)
    return tuple(one for one in shelf.undated() if one in known)


def _declare(root: Path, shelf: Shelf, undeclared: Mapping[str, str]) -> tuple[str, ...]:
    files: dict[str, list[str]] = {}
    for name, source in undeclared.items():
        files.setdefault(source, []).append(name)
    declare(root, {source: (names, shelf.metadata(names[0])) for source, names in files.items()})
    return tuple(files)

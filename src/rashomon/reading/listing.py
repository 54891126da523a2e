"""The questions that a study is asked of its passages, once they are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rashomon.reading.choosing import origins
from rashomon.reading.finding import Among, Found, find, no_passages
from rashomon.reading.passages import Passage
from rashomon.reading.shelf import Shelf, store_of
from rashomon.study import Result, StudyData
from rashomon.study.provenance import note as provenance
from rashomon.study.store import FILE, Store


@dataclass(frozen=True)
class Passages(Result[Passage]):
    """Passages, by file and in their order."""


def search(study: StudyData, words: str, among: Among | None = None, limit: int = 20) -> Found:
    """Find passages by their words: see :func:`rashomon.reading.finding.find`."""
    with _read(study) as store:
        return find(study, store, words, among, limit)


def list_passages(study: StudyData, source: str = "") -> Passages:
    """The passages of a source, all where none is given. R004 where the study has not been read."""
    with _read(study) as store:
        rows = tuple(Shelf(store).passages(source))
    note = provenance(study, "passages as read", {"source": source}, None, len(rows), (row.source for row in rows))
    return Passages(rows, note)


@contextmanager
def _read(study: StudyData) -> Iterator[Store]:
    """The store of a study that has been read, with the dates that the study gives now; none is made for one that has not (R004).

    R006 where it cannot be opened.
    """
    if not (study.root / FILE).is_file():
        raise no_passages()
    with store_of(study.root, to_read=True) as store:
        Shelf(store).date(origins(study))
        yield store

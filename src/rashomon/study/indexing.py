"""Look-up of records by id, for a million of them without a Python object for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.study.tables import Ints, Longs, Text


class Ids:
    """The ids of one table: a column of text that can be searched.

    Ids are found by Python's 64-bit hash and then compared, so that no two ids are ever taken for one. The hash differs from
    process to process: ``hashes`` may only be given within the one that computed them, and is not pickled.
    """

    __slots__ = ("_order", "_sorted", "hashes", "names")

    def __init__(self, names: Text, hashes: Longs | None = None) -> None:
        self.names = names
        self.hashes: Longs = np.fromiter(map(hash, names), np.int64, len(names)) if hashes is None else hashes
        self._order: NDArray[np.intp] = np.argsort(self.hashes, kind="stable")
        self._sorted: Longs = self.hashes[self._order]

    def __reduce__(self) -> tuple[type[Ids], tuple[Text]]:
        return Ids, (self.names,)

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, row: int) -> str:
        return self.names[row]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def many(self, rows: NDArray[np.integer[Any]]) -> list[str]:
        """The ids of these rows (0..n−1), in their order."""
        return self.names.many(rows)

    def find(self, names: Sequence[str]) -> Ints:
        """The first row that has each of the ids; −1 where none has."""
        if not len(self) or not names:
            return np.full(len(names), -1, np.int32)
        wanted = np.fromiter(map(hash, names), np.int64, len(names))
        at = np.minimum(np.searchsorted(self._sorted, wanted), len(self) - 1)
        rows: Ints = np.where(self._sorted[at] == wanted, self._order[at], -1).astype(np.int32)
        blob, offsets = self.names.blob, self.names.offsets
        hits = np.flatnonzero(rows >= 0)
        starts, ends = offsets[rows[hits]].tolist(), offsets[rows[hits] + 1].tolist()
        for i, start, end in zip(hits.tolist(), starts, ends, strict=True):
            if blob[start:end] != names[i].encode("utf-8", "replace"):
                rows[i] = self._scan(names[i], int(at[i]))
        return rows

    def row(self, name: str) -> int:
        """The first row with this id, or −1."""
        return int(self.find((name,))[0])

    def _scan(self, name: str, at: int) -> int:
        """The row of an id whose hash another id shares."""
        value = self._sorted[at]
        while at < len(self) and self._sorted[at] == value:
            if self.names[int(self._order[at])] == name:
                return int(self._order[at])
            at += 1
        return -1


class RecordIndex:
    """All records of a study by id. Tables are numbered in the order given.

    ``lost`` are ids of rows that were faulty; ``partial`` says that a whole table could not be read, so that an id which is
    not found may well be there.
    """

    def __init__(self, tables: Mapping[str, Ids], lost: Sequence[str] = (), *, partial: bool = False) -> None:
        self.tables = dict(tables)
        self.names = tuple(self.tables)
        self.lost = frozenset(lost)
        self.partial = partial

    def find(self, names: Sequence[str]) -> tuple[NDArray[np.int8], Ints]:
        """For each id the number of its table in :attr:`names` and its (first) row there; −1 where there is none."""
        table = np.full(len(names), -1, np.int8)
        row = np.full(len(names), -1, np.int32)
        for number, ids in enumerate(self.tables.values()):
            found = ids.find(names)
            fresh = (found >= 0) & (table < 0)
            table[fresh], row[fresh] = number, found[fresh]
        return table, row

    def locate(self, name: str) -> tuple[str, int] | None:
        """The table and row of one record."""
        table, row = self.find((name,))
        return (self.names[int(table[0])], int(row[0])) if table[0] >= 0 else None

    def __contains__(self, name: str) -> bool:
        """Whether there is such a record, or may be."""
        return self.partial or name in self.lost or any(ids.row(name) >= 0 for ids in self.tables.values())

    def every(self) -> list[str]:
        """All ids, for suggestions. Costs an object an id."""
        return [name for ids in self.tables.values() for name in ids]

    def twice(self, limit: int = 1000) -> Iterator[tuple[str, tuple[str, int], tuple[str, int]]]:
        """Ids that two rows share: the id, its first place and each later one. Clauses share theirs by right."""
        hashes, tables, rows = self._all()
        order = np.argsort(hashes, kind="stable")
        same = np.flatnonzero(hashes[order][1:] == hashes[order][:-1])
        for i in same[:limit]:
            first, later = int(order[i]), int(order[i + 1])
            places = [(self.names[int(tables[at])], int(rows[at])) for at in (first, later)]
            names = [self.tables[table][row] for table, row in places]
            if names[0] == names[1]:
                yield names[0], places[0], places[1]

    def _all(self) -> tuple[Longs, NDArray[np.int8], Ints]:
        parts: list[tuple[Longs, NDArray[np.int8], Ints]] = []
        for number, (name, ids) in enumerate(self.tables.items()):
            rows = np.arange(len(ids), dtype=np.int32)
            if name == "packages" and len(ids):
                rows = np.unique(ids.hashes, return_index=True)[1].astype(np.int32)
            parts.append((ids.hashes[rows], np.full(len(rows), number, np.int8), rows))
        return (
            np.concatenate([part[0] for part in parts]),
            np.concatenate([part[1] for part in parts]),
            np.concatenate([part[2] for part in parts]),
        )

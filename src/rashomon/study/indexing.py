"""Look-up of records by id, for a million of them without a Python object for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.study.columns import Ints, Text
from rashomon.study.words import Numbering, Rows, Runs, Word, keys_of, runs_of, same


class Ids:
    """The ids of one table: a column of text that can be searched.

    They are found by the keys of :func:`~rashomon.study.words.keys_of`, and then compared, so that no two ids are ever
    taken for one.
    """

    __slots__ = ("_order", "keys", "names")

    def __init__(self, names: Text) -> None:
        self.names = names
        keys = keys_of(names.runs.words())
        self._order: Rows = np.argsort(keys, kind="stable")
        self.keys: Word = keys[self._order]
        """The keys in ascending order."""

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
        return self.find_runs(_encoded(names))

    def find_runs(self, names: Runs) -> Ints:
        """The same for ids in UTF-8."""
        rows = np.full(len(names), -1, np.int32)
        wanted = keys_of(names.words())
        at = np.searchsorted(self.keys, wanted)
        hits = np.flatnonzero(at < len(self))
        hits = hits[self.keys[at[hits]] == wanted[hits]]
        rows[hits] = self._order[at[hits]]
        astray = hits[~same(names.take(hits), self.names.runs.take(rows[hits]))]
        for i, name in zip(astray.tolist(), names.take(astray).strings(), strict=True):
            rows[i] = self._among(name.decode(), int(at[i]))
        return rows

    def row(self, name: str) -> int:
        """The first row with this id, or −1."""
        return int(self.find((name,))[0])

    def with_keys(self, keys: Word) -> Rows:
        """The rows whose ids have one of the keys, in their order."""
        rows: Rows = np.sort(self._order[np.isin(self.keys, keys)])
        return rows

    def _among(self, name: str, at: int) -> int:
        """The first row of an id among those, from place ``at`` on, whose ids share a key."""
        key = self.keys[at]
        while at < len(self) and self.keys[at] == key:
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
        wanted = _encoded(names)
        for number, ids in enumerate(self.tables.values()):
            found = ids.find_runs(wanted)
            fresh = (found >= 0) & (table < 0)
            table[fresh], row[fresh] = number, found[fresh]
        return table, row

    def places(self, names: Sequence[str]) -> dict[str, tuple[str, int]]:
        """The table and (first) row of each of these records that there is, each once and in their order."""
        found = zip(names, *(column.tolist() for column in self.find(names)), strict=True)
        return {name: (self.names[table], row) for name, table, row in found if table >= 0}

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
        """Ids that two rows share, in the order of the rows: the id, its first place and a later one; so many at most.

        Clauses share the id of their package by right.
        """
        tables = {name: _each_once(ids) if name == "packages" else (ids, None) for name, ids in self.tables.items()}
        keys = np.sort(
            np.concatenate([np.zeros(0, np.uint64), *(ids.keys for ids, _ in tables.values())]), kind="stable"
        )
        shared = keys[1:][keys[1:] == keys[:-1]]
        first: dict[str, tuple[str, int]] = {}
        for table, (ids, rows) in tables.items():
            for number in ids.with_keys(shared).tolist() if len(shared) else []:
                name, place = ids[number], (table, number if rows is None else int(rows[number]))
                if first.setdefault(name, place) != place:
                    yield name, first[name], place
                    limit -= 1
                    if not limit:
                        return


def _encoded(names: Sequence[str]) -> Runs:
    return runs_of([name.encode("utf-8", "replace") for name in names])


def _each_once(ids: Ids) -> tuple[Ids, Rows]:
    """The distinct ids, and the first row of each."""
    numbering = Numbering()
    rows: Rows = np.unique(numbering.of(ids.names.runs), return_index=True)[1]
    return Ids(Text.of([one.decode("utf-8", "replace") for one in numbering.strings])), rows

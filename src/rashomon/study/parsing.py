"""From columns of strings to columns of values: each distinct cell is read once, faults are reported by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import Fault, RashomonError, Where, listing, suggest
from rashomon.study.cells import (
    condition_reader,
    enum_reader,
    holder_reader,
    list_reader,
    name_reader,
    read_count,
    read_extent,
    read_fraction,
    read_id,
    read_list,
    read_share,
    read_weight,
)
from rashomon.study.columns import Ints
from rashomon.study.declaring import Declaration
from rashomon.study.gathering import Gathered
from rashomon.study.indexing import Ids, RecordIndex
from rashomon.study.numerals import doubtful
from rashomon.study.perspectives import Lexicon, read_actors, read_topic, read_verbs
from rashomon.study.records import Coded
from rashomon.study.tables import RawTable
from rashomon.study.times import UNKNOWN_DAY, When, parse_when
from rashomon.study.vocabulary import FieldSpec

T = TypeVar("T")
U = TypeVar("U")
V = TypeVar("V")
Reader = Callable[[str], Any]


@dataclass(frozen=True)
class Context:
    """All that cells may refer to."""

    declaration: Declaration
    lexicon: Lexicon
    index: RecordIndex
    gathered: Gathered
    times: dict[str, When] = field(default_factory=dict)
    """Times read so far: most recur from table to table."""

    def read_when(self, text: str) -> When:
        """A time; each wording is read once a study."""
        when = self.times.get(text)
        if when is None:
            when = self.times[text] = parse_when(text)
        return when

    def reader(self, spec: FieldSpec) -> Reader:
        """How cells of a column are read."""
        declared, faulty, lexicon = self.declaration.declared, self.declaration.faulty, self.lexicon
        kind = spec.kind
        if kind == "enum":
            return enum_reader(spec)
        if kind in ("source", "series", "question", "issue"):
            code, section, items = {
                "source": ("R320", "source", [one.id for one in declared.sources]),
                "series": ("R326", "series", [one.id for one in declared.series]),
                "question": ("R327", "poll_question", [one.id for one in declared.poll_questions]),
                "issue": ("R316", "issue", [one.id for one in declared.issues]),
            }[kind]
            return name_reader(code, section, frozenset(items), faulty.get(section, frozenset()))
        readers: dict[str, Reader] = {
            "word": str,
            "answer": str,
            "file": str,
            "clause": str,
            "stance": str,
            "id": read_id,
            "path": lambda text: read_actors(text, lexicon),
            "modality": read_verbs,
            "topic": lambda text: read_topic(text, lexicon),
            "when": self.read_when,
            "day": self.read_when,
            "actor": holder_reader(lexicon),
            "actors": list_reader(holder_reader(lexicon)),
            "record": read_id,
            "records": read_list,
            "number": read_weight,
            "count": read_count,
            "fraction": read_fraction,
            "share": read_share,
            "extent": read_extent,
            "condition": condition_reader(lexicon),
        }
        return readers[kind]


class TableReader:
    """One raw table on its way to a typed one."""

    def __init__(self, raw: RawTable, context: Context) -> None:
        self.raw, self.context = raw, context
        self.gathered = context.gathered
        self.file = raw.spec.file

    # faults

    def report(self, fault: Fault, field: str, rows: NDArray[np.intp]) -> None:
        """Report one fault on each of several rows."""
        if len(rows) and not ("\ufffd" in fault.found and self.gathered.is_damaged(self.file)):
            placed = replace(fault, where=replace(fault.where, file=self.file, field=field))
            self.gathered.add_lines(placed, self.raw.line[rows])

    def _report_codes(self, faults: dict[int, Fault], codes: NDArray[Any], field: str) -> None:
        """Report a fault for every row whose code has one."""
        if not faults:
            return
        bad = np.isin(codes, np.fromiter(faults, np.int64, len(faults)))
        rows = np.flatnonzero(bad)
        if not len(rows):
            return
        order = rows[np.argsort(codes[rows], kind="stable")]
        starts = np.flatnonzero(np.r_[True, codes[order][1:] != codes[order][:-1]])
        for part in np.split(order, starts[1:]):
            self.report(faults[int(codes[part[0]])], field, np.sort(part))

    # columns

    def column(self, name: str) -> Coded[Any]:
        """Read the cells of a column by its kind."""
        spec = self.raw.spec.field(name)
        return self.read(name, self.context.reader(spec))

    def read(self, name: str, reader: Callable[[str], T]) -> Coded[T]:
        """Read the cells of a column; blank ones take its default, or are a fault where the cell is required."""
        spec, column = self.raw.spec.field(name), self.raw.column(name)
        values: list[T] = []
        faults: dict[int, Fault] = {}
        recode = np.full(len(column.values), -1, np.int32)
        for code, text in enumerate(column.values):
            if not text and not spec.default:
                if spec.filled and name in self.raw.columns:  # a column that is missing is a fault already
                    faults[code] = _blank(spec)
                continue
            if text in self.raw.numerals.doubtful.get(name, ()):
                faults[code] = doubtful(text, "R321" if spec.kind == "share" else "R307")
                continue
            try:
                value = reader(text or spec.default)
            except RashomonError as problem:
                faults[code] = problem.fault
                continue
            recode[code] = len(values)
            values.append(value)
        self._report_codes(faults, column.codes, name)
        return Coded(tuple(values), recode[column.codes])

    def blank(self, name: str) -> NDArray[np.bool_]:
        """Which cells of a column are blank, as bool (n,); all of them where the file lacks the column."""
        column = self.raw.column(name)
        empty: NDArray[np.bool_] = np.array([not value for value in column.values], np.bool_)[column.codes]
        return empty

    def combine(self, first: Coded[T], second: Coded[U], read: Callable[[T, U | None], V], field: str) -> Coded[V]:
        """Read each distinct pair of two columns together; rows without the first stay blank."""
        width = len(second.values) + 1
        rows = np.flatnonzero(first.codes >= 0)
        pairs = first.codes[rows].astype(np.int64) * width + (second.codes[rows] + 1)
        distinct, numbers = np.unique(pairs, return_inverse=True)
        values: list[V] = []
        faults: dict[int, Fault] = {}
        recode = np.full(len(distinct), -1, np.int32)
        for number, pair in enumerate(distinct.tolist()):
            one, other = first.values[pair // width], pair % width
            try:
                value = read(one, second.values[other - 1] if other else None)
            except RashomonError as problem:
                faults[number] = problem.fault
                continue
            recode[number] = len(values)
            values.append(value)
        codes = np.full(len(first.codes), -1, np.int32)
        codes[rows] = recode[numbers]
        if faults:
            marks = np.full(len(first.codes), -1, np.int64)
            marks[rows] = numbers
            self._report_codes(faults, marks, field)
        return Coded(tuple(values), codes)

    def numbers(self, name: str, blank: float = float("nan")) -> NDArray[np.float64]:
        """A column of numbers as float64 (n,)."""
        coded: Coded[float] = self.column(name)
        return coded.each(float, np.float64, blank)

    def whole(self, name: str) -> NDArray[np.int64]:
        """A column of whole numbers as int64 (n,), −1 where blank."""
        coded: Coded[int] = self.column(name)
        return coded.each(int, np.int64, -1)

    def ids(self) -> Ids:
        """The table's own ids; blank ones and those without the form of an id are faults."""
        ids = self.context.index.tables[self.raw.spec.name]
        blob = ids.names.blob
        if len(ids) and (not _plain(blob) or np.any(np.diff(ids.names.offsets) == 0) or _hyphen_first(ids)):
            self._bad_ids(ids)
        return ids

    def _bad_ids(self, ids: Ids) -> None:
        spec = self.raw.spec.field("id")
        for row, name in enumerate(ids):
            try:
                if not name:
                    raise RashomonError(_blank(spec))
                read_id(name)
            except RashomonError as problem:
                self.report(problem.fault, "id", np.array([row]))

    # references to records

    def record(self, name: str) -> Coded[str]:
        """A column of single records; those that the study does not hold are faults."""
        coded: Coded[str] = self.column(name)
        return self._existing(name, coded, [(value,) for value in coded.values], ())

    def records(self, name: str, tables: Sequence[str] = ()) -> Coded[tuple[str, ...]]:
        """A column of lists of records, of certain tables if any are given."""
        coded: Coded[tuple[str, ...]] = self.column(name)
        return self._existing(name, coded, list(coded.values), tables)

    def _existing(
        self, field: str, coded: Coded[T], names: Sequence[tuple[str, ...]], tables: Sequence[str]
    ) -> Coded[T]:
        index = self.context.index
        distinct = list(dict.fromkeys(name for group in names for name in group))
        table, _ = index.find(distinct)
        wrong: dict[str, Fault] = {}
        for i in np.flatnonzero(table < 0).tolist():
            if distinct[i] not in index.lost and not index.partial:
                wrong[distinct[i]] = _no_record(distinct[i], index, len(wrong))
        if tables:
            allowed = [number for number, one in enumerate(index.names) if one in tables]
            for i in np.flatnonzero((table >= 0) & ~np.isin(table, allowed)).tolist():
                wrong[distinct[i]] = _wrong_table(distinct[i], index.names[int(table[i])], tables)
        if wrong:
            found = {code: [name for name in group if name in wrong] for code, group in enumerate(names)}
            for nth in range(max(map(len, found.values()))):
                faults = {code: wrong[bad[nth]] for code, bad in found.items() if len(bad) > nth}
                self._report_codes(faults, coded.codes, field)
        return coded

    # times

    def known(
        self, when: Coded[When], source: Coded[str], stage: Coded[str] | None, *, late: bool
    ) -> tuple[Ints, Ints]:
        """``known`` and ``known_bound`` (int32, n) by the rule of the format.

        A filled cell is the day (of a longer time the last: by then it was certainly open). What was said or done in
        public is open from its day: the first of a view held throughout, else the last (``late``: always the last).
        The rest is unknown, and bounded by the last day of its source's publication.
        """
        given: Coded[When] = self.column("known")
        known: Ints = given.each(lambda one: one.hi, np.int32, UNKNOWN_DAY)
        if stage is not None:
            own = when.each(lambda one: one.hi if late or one.within else one.lo, np.int32, UNKNOWN_DAY)
            public = stage.each(lambda one: one == "public", np.bool_, False)
            known = np.where((given.codes < 0) & public, own, known).astype(np.int32)
        published = {one.id: one.published.hi for one in self.context.declaration.declared.sources}
        bound = source.each(lambda one: published.get(one, UNKNOWN_DAY), np.int32, UNKNOWN_DAY)
        return known, np.where(known == UNKNOWN_DAY, bound, known).astype(np.int32)


def _plain(blob: bytes) -> bool:
    """Whether every byte before the padding is one that ids are made of."""
    return not blob.translate(None, b"abcdefghijklmnopqrstuvwxyz0123456789-\0")


def _hyphen_first(ids: Ids) -> bool:
    starts = ids.names.offsets[:-1]
    return bool(np.any(np.frombuffer(ids.names.blob, np.uint8)[starts] == ord("-")))


def _blank(spec: FieldSpec) -> Fault:
    return Fault(
        "R306",
        f"The cell {spec.name!r} is blank.",
        found="a blank cell",
        allowed=spec.title,
        remedy="Fill the cell, or delete the row.",
        where=Where(),
    )


def _no_record(name: str, index: RecordIndex, number: int) -> Fault:
    # a suggestion costs a pass over all ids: the first few are worth it
    names = index.every() if number < 20 else []
    return Fault(
        "R402",
        "The study holds no such record.",
        found=repr(name),
        allowed="the id of a statement, poll, move, package or text",
        remedy=suggest(name, names, "add the record, or take its id out here."),
        where=Where(),
    )


def _wrong_table(name: str, table: str, tables: Sequence[str]) -> Fault:
    return Fault(
        "R408",
        "A record of the wrong kind is referred to.",
        found=f"{name!r} of {table}.csv",
        allowed=f"a record of {listing(f'{one}.csv' for one in tables)}",
        remedy="Name what was read; how one statement bears on another belongs in links.csv.",
        where=Where(),
    )

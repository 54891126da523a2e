"""A study, opened: what it declares, its records, and views of both as of a day."""

from __future__ import annotations

import gc
import glob
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import RashomonError, error, listing, nearest, suggest
from rashomon.study.building import Built, build
from rashomon.study.crossing import cross_check
from rashomon.study.declaration_checks import check_campaigns, check_declaration, check_hypotheses
from rashomon.study.declaring import Declaration, read_declaration
from rashomon.study.gathering import Gathered
from rashomon.study.indexing import Ids, RecordIndex
from rashomon.study.journals import JOURNALS
from rashomon.study.parsing import Context
from rashomon.study.perspectives import Lexicon
from rashomon.study.records import Access, Clauses, Coded, Links, Moves, Polls, Statements, Table, Texts
from rashomon.study.rival_checks import check_rivals
from rashomon.study.row_files import coders_of
from rashomon.study.schema import Actor, Declared, Issue, Layer, PollQuestion, Quality, Side, Source
from rashomon.study.settling import Settled, note_lost, note_undecided, read_settled, set_aside
from rashomon.study.tables import RawTable, read_table
from rashomon.study.times import UNKNOWN_DAY
from rashomon.study.vocabulary import RECORD_TABLES, TABLES

Rows = NDArray[np.intp]
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class StudyData:
    """A study in memory. :meth:`as_of` and :meth:`without` give views of it that share every array; nothing in it is ever
    changed. ``day``: the view's day, None in hindsight; ``unheard``: the voices that the view leaves out; ``counted``: the
    statuses of the statements that measures use; ``settled``: what was adjudicated.
    """

    root: Path
    declared: Declared
    statements: Statements
    polls: Polls
    moves: Moves
    packages: Clauses
    texts: Texts
    links: Links
    access: Access
    index: RecordIndex
    day: int | None = None
    unheard: tuple[str, ...] = ()
    counted: tuple[str, ...] = ("accepted",)
    settled: Settled = field(default_factory=Settled)
    notices: tuple[str, ...] = ()

    # views

    def as_of(self, day: int | None) -> StudyData:
        """The study as an outsider could know it on a day (an ordinal); None: in hindsight. No array is copied."""
        return self._view(day=day)

    def without(self, voice: str) -> StudyData:
        """The study without what one voice tells; voices that are left out already stay so. No array is copied.

        ``voice`` is a narrator, a pollster, or a source; with a source goes everything that its narrator, if it has one, tells.
        Left out are its records, its links and entries of access, and all links and entries of access to its records. R004
        where nobody of that name could speak.
        """
        name = self.voice(voice) if voice in self._sources else voice
        known = {*map(self.voice, self._sources), *self.polls.pollster.values}
        if name not in known:
            raise error(
                "R004",
                "The study has no such voice.",
                found=repr(voice),
                allowed=listing(sorted(known)),
                remedy=suggest(voice, known, "name a narrator, a source without one, or a pollster."),
            )
        return self._view(unheard=tuple(dict.fromkeys((*self.unheard, name))))

    def _view(self, **changed: Any) -> StudyData:
        view = replace(self, **changed)
        for name in _SHARED:  # look-ups do not depend on what is left out
            if name in self.__dict__:
                view.__dict__[name] = self.__dict__[name]
        return view

    def table(self, name: str) -> Table[Any]:
        """A table by its name: statements, polls, moves, packages, texts, links or access."""
        if name not in TABLES:
            raise error("R004", "There is no such table.", found=repr(name), allowed=listing(TABLES))
        found: Table[Any] = getattr(self, name)
        return found

    def open_rows(self, table: str, status: Sequence[str] | None = None) -> Rows:
        """Rows of a table that measures may use: open by the view's day, and (statements only) of a status that counts, or of the
        ones given.
        """
        return np.flatnonzero(self._of_status(table, status) & self._visible(table))

    def open_mask(self, table: str) -> NDArray[np.bool_]:
        """(n,) which rows of a table measures may use: :meth:`open_rows` as a mask."""
        return self._of_status(table) & self._visible(table)

    def number_of(self, table: str, rows: Rows) -> int:
        """How many records some rows of a table are; the clauses of a package, a row each, are one."""
        return len({self.packages.id[row] for row in rows.tolist()}) if table == "packages" else len(rows)

    def held_rows(self) -> Rows:
        """Statements that measures may use whose view had surely begun to be held by the view's day, known to others then or not.

        What an actor held is its own: the day hides what was not yet held, and not what others could not yet know of it.
        """
        rows = self.as_of(None).open_rows("statements")
        return rows if self.day is None else rows[_begun(self.statements, self.day)[rows]]

    def left_out(self) -> dict[str, int]:
        """For each table, how many records the view leaves out because it is unknown when they became known.

        Counted are records that had surely begun by the view's day. Without a day nothing is left out.
        """
        return {name: self._left_out(name) for name in RECORD_TABLES}

    def _left_out(self, name: str) -> int:
        if self.day is None:
            return 0
        table: Any = self.table(name)
        begun = _begun(table, self.day) & (table.known == UNKNOWN_DAY) & (table.known_bound > self.day)
        return self.number_of(name, np.flatnonzero(begun & self._of_status(name) & self._heard(name)))

    def _visible(self, name: str) -> NDArray[np.bool_]:
        table: Any = self.table(name)
        heard = self._heard(name)
        return heard if self.day is None else heard & (table.known_bound <= self.day)

    def _heard(self, name: str) -> NDArray[np.bool_]:
        """Which rows of a table are of no voice that is left out, and of no record of one."""
        if not self.unheard:
            return np.ones(len(self.table(name)), np.bool_)
        if name not in self._masks:
            heard = self.speakers(name).each(lambda voice: voice not in self.unheard, np.bool_, True)
            table: Any = self.table(name)
            for column in {"links": ("from_", "to"), "access": ("record",)}.get(name, ()):
                heard = heard & self._record_heard(getattr(table, column))
            self._masks[name] = heard
        return self._masks[name]

    def _record_heard(self, column: Coded[str]) -> NDArray[np.bool_]:
        """For each row whether the record that it names is of no voice that is left out; of a package, its first clause."""
        table, row = self.index.find(column.values)
        heard = np.ones(len(column.values) + 1, np.bool_)  # the last entry stands for a blank
        for number, name in enumerate(self.index.names):
            here = np.flatnonzero(table == number)
            heard[here] = self._heard(name)[row[here]]
        return heard[column.codes]

    def _of_status(self, name: str, status: Sequence[str] | None = None) -> NDArray[np.bool_]:
        if name != "statements":
            return np.ones(len(self.table(name)), np.bool_)
        counted = self.counted if status is None else status
        return self.statements.status.each(lambda one: one in counted, np.bool_, False)

    @cached_property
    def machines(self) -> frozenset[str]:
        """The coders that are machines: those whose proposals stand in a file of their own."""
        return frozenset(coders_of(self.root))

    # what is declared

    @cached_property
    def lexicon(self) -> Lexicon:
        """The names that paths, topics and stances may use."""
        return _lexicon(self.declared, self.index)

    def actor(self, name: str) -> Actor:
        """The actor with this id; R004 where there is none."""
        return _get(self._actors, name, "actor")

    def side(self, name: str) -> Side:
        """The side with this id; R004 where there is none."""
        return _get(self._sides, name, "side")

    def quality(self, name: str) -> Quality:
        """The quality with this id; R004 where there is none."""
        return _get(self._qualities, name, "quality")

    def issue(self, name: str) -> Issue:
        """The issue with this id; R004 where there is none."""
        return _get(self._issues, name, "issue")

    def source(self, name: str) -> Source:
        """The source with this id; R004 where there is none."""
        return _get(self._sources, name, "source")

    def question(self, name: str) -> PollQuestion:
        """The poll question with this id; R004 where there is none."""
        return _get(self._questions, name, "poll_question")

    def layer(self, name: str) -> Layer:
        """The layer with this id; R004 where there is none."""
        return _get(self._layers, name, "layer")

    def is_side(self, name: str) -> bool:
        """Whether the id is a side's (a metonym in a path), not an actor's."""
        return name in self._sides

    def name_of(self, name: str) -> str:
        """The name of an actor or side."""
        return self._sides[name].name if name in self._sides else self.actor(name).name

    def side_of(self, name: str) -> str:
        """The side of an actor; of a side, itself."""
        return name if name in self._sides else self.actor(name).side

    def layer_of(self, name: str, day: int | None = None) -> str | None:
        """The layer of an actor on a day; None for a side, and where nothing is declared.

        Of several roles on one day the one nearest the top counts; without a role on that day, the actor's own
        ``layer``; without a day, any of its roles.
        """
        if name in self._sides:
            return None
        actor = self.actor(name)
        held = [one.layer for one in actor.roles if one.layer and (day is None or _covers(one.span, day))]
        return min(held, key=self.layer_order) if held else actor.layer or None

    def layer_order(self, name: str) -> int:
        """The place of a layer, 0 at the top of the state."""
        return list(self._layers).index(self.layer(name).id)

    def members(self, side: str, layer: str, day: int | None = None) -> tuple[str, ...]:
        """Actors of a side that are of a layer on a day, and exist then; in the order of study.toml."""
        return tuple(
            one.id
            for one in self.declared.actors
            if one.side == side and self.layer_of(one.id, day) == layer and (day is None or _covers(one.alive, day))
        )

    # records and voices

    def locate(self, name: str) -> tuple[str, int]:
        """The table and (first) row of a record; R004 where there is none."""
        found = self.index.locate(name)
        if found is None:
            raise error("R004", "The study has no such record.", found=repr(name), allowed="the id of a record")
        return found

    def record(self, name: str) -> Any:
        """A record by its id, as an object; of a package its first clause."""
        table, row = self.locate(name)
        return self.table(table).row(row)

    def sources_of(self, records: Iterable[str]) -> tuple[str, ...]:
        """The sources of those of these records that there are, each once and in their order; a clause has its package's."""
        places = self.index.places([name.partition("#")[0] for name in records]).values()
        tables: Mapping[str, Any] = {name: self.table(name) for name in dict.fromkeys(table for table, _ in places)}
        return tuple(dict.fromkeys(tables[table].source.of(row) for table, row in places))

    def voice(self, source: str) -> str:
        """Who speaks in a source: its narrator where it has one, else the source itself."""
        return self.source(source).narrator or source

    def speakers(self, table: str) -> Coded[str]:
        """The voice that speaks in each row of a table: that of its source; in a poll its pollster's, where it names one."""
        columns: Any = self.table(table)
        numbers: dict[str, int] = {}
        codes = columns.source.each(lambda source: numbers.setdefault(self.voice(source), len(numbers)), np.int32, -1)
        if table == "polls":
            asked = columns.pollster.each(lambda pollster: numbers.setdefault(pollster, len(numbers)), np.int32, -1)
            codes = np.where(asked >= 0, asked, codes)
        return Coded(tuple(numbers), codes)

    def independent_voices(self, sources: Iterable[str], vias: Iterable[str] = ()) -> int:
        """How many independent voices speak in records of these sources.

        ``vias`` are the sources behind them, in the same order, "" where none is given. Neither two sources that
        repeat one nor one narrator in two sources are two voices: the smaller number of distinct voices and of
        distinct origins.
        """
        listed = list(sources)
        behind = list(vias) or [""] * len(listed)
        origins = {via or source for source, via in zip(listed, behind, strict=True)}
        return min(len({self.voice(one) for one in listed}), len(origins))

    @cached_property
    def _masks(self) -> dict[str, NDArray[np.bool_]]:
        return {}

    @cached_property
    def _actors(self) -> Mapping[str, Actor]:
        return {one.id: one for one in self.declared.actors}

    @cached_property
    def _sides(self) -> Mapping[str, Side]:
        return {one.id: one for one in self.declared.sides}

    @cached_property
    def _layers(self) -> Mapping[str, Layer]:
        return {one.id: one for one in self.declared.layers}

    @cached_property
    def _issues(self) -> Mapping[str, Issue]:
        return {one.id: one for one in self.declared.issues}

    @cached_property
    def _qualities(self) -> Mapping[str, Quality]:
        return {one.id: one for one in self.declared.qualities}

    @cached_property
    def _sources(self) -> Mapping[str, Source]:
        return {one.id: one for one in self.declared.sources}

    @cached_property
    def _questions(self) -> Mapping[str, PollQuestion]:
        return {one.id: one for one in self.declared.poll_questions}


_SHARED: Final = ("machines", "lexicon", "_actors", "_sides", "_layers", "_issues", "_qualities", "_sources", "_questions")


def _begun(table: Any, day: int) -> NDArray[np.bool_]:
    """Which rows of a table had surely begun by a day: what was so on some day of an interval may have come at its end."""
    when = table.fielded if hasattr(table, "fielded") else table.when
    begun: NDArray[np.bool_] = np.where(when.each(lambda one: one.within, np.bool_, False), table.when_hi, table.when_lo) <= day
    return begun


def _covers(span: Any, day: int) -> bool:
    return span is None or span.lo <= day <= span.hi


def _get(items: Mapping[str, T], name: str, what: str) -> T:
    if name in items:
        return items[name]
    raise error(
        "R004",
        f"The study declares no such {what.replace('_', ' ')}.",
        found=repr(name),
        allowed=listing(items),
        remedy=suggest(name, items, "see the ids in study.toml."),
    )


def open_study(path: str | os.PathLike[str]) -> StudyData:
    """Open the study in the folder ``path``; a study with faults raises :class:`RashomonError` with all of them."""
    gathered = Gathered()
    study = load(Path(path), gathered)
    gathered.raise_any()
    if study is None:  # pragma: no cover - load reports a fault wherever it returns nothing
        raise RashomonError(gathered.faults())
    return study


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the cyclic garbage collector: where millions of objects are made and no cycle, each of its passes is in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def load(root: Path, gathered: Gathered) -> StudyData | None:
    """Read and check everything; faults go to ``gathered``. None where study.toml cannot be read at all."""
    with uncollected():
        return _load(root, gathered)


def _load(root: Path, gathered: Gathered) -> StudyData | None:
    if not os.path.isdir(root):  # which raises for no name, however strange
        read_declaration(root, gathered)
        return None
    declaration = read_declaration(root, gathered)
    _note_strangers(root, declaration, gathered)
    raw = {name: read_table(root, spec, gathered) for name, spec in TABLES.items()}
    if declaration is None:
        return None
    context = _context(declaration, raw, gathered)
    check_declaration(declaration, gathered)
    check_hypotheses(declaration, context.index, gathered)
    check_rivals(declaration, context.index, context.lexicon, gathered)
    check_campaigns(declaration, context.lexicon, gathered)
    built = build(raw, context, root)
    cross_check(built, context)
    settled = read_settled(root, gathered)
    note_lost(settled, context.index, root, gathered)
    note_undecided(settled, built.statements, gathered)
    return _study(root, declaration.declared, built, context.index, settled, gathered)


_SHEETS: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers", ".tsv", ".txt")
"""What spreadsheets are saved as, besides CSV."""


def _note_strangers(root: Path, declaration: Declaration | None, gathered: Gathered) -> None:
    """Say which CSV files of the folder, and which of its tables in other formats, are not read: a misspelt name would otherwise
    hide a whole table.
    """
    known = [spec.file for spec in (*TABLES.values(), *JOURNALS.values())]
    declared = declaration.declared.events if declaration else ()
    named = [name for one in declared for name in (*one.files, one.scores) if name]
    events = [os.path.normpath(os.path.join(glob.escape(str(root)), name)) for name in named]
    for path in sorted(root.glob("*.csv")):
        if path.name not in known and not any(fnmatch(os.path.normpath(path), name) for name in events):
            close = nearest(path.name, known)
            gathered.note(
                f"{path.name} is not a file of a study, and was not read"
                + (f"; did you mean {close}?" if close else ".")
            )
    for path in sorted(path for name in TABLES for path in root.glob(f"{name}.*") if path.suffix.lower() in _SHEETS):
        gathered.note(f"{path.name} was not read: tables are CSV files. Save it as {path.stem}.csv (CSV UTF-8).")


def _context(declaration: Declaration, raw: Mapping[str, RawTable], gathered: Gathered) -> Context:
    ids = {name: Ids(raw[name].text("id")) for name in RECORD_TABLES}
    lost = [name for table in raw.values() for name in table.lost_ids]
    index = RecordIndex(ids, lost, partial=any(raw[name].unread for name in RECORD_TABLES))
    lexicon = _lexicon(declaration.declared, index, declaration.faulty)
    return Context(declaration, lexicon, index, gathered)


def _lexicon(declared: Declared, index: RecordIndex, faulty: Mapping[str, frozenset[str]] = MappingProxyType({})) -> Lexicon:
    return Lexicon(
        holders=frozenset([one.id for one in declared.actors] + [one.id for one in declared.sides]),
        issues={one.id: one for one in declared.issues},
        qualities={one.id: one for one in declared.qualities},
        is_record=index.__contains__,
        faulty=faulty,
    )


def _study(
    root: Path, declared: Declared, built: Built, index: RecordIndex, settled: Settled, gathered: Gathered
) -> StudyData:
    return StudyData(
        root=root,
        declared=declared,
        statements=set_aside(built.statements, settled, index),
        polls=built.polls,
        moves=built.moves,
        packages=built.packages,
        texts=built.texts,
        links=built.links,
        access=built.access,
        index=index,
        settled=settled,
        notices=tuple(gathered.notices),
    )

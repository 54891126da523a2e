"""What was found of each expectation, and who tells so: the evidence of rival explanations, from a study."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.records.resting import Author, Bools, Retelling, gather_retellings, open_masks, source_and_via
from rashomon.study import Coded, StudyData
from rashomon.study.schema import Expectation, Question

FOUND, ABSENT = "found", "not found"
UNSEARCHED, WITHHELD, LOST, CLOSED = "not looked for", "withheld", "lost", "not open"
_STATES: Final = {"yes": FOUND, "no": ABSENT, "not-looked-for": UNSEARCHED, "withheld": WITHHELD, "lost": LOST}
HERE: Final = "the records of this study"


@dataclass(frozen=True, slots=True)
class Teller:
    """One record that shows something, or (``record`` "") a place where it was looked for in vain.

    ``voices``: who speaks in it and what stands behind it; two tellers that share a name are not independent.
    """

    record: str
    table: str
    row: int
    source: str
    voices: frozenset[str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What became of one expectation: its ``state``, why it is so where that is not declared, and who tells of it."""

    asked: Expectation
    state: str
    because: str
    told: tuple[Teller, ...]

    @property
    def looked(self) -> bool:
        """Whether it was looked for, so that it weighs something."""
        return self.state in (FOUND, ABSENT)

    @property
    def records(self) -> tuple[str, ...]:
        """The records that tell of it."""
        return tuple(one.record for one in self.told if one.record)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of those records, each once."""
        return tuple(dict.fromkeys(one.source for one in self.told if one.record))


@dataclass(frozen=True)
class Shelf:
    """A study as evidence is looked for in it."""

    study: StudyData

    @cached_property
    def masks(self) -> dict[str, Bools]:
        """Which rows of each table are open."""
        return open_masks(self.study)

    @cached_property
    def _retold(self) -> dict[tuple[str, int], frozenset[str]]:
        return {(one.table, one.row): one.names for one in self._retellings}

    @cached_property
    def _speakers(self) -> dict[str, Coded[str]]:
        return {table: self.study.speakers(table) for table in self.masks}

    @cached_property
    def _sources(self) -> frozenset[str]:
        return frozenset(one.id for one in self.study.declared.sources)

    @cached_property
    def _retellings(self) -> tuple[Retelling, ...]:
        return gather_retellings(self.study)

    def author(self, source: str) -> Author:
        """The source of a claim with what rests on it."""
        return Author(self.study, source, self._retellings)

    def evidence(self, asked: Expectation) -> Evidence:
        """What the study holds of an expectation."""
        named, closed = self._named(asked.records)
        if asked.found in ("not-looked-for", "lost"):
            return Evidence(asked, _STATES[asked.found], "", ())
        if asked.query is not None:
            return self._answered(asked, asked.query, named)
        if asked.found == "yes" and not named:
            return Evidence(asked, CLOSED, f"none of its {len(closed)} records is open", ())
        if asked.found == "no":
            return self._absent(asked, named)
        return Evidence(asked, _STATES[asked.found], "", named)

    def _named(self, names: Sequence[str]) -> tuple[tuple[Teller, ...], tuple[str, ...]]:
        """Those of the records that are open, and the names of the others."""
        told, closed = [], []
        for name in dict.fromkeys(names):
            table, row = self.study.locate(name)
            if self.masks[table][row]:
                told.append(self._teller(name, table, row))
            else:
                closed.append(name)
        return tuple(told), tuple(closed)

    def _absent(self, asked: Expectation, named: tuple[Teller, ...]) -> Evidence:
        """What was looked for in vain, by the places; nobody dated that search, so as of a day it counts only by its records."""
        study = self.study
        if study.day is not None and not named:
            return Evidence(asked, CLOSED, "it is not on record by when it was looked for", ())
        places = tuple(self._place(place) for place in asked.where)
        heard = tuple(one for one in places if not one.voices & set(study.unheard))
        if not heard:
            return Evidence(asked, CLOSED, "where it was looked for is left out", ())
        return Evidence(asked, ABSENT, "", (*named, *heard))

    def _place(self, place: str) -> Teller:
        return Teller("", "", -1, place, frozenset((self._voice(place),)))

    def _voice(self, name: str) -> str:
        """Who speaks in a source; what is none, as an archive or a speaker, stands for itself."""
        return self.study.voice(name) if name in self._sources else name

    def _answered(self, asked: Expectation, query: Question, named: tuple[Teller, ...]) -> Evidence:
        """What the query of an expectation finds; too few are an absence in the records of the study, as far as they go."""
        table, rows = self._rows(query)
        records: Any = self.study.table(table)
        told = [*named, *(self._teller(name, table, row) for name, row in zip(records.id.many(rows), rows.tolist(), strict=True))]
        found = {one.record: one for one in told}
        if len(found) >= query.at_least:
            return Evidence(asked, FOUND, f"the query finds {len(rows)}", tuple(found.values()))
        because = f"the query finds {len(rows)}, where {query.at_least} are needed"
        return Evidence(asked, ABSENT, because, (Teller("", "", -1, HERE, frozenset((HERE,))),))

    def _rows(self, query: Question) -> tuple[str, NDArray[np.intp]]:
        table = "moves" if query.moves else "statements"
        records: Any = self.study.table(table)
        mask = self.masks[table].copy()
        if query.path:
            mask &= self._of_path(records, table, [one.strip() for one in query.path.split(">")])
        if query.topic:
            topic = records.issue if table == "moves" else records.topic
            mask &= topic.each(lambda one: str(one) == query.topic, np.bool_, False)
        if query.stance:
            mask &= records.stance.each(lambda one: str(one) in query.stance, np.bool_, False)
        if query.moves:
            mask &= records.kind.each(lambda kind: kind in query.moves, np.bool_, False)
        if query.kinds:
            kinds = {one.id: one.kind for one in self.study.declared.sources}
            mask &= records.source.each(lambda source: kinds[source] in query.kinds, np.bool_, False)
        if query.when is not None:
            mask &= (records.when_lo <= query.when.hi) & (records.when_hi >= query.when.lo)
        return table, np.flatnonzero(mask)

    def _of_path(self, records: Any, table: str, names: Sequence[str]) -> Bools:
        """Rows of the path, actor by actor; a side stands for all of its actors."""
        tests = [self._is(name) for name in names]
        if table == "moves":
            columns = (records.actor, records.target)[: len(tests)]
            masks = [column.each(test, np.bool_, False) for column, test in zip(columns, tests, strict=False)]
            return np.logical_and.reduce(masks) if len(tests) <= 2 else np.zeros(len(records), np.bool_)

        def holds(path: Any) -> bool:
            return len(path.actors) == len(tests) and all(
                test(one) for test, one in zip(tests, path.actors, strict=True)
            )

        mask: Bools = records.path.each(holds, np.bool_, False)
        return mask

    def _is(self, name: str) -> Callable[[str], bool]:
        study = self.study
        whole = study.is_side(name)
        return lambda actor: actor == name or (whole and study.side_of(actor) == name)

    def _teller(self, name: str, table: str, row: int) -> Teller:
        source, behind = source_and_via(self.study, table, row)
        voice = self._speakers[table].of(row)
        names = {voice, *self._retold.get((table, row), ()), *((behind,) if behind else ())}
        return Teller(name, table, row, source, frozenset(map(self._voice, names)))


def free_of(author: Author, told: Iterable[Teller]) -> tuple[Teller, ...]:
    """The tellers that do not rest on the source of a claim."""
    return tuple(one for one in told if not _rests(author, one))


def _rests(author: Author, one: Teller) -> bool:
    return bool(author.own(one.table)[one.row]) if one.record else author.is_of(one.source)


def grouped(tellers: Sequence[Sequence[Teller]]) -> list[list[int]]:
    """Numbers of the pieces of evidence in groups: pieces that share a voice, directly or through others, are one group."""
    names = [frozenset(voice for one in told for voice in one.voices) for told in tellers]
    left, out = list(range(len(names))), []
    while left:
        group = [left.pop(0)]
        known = names[group[0]]
        while more := [one for one in left if names[one] & known]:
            group += more
            known = known.union(*(names[one] for one in more))
            left = [one for one in left if one not in more]
        out.append(sorted(group))
    return out

"""Mentions: who speaks of what when, in statements of any depth and in moves, as arrays.

A mention is a holder speaking of a topic in a time, as one voice tells it; rows that repeat all of these are one mention. A
belief about cause mentions both its topics. Overlooking a record, or being unaware of it, is no mention; nor is a move that
omits or withholds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.records.bulk import pick
from rashomon.measuring.records.layering import Layers
from rashomon.measuring.records.viewing import Codes
from rashomon.measuring.statistics.grouping import distinct, independent
from rashomon.study import StudyData, Topic

Ints = NDArray[np.int64]
Kind = Literal["sides", "layers", "stages", "sources"]

SILENT_VERBS: Final = frozenset({"overlooks", "unaware"})
SILENT_MOVES: Final = frozenset({"omits", "withholds"})
STAGES: Final = ("public", "private")
_STATEMENTS, _MOVES = 0, 1
_TABLES: Final = ("statements", "moves")


@dataclass(frozen=True, eq=False)
class Split:
    """Mentions (n,) as ``group`` of a ``stratum`` on a ``topic`` (−1: in none), with the names of groups and strata."""

    stratum: Ints
    group: Ints
    topic: Ints
    groups: tuple[str, ...]
    strata: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Mentions:
    """n mentions, arrays (n,) of codes into the tuples of names; −1: none.

    ``topic``: as written; ``general``: the same, but of a quality only its name, and −1 where it is seen in the holder's own
    side. ``layer``: on the first day, or the last; ``stage``: public or private; ``kind``: of its source; ``voice`` and
    ``origin`` (the source behind the source); ``lo``..``hi``: days. ``table`` and ``row`` say where it stands.
    """

    sides: tuple[str, ...]
    layers: tuple[str, ...]
    topics: tuple[str, ...]
    kinds: tuple[str, ...]
    voices: tuple[str, ...]
    sources: tuple[str, ...]
    side: Ints
    layer: Ints
    topic: Ints
    general: Ints
    stage: Ints
    kind: Ints
    voice: Ints
    origin: Ints
    source: Ints
    lo: Ints
    hi: Ints
    table: Ints
    row: Ints

    def __len__(self) -> int:
        return len(self.row)

    def split(self, by: Kind) -> Split:
        """The mentions as groups that are set against each other."""
        one = np.zeros(len(self), np.int64)
        if by == "sides":
            return Split(one, self.side, self.general, self.sides, ("",))
        if by == "layers":
            return Split(self.side, self.layer, self.topic, self.layers, self.sides)
        if by == "stages":
            return Split(self.side, self.stage, self.topic, STAGES, self.sides)
        return Split(one, self.kind, self.topic, self.kinds, ("",))

    def independent(self, at: Ints) -> int:
        """How many independent voices tell the mentions at these places."""
        return independent(self.voice[at], self.origin[at])

    def told_by(self, at: Ints | None = None) -> tuple[str, ...]:
        """Ids of the sources of mentions, of all where None."""
        return tuple(sorted(pick(self.sources, np.unique(self.source if at is None else self.source[at]))))

    def records(self, study: StudyData, at: Ints) -> tuple[str, ...]:
        """Ids of the records of mentions, those of statements first."""
        out: list[str] = []
        for number, name in enumerate(_TABLES):
            ids: Any = study.table(name)
            out += ids.id.many(self.row[at[self.table[at] == number]])
        return tuple(out)


class _Coding:
    """Numbers for the names that the tables share."""

    def __init__(self, study: StudyData) -> None:
        self.study = study
        self.topics, self.voices, self.sources, self.kinds, self.origins = Codes(), Codes(), Codes(), Codes(), Codes()
        self.sides = {one.id: number for number, one in enumerate(study.declared.sides)}

    def shared(self, table: Any, rows: Ints) -> dict[str, Ints]:
        """Columns of who tells the rows, when, and on which stage."""
        study = self.study

        def of_source(read: Any) -> Ints:
            out: Ints = table.source.each(read, np.int64, -1)[rows]
            return out

        behind = table.via.each(self.origins, np.int64, -1)[rows]
        return {
            "voice": of_source(lambda one: self.voices(study.voice(one))), "source": of_source(self.sources),
            "kind": of_source(lambda one: self.kinds(study.source(one).kind)),
            "origin": np.where(behind >= 0, behind, of_source(self.origins)),
            "stage": table.stage.each(lambda one: int(one != "public"), np.int64, -1)[rows],
            "lo": table.when_lo[rows].astype(np.int64), "hi": table.when_hi[rows].astype(np.int64),
        }  # fmt: skip

    def held(self, names: tuple[str, ...], holder: Ints, lo: Ints, hi: Ints) -> dict[str, Ints]:
        """Sides and layers of holders (n,), numbers of ``names``."""
        side = np.array([self.sides[self.study.side_of(one)] for one in names] or [0], np.int64)
        return {"side": side[holder], "layer": Layers(self.study, names).during(holder, lo, hi)}


def gather_mentions(study: StudyData) -> Mentions:
    """The mentions of a study's open statements and moves, each once; O(n log n)."""
    coding = _Coding(study)
    parts = [*_of_statements(coding), _of_moves(coding)]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    keys = (columns[name] for name in ("voice", "holder", "topic", "lo", "hi", "stage", "kind"))
    once = np.sort(distinct(*keys)[0]) if len(columns["row"]) else np.zeros(0, np.int64)
    del columns["holder"]
    layers = tuple(one.id for one in study.declared.layers)
    return Mentions(
        sides=tuple(coding.sides), layers=layers, topics=coding.topics.words, kinds=coding.kinds.words,
        voices=coding.voices.words, sources=coding.sources.words, **{name: column[once] for name, column in columns.items()},
    )  # fmt: skip


def _of_statements(coding: _Coding) -> Iterator[dict[str, Ints]]:
    """One part for each end of a topic: what is not about cause has one end."""
    study, table = coding.study, coding.study.statements
    rows = study.open_rows("statements").astype(np.int64)
    spoken = table.paths.of_verb(lambda verb: verb.name not in SILENT_VERBS, np.bool_, False)
    rows = rows[spoken[table.path.codes[rows]]]
    for end in (0, 1):
        names = [_end(topic, end) for topic in table.topic.values]
        said = np.array([*(one is not None for one in names), False], np.bool_)[table.topic.codes[rows]]
        at = rows[said]
        holder = table.paths.holder[table.path.codes[at]]
        shared = coding.shared(table, at)
        held = coding.held(table.paths.names, holder, shared["lo"], shared["hi"])
        text, general = _topics(coding, names, table.topic.codes[at], held["side"])
        yield {
            **shared, **held, "topic": text, "general": general, "holder": holder + 1,
            "table": np.full(len(at), _STATEMENTS), "row": at,
        }  # fmt: skip


def _end(topic: Topic, end: int) -> Topic | None:
    """The topic itself, or one end of a belief about cause; None for a record, and where there is no such end."""
    found = (topic.cause, topic.effect)[end] if topic.kind == "cause" else topic if end == 0 else None
    return found if found is not None and found.kind in ("issue", "quality") else None


def _topics(coding: _Coding, names: list[Topic | None], codes: Ints, side: Ints) -> tuple[Ints, Ints]:
    """Numbers of the topics as written, and of what they are of whichever side (−1: a quality of the holder's own)."""
    study = coding.study
    text = np.array([*(-1 if one is None else coding.topics(one.text) for one in names), -1], np.int64)
    plain = np.array([*(-1 if one is None else coding.topics(one.quality or one.text) for one in names), -1], np.int64)
    target = np.array(
        [*(coding.sides[study.side_of(one.target)] if one is not None and one.target else -1 for one in names), -1], np.int64
    )
    return text[codes], np.where(target[codes] == side, -1, plain[codes])


def _of_moves(coding: _Coding) -> dict[str, Ints]:
    study, table = coding.study, coding.study.moves
    rows = study.open_rows("moves").astype(np.int64)
    spoken = table.kind.each(lambda kind: kind not in SILENT_MOVES, np.bool_, False)[rows]
    rows = rows[spoken & (table.issue.codes[rows] >= 0)]
    actors = tuple(table.actor.values)
    holder = table.actor.codes[rows].astype(np.int64)
    shared = coding.shared(table, rows)
    topic: Ints = table.issue.each(coding.topics, np.int64, -1)[rows]
    return {
        **shared, **coding.held(actors, holder, shared["lo"], shared["hi"]), "topic": topic, "general": topic,
        "holder": -holder - 1, "table": np.full(len(rows), _MOVES), "row": rows,
    }  # fmt: skip

"""Timelines: the observations of one view over time, taken with one instrument, ready to be compared with themselves.

Polls and statements are never mixed, nor two pollsters, modes, bases or wordings: each makes a timeline of its own. Within a
timeline a change is only ever read within a *voice*: what one voice says before and after, or one pollster asks before and
after, so that how it leans cancels out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.polls import has_view
from rashomon.measuring.records.bulk import pick
from rashomon.measuring.records.comparing import role
from rashomon.measuring.records.layering import Layers
from rashomon.measuring.statistics.grouping import Ints, distinct, independent
from rashomon.measuring.statistics.judging import LEAST_VOICES
from rashomon.study import Stance, StudyData, Topic, When

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

Kind = Literal["polls", "statements"]
_LEAST_VOICES: Final[Mapping[Kind, int]] = {"polls": 1, "statements": LEAST_VOICES}
_NOT_SHARED: Final = ("one", "few")

SHOWN: Final = 500
"""How many ids of records a row names at most; its ``n`` counts them all."""


@dataclass(frozen=True, slots=True)
class Label:
    """Which view a timeline is of, and how it was taken.

    ``holder``: an actor, a side or a population; ``side`` and ``layer`` are its own ("" unknown). ``topic`` with its
    ``quality`` and ``target``, or "" where a poll names none. ``measure``: claim or goal (statements), or the question and
    answer. ``instrument``: pollster, mode and base of a poll. ``unit``: scale −1..1 or 0..1 (statements), or the poll's.
    """

    kind: Kind
    holder: str
    side: str
    layer: str
    topic: str
    quality: str
    target: str
    measure: str
    question: str = ""
    answer: str = ""
    instrument: str = ""
    unit: str = "scale"


@dataclass(frozen=True, eq=False)
class Timeline:
    """m observations, arrays (m,): days ``lo``..``hi``; ``throughout``: held on all of them, else on some.

    ``value`` is the middle of the stance's interval, or the share; ``width`` the interval's length (0 for a share); ``weight``
    the coder's certainty. ``voice`` (codes 0…) is the narrator or source of a statement; all polls of one timeline are one
    voice. ``row``: rows of the table ``label.kind``.
    """

    label: Label
    lo: Ints
    hi: Ints
    throughout: Bools
    value: Floats
    width: Floats
    weight: Floats
    voice: Ints
    row: Ints

    def __len__(self) -> int:
        return len(self.row)

    @property
    def least_voices(self) -> int:
        """How many voices a change must be seen in: a poll's replicates are its respondents, a statement's are voices."""
        return _LEAST_VOICES[self.label.kind]

    @property
    def least_each(self) -> int:
        """How many observations a voice must have on each side of a date; a single poll wave shows no scatter."""
        return 2 if self.label.kind == "polls" else 1

    @property
    def can_change(self) -> bool:
        """Whether there can be a change to read at all: enough voices, and more than one observation of each or of one."""
        return len(self) >= 2 * self.least_voices and self.voices >= self.least_voices

    @cached_property
    def middle(self) -> Ints:
        """The middle day of each observation."""
        out: Ints = (self.lo + self.hi) // 2
        return out

    @cached_property
    def voices(self) -> int:
        """How many voices there are."""
        return int(self.voice.max(initial=-1)) + 1

    def records(self, study: StudyData, rows: Ints | None = None) -> tuple[str, ...]:
        """Ids of the records in ``rows`` (all, where None), the first :data:`SHOWN` in the order of the study."""
        ids = study.polls.id if self.label.kind == "polls" else study.statements.id
        return tuple(ids.many(np.sort(self.row if rows is None else rows)[:SHOWN]))

    def told(self, tellers: Tellers, rows: Ints | None = None) -> tuple[tuple[str, ...], int]:
        """Ids of the sources of ``rows`` (all, where None), and how many independent voices they are."""
        return tellers(self.label.kind, self.row if rows is None else rows)


class Tellers:
    """Who tells records: the sources of statements or polls, and how many independent voices they are."""

    def __init__(self, study: StudyData) -> None:
        self._statements, self._polls = study.statements, study.polls
        self._asked = study.speakers("polls").codes
        numbers: dict[str, int] = {}
        own, via = study.statements.source.values, study.statements.via.values
        self._voice, self._own, self._behind = (
            np.array([*(numbers.setdefault(one, len(numbers)) for one in listed), -1], np.int64)
            for listed in ([study.voice(source) for source in own], own, via)
        )

    def __call__(self, kind: Kind, rows: Ints) -> tuple[tuple[str, ...], int]:
        """Ids of the sources of ``rows``, in order, and how many independent voices speak; of polls, how many pollsters."""
        column = self._polls.source if kind == "polls" else self._statements.source
        codes = column.codes[rows]
        used = np.unique(codes)
        names = tuple(sorted(pick(column.values, used)))
        if kind == "polls":
            return names, len(np.unique(self._asked[rows]))
        behind = self._behind[self._statements.via.codes[rows]]
        return names, independent(self._voice[used], np.where(behind >= 0, behind, self._own[codes]))


def gather_timelines(
    study: StudyData, *, by_layer: bool = False, least: int = 1, changing: bool = False
) -> tuple[Timeline, ...]:
    """Every timeline of the accepted, open records of a study; ``by_layer`` joins the holders of one side and layer.

    From statements: views of depth one with a placed stance, held without condition, at the time they speak of, by more
    than a few. From polls: shares of an answer that is a view, exact or rounded. Timelines of fewer than ``least``
    observations are left out; ``changing``: and all in which no change can be read. O(n log n).
    """
    enough = {kind: 2 * voices if changing else least for kind, voices in _LEAST_VOICES.items()}
    found = (*_polled(study, enough["polls"]), *_stated(study, by_layer, enough["statements"]))
    return tuple(one for one in found if one.can_change) if changing else found


# statements


def _stated(study: StudyData, by_layer: bool, least: int) -> list[Timeline]:
    statements = study.statements
    rows = _usable(study)
    lo, hi = _bounds(study, statements.when_lo[rows], statements.when_hi[rows])
    holder, names = _holders(study, rows, (lo + hi) // 2, by_layer)
    claim = _role_is(study, "claim")[statements.path.codes[rows]].astype(np.int64)
    topic = statements.topic.codes[rows].astype(np.int64)
    at, bounds = _groups(least, holder, topic, claim)
    first = at[bounds[:-1]]
    labels = [
        _stated_label(study, names[who], statements.topic.values[what], bool(is_claim))
        for who, what, is_claim in zip(*(one[first].tolist() for one in (holder, topic, claim)), strict=True)
    ]
    rows = rows[at]
    low, high = (
        statements.stance.each(read, np.float64, np.nan)[rows] for read in (attrgetter("lo"), attrgetter("hi"))
    )
    certainty = statements.certainty[rows]
    return _cut(
        labels, bounds, lo[at], hi[at], statements.when.each(_throughout, np.bool_, False)[rows], (low + high) / 2,
        high - low, np.where(np.isnan(certainty), 1.0, np.maximum(certainty, 0.01)), _voices(study, rows, bounds),
        rows.astype(np.int64),
    )  # fmt: skip


def _stated_label(study: StudyData, named: tuple[str, str, str], topic: Topic, claim: bool) -> Label:
    side, layer, holder = named
    return Label(
        kind="statements", holder=holder, side=side, layer=layer, topic=topic.text, quality=topic.quality,
        target=_target(study, topic), measure="claim" if claim else "goal",
    )  # fmt: skip


def _role_is(study: StudyData, *roles: str) -> Bools:
    """For each distinct path of the statements whether its last verb has one of the roles."""
    found: Bools = study.statements.paths.of_verb(lambda verb: role(verb.name, verb.negated) in roles, np.bool_, False)
    return found


def _usable(study: StudyData) -> NDArray[np.intp]:
    statements = study.statements
    rows = study.open_rows("statements")
    keep = (_role_is(study, "claim", "goal") & (statements.paths.depth == 1))[statements.path.codes[rows]]
    keep &= statements.topic.each(lambda topic: topic.kind in ("issue", "quality"), np.bool_, False)[rows]
    keep &= statements.stance.each(_placed, np.bool_, False)[rows]
    keep &= ~statements.extent.each(lambda extent: extent in _NOT_SHARED, np.bool_, False)[rows]
    keep &= (statements.about.codes[rows] < 0) & (statements.given.codes[rows] < 0)
    keep &= ~np.isin(rows, _retold(study))
    out: NDArray[np.intp] = rows[keep]
    return out


def _placed(stance: Stance) -> bool:
    return stance.kind in ("position", "word", "number") and stance.lo == stance.lo


def _retold(study: StudyData) -> NDArray[np.int32]:
    """Statements that only retell another."""
    links = study.links
    open_ = study.open_rows("links")
    at = open_[links.kind.each(lambda kind: kind == "retells", np.bool_, False)[open_]]
    found: NDArray[np.int32] = study.statements.id.find([links.from_.of(i) for i in at.tolist()])
    return found


def _holders(study: StudyData, rows: NDArray[np.intp], day: Ints, by_layer: bool) -> tuple[Ints, list[tuple[str, str, str]]]:
    """A number for the holder of each row, and (side, layer, name) of each number; ``by_layer`` the layer is that of the day."""
    paths = study.statements.paths
    holder = paths.holder[study.statements.path.codes[rows]]
    sides = [study.side_of(name) for name in paths.names]
    if not by_layer:
        layers = [study.layer_of(name) or "" for name in paths.names]
        return holder, list(zip(sides, layers, paths.names, strict=True))
    declared = [one.id for one in study.declared.sides]
    levels = ["", *(one.id for one in study.declared.layers)]
    side = np.array([declared.index(one) for one in sides], np.int64)
    named = [(one, level, f"{one}/{level}" if level else one) for one in declared for level in levels]
    return side[holder] * len(levels) + Layers(study, paths.names).at(holder, day) + 1, named


def _voices(study: StudyData, rows: NDArray[np.intp], bounds: Ints) -> Ints:
    """A number for the voice of each statement, counted from 0 within each group."""
    numbers: dict[str, int] = {}
    source = study.statements.source
    voice = source.each(lambda one: numbers.setdefault(study.voice(one), len(numbers)), np.int64, -1)[rows]
    group = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    first, number = distinct(group, voice)
    begin = np.searchsorted(group[first], np.arange(len(bounds) - 1))
    out: Ints = number - begin[group]
    return out


def _target(study: StudyData, topic: Topic) -> str:
    """The side in which a quality is seen; "" for an issue."""
    return study.side_of(topic.target) if topic.kind == "quality" else ""


# polls


def _polled(study: StudyData, least: int) -> list[Timeline]:
    polls = study.polls
    rows = study.open_rows("polls")
    rows = rows[polls.relation.each(lambda relation: relation in ("=", "~"), np.bool_, True)[rows]]
    rows = rows[~np.isnan(polls.share[rows])]
    rows = rows[polls.answer.each(has_view, np.bool_, False)[rows]]
    instrument, names = _instruments(study, rows)
    columns = (polls.population, polls.question, polls.answer, polls.unit, polls.path, polls.topic)
    keys = (instrument, *(column.codes[rows].astype(np.int64) for column in columns))
    # a survey that several sources print counts once; another figure for it is a finding of its own
    once = np.sort(distinct(*keys, polls.survey.codes[rows], polls.fielded.codes[rows])[0])
    rows, keys, instrument = rows[once], tuple(key[once] for key in keys), instrument[once]
    lo, hi = _bounds(study, polls.when_lo[rows], polls.when_hi[rows])
    throughout = polls.fielded.each(_throughout, np.bool_, False)[rows]
    holders = {side.id for side in study.declared.sides} | {actor.id for actor in study.declared.actors}
    at, bounds = _groups(least, *keys)
    first = at[bounds[:-1]]
    labels = [
        _polled_label(study, row, names[which], holders)
        for row, which in zip(rows[first].tolist(), instrument[first].tolist(), strict=True)
    ]
    nothing = np.zeros(len(at))
    return _cut(
        labels, bounds, lo[at], hi[at], throughout[at], polls.share[rows[at]], nothing, nothing + 1.0,
        np.zeros(len(at), np.int64), rows[at].astype(np.int64),
    )  # fmt: skip


def _instruments(study: StudyData, rows: NDArray[np.intp]) -> tuple[Ints, list[str]]:
    """A number for who asked, how and of whom; a poll without a pollster is its source's."""
    polls = study.polls
    names: dict[str, int] = {}
    first, of = distinct(*(column.codes[rows] for column in (polls.pollster, polls.mode, polls.base, polls.source)))
    number = []
    for i in rows[first].tolist():
        parts = [polls.pollster.get(i, "") or polls.source.of(i), polls.mode.get(i, ""), polls.base.get(i, "")]
        number.append(names.setdefault(", ".join(part for part in parts if part), len(names)))
    return np.array(number, np.int64)[of] if number else np.zeros(0, np.int64), list(names)


def _polled_label(study: StudyData, row: int, instrument: str, holders: Set[str]) -> Label:
    polls = study.polls
    path, topic = polls.path[row], polls.topic[row]
    holder = path.holder if path is not None else polls.population.of(row)
    known = holder in holders
    question, answer = polls.question.of(row), polls.answer.of(row)
    return Label(
        kind="polls", holder=holder, side=study.side_of(holder) if known else "",
        layer=(study.layer_of(holder, int(polls.when_lo[row])) or "") if known else "",
        topic=topic.text if topic else "", quality=topic.quality if topic else "",
        target=_target(study, topic) if topic else "", measure=f"{question}: {answer}", question=question, answer=answer,
        instrument=instrument, unit=polls.unit.get(row, "percent"),
    )  # fmt: skip


# shared


def _throughout(when: When) -> bool:
    return when.lo == when.hi or not (when.within or when.approximate)


def _bounds(study: StudyData, lo: NDArray[Any], hi: NDArray[Any]) -> tuple[Ints, Ints]:
    """Days within the study's span; open ends close there."""
    span = study.declared.study.span
    return np.clip(lo.astype(np.int64), span.lo, span.hi), np.clip(hi.astype(np.int64), span.lo, span.hi)


def _groups(least: int, *codes: Ints) -> tuple[Ints, Ints]:
    """Places of the rows that share all codes with at least ``least``, group by group, and where each of the G groups begins
    (G + 1,); groups in the order of their first row.
    """
    first, of = distinct(*codes)
    sizes = np.bincount(of, minlength=len(first))
    wanted = np.flatnonzero(sizes >= least)
    wanted = wanted[np.argsort(first[wanted], kind="stable")]
    rank = np.full(len(first), -1, np.int64)
    rank[wanted] = np.arange(len(wanted))
    at = np.flatnonzero(rank[of] >= 0)
    at = at[np.argsort(rank[of[at]], kind="stable")]
    return at.astype(np.int64), np.concatenate([[0], np.cumsum(sizes[wanted])]).astype(np.int64)


def _cut(labels: Sequence[Label], bounds: Ints, *columns: NDArray[Any]) -> list[Timeline]:
    """The timelines of G groups whose observations stand one group after another, in columns as of :class:`Timeline`."""
    ends = pairwise(bounds.tolist())
    return [
        Timeline(label, *[column[start:end] for column in columns])
        for label, (start, end) in zip(labels, ends, strict=True)
    ]

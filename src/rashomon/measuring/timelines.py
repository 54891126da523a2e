"""Timelines: the observations of one view over time, taken with one instrument, ready to be compared with themselves.

Polls and statements are never mixed, nor two pollsters, modes, bases or wordings: each makes a timeline of its own. Within a
timeline a change is only ever read within a *voice*: what one voice says before and after, or one pollster asks before and
after, so that how it leans cancels out.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.comparing import role
from rashomon.measuring.evidence import distinct
from rashomon.measuring.polls import has_view
from rashomon.study import Stance, StudyData, Topic, When

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

Kind = Literal["polls", "statements"]
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
        return 1 if self.label.kind == "polls" else 2

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
        return tuple(ids[row] for row in np.sort(self.row if rows is None else rows)[:SHOWN].tolist())

    def told(self, study: StudyData, rows: Ints | None = None) -> tuple[tuple[str, ...], int]:
        """Ids of the sources of ``rows`` (all, where None), and how many independent voices they are."""
        at = self.row if rows is None else rows
        if self.label.kind == "polls":
            column = study.polls.source
            names = tuple(sorted(column.values[code] for code in np.unique(column.codes[at]).tolist()))
            return names, min(1, len(names))
        source, via = study.statements.source, study.statements.via
        width = len(via.values) + 1
        pairs = np.unique(source.codes[at].astype(np.int64) * width + via.codes[at] + 1).tolist()
        listed = [source.values[pair // width] for pair in pairs]
        behind = [via.values[pair % width - 1] if pair % width else "" for pair in pairs]
        return tuple(sorted(set(listed))), study.independent_voices(listed, behind)


def gather_timelines(study: StudyData, *, by_layer: bool = False, least: int = 1) -> tuple[Timeline, ...]:
    """Every timeline of the accepted, open records of a study; ``by_layer`` joins the holders of one side and layer.

    From statements: views of depth one with a placed stance, held without condition, at the time they speak of, by more
    than a few. From polls: shares of an answer that is a view, exact or rounded. Timelines of fewer than ``least``
    observations are left out. O(n log n).
    """
    return (*_polled(study, least), *_stated(study, by_layer, least))


# statements


def _stated(study: StudyData, by_layer: bool, least: int) -> list[Timeline]:
    statements = study.statements
    rows = _usable(study)
    lo, hi = _bounds(study, statements.when_lo[rows], statements.when_hi[rows])
    holder, names = _holders(study, rows, (lo + hi) // 2, by_layer)
    claim = statements.path.each(lambda path: role(path.verb.name, path.verb.negated) == "claim", np.int64, 0)[rows]
    topic = statements.topic.codes[rows].astype(np.int64)
    low = statements.stance.each(lambda stance: stance.lo, np.float64, np.nan)[rows]
    high = statements.stance.each(lambda stance: stance.hi, np.float64, np.nan)[rows]
    certainty = statements.certainty[rows]
    voice = _voices(study, rows)
    throughout = statements.when.each(_throughout, np.bool_, False)[rows]
    out = []
    for at in _groups(least, holder, topic, claim):
        first = at[0]
        side, layer, name = names[holder[first]]
        what = statements.topic.values[topic[first]]
        label = Label(
            kind="statements", holder=name, side=side, layer=layer, topic=what.text, quality=what.quality,
            target=_target(study, what), measure="claim" if claim[first] else "goal",
        )  # fmt: skip
        out.append(
            Timeline(
                label, lo[at], hi[at], throughout[at], (low[at] + high[at]) / 2, high[at] - low[at],
                np.where(np.isnan(certainty[at]), 1.0, np.maximum(certainty[at], 0.01)), _dense(voice[at]),
                rows[at].astype(np.int64),
            )
        )  # fmt: skip
    return out


def _usable(study: StudyData) -> NDArray[np.intp]:
    statements = study.statements
    rows = study.open_rows("statements")
    keep = statements.path.each(
        lambda path: path.depth == 1 and role(path.verb.name, path.verb.negated) in ("claim", "goal"), np.bool_, False
    )[rows]
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


def _holders(study: StudyData, rows: NDArray[np.intp], day: Ints, by_layer: bool) -> tuple[Ints, list[tuple[str, ...]]]:
    """A number for the holder of each row, and (side, layer, name) of each number; the layer is that of the year."""
    path = study.statements.path
    year = day // 366 if by_layer else day * 0  # a layer is looked up once for each stretch of a year, not for each row
    first, of = distinct(path.codes[rows], year)
    names: dict[tuple[str, ...], int] = {}
    number = []
    for i in first.tolist():
        holder = path.of(int(rows[i])).holder
        side, layer = study.side_of(holder), study.layer_of(holder, int(day[i]) if by_layer else None) or ""
        key = (side, layer, f"{side}/{layer}" if layer else side) if by_layer else (side, layer, holder)
        number.append(names.setdefault(key, len(names)))
    return np.array(number, np.int64)[of] if number else np.zeros(0, np.int64), list(names)


def _voices(study: StudyData, rows: NDArray[np.intp]) -> Ints:
    """A number for the voice of each statement."""
    numbers: dict[str, int] = {}
    source = study.statements.source
    found: Ints = source.each(lambda one: numbers.setdefault(study.voice(one), len(numbers)), np.int64, -1)[rows]
    return found


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
    out = []
    for at in _groups(least, *keys):
        flat = np.zeros(len(at))
        out.append(
            Timeline(
                _label(study, int(rows[at[0]]), names[instrument[at[0]]], holders), lo[at], hi[at], throughout[at],
                polls.share[rows[at]], flat, flat + 1.0, np.zeros(len(at), np.int64), rows[at].astype(np.int64),
            )
        )  # fmt: skip
    return out


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


def _label(study: StudyData, row: int, instrument: str, holders: Set[str]) -> Label:
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


def _groups(least: int, *codes: Ints) -> list[NDArray[np.intp]]:
    """Places of the rows of each group that shares all codes; groups in the order of their first row."""
    if not len(codes[0]):
        return []
    first, of = distinct(*codes)
    order = np.argsort(of, kind="stable")
    ends = np.cumsum(np.bincount(of))
    sizes = np.diff(np.r_[0, ends])
    wanted = np.flatnonzero(sizes >= least)
    wanted = wanted[np.argsort(first[wanted], kind="stable")]
    return [order[ends[i] - sizes[i] : ends[i]] for i in wanted.tolist()]


def _dense(codes: Ints) -> Ints:
    out: Ints = np.unique(codes, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return out

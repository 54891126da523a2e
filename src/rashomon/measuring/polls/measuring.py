"""Polls: every printed figure as it stands, and each population's view as a series across those who asked.

:func:`list_polls` lists figures. :func:`pool_polls` pools those that observe one view (:mod:`rashomon.measuring.polls.pooling`):
figures of one path and quality, whatever the wording, unless several answers could be chosen; or of one path, topic, question
and answer. A house is a pollster with a wording; two wordings of one pollster are two houses, but one voice. A figure that
several sources print counts once. Answers without a view, where printed, are taken out and counted; bounded figures stay
bounds. Where modes do not overlap in time the series breaks into lines that are not comparable.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist
from typing import Final, TypeVar

import numpy as np

from rashomon.measuring.polls import pooling
from rashomon.measuring.polls.pooling import Pooled, PoolPart
from rashomon.study import OPEN_HI, OPEN_LO, UNKNOWN_DAY, Estimate, Poll, Result, StudyData, format_day
from rashomon.study.provenance import note

NO_VIEW: Final = frozenset(
    {
        "cannot-say",
        "difficult-to-answer",
        "difficult-to-say",
        "dk",
        "do-not-know",
        "does-not-know",
        "don-t-know",
        "dont-know",
        "hard-to-answer",
        "hard-to-say",
        "no-answer",
        "no-opinion",
        "no-response",
        "no-view",
        "not-sure",
        "refused",
        "undecided",
        "unsure",
    }
)
"""Answers that say that the asked had no view, or gave none."""

ABOUT: Final = 2.0
"""Percent by which a figure given as about so much may be off, either way."""
NOT_STATED: Final = "not stated"

_Key = tuple[str, str, str, str]
T = TypeVar("T")

_NUMERAL = re.compile(r"\d+(?:[.,]\d+)?")
_SLACK = 0.01  # by which an answer and those without a view may exceed the whole through rounding


def has_view(answer: str) -> bool:
    """Whether an answer expresses a view at all.

    >>> has_view("feels-close"), has_view("dont-know"), has_view("Don't know")
    (True, False, False)
    """
    return "-".join(answer.lower().replace("'", "").replace("’", "").split()) not in NO_VIEW


def bounds(share: float, relation: str) -> tuple[float, float]:
    """The shares, in percent, that a printed figure allows: itself, all above or below it, or :data:`ABOUT` points around.

    >>> bounds(30, "="), bounds(30, ">"), bounds(30, "max"), bounds(99, "~")
    ((30, 30), (30, 100.0), (0.0, 30), (97.0, 100.0))
    """
    if relation == ">":
        return share, 100.0
    if relation in ("<", "max"):
        return 0.0, share
    return (max(share - ABOUT, 0.0), min(share + ABOUT, 100.0)) if relation == "~" else (share, share)


def half_unit(share: float, printed: str = "") -> float:
    """Half a unit of the last digit of a figure, as printed where ``printed`` holds it, else as the number itself needs.

    >>> half_unit(34.0), half_unit(34.0, "34.0%"), half_unit(2.5)
    (0.5, 0.05, 0.05)
    """
    texts = [one.replace(",", ".") for one in _NUMERAL.findall(printed)]
    found = [one for one in texts if float(one) == abs(share)] or [f"{abs(share):.10g}"]
    decimals = max(len(one.partition(".")[2]) for one in found)
    return round(0.5 * 10.0**-decimals, 12)


@dataclass(frozen=True, slots=True)
class PollRow:
    """One printed figure.

    ``fielded`` as written, with its bounds ``start`` and ``end``. ``withheld``: from whom it was kept, each with
    ``audience``, ``from``, ``until`` and ``by`` ("" where blank; ``until`` "" means that no end is known). ``known``: the
    first day on which the figure was open, "" where that is not known; ``known_by``: the latest that day can be.
    """

    id: str
    survey: str
    question: str
    wording: str
    population: str
    fielded: str
    start: str
    end: str
    answer: str
    share: float
    relation: str
    unit: str
    printed: str
    n: int | None
    base: str
    mode: str
    pollster: str
    path: str
    topic: str
    withheld: tuple[Mapping[str, str], ...]
    source: str
    locator: str
    known: str
    known_by: str


@dataclass(frozen=True)
class PollList(Result[PollRow]):
    """Every open figure of a study, in order of the time asked."""


def list_polls(study: StudyData) -> PollList:
    """Every open poll figure as a row, ordered by when it was asked and then as in the file."""
    polls = study.polls
    kept = withheld_from(study)
    wording = {one.id: one.wording for one in study.declared.poll_questions}
    at = study.open_rows("polls")
    found = sorted(polls.rows(at), key=lambda poll: (poll.fielded.lo, poll.fielded.hi, poll.line))
    rows = tuple(_row(poll, wording.get(poll.question, ""), kept.get(poll.id, ())) for poll in found)
    return PollList(rows, note(study, "figures as printed", {}, None, len(rows), (row.source for row in rows)))


def _row(poll: Poll, wording: str, withheld: tuple[Mapping[str, str], ...]) -> PollRow:
    return PollRow(
        id=poll.id, survey=poll.survey, question=poll.question, wording=wording, population=poll.population,
        fielded=poll.fielded.text, start=format_day(poll.fielded.lo), end=format_day(poll.fielded.hi),
        answer=poll.answer, share=poll.share, relation=poll.relation, unit=poll.unit, printed=poll.printed, n=poll.n,
        base=poll.base, mode=poll.mode, pollster=poll.pollster, path="" if poll.path is None else str(poll.path),
        topic="" if poll.topic is None else poll.topic.text, withheld=withheld, source=poll.source,
        locator=poll.locator, known=_day(poll.known), known_by=_day(poll.known_bound),
    )  # fmt: skip


def _day(day: int) -> str:
    return "" if day == UNKNOWN_DAY else format_day(day)


def withheld_from(study: StudyData) -> dict[str, tuple[Mapping[str, str], ...]]:
    """For each record that was kept from somebody: from whom, until when, and by whom."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for entry in study.access.rows(study.open_rows("access")):
        if entry.withheld:
            found.setdefault(entry.record, []).append(
                {
                    "audience": entry.audience,
                    "from": entry.from_.text if entry.from_ else "",
                    "until": entry.until.text if entry.until else "",
                    "by": entry.by,
                }
            )
    return {record: tuple(entries) for record, entries in found.items()}


# pooling


@dataclass(frozen=True, slots=True)
class PollPoint:
    """One figure of a series, as a share (0..1) of those who gave a view, with the band of its sampling error.

    A bounded figure has no estimate (NaN); its ``low``..``high`` is the bound. ``start``..``end`` are months.
    """

    record: str
    start: str
    end: str
    house: str
    mode: str
    bounded: bool
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class ModeShift:
    """By how much, in logits, a mode's shares lie above those of the line's reference mode."""

    mode: str
    shift: Estimate


@dataclass(frozen=True, slots=True)
class PooledLine:
    """The part of a series whose ``modes`` overlap in time, at the level of the mode ``reference``.

    ``estimates`` go with ``months``: those with a figure, each January and both ends; empty where nothing is drawn, and then
    ``because`` says why and only the ``points`` stand.
    """

    modes: tuple[str, ...]
    reference: str
    shifts: tuple[ModeShift, ...]
    drawn: bool
    because: str
    months: tuple[str, ...]
    estimates: tuple[Estimate, ...]
    points: tuple[PollPoint, ...]


@dataclass(frozen=True, slots=True)
class PooledSeries:
    """What one population holds on one topic, across pollsters, as one line for each set of modes that can be compared.

    ``answer`` is that of a single question; it is "" where a quality is asked for in several wordings, the ``questions``. Of
    ``n`` figures, by ``houses`` (a pollster with a wording) of ``voices`` pollsters, answers without a view were taken out of
    ``no_view_excluded``, and are not printed of ``no_view_unknown``. ``retold`` more figures repeat these, and ``left_out``
    were not pooled: with those without a view they exceed the whole, or their time is open.
    """

    path: str
    topic: str
    answer: str
    questions: tuple[str, ...]
    lines: tuple[PooledLine, ...]
    comparable: bool
    because: str
    n: int
    houses: int
    voices: int
    no_view_excluded: int
    no_view_unknown: int
    retold: int
    left_out: int
    records: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Pools(Result[PooledSeries]):
    """Pooled series of polls, in order of path and topic."""


@dataclass(frozen=True, slots=True)
class _Used:
    """A figure as it is pooled: shares 0..1, months as numbers, and the share without a view (NaN: not printed)."""

    poll: Poll
    low: float
    high: float
    first: int
    last: int
    house: tuple[str, str]
    no_view: float

    @property
    def mode(self) -> str:
        """How it was asked."""
        return self.poll.mode or NOT_STATED


def pool_polls(study: StudyData, *, level: float = 0.9) -> Pools:
    """Pool every series of two or more figures, by months. Needs polls with a path and a topic.

    Linear in polls but for the pooling itself.
    """
    polls = study.polls.rows(study.open_rows("polls"))
    no_view = _without_view(polls)
    several = frozenset(one.id for one in study.declared.poll_questions if one.multiple)
    groups: dict[_Key, list[Poll]] = {}
    for poll in polls:
        key = _key(poll, several)
        if key is not None:
            groups.setdefault(key, []).append(poll)
    found = (_pooled(study, key, groups[key], no_view, level) for key in sorted(groups))
    rows = [row for row in found if row is not None]
    parameters: dict[str, object] = {
        "level": level,
        "design effect": pooling.DESIGN_EFFECT,
        "sample where none is printed": pooling.UNKNOWN_N,
    }
    sources = [source for row in rows for source in row.sources]
    method = "random walk on logits with house and mode effects, variances integrated over"
    return Pools(tuple(rows), note(study, method, parameters, None, sum(row.n for row in rows), sources))


def _key(poll: Poll, several: Collection[str]) -> _Key | None:
    """What tells a series: path and quality, or path, topic, question and answer; None of a figure that is no share.

    A quality that was asked for with ``several`` answers to choose from is a series of that question alone, since what is
    named among several is named less often.
    """
    no_share = poll.relation == "change" or poll.unit == "points" or (poll.unit == "ratio" and poll.share > 1)
    if poll.path is None or poll.topic is None or no_share or not has_view(poll.answer):
        return None
    alike = poll.topic.kind == "quality" and poll.question not in several
    return str(poll.path), poll.topic.text, "" if alike else poll.question, "" if alike else poll.answer


def _percent(poll: Poll) -> float:
    return poll.share * (100.0 if poll.unit == "ratio" else 1.0)


def _asked(poll: Poll) -> tuple[str, ...]:
    """What is asked once: a survey, question, population, base and field time."""
    return poll.survey, poll.question, poll.population, poll.base, poll.fielded.text


def _without_view(polls: Iterable[Poll]) -> dict[tuple[str, ...], float]:
    """The share (0..1) without a view wherever it is printed exactly: of one answer once, of several their sum."""
    found: dict[tuple[str, ...], dict[str, float]] = {}
    for poll in polls:
        if not has_view(poll.answer) and poll.relation == "=" and poll.unit != "points":
            found.setdefault(_asked(poll), {}).setdefault(poll.answer, _percent(poll) / 100)
    return {asked: sum(answers.values()) for asked, answers in found.items()}


def _once(polls: Sequence[Poll]) -> list[Poll]:
    """Each figure once, of one that is printed more than once the exact, then the finest, then the first in the file."""
    best: dict[tuple[str, ...], Poll] = {}
    rank = {"=": 0, "~": 1}
    for poll in sorted(polls, key=lambda one: (rank.get(one.relation, 2), half_unit(one.share, one.printed), one.line)):
        best.setdefault((*_asked(poll), poll.answer), poll)
    return sorted(best.values(), key=lambda one: (one.fielded.lo, one.fielded.hi, one.line))


def _month(day: int) -> int:
    found = date.fromordinal(day)
    return found.year * 12 + found.month - 1


def _pooled(
    study: StudyData, key: _Key, polls: Sequence[Poll], no_view: Mapping[tuple[str, ...], float], level: float
) -> PooledSeries | None:
    """One series; None where fewer than two figures can be pooled."""
    distinct = _once(polls)
    used = [one for one in (_use(study, poll, no_view) for poll in distinct) if one is not None]
    if len(used) < 2:
        return None
    houses = _numbered(one.house for one in used)
    voices = _numbered(one.house[0] for one in used)
    modes = _numbered(one.mode for one in used)
    found = pooling.pool(
        pooling.polls(
            [one.first for one in used],
            [one.low for one in used],
            [houses[one.house] for one in used],
            last=[one.last for one in used],
            high=[one.high for one in used],
            size=[one.poll.n or math.nan for one in used],
            mode=[modes[one.mode] for one in used],
            origin=[voices[one.house[0]] for one in used],
            dont_know=[one.no_view for one in used],
        ),
        step=1 / 12,
        level=level,
        rounding=max(2 * half_unit(one.poll.share, one.poll.printed) for one in used) / 100,
    )
    counts = (len(houses), len(voices), len(polls) - len(distinct), len(distinct) - len(used))
    return _series(used, found, tuple(modes), key, counts)


def _numbered(things: Iterable[T]) -> dict[T, int]:
    """Numbers for things, in order of first appearance."""
    numbers: dict[T, int] = {}
    for one in things:
        numbers.setdefault(one, len(numbers))
    return numbers


def _use(study: StudyData, poll: Poll, no_view: Mapping[tuple[str, ...], float]) -> _Used | None:
    """A figure as it is pooled; None where its time is open, or it and those without a view exceed the whole."""
    low, high = (end / 100 for end in bounds(_percent(poll), poll.relation))
    without = no_view.get(_asked(poll), math.nan)
    if poll.fielded.lo == OPEN_LO or poll.fielded.hi == OPEN_HI or without >= 1 or low > 1 - without + _SLACK:
        return None
    house = (poll.pollster or study.voice(poll.source), poll.question)
    return _Used(poll, low, high, _month(poll.fielded.lo), _month(poll.fielded.hi), house, without)


def _series(
    used: Sequence[_Used], found: Pooled, modes: Sequence[str], key: _Key, counts: tuple[int, int, int, int]
) -> PooledSeries:
    houses, voices, retold, left_out = counts
    return PooledSeries(
        path=key[0], topic=key[1], answer=key[3],
        questions=tuple(dict.fromkeys(one.poll.question for one in used)),
        lines=tuple(_line(part, used, modes) for part in found.parts), comparable=found.comparable, because=found.reason,
        n=found.n, houses=houses, voices=voices, no_view_excluded=found.dont_know_excluded,
        no_view_unknown=found.dont_know_unknown, retold=retold, left_out=left_out,
        records=tuple(one.poll.id for one in used), sources=tuple(sorted({one.poll.source for one in used})),
    )  # fmt: skip


def _line(part: PoolPart, used: Sequence[_Used], modes: Sequence[str]) -> PooledLine:
    names = [modes[code] for code in part.modes]
    mine = [one for one in used if one.mode in names]
    line = part.series
    months = line.times.tolist()
    seen = {month for one in mine for month in range(one.first, one.last + 1)} | set(months[:1]) | set(months[-1:])
    keep = [i for i, month in enumerate(months) if month in seen or month % 12 == 0]
    mean, low, high = line.mean.tolist(), line.low.tolist(), line.high.tolist()
    return PooledLine(
        modes=tuple(names),
        reference=modes[part.reference],
        shifts=tuple(
            ModeShift(modes[one.mode], Estimate(one.mean, one.low, one.high, line.level, line.n, line.voices))
            for one in part.offsets
        ),
        drawn=line.drawn,
        because=line.reason,
        months=tuple(_name(months[i]) for i in keep),
        estimates=tuple(Estimate(mean[i], low[i], high[i], line.level, line.n, line.voices) for i in keep),
        points=_points(part, mine),
    )


def _points(part: PoolPart, used: Sequence[_Used]) -> tuple[PollPoint, ...]:
    """The figures of one line, in the order in which they were given to the core."""
    seen, level = part.series.points, part.series.level
    reach = NormalDist().inv_cdf((1 + level) / 2) * seen.error
    exact = seen.low == seen.high
    middle = np.where(exact, seen.low, np.nan)
    low = np.where(exact, np.maximum(seen.low - reach, 0.0), seen.low)
    high = np.where(exact, np.minimum(seen.high + reach, 1.0), seen.high)
    bands = zip(middle.tolist(), low.tolist(), high.tolist(), strict=True)
    return tuple(
        PollPoint(
            one.poll.id, _name(one.first), _name(one.last), one.house[0], one.mode, math.isnan(ends[0]),
            Estimate(*ends, level, 1, 1),
        )
        for one, ends in zip(used, bands, strict=True)
    )  # fmt: skip


def _name(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"

"""Silence: topics of which one group speaks and another does not in the same time, tested against how much was said there.

A *mention* is a holder speaking of a topic at a time, as one voice tells it: rows that repeat it count once. Statements of any
depth and moves on an issue are mentions; answers to polls are not, for who is asked does not choose the topic. Each group is
set against all others of its kind:

- ``sides``: a side against the other sides. Of a quality only what is seen in another side counts, whichever side that is.
- ``layers``: a layer of a side against its other layers.
- ``stages``: what a side said in public against what it said in private, and the reverse (where ``stage`` is given).
- ``sources``: what one kind of source tells against the other kinds.

Statements are what coders wrote down, and a voice that never speaks of a topic in the whole study cannot show that somebody
was silent on it: only voices that do are counted, on both sides. A group of which nothing is recorded then is a gap in the
frame and no silence. The test is :func:`rashomon.measuring.statistics.absence.chance_of_none`. Adjusted (Holm) are all tests
that could have come out, those of topics on which both groups speak among them (Tarone 1990, *Biometrics* 46).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.relations import periods_of
from rashomon.measuring.silences.mentioning import Kind, Mentions, gather_mentions
from rashomon.measuring.statistics.absence import (
    chance_of_none,
    effective,
    greatest_share,
    likeness,
    needed,
    share_band,
)
from rashomon.measuring.statistics.grouping import distinct
from rashomon.measuring.statistics.judging import LEAST_VOICES
from rashomon.measuring.statistics.permuting import holm
from rashomon.study import Estimate, Result, StudyData
from rashomon.study.provenance import note
from rashomon.texts import adjusted_p, written_p

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

KINDS: Final[tuple[Kind, ...]] = ("sides", "layers", "stages", "sources")
SHOWN: Final = 50
"""How many ids of records a row names at most; its ``n`` counts them all."""


@dataclass(frozen=True, slots=True)
class Silence:
    """One topic on which one group is not on record in a time, while others of its ``kind`` are.

    ``silent``: a side, a layer, "public" or "private", or a kind of source; ``side``: whose layer or stage it is. ``share``: the
    topic's share in what the others said. ``said``: mentions of all topics by the silent group, ``effective``: independent ones
    they are worth, of ``voices`` that speak of the topic somewhere in the study; ``most``: the share it may have and yet be on
    record with none. ``p``: chance of none; ``p_holm``: adjusted for ``tests``. ``needed``: how many more independent mentions
    without the topic would bring ``p`` to the level (NaN: not asked, inf: no number would do). ``verdict``: silent, perhaps
    silent (only before the adjustment), undetermined, or nothing recorded (then ``topic`` is "", and it is no silence).
    ``n`` mentions of the others, with the first ``records`` and their ``sources``.
    """

    kind: str
    period: str
    side: str
    silent: str
    topic: str
    share: Estimate
    said: int
    effective: float
    voices: int
    most: float
    p: float
    p_holm: float
    tests: int
    needed: float
    verdict: str
    because: str
    n: int
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that an audience was kept from, or shown (``how``), as access.csv has it.

    ``since`` and ``until`` as written: "" is open (from the first; for good). ``line``: of the entry in access.csv.
    """

    record: str
    audience: str
    how: str
    since: str
    until: str
    by: str
    source: str
    locator: str
    note: str
    line: int


@dataclass(frozen=True)
class Silences(Result[Silence]):
    """Silences, and in ``kept`` the records that somebody was kept from or shown. ``rho``: how alike what one voice tells is."""

    kept: tuple[Kept, ...] = ()
    rho: float = math.nan


def measure_silences(study: StudyData, *, level: float = 0.9) -> Silences:
    """Every topic × group × period without a mention where others have one; see the module.

    O(n log n) in mentions, and linear in topics × groups × periods.
    """
    said = gather_mentions(study)
    alike = likeness(said.side, said.voice, said.topic)
    asking = _Asking(study, said, alike.rho, level)
    rows = [row for kind in KINDS for row in asking.rows(kind)]
    judged = _judged(rows, asking.possible, level)
    parameters: dict[str, object] = {
        "level": level, "intraclass correlation": alike.rho, "groups it comes from": alike.groups,
        "least voices": LEAST_VOICES,
    }  # fmt: skip
    method = "Fisher's exact test on counts made effective by voice (Rao & Scott 1992), Holm-adjusted"
    about = note(study, method, parameters, None, len(said), said.told_by())
    return Silences(judged, about, tuple(_kept(study)), alike.rho)


def _judged(rows: list[Silence], possible: int, level: float) -> tuple[Silence, ...]:
    """Rows with adjusted p-values and verdicts; ``possible``: tests that could have come out, on which both groups spoke."""
    bar = 1.0 - level + 1e-12
    tried = [row.p if row.p <= bar else math.nan for row in rows]
    adjusted = holm([*tried, *([1.0] * possible)])
    tests = possible + sum(not math.isnan(p) for p in tried)
    return tuple(_verdict(row, p, tests, bar) for row, p in zip(rows, adjusted[: len(rows)], strict=True))


def _verdict(row: Silence, p_holm: float, tests: int, bar: float) -> Silence:
    if row.because:
        return row
    if math.isnan(p_holm):
        return replace(row, verdict="undetermined", because=_too_little(row))
    said = f"{row.said} mentions of all topics, told by {row.voices} voices, hold none"
    because = f"{said}, by chance with {adjusted_p(row.p, p_holm, tests)}"
    verdict = "silent" if p_holm <= bar else "perhaps silent"
    return replace(row, p_holm=p_holm, tests=tests, verdict=verdict, because=because, needed=math.nan)


def _too_little(row: Silence) -> str:
    head = f"too little said to tell: none in {row.said} mentions is no rarer than {written_p(row.p)}"
    if math.isinf(row.needed):
        return f"{head}, and no number of them would do"
    return f"{head}; {math.ceil(row.needed)} more of independent voices without it would make it perhaps silent"


# the questions


@dataclass(frozen=True, eq=False)
class _Part:
    """Mentions of one kind of comparison in one period and stratum (``side``): their places (m,), group and topic of each, and
    which voices speak of which topics anywhere in the study (T, V).
    """

    kind: Kind
    period: str
    side: str
    at: Ints
    group: Ints
    topic: Ints
    knows: Any


class _Asking:
    def __init__(self, study: StudyData, said: Mentions, rho: float, level: float) -> None:
        self.study, self.said, self.rho, self.level = study, said, rho, level
        self.possible = 0

    def rows(self, kind: Kind) -> Iterator[Silence]:
        """Rows of one kind of comparison, period by period; counts the tests on which both groups spoke."""
        split, said = self.said.split(kind), self.said
        told = (split.stratum >= 0) & (split.group >= 0) & (split.topic >= 0)
        first, _ = distinct(split.stratum[told], split.group[told])
        peopled = list(zip(split.stratum[told][first].tolist(), split.group[told][first].tolist(), strict=True))
        knows = self._knows(split.topic)
        for period, (lo, hi) in periods_of(self.study).items():
            inside = told & (said.lo <= hi) & (said.hi >= lo)
            for stratum in sorted({one for one, _ in peopled}):
                at = np.flatnonzero(inside & (split.stratum == stratum))
                part = _Part(kind, period, split.strata[stratum], at, split.group[at], split.topic[at], knows)
                groups = [number for where, number in peopled if where == stratum]
                for silent in groups if len(at) and len(groups) > 1 else ():
                    yield from self._of_group(part, silent, split.groups[silent])

    def _of_group(self, part: _Part, silent: int, name: str) -> Iterator[Silence]:
        mine = part.group == silent
        if not mine.any():
            yield _gap(part, name, self.level)
            return
        found = self._counts(part, mine)
        absent = (found.k_silent == 0) & (found.k > 0)
        spoken = (found.k_silent > 0) & (found.voices >= LEAST_VOICES)
        self.possible += int(np.count_nonzero(spoken & (found.least_p <= 1.0 - self.level)))
        short = needed(found.speaking, found.on_topic, 1.0 - self.level)
        order = np.argsort(part.topic[~mine], kind="stable")
        others, topics = part.at[~mine][order], part.topic[~mine][order]
        for topic in np.flatnonzero(absent).tolist():
            a, b = np.searchsorted(topics, [topic, topic + 1]).tolist()
            yield self._row(part, name, found, topic, np.sort(others[a:b]), float(short[topic]))

    def _counts(self, part: _Part, mine: Bools) -> _Counts:
        """Counts of the silent group and of the others by topic (T,), over the voices that speak of it somewhere."""
        knows, voices = part.knows, len(self.said.voices)
        here, there = (np.bincount(self.said.voice[part.at[one]], minlength=voices) for one in (mine, ~mine))
        n_topics = knows.shape[0]
        k_silent, k = (np.bincount(part.topic[one], minlength=n_topics).astype(np.float64) for one in (mine, ~mine))
        n, total = knows @ here.astype(np.float64), knows @ there.astype(np.float64)
        silent, speaking = knows @ effective(here, self.rho), knows @ effective(there, self.rho)
        shrink = np.divide(speaking, total, out=np.ones_like(total), where=total > 0)
        origins = np.unique(self.said.origin[part.at[mine]]).size  # two voices that repeat one origin are one
        told = np.minimum(knows @ (here > 0).astype(np.float64), origins)
        return _Counts(k_silent, k, n, silent, speaking, k * shrink, told, (k + k_silent) * shrink)

    def _knows(self, topic: Ints) -> Any:
        """(T, V) which voices speak of which topic anywhere in the study, as a sparse matrix of 0 and 1."""
        from scipy.sparse import csr_array

        shape = (len(self.said.topics), len(self.said.voices))
        at = np.flatnonzero(topic >= 0)
        at = at[distinct(topic[at], self.said.voice[at])[0]]
        return csr_array((np.ones(len(at)), (topic[at], self.said.voice[at])), shape=shape)

    def _row(
        self, part: _Part, name: str, found: _Counts, topic: int, at: Ints, short: float
    ) -> Silence:
        said, voices, silent = int(found.n[topic]), int(found.voices[topic]), float(found.silent[topic])
        k, speaking = float(found.on_topic[topic]), float(found.speaking[topic])
        low, high = (float(one) for one in share_band(k, speaking, self.level))
        told = self.said.independent(at)
        band = (low, high) if told >= LEAST_VOICES else (math.nan, math.nan)
        because = ""
        if voices < LEAST_VOICES:
            who = "no voice" if voices == 0 else "one voice only"
            because = f"of those who speak of it anywhere {who} tells of the group then"
        records, sources = self.said.records(self.study, at[:SHOWN]), self.said.told_by(at)
        return Silence(
            kind=part.kind, period=part.period, side=part.side, silent=name, topic=self.said.topics[topic],
            share=Estimate(k / speaking, *band, self.level, len(at), told), said=said, effective=silent, voices=voices,
            most=float(greatest_share(silent, self.level)), p=float(found.p[topic]), p_holm=math.nan, tests=0,
            needed=max(short - silent, 0.0), verdict="undetermined", because=because, n=len(at), sources=sources, records=records,
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Counts:
    """By topic (T,): mentions by the silent (``k_silent``) and by the others (``k``); ``n`` mentions of all topics by the silent,
    what they are worth (``silent``), what those of the others are worth (``speaking``; ``on_topic``), and the ``voices`` that
    tell of the silent. ``on_both``: what all mentions on the topic would be worth among the others.
    """

    k_silent: Floats
    k: Floats
    n: Floats
    silent: Floats
    speaking: Floats
    on_topic: Floats
    voices: Floats
    on_both: Floats

    @cached_property
    def p(self) -> Floats:
        """The chance of none; 1 where fewer voices than needed tell."""
        return np.where(self.voices >= LEAST_VOICES, chance_of_none(self.silent, self.speaking, self.on_topic), 1.0)

    @property
    def least_p(self) -> Floats:
        """The least that the test could have given, had the others said all that both say on the topic."""
        return chance_of_none(self.silent, self.speaking, np.minimum(self.on_both, self.speaking))


def _gap(part: _Part, name: str, level: float) -> Silence:
    nan = math.nan
    return Silence(
        part.kind, part.period, part.side, name, "", Estimate(nan, nan, nan, level, 0, 0), 0, 0.0, 0, 1.0, nan, nan, 0, nan,
        "nothing recorded", "nothing that it said then is recorded: a gap in the frame, not a silence", 0, (), (),
    )  # fmt: skip


def _kept(study: StudyData) -> Iterator[Kept]:
    """Entries of access; an end that the view's day cannot know of is not told."""
    last = math.inf if study.day is None else study.day
    for row in study.access.rows(study.open_rows("access")):
        since = row.from_.text if row.from_ is not None else ""
        until = row.until.text if row.until is not None and row.until.hi <= last else ""
        yield Kept(row.record, row.audience, row.how, since, until, row.by, row.source, row.locator, row.note, row.line)


__all__ = ["Kept", "Silence", "Silences", "measure_silences"]

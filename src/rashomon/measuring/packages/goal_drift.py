"""Goal drift: does a demand outlive what it served?

A ``serves`` link says that one record (the means, such as a demand) serves another (the aim). What a record holds was held
whenever any record says so: statements of the same path, verbs, topic and stance, or policies of one author and title, are
taken together. The measure compares the last day on which the means was held with the day on which the aim ended:

- A time held throughout puts the last day at its end; one held on some day, or an approximate one, anywhere within it. The
  last day of several is bounded by the greatest of their lower and of their upper bounds.
- The aim's end is *dated* where its latest evidence is a stretch whose end the study gives, before the end of what the study
  covers; *reversed* where a later record of the same holder on the same topic excludes it, and then it lies between the
  aim's last evidence and the first day of that record; and else *not evidenced*: that nothing more is heard of an aim does
  not show that it was given up. An act is no aim held, and never ends.

The means outlives the aim (*drift*) where it was held after the aim ended, whatever the days in question; *no drift* where it
was not, or where the aim is on record for as long; and else it is *undetermined*.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.misperception import compatible_positions
from rashomon.measuring.records.comparing import AGAINST, relate
from rashomon.measuring.statistics.grouping import distinct
from rashomon.study import NO_STANCE, Clause, Link, Result, StudyData, When, format_day
from rashomon.study.provenance import note

DRIFT, NO_DRIFT, UNDETERMINED = "drift", "no drift", "undetermined"
DATED, REVERSED, NOT_EVIDENCED = "dated", "reversed", "not evidenced"
NAN: Final = float("nan")
YEAR: Final = 365.25

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reach:
    """How long something is known to have been held: its last day lies in ``last_lo``..``last_hi``.

    ``first_lo`` is the first day it can have been held; ``dated``: its latest evidence is a stretch with a given end.
    """

    first_lo: int
    last_lo: int
    last_hi: int
    dated: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How long a means outlived its aim: between ``low`` and ``high`` days (NaN: no bound), and what follows."""

    verdict: str
    end: str
    low: float
    high: float


# the core


def reach(times: Sequence[When], horizon: int) -> Reach | None:
    """How long something was held, by its times, as far as ``horizon``; None where all of them lie after it."""
    seen = [time for time in times if time.lo <= horizon]
    if not seen:
        return None
    least = max(time.lo if time.within or time.approximate else min(time.hi, horizon) for time in seen)
    most = max(min(time.hi, horizon) for time in seen)
    stretches = [time.hi for time in seen if not time.within and time.lo < time.hi]
    dated = max(stretches, default=-1) == most < horizon
    return Reach(min(time.lo for time in seen), least, most, dated)


def drift(means: Reach, aim: Reach, reversals: Iterable[tuple[int, int]] = ()) -> Outcome:
    """Whether the means outlived the aim. ``reversals``: bounds of the first day of each record that excludes the aim."""
    later = [latest for earliest, latest in reversals if earliest > aim.last_hi]
    ended, end = (aim.last_lo, aim.last_hi), DATED
    if not aim.dated:
        ended, end = (aim.last_lo, min(later, default=0)), REVERSED if later else NOT_EVIDENCED
    high = float(means.last_hi - ended[0])
    low = NAN if end == NOT_EVIDENCED else float(means.last_lo - ended[1])
    if high <= 0:
        return Outcome(NO_DRIFT, end, low, high)
    return Outcome(DRIFT if low > 0 else UNDETERMINED, end, low, high)


# the measure


@dataclass(frozen=True, slots=True)
class GoalDrift:
    """A means and the aim it serves, by a link of ``by``.

    ``means_held`` and ``aim_held`` are the first day each can have been held, and the bounds of the last. ``end``: how the
    aim's end is known (dated, reversed, not evidenced). The means was held ``low``..``high`` years after the aim had ended
    (negative: it ended before; NaN: no bound). ``means_records`` and ``aim_records`` tell them, ``reversed_by`` excludes the
    aim. ``n`` of these records, of ``voices`` independent voices.
    """

    means: str
    aim: str
    by: str
    means_said: str
    aim_said: str
    means_held: tuple[str, str, str]
    aim_held: tuple[str, str, str]
    end: str
    low: float
    high: float
    verdict: str
    because: str
    n: int
    voices: int
    means_records: tuple[str, ...]
    aim_records: tuple[str, ...]
    reversed_by: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class GoalDrifts(Result[GoalDrift]):
    """What became of every means that is said to serve an aim."""


@dataclass(frozen=True)
class _Told:
    """What one end of a link says, all that tells it, and what excludes it later."""

    said: str
    ids: tuple[str, ...]
    times: tuple[When, ...]
    told_by: tuple[tuple[str, str], ...]  # source and via of each
    holds: bool
    against: tuple[tuple[str, When, str, str], ...] = ()  # id, time, source and via of each record that excludes it


def measure_goal_drift(study: StudyData) -> GoalDrifts:
    """Compare each means with the aim it serves. Needs ``serves`` links between open records.

    O(n log n) in the open statements on the topics concerned, and linear in links and what they gather.
    """
    links = study.links
    at = study.open_rows("links")
    served = links.rows(at[links.kind.codes[at] == links.kind.code("serves")])
    teller = _Teller(study, [name for link in served for name in (link.from_, link.to)])
    horizon = study.declared.study.span.hi if study.day is None else min(study.day, study.declared.study.span.hi)
    rows = [row for link in served if (row := _row(study, link, teller, horizon)) is not None]
    sources = [source for row in rows for source in row.sources]
    about = note(study, "last day of the means less end of the aim", {}, None, sum(row.n for row in rows), sources)
    return GoalDrifts(tuple(rows), about)


def _row(study: StudyData, link: Link, teller: _Teller, horizon: int) -> GoalDrift | None:
    means, aim = teller.told(link.from_), teller.told(link.to)
    if means is None or aim is None:
        return None
    held, sought = reach(means.times, horizon), reach(aim.times, horizon)
    if held is None or sought is None:
        return None
    if not aim.holds:
        sought = Reach(sought.first_lo, sought.last_lo, sought.last_hi, False)
    begun = [_begun(one[1]) for one in aim.against]
    found = drift(held, sought, begun)
    against = [
        one for one, (lo, _) in zip(aim.against, begun, strict=True) if found.end == REVERSED and lo > sought.last_hi
    ]
    told = [*means.told_by, *aim.told_by, *((one[2], one[3]) for one in against)]
    told += [(link.source, "")] if link.source else []
    return GoalDrift(
        means=link.from_, aim=link.to, by=link.by, means_said=means.said, aim_said=aim.said, means_held=_days(held),
        aim_held=_days(sought), end=found.end, low=found.low / YEAR, high=found.high / YEAR, verdict=found.verdict,
        because=_because(found), n=len(means.ids) + len(aim.ids) + len(against),
        voices=study.independent_voices((one[0] for one in told), (one[1] for one in told)), means_records=means.ids,
        aim_records=aim.ids, reversed_by=tuple(one[0] for one in against),
        sources=tuple(sorted({source for source, _ in told})),
    )  # fmt: skip


def _begun(time: When) -> tuple[int, int]:
    """Bounds of the first day of a time."""
    return time.lo, time.hi if time.within or time.approximate else time.lo


def _days(found: Reach) -> tuple[str, str, str]:
    return format_day(found.first_lo), format_day(found.last_lo), format_day(found.last_hi)


def _because(found: Outcome) -> str:
    if found.verdict == NO_DRIFT:
        return "the means is not on record after the aim" + (" had ended" if found.end != NOT_EVIDENCED else "")
    if found.end == NOT_EVIDENCED:
        return "no record shows when, or whether, the aim was given up"
    how = "a later record excludes the aim" if found.end == REVERSED else "the aim's end is dated"
    if found.verdict == DRIFT:
        return f"{how}, and the means was held after it"
    return f"{how}, but the dates leave open which lasted longer"


# what the ends of links say


class _Teller:
    """Finds all that tells what a record tells. Statements on the topics of ``names`` are sorted once."""

    def __init__(self, study: StudyData, names: Sequence[str]) -> None:
        self.study = study
        self.compatible = compatible_positions(study)
        table, row = study.index.find(names)
        tables = [study.index.names[i] if i >= 0 else "" for i in table.tolist()]
        self.place = dict(zip(names, zip(tables, row.tolist(), strict=True), strict=True))
        self.open = {name: frozenset(study.open_rows(name).tolist()) for name in set(tables) - {"", "statements"}}
        statements = study.statements
        wanted = np.zeros(len(statements.topic.values), np.bool_)
        for name, at in self.place.values():
            if name == "statements":
                wanted[statements.topic.codes[at]] = True
        rows = study.open_rows("statements")
        rows = rows[wanted[statements.topic.codes[rows]]] if len(rows) else rows
        actors: dict[tuple[str, ...], int] = {}
        self.actors = statements.path.each(lambda path: actors.setdefault(path.actors, len(actors)), np.int64, -1)
        key = self._key(rows)
        order = np.argsort(key, kind="stable")
        self.rows, self.keys = rows[order].astype(np.int64), key[order]

    def _key(self, rows: Any) -> Ints:
        """One number for the actors and the topic of each statement row."""
        topic = self.study.statements.topic
        found: Ints = self.actors[rows] * (len(topic.values) + 1) + topic.codes[rows]
        return found

    def told(self, name: str) -> _Told | None:
        """All that tells what the record ``name`` tells; None where it is not open."""
        table, row = self.place[name]
        if table == "statements":
            return self._statements(row)
        if table == "packages":
            return self._package(name)
        if not table or row not in self.open[table]:
            return None
        one: Any = self.study.table(table).row(row)
        said = getattr(one, "kind", "") or getattr(one, "answer", "") or getattr(one, "title", "")
        return _Told(said, (one.id,), (one.when,), ((one.source, getattr(one, "via", "")),), False)

    def _statements(self, row: int) -> _Told | None:
        table = self.study.statements
        a, b = (int(np.searchsorted(self.keys, self._key(np.array([row]))[0], side)) for side in ("left", "right"))
        near = np.sort(self.rows[a:b])
        same = (table.path.codes[near] == table.path.codes[row]) & (table.stance.codes[near] == table.stance.codes[row])
        if row not in near[same]:
            return None
        path, topic, stance = table.path.of(row), table.topic.of(row), table.stance.get(row, NO_STANCE)
        later = near[table.when_lo[near] > table.when_hi[near[same]].max()]
        excluding = self._excluding(row, later)
        ones = near[same].tolist()
        return _Told(
            f"{path} {path.verb} {stance.text or topic.text}".rstrip(),
            tuple(table.id[i] for i in ones),
            tuple(table.when.of(i) for i in ones),
            tuple((table.source.of(i), table.via.get(i, "")) for i in ones),
            True,
            tuple((table.id[i], table.when.of(i), table.source.of(i), table.via.get(i, "")) for i in excluding),
        )

    def _excluding(self, row: int, others: Ints) -> list[int]:
        """Those of the other rows, of the same actors and topic, that exclude what ``row`` holds; asked once a claim."""
        table = self.study.statements
        if not len(others):
            return []
        mine, held = table.path.of(row).verb, table.stance.get(row, NO_STANCE)
        pairs = self.compatible.get(table.topic.of(row).text, frozenset())
        first, of = distinct(table.path.codes[others], table.stance.codes[others])
        signs = []
        for i in others[first].tolist():
            theirs = table.path.of(i).verb
            said = table.stance.get(i, NO_STANCE)
            signs.append(relate((mine.name, mine.negated), held, (theirs.name, theirs.negated), said, pairs))
        found: list[int] = others[np.array(signs)[of] == AGAINST].tolist()
        return found

    def _package(self, name: str) -> _Told | None:
        """A package, or all policies of one author and title."""
        table = self.study.packages
        first = table.id.row(name)
        if first not in self.open["packages"]:
            return None
        one = table.row(first)
        rows = [first]
        if one.kind == "policy":
            alike = (table.title.codes == table.title.codes[first]) & (table.author.codes == table.author.codes[first])
            policy = table.kind.codes == table.kind.codes[first]
            rows = [i for i in np.flatnonzero(alike & policy).tolist() if i in self.open["packages"]]
        parts: dict[str, Clause] = {}
        for clause in table.rows(rows):
            parts.setdefault(clause.id, clause)
        return _Told(
            one.title,
            tuple(parts),
            tuple(part.when for part in parts.values()),
            tuple((part.source, "") for part in parts.values()),
            one.kind == "policy",
        )

"""How far packages stand from each side's own stances at the time: proposals, drafts, agreements and policies.

For each clause, and each side that takes a stance on the clause's issue, the stances are those that actors of the side held
as their own (statements of depth one and moves; not what they merely accept, reject or fear) at times that overlap with the
package's. Where the issue's positions are placed on 0..1, the distance is that of the two places, averaged over the stances
of each voice and then over voices, so that a voice counts once; its ``low`` and ``high`` are the least and greatest distance
of any of the stances, and no band of probability. Where positions have no place, only whether they are the same is told.
There is no distance where the side takes no stance at that time. Packages themselves are no stances here, so that no
package is compared with itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.misperception import compatible_positions
from rashomon.measuring.packages.policies import apart
from rashomon.measuring.records.comparing import AGAINST, FOR, role, same_stance
from rashomon.measuring.records.evidence import MOVE_VERBS, Numbers
from rashomon.measuring.statistics.grouping import groups
from rashomon.study import Clause, Path, Result, Stance, StudyData
from rashomon.study.provenance import note

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Pairs = frozenset[frozenset[str]]

LISTED: Final = 100
"""How many ids a row names at most."""
_PAIRS: Final = 1_000_000  # of a clause and a stance at a time, at most: they are arrays
HOLDING: Final = frozenset({"goal", "claim"})
NAN: Final = float("nan")


@dataclass(frozen=True, eq=False)
class Stances:
    """Stances of one side on one issue, as arrays (n,) in the order of the study: days, and whether held throughout them.

    ``stance`` counts the distinct ``stances``; ``voice`` and ``origin`` are codes, ``source`` the place among the ``sources``
    (ids, in their order). ``ids`` are the records'.
    """

    stances: tuple[Stance, ...]
    sources: NDArray[np.object_]
    stance: Ints
    lo: Ints
    hi: Ints
    sure: Bools
    voice: Ints
    origin: Ints
    source: Ints
    ids: NDArray[np.object_]

    def overlapping(self, lo: int, hi: int) -> NDArray[np.intp]:
        """Places (ascending) of those that can have been held between two days; only those near in time are looked at."""
        order, begins, reached = self._in_time
        near = order[np.searchsorted(reached, lo) : np.searchsorted(begins, hi, "right")]
        return np.sort(near[self.hi[near] >= lo])

    @cached_property
    def _in_time(self) -> tuple[NDArray[np.intp], Ints, Ints]:
        """Places by first day, these days, and the last day that each or any before it reaches."""
        order = np.argsort(self.lo, kind="stable")
        return order, self.lo[order], np.maximum.accumulate(self.hi[order])


@dataclass(frozen=True, eq=False)
class Distances:
    """Mean distances (n,) over voices, with the least and greatest of any stance; NaN where nothing is placed."""

    mean: Floats
    low: Floats
    high: Floats


# the core


def distances(least: Floats, greatest: Floats, voice: Ints, clause: Ints, n: int) -> Distances:
    """For each of n clauses the mean over voices of each voice's mean distance. O(p log p).

    ``least`` and ``greatest`` (p,) bound the distance of a stance from its ``clause`` (p,; codes in ascending order), which
    ``voice`` (p,; codes) takes; NaN where it has no place.
    """
    mean, low, high = np.full((3, n), NAN)
    placed = ~np.isnan(least)
    least, greatest, voice, clause = least[placed], greatest[placed], voice[placed], clause[placed]
    there, starts = np.unique(clause, return_index=True)
    if len(there):
        width = int(voice.max()) + 1
        takers, taker = np.unique(clause * width + voice, return_inverse=True)
        each = np.bincount(taker, (least + greatest) / 2) / np.bincount(taker)
        mean[there] = np.bincount(takers // width, each, n)[there] / np.bincount(takers // width, minlength=n)[there]
        low[there], high[there] = np.minimum.reduceat(least, starts), np.maximum.reduceat(greatest, starts)
    return Distances(mean, low, high)


# the measure


@dataclass(frozen=True, slots=True)
class ClauseDistance:
    """One clause of a package against one side's stances on its issue in that time.

    ``distance`` (0..1, or NaN), with ``low`` and ``high``. Of ``n`` stances of ``voices`` independent voices ``same`` take the
    clause's position, ``different`` exclude it, and the rest say neither; ``sure`` of them surely overlap in time. ``records``
    are the first 100 of them in the order of the study.
    """

    package: str
    clause: str
    title: str
    kind: str
    when: str
    authors: tuple[str, ...]
    issue: str
    position: str
    given: str
    side: str
    distance: float
    low: float
    high: float
    same: int
    different: int
    sure: int
    n: int
    voices: int
    because: str
    records: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackageDistance:
    """A whole package against one side: ``distance`` is the mean over the ``placed`` of its ``clauses`` that have one.

    Counted are the clauses on issues on which the side takes a stance at any time. On ``met`` clauses all of the side's
    stances that say anything are the clause's own; on ``opposed`` all exclude it; on ``mixed`` they are divided. On the
    rest it says nothing in that time.
    """

    package: str
    title: str
    kind: str
    when: str
    side: str
    distance: float
    clauses: int
    placed: int
    met: int
    opposed: int
    mixed: int
    n: int


@dataclass(frozen=True)
class PackageDistances(Result[ClauseDistance]):
    """Clauses against sides, and whole ``packages`` against sides."""

    packages: tuple[PackageDistance, ...] = ()


def measure_packages(study: StudyData) -> PackageDistances:
    """The distance between packages and each side's stances. Needs packages, and statements or moves with a stance.

    O(n log n) in records, and linear in clauses × the stances on their issue that begin near them.
    """
    clauses = [one for one in study.packages.rows(study.open_rows("packages")) if one.stance.kind != "none"]
    held = own_stances(study, {one.issue for one in clauses})
    compatible = compatible_positions(study)
    by_issue: dict[str, list[int]] = {}
    for place, clause in enumerate(clauses):
        by_issue.setdefault(clause.issue, []).append(place)
    found: list[list[ClauseDistance]] = [[] for _ in clauses]
    for issue, places in by_issue.items():
        for side, stances in held.get(issue, {}).items():
            step = max(1, _PAIRS // len(stances.ids))
            for some in (places[i : i + step] for i in range(0, len(places), step)):
                mine = _Clauses([clauses[place] for place in some], side, stances, compatible.get(issue, frozenset()))
                for place, row in zip(some, mine.rows(), strict=True):
                    found[place].append(row)
    rows = [row for one in found for row in one]
    sources = set[str]().union(*(row.sources for row in rows))
    about = note(study, "distance of places, mean over voices", {}, None, len(rows), sources)
    return PackageDistances(tuple(rows), about, tuple(_packages(rows)))


# the stances of each side


def own_stances(study: StudyData, issues: Collection[str]) -> dict[str, dict[str, Stances]]:
    """The stances that each side's actors hold as their own on these issues, issue → side, sides in their declared order."""
    numbers = _Numbers(study)
    named = [one.id for one in study.declared.issues if one.id in issues], [one.id for one in study.declared.sides]
    issue_of, side_of = ({name: i for i, name in enumerate(names)} for names in named)
    said, done = study.statements, study.moves
    holder = said.path.each(lambda path: side_of[study.side_of(path.holder)] if _own(path) else -1, np.int64, -1)
    actor = done.actor.each(lambda name: side_of[study.side_of(name)], np.int64, -1)
    takes = done.kind.each(lambda kind: kind in MOVE_VERBS and role(*MOVE_VERBS[kind]) in HOLDING, np.bool_, False)
    actor = np.where(takes, actor, -1)
    topic = said.topic.each(lambda topic: issue_of.get(topic.text, -1), np.int64, -1)
    issue = done.issue.each(lambda name: issue_of.get(name, -1), np.int64, -1)
    parts = [numbers.columns("statements", topic, holder), numbers.columns("moves", issue, actor)]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    found: dict[str, dict[str, Stances]] = {}
    for (which, side), at in groups(joined["issue"], joined["side"]):
        mine: dict[str, Any] = {name: column[at] for name, column in joined.items() if name not in ("issue", "side")}
        mine["stances"], mine["stance"] = numbers.stances(mine["stance"])
        found.setdefault(named[0][which], {})[named[1][side]] = Stances(sources=numbers.sources, **mine)
    return found


def _own(path: Path) -> bool:
    return path.depth == 1 and role(path.verb.name, path.verb.negated) in HOLDING


class _Numbers:
    """Reads the columns of :class:`Stances` from the tables, with numbers that these share."""

    def __init__(self, study: StudyData) -> None:
        self.study = study
        self.sources = np.array(sorted(one.id for one in study.declared.sources), object)
        self._place = {name: place for place, name in enumerate(self.sources.tolist())}
        self._tellers = Numbers[str]()
        self._stances = Numbers[Stance]()

    def columns(self, name: str, issue: Ints, side: Ints) -> dict[str, NDArray[Any]]:
        """The columns of the open rows of a table that have an ``issue`` and a ``side`` (codes of all its rows, else −1)."""
        table: Any = self.study.table(name)
        rows = self.study.open_rows(name)
        at = rows[(issue[rows] >= 0) & (side[rows] >= 0) & (table.stance.codes[rows] >= 0)]
        own = table.source.each(self._tellers, np.int64, -1)[at]
        behind = table.via.each(self._tellers, np.int64, -1)[at]
        return {
            "issue": issue[at],
            "side": side[at],
            "stance": table.stance.each(self._stances, np.int64, -1)[at],
            "lo": table.when_lo[at].astype(np.int64),
            "hi": table.when_hi[at].astype(np.int64),
            "sure": table.when.each(lambda when: not when.within, np.bool_, False)[at],
            "voice": table.source.each(lambda source: self._tellers(self.study.voice(source)), np.int64, -1)[at],
            "origin": np.where(behind >= 0, behind, own),
            "source": table.source.each(self._place.__getitem__, np.int64, -1)[at],
            "ids": np.array([table.id[i] for i in at.tolist()], object),
        }

    def stances(self, stance: Ints) -> tuple[tuple[Stance, ...], Ints]:
        """The distinct stances among these, and the place of each (n,) among them."""
        used, place = np.unique(stance, return_inverse=True)
        every = tuple(self._stances.of)
        return tuple(every[i] for i in used.tolist()), place


# clauses against them


class _Clauses:
    """The n clauses on one issue against one side's stances: p pairs of a clause and a stance that overlap in time."""

    def __init__(self, clauses: list[Clause], side: str, stances: Stances, compatible: Pairs) -> None:
        self.clauses, self.side, self.stances = clauses, side, stances
        met = [stances.overlapping(one.when.lo, one.when.hi) for one in clauses]
        sizes = np.array([len(at) for at in met])
        self.at = np.concatenate(met)
        self.clause = np.repeat(np.arange(len(clauses)), sizes)
        self.bounds = np.r_[0, np.cumsum(sizes)]
        positions: dict[Stance, int] = {}
        position = np.array([positions.setdefault(one.stance, len(positions)) for one in clauses])[self.clause]
        stance = stances.stance[self.at]
        ends = np.array([[apart(one, other) for other in stances.stances] for one in positions])
        signs = np.array([[same_stance(one, other, compatible) for other in stances.stances] for one in positions])
        self.ends, self.sign = ends[position, stance], signs[position, stance]

    def rows(self) -> Iterator[ClauseDistance]:
        """A row for each clause, in their order."""
        stances = self.stances
        found = distances(self.ends[:, 0], self.ends[:, 1], stances.voice[self.at], self.clause, len(self.clauses))
        voices, origins, sources = (
            self._distinct(column) for column in (stances.voice, stances.origin, stances.source)
        )
        counts = [self._count(which).tolist() for which in (self.sign == FOR, self.sign == AGAINST, self._sure())]
        bounds = self.bounds.tolist()
        for i, clause in enumerate(self.clauses):
            same, different, sure = (count[i] for count in counts)
            at, mean = self.at[bounds[i] : bounds[i + 1]], float(found.mean[i])
            yield ClauseDistance(
                package=clause.id, clause=clause.clause, title=clause.title, kind=clause.kind, when=clause.when.text,
                authors=clause.author, issue=clause.issue, position=clause.stance.text, given=clause.given,
                side=self.side, distance=mean, low=float(found.low[i]), high=float(found.high[i]), same=same,
                different=different, sure=sure, n=len(at), voices=min(len(voices[i]), len(origins[i])),
                because=_because(self.side, clause, len(at), mean), records=tuple(stances.ids[at[:LISTED]].tolist()),
                sources=tuple(stances.sources[sources[i]].tolist()),
            )  # fmt: skip

    def _count(self, which: Bools) -> Ints:
        """How many of each clause's pairs are so; (n,)."""
        return np.bincount(self.clause[which], minlength=len(self.clauses))

    def _distinct(self, column: Ints) -> list[Ints]:
        """The distinct codes, ascending, among the stances of each clause."""
        width = int(column.max()) + 1
        pairs = np.unique(self.clause * width + column[self.at])
        return np.split(pairs % width, np.searchsorted(pairs // width, np.arange(1, len(self.clauses))))

    def _sure(self) -> Bools:
        """Whether the stance of each pair surely overlaps with the clause in time (:func:`rashomon.study.overlap`)."""
        whens = [one.when for one in self.clauses]
        begin, end = (np.array([getattr(one, name) for one in whens])[self.clause] for name in ("lo", "hi"))
        whole = np.array([not one.within or one.lo == one.hi for one in whens])[self.clause]
        exact = np.array([not one.approximate for one in whens])[self.clause]
        lo, hi, throughout = self.stances.lo[self.at], self.stances.hi[self.at], self.stances.sure[self.at]
        inside = (begin <= lo) & (hi <= end)
        covers = (lo <= begin) & (end <= hi)
        return exact & np.where(whole, throughout | inside, throughout & covers)


def _because(side: str, clause: Clause, n: int, mean: float) -> str:
    if not n:
        return f"no stance of {side} on {clause.issue} is on record for that time"
    if mean != mean:  # NaN
        return "the positions have no place on a scale, so only same or different is told"
    return f"{n} stance{'s' * (n > 1)} of {side} in that time"


def _packages(rows: list[ClauseDistance]) -> Iterator[PackageDistance]:
    groups: dict[tuple[str, str], list[ClauseDistance]] = {}
    for row in rows:
        groups.setdefault((row.package, row.side), []).append(row)
    for (package, side), mine in groups.items():
        placed = [row.distance for row in mine if not np.isnan(row.distance)]
        yield PackageDistance(
            package=package, title=mine[0].title, kind=mine[0].kind, when=mine[0].when, side=side,
            distance=float(np.mean(placed)) if placed else NAN, clauses=len(mine), placed=len(placed),
            met=sum(bool(row.same and not row.different) for row in mine),
            opposed=sum(bool(row.different and not row.same) for row in mine),
            mixed=sum(bool(row.same and row.different) for row in mine), n=sum(row.n for row in mine),
        )  # fmt: skip

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

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.beliefs import compatible_positions
from rashomon.measuring.comparing import AGAINST, FOR, role, same_stance
from rashomon.measuring.evidence import MOVES, STATEMENTS, Records, gather, name_of
from rashomon.measuring.policies import Compatible, apart
from rashomon.measuring.provenance import note
from rashomon.study import Clause, Result, Stance, StudyData

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LISTED: Final = 100
"""How many ids a row names at most."""
HOLDING: Final = frozenset({"goal", "claim"})
NAN: Final = float("nan")


@dataclass(frozen=True, eq=False)
class Stances:
    """Stances of one side on one issue, as arrays (n,) in the order of the study: days, whether held throughout them, and the
    records' places. ``stance``, ``voice``, ``origin`` and ``source`` count from 0; ``stances`` are the distinct ones.
    """

    stances: tuple[Stance, ...]
    stance: Ints
    lo: Ints
    hi: Ints
    sure: NDArray[np.bool_]
    voice: Ints
    origin: Ints
    source: Ints
    record: Ints

    def counts(self, at: NDArray[np.intp]) -> Ints:
        """How often each voice takes each stance among those at ``at``; shape (voices, stances)."""
        width = len(self.stances)
        size = (int(self.voice.max(initial=-1)) + 1) * width
        return np.bincount(self.voice[at] * width + self.stance[at], minlength=size).reshape(-1, width).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Distance:
    """A mean distance over voices, with the least and greatest of any stance; NaN where nothing is placed."""

    mean: float
    low: float
    high: float


# the core


def distance(least: Floats, greatest: Floats, counts: Ints) -> Distance:
    """The mean over voices of each voice's mean distance.

    ``least`` and ``greatest`` (k,) bound the distance of each distinct stance; ``counts`` (v, k) says how often each voice
    takes it.
    """
    counts = np.where(np.isnan(least), 0, counts)
    taken, total = counts.sum(axis=0) > 0, counts.sum(axis=1)
    if not taken.any():
        return Distance(NAN, NAN, NAN)
    middle = np.where(taken, (least + greatest) / 2, 0.0)
    each = (counts @ middle)[total > 0] / total[total > 0]
    return Distance(float(each.mean()), float(least[taken].min()), float(greatest[taken].max()))


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


def measure_packages(study: StudyData, records: Records | None = None) -> PackageDistances:
    """The distance between packages and each side's stances. Needs packages, and statements or moves with a stance.

    ``records``: what :func:`rashomon.measuring.evidence.gather` found, where that is at hand. Linear in records, and in
    clauses × the stances on their issue.
    """
    found = gather(study) if records is None else records
    held = own_stances(study, found)
    compatible = compatible_positions(study)
    rows: list[ClauseDistance] = []
    for clause in study.packages.rows(study.open_rows("packages")):
        if clause.stance.kind != "none":
            rows += _clause(study, clause, held.get(clause.issue, {}), found, compatible)
    sources = [source for row in rows for source in row.sources]
    about = note(study, "distance of places, mean over voices", {}, None, len(rows), sources)
    return PackageDistances(tuple(rows), about, tuple(_packages(rows)))


def own_stances(study: StudyData, records: Records) -> dict[str, dict[str, Stances]]:
    """The stances that each side's actors hold as their own on each issue, issue → side, sides in their declared order."""
    issues = {one.id: i for i, one in enumerate(study.declared.issues)}
    sides = {one.id: i for i, one in enumerate(study.declared.sides)}
    group = np.full(len(records.keys) + 1, -1, np.int64)
    for (actors, topic), number in records.keys.items():
        if len(actors) == 1 and topic in issues:
            group[number] = issues[topic] * len(sides) + sides[study.side_of(actors[0])]
    holds = np.array([*(role(verb, negated) in HOLDING for verb, negated, _ in records.claims), False], np.bool_)
    said = np.isin(records.table, [STATEMENTS, MOVES])
    rows = np.flatnonzero(said & holds[records.claim] & (group[records.key] >= 0))
    rows = rows[np.argsort(group[records.key[rows]], kind="stable")]
    which = group[records.key[rows]]
    source = _source_codes(study, records)
    found: dict[str, dict[str, Stances]] = {}
    for part in np.split(rows, np.flatnonzero(which[1:] != which[:-1]) + 1) if len(rows) else []:
        issue, side = divmod(int(group[records.key[part[0]]]), len(sides))
        found.setdefault(list(issues)[issue], {})[list(sides)[side]] = _stances(records, part, source)
    return found


def _stances(records: Records, part: NDArray[np.intp], source: Ints) -> Stances:
    def dense(codes: Ints) -> Ints:
        return np.unique(codes[part], return_inverse=True)[1].astype(np.int64)

    claims, claim = np.unique(records.claim[part], return_inverse=True)
    distinct: dict[Stance, int] = {}
    place = np.array([distinct.setdefault(records.claims[i][2], len(distinct)) for i in claims.tolist()], np.int64)
    return Stances(
        tuple(distinct), place[claim], records.lo[part], records.hi[part], records.sure[part], dense(records.voice),
        dense(records.origin), source[part], part.astype(np.int64),
    )  # fmt: skip


def _source_codes(study: StudyData, records: Records) -> Ints:
    """For each record the place of its source among the declared ones; −1 for records of other tables."""
    place = {one.id: i for i, one in enumerate(study.declared.sources)}
    found = np.full(len(records.row), -1, np.int64)
    for number, table in ((STATEMENTS, study.statements), (MOVES, study.moves)):
        mine = records.table == number
        found[mine] = table.source.each(lambda name: place[name], np.int64, -1)[records.row[mine]]
    return found


def _clause(
    study: StudyData, clause: Clause, held: Mapping[str, Stances], records: Records, compatible: Compatible
) -> Iterator[ClauseDistance]:
    pairs = compatible.get(clause.issue, frozenset())
    for side, stances in held.items():
        at = np.flatnonzero((stances.lo <= clause.when.hi) & (stances.hi >= clause.when.lo))
        ends = np.array([apart(clause.stance, one) for one in stances.stances], np.float64)
        signs = np.array([same_stance(clause.stance, one, pairs) for one in stances.stances], np.int64)
        counts = stances.counts(at)
        found = distance(ends[:, 0], ends[:, 1], counts)
        each = counts.sum(axis=0)
        shown = stances.record[at[:LISTED]].tolist()
        used = np.flatnonzero(np.bincount(stances.source[at])).tolist()
        yield ClauseDistance(
            package=clause.id, clause=clause.clause, title=clause.title, kind=clause.kind, when=clause.when.text,
            authors=clause.author, issue=clause.issue, position=clause.stance.text, given=clause.given, side=side,
            distance=found.mean, low=found.low, high=found.high, same=int(each[signs == FOR].sum()),
            different=int(each[signs == AGAINST].sum()), sure=_surely(stances, at, clause), n=len(at),
            voices=min(int((counts.sum(axis=1) > 0).sum()), int((np.bincount(stances.origin[at]) > 0).sum())),
            because=_because(side, clause, len(at), found),
            records=tuple(name_of(study, int(records.table[i]), int(records.row[i])) for i in shown),
            sources=tuple(sorted(study.declared.sources[i].id for i in used)),
        )  # fmt: skip


def _surely(stances: Stances, at: NDArray[np.intp], clause: Clause) -> int:
    """How many of the stances at ``at`` surely overlap with the package in time (:func:`rashomon.study.overlap`)."""
    when = clause.when
    if when.approximate:
        return 0
    lo, hi, throughout = stances.lo[at], stances.hi[at], stances.sure[at]
    if not when.within or when.lo == when.hi:
        return int(np.count_nonzero(throughout | ((when.lo <= lo) & (hi <= when.hi))))
    return int(np.count_nonzero(throughout & (lo <= when.lo) & (when.hi <= hi)))


def _because(side: str, clause: Clause, n: int, found: Distance) -> str:
    if not n:
        return f"no stance of {side} on {clause.issue} is on record for that time"
    if np.isnan(found.mean):
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

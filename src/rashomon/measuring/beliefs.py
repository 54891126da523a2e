"""Beliefs about another, gathered into episodes, and the evidence that each is set against.

A belief is a statement of depth two or three, or a view of an issue that is declared to be about another side. Statements
that tell the same belief (path, verbs, topic, stance) over touching times make one *episode*. The evidence is the other's
own records on the same topic whose times overlap, and the records that the study links as supporting or refuting; a link is
its author's judgement, and counts as that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.comparing import relate, role
from rashomon.measuring.evidence import (
    MOVES,
    PACKAGES,
    POLLS,
    STATEMENTS,
    TABLES,
    TEXTS,
    Ints,
    Numbers,
    Records,
    distinct,
)
from rashomon.measuring.judging import expand
from rashomon.study import NO_STANCE, StudyData

ALWAYS = (-(2**31), 2**31 - 1)
LINK_STRENGTH = 1


@dataclass(frozen=True)
class Episodes:
    """n beliefs. ``row``: a statement that tells each; ``lo``..``hi``: days it is held (or spoken of, for a forecast);
    ``told``..: the statements that tell them, as (episode, statement row) pairs sorted by episode.
    """

    row: Ints
    lo: Ints
    hi: Ints
    forecast: NDArray[np.bool_]
    told_episode: Ints
    told_row: Ints

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True)
class Pairs:
    """Evidence on beliefs, one entry a pair: episode, sign (+1, −1), strength, voice, origin, known, bound, whether the times
    surely overlap, whether it comes by a link, and the record (table, row).
    """

    episode: Ints
    sign: Ints
    strength: Ints
    voice: Ints
    origin: Ints
    known: Ints
    bound: Ints
    sure: NDArray[np.bool_]
    linked: NDArray[np.bool_]
    table: Ints
    row: Ints


def about_other(study: StudyData, rows: NDArray[np.intp]) -> tuple[Ints, NDArray[np.bool_]]:
    """For each statement row the number of its tail (the actors the belief is about), and whether it is such a belief.

    The tail of a path of two or three is all after the holder; of a view on an issue about another side, that side.
    """
    statements = study.statements
    tails: Numbers[tuple[str, ...]] = Numbers()
    about_of = {issue.id: issue.about for issue in study.declared.issues if issue.about}
    first, of = distinct(statements.path.codes[rows], statements.topic.codes[rows])
    number, keep = [], []
    for i in rows[first].tolist():
        path, topic = statements.path.of(i), statements.topic.of(i)
        tail = path.actors[1:]
        if not tail and about_of.get(topic.text, study.side_of(path.holder)) != study.side_of(path.holder):
            tail = (about_of[topic.text],)
        silent = role(path.verb.name, path.verb.negated) == "silent"
        number.append(tails(tail))
        keep.append(bool(tail) and not silent and topic.kind in ("issue", "quality"))
    stated = statements.stance.codes[rows] >= 0
    if not len(rows):
        return np.zeros(0, np.int64), np.zeros(0, np.bool_)
    return np.array(number, np.int64)[of], np.array(keep, np.bool_)[of] & stated


def gather_episodes(study: StudyData) -> tuple[Episodes, Ints]:
    """The beliefs of a study as episodes, and for each statement row its episode (−1: not a belief).

    As of a day these are the beliefs held by then, whether or not others could know that they were held: what the day hides
    is the evidence on them.
    """
    statements = study.statements
    rows = study.as_of(None).open_rows("statements")
    if study.day is not None:
        rows = rows[statements.when_lo[rows] <= study.day]
    _, keep = about_other(study, rows)
    rows = rows[keep]
    about = statements.about.codes[rows].astype(np.int64)
    spoken = about >= 0
    lo = np.where(spoken, statements.about.each(lambda w: w.lo, np.int64, 0)[rows], statements.when_lo[rows])
    hi = np.where(spoken, statements.about.each(lambda w: w.hi, np.int64, 0)[rows], statements.when_hi[rows])
    _, unit = distinct(statements.path.codes[rows], statements.topic.codes[rows], statements.stance.codes[rows], about)
    order = np.lexsort((hi, lo, unit))
    rows, unit, lo, hi, spoken = rows[order], unit[order], lo[order], hi[order], spoken[order]
    starts = _starts(unit, lo, hi)
    number = np.cumsum(starts) - 1
    n = int(starts.sum())
    first = np.flatnonzero(starts)
    end = np.full(n, -(2**31), dtype=np.int64)
    np.maximum.at(end, number, hi)
    of_row = np.full(len(statements), -1, dtype=np.int64)
    of_row[rows] = number
    return Episodes(rows[first].astype(np.int64), lo[first], end, spoken[first], number, rows.astype(np.int64)), of_row


def _starts(unit: Ints, lo: Ints, hi: Ints) -> NDArray[np.bool_]:
    """Where a new episode begins: another unit, or a gap of a day or more since all before it ended."""
    if not len(unit):
        return np.zeros(0, np.bool_)
    lift = unit * 2**34  # keeps the running maximum of one unit from reaching into the next
    reach = np.maximum.accumulate(hi + lift) - lift
    starts = np.ones(len(unit), np.bool_)
    starts[1:] = (unit[1:] != unit[:-1]) | (lo[1:] > reach[:-1] + 1)
    return starts


def stand_ins(study: StudyData) -> dict[str, list[tuple[str, int, int]]]:
    """For each actor and side: whose own records speak for it, and over which days.

    An actor speaks for itself, and a member for its group while in office. A side named as such is its top layer.
    """
    out: dict[str, list[tuple[str, int, int]]] = {}
    top = study.declared.layers[0].id if study.declared.layers else ""
    for side in study.declared.sides:
        out[side.id] = [(side.id, *ALWAYS)]
    for actor in study.declared.actors:
        out.setdefault(actor.id, []).insert(0, (actor.id, *ALWAYS))
        if top and actor.layer == top:
            out[actor.side].append((actor.id, *ALWAYS))
        for held in actor.roles:
            span = (held.span.lo, held.span.hi) if held.span else ALWAYS
            if top and held.layer == top:
                out[actor.side].append((actor.id, *span))
            if held.member_of:
                out.setdefault(held.member_of, []).append((actor.id, *span))
    return out


def pair_up(study: StudyData, records: Records, episodes: Episodes, of_row: Ints) -> Pairs:
    """All evidence on all episodes: the other's own records on the topic in that time, and the linked records."""
    direct = _direct(study, records, episodes)
    return _join([direct, _linked(study, records, of_row, direct)])


def _direct(study: StudyData, records: Records, episodes: Episodes) -> Pairs:
    statements = study.statements
    rows = episodes.row.astype(np.intp)
    tail, _ = about_other(study, rows)
    first, group = distinct(tail, statements.topic.codes[rows])
    right_group, right_record = _of_groups(study, records, rows[first])
    who, at = expand(group, right_group, len(first))
    record = right_record[at]
    near = (records.lo[record] <= episodes.hi[who]) & (records.hi[record] >= episodes.lo[who])
    who, record = who[near], record[near]
    sign = _signs(study, records, rows, who, record)
    holder = statements.path.each(lambda path: path.holder, object, "")[rows]
    own = np.array([key[0][0] for key in records.keys], dtype=object)
    keep = sign != 0
    if len(who):
        keep &= holder[who] != own[records.key[record]]  # one's own records are no evidence of another's view
    who, record, sign = who[keep], record[keep], sign[keep]
    order = np.lexsort((record, who))
    who, record, sign = who[order], record[order], sign[order]
    fresh = np.ones(len(who), np.bool_)
    fresh[1:] = (who[1:] != who[:-1]) | (record[1:] != record[:-1])
    who, record, sign = who[fresh], record[fresh], sign[fresh]
    inside = (episodes.lo[who] <= records.lo[record]) & (records.hi[record] <= episodes.hi[who])
    sure = records.sure[record] | inside
    return Pairs(
        who, sign, records.strength[record], records.voice[record], records.origin[record], records.known[record],
        records.bound[record], sure, np.zeros(len(who), np.bool_), records.table[record], records.row[record],
    )  # fmt: skip


def _of_groups(study: StudyData, records: Records, first: NDArray[np.intp]) -> tuple[Ints, Ints]:
    """For each group of beliefs (tail, topic) the records that can bear on it, as (group, record) pairs."""
    statements = study.statements
    about_of = {issue.id: issue.about for issue in study.declared.issues}
    speak = stand_ins(study)
    alias: list[tuple[int, int, int, int]] = []
    for number, i in enumerate(first.tolist()):
        path, topic = statements.path.of(i), statements.topic.of(i).text
        tail = path.actors[1:] or (about_of[topic],)
        for name, lo, hi in speak.get(tail[0], ()):
            key = records.keys.get(((name, *tail[1:]), topic))
            if key is not None:
                alias.append((number, key, lo, hi))
    table = np.array(alias, dtype=np.int64).reshape(-1, 4)
    which, record = expand(table[:, 1], records.key, len(records.keys))
    inside = (records.lo[record] <= table[which, 3]) & (records.hi[record] >= table[which, 2])
    return table[which[inside], 0], record[inside]


def _signs(study: StudyData, records: Records, rows: NDArray[np.intp], who: Ints, record: Ints) -> Ints:
    """The relation of each belief to each record; computed once for each distinct pair of claims on a topic."""
    statements = study.statements
    if not len(who):
        return np.zeros(0, np.int64)
    compatible = compatible_positions(study)
    at = rows[who]
    first, of = distinct(
        statements.path.codes[at], statements.stance.codes[at], statements.topic.codes[at], records.claim[record]
    )
    signs = []
    for i in first.tolist():
        row = int(at[i])
        verb, topic = statements.path.of(row).verb, statements.topic.of(row).text
        name, negated, held = records.claims[int(records.claim[record[i]])]
        believed = statements.stance.get(row, NO_STANCE)
        pairs = compatible.get(topic, frozenset())
        signs.append(relate((verb.name, verb.negated), believed, (name, negated), held, pairs))
    return np.array(signs, np.int64)[of]


def compatible_positions(study: StudyData) -> dict[str, frozenset[frozenset[str]]]:
    """For each issue the pairs of positions declared to go together."""
    return {
        issue.id: frozenset(frozenset({one.id, other}) for one in issue.positions for other in one.compatible)
        for issue in study.declared.issues
    }


def _linked(study: StudyData, records: Records, of_row: Ints, direct: Pairs) -> Pairs:
    """Evidence by links that support or refute a belief, without what is already there directly."""
    links = study.links
    at = study.open_rows("links")
    kind = links.kind.each(lambda k: {"supports": 1, "refutes": -1}.get(k, 0), np.int64, 0)[at]
    at, kind = at[kind != 0], kind[kind != 0]
    belief = study.statements.id.find([links.to.of(i) for i in at.tolist()])
    episode = np.where(belief >= 0, of_row[belief], -1) if len(belief) else np.zeros(0, np.int64)
    have = set(zip(direct.episode.tolist(), direct.table.tolist(), direct.row.tolist(), strict=True))
    tellers = _Tellers(study, records)
    out: list[tuple[int, ...]] = []
    visible = {table: set(study.open_rows(table).tolist()) for table in TABLES} if len(at) else {}
    for link, sign, who in zip(at.tolist(), kind.tolist(), episode.tolist(), strict=True):
        place = locate(study, links.from_.of(link))
        if who < 0 or place is None or place[1] not in visible[TABLES[place[0]]] or (who, *place) in have:
            continue
        have.add((who, *place))
        table = getattr(study, TABLES[place[0]])
        voice, origin = tellers(table, place[1])
        known, bound = int(table.known[place[1]]), int(table.known_bound[place[1]])
        out.append((who, sign, LINK_STRENGTH, voice, origin, known, bound, *place))
    columns = np.array(out, dtype=np.int64).reshape(-1, 9).T
    yes = np.ones(len(out), np.bool_)
    names = ("episode", "sign", "strength", "voice", "origin", "known", "bound", "table", "row")
    return Pairs(sure=yes, linked=yes, **dict(zip(names, columns, strict=True)))


class _Tellers:
    """Codes of voices and origins for linked records, apart from the codes of the direct ones only where they differ."""

    def __init__(self, study: StudyData, records: Records) -> None:
        self._study = study
        self._codes = records.tellers

    def __call__(self, table: object, row: int) -> tuple[int, int]:
        source = table.source.of(row)  # type: ignore[attr-defined]
        via = table.via[row] if hasattr(table, "via") else None
        code = self._codes
        return (
            code.setdefault(self._study.voice(source), len(code)),
            code.setdefault(via or source, len(code)),
        )


def locate(study: StudyData, name: str) -> tuple[int, int] | None:
    """Where a record stands: (table, row); a package is found at its first clause. None where there is none."""
    for table in (STATEMENTS, MOVES, PACKAGES, POLLS, TEXTS):
        row = getattr(study, TABLES[table]).id.row(name)
        if row >= 0:
            return table, int(row)
    return None


def _join(parts: Sequence[Pairs]) -> Pairs:
    names = Pairs.__dataclass_fields__
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    order = np.argsort(joined["episode"], kind="stable")
    return Pairs(**{name: column[order] for name, column in joined.items()})

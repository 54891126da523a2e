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

from rashomon.measuring.misperception.judging import expand
from rashomon.measuring.records.bulk import pick
from rashomon.measuring.records.comparing import relate, role
from rashomon.measuring.records.evidence import TABLES, Records
from rashomon.measuring.records.resting import open_masks
from rashomon.measuring.statistics.grouping import Ints, distinct, find_rows
from rashomon.study import NO_STANCE, StudyData

ALWAYS = (-(2**31), 2**31 - 1)
LINK_STRENGTH = 1


@dataclass(frozen=True)
class Tails:
    """Whom n statements are about (the actors after the holder; of a view on an issue about another side, that side) as
    numbers of ``names`` (−1: nobody), and whether each is a belief about another.
    """

    names: dict[str, int]
    second: Ints
    third: Ints
    belief: NDArray[np.bool_]

    def at(self, places: Ints) -> Tails:
        """The tails at these places."""
        return Tails(self.names, self.second[places], self.third[places], self.belief[places])


@dataclass(frozen=True)
class Episodes:
    """n beliefs. ``row``: a statement that tells each; ``tails``: whom they are about; ``lo``..``hi``: days it is held (or
    spoken of, for a forecast); ``told``..: the statements that tell them, as (episode, statement row) pairs sorted by episode.
    """

    row: Ints
    tails: Tails
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


def gather_tails(study: StudyData, rows: NDArray[np.intp]) -> Tails:
    """The tails of statements; ``names`` begins with the names of the statements' paths, in their order."""
    statements = study.statements
    paths, topic = statements.paths, statements.topic
    names = {name: number for number, name in enumerate(paths.names)}
    about_of = {issue.id: issue.about for issue in study.declared.issues if issue.about}
    abouts = {about: names.setdefault(about, len(names)) for about in about_of.values()}
    sides = {side.id: number for number, side in enumerate(study.declared.sides)}
    code = statements.path.codes[rows]
    second, third = paths.second[code], paths.third[code]
    about = topic.each(lambda one: abouts.get(about_of.get(one.text, ""), -1), np.int64, -1)[rows]
    theirs = topic.each(lambda one: sides.get(about_of.get(one.text, ""), -1), np.int64, -1)[rows]
    mine = paths.of_holder(lambda name: sides[study.side_of(name)], np.int64, -1)[code]
    of_another = (second < 0) & (about >= 0) & (theirs != mine)
    second = np.where(of_another, about, second)
    speaks = paths.of_verb(lambda verb: role(verb.name, verb.negated) != "silent", np.bool_, False)[code]
    compared = topic.each(lambda one: one.kind in ("issue", "quality"), np.bool_, False)[rows]
    return Tails(names, second, third, (second >= 0) & speaks & compared & (statements.stance.codes[rows] >= 0))


def gather_episodes(study: StudyData) -> tuple[Episodes, Ints]:
    """The beliefs of a study as episodes, and for each statement row its episode (−1: not a belief).

    As of a day these are the beliefs held by then, whether or not others could know that they were held: what the day hides
    is the evidence on them.
    """
    statements = study.statements
    rows = study.held_rows()
    tails = gather_tails(study, rows)
    rows, tails = rows[tails.belief], tails.at(np.flatnonzero(tails.belief))
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
    told = rows.astype(np.int64)
    return Episodes(told[first], tails.at(order[first]), lo[first], end, spoken[first], number, told), of_row


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
    rows = episodes.row.astype(np.intp)
    who, record = _candidates(study, records, rows, episodes.tails)
    near = (records.lo[record] <= episodes.hi[who]) & (records.hi[record] >= episodes.lo[who])
    # one's own records are no evidence of another's view
    near &= study.statements.paths.holder[study.statements.path.codes[rows[who]]] != records.actors[0, records.key[record]]
    who, record = who[near], record[near]
    sign = _signs(study, records, rows, who, record)
    who, record, sign = who[sign != 0], record[sign != 0], sign[sign != 0]
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


def _candidates(study: StudyData, records: Records, rows: NDArray[np.intp], tails: Tails) -> tuple[Ints, Ints]:
    """Pairs (place in ``rows``, record) of a belief and a record, on its topic, of whoever speaks for the actor it is about.

    A record may come more than once, and need not be of the time of the belief.
    """
    on = study.statements.topic.each(lambda one: records.topics.get(one.text, -1), np.int64, -1)[rows]
    first, group = distinct(tails.second, tails.third, on)
    of, speaker, lo, hi = _speakers(study, tails.names, records.names)
    which, by = expand(tails.second[first], of, len(tails.names))
    at = first[which]
    nobody = np.full(len(at), -1, np.int64)
    key = find_rows((*records.actors, records.topic), (speaker[by], tails.third[at], nobody, on[at]))
    which, by, key = which[key >= 0], by[key >= 0], key[key >= 0]
    wanted = np.zeros(len(records.topic), np.bool_)
    wanted[key] = True
    bearing = np.flatnonzero(wanted[records.key])
    alias, place = expand(key, records.key[bearing], len(records.topic))
    record = bearing[place]
    inside = (records.lo[record] <= hi[by[alias]]) & (records.hi[record] >= lo[by[alias]])
    who, place = expand(group, which[alias[inside]], len(first))
    return who, record[inside][place]


def _speakers(study: StudyData, names: dict[str, int], known: dict[str, int]) -> tuple[Ints, Ints, Ints, Ints]:
    """Who (a number of ``names``) is spoken for by whom (a number of ``known``), from which day to which."""
    listed = [
        (names[name], known[other], lo, hi)
        for name, speakers in stand_ins(study).items()
        if name in names
        for other, lo, hi in speakers
        if other in known
    ]
    of, speaker, lo, hi = np.array(listed, np.int64).reshape(-1, 4).T
    return of, speaker, lo, hi


def _signs(study: StudyData, records: Records, rows: NDArray[np.intp], who: Ints, record: Ints) -> Ints:
    """The relation of each belief to each record; computed once for each distinct pair of claims on a topic."""
    statements = study.statements
    compatible = compatible_positions(study)
    at = rows[who]
    verb = statements.paths.verb[statements.path.codes[at]]
    first, of = distinct(verb, statements.stance.codes[at], statements.topic.codes[at], records.claim[record])
    signs = []
    for i in first.tolist():
        row, mine = int(at[i]), statements.paths.verbs[int(verb[i])]
        name, negated, held = records.claims[int(records.claim[record[i]])]
        believed = statements.stance.get(row, NO_STANCE)
        pairs = compatible.get(statements.topic.of(row).text, frozenset())
        signs.append(relate((mine.name, mine.negated), believed, (name, negated), held, pairs))
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
    belief = study.statements.id.find(pick(links.to.values, links.to.codes[at]))
    episode = np.where(belief >= 0, of_row[belief], -1) if len(belief) else np.zeros(0, np.int64)
    number, row = study.index.find(pick(links.from_.values, links.from_.codes[at]))
    table = np.array([*(TABLES.index(name) for name in study.index.names), -1])[number]
    keep = (episode >= 0) & (table >= 0)
    masks = open_masks(study)
    for place, name in enumerate(TABLES):
        keep[table == place] &= masks[name][row[table == place]]
    have = set(zip(direct.episode.tolist(), direct.table.tolist(), direct.row.tolist(), strict=True))
    tellers = _Tellers(study, records)
    out: list[tuple[int, ...]] = []
    for sign, *place in np.stack([kind, episode, table, row], axis=1)[keep].tolist():
        if tuple(place) in have:
            continue
        have.add(tuple(place))
        who, of, where = place
        told = getattr(study, TABLES[of])
        known, bound = int(told.known[where]), int(told.known_bound[where])
        out.append((who, sign, LINK_STRENGTH, *tellers(told, where), known, bound, of, where))
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


def _join(parts: Sequence[Pairs]) -> Pairs:
    names = Pairs.__dataclass_fields__
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    order = np.argsort(joined["episode"], kind="stable")
    return Pairs(**{name: column[order] for name, column in joined.items()})

"""The signal ledger, what lay on a holder's desk, and what holders did with signs against what they believed.

A move is a *signal* if it was meant to be read and an *index* if it was not (Jervis 1970); the study says which moves were
read, and how. How many of the moves addressed to a side were read at all is in
:mod:`rashomon.measuring.misperception.opportunities`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.misperception.ledgers import CONTRADICTED, Ledger, measure_ledger
from rashomon.measuring.misperception.opportunities import read_by
from rashomon.measuring.records.bulk import build_rows, pick, read_each
from rashomon.measuring.records.evidence import TABLES, name_of, names_of
from rashomon.measuring.statistics.grouping import Ints, distinct, find_rows
from rashomon.study import NO_STANCE, StudyData, format_day

IGNORED, DISCOUNTED, OVERLOOKED = "ignored", "discounted", "overlooked"
NARROWED, REINTERPRETED, UPDATED, UNDECIDED = "narrowed", "reinterpreted", "updated", "undetermined"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a move: who read it, as what, and whether the mover's own records bear the reading out."""

    statement: str
    reader: str
    topic: str
    reading: str
    verdict: str
    source: str


@dataclass(frozen=True, slots=True)
class Signal:
    """A move addressed to another side, with its readings on record; ``n`` of them, from ``voices`` sources."""

    move: str
    when: str
    actor: str
    target: str
    kind: str
    stage: str
    readings: tuple[Reading, ...]
    n: int
    misread: int
    voices: int
    source: str


def measure_signals(study: StudyData, ledger: Ledger) -> tuple[Signal, ...]:
    """Every accepted move toward another side, in order of time, with how it was read; linear but for sorting."""
    moves = study.moves
    at = study.open_rows("moves")
    at = at[_toward_other_side(study)[at]]
    at = at[np.argsort(moves.when_lo[at], kind="stable")]
    n = len(at)
    readings: list[tuple[Reading, ...]] = [()] * n
    misread, voices = [0] * n, [0] * n
    place = np.full(len(moves), -1, np.int64)
    place[at] = np.arange(n)
    for one, found in _readings(study, ledger, place).items():
        readings[one] = tuple(found)
        misread[one] = sum(reading.verdict == CONTRADICTED for reading in found)
        voices[one] = len({study.voice(reading.source) for reading in found})
    return build_rows(
        Signal, move=moves.id.many(at), when=read_each(moves.when, at, lambda when: when.text, ""),
        actor=read_each(moves.actor, at, str, ""), target=read_each(moves.target, at, str, ""),
        kind=read_each(moves.kind, at, str, ""), stage=read_each(moves.stage, at, str, ""), readings=readings,
        n=list(map(len, readings)), misread=misread, voices=voices, source=read_each(moves.source, at, str, ""),
    )  # fmt: skip


def _toward_other_side(study: StudyData) -> NDArray[np.bool_]:
    sides = {side.id: number for number, side in enumerate(study.declared.sides)}
    mine, theirs = (
        column.each(lambda name: sides[study.side_of(name)], np.int64, -1)
        for column in (study.moves.actor, study.moves.target)
    )
    out: NDArray[np.bool_] = (theirs >= 0) & (mine != theirs)
    return out


def _readings(study: StudyData, ledger: Ledger, place: Ints) -> Mapping[int, list[Reading]]:
    """The open readings of moves by the place of the move, in the order of the study; ``place`` is by row, −1 for none."""
    row, move = read_by(study, study.open_rows("statements"), place)
    distinct_rows, at = np.unique(row, return_inverse=True)
    found = [_reading(study, ledger, one) for one in distinct_rows.tolist()]
    out: defaultdict[int, list[Reading]] = defaultdict(list)
    for one, reading in zip(move.tolist(), pick(found, at), strict=True):
        out[one].append(reading)
    return out


def _reading(study: StudyData, ledger: Ledger, row: int) -> Reading:
    statements, episode = study.statements, int(ledger.of_row[row])
    return Reading(
        statement=statements.id[row], reader=statements.path.of(row).holder, topic=statements.topic.of(row).text,
        reading=statements.stance.get(row, NO_STANCE).text,
        verdict=ledger.judged[episode] if episode >= 0 else UNDECIDED, source=statements.source.of(row),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Update:
    """What a holder did with a sign against a belief.

    ``response``: overlooked, discounted, reinterpreted, narrowed, updated, ignored (held on to, with the sign open), or
    undetermined (the sign is not known to have been open while the belief was held). ``shown_by``: the statement that shows it.
    """

    holder: str
    topic: str
    believed: str
    sign: str
    sign_known: str
    response: str
    shown_by: str
    because: str
    statements: tuple[str, ...]


Later = tuple[int, int, str, str]
"""A belief on one topic: the day from which it is held, its episode, its stance, and a statement that tells it."""


@dataclass(frozen=True)
class _Traces:
    """What can show a response: statements on a record, by holder and record; for each pair the beliefs of that holder about
    that other on that topic, in order of time; and views that narrow another. ``open``: which statements are.
    """

    of_record: Mapping[tuple[str, str], tuple[str, str]]
    later: Sequence[Sequence[Later]]
    narrows: Mapping[str, str]
    open: NDArray[np.bool_]


def measure_updating(study: StudyData, ledger: Ledger) -> tuple[Update, ...]:
    """For each belief and each record against it, what the holder did; in the order of the ledger. Linear but for sorting."""
    pairs = ledger.pairs
    against = np.flatnonzero(pairs.sign < 0)
    traces = _traces(study, ledger, against)
    signs = names_of(study, pairs.table[against], pairs.row[against])
    return tuple(
        _update(study, ledger, traces, place, k, sign)
        for place, (k, sign) in enumerate(zip(against.tolist(), signs, strict=True))
    )


def _traces(study: StudyData, ledger: Ledger, against: Ints) -> _Traces:
    statements, is_open = study.statements, study.open_mask("statements")
    rows = np.flatnonzero(is_open)
    response = statements.paths.of_verb(lambda verb: verb.name in _RESPONSES, np.bool_, False)
    telling = response & (statements.paths.depth == 1)
    on_record = statements.topic.each(lambda topic: topic.kind == "record", np.bool_, False)
    of_record: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows[telling[statements.path.codes[rows]] & on_record[rows]].tolist():
        path = statements.path.of(row)
        of_record[path.holder, statements.topic.of(row).record] = (_RESPONSES[path.verb.name], statements.id[row])
    links = study.links
    narrows = {
        links.to.of(i): links.from_.of(i) for i in study.open_rows("links").tolist() if links.kind.of(i) == "narrows"
    }
    return _Traces(of_record, _later(study, ledger, rows, against), narrows, is_open)


_RESPONSES = {"discounts": DISCOUNTED, "overlooks": OVERLOOKED, "unaware": OVERLOOKED}


def _later(study: StudyData, ledger: Ledger, rows: NDArray[np.intp], against: Ints) -> list[Sequence[Later]]:
    """For each pair the beliefs that its holder, of the same other and on the same topic, is told to hold; by time."""
    statements = study.statements
    topic = np.unique([topic.text for topic in statements.topic.values] or [""], return_inverse=True)[1]

    def keys(at: NDArray[Any]) -> tuple[Ints, ...]:
        paths, code = statements.paths, statements.path.codes[at]
        return paths.holder[code], paths.second[code], paths.third[code], topic[statements.topic.codes[at]]

    wanted = keys(ledger.episodes.row[ledger.pairs.episode[against]])
    first, number = distinct(*wanted)
    beliefs = rows[ledger.of_row[rows] >= 0]
    place = find_rows([column[first] for column in wanted], keys(beliefs))
    found: list[list[Later]] = [[] for _ in first]
    for key, row in zip(place[place >= 0].tolist(), beliefs[place >= 0].tolist(), strict=True):
        stance = statements.stance.get(row, NO_STANCE).text
        found[key].append((int(statements.when_lo[row]), int(ledger.of_row[row]), stance, statements.id[row]))
    return pick([sorted(one) for one in found], number)


def _update(study: StudyData, ledger: Ledger, traces: _Traces, place: int, k: int, sign: str) -> Update:
    pairs, episodes, statements = ledger.pairs, ledger.episodes, study.statements
    episode = int(pairs.episode[k])
    row = int(episodes.row[episode])
    told = episodes.told_row[ledger.told[episode] : ledger.told[episode + 1]]
    ids = tuple(statements.id.many(told))
    known, until = int(pairs.bound[k]), int(episodes.hi[episode])
    holder, record = statements.path.of(row).holder, sign.partition("#")[0]
    readings = [
        name
        for name, one in zip(ids, told.tolist(), strict=True)
        if traces.open[one] and record in statements.reads.get(one, ())
    ]
    response, shown, because = (
        _shown(traces, holder, record, ids, readings)
        or _changed(traces.later[place], episode, until)
        or _held_on(known <= until)
    )
    return Update(
        holder=holder, topic=statements.topic.of(row).text, believed=statements.stance.get(row, NO_STANCE).text, sign=sign,
        sign_known=format_day(known) if int(pairs.known[k]) == known else "", response=response, shown_by=shown,
        because=because, statements=ids,
    )  # fmt: skip


Answer = tuple[str, str, str]


def _shown(traces: _Traces, holder: str, record: str, ids: Sequence[str], readings: Sequence[str]) -> Answer | None:
    """The response that a statement or a link names."""
    if (holder, record) in traces.of_record:
        return *traces.of_record[holder, record], "a statement says so"
    if readings:
        return REINTERPRETED, min(readings), "the belief itself is the holder's reading of the sign"
    narrowed = next((traces.narrows[told] for told in ids if told in traces.narrows), None)
    return None if narrowed is None else (NARROWED, narrowed, "a later view narrows the belief")


def _changed(later: Sequence[Later], episode: int, until: int) -> Answer | None:
    """The first other belief that the holder is told to hold after the last day of this one."""
    after = bisect_right(later, until, key=lambda one: one[0])
    other = next((one for one in later[after:] if one[1] != episode), None)
    return None if other is None else (UPDATED, other[3], f"later held: {other[2]}")


def _held_on(was_open: bool) -> Answer:
    if was_open:
        return IGNORED, "", "the sign was open, and the belief was still held"
    return UNDECIDED, "", "the sign is not known to have been open while the belief was held"


@dataclass(frozen=True, slots=True)
class DeskRecord:
    """One record that lay open to a holder: how it bore on what the holder believed, and on whose account.

    ``belief``: a statement that tells the belief, which is of ``about`` and holds ``believed`` on ``topic``; ``note``: what the
    record's coder noted.
    """

    record: str
    table: str
    bears: str
    belief: str
    about: str
    topic: str
    believed: str
    strength: int
    known: str
    withheld: bool
    source: str
    note: str


def on_the_desk(study: StudyData, holder: str, day: int) -> tuple[DeskRecord, ...]:
    """All evidence, for and against, on what ``holder`` believed of others on ``day``, that was open to it by then.

    A record kept from the holder (access.csv) is listed as withheld and not counted as open; one shown to the holder, or no
    longer kept from it, counts as open from then on. What had not begun by then is not listed: nobody could keep it from anybody.
    A forecast lay there while it was held, whatever time it is about. Raises R004 where there is no such actor or side.
    """
    study.side_of(holder)
    hindsight = study.as_of(None)
    ledger = measure_ledger(hindsight)
    shown, kept = _access(hindsight, holder, day)
    statements, pairs, episodes = hindsight.statements, ledger.pairs, ledger.episodes
    rows, names = [], tuple(episodes.tails.names)
    for k in np.flatnonzero(_held_by(holder, day, ledger)[pairs.episode]).tolist():
        row, place = int(episodes.row[pairs.episode[k]]), int(pairs.row[k])
        table: Any = hindsight.table(TABLES[int(pairs.table[k])])
        name = name_of(hindsight, int(pairs.table[k]), place)
        withheld = name in kept and table.when_lo[place] <= day
        if name not in shown and pairs.bound[k] > day and not withheld:
            continue
        rows.append(DeskRecord(
            record=name, table=TABLES[int(pairs.table[k])], bears="for" if pairs.sign[k] > 0 else "against",
            belief=statements.id[row], about=names[int(episodes.tails.second[pairs.episode[k]])],
            topic=statements.topic.of(row).text, believed=statements.stance.get(row, NO_STANCE).text,
            strength=int(pairs.strength[k]), known=format_day(int(pairs.bound[k])), withheld=withheld,
            source=table.source.of(place), note=table.note[place] if hasattr(table, "note") else "",  # a text has none
        ))  # fmt: skip
    return tuple(sorted(rows, key=lambda one: (one.belief, one.bears, -one.strength, one.record)))


def _held_by(holder: str, day: int, ledger: Ledger) -> NDArray[np.bool_]:
    """Which beliefs of a ledger are told to be ``holder``'s on a day; a forecast is of the day on which it was held."""
    statements, told = ledger.study.statements, ledger.episodes.told_row
    mine = statements.path.each(lambda path: path.holder == holder, np.bool_, False)[told]
    then = (statements.when_lo[told] <= day) & (day <= statements.when_hi[told])
    out = np.zeros(len(ledger.episodes), np.bool_)
    out[ledger.episodes.told_episode[mine & then]] = True
    return out


def _access(study: StudyData, holder: str, day: int) -> tuple[set[str], set[str]]:
    """Records that the holder had by a day, and records kept from it on that day."""
    shown, kept = set(), set()
    audience = {holder, study.side_of(holder)}
    for entry in study.access.rows(study.open_rows("access")):
        if entry.audience not in audience:
            continue
        if entry.kept_on(day):
            kept.add(entry.record)
        elif entry.had_by(day):
            shown.add(entry.record)
    return shown, kept

"""The signal ledger, what lay on a holder's desk, and what holders did with signs against what they believed.

A move is a *signal* if it was meant to be read and an *index* if it was not (Jervis 1970); the study says which moves were
read, and how. How many of the moves addressed to a side were read at all is in :mod:`rashomon.measuring.opportunities`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rashomon.measuring.evidence import TABLES, name_of
from rashomon.measuring.ledgers import Ledger, measure_ledger
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
    """Every accepted move toward another side, in order of time, with how it was read."""
    readings = _readings(study, ledger)
    moves = study.moves
    at = study.open_rows("moves")
    foreign = _toward_other_side(study)[at]
    at = at[foreign]
    at = at[np.argsort(moves.when_lo[at], kind="stable")]
    return tuple(_signal(study, row, readings.get(moves.id[row], ())) for row in at.tolist())


def _toward_other_side(study: StudyData) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    moves = study.moves
    mine = moves.actor.each(study.side_of, object, "")
    theirs = moves.target.each(study.side_of, object, "")
    return np.asarray((theirs != "") & (mine != theirs), dtype=np.bool_)


def _signal(study: StudyData, row: int, readings: tuple[Reading, ...]) -> Signal:
    moves = study.moves
    return Signal(
        move=moves.id[row], when=moves.when.of(row).text, actor=moves.actor.of(row), target=moves.target.get(row, ""),
        kind=moves.kind.of(row), stage=moves.stage.get(row, ""), readings=readings, n=len(readings),
        misread=sum(reading.verdict == "contradicted" for reading in readings),
        voices=len({study.voice(reading.source) for reading in readings}), source=moves.source.of(row),
    )  # fmt: skip


def _readings(study: StudyData, ledger: Ledger) -> Mapping[str, tuple[Reading, ...]]:
    statements = study.statements
    rows = study.open_rows("statements")
    rows = rows[statements.reads.codes[rows] >= 0]
    out: defaultdict[str, list[Reading]] = defaultdict(list)
    for row in rows.tolist():
        episode = int(ledger.of_row[row])
        reading = Reading(
            statement=statements.id[row], reader=statements.path.of(row).holder, topic=statements.topic.of(row).text,
            reading=statements.stance.get(row, NO_STANCE).text,
            verdict=ledger.verdict_of(episode) if episode >= 0 else UNDECIDED, source=statements.source.of(row),
        )  # fmt: skip
        for name in statements.reads.get(row, ()):
            out[name].append(reading)
    return {name: tuple(found) for name, found in out.items()}


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


@dataclass(frozen=True)
class _Traces:
    """Statements that can show a response, by what they respond to."""

    of_record: Mapping[tuple[str, str], tuple[str, str]]
    readings: Mapping[tuple[str, str], tuple[str, ...]]
    later: Mapping[tuple[str, str, str], list[tuple[int, int, str, str]]]
    narrows: Mapping[str, str]


def measure_updating(study: StudyData, ledger: Ledger) -> tuple[Update, ...]:
    """For each belief and each record against it, what the holder did; in the order of the ledger."""
    traces = _traces(study, ledger)
    against = np.flatnonzero(ledger.pairs.sign < 0)
    return tuple(_update(study, ledger, traces, int(k)) for k in against)


def _traces(study: StudyData, ledger: Ledger) -> _Traces:
    statements = study.statements
    of_record: dict[tuple[str, str], tuple[str, str]] = {}
    readings: dict[tuple[str, str], tuple[str, ...]] = {}
    later: defaultdict[tuple[str, str, str], list[tuple[int, int, str, str]]] = defaultdict(list)
    verbs = {"discounts": DISCOUNTED, "overlooks": OVERLOOKED, "unaware": OVERLOOKED}
    for row in study.open_rows("statements").tolist():
        path, topic = statements.path.of(row), statements.topic.of(row)
        if path.depth == 1 and topic.kind == "record" and path.verb.name in verbs:
            of_record[path.holder, topic.record] = (verbs[path.verb.name], statements.id[row])
        for name in statements.reads.get(row, ()):
            readings[path.holder, name] = (*readings.get((path.holder, name), ()), statements.id[row])
        episode = int(ledger.of_row[row])
        if episode >= 0:
            key = (path.holder, ">".join(path.actors[1:]), topic.text)
            stance = statements.stance.get(row, NO_STANCE).text
            later[key].append((int(statements.when_lo[row]), episode, stance, statements.id[row]))
    links = study.links
    narrows = {
        links.to.of(i): links.from_.of(i) for i in study.open_rows("links").tolist() if links.kind.of(i) == "narrows"
    }
    return _Traces(of_record, readings, {key: sorted(found) for key, found in later.items()}, narrows)


def _narrows(study: StudyData, link: int) -> bool:
    """Whether a link says that a later statement narrows a belief of its own holder."""
    links, statements = study.links, study.statements
    if links.kind.of(link) != "narrows":
        return False
    one, other = statements.id.row(links.from_.of(link)), statements.id.row(links.to.of(link))
    return one >= 0 and other >= 0 and statements.path.of(one).holder == statements.path.of(other).holder


def _update(study: StudyData, ledger: Ledger, traces: _Traces, k: int) -> Update:
    pairs, episodes, statements = ledger.pairs, ledger.episodes, study.statements
    episode = int(pairs.episode[k])
    row = int(episodes.row[episode])
    path, topic = statements.path.of(row), statements.topic.of(row)
    sign = name_of(study, int(pairs.table[k]), int(pairs.row[k]))
    told = episodes.told_row[ledger.told[episode] : ledger.told[episode + 1]].tolist()
    ids = tuple(statements.id[r] for r in told)
    key = (path.holder, ">".join(path.actors[1:]), topic.text)
    known, until = int(pairs.bound[k]), int(episodes.hi[episode])
    response, shown, because = _response(traces, key, sign, ids, episode, known, until)
    return Update(
        holder=path.holder, topic=topic.text, believed=statements.stance.get(row, NO_STANCE).text, sign=sign,
        sign_known=format_day(known) if int(pairs.known[k]) == known else "", response=response, shown_by=shown,
        because=because, statements=ids,
    )  # fmt: skip


def _response(
    traces: _Traces, key: tuple[str, str, str], sign: str, ids: tuple[str, ...], episode: int, known: int, until: int
) -> tuple[str, str, str]:
    holder, record = key[0], sign.partition("#")[0]
    if (holder, record) in traces.of_record:
        response, shown = traces.of_record[holder, record]
        return response, shown, "a statement says so"
    if shared := set(traces.readings.get((holder, record), ())) & set(ids):
        return REINTERPRETED, min(shared), "the belief itself is the holder's reading of the sign"
    for told in ids:
        if told in traces.narrows:
            return NARROWED, traces.narrows[told], "a later view narrows the belief"
    for start, other, stance, name in traces.later.get(key, ()):
        if other != episode and start > until:
            return UPDATED, name, f"later held: {stance}"
    if known <= until:
        return IGNORED, "", "the sign was open, and the belief was still held"
    return UNDECIDED, "", "the sign is not known to have been open while the belief was held"


@dataclass(frozen=True, slots=True)
class DeskRecord:
    """One record that lay open to a holder: how it bore on what the holder believed, and on whose account."""

    record: str
    table: str
    bears: str
    belief: str
    topic: str
    strength: int
    known: str
    withheld: bool
    source: str


def on_the_desk(study: StudyData, holder: str, day: int) -> tuple[DeskRecord, ...]:
    """All evidence, for and against, on what ``holder`` believed of others on ``day``, that was open to it by then.

    A record kept from the holder (access.csv) is listed as withheld and not counted as open; one shown to the holder, or no
    longer kept from it, counts as open from then on. Raises R004 where there is no such actor or side.
    """
    study.side_of(holder)
    hindsight = study.as_of(None)
    ledger = measure_ledger(hindsight)
    shown, kept = _access(hindsight, holder, day)
    statements, pairs, episodes = hindsight.statements, ledger.pairs, ledger.episodes
    rows = []
    for k in range(len(pairs.episode)):
        episode = int(pairs.episode[k])
        row = int(episodes.row[episode])
        if statements.path.of(row).holder != holder or not episodes.lo[episode] <= day <= episodes.hi[episode]:
            continue
        name = name_of(hindsight, int(pairs.table[k]), int(pairs.row[k]))
        if name not in shown and pairs.bound[k] > day and name not in kept:
            continue
        table = TABLES[int(pairs.table[k])]
        rows.append(DeskRecord(
            record=name, table=table, bears="for" if pairs.sign[k] > 0 else "against", belief=statements.id[row],
            topic=statements.topic.of(row).text, strength=int(pairs.strength[k]),
            known=format_day(int(pairs.bound[k])), withheld=name in kept,
            source=getattr(hindsight, table).source.of(int(pairs.row[k])),
        ))  # fmt: skip
    return tuple(sorted(rows, key=lambda one: (one.belief, one.bears, -one.strength, one.record)))


def _access(study: StudyData, holder: str, day: int) -> tuple[set[str], set[str]]:
    """Records that the holder had by a day, and records kept from it on that day."""
    shown, kept = set(), set()
    audience = {holder, study.side_of(holder)}
    for entry in study.access:
        if entry.audience not in audience:
            continue
        if entry.kept_on(day):
            kept.add(entry.record)
        elif entry.had_by(day):
            shown.add(entry.record)
    return shown, kept

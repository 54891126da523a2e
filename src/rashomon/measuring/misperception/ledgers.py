"""The misperception ledger: each belief about another, against what the other held, and what could have been known when.

Misperception is a belief about another that what the other held contradicts (Jervis 1976). The verdict follows the stronger
kind of evidence (:mod:`rashomon.measuring.misperception.judging`); a belief voiced only in public may be a pretext and is
marked as claimed in public only, with what the evidence would say of it if it was sincere. Whether a belief was reasonable
*then* is another question: ``then`` is the verdict as of the last day it was held, from what was open by that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.misperception.beliefs import Episodes, Pairs, gather_episodes, pair_up
from rashomon.measuring.misperception.judging import UNDETERMINED, Verdicts, judge
from rashomon.measuring.records.bulk import build_rows, pick, read_each
from rashomon.measuring.records.comparing import STRENGTH_NAMES
from rashomon.measuring.records.evidence import MOVES, STATEMENTS, TABLES, gather, names_of
from rashomon.measuring.statistics.grouping import Ints, distinct
from rashomon.study import NO_STANCE, UNKNOWN_DAY, StudyData, format_day

BORNE_OUT, CONTRADICTED = "borne out", "contradicted"
PUBLIC_ONLY, UNDECIDED = "claimed in public only", "undetermined"


@dataclass(frozen=True, slots=True)
class Belief:
    """One episode of a belief about another, with its verdict.

    ``holder`` believes of ``about`` (``path``, ``modality``) that on ``topic`` it holds ``believed``, over ``when``
    (``start``..``end``). ``held``: what the other is on record as holding, stance by stance. ``verdict``: borne out,
    contradicted, claimed in public only, undetermined; ``if_sincere``: the verdict leaving pretext aside; ``disputed``:
    evidence on both sides; ``strength``: the kind of evidence that decided; ``voices``: independent voices on the deciding
    side; ``knowable_since``: first day from which the as-of verdict stays ("" where that day is not known, and then
    ``knowable_by`` is the latest it can be); ``then``: the verdict from what was open while it was held. ``statements`` tell
    the belief, ``evidence_for`` and ``evidence_against`` bear on it, ``on_account_of`` are the sources of the evidence.
    ``sure_in_time``: some deciding evidence surely, not only possibly, overlaps. As of a day the evidence is what was open by
    then; the belief itself need not have been, but ends with that day at the latest: till when it was held nobody could know.
    """

    holder: str
    about: str
    path: str
    modality: str
    topic: str
    when: str
    start: str
    end: str
    forecast: bool
    believed: str
    held: tuple[str, ...]
    verdict: str
    if_sincere: str
    disputed: bool
    strength: str
    voices: int
    n: int
    knowable_since: str
    knowable_by: str
    then: str
    sure_in_time: bool
    because: str
    statements: tuple[str, ...]
    evidence: tuple[str, ...]
    evidence_for: tuple[str, ...]
    evidence_against: tuple[str, ...]
    told_by: tuple[str, ...]
    on_account_of: tuple[str, ...]


@dataclass(frozen=True)
class Ledger:
    """The ledger as arrays: beliefs, the evidence on them, and the verdicts; :meth:`rows` gives it in words."""

    study: StudyData
    episodes: Episodes
    of_row: Ints
    pairs: Pairs
    verdicts: Verdicts
    then: Ints

    @cached_property
    def bounds(self) -> Ints:
        """Where each episode's pairs begin in :attr:`pairs`; n + 1 entries."""
        return np.searchsorted(self.pairs.episode, np.arange(len(self.episodes) + 1))

    @cached_property
    def told(self) -> Ints:
        """Where each episode's statements begin; n + 1 entries."""
        return np.searchsorted(self.episodes.told_episode, np.arange(len(self.episodes) + 1))

    @cached_property
    def public_only(self) -> NDArray[np.bool_]:
        """Whether every open statement that tells the belief, and there is one, is the holder's own words in public."""
        statements, told = self.study.statements, self.episodes.told_row
        is_open = self.study.open_mask("statements")
        basis = statements.basis.each(lambda basis: basis == "words", np.bool_, False)
        stage = statements.stage.each(lambda stage: stage == "public", np.bool_, False)
        episode, n = self.episodes.told_episode, len(self.episodes)
        heard, elsewhere = (
            np.bincount(episode[there[told]], minlength=n) for there in (is_open, is_open & ~(basis & stage))
        )
        out: NDArray[np.bool_] = (heard > 0) & (elsewhere == 0)
        return out

    @cached_property
    def voices(self) -> Ints:
        """Independent voices on the deciding side (on both, where neither decides) of each episode."""
        pairs, verdict = self.pairs, self.verdicts.verdict
        counts = (verdict[pairs.episode] == 0) | (pairs.sign == verdict[pairs.episode])
        n = len(self.episodes)
        return np.minimum(
            *(_distinct(pairs.episode[counts], column[counts], n) for column in (pairs.voice, pairs.origin))
        )

    @cached_property
    def judged(self) -> list[str]:
        """The verdict on each episode, in words."""
        words = _words(self.verdicts.verdict)
        return [PUBLIC_ONLY if only else word for only, word in zip(self.public_only.tolist(), words, strict=True)]

    @cached_property
    def rows(self) -> tuple[Belief, ...]:
        """All beliefs in words, in the order of the study."""
        at = np.argsort(self.episodes.row, kind="stable")
        return build_rows(Belief, **_columns(self, at))


def _distinct(group: Ints, thing: Ints, n: int) -> Ints:
    """How many distinct things each of n groups has."""
    first, _ = distinct(group, thing)
    return np.bincount(group[first], minlength=n).astype(np.int64)


def measure_ledger(study: StudyData) -> Ledger:
    """Set every belief about another against the evidence on it; O(records + pairs) but for sorting."""
    episodes, of_row = gather_episodes(study)
    pairs = pair_up(study, gather(study), episodes, of_row)
    n = len(episodes)
    verdicts = judge(pairs.episode, pairs.sign, pairs.strength, pairs.known, pairs.bound, n)
    then = pairs.bound <= episodes.hi[pairs.episode]
    early = judge(
        pairs.episode[then], pairs.sign[then], pairs.strength[then], pairs.known[then], pairs.bound[then], n
    )
    return Ledger(study, episodes, of_row, pairs, verdicts, early.verdict)


def _columns(ledger: Ledger, at: NDArray[np.intp]) -> dict[str, list[Any]]:
    """The columns of :class:`Belief` for the episodes ``at``."""
    episodes, verdicts = ledger.episodes, ledger.verdicts
    forecast = episodes.forecast[at]
    # of a forecast the day says when what it is about came, not when the belief could be known to be wrong
    since, by = (np.where(forecast, UNKNOWN_DAY, column[at]) for column in (verdicts.since, verdicts.since_by))
    strength = np.maximum(verdicts.strong_for, verdicts.strong_against)[at]
    own: dict[str, list[Any]] = {
        "start": _days(episodes.lo[at]), "end": _days(np.where(_goes_on(ledger, at), _last(ledger), episodes.hi[at])),
        "forecast": forecast.tolist(),
        "verdict": pick(ledger.judged, at), "if_sincere": _words(verdicts.verdict[at]),
        "disputed": verdicts.disputed[at].tolist(), "strength": pick(_STRENGTHS, strength),
        "voices": ledger.voices[at].tolist(), "n": np.diff(ledger.bounds)[at].tolist(),
        "knowable_since": _days(since), "knowable_by": _days(by), "then": _words(ledger.then[at]),
    }  # fmt: skip
    return own | _stated(ledger, at) | _told(ledger, at) | _proven(ledger, at)


_STRENGTHS = tuple(STRENGTH_NAMES[strength] for strength in range(4))


def _words(verdict: Ints) -> list[str]:
    return pick((UNDECIDED, BORNE_OUT, CONTRADICTED), verdict)  # −1 is the last


def _days(days: Ints) -> list[str]:
    """Days as text, "" for one that is not known."""
    first, at = distinct(days)
    return pick(["" if day >= UNKNOWN_DAY else format_day(day) for day in days[first].tolist()], at)


def _goes_on(ledger: Ledger, at: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which beliefs go on past the view's day; a forecast speaks of what is to come, and so does its time."""
    out: NDArray[np.bool_] = ~ledger.episodes.forecast[at] & (ledger.episodes.hi[at] > _last(ledger))
    return out


def _last(ledger: Ledger) -> int:
    """The last day of which the view knows."""
    return UNKNOWN_DAY if ledger.study.day is None else ledger.study.day


def _stated(ledger: Ledger, at: NDArray[np.intp]) -> dict[str, list[Any]]:
    """Who believes what of whom, and when; of what goes on past the view's day, since when."""
    table, tails, row = ledger.study.statements, ledger.episodes.tails, ledger.episodes.row[at]
    names = tuple(tails.names)
    when = read_each(table.when, row, lambda when: when.text, "")
    for i in np.flatnonzero(_goes_on(ledger, at)).tolist():
        when[i] = f"{when[i].partition('/')[0] if '/' in when[i] else format_day(int(ledger.episodes.lo[at[i]]))}/.."
    return {
        "holder": pick(names, table.paths.holder[table.path.codes[row]]), "about": pick(names, tails.second[at]),
        "path": read_each(table.path, row, str, ""), "topic": read_each(table.topic, row, str, ""),
        "modality": read_each(table.path, row, lambda path: path.modality, ""),
        "when": when, "believed": read_each(table.stance, row, str, ""),
    }  # fmt: skip


def _told(ledger: Ledger, at: NDArray[np.intp]) -> dict[str, list[Any]]:
    """Which statements tell each belief, and from which sources."""
    table, row = ledger.study.statements, ledger.episodes.told_row
    runs = list(zip(ledger.told[at].tolist(), ledger.told[at + 1].tolist(), strict=True))
    ids, source = table.id.many(row), table.source.codes[row].tolist()
    alone = [(name,) for name in table.source.values]
    return {
        "statements": [tuple(ids[start:end]) for start, end in runs],
        "told_by": [
            alone[source[start]] if end == start + 1
            else tuple(sorted({table.source.values[code] for code in source[start:end]}))
            for start, end in runs
        ],
    }  # fmt: skip


def _proven(ledger: Ledger, at: NDArray[np.intp]) -> dict[str, list[Any]]:
    """The evidence on each belief; most have none, and share one empty answer."""
    names = ("held", "sure_in_time", "because", "evidence", "evidence_for", "evidence_against", "on_account_of")
    columns = [[blank] * len(at) for blank in ((), False, _NOTHING, (), (), (), ())]
    pairs, counts = ledger.pairs, np.diff(ledger.bounds)[at]
    ids = names_of(ledger.study, pairs.table, pairs.row)
    for place in np.flatnonzero(counts).tolist():
        for column, value in zip(columns, _evidence(ledger, int(at[place]), ids), strict=True):
            column[place] = value
    return dict(zip(names, columns, strict=True))


def _evidence(ledger: Ledger, episode: int, ids: Sequence[str]) -> tuple[Any, ...]:
    """The columns of :func:`_proven` for a belief on which there is evidence; ``ids`` are those of all pairs."""
    at = np.arange(ledger.bounds[episode], ledger.bounds[episode + 1])
    sign, verdict = ledger.pairs.sign[at], int(ledger.verdicts.verdict[episode])
    for_, against = (tuple(ids[k] for k in at[sign == one].tolist()) for one in (1, -1))
    decides = at[sign == verdict] if verdict else at
    return (
        _held(ledger, at), bool(ledger.pairs.sure[decides].any()), _because(ledger, episode, len(for_), len(against)),
        (*against, *for_), for_, against, _sources(ledger, decides),
    )  # fmt: skip


def _sources(ledger: Ledger, at: NDArray[np.intp]) -> tuple[str, ...]:
    pairs = ledger.pairs
    return tuple(sorted({
        getattr(ledger.study, TABLES[table]).source.of(row)
        for table, row in zip(pairs.table[at].tolist(), pairs.row[at].tolist(), strict=True)
    }))  # fmt: skip


def _held(ledger: Ledger, at: NDArray[np.intp]) -> tuple[str, ...]:
    """What the other's own records say, each wording once, the strongest kind of evidence first."""
    out: dict[str, None] = {}
    study, pairs = ledger.study, ledger.pairs
    for k in at[np.argsort(-pairs.strength[at], kind="stable")].tolist():
        if pairs.linked[k]:
            continue
        table, row = int(pairs.table[k]), int(pairs.row[k])
        if table == STATEMENTS:
            path = study.statements.path.of(row)
            said = f"{path.last} {path.verb} {study.statements.stance.get(row, NO_STANCE).text}"
        elif table == MOVES:
            moves = study.moves
            said = f"{moves.actor.of(row)} {moves.kind.of(row)} {moves.stance.get(row, NO_STANCE).text}"
        else:
            said = f"{study.packages.title.of(row)}: {study.packages.stance.get(row, NO_STANCE).text}"
        out[said] = None
    return tuple(out)


_NOTHING = "nothing that the other said or did on this topic in that time is recorded"


def _because(ledger: Ledger, i: int, n_for: int, n_against: int) -> str:
    verdicts = ledger.verdicts
    counts = f"{n_against} against, {n_for} for"
    strong = (STRENGTH_NAMES[int(verdicts.strong_against[i])], STRENGTH_NAMES[int(verdicts.strong_for[i])])
    if int(verdicts.verdict[i]) == UNDETERMINED:
        return f"{counts}, of equal strength ({strong[0]})"
    if verdicts.disputed[i]:
        return f"{counts}; the strongest against: {strong[0]}, for: {strong[1]}"
    return f"{counts}; {strong[0] if n_against else strong[1]}"


def misperceptions(rows: Sequence[Belief]) -> tuple[Belief, ...]:
    """The beliefs that are contradicted, strongest evidence first, then more voices, then earlier."""
    rank = {name: -strength for strength, name in STRENGTH_NAMES.items()}
    found = [row for row in rows if row.verdict == CONTRADICTED]
    return tuple(sorted(found, key=lambda row: (rank[row.strength], row.disputed, -row.voices, row.start)))

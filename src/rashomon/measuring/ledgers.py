"""The misperception ledger: each belief about another, against what the other held, and what could have been known when.

Misperception is a belief about another that what the other held contradicts (Jervis 1976). The verdict follows the stronger
kind of evidence (:mod:`rashomon.measuring.judging`); a belief voiced only in public may be a pretext and is marked as claimed
in public only, with what the evidence would say of it if it was sincere. Whether a belief was reasonable *then* is another
question: ``then`` is the verdict as of the last day it was held, from what was open by that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.beliefs import Episodes, Pairs, gather_episodes, pair_up
from rashomon.measuring.comparing import STRENGTH_NAMES
from rashomon.measuring.evidence import Ints, gather, name_of
from rashomon.measuring.judging import UNDETERMINED, Verdicts, judge
from rashomon.study import NO_STANCE, UNKNOWN_DAY, StudyData, format_day

BORNE_OUT, CONTRADICTED = "borne out", "contradicted"
PUBLIC_ONLY, UNDECIDED = "claimed in public only", "undetermined"
WORDS = {1: BORNE_OUT, -1: CONTRADICTED, 0: UNDECIDED}


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
    then; the belief itself need not have been.
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
        is_open = np.zeros(len(statements), np.bool_)
        is_open[self.study.open_rows("statements")] = True
        basis = statements.basis.each(lambda basis: basis == "words", np.bool_, False)
        stage = statements.stage.each(lambda stage: stage == "public", np.bool_, False)
        out = np.zeros(len(self.episodes), np.bool_)
        np.logical_or.at(out, self.episodes.told_episode, is_open[told])
        np.logical_and.at(out, self.episodes.told_episode, ((basis & stage) | ~is_open)[told])
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
    def rows(self) -> tuple[Belief, ...]:
        """All beliefs in words, in the order of the study."""
        return tuple(_belief(self, i) for i in np.argsort(self.episodes.row, kind="stable").tolist())

    def verdict_of(self, episode: int) -> str:
        """The verdict on an episode, in words."""
        if self.public_only[episode]:
            return PUBLIC_ONLY
        return WORDS[int(self.verdicts.verdict[episode])]


def _distinct(group: Ints, thing: Ints, n: int) -> Ints:
    """How many distinct things each of n groups has."""
    width = int(thing.max(initial=0)) + 1
    return np.bincount(np.unique(group * width + thing) // width, minlength=n).astype(np.int64)


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


def _belief(ledger: Ledger, i: int) -> Belief:
    study, episodes = ledger.study, ledger.episodes
    statements = study.statements
    row = int(episodes.row[i])
    path, topic = statements.path.of(row), statements.topic.of(row)
    about_issue = next((x.about for x in study.declared.issues if x.id == topic.text), "") if path.depth == 1 else ""
    told = episodes.told_row[ledger.told[i] : ledger.told[i + 1]].tolist()
    at = np.arange(ledger.bounds[i], ledger.bounds[i + 1])
    sign = ledger.pairs.sign[at]
    names = {s: _names(ledger, at[sign == s]) for s in (1, -1)}
    verdict = ledger.verdict_of(i)
    sincere = int(ledger.verdicts.verdict[i])
    decides = at[sign == sincere] if sincere else at
    forecast = bool(episodes.forecast[i])
    since, by = (int(x[i]) for x in (ledger.verdicts.since, ledger.verdicts.since_by))
    return Belief(
        holder=path.holder, about=path.about or about_issue, path=str(path), modality=path.modality, topic=topic.text,
        when=statements.when.of(row).text, start=format_day(int(episodes.lo[i])), end=format_day(int(episodes.hi[i])),
        forecast=forecast, believed=statements.stance.get(row, NO_STANCE).text, held=_held(ledger, at), verdict=verdict,
        if_sincere=WORDS[sincere], disputed=bool(ledger.verdicts.disputed[i]), strength=_strength(ledger.verdicts, i),
        voices=int(ledger.voices[i]), n=len(at), knowable_since="" if forecast else _day(since),
        knowable_by="" if forecast else _day(by), then=WORDS[int(ledger.then[i])],
        sure_in_time=bool(ledger.pairs.sure[decides].any()), because=_because(ledger, i, len(names[1]), len(names[-1])),
        statements=tuple(statements.id[r] for r in told), evidence=(*names[-1], *names[1]), evidence_for=names[1],
        evidence_against=names[-1], told_by=tuple(sorted({statements.source.of(r) for r in told})),
        on_account_of=_sources(ledger, decides),
    )  # fmt: skip


def _day(day: int) -> str:
    return "" if day >= UNKNOWN_DAY else format_day(day)


def _names(ledger: Ledger, at: NDArray[np.intp]) -> tuple[str, ...]:
    pairs = ledger.pairs
    return tuple(
        name_of(ledger.study, table, row)
        for table, row in zip(pairs.table[at].tolist(), pairs.row[at].tolist(), strict=True)
    )


def _sources(ledger: Ledger, at: NDArray[np.intp]) -> tuple[str, ...]:
    pairs, tables = ledger.pairs, ("statements", "moves", "packages", "polls", "texts")
    return tuple(sorted({
        getattr(ledger.study, tables[table]).source.of(row)
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
        if table == 0:
            path = study.statements.path.of(row)
            out[f"{path.last} {path.verb} {study.statements.stance.get(row, NO_STANCE).text}"] = None
        elif table == 1:
            out[
                f"{study.moves.actor.of(row)} {study.moves.kind.of(row)} {study.moves.stance.get(row, NO_STANCE).text}"
            ] = None
        else:
            stance = study.packages.stance.get(row, NO_STANCE).text
            out[f"{study.packages.title.of(row)}: {stance}"] = None
    return tuple(out)


def _strength(verdicts: Verdicts, i: int) -> str:
    return STRENGTH_NAMES[max(int(verdicts.strong_for[i]), int(verdicts.strong_against[i]))]


def _because(ledger: Ledger, i: int, n_for: int, n_against: int) -> str:
    verdicts = ledger.verdicts
    if not n_for and not n_against:
        return "nothing that the other said or did on this topic in that time is recorded"
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

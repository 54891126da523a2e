"""Triads: how a side's view of one other moves with its view of a third, and whether three images are in balance.

*Together*: yearly tones of A toward B beside those of A toward C, from statements and from polls apart
(:mod:`rashomon.measuring.dynamics.covarying`). *Balance* (Heider 1946, *Journal of Psychology* 21; Cartwright & Harary 1956,
*Psychological Review* 63): three sides are balanced where the product of the signs of their three relations is positive: a
friend's friend and an enemy's enemy is a friend. The sign of a relation is that of the mean tone of what the two hold of each
other, and only where its band leaves out zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from rashomon.measuring.dynamics import ASKED, LONGEST, SHOWN, Together, compare_series, image_series, pairs_within
from rashomon.measuring.records.toning import Tones, gather_tones
from rashomon.measuring.records.viewing import Views, gather_views
from rashomon.measuring.relations.coorientation import periods_of
from rashomon.measuring.statistics.judging import LEAST_VOICES
from rashomon.study import Estimate, Result, StudyData
from rashomon.study.provenance import note

SEED: Final = 1946


@dataclass(frozen=True, slots=True)
class Relation:
    """The relation of two sides: the mean tone of what each holds of the other; ``sign`` 1 or −1, 0 where it cannot be told."""

    one: str
    other: str
    tone: Estimate
    sign: int


@dataclass(frozen=True, slots=True)
class Balance:
    """Three sides in a period: their ``relations``, and whether they are balanced, unbalanced, or that is undetermined."""

    period: str
    sides: tuple[str, str, str]
    relations: tuple[Relation, Relation, Relation]
    verdict: str
    because: str
    n: int
    voices: int
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True)
class Triads(Result[Together]):
    """Views of two others, set beside each other; in ``balance`` the triads of which all three relations are on record."""

    balance: tuple[Balance, ...] = ()


def measure_triads(study: StudyData, views: Views | None = None, *, seed: int = SEED) -> Triads:
    """Every side's views of every two others, year by year; and the balance of every three sides, by period."""
    series = image_series(study, lambda timeline: timeline.label.target)
    rows = compare_series(list(pairs_within(series, lambda one: (one.kind, one.side))), seed)
    tones = gather_tones(study, gather_views(study) if views is None else views)
    parameters: dict[str, object] = {
        "level": ASKED.level, "least common years": ASKED.least, "block": ASKED.block, "draws": ASKED.draws,
        "longest view in days": LONGEST,
    }  # fmt: skip
    method = "correlation of yearly tones within voices, circular block permutation, Fisher's interval; balance after Heider 1946"
    sources = {source for one in series for source in one.sources} | set(tones.sources)
    about = note(study, method, parameters, seed, sum(one.n for one in series), sources)
    return Triads(rows, about, tuple(_balances(study, tones)))


def _balances(study: StudyData, tones: Tones) -> Iterator[Balance]:
    sides = [one.id for one in study.declared.sides]
    for period, (lo, hi) in periods_of(study).items():
        inside = tones.take((tones.column("start") <= hi) & (tones.column("end") >= lo))
        between = {pair: _between(inside, *pair) for pair in combinations(sides, 2)}
        for three in combinations(sides, 3):
            parts = [between[pair] for pair in combinations(three, 2)]
            if all(len(part) for part in parts):
                yield _balance(period, three, parts)


def _between(tones: Tones, one: str, other: str) -> Tones:
    words = tones.views.words
    codes = [words.index(name) if name in words else -2 for name in (one, other)]
    side, target = tones.column("side"), tones.column("target")
    there = (side == codes[0]) & (target == codes[1])
    return tones.take(there | ((side == codes[1]) & (target == codes[0])))


def _balance(period: str, three: tuple[str, ...], parts: list[Tones]) -> Balance:
    relations = [_relation(pair, part) for pair, part in zip(combinations(three, 2), parts, strict=True)]
    unclear = [f"{one.one} and {one.other} ({_why(one)})" for one in relations if not one.sign]
    product = relations[0].sign * relations[1].sign * relations[2].sign
    verdict = "undetermined" if unclear else "balanced" if product > 0 else "unbalanced"
    signs = ", ".join(f"{one.one} and {one.other} {'warm' if one.sign > 0 else 'cold'}" for one in relations)
    because = f"the sign of {', '.join(unclear)} cannot be told" if unclear else signs
    a, b, c = three
    first, second, third = relations
    return Balance(
        period, (a, b, c), (first, second, third), verdict, because, sum(map(len, parts)), min(part.voices for part in parts),
        tuple(sorted({source for part in parts for source in part.sources})),
        tuple(record for part in parts for record in part.records)[:SHOWN],
    )  # fmt: skip


def _relation(pair: tuple[str, str], tones: Tones) -> Relation:
    tone = tones.mean()
    return Relation(*pair, tone, int(tone.low > 0) - int(tone.high < 0))


def _why(relation: Relation) -> str:
    return "one voice only" if relation.tone.voices < LEAST_VOICES else "its band holds zero"

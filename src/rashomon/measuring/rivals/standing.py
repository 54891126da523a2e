"""Rival explanations: how each stands against the others, what each test found, and which missing document would tell most.

Judged intervals of probability go in, ranges of odds come out (:mod:`rashomon.measuring.rivals.odds`). No circles: what only the
source of an explanation tells never favours it. Voices, not rows: what one voice tells weighs between its strongest piece alone
and all its pieces. Absence counts only where something was looked for, and by how likely a trace would have survived there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from rashomon.errors import error
from rashomon.measuring.rivals.gathering import LOST, UNSEARCHED, WITHHELD, Evidence, Shelf
from rashomon.measuring.rivals.odds import (
    Band,
    Worth,
    add,
    kinds_of,
    odds_after,
    sign_of,
    weight_absent,
    weight_found,
    worth_of,
)
from rashomon.measuring.rivals.pairs import Pair, chances, weight_of
from rashomon.measuring.statistics.judging import LEAST_VOICES
from rashomon.study import Result, StudyData
from rashomon.study.provenance import note
from rashomon.study.schema import Explanation
from rashomon.texts import count

FAVOURED, DISFAVOURED, UNDETERMINED, RESTATED = "favoured", "disfavoured", "undetermined", "restated by its author"

_THIN: Final = f"fewer than {LEAST_VOICES} independent voices speak on the likelier side"
_EVEN: Final = "the range of odds holds 1 : 1"

PRIOR: Final = 4.0
"""Prior odds that are tried: from so much to one against an explanation to so much to one for it."""

HIGH: Final = 0.75
"""The probability from which a test counts as certain, or as unique. A convention: Van Evera (1997) gives no number."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one explanation stands among its rivals.

    ``verdict``: favoured (over every rival, whatever the prior odds tried), disfavoured (a rival is favoured over it), restated
    by its author (all that speaks for it is told by its source), or undetermined. ``low``, ``high``: its probability among its
    rivals, if one of them is true, over all judged intervals and prior odds. ``for_``, ``against``: expectations that favour it
    over some rival, or a rival over it; ``own``: those that only its source tells, and weigh nothing; ``open_``: its expectations
    that were not looked for. ``voices``: independent voices that speak for it, against the rival where they are fewest.
    """

    id: str
    outcome: str
    claim: str
    from_: str
    verdict: str
    because: str
    low: float
    high: float
    for_: tuple[str, ...]
    against: tuple[str, ...]
    own: tuple[str, ...]
    open_: tuple[str, ...]
    voices: int
    n: int
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duel:
    """Two explanations against each other: bounds of the likelihood ratio of all evidence for ``one`` against ``other``, of the
    posterior odds over the prior odds tried, and the explanation favoured ("" where neither is). ``voices_for`` and
    ``voices_against``: independent voices on each side.
    """

    outcome: str
    one: str
    other: str
    ratio_low: float
    ratio_high: float
    odds_low: float
    odds_high: float
    favoured: str
    because: str
    voices_for: int
    voices_against: int
    n: int


@dataclass(frozen=True, slots=True)
class Tested:
    """One expectation: which of Van Evera's tests it can be, its ``state`` (found, not found, not looked for, withheld, lost, not
    open), and bounds of its likelihood ratio against a rival (1 to 1 where it was not looked for).

    ``ratios``: the same against each rival. ``weighs``: counts, own source only (nothing), or open. ``by``: who judged the
    probabilities. ``alternatives``: records that the study links to its own as other readings.
    """

    id: str
    explanation: str
    sees: str
    certainty: Band
    uniqueness: Band
    kinds: tuple[str, ...]
    state: str
    because: str
    ratio_low: float
    ratio_high: float
    ratios: tuple[tuple[str, float, float], ...]
    weighs: str
    survives: Band
    where: tuple[str, ...]
    by: str
    note: str
    records: tuple[str, ...]
    sources: tuple[str, ...]
    voices: tuple[str, ...]
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """What an expectation that was not looked for could tell between its explanation and the ``rival`` that it tells most of.

    Odds are for the explanation: now, ``if_found``, and ``if_absent`` (NaN of what is lost, which nobody can look for);
    ``favoured_found`` and ``favoured_absent``: which of the two would then be favoured, "" for neither. ``worth``: how far the
    search is expected to move the probability; of what is lost, if it were recovered. ``rank`` is by its middle, and ``tied`` are
    those whose middle is the same to two digits. ``changes``: whether either answer would change the verdict.
    """

    id: str
    explanation: str
    rival: str
    state: str
    rank: int
    tied: tuple[str, ...]
    worth_low: float
    worth: float
    worth_high: float
    odds: Band
    if_found: Band
    if_absent: Band
    favoured_now: str
    favoured_found: str
    favoured_absent: str
    changes: bool
    where: tuple[str, ...]


@dataclass(frozen=True)
class Rivals(Result[Standing]):
    """Every explanation by outcome; ``duels`` of each two, the ``tests``, and what is ``missing``, by rank within its outcome."""

    duels: tuple[Duel, ...] = ()
    tests: tuple[Tested, ...] = ()
    missing: tuple[MissingDocument, ...] = ()


def measure_rivals(study: StudyData, *, prior: float = PRIOR, high: float = HIGH) -> Rivals:
    """Weigh the rival explanations of a study.

    Prior odds of any two are tried from ``prior`` to one against to ``prior`` to one for; ``high`` is the probability from which
    a test is called certain, or unique. R502 where they cannot be.

    Linear in records for each query; quadratic in the explanations of one outcome.
    """
    _require(prior, high)
    shelf = Shelf(study)
    evidence = [shelf.evidence(one) for one in study.declared.expectations]
    outcomes: dict[str, list[Explanation]] = {}
    for one in study.declared.explanations:
        outcomes.setdefault(one.of, []).append(one)
    found = [_Outcome.of(rivals, evidence, shelf, (1 / prior, prior), high) for rivals in outcomes.values()]
    rows = tuple(row for one in found for row in one.standings())
    return Rivals(
        rows,
        note(
            study, "likelihood ratios over judged intervals; of one voice from its strongest piece alone to all",
            {"prior odds": f"1:{prior:g} to {prior:g}:1", "certain or unique from": high}, None,
            len({record for piece in evidence for record in piece.records}),
            (source for piece in evidence for source in piece.sources),
        ),
        tuple(row for one in found for row in one.duels()),
        tuple(row for one in found for row in one.tests()),
        tuple(row for one in found for row in one.missing()),
    )  # fmt: skip


def _require(prior: float, high: float) -> None:
    if not 1 < prior < math.inf:
        raise error(
            "R502", "Prior odds are a range around one.", found=f"prior = {prior:g}", allowed="a number above 1",
            remedy="Write such as 4 for odds from 1:4 to 4:1; no single prior is known.",
        )  # fmt: skip
    if not 0.5 <= high < 1:
        raise error(
            "R502", "A test is certain, or unique, from a probability of one half or more.", found=f"high = {high:g}",
            allowed="0.5 to 1", remedy="Write such as 0.75.",
        )  # fmt: skip


@dataclass(frozen=True)
class _Outcome:
    """The rivals of one outcome with their evidence; ``pairs`` by their two ids, in both directions."""

    study: StudyData
    rivals: tuple[Explanation, ...]
    evidence: tuple[Evidence, ...]
    pairs: Mapping[tuple[str, str], Pair]
    prior: Band
    high: float

    @classmethod
    def of(
        cls, rivals: Sequence[Explanation], evidence: Sequence[Evidence], shelf: Shelf, prior: Band, high: float
    ) -> _Outcome:
        names = [one.id for one in rivals]
        mine = tuple(one for one in evidence if one.asked.of in names)
        authors = {one.id: shelf.author(one.source) for one in rivals}
        pairs = {}
        for one, other in combinations(names, 2):
            pairs[one, other] = Pair.of(one, other, mine, authors)
            pairs[other, one] = pairs[one, other].turned()
        return cls(shelf.study, tuple(rivals), mine, pairs, prior, high)

    def of_account(self, name: str) -> list[Pair]:
        """The account against each of its rivals."""
        return [pair for (one, _), pair in self.pairs.items() if one == name]

    def standings(self) -> Iterator[Standing]:
        """A row for each account."""
        return (self._standing(one) for one in self.rivals)

    def _standing(self, account: Explanation) -> Standing:
        pairs = self.of_account(account.id)
        pieces = [piece for pair in pairs for piece in pair.pieces]
        counted = [piece for piece in pieces if not piece.circular]
        for_ = _ids(piece.evidence for piece in counted if piece.sign > 0)
        own = _ids(piece.evidence for piece in pieces if piece.circular and piece.sign > 0)
        against = [odds_after(pair.turned().weight, self.prior) for pair in pairs]
        told = {id(piece.evidence): piece.evidence for piece in counted}.values()
        row = Standing(
            id=account.id, outcome=account.of, claim=account.claim, from_=account.source, verdict="", because="",
            low=1 / (1 + math.fsum(high for _, high in against)),
            high=1 / (1 + math.fsum(low for low, _ in against)),
            for_=for_,
            against=_ids(piece.evidence for piece in counted if piece.sign < 0),
            own=tuple(name for name in own if name not in for_),
            open_=_ids(one for one in self.evidence if one.asked.of == account.id and not one.looked),
            voices=min((pair.voices(1) for pair in pairs), default=0),
            n=len(told),
            sources=tuple(dict.fromkeys(source for one in told for source in one.sources)),
            records=tuple(dict.fromkeys(record for one in told for record in one.records)),
        )  # fmt: skip
        verdict, because = self._verdict(row, pairs)
        return replace(row, verdict=verdict, because=because)

    def _verdict(self, row: Standing, pairs: Sequence[Pair]) -> tuple[str, str]:
        """The verdict on an account, and why, in one phrase."""
        signs = {pair.other: pair.favours(self.prior) for pair in pairs}
        counts = _counted(row, len(pairs))
        if all(sign > 0 for sign in signs.values()):
            return FAVOURED, f"likelier than every rival over all prior odds tried; {counts}"
        beaten = [name for name, sign in signs.items() if sign < 0]
        if beaten:
            return DISFAVOURED, f"likelier over all prior odds tried: {', '.join(beaten)}; {counts}"
        if not row.for_ and row.own:
            return RESTATED, f"only its own source tells what speaks for it; {counts}"
        alone = [pair for pair in pairs if not signs[pair.other] and _decided(pair, self.prior)]
        why = _THIN if alone else _EVEN
        return UNDETERMINED, f"{why}; {counts if row.for_ or row.against else 'nothing that counts was looked for'}"

    def duels(self) -> Iterator[Duel]:
        """A row for each two accounts."""
        for one, other in combinations([one.id for one in self.rivals], 2):
            pair = self.pairs[one, other]
            ratio, odds = _exp(pair.weight), odds_after(pair.weight, self.prior)
            sign = pair.favours(self.prior)
            thin = not sign and _decided(pair, self.prior)
            yield Duel(
                outcome=self.rivals[0].of, one=one, other=other,
                ratio_low=ratio[0], ratio_high=ratio[1], odds_low=odds[0], odds_high=odds[1],
                favoured=self._named(pair, sign),
                because=_THIN if thin else "" if sign else _EVEN,
                voices_for=pair.voices(1), voices_against=pair.voices(-1),
                n=sum(not piece.circular for piece in pair.pieces),
            )  # fmt: skip

    def _named(self, pair: Pair, sign: int) -> str:
        return {1: pair.one, -1: pair.other, 0: ""}[sign]

    def tests(self) -> Iterator[Tested]:
        """A row for each expectation, in the order of the study within its account."""
        for account in self.rivals:
            yield from (self._tested(one) for one in self.evidence if one.asked.of == account.id)

    def _tested(self, one: Evidence) -> Tested:
        asked = one.asked
        pairs = self.of_account(asked.of)
        bands = {pair.other: _exp(weight_of(one, asked.of, pair.other)) for pair in pairs}
        mine = [piece for pair in pairs for piece in pair.pieces if piece.evidence is one]
        circular = bool(mine) and all(piece.circular for piece in mine)
        return Tested(
            id=asked.id, explanation=asked.of, sees=asked.sees, certainty=asked.certainty, uniqueness=asked.uniqueness,
            kinds=kinds_of(asked.certainty, asked.uniqueness, self.high), state=one.state, because=one.because,
            ratio_low=min(low for low, _ in bands.values()), ratio_high=max(high for _, high in bands.values()),
            ratios=tuple((rival, low, high) for rival, (low, high) in bands.items()),
            weighs="open" if not one.looked else "own source only" if circular else "counts",
            survives=asked.survives, where=asked.where, by=asked.by, note=asked.note, records=one.records, sources=one.sources,
            voices=tuple(dict.fromkeys(voice for told in one.told for voice in sorted(told.voices))),
            alternatives=_alternatives(self.study, one.records),
        )  # fmt: skip

    # what is missing

    def missing(self) -> tuple[MissingDocument, ...]:
        """What was not looked for, is withheld or lost, by what it is expected to tell."""
        rows = [self._missing(one) for one in self.evidence if one.state in (UNSEARCHED, WITHHELD, LOST)]
        rows.sort(key=lambda row: (-round(row.worth, 2), -row.worth, row.id))
        worths = [round(row.worth, 2) for row in rows]
        return tuple(
            replace(
                row, rank=worths.index(worth) + 1,
                tied=tuple(other.id for other, same in zip(rows, worths, strict=True) if same == worth and other is not row),
            )
            for row, worth in zip(rows, worths, strict=True)
        )  # fmt: skip

    def _missing(self, one: Evidence) -> MissingDocument:
        """Against the rival of which it tells most."""
        survives = (1.0, 1.0) if one.state == LOST else one.asked.survives
        found = [(self._worth(one, pair, survives), pair) for pair in self.of_account(one.asked.of)]
        worth, pair = max(found, key=lambda item: item[0].middle)
        given, otherwise = chances(one.asked, pair.one), chances(one.asked, pair.other)
        there, absent = weight_found(given, otherwise), weight_absent(given, otherwise, survives)
        now = pair.favours(self.prior)
        if_found, if_absent = (pair.favours(self.prior, more, sign_of(more)) for more in (there, absent))
        lost = one.state == LOST
        return MissingDocument(
            id=one.asked.id, explanation=pair.one, rival=pair.other, state=one.state, rank=0, tied=(),
            worth_low=worth.low, worth=worth.middle, worth_high=worth.high,
            odds=odds_after(pair.weight, self.prior),
            if_found=odds_after(add((pair.weight, there)), self.prior),
            if_absent=(math.nan, math.nan) if lost else odds_after(add((pair.weight, absent)), self.prior),
            favoured_now=self._named(pair, now), favoured_found=self._named(pair, if_found),
            favoured_absent="" if lost else self._named(pair, if_absent),
            changes=if_found != now or (if_absent != now and not lost),
            where=one.asked.where,
        )  # fmt: skip

    def _worth(self, one: Evidence, pair: Pair, survives: Band) -> Worth:
        given, otherwise = chances(one.asked, pair.one), chances(one.asked, pair.other)
        return worth_of(pair.weight, self.prior, given, otherwise, survives)


def _counted(row: Standing, rivals: int) -> str:
    """What speaks for an account and against it, in one phrase."""
    said = f"{count(len(row.for_), 'expectation speaks', 'expectations speak')} for it, {len(row.against)} against"
    said += f"; independent voices for it: {row.voices}{' (against the rival where they are fewest)' if rivals > 1 else ''}"
    return f"{said}; told by its own source only: {len(row.own)}" if row.own else said


def _decided(pair: Pair, prior: Band) -> bool:
    low, high = odds_after(pair.weight, prior)
    return low > 1 or high < 1


def _exp(band: Band) -> Band:
    return math.exp(band[0]), math.exp(band[1])


def _ids(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.asked.id for one in evidence))


def _alternatives(study: StudyData, records: Sequence[str]) -> tuple[str, ...]:
    """Records that open links name as alternatives to any of these."""
    links, mine = study.links, set(records)
    found: dict[str, None] = {}
    for row in study.open_rows("links").tolist() if mine else ():
        if links.kind.of(row) == "alternative":
            ends = links.from_.of(row), links.to.of(row)
            found |= {end: None for end in ends if end not in mine and mine & set(ends)}
    return tuple(found)

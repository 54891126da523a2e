"""Two accounts of one outcome against each other: what each piece of evidence weighs, and all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rashomon.measuring.records.resting import Author
from rashomon.measuring.rivals.gathering import FOUND, HERE, Evidence, Teller, free_of, grouped
from rashomon.measuring.rivals.odds import (
    NOTHING,
    Band,
    add,
    join,
    odds_after,
    opposite,
    sign_of,
    weight_absent,
    weight_found,
)
from rashomon.measuring.statistics.judging import LEAST_VOICES
from rashomon.study.schema import Expectation


def chances(asked: Expectation, account: str) -> Band:
    """The probability of seeing what is expected if an account is true: as judged for it, or else for any rival."""
    if asked.of == account:
        return asked.certainty
    return asked.under.get(account, (1 - asked.uniqueness[1], 1 - asked.uniqueness[0]))


def says_nothing(asked: Expectation, one: str, other: str) -> bool:
    """Whether an expectation cannot tell two accounts apart: that of a third, judged alike for both."""
    return not {one, other} & {asked.of, *asked.under}


def weight_of(evidence: Evidence, one: str, other: str) -> Band:
    """What one piece weighs for an account against another, whoever tells it."""
    asked = evidence.asked
    if says_nothing(asked, one, other) or not evidence.looked:
        return NOTHING
    given, otherwise = chances(asked, one), chances(asked, other)
    if evidence.state == FOUND:
        return weight_found(given, otherwise)
    return weight_absent(given, otherwise, asked.survives)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence in a comparison: what it weighs for the first account, and whose it is; ``circular``: only the
    source of the account that it favours tells it, so that it weighs nothing.
    """

    evidence: Evidence
    weight: Band
    told: tuple[Teller, ...]
    circular: bool

    @property
    def sign(self) -> int:
        """+1 where it favours the first account, −1 the other, 0 neither."""
        return sign_of(self.weight)


@dataclass(frozen=True)
class Pair:
    """Two accounts and the pieces that tell them apart. ``weight``: of all pieces together, for ``one`` against ``other``."""

    one: str
    other: str
    pieces: tuple[Piece, ...]
    groups: tuple[tuple[Piece, ...], ...]
    weight: Band

    @classmethod
    def of(cls, one: str, other: str, evidence: Sequence[Evidence], authors: Mapping[str, Author]) -> Pair:
        """Two accounts set against each other."""
        pieces = tuple(_pieces(one, other, evidence, authors))
        counted = [piece for piece in pieces if not piece.circular]
        groups = tuple(tuple(counted[k] for k in group) for group in grouped([piece.told for piece in counted]))
        weight = add(join([piece.weight for piece in group]) for group in groups)
        return cls(one, other, pieces, groups, weight)

    def turned(self) -> Pair:
        """The same, seen from the other account."""
        pieces = {
            id(piece): Piece(piece.evidence, opposite(piece.weight), piece.told, piece.circular)
            for piece in self.pieces
        }
        groups = tuple(tuple(pieces[id(piece)] for piece in group) for group in self.groups)
        return Pair(self.other, self.one, tuple(pieces.values()), groups, opposite(self.weight))

    def voices(self, sign: int) -> int:
        """How many independent voices speak, taking all that each tells, for the first account (+1) or the other (−1).

        What the records of the study do not hold is nobody's voice: it weighs, but it does not make a second one.
        """
        spoken = (group for group in self.groups if any(one.source != HERE for piece in group for one in piece.told))
        return sum(sign_of(join([piece.weight for piece in group])) == sign for group in spoken)

    def favours(self, prior: Band, more: Band = NOTHING, new: int = 0) -> int:
        """+1 where the first account is likelier whatever the prior odds within ``prior``, −1 the other, 0 undetermined.

        ``more``: the weight of further evidence of an independent voice, ``new`` the account it favours. An account is favoured
        only where :data:`LEAST_VOICES` independent voices speak for it.
        """
        low, high = odds_after(add((self.weight, more)), prior)
        sign = (low > 1) - (high < 1)
        return sign if sign and self.voices(sign) + (new == sign) >= LEAST_VOICES else 0


def _pieces(one: str, other: str, evidence: Sequence[Evidence], authors: Mapping[str, Author]) -> Iterator[Piece]:
    for piece in evidence:
        weight = weight_of(piece, one, other)
        if weight == NOTHING:
            continue
        author = authors[one if sign_of(weight) > 0 else other]
        free = free_of(author, piece.told)
        yield Piece(piece, weight, free or piece.told, not free)

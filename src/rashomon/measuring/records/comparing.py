"""Does one record speak for or against what another holds? The relation of two stances, and the strength of evidence.

A *role* says what a verb does with its stance: it holds it as a goal or as a claim, takes it (would live with it), shuns it,
or fears it. Two stances on one topic then relate as follows (rows: the belief; columns: the record it is set against):

========  =====================  ==================  ==================
 belief    holds                  takes               shuns
========  =====================  ==================  ==================
 holds     same +, other −        nothing             same −
 takes     same +                 same +              same −
 shuns     same −                 same −              same +
========  =====================  ==================  ==================

A goal and a claim are comparable only where the claim is asserted or believed; what is feared is compared only with what is
feared, expected or believed. Holding one position does not show that another would be refused, so ``takes`` against
``holds`` of another position says nothing.
"""

from __future__ import annotations

from typing import Final, Protocol

FOR: Final = 1
AGAINST: Final = -1
NEITHER: Final = 0

STRENGTH: Final = {"words": 3, "act": 3, "witness": 2, "inferred": 1, "narrated": 1, "": 1}
"""Own words or acts before a witness, a witness before the author's inference or bare word (the design's order)."""

STRENGTH_NAMES: Final = {3: "own words or acts", 2: "witness", 1: "author's account", 0: "none"}

_GOALS: Final = frozenset({"wants", "demands", "minimum", "proposes", "intends"})
_CLAIMS: Final = frozenset({"believes", "asserts", "expects"})
_POSITIONS: Final = frozenset({"believes", "asserts"})
_SHUNS: Final = frozenset({"rejects", "avoids"})


class StanceLike(Protocol):
    """What the comparison needs of a stance: its kind, its word, and its interval on the topic's scale (NaN: unplaced)."""

    @property
    def kind(self) -> str:
        """``position``, ``word``, ``number``, ``order``, ``direction`` or ``none``."""

    @property
    def value(self) -> str:
        """The position's id or the word."""

    @property
    def lo(self) -> float:
        """Lower end on the scale."""

    @property
    def hi(self) -> float:
        """Upper end on the scale."""


def role(verb: str, negated: bool) -> str:
    """What a verb does with its stance: ``goal``, ``claim``, ``takes``, ``shuns``, ``fears`` or ``silent``."""
    if verb == "accepts":
        return "shuns" if negated else "takes"
    if verb in _SHUNS:
        # "does not reject" is a kind of acceptance; "does not avoid" says nothing of the stance
        return ("takes" if verb == "rejects" else "silent") if negated else "shuns"
    if verb in _GOALS or verb in _CLAIMS or verb == "fears":
        if negated:
            return "shuns" if verb != "fears" else "silent"
        return "goal" if verb in _GOALS else "claim" if verb in _CLAIMS else "fears"
    return "silent"


def same_stance(one: StanceLike, other: StanceLike, compatible: frozenset[frozenset[str]] = frozenset()) -> int:
    """+1 where two stances on one topic agree, −1 where they exclude each other, 0 where that cannot be said.

    Positions agree where they are the same or stand at the same place of the issue's scale; pairs of positions that the study
    declares compatible say nothing of each other. Words and numbers agree where their intervals lie on the same side of the
    scale's middle, and exclude each other where they lie on opposite sides; a mixed word says nothing. Orders (``> 0.5``)
    agree where one interval holds the other and exclude each other where the two are disjoint.
    """
    if one.kind == "none" or other.kind == "none":
        return NEITHER
    if one.kind == "position" and other.kind == "position":
        return _same_position(one, other, compatible)
    if one.lo != one.lo or other.lo != other.lo:  # NaN: not placed
        return NEITHER
    if "order" in (one.kind, other.kind):
        if one.hi < other.lo or other.hi < one.lo:
            return AGAINST
        inside = (other.lo <= one.lo and one.hi <= other.hi) or (one.lo <= other.lo and other.hi <= one.hi)
        return FOR if inside else NEITHER
    return _side(one) * _side(other)


def _same_position(one: StanceLike, other: StanceLike, compatible: frozenset[frozenset[str]]) -> int:
    if one.value == other.value:
        return FOR
    if one.lo == other.lo and one.hi == other.hi:
        return FOR
    return NEITHER if frozenset({one.value, other.value}) in compatible else AGAINST


def _side(stance: StanceLike) -> int:
    """On which side of the middle of −1..1 an interval lies: −1, +1, or 0 where it straddles it."""
    return int(stance.lo >= 0.0 and stance.hi > 0.0) - int(stance.hi <= 0.0 and stance.lo < 0.0)


def relate(
    belief: tuple[str, bool],
    believed: StanceLike,
    record: tuple[str, bool],
    held: StanceLike,
    compatible: frozenset[frozenset[str]] = frozenset(),
) -> int:
    """+1 where a record speaks for a belief about its holder, −1 where it speaks against it, 0 where neither.

    ``belief`` and ``record`` are (verb, negated): the last verb of the belief's path, and the record's own; ``believed`` and
    ``held`` their stances on one topic. The table stands at the head of this module.
    """
    mine, theirs = role(*belief), role(*record)
    if "silent" in (mine, theirs):
        return NEITHER
    if "fears" in (mine, theirs):
        fearless = {"expects", "believes", "fears"}
        if not {belief[0], record[0]} <= fearless:
            return NEITHER
        mine = theirs = "claim"
    same = same_stance(believed, held, compatible)
    holds = ("goal", "claim")
    if mine in holds and theirs in holds:
        claims = [verb for verb, kind in ((belief[0], mine), (record[0], theirs)) if kind == "claim"]
        if mine != theirs and not set(claims) <= _POSITIONS:
            return NEITHER
        return same
    if same != FOR or (mine in holds and theirs == "takes"):
        return NEITHER
    return FOR if (mine == "shuns") == (theirs == "shuns") else AGAINST

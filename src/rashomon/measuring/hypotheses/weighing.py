"""The verdict on a claim from the strongest evidence on each side: plain values only.

Three numbers decide: the strongest evidence for the claim that is *independent* of its source, the strongest for it that is
the source's *own*, and the strongest *against* it from anybody, the source included (0 none, 1 an author's account, 2 a
witness, 3 own words or acts, and polls). A source never bears out its own claim; its own evidence can only keep weaker or
equal evidence against it from deciding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

BORNE_OUT: Final = "borne out"
CONTRADICTED: Final = "contradicted"
UNDETERMINED: Final = "undetermined"
RESTATED: Final = "restated by its author"

KINDS: Final = {1: "an author's account", 2: "a witness", 3: "own words or acts, or a poll"}
_RANK: Final = {CONTRADICTED: -1, UNDETERMINED: 0, RESTATED: 0, BORNE_OUT: 1}


@dataclass(frozen=True, slots=True)
class Scales:
    """The strongest evidence on each side, 0 to 3: independent and own evidence for a claim, and any against it."""

    independent: int
    own: int
    against: int

    @property
    def disputed(self) -> bool:
        """Whether there is evidence on both sides."""
        return self.against > 0 and max(self.independent, self.own) > 0

    @property
    def verdict(self) -> str:
        """Borne out, contradicted, restated by its author, or undetermined."""
        if self.independent > self.against:
            return BORNE_OUT
        if self.against > max(self.independent, self.own):
            return CONTRADICTED
        return RESTATED if self.own and not self.against else UNDETERMINED


def decisive(scales: Scales) -> str:
    """Which single further record of an independent voice would change the verdict most, in words.

    Of records that change it as far, the weakest kind is named; a record for and one against that change it as far are both.
    """
    options = []
    for sign in (1, -1):
        for strength in KINDS:
            after = _with(scales, sign, strength).verdict
            moved = abs(_RANK[after] - _RANK[scales.verdict])
            if moved:
                options.append((-moved, strength, sign, after))
    if not options:
        return "No single record would change the verdict: evidence of the strongest kind stands on both sides."
    most = min(options)[0]
    said = []
    for sign in (1, -1):
        mine = [one for one in options if one[2] == sign and one[0] == most]
        if mine:
            _, strength, _, after = min(mine)
            side = "for" if sign > 0 else "against"
            said.append(f"one {side} it ({_kind(strength)}) would leave it {after}")
    return f"A record of an independent voice: {', '.join(said)}."


def _kind(strength: int) -> str:
    return f"even only {KINDS[1]}" if strength == 1 else KINDS[strength]


def _with(scales: Scales, sign: int, strength: int) -> Scales:
    if sign > 0:
        return Scales(max(scales.independent, strength), scales.own, scales.against)
    return Scales(scales.independent, scales.own, max(scales.against, strength))

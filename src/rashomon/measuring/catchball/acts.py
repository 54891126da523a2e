"""Dated directed acts as plain arrays, from whatever source: moves of a study, or events counted by a machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

WIDEST: Final = 731
"""Days that the time of an act may span: one of a longer time is a campaign, no call that waits for an answer, and has no
date.
"""

CALLS: Final = ("offers", "proposes", "asks", "demands")
"""Kinds of moves that call for an answer."""

ONLY_ANSWER: Final = ("accepts", "rejects", "answers", "denies", "vetoes")
"""Kinds of moves that there are only where something went before."""

WITHDRAWS: Final = ("withdraws", "cancels")
"""Kinds of moves by which a side takes back what it called for, if they answer it."""

SILENT: Final = ("omits",)
"""Kinds that are no act: they answer nothing and call for nothing, though they may be answered."""

SCORES: Final[Mapping[str, tuple[float, str]]] = MappingProxyType(
    {
        "apologises": (7.0, "055 apologize"),
        "gives": (7.0, "070 provide aid"),
        "signs": (8.0, "057 sign formal agreement"),
        "lifts": (7.0, "085 ease sanctions"),
        "promises": (5.2, "031 express intent to cooperate materially"),
        "offers": (4.0, "030 express intent to cooperate"),
        "accepts": (4.0, "030 express intent to cooperate"),
        "proposes": (3.4, "022 appeal for diplomatic cooperation"),
        "asks": (3.0, "020 appeal or request"),
        "visits": (1.9, "042 make a visit"),
        "meets": (1.0, "040 consult"),
        "warns": (-2.0, "110 disapprove"),
        "rejects": (-4.0, "120 reject"),
        "cancels": (-4.0, "160 reduce relations"),
        "postpones": (-4.0, "160 reduce relations"),
        "withdraws": (-4.0, "160 reduce relations"),
        "vetoes": (-5.0, "129 veto"),
        "demands": (-5.0, "100 demand"),
        "denies": (-5.0, "016 deny responsibility"),
        "imposes": (-5.0, "172 impose administrative sanctions"),
        "threatens": (-4.4, "130 threaten"),
    }
)
"""How cooperative a kind of move is: the number that Goldstein's scale (1992, *Journal of Conflict Resolution* 36) gives the
code of CAMEO nearest to it, which stands beside it. Kinds whose meaning hangs on what is done, such as declares, have none
(0).
"""


@dataclass(frozen=True, eq=False)
class Acts:
    """n acts between sides, in any order.

    ``mover``, ``target`` (n,): numbers of sides, −1 for none; ``lo``, ``hi`` (n,): first and last day that the act can have
    begun on; ``calls`` (n,): whether it calls for an answer; ``only_answers``: whether its kind is that of an answer;
    ``withdraws``: whether it takes back what it answers; ``speaks``: False for an omission; ``issue`` (n,): number of what it
    is about, −1 for none; ``public`` (n,): whether all could know of it; ``score`` (n,): cooperative above 0, hostile below;
    ``weight`` (n,): its mark; ``voice`` (n,): number of who tells it. ``answer``, ``answered`` (m,): places of acts of which
    the first is on record as an answer to the second.
    """

    mover: Ints
    target: Ints
    lo: Ints
    hi: Ints
    calls: Bools
    only_answers: Bools
    withdraws: Bools
    speaks: Bools
    issue: Ints
    public: Bools
    score: Floats
    weight: Floats
    voice: Ints
    answer: Ints
    answered: Ints

    def __len__(self) -> int:
        return len(self.mover)

    @property
    def dated(self) -> Bools:
        """Which acts have a date: their time spans no more than :data:`WIDEST` days."""
        return self.hi - self.lo <= WIDEST

    @property
    def across(self) -> Bools:
        """Which acts one side made toward another, and are no omissions."""
        found: Bools = (self.mover >= 0) & (self.target >= 0) & (self.mover != self.target) & self.speaks
        return found

    @property
    def waiting(self) -> Bools:
        """Which acts are calls upon another side: they are dated, and wait for an answer."""
        return self.calls & self.across & self.dated


def number_pair(one: Ints, other: Ints, sides: int) -> Ints:
    """A number for each unordered pair of sides."""
    found: Ints = np.minimum(one, other) * sides + np.maximum(one, other)
    return found

"""Agreement that DNA holds as a whole number, and the levels of agreement of a study's issues.

DNA does not record how far such a scale reaches, and measures by the numbers that occur. A study declares its levels: here they
reach as far above zero as below where a number is negative, since DNA takes zero for neither side, and else from the lowest to
the highest number of the statement type. A database that an export wrote says in the label of the type how far they reach.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

ALL: Final = 25
"""Levels of a scale up to which all are declared; of a longer one those that occur, and its ends."""
HELD: Final = range(-(1 << 31), 1 << 31)
"""Whole numbers that DNA holds."""
_LABEL: Final = "DNA Statement, agreement from {} to {}"
_READ: Final = re.compile(_LABEL.format("(-?[0-9]+)", "(-?[0-9]+)"))


class Ends(NamedTuple):
    """The lowest and the highest level of a scale."""

    low: int
    high: int

    @property
    def label(self) -> str:
        """The label of the statement type whose agreement has this scale."""
        return _LABEL.format(*self)


def ends_told(label: str) -> Ends | None:
    """The ends of a scale that a label tells; None where it tells none."""
    found = _READ.fullmatch(label)
    ends = Ends(*map(int, found.groups())) if found else None
    return ends if ends and ends.low <= ends.high else None


def ends_of(numbers: Collection[int], told: Ends | None = None) -> Ends:
    """The ends of the scale of these numbers; as ``told``, where they lie within. Of no numbers, 0, which DNA writes itself."""
    low, high = min(numbers, default=0), max(numbers, default=0)
    if told and told.low <= low and high <= told.high:
        return told
    return Ends(-max(-low, high), max(-low, high)) if low < 0 else Ends(low, high)


def position_of(level: int) -> str:
    """The id of the position at a level."""
    return str(level) if level >= 0 else f"minus-{-level}"


def positions_of(ends: Ends, numbers: Iterable[int]) -> list[dict[str, object]]:
    """The positions of an issue on a scale, on which these numbers occur."""
    levels = range(ends.low, ends.high + 1) if ends.high - ends.low < ALL else sorted({*ends, *numbers})
    return [{"id": position_of(one), "name": str(one), "level": one} for one in levels]

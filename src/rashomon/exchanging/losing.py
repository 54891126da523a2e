"""What a move from one format to another loses, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rashomon.texts import counted

_SHOWN = 80  # letters of what is lost that are shown


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that has no place in the other format, or comes out otherwise: where it stands, what it is, what became of it."""

    place: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}: {self.why}"


def shown(text: str) -> str:
    """The beginning of a text, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + " …"


@dataclass(frozen=True)
class Moved:
    """What an import or an export did.

    ``form``: the format; ``wrote``: the file or the folder that was written; ``counts``: how many of each kind of thing went
    over; ``losses``: what did not, or not as it was, in the order of where it came from.
    """

    form: str
    wrote: str
    counts: Mapping[str, int]
    losses: tuple[Loss, ...] = field(default=())

    def lines(self) -> list[str]:
        """It for a reader."""
        told = ", ".join(counted(number, kind) for kind, number in self.counts.items())
        head = f"{self.wrote}: {told or 'nothing'}."
        if not self.losses:
            return [head, "Nothing was lost."]
        return [head, f"Lost or changed ({len(self.losses):,}):", *(f"  {loss}" for loss in self.losses)]

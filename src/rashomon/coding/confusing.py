"""Which value one coder writes where the other writes which: counts over pairs of statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rashomon.coding.aligning import Coding

READ: Final[Mapping[str, Callable[[Coding], str]]] = {
    "path": lambda one: str(one.path),
    "topic": lambda one: one.topic,
    "stance": lambda one: f"{one.topic}={one.stance}",
    "verb": lambda one: str(one.path.verb),
}
"""The fields of which there is a table of confusion, and how each is read."""


@dataclass(frozen=True, slots=True)
class Confused:
    """In ``n`` pairs of statements one coder wrote ``a`` and the other ``b`` in this field."""

    field: str
    a: str
    b: str
    n: int


def confusions(pairs: Iterable[tuple[Coding, Coding]]) -> tuple[Confused, ...]:
    """The counts of each field, the most frequent first. A stance is counted where both have one topic, as ``topic=stance``."""
    listed = list(pairs)
    rows = []
    for name, read in READ.items():
        met = Counter((read(a), read(b)) for a, b in listed if name != "stance" or a.topic == b.topic)
        rows += [Confused(name, a, b, n) for (a, b), n in sorted(met.items(), key=lambda one: (-one[1], one[0]))]
    return tuple(rows)

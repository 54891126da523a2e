"""What one state does to another, feels about it or is to it, as a sentence states it; and what sign that has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations, product
from typing import Final

from rashomon.coding.parties import Party

POSITIVE: Final = frozenset(
    {"AGREE", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "likes", "trusts", "ally", "good"}
)
NEGATIVE: Final = frozenset(
    {
        "DEMAND", "DISAPPROVE", "REJECT", "THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT", "FIGHT",
        "dislikes", "distrusts", "fears", "enemy", "bad",
    }
)  # fmt: skip
REVERSED: Final[Mapping[str, str]] = {
    "SUPPORT": "REJECT", "COOPERATE": "REJECT", "AID": "REJECT", "CONCEDE": "REJECT", "AGREE": "REJECT", "RETREAT": "REJECT",
    "SANCTION": "CONCEDE", "COERCE": "CONCEDE", "FIGHT": "RETREAT", "DEMAND": "CONCEDE", "THREATEN": "RETREAT",
    "REJECT": "CONCEDE", "DISAPPROVE": "SUPPORT", "likes": "dislikes", "trusts": "distrusts", "dislikes": "likes",
    "distrusts": "trusts", "fears": "trusts", "bears": "dislikes", "ally": "bad", "enemy": "good", "good": "bad", "bad": "good",
}  # fmt: skip
"""What an act or a feeling is that is refused, denied or brought to an end."""


def sign_of(kind: str) -> int:
    """1 for what helps or likes, −1 for what harms or dislikes, 0 for what does neither."""
    return 1 if kind in POSITIVE else -1 if kind in NEGATIVE else 0


def promised(kind: str) -> str:
    """What an act is that is yet to come: of what harms a threat, of what helps a promise; a feeling stays what it is."""
    if kind in ("DEMAND", "DISAPPROVE", "REJECT", "CONSULT") or not kind.isupper():
        return kind
    return "THREATEN" if sign_of(kind) < 0 else "AGREE"


@dataclass(frozen=True, slots=True)
class Relation:
    """``kind``: a type of PLOVER, or in lower case a feeling. ``words``: those of the sentence that say it.

    ``certainty``: 0 to 1, of the reading.
    """

    kind: str
    source: Party
    target: Party
    words: tuple[int, ...]
    certainty: float


Entries = Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
"""Lemma → what it says (a type or a feeling), and where its target stands; several where it depends on that."""


def read_entries(table: str) -> Entries:
    """Lines ``kind: lemma= lemma:form,form …``: ``=`` for the object, else prepositions or cases; ``_`` is a blank in one."""
    out: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for line in table.strip().splitlines():
        kind, _, entries = line.partition(": ")
        for entry in entries.split():
            lemma, _, forms = entry.rstrip("=").partition(":")
            places = ("=",) if entry.endswith("=") else tuple(form.replace("_", " ") for form in forms.split(","))
            out[lemma] = (*out.get(lemma, ()), (kind, places))
    return out


_SURE: Final = 0.95
"""The certainty of a reading in which nothing was doubtful."""


def pairs(
    kind: str, sources: Iterable[Party], targets: Iterable[Party], words: tuple[int, ...], sure: float
) -> Iterator[Relation]:
    """Each source toward each target."""
    for source, target in product(tuple(sources), tuple(targets)):
        yield Relation(kind, source, target, words, round(_SURE * sure * source.weight * target.weight, 2))


def surest(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """The surest relation of each pair and sign, the first of those that are as sure; none of a state to itself."""
    best: dict[tuple[str, str, int], Relation] = {}
    for one in relations:
        key = (one.source.code, one.target.code, sign_of(one.kind))
        if one.source.code != one.target.code and (key not in best or best[key].certainty < one.certainty):
            best[key] = one
    return tuple(best.values())


def each(kind: str, those: tuple[Party, ...], words: tuple[int, ...], sure: float) -> Iterator[Relation]:
    """Each of some toward each other."""
    for one, other in permutations(those, 2):
        yield from pairs(kind, (one,), (other,), words, sure)

"""Which words of the documents two coders hold to be worth coding: agreement on the stretches that their quotes mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.coding.aligning import Coding
from rashomon.coding.grounding import Ground
from rashomon.coding.krippendorff import LEAST_CLUSTERS
from rashomon.coding.proposing import SET_APART
from rashomon.coding.unitising import Stretch, Unit, unit_alpha
from rashomon.reading import locate
from rashomon.study import Estimate


@dataclass(frozen=True, slots=True)
class Spans:
    """How far two coders mark the same words, of one ``topic`` ("all": of any).

    ``a`` and ``b``: the quotes of each that stand in their passages; ``characters`` of the ``documents`` that both coded.
    ``alpha``: ᵤα of marked and unmarked words (:func:`~rashomon.coding.unitising.unit_alpha`), its interval from resampling
    ``clusters`` of what ``by`` says; ``because``: why something is undetermined.
    """

    topic: str
    a: int
    b: int
    documents: int
    characters: int
    alpha: Estimate
    clusters: int
    by: str
    verdict: str
    because: str


def spans(
    a: Sequence[Coding], b: Sequence[Coding], ground: Ground, *, draws: int = 2000, level: float = 0.9, seed: int = 2011
) -> tuple[Spans, ...]:
    """Agreement on the words marked, over all passages of the documents that both coded, for all topics and for each.

    Left out are running heads, page numbers and headings, which are not coded. Quotes of one coder that overlap are one.
    """
    documents = _documents(a, ground) & _documents(b, ground)
    addresses = [
        one.address for one in ground.passages.values() if one.document in documents and one.kind not in SET_APART
    ]
    marked = [_marked(codings, ground, frozenset(addresses)) for codings in (a, b)]
    by = "document" if len(documents) >= LEAST_CLUSTERS else "paragraph"
    clusters = [ground.passages[one].document if by == "document" else one for one in addresses]
    topics = sorted({topic for own in marked for _, _, topic in own})
    rows = []
    for topic, counted in (("all", topics), *((one, [one]) for one in topics)):
        chosen = [[one for one in own if one[2] in counted] for own in marked]
        units = [_units(own) for own in chosen]
        stretches = [
            Stretch(len(ground.passages[one].text), tuple(tuple(own.get(one, ())) for own in units))
            for one in addresses
        ]
        value = unit_alpha(stretches, clusters=clusters, draws=draws, level=level, seed=seed)
        rows.append(
            Spans(
                topic=topic, a=len(chosen[0]), b=len(chosen[1]), documents=len(documents),
                characters=sum(one.length for one in stretches),
                alpha=Estimate(value.value, value.low, value.high, level, value.units, 2), clusters=value.clusters, by=by,
                verdict="undetermined" if value.value != value.value else "estimated",
                because=value.because if documents else "no document that was read has passages that both coded",
            )
        )  # fmt: skip
    return tuple(rows)


def _documents(codings: Sequence[Coding], ground: Ground) -> set[str]:
    return {ground.passages[one.passage].document for one in codings if one.passage in ground.passages}


def _marked(codings: Sequence[Coding], ground: Ground, addresses: frozenset[str]) -> list[tuple[str, Unit, str]]:
    """The quotes that stand in passages of these addresses: address, unit and topic."""
    found: list[tuple[str, Unit, str]] = []
    for one in codings:
        at = locate(ground.passages[one.passage].text, one.quote) if one.passage in addresses else None
        if at is not None:
            found.append((one.passage, (*at, "marked"), one.topic))
    return found


def _units(marked: Sequence[tuple[str, Unit, str]]) -> dict[str, list[Unit]]:
    """The units by address."""
    found: dict[str, list[Unit]] = {}
    for address, unit, _ in marked:
        found.setdefault(address, []).append(unit)
    return found

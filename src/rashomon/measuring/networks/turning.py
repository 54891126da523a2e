"""How agreement changed from one declared period to the next: of each two actors of a network, and of each two sides.

What is compared is the share of agreement: of all pairs of statements of two actors on one topic (congruence and conflict
together) the part that agrees, for more statements are not more agreement. A view that lasted counts in each period in which it
was held. Documents are drawn anew over both periods at once (Davison & Hinkley 1997, *Bootstrap Methods*, ch. 3.8), so that what
one document says of both stays together; p is twice the share of draws on the other side of nought. Where either period rests on
fewer than five documents or two voices nothing is told.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.networks.answers import TieChange, TieChanges
from rashomon.measuring.networks.gathering import SEPARATOR
from rashomon.measuring.networks.ground import LEAST_DRAWS, LEVEL, NAN, Ground
from rashomon.measuring.networks.projecting import Manner, network
from rashomon.measuring.networks.resampling import LEAST_DOCUMENTS, quantiles
from rashomon.measuring.networks.tying import Sayings, bits_of, drawn_weights, places_of
from rashomon.measuring.networks.uttering import Utterances
from rashomon.measuring.relations.coorientation import periods_of
from rashomon.measuring.statistics.judging import LEAST_VOICES, judged
from rashomon.measuring.statistics.permuting import affordable, holm
from rashomon.study import Estimate
from rashomon.texts import adjusted_p, count

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

AGREEING: Final = Manner("actors", "congruence")
SPOKEN: Final = Manner("actors", "ignore")
DRAWS: Final = 399
_MOST_NUMBERS: Final = 40_000_000  # of statements and weights drawn anew
_FEWEST: Final = 0.9
"""The share of draws in which both periods must have something to compare."""
Pair = tuple[int, int]


def changes_of(ground: Ground) -> TieChanges:
    """See :meth:`~rashomon.measuring.networks.discourse.Discourse.changes`."""
    said = ground.gathered.said
    spans = sorted(periods_of(ground.study).items(), key=lambda one: one[1])
    names = {period.id: period.name for period in ground.study.declared.periods}
    held = [
        _Part(ground, name, names.get(name, name), said.at((said.first <= hi) & (said.last >= lo)))
        for name, (lo, hi) in spans
    ]  # fmt: skip
    rows = [row for before, after in pairwise(held) for row in _Step(ground, before, after).rows()]
    tests = sum(not math.isnan(row.p) for row in rows)
    adjusted = holm([row.p for row in rows])
    settled = [_settled(row, p_holm, tests) for row, p_holm in zip(rows, adjusted, strict=True)]
    told = ground.note("change of the share of agreement, documents drawn anew", AGREEING, ground.once(AGREEING))
    return TieChanges(tuple(settled), told, tuple(name for name, _ in spans), ground.left_out)


def _settled(row: TieChange, p_holm: float, tests: int) -> TieChange:
    if math.isnan(row.p):
        return row
    way = "nearer" if row.change.estimate > 0 else "further apart"
    because = f"{adjusted_p(row.p, p_holm, tests)}, documents drawn anew"
    verdict, why = judged(way, "no change found", (row.p, p_holm), LEVEL, row.change.voices, because)
    return replace(row, p_holm=p_holm, tests=tests, verdict=verdict, because=why)


@dataclass(frozen=True, eq=False)
class _Part:
    """What is said in one period, with its id and its name; ``drawn`` before duplicates are dropped."""

    ground: Ground
    id: str
    name: str
    drawn: Utterances

    @cached_property
    def said(self) -> Utterances:
        return self.ground.once(AGREEING, self.drawn)

    @cached_property
    def sayings(self) -> Sayings:
        return Sayings(self.said)

    @cached_property
    def pairs(self) -> set[Pair]:
        """Actors who spoke on one topic."""
        rows, columns, _ = places_of(network(self.said, SPOKEN), True)
        return set(zip(rows.tolist(), columns.tolist(), strict=True))

    def rest(self, pairs: Sequence[Pair]) -> tuple[int, set[int], set[int]]:
        """On what some pairs rest: how many statements, which documents and topics."""
        said = self.sayings.by_actor
        cells = {
            (actor, topic) for one, other in pairs if one in said and other in said
            for topic in said[one].keys() & said[other].keys() for actor in (one, other)
        }  # fmt: skip
        held = [said[actor][topic] for actor, topic in cells]
        documents = {document for one in held for document in bits_of(one.documents)}
        return sum(one.n for one in held), documents, {topic for _, topic in cells}


class _Step:
    """From one period to the next: its units, single pairs of actors and then pairs of sides, and their shares of agreement."""

    def __init__(self, ground: Ground, before: _Part, after: _Part) -> None:
        self.ground, self.parts = ground, (before, after)
        self.pairs = sorted(before.pairs | after.pairs)
        self.names = before.said.actors
        self.sides = self._by_sides()
        self.ends = [np.array([pair[end] for pair in self.pairs], np.int64) for end in (0, 1)]

    def _by_sides(self) -> dict[tuple[str, str], list[int]]:
        """Two sides (or one twice) → places of the pairs of their actors."""
        side_of = self.ground.study.side_of
        out: dict[tuple[str, str], list[int]] = {}
        for place, pair in enumerate(self.pairs):
            one, other = sorted(side_of(self.names[end].partition(SEPARATOR)[0].partition(" ")[0]) for end in pair)
            if one and other:
                out.setdefault((one, other), []).append(place)
        return dict(sorted(out.items()))

    def rows(self) -> Iterator[TieChange]:
        """A row for each unit that is on record in both periods."""
        if not self.pairs:
            return
        shares = np.array([self._shares(part.said) for part in self.parts])
        drawn = self._drawn()
        units: list[tuple[str, tuple[str, str], list[int]]] = [
            *(("actors", (self.names[i], self.names[j]), [place]) for place, (i, j) in enumerate(self.pairs)),
            *(("sides", sides, places) for sides, places in self.sides.items()),
        ]
        for number in np.flatnonzero(~np.isnan(shares).any(axis=0)).tolist():
            kind, ends, places = units[number]
            pairs = [self.pairs[one] for one in places]
            yield self._row(kind, ends, pairs, shares[:, number], None if drawn is None else drawn[:, number])

    def _shares(self, said: Utterances) -> Floats:
        """The shares of agreement (units,) in what is said; NaN where no two speak of one topic."""
        agreeing, spoken = (self._weights(said, how) for how in (AGREEING, SPOKEN))
        with np.errstate(invalid="ignore", divide="ignore"):
            out: Floats = np.where(spoken > 0, agreeing / spoken, NAN)
        return out

    def _weights(self, said: Utterances, how: Manner) -> Floats:
        """The weights (units,) of a network: of each pair of actors, and then of each two sides together."""
        (each,) = drawn_weights(iter([network(said, how)]), *self.ends)
        return np.array([*each, *(each[places].sum() for places in self.sides.values())])

    def _drawn(self) -> Floats | None:
        """Changes (draws, units) in documents drawn anew; None where none are drawn."""
        if self.ground.no_interval:
            return None
        size = 4 * len(self.pairs) + sum(len(part.said) for part in self.parts)
        draws = affordable(DRAWS, size, _MOST_NUMBERS, LEAST_DRAWS)
        samples = self.ground.samples_of(AGREEING, [part.drawn for part in self.parts], draws)
        return np.array([self._shares(after) - self._shares(before) for before, after in samples])

    def _row(
        self, kind: str, ends: tuple[str, str], pairs: Sequence[Pair], shares: Floats, drawn: Floats | None
    ) -> TieChange:
        before, after = self.parts
        rests = [part.rest(pairs) for part in self.parts]
        documents = rests[0][1] | rests[1][1]
        because = self.ground.no_interval or self._thin(rests)
        known = np.zeros(0) if drawn is None or because else drawn[~np.isnan(drawn)]
        if not because and drawn is not None and len(known) < _FEWEST * len(drawn):
            because = "in too many samples of documents one of the periods has nothing to compare"
        low, high, p = NAN, NAN, NAN
        if not because:
            low, high = (float(one) for one in quantiles(known, LEVEL))
            p = min(1.0, 2 * (1 + min(int(np.sum(known <= 0)), int(np.sum(known >= 0)))) / (1 + len(known)))
        voices = min(self.ground.voices(sorted(one[1])) for one in rests)
        return TieChange(
            kind, *ends, before.id, after.id, float(shares[0]), float(shares[1]),
            Estimate(float(shares[1] - shares[0]), low, high, LEVEL, rests[0][0] + rests[1][0], voices), p, NAN, 0,
            "undetermined", because, tuple(before.said.topics[one] for one in sorted(rests[0][2] | rests[1][2])),
            self.ground.source_names(sorted(documents)),
        )  # fmt: skip

    def _thin(self, rests: Sequence[tuple[int, set[int], set[int]]]) -> str:
        """Why a unit has no interval: what one of the periods rests on; "" where it has."""
        for part, (_, documents, _) in zip(self.parts, rests, strict=True):
            voices = self.ground.voices(sorted(documents))
            if voices < LEAST_VOICES:
                return f"told by one voice only in {part.name}"
            if len(documents) < LEAST_DOCUMENTS:
                return f"{count(len(documents), 'document')} in {part.name}, where {LEAST_DOCUMENTS} are needed"
        return ""

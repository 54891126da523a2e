"""The discourse of a study as a user holds it: one object, whose methods are the questions of the field."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from rashomon.measuring.networks.answers import (
    Backbones,
    BackboneTopic,
    Bar,
    Bars,
    Coalitions,
    Event,
    Events,
    Network,
    Phases,
    Polarisation,
    Series,
    TieChanges,
)
from rashomon.measuring.networks.backbones import Backbone, fixed, nested, penalised
from rashomon.measuring.networks.camping import coalitions_of, polarisation_of
from rashomon.measuring.networks.drawing_ties import COUNTED, network_of, views_of
from rashomon.measuring.networks.ground import Ground
from rashomon.measuring.networks.moving_on import phases_of, series_of
from rashomon.measuring.networks.polarising import Sizes
from rashomon.measuring.networks.projecting import Manner, Mode, unfit
from rashomon.measuring.networks.spectra import Distance
from rashomon.measuring.networks.turning import changes_of
from rashomon.measuring.networks.uttering import Utterances
from rashomon.measuring.networks.windowing import Kernel, Moving, Unit
from rashomon.study import format_day


@dataclass(frozen=True)
class Discourse:
    """Who agrees with whom on what. ``ground``: what was asked for, and the statements on which all answers stand."""

    ground: Ground

    def network(self, mode: Mode = "actors", aggregation: str = "", normalisation: str = "none") -> Network:
        """A network: of ``actors`` by shared topics, of ``topics`` by shared actors, or ``two-mode`` from actors to topics.

        ``aggregation``: congruence (usual), conflict, subtract or ignore; of two modes subtract (usual), ignore or combine.
        ``normalisation``: none, average, jaccard or cosine; of two modes none, activity or prominence.
        """
        return network_of(self.ground, mode, aggregation, normalisation)

    def views(self) -> Network:
        """Who says what about whose view: a tie from each holder to whom it attributes a view, weighed by the statements.

        R502 unless the discourse is of what is ``attributed``.
        """
        return views_of(self.ground)

    def series(
        self, size: int, unit: Unit = "days", kernel: Kernel = "none", mode: Mode = "actors", aggregation: str = "",
        normalisation: str = "none", indent: bool = False,
    ) -> Series:  # fmt: skip
        """The network moving through time: windows of ``size`` days, weeks, months, years or events (statements), or a ``kernel``
        (uniform, triangular, epanechnikov, gaussian) of that width; ``indent``: kernels only where they lie within the data.
        """
        return series_of(
            self.ground, Moving(size, unit, kernel, indent), self.ground.manner(mode, aggregation, normalisation)
        )

    def phases(
        self, size: int, unit: Unit = "days", kernel: Kernel = "gaussian", distance: Distance = "absolute", mode: Mode = "actors",
        aggregation: str = "subtract", normalisation: str = "none",
    ) -> Phases:  # fmt: skip
        """The states through which the discourse goes, by the distances between the networks of windows: spectral, or absolute,
        each network divided by the sum of its weights without their signs.
        """
        return phases_of(
            self.ground, Moving(size, unit, kernel), self.ground.manner(mode, aggregation, normalisation), distance
        )

    def changes(self) -> TieChanges:
        """How the agreement of each two actors, and of each two sides, changed from one declared period to the next.

        Undetermined where either period rests on fewer than five documents or two voices.
        """
        return changes_of(self.ground)

    def polarisation(
        self, camps: int = 2, sizes: Sizes | Literal[""] = "", size: int = 0, unit: Unit = "days", kernel: Kernel = "none",
        indent: bool = False,
    ) -> Polarisation:  # fmt: skip
        """How far the discourse falls into ``camps``, over all time, or with a ``size`` window by window.

        ``sizes``: camps of ``any`` size from two actors (usual), or ``equal``, as in DNA. Congruence and conflict are averaged.
        R502 for more camps than the actors can make, of ``any`` size half as many as they.
        """
        moving = Moving(size, unit, kernel, indent) if size else None
        return polarisation_of(self.ground, camps, sizes or ("equal" if self.ground.dna else "any"), moving)

    def coalitions(
        self, aggregation: str = "congruence", normalisation: str = "average", resolution: float = 1.0
    ) -> Coalitions:
        """Coalitions of actors by the Leiden algorithm on positive ties, with how far they hang on the seed and on the documents.

        R503 where the extra ``rashomon[networks]`` is not installed.
        """
        return coalitions_of(self.ground, self.ground.manner("actors", aggregation, normalisation), resolution)

    def backbone(
        self, size: int = 0, aggregation: str = "subtract", normalisation: str = "average", penalty: float = 0.0
    ) -> Backbones:
        """The topics that carry the actors' network: left out one by one (nested), with a ``size`` the best (fixed), or with a
        ``penalty`` on large sets the best of any size (penalised; of values such as 2.5 to 12 the larger give fewer topics).
        """
        how = self.ground.manner("actors", aggregation, normalisation)
        said = self.ground.once(how)
        best = self._best(said, how, size, penalty)
        if best is not None:
            each = np.bincount(said.topic, minlength=len(said.topics)).tolist()
            order = sorted(range(len(each)), key=lambda place: place not in best.topics)
            steps = [
                (place, 0, place in best.topics, best.loss, best.redundant_loss, each[place])
                for place in order
                if each[place]
            ]
        else:
            steps = [
                (one.topic, one.step, False, one.loss, one.redundant_loss, one.statements)
                for one in nested(said, how, self.ground.dna)
            ]
        rows = tuple(
            BackboneTopic(said.topics[one], self.ground.name(said.topics[one], "topic"), *rest) for one, *rest in steps
        )
        kind = "nested" if best is None else "fixed" if size else "penalised"
        return Backbones(
            rows,
            self.ground.note(f"{kind} backbone" + (f", penalty {penalty:g}" if penalty else ""), how, said),
            kind,
            len(said),
            best is not None and best.exact,
            self.ground.left_out,
            penalty,
        )

    def _best(self, said: Utterances, how: Manner, size: int, penalty: float) -> Backbone | None:
        """The best set of a size, or under a penalty; None where neither is asked for."""
        if size and penalty:
            raise unfit(f"size={size} and penalty={penalty:g}", "one of the two", "A penalty finds the size by itself.")
        if penalty:
            return penalised(said, how, penalty, self.ground.dna, self.ground.seed)
        return fixed(said, how, size, self.ground.dna) if size else None

    def bars(self, by_topic: bool = False) -> Bars:
        """How often each actor agrees and disagrees, over all topics or topic by topic."""
        said = self.ground.gathered.said
        if self.ground.dna and not by_topic:  # DNA counts its bars without topics, so that duplicates are of any two
            said = replace(said, topic=np.zeros_like(said.topic))
        said = self.ground.once(COUNTED, said)
        counts: dict[tuple[str, str], Counter[float]] = {}
        amount = said.scale.amount[said.level].tolist()
        for actor, topic, level in zip(said.actor.tolist(), said.topic.tolist(), amount, strict=True):
            counts.setdefault((said.actors[actor], said.topics[topic] if by_topic else ""), Counter())[level] += 1
        rows = tuple(
            Bar(actor, self.ground.name(actor, "actor"), topic, sum(n for level, n in levels.items() if level > 0),
                sum(n for level, n in levels.items() if level < 0), tuple(sorted(levels.items())))
            for (actor, topic), levels in sorted(counts.items())
        )  # fmt: skip
        return Bars(rows, self.ground.note("statements that agree and disagree", COUNTED, said), self.ground.left_out)

    def events(self) -> Events:
        """The statements one by one, without duplicates, in the order of time."""
        said, statements = self.ground.once(COUNTED), self.ground.study.statements
        amount = said.scale.amount[said.level]
        columns = (said.row, said.actor, said.topic, amount, said.first, said.last, said.document)
        rows = tuple(
            Event(statements.id[row], said.actors[actor], said.topics[topic], level > 0 if level else None, level,
                  format_day(first), format_day(last), said.documents[document], statements.coder.get(row, ""))
            for row, actor, topic, level, first, last, document in zip(*(one.tolist() for one in columns), strict=True)
        )  # fmt: skip
        return Events(rows, self.ground.note("statements that take a side", COUNTED, said), self.ground.left_out)

"""What all questions about a discourse stand on: the statements, how they are told apart, and what an answer says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from numbers import Integral
from typing import Final, Literal, TypedDict

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import error
from rashomon.measuring.networks.gathering import BYS, OFS, SEPARATOR, By, Choice, Gathered, Of, gather
from rashomon.measuring.networks.projecting import AGGREGATIONS, Manner, Matrix, Mode, one_of, unfit
from rashomon.measuring.networks.resampling import LEAST_DOCUMENTS, quantiles, resampled
from rashomon.measuring.networks.sides import topic_ids
from rashomon.measuring.networks.tying import drawn_weights
from rashomon.measuring.networks.uttering import DUPLICATES, Duplicates, Utterances, thinned
from rashomon.measuring.networks.windowing import Moving, Window
from rashomon.measuring.statistics.judging import LEAST_VOICES
from rashomon.measuring.statistics.permuting import affordable
from rashomon.study import Estimate, Provenance, StudyData, format_day, parse_when
from rashomon.study.provenance import note

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
NAN: Final = float("nan")
LEVEL: Final = 0.9
"""Probability of every interval."""
LEAST_DRAWS: Final = 99
_MOST_NUMBERS: Final = 40_000_000  # of weights drawn anew that are held at once


class Asked(TypedDict, total=False):
    """What :meth:`rashomon.Study.discourse` may be asked: the fields of :class:`Ground` but the study."""

    of: Of
    by: By
    duplicates: Duplicates
    compatible: Literal["", "dna"]
    sources: Sequence[str]
    kinds: Sequence[str]
    topics: Sequence[str]
    when: str
    draws: int
    seed: int


@dataclass(frozen=True)
class Ground:
    """What a discourse is made of. ``of``: the speakers' ``own`` views, or those ``attributed`` to others (of ``A > B``).

    ``by``: told apart by actor, organisation (a person counts as the one it then belongs to), layer of a side, or side.
    ``duplicates``: statements of one actor on one topic on one side count ``all``, or once per document, week, month, year or
    overall. ``sources``, ``kinds`` (of sources), ``topics`` (ids of issues, ``TARGET:QUALITY``, causes, or as a network names
    them), ``when``: only statements of these. ``draws``: samples of documents for intervals, none where 0.
    ``compatible="dna"``: the numbers of Discourse Network Analyzer 3, with its known faults.
    """

    study: StudyData
    of: Of = "own"
    by: By = "actor"
    duplicates: Duplicates = "all"
    compatible: Literal["", "dna"] = ""
    sources: Sequence[str] = ()
    kinds: Sequence[str] = ()
    topics: Sequence[str] = ()
    when: str = ""
    draws: int = 200
    seed: int = 1991

    def __post_init__(self) -> None:
        """R502 for what there is not and for values of another type, R004 for a source that there is not."""
        for name, allowed in (("of", OFS), ("by", BYS), ("duplicates", DUPLICATES), ("compatible", ("", "dna"))):
            one_of(name, getattr(self, name), allowed)
        self._check_types()
        for source in self.sources:
            self.study.source(source)
        known = topic_ids(self.study) if self.topics else []
        for topic in self.topics:
            one_of("topic", topic, known)
        if self.draws and self.draws < LEAST_DRAWS:
            raise unfit(
                f"draws={self.draws}", f"0 (no intervals), or {LEAST_DRAWS} or more", "Draw more often, or not at all."
            )

    def _check_types(self) -> None:
        """R502 where a value is of another type than its field."""
        for name in ("sources", "kinds", "topics"):
            given: object = getattr(self, name)
            if not isinstance(given, Sequence) or isinstance(given, str) or not all(isinstance(one, str) for one in given):
                raise unfit(f"{name}={given!r}", "a list of words", f"Write {name}=[…], with one word or more; [] for all.")
        if not isinstance(self.when, str):
            raise unfit(f"when={self.when!r}", "a time in words, such as '1991'; '' for all", "Put the time in quotation marks.")
        for name in ("draws", "seed"):
            number: object = getattr(self, name)
            if not isinstance(number, Integral) or isinstance(number, bool) or number < 0:
                raise unfit(f"{name}={number!r}", "a whole number, 0 or more", f"Give {name} as a whole number.")

    @cached_property
    def gathered(self) -> Gathered:
        """The statements, before duplicates are dropped. R501 where none takes a side."""
        choice = Choice(
            self.of, self.by, tuple(self.sources), tuple(self.kinds), tuple(self.topics),
            parse_when(self.when) if self.when else None, self.dna,
        )
        found = gather(self.study, choice)
        if not len(found.said):
            raise error("R501", "No statement takes a side, so there is no discourse.",
                        found="; ".join(f"{reason} ({n})" for reason, n in found.left_out) or "no statement at all",
                        allowed="statements with a stance on an issue or a quality",
                        remedy="Choose other statements, or code more.")  # fmt: skip
        return found if self.dna else replace(found, said=replace(found.said, weight=found.said.share))

    @property
    def dna(self) -> bool:
        """Whether DNA's own numbers are asked for."""
        return self.compatible == "dna"

    @property
    def left_out(self) -> tuple[tuple[str, int], ...]:
        """How many statements were left out, by reason."""
        return self.gathered.left_out

    def manner(self, mode: Mode, aggregation: str = "", normalisation: str = "none") -> Manner:
        """The manner of a network; without an aggregation, the one that is usual in its mode."""
        one_of("mode", mode, AGGREGATIONS)
        return Manner(
            mode, aggregation or ("subtract" if mode == "two-mode" else "congruence"), normalisation, self.dna
        )

    def once(self, how: Manner, said: Utterances | None = None) -> Utterances:
        """Statements without duplicates, in the order of time: all of them, or those of a sample."""
        return thinned(self.gathered.said if said is None else said, self.duplicates, how.by_level, self.dna)

    # intervals

    @cached_property
    def no_interval(self) -> str:
        """Why no interval over documents is given; "" where they are."""
        documents = len(self.gathered.said.documents)
        if self.dna:
            return "none is given with DNA's numbers"
        if not self.draws:
            return "none was asked for"
        voices = self.voices(range(documents))
        if documents < LEAST_DOCUMENTS or voices < LEAST_VOICES:
            kinds = (f"{n} {name}{'s' * (n != 1)}" for n, name in ((documents, "document"), (voices, "voice")))
            return f"{' of '.join(kinds)}: too few to draw anew"
        return ""

    def samples(self, how: Manner, draws: int) -> Iterator[Utterances]:
        """Statements of documents drawn anew, without duplicates; the same each time they are asked for."""
        return (sample for (sample,) in self.samples_of(how, [self.gathered.said], draws))

    def samples_of(self, how: Manner, parts: Sequence[Utterances], draws: int) -> Iterator[tuple[Utterances, ...]]:
        """Statements of documents drawn anew, each time the same documents for several parts of what was gathered."""
        if self.duplicates in ("all", "document") and self.gathered.said.one_coding:
            # a document has the same statements in every sample; one seed draws the same of as many documents
            return zip(*(resampled(self.once(how, part), draws, self.seed) for part in parts), strict=True)
        rows = [np.isin(self.gathered.said.row, part.row) for part in parts]
        drawn = resampled(self.gathered.said, draws, self.seed)
        return (tuple(self.once(how, sample.at(kept)) for kept in rows) for sample in drawn)

    def band(
        self, how: Manner, made: Callable[[Utterances], Matrix], rows: Ints, columns: Ints
    ) -> tuple[Floats, Floats]:
        """The intervals of entries of a network that is ``made`` of a sample; NaN where none is given."""
        if self.no_interval or not len(rows):
            return np.full(len(rows), NAN), np.full(len(rows), NAN)
        draws = affordable(self.draws, len(rows), _MOST_NUMBERS, LEAST_DRAWS)
        drawn = (made(sample) for sample in self.samples(how, draws))
        return quantiles(drawn_weights(drawn, rows, columns), LEVEL)

    # words

    def source_names(self, documents: Sequence[int] | Ints | range) -> tuple[str, ...]:
        """The sources behind codes of documents."""
        names = self.gathered.said.documents
        return tuple([names[one] for one in documents])

    def voices(self, documents: Sequence[int] | Ints | range) -> int:
        """How many independent voices speak in documents."""
        return len({self._voices[one] for one in documents})

    @cached_property
    def _voices(self) -> tuple[str, ...]:
        """Who speaks in each document."""
        return tuple(map(self.study.voice, self.gathered.said.documents))

    def estimate(
        self, value: float, band: tuple[float, float], n: int, documents: Sequence[int] | Ints | range
    ) -> Estimate:
        """A number with its interval over documents, from so many statements in these."""
        return Estimate(value, *band, LEVEL, n, self.voices(documents))

    def name(self, label: str, kind: str) -> str:
        """A label's name in words."""
        return " > ".join(self._word(one, kind) for one in label.split(SEPARATOR))

    def _word(self, label: str, kind: str) -> str:
        study = self.study
        if kind == "topic":
            issue, _, position = label.partition("=")
            names = {one.id: one for one in study.declared.issues}
            if issue not in names:
                return label
            of = names[issue]
            held = next((one.name for one in of.positions if one.id == position), "")
            return f"{of.name}: {held}" if held else of.name
        side, _, layer = label.partition(" ")
        return f"{study.name_of(side)}, {study.layer(layer).name}" if layer else study.name_of(label)

    def note(self, method: str, how: Manner, said: Utterances, moving: Moving | None = None) -> Provenance:
        """How an answer about these statements came about."""
        asked: dict[str, object] = {
            "of": self.of,
            "by": self.by,
            "duplicates": self.duplicates,
            "compatible": self.compatible,
        }
        asked |= {
            "topics": "; ".join(self.topics),
            "when": self.when,
            "mode": how.mode,
            "aggregation": how.aggregation,
            "normalisation": how.normalisation,
        }
        if moving is not None:
            asked |= {"size": moving.size, "unit": moving.unit, "kernel": moving.kernel, "indent": moving.indent}
        asked |= {"level": LEVEL, "draws": 0 if self.no_interval else self.draws}
        return note(self.study, method, asked, self.seed, len(said), self.source_names(np.unique(said.document)))


def span_of(window: Window) -> tuple[str, str, str]:
    """First, middle and last day of a window, as ISO days."""
    return format_day(window.start), format_day(window.middle), format_day(window.stop)

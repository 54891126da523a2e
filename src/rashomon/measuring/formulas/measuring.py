"""Formulas of the series of a study's texts: what each text kept, reworded, dropped and took up, and what is followed by its
words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from rashomon.errors import Fault, RashomonError, error
from rashomon.measuring.formulas.adding import added
from rashomon.measuring.formulas.answers import Added, Change, Formula, Formulas, TextChanges, Tracked
from rashomon.measuring.formulas.finding import Found, find
from rashomon.measuring.formulas.following import follow
from rashomon.measuring.formulas.kinds import ceremonial, quoted
from rashomon.measuring.formulas.otherwise import (
    BESIDE,
    CHANCE,
    LIKE,
    PART,
    Nearest,
    Omission,
    nearest,
    unknown_languages,
)
from rashomon.measuring.formulas.rewording import reworded
from rashomon.measuring.formulas.standing import NONE, Prior, Spell, Step, fitted, silence, spells, steps, surprise
from rashomon.measuring.formulas.tokens import Corpus, Places, corpora
from rashomon.study import Bodies, Body, Estimate, StudyData, read_bodies
from rashomon.study.provenance import note
from rashomon.texts import count

if TYPE_CHECKING:
    from rashomon.coding import VectorFile

STANDS_OUT = 3.0
"""Bits: a drop stands out where its surprise is surely above; its chance is then surely below one in eight."""
_KINDS = ("kept", "reworded", "said otherwise", "dropped")
_AGAIN = "taken up again"
LENGTHS_DIFFER = 1.5
"""Times: where the median lengths of the earlier and the later texts of a series differ by more, it is told."""


@dataclass(frozen=True)
class Settings:
    """What :func:`measure_formulas` was asked for; see there."""

    series: str
    text: str
    least: int
    near: float
    level: float
    most: int
    draws: int
    seed: int


def measure_formulas(
    study: StudyData,
    series: str = "",
    *,
    text: str = "",
    least: int = 3,
    near: float = 0.8,
    level: float = 0.9,
    most: int = 100,
    draws: int = 999,
    seed: int = 1946,
) -> Formulas:
    """The formulas of each series of texts, or of one, that the study's view shows.

    ``text``: the one that is told of in ``became`` and ``added``, in place of the latest of each series; ``least``: at how many
    occasions a passage must stand to be a formula; ``near``: how like it a wording must be (twice the words that agree over the
    lengths of both); ``most``: rows of formulas, and of changes of each kind, for each series. Near-linear in the number of
    words. R004 where there is no such series, or no such text that can be read; R502 for a parameter that cannot be; where
    one series was asked for and no text of it can be read, the faults of its texts.
    """
    _require(least, near, level, most)
    asked = Settings(series, text, least, near, level, most, draws, seed)
    held = read_bodies(study, series)
    if series and held.faults and not held.rows:
        raise RashomonError(held.faults)
    if text and all(one.id != text for one in held.rows):
        raise error("R004", "No text of this id can be read.", found=repr(text), allowed="a text that the view shows",
                    remedy="Give another, or leave it out for the latest of each series.")  # fmt: skip
    with ExitStack() as opened:
        vectors = _Vectors(study, opened)
        parts = [_Series(study, one, asked, vectors.of(one.bodies[0].series)) for one in corpora(held.rows)]
        return _answer(study, held, parts, asked, vectors.notes)


def _answer(
    study: StudyData, held: Bodies, parts: Sequence[_Series], asked: Settings, missing: Sequence[str]
) -> Formulas:
    method = "recurring grams aligned; surprise of omission by lapses, empirical Bayes; permuted CUSUM (Page 1954)"
    parameters = {name: value for name, value in asdict(asked).items() if name != "seed"}
    parameters |= {f"prior of lapses and returns, {one.name}": (one.prior.lapse, one.prior.back) for one in parts}
    compared = [(one.name, one.encoder) for one in parts if one.encoder]
    if compared:
        parameters["encoder"] = compared[0][1]
        parameters |= {"likeness": LIKE, "share by chance": CHANCE, "part of the words": PART, "occasions beside": BESIDE}
    notes = [*held.notes, *missing, *(said for one in parts for said in one.notes())]
    return Formulas(
        rows=tuple(row for one in parts for row in one.formulas()),
        provenance=note(study, method, parameters, asked.seed, len(held.rows), (body.source for body in held.rows)),
        changes=tuple(row for one in parts for row in one.changes()),
        became=tuple(row for one in parts for row in one.became()),
        added=tuple(row for one in parts for row in one.added()),
        texts=tuple(row for one in parts for row in one.texts()),
        tracked=tuple(row for one in parts for row in one.tracked()),
        unread=tuple(map(_said, held.faults)),
        notes=tuple(notes),
        left_out=tuple((one.name, one.left_out) for one in parts if one.left_out),
        compared=tuple(compared),
    )


class _Vectors:
    """The study's file of vectors for the series that ask for it, opened when the first does."""

    def __init__(self, study: StudyData, opened: ExitStack) -> None:
        self._asking = {one.id for one in study.declared.series if one.embeddings}
        self._study, self._opened = study, opened
        self.notes: list[str] = []

    def of(self, series: str) -> VectorFile | None:
        """The file, where the series asks for it and the encoder is installed; that it is not is noted."""
        if series not in self._asking:
            return None
        try:
            return self._file
        except RashomonError as problem:
            if problem.fault.code != "R909":
                raise
            self.notes.append(
                f"What texts of the series {series} left out was not compared by meaning: {problem.fault.found} is installed. "
                f"{problem.fault.remedy}."
            )
            return None

    @cached_property
    def _file(self) -> VectorFile:
        from rashomon.coding import VECTORS, VectorFile  # here, for the room is large, and few studies ask

        return self._opened.enter_context(VectorFile(self._study.root / VECTORS))


def _require(least: int, near: float, level: float, most: int) -> None:
    for name, value, good, allowed in (
        ("least", least, least >= 2, "2 or more occasions"),
        ("near", near, 0.5 <= near <= 1, "a likeness from 0.5 to 1"),
        ("level", level, 0 < level < 1, "a probability between 0 and 1"),
        ("most", most, most >= 0, "0 rows or more"),
    ):
        if not good:
            raise error("R502", f"Formulas cannot be looked for with this {name}.", found=repr(value), allowed=allowed,
                        remedy="Give another value, or leave it out.")  # fmt: skip


def _said(fault: Fault) -> tuple[str, str]:
    place = str(fault.where)
    return place, f"{fault.code}: {fault.message} {fault.found}. {fault.remedy}"


@dataclass(frozen=True)
class _Occurrence:
    """A formula at an occasion: where it stands in each text of it (from and to which token)."""

    spans: tuple[tuple[int, int], ...]
    texts: tuple[int, ...]


class _Series:
    """One series, measured."""

    def __init__(self, study: StudyData, corpus: Corpus, asked: Settings, vectors: VectorFile | None) -> None:
        self._study, self._corpus, self._asked, self._vectors = study, corpus, asked, vectors
        self.name = corpus.bodies[0].series
        self.encoder = vectors.name if vectors else ""

    @cached_property
    def _found(self) -> Found:
        return find(self._corpus, self._asked.least, self._asked.near)

    @cached_property
    def _stands(self) -> list[dict[int, _Occurrence]]:
        """For each formula the occasions at which it stands, in order."""
        found = self._found
        out: list[dict[int, list[int]]] = [{} for _ in range(len(found.bounds) - 1)]
        occasions = self._corpus.occasion[found.text].tolist()
        for entry, (formula, occasion) in enumerate(zip(found.formula.tolist(), occasions, strict=True)):
            out[formula].setdefault(occasion, []).append(entry)
        return [{occasion: self._occurrence(entries) for occasion, entries in one.items()} for one in out]

    def _occurrence(self, entries: Sequence[int]) -> _Occurrence:
        found = self._found
        spans = tuple((int(found.first[one]), int(found.last[one])) for one in entries)
        return _Occurrence(spans, tuple(int(found.text[one]) for one in entries))

    @cached_property
    def _weight(self) -> Places:
        """(formulas,) occasions × length, by which formulas are ranked."""
        return np.array([len(one) for one in self._stands], np.int64) * np.diff(self._found.bounds)

    @cached_property
    def _ranked(self) -> list[int]:
        """The formulas, the weightiest first; ties by their words."""
        return sorted(range(len(self._weight)), key=lambda one: (-int(self._weight[one]), self._said_of(one)))

    def _said_of(self, formula: int) -> str:
        found = self._found
        return self._corpus.said(found.formulas[found.bounds[formula] : found.bounds[formula + 1]])

    def _wording(self, span: tuple[int, int]) -> tuple[str, ...]:
        """The words that stand for a formula in a text, sentence ends apart."""
        words = self._corpus.words
        return tuple(words[one] for one in self._corpus.tokens[span[0] : span[1]].tolist() if one)

    def _same(self, one: _Occurrence, other: _Occurrence) -> bool:
        """Whether two occasions share a wording."""
        return not {*map(self._wording, one.spans)}.isdisjoint(map(self._wording, other.spans))

    @cached_property
    def _taken(self) -> list[tuple[int, Step]]:
        """Each formula at each occasion before which it stood."""
        least, occasions = self._asked.least, self._corpus.occasions
        return [(number, step) for number, one in enumerate(self._stands) for step in steps(list(one), occasions, least)]

    @cached_property
    def _steps(self) -> list[tuple[int, Step, str]]:
        """Each formula at each occasion before which it stood: kept, reworded, said otherwise or dropped."""
        return [(formula, step, self._became(formula, step)) for formula, step in self._taken]

    def _became(self, formula: int, step: Step) -> str:
        stands, at = self._stands[formula], step.at
        if step.there:
            return "kept" if self._same(stands[at - 1], stands[at]) else "reworded"
        found = self._nearest.get((formula, at))
        return "said otherwise" if found and found.otherwise else "dropped"

    @cached_property
    def _nearest(self) -> dict[tuple[int, int], Nearest]:
        """What means most nearly the same, for each formula and occasion that left it out. Courtesies, which every text says
        otherwise, would lend the others their likeness, and are not looked for.
        """
        if self._vectors is None:
            return {}
        left = sorted((step.at, formula) for formula, step in self._taken if not step.there)
        left = [(at, formula) for at, formula in left if not ceremonial(self._said_of(formula))]
        found = nearest(self._corpus, self._vectors, [self._omission(formula, at) for at, formula in left])
        return {(formula, at): one for (at, formula), one in zip(left, found, strict=True) if one is not None}

    def _omission(self, formula: int, at: int) -> Omission:
        earlier = [one for occasion, one in self._stands[formula].items() if occasion < at]
        places = [[(text, *span) for text, span in zip(one.texts, one.spans, strict=True)] for one in earlier[-BESIDE:]]
        texts = range(int(self._edges[at]), int(self._edges[at + 1]))
        return Omission(places[-1][-1], tuple(place for one in places for place in one), tuple(texts))

    # rows

    @property
    def left_out(self) -> int:
        """How many formulas have no row."""
        return max(0, len(self._stands) - self._asked.most)

    def notes(self) -> Iterator[str]:
        """What should be known of the number of texts, and of their lengths."""
        occasions = self._corpus.occasions
        yield from _lengths_note(self.name, self._corpus)
        if self.encoder:
            yield from _language_note(self.name, self._corpus)
        if occasions <= self._asked.least:
            yield (
                f"The series {self.name} has texts at {count(occasions, 'occasion')}: a formula must stand at "
                f"{self._asked.least}, and more are needed to see it dropped."
            )

    def formulas(self) -> Iterator[Formula]:
        """The weightiest formulas."""
        for formula in self._ranked[: self._asked.most]:
            yield self._formula(formula)

    def _formula(self, formula: int) -> Formula:
        stands = self._stands[formula]
        present = list(stands)
        silent = silence(present, self._corpus.occasions, self._asked.least)
        texts = [self._corpus.bodies[text] for one in stands.values() for text in one.texts]
        wordings = {self._wording(span) for one in stands.values() for span in one.spans}
        return Formula(
            id=self._id(formula),
            series=self.name,
            words=self._quote(stands[present[-1]]),
            kind=self._kind(formula),
            length=int(self._found.bounds[formula + 1] - self._found.bounds[formula]),
            stood=len(present),
            chances=self._corpus.occasions - present[0],
            lapses=len(_returns(present)),
            wordings=len(wordings),
            first=texts[0].id,
            first_when=texts[0].when.text,
            last=texts[-1].id,
            last_when=texts[-1].when.text,
            silent=silent.length if silent else 0,
            surprise=self._surprise(silent, silent.length) if silent else NONE,
            sources=tuple(sorted({one.source for one in texts})),
            records=tuple(one.id for one in texts),
        )

    def _id(self, formula: int) -> str:
        found = self._found
        words = self._corpus.keys[found.formulas[found.bounds[formula] : found.bounds[formula + 1]]]
        return f"{crc32(words.tobytes()):08x}"

    def _surprise(self, spell: Spell, length: int = 1) -> Estimate:
        return replace(surprise(spell, self._asked.level, self.prior, length), voices=self._voices)

    @cached_property
    def prior(self) -> Prior:
        """What formulas of this series do before they have shown anything, from all of them."""
        lapses, backs = [], []
        for stands in self._stands:
            taken = list(steps(list(stands), self._corpus.occasions, self._asked.least))
            stayed = sum(step.there for step in taken)
            lapses.append((len(taken) - stayed, stayed))
            away = spells(list(stands), self._corpus.occasions, self._asked.least)
            returns = sum(one.back is not None for one in away)
            backs.append((returns, sum(one.length - 1 for one in away)))
        return Prior(fitted(lapses), fitted(backs))

    @cached_property
    def _voices(self) -> int:
        return self._study.independent_voices(one.source for one in self._corpus.bodies)

    def _quote(self, occurrence: _Occurrence) -> str:
        return self._corpus.quote(*occurrence.spans[-1])

    def _kind(self, formula: int) -> str:
        if ceremonial(self._said_of(formula)):
            return "ceremonial"
        last = list(self._stands[formula].values())[-5:]
        return "quoted" if quoted(self._corpus.place(*one.spans[0]) for one in last) else "plain"

    def changes(self) -> Iterator[Change]:
        """The most surprising drops, what is said otherwise, the most alike first, then rewordings of the weightiest formulas."""
        ends = [one for one in self._steps if one[2] == "dropped"]
        ends.sort(
            key=lambda one: (one[1].chance(self.prior), -int(self._weight[one[0]]), one[1].at, self._said_of(one[0]))
        )
        for formula, step, _ in ends[: self._asked.most]:
            yield self._drop(formula, step)
        said = [(formula, step) for formula, step, kind in self._steps if kind == "said otherwise"]
        said.sort(key=lambda one: (-self._nearest[one[0], one[1].at].likeness, one[1].at, self._said_of(one[0])))
        for formula, step in said[: self._asked.most]:
            yield self._otherwise(formula, step)
        others = [one for one in self._steps if one[2] == "reworded"]
        others.sort(key=lambda one: (self._rank[one[0]], one[1].at))
        for formula, step, _ in others[: self._asked.most]:
            yield self._standing(formula, step.at, "reworded")

    @cached_property
    def _rank(self) -> dict[int, int]:
        return {formula: rank for rank, formula in enumerate(self._ranked)}

    @cached_property
    def _told(self) -> int | None:
        """The occasion of which all is told: that of the text asked for, or the latest; None where the text is of another
        series.
        """
        if not self._asked.text:
            return self._corpus.occasions - 1
        ids = [one.id for one in self._corpus.bodies]
        return int(self._corpus.occasion[ids.index(self._asked.text)]) if self._asked.text in ids else None

    def became(self) -> Iterator[Change]:
        """What one occasion did with each formula that had stood, the weightiest first."""
        at = self._told
        if at is None:
            return
        rows = [(kind, formula, step) for formula, step, kind in self._steps if step.at == at]
        rows.sort(key=lambda one: self._rank[one[1]])
        for kind in _KINDS:
            of_kind = [(formula, step) for one, formula, step in rows if one == kind]
            for formula, step in of_kind[: self._asked.most]:
                yield self._row(formula, step, kind)
        back = [formula for formula, one in enumerate(self._stands) if at in _returns(one)]
        for formula in sorted(back, key=self._rank.__getitem__)[: self._asked.most]:
            yield self._standing(formula, at, _AGAIN)

    def added(self) -> Iterator[Added]:
        """The sentences that are new at that occasion."""
        at = self._told
        if at is not None:
            known = [span for one in self._stands if at in one and min(one) < at for span in one[at].spans]
            yield from added(self._corpus, int(self._edges[at]), int(self._edges[at + 1]), known)

    def _row(self, formula: int, step: Step, kind: str) -> Change:
        if step.there:
            return self._standing(formula, step.at, kind)
        return self._drop(formula, step) if kind == "dropped" else self._otherwise(formula, step)

    def _otherwise(self, formula: int, step: Step) -> Change:
        found = self._nearest[formula, step.at]
        row = replace(self._drop(formula, step), change="said otherwise", verdict="said otherwise", because="")
        return replace(row, within=found.within, after=found.sentence)

    def _drop(self, formula: int, step: Step) -> Change:
        stands = self._stands[formula]
        spell = next(
            one for one in spells(list(stands), self._corpus.occasions, self._asked.least) if one.at == step.at
        )
        bits = self._surprise(spell)
        back = "" if spell.back is None else self._corpus.bodies[stands[spell.back].texts[0]].id
        verdict, because = _verdict(bits)
        row = self._change(formula, step.at, "dropped", self._quote(stands[step.at - 1]))
        found = self._nearest.get((formula, step.at))
        if found:
            row = replace(row, likeness=found.likeness, chance=found.chance)
        return replace(row, surprise=bits, verdict=verdict, because=because, back=back)

    def _standing(self, formula: int, at: int, change: str) -> Change:
        """A formula that stands at an occasion: kept, reworded or taken up again."""
        stands = self._stands[formula]
        before, after = stands[max(one for one in stands if one < at)], stands[at]
        row = replace(self._change(formula, at, change, self._quote(before)), after=self._quote(after))
        if change == "kept":
            return row
        words = self._wording(before.spans[-1]), self._wording(after.spans[-1])
        gone, come = reworded(*words, "" if self._corpus.japanese else " ")
        return replace(row, gone=gone, come=come)

    def _change(self, formula: int, at: int, change: str, before: str) -> Change:
        stands = self._stands[formula]
        earlier = [one for one in stands if one < at]
        bodies = self._texts(at)
        return Change(
            series=self.name,
            change=change,
            formula=self._id(formula),
            kind=self._kind(formula),
            texts=tuple(one.id for one in bodies),
            when=bodies[0].when.text,
            before=before,
            after="",
            gone=(),
            come=(),
            stood=len(earlier),
            chances=at - earlier[0],
            lapses=len(_returns(earlier)),
            first=self._corpus.bodies[stands[earlier[0]].texts[0]].id,
            surprise=NONE,
            verdict=change,
            because="",
            back="",
            within="",
            likeness=math.nan,
            chance=math.nan,
            sources=tuple(sorted({one.source for one in bodies})),
            records=(self._corpus.bodies[stands[earlier[-1]].texts[-1]].id, *(one.id for one in bodies)),
        )

    @cached_property
    def _edges(self) -> Places:
        return np.searchsorted(self._corpus.occasion, np.arange(self._corpus.occasions + 1))

    def _texts(self, occasion: int) -> Sequence[Body]:
        return self._corpus.bodies[self._edges[occasion] : self._edges[occasion + 1]]

    def texts(self) -> Iterator[TextChanges]:
        """Every occasion against those before."""
        n = self._corpus.occasions
        told: Mapping[str, Counter[int]] = {kind: Counter() for kind in _KINDS}
        chance = np.zeros(n)
        for _, step, kind in self._steps:
            told[kind][step.at] += 1
            chance[step.at] += step.chance(self.prior)
        begun = Counter(min(one) for one in self._stands if one)
        back = Counter(at for one in self._stands for at in _returns(one))
        for at in range(n):
            bodies = self._texts(at)
            yield TextChanges(
                series=self.name,
                texts=tuple(one.id for one in bodies),
                when=bodies[0].when.text,
                words=int(self._corpus.lengths[self._edges[at] : self._edges[at + 1]].sum()),
                standing=sum(told[kind][at] for kind in told),
                kept=told["kept"][at],
                reworded=told["reworded"][at],
                said_otherwise=told["said otherwise"][at],
                dropped=told["dropped"][at],
                by_chance=float(chance[at]),
                taken_up=back[at],
                begun=begun[at],
            )

    def tracked(self) -> Iterator[Tracked]:
        """What is followed by its words."""
        return follow(self._study, self._corpus, self._asked.level, self._asked.draws, self._asked.seed)


def _returns(present: Iterable[int]) -> list[int]:
    """The occasions, of those at which a formula stands, at which it stands again after a lapse."""
    return [b for a, b in pairwise(present) if b - a > 1]


def _lengths_note(name: str, corpus: Corpus) -> Iterator[str]:
    """That texts became longer or shorter, where they did: what a short text leaves out is partly for want of room."""
    half = corpus.occasions // 2
    if not half:
        return
    words = np.bincount(corpus.occasion, corpus.lengths, corpus.occasions)
    before, after = float(np.median(words[:half])), float(np.median(words[half:]))
    if max(before, after) >= LENGTHS_DIFFER * min(before, after):
        unit = "characters" if corpus.japanese else "words"
        yield (
            f"The texts of the series {name} became {'shorter' if after < before else 'longer'}: {before:,.0f} {unit} at the "
            f"median in the earlier half, {after:,.0f} in the later. Chances of a lapse are taken not to change with length, so "
            "that a silence which begins with shorter texts is less surprising than it seems."
        )


def _language_note(name: str, corpus: Corpus) -> Iterator[str]:
    many = unknown_languages(corpus)
    if many:
        yield (
            f"{count(many, 'text')} of the series {name} {'is' if many == 1 else 'are'} in a language that the encoder does not "
            "know, or that is not known: meaning was not compared there."
        )


def _verdict(bits: Estimate) -> tuple[str, str]:
    if bits.low >= STANDS_OUT:
        return "stands out", ""
    if bits.high < STANDS_OUT:
        return "as it lapses", ""
    return "undetermined", f"its record of {bits.n} occasions since it became a formula is too short, or too broken"

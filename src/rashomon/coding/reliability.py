"""Reliability: how far two coders who read the same passages wrote down the same.

Three steps. :func:`align` pairs the statements that two coders made of one paragraph; :func:`alpha` is Krippendorff's
coefficient of what they agree on beyond chance; :func:`agreement` reports both by field, and beside them which words both marked,
which value one wrote where the other wrote which, and all that differs.

**What the numbers mean.** Two readers of one narrative agree on what it *says*, not on what happened: every result carries
:data:`LABEL`. And statements must first be paired, by their likeness: agreement among pairs on the very fields by which they
were paired is too kind. Two more numbers therefore stand beside it: agreement when the pairs were made without a look at the
field (``blind``), and the share of *all* statements, paired or not, on which both agree (``of_all``, the strictest).
A blank cell is a value, "not said": leaving it blank is a reader's judgement too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from rashomon.coding.aligning import (
    MORE_ALIKE_THAN_NOT,
    WEIGHTS,
    Alignment,
    Coding,
    align,
    read_codings,
    similarity,
)
from rashomon.coding.confusing import Confused, confusions
from rashomon.coding.differing import Difference, Differences, differences
from rashomon.coding.grounding import STATUS, Ground, both_of, grounded
from rashomon.coding.krippendorff import Alpha, Metric, alpha
from rashomon.coding.krippendorff import Difference as Apart
from rashomon.coding.spanning import Spans, spans
from rashomon.errors import error, listing, suggest
from rashomon.study import Estimate, Result, StudyData, When, overlap
from rashomon.study.provenance import note
from rashomon.study.vocabulary import EXTENTS

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "LABEL",
    "Agreement",
    "Alignment",
    "Alpha",
    "Coding",
    "Confused",
    "Difference",
    "Differences",
    "FieldAgreement",
    "Matched",
    "Spans",
    "Unitising",
    "agreement",
    "align",
    "alpha",
    "compare",
    "read_codings",
    "similarity",
]

LABEL: Final = "agreement in reading the source"
"""What agreement of two readers of one narrative is; not agreement on what happened."""
METHOD: Final = (
    f"{LABEL}: maximum-weight pairing within paragraphs; Krippendorff's alpha, documents or paragraphs resampled"
)


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """How far two coders agree on one field.

    ``n`` pairs of statements compared, ``agree`` of them alike, ``share`` their share; ``of_all``: their share of all
    statements of either coder, pairs counted once, NaN for a field that not every statement has. ``alpha``: Krippendorff's,
    its interval from resampling ``clusters`` of what ``by`` says, document or paragraph; its ``voices`` the two coders.
    ``blind_share``, ``blind_alpha``: the same, when statements are paired without a look at this field; NaN where that leaves too
    little to pair by.
    ``differing``: ids of the pairs that differ.
    """

    field: str
    metric: str
    n: int
    agree: int
    share: float
    of_all: float
    alpha: Estimate
    blind_share: float
    blind_alpha: float
    clusters: int
    by: str
    verdict: str
    because: str
    differing: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unitising:
    """Whether two coders found the same statements at all, by depth of path ("all": any).

    ``a`` and ``b``: statements each coder made; ``matched_a`` and ``matched_b`` those paired with any of the other's;
    ``both``: pairs of which both are of this depth; ``jaccard``: ``both`` over all statements of this depth, pairs once.
    """

    depth: str
    a: int
    b: int
    matched_a: int
    matched_b: int
    both: int
    share_a: float
    share_b: float
    jaccard: float


@dataclass(frozen=True, slots=True)
class Matched:
    """A pair of statements: the coders' ids, and how alike they are."""

    source: str
    locator: str
    a: str
    b: str
    similarity: float


@dataclass(frozen=True)
class Agreement(Result[FieldAgreement]):
    """Agreement by field (``rows``), on what there is to be coded (``unitising``) and on the words marked (``spans``).

    ``pairs``: those behind it; ``confused``: how often which value met which in them; ``differing``: all that differs.
    """

    label: str = LABEL
    coders: tuple[str, str] = ("", "")
    unitising: tuple[Unitising, ...] = ()
    pairs: tuple[Matched, ...] = ()
    spans: tuple[Spans, ...] = ()
    confused: tuple[Confused, ...] = ()
    differing: tuple[Difference, ...] = ()

    def confusion(self, field: str) -> pd.DataFrame:
        """How many pairs have which values of path, topic, stance or verb: the first coder's down, the other's across (R004)."""
        import pandas as pd

        known = list(dict.fromkeys(one.field for one in self.confused))
        if field not in known:
            allowed = listing(known) or "none, for no statements were paired"
            remedy = suggest(field, known, "name one of these.")
            message = "There is no table of confusion of this field."
            raise error("R004", message, found=repr(field), allowed=allowed, remedy=remedy)
        values = sorted({value for one in self.confused if one.field == field for value in (one.a, one.b)})
        table = pd.DataFrame(0, pd.Index(values, name=self.coders[0]), pd.Index(values, name=self.coders[1]))
        for one in self.confused:
            if one.field == field:
                table.loc[one.a, one.b] = one.n
        return table

    def differences(self) -> Differences:
        """What differs, side by side, with a table of its own."""
        return Differences(self.differing, self.provenance)


@dataclass(frozen=True, slots=True)
class _Field:
    """A field: how it is read, by what metric, which likenesses look at it, and within what chance is.

    ``partial``: some statements have nothing to compare here; they read as None or NaN.
    """

    name: str
    read: Callable[[Coding], Any]
    metric: Metric | Apart = "nominal"
    seen_by: tuple[str, ...] = ()
    within: Callable[[Coding], Hashable] | None = None
    partial: bool = False


def _apart(one: When, other: When) -> float:
    return float(overlap(one, other) == "none")


def _topic(one: Coding) -> str:
    return one.topic


def _given(name: str) -> Callable[[Coding], str | None]:
    """A reader of a column whose blank cells are not compared."""
    return lambda one: getattr(one, name) or None


_RANKS: Final = {word: len(EXTENTS) - rank for rank, word in enumerate(EXTENTS)}
_ALL_SEEN: Final = ("path", "topic", "stance")
_FIELDS: Final = (
    _Field("path", lambda one: one.path.actors, seen_by=("path",)),
    _Field("holder", lambda one: one.path.holder, seen_by=("path",)),
    _Field("depth", lambda one: one.path.depth, "ordinal", ("path",)),
    _Field("topic", _topic, seen_by=("topic", "stance")),
    _Field("stance", lambda one: one.stance, seen_by=("stance",), within=_topic),
    _Field("stance on a scale", lambda one: one.place, "interval", ("stance",), _topic, partial=True),
    _Field("modality", lambda one: one.path.modality, seen_by=("verb",)),
    _Field("when, exact", lambda one: (one.when.lo, one.when.hi, one.when.within), seen_by=("when",)),
    _Field("when, overlapping", lambda one: one.when, _apart, ("when",)),
    _Field("basis", lambda one: one.basis),
    _Field("hedge", lambda one: one.hedge),
    _Field("stage", lambda one: one.stage),
    _Field("stage, both given", _given("stage"), partial=True),
    _Field("extent", lambda one: one.extent),
    _Field("extent, both given", lambda one: _RANKS.get(one.extent), "ordinal", partial=True),
    _Field("root", lambda one: one.root),
    _Field("root, both given", _given("root"), partial=True),
    _Field("path + topic", lambda one: (one.path.actors, one.topic), seen_by=_ALL_SEEN),
    _Field("path + topic + stance", lambda one: (one.path.actors, one.topic, one.stance), seen_by=_ALL_SEEN),
    _Field("path + topic + stance + modality", lambda one: (one.path, one.topic, one.stance), seen_by=_ALL_SEEN),
)


@dataclass(frozen=True)
class _Asked:
    """Both codings, and how they are to be compared; pairings are made once for each set of likenesses left out."""

    a: Sequence[Coding]
    b: Sequence[Coding]
    ground: Ground
    draws: int
    level: float
    seed: int
    made: dict[tuple[str, ...], Alignment] = field(default_factory=dict)

    def aligned(self, blind: tuple[str, ...] = ()) -> Alignment:
        """The pairing without these likenesses."""
        if blind not in self.made:
            self.made[blind] = align(self.a, self.b, blind)
        return self.made[blind]


def agreement(
    study: StudyData,
    coder_a: str,
    coder_b: str,
    status: Sequence[str] = STATUS,
    *,
    draws: int = 2000,
    level: float = 0.9,
    seed: int = 2011,
) -> Agreement:
    """How far two coders of a study agree: its statements of ``status`` with their names as ``coder``, and what they proposed.

    Raises R004 where a coder made none, R502 where both are one. See :func:`compare` for the rows, and
    :func:`~rashomon.coding.grounding.codings_of` for what counts as a coder's.
    """
    a, b, ground = both_of(study, coder_a, coder_b, status)
    found = compare(a, b, (coder_a, coder_b), ground, draws=draws, level=level, seed=seed)
    asked = dict(found.provenance.parameters) | {"status": tuple(status)}
    return replace(found, provenance=note(study, METHOD, asked, seed, len(a) + len(b), found.provenance.sources))


def compare(
    a: Sequence[Coding],
    b: Sequence[Coding],
    coders: tuple[str, str] = ("a", "b"),
    ground: Ground | None = None,
    *,
    draws: int = 2000,
    level: float = 0.9,
    seed: int = 2011,
) -> Agreement:
    """How far two codings agree, field by field.

    A stance is compared where both have the same topic, and chance is that within the topic; "on a scale" takes the middle
    of its place on −1..1, qualities only. Times overlap if they may share a day. "Both given" leaves out blank cells.

    ``ground``: the passages on which the statements stand. Where it knows of twenty documents or more, those are resampled for
    the intervals, else paragraphs; an interval from paragraphs of few documents says nothing of other documents.
    """
    ground = ground or grounded((*a, *b), {})
    asked = _Asked(a, b, ground, draws, level, seed)
    settings = {
        "coders": coders, "weights": tuple(WEIGHTS.items()), "paired above": MORE_ALIKE_THAN_NOT, "level": level, "draws": draws,
    }  # fmt: skip
    provenance = note(None, METHOD, settings, seed, len(a) + len(b), (one.source for one in (*a, *b)))
    aligned = asked.aligned()
    pairs = tuple(Matched(*one.paragraph, one.id, other.id, similarity(one, other)) for one, other in aligned.pairs)
    rows = tuple(_row(one, asked) for one in _FIELDS)
    return Agreement(
        rows, provenance, LABEL, coders, _unitising(aligned), pairs, spans(a, b, ground, draws=draws, level=level, seed=seed),
        confusions(aligned.pairs), differences(aligned, ground),
    )  # fmt: skip


def _row(spec: _Field, asked: _Asked) -> FieldAgreement:
    aligned = asked.aligned()
    compared, value, by = _compared(spec, aligned, asked, asked.draws)
    agree = [_alike(spec, *pair) for pair in compared]
    n, alike = len(agree), sum(agree)
    blind, blind_value = math.nan, math.nan
    if spec.seen_by != _ALL_SEEN:
        others, other, _ = _compared(spec, asked.aligned(spec.seen_by), asked, 0)
        blind = _ratio(sum(_alike(spec, *pair) for pair in others), len(others))
        blind_value = other.value
    everything = len(aligned.pairs) + len(aligned.only_a) + len(aligned.only_b)
    return FieldAgreement(
        field=spec.name, metric="share no day" if callable(spec.metric) else spec.metric, n=n, agree=alike,
        share=_ratio(alike, n), of_all=math.nan if spec.partial else _ratio(alike, everything),
        alpha=Estimate(value.value, value.low, value.high, value.level, value.units, 2),
        blind_share=blind, blind_alpha=blind_value,
        clusters=value.clusters, by=by, verdict="undetermined" if math.isnan(value.value) else "estimated", because=value.because,
        differing=tuple((one.id, other.id) for (one, other), same in zip(compared, agree, strict=True) if not same),
        sources=tuple(sorted({one.source for one, _ in compared})),
    )  # fmt: skip


def _compared(spec: _Field, aligned: Alignment, asked: _Asked, draws: int) -> tuple[list[tuple[Coding, Coding]], Alpha, str]:
    """The pairs in which both have the field (and the same stratum, if it has any), alpha over them, and what was resampled."""
    pairs = [pair for pair in aligned.pairs if not any(_missing(spec.read(one)) for one in pair)]
    strata = None
    if spec.within is not None:
        pairs = [(one, other) for one, other in pairs if spec.within(one) == spec.within(other)]
        strata = [spec.within(one) for one, _ in pairs]
    values = [(spec.read(one), spec.read(other)) for one, other in pairs]
    clusters, by = asked.ground.clusters(pairs)
    level, seed = asked.level, asked.seed
    return pairs, alpha(values, spec.metric, strata=strata, clusters=clusters, draws=draws, level=level, seed=seed), by


def _missing(value: object) -> bool:
    return value is None or value != value


def _alike(spec: _Field, one: Coding, other: Coding) -> bool:
    first, second = spec.read(one), spec.read(other)
    return spec.metric(first, second) == 0 if callable(spec.metric) else first == second


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


def _unitising(aligned: Alignment) -> tuple[Unitising, ...]:
    """One row for all statements, and one for each depth that either coder used."""
    paired_a, paired_b = [one for one, _ in aligned.pairs], [other for _, other in aligned.pairs]
    all_a, all_b = [*paired_a, *aligned.only_a], [*paired_b, *aligned.only_b]
    depths = sorted({one.path.depth for one in (*all_a, *all_b)})
    rows = []
    for name, chosen in [("all", depths), *((str(depth), [depth]) for depth in depths)]:
        a, b, matched_a, matched_b = (
            sum(one.path.depth in chosen for one in codings) for codings in (all_a, all_b, paired_a, paired_b)
        )
        both = sum(one.path.depth in chosen and other.path.depth in chosen for one, other in aligned.pairs)
        shares = _ratio(matched_a, a), _ratio(matched_b, b), _ratio(both, a + b - both)
        rows.append(Unitising(name, a, b, matched_a, matched_b, both, *shares))
    return tuple(rows)

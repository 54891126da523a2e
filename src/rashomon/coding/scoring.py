"""How well a machine codes: of what it proposes how much a person made too, and of what the person made how much it found.

Scored is what stands in the documents that the person coded; there the person is taken to have read everything, and to be
right. A statement of the machine is right where the person made one of the same paragraph that is the same in what is asked
(its path, its topic …); each of the person's counts for one of the machine's at most.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.coding.aligning import Coding, pair_up
from rashomon.coding.grounding import STATUS, Ground, both_of
from rashomon.coding.krippendorff import LEAST_CLUSTERS, Floats, expanded, numbered, redrawn
from rashomon.study import Estimate, Result, StudyData
from rashomon.study.proportions import wilson
from rashomon.study.provenance import note

METHOD: Final = "precision and recall (Wilson 1927) and F1 (bootstrap) against a person's coding"
LEAST: Final = 10
"""Of fewer statements no share is given."""
_LOST: Final = 0.05  # more resamples than this without a statement of one of the two: no interval

ASKED: Final[Mapping[str, Callable[[Coding], Hashable]]] = {
    "path": lambda one: one.path.actors,
    "topic": lambda one: one.topic,
    "path + topic": lambda one: (one.path.actors, one.topic),
    "path + topic + stance": lambda one: (one.path.actors, one.topic, one.stance),
}
"""What of a statement must be the same for it to be right."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well a machine codes ``what``, in the statements whose ``by`` is ``of`` (depth, topic, language; all, for "all").

    ``machine`` and ``person``: the statements of each; ``right``: of the machine's, those that the person made too; ``found``:
    of the person's, those that the machine made too (of all statements as many as are right, not so of a part: one paired with
    another depth is of two parts). ``precision`` = right / machine and ``recall`` = found / person have the band of Wilson 1927,
    as of independent statements; ``f1``, their harmonic mean, one from resampling what ``resampled`` says, of which these
    statements stand in ``clusters``; none where those are fewer than twenty, nor of a value of 0 or 1. A share of fewer than ten
    is NaN; ``verdict`` is undetermined where the machine or the person made fewer.
    """

    what: str
    by: str
    of: str
    machine: int
    person: int
    right: int
    found: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    clusters: int
    resampled: str
    verdict: str


@dataclass(frozen=True)
class Scores(Result[Score]):
    """Scores of a machine against a person.

    ``elsewhere``: the machine's statements in documents that the person did not code, and ``unplaced``: the person's of which
    nobody can say where they stand; neither is scored.
    """

    machine: str = ""
    person: str = ""
    documents: int = 0
    elsewhere: int = 0
    unplaced: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    """Which statements are of a part: a mask over those of the machine and one over those of the person."""

    by: str
    of: str
    machine: NDArray[np.bool_]
    person: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The clusters of the machine's and of the person's statements, how many there are, and how they are resampled."""

    machine: NDArray[np.intp]
    person: NDArray[np.intp]
    size: int
    by: str
    level: float
    weights: Floats


def score(
    study: StudyData,
    machine: str,
    person: str,
    status: Sequence[str] = STATUS,
    *,
    draws: int = 2000,
    level: float = 0.9,
    seed: int = 2011,
) -> Scores:
    """Precision, recall and F1 of what ``machine`` proposed against what ``person`` coded, by depth, topic and language.

    Languages are those of the passages, where the study was read. R004 where either made nothing, R502 where both are one.
    """
    a, b, ground = both_of(study, machine, person, status)
    found = score_codings(a, b, ground, draws=draws, level=level, seed=seed)
    asked = {
        "machine": machine,
        "person": person,
        "status": tuple(status),
        "least": LEAST,
        "level": level,
        "draws": draws,
    }
    origin = note(study, METHOD, asked, seed, len(a) + len(b), found.cite())
    return replace(found, provenance=origin, machine=machine, person=person)


def score_codings(
    machine: Sequence[Coding],
    person: Sequence[Coding],
    ground: Ground,
    *,
    draws: int = 2000,
    level: float = 0.9,
    seed: int = 2011,
) -> Scores:
    """The scores of one coding against another: see :func:`score`."""
    right = [one for one in person if one.passage or one.locator]
    documents = {ground.document(one) for one in right}
    scored = [one for one in machine if ground.document(one) in documents]
    drawing = _drawing(scored, right, ground, draws, level, seed)
    parts = list(_parts(scored, right, ground))
    rows: list[Score] = []
    for what, read in ASKED.items():
        hits = _hits(scored, right, read)
        rows += [_row(what, part, hits, drawing) for part in parts]
    sources = {one.source for one in (*machine, *person)}
    origin = note(None, METHOD, {"draws": draws, "level": level}, seed, len(machine) + len(person), sources)
    return Scores(
        tuple(rows),
        origin,
        documents=len(documents),
        elsewhere=len(machine) - len(scored),
        unplaced=len(person) - len(right),
    )


def _hits(
    machine: Sequence[Coding], person: Sequence[Coding], read: Callable[[Coding], Hashable]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which statements of each have their like among the other's."""
    pairs = pair_up(machine, person, lambda one, other: float(read(one) == read(other))).pairs
    hit = frozenset(id(one) for pair in pairs for one in pair)
    ours, theirs = (np.array([id(one) in hit for one in codings], np.bool_) for codings in (machine, person))
    return ours, theirs


def _parts(machine: Sequence[Coding], person: Sequence[Coding], ground: Ground) -> Iterator[_Part]:
    """All statements, and those of each depth, topic and language."""

    def language(one: Coding) -> str:
        passage = ground.passage(one)
        return "" if passage is None else passage.language

    yield _Part("all", "", np.ones(len(machine), np.bool_), np.ones(len(person), np.bool_))
    kinds: Mapping[str, Callable[[Coding], str]] = {
        "depth": lambda one: str(one.path.depth), "topic": lambda one: one.topic, "language": language,
    }  # fmt: skip
    for by, read in kinds.items():
        ours, theirs = (np.array([read(one) for one in codings], object) for codings in (machine, person))
        for of in sorted({*ours.tolist(), *theirs.tolist()} - {""}):
            yield _Part(by, of, (ours == of).astype(np.bool_), (theirs == of).astype(np.bool_))


def _drawing(
    machine: Sequence[Coding], person: Sequence[Coding], ground: Ground, draws: int, level: float, seed: int
) -> _Drawing:
    keys, by = ground.clusters([(one, one) for one in (*machine, *person)])
    numbers = numbered(keys)
    codes = np.array([numbers[key] for key in keys], np.intp)
    size = len(numbers)
    some = draws and size >= LEAST_CLUSTERS
    weights = redrawn(np.random.default_rng(seed), size, draws) if some else np.zeros((0, size))
    return _Drawing(codes[: len(machine)], codes[len(machine) :], size, by, level, weights)


def _row(what: str, part: _Part, hits: tuple[NDArray[np.bool_], NDArray[np.bool_]], drawing: _Drawing) -> Score:
    chosen = part.machine, part.person, part.machine & hits[0], part.person & hits[1]
    machine, person, right, found = (int(one.sum()) for one in chosen)
    enough = min(machine, person) >= LEAST
    homes = np.union1d(drawing.machine[part.machine], drawing.person[part.person])
    return Score(
        what, part.by, part.of, machine, person, right, found,
        precision=_share(right, machine, drawing.level), recall=_share(found, person, drawing.level),
        f1=_f1(chosen, drawing, len(homes)) if enough else _nothing(machine + person, drawing.level),
        clusters=len(homes), resampled=drawing.by, verdict="estimated" if enough else "undetermined",
    )  # fmt: skip


def _share(part: int, whole: int, level: float) -> Estimate:
    return wilson(part, whole, level, 2) if whole >= LEAST else _nothing(whole, level)


def _nothing(n: int, level: float) -> Estimate:
    return Estimate(math.nan, math.nan, math.nan, level, n, 2)


def _f1(chosen: tuple[NDArray[np.bool_], ...], drawing: _Drawing, clusters: int) -> Estimate:
    """F1 of the statements chosen (the machine's, the person's, the right, the found), with its band where there is one."""
    homes = drawing.machine, drawing.person, drawing.machine, drawing.person
    counts = np.stack(
        [np.bincount(home[one], minlength=drawing.size) for one, home in zip(chosen, homes, strict=True)], axis=1
    )
    value = float(_harmonic(counts.sum(axis=0)[np.newaxis, :])[0])
    drawn = _harmonic(drawing.weights @ counts)
    drawn = drawn[np.isfinite(drawn)]
    low, high = math.nan, math.nan
    if clusters >= LEAST_CLUSTERS and 0 < value < 1 and len(drawn) > (1 - _LOST) * len(drawing.weights):
        low, high = expanded(drawn, clusters, drawing.level)
    return Estimate(value, low, high, drawing.level, int(counts[:, :2].sum()), 2)


def _harmonic(counts: NDArray[np.float64] | NDArray[np.intp]) -> Floats:
    """F1 of counts (D, 4), NaN where one of the two made nothing."""
    with np.errstate(invalid="ignore", divide="ignore"):
        precision, recall = counts[:, 2] / counts[:, 0], counts[:, 3] / counts[:, 1]
        both = precision + recall
        return np.where(both == 0, 0.0, 2 * precision * recall / both)

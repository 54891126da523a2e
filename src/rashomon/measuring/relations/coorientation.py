"""Two groups and what each takes the other to hold: asymmetry, coorientation, realisation and the mirror image.

*Asymmetry* is the difference of two first-order views on one shared scale. *Coorientation* (McLeod & Chaffee 1973,
"Interpersonal approaches to communication research", *American Behavioral Scientist* 16) compares, for groups A and B and a
topic: **agreement**, A's own view and B's; **congruency**, A's own view and what A takes B to hold; **accuracy**, what A takes
B to hold and what B holds. *Realisation* (Laing, Phillipson & Lee 1966) compares what A takes B to think that A holds (depth
three) with what B does take A to hold (depth two). The *mirror-image index* (Bronfenbrenner 1961) asks how alike the images
are that two sides have of each other.

Scales: qualities −1..1, placed positions 0..1. An issue whose positions have no place is compared by the share of statements
on the same position. Differences are "first less second", in units of the scale; a band needs two independent voices on each
side, else the comparison is undetermined and says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np

from rashomon.measuring.records.viewing import Cell, Ints, Views, cells
from rashomon.measuring.statistics.averaging import Posteriors, differences, posteriors, summarise
from rashomon.measuring.statistics.judging import LEAST_VOICES
from rashomon.study import Estimate, StudyData
from rashomon.texts import count

LEVEL = 0.9
ALIKE = 0.2
MIRROR = 0.75
"""The index of two images that differ by a quarter of the scale on average: above it the images mirror each other."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of two sets of views.

    ``kind``: mirror, positions, layers, agreement, congruency, accuracy or realisation. ``of`` and ``against`` say whose views
    they are, with the ids of sides: "japan", "japan/public", "japan of ussr", "ussr as japan takes it", "what japan takes ussr
    to hold", "what ussr takes japan to think others in japan hold". ``first`` and ``second`` are the means
    (on the topic's scale), ``difference`` first less second; ``verdict``: apart, alike or undetermined, ``because`` says why.
    ``n`` views, ``voices`` independent ones on the thinner side, ``records`` the ids behind it, ``sources`` theirs.
    """

    kind: str
    topic: str
    period: str
    of: str
    against: str
    first: Estimate
    second: Estimate
    difference: Estimate
    verdict: str
    because: str
    n: int
    voices: int
    records: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups' views to be compared, each None where there is none; ``of`` and ``against`` name them."""

    kind: str
    topic: str
    period: str
    of: str
    against: str
    one: Cell | None
    other: Cell | None


def compare(pairs: Iterable[Pair]) -> tuple[Comparison, ...]:
    """Compare the two groups of each pair, all in one batch; pairs of which neither group has a placed view are left out."""
    asked = [pair for pair in pairs if any(cell is not None and len(cell.placed) for cell in (pair.one, pair.other))]
    if not asked:
        return ()
    number: dict[Cell, int] = {}
    for pair in asked:
        for cell in (pair.one, pair.other):
            if cell is not None and len(cell.placed):
                number.setdefault(cell, len(number))
    posts = _average(list(number))
    means = [*summarise(posts, LEVEL), _BLANK]  # −1 takes the last
    at = [tuple(-1 if cell is None else number.get(cell, -1) for cell in (pair.one, pair.other)) for pair in asked]
    both = np.array([pair for pair in at if min(pair) >= 0], np.int64).reshape(-1, 2)
    gaps = iter(differences(posts, both[:, 0], both[:, 1], LEVEL))
    return tuple(
        _comparison(pair, means[one], means[other], next(gaps) if min(one, other) >= 0 else _BLANK)
        for pair, (one, other) in zip(asked, at, strict=True)
    )


_BLANK = Estimate(float("nan"), float("nan"), float("nan"), LEVEL, 0, 0)


def _average(cells: Sequence[Cell]) -> Posteriors:
    """The posteriors of cells, each with a placed view."""
    views = cells[0].views
    at = np.concatenate([cell.placed for cell in cells])
    group = np.repeat(np.arange(len(cells)), [len(cell.placed) for cell in cells])
    return posteriors(views.lo[at], views.hi[at], views.voice[at], group, [cell.scale for cell in cells])


def _comparison(pair: Pair, first: Estimate, second: Estimate, gap: Estimate) -> Comparison:
    present = [cell for cell in (pair.one, pair.other) if cell is not None]
    sources = sorted(chain(*(cell.sources for cell in present)))  # two runs in order, which are only merged
    verdict, because = _verdict(gap, first, second, pair.of, pair.against)
    return Comparison(
        kind=pair.kind, topic=pair.topic, period=pair.period, of=pair.of, against=pair.against, first=first,
        second=second, difference=gap, verdict=verdict, because=because, n=sum(map(len, present)), voices=gap.voices,
        records=tuple(chain(*(cell.records for cell in present))), sources=tuple(dict.fromkeys(sources)),
    )  # fmt: skip


def _verdict(gap: Estimate, first: Estimate, second: Estimate, of: str, against: str) -> tuple[str, str]:
    if not first.n or not second.n:
        return "undetermined", f"no placed view of {against if first.n else of} is recorded"
    if gap.voices < LEAST_VOICES:
        return "undetermined", f"{of if first.voices < LEAST_VOICES else against} is told by one voice only"
    if gap.low > 0 or gap.high < 0:
        return "apart", "the band of the difference leaves out zero"
    # "alike" is claimed only where the band excludes half a step of the five-word scale
    if max(abs(gap.low), abs(gap.high)) < ALIKE:
        return "alike", f"the whole band lies within {ALIKE} of zero"
    return "undetermined", "the band of the difference holds zero and more"


def periods_of(study: StudyData) -> dict[str, tuple[int, int]]:
    """The study's declared periods, or its whole span as one period: id → (first day, last day)."""
    declared = {period.id: (period.when.lo, period.when.hi) for period in study.declared.periods}
    span = study.declared.study.span
    return declared or {"all": (span.lo, span.hi)}


def _by_period(study: StudyData, views: Views, depth: int) -> Iterator[tuple[str, Ints]]:
    mine = views.depth == depth
    for name, (lo, hi) in periods_of(study).items():
        yield name, np.flatnonzero(mine & (views.start <= hi) & (views.end >= lo))


def measure_asymmetries(study: StudyData, views: Views) -> tuple[Comparison, ...]:
    """Differences of first-order views: of two sides in each other (mirror), on issues, and of layers within a side."""
    rows: list[Pair] = []
    for period, at in _by_period(study, views, 1):
        rows += _mirrors(views, period, at)
        rows += _positions(views, period, at)
        rows += _layers(study, views, period, at)
    return compare(rows)


def _mirrors(views: Views, period: str, at: Ints) -> Iterator[Pair]:
    images = dict(cells(views, at, views.quality, views.side, views.target))
    for (quality, side, target), cell in images.items():
        back = images.get((quality, target, side))
        one, other = views.word(side), views.word(target)
        if one < other and back is not None:
            yield Pair("mirror", views.word(quality), period, f"{one} of {other}", f"{other} of {one}", cell, back)


def _positions(views: Views, period: str, at: Ints) -> Iterator[Pair]:
    issues = at[views.quality[at] < 0]
    by_topic: dict[int, list[tuple[str, Cell]]] = {}
    for (topic, side), cell in cells(views, issues, views.topic, views.side):
        by_topic.setdefault(topic, []).append((views.word(side), cell))
    for topic, sides in by_topic.items():
        for (one, left), (other, right) in combinations(sorted(sides, key=lambda pair: pair[0]), 2):
            yield Pair("positions", views.word(topic), period, one, other, left, right)


def _layers(study: StudyData, views: Views, period: str, at: Ints) -> Iterator[Pair]:
    by_topic: dict[tuple[int, int], list[tuple[str, Cell]]] = {}
    for (topic, side, layer), cell in cells(views, at, views.topic, views.side, views.layer):
        by_topic.setdefault((topic, side), []).append((views.word(layer), cell))
    for (topic, side), layers in by_topic.items():
        ordered = sorted(layers, key=lambda pair: study.layer_order(pair[0]))
        for (upper, above), (lower, below) in combinations(ordered, 2):
            of, against = (f"{views.word(side)}/{layer}" for layer in (upper, lower))
            yield Pair("layers", views.word(topic), period, of, against, above, below)


def measure_coorientation(study: StudyData, views: Views) -> tuple[Comparison, ...]:
    """Agreement, congruency and accuracy for every ordered pair of sides, topic and period that has a view of a view.

    Where one of a side takes others of it to hold something there is no agreement: a side is not compared with itself.
    """
    rows: list[Pair] = []
    first = dict(_by_period(study, views, 1))
    for period, at in _by_period(study, views, 2):
        own = dict(cells(views, first[period], views.topic, views.side))
        for (topic, side, about), taken in cells(views, at, views.topic, views.side, views.about):
            mine, theirs = own.get((topic, side)), own.get((topic, about))
            name, one, other = views.word(topic), views.word(side), views.word(about)
            seen = f"{other} as {one} takes it"
            rows += [Pair("agreement", name, period, one, other, mine, theirs)] if one != other else []
            rows += [
                Pair("congruency", name, period, one, seen, mine, taken),
                Pair("accuracy", name, period, seen, other, taken, theirs),
            ]
    return compare(rows)


def measure_realisation(study: StudyData, views: Views) -> tuple[Comparison, ...]:
    """What A takes B to think that C holds, against what B does take C to hold."""
    rows: list[Pair] = []
    second = dict(_by_period(study, views, 2))
    for period, at in _by_period(study, views, 3):
        held = dict(cells(views, second[period], views.topic, views.side, views.about))
        for (topic, side, about, third), taken in cells(views, at, views.topic, views.side, views.about, views.third):
            one, other, last = views.word(side), views.word(about), views.word(third)
            whose, whom = _seen_by(one, other), _seen_by(other, last)
            of = f"what {one} takes {whose} to think {whom} {'hold' if last == other else 'holds'}"
            against = f"what {other} takes {whom} to hold"
            known = held.get((topic, about, third))
            rows.append(Pair("realisation", views.word(topic), period, of, against, taken, known))
    return compare(rows)


def _seen_by(one: str, other: str) -> str:
    """What a side calls another, and others of its own."""
    return other if one != other else f"others in {other}"


@dataclass(frozen=True, slots=True)
class Mirror:
    """How alike two sides' images of each other are in a period.

    ``index``: 1 less half the mean absolute difference of the two images over the qualities that both have, so 1 is a perfect
    mirror and 0 the opposite at every point; its band resamples the shared qualities (bootstrap, percentile). ``signs``: the
    share of shared qualities on which both images lie on one side of the middle.
    """

    period: str
    one: str
    other: str
    index: Estimate
    signs: float
    qualities: tuple[str, ...]
    verdict: str
    because: str
    records: tuple[str, ...]
    sources: tuple[str, ...]


def measure_mirror(study: StudyData, views: Views, seed: int = 1961, draws: int = 2000) -> tuple[Mirror, ...]:
    """The mirror-image index of every pair of sides and period with at least one quality seen both ways."""
    rows = []
    placed = ~np.isnan(views.lo)
    for period, at in _by_period(study, views, 1):
        images = dict(cells(views, at[placed[at]], views.side, views.target, views.quality))
        sides = sorted({side for side, _, _ in images}, key=views.word)
        for one, other in combinations(sides, 2):
            shared = [q for a, b, q in images if (a, b) == (one, other) and (other, one, q) in images]
            if shared:
                rows.append(_mirror(views, period, (one, other), shared, images, np.random.default_rng(seed), draws))
    return tuple(rows)


def _mirror(
    views: Views, period: str, pair: tuple[int, int], shared: list[int], images: Mapping[tuple[int, ...], Cell],
    rng: np.random.Generator, draws: int,
) -> Mirror:  # fmt: skip
    one, other = pair
    here, there = [images[one, other, q] for q in shared], [images[other, one, q] for q in shared]
    a, b = np.array([cell.middle for cell in here]), np.array([cell.middle for cell in there])
    alike = 1 - np.abs(a - b) / 2
    voices = min(len(frozenset().union(*(cell.voices for cell in side))) for side in (here, there))
    low = high = float("nan")
    verdict = "undetermined"
    because = (
        f"{count(len(shared), 'shared quality')} (three are needed) and "
        f"{count(voices, 'voice')} on the thinner side (two are needed)"
    )
    if len(shared) >= 3 and voices >= LEAST_VOICES:
        means = alike[rng.integers(0, len(shared), (draws, len(shared)))].mean(axis=1)
        low, high = (float(x) for x in np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
        verdict = "mirror" if low > MIRROR else "not a mirror" if high < MIRROR else "undetermined"
        because = f"{len(shared)} qualities seen both ways by {voices} voices or more"
    return Mirror(
        period, views.word(one), views.word(other), Estimate(float(alike.mean()), low, high, LEVEL, len(shared), voices),
        float((np.sign(a) == np.sign(b)).mean()), tuple(views.word(q) for q in shared), verdict, because,
        tuple(dict.fromkeys(id_ for cell in (*here, *there) for id_ in cell.records)),
        tuple(sorted({source for cell in (*here, *there) for source in cell.sources})),
    )  # fmt: skip

"""Lead and lag: does one view move before another?

Both views are reduced to their changes from year to year, read within voices, so that neither a shared trend nor a voice's
leaning passes for a link. The link at lag ``l`` is the correlation of the first's change with the second's ``l`` years later,
over the years for which both are observed; the test statistic is the largest ``|atanh r| sqrt(n - 3)`` over the lags.

*Chance*: the first's years are rotated by a random step, cut into blocks and the blocks shuffled, which keeps what hangs
together within a block (circular block permutation). *Which lag*: blocks of years are drawn with replacement and the best
lag found anew (circular block bootstrap; Politis & Romano 1992); only if its interval leaves out 0 does one view lead.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.changing import year_of, yearly_changes
from rashomon.measuring.permuting import affordable, holm, monte_carlo_error, p_value
from rashomon.measuring.provenance import note
from rashomon.measuring.timelines import Floats, Ints, Label, Timeline, gather_timelines
from rashomon.study import Estimate, Result, StudyData

_FLAT = 1e-12


@dataclass(frozen=True, slots=True)
class LeadLag:
    """Two views and whether one moves before the other.

    ``kind``: mirrored (each side's view of the other), shared (two sides on one issue) or layers (within a side). ``lag``
    in years, positive where the first leads; ``lag_low``..``lag_high`` its interval. ``correlation`` is of the yearly changes
    at that lag, ``points`` the years behind it. ``p`` is for the best of all lags, with its Monte-Carlo error ``p_error``;
    ``p_holm`` is adjusted for ``tests`` tests. ``verdict``: first leads, second leads, together, linked (the lag is not
    clear), each with "perhaps" before it if only the p before the adjustment is small; no link found; or undetermined.
    """

    kind: str
    first: str
    second: str
    first_measure: str
    second_measure: str
    lag: int | None
    lag_low: int | None
    lag_high: int | None
    correlation: Estimate
    points: int
    p: float
    p_error: float
    p_holm: float
    tests: int
    draws: int
    verdict: str
    because: str
    n: int
    voices: int
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True)
class LeadLags(Result[LeadLag]):
    """Pairs of views whose changes were set beside each other."""


@dataclass(frozen=True, slots=True)
class Link:
    """The outcome of :func:`link`; ``reason``: why it is undetermined, or ""."""

    lag: int | None
    lag_low: int | None
    lag_high: int | None
    correlation: float
    low: float
    high: float
    points: int
    p: float
    p_error: float
    draws: int
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """How to look for links: lags of up to ``reach`` years, at least ``least`` common points, blocks of ``block`` years."""

    reach: int = 3
    least: int = 8
    block: int = 3
    draws: int = 999
    level: float = 0.9


def correlations(first: Floats, second: Floats, reach: int, least: int) -> tuple[Floats, Ints]:
    """Correlations (…, 2 reach + 1) at lags −reach … reach of changes ``first`` and ``second`` (…, G), and of how many points.

    Where either is NaN there is no point. NaN where there are fewer than ``least``, or where either does not vary. At lag l
    ``first[i]`` is set beside ``second[i + l]``.
    """
    width = first.shape[-1]
    r, n = [], []
    for lag in range(-reach, reach + 1):
        a = first[..., max(0, -lag) : max(0, width - max(0, lag))]
        b = second[..., max(0, lag) : max(0, width - max(0, -lag))]
        one, many = _correlate(a, b, least)
        r.append(one)
        n.append(many)
    return np.stack(r, axis=-1), np.stack(n, axis=-1)


def _correlate(a: Floats, b: Floats, least: int) -> tuple[Floats, Ints]:
    there = ~(np.isnan(a) | np.isnan(b))
    n = there.sum(axis=-1)
    many = np.maximum(n, 1)[..., None]
    x, y = np.where(there, a, 0.0), np.where(there, b, 0.0)
    x = np.where(there, x - x.sum(axis=-1, keepdims=True) / many, 0.0)
    y = np.where(there, y - y.sum(axis=-1, keepdims=True) / many, 0.0)
    spread = np.sqrt((x * x).sum(axis=-1) * (y * y).sum(axis=-1))
    good = (n >= least) & (spread > _FLAT)
    r = np.where(good, (x * y).sum(axis=-1) / np.where(good, spread, 1.0), np.nan)
    return np.clip(r, -1.0, 1.0), n.astype(np.int64)


def strength(r: Floats, n: Ints) -> Floats:
    """``|atanh r| sqrt(n - 3)``: near a standard normal's absolute value where there is no link; 0 for NaN."""
    safe = np.clip(np.nan_to_num(r), -1 + 1e-9, 1 - 1e-9)
    out: Floats = np.abs(np.arctanh(safe)) * np.sqrt(np.maximum(n - 3, 0))
    return out


def link(first: Floats, second: Floats, asked: Asked, rng: np.random.Generator) -> Link:
    """Whether two series of changes (G,) are linked, and at which lag. O(draws × lags × G)."""
    first, second = _trim(first, second, asked.reach)
    r, n = correlations(first, second, asked.reach, asked.least)
    if np.all(np.isnan(r)):
        most = int(n.max(initial=0))
        few = f"{most} common yearly changes, where {asked.least} are needed"
        return _unlinked(few if most < asked.least else "one of the views does not vary", most)
    best = int(np.argmax(strength(r, n)))
    permuted = _shuffled_strength(first, second, asked, rng)
    p = p_value(float(strength(r, n)[best]), permuted)
    lags, redrawn = _redrawn(first, second, best, asked, rng)
    tail = (1.0 - asked.level) / 2.0
    ends = [int(np.quantile(lags, q, method="nearest")) for q in (tail, 1.0 - tail)]
    low, high = (float(np.quantile(redrawn, q)) for q in (tail, 1.0 - tail)) if redrawn.size else (math.nan,) * 2
    return Link(
        best - asked.reach, ends[0], ends[1], float(r[best]), low, high, int(n[best]), p,
        monte_carlo_error(p, permuted.size), permuted.size, "",
    )  # fmt: skip


def _unlinked(reason: str, points: int) -> Link:
    nan = math.nan
    return Link(None, None, None, nan, nan, nan, points, nan, nan, 0, reason)


def _trim(first: Floats, second: Floats, reach: int) -> tuple[Floats, Floats]:
    """Cut both to the years in which the first has changes, with ``reach`` more at each end filled with NaN for it."""
    at = np.flatnonzero(~np.isnan(first))
    if not at.size:
        return first[:0], second[:0]
    lo, hi = int(at[0]), int(at[-1]) + 1
    padded = np.pad(second, reach, constant_values=np.nan)
    return np.pad(first[lo:hi], reach, constant_values=np.nan), padded[lo : hi + 2 * reach]


def _shuffled_strength(first: Floats, second: Floats, asked: Asked, rng: np.random.Generator) -> Floats:
    """The statistic under circular block permutations of the first's years; those without a correlation are left out."""
    inner = first[asked.reach : first.size - asked.reach]
    order = shuffled_blocks(inner.size, asked.block, asked.draws, rng)
    moved = np.pad(inner[order], ((0, 0), (asked.reach, asked.reach)), constant_values=np.nan)
    r, n = correlations(moved, np.broadcast_to(second, moved.shape), asked.reach, asked.least)
    found = ~np.all(np.isnan(r), axis=1)
    out: Floats = strength(r, n).max(axis=1)[found]
    return out


def shuffled_blocks(size: int, block: int, draws: int, rng: np.random.Generator) -> Ints:
    """``draws`` orders (draws, size) of 0…size−1: rotated by a random step, cut into blocks, the blocks shuffled."""
    starts = np.arange(0, size, block)
    lengths = np.minimum(block, size - starts)
    rank = rng.random((draws, starts.size)).argsort(axis=1)
    of_cell = np.repeat(np.arange(starts.size), lengths)
    within = np.arange(size) - starts[of_cell]
    # sorting cells by the rank of their block, then by their place within it, shuffles the blocks
    order = np.argsort(rank[:, of_cell] * (block + 1) + within, axis=1, kind="stable")
    out: Ints = (order + rng.integers(0, max(1, size), (draws, 1))) % max(1, size)
    return out


def _redrawn(
    first: Floats, second: Floats, best: int, asked: Asked, rng: np.random.Generator
) -> tuple[NDArray[np.int64], Floats]:
    """Best lags, and correlations at the lag found best, in redrawn years."""
    reach, size = asked.reach, first.size - 2 * asked.reach
    blocks = -(-size // asked.block)
    start = rng.integers(0, size, (asked.draws, blocks, 1))
    years = ((start + np.arange(asked.block)) % size).reshape(asked.draws, -1)[:, :size] + reach
    r, n = [], []
    for lag in range(-reach, reach + 1):
        one, many = _correlate(first[years], second[years + lag], max(4, asked.least // 2))
        r.append(one)
        n.append(many)
    all_r, all_n = np.stack(r, axis=1), np.stack(n, axis=1)
    found = ~np.all(np.isnan(all_r), axis=1)
    lags = strength(all_r, all_n)[found].argmax(axis=1) - reach
    at_best = all_r[:, best]
    return lags.astype(np.int64), at_best[~np.isnan(at_best)]


# the measure


def measure_lead_lag(study: StudyData, *, asked: Asked | None = None, seed: int = 1955) -> LeadLags:
    """Views of the two sides of each other, views of two sides on one issue, and views of the layers of one side.

    Timelines are those of a side and layer. Of a poll question the answer observed most often stands for it. Where the two
    sides' views of a quality or an issue are never observed together in two years running, one row says so.
    """
    how = asked or Asked()
    span = study.declared.study.span
    first, last = year_of(np.array([span.lo, span.hi])).tolist()
    years = last - first + 1
    timelines = _one_answer(gather_timelines(study, by_layer=True, least=2))
    views = [(one, yearly_changes(one, first, years)[0]) for one in timelines]
    pairs = _chosen(views)
    how = replace(how, draws=affordable(how.draws, len(pairs), 40_000))
    rows = [
        _row(study, kind, views[one], views[other], how, [seed, number])
        for number, (kind, one, other) in enumerate(pairs)
    ]
    tests = sum(not math.isnan(row.p) for row in rows)
    adjusted = holm([row.p for row in rows])
    judged = tuple(_judged(row, p, tests, how.level) for row, p in zip(rows, adjusted, strict=True))
    parameters = {name: getattr(how, name) for name in ("reach", "least", "block", "draws", "level")}
    method = "correlation of yearly changes at lags, circular block permutation and bootstrap"
    used = sum(row.n for row in judged)
    return LeadLags(judged, note(study, method, parameters, seed, used, (s for row in judged for s in row.sources)))


def _one_answer(timelines: tuple[Timeline, ...]) -> list[Timeline]:
    """Statements all; of the polls that differ only in the answer, the one observed most often, the earlier if two are."""
    best: dict[Label, Timeline] = {}
    for timeline in timelines:
        label = timeline.label
        key = replace(label, answer="", measure="") if label.kind == "polls" else label
        if key not in best or len(timeline) > len(best[key]):
            best[key] = timeline
    return list(best.values())


View = tuple[Timeline, Floats]
Pair = tuple[str, int, int]


def _chosen(views: Sequence[View]) -> list[Pair]:
    """Pairs of views with common changes; and, of sides and qualities or issues that have none, the best observed pair."""
    moving = [place for place, view in enumerate(views) if not np.all(np.isnan(view[1]))]
    there = [
        pair for pair in _pairs(views, moving) if np.any(~np.isnan(views[pair[1]][1]) & ~np.isnan(views[pair[2]][1]))
    ]
    best: dict[tuple[str, ...], int] = {}
    for place, (view, _) in enumerate(views):
        key = (view.label.side, view.label.layer, view.label.quality, view.label.topic, view.label.measure[:4])
        if key not in best or len(view) > len(views[best[key]][0]):
            best[key] = place
    named = {_sides(views, pair) for pair in there}
    apart = {_sides(views, pair): pair for pair in _pairs(views, sorted(best.values())) if pair[0] != "layers"}
    return there + [pair for name, pair in apart.items() if name not in named]


def _sides(views: Sequence[View], pair: Pair) -> tuple[str, ...]:
    kind, one, other = pair
    first, second = views[one][0].label, views[other][0].label
    return kind, first.side, second.side, first.quality or first.topic


def _pairs(views: Sequence[View], places: Sequence[int]) -> Iterator[Pair]:
    """Which of the views at ``places`` are set beside each other, and why; only views of one quality or one issue are."""
    alike: dict[str, list[int]] = {}
    for place in places:
        label = views[place][0].label
        if label.topic:
            alike.setdefault(label.quality or label.topic, []).append(place)
    for group in alike.values():
        for one, other in combinations(group, 2):
            kind = _kind(views[one][0].label, views[other][0].label)
            if kind:
                yield kind, one, other


def _kind(one: Label, other: Label) -> str:
    if not one.side or not other.side:
        return ""
    if one.side == other.side:
        apart = one.layer != other.layer and one.topic == other.topic
        return "layers" if apart and _claims_alike(one, other) else ""
    level = one.layer == other.layer or not (one.layer and other.layer)
    if one.target:
        return "mirrored" if level and one.target == other.side and other.target == one.side else ""
    return "shared" if level and one.topic == other.topic and _claims_alike(one, other) else ""


def _claims_alike(one: Label, other: Label) -> bool:
    """Goals are set beside goals and claims beside claims; a poll goes with either."""
    return "polls" in (one.kind, other.kind) or one.measure == other.measure


def _row(study: StudyData, kind: str, one: View, other: View, how: Asked, seed: list[int]) -> LeadLag:
    (first, changes), (second, others) = one, other
    common = int(np.count_nonzero(~np.isnan(changes) & ~np.isnan(others)))
    views = (first, second)
    told = [view.told(study) for view in views]
    voices = min(count for _, count in told)
    thin = [view.label.holder for view, (_, n) in zip(views, told, strict=True) if n < view.least_voices]
    if thin:
        found = _unlinked(f"{thin[0]} is told by one voice only", common)
    else:
        found = link(changes, others, how, np.random.default_rng(seed))
    return LeadLag(
        kind=kind, first=_name(first), second=_name(second), first_measure=first.label.measure,
        second_measure=second.label.measure, lag=found.lag, lag_low=found.lag_low, lag_high=found.lag_high,
        correlation=Estimate(found.correlation, found.low, found.high, how.level, found.points, voices),
        points=found.points, p=found.p, p_error=found.p_error, p_holm=math.nan, tests=0, draws=found.draws, verdict="",
        because=found.reason, n=len(first) + len(second), voices=voices,
        sources=tuple(sorted({source for names, _ in told for source in names})),
        records=(*first.records(study), *second.records(study)),
    )  # fmt: skip


def _name(view: Timeline) -> str:
    label = view.label
    return f"{label.holder} on {label.topic}" if label.topic else label.holder


def _judged(row: LeadLag, p_holm: float, tests: int, level: float) -> LeadLag:
    """The row with its verdict, now that the number of tests is known."""
    verdict, because = "undetermined", row.because
    if not because and row.lag is not None and row.lag_low is not None and row.lag_high is not None:
        bar = 1.0 - level + 1e-12
        verdict = "no link found"
        if row.p <= bar:
            verdict = ("" if p_holm <= bar else "perhaps ") + _which(row.lag, row.lag_low, row.lag_high)
        because = f"r = {row.correlation.estimate:.2f} at a lag of {row.lag} over {row.points} years, p = {row.p:.3f}"
        because += f", {p_holm:.3f} adjusted for {tests} tests" if tests > 1 else ""
    return replace(row, p_holm=p_holm, tests=tests, verdict=verdict, because=because)


def _which(lag: int, low: int, high: int) -> str:
    if low > 0 and lag > 0:
        return "first leads"
    if high < 0 and lag < 0:
        return "second leads"
    return "together" if lag == low == high == 0 else "linked"

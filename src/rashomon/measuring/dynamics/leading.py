"""Lead and lag: does one view move before another?

Both views are reduced to their changes from year to year, read within voices, so that neither a shared trend nor a voice's
leaning passes for a link. The link at lag ``l`` is the correlation of the first's change with the second's ``l`` years later,
over the years for which both are observed; the test statistic is the largest ``|atanh r| sqrt(n - 3)`` over the lags.

*Chance*: the first's years are rotated by a random step, cut into blocks and the blocks shuffled, which keeps what hangs
together within a block (circular block permutation). *Which lag*: blocks of years are drawn with replacement and the best
lag found anew (circular block bootstrap; Politis & Romano 1992); only if its interval leaves out 0 does one view lead. Of lags
that are equally strong the shortest is the best: it claims least.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from rashomon.measuring.dynamics.changing import all_yearly_changes, years_of_span
from rashomon.measuring.dynamics.timelines import Bools, Floats, Label, Tellers, Timeline, gather_timelines
from rashomon.measuring.records.viewing import Codes
from rashomon.measuring.statistics.grouping import Ints, pairs_within
from rashomon.measuring.statistics.judging import LEAST_VOICES, banded, judged
from rashomon.measuring.statistics.permuting import affordable, holm, monte_carlo_error, p_value
from rashomon.study import Estimate, Result, StudyData
from rashomon.study.provenance import note
from rashomon.texts import adjusted_p

_FLAT: Final = 1e-12
_BLOCK: Final = 512  # pairs whose correlations are computed at a time


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
    r, n = _beside(_centred(first)[..., None, :], _centred(second), reach, least)
    return r[..., 0, :], n[..., 0, :]


def _centred(changes: Floats) -> Floats:
    """Changes (…, G) less their mean: sums of their squares then lose nothing to rounding."""
    there = ~np.isnan(changes)
    mean = np.where(there, changes, 0.0).sum(axis=-1, keepdims=True) / np.maximum(there.sum(axis=-1, keepdims=True), 1)
    out: Floats = changes - mean
    return out


def _beside(first: Floats, second: Floats, reach: int, least: int) -> tuple[Floats, Ints]:
    """Correlations (…, D, 2 reach + 1) of D orders ``first`` (…, D, G) of one series with another ``second`` (…, G)."""
    (t, x), (u, y) = _filled(first), (_lagged(one, reach) for one in _filled(second))
    lags = 2 * reach + 1
    n, sum_y, sum_yy = np.split(t @ np.concatenate([u, y, y * y], axis=-1), [lags, 2 * lags], axis=-1)
    sum_x, sum_xy = np.split(x @ np.concatenate([u, y], axis=-1), [lags], axis=-1)
    return _correlation(n, (sum_x, (x * x) @ u), (sum_y, sum_yy), sum_xy, least)


def _filled(changes: Floats) -> tuple[Floats, Floats]:
    """Where there are changes (1.0 or 0.0), and the changes with 0 where there are none."""
    there = ~np.isnan(changes)
    return there.astype(np.float64), np.where(there, changes, 0.0)


def _lagged(values: Floats, reach: int) -> Floats:
    """From values (…, G) those at each lag (…, G, 2 reach + 1): ``values[i + l]``, and 0 beyond the ends."""
    padded = np.pad(values, [(0, 0)] * (values.ndim - 1) + [(reach, reach)])
    return np.ascontiguousarray(sliding_window_view(padded, 2 * reach + 1, axis=-1))


def _correlation(
    n: Floats, x: tuple[Floats, Floats], y: tuple[Floats, Floats], sum_xy: Floats, least: int
) -> tuple[Floats, Ints]:
    """Correlations from the number of points, the sums of each series and of its squares, and those of the products."""
    many = np.maximum(n, 1.0)
    spread = [squares - total * total / many for total, squares in (x, y)]
    # what is left of a series that does not vary is the rounding of its sums
    varies = [left > _FLAT * squares for left, (_, squares) in zip(spread, (x, y), strict=True)]
    scale = np.sqrt(np.maximum(spread[0], 0.0) * np.maximum(spread[1], 0.0))
    good = (n >= least) & varies[0] & varies[1] & (scale > _FLAT)
    r = np.where(good, (sum_xy - x[0] * y[0] / many) / np.where(good, scale, 1.0), np.nan)
    return np.clip(r, -1.0, 1.0), np.rint(n).astype(np.int64)


def strength(r: Floats, n: Ints) -> Floats:
    """``|atanh r| sqrt(n - 3)``: near a standard normal's absolute value where there is no link; 0 for NaN."""
    safe = np.clip(np.nan_to_num(r), -1 + 1e-9, 1 - 1e-9)
    out: Floats = np.abs(np.arctanh(safe)) * np.sqrt(np.maximum(n - 3, 0))
    return out


def best_lag(strengths: Floats) -> Ints:
    """The place (…) of the greatest of the strengths (…, lags) at lags that are symmetric round 0; of equals the shortest lag."""
    lags = strengths.shape[-1]
    order = np.argsort(np.abs(np.arange(lags) - lags // 2), kind="stable")
    # rounded, so that which of two equal lags is taken does not hang on the last bit of a sum
    out: Ints = order[np.argmax(np.round(strengths[..., order], 9), axis=-1)].astype(np.int64)
    return out


def link(first: Floats, second: Floats, asked: Asked, rng: np.random.Generator) -> Link:
    """Whether two series of changes (G,) are linked, and at which lag. O(draws × lags × G)."""
    (found,) = link_all(first[None], second[None], asked, [rng])
    return found


def link_all(
    first: Floats, second: Floats, asked: Asked, chance: Sequence[np.random.Generator | Sequence[int]], *, redraw: bool = True
) -> list[Link]:
    """:func:`link` of N pairs of series (N, G); ``chance`` is for each its generator, or the seed of one.

    ``redraw``: whether years are drawn anew for the intervals of the lag and the correlation; else both are left blank.
    """
    out = []
    for start in range(0, len(first), _BLOCK):
        one, other = first[start : start + _BLOCK], second[start : start + _BLOCK]
        r, n = correlations(one, other, asked.reach, asked.least)
        there = np.any(~np.isnan(r), axis=1)
        for i, rng in enumerate(chance[start : start + _BLOCK]):
            if there[i]:
                out.append(_linked(one[i], other[i], r[i], n[i], asked, np.random.default_rng(rng), redraw))
            else:
                most = int(n[i].max(initial=0))
                few = f"{most} common yearly changes, where {asked.least} are needed"
                out.append(unlinked(few if most < asked.least else "one of the views does not vary", most))
    return out


def unlinked(reason: str, points: int) -> Link:
    """The outcome where nothing can be said."""
    nan = math.nan
    return Link(None, None, None, nan, nan, nan, points, nan, nan, 0, reason)


def _linked(
    first: Floats, second: Floats, r: Floats, n: Ints, asked: Asked, rng: np.random.Generator, redraw: bool
) -> Link:
    """Chance and interval of the link of two series whose correlations at each lag are ``r``, of ``n`` points."""
    first, second = (_centred(one) for one in _trim(first, second, asked.reach))
    found = strength(r, n)
    best = int(best_lag(found))
    permuted = _shuffled_strength(first, second, asked, rng)
    p = p_value(float(found[best]), permuted)
    link = Link(
        best - asked.reach, None, None, float(r[best]), math.nan, math.nan, int(n[best]), p,
        monte_carlo_error(p, permuted.size), permuted.size, "",
    )  # fmt: skip
    return _banded(link, _redrawn(first, second, best, asked, rng), asked.level) if redraw else link


def _banded(link: Link, redrawn: tuple[Ints, Floats], level: float) -> Link:
    """The link with the intervals that its lag and its correlation have in redrawn years."""
    lags, found = redrawn
    tail = (1.0 - level) / 2.0
    ends = [tail, 1.0 - tail]
    lag_low, lag_high = np.quantile(lags, ends, method="nearest").tolist()
    low, high = np.quantile(found, ends).tolist() if found.size else (math.nan,) * 2
    return replace(link, lag_low=lag_low, lag_high=lag_high, low=low, high=high)


def _trim(first: Floats, second: Floats, reach: int) -> tuple[Floats, Floats]:
    """Cut both to the years in which the first has changes, with ``reach`` more at each end filled with NaN for it."""
    at = np.flatnonzero(~np.isnan(first))
    lo, hi = int(at[0]), int(at[-1]) + 1
    padded = np.pad(second, reach, constant_values=np.nan)
    return np.pad(first[lo:hi], reach, constant_values=np.nan), padded[lo : hi + 2 * reach]


def _shuffled_strength(first: Floats, second: Floats, asked: Asked, rng: np.random.Generator) -> Floats:
    """The statistic under circular block permutations of the first's years; those without a correlation are left out."""
    inner = first[asked.reach : first.size - asked.reach]
    order = shuffled_blocks(inner.size, asked.block, asked.draws, rng)
    moved = np.full((len(order), first.size), np.nan)
    moved[:, asked.reach : first.size - asked.reach] = inner[order]
    r, n = _beside(moved, second, asked.reach, asked.least)
    found = ~np.all(np.isnan(r), axis=1)
    out: Floats = strength(r, n).max(axis=1)[found]
    return out


def shuffled_blocks(size: int, block: int, draws: int, rng: np.random.Generator) -> Ints:
    """``draws`` orders (draws, size) of 0…size−1: rotated by a random step, cut into blocks, the blocks shuffled."""
    starts = np.arange(0, size, block)
    lengths = np.minimum(block, size - starts)
    rank = rng.random((draws, starts.size)).argsort(axis=1)
    of_cell = np.repeat(np.arange(starts.size), lengths)
    # only the last block may be short: those that are put after it begin that much earlier
    begin = rank * block - np.where(rank > rank[:, -1:], block - lengths[-1], 0)
    order = np.empty((draws, size), np.int64)
    np.put_along_axis(order, begin[:, of_cell] + (np.arange(size) - starts[of_cell]), np.arange(size), axis=1)
    out: Ints = (order + rng.integers(0, max(1, size), (draws, 1))) % max(1, size)
    return out


def _redrawn(
    first: Floats, second: Floats, best: int, asked: Asked, rng: np.random.Generator
) -> tuple[Ints, Floats]:
    """Best lags, and correlations at the lag found best, in redrawn years."""
    reach, size = asked.reach, first.size - 2 * asked.reach
    blocks = -(-size // asked.block)
    start = rng.integers(0, size, (asked.draws, blocks, 1))
    years = ((start + np.arange(asked.block)) % size).reshape(asked.draws, -1)[:, :size]
    times = np.bincount((years + size * np.arange(asked.draws)[:, None]).ravel(), minlength=asked.draws * size)
    r, n = _reweighted(times.reshape(asked.draws, size).astype(np.float64), first, second, reach, max(4, asked.least // 2))
    found = ~np.all(np.isnan(r), axis=1)
    at_best = r[:, best]
    return best_lag(strength(r, n)[found]) - reach, at_best[~np.isnan(at_best)]


def _reweighted(times: Floats, first: Floats, second: Floats, reach: int, least: int) -> tuple[Floats, Ints]:
    """Correlations (D, 2 reach + 1) where each inner year counts so many times (D, G − 2 reach) as it was drawn."""
    inner = slice(reach, first.size - reach)
    (t, x), (u, y) = (one[inner, None] for one in _filled(first)), (_lagged(one, reach)[inner] for one in _filled(second))
    terms = np.concatenate([t * u, x * u, x * x * u, t * y, t * y * y, x * y], axis=1)
    n, sum_x, sum_xx, sum_y, sum_yy, sum_xy = np.split(times @ terms, 6, axis=1)
    return _correlation(n, (sum_x, sum_xx), (sum_y, sum_yy), sum_xy, least)


# the measure


def measure_lead_lag(study: StudyData, *, asked: Asked | None = None, seed: int = 1955) -> LeadLags:
    """Views of the two sides of each other, views of two sides on one issue, and views of the layers of one side.

    Timelines are those of a side and layer. Of a poll question the answer observed most often stands for it. Where the two
    sides' views of a quality or an issue are never observed together in two years running, one row says so.
    """
    how = asked or Asked()
    first, last = years_of_span(study)
    timelines = _one_answer(gather_timelines(study, by_layer=True, least=2))
    views = _Views(study, timelines, all_yearly_changes(timelines, first, last - first + 1)[0])
    pairs = _chosen(views)
    how = replace(how, draws=affordable(how.draws, len(pairs), 40_000))
    links = _links(views, pairs, how, seed)
    adjusted = holm([found.p for found in links])
    tests = sum(not math.isnan(found.p) for found in links)
    rows = tuple(
        _row(views, pair, found, p, tests, how.level) for pair, found, p in zip(pairs, links, adjusted, strict=True)
    )
    parameters = {name: getattr(how, name) for name in ("reach", "least", "block", "draws", "level")}
    method = "correlation of yearly changes at lags, circular block permutation and bootstrap"
    return LeadLags(rows, note(study, method, parameters, seed, sum(row.n for row in rows), views.sources))


def _one_answer(timelines: tuple[Timeline, ...]) -> list[Timeline]:
    """Statements all; of the polls that differ only in the answer, the one observed most often, the earlier if two are."""
    best: dict[Label, Timeline] = {}
    for timeline in timelines:
        label = timeline.label
        key = replace(label, answer="", measure="") if label.kind == "polls" else label
        if key not in best or len(timeline) > len(best[key]):
            best[key] = timeline
    return list(best.values())


class _Views:
    """Timelines with their yearly changes (V, years), and what their rows say of each; looked up once a timeline."""

    def __init__(self, study: StudyData, timelines: Sequence[Timeline], changes: Floats) -> None:
        self.study, self.timelines, self.changes = study, timelines, changes
        self._tellers = Tellers(study)
        self._told: dict[int, tuple[tuple[str, ...], int]] = {}
        self._records: dict[int, tuple[str, ...]] = {}
        labels = [one.label for one in timelines]
        words = Codes()

        def coded(read: Callable[[Label], str]) -> Ints:
            return np.array([words(read(label)) for label in labels], np.int64)

        self.about = coded(lambda label: label.side and (label.quality or label.topic))
        self._side, self._target, self._topic, self._layer, self._measure = (
            coded(attrgetter(name)) for name in ("side", "target", "topic", "layer", "measure")
        )
        self._polls = np.array([label.kind == "polls" for label in labels], np.bool_)

    def told(self, place: int) -> tuple[tuple[str, ...], int]:
        """The sources of a timeline, and how many independent voices they are."""
        if place not in self._told:
            self._told[place] = self.timelines[place].told(self._tellers)
        return self._told[place]

    def records(self, place: int) -> tuple[str, ...]:
        """The first records of a timeline."""
        if place not in self._records:
            self._records[place] = self.timelines[place].records(self.study)
        return self._records[place]

    @property
    def sources(self) -> set[str]:
        """The sources of all timelines that were asked about."""
        return {source for names, _ in self._told.values() for source in names}

    def kinds(self, one: Ints, other: Ints) -> Ints:
        """Why each view of ``one`` is set beside that of ``other`` (numbers of :data:`KINDS`); −1 where they are not."""
        side, layer, target = self._side, self._layer, self._target
        within, level = side[one] == side[other], layer[one] == layer[other]
        # goals are set beside goals and claims beside claims; a poll goes with either
        alike = self._polls[one] | self._polls[other] | (self._measure[one] == self._measure[other])
        alike &= self._topic[one] == self._topic[other]
        across = ~within & (level | (layer[one] < 0) | (layer[other] < 0))
        mutual = (target[one] == side[other]) & (target[other] == side[one])
        return np.select(
            [within & ~level & alike, across & mutual, across & alike & (target[one] < 0)], range(len(KINDS)), -1
        ).astype(np.int64)


KINDS: Final = ("layers", "mirrored", "shared")
Pair = tuple[str, int, int]


def _chosen(views: _Views) -> list[Pair]:
    """Pairs of views with common changes; and, of sides and qualities or issues that have none, the best observed pair."""
    changing = ~np.isnan(views.changes)
    there = _pairs(views, np.flatnonzero(changing.any(axis=1)), changing)
    best: dict[tuple[str, ...], int] = {}
    for place, view in enumerate(views.timelines):
        key = (view.label.side, view.label.layer, view.label.quality, view.label.topic, view.label.measure[:4])
        if key not in best or len(view) > len(views.timelines[best[key]]):
            best[key] = place
    named = {_sides(views, pair) for pair in there}
    listed = _pairs(views, np.array(sorted(best.values()), np.int64))
    apart = {_sides(views, pair): pair for pair in listed if pair[0] != "layers"}
    return there + [pair for name, pair in apart.items() if name not in named]


def _sides(views: _Views, pair: Pair) -> tuple[str, ...]:
    kind, one, other = pair
    first, second = views.timelines[one].label, views.timelines[other].label
    return kind, first.side, second.side, first.quality or first.topic


def _pairs(views: _Views, places: Ints, changing: Bools | None = None) -> list[Pair]:
    """Which of the views at ``places`` (ascending) are set beside each other, and why; only views of one quality or one issue
    are. Where ``changing`` (V, years) is given, only those that change in a common year.

    They come quality by quality or issue by issue, as these first appear.
    """
    places = places[views.about[places] >= 0]
    packed = None if changing is None else np.packbits(changing, axis=1)
    found = []
    for first, second in pairs_within(views.about[places]):
        one, other = places[first], places[second]
        kind = views.kinds(one, other)
        keep = kind >= 0
        if packed is not None:
            keep[keep] = (packed[one[keep]] & packed[other[keep]]).any(axis=1)
        found += list(zip(kind[keep].tolist(), one[keep].tolist(), other[keep].tolist(), strict=True))
    return [(KINDS[kind], one, other) for kind, one, other in found]


def _links(views: _Views, pairs: Sequence[Pair], how: Asked, seed: int) -> list[Link]:
    """The outcome for each pair; chance is drawn for each from a stream of its own."""
    thin = [_thin(views, pair) for pair in pairs]
    asked = [number for number, why in enumerate(thin) if not why]
    ends = np.array([pairs[number][1:] for number in asked], np.int64).reshape(-1, 2)
    changes = views.changes
    found = iter(link_all(changes[ends[:, 0]], changes[ends[:, 1]], how, [[seed, number] for number in asked]))
    return [
        unlinked(why, int(np.count_nonzero(~np.isnan(changes[one] + changes[other])))) if why else next(found)
        for why, (_, one, other) in zip(thin, pairs, strict=True)
    ]


def _thin(views: _Views, pair: Pair) -> str:
    """Why a pair of views cannot be compared however they move; "" where it can."""
    for place in pair[1:]:
        if views.told(place)[1] < views.timelines[place].least_voices:
            return f"{views.timelines[place].label.holder} is told by one voice only"
    return ""


def _row(views: _Views, pair: Pair, found: Link, p_holm: float, tests: int, level: float) -> LeadLag:
    kind, *places = pair
    first, second = (views.timelines[place] for place in places)
    (names, voices), (more, others) = (views.told(place) for place in places)
    fewest = min(voices, others)
    lags = (found.lag_low, found.lag_high) if fewest >= LEAST_VOICES else (None, None)
    verdict, because = _judged(found, p_holm, tests, level, fewest)
    return LeadLag(
        kind=kind, first=_name(first), second=_name(second), first_measure=first.label.measure,
        second_measure=second.label.measure, lag=found.lag, lag_low=lags[0], lag_high=lags[1],
        correlation=banded(found.correlation, (found.low, found.high), level, found.points, fewest),
        points=found.points, p=found.p, p_error=found.p_error, p_holm=p_holm, tests=tests, draws=found.draws,
        verdict=verdict, because=because, n=len(first) + len(second), voices=fewest,
        sources=tuple(dict.fromkeys(sorted(names + more))), records=views.records(places[0]) + views.records(places[1]),
    )  # fmt: skip


def _name(view: Timeline) -> str:
    label = view.label
    return f"{label.holder} on {label.topic}" if label.topic else label.holder


def _judged(found: Link, p_holm: float, tests: int, level: float, voices: int) -> tuple[str, str]:
    """The verdict and why, now that the number of tests is known."""
    if found.lag is None or found.lag_low is None or found.lag_high is None:
        return "undetermined", found.reason
    said = f"r = {found.correlation:.2f} at a lag of {found.lag} over {found.points} years"
    which = _which(found.lag, found.lag_low, found.lag_high)
    return judged(which, "no link found", (found.p, p_holm), level, voices, f"{said}, {adjusted_p(found.p, p_holm, tests)}")


def _which(lag: int, low: int, high: int) -> str:
    if low > 0 and lag > 0:
        return "first leads"
    if high < 0 and lag < 0:
        return "second leads"
    return "together" if lag == low == high == 0 else "linked"

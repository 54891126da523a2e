"""Do two yearly series rise and fall together? Yearly tones read within a voice and an instrument, and their correlation.

A series is what one side holds of another (or does toward it) year by year. From views only what can be told apart year by year
goes in: an observation that spans no more than three years stands for its middle year, one that lasted longer tells no year.
Each holder, topic, voice and instrument is taken as it departs from its own mean, so that neither a voice that leans nor
a change of voices over the years looks like a movement; the year's value is the mean of these. A straight line over the common
years is taken off both series: two trends over the same years always go together or apart, and that says nothing. Correlation
and its chance are those of :func:`rashomon.measuring.dynamics.leading.link_all` without a lag, by circular block permutation;
the interval is Fisher's (1921, *Metron* 1), over the independent years that the common ones are worth (Bartlett 1946, *Journal
of the Royal Statistical Society, Supplement* 8): over so few years a bootstrap's is too short.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from statistics import NormalDist
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.dynamics.changing import year_of, years_of_span
from rashomon.measuring.dynamics.leading import Asked, Link, link_all, unlinked
from rashomon.measuring.dynamics.timelines import SHOWN, Kind, Tellers, Timeline, gather_timelines
from rashomon.measuring.records.toning import signs_of
from rashomon.measuring.statistics.judging import LEAST_VOICES, banded, judged
from rashomon.measuring.statistics.permuting import affordable, holm
from rashomon.study import Estimate, StudyData
from rashomon.texts import adjusted_p

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ASKED: Final = Asked(reach=0, least=8, block=3, draws=999, level=0.9)
LONGEST: Final = 3 * 366
"""Days: what lasted longer tells no year."""
_PERFECT: Final = 1 - 1e-12
_NAMED: Final[Mapping[Kind, str]] = {"statements": "images", "polls": "polls"}


@dataclass(frozen=True, slots=True)
class Together:
    """Two yearly series of one ``side`` and whether they move together.

    ``kind``: images (statements), polls or moves; ``first`` and ``second`` name the series. ``correlation`` over ``years``
    common years, with its interval; ``p`` by block permutation, ``p_holm`` adjusted for ``tests``. ``verdict``: move together,
    move apart (each with "perhaps" before it where only the p before the adjustment is small), no link found, or undetermined.
    """

    kind: str
    side: str
    first: str
    second: str
    correlation: Estimate
    years: int
    p: float
    p_holm: float
    tests: int
    verdict: str
    because: str
    n: int
    voices: int
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(eq=False)
class _Sum:
    """What goes into one series while it is gathered: observations by year, and the rows that tell them."""

    years: list[Ints] = field(default_factory=list)
    values: list[Floats] = field(default_factory=list)
    rows: list[Ints] = field(default_factory=list)
    records: list[str] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Yearly:
    """One series: ``values`` (years,) with NaN where nothing tells the year, told by so many independent ``voices``."""

    kind: str
    side: str
    name: str
    values: Floats
    n: int
    voices: int
    sources: tuple[str, ...]
    records: tuple[str, ...]


def image_series(study: StudyData, name_of: Callable[[Timeline], str]) -> list[Yearly]:
    """The yearly tones of each side of others, from statements and from polls apart, by what ``name_of`` calls a timeline.

    Only qualities with a tone, seen in another side; "" leaves a timeline out.
    """
    sign = signs_of(study)
    tellers = Tellers(study)
    sums: dict[tuple[Kind, str, str], _Sum] = {}
    for one in gather_timelines(study, least=2):
        label, name = one.label, name_of(one)
        if not name or not sign.get(label.quality) or label.target in ("", label.side):
            continue
        _add(study, sums.setdefault((label.kind, label.side, name), _Sum()), one, sign[label.quality])
    span = years_of_span(study)
    order = sorted(sums.items(), key=lambda item: (_NAMED[item[0][0]], item[0]))
    return [_yearly(key, gathered, tellers, span) for key, gathered in order if gathered.rows]


def _add(study: StudyData, gathered: _Sum, one: Timeline, sign: float) -> None:
    """Add a timeline's departures from the mean of each of its voices."""
    at = np.flatnonzero(one.hi - one.lo <= LONGEST)
    if len(at) < 2:
        return
    voice, value = one.voice[at], sign * one.value[at]
    n = np.bincount(voice)
    mean = np.bincount(voice, value) / np.maximum(n, 1)
    told = n[voice] > 1  # of a voice that speaks once its own mean is all there is
    if not told.any():
        return
    scale = 100.0 if one.label.unit == "percent" else 1.0
    gathered.years.append(year_of(one.middle[at][told]))
    gathered.values.append((value - mean[voice])[told] / scale)
    gathered.rows.append(one.row[at[told]])
    gathered.records += one.records(study, one.row[at[told]])


def _yearly(key: tuple[Kind, str, str], gathered: _Sum, tellers: Tellers, span: tuple[int, int]) -> Yearly:
    kind, side, name = key
    years, values, rows = np.concatenate(gathered.years), np.concatenate(gathered.values), np.concatenate(gathered.rows)
    sources, voices = tellers(kind, rows)
    return Yearly(
        _NAMED[kind], side, name, by_year(years, values, span), len(rows), voices, sources, tuple(gathered.records[:SHOWN])
    )


def by_year(years: Ints, values: Floats, span: tuple[int, int]) -> Floats:
    """The mean of values (n,) in each year of a span, NaN where there is none."""
    size = span[1] - span[0] + 1
    inside = (years >= span[0]) & (years <= span[1])
    at = years[inside] - span[0]
    n = np.bincount(at, minlength=size)
    with np.errstate(invalid="ignore"):
        out: Floats = np.where(n > 0, np.bincount(at, values[inside], size) / np.maximum(n, 1), np.nan)
    return out


def compare_series(pairs: Sequence[tuple[Yearly, Yearly]], seed: int, asked: Asked = ASKED) -> tuple[Together, ...]:
    """Each pair of series: their correlation, its chance, and the verdict after Holm over all pairs that could be tried."""
    how = replace(asked, draws=affordable(asked.draws, len(pairs), 40_000))
    thin = [_thin(*pair) for pair in pairs]
    tried = [number for number, why in enumerate(thin) if not why]
    beside = [_beside(*(one.values for one in pairs[number])) for number in tried]
    first, second = ([one[i] for one in beside] for i in (0, 1))
    chance = [[seed, number] for number in tried]
    found = iter(link_all(np.array(first), np.array(second), how, chance, redraw=False))
    known = iter(beside)
    links = [
        unlinked(why, _common(*pair)) if why else _spanned(next(found), *next(known), how.level)
        for why, pair in zip(thin, pairs, strict=True)
    ]
    adjusted = holm([one.p for one in links])
    tests = sum(not math.isnan(one.p) for one in links)
    return tuple(_row(*pair, link, p, tests, how.level) for pair, link, p in zip(pairs, links, adjusted, strict=True))


def _beside(one: Floats, other: Floats) -> tuple[Floats, Floats]:
    """Two series (G,) in their common years, each less its straight line over these; NaN in the others."""
    at = np.flatnonzero(~np.isnan(one + other))
    out = np.full((2, len(one)), np.nan)
    if len(at) > 1:
        years = at - at.mean()
        for row, series in zip(out, (one[at], other[at]), strict=True):
            left = series - series.mean()
            row[at] = left - years * (years @ left) / (years @ years)
    return out[0], out[1]


def _spanned(link: Link, one: Floats, other: Floats, level: float) -> Link:
    """The link with the interval of its correlation; that without a correlation as it is."""
    if link.lag is None:
        return link
    there = ~np.isnan(one + other)
    low, high = correlation_interval(one[there], other[there], link.correlation, level)
    return replace(link, low=low, high=high)


def correlation_interval(one: Floats, other: Floats, correlation: float, level: float) -> tuple[float, float]:
    """Fisher's interval of the correlation of two series (n,) in order of time, from both of which a line has been taken off.

    They count as n (1 − r₁r₂) / (1 + r₁r₂) independent pairs, r₁ and r₂ their first autocorrelations, where both are above 0;
    as n where not, and as five and a half at least.
    """
    first, second = (float(series[1:] @ series[:-1] / (series @ series)) for series in (one, other))
    alike = max(first, 0.0) * max(second, 0.0)
    worth = max(len(one) * (1 - alike) / (1 + alike), 5.5)
    z = math.atanh(min(max(correlation, -_PERFECT), _PERFECT))
    reach = NormalDist().inv_cdf(0.5 + level / 2) / math.sqrt(worth - 4)  # three as ever, one for the line
    return math.tanh(z - reach), math.tanh(z + reach)


def _common(one: Yearly, other: Yearly) -> int:
    return int(np.count_nonzero(~np.isnan(one.values + other.values)))


def _thin(one: Yearly, other: Yearly) -> str:
    """Why two series cannot be compared however they move; "" where they can. A pollster is a voice like any other."""
    for series in (one, other):
        if series.voices < LEAST_VOICES:
            return f"{series.name} is told by one voice only" + (", its pollster's" if series.kind == "polls" else "")
    return ""


def _row(one: Yearly, other: Yearly, link: Link, p_holm: float, tests: int, level: float) -> Together:
    voices = min(one.voices, other.voices)
    verdict, because = _judged(link, p_holm, tests, level, voices)
    return Together(
        kind=one.kind, side=one.side, first=one.name, second=other.name,
        correlation=banded(link.correlation, (link.low, link.high), level, link.points, voices), years=link.points, p=link.p,
        p_holm=p_holm, tests=tests, verdict=verdict, because=because, n=one.n + other.n, voices=voices,
        sources=tuple(sorted({*one.sources, *other.sources})), records=(one.records + other.records)[:SHOWN],
    )  # fmt: skip


def _judged(link: Link, p_holm: float, tests: int, level: float, voices: int) -> tuple[str, str]:
    if link.lag is None:
        return "undetermined", link.reason.replace("yearly changes", "years").replace("views", "series")
    way = "move together" if link.correlation > 0 else "move apart"
    because = f"r = {link.correlation:.2f} over {link.points} years, {adjusted_p(link.p, p_holm, tests)}"
    return judged(way, "no link found", (link.p, p_holm), level, voices, because)


def pairs_within(series: Iterable[Yearly], apart: Callable[[Yearly], Any]) -> Iterator[tuple[Yearly, Yearly]]:
    """Pairs of series that have the same ``apart`` key, in order."""
    for one, other in combinations(series, 2):
        if apart(one) == apart(other):
            yield one, other

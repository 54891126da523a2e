"""Reciprocity and excitation between two sides: which acts count, whether there are enough, and what can be said."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any

import numpy as np

from rashomon.measuring.catchball.acts import Acts, Bools, Floats, Ints
from rashomon.measuring.catchball.combining import Excited, Ratio, excite
from rashomon.measuring.catchball.conducting import Account
from rashomon.measuring.catchball.exciting import Pace
from rashomon.measuring.catchball.gathering import Gathered
from rashomon.measuring.catchball.reciprocating import Equation, enough, reciprocate, sums_by_period
from rashomon.measuring.catchball.rows import POOR, Excitation, Reciprocity
from rashomon.measuring.dynamics import month_of
from rashomon.measuring.statistics.judging import LEAST_VOICES
from rashomon.measuring.statistics.permuting import holm
from rashomon.study import Estimate
from rashomon.study.vocabulary import RECORD_TABLES
from rashomon.texts import adjusted_p, count, written_p

_NAN = math.nan
_YEAR = 365.25
_MUCH = 0.5  # an interval from 0 to more than so many acts for one leaves all open


def between(acts: Acts, one: int, other: int) -> Bools:
    """Acts of either of two sides toward the other."""
    found: Bools = acts.across & (
        ((acts.mover == one) & (acts.target == other)) | ((acts.mover == other) & (acts.target == one))
    )
    return found


@dataclass(frozen=True, slots=True)
class Fitting:
    """How models are fitted: with intervals of ``level``; to ``least_months`` months with acts of each side, and as many dated
    acts, or more; with up to ``most_lags`` months; dates drawn ``draws`` times; to at most ``most_acts`` acts.
    """

    level: float
    least_months: int
    most_lags: int
    draws: int
    most_acts: int
    seed: int

    def excite(self, acts: Acts, chosen: Ints, first: int, answers: tuple[Ints, Ints], pace: Pace) -> Excited:
        """:func:`~rashomon.measuring.catchball.combining.excite` so."""
        return excite(acts, chosen, first, answers, pace, level=self.level, draws=self.draws, seed=self.seed)


@dataclass(frozen=True, slots=True)
class Between:
    """Who tells of ``n`` acts between two sides."""

    names: tuple[str, str]
    n: int
    voices: int
    sources: tuple[str, ...]

    @classmethod
    def of(cls, gathered: Gathered, one: int, other: int, places: Ints) -> Between:
        """Who tells of these acts of a study."""
        sources, voices = gathered.sources(places)
        return cls((gathered.sides[one], gathered.sides[other]), len(places), voices, sources)


def _alone(voices: int) -> str:
    """Why acts that one voice tells decide nothing: it may have chosen them for what they show."""
    return "all acts are told by one voice" if voices < LEAST_VOICES else ""


# reciprocity


def reciprocity(gathered: Gathered, one: int, other: int, asked: Fitting) -> Iterator[Reciprocity]:
    """Both equations of two sides. Acts whose month is known count; a month without an act counts 0."""
    acts = gathered.acts
    at = np.flatnonzero(between(acts, one, other))
    begin, end = month_of(acts.lo[at]), month_of(acts.hi[at])
    placed = begin == end
    place, month = at[placed], begin[placed]
    first, last = (int(month.min()), int(month.max())) if len(month) else (0, -1)
    own = acts.mover[place] == one
    there = [np.bincount(month[who] - first, minlength=last - first + 1) for who in (own, ~own)]
    series = [sums_by_period(month[who], acts.score[place[who]], first, last) for who in (own, ~own)]
    told = Between.of(gathered, one, other, place)
    rows = answer_rows(told, (series[0], series[1]), (there[0], there[1]), asked, _alone(told.voices))
    unscored = int(np.sum(acts.score[place] == 0))
    return (replace(row, undated=int(np.sum(~placed)), unscored=unscored) for row in rows)


def answer_rows(
    told: Between, series: tuple[Floats, Floats], acts: tuple[Ints, Ints], asked: Fitting, why: str
) -> Iterator[Reciprocity]:
    """Both equations of two sides from their cooperation month by month (t,), NaN where it is not known, and how many acts stand
    behind it (t,), or ``why`` they decide nothing.
    """
    there = (acts[0] > 0, acts[1] > 0)
    known = np.isfinite(series[0]) & np.isfinite(series[1])
    why = enough(*there, known, asked.least_months, asked.most_lags) or why
    equations: tuple[Equation | None, Equation | None] = (None, None)
    if not why:
        flat = [name for name, held in zip(told.names, series, strict=True) if held[known].std() == 0]
        why = f"the acts of {flat[0]} have no score" if flat else ""
    if not why:
        equations = reciprocate(*series, asked.most_lags, asked.level)
        if any(one is not None and math.isnan(one.reciprocity.p) for one in equations):
            why, equations = "what is found would hang on one month alone", (None, None)
    for who, found in enumerate(equations):
        yield Reciprocity(
            side=told.names[who], other=told.names[1 - who], **_slopes(found, asked.level, told.n, told.voices), p_holm=_NAN,
            months=int(known.sum()), active=(int(there[who].sum()), int(there[1 - who].sum())), undated=0, unscored=0, verdict="",
            because=why, n=told.n, voices=told.voices, sources=told.sources,
        )  # fmt: skip


def _slopes(found: Equation | None, level: float, n: int, voices: int) -> dict[str, Any]:
    if found is None:
        blank = Estimate(_NAN, _NAN, _NAN, level, n, voices)
        return {"slope": blank, "inertia": blank, "p": _NAN, "lags": 0}
    slope, inertia = (
        Estimate(one.estimate, one.low, one.high, level, n, voices) for one in (found.reciprocity, found.inertia)
    )
    return {"slope": slope, "inertia": inertia, "p": found.reciprocity.p, "lags": found.lags}


def judge_reciprocity(rows: list[Reciprocity], level: float) -> tuple[Reciprocity, ...]:
    """The rows with verdicts, now that the number of tests is known."""
    adjusted = holm([row.p for row in rows])
    tests = sum(not math.isnan(row.p) for row in rows)
    out = []
    for row, p in zip(rows, adjusted, strict=True):
        verdict, because = "undetermined", row.because
        if not because:
            found = p <= 1 - level + 1e-12
            verdict = "reciprocates" if row.slope.estimate > 0 else "answers the opposite way"
            verdict = verdict if found else "no reciprocity found"
            because = f"{adjusted_p(row.p, p, tests)}; {count(row.lags, 'lag')} over {count(row.months, 'month')}"
        out.append(replace(row, p_holm=p, verdict=verdict, because=because))
    return tuple(out)


# excitation


def excitation(gathered: Gathered, account: Account, one: int, other: int, asked: Fitting) -> Iterator[Excitation]:
    """The branching ratios between two sides, or why there are none. A drawn answer on record comes after what it answers."""
    acts = gathered.acts
    at = np.flatnonzero(between(acts, one, other))
    chosen = at[acts.dated[at]]
    told = Between.of(gathered, one, other, chosen)

    def fitted() -> Excited:
        within = replace(
            acts, hi=np.minimum(acts.hi, acts.lo[chosen].max())
        )  # what no act surely reaches is not observed
        links = _among(chosen, account, len(acts))
        return asked.excite(within, chosen, one, links, told_pace(gathered, within, chosen))

    counts = np.bincount((acts.mover[chosen] != one).astype(np.int64), minlength=2)
    rows = excitation_rows(told, counts, fitted, asked, _alone(told.voices))
    return (replace(row, left_out=len(at) - len(chosen)) for row in rows)


def excitation_rows(
    told: Between, counts: Ints, fitted: Callable[[], Excited], asked: Fitting, why: str
) -> Iterator[Excitation]:
    """The branching ratios of two sides with so many acts (2,), as ``fitted``, or ``why`` they decide nothing."""
    why = _few(counts, asked, told.names) or why
    found: Excited | None = None
    if not why:
        found = fitted()
        why = f"the model does not fit ({written_p(found.p)})" if found.p < POOR else ""
        why = why or (
            f"as fitted, acts would never die out (spectral radius {found.radius:.2f})" if found.radius >= 1 else ""
        )
    for i, j in product((0, 1), repeat=2):
        blank = Excitation(
            told.names[i], told.names[1 - i], told.names[j], Estimate(_NAN, _NAN, _NAN, asked.level, told.n, told.voices),
            _NAN, _NAN, (_NAN, _NAN, _NAN), _NAN, _NAN, 0, 0, "undetermined", why, told.n, told.voices, told.sources,
        )  # fmt: skip
        yield blank if found is None else _filled(blank, found, found.ratios[i][j])


def _few(counts: Ints, asked: Fitting, names: tuple[str, str]) -> str:
    least, n = asked.least_months, int(counts.sum())
    for made, name in zip(counts.tolist(), names, strict=True):
        if made < least:
            return f"{made} dated acts of {name}, where {least} are needed"
    return f"{n:,} acts, more than the {asked.most_acts:,} that the model is fitted to" if n > asked.most_acts else ""


def told_pace(gathered: Gathered, acts: Acts, chosen: Ints) -> Pace:
    """How much is told of each year in which the ``chosen`` acts fall: open records of all tables, these acts among them, a
    record of a longer time in equal parts, and one record a year besides.

    Where a source tells much, it tells many moves, and those are near each other: without this every well-told year would
    look like excitation. So what brings about acts a year later, or over years, is not told from what is told of those years;
    only what is nearer is. The mean pace is 1.
    """
    study = gathered.study
    start, stop = float(acts.lo[chosen].min()), float(acts.hi[chosen].max() + 1)
    first, last = date.fromordinal(int(start)).year, date.fromordinal(int(stop) - 1).year
    edge = np.array([start, *(date(year, 1, 1).toordinal() for year in range(first + 1, last + 1)), stop])
    told = np.diff(edge) / _YEAR
    for name in RECORD_TABLES:
        table: Any = study.table(name)
        rows = study.open_rows(name)
        begin, end = table.when_lo[rows].astype(np.float64), table.when_hi[rows] + 1.0
        before = [float(np.clip((at - begin) / (end - begin), 0.0, 1.0).sum()) for at in edge.tolist()]
        told += np.diff(before)
    return Pace.of(edge, told)


def _among(chosen: Ints, account: Account, size: int) -> tuple[Ints, Ints]:
    """Answers both of whose acts are chosen, as places among the chosen."""
    place = np.full(size, -1, np.int64)
    place[chosen] = np.arange(len(chosen))
    answer, answered = place[account.answers.answer], place[account.answers.answered]
    kept = (answer >= 0) & (answered >= 0)
    return answer[kept], answered[kept]


def _filled(blank: Excitation, found: Excited, ratio: Ratio) -> Excitation:
    verdict, because = _judged(ratio.low, ratio.high, blank.because)
    band = replace(blank.ratio, estimate=ratio.estimate, low=ratio.low, high=ratio.high)
    return replace(
        blank, ratio=band, within=ratio.within, between=ratio.between, delay=(found.delay, found.delay_low, found.delay_high),
        radius=found.radius, fit=found.p, draws=found.draws, verdict=verdict, because=because,
    )  # fmt: skip


def _judged(low: float, high: float, why: str) -> tuple[str, str]:
    if why:
        return "undetermined", why
    if low > 0:
        return "excites", f"the interval ({low:.2f} to {high:.2f}) leaves out 0"
    if high > _MUCH:
        return "undetermined", f"the interval (0 to {high:.2f}) leaves out neither none nor {_MUCH} acts for one"
    return "no excitation found", f"at most {high:.2f} acts for one"

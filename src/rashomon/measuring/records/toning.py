"""Tone: how warm or cold a side's own views of another are, as arrays.

A quality has a tone where study.toml says so (``tone``: warm or cold): seeing much of a warm one is warm, seeing much of a cold
one is cold. Qualities without a tone say nothing here, nor does what a side sees in itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.records.viewing import Views
from rashomon.measuring.statistics.averaging import QUALITY, posteriors, summarise
from rashomon.measuring.statistics.grouping import groups, independent
from rashomon.study import Estimate, StudyData

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LEVEL: Final = 0.9
_SIGN: Final = {"warm": 1.0, "cold": -1.0, "": 0.0}


def signs_of(study: StudyData) -> dict[str, float]:
    """By the id of a quality 1 for a warm one, −1 for a cold one, 0 for one without a tone."""
    return {one.id: _SIGN[one.tone] for one in study.declared.qualities}


def mean_tone(low: Floats, high: Floats, voice: Ints, told: int) -> Estimate:
    """The mean over voices of n tones with its band, as of :mod:`~rashomon.measuring.statistics.averaging`; NaN where there is
    none.

    A band only where two or more independent voices (``told``) tell them.
    """
    nan = float("nan")
    if not len(low):
        return Estimate(nan, nan, nan, LEVEL, 0, 0)
    (found,) = summarise(posteriors(low, high, voice, np.zeros(len(low), np.int64), [QUALITY]), LEVEL)
    band = (found.low, found.high) if told > 1 else (nan, nan)  # two sources that repeat one are one
    return Estimate(found.estimate, *band, LEVEL, len(low), told)


@dataclass(frozen=True, eq=False)
class Tones:
    """n views with a tone, arrays (n,): their places ``at`` in ``views``, and intervals ``low``..``high``, −1 cold to 1 warm."""

    views: Views
    at: Ints
    low: Floats
    high: Floats

    def __len__(self) -> int:
        return len(self.at)

    def take(self, places: Ints | Bools) -> Tones:
        """Those at these places, or where true."""
        return Tones(self.views, self.at[places], self.low[places], self.high[places])

    def column(self, name: str) -> Ints:
        """A column of codes of the views (n,)."""
        out: Ints = getattr(self.views, name)[self.at]
        return out

    @property
    def voices(self) -> int:
        """How many independent voices tell them."""
        return independent(self.column("voice"), self.column("origin"))

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources."""
        return tuple(sorted(self.views.word(code) for code in np.unique(self.column("source")).tolist()))

    @property
    def records(self) -> tuple[str, ...]:
        """Ids of the records, in the order of the study."""
        return tuple(self.views.ids[place] for place in np.sort(self.at).tolist())

    def mean(self) -> Estimate:
        """Their mean (:func:`mean_tone`)."""
        return mean_tone(self.low, self.high, self.column("voice"), self.voices)


def gather_tones(study: StudyData, views: Views) -> Tones:
    """The placed first-order views of other sides on qualities with a tone."""
    tone = signs_of(study)
    sign = np.array([*(tone.get(word, 0.0) for word in views.words), 0.0])[views.quality]
    at = np.flatnonzero(
        (views.depth == 1) & (sign != 0) & ~np.isnan(views.lo) & (views.target >= 0) & (views.target != views.side)
    )
    low, high, warm = views.lo[at], views.hi[at], sign[at] > 0
    return Tones(views, at, np.where(warm, low, -high), np.where(warm, high, -low))


def years_of(study: StudyData, tones: Tones) -> range:
    """The years of the study's span in which there is a view, as far as the view's day."""
    if not len(tones):
        return range(0)
    span, day = study.declared.study.span, study.day
    first = max(int(tones.column("start").min()), span.lo)
    last = min(int(tones.column("end").max()), span.hi, *(() if day is None else (day,)))
    return range(date.fromordinal(first).year, date.fromordinal(max(first, last)).year + 1)


def days_of(year: int) -> tuple[int, int]:
    """The first and the last day of a year."""
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()


def pairs_of(tones: Tones) -> list[tuple[tuple[str, str], Ints]]:
    """Each side and other side (ids), in order, and the places of the views that the first has of the second."""
    found = groups(tones.column("side"), tones.column("target"))
    named = [((tones.views.word(side), tones.views.word(target)), places) for (side, target), places in found]
    return sorted(named, key=lambda one: one[0])

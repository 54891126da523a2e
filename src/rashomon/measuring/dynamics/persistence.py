"""Persistence: how long images last, by what they grew from.

An *image* is a quality that one holder sees in one target, on one side of the scale's middle, from the first to the last
evidence that it is held. It has *ended* where later evidence shows the holder on the other side (reversed), or where the
holder stays on record for ``silence_years`` more without showing it again (silent); else it is censored: it lasted at least
so long. Silence is weak evidence of an end, so every test is repeated with the silent ones censored.

Uncertain dates stay intervals: the shortest and the longest that an image can have lasted are carried through, the middle
is the estimate. What one voice tells is not independent: bands are clustered by voice, several voices that tell an image
sharing in it evenly, and roots are permuted among the images that the same voices tell.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from rashomon.measuring.dynamics.picturing import KNOWN_ROOTS, ROOTS, Images, Ints, gather_images
from rashomon.measuring.dynamics.timelines import SHOWN
from rashomon.measuring.statistics.judging import LEAST_VOICES
from rashomon.measuring.statistics.permuting import holm
from rashomon.measuring.statistics.survival import (
    RankTest,
    Told,
    compare_groups,
    finite,
    median,
    medians_without,
    survival,
)
from rashomon.study import Estimate, Result, StudyData, format_day
from rashomon.study.clustered import Floats
from rashomon.study.provenance import note
from rashomon.texts import adjusted_p

_YEAR = 365.25
_JACKKNIFED = 50  # voices left out in turn: those with the most images


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long the images of one root last, in years.

    ``n`` images, of which so many were ``reversed``, ``silent`` or ``censored``. ``median`` has an interval, clustered by
    voice, only with two independent voices neither of which tells all; NaN where half have not ended within what was seen.
    ``shortest``, ``longest``: the median if all uncertain dates fell so; ``without_low``, ``without_high``: its range leaving
    out each voice's images in turn. ``curve``: years, share that lasts longer, and the ends of its band. ``verdict``:
    estimated or undetermined. ``records``: at most 500 of the statements, in the order of the study; ``images`` of the result
    names them all.
    """

    root: str
    n: int
    reversed: int
    silent: int
    censored: int
    median: Estimate
    shortest: float
    longest: float
    without_low: float
    without_high: float
    verdict: str
    because: str
    voices: int
    curve: tuple[tuple[float, float, float, float], ...]
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RootTest:
    """Whether images of different roots last differently: roots permuted among the images told by the same voices.

    ``longer``: the root whose images last longest. ``p`` has the Monte-Carlo error ``p_error`` of ``draws`` permutations;
    ``p_holm`` is adjusted for ``tests`` tests. ``p_shortest``, ``p_longest``: if all uncertain dates fell so; ``p_silent``:
    with the silent censored. ``z``, ``p_normal``: the plain log-rank test of two, which takes images for independent.
    ``verdict``: differ, no difference found, or undetermined.
    """

    roots: tuple[str, ...]
    longer: str
    z: float
    p_normal: float
    p: float
    p_error: float
    draws: int
    p_holm: float
    tests: int
    p_shortest: float
    p_longest: float
    p_silent: float
    verdict: str
    because: str
    n: int
    voices: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImageSpan:
    """One image: ``sign`` +1 or −1, its first and last evidence (earliest and latest day that each can be), its ``end``."""

    holder: str
    topic: str
    sign: int
    root: str
    end: str
    first: tuple[str, str]
    last: tuple[str, str]
    years: tuple[float, float]
    records: tuple[str, ...]


@dataclass(frozen=True)
class Persistence(Result[Lasting]):
    """Persistence by root: ``rows`` by root, ``tests`` between roots, and the ``images`` behind both."""

    tests: tuple[RootTest, ...] = ()
    images: tuple[ImageSpan, ...] = ()


@dataclass(frozen=True)
class Settings:
    """What :func:`measure_persistence` was asked for; see there."""

    level: float
    least: int
    silence_years: float
    draws: int
    seed: int


def measure_persistence(
    study: StudyData,
    *,
    level: float = 0.9,
    least: int = 5,
    silence_years: float = 2.0,
    draws: int = 999,
    seed: int = 1955,
) -> Persistence:
    """How long images of qualities last, by root; ``least``: how many images a root needs to be compared.

    Uses the accepted, open statements of depth one on a quality that take a side of its scale, but not what only one or a
    few of the holder hold. O(n log n) in statements, and O(draws × images).
    """
    asked = Settings(level, least, silence_years, draws, seed)
    images = gather_images(study, round(silence_years * _YEAR))
    rows = tuple(_lasting(study, images, code, asked) for code in range(len(ROOTS)) if np.any(images.root == code))
    provenance = note(
        study,
        "Kaplan-Meier by root, clustered by voice (Williams 1995, Dorey & Korn 1987); log-rank scores permuted within voices",
        {"level": level, "least": least, "silence_years": silence_years, "draws": draws},
        seed,
        len(images),
        (source for row in rows for source in row.sources),
    )
    return Persistence(rows, provenance, _tests(study, images, asked), tuple(_spans(study, images)))


def _lasting(study: StudyData, images: Images, code: int, asked: Settings) -> Lasting:
    mine = images.take(images.root == code)
    shortest, longest, middle = _years(mine)
    told = Told(mine.pair_image, mine.pair_voice)
    curve = survival(middle, mine.ended, told, asked.level)
    found = median(curve)
    voices = mine.independent_voices(study)
    banded = min(voices, told.voices) >= LEAST_VOICES
    because = _too_thin(len(mine), min(voices, told.voices), asked.least)
    if not because and not math.isfinite(found.estimate):
        because = "half of the images have not ended within what was seen"
    without = _without_each(mine, middle)
    return Lasting(
        root=ROOTS[code],
        n=len(mine),
        reversed=int(np.sum(mine.reversed)),
        silent=int(np.sum(mine.silent)),
        censored=int(np.sum(~mine.ended)),
        median=Estimate(
            finite(found.estimate), finite(found.low) if banded else math.nan, finite(found.high) if banded else math.nan,
            asked.level, len(mine), voices,
        ),
        shortest=finite(median(survival(shortest, mine.ended, told, asked.level)).estimate),
        longest=finite(median(survival(longest, mine.ended, told, asked.level)).estimate),
        without_low=min(without, default=math.nan),
        without_high=max(without, default=math.nan),
        verdict="undetermined" if because else "estimated",
        because=because or f"{len(mine)} images of {voices} independent voices, {int(mine.ended.sum())} of them ended",
        voices=voices,
        curve=curve.points if banded else (),
        sources=mine.sources(study),
        records=mine.records(study, SHOWN),
    )  # fmt: skip


def _years(images: Images) -> tuple[Floats, Floats, Floats]:
    """The shortest, longest and middle time (n,) that each image can have lasted, both its days counted."""
    shortest = (np.maximum(images.last_lo - images.first_hi, 0) + 1) / _YEAR
    longest = (images.last_hi - images.first_lo + 1) / _YEAR
    return shortest, longest, (shortest + longest) / 2


def _too_thin(n: int, voices: int, least: int) -> str:
    if n < least:
        return f"{n} images, where {least} are needed"
    return "all images are told by one voice" if voices < LEAST_VOICES else ""


def _without_each(images: Images, middle: Floats) -> list[float]:
    """Medians that are reached leaving out, for each voice, the images that it tells."""
    counts = np.bincount(images.pair_voice)
    most = np.argsort(-counts, kind="stable")[:_JACKKNIFED].tolist()
    told = (images.pair_image[images.pair_voice == voice] for voice in most)
    left_out = [one for one in told if 0 < len(one) < len(images)]
    return [value for value in medians_without(middle, images.ended, left_out) if math.isfinite(value)]


# tests between roots


def _tests(study: StudyData, images: Images, asked: Settings) -> tuple[RootTest, ...]:
    """All known roots together (from three up), and each pair of them."""
    there = [code for code in KNOWN_ROOTS if np.any(images.root == code)]
    families: list[Sequence[int]] = [there] if len(there) > 2 else []
    families += combinations(there, 2)
    made = [_compare(study, images, codes, asked, number) for number, codes in enumerate(families)]
    tests = sum(not math.isnan(one.p) for one in made)
    adjusted = holm([one.p for one in made])
    return tuple(_judged(one, p_holm, tests, asked.level) for one, p_holm in zip(made, adjusted, strict=True))


def _compare(study: StudyData, images: Images, codes: Sequence[int], asked: Settings, number: int) -> RootTest:
    """One test before it is adjusted and judged; ``because`` is set where it cannot be made."""
    mine = images.take(np.isin(images.root, codes))
    group = np.searchsorted(np.asarray(codes), mine.root)
    voices = mine.independent_voices(study)
    thin = [_too_thin(int(np.sum(group == i)), 2, asked.least) for i in range(len(codes))]
    because = next((f"{ROOTS[code]}: {why}" for code, why in zip(codes, thin, strict=True) if why), "")
    because = because or _too_thin(len(mine), voices, asked.least)
    shortest, longest, middle = _years(mine)

    main = lo = hi = silent = RankTest(math.nan, math.nan, math.nan, 0, -1, math.nan, math.nan)
    if not because:
        lives = [(middle, mine.ended), (shortest, mine.ended), (longest, mine.ended), (middle, mine.reversed)]
        rng = np.random.default_rng([asked.seed, number])
        main, lo, hi, silent = compare_groups(lives, group, mine.stratum, draws=asked.draws, rng=rng)
        if math.isnan(main.p):
            because = "no voice tells images of two roots of which one has ended"
    return RootTest(
        roots=tuple(ROOTS[code] for code in codes),
        longer=ROOTS[codes[main.lasting]] if main.lasting >= 0 else "",
        z=main.z, p_normal=main.p_normal, p=main.p, p_error=main.error, draws=main.draws, p_holm=math.nan, tests=0,
        p_shortest=lo.p, p_longest=hi.p, p_silent=silent.p, verdict="", because=because, n=len(mine), voices=voices,
        sources=mine.sources(study),
    )  # fmt: skip


def _judged(test: RootTest, p_holm: float, tests: int, level: float) -> RootTest:
    """The test with its verdict, now that the number of tests is known."""
    bar = 1.0 - level
    verdict, because = "undetermined", test.because
    if not because:
        said = adjusted_p(test.p, p_holm, tests)
        if p_holm > bar:
            verdict, because = "no difference found", said
        elif max(test.p_shortest, test.p_longest) > bar:
            because = f"{said}, but it depends on how uncertain dates fall"
        else:
            weak = "" if test.p_silent <= bar else "; not so if silence is not taken for an end"
            verdict, because = "differ", f"{said}; {test.longer} lasts longest{weak}"
    values = {name: getattr(test, name) for name in RootTest.__dataclass_fields__}
    return RootTest(**{**values, "p_holm": p_holm, "tests": tests, "verdict": verdict, "because": because})


def _spans(study: StudyData, images: Images) -> list[ImageSpan]:
    shortest, longest, _ = _years(images)
    ends = np.where(images.reversed, "reversed", np.where(images.silent, "silent", "censored")).tolist()
    days = [_written(one) for one in (images.first_lo, images.first_hi, images.last_lo, images.last_hi)]
    return [
        ImageSpan(
            holder=images.holders[holder],
            topic=images.topics[topic],
            sign=sign,
            root=ROOTS[root],
            end=end,
            first=(a, b),
            last=(c, d),
            years=(low, high),
            records=records,
        )
        for holder, topic, sign, root, end, a, b, c, d, low, high, records in zip(
            images.holder.tolist(), images.topic.tolist(), images.sign.tolist(), images.root.tolist(), ends, *days,
            shortest.tolist(), longest.tolist(), images.records_of_each(study), strict=True,
        )
    ]  # fmt: skip


def _written(days: Ints) -> list[str]:
    """Each day in ISO spelling, every distinct one spelt once."""
    distinct, at = np.unique(days, return_inverse=True)
    written = [format_day(day) for day in distinct.tolist()]
    return [written[place] for place in at.tolist()]

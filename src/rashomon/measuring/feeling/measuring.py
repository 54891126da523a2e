"""The measure of feeling: rates by side and year, contrasts between sides and periods, and whether the words are peculiar to
a pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.feeling import rating
from rashomon.measuring.feeling.answers import Contrast, Feeling, Peculiar, Rate
from rashomon.measuring.feeling.contrasting import LEAST_BLOCKS, Apart, compare, in_blocks
from rashomon.measuring.feeling.counting import TOGETHER, Corpus, CountedText, count_texts, thousands
from rashomon.measuring.feeling.finding import UNITS
from rashomon.measuring.feeling.naming import THIRD
from rashomon.measuring.statistics.permuting import holm
from rashomon.study import Estimate, StudyData
from rashomon.study.provenance import note
from rashomon.texts import adjusted_p

Floats = NDArray[np.float64]

LEVEL: Final = 0.9
BLOCK: Final = 3
"""Texts of one side, next to each other in time, that are shuffled and drawn together."""
STRATUM: Final = 10
"""Years within which blocks of two sides are shuffled."""
LEAST_HITS: Final = 10
LEAST_SENTENCES: Final = 20
ALIKE: Final = 1.25
"""Two rates are alike where the whole band of their difference lies within this factor of the lesser rate."""
SEED: Final = 1974
NONE: Final = "none"
METHOD: Final = (
    "words of a lexicon per thousand, in own voice and not denied; negative binomial by text with the spread of texts "
    "integrated over; contrasts by permutation and bootstrap of blocks of texts, adjusted after Holm"
)
Judged = TypeVar("Judged", Contrast, Peculiar)


@dataclass(frozen=True, eq=False)
class _Group:
    """The texts of one series, language and side, in the order of their times."""

    series: str
    language: str
    side: str
    texts: tuple[CountedText, ...]

    @cached_property
    def counts(self) -> Floats:
        """(texts, categories) words that count."""
        return np.array([one.told for one in self.texts], np.float64)

    @cached_property
    def words(self) -> Floats:
        """(texts,) thousands of words or characters."""
        return thousands(self.texts)

    def neighbours(self, number: int) -> Iterator[tuple[Floats, Floats]]:
        """Counts of a category, and words, of texts next to each other."""
        for start in range(0, len(self.words), rating.NEIGHBOURS):
            stop = start + rating.NEIGHBOURS
            yield self.counts[start:stop, number], self.words[start:stop]


def measure_feeling(study: StudyData, series: str = "") -> Feeling:
    """The vocabulary of feeling in the study's texts, of one series or all.

    R004 where the study has no such series; RashomonError with every fault of the study's own lexicon.
    """
    parameters: dict[str, object] = {"level": LEVEL, "block": BLOCK, "series": series}
    if not series and not len(study.texts):
        return Feeling((), note(study, METHOD, parameters, SEED, 0, ()))
    corpus = count_texts(study, series)
    groups = _grouped(corpus)
    rates = [_heard(study, row) for row in _rates(study, corpus, groups)]
    contrasts = [
        row
        for found in (_sides(corpus, groups), _periods(study, corpus, groups), _controls(study, corpus, groups))
        for row in _settled(list(found), "apart")
    ]
    peculiar = [row for group in groups for row in _peculiar(corpus, group)]
    parameters |= {"entries of the lexicon": len(corpus.lexicon.entries), "entries of the study": corpus.lexicon.own}
    sources = {one.source for one in corpus.texts}
    return Feeling(
        tuple(row for row in rates if row.kind == "year"),
        note(study, METHOD, parameters, SEED, len(corpus.texts), sources),
        tuple(row for row in rates if row.kind != "year"),
        tuple(_voiced(study, row) for row in contrasts),
        tuple(_voiced(study, row) for row in _settled(peculiar, "")),
        corpus.entries,
        corpus.left_out,
        (*corpus.notes, *_undated(corpus)),
    )


def _grouped(corpus: Corpus) -> list[_Group]:
    found: dict[tuple[str, str, str], list[CountedText]] = {}
    for text in corpus.texts:
        found.setdefault((text.series, text.language, text.side), []).append(text)
    return [_Group(*key, tuple(texts)) for key, texts in sorted(found.items())]


def _undated(corpus: Corpus) -> Iterator[str]:
    wide = [one.id for one in corpus.texts if one.year is None]
    if wide:
        yield f"{len(wide)} of {len(corpus.texts)} texts are of no one year, and are in the rates of no year."


# rates


def _rates(study: StudyData, corpus: Corpus, groups: Sequence[_Group]) -> Iterator[Rate]:
    """Of each group the rates by year, in each period and in the whole.

    How texts differ is learned from neighbours in all groups of a series and language; in a time of enough texts from these.
    """
    for group in groups:
        alike = [one for one in groups if (one.series, one.language) == (group.series, group.language)]
        for number, category in enumerate(corpus.categories):
            weights = rating.learned([block for one in alike for block in one.neighbours(number)])
            typical = sum(one.counts[:, number].sum() for one in alike) / sum(one.words.sum() for one in alike)
            for kind, time, rows in _times(study, group):
                if kind != "year" and len(rows) > rating.NEIGHBOURS:
                    weights_of = rating.learned([(group.counts[rows, number], group.words[rows])])
                else:
                    weights_of = weights
                yield _rate(group, rows, (kind, time), (number, category), weights_of, float(typical))


def _times(study: StudyData, group: _Group) -> Iterator[tuple[str, str, list[int]]]:
    """The times of a group, and the places of the texts in each; those without texts are left out."""
    numbered = list(enumerate(group.texts))
    yield "whole", "", [place for place, _ in numbered]
    spans = [(one.id, one.when) for one in study.declared.periods]
    named = [
        ("period", name, [place for place, one in numbered if when.lo <= one.lo and one.hi <= when.hi])
        for name, when in spans
    ]
    years = sorted({one.year for one in group.texts if one.year is not None})
    named += [("year", str(year), [place for place, one in numbered if one.year == year]) for year in years]
    yield from (one for one in named if one[2])


def _rate(
    group: _Group,
    rows: Sequence[int],
    time: tuple[str, str],
    category: tuple[int, str],
    weights: Floats,
    typical: float,
) -> Rate:
    number, name = category
    texts = [group.texts[row] for row in rows]
    found = rating.band(group.counts[rows, number], group.words[rows], weights, typical, LEVEL)
    own, negated, reported = (int(sum(one.counts[number, voice] for one in texts)) for voice in range(3))
    return Rate(
        group.series,
        group.side,
        group.language,
        *time,
        name,
        Estimate(found.rate, found.low, found.high, LEVEL, len(texts), 0),
        own,
        int(sum(one.turned[number] for one in texts)),
        negated,
        reported,
        sum(one.total for one in texts),
        UNITS[group.language],
        rating.spread(weights),
        tuple(one.id for one in texts),
        tuple(dict.fromkeys(one.source for one in texts)),
    )


def _heard(study: StudyData, row: Rate) -> Rate:
    """The row with its number of independent voices."""
    return replace(row, rate=replace(row.rate, voices=study.independent_voices(row.sources)))


# contrasts


def _sides(corpus: Corpus, groups: Sequence[_Group]) -> Iterator[Contrast]:
    """Each two sides that have texts in one series and language."""
    for at, one in enumerate(groups):
        for other in groups[at + 1 :]:
            alone = TOGETHER not in one.side + other.side and one.side and other.side
            if alone and (one.series, one.language) == (other.series, other.language):
                shared = _stratified((one.texts, other.texts), STRATUM)
                yield from _contrasts(corpus, shared, ("sides", one.series, one.language, "", one.side, other.side))


def _periods(study: StudyData, corpus: Corpus, groups: Sequence[_Group]) -> Iterator[Contrast]:
    """Each period and the one after it, of one side."""
    periods = sorted(study.declared.periods, key=lambda one: (one.when.lo, one.when.hi))
    for group in groups:
        for one, other in pairwise(periods):
            parts = [
                [text for text in group.texts if each.when.lo <= text.lo and text.hi <= each.when.hi]
                for each in (one, other)
            ]
            if all(parts):
                yield from _contrasts(
                    corpus,
                    _stratified(parts, 0),
                    ("periods", group.series, group.language, group.side, one.id, other.id),
                )


def _controls(study: StudyData, corpus: Corpus, groups: Sequence[_Group]) -> Iterator[Contrast]:
    """Each series that is declared to be another's control, all of its sides together, against that other."""
    for declared in study.declared.series:
        for language in sorted({one.language for one in groups}):
            both = [
                sorted((text for one in groups if (one.series, one.language) == (name, language) for text in one.texts),
                       key=lambda text: (text.lo, text.hi, text.id))
                for name in (declared.control_for, declared.id)
            ]  # fmt: skip
            if declared.control_for and all(both):
                yield from _contrasts(
                    corpus,
                    _stratified(both, STRATUM),
                    ("series", declared.control_for, language, "", declared.control_for, declared.id),
                )


@dataclass(frozen=True, eq=False)
class _Units:
    """Blocks of texts of two sets: counts (n, categories), thousands of words (n,), which are of the first (n,), strata (n,)."""

    counts: Floats
    words: Floats
    first: NDArray[np.bool_]
    stratum: NDArray[np.int64]
    sources: tuple[str, ...]
    texts: int


def _stratified(parts: Sequence[Sequence[CountedText]], years: int) -> _Units:
    """Blocks of neighbours of two sets of texts; those of as many ``years`` make a stratum (0: all do)."""
    made = []
    for place, texts in enumerate(parts):
        strata = [(one.lo // int(365.25 * years) if years else 0) for one in texts]
        for stratum in sorted(set(strata)):
            within = [text for text, own in zip(texts, strata, strict=True) if own == stratum]
            counts, words, starts = in_blocks(
                np.array([one.told for one in within], np.float64), thousands(within), BLOCK
            )
            made.append((counts, words, np.full(len(starts), place == 0), np.full(len(starts), stratum, np.int64)))
    columns = [np.concatenate(column) for column in zip(*made, strict=True)]
    sources = tuple(sorted({one.source for texts in parts for one in texts}))
    return _Units(columns[0], columns[1], columns[2].astype(np.bool_), columns[3], sources, sum(map(len, parts)))


def _contrasts(corpus: Corpus, units: _Units, named: tuple[str, str, str, str, str, str]) -> Iterator[Contrast]:
    kind, series, language, side, one, other = named
    least = min(int(units.first.sum()), int((~units.first).sum()))
    found = compare(units.counts, units.words, units.first, units.stratum, LEVEL, SEED) if least >= 2 else None
    for number, category in enumerate(corpus.categories):
        hits = int(units.counts[:, number].sum())
        because = ""
        if found is None or least < LEAST_BLOCKS:
            because = f"one of the two has {least} blocks of {BLOCK} neighbouring texts; {LEAST_BLOCKS} are needed"
        elif hits < LEAST_HITS:
            because = f"{hits} words of the category in both; {LEAST_HITS} are needed"
        rates, difference, p = _at(found, number, units.texts)
        yield Contrast(
            kind,
            series,
            language,
            category,
            side,
            one,
            other,
            *rates,
            difference,
            hits,
            np.nan if because else p,
            np.nan,
            0,
            "",
            because,
            units.sources,
        )


def _at(found: Apart | None, number: int, n: int) -> tuple[tuple[float, float], Estimate, float]:
    """The rates, their difference and the p-value of one category."""
    if found is None:
        return (np.nan, np.nan), Estimate(np.nan, np.nan, np.nan, LEVEL, n, 0), np.nan
    one, other, difference, low, high, p = (
        float(part[number]) for part in (found.one, found.other, found.difference, found.low, found.high, found.p)
    )
    return (one, other), Estimate(difference, low, high, LEVEL, n, 0), p


def _settled(rows: Sequence[Judged], apart: str) -> Iterator[Judged]:
    """Rows with their verdicts, now that the number of tests is known. ``apart``: what those that differ are called, "" as
    they lie.
    """
    adjusted = holm([row.p for row in rows])
    tests = sum(not np.isnan(row.p) for row in rows)
    for row, p_holm in zip(rows, adjusted, strict=True):
        verdict, because = "undetermined", row.because
        if not because:
            verdict, because = _verdict(row, p_holm, tests, apart)
        yield replace(row, p_holm=p_holm, tests=tests, verdict=verdict, because=because)


def _verdict(row: Contrast | Peculiar, p_holm: float, tests: int, apart: str) -> tuple[str, str]:
    because = adjusted_p(row.p, p_holm, tests)
    low, high = row.difference.low, row.difference.high
    if p_holm <= 1.0 - LEVEL and (low > 0 or high < 0):
        return apart or ("more" if row.difference.estimate > 0 else "less"), because
    lesser = min(row.rate_one, row.rate_other) if isinstance(row, Contrast) else min(row.rate_other, row.rate_than)
    if max(abs(low), abs(high)) <= (ALIKE - 1.0) * lesser:
        return (
            "alike" if apart else "no difference found"
        ), f"the whole band lies within {round(100 * (ALIKE - 1))} % of the lesser rate"
    return "undetermined", because


def _voiced(study: StudyData, row: Judged) -> Judged:
    voices = study.independent_voices(row.sources)
    return replace(row, difference=replace(row.difference, voices=voices))


# the pair


def _peculiar(corpus: Corpus, group: _Group) -> Iterator[Peculiar]:
    """What a side says in sentences that name another, against its sentences in the same texts that name a third, or nobody."""
    others = sorted({label for text in group.texts for labels in text.named for label in labels} - {THIRD, group.side})
    for other in others:
        for than in (THIRD, NONE):
            yield from _against(corpus, group, other, than)


def _against(corpus: Corpus, group: _Group, other: str, than: str) -> Iterator[Peculiar]:
    chosen = [(text, *_split(text, other, than)) for text in group.texts]
    chosen = [one for one in chosen if one[1].any() and one[2].any()]
    if not chosen:
        return
    kept = [first | second for _, first, second in chosen]
    said = np.concatenate([text.said[keep] for (text, _, _), keep in zip(chosen, kept, strict=True)]).astype(np.float64)
    words = np.concatenate([text.words[keep] for (text, _, _), keep in zip(chosen, kept, strict=True)]) / 1000.0
    first = np.concatenate([one[keep] for (_, one, _), keep in zip(chosen, kept, strict=True)])
    text_of = np.repeat(np.arange(len(chosen)), [int(keep.sum()) for keep in kept])
    n = (int(first.sum()), int((~first).sum()))
    found = compare(said, words, first, text_of, LEVEL, SEED, text_of)
    sources = tuple(sorted({text.source for text, _, _ in chosen}))
    for number, category in enumerate(corpus.categories):
        hits = (int(said[first, number].sum()), int(said[~first, number].sum()))
        because = ""
        if min(n) < LEAST_SENTENCES or len(chosen) < LEAST_BLOCKS:
            because = (
                f"{n[0]} and {n[1]} sentences in {len(chosen)} texts; {LEAST_SENTENCES} in {LEAST_BLOCKS} are needed"
            )
        elif sum(hits) < LEAST_HITS:
            because = f"{sum(hits)} words of the category in them; {LEAST_HITS} are needed"
        rates, difference, p = _at(found, number, len(chosen))
        yield Peculiar(
            group.series,
            group.language,
            category,
            group.side,
            other,
            than,
            n,
            hits,
            *rates,
            difference,
            np.nan if because else p,
            np.nan,
            0,
            "",
            because,
            sources,
        )


def _split(text: CountedText, other: str, than: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which sentences name the other, and which the ones it is set against and not the other."""
    naming = np.array([other in labels for labels in text.named], np.bool_)
    against = [(THIRD in labels if than == THIRD else not labels) and other not in labels for labels in text.named]
    return naming, np.array(against, np.bool_)

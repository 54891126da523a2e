"""When a series begins, changes and stops speaking of what is followed by its words.

Followed is what [[tracked]] declares in study.toml; where nothing is declared, the other sides by their names, and the issues
by their examples. A text speaks of it where any of its words stands, in any case; ``*`` stands for any letters (``soviet*``),
and of words joined by ``&`` all must stand in one sentence (``peace treaty & soviet*``).

*Changes*: the mentions per 1,000 words along the occasions are cut in two where the sum of what lies above the mean parts
most from its straight line (Page 1954, *Biometrika* 41), if in no more than one in twenty random orders of the occasions it
parts as much; and each part again, down to five occasions. Random orders take the occasions for exchangeable: a slow drift is
found as a change too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.formulas.answers import Stretch, Tracked
from rashomon.measuring.formulas.standing import NONE, Prior, silence, surprise
from rashomon.measuring.formulas.tokens import Corpus
from rashomon.measuring.statistics.absence import share_band
from rashomon.measuring.statistics.permuting import p_value
from rashomon.reading import sentence_spans
from rashomon.study import Estimate, StudyData

Floats = NDArray[np.float64]
LEAST: Final = 5
"""Occasions in a stretch, at least."""
ALPHA: Final = 0.05
_SEPARATE: Final = re.compile(r"[/・(),;]")


@dataclass(frozen=True)
class Cue:
    """Something that is followed: its id, its name, and the words that count as speaking of it."""

    topic: str
    name: str
    words: tuple[str, ...]
    series: tuple[str, ...] = ()

    def mentions(self, text: str) -> int:
        """How often a text speaks of it: its words, and the sentences that hold all words of one that is joined by &."""
        plain, joined = self._patterns
        sentences = [text[start:end] for start, end in sentence_spans(text)] if joined else ()
        together = sum(any(all(one.search(sentence) for one in every) for every in joined) for sentence in sentences)
        return together + (sum(1 for _ in plain.finditer(text)) if plain else 0)

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str] | None, list[list[re.Pattern[str]]]]:
        alone = sorted((one for one in self.words if "&" not in one), key=len, reverse=True)
        plain = re.compile("|".join(map(_worded, alone)), re.IGNORECASE) if alone else None
        joined = [one.split("&") for one in self.words if "&" in one]
        return plain, [[re.compile(_worded(part), re.IGNORECASE) for part in every if part.strip()] for every in joined]


def cues(study: StudyData) -> tuple[Cue, ...]:
    """What the study follows: see the head of this module."""
    declared = study.declared.tracked
    if declared:
        return tuple(Cue(one.id, one.name, one.words, one.series) for one in declared)
    sides = (Cue(one.id, one.name, _names((one.name, *one.names.values()))) for one in study.declared.sides)
    issues = (Cue(one.id, one.name, one.examples) for one in study.declared.issues if one.examples)
    return (*sides, *issues)


def _names(names: Sequence[str]) -> tuple[str, ...]:
    parts = (part.strip(' «»“”"') for name in names for part in _SEPARATE.split(name))
    return tuple(dict.fromkeys(filter(None, parts)))


def _worded(words: str) -> str:
    parts = [_starred(part) for part in words.split()]
    made = r"\s+".join(parts)
    return f"{_bound(words.strip()[0])}{made}{_bound(words.strip()[-1])}"


def _starred(part: str) -> str:
    """A word with stars. Within a word the nearest letters will do wherever any will, so that none are tried again: many
    stars would take for ever.
    """
    first, *rest = map(re.escape, part.split("*"))
    *within, last = rest or [""]
    return first + "".join(rf"(?>\w*?{one})" for one in within if one) + (rf"\w*{last}" if rest else "")


def _bound(letter: str) -> str:
    """What stands for the edge of a word beside a letter: nothing in Japanese, which has no blanks, nor beside *."""
    return "" if letter >= "\u3000" or letter == "*" else r"\b"


@dataclass(frozen=True)
class _Line:
    """A series along its occasions: mentions and words (occasions,), and the first text and time of each."""

    mentions: Floats
    words: Floats
    texts: Sequence[str]
    times: Sequence[str]
    level: float
    voices: int
    rng: np.random.Generator


def follow(study: StudyData, corpus: Corpus, level: float, draws: int, seed: int) -> Iterator[Tracked]:
    """Each thing that is followed in one series; the series' own side is not."""
    own = {side for body in corpus.bodies for side in body.sides}
    series = corpus.bodies[0].series
    for cue in cues(study):
        if cue.topic not in own and series in (cue.series or (series,)):
            yield _tracked(corpus, cue, level, draws, seed)


def _tracked(corpus: Corpus, cue: Cue, level: float, draws: int, seed: int) -> Tracked:
    found = np.array([cue.mentions(one.text) for one in corpus.bodies], np.float64)
    mentions = np.bincount(corpus.occasion, found, corpus.occasions).astype(np.float64)
    words = np.bincount(corpus.occasion, corpus.lengths, corpus.occasions).astype(np.float64)
    heads = np.searchsorted(corpus.occasion, np.arange(corpus.occasions))
    bodies = [corpus.bodies[one] for one in heads]
    voices = len({one.author for one in corpus.bodies})
    line = _Line(
        mentions,
        words,
        [one.id for one in bodies],
        [one.when.text for one in bodies],
        level,
        voices,
        np.random.default_rng(seed),
    )
    return _row(corpus, cue, line, found, draws)


def _row(corpus: Corpus, cue: Cue, line: _Line, found: Floats, draws: int) -> Tracked:
    n = corpus.occasions
    present = np.flatnonzero(line.mentions > 0).tolist()
    edges, p = _changes(line, draws)
    silent = silence(present, n, 1)
    speak = line.mentions > 0
    gaps = [(a, b) for a, b in _runs(~speak) if present and present[0] < a and b < present[-1]]
    run = max(_runs(speak), key=lambda one: one[1] - one[0], default=None)
    verdict, because = _verdict(n, len(present), len(edges) - 2)
    return Tracked(
        series=corpus.bodies[0].series,
        topic=cue.topic,
        name=cue.name,
        words=cue.words,
        n=n,
        speak=len(present),
        share=_share(line, 0, n),
        rate=_rate(line, 0, n),
        first=line.texts[present[0]] if present else "",
        first_when=line.times[present[0]] if present else "",
        last=line.texts[present[-1]] if present else "",
        last_when=line.times[present[-1]] if present else "",
        run=_named(line, run) if run else ("", "", 0),
        gaps=tuple(_named(line, one) for one in sorted(gaps, key=lambda one: (one[0] - one[1], one[0]))[:3]),
        silent=silent.length if silent else 0,
        surprise=surprise(silent, line.level, Prior(), silent.length) if silent else NONE,
        stretches=tuple(_stretch(line, a, b) for a, b in pairwise(edges)),
        p=p,
        verdict=verdict,
        because=because,
        mentions=tuple((line.texts[one], line.times[one], int(line.mentions[one])) for one in present),
        sources=tuple(sorted({one.source for one in corpus.bodies})),
        records=tuple(one.id for one, many in zip(corpus.bodies, found, strict=True) if many),
    )


def _verdict(n: int, speak: int, changes: int) -> tuple[str, str]:
    if n < 2 * LEAST:
        return "undetermined", f"{n} occasions, and a change needs {LEAST} before it and {LEAST} after"
    if not speak:
        return "undetermined", "no text speaks of it in these words"
    return ("changes", "") if changes else ("no change found", "")


def _named(line: _Line, span: tuple[int, int]) -> tuple[str, str, int]:
    return line.texts[span[0]], line.texts[span[1]], span[1] - span[0] + 1


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last place of each run of True."""
    out, at = [], 0
    for value, items in groupby(mask.tolist()):
        size = sum(1 for _ in items)
        if value:
            out.append((at, at + size - 1))
        at += size
    return out


def _stretch(line: _Line, a: int, b: int) -> Stretch:
    return Stretch(
        first=line.texts[a],
        last=line.texts[b - 1],
        first_when=line.times[a],
        last_when=line.times[b - 1],
        n=b - a,
        speak=int(np.count_nonzero(line.mentions[a:b])),
        share=_share(line, a, b),
        rate=_rate(line, a, b),
    )


def _share(line: _Line, a: int, b: int) -> Estimate:
    """The share of occasions that speak of it, with Jeffreys' interval, which begins at 0 of none and ends at 1 of all."""
    n, speak = b - a, int(np.count_nonzero(line.mentions[a:b]))
    if not n:
        return NONE
    low, high = share_band(speak, n, line.level)
    return Estimate(
        speak / n, float(low) if speak else 0.0, float(high) if speak < n else 1.0, line.level, n, line.voices
    )


def _rate(line: _Line, a: int, b: int, draws: int = 999) -> Estimate:
    """Mentions per 1,000 words, with a band over occasions drawn again with replacement; none of fewer than five occasions.

    Where there is no mention, which no drawing would change, the band reaches to one in each of as many occasions as the band
    of their share allows.
    """
    mentions, words = line.mentions[a:b], line.words[a:b]
    if not words.sum():
        return NONE
    rate = 1000 * float(mentions.sum() / words.sum())
    if b - a < LEAST:
        return Estimate(rate, math.nan, math.nan, line.level, b - a, line.voices)
    if not mentions.any():
        most = 1000 * _share(line, a, b).high * (b - a) / float(words.sum())
        return Estimate(0.0, 0.0, most, line.level, b - a, line.voices)
    chosen = line.rng.integers(0, b - a, (draws, b - a))
    drawn = 1000 * mentions[chosen].sum(1) / np.maximum(words[chosen].sum(1), 1)
    low, high = np.quantile(drawn, ((1 - line.level) / 2, (1 + line.level) / 2))
    return Estimate(rate, float(low), float(high), line.level, b - a, line.voices)


def _changes(line: _Line, draws: int) -> tuple[list[int], float]:
    """The edges of the stretches between changes, 0 and n among them, and p of the first cut (NaN: none was tried)."""
    rates = np.sqrt(line.mentions / np.maximum(line.words, 1))  # roots: the spread of a count grows with its mean
    n = len(rates)
    cuts, open_, first = [0, n], [(0, n)], math.nan
    while open_:
        a, b = open_.pop(0)
        cut, p = _cut(rates[a:b], draws, line.rng)
        first = p if (a, b) == (0, n) else first
        if p <= ALPHA:
            cuts.append(a + cut)
            open_ += [(a, a + cut), (a + cut, b)]
    return sorted(cuts), first


def _cut(rates: Floats, draws: int, rng: np.random.Generator) -> tuple[int, float]:
    n = len(rates)
    if n < 2 * LEAST or np.ptp(rates) == 0:
        return 0, math.nan
    at = np.arange(LEAST, n - LEAST + 1)
    scale = np.sqrt(at * (n - at) / n)
    centred = rates - rates.mean()
    observed = np.abs(np.cumsum(centred)[at - 1]) / scale
    permuted = np.empty(draws)
    step = max(1, 2_000_000 // n)
    for start in range(0, draws, step):
        shuffled = rng.permuted(np.broadcast_to(centred, (min(step, draws - start), n)), axis=1)
        permuted[start : start + step] = (np.abs(np.cumsum(shuffled, axis=1)[:, at - 1]) / scale).max(axis=1)
    return int(at[np.argmax(observed)]), p_value(float(observed.max()), permuted)

"""The texts of a study as counts: of each text its words of each category by voice, and of each of its sentences those that
count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import Fault
from rashomon.measuring.feeling.answers import Counted
from rashomon.measuring.feeling.finding import UNITS, FeelingRead, Finder, Names
from rashomon.measuring.feeling.lexicon import OPPOSITES, Lexicon, lexicon_of
from rashomon.measuring.feeling.naming import names_for
from rashomon.measuring.feeling.voicing import NEGATED, OWN, STATUSES
from rashomon.study import Body, StudyData, each_body
from rashomon.study.times import format_day

Ints = NDArray[np.int64]
TOGETHER: Final = " + "
"""Between the sides of a text that several made together."""
Key = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, eq=False)
class CountedText:
    """A text, counted. ``counts`` (categories, voices own, negated, reported); ``turned`` (categories,): denied words of the
    opposite; ``words`` (sentences,); ``said`` (sentences, categories): own and turned words; ``named``: of each sentence,
    whom it names.
    """

    id: str
    series: str
    side: str
    source: str
    language: str
    year: int | None
    lo: int
    hi: int
    counts: Ints
    turned: Ints
    words: Ints
    said: NDArray[np.int16]
    named: tuple[frozenset[str], ...]

    @property
    def total(self) -> int:
        """Words or characters of the text."""
        return int(self.words.sum())

    @property
    def told(self) -> Ints:
        """(categories,) the words that count for rates."""
        out: Ints = self.said.sum(axis=0)
        return out


@dataclass(frozen=True, eq=False)
class Corpus:
    """The counted texts of a study in the order of their times, and what is to be known of those that were not."""

    categories: tuple[str, ...]
    texts: tuple[CountedText, ...]
    entries: tuple[Counted, ...]
    left_out: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    lexicon: Lexicon


def count_texts(study: StudyData, series: str = "") -> Corpus:
    """Every text that the study's view shows, of one series or all. RashomonError with the faults of the study's lexicon."""
    lexicon = lexicon_of(study.root)
    categories = lexicon.categories
    others = _partners(study, series)
    finders: dict[str, Finder] = {}
    names: dict[tuple[str, str], Names] = {}
    texts: list[CountedText] = []
    entries: Counter[Key] = Counter()
    left_out: Counter[str] = Counter()
    seen: set[tuple[str, str, str]] = set()
    faults: list[Fault] = []
    for body in each_body(study, faults, series):
        side = TOGETHER.join(body.sides)
        reason = _uncounted(body, (body.series, side, body.text), seen)
        if reason:
            left_out[reason] += 1
            continue
        language = body.language
        finder = finders.setdefault(language, Finder(lexicon, language))
        if (side, language) not in names:
            names[side, language] = names_for(study, side, [one for one in others if one != side], language)
        read = finder.read(body.text, names[side, language])
        texts.append(_counted(body, side, read, categories))
        entries.update((body.series, side, language, hit.category, hit.words, hit.status) for hit in read.hits)
    if faults:
        left_out["its words cannot be had"] += len(faults)
    notes = tuple(f"{one.message} {one.found}." for one in faults)
    reasons = tuple(sorted(left_out.items(), key=lambda one: (-one[1], one[0])))
    return Corpus(categories, tuple(texts), _by_entry(entries), reasons, notes, lexicon)


def _partners(study: StudyData, series: str) -> list[str]:
    """The sides that may be the other: those that have texts, and the two that are declared first."""
    texts = study.texts
    found = dict.fromkeys(one.id for one in study.declared.sides[:2])
    for row in study.open_rows("texts").tolist():
        if series in ("", texts.series.of(row)):
            found |= dict.fromkeys(study.side_of(one) for one in texts.author.of(row))
    return list(found)


def _uncounted(body: Body, content: tuple[str, str, str], seen: set[tuple[str, str, str]]) -> str:
    """Why a text is not counted; "" where it is."""
    if not body.text.strip():
        return "it has no words"
    if body.language not in UNITS:
        return "it is in none of the lexicon's languages"
    if content in seen:
        return "its words are those of another text, which is counted"
    seen.add(content)
    return ""


def _counted(body: Body, side: str, read: FeelingRead, categories: Sequence[str]) -> CountedText:
    place = {name: number for number, name in enumerate(categories)}
    counts = np.zeros((len(categories), len(STATUSES)), np.int64)
    turned = np.zeros(len(categories), np.int64)
    said = np.zeros((len(read.words), len(categories)), np.int16)  # of large corpora, millions of rows
    for hit in read.hits:
        counts[place[hit.category], STATUSES.index(hit.status)] += 1
        opposite = place.get(OPPOSITES.get(hit.category, "")) if hit.status == NEGATED else None
        if opposite is not None:
            turned[opposite] += 1
        at = place[hit.category] if hit.status == OWN else opposite
        if at is not None:
            said[hit.sentence, at] += 1
    first, last = (int(format_day(day)[:4]) for day in (body.when.lo, body.when.hi))
    year = first if first == last else None
    words = np.array(read.words, np.int64)
    return CountedText(
        body.id,
        body.series,
        side,
        body.source,
        body.language,
        year,
        body.when.lo,
        body.when.hi,
        counts,
        turned,
        words,
        said,
        read.named,
    )


def _by_entry(found: Counter[Key]) -> tuple[Counted, ...]:
    """The entries that were found, by series, side, language and category, the commonest first."""
    rows = [Counted(*key, *(found[(*key, voice)] for voice in STATUSES)) for key in {one[:5] for one in found}]
    return tuple(sorted(rows, key=lambda one: (one.series, one.side, one.language, one.category, -one.own, one.words)))


def thousands(texts: Iterable[CountedText]) -> NDArray[np.float64]:
    """(texts,) thousands of words or characters."""
    return np.array([one.total for one in texts], np.float64) / 1000.0

"""The formulas of a series: passages that recur, word for word or nearly, at several occasions; and where each stands.

1. *Grams*: every run of five words (ten characters of Japanese) within a sentence, as a number of 64 bits. Those that stand
   at ``least`` occasions or more recur. 2. *Runs*: stretches of a text of which every gram recurs, cut where the number of
   occasions at which a gram stands falls to less than half of its neighbour's, or doubles: there one formula ends and another
   begins. 3. *Leaders*: a run, without function words at its ends, needs as many words as a gram has, three of them telling
   (all but function words). By weight (occasions × length) each leads a formula, unless half of its grams belong to one
   already; then it is a wording of that one. 4. *Standing*: seeds of three words (five characters) that a text shares with a
   formula, and its grams, say where the formula may stand; there it is aligned. It stands where twice the words that agree
   are at least ``near`` of the lengths of both, and four fifths of its telling words agree.

Sorting apart, the cost grows with the number of words: no text is compared with another text.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.formulas.tokens import Corpus, Hashes, Mask, Places, Tokens

GRAM: Final = 5
"""Words in a gram, the least that a formula has."""
SEED: Final = 3
_JAPANESE: Final = (10, 5)  # characters in a gram, and in a seed
TELLING: Final = 3
"""Words of a formula that are no function words, at least."""
_TELLING_SIGNS: Final = 6  # kanji and katakana
_SHARED: Final = 8  # a seed of more formulas than this tells nothing
_ROUNDS: Final = 3  # of looking for parts: where many formulas crowd, some are seen only when others have gone
_PRIME: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Found:
    """The formulas of a series, and where they stand.

    Formula f is ``formulas[bounds[f]:bounds[f + 1]]``. One entry for each text and each formula that stands in it, by text
    and place: ``text``, ``formula``, ``first`` and ``last`` (tokens of the corpus, ``last`` being after the end).
    A text has a formula once, where it stands best.
    """

    formulas: Tokens
    bounds: Places
    text: Places
    formula: Places
    first: Places
    last: Places


@dataclass(frozen=True)
class _Runs:
    """Recurring grams where they stand (``at``: token; ``gram``: number), and the runs that they form."""

    at: Places
    gram: Places
    start: Places  # of each run, a place in at
    length: Places
    texts: Places  # (texts + 1,) bounds of each text in at


def find(corpus: Corpus, least: int, near: float) -> Found:
    """The formulas that stand at ``least`` occasions."""
    size, seed = sizes(corpus)
    tokens = corpus.tokens
    letters = corpus.keys[tokens]
    grams, occasions = _recurring(corpus, letters, size, least)
    runs = _runs(corpus, letters, grams, occasions, size)
    at, end, owner, offset = _leaders(corpus, letters, runs, occasions, size)
    formulas = np.concatenate([tokens[a:b] for a, b in zip(at, end, strict=True)] or [np.zeros(0, np.int32)])
    bounds = np.concatenate([[0], np.cumsum(end - at)])
    found = _standing(corpus, letters, runs, (owner, offset), formulas, bounds, seed, near)
    return _settle(corpus, found, least)


def sizes(corpus: Corpus) -> tuple[int, int]:
    """How many tokens a gram has, and a seed."""
    return _JAPANESE if corpus.japanese else (GRAM, SEED)


def hashes(letters: Hashes, size: int) -> Hashes:
    """(n − size + 1,) a number for each gram of so many tokens; 0 where a boundary lies within."""
    n = len(letters) - size + 1
    if n <= 0:
        return np.zeros(0, np.uint64)
    made = np.zeros(n, np.uint64)
    whole = np.ones(n, np.bool_)
    for place in range(size):
        part = letters[place : place + n]
        made *= _PRIME
        made += part
        whole &= part != 0
    made ^= made >> np.uint64(29)
    return np.where(whole, made, np.uint64(0))


def _recurring(corpus: Corpus, letters: Hashes, size: int, least: int) -> tuple[Hashes, Places]:
    """The grams that stand at ``least`` occasions, in order of their numbers, and at how many each stands."""
    edges = np.flatnonzero(np.diff(corpus.occasion, prepend=-1, append=corpus.occasions))
    pieces = [np.unique(hashes(letters[corpus.starts[a] : corpus.starts[b]], size)) for a, b in pairwise(edges)]
    every = np.concatenate(pieces or [np.zeros(0, np.uint64)])
    del pieces
    every.sort()
    heads = np.flatnonzero(np.concatenate([[True], every[1:] != every[:-1]])) if len(every) else np.zeros(0, np.int64)
    counts = np.diff(heads, append=len(every))
    kept = (counts >= least) & (every[heads] != 0)
    return every[heads[kept]], counts[kept]


def _runs(corpus: Corpus, letters: Hashes, grams: Hashes, occasions: Places, size: int) -> _Runs:
    at, gram = [], []
    for a, b in zip(corpus.starts, corpus.starts[1:], strict=False):
        here = hashes(letters[a:b], size)
        number, known = look_up(here, grams)
        at.append(np.flatnonzero(known) + a)
        gram.append(number[known])
    texts = np.cumsum([0, *map(len, at)])
    places, numbers = (np.concatenate(one or [np.zeros(0, np.int64)]).astype(np.int64) for one in (at, gram))
    many = occasions[numbers]
    broken = np.ones(len(places), np.bool_)
    low, high = np.minimum(many[1:], many[:-1]), np.maximum(many[1:], many[:-1])
    broken[1:] = (np.diff(places) != 1) | (2 * low < high)
    start = np.flatnonzero(broken)
    return _Runs(places, numbers, start, np.diff(start, append=len(places)), texts)


def look_up(wanted: Hashes, table: Hashes) -> tuple[Places, Mask]:
    """Where each number stands in a sorted table, and whether it does."""
    if not len(table):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    place = np.minimum(np.searchsorted(table, wanted), len(table) - 1)
    return place, table[place] == wanted


def _leaders(
    corpus: Corpus, letters: Hashes, runs: _Runs, occasions: Places, size: int
) -> tuple[Places, Places, Places, Places]:
    """The tokens of each formula, from and to, and for each gram its formula (−1: none) and how far into it the gram stands."""
    from rashomon.measuring.formulas.kernels import lead

    owner, offset = np.full(len(occasions), -1), np.zeros(len(occasions), np.int64)
    if not len(runs.start):
        return runs.start, runs.start, owner, offset
    wording = _hashes_of_runs(letters, runs, size)
    _, first = np.unique(wording, return_index=True)  # one run for each wording
    at = runs.at[runs.start[first]]
    telling = np.flatnonzero(corpus.telling[corpus.tokens])
    low = np.searchsorted(telling, at)
    high = np.searchsorted(telling, at + runs.length[first] + size - 1)
    enough = high - low >= (_TELLING_SIGNS if corpus.japanese else TELLING)
    first, at, low, high = (one[enough] for one in (first, at, low, high))
    start, end = telling[low], telling[high - 1] + 1
    support = np.minimum.reduceat(occasions[runs.gram], runs.start)[first]
    order = np.lexsort(
        (wording[first], -support * (end - start))
    )  # ties by what the words are, never by where they stand
    order = order[(end - start >= size)[order]]
    leads = lead(runs.start[first[order]], runs.length[first[order]], runs.gram, owner, offset)
    number = np.cumsum(leads) - 1
    shift = (start - at)[order][leads]
    owned = owner >= 0
    owner[owned] = number[owner[owned]]
    offset[owned] -= shift[owner[owned]]
    return start[order][leads], end[order][leads], owner, offset


def _hashes_of_runs(letters: Hashes, runs: _Runs, size: int) -> Hashes:
    """A number for the words of each run."""
    powers = _PRIME ** np.arange(1, len(letters) + 1, dtype=np.uint64)
    summed = np.concatenate([np.zeros(1, np.uint64), np.cumsum(letters * powers)])
    at = runs.at[runs.start]
    whole = summed[at + runs.length + size - 1] - summed[at]
    moved: Hashes = whole * _PRIME ** (
        np.uint64(len(letters)) - at.astype(np.uint64)
    )  # as if each stood at the same place
    return moved


def _standing(
    corpus: Corpus, letters: Hashes, runs: _Runs, owned: tuple[Places, Places], formulas: Tokens, bounds: Places,
    seed: int, near: float,
) -> Found:  # fmt: skip
    from rashomon.measuring.formulas.kernels import stand

    table = _Seeds.of(corpus.keys[formulas], bounds, seed)
    columns: list[tuple[Places, ...]] = []
    for text in range(len(corpus.bodies)):
        a, b = int(corpus.starts[text]), int(corpus.starts[text + 1])
        here = slice(runs.texts[text], runs.texts[text + 1])
        leader, diagonal = _hits(runs.at[here], runs.gram[here], owned)
        near_leader, near_diagonal = table.hits(letters[a:b], a)
        leader, diagonal = np.concatenate([leader, near_leader]), np.concatenate([diagonal, near_diagonal])
        order = np.lexsort((diagonal, leader))
        found = stand(corpus.tokens, formulas, bounds, corpus.telling, near, leader[order], diagonal[order], a, b)
        columns.append((np.full(len(found[0]), text), *found))
    return Found(formulas, bounds, *(np.concatenate([one[column] for one in columns]) for column in range(4)))


def _hits(at: Places, gram: Places, owned: tuple[Places, Places]) -> tuple[Places, Places]:
    owner, offset = owned
    leader = owner[gram]
    known = leader >= 0
    return leader[known], (at - offset[gram])[known]


@dataclass(frozen=True)
class _Seeds:
    """Short grams of the formulas, sorted, and in which formulas each stands and where."""

    seeds: Hashes
    bounds: Places
    formula: Places
    offset: Places
    size: int

    @classmethod
    def of(cls, letters: Hashes, bounds: Places, size: int) -> _Seeds:
        made = hashes(letters, size)
        formula = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))[: len(made)]
        offset = np.arange(len(made)) - bounds[formula]
        inside = offset + size <= np.diff(bounds)[formula]
        made, formula, offset = made[inside], formula[inside], offset[inside]
        order = np.argsort(made, kind="stable")
        seeds, counts = np.unique(made, return_counts=True)
        few = counts <= _SHARED
        kept = order[np.repeat(few, counts)]
        return cls(seeds[few], np.concatenate([[0], np.cumsum(counts[few])]), formula[kept], offset[kept], size)

    def hits(self, letters: Hashes, start: int) -> tuple[Places, Places]:
        """The formula of each seed that a text shares, and where the formula would begin in the corpus."""
        number, known = look_up(hashes(letters, self.size), self.seeds)
        at, number = np.flatnonzero(known), number[known]
        many = self.bounds[number + 1] - self.bounds[number]
        entry = np.repeat(self.bounds[number] - np.cumsum(many) + many, many) + np.arange(many.sum())
        return self.formula[entry], np.repeat(at, many) + start - self.offset[entry]


def _settle(corpus: Corpus, found: Found, least: int) -> Found:
    """What stands at ``least`` occasions, without formulas that are but parts of another wherever they stand."""
    order = np.lexsort((found.last, found.first, found.text))
    found = _rows(found, order)
    keep = _many(corpus, found) >= least
    found = _rows(found, keep[found.formula])
    for _ in range(_ROUNDS):
        keep &= ~_parts(found)
        found = _rows(found, keep[found.formula])
    kept = np.flatnonzero(keep)
    number = np.cumsum(keep) - 1
    lengths = np.diff(found.bounds)
    formulas = found.formulas[np.repeat(keep, lengths)]
    return Found(
        formulas,
        np.cumsum([0, *lengths[kept]]),
        found.text,
        number[found.formula],
        found.first,
        found.last,
    )


def _rows(found: Found, chosen: NDArray[np.generic]) -> Found:
    columns = (one[chosen] for one in (found.text, found.formula, found.first, found.last))
    return Found(found.formulas, found.bounds, *columns)


def _many(corpus: Corpus, found: Found) -> Places:
    """(formulas,) at how many occasions each stands."""
    pairs = np.unique(found.formula * max(corpus.occasions, 1) + corpus.occasion[found.text])
    return np.bincount(pairs // max(corpus.occasions, 1), minlength=len(found.bounds) - 1)


def _parts(found: Found, share: float = 0.8, ahead: int = 6) -> Mask:
    """(formulas,) which stand, in at least this share of their texts, within a longer formula that stands in no fewer texts ×
    share.
    """
    size = len(found.bounds) - 1
    lengths, texts = np.diff(found.bounds), np.bincount(found.formula, minlength=size)
    pairs = []
    for step in range(1, ahead + 1):
        one, other = slice(None, -step or None), slice(step, None)
        same = found.text[one] == found.text[other]
        overlap = np.minimum(found.last[one], found.last[other]) - found.first[other]
        a, b = found.formula[one][same], found.formula[other][same]
        overlap = overlap[same]
        for part, whole in ((a, b), (b, a)):
            before = (texts[whole] > texts[part]) | ((texts[whole] == texts[part]) & (whole < part))
            longer = (lengths[whole] > lengths[part]) | ((lengths[whole] == lengths[part]) & before)
            within = longer & (overlap >= share * lengths[part])
            pairs.append(part[within] * size + whole[within])
    pair, count = np.unique(np.concatenate(pairs), return_counts=True)
    out = np.zeros(size, np.bool_)
    out[(pair // max(size, 1))[count >= share * texts[pair // max(size, 1)]]] = True
    return out

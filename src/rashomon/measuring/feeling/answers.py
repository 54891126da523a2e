"""What is answered about the vocabulary of feeling: frozen rows of plain values."""

from __future__ import annotations

from dataclasses import dataclass

from rashomon.study import Estimate, Result


@dataclass(frozen=True, slots=True)
class Rate:
    """How often words of a category stand in the texts of a ``side``, in a language, in a time.

    ``kind``: year, period or whole; ``time``: the year or the period's id. ``rate``: per thousand ``unit`` (words or
    characters), of words in the side's own voice (``own``) and of denied words of the opposite (``turned``: "no trust" is
    told of distrust too); its n counts texts. ``negated`` and ``reported`` words are in no rate. ``total``: words or
    characters of the texts. ``spread``: by how much, relatively, texts of one time differ from each other.
    """

    series: str
    side: str
    language: str
    kind: str
    time: str
    category: str
    rate: Estimate
    own: int
    turned: int
    negated: int
    reported: int
    total: int
    unit: str
    spread: float
    texts: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two rates of a category against each other, per thousand. ``kind``: sides (in one series), periods (of one side), or
    series (a control's against that which it is the control of).

    ``one`` and ``other`` are ids, whose rates are ``rate_one`` and ``rate_other``; ``difference`` is their difference with
    its interval; ``hits``: words counted. ``p_holm``: ``p`` adjusted for ``tests`` tests of one kind. ``verdict``: apart,
    alike or undetermined.
    """

    kind: str
    series: str
    language: str
    category: str
    side: str
    one: str
    other: str
    rate_one: float
    rate_other: float
    difference: Estimate
    hits: int
    p: float
    p_holm: float
    tests: int
    verdict: str
    because: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Peculiar:
    """Is a category's vocabulary peculiar to what a ``side`` says of ``other``? Sentences of the same texts that name the
    other against those that name ``than``: "a third" (other countries) or "none".

    Rates per thousand; ``difference`` with its interval over texts. ``sentences``: how many name the other, and how many are
    set against them. ``verdict``: more, less, no difference found, or undetermined.
    """

    series: str
    language: str
    category: str
    side: str
    other: str
    than: str
    sentences: tuple[int, int]
    hits: tuple[int, int]
    rate_other: float
    rate_than: float
    difference: Estimate
    p: float
    p_holm: float
    tests: int
    verdict: str
    because: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How often the words of one entry of the lexicon were found, by voice."""

    series: str
    side: str
    language: str
    category: str
    words: str
    own: int
    negated: int
    reported: int


@dataclass(frozen=True)
class Feeling(Result[Rate]):
    """Words of feeling in texts: rates by side and year, ``overall`` those by period and of the whole, ``contrasts`` between
    sides, periods and series, ``peculiar`` what is said of the other side, ``entries`` which words were found.

    ``left_out``: texts that could not be counted, by reason; ``notes``: what should be known besides, in sentences.
    """

    overall: tuple[Rate, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    peculiar: tuple[Peculiar, ...] = ()
    entries: tuple[Counted, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()

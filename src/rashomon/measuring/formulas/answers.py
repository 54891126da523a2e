"""What formula tracking answers: rows of plain values."""

from __future__ import annotations

from dataclasses import dataclass

from rashomon.study import Estimate, Result


@dataclass(frozen=True, slots=True)
class Formula:
    """A passage that recurs in a series.

    ``words``: as they stand in its last text; ``kind``: ceremonial (a rule of courtesy: see :mod:`.kinds`), quoted, or plain.
    ``length`` in words (characters of Japanese). It stands at ``stood`` occasions of the ``chances`` since its first; an
    occasion is one text, or several whose times overlap. ``lapses``: how often it was left out and came back; ``wordings``:
    how many there are, slips of reading apart. ``silent``: at how many occasions it has been missing at the end of the
    series, 0 while it stands; ``surprise``: of that silence, in bits (NaN while it stands). ``first``, ``last``: texts;
    ``records``: all of its texts.
    """

    id: str
    series: str
    words: str
    kind: str
    length: int
    stood: int
    chances: int
    lapses: int
    wordings: int
    first: str
    first_when: str
    last: str
    last_when: str
    silent: int
    surprise: Estimate
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a text (or several of one occasion) did with a formula that had stood.

    ``change``: dropped, said otherwise or reworded; in the account of one text also kept, or taken up again after a lapse.
    ``before``, ``after``: the words of the text before, and of this one ("" of a drop); said otherwise are ``within``, the
    sentence in which it stood before, and ``after``, a sentence of this text. ``gone``, ``come``: the words that differ, where it
    was reworded or taken up again. ``stood`` at so many of ``chances`` occasions since its ``first``, with so many ``lapses``.
    ``surprise``: of leaving its words out, in bits (NaN where they were not). ``verdict``: of a drop, *stands out* where the
    chance of it, had nothing changed, is surely below one in eight, *as it lapses* where it is surely not, else *undetermined*;
    of the others, the change. ``back``: the text in which it stood again, "" if it has not.
    ``likeness``: of the sentence of this text that means most nearly what its sentence had meant (cosine; NaN where meaning was
    not compared), and ``chance``: the share of matches as like that chance explains (NaN below 0.75); see :mod:`.otherwise`.
    """

    series: str
    change: str
    formula: str
    kind: str
    texts: tuple[str, ...]
    when: str
    before: str
    after: str
    gone: tuple[str, ...]
    come: tuple[str, ...]
    stood: int
    chances: int
    lapses: int
    first: str
    surprise: Estimate
    verdict: str
    because: str
    back: str
    within: str
    likeness: float
    chance: float
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextChanges:
    """An occasion of a series against those before it.

    ``standing`` formulas stood at the occasion before, and at ``least`` before this; each is ``kept`` word for word (slips of
    reading apart), ``reworded``, ``said_otherwise`` (where meaning was compared) or ``dropped``. ``by_chance``: how many of the
    last two their own records would lead one to expect.
    ``taken_up``: those that had lapsed and stand again; ``begun``: those that stand for the first time, as is known from
    later texts.
    """

    series: str
    texts: tuple[str, ...]
    when: str
    words: int
    standing: int
    kept: int
    reworded: int
    said_otherwise: int
    dropped: int
    by_chance: float
    taken_up: int
    begun: int


@dataclass(frozen=True, slots=True)
class Added:
    """A sentence of a text whose words hardly stood in earlier texts of its series: see :mod:`.adding`.

    ``runs``: how many runs of five words (ten characters of Japanese) it has; ``before`` of them, fewer than a fifth, stood in
    an earlier text, or stand within a formula that did.
    """

    series: str
    text: str
    when: str
    words: str
    runs: int
    before: int
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Occasions in a row, from the text ``first`` to the text ``last``: how many, how many speak of it, how often in 1,000
    words.
    """

    first: str
    last: str
    first_when: str
    last_when: str
    n: int
    speak: int
    share: Estimate
    rate: Estimate


@dataclass(frozen=True, slots=True)
class Tracked:
    """How a series speaks of something that is followed by its words.

    ``topic``: an id of [[tracked]], of a side or of an issue; ``words``: what counts as speaking of it. ``share`` of
    occasions that speak of it, ``rate``: mentions per 1,000 words, with bands over occasions. ``first``, ``last``: the texts;
    ``run``: the longest stretch of occasions all of which speak of it, ``gaps``: the longest of those between that do not
    (three at most). ``silent``: at how many occasions since the last, and the ``surprise`` of that in bits. ``stretches``:
    between the changes of rate that are more than chance (``p`` of the first found, by permutation of occasions); one where
    there is none. ``verdict``: changes, no change found, or undetermined.
    """

    series: str
    topic: str
    name: str
    words: tuple[str, ...]
    n: int
    speak: int
    share: Estimate
    rate: Estimate
    first: str
    first_when: str
    last: str
    last_when: str
    run: tuple[str, str, int]
    gaps: tuple[tuple[str, str, int], ...]
    silent: int
    surprise: Estimate
    stretches: tuple[Stretch, ...]
    p: float
    verdict: str
    because: str
    mentions: tuple[tuple[str, str, int], ...]
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True)
class Formulas(Result[Formula]):
    """The formulas of the series of texts, the weightiest first (occasions × length), ``most`` of a series at most.

    ``changes``: drops, the most surprising first, what is said otherwise, the most alike first, and rewordings, of the weightiest
    formulas first. Of the latest text of each series, or of the one that was asked for: ``became``, what it did with each
    formula that had stood, the weightiest of each kind (``most`` at most), and ``added``, every sentence that is new in it, in
    order. ``texts``: every occasion against those before; ``compared``: series → the encoder by which meaning was
    compared; ``tracked``: what is followed by its words. ``unread``: texts whose words cannot be had, and why, ``notes``: what
    should be known of the order and the number of texts; ``left_out``: series → formulas that are counted but have no row.
    """

    changes: tuple[Change, ...] = ()
    became: tuple[Change, ...] = ()
    added: tuple[Added, ...] = ()
    texts: tuple[TextChanges, ...] = ()
    tracked: tuple[Tracked, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    compared: tuple[tuple[str, str], ...] = ()

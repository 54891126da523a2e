"""Single records as plain objects. Blank cells are "", (), None or NaN; days are ordinals, UNKNOWN_DAY not known."""

from __future__ import annotations

from dataclasses import dataclass

from rashomon.study.perspectives import Path, Stance, Topic
from rashomon.study.times import When


@dataclass(frozen=True, slots=True)
class Statement:
    """A view: who takes whom to hold what, when, and who says so."""

    id: str
    path: Path
    topic: Topic
    stance: Stance
    when: When
    about: When | None
    reads: tuple[str, ...]
    known: int
    known_bound: int
    known_basis: str
    basis: str
    via: str
    hedge: str
    stage: str
    extent: str
    given: str
    root: str
    coder: str
    certainty: float
    status: str
    passage: str
    quote: str
    source: str
    locator: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class Poll:
    """One printed figure."""

    id: str
    survey: str
    question: str
    population: str
    fielded: When
    answer: str
    share: float
    relation: str
    unit: str
    n: int | None
    base: str
    mode: str
    pollster: str
    path: Path | None
    topic: Topic | None
    known: int
    known_bound: int
    source: str
    printed: str
    locator: str
    note: str
    line: int

    @property
    def when(self) -> When:
        """``fielded``."""
        return self.fielded


@dataclass(frozen=True, slots=True)
class Move:
    """An act of one actor toward another."""

    id: str
    when: When
    actor: str
    target: str
    kind: str
    issue: str
    stance: Stance
    given: str
    amount: str
    answers: tuple[str, ...]
    stage: str
    mandate: str
    hedge: str
    basis: str
    via: str
    weight: float
    known: int
    known_bound: int
    coder: str
    certainty: float
    source: str
    locator: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a package; ``id`` is the package's."""

    id: str
    clause: str
    title: str
    kind: str
    when: When
    author: tuple[str, ...]
    issue: str
    stance: Stance
    giver: str
    given: str
    amount: str
    deadline: When | None
    stage: str
    mandate: str
    known: int
    known_bound: int
    source: str
    locator: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class TextRecord:
    """A dated document of a series."""

    id: str
    series: str
    when: When
    author: tuple[str, ...]
    title: str
    file: str
    known: int
    known_bound: int
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A judgement on how the record ``from_`` stands to the record ``to``."""

    from_: str
    kind: str
    to: str
    by: str
    source: str
    locator: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class AccessRecord:
    """Who was shown a record, or kept from it, and by whom.

    ``how``: withheld, from ``from_`` (None: the first) until ``until`` (None: for good), or shown, first at ``from_`` (None:
    it is not known when).
    """

    record: str
    audience: str
    how: str
    from_: When | None
    until: When | None
    by: str
    source: str
    locator: str
    note: str
    line: int

    @property
    def withheld(self) -> bool:
        """Whether the audience was kept from the record, for a time or for good."""
        return self.how == "withheld"

    def kept_on(self, day: int) -> bool:
        """Whether the audience may have been kept from the record on a day: within the widest bounds of the two times."""
        begun = self.from_ is None or self.from_.lo <= day
        return self.withheld and begun and (self.until is None or day <= self.until.hi)

    def had_by(self, day: int) -> bool:
        """Whether the audience surely had the record by a day: it was shown it, or the withholding was over."""
        if self.withheld:
            return self.until is not None and self.until.hi < day
        return self.from_ is not None and self.from_.hi <= day

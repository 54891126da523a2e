"""The time of a statement: what its sentence names, else what stands before it, else what its section and its study allow."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from rashomon.coding.dating import Dated, read
from rashomon.coding.lexicons import Lexicon
from rashomon.reading import Passage
from rashomon.study import OPEN_HI, OPEN_LO, When, format_day, parse_when

_BEFORE: Final = 0.9
_HEADING: Final = 0.8
_STUDY: Final = 0.6
_SEASON: Final = 93
"""Days within which a document is dated well enough to be the time of what is said in it."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A time as a cell (``text``) and as read (``when``), the words that gave it, and how sure it is (``weight``)."""

    text: str
    when: When
    start: int
    end: int
    says: str
    weight: float

    @property
    def sure(self) -> bool:
        """Whether the text names it, in its words or its headings."""
        return self.weight > _STUDY


class Timing:
    """The times of one passage, sentence by sentence. ``title``: of its source, a heading above the headings.

    ``published``: when the document was, None where nobody says.
    """

    def __init__(self, passage: Passage, span: When, lexicon: Lexicon, title: str = "") -> None:
        self._passage = passage
        self.published = published = read(passage.published) if passage.published else None
        last = span.hi if published is None else min(span.hi, published.hi)
        self._limits = (span.lo, max(span.lo, last))
        heading = _of_heading((title, *passage.heading), lexicon)
        self._default = heading or _timed(
            _within(*self._limits), 0, 0, "no time is named: the study's span, up to the source", _STUDY
        )
        day = None if published is None or published.lo != published.hi else date.fromordinal(published.lo)
        dated = published is not None and published.hi - published.lo < _SEASON
        says = "the day of the document, in which it is said"
        self._said = _timed(passage.published, 0, 0, says, _BEFORE) if dated else None
        years = set() if heading is None else {date.fromordinal(day).year for day in (heading.when.lo, heading.when.hi)}
        year = years.pop() if len(years) == 1 else None
        self._all = tuple(lexicon.times(passage.text, year, day))
        self._before: Dated | None = None
        self._here: tuple[Dated, ...] = ()

    def enter(self, start: int, end: int) -> None:
        """Go on to the sentence ``text[start:end]`` of the passage."""
        if self._here:
            self._before = self._here[-1]
        self._here = tuple(one for one in self._all if start <= one.start < end)

    @property
    def here(self) -> tuple[Dated, ...]:
        """The times that the sentence names."""
        return self._here

    @property
    def when(self) -> Timed:
        """The time of the sentence as a whole."""
        return self.of((0, len(self._passage.text)))

    def of(self, span: tuple[int, int], without: Collection[Dated] = (), own: bool = False) -> Timed:
        """The time of a clause: named within it, else in its sentence, else before it, else in the headings, else the study's.

        ``without``: times of the sentence that are known to be of something else. ``own``: the holder itself speaks, on the day
        of the document, where that is known to a season.
        """
        those = [one for one in self._here if one not in without]
        inside = [one for one in those if span[0] <= one.start < span[1]]
        named = next(iter(inside or those), None)
        if named is not None:
            return _timed(
                self._cell(named), named.start, named.end, f"“{self._passage.text[named.start : named.end]}”", 1.0
            )
        if own and self._said is not None:
            return self._said
        if self._before is not None:
            one = self._before
            says = f"“{self._passage.text[one.start : one.end]}”, named before"
            return _timed(self._cell(one), one.start, one.end, says, _BEFORE)
        return self._default

    def ahead(self, one: Dated, held: Timed) -> Timed | None:
        """The time that a forecast speaks of, where it is ``held`` before that ends; a deadline is some day until then."""
        if held.when.lo > one.when.hi or (held.sure and held.when.hi > one.when.hi):
            return None
        text = one.when.text
        if one.bound in ("until", "before"):
            text = _within(held.when.lo, one.when.hi)
        if one.bound in ("since", "after"):
            text = _within(one.when.lo, OPEN_HI)
        return _timed(text, one.start, one.end, f"“{self._passage.text[one.start : one.end]}”, yet to come", 1.0)

    def before(self, about: Timed, held: Timed) -> Timed:
        """When a forecast was held of which no time is named: some day of the study up to the end of what it speaks of."""
        if held.sure or about.when.hi >= held.when.hi:
            return held
        says = "no time is named: the study's span, up to what is foretold"
        return _timed(_within(held.when.lo, about.when.hi), 0, 0, says, _STUDY)

    def _cell(self, one: Dated) -> str:
        """A time with the word before it: "since 1960" is some time from then on, within what the study covers."""
        lo, hi = self._limits
        if one.bound in ("since", "after") and one.when.hi <= hi:
            return _within(one.when.lo, hi)
        if one.bound in ("until", "before") and one.when.lo >= lo:
            return _within(lo, one.when.hi)
        return one.when.text


def _of_heading(headings: tuple[str, ...], lexicon: Lexicon) -> Timed | None:
    """The time that the deepest heading with one names: some time within it."""
    for heading in reversed(headings):
        times = list(lexicon.times(heading, None, None))
        if times:
            lo, hi = min(one.when.lo for one in times), max(one.when.hi for one in times)
            return _timed(_within(lo, hi), 0, 0, f"the heading “{heading}”", _HEADING)
    return None


def _within(lo: int, hi: int) -> str:
    """Some day between two: ``[1985-01-01..1988-08-31]``."""
    first = "" if lo <= OPEN_LO else format_day(lo)
    last = "" if hi >= OPEN_HI else format_day(hi)
    return f"[{first}..{last}]"


def _timed(text: str, start: int, end: int, says: str, weight: float) -> Timed:
    return Timed(text, parse_when(text), start, end, says, weight)

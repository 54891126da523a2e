"""From a model's reply to proposals: every field is read as a cell of ``statements.csv`` is, and nothing is taken on trust.

A statement is rejected, and counted by its reason, where its quotation is not in the passage, where a name is not one that the
model was shown, or where the study would not take it. What is left says nothing but what stands in the passage and the codebook.
"""

from __future__ import annotations

import json
import re
import reprlib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar

from rashomon.coding.codebook import REASON_FIELDS, Excerpt
from rashomon.coding.prompting import neutral, published_of
from rashomon.coding.proposals import Proposal, Reason
from rashomon.errors import CODES, RashomonError
from rashomon.reading import Passage
from rashomon.study import OPEN_HI, OPEN_LO, Path, StudyData, When, format_day, parse_when
from rashomon.study.cells import read_extent
from rashomon.study.perspectives import read_path, read_stance, read_topic
from rashomon.study.vocabulary import BASES, HEDGES

__all__ = ["MOST", "Reading", "Rejection", "UnreadableError", "read_reply"]

MOST: Final = 50
"""Statements of one passage that are read; a reply with more says the same over and over."""

_FEWEST: Final = 8  # letters of a quotation; fewer are found anywhere
_LONGEST: Final = 2000  # characters of a quotation
_SHOWN: Final = 120  # characters of what was rejected that are kept
_FENCED: Final = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)
_IDEOGRAPHS: Final = "\u2e80"  # from here on one character says what three letters do
_NOT_SAID: Final = "no time is said: some day of the study, in the holder's life, before the source was published"
_BY_MODEL: Final = "the model's own estimate, not calibrated"

T = TypeVar("T")


class UnreadableError(Exception):
    """A reply that is no list of statements at all."""


class _RejectError(Exception):
    def __init__(self, reason: str, found: object = "") -> None:
        super().__init__(reason)
        text = found if isinstance(found, str) else reprlib.repr(found)
        shown = "".join(char if char.isprintable() else " " for char in text[: _SHOWN + 1])
        self.reason, self.found = reason, shown[:_SHOWN] + "…" * (len(shown) > _SHOWN)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A statement, or one of its reasons, that was not taken: of which passage, why, and what was found."""

    address: str
    reason: str
    found: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply came to: proposals in the order of their words, and what was rejected in the order of the reply."""

    proposals: tuple[Proposal, ...]
    rejections: tuple[Rejection, ...]


def read_reply(content: str, passage: Passage, excerpt: Excerpt, study: StudyData, note: str) -> Reading:
    """Read a reply to the passage, of which the model was shown an excerpt of the codebook. Each proposal bears the ``note``.

    Raises :class:`UnreadableError` where the reply is not an object with a list of statements.
    """
    items = _statements(content)
    reader = _Reader(passage, excerpt, study, note)
    found: dict[object, Proposal] = {}
    rejections: list[Rejection] = []
    for number, item in enumerate(items):
        try:
            if number >= MOST:
                raise _RejectError(
                    f"Statements beyond the {MOST}th of a passage are not read", f"{len(items)} statements"
                )
            proposal, more = reader.read(item)
            key = _key(proposal)
            if key in found:
                raise _RejectError("A statement is given twice", proposal.quote)
            found[key] = proposal
            rejections += more
        except _RejectError as problem:
            rejections.append(Rejection(passage.address, problem.reason, problem.found))
            if number >= MOST:
                break
    return Reading(tuple(sorted(found.values(), key=lambda one: (one.start, one.end))), tuple(rejections))


def _key(one: Proposal) -> object:
    return one.start, one.end, one.actors, one.verbs, one.topic, one.stance, one.when, one.about


def _statements(content: str) -> list[Any]:
    """The statements of a reply. Thoughts and a fence around the JSON are passed over; what follows it counts for nothing."""
    text = content.rpartition("</think>")[2]
    fenced = _FENCED.search(text)
    text = fenced[1] if fenced else text
    start = text.find("{")
    if start < 0:
        raise UnreadableError("the reply holds no JSON")
    try:
        reply, _ = json.JSONDecoder(parse_constant=_no_number).raw_decode(text, start)
    except (ValueError, RecursionError):
        raise UnreadableError("the reply is not valid JSON") from None
    statements = reply.get("statements")
    if not isinstance(statements, list):
        raise UnreadableError("the reply has no list of statements")
    return statements


def _no_number(name: str) -> float:
    raise ValueError(name)


class _Reader:
    """Reads the statements of one passage."""

    def __init__(self, passage: Passage, excerpt: Excerpt, study: StudyData, note: str) -> None:
        self.passage, self.excerpt, self.note = passage, excerpt, note
        self.words = _Words(passage.text)
        self.lives = {one.id: one.alive for one in study.declared.actors if one.alive is not None}
        self.span = study.declared.study.span
        self.published = published_of(passage, study)

    def read(self, item: object) -> tuple[Proposal, list[Rejection]]:
        """One statement, and which of its reasons were not taken; raises :class:`_RejectError`."""
        if not isinstance(item, dict):
            raise _RejectError("A statement is no object", item)
        start, end = self._quote(_text(item, "quote"))
        path = self._path(item.get("path"))
        topic, stance = self._view(item.get("view"))
        about = _cell(_text(item, "about"), parse_when)
        when, timed = self._when(_text(item, "when"), about, path)
        extent = _text(item, "extent")
        certainty, doubt = _certainty(item.get("certainty"))
        reasons, more = self._reasons(item.get("reasons"), start, end)
        proposal = Proposal(
            address=self.passage.address,
            start=start,
            end=end,
            quote=self.passage.text[start:end],
            actors=path.actors,
            verbs=path.verbs,
            topic=topic,
            stance=stance,
            when=when,
            about=about.text if about else "",
            basis=_word(item, "basis", ("", *BASES)),
            hedge=_word(item, "hedge", HEDGES) if item.get("hedge") else HEDGES[0],
            extent=_cell(extent, read_extent) or "",
            certainty=certainty,
            reasons=(
                *reasons,
                *timed,
                Reason("certainty", start, start, doubt),
                Reason("coder", start, start, self.note),
            ),
        )
        return proposal, more

    def _quote(self, quote: str) -> tuple[int, int]:
        if len(quote) > _LONGEST:
            raise _RejectError(f"A quotation is longer than {_LONGEST} characters", quote)
        if sum(3 if char >= _IDEOGRAPHS else 1 for char in quote if char.isalnum()) < _FEWEST:
            raise _RejectError("A quotation is too short to tell where it stands", quote)
        found = self.words.find(quote)
        if found is None:
            raise _RejectError("A quotation is not in the passage", quote)
        return found

    def _path(self, links: object) -> Path:
        if not isinstance(links, list) or not links or not all(isinstance(link, dict) for link in links):
            raise _RejectError("A path is no list of links", links)
        actors = [_text(link, "actor") for link in links]
        verbs = [("not " if _flag(link, "negated") else "") + _text(link, "verb") for link in links]
        path = _read(lambda: read_path(" > ".join(actors), " > ".join(verbs), self.excerpt.lexicon))
        if path.depth != len(links):
            raise _RejectError("An actor of a path is a path itself", " > ".join(actors))
        return path

    def _view(self, view: object) -> tuple[str, str]:
        """The topic and the stance, as cells."""
        if not isinstance(view, dict):
            raise _RejectError("A view is no object", view)
        issue, target, quality, cause, effect, stance = (
            _text(view, key) for key in ("issue", "target", "quality", "cause", "effect", "stance")
        )
        text = issue or (f"{target}:{quality}" if target or quality else f"{cause} -> {effect}")
        topic = _read(lambda: read_topic(text, self.excerpt.lexicon))
        return topic.text, _read(lambda: read_stance(stance, topic, self.excerpt.lexicon)).text

    def _when(self, text: str, about: When | None, path: Path) -> tuple[str, tuple[Reason, ...]]:
        """The time, as a cell, and why it is that, where the passage does not say."""
        said = _cell(text, parse_when)
        when = said or self._within(path.holder)
        if when.hi < self.span.lo or when.lo > self.span.hi:
            raise _RejectError(CODES["R404"], when.text)
        if self.published is not None and when.lo > self.published.hi:
            raise _RejectError(CODES["R412"], when.text)
        for place, name in enumerate(path.actors):
            life, held = self.lives.get(name), (about or when) if place else when
            if life is not None and _outlives(held, life, loose=place > 0):
                raise _RejectError(CODES["R403"], f"{name} {held.text}")
        return when.text, () if said else (Reason("when", 0, 0, _NOT_SAID),)

    def _within(self, holder: str) -> When:
        """Some day on which the holder lived, within the study's span and before the source was published."""
        life = self.lives.get(holder)
        lo = max(self.span.lo, life.lo if life else OPEN_LO)
        hi = min(self.span.hi, life.hi if life else OPEN_HI, self.published.hi if self.published else OPEN_HI)
        first, last = "" if lo == OPEN_LO else format_day(lo), "" if hi == OPEN_HI else format_day(hi)
        return _read(lambda: parse_when(f"[{first}..{last}]"))

    def _reasons(self, given: object, start: int, end: int) -> tuple[list[Reason], list[Rejection]]:
        """The words that the model names for fields: of the quotation, else of the passage; others are not taken."""
        reasons, more = [], []
        for one in given[: 4 * len(REASON_FIELDS)] if isinstance(given, list) else []:
            try:
                if not isinstance(one, dict):
                    raise _RejectError("A reason is no object", one)
                field, words = _word(one, "field", REASON_FIELDS), _text(one, "words")
                found = self.words.find(words, start, end) or self.words.find(words)
                if found is None:
                    raise _RejectError("The words of a reason are not in the passage", words)
                reasons.append(Reason(field, *found, "the words that the model names"))
            except _RejectError as problem:
                more.append(Rejection(self.passage.address, problem.reason, problem.found))
        return reasons, more


class _Words:
    """The words of a passage, in which quotations are found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.shown = neutral(text)  # of the same length

    @cached_property
    def letters(self) -> tuple[str, list[int]]:
        """Letters and digits alone, without accents and case, and where each stands."""
        return _letters(self.text)

    def find(self, quote: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        """Where a quotation first stands between two places: as it was shown to the model, else by its letters alone."""
        end = len(self.text) if end is None else end
        wanted = neutral(quote).strip()
        at = self.shown.find(wanted, start, end) if wanted else -1
        if at >= 0:
            return at, at + len(wanted)
        bare, places = self.letters
        wanted = _letters(quote)[0]
        at = bare.find(wanted) if wanted else -1
        while at >= 0:
            first, last = places[at], places[at + len(wanted) - 1] + 1
            if start <= first and last <= end:
                return first, last
            at = bare.find(wanted, at + 1)
        return None


def _letters(text: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        for one in unicodedata.normalize("NFKD", char).casefold():
            if one.isalnum():
                letters.append(one)
                places.append(at)
    return "".join(letters), places


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _RejectError(f"The value of {key} is no text", value)
    return value.strip()


def _flag(item: Mapping[str, Any], key: str) -> bool:
    value = item.get(key, False)
    if not isinstance(value, bool):
        raise _RejectError(f"The value of {key} is neither true nor false", value)
    return value


def _word(item: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str:
    word = _text(item, key)
    if word not in allowed:
        raise _RejectError(f"The value of {key} is not one of those allowed", word)
    return word


def _certainty(value: object) -> tuple[float, str]:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise _RejectError("A certainty is no number", value)
    clipped = float(min(max(value, 0), 1))
    said = "" if clipped == value else "; it said more than 1" if value > 1 else "; it said less than 0"
    return clipped, _BY_MODEL + said


def _cell(text: str, read: Callable[[str], T]) -> T | None:
    """A cell by one of the study's readers, None where it is blank."""
    return _read(lambda: read(" ".join(text.split()))) if text else None


def _read(read: Callable[[], T]) -> T:
    try:
        return read()
    except RashomonError as problem:
        raise _RejectError(CODES[problem.fault.code], problem.fault.found) from None


def _outlives(held: When, life: When, loose: bool) -> bool:
    """Whether a view is held outside a life, as R403 says: one that is held throughout must lie within it, others meet it."""
    if held.hi < life.lo or held.lo > life.hi:
        return True
    beyond = (held.lo < life.lo and held.lo != OPEN_LO) or (held.hi > life.hi and held.hi != OPEN_HI)
    return beyond and not (loose or held.within or held.approximate or life.approximate)

"""Paths, topics and stances: the parts of a perspective, and how they are read.

Readers raise :class:`~rashomon.errors.RashomonError` with one fault; its place in the file is added by the caller.
Names are looked up in a :class:`Lexicon`, which also knows the names whose own declaration is faulty, so that one
fault is not reported twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from rashomon.errors import Fault, RashomonError, error, listing, suggest
from rashomon.study.numerals import comma_remedy
from rashomon.study.schema import Issue, Quality
from rashomon.study.vocabulary import DIRECTIONS, ID_PATTERN, MAX_DEPTH, ORDERS, VERBS
from rashomon.texts import count

TopicKind = Literal["issue", "quality", "record", "cause"]
StanceKind = Literal["position", "word", "number", "order", "direction", "none"]
NAN: Final = float("nan")

_NUMBER: Final = re.compile(r"[+\-−]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_ORDER: Final = re.compile(r"(>|<|(?:up|down|max|min)(?![a-z0-9-]))\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Verb:
    """What an actor of a path does with what follows: ``wants``, ``believes`` …, or the reverse of it."""

    name: str
    negated: bool = False

    def __str__(self) -> str:
        return f"not {self.name}" if self.negated else self.name


@dataclass(frozen=True, slots=True)
class Path:
    """Who takes whom to hold something: one to three actors or sides, and a verb for each."""

    actors: tuple[str, ...]
    verbs: tuple[Verb, ...]

    @property
    def depth(self) -> int:
        """1: an actor's own view; 2: of another's; 3: of another's view of a third's."""
        return len(self.actors)

    @property
    def holder(self) -> str:
        """The first actor, whose view it is."""
        return self.actors[0]

    @property
    def about(self) -> str | None:
        """The second actor, about whose view it is; None for an actor's own view."""
        return self.actors[1] if len(self.actors) > 1 else None

    @property
    def last(self) -> str:
        """The last actor, to whom the stance belongs."""
        return self.actors[-1]

    @property
    def verb(self) -> Verb:
        """The last actor's verb."""
        return self.verbs[-1]

    @property
    def modality(self) -> str:
        """The verbs as they are written."""
        return " > ".join(map(str, self.verbs))

    def __str__(self) -> str:
        return " > ".join(self.actors)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a view is about. Only the names of its kind are set; ``cause`` and ``effect`` are topics themselves."""

    text: str
    kind: TopicKind
    issue: str = ""
    target: str = ""
    quality: str = ""
    record: str = ""
    cause: Topic | None = None
    effect: Topic | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Stance:
    """What is held on a topic.

    ``value``: the position's id, the word, or the direction. ``lo``..``hi``: its interval on the scale, −1..1 for a
    quality and 0..1 for an issue; NaN where it has no place. ``order``: "", ">", "<", "up", "down", "max" or "min".
    """

    text: str
    kind: StanceKind
    value: str = ""
    lo: float = NAN
    hi: float = NAN
    order: str = ""

    def __str__(self) -> str:
        return self.text


NO_STANCE: Final = Stance("", "none")


@dataclass(frozen=True)
class Lexicon:
    """Names that paths, topics and stances may use. ``faulty``: by section, names declared with a fault."""

    holders: frozenset[str]
    issues: Mapping[str, Issue]
    qualities: Mapping[str, Quality]
    is_record: Callable[[str], bool] = lambda _: False
    faulty: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def is_holder(self, name: str) -> bool:
        """Whether an actor or side has this id."""
        return name in self.holders or self.is_faulty(name, "actor", "side")

    def is_faulty(self, name: str, *sections: str) -> bool:
        """Whether the name is declared in one of these sections, with a fault."""
        return any(name in self.faulty.get(section, ()) for section in sections)


def read_actors(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The actors of a path, R310 to R313."""
    actors = tuple(part.strip() for part in text.split(">"))
    if "" in actors:
        raise error(
            "R310",
            "The path cannot be read.",
            found=repr(text),
            allowed="ids of actors or sides joined by ' > '",
            remedy="Write an id before and after each '>'.",
        )
    if len(actors) > MAX_DEPTH:
        raise error(
            "R312",
            f"The path is longer than {MAX_DEPTH} actors.",
            found=f"{len(actors)} actors: {text!r}",
            allowed=f"one to {MAX_DEPTH} actors",
            remedy="Leave out the outermost level, or code the inner view as a statement of its own.",
        )
    for name in actors:
        if not lexicon.is_holder(name):
            raise error(
                "R311",
                "The path names an actor or a side that is not declared.",
                found=repr(name),
                allowed=listing(sorted(lexicon.holders)),
                remedy=suggest(name, lexicon.holders, "declare it in study.toml as [[actor]]."),
            )
    for first, second in pairwise(actors):
        if first == second:
            raise error(
                "R313",
                "The path has an actor next to itself.",
                found=repr(text),
                allowed="different actors side by side",
                remedy=f"Write {first!r} once: a view of one's own view is one's view.",
            )
    return actors


def read_verbs(text: str) -> tuple[Verb, ...]:
    """The verbs of a modality, R314. A blank modality is ``believes``."""
    return tuple(_read_verb(part.strip(), text) for part in (text or "believes").split(">"))


def _read_verb(part: str, text: str) -> Verb:
    negated = part.startswith("not ")
    name = part[4:].strip() if negated else part
    if name not in VERBS:
        raise error(
            "R314",
            "The verb is not known.",
            found=repr(name) if name == text else f"{name!r} in {text!r}",
            allowed=f"{', '.join(VERBS)}; 'not ' before it negates",
            remedy=suggest(name, VERBS, "choose one of the verbs allowed."),
        )
    return Verb(name, negated)


def join_path(actors: tuple[str, ...], verbs: tuple[Verb, ...]) -> Path:
    """A path of actors and verbs, R315. One verb alone belongs to the last actor; those before it believe."""
    if len(verbs) == 1:
        verbs = (Verb("believes"),) * (len(actors) - 1) + verbs
    if len(verbs) != len(actors):
        said = count(len(verbs), "verb"), count(len(actors), "actor")
        more = "more" if len(verbs) > len(actors) else "fewer"
        raise error(
            "R315",
            f"The modality has {more} verbs than the path has actors.",
            found=f"{said[0]} ({' > '.join(map(str, verbs))}), {said[1]} ({' > '.join(actors)})",
            allowed="one verb, or as many as there are actors",
            remedy="Write a verb for each actor, or only the last actor's.",
        )
    return Path(actors, verbs)


def read_path(text: str, modality: str, lexicon: Lexicon) -> Path:
    """A whole path with its verbs."""
    return join_path(read_actors(text, lexicon), read_verbs(modality))


def read_topic(text: str, lexicon: Lexicon) -> Topic:
    """A topic, R316 to R318: an issue, ``TARGET:QUALITY``, a record's id, or ``topic -> topic``."""
    if "->" in text:
        left, _, right = text.partition("->")
        if "->" in right or not left.strip() or not right.strip():
            raise error(
                "R316",
                "A belief about cause needs one topic on each side.",
                found=repr(text),
                allowed="topic -> topic",
                remedy="Code each step of a longer chain as a statement of its own.",
            )
        cause, effect = read_topic(left.strip(), lexicon), read_topic(right.strip(), lexicon)
        return Topic(f"{cause.text} -> {effect.text}", "cause", cause=cause, effect=effect)
    if ":" in text:
        return _read_quality(text, lexicon)
    if text in lexicon.issues or lexicon.is_faulty(text, "issue"):
        return Topic(text, "issue", issue=text)
    if lexicon.is_record(text):
        return Topic(text, "record", record=text)
    near = suggest(text, lexicon.issues, "declare it in study.toml as [[issue]].")
    if text in lexicon.qualities:
        near = f"A quality is seen in somebody: write TARGET:{text}, such as japan:{text}."
    raise error(
        "R316",
        "The topic is not declared.",
        found=repr(text),
        allowed=f"an issue ({listing(lexicon.issues)}), TARGET:QUALITY, the id of a record, or topic -> topic",
        remedy=near,
    )


def _read_quality(text: str, lexicon: Lexicon) -> Topic:
    target, _, quality = (part.strip() for part in text.partition(":"))
    if not lexicon.is_holder(target):
        raise error(
            "R318",
            "The quality is said of an actor or a side that is not declared.",
            found=f"{target!r} in {text!r}",
            allowed=listing(sorted(lexicon.holders)),
            remedy=suggest(target, lexicon.holders, "declare it in study.toml as [[actor]]."),
        )
    if quality not in lexicon.qualities and not lexicon.is_faulty(quality, "quality"):
        raise error(
            "R317",
            "The quality is not declared.",
            found=f"{quality!r} in {text!r}",
            allowed=listing(lexicon.qualities),
            remedy=suggest(quality, lexicon.qualities, "declare it in study.toml as [[quality]]."),
        )
    return Topic(f"{target}:{quality}", "quality", target=target, quality=quality)


_OF_THE_ISSUE: Final = "write one of those allowed, or declare it as a position of the issue in study.toml."


def read_stance(text: str, topic: Topic, lexicon: Lexicon) -> Stance:
    """A stance on a topic, R319. Blank is read as none; whether it may be blank is for the caller to say."""
    if not text:
        return NO_STANCE
    if topic.kind == "issue":
        issue = lexicon.issues.get(topic.issue)
        return _on_issue(text, issue) if issue is not None else Stance(text, "position", text)
    if topic.kind == "quality":
        quality = lexicon.qualities.get(topic.quality)
        return _on_quality(text, quality) if quality is not None else Stance(text, "word", text)
    if topic.kind == "cause":
        return _on_cause(text)
    nothing = "nothing: what is overlooked is the record itself"
    raise _no_stance(text, f"the record {topic.record!r}", (), nothing, "Leave the stance blank.")


def _on_issue(text: str, issue: Issue) -> Stance:
    places = issue.places
    if text in places:
        return Stance(text, "position", text, places[text], places[text])
    match = _ORDER.fullmatch(text)
    if match is not None:
        order, value = match[1], match[2].strip()
        if not value and order not in "<>":
            return Stance(text, "order", order=order)
        if value in places:
            lo, hi = _beyond(order, places[value], places[value], 0.0)
            return Stance(f"{order} {value}", "order", value, lo, hi, order)
    allowed = f"{listing(places, 30)}; before it, or alone, an order: {' '.join(ORDERS)}"
    raise _no_stance(text, f"the issue {issue.id!r}", places, allowed, _OF_THE_ISSUE)


def _on_quality(text: str, quality: Quality) -> Stance:
    words = quality.intervals
    if text in words:
        return Stance(text, "word", text, *words[text])
    number = _number(text)
    if number is not None:
        return Stance(text, "number", text, number, number)
    match = _ORDER.fullmatch(text)
    if match is not None:
        order, value = match[1], match[2].strip()
        number = _number(value)
        if not value and order not in "<>":
            return Stance(text, "order", order=order)
        if value in words or number is not None:
            inner = words[value] if number is None else (number, number)
            return Stance(f"{order} {value}", "order", value, *_beyond(order, *inner, -1.0), order)
    allowed = f"{listing(words, 30)}; a number from -1 to 1; before it, or alone, an order: {' '.join(ORDERS)}"
    raise _no_stance(
        text,
        f"the quality {quality.id!r}",
        words,
        allowed,
        "write a word of its scale, or a number where the source prints one.",
    )


def _on_cause(text: str) -> Stance:
    if text not in DIRECTIONS:
        allowed = "up (the first raises the second), down, none"
        raise _no_stance(text, "a belief about cause", DIRECTIONS, allowed, "write the direction of the effect.")
    return Stance(text, "direction", text, *DIRECTIONS[text])


def _number(text: str) -> float | None:
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text.replace("−", "-"))
    return number if -1 <= number <= 1 else None


def _beyond(order: str, lo: float, hi: float, bottom: float) -> tuple[float, float]:
    """The interval of something above or below what lies in lo..hi; other orders leave the interval as it is."""
    if lo != lo:
        return NAN, NAN
    if order == ">":
        return lo, 1.0
    return (bottom, hi) if order == "<" else (lo, hi)


def _no_stance(text: str, of: str, names: Iterable[str], allowed: str, otherwise: str) -> RashomonError:
    return RashomonError(
        Fault(
            "R319",
            f"The stance is not one that {of} allows.",
            found=repr(text),
            allowed=allowed,
            remedy=comma_remedy(text) or suggest(text, names, otherwise),
        )
    )


def is_id(text: str) -> bool:
    """Whether the text has the form of an id."""
    return ID_PATTERN.match(text) is not None

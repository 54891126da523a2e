"""The study's codebook as a language model is shown it: text for a prompt, and a JSON schema for what it may answer.

Of a large codebook a passage is shown an excerpt: what shares words with it goes first, then the rest in the order of
``study.toml``, up to a stated number of characters. Words are told by their first five letters, which is enough to find a name in
most of its cases and a people by its country (Japan, Japanese; Горбачёв, Горбачёву), and Han and kana by pairs of characters.
This decides what is shown, never what is coded.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from rashomon.study import VERBS, Actor, Declared, Issue, Quality
from rashomon.study.perspectives import Lexicon
from rashomon.study.schema import Side
from rashomon.study.vocabulary import BASES, DIRECTIONS, HEDGES, MAX_DEPTH

__all__ = ["REASON_FIELDS", "Codebook", "Excerpt"]

REASON_FIELDS: Final = ("path", "modality", "topic", "stance", "when", "about", "basis", "hedge", "extent")
"""Fields of a statement for which a model may name the words that made it say so."""

_CJK: Final = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u3005"
_HAN: Final = re.compile(f"[{_CJK}]")
_RUN: Final = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_STEM: Final = 5  # letters of a word that tell it from others
_PARTS: Final = re.compile("[/・(]")  # "USSR/Russia" is two names


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    """What of the codebook an entry is ``of``: its line for the prompt, the stems of its words, and the names it goes by."""

    of: Side | Actor | Issue | Quality
    line: str
    stems: frozenset[str]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Excerpt:
    """What of a codebook a model is shown with one passage. It may name nothing else: ``lexicon`` knows only this."""

    text: str
    holders: tuple[str, ...]
    issues: tuple[Issue, ...]
    qualities: tuple[Quality, ...]

    @cached_property
    def lexicon(self) -> Lexicon:
        """The names that paths, topics and stances may use."""
        return Lexicon(
            frozenset(self.holders), {one.id: one for one in self.issues}, {one.id: one for one in self.qualities}
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of the text and the schema."""
        whole = self.text + "\0" + json.dumps(self.schema, sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of a reply: a list of statements whose every name is one that is shown.

        Every key is required and no other allowed, as strict servers want it; what may be left out may be "".
        """
        words = {"type": "string"}
        link = _table(actor=_one_of(self.holders), verb=_one_of(VERBS), negated={"type": "boolean"})
        statement = _table(
            quote=words,
            path={"type": "array", "items": link, "minItems": 1, "maxItems": MAX_DEPTH},
            view={"anyOf": list(self._views())},
            when=words,
            about=words,
            basis=_one_of(("", *BASES)),
            hedge=_one_of(HEDGES),
            extent=words,
            certainty={"type": "number", "minimum": 0, "maximum": 1},
            reasons={"type": "array", "items": _table(field=_one_of(REASON_FIELDS), words=words)},
        )
        return _table(statements={"type": "array", "items": statement})

    def _views(self) -> Iterable[dict[str, Any]]:
        """What can be held: on each issue, on the qualities of each scale, and of what raises or lowers what."""
        for issue in self.issues:
            yield _table(issue=_one_of((issue.id,)), stance=_one_of((*issue.places, "")))
        scales: dict[tuple[str, ...], list[str]] = {}
        for quality in self.qualities:
            scales.setdefault(tuple(quality.intervals), []).append(quality.id)
        for scale, names in scales.items():
            yield _table(target=_one_of(self.holders), quality=_one_of(names), stance=_one_of((*scale, "")))
        yield _table(cause={"type": "string"}, effect={"type": "string"}, stance=_one_of(DIRECTIONS))


def _table(**keys: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": keys, "required": list(keys), "additionalProperties": False}


def _one_of(words: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(words)}


class Codebook:
    """The codebook of a study, from which :meth:`excerpt` takes what a passage is shown.

    ``limit``: characters of an excerpt's lines, half of them at most for sides and actors. Sides are always shown.
    """

    def __init__(self, declared: Declared, limit: int) -> None:
        self.limit = limit
        self._sides = [_side(one) for one in declared.sides]
        self._actors = [_actor(one) for one in declared.actors]
        self._topics = [*map(_issue, declared.issues), *map(_quality, declared.qualities)]
        self._shared = Counter(stem for one in (*self._actors, *self._topics) for stem in one.stems)
        self._last = _excerpt((), ())

    def excerpt(self, *texts: str) -> Excerpt:
        """What is shown with a passage of these texts; the same texts are always shown the same."""
        stems = frozenset(_stems(" ".join(texts)))
        actors = self._choose(self._actors, stems, self.limit // 2 - _size(self._sides))
        holders = [*self._sides, *actors]
        fresh = _excerpt(holders, self._choose(self._topics, stems, self.limit - _size(holders)))
        if fresh.text != self._last.text:  # a small codebook is shown whole each time: its schema is made once
            self._last = fresh
        return self._last

    def named(self, text: str) -> tuple[str, ...]:
        """Ids of the sides and actors that a text calls by one of their names, in the order of study.toml."""
        run = _run(text)
        return tuple(one.of.id for one in (*self._sides, *self._actors) if any(name in run for name in one.names))

    def _choose(self, entries: Sequence[_Entry], stems: frozenset[str], room: int) -> list[_Entry]:
        """The entries that share the rarest words with a text, as many as there is room for, in the order of study.toml."""
        weight = {one: sum(1 / self._shared[stem] for stem in sorted(one.stems & stems)) for one in entries}
        chosen = set()
        for one in sorted(entries, key=lambda one: -weight[one]):
            if len(one.line) < room:
                chosen.add(one)
                room -= len(one.line) + 1
        return [one for one in entries if one in chosen]


def _excerpt(holders: Sequence[_Entry], topics: Sequence[_Entry]) -> Excerpt:
    issues = {one.of: one.line for one in topics if isinstance(one.of, Issue)}
    qualities = {one.of: one.line for one in topics if isinstance(one.of, Quality)}
    parts: list[tuple[str, Iterable[str]]] = [
        ("ACTORS (id: name)", [one.line for one in holders]),
        ("ISSUES (id: name; positions)", issues.values()),
        ("QUALITIES (id: name; words of its scale, low to high)", qualities.values()),
    ]
    text = "\n\n".join("\n".join([title, *lines]) for title, lines in parts if lines)
    return Excerpt(text, tuple(one.of.id for one in holders), tuple(issues), tuple(qualities))


def _size(entries: Sequence[_Entry]) -> int:
    return sum(len(one.line) + 1 for one in entries)


def _stems(text: str) -> list[str]:
    """The words of a text by their first letters; of Han and kana the pairs of characters."""
    out: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).casefold()):
        out += [run[at : at + 2] for at in range(len(run) - 1)] if _HAN.match(run) else [run[:_STEM]]
    return out


def _run(text: str) -> str:
    return f" {' '.join(_stems(text))} "


def _entry(of: Side | Actor | Issue | Quality, line: str, names: Iterable[str] = ()) -> _Entry:
    line = " ".join(line.split())
    runs = (_run(part) for name in names for part in _PARTS.split(name))
    return _Entry(of, f"{of.id}: {line}", frozenset(_stems(line)), tuple(run for run in runs if run.strip()))


def _side(side: Side) -> _Entry:
    names = (side.name, *side.names.values())
    return _entry(side, f"{_called(*names)}; the side as a whole", names)


def _actor(actor: Actor) -> _Entry:
    names = (actor.name, *actor.aliases)
    offices = [f"{role.office} {role.span.text if role.span else ''}".strip() for role in actor.roles if role.office]
    line = "; ".join([_called(*names), f"{actor.kind} of {actor.side}", *offices])
    return _entry(actor, line, names)


def _issue(issue: Issue) -> _Entry:
    positions = "; ".join(f"{one.id} = {one.name}" for one in issue.positions)
    facets = f" Facets: {', '.join(issue.facets)}." if issue.facets else ""
    return _entry(issue, f"{issue.name}. {issue.description}{facets} Positions: {positions}")


def _quality(quality: Quality) -> _Entry:
    examples = f" Such as: {'; '.join(quality.examples)}." if quality.examples else ""
    return _entry(quality, f"{quality.name}. {quality.description}{examples} Scale: {', '.join(quality.intervals)}")


def _called(name: str, *others: str) -> str:
    rest = [one for one in dict.fromkeys(others) if one != name]
    return f"{name} ({', '.join(rest)})" if rest else name

"""Coded texts, as programs for qualitative analysis have them: texts, a tree of codes, and passages that bear codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Code:
    """A code. ``key``: what nothing else is called; ``parent``: the key of the code above it, "" at the top.

    ``codable``: whether passages may bear it; where not, it only holds others together.
    """

    key: str
    name: str
    parent: str = ""
    description: str = ""
    codable: bool = True


@dataclass(frozen=True, slots=True)
class CodedText:
    """A text. ``day``: the last on which it can have been written, "" where nothing says."""

    key: str
    name: str
    text: str
    description: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that bears codes: ``start:end`` of a text (its number), in code points; (0, 0) for the whole of it.

    ``coding``: code key → who gave it.
    """

    key: str
    text: int
    start: int
    end: int
    coding: Mapping[str, str]
    description: str = ""
    note: str = ""
    place: str = ""


@dataclass(frozen=True)
class Corpus:
    """Coded texts. ``description``: what is said of the whole; ``notes``: name → text of the notes on the whole."""

    name: str
    codes: tuple[Code, ...] = ()
    texts: tuple[CodedText, ...] = ()
    marks: tuple[Mark, ...] = ()
    description: str = ""
    users: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

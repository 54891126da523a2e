"""Reading of single cells: numbers, words of a list, names, lists of records, extents.

Each reader takes the cell without blanks around it, never blank, and raises :class:`~rashomon.errors.RashomonError`
with one fault that has no place yet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Final, NamedTuple

from rashomon.errors import RashomonError, error, listing, suggest
from rashomon.study.conditions import parse_condition
from rashomon.study.numerals import comma_remedy, percent, read_number
from rashomon.study.perspectives import Lexicon, is_id
from rashomon.study.vocabulary import EXTENTS, FieldSpec

_SHARE: Final = re.compile(r"(>|<|~)?\s*([0-9]{1,3}(?:\.[0-9]+)?)(?:\s*[-–]\s*([0-9]{1,3}(?:\.[0-9]+)?))?\s*%")


def read_fraction(text: str) -> float:
    """A number from 0 to 1, or so many percent."""
    number, percents = percent(text, read_number)
    if percents:
        return _bounded(number, text, 0.0, 100.0, "from 0% to 100%") / 100
    remedy = f"Write {number / 100:g} for {number:g} percent." if 1 < number <= 100 else ""
    return _bounded(number, text, 0.0, 1.0, "from 0 to 1", remedy)


def read_weight(text: str) -> float:
    """A number above 0."""
    number = read_number(text)
    if number <= 0:
        raise _outside(text, "above 0")
    return number


def read_count(text: str) -> int:
    """A whole number from 1."""
    number = read_number(text)
    if number != int(number):
        raise _outside(text, "a whole number")
    return int(_bounded(number, text, 1, 1e12, "from 1"))


def _bounded(number: float, text: str, lo: float, hi: float, allowed: str, remedy: str = "") -> float:
    if not lo <= number <= hi:
        raise _outside(text, allowed, remedy)
    return number


def _outside(text: str, allowed: str, remedy: str = "") -> RashomonError:
    return error(
        "R308",
        "The number lies outside what is allowed.",
        found=text,
        allowed=allowed,
        remedy=remedy or "Write a number that is allowed, or leave the cell blank.",
    )


class Share(NamedTuple):
    """The number of a printed figure, and whether a percent sign stands after it."""

    number: float
    percents: bool = False


def read_share(text: str) -> Share:
    """The number of a printed figure; its unit is checked with the row."""
    return Share(*percent(text, lambda bare: read_number(bare, "R321")))


def enum_reader(spec: FieldSpec) -> Callable[[str], str]:
    """A reader of a column with a fixed list of words."""
    allowed = frozenset(spec.allowed)

    def read(text: str) -> str:
        if text in allowed:
            return text
        raise error(
            "R309",
            f"This is not a word that the column {spec.name!r} allows.",
            found=repr(text),
            allowed=", ".join(spec.allowed),
            remedy=suggest(text, spec.allowed, "choose one of the words allowed."),
        )

    return read


def read_id(text: str) -> str:
    """An id: lower-case letters, digits and hyphens."""
    if is_id(text):
        return text
    made = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    raise error(
        "R205",
        "This is not an id.",
        found=repr(text),
        allowed="lower-case letters a–z, digits and hyphens, such as gorbachev-visit-1991",
        remedy=f"Write {made!r} here and wherever the record is named." if made else "Write it in lower case.",
    )


def holder_reader(lexicon: Lexicon) -> Callable[[str], str]:
    """A reader of the id of an actor or a side."""

    def read(text: str) -> str:
        if lexicon.is_holder(text):
            return text
        raise error(
            "R325",
            "No such actor or side is declared.",
            found=repr(text),
            allowed=listing(sorted(lexicon.holders)),
            remedy=suggest(text, lexicon.holders, "declare it in study.toml as [[actor]]."),
        )

    return read


def name_reader(code: str, section: str, names: Collection[str], faulty: Collection[str]) -> Callable[[str], str]:
    """A reader of the id of something that ``section`` of study.toml declares."""

    def read(text: str) -> str:
        if text in names or text in faulty:
            return text
        raise error(
            code,
            f"No such {section.replace('_', ' ')} is declared.",
            found=repr(text),
            allowed=listing(sorted(names)) or f"no [[{section}]] is declared yet",
            remedy=suggest(text, names, f"declare it in study.toml as [[{section}]]."),
        )

    return read


def read_list(text: str) -> tuple[str, ...]:
    """Items joined by ``;``, each once; blanks between them are passed over."""
    return tuple(dict.fromkeys(item for item in (part.strip() for part in text.split(";")) if item))


def list_reader(read: Callable[[str], str]) -> Callable[[str], tuple[str, ...]]:
    """A reader of items joined by ``;``, each read by ``read``."""
    return lambda text: tuple(read(item) for item in read_list(text))


def read_extent(text: str) -> str:
    """How much of a holder holds a view: a word, or a bounded share such as ``>30%`` or ``20-30%``; R329."""
    if text in EXTENTS or extent_share(text) is not None:
        return text
    raise error(
        "R329",
        "The extent cannot be read.",
        found=repr(text),
        allowed=f"{', '.join(EXTENTS)}; or a share: 30%, >30%, <30%, ~30%, 20-30%",
        remedy=comma_remedy(text) or suggest(text, EXTENTS, "write a word or a share that is allowed."),
    )


def extent_share(text: str) -> tuple[float, float] | None:
    """The bounds, 0..1, of an extent that is a share; None of a word. ``~`` keeps the share itself as both bounds."""
    match = _SHARE.fullmatch(text)
    if match is None:
        return None
    lo = float(match[2]) / 100
    hi = lo if match[3] is None else float(match[3]) / 100
    if not 0 <= lo <= hi <= 1 or (match[1] and match[3]):
        return None
    return (lo, 1.0) if match[1] == ">" else (0.0, hi) if match[1] == "<" else (lo, hi)


def condition_reader(lexicon: Lexicon) -> Callable[[str], str]:
    """A reader of conditions over ``issue=position`` that keeps their text; R323, R324."""

    def read(text: str) -> str:
        for name, value in parse_condition(text).atoms:
            _check_atom(name, value, lexicon)
        return text

    return read


def _check_atom(name: str, value: str, lexicon: Lexicon) -> None:
    if lexicon.is_faulty(name, "issue"):
        return
    issue = lexicon.issues.get(name)
    if issue is None:
        raise _no_option(f"{name!r} in a condition", lexicon.issues, name, "write issue=position.")
    if not value:
        raise _no_option(f"{name!r} without a position", issue.places, "", f"write {name}=position.")
    if value not in issue.places:
        raise _no_option(f"{value!r}, as a position of {name!r}", issue.places, value, "write one of the positions.")


def _no_option(found: str, names: Iterable[str], near: str, otherwise: str) -> RashomonError:
    known = list(names)
    return error(
        "R324",
        "The condition names an issue or a position that is not declared.",
        found=found,
        allowed=listing(known),
        remedy=suggest(near, known, otherwise) if near else otherwise[:1].upper() + otherwise[1:],
    )

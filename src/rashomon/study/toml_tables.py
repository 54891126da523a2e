"""Tables of a TOML file against the models they must fit: each fault with its line, in words that mend it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rashomon.errors import Fault, Where, cut, nearest, suggest
from rashomon.study.gathering import Gathered
from rashomon.study.schema import keys_of
from rashomon.study.toml_lines import Keys, Places

M = TypeVar("M", bound=BaseModel)

_WORD: Final = re.compile("'([^']+)'")
_PLAIN: Final = {
    "string_too_short": "text that is not blank",
    "string_type": "text in quotation marks",
    "bool_type": "true or false, without quotation marks",
    "bool_parsing": "true or false, without quotation marks",
    "int_type": "a whole number",
    "tuple_type": "a list in brackets",
    "dict_type": "a table",
    "model_type": "a table",
}
_AT: Final = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(raw: bytes, file: str, gathered: Gathered) -> tuple[dict[str, Any], Places] | None:
    """The tables in the bytes of ``file``, and where they stand; None, with a fault, where they cannot be read."""
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        gathered.add(_not_utf8(raw, problem.start, file))
        return None
    if raw.startswith(b"\xef\xbb\xbf"):
        gathered.note(f"{file} begins with a byte-order mark; it was skipped.")
    try:
        return tomllib.loads(text), Places(text)
    except (ValueError, RecursionError) as problem:  # a ValueError too for a number of thousands of digits
        gathered.add(_not_toml("brackets nested too deep" if isinstance(problem, RecursionError) else str(problem), file))
        return None


def _not_utf8(raw: bytes, at: int, file: str) -> Fault:
    line = raw.count(b"\n", 0, at) + 1
    return Fault(
        "R109",
        "The file is not UTF-8.",
        found=f"byte 0x{raw[at]:02X} at place {at + 1:,} of the file",
        allowed="text in UTF-8",
        remedy="Save it as UTF-8.",
        where=Where(file, line, at - raw.rfind(b"\n", 0, at)),
    )


def _not_toml(message: str, file: str) -> Fault:
    match = _AT.search(message)
    line = int(match[1]) if match and match[1] else None
    column = int(match[2]) if match and match[2] else None
    return Fault(
        "R111",
        f"{file} is not valid TOML.",
        found=_AT.sub("", message),
        allowed="TOML 1.0",
        remedy="Look at this line and the one before it: a quote, a bracket or a comma is wrong.",
        where=Where(file, line, column),
    )


@dataclass(frozen=True)
class Tables:
    """The tables of one file; faults found in them go to ``gathered``."""

    file: str
    places: Places
    gathered: Gathered

    def validate(self, model: type[M], given: object, path: Keys) -> M | None:
        """``given``, the table at ``path``, as a ``model``; None, with its faults, where it is none."""
        try:
            return model.model_validate(given)
        except RecursionError:
            self.gathered.add(_not_toml("tables nested too deep", self.file))
        except ValidationError as problem:
            details = _settled(problem.errors(include_url=False), given)
            meant = {_meant(model, detail) for detail in details if detail["type"] == "extra_forbidden"}
            for detail in details:  # a misspelt required key is one fault, not a key unknown and another missing
                if detail["type"] != "missing" or detail["loc"] not in meant:
                    self.gathered.add(self._fault(model, detail, path))
        return None

    def where(self, path: Keys) -> Where:
        """The place of a key."""
        return self.places.where(self.file, path)

    def _fault(self, model: type[BaseModel], detail: ErrorDetails, base: Keys) -> Fault:
        path = (*base, *detail["loc"])
        kind, context = detail["type"], detail.get("ctx", {})
        if kind == "extra_forbidden":
            return self.unknown(path, _titles(model, detail["loc"]))
        if kind == "missing":
            return self.missing(path, _titles(model, detail["loc"])[str(path[-1])])
        if kind == "rashomon":
            found = cut(repr(detail["input"]), 80)
            where = self.where(path)
            return Fault(context["code"], context["said"], found, context["allowed"], context["remedy"], where)
        message = "The value is of the wrong type, or not one of those allowed."
        words = _WORD.findall(str(context["expected"])) if kind == "literal_error" else []
        remedy = suggest(str(detail["input"]), words, "write one that is allowed.") if words else "Write one that is allowed."
        return self.wrong(path, message, detail["input"], _allowed(detail), remedy)

    def unknown(self, path: Keys, known: Iterable[str]) -> Fault:
        """A key that is none of those ``known`` there."""
        names = list(known)
        return Fault(
            "R201",
            "The key is not known.",
            found=repr(path[-1]),
            allowed=", ".join(names),
            remedy=suggest(str(path[-1]), names, "delete the key."),
            where=self.where(path),
        )

    def missing(self, path: Keys, title: str) -> Fault:
        """A key that should be there; ``title`` is what it holds."""
        return Fault(
            "R202",
            f"The key {path[-1]!r} is missing.",
            found="no such key",
            allowed=f"{path[-1]} = …" if len(path) > 1 else f"a table [{path[-1]}]",
            remedy=f"Add {path[-1]} here: {title}.",
            where=self.where(path),
        )

    def wrong(self, path: Keys, message: str, found: object, allowed: str, remedy: str) -> Fault:
        """A value that a key may not have."""
        shown = "a single table" if isinstance(found, dict) else repr(found)  # a whole table would drown the message
        return Fault("R203", message, cut(shown, 80), allowed, remedy, self.where(path))


def _settled(details: Iterable[ErrorDetails], given: object) -> list[ErrorDetails]:
    """What is wrong, of a value that may be of several types as one detail.

    pydantic has one for each type, at a place that ends with the type's name. What is wrong within a value that is of the right
    shape for one of them goes before its not being another.
    """
    groups: dict[Keys, list[ErrorDetails]] = {}
    for detail in details:
        place, within = _untyped(detail, given)
        groups.setdefault(place, []).append({**detail, "loc": (*place, *within)})
    out: list[ErrorDetails] = []
    for place, several in groups.items():
        deeper = [one for one in several if one["loc"] != place]
        if deeper or len(several) == 1:
            out += deeper or several
            continue
        allowed = " or ".join(dict.fromkeys(map(_allowed, several)))
        out.append({**several[0], "ctx": several[0].get("ctx", {}) | {"expected": allowed}})
    return out


def _untyped(detail: ErrorDetails, given: Any) -> tuple[Keys, Keys]:
    """The place of a value that may be of several types, and the rest of a place within it; else the whole place, and nothing."""
    loc = detail["loc"]
    for k, key in enumerate(loc[: len(loc) - (detail["type"] == "missing")]):
        if key == "[key]":  # what is wrong is the name of the key
            break
        try:
            given = given[key]
        except (LookupError, TypeError):  # no key of what was given, so the name of a type
            return loc[:k], loc[k + 1 :]
    return loc, ()


def _titles(model: type[BaseModel], loc: tuple[str | int, ...]) -> dict[str, str]:
    """Keys that are known at a place, each with what it holds."""
    current = model
    for key in loc[:-1]:
        if isinstance(key, str) and key in keys_of(current):  # else it is a name of the user's, such as an actor's
            annotation = keys_of(current)[key].annotation
            current = next((one for one in _models(annotation)), current)
    return {key: info.title or "" for key, info in keys_of(current).items()}


def _meant(model: type[BaseModel], detail: ErrorDetails) -> tuple[str | int, ...]:
    """The place of the key that an unknown one most likely stands for."""
    *above, key = detail["loc"]
    return (*above, nearest(str(key), _titles(model, detail["loc"])) or "")


def _models(annotation: Any) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models(inner)


def _allowed(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    if "expected" in context:
        return str(context["expected"])
    if detail["type"] in _PLAIN:
        return _PLAIN[detail["type"]]
    said = detail["msg"].removeprefix("Input should be ")
    return said[:1].lower() + said[1:]

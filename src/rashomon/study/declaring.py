"""Reading of ``study.toml``: every fault with its line, and what could be read in spite of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rashomon.errors import Fault, RashomonError, Where, nearest, suggest
from rashomon.study.gathering import Gathered
from rashomon.study.scanning import inside, unreadable
from rashomon.study.schema import SECTIONS, Declared, Study, keys_of
from rashomon.study.times import OPEN_HI, OPEN_LO, When
from rashomon.study.toml_lines import Keys, Places
from rashomon.study.vocabulary import FORMAT

FILE: Final = "study.toml"
_WORD: Final = re.compile("'([^']+)'")
_AT: Final = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True)
class Declaration:
    """What study.toml declares, as far as it could be read.

    ``faulty``: by section, ids of tables that have a fault and are left out of ``declared``. ``numbers``: (section, id) →
    number of its table in the file.
    """

    declared: Declared
    faulty: Mapping[str, frozenset[str]] = field(default_factory=dict)
    places: Places = field(default_factory=Places)
    numbers: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def where(self, section: str, name: str, *keys: str | int) -> Where:
        """The place of a key of the table of ``section`` with the id ``name``."""
        return self.places.where(FILE, (section, self.numbers.get((section, name), 0), *keys))


def read_declaration(root: Path, gathered: Gathered) -> Declaration | None:
    """Read study.toml of the study at ``root``. Faults go to ``gathered``; None where it is not TOML at all."""
    text = _text(root, gathered)
    if text is None:
        return None
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        gathered.add(_not_toml(str(problem)))
        return None
    return _Declaring(data, Places(text), gathered).read()


def _text(root: Path, gathered: Gathered) -> str | None:
    try:
        path = inside(root, FILE)
        raw = path.read_bytes()
    except FileNotFoundError:
        gathered.add(_no_study(root))
        return None
    except OSError as problem:
        gathered.add(unreadable(FILE, problem))
        return None
    except RashomonError as problem:
        gathered.add(problem.fault)
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        gathered.add(_not_utf8(raw, problem.start))
        return None
    if text.startswith("\ufeff") or raw.startswith(b"\xef\xbb\xbf"):
        gathered.note(f"{FILE} begins with a byte-order mark; it was skipped.")
    return text.replace("\r\n", "\n")


def _no_study(root: Path) -> Fault:
    there = root.is_dir()
    return Fault(
        "R101" if there else "R001",
        "The folder holds no study.toml." if there else "There is no such folder.",
        found=str(root),
        allowed="a folder with a study.toml",
        remedy=f"Give the study's folder, or make a study with: rashomon init {root}",
        where=Where(FILE if there else str(root)),
    )


def _not_utf8(raw: bytes, at: int) -> Fault:
    line = raw.count(b"\n", 0, at) + 1
    return Fault(
        "R109",
        "The file is not UTF-8.",
        found=f"byte 0x{raw[at]:02X} at place {at + 1:,} of the file",
        allowed="text in UTF-8",
        remedy="Save it as UTF-8.",
        where=Where(FILE, line, at - raw.rfind(b"\n", 0, at)),
    )


def _not_toml(message: str) -> Fault:
    match = _AT.search(message)
    line = int(match[1]) if match and match[1] else None
    column = int(match[2]) if match and match[2] else None
    return Fault(
        "R111",
        "study.toml is not valid TOML.",
        found=_AT.sub("", message) if match else "brackets nested too deep",
        allowed="TOML 1.0",
        remedy="Look at this line and the one before it: a quote, a bracket or a comma is wrong.",
        where=Where(FILE, line, column),
    )


class _Declaring:
    """One reading of the tables of study.toml."""

    def __init__(self, data: dict[str, Any], places: Places, gathered: Gathered) -> None:
        self.data, self.places, self.gathered = data, places, gathered
        self.faulty: dict[str, set[str]] = {}
        self.numbers: dict[tuple[str, str], int] = {}

    def read(self) -> Declaration:
        for key in self.data:
            if key != "study" and key not in SECTIONS:
                self.gathered.add(self._unknown((key,), ("study", *SECTIONS)))
        values: dict[str, Any] = {attribute: self._section(key) for key, (attribute, _) in SECTIONS.items()}
        values["study"] = self._study()
        faulty = {key: frozenset(names) for key, names in self.faulty.items()}
        # the tables are validated one by one: a faulty one must not hide the others
        declared = Declared.model_construct(None, **values)
        return Declaration(declared, faulty, self.places, self.numbers)

    def _study(self) -> Study:
        given = self.data.get("study")
        # another format has other keys: only its number is worth a fault then
        number = given.get("format", FORMAT) if isinstance(given, dict) else FORMAT
        if isinstance(number, int) and number != FORMAT:
            self.gathered.add(self._format(number))
        elif given is None:
            self.gathered.add(self._missing(("study",), "what the study is called, and the time it covers"))
        else:
            study = self._validate(Study, given, ("study",))
            if isinstance(study, Study):
                return study
        span = When(OPEN_LO, OPEN_HI, False, False, "../..")
        return Study.model_construct(None, id="study", title="", span=span, citation_style="", format=FORMAT)

    def _section(self, key: str) -> tuple[BaseModel, ...]:
        given = self.data.get(key, [])
        if not isinstance(given, list):
            remedy = f"Write [[{key}]], in double brackets, above each."
            self.gathered.add(self._wrong((key,), "The section must be a list of tables.", given, f"[[{key}]]", remedy))
            return ()
        read = (self._table(key, number, one) for number, one in enumerate(given))
        return tuple(one for one in read if one is not None)

    def _table(self, key: str, number: int, given: object) -> BaseModel | None:
        name = given.get("id") if isinstance(given, dict) else None
        known = isinstance(name, str)
        if isinstance(name, str):
            first = self.numbers.setdefault((key, name), number)
            if first != number:
                self.gathered.add(self._twice(key, name, number, first))
                return None
        model = self._validate(SECTIONS[key][1], given, (key, number))
        if model is None and known:
            self.faulty.setdefault(key, set()).add(str(name))
        return model

    def _validate(self, model: type[BaseModel], given: object, path: Keys) -> BaseModel | None:
        try:
            return model.model_validate(given)
        except ValidationError as problem:
            details = problem.errors(include_url=False)
            meant = {_meant(model, detail) for detail in details if detail["type"] == "extra_forbidden"}
            for detail in details:  # a misspelt required key is one fault, not a key unknown and another missing
                if detail["type"] != "missing" or detail["loc"] not in meant:
                    self.gathered.add(self._fault(model, detail, path))
        return None

    # faults

    def _where(self, path: Keys) -> Where:
        return self.places.where(FILE, path)

    def _fault(self, model: type[BaseModel], detail: ErrorDetails, base: Keys) -> Fault:
        path = (*base, *detail["loc"])
        kind, context = detail["type"], detail.get("ctx", {})
        if kind == "extra_forbidden":
            return self._unknown(path, _titles(model, detail["loc"]))
        if kind == "missing":
            return self._missing(path, _titles(model, detail["loc"])[str(path[-1])])
        if kind == "rashomon":
            found = repr(detail["input"])
            where = self._where(path)
            return Fault(context["code"], context["said"], found, context["allowed"], context["remedy"], where)
        message = "The value is of the wrong type, or not one of those allowed."
        words = _WORD.findall(str(context["expected"])) if kind == "literal_error" else []
        remedy = suggest(str(detail["input"]), words, "write one that is allowed.")
        return self._wrong(path, message, detail["input"], _allowed(detail), remedy)

    def _unknown(self, path: Keys, known: Iterable[str]) -> Fault:
        names = list(known)
        return Fault(
            "R201",
            "The key is not known.",
            found=repr(path[-1]),
            allowed=", ".join(names),
            remedy=suggest(str(path[-1]), names, "delete the key."),
            where=self._where(path),
        )

    def _missing(self, path: Keys, title: str) -> Fault:
        return Fault(
            "R202",
            f"The key {path[-1]!r} is missing.",
            found="no such key",
            allowed=f"{path[-1]} = …" if len(path) > 1 else f"a table [{path[-1]}]",
            remedy=f"Add {path[-1]} here: {title}.",
            where=self._where(path),
        )

    def _wrong(self, path: Keys, message: str, found: object, allowed: str, remedy: str) -> Fault:
        shown = "a single table" if isinstance(found, dict) else repr(found)  # a whole table would drown the message
        return Fault("R203", message, shown[:80] + "…" * (len(shown) > 80), allowed, remedy, self._where(path))

    def _format(self, number: int) -> Fault:
        newer = number > FORMAT
        return Fault(
            "R212",
            "The study's format is not one that this version reads.",
            found=str(number),
            allowed=str(FORMAT),
            remedy="Install a later version of Rashomon." if newer else "Run: rashomon upgrade",
            where=self._where(("study", "format")),
        )

    def _twice(self, key: str, name: str, number: int, first: int) -> Fault:
        return Fault(
            "R204",
            f"The id of a [[{key}]] is declared twice.",
            found=f"{name!r}, first on line {self.places.line((key, first, 'id'))}",
            allowed="each id once",
            remedy="Rename one of the two, or delete it.",
            where=self._where((key, number, "id")),
        )


def _titles(model: type[BaseModel], loc: tuple[str | int, ...]) -> dict[str, str]:
    """Keys that are known at a place, each with what it holds."""
    current = model
    for key in loc[:-1]:
        if isinstance(key, str):
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
    if detail["type"] == "string_too_short":
        return "text that is not blank"
    if detail["type"].startswith("bool"):
        return "true or false, without quotation marks"
    said = detail["msg"].removeprefix("Input should be ")
    return said[:1].lower() + said[1:]

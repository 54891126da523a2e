"""Reading of ``study.toml``: every fault with its line, and what could be read in spite of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from rashomon.errors import Fault, RashomonError, Where, unreadable
from rashomon.study.gathering import Gathered
from rashomon.study.scanning import inside
from rashomon.study.schema import SECTIONS, Declared, Study
from rashomon.study.times import OPEN_HI, OPEN_LO, When
from rashomon.study.toml_lines import Places
from rashomon.study.toml_tables import Tables, read_toml
from rashomon.study.vocabulary import FORMAT

FILE: Final = "study.toml"


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
    raw = _bytes(root, gathered)
    read = None if raw is None else read_toml(raw, FILE, gathered)
    return None if read is None else _Declaring(*read, gathered).read()


def _bytes(root: Path, gathered: Gathered) -> bytes | None:
    try:
        return inside(root, FILE).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        gathered.add(_no_study(root))
    except OSError as problem:
        gathered.add(unreadable(FILE, problem))
    except RashomonError as problem:
        gathered.add(problem.fault)
    return None


def _no_study(root: Path) -> Fault:
    there, no_folder = os.path.isdir(root), os.path.isfile(root)
    remedy = f"Give the study's folder, or make a study with: rashomon init {root}"
    if no_folder:
        remedy = "Give the folder that it stands in" + (f": {root.parent}" if root.name == FILE else ", if that is a study.")
    return Fault(
        "R101" if there else "R001",
        "The folder holds no study.toml." if there else "This is no folder." if no_folder else "There is no such folder.",
        found=f"a file, {root}" if no_folder else str(root),
        allowed="a folder with a study.toml",
        remedy=remedy,
        where=Where(FILE if there else str(root)),
    )


class _Declaring:
    """One reading of the tables of study.toml."""

    def __init__(self, data: dict[str, Any], places: Places, gathered: Gathered) -> None:
        self.data, self.places, self.gathered = data, places, gathered
        self.tables = Tables(FILE, places, gathered)
        self.faulty: dict[str, set[str]] = {}
        self.numbers: dict[tuple[str, str], int] = {}

    def read(self) -> Declaration:
        for key in self.data:
            if key != "study" and key not in SECTIONS:
                self.gathered.add(self.tables.unknown((key,), ("study", *SECTIONS)))
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
            self.gathered.add(self.tables.missing(("study",), "what the study is called, and the time it covers"))
        else:
            study = self.tables.validate(Study, given, ("study",))
            if isinstance(study, Study):
                return study
        span = When(OPEN_LO, OPEN_HI, False, False, "../..")
        return Study.model_construct(None, id="study", title="", span=span, citation_style="", format=FORMAT)

    def _section(self, key: str) -> tuple[BaseModel, ...]:
        given = self.data.get(key, [])
        if not isinstance(given, list):
            remedy = f"Write [[{key}]], in double brackets, above each."
            self.gathered.add(
                self.tables.wrong((key,), "The section must be a list of tables.", given, f"[[{key}]]", remedy)
            )
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
        model = self.tables.validate(SECTIONS[key][1], given, (key, number))
        if model is None and known:
            self.faulty.setdefault(key, set()).add(str(name))
        return model

    # faults

    def _format(self, number: int) -> Fault:
        newer = number > FORMAT
        return Fault(
            "R212",
            "The study's format is not one that this version reads.",
            found=str(number),
            allowed=str(FORMAT),
            remedy="Install a later version of Rashomon." if newer else "Run: rashomon upgrade",
            where=self.tables.where(("study", "format")),
        )

    def _twice(self, key: str, name: str, number: int, first: int) -> Fault:
        return Fault(
            "R204",
            f"The id of a [[{key}]] is declared twice.",
            found=f"{name!r}, first on line {self.places.line((key, first, 'id'))}",
            allowed="each id once",
            remedy="Rename one of the two, or delete it.",
            where=self.tables.where((key, number, "id")),
        )

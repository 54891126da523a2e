"""Writing a DNA 3 database that DNA opens as one of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rashomon import __version__
from rashomon.exchanging.dna_projects import ATTRIBUTES, BOOLEAN, INTEGER, LONG, SHORT, DnaProject, Units
from rashomon.exchanging.dna_tables import COLOURS, DATE, KINDS, PLACES, TABLES, VERSION
from rashomon.exchanging.jasypt import password_hash
from rashomon.exchanging.placing import free
from rashomon.study.files import write_atomically

ADMIN: Final = "Admin"
"""The coder that every database has, with ID 1."""


def write_dna(project: DnaProject, path: Path, password: str) -> None:
    """Write a database of DNA 3; every coder in it, the first of whom is Admin, has the password. R003 where a file is there.

    What the project says beside documents, statements and entities is not written.
    """
    free(path)
    with TemporaryDirectory() as folder:
        made = Path(folder) / "new.dna"
        with closing(sqlite3.connect(made)) as base:
            base.execute("PRAGMA foreign_keys = ON")
            with base:
                _Writer(base, project).write(password)
        write_atomically(path, made.read_bytes())


class _Writer:
    def __init__(self, base: sqlite3.Connection, project: DnaProject) -> None:
        self.base, self.project = base, project
        self.kinds: Mapping[str, Mapping[str, str]] = {
            label: {**KINDS.get(label, {}), **project.kinds.get(label, {})}
            for label in dict.fromkeys((*KINDS, *project.kinds))
        }
        self.variables: dict[tuple[str, str], int] = {}
        self.entities: dict[tuple[int, str], int] = {}

    def add(self, table: str, **values: object) -> int:
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        return (
            self.base.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values())).lastrowid or 0
        )

    def write(self, password: str) -> None:
        for table, columns in TABLES.items():
            self.base.execute(f"CREATE TABLE {table}({', '.join(columns)})")
        settings = {"version": VERSION, "date": DATE} | ({"rashomon": __version__} if self.project.ours else {})
        for key, value in settings.items():
            self.add("SETTINGS", Property=key, Value=value)
        coders = self.coders(password)
        types = self.types()
        documents = [
            self.add("DOCUMENTS", Title=one.title, Text=one.text, Coder=1, Author=one.author, Source=one.source,
                     Section=one.section, Notes=one.notes, Type=one.kind, Date=one.date)
            for one in self.project.documents
        ]  # fmt: skip
        self.statements(coders, types, documents)

    def coders(self, password: str) -> dict[str, int]:
        names = dict.fromkeys((ADMIN, *(one.coder or ADMIN for one in self.project.statements)))
        coders = {
            name: self.add("CODERS", Name=name, Password=password_hash(password), Red=255, Green=255, Blue=0)
            for name in names
        }
        for one in coders.values():
            for other in coders.values():
                if one != other:
                    self.add("CODERRELATIONS", Coder=one, OtherCoder=other)
        return coders

    def types(self) -> dict[str, int]:
        """Statement types, their variables, and the entities of these with their attributes."""
        types = {}
        for label, variables in self.kinds.items():
            red, green, blue = COLOURS.get(label, (200, 200, 200))
            types[label] = self.add("STATEMENTTYPES", Label=label, Red=red, Green=green, Blue=blue)
            for name, data in variables.items():
                key = self.add("VARIABLES", Variable=name, DataType=data, StatementTypeId=types[label])
                self.variables[label, name] = key
                if data == SHORT:
                    self.entities_of(key, self.project.entities.get((label, name), {}))
        return types

    def entities_of(self, variable: int, entities: Mapping[str, Mapping[str, str]]) -> None:
        names = dict.fromkeys((*ATTRIBUTES, *(name for given in entities.values() for name in given)))
        attributes = {
            name: self.add("ATTRIBUTEVARIABLES", VariableId=variable, AttributeVariable=name) for name in names
        }
        for value, given in {"": {}, **entities}.items():
            key = self.add("ENTITIES", VariableId=variable, Value=value, Red=0, Green=0, Blue=0)
            self.entities[variable, value] = key
            for name, attribute in attributes.items():
                self.add(
                    "ATTRIBUTEVALUES", EntityId=key, AttributeVariableId=attribute, AttributeValue=given.get(name, "")
                )

    def statements(self, coders: dict[str, int], types: dict[str, int], documents: list[int]) -> None:
        """Each statement with a value for every variable of its type, as DNA keeps them."""
        units = [Units(one.text) for one in self.project.documents]
        blank = {BOOLEAN: 1, INTEGER: 0, SHORT: "", LONG: ""}
        for one in self.project.statements:
            place = units[one.document]
            key = self.add(
                "STATEMENTS", ID=one.number, StatementTypeId=types[one.kind], DocumentId=documents[one.document],
                Start=place.of_point(one.start), Stop=place.of_point(one.stop), Coder=coders[one.coder or ADMIN],
            )  # fmt: skip
            for name, data in self.kinds[one.kind].items():
                variable = self.variables[one.kind, name]
                value = one.values.get(name, blank[data])
                if data == SHORT:
                    self.add(
                        PLACES[data], StatementId=key, VariableId=variable, Entity=self.entities[variable, str(value)]
                    )
                else:
                    self.add(PLACES[data], StatementId=key, VariableId=variable, Value=value)

"""Reading a DNA 3 database, without trust in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from rashomon.errors import Where, error
from rashomon.exchanging.dna_projects import (
    BOOLEAN,
    LONG,
    SHORT,
    Datum,
    DnaDocument,
    DnaProject,
    DnaStatement,
    Units,
    as_shown,
)
from rashomon.exchanging.dna_tables import PLACES
from rashomon.exchanging.refusing import unfit
from rashomon.exchanging.sqlite_files import SafeBase, opened
from rashomon.exchanging.sqlite_files import text_of_cell as _text

_TAKEN_FOR: Final = "a .dna file of DNA 3"
_BESIDE: Final = {
    "links between variables": ("VARIABLELINKS", ""),
    "search patterns": ("REGEXES", ""),
    "coders' permissions": ("CODERRELATIONS", ""),
    "coders who coded nothing": (
        "CODERS",
        "WHERE ID <> 1 AND ID NOT IN (SELECT Coder FROM STATEMENTS WHERE Coder > 0)",
    ),
    "names of who entered a document": ("DOCUMENTS", "WHERE Coder <> 1"),
    "colours of entities": ("ENTITIES", "WHERE Red + Green + Blue > 0"),
}
"""What a study has no place for → the table that has it, and which of its rows; the coder 1 is in every database."""
_COLUMNS: Final = {
    "SETTINGS": ("Property", "Value"),
    "CODERS": ("ID", "Name"),
    "DOCUMENTS": ("ID", "Title", "Text", "Date", "Author", "Source", "Section", "Notes", "Type"),
    "STATEMENTTYPES": ("ID", "Label"),
    "VARIABLES": ("ID", "Variable", "DataType", "StatementTypeId"),
    "STATEMENTS": ("ID", "StatementTypeId", "DocumentId", "Start", "Stop", "Coder"),
    "ENTITIES": ("ID", "VariableId", "Value", "ChildOf"),
    "DATABOOLEAN": ("StatementId", "VariableId", "Value"),
    "DATAINTEGER": ("StatementId", "VariableId", "Value"),
    "DATASHORTTEXT": ("StatementId", "VariableId", "Entity"),
    "DATALONGTEXT": ("StatementId", "VariableId", "Value"),
    "ATTRIBUTEVARIABLES": ("ID", "VariableId", "AttributeVariable"),
    "ATTRIBUTEVALUES": ("EntityId", "AttributeVariableId", "AttributeValue"),
}


def read_dna(path: Path) -> DnaProject:
    """What a DNA 3 database holds, in the order of its IDs.

    Raises R006 where it cannot be opened, R932 where it is no such database or contradicts itself, R933 where it is of another
    version of DNA, R934 where it is larger than is allowed.
    """
    names = {*_COLUMNS, *(table for table, _ in _BESIDE.values())}
    with opened(path, _TAKEN_FOR, names) as base:
        return _Reader(path, base).project()


class _Reader:
    def __init__(self, path: Path, base: SafeBase) -> None:
        self.path, self.base, self.number = path, base, base.number

    def rows(self, table: str) -> list[Sequence[Any]]:
        return self.base.rows(table, _COLUMNS[table])

    def project(self) -> DnaProject:
        settings = {_text(key): _text(value) for key, value in self.rows("SETTINGS")}
        version = settings.get("version", "")
        if not version.startswith("3."):
            raise error("R933", "The database is of another version of DNA.", found=f"version {version or 'not stated'}",
                        allowed="3", remedy="Import it into a new database of DNA 3, and import that.",
                        where=Where(str(self.path)))  # fmt: skip
        labels = {self.number(key): _text(label) for key, label in self.rows("STATEMENTTYPES")}
        variables = {
            self.number(key): (labels[self.number(kind)], _text(name), _text(data))
            for key, name, data, kind in self.rows("VARIABLES")
            if kind in labels
        }
        kinds: dict[str, dict[str, str]] = {label: {} for label in labels.values()}
        for label, name, data in variables.values():
            kinds[label][name] = data
        documents = {self.number(row[0]): self.document(row[1:]) for row in self.rows("DOCUMENTS")}
        entities = {self.number(row[0]): (row[1], _text(row[2]), row[3]) for row in self.rows("ENTITIES")}
        return DnaProject(
            documents=tuple(documents.values()),
            statements=tuple(self.statements(labels, variables, documents, entities)),
            kinds=kinds,
            entities=self.attributes(variables, entities),
            ours="rashomon" in settings,
            beside=self.beside(),
        )

    def document(self, row: Sequence[Any]) -> DnaDocument:
        title, text, date, author, source, section, notes, kind = row
        told = [_text(one) for one in (author, source, section, notes, kind)]
        return DnaDocument(_text(title), as_shown(_text(text)), self.number(date), *told)

    def statements(
        self, labels: dict[int, str], variables: dict[int, tuple[str, str, str]], documents: dict[int, DnaDocument],
        entities: dict[int, tuple[Any, str, Any]],
    ) -> Iterator[DnaStatement]:  # fmt: skip
        coders = {self.number(key): _text(name) for key, name in self.rows("CODERS")}
        places = {key: place for place, key in enumerate(documents)}
        units = {key: Units(one.text) for key, one in documents.items()}
        values = self.values(variables, entities)
        for key, kind, document, start, stop, coder in self.rows("STATEMENTS"):
            number = self.number(key)
            if document not in places or kind not in labels:
                raise unfit(self.path, _TAKEN_FOR, f"statement {number} of a document or a type that is not there")
            first, last = (units[document].point(self.number(one)) for one in (start, stop))
            if not 0 <= first < last <= len(documents[document].text):
                first = last = 0
            yield DnaStatement(
                number, labels[kind], places[document], first, last, coders.get(coder, ""), values.get(number, {})
            )

    def values(
        self, variables: dict[int, tuple[str, str, str]], entities: dict[int, tuple[Any, str, Any]]
    ) -> dict[int, dict[str, Datum]]:
        found: dict[int, dict[str, Datum]] = {}
        for data, table in PLACES.items():
            for statement, variable, value in self.rows(table):
                _, name, kind = variables.get(variable, ("", "", ""))
                if kind != data:
                    raise unfit(
                        self.path, _TAKEN_FOR, f"a value of statement {statement} for a variable that is not there"
                    )
                if data == SHORT and value not in entities:
                    raise unfit(self.path, _TAKEN_FOR, f"an entity of statement {statement} that is not there")
                found.setdefault(self.number(statement), {})[name] = (
                    entities[value][1] if data == SHORT else _text(value) if data == LONG
                    else bool(self.number(value)) if data == BOOLEAN else self.number(value)
                )  # fmt: skip
        return found

    def attributes(
        self, variables: dict[int, tuple[str, str, str]], entities: dict[int, tuple[Any, str, Any]]
    ) -> dict[tuple[str, str], dict[str, dict[str, str]]]:
        names = {self.number(key): _text(name) for key, _, name in self.rows("ATTRIBUTEVARIABLES")}
        given: dict[int, dict[str, str]] = {}
        for entity, attribute, value in self.rows("ATTRIBUTEVALUES"):
            if _text(value) and attribute in names:
                given.setdefault(entity, {})[names[attribute]] = _text(value)
        found: dict[tuple[str, str], dict[str, dict[str, str]]] = {}
        for key, (variable, value, parent) in entities.items():
            if parent in entities:
                given.setdefault(key, {})["child of"] = entities[parent][1]
            if variable in variables and (value or key in given):  # the blank stands for no value
                label, name, _ = variables[variable]
                found.setdefault((label, name), {})[value] = given.get(key, {})
        return found

    def beside(self) -> dict[str, int]:
        counts = {told: self.base.count(table, which) for told, (table, which) in _BESIDE.items()}
        return {told: count for told, count in counts.items() if count}

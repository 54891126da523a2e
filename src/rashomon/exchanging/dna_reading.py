"""Reading a DNA 3 database, without trust in it: it is opened to be read alone, nothing in it is run, and no table is virtual."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from rashomon.errors import RashomonError, Where, error
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
from rashomon.exchanging.refusing import too_large, unfit
from rashomon.study.scanning import unreadable

_LARGEST: Final = 1 << 31  # bytes of a database
_CELL: Final = 1 << 28  # bytes of a cell
_STEPS: Final = 20_000_000  # thousands of steps of SQLite's machine for one query
_TAKEN_FOR: Final = "a .dna file of DNA 3"
_MAGIC: Final = b"SQLite format 3\0"
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
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
        size = path.stat().st_size
    except OSError as problem:
        raise RashomonError(unreadable(str(path), problem)) from problem
    if magic != _MAGIC:
        raise unfit(path, _TAKEN_FOR, "a file that is no SQLite database")
    if size > _LARGEST:
        raise too_large(path, f"{size:,} bytes", f"{_LARGEST:,} bytes")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            return _Reader(path, base).project()
    except (sqlite3.Error, OverflowError, UnicodeError) as problem:
        raise unfit(path, _TAKEN_FOR, f"{type(problem).__name__}: {problem}") from problem


def _harden(base: sqlite3.Connection) -> None:
    """Let the connection read tables and nothing more; SQLite loads no extension unless asked to."""
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON", "mmap_size = 0"):
        base.execute(f"PRAGMA {pragma}")
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _CELL)
    base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    base.text_factory = lambda raw: raw.decode("utf-8", "replace")
    steps = iter(range(_STEPS))
    base.set_progress_handler(lambda: next(steps, None) is None, 1000)
    allowed = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
    base.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY)


class _Reader:
    def __init__(self, path: Path, base: sqlite3.Connection) -> None:
        self.path, self.base = path, base
        self.tables = self._tables()
        _harden(base)

    def _tables(self) -> dict[str, str]:
        """Upper-case name → name of the tables that are plain: no views, none that a module makes, none with computed columns."""
        found = {}
        for name, sql in self.base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' LIMIT 1000"):
            plain = (
                isinstance(name, str) and isinstance(sql, str) and not sql.upper().lstrip().startswith("CREATE VIRTUAL")
            )
            if plain and name.upper() in (*_COLUMNS, *(table for table, _ in _BESIDE.values())):
                hidden = self.base.execute(
                    "SELECT count(*) FROM pragma_table_xinfo(?) WHERE hidden <> 0", (name,)
                ).fetchone()
                if not hidden[0]:
                    found[name.upper()] = name
        return found

    def rows(self, table: str) -> list[Sequence[Any]]:
        if table not in self.tables:
            raise unfit(self.path, _TAKEN_FOR, f"no table {table}")
        names = ", ".join(f'"{one}"' for one in _COLUMNS[table])
        return self.base.execute(f'SELECT {names} FROM "{self.tables[table]}" ORDER BY rowid').fetchall()

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
                raise unfit(
                    self.path, _TAKEN_FOR, f"statement {number} on places {start} to {stop}, beyond its document"
                )
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
        counts = {
            told: sum(1 for _ in self.base.execute(f'SELECT 1 FROM "{self.tables[table]}" {which}'))
            for told, (table, which) in _BESIDE.items()
            if table in self.tables
        }
        return {told: count for told, count in counts.items() if count}

    def number(self, value: object) -> int:
        if not isinstance(value, int):
            raise unfit(self.path, _TAKEN_FOR, f"{value!r} where a whole number should be")
        return value


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)

"""The tables of a DNA 3 database in SQLite: their columns and checks, as DNA declares them (version 3.0.11, Sql.createTables)."""

from __future__ import annotations

from typing import Final

from rashomon.exchanging.dna_projects import AGREEMENT, BOOLEAN, CONCEPT, INTEGER, LONG, ORGANISATION, PERSON, SHORT

VERSION: Final = "3.0.11.5"
DATE: Final = "2025-02-05"
"""The version of DNA whose tables these are, and its day; both stand in SETTINGS."""
LONGEST: Final = 190
"""Letters of a short text at most."""

_KEY: Final = "ID INTEGER NOT NULL PRIMARY KEY"
_MAY: Final = (
    "AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments", "AddStatements", "EditStatements", "DeleteStatements",
    "EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations", "ViewOthersDocuments",
    "EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements",
)  # fmt: skip


def _short(name: str, more: str = "") -> str:
    return f"{name} TEXT NOT NULL{more} CHECK (LENGTH({name}) < {LONGEST + 1})"


def _flag(name: str, default: int) -> str:
    return f"{name} INTEGER NOT NULL CHECK ({name} BETWEEN 0 AND 1) DEFAULT {default}"


def _of(column: str, table: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


def _colours(required: bool = True) -> list[str]:
    must = " NOT NULL DEFAULT 0" if required else ""
    return [f"{one} INTEGER{must} CHECK ({one} BETWEEN 0 AND 255)" for one in ("Red", "Green", "Blue")]


def _datum(value: str, *more: str) -> list[str]:
    return [
        _KEY, "StatementId INTEGER NOT NULL", "VariableId INTEGER NOT NULL", value, _of("StatementId", "STATEMENTS"),
        _of("VariableId", "VARIABLES"), *more, "UNIQUE (StatementId, VariableId)",
    ]  # fmt: skip


_TYPES: Final = " OR ".join(f"DataType = '{one}'" for one in (BOOLEAN, INTEGER, LONG, SHORT))

TABLES: Final[dict[str, list[str]]] = {
    "SETTINGS": ["Property TEXT PRIMARY KEY", "Value TEXT NOT NULL"],
    "CODERS": [
        _KEY, _short("Name"), *_colours(), "Refresh INTEGER NOT NULL CHECK (Refresh BETWEEN 0 AND 9999) DEFAULT 0",
        "FontSize INTEGER NOT NULL CHECK (FontSize BETWEEN 1 AND 99) DEFAULT 14", _short("Password"),
        "PopupWidth INTEGER CHECK (PopupWidth BETWEEN 100 AND 9999) DEFAULT 300", _flag("ColorByCoder", 0),
        _flag("PopupDecoration", 0), _flag("PopupAutoComplete", 1), *(_flag(f"Permission{one}", 1) for one in _MAY),
    ],
    "DOCUMENTS": [
        _KEY, _short("Title"), "Text TEXT NOT NULL", "Coder INTEGER",
        *(_short(one, " DEFAULT ''") for one in ("Author", "Source", "Section")), "Notes TEXT NOT NULL DEFAULT ''",
        _short("Type", " DEFAULT ''"), "Date INTEGER NOT NULL", _of("Coder", "CODERS"),
    ],
    "STATEMENTTYPES": [_KEY, _short("Label"), *_colours()],
    "VARIABLES": [
        _KEY, _short("Variable"), f"DataType TEXT NOT NULL CHECK ({_TYPES}) DEFAULT '{SHORT}'", "StatementTypeId INTEGER",
        _of("StatementTypeId", "STATEMENTTYPES"), "UNIQUE (Variable, StatementTypeId)",
    ],
    "VARIABLELINKS": [
        _KEY, "SourceVariableId INTEGER", "TargetVariableId INTEGER", "CHECK (TargetVariableId != SourceVariableId)",
        _of("SourceVariableId", "VARIABLES"), _of("TargetVariableId", "VARIABLES"),
    ],
    "REGEXES": [f"Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < {LONGEST + 1})", *_colours()],
    "CODERRELATIONS": [
        _KEY, *(f"{one} INTEGER CHECK({one} > 0)" for one in ("Coder", "OtherCoder")),
        *(f"{one} INTEGER NOT NULL DEFAULT 1 CHECK({one} BETWEEN 0 AND 1)"
          for one in ("viewStatements", "editStatements", "viewDocuments", "editDocuments")),
        "CHECK (Coder != OtherCoder)", _of("Coder", "CODERS"), _of("OtherCoder", "CODERS"),
    ],
    "STATEMENTS": [
        _KEY, "StatementTypeId INTEGER", "DocumentId INTEGER",
        *(f"{one} INTEGER NOT NULL CHECK({one} >= 0)" for one in ("Start", "Stop")), "Coder INTEGER", "CHECK (Start < Stop)",
        _of("StatementTypeId", "STATEMENTTYPES"), _of("Coder", "CODERS"), _of("DocumentId", "DOCUMENTS"),
    ],
    "DATABOOLEAN": _datum("Value INTEGER NOT NULL DEFAULT 1"),
    "DATAINTEGER": _datum("Value INTEGER NOT NULL DEFAULT 0"),
    "ENTITIES": [
        _KEY, "VariableId INTEGER NOT NULL", _short("Value", " DEFAULT ''"), *_colours(False),
        "ChildOf INTEGER CHECK(ChildOf > 0)", "UNIQUE (VariableId, Value)", _of("ChildOf", "ENTITIES"),
        _of("VariableId", "VARIABLES"),
    ],
    "DATASHORTTEXT": _datum("Entity INTEGER NOT NULL", _of("Entity", "ENTITIES")),
    "DATALONGTEXT": _datum("Value TEXT DEFAULT ''"),
    "ATTRIBUTEVARIABLES": [
        _KEY, "VariableId INTEGER NOT NULL", _short("AttributeVariable"), "UNIQUE(VariableId, AttributeVariable)",
        _of("VariableId", "VARIABLES"),
    ],
    "ATTRIBUTEVALUES": [
        _KEY, "EntityId INTEGER NOT NULL", "AttributeVariableId INTEGER NOT NULL", _short("AttributeValue", " DEFAULT ''"),
        "UNIQUE (EntityId, AttributeVariableId)", _of("EntityId", "ENTITIES"), _of("AttributeVariableId", "ATTRIBUTEVARIABLES"),
    ],
}  # fmt: skip
"""Table → its columns and constraints, in SQL."""

PLACES: Final = {BOOLEAN: "DATABOOLEAN", INTEGER: "DATAINTEGER", SHORT: "DATASHORTTEXT", LONG: "DATALONGTEXT"}
"""Data type of a variable → the table of its values."""
COLOURS: Final = {"DNA Statement": (239, 208, 51), "NPF Story Element": (100, 200, 190), "Annotation": (211, 211, 211)}
"""Label of a statement type that every new database has → its colour."""
KINDS: Final = {
    "DNA Statement": {
        PERSON: SHORT,
        ORGANISATION: SHORT,
        CONCEPT: SHORT,
        AGREEMENT: BOOLEAN,
    },
    "NPF Story Element": dict.fromkeys(
        ("narrator", "victim", "villain", "plot", "hero", "policy solution"), SHORT
    ),
    "Annotation": {"note": LONG},
}
"""Label of such a type → its variables and their data types."""

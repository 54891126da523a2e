"""Small studies to plant faults in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from rashomon.study import TABLES, init_study

Plant = Callable[[Path], None]


class Planted(NamedTuple):
    """A fault, how to plant it, and what must be said of it: its code, place, and some words."""

    name: str
    code: str
    file: str
    field: str
    says: str
    plant: Plant


def sound_study(root: Path) -> Path:
    """A study without a fault, with a record in every table and an actor who has died."""
    init_study(root)
    append("study.toml", _LATE)(root)
    return root


_LATE = """
[[actor]]
id = "late-berg"
name = "Old Berg"
side = "south"
kind = "person"
life = "1901/1986-03-01"
"""


def swap(file: str, old: str, new: str) -> Plant:
    """Replace the only occurrence of ``old`` in a file."""

    def plant(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (root / file).write_text(text.replace(old, new), encoding="utf-8")

    return plant


def append(file: str, text: str) -> Plant:
    """Add lines to the end of a file."""

    def plant(root: Path) -> None:
        with (root / file).open("a", encoding="utf-8") as handle:
            handle.write(text)

    return plant


def write(file: str, data: bytes) -> Plant:
    """Write a whole file."""

    def plant(root: Path) -> None:
        (root / file).write_bytes(data)

    return plant


def add_bytes(file: str, data: bytes) -> Plant:
    """Add bytes to the end of a file."""

    def plant(root: Path) -> None:
        with (root / file).open("ab") as handle:
            handle.write(data)

    return plant


def both(*plants: Plant) -> Plant:
    """Plant several."""

    def plant(root: Path) -> None:
        for one in plants:
            one(root)

    return plant


def row(table: str, **cells: str) -> Plant:
    """Add a row to a table; columns that its file lacks are added with it."""

    def plant(root: Path) -> None:
        path = root / TABLES[table].file
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            rows, names = list(reader), list(reader.fieldnames or ())
        names += [name for name in cells if name not in names]
        out = io.StringIO()
        writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows, cells])
        path.write_text(out.getvalue(), encoding="utf-8")

    return plant


def cell(table: str, number: int, column: str, value: str) -> Plant:
    """Set one cell of the row with this number, from 0; the column is added where its file lacks it."""

    def plant(root: Path) -> None:
        path = root / TABLES[table].file
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            rows, names = list(reader), list(reader.fieldnames or ())
        rows[number][column] = value
        names += [column] if column not in names else []
        out = io.StringIO()
        writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(out.getvalue(), encoding="utf-8")

    return plant


STATEMENT = {
    "id": "s-new", "path": "south-public", "topic": "bridge", "stance": "free", "when": "1989", "source": "ferry-1999",
    "locator": "p. 9", "note": "A new row.",
}  # fmt: skip
MOVE = {
    "id": "m-new", "when": "1989-02-01", "actor": "premier-berg", "target": "north", "kind": "offers",
    "source": "ferry-1999", "locator": "p. 8",
}  # fmt: skip
POLL = {
    "id": "p-new", "survey": "other", "question": "trust-north", "population": "adults of Southland",
    "fielded": "1989-03", "answer": "yes", "share": "40", "source": "ferry-1999",
}  # fmt: skip
LINK = {"from": "s-public-trust", "kind": "part-of", "to": "s-north-toll", "by": "coder"}
ACCESS = {"record": "draft-1990", "audience": "north-ministry", "how": "shown", "by": "premier-berg"}
CLAUSE = {
    "id": "draft-1990", "clause": "2", "title": "The draft of Midriver", "kind": "draft", "when": "1990-11",
    "author": "north-ministry;premier-berg", "issue": "bridge", "stance": "toll", "source": "ferry-1999",
}  # fmt: skip
TEXT = {
    "id": "t-new", "series": "new-year-addresses", "when": "1991-01-01", "author": "premier-berg", "title": "Address",
    "source": "ferry-1999",
}  # fmt: skip


def statement(**cells: str) -> Plant:
    """A sound new statement, but for these cells."""
    return row("statements", **{**STATEMENT, **cells})


def move(**cells: str) -> Plant:
    """A sound new move, but for these cells."""
    return row("moves", **{**MOVE, **cells})


def poll(**cells: str) -> Plant:
    """A sound new figure, but for these cells."""
    return row("polls", **{**POLL, **cells})


def link(**cells: str) -> Plant:
    """A sound new link, but for these cells."""
    return row("links", **{**LINK, **cells})


def access(**cells: str) -> Plant:
    """A sound new row of access.csv, but for these cells."""
    return row("access", **{**ACCESS, **cells})


def clause(**cells: str) -> Plant:
    """A sound new clause, but for these cells."""
    return row("packages", **{**CLAUSE, **cells})


def text(**cells: str) -> Plant:
    """A sound new text, but for these cells."""
    return row("texts", **{**TEXT, **cells})

"""Small studies for tests, written to a folder as a user would write them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from rashomon.study import TABLES

DECLARED = """\
[study]
id = "two"
title = "Two sides"
span = "1980/2000"

[[side]]
id = "north"
name = "North"

[[side]]
id = "south"
name = "South"

[[layer]]
id = "leadership"
name = "Leadership"

[[layer]]
id = "ministry"
name = "Ministry"

[[layer]]
id = "public"
name = "Public"

[[actor]]
id = "north-leader"
name = "Leader of the North"
side = "north"
kind = "person"
roles = [{ office = "president", layer = "leadership", member_of = "north-government", span = "1985/1990" }]

[[actor]]
id = "north-government"
name = "Government of the North"
side = "north"
kind = "organisation"

[[actor]]
id = "north-public"
name = "People of the North"
side = "north"
kind = "population"
layer = "public"

[[actor]]
id = "south-ministry"
name = "Ministry of the South"
side = "south"
kind = "organisation"
layer = "ministry"

[[actor]]
id = "south-public"
name = "People of the South"
side = "south"
kind = "population"
layer = "public"

[[issue]]
id = "border"
name = "The border"
ordered = true
positions = [
  { id = "keep", name = "Keep it", at = 0.0 },
  { id = "share", name = "Share it", at = 0.5 },
  { id = "move", name = "Move it", at = 1.0 },
]

[[issue]]
id = "north-aim"
name = "What the North is after"
about = "north"
positions = [
  { id = "peace", name = "Peace" },
  { id = "gain", name = "Gain" },
  { id = "trade", name = "Trade", compatible = ["peace", "gain"] },
]

[[quality]]
id = "peaceful"
name = "Peaceful"
dimension = "intent"

[[source]]
id = "book"
title = "A book"
authors = ["A. Author"]
published = "1999"
kind = "book"

[[source]]
id = "memoir"
title = "A memoir"
authors = ["B. Actor"]
published = "1995"
kind = "book"

[[poll_question]]
id = "peaceful"
wording = "Is the other country peaceful?"
answers = ["yes", "no"]
"""


def write_study(root: Path, declared: str = DECLARED, **tables: Iterable[Mapping[str, object]]) -> Path:
    """Write a study; rows of a table need only the columns that matter, the required ones are filled in."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "study.toml").write_text(declared, encoding="utf-8")
    for name, rows in tables.items():
        write_table(root, name, rows)
    return root


def write_table(root: Path, name: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Write one table with all of its columns."""
    spec = TABLES[name]
    filler = {"source": "book", "when": "1986", "locator": "p. 1"}
    with (root / spec.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in spec.fields], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            known = {key: value for key, value in filler.items() if key in writer.fieldnames}
            writer.writerow({**known, **row})


def read_cells(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file that the program wrote, by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

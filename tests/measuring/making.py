"""Small studies made for the tests of the timing, persistence and hypothesis measures."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from rashomon.study import TABLES, StudyData, open_study

BASE = """
[study]
id = "small"
title = "A small study"
span = "1950/2020"

[[side]]
id = "a"
name = "A"
[[side]]
id = "b"
name = "B"

[[layer]]
id = "leadership"
name = "Leadership"
[[layer]]
id = "public"
name = "Public"

[[actor]]
id = "a-leader"
name = "Leader of A"
side = "a"
kind = "office"
layer = "leadership"
[[actor]]
id = "a-public"
name = "Public of A"
side = "a"
kind = "population"
layer = "public"
[[actor]]
id = "b-leader"
name = "Leader of B"
side = "b"
kind = "office"
layer = "leadership"
[[actor]]
id = "b-public"
name = "Public of B"
side = "b"
kind = "population"
layer = "public"
[[actor]]
id = "teller"
name = "A teller with a stake"
side = "a"
kind = "person"
layer = "leadership"

[[issue]]
id = "land"
name = "The land"
ordered = true
positions = [{ id = "keep", name = "Keep", at = 0.0 }, { id = "share", name = "Share", at = 0.5 },
             { id = "give", name = "Give", at = 1.0 }, { id = "wait", name = "Wait" }]

[[quality]]
id = "peaceful"
name = "Peaceful"
dimension = "intent"
[[quality]]
id = "strong"
name = "Strong"
dimension = "capability"

[[poll_question]]
id = "like"
wording = "Do you like the other side?"
answers = ["yes", "no"]
[[poll_question]]
id = "trust"
wording = "Do you trust the other side?"
answers = ["yes", "no"]
"""


def sources(*names: str, narrator: Mapping[str, str] | None = None) -> str:
    """Declarations of sources, all published in 2021."""
    told = narrator or {}
    return "".join(
        f'[[source]]\nid = "{name}"\ntitle = "{name}"\npublished = "2021"\nkind = "book"\n'
        + (f'narrator = "{told[name]}"\n' if name in told else "")
        for name in names
    )


def write(folder: Path, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Write one table; columns that no row has are left out unless they are required."""
    listed = list(rows)
    spec = TABLES[table]
    columns = [one for one in spec.columns if one in spec.required or any(one in row for row in listed)]
    with (folder / spec.file).open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        writer.writerows(listed)


def make(folder: Path, declared: str, **tables: Iterable[Mapping[str, object]]) -> StudyData:
    """A study of :data:`BASE` and ``declared`` with these tables, written to ``folder`` and opened."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.toml").write_text(BASE + declared, encoding="utf-8")
    for name, rows in tables.items():
        write(folder, name, rows)
    return open_study(folder)


def poll(number: int, year: int, share: float, **cells: object) -> dict[str, object]:
    row = {
        "id": f"q{number}", "survey": f"w{year}", "question": "like", "population": "a-public", "answer": "yes",
        "fielded": f"{year}-06", "share": share, "source": "one", "pollster": "gallup", "mode": "face-to-face",
        "path": "a-public", "topic": "b:peaceful",
    }  # fmt: skip
    return {**row, **cells}


def spoken(number: int, year: int, stance: str, source: str, **cells: object) -> dict[str, object]:
    row = {
        "id": f"s{number}", "path": "a-leader", "topic": "b:peaceful", "stance": stance, "when": f"{year}-03",
        "source": source,
    }  # fmt: skip
    return {**row, **cells}

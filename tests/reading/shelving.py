"""Studies with documents for tests, read by the stand-in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from rashomon.reading import Manner, Passage, Reading, Shelf, read, working
from rashomon.study import open_study
from rashomon.study.store import open_store
from studies import DECLARED, write_study

READER = "standin_reader:read"


def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have documents be read by the stand-in."""
    monkeypatch.setattr(working, "READER", READER)


def study_with(root: Path, files: Mapping[str, str | bytes], declared: str = DECLARED, **tables: object) -> Path:
    """Write a study with these files in its folder."""
    write_study(root, declared, **tables)  # type: ignore[arg-type]
    for name, content in files.items():
        put(root, name, content)
    return root


def put(root: Path, name: str, content: str | bytes) -> None:
    """Write one file of a study."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def reading(root: Path, *paths: str | Path, **manner: object) -> Reading:
    """Read a study."""
    return read(open_study(root), paths, Manner(**manner))  # type: ignore[arg-type]


def shelved(root: Path, source: str = "") -> list[Passage]:
    """What is on a study's shelf."""
    store = open_store(root)
    assert store is not None
    with store:
        return list(Shelf(store).passages(source))

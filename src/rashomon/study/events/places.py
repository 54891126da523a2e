"""Where files of events lie, and whether they have changed."""

from __future__ import annotations

import glob
import hashlib
import os
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rashomon.errors import Where, error

PARQUET = (".parquet", ".pq")


def find_files(root: Path, patterns: Sequence[str], owner: str) -> tuple[Path, ...]:
    """The files of a set, in order and each once: R542 for a pattern that finds none.

    A folder stands for all files of Parquet in it, however deep, or for all that it holds where there are none.
    """
    found: dict[Path, None] = {}
    for pattern in patterns:
        here = _matches(root, pattern)
        if not here:
            raise error(
                "R542", f"No file of the events {owner!r} is where study.toml says.", found=repr(pattern),
                allowed=f"a file, a folder or a pattern, from {root} on or absolute", where=Where("study.toml", field="files"),
                remedy="Put the files there, mend the path, or take the [[events]] out.",
            )  # fmt: skip
        found |= dict.fromkeys(here)
    return tuple(found)


def _matches(root: Path, pattern: str) -> list[Path]:
    whole = os.path.join(root, pattern)  # which is the pattern itself where that is absolute
    found: list[Path] = []
    for name in sorted(glob.glob(whole, recursive=True)):
        path = Path(name)
        if path.is_dir():
            inner = sorted(one for one in path.rglob("*") if one.is_file() and not hidden(one))
            tables = [one for one in inner if one.suffix.lower() in PARQUET]
            found += tables or inner
        else:
            found.append(path)
    return found


def hidden(path: Path) -> bool:
    """Whether a file is one that programs leave for themselves."""
    return path.name.startswith((".", "_"))


def state_of(paths: Iterable[Path]) -> str:
    """A digest of the names, sizes and times of files: hundreds of gigabytes are not read to see whether they changed."""
    whole = hashlib.sha256()
    for path in paths:
        held = path.stat()
        whole.update(f"{path.resolve()}\0{held.st_size}\0{held.st_mtime_ns}\n".encode())
    return whole.hexdigest()


def declared_state(root: Path) -> str:
    """:func:`state_of` all files of events that a study.toml names, as far as they are there; "" where it names none."""
    try:
        text = (root / "study.toml").read_text(encoding="utf-8")
        tables: Any = tomllib.loads(text).get("events", []) if "[[events]]" in text else []
        patterns = [
            one for table in tables for one in ([table["files"]] if isinstance(table["files"], str) else table["files"])
        ]
        return state_of(path for one in patterns for path in _matches(root, one)) if patterns else ""
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""  # what is wrong is said when the study is opened

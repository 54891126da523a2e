"""Declaring sources, and other things, by program: tables go to the end of study.toml, and nothing else in it changes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from rashomon.errors import Where, error
from rashomon.study.declaring import FILE
from rashomon.study.files import write_atomically
from rashomon.study.toml_writing import toml_comment, toml_table


def source_table(keys: Mapping[str, object], remarks: Mapping[str, str] | None = None, above: str = "") -> list[str]:
    """The lines of a table [[source]], blank keys left out; ``above``: a comment before it; ``remarks``: comments by key."""
    return [*([toml_comment(above)] if above else []), *toml_table("[[source]]", keys, remarks)]


def add_tables(root: Path, tables: Sequence[Sequence[str]]) -> None:
    """Add tables, each by its lines, to the end of the study's study.toml, with a blank line before each.

    The file is written whole or not at all; its line ends are kept. R006 where it cannot be read or written; R111 where tables
    cannot be added to it, as where its sources stand in an array.
    """
    if not tables:
        return
    path = root / FILE
    before = _bytes(path)
    end = "\r\n" if b"\r\n" in before else "\n"
    gap = b"" if before.endswith(b"\n") else end.encode()
    after = before + gap + "".join(f"{line}{end}" for table in tables for line in ("", *table)).encode()
    try:
        tomllib.loads(after.decode("utf-8-sig").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise error(
            "R111",
            "No table can be added to the end of study.toml.",
            found=str(problem),
            allowed="sources in tables of their own, each under [[source]]",
            remedy="Write the sources so, or declare the new ones yourself.",
            where=Where(FILE),
        ) from problem
    write_atomically(path, after)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise error(
            "R006", "The file cannot be read.", found=problem.strerror or str(problem), allowed="a study.toml that can be read",
            remedy="Give the folder of a study.", where=Where(str(path)),
        ) from problem  # fmt: skip

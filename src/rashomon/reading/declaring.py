"""Declaring the sources of files that nobody has declared: tables go to the end of study.toml, and nothing in it changes."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from rashomon.errors import RashomonError, Where, error
from rashomon.study import parse_when
from rashomon.study.files import write_atomically

_PLAIN: Final = ("container", "publisher", "url")


def declare(root: Path, sources: Mapping[str, tuple[Sequence[str], Mapping[str, Any]]]) -> None:
    """Add a table [[source]] to study.toml for each source: its id → its files, and what they say of themselves.

    The file is written whole or not at all. R111 where tables cannot be added to it, as where its sources stand in an array.
    """
    if not sources:
        return
    path = root / "study.toml"
    before = path.read_bytes()
    end = "\r\n" if b"\r\n" in before else "\n"
    lines = [line for name, (files, said) in sources.items() for line in ("", *_table(name, files, said))]
    gap = b"" if before.endswith(b"\n") else end.encode()
    after = before + gap + "".join(f"{line}{end}" for line in lines).encode()
    try:
        tomllib.loads(after.decode("utf-8-sig").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as problem:
        raise error(
            "R111",
            "No table can be added to the end of study.toml.",
            found=str(problem),
            allowed="sources in tables of their own, each under [[source]]",
            remedy="Write the sources so, or declare the files yourself.",
            where=Where("study.toml"),
        ) from problem
    write_atomically(path, after)


def _table(name: str, files: Sequence[str], said: Mapping[str, Any]) -> list[str]:
    published = _published(said.get("published", ""))
    today = f'"[..{date.today().isoformat()}]"  # the file does not say; write when it was published'
    return [
        "# Added by `rashomon read --declare`, from what the file says of itself: correct it.",
        "[[source]]",
        f"id = {_quoted(name)}",
        f"title = {_quoted(said.get('title') or Path(files[0]).stem)}",
        *([f"authors = [{', '.join(map(_quoted, said['authors']))}]"] if said.get("authors") else []),
        f"published = {_quoted(published) if published else today}",
        'kind = "document"  # such as book, chapter, article-newspaper, speech',
        *(f"{key} = {_quoted(said[key])}" for key in _PLAIN if said.get(key)),
        f"file = {_quoted(files[0]) if len(files) == 1 else '[' + ', '.join(map(_quoted, files)) + ']'}",
    ]


def _published(text: str) -> str:
    try:
        return parse_when(text).text if text else ""
    except RashomonError:
        return ""


def _quoted(text: str) -> str:
    """A basic string of TOML, which has JSON's escapes but wants DEL escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")

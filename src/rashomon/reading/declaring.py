"""Declaring the sources of files that nobody has declared: tables go to the end of study.toml, and nothing in it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from rashomon.errors import RashomonError
from rashomon.study import parse_when
from rashomon.study.declaring_sources import add_tables, source_table

_ABOVE: Final = "Added by `rashomon read --declare`, from what the file says of itself: correct it."
_KIND: Final = "such as book, chapter, article-newspaper, speech"
_NO_DATE: Final = "the file does not say; write when it was published"


def declare(root: Path, sources: Mapping[str, tuple[Sequence[str], Mapping[str, Any]]]) -> None:
    """Add a table [[source]] to study.toml for each source: its id → its files, and what they say of themselves.

    The file is written whole or not at all. R111 where tables cannot be added to it, as where its sources stand in an array.
    """
    add_tables(root, [_table(name, files, said) for name, (files, said) in sources.items()])


def _table(name: str, files: Sequence[str], said: Mapping[str, Any]) -> list[str]:
    published = _published(said.get("published", ""))
    keys = {
        "id": name,
        "title": said.get("title") or Path(files[0]).stem,
        "authors": said.get("authors", ()),
        "published": published or f"[..{date.today().isoformat()}]",
        "kind": "document",
        **{key: said.get(key, "") for key in ("container", "publisher", "url")},
        "file": files[0] if len(files) == 1 else list(files),
    }
    return source_table(keys, {"kind": _KIND} | ({} if published else {"published": _NO_DATE}), _ABOVE)


def _published(text: str) -> str:
    try:
        return parse_when(text).text if text else ""
    except RashomonError:
        return ""

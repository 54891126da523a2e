"""Lists of sources from other programs: CSL-JSON, BibTeX and Zotero RDF, as tables for study.toml."""

from __future__ import annotations

import re
import tomllib
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from rashomon.errors import RashomonError, Where, error
from rashomon.exchanging.bibtex import entries_of_bibtex
from rashomon.exchanging.csl import entries_of_csl
from rashomon.exchanging.entries import Entry
from rashomon.exchanging.losing import Loss, Moved, shown
from rashomon.exchanging.refusing import bytes_of, unfit
from rashomon.exchanging.zotero import entries_of_zotero
from rashomon.study import parse_when
from rashomon.study.declaring import FILE
from rashomon.study.declaring_sources import add_tables, source_table
from rashomon.study.made_ids import made_id, new_id

Keys = Mapping[str, str | tuple[str, ...]]

LISTS: Final[Mapping[str, Callable[[str, str], tuple[list[Entry], list[Loss]]]]] = MappingProxyType(
    {"csl": entries_of_csl, "bibtex": entries_of_bibtex, "zotero": entries_of_zotero}
)
"""Format → its reader: the text of a file and its name → entries, and what of it has no place."""
SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {".json": "csl", ".csl": "csl", ".bib": "bibtex", ".bibtex": "bibtex", ".rdf": "zotero", ".xml": "zotero"}
)
_UNTITLED: Final = "[without a title]"
_LARGEST: Final = 1 << 27  # bytes of a list


@dataclass(frozen=True)
class SourceList:
    """Sources as tables [[source]]: key → value, each valid as it stands. ``remarks``: id → key → what to look at."""

    tables: tuple[Keys, ...]
    losses: tuple[Loss, ...]
    remarks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def sources_from(path: Path, form: str = "", known: Mapping[str, str] | None = None) -> SourceList:
    """The sources of a list, as tables for study.toml.

    ``form``: csl, bibtex or zotero; by the ending of the file's name where it is not given. ``known``: id → title of sources
    that there are; those are not given again. An id is made of the entry's key. What has no place in a table, what is left out
    because it is there already, and what had to be filled in is told in ``losses``. R911 where the file is no such list, R006
    where it cannot be read.
    """
    entries, losses = _entries(path, form or SUFFIXES.get(path.suffix.lower(), ""))
    return _Tables(dict(known or {}), losses).made(entries)


def import_sources(path: Path, root: Path, form: str = "") -> Moved:
    """Add the sources of a list to the end of a study's study.toml, with :func:`sources_from`; the rest of the file stays."""
    found = sources_from(path, form, known(root, "source"))
    above = f"From {path.name}."
    add_tables(root, [source_table(keys, found.remarks.get(str(keys["id"])), above) for keys in found.tables])
    return Moved(form or SUFFIXES[path.suffix.lower()], str(root / FILE), {"sources": len(found.tables)}, found.losses)


def known(root: Path, section: str) -> dict[str, str]:
    """Id → title of what a section of study.toml declares; no other part of it need be in order. R001, R111."""
    try:
        declared = tomllib.loads((root / FILE).read_bytes().decode("utf-8-sig"))
    except OSError as problem:
        raise error("R001", "There is no study at the path given.", found=str(root), allowed="a folder with a study.toml",
                    remedy=f"Make a study with: rashomon init {root}", where=Where(str(root))) from problem  # fmt: skip
    except ValueError as problem:
        raise error("R111", "study.toml is not valid TOML.", found=str(problem), allowed="valid TOML in UTF-8",
                    remedy="Run rashomon check, and mend what it names.", where=Where(FILE)) from problem  # fmt: skip
    given = declared.get(section, [])
    tables = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return {str(one.get("id")): str(one.get("title", "")) for one in tables}


def _entries(path: Path, form: str) -> tuple[list[Entry], list[Loss]]:
    if form not in LISTS:
        raise unfit(
            path, "CSL-JSON (.json), BibTeX (.bib) or Zotero RDF (.rdf)", "a name without such an ending", code="R911"
        )
    try:
        text = bytes_of(path, _LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise unfit(path, "a list in UTF-8", str(problem), code="R911") from problem
    return LISTS[form](text, str(path))


class _Tables:
    """Entries on their way to tables with ids of their own."""

    def __init__(self, known: dict[str, str], losses: list[Loss]) -> None:
        self.known, self.losses = known, losses
        self.given: dict[str, str] = {}
        self.remarks: dict[str, dict[str, str]] = {}

    def made(self, entries: Iterable[Entry]) -> SourceList:
        tables = [table for table in map(self.table, entries) if table is not None]
        return SourceList(tuple(tables), tuple(sorted(self.losses, key=_place)), self.remarks)

    def table(self, entry: Entry) -> Keys | None:
        title = " ".join(entry.keys.get("title", "").split())
        name = self.name(entry, title)
        if name is None:
            return None
        if not title:
            self.lose(entry, "title", "it has none, and stands as " + _UNTITLED)
        published, remark = self.published(entry)
        if remark:
            self.remarks[name] = {"published": remark}
        self.given[name] = title
        rest = {key: value for key, value in entry.keys.items() if key not in ("title", "published", "kind") and value}
        return {
            "id": name, "title": title or _UNTITLED, "authors": entry.authors, "published": published,
            "kind": entry.keys.get("kind") or "document", **rest,
        }  # fmt: skip

    def name(self, entry: Entry, title: str) -> str | None:
        """The entry's id; None where the source is there already."""
        wanted = entry.key or " ".join((entry.family, entry.year, *([] if entry.year else [title])))
        made = made_id(wanted)
        for there, where in ((self.known, "in the study"), (self.given, "in the list")):
            if made in there and _alike(there[made], title):
                self.lose(entry, f"{made}, {shown(title)}", f"a duplicate: it is {where} already, and was left out")
                return None
            twin = next((one for one, other in there.items() if title and other == title), "")
            if twin:
                self.lose(
                    entry, shown(title), f"{twin} has the same title {where}; if they are one, remove the new one"
                )
        name = new_id(wanted, ChainMap(self.known, self.given))
        if entry.key and name != entry.key:
            self.lose(entry, entry.key, f"its id is {name}: ids are lower-case letters, digits and hyphens, each once")
        return name

    def published(self, entry: Entry) -> tuple[str, str]:
        """The time and, where the list does not say it, a remark."""
        text = entry.keys.get("published", "")
        try:
            if text:
                return parse_when(text).text, ""
        except RashomonError:
            self.lose(entry, f"date {text}", "it cannot be read as a time")
        found = _year_in(text)
        if found:
            return f"{found}?", f"the list says {shown(text)!r}"
        self.lose(entry, "date", "it has none; look at `published` in study.toml")
        return f"[..{date.today().isoformat()}]", "the list does not say; write when it was published"

    def lose(self, entry: Entry, what: str, why: str) -> None:
        self.losses.append(Loss(entry.place, what, why))


def _place(loss: Loss) -> int:
    found = re.search("[0-9]+", loss.place)
    return int(found[0]) if found else 0


def _alike(one: str, other: str) -> bool:
    return made_id(one) == made_id(other)


def _year_in(text: str) -> str:
    found = re.search(r"(?<![0-9])(?!0000)[0-9]{4}(?![0-9])", text)
    return found[0] if found else ""

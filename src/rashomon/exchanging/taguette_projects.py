"""A project of Taguette, as it exports one: a database of SQLite with the documents, tags and highlights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from rashomon.exchanging.corpora import Code, CodedText, Corpus, Mark
from rashomon.exchanging.losing import Loss, shown
from rashomon.exchanging.refusing import unfit
from rashomon.exchanging.sqlite_files import SafeBase, opened
from rashomon.exchanging.sqlite_files import text_of_cell as _text
from rashomon.exchanging.taguette_html import ShownText

_TAKEN_FOR: Final = "a project exported from Taguette"
_COLUMNS: Final = {
    "PROJECTS": ("id", "name", "description"),
    "DOCUMENTS": ("id", "name", "description", "created", "contents"),
    "TAGS": ("id", "path", "description"),
    "HIGHLIGHTS": ("id", "document_id", "start_offset", "end_offset", "snippet"),
    "HIGHLIGHT_TAGS": ("highlight_id", "tag_id"),
}
_BESIDE: Final = {"steps of its history": "COMMANDS", "members": "PROJECT_MEMBERS"}


def read_taguette(path: Path) -> tuple[Corpus, list[Loss]]:
    """The texts, tags and highlights of a project, and what else is in it.

    Raises R006 where it cannot be opened, R932 where it is no such project, R934 where it is larger than is allowed.
    """
    with opened(path, _TAKEN_FOR, {*_COLUMNS, *_BESIDE.values()}) as base:
        return _Reader(path, base).read()


def codes_of(tags: Sequence[tuple[str, str, str]]) -> tuple[Code, ...]:
    """Codes for tags (key, path, description). In Taguette ``above.below`` is below ``above``, where there is that tag."""
    keys = {path: key for key, path, _ in tags}

    def code(key: str, path: str, said: str) -> Code:
        dots = [place for place, char in enumerate(path) if char == "."]
        above = next((path[:place] for place in reversed(dots) if path[:place] in keys), "")
        return Code(key, path[len(above) + 1 :] if above else path, keys.get(above, ""), said)

    return tuple(code(*tag) for tag in tags)


class _Reader:
    def __init__(self, path: Path, base: SafeBase) -> None:
        self.path, self.base = path, base
        self.losses: list[Loss] = []

    def rows(self, table: str) -> list[Sequence[object]]:
        return self.base.rows(table, _COLUMNS[table])

    def read(self) -> tuple[Corpus, list[Loss]]:
        projects = self.rows("PROJECTS")
        if len(projects) != 1:
            raise unfit(self.path, _TAKEN_FOR, f"{len(projects)} projects")
        _, name, about = map(_text, projects[0])
        if about:
            self.lose("project", f"description {shown(about)}", "a study has no place for it")
        for told, table in _BESIDE.items():
            if number := self.base.count(table):
                self.lose("project", f"{number} {told}", "a study has no place for them")
        tags = [(_text(key), _text(path), _text(said)) for key, path, said in self.rows("TAGS")]
        texts: list[CodedText] = []
        documents: dict[object, tuple[int, ShownText]] = {}
        for key, title, said, created, contents in self.rows("DOCUMENTS"):
            documents[key] = len(texts), ShownText(_text(contents))
            day = re.match(r"(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}(?=[T ]|\Z)", _text(created))
            whole = documents[key][1].text
            texts.append(CodedText(_text(key), _text(title), whole, _text(said), day[0] if day else ""))
        marks = tuple(self.marks(documents, {key for key, _, _ in tags}))
        return Corpus(name, codes_of(tags), tuple(texts), marks), self.losses

    def lose(self, place: str, what: str, why: str) -> None:
        self.losses.append(Loss(place, what, why))

    def marks(self, documents: dict[object, tuple[int, ShownText]], tags: set[str]) -> Iterator[Mark]:
        coding: dict[object, dict[str, str]] = {}
        for highlight, tag in self.rows("HIGHLIGHT_TAGS"):
            if _text(tag) not in tags:
                raise unfit(
                    self.path, _TAKEN_FOR, f"a tag {_text(tag)} of highlight {_text(highlight)} that is not there"
                )
            coding.setdefault(highlight, {})[_text(tag)] = ""
        for key, document, start, end, snippet in self.rows("HIGHLIGHTS"):
            place = f"highlight {_text(key)}"
            if document not in documents:
                raise unfit(self.path, _TAKEN_FOR, f"{place} of a document that is not there")
            number, whole = documents[document]
            first, last = whole.place(self.base.number(start), self.base.number(end))
            kept = ShownText(_text(snippet)).text
            if not last:
                self.lose(place, f"words {shown(kept)!r}", "no words stand in its place; it was left out")
                continue
            if "".join(whole.text[first:last].split()) != "".join(kept.split()):
                self.lose(
                    place, f"words {shown(kept)!r}", f"its place has {shown(whole.text[first:last])!r}, which was taken"
                )
            yield Mark(_text(key), number, first, last, coding.get(key, {}), place=place)

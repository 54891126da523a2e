"""From Taguette: a project that it exported, or its highlights alone (``highlights.csv``), a row for each tag of a highlight."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from rashomon.exchanging.coded_in import draft_of, moved
from rashomon.exchanging.composing import COMPOSED, Composer
from rashomon.exchanging.corpora import CodedText, Corpus, Mark
from rashomon.exchanging.drafts import Draft
from rashomon.exchanging.losing import Moved
from rashomon.exchanging.refusing import bytes_of, unfit
from rashomon.exchanging.sqlite_files import MAGIC
from rashomon.exchanging.taguette_projects import codes_of, read_taguette

_COLUMNS: Final = ("id", "document", "tag", "content")
_TAKEN_FOR: Final = f"Taguette's highlights, in CSV with the columns {', '.join(_COLUMNS)}"
_LARGEST: Final = 1 << 28


def import_taguette(file: Path, root: Path) -> Moved:
    """Make a study of a project or of highlights alone, in the new folder ``root``; with these come no texts of documents.

    R006 where it cannot be read, R932 where it is no such export, R934 where it is too large, R005 where the folder holds files.
    """
    draft = _of_project(file) if _is_database(file) else _of_highlights(file)
    draft.write(root)
    return moved("taguette", root, draft)


def _is_database(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def _of_project(file: Path) -> Draft:
    corpus, losses = read_taguette(file)
    draft = draft_of(corpus, corpus.name or file.stem)
    draft.losses[:0] = losses
    return draft


def _of_highlights(file: Path) -> Draft:
    draft = draft_of(corpus_of(file), file.stem)
    draft.lose(
        "all texts", "their words outside of highlights", "they are not in the file; put the documents into sources/"
    )
    return draft


def corpus_of(file: Path) -> Corpus:
    """The highlights as coded texts, each text made of its highlights."""
    composer = Composer()
    texts: dict[str, int] = {}  # document → its number
    tags: dict[str, None] = {}
    coding: dict[tuple[int, str], dict[str, str]] = {}
    marks = []
    for line, (number, document, tag, content) in enumerate(_rows(file), 2):
        text = texts.setdefault(document, len(texts))
        if (text, number) not in coding:
            coding[text, number] = {}
            start, end = composer.quote(document, content)
            marks.append(Mark(number, text, start, end, coding[text, number], place=f"line {line}"))
        if tag:
            tags[tag] = None
            coding[text, number][tag] = ""
    composed = tuple(CodedText(name, name, composer.text(name), COMPOSED) for name in texts)
    return Corpus("", codes_of([(tag, tag, "") for tag in tags]), composed, tuple(marks))


def _rows(file: Path) -> list[list[str]]:
    try:
        text = bytes_of(file, _LARGEST).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except (csv.Error, UnicodeDecodeError) as problem:
        raise unfit(file, _TAKEN_FOR, str(problem)) from problem
    if not rows or not set(_COLUMNS) <= set(rows[0]):
        raise unfit(file, _TAKEN_FOR, "no rows" if not rows else f"columns {', '.join(map(str, rows[0]))}")
    return [[row[name] or "" for name in _COLUMNS] for row in rows]

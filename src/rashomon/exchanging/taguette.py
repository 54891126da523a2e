"""Taguette's export of highlights (``highlights.csv``): document, tag and words, a row for each tag of a highlight."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from rashomon.exchanging.coded_in import draft_of, moved
from rashomon.exchanging.composing import COMPOSED, Composer
from rashomon.exchanging.corpora import Code, CodedText, Corpus, Mark
from rashomon.exchanging.losing import Moved
from rashomon.exchanging.refusing import bytes_of, unfit

_COLUMNS: Final = ("id", "document", "tag", "content")
_TAKEN_FOR: Final = f"Taguette's highlights, in CSV with the columns {', '.join(_COLUMNS)}"
_LARGEST: Final = 1 << 28


def import_taguette(file: Path, root: Path) -> Moved:
    """Make a study of exported highlights, in the new folder ``root``. Their documents' texts are not in the file.

    R006 where it cannot be read, R932 where it is no such export, R005 where the folder holds files.
    """
    draft = draft_of(corpus_of(file), file.stem)
    draft.lose(
        "all texts", "their words outside of highlights", "they are not in the file; put the documents into sources/"
    )
    draft.write(root)
    return moved("taguette", root, draft)


def corpus_of(file: Path) -> Corpus:
    """The highlights as coded texts, each text made of its highlights."""
    composer = Composer()
    texts: dict[str, int] = {}  # document → its number
    codes: dict[str, Code] = {}
    coding: dict[tuple[int, str], dict[str, str]] = {}
    marks = []
    for line, (number, document, tag, content) in enumerate(_rows(file), 2):
        text = texts.setdefault(document, len(texts))
        if (text, number) not in coding:
            coding[text, number] = {}
            start, end = composer.quote(document, content)
            marks.append(Mark(number, text, start, end, coding[text, number], place=f"line {line}"))
        if tag:
            codes.setdefault(tag, Code(tag, tag))
            coding[text, number][tag] = ""
    composed = tuple(CodedText(name, name, composer.text(name), COMPOSED) for name in texts)
    return Corpus("", tuple(codes.values()), composed, tuple(marks))


def _rows(file: Path) -> list[list[str]]:
    try:
        text = bytes_of(file, _LARGEST).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except (csv.Error, UnicodeDecodeError) as problem:
        raise unfit(file, _TAKEN_FOR, str(problem)) from problem
    if not rows or not set(_COLUMNS) <= set(rows[0]):
        raise unfit(file, _TAKEN_FOR, "no rows" if not rows else f"columns {', '.join(map(str, rows[0]))}")
    return [[row[name] or "" for name in _COLUMNS] for row in rows]

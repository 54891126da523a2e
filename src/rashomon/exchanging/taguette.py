"""Taguette's export of highlights (``highlights.csv``): document, tag and words, a row for each tag of a highlight."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from rashomon.exchanging.coded_in import draft_of, moved
from rashomon.exchanging.composing import COMPOSED
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
    names: dict[str, list[str]] = {}
    codes: dict[str, Code] = {}
    places: dict[tuple[str, str], tuple[int, int, dict[str, str], int]] = {}
    for line, (number, document, tag, content) in enumerate(_rows(file), 2):
        parts = names.setdefault(document, [])
        if (document, number) not in places:
            start = sum(map(len, parts)) + len(parts)
            parts.append(content)
            places[document, number] = (start, start + len(content), {}, line)
        if tag:
            codes.setdefault(tag, Code(tag, tag))
            places[document, number][2][tag] = ""
    order = list(names)
    texts = tuple(CodedText(name, name, "\n".join(parts), COMPOSED) for name, parts in names.items())
    marks = tuple(
        Mark(number, order.index(document), start, end, coding, place=f"line {line}")
        for (document, number), (start, end, coding, line) in places.items()
    )
    return Corpus("", tuple(codes.values()), texts, marks)


def _rows(file: Path) -> list[list[str]]:
    try:
        text = bytes_of(file, _LARGEST).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except (csv.Error, UnicodeDecodeError) as problem:
        raise unfit(file, _TAKEN_FOR, str(problem)) from problem
    if not rows or not set(_COLUMNS) <= set(rows[0]):
        raise unfit(file, _TAKEN_FOR, "no rows" if not rows else f"columns {', '.join(map(str, rows[0]))}")
    return [[row[name] or "" for name in _COLUMNS] for row in rows]

"""Writing the report in each of its forms."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rashomon.errors import error, suggest
from rashomon.reporting.bundle import bundle, prepare
from rashomon.study import StudyData
from rashomon.study.files import write_atomically

if TYPE_CHECKING:
    from rashomon.measuring import Measures
    from rashomon.playing import Plays
    from rashomon.reporting.document import Article

__all__ = ["prepare", "write_report"]

Note = Callable[[str], object]


def write_report(
    study: StudyData, measures: Measures, plays: Plays, out_dir: str | os.PathLike[str], kind: str = "html",
    note: Note = lambda _: None,
) -> Path:  # fmt: skip
    """Write the report on a study, its measures and its games into ``out_dir``: index.html, report.md or report.pdf. Returns its path.

    The file takes its place whole or not at all. ``note`` is told of what takes long. Raises R601 for another kind, and for pdf
    R602 where WeasyPrint is missing and R603 where no installed font shows a character.
    """
    if kind not in _KINDS:
        raise error(
            "R601", "There is no such format of report.", found=repr(kind), allowed=", ".join(_KINDS),
            remedy=suggest(kind, _KINDS, "choose one of these."),
        )  # fmt: skip
    name, make = _KINDS[kind]
    if kind == "html":
        prepare()  # in another process, while the article is written
    data = make(_article(study, measures, plays), note)
    path = Path(out_dir) / name
    write_atomically(path, data)
    return path


def _article(study: StudyData, measures: Measures, plays: Plays) -> Article:
    from rashomon.reporting.article import write_article
    from rashomon.reporting.telling import Telling

    return write_article(Telling(study, measures, plays))


def _html(article: Article, note: Note) -> bytes:
    from rashomon.reporting.article import anchors
    from rashomon.reporting.html import render

    return render(article, anchors(article), bundle()).encode()


def _markdown(article: Article, note: Note) -> bytes:
    from rashomon.reporting.article import anchors
    from rashomon.reporting.markdown import render

    return render(article, anchors(article)).encode()


def _pdf(article: Article, note: Note) -> bytes:
    from rashomon.reporting.article import anchors
    from rashomon.reporting.pdf import render

    return render(article, anchors(article), note)


_KINDS: Final[dict[str, tuple[str, Callable[[Article, Note], bytes]]]] = {
    "html": ("index.html", _html),
    "md": ("report.md", _markdown),
    "pdf": ("report.pdf", _pdf),
}

"""The cells of a study's tables as its files have them, what of them stays behind, and the texts of its sources."""

from __future__ import annotations

from collections.abc import Iterator

from rashomon.errors import RashomonError
from rashomon.exchanging.losing import Loss
from rashomon.reading import decode
from rashomon.study import TABLES, StudyData
from rashomon.study.bodies import PLAIN
from rashomon.study.scanning import inside
from rashomon.study.schema import Source
from rashomon.study.tables import read_table
from rashomon.texts import count


def rows_of(study: StudyData, table: str) -> Iterator[dict[str, str]]:
    """The rows of a table, column → cell, for the columns that its file has; in the order of the study's own.

    Of statements that were adjudicated the status is given as it counts: the adjudications themselves are no table.
    """
    raw = read_table(study.root, TABLES[table])
    aside = study.settled.aside if table == "statements" else frozenset()
    for row in range(len(raw)):
        cells = {name: column[row] for name, column in raw.columns.items()}
        if aside:
            said = cells.get("status", "")
            cells["status"] = "superseded" if cells["id"] in aside and said != "rejected" else said
        yield cells


def rows_beside(study: StudyData, why: str) -> Iterator[Loss]:
    """What is lost where statements alone go over: the rows of each other table."""
    for name in TABLES:
        number = len(study.table(name))
        if number and name != "statements":
            yield Loss(f"{name}.csv", count(number, "row"), why)


def text_of(study: StudyData, source: Source) -> str:
    """The text of a source that has one file of plain text, in whatever encoding `read` finds it to be; "" where it has none."""
    named = len(source.file) == 1 and source.file[0].lower().endswith(PLAIN)
    return plain(study, source.file[0]) or _decoded(study, source.file[0]) if named else ""


def _decoded(study: StudyData, name: str) -> str:
    """The text of a file in another encoding than UTF-8; "" where it is none, or has bytes that are no letters."""
    try:
        text = decode(inside(study.root, name).read_bytes())
    except (OSError, RashomonError):
        return ""
    return "" if "\ufffd" in text or "\0" in text else text


def plain(study: StudyData, name: str) -> str:
    """The text of a file of the study without its byte-order mark; "" where there is none, or it is not in UTF-8."""
    try:
        return inside(study.root, name).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError, RashomonError):
        return ""

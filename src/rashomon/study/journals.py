"""Journals: files of a study to which rows are only ever added, and which say who did what to its statements, and when.

They are read as strictly as tables, and no other way: what has been torn, or saved in another encoding, is a fault with its line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from filelock import FileLock, Timeout

from rashomon.errors import RashomonError, Where, error
from rashomon.study.files import unwritable
from rashomon.study.gathering import Gathered
from rashomon.study.quoting import CELL_LIMIT
from rashomon.study.row_files import append_cells
from rashomon.study.tables import RawTable, read_table
from rashomon.study.vocabulary import TABLES, FieldSpec, TableSpec

Cells = dict[str, str]
_SECONDS: Final = 10.0
_LOCK: Final = "reviews.csv.lock"


def _journal(name: str, title: str, **columns: str) -> TableSpec:
    fields = tuple(FieldSpec(column, said, "text", required=True) for column, said in columns.items())
    return TableSpec(name, f"{name}.csv", title, fields, unique_id=False)


REVIEWS: Final = _journal(
    "reviews", "One decision a row about a proposal; written by `rashomon review`.",
    when="when it was decided", by="who decided", id="id of the proposal", coder="who had proposed it",
    decision="accepted, mended or rejected", before="the proposal, as JSON", after="the statement made of it, as JSON", why="why",
)  # fmt: skip
HISTORY: Final = _journal(
    "history", "One edit of statements.csv a row; written by `rashomon record`.",
    when="when it was recorded", by="who recorded it", id="id of the statement",
    edit="baseline, added, changed, removed or renamed; reviewed (entered by a decision); or recorded, the end of one recording",
    field="the column that was changed", before="what stood there; of a whole row as JSON",
    after="what stands there since", why="why",
)  # fmt: skip
ADJUDICATIONS: Final = _journal(
    "adjudications", "One decision a row between what two coders made of one passage; written by `rashomon adjudicate`.",
    when="when it was decided", by="who decided", coder_a="the one coder", coder_b="the other", a="id of the one's statement",
    b="id of the other's", decision="a, b, both, neither or mended", counts="ids of what counts since, joined by ;",
    before_a="the one's statement, as JSON", before_b="the other's, as JSON",
    after="statements made of the decision, as a list in JSON", why="why",
)  # fmt: skip
NOTHING: Final = _journal(
    "nothing", "One passage a row that was read and has no statement; written by `rashomon next --nothing`.",
    when="when it was said", by="who read it", passage="address of the passage",
)  # fmt: skip
JOURNALS: Final[Mapping[str, TableSpec]] = {spec.name: spec for spec in (REVIEWS, ADJUDICATIONS, HISTORY, NOTHING)}
"""Every journal by its name without ``.csv``."""


@dataclass(frozen=True)
class Journal:
    """The rows of a journal, the oldest first: the cells of each, and the line on which it begins."""

    spec: TableSpec
    cells: Sequence[tuple[str, ...]]
    lines: Sequence[int]

    def row(self, number: int) -> Cells:
        """A row, by column."""
        return dict(zip(self.spec.columns, self.cells[number], strict=True))

    def rows(self) -> Iterator[Cells]:
        """All rows; they are made one at a time, for a history may have a million."""
        return map(self.row, range(len(self.cells)))

    def broken(self, row: int, field: str, found: str, allowed: str) -> RashomonError:
        """R114: a row does not say what it can only have been written with."""
        file = self.spec.file
        remedy = (
            f"Bring {file} back from a copy, such as git's; or keep it under another name: a new one is then begun."
        )
        message = "The row is not as it was written, or rows before it are not."
        where = Where(file, self.lines[row], None, field)
        return error("R114", message, found=found, allowed=allowed, remedy=remedy, where=where)

    def json(self, row: int, field: str) -> Any:
        """A cell that holds JSON."""
        try:
            return json.loads(self.row(row)[field])
        except ValueError as problem:
            raise self.broken(row, field, str(problem), "JSON") from problem

    def statement(self, row: int, field: str) -> Cells:
        """A cell that holds the cells of a statement."""
        plain = self.json(row, field)
        if not _is_statement(plain):
            raise self.broken(row, field, self.row(row)[field], "the cells of a statement, as JSON")
        return plain  # type: ignore[no-any-return]

    def statements(self, row: int, field: str) -> list[Cells]:
        """A cell that holds a list of statements."""
        plain = self.json(row, field)
        if not isinstance(plain, list) or not all(map(_is_statement, plain)):
            raise self.broken(row, field, self.row(row)[field], "a list of the cells of statements, as JSON")
        return plain


def _is_statement(plain: object) -> bool:
    return isinstance(plain, dict) and all(isinstance(one, str) for one in plain.values())


def read_journal(root: Path, spec: TableSpec, gathered: Gathered | None = None) -> Journal:
    """A journal of the study at ``root``; one without rows where there is no such file. Faults are gathered, or raised."""
    raw = read_table(root, spec, gathered)
    return Journal(spec, list(each_row(raw)), raw.line.tolist())


def add_rows(root: Path, spec: TableSpec, rows: Sequence[Mapping[str, str]]) -> None:
    """Add rows to a journal, all or none. R112 where a cell is longer than could be read again; R006 as writing has it."""
    for row in rows:
        for column, cell in row.items():
            if len(cell) > CELL_LIMIT:
                raise error("R112", "The cell is too long to be written down.",
                            found=f"{len(cell):,} characters of {row.get('id')!r}", allowed=f"{CELL_LIMIT:,} characters",
                            remedy="Shorten the longest cell.", where=Where(spec.file, None, None, column))  # fmt: skip
    append_cells(root, spec, rows)


def read_statements(root: Path) -> Iterator[Cells]:
    """The statements of the study at ``root`` as their file has them now, one by one: their cells, without blank ones.

    Raises the faults of a file that cannot be read as a table, R306 and R401 where a row has no id of its own.
    """
    raw = read_table(root, TABLES["statements"])
    found: set[str] = set()
    for line, cells in zip(raw.line.tolist(), each_row(raw), strict=True):
        row = clean(dict(zip(raw.spec.columns, cells, strict=True)))
        name = row.get("id", "")
        if not name or name in found:
            raise error("R401" if name else "R306", "Without an id of its own it cannot be said which statement was changed.",
                        found=repr(name), allowed="an id that no other row has", remedy="Mend what `rashomon check` lists first.",
                        where=Where(raw.spec.file, line, None, "id"))  # fmt: skip
        found.add(name)
        yield row


def each_row(raw: RawTable) -> Iterator[tuple[str, ...]]:
    """The cells of a table row by row, "" where it has no such column."""
    every = np.arange(len(raw))
    columns = []
    for field in raw.spec.fields:
        if field.kind in ("text", "id"):
            columns.append(raw.text(field.name).many(every))
        else:
            column = raw.column(field.name)
            columns.append([column.values[code] for code in column.codes.tolist()])
    return zip(*columns, strict=True)


def clean(cells: Mapping[str, str]) -> Cells:
    """The cells of a statement that say something; blanks around a cell say nothing, nor does how its lines end."""
    return {name: bare for name, text in cells.items() if name in _COLUMNS and (bare := _bare(text))}


_COLUMNS: Final = dict.fromkeys(TABLES["statements"].columns)


def _bare(cell: str) -> str:
    return cell.strip() if "\r" not in cell else cell.replace("\r\n", "\n").replace("\r", "\n").strip()


def as_json(cells: Mapping[str, str]) -> str:
    """The cells of a row that say something as text: those of a statement in the order of the format, then any others."""
    return json.dumps({name: cells[name] for name in (*_COLUMNS, *cells) if cells.get(name)}, ensure_ascii=False)


def moment(now: datetime | None = None) -> str:
    """A time as journals have it: to the second, in UTC."""
    return (now or datetime.now(UTC)).isoformat(timespec="seconds")


@contextmanager
def alone(root: Path, by: str) -> Iterator[None]:
    """Let nobody else write decisions or history while ``by`` does; R701 where somebody does, R006 where nobody can.

    R003 where ``by`` is no name: it stands in every row that is written.
    """
    if not by.strip() or not by.isprintable():
        raise error("R003", "It must be said who does this.", found=repr(by), allowed="a name, on one line",
                    remedy='Give it: --by "A. Reader"')  # fmt: skip
    lock = FileLock(root / _LOCK, timeout=_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise error("R701", "Somebody else is writing reviews of this study.", found=str(root / _LOCK),
                    allowed="one at a moment", remedy="Try again in a moment.") from None  # fmt: skip
    except OSError as problem:
        raise unwritable(root / _LOCK, problem.strerror or str(problem)) from problem
    try:
        yield
    finally:
        lock.release()

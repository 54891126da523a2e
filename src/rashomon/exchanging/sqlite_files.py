"""Databases of SQLite from other programs, without trust in them: opened to be read alone, and nothing in them is run."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from rashomon.errors import RashomonError, unreadable
from rashomon.exchanging.refusing import too_large, unfit

MAGIC: Final = b"SQLite format 3\0"
"""What such a file begins with."""
_LARGEST: Final = 1 << 31  # bytes of a database
_CELL: Final = 1 << 28  # bytes of a cell
_STEPS: Final = 20_000_000  # thousands of steps of SQLite's machine for one query


@contextmanager
def opened(path: Path, taken_for: str, names: Collection[str]) -> Iterator[SafeBase]:
    """A database with the tables of these ``names``, in upper case.

    Raises R006 where it cannot be opened, R932 where it is none or breaks, R934 where it is larger than is allowed.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(len(MAGIC))
        size = path.stat().st_size
    except OSError as problem:
        raise RashomonError(unreadable(str(path), problem)) from problem
    if magic != MAGIC:
        raise unfit(path, taken_for, "a file that is no SQLite database")
    if size > _LARGEST:
        raise too_large(path, f"{size:,} bytes", f"{_LARGEST:,} bytes")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            yield SafeBase(path, base, taken_for, names)
    except (sqlite3.Error, OverflowError, UnicodeError) as problem:
        raise unfit(path, taken_for, f"{type(problem).__name__}: {problem}") from problem


class SafeBase:
    """An open database. ``tables``: upper-case name → name of those that are plain.

    No views, none that a module makes, none with computed columns.
    """

    def __init__(self, path: Path, base: sqlite3.Connection, taken_for: str, names: Collection[str]) -> None:
        self._path, self._base, self._taken_for = path, base, taken_for
        self.tables = self._plain(names)
        self._harden()

    def _plain(self, names: Collection[str]) -> dict[str, str]:
        found = {}
        for name, sql in self._base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' LIMIT 1000"):
            plain = (
                isinstance(name, str) and isinstance(sql, str) and not sql.upper().lstrip().startswith("CREATE VIRTUAL")
            )
            if plain and name.upper() in names:
                hidden = self._base.execute(
                    "SELECT count(*) FROM pragma_table_xinfo(?) WHERE hidden <> 0", (name,)
                ).fetchone()
                if not hidden[0]:
                    found[name.upper()] = name
        return found

    def _harden(self) -> None:
        """Let the connection read tables and nothing more; SQLite loads no extension unless asked to."""
        base = self._base
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON", "mmap_size = 0"):
            base.execute(f"PRAGMA {pragma}")
        base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _CELL)
        base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        base.text_factory = lambda raw: raw.decode("utf-8", "replace")
        steps = iter(range(_STEPS))
        base.set_progress_handler(lambda: next(steps, None) is None, 1000)
        allowed = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
        base.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY)

    def rows(self, table: str, columns: Sequence[str]) -> list[Sequence[Any]]:
        """The rows of a table, as they lie. R932 where the table is not there."""
        if table not in self.tables:
            raise unfit(self._path, self._taken_for, f"no table {table}")
        names = ", ".join(f'"{one}"' for one in columns)
        return self._base.execute(f'SELECT {names} FROM "{self.tables[table]}" ORDER BY rowid').fetchall()

    def count(self, table: str, which: str = "") -> int:
        """How many rows of a table there are; ``which``: a clause in SQL that chooses among them. 0 where it is not there."""
        if table not in self.tables:
            return 0
        return sum(1 for _ in self._base.execute(f'SELECT 1 FROM "{self.tables[table]}" {which}'))

    def number(self, value: object) -> int:
        """A cell that is a whole number. R932 where it is not."""
        if not isinstance(value, int):
            raise unfit(self._path, self._taken_for, f"{value!r} where a whole number should be")
        return value


def text_of_cell(value: object) -> str:
    """A cell as text."""
    return value if isinstance(value, str) else "" if value is None else str(value)

"""Values kept under keys in a SQLite file of a study's folder: what was waited for once need not be waited for again.

What is put in is on the disk when the call returns, whole or not at all. Several threads and programs may use one file, and
deleting it costs only time. A value whose bytes rotted on the disk is as good as none.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final, Generic, Self, TypeVar

from rashomon.errors import RashomonError, Where, error

V = TypeVar("V", bound=str | bytes)

_AT_ONCE: Final = 500  # keys asked for in one question


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file holds. ``called``: its name in faults; ``table``, with a column ``column`` of the SQL type ``sql``.

    ``application``: four letters as a number, by which the file is known; ``code``: of the fault where it cannot be used.
    """

    called: str
    table: str
    column: str
    sql: str
    application: int
    code: str
    format: int = 1


class KeyedFile(Generic[V]):
    """Values in a SQLite file. A context manager, closed at its end.

    Raises R110 of a symbolic link, and the kind's own code of a file that cannot be used.
    """

    def __init__(self, path: Path, kind: FileKind) -> None:
        self.path, self.kind = path, kind
        if path.is_symlink():
            raise self._fault(
                "is a symbolic link", "Remove the link, or put the file it leads to in its place.", "R110"
            )
        self._lock = Lock()
        with self._explained():
            self._file = sqlite3.connect(path, timeout=30.0, isolation_level=None, check_same_thread=False)
        try:
            with self._explained():
                self._open()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._file.close()

    def values(self, keys: Sequence[str]) -> dict[str, V]:
        """The values under those of the keys that have one that can be read."""
        found: dict[str, V] = {}
        for start in range(0, len(keys), _AT_ONCE):
            asked = keys[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(asked))
            query = f"SELECT key, {self.kind.column}, digest FROM {self.kind.table} WHERE key IN ({marks})"
            with self._lock, self._explained():
                rows = self._file.execute(query, asked).fetchall()
            found |= {key: value for key, value, digest in rows if _digest(value) == digest}
        return found

    def keep(self, values: Mapping[str, V]) -> None:
        """Keep values in one transaction; one that is there already stays, unless it can no longer be read."""
        table, column = self.kind.table, self.kind.column
        query = (
            f"INSERT INTO {table} VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET {column} = excluded.{column}, "
            f"digest = excluded.digest WHERE digest <> rashomon_digest({column})"
        )
        with self._lock, self._explained():
            self._file.execute("BEGIN IMMEDIATE")
            try:
                self._file.executemany(query, [(key, value, _digest(value)) for key, value in values.items()])
            except BaseException:
                self._file.execute("ROLLBACK")
                raise
            self._file.execute("COMMIT")

    def _open(self) -> None:
        file, kind = self._file, self.kind
        file.create_function("rashomon_digest", 1, _digest, deterministic=True)
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = FULL")
        file.execute("BEGIN IMMEDIATE")
        owner, version = (file.execute(f"PRAGMA {one}").fetchone()[0] for one in ("application_id", "user_version"))
        if (owner, version) == (0, 0) and not file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            value = f"{kind.column} {kind.sql} NOT NULL"
            file.execute(f"CREATE TABLE {kind.table} (key TEXT PRIMARY KEY NOT NULL, {value}, digest TEXT NOT NULL)")
            file.execute(f"PRAGMA application_id = {kind.application}")
            file.execute(f"PRAGMA user_version = {kind.format}")
        elif (owner, version) != (kind.application, kind.format):
            file.execute("ROLLBACK")
            raise self._fault(f"is not a {kind.called} that this version reads", "Move it away: a new one is made.")
        file.execute("COMMIT")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as problem:
            remedy = "Make sure that it can be written to; if it is damaged, move it away: a new one is made."
            raise self._fault(str(problem), remedy) from problem

    def _fault(self, found: str, remedy: str, code: str = "") -> RashomonError:
        return error(
            code or self.kind.code,
            f"The {self.kind.called} cannot be used.",
            found=found,
            allowed=f"a {self.kind.called}, which Rashomon makes, in a folder that can be written to",
            remedy=remedy,
            where=Where(file=str(self.path)),
        )


def _digest(value: str | bytes) -> str:
    return hashlib.sha256(value.encode() if isinstance(value, str) else value).hexdigest()

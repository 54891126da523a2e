"""Replies of models, kept: each was waited for and mostly paid for, and a run that was killed goes on where it was.

A reply is kept as soon as it came and was read, and is found again by all that it depends on: the passage, the codebook
shown with it, the prompt, the model and its temperature, and the form that was asked for. No key of an endpoint is in it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final, Protocol, Self

from rashomon.coding.model_settings import Mode
from rashomon.errors import RashomonError, Where, error

__all__ = ["FILE", "Kept", "MemoryCache", "ReplyCache", "ReplyFile", "ReplyKey"]

FILE: Final = "replies.db"
"""The file of replies in the study's folder; deleting it costs only asking again."""

_APPLICATION: Final = 0x52415348  # "RASH": whose file it is
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class ReplyKey:
    """All that a reply depends on. ``passage``: its anchor and the digest of its text; ``prompt``: digest of the messages."""

    passage: str
    codebook: str
    prompt: str
    model: str
    temperature: float
    reply_tokens: int
    mode: Mode

    def digest(self) -> str:
        """SHA-256, in hexadecimal, of all of it."""
        return hashlib.sha256(json.dumps(astuple(self)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """A reply. ``host``: of the endpoint; ``model``: as the endpoint named it; ``made``: the time in UTC, in ISO."""

    content: str
    host: str
    model: str
    made: str


class ReplyCache(Protocol):
    """Where replies are kept. Several threads may use one."""

    def get(self, key: ReplyKey) -> Kept | None:
        """The reply under a key, None where there is none."""
        ...

    def put(self, key: ReplyKey, reply: Kept) -> None:
        """Keep a reply; one that is there already stays."""
        ...


class MemoryCache:
    """Replies that are kept as long as the process lives."""

    def __init__(self) -> None:
        self._kept: dict[ReplyKey, Kept] = {}

    def get(self, key: ReplyKey) -> Kept | None:
        """The reply under a key, None where there is none."""
        return self._kept.get(key)

    def put(self, key: ReplyKey, reply: Kept) -> None:
        """Keep a reply; one that is there already stays."""
        self._kept.setdefault(key, reply)


class ReplyFile:
    """Replies in a SQLite file. A context manager, closed at its end.

    Each reply is one transaction, on the disk before :meth:`put` returns. Several programs may use one file. Raises R110 of a
    symbolic link, R924 of a file that cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.is_symlink():
            remedy = "Remove the link, or put the file it leads to in its place."
            raise _fault(path, "is a symbolic link", remedy, "R110")
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

    def get(self, key: ReplyKey) -> Kept | None:
        """The reply under a key, None where there is none."""
        with self._lock, self._explained():
            row = self._file.execute("SELECT reply, digest FROM replies WHERE key = ?", (key.digest(),)).fetchone()
        if row is None or _digest(row[0]) != row[1]:  # bytes that rotted on the disk: as good as none
            return None
        return Kept(**json.loads(row[0]))

    def put(self, key: ReplyKey, reply: Kept) -> None:
        """Keep a reply; one that is there already stays, unless it can no longer be read."""
        text = json.dumps(asdict(reply), ensure_ascii=False)
        with self._lock, self._explained():
            self._file.execute(
                "INSERT INTO replies VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET reply = excluded.reply, "
                "digest = excluded.digest WHERE digest <> rashomon_digest(reply)",
                (key.digest(), text, _digest(text)),
            )

    def _open(self) -> None:
        file = self._file
        file.create_function("rashomon_digest", 1, _digest, deterministic=True)
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = FULL")
        file.execute("BEGIN IMMEDIATE")
        owner, version = (file.execute(f"PRAGMA {one}").fetchone()[0] for one in ("application_id", "user_version"))
        if (owner, version) == (0, 0) and not file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            file.execute(
                "CREATE TABLE replies (key TEXT PRIMARY KEY, reply TEXT NOT NULL, digest TEXT NOT NULL) WITHOUT ROWID"
            )
            file.execute(f"PRAGMA application_id = {_APPLICATION}")
            file.execute(f"PRAGMA user_version = {_FORMAT}")
        elif (owner, version) != (_APPLICATION, _FORMAT):
            file.execute("ROLLBACK")
            raise _fault(
                self.path, "is not a file of replies that this version reads", "Move it away: a new one is made."
            )
        file.execute("COMMIT")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as problem:
            remedy = "Make sure that it can be written to; if it is damaged, move it away: a new one is made."
            raise _fault(self.path, str(problem), remedy) from problem


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _fault(path: Path, found: str, remedy: str, code: str = "R924") -> RashomonError:
    return error(
        code,
        "The file of replies cannot be used.",
        found=found,
        allowed="a file of replies, which Rashomon makes, in a folder that can be written to",
        remedy=remedy,
        where=Where(file=str(path)),
    )

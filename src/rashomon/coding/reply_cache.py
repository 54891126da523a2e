"""Replies of models, kept: each was waited for and mostly paid for, and a run that was killed goes on where it was.

A reply is kept as soon as it came and was read, and is found again by all that it depends on: the passage, the codebook
shown with it, the prompt, the model and its temperature, and the form that was asked for. No key of an endpoint is in it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Final, Protocol

from rashomon.coding.keyed_file import FileKind, KeyedFile
from rashomon.coding.model_settings import Mode

__all__ = ["FILE", "Kept", "MemoryCache", "ReplyCache", "ReplyFile", "ReplyKey"]

FILE: Final = "replies.db"
"""The file of replies in the study's folder; deleting it costs only asking again."""

_KIND: Final = FileKind("file of replies", "replies", "reply", "TEXT", 0x52415348, "R924")  # "RASH"


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


class ReplyFile(KeyedFile[str]):
    """Replies in a SQLite file. A context manager, closed at its end.

    Each reply is one transaction, on the disk before :meth:`put` returns. Several programs may use one file. Raises R110 of a
    symbolic link, R924 of a file that cannot be used.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, _KIND)

    def get(self, key: ReplyKey) -> Kept | None:
        """The reply under a key, None where there is none."""
        text = self.values([key.digest()]).get(key.digest())
        return None if text is None else Kept(**json.loads(text))

    def put(self, key: ReplyKey, reply: Kept) -> None:
        """Keep a reply; one that is there already stays, unless it can no longer be read."""
        self.keep({key.digest(): json.dumps(asdict(reply), ensure_ascii=False)})

"""Documents composed of quotes and notes, for statements whose place in a text is not known."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from rashomon.study import Statement

COMPOSED: Final = (
    "Composed by Rashomon of quotes and notes: the text of the source itself is not in the study, or is not dated so."
)
"""What is said of such a document; in it, what stands between “ and ” is quoted."""


class Composer:
    """Documents by any key, each a line a statement."""

    def __init__(self) -> None:
        self._lines: dict[Hashable, list[str]] = {}
        self._lengths: dict[Hashable, int] = {}

    def add(self, key: Hashable, statement: Statement, quote: str) -> tuple[int, int]:
        """Add a statement's words to a document: its quote, else its note, else what it states; their place in code points."""
        if quote:
            return self.quote(key, quote)
        return self._line(key, "[", " ".join(statement.note.split()) or f"{statement.topic}: {statement.stance}", "]")

    def quote(self, key: Hashable, words: str) -> tuple[int, int]:
        """Add quoted words to a document; their place in code points."""
        return self._line(key, "“", words, "”")

    def _line(self, key: Hashable, before: str, words: str, after: str) -> tuple[int, int]:
        start = self._lengths.get(key, 0) + 1
        self._lines.setdefault(key, []).append(f"{before}{words}{after}\n")
        self._lengths[key] = start + len(words) + 2
        return start, start + len(words)

    def text(self, key: Hashable) -> str:
        """The text of a document."""
        return "".join(self._lines.get(key, ()))

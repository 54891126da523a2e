"""On which line of a TOML file each key stands; the standard library's parser does not say.

The scanner trusts that :mod:`tomllib` has accepted the text: it follows the grammar of TOML 1.0 far enough to know
where keys and values begin, and judges nothing.
"""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from typing import Final

from rashomon.errors import Where

Keys = tuple[str | int, ...]

_BLANK: Final = " \t\r\n"
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR: Final = re.compile(r"[^,\]\}\r\n#]*")


def key_lines(text: str) -> dict[Keys, int]:
    """Path of each key → its line, from 1. Elements of arrays count from 0: ``("actor", 3, "roles", 0, "span")``.

    A table's own path has the line of its header. Raises ValueError where the text is not TOML.
    """
    return _Scanner(text).scan()


class Places:
    """Lines of the keys of one TOML text. The text is only scanned when a line is asked for: a sound file needs none."""

    def __init__(self, text: str = "") -> None:
        self._text = text

    @cached_property
    def _lines(self) -> dict[Keys, int]:
        try:
            return key_lines(self._text)
        except (ValueError, RecursionError):  # a grammar newer than the scanner's: faults then have no line
            return {}

    def line(self, path: Keys) -> int | None:
        """The line of a key, or of the nearest table around it."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return None

    def where(self, file: str, path: Keys) -> Where:
        """The place of a key, its field as readers know it: ``actor.roles.span``."""
        return Where(file, self.line(path), None, ".".join(str(key) for key in path if isinstance(key, str)))


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Keys, int] = {}
        self.counts: dict[Keys, int] = {}  # elements so far of each array of tables
        self._counted, self._line = 0, 1

    def scan(self) -> dict[Keys, int]:
        table: Keys = ()
        while self._skip():
            if self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    # places

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _here(self) -> int:
        """Line of the current place; it only ever moves forward."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def _skip(self) -> bool:
        """Pass over blanks and comments; whether anything is left."""
        text, size = self.text, len(self.text)
        while self.at < size:
            if text[self.at] in _BLANK:
                self.at += 1
            elif text[self.at] == "#":
                end = text.find("\n", self.at)
                self.at = size if end < 0 else end
            else:
                return True
        return False

    def _expect(self, mark: str) -> None:
        self._skip()
        if not self.text.startswith(mark, self.at):
            raise ValueError(f"expected {mark!r} on line {self._here()}")
        self.at += len(mark)

    # grammar

    def _header(self) -> Keys:
        line = self._here()
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        keys = self._key()
        self._expect("]]" if many else "]")
        path = self._within(keys[:-1], line)
        path = (*path, keys[-1])
        if many:
            number = self.counts.get(path, 0)
            self.counts[path] = number + 1
            self.lines.setdefault(path, line)
            path = (*path, number)
        elif path in self.counts:
            path = (*path, self.counts[path] - 1)
        self.lines.setdefault(path, line)
        return path

    def _within(self, keys: Keys, line: int) -> Keys:
        """A dotted prefix as a path: an array of tables on the way stands for its last element."""
        path: Keys = ()
        for key in keys:
            path = (*path, key)
            self.lines.setdefault(path, line)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        return path

    def _pair(self, table: Keys) -> None:
        line = self._here()
        keys = self._key()
        path = table
        for key in keys:
            path = (*path, key)
            self.lines.setdefault(path, line)
        self._expect("=")
        self._value(path)

    def _key(self) -> Keys:
        parts: list[str | int] = [self._key_part()]
        self._skip()
        while self._peek() == ".":
            self.at += 1
            self._skip()
            parts.append(self._key_part())
            self._skip()
        return tuple(parts)

    def _key_part(self) -> str:
        self._skip()
        if self._peek() in ('"', "'"):
            start = self.at
            self._string()
            return next(iter(tomllib.loads(f"{self.text[start : self.at]} = 0")))
        match = _BARE.match(self.text, self.at)
        if match is None:
            raise ValueError(f"expected a key on line {self._here()}")
        self.at = match.end()
        return match.group()

    def _value(self, path: Keys) -> None:
        self._skip()
        mark = self._peek()
        if mark in ('"', "'"):
            self._string()
        elif mark == "[":
            self._array(path)
        elif mark == "{":
            self._inline(path)
        else:
            match = _SCALAR.match(self.text, self.at)
            if match is None or match.end() == self.at:
                raise ValueError(f"expected a value on line {self._here()}")
            self.at = match.end()

    def _string(self) -> None:
        mark = self._peek()
        triple = self.text.startswith(mark * 3, self.at)
        close = mark * 3 if triple else mark
        self.at += len(close)
        while not self.text.startswith(close, self.at):
            if self.at >= len(self.text):
                raise ValueError(f"a string is not closed on line {self._here()}")
            self.at += 2 if mark == '"' and self._peek() == "\\" else 1
        self.at += len(close)
        while triple and self._peek() == mark:  # up to two quotation marks may stand before the closing three
            self.at += 1

    def _array(self, path: Keys) -> None:
        self.at += 1
        number = 0
        while self._skip() and self._peek() != "]":
            element: Keys = (*path, number)
            self.lines.setdefault(element, self._here())
            self._value(element)
            number += 1
            self._skip()
            if self._peek() == ",":
                self.at += 1
        self._expect("]")

    def _inline(self, path: Keys) -> None:
        self.at += 1
        while self._skip() and self._peek() != "}":
            self._pair(path)
            self._skip()
            if self._peek() == ",":
                self.at += 1
        self._expect("}")

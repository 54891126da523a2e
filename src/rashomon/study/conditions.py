"""Conditions: boolean expressions over ``issue=position``, or over options in a game.

Operators, from the tightest: ``!``, ``&``, ``|``, ``->`` (to the right), ``<->``; parentheses group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from rashomon.errors import RashomonError, error

Operator = Literal["atom", "!", "&", "|", "->", "<->"]
_TOKEN: Final = re.compile(r"\s*(<->|->|[!&|()]|[a-z0-9](?:[a-z0-9]|-(?!>))*(?:\s*=\s*[a-z0-9](?:[a-z0-9]|-(?!>))*)?)")
_DEEPEST: Final = 40
_BINARY: Final[tuple[Operator, ...]] = ("<->", "->", "|", "&")


@dataclass(frozen=True, slots=True)
class Condition:
    """One node: an atom (``name``, and ``value`` after a ``=``), or an operator over ``parts``."""

    operator: Operator
    parts: tuple[Condition, ...] = ()
    name: str = ""
    value: str = ""

    @property
    def atoms(self) -> tuple[tuple[str, str], ...]:
        """Every (name, value) it mentions, each once, in order."""
        if self.operator == "atom":
            return ((self.name, self.value),)
        return tuple(dict.fromkeys(atom for part in self.parts for atom in part.atoms))

    def __str__(self) -> str:
        if self.operator == "atom":
            return f"{self.name}={self.value}" if self.value else self.name
        if self.operator == "!":
            return f"!{self.parts[0]._within()}"
        return f" {self.operator} ".join(part._within() for part in self.parts)

    def _within(self) -> str:
        return str(self) if self.operator in ("atom", "!") else f"({self})"


@lru_cache(maxsize=4096)
def parse_condition(text: str) -> Condition:
    """Read a condition; R323 where it cannot be read.

    >>> str(parse_condition("aid=large & !(visit | territory=two)"))
    'aid=large & !(visit | territory=two)'
    """
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[str] = []
        self.starts: list[int] = []
        self.at = 0
        self.depth = 0
        place = 0
        while text[place:].strip():
            match = _TOKEN.match(text, place)
            if match is None:
                raise self._wrong(text[place:].strip()[:20], len(text) - len(text[place:].lstrip()))
            self.tokens.append(match[1])
            self.starts.append(match.start(1))
            place = match.end()

    def read(self) -> Condition:
        condition = self._binary(0)
        if self.at < len(self.tokens):
            raise self._wrong(self.tokens[self.at])
        return condition

    def _peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _binary(self, level: int) -> Condition:
        if level == len(_BINARY):
            return self._unary()
        operator = _BINARY[level]
        parts = [self._binary(level + 1)]
        while self._peek() == operator:
            self.at += 1
            # an implication reads to the right: a -> b -> c is a -> (b -> c)
            self._deeper()
            parts.append(self._binary(level if operator == "->" else level + 1))
            self.depth -= 1
        return parts[0] if len(parts) == 1 else Condition(operator, tuple(parts))

    def _unary(self) -> Condition:
        token = self._peek()
        if not token or token in {")", "&", "|", "->", "<->"}:
            raise self._wrong(token)
        self.at += 1
        self._deeper()
        if token == "!":
            found = Condition("!", (self._unary(),))
        elif token == "(":
            found = self._binary(0)
            if self._peek() != ")":
                raise self._wrong(self._peek())
            self.at += 1
        else:
            name, _, value = (part.strip() for part in token.partition("="))
            found = Condition("atom", name=name, value=value)
        self.depth -= 1
        return found

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._wrong(f"more than {_DEEPEST} levels")

    def _wrong(self, at: str, start: int | None = None) -> RashomonError:
        if start is None and self.at < len(self.starts):
            start = self.starts[self.at]
        place = "" if start is None else f", character {start + 1}"
        return error(
            "R323",
            "The condition cannot be read.",
            found=f"{self.text!r}, at {at!r}{place}" if at else f"{self.text!r}, which ends too early",
            allowed="names joined by ! & | -> <-> and parentheses; in a study a name is issue=position, in a game an option",
            remedy="Write it such as: territory=two-islands & !(alliance=kept).",
        )

"""The words of a lexicon of feeling as patterns: what an entry's cell says, in which forms it is met, and what it must not
stand in.

A pattern is words with blanks between. ``word*`` is met with any ending, ``stem(/a/b)`` with the endings listed; ``...``
stands for up to five words of any kind. English entries of one plain word, or whose last (noun) or first (verb) word is
plain, are inflected by the rules of spelling; Russian ones are met as they are written, so that their endings must be listed
or left open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

GAP: Final = "..."
HIT: Final = "~"
MOST_BETWEEN: Final = 5
_WORD: Final = re.compile(r"([^\W\d_]+)(\*|\(((?:[^\W\d_]*/)+[^\W\d_]*)\)|)")
_DOUBLED: Final = re.compile(r"[^aeiou][aeiou][bdgmnprt]$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of a pattern: the ``forms`` in which it is met, or the ``stem`` that any ending may follow, or a gap
    (neither).
    """

    forms: frozenset[str] = frozenset()
    stem: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether any words may stand here."""
        return not self.forms and not self.stem

    def fits(self, word: str) -> bool:
        """Whether a word, plain (see :func:`plain`), is one of these."""
        return word in self.forms or (bool(self.stem) and word.startswith(self.stem))


Pieces = tuple[Piece, ...]


def plain(word: str) -> str:
    """A word as patterns are compared with it: small letters, without hyphens and line ends, ё as е, ’ as '.

    >>> plain("Good-Neighbourly"), plain("счёт"), plain("don’t")
    ('goodneighbourly', 'счет', "don't")
    """
    return word.lower().translate(_PLAIN)


_PLAIN: Final = str.maketrans({"-": "", "‐": "", "‑": "", "\n": "", "ё": "е", "’": "'"})


def read_pieces(text: str) -> Pieces | None:
    """The pieces of a pattern, without its inflection; None where it cannot be read."""
    out = []
    for part in text.split():
        found = _WORD.fullmatch(plain(part))
        if part == GAP:
            out.append(Piece())
        elif found is None:
            return None
        elif found[2] == "*":
            out.append(Piece(stem=found[1]))
        else:
            out.append(Piece(frozenset(found[1] + end for end in (found[3] or "").split("/"))))
    bare = not out or out[0].is_gap or out[-1].is_gap
    return None if bare else tuple(out)


def inflected(pieces: Pieces, text: str, pos: str) -> Pieces:
    """The pieces of an English entry with the plain word that inflects in all its forms: a noun's last, a verb's first."""
    if pos not in ("n", "v"):
        return pieces
    at = len(pieces) - 1 if pos == "n" else 0
    word = text.split()[at]
    if not plain(word).isalpha():
        return pieces
    forms = frozenset((_plural if pos == "n" else _conjugated)(plain(word)))
    return (*pieces[:at], Piece(forms), *pieces[at + 1 :])


def _plural(word: str) -> tuple[str, ...]:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word, word[:-1] + "ies", word + "s"
    return word, word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _conjugated(word: str) -> tuple[str, ...]:
    """A regular verb: trust, trusts, trusted, trusting; a last e falls, y becomes i, and a short last consonant is doubled
    too.
    """
    if word.endswith("e"):
        return word, word + "s", word + "d", word[:-1] + "ing"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"
    doubled = (word + word[-1] + "ed", word + word[-1] + "ing") if _DOUBLED.search(word) else ()
    return (*_plural(word), word + "ed", word + "ing", *doubled)


@dataclass(frozen=True, slots=True)
class Apart:
    """Words in which an entry does not count: what must stand before it (nearest first) and after it."""

    before: Pieces
    after: Pieces

    def holds(self, words: Sequence[str], start: int, stop: int) -> bool:
        """Whether these words stand around ``words[start:stop]``."""
        return met(self.after, words, stop, 1) is not None and met(self.before, words, start - 1, -1) is not None


def read_exception(text: str) -> Apart | None:
    """An exception such as ``~ of rain`` or ``brain ~``, where ``~`` stands for the entry; None where it cannot be read."""
    before, sign, after = text.partition(HIT)
    if not sign or HIT in after or not (before + after).strip():
        return None
    sides = [_side(before), _side(after)]
    if sides[0] is None or sides[1] is None:
        return None
    return Apart(tuple(reversed(sides[0])), sides[1])


def _side(text: str) -> Pieces | None:
    """One side of an exception, which may begin or end with a gap next to the entry."""
    parts = text.split()
    inner = [one for one in parts if one != GAP]
    if not inner:
        return () if not parts else None
    pieces = [Piece() if one == GAP else read_pieces(one) for one in parts]
    if any(one is None for one in pieces):
        return None
    return tuple(one if isinstance(one, Piece) else one[0] for one in pieces if one is not None)


def met(pieces: Pieces, words: Sequence[str], at: int, step: int) -> int | None:
    """Where the words that begin at ``at`` and go on by ``step`` (1 or -1) have met all pieces; None where they do not."""
    if not pieces:
        return at
    if pieces[0].is_gap:
        ends = (met(pieces[1:], words, at + more * step, step) for more in range(MOST_BETWEEN + 1))
        return next((end for end in ends if end is not None), None)
    if 0 <= at < len(words) and pieces[0].fits(words[at]):
        return met(pieces[1:], words, at + step, step)
    return None

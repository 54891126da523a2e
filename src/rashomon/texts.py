"""Small matters of text: numbers with their nouns, letters that no file can hold, and lines for a terminal."""

from __future__ import annotations

import math
import re
import shutil
from typing import Final
from unicodedata import combining, east_asian_width

CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters with which a document could command a terminal, or have it show words in another order than they stand in."""

_WIDEST: Final = 100
_CODE: Final = re.compile(r"\033\[\dm")  # for bold type, and its end
_WIDE: Final = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
_OPENS: Final = r"[「『（【〈《〔(\[“‘]"
_ENDS: Final = r"[、。，．・：；？！」』）】〉》〕ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.;:?!)\]”’…]"
_ATOM: Final = re.compile(rf"(?:{_CODE.pattern}|{_OPENS})*(?:[{_WIDE}]|[^\s{_WIDE}]+|)(?:{_CODE.pattern}|{_ENDS})*\s*")
"""What one line holds: a word, or a letter of Japanese or Chinese, with the signs that end no line or begin none."""

COLUMNS: Final = 80
"""Width of a terminal for which sentences are broken into lines."""


def one_line(text: str) -> str:
    """What somebody wrote, on one line: nothing in it commands a terminal, or makes up a line of its own."""
    return " ".join(CONTROLS.sub(" ", text).split())


def written_p(p: float) -> str:
    """A p-value as it stands in a sentence."""
    return f"p {_compared(p)}" if math.isfinite(p) else "–"


def adjusted_p(p: float, p_holm: float, tests: int, of: str = "test") -> str:
    """A p-value with what it is when adjusted for that many tests, which one alone needs not.

    >>> adjusted_p(0.0123, 0.369, 30), adjusted_p(0.0123, 0.0123, 1)
    ('p = 0.012, 0.37 adjusted for 30 tests', 'p = 0.012')
    """
    if tests < 2 or not math.isfinite(p_holm):
        return written_p(p)
    return f"{written_p(p)}, {_compared(p_holm).removeprefix('= ')} adjusted for {count(tests, of)}"


def _compared(p: float) -> str:
    """No more digits than a permutation gives."""
    return "< 0.001" if p < 0.001 else f"= {p:.3f}" if p < 0.1 else f"= {p:.2f}"


def count(n: int, one: str, many: str = "") -> str:
    """A number with its noun: ``count(1, "voice")`` is "1 voice"."""
    return f"{n:,} {one if n == 1 else many or plural(one)}"


def plural(noun: str) -> str:
    """The plural of a regular English noun."""
    if noun.endswith(("series", "means")):
        return noun
    if noun.endswith("sis"):
        return noun[:-2] + "es"
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(s|x|ch|sh)$", noun) else "s")


def counted(n: int, nouns: str) -> str:
    """A number with a noun that is known in the plural, as tables are named: ``counted(1, "moves")`` is "1 move"."""
    return count(n, singular(nouns), nouns)


def singular(nouns: str) -> str:
    """One of what a regular English plural names; a noun that is no plural (access, series) stays."""
    if nouns.endswith(("series", "means", "ss")):
        return nouns
    if nouns.endswith("ies"):
        return nouns[:-3] + "y"
    return re.sub(r"(?<=ss|ch|sh)es$|(?<=x)es$|s$", "", nouns)


def sound(text: str) -> str:
    """``text`` with a question mark for each half of a letter (lone surrogate), which JSON and heads of e-mail can spell and no
    file can hold.
    """
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def width_of(text: str) -> int:
    """How many columns of a terminal a text takes: two for a letter of full width, none for a mark that stands on another."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def folded(text: str, indent: str = "", further: str = "", columns: int = 0) -> str:
    """Text in lines of so many ``columns``, else of the terminal's, 100 at most; ``further`` stands before all but the first.

    Lines end at blanks, and where Japanese or Chinese has none, between letters. A word that is longer than a line stays whole.
    """
    width = columns or min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns)
    lines = [indent]
    for atom in _ATOM.findall(" ".join(text.split())):
        longer = lines[-1] + atom
        if width_of(_CODE.sub("", longer.rstrip())) > width and lines[-1] not in (indent, further):
            lines.append(further + atom)
        else:
            lines[-1] = longer
    return "\n".join(line.rstrip() for line in lines)


def fitting(line: str, columns: int) -> str:
    """A line as several of at most so many columns, but for a word that is longer; those after the first are indented further."""
    if width_of(_CODE.sub("", line)) <= columns:
        return line
    indent = line[: len(line) - len(line.lstrip())]
    return folded(line, indent, f"{indent}    ", columns)

"""Numbers as spreadsheets write them: decimal commas, and what may be a mark of thousands.

Where a comma parts decimals, a spreadsheet parts cells by semicolons or tabs. In such a table a comma is read as a point; of
``1,234`` that is so only where another number of its column has a comma that can be nothing else, and ``1.234`` is refused where
any number of the table has one: both may be a thousand. In a table parted by commas no comma is read within a number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from rashomon.errors import Fault, error
from rashomon.study.columns import Column

NUMERIC: Final = frozenset({"number", "count", "fraction", "share", "stance", "extent"})
"""Kinds of columns whose cells may be numbers, or have them."""
POINT, COMMA = ".", ","

_GAP: Final = "[ \u00a0\u2009\u202f]"  # blanks, also those that do not break a line and thin ones, between thousands
_WHOLE: Final = rf"(?:[0-9]{{1,3}}(?:{_GAP}[0-9]{{3}})+|[0-9]+)"
_PARTED: Final = rf"(?:{_WHOLE}(?:[.,][0-9]*)+|(?:[.,][0-9]+)+)"
_NUMERAL: Final = re.compile(_PARTED)
_ALONE: Final = rf"[+\-−]?(?:{_PARTED}|{_WHOLE})"
_CELL: Final = re.compile(
    rf"(?:[><~]|up|down|max|min)?\s*{_ALONE}(?:[eE][+-]?[0-9]{{1,3}})?(?:\s*[-–]\s*{_ALONE})?\s*%?"
)
_THOUSAND: Final = re.compile(rf"(?<![0-9.,])(?<![0-9]{_GAP})[1-9][0-9]{{0,2}}[.,][0-9]{{3}}(?![0-9eE.,])")
_PLAIN: Final = re.compile(r"[+\-−]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_GROUPED: Final = re.compile(rf"(?P<first>[+\-−]?[0-9]{{1,3}})(?P<more>(?:{_GAP}[0-9]{{3}})+)(?P<rest>\.[0-9]*)?")
_DATED: Final = re.compile(
    r"[0-9]{1,2}(?:[./][0-9]{1,2}[./](?:[0-9]{2,4})?|[-. ]{1,2}[^\W\d_]{3,9}\.?(?:[- ][0-9]{2,4})?)"
)


@dataclass(frozen=True, slots=True)
class Numerals:
    """How a table writes numbers. ``decimal``: a comma where numbers have one, and none has a point; else a point. ``doubtful``:
    column → its cells of which one cannot tell whether they have decimals or thousands.
    """

    decimal: str = POINT
    doubtful: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Marks:
    """The points and commas in numbers: those that can only part decimals, and those that may part thousands."""

    sure: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()


def with_points(columns: Mapping[str, Column]) -> tuple[dict[str, Column], Numerals]:
    """Columns of numbers of a table whose cells no commas part, with a point wherever a comma surely parts decimals."""
    marks = {name: [_marks(cell) for cell in column.values] for name, column in columns.items()}
    sure = {name: frozenset[str]().union(*(one.sure for one in found)) for name, found in marks.items()}
    anywhere = frozenset[str]().union(*sure.values())
    unsure = {}
    read = {}
    for name, column in columns.items():
        known = sure[name] == {COMMA} and not any(POINT in one.unsure for one in marks[name])
        pairs = list(zip(column.values, marks[name], strict=True))
        if COMMA in anywhere:
            unsure[name] = frozenset(cell for cell, mark in pairs if POINT in mark.unsure)
        plain = [pointed(cell) if known or COMMA not in mark.unsure else cell for cell, mark in pairs]
        read[name] = _recoded(column, plain)
    return read, Numerals(
        COMMA if anywhere == {COMMA} else POINT, {name: cells for name, cells in unsure.items() if cells}
    )


def with_decimals(cell: str, decimal: str) -> str:
    """A cell of numbers with points, as a table with such decimals has it; what could then be a thousand gets a zero more."""
    if decimal == POINT or not _CELL.fullmatch(cell):
        return cell
    longer = _THOUSAND.sub(lambda found: found[0] + "0", cell)
    return longer.replace(POINT, decimal)


def read_number(text: str, code: str = "R307") -> float:
    """A finite number with a decimal point; blanks may part its thousands."""
    grouped = _GROUPED.fullmatch(text)
    plain = f"{grouped['first']}{re.sub(_GAP, '', grouped['more'])}{grouped['rest'] or ''}" if grouped else text
    if _PLAIN.fullmatch(plain):
        number = float(plain.replace("−", "-"))
        if math.isfinite(number):
            return number
    raise error(
        code, "The number cannot be read.", found=repr(text), allowed="a number such as 37.5", remedy=_remedy(text)
    )


def comma_remedy(text: str) -> str:
    """How to mend numbers of which one cannot tell, or may not write, what their commas are; "" where there are none."""
    if COMMA not in text or not _CELL.fullmatch(text) or not _NUMERAL.search(text):
        return ""
    if _THOUSAND.search(text):
        return _doubt(text)
    marks = [found[0] for found in _NUMERAL.finditer(text)]
    if any(one.count(COMMA) + one.count(POINT) > 1 for one in marks):
        last = max(text.rfind(COMMA), text.rfind(POINT))
        plain = re.sub("[.,]", "", text[:last]) + (
            POINT + text[last + 1 :] if text.count(text[last]) == 1 else text[last + 1 :]
        )
        return f"Write {plain}: thousands take no mark."
    return f"Write {pointed(text)} with a point: decimal commas are read only in a table whose cells ; or tabs part."


def doubtful(text: str, code: str) -> Fault:
    """The fault of a number of which one cannot tell whether it has decimals or thousands."""
    return Fault(
        code,
        "The number may have decimals or thousands.",
        found=f"{text!r}, in a table whose decimals have commas",
        allowed="decimals after a comma; no mark between thousands",
        remedy=_doubt(text),
    )


def percent(text: str, read: Callable[[str], float]) -> tuple[float, bool]:
    """A number, and whether a percent sign stands after it."""
    bare = text.removesuffix("%").rstrip()
    return read(bare if bare else text), bare != text


def _doubt(text: str) -> str:
    whole = _THOUSAND.sub(lambda found: re.sub("[.,]", "", found[0]), text)
    parted = _THOUSAND.sub(lambda found: found[0] + "0", text)
    point, comma = parted.replace(COMMA, POINT), parted.replace(POINT, COMMA)
    return f"Write {whole} if thousands were meant; else {point}, or where decimals have commas {comma}."


def _remedy(text: str) -> str:
    commas = comma_remedy(text)
    bare = text.rstrip(" %\u00a0\u202f")
    if commas:
        return commas
    if bare != text and _PLAIN.fullmatch(bare):
        return f"Write {bare} and put the unit in its own column."
    if _DATED.fullmatch(text):
        return "A spreadsheet may have taken a number for a date: write the number again, in a column of text."
    return "Write digits, with a point before decimals."


def _marks(cell: str) -> _Marks:
    if (POINT not in cell and COMMA not in cell) or not _CELL.fullmatch(cell):
        return _Marks()
    sure: set[str] = set()
    unsure: set[str] = set()
    for found in _NUMERAL.finditer(cell):
        marks = re.findall("[.,]", found[0])
        if len(marks) > 1:
            continue  # no number that is read
        thousand = _THOUSAND.match(cell, found.start())
        (unsure if thousand else sure).add(marks[0])
    return _Marks(frozenset(sure), frozenset(unsure))


def pointed(cell: str) -> str:
    """A cell of numbers with points for commas; as it is where a number has several marks, or there is none."""
    if COMMA not in cell or not _CELL.fullmatch(cell):
        return cell
    several = any(len(re.findall("[.,]", found[0])) > 1 for found in _NUMERAL.finditer(cell))
    return cell if several else cell.replace(COMMA, POINT)


def _recoded(column: Column, cells: list[str]) -> Column:
    """The column with these cells for its values, each once."""
    if tuple(cells) == column.values:
        return column
    numbers: dict[str, int] = {}
    recode = np.array([numbers.setdefault(cell, len(numbers)) for cell in cells], np.int32)
    return Column(tuple(numbers), recode[column.codes])

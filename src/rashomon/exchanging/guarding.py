"""Cells that a spreadsheet would take for a formula, made safe so that they can be made as they were.

A spreadsheet runs what begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return. Such a cell gets an apostrophe before
it, and so does one that begins with an apostrophe; taking one away from every cell that has one is the exact reverse.
"""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = tuple("=+-@\t\r'")
_UNFIT: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")


def guarded(cell: str) -> str:
    """A cell as a spreadsheet may have it."""
    return "'" + cell if cell.startswith(_SIGNS) else cell


def unguarded(cell: str) -> str:
    """The cell that was guarded."""
    return cell.removeprefix("'")


def escaped(cell: str) -> str:
    """A cell with what XML cannot hold spelled ``_xHHHH_`` (ECMA-376 part 1, section 22.9.2.19, ST_Xstring)."""
    return _UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", cell)


def unescaped(cell: str) -> str:
    """The cell that was escaped."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell)

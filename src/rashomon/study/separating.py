"""What parts the cells of a CSV file: told by its first line of columns, or by a line before it, as spreadsheets have it."""

from __future__ import annotations

import re
from typing import Final

SEPARATORS: Final = (",", ";", "\t")
_TOLD: Final = re.compile(r"\s*\"?sep=(?P<separator>[^\r\n])\"?[\s,;\"]*", re.IGNORECASE)


def told_separator(line: str) -> str:
    """The separator that a line ``sep=;`` names, whether or not it is one of ours; "" where it is no such line.

    A program that knew nothing of such lines may have put it in quotation marks, or blank cells after it.
    """
    found = _TOLD.fullmatch(line)
    return found["separator"] if found else ""


def separator_of(columns: str) -> str:
    """The separator of a first line of columns: the one that it has most of."""
    return max(SEPARATORS, key=columns.count)


def is_blank(line: str) -> bool:
    """Whether a line has no cell with something in it."""
    return not line.strip(' \r\n"' + "".join(SEPARATORS))

"""Headings that only their number tells: 6.3.1.1 under the heading 6.3.1, in the type of the text.

A line is one if its number is the next that the document's headings can bear: the first under the last heading, the one after
it, or the one after a heading above it. So a number alone is never enough, and a clause or a row of figures is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rashomon.reading.documents import Block

_NUMBER: Final = re.compile(r"((?:[A-ZА-Я]|\d{1,3})(?:\.\d{1,3})*)\.?(?!\d|\.)\s*(?=[^\W\d_]|[「『“«\"(\[])")
_ENDS: Final = re.compile(r"[.,;:…。、，；：\d]$|[.․·…\s][ivxlc]+$")
"""What a heading does not end with: a stop, or the page number of a table of contents."""

_LONGEST: Final = 100

Number = tuple[str, ...]


def with_numbered(blocks: Sequence[Block]) -> list[Block]:
    """``blocks``, those that are headings by their number alone made headings, at the level of others with as many numbers.

    Takes time linear in the blocks.
    """
    out: list[Block] = []
    last: Number = ()
    levels: dict[int, int] = {}
    for block in blocks:
        number = _number(block.text)
        if block.kind == "paragraph" and block.wrapped and _follows(number, last) and _may_head(block.text):
            above = max((level for depth, level in levels.items() if depth < len(number)), default=0)
            block = replace(block, kind="heading", level=levels.get(len(number), above + 1))
        if block.kind == "heading" and number:
            last = number
            levels = {depth: level for depth, level in levels.items() if level < block.level} | {
                len(number): block.level
            }
        out.append(block)
    return out


def _number(text: str) -> Number:
    """The parts of the number that a text begins with; none where it has no words behind it."""
    found = _NUMBER.match(text)
    return tuple(found[1].split(".")) if found else ()


def _follows(number: Number, last: Number) -> bool:
    """Whether a heading's number may come next: it counts on from a number above it or its own kind, or from none to 1."""
    above, before = number[:-1], last[: len(number)]
    if not above or above != before[: len(above)]:
        return False
    return int(number[-1]) == (int(before[-1]) + 1 if len(before) == len(number) else 1)


def _may_head(text: str) -> bool:
    """Whether a text may be a heading: one short line without a stop at its end."""
    return "\n" not in text and len(text) <= _LONGEST and not _ENDS.search(text)

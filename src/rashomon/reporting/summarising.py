"""The findings on one screen of a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from rashomon.reporting.document import Em, Finding, Strong, Text, words
from rashomon.reporting.findings import capital, find
from rashomon.reporting.opening import evidence, is_open, seen
from rashomon.reporting.telling import Telling
from rashomon.study import StudyData
from rashomon.texts import COLUMNS

if TYPE_CHECKING:
    from rashomon.measuring import Measures
    from rashomon.playing import Plays

LINES: Final = 38
_UNSETTLED: Final = 4
"""Lines kept for what the record does not settle."""


def summary(study: StudyData, measures: Measures, plays: Plays, width: int = COLUMNS, lines: int = LINES) -> str:
    """The findings in plain sentences with their counts, at most ``lines`` lines of ``width`` columns.

    A finding is shown whole or not at all; how many do not fit is said in the last line.
    """
    telling = Telling(study, measures, plays)
    view = f" {seen(telling)}" if study.day is not None else ""
    view += f" {words(capital((telling.unheard,)))}" if telling.unheard else ""
    if not is_open(study):
        view = view if study.day is not None else f"No record in it counts yet: write rows into statements.csv, moves.csv or polls.csv.{view}"
        return "\n".join([*textwrap.wrap(study.declared.study.title, width), "─" * width, *textwrap.wrap(view.strip(), width)])
    found = [one for one in find(telling) if one.anchor != "methods"]  # what the day hides stands in the head
    rests = f"{evidence(telling)}.{view}"
    head = [*textwrap.wrap(study.declared.study.title, width), "─" * width, *textwrap.wrap(rests, width), ""]
    room = lines - len(head) - 2
    settled, left = _fit([one for one in found if one.settled], room - _UNSETTLED, width)
    unsettled = [one for one in found if not one.settled]
    open_, more = _fit(unsettled, room - len(settled) - 1, width, "– ")
    hidden = left + more
    said = f"{hidden} more in the report, each with its records." if hidden else "The report has all of this with its records."
    return "\n".join([*head, *settled, *(["Not settled by the record:", *open_] if open_ else []), "", said])


def _fit(findings: list[Finding], room: int, width: int, mark: str = "") -> tuple[list[str], int]:
    """As many whole findings as there is room for, in order and numbered, and how many are left."""
    out: list[str] = []
    shown = 0
    for one in findings:
        told = _told(one, mark or f"{shown + 1}. ", width)
        if len(out) + len(told) <= room:
            out += told
            shown += 1
    return out, len(findings) - shown


def _told(one: Finding, mark: str, width: int) -> list[str]:
    voices = f", {one.voices} {'voice' if one.voices == 1 else 'voices'}" if one.voices else ""
    said = f"{words(_plain(one.said))} [{one.n:,} {one.unit}{voices}]"
    return textwrap.wrap(said, width, initial_indent=mark, subsequent_indent=" " * len(mark))


def _plain(text: Text) -> Text:
    """Italics as quotation marks, bold as it is."""
    return tuple(f"“{part.text}”" if isinstance(part, Em) else part.text if isinstance(part, Strong) else part for part in text)

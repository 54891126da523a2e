"""Everything that is wrong with a study, asked of each room for what it knows of."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from rashomon.errors import Fault, RashomonError
from rashomon.study import CheckReport, StudyData, check_and_load, each_body
from rashomon.texts import count

_MOST: Final = 20  # texts without words that are named one by one


def check(path: str | os.PathLike[str]) -> CheckReport:
    """Every fault of the study in the folder ``path`` and of its games, in one report; raises nothing for what the reader can
    mend.
    """
    report, data = check_and_load(path)
    if os.path.isfile(Path(path, "study.toml")):
        report = _with_history(report, Path(path))
    if data is None:
        return report
    report = replace(report, notices=(*report.notices, *_loose(data), *_wordless(data)))
    if os.path.lexists(data.root / "feeling.tsv"):
        from rashomon.measuring import check_lexicon

        report = replace(report, faults=(*report.faults, *check_lexicon(data.root)))
    if data.declared.coders:
        from rashomon.coding import check_coders

        report = replace(report, faults=(*report.faults, *check_coders(data)))
    if data.declared.events:
        from rashomon.measuring.events import check_events

        faults, notices = check_events(data)
        report = replace(report, faults=(*report.faults, *faults), notices=(*report.notices, *notices))
    if not (data.root / "games").exists():
        return report
    from rashomon.playing import check_games

    faults, notices, count = check_games(data)
    return replace(
        report,
        faults=(*report.faults, *faults),
        notices=(*report.notices, *notices),
        counts=(*report.counts, ("games", count)),
    )


def _with_history(report: CheckReport, root: Path) -> CheckReport:
    """The report, and what is to be said of the histories of decisions and of edits by hand."""
    from rashomon.study.happened import pending_line
    from rashomon.study.journals import NOTHING, REVIEWS, read_journal
    from rashomon.study.recording import unrecorded

    try:
        for spec in (REVIEWS, NOTHING):
            read_journal(root, spec)
        pending = unrecorded(root)
    except RashomonError as problem:
        return replace(report, faults=(*report.faults, *(one for one in problem.faults if one not in report.faults)))
    return replace(report, notices=(*report.notices, pending_line(len(pending)))) if pending else report


def _loose(data: StudyData) -> Iterator[str]:
    """What is to be said of statements that do not stand on their passages."""
    if not data.statements.passage.runs.lengths.any():
        return
    from rashomon.reading import loose_statements

    try:
        for one in loose_statements(data):
            yield _said(one.fault())
    except RashomonError as problem:  # the store's trouble is no fault of the study
        yield f"Statements were not compared with passages: {problem.fault.message}"


def _wordless(data: StudyData) -> Iterator[str]:
    """What is to be said of texts whose words cannot be had: measures go on without them."""
    faults: list[Fault] = []
    deque(each_body(data, faults), maxlen=0)
    yield from map(_said, faults[:_MOST])
    if len(faults) > _MOST:
        yield f"The words of {count(len(faults) - _MOST, 'further text')} of texts.csv cannot be had either."


def _said(fault: Fault) -> str:
    return f"{fault.code} {fault.where}: {fault.message} {fault.found}. {fault.remedy}"

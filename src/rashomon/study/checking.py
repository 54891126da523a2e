"""``rashomon check``: every fault of a study in one run."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rashomon.errors import Fault
from rashomon.study.gathering import Gathered
from rashomon.study.loading import StudyData, load
from rashomon.study.vocabulary import TABLES


@dataclass(frozen=True)
class CheckReport:
    """What a check found.

    ``faults``: what must be mended; ``notices``: what was accepted, and should be known; ``counts``: records of each
    table, none where study.toml cannot be read; ``accepted``: how many statements measures use.
    """

    faults: tuple[Fault, ...]
    notices: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    accepted: int = 0

    @property
    def ok(self) -> bool:
        """Whether the study has no fault."""
        return not self.faults


def check_study(path: str | os.PathLike[str]) -> CheckReport:
    """Look for every fault of the study in the folder ``path``. Raises nothing that a reader's input can cause."""
    return check_and_load(path)[0]


def check_and_load(path: str | os.PathLike[str]) -> tuple[CheckReport, StudyData | None]:
    """The check, and the study itself where it has no fault: both from one reading."""
    gathered = Gathered()
    study = load(Path(path), gathered)
    counts = () if study is None else tuple((name, study.number_of(name, np.arange(len(study.table(name))))) for name in TABLES)
    accepted = 0 if study is None else len(study.open_rows("statements"))
    report = CheckReport(gathered.faults(), tuple(gathered.notices), counts, accepted)
    return report, study if report.ok else None

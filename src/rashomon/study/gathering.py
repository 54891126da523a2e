"""Gathering of faults: a run reports all of them, not the first alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rashomon.errors import Fault, RashomonError, Where

CAP = 100
"""Faults of one code in one column of one file that are listed; of the rest the number is given."""


class Gathered:
    """Faults and notices of one run; at most :data:`CAP` of a kind, and the number of the others."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._damaged: set[str] = set()
        self.notices: list[str] = []

    def __bool__(self) -> bool:
        return bool(self._faults)

    def note(self, text: str) -> None:
        """Add something the reader should know that is no fault."""
        self.notices.append(text)

    def damage(self, file: str) -> None:
        """Mark a file as having bytes that were replaced, so that no second fault is made of the replaced text."""
        self._damaged.add(file)

    def is_damaged(self, file: str) -> bool:
        """Whether bytes of the file were replaced."""
        return file in self._damaged

    def add(self, fault: Fault) -> None:
        """Add one fault."""
        key = (fault.code, fault.where.file, fault.where.field)
        self._counts[key] += 1
        if self._counts[key] <= CAP:
            self._faults.append(fault)

    def add_all(self, faults: Iterable[Fault]) -> None:
        """Add several faults."""
        for fault in faults:
            self.add(fault)

    def add_lines(self, fault: Fault, lines: Sequence[int] | NDArray[np.int32]) -> None:
        """Add the same fault for each of several lines of its file."""
        key = (fault.code, fault.where.file, fault.where.field)
        room = max(CAP - self._counts[key], 0)
        self._counts[key] += len(lines)
        for line in lines[:room]:
            self._faults.append(replace(fault, where=replace(fault.where, line=int(line))))

    def faults(self) -> tuple[Fault, ...]:
        """All faults by file and line, then for each kind that was cut short how many more there are."""
        listed = sorted(self._faults, key=_place)
        for (code, file, field), count in self._counts.items():
            if count > CAP:
                listed.append(_rest(code, file, field, count - CAP))
        return tuple(listed)

    def raise_any(self) -> None:
        """Raise what was gathered, if anything was."""
        if self._faults:
            raise RashomonError(self.faults())


def _place(fault: Fault) -> tuple[str, int]:
    return fault.where.file, fault.where.line or 0


def _rest(code: str, file: str, field: str, count: int) -> Fault:
    return Fault(
        code,
        f"and {count:,} more like these",
        found=f"{count + CAP:,} in all",
        allowed="",
        remedy="Mend what the listed ones have in common, then check again.",
        where=Where(file, None, None, field),
    )

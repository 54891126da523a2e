"""In which layer of its side each holder of a view is, day by day, for many holders and days at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from rashomon.measuring.statistics.grouping import Ints
from rashomon.study import OPEN_HI, OPEN_LO, StudyData

_FAR: Final = 2**24  # days of one holder never reach into the next's


class Layers:
    """The layer of each holder on any day, as the place of the layer from the top, −1 for none."""

    def __init__(self, study: StudyData, holders: Sequence[str]) -> None:
        keys: list[int] = []
        place: list[int] = []
        order = {one.id: i for i, one in enumerate(study.declared.layers)}
        self.count = len(order)
        for number, name in enumerate(holders):
            for day in _turns(study, name):
                keys.append(number * _FAR + day)
                place.append(order.get(study.layer_of(name, day) or "", -1))
        self._keys = np.array(keys, np.int64)
        self._place = np.array(place, np.int64)

    def at(self, holder: Ints, day: Ints) -> Ints:
        """The layers (n,) of holders (n,) on days (n,)."""
        if not len(self._keys):
            return np.full(len(holder), -1, np.int64)
        found: Ints = self._place[np.searchsorted(self._keys, holder * _FAR + day, "right") - 1]
        return found

    def during(self, holder: Ints, lo: Ints, hi: Ints) -> Ints:
        """The layer on the first day, or where there is none on the last."""
        found = self.at(holder, lo)
        return np.where(found >= 0, found, self.at(holder, hi))


def _turns(study: StudyData, name: str) -> list[int]:
    """Days from which an actor's layer may be another; the first is the first day there is."""
    spans = [] if study.is_side(name) else [one.span for one in study.actor(name).roles if one.span is not None]
    ends = [one.hi + 1 for one in spans if one.hi < OPEN_HI]
    return sorted({OPEN_LO, *(one.lo for one in spans), *ends})

"""What an engine counted, as arrays, with what its codes stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.events.scales import KINDS, MOST, UNIT, as_listed, codes_of, goldstein, kind_of
from rashomon.measuring.events.series import Cells
from rashomon.study.events import Named
from rashomon.texts import count

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


def whole(column: Any) -> tuple[Ints, Mask]:
    """A column of Arrow as whole numbers, 0 where there is none, and where there is one."""
    given = column.is_valid().to_numpy(zero_copy_only=False)
    return column.cast("int64").fill_null(0).to_numpy(zero_copy_only=False), given


def named(column: Any) -> tuple[tuple[str | None, ...], Ints]:
    """A column of Arrow as its distinct names, None last, and the number of each row's."""
    held = column.combine_chunks().dictionary_encode()
    names: list[str | None] = held.dictionary.to_pylist()
    return (*names, None), held.indices.cast("int64").fill_null(len(names)).to_numpy(zero_copy_only=False)


class Held:
    """The cells of one set. ``day``, ``kind``, ``value`` … are (n,), as in :class:`~rashomon.measuring.events.series.Cells`.

    ``table`` says which values of Goldstein's scale they have.
    """

    def __init__(self, of: Named, columns: Mapping[str, Any], day: Ints, scores: Mapping[str, float]) -> None:
        self.set, self.day = of, day
        self._sources, self._source = named(columns["source"])
        self._targets, self._target = named(columns["target"])
        self._codes, self._code = named(columns["code"])
        self.events, self.rows, self.reports = (whole(columns[name])[0] for name in ("events", "rows", "reports"))
        quad, given = whole(columns["quad"])
        by_code = np.array([kind_of(code or "", of.codes) for code in self._codes], np.int64)[self._code]
        self.kind = np.where(given & (quad >= 1) & (quad <= len(KINDS)), quad, by_code)
        values, self.table = self._values(columns["value"], scores)
        self.valued = np.abs(values) <= MOST  # what lies beyond the scale, or is no number, is no value of it
        self.value = np.rint(np.where(self.valued, values, 0.0) * UNIT).astype(np.int64)

    def _values(self, printed: Any, scores: Mapping[str, float]) -> tuple[NDArray[np.float64], str]:
        """Values, NaN where there is none, and which table they are of."""
        chosen = self.set.goldstein
        if scores:
            of = f"the study's own table instead, {self.set.scores} of {count(len(scores), 'code')}"
            return self._by_code(scores), of
        if chosen == "printed":
            listed = printed.cast("float64").fill_null(np.nan).to_numpy(zero_copy_only=False)
            return listed, "as printed in its files"
        return self._by_code(goldstein(chosen)), f"{chosen.upper()}'s table for CAMEO"

    def _by_code(self, table: Mapping[str, float]) -> NDArray[np.float64]:
        values = np.array([table.get(as_listed(code or "", self.set.codes), np.nan) for code in self._codes])
        return values[self._code]

    def of(self, source: str, target: str) -> Cells:
        """The cells of one directed pair."""
        here = (self._source == _place(self._sources, source)) & (self._target == _place(self._targets, target))
        return Cells(
            *(one[here] for one in (self.day, self._code, self.kind, self.value, self.valued)),
            *(one[here] for one in (self.events, self.rows, self.reports)),
        )

    def codes_of(self, chosen: frozenset[str | None]) -> tuple[tuple[str, int], ...]:
        """Those of some codes that occur, each with its events; None, which is no code, as "(none)"."""
        counts = np.bincount(self._code, self.events, len(self._codes)).astype(np.int64)
        found = [(code, int(n)) for code, n in zip(self._codes, counts, strict=True) if n and code in chosen]
        return tuple((code or "(none)", n) for code, n in sorted(found, key=lambda one: (one[0] is None, one[0] or "")))

    def unknown(self) -> tuple[tuple[str, int], ...]:
        """Codes of no scheme, each with its events."""
        scheme = self.set.codes
        known = codes_of(scheme)
        return self.codes_of(frozenset(code for code in self._codes if as_listed(code or "", scheme) not in known))


def _place(names: Sequence[str | None], name: str) -> int:
    """The place of a name, or that of None, which no side is called."""
    return names.index(name) if name in names else len(names) - 1

"""The order in which the text of a page is read: columns one after the other, and in each the lines from the top.

A gutter is a vertical line just before a place where many lines begin that have a neighbour to their left. Runs that cross it
(a title, a wide table, a line of a single column) part the page into bands; of each band all that is left of the gutter is read
before what is right of it, and each side is ordered in the same way. This is the recursive cut of a page along blanks (Nagy &
Seth 1984), made by what stands side by side, so that one wide line does not hide a gutter.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from rashomon.reading.pdf_pages import GAP, Bools, Floats, Run, is_eastern

_NEIGHBOURS: Final = 4
"""So many lines that begin at one place beside others make a gutter; fewer may do so by chance, where words are spaced out."""

_OUTSET: Final = 4
"""Lines that begin so many ems right of a gutter may be set in from it; those further right belong to another."""

_COLUMN: Final = 11
"""A column of text is at least so many ems wide; what is narrower are cells of a table, to be read row by row."""

_LINE: Final = 6
"""And half of its text stands in lines at least so many ems long."""

_CELL: Final = 1.5
"""A wider gap than this, in ems, parts two cells of a row."""

_DENSE: Final = 0.65
"""A line of text has at least this share of its width in letters."""

_TRIES: Final = 6
_MOST: Final = 1500
"""A page of more runs is no text in columns: a map, or a table of figures. It is read row by row."""

_DEPTH: Final = 12


@dataclass(frozen=True)
class Row:
    """Runs that stand on one line, from left to right, and the box around them but for a large first letter; ``size`` is that of
    most of its letters, ``weight`` what all words of it have at least.
    """

    runs: tuple[Run, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    weight: int

    @cached_property
    def text(self) -> str:
        """The words of the line; a blank where there is a gap between two runs."""
        return joined(self.runs, self.size)

    @cached_property
    def cells(self) -> list[str]:
        """The words, parted where there are wide gaps: the cells of a table."""
        gaps = [after.x0 - before.x1 for before, after in itertools.pairwise(self.runs)]
        if len(gaps) > 1 and self.dense and max(gaps) <= 1.2 * min(gaps):
            gaps = []  # a line spaced out to its full width
        cuts = [0, *(i for i, gap in enumerate(gaps, 1) if gap > _CELL * self.size), len(self.runs)]
        return [joined(self.runs[start:end], self.size) for start, end in itertools.pairwise(cuts)]

    @property
    def dense(self) -> bool:
        """Whether the line is more letters than gaps."""
        return sum(run.x1 - run.x0 for run in self.runs) >= _DENSE * (self.x1 - self.x0)


def joined(runs: Sequence[Run], size: float) -> str:
    """The text of runs on one line, with a blank where there is a gap; but not after a large first letter, and in Chinese and
    Japanese only where a letter would fit, since a stop leaves half its square empty.
    """
    parts = [runs[0].text]
    for before, after in itertools.pairwise(runs):
        eastern = is_eastern(before.text[-1]) or is_eastern(after.text[0])
        gap = (after.x0 - before.x1) / max(size, before.size / 1.6)
        parts += [" " if gap > (1.4 if eastern else 0.2) else "", after.text]
    return "".join(parts)


def columns(runs: Sequence[Run]) -> list[list[Row]]:
    """The runs of a page as columns in the order of reading, each with its lines from the top."""
    if not runs:
        return []
    em = _median(run.size for run in runs)
    return [rows(part) for part in _parts(list(runs), em, _DEPTH)]


def _median(values: Iterable[float]) -> float:
    """The upper median; of few values quicker than numpy's."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def _parts(runs: list[Run], em: float, depth: int) -> Iterator[list[Run]]:
    """The runs of each column. ``depth`` bounds how often a page can be cut."""
    bands = _bands(runs, em) if depth and 2 * _NEIGHBOURS <= len(runs) <= _MOST else None
    if bands is None:
        yield runs
        return
    for band in bands:
        for part in band:
            if part:
                yield from _parts(part, em, depth - 1)


def _bands(runs: list[Run], em: float) -> list[list[list[Run]]] | None:
    """The page cut along its best gutter, from the top: a band of what crosses it, or one of what stands left and right of it."""
    x0, y0, x1, y1 = np.array([run[1:5] for run in runs]).T
    level = _level(y0, y1)
    nearest = _nearest(x0, x1, level, em)
    gutters = list(_gutters(x1, nearest, em))
    for gutter in gutters:
        crossing = (x0 < gutter - 0.1 * em) & (x1 > gutter + 0.1 * em)
        for other in gutters:  # lines whose neighbour begins at another gutter, where the page is parted otherwise
            if other > gutter + _OUTSET * em:
                crossing |= (x1 < gutter) & (nearest >= other) & (nearest < other + em)
        crossing |= level[:, crossing].any(axis=1)  # beside a line that crosses: it is of another gutter, or of none
        cut = _cut(runs, crossing.tolist(), (x0 + x1 < 2 * gutter).tolist(), (y0 + y1).tolist())
        sides = [band for band in cut if len(band) == 2 and all(band)]
        if sides and all(_is_column([run for band in sides for run in band[side]]) for side in (0, 1)):
            bands = _whole(cut)
            return None if len(bands) == len(bands[0]) == 1 else bands
    return None


def _whole(cut: list[list[list[Run]]]) -> list[list[list[Run]]]:
    """Bands, those that are not of two columns made one with such that follow: a paragraph may run over them."""
    out: list[list[list[Run]]] = []
    for band in cut:
        if len(band) == 2 and all(band) and all(map(_is_column, band)):
            out.append(band)
        elif out and len(out[-1]) == 1:
            out[-1][0].extend(itertools.chain(*band))
        else:
            out.append([list(itertools.chain(*band))])
    return out


def _level(y0: Floats, y1: Floats) -> Bools:
    """Which runs stand on one line with which others."""
    high = y1 - y0
    shared = np.minimum(y1[:, None], y1) - np.maximum(y0[:, None], y0)
    out: Bools = shared > 0.3 * np.minimum(high[:, None], high)
    return out


def _cut(runs: list[Run], crossing: list[bool], left: list[bool], middle: list[float]) -> list[list[list[Run]]]:
    """Runs from the top: what crosses the gutter by itself, what lies between as two sides."""
    out: list[list[list[Run]]] = []
    for i in sorted(range(len(runs)), key=lambda i: -middle[i]):
        wanted = 1 if crossing[i] else 2
        if not out or len(out[-1]) != wanted:
            out.append([[] for _ in range(wanted)])
        out[-1][0 if crossing[i] or left[i] else 1].append(runs[i])
    return out


def _nearest(x0: Floats, x1: Floats, level: Bools, em: float) -> Floats:
    """Where the nearest neighbour to the right of each run begins, infinity if it has none."""
    beside = level & (x0[None, :] >= x1[:, None] - 0.1 * em)
    out: Floats = np.where(beside, x0[None, :], np.inf).min(axis=1)
    return out


def _gutters(x1: Floats, nearest: Floats, em: float) -> Iterator[float]:
    """Where gutters may be: just before a place where several lines begin that have a neighbour to the left; most lines first."""
    starts = np.sort(nearest[np.isfinite(nearest) & (nearest - x1 >= GAP * em)])
    for _ in range(_TRIES):
        count = np.searchsorted(starts, starts + 0.5 * em, "right") - np.arange(len(starts))
        if not len(starts) or count.max() < _NEIGHBOURS:
            return
        best = int(count.argmax())
        yield float(starts[best] - 0.4 * GAP * em)
        starts = np.delete(starts, slice(best, best + count[best]))


def _is_column(runs: list[Run]) -> bool:
    """Whether runs are lines of text: the longest are wide enough, and most of what they hold stands in lines about as long.

    Cells of a small table among the lines so count little.
    """
    spans = ([row] if row.dense else row.runs for row in rows(runs))
    widths = np.sort([one.x1 - one.x0 for span in spans for one in span])
    size = _median(run.size for run in runs)
    share = widths.cumsum() / widths.sum()
    half, most = widths[np.searchsorted(share, [0.5, 0.9])]
    return bool(most >= _COLUMN * size and half >= max(_LINE * size, 0.6 * most))


# Lines


def rows(runs: Sequence[Run]) -> list[Row]:
    """The lines of a column from the top: runs on one line share at least half of their height."""
    usual = _median(run.size for run in runs)
    initials = [run for run in runs if run.size > 1.6 * usual and _is_initial(run, runs)]
    lines: list[list[Run]] = []
    low = high = 0.0
    for run in sorted((run for run in runs if run not in initials), key=lambda run: -(run.y0 + run.y1)):
        shared = min(high, run.y1) - max(low, run.y0)
        if lines and shared >= 0.5 * min(high - low, run.y1 - run.y0):
            lines[-1].append(run)
        else:
            lines.append([run])
            low, high = run.y0, run.y1
    for initial in initials:
        beside = [line for line in lines if max(run.y1 for run in line) > initial.y0 and line[0].y0 < initial.y1]
        (beside[0] if beside else lines[0]).append(initial)
    return [_row(line) for line in lines]


def _is_initial(run: Run, runs: Sequence[Run]) -> bool:
    """Whether a run is a large first letter, set into the lines beside it."""
    if len(run.text) > 2:
        return False
    beside = (one for one in runs if one.size < 0.6 * run.size and 0 <= one.x0 - run.x1 < run.size)
    return sum(run.y0 < (one.y0 + one.y1) / 2 < run.y1 for one in beside) >= 2


def _row(line: list[Run]) -> Row:
    if len(line) == 1:
        _, x0, y0, x1, y1, size, weight = line[0]
        return Row((line[0],), x0, y0, x1, y1, size, weight)
    line.sort(key=lambda run: run.x0)
    letters: dict[float, int] = {}
    for run in line:
        letters[run.size] = letters.get(run.size, 0) + len(run.text)
    size = max(letters, key=lambda size: letters[size])
    usual = [run for run in line if run.size <= 1.6 * size]
    x0, x1 = min(run.x0 for run in usual), max(run.x1 for run in usual)
    y0, y1 = min(run.y0 for run in usual), max(run.y1 for run in usual)
    words = [run.weight for run in line if any(map(str.isalpha, run.text))]
    return Row(tuple(line), x0, y0, x1, y1, size, min(words or [run.weight for run in line]))

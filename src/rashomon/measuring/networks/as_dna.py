"""Networks through time as Discourse Network Analyzer 3 computes them, faults and all, for users who must reproduce its numbers.

From reading its program, and from its own results: a plain window of an even size is one unit too long; the triangular kernel is
|1 − u| and Epanechnikov's ¾(1 − u)², so that what follows the middle counts for less or more than what precedes it; time is cut
to whole units; a network of one mode keeps its diagonal, and its average multiplies by sums of reciprocal counts of the whole
time; in a network of two modes, *subtract* turns its sign where one level alone occurs in the data. Levels that coders gave are
measured by those that occur, and with a kernel count by their number in the order of the alphabet (-1, -2, 0, 1, 10, 2), from 0.
What DNA leaves to chance (which statements of one day fall into a window of statements) is settled here by their order; where
one level alone occurs it divides nought by nought, and here all statements are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.networks.projecting import Manner, count_cube, likeness, project, unfit, without_diagonal
from rashomon.measuring.networks.uttering import Scale, Utterances, as_dates
from rashomon.measuring.networks.windowing import KERNELS, Frame, Moving, Window, shifted

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_WITHIN: Final[Mapping[str, Callable[[Floats], Floats]]] = MappingProxyType(
    {
        "uniform": lambda u: np.full_like(u, 0.5),
        "triangular": lambda u: np.abs(1.0 - u),
        "epanechnikov": lambda u: 0.75 * (1.0 - u) * (1.0 - u),
    }
)


def dna_frames(of: Utterances, moving: Moving, how: Manner) -> Iterator[Frame]:
    """The networks that DNA makes of statements in the order of time; with a kernel all of them among all that speak.

    R502 for what it does not compute with a kernel: combinations, and norms other than the average.
    """
    of = of.turned if how.mode == "topics" else of
    if moving.kernel == "none":
        yield from _plain_frames(of, moving, how)
        return
    if how.aggregation == "combine" or how.normalisation not in ("none", "average"):
        raise unfit(f"{how.aggregation}, {how.normalisation} with a kernel, as in DNA", "no combinations; none or average",
                    "Leave out the kernel, or compatible.")  # fmt: skip
    width, order = moving.size + moving.size % 2, kernel_order(of)
    norm = _norm(of) if how.normalisation == "average" and how.mode != "two-mode" else None
    for window in dna_middles(of, moving.unit, width, moving.kernel, moving.indent):
        at = np.flatnonzero((of.first >= window.start) & (of.first <= window.stop))
        weight = dna_weights(of.first[at], window.middle, moving.unit, width, moving.kernel)
        matrix = kernel_matrix(of, at, weight, how, order)
        if norm is not None:
            matrix = _averaged(matrix, norm)
        places = np.arange(len(of.actors))
        columns = np.arange(len(of.topics)) if how.mode == "two-mode" else places
        yield Frame(window, places, columns, matrix, len(at), float(weight.sum()))


def dna_pair_frames(of: Utterances, moving: Moving) -> Iterator[Frame]:
    """What DNA takes for congruence and for conflict alike where it measures polarisation through time: *subtract*, averaged.

    Among those that speak in the window; statements of its first and last day are left out, but for a Gaussian.
    """
    how = Manner("actors", "subtract", "average", True)
    width, order = moving.size + moving.size % 2, kernel_order(of)
    for window in dna_middles(of, moving.unit, width, moving.kernel, moving.indent):
        inside = (of.first > window.start) & (of.first < window.stop) | (moving.kernel == "gaussian")
        here, at = of.at(inside), np.arange(int(np.count_nonzero(inside)))
        rows, row = np.unique(here.actor, return_inverse=True)
        here = replace(here, actors=[of.actors[place] for place in rows.tolist()], actor=row.astype(np.int64))
        weight = dna_weights(here.first, window.middle, moving.unit, width, moving.kernel)
        matrix = kernel_matrix(here, at, weight, how, order) if len(here) else np.zeros((0, 0))
        yield Frame(
            window, rows, rows, without_diagonal(_averaged(matrix, _norm(here))), len(here), float(weight.sum())
        )


def kernel_order(of: Utterances) -> tuple[Ints, Scale]:
    """DNA's number (K,) of each level, −1 where it does not occur, and the scale of these numbers."""
    there = np.unique(of.level).tolist()
    if of.scale.graded:
        there.sort(key=lambda one: str(int(of.scale.amount[one])))
    number = np.full(len(of.scale), -1, np.int64)
    number[there] = np.arange(len(there))
    place = np.arange(len(there), dtype=np.float64)
    return number, Scale(place, place if of.scale.graded else (place - 0.5) * 2.0, len(there) - 1.0, of.scale.graded)


def kernel_matrix(of: Utterances, at: Ints, weight: Floats, how: Manner, order: tuple[Ints, Scale]) -> Floats:
    """The network of the statements ``at`` with their weights, with its diagonal."""
    number, scale = order
    shape = (len(scale), len(of.actors), len(of.topics))
    two_mode = how.mode == "two-mode"
    cube = count_cube(shape, number[of.level[at]], of.actor[at], of.topic[at], weight if two_mode else np.sqrt(weight))
    if two_mode:
        signs = scale.amount if how.aggregation == "subtract" else np.ones(len(scale))
        made: Floats = sum(sign * one for sign, one in zip(signs.tolist(), cube, strict=True))
        return made
    alike = likeness(scale, how.aggregation)
    out: Floats = np.einsum("kl,kic,ljc->ij", alike, np.array(cube), np.array(cube), optimize=True)
    return out


def _norm(of: Utterances) -> Floats:
    """By what DNA multiplies for the average: for each pair the sum over topics and levels of 2 / (count + count)."""
    counts = np.concatenate(count_cube(of.shape, of.level, of.actor, of.topic), axis=1)
    out = np.zeros((len(counts), len(counts)))
    for place, one in enumerate(counts):
        total = one + counts
        out[place] = np.divide(2.0, total, out=np.zeros_like(total), where=total > 0).sum(axis=1)
    return out


def _averaged(matrix: Floats, norm: Floats) -> Floats:
    return np.where((matrix != 0) & (norm != 0), matrix * norm, matrix)


def dna_middles(of: Utterances, unit: str, width: int, kernel: str, indent: bool) -> list[Window]:
    """The days around which DNA puts a kernel of an even width, each with its first and last day."""
    first, last = int(of.first.min()), int(of.first.max())
    half = width // 2
    middle, end = (shifted(first, half, unit), shifted(last, -half, unit)) if indent else (first, last)
    out = []
    while middle <= end:
        start, stop = max(shifted(middle, -half, unit), first), min(shifted(middle, half, unit), last)
        out.append(Window(first, middle, last) if kernel == "gaussian" else Window(start, middle, stop))
        middle = shifted(middle, 1, unit)
    return out


def dna_weights(days: Ints, middle: int, unit: str, width: int, kernel: str) -> Floats:
    """DNA's weights of days (n,) around a middle."""
    u = 2.0 * _whole_units(days, middle, unit) / width
    if kernel == "gaussian":
        return KERNELS[kernel](u)
    return np.where(np.abs(u) <= 1.0, _WITHIN[kernel](u), 0.0)


def _whole_units(days: Ints, middle: int, unit: str) -> Floats:
    """Whole units from each day to the middle, cut towards zero."""
    apart = (middle - days).astype(np.float64)
    if unit in ("days", "weeks"):
        return np.trunc(apart / (7 if unit == "weeks" else 1))
    dates, to = as_dates(days), as_dates(np.array([middle]))
    months = (to.astype("datetime64[M]") - dates.astype("datetime64[M]")).astype(np.int64)
    into = (to - to.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64)
    begun = into - (dates - dates.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64)
    months = months - ((months > 0) & (begun < 0)) + ((months < 0) & (begun > 0))
    return np.asarray(np.trunc(months / (12 if unit == "years" else 1)), np.float64)


def _plain_frames(of: Utterances, moving: Moving, how: Manner) -> Iterator[Frame]:
    made = list(_event_windows(of, moving.size) if moving.unit == "events" else _time_windows(of, moving))
    if not made:
        raise unfit(
            f"a window of {moving.size} {moving.unit}", "a window no longer than the data", "Narrow the window."
        )
    for window in made:
        if window.begin >= 0:
            at = np.arange(window.begin, window.end)
        else:
            at = np.flatnonzero((of.first >= window.start) & (of.first <= window.stop))
        rows, row = np.unique(of.actor[at], return_inverse=True)
        columns, column = np.unique(of.topic[at], return_inverse=True)
        cube = count_cube((len(of.scale), len(rows), len(columns)), of.level[at], row, column)
        yield Frame(
            window,
            rows,
            columns if how.mode == "two-mode" else rows,
            project(cube, of.scale, how),
            len(at),
            float(len(at)),
        )


def _event_windows(of: Utterances, size: int) -> Iterator[Window]:
    half = size // 2
    for middle in range(half, len(of) - half):
        begin, end = middle - half, middle + half + 1
        yield Window(int(of.first[begin]), int(of.first[middle]), int(of.first[end - 1]), begin, end)


def _time_windows(of: Utterances, moving: Moving) -> Iterator[Window]:
    first, last = int(of.first.min()), int(of.first.max())
    reach = int(np.floor((moving.size - 1) / 2 + 0.5))
    middle = first
    while middle <= last:
        start, stop = shifted(middle, -reach, moving.unit), shifted(middle, reach, moving.unit)
        if start >= first and stop <= last:
            yield Window(start, middle, stop)
        middle = shifted(middle, 1, moving.unit)

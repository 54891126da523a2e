"""Networks that move through time: windows of days or of statements, and kernels around a day.

A plain window of ``size`` units is that long exactly, lies within the data and moves on by one unit. A kernel of width ``size``
weighs a day at u half-widths from the middle: uniform ½, triangular 1 − |u|, Epanechnikov ¾(1 − u²), each within −1..1, and
Gaussian φ(u) everywhere (Silverman 1986, *Density Estimation*, table 3.1); its middle moves from the first day to the last. Two
statements count in a network of one mode for the geometric mean of their weights. A statement whose day is uncertain counts
for the mean over its days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.networks.projecting import Manner, Matrix, count_cube, dense, one_of, project, unfit
from rashomon.measuring.networks.uttering import EPOCH, Utterances, as_dates

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

Unit = Literal["days", "weeks", "months", "years", "events"]
Kernel = Literal["none", "uniform", "triangular", "epanechnikov", "gaussian"]
LENGTHS: Final[Mapping[str, float]] = MappingProxyType({"days": 1.0, "weeks": 7.0, "months": 30.4375, "years": 365.25})
"""Days of a unit, in the width of a kernel."""
UNITS: Final = (*LENGTHS, "events")
KERNELS: Final[Mapping[str, Callable[[Floats], Floats]]] = MappingProxyType(
    {
        "uniform": lambda u: np.where(np.abs(u) <= 1.0, 0.5, 0.0),
        "triangular": lambda u: np.maximum(1.0 - np.abs(u), 0.0),
        "epanechnikov": lambda u: np.maximum(0.75 * (1.0 - u * u), 0.0),
        "gaussian": lambda u: np.exp(-0.5 * u * u) / np.sqrt(2.0 * np.pi),
    }
)
MOST_WINDOWS: Final = 50_000


@dataclass(frozen=True, slots=True)
class Moving:
    """How the network moves: the width, its unit, the kernel; ``indent``: only where the whole width lies within the data.

    Without a kernel ``indent`` makes no difference: a plain window always does.
    """

    size: int
    unit: Unit = "days"
    kernel: Kernel = "none"
    indent: bool = False

    def __post_init__(self) -> None:
        """R502 for what there is not."""
        one_of("unit", self.unit, UNITS)
        one_of("kernel", self.kernel, ("none", *KERNELS))
        if self.size < (2 if self.unit == "events" else 1):
            raise unfit(
                f"a window of {self.size} {self.unit}", "one unit or more, two statements or more", "Widen the window."
            )
        if self.unit == "events" and self.kernel != "none":
            raise unfit(
                f"kernel={self.kernel!r} over statements",
                "kernel='none' with events",
                "Choose a unit of time, or no kernel.",
            )


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days (ordinals) ``start``..``stop`` with its ``middle``; of statements, their places ``begin``..``end``.

    ``end`` is one past the last; both are −1 in windows of time.
    """

    start: int
    middle: int
    stop: int
    begin: int = -1
    end: int = -1


@dataclass(frozen=True, eq=False)
class Frame:
    """The network of one window among those that speak in it: ``matrix`` of actors ``rows`` by topics, or actors, ``columns``.

    ``n`` statements carry weight in it, of ``weight`` together.
    """

    window: Window
    rows: Ints
    columns: Ints
    matrix: Matrix
    n: int
    weight: float

    def full(self, rows: int, columns: int) -> Floats:
        """The network among all (rows, columns)."""
        out = np.zeros((rows, columns))
        out[np.ix_(self.rows, self.columns)] = dense(self.matrix)
        return out


def shifted(day: int, steps: int, unit: str) -> int:
    """The day so many units later; where the month is too short, its last day."""
    if unit in ("days", "weeks"):
        return day + steps * (7 if unit == "weeks" else 1)
    date = as_dates(np.array([day]))[0]
    months = date.astype("datetime64[M]")
    into = int((date - months.astype("datetime64[D]")).astype(np.int64))
    moved = months + steps * (12 if unit == "years" else 1)
    length = int(((moved + 1).astype("datetime64[D]") - moved.astype("datetime64[D]")).astype(np.int64))
    return int(moved.astype("datetime64[D]").astype(np.int64)) + EPOCH + min(into, length - 1)


def windows(of: Utterances, how: Moving) -> list[Window]:
    """The windows over statements, the earliest first; none over no statement. R502 where a window is longer than the data."""
    if not len(of):
        return []
    first, last = int(of.first.min()), int(of.last.max())
    if how.unit == "events":
        made = _of_events(of, how.size)
    elif how.kernel == "none":
        made = _of_time(first, last, how)
    else:
        made = _middles(first, last, how)
    if not made:
        there = f"{len(of)} statements" if how.unit == "events" else f"{last - first + 1} days"
        raise unfit(
            f"a window of {how.size} {how.unit} over {there}", "a window no longer than the data", "Narrow the window."
        )
    if len(made) > MOST_WINDOWS:
        raise unfit(f"{len(made):,} windows", f"up to {MOST_WINDOWS:,}", "Choose a longer unit, or a shorter time.")
    return made


def _of_events(of: Utterances, size: int) -> list[Window]:
    first, last = of.first.tolist(), of.last.tolist()
    ends = [(begin, begin + size) for begin in range(len(of) - size + 1)]
    return [
        Window(first[begin], first[begin + (size - 1) // 2], max(last[begin:end]), begin, end) for begin, end in ends
    ]


def _of_time(first: int, last: int, how: Moving) -> list[Window]:
    out = []
    for step in range(MOST_WINDOWS + 1):
        start, stop = shifted(first, step, how.unit), shifted(first, step + how.size, how.unit) - 1
        if stop > last:
            break
        out.append(Window(start, (start + stop) // 2, stop))
    return out


def _middles(first: int, last: int, how: Moving) -> list[Window]:
    half = half_width(how)
    out: list[Window] = []
    if 2 * half > last - first + 1:
        return out
    for step in range(MOST_WINDOWS + 1):
        middle = shifted(first, step, how.unit)
        if middle > last:
            break
        if how.kernel == "gaussian":
            start, stop = first, last
        else:
            start, stop = max(first, int(np.ceil(middle - half))), min(last, int(np.floor(middle + half)))
        if not how.indent or (middle - half >= first and middle + half <= last):
            out.append(Window(start, middle, stop))
    return out


def half_width(how: Moving) -> float:
    """Days from the middle of a kernel to its edge, or to a standard deviation of a Gaussian."""
    return how.size * LENGTHS[how.unit] / 2.0


def day_weights(window: Window, how: Moving) -> Floats:
    """The weight of each day of a window, from its first to its last."""
    days = np.arange(window.start, window.stop + 1)
    if how.kernel == "none":
        return np.ones(len(days))
    return KERNELS[how.kernel]((days - window.middle) / half_width(how))


def frames(of: Utterances, moving: Moving, how: Manner, over: Sequence[Window] | None = None) -> Iterator[Frame]:
    """The network of each window, the earliest first; one at a time, so that many need no more memory than one.

    ``of`` must be in the order of time; ``over``: the windows, where they are not its own. Raises what :func:`windows` raises,
    and R502 for a Jaccard index of weights.
    """
    if moving.kernel != "none" and how.normalisation == "jaccard":
        raise unfit(
            "normalisation='jaccard' with a kernel", "none, average or cosine", "Jaccard counts; it cannot weigh."
        )
    if how.mode == "topics":
        of = of.turned
    spread = bool(np.any(of.last > of.first))
    for window in windows(of, moving) if over is None else over:
        at, root, plain = _weighed(of, window, moving, spread, how.mode != "two-mode")
        yield _frame(of, window, how, at, root, plain)


def _weighed(of: Utterances, window: Window, moving: Moving, spread: bool, root: bool) -> tuple[Ints, Floats, Floats]:
    """The statements with weight in a window, their weights in the network, and in what is counted."""
    if window.begin >= 0:
        at = np.arange(window.begin, window.end)
        return at, of.weight[at], of.weight[at]
    end = int(np.searchsorted(of.first, window.stop, "right"))
    at = np.arange(0 if spread else int(np.searchsorted(of.first, window.start, "left")), end)
    if spread:
        at = at[of.last[at] >= window.start]
    table = day_weights(window, moving)
    plain = mean_over_days(table, of.first[at] - window.start, of.last[at] - window.start)
    if root and moving.kernel != "none":
        rooted = mean_over_days(np.sqrt(table), of.first[at] - window.start, of.last[at] - window.start)
    else:
        rooted = plain
    kept = (plain > 0) & (of.weight[at] > 0)
    at = at[kept]
    return at, rooted[kept] * of.weight[at], plain[kept] * of.weight[at]


def mean_over_days(table: Floats, first: Ints, last: Ints) -> Floats:
    """The mean of a table of weights over the days ``first``..``last`` (n,); days outside of the table weigh nothing.

    The weights must not fall before their peak nor rise after it, as a kernel's do not.
    """
    if np.array_equal(first, last):
        out: Floats = table[first]
        return out
    low, high = np.clip(first, 0, len(table)), np.clip(last + 1, 0, len(table))
    # Sums that run from each edge up to the peak: one that ran over it would lose the weights of a Gaussian's far tail.
    peak = int(np.argmax(table))
    rising = np.concatenate([[0.0], np.cumsum(table[:peak])])
    falling = np.concatenate([np.cumsum(table[peak:][::-1])[::-1], [0.0]])
    before = rising[np.minimum(high, peak)] - rising[np.minimum(low, peak)]
    after = falling[np.maximum(low, peak) - peak] - falling[np.maximum(high, peak) - peak]
    mean: Floats = (before + after) / (last - first + 1)
    return mean


def _frame(of: Utterances, window: Window, how: Manner, at: Ints, root: Floats, plain: Floats) -> Frame:
    levels, actors, topics = of.shape
    rows, row = _present(of.actor[at], actors)
    columns, column = _present(of.topic[at], topics)
    cube = count_cube((levels, len(rows), len(columns)), of.level[at], row, column, root)
    made = project(cube, of.scale, how, np.bincount(row, plain, len(rows)).astype(np.float64))
    return Frame(window, rows, columns if how.mode == "two-mode" else rows, made, len(at), float(plain.sum()))


def _present(codes: Ints, size: int) -> tuple[Ints, Ints]:
    """Which of the codes occur, in order, and for each code its place among them."""
    there = np.zeros(size, np.bool_)
    there[codes] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[codes]

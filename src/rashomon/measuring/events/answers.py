"""What counting events comes to."""

from __future__ import annotations

from dataclasses import dataclass

from rashomon.measuring.catchball import Excitation, Reciprocity
from rashomon.study import Estimate, Result
from rashomon.study.events import Broken


@dataclass(frozen=True)
class DyadPeriod:
    """Events of one side toward another in one period of one set.

    ``days``: of the period, how many lie between the first and the last day of the set. ``events``: after rows that are one
    event were put together; ``rows``: before. ``reports``: mentions, where the set counts them, else None. ``unknown``:
    events whose code is none of its scheme. ``goldstein``: the mean value, its band over days, ``n`` events that have a
    value; ``voices`` is 1, for a set is one way of reading the news. ``share``: ``rows`` in all rows of the set in the
    period, in thousandths.
    """

    set: str
    source: str
    target: str
    when: str
    days: int
    events: int
    rows: int
    reports: int | None
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    unknown: int
    goldstein: Estimate
    on_days: int
    verdict: str
    because: str
    share: float


@dataclass(frozen=True)
class EventSet:
    """How a set was counted: ``read`` rows of its ``files``, of which ``broken`` were kept aside (in ``aside``; the ``first`` of
    them are shown), and ``kept`` remain. Of these ``not_yet`` were not known by the view's day and ``outside`` lie outside the
    study's span; ``ours`` act from one declared side on another and became ``events``.

    ``differing``: codes that occur, on which the two published tables differ, each with its events. ``unknown``: codes of no
    scheme, each with its events. ``silent``: pairs of sides between which there is nothing. ``passed_over``: columns that the
    format has not. ``reciprocity``, ``excitation``: whether like is met with like, and whether acts bring about acts, in what
    this set records (:mod:`rashomon.measuring.events.mutual`).
    """

    id: str
    source: str
    format: str
    codes: str
    files: int
    read: int
    broken: int
    kept: int
    not_yet: int
    outside: int
    ours: int
    events: int
    first_day: str
    last_day: str
    same: str
    goldstein: str
    differing: tuple[tuple[str, int], ...]
    unknown: tuple[tuple[str, int], ...]
    silent: tuple[str, ...]
    passed_over: tuple[str, ...]
    aside: str
    first: tuple[Broken, ...]
    reciprocity: tuple[Reciprocity, ...]
    excitation: tuple[Excitation, ...]


@dataclass(frozen=True)
class EveryPair:
    """What became of the ``read`` rows of a set when those of every pair of codes were ``written`` to a file, which has so
    many ``rows``: ``broken``, ``kept``, ``aside`` and ``first`` as in :class:`EventSet`.
    """

    written: tuple[str]
    rows: int
    read: int
    broken: int
    kept: int
    aside: str
    first: tuple[Broken, ...]


@dataclass(frozen=True)
class EventSeries(Result[DyadPeriod]):
    """Directed series of events; see :class:`DyadPeriod`. ``sets``: how each set was counted; ``by``: month, week or day."""

    sets: tuple[EventSet, ...] = ()
    by: str = "month"

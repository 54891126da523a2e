"""Who holds the ball: the side upon which a call stands unanswered, from what day to what day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rashomon.measuring.catchball.acts import Acts, Bools, Ints
from rashomon.measuring.catchball.answering import UNKNOWN, Answers

ANSWERED, WITHDRAWN, FALLEN, STANDS = range(4)
ENDS: Final = ("answered", "withdrawn", "let fall", "stands")
"""What can become of a call."""

NOBODY, FIRST, SECOND, BOTH, OPEN = range(5)
"""Who holds the ball between a first and a second side; OPEN: uncertain dates leave it open."""


@dataclass(frozen=True, eq=False)
class Calls:
    """c calls and what became of them.

    ``act`` (c,): the place of the call; ``end`` (c,): its place in :data:`ENDS`; ``by`` (c,): the act that ended it, −1 for
    none; ``inferred`` (c,): whether that is an inferred answer. The call stands from some day in ``since_lo`` … ``since_hi``
    until the day before some day in ``until_lo`` … ``until_hi``; a call that was let fall is out of play from its window's
    end on, though it was never answered.
    """

    act: Ints
    end: Ints
    by: Ints
    inferred: Bools
    since_lo: Ints
    since_hi: Ints
    until_lo: Ints
    until_hi: Ints

    def take(self, kept: Bools | Ints) -> Calls:
        """Some of them."""
        return Calls(*(getattr(self, name)[kept] for name in self.__dataclass_fields__))


def end_calls(acts: Acts, answers: Answers, last: int, window: int) -> Calls:
    """What became by the day ``last`` of each call upon another side.

    An answer ends a call if it reached the caller: addressed to its side, or public. Of several the first counts. A side's own
    move that takes the call back ends it too. Else it was let fall when ``window`` days passed without an answer, or stands.
    """
    call = np.flatnonzero(acts.waiting & (acts.lo <= last))
    answer, to = answers.answer, answers.answered
    heard = acts.public[answer] | (acts.target[answer] == acts.mover[to])
    heard &= (acts.mover[answer] == acts.target[to]) & (acts.lo[answer] <= last)
    by, inferred = _first(acts, call, answer[heard], to[heard], answers.inferred[heard])
    own = acts.withdraws[acts.answer] & (acts.mover[acts.answer] == acts.mover[acts.answered])
    own &= acts.lo[acts.answer] <= last
    back, _ = _first(acts, call, acts.answer[own], acts.answered[own], np.zeros(int(own.sum()), np.bool_))
    sooner = (back >= 0) & ((by < 0) | (acts.lo[back] < acts.lo[by]))
    by, inferred = np.where(sooner, back, by), inferred & ~sooner
    since_lo, since_hi = acts.lo[call], np.minimum(acts.hi[call], last)
    ended = by >= 0
    fallen = ~ended & (since_hi + window < last)
    end = np.where(sooner, WITHDRAWN, np.where(ended, ANSWERED, np.where(fallen, FALLEN, STANDS)))
    until_lo = np.where(ended, np.maximum(acts.lo[by], since_lo), np.where(fallen, since_lo + window, last + 1))
    until_hi = np.where(ended, np.maximum(acts.hi[by], since_hi), np.where(fallen, since_hi + window, last + 1))
    return Calls(call, end, by, inferred, since_lo, since_hi, until_lo, until_hi)


def _first(acts: Acts, call: Ints, answer: Ints, to: Ints, inferred: Bools) -> tuple[Ints, Bools]:
    """For each call the earliest of the acts that answer it, or −1, and whether that is inferred."""
    order = np.lexsort((acts.hi[answer], acts.lo[answer]))[::-1]
    by, mark = np.full(len(acts) + 1, UNKNOWN, np.int64), np.zeros(len(acts) + 1, np.bool_)
    by[to[order]], mark[to[order]] = (
        answer[order],
        inferred[order],
    )  # of repeated places the last assignment stays: the earliest
    return by[call], mark[call]


@dataclass(frozen=True, eq=False)
class Ball:
    """Who holds the ball between two sides: (s,) spans of days, ``start`` and ``stop`` included, one after the other."""

    start: Ints
    stop: Ints
    holder: Ints

    def on(self, day: int) -> int:
        """Who holds it on a day; NOBODY before the first call."""
        at = int(np.searchsorted(self.start, day, side="right")) - 1
        return NOBODY if at < 0 or day > int(self.stop[at]) else int(self.holder[at])


def pass_ball(acts: Acts, calls: Calls, first: int, last: int, window: int) -> Ball:
    """The ball between the side numbered ``first`` and the other of these calls, from the first call to the day ``last``.

    A side holds it while a call upon it stands, but for no more than ``window`` days a call. O(c log c).
    """
    if not len(calls.act):
        return Ball(*(np.zeros(0, np.int64) for _ in range(3)))
    upon = (acts.target[calls.act] != first).astype(np.int64)  # 0: the first side is called upon
    until_lo = np.minimum(calls.until_lo, np.minimum(calls.since_lo + window, last + 1))
    until_hi = np.minimum(calls.until_hi, np.minimum(calls.since_hi + window, last + 1))
    sure = calls.since_hi < until_lo
    begins = [calls.since_lo, calls.since_hi[sure]]
    ends = [np.maximum(until_hi, calls.since_lo), until_lo[sure]]
    day = np.unique(np.concatenate([*begins, *ends, [last + 1]]))
    depth = np.zeros((2, 2, len(day)), np.int64)  # possible or sure, by who is called upon
    for kind, who in enumerate((upon, upon[sure])):
        np.add.at(depth[kind], (who, np.searchsorted(day, begins[kind])), 1)
        np.add.at(depth[kind], (who, np.searchsorted(day, ends[kind])), -1)
    may, does = np.cumsum(depth, axis=2) > 0
    holder = np.where(np.any(may != does, axis=0), OPEN, does[0] * FIRST + does[1] * SECOND)
    fresh = np.flatnonzero(np.append(True, holder[1:-1] != holder[:-2]))  # the last of these days is past the end
    return Ball(day[fresh], np.append(day[fresh[1:]], last + 1) - 1, holder[fresh])

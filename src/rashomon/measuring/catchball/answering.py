"""Which act answers which: as recorded, or, where nothing is recorded, by a rule that is stated and always marked.

The rule: a call is answered by the next act of the side called upon toward the caller that certainly follows, on the same
issue where the call names one, and within the window. If that act is on record as answering something else, no answer is
inferred. Where dates overlap the order is unknown; then only an act of a kind that there is only as an answer (accepts,
rejects …), on the issue that the call names, and beginning in the time to which the call is dated, is taken for one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from rashomon.measuring.catchball.acts import Acts, Bools, Ints, number_pair
from rashomon.measuring.statistics.grouping import distinct

UNKNOWN = -1
"""The opener of a ladder whose first act is not known, and a blank place."""


@dataclass(frozen=True, eq=False)
class Answers:
    """m answers across sides: places of the act that answers, and of the one it answers (m,), and whether that is inferred
    (m,).
    """

    answer: Ints
    answered: Ints
    inferred: Bools

    def express(self) -> Answers:
        """Those on record."""
        kept = ~self.inferred
        return Answers(self.answer[kept], self.answered[kept], self.inferred[kept])


@dataclass(frozen=True, eq=False)
class Ladders:
    """Acts that hang together by answers, pair of sides by pair.

    ``act``, ``ladder`` (k,): which act stands on which ladder, a ladder's acts in order of time; ``pair`` (l,): the pair of
    each ladder (:func:`~rashomon.measuring.catchball.acts.number_pair`); ``opener`` (l,): the side that opened it, −1 where
    the dates leave that open; ``first`` (l,): an act with which it begins.
    """

    act: Ints
    ladder: Ints
    pair: Ints
    opener: Ints
    first: Ints


def find_answers(acts: Acts, window: int) -> Answers:
    """Answers on record across sides, and those inferred within ``window`` days. O(n log n)."""
    made, to = acts.answer, acts.answered
    kept = (acts.mover[made] >= 0) & (acts.mover[to] >= 0) & (acts.mover[made] != acts.mover[to]) & acts.speaks[made]
    made, to = made[kept], to[kept]
    inferred = infer_answers(acts, window)
    mark = np.concatenate([np.zeros(len(made), np.bool_), np.ones(len(inferred[0]), np.bool_)])
    return Answers(np.concatenate([made, inferred[0]]), np.concatenate([to, inferred[1]]), mark)


def infer_answers(acts: Acts, window: int) -> tuple[Ints, Ints]:
    """Answers by the rule of this module: the act that answers (m,) and the call it answers (m,)."""
    given = np.zeros(len(acts), np.bool_)
    given[acts.answer] = True
    asked = acts.waiting.copy()
    asked[acts.answered] = False
    call = np.flatnonzero(asked)
    reply = np.flatnonzero(acts.across & acts.dated)
    on_issue = acts.issue[call] >= 0
    found = np.full(len(call), UNKNOWN, np.int64)
    for named in (True, False):
        at = np.flatnonzero(on_issue == named)
        found[at] = _next(acts, call[at], reply, window, given, named)
    at = np.flatnonzero(on_issue)
    early = _overlapping(acts, call[at], reply[acts.only_answers[reply] & ~given[reply]])
    found[at] = np.where(early >= 0, early, found[at])
    kept = found >= 0
    return found[kept], call[kept]


def _keys(acts: Acts, call: Ints, reply: Ints, named: bool) -> tuple[Ints, Ints]:
    """One number for each call and reply: alike where the reply goes from the side called upon to the caller (on the issue)."""
    columns = [
        np.concatenate([acts.target[call], acts.mover[reply]]),
        np.concatenate([acts.mover[call], acts.target[reply]]),
        np.concatenate([acts.issue[call], acts.issue[reply]]) if named else np.zeros(len(call) + len(reply), np.int64),
    ]
    number = distinct(*columns)[1]
    return number[: len(call)], number[len(call) :]


def _after(acts: Acts, group: Ints, day: Ints, key: Ints, reply: Ints) -> tuple[Ints, Bools]:
    """For each group and day the first of ``reply`` of that group that begins on that day or later, and whether there is one."""
    if not len(reply):
        return np.full(len(group), UNKNOWN, np.int64), np.zeros(len(group), np.bool_)
    order = np.lexsort((acts.hi[reply], acts.lo[reply], key))
    span = 4_000_000  # more days than there are
    ranked = key[order] * span + acts.lo[reply][order]
    at = np.searchsorted(ranked, group * span + day)
    inside = np.minimum(at, len(order) - 1)
    return reply[order[inside]], (at < len(order)) & (key[order[inside]] == group)


def _next(acts: Acts, call: Ints, reply: Ints, window: int, given: Bools, named: bool) -> Ints:
    group, key = _keys(acts, call, reply, named)
    found, there = _after(acts, group, acts.hi[call] + 1, key, reply)
    fits = there & ~given[found] & (acts.lo[found] - acts.hi[call] <= window)
    return np.where(fits, found, UNKNOWN)


def _overlapping(acts: Acts, call: Ints, reply: Ints) -> Ints:
    group, key = _keys(acts, call, reply, named=True)
    found, there = _after(acts, group, acts.lo[call], key, reply)
    return np.where(there & (acts.lo[found] <= acts.hi[call]), found, UNKNOWN)


def lay_ladders(acts: Acts, answers: Answers, sides: int) -> Ladders:
    """The ladders of calls and answers: acts joined by answers between the same two sides, and every call that none joins."""
    pair = number_pair(acts.mover[answers.answer], acts.mover[answers.answered], sides)
    lone = np.flatnonzero(acts.waiting)
    own = number_pair(acts.mover[lone], acts.target[lone], sides)
    act = np.concatenate([answers.answer, answers.answered, lone])
    first, node = distinct(np.concatenate([pair, pair, own]), act)
    size, m = len(first), len(pair)
    edges = coo_matrix((np.ones(m), (node[:m], node[m : 2 * m])), shape=(size, size))
    count, label = connected_components(edges, directed=False)
    of: Ints = label.astype(np.int64)
    pair_of = np.zeros(count, np.int64)
    pair_of[of] = np.concatenate([pair, pair, own])[first]
    answering = np.zeros(size, np.bool_)
    answering[node[:m]] = True
    opener, begins = _openers(acts, act[first], of, answering, count)
    order = np.lexsort((answering, acts.hi[act[first]], acts.lo[act[first]], of))
    return Ladders(act[first][order], of[order], pair_of, opener, begins)


def _openers(acts: Acts, act: Ints, of: Ints, answering: Bools, count: int) -> tuple[Ints, Ints]:
    """Who made the first act of each ladder, and that act: among those that answer nothing on it, the one certainly before all
    of the other side; where dates leave that open nobody is said to have opened it.
    """
    rooted = np.zeros(count, np.bool_)
    rooted[of[~answering]] = True
    root = np.flatnonzero(~answering | ~rooted[of])  # all acts of a ladder on which each answers another
    root = root[np.lexsort((acts.hi[act[root]], acts.lo[act[root]], of[root]))]
    ladder, made = of[root], act[root]
    first = made[np.searchsorted(ladder, np.arange(count))]
    opener = acts.mover[first].copy()
    latest = np.full(count, np.iinfo(np.int64).max)
    own = acts.mover[made] == opener[ladder]
    np.minimum.at(latest, ladder[own], acts.hi[made[own]])
    other = ~own
    disputed = ladder[other][acts.lo[made[other]] <= latest[ladder[other]]]
    opener[disputed] = UNKNOWN
    return opener, first

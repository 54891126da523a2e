"""Catchball: offers and answers between sides, who holds the ball, who answers how soon, and whether like is met with like.

From moves of one side toward another, and whatever is on record as their answer. An answer that nobody recorded is inferred
by one stated rule (:mod:`~rashomon.measuring.catchball.answering`) and marked; everything is told with and without such
answers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from rashomon.errors import error, listing, suggest
from rashomon.measuring.catchball.acts import CALLS, ONLY_ANSWER, SCORES, WIDEST, Ints, number_pair
from rashomon.measuring.catchball.answering import find_answers
from rashomon.measuring.catchball.conducting import Account, Settings, conduct, contests, holdings
from rashomon.measuring.catchball.gathering import TABLES, Gathered, gather_acts
from rashomon.measuring.catchball.holding import ENDS, FALLEN, STANDS
from rashomon.measuring.catchball.modelling import Fitting, excitation, judge_reciprocity, reciprocity
from rashomon.measuring.catchball.rows import AnswerLadder, Call, Catchball
from rashomon.study import StudyData, format_day
from rashomon.study.provenance import note
from rashomon.study.vocabulary import MOVE_KINDS

LISTED = 20_000
"""Calls and ladders that are listed at most, the first in time; all are counted."""

_METHOD = (
    "answers on record, else the next act of the side called upon toward the caller; Korn & Graubard 1998; Kaplan-Meier, "
    "clustered by voice (Williams 1995, Dorey & Korn 1987); "
    "Goldstein & Freeman 1990 with Newey & West 1987; Hawkes 1971 with Rubin 1987 over drawn dates"
)


def measure_catchball(
    study: StudyData,
    *,
    window_days: int = 366,
    level: float = 0.9,
    least: int = 5,
    least_months: int = 20,
    most_lags: int = 6,
    draws: int = 20,
    permutations: int = 999,
    most_acts: int = 100_000,
    scores: Mapping[str, float] | None = None,
    seed: int = 1955,
) -> Catchball:
    """Offers and answers between each two sides that move toward each other, or of which one is on record as answering the
    other.

    ``window_days``: within how many days an answer is inferred, after how many a call without one was let fall, and for how
    many one holds the ball. ``least`` calls upon each side, or ladders, are compared; ``least_months`` months with acts of
    each side, and as many dated acts, are needed to fit a model; of up to ``most_lags`` months; dates are drawn ``draws``
    times; at most ``most_acts`` acts are fitted. ``scores``: how cooperative kinds of moves are, instead of :data:`SCORES`.
    R502 for what these cannot be. O(n log n) in moves, but for the models.
    """
    _check(window_days, level, draws, scores)
    asked = Settings(window_days, level, least, permutations, seed)
    fitting = Fitting(level, least_months, most_lags, draws, most_acts, seed)
    told = {kind: (score, "as asked") for kind, score in scores.items()} if scores is not None else dict(SCORES)
    gathered = gather_acts(study, {kind: score for kind, (score, _) in told.items()})
    found = find_answers(gathered.acts, window_days)
    accounts = [
        Account.of(name, gathered, one, window_days) for name, one in (("all", found), ("express", found.express()))
    ]
    pairs = _pairs(gathered, accounts[0])
    both = [(account, one, other) for account in accounts for one, other in pairs]
    rows = tuple(
        conduct(gathered, account, side, rest, asked)
        for account, one, other in both
        for side, rest in ((one, other), (other, one))
    )
    parameters: dict[str, object] = {
        "window_days": window_days, "level": level, "least": least, "least_months": least_months, "most_lags": most_lags,
        "draws": draws, "permutations": permutations, "calls": list(CALLS), "only answers": list(ONLY_ANSWER), "widest": WIDEST,
    }  # fmt: skip
    sources = gathered.sources(np.arange(len(gathered.acts)))[0]
    return Catchball(
        rows,
        note(study, _METHOD, parameters, seed, len(gathered.acts), sources),
        contests=tuple(row for account, one, other in both for row in contests(gathered, account, one, other, asked)),
        calls=tuple(_calls(gathered, accounts[0])),
        ladders=tuple(_ladders(gathered, accounts[0])),
        ball=tuple(row for account, one, other in both for row in holdings(gathered, account, one, other, asked)),
        reciprocity=judge_reciprocity([row for pair in pairs for row in reciprocity(gathered, *pair, fitting)], level),
        excitation=tuple(row for pair in pairs for row in excitation(gathered, accounts[1], *pair, fitting)),
        scores=tuple((kind, score, after) for kind, (score, after) in told.items()),
        last=format_day(gathered.last) if gathered.last else "",
    )


def _check(window_days: int, level: float, draws: int, scores: Mapping[str, float] | None) -> None:
    """R502 for parameters that say nothing."""
    wrong = (
        (f"window_days={window_days}", "1 or more", window_days < 1),
        (f"level={level}", "between 0 and 1", not 0 < level < 1),
        (f"draws={draws}", "2 or more", draws < 2),
    )
    for found, allowed, is_wrong in wrong:
        if is_wrong:
            raise error(
                "R502", "Catchball cannot be asked for so.", found=found, allowed=allowed, remedy="Ask within that."
            )
    for kind, score in (scores or {}).items():
        if kind not in MOVE_KINDS:
            remedy = suggest(kind, MOVE_KINDS, "name kinds of moves.")
            raise error(
                "R502", "There is no such kind of move.", found=repr(kind), allowed=listing(MOVE_KINDS), remedy=remedy
            )
        if not math.isfinite(score):
            raise error(
                "R502", "A score is a number.", found=f"{kind}={score}", allowed="a finite number", remedy="Give one."
            )


def _pairs(gathered: Gathered, account: Account) -> list[tuple[int, int]]:
    """Pairs of sides that both moved toward each other, or have a ladder with an answer; those with the most acts first."""
    acts, size = gathered.acts, len(gathered.sides)
    at = np.flatnonzero(acts.across)
    moved = np.bincount(acts.mover[at] * size + acts.target[at], minlength=size * size).reshape(size, size)
    answers = account.answers
    answered = np.unique(number_pair(acts.mover[answers.answer], acts.mover[answers.answered], size)).tolist()
    found = [
        (one, other)
        for one in range(size)
        for other in range(one + 1, size)
        if (moved[one, other] and moved[other, one]) or one * size + other in answered
    ]
    return sorted(found, key=lambda pair: -int(moved[pair] + moved[pair[::-1]]))


def _calls(gathered: Gathered, account: Account) -> Iterator[Call]:
    """The calls, the earliest first."""
    acts, calls = gathered.acts, account.calls
    order = np.lexsort((calls.since_hi, calls.since_lo))[:LISTED]
    mine = calls.take(order)
    for k, place in enumerate(mine.act.tolist()):
        waits = mine.end[k] in (FALLEN, STANDS)
        until = (gathered.last, gathered.last) if waits else (int(mine.until_lo[k]), int(mine.until_hi[k]))
        since = (int(mine.since_lo[k]), int(mine.since_hi[k]))
        table: Any = gathered.study.table(TABLES[int(gathered.table[place])])
        move = table.row(int(gathered.row[place]))
        yield Call(
            record=gathered.record(place), caller=gathered.sides[acts.mover[place]], side=gathered.sides[acts.target[place]],
            kind=getattr(move, "kind", "states"), issue=getattr(move, "issue", ""), end=ENDS[mine.end[k]],
            by=gathered.record(int(mine.by[k])) if mine.by[k] >= 0 else "", inferred=bool(mine.inferred[k]),
            since=_days(since), until=_days(until), days=(max(until[0] - since[1], 0), max(until[1] - since[0], 0)),
            sources=(move.source,),
        )  # fmt: skip


def _days(days: tuple[int, int]) -> tuple[str, str]:
    return format_day(days[0]), format_day(days[1])


def _ladders(gathered: Gathered, account: Account) -> Iterator[AnswerLadder]:
    """The ladders, by their earliest act."""
    acts, ladders, answers, size = gathered.acts, account.ladders, account.answers, len(gathered.sides)
    pair = number_pair(acts.mover[answers.answer], acts.mover[answers.answered], size)
    steps: dict[tuple[int, int], list[int]] = {}
    for k, (which, answered) in enumerate(zip(pair.tolist(), answers.answered.tolist(), strict=True)):
        steps.setdefault((which, answered), []).append(k)
    begin = np.searchsorted(ladders.ladder, np.arange(len(ladders.pair) + 1))
    order = np.argsort(acts.lo[ladders.act[begin[:-1]]], kind="stable")[:LISTED]
    for which in order.tolist():
        places: Ints = ladders.act[begin[which] : begin[which + 1]]
        one, other = divmod(int(ladders.pair[which]), size)
        found = [k for place in places.tolist() for k in steps.get((one * size + other, place), ())]
        opener = int(ladders.opener[which])
        yield AnswerLadder(
            one=gathered.sides[one], other=gathered.sides[other], opener=gathered.sides[opener] if opener >= 0 else "",
            start=format_day(int(acts.lo[places].min())), stop=format_day(int(acts.hi[places].max())),
            records=gathered.records(places),
            steps=tuple(
                (gathered.record(int(answers.answer[k])), gathered.record(int(answers.answered[k])), bool(answers.inferred[k]))
                for k in found
            ),
        )  # fmt: skip

"""What became of calls, side by side: who left how many unanswered, who answered sooner, who began."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rashomon.measuring.catchball.acts import Bools, Floats, Ints, number_pair
from rashomon.measuring.catchball.answering import Answers, Ladders, lay_ladders
from rashomon.measuring.catchball.gathering import Gathered
from rashomon.measuring.catchball.holding import ANSWERED, FALLEN, STANDS, WITHDRAWN, Calls, end_calls, pass_ball
from rashomon.measuring.catchball.rows import Conduct, Contest, Holding
from rashomon.measuring.dynamics import SHOWN
from rashomon.measuring.statistics.judging import LEAST_VOICES, banded
from rashomon.measuring.statistics.shares import compare_shares
from rashomon.measuring.statistics.survival import Told, compare_groups, finite, median, survival
from rashomon.study import Estimate, format_day
from rashomon.study.clustered import clustered_share
from rashomon.texts import count, written_p


@dataclass(frozen=True)
class Settings:
    """What :func:`~rashomon.measuring.catchball.catching.measure_catchball` was asked for; see there."""

    window_days: int
    level: float
    least: int
    permutations: int
    seed: int


@dataclass(frozen=True, eq=False)
class Account:
    """All that follows from one set of answers: ``name`` says which."""

    name: str
    answers: Answers
    ladders: Ladders
    calls: Calls

    @classmethod
    def of(cls, name: str, gathered: Gathered, answers: Answers, window: int) -> Account:
        """The ladders and the ends of calls by these answers."""
        acts = gathered.acts
        ladders = lay_ladders(acts, answers, len(gathered.sides))
        return cls(name, answers, ladders, end_calls(acts, answers, gathered.last, window))

    def of_pair(self, gathered: Gathered, one: int, other: int) -> Calls:
        """The calls between two sides."""
        acts = gathered.acts
        caller, upon = acts.mover[self.calls.act], acts.target[self.calls.act]
        return self.calls.take(((caller == one) & (upon == other)) | ((caller == other) & (upon == one)))


Curve = tuple[tuple[float, float, float, float], ...]
Share = tuple[float, float, float]  # an estimate and the ends of its interval
Lives = tuple[Floats, Bools]


def waits(calls: Calls, last: int, most: float) -> tuple[Lives, Lives, Lives]:
    """How long each call waited in days (c,) and whether it was answered then (c,): between, at least, and at most.

    What was let fall or stands had waited to the last day; what was taken back, to that day. Nothing is followed for more than
    ``most`` days: what was answered later had no answer by then.
    """
    open_ = (calls.end == FALLEN) | (calls.end == STANDS)
    until_lo, until_hi = (np.where(open_, last, one) for one in (calls.until_lo, calls.until_hi))
    short = np.maximum(until_lo - calls.since_hi, 0).astype(np.float64)
    long = np.maximum(until_hi - calls.since_lo, 0).astype(np.float64)
    answered = calls.end == ANSWERED
    first, second, third = ((np.minimum(one, most), answered & (one <= most)) for one in ((short + long) / 2, short, long))
    return first, second, third


def horizon(account: Account, asked: Settings) -> float:
    """How long calls are followed: where answers are inferred, for the window, since later ones are never inferred."""
    return float(asked.window_days) if account.name == "all" else math.inf


def conduct(gathered: Gathered, account: Account, side: int, other: int, asked: Settings) -> Conduct:
    """How ``side`` dealt with the calls of ``other``."""
    acts = gathered.acts
    both = account.of_pair(gathered, side, other)
    mine = both.take(acts.target[both.act] == side)
    ends = np.bincount(mine.end, minlength=4)
    places = np.unique(np.concatenate([mine.act, mine.by[mine.by >= 0]]))
    sources, voices = gathered.sources(places)
    kept = mine.end != WITHDRAWN
    voice = acts.voice[mine.act]
    because = _told_by(len(mine.act), min(voices, len(np.unique(voice))), "call")
    left = clustered_share((mine.end != ANSWERED)[kept], voice[kept], asked.level)
    lives = waits(mine, gathered.last, horizon(account, asked))
    reply, (shortest, longest), curve = _reply(lives, voice, asked.level, voices)
    began = initiative(gathered, account, side, other, asked.level)
    return Conduct(
        side=gathered.sides[side], other=gathered.sides[other], answers=account.name,
        acts=int(np.sum(acts.across & (acts.mover == side) & (acts.target == other))), called=len(mine.act),
        answered=int(ends[ANSWERED]), inferred=int(mine.inferred.sum()), withdrawn=int(ends[WITHDRAWN]),
        fallen=int(ends[FALLEN]), standing=int(ends[STANDS]),
        left=banded(left[0], left[1:], asked.level, int(kept.sum()), voices),
        reply=reply, shortest=shortest, longest=longest,
        opened=began.opened, ladders=began.ladders, undetermined=began.undetermined,
        initiative=banded(began.share[0], began.share[1:], asked.level, began.decided, began.voices), least=began.least,
        most=began.most, curve=curve, because=because, n=len(mine.act), voices=voices,
        sources=sources, records=gathered.records(mine.act[:SHOWN]),
    )  # fmt: skip


def _told_by(n: int, voices: int, what: str) -> str:
    if not n:
        return f"no {what} is on record"
    return f"told by one voice only: no band around {count(n, what)}" if voices < LEAST_VOICES else ""


def _reply(
    lives: tuple[Lives, Lives, Lives], voice: Ints, level: float, voices: int
) -> tuple[Estimate, tuple[float, float], Curve]:
    """The median wait with its interval, the medians of the least and greatest waits, and the curve."""
    n, nan = len(voice), math.nan
    if not n:
        return banded(nan, (nan, nan), level, n, voices), (nan, nan), ()
    told = Told(np.arange(n), voice)
    curve, shortest, longest = (survival(*one, told, level) for one in lives)
    found = median(curve)
    reply = banded(finite(found.estimate), (finite(found.low), finite(found.high)), level, n, voices)
    ends = (finite(median(shortest).estimate), finite(median(longest).estimate))
    return reply, ends, curve.points if min(voices, told.voices) >= LEAST_VOICES else ()


@dataclass(frozen=True)
class Begun:
    """Of ``ladders`` between two sides, ``opened`` were opened by the first and ``undetermined`` by nobody known."""

    opened: int
    ladders: int
    undetermined: int
    share: Share
    least: float
    most: float
    voices: int
    first: Ints

    @property
    def decided(self) -> int:
        """How many ladders have a known opener."""
        return self.ladders - self.undetermined


def initiative(gathered: Gathered, account: Account, side: int, other: int, level: float) -> Begun:
    """How often ``side`` began, with the share's interval clustered by who tells of the first act."""
    ladders = account.ladders
    pair = number_pair(np.array([side]), np.array([other]), len(gathered.sides))[0]
    opener, first = (one[ladders.pair == pair] for one in (ladders.opener, ladders.first))
    known = opener >= 0
    own = opener[known] == side
    share = clustered_share(own, gathered.acts.voice[first[known]], level)
    total = len(opener) or math.nan
    least, most = float(np.sum(own)) / total, float(np.sum(own) + np.sum(~known)) / total
    voices = gathered.sources(first)[1]
    return Begun(int(own.sum()), len(opener), int(np.sum(~known)), share, least, most, voices, first)


@dataclass(frozen=True, eq=False)
class _Upon:
    """Calls upon two sides, compared: ``group`` (c,) is 1 for those upon the second, ``stratum`` (c,) the number of the voice."""

    calls: Calls
    group: Ints
    stratum: Ints


Compared = tuple[float, float, int, int]
"""p, its Monte-Carlo error, how many draws, and of which side (0, 1) there is more: −1 where that hangs on uncertain dates."""


def contests(gathered: Gathered, account: Account, one: int, other: int, asked: Settings) -> Iterator[Contest]:
    """The two sides compared: who began more, who left more unanswered, who let others wait longer."""
    yield _who_began(gathered, account, one, other, asked)
    calls = account.of_pair(gathered, one, other)
    calls = calls.take(calls.end != WITHDRAWN)
    acts = gathered.acts
    stratum = np.unique(acts.voice[calls.act], return_inverse=True)[1].astype(np.int64)
    upon = _Upon(calls, (acts.target[calls.act] == other).astype(np.int64), stratum)
    sources, voices = gathered.sources(calls.act)
    thin = _thin(upon.group, voices, asked.least, (gathered.sides[one], gathered.sides[other]))
    for question in ("unanswered", "reply"):
        rng = np.random.default_rng([asked.seed, one, other])
        found: Compared = (math.nan, math.nan, 0, -1)
        if not thin and question == "unanswered":
            found = _unanswered(upon, asked.permutations, rng)
        elif not thin:
            found = _waited(upon, waits(calls, gathered.last, horizon(account, asked)), asked.permutations, rng)
        p, error, draws, more = found
        verdict, because = ("undetermined", thin) if thin else _judged(found, 1 - asked.level + 1e-12)
        yield Contest(
            one=gathered.sides[one], other=gathered.sides[other], question=question, answers=account.name,
            more=gathered.sides[(one, other)[more]] if verdict == "differ" else "", p=p, error=error, draws=draws,
            verdict=verdict, because=because, n=len(calls.act), voices=voices, sources=sources,
            records=gathered.records(calls.act[:SHOWN]),
        )  # fmt: skip


def _thin(group: Ints, voices: int, least: int, names: tuple[str, str]) -> str:
    counts = np.bincount(group, minlength=2)
    for count_, name in zip(counts.tolist(), names, strict=True):
        if count_ < least:
            return f"{count_} calls upon {name}, where {least} are needed"
    return "all calls are told by one voice" if voices < LEAST_VOICES else ""


def _judged(found: Compared, bar: float) -> tuple[str, str]:
    """The verdict of a comparison, and why."""
    p, _, draws, more = found
    if math.isnan(p):
        return "undetermined", "no voice tells of calls upon both sides with different ends"
    said = f"{written_p(p)} by {draws} permutations within voices"
    if p > bar:
        return "no difference found", said
    if more < 0:
        return "undetermined", f"{said}, but who let the other wait longer depends on how uncertain dates fall"
    return "differ", said


def _unanswered(upon: _Upon, permutations: int, rng: np.random.Generator) -> Compared:
    left = upon.calls.end != ANSWERED
    p, error, draws, surplus = compare_shares(left, upon.group == 1, upon.stratum, permutations, rng)
    return p, error, draws, int(surplus > 0)


def _waited(upon: _Upon, lives: tuple[Lives, Lives, Lives], permutations: int, rng: np.random.Generator) -> Compared:
    """By log-rank scores; it must hold however uncertain dates fall, so the largest of three p counts."""
    tests = compare_groups(lives, upon.group, upon.stratum, draws=permutations, rng=rng)
    if any(math.isnan(test.p) for test in tests):
        return math.nan, math.nan, 0, -1
    largest = max(tests, key=lambda test: test.p)
    agreed = len({test.lasting for test in tests}) == 1
    return largest.p, largest.error, largest.draws, tests[0].lasting if agreed else -1


def _who_began(gathered: Gathered, account: Account, one: int, other: int, asked: Settings) -> Contest:
    """Decided where the interval of the share leaves out one half, and still does with all undetermined ladders on either
    side.
    """
    begun = initiative(gathered, account, one, other, asked.level)
    _, low, high = begun.share
    sources, voices = gathered.sources(begun.first)
    more = one if low > 0.5 and begun.least > 0.5 else other if high < 0.5 and begun.most < 0.5 else -1
    because = _told_by(begun.decided, voices, "ladder")
    if not because and begun.decided < asked.least:
        because = f"{begun.decided} ladders with a known opener, where {asked.least} are needed"
    if not because and more < 0:
        because = (
            f"the interval of the share that {gathered.sides[one]} opened ({low:.2f} to {high:.2f}) holds one half"
        )
    verdict = "undetermined" if because else "differ"
    return Contest(
        one=gathered.sides[one], other=gathered.sides[other], question="initiative", answers=account.name,
        more=gathered.sides[more] if verdict == "differ" else "", p=math.nan, error=math.nan, draws=0, verdict=verdict,
        because=because or f"of {begun.decided} ladders {gathered.sides[one]} opened {begun.opened} ({low:.2f} to {high:.2f})",
        n=begun.ladders, voices=voices, sources=sources, records=gathered.records(begun.first[:SHOWN]),
    )  # fmt: skip


def holdings(gathered: Gathered, account: Account, one: int, other: int, asked: Settings) -> Iterator[Holding]:
    """Who held the ball between two sides, span by span."""
    calls = account.of_pair(gathered, one, other)
    names = ("nobody", gathered.sides[one], gathered.sides[other], "both", "undetermined")
    ball = pass_ball(gathered.acts, calls, one, gathered.last, asked.window_days)
    for start, stop, holder in zip(ball.start.tolist(), ball.stop.tolist(), ball.holder.tolist(), strict=True):
        yield Holding(
            gathered.sides[one], gathered.sides[other], account.name, names[holder], format_day(start), format_day(stop)
        )

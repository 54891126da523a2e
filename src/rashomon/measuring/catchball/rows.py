"""What is answered of a game of catch: rows of plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rashomon.study import Estimate, Result

POOR: Final = 0.05
"""p of the test of fit below which a model of excitation is not taken to hold."""


@dataclass(frozen=True, slots=True)
class Conduct:
    """How one side dealt with the calls of another, and how often it began.

    ``answers``: "express" (only answers on record) or "all" (and inferred ones). Of ``called`` calls upon ``side`` by
    ``other``, ``answered`` were (``inferred`` of them by the rule), ``withdrawn`` taken back first, ``fallen`` let fall and
    ``standing`` stand still. ``left``: the share of calls not taken back that have no answer. ``reply``: the median wait for
    an answer in days, by Kaplan and Meier; ``shortest``, ``longest``: the same if all uncertain dates fell so; NaN where half
    were never answered. ``initiative``: the share of ladders that ``side`` opened, of ``opened`` + those opened by ``other``;
    ``least``, ``most``: if those ``undetermined`` were all the other's, or all its own. ``curve``: days, share not answered
    yet, and the ends of its band, clustered by voice as all intervals here are: there is none where one voice tells all calls.
    """

    side: str
    other: str
    answers: str
    acts: int
    called: int
    answered: int
    inferred: int
    withdrawn: int
    fallen: int
    standing: int
    left: Estimate
    reply: Estimate
    shortest: float
    longest: float
    opened: int
    ladders: int
    undetermined: int
    initiative: Estimate
    least: float
    most: float
    curve: tuple[tuple[float, float, float, float], ...]
    because: str
    n: int
    voices: int
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contest:
    """Two sides compared on one question: ``initiative`` (who opened more ladders), ``unanswered`` (who left more calls
    without an answer) or ``reply`` (who let others wait longer).

    ``more``: the side of which there is more, "" where that is not decided. ``p``: by ``draws`` permutations of the sides
    called upon within what one voice tells, with its Monte-Carlo ``error``; NaN for ``initiative``, which is decided by its
    interval. ``verdict``: differ, no difference found, or undetermined.
    """

    one: str
    other: str
    question: str
    answers: str
    more: str
    p: float
    error: float
    draws: int
    verdict: str
    because: str
    n: int
    voices: int
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One call for an answer, by ``caller`` upon ``side``, and what became of it by the last day.

    ``end``: answered, withdrawn, let fall or stands; ``by``: the record that ended it, "" for none; ``inferred``: whether
    that is an inferred answer. It stood from a day in ``since`` to the day before one in ``until``, ``days`` long at least
    and at most; what was let fall or stands, to the last day.
    """

    record: str
    caller: str
    side: str
    kind: str
    issue: str
    end: str
    by: str
    inferred: bool
    since: tuple[str, str]
    until: tuple[str, str]
    days: tuple[int, int]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerLadder:
    """Acts of two sides that hang together by answers, in order of time. ``opener``: "" where dates leave it open. ``steps``:
    each answer as (what answers, what it answers, whether that is inferred).
    """

    one: str
    other: str
    opener: str
    start: str
    stop: str
    records: tuple[str, ...]
    steps: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds the ball between two sides from ``start`` to ``stop``: a side, both, nobody, or undetermined (dates leave it
    open).
    """

    one: str
    other: str
    answers: str
    holder: str
    start: str
    stop: str


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """How the cooperation of ``side`` toward ``other`` follows the other's earlier acts, month by month.

    ``slope``: by how much it changes, over ``lags`` months in all, for each point of the other's cooperation; ``inertia``:
    the same of its own, over as many months as are tried. ``verdict``: reciprocates, answers the opposite way, no reciprocity
    found, or undetermined. ``undated``: acts left out because their date leaves the month open; ``unscored``: acts whose kind
    has no score, which count as neither.
    """

    side: str
    other: str
    slope: Estimate
    inertia: Estimate
    p: float
    p_holm: float
    lags: int
    months: int
    active: tuple[int, int]
    undated: int
    unscored: int
    verdict: str
    because: str
    n: int
    voices: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excitation:
    """How many acts of ``side`` toward ``other`` an act of ``by``, one of these two toward the other, brings about (a branching
    ratio).

    ``delay``: the mean delay in days, with the least and the greatest over ``draws`` drawings of uncertain dates; ``within``,
    ``between``: standard errors within and between drawings; ``fit``: median p of the test that the model fits. ``verdict``:
    excites, no excitation found, or undetermined. ``left_out``: acts whose time is too wide; of events, those that stand in both
    directions on one day.
    """

    side: str
    other: str
    by: str
    ratio: Estimate
    within: float
    between: float
    delay: tuple[float, float, float]
    radius: float
    fit: float
    draws: int
    left_out: int
    verdict: str
    because: str
    n: int
    voices: int
    sources: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """Whether the model is taken to hold; not where it was not fitted."""
        return self.fit >= POOR


@dataclass(frozen=True)
class Catchball(Result[Conduct]):
    """Offers and answers between each two sides that move toward each other: ``rows`` by side, and what stands behind them.

    ``last``: the day up to which all is reckoned, that of the last dated act or of the view. ``scores``: how cooperative each
    kind of move counts, and after which code.
    """

    contests: tuple[Contest, ...] = ()
    calls: tuple[Call, ...] = ()
    ladders: tuple[AnswerLadder, ...] = ()
    ball: tuple[Holding, ...] = ()
    reciprocity: tuple[Reciprocity, ...] = ()
    excitation: tuple[Excitation, ...] = ()
    scores: tuple[tuple[str, float, str], ...] = ()
    last: str = ""

    def on(self, day: str, answers: str = "all") -> tuple[Holding, ...]:
        """Who holds the ball between each two sides on a day (``1990-05-01``), with hindsight; of nobody before the first
        call.
        """
        return tuple(one for one in self.ball if one.answers == answers and one.start <= day <= one.stop)

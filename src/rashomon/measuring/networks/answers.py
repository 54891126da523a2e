"""What is answered about a discourse: frozen results of plain rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from rashomon.measuring.networks.windowing import Frame
from rashomon.study import Estimate, Result

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between ``source`` and ``target``; of one mode it has no direction, and begins when both had spoken on one topic.

    ``weight``: as the network's manner has it, with its interval over documents (NaN where none is given). ``n`` statements rest
    behind it, of which ``agree`` and ``disagree`` with their topics (all, but for middle levels of agreement); ``first`` and
    ``last`` are ISO days.
    """

    source: str
    target: str
    weight: Estimate
    n: int
    agree: int
    disagree: int
    topics: tuple[str, ...]
    first: str
    last: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """An actor, topic or path of a network. ``strength``: the sum of the weights of its ties, without their signs."""

    id: str
    name: str
    kind: str
    side: str
    layer: str
    n: int
    strength: float
    first: str
    last: str


@dataclass(frozen=True)
class Network(Result[Tie]):
    """A network. ``left_out``: how many statements were left out, by reason; ``because``: why ties have no interval.

    ``mode``: actors, topics, two-mode (from actors to topics) or views (from who says so to whose view it is, ``directed``).
    """

    nodes: tuple[Node, ...]
    mode: str
    directed: bool
    left_out: tuple[tuple[str, int], ...]
    because: str = ""

    @property
    def ends(self) -> tuple[str, str]:
        """The kinds of node, actor or topic, that a tie has for its source and for its target."""
        return {"topics": ("topic", "topic"), "two-mode": ("actor", "topic")}.get(self.mode, ("actor", "actor"))

    @property
    def symmetric(self) -> bool:
        """Whether a tie, told once, is one of its target with its source too."""
        return self.mode in ("actors", "topics")

    def matrix(self) -> pd.DataFrame:
        """The weights as a table: actors or topics by themselves, or actors by topics; a view's holder by its owner."""
        import pandas as pd

        rows, columns = ([one.id for one in self.nodes if one.kind == kind] for kind in self.ends)
        place, across = ({name: number for number, name in enumerate(names)} for names in (rows, columns))
        out = np.zeros((len(rows), len(columns)))
        for tie in self.rows:
            out[place[tie.source], across[tie.target]] = tie.weight.estimate
            if self.symmetric:
                out[place[tie.target], across[tie.source]] = tie.weight.estimate
        return pd.DataFrame(out, rows, columns)


@dataclass(frozen=True, slots=True)
class TieChange:
    """How the agreement of two actors (``kind`` actors) or of all actors of two sides, or within one (``sides``), changed.

    ``before``, ``after``: ids of two declared periods, one next to the other. ``earlier``, ``later``: in each the share of
    pairs of statements on one topic that agree. ``change``: later less earlier, with its interval over documents; ``p`` with
    ``p_holm`` adjusted for ``tests``. ``verdict``: nearer, further apart (each perhaps with "perhaps" before it), no change
    found, or undetermined.
    """

    kind: str
    source: str
    target: str
    before: str
    after: str
    earlier: float
    later: float
    change: Estimate
    p: float
    p_holm: float
    tests: int
    verdict: str
    because: str
    topics: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class TieChanges(Result[TieChange]):
    """Changes of ties between declared periods, whose ids are ``periods``; none where there is only one."""

    periods: tuple[str, ...]
    left_out: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """The network of one window: its days (ISO), ``n`` statements, nodes and ties that are not zero, the sum of all entries."""

    start: str
    middle: str
    stop: str
    n: int
    nodes: int
    ties: int
    total: float


@dataclass(frozen=True)
class Series(Result[Slice]):
    """A network moving through time, window by window. ``nodes``: row and column labels of every matrix."""

    nodes: tuple[tuple[str, ...], tuple[str, ...]]
    left_out: tuple[tuple[str, int], ...]
    again: Callable[[], Iterator[Frame]] = field(repr=False, compare=False)

    def matrices(self) -> Iterator[pd.DataFrame]:
        """The network of each window, one at a time, so that many need no more memory than one."""
        import pandas as pd

        rows, columns = self.nodes
        for frame in self.again():
            yield pd.DataFrame(frame.full(len(rows), len(columns)), rows, columns)

    def matrix(self, place: int) -> pd.DataFrame:
        """The network of the window with this number, from 0; IndexError where there is none."""
        if not 0 <= place < len(self.rows):
            raise IndexError(place)
        return next(islice(self.matrices(), place, None))

    def parts(self) -> dict[str, Any]:
        """As of any result; what makes the matrices again is left out."""
        held = super().parts()
        del held["again"]
        return held


@dataclass(frozen=True, slots=True)
class Polarised:
    """How polarised a window is (ISO days): ``polarisation``, its interval over documents; ``camps``, the best division found.

    ``congruence_within``, ``conflict_between``: the shares of all congruence and conflict that lie where camps would have them;
    polarisation is their sum less one. With DNA's numbers it is DNA's measure, and ``raw`` its sum before it is divided.
    ``by_chance``: what the best division reaches on average where sides are dealt out anew among the statements on each topic
    (over all time only, and NaN of very many actors). ``because``: why something is not given.
    """

    start: str
    middle: str
    stop: str
    polarisation: Estimate
    by_chance: float
    camps: tuple[tuple[str, ...], ...]
    congruence_within: float
    conflict_between: float
    raw: float
    because: str


@dataclass(frozen=True)
class Polarisation(Result[Polarised]):
    """Polarisation, over all time or window by window."""

    left_out: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Member:
    """An actor and its coalition, from 1, the largest first (0: without a tie).

    ``kept_by_seed`` and ``kept_by_document``: of all other actors, the share with which it is together or apart as here, over
    other seeds and over documents drawn anew (NaN where they were not).
    """

    actor: str
    name: str
    coalition: int
    n: int
    kept_by_seed: float
    kept_by_document: float


@dataclass(frozen=True)
class Coalitions(Result[Member]):
    """Coalitions. ``modularity``, its interval over documents; ``alike_by_seed``, ``alike_by_document``: how alike divisions
    are (adjusted Rand index: 1 the same, 0 as by chance). ``verdict``: ``coalitions``, or ``undetermined`` ``because``.
    """

    modularity: Estimate
    alike_by_seed: float
    alike_by_document: float
    verdict: str
    because: str
    left_out: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class BackboneTopic:
    """A topic in the order in which it is left out: what is lost without it and those before, what those left out would lose
    alone, and the statements that stay. In a fixed or penalised backbone ``step`` is 0, and ``kept`` says whether it is of it.
    """

    topic: str
    name: str
    step: int
    kept: bool
    loss: float
    redundant_loss: float
    statements: int


@dataclass(frozen=True)
class Backbones(Result[BackboneTopic]):
    """The backbone: nested, fixed or penalised. ``statements``: after duplicates; ``exact``: no other set of that size loses
    less, or under the ``penalty`` (0: none) costs less.
    """

    kind: str
    statements: int
    exact: bool
    left_out: tuple[tuple[str, int], ...]
    penalty: float = 0.0


@dataclass(frozen=True, slots=True)
class State:
    """The state, from 1, in which a discourse is in a window (ISO days), and whether it is another than in the one before."""

    start: str
    middle: str
    stop: str
    n: int
    state: int
    turns: bool


@dataclass(frozen=True)
class Phases(Result[State]):
    """Phases. ``silhouette``: how clearly the states stand apart, −1..1; ``verdict``: ``states`` or ``undetermined``."""

    silhouette: float
    verdict: str
    because: str
    distances: tuple[tuple[float, ...], ...]
    left_out: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """How often an actor agrees and disagrees, over all topics or on one ("" for all).

    ``levels``: how often it stands at each level of agreement, from the lowest; −1 and 1 are the sides of what has no levels.
    """

    actor: str
    name: str
    topic: str
    agree: int
    disagree: int
    levels: tuple[tuple[float, int], ...]


@dataclass(frozen=True)
class Bars(Result[Bar]):
    """How often each actor agrees and disagrees."""

    left_out: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A statement of the discourse: who takes which side on what, from when to when (ISO days), where, coded by whom.

    ``agrees``: None in the middle of levels of agreement. ``level``: what it counts for; −1 or 1 where there are two sides.
    """

    statement: str
    actor: str
    topic: str
    agrees: bool | None
    level: float
    first: str
    last: str
    source: str
    coder: str


@dataclass(frozen=True)
class Events(Result[Event]):
    """The statements of a discourse one by one, in the order of time."""

    left_out: tuple[tuple[str, int], ...]

"""The oracle's conflicts and hypergames as declared games, so that both can be asked the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from oracle import Conflict
from oracle_hypergames import Hypergame

from rashomon.playing.games import Game, Option, Preferences, View, letters


def name(player: int) -> str:
    """The id of a player."""
    return f"p{player}"


def option(o: int) -> str:
    """The id of an option."""
    return f"o{o}"


def condition(state: int, options: int) -> str:
    """The condition that holds in just this state."""
    return " & ".join(option(o) if state >> o & 1 else f"!{option(o)}" for o in range(options))


def ranking(rank: Mapping[int, int], options: int) -> Preferences:
    """A ranking, best first, ties together."""
    levels = sorted(set(rank.values()), reverse=True)
    return Preferences(
        levels=tuple(tuple(letters(s, options) for s in sorted(rank) if rank[s] == level) for level in levels)
    )


def _moves(conflict: Conflict, o: int) -> str:
    return {(True, True): "both", (True, False): "take", (False, True): "drop"}[o in conflict.take, o in conflict.drop]


def declared(
    truth: Conflict,
    start: int | None = None,
    views: Mapping[tuple[str, ...], View] | None = None,
    agreement: Iterable[int] = (),
    vetoes: Iterable[int] = (),
) -> Game:
    """The game of a conflict in which every option goes some way: a file has no other."""
    m = len(truth.owner)
    cannot = frozenset(range(2**m)) - truth.states
    return Game(
        id="random",
        title="",
        date="",
        citation="",
        actors=tuple(name(i) for i in truth.players),
        options=tuple(Option(option(o), name(truth.owner[o]), "", _moves(truth, o)) for o in range(m)),  # type: ignore[arg-type]
        infeasible=tuple(condition(s, m) for s in sorted(cannot)),
        status_quo=None if start is None else frozenset(option(o) for o in range(m) if start >> o & 1),
        preferences={name(i): ranking(truth.rank[i], m) for i in truth.players},
        views=views or {},
        vetoes=tuple(name(i) for i in vetoes),
        agreement=" | ".join(f"({condition(s, m)})" for s in sorted(agreement)),
        edits=(),
        evidence={},
    )


def declared_hypergame(game: Hypergame, agreement: Iterable[int] = (), vetoes: Iterable[int] = ()) -> Game:
    """The same of a hypergame."""
    m = len(game.truth.owner)
    views = {
        tuple(name(i) for i in path): View(
            {name(i): ranking(rank, m) for i, rank in said.rank.items()},
            tuple(option(o) for o in sorted(said.unaware)),
            tuple(condition(s, m) for s in sorted(said.impossible)),
        )
        for path, said in game.said.items()
    }
    return declared(game.truth, game.status_quo, views, agreement, vetoes)

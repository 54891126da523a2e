"""Edits: a game as it would have been, had some of its departures been made (definition D7). Edits commute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from rashomon.playing.games import Add, Correct, Edit, Game, Move, Option, Prefer, Remove, Seen, Veto, View


def edited(game: Game, edits: Iterable[Edit]) -> Game:
    """The game with the edits made together; that they can be is checked where a game is read."""
    made = [(edit.by, edit.change) for edit in edits]
    if not made:
        return game
    preferences = dict(game.preferences) | {by: one.wanted for by, one in made if isinstance(one, Prefer)}
    vetoes = [one for _, one in made if isinstance(one, Veto)]
    lifted = {one.actor for one in vetoes if not one.needed}
    return replace(
        game,
        options=_options(game, [one for _, one in made]),
        preferences=MappingProxyType(preferences),
        views=_views(game.views, [one.path for _, one in made if isinstance(one, Correct)]),
        vetoes=tuple(dict.fromkeys(one for one in (*game.vetoes, *(v.actor for v in vetoes)) if one not in lifted)),
    )


def _options(game: Game, changes: Iterable[object]) -> tuple[Option, ...]:
    options = {option.id: option for option in game.options}
    changes = list(changes)
    added = sorted((one.option for one in changes if isinstance(one, Add)), key=lambda option: option.id)
    options |= {option.id: option for option in added}  # last, so that the letters of the others keep their places
    for change in changes:
        if isinstance(change, Remove) and change.option in options:
            options[change.option] = replace(options[change.option], frozen=True)
        elif isinstance(change, Move):
            ways = {name: moves for name, moves in change.ways if name in options}
            options |= {name: replace(options[name], moves=moves) for name, moves in ways.items()}
    return tuple(options.values())


def _views(views: Mapping[Seen, View], corrected: Iterable[Seen]) -> Mapping[Seen, View]:
    """The views without all that is said at the corrected paths, or below them."""
    out = dict(views)
    for path in corrected:
        out = {one: view for one, view in out.items() if one[: len(path)] != path}
        if path[:-1] in out:
            out[path[:-1]] = _mended(out[path[:-1]], path[-1])
    return MappingProxyType(out)


def _mended(view: View, what: str) -> View:
    if what == "unaware":
        return replace(view, unaware=())
    if what == "impossible":
        return replace(view, impossible=())
    left = {actor: wanted for actor, wanted in view.preferences.items() if actor != what}
    return replace(view, preferences=MappingProxyType(left))

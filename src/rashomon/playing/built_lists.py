"""What answers tell of the lists that were built from a study: each entry with its statements, and in whose voices they speak."""

from __future__ import annotations

from dataclasses import dataclass

from rashomon.playing.games import Built, Game, Seen
from rashomon.study import StudyData


@dataclass(frozen=True)
class BuiltLine:
    """One entry of a built list: the condition, the ids of the statements behind it, how many independent voices speak in them,
    and whose voices these are. ``minimum``: it stands before the rest; ``contested``: the opposite is recorded too.
    """

    condition: str
    records: tuple[str, ...]
    voices: int
    told_by: tuple[str, ...]
    minimum: bool
    contested: bool


@dataclass(frozen=True)
class BuiltList:
    """A list that was built from statements held in a time ("": in any): what an actor wanted, as the viewers of a path took it.

    The order of its lines is free, but that those recorded as a minimum come first.
    """

    path: Seen
    actor: str
    held_in: str
    lines: tuple[BuiltLine, ...]


def lists_built(game: Game, study: StudyData | None) -> tuple[BuiltList, ...]:
    """The lists of a game that were built from its study, in the order of the file; a game without a study has none."""
    return () if study is None else tuple(_list(game, study, one) for one in game.built)


def _list(game: Game, study: StudyData, built: Built) -> BuiltList:
    entries = game.preferences_seen(built.path, built.actor)[0].conditions
    lines = (_line(game, study, built, place, text) for place, text in enumerate(entries))
    return BuiltList(built.path, built.actor, game.date, tuple(lines))


def _line(game: Game, study: StudyData, built: Built, place: int, text: str) -> BuiltLine:
    ids = game.evidence[built.path, built.actor, text]
    told = [study.record(one) for one in ids]
    sources = [one.source for one in told]
    voices = tuple(dict.fromkeys(map(study.voice, sources)))
    number = study.independent_voices(sources, [one.via for one in told])
    return BuiltLine(text, ids, number, voices, place < built.first, text in built.contested)

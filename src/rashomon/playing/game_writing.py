"""Writing a game as the file that :func:`~rashomon.playing.game_files.read_game` reads back as the same game."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rashomon.errors import error
from rashomon.playing.game_files import SUFFIXES
from rashomon.playing.games import Add, Correct, Edit, Game, Move, Option, Prefer, Preferences, Remove, Seen, Veto, View
from rashomon.playing.gmcr_files import gmcr_text
from rashomon.study.files import require_place, write_atomically
from rashomon.study.toml_writing import toml_value as _value


def write_game(game: Game, path: Path) -> tuple[str, ...]:
    """Write a game to a file, whole or not at all, and say what of it the file cannot hold.

    A TOML file holds everything: what is read from it equals the game, if the file bears the game's id; lists that were built
    from a study stand in it as given. A ``.gmcr`` file holds options, infeasible conditions and wants. R003 for a game that edits
    made, R006 where the file cannot be written.
    """
    require_game_file(path)
    if any(option.frozen for option in game.options) or list(game.options) != _grouped(game):
        raise error(
            "R003", "The game was made by edits: it has no file of its own.", found=game.id, allowed="a game as it was declared",
            remedy="Write the game, with its edits in it.",
        )  # fmt: skip
    text, left_out = gmcr_text(game) if path.suffix.lower() == ".gmcr" else (toml_text(game), ())
    write_atomically(path, text.encode())
    return left_out


def require_game_file(path: Path) -> None:
    """R003 where the name of a file is not that of a game, R006 where the file could not be written: before what takes long."""
    if path.suffix.lower() not in SUFFIXES:
        raise error(
            "R003", "A game is written by the ending of the file's name.", found=repr(str(path)), allowed=" or ".join(SUFFIXES),
            remedy="Give the file one of these endings.",
        )  # fmt: skip
    require_place(path)


def _grouped(game: Game) -> list[Option]:
    return [option for actor in game.actors for option in game.options if option.owner == actor]


def toml_text(game: Game) -> str:
    """The text of a game's TOML file."""
    sections = [_head(game), *_players(game), *_grounds(game), *_wants(game.preferences, ""), *_cited(game, ())]
    sections += [section for path, view in game.views.items() for section in _view(game, path, view)]
    sections += [_edit(edit) for edit in game.edits]
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _head(game: Game) -> list[str]:
    keys = {"title": game.title, "date": game.date, "citation": game.citation}
    lines = [f"{key} = {_value(text)}" for key, text in keys.items() if text]
    if game.status_quo is not None:
        lines.append(f"status_quo = {_value([o.id for o in game.options if o.id in game.status_quo])}")
    lines += [f"infeasible = {_value(game.infeasible)}"] if game.infeasible else []
    return lines + ([f"agreement = {_value(game.agreement)}"] if game.agreement else [])


def _players(game: Game) -> Iterator[list[str]]:
    """Vetoes are needed for what all agree on; they are written with the first player."""
    for actor in game.actors:
        options = ",\n".join(f"  {_option(option)}" for option in game.options if option.owner == actor)
        lines = ["[[player]]", f"actor = {_value(actor)}", f"options = [\n{options},\n]"]
        if actor == game.actors[0] and game.vetoes:
            lines.append(f"veto_by = {_value(game.vetoes)}")
        yield lines


def _grounds(game: Game) -> Iterator[list[str]]:
    """What of a study bears on the game. Lists that were built by it are written as any other, so that they can be mended."""
    yield _table("means", game.means)
    yield _table("stands_for", game.stands_for)


def _option(option: Option) -> str:
    keys = {"id": option.id} | ({"name": option.name} if option.name else {})
    return _value(keys | ({} if option.moves == "both" else {"moves": option.moves}))


def _wants(wanted: Mapping[str, Preferences], prefix: str) -> Iterator[list[str]]:
    """The lists under a prefix such as "views.japan."."""
    yield _table(f"{prefix}priorities", {actor: one.conditions for actor, one in wanted.items() if not one.ranked})
    yield _table(f"{prefix}rankings", {actor: _levels(one) for actor, one in wanted.items() if one.ranked})
    yield _table(f"{prefix}doubt", {actor: _groups(one) for actor, one in wanted.items() if one.doubt})
    great = {actor: one.great if one.ranked else one.great[0] for actor, one in wanted.items() if one.great}
    yield _table(f"{prefix}strength", great)


def _groups(wanted: Preferences) -> list[list[int]]:
    return [[place + 1 for place in group] for group in wanted.doubt]


def _levels(wanted: Preferences) -> list[str | tuple[str, ...]]:
    return [level[0] if len(level) == 1 else level for level in wanted.levels]


def _cited(game: Game, path: Seen) -> Iterator[list[str]]:
    found: dict[str, dict[str, Sequence[str]]] = {}
    for (seen, actor, text), ids in game.evidence.items():
        if seen == path:
            found.setdefault(actor, {})[text] = ids
    for actor, texts in found.items():
        yield _table(f"{_prefix(path)}evidence.{actor}", texts)


def _prefix(path: Seen) -> str:
    return "".join(f"views.{viewer}." for viewer in path)


def _view(game: Game, path: Seen, view: View) -> Iterator[list[str]]:
    prefix = _prefix(path)
    hidden = {"unaware": view.unaware, "impossible": view.impossible}
    yield [f"[{prefix[:-1]}]", *(f"{key} = {_value(items)}" for key, items in hidden.items() if items)]
    yield from _wants(view.preferences, prefix)
    yield from _cited(game, path)


def _edit(edit: Edit) -> list[str]:
    keys = {"id": edit.id, "by": edit.by} | ({"name": edit.name} if edit.name else {})
    change = edit.change
    lines = ["[[edit]]", *(f"{key} = {_value(text)}" for key, text in keys.items())]
    if isinstance(change, Correct):
        return [*lines, f"correct = {_value('.'.join(change.path))}"]
    if isinstance(change, Prefer):
        ranked = change.wanted.ranked
        entries: object = _levels(change.wanted) if ranked else change.wanted.conditions
        lines += [f"{'rankings' if ranked else 'priorities'} = {_value(entries)}"]
        return lines + ([f"doubt = {_value(_groups(change.wanted))}"] if change.wanted.doubt else [])
    if isinstance(change, Add):
        return [*lines, f"add = {_option(change.option)}"]
    if isinstance(change, Remove):
        return [*lines, f"remove = {_value(change.option)}"]
    if isinstance(change, Move):
        return [*lines, f"moves = {_value(dict(change.ways))}"]
    assert isinstance(change, Veto)
    return [*lines, f"{'add_veto' if change.needed else 'lift_veto'} = {_value(change.actor)}"]


def _table(name: str, items: Mapping[str, object]) -> list[str]:
    return [f"[{name}]", *(f"{_value(key)} = {_value(value)}" for key, value in items.items())] if items else []

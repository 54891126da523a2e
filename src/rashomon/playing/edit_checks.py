"""Reading of edits: each has an owner and exactly one change, and any two of them can be made together (definition D7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from rashomon.errors import listing, suggest
from rashomon.playing.editing import edited
from rashomon.playing.games import (
    Add,
    Change,
    Correct,
    Edit,
    Game,
    Move,
    Option,
    Prefer,
    Preferences,
    Remove,
    Seen,
    Veto,
)
from rashomon.playing.preference_checks import PreferenceReader
from rashomon.playing.schema import EditTable, ViewTable
from rashomon.study import Keys

if TYPE_CHECKING:
    from rashomon.playing.game_files import _Reader

CHANGES = ("correct", "priorities", "rankings", "add", "remove", "lift_veto", "add_veto", "moves")


def check_edits(tables: Sequence[EditTable], game: _Reader, preferences: PreferenceReader) -> tuple[Edit, ...]:
    """The edits of a game, with faults for those that are none, and for pairs that cannot be made together (R812)."""
    checked = _Checking(game, preferences)
    edits = [edit for i, table in enumerate(tables) if (edit := checked.edit(table, ("edit", i))) is not None]
    for one, other in combinations(edits, 2):
        why = clash(one, other)
        if why:
            place = next(i for i, table in enumerate(tables) if table.id == other.id)
            game.fault("R812", "Two edits cannot be made together.", f"{one.id!r} and {other.id!r}: {why}",
                       "edits of which any two can be made together", "Join the two, or drop one.", ("edit", place))  # fmt: skip
    return tuple(edits)


def clash(one: Edit, other: Edit) -> str:
    """Why two edits cannot be made together, or ""."""
    first, second = one.change, other.change
    if isinstance(first, Prefer) and isinstance(second, Prefer) and one.by == other.by:
        return f"both give {one.by!r} another order"
    if isinstance(first, Veto) and isinstance(second, Veto) and first.actor == second.actor and first != second:
        return f"one lifts and the other adds the veto of {first.actor!r}"
    touched = _moved(first) & _moved(second)
    if touched and first != second:
        return f"both change what may be done with {min(touched)!r}"
    return ""


def _moved(change: Change) -> frozenset[str]:
    """The options whose ways a change touches."""
    if isinstance(change, Remove):
        return frozenset({change.option})
    return frozenset(name for name, _ in change.ways) if isinstance(change, Move) else frozenset()


def idle_edits(game: Game) -> tuple[str, ...]:
    """What edits do not change, each in words: those by which all stays as it is, and those that repeat one of the same owner."""
    out = []
    for k, edit in enumerate(game.edits):
        if _stays(game, edit):
            out.append(f"The edit {edit.id!r} of the game {game.id!r} changes nothing: it is so already.")
        twin = next((one for one in game.edits[:k] if (one.by, one.change) == (edit.by, edit.change)), None)
        if twin is not None:
            out.append(f"The edit {edit.id!r} of the game {game.id!r} changes nothing beside {twin.id!r}, which is the same.")
    return tuple(out)


def _stays(game: Game, edit: Edit) -> bool:
    """Whether the game is with the edit made as it is without."""
    change = edit.change
    if isinstance(change, Prefer):
        return change.wanted == replace(game.preferences[edit.by], great=())  # an edit says nothing of strength
    if isinstance(change, Remove):
        taken = change.option in (game.status_quo or ())
        return any(option.moves == ("take" if taken else "drop") for option in game.options if option.id == change.option)
    return edited(game, [edit]) == game


class _Checking:
    """Checks of the edits one by one."""

    def __init__(self, game: _Reader, preferences: PreferenceReader) -> None:
        self.game, self.preferences = game, preferences
        self.ids: set[str] = set()

    def edit(self, table: EditTable, at: Keys) -> Edit | None:
        """The edit, or None where it is none."""
        game = self.game
        if table.id in self.ids:
            game.fault("R204", "The id of an edit is declared twice.", repr(table.id), "each id once", "Rename one of the two.",
                       (*at, "id"))  # fmt: skip
        self.ids.add(table.id)
        owners = (*game.actors, *game.vetoes)
        if table.by not in owners:
            game.fault("R811", "An edit needs an owner: who could have made it.", repr(table.by) if table.by else "no by",
                       listing(owners), suggest(table.by, owners, "name a player, or an actor with a veto, in by."),
                       (*at, "by"))  # fmt: skip
            return None
        given = [key for key in CHANGES if getattr(table, key) not in ("", None)]
        if len(given) != 1:
            game.fault("R811", "An edit makes exactly one change.", listing(given) or "no change", f"one of {', '.join(CHANGES)}",
                       "Write one edit for each change.", at)  # fmt: skip
            return None
        key = given[0]
        if table.doubt is not None and key not in ("priorities", "rankings"):
            game.fault("R809", "A doubt is of a list that is not given here.", f"{table.id!r} gives no list",
                       "doubt beside priorities or rankings", "Give the list beside it, or delete the doubt.",
                       (*at, "doubt"))  # fmt: skip
        change: Change | None = getattr(self, f"_{key}")(table, (*at, key))
        return None if change is None else Edit(table.id, table.by, table.name, change)

    def _correct(self, table: EditTable, at: Keys) -> Correct | None:
        said = _said(self.game.declared.views, ())
        path = tuple(table.correct.split("."))
        if path in said or any(one[: len(path)] == path for one in said):
            return Correct(path)
        known = [".".join(one) for one in said]
        self.game.fault("R811", "There is no such misperception to correct.", repr(table.correct), listing(known) or "no views",
                        suggest(table.correct, known, "name a view and whom it is of, such as japan.ussr."), at)  # fmt: skip
        return None

    def _priorities(self, table: EditTable, at: Keys) -> Prefer:
        assert table.priorities is not None
        return self._prefer(self.preferences.prioritise(table.priorities, at), table, at)

    def _rankings(self, table: EditTable, at: Keys) -> Prefer:
        assert table.rankings is not None
        return self._prefer(self.preferences.rank(table.rankings, at), table, at)

    def _prefer(self, wanted: Preferences, table: EditTable, at: Keys) -> Prefer:
        return Prefer(self.preferences.doubting(wanted, table.doubt or (), (*at[:-1], "doubt")))

    def _add(self, table: EditTable, at: Keys) -> Add | None:
        game, option = self.game, table.add
        assert option is not None
        if table.by not in game.actors:
            game.fault("R811", "An option can be added for a player only.", repr(table.by), listing(game.actors),
                       "Name a player in by.", at)  # fmt: skip
            return None
        others = [one.id for one in game.options] + [one.add.id for one in game.declared.edits if one.add not in (None, option)]
        if option.id in others:
            game.fault("R204", "The option is declared twice.", repr(option.id), "each option once", "Rename it.", (*at, "id"))
            return None
        return Add(Option(option.id, table.by, option.name, option.moves))

    def _remove(self, table: EditTable, at: Keys) -> Remove:
        self.game.known_option(table.remove, at)
        return Remove(table.remove)

    def _lift_veto(self, table: EditTable, at: Keys) -> Veto:
        game = self.game
        if table.lift_veto not in game.vetoes:
            game.fault("R811", "There is no such veto to lift.", repr(table.lift_veto), listing(game.vetoes) or "no vetoes",
                       suggest(table.lift_veto, game.vetoes, "name an actor of veto_by."), at)  # fmt: skip
        return Veto(table.lift_veto, needed=False)

    def _add_veto(self, table: EditTable, at: Keys) -> Veto:
        game = self.game
        if table.add_veto not in game.wanted:
            game.fault("R811", "A veto can be given only to an actor whose wants are known.", repr(table.add_veto),
                       listing(game.wanted), suggest(table.add_veto, game.wanted, "give its priorities."), at)  # fmt: skip
        return Veto(table.add_veto, needed=True)

    def _moves(self, table: EditTable, at: Keys) -> Move:
        assert table.moves is not None
        if not table.moves:
            self.game.fault("R811", "An edit changes nothing.", "moves = {}", "an option or more, each with the ways it may go",
                            "Name an option, or delete the edit.", at)  # fmt: skip
        for name in table.moves:
            self.game.known_option(name, (*at, name))
        return Move(tuple(table.moves.items()))


def _said(views: Mapping[str, ViewTable], above: Seen) -> list[Seen]:
    """Everything that views say: the path of viewers, and of whom, or "unaware" or "impossible"."""
    out: list[Seen] = []
    for viewer, table in views.items():
        path = (*above, viewer)
        out += [(*path, actor) for actor in (*table.priorities, *table.rankings, *table.from_study)]
        out += [(*path, key) for key in ("unaware", "impossible") if getattr(table, key)]
        out += _said(table.views, path)
    return out

"""Reading of what of a study bears on a game (``means``, ``stands_for``), and of the lists built by it (``from_study``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from rashomon.errors import RashomonError, listing, suggest
from rashomon.playing.drawing_on import Claim, Drawn, Grounds, draw_wants, entry
from rashomon.playing.games import Built, Preferences, Seen
from rashomon.playing.schema import GameTable, ViewTable
from rashomon.study import Keys, StudyData, format_day, parse_when, read_stance, read_topic

if TYPE_CHECKING:
    from rashomon.playing.game_files import _Reader

T = TypeVar("T", GameTable, ViewTable)


class ListBuilder:
    """Builds the lists of one game; ``built`` and ``evidence`` hold what was built so far."""

    def __init__(self, game: _Reader) -> None:
        """Reads the grounds of the game, with faults for those that are none."""
        self.game, self.declared = game, game.declared
        self.built: list[Built] = []
        self.means, self.stands_for = self._means(), self._stands_for()

    @cached_property
    def grounds(self) -> Grounds:
        """What of the study bears on the game; not before its date is known to be one."""
        when = parse_when(self.declared.date) if self.declared.date else None
        return Grounds(self.means, self.stands_for, None if when is None else (when.lo, when.hi))

    # grounds

    def _means(self) -> dict[str, frozenset[Claim]]:
        out: dict[str, frozenset[Claim]] = {}
        for text, stances in self.declared.means.items():
            at: Keys = ("means", text)
            if not self.game.condition(text, at):
                continue
            claims = [self._claim(one, (*at, place)) for place, one in enumerate(stances)]
            out[text] = frozenset(claim for claim in claims if claim is not None)
            self._unlike(text, out)
        return out

    def _claim(self, text: str, at: Keys) -> Claim | None:
        topic, _, stance = (part.strip() for part in text.partition("="))
        if not topic or not stance:
            self.game.fault("R823", "A stance that speaks of a condition is a topic and a position.", repr(text),
                            "issue=position, or TARGET:QUALITY=word", "Write it such as: territory=two-islands.", at)  # fmt: skip
            return None
        if self.game.study is None:
            return topic, stance
        lexicon = self.game.study.lexicon
        try:
            about = read_topic(topic, lexicon)
            return about.text, read_stance(stance, about, lexicon).text
        except RashomonError as problem:
            self.game.refused(problem, at)
            return None

    def _unlike(self, text: str, means: Mapping[str, frozenset[Claim]]) -> None:
        """A fault where a stance speaks for a condition and for its opposite: every record of it would contradict itself."""
        for other, claims in means.items():
            both = claims & means[text]
            if both and entry(other, False) == entry(text, True):
                self.game.fault("R823", "A stance speaks for a condition and for its opposite.", "=".join(min(both)),
                                f"a stance under {other!r} or under {text!r}", "Delete it under one of the two.",
                                ("means", text))  # fmt: skip

    def _stands_for(self) -> Mapping[str, tuple[str, ...]]:
        here = (*self.game.actors, *self.game.vetoes)
        for actor, others in self.declared.stands_for.items():
            at: Keys = ("stands_for", actor)
            if actor not in here:
                self.game.fault("R822", "Somebody stands for others who has no part in the game.", repr(actor), listing(here),
                                suggest(actor, here, "name a player, or an actor with a veto."), at)  # fmt: skip
            for place, other in enumerate(others):
                self.game.known_actor(other, (*at, place))
        return self.declared.stands_for

    # lists

    def read(self, table: GameTable | ViewTable, at: Keys, actors: Sequence[str], path: Seen) -> dict[str, Preferences]:
        """The lists that a table has built from the study, by actor; ``path`` is the view that it stands for."""
        out: dict[str, Preferences] = {}
        for place, actor in enumerate(table.from_study):
            here = (*at, "from_study", place)
            if not self._may_be_built(table, actor, actors, path, here):
                continue
            drawn = self._drawn(path, actor, here)
            if drawn is None:
                continue
            out[actor] = drawn.wanted
            self.built.append(drawn.built(path, actor))
            self.game.evidence |= {(path, actor, text): ids for text, ids in drawn.evidence.items()}
        return out

    def _may_be_built(
        self, table: GameTable | ViewTable, actor: str, actors: Sequence[str], path: Seen, at: Keys
    ) -> bool:
        others = [one for one in actors if one not in path[-1:]]
        if actor not in others:
            own = "name a player; what a viewer itself wants is no matter of its view."
            self.game.fault("R822", "A list is to be built of somebody whose wants do not count here.", repr(actor),
                            listing(others), suggest(actor, others, own), at)  # fmt: skip
        elif actor in (*table.priorities, *table.rankings):
            self.game.fault("R822", "A list is given, and is to be built from the study.", repr(actor), "one of the two",
                            "Delete the list, or take the actor out of from_study.", at)  # fmt: skip
        elif table.from_study.index(actor) != at[-1]:
            self.game.fault("R822", "A list is to be built twice.", repr(actor), "each actor once", "Delete the second.", at)
        else:
            return True
        return False

    def _drawn(self, path: Seen, actor: str, at: Keys) -> Drawn | None:
        study = self.game.study
        if study is None:
            self.game.fault("R820", "A list is to be built from a study, and the game has none.", repr(actor),
                            "from_study in a game of a study",
                            "Play the game in its study: rashomon play STUDY GAME; or write the list out.", at)  # fmt: skip
            return None
        if not self.means:
            self.game.fault("R820", "A list is to be built from a study, and no stance speaks of a condition.", "no [means]",
                            "[means], with stances by condition",
                            'Add [means] with lines such as: "aid" = ["large-scale-aid=given"].', at)  # fmt: skip
            return None
        drawn = draw_wants(study, self.grounds, path, actor)
        if drawn.evidence:
            return drawn
        self._nothing(study, path, actor, at)
        return None

    def _nothing(self, study: StudyData, path: Seen, actor: str, at: Keys) -> None:
        names = " > ".join(" or ".join(sorted(self.grounds.names(one))) for one in (*path, actor))
        claims = sorted("=".join(claim) for claims in self.means.values() for claim in claims)
        held = f", held in {self.declared.date}" if self.declared.date else ""
        known = "" if study.day is None else f", as of {format_day(study.day)}"
        self.game.fault("R821", "The study records nothing of what an actor wanted.",
                        f"no statement for {'.'.join((*path, actor))}{held}{known}",
                        f"statements of {names} that want or reject {listing(claims, 12)}",
                        "Name whose records count in stands_for, what else speaks of its conditions in means; or write the list.",
                        at)  # fmt: skip


def build_lists(table: GameTable, asked: Iterable[str]) -> GameTable:
    """A game's table in which these lists (``VIEWER.ACTOR``, ``ACTOR``) are built from the study instead of given."""
    for *path, actor in (one.split(".") for one in asked):
        table = _build(table, path, actor)
    return table


def _build(table: T, path: Sequence[str], actor: str) -> T:
    """A game's table, or a view's, in which one list is built instead of given; ``path`` leads to its view."""
    if path:
        inner = _build(table.views.get(path[0], ViewTable.model_validate({})), path[1:], actor)
        return table.model_copy(update={"views": {**table.views, path[0]: inner}})
    changed: dict[str, object] = {
        name: {key: value for key, value in getattr(table, name).items() if key != actor}
        for name in ("priorities", "rankings", "doubt", "strength") if hasattr(table, name)
    }  # fmt: skip
    changed["from_study"] = tuple(dict.fromkeys((*table.from_study, actor)))
    changed["evidence"] = _evidence_left(table, actor)
    return table.model_copy(update=changed)


def _evidence_left(table: GameTable | ViewTable, actor: str) -> dict[str, object]:
    """The evidence without that of an actor's list: what is named for it, or by a condition that no other list has."""
    mine = set(table.priorities.get(actor, ())) | set(_states(table, actor))
    others = {text for one, texts in table.priorities.items() if one != actor for text in texts}
    others |= {text for one in table.rankings if one != actor for text in _states(table, one)}
    return {key: value for key, value in table.evidence.items() if key != actor and key not in mine - others}


def _states(table: GameTable | ViewTable, actor: str) -> list[str]:
    levels = table.rankings.get(actor, ())
    return [text for level in levels for text in ((level,) if isinstance(level, str) else level)]

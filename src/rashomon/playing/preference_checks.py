"""Reading of what actors want: priorities and rankings, their doubts and strengths, checked against the game's states."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain

import numpy as np

from rashomon.errors import Fault, listing, suggest
from rashomon.playing.arenas import Board
from rashomon.playing.conditions import holds
from rashomon.playing.games import Option, Preferences, letters, number
from rashomon.playing.graphs import Bools
from rashomon.playing.schema import Doubts, GameTable, Levels, ViewTable
from rashomon.study import Keys, Tables

_MANY = 12


class PreferenceReader:
    """Reads the lists of one game. ``feasible`` is False, with a fault, where the game has no state to rank."""

    def __init__(
        self, options: Sequence[Option], infeasible: Sequence[str], status_quo: frozenset[str] | None,
        condition: Callable[[str, Keys], bool], tables: Tables,
    ) -> None:  # fmt: skip
        self.names = [option.id for option in options]
        self.condition, self.tables = condition, tables
        self.infeasible = infeasible
        self.feasible = self._check_feasible(status_quo)

    def _check_feasible(self, status_quo: frozenset[str] | None) -> bool:
        if not self.infeasible:
            return True
        if not self.states.any():
            self._fault("R801", "The game has no feasible state.", f"{len(self.infeasible)} conditions rule out all states",
                        "one feasible state at least", "Delete a condition of infeasible.", ("infeasible",))  # fmt: skip
            return False
        if status_quo is not None and not self.states[sum(1 << self.names.index(name) for name in status_quo)]:
            broken = next(text for text in self.infeasible if holds(text, status_quo))
            self._fault("R814", "The status quo is not feasible.", f"{broken!r} holds in it", "a feasible state",
                        "Mend status_quo, or the condition of infeasible.", ("status_quo",))  # fmt: skip
            return False
        return True

    @cached_property
    def states(self) -> Bools:
        """(S,) the feasible states."""
        return Board(tuple(self.names)).without(np.ones(1 << len(self.names), np.bool_), self.infeasible)

    def _fault(self, code: str, message: str, found: str, allowed: str, remedy: str, at: Keys) -> None:
        self.tables.gathered.add(Fault(code, message, found, allowed, remedy, self.tables.where(at)))

    def read(self, table: GameTable | ViewTable, at: Keys, actors: Sequence[str]) -> dict[str, Preferences]:
        """The preferences in the lists of a table that stands at a place of the file, by actor."""
        out: dict[str, Preferences] = {}
        for key, lists in (("priorities", table.priorities), ("rankings", table.rankings)):
            for actor in lists:
                if actor not in actors:
                    self._fault("R813", "A list is of somebody whose wants do not count here.", repr(actor), listing(actors),
                                suggest(actor, actors, "name a player."), (*at, key, actor))  # fmt: skip
        for actor in dict.fromkeys((*table.priorities, *table.rankings)):
            if actor in table.priorities and actor in table.rankings:
                self._fault("R813", "An actor has priorities and a ranking.", repr(actor), "one of the two",
                            "Delete one of them.", (*at, "rankings", actor))  # fmt: skip
            if actor in table.priorities:
                out[actor] = self.prioritise(table.priorities[actor], (*at, "priorities", actor))
            else:
                out[actor] = self.rank(table.rankings[actor], (*at, "rankings", actor))
        for actor, groups in table.doubt.items():
            here: Keys = (*at, "doubt", actor)
            if actor in table.from_study:
                self._fault("R822", "The order of a list that is built from the study is open already.", repr(actor),
                            "a doubt of a list that is given", "Delete the doubt.", here)  # fmt: skip
            elif actor not in out:
                self._fault("R809", "A doubt is of a list that is not given here.", repr(actor), listing(out) or "no lists",
                            "Give the list beside it, or delete the doubt.", here)  # fmt: skip
            else:
                out[actor] = self.doubting(out[actor], groups, here)
        return self._strengthen(table, out, at)

    def prioritise(self, given: Sequence[str], at: Keys) -> Preferences:
        """A list of conditions; one that is given twice says nothing the second time, and is a fault."""
        for place, text in enumerate(given):
            self.condition(text, (*at, place))
            if text in given[:place]:
                self._fault("R813", "A condition is given twice.", repr(text), "each condition once",
                            "Delete the later one: it decides nothing.", (*at, place))  # fmt: skip
        if not given:
            self._fault("R813", "The list is empty.", "[]", "one condition or more", "Write what matters most first.", at)
        return Preferences(conditions=tuple(given))

    # rankings

    def rank(self, given: Levels, at: Keys) -> Preferences:
        """A ranking of all feasible states, each once."""
        levels = tuple((level,) if isinstance(level, str) else tuple(level) for level in given)
        if () in levels:
            self._fault("R808", "A tie holds no state.", "[]", "two states or more in brackets", "Delete the empty brackets.", at)
            levels = tuple(level for level in levels if level)
        for text in chain(*levels):
            if len(text) != len(self.names) or set(text) - {"Y", "N"}:
                self._fault("R808", "A state is not one letter an option.", repr(text),
                            f"{len(self.names)} letters Y or N, for {listing(self.names)}", "Write Y where the option is taken.",
                            at)  # fmt: skip
                return Preferences(levels=levels)
        listed = [number(text) for text in chain(*levels)]
        counts = np.bincount(listed, minlength=len(self.states))
        self._complain("R808", "The ranking leaves out states.", (counts == 0) & self.states, "Add them, ties in brackets.", at)
        self._complain("R808", "The ranking names states twice.", counts > 1, "Delete the second.", at)
        self._complain("R808", "The ranking names states that are not feasible.", (counts > 0) & ~self.states, "Delete them.", at)
        return Preferences(levels=levels)

    def _complain(self, code: str, message: str, which: Bools, remedy: str, at: Keys) -> None:
        found = [letters(int(state), len(self.names)) for state in np.flatnonzero(which)]
        if found:
            self._fault(code, message, listing(found, _MANY), "every feasible state once", remedy, at)

    # doubts and strengths

    def doubting(self, wanted: Preferences, groups: Doubts, at: Keys) -> Preferences:
        """A list with groups of its neighbours in doubt."""
        return replace(wanted, doubt=self._doubts(groups, wanted, at))

    def _doubts(self, groups: Doubts, wanted: Preferences, at: Keys) -> tuple[tuple[int, ...], ...]:
        taken: set[int] = set()
        out = []
        for i, group in enumerate(groups):
            here = (*at, i)
            places = [self._place(one, wanted, (*here, j)) for j, one in enumerate(group)]
            known = sorted({place for place in places if place is not None})
            if None in places:
                continue
            if len(known) < 2 or len(known) < len(places):
                self._fault("R809", "A doubt is about two or more neighbours.", repr(list(group)),
                            "different entries of the list", "Name those whose order is free.", here)  # fmt: skip
            elif known[-1] - known[0] != len(known) - 1:
                self._fault("R809", "The entries of a doubt do not stand next to each other.", repr(list(group)),
                            "neighbours in the list", "Name all that stand between them too.", here)  # fmt: skip
            elif taken & set(known):
                self._fault("R809", "Two doubts name the same entry.", repr(list(group)), "each entry in one doubt",
                            "Join the two, or keep one.", here)  # fmt: skip
            else:
                out.append(tuple(known))
            taken |= set(known)
        return tuple(out)

    def _place(self, one: str | int, wanted: Preferences, at: Keys) -> int | None:
        """The place of an entry that is named by its number, from 1, or by its text."""
        entries = wanted.conditions or wanted.levels
        if isinstance(one, int):
            found = one - 1 if 1 <= one <= len(entries) else None
        else:
            texts = [{entry} if isinstance(entry, str) else set(entry) for entry in entries]
            found = next((place for place, text in enumerate(texts) if one in text), None)
        if found is None:
            known = [entry if isinstance(entry, str) else entry[0] for entry in entries]
            self._fault("R809", "A doubt names an entry that the list does not have.", repr(one),
                        f"1 to {len(entries)}, or {listing(map(repr, known), 6)}",
                        suggest(str(one), known, "write it just as it stands in the list."), at)  # fmt: skip
        return found

    def _strengthen(
        self, table: GameTable | ViewTable, wanted: dict[str, Preferences], at: Keys
    ) -> dict[str, Preferences]:
        strength = table.strength if isinstance(table, GameTable) else {}
        for actor, given in strength.items():
            here: Keys = (*at, "strength", actor)
            if actor in table.from_study:
                self._fault("R822", "A list that is built from the study has no order to be strong in.", repr(actor),
                            "a strength of a list that is given", "Delete the strength.", here)  # fmt: skip
                continue
            if actor not in wanted:
                self._fault("R813", "A strength is of an actor without a list.", repr(actor), listing(wanted),
                            "Give the actor's list, or delete the strength.", here)  # fmt: skip
                continue
            one = wanted[actor]
            places = (given,) if isinstance(given, int) else given
            size = len(one.levels or one.conditions)
            if (one.conditions and len(places) > 1) or any(not 1 <= place < max(size, 2) for place in places):
                self._fault("R813", "A strength is not a place of the list.", repr(given),
                            f"1 to {max(size - 1, 1)}" + ("" if one.conditions else ", or several"),
                            "Give after how many entries a difference is no longer great.", here)  # fmt: skip
            if len(set(places)) < len(places):
                self._fault("R813", "A strength names a place twice.", repr(list(places)), "each place once",
                            "Delete the second.", here)  # fmt: skip
            wanted[actor] = replace(one, great=tuple(sorted(places)))
        return wanted

"""Conflicts in ``.gmcr`` files, the JSON of other programs for the graph model: read as a game's tables, and written.

Such a file has ``options`` (name, permittedDirection), ``decisionMakers`` (name, options by number from 0, and their wants) and
``infeasibles``. A condition is a list of [option, "Y" or "N"], all of which hold, or several such in ``{"compound": true,
"members": […]}``, one of which holds. Wants are ``preferences``, conditions with the most important first, or a
``preferenceRanking`` (once ``preferenceVector``) of states, best first, ties nested; ``useManualPreferenceRanking`` says which of
the two counts. States are numbered from 1 over the feasible ones, the first option the lowest bit.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import chain, product
from typing import Any, NoReturn

import numpy as np

from rashomon.errors import RashomonError, Where, cut, error, listing
from rashomon.playing.arenas import Arena
from rashomon.playing.deterring import States, smallest
from rashomon.playing.games import Game
from rashomon.playing.graphs import MOST_OPTIONS, Ints, Ranks
from rashomon.study import Condition, parse_condition

WAYS = {"both": "both", "fwd": "take", "back": "drop"}
RANKED = ("preferenceRanking", "preferenceVector")
MOST_NUMBERED = 22
"""Options up to which states are ranked by number."""
MOST_RANKED = 4096
"""States up to which a ranking is written besides conditions."""


def gmcr_tables(raw: bytes, file: str) -> dict[str, Any]:
    """The conflict in the bytes of a ``.gmcr`` file as the tables of a game file; R818 where it is none."""
    try:
        data = json.loads(raw.decode("utf-8-sig"))
        json.dumps(data, ensure_ascii=False).encode()  # half a character, which JSON can name, is no text
    except (ValueError, RecursionError) as problem:
        raise _unfit(file, "", str(problem), "JSON in UTF-8") from problem
    return _Import(data, file).tables()


def _unfit(file: str, at: str, found: str, allowed: str) -> RashomonError:
    return error(
        "R818", "The .gmcr file cannot be read as a conflict.", found=f"{at}: {found}" if at else found, allowed=allowed,
        remedy="Mend the file, or save the conflict anew in the program that it is from.", where=Where(file),
    )  # fmt: skip


class _Import:
    """One reading of a parsed file; the first thing that does not fit ends it."""

    def __init__(self, data: Any, file: str) -> None:
        self.data, self.file = data, file
        self.options = self._list(self._get(data, "options", ""), "options")
        self.makers = self._list(self._get(data, "decisionMakers", ""), "decisionMakers")
        self.ids = _ids([self._name(one, f"options[{k}]") for k, one in enumerate(self.options)], "option")
        self.actors = _ids([self._name(one, f"decisionMakers[{k}]") for k, one in enumerate(self.makers)], "player")
        self.order = self._order()
        self.infeasible = self._conditions(data.get("infeasibles", []), "infeasibles")

    def tables(self) -> dict[str, Any]:
        """What a game file would hold."""
        wants = [self._wants(maker, f"decisionMakers[{k}]") for k, maker in enumerate(self.makers)]
        named = dict(zip(self.actors, wants, strict=True))
        title = self.data.get("title", "")
        return {
            "title": title if isinstance(title, str) else "",
            "player": [
                {"actor": actor, "options": [self._option(o) for o in maker["options"]]}
                for actor, maker in zip(self.actors, self.makers, strict=True)
            ],
            "infeasible": list(map(self._text, self.infeasible)),
            "priorities": {actor: given for actor, (key, given) in named.items() if key == "priorities"},
            "rankings": {actor: given for actor, (key, given) in named.items() if key == "rankings"},
            "views": self._misperceived(),
        }

    # the parts of the file

    def _fail(self, at: str, found: object, allowed: str) -> NoReturn:
        raise _unfit(self.file, at, cut(str(found), 80), allowed)

    def _get(self, table: Any, key: str, at: str) -> Any:
        if not isinstance(table, dict) or key not in table:
            self._fail(at, f"no {key}", f"an object with {key}")
        return table[key]

    def _list(self, value: Any, at: str) -> list[Any]:
        if not isinstance(value, list):
            self._fail(at, json.dumps(value), "a list")
        return value

    def _name(self, table: Any, at: str) -> str:
        name = self._get(table, "name", at)
        if not isinstance(name, str):
            self._fail(f"{at}.name", json.dumps(name), "text")
        return name

    def _number(self, value: Any, at: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < len(self.options):
            self._fail(at, json.dumps(value), f"the number of an option, 0 to {len(self.options) - 1}")
        return value

    def _order(self) -> list[int]:
        """The file's numbers of options in the order in which a game declares them, player by player."""
        if len(self.options) > MOST_OPTIONS:
            self._fail("options", f"{len(self.options)} options", f"{MOST_OPTIONS} at most")
        owned = []
        for k, maker in enumerate(self.makers):
            at = f"decisionMakers[{k}].options"
            owned += [self._number(o, at) for o in self._list(self._get(maker, "options", f"decisionMakers[{k}]"), at)]
        for o, name in enumerate(self.ids):
            if owned.count(o) != 1:
                self._fail("decisionMakers", f"option {o} ({name}) is owned by {owned.count(o)}", "one owner for each option")
        return owned

    def _option(self, number: int) -> dict[str, str]:
        table = self.options[number]
        way = table.get("permittedDirection", "both")
        if not isinstance(way, str) or way not in WAYS:
            self._fail(f"options[{number}].permittedDirection", json.dumps(way), listing(WAYS))
        return {"id": self.ids[number], "name": table["name"], "moves": WAYS[way]}

    # conditions: of each, the sets of (option, taken) one of which holds

    def _conditions(self, value: Any, at: str) -> list[list[tuple[tuple[int, bool], ...]]]:
        return [self._condition(one, f"{at}[{k}]") for k, one in enumerate(self._list(value, at))]

    def _condition(self, value: Any, at: str) -> list[tuple[tuple[int, bool], ...]]:
        if isinstance(value, dict):
            members = self._list(self._get(value, "members", at), f"{at}.members")
            return [self._all(one, f"{at}.members[{k}]") for k, one in enumerate(members)]
        return [self._all(value, at)]

    def _all(self, value: Any, at: str) -> tuple[tuple[int, bool], ...]:
        out = []
        for pair in self._list(value, at):
            if not isinstance(pair, list) or len(pair) != 2 or pair[1] not in ("Y", "N"):
                self._fail(at, json.dumps(pair), 'an option and "Y" or "N", such as [0, "Y"]')
            out.append((self._number(pair[0], at), pair[1] == "Y"))
        if not out:
            self._fail(at, "an empty condition", "one option or more")
        return tuple(out)

    def _text(self, condition: list[tuple[tuple[int, bool], ...]]) -> str:
        parts = [" & ".join(("" if taken else "!") + self.ids[o] for o, taken in some) for some in condition]
        return parts[0] if len(parts) == 1 else " | ".join(f"({part})" for part in parts)

    def _misperceived(self) -> dict[str, Any]:
        views = {}
        for k, (actor, maker) in enumerate(zip(self.actors, self.makers, strict=True)):
            found = self._conditions(maker.get("misperceptions", []), f"decisionMakers[{k}].misperceptions")
            if found:
                views[actor] = {"impossible": list(map(self._text, found))}
        return views

    # wants

    def _wants(self, maker: dict[str, Any], at: str) -> tuple[str, list[Any]]:
        ranked = next((key for key in RANKED if maker.get(key)), None)
        manual = self.data.get("useManualPreferenceRanking", self.data.get("useManualPreferenceVectors", True))
        if ranked is not None and (manual or not maker.get("preferences")):
            return "rankings", self._ranking(self._list(maker[ranked], f"{at}.{ranked}"), f"{at}.{ranked}")
        conditions = self._conditions(maker.get("preferences", []), f"{at}.preferences")
        return "priorities", list(dict.fromkeys(map(self._text, conditions)))  # a repeated one decides nothing

    def _ranking(self, given: list[Any], at: str) -> list[str | list[str]]:
        states = self._feasible()

        def named(number: Any) -> str:
            if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(states):
                self._fail(at, json.dumps(number), f"the number of a feasible state, 1 to {len(states)}")
            state = int(states[number - 1])
            return "".join("Y" if state >> o & 1 else "N" for o in self.order)

        return [list(map(named, level)) if isinstance(level, list) else named(level) for level in given]

    def _feasible(self) -> Ints:
        """The feasible states by the file's own bits, ascending."""
        if len(self.options) > MOST_NUMBERED:
            self._fail("options", f"{len(self.options)} of them", f"{MOST_NUMBERED} at most where states are ranked by number")
        states = np.arange(1 << len(self.options))
        for some in chain(*self.infeasible):
            mask, taken = sum(1 << o for o, _ in set(some)), sum(1 << o for o, yes in set(some) if yes)
            states = states[states & mask != taken]
        return states


def _ids(names: Sequence[str], what: str) -> list[str]:
    """Ids made of names, each once."""
    out: list[str] = []
    for place, name in enumerate(names, 1):
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        base = re.sub("[^a-z0-9]+", "-", plain).strip("-") or f"{what}-{place}"
        found = next(one for k in range(1, len(names) + 2) if (one := base if k == 1 else f"{base}-{k}") not in out)
        out.append(found)
    return out


# writing


def gmcr_text(game: Game) -> tuple[str, tuple[str, ...]]:
    """A game as the text of a ``.gmcr`` file, and what of the game such a file cannot hold, in words."""
    arena = Arena.of(game)
    states = np.flatnonzero(arena.feasible)
    manual = any(game.preferences[actor].ranked for actor in game.actors)
    places = {option.id: place for place, option in enumerate(game.options)}
    ways = {ours: theirs for theirs, ours in WAYS.items()}

    def maker(actor: str) -> dict[str, Any]:
        wanted, view = game.preferences[actor], game.views.get((actor,))
        found: dict[str, Any] = {
            "name": actor,
            "options": [places[option.id] for option in game.options if option.owner == actor],
            "preferences": [_one_of(terms) for text in wanted.conditions if (terms := _pairs(text, places))],
        }
        if manual or len(states) <= MOST_RANKED:
            found["preferenceRanking"] = _ranking(arena.board.ranks(wanted)[states])
        if view is not None and view.impossible:
            found["misperceptions"] = [pairs for text in view.impossible for pairs in _pairs(text, places)]
        return found

    data = {
        "title": game.title,
        "options": [{"name": option.name or option.id, "permittedDirection": ways[option.moves]} for option in game.options],
        "decisionMakers": [maker(actor) for actor in game.actors],
        "infeasibles": [pairs for text in game.infeasible for pairs in _pairs(text, places)],
        "useManualPreferenceRanking": manual,
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n", _left_out(game)


def _ranking(ranks: Ranks) -> list[Any]:
    """The places of states, from 1, best first, ties nested."""
    levels = [(np.flatnonzero(ranks == rank) + 1).tolist() for rank in np.unique(ranks)[::-1]]
    return [level[0] if len(level) == 1 else level for level in levels]


def _left_out(game: Game) -> tuple[str, ...]:
    seen = game.views.items()
    wants = [*game.preferences.values(), *(one for _, view in seen for one in view.preferences.values())]
    parts = {
        "the status quo": game.status_quo is not None,
        "what counts as agreement": bool(game.agreement),
        "vetoes": bool(game.vetoes),
        "how players see the wants of others": any(view.preferences for _, view in seen),
        "options that players do not know of": any(view.unaware for _, view in seen),
        "what players take others to hold impossible": any(view.impossible and len(path) > 1 for path, view in seen),
        "doubts": any(one.doubt for one in wants),
        "strength of preference": any(one.great for one in wants),
        "edits": bool(game.edits),
        "evidence": bool(game.evidence),
        "what of a study speaks of its conditions": bool(game.means or game.stands_for),
        "the date": bool(game.date),
        "the citation": bool(game.citation),
    }
    return tuple(part for part, there in parts.items() if there)


def _one_of(terms: list[Any]) -> Any:
    return terms[0] if len(terms) == 1 else {"compound": True, "members": terms}


def _pairs(text: str, places: dict[str, int]) -> list[list[list[Any]]]:
    """A condition as lists of [option, "Y" or "N"], one of which holds; none where it always or never holds."""
    terms = smallest(_terms(parse_condition(text), True, places))
    return [[[one >> 1, "Y" if one & 1 else "N"] for one in sorted(term)] for term in sorted(terms, key=sorted) if term]


def _terms(condition: Condition, wanted: bool, places: dict[str, int]) -> Iterable[States]:
    """Sets of 2·option + taken, one of which holds just where a condition does (or, not ``wanted``, does not)."""
    operator, parts = condition.operator, condition.parts
    if operator == "atom":
        return [frozenset({2 * places[condition.name] + wanted})]
    if operator == "!":
        return _terms(parts[0], not wanted, places)
    if operator == "->":
        parts = (*(Condition("!", (part,)) for part in parts[:-1]), parts[-1])
        operator = "|"
    if operator == "<->":
        one, other = parts[0] if len(parts) == 2 else Condition("<->", parts[:-1]), parts[-1]
        both, neither = Condition("&", (one, other)), Condition("&", (Condition("!", (one,)), Condition("!", (other,))))
        return _terms(Condition("|", (both, neither)), wanted, places)
    found = [smallest(_terms(part, wanted, places)) for part in parts]
    if (operator == "|") == wanted:
        return chain(*found)
    joined = (frozenset[int]().union(*some) for some in product(*found))
    return (term for term in joined if not any(one ^ 1 in term for one in term))

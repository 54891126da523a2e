"""Reading a game from a file: what is declared, checked as a whole, every fault with its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rashomon.errors import Fault, RashomonError, Where, listing, suggest
from rashomon.playing.arenas import open_shape
from rashomon.playing.drawing_checks import ListBuilder, build_lists
from rashomon.playing.edit_checks import check_edits
from rashomon.playing.engine import DEFAULT_MEMORY, require_memory
from rashomon.playing.games import Game, Option, Preferences, Seen, View
from rashomon.playing.gmcr_files import gmcr_tables
from rashomon.playing.graphs import MOST_OPTIONS, MOST_PLAYERS
from rashomon.playing.preference_checks import PreferenceReader
from rashomon.playing.schema import AgreementTable, GameTable, ViewTable
from rashomon.study import Gathered, Keys, Places, StudyData, Tables, parse_condition, parse_when, read_toml

SUFFIXES = (".toml", ".gmcr")
"""Of files of games."""


def read_game(
    path: Path, study: StudyData | None = None, memory: int = DEFAULT_MEMORY, from_study: Sequence[str] = ()
) -> Game:
    """The game in a TOML file, or in a ``.gmcr`` file of other programs; raises RashomonError with all of its faults.

    With a ``study``, actors must be its actors or sides, and evidence its records. ``from_study``: lists to build from the study
    besides those that the file has built, and instead of those that it gives: ``VIEWER.ACTOR``, or ``ACTOR`` for what it truly
    wants. R804 where the game would take more than ``memory`` bytes.
    """
    gathered = Gathered()
    try:
        raw = Path(path).read_bytes()
    except OSError as problem:
        raise RashomonError(_unreadable(path, problem)) from problem
    name = path.name if study is None else f"games/{path.name}"
    if path.suffix.lower() == ".gmcr":
        read: tuple[dict[str, Any], Places] | None = (gmcr_tables(raw, name), Places())
    else:
        read = read_toml(raw, name, gathered)
    game = None
    if read is not None:
        data, places = read
        tables = Tables(name, places, gathered)
        declared = tables.validate(GameTable, data, ())
        if declared is not None:
            game = _Reader(path.stem, build_lists(declared, from_study), tables, study, memory).read()
    gathered.raise_any()
    assert game is not None
    return game


def _unreadable(path: Path, problem: OSError) -> Fault:
    return Fault(
        "R006",
        "The game cannot be read.",
        found=f"{path}: {problem.strerror or problem}",
        allowed="a TOML file with a game",
        remedy="Give the path of a game, such as games/summit-1991.toml.",
        where=Where(str(path)),
    )


class _Reader:
    """One reading of a game whose tables are valid each by itself."""

    def __init__(self, name: str, declared: GameTable, tables: Tables, study: StudyData | None, memory: int) -> None:
        self.name, self.declared, self.tables, self.study, self.memory = name, declared, tables, study, memory
        self.options = self._options()
        self.actors = tuple(dict.fromkeys(player.actor for player in declared.players))
        self.vetoes = tuple(dict.fromkeys(actor for player in declared.players for actor in player.veto_by))
        self.added = {edit.add.id: edit.add for edit in declared.edits if edit.add is not None}
        self.wanted: dict[str, Preferences] = {}
        self.evidence: dict[tuple[Seen, str, str], tuple[str, ...]] = {}
        self.builder = ListBuilder(self)

    def read(self) -> Game | None:
        """The game, or None where faults were gathered."""
        declared, gathered = self.declared, self.tables.gathered
        self._check_players()
        self._check_size()
        self._check_date()
        for place, text in enumerate(declared.infeasible):
            self.condition(text, ("infeasible", place))
        agreement, at = declared.agreement, ("agreement",)
        if isinstance(agreement, AgreementTable):
            agreement, at = agreement.condition, ("agreement", "condition")  # type: ignore[assignment]
        if agreement:
            self.condition(agreement, at)
        status_quo = self._status_quo()
        if gathered:
            return None  # what follows would only repeat these faults
        preferences = PreferenceReader(self.options, declared.infeasible, status_quo, self.condition, self.tables)
        if not preferences.feasible:
            return None
        given = preferences.read(declared, (), (*self.actors, *self.vetoes))
        self.wanted = self._with_built(given, declared, (), (*self.actors, *self.vetoes))
        self._check_wanted()
        views = self._views(preferences, declared.views, ())
        self._evidence(declared, (), given)
        edits = check_edits(declared.edits, self, preferences)
        if gathered:
            return None
        return Game(
            id=self.name,
            title=declared.title or self.name,
            date=declared.date,
            citation=declared.citation,
            actors=self.actors,
            options=self.options,
            infeasible=declared.infeasible,
            status_quo=status_quo,
            preferences=MappingProxyType(self.wanted),
            views=MappingProxyType(views),
            vetoes=self.vetoes,
            agreement=agreement,
            edits=edits,
            evidence=MappingProxyType(self.evidence),
            means=MappingProxyType(declared.means),
            stands_for=MappingProxyType(declared.stands_for),
            built=tuple(self.builder.built),
        )

    # players and options

    def _options(self) -> tuple[Option, ...]:
        return tuple(
            Option(one.id, player.actor, one.name, one.moves)
            for player in self.declared.players
            for one in player.options
        )

    def _check_players(self) -> None:
        first: dict[str, Keys] = {}
        for i, player in enumerate(self.declared.players):
            here: Keys = ("player", i)
            self._once(player.actor, (*here, "actor"), first, "player")
            self.known_actor(player.actor, (*here, "actor"))
            for j, actor in enumerate(player.veto_by):
                self.known_actor(actor, (*here, "veto_by", j))
            if not player.options:
                self.fault("R802", "A player has no option.", repr(player.actor), "one option or more for each player",
                           "Give it an option, or name it in veto_by of another.", (*here, "options"))  # fmt: skip
            for j, option in enumerate(player.options):
                self._once(option.id, (*here, "options", j, "id"), first, "option")
        if not self.declared.players:
            self.fault("R802", "The game has no players.", "no [[player]]", "one [[player]] or more",
                       "Add a [[player]] with its options.", ("player",))  # fmt: skip
        if len(self.options) > MOST_OPTIONS:
            self.fault("R804", "The game has more options than can be played.", f"{len(self.options)} options",
                       f"{MOST_OPTIONS} at most", "Leave out options that decide nothing.", ("player",))  # fmt: skip

    def _check_size(self) -> None:
        """A fault where the game needs more memory than is allowed: before anything is made of its states."""
        if not self.options or len(self.options) > MOST_OPTIONS or len(self.actors) > MOST_PLAYERS:
            return
        try:
            require_memory(open_shape(self.options, self.actors), self.memory)
        except RashomonError as problem:
            self.refused(problem, ("player",))

    def _once(self, name: str, at: Keys, first: dict[str, Keys], what: str) -> None:
        key = f"{what} {name}"
        if key in first:
            self.fault("R204", f"The {what} is declared twice.", f"{name!r}, first on line {self.tables.places.line(first[key])}",
                       f"each {what} once", "Rename one of the two, or delete it.", at)  # fmt: skip
        first.setdefault(key, at)

    def known_actor(self, name: str, at: Keys) -> None:
        """A fault where the study has no such actor or side."""
        if self.study is None:
            return
        declared = self.study.declared
        known = [*(side.id for side in declared.sides), *(actor.id for actor in declared.actors)]
        if name not in known:
            self.fault("R325", "The study declares no such actor or side.", repr(name), listing(known),
                       suggest(name, known, "declare it in study.toml."), at)  # fmt: skip

    def _check_date(self) -> None:
        if self.declared.date:
            try:
                parse_when(self.declared.date)
            except RashomonError as problem:
                self.refused(problem, ("date",))

    def _status_quo(self) -> frozenset[str] | None:
        if self.declared.status_quo is None:
            return None
        known = [option.id for option in self.options]
        for place, name in enumerate(self.declared.status_quo):
            if name not in known:
                self.fault("R807", "The game has no such option at the start.", repr(name), listing(known, 30),
                           suggest(name, known, "declare it as an option of a player."), ("status_quo", place))  # fmt: skip
        return frozenset(self.declared.status_quo)

    # conditions

    def fault(self, code: str, message: str, found: str, allowed: str, remedy: str, at: Keys) -> None:
        """One fault, at a key of the file."""
        self.tables.gathered.add(Fault(code, message, found, allowed, remedy, self.tables.where(at)))

    def refused(self, problem: RashomonError, at: Keys) -> None:
        """What a reader of one value found wrong, at a key of the file."""
        self.tables.gathered.add(replace(problem.fault, where=self.tables.where(at)))

    def known_option(self, name: str, at: Keys) -> None:
        """A fault where the game has no such option."""
        known = [*(option.id for option in self.options), *self.added]
        if name not in known:
            self.fault("R807", "The game has no such option.", repr(name), listing(known, 30),
                       suggest(name, known, "declare it as an option of a player."), at)  # fmt: skip

    def condition(self, text: str, at: Keys) -> bool:
        """Whether a condition over the game's options can be read; a fault where not."""
        try:
            found = parse_condition(text)
        except RashomonError as problem:
            one = problem.fault
            self.fault(one.code, one.message, one.found, "options joined by ! & | -> <-> and parentheses",
                       "Write it such as: visit & !(aid | affirm).", at)  # fmt: skip
            return False
        known = {option.id for option in self.options} | set(self.added)
        for name, value in found.atoms:
            if value:
                self.fault("R323", "A game's conditions name options alone.", f"{name}={value}, in {text!r}",
                           "an option's id, without =", f"Write {name!r}, or make {value!r} an option.", at)  # fmt: skip
            elif name not in known:
                self.known_option(name, at)
        return all(not value and name in known for name, value in found.atoms)

    # wants and views

    def _with_built(
        self, given: Mapping[str, Preferences], table: GameTable | ViewTable, at: Keys, actors: Sequence[str], path: Seen = ()
    ) -> dict[str, Preferences]:
        """The lists of a table and those built from the study, in the order in which they are written: rankings come last."""
        lists = {**given, **self.builder.read(table, at, actors, path)}
        return dict(sorted(lists.items(), key=lambda one: one[1].ranked))

    def _check_wanted(self) -> None:
        for actor in dict.fromkeys((*self.actors, *self.vetoes)):
            if actor not in (*self.wanted, *self.declared.from_study):
                self.fault("R813", "It is not said what an actor wants.", f"{actor!r} has no priorities and no ranking",
                           "priorities or a ranking for each player and each actor with a veto",
                           f'Add under [priorities]: {actor} = ["…"].', ("priorities",))  # fmt: skip

    def _views(
        self, preferences: PreferenceReader, given: Mapping[str, ViewTable], above: Seen
    ) -> dict[Seen, View]:
        out: dict[Seen, View] = {}
        for viewer, table in given.items():
            at: Keys = tuple(key for name in (*above, viewer) for key in ("views", name))
            if viewer not in self.actors:
                self.fault("R810", "A view is of somebody who does not play.", repr(viewer), listing(self.actors),
                           suggest(viewer, self.actors, "name a player."), at)  # fmt: skip
                continue
            if above and above[-1] == viewer:
                self.fault("R810", "A view path names the same player twice running.", ".".join((*above, viewer)),
                           "a player, then another", "What a player takes itself to see is its own view.", at)  # fmt: skip
                continue
            path = (*above, viewer)
            out[path] = self._view(preferences, table, path, at)
            out |= self._views(preferences, table.views, path)
        return out

    def _view(self, preferences: PreferenceReader, table: ViewTable, path: Seen, at: Keys) -> View:
        given = preferences.read(table, at, self.actors)  # a veto is used as its holder truly wants, not as others see it (D6)
        if len(path) == 1 and path[0] in given:
            self.fault("R810", "What a player itself wants is not a matter of its view.", f"views.{path[0]} on {path[0]!r}",
                       "the wants of others", "Write it under [priorities] or [rankings].", at)  # fmt: skip
        for place, name in enumerate(table.unaware):
            self.known_option(name, (*at, "unaware", place))
            if name in (self.declared.status_quo or ()):
                self.fault("R810", "An option taken in the status quo cannot be unknown.", repr(name),
                           "an option not taken at the start", "Take it out of unaware.", (*at, "unaware", place))  # fmt: skip
        for place, text in enumerate(table.impossible):
            self.condition(text, (*at, "impossible", place))
        self._evidence(table, at, given, path)
        wanted = self._with_built(given, table, at, self.actors, path)
        return View(MappingProxyType(wanted), table.unaware, table.impossible)

    # evidence

    def _evidence(
        self, table: GameTable | ViewTable, at: Keys, wanted: Mapping[str, Preferences], path: Seen = ()
    ) -> None:
        for key, value in table.evidence.items():
            here: Keys = (*at, "evidence", key)
            if isinstance(value, dict):
                for text, ids in value.items():
                    self._cite({key}, text, ids, (*here, text), wanted, path)
            else:
                self._cite(wanted, key, value, here, wanted, path)

    def _cite(
        self, actors: Iterable[str], text: str, ids: Any, at: Keys, wanted: Mapping[str, Preferences], path: Seen
    ) -> None:
        if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
            self.tables.gathered.add(
                self.tables.wrong(at, "Evidence is a list of records.", ids, '["s1", "s2"]', "Write the ids in brackets.")
            )
            return
        holders = [actor for actor in actors if actor in wanted and text in _listed(wanted[actor])]
        if not holders:
            known = dict.fromkeys(one for actor in wanted for one in _listed(wanted[actor]))
            self.fault("R815", "Evidence is given for what stands in no list.", repr(text), listing(map(repr, known), 8),
                       suggest(text, known, "write the condition just as it stands in the list."), at)  # fmt: skip
        for place, name in enumerate(ids):
            if self.study is not None and self.study.index.locate(name.partition("#")[0]) is None:
                self.fault("R402", "The study holds no such record.", repr(name), "the id of a statement, move, package or poll",
                           "Look up the id in the study's tables.", (*at, place))  # fmt: skip
        for actor in holders:
            self.evidence[path, actor, text] = tuple(ids)


def _listed(wanted: Preferences) -> tuple[str, ...]:
    return wanted.conditions or tuple(state for level in wanted.levels for state in level)

"""A game as a user holds it: one object, whose methods are the questions of the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypedDict, Unpack

from rashomon.errors import Fault, RashomonError, Where, error, listing, suggest
from rashomon.playing.doubting import Orders, draw_orders
from rashomon.playing.edit_checks import idle_edits
from rashomon.playing.engine import DEFAULT_MEMORY, check_sanctions
from rashomon.playing.game_files import SUFFIXES, read_game
from rashomon.playing.game_writing import write_game
from rashomon.playing.games import Game
from rashomon.playing.graphs import SEQ, Sanctions
from rashomon.playing.naming import Asked
from rashomon.playing.sharing import CausalShares, Known, causal_shares, departures_by_concept
from rashomon.playing.solving import Solution, solve
from rashomon.playing.travelling import Coalitions, Paths, coalitions, paths
from rashomon.playing.weighing import Consents, InverseAnswer, Strengths, What, consent, inverse, strengths
from rashomon.playing.whatifs import WhatIfs, what_if
from rashomon.study import StudyData, parse_when


class Rules(TypedDict, total=False):
    """How a game is played: the rule of sanctions, the most orders of what is in doubt, the seed of a sample, bytes of memory."""

    sanctions: Sanctions
    draws: int
    seed: int
    memory: int


@dataclass(frozen=True)
class Conflict:
    """A game, and how it is to be played: the rule of sanctions, how many orders of what is in doubt, the seed, the memory."""

    game: Game
    study: StudyData | None = None
    sanctions: Sanctions = "sequence"
    draws: int = 1200
    seed: int = 1991
    memory: int = DEFAULT_MEMORY

    def __post_init__(self) -> None:
        """R003 for a rule that there is not."""
        check_sanctions(self.sanctions)
        for name, value, least in (("draws", self.draws, 1), ("seed", self.seed, 0), ("memory", self.memory, 1)):
            if value < least:
                raise error("R003", f"There are no such {name}." if name == "draws" else f"There is no such {name}.",
                            found=str(value), allowed=f"{least} or more", remedy="Give a larger number.")  # fmt: skip

    @cached_property
    def orders(self) -> Orders:
        """The orders that the game's doubts leave open."""
        return draw_orders(self.game, self.draws, self.seed)

    @cached_property
    def departures(self) -> Known:
        """What is found of the game under sets of its edits, by the concept judged by: each outcome once, for all answers."""
        return departures_by_concept(self.game, self.sanctions, self.orders, self.memory)

    @cached_property
    def _solution(self) -> Solution:
        return solve(self.departures[SEQ].before, self.study)

    def solve(self) -> Solution:
        """Every view's equilibria, what each player expects, where play rests, surprises, and how robust all that is."""
        return self._solution

    def what_if(self, *edits: str | Sequence[str]) -> WhatIfs:
        """The game with edits made: each argument is an edit's id, or several that are made together."""
        sets = [[one] if isinstance(one, str) else list(one) for one in edits]
        return what_if(self.departures[SEQ], sets, self.study)

    def causal_shares(self, may: bool = False, note: Callable[[int], object] | None = None) -> CausalShares:
        """How much an agreement that must come about (``may``: that may) hangs on whose edits, in this model.

        ``note`` is told how many sets of edits were played.
        """
        return causal_shares(self.departures, self.study, seed=self.seed, may=may, note=note or (lambda done: None))

    @cached_property
    def _asked(self) -> Asked:
        return Asked(self.game, self.study, self.sanctions, self.memory)

    def paths(self, *states: str, concept: str = "seq") -> Paths:
        """The shortest paths of improvements from the status quo to each equilibrium, or to states: who moves when."""
        return paths(self._asked, states, concept)

    def inverse(self, state: str, player: str, concept: str | None = None, what: What = "states") -> InverseAnswer:
        """Which orders of the states, or of its priorities, by one player make a state stable for it: in one concept or all."""
        return inverse(self._asked, state, player, concept, what)

    def strengths(self) -> Strengths:
        """Which stable states are held by the threat of something greatly worse, and which only weakly."""
        return strengths(self._asked)

    def consent(self) -> Consents:
        """What each actor with a veto would accept, who blocks which agreement, and which agreements are left."""
        return consent(self._asked)

    def coalitions(self) -> Coalitions:
        """Which equilibria no set of players would leave together, and the jumps between them that one would make."""
        return coalitions(self._asked)

    def write(self, path: str | Path) -> tuple[str, ...]:
        """Write the game as TOML, or as ``.gmcr`` by the name of the file; returns what that format has no room for."""
        return write_game(self.game, Path(path))

    @property
    def tells_an_outcome(self) -> bool:
        """Whether the game says from where to where it is played, so that what-ifs and shares can be asked."""
        return self.game.status_quo is not None and bool(self.game.agreement)

    @property
    def begins(self) -> int | None:
        """The first day on which it may have been played; None where it has no date."""
        return parse_when(self.game.date).lo if self.game.date else None


def open_conflict(
    path: str | Path, study: StudyData | None = None, from_study: Sequence[str] = (), **rules: Unpack[Rules]
) -> Conflict:
    """The game in a file, to be played by some rules, with the lists of ``from_study`` (``VIEWER.ACTOR``) built from the study;
    raises RashomonError with all of its faults.
    """
    return Conflict(read_game(Path(path), study, rules.get("memory", DEFAULT_MEMORY), from_study), study, **rules)


def game_files(root: Path) -> list[Path]:
    """The files of a study's games, by name; R006 where ``games`` is no folder."""
    folder = Path(root) / "games"
    if folder.exists() and not folder.is_dir():
        raise error("R006", "The games of a study stand in a folder.", found=f"{folder} is a file", allowed="a folder games/",
                    remedy="Put the file into a folder of that name.")  # fmt: skip
    return sorted(path for path in folder.glob("*") if path.suffix.lower() in SUFFIXES) if folder.is_dir() else []


_BESIDE = (".md", ".txt")  # of notes that may lie beside games


def _strangers(root: Path) -> list[str]:
    """Which files among a study's games are not read: a misspelt ending would otherwise hide a game."""
    folder = root / "games"
    files = sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    known = (*SUFFIXES, *_BESIDE)
    strange = [name for name in files if not name.startswith(".") and Path(name).suffix.lower() not in known]
    return [f"games/{name} is not a file of a game, and was not read: these end in {' or '.join(SUFFIXES)}." for name in strange]


def _doubles(files: Sequence[Path]) -> list[Fault]:
    """Faults where two files give one game its id."""
    names = [path.stem for path in files]
    return [
        Fault("R204", "Two files hold a game of one id.", f"games/{path.name}", "each name once, whatever its ending",
              "Rename or remove one of them.", Where(f"games/{path.name}"))
        for k, path in enumerate(files) if path.stem in names[:k]
    ]  # fmt: skip


def conflicts_of(study: StudyData, **rules: Unpack[Rules]) -> tuple[Conflict, ...]:
    """The games of a study by name. Raises RashomonError with the faults of all of them.

    A view leaves out, as of a day, games that had not begun, and those with a list to be built of which it has no statement:
    :func:`games_left_out` names them.
    """
    found, faults = _opened(study, **rules)
    if faults := [one for one in faults if not _of_the_view(study, one)]:
        raise RashomonError(faults)
    return tuple(found)


def games_left_out(study: StudyData, games: Iterable[Game]) -> tuple[str, ...]:
    """The ids of the games of a study that its view leaves out; ``games`` are those that it has (:func:`conflicts_of`)."""
    kept = {one.id for one in games}
    return tuple(path.stem for path in game_files(study.root) if path.stem not in kept)


def _of_the_view(study: StudyData, fault: Fault) -> bool:
    """Whether a fault is none of the study's, but comes of what the view leaves out: nothing to build a list of."""
    return fault.code == "R821" and (study.day is not None or bool(study.unheard))


def check_games(study: StudyData) -> tuple[tuple[Fault, ...], tuple[str, ...], int]:
    """The faults of all games of a study, what else should be known of them, and how many games there are."""
    found, faults = _opened(study)
    idle = [said for conflict in found for said in idle_edits(conflict.game)]
    return tuple(faults), (*_strangers(study.root), *idle), len(found)


def _opened(study: StudyData, **rules: Unpack[Rules]) -> tuple[list[Conflict], list[Fault]]:
    """The games of a study, as of a day those that had begun, and the faults of all of them."""
    found: list[Conflict] = []
    faults: list[Fault] = []
    try:
        files = game_files(study.root)
    except RashomonError as problem:
        return found, list(problem.faults)
    for path in files:
        try:
            one = open_conflict(path, study.as_of(None), **rules)
            if study.day is None:
                found.append(one)
            elif one.begins is None or one.begins <= study.day:  # else nothing can be built of that day
                found.append(open_conflict(path, study, **rules))
        except RashomonError as problem:
            faults += problem.faults
    return found, _doubles(files) + faults


def conflict_of(
    study: StudyData, name: str, from_study: Sequence[str] = (), **rules: Unpack[Rules]
) -> Conflict:
    """One game of a study, also one that had not begun by the study's day; R004 where the study has no such game.

    ``from_study``: lists to build from the study's statements, by the viewers' ids and the actor's (``VIEWER.ACTOR``).
    """
    found = game_files(study.root)
    if doubles := _doubles(found):
        raise RashomonError(doubles)
    files = {path.stem: path for path in found}
    if name not in files:
        raise error("R004", "The study has no such game.", found=repr(name), allowed=listing(files) or "no games",
                    remedy=suggest(name, files, "write it into the study's folder games/."))  # fmt: skip
    return open_conflict(files[name], study, from_study, **rules)

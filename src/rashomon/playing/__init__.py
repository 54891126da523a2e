"""Playing: conflicts as graphs of moves, as they are and as the players see them; what-ifs, and what an outcome hung on."""

from rashomon.playing.alliances import Jump, equilibrium_jumps, universal_stability
from rashomon.playing.asking import (
    Conflict,
    Rules,
    check_games,
    conflict_of,
    conflicts_of,
    games_left_out,
    open_conflict,
)
from rashomon.playing.batches import stability_batch
from rashomon.playing.built_lists import BuiltLine, BuiltList
from rashomon.playing.coalitions import coalition_improvements, coalition_stability
from rashomon.playing.consenting import WinSets, win_sets
from rashomon.playing.engine import memory_needed, require_memory
from rashomon.playing.game_files import read_game
from rashomon.playing.game_writing import require_game_file, write_game
from rashomon.playing.games import Game
from rashomon.playing.graphs import Graph, Sanctions, Shape
from rashomon.playing.inverting import Inverse, inverse_priorities, inverse_states
from rashomon.playing.noting import percent
from rashomon.playing.paths import Route, Routes, improving_paths
from rashomon.playing.plays import Played, Plays, play, play_all, played_as_asked
from rashomon.playing.sharing import CausalShares
from rashomon.playing.solving import Solution
from rashomon.playing.stability import CONCEPTS, GMR, NASH, SEQ, SIM, SMR, stability
from rashomon.playing.state_orders import Nearest
from rashomon.playing.strengths import strong_stability
from rashomon.playing.travelling import Coalitions, Concerted, Paths, PathsTo
from rashomon.playing.weighing import Consents, InverseAnswer, OrdersFor, Strengths
from rashomon.playing.whatifs import WhatIfs
from rashomon.playing.windows import Windows, find_windows

__all__ = [
    "CONCEPTS",
    "GMR",
    "NASH",
    "SEQ",
    "SIM",
    "SMR",
    "BuiltLine",
    "BuiltList",
    "CausalShares",
    "Coalitions",
    "Concerted",
    "Conflict",
    "Consents",
    "Game",
    "Graph",
    "Inverse",
    "InverseAnswer",
    "Jump",
    "Nearest",
    "OrdersFor",
    "Paths",
    "PathsTo",
    "Played",
    "Plays",
    "Route",
    "Routes",
    "Rules",
    "Sanctions",
    "Shape",
    "Solution",
    "Strengths",
    "WhatIfs",
    "WinSets",
    "Windows",
    "check_games",
    "coalition_improvements",
    "coalition_stability",
    "conflict_of",
    "conflicts_of",
    "equilibrium_jumps",
    "find_windows",
    "games_left_out",
    "improving_paths",
    "inverse_priorities",
    "inverse_states",
    "memory_needed",
    "open_conflict",
    "percent",
    "play",
    "play_all",
    "played_as_asked",
    "read_game",
    "require_game_file",
    "require_memory",
    "stability",
    "stability_batch",
    "strong_stability",
    "universal_stability",
    "win_sets",
    "write_game",
]

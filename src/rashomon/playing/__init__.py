"""Playing: conflicts as graphs of moves, as they are and as the players see them; what-ifs, and what an outcome hung on."""

from rashomon.playing.asking import Conflict, Rules, check_games, conflict_of, conflicts_of, open_conflict
from rashomon.playing.batches import stability_batch
from rashomon.playing.coalitions import coalition_improvements, coalition_stability
from rashomon.playing.engine import memory_needed, require_memory
from rashomon.playing.games import Game
from rashomon.playing.graphs import Graph, Sanctions, Shape
from rashomon.playing.noting import percent
from rashomon.playing.plays import Played, Plays, play, play_all, played_as_asked
from rashomon.playing.sharing import CausalShares
from rashomon.playing.solving import Solution
from rashomon.playing.stability import CONCEPTS, GMR, NASH, SEQ, SIM, SMR, stability
from rashomon.playing.whatifs import WhatIfs
from rashomon.playing.windows import Windows, find_windows

__all__ = [
    "CONCEPTS",
    "GMR",
    "NASH",
    "SEQ",
    "SIM",
    "SMR",
    "CausalShares",
    "Conflict",
    "Game",
    "Graph",
    "Played",
    "Plays",
    "Rules",
    "Sanctions",
    "Shape",
    "Solution",
    "WhatIfs",
    "Windows",
    "check_games",
    "coalition_improvements",
    "coalition_stability",
    "conflict_of",
    "conflicts_of",
    "find_windows",
    "memory_needed",
    "open_conflict",
    "percent",
    "play",
    "play_all",
    "played_as_asked",
    "require_memory",
    "stability",
    "stability_batch",
]

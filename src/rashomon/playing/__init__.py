"""Playing: conflicts as graphs of moves; which states are stable for whom, alone and together, and what that hangs on."""

from rashomon.playing.alliances import Jump, equilibrium_jumps, universal_stability
from rashomon.playing.batches import stability_batch
from rashomon.playing.coalitions import coalition_improvements, coalition_stability
from rashomon.playing.consenting import WinSets, win_sets
from rashomon.playing.engine import memory_needed, require_memory
from rashomon.playing.graphs import Graph, Sanctions, Shape
from rashomon.playing.inverting import Inverse, inverse_priorities, inverse_states
from rashomon.playing.paths import Route, Routes, improving_paths
from rashomon.playing.stability import CONCEPTS, GMR, NASH, SEQ, SIM, SMR, stability
from rashomon.playing.state_orders import Nearest
from rashomon.playing.strengths import strong_stability

__all__ = [
    "CONCEPTS",
    "GMR",
    "NASH",
    "SEQ",
    "SIM",
    "SMR",
    "Graph",
    "Inverse",
    "Jump",
    "Nearest",
    "Route",
    "Routes",
    "Sanctions",
    "Shape",
    "WinSets",
    "coalition_improvements",
    "coalition_stability",
    "equilibrium_jumps",
    "improving_paths",
    "inverse_priorities",
    "inverse_states",
    "memory_needed",
    "require_memory",
    "stability",
    "stability_batch",
    "strong_stability",
    "universal_stability",
    "win_sets",
]

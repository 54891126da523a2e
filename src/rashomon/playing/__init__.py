"""Playing: conflicts as graphs of moves; which states are stable for whom, alone and together."""

from rashomon.playing.batches import stability_batch
from rashomon.playing.coalitions import coalition_improvements, coalition_stability
from rashomon.playing.engine import memory_needed, require_memory
from rashomon.playing.graphs import Graph, Sanctions, Shape
from rashomon.playing.stability import CONCEPTS, GMR, NASH, SEQ, SIM, SMR, stability

__all__ = [
    "CONCEPTS",
    "GMR",
    "NASH",
    "SEQ",
    "SIM",
    "SMR",
    "Graph",
    "Sanctions",
    "Shape",
    "coalition_improvements",
    "coalition_stability",
    "memory_needed",
    "require_memory",
    "stability",
    "stability_batch",
]

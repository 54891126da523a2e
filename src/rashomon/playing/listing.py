"""All states of a large game as files, which no list could show: one file for each view, one line for each state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from rashomon.playing.arenas import Arena
from rashomon.playing.asking import Conflict
from rashomon.playing.games import Seen, letters
from rashomon.playing.graphs import Graph
from rashomon.playing.solving import asked_concepts
from rashomon.playing.stability import CONCEPTS, stability
from rashomon.study.files import write_atomically

_STEP = 1 << 14


def write_states(conflict: Conflict, folder: Path) -> tuple[Path, ...]:
    """A CSV file for each view: state, then for each player the concepts in which the state is stable for it.

    Only states that are seen in the view have a line. Each file takes its place whole or not at all.
    """
    arena = Arena.of(conflict.game, memory=conflict.memory)
    return tuple(_write(conflict, arena, path, folder) for path in ((), *conflict.game.views))


def _write(conflict: Conflict, arena: Arena, path: Seen, folder: Path) -> Path:
    name = ".".join((conflict.game.id, *(path or ("true",)), "csv"))
    target = folder / name
    write_atomically(target, "".join(_lines(conflict, arena.graph(path))).encode())
    return target


def _lines(conflict: Conflict, graph: Graph) -> Iterator[str]:
    """The file in pieces."""
    asked = asked_concepts(graph.states)
    flags = stability(graph, conflict.sanctions, asked)
    said = [" ".join(name for name, bit in CONCEPTS.items() if asked & value & bit) for value in range(32)]
    seen = np.arange(graph.states) if graph.feasible is None else np.flatnonzero(graph.feasible)
    options = len(conflict.game.options)
    yield ",".join(("state", *conflict.game.actors)) + "\n"
    for first in range(0, len(seen), _STEP):
        states = seen[first : first + _STEP]
        columns = [[said[value] for value in flags[i, states].tolist()] for i in range(graph.players)]
        names = [letters(state, options) for state in states.tolist()]
        yield "".join(",".join(row) + "\n" for row in zip(names, *columns, strict=True))

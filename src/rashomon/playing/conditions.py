"""Conditions over the options of a game, on one state and on all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

import numpy as np

from rashomon.playing.graphs import Bools
from rashomon.study import Condition, parse_condition

_CONNECT: dict[str, Callable[[Bools, Bools], Bools]] = {
    "&": np.logical_and,
    "|": np.logical_or,
    "->": lambda one, other: ~one | other,
    "<->": lambda one, other: one == other,
}


def holds(text: str, taken: Set[str]) -> bool:
    """Whether a condition holds in the state in which just these options are taken."""
    return bool(_evaluate(parse_condition(text), lambda name: np.array(name in taken)))


def all_states(names: Sequence[str], text: str) -> Bools:
    """(2**m,) whether a condition holds, over the options ``names`` (m); an option not among them counts as not taken."""
    states = np.arange(1 << len(names), dtype=np.int32)
    bits = {name: place for place, name in enumerate(names)}

    def atom(name: str) -> Bools:
        taken: Bools = (states >> bits[name] & 1).astype(np.bool_) if name in bits else np.zeros(len(states), np.bool_)
        return taken

    return _evaluate(parse_condition(text), atom)


def _evaluate(condition: Condition, atom: Callable[[str], Bools]) -> Bools:
    if condition.operator == "atom":
        return atom(condition.name)
    parts = [_evaluate(part, atom) for part in condition.parts]
    if condition.operator == "!":
        return ~parts[0]
    connect = _CONNECT[condition.operator]
    found = parts[0]
    for part in parts[1:]:
        found = connect(found, part)
    return found

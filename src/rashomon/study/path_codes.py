"""The distinct paths of a table as numbers: a measure then asks about all rows at once, and makes no object of any."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.study.perspectives import Path, Verb

Codes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class PathCodes:
    """P distinct paths as arrays (P + 1,), by a row's path code; the last entry, which a code of −1 takes, is no path.

    ``depth``; the ``holder``, ``second`` and ``third`` actor as numbers of ``names`` (−1: none); the last actor's ``verb`` as
    number of ``verbs`` (−1: none).
    """

    names: tuple[str, ...]
    verbs: tuple[Verb, ...]
    depth: Codes
    holder: Codes
    second: Codes
    third: Codes
    verb: Codes

    def of_holder(self, read: Callable[[str], Any], dtype: Any, blank: Any) -> NDArray[Any]:
        """``read`` of each path's holder (P + 1,), computed once a holder; ``blank`` for no path."""
        return np.array([*map(read, self.names), blank], dtype=dtype)[self.holder]

    def of_verb(self, read: Callable[[Verb], Any], dtype: Any, blank: Any) -> NDArray[Any]:
        """``read`` of each path's last verb (P + 1,), computed once a verb; ``blank`` for no path."""
        return np.array([*map(read, self.verbs), blank], dtype=dtype)[self.verb]


def code_paths(paths: Sequence[Path]) -> PathCodes:
    """The codes of distinct paths, in their order; names and verbs in the order in which they appear."""
    names: dict[str, int] = {}
    verbs: dict[Verb, int] = {}
    depth = np.array([*(len(path.actors) for path in paths), 0], np.int64)
    flat = [names.setdefault(name, len(names)) for path in paths for name in path.actors]
    last = [path.verbs[-1] for path in paths]
    # paths share their verbs, and the hash of a verb is computed in Python: each object is looked up once
    of = {key: verbs.setdefault(verb, len(verbs)) for key, verb in dict(zip(map(id, last), last, strict=True)).items()}
    verb = np.array([*map(of.__getitem__, map(id, last)), -1], np.int64)
    start = np.cumsum(depth) - depth
    padded = np.array([*flat, -1], np.int64)
    holder, second, third = (padded[np.where(depth > place, start + place, -1)] for place in range(3))
    return PathCodes(tuple(names), tuple(verbs), depth, holder, second, third, verb)

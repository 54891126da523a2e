"""Which statements of two coders are the same? Those of one paragraph, paired so that they are most alike.

Coders of free text choose not only the values but also the units: before values can be compared, each statement of one
must be paired with the statement of the other that codes the same claim, or be left single.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from rashomon.coding.krippendorff import unfit
from rashomon.study import Path, Statement, When, parse_when
from rashomon.study.perspectives import join_path, read_verbs
from rashomon.study.vocabulary import DEFAULT_SCALE

WEIGHTS: Final[Mapping[str, int]] = {"path": 4, "topic": 4, "stance": 2, "verb": 1, "when": 1}
"""What each part counts in the likeness of two statements (:func:`similarity`)."""
MORE_ALIKE_THAN_NOT: Final = 0.5
"""Statements are paired only above this likeness: neither path, verb and time alone nor topic and stance alone are enough."""

_TIE: Final = 1e-6  # of two equally good pairings, the one that keeps the order in which both coders wrote

_PLAIN: Final = ("basis", "hedge", "stage", "extent", "root", "locator", "passage", "quote")

Place = tuple[str, str]  # source and locator


@dataclass(frozen=True, slots=True)
class Coding:
    """One statement as one coder wrote it, as far as it is compared. ``place``: of its stance on −1..1, NaN if it has none."""

    id: str
    source: str
    locator: str
    path: Path
    topic: str
    stance: str
    place: float
    when: When
    basis: str
    hedge: str
    stage: str
    extent: str
    root: str
    passage: str
    quote: str

    @property
    def paragraph(self) -> Place:
        """Source and locator."""
        return self.source, self.locator

    def shares_place(self, other: Coding) -> bool:
        """Whether both speak of one paragraph: by the passage's address where both have one, else by source and locator.

        Without a locator it is not known, so they do not.
        """
        if self.passage and other.passage:
            return self.passage == other.passage
        return bool(self.locator) and self.paragraph == other.paragraph


@dataclass(frozen=True, slots=True)
class Alignment:
    """Statements of two coders in ``pairs``, and those that only one of them made."""

    pairs: tuple[tuple[Coding, Coding], ...]
    only_a: tuple[Coding, ...]
    only_b: tuple[Coding, ...]


def read_codings(rows: Iterable[Mapping[str, str]]) -> tuple[Coding, ...]:
    """Rows of a statements.csv as codings. Actors and topics are not looked up; a verb or a time that cannot be read raises."""
    return tuple(map(_read, rows))


def _read(row: Mapping[str, str]) -> Coding:
    actors = tuple(part.strip() for part in row["path"].split(">"))
    topic, stance = " ".join(row["topic"].split()), row["stance"].strip()
    scale = DEFAULT_SCALE.get(stance) if ":" in topic and "->" not in topic else None
    plain = {name: (row.get(name) or "").strip() for name in _PLAIN}
    return Coding(
        id=row["id"], source=row["source"].strip(), path=join_path(actors, read_verbs((row.get("modality") or "").strip())),
        topic=topic, stance=stance, place=math.nan if scale is None else sum(scale) / 2, when=parse_when(row["when"]),
        **{**plain, "hedge": plain["hedge"] or "plain"},
    )  # fmt: skip


def of_statement(one: Statement) -> Coding:
    """A statement of a study as a coding."""
    place = (one.stance.lo + one.stance.hi) / 2 if one.topic.kind == "quality" else math.nan
    return Coding(
        one.id, one.source, one.locator.strip(), one.path, one.topic.text, one.stance.text, place, one.when,
        one.basis, one.hedge, one.stage, one.extent, one.root, one.passage.strip(), one.quote.strip(),
    )  # fmt: skip


def similarity(a: Coding, b: Coding, blind: Iterable[str] = ()) -> float:
    """How alike two statements are, 0 to 1: the mean, weighted by :data:`WEIGHTS`, of five likenesses.

    ``path``: actors in common in the same order, as a share of the longer path. ``topic``: parts in common (a belief about
    cause has two) over all parts. ``stance``: 1 for the same on the same topic, else 0. ``verb``: 1 for the same last verb.
    ``when``: days in common over all days of both. ``blind``: likenesses to leave out.
    """
    seen = _seen(blind)
    parts = {
        "path": _in_common(a.path.actors, b.path.actors) / max(a.path.depth, b.path.depth),
        "topic": _shared(set(a.topic.split(" -> ")), set(b.topic.split(" -> "))),
        "stance": float((a.topic, a.stance) == (b.topic, b.stance)),
        "verb": float(a.path.verb == b.path.verb),
        "when": max(0, min(a.when.hi, b.when.hi) - max(a.when.lo, b.when.lo) + 1)
        / (max(a.when.hi, b.when.hi) - min(a.when.lo, b.when.lo) + 1),
    }
    return sum(WEIGHTS[name] * parts[name] for name in seen) / sum(WEIGHTS[name] for name in seen)


def _seen(blind: Iterable[str]) -> list[str]:
    hidden = frozenset(blind)
    if not hidden < frozenset(WEIGHTS):
        raise unfit(
            "Statements cannot be compared so.", f"blind to {', '.join(sorted(hidden))}",
            f"some of {', '.join(WEIGHTS)}, not all", "Leave out fewer of them.",
        )  # fmt: skip
    return [name for name in WEIGHTS if name not in hidden]


def _in_common(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    if not a or not b:
        return 0
    if a[0] == b[0]:
        return 1 + _in_common(a[1:], b[1:])
    return max(_in_common(a[1:], b), _in_common(a, b[1:]))


def _shared(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b)


def align(a: Sequence[Coding], b: Sequence[Coding], blind: Iterable[str] = ()) -> Alignment:
    """Pair the statements of two coders within each paragraph, so that likeness is greatest in sum.

    Paired are statements whose :func:`similarity` is above :data:`MORE_ALIKE_THAN_NOT`; see :func:`pair_up`. ``blind``:
    likenesses to leave out.
    """
    hidden = tuple(blind)
    return pair_up(a, b, lambda one, other: similarity(one, other, hidden))


def pair_up(a: Sequence[Coding], b: Sequence[Coding], likeness: Callable[[Coding, Coding], float]) -> Alignment:
    """Pair statements that speak of one paragraph (:meth:`Coding.shares_place`), so that ``likeness`` is greatest in sum.

    A maximum-weight assignment (Kuhn 1955, *Naval Research Logistics Quarterly* 2) over the pairs that are more alike than
    :data:`MORE_ALIKE_THAN_NOT`; the others stay single. Ties are broken by the order in which each coder wrote.
    """
    pairs: list[tuple[Coding, Coding]] = []
    only_a: list[Coding] = []
    only_b: list[Coding] = []
    for mine, theirs in _groups(a, b):
        found = _assign(mine, theirs, likeness) if mine and theirs else []
        pairs += [(mine[i], theirs[j]) for i, j in found]
        paired_a, paired_b = {i for i, _ in found}, {j for _, j in found}
        only_a += [one for i, one in enumerate(mine) if i not in paired_a]
        only_b += [one for j, one in enumerate(theirs) if j not in paired_b]
    return Alignment(tuple(pairs), tuple(only_a), tuple(only_b))


def _groups(a: Sequence[Coding], b: Sequence[Coding]) -> Iterator[tuple[list[Coding], list[Coding]]]:
    """The statements of both coders in groups such that no two of different groups speak of one paragraph."""
    joined: dict[Hashable, Hashable] = {}

    def root(key: Hashable) -> Hashable:
        while joined.setdefault(key, key) != key:
            key = joined[key]
        return key

    loose = {one.paragraph for one in (*a, *b) if one.locator and not one.passage}
    for one in (*a, *b):
        if one.passage and one.paragraph in loose:
            joined[root(one.paragraph)] = root(one.passage)
    groups: dict[Hashable, tuple[list[Coding], list[Coding]]] = {}
    for which, codings in enumerate((a, b)):
        for number, one in enumerate(codings):
            placed = one.passage or (one.paragraph if one.locator else (which, number))
            groups.setdefault(root(placed), ([], []))[which].append(one)
    yield from groups.values()


def _assign(
    a: Sequence[Coding], b: Sequence[Coding], likeness: Callable[[Coding, Coding], float]
) -> list[tuple[int, int]]:
    """Numbers of the statements of one group that belong together."""
    alike = np.array([[likeness(one, other) if one.shares_place(other) else 0.0 for other in b] for one in a])
    apart = np.abs(np.arange(0.5, len(a))[:, np.newaxis] / len(a) - np.arange(0.5, len(b)) / len(b))
    gain = np.where(alike > MORE_ALIKE_THAN_NOT, alike - _TIE * apart, 0.0)
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return [(i, j) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if gain[i, j] > 0]

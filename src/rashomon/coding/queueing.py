"""What to read next: the passages that nobody has coded, those first from which most would be learned.

Every other place goes by usefulness: how unsure the classifiers are of a passage (the entropy of their probabilities), times how
much of what is unread is like it (Settles & Craven 2008, *EMNLP*: 1070–1079), times how unlike it is to what was read and to what
stands before it in the queue (Carbonell & Goldstein 1998, *SIGIR*: 335–336). Where nothing can be learned yet, all count as alike
unsure. The rest go to what has no statement yet: a topic of the codebook, an actor. What means nearly the same as a passage
that was read, or stands before it, comes only after all others.

The order depends on the passages and statements alone, and not on the order in which they come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

import numpy as np

from rashomon.coding.classifying import Bools, Floats, Ints
from rashomon.coding.embedding import VectorFile
from rashomon.coding.examples import Encoded, Example, encoded
from rashomon.coding.learning import Lesson, chances_of, learned_from
from rashomon.coding.nearness import wordings_of
from rashomon.reading import Passage
from rashomon.study import Declared

ALIKE: Final = 0.9
"""Similarity (cosine) from which on two passages mean nearly the same."""
EVERY: Final = 2
"""Each so many-th place goes to what has no statement yet."""
_NEAR: Final = 10  # of the passages most like one, by which is told how much is like it
_MOST: Final = 2000  # unread passages that are compared; of more, evenly spaced ones by address
_TOLD: Final = 2  # labels that a reason names
_TOPIC: Final = 0.4  # similarity from which on a passage may be about a topic without statements

Label = tuple[str, str]  # its kind, and itself
Why = Literal["unsure", "new", "unseen", "repeats"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A passage in the queue. ``why`` it is there: the classifiers are ``unsure``, it is ``new`` where nothing was learned, it
    may be about what is ``unseen``, or it ``repeats`` one before it. ``use``: 0 to 1, not to be compared between these.
    """

    passage: Passage
    why: Why
    use: float
    reason: str


def queue_of(
    read: Sequence[Example], unread: Sequence[Passage], declared: Declared, vectors: VectorFile, limit: int
) -> tuple[Choice, ...]:
    """The ``limit`` most useful of the unread passages, in order. Of more than 2,000 unread every so many-th is looked at."""
    listed = _spaced(sorted(unread, key=lambda one: one.address))
    if not listed:
        return ()
    known = sorted(read, key=lambda one: one.passage.address)
    here = encoded(listed, declared, vectors)
    there = encoded([one.passage for one in known], declared, vectors)
    labels, chances = _chances(known, there, here, vectors)
    alike = (here.passages @ here.passages.T).astype(np.float64)
    use = _density(alike) * (_entropy(chances).mean(axis=0) if labels else 1.0)
    line = _Line(use / (use.max() or 1.0), alike, (here.passages @ there.passages.T).astype(np.float64))
    order = list(islice(line.ordered(_leads(known, here, declared, vectors)), limit))
    names = [one.address for one in listed] + [one.passage.address for one in known]
    return tuple(_choice(listed, names, labels, chances, step) for step in order)


def _spaced(listed: list[Passage]) -> list[Passage]:
    if len(listed) <= _MOST:
        return listed
    return [listed[number * len(listed) // _MOST] for number in range(_MOST)]


def _chances(
    read: Sequence[Example], there: Encoded, here: Encoded, vectors: VectorFile
) -> tuple[tuple[Label, ...], Floats]:
    """The labels that can be learned, and the probability of each (labels, unread passages)."""
    rules = learned_from(Lesson(read, there, vectors)).rules if read else {}
    return tuple(rules), chances_of(rules, here)


def _entropy(chances: Floats) -> Floats:
    """In bits: 1 where yes and no are alike likely, 0 where one is certain."""
    inner = np.clip(chances, 1e-9, 1 - 1e-9)
    return np.asarray(-(inner * np.log2(inner) + (1 - inner) * np.log2(1 - inner)), np.float64)


def _density(alike: Floats) -> Floats:
    """The mean likeness of each passage to the ten others that are most like it; 1 where it is alone."""
    size = len(alike)
    if size < 2:
        return np.ones(size)
    others = np.sort(np.where(np.eye(size, dtype=np.bool_), -np.inf, alike), axis=1)[:, ::-1]
    return np.asarray(np.clip(others[:, : min(_NEAR, size - 1)].mean(axis=1), 0.0, 1.0), np.float64)


# ── what has no statement yet ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Lead:
    """A passage (by number) that may be about ``what`` has no statement yet, or in which it is ``named``; how like, and why."""

    number: int
    use: float
    what: str
    reason: str
    named: bool = False


def _leads(read: Sequence[Example], here: Encoded, declared: Declared, vectors: VectorFile) -> list[_Lead]:
    """For each topic without statements the passages that may be about it, for each actor those that name it, the best first."""
    statements = [one for example in read for one in example.statements]
    coded = {part.rpartition(":")[2] for one in statements for part in one.topic.text.split(" -> ")}
    side = {one.id: one.side for one in declared.actors}
    held = {name for one in statements for actor in one.path.actors for name in (actor, side.get(actor, actor))}
    pairs = [(topic, text) for topic, text in wordings_of(declared) if topic not in coded]
    leads = [
        _Lead(number, float(likeness[number]), f"topic {topic}",
              f"no statement on {topic} yet: near to it by meaning ({likeness[number]:.2f})")
        for topic, likeness in _by_topic(pairs, here, vectors).items()
        for number in np.flatnonzero(likeness >= _TOPIC).tolist()
    ]  # fmt: skip
    leads += [
        _Lead(number, _TOPIC, f"actor {actor}", f"names {actor}, of whom there is no statement yet", named=True)
        for number, names in enumerate(here.named)
        for actor in sorted(names - held)
    ]
    return sorted(leads, key=lambda one: (-one.use, one.number, one.what))


def _by_topic(pairs: Sequence[tuple[str, str]], here: Encoded, vectors: VectorFile) -> dict[str, Floats]:
    """How near (passages,) each passage's nearest sentence is to the nearest wording of each topic."""
    likeness = (vectors.of([text for _, text in pairs]) @ here.sentences.T).astype(np.float64)
    out: dict[str, Floats] = {}
    for (topic, _), row in zip(pairs, likeness, strict=True):
        best = out.setdefault(topic, np.full(len(here.passages), -1.0))
        np.maximum.at(best, here.owner, row)
    return out


# ── the order ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Step:
    """The next passage, by number. ``nearest``: the one before it, or read, that is most like it (−1: none), and how like."""

    number: int
    use: float
    lead: _Lead | None
    nearest: int
    likeness: float


class _Line:
    """The unread passages being put in order. ``use`` (n,), ``alike`` (n, n), ``known`` (n, read): likeness to what was read."""

    def __init__(self, use: Floats, alike: Floats, known: Floats) -> None:
        self.use, self.alike = use, alike
        self.left = np.ones(len(use), np.bool_)
        self.likeness = known.max(axis=1) if known.shape[1] else np.full(len(use), -1.0)
        self.nearest: Ints = known.argmax(axis=1) + len(use) if known.shape[1] else np.full(len(use), -1, np.intp)

    def ordered(self, leads: Sequence[_Lead]) -> Iterator[_Step]:
        """All of them, the next first; each so many-th is the best lead to what nothing before it was taken for, or names."""
        done: set[str] = set()
        for place in range(1, len(self.use) + 1):
            fresh = self.left & (self.likeness < ALIKE)
            lead = next((one for one in leads if fresh[one.number] and one.what not in done), None)
            lead = None if place % EVERY else lead
            number = self._best(fresh if fresh.any() else self.left) if lead is None else lead.number
            done |= {one.what for one in leads if one is lead or (one.number == number and one.named)}
            yield self._step(number, lead)

    def _best(self, among: Bools) -> int:
        return int(np.argmax(np.where(among, self.use * np.clip(1.0 - self.likeness, 0.0, 1.0), -1.0)))

    def _step(self, number: int, lead: _Lead | None) -> _Step:
        use = float(self.use[number]) if lead is None else lead.use
        step = _Step(number, use, lead, int(self.nearest[number]), float(self.likeness[number]))
        self.left[number] = False
        closer = self.alike[number] > self.likeness
        self.likeness = np.where(closer, self.alike[number], self.likeness)
        self.nearest = np.where(closer, number, self.nearest)
        return step


def _choice(
    listed: Sequence[Passage], names: Sequence[str], labels: Sequence[Label], chances: Floats, step: _Step
) -> Choice:
    """A step with its passage and the reason in words."""
    passage = listed[step.number]
    nearest = f"; of what was read or stands before it, nothing is nearer than {step.likeness:.2f}" * (
        step.nearest >= 0
    )
    if step.likeness >= ALIKE:
        says = f"means nearly the same as {names[step.nearest]} ({step.likeness:.2f})"
        return Choice(passage, "repeats", step.use, says)
    if step.lead is not None:
        return Choice(passage, "unseen", step.use, step.lead.reason)
    if not labels:
        return Choice(passage, "new", step.use, f"much of what is unread is like it{nearest}")
    order = np.argsort(np.abs(chances[:, step.number] - 0.5), kind="stable")[:_TOLD]
    said = ", ".join(f"{' '.join(labels[one]).removesuffix(' any')} {chances[one, step.number]:.2f}" for one in order)
    return Choice(passage, "unsure", step.use, f"unsure of {said}{nearest}")

"""Networks, one at a time: between actors, topics, both, and from those who say so to those whose view it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.networks.answers import Network, Node, Tie
from rashomon.measuring.networks.gathering import SEPARATOR
from rashomon.measuring.networks.ground import Ground
from rashomon.measuring.networks.projecting import Manner, Mode, network, unfit
from rashomon.measuring.networks.tying import Rest, Sayings, places_of
from rashomon.measuring.networks.uttering import Utterances
from rashomon.study import format_day

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
COUNTED = Manner("two-mode", "subtract")


def network_of(ground: Ground, mode: Mode, aggregation: str, normalisation: str) -> Network:
    """See :meth:`~rashomon.measuring.networks.discourse.Discourse.network`."""
    how = ground.manner(mode, aggregation, normalisation)
    said = ground.once(how)
    made = network(said, how)
    rows, columns, weights = places_of(made, mode != "two-mode")
    bands = ground.band(how, lambda sample: network(sample, how), rows, columns)
    two, of = mode == "two-mode", said.turned if mode == "topics" else said
    sayings, ends = Sayings(of), (of.actors, of.topics if two else of.actors)
    ties = []
    for i, j, weight, low, high in _listed(rows, columns, weights, *bands):
        rest = sayings.of_one(i, j) if two else sayings.of_pair(i, j)
        topics = () if two else tuple(of.topics[one] for one in rest.shared)
        ties.append(_tie(ground, (ends[0][i], ends[1][j]), (weight, low, high), rest, topics))
    strength = [np.asarray(abs(made).sum(axis=axis)).ravel() for axis in (1, 0)]
    nodes = _nodes(ground, of, strength[0], "topic" if mode == "topics" else "actor")
    nodes += _nodes(ground, of.turned, strength[1], "topic") if two else []
    return Network(tuple(ties), ground.note("discourse network", how, said), tuple(nodes), mode, False, ground.left_out,
                   ground.no_interval)  # fmt: skip


def views_of(ground: Ground) -> Network:
    """See :meth:`~rashomon.measuring.networks.discourse.Discourse.views`."""
    if ground.of != "attributed":
        raise unfit(f"of={ground.of!r}", "of='attributed'", "Ask for the views that are attributed to others.")
    said = ground.once(COUNTED)
    paths = [one.split(SEPARATOR) for one in said.actors]
    names = sorted({name for one in paths for name in one[:2]})
    place = {name: number for number, name in enumerate(names)}
    ends = np.array([[place[one[0]], place[one[1]]] for one in paths], np.int64).reshape(-1, 2)

    def counted(sample: Utterances) -> Floats:
        out = np.zeros((len(names), len(names)))
        np.add.at(out, (ends[sample.actor, 0], ends[sample.actor, 1]), sample.weight)
        return out

    made = counted(said)
    rows, columns, weights = places_of(made, False)
    bands = ground.band(COUNTED, counted, rows, columns)
    pairs = replace(said, actors=names, actor=ends[said.actor, 0], topics=names, topic=ends[said.actor, 1])
    spoken: dict[tuple[int, int], set[int]] = {}
    for i, j, topic in zip(pairs.actor.tolist(), pairs.topic.tolist(), said.topic.tolist(), strict=True):
        spoken.setdefault((i, j), set()).add(topic)
    sayings = Sayings(pairs)
    ties = [
        _tie(
            ground,
            (names[i], names[j]),
            (weight, low, high),
            sayings.of_one(i, j),
            tuple(said.topics[one] for one in sorted(spoken[i, j])),
        )
        for i, j, weight, low, high in _listed(rows, columns, weights, *bands)
    ]
    nodes = _nodes(ground, _either_end(pairs), made.sum(axis=0) + made.sum(axis=1), "actor")
    return Network(tuple(ties), ground.note("statements about another's view", COUNTED, said), tuple(nodes), "views", True,
                   ground.left_out, ground.no_interval)  # fmt: skip


def _either_end(pairs: Utterances) -> Utterances:
    """Each statement twice: of its holder, and of whom it is about."""
    twice = pairs.at(np.tile(np.arange(len(pairs)), 2))
    return replace(twice, actor=np.concatenate([pairs.actor, pairs.topic]))


def _listed(*columns: Ints | Floats) -> Any:
    return zip(*(one.tolist() for one in columns), strict=True)


def _tie(
    ground: Ground, ends: tuple[str, str], band: tuple[float, float, float], rest: Rest, topics: Sequence[str]
) -> Tie:
    weight = ground.estimate(band[0], band[1:], rest.n, rest.documents)
    return Tie(*ends, weight, rest.n, rest.agree, rest.disagree, tuple(topics), format_day(rest.first), format_day(rest.last),
               ground.source_names(rest.documents))  # fmt: skip


def _nodes(ground: Ground, of: Utterances, strength: Floats, kind: str) -> list[Node]:
    n = np.bincount(of.actor, minlength=len(of.actors))
    first, last = of.days_of(of.actor, len(n))
    return [
        Node(label, ground.name(label, kind), kind, *_place(ground, label, kind, int(first[place])), int(n[place]),
             float(strength[place]), format_day(int(first[place])), format_day(int(last[place])))
        for place, label in enumerate(of.actors)
        if n[place]
    ]  # fmt: skip


def _place(ground: Ground, label: str, kind: str, day: int) -> tuple[str, str]:
    """Side and layer of an actor when it first speaks; of a path, of who holds it."""
    if kind == "topic":
        return "", ""
    holder, _, layer = label.partition(SEPARATOR)[0].partition(" ")
    return ground.study.side_of(holder), layer or ground.study.layer_of(holder, day) or ""

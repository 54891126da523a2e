"""Discourse networks for programs that draw and count graphs: GraphML (yEd, visone, networkx) and GEXF with its times (Gephi).

A node is an actor or a topic, with its name, kind, side, layer, number of statements and days; an edge a tie, with its weight
and its interval, the statements, topics, sources and voices behind it, and its days. In GEXF the graph is dynamic: nodes and
edges are there from their first day to their last.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from rashomon import __version__
from rashomon.errors import RashomonError, error, listing, suggest
from rashomon.exchanging.losing import Loss, Moved
from rashomon.exchanging.placing import free
from rashomon.exchanging.xml_writing import xml_document, xml_tag
from rashomon.study import StudyData
from rashomon.study.files import write_atomically

if TYPE_CHECKING:
    from rashomon.measuring.networks import Network, Node, Tie

GRAPHML: Final = "http://graphml.graphdrawing.org/xmlns"
GEXF: Final = "http://gexf.net/1.3"

NETWORKS: Final = ("actors", "topics", "two-mode", "views")
"""The networks of a study that can be drawn."""

Value = str | int | float
_TYPES: Final[Mapping[type, tuple[str, str]]] = MappingProxyType(
    {str: ("string", "string"), int: ("int", "integer"), float: ("double", "double")}
)
"""Names of a type in GraphML, and in GEXF."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Which network of a study is to be written, as :meth:`rashomon.Study.discourse` and its networks ask for it.

    ``network``: actors, topics, two-mode, or views (of what is attributed); blank ``aggregation`` is the usual one.
    ``compatible``: dna for the numbers of Discourse Network Analyzer. ``topics``: only of these, all where there are none.
    """

    network: str = "actors"
    by: str = "actor"
    duplicates: str = "all"
    aggregation: str = ""
    normalisation: str = "none"
    compatible: str = ""
    topics: tuple[str, ...] = ()


def draw_network(study: StudyData, drawing: Drawing) -> Network:
    """The network that is asked for. Raises what the discourse raises: R501, R502."""
    from rashomon.measuring.networks import Discourse, Ground  # here, as no other format needs the measures

    _check(drawing)
    asked: dict[str, Any] = {name: getattr(drawing, name) for name in ("by", "duplicates", "compatible", "topics")}
    asked["of"] = "attributed" if drawing.network == "views" else "own"
    discourse = Discourse(Ground(study, **asked))
    if drawing.network == "views":
        return discourse.views()
    mode: Any = drawing.network
    return discourse.network(mode, drawing.aggregation, drawing.normalisation)


def _check(drawing: Drawing) -> None:
    """R502 where there is no such network, or it cannot be drawn with what is asked for."""
    if drawing.network not in NETWORKS:
        remedy = suggest(drawing.network, NETWORKS, "choose one of these.")
        raise _unfit(f"network={drawing.network!r}", listing(NETWORKS), remedy)
    for name, usual in (("aggregation", ""), ("normalisation", "none")):
        given = getattr(drawing, name)
        if drawing.network == "views" and given not in ("", usual):
            raise _unfit(f"{name}={given!r} of views", f"no {name}: a tie of views counts statements", f"Leave out {name}.")


def _unfit(found: str, allowed: str, remedy: str) -> RashomonError:
    return error("R502", "A network cannot be drawn that way.", found=found, allowed=allowed, remedy=remedy)


def export_graphml(network: Network, file: Path) -> Moved:
    """Write a network as GraphML. R003 where a file is there."""
    return _written("graphml", network, file, _graphml)


def export_gexf(network: Network, file: Path) -> Moved:
    """Write a network as a dynamic graph of GEXF 1.3. R003 where a file is there."""
    return _written("gexf", network, file, _gexf)


GRAPHS: Final[Mapping[str, Callable[[Network, Path], Moved]]] = MappingProxyType({"graphml": export_graphml, "gexf": export_gexf})
"""Format → what writes a network as a file of it."""


def _written(form: str, network: Network, file: Path, compose: Callable[[Network, Mapping[tuple[str, str], str]], str]) -> Moved:
    keys = {(one.kind, one.id): f"n{place}" for place, one in enumerate(network.nodes)}
    write_atomically(free(file), compose(network, keys).encode("utf-8", "replace"))
    losses = [Loss("statements", f"{n:,}: {reason}", "they are not in this network") for reason, n in network.left_out]
    if network.because:
        losses.append(Loss("edges", "intervals of weights", network.because))
    return Moved(form, str(file), {"nodes": len(network.nodes), "edges": len(network)}, tuple(losses))


def _of_node(node: Node) -> dict[str, Value]:
    return {"label": node.name, "id": node.id, "kind": node.kind, "side": node.side, "layer": node.layer, "statements": node.n,
            "strength": node.strength, "first": node.first, "last": node.last}  # fmt: skip


def _of_tie(tie: Tie) -> dict[str, Value]:
    return {"weight": tie.weight.estimate, "low": tie.weight.low, "high": tie.weight.high, "level": tie.weight.level,
            "statements": tie.n, "agree": tie.agree, "disagree": tie.disagree, "voices": tie.weight.voices,
            "topics": "; ".join(tie.topics), "sources": "; ".join(tie.sources), "first": tie.first, "last": tie.last}  # fmt: skip


def _of_graph(network: Network) -> dict[str, Value]:
    told = network.provenance
    asked = "; ".join(f"{name}: {value}" for name, value in told.parameters if value != "")
    return {"study": told.study, "method": told.method, "parameters": asked, "seed": told.seed or 0, "as_of": told.as_of or "",
            "program": f"Rashomon {__version__}"}  # fmt: skip


def _ends(network: Network, keys: Mapping[tuple[str, str], str]) -> Iterator[tuple[Tie, str, str]]:
    """Every tie with the keys of its two nodes."""
    source, target = network.ends
    for tie in network.rows:
        yield tie, keys[source, tie.source], keys[target, tie.target]


def _filled(values: Mapping[str, Value]) -> Iterator[tuple[int, Value]]:
    """Values with the places of their names; blank ones and what is not a number are left out."""
    for place, value in enumerate(values.values()):
        if value != "" and not (isinstance(value, float) and not math.isfinite(value)):
            yield place, value


def _columns(network: Network) -> Iterator[tuple[str, str, dict[str, Value]]]:
    """For nodes and for ties a letter, and their attributes with a value of the type of each; none where there is no tie."""
    yield "node", "v", next(map(_of_node, network.nodes), {})
    yield "edge", "e", next(map(_of_tie, network.rows), {})


# GraphML


def _graphml(network: Network, keys: Mapping[tuple[str, str], str]) -> str:
    about = _of_graph(network)
    heads = [
        xml_tag("key", {"id": f"{letter}{place}", "for": what, "attr.name": name, "attr.type": _TYPES[type(value)][0]})
        for what, letter, values in (("graph", "g", about), *_columns(network))
        for place, (name, value) in enumerate(values.items())
    ]
    nodes = [xml_tag("node", {"id": keys[one.kind, one.id]}, _data("v", _of_node(one))) for one in network.nodes]
    edges = [
        xml_tag("edge", {"id": f"e{place}", "source": source, "target": target}, _data("e", _of_tie(tie)))
        for place, (tie, source, target) in enumerate(_ends(network, keys))
    ]
    way = {"id": "network", "edgedefault": "directed" if network.directed else "undirected"}
    graph = xml_tag("graph", way, [*_data("g", about), *nodes, *edges])
    return xml_document(xml_tag("graphml", {"xmlns": GRAPHML}, [*heads, graph]))


def _data(letter: str, values: Mapping[str, Value]) -> Iterable[str]:
    return [xml_tag("data", {"key": f"{letter}{place}"}, text=str(value)) for place, value in _filled(values)]


# GEXF


def _gexf(network: Network, keys: Mapping[tuple[str, str], str]) -> str:
    about = _of_graph(network)
    told = "\n".join(f"{name}: {value}" for name, value in about.items() if value != "")
    meta = xml_tag("meta", {}, [xml_tag("creator", {}, text=str(about["program"])), xml_tag("description", {}, text=told)])
    columns = [
        xml_tag("attributes", {"class": what}, [
            xml_tag("attribute", {"id": str(place), "title": name, "type": _TYPES[type(value)][1]})
            for place, (name, value) in enumerate(values.items())
        ])
        for what, _, values in _columns(network)
    ]  # fmt: skip
    nodes = [
        xml_tag("node", {"id": keys[one.kind, one.id], "label": one.name, **_days(one)}, _values(_of_node(one)))
        for one in network.nodes
    ]
    edges = [
        xml_tag(
            "edge",
            {"id": str(place), "source": source, "target": target, "weight": str(tie.weight.estimate), **_days(tie)},
            _values(_of_tie(tie)),
        )
        for place, (tie, source, target) in enumerate(_ends(network, keys))
    ]
    way = {"mode": "dynamic", "timeformat": "date", "defaultedgetype": "directed" if network.directed else "undirected"}
    inside = [*columns, xml_tag("nodes", {}, nodes), xml_tag("edges", {}, edges)]
    return xml_document(xml_tag("gexf", {"xmlns": GEXF, "version": "1.3"}, [meta, xml_tag("graph", way, inside)]))


def _days(of: Node | Tie) -> dict[str, str]:
    return {"start": of.first, "end": of.last}


def _values(values: Mapping[str, Value]) -> list[str]:
    held = [xml_tag("attvalue", {"for": str(place), "value": str(value)}) for place, value in _filled(values)]
    return [xml_tag("attvalues", {}, held)]

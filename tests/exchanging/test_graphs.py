"""GraphML and GEXF: networkx reads back what a network holds, whatever its names."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import rashomon
from measuring.discourses import sample_study
from rashomon.cli import cli
from rashomon.errors import RashomonError
from rashomon.exchanging import GRAPHS, Drawing, export_gexf, export_graphml, export_study
from rashomon.exchanging.graphs import draw_network
from rashomon.exchanging.losing import Moved
from rashomon.measuring.networks import Network, Node, Tie
from rashomon.study import Estimate, Provenance

READ = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=12)
DAYS = st.dates().map(str)
NUMBERS = st.floats(-1e6, 1e6)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    mode = draw(st.sampled_from(["actors", "topics", "two-mode", "views"]))
    kinds = {"topics": ("topic", "topic"), "two-mode": ("actor", "topic")}.get(mode, ("actor", "actor"))
    ids = {kind: draw(st.lists(NAMES, min_size=1, max_size=4, unique=True)) for kind in dict.fromkeys(kinds)}
    nodes = [
        Node(one, draw(NAMES), kind, draw(st.sampled_from(["", "north"])), "", draw(st.integers(0, 9)), draw(NUMBERS), draw(DAYS),
             draw(DAYS))
        for kind, names in ids.items() for one in names
    ]  # fmt: skip
    pairs = [(one, other) for one in ids[kinds[0]] for other in ids[kinds[1]] if one != other]
    if mode in ("actors", "topics"):
        pairs = [(one, other) for one, other in pairs if one < other]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    ties = [
        Tie(*ends, Estimate(draw(NUMBERS.filter(bool)), draw(st.sampled_from([math.nan, -2.5])), 3.5, 0.9, 4, 2), 4, 3, 1,
            tuple(draw(st.lists(NAMES, max_size=2))), draw(DAYS), draw(DAYS), ("book",))
        for ends in chosen
    ]  # fmt: skip
    told = Provenance("a method", (("by", "actor"),), 7, "0", draw(NAMES), None, 4, ("book",))
    return Network(tuple(ties), told, tuple(nodes), mode, mode == "views", (("a reason", 2),), "")


@pytest.mark.parametrize("form", GRAPHS)
@given(network=networks())
def test_networkx_reads_back_what_a_network_holds(form: str, network: Network, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("graphs") / f"a.{form}"
    moved = GRAPHS[form](network, file)
    graph = READ[form](file)
    assert graph.is_directed() == network.directed
    assert moved.counts == {"nodes": graph.number_of_nodes(), "edges": graph.number_of_edges()}
    held = {(data["kind"], data["id"]): data for _, data in graph.nodes(data=True)}
    assert set(held) == {(one.kind, one.id) for one in network.nodes}
    for node in network.nodes:
        data = held[node.kind, node.id]
        assert (data["label"], data["statements"], data["strength"]) == (node.name, node.n, node.strength)
        assert (data["first"], data["last"], data.get("side", "")) == (node.first, node.last, node.side)
    ends = [graph.nodes[name] for edge in graph.edges for name in edge]
    found = {}
    for place, (_, _, data) in enumerate(graph.edges(data=True)):
        one, other = ((ends[2 * place + side]["kind"], ends[2 * place + side]["id"]) for side in (0, 1))
        found[one, other] = data
        if not network.directed:
            found[other, one] = data
    for tie in network.rows:
        kinds = {"topics": ("topic", "topic"), "two-mode": ("actor", "topic")}.get(network.mode, ("actor", "actor"))
        data = found[(kinds[0], tie.source), (kinds[1], tie.target)]
        assert data["weight"] == tie.weight.estimate
        assert (data["statements"], data["agree"], data["disagree"], data["voices"]) == (4, 3, 1, 2)
        assert ("low" in data) == (tie.weight.low == tie.weight.low)
        assert (data["first"], data["last"], data.get("topics", "")) == (tie.first, tie.last, "; ".join(tie.topics))
        if form == "gexf":
            assert (data["start"], data["end"]) == (tie.first, tie.last)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_study(tmp_path_factory.mktemp("exported"))


def test_the_sample_is_exported_as_it_is_drawn(sample: Path, tmp_path: Path) -> None:
    asked = ["--by", "organisation", "--aggregation", "ignore", "--json"]
    done = CliRunner().invoke(cli, ["export", "graphml", str(sample), str(tmp_path / "a.graphml"), *asked])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["result"]["counts"] == {"nodes": 7, "edges": 21}
    graph = nx.read_graphml(tmp_path / "a.graphml")
    assert sum(data["weight"] for _, _, data in graph.edges(data=True)) == 276 / 2
    assert graph.graph["method"] == "discourse network"


def test_dnas_own_numbers_are_exported_where_they_are_asked_for(sample: Path, tmp_path: Path) -> None:
    weights = {}
    for compatible in ("", "dna"):
        file = tmp_path / f"x{compatible}.graphml"
        done = exported("graphml", sample, file, "--by", "organisation", "--normalisation", "cosine", "--compatible", compatible)
        assert done.exit_code == 0, done.output
        graph = nx.read_graphml(file)
        weights[compatible] = sum(data["weight"] for _, _, data in graph.edges(data=True))
        network = rashomon.open(sample).discourse(by="organisation", compatible=compatible).network("actors", "", "cosine")
        assert weights[compatible] == pytest.approx(sum(tie.weight.estimate for tie in network.rows))
    assert weights["dna"] < weights[""]  # it divides by products of sums
    assert fault_of(exported("gexf", sample, tmp_path / "y.gexf", "--compatible", "visone"))["code"] == "R502"


def test_some_topics_are_exported_where_they_are_asked_for(sample: Path, tmp_path: Path) -> None:
    some = ["concept-u", "concept-w"]
    file = tmp_path / "a.graphml"
    done = exported("graphml", sample, file, "--network", "two-mode", "--topic", some[0], "--topic", some[1])
    assert done.exit_code == 0, done.output
    graph = nx.read_graphml(file)
    assert sorted(data["id"] for _, data in graph.nodes(data=True) if data["kind"] == "topic") == some
    assert "topics: concept-u; concept-w" in graph.graph["parameters"]
    fault = fault_of(exported("graphml", sample, tmp_path / "b.graphml", "--topic", "konzept-u"))
    assert (fault["code"], "concept-u" in fault["remedy"]) == ("R502", True)
    assert not (tmp_path / "b.graphml").exists()


@pytest.mark.parametrize("network", ["topics", "two-mode"])
def test_other_networks_are_exported_too(sample: Path, tmp_path: Path, network: str) -> None:
    study = rashomon.open(sample).data
    moved = export_study("gexf", study, tmp_path / "a.gexf", drawing=Drawing(network=network))
    drawn = draw_network(study, Drawing(network=network))
    assert moved.counts["edges"] == len(drawn)
    again = tmp_path / "again.gexf"
    export_gexf(drawn, again)
    assert again.read_bytes() == (tmp_path / "a.gexf").read_bytes()


def test_what_is_not_in_the_network_is_told(kuril: Path, tmp_path: Path) -> None:
    views = rashomon.open(kuril).discourse(of="attributed").views()
    moved = export_graphml(views, tmp_path / "views.graphml")
    assert [str(one) for one in moved.losses][-1].endswith("too few to draw anew")
    assert sum(int(one.what.partition(":")[0]) for one in moved.losses[:-1]) == sum(n for _, n in views.left_out)
    assert nx.read_graphml(tmp_path / "views.graphml").is_directed()


@pytest.mark.parametrize("asked", [{"network": "trees"}, {"by": "town"}, {"aggregation": "sum"}])
def test_a_network_that_there_is_not_leaves_no_file(sample: Path, tmp_path: Path, asked: Any) -> None:
    with pytest.raises(RashomonError) as raised:
        export_study("graphml", rashomon.open(sample).data, tmp_path / "a.graphml", drawing=Drawing(**asked))
    assert raised.value.fault.code == "R502"
    assert not (tmp_path / "a.graphml").exists()


def test_a_wrong_network_is_told_all_that_there_are(sample: Path) -> None:
    with pytest.raises(RashomonError) as raised:
        draw_network(rashomon.open(sample).data, Drawing(network="view"))
    fault = raised.value.fault
    assert all(name in fault.allowed for name in ("actors", "topics", "two-mode", "views"))
    assert "views" in fault.remedy


@pytest.mark.parametrize("asked", [["--aggregation", "subtract"], ["--normalisation", "jaccard"]])
def test_what_views_cannot_be_asked_is_refused(kuril: Path, tmp_path: Path, asked: list[str]) -> None:
    done = exported("gexf", kuril, tmp_path / "a.gexf", "--network", "views", *asked)
    assert fault_of(done)["code"] == "R502"
    assert asked[1] in fault_of(done)["found"]
    assert not (tmp_path / "a.gexf").exists()


@pytest.mark.parametrize(
    "asked", [["--network", "views"], ["--by", "side"], ["--by", "actor"], ["--duplicates", "week"], ["--normalisation", "none"],
     ["--topic", "concept-u"]],
)
def test_what_is_for_graphs_is_refused_for_other_formats(sample: Path, tmp_path: Path, asked: list[str]) -> None:
    fault = fault_of(exported("csv", sample, tmp_path / "a", *asked))
    assert (fault["code"], fault["allowed"]) == ("R930", "with graphml, gexf only")
    assert asked[1] in fault["found"]
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("form", ["csv", "graphml"])
def test_a_password_is_refused_where_a_file_has_none(sample: Path, tmp_path: Path, form: str) -> None:
    fault = fault_of(exported(form, sample, tmp_path / "a", "--password", "secret"))
    assert (fault["code"], fault["allowed"]) == ("R930", "with dna only")
    assert "secret" not in json.dumps(fault)
    assert not (tmp_path / "a").exists()


def test_a_password_in_the_environment_is_for_dna_alone(sample: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["export", "csv", str(sample), str(tmp_path / "a")], env={"RASHOMON_DNA_PASSWORD": "secret"})
    assert done.exit_code == 0, done.output


def exported(form: str, study: Path, file: Path, *asked: str) -> Result:
    return CliRunner().invoke(cli, ["export", form, str(study), str(file), "--json", *asked])


def fault_of(done: Result) -> dict[str, str]:
    assert done.exit_code == 2, done.output
    return json.loads(done.stdout)["error"]  # type: ignore[no-any-return]


def test_a_file_that_is_there_is_not_written_over(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "a.gexf").write_text("mine")
    network = draw_network(rashomon.open(sample).data, Drawing())
    with pytest.raises(RashomonError, match="R003"):
        export_gexf(replace(network), tmp_path / "a.gexf")
    assert (tmp_path / "a.gexf").read_text() == "mine"


def test_one_of_a_kind_is_told_in_the_singular() -> None:
    assert Moved("gexf", "a.gexf", {"nodes": 1, "edges": 1, "statements": 1_002}).lines()[0] == (
        "a.gexf: 1 node, 1 edge, 1,002 statements."
    )

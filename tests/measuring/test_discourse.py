"""The discourse of a study: DNA's published numbers through its import, the rule of sides, who speaks, intervals, faults."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.studies import DECLARED, write_study

import rashomon
from measuring.discourses import EXPECTED, PUBLISHED, sample_study
from rashomon.errors import RashomonError
from rashomon.measuring.networks import Discourse


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> rashomon.Study:
    return rashomon.open(sample_study(tmp_path_factory.mktemp("dna")))


# the published sample, through the import from DNA


@pytest.mark.parametrize("compatible", ["", "dna"])
def test_the_networks_of_the_sample_are_dnas(sample: rashomon.Study, compatible: Any) -> None:
    asked = sample.discourse(by="organisation", compatible=compatible, draws=0)
    for mode, expected in (("two-mode", EXPECTED["two_mode"]), ("actors", EXPECTED["one_mode"])):
        found = asked.network(mode, "ignore").matrix()  # type: ignore[arg-type]
        assert list(found.shape) == expected["shape"]
        assert found.to_numpy().sum() == expected["sum"]
    for row, columns in EXPECTED["printed"].items():
        for column, weight in columns.items():
            assert found.loc[f"organisation-{row.lower()}", f"organisation-{column.lower()}"] == weight


def test_the_backbone_of_the_sample_has_dnas_statements_and_steps(sample: rashomon.Study) -> None:
    for compatible in ("", "dna"):
        found = sample.discourse(by="organisation", duplicates="document", compatible=compatible).backbone()  # type: ignore[arg-type]
        assert found.statements == EXPECTED["after_nested_backbone_filter"]
        assert len(found) == EXPECTED["backbone_rows"]
    four = sample.discourse(by="organisation", duplicates="document").backbone(4)
    assert four.exact
    assert [one.kept for one in four.rows] == [True] * 4 + [False] * 2


def test_the_polarisation_of_the_sample_is_dnas_where_that_is_asked_for(sample: rashomon.Study) -> None:
    dna = sample.discourse(by="organisation", compatible="dna")
    (equal,), (free,) = dna.polarisation().rows, dna.polarisation(sizes="any").rows
    assert equal.polarisation.estimate == pytest.approx(EXPECTED["polarisation"], abs=1e-7)
    assert free.polarisation.estimate == pytest.approx(PUBLISHED["reachable"]["polarisation"], abs=1e-4)
    windows = dna.polarisation(size=8, kernel="gaussian")
    assert len(windows) == EXPECTED["polarisation_windows"]
    (own,) = sample.discourse(by="organisation").polarisation().rows
    assert own.polarisation.estimate == pytest.approx(own.congruence_within + own.conflict_between - 1)
    assert own.polarisation.low <= own.polarisation.estimate <= own.polarisation.high
    assert own.polarisation.n == 40
    assert own.polarisation.voices == 7


def test_two_who_speak_in_a_window_are_divided_as_by_dnas_greedy_search(sample: rashomon.Study) -> None:
    dna = sample.discourse(by="organisation", compatible="dna")
    windows = dna.polarisation(size=8, kernel="triangular").rows
    found = {row.middle: (row.raw, len(row.camps)) for row in windows if row.raw}
    assert found == {f"2005-{day}": (pytest.approx(raw), 2) for day, raw in PUBLISHED["program"]["greedy_triangular"].items()}
    assert all(row.polarisation.estimate == row.raw == 0.0 for row in windows if row.middle not in found)


@pytest.mark.parametrize("duplicates", ["all", "document", "month", "overall"])
def test_bars_of_the_sample_are_dnas_where_that_is_asked_for(sample: rashomon.Study, duplicates: Any) -> None:
    expected = PUBLISHED["program"]["bars"]["all" if duplicates == "all" else "once"]
    bars = sample.discourse(by="organisation", duplicates=duplicates, compatible="dna").bars()
    assert {row.actor[-1].upper(): [row.disagree, row.agree] for row in bars.rows} == expected
    own = sample.discourse(by="organisation", duplicates=duplicates).bars()
    by_topic = sample.discourse(by="organisation", duplicates=duplicates).bars(by_topic=True)
    assert sum(row.agree for row in own.rows) == sum(row.agree for row in by_topic.rows)


def test_the_coalitions_of_the_sample_hang_on_its_documents_but_not_on_the_seed(sample: rashomon.Study) -> None:
    found = sample.discourse(by="organisation").coalitions()
    assert found.alike_by_seed > 0.9 > found.alike_by_document
    assert all(0 <= row.kept_by_document <= 1 and row.kept_by_seed > 0.9 for row in found.rows)
    assert found.modularity.low <= found.modularity.estimate <= found.modularity.high
    assert (found.verdict == "undetermined") == bool(found.because)


def test_persons_and_topics_are_networks_too(sample: rashomon.Study) -> None:
    people = sample.discourse(draws=0).network("two-mode", "ignore")
    assert people.matrix().to_numpy().sum() == 40
    assert {one.kind for one in people.nodes} == {"actor", "topic"}
    topics = sample.discourse(by="organisation", draws=0).network("topics").matrix()
    assert topics.shape == (6, 6)
    assert np.allclose(topics, topics.T)


def test_every_answer_is_a_table_a_citation_and_json(sample: rashomon.Study) -> None:
    asked = sample.discourse(by="organisation", duplicates="document", draws=99)
    answers = (
        asked.network(), asked.network("two-mode"), asked.series(5), asked.series(6, kernel="epanechnikov"), asked.phases(8),
        asked.phases(8, distance="spectral"), asked.polarisation(), asked.coalitions(), asked.backbone(), asked.backbone(2),
        asked.bars(), asked.bars(by_topic=True), asked.events(),
    )  # fmt: skip
    for answer in answers:
        assert len(answer.table()) == len(answer) > 0
        assert set(answer.cite()) == {f"document-{n}" for n in range(1, 8)}
        assert json.loads(json.dumps(answer.to_dict()))["provenance"]["parameters"]["duplicates"] == "document"


def test_a_series_makes_its_matrices_again(sample: rashomon.Study) -> None:
    found = sample.discourse(by="organisation", draws=0).series(5)
    matrices = list(found.matrices())
    assert [float(one.to_numpy().sum()) for one in matrices] == [one.total for one in found.rows]
    assert found.matrix(3).equals(matrices[3])
    with pytest.raises(IndexError):
        found.matrix(len(found))


def test_the_seed_settles_the_answer(sample: rashomon.Study) -> None:
    first, again, other = (sample.discourse(by="organisation", seed=seed) for seed in (5, 5, 6))
    for ask in (Discourse.coalitions, Discourse.polarisation, Discourse.network):
        assert json.dumps(ask(first).to_dict()) == json.dumps(ask(again).to_dict())
    assert json.dumps(first.network().to_dict()) != json.dumps(other.network().to_dict())


def test_beside_polarisation_stands_what_chance_would_reach(tmp_path: Path) -> None:
    people = ("north-leader", "north-public", "south-ministry", "south-public")
    topics = ("border", "south:peaceful", "north:peaceful")
    sides = {"border": ("keep", "move"), "south:peaceful": ("negative", "positive"), "north:peaceful": ("positive", "negative")}
    rows = [
        {"path": who, "topic": topic, "stance": sides[topic][who.startswith("south")]}
        for who in people for topic in topics for _ in range(3)
    ]  # fmt: skip
    (row,) = asked(tmp_path, *rows).polarisation().rows
    assert row.polarisation.estimate == pytest.approx(1.0)
    assert row.camps == (people[:2], people[2:])
    assert 0.0 < row.by_chance < 0.5
    assert math.isnan(asked(tmp_path / "dna", *rows, compatible="dna").polarisation().rows[0].by_chance)
    assert all(math.isnan(one.by_chance) for one in asked(tmp_path / "time", *rows).polarisation(size=30, unit="days").rows)


def test_no_window_is_held_against_chance_though_a_gaussian_one_has_the_days_of_all_time(sample: rashomon.Study) -> None:
    windows = sample.discourse(by="organisation", draws=0).polarisation(size=8, kernel="gaussian")
    assert sum(bool(one.camps) for one in windows.rows) > 1
    assert all(math.isnan(one.by_chance) for one in windows.rows)


# the rule of sides, and who speaks


MORE = DECLARED + """
[[source]]
id = "third"
title = "A third"
published = "1996"
kind = "article"

[[issue]]
id = "treaty"
name = "The treaty"
positions = [{ id = "for", name = "For" }, { id = "against", name = "Against" }]
"""  # fmt: skip


def asked(folder: Path, *rows: Mapping[str, object], **how: Any) -> Discourse:
    listed = [{"id": f"s{n}", **row} for n, row in enumerate(rows)]
    return rashomon.open(write_study(folder, MORE, statements=listed)).discourse(**{"draws": 0, **how})


@pytest.mark.parametrize(
    ("topic", "modality", "stance", "expected"),
    [
        ("border", "wants", "move", ("border", True)),
        ("border", "demands", "keep", ("border", False)),
        ("border", "accepts", "move", ("border", True)),
        ("border", "wants", "share", "a stance in the middle, or nowhere on the scale"),
        ("border", "wants", "> share", ("border", True)),
        ("border", "rejects", "move", "rejects one stance of several"),
        ("border", "fears", "move", "feared, passed over or overlooked"),
        ("border", "avoids", "", "no stance on the topic"),
        ("treaty", "believes", "for", ("treaty", True)),
        ("treaty", "rejects", "for", ("treaty", False)),
        ("treaty", "not wants", "against", ("treaty", True)),
        ("north-aim", "believes", "gain", ("north-aim=gain", True)),
        ("north-aim", "not believes", "gain", ("north-aim=gain", False)),
        ("south:peaceful", "believes", "strongly-negative", ("south:peaceful", False)),
        ("south:peaceful", "believes", "mixed", "a stance in the middle, or nowhere on the scale"),
        ("south:peaceful", "not believes", "present", ("south:peaceful", False)),
        ("south:peaceful", "not believes", "positive", "rejects one stance of several"),
        ("border -> treaty", "believes", "down", ("border -> treaty", False)),
    ],
)
def test_the_side_that_a_statement_takes(tmp_path: Path, topic: str, modality: str, stance: str, expected: Any) -> None:
    row = {"path": "north-public", "topic": topic, "modality": modality, "stance": stance}
    discourse = asked(tmp_path, row, {"path": "south-public", "topic": "border", "stance": "move"})
    found = [one for one in discourse.events().rows if one.statement == "s0"]
    if isinstance(expected, str):
        assert found == []
        assert dict(discourse.ground.left_out) == {expected: 1}
    else:
        assert [(one.topic, one.agrees) for one in found] == [expected]


def test_one_speaks_for_an_organisation_a_layer_or_a_side(tmp_path: Path) -> None:
    rows = [
        {"path": "north-leader", "topic": "border", "stance": "move", "when": "1986"},
        {"path": "north-leader", "topic": "border", "stance": "move", "when": "1995"},  # after its term
        {"path": "south", "topic": "border", "stance": "keep"},
    ]
    names = {}
    for by in ("actor", "organisation", "layer", "side"):
        discourse = asked(tmp_path / by, *rows, by=by)
        names[by] = [one.actor for one in discourse.events().rows]
        told = discourse.network("two-mode").nodes
        assert all(one.name for one in told)
    assert names["actor"] == ["north-leader", "south", "north-leader"]
    assert names["organisation"] == ["north-government", "south"]
    assert names["layer"] == ["north leadership", "south"]
    assert names["side"] == ["north", "south", "north"]
    left = asked(tmp_path / "again", *rows, by="organisation").ground.left_out
    assert dict(left) == {"a person of no organisation then, or of several": 1}


def test_a_person_of_two_organisations_speaks_for_the_one_that_the_note_names(tmp_path: Path) -> None:
    both = '[{ member_of = "north-government" }, { member_of = "south-ministry" }]'
    declared = MORE + f'[[actor]]\nid = "envoy"\nname = "Envoy"\nside = "north"\nkind = "person"\nroles = {both}\n'
    base = {"path": "envoy", "topic": "border", "stance": "move"}
    note = "urgent; organization: Ministry of the South"  # as an import from DNA writes it
    rows = [{"id": "a", **base, "note": note}, {"id": "b", **base}]
    discourse = rashomon.open(write_study(tmp_path, declared, statements=rows)).discourse(by="organisation", draws=0)
    assert [(one.statement, one.actor) for one in discourse.events().rows] == [("a", "south-ministry")]
    assert dict(discourse.ground.left_out) == {"a person of no organisation then, or of several": 1}


def test_attributed_views_of_layers_follow_the_office_of_the_day(tmp_path: Path) -> None:
    base = {"path": "south-ministry > north-leader", "topic": "border", "stance": "move"}
    rows = [{**base, "when": when} for when in ("1986", "1995")]
    discourse = asked(tmp_path, *rows, of="attributed", by="layer")
    assert [(one.source, one.target) for one in discourse.views().rows] == [("south ministry", "north leadership")]
    assert dict(discourse.ground.left_out) == {"of no layer then": 1}


def test_what_one_says_of_anothers_view_is_a_network_of_its_own(tmp_path: Path) -> None:
    rows = [
        {"path": "north-leader > south-ministry", "topic": "border", "modality": "believes > wants", "stance": "move"},
        {"path": "north-leader > south-ministry", "topic": "treaty", "stance": "against"},
        {"path": "south-ministry > north-leader > south", "topic": "border", "stance": "keep"},
        {"path": "south-ministry", "topic": "border", "stance": "keep"},
    ]
    discourse = asked(tmp_path, *rows, of="attributed")
    views = discourse.views()
    assert views.directed
    assert [(one.source, one.target, one.weight.estimate, one.agree, one.disagree) for one in views.rows] == [
        ("north-leader", "south-ministry", 2.0, 1, 1), ("south-ministry", "north-leader", 1.0, 0, 1),
    ]  # fmt: skip
    assert views.rows[0].topics == ("border", "treaty")
    assert dict(views.left_out) == {"a view of the speaker's own": 1}
    assert views.matrix().loc["north-leader", "south-ministry"] == 2
    paths = {one.id: one.name for one in discourse.network("two-mode").nodes if one.kind == "actor"}
    assert paths["north-leader > south-ministry"] == "Leader of the North > Ministry of the South"
    with pytest.raises(RashomonError, match="R502"):
        asked(tmp_path / "own", *rows).views()


def test_ties_say_on_what_they_rest(tmp_path: Path) -> None:
    rows = [
        {"path": "north-leader", "topic": "border", "stance": "move", "when": "1986-02-01"},
        {"path": "north-leader", "topic": "border", "stance": "keep", "when": "1990-05-05", "source": "memoir"},
        {"path": "south-ministry", "topic": "border", "stance": "move", "when": "1988-03-03", "source": "third"},
        {"path": "south-ministry", "topic": "treaty", "stance": "for", "when": "1994"},
    ]
    (tie,) = asked(tmp_path, *rows).network().rows
    assert (tie.weight.estimate, tie.n, tie.agree, tie.disagree) == (1.0, 3, 2, 1)
    assert (tie.first, tie.last) == ("1988-03-03", "1990-05-05")  # from when both had spoken on the border
    assert tie.topics == ("border",)
    assert set(tie.sources) == {"book", "memoir", "third"}
    assert tie.weight.voices == 3
    node = asked(tmp_path / "again", *rows).network("two-mode").nodes[0]
    assert (node.id, node.side, node.layer, node.n) == ("north-leader", "north", "leadership", 2)


def test_only_the_sources_kinds_and_times_that_are_asked_for(tmp_path: Path) -> None:
    rows = [
        {"path": "north-leader", "topic": "border", "stance": "move", "when": "1986"},
        {"path": "north-leader", "topic": "border", "stance": "move", "when": "1987", "source": "third"},
        {"path": "north-leader", "topic": "border", "stance": "move", "when": "1989", "source": "memoir"},
    ]
    for number, (how, left) in enumerate(
        (({"sources": ["book", "third"]}, 2), ({"kinds": ["article"]}, 1), ({"when": "1987/1989"}, 2), ({}, 3))
    ):
        assert len(asked(tmp_path / str(number), *rows, **how).events()) == left


# intervals


def test_two_documents_are_too_few_for_an_interval(tmp_path: Path) -> None:
    rows = [{"path": path, "topic": "border", "stance": "move", "source": source}
            for path, source in (("north-leader", "book"), ("south-ministry", "memoir"))]  # fmt: skip
    found = asked(tmp_path, *rows, draws=200).network()
    assert found.because == "2 documents of 2 voices: too few to draw anew"
    assert math.isnan(found.rows[0].weight.low)
    assert asked(tmp_path / "none", *rows).network().because == "none was asked for"


def test_codings_of_one_passage_by_two_coders_count_for_one(tmp_path: Path) -> None:
    base = {"topic": "border", "quote": "It must be moved."}
    rows = [
        {**base, "path": "north-leader", "stance": "move", "coder": "one"},
        {**base, "path": "north-leader", "stance": "keep", "coder": "two"},
        {**base, "path": "south-ministry", "stance": "move", "quote": "We agree.", "coder": "one"},
    ]
    found = asked(tmp_path, *rows)
    assert found.network("two-mode", "ignore").matrix().loc["north-leader", "border"] == 1.0
    assert [one.weight.estimate for one in found.network().rows] == [0.5]
    assert [one.weight.estimate for one in found.network("actors", "conflict").rows] == [0.5]
    dna = asked(tmp_path / "dna", *rows, compatible="dna")
    assert dna.network("two-mode", "ignore").matrix().loc["north-leader", "border"] == 2.0


def test_as_of_a_day_what_was_not_open_then_is_left_out(tmp_path: Path) -> None:
    base = {"topic": "border", "stance": "move", "when": "1986-02-01", "known_basis": "stated"}
    rows = [{**base, "path": path, "known": f"{year}-02-01"} for path, year in (("north-leader", 1986), ("south-ministry", 1990))]
    root = write_study(tmp_path, MORE, statements=[{"id": f"s{n}", **row} for n, row in enumerate(rows)])
    then = rashomon.open(root).as_of("1988-01-01").discourse()
    assert [one.statement for one in then.events().rows] == ["s0"]
    assert then.events().provenance.as_of == "1988-01-01"


# on some topics


ON_TOPICS = (
    {"path": "north-leader", "topic": "border", "stance": "move"},
    {"path": "south-ministry", "topic": "border", "stance": "keep"},
    {"path": "south-ministry", "topic": "north-aim", "stance": "gain"},
    {"path": "north-leader", "topic": "north-aim", "stance": "peace"},
    {"path": "south-ministry", "topic": "north:peaceful", "stance": "negative"},
    {"path": "north-leader", "topic": "north:peaceful", "stance": "positive"},
    {"path": "north-leader", "topic": "north-aim", "modality": "fears", "stance": "trade"},
)


@pytest.mark.parametrize(
    ("topics", "left"),
    [(["border"], ["border"]), (("north:peaceful", "border"), ["border", "north:peaceful"]),
     (["north-aim"], ["north-aim=gain", "north-aim=peace"]), (["north-aim=gain"], ["north-aim=gain"])],
)  # fmt: skip
def test_a_discourse_may_be_of_some_topics_as_statements_or_networks_name_them(
    tmp_path: Path, topics: Any, left: list[str]
) -> None:
    whole, some = asked(tmp_path / "whole", *ON_TOPICS), asked(tmp_path / "some", *ON_TOPICS, topics=topics)
    assert list(some.network("two-mode").matrix().columns) == left
    every = whole.network("two-mode").matrix()[left]
    assert some.network("two-mode").matrix().equals(every[(every != 0).any(axis=1)])
    assert {one.topic for one in some.events().rows} == set(left)
    assert dict(some.network().provenance.parameters)["topics"] == "; ".join(topics)
    assert sum(n for _, n in some.network().left_out) == (left == ["north-aim=gain", "north-aim=peace"])


@pytest.mark.parametrize(
    ("topic", "meant"), [("bordr", "border"), ("north-aim=gian", "north-aim=gain"), ("north:peacefull", "north:peaceful")]
)
def test_a_topic_that_there_is_not_is_refused_with_the_one_that_is_meant(tmp_path: Path, topic: str, meant: str) -> None:
    with pytest.raises(RashomonError) as raised:
        asked(tmp_path, *ON_TOPICS, topics=["border", topic])
    fault = raised.value.fault
    assert (fault.code, fault.found) == ("R502", f"topic={topic!r}")
    assert meant in fault.remedy


def test_a_position_of_an_issue_with_sides_is_no_topic_and_one_without_statements_says_so(tmp_path: Path) -> None:
    with pytest.raises(RashomonError, match="R502"):
        asked(tmp_path / "a", *ON_TOPICS, topics=["border=move"])
    with pytest.raises(RashomonError, match="R501"):
        asked(tmp_path / "b", *ON_TOPICS[:1], topics=["north-aim"]).network()


# what is refused


@pytest.mark.parametrize(
    ("how", "code"),
    [({"of": "all"}, "R502"), ({"by": "town"}, "R502"), ({"duplicates": "day"}, "R502"), ({"compatible": "visone"}, "R502"),
     ({"draws": 3}, "R502"), ({"sources": ["boook"]}, "R004")],
)  # fmt: skip
def test_a_discourse_that_there_is_not_is_refused(tmp_path: Path, how: Any, code: str) -> None:
    with pytest.raises(RashomonError) as raised:
        asked(tmp_path, {"path": "north-leader", "topic": "border", "stance": "move"}, **how)
    assert raised.value.fault.code == code


@pytest.mark.parametrize(
    ("name", "value"),
    [("of", 3), ("by", ["actor"]), ("draws", "many"), ("draws", 99.5), ("draws", True), ("draws", -1), ("draws", None),
     ("seed", "x"), ("seed", -1), ("seed", 1.0), ("sources", 5), ("sources", "book"), ("sources", [3]), ("sources", None),
     ("kinds", 3), ("kinds", "book"), ("topics", "border"), ("topics", None), ("topics", [3]), ("when", 1986), ("when", None)],
)  # fmt: skip
def test_a_value_of_another_type_is_refused_in_words(tmp_path: Path, name: str, value: Any) -> None:
    with pytest.raises(RashomonError) as raised:
        asked(tmp_path, {"path": "north-leader", "topic": "border", "stance": "move"}, **{name: value})
    fault = raised.value.fault
    assert (fault.code, fault.found) == ("R502", f"{name}={value!r}")
    assert fault.allowed
    assert fault.remedy


def test_a_mode_that_is_no_word_is_refused_in_words(tmp_path: Path) -> None:
    discourse = asked(tmp_path, {"path": "north-leader", "topic": "border", "stance": "move"})
    with pytest.raises(RashomonError, match="R502"):
        discourse.network(["actors"])  # type: ignore[arg-type]


def test_whole_numbers_of_other_kinds_will_do(tmp_path: Path) -> None:
    said = {"path": "north-leader", "topic": "border", "stance": "move"}
    assert asked(tmp_path, said, seed=np.int64(5), sources=("book",)).network() is not None


def test_a_study_without_sides_or_with_one_voice_says_so(tmp_path: Path) -> None:
    silent = asked(tmp_path, {"path": "north-leader", "topic": "border", "stance": "share"})
    with pytest.raises(RashomonError) as raised:
        silent.network()
    assert raised.value.fault.code == "R501"
    assert "in the middle" in raised.value.fault.found
    alone = asked(tmp_path / "alone", {"path": "north-leader", "topic": "border", "stance": "move", "when": "1986-01-01"})
    assert alone.network().rows == ()
    (row,) = alone.polarisation().rows
    assert math.isnan(row.polarisation.estimate)
    assert row.because
    coalitions = alone.coalitions()
    assert (coalitions.verdict, coalitions.because) == ("undetermined", "no ties")
    with pytest.raises(RashomonError, match="window of 30 days over 1 days"):
        alone.series(30)
    for ask in ({"camps": 1}, {"sizes": "small"}):
        with pytest.raises(RashomonError, match="R502"):
            alone.polarisation(**ask)  # type: ignore[arg-type]
    with pytest.raises(RashomonError, match="R502"):
        alone.coalitions(resolution=0)
    with pytest.raises(RashomonError, match="R502"):
        alone.phases(2, mode="two-mode", distance="spectral")


def test_more_camps_than_the_actors_can_make_are_refused_with_how_many_they_can(sample: rashomon.Study) -> None:
    free, dna = (sample.discourse(by="organisation", compatible=one, draws=0) for one in ("", "dna"))
    actors = len(free.network().matrix())
    for asked_of, sizes, most in ((free, "any", actors // 2), (free, "equal", actors - 1), (dna, "equal", actors)):
        asked_of.polarisation(most, sizes=sizes)  # type: ignore[arg-type]
        with pytest.raises(RashomonError, match="R502") as raised:
            asked_of.polarisation(most + 1, sizes=sizes)  # type: ignore[arg-type]
        fault = raised.value.fault
        assert fault.found == f"camps={most + 1} of {actors} actors"
        assert fault.allowed.startswith(f"2 to {most}: ")

"""An opened study: rows, look-ups, voices, and views as of a day."""

from __future__ import annotations

import dataclasses
import math
import pickle
from pathlib import Path

import numpy as np
import pytest
from planting import cell, row, sound_study, statement, swap

from rashomon.errors import RashomonError
from rashomon.study import TABLES, UNKNOWN_DAY, StudyData, Verb, check_and_load, format_day, open_study, parse_day


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> StudyData:
    root = sound_study(tmp_path_factory.mktemp("sound") / "study")
    statement(id="s-public", stage="public", when="1989")(root)
    statement(id="s-public-throughout", stage="public", when="1988/1990")(root)
    statement(id="s-known", known="1990-06", known_basis="stated", certainty="0.5", via="gazette-1990")(root)
    statement(id="s-proposed", status="proposed", topic="bridge -> north:wealth", stance="down")(root)
    return open_study(root)


def arrays(value: object) -> list[np.ndarray]:
    """Every array within a table."""
    if isinstance(value, np.ndarray):
        return [value]
    if dataclasses.is_dataclass(value):
        return [one for field in dataclasses.fields(value) for one in arrays(getattr(value, field.name))]
    return [value.hashes] if hasattr(value, "hashes") else []


def test_as_of_is_a_view(study: StudyData) -> None:
    view = study.as_of(parse_day("1990-01-01"))
    for name in TABLES:
        pairs = list(zip(arrays(study.table(name)), arrays(view.table(name)), strict=True))
        assert pairs
        assert all(np.shares_memory(mine, theirs) for mine, theirs in pairs if len(mine))
    assert view.day == parse_day("1990-01-01")
    assert study.day is None
    assert view.as_of(None).day is None


def test_what_is_known_when(study: StudyData) -> None:
    known = {one.id: (one.known, one.known_bound) for one in study.statements}
    end = parse_day("1999-12-31")
    assert known["s-berg-on-north"] == (UNKNOWN_DAY, end)
    assert known["s-public"] == (parse_day("1989-12-31"),) * 2  # held on some day of the year: open at its end
    assert known["s-public-throughout"] == (parse_day("1988-01-01"),) * 2
    assert known["s-known"] == (parse_day("1990-06-30"),) * 2
    (move,) = study.moves
    assert move.known == parse_day("1988-10-03")
    assert study.packages.row(0).known == UNKNOWN_DAY
    assert study.packages.row(0).known_bound == end
    (link,) = study.links.rows()
    assert (link.from_, link.to) == ("s-north-toll", "s-berg-on-north")
    assert study.links.known_bound.tolist() == [end]  # open once both records are
    assert study.access.known_bound.tolist() == [end]


def test_open_rows_follow_the_day_and_the_status(study: StudyData) -> None:
    def ids(view: StudyData, *status: str) -> set[str]:
        return {view.statements.id[int(i)] for i in view.open_rows("statements", status or ("accepted",))}

    assert "s-proposed" not in ids(study)
    assert ids(study, "proposed") == {"s-proposed"}
    early = study.as_of(parse_day("1989-12-31"))
    assert ids(early) == {"s-north-toll", "s-public", "s-public-throughout"}
    assert "s-known" in ids(study.as_of(parse_day("1990-06-30")))
    assert "s-known" not in ids(study.as_of(parse_day("1990-06-29")))
    assert len(study.as_of(parse_day("2000-01-01")).open_rows("statements")) == len(study.open_rows("statements"))
    assert early.open_rows("links").tolist() == []
    assert study.open_rows("links").tolist() == [0]


def test_left_out_counts_what_had_begun_and_is_not_known_to_be_open(study: StudyData) -> None:
    view = study.as_of(parse_day("1989-12-31"))
    assert view.left_out() == {"statements": 1, "polls": 0, "moves": 0, "packages": 0, "texts": 0}
    assert dataclasses.replace(view, counted=("proposed",)).left_out()["statements"] == 1
    assert study.as_of(parse_day("1991-01-01")).left_out()["packages"] == 1
    assert sum(study.left_out().values()) == 0


def test_views_never_lose_rows_as_the_day_goes_on(study: StudyData) -> None:
    days = range(parse_day("1985-01-01"), parse_day("2001-01-01"), 97)
    for name in TABLES:
        sizes = [len(study.as_of(day).open_rows(name)) for day in days]
        assert sizes == sorted(sizes)


def test_rows_are_plain_objects(study: StudyData) -> None:
    one = study.statements.row(study.statements.index("s-berg-on-north"))
    assert (one.path.holder, one.path.about, one.path.last, one.path.depth) == (
        "premier-berg",
        "north-ministry",
        "north-ministry",
        2,
    )
    assert one.path.verbs == (Verb("believes"), Verb("wants"))
    assert (str(one.path), one.path.modality) == ("premier-berg > north-ministry", "believes > wants")
    assert (one.reads, one.root, one.hedge, one.status) == (("m-talks-cancelled",), "expectation", "plain", "accepted")
    assert math.isnan(one.certainty)
    assert one.line == 3
    cause = study.record("s-proposed").topic
    assert cause.kind == "cause"
    assert (cause.cause.issue, cause.effect.target, cause.effect.quality) == ("bridge", "north", "wealth")
    figure = study.polls.row(0)
    assert (figure.share, figure.n, figure.relation, figure.unit, figure.when) == (
        31.0,
        612,
        "=",
        "percent",
        figure.fielded,
    )
    assert study.access.row(0).withheld
    assert study.packages.row(0).author == ("north-ministry", "premier-berg")
    assert [one.id for one in study.statements.rows([1, 0])] == ["s-berg-on-north", "s-north-toll"]


def test_a_record_is_withheld_for_a_time_or_shown_from_a_day(tmp_path: Path) -> None:
    root = sound_study(tmp_path / "study")
    for cells in (
        {"how": "withheld", "from": "1990-12", "until": "1991-04"},
        {"from": "1990-12", "until": "1991-04"},
        {"until": "1991-04"},
        {"how": "withheld", "from": "1990-12"},
        {"how": "withheld"},
        {"how": "shown", "from": "1990-12"},
        {"how": "shown"},
    ):
        row("access", record="draft-1990", audience="north-ministry", **cells)(root)
    entries = open_study(root).access.rows()[1:]
    days = [parse_day(day) for day in ("1990-11-30", "1990-12-01", "1990-12-31", "1991-04-30", "1991-05-01")]
    told = ["".join("k" if one.kept_on(day) else "h" if one.had_by(day) else "-" for day in days) for one in entries]
    assert told == ["-kkkh", "-kkkh", "kkkkh", "-kkkk", "kkkkk", "--hhh", "-----"]
    assert [one.withheld for one in entries] == [True] * 5 + [False] * 2


def test_coded_columns_answer_in_bulk(study: StudyData) -> None:
    table = study.statements
    assert table.reads.codes[0] == -1
    assert table.reads[0] is None
    assert table.stage.rows("public").tolist() == [i for i, one in enumerate(table) if one.stage == "public"]
    assert table.stage.rows("nothing of the kind").tolist() == []
    depth = table.path.each(lambda path: path.depth, np.int64, 0)
    assert depth.tolist() == [one.path.depth for one in table]
    assert table.about.each(lambda when: when.lo, np.int64, -7).tolist() == [-7] * len(table)


def test_layers_follow_roles(study: StudyData) -> None:
    assert study.layer_of("premier-berg", parse_day("1988-01-01")) == "leadership"
    assert study.layer_of("premier-berg", parse_day("1994-01-01")) is None
    assert study.layer_of("premier-berg") == "leadership"
    assert study.layer_of("north-ministry", parse_day("1994-01-01")) == "ministry"
    assert study.layer_of("north") is None
    assert [study.layer_order(one) for one in ("leadership", "ministry", "public")] == [0, 1, 2]
    assert study.members("south", "leadership", parse_day("1988-01-01")) == ("premier-berg",)
    assert study.members("south", "leadership", parse_day("1994-01-01")) == ()
    assert study.members("north", "leadership") == ()


def test_the_role_nearest_the_top_counts(tmp_path: Path) -> None:
    root = sound_study(tmp_path / "study")
    swap(
        "study.toml",
        'assembly", layer = "leadership", span = "1979/1986"',
        'assembly", layer = "public", span = "1979/1990"',
    )(root)
    study = open_study(root)
    assert study.layer_of("premier-berg", parse_day("1986-01-01")) == "public"
    assert study.layer_of("premier-berg", parse_day("1988-01-01")) == "leadership"


def test_names_are_looked_up(study: StudyData) -> None:
    assert study.is_side("north")
    assert not study.is_side("north-ministry")
    assert study.side_of("north-ministry") == study.side_of("north") == "north"
    assert study.name_of("north") == "Northland"
    assert study.name_of("premier-berg") == "Anna Berg"
    assert study.quality("wealth").intervals["rich"] == pytest.approx((1 / 3, 1))
    assert study.issue("bridge").places["toll"] == 0.5
    assert study.question("trust-north").answers[2] == "don't know"
    assert study.locate("draft-1990") == ("packages", 0)
    for ask in (
        study.actor,
        study.side,
        study.quality,
        study.issue,
        study.source,
        study.layer,
        study.locate,
        study.table,
    ):
        with pytest.raises(RashomonError) as caught:
            ask("bridg")
        assert caught.value.fault.code == "R004"
    with pytest.raises(RashomonError):
        study.statements.index("m-talks-cancelled")


def test_voices(study: StudyData) -> None:
    assert study.voice("gazette-1990") == "south-public"
    assert study.voice("ferry-1999") == "ferry-1999"
    assert study.independent_voices(["ferry-1999", "gazette-1990"]) == 2
    assert study.independent_voices(["ferry-1999", "gazette-1990"], ["", "ferry-1999"]) == 1
    assert study.independent_voices(["ferry-1999", "ferry-1999"], ["a", "b"]) == 1
    assert study.independent_voices([]) == 0


def test_one_narrator_in_two_sources_is_one_voice(tmp_path: Path) -> None:
    root = sound_study(tmp_path / "study")
    swap("study.toml", 'published = "1999"\n', 'published = "1999"\nnarrator = "south-public"\n')(root)
    assert open_study(root).independent_voices(["ferry-1999", "gazette-1990"]) == 1


def test_a_study_survives_pickling(study: StudyData) -> None:
    again = pickle.loads(pickle.dumps(study))
    assert again.locate("m-talks-cancelled") == ("moves", 0)
    assert again.statements.rows()[1:2] == study.statements.rows()[1:2] or math.isnan(study.statements.row(1).certainty)


def test_topics_may_be_records(tmp_path: Path) -> None:
    root = sound_study(tmp_path / "study")
    statement(topic="t-address-1990", modality="unaware", stance="")(root)
    cell("polls", 0, "known", "")(root)
    report, study = check_and_load(root)
    assert report.ok
    assert study is not None
    topic = study.record("s-new").topic
    assert (topic.kind, topic.record) == ("record", "t-address-1990")
    assert format_day(study.polls.row(0).known_bound) == "1990-06-12"
    assert study.polls.row(0).known == UNKNOWN_DAY


def test_defaults_stand_for_blank_cells(tmp_path: Path) -> None:
    root = sound_study(tmp_path / "study")
    row("moves", id="m-2", when="1990", actor="north", kind="leaks", source="ferry-1999")(root)
    study = open_study(root)
    one = study.record("m-2")
    assert (one.weight, one.hedge, one.target, one.stance.kind, one.known) == (1.0, "plain", "", "none", UNKNOWN_DAY)

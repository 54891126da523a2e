"""Without a voice: a view is what is left when its rows are deleted, and the jackknife says what changes."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.errors import RashomonError
from rashomon.measuring import measure_all
from rashomon.measuring.whole import jackknifing
from rashomon.measuring.whole.jackknifing import Jackknife, count_records, measure_headlines, measure_jackknife
from rashomon.study import StudyData, open_study, parse_day
from rashomon.study.worked import example
from studies import DECLARED, write_study

Row = dict[str, object]
Tables = dict[str, list[Row]]

DECLARED_HERE = DECLARED.replace(
    'id = "memoir"\n', 'id = "memoir"\nnarrator = "north-leader"\n'
) + """
[[source]]
id = "diary"
title = "A diary"
published = "1999"
kind = "book"
narrator = "north-leader"

[[source]]
id = "unread"
title = "A source of which nothing is coded"
published = "1999"
kind = "book"
"""  # fmt: skip

SOURCES = ("book", "memoir", "diary")
VOICE = {"book": "book", "memoir": "north-leader", "diary": "north-leader"}


def statement(i: int, path: str, topic: str, stance: str, year: int, source: str, basis: str) -> Row:
    modality = "believes > wants" if ">" in path and topic == "border" else ""
    return {"id": f"s{i}", "path": path, "modality": modality, "topic": topic, "stance": stance, "when": f"{year}/{year + 2}",
            "source": source, "basis": basis, "stage": "public"}  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> Tables:
    """A few records of every kind, told by three sources of two voices and by two pollsters."""
    pick = lambda *items: draw(st.sampled_from(items))  # noqa: E731
    statements = [
        statement(
            i, pick("north-leader", "south-ministry", "south-ministry > north-leader", "south-public > north"), topic,
            pick("keep", "move") if topic == "border" else pick("positive", "negative"), draw(st.integers(1984, 1988)),
            pick(*SOURCES), pick("words", "witness", "narrated"),
        )
        for i in range(draw(st.integers(2, 10)))
        for topic in [pick("border", "north:peaceful", "south:peaceful")]
    ]  # fmt: skip
    moves: list[Row] = [
        {"id": f"m{i}", "when": "1986", "actor": "north-leader", "target": "south", "kind": "rejects", "issue": "border",
         "stance": pick("keep", "move"), "source": pick(*SOURCES), "stage": "public"}
        for i in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    polls: list[Row] = [
        {"id": f"p{i}", "survey": f"w{i}", "question": "peaceful", "population": "south-public", "fielded": str(1984 + i),
         "answer": "yes", "share": 40 + i, "source": pick(*SOURCES), "pollster": pick("", "one-poll", "other-poll"),
         "path": "south-public", "topic": "north:peaceful"}
        for i in range(draw(st.integers(0, 4)))
    ]  # fmt: skip
    ids = [str(row["id"]) for row in statements]
    ends = draw(st.lists(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True), max_size=3, unique_by=tuple))
    links: list[Row] = [
        {"from": one, "kind": pick("supports", "refutes"), "to": other, "by": "coder", "source": pick(*SOURCES)}
        for one, other in ends
    ]
    return {"statements": statements, "moves": moves, "polls": polls, "links": links}


def deleted(found: Tables, voice: str) -> Tables:
    """The tables without the rows of a voice, and without the links to them."""
    kept = {name: [row for row in rows if speaker(name, row) != voice] for name, rows in found.items()}
    ids = {row["id"] for name, rows in kept.items() if name != "links" for row in rows}
    kept["links"] = [row for row in kept["links"] if {row["from"], row["to"]} <= ids]
    return kept


def speaker(table: str, row: Row) -> str:
    return str(row["pollster"]) if table == "polls" and row["pollster"] else VOICE[str(row["source"])]


def rounded(found: object) -> object:
    """Numbers to nine digits: where arrays lie in memory moves the sixteenth."""
    if isinstance(found, float):
        return float(f"{found:.9g}")
    if isinstance(found, dict):
        return {name: rounded(one) for name, one in found.items()}
    return [rounded(one) for one in found] if isinstance(found, list | tuple) else found


def plain(study: StudyData) -> dict[str, object]:
    """All measures but for provenance and the order of rows, which follow the codes of the file."""
    out: dict[str, object] = {name: rounded(one) for name, one in measure_all(study).to_dict().items()}
    out.pop("provenance")
    return {
        name: sorted(json.dumps(row, sort_keys=True) for row in rows) if isinstance(rows, list) else rows
        for name, rows in out.items()
    }


@given(tables(), st.sampled_from(["book", "north-leader", "one-poll"]))
@settings(max_examples=25)
def test_a_voice_left_out_is_its_rows_deleted(
    tmp_path_factory: pytest.TempPathFactory, found: Tables, voice: str
) -> None:
    root = tmp_path_factory.mktemp("study")
    whole = open_study(write_study(root / "whole", DECLARED_HERE, **found))
    part = open_study(write_study(root / "part", DECLARED_HERE, **deleted(found, voice)))
    if voice not in {*VOICE.values(), *whole.polls.pollster.values}:
        return
    assert plain(whole.without(voice)) == plain(part)
    day = parse_day("1986-06-01")
    assert plain(whole.without(voice).as_of(day)) == plain(part.as_of(day))
    assert whole.as_of(day).without(voice).left_out() == part.as_of(day).left_out()


@given(tables())
@settings(max_examples=15)
def test_a_voice_without_records_changes_nothing(tmp_path_factory: pytest.TempPathFactory, found: Tables) -> None:
    study = open_study(write_study(tmp_path_factory.mktemp("study"), DECLARED_HERE, **found))
    view = study.without("unread")
    assert view.unheard == ("unread",)
    assert plain(view) == plain(study)
    assert measure_jackknife(view, least=1).rows == measure_jackknife(study, least=1).rows


@given(tables())
@settings(max_examples=25)
def test_what_changes_is_what_differs_when_all_is_measured_again(
    tmp_path_factory: pytest.TempPathFactory, found: Tables
) -> None:
    study = open_study(write_study(tmp_path_factory.mktemp("study"), DECLARED_HERE, **found))
    whole = measure_headlines(study)
    done = measure_jackknife(study, whole, least=1)
    assert {one.voice: one.records for one in done.voices} == dict(count_records(study))
    named = {row.statements: row for row in whole.ledger.rows}
    for one in done.voices:
        part = measure_headlines(study.without(one.voice))
        told = Counter((row.measure, row.item) for row in done.rows if row.without == one.voice)
        now = {keyed(row): row.verdict for row in part.comparisons}
        expected = Counter(
            ("comparisons", f"{row.kind} on {row.topic}, {row.period}: {row.of} / {row.against}")
            for row in whole.comparisons
            if now.get(keyed(row), "undetermined") != row.verdict
        )
        assert Counter({key: n for key, n in told.items() if key[0] == "comparisons"}) == expected
        left = {name: row.verdict for row in part.ledger.rows for name in row.statements}
        changed = {
            statements
            for statements, row in named.items()
            if {left.get(name, row.verdict) for name in statements} != {row.verdict}
        }
        assert {row.statements for row in done.rows if row.without == one.voice and row.statements} == changed
        assert one.gone == sum(not any(name in left for name in statements) for statements in named)
    check_counts(done, study)


@pytest.mark.parametrize("voice", ["hasegawa-2000", "Levada"])
def test_comparisons_of_the_worked_study_change_as_when_all_is_measured_again(voice: str) -> None:
    study = open_study(example())
    whole, part = measure_headlines(study), measure_headlines(study.without(voice))
    now = {keyed(row): row.verdict for row in part.comparisons}
    changed = [row for row in whole.comparisons if now.get(keyed(row), "undetermined") != row.verdict]
    assert changed
    done = [row for row in measure_jackknife(study, whole).rows if row.without == voice and row.measure == "comparisons"]
    assert [row.item for row in done] == [
        f"{row.kind} on {row.topic}, {row.period}: {row.of} / {row.against}" for row in changed
    ]


def keyed(row: object) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in ("kind", "topic", "period", "of", "against"))


def check_counts(done: Jackknife, study: StudyData) -> None:
    """The least and the greatest count of each verdict on beliefs, from ledgers measured by themselves."""
    counts = {one.voice: Counter(measure_headlines(study.without(one.voice)).ledger.judged) for one in done.voices}
    for row in done.counts:
        if row.measure == "misperceptions":
            listed = [count[row.verdict] for count in counts.values()]
            assert (row.least, row.greatest) == (min(listed), max(listed))
            assert counts[row.least_without][row.verdict] == row.least


def belief(i: int, **more: object) -> Row:
    return {"id": f"b{i}", "path": "south-ministry > north-leader", "modality": "believes > wants", "topic": "border",
            "stance": "move", "when": "1986/1988", "basis": "inferred", "source": "memoir", **more}  # fmt: skip


def held(i: int, **more: object) -> Row:
    return {"id": f"h{i}", "path": "north-leader", "modality": "wants", "topic": "border", "stance": "keep", "when": "1987",
            "basis": "words", "stage": "public", **more}  # fmt: skip


HYPOTHESIS = """
[[hypothesis]]
id = "kept"
claim = "The North meant to keep the border."
from = "memoir"
supports = ["h1"]
"""


def test_a_misperception_that_one_voice_tells_hangs_on_it(tmp_path: Path) -> None:
    declared = DECLARED_HERE + HYPOTHESIS
    study = open_study(write_study(tmp_path, declared, statements=[belief(1), held(1)]))
    done = measure_jackknife(study, least=1)
    assert [(row.measure, row.item, row.without, row.before, row.after) for row in done.rows] == [
        ("misperceptions", "south-ministry > north-leader wants border: move", "book", "contradicted", "undetermined"),
        ("hypotheses", "kept", "book", "borne out", "undetermined"),
    ]
    assert done.rows[0].statements == ("b1",)
    assert [(one.voice, one.records, one.changed, one.gone) for one in done.voices] == [
        ("book", 1, 2, 0), ("north-leader", 1, 0, 1),
    ]  # fmt: skip
    spread = {(row.measure, row.verdict): (row.whole, row.least, row.greatest) for row in done.counts}
    assert spread["misperceptions", "contradicted"] == (1, 0, 0)
    assert spread["misperceptions", "undetermined"] == (0, 0, 1)
    assert spread["hypotheses", "borne out"] == (1, 0, 1)
    json.dumps(done.to_dict(), allow_nan=False)


def test_a_narrator_goes_with_all_of_its_sources_and_a_pollster_with_its_polls(tmp_path: Path) -> None:
    polls: list[Row] = [
        {"id": f"p{i}", "survey": "w", "question": "peaceful", "population": "south-public", "fielded": "1987", "answer": "yes",
         "share": 40, "pollster": pollster, "source": "diary"}
        for i, pollster in enumerate(["gallup", ""])
    ]  # fmt: skip
    links: list[Row] = [{"from": "h1", "kind": "refutes", "to": "b1", "by": "coder"}]
    access: list[Row] = [{"record": "h1", "audience": "south", "until": "1990", "source": "book"}]
    rows = [belief(1), belief(2, source="diary"), held(1), held(2, via="memoir")]
    root = write_study(tmp_path, DECLARED_HERE, statements=rows, polls=polls, links=links, access=access)
    study = open_study(root)

    def seen(view: StudyData) -> dict[str, list[int]]:
        return {name: view.open_rows(name).tolist() for name in ("statements", "polls", "links", "access")}

    narrated = {"statements": [2, 3], "polls": [0], "links": [], "access": [0]}
    assert seen(study.without("memoir")) == seen(study.without("north-leader")) == narrated
    assert seen(study.without("book")) == {"statements": [0, 1], "polls": [0, 1], "links": [], "access": []}
    assert seen(study.without("gallup")) == {"statements": [0, 1, 2, 3], "polls": [1], "links": [0], "access": [0]}
    both = study.without("gallup").without("diary").without("gallup")
    assert both.unheard == ("gallup", "north-leader")
    assert seen(both)["polls"] == []
    assert study.open_rows("polls").tolist() == [0, 1]
    with pytest.raises(RashomonError) as caught:
        study.without("galup")
    assert caught.value.fault.code == "R004"
    assert "gallup" in caught.value.fault.remedy


def test_of_many_voices_those_that_tell_most_are_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [held(i, source=SOURCES[i % 3]) for i in range(9)]
    study = open_study(write_study(tmp_path, DECLARED_HERE, statements=rows))
    assert [one.voice for one in measure_jackknife(study, least=3).voices] == ["north-leader", "book"]
    assert measure_jackknife(study, least=4).untried == 0
    monkeypatch.setattr(jackknifing, "FEWEST_TRIED", 1)
    monkeypatch.setattr(jackknifing, "WORK", 1)
    done = measure_jackknife(study, least=3)
    assert ([one.voice for one in done.voices], done.untried) == (["north-leader"], 1)


def test_levels_are_tried_where_asked(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"id": f"q{i}", "path": "south-public", "topic": "north:peaceful", "stance": ("positive", "negative")[i % 2],
         "when": str(1984 + i // 2), "source": ("book", "memoir")[i % 2]}
        for i in range(8)
    ]  # fmt: skip
    study = open_study(write_study(tmp_path, DECLARED_HERE, statements=rows))
    assert not any(row.measure == "levels" for row in measure_jackknife(study, least=1).rows)
    done = measure_jackknife(study, measure_headlines(study, levels=True), least=1)
    found = [row for row in done.rows if row.measure == "levels"]
    assert {(row.item, row.without, row.after) for row in found} == {
        ("south/public on north:peaceful, 1987", "book", "not drawn"),
        ("south/public on north:peaceful, 1987", "north-leader", "not drawn"),
    }
    assert all(math.isnan(row.shift) for row in found)
    third = [{**rows[0], "id": f"t{i}", "source": "unread", "when": str(1984 + i)} for i in range(4)]
    study = open_study(write_study(tmp_path / "three", DECLARED_HERE, statements=rows + third))
    done = measure_jackknife(study, measure_headlines(study, levels=True), least=1)
    shift = {row.without: row.shift for row in done.rows if row.measure == "levels"}
    assert shift["north-leader"] > 0.1 > -0.1 > shift["book"]
    whole, part = (measure_headlines(one, levels=True).levels for one in (study, study.without("book")))
    assert whole is not None
    assert part is not None
    assert shift["book"] == pytest.approx(part[0].estimates[-1].estimate - whole[0].estimates[-1].estimate)


def test_an_empty_study_has_no_jackknife(tmp_path: Path) -> None:
    done = measure_jackknife(open_study(write_study(tmp_path, DECLARED_HERE)))
    assert (done.rows, done.counts, done.voices, done.untried) == ((), (), (), 0)

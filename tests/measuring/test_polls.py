"""Polls: the list as printed, and the pooling of figures that observe one view."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.measuring.polls.measuring import PooledSeries, bounds, has_view, list_polls, pool_polls
from rashomon.study import StudyData, open_study, parse_day
from studies import DECLARED, write_study

Row = Mapping[str, object]

MORE = """
[[poll_question]]
id = "calm"
wording = "Is the other country calm?"
answers = ["yes", "no", "dont-know"]

[[poll_question]]
id = "named"
wording = "Which countries are peaceful? Name up to three."
answers = ["names-it"]
multiple = true

[[poll_question]]
id = "line"
wording = "Where should the border be?"
answers = ["as-now", "elsewhere"]
"""


def poll(id: str, share: object = 40, **more: object) -> Row:
    return {
        "id": id, "survey": f"s-{id}", "question": "peaceful", "population": "north-public", "fielded": "1988-03",
        "answer": "yes", "share": share, "path": "north-public", "topic": "south:peaceful", **more,
    }  # fmt: skip


def made(root: Path, *polls: Row, **tables: list[Row]) -> StudyData:
    return open_study(write_study(root, DECLARED + MORE, polls=polls, **tables))


def pooled(root: Path, *polls: Row, **tables: list[Row]) -> tuple[PooledSeries, ...]:
    return pool_polls(made(root, *polls, **tables)).rows


# the list


def test_every_figure_stands_as_printed(tmp_path: Path) -> None:
    rows = (
        poll("late", 2.5, fielded="1990", pollster="P", mode="mail", n=1200, printed="2.5 percent"),
        poll("early", 30, relation=">"),
    )
    found = list_polls(made(tmp_path, *rows))
    assert [row.id for row in found.rows] == ["early", "late"]
    late = found.rows[1]
    assert (late.share, late.relation, late.unit, late.printed, late.n) == (2.5, "=", "percent", "2.5 percent", 1200)
    assert (late.fielded, late.start, late.end) == ("1990", "1990-01-01", "1990-12-31")
    assert (late.pollster, late.mode, late.path, late.topic) == ("P", "mail", "north-public", "south:peaceful")
    assert (late.known, late.known_by) == ("", "1999-12-31")  # bounded by the book
    assert late.wording == "Is the other country peaceful?"
    assert found.rows[0].relation == ">"
    assert found.cite() == ("book",)


def test_from_whom_a_figure_was_kept(tmp_path: Path) -> None:
    access = [
        {"record": "a", "audience": "north-public", "until": "1991", "by": "north-government"},
        {"record": "a", "audience": "south-public", "how": "shown", "from": "1988"},
    ]
    a, b = list_polls(made(tmp_path, poll("a"), poll("b"), access=access)).rows
    assert a.withheld == ({"audience": "north-public", "from": "", "until": "1991", "by": "north-government"},)
    assert b.withheld == ()
    assert json.loads(json.dumps(list_polls(made(tmp_path / "open", poll("a"))).to_dict()))["rows"][0]["withheld"] == []


def test_a_figure_is_listed_once_it_is_open(tmp_path: Path) -> None:
    study = made(tmp_path, poll("a", known="1988-04-01"), poll("b"))
    assert [row.id for row in list_polls(study.as_of(parse_day("1988-04-01"))).rows] == ["a"]
    assert list_polls(study.as_of(parse_day("1988-04-01"))).provenance.as_of == "1988-04-01"


@given(st.floats(0, 100), st.sampled_from(["=", ">", "<", "max", "~"]))
def test_bounds_hold_the_figure_and_stay_within_the_whole(share: float, relation: str) -> None:
    low, high = bounds(share, relation)
    assert 0 <= low <= share <= high <= 100
    assert (low == high) == (relation == "=" or low == high)


def test_answers_without_a_view() -> None:
    assert [has_view(one) for one in ("yes", "dont-know", "Don’t know", "no opinion", "no")] == [
        True,
        False,
        False,
        False,
        True,
    ]


# pooling


def test_two_pollsters_make_a_line_and_one_does_not(tmp_path: Path) -> None:
    one = [poll(f"p{i}", 40 + i, fielded=f"1988-0{i}", pollster="P") for i in range(1, 5)]
    (alone,) = pooled(tmp_path / "a", *one)
    assert (alone.n, alone.houses, alone.voices) == (4, 1, 1)
    assert not alone.lines[0].drawn
    assert alone.lines[0].because == "one voice"
    assert alone.lines[0].estimates == ()
    assert len(alone.lines[0].points) == 4
    both = [poll(f"r{i}", 42 + i, fielded=f"1988-0{i}", pollster="R") for i in range(1, 5)]
    (series,) = pooled(tmp_path / "b", *one, *both)
    (line,) = series.lines
    assert line.drawn
    assert (series.voices, line.months[0], line.months[-1]) == (2, "1988-01", "1988-04")
    assert all(0.3 < one.low < one.estimate < one.high < 0.6 for one in line.estimates)
    assert line.estimates[0].voices == 2


def test_two_wordings_of_one_pollster_are_two_houses_but_one_voice(tmp_path: Path) -> None:
    rows = poll("a", 40, pollster="P"), poll("b", 45, pollster="P", question="calm", fielded="1989-03")
    (series,) = pooled(tmp_path, *rows)
    assert (series.houses, series.voices, series.questions) == (2, 1, ("peaceful", "calm"))
    assert not series.lines[0].drawn


def test_modes_that_share_no_time_break_the_series(tmp_path: Path) -> None:
    rows = [poll(f"a{i}", 40, fielded=f"198{i}-03", pollster=p, mode="face-to-face") for i, p in enumerate("PRPR")]
    rows += [poll(f"b{i}", 60, fielded=f"199{i}-03", pollster=p, mode="mail") for i, p in enumerate("PRPR")]
    (series,) = pooled(tmp_path, *rows)
    assert not series.comparable
    assert "not comparable" in series.because
    assert [line.modes for line in series.lines] == [("face-to-face",), ("mail",)]
    assert [len(line.points) for line in series.lines] == [4, 4]
    assert series.lines[0].estimates[-1].estimate < series.lines[1].estimates[0].estimate


def test_modes_that_overlap_are_joined_with_a_shift(tmp_path: Path) -> None:
    rows = [poll(f"a{i}", 40, fielded=f"198{i}-03", pollster="P", mode="face-to-face") for i in range(6)]
    rows += [poll(f"b{i}", 60, fielded=f"198{i}-03", pollster="R", mode="mail") for i in range(2, 6)]
    (line,) = pooled(tmp_path, *rows)[0].lines
    assert line.reference == "face-to-face"
    assert [one.mode for one in line.shifts] == ["mail"]
    assert line.shifts[0].shift.estimate > 0


def test_answers_without_a_view_are_taken_out_and_counted(tmp_path: Path) -> None:
    rows = (
        poll("a", 40, survey="s", question="calm", pollster="P"),
        poll("a-dk", 20, survey="s", question="calm", answer="dont-know", path="", topic="", pollster="P"),
        poll("b", 50, pollster="R"),
    )
    (series,) = pooled(tmp_path, *rows)
    assert (series.n, series.no_view_excluded, series.no_view_unknown) == (2, 1, 1)
    shares = {one.record: one.estimate.estimate for line in series.lines for one in line.points}
    assert shares == {"a": pytest.approx(0.5), "b": pytest.approx(0.5)}  # 40 of the 80 who had a view


def test_a_figure_that_several_print_counts_once(tmp_path: Path) -> None:
    rows = (
        poll("a", 62, survey="s", pollster="P"),
        poll("b", 62.4, survey="s", pollster="P", source="memoir"),
        poll("c", 60, fielded="1989-03", pollster="R"),
    )
    (series,) = pooled(tmp_path, *rows)
    assert (series.n, series.retold, series.records) == (2, 1, ("b", "c"))  # the finer of the two


def test_bounded_figures_stay_bounds(tmp_path: Path) -> None:
    rows = poll("a", 30, relation=">", pollster="P"), poll("b", 60, pollster="R")
    (series,) = pooled(tmp_path, *rows)
    bounded = series.lines[0].points[0]
    assert bounded.bounded
    assert math.isnan(bounded.estimate.estimate)
    assert (bounded.estimate.low, bounded.estimate.high) == (0.3, 1.0)


def test_what_is_no_share_of_the_same_kind_is_not_pooled(tmp_path: Path) -> None:
    rows = (
        poll("level", 12, unit="points"),
        poll("change", -5, relation="change", unit="points"),
        poll("pathless", 40, path="", topic=""),
        poll("named", 3, question="named", answer="names-it"),
        poll("named-later", 4, question="named", answer="names-it", fielded="1990"),
        poll("now", 20, question="line", answer="as-now", topic="border"),
        poll("elsewhere", 60, question="line", answer="elsewhere", topic="border"),
        poll("now-later", 30, question="line", answer="as-now", topic="border", fielded="1990"),
        poll("yes", 40),
        poll("yes-later", 50, fielded="1990"),
    )
    found = [(one.topic, one.answer, one.records) for one in pooled(tmp_path, *rows)]
    assert found == [
        ("border", "as-now", ("now", "now-later")),
        ("south:peaceful", "", ("yes", "yes-later")),
        ("south:peaceful", "names-it", ("named", "named-later")),
    ]


def test_figures_that_cannot_be_pooled_are_counted(tmp_path: Path) -> None:
    rows = (
        poll("open", 40, fielded="../1988"),
        poll("over", 90, survey="s", question="calm", relation=">"),
        poll("over-dk", 20, survey="s", question="calm", answer="dont-know", source="memoir"),
        poll("a", 40),
        poll("b", 50, fielded="1990"),
    )
    (series,) = pooled(tmp_path, *rows)
    assert (series.n, series.left_out, series.records) == (2, 2, ("a", "b"))


def test_the_published_series_are_listed_and_pooled(kuril: Path) -> None:
    study = open_study(kuril)
    shares = {row.id: row.share for row in list_polls(study).rows}
    assert (shares["q-1988-borders-ussr"], shares["q-1988-borders-japan"]) == (2.5, 72)
    series = {(one.path, one.topic): one for one in pool_polls(study).rows}
    assert not series["japanese-public", "ussr:affinity"].comparable  # interviews gave way to the post in 2020

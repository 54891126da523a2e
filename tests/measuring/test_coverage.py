"""The coverage map: against a count by hand of every record and year, and small studies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.errors import RashomonError
from rashomon.measuring.records.layering import Layers
from rashomon.measuring.silences.coverage import (
    CoverageMap,
    Held,
    Time,
    count_runs,
    covered,
    empty_cells,
    map_coverage,
    measure_coverage,
    require_covered,
    touched,
)
from rashomon.study import StudyData, When, open_study, overlap, parse_day
from studies import DECLARED, write_study

Row = Mapping[str, object]

PERIODS = """
[[period]]
id = "before"
name = "Before"
when = "1980/1989-11-08"
[[period]]
id = "after"
name = "After"
when = "1989-11-09/2000"
"""


def statement(id: str, **more: object) -> Row:
    return {
        "id": id,
        "path": "north-leader",
        "topic": "border",
        "stance": "keep",
        "when": "1986",
        "basis": "words",
        **more,
    }


def made(root: Path, *statements: Row, declared: str = DECLARED, **tables: list[Row]) -> StudyData:
    return open_study(write_study(root, declared, statements=statements, **tables))


def cells(frame: CoverageMap) -> dict[tuple[str, str, str, str, str], tuple[int, int]]:
    layers = (*frame.layers, "")
    return {
        (
            frame.sides[frame.side[i]], layers[frame.layer[i]], frame.times[frame.time[i]].name,
            frame.voices[frame.voice[i]], frame.bases[frame.basis[i]],
        ): (int(frame.sure[i]), int(frame.possible[i]))
        for i in range(len(frame))
    }  # fmt: skip


# the core

whens = st.builds(
    lambda lo, length, within, vague: When(lo, lo + length, within and length > 0, vague, ""),
    st.integers(1, 60), st.integers(0, 40), st.booleans(), st.booleans(),
)  # fmt: skip


def years(edges: list[int]) -> list[Time]:
    """Disjoint times in order that leave some gaps."""
    found = sorted(set(edges))
    return [Time(str(i), a, b - 1) for i, (a, b) in enumerate(zip(found[::2], found[1::2], strict=False))]


@given(st.lists(whens, min_size=1, max_size=12), st.lists(st.integers(1, 110), min_size=2, max_size=14, unique=True))
def test_a_record_touches_a_time_as_overlap_says(records: list[When], edges: list[int]) -> None:
    times = years(edges)
    zero = np.zeros(len(records), np.int64)
    held = Held(
        zero, zero, zero, np.array([one.lo for one in records]), np.array([one.hi for one in records]),
        np.array([not one.within or one.lo == one.hi for one in records]), np.array([one.approximate for one in records]),
    )  # fmt: skip
    first, last, sure = touched(held, times)
    for i, record in enumerate(records):
        for place, time in enumerate(times):
            how = overlap(record, When(time.lo, time.hi, False, False, ""))
            assert (first[i] <= place <= last[i]) == (how != "none")
            if how != "none":
                assert sure[i] == (how == "sure")


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_runs_are_counted_as_one_by_one(given_: list[tuple[int, int, int]]) -> None:
    runs = [(group, min(a, b), max(a, b)) for group, a, b in given_]
    columns = [np.array([run[i] for run in runs], np.int64) for i in range(3)]
    group, place, count = count_runs(*columns, groups=6, width=10)
    expected = Counter((g, p) for g, a, b in runs for p in range(a, b + 1))
    assert dict(zip(zip(group.tolist(), place.tolist(), strict=True), count.tolist(), strict=True)) == expected


def test_runs_are_counted_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    group, a, b = (rng.integers(0, 20, 500) for _ in range(3))
    first, last = np.minimum(a, b), np.maximum(a, b)
    whole = count_runs(group, first, last, 20, 20)
    monkeypatch.setattr("rashomon.measuring.silences.coverage._BLOCK", 63)  # three groups at a time
    for one, other in zip(whole, count_runs(group, first, last, 20, 20), strict=True):
        assert one.tolist() == other.tolist()


# the map

statements = st.lists(
    st.fixed_dictionaries(
        {
            "path": st.sampled_from(["north-leader", "south-public", "north", "south-ministry > north"]),
            "when": st.sampled_from(["1986", "1984/1987", "[1985..1988]", "1989-05-01", "1985~", "1983/..", "1990-03"]),
            "basis": st.sampled_from(["words", "witness", ""]),
            "source": st.sampled_from(["book", "memoir"]),
        }
    ),
    max_size=12,
)


@given(statements)
def test_totals_are_those_of_a_count_by_hand(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
) -> None:
    given_ = [statement(f"s{i}") | row for i, row in enumerate(rows)]
    study = made(tmp_path_factory.mktemp("study"), *given_)
    frame = map_coverage(study)
    expected: Counter[tuple[str, str, str, bool]] = Counter()
    for one in study.statements:
        for time in frame.times:
            how = overlap(one.when, When(time.lo, time.hi, False, False, ""))
            if how != "none":
                expected[study.side_of(one.path.holder), time.name, one.source, how == "sure"] += 1
    found: Counter[tuple[str, str, str, bool]] = Counter()
    for (side, _, time, voice, _), (sure, possible) in cells(frame).items():
        found[side, time, voice, True] += sure
        found[side, time, voice, False] += possible
    assert +found == expected
    assert frame.records == len(rows)


def test_a_view_counts_in_every_year_in_which_it_was_held(tmp_path: Path) -> None:
    frame = map_coverage(made(tmp_path, statement("a", when="1985/1987"), statement("b", when="[1986..1987]")))
    found = {key[2]: value for key, value in cells(frame).items()}
    assert found == {"1985": (1, 0), "1986": (1, 1), "1987": (1, 1)}


def test_a_layer_is_that_of_the_office_then_held(tmp_path: Path) -> None:
    declared = DECLARED.replace(
        'span = "1985/1990" }]', 'span = "1985/1990" }, { office = "envoy", layer = "ministry", span = "1982/1984" }]'
    )
    frame = map_coverage(
        made(tmp_path, statement("a", when="1983/1986"), statement("b", when="1995"), declared=declared)
    )
    found = [(key[2], key[1]) for key in cells(frame)]
    assert sorted(found) == [
        ("1983", "ministry"), ("1984", "ministry"), ("1985", "leadership"), ("1986", "leadership"), ("1995", "")
    ]  # fmt: skip


def test_layers_agree_with_the_study_on_every_day(tmp_path: Path) -> None:
    study = made(tmp_path)
    names = ["north-leader", "north", "south-public", "north-government"]
    days = np.arange(parse_day("1984-12-30"), parse_day("1985-01-03")).astype(np.int64)
    layers = Layers(study, names)
    for number, name in enumerate(names):
        found = layers.at(np.full(len(days), number, np.int64), days).tolist()
        expected = [study.layer_of(name, day) for day in days.tolist()]
        assert found == [-1 if layer is None else study.layer_order(layer) for layer in expected]


def test_polls_count_under_their_pollster_and_population(tmp_path: Path) -> None:
    polls = [
        {
            "id": f"p{i}", "survey": "s", "question": "peaceful", "population": population, "fielded": "1988",
            "answer": "yes", "share": 40, "pollster": pollster,
        }
        for i, (population, pollster) in enumerate([("north-public", "P"), ("south-public", ""), ("the readers", "")])
    ]  # fmt: skip
    found = measure_coverage(made(tmp_path, polls=polls))
    assert [(row.side, row.layer, row.voice, row.basis, row.sure, row.n) for row in found.rows] == [
        ("north", "public", "P", "poll", 1, 1), ("south", "public", "book", "poll", 1, 1)
    ]  # fmt: skip
    assert found.unplaced == 1


def test_periods_may_overlap_and_a_topic_or_depth_may_be_asked_for(tmp_path: Path) -> None:
    overlapping = PERIODS + '[[period]]\nid = "late"\nname = "Late"\nwhen = "1988/1995"\n'
    rows = (
        statement("a", when="1989"),
        statement("b", when="1988-05/1990", path="south-public"),
        statement("c", path="south-public > north-leader", when="1999"),
        statement("d", topic="south:peaceful", stance="positive", when="1981"),
    )
    study = made(tmp_path, *rows, declared=DECLARED + overlapping)
    frame = map_coverage(study, "period")
    sums = {time.name: covered(frame, time=time.name) for time in frame.times}
    assert {name: (one.sure, one.possible) for name, one in sums.items()} == {
        "before": (2, 1), "after": (2, 1), "late": (2, 0)
    }  # fmt: skip
    assert map_coverage(study, "period", depth=2).records == 1
    assert map_coverage(study, topic="south:peaceful").records == 1
    assert map_coverage(study, topic="nothing").records == 0
    with pytest.raises(RashomonError, match="R502"):
        map_coverage(study, "week")


def test_a_view_as_of_a_day_ends_there(tmp_path: Path) -> None:
    study = made(tmp_path, statement("a", when="1985/1990", stage="public"), statement("b", when="1986"))
    frame = map_coverage(study.as_of(parse_day("1987-06-01")))
    assert frame.times[-1].name == "1987"
    assert [key[2] for key in cells(frame)] == ["1985", "1986", "1987"]
    assert frame.records == 1


def test_open_spans_end_with_the_records(tmp_path: Path) -> None:
    declared = DECLARED.replace('span = "1980/2000"', 'span = "1980/.."')
    frame = map_coverage(
        made(tmp_path, statement("a", when="1985/1987"), statement("b", when="1990/.."), declared=declared)
    )
    assert (frame.times[0].name, frame.times[-1].name) == ("1980", "1990")


def test_an_empty_study_has_an_empty_map(tmp_path: Path) -> None:
    study = made(tmp_path)
    frame = map_coverage(study)
    assert len(frame) == 0
    assert not covered(frame)
    assert measure_coverage(study).rows == ()
    assert {(one.side, one.layer, one.n) for one in empty_cells(study, frame)} >= {("south", "ministry", 21)}


def test_empty_stretches_and_the_cells_make_up_the_frame(tmp_path: Path) -> None:
    study = made(
        tmp_path,
        statement("a", path="south-public", when="1985/1987"),
        statement("b", path="south-public", when="1990"),
    )
    found = measure_coverage(study)
    public = [(one.first, one.last, one.n) for one in found.empty if (one.side, one.layer) == ("south", "public")]
    assert public == [("1980", "1984", 5), ("1988", "1989", 2), ("1991", "2000", 10)]
    assert sum(one[2] for one in public) + 4 == 21
    assert {one.side for one in empty_cells(study, map_coverage(study), ["north"])} == {"north"}


def test_a_comparison_over_an_empty_cell_is_refused(tmp_path: Path) -> None:
    frame = map_coverage(made(tmp_path, statement("a", path="south-public", when="1985")))
    require_covered(frame, [("south", "public", "1985"), ("south", None, None)])
    with pytest.raises(RashomonError, match="R501") as caught:
        require_covered(frame, [("south", "public", "1985"), ("north", "leadership", "1985")])
    assert "north, leadership, 1985" in caught.value.fault.found
    assert "south" in caught.value.fault.allowed


def test_covered_counts_voices(tmp_path: Path) -> None:
    frame = map_coverage(
        made(tmp_path, statement("a"), statement("b", source="memoir"), statement("c", when="[1986..1987]"))
    )
    found = covered(frame, side="north", time="1986")
    assert (found.sure, found.possible, found.voices) == (2, 1, 2)
    assert covered(frame, voice="memoir", basis="words").voices == 1
    assert not covered(frame, layer="")
    assert not covered(frame, side="east")


def test_rows_say_what_the_map_says(tmp_path: Path) -> None:
    found = measure_coverage(made(tmp_path, statement("a"), statement("b", basis="", when="[1986..1987]")))
    assert [(row.time, row.basis, row.sure, row.n) for row in found.rows] == [
        ("1986", "words", 1, 1), ("1986", "unstated", 0, 1), ("1987", "unstated", 0, 1)
    ]  # fmt: skip
    assert found.provenance.n == 2
    assert found.cite() == ("book",)

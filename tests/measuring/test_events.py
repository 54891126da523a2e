"""Series of events: what is counted, what is put aside, and that neither order nor engine nor packing changes it."""

from __future__ import annotations

import csv
import gzip
import os
import shutil
import sys
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy import stats

import rashomon
from measuring.eventful import HEAD, MAPPED, declare, gdelt_row, study_of, write_rows
from rashomon.cli import cli
from rashomon.errors import RashomonError
from rashomon.measuring.events import (
    KINDS,
    EventSeries,
    count_every_pair,
    differing,
    goldstein,
    kind_of,
    measure_events,
)
from rashomon.measuring.events.periods import BY, bounds, numbers, ordinals, written
from rashomon.measuring.events.series import FEWEST_DAYS, FEWEST_EVENTS, mean_by_day
from rashomon.study.store import study_digest

SIDES = {"JPN": "japan", "RUS": "russia", "SUN": "russia", "PRK": "korea"}
DAYS = [date(2018, 1, 28) + timedelta(days=i) for i in range(12)]
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(DAYS),
        st.sampled_from(["JPN", "RUS", "SUN", "PRK", "USA", None]),
        st.sampled_from(["JPN", "RUS", "PRK", "USA", None]),
        st.sampled_from(["016", "036", "190", "112", "0874", "X"]),
        st.sampled_from([None, -5.0, 0.1, 3.4]),
        st.integers(1, 3),
    ),
    max_size=30,
)


def parquet(path: Path, rows: list[tuple[object, ...]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    kinds = (pa.date32(), pa.string(), pa.string(), pa.string(), pa.float64(), pa.int64())
    columns = [[row[i] for row in rows] for i in range(len(kinds))]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    pq.write_table(pa.table(arrays, names=["day", "a", "b", "c", "v", "id"]), path)
    return path


def of_parquet(root: Path, *files: list[tuple[object, ...]], **keys: str) -> EventSeries:
    for number, rows in enumerate(files):
        parquet(root / "events" / f"{number}.parquet", rows)
    by = keys.pop("by", "month")
    return measure_events(study_of(root, declare("events", "mapping", columns=MAPPED, **keys)), by)


def fault_of(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(RashomonError) as caught:
        act()
    fault = caught.value.fault
    assert fault.found
    assert fault.allowed
    assert fault.remedy
    return fault.code, str(fault)


# what defines the counts


@settings(max_examples=12)
@given(EVENTS, st.randoms(use_true_random=False), st.sampled_from(["row", "sides"]))
def test_counts_are_those_of_a_plain_group_by_in_whatever_order_and_files(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, ...]], random: object, same: str
) -> None:
    found = of_parquet(tmp_path_factory.mktemp("events"), rows, same=f'"{same}"')
    frame = pd.DataFrame(rows, columns=["day", "a", "b", "c", "v", "id"])
    frame["source"], frame["target"] = frame.a.map(SIDES), frame.b.map(SIDES)
    ours = frame[frame.source.notna() & frame.target.notna() & (frame.source != frame.target)].copy()
    assert found.sets[0].read == found.sets[0].kept == len(rows)
    assert found.sets[0].ours == len(ours) == sum(row.rows for row in found.rows)
    if same == "sides":
        ours = ours.groupby(["day", "source", "target", "c"], as_index=False).agg(v=("v", "min"))
    ours["when"] = [f"{day:%Y-%m}" for day in ours.day]
    for row in found.rows:
        here = ours[(ours.source == row.source) & (ours.target == row.target) & (ours.when == row.when)]
        assert row.events == len(here)
        assert row.goldstein.n == here.v.notna().sum()
        assert row.goldstein.estimate == pytest.approx(here.v.mean(), nan_ok=True)
        kinds = [
            row.unknown,
            row.verbal_cooperation,
            row.material_cooperation,
            row.verbal_conflict,
            row.material_conflict,
        ]
        assert kinds == [sum(kind_of(code, "cameo") == kind for code in here.c) for kind in range(5)]
        assert sum(kinds) == row.events
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    half = len(rows) // 2
    again = of_parquet(tmp_path_factory.mktemp("events"), shuffled[:half], shuffled[half:], same=f'"{same}"')
    pd.testing.assert_frame_equal(again.table(), found.table())


@settings(max_examples=6, phases=[Phase.generate])
@given(EVENTS)
def test_weeks_and_months_are_sums_of_days_and_putting_together_twice_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, ...]]
) -> None:
    root = tmp_path_factory.mktemp("events")
    by_day, by_week, by_month = (of_parquet(root, rows, same='"sides"', by=by) for by in ("day", "week", "month"))
    daily = by_day.table()
    for found, period in (
        (by_week, lambda day: day - pd.to_timedelta(day.dt.day_of_week, "D")),
        (by_month, lambda day: day.dt.strftime("%Y-%m")),
    ):
        if not len(daily):
            assert not len(found)
            continue
        summed = daily.assign(when=period(pd.to_datetime(daily.when)).astype(str).str[:10])
        names = ["events", "rows", "verbal_cooperation", "material_conflict", "unknown", "goldstein_n"]
        expected = summed.groupby(["source", "target", "when"])[names].sum()
        table = found.table()
        given_ = table.assign(when=table.when.str[:10]).groupby(["source", "target", "when"])[names].sum()
        pd.testing.assert_frame_equal(given_, expected)
    once = list(
        {
            (row[0], SIDES.get(str(row[1])), SIDES.get(str(row[2])), row[3]): row for row in sorted(rows, key=str)
        }.values()
    )
    again = of_parquet(tmp_path_factory.mktemp("events"), once, same='"sides"')
    assert [row.events for row in again.rows if row.events] == [row.events for row in by_month.rows if row.events]
    assert all(row.events == row.rows for row in again.rows)


def test_one_event_by_its_id_by_its_actors_or_by_its_sides(tmp_path: Path) -> None:
    rows = [
        ("1", "2018-06-01", "Japan", "Ministry (Japan)", "Russian Federation", "Putin", "040"),
        ("2", "2018-06-01", "Japan", "Ministry (Japan)", "Russian Federation", "Putin", "040"),
        ("3", "2018-06-01", "Japan", "Abe", "Russian Federation", "Putin", "040"),
        ("3", "2018-06-01", "Japan", "Abe", "Russian Federation", "Putin", "040"),
    ]
    heading = ("Event ID", "Event Date", "Source Country", "Source Name", "Target Country", "Target Name", "CAMEO Code")
    write_rows(tmp_path / "a.tab", [heading, *rows])
    counted = {}
    for same in ("row", "event", "actors", "sides", ""):
        found = measure_events(study_of(tmp_path, declare("a.tab", "icews", same=f'"{same}"')))
        counted[same] = found.sets[0].events
        assert found.rows[0].rows == found.sets[0].ours == 4
    assert counted == {"row": 4, "event": 3, "actors": 2, "sides": 1, "": 2}


@given(st.lists(st.floats(-10, 10), min_size=FEWEST_EVENTS, max_size=40))
def test_with_one_event_a_day_the_band_is_that_of_students_t(values: list[float]) -> None:
    sums = np.array(values)
    mean, low, high, days = mean_by_day(np.ones(len(sums), np.int64), sums, np.zeros(len(sums), np.int64), 1)
    assert mean[0] == pytest.approx(sums.mean(), abs=1e-9)
    assert days[0] == len(sums)
    if np.isfinite(low[0]):
        expected = stats.t.interval(0.9, len(sums) - 1, sums.mean(), stats.sem(sums))
        assert [low[0], high[0]] == pytest.approx(np.clip(expected, -10, 10), abs=1e-6)
    else:
        assert np.ptp(sums) < 1e-5


def test_the_band_covers_the_mean_as_often_as_it_says_where_days_differ() -> None:
    rng = np.random.default_rng(5)
    periods, days = 4000, 20
    level = rng.normal(1.0, 1.0, (periods, days))  # what a day's events have in common
    counts = 1 + rng.poisson(3, (periods, days))
    sums = level * counts + rng.normal(0, 1, (periods, days)) * np.sqrt(counts)
    period = np.repeat(np.arange(periods), days)
    _, low, high, _ = mean_by_day(counts.ravel(), sums.ravel(), period, periods)
    assert 0.87 < np.mean((low <= 1.0) & (high >= 1.0)) < 0.93
    alone = np.sqrt((sums / counts).var(axis=1, ddof=1) / counts.sum(axis=1))  # as if events were independent
    assert np.mean(np.abs(sums.sum(1) / counts.sum(1) - 1.0) <= 1.645 * alone) < 0.7


@pytest.mark.parametrize("few", ["events", "days", "spread"])
def test_a_mean_of_too_little_is_undetermined_and_says_why(tmp_path: Path, few: str) -> None:
    number, days = {"events": (4, 4), "days": (9, 2), "spread": (8, 8)}[few]
    rows = [(DAYS[4 + i % days], "JPN", "RUS", "036", 4.0 if few == "spread" else float(i), i) for i in range(number)]
    (*_, row) = of_parquet(tmp_path, rows).rows
    assert row.verdict == "undetermined"
    told = {"events": f"fewer than {FEWEST_EVENTS}", "days": f"fewer than {FEWEST_DAYS} days", "spread": "one value"}
    assert told[few] in row.because
    assert np.isnan(row.goldstein.low)
    assert row.goldstein.estimate == pytest.approx(np.mean([one[4] for one in rows]))


# times


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)), st.sampled_from(BY))
def test_every_day_lies_in_its_period_and_periods_join(day: date, by: str) -> None:
    ordinal, fits = ordinals(np.array([day.year * 10000 + day.month * 100 + day.day]))
    assert fits.all()
    assert ordinal[0] == day.toordinal()
    number = int(numbers(ordinal, by)[0])
    first, last = bounds(number, by)
    assert first <= day.toordinal() <= last
    assert bounds(number + 1, by)[0] == last + 1
    text = written(number, by)
    assert text.startswith(f"{date.fromordinal(first).isoformat()[:7]}")
    assert by != "week" or date.fromordinal(first).isoweekday() == 1


@given(st.integers(0, 99_999_999))
def test_what_is_no_day_of_the_calendar_is_told_apart(number: int) -> None:
    try:
        date(number // 10000, number // 100 % 100, number % 100)
        expected = True
    except ValueError:
        expected = False
    assert ordinals(np.array([number]))[1][0] == expected


def test_a_time_with_an_offset_counts_on_its_day_in_utc(tmp_path: Path) -> None:
    times = ["2018-06-30T22:00:00-05:00", "2018-07-01T08:59:00+09:00", "2018-06-30", "2018-06-30 23:59"]
    write_rows(
        tmp_path / "a.csv", [("day", "a", "b", "c", "v"), *((time, "JPN", "RUS", "036", "4") for time in times)], ","
    )
    found = measure_events(study_of(tmp_path, declare("a.csv", "mapping", columns=MAPPED)), "day")
    assert [(row.when, row.events) for row in found.rows] == [("2018-06-30", 3), ("2018-07-01", 1)]
    stamps = pa.array(pd.to_datetime(times, format="ISO8601", utc=True), pa.timestamp("us", "UTC"))
    table = pa.table([stamps, ["JPN"] * 4, ["RUS"] * 4, ["036"] * 4, [4.0] * 4], names=["day", "a", "b", "c", "v"])
    pq.write_table(table, tmp_path / "b.parquet")
    again = measure_events(study_of(tmp_path, declare("b.parquet", "mapping", columns=MAPPED)), "day")
    assert [row.events for row in again.rows] == [3, 1]


def test_days_are_read_as_they_are_said_to_be_written(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.csv", [("day", "a", "b", "c", "v"), ("02/03/2018", "JPN", "RUS", "036", "4")], ";")
    declared = declare("a.csv", "mapping", columns=MAPPED, dates='"%d/%m/%Y"')
    assert measure_events(study_of(tmp_path, declared), "day").rows[0].when == "2018-03-02"


# views


def test_a_view_leaves_out_what_was_not_yet_reported_and_voices_that_are_not_heard(tmp_path: Path) -> None:
    rows = [
        gdelt_row(i, day, "JPN", "RUS", "036") for i, day in enumerate(["20180101", "20180103", "20180103", "19700101"])
    ]
    rows[2][-2] = "20180201000000"  # reported a month later
    write_rows(tmp_path / "a.tsv", rows)
    study = study_of(tmp_path, declare("a.tsv", "gdelt2"))
    whole = measure_events(study)
    assert (whole.sets[0].events, whole.sets[0].outside, whole.sets[0].not_yet) == (3, 1, 0)
    early = measure_events(study.as_of(date(2018, 1, 10).toordinal()))
    assert (early.sets[0].events, early.sets[0].not_yet) == (2, 1)
    assert early.provenance.as_of == "2018-01-10"
    unheard = measure_events(study.without("wire"))
    assert (unheard.rows, unheard.sets) == ((), ())


def test_shares_are_of_all_rows_of_the_set(tmp_path: Path) -> None:
    rows = [
        (DAYS[i % 3], *pair, "036", 1.0, i)
        for i, pair in enumerate([("JPN", "RUS"), ("USA", "CHN"), (None, "JPN"), ("JPN", "JPN")])
    ]
    (row,) = of_parquet(tmp_path, rows).rows
    assert (row.rows, row.share) == (1, 250.0)


# what is put aside


def test_broken_rows_are_counted_shown_and_kept_aside_with_file_and_line(tmp_path: Path) -> None:
    good = [gdelt_row(i, "20180101", "JPN", "RUS", "036") for i in range(4)]
    tab, short, month, blank = (list(gdelt_row(i, "20180101", "RUS", "JPN", "112")) for i in (7, 8, 9, 10))
    tab[6] = "PUTIN\tVLADIMIR"
    del short[-3:]
    month[1], blank[1] = "20181301", ""
    write_rows(tmp_path / "a.tsv", [good[0], tab, good[1], short])
    write_rows(tmp_path / "b.tsv", [month, good[2], blank, good[3]])
    found = measure_events(study_of(tmp_path, declare("*.tsv", "gdelt2")))
    (told,) = found.sets
    assert (told.read, told.broken, told.kept, told.events) == (8, 4, 4, 4)
    shown = [(Path(one.file).name, one.line, one.reason) for one in told.first]
    assert shown[0][:2] == ("a.tsv", 2)
    assert "a tab or another separator" in shown[0][2]
    assert shown[1][:2] == ("a.tsv", 4)
    assert "fewer than 61 columns: none for ActionGeo_FeatureID" in shown[1][2]
    assert [one[:2] for one in shown[2:]] == [("b.tsv", 1), ("b.tsv", 3)]
    assert all(one[2].startswith("SQLDATE") for one in shown[2:])
    with open(told.aside, encoding="utf-8", newline="") as file:
        kept = list(csv.DictReader(file))
    assert [row["row"] for row in kept] == ["\t".join(row) for row in (tab, short, month, blank)]


def test_broken_rows_of_parquet_are_kept_aside_too(tmp_path: Path) -> None:
    days = [20180101, 20181301, None, 20180102]
    table = pa.table(
        [pa.array(days, pa.int32()), ["JPN"] * 4, ["RUS"] * 4, ["036"] * 4, [4.0] * 4],
        names=["day", "a", "b", "c", "v"],
    )
    pq.write_table(table, tmp_path / "a.parquet")
    (told,) = measure_events(study_of(tmp_path, declare("a.parquet", "mapping", columns=MAPPED))).sets
    assert (told.read, told.broken, told.kept, told.events) == (4, 2, 2, 2)
    assert [one.line for one in told.first] == [2, 3]
    assert "20181301" in told.first[0].row
    assert Path(told.aside).read_text(encoding="utf-8").count("\n") == 3


@given(st.lists(st.sampled_from(["good", "tab", "short", "day"]), max_size=12))
@settings(max_examples=6)
def test_broken_and_kept_are_all_that_was_read(tmp_path_factory: pytest.TempPathFactory, kinds: list[str]) -> None:
    root = tmp_path_factory.mktemp("broken")
    rows = [gdelt_row(i, "20180101", "JPN", "RUS", "036") for i in range(len(kinds))]
    for kind, row in zip(kinds, rows, strict=True):
        if kind == "tab":
            row[6] = "A\tB"
        elif kind == "short":
            del row[-1]
        elif kind == "day":
            row[1] = "nonsense"
    write_rows(root / "a.tsv", [gdelt_row(99, "20180101", "JPN", "RUS", "036"), *rows])
    (told,) = measure_events(study_of(root, declare("a.tsv", "gdelt2"))).sets
    assert told.kept == 1 + kinds.count("good")
    assert told.broken == len(kinds) - kinds.count("good")
    assert told.read == told.kept + told.broken == 1 + len(kinds)


def test_codes_that_are_none_are_counted_and_named(tmp_path: Path) -> None:
    rows = [(DAYS[0], "JPN", "RUS", code, 1.0, i) for i, code in enumerate(["036", "999", "999", None])]
    found = of_parquet(tmp_path, rows)
    assert found.sets[0].unknown == (("999", 2), ("(none)", 1))
    assert (found.rows[0].events, found.rows[0].unknown) == (4, 3)


# files


@pytest.mark.parametrize("packing", ["gz", "zip", "folder", "parquet", "heading", "gdelt1"])
def test_packing_changes_nothing(tmp_path: Path, packing: str) -> None:
    form = "gdelt1" if packing == "gdelt1" else "gdelt2"
    days = ["20180101", "20180102", "20180205", "20180206", "20180307"]
    rows = [gdelt_row(i, day, "JPN", "RUS", "036", str(i), form) for i, day in enumerate(days)]
    plain = measure_events(study_of(tmp_path / "plain", declare(str(write_rows(tmp_path / "a.tsv", rows)), form)))
    place = tmp_path / "packed"
    place.mkdir()
    if packing == "gz":
        (place / "a.tsv.gz").write_bytes(gzip.compress((tmp_path / "a.tsv").read_bytes()))
    elif packing == "zip":
        with zipfile.ZipFile(place / "a.zip", "w") as archive:
            archive.write(tmp_path / "a.tsv", "a.CSV")
    elif packing == "parquet":
        names = rashomon.study.events.FORMATS[form].layouts[0]
        columns = {name: [row[i] for row in rows] for i, name in enumerate(names)}
        columns |= {name: [float(one) for one in columns[name]] for name in ("GoldsteinScale",)}
        columns |= {name: [int(one) for one in columns[name]] for name in ("SQLDATE", "NumMentions", "DATEADDED")}
        pq.write_table(pa.table(columns), place / "a.parquet")
    elif packing == "heading":
        write_rows(place / "a.tsv", [rashomon.study.events.FORMATS[form].layouts[0], *rows])
    elif packing == "gdelt1":  # files from before April 2013 end before the address
        write_rows(place / "a.tsv", rows[:2])
        write_rows(place / "b.tsv", [row[:-1] for row in rows[2:]])
    else:
        write_rows(place / "deep" / "a.tsv", rows[:2])
        write_rows(place / "deep" / "er" / "b.tsv", rows[2:])
    packed = measure_events(study_of(tmp_path / "other", declare(str(place), form)))
    pd.testing.assert_frame_equal(packed.table(), plain.table())


def test_text_is_taken_in_once_until_it_changes(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.tsv", [gdelt_row(1, "20180101", "JPN", "RUS", "036")])
    study = study_of(tmp_path, declare("a.tsv", "gdelt2"))
    measure_events(study)
    (folder,) = (tmp_path / "study.events").iterdir()
    before, state = (folder / "taken.json").stat().st_mtime_ns, study_digest(tmp_path)
    measure_events(study)
    assert (folder / "taken.json").stat().st_mtime_ns == before
    write_rows(path, [gdelt_row(i, "20180101", "JPN", "RUS", "036") for i in range(2)])
    assert study_digest(tmp_path) != state
    assert measure_events(study).sets[0].events == 2
    assert len(list((tmp_path / "study.events").iterdir())) == 1


def test_polecat_has_plovers_types(tmp_path: Path) -> None:
    heading = ("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Actor Name", "Actor Country",
               "Actor COW", "Recipient Name", "Recipient Country", "Recipient COW", "Publication Date")  # fmt: skip
    types = ["CONSULT", "AID", "REQUEST", "SANCTION", "UNHEARD-OF"]
    rows = [
        (i, "2018-06-01", kind, "", "2.5", "", f'"Abe, ""S."" {i}"', "JPN", "JPN", "P", "RUS", "RUS", "2018-06-02")
        for i, kind in enumerate(types)
    ]
    write_rows(tmp_path / "a.txt", [heading, *rows])
    found = measure_events(study_of(tmp_path, declare("a.txt", "polecat")))
    (row,) = found.rows
    kinds = (row.verbal_cooperation, row.material_cooperation, row.verbal_conflict, row.material_conflict, row.unknown)
    assert kinds == (1, 1, 1, 1, 1)
    assert found.sets[0].codes == "plover"
    assert row.goldstein.estimate == 2.5


# faults


def test_a_wrong_or_newer_schema_is_a_fault_that_names_the_column(tmp_path: Path) -> None:
    row = gdelt_row(1, "20180101", "JPN", "RUS", "036")
    for rows, form, told in (
        ([[*row, "new"]], "gdelt2", "62 columns; column 62, 'new', is none of GDELT 2"),
        ([row[:40]], "gdelt2", "40 columns with tabs between them; column 41 should be Actor1Geo_Lat"),
        ([row], "gdelt1", "61 columns; column 59"),
        (
            [("Event ID", "Event Date", "Source Country", "Target Country", "CAMEO")],
            "icews",
            "no column 'CAMEO Code' (what was done",
        ),
        ([("Event Date", "Source Country", "Target Country", "Code")], "icews", "no column 'CAMEO Code'"),
        ([("Event Date", "Event Date")], "icews", "the column 'Event Date' twice"),
    ):
        write_rows(tmp_path / "a.tsv", rows)
        study = study_of(tmp_path, declare("a.tsv", form))
        code, said = fault_of(lambda study=study: measure_events(study))  # type: ignore[misc]
        assert (code, told in said) == ("R543", True), said
        assert f"{tmp_path / 'a.tsv'}:1" in said
        assert code in {fault.code for fault in rashomon.check(tmp_path).faults}


def test_a_column_of_parquet_that_cannot_be_is_a_fault_that_names_it(tmp_path: Path) -> None:
    table = {"day": [1.5], "a": ["JPN"], "b": ["RUS"], "c": ["036"], "v": [1.0]}
    for changed, told in (({}, "'day' of the type float64"), ({"day": [20180101], "c": [36]}, "036 has lost its zero"),
                          ({"day": [20180101], "c": None}, "no column 'c'")):  # fmt: skip
        held = {name: values for name, values in (table | changed).items() if values is not None}
        pq.write_table(pa.table(held), tmp_path / "a.parquet")
        code, said = fault_of(
            lambda: measure_events(study_of(tmp_path, declare("a.parquet", "mapping", columns=MAPPED)))
        )
        assert (code, told in said) == ("R543", True), said


def test_what_is_declared_wrongly_is_a_fault(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.csv", [("day", "a", "b", "c", "v")], ",")
    for declared, head, code, told in (
        (declare("a.csv", "mapping", columns='{ dey = "day" }'), HEAD, "R544", "Did you mean 'day'"),
        (declare("a.csv", "mapping", columns='{ day = "day" }'), HEAD, "R544", "no column for 'source'"),
        (declare("a.csv", "mapping", columns=MAPPED, same='"event"'), HEAD, "R544", "no column for 'event'"),
        (declare("b.csv", "mapping", columns=MAPPED), HEAD, "R542", "'b.csv'"),
        (
            declare("a.csv", "mapping", columns=MAPPED),
            HEAD.replace('"SUN"', '"JPN"'),
            "R545",
            "'JPN' of japan and russia",
        ),
        (declare("a.csv", "mapping", columns=MAPPED), HEAD.replace("codes", "# codes"), "R545", "fewer than two"),
    ):
        study = study_of(tmp_path, declared, head=head)
        found, said = fault_of(lambda study=study: measure_events(study))  # type: ignore[misc]
        assert (found, told in said) == (code, True), said
        assert code in {fault.code for fault in rashomon.check(tmp_path).faults}
    (tmp_path / "study.toml").write_text(
        HEAD + declare("a.csv", "gdelt3").replace('source = "wire"', 'source = "wirr"')
    )
    assert {"R203"} <= {fault.code for fault in rashomon.check(tmp_path).faults}
    (tmp_path / "study.toml").write_text(
        HEAD + declare("a.csv", "gdelt2").replace('source = "wire"', 'source = "wirr"')
    )
    assert "R209" in {fault.code for fault in rashomon.check(tmp_path).faults}


@pytest.mark.parametrize("name", ["a.tsv", "a.tsv.gz", "a.zip"])
def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    study = study_of(tmp_path, declare(name, "gdelt2"))
    code, said = fault_of(lambda: measure_events(study))
    assert (code, name in said) == ("R547", True)
    assert not list((tmp_path / "study.events").iterdir())
    (tmp_path / name).write_bytes(b"\x1f\x8bnothing of the kind")
    assert fault_of(lambda: measure_events(study))[0] in ("R543", "R547")


@pytest.mark.parametrize(
    ("name", "held", "told"),
    [
        ("a.csv", b"day,a,b,c,v\r2018-01-01,JPN,RUS,036,1\r", "a first line that is no row"),
        ("a.csv", b"x" * 200_000, "a first line that is no row"),
        ("a.csv", "day,a,b,c,v\n".encode("utf-16"), "not in UTF-8"),
        ("a.parquet", b"PAR1nothing", "a.parquet"),
        ("a.parquet", b"", "a.parquet"),
    ],
)
def test_what_is_neither_text_nor_parquet_is_a_fault_and_not_our_own(
    tmp_path: Path, name: str, held: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(held)
    study = study_of(tmp_path, declare(name, "mapping", columns=MAPPED))
    code, said = fault_of(lambda: measure_events(study))
    assert (code, told in said) == ("R547", True), said


def test_a_fault_in_an_archive_names_the_archive_and_any_name_may_stand_in_it(tmp_path: Path) -> None:
    study = study_of(tmp_path, declare("a.zip", "mapping", columns=MAPPED))
    rows = "day,a,b,c,v\n" + "2018-01-01,JPN,RUS,036,1\n" * 9

    def pack(*files: tuple[str, str]) -> bytes:
        with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                archive.writestr(*file)
        return (tmp_path / "a.zip").read_bytes()

    pack(("n" * 250 + ".csv", rows))
    assert measure_events(study).sets[0].kept == 9
    pack(("a.csv", rows), ("readme.txt", "what is in here"))
    code, said = fault_of(lambda: measure_events(study))
    assert (code, str(tmp_path / "a.zip") in said) == ("R543", True), said
    pack()
    assert "without files" in fault_of(lambda: measure_events(study))[1]
    whole = bytearray(pack(("a.csv", rows)))
    whole[45:60] = b"\xff" * 15
    (tmp_path / "a.zip").write_bytes(whole)
    assert fault_of(lambda: measure_events(study))[0] == "R547"


def test_days_past_the_calendar_are_broken_rows(tmp_path: Path) -> None:
    days = ["2018-01-01", "infinity", "-infinity", "290000-01-01", "0044-03-15 (BC)"]
    write_rows(tmp_path / "a.csv", [list("dabcv"), *([day, "JPN", "RUS", "036", "1"] for day in days)], ",")
    columns = MAPPED.replace('"day"', '"d"')
    (told,) = measure_events(study_of(tmp_path, declare("a.csv", "mapping", columns=columns))).sets
    assert (told.read, told.broken, told.kept) == (5, 4, 1)
    assert ["infinity" in one.row for one in told.first] == [True, True, False, False]


def test_text_beside_parquet_in_one_set_is_a_fault(tmp_path: Path) -> None:
    parquet(tmp_path / "a.parquet", [])
    write_rows(tmp_path / "a.csv", [("day", "a", "b", "c", "v")], ",")
    study = study_of(tmp_path, declare("a.*", "mapping", columns=MAPPED))
    assert fault_of(lambda: measure_events(study))[0] == "R547"


def test_a_period_or_an_engine_that_is_none_and_an_extra_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parquet(tmp_path / "a.parquet", [])
    study = study_of(tmp_path, declare("a.parquet", "mapping", columns=MAPPED))
    assert fault_of(lambda: measure_events(study, "year"))[0] == "R003"
    assert fault_of(lambda: measure_events(study, engine="sqlite"))[0] == "R003"
    assert fault_of(lambda: count_every_pair(study, tmp_path / "b.parquet", "week"))[0] == "R003"
    assert measure_events(study).rows == ()
    monkeypatch.setitem(sys.modules, "pyspark", None)
    assert fault_of(lambda: measure_events(study, engine="spark"))[0] == "R541"
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert fault_of(lambda: measure_events(study))[0] == "R541"


def test_a_study_without_events_needs_no_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    found = measure_events(study_of(tmp_path))
    assert (found.rows, found.sets) == ((), ())
    assert fault_of(lambda: count_every_pair(study_of(tmp_path), tmp_path / "b.parquet"))[0] == "R004"


# published values and real rows


def test_the_published_tables_differ_where_they_do() -> None:
    assert differing() == {"016", "022", "164", "165", "1213"}
    assert (goldstein("icews")["016"], goldstein("gdelt")["016"]) == (-5.0, -2.0)
    assert len(goldstein("icews")), len(goldstein("gdelt")) == (312, 311)
    assert {kind_of(code, "cameo") for code in goldstein("icews")} == {1, 2, 3, 4}
    assert kind_of("", "cameo") == kind_of("21", "cameo") == kind_of("²1", "cameo") == 0
    assert len(KINDS) == 4


def test_the_tables_are_those_by_which_real_rows_were_given_values(shared: Path) -> None:
    for pattern, delimiter, code, value, quad, table in (
        ("gdelt2*.csv", ",", "EventCode", "GoldsteinScale", "QuadClass", "gdelt"),
        ("icews*.tab", "\t", "CAMEO Code", "Intensity", None, "icews"),
    ):
        (path,) = (shared / "data" / "events").glob(pattern)
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=delimiter))
        assert len(rows) > 100
        assert [float(row[value]) for row in rows] == [goldstein(table)[row[code]] for row in rows]
        assert quad is None or [int(row[quad]) for row in rows] == [kind_of(row[code], "cameo") for row in rows]


def test_real_rows_are_counted_as_pandas_counts_them(shared: Path, tmp_path: Path) -> None:
    (path,) = (shared / "data" / "events").glob("icews*.tab")
    found = measure_events(study_of(tmp_path, declare(str(path), "icews")), "day")
    frame = pd.read_csv(path, sep="\t", dtype={"CAMEO Code": str})
    ours = frame[frame["Source Country"].isin(["Japan", "Russian Federation", "North Korea"])]
    ours = ours[ours["Target Country"].isin(["Japan", "Russian Federation", "North Korea"])]
    ours = ours[ours["Source Country"] != ours["Target Country"]]
    once = ours.drop_duplicates(
        ["Event Date", "Source Name", "Target Name", "Source Country", "Target Country", "CAMEO Code"]
    )
    assert (found.sets[0].read, found.sets[0].ours, found.sets[0].events) == (len(frame), len(ours), len(once))
    names = {"japan": "Japan", "russia": "Russian Federation", "korea": "North Korea"}
    grouped = once.groupby(["Source Country", "Target Country", "Event Date"])
    expected = {key: (len(rows), rows.Intensity.mean()) for key, rows in grouped}
    counted = {(names[row.source], names[row.target], row.when): row for row in found.rows if row.events}
    assert {key: row.events for key, row in counted.items()} == {key: number for key, (number, _) in expected.items()}
    for key, row in counted.items():
        assert row.goldstein.estimate == pytest.approx(expected[key][1])


# engines and commands


def spark_or_skip() -> None:
    pytest.importorskip("pyspark", reason="needs the extra rashomon[spark]")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("Spark needs Java")


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning")
def test_spark_gives_the_same_rows_as_duckdb(tmp_path: Path) -> None:
    spark_or_skip()
    rng = np.random.default_rng(7)
    size = 2000
    days = rng.choice([20180101, 20180102, 20180215, 20190301, 20181301], size)
    columns = {
        "GLOBALEVENTID": rng.integers(0, 1500, size), "SQLDATE": days,
        "Actor1CountryCode": rng.choice(["JPN", "RUS", "USA"], size),
        "Actor2CountryCode": rng.choice(["JPN", "SUN", "PRK"], size), "EventCode": rng.choice(["036", "016", "190"], size),
        "GoldsteinScale": rng.choice([4.0, -2.0, np.nan], size), "QuadClass": rng.integers(1, 5, size),
        "NumMentions": rng.integers(1, 9, size), "DATEADDED": np.where(days > 20181000, 20190301, days),
    }  # fmt: skip
    (tmp_path / "events").mkdir()
    pq.write_table(pa.table(columns), tmp_path / "events" / "a.parquet")
    study = study_of(tmp_path, declare("events", "gdelt2")).as_of(date(2018, 12, 31).toordinal())
    one, other = (measure_events(study, engine=engine) for engine in ("duckdb", "spark:local[2]"))
    pd.testing.assert_frame_equal(other.table(), one.table())
    assert other.sets == one.sets
    assert one.sets[0].broken > 0
    assert one.sets[0].not_yet > 0
    assert one.sets[0].events < one.sets[0].ours


def test_every_pair_of_codes_is_written(tmp_path: Path) -> None:
    rows = [
        (DAYS[i % 12], a, b, "036", 1.0, i)
        for i, (a, b) in enumerate([("JPN", "RUS"), ("USA", "CHN"), (None, "JPN")] * 5)
    ]
    parquet(tmp_path / "a.parquet", rows)
    study = rashomon.Study(study_of(tmp_path, declare("a.parquet", "mapping", columns=MAPPED)))
    number = study.event_pairs(tmp_path / "pairs.parquet")
    frame = pq.read_table(tmp_path / "pairs.parquet").to_pandas()
    assert number == len(frame)
    assert dict(frame.groupby(["source", "target"])["rows"].sum()) == {("JPN", "RUS"): 5, ("USA", "CHN"): 5}
    held = (tmp_path / "a.parquet").read_bytes()
    assert fault_of(lambda: study.event_pairs(tmp_path / "a.parquet"))[0] == "R006"
    assert (tmp_path / "a.parquet").read_bytes() == held


def test_the_command_tells_what_was_counted(tmp_path: Path) -> None:
    rows = [gdelt_row(i, f"201801{i + 1:02d}", "JPN", "RUS", "016", str(-i % 3)) for i in range(9)]
    write_rows(tmp_path / "a.tsv", [*rows, rows[0][:-1]])
    study_of(tmp_path, declare("a.tsv", "gdelt2"))
    done = CliRunner().invoke(cli, ["measure", str(tmp_path), "--events", "--by", "week"])
    assert done.exit_code == 0, done.output
    for told in (
        "10 rows read, 1 broken and kept aside, 9 kept",
        "differ on 016 (9 events)",
        "2018-01-01/2018-01-07",
        "Japan toward Russia",
        "a.tsv:10",
        "English",
    ):
        assert told in " ".join(done.output.split()), told
    done = CliRunner().invoke(cli, ["measure", str(tmp_path), "--by", "month", "--json"])
    assert '"verbal_cooperation": 9' in done.stdout
    done = CliRunner().invoke(cli, ["measure", str(tmp_path), "--engine", "abacus", "--json"])
    assert (done.exit_code, '"R003"' in done.stdout) == (2, True)


def test_a_value_beyond_the_scale_is_none_of_it(tmp_path: Path) -> None:
    printed = ("4.0", "10", "-10", "inf", "-11", "1e300", "nan", "")
    rows = [gdelt_row(i, f"201801{i + 1:02d}", "JPN", "RUS", "036", value) for i, value in enumerate(printed)]
    write_rows(tmp_path / "a.tsv", rows)
    [row] = [one for one in measure_events(study_of(tmp_path, declare("a.tsv", "gdelt2"))).rows if one.events]
    assert (row.events, row.goldstein.n, row.goldstein.estimate) == (8, 3, pytest.approx(4 / 3))

"""Series of events: what is counted, and that no order of rows or files changes it."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy import stats

from measuring.eventful import DAYS, MAPPED, declare, gdelt_row, of_parquet, study_of, write_rows
from rashomon.measuring.events import KINDS, differing, goldstein, kind_of, measure_events
from rashomon.measuring.events.periods import BY, bounds, numbers, ordinals, written
from rashomon.measuring.events.series import FEWEST_DAYS, FEWEST_EVENTS, mean_by_day

SIDES = {"JPN": "japan", "RUS": "russia", "SUN": "russia", "PRK": "korea"}
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


def test_a_value_beyond_the_scale_is_none_of_it(tmp_path: Path) -> None:
    printed = ("4.0", "10", "-10", "inf", "-11", "1e300", "nan", "")
    rows = [gdelt_row(i, f"201801{i + 1:02d}", "JPN", "RUS", "036", value) for i, value in enumerate(printed)]
    write_rows(tmp_path / "a.tsv", rows)
    [row] = [one for one in measure_events(study_of(tmp_path, declare("a.tsv", "gdelt2"))).rows if one.events]
    assert (row.events, row.goldstein.n, row.goldstein.estimate) == (8, 3, pytest.approx(4 / 3))

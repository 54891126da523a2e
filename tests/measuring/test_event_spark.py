"""Apache Spark counts as DuckDB does; all that asks it stands here, so that it starts once wherever tests run side by side."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from measuring.eventful import POLECAT, declare, polecat_row, study_of, write_rows
from rashomon.measuring.events import measure_events

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning")


@pytest.fixture(autouse=True)
def _spark() -> None:
    pytest.importorskip("pyspark", reason="needs the extra rashomon[spark]")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("Spark needs Java")


def test_spark_gives_the_same_rows_as_duckdb(tmp_path: Path) -> None:
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
    assert repr(other.sets) == repr(one.sets)  # NaN, which stands for what is undetermined, is not equal to itself
    assert one.sets[0].broken > 0
    assert one.sets[0].not_yet > 0
    assert one.sets[0].events < one.sets[0].ours


def test_spark_takes_several_countries_apart_as_duckdb_does(tmp_path: Path) -> None:
    rows = [
        polecat_row(1, Actor_Country="JPN; USA"),
        polecat_row(2, Recipient_Country="RUS;PRK; RUS"),
        polecat_row(3, Recipient_Country="None"),
    ]
    write_rows(tmp_path / "a.txt", [list(POLECAT), *rows])
    study = study_of(tmp_path, declare("a.txt", "polecat"))
    one, other = (measure_events(study, engine=engine) for engine in ("duckdb", "spark:local[2]"))
    assert other.sets == one.sets
    assert [(row.source, row.target, row.events) for row in one.rows] == [("japan", "russia", 2), ("japan", "korea", 1)]
    pd.testing.assert_frame_equal(other.table(), one.table())

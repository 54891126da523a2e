"""What ``check`` says of files of events before any is counted."""

from __future__ import annotations

import gzip
import sys
import zipfile
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import rashomon
from measuring.eventful import HEAD, MAPPED, declare, gdelt_row, study_of
from rashomon.errors import Fault
from rashomon.study.events import formats

HEADING = "day,a,b,c,v\n"
ROW = "JPN,RUS,036,1\n"


def faults(root: Path, *declared: str, head: str = HEAD) -> list[tuple[str, str]]:
    """Code and text of the faults of a study with these sets."""
    study_of(root, *declared, head=head)
    found: tuple[Fault, ...] = rashomon.check(root).faults
    assert not (root / "study.events").exists()
    return [(one.code, str(one)) for one in found]


def test_a_member_of_an_archive_is_named_with_its_line(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("deep/good.csv", HEADING + f"2018-01-01,{ROW}")
        archive.writestr("__MACOSX/deep/._good.csv", b"\0\0")
        archive.writestr("deep/old.csv", HEADING.replace("c,v", "cameo,v"))
        archive.writestr("packed.csv.gz", gzip.compress((HEADING + f"1.1.2018,{ROW}").encode()))
        archive.writestr("blank.csv", "")
    found = faults(tmp_path, declare("a.zip", "mapping", columns=MAPPED))
    assert [code for code, _ in found] == ["R543", "R548", "R547"]
    (schema, days, blank) = (said for _, said in found)
    assert f"{tmp_path / 'a.zip'}!deep/old.csv:1" in schema
    assert "no column 'c' (what was done" in schema
    assert f"{tmp_path / 'a.zip'}!packed.csv.gz:2 (day)" in days
    assert "'1.1.2018'" in days
    assert "a.zip!blank.csv" in blank


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        ({}, "", ""),
        ({"c": None, "action": ["036"]}, "R543", "no column 'c'"),
        ({"c": [36]}, "R543", "036 has lost its zero"),
        ({"day": ["1 June 2018"]}, "R548", "no day in the first"),
        ({"day": [1527811200]}, "R548", "no day in the first"),
        ({"day": [None]}, "R543", "'day' of the type"),
    ],
)
def test_the_columns_and_first_days_of_parquet_are_looked_at(
    tmp_path: Path, change: dict[str, list[object] | None], code: str, told: str
) -> None:
    table = {"day": ["2018-06-01"], "a": ["JPN"], "b": ["RUS"], "c": ["036"], "v": [1.0]} | change
    pq.write_table(pa.table({name: held for name, held in table.items() if held}), tmp_path / "b.parquet")
    found = faults(tmp_path, declare("b.parquet", "mapping", columns=MAPPED))
    assert [one[0] for one in found] == [code] * bool(code)
    assert not code or (told in found[0][1] and "b.parquet" in found[0][1])


@pytest.mark.parametrize(
    ("dates", "day", "fits"),
    [
        ("", "2018-06-01", True),
        ("", "01/06/2018", False),
        ("%d/%m/%Y", "01/06/2018", True),
        ("%d/%m/%Y", "2018-06-01", False),
        ("%Y-%m-%dT%H:%M:%S%z", "2018-06-30T22:00:00-0500", True),
    ],
)
def test_first_rows_must_have_a_day_as_declared(tmp_path: Path, dates: str, day: str, fits: bool) -> None:
    (tmp_path / "a.csv").write_text(f"{HEADING}{day},{ROW}")
    found = faults(tmp_path, declare("a.csv", "mapping", columns=MAPPED, **({"dates": f'"{dates}"'} if dates else {})))
    assert [code for code, _ in found] == [] if fits else ["R548"]
    assert fits or f"'{day}'" in found[0][1]
    (row, *_) = rashomon.open(tmp_path).events("day").rows if fits else [None]
    assert row is None or row.when == ("2018-07-01" if "%z" in dates else "2018-06-01")


def test_the_column_of_days_need_not_be_the_first(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,day,b,c,v\nJPN,unknown,RUS,036,1\nJPN,unknown,RUS,036,no number\n")
    [(code, told)] = faults(tmp_path, declare("a.csv", "mapping", columns=MAPPED))
    assert (code, "a.csv:2 (day)" in told, "'unknown'" in told) == ("R548", True, True)


@pytest.mark.parametrize(
    ("dates", "told"), [("%Q", "'%Q'"), ("DD/MM/YYYY", "without a year"), ("%Y-%m", "a day"), ("%Y%", "'%'")]
)
def test_a_way_of_writing_days_from_which_none_follows_is_a_fault(tmp_path: Path, dates: str, told: str) -> None:
    (tmp_path / "a.csv").write_text(HEADING)
    ((code, said),) = faults(tmp_path, declare("a.csv", "mapping", columns=MAPPED, dates=f'"{dates}"'))
    assert (code, told in said, "study.toml (dates)" in said) == ("R548", True, True), said


def test_every_sign_that_a_day_may_be_written_with_is_one_of_the_engine() -> None:
    for sign in formats._SIGNS:
        duckdb.sql(f"SELECT try_strptime('x', '%{sign}')").fetchall()


def test_columns_named_wrongly_stand_in_study_toml(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEADING)
    ((code, said),) = faults(tmp_path, declare("a.csv", "mapping", columns='{ dey = "day" }'))
    assert (code, "study.toml (columns)" in said) == ("R544", True)


def test_without_the_extra_headings_are_checked_and_the_rest_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.tsv").write_text("\t".join([*gdelt_row(1, "20180101", "JPN", "RUS", "036"), "new"]))
    study_of(tmp_path, declare("a.tsv", "gdelt2"))
    monkeypatch.setitem(sys.modules, "duckdb", None)
    report = rashomon.check(tmp_path)
    assert [one.code for one in report.faults] == ["R543"]
    assert "rashomon[events]" in report.notices[-1]

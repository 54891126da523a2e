"""What counts events and who asks for it: engines that agree, extras that are missing, and the command."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import rashomon
from measuring.eventful import DAYS, MAPPED, declare, fault_of, gdelt_row, parquet, study_of, write_rows
from rashomon.cli import cli
from rashomon.measuring.events import count_every_pair, measure_events, whole


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


def test_every_pair_of_codes_is_written(tmp_path: Path) -> None:
    rows = [
        (DAYS[i % 12], a, b, "036", 1.0, i)
        for i, (a, b) in enumerate([("JPN", "RUS"), ("USA", "CHN"), (None, "JPN")] * 5)
    ]
    parquet(tmp_path / "a.parquet", rows)
    study = rashomon.Study(study_of(tmp_path, declare("a.parquet", "mapping", columns=MAPPED)))
    found = study.event_pairs(tmp_path / "pairs.parquet")
    frame = pq.read_table(tmp_path / "pairs.parquet").to_pandas()
    assert (found.rows, found.read, found.kept) == (len(frame), 15, 15)
    assert dict(frame.groupby(["source", "target"])["rows"].sum()) == {("JPN", "RUS"): 5, ("USA", "CHN"): 5}
    held = (tmp_path / "a.parquet").read_bytes()
    assert fault_of(lambda: study.event_pairs(tmp_path / "a.parquet"))[0] == "R006"
    assert (tmp_path / "a.parquet").read_bytes() == held


def test_the_file_of_every_pair_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def to_parquet(self, path: Path) -> None:
            path.write_bytes(b"PAR1 and half of it")
            raise OSError(28, "No space left on device")

    parquet(tmp_path / "a.parquet", [(DAYS[0], "JPN", "RUS", "036", 1.0, 1)])
    study = study_of(tmp_path, declare("a.parquet", "mapping", columns=MAPPED))
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(whole, "every_pair", lambda *_: Full())
    code, said = fault_of(lambda: count_every_pair(study, tmp_path / "pairs.parquet"))
    assert (code, "No space left" in said) == ("R006", True)
    assert sorted(tmp_path.iterdir()) == before


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


@pytest.mark.parametrize("flag", [(), ("--json",)])
@pytest.mark.parametrize("asked", [("--events",), ("--pairs", "pairs.parquet")])
def test_a_set_without_a_row_that_can_be_used_is_partly_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...], flag: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_rows(tmp_path / "a.tsv", [gdelt_row(1, "20189999", "JPN", "RUS", "036"), gdelt_row(2, "", "JPN", "RUS", "036")])
    study_of(tmp_path, declare("a.tsv", "gdelt2"))
    done = CliRunner().invoke(cli, ["measure", str(tmp_path), *asked, *flag])
    assert done.exit_code == 3, done.output
    assert "a.tsv" in done.stdout


def test_pairs_tell_of_the_rows_that_were_broken(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.tsv", [gdelt_row(1, "20180101", "USA", "RUS", "036"), gdelt_row(2, "20180231", "JPN", "RUS", "036")])
    study_of(tmp_path, declare("a.tsv", "gdelt2"))
    command = ["measure", str(tmp_path), "--pairs", str(tmp_path / "pairs.parquet")]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 0, done.output
    assert "2 rows read, 1 broken and kept aside, 1 kept." in done.stdout
    assert "a.tsv:2" in done.stdout
    again = CliRunner().invoke(cli, [*command[:-1], str(tmp_path / "again.parquet"), "--json"])
    assert json.loads(again.stdout)["result"]["broken"] == 1

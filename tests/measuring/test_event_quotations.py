"""Quotation marks in files of events: none hides a row, and cells over several lines are whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measuring.eventful import MAPPED, declare, study_of
from rashomon.measuring.events import EventSet, measure_events

ROWS = [["2018-01-01", "JPN", "RUS", "036", str(i)] for i in range(6)]


def quoted_study(root: Path, text: str, name: str = "a.csv") -> EventSet:
    """The only set of a study whose file of events has this text below its heading."""
    data = f"day,a,b,c,v\n{text}".encode()
    root.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    (told,) = measure_events(study_of(root, declare(name, "mapping", columns=MAPPED))).sets
    return told


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz"])
def test_an_open_quotation_takes_in_no_row_but_its_own_and_says_how_many_it_would_have(
    tmp_path: Path, name: str
) -> None:
    good = "".join(f"{','.join(row)}\n" for row in ROWS)
    told = quoted_study(
        tmp_path, f'{good}2018-01-02,"JPN,RUS,036,1\n{good}2018-01-03,JPN,RUS,036,"2"\n2018-13-01,JPN,RUS,036,2\n', name
    )
    assert (told.read, told.broken, told.kept) == (15, 2, 13)
    opened, late = told.first
    assert (opened.line, opened.row) == (8, '2018-01-02,"JPN,RUS,036,1')
    assert "never closed: by the rules of CSV it would take in 7 lines after it, which are kept" in opened.reason
    assert (late.file, late.line) == (str(tmp_path / name), 16)


def test_a_cell_over_several_lines_is_one_and_rows_after_it_keep_their_line(tmp_path: Path) -> None:
    told = quoted_study(
        tmp_path, '2018-01-01,JPN,RUS,036,"1\n\n2"\n"2018-01-01",JPN,RUS,036,1\nnonsense,JPN,RUS,036,1\n'
    )
    assert (told.read, told.kept, [one.line for one in told.first]) == (3, 2, [6])


@given(st.lists(st.sampled_from(["good", "whole", "open", "mark", "bad", "folded"]), max_size=9))
@settings(max_examples=25, deadline=None)
def test_no_quotation_hides_a_row(tmp_path_factory: pytest.TempPathFactory, kinds: list[str]) -> None:
    rows = {
        "good": "2018-01-01,JPN,RUS,036,1", "whole": '2018-01-01,"JPN","RUS","036",1', "open": '2018-01-01,JPN,"RUS,036,1',
        "mark": '2018-01-01,JPN,RUS,036,5" gun', "bad": '2018-01-01,"JP"N,RUS,036,1', "folded": '2018-01-01,JPN,RUS,036,"a\nb"',
    }  # fmt: skip
    told = quoted_study(tmp_path_factory.mktemp("marks"), "".join(f"{rows[kind]}\n" for kind in kinds))
    broken = [kind in ("open", "bad") for kind in kinds]
    assert (told.kept, told.broken) == (len(kinds) - sum(broken), sum(broken))
    lines = [2 + i + kinds[:i].count("folded") for i, one in enumerate(broken) if one]
    assert [one.line for one in told.first] == lines[:5]

"""A study's own table of scores for events."""

from __future__ import annotations

from pathlib import Path

import pytest

import rashomon
from measuring.eventful import DAYS, MAPPED, declare, fault_of, parquet, study_of
from rashomon.measuring.events import measure_events
from rashomon.reporting.counted import counted_words
from rashomon.study.store import study_digest

ROWS: list[tuple[object, ...]] = [
    (DAYS[4 + i], "JPN", "RUS", code, 9.0, i) for i, code in enumerate(["036", "036", "190"])
]


def declared(**keys: str) -> str:
    return declare("a.parquet", "mapping", columns=MAPPED, scores='"mine.csv"', **keys)


def test_a_studys_own_table_counts_instead_and_is_told(tmp_path: Path) -> None:
    parquet(tmp_path / "a.parquet", ROWS)
    (tmp_path / "mine.csv").write_text("\ufeffcode,value\r\n036,2.5\r\n\r\n112,-4\r\n", encoding="utf-8")
    found = measure_events(study_of(tmp_path, declared()))
    row = found.rows[-1]
    assert (row.events, row.goldstein.n, row.goldstein.estimate) == (3, 2, 2.5)
    assert "own table instead, mine.csv of 2 codes" in " ".join(counted_words(found.sets[0]))
    assert len(dict(found.provenance.parameters)["scores, SHA-256"]["wire"]) == 64  # type: ignore[index]
    assert rashomon.check(tmp_path).faults == ()
    assert rashomon.check(tmp_path).notices == ()  # the table is no stranger among the files of the study
    before = study_digest(tmp_path)
    (tmp_path / "mine.csv").write_text("code,value\n036,3\n")
    assert study_digest(tmp_path) != before
    again = measure_events(study_of(tmp_path, declared()))
    assert again.rows[-1].goldstein.estimate == 3
    assert again.provenance.parameters != found.provenance.parameters


@pytest.mark.parametrize(
    "text",
    ["code;value\n036;2,5\n112;-4\n", "sep=;\r\ncode;value\r\n036;2.5\r\n", '"sep=\t"\n\ncode\tvalue\n036\t2,500\n'],
)
def test_a_table_may_be_saved_by_a_spreadsheet_with_decimal_commas(tmp_path: Path, text: str) -> None:
    parquet(tmp_path / "a.parquet", ROWS)
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8-sig")
    assert measure_events(study_of(tmp_path, declared())).rows[-1].goldstein.estimate == 2.5
    (tmp_path / "mine.csv").write_text("\nsep=;\ncode;value\n036;2,5,1\n")
    code, said = fault_of(lambda: measure_events(study_of(tmp_path, declared())))
    assert (code, "mine.csv:4" in said, "'2,5,1' for 036" in said) == ("R549", True, True)


def test_types_of_plover_have_scores(tmp_path: Path) -> None:
    parquet(tmp_path / "a.parquet", [(DAYS[5], "JPN", "RUS", kind, None, 1) for kind in ("CONSULT", "Aid", "COERCE")])
    (tmp_path / "mine.csv").write_text("code,value\nCONSULT,1\nAID,6\n")
    row = measure_events(study_of(tmp_path, declared(codes='"plover"'))).rows[-1]
    assert (row.events, row.goldstein.n, row.goldstein.estimate) == (3, 2, 3.5)


def test_a_type_of_plover_has_its_score_and_its_kind_however_it_is_written(tmp_path: Path) -> None:
    parquet(tmp_path / "a.parquet", [(DAYS[5], "JPN", "RUS", kind, None, 1) for kind in ("AID", "aid", " Aid ")])
    (tmp_path / "mine.csv").write_text("code,value\nAID,6\n")
    found = measure_events(study_of(tmp_path, declared(codes='"plover"')))
    assert (found.rows[-1].material_cooperation, found.rows[-1].goldstein.n, found.sets[0].unknown) == (3, 3, ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "code,value\n036,1\n999,1\n",
            "mine.csv:3: The scores of the events 'wire' cannot be used.\n  found:   the code '999'",
        ),
        ("code,value\n036,one\n", "'one' for 036"),
        ("code,value\n036,11\n", "a number from -10 to 10"),
        ("code,value\n036,nan\n", "'nan' for 036"),
        ("code,value\n036,1\n036,2\n", "mine.csv:3"),
        ("code,value\n036,1,2\n", "3 cells"),
        ("kind,score\n036,1\n", "mine.csv:1"),
        ("code,value\n", "no code"),
        ("", "nothing"),
        (None, "No such file"),
    ],
)
def test_what_is_wrong_with_a_table_is_a_fault_with_its_line(tmp_path: Path, text: str | None, told: str) -> None:
    parquet(tmp_path / "a.parquet", ROWS)
    if text is not None:
        (tmp_path / "mine.csv").write_text(text)
    code, said = fault_of(lambda: measure_events(study_of(tmp_path, declared())))
    assert (code, told in said) == ("R549", True), said
    assert [one.code for one in rashomon.check(tmp_path).faults] == ["R549"]


def test_every_fault_of_a_table_is_told_and_one_table_counts(tmp_path: Path) -> None:
    parquet(tmp_path / "a.parquet", ROWS)
    (tmp_path / "mine.csv").write_text("code,value\n999,1\n036,x\n")
    study_of(tmp_path, declared())
    assert [one.where.line for one in rashomon.check(tmp_path).faults] == [2, 3]
    study = study_of(tmp_path, declared(goldstein='"icews"'))
    assert "one of the two" in fault_of(lambda: measure_events(study))[1]
    study = study_of(tmp_path, declared().replace("mine.csv", "../mine.csv"))
    assert "beside study.toml" in fault_of(lambda: measure_events(study))[1]

"""Files of events: what is put aside of them, that no packing changes what is counted, and their faults."""

from __future__ import annotations

import csv
import gzip
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rashomon
from measuring.eventful import (
    DAYS,
    HEAD,
    MAPPED,
    declare,
    fault_of,
    gdelt_row,
    of_parquet,
    parquet,
    study_of,
    write_rows,
)
from rashomon.measuring.events import measure_events
from rashomon.reporting.counted import counted_words
from rashomon.study.events import Named, taking
from rashomon.study.store import study_digest

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
    assert (told.files, told.read, told.broken, told.kept, told.events) == (2, 8, 4, 4, 4)
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


def test_where_broken_rows_cannot_be_kept_aside_is_a_fault_and_not_our_own(tmp_path: Path) -> None:
    parquet(tmp_path / "a.parquet", [(DAYS[0], "JPN", "RUS", "036", 1.0, 1), (None, "JPN", "RUS", "036", 1.0, 2)])
    (tmp_path / "study.events").write_bytes(b"")
    study = study_of(tmp_path, declare("a.parquet", "mapping", columns=MAPPED))
    code, said = fault_of(lambda: measure_events(study))
    assert (code, "broken.csv" in said) == ("R006", True)


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


def test_a_code_that_is_none_is_not_said_to_be_of_no_kind_where_its_first_digits_have_one(tmp_path: Path) -> None:
    found = of_parquet(tmp_path, [(DAYS[0], "JPN", "RUS", "0199", 1.0, 1)])
    assert (found.rows[0].verbal_cooperation, found.rows[0].unknown, found.sets[0].unknown) == (1, 0, (("0199", 1),))
    assert "Codes that are none of CAMEO, whose events count all the same: 0199 (1)." in counted_words(found.sets[0])


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


def test_what_another_program_took_in_meanwhile_is_as_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_rows(tmp_path / "a.tsv", [gdelt_row(1, "20180101", "JPN", "RUS", "036")])
    study, fill = study_of(tmp_path, declare("a.tsv", "gdelt2")), taking._fill

    def twice(files: Sequence[Path], named: Named, beside: Path) -> None:
        fill(files, named, beside)
        shutil.copytree(beside, beside.parent / beside.name.split(".")[1])

    monkeypatch.setattr(taking, "_fill", twice)
    assert measure_events(study).sets[0].events == 1
    assert [path.name.startswith("wire-") for path in (tmp_path / "study.events").iterdir()] == [True]


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


@pytest.mark.parametrize("name", ["a.tsv", "a.parquet"])
def test_a_set_that_its_columns_show_to_be_of_another_format_is_refused_with_its_name(tmp_path: Path, name: str) -> None:
    def declared(columns: tuple[str, ...], row: Sequence[str], form: str) -> None:
        if name == "a.tsv":
            write_rows(tmp_path / name, [columns, row])
        else:
            pq.write_table(pa.table({one: [cell] for one, cell in zip(columns, row, strict=True)}), tmp_path / name)
        study_of(tmp_path, declare(name, form))

    (second,) = rashomon.study.events.FORMATS["gdelt2"].layouts
    declared(second, gdelt_row(1, "20180101", "JPN", "RUS", "036"), "gdelt1")
    (fault,) = rashomon.check(tmp_path).faults
    assert (fault.code, fault.remedy) == ("R543", 'Say what it is: format = "gdelt2".')
    assert fault.found == "'Actor1Geo_ADM2Code', a column of GDELT 2"
    first = rashomon.study.events.FORMATS["gdelt1"].layouts[-1]
    own = gdelt_row(1, "20180101", "JPN", "RUS", "036", form="gdelt1")
    declared((*first, "Source"), (*own, "mine"), "gdelt1")  # a column of POLECAT, and a word like any other
    assert rashomon.check(tmp_path).faults == ()


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


def test_values_may_have_decimal_commas_where_no_commas_part_the_cells(tmp_path: Path) -> None:
    values = ["2,5", "-0,25", "1,125", "3.5", "4", "1,2,3", ""]
    rows = [[str(DAYS[4]), "JPN", "RUS", "036", one] for one in values]
    write_rows(tmp_path / "a.csv", [list("dabcv"), *rows], ";")
    found = measure_events(study_of(tmp_path, declare("a.csv", "mapping", columns=MAPPED.replace('"day"', '"d"'))))
    mean = found.rows[-1].goldstein
    assert (mean.n, mean.estimate) == (5, pytest.approx((2.5 - 0.25 + 1.125 + 3.5 + 4) / 5))


def test_days_past_the_calendar_push_no_other_broken_row_aside(tmp_path: Path) -> None:
    days = ["0000-12-31 (BC)", "nonsense", "2018-01-01", "infinity"]
    write_rows(tmp_path / "a.csv", [list("dabcv"), *([day, "JPN", "RUS", "036", "1"] for day in days)], ",")
    study = study_of(tmp_path, declare("a.csv", "mapping", columns=MAPPED.replace('"day"', '"d"')))
    for _ in range(2):
        (told,) = measure_events(study).sets
        assert (told.read, told.broken, told.kept) == (4, 3, 1)
        with open(told.aside, encoding="utf-8", newline="") as file:
            kept = list(csv.DictReader(file))
        assert sorted(row["row"][:3] for row in kept) == ["000", "inf", "non"]
        assert {row["file"] for row in kept} == {one.file for one in told.first} == {str(tmp_path / "a.csv")}


def test_text_beside_parquet_in_one_set_is_a_fault(tmp_path: Path) -> None:
    parquet(tmp_path / "a.parquet", [])
    write_rows(tmp_path / "a.csv", [("day", "a", "b", "c", "v")], ",")
    study = study_of(tmp_path, declare("a.*", "mapping", columns=MAPPED))
    assert fault_of(lambda: measure_events(study))[0] == "R547"


@pytest.mark.parametrize("ends", [["\n", "\r\n", "\n"], ["\r\n", "\n", "\r\n"], ["\n", "\r", "\n"]])
@pytest.mark.parametrize("name", ["a.tsv", "a.tsv.gz"])
def test_lines_that_end_in_several_ways_are_all_read(tmp_path: Path, name: str, ends: list[str]) -> None:
    rows = ["\t".join(gdelt_row(i, "20180101", "JPN", "RUS", "036")) for i in range(3)]
    held = "".join(map("".join, zip(rows, ends, strict=True))).encode()
    (tmp_path / name).write_bytes(gzip.compress(held) if name.endswith("gz") else held)
    study = study_of(tmp_path, declare(name, "gdelt2"))
    assert rashomon.check(tmp_path).faults == ()
    (told,) = measure_events(study).sets
    assert (told.read, told.broken, told.events) == (3, 0, 3)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"v": [1]}, "'v' is a whole number, and in"),
        ({"v": None}, "v"),
        ({"day": [20180101]}, "'day' is a whole number, and in"),
    ],
)
def test_files_of_parquet_in_one_set_must_be_alike(tmp_path: Path, change: dict[str, object], told: str) -> None:
    table = {"day": ["2018-01-01"], "a": ["JPN"], "b": ["RUS"], "c": ["036"], "v": [2.5]}
    pq.write_table(pa.table(table), tmp_path / "a.parquet")
    pq.write_table(pa.table({name: held for name, held in (table | change).items() if held}), tmp_path / "b.parquet")
    study = study_of(tmp_path, declare("*.parquet", "mapping", columns=MAPPED))
    code, said = fault_of(lambda: measure_events(study))
    assert (code, told in said, "b.parquet" in said) == ("R543", True, True), said
    assert [one.code for one in rashomon.check(tmp_path).faults] == ["R543"]


def test_parquet_that_proves_damaged_while_it_is_read_is_a_fault(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", [(DAYS[i % 12], "JPN", "RUS", "036", 1.0, i) for i in range(5000)])
    held = path.read_bytes()
    path.write_bytes(held[:300] + b"\xff" * 400 + held[700:])
    code, said = fault_of(lambda: measure_events(study_of(tmp_path, declare("a.parquet", "mapping", columns=MAPPED))))
    assert (code, "a.parquet" in said) == ("R547", True)

"""Numbers as spreadsheets write them: the same number however its decimals are parted, and nothing that may be another."""

from __future__ import annotations

import csv
import io
import math
import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from planting import cell, sound_study

from rashomon.errors import Fault, RashomonError
from rashomon.study import TABLES, check_study, open_study
from rashomon.study.gathering import Gathered
from rashomon.study.numerals import read_number, with_decimals
from rashomon.study.tables import RawTable, read_table

MOVES = TABLES["moves"]
finite = st.floats(allow_nan=False, allow_infinity=False)


def table_of(folder: Path, weights: list[str], separator: str = ";", others: list[str] | None = None) -> RawTable:
    """moves.csv with these weights, and certainties beside them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(["id", "weight", "certainty"])
    writer.writerows(
        [f"m-{n}", *pair] for n, pair in enumerate(zip(weights, others or [""] * len(weights), strict=True))
    )
    (folder / MOVES.file).write_bytes(out.getvalue().encode())
    return read_table(folder, MOVES, Gathered())


def read_of(table: RawTable, row: int) -> float | None:
    """The number in a row's weight; None where it is refused."""
    text = table.column("weight")[row]
    if text in table.numerals.doubtful.get("weight", ()):
        return None
    try:
        return read_number(text)
    except RashomonError:
        return None


def comma(number: str) -> str:
    return number.replace(".", ",")


@given(finite, st.sampled_from([";", "\t"]))
def test_a_number_with_a_decimal_comma_is_the_same_number(
    tmp_path_factory: pytest.TempPathFactory, x: float, separator: str
) -> None:
    table = table_of(tmp_path_factory.mktemp("t"), [comma(repr(x)), "0,5"], separator)
    assert read_of(table, 0) == x
    assert read_of(table, 1) == 0.5


@given(finite.filter(bool), st.integers(0, 12))
def test_what_is_written_for_a_table_is_read_from_it(
    tmp_path_factory: pytest.TempPathFactory, x: float, places: int
) -> None:
    for text in (repr(x), f"{x:.{places}f}"):
        for sign in (".", ","):
            table = table_of(tmp_path_factory.mktemp("t"), [with_decimals(text, sign)])
            assert read_of(table, 0) == float(text)


DIGITS = st.text("0123456789", min_size=1, max_size=4)
NUMERALS = st.builds("{}{}{}".format, DIGITS, st.sampled_from(",."), DIGITS) | DIGITS
THOUSANDS = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}")


@given(st.lists(NUMERALS, min_size=1, max_size=5), st.lists(NUMERALS, min_size=1, max_size=5))
def test_nothing_is_read_that_may_be_another_number(
    tmp_path_factory: pytest.TempPathFactory, weights: list[str], others: list[str]
) -> None:
    size = min(len(weights), len(others))
    weights, others = weights[:size], others[:size]
    table = table_of(tmp_path_factory.mktemp("t"), weights, ";", others)
    decimal = {sign for one in weights for sign in ",." if sign in one and not THOUSANDS.fullmatch(one)}
    commas = any("," in one and not THOUSANDS.fullmatch(one) for one in [*weights, *others])
    for row, text in enumerate(weights):
        thousand = THOUSANDS.fullmatch(text)
        found = read_of(table, row)
        assert found in (None, float(text.replace(",", ".")))  # never a thousand times as much
        if thousand is None:
            assert found is not None
        elif thousand[1] == ",":
            others_plain = not any("." in one for one in weights)
            assert (found is not None) == (decimal == {","} and others_plain)
        else:
            assert (found is None) == commas


@given(NUMERALS)
def test_no_comma_is_read_in_a_table_parted_by_commas(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    table = table_of(tmp_path_factory.mktemp("t"), [text, "0,5"], ",")
    assert (read_of(table, 0) is None) == ("," in text)
    assert read_of(table, 1) is None


@given(st.integers(1000, 10**12), st.sampled_from(" \u00a0\u2009\u202f"), st.sampled_from(["", ",5", ",125"]))
def test_blanks_between_thousands_say_nothing(
    tmp_path_factory: pytest.TempPathFactory, whole: int, blank: str, rest: str
) -> None:
    table = table_of(tmp_path_factory.mktemp("t"), [f"{whole:,}".replace(",", blank) + rest])
    assert read_of(table, 0) == float(f"{whole}{rest.replace(',', '.')}")


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(" \u00a0"))
def test_other_blanks_within_a_number_are_refused(one: int, other: int, blank: str) -> None:
    assume(not (len(str(other)) == 3 and one < 1000))
    with pytest.raises(RashomonError):
        read_number(f"{one}{blank}{other}")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sound_study(tmp_path_factory.mktemp("sound") / "study")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return sound_study(tmp_path / "study")


def parted(path: Path, separator: str, before: str = "", encoding: str = "utf-8") -> None:
    """Save a table as a spreadsheet does where decimals have commas."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerows([re.sub(r"^([-−]?[0-9]+)\.([0-9]+)$", r"\1,\2", one) for one in row] for row in rows)
    path.write_bytes((before + out.getvalue()).encode(encoding))


def faults_with(study: Path, table: str, column: str, text: str, separator: str = ",") -> tuple[Fault, ...]:
    cell(table, 0, column, text)(study)
    if separator != ",":
        parted(study / f"{table}.csv", separator)
    return check_study(study).faults


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("before", ["", "sep={}\r\n", '"sep={}"\r\n', "SEP={};;;\r\n", "\r\n;;;;\r\nsep={}\n"])
def test_all_tables_may_have_decimal_commas(study: Path, separator: str, before: str) -> None:
    cell("statements", 2, "stance", "> -0.5")(study)
    cell("moves", 0, "weight", "2.25")(study)
    plain = open_study(study)
    for spec in TABLES.values():
        parted(study / spec.file, separator, before.format(separator))
    found = open_study(study)
    assert found.polls.share.tolist() == plain.polls.share.tolist()
    assert found.moves.weight.tolist() == plain.moves.weight.tolist()
    for name in TABLES:
        assert [one.id for one in plain.table(name).rows() if hasattr(one, "id")] == [
            one.id for one in found.table(name).rows() if hasattr(one, "id")
        ]
    assert "polls.csv has decimal commas; they were read as points." in check_study(study).notices


@pytest.mark.parametrize(
    ("table", "column", "text", "value"),
    [
        ("polls", "share", "31,25", 31.25), ("polls", "share", "45 %", 45.0), ("polls", "share", "45,5\u00a0%", 45.5),
        ("polls", "n", "1\u202f612", 1612), ("moves", "weight", "0,125", 0.125), ("moves", "weight", "1\u00a0234,5", 1234.5),
        ("statements", "certainty", "0,8", 0.8), ("statements", "certainty", "80%", 0.8), ("statements", "certainty", "1,", 1.0),
        ("statements", "certainty", "8,0E-01", 0.8),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_meant(study: Path, table: str, column: str, text: str, value: float) -> None:
    assert faults_with(study, table, column, text, ";") == ()
    assert getattr(open_study(study), table).row(0).__getattribute__(column) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "interval"), [("−0,4", (-0.4, -0.4)), ("> 0,4", (0.4, 1.0)), ("<-,5", (-1.0, -0.5))]
)  # fmt: skip
def test_a_stance_may_have_a_decimal_comma(study: Path, text: str, interval: tuple[float, float]) -> None:
    cell("statements", 2, "stance", text)(study)
    parted(study / "statements.csv", ";")
    found = open_study(study).statements.row(2).stance
    assert (found.lo, found.hi) == interval


def test_an_extent_may_have_decimal_commas(study: Path) -> None:
    assert faults_with(study, "statements", "extent", "20,5-30,5%", ";") == ()
    assert open_study(study).statements.row(0).extent == "20.5-30.5%"


@pytest.mark.parametrize(
    ("table", "column", "text", "separator", "code", "says"),
    [
        ("polls", "share", "37,5", ",", "R321", "Write 37.5 with a point: decimal commas are read only in a table whose"),
        ("statements", "certainty", "0,8", ",", "R307", "Write 0.8 with a point"),
        ("statements", "stance", "0,8", ",", "R319", "Write 0.8 with a point"),
        ("statements", "extent", ">0,8%", ",", "R329", "Write >0.8% with a point"),
        ("moves", "weight", "1,234", ",", "R307", "Write 1234 if thousands were meant; else 1.2340"),
        ("moves", "weight", "1,234", ";", "R307", "or where decimals have commas 1,2340."),
        ("moves", "weight", "1,234,567", ";", "R307", "Write 1234567: thousands take no mark."),
        ("moves", "weight", "1.234,5", ";", "R307", "Write 1234.5: thousands take no mark."),
        ("moves", "weight", "1,234.5", ";", "R307", "Write 1234.5: thousands take no mark."),
        ("moves", "weight", "12 34", ";", "R307", "Write digits"),
        ("moves", "weight", "2 m", ";", "R307", "Write digits"),
        ("moves", "weight", "01. Mai", ";", "R307", "taken a number for a date"),
        ("moves", "weight", "01.05.2026", ";", "R307", "taken a number for a date"),
        ("moves", "weight", "80%", ";", "R307", "Write 80 and put the unit in its own column."),
        ("statements", "certainty", "120%", ";", "R308", "from 0% to 100%"),
        ("polls", "n", "1.234", ",", "R308", "a whole number"),
    ],
)  # fmt: skip
def test_a_number_that_is_not_read_is_one_clear_fault(
    study: Path, table: str, column: str, text: str, separator: str, code: str, says: str
) -> None:
    row = {"stance": 2}.get(column, 0)
    cell(table, row, column, text)(study)
    if separator != ",":
        parted(study / f"{table}.csv", separator)
    (fault,) = check_study(study).faults
    assert (fault.code, fault.where.file, fault.where.field) == (code, f"{table}.csv", column)
    assert says in f"{fault.allowed} {fault.remedy}"


def test_a_point_that_may_part_thousands_is_refused_beside_decimal_commas(study: Path) -> None:
    cell("polls", 0, "n", "1.234")(study)
    cell("polls", 1, "share", "54.5")(study)
    parted(study / "polls.csv", ";")
    text = (study / "polls.csv").read_text().replace("1,234", "1.234")
    (study / "polls.csv").write_text(text)
    (fault,) = check_study(study).faults
    assert (fault.code, fault.where.line, fault.where.field) == ("R307", 2, "n")
    assert "decimals have commas" in fault.found
    assert fault.remedy.startswith("Write 1234 if thousands were meant; else 1.2340")


def test_a_share_in_percent_of_another_unit_is_a_fault(study: Path) -> None:
    cell("polls", 0, "unit", "points")(study)
    cell("polls", 0, "share", "31%")(study)
    (fault,) = check_study(study).faults
    assert (fault.code, fault.where.field, fault.found) == ("R322", "share", "31 %, unit points")


def test_numbers_beyond_all_floats_are_refused() -> None:
    with pytest.raises(RashomonError):
        read_number("1e999")
    assert math.isclose(read_number("−12\u2009345.5"), -12345.5)

"""Every fault that can be planted in a study is found, once, where it stands, and says how to mend it."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from planted_cells import CELLS
from planted_files import FILES
from planted_records import RECORDS
from planted_rivals import RIVALS
from planted_toml import TOML
from planting import Planted, append, both, cell, link, poll, row, sound_study, statement, swap, write

from rashomon.errors import CODES, MOST_SHOWN, Fault, RashomonError, Where
from rashomon.study import check_study, open_study

ALL = (*TOML, *RIVALS, *FILES, *CELLS, *RECORDS)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sound_study(tmp_path_factory.mktemp("sound") / "study")


@pytest.fixture
def study(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "study"))


def texts(fault: Fault) -> str:
    return " ".join((fault.message, fault.found, fault.allowed, fault.remedy))


def line_with(path: Path, part: str) -> int:
    return next(i for i, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if part in text)


def test_the_sound_study_has_no_fault(sound: Path) -> None:
    report = check_study(sound)
    assert report.faults == ()
    assert report.notices == ()


def test_more_than_the_twenty_five_faults_are_planted() -> None:
    assert len({(one.code, one.file, one.field) for one in ALL}) > 90
    assert len({one.name for one in ALL}) == len(ALL)


@pytest.mark.parametrize("planted", ALL, ids=lambda one: one.name)
def test_one_planted_fault_gives_one_clear_error(planted: Planted, study: Path) -> None:
    planted.plant(study)
    faults = check_study(study).faults
    assert [fault.code for fault in faults] == [planted.code], "\n".join(map(str, faults))
    fault = faults[0]
    assert fault.where.file == planted.file
    assert fault.where.field == planted.field
    assert fault.where.line is not None or planted.file == "study.toml"
    assert fault.found
    assert fault.allowed
    assert fault.remedy
    assert planted.says in texts(fault), str(fault)
    with pytest.raises(RashomonError) as caught:
        open_study(study)
    assert caught.value.faults == faults


def test_all_faults_are_reported_in_one_run(study: Path) -> None:
    planted = [one for one in (*CELLS, *RECORDS) if one.name not in _CLASHING]
    for number, one in enumerate(planted):
        one.plant(study)
        for name in ("statements", "moves", "polls", "texts"):
            _rename(study / f"{name}.csv", number)
    found = {fault.code for fault in check_study(study).faults}
    assert {one.code for one in planted} <= found
    assert len(check_study(study).faults) >= len(planted)


_CLASHING = frozenset(
    {"id used twice", "id used in two tables", "id of an issue", "blank id", "answer to itself", "link to itself"}
)


def _rename(path: Path, number: int) -> None:
    """Give the row just planted an id of its own, so that the next may be planted beside it."""
    text = path.read_text(encoding="utf-8")
    for prefix in ("s", "m", "p", "t"):
        text = text.replace(f"\n{prefix}-new,", f"\n{prefix}-new-{number},")
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("plant", "file", "part"),
    [
        (statement(stance="fre"), "statements.csv", "s-new"),
        (both(statement(note="two\nlines", id="s-old"), statement(stance="fre")), "statements.csv", "s-new"),
        (poll(share="140"), "polls.csv", "p-new"),
        (swap("study.toml", 'layer = "ministry"', 'layer = "ministery"'), "study.toml", "ministery"),
        (swap("study.toml", 'office = "premier"', 'offce = "premier"'), "study.toml", "offce"),
        (swap("study.toml", "at = 0.5", "at = 5"), "study.toml", "at = 5"),
        (append("links.csv", 's-public-trust,answers,s-north-toll,x,,p. 2,"open\n'), "links.csv", '"open'),
        (append("links.csv", "\n\n\ns-public-trust,answers,nothing,x,,p. 2,\n"), "links.csv", "nothing"),
    ],
)
def test_the_line_is_the_one_at_fault(plant: object, file: str, part: str, study: Path) -> None:
    plant(study)  # type: ignore[operator]
    (fault,) = check_study(study).faults
    assert fault.where.line == line_with(study / file, part)


def test_an_unclosed_quote_does_not_hide_the_rows_after_it(study: Path) -> None:
    append("links.csv", 's-public-trust,answers,s-north-toll,x,,p. 2,"open\ns-public-trust,answrs,s-north-toll,x,,,\n')(
        study
    )
    assert [fault.code for fault in check_study(study).faults] == ["R107", "R309"]


def test_a_faulty_row_makes_no_second_fault_of_references_to_it(study: Path) -> None:
    append("statements.csv", "s-lost,south,bridge,free,1989,ferry-1999,,a note" + 20 * ", b" + "\n")(study)
    link(to="s-lost")(study)
    assert [fault.code for fault in check_study(study).faults] == ["R106"]


def test_a_faulty_declaration_makes_no_second_fault_of_its_use(study: Path) -> None:
    swap("study.toml", 'id = "bridge"', 'id = "bridge"\nodered = true')(study)
    swap("study.toml", 'id = "north-ministry"', 'id = "north-ministry"\nlyer = "x"')(study)
    swap("study.toml", 'id = "ferry-1999"', 'id = "ferry-1999"\nyear = 1999')(study)
    swap("study.toml", 'id = "trustworthy"', 'id = "trustworthy"\nscales = []')(study)
    assert [fault.code for fault in check_study(study).faults] == ["R201"] * 4


def test_many_faults_of_one_kind_are_counted(study: Path) -> None:
    rows = "".join(f"s-public-trust,answrs,s-north-toll,x{i},,,\n" for i in range(250))
    append("links.csv", rows)(study)
    faults = check_study(study).faults
    assert len(faults) == 101
    assert "150 more" in faults[-1].message


def test_a_symbolic_link_is_refused(study: Path, tmp_path: Path) -> None:
    (study / "links.csv").rename(tmp_path / "links.csv")
    (study / "links.csv").symlink_to(tmp_path / "links.csv")
    (fault,) = check_study(study).faults
    assert (fault.code, fault.where.file) == ("R110", "links.csv")


def test_a_symbolic_link_to_a_folder_is_refused(study: Path, tmp_path: Path) -> None:
    shutil.move(study / "sources", tmp_path / "sources")
    (study / "sources").symlink_to(tmp_path / "sources")
    (fault,) = check_study(study).faults
    assert (fault.code, fault.where.field) == ("R110", "file")


def test_the_study_itself_may_be_reached_through_a_link(study: Path, tmp_path: Path) -> None:
    (tmp_path / "alias").symlink_to(study)
    assert check_study(tmp_path / "alias").ok


def test_no_study(tmp_path: Path) -> None:
    assert [fault.code for fault in check_study(tmp_path).faults] == ["R101"]
    assert [fault.code for fault in check_study(tmp_path / "none").faults] == ["R001"]


def test_a_folder_in_place_of_a_file(study: Path) -> None:
    (study / "links.csv").unlink()
    (study / "links.csv").mkdir()
    assert [fault.code for fault in check_study(study).faults] == ["R006"]


@pytest.mark.parametrize(
    ("change", "notices"),
    [
        (lambda data: b"\xef\xbb\xbf" + data, ["byte-order mark"]),
        (lambda data: data.replace(b"\n", b"\r\n"), ["Windows line ends"]),
        (lambda data: data.replace(b"\n", b"\r"), []),
        (lambda data: data.replace(b",", b";"), ["semicolons"]),
        (lambda data: data.replace(b",", b"\t"), ["tabs"]),
        (lambda data: b"sep=;\n" + data.replace(b",", b";"), ["semicolons"]),
        (lambda data: b"sep=,\n" + data, []),
        (lambda data: data.replace(b"\n", b",,,,\n"), []),  # blank columns after the last
        (lambda data: data + b"\n,,,,,,\n\n", ["3 blank rows"]),
        (
            lambda data: data.replace(b",", b";").replace(b"\n", b";;;;\n") + b";;;;;;;;;;;;\n" * 3,
            ["semicolons", "3 blank rows"],
        ),
    ],
)
def test_habits_of_spreadsheets_are_accepted_with_a_notice(change: object, notices: list[str], study: Path) -> None:
    plain = open_study(study)
    path = study / "access.csv"
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    report = check_study(study)
    assert report.ok
    assert len(report.notices) == len(notices)
    assert all(notice in text for notice, text in zip(notices, report.notices, strict=True))
    told = path.read_bytes().startswith(b"sep=")
    assert [replace(one, line=one.line - told) for one in open_study(study).access.rows()] == plain.access.rows()


def test_a_file_that_is_not_read_is_named(study: Path) -> None:
    (study / "links.csv").rename(study / "link.csv")
    (study / "reviews.csv").write_text("when,by\n", encoding="utf-8")  # the history of reviews is no stranger
    report = check_study(study)
    assert report.ok
    assert report.notices == ("link.csv is not a file of a study, and was not read; did you mean links.csv?",)


def test_a_table_in_another_format_is_named(study: Path) -> None:
    for name in ("polls.xlsx", "statements.tsv", "notes.txt"):
        (study / name).write_bytes(b"PK")
    assert check_study(study).notices == (
        "polls.xlsx was not read: tables are CSV files. Save it as polls.csv (CSV UTF-8).",
        "statements.tsv was not read: tables are CSV files. Save it as statements.csv (CSV UTF-8).",
    )


def test_figures_of_two_sources_or_open_answers_may_sum_to_more(study: Path) -> None:
    cell("polls", 1, "source", "ferry-1999")(study)
    cell("polls", 1, "share", "80")(study)
    assert check_study(study).ok
    cell("polls", 1, "source", "gazette-1990")(study)
    assert not check_study(study).ok
    cell("polls", 1, "relation", "~")(study)
    assert check_study(study).ok


def test_several_answers_may_sum_to_more(study: Path) -> None:
    cell("polls", 1, "share", "80")(study)
    swap("study.toml", "multiple = false", "multiple = true")(study)
    assert check_study(study).ok


def test_what_is_allowed(study: Path) -> None:
    allowed = [
        statement(id="s-1", topic="bridge", stance="", modality="avoids"),
        statement(id="s-2", topic="draft-1990", stance="", modality="unaware"),
        statement(id="s-3", topic="bridge -> north:trustworthy", stance="up"),
        statement(id="s-4", topic="north:trustworthy", stance="> mixed"),
        statement(id="s-5", topic="north:trustworthy", stance="-0.4"),
        statement(id="s-6", topic="north:trustworthy", stance="down"),
        statement(id="s-7", topic="north:wealth", stance="rich", extent=">30%"),
        statement(id="s-8", path="south > north > south", modality="believes > not believes > wants"),
        statement(id="s-9", when="1985/.."),
        statement(id="s-10", path="south > late-berg", about="1980"),
        statement(id="s-11", given="bridge=toll -> !(bridge=free | bridge=none)"),
        row("statements", id="s-12", path="late-berg", topic="bridge", stance="free", when="1986", source="ferry-1999"),
        poll(id="p-1", share="-12", unit="points", relation="change"),
        poll(id="p-2", share="250", relation="change", survey="x"),
        poll(id="p-3", share="3", unit="ratio"),
        link(kind="supports"),
        link(kind="answers", **{"from": "s-north-toll", "to": "s-public-trust"}),
    ]
    for plant in allowed:
        plant(study)
    report = check_study(study)
    assert report.ok, "\n".join(map(str, report.faults))


def test_an_empty_study_is_sound(tmp_path: Path) -> None:
    write("study.toml", b'[study]\nid = "x"\ntitle = "X"\nspan = "1990"\n')(tmp_path)
    report = check_study(tmp_path)
    assert report.ok
    assert dict(report.counts)["statements"] == 0
    study = open_study(tmp_path)
    assert len(study.open_rows("statements")) == 0
    assert study.as_of(700_000).left_out()["moves"] == 0


def test_an_error_says_all_and_survives_pickling() -> None:
    fault = Fault("R309", "No such word.", "'x'", "a, b", "Choose.", Where("moves.csv", 3, 7, "kind"))
    error = pickle.loads(pickle.dumps(RashomonError([fault, fault])))
    assert error.fault == fault
    assert error.exit_status == 2
    assert "R309 moves.csv:3:7 (kind): No such word." in str(error)
    with pytest.raises(ValueError, match="R999"):
        Fault("R999", "", "", "", "")
    with pytest.raises(ValueError, match="at least one"):
        RashomonError([])


def test_a_fault_leaves_out_the_middle_of_what_is_very_long() -> None:
    fault = Fault("R003", "m", "x" * 10_000 + ", too deep", "y" * 10_000, "z" * MOST_SHOWN)
    assert (fault.found[:3], fault.found[-10:], len(fault.found)) == ("xxx", ", too deep", MOST_SHOWN)
    assert fault.found.count("…") == fault.allowed.count("…") == 1
    assert fault.remedy == "z" * MOST_SHOWN


def test_every_code_of_the_study_is_planted_somewhere() -> None:
    elsewhere = {"R101", "R305"}  # no study at all; a day asked of a user, in test_times.py
    planted = {one.code for one in ALL}
    assert {code for code in CODES if "R1" <= code < "R5"} - planted == elsewhere


def test_codes_have_a_meaning() -> None:
    assert all(len(code) == 4 and meaning.endswith(".") for code, meaning in CODES.items())

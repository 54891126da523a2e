"""The words of texts: where they come from, in which order they stand, and what is said where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.checking import check
from rashomon.errors import RashomonError
from rashomon.study import Bodies, each_body, open_study, parse_day, read_bodies
from studies import DECLARED, write_study

SERIES = (
    DECLARED
    + """
[[series]]
id = "speeches"
name = "Speeches"

[[series]]
id = "papers"
name = "White papers"
"""
)


def put(root: Path, name: str, content: bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def text(name: str, when: str, **more: str) -> dict[str, str]:
    row = {
        "id": name,
        "series": "speeches",
        "when": when,
        "author": "north-leader",
        "title": name,
        "file": f"texts/{name}.txt",
    }
    return {**row, **more}


def bodies(root: Path, rows: list[dict[str, str]], files: dict[str, bytes], series: str = "", day: str = "") -> Bodies:
    for name, content in files.items():
        put(root, name, content)
    write_study(root, SERIES, texts=rows)
    study = open_study(root)
    return read_bodies(study.as_of(parse_day(day)) if day else study, series)


def words(name: str, content: bytes = b"Peace.") -> dict[str, bytes]:
    return {f"texts/{name}.txt": content}


def test_plain_files_are_read_whatever_their_mark_and_line_ends(tmp_path: Path) -> None:
    files = {
        **words("one", "\ufeffОдин.\r\nДва.\rТри.\n".encode()),
        "texts/two.md": "日本の領土です。".encode(),
        **words("three", b"The peace of the world."),
    }
    rows = [
        text("one", "1985"),
        text("two", "1986", file="texts/two.md"),
        text("three", "1987", author="south;north-leader"),
    ]
    found = bodies(tmp_path, rows, files)
    assert (found.faults, found.notes) == ((), ())
    assert [one.text for one in found.rows] == ["Один.\nДва.\nТри.\n", "日本の領土です。", "The peace of the world."]
    assert [one.language for one in found.rows] == ["ru", "ja", "en"]
    assert [one.sides for one in found.rows] == [("north",), ("north",), ("south", "north")]


def test_texts_stand_in_the_order_of_their_times_and_ties_are_told(tmp_path: Path) -> None:
    rows = [
        text("c", "1987"),
        text("b", "1986"),
        text("a", "1986"),
        text("d", "1986-12/1987-02"),
        text("p", "1990", series="papers"),
    ]
    files = {key: value for name in "abcdp" for key, value in words(name).items()}
    found = bodies(tmp_path, rows, files)
    assert [one.id for one in found.rows] == ["a", "b", "d", "c", "p"]
    notes = " ".join(found.notes)
    assert "speeches 1 of 4 texts have the time of the one before" in notes
    assert "the times of 2 of 4 texts overlap" in notes
    assert "speeches do not stand in the order" in notes
    assert "papers has one text" in notes
    assert [one.id for one in bodies(tmp_path, rows, files, "papers").rows] == ["p"]
    with pytest.raises(RashomonError, match="R004"):
        bodies(tmp_path, rows, files, "paper")


def test_a_day_hides_what_was_not_open_by_then(tmp_path: Path) -> None:
    rows = [text("early", "1985", known="1985-06-01"), text("late", "1986", known="1990"), text("unknown", "1985")]
    files = {key: value for name in ("early", "late", "unknown") for key, value in words(name).items()}
    assert [one.id for one in bodies(tmp_path, rows, files, day="1985-06-01").rows] == ["early"]
    assert [one.id for one in bodies(tmp_path, rows, files, day="1990-12-31").rows] == ["early", "late"]
    assert len(bodies(tmp_path, rows, files).rows) == 3


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [("Мир.\nТруд.".encode("cp1251"), "R109", 1), ("Peace".encode("utf-16"), "R109", 1), (b"Peace\n\0", "R108", 2)],
)
def test_what_is_no_text_in_utf8_is_refused_with_its_file_and_a_remedy(
    tmp_path: Path, content: bytes, code: str, line: int
) -> None:
    found = bodies(tmp_path, [text("one", "1985"), text("two", "1986")], {**words("one", content), **words("two")})
    assert [one.id for one in found.rows] == ["two"]
    [fault] = found.faults
    assert (fault.code, fault.where.file, fault.where.line) == (code, "texts/one.txt", line)
    assert fault.found
    assert "UTF-8" in fault.remedy


def test_a_file_that_went_away_or_lies_elsewhere_is_a_fault(tmp_path: Path) -> None:
    for name in ("one", "two"):
        put(tmp_path, f"texts/{name}.txt", b"Peace.")
    put(tmp_path.parent, "secret.txt", b"War.")
    study = open_study(write_study(tmp_path, SERIES, texts=[text("one", "1985"), text("two", "1986")]))
    (tmp_path / "texts/one.txt").unlink()
    (tmp_path / "texts/two.txt").unlink()
    (tmp_path / "texts/two.txt").symlink_to(tmp_path.parent / "secret.txt")
    found = read_bodies(study)
    assert found.rows == ()
    assert [(one.code, one.where.file) for one in found.faults] == [("R006", "texts/one.txt"), ("R110", "texts.csv")]


def test_two_texts_of_one_source_must_name_their_files(tmp_path: Path) -> None:
    found = bodies(tmp_path, [text("one", "1985", file=""), text("two", "1986", file="")], {})
    assert [one.code for one in found.faults] == ["R521", "R521"]
    assert "2 texts without a file" in found.faults[0].found


def test_empty_texts_are_kept_and_told(tmp_path: Path) -> None:
    found = bodies(
        tmp_path, [text("one", "1985"), text("two", "1986")], {**words("one", b"\xef\xbb\xbf\r\n"), **words("two")}
    )
    assert [one.id for one in found.rows] == ["one", "two"]
    assert found.notes == ("A text has no words: one.",)


def test_texts_come_one_by_one(tmp_path: Path) -> None:
    put(tmp_path, "texts/one.txt", b"Peace.")
    study = open_study(write_study(tmp_path, SERIES, texts=[text("one", "1985")]))
    faults: list[object] = []
    assert next(each_body(study, faults)).text == "Peace."  # type: ignore[arg-type]


def test_check_names_texts_whose_words_cannot_be_had_and_finds_no_fault_in_them(tmp_path: Path) -> None:
    rows = [text(f"t{one}", "1985", file=f"texts/{one}.{'docx' if one < 2 else 'txt'}") for one in range(22)]
    for row in rows:
        put(tmp_path, row["file"], b"Peace.")
    report = check(write_study(tmp_path, SERIES, texts=rows))
    assert report.ok
    assert [one.split(":")[0] for one in report.notices] == ["R521 texts.csv", "R521 texts.csv"]
    for row in rows:
        put(tmp_path, row["file"], b"\xcc\xe8\xf0")
    (*named, last) = check(tmp_path).notices
    assert [one.split()[0] for one in named] == ["R521", "R521", *["R109"] * 18]
    assert last == "The words of 2 further texts of texts.csv cannot be had either."

"""The report's section on series of texts: what it holds, what it leaves open, and that it is not there without texts."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

import rashomon
from meanings import use_words
from rashomon.measuring.formulas import measure_formulas
from rashomon.reporting.document import Bullets, Figure, Fold, Para, Section, Table, words
from rashomon.reporting.formulating import formulating
from rashomon.reporting.telling import Telling
from rashomon.study import TABLES
from studies import DECLARED, write_study

RITUAL = "we resolutely condemn the militarist circles which again threaten the peoples of the region"
DECLARES = (
    DECLARED.replace('"1980/2000"', '"1900/2000"')
    + """
[[series]]
id = "speeches"
name = "Speeches of the North"

[[tracked]]
id = "south"
name = "The South"
words = ["southland*"]
"""
)


def told(root: Path, said: list[str], declares: str = DECLARES, **first: str) -> tuple[rashomon.Study, Section | None]:
    rows = []
    for number, text in enumerate(said):
        (root / f"{number}.txt").parent.mkdir(parents=True, exist_ok=True)
        (root / f"{number}.txt").write_text(text, encoding="utf-8")
        row = {
            "id": f"t{number:02}",
            "series": "speeches",
            "when": str(1950 + number),
            "author": "north",
            "title": f"Speech {number}",
        }
        rows.append({**row, "file": f"{number}.txt", **(first if number == 0 else {})})
    study = rashomon.open(write_study(root, declares, texts=rows))
    measures = SimpleNamespace(formulas=measure_formulas(study.data))
    return study, formulating(Telling(study.data, cast(Any, measures), cast(Any, None)))


def tables(section: Section) -> dict[str, Table]:
    folded = [block for fold in section.blocks if isinstance(fold, Fold) for block in fold.blocks]
    return {one.anchor: one for one in (*section.blocks, *folded) if isinstance(one, Table)}


@pytest.fixture(scope="module")
def dropped(tmp_path_factory: pytest.TempPathFactory) -> tuple[rashomon.Study, Section]:
    rng = np.random.default_rng(5)
    said = []
    for number in range(32):
        ritual = RITUAL if number < 10 else RITUAL.replace("circles", "forces") if number < 27 else ""
        filler = " ".join("".join(rng.choice(list("abdegikmnoprstu"), 9)) for _ in range(40))
        said.append(f"{filler}. {ritual}. {'Southland answers. ' * (3 if number > 15 else 0)}")
    study, section = told(tmp_path_factory.mktemp("dropped"), said)
    assert section is not None
    return study, section


def test_every_number_of_the_section_is_the_measure_s(dropped: tuple[rashomon.Study, Section]) -> None:
    study, section = dropped
    answer = study.formulas(most=99)
    found = tables(section)
    assert set(found) == {"tab-spoken", "tab-stopped", "tab-dropped", "tab-reworded", "tab-texts"}
    [row] = found["tab-spoken"].rows
    assert words(row.cells[1]).startswith("16 of 32")
    assert "1966–1981" in words(row.cells[2])
    assert "changes" in words(row.cells[3])
    [stopped] = found["tab-stopped"].rows
    assert RITUAL.replace("circles", "forces").removeprefix("we ") in words(stopped.cells[0])
    assert words(stopped.cells[1]).startswith("27 of 32")
    [drop] = found["tab-dropped"].rows
    assert words(drop.cells[0]).startswith("1977")
    assert "stands out" in words(drop.cells[3])
    [new] = found["tab-reworded"].rows
    assert "− circles" in words(new.cells[3])
    assert "+ forces" in words(new.cells[3])
    assert len(found["tab-texts"].rows) == len(answer.texts) == 32
    [figure] = [one for one in section.blocks if isinstance(one, Figure)]
    marks = figure.spec["datasets"]["values"]
    assert [one["mentions"] for one in marks] == [3] * 16
    assert marks[0]["record"] == "r-t16"


def test_the_latest_text_is_told_with_its_words(tmp_path: Path) -> None:
    rng = np.random.default_rng(9)
    kept = " ".join("".join(rng.choice(list("abdegikmnoprstu"), 9)) for _ in range(8)).capitalize()
    said = [f"In {number} we met. {kept}. {RITUAL.capitalize()}." for number in range(5)]
    new = "Fresh words are spoken here & nobody had said so <before>."
    said.append(f"{kept}. {RITUAL.capitalize().replace('circles', 'forces')}. {new}")
    study, section = told(tmp_path, said)
    assert section is not None
    rows = {words(row.cells[0]): [words(cell) for cell in row.cells[1:]] for row in tables(section)["tab-latest-1"].rows}
    assert set(rows) == {"kept", "reworded"}
    assert rows["kept"][:2] == [kept, "word for word"]
    assert rows["kept"][2].startswith("5 of 5")
    assert "since 1950" in rows["kept"][2]
    assert "forces" in rows["reworded"][1]
    assert "− circles" in rows["reworded"][1]
    [fold] = [one for one in section.blocks if isinstance(one, Fold) and one.title == "1 sentence new in the latest text"]
    [listed] = [one for one in fold.blocks if isinstance(one, Bullets)]
    assert [words(one) for one in listed.items] == [new]
    [line] = [words(one.text) for one in section.blocks if isinstance(one, Para) and "taken up again" in words(one.text)]
    assert "of 2 formulas that stood in the text before 1 kept, 1 reworded and 0 left out; 0 taken up again." in line
    assert line.endswith("1 sentence is new.")
    assert study.formulas().added[0].words == new


def test_the_picture_of_a_result(dropped: tuple[rashomon.Study, Section]) -> None:
    study, _ = dropped
    drawn = study.formulas(most=99).plot().to_dict()
    assert len(drawn["datasets"]["values"]) == 16


def test_what_could_not_be_read_is_told(tmp_path: Path) -> None:
    _, section = told(tmp_path, ["Peace."] * 3, file="")
    assert section is not None
    [fold] = [one for one in section.blocks if isinstance(one, Fold)]
    assert fold.title == "1 text that could not be read"
    first = section.blocks[0]
    assert isinstance(first, Para)
    assert "2 texts" in words(first.text)


def test_a_study_without_texts_has_no_such_section(tmp_path: Path) -> None:
    assert "texts" in TABLES
    assert told(tmp_path, [])[1] is None


def test_the_rarest_of_many_silences_are_said_to_be_that(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    rituals = [" ".join("".join(rng.choice(list("abdegikmnoprstu"), 9)) for _ in range(8)) for _ in range(32)]
    said = [". ".join(rituals) + "." if number < 5 else "Quiet words, and few of them." for number in range(8)]
    study, section = told(tmp_path, said)
    assert section is not None
    assert len(study.formulas().rows) == 32
    caption = words(tables(section)["tab-stopped"].caption)
    assert "among 32 formulas about one silence of 5 bits or more is to be expected by chance" in caption
    assert "became shorter: 256 words at the median in the earlier half, 6 in the later" in study.formulas().notes[0]
    text = " ".join(words(one.text) for one in section.blocks if isinstance(one, Para))
    assert "learnt from the same texts, so that the two sums must be close" in text


OTHERWISE = "Firmly we denounce the warlike groups which anew menace the nations of the area"


def test_what_is_said_otherwise_stands_with_both_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_words(monkeypatch)
    rituals = [*[RITUAL.capitalize()] * 30, OTHERWISE]
    said = [f"The year {number} brought {number * 7} ships. {ritual}." for number, ritual in enumerate(rituals)]
    asking = DECLARES.replace('id = "speeches"', 'id = "speeches"\nembeddings = true')
    _, section = told(tmp_path / "asked", said, asking)
    assert section is not None
    found = tables(section)
    [row] = found["tab-otherwise"].rows
    assert words(row.cells[0]).startswith("1980")
    assert RITUAL.capitalize() in words(row.cells[1])
    assert words(row.cells[2]) == f"{OTHERWISE}."
    assert words(row.cells[3]).startswith("1.00")
    assert [words(cell) for cell in found["tab-texts"].rows[-1].cells[2:7]] == ["1", "0", "0", "1", "0"]
    [text] = [words(one.text) for one in section.blocks if isinstance(one, Para) and "left its words out" in words(one.text)]
    assert "1 omission is said otherwise, as far as a comparison of sentences by meaning (words 1) tells." in text


def test_where_meaning_was_not_compared_that_is_said(dropped: tuple[rashomon.Study, Section]) -> None:
    _, section = dropped
    [text] = [words(one.text) for one in section.blocks if isinstance(one, Para) and "left its words out" in words(one.text)]
    assert text.endswith("Whether what “Speeches of the North” left out is said in other words was not looked for.")
    assert words(tables(section)["tab-texts"].rows[-1].cells[5]) == "–"


def test_one_formula_is_not_said_to_be_one_of_many(dropped: tuple[rashomon.Study, Section]) -> None:
    _, section = dropped
    assert "rarest" not in words(tables(section)["tab-stopped"].caption)

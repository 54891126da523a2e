"""From a folder of documents to accepted statements, as a user goes: init, read, code, review, run."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import rashomon
from rashomon.cli import cli
from studies import DECLARED, write_study

pytest.importorskip("spacy", reason="the coder by rules needs the extra rashomon[code]")
pytest.importorskip("simplemma", reason="reading needs the extra rashomon[read]")

NAMED = DECLARED.replace('id = "north"\nname = "North"', 'id = "north"\nname = "Northland"').replace(
    'id = "south"\nname = "South"', 'id = "south"\nname = "Southland"'
).replace('id = "border"\nname = "The border"', 'id = "border"\nname = "The border"\nexamples = ["the border"]'
).replace('name = "Share it", at = 0.5', 'name = "Share it", at = 0.5, examples = ["sharing"]')
TEXT = """In 1986 the Government of the North demanded the sharing of the border.

The Ministry of the South rejected talks on the border in 1987.
"""


def run(*words: str, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, words, input=text)


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_study(tmp_path_factory.mktemp("coded") / "two", NAMED, statements=[])
    (root / "sources").mkdir()
    (root / "sources" / "book.txt").write_text(TEXT, encoding="utf-8")
    assert run("read", str(root)).exit_code == 0
    found = run("code", str(root), "--json")
    assert found.exit_code == 0, found.output
    result = json.loads(found.stdout)["result"]
    assert (result["coder"], result["file"]) == ("rules", "proposals/rules.csv")
    return root


def waiting(root: Path) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(run("review", str(root), "--list", "--json").stdout)["result"]["waiting"]
    return rows


def test_the_rules_propose_what_the_sentences_say(coded: Path) -> None:
    found = {(row["path"], row["topic"]): row for row in waiting(coded)}
    demand = found["north-government", "border"]
    assert (demand["modality"], demand["status"], demand["coder"]) == ("demands", "proposed", "rules")
    assert demand["quote"] in TEXT
    assert "1986" in demand["when"]
    assert found["south-ministry", "border"]["modality"] == "rejects"


def test_the_languages_in_which_nothing_is_proposed_are_told(tmp_path: Path) -> None:
    root = write_study(tmp_path / "two", NAMED, statements=[])
    (root / "sources").mkdir()
    (root / "sources" / "book.txt").write_text(TEXT, encoding="utf-8")
    (root / "sources" / "note.txt").write_text("Он опасался, что соседи хотят вывести войска с границы.", encoding="utf-8")
    assert run("read", str(root)).exit_code == 0
    for _ in range(2):  # the second time as it was remembered
        assert "Nothing in ru (1 passage): the rules read en, ja and ru, by the names" in run("code", str(root)).stdout
    assert "Nothing in" not in run("code", str(root), "--language", "en").stdout


def test_what_looked_like_a_statement_and_is_not_proposed_is_counted(tmp_path: Path) -> None:
    root = write_study(tmp_path / "one", NAMED, statements=[])
    (root / "sources").mkdir()
    text = "The Government of the North demanded bread. Somebody demanded the border.\n"
    (root / "sources" / "book.txt").write_text(text, encoding="utf-8")
    assert run("read", str(root)).exit_code == 0
    for _ in range(2):  # the second time as it was remembered
        told = json.loads(run("code", str(root), "--json").stdout)["result"]["dropped"]
        assert dict(told) == {"no holder": 1, "no topic": 1}
        said = run("code", str(root)).stdout
        assert "Not proposed of what looked like statements: " in said
        assert "1 with no topic of the codebook" in said


def test_the_report_says_what_a_machine_wrote_and_that_nobody_has_accepted_it(coded: Path) -> None:
    study = rashomon.open(coded)
    told = study.with_proposals().report("md").read_text(encoding="utf-8")
    assert "of a machine that nobody has accepted" in told.split("## ")[0]  # before the first heading
    assert "rules, a machine: nobody has accepted it" in told
    plain = study.report("md").read_text(encoding="utf-8")
    assert "machine" not in plain.split("## Sources")[0]


def test_a_reviewer_accepts_mends_and_rejects_at_the_terminal(coded: Path) -> None:
    total = len(waiting(coded))
    mended = "".join(f"{cell}\n" for cell in ("", "", "", "move", "", "", "", ""))  # Enter leaves a cell as it is
    done = run("review", str(coded), "--by", "A. Reader", text=f"m\n{mended}" + "r\nnot this\n" * (total - 1))
    assert done.exit_code == 0, done.output
    assert "because" in done.output
    with (coded / "reviews.csv").open(encoding="utf-8", newline="") as file:
        history = list(csv.DictReader(file))
    assert [row["decision"] for row in history] == ["mended", *["rejected"] * (total - 1)]
    assert {row["by"] for row in history} == {"A. Reader"}
    assert waiting(coded) == []
    checked = run("check", str(coded))
    assert checked.exit_code == 0, checked.output
    with (coded / "statements.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["stance"], row["status"], row["coder"]) == ("move", "accepted", "rules")
    told = rashomon.open(coded).report("md").read_text(encoding="utf-8")
    assert "1 was proposed by a machine and accepted by a person" in told
    assert "rules, a machine: accepted by a person" in told


def undecided(coded: Path, folder: Path) -> Path:
    """A copy of the study in which nobody has decided anything."""
    root = write_study(folder / "two", NAMED, statements=[])
    shutil.copytree(coded / "sources", root / "sources")
    assert run("read", str(root)).exit_code == 0
    assert run("code", str(root)).exit_code == 0
    return root


def test_what_was_typed_is_offered_again_where_it_could_not_be_taken(coded: Path, tmp_path: Path) -> None:
    root = undecided(coded, tmp_path)
    wrong = "north-goverment\n" + "\n" * 6 + "my note\n"
    done = run("review", str(root), text=f"m\n{wrong}" + "m\nnorth-government\n" + "\n" * 7 + "q\n")
    assert done.exit_code == 0, done.output
    assert "R311" in done.stderr
    with (root / "statements.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["path"], row["note"]) == ("north-government", "my note")


def test_a_reviewer_who_stops_keeps_what_was_decided(coded: Path, tmp_path: Path) -> None:
    root = undecided(coded, tmp_path)
    for answers in ("", "m\n", "r\n"):  # and then the input ends, as at Ctrl-D or Ctrl-C
        before = waiting(root)
        done = run("review", str(root), text=answers)
        assert done.exit_code == 130
        assert "Stopped. What was decided is kept." in done.stderr
        assert ("Nothing was decided of this one." in done.stderr) == (answers != "")
        assert waiting(root) == before


def test_the_tutorial_goes_as_it_says(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "tutorial" / "from-documents.md").read_text(encoding="utf-8")
    letter, said = (page.partition(f"```{kind}\n")[2].partition("```")[0] for kind in ("html", "text"))
    root = str(tmp_path / "mine")
    assert run("init", root).exit_code == 0
    (tmp_path / "mine" / "sources" / "letter.html").write_text(letter, encoding="utf-8")
    assert run("read", root, "--declare").exit_code == 0
    assert "**bridge**" in run("find", root, "bridges").stdout
    assert run("code", root).exit_code == 0
    listed = run("review", root, "--list").stdout
    assert said.strip() in listed
    assert "2 proposals waiting." in listed
    done = run("review", root, text="a\na\n")
    assert done.exit_code == 0, done.output
    assert len(waiting(tmp_path / "mine")) == 0
    ran = run("run", root)
    assert ran.exit_code == 0, ran.output
    assert "2 were proposed by a machine and accepted by a person" in " ".join(ran.stdout.split())


@pytest.mark.parametrize(
    ("words", "code"),
    [(("code", "{}", "--coder", "nobody"), "R004"), (("code", "{}", "--source", "nothing"), "R004"),
     (("review", "{}", "--accept", "none-such"), "R004"), (("review", "{}", "--coder", "nobody"), "R004"),
     (("review", "{}", "--accept", "a", "--accept", "b", "--set", "stance=move"), "R003"),
     (("review", "{}", "--accept", "a", "--set", "stance"), "R003")],
)  # fmt: skip
def test_what_cannot_be_asked_is_a_fault(coded: Path, words: tuple[str, ...], code: str) -> None:
    found = run(*(word.format(coded) for word in words), "--json")
    assert (found.exit_code, json.loads(found.stdout)["error"]["code"]) == (2, code)


@pytest.mark.parametrize("name", ["person", "ann"])
def test_a_person_is_no_coder_to_be_run(coded: Path, name: str, tmp_path: Path) -> None:
    root = tmp_path / "two"
    shutil.copytree(coded, root)
    by_hand = [{"id": "s1", "path": "north-government", "topic": "border", "stance": "move", "coder": "ann"}]
    write_study(root, NAMED, statements=by_hand)
    fault = json.loads(run("code", str(root), "--coder", name, "--json").stdout)["error"]
    assert fault["code"] == "R004"
    assert "statements.csv with the name in the column coder" in fault["remedy"]


def test_coding_a_study_that_was_not_read_says_so(tmp_path: Path) -> None:
    found = run("code", str(write_study(tmp_path / "two")), "--json")
    assert (found.exit_code, json.loads(found.stdout)["error"]["code"]) == (2, "R004")


def test_a_model_that_is_declared_wrongly_is_a_fault_of_the_study(tmp_path: Path) -> None:
    root = write_study(tmp_path / "two", DECLARED + '\n[[coder]]\nid = "gpt"\nendpoint = "http://localhost:1/v1"\nbogus = 1\n')
    found = json.loads(run("check", str(root), "--json").stdout)
    faults = {(one["code"], one["where"]["field"].rpartition(".")[2]) for one in found["error"]["faults"]}
    assert ("R201", "bogus") in faults or any(code == "R201" for code, _ in faults)
    assert any(code == "R202" for code, _ in faults)

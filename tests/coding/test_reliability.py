"""Reliability: pairing against brute force, agreement on planted cases; alpha itself is in ``test_krippendorff.py``."""

from __future__ import annotations

import csv
import json
import math
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon import coding
from rashomon.coding import (
    LABEL,
    Agreement,
    Coding,
    FieldAgreement,
    agreement,
    align,
    compare,
    read_codings,
    similarity,
)
from rashomon.coding.aligning import MORE_ALIKE_THAN_NOT, WEIGHTS, of_statement
from rashomon.errors import RashomonError
from rashomon.study import StudyData, open_study, parse_day

# ── pairing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

ROW = {
    "id": "s1", "path": "a-leader", "modality": "", "topic": "land", "stance": "keep", "when": "1985", "source": "book",
    "locator": "1.1", "basis": "words", "hedge": "", "stage": "", "extent": "", "root": "", "note": "",
}  # fmt: skip


def row(**cells: str) -> dict[str, str]:
    return {**ROW, **cells}


def codings(*rows: dict[str, str]) -> list[Coding]:
    return list(read_codings(rows))


@st.composite
def some_codings(draw: st.DrawFn, prefix: str, most: int = 6) -> list[Coding]:
    rows = []
    for number in range(draw(st.integers(0, most))):
        path = draw(st.sampled_from(["a-leader", "b-leader", "a-leader > b-leader", "b-leader > a-leader > b-leader"]))
        topic = draw(st.sampled_from(["land", "aid", "b:peaceful", "land -> aid", "aid -> land"]))
        rows.append(
            row(
                id=f"{prefix}{number}", path=path, topic=topic,
                stance=draw(st.sampled_from(["keep", "positive", "negative"])),
                modality=draw(st.sampled_from(["", "wants", "not wants"])),
                when=draw(st.sampled_from(["1985", "1985/1990", "1991-04-16", "../1986"])),
                source=draw(st.sampled_from(["book", "paper"])), locator=draw(st.sampled_from(["", "1.1", "1.2"])),
            )
        )  # fmt: skip
    return codings(*rows)


@given(some_codings("a"), some_codings("b"))
def test_pairs_are_one_to_one_within_a_paragraph_and_nothing_is_lost(a: list[Coding], b: list[Coding]) -> None:
    found = align(a, b)
    assert sorted(one.id for one in (*(p for p, _ in found.pairs), *found.only_a)) == [one.id for one in a]
    assert sorted(one.id for one in (*(q for _, q in found.pairs), *found.only_b)) == [one.id for one in b]
    for one, other in found.pairs:
        assert one.paragraph == other.paragraph
        assert one.locator
        assert similarity(one, other) > MORE_ALIKE_THAN_NOT
    assert align(a, b) == found


@given(some_codings("a"))
def test_identical_codings_match_completely(a: list[Coding]) -> None:
    found = align(a, a)
    located = [one for one in a if one.locator]
    assert sorted(found.pairs, key=lambda pair: pair[0].id) == [(one, one) for one in located]
    assert len(found.only_a) == len(found.only_b) == len(a) - len(located)


@given(some_codings("a", 4), some_codings("b", 4))
def test_no_other_pairing_is_more_alike(a: list[Coding], b: list[Coding]) -> None:
    def gain(one: Coding, other: Coding) -> float:
        alike = similarity(one, other)
        return alike if one.paragraph == other.paragraph and one.locator and alike > MORE_ALIKE_THAN_NOT else 0.0

    small, large, turned = (a, b, False) if len(a) <= len(b) else (b, a, True)
    best = max(
        sum(gain(*((other, one) if turned else (one, other))) for one, other in zip(small, chosen, strict=False))
        for chosen in permutations(large, len(small))
    )
    assert sum(gain(*pair) for pair in align(a, b).pairs) == pytest.approx(best, abs=1e-5)
    assert sum(gain(*pair) for pair in align(b, a).pairs) == pytest.approx(best, abs=1e-5)


@given(some_codings("a"), some_codings("b"), st.randoms())
def test_the_order_of_paragraphs_does_not_matter(a: list[Coding], b: list[Coding], random: Any) -> None:
    places = sorted({one.paragraph for one in (*a, *b)})
    order = {place: number for number, place in enumerate(random.sample(places, len(places)))}
    moved = align(sorted(a, key=lambda one: order[one.paragraph]), sorted(b, key=lambda one: order[one.paragraph]))
    assert set(moved.pairs) == set(align(a, b).pairs)


@given(some_codings("a"), some_codings("b"))
def test_likeness_is_symmetric_and_one_only_of_the_same(a: list[Coding], b: list[Coding]) -> None:
    for one in a:
        assert similarity(one, one) == 1
        for other in b:
            alike = similarity(one, other)
            assert 0 <= alike <= 1
            assert alike == similarity(other, one)
            assert similarity(one, other, ["path", "topic", "stance", "when"]) == (one.path.verb == other.path.verb)


def test_likeness_counts_what_it_says() -> None:
    one, *others = codings(
        row(path="a-leader > b-leader", modality="wants", when="1985"),
        row(path="b-leader", modality="wants", when="1985"),
        row(path="a-leader > b-leader", topic="land -> aid", modality="wants", when="1985"),
        row(path="a-leader > b-leader", modality="not wants", when="1987"),
        row(path="a-public", topic="aid", when="1986"),
    )
    total = sum(WEIGHTS.values())
    likeness = [similarity(one, other) * total for other in others]
    assert likeness == pytest.approx([10, 8, 10, 0])
    assert similarity(one, others[0], ["path"]) == 1


def test_same_path_verb_and_time_do_not_make_one_claim_nor_same_topic_and_stance() -> None:
    (a,), b = (
        codings(row()),
        codings(row(id="b1", topic="aid"), row(id="b2", path="b-leader", modality="wants", when="1990")),
    )
    assert [similarity(a, one) for one in b] == [0.5, 0.5]
    assert not align([a], b).pairs


def test_of_equal_statements_the_order_decides() -> None:
    a, b = codings(*(row(id=f"a{i}") for i in range(3))), codings(*(row(id=f"b{i}") for i in range(3)))
    assert [(one.id, other.id) for one, other in align(a, b).pairs] == [("a0", "b0"), ("a1", "b1"), ("a2", "b2")]


@pytest.mark.parametrize("blind", [["paths"], list(WEIGHTS)])
def test_what_a_pairing_cannot_be_blind_to(blind: list[str]) -> None:
    a = codings(row())
    with pytest.raises(RashomonError) as raised:
        align(a, a, blind)
    assert raised.value.fault.code == "R502"


# ── agreement ────────────────────────────────────────────────────────────────────────────────────────────────────────

DECLARED = """
[study]
id = "small"
title = "A small study"
span = "1950/2020"

[[side]]
id = "a"
name = "A"
[[side]]
id = "b"
name = "B"

[[actor]]
id = "a-leader"
name = "Leader of A"
side = "a"
kind = "office"
[[actor]]
id = "b-leader"
name = "Leader of B"
side = "b"
kind = "office"

[[issue]]
id = "land"
name = "The land"
positions = [{ id = "keep", name = "Keep" }, { id = "give", name = "Give" }]
[[issue]]
id = "aid"
name = "Aid"
positions = [{ id = "keep", name = "Keep" }, { id = "give", name = "Give" }]

[[quality]]
id = "peaceful"
name = "Peaceful"
dimension = "intent"

[[source]]
id = "book"
title = "Book"
published = "2000"
kind = "book"
"""


def pairs_of_rows(n: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Two codings of ``n`` paragraphs, one statement each; b differs in the stance of every fourth, stage of every fifth."""
    a, b = [], []
    for i in range(n):
        mine = row(
            id=f"a{i}", locator=f"1.{i}", path="a-leader > b-leader" if i % 3 else "b-leader",
            topic="land" if i % 2 else "aid", stance="keep" if i % 7 < 3 else "give", stage="public" if i % 2 else "",
        )  # fmt: skip
        theirs = {**mine, "id": f"b{i}"}
        if i % 4 == 0:
            theirs["stance"] = "give" if mine["stance"] == "keep" else "keep"
        if i % 5 == 0:
            theirs["stage"] = "" if mine["stage"] else "private"
        a.append(mine)
        b.append(theirs)
    return a, b


def study_of(folder: Path, rows: list[dict[str, str]]) -> StudyData:
    (folder / "study.toml").write_text(DECLARED, encoding="utf-8")
    with (folder / "statements.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, [*ROW, "coder", "status", "known"], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return open_study(folder)


@pytest.fixture(scope="module")
def two_readers(tmp_path_factory: pytest.TempPathFactory) -> StudyData:
    a, b = pairs_of_rows(40)
    read = [{**one, "coder": "reader-a", "status": "superseded"} for one in a]
    read += [{**one, "coder": "reader-b", "status": "superseded"} for one in b]
    read.append(
        row(id="a-more", locator="2.1", topic="b:peaceful", stance="positive", coder="reader-a", status="proposed")
    )
    read.append(
        row(id="b-not", locator="2.1", topic="b:peaceful", stance="positive", coder="reader-b", status="rejected")
    )
    read.append(row(id="final", coder="adjudicator", status="accepted"))
    return study_of(tmp_path_factory.mktemp("study"), read)


@pytest.fixture(scope="module")
def found(two_readers: StudyData) -> Agreement:
    return agreement(two_readers, "reader-a", "reader-b", draws=200)


def field(result: Agreement, name: str) -> FieldAgreement:
    return next(one for one in result.rows if one.field == name)


def test_agreement_finds_the_differences_that_were_planted(found: Agreement) -> None:
    stance, stage, path = field(found, "stance"), field(found, "stage"), field(found, "path")
    assert (stance.n, stance.agree, stance.share) == (40, 30, 0.75)
    assert stance.differing == tuple((f"a{i}", f"b{i}") for i in range(0, 40, 4))
    assert stance.of_all == 30 / 41  # one statement of reader-a stays single
    assert (stage.n, stage.agree) == (40, 32)
    assert field(found, "path + topic + stance").agree == 30
    assert (path.share, path.alpha.estimate, path.verdict) == (1.0, pytest.approx(1.0), "estimated")
    assert "no disagreement" in path.because
    assert stance.alpha.low < stance.alpha.estimate < stance.alpha.high
    assert (stance.clusters, stance.by) == (40, "paragraph")


def test_a_field_without_variation_is_undetermined_and_says_why(found: Agreement) -> None:
    basis, root = field(found, "basis"), field(found, "root, both given")
    assert (basis.share, basis.verdict) == (1.0, "undetermined")
    assert math.isnan(basis.alpha.estimate)
    assert "every value is the same" in basis.because
    assert (root.n, root.verdict, root.because, str(root.share)) == (0, "undetermined", "no unit has two values", "nan")


def test_both_given_leaves_out_what_either_left_blank(found: Agreement) -> None:
    both = field(found, "stage, both given")
    assert (both.n, both.agree) == (16, 16)  # of 20 that reader-a gave, reader-b left four blank
    assert math.isnan(both.of_all)


def test_unitising_counts_what_each_found(found: Agreement) -> None:
    every, one, two = found.unitising
    assert (every.depth, every.a, every.b, every.matched_a, every.matched_b) == ("all", 41, 40, 40, 40)
    assert (every.share_a, every.share_b, every.jaccard) == (40 / 41, 1.0, 40 / 41)
    assert (one.depth, one.a, one.b, one.both) == ("1", 15, 14, 14)
    assert (two.depth, two.a, two.jaccard) == ("2", 26, 1.0)
    assert len(found.pairs) == 40
    assert {pair.locator for pair in found.pairs} == {f"1.{i}" for i in range(40)}


def test_the_result_says_what_it_is_and_whence_it_came(found: Agreement) -> None:
    assert (found.label, found.coders) == (LABEL, ("reader-a", "reader-b"))
    assert LABEL == "agreement in reading the source"
    assert LABEL in found.provenance.method
    assert (found.provenance.study, found.provenance.n) == ("small", 81)
    assert ("status", ("superseded", "accepted", "proposed")) in found.provenance.parameters
    assert found.cite() == ("book",)
    plain = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert set(plain["rows"][0]["alpha"]) == {"estimate", "low", "high", "level", "n", "voices"}
    assert {"field", "share", "of_all", "alpha_estimate"} <= set(found.table().columns)


def test_status_chooses_the_statements(two_readers: StudyData) -> None:
    found = agreement(two_readers, "reader-a", "reader-b", ("superseded", "proposed", "rejected"), draws=0)
    assert found.unitising[0].jaccard == 1.0
    assert field(found, "stance on a scale").n == 1


def test_as_of_sees_only_what_was_open(two_readers: StudyData) -> None:
    early = agreement(two_readers.as_of(parse_day("1999-01-01")), "reader-a", "reader-b", draws=0)
    assert (early.unitising[0].a, early.unitising[0].b) == (20, 16)  # what was said in public
    with pytest.raises(RashomonError) as raised:
        agreement(two_readers.as_of(parse_day("1984-01-01")), "reader-a", "reader-b")
    assert raised.value.fault.code == "R004"
    later = agreement(two_readers.as_of(parse_day("2001-01-01")), "reader-a", "reader-b", draws=0)
    assert (later.unitising[0].a, later.provenance.as_of) == (41, "2001-01-01")


def test_an_unknown_coder_or_one_alone_is_an_error(two_readers: StudyData) -> None:
    with pytest.raises(RashomonError) as raised:
        agreement(two_readers, "reader-a", "reader-c")
    assert raised.value.fault.code == "R004"
    assert "reader-b" in raised.value.fault.allowed
    with pytest.raises(RashomonError) as raised:
        agreement(two_readers, "reader-a", "reader-a")
    assert raised.value.fault.code == "R502"


def test_a_study_and_its_rows_give_the_same_codings(two_readers: StudyData) -> None:
    a, _ = pairs_of_rows(40)
    extra = row(id="a-more", locator="2.1", topic="b:peaceful", stance="positive")
    statements = [of_statement(one) for one in two_readers.statements if one.coder == "reader-a"]
    for one, other in zip(statements, codings(*a, extra), strict=True):
        assert repr(one) == repr(other)  # NaN has no equal


def test_paired_by_the_field_agreement_is_kinder_than_paired_blind() -> None:
    """Each reader makes two statements a paragraph, on two topics; b gives the second one a topic of its own."""
    a, b = [], []
    for i in range(30):
        place = {"locator": f"1.{i}", "when": str(1960 + i)}
        a += [row(id=f"a{i}", topic="land", **place), row(id=f"a{i}-2", topic="aid", **place)]
        b += [row(id=f"b{i}", topic="land", **place), row(id=f"b{i}-2", topic="b:peaceful", **place)]
    topic = field(compare(codings(*a), codings(*b), draws=0), "topic")
    assert (topic.n, topic.share, topic.of_all) == (30, 1.0, 30 / 90)
    assert topic.blind_share == 0.5


def test_times_agree_exactly_or_by_overlapping() -> None:
    when = [("1985", "1985"), ("1985", "1985-03"), ("1985/1990", "1989/1995"), ("1985", "1987")] * 10
    a = codings(*(row(id=f"a{i}", locator=f"1.{i}", when=one) for i, (one, _) in enumerate(when)))
    b = codings(*(row(id=f"b{i}", locator=f"1.{i}", when=other) for i, (_, other) in enumerate(when)))
    found = compare(a, b, draws=50)
    assert field(found, "when, exact").share == 0.25
    assert field(found, "when, overlapping").share == 0.75
    assert field(found, "when, overlapping").alpha.estimate < 0.75


def test_a_near_miss_on_a_scale_costs_less_than_a_reversal() -> None:
    words = ["strongly-negative", "negative", "mixed", "positive", "strongly-positive"]

    def on_a_scale(shift: int) -> float:
        a = codings(*(row(id=f"a{i}", locator=f"1.{i}", topic="b:peaceful", stance=words[i % 5]) for i in range(30)))
        b = codings(
            *(row(id=f"b{i}", locator=f"1.{i}", topic="b:peaceful", stance=words[(i + shift) % 5]) for i in range(30))
        )
        return field(compare(a, b, draws=0), "stance on a scale").alpha.estimate

    assert on_a_scale(0) == pytest.approx(1)
    assert on_a_scale(1) > on_a_scale(2)


def test_nothing_coded_gives_rows_without_numbers() -> None:
    empty = compare([], [])
    assert all(one.verdict == "undetermined" and one.n == 0 for one in empty.rows)
    assert math.isnan(empty.unitising[0].jaccard)


def test_the_public_names_of_the_room_are_these() -> None:
    assert set(coding.__all__) == {
        "LABEL", "LANGUAGES", "VECTORS", "Act", "Adjudicated", "Adjudication", "Agreement", "Alignment", "Alpha",
        "Balance", "Coder", "Coding", "Codings", "Confused", "Difference", "Differences", "DirectedAttitude", "Dropped",
        "FieldAgreement", "LabelScore", "LearnedCoder", "Matched", "ModelCoder", "ModelPlan", "ModelReport",
        "ModelSettings", "Outcome", "Outcomes", "Preparing", "Proposal", "Queue", "Reason", "ReplyFile", "Review", "Rules",
        "Score", "Scores",
        "Spans", "Stretch", "Unitising", "VectorFile", "act_of", "acts_in", "adjudicated_lines", "agreement", "align",
        "alpha", "balances", "beside", "case_lines", "check_coders", "code", "coding_lines", "compare",
        "comparison_lines", "countries_in", "directed_attitudes", "encoder_name", "found_nothing", "next_passages",
        "outcome_lines", "outcomes",
        "passages_of_quotes", "proposal_lines", "queue_lines", "read_changes", "read_codings", "review_table", "score",
        "score_lines", "similarity", "unit_alpha",
    }  # fmt: skip

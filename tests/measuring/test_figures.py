"""Doubtful figures: the properties of the core, and small studies whose findings can be told by hand."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.measuring.polls import figures as module
from rashomon.measuring.polls.figures import (
    DIFFERING,
    IMPOSSIBLE,
    SUSPECT,
    Figure,
    FigureFindings,
    contradict,
    find_conflicts,
    measure_figures,
    opposites,
    overfull,
    waves,
)
from rashomon.measuring.polls.measuring import ABOUT, half_unit
from rashomon.study import open_study, parse_day
from studies import DECLARED, write_study

Row = Mapping[str, object]


def figure(id: str, answer: str, share: float, relation: str = "=", **more: object) -> Figure:
    given = Figure(id, "s", "q", "public", answer, share, relation)
    return replace(given, **more)  # type: ignore[arg-type]


def kinds(*figures: Figure) -> list[str]:
    return [one.kind for one in find_conflicts(figures, answers=lambda _: ("yes", "no"))]


# the core


@st.composite
def truthful(draw: st.DrawFn) -> list[Figure]:
    """Figures that a printer could make of one true distribution: rounded, bounded, or about."""
    weights = draw(st.lists(st.integers(1, 1000), min_size=2, max_size=6))
    shares = [100 * one / sum(weights) for one in weights]
    found = []
    for number in range(draw(st.integers(1, 12))):
        which = draw(st.integers(0, len(shares) - 1))
        truth, decimals = shares[which], draw(st.integers(0, 2))
        relation = draw(st.sampled_from(["=", ">", "<", "~", "max"]))
        slack = draw(st.floats(0.01, 30))
        printed = {
            "=": round(truth, decimals),
            "~": round(min(max(truth + draw(st.floats(-2, 2)), 0), 100), decimals),
            ">": max(truth - slack, 0.0),
            "<": min(truth + slack, 100.0),
            "max": min(truth + slack, 100.0),
        }[relation]
        half = 0.5 * 10.0**-decimals
        found.append(
            Figure(f"f{number}", "s", "q", "public", f"a{which}", printed, relation, half, source=f"source-{number}")
        )
    return found


@given(truthful())
def test_a_feasible_distribution_is_never_called_impossible(found: list[Figure]) -> None:
    assert IMPOSSIBLE not in [one.kind for one in find_conflicts(found)]


@st.composite
def any_figures(draw: st.DrawFn) -> list[Figure]:
    found = []
    for number in range(draw(st.integers(0, 14))):
        start = draw(st.integers(1, 40))
        found.append(
            Figure(
                f"f{number}",
                survey=draw(st.sampled_from(["s", "t"])),
                question=draw(st.sampled_from(["q", "r"])),
                population="public",
                answer=draw(st.sampled_from(["yes", "no", "dont-know"])),
                share=float(draw(st.integers(0, 6)) * 10),
                relation=draw(st.sampled_from(["=", ">", "<", "~", "max"])),
                lo=start,
                hi=start + draw(st.integers(0, 30)),
                base=draw(st.sampled_from(["", "", "men"])),
                pollster=draw(st.sampled_from(["", "", "p", "r"])),
                source=draw(st.sampled_from(["a", "b"])),
            )
        )
    return found


@given(any_figures(), st.randoms(use_true_random=False))
def test_findings_do_not_depend_on_the_order_of_the_figures(found: list[Figure], rng: random.Random) -> None:
    shuffled = list(found)
    rng.shuffle(shuffled)
    assert repr(find_conflicts(shuffled)) == repr(find_conflicts(found))


@given(any_figures())
def test_a_finding_has_two_figures_or_more_and_comes_once(found: list[Figure]) -> None:
    conflicts = find_conflicts(found)
    assert all(len(one.figures) >= 2 for one in conflicts)
    assert len({(one.kind, one.figures) for one in conflicts}) == len(conflicts)


@given(any_figures())
def test_contradiction_is_symmetric_and_equal_figures_never_contradict(found: list[Figure]) -> None:
    for one in found:
        assert contradict(one, one) == 0
        assert all(contradict(one, other) == contradict(other, one) for other in found)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_overfull_is_exactly_a_sum_beyond_the_allowance(shares: list[float]) -> None:
    found = [figure(f"f{i}", f"a{i}", share, half=0.0) for i, share in enumerate(shares)]
    chosen, excess = overfull(found)
    assert bool(chosen) == (sum(shares) > 100.5 + 1e-9)
    if chosen:
        assert excess > 0.5
        assert overfull(chosen[:-1]) == ((), 0.0)  # no fewer would do


@given(any_figures())
def test_every_wave_has_a_day_in_common_or_one_field_time(found: list[Figure]) -> None:
    parts = waves(found)
    assert sorted(one.id for part in parts for one in part) == sorted(one.id for one in found)
    for part in parts:
        shared = max(one.lo for one in part) <= min(one.hi for one in part)
        assert shared or len({(one.lo, one.hi) for one in part}) == 1


def test_rounding_excuses_a_sum_of_whole_percents() -> None:
    whole = [figure("a", "x", 34), figure("b", "y", 34), figure("c", "z", 33)]
    assert overfull(whole) == ((), 0.0)  # 33.6, 33.6 and 32.8, say
    assert overfull([replace(one, half=0.05) for one in whole])[1] == 1


def test_rounding_is_no_excuse_beyond_half_a_unit_each() -> None:
    found = [figure("a", "x", 51), figure("b", "y", 51)]
    assert overfull(found)[1] == 2
    assert overfull([figure("a", "x", 50), figure("b", "y", 51)]) == ((), 0.0)


def test_an_answer_and_its_bound_that_cannot_both_hold() -> None:
    assert kinds(figure("a", "yes", 30), figure("b", "yes", 50, ">")) == [IMPOSSIBLE]
    assert kinds(figure("a", "yes", 60, "<"), figure("b", "yes", 70, ">")) == [IMPOSSIBLE]
    assert kinds(figure("a", "yes", 60), figure("b", "yes", 50, ">")) == []


def test_answers_that_may_be_chosen_together_may_sum_to_more() -> None:
    both = (figure("a", "yes", 80), figure("b", "no", 80))
    assert [one.kind for one in find_conflicts(both)] == [IMPOSSIBLE]
    assert find_conflicts(both, exclusive=lambda _: False) == ()


def test_two_exact_figures_for_one_answer_differ() -> None:
    one, other = figure("a", "yes", 61, source="x"), figure("b", "yes", 62.4, half=0.05, source="y")
    assert kinds(one, other) == [DIFFERING]
    assert kinds(one, replace(other, share=61.4)) == []  # 61.4 rounds to 61
    assert kinds(one, replace(other, base="men", survey="t")) == [DIFFERING]  # one base is not given
    assert kinds(replace(one, base="women"), replace(other, base="men")) == []
    asked_apart = replace(one, pollster="p"), replace(other, pollster="r", survey="t")
    assert kinds(*asked_apart) == []


def test_figures_of_other_times_do_not_differ() -> None:
    one = figure("a", "yes", 61, lo=1, hi=9)
    assert kinds(one, figure("b", "yes", 70, lo=20, hi=29)) == []
    assert kinds(one, figure("b", "yes", 70, lo=1, hi=9, survey="t")) == [DIFFERING]


def test_the_same_numeral_for_opposite_answers_is_suspect() -> None:
    did_not, did = figure("a", "no", 30, ">", place="p. 1"), figure("b", "yes", 30, place="p. 2")
    assert kinds(did_not, did) == [SUSPECT]
    assert kinds(replace(did_not, lo=1, hi=2), replace(did, lo=3, hi=4)) == []
    assert kinds(did_not, replace(did, share=31)) == []


def test_a_tie_printed_in_one_place_is_not_suspect() -> None:
    tie = figure("a", "no", 40, source="s", place="p. 1"), figure("b", "yes", 40, source="s", place="p. 1")
    assert kinds(*tie) == []
    assert kinds(tie[0], replace(tie[1], place="p. 9")) == [SUSPECT]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (("yes", "no"), {("no", "yes")}),
        (("feels-close", "does-not-feel-close", "dont-know"), {("does-not-feel-close", "feels-close")}),
        (("good", "bad", "neither"), {("bad", "good")}),
        (("relations-good", "relations-not-good", "as-before"), {("relations-good", "relations-not-good")}),
        (("entrance", "simultaneous", "exit"), set()),
        (("favourable",), set()),
    ],
)
def test_opposites(answers: tuple[str, ...], expected: set[tuple[str, str]]) -> None:
    assert {tuple(sorted(pair)) for pair in opposites(answers)} == expected


def test_the_same_numeral_under_two_questions_is_suspect_only_where_chance_is_unlikely() -> None:
    one = figure("a", "unjust", 2.5, half=0.05)
    other = figure("b", "doubts", 2.5, half=0.05, question="r")
    (found,) = find_conflicts([one, other])
    assert found.kind == SUSPECT
    assert "two questions" in found.why
    many = [figure(f"m{i}", "x", 40 + i, question=f"m{i}", half=0.05) for i in range(12)]
    assert find_conflicts([one, other, *many]) == ()


def test_figures_that_retell_each_other_are_taken_as_one() -> None:
    one, other = figure("a", "yes", 30), figure("b", "yes", 35, survey="t", lo=50, hi=60)
    assert find_conflicts([one, other]) == ()
    assert [found.kind for found in find_conflicts([one, other], retold=[("b", "a")])] == [DIFFERING]
    worded = replace(other, share=30, question="r")
    assert [found.kind for found in find_conflicts([one, worded], retold=[("b", "a")])] == [SUSPECT]


@given(st.integers(0, 1000), st.integers(0, 3))
def test_half_a_unit_follows_what_is_printed(units: int, decimals: int) -> None:
    share = units / 10**decimals
    assert half_unit(share, f"{share:.{decimals}f} percent") == pytest.approx(0.5 * 10**-decimals)
    assert half_unit(share) >= 0.5 * 10**-decimals - 1e-12


# the measure


def poll(id: str, answer: str, share: object, **more: object) -> Row:
    return {
        "id": id, "survey": "s-1988", "question": "peaceful", "population": "north-public", "fielded": "1988",
        "answer": answer, "share": share, **more,
    }  # fmt: skip


def findings(root: Path, *polls: Row, declared: str = DECLARED, **tables: list[Row]) -> FigureFindings:
    return measure_figures(open_study(write_study(root, declared, polls=polls, **tables)))


def test_only_a_third_did_and_more_than_a_third_did_not(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        poll("did-not", "no", 30, relation=">", locator="¶1", printed="more than 30 percent"),
        poll("did", "yes", 30, locator="¶2", printed="only 30 percent"),
        poll("later", "yes", 60, survey="s-1990", fielded="1990"),
    )
    (row,) = found.rows
    assert (row.kind, row.polls, row.figures) == (SUSPECT, ("did", "did-not"), ("30", ">30"))
    assert (row.n, row.voices, row.sources) == (2, 1, ("book",))
    assert math.isnan(row.gap)
    assert found.provenance.n == 3
    assert found.to_dict()["rows"][0]["gap"] is None


def test_two_sources_that_cannot_both_be_right(tmp_path: Path) -> None:
    found = findings(tmp_path, poll("a", "yes", 72), poll("b", "no", 45, source="memoir"))
    assert [(row.kind, row.polls, row.gap) for row in found.rows] == [(IMPOSSIBLE, ("a", "b"), 17)]
    assert (found.rows[0].voices, found.cite()) == (2, ("book", "memoir"))


def test_only_open_figures_count(tmp_path: Path) -> None:
    polls = poll("a", "yes", 40, known="1988-12-31"), poll("b", "yes", 45, source="memoir", known="1994-01-01")
    study = open_study(write_study(tmp_path, polls=polls))
    assert [row.kind for row in measure_figures(study).rows] == [DIFFERING]
    assert measure_figures(study.as_of(parse_day("1990-01-01"))).rows == ()


def test_levels_in_points_are_no_shares_but_changes_are_compared(tmp_path: Path) -> None:
    declared = DECLARED.replace('answers = ["yes", "no"]', 'answers = ["yes", "no"]\nmultiple = false')
    rows = (
        poll("a", "yes", -10, relation="change", unit="points"),
        poll("b", "yes", -20, relation="change", unit="points", source="memoir"),
        poll("c", "yes", 12, unit="points"),
        poll("d", "yes", 0.4, unit="ratio"),
        poll("e", "yes", 40, source="memoir"),
    )
    found = findings(tmp_path, *rows, declared=declared)
    assert [(row.kind, row.polls, row.gap) for row in found.rows] == [(DIFFERING, ("a", "b"), 10)]


def test_links_that_retell_join_two_wordings(tmp_path: Path) -> None:
    declared = DECLARED + '\n[[poll_question]]\nid = "just"\nwording = "Just?"\nanswers = ["yes", "no"]\n'
    rows = poll("a", "yes", 30), poll("b", "no", 30, question="just", survey="other")
    link = {"from": "b", "kind": "retells", "to": "a", "by": "book"}
    (row,) = findings(tmp_path, *rows, declared=declared, links=[link]).rows
    assert (row.kind, row.questions) == (SUSPECT, ("peaceful", "just"))


def test_the_two_figures_for_peace_loving_in_1988_are_suspect(kuril: Path) -> None:
    found = [set(row.polls) for row in measure_figures(open_study(kuril)).rows if row.kind == SUSPECT]
    assert {"q-1988-not-peace-loving-ussr", "q-1988-peace-loving-ussr"} in found


def test_thresholds_stand_in_the_provenance(tmp_path: Path) -> None:
    names = dict(findings(tmp_path).provenance.parameters)
    assert names == {"allowance": module.ALLOWANCE, "about": ABOUT, "coincidence": module.COINCIDENCE}

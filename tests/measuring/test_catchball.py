"""Catchball: which act answers which, who holds the ball, shares, waits, reciprocity; on arrays, studies and the example."""

from __future__ import annotations

import json
import math
from dataclasses import fields, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make, sources, spoken
from scipy import signal, stats

import rashomon
from rashomon.errors import RashomonError
from rashomon.measuring import Catchball
from rashomon.measuring.catchball import CALLS, SCORES, Acts, measure_catchball
from rashomon.measuring.catchball.answering import find_answers, infer_answers, lay_ladders
from rashomon.measuring.catchball.gathering import gather_acts
from rashomon.measuring.catchball.holding import ANSWERED, BOTH, FALLEN, NOBODY, OPEN, STANDS, end_calls, pass_ball
from rashomon.measuring.catchball.modelling import between, told_pace
from rashomon.measuring.catchball.reciprocating import least_squares, reciprocate, sums_by_period
from rashomon.measuring.statistics.shares import compare_shares
from rashomon.study.clustered import clustered_share
from rashomon.study.vocabulary import MOVE_KINDS

DAY = date(1980, 1, 1).toordinal()
WINDOW = 100


def acts_of(rows: list[dict[str, int]], answers: list[tuple[int, int]] = ()) -> Acts:  # type: ignore[assignment]
    """Acts of side 0 toward 1 unless told otherwise, each of one day; ``answers`` as (answers, answered)."""
    n = len(rows)
    pairs = np.array(list(answers), dtype=np.int64).reshape(-1, 2)

    def column(name: str, default: int, dtype: type = np.int64) -> np.ndarray:
        return np.array([row.get(name, default) for row in rows], dtype=dtype)

    lo = column("lo", 0) + DAY
    mover = column("mover", 0)
    return Acts(
        mover=mover, target=np.array([row.get("target", 1 - row.get("mover", 0)) for row in rows]), lo=lo,
        hi=lo + column("width", 0), calls=column("calls", 0, bool), only_answers=column("only", 0, bool),
        withdraws=column("withdraws", 0, bool), speaks=column("speaks", 1, bool), issue=column("issue", -1),
        public=column("public", 1, bool), score=np.ones(n), weight=np.ones(n), voice=column("voice", 0), answer=pairs[:, 0],
        answered=pairs[:, 1],
    )  # fmt: skip


one_act = st.fixed_dictionaries(
    {
        "mover": st.integers(0, 1), "lo": st.integers(0, 400), "width": st.integers(0, 40), "calls": st.integers(0, 1),
        "only": st.integers(0, 1), "issue": st.integers(-1, 1), "speaks": st.integers(0, 1), "public": st.integers(0, 1),
    }
)  # fmt: skip


@given(st.lists(one_act, min_size=1, max_size=14), st.data())
def test_inferred_answers_are_what_a_reader_of_the_rule_would_find(rows: list[dict[str, int]], data: st.DataObject) -> None:
    n = len(rows)
    pairs = data.draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=3))
    acts = acts_of(rows, [pair for pair in pairs if pair[0] != pair[1]])
    answer, call = infer_answers(acts, WINDOW)
    found = dict(zip(call.tolist(), answer.tolist(), strict=True))
    given_, taken = set(acts.answer.tolist()), set(acts.answered.tolist())
    for x in range(n):
        if not acts.waiting[x] or x in taken:
            assert x not in found
            continue
        fits = [
            y for y in range(n)
            if acts.speaks[y] and acts.mover[y] == acts.target[x] and (acts.issue[x] < 0 or acts.issue[y] == acts.issue[x])
        ]  # fmt: skip
        early = [
            y for y in fits
            if acts.issue[x] >= 0 and acts.only_answers[y] and y not in given_ and acts.lo[x] <= acts.lo[y] <= acts.hi[x]
        ]  # fmt: skip
        later = [y for y in fits if acts.lo[y] > acts.hi[x]]
        if early:
            assert acts.lo[found[x]] == min(acts.lo[y] for y in early)
        elif later:
            first = min((acts.lo[y], acts.hi[y]) for y in later)
            nearest = [y for y in later if (acts.lo[y], acts.hi[y]) == first]
            near = first[0] - acts.hi[x] <= WINDOW
            if all(y in given_ for y in nearest) or not near:
                assert x not in found
            elif not any(y in given_ for y in nearest):
                assert found[x] in nearest
        else:
            assert x not in found


@given(st.lists(one_act, min_size=1, max_size=14), st.data())
def test_ladders_hang_together_and_hold_every_call_once(rows: list[dict[str, int]], data: st.DataObject) -> None:
    n = len(rows)
    pairs = data.draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=5))
    acts = acts_of(rows, [pair for pair in pairs if pair[0] != pair[1]])
    answers = find_answers(acts, WINDOW)
    ladders = lay_ladders(acts, answers, 2)
    of = dict(zip(ladders.act.tolist(), ladders.ladder.tolist(), strict=True))
    assert len(of) == len(ladders.act)
    assert set(np.flatnonzero(acts.waiting).tolist()) <= set(of)
    for answer, answered in zip(answers.answer.tolist(), answers.answered.tolist(), strict=True):
        assert of[answer] == of[answered]
        assert acts.speaks[answer]  # an omission answers nothing
        assert acts.mover[answer] != acts.mover[answered]
    for number, opener in enumerate(ladders.opener.tolist()):
        members = [act for act, ladder in of.items() if ladder == number]
        first = ladders.first[number]
        assert first in members
        if opener >= 0:
            roots = [act for act in members if act not in set(answers.answer.tolist())] or members
            assert all(acts.lo[act] > acts.lo[first] for act in roots if acts.mover[act] != opener)
    assert find_answers(acts, WINDOW).express().inferred.sum() == 0


@given(st.lists(one_act, min_size=1, max_size=12), st.integers(0, 450))
def test_the_ball_is_where_each_day_says(rows: list[dict[str, int]], until: int) -> None:
    acts = acts_of(rows)
    last = DAY + until
    calls = end_calls(acts, find_answers(acts, WINDOW), last, WINDOW)
    ball = pass_ball(acts, calls, 0, last, WINDOW)
    for day in range(DAY - 5, last + 3, 3):
        sure, may = set(), set()
        for k, act in enumerate(calls.act.tolist()):
            upon = int(acts.target[act])
            low = min(int(calls.until_lo[k]), int(acts.lo[act]) + WINDOW)
            high = min(int(calls.until_hi[k]), int(calls.since_hi[k]) + WINDOW)
            if day <= last and acts.lo[act] <= day < high:
                may.add(upon)
            if day <= last and calls.since_hi[k] <= day < low:
                sure.add(upon)
        want = OPEN if may != sure else {(): NOBODY, (0,): 1, (1,): 2, (0, 1): BOTH}[tuple(sorted(sure))]
        assert ball.on(day) == want
    assert np.all(ball.start[1:] == ball.stop[:-1] + 1)


def test_a_secret_answer_to_ones_own_side_leaves_the_call_standing() -> None:
    rows = [{"calls": 1}, {"mover": 1, "target": 1, "lo": 20, "public": 0}]
    told = acts_of(rows, [(1, 0)])
    assert end_calls(told, find_answers(told, 500), DAY + 60, 500).end.tolist() == [STANDS]
    loud = acts_of([rows[0], {**rows[1], "public": 1}], [(1, 0)])
    assert end_calls(loud, find_answers(loud, 500), DAY + 60, 500).end.tolist() == [ANSWERED]
    assert end_calls(told, find_answers(told, 30), DAY + 60, 30).end.tolist() == [FALLEN]


# shares


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 4)), min_size=1, max_size=60))
def test_a_clustered_share_is_never_surer_than_that_of_independent_things(rows: list[tuple[bool, int]]) -> None:
    hit, cluster = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    share, low, high = clustered_share(hit, cluster, 0.9)
    assert share == pytest.approx(hit.mean())
    if len(set(cluster.tolist())) < 2:
        assert math.isnan(low)
        assert math.isnan(high)
        return
    exact = stats.binomtest(int(hit.sum()), len(hit)).proportion_ci(0.9, method="exact")
    assert low <= exact.low + 1e-9
    assert high >= exact.high - 1e-9


def test_a_clustered_share_holds_the_truth_where_voices_differ() -> None:
    rng = np.random.default_rng(2)
    held = plain = 0
    for _ in range(300):
        cluster = np.repeat(np.arange(8), 10)
        hit = rng.random(80) < rng.beta(1.5, 3.5, 8)[cluster]
        _, low, high = clustered_share(hit, cluster, 0.9)
        held += low <= 0.3 <= high
        exact = stats.binomtest(int(hit.sum()), 80).proportion_ci(0.9, method="exact")
        plain += exact.low <= 0.3 <= exact.high
    assert held >= 0.87 * 300
    assert plain < 0.8 * 300  # what it would be if voices were not counted


@given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 4), min_size=1)), min_size=1, max_size=40))
def test_a_thing_that_several_tell_counts_once(rows: list[tuple[bool, set[int]]]) -> None:
    each = [len(tellers) for _, tellers in rows]
    hit, part = np.repeat([one for one, _ in rows], each), np.repeat([1 / n for n in each], each)
    cluster = np.array([one for _, tellers in rows for one in tellers])
    share, low, high = clustered_share(hit, cluster, 0.9, part)
    assert share == pytest.approx(np.mean([one for one, _ in rows]))
    if len(set(cluster.tolist())) > 1:
        exact = stats.binomtest(sum(one for one, _ in rows), len(rows)).proportion_ci(0.9, method="exact")
        assert low <= exact.low + 1e-9
        assert high >= exact.high - 1e-9


def test_a_share_of_what_several_tell_holds_the_truth_where_they_lean() -> None:
    rng, held = np.random.default_rng(3), 0
    for _ in range(400):
        lean, first = rng.beta(1.8, 7.2, 5), np.repeat(np.arange(5), 7)  # a fifth on average
        hit = rng.random(35) < lean[first]
        second = np.where(rng.random(35) < 1 / 3, (first + rng.integers(1, 5, 35)) % 5, first)
        both = np.concatenate([first, second])
        _, low, high = clustered_share(np.tile(hit, 2), both, 0.9, np.full(70, 0.5))
        held += low <= 0.2 <= high
    assert held >= 0.9 * 400  # by Student's t over voices it was four in five


def test_shares_are_compared_as_fisher_does_where_one_voice_tells_all() -> None:
    hit = np.repeat([True, False, True, False], [9, 3, 3, 9])
    group = np.repeat([True, False], 12)
    p, error, draws, surplus = compare_shares(hit, group, np.zeros(24, np.int64), 20_000, np.random.default_rng(1))
    assert p == pytest.approx(stats.fisher_exact([[9, 3], [3, 9]]).pvalue, abs=4 * error)
    assert draws == 20_000
    assert surplus == 3.0  # nine of twelve, where six were to be expected
    apart = np.repeat([0, 1], 12)  # each voice tells of calls upon one side only: nothing can be told
    assert math.isnan(compare_shares(hit, group, apart, 100, np.random.default_rng(1))[0])


def test_who_left_more_is_told_within_voices_and_not_across_them(tmp_path: Path) -> None:
    # across the two narrators a left 28 of 46 calls and b 14; but of either narrator's calls b left the larger share
    moves: list[dict[str, object]] = []
    for source, side, called, left in [("one", "b", 6, 6), ("one", "a", 40, 28), ("two", "b", 40, 8), ("two", "a", 6, 0)]:
        caller = "ab"[side == "a"]
        for k in range(called):
            number, year = len(moves) + 1, f"{1950 + len(moves) // 4}"
            moves.append({**move(number, f"{year}-02-01", f"{caller}-leader", side, "asks"), "source": source})
            cells = {"answers": f"m{number}"} if k >= left else {}
            moves.append({**move(number + 1, f"{year}-03-01", f"{side}-leader", caller, "answers", **cells), "source": source})
    found = measure_catchball(make(tmp_path, sources("one", "two"), moves=moves), least_months=10_000, permutations=199)
    (row,) = (one for one in found.contests if (one.question, one.answers) == ("unanswered", "express"))
    assert {one.side: one.fallen + one.standing for one in found.rows if one.answers == "express"} == {"a": 28, "b": 14}
    assert (row.verdict, row.more) == ("differ", "b")


# waits


def asked_and_answered(sources_of: list[tuple[str, str, int]]) -> list[dict[str, object]]:
    """Calls of b upon a, each as (who tells of it, who tells of the answer, after how many days it came)."""
    moves: list[dict[str, object]] = []
    for k, (teller, other, days) in enumerate(sources_of):
        asked = date(1950 + k, 1, 1)
        moves.append({**move(2 * k, asked.isoformat(), "b-leader", "a", "asks"), "source": teller})
        when = date.fromordinal(asked.toordinal() + days).isoformat()
        moves.append({**move(2 * k + 1, when, "a-leader", "b", "answers", answers=f"m{2 * k}"), "source": other})
    return moves


def test_the_interval_of_a_wait_is_clustered_by_who_tells_of_the_calls(tmp_path: Path) -> None:
    quick = [("one", "one", 10 + k) for k in range(6)]
    slow = [(name, name, 200 + 10 * k) for k, name in enumerate(("two", "three") * 3)]
    asked, mixed = (
        measure_catchball(make(tmp_path / name, sources("one", "two", "three"), moves=asked_and_answered(moves)), draws=2)
        for name, moves in (
            ("apart", quick + slow),
            ("mixed", [(("one", "two", "three")[k % 3],) * 2 + (days,) for k, (_, _, days) in enumerate(quick + slow)]),
        )
    )
    one, other = (next(row for row in found.rows if row.side == "a") for found in (asked, mixed))
    assert one.reply.estimate == other.reply.estimate
    ends = [(low, high) for row in (one, other) for days, _, low, high in row.curve if days == one.reply.estimate]
    assert ends[0][0] < ends[1][0] < ends[1][1] < ends[0][1]  # one voice tells all that came soon


def test_calls_that_one_voice_tells_have_no_interval_though_another_tells_of_the_answers(tmp_path: Path) -> None:
    moves = asked_and_answered([("one", "two", 10 + k) for k in range(6)])
    found = measure_catchball(make(tmp_path, sources("one", "two"), moves=moves), draws=2)
    row = next(row for row in found.rows if row.side == "a")
    assert row.voices == 2
    assert row.reply.estimate == 12.0
    assert math.isnan(row.reply.low)
    assert math.isnan(row.left.low)
    assert row.curve == ()
    assert row.because == "told by one voice only: no band around 6 calls"


def test_voices_are_told_apart_and_known_again_across_tables(tmp_path: Path) -> None:
    moves = [{**move(k, f"195{k}-01-01", "b-leader", "a", "asks"), "source": "one"} for k in (1, 2)]
    statements = [spoken(k, 1950 + k, "positive", source) for k, source in ((1, "two"), (2, "one"))]
    links = [{"from": f"s{k}", "to": f"m{k}", "kind": "answers", "by": "one"} for k in (1, 2)]
    study = make(tmp_path, sources("one", "two"), moves=moves, statements=statements, links=links)
    gathered = gather_acts(study, {})
    voice = dict(zip(gathered.records(range(4)), gathered.acts.voice.tolist(), strict=True))
    assert voice["m1"] == voice["m2"] == voice["s2"] != voice["s1"]


def test_a_wait_that_hangs_on_how_dates_fall_is_undetermined_and_no_p_is_made_up(tmp_path: Path) -> None:
    # a answers after 99 days; b in the ten months from the day it is asked, which is sooner or later than that
    moves: list[dict[str, object]] = []
    for year in range(1950, 1970):
        for side, answer in (("a", f"{year}-04-10"), ("b", f"{year}-01/{year}-11")):
            caller, number = "ab"[side == "a"], len(moves)
            cells: dict[str, object] = {"source": ("one", "two")[year % 2]}
            moves.append({**move(number, f"{year}-01-01", f"{caller}-leader", side, "asks"), **cells})
            moves.append({**move(number + 1, answer, f"{side}-leader", caller, "answers", answers=f"m{number}"), **cells})
    found = measure_catchball(make(tmp_path, sources("one", "two"), moves=moves), least_months=10_000, permutations=199)
    for row in (one for one in found.contests if one.question == "reply"):
        assert (row.verdict, row.more, row.p) == ("undetermined", "", 1 / 200)
        assert row.error == pytest.approx(math.sqrt(0.005 * 0.995 / 199))
        assert row.because == (
            "p = 0.005 by 199 permutations within voices, but who let the other wait longer depends on how uncertain dates fall"
        )


# reciprocity


def test_least_squares_of_a_peer() -> None:
    # statsmodels 0.15.0: OLS(y, x).fit(), its residuals over 1 - get_influence().hat_matrix_diag, S_hac_simple of their scores
    t = np.arange(60)
    first, second = np.sin(t * 1.7) * 3 + np.cos(t * 0.3), np.cos(t * 2.1) * 2 + (t * 7) % 5
    y = 1 + 0.5 * first - 0.25 * second + np.sin(t * t * 0.11) * (1 + 0.02 * t)
    found, covariance = least_squares(np.column_stack([np.ones(60), first, second]), y)
    assert found == pytest.approx([1.0586414, 0.67116118, -0.33806064], abs=1e-7)
    assert np.sqrt(np.diag(covariance)) == pytest.approx([0.17593472, 0.05076547, 0.0662772], abs=1e-7)


def test_two_sides_that_drift_slowly_each_for_itself_mostly_do_not_answer() -> None:
    """Six years that hang together over a year, with as much chance on top: an own past of few months does not take that in."""
    rng = np.random.default_rng(6)

    def drift() -> np.ndarray:
        return signal.lfilter([1.0], [1.0, -0.95], rng.normal(size=122))[50:] + 2 * rng.normal(size=72)

    found = [one.reciprocity.p < 0.1 for _ in range(150) for one in reciprocate(drift(), drift(), 6, 0.9)]
    assert np.mean(found) < 0.22


def test_reciprocity_is_found_where_it_is_and_mostly_only_there() -> None:
    rng = np.random.default_rng(4)
    held = false = 0
    for _ in range(150):
        own, other = np.zeros(240), rng.standard_t(5, 240)
        for t in range(1, 240):
            own[t] = 0.3 * own[t - 1] + 0.4 * other[t - 1] + rng.standard_t(5)
        follows, leads = reciprocate(own, other, 4, 0.9)
        held += follows.reciprocity.low <= 0.4 <= follows.reciprocity.high
        false += not leads.reciprocity.low <= 0 <= leads.reciprocity.high
        assert follows.reciprocity.low > 0
    assert held >= 0.82 * 150
    assert false <= 0.18 * 150


def test_scores_are_summed_by_period() -> None:
    assert sums_by_period(np.array([3, 5, 3, 9]), np.array([1.0, -2.0, 0.5, 4.0]), 3, 6).tolist() == [1.5, 0.0, -2.0, 0.0]


# studies


def move(number: int, when: str, actor: str, target: str, kind: str, **cells: object) -> dict[str, object]:
    row = {"id": f"m{number}", "when": when, "actor": actor, "target": target, "kind": kind, "source": ("one", "two")[number % 2]}
    return {**row, "stage": "public", **cells}


def test_a_study_from_file_to_ladder(tmp_path: Path) -> None:
    moves = [
        move(1, "1985-03-01", "a-leader", "b", "proposes", issue="land"),
        move(2, "1985-04-10", "b-leader", "a", "omits", issue="land"),
        move(3, "1985-06-01", "b-leader", "a", "visits", issue="land"),
        move(4, "1986-01", "b-leader", "a", "demands", issue="land"),
        move(5, "1986-01", "a-leader", "b", "rejects", issue="land"),
        move(6, "1987-01-01", "a-leader", "b", "asks"),
        move(7, "1987-02-01", "b-leader", "b-public", "publishes", answers="m6", stage="confidential"),
        move(8, "1987-03-01", "a-leader", "a-public", "withdraws", answers="m6"),
        move(9, "1960/1985", "a-leader", "b", "demands", issue="land"),
        move(10, "1989-05-01", "b-leader", "a", "offers", issue="land"),
        move(11, "1989-12-01", "a-leader", "b", "meets"),
    ]
    study = make(tmp_path, sources("one", "two"), moves=moves)
    found = measure_catchball(study)
    ends = {one.record: (one.end, one.by, one.inferred) for one in found.calls}
    assert ends == {
        "m1": ("answered", "m3", True),  # not by the omission
        "m4": ("answered", "m5", True),  # of the same month, but a rejection only answers
        "m6": ("withdrawn", "m8", False),  # what B said to its own people in secret is no answer to A
        "m10": ("stands", "", False),
    }  # the demand of 25 years is no call
    assert {row.side: (row.called, row.answered) for row in found.rows if row.answers == "express"} == {"a": (2, 0), "b": (2, 0)}
    assert [one.holder for one in found.on("1985-05-01")] == ["b"]
    assert [one.holder for one in found.on("1989-06-01", "express")] == ["a"]
    assert found.on("1970-01-01") == ()
    assert {one.opener for one in found.ladders} == {"a", "b"}
    assert found.last == "1989-12-01"
    assert json.loads(json.dumps(found.to_dict()))["rows"][0]["called"] == 2


def test_an_answer_that_may_have_come_after_the_window_is_none_in_the_longest_wait(tmp_path: Path) -> None:
    moves = [
        move(1, "1985", "a-leader", "b", "asks"), move(2, "1985-06/1986-08", "b-leader", "a", "answers", answers="m1"),
        move(3, "1990-01-01", "b-leader", "a", "meets"),
    ]  # fmt: skip
    study = make(tmp_path, sources("one", "two"), moves=moves)
    (row,) = (one for one in measure_catchball(study).rows if (one.side, one.answers) == ("b", "all"))
    assert (row.shortest, row.reply.estimate) == (0.0, 303.5)
    assert math.isnan(row.longest)  # 607 days, of which 366 are followed


def test_what_one_voice_tells_decides_neither_reciprocity_nor_excitation(tmp_path: Path) -> None:
    moves = []
    for k in range(32):
        month = f"{1960 + k // 6}-{1 + 2 * (k % 6):02d}"
        moves += [move(2 * len(moves), month, "a-leader", "b", ("promises", "threatens")[k % 2])]
        moves += [move(2 * len(moves), month, "b-leader", "a", ("gives", "rejects")[k % 3 % 2])]
    alone = measure_catchball(make(tmp_path, sources("one", "two"), moves=moves), draws=2)
    for row in (*alone.reciprocity, *alone.excitation):
        assert (row.verdict, row.because) == ("undetermined", "all acts are told by one voice")
    assert all(math.isnan(one.ratio.low) for one in alone.excitation)
    assert all(math.isnan(one.slope.low) for one in alone.reciprocity)


def test_a_ladder_as_it_stood(tmp_path: Path) -> None:
    days = ["1985-03-01", "1985-06-01"]
    moves = [
        move(1, days[0], "a-leader", "b", "proposes", issue="land"),
        move(2, days[1], "b-leader", "a", "accepts", issue="land", answers="m1"),
    ]
    study = make(tmp_path, sources("one", "two"), moves=moves)
    then = measure_catchball(study.as_of(date(1985, 4, 1).toordinal()))
    assert [(one.end, one.days) for one in then.calls] == [("stands", (0, 0))]
    assert [(one.end, one.days) for one in measure_catchball(study).calls] == [("answered", (92, 92))]


def test_an_empty_study_has_an_empty_answer(tmp_path: Path) -> None:
    found = measure_catchball(make(tmp_path, sources("one")))
    assert (found.rows, found.calls, found.ball, found.excitation, found.last) == ((), (), (), (), "")


def test_answers_that_go_round_do_no_harm(tmp_path: Path) -> None:
    moves = [
        move(1, "1985", "a-leader", "b", "asks", answers="m2"),
        move(2, "1985", "b-leader", "a", "asks", answers="m1"),
    ]
    found = measure_catchball(make(tmp_path, sources("one", "two"), moves=moves))
    assert len(found.ladders) == 1
    assert found.ladders[0].opener == ""


@pytest.mark.parametrize(
    ("asked", "found", "allowed"),
    [
        ({"window_days": 0}, "window_days=0", "1 or more"),
        ({"level": 1.0}, "level=1.0", "between 0 and 1"),
        ({"draws": 1}, "draws=1", "2 or more"),
        ({"scores": {"offer": 1.0}}, "'offer'", "offers"),
        ({"scores": {"offers": math.nan}}, "offers=nan", "finite"),
    ],
)
def test_what_cannot_be_asked_is_refused(kuril: rashomon.Study, asked: dict[str, object], found: str, allowed: str) -> None:
    with pytest.raises(RashomonError) as caught:
        kuril.catchball(**asked)
    fault = caught.value.fault
    assert fault.code == "R502"
    assert found in str(fault.found)
    assert allowed in str(fault.allowed)
    assert fault.remedy


def test_every_kind_is_known_and_scored_by_one_scale() -> None:
    assert set(CALLS) <= set(MOVE_KINDS)
    assert set(SCORES) <= set(MOVE_KINDS)
    assert all(-10 <= score <= 8.3 for score, _ in SCORES.values())  # the ends of Goldstein's scale


# the worked study


@pytest.fixture(scope="module")
def kuril() -> rashomon.Study:
    return rashomon.open(Path(__file__).parents[2] / "examples" / "kuril")


@pytest.fixture(scope="module")
def played(kuril: rashomon.Study) -> Catchball:
    return kuril.catchball(permutations=199)


def test_the_worked_study_tells_what_it_can(played: Catchball) -> None:
    both = {(row.side, row.other, row.answers): row for row in played.rows}
    asked = both["ussr", "japan", "all"]
    assert asked.called == asked.answered + asked.withdrawn + asked.fallen + asked.standing
    assert asked.inferred > both["ussr", "japan", "express"].inferred == 0
    assert asked.opened + both["japan", "ussr", "all"].opened + asked.undetermined == asked.ladders
    assert asked.least <= asked.initiative.estimate <= asked.most
    ends = {one.record: (one.end, one.by) for one in played.calls}
    assert ends["m-gaimusho-asks-1986"] == ("answered", "m-shevardnadze-rejects-term")
    assert ends["m-primakov-1956-1985"] == ("answered", "m-gaimusho-leak-primakov")
    assert {one.verdict for one in played.contests} <= {"differ", "no difference found", "undetermined"}
    assert all(one.because for one in (*played.contests, *played.reciprocity, *played.excitation))
    assert all(row.verdict == "undetermined" for row in played.reciprocity)  # a book names too few months
    assert all(one.by in (one.side, one.other) for one in played.excitation)
    assert len({(one.side, one.other, one.by) for one in played.excitation}) == len(played.excitation)
    assert not any("excites" in one.verdict for one in played.excitation)  # once it is known how much is told of each year
    assert len(played.table()) == len(played.rows)
    assert set(played.cite()) >= {"hasegawa-2000", "rozman-2000"}


def test_spans_of_the_ball_follow_each_other(played: Catchball) -> None:
    spans = [one for one in played.ball if (one.one, one.other, one.answers) == ("japan", "ussr", "all")]
    assert spans[-1].stop == played.last
    for before, after in pairwise(spans):
        assert date.fromisoformat(after.start).toordinal() == date.fromisoformat(before.stop).toordinal() + 1
        assert before.holder != after.holder


def test_rows_are_plain_values(played: Catchball) -> None:
    for one in fields(played):
        for row in getattr(played, one.name) if one.name not in ("provenance", "last") else ():
            assert replace(row) == row if hasattr(row, "__slots__") else isinstance(row, tuple)


def test_the_pace_is_what_is_told_of_each_year(kuril: rashomon.Study) -> None:
    gathered = gather_acts(kuril.data, {})
    chosen = np.flatnonzero(between(gathered.acts, 0, 1) & gathered.acts.dated)
    pace = told_pace(gathered, gathered.acts, chosen)
    length = np.diff(pace.edge)
    assert float(np.sum(pace.pace * length)) == pytest.approx(float(length.sum()))
    by_year = {date.fromordinal(int(edge)).year: value for edge, value in zip(pace.edge[:-1], pace.pace, strict=True)}
    assert by_year[1990] > 5 * by_year[1970] > 0  # of which the three chapters tell most, and least

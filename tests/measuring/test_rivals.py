"""Rival explanations: Bayes' rule over intervals, one voice counted once, no circles, absence, and what is missing."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make, poll, sources, spoken

import rashomon
from rashomon.errors import RashomonError
from rashomon.measuring.rivals import measure_rivals
from rashomon.measuring.rivals.odds import (
    NOTHING,
    Band,
    add,
    chance_of,
    join,
    kinds_of,
    odds_after,
    opposite,
    weight_absent,
    weight_found,
    worth_of,
)
from rashomon.study import StudyData
from rashomon.study.worked import example

inner = st.floats(0.02, 0.98)
bands = st.tuples(inner, inner).map(lambda two: (min(two), max(two)))
shares = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda two: (min(two), max(two)))
weights = st.tuples(st.floats(-4, 4), st.floats(-4, 4)).map(lambda two: (min(two), max(two)))
parts = st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))


def within(value: float, band: Band) -> bool:
    return band[0] - 1e-9 <= value <= band[1] + 1e-9


def at(band: Band, part: float) -> float:
    return min(max(band[0] + part * (band[1] - band[0]), band[0]), band[1])


def point(value: float) -> Band:
    return value, value


# Bayes' rule


@given(bands, bands, shares, parts)
def test_bounds_hold_every_judgement_within_the_intervals(
    given_: Band, otherwise: Band, survives: Band, part: tuple[float, float, float]
) -> None:
    g, o, s = (at(band, one) for band, one in zip((given_, otherwise, survives), part, strict=True))
    assert within(math.log(g / o), weight_found(given_, otherwise))
    assert within(math.log((1 - s * g) / (1 - s * o)), weight_absent(given_, otherwise, survives))


@given(bands, bands, shares)
def test_bounds_are_reached(given_: Band, otherwise: Band, survives: Band) -> None:
    low, high = weight_absent(given_, otherwise, survives)
    reached = [
        math.log((1 - s * g) / (1 - s * o)) for g in given_ for o in otherwise for s in survives
    ]  # fmt: skip
    assert math.isclose(min(reached), low, abs_tol=1e-9)
    assert math.isclose(max(reached), high, abs_tol=1e-9)


@given(inner, inner, st.floats(0, 1), st.floats(0.05, 20))
def test_the_expected_posterior_is_the_prior(given_: float, otherwise: float, survives: float, prior: float) -> None:
    p = chance_of(prior)
    found = survives * (p * given_ + (1 - p) * otherwise)
    after = chance_of(odds_after(weight_found(point(given_), point(otherwise)), point(prior))[0])
    without = chance_of(odds_after(weight_absent(point(given_), point(otherwise), point(survives)), point(prior))[0])
    assert math.isclose(found * after + (1 - found) * without, p, rel_tol=1e-9)
    worth = worth_of(NOTHING, point(prior), point(given_), point(otherwise), point(survives))
    shift = found * abs(after - p) + (1 - found) * abs(without - p)
    for one in (worth.low, worth.middle, worth.high):
        assert math.isclose(one, shift, abs_tol=1e-9)


@given(weights, st.floats(1.5, 20), bands, bands, shares, parts, st.floats(0, 1))
def test_the_worth_of_a_search_lies_within_its_bounds(
    weight: Band, prior: float, given_: Band, otherwise: Band, survives: Band, part: tuple[float, float, float], where: float
) -> None:
    worth = worth_of(weight, (1 / prior, prior), given_, otherwise, survives)
    g, o, s = (at(band, one) for band, one in zip((given_, otherwise, survives), part, strict=True))
    p = chance_of(math.exp(at(weight, where)))
    assert within(2 * s * p * (1 - p) * abs(g - o), (worth.low, worth.high))
    assert within(worth.middle, (worth.low, worth.high))


@given(st.lists(weights, max_size=6), st.randoms())
def test_the_order_of_evidence_does_not_matter(listed: list[Band], random: object) -> None:
    mixed = list(listed)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    for way in (add, join):
        one, other = way(listed), way(mixed)
        assert math.isclose(one[0], other[0], abs_tol=1e-12)
        assert math.isclose(one[1], other[1], abs_tol=1e-12)


@given(st.lists(weights, min_size=1, max_size=5))
def test_one_voice_weighs_between_its_strongest_piece_and_all_of_them(listed: list[Band]) -> None:
    low, high = join(listed)
    assert low <= high + 1e-12
    assert low <= add(listed)[1] + 1e-12
    assert high >= add(listed)[0] - 1e-12
    if all(one[0] >= 0 for one in listed):
        assert math.isclose(low, max(one[0] for one in listed))
        assert math.isclose(high, add(listed)[1])
    mirrored = join([opposite(one) for one in listed])
    assert math.isclose(mirrored[0], -high, abs_tol=1e-12)
    assert math.isclose(mirrored[1], -low, abs_tol=1e-12)


@given(st.lists(weights, min_size=1, max_size=5))
def test_what_a_voice_repeats_never_moves_the_end_that_decides(listed: list[Band]) -> None:
    once = join(listed)
    for again in listed:
        low, high = join([*listed, again])
        if once[0] > 0 and again[0] >= 0:
            assert math.isclose(low, once[0], abs_tol=1e-12)
        if once[1] < 0 and again[1] <= 0:
            assert math.isclose(high, once[1], abs_tol=1e-12)


@given(inner, inner, st.floats(0, 1))
def test_a_voice_that_partly_repeats_itself_lies_within_the_bounds(given_: float, otherwise: float, repeats: float) -> None:
    """A second piece that with some probability only repeats the first, else is a fresh look: the exact ratio is within."""
    joint = [one * (repeats + (1 - repeats) * one) for one in (given_, otherwise)]
    piece = weight_found(point(given_), point(otherwise))
    assert within(math.log(joint[0] / joint[1]), join([piece, piece]))


@given(st.lists(inner, min_size=4, max_size=4, unique=True).map(sorted))
def test_a_hoop_that_is_missed_lowers_and_one_that_is_passed_never_sinks(ends: list[float]) -> None:
    otherwise, certainty = (ends[0], ends[1]), (ends[2], ends[3])
    assert weight_absent(certainty, otherwise, (0.5, 1.0))[1] < 0
    assert weight_found(certainty, otherwise)[0] > 0
    assert weight_absent(certainty, otherwise, (0.0, 1.0))[1] == 0  # a trace that may not survive may say nothing


@pytest.mark.parametrize(
    ("certainty", "uniqueness", "kinds"),
    [
        ((0.8, 0.95), (0.1, 0.4), ("hoop",)),
        ((0.1, 0.4), (0.8, 0.95), ("smoking gun",)),
        ((0.2, 0.5), (0.2, 0.5), ("straw in the wind",)),
        ((0.8, 0.95), (0.8, 0.95), ("doubly decisive",)),
        ((0.6, 0.9), (0.2, 0.5), ("hoop", "straw in the wind")),
        ((0.75, 0.9), (0.1, 0.74), ("hoop",)),
    ],
)
def test_the_four_tests_of_van_evera(certainty: Band, uniqueness: Band, kinds: tuple[str, ...]) -> None:
    assert kinds_of(certainty, uniqueness, 0.75) == kinds


# studies

TWO = """
[[explanation]]
id = "greed"
of = "They did not agree."
claim = "Each wanted too much."
from = "one"
[[explanation]]
id = "fear"
of = "They did not agree."
claim = "Each feared the other."
from = "two"
"""


def expects(name: str, of: str, records: str = "", **more: str) -> str:
    keys = {
        "certainty": "[0.85, 0.95]", "uniqueness": "[0.85, 0.95]", "by": '"a test"',
        "found": '"yes"', "records": records,
    } | more  # fmt: skip
    lines = "".join(f"{key} = {value}\n" for key, value in keys.items() if value)
    return f'\n[[expectation]]\nid = "{name}"\nof = "{of}"\nsees = "{name}"\n{lines}'


def study(folder: Path, *expected: str, declared: str = TWO, **tables: list[dict[str, object]]) -> StudyData:
    told = ("one", "two", "three", "four")
    rows = [spoken(number, 1980 + number, "positive", source) for number, source in enumerate(told)]
    rows += [spoken(10 + number, 1980 + number, "positive", source) for number, source in enumerate(told)]
    return make(folder, sources(*told) + declared + "".join(expected), **{"statements": rows, **tables})


def verdicts(data: StudyData) -> dict[str, str]:
    return {row.id: row.verdict for row in measure_rivals(data).rows}


def test_two_independent_voices_decide_and_one_does_not(tmp_path: Path) -> None:
    alone = study(tmp_path / "a", expects("x", "fear", '["s2"]'), expects("y", "fear", '["s12"]'))
    assert verdicts(alone) == {"greed": "undetermined", "fear": "undetermined"}
    (duel,) = measure_rivals(alone).duels
    assert duel.odds_high < 1
    assert "fewer than 2 independent voices" in duel.because
    two = study(tmp_path / "b", expects("x", "fear", '["s2"]'), expects("y", "fear", '["s3"]'))
    assert verdicts(two) == {"greed": "disfavoured", "fear": "favoured"}
    assert measure_rivals(two).duels[0].favoured == "fear"
    assert verdicts(two.without("three")) == {"greed": "undetermined", "fear": "undetermined"}
    with pytest.raises(RashomonError) as refused:
        measure_rivals(two, prior=1.0)
    assert refused.value.fault.code == "R502"
    assert verdicts_at(two, 1e4) == {"greed": "undetermined", "fear": "undetermined"}


def test_a_voice_that_on_the_whole_speaks_against_is_no_second_one(tmp_path: Path) -> None:
    weak = expects("weak", "fear", '["s3"]', certainty="[0.5, 0.51]", uniqueness="[0.6, 0.61]")
    strong = expects("strong", "greed", '["s13"]', certainty="[0.6, 0.61]", uniqueness="[0.8, 0.81]")
    sure = "[0.98, 0.99]"
    data = study(tmp_path, expects("x", "fear", '["s2"]', certainty=sure, uniqueness=sure), weak, strong)
    assert verdicts(data) == {"greed": "undetermined", "fear": "undetermined"}
    (duel,) = measure_rivals(data).duels
    assert duel.odds_high < 1  # the odds alone would decide
    assert (duel.voices_for, duel.voices_against) == (1, 1)


def test_what_the_records_lack_is_nobodys_voice(tmp_path: Path) -> None:
    query = '{ path = "a", topic = "b:peaceful", stance = ["negative"] }'
    gone = expects("y", "greed", query=query, found="", survives="[0.9, 0.95]")
    (duel,) = measure_rivals(study(tmp_path, expects("x", "fear", '["s2"]'), gone)).duels
    assert duel.odds_high < 1
    assert (duel.favoured, duel.voices_against) == ("", 1)


def verdicts_at(data: StudyData, prior: float) -> dict[str, str]:
    return {row.id: row.verdict for row in measure_rivals(data, prior=prior).rows}


def test_what_one_voice_repeats_does_not_add(tmp_path: Path) -> None:
    once = measure_rivals(study(tmp_path / "a", expects("x", "fear", '["s2"]', uniqueness="[0.3, 0.6]"))).duels[0]
    many = [expects(f"x{n}", "fear", '["s2", "s12"]', uniqueness="[0.3, 0.6]") for n in range(5)]
    more = measure_rivals(study(tmp_path / "b", *many)).duels[0]
    assert math.isclose(more.ratio_high, once.ratio_high)  # for fear is against greed: its weakest end stays
    assert more.voices_against == once.voices_against == 1


def test_no_circles(tmp_path: Path) -> None:
    own = [expects(f"x{n}", "greed", f'["{name}"]') for n, name in enumerate(("s0", "s10"))]
    result = measure_rivals(study(tmp_path / "a", *own))
    assert [row.verdict for row in result.rows] == ["restated by its author", "undetermined"]
    assert result.rows[0].own == ("x0", "x1")
    assert {row.weighs for row in result.tests} == {"own source only"}
    assert (result.duels[0].ratio_low, result.duels[0].ratio_high) == (1.0, 1.0)
    # the rival's source counts for it: it speaks against its own account
    assert measure_rivals(study(tmp_path / "b", expects("x", "greed", '["s1"]'))).duels[0].ratio_low > 1
    # and what its own source does not find counts against it
    gone = expects("x", "greed", found='"no"', where='["one"]', survives="[0.8, 0.9]")
    assert measure_rivals(study(tmp_path / "c", gone)).duels[0].ratio_high < 1


def test_retellings_and_narrators_are_of_the_source(tmp_path: Path) -> None:
    links = [{"from": "s2", "kind": "retells", "to": "s0", "by": "coder", "source": "three"}]
    result = measure_rivals(study(tmp_path, expects("x", "greed", '["s2"]'), links=links))
    assert result.tests[0].weighs == "own source only"


def test_absence_counts_where_it_was_looked_for_and_as_far_as_a_trace_survives(tmp_path: Path) -> None:
    def ratio(survives: str, number: int) -> float:
        gone = expects("x", "greed", found='"no"', where='["the archive"]', survives=survives)
        return measure_rivals(study(tmp_path / str(number), gone)).duels[0].ratio_low

    assert ratio("[0.8, 0.9]", 0) < ratio("[0.3, 0.4]", 1) < 1
    assert measure_rivals(study(tmp_path / "d", expects("x", "greed", found='"no"', where='["a"]'))).duels[0].ratio_high == 1
    for state in ("not-looked-for", "lost"):
        result = measure_rivals(study(tmp_path / state, expects("x", "greed", found=f'"{state}"')))
        assert result.duels[0].ratio_low == result.duels[0].ratio_high == 1
        assert result.tests[0].weighs == "open"


def test_missing_documents_are_ranked_and_ties_told(tmp_path: Path) -> None:
    sure = expects("sure", "greed", found='"not-looked-for"', where='["a"]', survives="[0.8, 0.95]")
    same = expects("same", "fear", found='"withheld"', where='["b"]', survives="[0.8, 0.95]")
    weak = expects("weak", "greed", found='"not-looked-for"', where='["c"]', survives="[0.1, 0.2]")
    gone = expects("gone", "greed", found='"lost"')
    result = measure_rivals(study(tmp_path, weak, sure, same, gone))
    assert [(row.id, row.rank, row.tied) for row in result.missing] == [
        ("gone", 1, ()), ("same", 2, ("sure",)), ("sure", 2, ("same",)), ("weak", 4, ()),
    ]  # fmt: skip
    lost, _, found, _ = result.missing
    assert math.isnan(lost.if_absent[0])
    assert found.if_found[0] > found.odds[0] > found.if_absent[0]
    assert all(row.worth_low <= row.worth <= row.worth_high for row in result.missing)
    assert not found.changes  # one voice alone favours nobody


def test_a_missing_document_that_would_decide_is_said_to(tmp_path: Path) -> None:
    there = expects("there", "fear", '["s2"]')
    missing = expects("missing", "fear", found='"not-looked-for"', where='["a"]', survives="[0.9, 0.95]")
    (row,) = measure_rivals(study(tmp_path, there, missing)).missing
    assert (row.favoured_now, row.favoured_found, row.favoured_absent, row.changes) == ("", "fear", "", True)


def test_a_third_account_is_touched_only_where_it_is_named(tmp_path: Path) -> None:
    three = TWO + '\n[[explanation]]\nid = "luck"\nof = "They did not agree."\nclaim = "It was chance."\n'
    plain = measure_rivals(study(tmp_path / "a", expects("x", "luck", '["s2"]'), declared=three))
    ratios = {(row.one, row.other): row.ratio_low for row in plain.duels}
    assert ratios["greed", "fear"] == 1
    assert ratios["greed", "luck"] < 1
    named = expects("x", "luck", '["s2"]', under='{ fear = [0.9, 0.95] }')
    told = measure_rivals(study(tmp_path / "b", named, declared=three))
    assert {(row.one, row.other): row.ratio_high for row in told.duels}["greed", "fear"] < 1
    for rows in (plain.rows, told.rows):
        assert sum(row.low for row in rows) <= 1 <= sum(row.high for row in rows)


def test_queries_find_statements_and_moves(tmp_path: Path) -> None:
    moves = [
        {"id": "m1", "when": "1985", "actor": "a-leader", "target": "b-leader", "kind": "offers", "issue": "land",
         "stance": "share", "source": "three"},
    ]  # fmt: skip

    def asked(query: str, number: int) -> tuple[str, tuple[str, ...]]:
        one = expects("x", "fear", query=query, found="")
        (row,) = measure_rivals(study(tmp_path / str(number), one, moves=moves)).tests
        return row.state, row.records

    assert asked('{ path = "a", topic = "b:peaceful", when = "1982/1983" }', 0) == ("found", ("s2", "s3", "s12", "s13"))
    assert asked('{ path = "a", topic = "b:peaceful", stance = ["negative"] }', 1) == ("not found", ())
    assert asked('{ path = "a > b", moves = ["offers"], topic = "land", stance = ["share"] }', 2) == ("found", ("m1",))
    assert asked('{ path = "b", moves = ["offers"] }', 3)[0] == "not found"
    assert asked('{ path = "a-leader", kinds = ["diary"] }', 4)[0] == "not found"
    assert asked('{ path = "a-leader", kinds = ["book"], at_least = 9 }', 5)[0] == "not found"


def test_as_of_a_day_only_what_was_open_counts(tmp_path: Path) -> None:
    data = study(tmp_path, expects("x", "fear", '["s2"]'), expects("y", "fear", found='"no"', where='["a"]'))
    early = measure_rivals(data.as_of(data.statements.when_lo[0]))
    assert {row.state for row in early.tests} == {"not open"}
    assert early.duels[0].ratio_low == early.duels[0].ratio_high == 1


def test_a_poll_speaks_with_its_pollster(tmp_path: Path) -> None:
    polls = [poll(1, 1990, 60, source="one"), poll(2, 1991, 60, source="two")]
    both = [expects("x", "greed", '["q2"]'), expects("y", "greed", '["q2", "s3"]')]
    result = measure_rivals(study(tmp_path, *both, polls=polls))
    assert result.tests[0].voices == ("gallup",)
    assert result.duels[0].voices_for == 1  # they share the pollster


def test_a_study_without_explanations_has_an_empty_answer(tmp_path: Path) -> None:
    result = measure_rivals(study(tmp_path, declared=""))
    assert (result.rows, result.duels, result.tests, result.missing) == ((), (), (), ())


def test_kuril_decides_nothing_it_cannot() -> None:
    result = measure_rivals(rashomon.open(example()).data)
    assert len(result.rows) == 6
    assert {row.verdict for row in result.rows} == {"undetermined"}
    tests = {row.id: row for row in result.tests}
    assert tests["e98-beliefs-that-fail"].weighs == "own source only"
    assert tests["e91-concession-voted-down"].weighs == "counts"
    assert {row.state for row in result.missing} == {"not looked for"}
    assert {"hasegawa-2000", "rozman-2000", "verbitsky-2000"} <= set(result.cite())

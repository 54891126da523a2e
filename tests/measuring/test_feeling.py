"""Rates of words of feeling, their bands and contrasts: what defines them, and what they are for the General Debate."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from feeling_study import DECLARED, debate, study_of
from hypothesis import given
from hypothesis import strategies as st

import rashomon
from rashomon.errors import RashomonError
from rashomon.measuring.feeling import Feeling, Rate, measure_feeling, rating
from rashomon.measuring.feeling.contrasting import compare, in_blocks, shuffles
from rashomon.study import parse_day

PLAIN = "The delegation came to the capital in spring and left it in autumn. "
TRUST = "Trust has grown between the peoples. "
counts_st = st.integers(0, 40)


def one_text(root: Path, words: str) -> Feeling:
    return measure_feeling(study_of(root, [("t-1", "1960", "japan", words)]))


def rate(found: Feeling, category: str, side: str = "japan", kind: str = "whole") -> Rate:
    rows = [
        one for one in (*found.overall, *found.rows) if (one.category, one.side, one.kind) == (category, side, kind)
    ]
    return rows[0]


def test_words_are_counted_per_thousand_by_voice(tmp_path: Path) -> None:
    words = TRUST * 3 + "There is no trust. They speak of “trust”. " + PLAIN * 10
    found = rate(one_text(tmp_path, words), "trust", kind="year")
    assert (found.own, found.negated, found.reported, found.turned) == (3, 1, 1, 0)
    assert found.rate.estimate == pytest.approx(3000 / found.total)
    assert found.rate.low < found.rate.estimate < found.rate.high
    assert (found.rate.n, found.rate.voices, found.texts, found.unit) == (1, 1, ("t-1",), "words")


def test_denied_words_speak_for_the_opposite_only_where_there_is_one(tmp_path: Path) -> None:
    found = one_text(tmp_path, "There is no trust. There is no threat. There is no distrust. " + PLAIN)
    assert (rate(found, "trust").own, rate(found, "trust").negated) == (0, 1)
    assert (rate(found, "distrust").own, rate(found, "distrust").turned) == (0, 1)
    assert rate(found, "distrust").rate.estimate > 0
    assert (rate(found, "threat").own, rate(found, "threat").rate.estimate) == (0, 0.0)
    assert rate(found, "trust").turned == 0  # to deny distrust is no claim of trust


def test_text_without_words_of_feeling_lowers_the_rate(tmp_path: Path) -> None:
    short = rate(one_text(tmp_path / "a", TRUST * 4), "trust")
    long = rate(one_text(tmp_path / "b", TRUST * 4 + PLAIN * 50), "trust")
    assert long.own == short.own
    assert 0 < long.rate.estimate < short.rate.estimate


def test_the_order_of_texts_is_of_no_account(tmp_path: Path) -> None:
    texts = [
        (f"t-{year}", str(year), "japan", TRUST * (year % 5) + PLAIN * 9 + str(year)) for year in range(1960, 1972)
    ]
    one = measure_feeling(study_of(tmp_path / "a", texts))
    other = measure_feeling(study_of(tmp_path / "b", texts[::-1]))
    assert one.rows == other.rows
    assert one.contrasts == other.contrasts


def test_the_same_words_twice_count_once_and_it_is_said(tmp_path: Path) -> None:
    texts = [("t-1", "1960", "japan", TRUST + PLAIN), ("t-2", "1961", "japan", TRUST + PLAIN)]
    found = measure_feeling(study_of(tmp_path, texts))
    assert rate(found, "trust").own == 1
    assert found.left_out == (("its words are those of another text, which is counted", 1),)


def test_a_day_hides_later_texts(tmp_path: Path) -> None:
    texts = [("t-1", "1960", "japan", TRUST + PLAIN), ("t-2", "1970", "japan", TRUST * 2 + PLAIN)]
    study = study_of(tmp_path, texts)
    assert rate(measure_feeling(study), "trust").own == 3
    assert rate(measure_feeling(study.as_of(parse_day("1965-01-01"))), "trust").own == 1


def test_texts_that_cannot_be_counted_are_told(tmp_path: Path) -> None:
    texts = [("t-1", "1960", "japan", TRUST), ("t-2", "1961", "japan", " "), ("t-3", "1962", "japan", "0123 456 789")]
    texts += [("t-4", "1963/1969", "japan", PLAIN + TRUST)]
    found = measure_feeling(study_of(tmp_path, texts))
    assert dict(found.left_out) == {"it has no words": 1, "it is in none of the lexicon's languages": 1}
    assert found.notes == ("1 of 2 texts are of no one year, and are in the rates of no year.",)
    assert {one.time for one in found.rows} == {"1960"}
    assert rate(found, "trust").own == 2


def test_a_study_without_texts_has_no_feeling(tmp_path: Path) -> None:
    found = measure_feeling(study_of(tmp_path, []))
    assert (found.rows, found.contrasts, found.left_out, found.provenance.n) == ((), (), (), 0)


def test_a_series_that_is_not_there_is_refused(tmp_path: Path) -> None:
    study_of(tmp_path, [("t-1", "1960", "japan", TRUST)])
    with pytest.raises(RashomonError) as caught:
        rashomon.open(tmp_path).feeling("general-debat")
    assert caught.value.fault.code == "R004"
    assert rashomon.open(tmp_path).feeling("general-debate").rows


def test_a_series_that_is_not_there_is_refused_where_there_are_no_texts_either(tmp_path: Path) -> None:
    study = study_of(tmp_path, [])
    with pytest.raises(RashomonError, match="R004"):
        measure_feeling(study, "general-debat")
    assert measure_feeling(study, "general-debate").rows == ()


# a lexicon of the study's own


def test_a_study_may_add_words_and_categories(tmp_path: Path) -> None:
    mine = (
        "category\tlanguage\twords\tpos\tunless\tnote\nface\ten\tface\tn\t~ of the\tours\ntrust\ten\ttrustful(/ly)\tx\n"
    )
    study = study_of(
        tmp_path, [("t-1", "1960", "japan", "They saw a face. The face of the moon is bright.")], feeling=mine
    )
    with pytest.raises(RashomonError) as caught:
        measure_feeling(study)
    assert [(one.code, one.where.line) for one in caught.value.faults] == [("R532", 3)]
    assert [one.code for one in rashomon.check(tmp_path).faults] == ["R532"]
    (tmp_path / "feeling.tsv").write_text(mine.replace("\tx\n", "\ta\n").replace("\n", "\r\n"), encoding="utf-8")
    assert rashomon.check(tmp_path).faults == ()
    found = measure_feeling(study)
    assert rate(found, "face").own == 1
    assert dict(found.provenance.parameters)["entries of the study"] == 2


def test_a_control_must_be_of_a_series_that_is_there(tmp_path: Path) -> None:
    declared = DECLARED + '\n[[series]]\nid = "press"\nname = "Press"\ncontrol_for = "general-debat"\n'
    with pytest.raises(RashomonError) as caught:
        study_of(tmp_path, [("t-1", "1960", "japan", TRUST)], declared)
    assert caught.value.fault.code == "R326"


def test_a_control_series_is_set_against_its_series(tmp_path: Path) -> None:
    declared = DECLARED + '\n[[series]]\nid = "other-pair"\nname = "Another pair"\ncontrol_for = "general-debate"\n'
    rng = np.random.default_rng(3)
    texts = [
        (
            f"{series}:{series[0]}-{year}",
            str(year),
            "japan",
            TRUST * int(rng.poisson(mean)) + PLAIN * 30 + f"{series} {year}",
        )
        for series, mean in (("general-debate", 9.0), ("other-pair", 1.0))
        for year in range(1950, 1990)
    ]
    found = measure_feeling(study_of(tmp_path, texts, declared))
    (row,) = [one for one in found.contrasts if one.kind == "series" and one.category == "trust"]
    assert (row.one, row.other, row.verdict) == ("general-debate", "other-pair", "apart")
    assert row.difference.low > 0


# the numbers


@given(st.lists(counts_st, min_size=1, max_size=6), st.floats(0.5, 20.0))
def test_a_band_holds_the_rate_and_begins_at_zero_without_words(counts: list[int], size: float) -> None:
    words = np.full(len(counts), size)
    array = np.array(counts, float)
    found = rating.band(array, words, rating.prior(), 1.0, 0.9)
    assert found.rate == pytest.approx(array.sum() / words.sum())
    assert found.low <= found.high
    assert (found.low == 0.0) == (array.sum() == 0)


@given(st.integers(1, 40), st.floats(1.0, 10.0))
def test_a_longer_text_says_less_than_a_second_text(count: int, size: float) -> None:
    def width(counts: list[float], words: list[float]) -> float:
        found = rating.band(np.array(counts), np.array(words), rating.prior(), count / size, 0.9)
        assert found.rate == pytest.approx(count / size)
        return float(np.log(found.high / found.low))

    once, doubled = width([count], [size]), width([2.0 * count], [2 * size])
    two = width([count, count], [size, size])
    assert two < doubled <= once * 1.001


def test_bands_hold_as_many_truths_as_they_say() -> None:
    rng = np.random.default_rng(11)
    held = []
    for _ in range(300):
        spread, mean = abs(0.5 * rng.standard_t(4)), 2.0
        words = rng.uniform(1.0, 8.0, 12)
        rates = mean * rng.gamma(spread**-2, spread**2, 12) if spread > 0.03 else np.full(12, mean)
        counts = rng.poisson(rates * words).astype(float)
        blocks = [(counts[at : at + 4], words[at : at + 4]) for at in range(0, 12, 4)]
        found = rating.band(counts[:1], words[:1], rating.learned(blocks), 2.0, 0.9)
        held.append(found.low <= mean <= found.high)
    assert 0.86 <= np.mean(held) <= 0.97


def test_how_texts_differ_is_learned() -> None:
    rng = np.random.default_rng(5)
    words = np.full(4, 5.0)
    steady = [(rng.poisson(20.0, 4).astype(float), words) for _ in range(20)]
    uneven = [(rng.poisson(20.0 * rng.gamma(1.5, 1 / 1.5, 4)).astype(float), words) for _ in range(20)]
    assert rating.spread(rating.learned(steady)) < 0.15
    assert 0.6 < rating.spread(rating.learned(uneven)) < 1.1
    assert rating.learned([(np.zeros(4), words), (np.array([3.0]), words[:1])]) == pytest.approx(rating.prior())


def test_shuffles_stay_within_their_strata() -> None:
    labels, stratum = np.array([True, False, True, True, False, False]), np.array([7, 7, 7, 2, 2, 2])
    drawn = np.concatenate(list(shuffles(labels, stratum, 200, np.random.default_rng(1))))
    assert (drawn[:, :3].sum(axis=1) == 2).all()
    assert (drawn[:, 3:].sum(axis=1) == 1).all()
    assert len(np.unique(drawn, axis=0)) == 9


def test_two_sets_of_one_rate_are_told_apart_as_often_as_chance() -> None:
    rng = np.random.default_rng(2)
    first, stratum = np.arange(24) % 2 == 0, np.arange(24) // 8
    found = [
        compare(rng.poisson(4.0, (24, 1)).astype(float), np.ones(24), first, stratum, 0.9, seed).p[0]
        for seed in range(60)
    ]
    assert np.mean(np.array(found) <= 0.1) <= 0.2
    apart = compare(np.where(first, 9.0, 2.0)[:, None], np.ones(24), first, stratum, 0.9, 1)
    assert (apart.p[0] < 0.01, apart.difference[0], apart.low[0], apart.high[0]) == (True, 7.0, 7.0, 7.0)


def test_blocks_hold_all_units_in_order() -> None:
    counts, words, starts = in_blocks(np.arange(7.0)[:, None], np.ones(7), 3)
    assert (counts[:, 0].tolist(), words.tolist(), starts.tolist()) == ([3.0, 12.0, 6.0], [3.0, 3.0, 1.0], [0, 3, 6])


def test_what_is_said_of_the_other_is_told_from_the_rest(tmp_path: Path) -> None:
    of_other, of_third = "Our trust in Russia is great. ", "We went to France by train. "
    texts = [
        (f"t-{year}", str(year), "japan", of_other * 2 + of_third * 4 + PLAIN * 4 + str(year))
        for year in range(1960, 1972)
    ]
    found = measure_feeling(study_of(tmp_path, texts))
    rows = {one.than: one for one in found.peculiar if one.category == "trust" and one.other == "ussr"}
    assert {than: (one.sentences[0], one.verdict) for than, one in rows.items()} == {
        "a third": (24, "more"),
        "none": (24, "more"),
    }
    assert rows["a third"].hits == (24, 0)
    assert all(
        one.verdict == "undetermined" and "needed" in one.because for one in found.peculiar if one.category == "pride"
    )


def test_too_few_texts_decide_nothing_and_the_reason_is_told(tmp_path: Path) -> None:
    texts = [("t-1", "1960", "japan", TRUST * 30 + PLAIN), ("t-2", "1961", "ussr", PLAIN * 40)]
    found = measure_feeling(study_of(tmp_path, texts))
    (row,) = [one for one in found.contrasts if one.kind == "sides" and one.category == "trust"]
    assert row.verdict == "undetermined"
    assert "blocks" in row.because
    assert np.isnan(row.p)


def test_texts_in_other_languages_are_not_compared(tmp_path: Path) -> None:
    texts = [(f"j-{year}", str(year), "japan", "信頼が深まった。" * 3 + str(year)) for year in range(1960, 1990)]
    texts += [(f"r-{year}", str(year), "ussr", "Доверие растёт. " * 3 + str(year)) for year in range(1960, 1990)]
    found = measure_feeling(study_of(tmp_path, texts))
    assert not [one for one in found.contrasts if one.kind == "sides"]
    assert {(one.side, one.unit) for one in found.rows} == {("japan", "characters"), ("ussr", "words")}


# the General Debate: sentences stay outside of the project, its numbers do not


@pytest.fixture(scope="module")
def speeches(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Feeling:
    return measure_feeling(debate(tmp_path_factory.mktemp("debate"), shared))


OWN = {
    "trust": (95, 150),
    "distrust": (29, 35),
    "sincerity": (61, 137),
    "insincerity": (8, 252),
    "friendship": (64, 202),
    "enmity": (11, 201),
    "courtesy": (8, 23),
    "rudeness": (5, 53),
    "modesty": (3, 0),
    "arrogance": (0, 41),
    "pride": (29, 37),
    "humiliation": (2, 9),
    "apology": (3, 2),
    "emotion": (97, 238),
    "threat": (108, 500),
}
"""Words in own voice, of Japan and of the USSR and Russia."""


def test_the_counts_of_the_general_debate(speeches: Feeling) -> None:
    whole = {(one.side, one.category): one for one in speeches.overall if one.kind == "whole"}
    assert (whole["japan", "trust"].rate.n, whole["ussr", "trust"].rate.n) == (68, 78)
    assert {one: (whole["japan", one].own, whole["ussr", one].own) for one in OWN} == OWN
    voices = [sum(getattr(one, voice) for one in whole.values()) for voice in ("own", "negated", "reported")]
    assert voices == [sum(map(sum, OWN.values())), 163, 150]


def test_what_the_general_debate_decides(speeches: Feeling) -> None:
    apart = {one.category for one in speeches.contrasts if one.kind == "sides" and one.verdict == "apart"}
    assert apart == {"threat", "enmity", "arrogance", "insincerity"}
    assert {one.verdict for one in speeches.peculiar} == {"undetermined"}

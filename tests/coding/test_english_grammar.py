"""The grammar of English: what it makes of words, and that nothing makes it stumble."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.coding import english, english_tree
from rashomon.coding.english import English
from rashomon.coding.frames import Frame, Sentence, Word

pytest.importorskip("spacy", reason="the coder needs the extra code")


def frames(text: str) -> tuple[Sentence, dict[str, Frame]]:
    [sentence] = English().sentences(text)
    return sentence, {frame.predicate: frame for frame in sentence.frames}


def heads(sentence: Sentence, frame: Frame) -> list[str]:
    return [sentence.words[i].text for i in frame.subject.heads] if frame.subject is not None else []


@pytest.mark.parametrize(
    ("text", "predicate", "subject"),
    [
        ("The ministry doubted it and rejected the plan.", "reject", ["ministry"]),  # coordination
        ("The ministry tried to reject the plan.", "reject", ["ministry"]),  # an infinitive
        ("The ministry persuaded Berg to reject the plan.", "reject", ["Berg"]),  # whose object does it
        ("Fearing the plan, the ministry fell silent.", "fear", ["ministry"]),  # a participle
        ("The ministry, which rejected the plan, fell silent.", "reject", ["ministry"]),  # a relative clause
        ("The plan was rejected by Berg.", "reject", ["Berg"]),  # a passive
        ("The plan was rejected.", "reject", []),
        ("It is hard to reject the plan.", "hard", []),  # nobody
        ("Berg and Costa rejected the plan.", "reject", ["Berg", "Costa"]),
        ("Berg expressed the hope that it would rain.", "hope", ["Berg"]),
        ("The rejection by Berg of the plan came late.", "rejection", ["Berg"]),
        ("Berg's hope was to win.", "hope", ["Berg"]),
    ],
)
def test_a_subject_is_found_where_english_lets_it_be(text: str, predicate: str, subject: list[str]) -> None:
    sentence, found = frames(text)
    assert heads(sentence, found[predicate]) == subject


def test_what_passes_its_subject_on_passes_its_denial_on() -> None:
    assert frames("Berg did not begin to reject it.")[1]["reject"].negated
    assert frames("Berg failed to reject it.")[1]["reject"].negated
    assert not frames("Berg did not fail to reject it.")[1]["reject"].negated
    assert not frames("Berg began to reject it.")[1]["reject"].negated


@pytest.mark.parametrize(
    ("text", "mood"),
    [("he would go", "would"), ("he will go", "will"), ("he might go", "may"), ("he must go", "must"), ("he goes", "")],
)
def test_the_mood_of_a_clause_is_that_of_its_auxiliary(text: str, mood: str) -> None:
    assert frames(f"Berg thought that {text}.")[1]["go"].mood == mood


def test_a_text_of_any_length_is_read_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(english_tree, "_PIECE", 40)
    text = "Berg rejected the plan. " * 9
    found = list(English().sentences(text))
    assert sum(len(one.words) for one in found) >= 45
    assert all(text[word.start : word.end] == word.text for one in found for word in one.words)


def test_no_sentence_is_cut_where_a_piece_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The United States condemned Iran. " * 9
    whole = [(one.start, one.end) for one in English().sentences(text)]
    assert len(whole) == 9
    for size in (40, 50, 60, 75, 100):
        monkeypatch.setattr(english_tree, "_PIECE", size)
        assert [(one.start, one.end) for one in English().sentences(text)] == whole


def test_what_has_no_sentence_in_a_piece_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(english_tree, "_PIECE", 20)
    text = "x" * 70 + " Berg rejected the plan and " * 3
    found = list(English().sentences(text))
    assert "".join(word.text for one in found for word in one.words).replace(" ", "") == text.replace(" ", "")


def test_a_clause_at_the_end_may_hang_on_a_phrase_before_the_subject(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser knows trees whose lines cross ("relcl||pobj"), though it seldom makes one."""

    def crossed(sentence: Any, offset: int) -> tuple[Word, ...]:
        *words, last = english_tree.words_of(sentence, offset)
        phrase = next(i for i, word in enumerate(words) if word.text == "most")
        return (*words, replace(last, head=phrase, relation="relcl"))

    text = "To most, the dam was lost then"
    plain = frames(text)
    monkeypatch.setattr(english, "words_of", crossed)
    sentence, found = frames(text)
    assert heads(sentence, found["for"]) == heads(plain[0], plain[1]["for"]) == ["most"]


def test_what_is_no_sentence_is_passed_over() -> None:
    assert not [one for one in English().sentences("and so on, " * 200) if len(one.words) > 300]


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_any_text_is_read_and_every_word_stands_where_it_says(text: str) -> None:
    for sentence in English().sentences(text):
        assert text[sentence.start : sentence.end].startswith(sentence.words[0].text)
        for word in sentence.words:
            assert text[word.start : word.end] == word.text
        for frame in sentence.frames:
            assert frame.at in range(len(sentence.words))
            assert set(frame.words) <= set(frame.wide) <= set(range(len(sentence.words)))
            assert frame.complement < 0 or frame.complement in sentence.by_word

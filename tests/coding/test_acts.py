"""Acts in invented sentences: their type, who did them and to whom."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.coding.acts import MOVES, act_of
from rashomon.coding.english import English
from rashomon.coding.english_acts import NOUNS, VERBS
from rashomon.study.vocabulary import MOVE_KINDS

pytest.importorskip("spacy", reason="the coder needs the extra code")


def test_every_type_is_known_and_every_move_a_kind_of_move() -> None:
    assert set(VERBS.values()) | set(NOUNS.values()) <= set(MOVES)
    assert set(MOVES.values()) - {""} <= set(MOVE_KINDS)


@pytest.mark.parametrize(
    ("text", "kind", "source", "target"),
    [
        ("Norway rejected a Portuguese offer to share the dam.", "REJECT", ["Norway"], ["Portuguese"]),
        ("Norway will give Portugal a large loan.", "AGREE", ["Norway"], ["Portugal"]),
        ("Norway gave Portugal a large loan.", "AID", ["Norway"], ["Portugal"]),
        ("Norway demanded that Portugal destroy the dam.", "DEMAND", ["Norway"], ["Portugal"]),
        ("Norway said on Monday that Portugal must raze the dam.", "DEMAND", ["Norway"], ["Portugal"]),
        ("Norway threatened to invade Portugal.", "THREATEN", ["Norway"], ["Portugal"]),
        ("Norway imposed sanctions on Portugal.", "SANCTION", ["Norway"], ["Portugal"]),
        ("Norway lifted sanctions on Portugal.", "RETREAT", ["Norway"], ["Portugal"]),
        ("Norway ended talks with Portugal.", "SANCTION", ["Norway"], ["Portugal"]),
        ("Norway sent troops to Portugal.", "MOBILIZE", ["Norway"], ["Portugal"]),
        ("Norway has bombarded Portugal, officials said.", "FIGHT", ["Norway"], ["Portugal"]),
        ("Norwegian ministers held talks with Portugal.", "CONSULT", ["Norwegian ministers"], ["Portugal"]),
        ("Portugal was criticized by Norway.", "DISAPPROVE", ["Norway"], ["Portugal"]),
        ("Norway and Portugal signed a treaty.", "SUPPORT", ["Norway", "Portugal"], []),
        ("A group of Norwegian students protested to demand aid from Portugal.", "PROTEST", ["Norwegian students"], ["Portugal"]),
    ],
)  # fmt: skip
def test_who_did_what_to_whom(text: str, kind: str, source: list[str], target: list[str]) -> None:
    [sentence] = English().sentences(text)
    act = act_of(sentence)
    assert act is not None
    assert act.kind == kind
    assert [text[start:end] for start, end in act.source] == source
    assert [text[start:end] for start, end in act.target] == target


def test_a_sentence_without_an_act_has_none() -> None:
    assert [act_of(one) for one in English().sentences("The sky was blue.")] == [None]


WORDS = st.sampled_from(
    ["Norway", "Portugal", "gave", "will", "not", "threatened", "to", "attack", "aid", "with", "said", ",", "and", "."]
)


@settings(max_examples=40)
@given(st.lists(WORDS, max_size=15).map(" ".join))
def test_acts_lie_in_their_text_and_nobody_acts_on_himself(text: str) -> None:
    for sentence in English().sentences(text):
        act = act_of(sentence)
        if act is not None:
            assert all(0 <= start < end <= len(text) for start, end in (*act.source, *act.target))
            assert act.source
            assert not set(act.source) & set(act.target)
            assert act.move in (*MOVE_KINDS, "")

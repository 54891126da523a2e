"""Words of mind: how a table of them is read."""

from __future__ import annotations

import pytest

from rashomon.coding import english_words
from rashomon.coding.attitudes import read_attitudes
from rashomon.coding.english_words import ENGLISH, offices
from rashomon.coding.frames import Argument, Frame
from rashomon.study import VERBS, Verb

WHO = Argument((0,), (0,))


def frame(predicate: str, **more: object) -> Frame:
    return Frame(predicate, 1, "verb", (0, 1, 2), **more)  # type: ignore[arg-type]


def test_an_entry_says_in_which_form_a_word_counts() -> None:
    table = read_attitudes("believes: think+ see:as\nrejects: rule_out*\nnot believes: doubt=")
    assert table.of(frame("think", complement=2)).verb == Verb("believes")  # type: ignore[union-attr]
    assert table.of(frame("think", object=WHO)) is None
    assert table.of(frame("see", object=WHO)) is None
    assert table.of(frame("see", object=WHO, obliques=(("as", Argument((2,), (2,))),))).content == Argument((2,), (2,))  # type: ignore[union-attr]
    assert table.of(frame("rule out", object=WHO)).verb == Verb("rejects")  # type: ignore[union-attr]
    assert table.of(frame("doubt", object=WHO)).verb == Verb("believes", negated=True)  # type: ignore[union-attr]


def test_a_verb_that_paths_do_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="hates"):
        read_attitudes("hates: loathe*")


def test_the_tables_of_english_use_the_verbs_of_paths_alone() -> None:
    for table in (english_words.VERBS, english_words.ADJECTIVES, english_words.NOUNS):
        assert {verb.name for verb in table.entries.values()} <= set(VERBS)
    assert set(ENGLISH.two_ways.values()) <= set(VERBS)


def test_offices_are_told_without_their_country() -> None:
    assert list(offices("general secretary; president of Norway, acting premier; member of parliament")) == [
        "general secretary",
        "president",
        "premier",
    ]

"""Ids in words: beliefs as sentences, moves, and the sentences of measures."""

from __future__ import annotations

from pathlib import Path

import pytest

import rashomon
from rashomon.reporting.document import words
from rashomon.reporting.naming import Names, present
from studies import DECLARED, write_study

ROW = {"id": "v1", "path": "north-leader", "topic": "border", "stance": "keep"}


@pytest.fixture
def names(tmp_path: Path) -> Names:
    declared = DECLARED.replace('wording = "Is the other', 'wording = "(paraphrase) Is the other')
    return Names(rashomon.open(write_study(tmp_path / "study", declared, statements=[ROW])).data)


@pytest.mark.parametrize(
    ("path", "modality", "topic", "stance", "said"),
    [
        ("north-leader", "wants", "border", "keep", "Leader of the North wanted Keep it (The border)"),
        ("south-public", "believes", "north:peaceful", "positive", "People of the South saw in North: Peaceful, positive"),
        ("south-public", "asserts", "north:peaceful", "negative", "People of the South asserted of North: Peaceful, negative"),
        (
            "south-ministry > north-government", "believes > wants", "border", "move",
            "Ministry of the South took the Government of the North to want Move it (The border)",
        ),
        (
            "south-ministry > north-leader", "expects > not accepts", "border", "share",
            "Ministry of the South expected Leader of the North not to accept Share it (The border)",
        ),
        (
            "south-ministry > north-leader > south-public", "believes > expects > accepts", "border", "share",
            "Ministry of the South took Leader of the North to expect the People of the South to accept Share it (The border)",
        ),
    ],
)  # fmt: skip
def test_a_belief_reads_as_a_sentence(
    names: Names, path: str, modality: str, topic: str, stance: str, said: str
) -> None:
    assert words(names.belief(path, modality, topic, stance)) == said


def test_what_one_held_in_several_ways_stands_on_one_line(names: Names) -> None:
    held = ["north-leader wants keep", "south-public wants keep", "north-leader declares keep", "Treaty: move"]
    assert [words(line) for line in names.held(held, "border")] == [
        "Leader of the North wanted and declared Keep it",
        "People of the South wanted Keep it",
        "Treaty: Move it",
    ]


def test_a_move_is_addressed_in_english(names: Names) -> None:
    assert names.did("proposes", "north-government") == "proposed to the Government of the North"
    assert names.did("visits", "south") == "visited South"
    assert names.did("omits", "south-public") == "left out vis-à-vis the People of the South"


def test_sentences_of_measures_are_told_in_names(names: Names) -> None:
    assert names.prose("north/leadership is told by one voice only") == "North, Leadership is told by one voice only"
    assert names.prose("1 not told by memoir; of 1 checks 1 met") == "1 not told by Actor 1995; of 1 check 1 met"
    assert names.prose("peaceful: yes in 1986/1988: > 50") == "“Is the other country peaceful?”: yes in 1986–1988: > 50"
    assert names.group("north as north takes it") == "North as North itself takes it"
    assert names.remark("peaceful") == "paraphrase"


def test_conditions_are_told_in_names(names: Names) -> None:
    assert names.condition("border=keep") == "The border: Keep it"
    said = names.condition("border=share & !(border=keep | border=move)")
    assert said == "The border: Share it and not (The border: Keep it or The border: Move it)"
    assert names.condition("") == ""


@pytest.mark.parametrize(
    ("verb", "negated", "said"),
    [
        ("wants", False, "wants"),
        ("intends", True, "does not intend"),
        ("minimum", False, "at least"),
        ("believes", False, ""),
    ],
)
def test_a_verb_stands_before_its_position(verb: str, negated: bool, said: str) -> None:
    assert present(verb, negated) == said

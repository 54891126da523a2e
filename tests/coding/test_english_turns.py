"""Turns of English in which what is held stands without a plain subject and verb: images, standpoints, places, both sides."""

from __future__ import annotations

import pytest
from coding_study import DECLARED, declared
from grammar_laws import stated as told

from rashomon.coding.english import English
from rashomon.coding.english_words import ENGLISH
from rashomon.coding.rules import Engine


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(English(), ENGLISH, declared())


@pytest.mark.parametrize(
    ("text", "path", "topic"),
    [
        ("Portugal was regarded in Oslo as a threat.", "norway", "portugal:threat"),
        ("In Norwegian eyes, Portugal was a threat.", "norway", "portugal:threat"),
        ("For Lisbon, the dam was old.", "portugal", "dam"),
        ("The Norwegian image of Portugal as a danger was old.", "norway", "portugal:threat"),
        ("The image of Portugal as a threat became popular in Norway.", "norway", "portugal:threat"),
        ("The image of Portugal as a threat was embedded in the minds of Norwegians.", "norway", "portugal:threat"),
        ("The stereotype of Portugal as a threat was common among Norwegians.", "norway", "portugal:threat"),
        ("Berg acted on the assumption that Portugal was a threat.", "berg", "portugal:threat"),
        ("Berg found Portugal dangerous.", "berg", "portugal:threat"),
        ("Anna Berg believed the Portuguese to be dangerous.", "berg", "portugal:threat"),
        ("Berg made it clear that Portugal was a threat.", "berg", "portugal:threat"),
        ("Berg was aware of the Portuguese threat.", "berg", "portugal:threat"),
        ("The Norwegian mass media saw Portugal as a threat.", "norwegian-press", "portugal:threat"),
    ],
)
def test_how_one_is_seen(engine: Engine, text: str, path: str, topic: str) -> None:
    assert (path, topic) in {(one[0], one[2]) for one in told(engine, text)}


@pytest.mark.parametrize(
    ("text", "path", "modality"),
    [
        ("Berg was against the removal of the dam.", "berg", "rejects"),
        ("Berg was in favor of the removal of the dam.", "berg", "accepts"),
        ("No Norwegian official wanted the dam.", "norwegian-government", "not wants"),
        ("Neither Berg nor Costa wanted the dam.", "costa", "not wants"),
        ("Costa no longer wanted the dam.", "costa", "not wants"),
        ("Norway and Portugal met. Both sides wanted the dam.", "portugal", "wants"),
        ("In 1990 Norway met Portugal. Neither side accepted the dam.", "new-regime", "not accepts"),
    ],
)
def test_who_is_for_it_and_who_against(engine: Engine, text: str, path: str, modality: str) -> None:
    assert (path, modality) in {one[:2] for one in told(engine, text)}


@pytest.mark.parametrize(
    "text",
    [
        "Berg would have wanted the dam.",
        "Berg could have accepted the dam.",
        "Oslo was late. Both sides wanted the dam.",  # which two?
        "The treaty was signed in Oslo as a threat.",  # no word of thought: Oslo is but where it was
        "Berg spoke in order to share the dam.",
        "Berg came to have Costa accept the dam.",
        "It would be hard for Costa to accept the dam.",
        "Costa was calm, for the speech was dull and it demanded the dam.",  # the speech did
        "Costa had few chances of sharing the dam.",
    ],
)
def test_what_is_not_said_of_anybody(engine: Engine, text: str) -> None:
    assert told(engine, text) == []


def test_what_is_told_of_the_holder_or_before_the_clause_is_not_what_is_held(engine: Engine) -> None:
    assert told(engine, "When the dam was razed, Berg wanted a new hat.") == []
    assert told(engine, "Berg, who lived by the dam, wanted a new hat.") == []
    assert told(engine, "Berg came after seeing the dam.") == []


def test_a_group_is_called_by_its_own_noun() -> None:
    group = """
[[actor]]
id = "reformers"
name = "Portuguese/Lisbon reform party and friends (Silva)"
side = "portugal"
kind = "group"
"""
    engine = Engine(English(), ENGLISH, declared(DECLARED + group))
    for holder in ("Portuguese reformers", "The Lisbon reform party"):
        assert [one[0] for one in told(engine, f"{holder} wanted the dam.")] == ["reformers"]


def test_a_part_of_a_people_is_no_government(engine: Engine) -> None:
    assert [one[0] for one in told(engine, "In 1990 the Portuguese rejected the dam.")] == ["new-regime"]
    assert [one[0] for one in told(engine, "In 1990 most of the Portuguese rejected the dam.")] == ["portuguese-public"]


def test_a_side_and_who_leads_it_are_one_in_a_path(engine: Engine) -> None:
    assert [one[0] for one in told(engine, "In 1990 Lisbon said that the Portuguese government wanted the dam.")] == [
        "new-regime"
    ]


def test_the_wording_that_takes_in_more_is_what_is_meant() -> None:
    issue = """
[[issue]]
id = "trade"
name = "Trade and the dam"
examples = ["link trade to the dam"]
positions = [{ id = "linked", name = "Linked" }]
"""
    engine = Engine(English(), ENGLISH, declared(DECLARED + issue))
    assert [one[2] for one in told(engine, "Berg linked trade to the future of the dam.")] == ["trade"]
    assert [one[2] for one in told(engine, "Berg demanded joint use of the dam.")] == ["dam"]


def test_one_word_of_a_position_does_not_name_its_issue() -> None:
    issue = """
[[issue]]
id = "talks"
name = "Talks on the river"
examples = ["river talks", "summit"]
positions = [{ id = "late", name = "Late", examples = ["postpone", "postpone the summit"] }]
"""
    engine = Engine(English(), ENGLISH, declared(DECLARED + issue))
    assert told(engine, "Berg proposed to postpone the dinner.") == []
    assert [one[2:] for one in told(engine, "Berg proposed to postpone the summit.")] == [("talks", "late")]
    assert [one[2] for one in told(engine, "Berg proposed a summit.")] == ["talks"]

"""What the coder must not take for a view, and whose view it must not take it for. All sentences are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from coding_study import DECLARED, declared, passage
from grammar_laws import held, told

from rashomon.coding.english import English
from rashomon.coding.english_words import ENGLISH
from rashomon.coding.proposals import Proposal
from rashomon.coding.rules import Dropped, Engine

pytest.importorskip("spacy", reason="the coder needs the extra code")

MORE = """
[[side]]
id = "china"
name = "China"

[[issue]]
id = "aim"
about = "norway"
name = "Oslo's aim toward Portugal"
examples = ["better relations"]
positions = [{ id = "good", name = "Good" }]

[[quality]]
id = "peaceful"
name = "Peaceful"
dimension = "intent"
examples = ["peaceful"]
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(English(), ENGLISH, declared(DECLARED + MORE))


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg came. The spokesman rose, and he demanded the dam.",  # a stranger stands nearer than the name
        "Anna Berg came. Tomas Reyes answered at once. He demanded the dam.",
        "Tomas Reyes came. He demanded the dam.",
        "Costa spoke of the pool that Lisbon calls the Dam Lake.",  # a name is no view
        "The talks did not produce a desire for the dam in Oslo.",
        "The lack of any desire for the dam in Oslo was plain.",
        "There were signs in Lisbon that the dam was old.",  # signs are nobody's thought
        "Costa advanced the dam.",  # no proposal
    ],
)
def test_what_nobody_named_is_said_to_hold_is_left_out(engine: Engine, text: str) -> None:
    assert not told(engine, text)


@pytest.mark.parametrize(
    "text",
    [
        "Berg demanded an answer about the river, which flows past the dam.",  # the dam only stands beside it
        "Berg rejected the paper, leaving the dam to others.",
        "Berg refused a visit that would have shown her the dam.",
        "Berg wanted peace in Portugal.",  # who wants a quality there sees none
        "Berg believed that Portugal would change its ways after the danger.",
        "Berg wanted better relations between Norway and China.",  # not toward Portugal
    ],
)
def test_words_that_stand_beside_what_is_held_are_no_topic_of_it(engine: Engine, text: str) -> None:
    assert not told(engine, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("With regard to the dam, Berg demanded an answer.", ("berg", "demands", "dam")),
        ("On the question of the dam, Berg wanted a promise.", ("berg", "wants", "dam")),
        ("Berg did not mention anything new about the dam.", ("berg", "not asserts", "dam")),
        ("Berg believed that it was natural for Oslo to close the dam.", ("berg", "believes", "dam")),
        ("Berg wanted better relations between Norway and Portugal.", ("berg", "wants", "aim")),
        ("Berg believed that Portugal had become a real danger.", ("berg", "believes", "portugal:threat")),
        ("Costa advanced the idea of sharing the dam.", ("costa", "proposes", "dam")),
    ],
)
def test_the_matter_is_found_where_the_clause_names_it(engine: Engine, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in held(engine, text)


def test_an_image_is_held_by_who_has_it_and_not_by_whom_it_shows(engine: Engine) -> None:
    found = held(engine, "Portugal's image as a threat among Norwegians was old.")
    assert found == {("norway", "believes", "portugal:threat")}
    assert not told(engine, "Portugal's image as a threat was old.")
    assert ("norway", "believes", "portugal:threat") in held(engine, "Norway's image of Portugal as a threat was old.")


def test_they_stands_for_a_body_that_was_named_by_its_side(engine: Engine) -> None:
    assert ("norwegian-government", "wants", "dam") in held(engine, "Norwegian officials came. They wanted the dam.")


def test_who_blames_another_for_a_deed_did_not_do_it(engine: Engine) -> None:
    assert held(engine, "Berg blamed Costa for rejecting the dam.") == {("berg > costa", "asserts > rejects", "dam")}


def test_who_fears_to_do_a_thing_does_not_do_it(engine: Engine) -> None:
    assert ("berg", "not accepts", "dam") in held(engine, "Berg was afraid that she would accept the dam.")


def test_a_country_at_the_end_of_another_name_is_not_that_country(engine: Engine) -> None:
    assert not told(engine, "Talks in Indo-China, which wanted the dam, went on.")
    assert engine.gazetteer.mentions(next(engine.grammar.sentences("The Norway-China dam.")).words)[-1].ids == ("china",)


@pytest.fixture(scope="module")
def speech() -> Engine:
    source = '[[source]]\nid = "book"\ntitle = "To Portugal"\nkind = "speech"\npublished = "1990"\nnarrator = "berg"\n'
    return Engine(English(), ENGLISH, declared(DECLARED + source))


def test_to_say_that_one_would_like_to_say_it_is_no_wish(speech: Engine) -> None:
    def of(text: str) -> list[tuple[str, str]]:
        return [(one.modality, one.topic) for one in speech.readings(passage(text)) if isinstance(one, Proposal)]

    assert of("I would like to stress that the dam is old.") == [("asserts", "dam")]
    assert not of("I would like to congratulate the builders of the dam.")
    assert not of("I would like to thank you for inviting me to the dam.")
    assert of("I would like to see the dam razed.") == [("wants", "dam")]


def test_what_is_no_view_is_not_counted_as_one_without_a_holder(engine: Engine, speech: Engine) -> None:
    def lost(engine: Engine, text: str) -> list[str]:
        return [one.why for one in engine.readings(passage(text)) if isinstance(one, Dropped)]

    assert lost(engine, "Costa spoke of the pool that Lisbon calls the Dam Lake.") == ["no topic"]  # of what he spoke
    assert "no holder" not in lost(speech, "I would like to congratulate the builders of the dam.")
    assert lost(engine, "Nobody named wanted the dam.") == ["no holder"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A poll was held in Portugal. 30 percent of respondents wanted the dam.", ("portuguese-public", "wants", "dam")),
        ("Portuguese citizens spoke out. Some 30 percent wanted the dam.", ("portuguese-public", "wants", "dam")),
        ("In Portugal 30 percent of those asked wanted the dam.", ("portuguese-public", "wants", "dam")),
        ("The Norwegian press was loud. Most commentaries demanded the dam.", ("norwegian-press", "demands", "dam")),
        ("Berg spoke in Oslo. Officials wanted Portugal to close the dam.", ("norwegian-government", "wants", "dam")),
        ("In the Norwegian perception, the dam was lost.", ("norway", "believes", "dam")),
        ("To most Norwegians, the dam was lost.", ("norway", "believes", "dam")),
        ("To the majority of the Norwegians, Costa had stolen the dam.", ("norway", "believes", "dam")),
        (
            "The stereotype of a dangerous Portugal was common in the Norwegian press.",
            ("norwegian-press", "believes", "portugal:threat"),
        ),
        ("The Norwegian minister Tomas Reyes wanted the dam.", ("norwegian-government", "wants", "dam")),
    ],
)
def test_who_is_named_without_a_side_is_of_the_one_that_is_spoken_of(
    engine: Engine, text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in held(engine, text)


@pytest.mark.parametrize(
    "text",
    [
        "Berg met Costa. Officials wanted the dam.",  # of either
        "Berg spoke in Oslo. French officials wanted the dam.",
        "Berg spoke in Oslo. An official wanted the dam.",
        "Berg spoke of Norway. Officials wanted Norway to close the dam.",  # Norway is what they speak of
    ],
)
def test_who_may_be_of_more_than_one_side_is_left_out(engine: Engine, text: str) -> None:
    assert not told(engine, text)


@pytest.mark.parametrize("text", ["Oslo demanded money from Lisbon for the dam.", "Lisbon insisted on Monday on the dam."])
def test_which_prepositions_go_on_with_the_matter_is_the_languages_own(engine: Engine, text: str) -> None:
    """The shared steps know none of them: with a lexicon that has none, the phrase behind the verb tells nothing."""
    without = Engine(English(), replace(ENGLISH, onto=frozenset()), engine.declared)
    assert any(topic == "dam" for _, _, topic in held(engine, text))
    assert not held(without, text)


def test_which_prepositions_stay_within_what_is_ascribed_is_the_languages_own(engine: Engine) -> None:
    """With a lexicon that has no "of" among them, a source of danger is no danger."""
    text = "Berg believed that Portugal had become a source of danger."
    without = Engine(English(), replace(ENGLISH, ascribing=frozenset({"as"})), engine.declared)
    assert held(engine, text) == {("berg", "believes", "portugal:threat")}
    assert not held(without, text)


def test_which_articles_tell_of_who_is_known_is_the_languages_own(engine: Engine) -> None:
    text = "Berg spoke in Oslo. The press wanted the dam."
    without = Engine(English(), replace(ENGLISH, definite=frozenset()), engine.declared)
    assert held(engine, text) == {("norwegian-press", "wants", "dam")}
    assert not held(without, text)


def test_a_pronoun_that_owns_what_it_might_stand_for_is_nobody(engine: Engine) -> None:
    """Each was asked for the other for ever."""
    assert not told(engine, "Although Tomas himself was old, his coup was quick.")

"""The coder by rules: what it proposes for invented sentences, and what holds of all its proposals."""

from __future__ import annotations

import dataclasses

import pytest
from coding_study import declared, passage
from grammar_laws import hold_to_the_passage, stated, told
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.coding import english_tree
from rashomon.coding.english import English
from rashomon.coding.english_words import ENGLISH
from rashomon.coding.rules import Dropped, Engine, Rules
from rashomon.errors import RashomonError
from rashomon.study import open_study

pytest.importorskip("spacy", reason="the coder needs the extra code")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(English(), ENGLISH, declared())


@pytest.mark.parametrize(
    ("text", "path", "modality"),
    [
        ("Oslo feared that Lisbon wanted to share the dam.", "norway > portugal", "fears > wants"),
        ("The Norwegian press wanted the dam.", "norwegian-press", "wants"),
        ("Anna Berg did not believe that Rui Costa accepted the dam.", "berg > costa", "not believes > accepts"),
        ("According to Costa, Berg believed that Oslo wanted the dam.", "costa > berg > norway", "asserts > believes > wants"),
        ("In Costa's view, Oslo wanted the dam.", "costa > norway", "believes > wants"),
        ("Berg refused to accept the dam.", "berg", "rejects"),
        ("Berg was willing to accept the dam.", "berg", "accepts"),
        ("Berg was convinced that Costa would give up the dam.", "berg > costa", "believes > accepts"),
        ("Costa's refusal to discuss the dam was well known.", "costa", "rejects"),
        ("The dam was rejected by Berg.", "berg", "rejects"),
        ("Berg failed to mention the dam.", "berg", "not asserts"),
        ("Berg insisted that the dam be razed.", "berg", "demands"),
        ("Berg insisted that the dam was old.", "berg", "asserts"),
        ("Costa said that he wanted the dam.", "costa", "wants"),
        ("Costa expressed the hope that the dam would be shared.", "costa", "wants"),
        ("Costa, who wanted the dam, came to Oslo.", "costa", "wants"),
        ("In 1990 Lisbon declared that Portugal would accept the dam.", "new-regime", "accepts"),
    ],
)  # fmt: skip
def test_who_is_said_to_hold_what(engine: Engine, text: str, path: str, modality: str) -> None:
    assert (path, modality) in [(one[0], one[1]) for one in stated(engine, text)]


def test_what_is_wanted_is_no_view_of_him_who_should_do_it(engine: Engine) -> None:
    assert [one[0] for one in stated(engine, "Berg wanted Costa to accept the dam.")] == ["berg"]


def test_a_noun_with_another_owner_stands_by_itself(engine: Engine) -> None:
    found = {(one[0], one[1]) for one in stated(engine, "Berg rejected Costa's demand for the removal of the dam.")}
    assert found == {("berg", "rejects"), ("costa", "demands")}


@pytest.mark.parametrize(
    "text",
    [
        "If Berg wanted the dam, all would be lost.",
        "Did Berg want the dam?",
        "Had Berg accepted the dam, all would be well.",
    ],
)
def test_what_is_supposed_or_asked_is_not_told(engine: Engine, text: str) -> None:
    assert not told(engine, text)


@pytest.mark.parametrize(
    ("text", "topic", "stance"),
    [
        ("Berg demanded the removal of the dam.", "dam", "razed"),
        ("Berg accepted joint use of the dam.", "dam", "shared"),
        ("Berg demanded fishing rights.", "fishing", ""),
        ("The Norwegian press saw Portugal as a threat.", "portugal:threat", "positive"),
        ("Berg believed that Portugal was not a threat.", "portugal:threat", "negative"),
        ("Berg distrusted Portugal.", "portugal:trustworthy", "negative"),
        ("Berg considered Costa a danger.", "costa:threat", "positive"),
    ],
)
def test_what_is_spoken_of(engine: Engine, text: str, topic: str, stance: str) -> None:
    assert (topic, stance) in [(one[2], one[3]) for one in stated(engine, text)]


def test_what_speaks_of_no_topic_is_dropped_and_counted(engine: Engine) -> None:
    assert [one.why for one in engine.readings(passage("Berg wanted a new hat.")) if isinstance(one, Dropped)] == [
        "no topic"
    ]
    assert [one.why for one in engine.readings(passage("Somebody wanted the dam.")) if isinstance(one, Dropped)] == [
        "no holder"
    ]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("In 1985 the foreign minister of Norway demanded the dam.", "berg"),
        ("In 1990 the Norwegian foreign minister demanded the dam.", "dahl"),
        ("In 1985 the Portuguese foreign minister demanded the dam.", "costa"),
        ("In 1980 Lisbon demanded the dam.", "old-regime"),
        ("In 1990 Lisbon demanded the dam.", "new-regime"),
        ("In 1990 Portuguese leaders demanded the dam.", "new-regime"),
        ("Most Portuguese citizens wanted the dam.", "portuguese-public"),
        ("The majority of Portuguese citizens wanted the dam.", "portuguese-public"),
        ("Officials in Oslo wanted the dam.", "norwegian-government"),
        ("Norway and Portugal wanted the dam.", "norway"),
        ("Norway and Portugal wanted the dam.", "portugal"),
        ("Anna Berg came. She wanted the dam.", "berg"),
        ("Anna Berg came. Her demand for the dam was plain.", "berg"),
        ("The Norwegian press wrote much. It wanted the dam.", "norwegian-press"),
        ("Anna Berg and Rui Costa met. They wanted the dam.", "berg"),
        ("Anna Berg and Rui Costa met. They wanted the dam.", "costa"),
    ],
)
def test_actors_are_resolved_by_office_date_layer_and_pronoun(engine: Engine, text: str, path: str) -> None:
    assert path in [one.path for one in told(engine, text)]


@pytest.mark.parametrize(
    "text",
    [
        "The foreign minister demanded the dam.",  # of whom, and when?
        "The speech came from Oslo. It demanded the dam.",  # the speech did
        "Costa met Berg. They were late. Some wanted the dam.",
        "A costa wanted the dam.",  # no name
        "Berg's adviser demanded the dam.",  # not Berg
        "This did not mean that Costa wanted the dam.",
        "Some saw an indication that Costa wanted the dam.",
        "Experts argued that Costa wanted the dam.",  # so they did; whether he did is not told
        "Costa was asked to accept the dam.",
    ],
)
def test_whom_nobody_could_tell_is_left_out(engine: Engine, text: str) -> None:
    assert not told(engine, text)


def test_doubt_basis_extent_and_time_are_read_off_the_words(engine: Engine) -> None:
    [one] = told(engine, "In late 1992 most Portuguese citizens perhaps wanted the dam.")
    assert (one.when, one.hedge, one.extent, one.basis) == ("late 1992", "possible", "most", "narrated")
    [one] = told(engine, "In 1990, 62 percent of Portuguese citizens wanted the dam.")
    assert (one.actors, one.extent) == (("portuguese-public",), "62%")
    [one] = told(engine, "Costa said that the dam was old.")
    assert one.basis == "words"
    [one] = told(engine, "It was believed that Costa wanted the dam.")
    assert one.hedge == "reported"
    sure, [less] = (
        told(engine, "Costa wanted the dam.")[0].certainty,
        told(engine, "Costa came. He might want the dam."),
    )
    assert less.certainty < sure


def test_every_proposal_shows_the_words_that_made_it(engine: Engine) -> None:
    text = "In 1987 Oslo feared that Lisbon wanted joint use of the dam."
    [one] = told(engine, text)
    shown = {(reason.field, text[reason.start : reason.end]) for reason in one.reasons}
    assert {
        ("path", "Oslo"),
        ("path", "Lisbon"),
        ("modality", "feared"),
        ("modality", "wanted"),
        ("when", "1987"),
    } <= shown
    assert {reason.field for reason in one.reasons} == {"path", "modality", "topic", "stance", "when"}


WORDS = """
    Oslo Lisbon Berg Costa feared wanted said that the dam to share raze , . and he its not if in 1985 view of demand for was
    willing “ ” believed refused Portuguese public press ? threat as saw
"""


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=30).map(" ".join) | st.text(max_size=120))
def test_proposals_rest_on_their_passage_and_are_the_same_each_time(text: str) -> None:
    hold_to_the_passage(Engine(English(), ENGLISH, declared()), text)


def test_passages_in_other_languages_and_headings_are_passed_over(kuril: object) -> None:
    study = open_study(str(kuril))
    english = passage("Tokyo demanded the return of the islands.")
    others = [passage("東京は島の返還を求めた。", language="ja"), dataclasses.replace(english, kind="heading")]
    coder = Rules()
    assert (coder.name, list(coder.code(others, study))) == ("rules", [])
    assert [one.path for one in coder.code([*others, english], study)] == ["japanese-government"]


def test_a_missing_parser_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(english_tree, "MODELS", ("no_such_model",))
    english_tree.parser.cache_clear()
    try:
        with pytest.raises(RashomonError) as caught:
            english_tree.parser()
    finally:
        english_tree.parser.cache_clear()
    assert caught.value.fault.code == "R909"

"""Who says "I" and "we": the narrator that a source declares, whose turn it is, who is quoted; else nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from coding_study import DECLARED, declared, passage
from hypothesis import given
from hypothesis import strategies as st

from rashomon.coding.english import English
from rashomon.coding.english_words import ENGLISH
from rashomon.coding.proposals import Proposal
from rashomon.coding.rules import Engine
from rashomon.coding.speaking import label_of

SOURCES = """
[[source]]
id = "speech"
title = "To the people of Norway"
published = "1986-05-02"
kind = "speech"
narrator = "costa"

[[source]]
id = "assembly"
title = "A speech to the world"
published = "1986-05-02"
kind = "speech"
narrator = "costa"

[[source]]
id = "talks"
title = "Talks"
published = "1986-05-02"
kind = "webpage"
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(English(), ENGLISH, declared(DECLARED + SOURCES))


def told(engine: Engine, source: str, *texts: str) -> list[tuple[str, str]]:
    """Path and verbs of what is proposed of the paragraphs of a document."""
    return [(one.path, one.modality) for one in proposals(engine, source, texts)]


def proposals(engine: Engine, source: str, texts: Iterable[str]) -> list[Proposal]:
    document = f"{source}-{hash(tuple(texts))}"
    made = (replace(passage(text, published="1986-05-02"), source=source, document=document) for text in texts)
    return [one for each in made for one in engine.readings(each) if isinstance(one, Proposal)]


def test_the_narrator_that_a_source_declares_is_who_says_we(engine: Engine) -> None:
    [one] = proposals(engine, "speech", ["We reject the removal of the dam."])
    assert (one.path, one.modality, one.when, one.basis) == ("costa", "rejects", "1986-05-02", "words")
    assert told(engine, "speech", "I fear that Oslo wants the dam.") == [("costa > norway", "fears > wants")]
    assert told(engine, "speech", "Our country demands joint use of the dam.") == [("new-regime", "demands")]
    assert told(engine, "speech", "It is our hope that the dam will be razed.") == [("costa", "wants")]


def test_a_narrator_means_an_issue_only_where_another_side_is_named(engine: Engine) -> None:
    assert told(engine, "assembly", "We reject the removal of the dam.") == []
    assert told(engine, "assembly", "Portugal is small. We reject the removal of the dam.") == []
    assert told(engine, "assembly", "Norway is our neighbour. We reject the removal of the dam.") == [("costa", "rejects")]
    assert told(engine, "assembly", "Norway is rich. So it is. We reject the removal of the dam.") == []
    assert told(engine, "assembly", "I fear that Oslo wants the dam.") == [("costa > norway", "fears > wants")]
    under = replace(passage("We want the dam.", "On Norway", "1986-05-02"), source="assembly")
    assert [one.path for one in engine.readings(under) if isinstance(one, Proposal)] == ["costa"]


@pytest.mark.parametrize(
    "text",
    [
        "We all want the dam.",
        "Both of us want the dam.",
        "We, the fishermen, want the dam.",
        "Our countries want the dam.",
        "“We want the dam.”",  # quoted, and nobody is said to say it
    ],
)
def test_others_are_not_taken_for_the_narrator(engine: Engine, text: str) -> None:
    assert told(engine, "speech", text) == []


def test_in_a_book_we_is_nobody_but_who_is_quoted(engine: Engine) -> None:
    assert told(engine, "book", "We want the dam.") == []
    assert ("berg", "wants") in told(engine, "book", "“We want the dam,” Berg said.")
    assert ("berg", "wants") in told(engine, "book", "Berg said: “It is late. We want the dam.”")
    assert ("berg", "wants") in told(engine, "speech", "“We want the dam,” Berg said.")


def test_a_turn_of_a_transcript_goes_on_until_the_next(engine: Engine) -> None:
    text = (
        "A. BERG: We want the dam.",
        "And I reject joint use of the dam.",
        "Question: We want the dam?",
        "Foreign Minister of Portugal Rui Costa (retranslated): We demand fishing rights.",
        "Nobody Known: We want the dam.",
        "We demand the dam.",
    )
    assert told(engine, "talks", *text) == [("berg", "wants"), ("berg", "rejects"), ("costa", "demands")]
    assert told(engine, "talks", "We want the dam.") == []


def test_a_side_may_have_a_turn(engine: Engine) -> None:
    assert told(engine, "talks", "Norway: We reject joint use of the dam.") == [("norwegian-government", "rejects")]


@pytest.mark.parametrize(
    "text", ["The letter reads, in part: We agree.", "It is late. So he said: we agree.", "At 10:30 we met."]
)
def test_not_every_colon_ends_a_label(text: str) -> None:
    assert label_of(text) == ""


@given(st.text(max_size=200))
def test_a_label_stands_at_the_beginning_and_any_text_may_be_asked(text: str) -> None:
    label = label_of(text)
    assert not label or label.split()[0] in text

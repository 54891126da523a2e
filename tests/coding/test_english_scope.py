"""What a sentence takes back from above the clause that tells it: conditions, duties, claims, some only. All invented."""

from __future__ import annotations

import pytest
from coding_study import DECLARED, declared
from grammar_laws import held

from rashomon.coding.english import English
from rashomon.coding.english_words import ENGLISH
from rashomon.coding.rules import Engine

pytest.importorskip("spacy", reason="the coder needs the extra code")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(English(), ENGLISH, declared(DECLARED))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("If Lisbon paid, Berg accepted the dam.", "accepts"),
        ("Unless rain fell, Berg would reject the dam.", "rejects"),
        ("Berg would accept the dam, provided that Lisbon was paid.", "accepts"),
        ("Norway must accept the dam.", "accepts"),
        ("Norway needs to accept the dam.", "accepts"),
        ("Norway must show its willingness to accept the dam.", "accepts"),
        ("Norway could accept the dam.", "accepts"),
        ("The dam can be rejected by Norway.", "rejects"),
        ("Papers printed the story that Berg wanted the dam.", "wants"),
        ("They came under the guise of Norwegian hostility toward Portugal.", "believes"),
        ("Instead of accepting the dam, Berg left.", "accepts"),
        ("Berg left, not because she feared the dam, but because of the rain.", "fears"),
        ("The Norwegians who feared the dam left.", "fears"),
        ("Berg was far from accepting the dam.", "accepts"),
        ("The legend is that Norway rejected the dam.", "rejects"),
        ("Lisbon asked Norway to come, holding out the hope that the dam would fall.", "wants"),
        ("Norway was old. It made sense to see the dam as a threat.", "believes"),
        ("There was hardly a Norwegian who did not fear the dam.", "fears"),
    ],
)
def test_what_is_taken_back_from_above_is_left_out(engine: Engine, text: str, wrong: str) -> None:
    assert wrong not in {verb.removeprefix("not ") for _, verb, _ in held(engine, text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Even if Lisbon paid, Berg rejected the dam.", ("berg", "rejects", "dam")),
        ("Berg must have feared the dam.", ("berg", "fears", "dam")),
        ("Norway could not accept the dam.", ("norwegian-government", "not accepts", "dam")),
        ("Papers told of the fact that Berg wanted the dam.", ("berg", "wants", "dam")),
        ("Berg left because she feared the dam.", ("berg", "fears", "dam")),
        ("Berg, who feared the dam, left.", ("berg", "fears", "dam")),
        ("The paper must answer Norway's demand for the dam.", ("norwegian-government", "demands", "dam")),
        ("Berg said that Norway must accept the dam.", ("berg", "demands", "dam")),
        ("Neither Berg nor Costa accepted the dam.", ("berg", "not accepts", "dam")),
    ],
)
def test_what_stands_is_told(engine: Engine, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in held(engine, text)

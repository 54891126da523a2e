"""What the coder leaves out rather than propose it wrongly: holders that are in doubt. All invented."""

from __future__ import annotations

import pytest
from coding_study import DECLARED, declared
from grammar_laws import held, told

from rashomon.coding.english import English
from rashomon.coding.english_words import ENGLISH
from rashomon.coding.rules import Engine

pytest.importorskip("spacy", reason="the coder needs the extra code")

CHINA = """
[[side]]
id = "china"
name = "China"
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(English(), ENGLISH, declared(DECLARED + CHINA))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Oslo called upon Spain to accept the dam.", "accepts"),  # asked of another
        ("Oslo pressured Lisbon to accept the dam.", "accepts"),
        (
            "The Norwegians came. The war led Spain to send troops, showing their fear of the dam.",
            "fears",
        ),  # they are others
        ("Norway spoke. The NCP, praised by farmers, was known for its fear of the dam.", "fears"),
        ("Berg came. Tomas Berg wanted the dam.", "wants"),  # another Berg
        ("The affair killed any Norwegian desire for the dam.", "wants"),
        ("The plan would depend on Norwegian willingness to accept the dam.", "accepts"),
        ("Talks went on until Norway accepted the dam.", "accepts"),
        ("Berg urged Portugal to come with a view to closing the dam.", "believes"),
        (
            "The Norwegian government spoke. Northern European governments wanted the dam.",
            "wants",
        ),  # as before, but others
    ],
)
def test_who_is_not_said_to_hold_it_is_left_out(engine: Engine, text: str, wrong: str) -> None:
    assert wrong not in {verb for _, verb, _ in held(engine, text)}


def test_who_were_named_together_long_ago_are_they_no_more(engine: Engine) -> None:
    come, behind = "Berg and Costa came. ", "They wanted the dam before Berg and Costa left."
    assert held(engine, come + behind) == {("berg", "wants", "dam"), ("costa", "wants", "dam")}
    assert not held(engine, come + "It rained. Snow fell. Wind blew. " + behind)  # though others are named behind it


def test_a_verb_that_may_go_on_with_either_clause_is_nobodys(engine: Engine) -> None:
    found = held(engine, "Oslo believed that Lisbon wanted the fishing rights and feared that the dam would fall.")
    assert not {one for one in found if "fears" in one[1]}


def test_what_is_coordinated_shares_denial_and_demand(engine: Engine) -> None:
    assert ("norwegian-government", "not accepts", "dam") in held(
        engine, "Norway could not stand by and accept the dam."
    )
    assert not told(engine, "Norwegian refusal either to meet or to accept the dam went on.")
    assert ("norwegian-government", "rejects", "dam") in held(engine, "Norway not only rejected the dam, but laughed.")


def test_who_means_to_prevent_a_thing_does_not_want_it(engine: Engine) -> None:
    assert held(engine, "Berg tried to prevent the dam.") == {("berg", "avoids", "dam")}
    assert held(engine, "Berg intended to prevent the dam.") == {("berg", "avoids", "dam")}


def test_a_clause_before_a_semicolon_is_not_what_is_said_behind_it(engine: Engine) -> None:
    found = held(engine, "Rivals had made clear that the dam would not be sold; Berg stated that rain had come.")
    assert not {one for one in found if one[0] == "berg"}


def test_a_state_with_a_possessive_in_its_name_is_known(engine: Engine) -> None:
    assert held(engine, "The People’s Republic of China wanted the dam.") == {("china", "wants", "dam")}

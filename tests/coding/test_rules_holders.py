"""Of whom a thought is told: parts are not the whole, envoys, states as "she", each of several. All invented."""

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
    "text",
    [
        "Norwegian liberals wanted the dam.",  # a part of them
        "Portuguese newspapers wanted the dam.",  # no press of Portugal is declared
        "Some Norwegian officials wanted the dam.",
        "Other Norwegian diplomats wanted the dam.",
        "The minister in Oslo wanted the dam.",  # somebody's minister there
        "The answer to Anna Berg, which demanded the dam, was late.",  # the answer did
        "The news surprised Norway. It implied that the dam was lost.",  # the news did
        "A stranger demanded that Norway accept the dam.",
        "Norway had an interest in accepting the dam.",
        "Norway required the dam.",  # it needed it
        "Norway was prepared for the dam.",
        "Young people in Norway wanted the dam.",
        "Norwegians of high standing wanted the dam.",
        "A section in the Norwegian government which wanted the dam left.",
        "Norway will reject the dam.",  # the author's forecast
        "Portugal was poor. It was agreed that the dam should fall.",  # by whom?
        "Norway should take the lead in demanding the dam.",
        "Norway was unable to accept the dam in that year.",
        "Berg assumed the whole dam.",  # took it over
        "Berg came. Lincoln rose, and he wanted the dam.",  # a stranger
    ],
)
def test_whose_it_is_not_said_to_be_is_left_out(engine: Engine, text: str) -> None:
    assert not held(engine, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Berg had neither closed nor accepted the dam.", ("berg", "not accepts", "dam")),
        ("Costa saw the king. He said that he wanted the dam.", ("costa", "wants", "dam")),
        ("Norway would not accept the dam.", ("norwegian-government", "not accepts", "dam")),
        ("Norwegian officials wanted the dam.", ("norwegian-government", "wants", "dam")),
        ("Portugal was poor. She wanted the dam.", ("portugal", "wants", "dam")),
        ("Berg said of Portugal: “She wants the dam.”", ("berg > portugal", "asserts > wants", "dam")),
        ("Norway was rich. It had ships. It had grain. It had coal. It wanted the dam.", ("norway", "wants", "dam")),
        ("Berg accused Lisbon of rejecting the dam.", ("berg > portugal", "asserts > rejects", "dam")),
        ("Berg was inclined to believe that the dam was lost.", ("berg", "believes", "dam")),
        ("Norwegians demanded the dam.", ("norway", "demands", "dam")),  # a people is not its government
        ("The Norwegians demanded the dam.", ("norwegian-government", "demands", "dam")),
    ],
)
def test_whose_it_is_said_to_be_is_told(engine: Engine, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in held(engine, text)


def test_of_two_who_voice_their_wish_each_has_its_own(engine: Engine) -> None:
    found = held(engine, "Berg and Costa expressed their willingness to accept the dam.")
    assert found == {("berg", "accepts", "dam"), ("costa", "accepts", "dam")}


def test_a_noun_beside_another_is_not_in_its_content(engine: Engine) -> None:
    found = held(engine, "There were Norwegian fears about fishing rights and the Portuguese belief that the dam was safe.")
    assert ("portugal", "believes", "dam") in found
    assert not {one for one in found if ">" in one[0]}


def test_what_may_be_anothers_verb_is_left_out(engine: Engine) -> None:
    assert not held(engine, "Berg regretted that Norway was poor and demanded the dam.")


def test_what_is_conceded_is_no_part_of_what_another_says(engine: Engine) -> None:
    found = held(engine, "Berg said that the fishing rights were lost, although Costa believed that the dam was safe.")
    assert ("costa", "believes", "dam") in found
    assert not {one for one in found if ">" in one[0]}


def test_a_condition_inside_a_forecast_gives_no_deed(engine: Engine) -> None:
    found = held(engine, "Berg replied that, if rain fell, Portugal would return the dam.")
    assert found == {("berg", "asserts", "dam")}


def test_what_is_done_besides_is_no_topic(engine: Engine) -> None:
    assert not {one for one in held(engine, "Berg decided to leave and went on to speak of the dam.") if one[1] == "intends"}
    assert not held(engine, "Berg rejected the visit, like the dam.")


@pytest.mark.parametrize(
    "text",
    [
        "One Norwegian source feared the dam.",
        "A Norwegian official rejected the dam.",
        "The Norwegian diplomat rejected the dam.",  # one that was named before
        "A member of the Norwegian government rejected the dam.",
        "One Norwegian minister rejected the dam.",
        "A former Norwegian ambassador rejected the dam.",
        "One of the Norwegian ministers rejected the dam.",
        "Tomas Reyes, a Norwegian minister, rejected the dam.",
        "A Norwegian newspaper feared the dam.",
        "A Norwegian feared the dam.",
        "A Norwegian diplomat said that Norway feared the dam.",
        "Protests against the dam broke out in Norway.",  # whose?
        "There was opposition in Norway to the dam.",
        "The council traded with Portugal. US leaders knew Norway, and the US wanted the dam.",  # no "us"
        "Berlin sold fish to Norway, and it feared the dam.",  # Berlin did
        "Berg thought that, on the whole, Jonas would try to reject the dam.",
    ],
)
def test_one_of_many_is_not_the_body(engine: Engine, text: str) -> None:
    assert not {one for one in held(engine, text) if one[1] != "believes"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A Norwegian spokesman rejected the dam.", ("norwegian-government", "rejects", "dam")),
        ("The Norwegian minister rejected the dam.", ("norwegian-government", "rejects", "dam")),
        ("No Norwegian official rejected the dam.", ("norwegian-government", "not rejects", "dam")),
        ("A Norwegian delegation rejected the dam.", ("norwegian-government", "rejects", "dam")),
        ("Norway asked the council to accept the dam. Norway feared it.", None),
        ("Norway pressed for years on the dam.", None),
        ("Norway's attitude toward the dam is not odd.", ("norway", "believes", "dam")),
    ],
)
def test_who_speaks_for_a_body_stands_for_it(engine: Engine, text: str, expected: tuple[str, str, str] | None) -> None:
    assert held(engine, text) == ({expected} if expected else set())


def test_one_of_a_declared_group_is_told_of_it() -> None:
    group = """
[[actor]]
id = "envoys"
name = "Norwegian diplomats"
side = "norway"
kind = "group"
layer = "ministry"
"""
    engine = Engine(English(), ENGLISH, declared(DECLARED + group))
    assert held(engine, "A Norwegian diplomat rejected the dam.") == {("envoys", "rejects", "dam")}


def test_authorities_are_they(engine: Engine) -> None:
    named = DECLARED.replace('name = "Norwegian government"', 'name = "Norwegian authorities"')
    text = "The Portuguese left. The Norwegian authorities came. They feared the dam."
    assert held(Engine(English(), ENGLISH, declared(named)), text) == {("norwegian-government", "fears", "dam")}

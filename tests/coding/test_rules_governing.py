"""What the coder leaves out rather than propose it wrongly: topics and stances that nothing governs. All invented."""

from __future__ import annotations

import pytest
from coding_study import DECLARED, declared, passage
from grammar_laws import held, stated, told

from rashomon.coding.english import English
from rashomon.coding.english_words import ENGLISH
from rashomon.coding.proposals import Proposal
from rashomon.coding.rules import Engine

pytest.importorskip("spacy", reason="the coder needs the extra code")

MORE = """
[[side]]
id = "china"
name = "China"

[[issue]]
id = "league"
name = "The league"
examples = ["Northern League", "mutual league"]
positions = [{ id = "left", name = "Left", examples = ["break the mutual league"] }]
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(English(), ENGLISH, declared(DECLARED + MORE))


@pytest.mark.parametrize(
    "text",
    [
        "Berg planned the creation of a state made up of the lands of the dam.",
        "Berg wanted talks on the future of the guests of the dam workers.",
        "Berg rejected the report of the Dam Insurance.",
        "Berg hoped for talks in the event of an attack on the dam.",
        "Berg rejected the toll because of the dam.",
        "Berg demanded leagues of land in the northern valleys.",  # the words of a name stand side by side
        "Berg wanted leagues of farmers to think about being mutual.",  # near, but not together
    ],
)
def test_words_that_no_verb_governs_are_no_topic(engine: Engine, text: str) -> None:
    assert not told(engine, text)


def test_a_people_with_its_article_may_be_its_state(engine: Engine) -> None:
    assert held(engine, "The Portuguese believed that the dam was lost.") == {("portugal", "believes", "dam")}
    assert held(engine, "The Portuguese saw Norway as a threat.") == {
        ("portuguese-public", "believes", "norway:threat")
    }
    assert ("portuguese-public", "believes", "dam") in held(
        engine, "Most Portuguese citizens believed that the dam was lost."
    )


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Berg demanded the removal of the dam.", "razed"),
        ("Berg insisted on the non-removal of the dam.", ""),
        ("Berg accepted talks on the merits of the joint use of the dam.", ""),
        ("Berg feared the Portuguese threat.", ""),
        ("Berg believed that Portugal was a threat.", "positive"),
    ],
)
def test_a_stance_is_taken_only_from_the_very_words_that_are_held(engine: Engine, text: str, stance: str) -> None:
    assert {one[3] for one in stated(engine, text)} == {stance}


@pytest.mark.parametrize(
    ("title", "expected"),
    [("The dam", True), ("Norway and Portugal and the dam", False)],
)
def test_an_issue_is_between_the_sides_that_the_title_names(title: str, expected: bool) -> None:
    """Who speaks for Norway to China does not mean the dam between Norway and Portugal."""
    source = '[[source]]\nid = "book"\ntitle = "A speech"\nkind = "speech"\npublished = "1990"\nnarrator = "berg"\n'
    engine = Engine(
        English(), ENGLISH, declared((DECLARED + MORE + source).replace('title = "The dam"', f'title = "{title}"'))
    )
    found = [one for one in engine.readings(passage("I want China to buy the dam.")) if isinstance(one, Proposal)]
    assert bool(found) is expected

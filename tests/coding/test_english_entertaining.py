"""What a text only goes through: several explanations, readings, scenarios, options, and what is open. All invented."""

from __future__ import annotations

import pytest
from coding_study import DECLARED, declared, passage
from grammar_laws import held

from rashomon.coding.english import English
from rashomon.coding.english_words import ENGLISH
from rashomon.coding.rules import Dropped, Engine

pytest.importorskip("spacy", reason="the coder needs the extra code")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(English(), ENGLISH, declared(DECLARED))


def dropped(engine: Engine, text: str, heading: str = "") -> list[str]:
    """Why something was dropped."""
    return [one.why for one in engine.readings(passage(text, heading)) if isinstance(one, Dropped)]


@pytest.mark.parametrize(
    "text",
    [
        "There are three readings. First, Norway wanted the dam. Second, Portugal feared the dam.",
        "Rival explanations have been offered. Norway feared the dam. Another is that Portugal wanted the dam.",
        "Several reasons have been given: Norway feared the dam, and Berg demanded fishing rights.",
        "Historians disagree over why the talks failed. Perhaps Norway feared the dam.",
        "Two possible reasons remain. One is that Norway feared the dam. It wanted the dam itself.",
    ],
)
def test_what_is_only_gone_through_is_dropped_with_its_reason(engine: Engine, text: str) -> None:
    assert not held(engine, text)
    assert "only entertained" in dropped(engine, text)


@pytest.mark.parametrize(
    "text",
    [
        "One explanation is that Norway feared the dam.",
        "In one scenario, Norway rejects the dam.",
        "Some held that Norway wanted the dam, others that Portugal feared the dam.",
        "The choice for Oslo was whether to accept the dam.",
        "Norway's main decision was whether to accept the dam.",
        "Berg might accept the dam.",
        "Norway is going to accept the dam.",
        "Either Portugal was late or Norway rejected the dam.",
        "Berg worked to ensure that Portugal abandons the dam.",
        "Both would prefer an outcome in which Norway accepts the dam.",
        "Rather than demanding the dam, Norway left.",
        "Berg is supposed to reject the dam.",
        "Norway reneged on its commitment to the dam.",
        "The plan presupposes Norway's consent to the dam.",
        "The question of Norwegian acceptance of the dam came up.",
        "Norway sold its boats in return for Portuguese support for the dam.",
    ],
)
def test_what_is_open_or_yet_to_be_is_no_statement(engine: Engine, text: str) -> None:
    assert not held(engine, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Berg's explanation was that Portugal feared the dam.", ("berg > portugal", "believes > fears", "dam")),
        ("There are three readings. In fact, Norway wanted the dam.", ("norway", "wants", "dam")),
        ("There were three reasons. Norway feared the dam.", ("norway", "fears", "dam")),
        ("Norway ensured that Portugal accepted the dam.", ("new-regime", "accepts", "dam")),
        ("Berg doubted whether Portugal wanted the dam.", ("berg", "not believes", "dam")),
        ("Norway may have feared the dam.", ("norway", "fears", "dam")),
        ("Norway was worried about whether the dam would fall.", ("norway", "fears", "dam")),
        ("The plan answers Norway's fear of the dam.", ("norway", "fears", "dam")),
        ("Norway kept its commitment to the dam.", ("norwegian-government", "accepts", "dam")),
    ],
)
def test_what_somebody_holds_or_the_text_goes_back_to_stays(
    engine: Engine, text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in {one[:3] for one in held(engine, "In 1990 it rained. " + text)}


@pytest.mark.parametrize("heading", ["Three scenarios", "Possible explanations", "Hypotheses"])
def test_a_heading_may_say_that_all_below_it_is_only_gone_through(engine: Engine, heading: str) -> None:
    assert dropped(engine, "Norway feared the dam.", heading) == ["only entertained"]
    assert not dropped(engine, "Norway feared the dam.", "The dam")
